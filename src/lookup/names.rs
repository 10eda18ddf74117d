//! Finding the entry that a person means by what they typed, and completing what they are typing.
//!
//! A [`NameIndex`] is built once for each catalogue. Per kind of entry it holds two inverted indexes: of the single
//! words of all names, and of whole names without their spaces. A query is answered in steps, each kind of agreement
//! being a [`Rank`]; within a rank the reader's language, active processes and short names come first. Words count by
//! their rarity, so that "processus de" alone says little. Nothing here knows of messages or menus.

use std::cmp::Reverse;

use super::Entity;
use super::forms::{self, FormKind};
use super::sort::Sorter;
use super::stop::{is_near_stop_word, is_stop_word};
use super::typing;
use super::words::{Collector, MAX_MISTYPED, Words, alike, tolerance};
use crate::catalogue::fold::{fold_within, squeeze};
use crate::catalogue::{Catalogue, Language};

/// The letters of a query that are looked at: as many as the longest name has, and a few errors.
const MAX_QUERY: usize = typing::MAX_LEN;

/// The words of a query that are looked up, rarest first.
const MAX_WORDS: usize = 16;

/// The entries that are looked at closely because they share words with the query.
const MAX_CLOSE: usize = 48;

/// At most so many are offered when several are meant.
const MAX_SEVERAL: usize = 10;

/// At most so many are named when none is meant.
const MAX_NEAREST: usize = 3;

/// How sure an entry must be to be answered without asking. Measured by `tests/lookup_queries.rs`.
const SURE: f32 = 0.78;

/// How sure an entry must be to be offered as one of several, without and with typing errors.
const LIKELY: f32 = 0.6;
const LIKELY_MISTYPED: f32 = 0.72;

/// An entry that is at least this near to the best one, in proportion, is close to it.
const CLOSE: f32 = 0.85;

/// Below this an entry is not even near.
const NEAR: f32 = 0.3;

/// How a query agrees with an entry, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// It is the entry's id, letter by letter, as a completion sends it.
    Id,
    /// It is the full or the short name.
    Exact,
    /// It is an acronym.
    Acronym,
    /// It is another name in use.
    Alias,
    /// It is a name that the entry once had.
    Former,
    /// It is what stands before or in the brackets of a name.
    Part,
    /// A name begins so.
    Prefix,
    /// Words within a name begin so, in this order.
    WordPrefix,
    /// All its words are there, in any order.
    AllWords,
    /// The same with typing errors.
    Typing,
    /// Its letters are there in this order, or some of its words are.
    Fuzzy,
}

impl Rank {
    fn of(kind: FormKind) -> Rank {
        match kind {
            FormKind::Full | FormKind::Short => Rank::Exact,
            FormKind::Acronym => Rank::Acronym,
            FormKind::Alias => Rank::Alias,
            FormKind::Former => Rank::Former,
            FormKind::Part => Rank::Part,
        }
    }

    /// Whether nothing is left open: the query is a name of the entry, or a part that stands for it,
    /// without errors.
    pub fn is_whole(self) -> bool {
        self <= Rank::Part
    }
}

/// An entry that a query may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// What kind of entry it is.
    pub entity: Entity,
    /// Its id (a country's code).
    pub id: &'a str,
    /// How the query agrees with it.
    pub rank: Rank,
    /// By which kind of name.
    pub kind: FormKind,
    /// How much of the query agrees, from 0 to 1.
    pub score: f32,
}

