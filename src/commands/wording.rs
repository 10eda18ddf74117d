//! Names of commands and options in the three languages.

use crate::catalogue::Language;

/// A name in three languages, in the form that Discord asks of command and option names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// French: the default, and what message keys carry.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
}

impl Wording {
    /// The name in a language.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.fr,
            Language::En => self.en,
            Language::Es => self.es,
        }
    }
}
