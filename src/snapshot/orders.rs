//! What stands in the order of the alphabet, for each language.

use crate::catalogue::{Catalogue, Language, Moved, Process};
use crate::lookup::Sorter;

/// The alphabetical order of one language.
#[derive(Debug, PartialEq)]
pub(super) struct Orders {
    /// The rank of each process, in the order of the catalogue.
    pub(super) processes: Vec<usize>,
    /// The rank of each country, in the order of the catalogue.
    pub(super) countries: Vec<usize>,
    /// The places of the terms, in their order.
    pub(super) terms: Vec<usize>,
}

impl Orders {
    pub(super) fn new(catalogue: &Catalogue, language: Language) -> Orders {
        let sorter = Sorter::new(language);
        Orders {
            processes: ranks(sorted(
                &sorter,
                catalogue.processes.iter().map(|one| (one.id.as_str(), one.name.get(language))),
            )),
            countries: Orders::countries(catalogue, &sorter),
            terms: Orders::terms(catalogue, &sorter),
        }
    }

    /// The same, made from the order before and from what has changed since.
    pub(super) fn edited(&self, moved: &Moved<'_>, language: Language) -> Orders {
        let sorter = Sorter::new(language);
        let mut before = vec![0; self.processes.len()];
        for (rank, place) in self.processes.iter().zip(0..) {
            before.get_mut(*rank).into_iter().for_each(|there| *there = place);
        }
        let key = |process: &Process| (sorter.key(process.name.get(language)), process.id.clone());
        let order = moved.order(&before, key).into_iter().map(|place| place as usize).collect();
        Orders {
            processes: ranks(order),
            countries: match moved.former.countries == moved.now.countries {
                true => self.countries.clone(),
                false => Orders::countries(moved.now, &sorter),
            },
            terms: match moved.former.glossary == moved.now.glossary {
                true => self.terms.clone(),
                false => Orders::terms(moved.now, &sorter),
            },
        }
    }

    fn countries(catalogue: &Catalogue, sorter: &Sorter) -> Vec<usize> {
        let language = sorter.language();
        ranks(sorted(sorter, catalogue.countries.iter().map(|one| (one.code.as_str(), one.name.get(language)))))
    }

    fn terms(catalogue: &Catalogue, sorter: &Sorter) -> Vec<usize> {
        let language = sorter.language();
        sorted(sorter, catalogue.glossary.terms.iter().map(|one| (one.id.as_str(), one.name.get(language))))
    }
}

/// The places of entries in the order of their names, and of their ids where names are the same.
fn sorted<'e>(sorter: &Sorter, entries: impl Iterator<Item = (&'e str, &'e str)>) -> Vec<usize> {
    let entries = entries.map(|(id, name)| (sorter.key(name), id));
    let mut sorted: Vec<_> = entries.enumerate().map(|(place, entry)| (entry, place)).collect();
    sorted.sort();
    sorted.into_iter().map(|(_, place)| place).collect()
}

/// For each place its rank in an order of places.
fn ranks(sorted: Vec<usize>) -> Vec<usize> {
    let mut ranks = vec![0; sorted.len()];
    for (place, rank) in sorted.into_iter().zip(0..) {
        ranks.get_mut(place).into_iter().for_each(|ranked| *ranked = rank);
    }
    ranks
}
