//! Before every change, and at each poll: what was interrupted is finished, and what another process accepted is served.

use std::path::Path;

use tokio::sync::MutexGuard;
use tracing::{error, info, warn};

use crate::blocking::blocking;
use crate::catalogue::{Files, Hint, Problem, Report, Rule};
use crate::snapshot::Origin;

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::changed::NotChanged;
use crate::publishing::folder::list;
use crate::publishing::health::RefusedRevision;
use crate::publishing::news::with_news;
use crate::publishing::pending::{PendingWrite, Unwritten, carry_out, resume};
use crate::publishing::publisher::{FolderStands, LogPosition, Publisher, hashed, is_whole, read};
use crate::publishing::revision::{Actor, Cause, Meta, Revision};
use crate::publishing::revisions::{Appended, RevisionNotes, Revisions};
use crate::publishing::shipped::{shipped_in, would_take_back};
use crate::publishing::store_error::StoreError;

/// The action's name in the record.
const ACTION: &str = "follow";

/// The number of the first revision.
const FIRST: u64 = 1;

/// Waits for the change that is being made, and finishes those that were interrupted or made elsewhere. A data folder that
/// cannot be written does not stop it: what it lacks is in the position.
pub(crate) async fn begin(publisher: &Publisher) -> Result<MutexGuard<'_, LogPosition>, NotChanged> {
    let mut position = publisher.lock().await;
    if let Some(folder) = publisher.folder() {
        let revisions = publisher.revisions().await?;
        let unnoted = position.unwritten.take_if(|lagging| lagging.has_no_note());
        let resumed = resume(publisher.state(), folder, revisions).await;
        position.unwritten = match (resumed, unnoted) {
            // The later one says what stood there when it came about.
            (Ok(noted), Some(lagging)) if noted.as_ref().is_none_or(|noted| noted.number() < lagging.number()) => {
                let open = lagging.again(publisher.state(), folder).await;
                if let Some(noted) = noted.filter(|_| !open.as_ref().is_some_and(Unwritten::has_no_note)) {
                    noted.forget();
                }
                open
            }
            (Ok(noted), _) => noted,
            (Err(error), lagging) => {
                if lagging.is_some() {
                    position.unwritten = lagging;
                }
                return Err(error.into());
            }
        };
        publisher.note_unwritten(position.unwritten.as_ref());
    }
    let followed = follow(publisher, &mut position).await;
    let overwrites = publisher.log_overwrites();
    publisher.note_health(|health| health.log_overwrites = overwrites);
    followed?;
    straighten(publisher, &mut position).await?;
    Ok(position)
}

/// Brings the data folder to what is served, if it stands for that only by a note of an older revision: one that was not the
/// newest any more when the note was found, and is not carried out.
async fn straighten(publisher: &Publisher, position: &mut LogPosition) -> Result<(), NotChanged> {
    let (Some(folder), Some(meta)) = (publisher.folder(), publisher.health().revision.clone()) else { return Ok(()) };
    let Some(lagging) = position.unwritten.clone().filter(|lagging| lagging.reason.is_empty()) else { return Ok(()) };
    let served = publisher.live().snapshot();
    let (there, problems) = read(folder).await;
    let (_, stands_for) = hashed(lagging.overlay(&there)).await;
    // What somebody wrote there beside it is for a reload to take.
    if !is_whole(&problems) || stands_for != served.hash || meta.hash != served.hash {
        return Ok(());
    }
    let files = publisher.files_of(&served).await?;
    bring(publisher, position, folder, &meta, files, false).await
}

