//! From a table to a record of the model, with every part at fault and not only the first.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::catalogue::date::When;
use crate::catalogue::files::list_key;
use crate::catalogue::problem::{Hint, MAX_PROBLEMS, Place, Problem, Rule, Severity};
use crate::catalogue::read::slips::{NEAR, as_meant, is_slip, nearest};
use crate::catalogue::read::syntax::bare_date;

/// How often a file is read anew for keys that were written wrong: once for those below keys that were, and so on.
const READINGS: usize = 3;

/// Reads the table into the model. A key that was written nearly as one that is known is told, and read as that one: what
/// would lack without it is no fault of its own.
pub(super) fn into_record<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let (record, found) = read_as_meant(file, text, table, READINGS);
    problems.extend(found);
    record
}

fn read_as_meant<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    readings: usize,
) -> (Option<T>, Vec<Problem>) {
    let mut found = Vec::new();
    let record = without_faults(file, text, table, &mut found);
    let Cow::Owned(meant) = as_meant(text, &found) else { return (record, found) };
    let (table, errors) = DeTable::parse_recoverable(&meant);
    // Where the key that is meant stands too, the other is left out.
    if !errors.is_empty() || readings == 0 || found.len() >= MAX_PROBLEMS {
        return (record, found);
    }
    let (again, mut others) = read_as_meant(file, &meant, table, readings - 1);
    // A version that knew such a key may have meant something else by it.
    if again.is_none() && record.is_some() {
        return (record, found);
    }
    let mut all: Vec<Problem> = found.into_iter().filter(is_slip).collect();
    others.retain(|other| !all.contains(other));
    all.append(&mut others);
    (again, all)
}

/// Reads the table as it stands. serde stops at its first error; so each offending part is reported, taken out, and the
/// rest is read again, until the whole is clean.
fn without_faults<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    // Nearly every file is right: only a wrong one pays for a second reading.
    let mut error = match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(record) => return Some(record),
        Err(error) => error,
    };
    let (mut table, _) = DeTable::parse_recoverable(text);
    while problems.len() < MAX_PROBLEMS {
        let span = error.span().unwrap_or(0..0);
        // What lacks a key only because we took that key out was reported already.
        let missing = error.message().strip_prefix("missing field ").map(|key| key.trim_matches('`'));
        if missing.is_none_or(|key| !taken(text, &table, &span, key)) {
            problems.push(explain(file, text, &error, span.clone(), missing));
        }
        if !remove(table.get_mut(), &span) {
            break;
        }
        match T::deserialize(toml::de::Deserializer::from(table.clone())) {
            Ok(record) => return problems.iter().all(can_be_passed_over).then_some(record),
            Err(next) => error = next,
        }
    }
    // Warnings alone would not say why there is no record.
    if problems.iter().all(can_be_passed_over) {
        let message = "the file holds more that is not known than can be passed over".to_owned();
        let help = "it may be of another version of the program, or no file of a catalogue".to_owned();
        problems.truncate(MAX_PROBLEMS - 1);
        problems.push(Problem::new(Rule::Type, file, None, message, help));
    }
    None
}

fn can_be_passed_over(problem: &Problem) -> bool {
    problem.severity == Severity::Warning || problem.rule.can_be_passed_over()
}

/// Whether the file does hold the key that the maimed table lacks.
fn taken(text: &str, maimed: &Spanned<DeTable<'_>>, span: &Range<usize>, key: &str) -> bool {
    let (whole, _) = DeTable::parse_recoverable(text);
    if *span == maimed.span() {
        return whole.get_ref().contains_key(key);
    }
    find_table(whole.get_ref(), span).is_some_and(|table| table.contains_key(key))
}

fn find_table<'a, 'i>(table: &'a DeTable<'i>, span: &Range<usize>) -> Option<&'a DeTable<'i>> {
    table.values().find_map(|value| find_in(value, span))
}

fn find_in<'a, 'i>(value: &'a Spanned<DeValue<'i>>, span: &Range<usize>) -> Option<&'a DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) if value.span() == *span => Some(table),
        DeValue::Table(table) => find_table(table, span),
        DeValue::Array(array) => array.iter().find_map(|item| find_in(item, span)),
        _ => None,
    }
}

/// Takes the key or value with this span out of the table. `false` when it is not there: then the whole is at fault.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    // A list of [[tables]] has the place of its first table, which is the one that is meant.
    let holds =
        |value: &DeValue<'_>| matches!(value, DeValue::Array(items) if items.iter().any(|item| item.span() == *span));
    let hit = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let meant = key.span() == *span || (value.span() == *span && !holds(value.get_ref()));
        meant.then(|| key.get_ref().to_string())
    };
    match table.iter().find_map(hit) {
        Some(key) => table.remove(key.as_str()).is_some(),
        None => table.iter_mut().any(|(_, value)| remove_in(value.get_mut(), span)),
    }
}

