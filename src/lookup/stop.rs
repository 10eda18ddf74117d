//! The words of French, English and Spanish that say nothing by themselves.
//!
//! Short lists of our own, folded. The lists of the `stop-words` crate are made for prose: they hold words that tell
//! names apart here ("otro", "between", "nouveau") and would need folding and cutting first.

/// Whether a folded word is an article, a preposition, a conjunction or the like in any of the three languages.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

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
        assert!(STOP_WORDS.iter().all(|word| crate::lookup::fold::fold(word) == *word));
        assert!(is_stop_word("the") && is_stop_word("de") && is_stop_word("para") && !is_stop_word("dialogue"));
    }
}