/// What a query means.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding<'a> {
    /// Clearly this one.
    One(Candidate<'a>),
    /// One of these, best first; at least two.
    Several(Vec<Candidate<'a>>),
    /// None. The nearest, at most three, may be named, but are not to be taken for what was meant.
    None {
        /// The nearest, best first; perhaps none.
        nearest: Vec<Candidate<'a>>,
    },
}

/// The names of a catalogue, prepared for finding.
#[derive(Debug)]
pub struct NameIndex {
    tables: Vec<Table>,
}

impl NameIndex {
    /// Indexes every name of a catalogue.
    pub fn new(catalogue: &Catalogue) -> NameIndex {
        let sorters = Language::ALL.map(Sorter::new);
        NameIndex { tables: Entity::ALL.iter().map(|&entity| Table::new(catalogue, entity, &sorters)).collect() }
    }

    /// What a reader of `language` means by `query`, among the entries of one kind.
    pub fn find(&self, entity: Entity, query: &str, language: Language) -> Finding<'_> {
        self.decide(self.table(entity).into_iter(), query, language)
    }

    /// What a reader of `language` means by `query`, among all entries.
    pub fn find_any(&self, query: &str, language: Language) -> Finding<'_> {
        self.decide(self.tables.iter(), query, language)
    }

    /// The ids of the entries that `query` may become, best first, at most `limit`. For an empty query the entries
    /// that people look for first.
    pub fn complete(&self, entity: Entity, query: &str, language: Language, limit: usize) -> Vec<&str> {
        self.candidates(entity, query, language, limit).into_iter().map(|candidate| candidate.id).collect()
    }

    /// As [`NameIndex::complete`], with what agrees.
    pub fn candidates(&self, entity: Entity, query: &str, language: Language, limit: usize) -> Vec<Candidate<'_>> {
        let Some(table) = self.table(entity) else { return Vec::new() };
        let matches = if query.trim().is_empty() {
            table.defaults(language, limit)
        } else {
            table.rank(&Query::new(query), language, limit)
        };
        // What is far behind the best would only be noise below it.
        let floor = matches.first().map_or(0.0, |best| best.score * 0.55);
        let good = matches.iter().filter(|one| one.score >= floor);
        good.take(limit).map(|one| table.candidate(one)).collect()
    }

    fn table(&self, entity: Entity) -> Option<&Table> {
        self.tables.get(entity as usize)
    }

    fn decide<'a>(&'a self, tables: impl Iterator<Item = &'a Table>, query: &str, language: Language) -> Finding<'a> {
        let query = Query::new(query);
        let mut all: Vec<(&Table, Match)> = Vec::new();
        for table in tables {
            all.extend(table.rank(&query, language, MAX_SEVERAL + 1).into_iter().map(|one| (table, one)));
        }
        // Both sorts are stable, so equals of several tables stay in the order of the tables.
        all.sort_by_key(|(_, one)| one.key());
        let Some((best, others)) = all.split_first() else { return Finding::None { nearest: Vec::new() } };
        let (first, candidate) = (best.1, |(table, one): &(&'a Table, Match)| table.candidate(one));
        let rivals: Vec<Candidate<'_>> =
            others.iter().filter(|(_, one)| one.rivals(&first)).take(MAX_SEVERAL - 1).map(candidate).collect();
        if rivals.is_empty() && first.is_sure() && query.is_enough(first.rank) {
            Finding::One(candidate(best))
        } else if !rivals.is_empty() && first.is_likely() && query.is_telling(first.rank) {
            Finding::Several([vec![candidate(best)], rivals].concat())
        } else {
            let near = all.iter().filter(|(_, one)| one.score >= NEAR).take(MAX_NEAREST);
            Finding::None { nearest: near.map(candidate).collect() }
        }
    }
}

/// What a person typed, folded and cut into words.
struct Query {
    /// As typed, without spaces around it: an id is compared with this.
    id: String,
    words: Vec<String>,
    squeezed: String,
}

impl Query {
    fn new(text: &str) -> Query {
        let folded = fold_within(text, MAX_QUERY);
        let words = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let id = text.trim().chars().take(MAX_QUERY).collect();
        Query { id, words, squeezed: squeeze(&folded) }
    }

    fn is_empty(&self) -> bool {
        self.squeezed.is_empty()
    }

    /// Whether it says more than "the" or a single letter, unless that is somebody's name.
    fn is_telling(&self, rank: Rank) -> bool {
        let letters = if rank < Rank::Typing { 2 } else { 4 };
        rank.is_whole() || self.has(letters) && self.words.iter().any(|word| !is_stop_word(word))
    }

    /// Whether it says enough to mean one entry: three letters, or five where some of them are wrong.
    fn is_enough(&self, rank: Rank) -> bool {
        let letters = if rank < Rank::Typing { 3 } else { 5 };
        rank.is_whole() || self.is_telling(rank) && self.has(letters)
    }

    fn has(&self, letters: usize) -> bool {
        self.squeezed.chars().nth(letters - 1).is_some()
    }
}

/// What matches sort by, smallest first.
type Key = (Rank, u8, bool, u8, u16, u32);

/// One agreement of a query with an entry.
#[derive(Clone, Copy, Debug)]
struct Match {
    entry: u32,
    rank: Rank,
    kind: FormKind,
    /// Whether the form belongs to the reader's language.
    own: bool,
    status: u8,
    /// The letters of the form.
    length: u16,
    /// The entry's place in the default order.
    position: u32,
    /// How much of the query agrees.
    score: f32,
    /// How much of the form agrees.
    cover: f32,
}

impl Match {
    /// Matches sort by this.
    fn key(&self) -> Key {
        // Where agreement has degrees, these go before everything else; coarsely, so that near equals are equal.
        let (degree, steps) = match self.rank {
            Rank::WordPrefix => (self.score, 10.0),
            Rank::AllWords => (self.strength(), 10.0),
            Rank::Typing | Rank::Fuzzy => (self.strength(), 40.0),
            _ => (1.0, 0.0),
        };
        let lacking = ((1.0 - degree) * steps).round() as u8;
        (self.rank, lacking, !self.own, self.status, self.length, self.position)
    }

    fn strength(&self) -> f32 {
        self.score * (0.55 + 0.45 * self.cover)
    }

    /// Whether it may be answered without asking, if nothing rivals it.
    fn is_sure(&self) -> bool {
        match self.rank {
            // Four letters, or three that are half of the name.
            Rank::Prefix => {
                let letters = f32::from(self.length) * self.cover;
                letters >= 3.5 || letters >= 2.5 && self.cover >= 0.5
            }
            Rank::Fuzzy => false,
            _ => self.score >= SURE,
        }
    }

    /// Whether it may be offered among several.
    fn is_likely(&self) -> bool {
        let least = if self.rank == Rank::Typing { LIKELY_MISTYPED } else { LIKELY };
        self.rank < Rank::Fuzzy && self.score >= least
    }

    /// Whether this is so close to the best match that the person should choose.
    fn rivals(&self, best: &Match) -> bool {
        if best.rank.is_whole() {
            // A name that another once had does not make a present name doubtful.
            return self.rank == best.rank
                || best.rank != Rank::Id && self.rank < Rank::Former
                || best.rank == Rank::Id && self.rank == Rank::Id;
        }
        let alike = matches!(best.rank, Rank::Prefix | Rank::WordPrefix) && self.rank == best.rank;
        alike || self.is_likely() && self.strength() >= CLOSE * best.strength()
    }
}

/// The names of the entries of one kind.
#[derive(Debug)]
struct Table {
    entity: Entity,
    entries: Vec<Entry>,
    /// The entries by id.
    by_id: Vec<u32>,
    forms: Vec<Form>,
    /// The words of all forms, one form after the other.
    form_words: Vec<u32>,
    /// From a word to the entries that have it in any form.
    words: Words,
    /// For each word how much it tells.
    rarity: Vec<f32>,
    /// How much a word tells that only one entry has, or none.
    rarest: f32,
    /// From a whole name without spaces to its forms.
    wholes: Words,
    /// For each language the entries as lists show them.
    orders: [Vec<u32>; 3],
    /// The inverse: for each language the place of each entry.
    positions: [Vec<u32>; 3],
}

#[derive(Debug)]
struct Entry {
    id: Box<str>,
    status: u8,
    /// Where its forms begin; they end where those of the next begin.
    forms: u32,
}

#[derive(Clone, Copy, Debug)]
struct Form {
    entry: u32,
    kind: FormKind,
    /// One bit for each language that it belongs to.
    languages: u8,
    length: u16,
    /// Its place in the index of whole names.
    whole: u32,
    /// Where its words begin; they end where those of the next form begin.
    words: u32,
}

/// What the words of an index have to do with one word of a query.
struct Reading {
    /// The word itself.
    exact: Option<usize>,
    /// The words that begin so; the word itself among them.
    begun: std::ops::Range<usize>,
    /// Other words, from which it differs by few errors, with how alike they are.
    mistyped: Vec<(usize, f32)>,
    letters: usize,
    /// How much it tells.
    weight: f32,
}

impl Reading {
    /// How far a word of a form agrees with it, from 0 to 1.
    fn agreement(&self, word: usize, words: &Words) -> f32 {
        if self.exact == Some(word) {
            1.0
        } else if self.begun.contains(&word) {
            self.begins(words.word(word))
        } else {
            self.mistyped.iter().find(|(other, _)| *other == word).map_or(0.0, |(_, alike)| *alike)
        }
    }

    /// How far a word agrees that begins so.
    fn begins(&self, word: &str) -> f32 {
        0.6 + 0.4 * self.letters as f32 / word.chars().count().max(1) as f32
    }

    /// Whether a word agrees without any error.
    fn is_there(&self, word: usize) -> bool {
        self.exact == Some(word) || self.begun.contains(&word)
    }
}

impl Table {
    fn new(catalogue: &Catalogue, entity: Entity, sorters: &[Sorter; 3]) -> Table {
        let source = forms::entries(catalogue, entity);
        let orders = sorters.each_ref().map(|sorter| forms::order(&source, sorter));
        let positions = orders.each_ref().map(|order| {
            let mut positions = vec![0; order.len()];
            for (position, &entry) in order.iter().enumerate() {
                // An order holds each entry once.
                positions[entry as usize] = position as u32;
            }
            positions
        });
        let (mut entries, mut forms): (Vec<Entry>, Vec<Form>) = (Vec::with_capacity(source.len()), Vec::new());
        let (mut words, mut wholes) = (Collector::default(), Collector::default());
        let mut form_words = Vec::new();
        for (entry, one) in source.iter().enumerate() {
            let entry = entry as u32;
            let start = forms.len();
            entries.push(Entry { id: one.id.as_str().into(), status: one.status, forms: start as u32 });
            for form in &one.forms {
                let folded = fold_within(&form.text, MAX_QUERY);
                let squeezed = squeeze(&folded);
                if squeezed.is_empty() {
                    continue;
                }
                let languages = form.language.map_or(0b111, |language| 1 << language.index());
                let whole = wholes.add_to(&squeezed, forms.len() as u32);
                let mut known = forms.iter_mut().skip(start);
                if let Some(known) = known.find(|known| known.whole == whole) {
                    known.languages |= languages;
                    known.kind = known.kind.min(form.kind);
                    wholes.take_back();
                    continue;
                }
                let length = squeezed.chars().count() as u16;
                forms.push(Form { entry, kind: form.kind, languages, length, whole, words: form_words.len() as u32 });
                form_words.extend(folded.split(' ').map(|word| words.add_to(word, entry)));
            }
        }
        let ((words, word_places), (wholes, whole_places)) = (words.build(), wholes.build());
        // So far they were numbered as they came; each number has its place.
        form_words.iter_mut().for_each(|word| *word = word_places[*word as usize]);
        forms.iter_mut().for_each(|form| form.whole = whole_places[form.whole as usize]);
        let rarity = |entries_with: usize| {
            let (all, with) = (entries.len() as f32, entries_with as f32);
            (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
        };
        let rarest = rarity(1).max(0.1);
        let rarity = (0..words.len())
            .map(|place| if is_stop_word(words.word(place)) { 0.05 } else { rarity(words.numbers(place).len()) })
            .collect();
        let mut by_id: Vec<u32> = (0..entries.len() as u32).collect();
        by_id.sort_by_key(|&entry| entries.get(entry as usize).map(|entry| &entry.id));
        forms.shrink_to_fit();
        form_words.shrink_to_fit();
        Table { entity, entries, by_id, forms, form_words, words, rarity, rarest, wholes, orders, positions }
    }

    fn candidate(&self, one: &Match) -> Candidate<'_> {
        let id = self.entries.get(one.entry as usize).map_or("", |entry| &entry.id);
        Candidate { entity: self.entity, id, rank: one.rank, kind: one.kind, score: one.score }
    }

    /// What is offered when nothing has been typed.
    fn defaults(&self, language: Language, limit: usize) -> Vec<Match> {
        let order = &self.orders[language.index()];
        order.iter().take(limit).map(|&entry| self.whole_entry(entry, Rank::Prefix, language)).collect()
    }

    fn whole_entry(&self, entry: u32, rank: Rank, language: Language) -> Match {
        Match {
            entry,
            rank,
            kind: FormKind::Full,
            own: true,
            status: self.entries.get(entry as usize).map_or(u8::MAX, |entry| entry.status),
            length: 0,
            position: self.position(entry, language),
            score: 1.0,
            cover: 1.0,
        }
    }

    fn position(&self, entry: u32, language: Language) -> u32 {
        self.positions[language.index()].get(entry as usize).copied().unwrap_or(u32::MAX)
    }

    fn form_match(&self, form: Form, rank: Rank, language: Language, score: f32, cover: f32) -> Match {
        Match {
            kind: form.kind,
            own: form.languages & (1 << language.index()) != 0,
            length: form.length,
            score,
            cover,
            ..self.whole_entry(form.entry, rank, language)
        }
    }

    /// The entries that agree with a query, best first, about `limit` of them.
    fn rank(&self, query: &Query, language: Language, limit: usize) -> Vec<Match> {
        let mut best = Best::new(self.entries.len(), limit.max(MAX_SEVERAL + 1));
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let by_id = self.by_id.binary_search_by(|&entry| {
            self.entries.get(entry as usize).map_or("", |entry| &entry.id).cmp(query.id.as_str())
        });
        if let Some(&entry) = by_id.ok().and_then(|place| self.by_id.get(place)) {
            best.offer(self.whole_entry(entry, Rank::Id, language));
        }
        self.rank_wholes(query, language, &mut best);
        // Each later step ranks lower than this one, so it could not change the best `limit`.
        if best.matches.len() < limit {
            self.rank_words(query, language, &mut best);
            let weak = best.matches.iter().all(|one| one.rank >= Rank::Typing && one.score < SURE);
            if weak {
                self.rank_letters(query, language, &mut best);
            }
        }
        best.sorted()
    }

    /// Names that are the query, begin with it, or are it but for a space and typing errors.
    fn rank_wholes(&self, query: &Query, language: Language, best: &mut Best) {
        let letters = query.squeezed.chars().count();
        let begun = self.wholes.starting_with(&query.squeezed);
        let exact = self.wholes.find(&query.squeezed);
        for whole in begun {
            for &form in self.wholes.numbers(whole) {
                let Some(&form) = self.forms.get(form as usize) else { continue };
                let (rank, cover) = match exact {
                    Some(exact) if exact == whole => (Rank::of(form.kind), 1.0),
                    _ => (Rank::Prefix, letters as f32 / f32::from(form.length.max(1))),
                };
                best.offer(self.form_match(form, rank, language, 1.0, cover));
            }
        }
        if exact.is_none() && letters <= MAX_MISTYPED {
            self.wholes.mistyped(&query.squeezed, |whole, score| {
                for &place in self.wholes.numbers(whole) {
                    // With as many words, the errors are within words, and the words themselves are compared later.
                    let spaced = self.words_of(place as usize).len() != query.words.len();
                    if let Some(&form) = self.forms.get(place as usize).filter(|_| spaced) {
                        best.offer(self.form_match(form, Rank::Typing, language, score, score));
                    }
                }
            });
        }
    }

    /// Entries that have the query's words.
    fn rank_words(&self, query: &Query, language: Language, best: &mut Best) {
        let readings = self.readings(query);
        let all: f32 = readings.iter().map(|reading| reading.weight).sum();
        if all <= 0.0 {
            return;
        }
        // Of each entry, how much of the query its words agree with.
        let mut sums = vec![0.0f32; self.entries.len()];
        let mut touched = Vec::new();
        let (mut current, mut now) = (vec![0.0f32; self.entries.len()], Vec::new());
        for reading in &readings {
            let mut agree = |word: usize, agreement: f32| {
                for &entry in self.words.numbers(word) {
                    // The numbers are those of entries, and `current` has one place for each.
                    let here = &mut current[entry as usize];
                    if *here == 0.0 {
                        now.push(entry);
                    }
                    *here = here.max(agreement);
                }
            };
            for word in reading.begun.clone() {
                agree(word, reading.agreement(word, &self.words));
            }
            for &(word, agreement) in &reading.mistyped {
                agree(word, agreement);
            }
            for entry in now.drain(..) {
                // As above.
                let (sum, here) = (&mut sums[entry as usize], &mut current[entry as usize]);
                if *sum == 0.0 {
                    touched.push(entry);
                }
                *sum += reading.weight * *here;
                *here = 0.0;
            }
        }
        let positions = &self.positions[language.index()];
        let near = touched.into_iter().filter_map(|entry| {
            let part = sums.get(entry as usize)? / all;
            let key = (Reverse((part * 100.0) as u32), positions.get(entry as usize)?);
            (part >= NEAR).then_some((key, entry))
        });
        let mut near: Vec<_> = near.collect();
        if near.len() > MAX_CLOSE {
            near.select_nth_unstable(MAX_CLOSE);
            near.truncate(MAX_CLOSE);
        }
        let letters: Vec<char> = query.squeezed.chars().collect();
        for (_, entry) in near {
            let score = sums.get(entry as usize).map_or(0.0, |sum| (sum / all).min(1.0));
            if let Some(one) = self.closely(entry, &readings, score, language) {
                best.offer(one);
                if one.rank >= Rank::Typing && letters.len() > MAX_MISTYPED {
                    self.rank_long(entry, &letters, query.words.len(), language, best);
                }
            }
        }
    }

    /// What the words of a query are to the words of this table.
    fn readings(&self, query: &Query) -> Vec<Reading> {
        let mut words: Vec<String> = Vec::new();
        for word in &query.words {
            if self.words.find(word).is_some() {
                words.push(word.clone());
            } else if let Some((before, after)) = self.split(word) {
                words.extend([before.to_owned(), after.to_owned()]);
            } else {
                words.push(word.clone());
            }
        }
        // "Pr ague": two pieces of a word, at least one of which is none itself.
        let mut at = 0;
        while let [one, other, ..] = words.get(at..).unwrap_or_default() {
            let joined = format!("{one}{other}");
            let pieces = self.words.find(one).is_none() || self.words.find(other).is_none();
            if pieces && self.words.find(&joined).is_some() {
                words.splice(at..at + 2, [joined]);
            }
            at += 1;
        }
        let last = words.len().saturating_sub(1);
        let mut readings: Vec<Reading> = Vec::with_capacity(words.len());
        let mut nothing: Vec<Reading> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if words.get(..at).is_some_and(|before| before.contains(word)) {
                continue;
            }
            let reading = self.reading(word);
            // A stop word, or one with a typing error; but what begins another word is more likely meant for that.
            let begins = !reading.begun.is_empty() && (at == last || reading.letters > 2);
            let unknown = reading.mistyped.is_empty() && reading.exact.is_none() && !begins;
            let silent = is_stop_word(word) || unknown && is_near_stop_word(word);
            if silent { &mut nothing } else { &mut readings }.push(reading);
        }
        if readings.is_empty() {
            readings = nothing;
        }
        if readings.len() > MAX_WORDS {
            // Those that tell most, in the order in which they were typed.
            let mut weights: Vec<f32> = readings.iter().map(|reading| reading.weight).collect();
            weights.sort_by(|one, other| other.total_cmp(one));
            let least = weights.get(MAX_WORDS - 1).copied().unwrap_or_default();
            readings.retain(|reading| reading.weight >= least);
            readings.truncate(MAX_WORDS);
        }
        readings
    }

    fn reading(&self, word: &str) -> Reading {
        let letters = word.chars().count();
        let exact = self.words.find(word);
        let mut begun = self.words.starting_with(word);
        if letters < 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            // No one types the first digits of a year and means it.
            begun = exact.map_or(0..0, |exact| exact..exact + 1);
        }
        let mut mistyped = Vec::new();
        if exact.is_none() {
            self.words.mistyped(word, |place, alike| {
                if !begun.contains(&place) && !is_stop_word(self.words.word(place)) {
                    mistyped.push((place, alike));
                }
            });
        }
        let rarity = |place: usize| self.rarity.get(place).copied().unwrap_or_default();
        let weight = match exact {
            Some(place) => rarity(place),
            None => begun
                .clone()
                .chain(mistyped.iter().map(|(place, _)| *place))
                .map(rarity)
                .reduce(f32::max)
                .unwrap_or(self.rarest),
        };
        Reading { exact, begun, mistyped, letters, weight }
    }

    /// Two words of this table that were typed without the space between them.
    fn split<'w>(&self, word: &'w str) -> Option<(&'w str, &'w str)> {
        let places = word.char_indices().map(|(place, _)| place).skip(1).take(MAX_MISTYPED);
        places.map(|place| word.split_at(place)).find(|(before, after)| {
            before.len().max(after.len()) >= 4 && self.words.find(before).is_some() && self.words.find(after).is_some()
        })
    }

    /// Looks at each form of an entry that shares words with the query.
    fn closely(&self, entry: u32, readings: &[Reading], score: f32, language: Language) -> Option<Match> {
        let forms = self.forms_of(entry);
        let all_there = |test: &dyn Fn(&Reading, usize) -> bool| {
            readings.iter().all(|reading| {
                forms.clone().any(|form| self.words_of(form).iter().any(|&word| test(reading, word as usize)))
            })
        };
        let rank = if all_there(&|reading, word| reading.is_there(word)) {
            Rank::AllWords
        } else if all_there(&|reading, word| reading.agreement(word, &self.words) > 0.0) {
            Rank::Typing
        } else {
            Rank::Fuzzy
        };
        // Agreement of one or two letters, or of four with an error among them, is chance.
        let letters: usize = readings.iter().map(|reading| reading.letters).sum();
        let score = match rank {
            Rank::Typing if letters < 5 => score.min(LIKELY_MISTYPED - 0.02),
            _ if letters < 3 => score.min(SURE - 0.02),
            _ => score,
        };
        let mut best: Option<Match> = None;
        for place in forms.clone() {
            let Some(&form) = self.forms.get(place) else { continue };
            let words = self.words_of(place);
            let (mut have, mut agree) = (0.0, 0.0);
            for &word in words {
                let rarity = self.rarity.get(word as usize).copied().unwrap_or_default();
                let agreement =
                    readings.iter().map(|reading| reading.agreement(word as usize, &self.words)).fold(0.0, f32::max);
                have += rarity;
                agree += rarity * agreement;
            }
            let cover = if have > 0.0 { agree / have } else { 0.0 };
            let ordered = rank == Rank::AllWords && self.in_order(words, readings);
            let rank = if ordered { Rank::WordPrefix } else { rank };
            // Beginnings of several words in their order vouch for one another: "conf reg mig".
            let score = if ordered && readings.len() > 1 { score + 0.4 * (1.0 - score) } else { score };
            let one = self.form_match(form, rank, language, score, cover);
            let better = best.is_none_or(|best| {
                let key = |one: &Match| (one.rank, Reverse((one.cover * 20.0) as u32), !one.own, one.length);
                key(&one) < key(&best)
            });
            if better {
                best = Some(one);
            }
        }
        best
    }

    /// Whether words of a form, stop words left out, begin as those of the query do, one after the other.
    fn in_order(&self, words: &[u32], readings: &[Reading]) -> bool {
        let telling: Vec<usize> =
            words.iter().map(|&word| word as usize).filter(|&word| !is_stop_word(self.words.word(word))).collect();
        telling
            .windows(readings.len().max(1))
            .any(|window| window.iter().zip(readings).all(|(&word, reading)| reading.is_there(word)))
    }

    /// Long names that are the query but for a few errors, at least one of which is a space.
    fn rank_long(&self, entry: u32, letters: &[char], words: usize, language: Language, best: &mut Best) {
        for place in self.forms_of(entry) {
            let Some(&form) = self.forms.get(place) else { continue };
            if usize::from(form.length).abs_diff(letters.len()) > 3 || self.words_of(place).len() == words {
                continue;
            }
            let whole: Vec<char> = self.wholes.word(form.whole as usize).chars().collect();
            if let Some(cost) = typing::distance(letters, &whole, tolerance(letters.len())) {
                let score = alike(cost, letters.len(), whole.len());
                best.offer(self.form_match(form, Rank::Typing, language, score, score));
            }
        }
    }

    /// Names whose letters are there in the query's order, close together: "sdrkpng".
    fn rank_letters(&self, query: &Query, language: Language, best: &mut Best) {
        let letters: Vec<char> = query.squeezed.chars().collect();
        let Some(first) = letters.first() else { return };
        if !(3..=MAX_MISTYPED).contains(&letters.len()) {
            return;
        }
        for whole in self.wholes.starting_with(first.encode_utf8(&mut [0; 4])) {
            // At least every second letter must have been typed, and at least every fifth of the whole name.
            let mut typed = letters.iter().peekable();
            let mut reach = 0;
            for letter in self.wholes.word(whole).chars().take(2 * letters.len()) {
                reach += 1;
                if typed.next_if(|&&next| next == letter).is_some() && typed.peek().is_none() {
                    break;
                }
            }
            if typed.peek().is_some() {
                continue;
            }
            for &form in self.wholes.numbers(whole) {
                let Some(&form) = self.forms.get(form as usize) else { continue };
                let cover = letters.len() as f32 / f32::from(form.length.max(1));
                if cover >= 0.2 {
                    let score = 0.6 * letters.len() as f32 / reach as f32;
                    best.offer(self.form_match(form, Rank::Fuzzy, language, score, cover));
                }
            }
        }
    }

    fn forms_of(&self, entry: u32) -> std::ops::Range<usize> {
        let start = |entry: usize| self.entries.get(entry).map_or(self.forms.len(), |entry| entry.forms as usize);
        start(entry as usize)..start(entry as usize + 1)
    }

    fn words_of(&self, form: usize) -> &[u32] {
        let start = |form: usize| self.forms.get(form).map_or(self.form_words.len(), |form| form.words as usize);
        self.form_words.get(start(form)..start(form + 1)).unwrap_or_default()
    }
}

