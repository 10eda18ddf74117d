//! The words of French, English and Spanish that say nothing by themselves.
//!
//! Short lists of our own, folded. The lists of the `stop-words` crate are made for prose: they hold words that tell
//! names apart here ("otro", "between", "nouveau") and would need folding and cutting first.

use crate::lookup::typing::{ERROR, FIRST, distance};

/// Whether a folded word is an article, a preposition, a conjunction or the like in any of the three languages.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    folded.len() < MAX_NEAR && PACKED.binary_search(&packed(folded.as_bytes())).is_ok()
}

/// A word shorter than [`MAX_NEAR`] as one number, in the order of words: every word of every name and text is looked for, and
/// numbers are compared at once.
const fn packed(word: &[u8]) -> u64 {
    let (mut number, mut at, mut left) = (0, 1, word);
    while at < MAX_NEAR {
        let byte = match left {
            [first, rest @ ..] => {
                left = rest;
                *first
            }
            [] => 0,
        };
        number = number << 8 | byte as u64;
        at += 1;
    }
    number << 8 | word.len() as u64
}

/// The stop words as [`packed`] makes them.
#[expect(clippy::indexing_slicing, reason = "both lists have as many places")]
const PACKED: [u64; STOP_WORDS.len()] = {
    let (mut all, mut at) = ([0; STOP_WORDS.len()], 0);
    while at < STOP_WORDS.len() {
        all[at] = packed(STOP_WORDS[at].as_bytes());
        at += 1;
    }
    all
};

/// Whether a folded word is nearly one of them: a single typing error away, or a single letter.
pub(crate) fn is_near_stop_word(folded: &str) -> bool {
    let letters: Vec<char> = folded.chars().take(MAX_NEAR + 1).collect();
    letters.len() == 1
        || letters.len() <= MAX_NEAR
            && STOP_WORDS.iter().any(|stop| {
                let stop: Vec<char> = stop.chars().collect();
                stop.len() > 1 && distance(&letters, &stop, ERROR + FIRST).is_some()
            })
}

/// The words of a name without the articles before and behind it: "la France", "Niger (the)". Empty where there is
/// nothing else.
pub(crate) fn without_articles<T: AsRef<str>>(words: &[T]) -> &[T] {
    let is_article = |word: &T| matches!(word.as_ref(), "el" | "l" | "la" | "las" | "le" | "les" | "los" | "the");
    let start = words.iter().take_while(|word| is_article(word)).count();
    let end = words.len() - words.iter().rev().take_while(|word| is_article(word)).count();
    words.get(start..end).unwrap_or_default()
}

/// The letters of the longest stop word, and one.
const MAX_NEAR: usize = 8;

/// Sorted, because it is searched by halves.
const STOP_WORDS: [&str; 110] = [
    "a", "al", "an", "and", "are", "as", "at", "au", "aux", "avec", "be", "between", "by", "c", "ce", "ces", "cet",
    "cette", "chez", "como", "con", "d", "dans", "de", "del", "des", "dont", "du", "e", "el", "elle", "elles", "en",
    "entre", "es", "esa", "ese", "est", "esta", "estas", "este", "estos", "et", "for", "from", "il", "ils", "in",
    "into", "is", "it", "its", "j", "l", "la", "las", "le", "les", "leur", "leurs", "lo", "los", "n", "ne", "nous",
    "o", "of", "on", "or", "ou", "par", "para", "pas", "por", "pour", "que", "qui", "quoi", "s", "sa", "sans", "se",
    "ses", "sin", "sobre", "son", "sont", "sous", "su", "sur", "sus", "that", "the", "their", "these", "this", "those",
    "to", "u", "un", "una", "unas", "une", "unos", "vers", "vous", "was", "with", "without", "y",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_folded() {
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| crate::catalogue::fold::fold(word) == *word));
        assert!(is_stop_word("the") && is_stop_word("de") && is_stop_word("para") && !is_stop_word("dialogue"));
        assert!(is_near_stop_word("pomur") && is_near_stop_word("ed") && !is_near_stop_word("midsa"));
        assert!(STOP_WORDS.iter().all(|word| word.len() < MAX_NEAR && is_stop_word(word)) && PACKED.is_sorted());
        for word in ["", "th", "thee", "zz", "été", "without\u{0}", "l\u{0}", "\u{0}"] {
            assert_eq!(is_stop_word(word), STOP_WORDS.contains(&word), "{word:?}");
        }
    }
}
