//! The folders that a program needs, tried without changing anything in them.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::atomic::{leads_nowhere, try_room};

use crate::publishing::audit;
use crate::publishing::folder::{SET_ASIDE, SUBFOLDERS};
use crate::publishing::pending;

/// What cannot be written, and why.
pub(crate) type Unwritable = (PathBuf, io::Error);

/// Tries whether the state folder takes a revision of so many bytes, and records. `false` if it is not there yet, and can be
/// made.
pub(crate) fn try_state(state: &Path, bytes: u64) -> Result<bool, Unwritable> {
    let there = nearest(state)?;
    try_room(there, bytes).map_err(|error| (there.to_owned(), error))?;
    for folder in [pending::FOLDER, SET_ASIDE].map(|name| state.join(name)) {
        unless_missing(try_room(&folder, 1), folder)?;
    }
    let records = state.join(audit::FILE);
    unless_missing(OpenOptions::new().read(true).append(true).open(&records).map(drop), records)?;
    Ok(there == state)
}

/// Tries whether a folder that is not there can be made.
pub(crate) fn try_new(folder: &Path) -> Result<(), Unwritable> {
    let there = nearest(folder)?;
    try_room(there, 1).map_err(|error| (there.to_owned(), error))
}

/// Tries whether files can be written into a catalogue's folder.
pub(crate) fn try_data(folder: &Path) -> Result<(), Unwritable> {
    SUBFOLDERS.iter().map(|subfolder| folder.join(subfolder)).try_for_each(|folder| {
        let tried = try_room(&folder, 1);
        unless_missing(tried, folder)
    })
}

fn unless_missing(tried: io::Result<()>, place: PathBuf) -> Result<(), Unwritable> {
    match tried {
        // Some file systems say the same of what cannot be made in a folder that is there.
        Err(error) if error.kind() == ErrorKind::NotFound && !place.exists() => Ok(()),
        tried => tried.map_err(|error| (place, error)),
    }
}

/// What is there of a path: itself, or that from which on it has to be made.
fn nearest(path: &Path) -> Result<&Path, Unwritable> {
    if let Some(error) = leads_nowhere(path) {
        return Err((path.to_owned(), error));
    }
    let there = path.ancestors().find(|path| path.exists());
    // A path of the folder that we are in ends in an empty one.
    Ok(there.filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn trying_a_state_folder_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("a/state");
        assert!(!try_state(&state, 1_000).expect("it can be made"));
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 0);
        fs::create_dir_all(state.join(pending::FOLDER)).expect("made");
        assert!(try_state(&state, 1_000).expect("it is there"));
        assert_eq!(fs::read_dir(&state).expect("listed").count(), 1);
        fs::create_dir(state.join(audit::FILE)).expect("made");
        assert_eq!(try_state(&state, 1).expect_err("no record").0, state.join(audit::FILE));
        fs::write(folder.path().join("file"), "").expect("written");
        assert_eq!(try_state(&folder.path().join("file"), 1).expect_err("no folder").0, folder.path().join("file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_where_nothing_is_is_told_as_that() {
        let folder = tempfile::tempdir().expect("a folder");
        let (link, to) = (folder.path().join("link"), folder.path().join("unmounted"));
        std::os::unix::fs::symlink(&to, &link).expect("linked");
        let told = format!("{} is a link to {}, where nothing is", link.display(), to.display());
        for place in [link.clone(), link.join("state")] {
            assert_eq!(try_state(&place, 1).expect_err("a link").1.to_string(), told);
            assert_eq!(crate::atomic::make_folder(&place).expect_err("a link").to_string(), told);
        }
        fs::create_dir(&to).expect("made");
        assert!(try_state(&link, 1).expect("it is there"));
        crate::atomic::make_folder(&link).expect("it is there");
    }
}
