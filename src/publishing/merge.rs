//! What a new version of the program brings, merged into what moderators made of the catalogue.
//!
//! Three catalogues meet, field by field ([`catalogue::merge`](crate::catalogue::merge())): the shipped one from which what
//! is served began, what is served, and the one that the program is shipped with now. Which one the first is stands in the
//! revisions ([`Meta::shipped`](crate::publishing::Meta)); its content is kept beside them, under `-shipped/`. What both
//! sides changed stays as moderators have it, and is kept under `-conflicts/` until somebody has looked at it.

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use object_store::memory::InMemory;
use object_store::path::Path as Location;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::{error, info, warn};

use crate::blocking::blocking;
use crate::catalogue::{self, Conflict, Difference, Files, MAX_TOTAL_BYTES, Merged, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{AuditResult, Findings, Record};
use crate::publishing::change::{NextCatalogue, Writes, commit, not_over_refused, writable};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::{Listing, digest};
use crate::publishing::follow::begin;
use crate::publishing::publisher::{Locations, Publisher, difference, is_whole, read};
use crate::publishing::revision::{Actor, Cause};
use crate::publishing::revisions::{FoundLog, Revisions, Shelf};
use crate::publishing::shipped::{began_from, built_in_hash, keep_shipped, read_shipped, shipped_in, was_taken_in};
use crate::publishing::store_error::StoreError;
use crate::publishing::undecided::Undecided;
use crate::settings::{Settings, data_folder, store_variables};

/// The action's name in the record.
const ACTION: &str = "merge";

/// The most merges whose conflicts are looked at.
const LISTED: usize = 1_000;

/// How often a number is tried against other processes that make revisions at the same moment.
const TRIES: usize = 5;

/// A merge that was made.
#[derive(Clone, Debug)]
pub struct MergeDone {
    /// What is served now, and what differs from what was served before.
    pub changed: Changed,
    /// What both sides changed, each otherwise; moderators' version stands.
    pub conflicts: Vec<Conflict>,
}

/// What a merge would change.
#[derive(Clone, Debug)]
pub struct MergePreview {
    /// What would differ from what is served.
    pub difference: Difference,
    /// What both sides changed, each otherwise; moderators' version would stand.
    pub conflicts: Vec<Conflict>,
    /// What a check finds in the merged catalogue: with errors it would not be served.
    pub report: Report,
}

/// Why nothing was merged.
#[derive(Debug, thiserror::Error)]
pub enum NotMerged {
    /// No revision says from which shipped catalogue what is served began.
    #[error(
        "it is not known from which shipped catalogue what is served began: name it with --base, as the data folder of \
         the version that it came from, or as the number of the revision that held it untouched (often 1)"
    )]
    NoBase,
    /// The catalogue is that of an older version, which is in what is served.
    #[error("this catalogue was merged before, and a newer one since")]
    Older,
    /// The same as for any other change.
    #[error(transparent)]
    NotChanged(#[from] NotChanged),
}

impl From<StoreError> for NotMerged {
    fn from(error: StoreError) -> NotMerged {
        NotMerged::NotChanged(error.into())
    }
}

/// What a merge begins from, where no revision is to say it.
#[derive(Clone, Debug)]
pub enum MergeBase {
    /// These files.
    Files(Files),
    /// Those of a revision.
    Revision(u64),
}

/// Merges a shipped catalogue into what is served: the one built into the program, unless another is given. It is checked
/// whole, recorded, and becomes a revision like every other change; with errors nothing changes.
pub async fn merge(
    publisher: &Publisher,
    actor: &Actor,
    theirs: Option<Files>,
    base: Option<MergeBase>,
) -> Result<MergeDone, NotMerged> {
    merge_if(publisher, actor, theirs, base, false).await
}

/// Merges the catalogue built into the program, if it is newer than what the served one began from; the log says what came
/// of it. For programs that start: with errors, or without a log, the old goes on serving.
pub async fn merge_at_start(publisher: &Publisher) {
    if publisher.folder().is_none() || publisher.health().revision.is_none() {
        return;
    }
    match merge_if(publisher, &Actor::Start, None, None, true).await {
        Ok(MergeDone { changed, conflicts }) => {
            let (added, removed, changed) = changed.difference.counts();
            info!(added, removed, changed, conflicts = conflicts.len(), "what the new version brings was merged");
        }
        Err(NotMerged::NotChanged(NotChanged::Same) | NotMerged::Older) => {}
        Err(NotMerged::NoBase) => {
            info!("what this version brings is not merged by itself: the data folder began from something else");
        }
        Err(error) => error!(%error, "what the new version brings is not merged; what was served goes on being served"),
    }
}