/// Takes over a revision that another process made, and brings the data folder to it unless it was changed here.
pub(crate) async fn follow(publisher: &Publisher, position: &mut LogPosition) -> Result<(), NotChanged> {
    let revisions = publisher.revisions().await?;
    heal(publisher, position, revisions).await?;
    // After a start at which the log could not be reached, what is served is in no revision.
    let unkept = publisher.health().revision.is_none();
    let numbers = revisions.numbers_after(position.newest).await?;
    let Some(newest) = numbers.last().copied() else {
        return match publisher.folder() {
            Some(folder) if unkept && position.newest == 0 => keep_first(publisher, position, revisions, folder).await,
            _ => Ok(()),
        };
    };
    // Damaged ones count as numbers that are taken, and are otherwise passed over.
    let revision = match revisions.newest_after(position.newest).await {
        Err(StoreError::Newer(number)) => {
            position.newest = newest;
            error!(
                revision = number,
                "a newer version of the program made this revision; nothing is changed over it here"
            );
            let report = of_a_newer_version(number);
            publisher.note_health(|health| {
                health.refused = Some(RefusedRevision { number, report: report.clone() });
            });
            return Ok(());
        }
        revision => revision?,
    };
    let Some(Revision { meta, files }) = revision else {
        position.newest = newest;
        return Ok(());
    };
    let served = publisher.live().snapshot();
    if meta.hash == served.hash {
        position.newest = newest;
        publisher.note_health(|health| {
            health.revision = Some(meta.clone());
            health.refused = None;
        });
        return Ok(());
    }
    let (files, built, report) = publisher.build(files, Vec::new(), Origin::Revision(meta.number)).await;
    let Some(mut snapshot) = built else {
        position.newest = newest;
        error!(
            revision = meta.number,
            "a revision made elsewhere has errors here and is not served; nothing is changed over it"
        );
        publisher.note_health(|health| {
            health.refused = Some(RefusedRevision { number: meta.number, report: report.clone() });
        });
        return Ok(());
    };
    if let Some(folder) = publisher.folder() {
        bring(publisher, position, folder, &meta, files, unkept).await?;
    }
    position.newest = newest;
    // Who made it tells it; here it is only shown.
    snapshot.recent = with_news(&served.recent, &served.catalogue, &snapshot.catalogue, &meta);
    info!(revision = meta.number, "a revision made elsewhere is served");
    let record = Record::new(&Actor::Other, ACTION, AuditResult::Done, Some(meta.number), &meta.hash);
    publisher.audit().note(record).await;
    publisher.serve(snapshot, |health| {
        health.revision = Some(meta.clone());
        health.report = report.clone();
        health.refused = None;
    });
    Ok(())
}

/// What is wrong with a revision in a form that this version does not know.
fn of_a_newer_version(number: u64) -> Report {
    let (message, help) =
        (StoreError::Newer(number).to_string(), "update the program here, or restore another revision");
    let problem = Problem::new(Rule::Unreadable, &format!("revision {number}"), None, message, help.to_owned());
    Report { problems: vec![problem.hinting(Hint::new("newer", number))] }
}

