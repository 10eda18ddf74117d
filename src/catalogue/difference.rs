//! What differs between two catalogues, field by field: added, removed, changed with the old and the new value.
//!
//! Records are compared as the values that their files hold, so that no field can be forgotten: a key added to the
//! model is compared from the day on which it is there. How a difference is shown is the business of others.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::catalogue::maps::FastSet;
use crate::catalogue::model::Process;
use crate::catalogue::whole::{Catalogue, Processes};

/// The keys by which the entries of a list are told apart, in the order in which they are tried.
const IDENTITIES: [&str; 5] = ["id", "code", "role", "url", "title"];

/// Everything that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes, in the order of files and keys.
    pub changes: Vec<Change>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, by its path within the catalogue's folder.
    pub file: String,
    /// The way to the value as moderators know it from the file (`chair.countries`, `term[rcp].name.fr`); empty for a
    /// whole file.
    pub path: String,
    /// What happened there.
    pub what: What,
}

/// What happened to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added(String),
    /// It is gone.
    Removed(String),
    /// It is another.
    Changed {
        /// What it was.
        old: String,
        /// What it is.
        new: String,
    },
    /// The same entries stand in another order.
    Reordered,
}

impl Difference {
    /// What has to be done to `old` to make it `new`.
    pub fn between(old: &Catalogue, new: &Catalogue) -> Difference {
        let mut difference = Difference::default();
        difference.processes(&old.processes, &new.processes);
        difference.file("regions.toml", "region", &old.regions, &new.regions);
        difference.file("countries.toml", "country", &old.countries, &new.countries);
        difference.file("organisations.toml", "organisation", &old.organisations, &new.organisations);
        difference.file("meetings.toml", "", &old.meetings, &new.meetings);
        difference.file("iom.toml", "", &old.iom, &new.iom);
        difference.file("general.toml", "", &old.general, &new.general);
        difference.file("glossary.toml", "", &old.glossary, &new.glossary);
        difference.file("questions.toml", "", &old.questions, &new.questions);
        difference.file("topics.toml", "topic", &old.topics, &new.topics);
        difference
    }

