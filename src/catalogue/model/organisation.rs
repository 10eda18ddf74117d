//! Organisations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::model::said::{Note, Source};
use crate::catalogue::text::{Acronym, Name, Text};

closed_list! {
    /// What IOM's page on RCPs names an organisation as an example of.
    ReferenceRole {
        /// An organisation that may serve as secretariat.
        Secretariat = "secretariat",
        /// An organisation that gives technical advice.
        Adviser = "adviser",
    }
}

/// An organisation. Which processes it serves is never written here: it follows from the processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The acronym in use.
    #[serde(default)]
    pub acronym: Option<Acronym>,
    /// The full name, without its acronym (at most 160 characters).
    pub name: Name,
    /// Other names and acronyms that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The organisation of which this is a part (an id).
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is (at most 250 characters).
    #[serde(default)]
    pub description: Option<Text>,
    /// When it was founded.
    #[serde(default)]
    pub founded: Option<When>,
    /// By whom (at most 120 characters).
    #[serde(default)]
    pub founders: Option<Text>,
    /// How many member States it has.
    #[serde(default)]
    pub member_states: Option<u16>,
    /// The city of its seat.
    #[serde(default)]
    pub seat: Option<Text>,
    /// The country of its seat (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// Its website.
    #[serde(default)]
    pub website: Option<String>,
    /// What IOM's page on RCPs names it as an example of.
    #[serde(default)]
    pub reference_roles: Vec<ReferenceRole>,
    /// What it does for consultative processes in general (at most 250 characters).
    #[serde(default)]
    pub role: Option<Text>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from; required as soon as more than names is told.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/organisations.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsFile {
    /// The organisations.
    #[serde(rename = "organisation")]
    pub organisations: Vec<Organisation>,
}
