//! Words: topics, what questions are asked by, and the glossary.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::model::said::{Note, Source};
use crate::catalogue::text::{Acronym, Language, Name, Text};

/// A topic of the closed list by which the processes' themes are gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Lower-case letters, digits and hyphens. Never changed: buttons of old messages carry it.
    pub id: String,
    /// What it is called (at most 80 characters).
    pub name: Text,
    /// Other words for it that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// `data/topics.toml`. The program's own stands in for it in a folder that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicsFile {
    /// The topics, in the order of lists.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
}

closed_list! {
    /// What a plain question asks for.
    Asked {
        /// Who chairs.
        Chair = "chair",
        /// Who chaired before.
        FormerChair = "former-chair",
        /// Who provides the secretariat, or whom an organisation serves.
        Secretariat = "secretariat",
        /// How many members there are.
        MemberCount = "member-count",
        /// Who the observers are.
        Observers = "observers",
        /// Whether a country takes part; which members there are; in what a country takes part.
        TakesPart = "takes-part",
        /// When and where it began.
        Founding = "founding",
        /// Where it stands.
        Status = "status",
        /// The last meeting.
        LastMeeting = "last-meeting",
        /// The next meeting.
        NextMeeting = "next-meeting",
        /// A global meeting.
        GlobalMeeting = "global-meeting",
        /// What it deals with; which processes deal with a topic.
        Topics = "topics",
        /// What IOM does.
        IomRole = "iom-role",
        /// The website.
        Website = "website",
        /// Which processes.
        List = "list",
        /// Where.
        Place = "place",
        /// When.
        Date = "date",
        /// What something is.
        Definition = "definition",
        /// The active ones among the processes asked for.
        ActiveOnes = "active-ones",
        /// The emerging ones.
        EmergingOnes = "emerging-ones",
        /// The inactive ones.
        InactiveOnes = "inactive-ones",
    }
}

/// How people ask for one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedSo {
    /// What is asked for.
    pub asks: Asked,
    /// Phrases in French: all words of one must stand in the question, in any order; a word that ends in … is met by its
    /// beginning.
    pub fr: Vec<String>,
    /// Phrases in English.
    pub en: Vec<String>,
    /// Phrases in Spanish.
    pub es: Vec<String>,
}

/// `data/questions.toml`. The program's own stands in for it in a folder that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionsFile {
    /// Words that say nothing about what is asked, in any language.
    pub filler: Vec<String>,
    /// Words with which a question asks for what is not answered at once, in any language: the search answers it.
    pub unanswered: Vec<String>,
    /// How people ask, by what they ask for. Of phrases with as many words the one that stands first counts.
    #[serde(rename = "question")]
    pub questions: Vec<AskedSo>,
}

/// A term of the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The term (at most 160 characters).
    pub name: Name,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<Acronym>,
    /// The languages whose acronym is our own rendering.
    #[serde(default)]
    pub own_acronyms: Vec<Language>,
    /// Other wordings and acronyms in use, in any language.
    #[serde(default)]
    pub variants: Vec<String>,
    /// What it means, where a source of the catalogue says so (at most 500 characters).
    #[serde(default)]
    pub definition: Option<Text>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/glossary.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlossaryFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// The terms.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}