/// The best match of each of the best entries so far. A single letter may agree with every entry of a large catalogue;
/// all but the best are forgotten from time to time.
struct Best {
    /// For each entry the place of its match, or `u32::MAX`.
    places: Vec<u32>,
    matches: Vec<Match>,
    /// So many are wanted.
    wanted: usize,
    /// What sorts no better than this has been forgotten, or would be.
    worst: Option<Key>,
}

impl Best {
    fn new(entries: usize, wanted: usize) -> Best {
        Best { places: vec![u32::MAX; entries], matches: Vec::new(), wanted, worst: None }
    }

    fn offer(&mut self, one: Match) {
        let key = one.key();
        if self.worst.is_some_and(|worst| key >= worst) {
            return;
        }
        let Some(place) = self.places.get_mut(one.entry as usize) else { return };
        match self.matches.get_mut(*place as usize) {
            None => {
                *place = self.matches.len() as u32;
                self.matches.push(one);
                if self.matches.len() >= 8 * self.wanted {
                    self.forget();
                }
            }
            Some(known) if key < known.key() => *known = one,
            Some(_) => {}
        }
    }

    /// Keeps the wanted ones only.
    fn forget(&mut self) {
        if self.matches.len() <= self.wanted {
            return;
        }
        let (_, worst, _) = self.matches.select_nth_unstable_by_key(self.wanted, Match::key);
        self.worst = Some(worst.key());
        let mut place = |entry: u32, place: u32| {
            if let Some(known) = self.places.get_mut(entry as usize) {
                *known = place;
            }
        };
        self.matches.drain(self.wanted..).for_each(|one| place(one.entry, u32::MAX));
        self.matches.iter().zip(0..).for_each(|(one, at)| place(one.entry, at));
    }

