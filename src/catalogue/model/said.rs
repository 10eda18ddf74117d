//! What any record may say: where it was read, what readers must know of it, and pages in three languages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::text::{Language, Text};

closed_list! {
    /// What a source supports, and what a note is about: one name for each statement of a process.
    Statement {
        /// Names, acronyms, aliases.
        Name = "name",
        /// Regional or interregional.
        Kind = "kind",
        /// The region or regions.
        Region = "region",
        /// The status and its basis.
        Status = "status",
        /// When, where and by what event it began.
        Founding = "founding",
        /// When and how it ended or was replaced.
        Ended = "ended",
        /// Who chairs, the rule of rotation, former chairs.
        Chair = "chair",
        /// The secretariat.
        Secretariat = "secretariat",
        /// What IOM does.
        IomRole = "iom-role",
        /// Members.
        Members = "members",
        /// Observers.
        Observers = "observers",
        /// Any other participants.
        Participants = "participants",
        /// The institutions it is attached to.
        Associations = "associations",
        /// Themes.
        Themes = "themes",
        /// Purpose.
        Purpose = "purpose",
        /// How it is built and works.
        Structure = "structure",
        /// Its meetings.
        Meetings = "meetings",
        /// Its own website.
        Website = "website",
    }
}

closed_list! {
    /// Why a note is there.
    NoteKind {
        /// Sources disagree.
        Conflict = "conflict",
        /// A source is old, partial or unclear.
        Doubt = "doubt",
        /// Something that helps to read the record.
        Context = "context",
    }
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's address.
    pub url: String,
    /// What the page says, in a few words of ours (at most 200 characters).
    #[serde(default)]
    pub says: Option<Text>,
    /// Which statements of the record it supports. Required in a process; left out elsewhere.
    #[serde(default)]
    pub supports: Vec<Statement>,
    /// The age of what we read: the date that the page bears or that its content shows. Left out where it shows none.
    #[serde(default)]
    pub date: Option<When>,
}

/// A doubt, a conflict between sources or a context, told to readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Why the note is there.
    pub kind: NoteKind,
    /// The statements that it is about.
    #[serde(default)]
    pub about: Vec<Statement>,
    /// The note itself (at most 500 characters in each language).
    pub text: Text,
}

/// One address for each language, and older pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The page in French.
    #[serde(default)]
    pub fr: Option<String>,
    /// The page in English.
    #[serde(default)]
    pub en: Option<String>,
    /// The page in Spanish.
    #[serde(default)]
    pub es: Option<String>,
    /// Older pages that are still worth naming.
    #[serde(default)]
    pub older: Vec<String>,
}

impl Pages {
    /// The page for a reader of `language`, else the English, French or Spanish one, else an older one.
    pub fn get(&self, language: Language) -> Option<&str> {
        let [fr, en, es] = Language::ALL.map(|language| self.exact(language));
        self.exact(language).or(en).or(fr).or(es).or(self.older.first().map(String::as_str))
    }

    fn exact(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fr => self.fr.as_deref(),
            Language::En => self.en.as_deref(),
            Language::Es => self.es.as_deref(),
        }
    }

    /// Every address.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        [&self.en, &self.fr, &self.es].into_iter().flatten().chain(&self.older).map(String::as_str)
    }
}
