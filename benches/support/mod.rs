//! What measurements from the library share: what is asked, by whom, and catalogues of any size, which are the shipped
//! records, shortened and repeated under other ids and names.

use jiff::civil::{Date, date};
use rcp_bot::catalogue::{Files, Statement};
use rcp_bot::commands::{Autocomplete, Caller};
use rcp_bot::snapshot::{Origin, Snapshot};
use toml::{Table, Value};

/// What is answered: each kind of answer, and the same found with typing errors.
pub const LINES: [&str; 12] = [
    "/rcp region Amériques",
    "/rcp info Processus de Prague",
    "/rcp info procesus de prage",
    "/rcp pays Kenya",
    "/rcp secretariats",
    "/rcp secretariats HCR",
    "/rcp oim",
    "/rcp reunions",
    "/rcp reunions 2019",
    "/rcp recherche traite des êtres humains",
    "/rcp glossaire PCR",
    "/rcp apropos",
];

/// What is being typed.
pub const TYPED: [&str; 4] = ["", "pra", "processus de prage", "migration"];

/// How many characters of a name are kept before its mark.
const LONGEST: usize = 240;

/// What a generated record keeps of a shipped one: what a moderator writes first. It is about a fifth as long.
const KEPT: [&str; 17] = [
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
    "founding",
    "chair",
    "secretariat",
    "iom_role",
    "participants",
    "purpose",
];

/// The day on which all this happens.
pub fn today() -> Date {
    date(2026, 11, 28)
}

/// Somebody whose Discord is in French.
pub fn caller() -> Caller {
    Caller { locale: Some("fr".to_owned()), ..Caller::default() }
}

/// A process's name being typed.
pub fn typing(typed: &str) -> Autocomplete {
    Autocomplete { command: "info".to_owned(), option: "processus".to_owned(), typed: typed.to_owned() }
}

/// A catalogue as it is served.
pub fn snapshot(files: &Files) -> Snapshot {
    let (snapshot, report) = Snapshot::build(files, Vec::new(), Origin::BuiltIn, today());
    snapshot.unwrap_or_else(|| panic!("the catalogue has errors: {:?}", report.errors().next()))
}

/// The shipped catalogue with `processes` processes in it: those that were shipped, whole, and generated ones.
pub fn files(processes: usize) -> Files {
    let shipped = Files::built_in();
    let is_process = |path: &str| path.starts_with("processes/");
    let records: Vec<Table> = shipped
        .0
        .iter()
        .filter(|(path, _)| is_process(path))
        .map(|(_, bytes)| {
            std::str::from_utf8(bytes).expect("a data file is text").parse().expect("a data file is TOML")
        })
        .collect();
    let mut files = shipped.clone();
    for number in records.len()..processes {
        let mut record = records[number % records.len()].clone();
        shorten(&mut record);
        rename(&mut record, number);
        let id = record["id"].as_str().expect("an id is text").to_owned();
        files.0.insert(format!("processes/{id}.toml"), record.to_string().into_bytes());
    }
    files
}

/// Leaves out what is long, and lets one source support all that stays.
fn shorten(record: &mut Table) {
    let sources = record.remove("source");
    record.retain(|key, _| KEPT.contains(&key));
    let mut source = sources.and_then(|sources| sources.as_array()?.first()?.as_table().cloned()).expect("a source");
    let statements = Statement::ALL.iter().map(|statement| Value::String(statement.key().to_owned()));
    source.insert("supports".to_owned(), Value::Array(statements.collect()));
    record.insert("source".to_owned(), Value::Array(vec![Value::Table(source)]));
}

/// Gives a record an id and names that no other has.
fn rename(record: &mut Table, number: usize) {
    for key in ["id", "name", "short_name", "acronym", "other_acronyms", "aliases", "former_names"] {
        let mark = if key == "id" { format!("-{number}") } else { format!(" {number}") };
        if let Some(value) = record.get_mut(key) {
            append(value, &mark);
        }
    }
}

fn append(value: &mut Value, mark: &str) {
    match value {
        Value::String(text) => {
            // The longest names leave no room for a mark.
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
            text.truncate(end);
            text.push_str(mark);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| append(item, mark)),
        Value::Table(wordings) => {
            wordings.iter_mut().filter(|(key, _)| *key != "own").for_each(|(_, wording)| append(wording, mark));
        }
        _ => {}
    }
}
