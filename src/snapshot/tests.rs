//! What is made from what was there is what is made whole.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::Index;
use toml::{Table, Value};

use crate::catalogue::{Files, Language, PROCESSES, Report, Statement};
use crate::snapshot::{Origin, Snapshot};

/// What a moderator may do to a catalogue between two reloads. A place is one in the list of its files of processes.
#[derive(Clone, Debug)]
enum CatalogueEdit {
    /// Other texts, another status, other participants.
    Change {
        at: Index,
        number: u8,
    },
    /// Another name.
    Name {
        at: Index,
        number: u8,
    },
    /// The name of another process, which is refused.
    Double {
        at: Index,
        of: Index,
    },
    /// A process more, with a name much like another's.
    Add {
        like: Index,
        number: u8,
    },
    Remove {
        at: Index,
    },
    /// Another id, and so another place.
    Rename {
        at: Index,
        number: u8,
    },
    /// A file that cannot be read, or that names what is not there.
    Break {
        at: Index,
        syntax: bool,
    },
    /// Something in a file that is one record, which may go to what is said of every process.
    Single {
        file: Index,
        number: u8,
    },
    /// Words of the bot.
    Message {
        language: Index,
        number: u8,
    },
    /// The next reload is on another day, so that all is judged anew.
    Day,
    /// Everything as it was shipped.
    Restore,
}

fn edits() -> impl Strategy<Value = Vec<CatalogueEdit>> {
    let (at, number) = (any::<Index>, || 0..4_u8);
    let edit = prop_oneof![
        3 => (at(), number()).prop_map(|(at, number)| CatalogueEdit::Change { at, number }),
        3 => (at(), number()).prop_map(|(at, number)| CatalogueEdit::Name { at, number }),
        1 => (at(), at()).prop_map(|(at, of)| CatalogueEdit::Double { at, of }),
        2 => (at(), number()).prop_map(|(like, number)| CatalogueEdit::Add { like, number }),
        2 => at().prop_map(|at| CatalogueEdit::Remove { at }),
        2 => (at(), number()).prop_map(|(at, number)| CatalogueEdit::Rename { at, number }),
        1 => (at(), any::<bool>()).prop_map(|(at, syntax)| CatalogueEdit::Break { at, syntax }),
        2 => (at(), number()).prop_map(|(file, number)| CatalogueEdit::Single { file, number }),
        1 => (at(), number()).prop_map(|(language, number)| CatalogueEdit::Message { language, number }),
        1 => Just(CatalogueEdit::Day),
        1 => Just(CatalogueEdit::Restore),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..3), 1..5).prop_map(|reloads| reloads.concat())
}

/// The shipped catalogue with less in each process and without meetings of theirs, so that a build takes little.
fn shipped() -> Files {
    const KEPT: [&str; 14] = [
        "id",
        "kind",
        "region",
        "touches",
        "collected",
        "freshness",
        "acronym",
        "name",
        "short_name",
        "aliases",
        "status",
        "chair",
        "participants",
        "purpose",
    ];
    let mut files = Files::built_in();
    for (path, bytes) in &mut files.0 {
        if path.starts_with(PROCESSES) {
            let mut record = table(bytes);
            let source = record["source"][0]["url"].clone();
            let statements = Statement::ALL.iter().map(|one| Value::String(one.key().to_owned())).collect();
            record.retain(|key, _| KEPT.contains(&key));
            let source =
                Table::from_iter([("url".to_owned(), source), ("supports".to_owned(), Value::Array(statements))]);
            record.insert("source".to_owned(), Value::Array(vec![Value::Table(source)]));
            *bytes = record.to_string().into_bytes();
        }
    }
    files
}

fn table(bytes: &[u8]) -> Table {
    std::str::from_utf8(bytes).expect("text").parse().expect("TOML")
}

fn write(files: &mut Files, path: String, record: &Table) {
    files.0.insert(path, record.to_string().into_bytes());
}

fn id_of(path: &str) -> String {
    path.trim_start_matches("processes/").trim_end_matches(".toml").to_owned()
}