fn remove_in(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove(table, span),
        DeValue::Array(array) if array.iter().any(|item| item.span() == *span) => {
            *array = array.iter().filter(|item| item.span() != *span).cloned().collect();
            true
        }
        DeValue::Array(array) => array.iter_mut().any(|item| remove_in(item.get_mut(), span)),
        _ => false,
    }
}

fn explain(file: &str, text: &str, error: &toml::de::Error, span: Range<usize>, missing: Option<&str>) -> Problem {
    let message = error.message();
    let place = Some(Place::of(text, span.clone()));
    if let Some(key) = missing {
        let message = format!("the key {key:?} is missing");
        let (case, written) =
            if is_repeated(file, key) { ("several", format!("[[{key}]]")) } else { ("key", key.to_owned()) };
        let help = match case {
            "several" => format!("add a table {written}, as often as there is one"),
            _ => format!("add {key} = … to this table"),
        };
        return Problem::new(Rule::MissingKey, file, place, message, help).hinting(Hint::new(case, written));
    }
    // serde's words: unknown field `a`, expected one of `b`, `c`; likewise unknown variant.
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let [wrong, allowed @ ..] = quoted.as_slice() {
        let (rule, what) = if message.starts_with("unknown field") {
            (Rule::UnknownKey, "key")
        } else if message.starts_with("unknown variant") {
            (Rule::Type, "value")
        } else {
            (Rule::Type, "")
        };
        if !what.is_empty() {
            let all = allowed.join(", ");
            let (rule, help, hint) = match (nearest(wrong, allowed), rule) {
                (Some(near), _) => (rule, format!("did you mean {near:?}? Allowed are: {all}"), Hint::new(NEAR, near)),
                (None, Rule::UnknownKey) => {
                    let help = "it is not read: perhaps a newer version of the program does; or use one of: ";
                    (Rule::NewerKey, format!("{help}{all}"), Hint::default())
                }
                (None, _) => (rule, format!("remove it, or use one of: {all}"), Hint::new("allowed", &all)),
            };
            return Problem::new(rule, file, place, format!("unknown {what} {wrong:?}"), help).hinting(hint);
        }
    }
    let is_date = ["is not a date", "does not exist", "ends before"].iter().any(|words| message.contains(words));
    let value = text.get(span).unwrap_or_default();
    if is_date {
        let typed = value.trim().trim_matches('"');
        // What people write elsewhere is understood, and told as it is written here.
        if let Some(meant) = When::typed(typed).ok().filter(|_| message.contains("is not a date")) {
            let (message, help) =
                (format!("{typed:?} is not a date as it is written here"), format!("write it \"{meant}\""));
            return Problem::new(Rule::Date, file, place, message, help).hinting(Hint::new(NEAR, meant));
        }
        let help = "write what is known: a year, a month or a day, or a span with / between".to_owned();
        return Problem::new(Rule::Date, file, place, message.to_owned(), help);
    }
    let bare = message.starts_with("invalid type") && message.contains("expected a string");
    if let Some(date) = bare_date(value).filter(|_| bare) {
        let help = format!("write it in quotes: \"{date}\"");
        let message = "a date stands without quotes".to_owned();
        return Problem::new(Rule::Date, file, place, message, help).hinting(Hint::new("quotes", date));
    }
    let (message, help, case) = of_another_kind(message);
    Problem::new(Rule::Type, file, place, message, help.to_owned()).hinting(Hint::new(case, ""))
}

/// Whether a key stands for several tables: sources everywhere, and the records of the files that hold a list of them.
fn is_repeated(file: &str, key: &str) -> bool {
    key == "source" || list_key(file) == Some(key)
}

/// What is said of a value of another kind than its key asks for, how it is mended, and as which case: serde names the kinds
/// of Rust, which say nothing to whoever writes a data file.
fn of_another_kind(message: &str) -> (String, &'static str, &'static str) {
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let (kind, help, case) = match expected {
        "u8" | "u16" | "u32" | "u64" | "i16" if found.starts_with("invalid value: integer") => {
            ("a number that can be", "check the digits of the number", "number")
        }
        "a boolean" => ("true or false", "write true or false, without quotes", "boolean"),
        "u8" | "u16" | "u32" | "u64" | "i16" | "i32" | "i64" | "usize" => {
            ("a whole number", "write the number in digits, without quotes", "number")
        }
        "struct Text" | "struct Name" => (
            "{ fr = \"…\", en = \"…\", es = \"…\" }",
            "write it in each language: { fr = \"…\", en = \"…\", es = \"…\" }",
            "languages",
        ),
        _ => {
            (expected, "write the value as data/README.md shows; texts and dates stand in \"quotes\", lists in [ ]", "")
        }
    };
    (if kind.is_empty() { found.to_owned() } else { format!("{found}, expected {kind}") }, help, case)
}
