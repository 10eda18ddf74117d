//! Full-text search: which subjects speak of the words that a person typed, best first, and where.
//!
//! For each language there is one document per subject, its words stemmed and folded, stop words left out, weighted
//! as BM25 does. Texts are not kept: what is shown of a hit is cut from the catalogue when it is shown. Nothing here
//! knows of pages on a screen or of how a match is made bold.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::catalogue::fold::{MAX_CHARS, fold};
use crate::catalogue::{Catalogue, Language, StatusValue};
use crate::lookup::Entity;
use crate::lookup::excerpt::excerpt;
use crate::lookup::reading::{TextWord, read};
use crate::lookup::stems::WordStemmer;
use crate::lookup::texts::{Subject, TextPiece, pieces};
use crate::lookup::words::{Collector, Words};

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
    /// A piece of the text around the match, at most [`MAX_EXCERPT`](crate::lookup::MAX_EXCERPT) characters, cut at words.
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
    indexes: [OnceLock<TextIndex>; 3],
}

impl FullText {
    /// Prepares every language now. Others may search meanwhile; they wait for the language that they need.
    pub fn prepare(&self, catalogue: &Catalogue) {
        for language in Language::ALL {
            self.index(catalogue, language);
        }
    }

    #[expect(clippy::indexing_slicing, reason = "there is a place for each language")]
    fn index(&self, catalogue: &Catalogue, language: Language) -> &TextIndex {
        self.indexes[language.index()].get_or_init(|| TextIndex::new(catalogue, language))
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
        self.search_for(catalogue, query, &[], language, filters, page)
    }

