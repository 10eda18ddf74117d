//! The data folder: brought to the files of a revision, or copied away before that.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::atomic::{self, replace};
use crate::catalogue::{Files, MESSAGES, PROCESSES, belongs};

/// Where the files of a catalogue are within its folder.
const SUBFOLDERS: [&str; 3] = ["", PROCESSES, MESSAGES];

/// Takes away what programs that were killed while writing left behind in a catalogue's folder.
pub(crate) fn sweep(folder: &Path) {
    SUBFOLDERS.iter().for_each(|subfolder| atomic::sweep(&folder.join(subfolder)));
}

/// Brings a folder to these files: writes those that differ, removes those of a catalogue that are not among them. With
/// `only`, nothing but that file is written.
pub(crate) fn bring_to(folder: &Path, files: &Files, only: Option<&str>) -> io::Result<()> {
    for (path, content) in files.0.iter().filter(|(path, _)| only.is_none_or(|only| only == path.as_str())) {
        let place = folder.join(path);
        if fs::read(&place).is_ok_and(|there| there == *content) {
            continue;
        }
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        replace(&place, content)?;
    }
    if only.is_none() {
        for (path, place) in there(folder)? {
            if !files.0.contains_key(&path) {
                fs::remove_file(&place)?;
            }
        }
    }
    Ok(())
}

/// Copies a catalogue's files as they are, whole or broken, before others take their place; says how many there were.
pub(crate) fn copy(folder: &Path, to: &Path) -> io::Result<usize> {
    let there = there(folder)?;
    let count = there.len();
    for (path, place) in there {
        let copied = to.join(path);
        if let Some(parent) = copied.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(place, copied)?;
    }
    Ok(count)
}

/// The files of a catalogue in a folder: their path within it, and their place.
fn there(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for subfolder in SUBFOLDERS {
        let entries = match fs::read_dir(folder.join(subfolder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if subfolder.is_empty() { name } else { format!("{subfolder}/{name}") };
            if belongs(&path) && entry.path().is_file() {
                found.push((path, entry.path()));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_brought_to_files_and_strangers_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("processes")).expect("made");
        for (path, content) in [("regions.toml", "old"), ("processes/gone.toml", "x"), ("README.md", "mine")] {
            fs::write(at(path), content).expect("written");
        }
        let files = Files(
            [("regions.toml", "new"), ("processes/a.toml", "a"), ("messages/fr.ftl", "f")]
                .map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec()))
                .into(),
        );
        bring_to(folder.path(), &files, Some("processes/a.toml")).expect("brought");
        assert_eq!(
            (fs::read(at("regions.toml")).ok(), at("processes/a.toml").is_file()),
            (Some(b"old".to_vec()), true)
        );
        bring_to(folder.path(), &files, None).expect("brought");
        assert!(at("README.md").is_file() && !at("processes/gone.toml").exists());
        assert_eq!(Files::read(folder.path()).0, files);
    }
}
