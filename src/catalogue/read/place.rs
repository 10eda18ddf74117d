//! The way to a value of a file, and its place in the text.

use std::ops::Range;

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
    // What stands above the first [table] is found without reading the rest again: the day of collection, which every file of
    // an old catalogue is told of.
    let end = text.find("\n[").filter(|_| !path.is_empty());
    let above = end.and_then(|end| text.get(..=end)).and_then(|above| {
        let (table, errors) = DeTable::parse_recoverable(above);
        let (span, is_whole) = follow(table, path);
        (errors.is_empty() && is_whole).then_some(span)
    });
    Place::of(text, above.unwrap_or_else(|| follow(DeTable::parse_recoverable(text).0, path).0))
}

/// The span of the value at a path, or of the nearest one above it, and whether the path could be followed to its end.
fn follow(table: Spanned<DeTable<'_>>, path: &[PathStep<'_>]) -> (Range<usize>, bool) {
    let mut span = table.span();
    let mut value = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    for step in path {
        let next = match (step, value.into_inner()) {
            (PathStep::Key(key), DeValue::Table(mut table)) => table.remove(*key),
            (PathStep::Item(item), DeValue::Array(array)) => array.into_iter().nth(*item),
            _ => None,
        };
        let Some(next) = next else { return (span, false) };
        span = next.span();
        value = next;
    }
    (span, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_above_the_tables_and_in_them() {
        use PathStep::{Item, Key};

        let text =
            "id = \"a\"\nlist = [\n  \"x\",\n  \"[y\",\n]\nd.e = 1\n[t]\nid = 2\nk = 3\n[d.f]\ng = 4\n[[s]]\nu = 5\n";
        for (path, line) in [
            (&[Key("id")][..], 1),
            (&[Key("list"), Item(1)], 4),
            (&[Key("t"), Key("k")], 9),
            (&[Key("d"), Key("e")], 6),
            (&[Key("d"), Key("f"), Key("g")], 11),
            (&[Key("s"), Item(0), Key("u")], 13),
            // What is not there is told of where it would stand.
            (&[Key("t"), Key("none")], 7),
        ] {
            assert_eq!(locate(text, path).line, line, "{path:?}");
        }
        // The first table may only seem to begin here.
        let text = "list = [\n[1],\n[2],\n]\nid = 3\n";
        assert_eq!((locate(text, &[Key("id")]).line, locate(text, &[Key("list"), Item(1)]).line), (5, 3));
        let text = "text = \"\"\"\n[a]\n\"\"\"\nid = 3\n[b]\n";
        assert_eq!((locate(text, &[Key("id")]).line, locate(text, &[Key("b")]).line), (4, 5));
    }
}