/// The same; with `newer`, a catalogue that was in what is served before is not merged again.
async fn merge_if(
    publisher: &Publisher,
    actor: &Actor,
    theirs: Option<Files>,
    base: Option<MergeBase>,
    newer: bool,
) -> Result<MergeDone, NotMerged> {
    let _running = publisher.running();
    let mut tries = TRIES;
    let merged = loop {
        tries -= 1;
        match merge_once(publisher, actor, theirs.clone(), base.clone(), newer).await {
            // Another process got the number and is followed by now; it may have merged the same.
            Err(NotMerged::NotChanged(NotChanged::Overtaken(_))) if tries > 0 => {}
            merged => break merged,
        }
    };
    let (record, findings) = match &merged {
        Ok(done) => {
            let detail = format!("{} conflicts", done.conflicts.len());
            let record = Record::new(actor, ACTION, AuditResult::Done, Some(done.changed.meta.number), &detail);
            (record, Some(Findings::Changes(done.changed.difference.clone())))
        }
        // A start that has nothing to merge is no attempt.
        Err(NotMerged::NotChanged(NotChanged::Same) | NotMerged::Older | NotMerged::NoBase) if newer => return merged,
        Err(error) => {
            let (result, findings) = match error {
                NotMerged::NotChanged(NotChanged::Errors(report)) => {
                    (AuditResult::Refused, Some(Findings::Errors(report.clone())))
                }
                NotMerged::NotChanged(error) => (error.result(), None),
                NotMerged::NoBase | NotMerged::Older => (AuditResult::Refused, None),
            };
            let why = match error {
                NotMerged::NotChanged(error) => error.kind(),
                NotMerged::NoBase | NotMerged::Older => "",
            };
            (Record::new(actor, ACTION, result, None, &error.to_string()).because(why), findings)
        }
    };
    publisher.audit().note_with(record, findings).await;
    merged
}

async fn merge_once(
    publisher: &Publisher,
    actor: &Actor,
    theirs: Option<Files>,
    base: Option<MergeBase>,
    newer: bool,
) -> Result<MergeDone, NotMerged> {
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    let mut position = begin(publisher).await?;
    let revisions = publisher.revisions().await?;
    let Sources { base, theirs, hash } = sources(revisions, theirs, base, newer).await?;
    not_over_refused(publisher)?;
    if let Some(broken) = publisher.health().broken.clone() {
        return Err(NotChanged::Errors(broken).into());
    }
    if position.is_apart() {
        return Err(NotChanged::Diverged.into());
    }
    writable(&position, folder, None).await?;
    let former = publisher.served_files().await?;
    let (former, theirs, base, Merged { files, conflicts, renamed }) = blocking(move || {
        let merged = catalogue::merge(&base, &former, &theirs);
        (former, theirs, base, merged)
    })
    .await;
    let (files, snapshot, report) = publisher.build_changed(files, None, Vec::new()).await;
    let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report).into()) };
    // What stands otherwise in the folder is somebody's edit that was not reloaded: it is left as it is.
    let before: Listing = former.0.iter().map(|(path, content)| (path.clone(), digest(content))).collect();
    // Before the revision, so that one never stands there without them.
    keep_shipped(revisions, theirs, &hash).await?;
    if !conflicts.is_empty() {
        let of = |conflict: &Conflict| {
            let path = renamed.get(&conflict.file).unwrap_or(&conflict.file);
            let text = base.0.get(path).map(|content| String::from_utf8_lossy(content).into_owned());
            (conflict.file.clone(), text.unwrap_or_default())
        };
        let base = conflicts.iter().map(of).collect();
        let into = position.newest;
        keep_conflicts(revisions, &hash, &KeptConflicts { conflicts: conflicts.clone(), base, into }).await?;
    }
    let (cause, reason, writes, set_aside) = (Cause::Merge { of: hash }, String::new(), Writes::All, None);
    let next = NextCatalogue { snapshot, files, report, cause, reason, writes, before, set_aside, brought_back: None };
    let changed = commit(publisher, &mut position, actor, ACTION, next).await?;
    Ok(MergeDone { changed, conflicts })
}

