//! Catalogues of any size for measurements: the shipped records, repeated under other ids and names.

use rcp_bot::catalogue::Files;
use toml::{Table, Value};

/// The shipped catalogue with `processes` processes in it. Each is as long as a shipped one.
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
        rename(&mut record, number);
        let id = record["id"].as_str().expect("an id is text").to_owned();
        files.0.insert(format!("processes/{id}.toml"), record.to_string().into_bytes());
    }
    files
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
        Value::String(text) => text.push_str(mark),
        Value::Array(items) => items.iter_mut().for_each(|item| append(item, mark)),
        Value::Table(wordings) => {
            wordings.iter_mut().filter(|(key, _)| *key != "own").for_each(|(_, wording)| append(wording, mark));
        }
        _ => {}
    }
}
