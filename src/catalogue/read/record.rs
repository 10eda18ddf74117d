//! From a table to a record of the model, with every part at fault and not only the first.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::catalogue::problem::{MAX_PROBLEMS, Problem, Rule, Severity};
use crate::catalogue::read::faults::{Faults, missing_key};
use crate::catalogue::read::shape::LazyShape;
use crate::catalogue::read::slips::{as_meant, is_slip};

/// How often a file is read anew for keys that were written wrong: once for those below keys that were, and so on.
const READINGS: usize = 3;

/// Reads the table into the model. A key that was written nearly as one that is known is told, and read as that one: what
/// would lack without it is no fault of its own.
pub(super) fn into_record<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    shape: &LazyShape,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let (record, found) = read_as_meant(file, text, table, shape, READINGS);
    problems.extend(found);
    record
}

fn read_as_meant<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    shape: &LazyShape,
    readings: usize,
) -> (Option<T>, Vec<Problem>) {
    let mut found = Vec::new();
    let record = without_faults(file, text, table, shape, &mut found);
    let Cow::Owned(meant) = as_meant(text, &found) else { return (record, found) };
    let (table, errors) = DeTable::parse_recoverable(&meant);
    // Where the key that is meant stands too, the other is left out.
    if !errors.is_empty() || readings == 0 || found.len() >= MAX_PROBLEMS {
        return (record, found);
    }
    let (again, mut others) = read_as_meant(file, &meant, table, shape, readings - 1);
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
    shape: &LazyShape,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    // Nearly every file is right: only a wrong one pays for a second reading.
    let mut error = match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(record) => return Some(record),
        Err(error) => error,
    };
    let (mut table, _) = DeTable::parse_recoverable(text);
    // What lacks a key only because we took that key out was told already: the whole says what is there.
    let whole = table.clone();
    let faults = Faults { file, text, whole: &whole, shape };
    while problems.len() < MAX_PROBLEMS {
        let span = error.span().unwrap_or(0..0);
        match missing_key(&error) {
            Some(key) => faults.lacking(&span, key, problems),
            None => {
                let found = faults.explain(error.message(), &span);
                if !problems.contains(&found) {
                    problems.push(found);
                }
            }
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
