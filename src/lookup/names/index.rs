//! The names of the entries of one kind, indexed: by their words, and as wholes without their spaces.

use crate::catalogue::fold::{fold_within, squeeze};
use crate::catalogue::{Catalogue, Language, Moved, Process};
use crate::lookup::Entity;
use crate::lookup::forms::{self, FormKind, NamedEntry, Weights};
use crate::lookup::names::query::NameQuery;
use crate::lookup::names::ranking::{Candidate, NameMatch, Rank};
use crate::lookup::names::weights::{ENOUGH, LEAST_RAREST, MAX_QUERY, SILENT};
use crate::lookup::sort::Sorter;
use crate::lookup::states::{StateName, is_state_word};
use crate::lookup::stop::{is_stop_word, without_articles};
use crate::lookup::words::{Collector, GONE, Words};

/// The names of the entries of one kind.
#[derive(Debug, PartialEq)]
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
    /// For each word whether it says nothing by itself.
    pub(crate) silent: Vec<bool>,
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

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct IndexedEntry {
    pub(crate) id: Box<str>,
    pub(crate) status: u8,
    /// The id of the State that administers it, where it is a territory.
    pub(crate) administered_by: Option<Box<str>>,
    /// Where its forms begin; they end where those of the next begin.
    pub(crate) forms: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
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

impl IndexedEntry {
    fn new(one: &NamedEntry, forms: usize) -> IndexedEntry {
        IndexedEntry {
            id: one.id.as_str().into(),
            status: one.status,
            administered_by: one.administered_by.as_deref().map(Into::into),
            forms: forms as u32,
        }
    }
}

/// A form as it is to be indexed.
struct WrittenForm {
    kind: FormKind,
    languages: u8,
    /// Its words, with single spaces between them.
    folded: String,
    /// The same without spaces.
    whole: String,
    /// The whole without the articles around it, where it has any.
    bare: Option<String>,
    /// What the name of a State tells without the words for its form; see [`StateName`].
    cores: Vec<String>,
    state_form: u64,
}

impl WrittenForm {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.folded.split(' ')
    }

    fn indexed(&self, entry: u32, whole: u32, words: usize) -> IndexedForm {
        IndexedForm {
            entry,
            kind: self.kind,
            languages: self.languages,
            length: self.whole.chars().count() as u16,
            whole,
            state_form: self.state_form,
            words: words as u32,
        }
    }
}

/// The forms of an entry, those of the same letters together.
fn written_forms(entity: Entity, one: &NamedEntry) -> Vec<WrittenForm> {
    let mut forms: Vec<WrittenForm> = Vec::with_capacity(one.forms.len());
    for form in &one.forms {
        let folded = fold_within(&form.text, MAX_QUERY);
        let whole = squeeze(&folded);
        if whole.is_empty() {
            continue;
        }
        let languages = form.language.map_or(0b111, |language| 1 << language.index());
        // What stands in brackets is no name, Hong Kong (China) is not China; nor has a code an official form.
        let may_be_state = |kind| {
            use FormKind::{Acronym, Bare, OtherCode, Part};
            entity == Entity::Country && !matches!(kind, Bare | Part | Acronym | OtherCode)
        };
        let state = may_be_state(form.kind).then(|| StateName::read(folded.split(' '))).flatten();
        if let Some(known) = forms.iter_mut().find(|known| known.whole == whole) {
            if let Some(name) = state.filter(|_| !may_be_state(known.kind)) {
                known.state_form = name.form;
                known.cores.push(name.core);
            }
            known.languages |= languages;
            known.kind = known.kind.min(form.kind);
            continue;
        }
        let parts: Vec<&str> = folded.split(' ').collect();
        let bare = without_articles(&parts);
        let bare = (bare.len() < parts.len() && !bare.is_empty()).then(|| bare.concat());
        let (cores, state_form) = state.map_or((Vec::new(), 0), |name| (vec![name.core], name.form));
        forms.push(WrittenForm { kind: form.kind, languages, folded, whole, bare, cores, state_form });
    }
    forms
}

