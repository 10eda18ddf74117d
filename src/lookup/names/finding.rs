//! Finding the entry that a person means: one, one of several, or none.

use std::sync::Arc;
use std::thread;

use crate::catalogue::{Catalogue, Language, Moved, joined};
use crate::lookup::Entity;
use crate::lookup::forms::{FormKind, Weights};
use crate::lookup::names::index::NameTable;
use crate::lookup::names::query::NameQuery;
use crate::lookup::names::ranking::{Candidate, NameMatch, Rank};
use crate::lookup::names::weights::{ALONE_MISTYPED, LONGEST_ACRONYM, MAX_NEAREST, MAX_SEVERAL, NEAR};
use crate::lookup::sort::Sorter;

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
#[derive(Debug, PartialEq)]
pub struct NameIndex {
    /// One for each kind of entry, in their order. What did not change is shared with the index before.
    tables: Vec<Arc<NameTable>>,
    weights: Weights,
}

impl NameIndex {
    /// Indexes every name of a catalogue.
    pub fn new(catalogue: &Catalogue) -> NameIndex {
        let sorters = Language::ALL.map(Sorter::new);
        let weights = Weights::new(catalogue);
        let table = |entity| Arc::new(NameTable::new(catalogue, &weights, entity, &sorters));
        // Countries have about as many names as all other entries of a small catalogue together.
        let tables = thread::scope(|scope| {
            let countries = scope.spawn(|| table(Entity::Country));
            let mut others: Vec<_> =
                Entity::ALL.into_iter().map(|entity| (entity != Entity::Country).then(|| table(entity))).collect();
            let mut countries = Some(joined(countries));
            others.iter_mut().filter_map(|other| other.take().or_else(|| countries.take())).collect()
        });
        NameIndex { tables, weights }
    }

    /// The same, made from the index of the catalogue before and from what has changed since.
    pub(crate) fn edited(&self, moved: &Moved<'_>) -> NameIndex {
        let (before, now) = (moved.former, moved.now);
        let sorters = Language::ALL.map(Sorter::new);
        let weights = self.weights.edited(moved);
        let [countries_weigh, organisations_weigh] = weights.equal(&self.weights);
        let regions = before.regions == now.regions;
        let countries = before.countries == now.countries;
        let table = |&entity: &Entity| {
            let is_same = match entity {
                Entity::Process => regions && moved.gone.is_empty() && moved.come.is_empty(),
                Entity::Region => regions,
                Entity::Country => countries && countries_weigh,
                Entity::Organisation => organisations_weigh && before.organisations == now.organisations,
                Entity::Meeting => countries && before.meetings == now.meetings,
                Entity::Term => before.glossary == now.glossary,
                Entity::Topic => before.topics == now.topics,
            };
            match self.tables.get(entity as usize) {
                Some(table) if is_same => Arc::clone(table),
                Some(table) if entity == Entity::Process && regions => Arc::new(table.edited(moved, &sorters)),
                _ => Arc::new(NameTable::new(now, &weights, entity, &sorters)),
            }
        };
        NameIndex { tables: Entity::ALL.iter().map(table).collect(), weights }
    }

    /// What a reader of `language` means by `query`, among the entries of one kind.
    pub fn find(&self, entity: Entity, query: &str, language: Language) -> Finding<'_> {
        match self.decide(self.table(entity).into_iter(), query, language) {
            // "Afrique" begins a country's name, and is a region's.
            Finding::One(one)
                if entity == Entity::Country
                    && !one.rank.is_whole()
                    && self.is_name(Entity::Region, query, language) =>
            {
                Finding::None { nearest: vec![one] }
            }
            finding => finding,
        }
    }

    /// What a reader of `language` means by `query`, among the entries of several kinds.
    pub fn find_among(&self, entities: &[Entity], query: &str, language: Language) -> Finding<'_> {
        self.decide(entities.iter().filter_map(|entity| self.table(*entity)), query, language)
    }

    /// What a reader of `language` means by `query`, among all entries.
    pub fn find_any(&self, query: &str, language: Language) -> Finding<'_> {
        self.decide(self.tables.iter().map(Arc::as_ref), query, language)
    }

    /// Whether `text` is a name of an entry of one kind as it stands, with nothing left open.
    pub fn is_name(&self, entity: Entity, text: &str, language: Language) -> bool {
        self.table(entity).is_some_and(|table| table.is_name(&NameQuery::new(text), language))
    }

    pub(crate) fn table(&self, entity: Entity) -> Option<&NameTable> {
        self.tables.get(entity as usize).map(Arc::as_ref)
    }

    fn decide<'a>(
        &'a self,
        tables: impl Iterator<Item = &'a NameTable>,
        query: &str,
        language: Language,
    ) -> Finding<'a> {
        let query = NameQuery::new(query);
        let mut all: Vec<(&NameTable, NameMatch)> = Vec::new();
        for table in tables {
            all.extend(table.meant(&query, language, MAX_SEVERAL + 1).into_iter().map(|one| (table, one)));
        }
        // Both sorts are stable, so equals of several tables stay in the order of the tables.
        all.sort_by_key(|(_, one)| one.key());
        let Some((best, others)) = all.split_first() else { return Finding::None { nearest: Vec::new() } };
        let (first, candidate) = (best.1, |(table, one): &(&'a NameTable, NameMatch)| table.candidate(one));
        let rivals: Vec<Candidate<'_>> =
            others.iter().filter(|(_, one)| one.rivals(&first)).take(MAX_SEVERAL - 1).map(candidate).collect();
        // "OEA" in capitals is an acronym of its own, and not the beginning of "OEACP".
        let begins = match first.rank {
            Rank::Prefix => matches!(first.kind, FormKind::Acronym | FormKind::Alias | FormKind::OtherCode),
            // Of one word that is there whole, all agrees.
            Rank::WordPrefix => first.score < 1.0,
            _ => false,
        };
        let is_acronym = begins && query.words.len() == 1 && query.is_capital() && !query.has(LONGEST_ACRONYM + 1);
        let (letters, part) = ALONE_MISTYPED;
        let is_lesser =
            query.words.len() == 1 && !query.has(letters) && first.rank == Rank::Typing && first.cover < part;
        let by_chance = is_acronym || is_lesser;
        let tells = !by_chance && best.0.tells(&query, first.rank) && best.0.is_whole_enough(&query, &first);
        if rivals.is_empty() && first.is_sure() && query.is_enough(first.rank) && tells {
            Finding::One(candidate(best))
        } else if !rivals.is_empty() && first.is_likely() && query.is_telling(first.rank) {
            Finding::Several([vec![candidate(best)], rivals].concat())
        } else {
            let near = all.iter().filter(|(_, one)| one.score >= NEAR).take(MAX_NEAREST);
            Finding::None { nearest: near.map(candidate).collect() }
        }
    }
}
