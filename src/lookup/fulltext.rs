//! Full-text search: which subjects speak of the words that a person typed, best first, and where.
//!
//! For each language there is one document per subject, its words stemmed and folded, stop words left out, weighted
//! as BM25 does. Texts are not kept: what is shown of a hit is cut from the catalogue when it is shown. Nothing here
//! knows of pages on a screen or of how a match is made bold.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use crate::catalogue::fold::{MAX_CHARS, fold};
use crate::catalogue::{Catalogue, FastMap, Language, Moved, StatusValue};
use crate::lookup::Entity;
use crate::lookup::excerpt::excerpt;
use crate::lookup::reading::{TextWord, read};
use crate::lookup::stems::WordStemmer;
use crate::lookup::texts::{Subject, TextPiece, pieces};
use crate::lookup::words::{Collector, GONE, Words};

/// The words of a query that are looked up.
const MAX_WORDS: usize = 24;

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
    /// The words that matched in that piece, as they stand there, each once.
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
#[derive(Default, PartialEq)]
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

    /// The texts of the catalogue that follows: the languages that were prepared are, from those before and from what has
    /// changed since. Where that is too much, none is.
    pub(crate) fn edited(&self, moved: &Moved<'_>) -> FullText {
        // What processes say of countries and organisations is found under their names.
        let (before, now) = (moved.former, moved.now);
        let mut edited = FullText::default();
        if before.countries == now.countries && before.organisations == now.organisations {
            for (index, before) in edited.indexes.iter_mut().zip(&self.indexes) {
                *index = before.get().map(|before| before.edited(moved)).map(OnceLock::from).unwrap_or_default();
            }
        }
        edited
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
#[derive(PartialEq)]
struct TextIndex {
    language: Language,
    stemmer: WordStemmer,
    documents: Vec<Document>,
    stems: Words,
    /// Where the documents of each stem begin in `postings`, and then where the last end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// How many words each document has, those of names several times.
    lengths: Vec<u32>,
    /// For each document what its length does to the weight of a word in it: see [`weight`].
    norms: Vec<f32>,
    /// The stems that are found by words typed without their accents, sorted.
    plain: Vec<PlainStem>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Document {
    subject: Subject,
    place: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Posting {
    document: u32,
    /// How often the document has the stem, as far as that can be told.
    times: u16,
    /// Which of its pieces have it: see [`bit`].
    pieces: u16,
}

/// The bit of a document's piece. Several pieces share one, so that a bit tells which pieces need not be read.
fn bit(piece: usize) -> u16 {
    1 << (piece % 16)
}

/// What a word typed without its accents is stemmed to, or the word itself ([`plain_word`]), and the stem of the word with its
/// accents; only where the two differ.
#[derive(Clone, Debug, PartialEq)]
struct PlainStem {
    plain: Box<str>,
    stem: Box<str>,
    /// How many documents have such a word.
    documents: u32,
}

/// Documents as they are read, before they are put into an index.
#[derive(Default)]
struct TextReading {
    documents: Vec<Document>,
    /// For each document the numbers of its stems, each with its piece's bit.
    texts: Vec<Vec<(u32, u16)>>,
    stems: Words,
    /// The place among the stems of each number.
    places: Vec<u32>,
    /// For each pair of [`PlainStem`] how many documents have it.
    plain: BTreeMap<(Box<str>, Box<str>), u32>,
}

/// What a word that was read before is.
#[derive(Clone, Copy)]
struct KnownWord {
    stem: Option<u32>,
    plain: Option<u32>,
}

impl TextReading {
    /// Reads documents. Those that say nothing are left out.
    fn of(
        catalogue: &Catalogue,
        stemmer: &WordStemmer,
        language: Language,
        documents: impl Iterator<Item = (Subject, usize)>,
    ) -> TextReading {
        let mut reading = TextReading::default();
        // Most words come again and again; each is stemmed once.
        let mut known: FastMap<String, KnownWord> = FastMap::default();
        let mut stems = Collector::default();
        let mut plains: Vec<(Box<str>, Box<str>, u32)> = Vec::new();
        for (subject, place) in documents {
            let (mut text, mut plain) = (Vec::new(), Vec::new());
            for (number, piece) in pieces(catalogue, subject, place, language).into_iter().enumerate() {
                let times = if piece.is_name { NAME_WEIGHT } else { 1 };
                for word in read(&piece.text, language).iter().filter(|word| !word.is_silent) {
                    let one = known.get(word.letters.as_ref()).copied().unwrap_or_else(|| {
                        let stem = stemmer.stem(&word.letters);
                        let one = match stem.is_empty() {
                            true => KnownWord { stem: None, plain: None },
                            false => {
                                let plain = plain_stem(stemmer, &word.letters, &stem).map(|plain| {
                                    plains.push((plain.into(), stem.as_str().into(), 0));
                                    plains.len() as u32 - 1
                                });
                                KnownWord { stem: Some(stems.add(&stem)), plain }
                            }
                        };
                        known.insert(word.letters.clone().into_owned(), one);
                        one
                    });
                    let stems = one.stem.into_iter().flat_map(|stem| std::iter::repeat_n((stem, bit(number)), times));
                    text.extend(stems);
                    plain.extend(one.plain);
                }
            }
            if !text.is_empty() {
                reading.documents.push(Document { subject, place: place as u32 });
                text.sort_unstable();
                reading.texts.push(text);
            }
            plain.sort_unstable();
            plain.dedup();
            for number in plain {
                plains.get_mut(number as usize).into_iter().for_each(|(_, _, documents)| *documents += 1);
            }
        }
        for (plain, stem, documents) in plains {
            *reading.plain.entry((plain, stem)).or_default() += documents;
        }
        (reading.stems, reading.places) = stems.build_exact();
        reading
    }

    /// For each stem in their order the documents that have it, as `number` calls them, with how often.
    fn postings(&self, number: impl Fn(usize) -> u32) -> Vec<(u32, Posting)> {
        let mut all: Vec<(u32, Posting)> = Vec::new();
        for (place, text) in self.texts.iter().enumerate() {
            let document = number(place);
            for same in text.chunk_by(|(one, _), (other, _)| one == other) {
                let stem = same.first().and_then(|&(stem, _)| self.places.get(stem as usize));
                let times = u16::try_from(same.len()).unwrap_or(u16::MAX);
                let pieces = same.iter().fold(0, |bits, (_, bit)| bits | bit);
                all.extend(stem.map(|&stem| (stem, Posting { document, times, pieces })));
            }
        }
        all.sort_unstable_by_key(|(stem, posting)| (*stem, posting.document));
        all
    }

    fn lengths(&self) -> impl Iterator<Item = u32> {
        self.texts.iter().map(|text| text.len() as u32)
    }
}

/// By which stem a word is found that is typed without its accents, where it is another. Where the algorithm takes more of
/// it than of the accented word, as "communique" becomes "commun", the stem is that of other words, and the word itself
/// stands for it.
fn plain_stem(stemmer: &WordStemmer, word: &str, stem: &str) -> Option<String> {
    let letters = (!word.is_ascii()).then(|| fold(word))?;
    let plain = stemmer.stem(&letters);
    if plain.is_empty() || plain == stem {
        return None;
    }
    Some(if stem.starts_with(&plain) { plain_word(&letters) } else { plain })
}

/// A word without accents as [`PlainStem`] has it where it stands for itself, in the singular: no stem begins so.
fn plain_word(letters: &str) -> String {
    format!("={}", letters.strip_suffix('s').unwrap_or(letters))
}

impl TextIndex {
    fn new(catalogue: &Catalogue, language: Language) -> TextIndex {
        let stemmer = WordStemmer::new(language);
        let all =
            Subject::all(catalogue).flat_map(|(subject, records)| (0..records).map(move |place| (subject, place)));
        let reading = TextReading::of(catalogue, &stemmer, language, all);
        let found = reading.postings(|place| place as u32);
        let (mut starts, mut postings) = (Vec::with_capacity(reading.stems.len() + 1), Vec::with_capacity(found.len()));
        for (stem, posting) in found {
            while starts.len() <= stem as usize {
                starts.push(postings.len() as u32);
            }
            postings.push(posting);
        }
        starts.push(postings.len() as u32);
        let lengths = reading.lengths().collect();
        let plain = reading.plain.into_iter();
        let plain = plain.map(|((plain, stem), documents)| PlainStem { plain, stem, documents }).collect();
        TextIndex::whole((language, stemmer), reading.documents, reading.stems, (starts, postings), lengths, plain)
    }

    fn whole(
        (language, stemmer): (Language, WordStemmer),
        mut documents: Vec<Document>,
        stems: Words,
        (starts, postings): (Vec<u32>, Vec<Posting>),
        lengths: Vec<u32>,
        plain: Vec<PlainStem>,
    ) -> TextIndex {
        documents.shrink_to_fit();
        let words: usize = lengths.iter().map(|length| *length as usize).sum();
        let average = words as f32 / lengths.len().max(1) as f32;
        let norms = lengths.iter().map(|length| norm(*length as f32 / average)).collect();
        TextIndex { language, stemmer, documents, stems, starts, postings, lengths, norms, plain }
    }

    /// The index of the catalogue that follows. Countries and organisations must be the same in both.
    fn edited(&self, moved: &Moved<'_>) -> TextIndex {
        let (language, stemmer) = (self.language, WordStemmer::new(self.language));
        let numbers: FastMap<(Subject, u32), u32> =
            self.documents.iter().map(|one| (one.subject, one.place)).zip(0..).collect();
        let mut before = vec![None; moved.now.processes.len()];
        for (place, now) in moved.places.iter().zip(0..) {
            if let Some(there) = place.and_then(|now| before.get_mut(now as usize)) {
                *there = Some(now);
            }
        }
        // Meetings name processes; so all but processes are compared as what they say.
        let says = |catalogue, subject, place| pieces(catalogue, subject, place, language);
        let former: HashMap<Subject, usize> = Subject::all(moved.former).collect();
        let kept = |subject: Subject, place: usize| match subject {
            Subject::Process => before.get(place).copied().flatten(),
            _ => {
                let there = former.get(&subject).is_some_and(|records| place < *records);
                let same = there && says(moved.former, subject, place) == says(moved.now, subject, place);
                same.then_some(place as u32)
            }
        };
        let all =
            Subject::all(moved.now).flat_map(|(subject, records)| (0..records).map(move |place| (subject, place)));
        let all: Vec<_> = all.map(|(subject, place)| (subject, place, kept(subject, place))).collect();
        let new = all.iter().filter(|(.., kept)| kept.is_none()).map(|(subject, place, _)| (*subject, *place));
        let come = TextReading::of(moved.now, &stemmer, language, new);
        let mut stays = vec![false; self.documents.len()];
        let mut documents = Vec::with_capacity(all.len());
        let mut lengths = Vec::with_capacity(all.len());
        let mut places = vec![GONE; self.documents.len()];
        let mut come_places = Vec::with_capacity(come.documents.len());
        let mut reading = come.documents.iter().zip(come.lengths()).peekable();
        for (subject, place, kept) in all {
            let one = Document { subject, place: place as u32 };
            let number = documents.len() as u32;
            match kept {
                Some(before) => {
                    // One that says nothing is no document.
                    let Some(&known) = numbers.get(&(subject, before)) else { continue };
                    places.get_mut(known as usize).into_iter().for_each(|there| *there = number);
                    stays.get_mut(known as usize).into_iter().for_each(|there| *there = true);
                    lengths.push(self.lengths.get(known as usize).copied().unwrap_or_default());
                    documents.push(one);
                }
                None => {
                    if let Some((_, length)) = reading.next_if(|(read, _)| **read == one) {
                        come_places.push(number);
                        lengths.push(length);
                        documents.push(one);
                    }
                }
            }
        }
        let gone = self.documents.iter().zip(stays).filter(|(_, stays)| !stays);
        let gone = gone.map(|(document, _)| (document.subject, document.place as usize));
        let gone = TextReading::of(moved.former, &stemmer, language, gone);
        let plain = self.edited_plain(&gone, &come);
        let added = come.postings(|place| come_places.get(place).copied().unwrap_or_default());
        let mut added = added.chunk_by(|(one, _), (other, _)| one == other);
        let words: Vec<&str> = (0..come.stems.len()).map(|place| come.stems.word(place)).collect();
        let (mut starts, mut postings) =
            (Vec::with_capacity(self.starts.len()), Vec::with_capacity(self.postings.len()));
        let (stems, _) = self.stems.edited_alone(&words, |before, new| {
            let start = postings.len();
            let kept = before.map(|before| self.postings_at(before)).unwrap_or_default();
            postings.extend(kept.iter().filter_map(|posting| {
                let document = places.get(posting.document as usize).copied().filter(|place| *place != GONE)?;
                Some(Posting { document, ..*posting })
            }));
            if new {
                postings.extend(added.next().unwrap_or_default().iter().map(|(_, posting)| *posting));
                postings.get_mut(start..).unwrap_or_default().sort_unstable_by_key(|posting| posting.document);
            }
            let stays = postings.len() > start;
            if stays {
                starts.push(start as u32);
            }
            stays
        });
        starts.push(postings.len() as u32);
        TextIndex::whole((language, stemmer), documents, stems, (starts, postings), lengths, plain)
    }

    /// The plain stems without those that are gone, and with those that have come.
    fn edited_plain(&self, gone: &TextReading, come: &TextReading) -> Vec<PlainStem> {
        let mut plain = self.plain.clone();
        let order =
            |one: &PlainStem, pair: &(Box<str>, Box<str>)| one.plain.cmp(&pair.0).then_with(|| one.stem.cmp(&pair.1));
        for (pair, documents) in &come.plain {
            match plain.binary_search_by(|one| order(one, pair)) {
                Ok(at) => plain.get_mut(at).into_iter().for_each(|one| one.documents += documents),
                Err(at) => {
                    let (plain_stem, stem) = pair.clone();
                    plain.insert(at, PlainStem { plain: plain_stem, stem, documents: *documents });
                }
            }
        }
        for (pair, documents) in &gone.plain {
            if let Ok(at) = plain.binary_search_by(|one| order(one, pair)) {
                plain.get_mut(at).into_iter().for_each(|one| one.documents = one.documents.saturating_sub(*documents));
            }
        }
        plain.retain(|one| one.documents > 0);
        plain
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
        let mut stems: Vec<String> = self.accented(&stem).collect();
        if word.is_ascii() {
            stems.extend(self.accented(&plain_word(&word.to_lowercase())));
        }
        let is_known = |stem: &str| self.stems.find(stem).is_some();
        if stems.is_empty() && !is_known(&stem) {
            stems = self.stemmer.accented(word);
            stems.retain(|stem| is_known(stem));
        }
        stems.insert(0, stem);
        stems.dedup();
        stems
    }

    /// The stems of words that have accents, by what becomes of them without.
    fn accented(&self, plain: &str) -> impl Iterator<Item = String> {
        let from = self.plain.partition_point(|one| *one.plain < *plain);
        let accented = self.plain.get(from..).unwrap_or_default().iter();
        accented.take_while(move |one| *one.plain == *plain).map(|one| one.stem.to_string())
    }

    fn postings(&self, stem: &str) -> &[Posting] {
        self.stems.find(stem).map(|place| self.postings_at(place)).unwrap_or_default()
    }

    /// The documents that have the stem at a place.
    fn postings_at(&self, place: usize) -> &[Posting] {
        let range = || Some(*self.starts.get(place)? as usize..*self.starts.get(place + 1)? as usize);
        range().and_then(|range| self.postings.get(range)).unwrap_or_default()
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
                    let document = posting.document as usize;
                    if let Some(((score, words, last), norm)) = scores.get_mut(document).zip(self.norms.get(document)) {
                        *score += rarity * weight(f32::from(posting.times), *norm);
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
    fn hit<'a>(&self, catalogue: &'a Catalogue, sought: &[Sought], document: u32, score: f32) -> Option<Hit<'a>> {
        let &Document { subject, place } = self.documents.get(document as usize)?;
        let id = subject.id(catalogue, place as usize)?;
        let pieces = pieces(catalogue, subject, place as usize, self.language);
        let bits: Vec<u16> = sought.iter().map(|sought| self.pieces_with(sought, document)).collect();
        // What a piece may be worth at most: with all the words that its bit tells of.
        let mut promising: Vec<(usize, usize, &TextPiece<'_>)> = pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| (bits.iter().filter(|bits| *bits & bit(at) != 0).count(), at, piece))
            .filter(|(words, ..)| *words > 0)
            .map(|(words, at, piece)| (worth(words, piece), at, piece))
            .collect();
        promising.sort_by_key(|(most, at, _)| (std::cmp::Reverse(*most), *at));
        let mut best: Option<(usize, usize, &TextPiece<'_>, Vec<Range<usize>>)> = None;
        for (most, at, piece) in promising {
            // Of equals the first is shown.
            let may_be_better =
                best.as_ref().is_none_or(|(worth, place, ..)| most > *worth || most == *worth && at < *place);
            if !may_be_better {
                continue;
            }
            let (found, ranges) = self.matches(&piece.text, sought);
            let worth = worth(found, piece);
            let is_better =
                best.as_ref().is_none_or(|(most, place, ..)| worth > *most || worth == *most && at < *place);
            if !ranges.is_empty() && is_better {
                best = Some((worth, at, piece, ranges));
            }
        }
        let mut words: Vec<String> = Vec::new();
        let mut shown = String::new();
        if let Some((.., piece, ranges)) = best {
            for text in ranges.iter().filter_map(|range| piece.text.get(range.clone())) {
                let folded = fold(text);
                if words.iter().all(|other| fold(other) != folded) {
                    words.push(text.to_owned());
                }
            }
            shown = excerpt(&piece.text, &ranges);
        }
        Some(Hit { subject, id, language: self.language, score, words, excerpt: shown })
    }

    /// The bits of the pieces of a document that have a word of a query.
    fn pieces_with(&self, sought: &Sought, document: u32) -> u16 {
        let of_stem = |stem: &String| {
            let postings = self.postings(stem);
            let found = postings.binary_search_by_key(&document, |posting| posting.document).ok();
            found.and_then(|found| postings.get(found)).map_or(0, |posting| posting.pieces)
        };
        sought.stems.iter().map(of_stem).fold(0, |bits, more| bits | more)
    }

    /// How many words of a query a text has, and where they stand.
    fn matches(&self, text: &str, sought: &[Sought]) -> (usize, Vec<Range<usize>>) {
        let mut found: Vec<usize> = Vec::new();
        let mut ranges = Vec::new();
        for word in read(text, self.language) {
            if let Some(which) = self.which(&word, sought) {
                found.push(which);
                ranges.push(word.range);
            }
        }
        found.sort_unstable();
        found.dedup();
        (found.len(), ranges)
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

/// What so many words of a query in a piece are worth. A text tells more than the name, which is shown anyway.
fn worth(words: usize, piece: &TextPiece<'_>) -> usize {
    words * 2 + usize::from(!piece.is_name)
}

/// How much a word says that comes so many times in a text, whose length counts by its [`norm`]: BM25 (Robertson and
/// Zaragoza, "The Probabilistic Relevance Framework", 2009), with its usual k1 = 1.2 and b = 0.75. The second time says
/// less than the first, and a long text says less with each word.
fn weight(times: f32, norm: f32) -> f32 {
    times * (K1 + 1.0) / (times + norm)
}

/// What the length of a text, told in proportion to the average, does to the weight of its words.
fn norm(length: f32) -> f32 {
    K1 * (1.0 - B + B * length)
}

/// BM25's measure of how soon one more time says nothing more.
const K1: f32 = 1.2;

/// BM25's measure of how much less a long text says with each word.
const B: f32 = 0.75;

/// How rare a word is that so many of all documents have, as BM25 tells it; never negative.
fn rarity(all: usize, with: usize) -> f32 {
    let (all, with) = (all as f32, with as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
