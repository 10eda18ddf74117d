//! Finding an entry of the catalogue from what a person typed, completing it, and searching in all texts.
//!
//! The catalogue's `fold` makes spellings comparable, `typing` prices typing errors, `forms` lists the names of each
//! entry, `words` is the index below, `names` finds and completes. `fulltext` searches in the `texts` of each entry, which
//! `reading` cuts into words and `stems` brings to their stems; `excerpt` cuts what is shown of one. `sort` puts names in a
//! language's order by the tables of `collation`, `question` tells what a plain question asks for, `cited` what a message names. `stop` knows the words
//! that say nothing, `states` those that say little among States, and `field` those that tell what a text is about.
//! Everything is prepared once for each catalogue. This room knows the catalogue only: nothing of Discord, of messages or of how a
//! result is shown.

mod cited;
mod collation;
mod excerpt;
mod field;
mod forms;
mod fulltext;
mod names;
mod question;
mod reading;
mod sort;
mod states;
mod stems;
mod stop;
mod texts;
mod typing;
mod words;

pub use cited::{CitedNames, MAX_CITING};
pub use excerpt::MAX_EXCERPT;
pub use forms::FormKind;
pub use fulltext::{Filters, FullText, Hit, Hits, essential};
pub use names::{Candidate, Finding, NameIndex, Rank};
pub use question::{About, NamedText, Question, Questions};
pub use sort::{SortKey, Sorter};
pub use texts::Subject;

/// The kinds of entries that have names by which they are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A consultative process.
    Process,
    /// A region.
    Region,
    /// A country or territory, whose id is its code.
    Country,
    /// An organisation.
    Organisation,
    /// A global meeting.
    Meeting,
    /// A term of the glossary.
    Term,
    /// A topic by which themes are gathered.
    Topic,
}

impl Entity {
    /// Every kind, in the order in which mixed results show equals.
    pub const ALL: [Entity; 7] = [
        Entity::Process,
        Entity::Region,
        Entity::Country,
        Entity::Organisation,
        Entity::Meeting,
        Entity::Term,
        Entity::Topic,
    ];
}
