//! What stands in the order of the alphabet, for each language.

use crate::catalogue::{Catalogue, Language};
use crate::lookup::Sorter;

/// The alphabetical order of one language.
#[derive(Debug)]
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
        let sorted = |entries: &mut dyn Iterator<Item = (&str, &str)>| -> Vec<usize> {
            let entries = entries.map(|(id, name)| (sorter.key(name), id));
            let mut sorted: Vec<_> = entries.enumerate().map(|(place, entry)| (entry, place)).collect();
            sorted.sort();
            sorted.into_iter().map(|(_, place)| place).collect()
        };
        let ranks = |sorted: Vec<usize>| {
            let mut ranks = vec![0; sorted.len()];
            sorted.into_iter().enumerate().for_each(|(rank, place)| {
                if let Some(ranked) = ranks.get_mut(place) {
                    *ranked = rank;
                }
            });
            ranks
        };
        Orders {
            processes: ranks(sorted(
                &mut catalogue.processes.iter().map(|one| (one.id.as_str(), one.name.get(language))),
            )),
            countries: ranks(sorted(
                &mut catalogue.countries.iter().map(|one| (one.code.as_str(), one.name.get(language))),
            )),
            terms: sorted(&mut catalogue.glossary.terms.iter().map(|one| (one.id.as_str(), one.name.get(language)))),
        }
    }
}
