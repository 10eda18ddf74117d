//! What a merge could not decide.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that both sides changed, each otherwise. The merged catalogue holds `mine`.
///
/// Values are as in a [`Change`](crate::catalogue::Change): one line of JSON; `None` where there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The file, by its path within the catalogue's folder.
    pub file: String,
    /// The way to the value, as in a [`Change`](crate::catalogue::Change); empty for a whole file.
    pub path: String,
    /// What both began from.
    pub base: Option<String>,
    /// What moderators made of it, which stands.
    pub mine: Option<String>,
    /// What the new version brings instead.
    pub theirs: Option<String>,
}

/// What is told of two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// What both changed, each otherwise.
    Conflicts,
    /// Whatever they say differently, whoever changed it.
    Apart,
}

/// One line for a list: `! processes/ocam.toml chair.rule: "a" stands; "c" is new, "b" was shipped before`.
impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        let way = if self.path.is_empty() { String::new() } else { format!(" {}", self.path) };
        let (base, mine, theirs) = (told(&self.base), told(&self.mine), told(&self.theirs));
        write!(f, "! {}{way}: {mine} stands; {theirs} is new, {base} was shipped before", self.file)
    }
}
