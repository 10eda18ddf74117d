//! The order of names in a language: "Éthiopie" between "Espagne" and "Fidji", "ñ" after "n", 2 before 10.
//!
//! Sorting asks for keys, made once for each name; comparing keys is comparing bytes. What is sorted, and when, is
//! decided elsewhere.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

use crate::catalogue::Language;

use crate::catalogue::fold::fold;
use crate::lookup::collation::collator;

/// The collators, in the order of the languages.
static COLLATORS: LazyLock<[Option<CollatorBorrowed<'static>>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let locale = match language {
            Language::Fr => locale!("fr"),
            Language::En => locale!("en"),
            Language::Es => locale!("es"),
        };
        let mut preferences = CollatorPreferences::from(locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        collator(preferences)
    })
});

/// Sorts as one language does. Its tables are part of the program, and making one costs next to nothing.
#[derive(Debug)]
pub struct Sorter {
    language: Language,
    /// `None` where the program was built without the language's tables; folded names still sort well then.
    collator: Option<&'static CollatorBorrowed<'static>>,
}

/// A name's place in the order of its language. Keys of two languages say nothing about each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Box<[u8]>);

impl Sorter {
    /// The sorter of a language.
    pub fn new(language: Language) -> Sorter {
        Sorter { language, collator: COLLATORS.get(language.index()).and_then(Option::as_ref) }
    }

    /// The language whose order it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The key of a name, for sorting many by keys made once.
    pub fn key(&self, name: &str) -> SortKey {
        let mut key = Vec::with_capacity(2 * name.len());
        match self.collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(name, &mut key);
            }
            None => key.extend_from_slice(fold(name).as_bytes()),
        }
        SortKey(key.into_boxed_slice())
    }

    /// Which of two names comes first, for sorting a few without keys.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        match self.collator {
            Some(collator) => collator.compare(one, other),
            None => fold(one).cmp(&fold(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, mut names: Vec<&str>) -> Vec<&str> {
        let sorter = Sorter::new(language);
        let mut by_comparison = names.clone();
        by_comparison.sort_by(|one, other| sorter.compare(one, other));
        names.sort_by_key(|name| sorter.key(name));
        assert_eq!(names, by_comparison);
        names
    }

    #[test]
    fn accents_sort_with_their_letter() {
        assert_eq!(
            sorted(Language::Fr, vec!["Zambie", "Égypte", "Fidji", "États-Unis", "Espagne", "Îles Cook", "Inde"]),
            ["Égypte", "Espagne", "États-Unis", "Fidji", "Îles Cook", "Inde", "Zambie"]
        );
        assert_eq!(sorted(Language::En, vec!["Zoë", "zebra", "Åland", "apple"]), ["Åland", "apple", "zebra", "Zoë"]);
    }

    #[test]
    fn spanish_has_a_letter_more() {
        assert_eq!(sorted(Language::Es, vec!["ñandú", "nube", "oso"]), ["nube", "ñandú", "oso"]);
        assert_eq!(sorted(Language::Fr, vec!["ñandú", "nube", "oso"]), ["ñandú", "nube", "oso"]);
    }

    #[test]
    fn numbers_sort_by_their_value() {
        assert_eq!(sorted(Language::Fr, vec!["10e réunion", "9e réunion"]), ["9e réunion", "10e réunion"]);
    }
}