    /// The wanted ones in order.
    fn sorted(mut self) -> Vec<Match> {
        self.forget();
        self.matches.sort_by_key(Match::key);
        self.matches
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::{GeneralFile, GlossaryFile, IomFile, MeetingsFile, Process};

    fn process(id: &str, status: &str, names: &str) -> Process {
        let head = format!("id = '{id}'\nkind = 'regional'\nregion = 'africa'\ncollected = '2026'\n{names}\n");
        let tail = format!("[status]\nvalue = '{status}'\nbasis = 'silence'\n[freshness]\n[[source]]\nurl = 'x'\n");
        toml::from_str(&(head + &tail)).expect(id)
    }

    fn index() -> NameIndex {
        let named = |id: &str, status: &str, fr: &str, en: &str, es: &str, rest: &str| {
            process(id, status, &format!("name = {{ fr = \"{fr}\", en = \"{en}\", es = \"{es}\" }}\n{rest}"))
        };
        let south = ("Dialogue sur la migration pour l'Afrique australe", "Migration Dialogue for Southern Africa");
        let west = ("Dialogue sur la migration pour l'Afrique de l'Ouest", "Migration Dialogue for West Africa");
        let puebla = ("Conférence régionale sur la migration", "Regional Conference on Migration");
        let panel = "Groupe du Partenariat oriental (ancien Processus de Söderköping)";
        let former = "former_names = ['Building Migration Partnerships']";
        let acronyms = "acronym = { fr = 'CRM', en = 'RCM' }\naliases = ['Processus de Puebla']";
        let processes = vec![
            named("midsa", "active", south.0, south.1, "", "acronym = 'MIDSA'"),
            named("midwa", "active", west.0, west.1, "", "acronym = 'MIDWA'"),
            named("prague", "active", "Processus de Prague", "Prague Process", "Proceso de Praga", former),
            named("manille", "inactive", "Processus de Manille", "Manila Process", "Proceso de Manila", ""),
            named("puebla", "active", puebla.0, puebla.1, "", acronyms),
            named("hoai", "active", "Initiative Union africaine-Corne de l'Afrique", "", "", "acronym = 'AU-HoAI'"),
            named("soder", "inactive", panel, "", "", ""),
            named("bp", "active", "", "Budapest Process", "", "acronym = 'BP'\naliases = ['Partnerships']"),
        ];
        let meetings: MeetingsFile = toml::from_str(
            "collected = '2026'\n[series]\nname = { fr = 'Réunions mondiales' }\nacronym = 'GRCP'\nsince = '2005'\n\
             rhythm = {}\norganiser = 'iom'\ninvited = {}\naims = []\nsource = []\n\
             [[meeting]]\nid = 'grcp-8'\nordinal = 8\ndate = '2019-05'\nname = { fr = 'Huitième réunion mondiale' }\nplace = { fr = 'Genève', en = 'Geneva' }\nsource = []\n\
             [[meeting]]\nid = 'grcp-1'\nordinal = 1\ndate = '2005'\nname = { fr = 'Atelier' }\nplace = { fr = 'Genève' }\nsource = []\n",
        )
        .expect("meetings");
        let iom: IomFile =
            toml::from_str("collected = '2026'\npages = {}\nsummary = {}\nfigure = []\nrole = []\nbasic = []")
                .expect("iom");
        let general: GeneralFile = toml::from_str(
            "collected = '2026'\npages = {}\nfeature = []\ntopic = []\nachievement = []\ncontribution = []\nreference = []\n\
             level = []\ncount = []\nmilestone = []\nstudy = []\n[definition]\ntext = {}\nsource = []",
        )
        .expect("general");
        let glossary: GlossaryFile = toml::from_str("collected = '2026'\nterm = []").expect("glossary");
        let parts = (Vec::new(), Vec::new(), Vec::new());
        NameIndex::new(&Catalogue::from_parts(processes, parts, meetings, (iom, general, glossary)))
    }

    fn one(finding: &Finding<'_>) -> Option<(String, Rank)> {
        match finding {
            Finding::One(one) => Some((one.id.to_owned(), one.rank)),
            _ => None,
        }
    }

    #[test]
    fn each_rank_has_its_query() {
        let index = index();
        for (query, id, rank) in [
            ("midsa", "midsa", Rank::Id),
            ("MIDSA", "midsa", Rank::Acronym),
            ("processus DE prague", "prague", Rank::Exact),
            ("Prague-Process", "prague", Rank::Exact),
            ("AU HoAI", "hoai", Rank::Acronym),
            ("auhoai", "hoai", Rank::Acronym),
            ("A.U. HoAI", "hoai", Rank::Acronym),
            ("processus de puebla", "puebla", Rank::Alias),
            ("Building migration partnerships", "prague", Rank::Former),
            ("Groupe du partenariat oriental", "soder", Rank::Part),
            ("conférence rég", "puebla", Rank::Prefix),
            ("Afrique australe", "midsa", Rank::WordPrefix),
            ("australe dialogue", "midsa", Rank::AllWords),
            ("Processus de Pargue", "prague", Rank::Typing),
            ("processusde prague", "prague", Rank::Exact),
            ("conf reg mig", "puebla", Rank::WordPrefix),
            ("soderkoping", "soder", Rank::WordPrefix),
            ("soederkopping", "soder", Rank::Typing),
        ] {
            let finding = index.find(Entity::Process, query, Language::Fr);
            assert_eq!(one(&finding), Some((id.to_owned(), rank)), "{query:?}: {finding:?}");
        }
        // Letters in order are enough to be named, not to be answered.
        let Finding::None { nearest } = index.find(Entity::Process, "bdpst", Language::Fr) else {
            panic!("a fuzzy match was taken for an answer")
        };
        assert_eq!(nearest.first().map(|one| (one.id, one.rank)), Some(("bp", Rank::Fuzzy)));
    }

    #[test]
    fn doubt_offers_a_choice_and_nothing_good_is_nothing() {
        let index = index();
        let Finding::Several(several) = index.find(Entity::Process, "processus de", Language::Fr) else {
            panic!("stop words decided")
        };
        // An active process before one that has ended.
        assert_eq!(several.iter().map(|one| one.id).collect::<Vec<_>>(), ["puebla", "prague", "manille"]);
        let Finding::Several(several) = index.find(Entity::Process, "MIDZA", Language::Fr) else { panic!("MIDZA") };
        assert_eq!(several.first().map(|one| one.id), Some("midsa"));
        for query in ["", " ", "le", "the", "a", "pizza", "processus de pizza", "🍕", "processus de Kyoto"] {
            let finding = index.find(Entity::Process, query, Language::Fr);
            assert!(matches!(&finding, Finding::None { nearest } if nearest.len() <= 3), "{query:?}: {finding:?}");
        }
    }

    #[test]
    fn a_present_name_is_not_doubted_for_a_former_one() {
        let index = index();
        assert_eq!(
            one(&index.find(Entity::Process, "partnerships", Language::En)),
            Some(("bp".to_owned(), Rank::Alias))
        );
    }

    #[test]
    fn meetings_go_by_year_number_and_place() {
        let index = index();
        for query in
            ["2019", "8", "8e", "8e réunion", "8th meeting", "8.ª reunión", "huitième réunion", "GRCP-8", "grcp 8"]
        {
            let finding = index.find(Entity::Meeting, query, Language::Es);
            assert_eq!(one(&finding).map(|(id, _)| id).as_deref(), Some("grcp-8"), "{query:?}: {finding:?}");
        }
        assert!(matches!(index.find(Entity::Meeting, "geneve", Language::Fr), Finding::Several(two) if two.len() == 2));
    }

    #[test]
    fn completing_starts_with_what_people_look_for() {
        let index = index();
        assert_eq!(index.complete(Entity::Meeting, "", Language::Fr, 25), ["grcp-8", "grcp-1"]);
        let all = index.complete(Entity::Process, " ", Language::Fr, 25);
        assert_eq!(all.len(), 8);
        assert!(["manille", "soder"].iter().all(|id| all[6..].contains(id)), "{all:?}");
        assert_eq!(index.complete(Entity::Process, "pr", Language::Fr, 2), ["puebla", "prague"]);
        assert_eq!(index.complete(Entity::Process, "mid", Language::Fr, 25), ["midsa", "midwa"]);
        assert_eq!(index.complete(Entity::Process, "prage", Language::Es, 25), ["prague"]);
        assert_eq!(index.complete(Entity::Process, "prague", Language::Es, 0), [""; 0]);
        assert!(index.complete(Entity::Process, "xyzzy", Language::Fr, 25).is_empty());
    }

    #[test]
    fn the_readers_language_goes_first_among_equals() {
        let index = index();
        let first = |query, language| index.complete(Entity::Process, query, language, 1).first().copied();
        // "Proceso de Praga" is Spanish; to an English reader "Processus de Puebla", an alias, is as near as any.
        assert_eq!(first("proces", Language::Es), Some("prague"));
        assert_eq!(first("proces", Language::En), Some("puebla"));
    }

    #[test]
    fn all_kinds_are_searched_together() {
        let index = index();
        assert!(matches!(index.find_any("2019", Language::Fr), Finding::One(one) if one.entity == Entity::Meeting));
        assert!(matches!(index.find_any("MIDSA", Language::Fr), Finding::One(one) if one.entity == Entity::Process));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>(), words in "[a-z' -]{0,120}", limit in 0usize..30) {
            let index = index();
            for query in [text, words] {
                for entity in Entity::ALL {
                    let completed = index.complete(entity, &query, Language::Fr, limit);
                    prop_assert!(completed.len() <= limit);
                    match index.find(entity, &query, Language::Es) {
                        Finding::One(_) => {}
                        Finding::Several(several) => prop_assert!((2..=MAX_SEVERAL).contains(&several.len())),
                        Finding::None { nearest } => prop_assert!(nearest.len() <= MAX_NEAREST),
                    }
                }
                index.find_any(&query, Language::En);
            }
        }

        #[test]
        fn long_texts_are_answered(piece in "\\PC{1,40}", times in 1usize..200) {
            let index = index();
            let text: String = piece.repeat(times).chars().take(6_000).collect();
            index.find_any(&text, Language::Fr);
            prop_assert!(index.complete(Entity::Process, &text, Language::Fr, 25).len() <= 25);
        }
    }
}
