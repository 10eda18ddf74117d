//! Everything that an answer needs, made ready once from one set of files: the catalogue, the messages, the indexes.
//!
//! A snapshot never changes. An interaction is answered from one snapshot from start to end, so that it cannot mix two
//! states of the catalogue. Who serves which snapshot is the business of `publishing` and the transports.

mod live;
mod orders;
mod relations;

use std::path::Path;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::catalogue::{
    Catalogue, Files, Language, Moved, Problem, RecentChange, Report, Term, follows_from_unread, joined,
};
use crate::language::Messages;
use crate::lookup::{CitedNames, FullText, NameIndex, Questions};
use crate::snapshot::orders::Orders;

pub use live::Live;
pub use relations::{Bonds, Bound, Held, Regional, Relations, Tie};

/// Where a snapshot's files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The catalogue built into the binary.
    BuiltIn,
    /// A folder of files.
    Folder,
    /// The stored revision with this number, from 1.
    Revision(u64),
}

/// What an answer is made from.
pub struct Snapshot {
    /// The records, read and checked.
    pub catalogue: Catalogue,
    /// What is said, in every language.
    pub messages: Messages,
    /// Finds entries by what people type.
    pub names: NameIndex,
    /// Tells what plain questions ask for.
    pub questions: Questions,
    /// Tells what a message names.
    pub cited: CitedNames,
    /// Searches everything the catalogue says.
    pub full_text: FullText,
    /// What follows from the processes for regions, countries, organisations and IOM.
    pub relations: Relations,
    orders: [Orders; 3],
    /// Where the files come from.
    pub origin: Origin,
    /// The hash of the files: equal exactly when the catalogues are.
    pub hash: String,
    /// When it was made ready.
    pub loaded: Timestamp,
    /// What the last revisions changed that is news for readers, newest first: the publisher's to say.
    pub recent: Vec<RecentChange>,
}

impl Snapshot {
    /// Prepares what is otherwise prepared when it is first needed: the full-text search, and the names in messages.
    pub fn warm(&self) {
        self.cited.prepare(&self.catalogue);
        self.full_text.prepare(&self.catalogue);
    }

    /// The place of a country in the alphabetical order of a language.
    pub fn country_sort_key(&self, language: Language, code: &str) -> usize {
        let place = self.catalogue.country_place(code);
        place.and_then(|place| self.order(language).countries.get(place)).copied().unwrap_or_default()
    }

    /// The glossary's terms in the alphabetical order of a language.
    pub fn terms(&self, language: Language) -> Vec<&Term> {
        let places = self.order(language).terms.iter();
        places.filter_map(|place| self.catalogue.glossary.terms.get(*place)).collect()
    }

    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    fn order(&self, language: Language) -> &Orders {
        &self.orders[language.index()]
    }

    /// The catalogue in a folder, or without one that built into the program: its files, and what they become.
    pub fn read(folder: Option<&Path>, today: Date) -> (Files, Option<Snapshot>, Report) {
        let (files, problems, origin) = match folder {
            None => (Files::built_in(), Vec::new(), Origin::BuiltIn),
            Some(folder) => {
                let (files, problems) = Files::read(folder);
                (files, problems, Origin::Folder)
            }
        };
        let (snapshot, report) = Snapshot::build(&files, problems, origin, today);
        (files, snapshot, report)
    }

    /// Checks files whole and makes them ready to be served. `read` is what was wrong in reading them (none for files that
    /// were never in a folder); it stands in the report beside what the check finds. With an error in it that cannot be
    /// passed over there is no snapshot.
    pub fn build(files: &Files, read: Vec<Problem>, origin: Origin, today: Date) -> (Option<Snapshot>, Report) {
        Snapshot::build_after(files, None, read, origin, today, None)
    }

    /// The same, where a `former` snapshot may have been made from some of the same files: what was made of these is taken
    /// from it. What comes of it is what a whole build makes. `hash` is that of the files, if it is known.
    pub fn build_after(
        files: &Files,
        hash: Option<String>,
        read: Vec<Problem>,
        origin: Origin,
        today: Date,
        former: Option<&Snapshot>,
    ) -> (Option<Snapshot>, Report) {
        Snapshot::build_telling(files, hash, read, origin, || today, former, |_, _| {})
    }

    /// The same, where `checked` gets what the check found, and the hash of the files, as soon as it is known that there will
    /// be a snapshot: making it ready goes on meanwhile, and cannot fail. The day is asked for when the files have been read.
    pub(crate) fn build_telling(
        files: &Files,
        hash: Option<String>,
        read: Vec<Problem>,
        origin: Origin,
        today: impl FnOnce() -> Date,
        former: Option<&Snapshot>,
        checked: impl FnOnce(&Report, &str),
    ) -> (Option<Snapshot>, Report) {
        // A folder that is not there has one thing wrong with it, and not one for each file that it lacks.
        if files.0.is_empty() && !read.is_empty() {
            return (None, Report { problems: read });
        }
        let ((catalogue, mut report), (messages, found, hash)) = thread::scope(|scope| {
            let messages = scope.spawn(|| {
                let mut found = Vec::new();
                let messages = Messages::load_after(files, former.map(|former| &former.messages), &mut found);
                (messages, found, hash.unwrap_or_else(|| files.hash()))
            });
            (Catalogue::load_on(files, today, former.map(|former| &former.catalogue)), joined(messages))
        });
        report.problems.extend(found);
        // What could not be read is one thing wrong, and not one more for each place where it is missed.
        report.problems.retain(|problem| !read.iter().any(|cause| follows_from_unread(problem, cause)));
        report.problems.extend(read);
        report.sort();
        let whole = catalogue.zip(messages).filter(|_| report.is_servable());
        let ready = whole.map(|(catalogue, messages)| {
            checked(&report, &hash);
            let moved = former.and_then(|former| Some((former, Moved::between(&former.catalogue, &catalogue)?)));
            let (names, full_text, orders, relations, questions) = thread::scope(|scope| {
                let names = scope.spawn(|| match &moved {
                    Some((former, moved)) => former.names.edited(moved),
                    None => NameIndex::new(&catalogue),
                });
                let full_text = scope.spawn(|| match &moved {
                    Some((former, moved)) => former.full_text.edited(moved),
                    None => FullText::default(),
                });
                let orders = Language::ALL.map(|language| match &moved {
                    Some((former, moved)) => former.order(language).edited(moved, language),
                    None => Orders::new(&catalogue, language),
                });
                let relations = Relations::new(&catalogue, &orders);
                let questions = Questions::new(&catalogue.questions);
                (joined(names), joined(full_text), orders, relations, questions)
            });
            let cited = moved.as_ref().map(|(former, moved)| former.cited.edited(moved)).unwrap_or_default();
            Snapshot {
                names,
                questions,
                cited,
                full_text,
                orders,
                relations,
                hash,
                loaded: Timestamp::now(),
                recent: Vec::new(),
                catalogue,
                messages,
                origin,
            }
        });
        (ready, report)
    }
}

#[cfg(test)]
mod tests;
