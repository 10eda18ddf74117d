//! Reading a text for searching: its words, its compounds, and which words that look like stop words are none.
//!
//! Texts and queries are read alike, so that they meet. Nothing here stems or counts.

use std::borrow::Cow;
use std::ops::Range;

use crate::catalogue::Language;
use crate::catalogue::fold::fold;
use crate::lookup::excerpt::cut;
use crate::lookup::stop::is_stop_word;

/// A word of a text, or a compound of several: "counter-trafficking" is read as two words and as "countertrafficking".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextWord<'a> {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// What it is stemmed from: its letters, without the hyphens and apostrophes within a compound.
    pub(crate) letters: Cow<'a, str>,
    /// How many of the words before it are its parts; 0 for a single word.
    pub(crate) parts: usize,
    /// Whether it tells nothing.
    pub(crate) is_silent: bool,
}

/// More words than a compound has; what is joined by more hyphens is a list.
const MOST_PARTS: usize = 4;

/// The words of a text, each compound behind its parts.
pub(crate) fn read(text: &str, language: Language) -> Vec<TextWord<'_>> {
    let mut words: Vec<TextWord<'_>> = Vec::new();
    // Where the words begin that are joined with the present one.
    let mut chain: Vec<(Range<usize>, &str)> = Vec::new();
    for (range, word) in cut(text) {
        let joined = chain.last().and_then(|(last, _)| text.get(last.end..range.start)).is_some_and(is_joint);
        if !joined {
            close(text, &mut chain, &mut words);
        }
        let is_silent = is_stop_word(&fold(word)) && !is_direction(text, &range, word, language);
        words.push(TextWord { range: range.clone(), letters: word.into(), parts: 0, is_silent });
        chain.push((range, word));
    }
    close(text, &mut chain, &mut words);
    words
}

/// Adds the compound that a chain of joined words is, if it is one.
fn close<'a>(text: &str, chain: &mut Vec<(Range<usize>, &'a str)>, words: &mut Vec<TextWord<'a>>) {
    // "l'après-guerre": an article is no part of it; the letter of "e-mail" is.
    let is_elided = |(range, word): &&(Range<usize>, &str)| {
        word.chars().nth(1).is_none() && text.get(range.end..).is_some_and(|rest| rest.starts_with(['\'', '’']))
    };
    let elided = chain.iter().take_while(is_elided).count();
    let parts = chain.get(elided..).unwrap_or_default();
    if let (Some((first, _)), Some((last, _))) = (parts.first(), parts.last()) {
        let range = first.start..last.end;
        let has_hyphen = text.get(range.clone()).is_some_and(|text| text.contains(HYPHENS));
        let is_word = parts.iter().all(|(_, word)| word.chars().all(char::is_alphabetic));
        if (2..=MOST_PARTS).contains(&parts.len()) && has_hyphen && is_word {
            let letters = parts.iter().map(|(_, word)| *word).collect::<String>();
            words.push(TextWord { range, letters: letters.into(), parts: parts.len(), is_silent: false });
        }
    }
    chain.clear();
}

/// The hyphen of keyboards, and those that do and do not break.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Whether what stands between two words joins them.
fn is_joint(between: &str) -> bool {
    let mut letters = between.chars();
    letters.next().is_some_and(|one| HYPHENS.contains(&one) || matches!(one, '\'' | '’')) && letters.next().is_none()
}

/// Whether a word that otherwise says nothing is a point of the compass: "est" in French, "este" and "sur" in Spanish.
/// It is where it stands alone, behind an article, or with a capital within a sentence: "l'Afrique de l'Est", "el sur".
fn is_direction(text: &str, range: &Range<usize>, word: &str, language: Language) -> bool {
    let may_be = match language {
        Language::Fr => word.eq_ignore_ascii_case("est"),
        Language::En => false,
        Language::Es => word.eq_ignore_ascii_case("este") || word.eq_ignore_ascii_case("sur"),
    };
    if !may_be {
        return false;
    }
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    if before.trim().is_empty() && after.trim().is_empty() {
        return true;
    }
    let last = before.rsplit(|letter: char| letter.is_whitespace()).find(|word| !word.is_empty()).unwrap_or_default();
    let last = last.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let behind_article = match language {
        Language::Es => before.ends_with(char::is_whitespace) && matches!(last.as_str(), "del" | "al" | "el"),
        _ => matches!(last.as_str(), "l'" | "l’"),
    };
    let begins_sentence = before.trim_end().chars().next_back().is_none_or(|sign| ".!?:;…".contains(sign));
    behind_article || word.starts_with(char::is_uppercase) && !begins_sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, language: Language) -> Vec<String> {
        let words = read(text, language).into_iter();
        words.filter(|word| !word.is_silent).map(|word| word.letters.into_owned()).collect()
    }

    #[test]
    fn compounds_are_read_whole_and_in_parts() {
        assert_eq!(
            told("a counter-trafficking body", Language::En),
            ["counter", "trafficking", "countertrafficking", "body"]
        );
        assert_eq!(told("main-d’œuvre", Language::Fr), ["main", "œuvre", "maindœuvre"]);
        assert_eq!(told("l’après-guerre", Language::Fr), ["après", "guerre", "aprèsguerre"]);
        assert_eq!(told("l’Afrique", Language::Fr), ["Afrique"]);
        assert_eq!(told("x-ray", Language::En), ["x", "ray", "xray"]);
        assert_eq!(told("2019-2020", Language::Fr), ["2019", "2020"]);
        assert_eq!(told("fin - début", Language::Fr), ["fin", "début"]);
        let parts: Vec<usize> = read("co\u{2011}operation", Language::En).iter().map(|word| word.parts).collect();
        assert_eq!(parts, [0, 0, 2]);
    }

    #[test]
    fn points_of_the_compass_are_words_and_what_looks_like_them_is_none() {
        for (text, language, found) in [
            ("est", Language::Fr, true),
            (" Est ", Language::Fr, true),
            ("l'Afrique de l'Est", Language::Fr, true),
            ("afrique de l’est", Language::Fr, true),
            ("Europe centrale et Est", Language::Fr, true),
            ("Le Processus est un dialogue", Language::Fr, false),
            ("Il dure. Est invité qui veut.", Language::Fr, false),
            ("Europa del Este", Language::Es, true),
            ("europa del este", Language::Es, true),
            ("Este proceso", Language::Es, false),
            ("Reunión: este año", Language::Es, false),
            ("América del Sur", Language::Es, true),
            ("sur", Language::Es, true),
            ("sur", Language::Fr, false),
            ("dialogue sur la migration", Language::Fr, false),
        ] {
            let words = read(text, language);
            let is_there = words
                .iter()
                .any(|word| !word.is_silent && ["est", "este", "sur"].contains(&fold(&word.letters).as_str()));
            assert_eq!(is_there, found, "{text:?}");
        }
    }
}
