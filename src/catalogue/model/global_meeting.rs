//! The global meetings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::model::said::{Note, Pages, Source};
use crate::catalogue::text::{Acronym, Name, Text};

/// A global meeting of the processes' chairs and secretariats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlobalMeeting {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// Its number in the series; left out for a related meeting.
    #[serde(default)]
    pub ordinal: Option<u8>,
    /// When it was held.
    pub date: When,
    /// The city; left out where it was held online.
    #[serde(default)]
    pub place: Option<Text>,
    /// The country of the city (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// `true` where it was held online.
    #[serde(default)]
    pub online: bool,
    /// Its name (at most 250 characters).
    pub name: Name,
    /// Its theme, as the organiser words it (at most 300 characters).
    #[serde(default)]
    pub theme: Option<Name>,
    /// What it was about, in our words, where no theme was given (at most 300 characters).
    #[serde(default)]
    pub focus: Option<Text>,
    /// The host organisations (ids).
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The host countries (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub host_countries: Vec<String>,
    /// How they hosted, or who chaired (at most 250 characters).
    #[serde(default)]
    pub hosting: Option<Text>,
    /// Who came and how many (at most 300 characters).
    #[serde(default)]
    pub attendance: Option<Text>,
    /// The processes that took part, where a source lists them (ids).
    #[serde(default)]
    pub processes: Vec<String>,
    /// What was discussed (each at most 200 characters).
    #[serde(default)]
    pub topics: Vec<Text>,
    /// What came of it (each at most 250 characters).
    #[serde(default)]
    pub outcomes: Vec<Text>,
    /// What went before or with it (at most 250 characters).
    #[serde(default)]
    pub background: Option<Text>,
    /// Pages about it.
    #[serde(default)]
    pub pages: Pages,
    /// Its report.
    #[serde(default)]
    pub report: Option<String>,
    /// Other addresses: news, a copy of the report, a related publication.
    #[serde(default)]
    pub links: Vec<String>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

impl GlobalMeeting {
    /// A meeting of which nothing more is known.
    pub fn new(id: String, date: When, name: Name) -> GlobalMeeting {
        GlobalMeeting {
            id,
            ordinal: None,
            date,
            place: None,
            country: None,
            online: false,
            name,
            theme: None,
            focus: None,
            hosts: Vec::new(),
            host_countries: Vec::new(),
            hosting: None,
            attendance: None,
            processes: Vec::new(),
            topics: Vec::new(),
            outcomes: Vec::new(),
            background: None,
            pages: Pages::default(),
            report: None,
            links: Vec::new(),
            notes: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Whether a source is as young as the meeting, which so was held and not only announced.
    pub fn is_seen(&self) -> bool {
        let dates = self.sources.iter().filter_map(|source| source.date);
        dates.map(|date| date.latest()).any(|date| date >= self.date.earliest())
    }
}

/// The series of the global meetings as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingSeries {
    /// The series' name.
    pub name: Name,
    /// Its acronym.
    pub acronym: Acronym,
    /// The year of the first meeting.
    pub since: When,
    /// How often it meets (at most 120 characters).
    pub rhythm: Text,
    /// Who organises it (an id of an organisation).
    pub organiser: String,
    /// Who is invited (at most 250 characters).
    pub invited: Text,
    /// What it is for (each at most 200 characters).
    pub aims: Vec<Text>,
    /// Other names, earlier and later, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
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

/// `data/meetings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingsFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// The series.
    pub series: MeetingSeries,
    /// The meetings, oldest first; those with a number first.
    #[serde(rename = "meeting")]
    pub meetings: Vec<GlobalMeeting>,
}
