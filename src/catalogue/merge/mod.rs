//! A merge of three catalogues, field by field: what both sides began from, what each has made of it.
//!
//! "Mine" is what moderators made of the catalogue, "theirs" what a new version of the program brings. What only one side
//! changed comes in; what both changed differently stays as moderators have it, and is told as a [`Conflict`]. A file
//! that only one side changed is taken as it is, byte for byte. In others, comments and layout are those of "mine", with
//! the comments of what comes from "theirs".
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

use std::collections::BTreeSet;

use crate::catalogue::files::{Files, MESSAGES};
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
}

/// Merges what `mine` and `theirs` have made of `base`.
pub fn merge(base: &Files, mine: &Files, theirs: &Files) -> Merged {
    let paths: BTreeSet<&String> = base.0.keys().chain(mine.0.keys()).chain(theirs.0.keys()).collect();
    let mut merged = Merged::default();
    for path in paths {
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
    merged
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
        && let Some((content, found)) = by_field(path, base, mine, theirs)
    {
        conflicts.extend(found);
        return Some(content.into_bytes());
    }
    // Removed by one and changed by the other, or not to be read as what it should be.
    let told = |content: Option<&[u8]>| content.map(|content| format!("{} bytes", content.len()));
    let (file, path) = (path.to_owned(), String::new());
    conflicts.push(Conflict { file, path, base: told(base), mine: told(mine), theirs: told(theirs) });
    mine.map(<[u8]>::to_vec)
}

/// A file that both sides changed; `None` if one of them cannot be read.
fn by_field(path: &str, base: Option<&[u8]>, mine: &[u8], theirs: &[u8]) -> Option<(String, Vec<Conflict>)> {
    let text = |content| std::str::from_utf8(content).ok().map(Plain::of);
    let (base, mine, theirs) = (text(base.unwrap_or_default())?, text(mine)?, text(theirs)?);
    let merge = if path.starts_with(MESSAGES) { merge_messages } else { merge_document };
    let (content, conflicts) = merge(path, &base.text, &mine.text, &theirs.text)?;
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