    /// Adds what differs between two files of named texts.
    pub fn texts(&mut self, file: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) {
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let shown = |text: &String| quoted(text);
            self.pair(file, key, old.get(key).map(shown), new.get(key).map(shown));
        }
    }

    /// Whether nothing differs but, at most, comments and layout.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many values were added, removed and changed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |of: fn(&What) -> bool| self.changes.iter().filter(|change| of(&change.what)).count();
        (
            count(|what| matches!(what, What::Added(_))),
            count(|what| matches!(what, What::Removed(_))),
            count(|what| matches!(what, What::Changed { .. } | What::Reordered)),
        )
    }

    fn processes(&mut self, old: &Processes, new: &Processes) {
        let by_id = |all: Vec<Arc<Process>>| -> BTreeMap<String, Arc<Process>> {
            all.into_iter().map(|process| (process.id.clone(), process)).collect()
        };
        // A record that stands in both is held once, and nothing of it differs.
        let held: FastSet<*const Process> = old.shared().iter().map(Arc::as_ptr).collect();
        let same: FastSet<*const Process> =
            new.shared().iter().map(Arc::as_ptr).filter(|record| held.contains(record)).collect();
        let others = |all: &Processes| -> Vec<Arc<Process>> {
            all.shared().iter().filter(|one| !same.contains(&Arc::as_ptr(one))).map(Arc::clone).collect()
        };
        let (old, new) = (by_id(others(old)), by_id(others(new)));
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for id in ids {
            let file = format!("processes/{id}.toml");
            match (old.get(id), new.get(id)) {
                (Some(old), Some(new)) => self.file(&file, "", &**old, &**new),
                (Some(old), None) => self.pair(&file, "", Some(process_name(old)), None),
                (None, Some(new)) => self.pair(&file, "", None, Some(process_name(new))),
                (None, None) => {}
            }
        }
    }

    fn file<T: Serialize + PartialEq + ?Sized>(&mut self, file: &str, path: &str, old: &T, new: &T) {
        if old == new {
            return;
        }
        // The model's records are maps with text keys, which always become JSON.
        let value = |record: &T| said(serde_json::to_value(record).unwrap_or_default());
        self.walk(file, path, &value(old), &value(new));
    }

    fn walk(&mut self, file: &str, path: &str, old: &Value, new: &Value) {
        match (old, new) {
            _ if old == new => {}
            (Value::Object(old), Value::Object(new)) => {
                let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
                for key in keys {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    self.both(file, &path, old.get(key), new.get(key));
                }
            }
            (Value::Array(old), Value::Array(new)) => self.list(file, path, old, new),
            _ => self.pair(file, path, Some(shown(old)), Some(shown(new))),
        }
    }

    fn both(&mut self, file: &str, path: &str, old: Option<&Value>, new: Option<&Value>) {
        match (old, new) {
            (Some(old), Some(new)) => self.walk(file, path, old, new),
            (old, new) => self.pair(file, path, old.map(shown), new.map(shown)),
        }
    }

    /// Entries with an identity are matched by it; plain values are a set; what is left is matched by its place, between the
    /// entries that are the same from the beginning on and from the end on: what is put in before others moves none.
    fn list(&mut self, file: &str, path: &str, old: &[Value], new: &[Value]) {
        let before = self.changes.len();
        if let Some(identity) = IDENTITIES.into_iter().find(|key| identifies(key, old) && identifies(key, new)) {
            let find = |all: &'_ [Value], id: &str| all.iter().position(|one| identity_of(identity, one) == Some(id));
            for entry in old {
                let id = identity_of(identity, entry).unwrap_or_default();
                let other = find(new, id).and_then(|place| new.get(place));
                self.both(file, &format!("{path}[{id}]"), Some(entry), other);
            }
            for entry in new {
                let id = identity_of(identity, entry).unwrap_or_default();
                if find(old, id).is_none() {
                    self.both(file, &format!("{path}[{id}]"), None, Some(entry));
                }
            }
        } else if old.iter().chain(new).all(|entry| !entry.is_object() && !entry.is_array()) {
            let without = |all: &[Value], others: &[Value]| {
                let mut others: Vec<&Value> = others.iter().collect();
                let mut left = Vec::new();
                for entry in all {
                    match others.iter().position(|other| *other == entry) {
                        Some(place) => drop(others.swap_remove(place)),
                        None => left.push(shown(entry)),
                    }
                }
                left
            };
            for entry in without(old, new) {
                self.pair(file, path, Some(entry), None);
            }
            for entry in without(new, old) {
                self.pair(file, path, None, Some(entry));
            }
        } else {
            let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
            let same = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
            let tail = same.min(old.len().min(new.len()) - head);
            let (old_end, new_end) = (old.len() - tail, new.len() - tail);
            for place in head..old_end.max(new_end) {
                let of = |all: &'_ [Value], end: usize| all.get(..end).and_then(|all| all.get(place)).cloned();
                let (old, new) = (of(old, old_end), of(new, new_end));
                self.both(file, &format!("{path}[{}]", place + 1), old.as_ref(), new.as_ref());
            }
        }
        if self.changes.len() == before {
            self.changes.push(Change { file: file.to_owned(), path: path.to_owned(), what: What::Reordered });
        }
    }

    fn pair(&mut self, file: &str, path: &str, old: Option<String>, new: Option<String>) {
        let what = match (old, new) {
            (Some(old), Some(new)) if old == new => return,
            (Some(old), Some(new)) => What::Changed { old, new },
            (Some(old), None) => What::Removed(old),
            (None, Some(new)) => What::Added(new),
            (None, None) => return,
        };
        self.changes.push(Change { file: file.to_owned(), path: path.to_owned(), what });
    }
}