/// Brings the data folder to a revision that was made elsewhere, unless it holds changes of its own.
async fn bring(
    publisher: &Publisher,
    position: &mut LogPosition,
    folder: &Path,
    meta: &Meta,
    files: Files,
    unkept: bool,
) -> Result<(), NotChanged> {
    // Listed before it is read: what is changed in between is then seen as changed.
    let (state, place) = (publisher.state().to_owned(), folder.to_owned());
    let listed = blocking(move || list(&place)).await;
    let (there, _) = read(folder).await;
    let lagging = position.unwritten.clone();
    let (raw, stands_for) = blocking(move || {
        let raw = there.hash();
        let stands_for = lagging.map_or_else(|| raw.clone(), |note| note.overlay(&there).hash());
        (raw, stands_for)
    })
    .await;
    let own = match unkept {
        true => {
            let revisions = publisher.revisions().await?;
            !revisions.holds(&stands_for).await? && !would_take_back(revisions, &stands_for).await?
        }
        false => stands_for != publisher.live().snapshot().hash,
    };
    position.folder = if own && stands_for != meta.hash { FolderStands::Apart } else { FolderStands::OnServed };
    if position.folder == FolderStands::Apart {
        warn!(revision = meta.number, "the data folder holds changes of its own and is left as it is");
        return Ok(());
    }
    if raw == meta.hash {
        position.forget_unwritten();
        publisher.note_unwritten(None);
        return Ok(());
    }
    let note = PendingWrite { number: meta.number, hash: meta.hash.clone(), only: None, before: listed.ok() };
    let written = {
        let (note, state) = (note.clone(), state.clone());
        blocking(move || note.write(&state)).await
    };
    let path = match written {
        Ok(path) => path,
        Err(error) => {
            // Remembered, or the folder as it is would later be taken for what somebody made of it.
            error!(%error, "the state folder cannot be written; the data folder is left as it is");
            position.unwritten = Some(Unwritten::without_note(note, files, error.to_string()));
            publisher.note_unwritten(position.unwritten.as_ref());
            return Ok(());
        }
    };
    position.forget_unwritten();
    match carry_out(path, note, &state, folder, files).await {
        Ok(left) if left.is_empty() => {}
        Ok(left) => warn!(files = left.join(", "), "these files were changed meanwhile, and are left as they are"),
        Err(unwritten) => {
            error!(
                revision = meta.number,
                error = unwritten.reason,
                "the data folder cannot be written; the revision is served"
            );
            position.unwritten = Some(unwritten);
        }
    }
    publisher.note_unwritten(position.unwritten.as_ref());
    Ok(())
}

/// Looks whether the revision that is served still is what stands in a shared log under its number. A store that lets
/// one take the place of another leaves two replicas with two catalogues: the one in the store counts, and what is served
/// here is put aside.
async fn heal(publisher: &Publisher, position: &mut LogPosition, revisions: &Revisions) -> Result<(), NotChanged> {
    let health = publisher.health();
    let Some(meta) = health.revision.as_ref().filter(|_| publisher.is_shared()) else { return Ok(()) };
    match revisions.head(meta.number).await {
        Ok(there) if there.hash == meta.hash => return Ok(()),
        Ok(_) => {}
        // One that was deleted or damaged is served on.
        Err(StoreError::Missing(_) | StoreError::Damaged(_) | StoreError::Newer(_)) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    revisions.found_overwriting();
    revisions.forget_known(meta.number);
    if let Err(error) =
        publisher.set_aside(None, "another catalogue took the number of the revision that was served").await
    {
        return Err(NotChanged::Folder(format!("what is served cannot be set aside: {error}")));
    }
    position.newest = position.newest.min(meta.number.saturating_sub(1));
    Ok(())
}

/// Makes what is served the first revision, as the start does where the log can be reached.
async fn keep_first(
    publisher: &Publisher,
    position: &mut LogPosition,
    revisions: &Revisions,
    folder: &Path,
) -> Result<(), NotChanged> {
    let (files, problems) = read(folder).await;
    let (files, hash) = hashed(files).await;
    if !is_whole(&problems) || hash != publisher.live().snapshot().hash {
        // What stands there by now is for a reload to take.
        return Ok(());
    }
    let record = |result| Record::new(&Actor::Start, "start", result, Some(FIRST), &hash);
    publisher.audit().write(record(AuditResult::Begun)).await.map_err(NotChanged::NotRecorded)?;
    let notes = RevisionNotes { shipped: shipped_in(revisions, &hash).await?, ..RevisionNotes::default() };
    match revisions.append_with(FIRST, &Actor::Start, &Cause::Start, notes, &files, hash.clone()).await? {
        Appended::Created(meta) => {
            position.newest = FIRST;
            publisher.note_health(|health| health.revision = Some(meta.clone()));
            publisher.audit().note(record(AuditResult::Done)).await;
        }
        // The next look at the log follows it.
        Appended::Taken => publisher.audit().note(record(AuditResult::Overtaken)).await,
    }
    Ok(())
}
