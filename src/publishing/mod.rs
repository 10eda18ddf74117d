//! What is served, and who may change it. Nothing outside this room replaces a snapshot.
//!
//! [`Publisher`] holds what is served; [`reload()`], [`publish()`] and [`restore()`] change it, one after the other, and keep three
//! things in step: the data folder, the log of revisions, and what is served. The order of a change is always the same, so
//! that a program killed at any moment leaves a whole catalogue behind:
//!
//! 1. the new catalogue is read and checked whole, in memory;
//! 2. its audit record is written; a change whose record can't be written is not made;
//! 3. a change that writes the data folder leaves a note of what it is about to do, and of what stood there (`pending`);
//! 4. the revision is created under the next number, if nobody else has; that is the moment from which it counts;
//! 5. the data folder is brought to the revision, each file by an atomic replace, but for those that somebody changed
//!    since; after a kill, or as soon as the folder can be written, the note does that;
//! 6. the snapshot is swapped, the note is taken away, the outcome is recorded.

pub mod audit;
mod change;
mod changed;
mod codec;
mod compare;
mod drafts;
mod folder;
mod follow;
mod health;
mod log_folder;
mod merge;
mod news;
mod pending;
mod poll;
mod proposal;
mod publish;
mod publisher;
mod put_off;
mod reload;
mod reports;
mod restore;
mod revision;
mod revisions;
mod shipped;
mod start;
mod store;
mod store_error;
mod try_out;
mod undecided;
mod watch;

pub use audit::{Audit, AuditResult, Findings, Notice, Record};
pub use changed::{Changed, NotChanged};
pub use codec::Damaged;
pub use compare::{ComparedRevisions, compare};
pub use drafts::{Draft, FormOccasion, keep_draft, read_draft};
pub use health::{Health, RefusedRevision, UnwrittenRevision};
pub use merge::{
    MergeBase, MergeDone, MergePreview, NotMerged, conflicts, merge, merge_at_start, preview_merge, settle_conflict,
};
pub use news::{first_to_tell, not_told, told_since};
pub use poll::poll;
pub use proposal::{KeptProposal, Proposal, discard_proposal, file_hash, is_name, keep_proposal, read_proposal};
pub use publish::{CheckedProposal, check, publish};
pub use publisher::{Finish, Publisher};
pub use put_off::{DAYS, is_item_name, item_name, put_off, those_put_off};
pub use reload::reload;
pub use reports::{
    A_DAY, ReaderReport, Taken, WAITING, is_report_name, keep_report, open_reports, read_report, settle_report,
};
pub use restore::{RestorePreview, preview_restore, restore};
pub use revision::{Actor, Cause, LONGEST_REASON, Meta, Revision, Told, Touch, Touched, reason};
pub use revisions::{Appended, FoundLog, Revisions};
pub(crate) use start::fall_back;
pub use start::{NoCatalogue, start};
pub use store_error::StoreError;
pub(crate) use try_out::{try_data, try_new, try_state};
pub use watch::watch;
