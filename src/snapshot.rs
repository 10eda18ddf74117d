//! Everything that an answer needs, made ready once from one set of files: the catalogue, the messages, the indexes.
//!
//! A snapshot never changes. An interaction is answered from one snapshot from start to end, so that it cannot mix two
//! states of the catalogue. Who serves which snapshot is the business of `moderation` and the transports.

use std::collections::HashMap;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::catalogue::{Catalogue, Files, Language, ParticipantRole, Report};
use crate::language::Messages;
use crate::lookup::{FullText, NameIndex, Sorter};
use crate::reply::Ready;

/// Where a snapshot's files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The catalogue built into the binary.
    BuiltIn,
    /// A folder of files.
    Folder,
    /// A stored revision.
    Revision(u64),
}

/// What an answer is made from.
pub struct Snapshot {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// What is said, in every language.
    pub messages: Messages,
    /// Finds entries by what people type.
    pub names: NameIndex,
    /// Searches everything the catalogue says.
    pub full_text: FullText,
    /// What follows from the processes for countries and organisations.
    pub relations: Relations,
    orders: [Orders; 3],
    /// Answers that were made from it lately.
    pub ready: Ready,
    /// Where the files come from.
    pub origin: Origin,
    /// The hash of the files: equal exactly when the catalogues are.
    pub hash: String,
    /// When it was made ready.
    pub loaded: Timestamp,
}

/// In what a process is bound to a country or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Chairs it.
    Chair,
    /// Serves as its secretariat or provides it.
    Secretariat,
    /// Takes part in it.
    Participant(ParticipantRole),
    /// Is the institution to which it is attached.
    Association,
}

/// What follows from the processes, so that it is never written twice in the data.
#[derive(Debug, Default)]
pub struct Relations {
    countries: HashMap<String, Vec<(usize, Tie)>>,
    organisations: HashMap<String, Vec<(usize, Tie)>>,
}

impl Relations {
    fn new(catalogue: &Catalogue) -> Relations {
        let mut relations = Relations::default();
        for (place, process) in catalogue.processes.iter().enumerate() {
            let mut tie = |countries: &[String], organisations: &[String], tie: Tie| {
                for (map, ids) in [(&mut relations.countries, countries), (&mut relations.organisations, organisations)]
                {
                    for id in ids {
                        map.entry(id.clone()).or_default().push((place, tie));
                    }
                }
            };
            if let Some(chair) = &process.chair {
                tie(&chair.countries, &chair.organisations, Tie::Chair);
            }
            if let Some(secretariat) = &process.secretariat {
                tie(&secretariat.countries, &secretariat.organisations, Tie::Secretariat);
            }
            for group in &process.participants {
                tie(&group.states, &group.organisations, Tie::Participant(group.role));
            }
            tie(&[], &process.associations, Tie::Association);
        }
        relations
    }

    /// The places, in the catalogue's list, of the processes to which a country is bound, and how.
    pub fn of_country(&self, code: &str) -> &[(usize, Tie)] {
        self.countries.get(code).map(Vec::as_slice).unwrap_or_default()
    }

    /// The places, in the catalogue's list, of the processes to which an organisation is bound, and how.
    pub fn of_organisation(&self, id: &str) -> &[(usize, Tie)] {
        self.organisations.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The place of each entry in the alphabetical order of one language, by id.
#[derive(Debug)]
struct Orders {
    processes: HashMap<String, usize>,
    countries: HashMap<String, usize>,
    terms: HashMap<String, usize>,
}

impl Orders {
    fn new(catalogue: &Catalogue, language: Language) -> Orders {
        let sorter = Sorter::new(language);
        let order = |entries: &mut dyn Iterator<Item = (&str, &str)>| {
            let mut entries: Vec<_> = entries.map(|(id, name)| (sorter.key(name), id)).collect();
            entries.sort();
            entries.into_iter().enumerate().map(|(place, (_, id))| (id.to_owned(), place)).collect()
        };
        Orders {
            processes: order(&mut catalogue.processes.iter().map(|one| (one.id.as_str(), one.name.get(language)))),
            countries: order(&mut catalogue.countries.iter().map(|one| (one.code.as_str(), one.name.get(language)))),
            terms: order(&mut catalogue.glossary.terms.iter().map(|one| (one.id.as_str(), one.name.get(language)))),
        }
    }
}

impl Snapshot {
    /// Prepares what is otherwise prepared when it is first needed: the full-text search.
    pub fn warm(&self) {
        self.full_text.prepare(&self.catalogue);
    }

    /// The place of a process in the alphabetical order of a language.
    pub fn sort_key(&self, language: Language, process: &str) -> usize {
        self.order(language).processes.get(process).copied().unwrap_or_default()
    }

    /// The place of a country in the alphabetical order of a language.
    pub fn country_sort_key(&self, language: Language, code: &str) -> usize {
        self.order(language).countries.get(code).copied().unwrap_or_default()
    }

    /// The place of a term in the alphabetical order of a language.
    pub fn term_sort_key(&self, language: Language, term: &str) -> usize {
        self.order(language).terms.get(term).copied().unwrap_or_default()
    }

    fn order(&self, language: Language) -> &Orders {
        // The array holds one order for each language.
        &self.orders[language.index()]
    }

    /// Reads, checks and prepares files whole. With an error in the report there is no snapshot.
    pub fn build(files: &Files, origin: Origin, today: Date) -> (Option<Snapshot>, Report) {
        let (catalogue, mut report) = Catalogue::load(files, today);
        let messages = Messages::load(files, &mut report.problems);
        report.sort();
        let ready = catalogue.zip(messages).map(|(catalogue, messages)| {
            let (names, hash, orders, relations) = thread::scope(|scope| {
                let names = scope.spawn(|| NameIndex::new(&catalogue));
                let orders = Language::ALL.map(|language| Orders::new(&catalogue, language));
                let (hash, relations) = (files.hash(), Relations::new(&catalogue));
                (names.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), hash, orders, relations)
            });
            let full_text = FullText::default();
            Snapshot {
                names,
                full_text,
                orders,
                relations,
                ready: Ready::default(),
                hash,
                loaded: Timestamp::now(),
                catalogue,
                messages,
                origin,
            }
        });
        (ready, report)
    }
}
