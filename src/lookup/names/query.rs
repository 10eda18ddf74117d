//! What a person typed, made ready for comparing.

use crate::catalogue::fold::fold_within;
use crate::lookup::names::ranking::Rank;
use crate::lookup::names::weights::{ENOUGH, MAX_QUERY, TELLING};
use crate::lookup::stop::is_stop_word;

/// What a person typed, folded and cut into words.
pub(crate) struct NameQuery {
    /// As typed, without spaces around it: an id is compared with this.
    pub(crate) id: String,
    pub(crate) words: Vec<String>,
    pub(crate) squeezed: String,
    /// What stands before the last bracket, or a comma, and what follows, as words, where there is one: "Anguilla (United
    /// Kingdom)".
    pub(crate) halves: Option<[Vec<String>; 2]>,
    /// Whether more letters may follow, because the person is still typing.
    pub(crate) is_unfinished: bool,
}

impl NameQuery {
    pub(crate) fn new(text: &str) -> NameQuery {
        let words = |text: &str| -> Vec<String> {
            fold_within(text, MAX_QUERY).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let halves =
            text.rsplit_once('(').or_else(|| text.split_once(',')).map(|(before, rest)| [before, rest].map(words));
        let id = text.trim().chars().take(MAX_QUERY).collect();
        let words = words(text);
        NameQuery { id, squeezed: words.concat(), words, halves, is_unfinished: false }
    }

    /// What a person is typing, whose last word may be the beginning of another.
    pub(crate) fn unfinished(text: &str) -> NameQuery {
        NameQuery { is_unfinished: true, ..NameQuery::new(text) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.squeezed.is_empty()
    }

    /// Whether it is written in capitals altogether, as codes are.
    pub(crate) fn is_capital(&self) -> bool {
        !self.id.chars().any(char::is_lowercase)
    }

    /// Whether it says more than "the" or a single letter, unless that is somebody's name.
    pub(crate) fn is_telling(&self, rank: Rank) -> bool {
        let letters = if rank < Rank::Typing { TELLING.0 } else { TELLING.1 };
        rank.is_whole() || self.has(letters) && self.words.iter().any(|word| !is_stop_word(word))
    }

    /// Whether it says enough to mean one entry.
    pub(crate) fn is_enough(&self, rank: Rank) -> bool {
        let letters = if rank < Rank::Typing { ENOUGH.0 } else { ENOUGH.1 };
        rank.is_whole() || self.is_telling(rank) && self.has(letters)
    }

    pub(crate) fn has(&self, letters: usize) -> bool {
        self.squeezed.chars().nth(letters - 1).is_some()
    }
}
