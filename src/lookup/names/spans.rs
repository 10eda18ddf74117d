//! Which entries a text names: the longest names first, each place of the text once.

use std::ops::Range;

use crate::catalogue::fold::fold_within;
use crate::lookup::Entity;
use crate::lookup::forms::FormKind;
use crate::lookup::names::finding::NameIndex;
use crate::lookup::names::index::NameTable;
use crate::lookup::stop::is_stop_word;

/// The most words of a name that is looked for in a text: the longest short names have as many.
const LONGEST: usize = 12;

/// How much of a word is looked at, in characters.
const LONGEST_WORD: usize = 120;

/// A folded word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpokenWord {
    /// Its letters, folded.
    pub(crate) letters: String,
    /// Whether it is written in capitals, at least two of them, in a text that is not so altogether.
    pub(crate) is_upper: bool,
}

/// The words of a text, at most so many; none of a text that has more.
pub(crate) fn spoken_words(text: &str, most: usize) -> Option<Vec<SpokenWord>> {
    let is_upper =
        |raw: &str| raw.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 && raw.to_uppercase() == raw;
    let shouts = text.split_whitespace().filter(|raw| raw.chars().any(char::is_alphabetic)).all(is_upper);
    let mut words = Vec::new();
    for raw in text.split_whitespace() {
        // "l'OIM" is a small word and an acronym.
        for part in raw.split(['\'', '’']) {
            let upper = is_upper(part) && !shouts;
            for letters in fold_within(part, LONGEST_WORD).split(' ').filter(|letters| !letters.is_empty()) {
                if words.len() == most {
                    return None;
                }
                words.push(SpokenWord { letters: letters.to_owned(), is_upper: upper });
            }
        }
    }
    Some(words)
}

/// A place of a text that names entries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span<'a> {
    /// The words.
    pub(crate) words: Range<usize>,
    /// What they name, the kinds in the order of [`Entity::ALL`] but organisations before regions and countries.
    pub(crate) named: Vec<(Entity, &'a str)>,
}

/// In which order the kinds are preferred that one name may have.
const PREFERENCE: [Entity; 6] =
    [Entity::Process, Entity::Organisation, Entity::Country, Entity::Region, Entity::Topic, Entity::Term];

impl NameIndex {
    /// The names in a text, from its beginning on, the longest at each place. `is_common` says of which words the text is
    /// made for another reason: alone they name no country and no region, and no acronym unless in capitals.
    #[expect(clippy::indexing_slicing, reason = "the places lie within the words")]
    pub(crate) fn spans(&self, words: &[SpokenWord], is_common: impl Fn(&str) -> bool) -> Vec<Span<'_>> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let ends = (at + 1..=words.len().min(at + LONGEST)).rev();
            let found = ends.map(|end| at..end).find_map(|range| {
                let named = self.named(&words[range.clone()], &is_common);
                (!named.is_empty()).then_some(Span { words: range, named })
            });
            at = found.as_ref().map_or(at + 1, |span| span.words.end);
            spans.extend(found);
        }
        spans
    }

    /// What some words name as a whole.
    fn named(&self, words: &[SpokenWord], is_common: &impl Fn(&str) -> bool) -> Vec<(Entity, &str)> {
        if words.iter().all(|word| is_stop_word(&word.letters)) {
            return Vec::new();
        }
        let whole: String = words.iter().map(|word| word.letters.as_str()).collect();
        let common = words.iter().all(|word| is_stop_word(&word.letters) || is_common(&word.letters));
        let first_upper = words.first().is_some_and(|word| word.is_upper);
        let mut named: Vec<(Entity, &str)> = Vec::new();
        for entity in PREFERENCE {
            let Some(table) = self.table(entity) else { continue };
            for (id, kind) in table.called(&whole) {
                let is_place = matches!(entity, Entity::Country | Entity::Region);
                let counts = match (kind, words.len()) {
                    (FormKind::Part, _) => entity != Entity::Country && whole.len() >= 6,
                    // "a-t-il" is not Austria.
                    (FormKind::Acronym | FormKind::OtherCode, 2..) => whole.len() >= 3 && !is_place,
                    // Codes of countries are words of every language: "de", "est", "and".
                    (FormKind::Acronym | FormKind::OtherCode, _) if entity == Entity::Country => first_upper,
                    (FormKind::Acronym, _) => first_upper || whole.len() >= 3 && !common,
                    _ => !is_place || whole.len() > 3 || first_upper,
                };
                // "réunion" is a word before it is an island.
                let is_word = common && matches!(entity, Entity::Country | Entity::Region | Entity::Term);
                let is_word = is_word && !(entity == Entity::Term && kind == FormKind::Acronym);
                if counts && !is_word && !named.contains(&(entity, id)) {
                    named.push((entity, id));
                }
            }
        }
        // "SOM" and "PRC" are codes of countries, and the field's own words.
        if named.iter().any(|(entity, _)| *entity == Entity::Term) && words.len() == 1 && whole.len() <= 4 {
            named.retain(|(entity, _)| *entity != Entity::Country);
        }
        named
    }
}

impl NameTable {
    /// The entries that are called exactly so, with and without articles around, and by what kind of name.
    pub(crate) fn called(&self, squeezed: &str) -> impl Iterator<Item = (&str, FormKind)> {
        let place = self.wholes.find(squeezed);
        let forms = place.map(|place| self.wholes.numbers(place)).unwrap_or_default();
        forms.iter().filter_map(|form| {
            let form = self.forms.get(*form as usize)?;
            Some((&*self.entries.get(form.entry as usize)?.id, form.kind))
        })
    }
}
