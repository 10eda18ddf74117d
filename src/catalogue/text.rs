//! Words in three languages: the languages themselves, texts, names and acronyms as data files hold them.
//!
//! Choosing a language for a reader and formatting for it live in `language/`; here is only what a record holds.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A language that the catalogue and the bot speak: the three official languages of the IOM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// Every language, French first: the order in which a missing wording falls back.
    pub const ALL: [Language; 3] = [Language::Fr, Language::En, Language::Es];

    /// The ISO 639-1 code, as data files and the `langue` option write it.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::En => "en",
            Language::Es => "es",
        }
    }

    /// The place of this language in [`Language::ALL`], for tables of three.
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is not `fr`, `en` or `es`.
#[derive(Debug, thiserror::Error)]
#[error("unknown language {0:?}: write fr, en or es")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}

/// A text in three languages. One may be missing (a warning of `rcp-bot check`); the checks refuse a text with none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The French wording.
    #[serde(default)]
    pub fr: Option<String>,
    /// The English wording.
    #[serde(default)]
    pub en: Option<String>,
    /// The Spanish wording.
    #[serde(default)]
    pub es: Option<String>,
}

/// Gives a record with the keys `fr`, `en` and `es` its access by language.
macro_rules! by_language {
    ($record:ty) => {
        impl $record {
            /// The wording in exactly this language, if there is one.
            pub fn exact(&self, language: Language) -> Option<&str> {
                match language {
                    Language::Fr => self.fr.as_deref(),
                    Language::En => self.en.as_deref(),
                    Language::Es => self.es.as_deref(),
                }
            }

            /// The wording for a reader of `language`; where it is missing, the French, English or Spanish one, else
            /// nothing.
            pub fn get(&self, language: Language) -> &str {
                let others = || Language::ALL.into_iter().find_map(|other| self.exact(other));
                self.exact(language).or_else(others).unwrap_or_default()
            }

            /// Every wording that is there, with its language.
            pub fn wordings(&self) -> impl Iterator<Item = (Language, &str)> {
                Language::ALL.into_iter().filter_map(|language| Some((language, self.exact(language)?)))
            }
        }
    };
}

by_language!(Text);

impl Text {
    /// The wording in a language, to be changed.
    pub fn wording_mut(&mut self, language: Language) -> &mut Option<String> {
        match language {
            Language::Fr => &mut self.fr,
            Language::En => &mut self.en,
            Language::Es => &mut self.es,
        }
    }
}

by_language!(Name);
by_language!(Theme);

/// A name in three languages, with a mark for the languages whose wording is ours and not a source's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The French name.
    #[serde(default)]
    pub fr: Option<String>,
    /// The English name.
    #[serde(default)]
    pub en: Option<String>,
    /// The Spanish name.
    #[serde(default)]
    pub es: Option<String>,
    /// The languages whose wording is our own rendering, because no source gives a name in them.
    #[serde(default)]
    pub own: Vec<Language>,
}

/// Something that a process deals with, in its own wording, and where it stands in the closed list of topics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The French wording.
    #[serde(default)]
    pub fr: Option<String>,
    /// The English wording.
    #[serde(default)]
    pub en: Option<String>,
    /// The Spanish wording.
    #[serde(default)]
    pub es: Option<String>,
    /// The topics of `topics.toml` to which it belongs (ids); without one `/rcp themes` does not find it.
    #[serde(default)]
    pub topics: Vec<String>,
}

impl Name {
    /// Whether the wording shown to a reader of `language` is ours rather than a source's.
    pub fn is_own(&self, language: Language) -> bool {
        self.exact(language).is_some() && self.own.contains(&language)
    }
}

/// An acronym: one for all languages (`"OCAM"`) or one for each (`{ fr = "CRM", en = "RCM", es = "CRM" }`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Acronym {
    /// The same in every language.
    Same(String),
    /// One for each language; a missing one falls back as in [`Text::get`].
    Each(Text),
}

impl Acronym {
    /// The acronym for a reader of `language`.
    pub fn get(&self, language: Language) -> &str {
        match self {
            Acronym::Same(acronym) => acronym,
            Acronym::Each(acronyms) => acronyms.get(language),
        }
    }

    /// Every acronym that is there; one that is the same in all languages comes once, as French.
    pub fn wordings(&self) -> impl Iterator<Item = (Language, &str)> {
        let (same, each) = match self {
            Acronym::Same(acronym) => (Some((Language::Fr, acronym.as_str())), None),
            Acronym::Each(acronyms) => (None, Some(acronyms.wordings())),
        };
        same.into_iter().chain(each.into_iter().flatten())
    }
}

/// Written by hand because serde's untagged enums lose the place and the reason of an error.
impl<'de> Deserialize<'de> for Acronym {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AcronymVisitor;

        impl<'de> Visitor<'de> for AcronymVisitor {
            type Value = Acronym;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an acronym, or a table with one for fr, en and es")
            }

            fn visit_str<E: de::Error>(self, acronym: &str) -> Result<Acronym, E> {
                Ok(Acronym::Same(acronym.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Acronym, A::Error> {
                Text::deserialize(de::value::MapAccessDeserializer::new(map)).map(Acronym::Each)
            }
        }

        deserializer.deserialize_any(AcronymVisitor)
    }
}

impl JsonSchema for Acronym {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Acronym".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let each = generator.subschema_for::<Text>();
        schemars::json_schema!({
            "description": "One acronym for all languages, or one for each.",
            "oneOf": [{ "type": "string" }, each]
        })
    }
}
