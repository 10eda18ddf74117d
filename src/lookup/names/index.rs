//! The names of the entries of one kind, indexed: by their words, and as wholes without their spaces.

use crate::catalogue::fold::{fold_within, squeeze};
use crate::catalogue::{Catalogue, Language};
use crate::lookup::Entity;
use crate::lookup::forms::{self, FormKind};
use crate::lookup::names::ranking::{Candidate, NameMatch, Rank};
use crate::lookup::names::weights::{LEAST_RAREST, MAX_QUERY, SILENT};
use crate::lookup::sort::Sorter;
use crate::lookup::stop::is_stop_word;
use crate::lookup::words::{Collector, Words};

/// The names of the entries of one kind.
#[derive(Debug)]
pub(crate) struct NameTable {
    pub(crate) entity: Entity,
    pub(crate) entries: Vec<IndexedEntry>,
    /// The entries by id.
    pub(crate) by_id: Vec<u32>,
    pub(crate) forms: Vec<IndexedForm>,
    /// The words of all forms, one form after the other.
    pub(crate) form_words: Vec<u32>,
    /// From a word to the entries that have it in any form.
    pub(crate) words: Words,
    /// For each word how much it tells.
    pub(crate) rarity: Vec<f32>,
    /// How much a word tells that only one entry has, or none.
    pub(crate) rarest: f32,
    /// From a whole name without spaces to its forms.
    pub(crate) wholes: Words,
    /// For each language the entries as lists show them.
    pub(crate) orders: [Vec<u32>; 3],
    /// The inverse: for each language the place of each entry.
    pub(crate) positions: [Vec<u32>; 3],
}

#[derive(Debug)]
pub(crate) struct IndexedEntry {
    pub(crate) id: Box<str>,
    pub(crate) status: u8,
    /// Where its forms begin; they end where those of the next begin.
    pub(crate) forms: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexedForm {
    pub(crate) entry: u32,
    pub(crate) kind: FormKind,
    /// One bit for each language that it belongs to.
    pub(crate) languages: u8,
    pub(crate) length: u16,
    /// Its place in the index of whole names.
    pub(crate) whole: u32,
    /// Where its words begin; they end where those of the next form begin.
    pub(crate) words: u32,
}

impl NameTable {
    #[expect(
        clippy::indexing_slicing,
        reason = "an order holds each entry once, and a number that was given out has its place"
    )]
    pub(crate) fn new(catalogue: &Catalogue, entity: Entity, sorters: &[Sorter; 3]) -> NameTable {
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
        let (mut entries, mut forms): (Vec<IndexedEntry>, Vec<IndexedForm>) =
            (Vec::with_capacity(source.len()), Vec::new());
        let (mut words, mut wholes) = (Collector::default(), Collector::default());
        let mut form_words = Vec::new();
        for (entry, one) in source.iter().enumerate() {
            let entry = entry as u32;
            let start = forms.len();
            entries.push(IndexedEntry { id: one.id.as_str().into(), status: one.status, forms: start as u32 });
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
                forms.push(IndexedForm {
                    entry,
                    kind: form.kind,
                    languages,
                    length,
                    whole,
                    words: form_words.len() as u32,
                });
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
        let rarest = rarity(1).max(LEAST_RAREST);
        let rarity = (0..words.len())
            .map(|place| if is_stop_word(words.word(place)) { SILENT } else { rarity(words.numbers(place).len()) })
            .collect();
        let mut by_id: Vec<u32> = (0..entries.len() as u32).collect();
        by_id.sort_by_key(|&entry| entries.get(entry as usize).map(|entry| &entry.id));
        forms.shrink_to_fit();
        form_words.shrink_to_fit();
        NameTable { entity, entries, by_id, forms, form_words, words, rarity, rarest, wholes, orders, positions }
    }

    pub(crate) fn candidate(&self, one: &NameMatch) -> Candidate<'_> {
        let id = self.entries.get(one.entry as usize).map_or("", |entry| &entry.id);
        Candidate { entity: self.entity, id, rank: one.rank, kind: one.kind, score: one.score }
    }

    /// What is offered when nothing has been typed.
    #[expect(clippy::indexing_slicing, reason = "there is an order for each language")]
    pub(crate) fn defaults(&self, language: Language, limit: usize) -> Vec<NameMatch> {
        let order = &self.orders[language.index()];
        order.iter().take(limit).map(|&entry| self.whole_entry(entry, Rank::Prefix, language)).collect()
    }

    pub(crate) fn whole_entry(&self, entry: u32, rank: Rank, language: Language) -> NameMatch {
        NameMatch {
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

    #[expect(clippy::indexing_slicing, reason = "there are positions for each language")]
    pub(crate) fn position(&self, entry: u32, language: Language) -> u32 {
        self.positions[language.index()].get(entry as usize).copied().unwrap_or(u32::MAX)
    }

    pub(crate) fn form_match(
        &self,
        form: IndexedForm,
        rank: Rank,
        language: Language,
        score: f32,
        cover: f32,
    ) -> NameMatch {
        NameMatch {
            kind: form.kind,
            own: form.languages & (1 << language.index()) != 0,
            length: form.length,
            score,
            cover,
            ..self.whole_entry(form.entry, rank, language)
        }
    }

    pub(crate) fn forms_of(&self, entry: u32) -> std::ops::Range<usize> {
        let start = |entry: usize| self.entries.get(entry).map_or(self.forms.len(), |entry| entry.forms as usize);
        start(entry as usize)..start(entry as usize + 1)
    }

    pub(crate) fn words_of(&self, form: usize) -> &[u32] {
        let start = |form: usize| self.forms.get(form).map_or(self.form_words.len(), |form| form.words as usize);
        self.form_words.get(start(form)..start(form + 1)).unwrap_or_default()
    }
}
