//! A change of what is served, and the one way in which all are made.

use tracing::{error, info};

use crate::blocking::blocking;
use crate::catalogue::{Files, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::bring_to;
use crate::publishing::follow::follow;
use crate::publishing::health::Health;
use crate::publishing::pending::{PendingWrite, forget};
use crate::publishing::publisher::{LogPosition, Publisher, difference};
use crate::publishing::revision::{Actor, Cause};
use crate::publishing::revisions::Appended;

/// What is written into the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Writes {
    /// Nothing: it is where the change comes from.
    Nothing,
    /// One file.
    Only(String),
    /// Every file.
    All,
}

/// A catalogue that was read and checked, to be served.
pub(crate) struct Candidate {
    /// Ready to be served.
    pub(crate) snapshot: Snapshot,
    /// Its files.
    pub(crate) files: Files,
    /// What the check found.
    pub(crate) report: Report,
    /// Why it is to be served.
    pub(crate) cause: Cause,
    /// What is written into the data folder.
    pub(crate) writes: Writes,
}

impl Writes {
    /// The one file that is written, if it is not all of them.
    fn only(&self) -> Option<&str> {
        match self {
            Writes::Only(path) => Some(path),
            Writes::Nothing | Writes::All => None,
        }
    }
}

/// Makes a change: record, note, revision, data folder, swap, in this order.
pub(crate) async fn commit(
    publisher: &Publisher,
    position: &mut LogPosition,
    actor: &Actor,
    action: &'static str,
    candidate: Candidate,
) -> Result<Changed, NotChanged> {
    let Candidate { snapshot, files, report, cause, writes } = candidate;
    let (difference, mut snapshot) = difference(publisher.live().snapshot(), snapshot).await;
    let number = position.newest + 1;
    let (added, removed, changed) = difference.counts();
    let detail = format!("{cause:?}: +{added} -{removed} ~{changed}, hash {}", snapshot.hash);
    let begun = Record::new(actor, action, AuditResult::Begun, Some(number), &detail);
    publisher.audit().write(begun).await.map_err(NotChanged::NotRecorded)?;

    let note = match &writes {
        Writes::Nothing => None,
        Writes::Only(_) | Writes::All => {
            let pending =
                PendingWrite { number, hash: snapshot.hash.clone(), only: writes.only().map(ToOwned::to_owned) };
            let state = publisher.state().to_owned();
            let written = blocking(move || pending.write(&state)).await;
            let unwritable = |error| NotChanged::Folder(format!("the state folder cannot be written: {error}"));
            Some(written.map_err(unwritable)?)
        }
    };
    let meta = match publisher.revisions().await?.append(number, actor, &cause, &files).await {
        Ok(Appended::Created(meta)) => meta,
        Ok(Appended::Taken) => {
            note.as_deref().map(forget);
            // Another process got the number. It may even have made the same change.
            follow(publisher, position).await?;
            let health = publisher.health();
            let same = publisher.live().snapshot().hash == snapshot.hash;
            return match health.revision.clone().filter(|_| same) {
                Some(meta) => Ok(Changed { meta, difference, report, unwritten: None, set_aside: None }),
                None => Err(NotChanged::Overtaken(health.revision.clone())),
            };
        }
        Err(error) => {
            note.as_deref().map(forget);
            return Err(error.into());
        }
    };
    // From here on the change counts, whatever happens.
    position.newest = number;
    position.diverged = false;
    let mut unwritten = None;
    if let (Some(note), Some(folder)) = (note, publisher.folder()) {
        let (folder, only) = (folder.to_owned(), writes.only().map(ToOwned::to_owned));
        match blocking(move || bring_to(&folder, &files, only.as_deref())).await {
            Ok(()) => forget(&note),
            Err(error) => {
                error!(%error, revision = number, "the data folder cannot be written; the next reload tries again");
                unwritten = Some(error.to_string());
            }
        }
    }
    snapshot.origin = Origin::Revision(number);
    publisher.serve(snapshot, Health { revision: Some(meta.clone()), report: report.clone(), broken: None });
    info!(revision = number, hash = meta.hash, "the catalogue is served");
    Ok(Changed { meta, difference, report, unwritten, set_aside: None })
}