impl CatalogueEdit {
    fn make(&self, files: &mut Files, day: &mut Date) {
        let paths: Vec<String> = files.0.keys().filter(|path| path.starts_with(PROCESSES)).cloned().collect();
        let path = |at: &Index| at.get(&paths).clone();
        let text = |files: &Files, path: &str| String::from_utf8_lossy(&files.0[path]).into_owned();
        // What was broken before is not edited.
        let record = |files: &Files, path: &str| text(files, path).parse::<Table>().ok();
        match self {
            CatalogueEdit::Change { at, number } => {
                let Some(mut one) = record(files, &path(at)) else { return };
                let said =
                    |language: &str| (language.to_owned(), format!("Réfugiés, retours et mobilité {number}").into());
                one.insert("purpose".to_owned(), Table::from_iter(["fr", "en", "es"].map(said)).into());
                let status = ["active", "emerging", "inactive", "active"][usize::from(*number)];
                let status =
                    [("value", status), ("basis", "activity")].map(|(key, value)| (key.to_owned(), value.into()));
                one.insert("status".to_owned(), Table::from_iter(status).into());
                let states = [&["FR", "KE"][..], &["PE"], &["KE", "CL", "PE"], &[]][usize::from(*number)];
                let states: Value = states.iter().map(|code| Value::from(*code)).collect::<Vec<_>>().into();
                let members = [("role".to_owned(), "member".into()), ("states".to_owned(), states)];
                one.insert("participants".to_owned(), vec![Value::Table(Table::from_iter(members))].into());
                write(files, path(at), &one);
            }
            CatalogueEdit::Name { at, number } => {
                let Some(mut one) = record(files, &path(at)) else { return };
                let name = format!(
                    "Dialogue élargi {} de {}",
                    ["sur l'été", "(ancien)", "10", "🌍"][usize::from(*number)],
                    id_of(&path(at))
                );
                one.insert("name".to_owned(), Table::from_iter([("fr".to_owned(), name.into())]).into());
                write(files, path(at), &one);
            }
            CatalogueEdit::Double { at, of } => {
                let (Some(mut one), Some(other)) = (record(files, &path(at)), record(files, &path(of))) else { return };
                one.insert("aliases".to_owned(), vec![other["name"]["fr"].clone()].into());
                write(files, path(at), &one);
            }
            CatalogueEdit::Add { like, number } => {
                let Some(mut one) = record(files, &path(like)) else { return };
                let id = format!("{}-{number}", id_of(&path(like)));
                ["acronym", "short_name", "aliases"].iter().for_each(|key| _ = one.remove(*key));
                one.insert("id".to_owned(), id.as_str().into());
                one.insert(
                    "name".to_owned(),
                    Table::from_iter([("en".to_owned(), format!("{id} process").into())]).into(),
                );
                write(files, format!("processes/{id}.toml"), &one);
            }
            CatalogueEdit::Remove { at } => _ = files.0.remove(&path(at)),
            CatalogueEdit::Rename { at, number } => {
                let Some(mut one) = record(files, &path(at)) else { return };
                let id = format!("{}{}", ["a", "m", "z", "0"][usize::from(*number)], id_of(&path(at)));
                one.insert("id".to_owned(), id.as_str().into());
                write(files, format!("processes/{id}.toml"), &one);
                files.0.remove(&path(at));
            }
            CatalogueEdit::Break { at, syntax } => {
                let broken = match syntax {
                    true => text(files, &path(at)) + "\n= no TOML",
                    false => text(files, &path(at)).replacen("region = \"", "region = \"no-", 1),
                };
                files.0.insert(path(at), broken.into_bytes());
            }
            CatalogueEdit::Single { file, number } => {
                let (file, from, to) = file.get(&[
                    ("countries.toml", "Kenya", "Kenya élargi"),
                    ("organisations.toml", "migrations", "migrations et retours"),
                    ("meetings.toml", "réunion", "réunion plénière"),
                    ("regions.toml", "Amériques", "Amériques réunies"),
                    ("glossary.toml", "processus", "processus suivi"),
                    ("topics.toml", "id = \"rights\"", "id = \"rights-of-all\""),
                ]);
                let changed = text(files, file).replacen(from, to, usize::from(*number));
                files.0.insert((*file).to_owned(), changed.into_bytes());
            }
            CatalogueEdit::Message { language, number } => {
                let path = format!("messages/{}.ftl", language.get(&Language::ALL));
                let line = ["", "press-foreign = D'autres mots", "press-foreign = { $unknown", "unknown-message = x"]
                    [usize::from(*number)];
                let changed = text(files, &path) + "\n" + line + "\n";
                files.0.insert(path, changed.into_bytes());
            }
            CatalogueEdit::Day => *day = day.tomorrow().expect("there is one"),
            CatalogueEdit::Restore => *files = shipped(),
        }
    }
}

