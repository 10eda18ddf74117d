//! Taking back an earlier revision: its files are served again, as a new revision, and the data folder holds them.

use std::path::Path;

use crate::catalogue::{Difference, Files, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{AuditResult, Findings, Record};
use crate::publishing::change::{NextCatalogue, Writes, commit, listing, writable};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::follow::begin;
use crate::publishing::publisher::{Publisher, difference, hashed, is_whole, read};
use crate::publishing::revision::{Actor, Cause, Meta};
use crate::publishing::store_error::StoreError;

/// The action's name in the record.
const ACTION: &str = "restore";

/// What taking back a revision would change.
pub struct RestorePreview {
    /// Who made it, when and why.
    pub meta: Meta,
    /// What would differ from what is served.
    pub difference: Difference,
    /// What a check of today finds in it.
    pub report: Report,
    /// The hash of what is served.
    pub base: String,
}

/// What taking back a revision would change.
pub async fn preview_restore(publisher: &Publisher, number: u64) -> Result<RestorePreview, NotChanged> {
    // Nothing is offered that could not be done.
    publisher.folder().ok_or(NotChanged::NoFolder)?;
    let served = publisher.live().snapshot();
    let Loaded { meta, snapshot, report, .. } = load(publisher, number, &served).await?;
    let base = served.hash.clone();
    let (difference, _) = difference(served, snapshot).await;
    Ok(RestorePreview { meta, difference, report, base })
}

/// Takes back a revision, if `base`, the beginning of a catalogue's hash, is still served.
pub async fn restore(publisher: &Publisher, actor: &Actor, number: u64, base: &str) -> Result<Changed, NotChanged> {
    let _running = publisher.running();
    let restored = try_restore(publisher, actor, number, base).await;
    let detail = format!("of revision {number}");
    let record = match &restored {
        Ok(changed) => Record::new(actor, ACTION, AuditResult::Done, Some(changed.meta.number), &detail),
        Err(error) => {
            Record::new(actor, ACTION, error.result(), None, &format!("{detail}: {error}")).because(error.kind())
        }
    };
    let findings = restored.as_ref().ok().map(|changed| Findings::Changes(changed.difference.clone()));
    publisher.audit().note_with(record, findings).await;
    restored
}

async fn try_restore(publisher: &Publisher, actor: &Actor, number: u64, base: &str) -> Result<Changed, NotChanged> {
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    let mut position = begin(publisher).await?;
    let served = publisher.live().snapshot();
    if !served.hash.starts_with(base) {
        return Err(NotChanged::Overtaken(publisher.health().revision.clone()));
    }
    let Loaded { files, snapshot, report, .. } = load(publisher, number, &served).await?;
    writable(&position, folder, None).await?;
    let before = listing(folder).await?;
    // What is served is kept as a revision, but for what a start served that could make it none.
    let is_kept = publisher.health().revision.is_some();
    let set_aside = match is_kept && holds(folder, &served.hash).await {
        true => None,
        false => {
            let copied = publisher.set_aside(None, "an earlier revision is taken back").await;
            copied.map_err(|error| NotChanged::Folder(format!("the data folder cannot be set aside: {error}")))?
        }
    };
    let (cause, reason, writes) = (Cause::Restore { of: number }, String::new(), Writes::All);
    let next = NextCatalogue { snapshot, files, report, cause, reason, writes, before, set_aside, brought_back: None };
    commit(publisher, &mut position, actor, ACTION, next).await
}

/// Whether a folder holds files with this hash, whole.
async fn holds(folder: &Path, hash: &str) -> bool {
    let (there, problems) = read(folder).await;
    is_whole(&problems) && hashed(there).await.1 == hash
}

/// A revision that can be taken back.
struct Loaded {
    meta: Meta,
    files: Files,
    snapshot: Snapshot,
    report: Report,
}

/// Reads a revision, if it is not what is served and has no errors by today's rules.
async fn load(publisher: &Publisher, number: u64, served: &Snapshot) -> Result<Loaded, NotChanged> {
    let revision = match publisher.revisions().await?.read(number).await {
        Err(StoreError::Missing(number)) => return Err(NotChanged::NoRevision(number)),
        other => other?,
    };
    // Reading it proved that its files have this hash.
    // Over a newer one that cannot be served here, even what is served is a decision.
    if revision.meta.hash == served.hash && publisher.health().refused.is_none() {
        return Err(NotChanged::Same);
    }
    let (files, snapshot, report) = publisher.build(revision.files, Vec::new(), Origin::Revision(number)).await;
    match snapshot {
        Some(snapshot) => Ok(Loaded { meta: revision.meta, files, snapshot, report }),
        None => Err(NotChanged::Errors(report)),
    }
}
