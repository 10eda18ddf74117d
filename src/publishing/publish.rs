//! One changed file: checked beside the files being served, and published into the data folder.

use tokio::sync::MutexGuard;
use tracing::warn;

use crate::catalogue::{Difference, Files, NAMELESS, Report, belongs};
use crate::snapshot::Snapshot;

use crate::publishing::audit::{AuditResult, Findings, Record};
use crate::publishing::change::{BROUGHT_BACK, NextCatalogue, Writes, commit, listing, not_over_refused, writable};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::{differing, digest};
use crate::publishing::follow::begin;
use crate::publishing::proposal::{KeptProposal, Proposal, discard_proposal, file_hash, read_proposal};
use crate::publishing::publisher::{FolderStands, LogPosition, Publisher, difference, read};
use crate::publishing::revision::{Actor, Cause};
use crate::publishing::store_error::StoreError;

/// The action's name in the record.
const ACTION: &str = "publish";

/// What the check of a proposal found.
pub struct CheckedProposal {
    /// The file, by its path within the catalogue's folder.
    pub file: String,
    /// Why it is to be published, as the person says; empty if they do not.
    pub reason: String,
    /// What is wrong with the catalogue that it would make; without errors there are a snapshot and a difference.
    pub report: Report,
    /// The catalogue that it would make.
    pub snapshot: Option<Snapshot>,
    /// What differs from what is served.
    pub difference: Difference,
    /// The hash of the catalogue beside which it was checked.
    pub base: String,
    /// The hash of the file as it is served ([`file_hash`]).
    pub over: String,
    /// Whether it could be published: there is a data folder to write it into.
    pub publishable: bool,
}

/// Checks a file as if it stood in the data folder beside the files being served.
pub async fn check(publisher: &Publisher, proposal: &Proposal) -> Result<CheckedProposal, NotChanged> {
    let served = publisher.live().snapshot();
    let mut files = publisher.files_of(&served).await?;
    let Proposal { file, content, reason, .. } = proposal.clone();
    let over = file_hash(files.0.get(&file).map(Vec::as_slice));
    // A process without an id is held to the rules under a name that no file can have.
    let path = if belongs(&file) { file.clone() } else { NAMELESS.to_owned() };
    files.0.insert(path, content);
    let (_, snapshot, report) = publisher.build_changed(files, None, Vec::new()).await;
    let base = served.hash.clone();
    let (difference, snapshot) = match snapshot.filter(|_| belongs(&file)) {
        Some(snapshot) => {
            let (difference, snapshot) = difference(served, snapshot).await;
            (difference, Some(snapshot))
        }
        None => (Difference::default(), None),
    };
    let publishable = publisher.folder().is_some();
    Ok(CheckedProposal { file, reason, report, snapshot, difference, base, over, publishable })
}

/// Writes a proposal into the data folder and serves the result, if it has no errors and `base`, the beginning of a
/// catalogue's hash, is still served.
pub async fn publish(publisher: &Publisher, actor: &Actor, proposal: &str, base: &str) -> Result<Changed, NotChanged> {
    let _running = publisher.running();
    let (mut file, mut reason) = (String::new(), String::new());
    let published = match begin(publisher).await {
        _ if publisher.folder().is_none() => Err(NotChanged::NoFolder),
        Ok(position) => match read_proposal(publisher, proposal).await {
            Ok(Some(KeptProposal { proposal: kept, .. })) => {
                (file, reason) = (kept.file.clone(), kept.reason.clone());
                try_publish(publisher, position, actor, (proposal, kept), base).await
            }
            Ok(None) => Err(NotChanged::ProposalGone),
            Err(error) => Err(error.into()),
        },
        Err(error) => Err(error),
    };
    let record = match &published {
        Ok(changed) => Record::new(actor, ACTION, AuditResult::Done, Some(changed.meta.number), ""),
        Err(error) => Record::new(actor, ACTION, error.result(), None, &error.to_string()).because(error.kind()),
    };
    let findings = published.as_ref().ok().map(|changed| Findings::Changes(changed.difference.clone()));
    publisher.audit().note_with(record.about(&file, &reason), findings).await;
    published
}

