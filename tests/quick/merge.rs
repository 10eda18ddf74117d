//! What a new version of the program brings meets what moderators made of the catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use local_discord::{LocalDiscord, Options};
use proptest::prelude::*;
use rcp_bot::catalogue::{Files, Merged, merge, undecided};
use rcp_bot::publishing::{
    Actor, Cause, MergeBase, NotChanged, NotMerged, Publisher, Revisions, conflicts, reload, restore, settle_conflict,
    start,
};
use rcp_bot::settings::{Settings, StateFolder};
use tempfile::TempDir;
use toml_edit::{DocumentMut, Item, Table, Value as TomlValue};

use crate::support::bot::{Bot, Finished, Setup, TOKEN, options};
use crate::support::http::logged;
use crate::support::{kept, small};

// --- Random edits on both sides --------------------------------------------------------------------------------------

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Place(usize),
}

/// Something in a file that can be edited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    file: String,
    way: Vec<Step>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A text; what belongs to one statement with it is `together` keys up.
    Text { together: bool, exclusive: bool },
    /// A set of texts.
    Set,
    /// A source that nothing else is edited in.
    Source,
    /// A message.
    Message,
}

/// Who edits a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Mine,
    Theirs,
    BothAlike,
    BothApart,
}

/// Keys that tell entries apart, and so are never edited.
const NAMES: [&str; 5] = ["id", "code", "asks", "role", "url"];

/// Sets, of which members come and go.
const SETS: [&str; 5] = ["states", "aliases", "supports", "about", "former_names"];

/// What a chair and a status say as one.
const STATEMENTS: [(&str, &[&str]); 2] = [("chair", &["as_of", "term"]), ("status", &["basis", "value"])];

fn spots(files: &Files) -> Vec<Spot> {
    let mut all = Vec::new();
    for (file, content) in &files.0 {
        let text = std::str::from_utf8(content).expect("text");
        if file.ends_with(".ftl") {
            let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
            let plain = keys.filter(|key| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
            let spot =
                |key: &str| Spot { file: file.clone(), way: vec![Step::Key(key.to_owned())], kind: Kind::Message };
            all.extend(plain.map(spot));
        } else {
            let value: toml::Value = toml::from_str(text).expect("TOML");
            walk(file, &mut Vec::new(), &value, &mut all);
        }
    }
    all
}

fn walk(file: &str, way: &mut Vec<Step>, value: &toml::Value, all: &mut Vec<Spot>) {
    let key = |back: usize| match way.iter().rev().filter(|step| matches!(step, Step::Key(_))).nth(back) {
        Some(Step::Key(key)) => key.clone(),
        _ => String::new(),
    };
    let spot = |kind| Spot { file: file.to_owned(), way: way.clone(), kind };
    match value {
        toml::Value::String(_) if !NAMES.contains(&key(0).as_str()) && matches!(way.last(), Some(Step::Key(_))) => {
            let of = key(1);
            let wording = ["fr", "en", "es"].contains(&key(0).as_str()) && !of.ends_with("pages");
            let exclusive = STATEMENTS.iter().any(|(table, keys)| *table == of && keys.contains(&key(0).as_str()));
            all.push(spot(Kind::Text { together: wording || exclusive, exclusive }));
        }
        toml::Value::Array(entries) if entries.iter().all(toml::Value::is_str) => {
            let unique = entries.iter().filter_map(toml::Value::as_str).collect::<BTreeSet<_>>().len() == entries.len();
            if SETS.contains(&key(0).as_str()) && unique && !entries.is_empty() {
                all.push(spot(Kind::Set));
            }
        }
        toml::Value::Array(entries) => {
            let urls: BTreeSet<&str> = entries.iter().filter_map(|one| one.get("url")?.as_str()).collect();
            let sources = way.len() == 1 && key(0) == "source" && urls.len() == entries.len();
            for (place, entry) in entries.iter().enumerate() {
                way.push(Step::Place(place));
                if sources && entries.len() > 1 {
                    all.push(Spot { file: file.to_owned(), way: way.clone(), kind: Kind::Source });
                }
                walk(file, way, entry, all);
                way.pop();
            }
        }
        toml::Value::Table(fields) => {
            for (key, value) in fields {
                way.push(Step::Key(key.clone()));
                walk(file, way, value, all);
                way.pop();
            }
        }
        _ => {}
    }
}

fn at<'d>(document: &'d mut DocumentMut, way: &[Step]) -> &'d mut Item {
    way.iter().fold(document.as_item_mut(), |item, step| {
        match step {
            Step::Key(key) => item.get_mut(key.as_str()),
            Step::Place(place) => item.get_mut(*place),
        }
        .expect("it is there")
    })
}

/// Edits a spot, and puts a comment above the key of the file in which it stands; says whether it did.
fn edit(files: &mut Files, spot: &Spot, token: &str, removes: bool, comments: bool) -> bool {
    let content = files.0.get_mut(&spot.file).expect("the file is there");
    let text = std::str::from_utf8(content).expect("text").to_owned();
    if spot.kind == Kind::Message {
        let Step::Key(key) = &spot.way[0] else { unreachable!("a message has a key") };
        let begin = format!("\n{key} = ");
        let (above, body) = text.split_once(&begin).expect("it is there");
        let comment = if comments { format!("\n# {token}") } else { String::new() };
        *content = format!("{above}{comment}{begin}{token} {body}").into_bytes();
        return comments;
    }
    let mut document: DocumentMut = text.parse().expect("TOML");
    match spot.kind {
        Kind::Text { .. } => {
            let value = at(&mut document, &spot.way).as_value_mut().expect("a text");
            let decor = value.decor().clone();
            *value = TomlValue::from(token);
            *value.decor_mut() = decor;
        }
        Kind::Set => {
            let array = at(&mut document, &spot.way).as_array_mut().expect("a list");
            if removes { drop(array.remove(0)) } else { array.push(token) }
        }
        Kind::Source => {
            let (place, list) = spot.way.split_last().expect("it has a place");
            let Step::Place(place) = place else { unreachable!("a source has a place") };
            let list = at(&mut document, list).as_array_of_tables_mut().expect("a list");
            if removes {
                // Places of others must stay: it becomes another source in the place of this.
                let table = list.get_mut(*place).expect("it is there");
                table.insert("url", TomlValue::from(format!("https://{token}.example")).into());
            } else {
                let mut table = Table::new();
                table.insert("url", TomlValue::from(format!("https://{token}.example")).into());
                list.push(table);
            }
        }
        Kind::Message => unreachable!("it is no TOML"),
    }
    let mut put = comments;
    if comments && let Some(Step::Key(first)) = spot.way.first() {
        let table = document.as_table_mut();
        let mark = |prefix: &str| format!("{prefix}# {token}\n");
        if let Some(Item::Table(table)) = table.get_mut(first)
            && !table.is_implicit()
        {
            let prefix = table.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or("\n").to_owned();
            table.decor_mut().set_prefix(mark(&prefix));
        } else if table.get(first).is_some_and(Item::is_value) {
            let mut key = table.key_mut(first).expect("it is there");
            let prefix = key.leaf_decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
            key.leaf_decor_mut().set_prefix(mark(&prefix));
        } else {
            put = false;
        }
    }
    *content = document.to_string().into_bytes();
    put
}

