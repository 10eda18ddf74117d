//! One data file: from bytes to a record, with every error of the file and not only the first.
//!
//! The file is walked as TOML for the rules that hold for every text (no markup, no mention, lengths, addresses,
//! languages: `texts`), then read into the model (`record`). Rules between records stand in `check`.

mod faults;
mod numbers;
mod place;
mod record;
mod shape;
mod slips;
mod syntax;
mod texts;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use toml::de::DeTable;

use crate::catalogue::problem::{MAX_PROBLEMS, Place, Problem, Rule};
use crate::catalogue::read::record::into_record;
use crate::catalogue::read::shape::{LazyShape, Shape};
use crate::catalogue::read::syntax::syntax;
use crate::catalogue::read::texts::walk;

pub(crate) use place::{PathStep, locate};
pub(crate) use slips::as_meant;
pub use slips::nearest;
pub(crate) use texts::hides;

/// Reads one TOML file; with an error that cannot be passed over there is no record.
pub(crate) fn read<T: DeserializeOwned + JsonSchema>(file: &str, bytes: &[u8]) -> (Option<T>, Vec<Problem>) {
    let text = match text_of(file, bytes) {
        Ok(text) => text,
        Err(problem) => return (None, vec![*problem]),
    };
    let shape = LazyShape::new(Shape::of::<T>);
    let (table, errors) = DeTable::parse_recoverable(text);
    // One slip makes errors of all that follows it: the first is the one to mend.
    if let Some(first) = errors.iter().min_by_key(|error| error.span().map_or(usize::MAX, |span| span.start)) {
        return (None, vec![syntax(file, text, first, &shape)]);
    }
    let mut problems = walk(file, text, table.get_ref(), &shape);
    let record = into_record(file, text, table, &shape, &mut problems);
    problems.truncate(MAX_PROBLEMS);
    (record, problems)
}

/// The file as text, or the problem that it is none.
#[expect(clippy::indexing_slicing, reason = "what is valid ends within the bytes")]
pub fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Problem>> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let end = valid.len();
    let byte = bytes.get(error.valid_up_to()).unwrap_or(&0);
    let (message, help) = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        ("the file is saved as UTF-16".to_owned(), "save it as UTF-8: editors ask for the encoding in \"Save as\"")
    } else {
        let message = format!("the byte 0x{byte:02x} is not UTF-8 text");
        (message, "save the file as UTF-8, not as ANSI or Latin-1; a picture or an archive cannot be a data file")
    };
    Err(Box::new(Problem::new(Rule::NotText, file, Some(Place::of(&valid, end..end)), message, help.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::model::RegionsFile;

    fn problems(text: &str) -> Vec<(&'static str, usize, usize)> {
        let (_, problems) = read::<RegionsFile>("regions.toml", text.as_bytes());
        let place = |problem: &Problem| problem.place.clone().map_or((0, 0), |place| (place.line, place.column));
        problems.iter().map(|problem| (problem.rule.name(), place(problem).0, place(problem).1)).collect()
    }

    const GOOD: &str = "[[region]]\nid = \"a\"\nemoji = \"🌍\"\nname = { fr = \"x\", en = \"x\", es = \"x\" }\n";

    #[test]
    fn every_error_of_a_file_is_told_not_only_the_first() {
        let bad = "[[region]]\nid = 3\nemojo = \"🌍\"\nname = { fr = 1, en = \"x\", es = \"x\", own = [\"de\"] }\n";
        let lacking = GOOD.replace("emoji = \"🌍\"\n", "\n");
        let found = problems(&format!("{bad}{lacking}{bad}"));
        let expected = [("type", 2), ("unknown-key", 3), ("type", 4), ("type", 4)];
        assert!(found.contains(&("missing-key", 5, 1)), "{found:?}");
        for (rule, line) in expected {
            for start in [0, 8] {
                assert!(
                    found.iter().any(|found| (found.0, found.1) == (rule, line + start)),
                    "{rule} {line}: {found:?}"
                );
            }
        }
        assert_eq!(found.len(), 2 * expected.len() + 1, "{found:?}");
    }

    #[test]
    fn a_key_that_was_reported_wrong_is_not_reported_missing() {
        let found = problems(&GOOD.replace("id = \"a\"", "id = 1"));
        assert_eq!(found, [("type", 2, 6)]);
    }

    #[test]
    fn nearest_is_only_told_when_it_is_near() {
        assert_eq!(nearest("stauts", &["status", "name"]), Some("status"));
        assert_eq!(nearest("zzz", &["status", "name"]), None);
    }
}