/// What meets in a merge beside what is served.
struct Sources {
    base: Files,
    theirs: Files,
    /// The hash of the latter.
    hash: String,
}

async fn sources(
    revisions: &Revisions,
    theirs: Option<Files>,
    base: Option<MergeBase>,
    newer: bool,
) -> Result<Sources, NotMerged> {
    let hash = match &theirs {
        Some(theirs) => {
            let theirs = theirs.clone();
            blocking(move || theirs.hash()).await
        }
        None => built_in_hash().await,
    };
    let base = match base {
        Some(MergeBase::Files(files)) => files,
        Some(MergeBase::Revision(number)) => match revisions.read(number).await {
            Ok(revision) => revision.files,
            Err(StoreError::Missing(number)) => return Err(NotChanged::NoRevision(number).into()),
            Err(error) => return Err(error.into()),
        },
        None => {
            let shipped = began_from(revisions).await?.ok_or(NotMerged::NoBase)?;
            if shipped == hash {
                return Err(NotChanged::Same.into());
            }
            if newer && was_taken_in(revisions, &hash).await? {
                return Err(NotMerged::Older);
            }
            read_shipped(revisions, &shipped).await?.ok_or(NotMerged::NoBase)?
        }
    };
    let theirs = match theirs {
        Some(theirs) => theirs,
        None => blocking(Files::built_in).await,
    };
    Ok(Sources { base, theirs, hash })
}

/// What a merge would change, without changing anything, not even the state folder. What is served is the newest revision,
/// else the data folder.
pub async fn preview_merge(
    settings: &Settings,
    today: fn() -> jiff::civil::Date,
    theirs: Option<Files>,
    base: Option<MergeBase>,
) -> Result<MergePreview, NotMerged> {
    let locations = Locations {
        folder: data_folder(settings),
        state: settings.state.0.clone(),
        revisions: settings.revisions.url.clone(),
    };
    let folder = locations.folder.clone().ok_or(NotChanged::NoFolder)?;
    let found = Revisions::find(locations.revisions.as_deref(), &locations.state.join("revisions"), store_variables())?;
    let revisions = match found {
        FoundLog::Log(revisions) => revisions,
        FoundLog::NotYet(_) => {
            // What a first start would write.
            let (files, _) = read(&folder).await;
            let unwritten = Revisions::within(Arc::new(InMemory::new()), Location::default());
            let shipped = shipped_in(&unwritten, &blocking(move || files.hash()).await).await?;
            if shipped.is_some() && theirs.is_none() && base.is_none() {
                return Err(NotChanged::Same.into());
            }
            unwritten
        }
    };
    let Sources { base, theirs, .. } = sources(&revisions, theirs, base, false).await?;
    let mine = match revisions.newest().await? {
        Some(newest) => newest.files,
        None => {
            let (files, problems) = read(&folder).await;
            if !is_whole(&problems) {
                return Err(NotChanged::Errors(Report { problems }).into());
            }
            files
        }
    };
    let built = blocking(move || {
        let merged = catalogue::merge(&base, &mine, &theirs);
        let (former, report) = Snapshot::build(&mine, Vec::new(), Origin::Folder, today());
        let former = former.ok_or(report)?;
        let (snapshot, report) = Snapshot::build(&merged.files, Vec::new(), Origin::Folder, today());
        Ok((former, snapshot, report, merged.conflicts))
    });
    let (former, snapshot, report, conflicts) = built.await.map_err(NotChanged::Errors)?;
    let difference = match snapshot {
        Some(snapshot) => difference(Arc::new(former), snapshot).await.0,
        None => Difference::default(),
    };
    Ok(MergePreview { difference, conflicts, report })
}

// --- Conflicts -------------------------------------------------------------------------------------------------------

/// The conflicts of one merge as they are kept: JSON, under the hash of the shipped catalogue that was merged in.
#[derive(Debug, Serialize, Deserialize)]
struct KeptConflicts {
    conflicts: Vec<Conflict>,
    /// What both sides began from, of the files with a conflict; older versions did not keep it.
    #[serde(default)]
    base: BTreeMap<String, String>,
    /// Number of the revision that was merged into: which merge was later does not hang on a store's clock, which may count
    /// whole seconds. Older versions did not keep it.
    #[serde(default)]
    into: u64,
}

