//! Full-text search: which subjects speak of the words that a person typed, best first, and where.
//!
//! For each language there is one document per subject, its words stemmed and folded, stop words left out, weighted
//! as BM25 does. The weights come from the `bm25` crate; its scorer would keep a hash set for each word and a copy of
//! each document, several times the size of the sorted lists here. Texts are not kept: what is shown of a hit is cut
//! from the catalogue when it is shown. Nothing here knows of pages on a screen or of how a match is made bold.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use bm25::{Embedder, EmbedderBuilder, TokenEmbedder, Tokenizer};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

use super::stop::is_stop_word;
use super::texts::{Piece, Subject, pieces};
use super::words::{Collector, Words};
use crate::catalogue::fold::{MAX_CHARS, fold};
use crate::catalogue::{Catalogue, Language, StatusValue};

/// The longest excerpt, in characters.
pub const MAX_EXCERPT: usize = 150;

/// The words of a query that are looked up.
const MAX_WORDS: usize = 24;

/// At most so many matched words are told of one hit.
const MAX_MATCHED: usize = 8;

/// A word in a name counts as often as so many in a text.
const NAME_WEIGHT: usize = 3;

/// Which hits are wanted. With any filter set these are processes only, since nothing else has a region or a status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filters<'a> {
    /// Only processes of this region or touching it (an id).
    pub region: Option<&'a str>,
    /// Only processes that stand so.
    pub status: Option<StatusValue>,
}

/// A subject that speaks of what was searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<'a> {
    /// What it is.
    pub subject: Subject,
    /// The record's id; empty where there is only one of its kind.
    pub id: &'a str,
    /// The language of the text that matched: the reader's, or another where nothing was found in it.
    pub language: Language,
    /// How well it matches; larger is better. To be compared within one search only.
    pub score: f32,
    /// The words that matched, as they stand in the text.
    pub words: Vec<String>,
    /// A piece of the text around the match, at most [`MAX_EXCERPT`] characters, cut at words.
    pub excerpt: String,
}

/// One page of hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits<'a> {
    /// How many there are on all pages.
    pub total: usize,
    /// Those of this page, best first.
    pub page: Vec<Hit<'a>>,
}

/// The texts of a catalogue, prepared for searching.
///
/// Stemming every word of the shipped catalogue takes longer than reading it, so each language is prepared when it is
/// first searched, or by [`FullText::prepare`] behind a reload. It belongs to one catalogue: every call must be given
/// the same.
#[derive(Default)]
pub struct FullText {
    /// One for each language, in the order of [`Language::ALL`].
    indexes: [OnceLock<Index>; 3],
}

impl FullText {
    /// Prepares every language now. Others may search meanwhile; they wait for the language that they need.
    pub fn prepare(&self, catalogue: &Catalogue) {
        for language in Language::ALL {
            self.index(catalogue, language);
        }
    }

    fn index(&self, catalogue: &Catalogue, language: Language) -> &Index {
        // There is a place for each language.
        self.indexes[language.index()].get_or_init(|| Index::new(catalogue, language))
    }

    /// Searches the texts of the catalogue in the reader's language; where it has nothing, in the other ones.
    pub fn search<'a>(
        &self,
        catalogue: &'a Catalogue,
        query: &str,
        language: Language,
        filters: Filters<'_>,
        page: Range<usize>,
    ) -> Hits<'a> {
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        for language in std::iter::once(language).chain(others) {
            let index = self.index(catalogue, language);
            let sought = index.sought(query);
            let ranked = index.rank(catalogue, &sought, filters);
            if ranked.is_empty() {
                continue;
            }
            let total = ranked.len();
            let wanted = ranked.into_iter().skip(page.start).take(page.len());
            let page = wanted.filter_map(|(document, score)| index.hit(catalogue, &sought, document, score)).collect();
            return Hits { total, page };
        }
        Hits::default()
    }
}

/// One word of a query in one language.
struct Sought {
    /// The stems that it stands for, with and without the accents that people leave out.
    stems: Vec<String>,
}

/// The texts of one language.
struct Index {
    language: Language,
    stemmer: Stemmer,
    documents: Vec<Document>,
    stems: Words,
    /// Where the documents of each stem begin in `postings`, and then where the last end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// What a word typed without its accents is stemmed to, and the stem of the word with its accents. Sorted; only
    /// where the two differ.
    plain: Vec<(Box<str>, Box<str>)>,
}

#[derive(Clone, Copy)]
struct Document {
    subject: Subject,
    place: u32,
}

#[derive(Clone, Copy)]
struct Posting {
    document: u32,
    weight: f32,
}

/// A stem by its number. The `bm25` crate takes texts of words; each word it gets from here is a single character that
/// stands for the stem, so that nothing is cut, copied or hashed twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Stem(u32);

impl Stem {
    /// The character that stands for it: any but the surrogates, which are none.
    fn letter(self) -> char {
        let code = if self.0 < 0xd800 { self.0 } else { self.0 + 0x800 };
        // Beyond a million stems the last would share a character, and still nothing else would go wrong.
        char::from_u32(code).unwrap_or(char::MAX)
    }
}

