//! A change of what is served, and the one way in which all are made.

use std::path::Path;

use tracing::{error, info};

use crate::blocking::blocking;
use crate::catalogue::{Files, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::{Listing, list, try_writing};
use crate::publishing::follow::follow;
use crate::publishing::news::{keep_news, with_news};
use crate::publishing::pending::{PendingWrite, carry_out, forget};
use crate::publishing::publisher::{FolderStands, LogPosition, Publisher, difference};
use crate::publishing::revision::{Actor, Cause, Told};
use crate::publishing::revisions::{Appended, RevisionNotes};
use crate::publishing::store_error::StoreError;

/// What the record says of a file that somebody deleted and that is published all the same: there is nothing to put aside.
pub(crate) const BROUGHT_BACK: &str = "taken out of the data folder, and stands there again";

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
pub(crate) struct NextCatalogue {
    /// Ready to be served.
    pub(crate) snapshot: Snapshot,
    /// What it was read from, and what a revision of it holds.
    pub(crate) files: Files,
    /// What the check found.
    pub(crate) report: Report,
    /// What brings it about.
    pub(crate) cause: Cause,
    /// Why it is to be served, as the person says who asks for it; empty if they do not.
    pub(crate) reason: String,
    /// What is written into the data folder.
    pub(crate) writes: Writes,
    /// What stood in the data folder before it was read, as far as it is written; what is not so any more is left alone.
    pub(crate) before: Listing,
    /// Where, from the state folder on, lies what stood in the data folder and is replaced.
    pub(crate) set_aside: Option<String>,
    /// The file that somebody took out of the data folder, and that stands there again by this.
    pub(crate) brought_back: Option<String>,
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

/// Refuses a change over a revision that was made elsewhere and that this program cannot serve: it would be taken back
/// without anybody seeing it.
#[expect(clippy::result_large_err, reason = "it is looked at once in a change, and told as it is")]
pub(crate) fn not_over_refused(publisher: &Publisher) -> Result<(), NotChanged> {
    match &publisher.health().refused {
        Some(refused) => Err(NotChanged::Refused { number: refused.number, report: Box::new(refused.report.clone()) }),
        None => Ok(()),
    }
}

/// Refuses a change that writes into a folder that cannot be written: nothing is accepted that would be gone with the next
/// start.
pub(crate) async fn writable(position: &LogPosition, folder: &Path, only: Option<&str>) -> Result<(), NotChanged> {
    if let Some(unwritten) = position.unwritten.as_ref().filter(|unwritten| !unwritten.reason.is_empty()) {
        return Err(NotChanged::Unwritable(unwritten.reason.clone()));
    }
    let (folder, only) = (folder.to_owned(), only.map(ToOwned::to_owned));
    let tried = blocking(move || try_writing(&folder, only.as_deref())).await;
    tried.map_err(|error| NotChanged::Unwritable(error.to_string()))
}

/// What stands in a folder, before it is read.
pub(crate) async fn listing(folder: &Path) -> Result<Listing, NotChanged> {
    let folder = folder.to_owned();
    blocking(move || list(&folder)).await.map_err(|error| NotChanged::Folder(error.to_string()))
}

/// Makes a change: record, note, revision, data folder, swap, in this order.
pub(crate) async fn commit(
    publisher: &Publisher,
    position: &mut LogPosition,
    actor: &Actor,
    action: &'static str,
    next: NextCatalogue,
) -> Result<Changed, NotChanged> {
    let NextCatalogue { snapshot, files, report, cause, reason, writes, before, set_aside, brought_back } = next;
    let (difference, mut snapshot) = difference(publisher.live().snapshot(), snapshot).await;
    let number = position.newest + 1;
    let (added, removed, changed) = difference.counts();
    let detail = format!("{cause:?}: +{added} -{removed} ~{changed}, hash {}", snapshot.hash);
    // The record names it too: a log line may find no reader, and the program may be killed before anybody is told.
    let kept = set_aside.as_ref().map(|place| format!(", what it replaces is kept in {place}")).unwrap_or_default();
    let back = brought_back.as_ref().map(|path| format!(", {path} had been {BROUGHT_BACK}")).unwrap_or_default();
    let begun = Record::new(actor, action, AuditResult::Begun, Some(number), &format!("{detail}{kept}{back}"));
    let told = Told::of(&difference, &reason);
    publisher.audit().write(begun).await.map_err(NotChanged::NotRecorded)?;

    let note = match &writes {
        Writes::Nothing => None,
        Writes::Only(_) | Writes::All => {
            let only = writes.only().map(ToOwned::to_owned);
            let note = PendingWrite { number, hash: snapshot.hash.clone(), only, before: Some(before) };
            let (state, written) = (publisher.state().to_owned(), note.clone());
            let path = blocking(move || written.write(&state)).await;
            let unwritable = |error| NotChanged::Folder(format!("the state folder cannot be written: {error}"));
            Some((path.map_err(unwritable)?, note))
        }
    };
    let drop_note = || note.iter().for_each(|(path, _)| forget(path));
    let shipped = match &cause {
        Cause::Merge { of } => Some(of.clone()),
        // Whatever else is changed, taken back or written anew, what was merged in before is decided.
        _ => publisher.health().revision.as_ref().and_then(|served| served.shipped.clone()),
    };
    let about = RevisionNotes { told, shipped };
    let hash = snapshot.hash.clone();
    let appended = publisher.revisions().await?.append_with(number, actor, &cause, about, &files, hash);
    let meta = match appended.await {
        Ok(Appended::Created(meta)) => meta,
        Ok(Appended::Taken) => {
            drop_note();
            // Another process got the number. It may even have made the same change.
            follow(publisher, position).await?;
            let health = publisher.health();
            let same = publisher.live().snapshot().hash == snapshot.hash;
            return match health.revision.clone().filter(|_| same) {
                Some(meta) => {
                    let (unwritten, unreloaded) = (None, Vec::new());
                    Ok(Changed { meta, difference, report, unwritten, unreloaded, set_aside, brought_back })
                }
                None => Err(NotChanged::Overtaken(health.revision.clone())),
            };
        }
        // It may have been made all the same, and then the note is needed. One of a revision that never came about goes
        // with its age.
        Err(error @ StoreError::Unsure { .. }) => return Err(error.into()),
        Err(error) => {
            drop_note();
            return Err(error.into());
        }
    };
    // From here on the change counts, whatever happens.
    position.newest = number;
    position.folder = FolderStands::OnServed;
    let (mut unwritten, mut unreloaded) = (None, Vec::new());
    // The folder is where the change comes from, or is brought to it.
    position.forget_unwritten();
    if let (Some((path, note)), Some(folder)) = (note, publisher.folder()) {
        match carry_out(path, note, publisher.state(), folder, files).await {
            Ok(left) => unreloaded = left,
            Err(lagging) => {
                error!(
                    error = lagging.reason,
                    revision = number,
                    "the data folder cannot be written; the next reload tries again"
                );
                unwritten = Some(lagging.reason.clone());
                position.unwritten = Some(lagging);
            }
        }
    }
    publisher.note_unwritten(position.unwritten.as_ref());
    snapshot.origin = Origin::Revision(number);
    let former = publisher.live().snapshot();
    snapshot.recent = with_news(&former.recent, &former.catalogue, &snapshot.catalogue, &meta);
    let news = snapshot.recent.first().filter(|recent| recent.revision == number).cloned();
    publisher.serve(snapshot, |health| {
        health.revision = Some(meta.clone());
        health.report = report.clone();
        health.refused = None;
        // What is wrong with other files of the folder is as wrong as before.
        if writes.only().is_none() {
            health.broken = None;
        }
    });
    info!(revision = number, hash = meta.hash, "the catalogue is served");
    if let Some(news) = news {
        keep_news(publisher.revisions().await?, &news).await;
        publisher.tell_news(news);
    }
    Ok(Changed { meta, difference, report, unwritten, unreloaded, set_aside, brought_back })
}
