//! Notes of what is about to be written into the data folder, so that a program killed in the middle finishes it at its
//! next start, and so that a folder that cannot be written is known to lag behind what was accepted.
//!
//! A note says what stood in the folder before. What somebody wrote there since is left alone, and counts beside what was
//! accepted: [`Unwritten::overlay`] says what a folder stands for while a note of it is open.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use crate::atomic::{create, make_folder, replace};
use crate::blocking::blocking;
use crate::catalogue::Files;

use crate::publishing::folder::{Listing, bring_to, digest, list, set_aside};
use crate::publishing::revision::Revision;
use crate::publishing::revisions::Revisions;
use crate::publishing::store_error::StoreError;

/// The folder of the notes in the state folder.
pub(crate) const FOLDER: &str = "pending";

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
    /// What stood in the folder before, and of what has been written since, that; notes of older versions do not say.
    #[serde(default)]
    pub(crate) before: Option<Listing>,
}

impl PendingWrite {
    /// Writes the note; returns its place.
    pub(crate) fn write(&self, state: &Path) -> io::Result<PathBuf> {
        let folder = state.join(FOLDER);
        make_folder(&folder)?;
        // Texts and numbers always become JSON.
        create(&folder, &format!("{}-", self.number), ".json", &serde_json::to_vec(self).unwrap_or_default())
    }

    /// Does what the note says; returns the paths of what was changed since it was written, and so left alone.
    fn carry_out(&mut self, state: &Path, folder: &Path, files: &Files) -> io::Result<Vec<String>> {
        let before = match &mut self.before {
            Some(before) => before,
            // Nobody knows what stood there: a copy of all is kept.
            None => {
                if let Some(place) = set_aside(folder, state, None)? {
                    warn!(place, "what stands in the data folder is kept there before an older change is finished");
                }
                self.before.insert(list(folder)?)
            }
        };
        bring_to(folder, files, before, self.only.as_deref())
    }

    /// Writes the note anew in its place: a part of what it says is done.
    fn write_again(&self, path: &Path) {
        if let Err(error) = replace(path, &serde_json::to_vec(self).unwrap_or_default()) {
            warn!(%error, "a note of what is to be written into the data folder cannot be brought up to date");
        }
    }
}

/// Does what a note says, and takes it away; returns the paths of what was changed since it was written. A folder that
/// cannot be written keeps its note.
#[expect(clippy::result_large_err, reason = "it comes about once in a change, and goes on as it is")]
pub(crate) async fn carry_out(
    path: PathBuf,
    mut note: PendingWrite,
    state: &Path,
    folder: &Path,
    files: Files,
) -> Result<Vec<String>, Unwritten> {
    let (state, folder) = (state.to_owned(), folder.to_owned());
    blocking(move || {
        let before = note.before.clone();
        match note.carry_out(&state, &folder, &files) {
            Ok(left) => {
                forget(&path);
                Ok(left)
            }
            Err(error) => {
                // Else what is taken back by hand until the rest can be written would be written again.
                if note.before != before {
                    note.write_again(&path);
                }
                Err(Unwritten { path: Some(path), note, files, reason: error.to_string() })
            }
        }
    })
    .await
}

/// Takes a note away.
pub(crate) fn forget(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        warn!(%error, "a note of a change that is done cannot be removed");
    }
}

/// A change that was accepted, and that the data folder does not hold.
#[derive(Clone, Debug)]
pub(crate) struct Unwritten {
    /// The note's place; none where it could not be written.
    path: Option<PathBuf>,
    note: PendingWrite,
    /// The files of the revision.
    files: Files,
    /// Why the folder could not be brought to it; empty where it was not tried.
    pub(crate) reason: String,
}

impl Unwritten {
    /// The revision that the folder does not hold.
    pub(crate) fn number(&self) -> u64 {
        self.note.number
    }

    /// A change of which not even the note could be written.
    pub(crate) fn without_note(note: PendingWrite, files: Files, reason: String) -> Unwritten {
        Unwritten { path: None, note, files, reason }
    }