/// The values at a spot, as the tokens or members in it.
fn said(files: &Files, spot: &Spot) -> Vec<String> {
    let text = std::str::from_utf8(&files.0[&spot.file]).expect("text");
    if spot.kind == Kind::Message {
        let Step::Key(key) = &spot.way[0] else { unreachable!("a message has a key") };
        let (_, body) = text.split_once(&format!("\n{key} = ")).expect("it is there");
        return vec![body.split_once("\n").map_or(body, |(line, _)| line).to_owned()];
    }
    let root: toml::Value = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let value = spot.way.iter().try_fold(&root, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Place(place) => value.get(*place),
    });
    match (spot.kind, value) {
        (Kind::Source, _) => {
            let all = root["source"].as_array().expect("a list");
            all.iter().filter_map(|one| one.get("url")?.as_str()).map(str::to_owned).collect()
        }
        (_, Some(toml::Value::String(text))) => vec![text.clone()],
        (_, Some(toml::Value::Array(all))) => all.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect(),
        (_, value) => panic!("{spot:?}: {value:?}"),
    }
}

#[derive(Clone, Debug)]
struct Edit {
    spot: prop::sample::Index,
    who: Who,
    removes: bool,
    comments: bool,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let who =
        prop_oneof![3 => Just(Who::Mine), 3 => Just(Who::Theirs), 1 => Just(Who::BothAlike), 2 => Just(Who::BothApart)];
    let one = (any::<prop::sample::Index>(), who, any::<bool>(), any::<bool>());
    prop::collection::vec(one.prop_map(|(spot, who, removes, comments)| Edit { spot, who, removes, comments }), 1..14)
}

fn no_field_is_lost(base: &Files, all: &[Spot], edits: &[Edit]) {
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    let mut done: BTreeMap<Spot, (Who, String, String, bool)> = BTreeMap::new();
    let (mut my_comments, mut their_comments) = (Vec::new(), Vec::new());
    for (number, one) in edits.iter().enumerate() {
        let spot = one.spot.get(all).clone();
        // One edit a spot; and none within a source that comes or goes.
        let within = |a: &Spot, b: &Spot| a.file == b.file && a.way.starts_with(&b.way);
        if done.keys().any(|other| {
            let sources = spot.kind == Kind::Source || other.kind == Kind::Source;
            within(&spot, other)
                || within(other, &spot)
                || (sources && spot.file == other.file && spot.kind == other.kind)
        }) {
            continue;
        }
        let who = if spot.kind == Kind::Source && one.who == Who::BothApart { Who::Mine } else { one.who };
        let token = format!("token{number}x");
        let other = if who == Who::BothAlike { token.clone() } else { format!("other{number}x") };
        if who != Who::Theirs {
            let put = edit(&mut mine, &spot, &token, one.removes, one.comments);
            my_comments.extend(put.then(|| (spot.file.clone(), format!("# {token}"))));
        }
        if who != Who::Mine {
            let put = edit(&mut theirs, &spot, &other, one.removes, one.comments);
            if who == Who::Theirs {
                their_comments.extend(put.then(|| (spot.clone(), format!("# {other}"))));
            }
        }
        done.insert(spot, (who, token, other, one.removes));
    }
    let Merged { files, conflicts, .. } = merge(base, &mine, &theirs);
    // Which statements both sides changed differently.
    let unit = |spot: &Spot| match spot.kind {
        Kind::Text { together: true, .. } => (spot.file.clone(), spot.way[..spot.way.len() - 1].to_vec()),
        _ => (spot.file.clone(), spot.way.clone()),
    };
    let mut apart = BTreeMap::new();
    for (spot, (who, ..)) in &done {
        let Kind::Text { together, exclusive } = spot.kind else {
            if *who == Who::BothApart && spot.kind == Kind::Message {
                apart.insert(unit(spot), Vec::new());
            }
            continue;
        };
        let both = |one: &Who| matches!(one, Who::BothApart | Who::BothAlike);
        let of_it = done.iter().filter(|(other, _)| {
            matches!(other.kind, Kind::Text { .. })
                && unit(other) == unit(spot)
                && (!exclusive || matches!(other.kind, Kind::Text { exclusive: true, .. }))
        });
        let whos: Vec<Who> = of_it.map(|(_, (who, ..))| *who).collect();
        let by = |side: Who| whos.iter().any(|who| *who == side || both(who));
        let differ = whos.iter().any(|who| *who != Who::BothAlike);
        let clash = if together && exclusive {
            by(Who::Mine) && by(Who::Theirs) && differ
        } else {
            whos.contains(&Who::BothApart)
        };
        if clash {
            apart.insert(unit(spot), Vec::<String>::new());
        }
    }
    for (spot, (who, token, other, removes)) in &done {
        let (was, own, new, now) = (said(base, spot), said(&mine, spot), said(&theirs, spot), said(&files, spot));
        match spot.kind {
            Kind::Set | Kind::Source => {
                let expected: BTreeSet<&String> = own
                    .iter()
                    .filter(|one| new.contains(one) || !was.contains(one))
                    .chain(new.iter().filter(|one| !was.contains(one)))
                    .collect();
                assert_eq!(now.iter().collect::<BTreeSet<_>>(), expected, "{spot:?} {who:?}");
                assert_eq!(now.len(), expected.len(), "{spot:?}: {now:?}");
            }
            _ => {
                let stands = apart.contains_key(&unit(spot));
                let expected = if *who == Who::Theirs && !stands { &new } else { &own };
                assert_eq!(&now, expected, "{spot:?} {who:?} {token} {other} {removes}");
            }
        }
    }
    // Exactly those are told, with what each side says.
    assert_eq!(conflicts.len(), apart.len(), "{conflicts:#?}\n{apart:#?}\n{done:#?}");
    for (file, way) in apart.keys() {
        let of_it = done.iter().filter(|(spot, _)| unit(spot) == (file.clone(), way.clone()));
        let tokens: Vec<_> = of_it
            .filter(|(_, (who, ..))| *who == Who::BothApart)
            .map(|(_, (_, token, other, _))| (token, other))
            .collect();
        let told = |text: &Option<String>, token: &str| text.as_ref().is_some_and(|text| text.contains(token));
        let found = conflicts.iter().any(|one| {
            one.file == *file && tokens.iter().all(|(token, other)| told(&one.mine, token) && told(&one.theirs, other))
        });
        assert!(found, "{file} {way:?}: {conflicts:#?}");
    }
    let text = |file: &str| String::from_utf8(files.0[file].clone()).expect("text");
    for (file, comment) in &my_comments {
        assert!(text(file).contains(comment), "{comment} of mine is gone from {file}:\n{}", text(file));
    }
    for (spot, comment) in &their_comments {
        let kept = !apart.contains_key(&unit(spot)) && spot.kind != Kind::Source;
        assert!(!kept || text(&spot.file).contains(comment), "{comment} of theirs is gone from {}", spot.file);
    }
    // What only one side touched is taken byte for byte, and merging again changes nothing.
    for (path, content) in &files.0 {
        if mine.0[path] == base.0[path] {
            assert_eq!(*content, theirs.0[path], "{path}");
        } else if theirs.0[path] == base.0[path] {
            assert_eq!(*content, mine.0[path], "{path}");
        }
    }
    let again = merge(base, &files, &theirs);
    for (path, content) in &files.0 {
        assert_eq!(String::from_utf8_lossy(&again.files.0[path]), String::from_utf8_lossy(content), "{path} again");
    }
    assert_eq!(again.conflicts, conflicts, "again");
    // A conflict stays as long as what is served does not say what the new version says, whatever else it says.
    for served in [&files, &mine, base] {
        assert_eq!(undecided(conflicts.clone(), base, served, &theirs), conflicts, "undecided");
    }
    assert_eq!(undecided(conflicts.clone(), base, &theirs, &theirs), Vec::new(), "decided for the new version");
    let onwards = merge(&theirs, &files, &theirs);
    assert_eq!((onwards.files, onwards.conflicts), (files, Vec::new()), "from what was merged on");
}

