//! A merge of three catalogues, field by field: what both sides began from, what each has made of it.
//!
//! "Mine" is what moderators made of the catalogue, "theirs" what a new version of the program brings. What only one side
//! changed comes in; what both changed differently stays as moderators have it, and is told as a [`Conflict`]. A file
//! that only one side changed is taken as it is, byte for byte; one that a side renamed meets the other's under its new
//! name. In others, comments and layout are those of "mine", with the comments of what comes from "theirs".
//!
//! What a field is: a key of a table; an entry of a list of tables, told apart by its id or natural key, else by its place;
//! a member of a set (`states`, `aliases` …). Other lists are one value each. Who chairs and since when that is known are
//! one statement, and so are a status and what it rests on: what each side says of them is never mixed.

mod comments;
mod conflict;
mod document;
mod entries;
mod messages;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::files::{Files, MESSAGES, PROCESSES};
use crate::catalogue::merge::conflict::Telling;
use crate::catalogue::merge::document::merge_document;
use crate::catalogue::merge::messages::merge_messages;

pub use crate::catalogue::merge::conflict::Conflict;

/// What came of a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The merged files. Nothing of them is checked.
    pub files: Files,
    /// What both sides changed differently, in the order of files and keys.
    pub conflicts: Vec<Conflict>,
    /// The files that one side renamed while the other changed them: the former path by the new one.
    pub renamed: BTreeMap<String, String>,
}

/// Merges what `mine` and `theirs` have made of `base`.
pub fn merge(base: &Files, mine: &Files, theirs: &Files) -> Merged {
    let mut merged = Merged::default();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for (old, new, by_mine) in renamed(base, mine, theirs) {
        let at = |files: &'_ Files, path: &str| files.0.get(path).cloned();
        let (was, own, other) = match by_mine {
            true => (at(base, old), at(mine, new), at(theirs, old)),
            false => (at(base, old), at(mine, old), at(theirs, new)),
        };
        let [was, own, other] = [&was, &own, &other].map(|content| content.as_deref());
        // Where the other side deleted it, that is a conflict as for every file.
        if let Some(content) = file(new, was, own, other, &mut merged.conflicts) {
            merged.files.0.insert(new.to_owned(), content);
        }
        merged.renamed.insert(new.to_owned(), old.to_owned());
        done.extend([old, new]);
    }
    let paths: BTreeSet<&String> = base.0.keys().chain(mine.0.keys()).chain(theirs.0.keys()).collect();
    for path in paths.into_iter().filter(|path| !done.contains(path.as_str())) {
        let content = file(
            path,
            base.0.get(path).map(Vec::as_slice),
            mine.0.get(path).map(Vec::as_slice),
            theirs.0.get(path).map(Vec::as_slice),
            &mut merged.conflicts,
        );
        if let Some(content) = content {
            merged.files.0.insert(path.clone(), content);
        }
    }
    merged.conflicts.sort_by(|one, other| one.file.cmp(&other.file));
    merged
}

/// The processes that one side has under another id, which makes their file's name, while the other side did not leave them
/// alone: the former path, the new one, and whether it is mine that renamed it.
fn renamed<'f>(base: &'f Files, mine: &'f Files, theirs: &'f Files) -> Vec<(&'f str, &'f str, bool)> {
    let mut all = Vec::new();
    for (side, other, by_mine) in [(theirs, mine, false), (mine, theirs, true)] {
        let gone = base.0.iter().filter(|(path, content)| {
            !side.0.contains_key(*path) && other.0.get(*path) != Some(content) && is_process(path)
        });
        for (old, content) in gone {
            let new = side
                .0
                .iter()
                .filter(|(path, _)| !base.0.contains_key(*path) && !other.0.contains_key(*path) && is_process(path));
            let best = new.map(|(path, new)| (likeness(content, new), path)).max();
            if let Some((_, new)) = best.filter(|(likeness, _)| *likeness > SAME_RECORD) {
                all.push((old.as_str(), new.as_str(), by_mine));
            }
        }
    }
    // One file comes of one.
    let mut taken = BTreeSet::new();
    all.retain(|(old, new, _)| taken.insert(*old) && taken.insert(*new));
    all
}

/// How much two files must have in common to be the same record under two ids, in hundredths of what they say.
const SAME_RECORD: usize = 60;

fn is_process(path: &str) -> bool {
    path.strip_prefix(PROCESSES).is_some_and(|rest| rest.starts_with('/'))
}