impl TokenEmbedder for Stem {
    type EmbeddingSpace = Stem;

    fn embed(letter: &str) -> Stem {
        let code = letter.chars().next().map_or(0, u32::from);
        Stem(if code < 0xd800 { code } else { code - 0x800 })
    }
}

#[derive(Default)]
struct Letters;

impl Tokenizer for Letters {
    fn tokenize(&self, text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }
}

impl Index {
    fn new(catalogue: &Catalogue, language: Language) -> Index {
        let algorithm = match language {
            Language::Fr => Algorithm::French,
            Language::En => Algorithm::English,
            Language::Es => Algorithm::Spanish,
        };
        let mut index = Index {
            language,
            stemmer: Stemmer::create(algorithm),
            documents: Vec::new(),
            stems: Words::default(),
            starts: Vec::new(),
            postings: Vec::new(),
            plain: Vec::new(),
        };
        // Most words come again and again; each is stemmed once.
        let mut known: HashMap<String, Option<char>> = HashMap::new();
        let mut stems = Collector::default();
        let (mut texts, mut words) = (Vec::new(), 0);
        for (subject, records) in Subject::all(catalogue) {
            for place in 0..records {
                let mut text = String::new();
                for piece in pieces(catalogue, subject, place, language) {
                    let times = if piece.is_name { NAME_WEIGHT } else { 1 };
                    for (_, word) in cut(&piece.text) {
                        let letter = known.get(word).copied().unwrap_or_else(|| {
                            let stem = index.stem(word);
                            let letter = stem.map(|stem| {
                                index.note_plain(word, &stem);
                                Stem(stems.add(&stem)).letter()
                            });
                            known.insert(word.to_owned(), letter);
                            letter
                        });
                        if let Some(letter) = letter {
                            text.extend(std::iter::repeat_n(letter, times));
                            words += times;
                        }
                    }
                }
                if !text.is_empty() {
                    index.documents.push(Document { subject, place: place as u32 });
                    texts.push(text);
                }
            }
        }
        index.documents.shrink_to_fit();
        index.plain.sort_unstable();
        index.plain.dedup();
        index.plain.shrink_to_fit();
        let average = words as f32 / texts.len().max(1) as f32;
        let embedder = EmbedderBuilder::<Stem, Letters>::with_avgdl(average).build();
        let places;
        (index.stems, places) = stems.build_exact();
        index.weigh(&texts, &embedder, &places);
        index
    }

    /// Fills the lists of documents by stem. `places` has the place of each stem.
    fn weigh(&mut self, texts: &[String], embedder: &Embedder<Stem, Letters>, places: &[u32]) {
        let mut all: Vec<(u32, u32, f32)> = Vec::new();
        for (text, document) in texts.iter().zip(0..) {
            // The crate weighs a word once for each time that it comes, always alike.
            let mut words = embedder.embed(text).0;
            words.sort_unstable_by_key(|word| word.index);
            words.dedup_by_key(|word| word.index);
            let place = |stem: Stem| places.get(stem.0 as usize).copied();
            all.extend(words.into_iter().filter_map(|word| Some((place(word.index)?, document, word.value))));
        }
        all.sort_unstable_by_key(|&(place, document, _)| (place, document));
        self.postings.reserve_exact(all.len());
        for (place, document, weight) in all {
            while self.starts.len() <= place as usize {
                self.starts.push(self.postings.len() as u32);
            }
            self.postings.push(Posting { document, weight });
        }
        self.starts.push(self.postings.len() as u32);
        self.starts.shrink_to_fit();
    }

    /// What a word is looked for by, or nothing where it is a stop word. Stemming needs the accents; folding takes
    /// them away.
    fn stem(&self, word: &str) -> Option<String> {
        let folded = fold(word);
        if folded.is_empty() || is_stop_word(&folded) {
            return None;
        }
        let mut stem = if word.is_ascii() {
            self.stemmer.stem(&folded).into_owned()
        } else {
            fold(&self.stemmer.stem(&word.to_lowercase()))
        };
        stem.retain(|ch| ch != ' ');
        (!stem.is_empty()).then_some(stem)
    }

    fn note_plain(&mut self, word: &str, stem: &str) {
        if !word.is_ascii() {
            let plain = self.stem(&fold(word)).unwrap_or_default();
            if !plain.is_empty() && plain != stem {
                self.plain.push((plain.into(), stem.into()));
            }
        }
    }

    /// What a query asks of this language.
    fn sought(&self, query: &str) -> Vec<Sought> {
        let mut sought: Vec<Sought> = Vec::new();
        let query: String = query.chars().take(MAX_CHARS).collect();
        for (_, word) in cut(&query) {
            let Some(stem) = self.stem(word) else { continue };
            let from = self.plain.partition_point(|(plain, _)| **plain < *stem);
            let accented = self.plain.get(from..).unwrap_or_default().iter();
            let accented = accented.take_while(|(plain, _)| **plain == *stem).map(|(_, stem)| stem.to_string());
            let mut stems: Vec<String> = accented.collect();
            stems.insert(0, stem);
            if sought.iter().all(|other| other.stems != stems) {
                sought.push(Sought { stems });
            }
            if sought.len() == MAX_WORDS {
                break;
            }
        }
        sought
    }

