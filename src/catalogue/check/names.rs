//! Names, acronyms and aliases stand for one entry in their list, by the letters at which finding looks.

use std::collections::HashSet;

use crate::catalogue::called::{Names, hash, letters, process_names};
use crate::catalogue::check::checker::{Checker, at};
use crate::catalogue::maps::{FastMap, FastSet};
use crate::catalogue::problem::{Hint, Rule};
use crate::catalogue::read::PathStep;

impl Checker<'_, '_> {
    /// Names, acronyms and aliases stand for one entry in their list.
    pub(super) fn names(&mut self) {
        let mut owners: FastMap<String, (usize, bool)> = FastMap::default();
        let parsed = self.parsed;
        let repeated = self.repeated();
        for (place, one) in parsed.processes.iter().enumerate() {
            if !one.names.iter().any(|name| repeated.contains(name)) {
                continue;
            }
            let (file, process) = (one.path, &one.process);
            let shared: HashSet<String> = process.shared_names.iter().map(|name| letters(name)).collect();
            for (path, name) in process_names(process) {
                let folded = letters(name);
                if !repeated.contains(&hash(&folded)) {
                    continue;
                }
                let declared = shared.contains(&folded);
                match owners.get(&folded) {
                    Some(&(owner, owner_declared)) if owner != place && !(declared && owner_declared) => {
                        let other = parsed.processes.get(owner).map_or("", |other| other.process.id.as_str());
                        let message = format!("{name:?} is also a name of {other}");
                        let help = "change one, or list it in the shared_names of both".to_owned();
                        let hint = Hint::new("named", other);
                        self.breach_hinting(Rule::DuplicateName, file, &path, (message, help), hint);
                    }
                    Some(_) => {}
                    None => {
                        owners.insert(folded, (place, declared));
                    }
                }
            }
        }
        let countries = parsed.countries.countries.iter().enumerate().map(|(item, country)| {
            let names = country.name.wordings().map(|(language, name)| (at!["name", language.code()].to_vec(), name));
            let aliases =
                country.aliases.iter().enumerate().map(|(i, name)| (at!["aliases", i].to_vec(), name.as_str()));
            let former = country.former_names.iter().enumerate();
            let former = former.map(|(i, name)| (at!["former_names", i].to_vec(), name.as_str()));
            (item, names.chain(aliases).chain(former).collect::<Vec<_>>(), country.shared_names.as_slice())
        });
        self.unique("countries.toml", "country", countries.collect());
        let organisations = parsed.organisations.organisations.iter().enumerate().map(|(item, one)| {
            let names = one.name.wordings().map(|(language, name)| (at!["name", language.code()].to_vec(), name));
            let acronyms = one
                .acronym
                .iter()
                .flat_map(|acronym| acronym.wordings().map(|(_, name)| (at!["acronym"].to_vec(), name)));
            let aliases = one.aliases.iter().enumerate().map(|(i, name)| (at!["aliases", i].to_vec(), name.as_str()));
            (item, names.chain(acronyms).chain(aliases).collect::<Vec<_>>(), &[][..])
        });
        self.unique("organisations.toml", "organisation", organisations.collect());
        let topics = parsed.topics.topics.iter().enumerate().map(|(item, one)| {
            let names = one.name.wordings().map(|(language, name)| (at!["name", language.code()].to_vec(), name));
            let aliases = one.aliases.iter().enumerate().map(|(i, name)| (at!["aliases", i].to_vec(), name.as_str()));
            (item, names.chain(aliases).collect::<Vec<_>>(), &[][..])
        });
        self.unique("topics.toml", "topic", topics.collect());
    }

    /// The names that several processes have, hashed: only these are compared letter by letter.
    fn repeated(&self) -> FastSet<u64> {
        let mut owners: FastMap<u64, usize> = FastMap::default();
        let mut repeated = FastSet::default();
        for (place, one) in self.parsed.processes.iter().enumerate() {
            for &name in one.names.iter() {
                if *owners.entry(name).or_insert(place) != place {
                    repeated.insert(name);
                }
            }
        }
        repeated
    }

    /// Names stand for one entry, or are declared as shared by each that has them.
    fn unique(&mut self, file: &str, table: &str, entries: Vec<(usize, Names<'_>, &[String])>) {
        let mut owners: FastMap<String, (usize, bool)> = FastMap::default();
        for (item, names, shared) in entries {
            let shared: HashSet<String> = shared.iter().map(|name| letters(name)).collect();
            for (path, name) in names {
                let folded = letters(name);
                let declared = shared.contains(&folded);
                let &mut (owner, owner_declared) = owners.entry(folded).or_insert((item, declared));
                if owner != item && !(declared && owner_declared) {
                    let place: Vec<_> = at![table, item].iter().copied().chain(path).collect();
                    let message = format!("{name:?} already stands for another entry");
                    self.breach(Rule::DuplicateName, file, &place, message, "keep it with one of the two");
                }
            }
        }
    }
}
