//! Finding the entry that a person means by what they typed, and completing what they are typing.
//!
//! A [`NameIndex`] is built once for each catalogue. Per kind of entry it holds two inverted indexes (`index`): of the
//! single words of all names, and of whole names without their spaces. A query (`query`) is answered in steps
//! (`candidates`), each kind of agreement being a [`Rank`]; within a rank the reader's language, active processes and
//! short names come first (`ranking`). Then it is decided (`finding`) or completed (`completion`). Words count by their
//! rarity, so that "processus de" alone says little; all numbers stand in `weights`. Nothing here knows of messages or
//! menus.

mod candidates;
mod completion;
mod finding;
mod index;
mod query;
mod ranking;
pub(crate) mod spans;
#[cfg(test)]
mod tests;
mod weights;

pub use finding::{Finding, NameIndex};
pub use ranking::{Candidate, Rank};