    fn postings(&self, stem: &str) -> &[Posting] {
        let find = || {
            let place = self.stems.find(stem)?;
            let range = *self.starts.get(place)? as usize..*self.starts.get(place + 1)? as usize;
            self.postings.get(range)
        };
        find().unwrap_or_default()
    }

    /// The documents that match, best first.
    fn rank(&self, catalogue: &Catalogue, sought: &[Sought], filters: Filters<'_>) -> Vec<(u32, f32)> {
        let mut scores = vec![0.0f32; self.documents.len()];
        for word in sought {
            for stem in &word.stems {
                let postings = self.postings(stem);
                let (all, with) = (self.documents.len() as f32, postings.len() as f32);
                let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
                for posting in postings {
                    if let Some(score) = scores.get_mut(posting.document as usize) {
                        *score += rarity * posting.weight;
                    }
                }
            }
        }
        let mut ranked: Vec<(u32, f32)> = (0..).zip(scores).filter(|(_, score)| *score > 0.0).collect();
        ranked.retain(|&(document, _)| self.passes(catalogue, document, filters));
        // Documents stand in the order of subjects and files, so that equals always come out alike.
        ranked.sort_by(|(one, score), (other, best)| best.total_cmp(score).then(one.cmp(other)));
        ranked
    }

    fn passes(&self, catalogue: &Catalogue, document: u32, filters: Filters<'_>) -> bool {
        if filters == Filters::default() {
            return true;
        }
        let process = self
            .documents
            .get(document as usize)
            .filter(|document| document.subject == Subject::Process)
            .and_then(|document| catalogue.processes.get(document.place as usize));
        process.is_some_and(|process| {
            filters.status.is_none_or(|status| process.status.value == status)
                && filters
                    .region
                    .is_none_or(|region| process.region == region || process.touches.iter().any(|one| one == region))
        })
    }

    /// What is shown of a document.
    fn hit<'a>(&self, catalogue: &'a Catalogue, sought: &[Sought], document: u32, score: f32) -> Option<Hit<'a>> {
        let &Document { subject, place } = self.documents.get(document as usize)?;
        let id = subject.id(catalogue, place as usize)?;
        let pieces = pieces(catalogue, subject, place as usize, self.language);
        let mut words: Vec<String> = Vec::new();
        let mut best: Option<(usize, &Piece<'_>, Vec<Range<usize>>)> = None;
        for piece in &pieces {
            let mut found = vec![false; sought.len()];
            let mut ranges = Vec::new();
            for (range, word) in cut(&piece.text) {
                let Some(which) = self.which(word, sought) else { continue };
                // `which` is a place in `sought`, and `found` is as long.
                found[which] = true;
                ranges.push(range);
                let folded = fold(word);
                if words.len() < MAX_MATCHED && words.iter().all(|other| fold(other) != folded) {
                    words.push(word.to_owned());
                }
            }
            // A text tells more than the name, which is shown anyway.
            let worth = found.iter().filter(|found| **found).count() * 2 + usize::from(!piece.is_name);
            if !ranges.is_empty() && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                best = Some((worth, piece, ranges));
            }
        }
        let excerpt = best.map(|(_, piece, ranges)| excerpt(&piece.text, &ranges)).unwrap_or_default();
        Some(Hit { subject, id, language: self.language, score, words, excerpt })
    }

    /// Which word of a query a word of a text is.
    fn which(&self, word: &str, sought: &[Sought]) -> Option<usize> {
        // Stems keep the first letters of their words; comparing one letter spares most stemming.
        let first = fold(word.get(..word.chars().next()?.len_utf8())?);
        let may = |stem: &String| first.is_empty() || stem.starts_with(&first);
        if !sought.iter().any(|sought| sought.stems.iter().any(may)) {
            return None;
        }
        let stem = self.stem(word)?;
        sought.iter().position(|sought| sought.stems.contains(&stem))
    }
}

/// The words of a text with their places: runs of letters and digits, marks among them.
fn cut(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
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
fn excerpt(text: &str, matches: &[Range<usize>]) -> String {
    let text = text.trim_end();
    if text.chars().count() <= MAX_EXCERPT {
        return text.trim_start().to_owned();
    }
    let words: Vec<Range<usize>> = spaced(text).collect();
    // The ends of the part are ends of words of the same text, so there always is such a part.
    let part = |from: usize, to: usize| text.get(words[from].start..words[to].end).unwrap_or_default();
    let fits = |from: usize, to: usize| part(from, to).chars().count() <= ROOM;
    let mut best: Option<(usize, usize, usize)> = None;
    for found in matches.iter().take(MAX_MATCHED) {
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
