//! What is served, and who may change it. Nothing outside this room replaces a snapshot.
//!
//! [`Keeper`] does what changes something: it reloads, publishes and restores, one after the other, and keeps three
//! things in step: the data folder, the log of revisions, and what is served. [`Desk`] answers moderators: `/rcp-admin`,
//! its buttons, its completions. The order of a change is always the same, so that a program killed at any moment
//! leaves a whole catalogue behind:
//!
//! 1. the candidate is read and checked whole, in memory;
//! 2. its audit record is written; a change whose record can't be written is not made;
//! 3. a change that writes the data folder leaves a note of what it is about to do (`pending`);
//! 4. the revision is created under the next number, if nobody else has; that is the moment from which it counts;
//! 5. the data folder is brought to the revision, each file by an atomic replace; after a kill, the note does that;
//! 6. the snapshot is swapped, the note is taken away, the outcome is recorded.

mod audit;
mod change;
mod desk;
mod folder;
mod keeper;
mod pending;
mod permission;
mod poll;
mod publish;
mod reload;
mod replies;
mod restore;
mod revisions;
mod start;
mod target;
mod uploads;
mod watch;

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use serde::{Deserialize, Serialize};

pub use audit::{Audit, Found, Notice, Outcome, Record};
pub use change::{Changed, NotChanged};
pub use desk::{Attachment, Desk, Fetch, First, NotFetched, ROOT, Request, Step, Wish, tree};
pub use folder::replace;
pub use keeper::{Keeper, Standing};
pub use permission::{Person, Refused, Rights};
pub use poll::poll;
pub use publish::Checked;
pub use revisions::{Appended, Damaged, Meta, Revision, Revisions, StoreError};
pub use start::{NoCatalogue, start};
pub use target::{Foreign, MARK, Target};
pub use uploads::Uploads;
pub use watch::watch;

use crate::snapshot::Snapshot;

/// The snapshot that is being served. Reading it never waits, not even while another is put in its place.
pub struct Live {
    current: ArcSwap<Snapshot>,
}

impl Live {
    /// Begins to serve a snapshot.
    pub fn new(snapshot: Snapshot) -> Live {
        Live { current: ArcSwap::from_pointee(snapshot) }
    }

    /// The snapshot as it is now. An interaction takes it once and keeps it to the end.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The same for a short look: cheaper to take, and not to be kept.
    pub fn look(&self) -> Guard<Arc<Snapshot>> {
        self.current.load()
    }

    fn replace(&self, snapshot: Snapshot) {
        self.current.store(Arc::new(snapshot));
    }
}

/// Who brings a change about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Actor {
    /// A person on Discord. The ids are texts, because many readers of JSON round large numbers.
    Person {
        /// The person's id.
        user: String,
        /// The person's name at that time.
        name: String,
        /// The server's id; none in a direct message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guild: Option<String>,
    },
    /// The program as it started.
    Start,
    /// An operator, with SIGHUP.
    Signal,
    /// A change of the watched data folder.
    Watch,
    /// Another process that shares the revisions.
    Other,
}

/// What a change is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Cause {
    /// The data folder differed from the newest revision when the program started.
    Start,
    /// The data folder was read again.
    Reload,
    /// A file was published.
    Publish {
        /// The process that it describes.
        process: String,
    },
    /// An earlier revision was taken back.
    Restore {
        /// Its number.
        of: u64,
    },
}
