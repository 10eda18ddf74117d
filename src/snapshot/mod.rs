//! Everything that an answer needs, made ready once from one set of files: the catalogue, the messages, the indexes.
//!
//! A snapshot never changes. An interaction is answered from one snapshot from start to end, so that it cannot mix two
//! states of the catalogue. Who serves which snapshot is the business of `moderation` and the transports.

mod relations;

use std::collections::HashMap;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::catalogue::{Catalogue, Files, Language, Report};
use crate::language::Messages;
use crate::lookup::{FullText, NameIndex, Sorter};
use crate::reply::Ready;

pub use relations::{Bound, Regional, Relations, Tie};

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
    /// What follows from the processes for regions, countries, organisations and IOM.
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

/// The place of each entry in the alphabetical order of one language, by id.
#[derive(Debug)]
struct Orders {
    /// Those of the processes, in the order of the catalogue.
    processes: Vec<usize>,
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
        let names = catalogue.processes.iter().map(|one| (sorter.key(one.name.get(language)), one.id.as_str()));
        let mut sorted: Vec<_> = names.enumerate().map(|(place, name)| (name, place)).collect();
        sorted.sort();
        let mut processes = vec![0; sorted.len()];
        sorted.into_iter().enumerate().for_each(|(order, (_, place))| processes[place] = order);
        Orders {
            processes,
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
                let (hash, relations) = (files.hash(), Relations::new(&catalogue, &orders));
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
