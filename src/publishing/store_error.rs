//! What is told of a log of revisions that does not do what it is asked.

use std::time::Duration;

use crate::publishing::codec::{Damaged, NotDecoded};
use crate::publishing::store::{StoreFault, store_fault};

/// Why the log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The place cannot be used.
    #[error("the revisions in {place} cannot be used: {reason}")]
    Place {
        /// Where.
        place: String,
        /// Why.
        reason: String,
    },
    /// It did not answer, or said that it is not well.
    #[error(
        "the log of revisions in {place} cannot be reached: {reason}. What is served goes on being served; try again"
    )]
    Unreachable {
        /// Where.
        place: String,
        /// Why.
        reason: String,
    },
    /// It answered that it will not.
    #[error("the log of revisions in {place} refuses: {reason}")]
    Refused {
        /// Where.
        place: String,
        /// Why.
        reason: String,
    },
    /// It lets one revision take the place of another.
    #[error(
        "the store of the log in {place} creates an object even if it is there already, so that replicas would overwrite \
         each other's revisions: nothing is changed over it. Use a store that honours If-None-Match (config/rcp-bot.toml \
         names some), or one replica with a folder"
    )]
    Overwrites {
        /// Where.
        place: String,
    },
    /// The answer to a creation was lost.
    #[error("it is not known whether revision {number} was made, the history will tell: {error}")]
    Unsure {
        /// The number that it would have.
        number: u64,
        /// What was the matter.
        error: Box<StoreError>,
    },
    /// There is no such revision.
    #[error("there is no revision {0}")]
    Missing(u64),
    /// The object is no revision.
    #[error(transparent)]
    Damaged(#[from] Damaged),
    /// The revision has a form that this version does not know.
    #[error("a newer version of the program wrote revision {0}, in a form that this one cannot read: update this one")]
    Newer(u64),
}

impl StoreError {
    /// Why the object under a number was not read.
    pub(crate) fn of(number: u64, error: NotDecoded) -> StoreError {
        match error {
            NotDecoded::Damaged(damaged) => damaged.into(),
            NotDecoded::Newer => StoreError::Newer(number),
        }
    }
}

/// A call that the store did not do.
pub(crate) enum CallFailure {
    /// There was no answer within this time.
    Silent(Duration),
    /// The folder that the log is is not there, for this reason. Nothing was written.
    Gone(&'static str),
    /// The folder that the log is was taken away while something was written: whether it arrived shows when it is back.
    Moved,
    /// What object_store says of it.
    Answer(object_store::Error),
}

impl CallFailure {
    /// Whether the store was there and said what it thinks.
    pub(crate) fn was_answered(&self) -> bool {
        match self {
            CallFailure::Silent(_) | CallFailure::Gone(_) | CallFailure::Moved => false,
            CallFailure::Answer(error) => matches!(store_fault(error), StoreFault::Refuses(_)),
        }
    }

    /// Whether nothing of the request has arrived.
    pub(crate) fn is_unconnected(&self) -> bool {
        match self {
            CallFailure::Gone(_) => true,
            CallFailure::Silent(_) | CallFailure::Moved => false,
            CallFailure::Answer(error) => matches!(store_fault(error), StoreFault::Unconnected(_)),
        }
    }
}
