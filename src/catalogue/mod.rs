//! The domain: what is known of the consultative processes, read from data files and checked whole.
//!
//! `model` says what a file can hold, `text` and `date` the small types in it. Nothing here knows of Discord, of
//! searching or of how a date reads in a language.

mod called;
mod check;
mod date;
mod difference;
pub mod edit;
mod files;
pub mod fold;
mod kept;
mod load;
mod maps;
mod merge;
mod model;
mod moved;
mod novelty;
mod parsed;
mod problem;
mod read;
mod recognise;
mod shares;
mod text;
mod typed_date;
mod unread;
mod whole;

pub use date::{BadDate, Point};
pub use difference::{Change, Difference, What};
pub use files::{Files, MAX_FILE_BYTES, MAX_TOTAL_BYTES, MESSAGES, PROCESSES, belongs};
pub use merge::{Conflict, Merged, merge, undecided};
pub use model::*;
pub use novelty::{Novelty, RecentChange};
pub use problem::{FoldedWarnings, Hint, MAX_PROBLEMS, Place, Problem, Report, Rule, Severity};
pub(crate) use read::hides;
pub use read::{nearest, text_of};
pub use recognise::{NAMELESS, recognise};
pub use text::UnknownLanguage;
pub use whole::{Catalogue, Processes};

pub(crate) use files::list_key;
pub(crate) use maps::FastMap;
pub(crate) use moved::Moved;
pub(crate) use shares::joined;
pub(crate) use unread::follows_from_unread;
