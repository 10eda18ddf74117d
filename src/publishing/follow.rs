//! Before every change, and at each poll: what was interrupted is finished, and what another process accepted is served.

use std::path::Path;

use tokio::sync::MutexGuard;
use tracing::{error, info, warn};

use crate::blocking::blocking;
use crate::snapshot::Origin;

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::changed::NotChanged;
use crate::publishing::folder::bring_to;
use crate::publishing::health::Health;
use crate::publishing::pending::{NotResumed, PendingWrite, forget, resume};
use crate::publishing::publisher::{LogPosition, Publisher, is_whole, read};
use crate::publishing::revision::{Actor, Cause, Revision};
use crate::publishing::revisions::{Appended, Revisions};

/// The action's name in the record.
const ACTION: &str = "follow";

/// The number of the first revision.
const FIRST: u64 = 1;

/// Waits for the change that is being made, and finishes those that were interrupted or made elsewhere.
pub(crate) async fn begin(publisher: &Publisher) -> Result<MutexGuard<'_, LogPosition>, NotChanged> {
    let mut position = publisher.lock().await;
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    resume(publisher.state(), folder, publisher.revisions().await?).await.map_err(|error| match error {
        NotResumed::Revisions(error) => NotChanged::Store(error),
        error => NotChanged::Folder(error.to_string()),
    })?;
    follow(publisher, &mut position).await?;
    Ok(position)
}

/// Takes over a revision that another process made, and brings the data folder to it unless it was changed here.
pub(crate) async fn follow(publisher: &Publisher, position: &mut LogPosition) -> Result<(), NotChanged> {
    let Some(folder) = publisher.folder() else { return Ok(()) };
    let revisions = publisher.revisions().await?;
    // After a start at which the log could not be reached, what is served is in no revision.
    let unkept = publisher.health().revision.is_none();
    let numbers = revisions.numbers_after(position.newest).await?;
    let Some(newest) = numbers.last().copied() else {
        return if unkept && position.newest == 0 {
            keep_first(publisher, position, revisions, folder).await
        } else {
            Ok(())
        };
    };
    // Damaged ones count as numbers that are taken, and are otherwise passed over.
    let revision = revisions.newest_after(position.newest).await?;
    position.newest = newest;
    let Some(Revision { meta, files }) = revision else { return Ok(()) };
    let served = publisher.live().snapshot();
    if meta.hash == served.hash {
        publisher.note_health(|health| health.revision = Some(meta.clone()));
        return Ok(());
    }
    let (files, built, report) = publisher.build(files, Vec::new(), Origin::Revision(meta.number)).await;
    let Some(snapshot) = built else {
        error!(revision = meta.number, "a revision made elsewhere has errors here and is not served");
        return Ok(());
    };
    let (there, _) = read(folder).await;
    let there = blocking(move || there.hash()).await;
    let own = if unkept { !revisions.holds(&there).await? } else { there != served.hash };
    position.diverged = own && there != meta.hash;
    if !position.diverged && there != meta.hash {
        let pending = PendingWrite { number: meta.number, hash: meta.hash.clone(), only: None };
        let (state, folder) = (publisher.state().to_owned(), folder.to_owned());
        let written = blocking(move || {
            let note = pending.write(&state)?;
            bring_to(&folder, &files, None)?;
            forget(&note);
            Ok::<(), std::io::Error>(())
        });
        written.await.map_err(|error| NotChanged::Folder(error.to_string()))?;
    }
    if position.diverged {
        warn!(revision = meta.number, "the data folder holds changes of its own and is left as it is");
    }
    info!(revision = meta.number, "a revision made elsewhere is served");
    let record = Record::new(&Actor::Other, ACTION, AuditResult::Done, Some(meta.number), &meta.hash);
    publisher.audit().note(record).await;
    publisher.serve(snapshot, Health { revision: Some(meta), report, broken: None });
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
    let hash = files.hash();
    if !is_whole(&problems) || hash != publisher.live().snapshot().hash {
        // What stands there by now is for a reload to take.
        return Ok(());
    }
    let record = |result| Record::new(&Actor::Start, "start", result, Some(FIRST), &hash);
    publisher.audit().write(record(AuditResult::Begun)).await.map_err(NotChanged::NotRecorded)?;
    match revisions.append(FIRST, &Actor::Start, &Cause::Start, &files).await? {
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