impl NameTable {
    pub(crate) fn new(catalogue: &Catalogue, weights: &Weights, entity: Entity, sorters: &[Sorter; 3]) -> NameTable {
        let source = forms::entries(catalogue, weights, entity);
        let orders = sorters.each_ref().map(|sorter| forms::order(&source, sorter));
        let (mut entries, mut forms): (Vec<IndexedEntry>, Vec<IndexedForm>) =
            (Vec::with_capacity(source.len()), Vec::new());
        let (mut words, mut wholes, mut cores) = (Collector::default(), Collector::default(), Collector::default());
        let mut form_words = Vec::new();
        for (one, entry) in source.iter().zip(0..) {
            entries.push(IndexedEntry::new(one, forms.len()));
            for form in written_forms(entity, one) {
                let place = forms.len() as u32;
                let whole = wholes.add_to(&form.whole, place);
                form.bare.iter().for_each(|bare| _ = wholes.add_to(bare, place));
                form.cores.iter().for_each(|core| _ = cores.add_to(core, place));
                forms.push(form.indexed(entry, whole, form_words.len()));
                form_words.extend(form.words().map(|word| words.add_to(word, entry)));
            }
        }
        let ((words, word_places), (wholes, whole_places)) = (words.build(), wholes.build());
        let (cores, _) = cores.build_exact();
        // So far they were numbered as they came; each number has its place.
        let placed = |places: &[u32], number: u32| places.get(number as usize).copied().unwrap_or_default();
        form_words.iter_mut().for_each(|word| *word = placed(&word_places, *word));
        forms.iter_mut().for_each(|form| form.whole = placed(&whole_places, form.whole));
        NameTable::whole(entity, (entries, forms, form_words), (words, wholes, cores), orders)
    }

    /// The table of the processes, made from the one before and from the names of those that have come.
    pub(crate) fn edited(&self, moved: &Moved<'_>, sorters: &[Sorter; 3]) -> NameTable {
        let key = |sorter: &Sorter, process: &Process| {
            let one = forms::process(moved.now, process);
            let name = one.names.get(sorter.language().index()).map_or("", String::as_str);
            (one.status, one.weight, sorter.key(name), one.id)
        };
        let mut orders = [Vec::new(), Vec::new(), Vec::new()];
        for ((order, before), sorter) in orders.iter_mut().zip(&self.orders).zip(sorters) {
            *order = moved.order(before, |process| key(sorter, process));
        }
        // The entries are the processes, in their order: first who they are and how many forms they have.
        enum EntrySource {
            Kept { before: u32 },
            New { forms: Vec<WrittenForm> },
        }
        let mut before = vec![None; moved.now.processes.len()];
        for (place, now) in moved.places.iter().enumerate() {
            if let Some(there) = now.and_then(|now| before.get_mut(now as usize)) {
                *there = Some(place as u32);
            }
        }
        let mut entries = Vec::with_capacity(before.len());
        let mut sources = Vec::with_capacity(before.len());
        let mut form_places = vec![GONE; self.forms.len()];
        let (mut count, mut named, mut called) = (0, Vec::new(), Vec::new());
        for ((process, before), entry) in moved.now.processes.iter().zip(before).zip(0..) {
            match before.and_then(|before| Some((before, self.entries.get(before as usize)?))) {
                Some((before, known)) => {
                    entries.push(IndexedEntry { forms: count, ..known.clone() });
                    for place in self.forms_of(before) {
                        form_places.get_mut(place).into_iter().for_each(|there| *there = count);
                        count += 1;
                    }
                    sources.push(EntrySource::Kept { before });
                }
                None => {
                    let one = forms::process(moved.now, process);
                    entries.push(IndexedEntry::new(&one, count as usize));
                    let forms = written_forms(Entity::Process, &one);
                    for form in &forms {
                        named.extend(form.words().map(|word| (word.to_owned(), entry)));
                        called.extend(
                            [Some(&form.whole), form.bare.as_ref()]
                                .into_iter()
                                .flatten()
                                .map(|one| (one.clone(), count)),
                        );
                        count += 1;
                    }
                    sources.push(EntrySource::New { forms });
                }
            }
        }
        let stays = |form: u32| form_places.get(form as usize).copied().filter(|place| *place != GONE);
        let (words, word_places) = self.words.edited(|entry| moved.place(entry), named);
        let (wholes, whole_places) = self.wholes.edited(stays, called);
        let placed = |places: &[u32], number: u32| places.get(number as usize).copied().unwrap_or_default();
        let found = |index: &Words, word: &str| index.find(word).unwrap_or_default() as u32;
        let (mut forms, mut form_words) =
            (Vec::with_capacity(count as usize), Vec::with_capacity(self.form_words.len()));
        for (source, entry) in sources.into_iter().zip(0..) {
            match source {
                EntrySource::Kept { before } => {
                    for place in self.forms_of(before) {
                        let Some(&form) = self.forms.get(place) else { continue };
                        let whole = placed(&whole_places, form.whole);
                        forms.push(IndexedForm { entry, whole, words: form_words.len() as u32, ..form });
                        form_words.extend(self.words_of(place).iter().map(|word| placed(&word_places, *word)));
                    }
                }
                EntrySource::New { forms: new } => {
                    for form in new {
                        forms.push(form.indexed(entry, found(&wholes, &form.whole), form_words.len()));
                        form_words.extend(form.words().map(|word| found(&words, word)));
                    }
                }
            }
        }
        let (cores, _) = Collector::default().build_exact();
        NameTable::whole(Entity::Process, (entries, forms, form_words), (words, wholes, cores), orders)
    }

