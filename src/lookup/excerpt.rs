//! Cutting a text into words, and the piece of it around what matched.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// The longest excerpt, in characters.
pub const MAX_EXCERPT: usize = 150;

/// At most so many matches are tried as the middle of an excerpt.
const MAX_TRIED: usize = 8;

/// The words of a text with their places: runs of letters and digits, marks among them.
pub(crate) fn cut(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let is_inside = |ch: char| {
        if ch.is_ascii() { ch.is_ascii_alphanumeric() } else { ch.is_alphanumeric() || is_combining_mark(ch) }
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + rest.find(is_inside)?;
        let end = text.get(start..)?.find(|ch| !is_inside(ch)).map_or(text.len(), |length| start + length);
        from = end;
        text.get(start..end).map(|word| (start..end, word))
    })
}

/// A part of a text of at most [`MAX_EXCERPT`] characters, cut at words, with as many of the matches as fit.
#[expect(clippy::indexing_slicing, reason = "both ends are places of words of the text")]
pub(crate) fn excerpt(text: &str, matches: &[Range<usize>]) -> String {
    let text = text.trim_end();
    if text.chars().count() <= MAX_EXCERPT {
        return text.trim_start().to_owned();
    }
    let words: Vec<Range<usize>> = spaced(text).collect();
    // The ends of the part are ends of words of the same text, so there always is such a part.
    let part = |from: usize, to: usize| text.get(words[from].start..words[to].end).unwrap_or_default();
    let fits = |from: usize, to: usize| part(from, to).chars().count() <= ROOM;
    let mut best: Option<(usize, usize, usize)> = None;
    for found in matches.iter().take(MAX_TRIED) {
        let Some(at) = words.iter().position(|word| word.contains(&found.start)) else { continue };
        let (mut from, mut to) = (at, at);
        while from > 0 && part(from - 1, at).chars().count() <= LEAD {
            from -= 1;
        }
        while to + 1 < words.len() && fits(from, to + 1) {
            to += 1;
        }
        while from > 0 && fits(from - 1, to) {
            from -= 1;
        }
        let shown = words[from].start..words[to].end;
        let inside = matches.iter().filter(|one| shown.start <= one.start && one.end <= shown.end).count();
        if best.is_none_or(|(most, ..)| inside > most) {
            best = Some((inside, from, to));
        }
    }
    let Some((_, from, to)) = best else { return String::new() };
    // A single word may be longer than all the room; it is the only thing ever cut within.
    let shown: String = part(from, to).chars().take(ROOM).collect();
    let (before, after) = (if from > 0 { "…" } else { "" }, if words[to].end < text.len() { "…" } else { "" });
    format!("{before}{shown}{after}")
}

/// What an excerpt has room for, an ellipsis at each end being there already.
const ROOM: usize = MAX_EXCERPT - 2;

/// How much of an excerpt may stand before the match.
const LEAD: usize = 50;

/// The runs of a text that hold no space.
fn spaced(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + rest.find(|ch: char| !ch.is_whitespace())?;
        let end = text.get(start..)?.find(char::is_whitespace).map_or(text.len(), |length| start + length);
        from = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_cut_where_letters_end() {
        let words: Vec<&str> = cut("l'Afrique (AU-HoAI), e\u{301}té 2019…").map(|(_, word)| word).collect();
        assert_eq!(words, ["l", "Afrique", "AU", "HoAI", "e\u{301}té", "2019"]);
        assert_eq!(cut(" ,;").count(), 0);
    }

    #[test]
    fn an_excerpt_stands_around_its_match() {
        let text = "Un ".to_owned() + &"mot ".repeat(60) + "rapatriement des migrants " + &"fin ".repeat(60);
        let at = text.find("rapatriement").expect("there");
        let around = |text: &str, range: Range<usize>| excerpt(text, &[range]);
        let shown = around(&text, at..at + 12);
        assert!(shown.contains("mot rapatriement des migrants fin"), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.chars().count() <= MAX_EXCERPT, "{shown}");
        assert_eq!(around("court", 0..5), "court");
        assert_eq!(around(&"x".repeat(400), 0..400), "x".repeat(ROOM));
    }

    proptest! {
        #[test]
        fn an_excerpt_is_never_too_long(text in "\\PC{0,400}", which in 0usize..20) {
            let words: Vec<Range<usize>> = cut(&text).map(|(range, _)| range).collect();
            let matches: Vec<Range<usize>> = words.into_iter().skip(which).step_by(3).collect();
            prop_assert!(excerpt(&text, &matches).chars().count() <= MAX_EXCERPT);
        }
    }
}