    /// Whether nothing but this program knows of it.
    pub(crate) fn has_no_note(&self) -> bool {
        self.path.is_none()
    }

    /// Tries again what could not even be noted; what is still open comes back.
    pub(crate) async fn again(self, state: &Path, folder: &Path) -> Option<Unwritten> {
        let Unwritten { note, files, .. } = self;
        let written = {
            let (note, state) = (note.clone(), state.to_owned());
            blocking(move || note.write(&state)).await
        };
        match written {
            Ok(path) => carry_out(path, note, state, folder, files).await.err(),
            Err(error) => Some(Unwritten::without_note(note, files, error.to_string())),
        }
    }

    /// Takes the note away: another stands in its place, or it is of no use any more.
    pub(crate) fn forget(&self) {
        self.path.iter().for_each(|path| forget(path));
    }

    /// What a folder with these files stands for: the revision, and beside it what was written since the note was.
    pub(crate) fn overlay(&self, folder: &Files) -> Files {
        let mut files = folder.clone();
        let paths: BTreeSet<&String> = folder.0.keys().chain(self.files.0.keys()).collect();
        for path in paths.into_iter().filter(|path| self.note.only.as_ref().is_none_or(|only| only == *path)) {
            let untouched =
                self.note.before.as_ref().is_none_or(|before| {
                    folder.0.get(path).map(|content| digest(content)).as_ref() == before.get(path)
                });
            if untouched {
                match self.files.0.get(path) {
                    Some(content) => files.0.insert(path.clone(), content.clone()),
                    None => files.0.remove(path),
                };
            }
        }
        files
    }
}

/// Finishes what was interrupted: brings the data folder to the revision of a note, as far as nobody changed it since.
///
/// A folder that cannot be written stops nobody: what it lags behind comes back, and is tried again the next time. The
/// same for a note whose revision is not the newest any more, which is not carried out: it explains what the folder holds.
pub(crate) async fn resume(
    state: &Path,
    folder: &Path,
    revisions: &Revisions,
) -> Result<Option<Unwritten>, StoreError> {
    let state_folder = state.to_owned();
    let notes = blocking(move || notes(&state_folder)).await;
    if notes.is_empty() {
        return Ok(None);
    }
    let numbers = revisions.numbers().await?;
    let mut unwritten: Option<Unwritten> = None;
    for (path, note) in notes {
        if !numbers.contains(&note.number) {
            let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > GIVEN_UP) {
                forget(&path);
            }
            continue;
        }
        let revision = match revisions.read(note.number).await {
            Err(StoreError::Damaged(_) | StoreError::Newer(_)) => None,
            other => Some(other?),
        };
        let Some(Revision { files, .. }) = revision.filter(|revision| revision.meta.hash == note.hash) else {
            forget(&path);
            continue;
        };
        // A later note says what stood there when it was written.
        if let Some(earlier) = unwritten.take() {
            earlier.forget();
        }
        let newest = numbers.last() == Some(&note.number);
        if !newest {
            unwritten = Some(Unwritten { path: Some(path), note, files, reason: String::new() });
            continue;
        }
        let number = note.number;
        match carry_out(path, note, state, folder, files).await {
            Ok(left) => {
                info!(revision = number, "an interrupted change of the data folder is finished");
                if !left.is_empty() {
                    warn!(files = left.join(", "), "these files were changed since, and are left as they are");
                }
            }
            Err(lagging) => unwritten = Some(lagging),
        }
    }
    Ok(unwritten)
}

/// Whether there may be a change to finish, which [`resume`] then does: until it has, nobody knows what the data folder is to
/// hold.
pub(crate) fn may_resume(state: &Path) -> bool {
    match fs::read_dir(state.join(FOLDER)) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

fn notes(state: &Path) -> Vec<(PathBuf, PendingWrite)> {
    let Ok(entries) = fs::read_dir(state.join(FOLDER)) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let mut notes: Vec<_> =
        paths.filter_map(|path| Some((path.clone(), serde_json::from_slice(&fs::read(&path).ok()?).ok()?))).collect();
    notes.sort_by_key(|(_, note): &(PathBuf, PendingWrite)| note.number);
    notes
}
