//! Notes of what is about to be written into the data folder, so that a program killed in the middle finishes it at its
//! next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use crate::atomic::create;

use crate::publishing::folder::bring_to;
use crate::publishing::revisions::Revisions;
use crate::publishing::store_error::StoreError;

/// The folder of the notes in the state folder.
const FOLDER: &str = "pending";

/// After how long a note whose revision never came about is taken away: another process may be about to create it.
const GIVEN_UP: Duration = Duration::from_secs(60);

/// The data folder is to be brought to a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingWrite {
    /// The revision's number.
    pub(crate) number: u64,
    /// The hash of its files: another may get the number.
    pub(crate) hash: String,
    /// The one file that is to be written; without it, all.
    pub(crate) only: Option<String>,
}

impl PendingWrite {
    /// Writes the note; returns its place.
    pub(crate) fn write(&self, state: &Path) -> io::Result<PathBuf> {
        let folder = state.join(FOLDER);
        fs::create_dir_all(&folder)?;
        // Texts and numbers always become JSON.
        create(&folder, &format!("{}-", self.number), ".json", &serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Takes a note away.
pub(crate) fn forget(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        warn!(%error, "a note of a change that is done cannot be removed");
    }
}

/// Why an interrupted change could not be finished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotResumed {
    /// The data folder cannot be written.
    #[error("the data folder cannot be brought to revision {number}: {error}")]
    Folder {
        /// The revision.
        number: u64,
        /// Why.
        error: io::Error,
    },
    /// The revisions cannot be read.
    #[error(transparent)]
    Revisions(#[from] StoreError),
}

/// Finishes what was interrupted: brings the data folder to the revision of a note, if that is still the newest one.
pub(crate) async fn resume(state: &Path, folder: &Path, revisions: &Revisions) -> Result<(), NotResumed> {
    for (path, pending) in notes(state) {
        let numbers = revisions.numbers().await?;
        if !numbers.contains(&pending.number) {
            let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > GIVEN_UP) {
                forget(&path);
            }
            continue;
        }
        let revision = match revisions.read(pending.number).await {
            Err(StoreError::Damaged(_)) => None,
            other => Some(other?),
        };
        let newest = numbers.last() == Some(&pending.number);
        if let Some(revision) = revision.filter(|revision| newest && revision.meta.hash == pending.hash) {
            bring_to(folder, &revision.files, pending.only.as_deref())
                .map_err(|error| NotResumed::Folder { number: pending.number, error })?;
            info!(revision = pending.number, "an interrupted change of the data folder is finished");
        }
        forget(&path);
    }
    Ok(())
}

fn notes(state: &Path) -> Vec<(PathBuf, PendingWrite)> {
    let Ok(entries) = fs::read_dir(state.join(FOLDER)) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let mut notes: Vec<_> =
        paths.filter_map(|path| Some((path.clone(), serde_json::from_slice(&fs::read(&path).ok()?).ok()?))).collect();
    notes.sort_by_key(|(_, pending): &(PathBuf, PendingWrite)| pending.number);
    notes
}