/// How many of the keys at the top of two files say the same, in hundredths.
fn likeness(one: &[u8], other: &[u8]) -> usize {
    let read = |content| std::str::from_utf8(content).ok().and_then(|text| toml::from_str::<toml::Table>(text).ok());
    let (Some(one), Some(other)) = (read(one), read(other)) else { return 0 };
    let same = one.iter().filter(|(key, value)| other.get(*key) == Some(value)).count();
    let all = one.keys().chain(other.keys()).collect::<BTreeSet<_>>().len();
    same * 100 / all.max(1)
}

/// One file: what it becomes, if it is to be there.
fn file(
    path: &str,
    base: Option<&[u8]>,
    mine: Option<&[u8]>,
    theirs: Option<&[u8]>,
    conflicts: &mut Vec<Conflict>,
) -> Option<Vec<u8>> {
    if mine == base {
        return theirs.map(<[u8]>::to_vec);
    }
    if theirs == base || mine == theirs {
        return mine.map(<[u8]>::to_vec);
    }
    if let (Some(mine), Some(theirs)) = (mine, theirs)
        && let Some((content, found)) = by_field(path, base, mine, theirs, Telling::Conflicts)
    {
        conflicts.extend(found);
        return Some(content.into_bytes());
    }
    // Removed by one and changed by the other, or not to be read as what it should be.
    conflicts.push(of_file(path, base, mine, theirs));
    mine.map(<[u8]>::to_vec)
}

/// A whole file that both sides changed.
fn of_file(path: &str, base: Option<&[u8]>, mine: Option<&[u8]>, theirs: Option<&[u8]>) -> Conflict {
    let told = |content: Option<&[u8]>| content.map(|content| format!("{} bytes", content.len()));
    let (file, path) = (path.to_owned(), String::new());
    Conflict { file, path, base: told(base), mine: told(mine), theirs: told(theirs) }
}

/// Those of a merge's conflicts that nobody has decided for the new version since: where `served`, which came of `mine`, does
/// not say by now what `theirs` says. That what stood goes on standing is no sign that anybody looked at it.
pub fn undecided(conflicts: Vec<Conflict>, base: &Files, served: &Files, theirs: &Files) -> Vec<Conflict> {
    let files: BTreeSet<String> = conflicts.iter().map(|conflict| conflict.file.clone()).collect();
    let mut apart: Vec<Conflict> = Vec::new();
    for path in files {
        let [base, mine, theirs] = [base, served, theirs].map(|files| files.0.get(&path).map(Vec::as_slice));
        let by_field = mine.zip(theirs).and_then(|(mine, theirs)| by_field(&path, base, mine, theirs, Telling::Apart));
        match by_field {
            _ if mine == theirs => {}
            Some((_, found)) => apart.extend(found),
            None => apart.push(of_file(&path, base, mine, theirs)),
        }
    }
    let mut conflicts = conflicts;
    conflicts.retain(|conflict| {
        let in_file = || apart.iter().filter(|one| one.file == conflict.file);
        // A file that was one value may be read field by field by now, and the other way round.
        let whole = conflict.path.is_empty() || in_file().any(|one| one.path.is_empty());
        in_file().any(|one| whole || (one.path == conflict.path && one.theirs == conflict.theirs))
    });
    conflicts
}

/// A file that both sides changed; `None` if one of them cannot be read.
fn by_field(
    path: &str,
    base: Option<&[u8]>,
    mine: &[u8],
    theirs: &[u8],
    told: Telling,
) -> Option<(String, Vec<Conflict>)> {
    let text = |content| std::str::from_utf8(content).ok().map(Plain::of);
    let (base, mine, theirs) = (text(base.unwrap_or_default())?, text(mine)?, text(theirs)?);
    let merge = if path.starts_with(MESSAGES) { merge_messages } else { merge_document };
    let (content, conflicts) = merge(path, &base.text, &mine.text, &theirs.text, told)?;
    Some((mine.dressed(content), conflicts))
}

/// A text without what editors of some systems put into it.
struct Plain {
    text: String,
    mark: bool,
    returns: bool,
}

impl Plain {
    fn of(text: &str) -> Plain {
        let bare = text.strip_prefix('\u{feff}');
        let (mark, text) = (bare.is_some(), bare.unwrap_or(text));
        let returns = text.contains("\r\n");
        Plain { text: if returns { text.replace("\r\n", "\n") } else { text.to_owned() }, mark, returns }
    }

    /// Another text with the line ends and the mark of this one.
    fn dressed(&self, text: String) -> String {
        let text = if self.returns { text.replace('\n', "\r\n") } else { text };
        if self.mark { format!("\u{feff}{text}") } else { text }
    }
}
