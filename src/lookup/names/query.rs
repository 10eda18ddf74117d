//! What a person typed, made ready for comparing.

use crate::catalogue::fold::{fold_within, squeeze};
use crate::lookup::names::ranking::Rank;
use crate::lookup::names::weights::{ENOUGH, MAX_QUERY, TELLING};
use crate::lookup::stop::is_stop_word;

/// What a person typed, folded and cut into words.
pub(crate) struct NameQuery {
    /// As typed, without spaces around it: an id is compared with this.
    pub(crate) id: String,
    pub(crate) words: Vec<String>,
    pub(crate) squeezed: String,
}

impl NameQuery {
    pub(crate) fn new(text: &str) -> NameQuery {
        let folded = fold_within(text, MAX_QUERY);
        let words = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let id = text.trim().chars().take(MAX_QUERY).collect();
        NameQuery { id, words, squeezed: squeeze(&folded) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.squeezed.is_empty()
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