static REAL: LazyLock<(Files, Vec<Spot>)> = LazyLock::new(|| with_spots(Files::built_in()));
static SMALL: LazyLock<(Files, Vec<Spot>)> = LazyLock::new(|| with_spots(kept::files()));

fn with_spots(files: Files) -> (Files, Vec<Spot>) {
    let spots = spots(&files);
    (files, spots)
}

/// One file of the catalogue, so that edits meet.
fn of_one_file(all: &[Spot], file: prop::sample::Index) -> Vec<Spot> {
    let files: Vec<&String> = all.iter().map(|spot| &spot.file).collect::<BTreeSet<_>>().into_iter().collect();
    let file = *file.get(&files);
    all.iter().filter(|spot| spot.file == *file).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_field_of_the_small_catalogue_is_lost(edits in edits(), file in any::<prop::sample::Index>()) {
        let (files, all) = &*SMALL;
        no_field_is_lost(files, &of_one_file(all, file), &edits);
    }

    #[test]
    fn no_field_of_the_real_catalogue_is_lost(edits in edits(), file in any::<prop::sample::Index>()) {
        let (files, all) = &*REAL;
        let spots = of_one_file(all, file);
        // Files of this one alone: the others are compared as a whole in any case.
        let one = Files(files.0.iter().filter(|(path, _)| **path == spots[0].file).map(|(path, content)| (path.clone(), content.clone())).collect());
        no_field_is_lost(&one, &spots, &edits);
    }
}

// --- Entries that come, go and move ----------------------------------------------------------------------------------

/// A list of tables: its file, the way to it, and how many entries it has.
#[derive(Clone, Debug)]
struct Listed {
    file: String,
    way: Vec<Step>,
    length: usize,
}

