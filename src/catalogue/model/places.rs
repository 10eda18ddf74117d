//! Regions and countries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::text::{Name, Text};

/// A region of the world by which processes are listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Other names that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One emoji that stands for it.
    pub emoji: String,
}

/// `data/regions.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionsFile {
    /// The regions, in the order of lists.
    #[serde(rename = "region")]
    pub regions: Vec<Region>,
}

/// A country or territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2; XK (user-assigned) for Kosovo.
    pub code: String,
    /// The usual short name.
    pub name: Text,
    /// Other names that people type, in any language, and the three letters of ISO 3166-1.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it once had, in any language.
    #[serde(default)]
    pub former_names: Vec<String>,
    /// Names above that another country has too, knowingly; both must declare them.
    #[serde(default)]
    pub shared_names: Vec<String>,
    /// The State that administers it, by its code, where it is a territory: "Anguilla (United Kingdom)" names it.
    #[serde(default)]
    pub administered_by: Option<String>,
}

/// `data/countries.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountriesFile {
    /// The countries, by code.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}
