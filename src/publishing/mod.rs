//! What is served, and who may change it. Nothing outside this room replaces a snapshot.
//!
//! [`Keeper`] does what changes something: it reloads, publishes and restores, one after the other, and keeps three
//! things in step: the data folder, the log of revisions, and what is served. The order of a change is always the same, so that a program killed at any moment
//! leaves a whole catalogue behind:
//!
//! 1. the candidate is read and checked whole, in memory;
//! 2. its audit record is written; a change whose record can't be written is not made;
//! 3. a change that writes the data folder leaves a note of what it is about to do (`pending`);
//! 4. the revision is created under the next number, if nobody else has; that is the moment from which it counts;
//! 5. the data folder is brought to the revision, each file by an atomic replace; after a kill, the note does that;
//! 6. the snapshot is swapped, the note is taken away, the outcome is recorded.

pub mod audit;
mod change;
mod folder;
mod keeper;
mod pending;
mod poll;
mod publish;
mod reload;
mod restore;
mod revision;
mod revisions;
mod start;
mod store;
mod uploads;
mod watch;

pub use audit::{Audit, Found, Notice, Outcome, Record};
pub use change::{Changed, NotChanged};
pub use folder::replace;
pub(crate) use keeper::blocking;
pub use keeper::{Keeper, Standing};
pub use poll::poll;
pub use publish::Checked;
pub(crate) use restore::Previewed;
pub use revision::{Actor, Cause};
pub use revisions::{Appended, Damaged, Meta, Revision, Revisions, StoreError};
pub use start::{NoCatalogue, start};
pub use uploads::{Uploads, is_name};
pub use watch::watch;
