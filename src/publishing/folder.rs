//! Writing files so that a reader, or a program killed at any moment, finds the old content or the new, never a part.

use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::catalogue::{Files, MESSAGES, PROCESSES, belongs};

/// Writes a file in place of the one that may be there.
///
/// The content goes to a file beside it, whose name begins with a dot, so that a catalogue's reader passes it over; it
/// reaches the disk before it takes the name, and the name reaches the disk before this returns.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let (folder, staged) = stage(path, content)?;
    let done = fs::rename(&staged, path).and_then(|()| sync_folder(&folder));
    if done.is_err() {
        // Only what we made ourselves; that it may be gone already is fine.
        let _ = fs::remove_file(&staged);
    }
    done
}

/// How the name of a file ends that is not yet what it will be.
const STAGED: &str = ".rcp-bot-new";

/// After how long such a file is one that a killed program left behind.
const STAGED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// A name that nobody else chooses: other processes write here at the same time, and in containers all have the same id.
pub fn unique() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    // The standard library seeds each state by chance.
    let chance = RandomState::new().hash_one(std::process::id());
    format!("{chance:016x}-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// Takes away what programs that were killed while writing left behind in a catalogue's folder.
pub fn sweep(folder: &Path) {
    for subfolder in ["", PROCESSES, MESSAGES] {
        let Ok(entries) = fs::read_dir(folder.join(subfolder)) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let staged = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(STAGED));
            let changed = fs::metadata(&path).and_then(|about| about.modified());
            let old = changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STAGED_FOR));
            if staged && old {
                // One that stays is passed over by every reader.
                let _ = fs::remove_file(path);
            }
        }
    }
}

fn stage(path: &Path, content: &[u8]) -> io::Result<(PathBuf, PathBuf)> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::other("the path names no file"));
    };
    let staged = folder.join(format!(".{}.{}{STAGED}", name.to_string_lossy(), unique()));
    let written = File::create_new(&staged).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok((folder.to_owned(), staged)),
        Err(error) => {
            let _ = fs::remove_file(&staged);
            Err(error)
        }
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    // An empty parent means the folder that we are in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

/// Brings a folder to these files: writes those that differ, removes those of a catalogue that are not among them. With
/// `only`, nothing but that file is written.
pub fn bring_to(folder: &Path, files: &Files, only: Option<&str>) -> io::Result<()> {
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
pub fn copy(folder: &Path, to: &Path) -> io::Result<usize> {
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
    for subfolder in ["", PROCESSES, MESSAGES] {
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
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        replace(&path, b"one").expect("written");
        replace(&path, b"two").expect("written");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        assert!(replace(&folder.path().join("missing/a"), b"x").is_err());
    }

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