/// The lists of tables of the processes: meetings, former chairs, notes, themes, the structure, sources, participants.
fn lists(files: &Files) -> Vec<Listed> {
    fn walk(file: &str, way: &mut Vec<Step>, value: &toml::Value, all: &mut Vec<Listed>) {
        match value {
            toml::Value::Array(entries) if !entries.is_empty() && entries.iter().all(toml::Value::is_table) => {
                // Something of each can be edited.
                let has_text = |entry: &toml::Value| {
                    fn texts(value: &toml::Value) -> usize {
                        let fields = value.as_table().into_iter().flatten();
                        let of = |(key, value): (&String, &toml::Value)| match value {
                            toml::Value::String(_) => usize::from(!NAMES.contains(&key.as_str())),
                            other => texts(other),
                        };
                        fields.map(of).sum()
                    }
                    // Nor may two that have nothing in common both say "true".
                    let plain = |value: &toml::Value| value.is_str() || value.is_table() || value.is_array();
                    texts(entry) > 0 && entry.as_table().into_iter().flatten().all(|(_, value)| plain(value))
                };
                let alike = !entries.iter().all(has_text)
                    || entries.iter().map(ToString::to_string).collect::<BTreeSet<_>>().len() < entries.len();
                if !alike {
                    all.push(Listed { file: file.to_owned(), way: way.clone(), length: entries.len() });
                }
            }
            toml::Value::Table(fields) => {
                for (key, value) in fields {
                    way.push(Step::Key(key.clone()));
                    walk(file, way, value, all);
                    way.pop();
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    for (file, content) in files.0.iter().filter(|(file, _)| file.starts_with("processes/")) {
        let value: toml::Value = toml::from_str(std::str::from_utf8(content).expect("text")).expect("TOML");
        walk(file, &mut Vec::new(), &value, &mut all);
    }
    // Lists under headings within lists under headings.
    let file = "meetings.toml";
    let value: toml::Value = toml::from_str(std::str::from_utf8(&files.0[file]).expect("text")).expect("TOML");
    for (place, meeting) in value["meeting"].as_array().expect("meetings").iter().enumerate() {
        walk(file, &mut vec![Step::Key("meeting".to_owned()), Step::Place(place)], meeting, &mut all);
    }
    all
}

/// What a side does with an entry of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Nothing,
    Edits,
    Removes,
}

/// What a side makes of a list.
#[derive(Clone, Debug)]
enum Makes {
    /// Something of each entry, and new ones before these places.
    Entries(Vec<Does>, Vec<usize>),
    /// Another order.
    Reversed,
}

/// Replaces the first text of an entry that does not tell it apart.
fn mark(entry: &mut toml_edit::Table, token: &str, all: bool) -> bool {
    fn within(table: &mut dyn toml_edit::TableLike, token: &str, all: bool) -> bool {
        let mut done = false;
        for (key, item) in table.iter_mut() {
            if done && !all {
                break;
            }
            if all && item.is_array() {
                *item = Item::Value(TomlValue::Array([token].into_iter().collect()));
                done = true;
            } else if item.is_str() && (all || !NAMES.contains(&key.get())) {
                let decor = item.as_value().map(|value| value.decor().clone());
                let mut value = TomlValue::from(token);
                if let Some(decor) = decor {
                    *value.decor_mut() = decor;
                }
                *item = Item::Value(value);
                done = true;
            } else if let Some(table) = item.as_table_like_mut() {
                done |= within(table, token, all);
            }
        }
        done
    }
    within(entry, token, all)
}

/// The entries of a list after what a side made of it, and their texts.
fn made(base: &Files, list: &Listed, makes: &Makes, side: &str) -> (Files, Vec<String>) {
    let mut files = base.clone();
    let content = files.0.get_mut(&list.file).expect("the file is there");
    let mut document: DocumentMut = std::str::from_utf8(content).expect("text").parse().expect("TOML");
    let item = at(&mut document, &list.way);
    let place = item.as_array_of_tables().and_then(|tables| tables.get(0)).and_then(Table::position);
    let before: Vec<Table> = match &*item {
        Item::ArrayOfTables(tables) => tables.iter().cloned().collect(),
        Item::Value(TomlValue::Array(array)) => {
            array.iter().map(|value| value.as_inline_table().expect("a table").clone().into_table()).collect()
        }
        other => panic!("{other:?}"),
    };
    let mut after = Vec::new();
    match makes {
        Makes::Reversed => after.extend(before.iter().rev().cloned()),
        Makes::Entries(does, new) => {
            for (number, entry) in before.iter().enumerate() {
                for (count, _) in new.iter().enumerate().filter(|(_, before)| **before == number) {
                    let mut fresh = entry.clone();
                    mark(&mut fresh, &format!("{side}new{count}x"), true);
                    after.push(fresh);
                }
                let mut entry = entry.clone();
                match does[number] {
                    Does::Removes => continue,
                    Does::Edits => {
                        mark(&mut entry, &format!("{side}edit{number}x"), false);
                    }
                    Does::Nothing => {}
                }
                after.push(entry);
            }
        }
    }
    let texts = after.iter().map(said_by).collect();
    match item {
        Item::ArrayOfTables(tables) => {
            tables.clear();
            for mut table in after {
                table.set_position(place);
                tables.push(table);
            }
        }
        Item::Value(TomlValue::Array(array)) => {
            array.clear();
            after.into_iter().for_each(|table| array.push(table.into_inline_table()));
        }
        _ => unreachable!("it is a list"),
    }
    *content = document.to_string().into_bytes();
    (files, texts)
}

/// What an entry says, in one line.
fn said_by(entry: &Table) -> String {
    let mut document = DocumentMut::new();
    *document.as_table_mut() = entry.clone();
    let value: toml::Value = toml::from_str(&document.to_string()).expect("TOML");
    value.to_string()
}

fn entries(files: &Files, list: &Listed) -> Vec<String> {
    let text = std::str::from_utf8(&files.0[&list.file]).expect("text");
    let root: toml::Value = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let value = list.way.iter().try_fold(&root, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Place(place) => value.get(*place),
    });
    value.and_then(toml::Value::as_array).into_iter().flatten().map(ToString::to_string).collect()
}

fn entries_come_and_go(base: &Files, list: &Listed, mine: &Makes, theirs: &Makes) {
    let was = entries(base, list);
    // A text that goes where another comes was reworded.
    let is_text = |entry: &String| {
        let entry: toml::Table = toml::from_str(&format!("entry = {entry}")).expect("TOML");
        let keys = entry["entry"].as_table().map(|entry| entry.keys().cloned().collect::<Vec<_>>());
        keys.is_some_and(|keys| keys.iter().all(|key| ["fr", "en", "es", "topics"].contains(&key.as_str())))
    };
    let texts = was.iter().all(is_text);
    let apart = |makes: &Makes| match makes {
        Makes::Entries(does, _) if texts && does.iter().any(|one| *one != Does::Nothing) => {
            Makes::Entries(does.clone(), Vec::new())
        }
        other => other.clone(),
    };
    let (mine, theirs) = (&apart(mine), &apart(theirs));
    let ((my_files, own), (their_files, new)) = (made(base, list, mine, "m"), made(base, list, theirs, "t"));
    let Merged { files, conflicts, .. } = merge(base, &my_files, &their_files);
    let now = entries(&files, list);
    let counted = |entry: &String| now.iter().filter(|one| *one == entry).count();
    let context = || format!("{list:?}\n{mine:?}\n{theirs:?}\n{now:#?}\n{conflicts:#?}");
    let does = |makes: &Makes, number: usize| match makes {
        Makes::Entries(does, _) => does[number],
        Makes::Reversed => Does::Nothing,
    };
    let mut expected = 0;
    let mut apart = 0;
    for (number, entry) in was.iter().enumerate() {
        let edited =
            |all: &[String], side: &str| all.iter().find(|one| one.contains(&format!("{side}edit{number}x"))).cloned();
        let stands = match (does(mine, number), does(theirs, number)) {
            (Does::Nothing, Does::Nothing) => Some(entry.clone()),
            (Does::Removes, Does::Removes | Does::Nothing) | (Does::Nothing, Does::Removes) => None,
            (Does::Edits, Does::Nothing) => edited(&own, "m"),
            (Does::Nothing, Does::Edits) => edited(&new, "t"),
            (Does::Edits, _) => {
                apart += 1;
                edited(&own, "m")
            }
            (Does::Removes, Does::Edits) => {
                apart += 1;
                None
            }
        };
        let Some(stands) = stands else { continue };
        expected += 1;
        assert_eq!(counted(&stands), 1, "{number}: {stands}\n{}", context());
    }
    for (all, side) in [(&own, "m"), (&new, "t")] {
        let is_new = |one: &&String| (0..3).any(|number| one.contains(&format!("{side}new{number}x")));
        for fresh in all.iter().filter(is_new) {
            expected += 1;
            assert_eq!(counted(fresh), 1, "{fresh}\n{}", context());
        }
    }
    assert_eq!((now.len(), conflicts.len()), (expected, apart), "{}", context());
    // The order is that of the side that changed it.
    let places = |all: &[String]| -> Vec<usize> {
        all.iter().filter_map(|one| was.iter().position(|known| known == one)).collect()
    };
    let order = places(&now);
    match (mine, theirs) {
        (Makes::Entries(..), Makes::Entries(..)) => assert!(order.is_sorted(), "{order:?}\n{}", context()),
        _ => assert!(order.iter().rev().is_sorted(), "{order:?}\n{}", context()),
    }
    let again = merge(base, &files, &their_files);
    assert_eq!(entries(&again.files, list), now, "again: {}", context());
    assert_eq!(undecided(conflicts.clone(), base, &files, &their_files), conflicts);
    assert_eq!(undecided(conflicts, base, &their_files, &their_files), []);
}

fn makes(length: usize) -> impl Strategy<Value = Makes> {
    let does = prop_oneof![5 => Just(Does::Nothing), 1 => Just(Does::Edits), 1 => Just(Does::Removes)];
    let some = (prop::collection::vec(does, length), prop::collection::vec(0..length, 0..3));
    prop_oneof![7 => some.prop_map(|(does, new)| Makes::Entries(does, new)), 1 => Just(Makes::Reversed)]
}

static LISTS: LazyLock<Vec<Listed>> = LazyLock::new(|| lists(&REAL.0));

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn entries_of_lists_come_go_and_move_on_both_sides(
        (list, mine, theirs) in any::<prop::sample::Index>().prop_flat_map(|list| {
            let list = list.get(&LISTS).clone();
            let length = list.length;
            (Just(list), makes(length), makes(length))
        }),
    ) {
        let base = Files([(list.file.clone(), REAL.0.0[&list.file].clone())].into());
        entries_come_and_go(&base, &list, &mine, &theirs);
    }
}

#[test]
fn a_list_that_is_emptied_on_one_side_keeps_what_comes_on_the_other() {
    let mut seen = BTreeSet::new();
    let short = LISTS.iter().filter(|list| list.length == 1 && seen.insert(format!("{:?}", list.way.last())));
    for list in short {
        let base = Files([(list.file.clone(), REAL.0.0[&list.file].clone())].into());
        let emptied = Makes::Entries(vec![Does::Removes], Vec::new());
        for other in [Makes::Entries(vec![Does::Nothing], vec![0, 0]), Makes::Entries(vec![Does::Edits], Vec::new())] {
            entries_come_and_go(&base, list, &emptied, &other);
            entries_come_and_go(&base, list, &other, &emptied);
        }
    }
    assert!(seen.len() > 5, "{seen:?}");
}

#[test]
fn a_heading_that_moves_takes_its_comments_and_what_stands_under_it_along() {
    let one = |text: String| Files([("meetings.toml".to_owned(), text.into_bytes())].into());
    let meeting = |id: &str, title: &str, url: &str| {
        format!(
            "# of {id}\n[[meeting]]\nid = \"{id}\"\ntitle = \"{title}\" # held\n\n# page of {id}\n[[meeting.source]]\n\
             url = \"https://{url}.example\"\n\n[[meeting.source]]\nurl = \"https://{url}-2.example\"\n\n"
        )
    };
    let end = "[[source]]\nurl = \"https://end.example\"\n";
    let (first, second, third) = (meeting("m1", "one", "a"), meeting("m2", "two", "b"), meeting("m3", "three", "c"));
    let base = one(format!("a = 1\n\n{first}{second}{third}{end}"));
    let edited = meeting("m2", "TWO", "b");
    let mine = one(format!("a = 1\n\n{first}{edited}{third}{end}"));
    let theirs = one(format!("a = 1\n\n{third}{first}{second}{end}"));
    let expected = one(format!("a = 1\n\n{third}{first}{edited}{end}"));
    for (mine, theirs) in [(&mine, &theirs), (&theirs, &mine)] {
        let merged = merge(&base, mine, theirs);
        let text = |files: &Files| String::from_utf8_lossy(&files.0["meetings.toml"]).into_owned();
        assert_eq!((text(&merged.files), merged.conflicts), (text(&expected), vec![]));
    }
}

/// Every file of the real catalogue comes back byte for byte from a merge by field in which nothing changed but a comment
/// on each side.
#[test]
fn every_real_file_keeps_its_layout() {
    let base = Files::built_in();
    let with = |files: &Files, above: &str, below: &str| {
        let around = |content: &Vec<u8>| [above.as_bytes(), content, below.as_bytes()].concat();
        Files(files.0.iter().map(|(path, content)| (path.clone(), around(content))).collect())
    };
    let (mine, theirs) = (with(&base, "# mine\n", ""), with(&base, "", "# theirs\n"));
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.conflicts, []);
    for (path, content) in &with(&base, "# mine\n", "# theirs\n").0 {
        assert_eq!(String::from_utf8_lossy(&merged.files.0[path]), String::from_utf8_lossy(content), "{path}");
    }
}