async fn keep_conflicts(revisions: &Revisions, shipped: &str, kept: &KeptConflicts) -> Result<(), StoreError> {
    // Texts always become JSON.
    let content = serde_json::to_vec(kept).unwrap_or_default();
    revisions.put(Shelf::Conflicts, shipped, &content).await
}

/// The conflicts of each merge by the hash of what was merged in, oldest first, and the hash of all that is kept of them.
async fn kept_conflicts(revisions: &Revisions) -> Result<(Vec<(String, KeptConflicts)>, String), StoreError> {
    let mut names = revisions.shelved(Shelf::Conflicts, LISTED).await?;
    names.sort_by_key(|(name, since)| (*since, name.clone()));
    let (mut all, mut hasher) = (Vec::new(), Sha256::new());
    for (name, _) in names {
        let content = revisions.take(Shelf::Conflicts, &name, MAX_TOTAL_BYTES).await?.unwrap_or_default();
        hasher.update(name.as_bytes());
        hasher.update(&content);
        match serde_json::from_slice::<KeptConflicts>(&content) {
            Ok(kept) => all.push((name, kept)),
            Err(error) => warn!(name, %error, "the conflicts of a merge cannot be read"),
        }
    }
    all.sort_by_key(|(_, kept)| kept.into);
    Ok((all, HEXLOWER.encode(&hasher.finalize())))
}

/// What merges could not decide and nobody has decided since, oldest first: nobody has settled it, what is served does not
/// say by now what the new version says, and no later merge met the same field again.
pub async fn conflicts(publisher: &Publisher) -> Result<Vec<Conflict>, StoreError> {
    let revisions = publisher.revisions().await?;
    let (kept, hash) = kept_conflicts(revisions).await?;
    if kept.iter().all(|(_, kept)| kept.conflicts.is_empty()) {
        return Ok(Vec::new());
    }
    let snapshot = publisher.live().snapshot();
    if let Some(known) = publisher.undecided().as_ref().filter(|known| known.is_of(&snapshot.hash, &hash)) {
        return Ok(known.conflicts.clone());
    }
    // What cannot be read now says nothing of what was decided.
    let served = publisher.files_of(&snapshot).await.ok().map(Arc::new);
    let (mut all, mut later, mut read) = (Vec::new(), Vec::new(), served.is_some());
    for (shipped, KeptConflicts { conflicts, base, .. }) in kept.into_iter().rev() {
        let known = later.clone();
        later.extend(conflicts.iter().map(place));
        let theirs = if base.is_empty() { None } else { read_shipped(revisions, &shipped).await.ok().flatten() };
        read &= base.is_empty() || theirs.is_some();
        let open = match (served.clone(), theirs) {
            (Some(served), Some(theirs)) => {
                let base = Files(base.into_iter().map(|(path, text)| (path, text.into_bytes())).collect());
                blocking(move || catalogue::undecided(conflicts, &base, &served, &theirs)).await
            }
            _ => conflicts,
        };
        all.splice(0..0, open.into_iter().filter(|one| !known.contains(&place(one))));
    }
    if read {
        let served = snapshot.hash.clone();
        *publisher.undecided() = Some(Undecided { served, kept: hash, conflicts: all.clone() });
    }
    Ok(all)
}

/// Where a conflict is.
fn place(conflict: &Conflict) -> (String, String) {
    (conflict.file.clone(), conflict.path.clone())
}

/// Forgets a conflict: somebody has looked at it, and either published what the new version brings or left what stands.
pub async fn settle_conflict(publisher: &Publisher, settled: &Conflict) -> Result<(), StoreError> {
    let revisions = publisher.revisions().await?;
    let (all, _) = kept_conflicts(revisions).await?;
    let last = all.iter().rposition(|(_, kept)| kept.conflicts.contains(settled)).unwrap_or_default();
    for (number, (name, mut kept)) in all.into_iter().enumerate() {
        let before = kept.conflicts.len();
        // What earlier merges met there is settled with it.
        let earlier = |conflict: &Conflict| number < last && place(conflict) == place(settled);
        kept.conflicts.retain(|conflict| conflict != settled && !earlier(conflict));
        // Nothing is deleted: a store need not allow that.
        if kept.conflicts.len() < before {
            keep_conflicts(revisions, &name, &kept).await?;
        }
    }
    Ok(())
}