/// A record's values without the keys that say nothing: a file leaves out what is null, empty or `false`.
fn said(value: Value) -> Value {
    match value {
        Value::Object(keys) => {
            let keys = keys.into_iter().map(|(key, value)| (key, said(value)));
            Value::Object(keys.filter(|(_, value)| says(value)).collect())
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(said).collect()),
        plain => plain,
    }
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(entries) => !entries.is_empty(),
        Value::Object(keys) => !keys.is_empty(),
        _ => true,
    }
}

/// One line for a list: `~ processes/ocam.toml chair.countries: "PE" → "CL"`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match &self.what {
            What::Added(_) => '+',
            What::Removed(_) => '-',
            What::Changed { .. } | What::Reordered => '~',
        };
        write!(f, "{mark} {}", self.file)?;
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        match &self.what {
            What::Added(value) | What::Removed(value) => write!(f, ": {value}"),
            What::Changed { old, new } => write!(f, ": {old} → {new}"),
            What::Reordered => f.write_str(" ⇅"),
        }
    }
}

fn process_name(process: &Process) -> String {
    let name = process.name.wordings().next().map(|(_, name)| name).unwrap_or(&process.id);
    quoted(name)
}

fn identifies(key: &str, entries: &[Value]) -> bool {
    let ids: BTreeSet<&str> = entries.iter().filter_map(|entry| identity_of(key, entry)).collect();
    !entries.is_empty() && ids.len() == entries.len()
}

fn identity_of<'v>(key: &str, entry: &'v Value) -> Option<&'v str> {
    entry.get(key).and_then(Value::as_str)
}

/// A value as one line: JSON, which anybody who can read the files can read.
fn shown(value: &Value) -> String {
    value.to_string()
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(old: Value, new: Value) -> Vec<String> {
        let mut difference = Difference::default();
        difference.walk("f", "", &old, &new);
        difference.changes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_kind_of_change_is_told_with_its_way() {
        assert_eq!(lines(json!({ "a": 1 }), json!({ "a": 1 })), Vec::<String>::new());
        assert_eq!(lines(json!({ "a": { "b": 1 } }), json!({ "a": { "b": 2 } })), ["~ f a.b: 1 → 2"]);
        assert_eq!(lines(json!({ "a": 1 }), json!({ "b": "x" })), ["- f a: 1", "+ f b: \"x\""]);
        assert_eq!(
            lines(json!({ "a": ["PE", "CL"] }), json!({ "a": ["CL", "AR"] })),
            ["- f a: \"PE\"", "+ f a: \"AR\""]
        );
        assert_eq!(lines(json!({ "a": ["x", "y"] }), json!({ "a": ["y", "x"] })), ["~ f a ⇅"]);
    }

    #[test]
    fn what_a_file_leaves_out_is_no_value() {
        let record =
            json!({ "a": null, "b": [], "c": false, "d": { "e": null }, "f": [{ "g": null, "h": 0 }], "i": "" });
        assert_eq!(said(record), json!({ "f": [{ "h": 0 }], "i": "" }));
    }

    #[test]
    fn entries_are_matched_by_what_identifies_them() {
        let old = json!({ "term": [{ "id": "a", "n": 1 }, { "id": "b", "n": 2 }] });
        let new = json!({ "term": [{ "id": "b", "n": 3 }, { "id": "c", "n": 4 }] });
        assert_eq!(
            lines(old, new),
            ["- f term[a]: {\"id\":\"a\",\"n\":1}", "~ f term[b].n: 2 → 3", "+ f term[c]: {\"id\":\"c\",\"n\":4}"]
        );
        let old = json!({ "m": [{ "n": 1 }, { "n": 1 }] });
        assert_eq!(lines(old.clone(), json!({ "m": [{ "n": 1 }, { "n": 2 }] })), ["~ f m[2].n: 1 → 2"]);
        let put_in = json!({ "m": [{ "n": 0 }, { "n": 1 }, { "n": 1 }] });
        assert_eq!(lines(old.clone(), put_in), ["+ f m[1]: {\"n\":0}"]);
        assert_eq!(lines(old, json!({ "m": [{ "n": 1 }] })), ["- f m[2]: {\"n\":1}"]);
    }
}