    /// The same, with the entries that the query names before all others.
    pub fn search_for<'a>(
        &self,
        catalogue: &'a Catalogue,
        query: &str,
        named: &[(Entity, &str)],
        language: Language,
        filters: Filters<'_>,
        page: Range<usize>,
    ) -> Hits<'a> {
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        for language in std::iter::once(language).chain(others) {
            let index = self.index(catalogue, language);
            let sought = index.sought(query);
            let mut ranked = index.rank(catalogue, &sought, filters);
            index.lift(catalogue, &mut ranked, named);
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

/// A query without the words that look nothing up in any language, and each other once: the same search, in fewer letters.
pub fn essential(query: &str) -> String {
    let telling: Vec<TextWord<'_>> = Language::ALL
        .into_iter()
        .flat_map(|language| read(query, language))
        .filter(|word| !word.is_silent && word.parts == 0)
        .collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    let mut at = 0;
    for part in query.split_inclusive(char::is_whitespace) {
        let (start, end) = (at, at + part.len());
        at = end;
        let folded = fold(part);
        let tells = telling.iter().any(|word| word.range.start < end && word.range.end > start);
        if tells && !known.contains(&folded) {
            known.push(folded);
            kept.push(part.trim());
        }
    }
    kept.join(" ")
}

/// One word of a query in one language.
struct Sought {
    /// The stems that it stands for, with and without the accents that people leave out.
    stems: Vec<String>,
    /// The letters with which words of these stems begin.
    initials: Vec<char>,
}

/// The texts of one language.
struct TextIndex {
    language: Language,
    stemmer: WordStemmer,
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

impl TextIndex {
    fn new(catalogue: &Catalogue, language: Language) -> TextIndex {
        let mut index = TextIndex {
            language,
            stemmer: WordStemmer::new(language),
            documents: Vec::new(),
            stems: Words::default(),
            starts: Vec::new(),
            postings: Vec::new(),
            plain: Vec::new(),
        };
        // Most words come again and again; each is stemmed once.
        let mut known: HashMap<String, Option<u32>> = HashMap::new();
        let mut stems = Collector::default();
        let mut texts: Vec<Vec<u32>> = Vec::new();
        for (subject, records) in Subject::all(catalogue) {
            for place in 0..records {
                let mut text = Vec::new();
                for piece in pieces(catalogue, subject, place, language) {
                    let times = if piece.is_name { NAME_WEIGHT } else { 1 };
                    for word in read(&piece.text, language).iter().filter(|word| !word.is_silent) {
                        let stem = known.get(word.letters.as_ref()).copied().unwrap_or_else(|| {
                            let stem = index.stemmer.stem(&word.letters);
                            let number = (!stem.is_empty()).then(|| {
                                index.note_plain(&word.letters, &stem);
                                stems.add(&stem)
                            });
                            known.insert(word.letters.clone().into_owned(), number);
                            number
                        });
                        if let Some(stem) = stem {
                            text.extend(std::iter::repeat_n(stem, times));
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
        let places;
        (index.stems, places) = stems.build_exact();
        index.weigh(texts, &places);
        index
    }

    /// Fills the lists of documents by stem. Each text has the numbers of its stems, and `places` the place of each.
    fn weigh(&mut self, texts: Vec<Vec<u32>>, places: &[u32]) {
        let words: usize = texts.iter().map(Vec::len).sum();
        let average = words as f32 / texts.len().max(1) as f32;
        let mut all: Vec<(u32, u32, f32)> = Vec::new();
        for (mut text, document) in texts.into_iter().zip(0..) {
            text.sort_unstable();
            let length = text.len() as f32 / average;
            for same in text.chunk_by(|one, other| one == other) {
                let place = same.first().and_then(|&stem| places.get(stem as usize));
                all.extend(place.map(|&place| (place, document, saturation(same.len() as f32, length))));
            }
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

    /// Notes by which stem a word is found that is typed without its accents.
    fn note_plain(&mut self, word: &str, stem: &str) {
        if !word.is_ascii() {
            let plain = self.stemmer.stem(&fold(word));
            if !plain.is_empty() && plain != stem {
                self.plain.push((plain.into(), stem.into()));
            }
        }
    }

    /// What a query asks of this language.
    fn sought(&self, query: &str) -> Vec<Sought> {
        let query: String = query.chars().take(MAX_CHARS).collect();
        let words = read(&query, self.language);
        let mut sought: Vec<Sought> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if word.is_silent || self.is_part(&words, at) {
                continue;
            }
            let stems = self.stems_of(&word.letters);
            let is_known = |stem: &String| self.stems.find(stem).is_some();
            // A compound that no text has is looked for by its parts.
            let says_something = word.parts == 0 || stems.iter().any(is_known);
            if says_something && !stems.is_empty() && sought.iter().all(|other| other.stems != stems) {
                let initials = stems.iter().flat_map(|stem| self.stemmer.initials(stem)).collect();
                sought.push(Sought { stems, initials });
            }
            if sought.len() == MAX_WORDS {
                break;
            }
        }
        sought
    }

    /// Whether a word belongs to a compound that is looked for as a whole, because the texts have it.
    fn is_part(&self, words: &[TextWord<'_>], at: usize) -> bool {
        let after = words.get(at + 1..).unwrap_or_default();
        let compound = after.iter().zip(1..).find(|(word, _)| word.parts > 0);
        compound.is_some_and(|(compound, ahead)| {
            let is_within = ahead <= compound.parts;
            is_within && self.stems_of(&compound.letters).iter().any(|stem| self.stems.find(stem).is_some())
        })
    }

    /// The stems that a word stands for: its own, and those of words whose accents it lacks. Where the texts know none
    /// of them, accents are put where its ending tells.
    fn stems_of(&self, word: &str) -> Vec<String> {
        let stem = self.stemmer.stem(word);
        if stem.is_empty() {
            return Vec::new();
        }
        let from = self.plain.partition_point(|(plain, _)| **plain < *stem);
        let accented = self.plain.get(from..).unwrap_or_default().iter();
        let accented = accented.take_while(|(plain, _)| **plain == *stem).map(|(_, stem)| stem.to_string());
        let mut stems: Vec<String> = accented.collect();
        let is_known = |stem: &str| self.stems.find(stem).is_some();
        if stems.is_empty() && !is_known(&stem) {
            stems = self.stemmer.accented(word);
            stems.retain(|stem| is_known(stem));
        }
        stems.insert(0, stem);
        stems.dedup();
        stems
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
        // For each document its score, how many words of the query it has, and which was the last of them.
        let mut scores = vec![(0.0f32, 0u16, 0u16); self.documents.len()];
        for (number, word) in (1..).zip(sought) {
            for stem in &word.stems {
                let postings = self.postings(stem);
                let rarity = rarity(self.documents.len(), postings.len());
                for posting in postings {
                    if let Some((score, words, last)) = scores.get_mut(posting.document as usize) {
                        *score += rarity * posting.weight;
                        *words += u16::from(*last != number);
                        *last = number;
                    }
                }
            }
        }
        // What has more of the words comes before what has one of them more often, even in a short text.
        let share = |words: u16| (f32::from(words) / sought.len() as f32).powi(2);
        let scored = (0..).zip(scores).filter(|(_, (score, ..))| *score > 0.0);
        let mut ranked: Vec<(u32, f32)> =
            scored.map(|(document, (score, words, _))| (document, score * share(words))).collect();
        ranked.retain(|&(document, _)| self.passes(catalogue, document, filters));
        // Documents stand in the order of subjects and files, so that equals always come out alike.
        ranked.sort_by(|(one, score), (other, best)| best.total_cmp(score).then(one.cmp(other)));
        ranked
    }

    /// Puts what the query names first, in the order in which it names them; the others keep theirs.
    fn lift(&self, catalogue: &Catalogue, ranked: &mut [(u32, f32)], named: &[(Entity, &str)]) {
        if named.is_empty() {
            return;
        }
        let place = |document: u32| {
            let document = self.documents.get(document as usize)?;
            let id = document.subject.id(catalogue, document.place as usize)?;
            named.iter().position(|(entity, named)| document.subject.entity() == Some(*entity) && *named == id)
        };
        ranked.sort_by_cached_key(|(document, _)| place(*document).unwrap_or(usize::MAX));
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
    #[expect(clippy::indexing_slicing, reason = "`which` is a place in `sought`, and `found` is as long")]
    fn hit<'a>(&self, catalogue: &'a Catalogue, sought: &[Sought], document: u32, score: f32) -> Option<Hit<'a>> {
        let &Document { subject, place } = self.documents.get(document as usize)?;
        let id = subject.id(catalogue, place as usize)?;
        let pieces = pieces(catalogue, subject, place as usize, self.language);
        let mut words: Vec<String> = Vec::new();
        let mut best: Option<(usize, &TextPiece<'_>, Vec<Range<usize>>)> = None;
        for piece in &pieces {
            let mut found = vec![false; sought.len()];
            let mut ranges = Vec::new();
            for word in read(&piece.text, self.language) {
                let Some(which) = self.which(&word, sought) else { continue };
                found[which] = true;
                let text = piece.text.get(word.range.clone()).unwrap_or_default();
                ranges.push(word.range);
                let folded = fold(text);
                if words.len() < MAX_MATCHED && words.iter().all(|other| fold(other) != folded) {
                    words.push(text.to_owned());
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
    fn which(&self, word: &TextWord<'_>, sought: &[Sought]) -> Option<usize> {
        if word.is_silent {
            return None;
        }
        // Comparing one letter spares most stemming.
        let first = fold(word.letters.get(..word.letters.chars().next()?.len_utf8())?).chars().next();
        if first.is_some_and(|first| !sought.iter().any(|sought| sought.initials.contains(&first))) {
            return None;
        }
        let stem = self.stemmer.stem(&word.letters);
        sought.iter().position(|sought| sought.stems.contains(&stem))
    }
}

/// How much a word says that comes so many times in a text, whose length is told in proportion to the average: BM25
/// (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with its usual k1 = 1.2 and b = 0.75. The
/// second time says less than the first, and a long text says less with each word.
fn saturation(times: f32, length: f32) -> f32 {
    const K1: f32 = 1.2;
    const B: f32 = 0.75;
    times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length))
}

/// How rare a word is that so many of all documents have, as BM25 tells it; never negative.
fn rarity(all: usize, with: usize) -> f32 {
    let (all, with) = (all as f32, with as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
