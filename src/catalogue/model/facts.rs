//! Sourced statements that are about no single process: IOM's role, and what the processes are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::model::said::{Note, Pages, Source};
use crate::catalogue::text::Text;

/// A sourced statement: a figure, a feature, a reference text, a milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Lower-case letters, digits and hyphens; unique in its list.
    pub id: String,
    /// What it is about (at most 200 characters).
    pub label: Text,
    /// The number, where it is one.
    #[serde(default)]
    pub value: Option<u32>,
    /// What is said (at most 600 characters).
    #[serde(default)]
    pub text: Option<Text>,
    /// What is said, point by point (each at most 250 characters).
    #[serde(default)]
    pub points: Vec<Text>,
    /// When it happened, was adopted or holds.
    #[serde(default)]
    pub date: Option<When>,
    /// The reference by which others cite it, such as a resolution's number (at most 120 characters).
    #[serde(default)]
    pub reference: Option<String>,
    /// The organisations concerned (ids).
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The processes given as examples (ids).
    #[serde(default)]
    pub processes: Vec<String>,
    /// `true` where it belongs to an older page and not to IOM's present page on RCPs.
    #[serde(default)]
    pub older: bool,
    /// Pages about it.
    #[serde(default)]
    pub pages: Pages,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

closed_list! {
    /// The lists of facts that `iom.toml` and `general.toml` hold, by the headings of their tables.
    FactList {
        /// In how many processes IOM is what.
        IomFigure = "figure",
        /// What IOM's role consists of.
        IomRole = "role",
        /// What IOM is.
        IomBasic = "basic",
        /// How the processes work.
        Feature = "feature",
        /// What they deal with.
        Topic = "topic",
        /// What they have achieved.
        Achievement = "achievement",
        /// What they have contributed besides.
        Contribution = "contribution",
        /// International texts and frameworks that name them.
        Reference = "reference",
        /// The levels of consultation among States.
        Level = "level",
        /// How many there were, at given dates.
        Count = "count",
        /// Their history.
        Milestone = "milestone",
        /// Studies about them.
        Study = "study",
    }
}

impl FactList {
    /// The file that holds it.
    pub fn file(self) -> &'static str {
        match self {
            FactList::IomFigure | FactList::IomRole | FactList::IomBasic => "iom.toml",
            _ => "general.toml",
        }
    }

    /// Its facts.
    pub fn of<'f>(self, iom: &'f IomFile, general: &'f GeneralFile) -> &'f [Fact] {
        match self {
            FactList::IomFigure => &iom.figures,
            FactList::IomRole => &iom.roles,
            FactList::IomBasic => &iom.basics,
            FactList::Feature => &general.features,
            FactList::Topic => &general.topics,
            FactList::Achievement => &general.achievements,
            FactList::Contribution => &general.contributions,
            FactList::Reference => &general.references,
            FactList::Level => &general.levels,
            FactList::Count => &general.counts,
            FactList::Milestone => &general.milestones,
            FactList::Study => &general.studies,
        }
    }
}

/// `data/iom.toml`: IOM's role in the processes, and IOM itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IomFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// IOM's page on the processes.
    pub pages: Pages,
    /// Its role in one or two sentences (at most 600 characters).
    pub summary: Text,
    /// The figures: in how many processes IOM is what.
    #[serde(rename = "figure")]
    pub figures: Vec<Fact>,
    /// What its role consists of: kinds of support, the global meetings, coordination.
    #[serde(rename = "role")]
    pub roles: Vec<Fact>,
    /// What IOM is.
    #[serde(rename = "basic")]
    pub basics: Vec<Fact>,
}

/// What consultative processes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The definition (at most 600 characters).
    pub text: Text,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/general.toml`: what the processes are, how they work, what they deal with and have achieved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneralFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// IOM's page on the processes.
    pub pages: Pages,
    /// What they are.
    pub definition: Definition,
    /// How they work.
    #[serde(rename = "feature")]
    pub features: Vec<Fact>,
    /// What they deal with.
    #[serde(rename = "topic")]
    pub topics: Vec<Fact>,
    /// What they have achieved.
    #[serde(rename = "achievement")]
    pub achievements: Vec<Fact>,
    /// What they have contributed besides.
    #[serde(rename = "contribution")]
    pub contributions: Vec<Fact>,
    /// International texts and frameworks that name them.
    #[serde(rename = "reference")]
    pub references: Vec<Fact>,
    /// The levels of inter-State consultation.
    #[serde(rename = "level")]
    pub levels: Vec<Fact>,
    /// How many there were, at given dates.
    #[serde(rename = "count")]
    pub counts: Vec<Fact>,
    /// Their history.
    #[serde(rename = "milestone")]
    pub milestones: Vec<Fact>,
    /// Studies about them.
    #[serde(rename = "study")]
    pub studies: Vec<Fact>,
}
