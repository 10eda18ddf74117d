//! Keys that were written wrong and are read as those that are meant, so that what stands below them is missed nowhere: the
//! slip itself is the one thing that is wrong.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalogue::problem::{Place, Problem, Rule};

/// The case of a problem's hint that names the word that is meant.
pub(super) const NEAR: &str = "near";

/// Whether a problem is a key that was written nearly as one that is known.
pub(super) fn is_slip(problem: &Problem) -> bool {
    problem.rule == Rule::UnknownKey && problem.hint.case == NEAR
}

/// A file's text with each key that `problems` tell to be a slip written as it is meant; as it stands where there is none.
/// Every value keeps its line.
pub(crate) fn as_meant<'a>(text: &'a str, problems: &[Problem]) -> Cow<'a, str> {
    let mut written: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    for (place, meant) in
        problems.iter().filter(|one| is_slip(one)).filter_map(|one| Some((one.place.as_ref()?, &one.hint.value)))
    {
        let Some((start, wrong)) = key_at(text, place) else { continue };
        written.insert(start, (wrong.len(), meant));
        // The headings of a list, and those below it, name its key again.
        let Some(way) = way_to(text, start, wrong) else { continue };
        let end = way.len() - wrong.len();
        let again = headings(text).filter(|(_, heading)| {
            heading.strip_prefix(way).is_some_and(|rest| rest.starts_with(['.', ']', ' ', '\t']))
        });
        written.extend(again.map(|(at, _)| (at + end, (wrong.len(), meant.as_str()))));
    }
    if written.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len());
    let mut from = 0;
    for (start, (length, meant)) in written {
        all.push_str(text.get(from..start).unwrap_or_default());
        all.push_str(meant);
        from = from.max(start + length);
    }
    all.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(all)
}

/// The allowed word nearest to what was typed, when it is near enough to be meant. Capitals make no difference.
pub fn nearest<'a>(typed: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    allowed
        .iter()
        .map(|word| (word.to_lowercase(), *word))
        .map(|(small, word)| (strsim::damerau_levenshtein(&typed, &small), small, word))
        .filter(|(distance, small, _)| *distance <= 1 + small.chars().count() / 4)
        // Of a short word more must be right: "ZZ" is not nearly "AZ", and "site" is not "note".
        .filter(|(distance, small, _)| distance * 2 < typed.chars().count() || is_changed_over(&typed, small))
        .map(|(distance, _, word)| (distance, word))
        .min()
        .map(|(_, word)| word)
}

/// Keys that are written with other words: what is meant, and how it is called elsewhere. Beside the languages these are keys
/// of other tables, so that no newer version can mean something else by them.
const OTHER_WORDS: [(&str, &[&str]); 8] = [
    ("fr", &["fra", "fre", "french", "français", "francais"]),
    ("en", &["eng", "english", "anglais", "inglés", "ingles"]),
    ("es", &["sp", "spa", "esp", "spanish", "espagnol", "español", "espanol"]),
    ("states", &["countries", "country"]),
    ("countries", &["states", "country"]),
    ("date", &["when"]),
    ("when", &["date"]),
    ("url", &["website"]),
];

/// The allowed word that another one stands for.
pub(super) fn meant_by<'a>(typed: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let means =
        |word: &&&str| OTHER_WORDS.iter().any(|(meant, others)| meant == *word && others.contains(&typed.as_str()));
    allowed.iter().find(means).copied()
}

/// Whether two words have the same letters in another order.
fn is_changed_over(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    });
    one == other
}

/// The key at a place: where it begins, and how it is written.
fn key_at<'a>(text: &'a str, place: &Place) -> Option<(usize, &'a str)> {
    let before = text.split_inclusive('\n').take(place.line - 1).map(str::len).sum::<usize>();
    let line = text.get(before..)?;
    let start = before + line.char_indices().nth(place.column - 1)?.0;
    let wrong = text.get(start..start + place.part.len())?;
    (place.text.get(place.part.clone()) == Some(wrong) && !wrong.is_empty()).then_some((start, wrong))
}

/// What a heading names up to the end of a key in it; `None` where the key stands in no heading.
fn way_to<'a>(text: &'a str, start: usize, wrong: &str) -> Option<&'a str> {
    let end = start + wrong.len();
    let (at, _) = headings(text).take_while(|(at, _)| *at <= start).last()?;
    let way = text.get(at..end)?;
    (!way.contains(['\n', ']', '='])).then_some(way)
}

/// What each heading of a file names, with its beginning: behind the brackets, to the end of the line.
pub(super) fn headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive('\n').scan(0, |next, line| {
        let at = *next;
        *next += line.len();
        Some((at, line))
    });
    lines.filter_map(|(at, line)| {
        let named = line.trim_start_matches([' ', '\t']);
        named.starts_with('[').then_some(())?;
        let named = named.trim_start_matches(['[', ' ', '\t']);
        Some((at + line.len() - named.len(), named))
    })
}
