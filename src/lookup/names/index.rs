//! The names of the entries of one kind, indexed: by their words, and as wholes without their spaces.

use crate::catalogue::fold::{fold_within, squeeze};
use crate::catalogue::{Catalogue, Language};
use crate::lookup::Entity;
use crate::lookup::forms::{self, FormKind};
use crate::lookup::names::query::NameQuery;
use crate::lookup::names::ranking::{Candidate, NameMatch, Rank};
use crate::lookup::names::weights::{ENOUGH, LEAST_RAREST, MAX_QUERY, SILENT};
use crate::lookup::sort::Sorter;
use crate::lookup::states::{StateName, is_state_word};
use crate::lookup::stop::{is_stop_word, without_articles};
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
    /// From a whole name without spaces to its forms, with and without the articles around it.
    pub(crate) wholes: Words,
    /// From the core of a name to its forms; of countries only.
    pub(crate) cores: Words,
    /// For each language the entries as lists show them.
    pub(crate) orders: [Vec<u32>; 3],
    /// The inverse: for each language the place of each entry.
    pub(crate) positions: [Vec<u32>; 3],
}

#[derive(Debug)]
pub(crate) struct IndexedEntry {
    pub(crate) id: Box<str>,
    pub(crate) status: u8,
    /// The id of the State that administers it, where it is a territory.
    pub(crate) administered_by: Option<Box<str>>,
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
    /// Which words of State forms it has; see [`StateName`].
    pub(crate) state_form: u64,
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
        let (mut words, mut wholes, mut cores) = (Collector::default(), Collector::default(), Collector::default());
        let mut form_words = Vec::new();
        for (entry, one) in source.iter().enumerate() {
            let entry = entry as u32;
            let start = forms.len();
            entries.push(IndexedEntry {
                id: one.id.as_str().into(),
                status: one.status,
                administered_by: one.administered_by.as_deref().map(Into::into),
                forms: start as u32,
            });
            for form in &one.forms {
                let folded = fold_within(&form.text, MAX_QUERY);
                let squeezed = squeeze(&folded);
                if squeezed.is_empty() {
                    continue;
                }
                let languages = form.language.map_or(0b111, |language| 1 << language.index());
                let whole = wholes.add_to(&squeezed, forms.len() as u32);
                let parts: Vec<&str> = folded.split(' ').collect();
                // What stands in brackets is no name, Hong Kong (China) is not China; nor has a code an official form.
                let may_be_state = |kind| {
                    entity == Entity::Country && !matches!(kind, FormKind::Bare | FormKind::Part | FormKind::Acronym)
                };
                let state = may_be_state(form.kind).then(|| StateName::read(parts.iter().copied())).flatten();
                let mut known = forms.iter_mut().enumerate().skip(start);
                if let Some((place, known)) = known.find(|(_, known)| known.whole == whole) {
                    if let Some(name) = state.filter(|_| !may_be_state(known.kind)) {
                        known.state_form = name.form;
                        cores.add_to(&name.core, place as u32);
                    }
                    known.languages |= languages;
                    known.kind = known.kind.min(form.kind);
                    wholes.take_back();
                    continue;
                }
                let length = squeezed.chars().count() as u16;
                let bare = without_articles(&parts);
                if bare.len() < parts.len() && !bare.is_empty() {
                    wholes.add_to(&bare.concat(), forms.len() as u32);
                }
                if let Some(name) = &state {
                    cores.add_to(&name.core, forms.len() as u32);
                }
                forms.push(IndexedForm {
                    entry,
                    kind: form.kind,
                    languages,
                    length,
                    whole,
                    state_form: state.map_or(0, |name| name.form),
                    words: form_words.len() as u32,
                });
                form_words.extend(parts.iter().map(|word| words.add_to(word, entry)));
            }
        }
        let ((words, word_places), (wholes, whole_places)) = (words.build(), wholes.build());
        let (cores, _) = cores.build_exact();
        // So far they were numbered as they came; each number has its place.
        form_words.iter_mut().for_each(|word| *word = word_places[*word as usize]);
        forms.iter_mut().for_each(|form| form.whole = whole_places[form.whole as usize]);
        let rarity = |entries_with: usize| {
            let (all, with) = (entries.len() as f32, entries_with as f32);
            (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
        };
        let rarest = rarity(1).max(LEAST_RAREST);
        let rarity = (0..words.len())
            .map(|place| match is_silent(entity, words.word(place)) {
                true => SILENT,
                false => rarity(words.numbers(place).len()),
            })
            .collect();
        let mut by_id: Vec<u32> = (0..entries.len() as u32).collect();
        by_id.sort_by_key(|&entry| entries.get(entry as usize).map(|entry| &entry.id));
        forms.shrink_to_fit();
        form_words.shrink_to_fit();
        NameTable { entity, entries, by_id, forms, form_words, words, rarity, rarest, wholes, cores, orders, positions }
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

    /// Whether a word tells nothing by itself among these entries.
    pub(crate) fn is_silent(&self, word: &str) -> bool {
        is_silent(self.entity, word)
    }

    /// Whether a query says enough besides what is silent here. "République populaire" is nobody's name, though one
    /// country alone may have both words; and "République de Ch" may become China or Chad.
    pub(crate) fn tells(&self, query: &NameQuery, rank: Rank) -> bool {
        let telling = query.words.iter().filter(|word| !self.is_silent(word));
        let letters: usize = telling.map(|word| word.chars().count()).sum();
        match rank {
            Rank::Prefix => letters == 0 || letters >= ENOUGH.0 || self.entity != Entity::Country,
            rank => rank < Rank::Prefix || letters > 0,
        }
    }

    /// Whether nothing is missing of a region's name but letters. There are so few regions that one word of a name, the
    /// "monde" of "monde arabe", hardly ever begins another's, and more likely means something else.
    pub(crate) fn is_whole_enough(&self, query: &NameQuery, one: &NameMatch) -> bool {
        if self.entity != Entity::Region || one.rank.is_whole() {
            return true;
        }
        let asked = query.words.iter().filter(|word| !self.is_silent(word)).count();
        let said = |place: &usize| {
            let words = self.words_of(*place).iter().map(|&word| self.words.word(word as usize));
            words.filter(|word| !self.is_silent(word)).count()
        };
        let forms = self.forms_of(one.entry).filter(|&place| {
            self.forms.get(place).is_some_and(|form| (form.length, form.kind) == (one.length, one.kind))
        });
        forms.map(|place| said(&place)).any(|said| said <= asked)
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

fn is_silent(entity: Entity, word: &str) -> bool {
    is_stop_word(word) || entity == Entity::Country && is_state_word(word)
}