fn build(files: &Files, day: Date, former: Option<&Snapshot>) -> (Option<Snapshot>, Report) {
    Snapshot::build_after(files, None, Vec::new(), Origin::BuiltIn, day, former)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Reports, records, indexes, orders and texts: whatever was taken over is what a whole build makes.
    #[test]
    fn what_is_made_from_what_was_there_is_what_is_made_whole(edits in edits()) {
        let (mut files, mut day) = (shipped(), date(2026, 12, 1));
        let mut served = build(&files, day, None).0.expect("the shipped catalogue is good");
        served.warm();
        for edit in edits {
            edit.make(&mut files, &mut day);
            let (edited, found) = build(&files, day, Some(&served));
            let (whole, expected) = build(&files, day, None);
            prop_assert_eq!(found, expected);
            prop_assert_eq!(edited.is_some(), whole.is_some());
            let (Some(edited), Some(whole)) = (edited, whole) else { continue };
            edited.warm();
            whole.warm();
            prop_assert!(edited.catalogue == whole.catalogue);
            prop_assert!(edited.names == whole.names);
            prop_assert!(edited.relations == whole.relations);
            prop_assert!(edited.orders == whole.orders);
            prop_assert!(edited.full_text == whole.full_text);
            prop_assert!(edited.cited == whole.cited);
            prop_assert_eq!(&edited.hash, &whole.hash);
            for language in Language::ALL {
                prop_assert_eq!(edited.messages.written(language), whole.messages.written(language));
            }
            served = edited;
        }
    }
}

/// What did not change is held once by both.
#[test]
fn what_did_not_change_is_shared() {
    let (mut files, mut day) = (shipped(), date(2026, 12, 1));
    let former = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, day).0.expect("it is good");
    let at = files.0.keys().filter(|path| path.starts_with(PROCESSES)).position(|path| path.contains("prague"));
    let path = files.0.keys().find(|path| path.contains("prague")).expect("it is there").clone();
    CatalogueEdit::Day.make(&mut files, &mut day);
    let changed = String::from_utf8_lossy(&files.0[&path]).replacen("Prague Process", "Prague's Process", 1);
    files.0.insert(path, changed.into_bytes());
    let next =
        Snapshot::build_after(&files, None, Vec::new(), Origin::BuiltIn, day, Some(&former)).0.expect("it is good");
    let (before, now) = (former.catalogue.processes.iter(), next.catalogue.processes.iter());
    let others: Vec<usize> =
        before.zip(now).enumerate().filter(|(_, (a, b))| !std::ptr::eq(*a, *b)).map(|(place, _)| place).collect();
    assert_eq!(others, Vec::from_iter(at));
    // A name is another, and so is what messages are searched for.
    former.warm();
    assert!(next.cited != former.cited);
    next.warm();
    let path = files.0.keys().find(|path| path.starts_with(PROCESSES)).expect("one").clone();
    let mut record = table(&files.0[&path]);
    record["freshness"]["en"] = Value::String("Looked at anew.".to_owned());
    write(&mut files, path, &record);
    let last =
        Snapshot::build_after(&files, None, Vec::new(), Origin::BuiltIn, day, Some(&next)).0.expect("it is good");
    assert!(last.catalogue != next.catalogue && last.cited == next.cited, "it is there before it is asked for");
}
