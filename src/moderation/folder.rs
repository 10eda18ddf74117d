//! Writing files so that a reader, or a program killed at any moment, finds the old content or the new, never a part.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

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

/// Writes a file that must not be there yet; `false` when it is, whatever it holds.
pub fn write_new(path: &Path, content: &[u8]) -> io::Result<bool> {
    let (folder, staged) = stage(path, content)?;
    let linked = fs::hard_link(&staged, path);
    let _ = fs::remove_file(&staged);
    match linked {
        Ok(()) => sync_folder(&folder).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn stage(path: &Path, content: &[u8]) -> io::Result<(PathBuf, PathBuf)> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::other("the path names no file"));
    };
    // Other processes may write here at the same time.
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let staged = folder.join(format!(".{}.{}-{number}.new", name.to_string_lossy(), std::process::id()));
    let written = File::create(&staged).and_then(|mut file| {
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

/// Copies a catalogue's files as they are, whole or broken, before others take their place.
pub fn copy(folder: &Path, to: &Path) -> io::Result<()> {
    for (path, place) in there(folder)? {
        let copied = to.join(path);
        if let Some(parent) = copied.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(place, copied)?;
    }
    Ok(())
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
        assert!(!write_new(&path, b"three").expect("tried"));
        assert!(write_new(&folder.path().join("b"), b"three").expect("written"));
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 2);
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