#[test]
fn files_come_and_go_as_a_whole() {
    let files = |all: &[(&str, &str)]| {
        Files(all.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
    };
    let base = files(&[
        ("processes/a.toml", "id = 1"),
        ("processes/b.toml", "id = 2"),
        ("processes/c.toml", "id = 3"),
        ("iom.toml", "a = 1"),
    ]);
    let mine = files(&[("processes/c.toml", "id = 4"), ("processes/m.toml", "m = 1"), ("iom.toml", "not TOML")]);
    let theirs = files(&[
        ("processes/a.toml", "id = 1"),
        ("processes/b.toml", "id = 9"),
        ("processes/n.toml", "n = 1"),
        ("iom.toml", "a = 2"),
    ]);
    let merged = merge(&base, &mine, &theirs);
    let expected = files(&[
        ("processes/c.toml", "id = 4"),
        ("processes/m.toml", "m = 1"),
        ("processes/n.toml", "n = 1"),
        ("iom.toml", "not TOML"),
    ]);
    assert_eq!(merged.files, expected);
    let told: Vec<_> = merged.conflicts.iter().map(|one| (one.file.as_str(), one.path.as_str())).collect();
    assert_eq!(told, [("iom.toml", ""), ("processes/b.toml", ""), ("processes/c.toml", "")]);
}

#[test]
fn a_process_that_one_side_renamed_meets_what_the_other_changed_under_its_new_name() {
    let base = small::catalogue("r1", 2);
    let renamed = |files: &Files| {
        let mut files = files.clone();
        let content = files.0.remove("processes/p1.toml").expect("there");
        let text = String::from_utf8(content).expect("text");
        let text = text.replacen("id = \"p1\"", "id = \"p1-renamed\"", 1).replacen("But r1", "But nouveau", 1);
        files.0.insert("processes/p1-renamed.toml".to_owned(), text.into_bytes());
        files
    };
    let changed = with(&base, &of_p1("fr = \"Membres r1\"", "fr = \"Membres\""));
    let mut expected = renamed(&base);
    let content = expected.0.get_mut("processes/p1-renamed.toml").expect("there");
    let text = String::from_utf8(content.clone()).expect("text");
    *content = text.replacen("fr = \"Membres r1\"", "fr = \"Membres\"", 1).into_bytes();
    for (mine, theirs) in [(changed.clone(), renamed(&base)), (renamed(&base), changed.clone())] {
        let merged = merge(&base, &mine, &theirs);
        assert_eq!((&merged.files, &merged.conflicts), (&expected, &vec![]));
        let again = merge(&theirs, &merged.files, &theirs);
        assert_eq!((again.files, again.conflicts), (merged.files, vec![]));
    }
    // Both changed the same: it is told of the file as it is called now.
    let both = with(&base, &of_p1("fr = \"But r1\"", "fr = \"But des modérateurs\""));
    let merged = merge(&base, &both, &renamed(&base));
    let told: Vec<_> = merged.conflicts.iter().map(|one| (one.file.as_str(), one.path.as_str())).collect();
    assert_eq!(told, [("processes/p1-renamed.toml", "purpose")]);
    // What moderators deleted stays deleted; what the new version deleted stays where moderators renamed it.
    let mut without = base.clone();
    without.0.remove("processes/p1.toml");
    let merged = merge(&base, &without, &renamed(&base));
    assert_eq!((&merged.files, merged.conflicts.len()), (&without, 1));
    let merged = merge(&base, &renamed(&base), &without);
    assert_eq!((&merged.files, merged.conflicts.len()), (&renamed(&base), 1));
}

#[test]
fn line_ends_of_the_moderators_stay() {
    let one = |text: &str| Files([("iom.toml".to_owned(), text.as_bytes().to_vec())].into());
    let merged = merge(&one("a = 1\nb = 1\n"), &one("\u{feff}a = 1\r\nb = 2\r\n"), &one("a = 2\nb = 1\n"));
    assert_eq!((merged.files, merged.conflicts), (one("\u{feff}a = 2\r\nb = 2\r\n"), vec![]));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(texts in prop::array::uniform3("(\\[?\\[?[ab]\\]?\\]?|[ab]( = |=)(\"x\"|1|\\[1, 2\\]|\\{ a = 1 \\})|# c|\n){0,8}"), ftl in any::<bool>()) {
        let path = if ftl { "messages/fr.ftl" } else { "iom.toml" };
        let [base, mine, theirs] = texts.map(|text| Files([(path.to_owned(), text.into_bytes())].into()));
        let merged = merge(&base, &mine, &theirs);
        prop_assert!(merged.files.0.len() <= 1);
    }
}

// --- Published -------------------------------------------------------------------------------------------------------

struct Place {
    root: TempDir,
}

impl Place {
    fn new(files: &Files) -> Place {
        let place = Place { root: tempfile::tempdir().expect("a folder") };
        small::write(&place.data(), files);
        place
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    fn folder(&self, name: &str, files: &Files) -> PathBuf {
        let folder = self.root.path().join(name);
        small::write(&folder, files);
        folder
    }

    async fn start(&self) -> Publisher {
        let mut settings = Settings::default();
        settings.catalogue.data = Some(self.data());
        settings.state = StateFolder(self.state());
        let today = || jiff::civil::date(2026, 11, 28);
        start(&settings, today, None).await.expect("there is something to serve")
    }

    fn files(&self) -> Files {
        Files::read(&self.data()).0
    }

    fn log(&self) -> Revisions {
        Revisions::local(&self.state().join("revisions")).expect("opened")
    }

    async fn program(&self, arguments: &[&str]) -> Finished {
        let text = |path: &Path| path.to_str().expect("text").to_owned();
        let setup = arguments.iter().fold(Setup::new(&["merge"]), |setup, argument| setup.arg(argument));
        setup.data(&self.data()).arg("--state").arg(&text(&self.state())).finish().await
    }
}

fn with(files: &Files, changes: &[(&str, &str, &str)]) -> Files {
    let mut files = files.clone();
    for (path, old, new) in changes {
        let content = files.0.get_mut(*path).expect("the file is there");
        let text = String::from_utf8(content.clone()).expect("text");
        assert!(text.contains(old), "{path}: {old}\n{text}");
        *content = text.replacen(old, new, 1).into_bytes();
    }
    files
}

fn of_p1(old: &'static str, new: &'static str) -> [(&'static str, &'static str, &'static str); 1] {
    [("processes/p1.toml", old, new)]
}

/// The catalogue that an old version was shipped with, moderators' edits, and that of a new version.
fn three() -> [Files; 3] {
    let old = small::catalogue("r1", 2);
    let mine =
        with(&old, &of_p1("countries = [\"PE\"], as_of = \"2026-01\"", "countries = [\"CL\"], as_of = \"2026-10\""));
    let mine = with(&mine, &of_p1("fr = \"But r1\"", "fr = \"But des modérateurs\""));
    let new = with(&old, &of_p1("fr = \"But r1\"", "fr = \"But de la version\""));
    let mut new = with(&new, &of_p1("value = \"active\"", "value = \"inactive\""));
    new.0.insert("processes/p3.toml".to_owned(), small::process("p3", "r1").into_bytes());
    [old, mine, new]
}

fn merged_of_three() -> Files {
    let [_, mine, _] = three();
    let mut merged = with(&mine, &of_p1("value = \"active\"", "value = \"inactive\""));
    merged.0.insert("processes/p3.toml".to_owned(), small::process("p3", "r1").into_bytes());
    merged
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_merges_a_new_version() {
    let [old, mine, new] = three();
    let place = Place::new(&mine);
    let (old, new_folder) = (place.folder("old", &old), place.folder("new", &new));
    let (old, new_folder) = (old.to_str().expect("text"), new_folder.to_str().expect("text"));

    let unknown = place.program(&[new_folder]).await;
    assert_eq!(unknown.code, Some(1), "{}", unknown.stdout);
    assert!(unknown.stderr.contains("--base"), "{}", unknown.stderr);

    let dry = place.program(&[new_folder, "--base", old, "--dry-run"]).await;
    assert_eq!(dry.code, Some(0), "{}", dry.stderr);
    for line in [
        "~ processes/p1.toml status.value",
        "+ processes/p3.toml",
        "! processes/p1.toml purpose",
        "would change, 1 conflict",
    ] {
        assert!(dry.stdout.contains(line), "{line}: {}", dry.stdout);
    }
    assert_eq!((place.files(), place.log().numbers().await.expect("listed")), (mine, vec![1]));

    let done = place.program(&[new_folder, "--base", old]).await;
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("changed, 1 conflict"), "{}", done.stdout);
    assert_eq!(place.files(), merged_of_three());
    let newest = place.log().newest().await.expect("read").expect("there is one");
    assert_eq!((newest.meta.number, newest.files), (2, merged_of_three()));
    assert_eq!((newest.meta.cause, newest.meta.shipped), (Cause::Merge { of: new.hash() }, Some(new.hash())));
    let audit = fs::read_to_string(place.state().join("audit.jsonl")).expect("read");
    let merges: Vec<&str> = audit.lines().filter(|line| line.contains("\"merge\"")).collect();
    assert!(
        merges[0].contains("refused") && merges[1].contains("begun") && merges[2].contains("1 conflict"),
        "{audit}"
    );

    let again = place.program(&[new_folder]).await;
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert!(again.stdout.contains("nothing to merge"), "{}", again.stdout);

    // What it began from is known from here on.
    let newer = with(&new, &[("processes/p2.toml", "But r1", "But r2")]);
    let newer_folder = place.folder("newer", &newer);
    let done = place.program(&[newer_folder.to_str().expect("text")]).await;
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(place.files(), with(&merged_of_three(), &[("processes/p2.toml", "But r1", "But r2")]));

    // A version with an error changes nothing, and says so.
    let bad = with(&newer, &[("processes/p2.toml", "americas", "nowhere")]);
    let before = place.files();
    let bad_folder = place.folder("bad", &bad);
    let refused = place.program(&[bad_folder.to_str().expect("text")]).await;
    assert_eq!(refused.code, Some(1), "{}", refused.stdout);
    assert!(refused.stdout.contains("nowhere") && refused.stderr.contains("nothing is changed"), "{refused:?}");
    assert_eq!((place.files(), place.log().numbers().await.expect("listed")), (before, vec![1, 2, 3]));
}

#[tokio::test(flavor = "multi_thread")]
async fn conflicts_are_kept_until_somebody_settles_them() {
    let [old, mine, new] = three();
    let place = Place::new(&mine);
    let publisher = place.start().await;
    let base = Some(MergeBase::Files(old));
    let done = rcp_bot::publishing::merge(&publisher, &Actor::Signal, Some(new.clone()), base).await.expect("merged");
    assert_eq!(conflicts(&publisher).await.expect("read"), done.conflicts);
    drop(publisher);
    let publisher = place.start().await;
    let kept = conflicts(&publisher).await.expect("read");
    let told = |text: &Option<String>, part: &str| text.as_ref().is_some_and(|text| text.contains(part));
    assert!(
        told(&kept[0].mine, "des modérateurs")
            && told(&kept[0].theirs, "de la version")
            && told(&kept[0].base, "But r1")
    );
    settle_conflict(&publisher, &kept[0]).await.expect("settled");
    assert_eq!(conflicts(&publisher).await.expect("read"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_goes_by_itself_when_what_the_new_version_says_is_served_and_not_before() {
    let [old, mine, new] = three();
    let place = Place::new(&mine);
    let publisher = place.start().await;
    let merge = rcp_bot::publishing::merge;
    let base = Some(MergeBase::Files(old));
    let made = merge(&publisher, &Actor::Signal, Some(new.clone()), base).await.expect("merged").conflicts;
    let merged = place.files();
    let served = async |files: &Files| {
        small::write(&place.data(), files);
        reload(&publisher, &Actor::Signal).await.expect("reloaded");
        conflicts(&publisher).await.expect("read")
    };
    let purpose = |wording: &'static str| with(&merged, &of_p1("fr = \"But des modérateurs\"", wording));
    // Another field, the value that both began from, a third one: nobody has decided for the new version.
    assert_eq!(served(&with(&merged, &of_p1("fr = \"Membres r1\"", "fr = \"Membres\""))).await, made);
    assert_eq!(served(&purpose("fr = \"But r1\"")).await, made);
    assert_eq!(served(&purpose("fr = \"Un autre but\"")).await, made);
    assert_eq!(served(&purpose("fr = \"But de la version\"")).await, []);
    // Who takes that back sees it again.
    assert_eq!(served(&merged).await, made);
    // The next version meets the same field: one thing to decide, not two; and settled, it is none.
    let newer = with(&new, &of_p1("fr = \"But de la version\"", "fr = \"But d'une autre version\""));
    let later = merge(&publisher, &Actor::Signal, Some(newer), None).await.expect("merged").conflicts;
    assert_eq!(later.len(), 1, "{later:#?}");
    assert_eq!(conflicts(&publisher).await.expect("read"), later);
    settle_conflict(&publisher, &later[0]).await.expect("settled");
    assert_eq!(conflicts(&publisher).await.expect("read"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_merged_stays_known_through_every_other_change() {
    let [old, mine, new] = three();
    let place = Place::new(&mine);
    let publisher = place.start().await;
    let merge = rcp_bot::publishing::merge;
    let base = Some(MergeBase::Files(old.clone()));
    merge(&publisher, &Actor::Signal, Some(new.clone()), base).await.expect("merged");
    // Moderators take the merge back: that is their decision, and the same version never comes again.
    let hash = publisher.live().snapshot().hash.clone();
    restore(&publisher, &Actor::Signal, 1, &hash).await.expect("taken back");
    assert_eq!(place.files(), mine);
    let again = merge(&publisher, &Actor::Signal, Some(new.clone()), None).await;
    assert!(matches!(again, Err(NotMerged::NotChanged(NotChanged::Same))), "{again:?}");
    fs::write(place.data().join("processes/p2.toml"), small::process("p2", "edited")).expect("written");
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    drop(publisher);
    // In the next version only what it changed since comes in.
    let publisher = place.start().await;
    let newer = with(&new, &of_p1("fr = \"Membres r1\"", "fr = \"Membres r2\""));
    let done = merge(&publisher, &Actor::Signal, Some(newer), None).await.expect("merged");
    assert_eq!(done.conflicts, []);
    let expected = with(&mine, &of_p1("fr = \"Membres r1\"", "fr = \"Membres r2\""));
    let expected = with(&expected, &[("processes/p2.toml", "But r1", "But edited")]);
    assert_eq!(place.files().0["processes/p1.toml"], expected.0["processes/p1.toml"]);
    let numbers: Vec<Option<String>> =
        place.log().history(9).await.expect("read").into_iter().map(|(_, meta)| meta.expect("whole").shipped).collect();
    assert_eq!(numbers.iter().filter(|shipped| **shipped == Some(new.hash())).count(), 3, "{numbers:?}");
}

// --- At the start of a new version -----------------------------------------------------------------------------------

const FRESHNESS: (&str, &str, &str) = ("processes/apc.toml", "rien de plus récent", "rien de plus neuf");

/// What an older version was shipped with: today's with other words, and without a process.
fn older() -> Files {
    let mut older = with(&Files::built_in(), &[FRESHNESS]);
    older.0.remove("processes/doha-dialogue.toml");
    older
}

async fn run(place: &Place, until: &str, settings: &[(&str, &str)]) -> (LocalDiscord, Bot) {
    let discord = LocalDiscord::start(Options { ..options() }).await.expect("a port can be opened");
    let setup = Setup::new(&["run"]).data(&place.data()).arg("--state").arg(place.state().to_str().expect("text"));
    let setup =
        setup.env("DISCORD_API_URL", &discord.url()).env("DISCORD_TOKEN", TOKEN).env("RUST_LOG", "rcp_bot=info");
    let setup = settings.iter().fold(setup, |setup, (name, value)| setup.env(name, value));
    let bot = setup.start();
    logged(&bot, until).await;
    (discord, bot)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_brings_its_facts_at_its_first_start() {
    let older = older();
    let place = Place::new(&older);
    // The older version served it: nothing differs from what it was shipped with.
    let folder = place.folder("older", &older);
    let folder = folder.to_str().expect("text");
    let served = place.program(&[folder, "--base", folder]).await;
    assert_eq!(served.code, Some(0), "{}", served.stderr);
    // Moderators edited since.
    let name = ("processes/apc.toml", "acronym = \"APC\"", "acronym = \"APC-X\" # ours");
    let edited = with(&older, &[name]);
    small::write(&place.data(), &edited);

    let (_discord, bot) = run(&place, "what the new version brings was merged", &[]).await;
    assert_eq!(place.files(), with(&Files::built_in(), &[name]));
    let numbers = place.log().numbers().await.expect("listed");
    let newest = place.log().newest().await.expect("read").expect("there is one").meta;
    assert_eq!(newest.shipped, Some(Files::built_in().hash()));
    bot.stop().await;

    // Once.
    let publisher = place.start().await;
    rcp_bot::publishing::merge_at_start(&publisher).await;
    assert_eq!(place.log().numbers().await.expect("listed"), numbers);
    // Nor does an older version bring its facts back.
    let back = rcp_bot::publishing::merge(&publisher, &Actor::Signal, Some(older), None).await;
    assert!(back.is_ok(), "an operator may want that: {back:?}");
    rcp_bot::publishing::merge_at_start(&publisher).await;
    assert_eq!(place.log().numbers().await.expect("listed").len(), numbers.len() + 1, "it was in there before");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_may_want_no_merge_at_the_start() {
    let older = older();
    let place = Place::new(&older);
    let folder = place.folder("older", &older);
    let folder = folder.to_str().expect("text");
    assert_eq!(place.program(&[folder, "--base", folder]).await.code, Some(0));
    let numbers = place.log().numbers().await.expect("listed");
    let (discord, mut bot) = run(&place, "the catalogue is ready", &[("RCP_CATALOGUE__MERGE", "false")]).await;
    bot.ready(&discord).await;
    bot.stop().await;
    assert_eq!((place.files(), place.log().numbers().await.expect("listed")), (older, numbers));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_of_somebodys_own_is_left_alone() {
    let place = Place::new(&small::catalogue("r1", 2));
    let (_discord, bot) = run(&place, "is not merged by itself", &[]).await;
    bot.stop().await;
    assert_eq!((place.files(), place.log().numbers().await.expect("listed")), (small::catalogue("r1", 2), vec![1]));
}
