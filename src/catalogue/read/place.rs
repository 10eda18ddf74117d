//! The way to a value of a file, and its place in the text.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::catalogue::problem::Place;

/// A step on the way to a value: a key of a table or a place in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathStep<'a> {
    /// The key of a table.
    Key(&'a str),
    /// The place in an array, from 0.
    Item(usize),
}

impl<'a> From<&'a str> for PathStep<'a> {
    fn from(key: &'a str) -> Self {
        PathStep::Key(key)
    }
}

impl From<usize> for PathStep<'_> {
    fn from(item: usize) -> Self {
        PathStep::Item(item)
    }
}

/// The place of the value at a path, or of the nearest table or array above it that is there.
pub(crate) fn locate(text: &str, path: &[PathStep<'_>]) -> Place {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut span = table.span();
    let mut value = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    for step in path {
        let next = match (step, value.into_inner()) {
            (PathStep::Key(key), DeValue::Table(mut table)) => table.remove(*key),
            (PathStep::Item(item), DeValue::Array(array)) => array.into_iter().nth(*item),
            _ => None,
        };
        let Some(next) = next else { break };
        span = next.span();
        value = next;
    }
    Place::of(text, span)
}