    /// The table of what was indexed.
    fn whole(
        entity: Entity,
        (entries, mut forms, mut form_words): (Vec<IndexedEntry>, Vec<IndexedForm>, Vec<u32>),
        (words, wholes, cores): (Words, Words, Words),
        orders: [Vec<u32>; 3],
    ) -> NameTable {
        let positions = orders.each_ref().map(|order| {
            let mut positions = vec![0; order.len()];
            for (&entry, position) in order.iter().zip(0..) {
                positions.get_mut(entry as usize).into_iter().for_each(|there| *there = position);
            }
            positions
        });
        let rarity = |entries_with: usize| {
            let (all, with) = (entries.len() as f32, entries_with as f32);
            (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
        };
        let rarest = rarity(1).max(LEAST_RAREST);
        let silent: Vec<bool> = (0..words.len()).map(|place| is_silent(entity, words.word(place))).collect();
        let rarity = silent
            .iter()
            .enumerate()
            .map(|(place, silent)| match silent {
                true => SILENT,
                false => rarity(words.numbers(place).len()),
            })
            .collect();
        let mut by_id: Vec<u32> = (0..entries.len() as u32).collect();
        by_id.sort_by_key(|&entry| entries.get(entry as usize).map(|entry| &entry.id));
        forms.shrink_to_fit();
        form_words.shrink_to_fit();
        NameTable {
            entity,
            entries,
            by_id,
            forms,
            form_words,
            words,
            rarity,
            silent,
            rarest,
            wholes,
            cores,
            orders,
            positions,
        }
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

    /// Whether a word of this table says nothing by itself, by its place.
    pub(crate) fn is_silent_at(&self, place: usize) -> bool {
        self.silent.get(place).is_some_and(|silent| *silent)
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
    /// "monde" of "monde arabe", hardly ever begins another's, and more likely means something else. Nor is one word from within
    /// a term that term: a "migrant" is no smuggling of migrants.
    pub(crate) fn is_whole_enough(&self, query: &NameQuery, one: &NameMatch) -> bool {
        let is_apart = self.entity == Entity::Term && one.rank > Rank::Prefix;
        if self.entity != Entity::Region && !is_apart || one.rank.is_whole() {
            return true;
        }
        let asked = query.words.iter().filter(|word| !self.is_silent(word)).count();
        // Several words of a term vouch for one another.
        let enough = if is_apart && asked > 1 { 2 * asked } else { asked };
        let said = |place: &usize| {
            let words = self.words_of(*place).iter().map(|&word| self.words.word(word as usize));
            words.filter(|word| !self.is_silent(word)).count()
        };
        let forms = self.forms_of(one.entry).filter(|&place| {
            self.forms.get(place).is_some_and(|form| (form.length, form.kind) == (one.length, one.kind))
        });
        forms.map(|place| said(&place)).any(|said| said <= enough)
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