async fn try_publish(
    publisher: &Publisher,
    mut position: MutexGuard<'_, LogPosition>,
    actor: &Actor,
    (name, proposal): (&str, Proposal),
    base: &str,
) -> Result<Changed, NotChanged> {
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    let Proposal { file: path, content, reason, .. } = proposal;
    // What is kept passed its check, and so is a file of the catalogue; whoever can write into the store could name any.
    if !belongs(&path) {
        return Err(NotChanged::ProposalGone);
    }
    let served = publisher.live().snapshot();
    if !served.hash.starts_with(base) {
        return Err(NotChanged::Overtaken(publisher.health().revision.clone()));
    }
    not_over_refused(publisher)?;
    if position.is_apart() {
        return Err(NotChanged::Diverged);
    }
    // Exactly what was previewed: what is served, with this one file. What else the folder holds by now nobody has seen.
    let former = publisher.files_of(&served).await?;
    let mut files = former.clone();
    files.0.insert(path.clone(), content);
    if files == former {
        discard_proposal(publisher, name).await;
        return Err(NotChanged::Same);
    }
    writable(&position, folder, Some(&path)).await?;
    let mut before = listing(folder).await?;
    before.retain(|there, _| *there == path);
    let (there, _) = read(folder).await;
    let mut unreloaded = differing(&there, &former);
    unreloaded.retain(|there| *there != path);
    // One file more in a folder that lags behind would make it a mixture, which the next start takes for somebody's work.
    if position.folder == FolderStands::Unknown && lags(publisher, &there, &unreloaded).await? {
        return Err(NotChanged::Diverged);
    }
    let (files, snapshot, report) = publisher.build_changed(files, None, Vec::new()).await;
    let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
    // Somebody's edit of this very file that was not reloaded, or that cannot even be read.
    let expected = former.0.get(&path).map(|content| digest(content));
    let edited = before.get(&path) != expected.as_ref() && before.contains_key(&path);
    let set_aside = match edited {
        true => {
            let copied =
                publisher.set_aside(Some(vec![path.clone()]), "another version of the file is published").await;
            copied.map_err(|error| NotChanged::Folder(format!("an edit cannot be set aside: {error}")))?
        }
        false => None,
    };
    // Who publishes a file means it to be there; who took it out of the folder is to know.
    let brought_back = (expected.is_some() && !before.contains_key(&path)).then(|| path.clone());
    if brought_back.is_some() {
        warn!(file = path, "the file that is published had been {BROUGHT_BACK}");
    }
    let (cause, writes) = (Cause::publish(&path), Writes::Only(path));
    let next = NextCatalogue { snapshot, files, report, cause, reason, writes, before, set_aside, brought_back };
    let changed = commit(publisher, &mut position, actor, ACTION, next).await?;
    discard_proposal(publisher, name).await;
    unreloaded.extend(changed.unreloaded.iter().cloned());
    Ok(Changed { unreloaded, ..changed })
}

/// Whether one of these files of the folder, which differ from what is served, is as it was in another revision: then the
/// folder stands on that, and what was accepted since is not in it. What is in no revision is somebody's edit.
async fn lags(publisher: &Publisher, there: &Files, differing: &[String]) -> Result<bool, StoreError> {
    if differing.is_empty() {
        return Ok(false);
    }
    let revisions = publisher.revisions().await?;
    let served = publisher.health().revision.as_ref().map(|meta| meta.number);
    for number in revisions.numbers().await?.into_iter().rev().filter(|number| Some(*number) != served) {
        let earlier = match revisions.read(number).await {
            Ok(revision) => revision.files,
            Err(StoreError::Missing(_) | StoreError::Damaged(_) | StoreError::Newer(_)) => continue,
            Err(error) => return Err(error),
        };
        if differing.iter().any(|path| earlier.0.get(path) == there.0.get(path)) {
            return Ok(true);
        }
    }
    Ok(false)
}
