//! The data folder: what stands in it, bringing it to the files of a revision, and putting aside what must not be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::atomic::{self, replace_if, resolved};
use crate::catalogue::{Files, MESSAGES, PROCESSES, belongs};

/// Where the files of a catalogue are within its folder.
pub(crate) const SUBFOLDERS: [&str; 3] = ["", PROCESSES, MESSAGES];

/// The folder in the state folder of what was put aside.
pub(crate) const SET_ASIDE: &str = "set-aside";

/// What stood in a folder at a moment: the hash (SHA-256, in hexadecimal) of each file of a catalogue, by its path.
pub(crate) type Listing = BTreeMap<String, String>;

/// Takes away what programs that were killed while writing left behind in a catalogue's folder.
pub(crate) fn sweep(folder: &Path) {
    SUBFOLDERS.iter().for_each(|subfolder| atomic::sweep(&folder.join(subfolder)));
}

/// What stands in a folder now, whole or broken. A folder that is not there holds nothing.
pub(crate) fn list(folder: &Path) -> io::Result<Listing> {
    there(folder)?.into_iter().map(|(path, place)| Ok((path, digest(&fs::read(place)?)))).collect()
}

/// The hash of a file's content, as a listing has it.
pub(crate) fn digest(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

/// Brings a folder to these files: writes those that differ, removes those of a catalogue that are not among them. With
/// `only`, nothing but that file is touched.
///
/// A file that is not as it was in `before` was changed by somebody since: it is left as it is. Returns the paths of those.
/// What has been brought there stands in `before` as it is by then, also where a later file cannot be written: if it is as it
/// was at first when this is tried again, somebody took it back.
pub(crate) fn bring_to(
    folder: &Path,
    files: &Files,
    before: &mut Listing,
    only: Option<&str>,
) -> io::Result<Vec<String>> {
    let there = there(folder)?.into_iter().map(|(path, _)| path);
    let paths: BTreeSet<String> = match only {
        Some(only) => [only.to_owned()].into(),
        None => there.chain(files.0.keys().cloned()).chain(before.keys().cloned()).collect(),
    };
    let mut left = Vec::new();
    for path in paths {
        let place = folder.join(&path);
        let now = content(&place).map_err(|error| named(&path, &error))?;
        let wanted = files.0.get(&path);
        let is_as_before = |now: Option<&[u8]>| now.map(digest).as_ref() == before.get(&path);
        let done = match wanted {
            _ if now.as_ref() == wanted => Ok(true),
            _ if !is_as_before(now.as_deref()) => Ok(false),
            Some(wanted) => {
                let parent = place.parent().map_or(Ok(()), fs::create_dir_all);
                let still = |place: &Path| content(place).is_ok_and(|now| is_as_before(now.as_deref()));
                parent.and_then(|()| replace_if(&place, wanted, still))
            }
            None => match fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(true),
            },
        };
        match (done.map_err(|error| named(&path, &error))?, wanted) {
            (true, Some(wanted)) => drop(before.insert(path, digest(wanted))),
            (true, None) => drop(before.remove(&path)),
            (false, _) => left.push(path),
        }
    }
    Ok(left)
}

/// What stands at a place, if anything does.
fn content(place: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(place) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn named(path: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// Tries whether a folder can be written, without changing anything in it: a change that could not be written is not
/// accepted. With `only`, only where that file belongs.
pub(crate) fn try_writing(folder: &Path, only: Option<&str>) -> io::Result<()> {
    // A link is written where it leads.
    let parent = |place: PathBuf| resolved(&place).parent().map(Path::to_owned);
    let parents: BTreeSet<PathBuf> = match only {
        Some(only) => parent(folder.join(only)).into_iter().collect(),
        None => {
            let links = there(folder)?.into_iter().map(|(_, place)| place).filter(|place| place.is_symlink());
            SUBFOLDERS.iter().map(|subfolder| folder.join(subfolder)).chain(links.filter_map(parent)).collect()
        }
    };
    for parent in parents {
        fs::create_dir_all(&parent)?;
        atomic::try_writing(&parent)?;
    }
    Ok(())
}

/// Copies files of a folder as they are, whole or broken, to a new folder in the state folder, where nobody changes them;
/// without `paths`, all of a catalogue's. Returns where they are, from the state folder on, if there was anything.
pub(crate) fn set_aside(folder: &Path, state: &Path, paths: Option<&[String]>) -> io::Result<Option<String>> {
    let wanted = |path: &String| paths.is_none_or(|paths| paths.contains(path));
    let found: Vec<_> = there(folder)?.into_iter().filter(|(path, _)| wanted(path)).collect();
    put_aside(state, found.into_iter().map(|(path, place)| Ok((path, fs::read(place)?))))
}

/// The same for files that stand in no folder.
pub(crate) fn set_files_aside(files: &Files, state: &Path) -> io::Result<Option<String>> {
    put_aside(state, files.0.iter().map(|(path, content)| Ok((path.clone(), content.clone()))))
}

/// What the name of a folder begins with that is not yet whole: a copy that breaks off (the disk is full, the program is
/// killed) is none.
const UNFINISHED: char = '.';

/// After how long such a folder is one that a killed program left behind.
const UNFINISHED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

fn put_aside(
    state: &Path,
    files: impl ExactSizeIterator<Item = io::Result<(String, Vec<u8>)>>,
) -> io::Result<Option<String>> {
    if files.len() == 0 {
        return Ok(None);
    }
    let all = state.join(SET_ASIDE);
    fs::create_dir_all(&all)?;
    sweep_unfinished(&all);
    let unfinished = tempfile::Builder::new().prefix(&UNFINISHED.to_string()).tempdir_in(&all)?;
    for file in files {
        let (path, content) = file?;
        let copied = unfinished.path().join(path);
        if let Some(parent) = copied.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&copied, content)?;
        File::open(&copied)?.sync_all()?;
    }
    // As any other new folder: what the process's mask leaves. A temporary folder would be the owner's alone.
    let name = named_by_time(&all, unfinished.path())?;
    // It bears another name by now.
    let _ = unfinished.keep();
    File::open(&all)?.sync_all()?;
    Ok(Some(format!("{SET_ASIDE}/{name}")))
}

/// Gives a folder the time as its name. Two at the same moment do not share one.
fn named_by_time(all: &Path, unfinished: &Path) -> io::Result<String> {
    let time = Timestamp::now().to_string().replace(':', "-");
    let mut number = 0_u32;
    loop {
        let name = if number == 0 { time.clone() } else { format!("{time}-{number}") };
        // An empty folder holds the name, and gives way to what is renamed to it.
        match fs::create_dir(all.join(&name)) {
            Ok(()) => {
                fs::set_permissions(unfinished, fs::metadata(all.join(&name))?.permissions())?;
                fs::rename(unfinished, all.join(&name))?;
                return Ok(name);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Takes away what killed programs left unfinished long ago.
fn sweep_unfinished(all: &Path) {
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let made = entry.metadata().and_then(|about| about.modified());
        if unfinished && made.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > UNFINISHED_FOR)) {
            // One that stays is nobody's only copy: what was to be put aside stood where it was.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The files that a folder holds otherwise than these, lacks, or has beyond them.
pub(crate) fn differing(folder: &Files, files: &Files) -> Vec<String> {
    let paths: BTreeSet<&String> = folder.0.keys().chain(files.0.keys()).collect();
    paths.into_iter().filter(|path| folder.0.get(*path) != files.0.get(*path)).cloned().collect()
}

/// The files of a catalogue in a folder: their path within it, and their place.
fn there(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for subfolder in SUBFOLDERS {
        let entries = match fs::read_dir(folder.join(subfolder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
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

    fn files(all: &[(&str, &str)]) -> Files {
        Files(all.iter().map(|(path, content)| ((*path).to_owned(), content.as_bytes().to_vec())).collect())
    }

    fn folder(all: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, content) in all {
            let place = folder.path().join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("made");
            fs::write(place, content).expect("written");
        }
        folder
    }

    #[test]
    fn a_folder_is_brought_to_files_and_strangers_stay() {
        let folder = folder(&[("regions.toml", "old"), ("processes/gone.toml", "x"), ("README.md", "mine")]);
        let at = |path: &str| folder.path().join(path);
        let files = files(&[("regions.toml", "new"), ("processes/a.toml", "a"), ("messages/fr.ftl", "f")]);
        let mut before = list(folder.path()).expect("listed");
        let left = bring_to(folder.path(), &files, &mut before, Some("processes/a.toml")).expect("brought");
        assert_eq!(left, Vec::<String>::new());
        assert_eq!(
            (fs::read(at("regions.toml")).ok(), at("processes/a.toml").is_file()),
            (Some(b"old".to_vec()), true)
        );
        bring_to(folder.path(), &files, &mut before, None).expect("brought");
        assert!(at("README.md").is_file() && !at("processes/gone.toml").exists());
        assert_eq!(Files::read(folder.path()).0, files);
    }

    #[test]
    fn what_was_written_since_is_neither_overwritten_nor_deleted() {
        let folder = folder(&[("regions.toml", "old"), ("iom.toml", "old"), ("processes/gone.toml", "x")]);
        let mut before = list(folder.path()).expect("listed");
        for (path, content) in [("iom.toml", "edited"), ("processes/new.toml", "new")] {
            fs::write(folder.path().join(path), content).expect("written");
        }
        fs::remove_file(folder.path().join("regions.toml")).expect("removed");
        let wanted = files(&[("regions.toml", "v1"), ("iom.toml", "v1")]);
        let left = bring_to(folder.path(), &wanted, &mut before, None).expect("brought");
        assert_eq!(left, ["iom.toml", "processes/new.toml", "regions.toml"]);
        assert_eq!(Files::read(folder.path()).0, files(&[("iom.toml", "edited"), ("processes/new.toml", "new")]));
        // Again: what is there already is not left, it is done.
        assert_eq!(bring_to(folder.path(), &wanted, &mut before, None).expect("brought").len(), 3);
    }

    #[test]
    fn what_somebody_took_back_before_all_was_brought_there_stays_so() {
        let folder = folder(&[("iom.toml", "old"), ("processes/gone.toml", "x")]);
        let at = |path: &str| folder.path().join(path);
        let mut before = list(folder.path()).expect("listed");
        let wanted = files(&[("iom.toml", "new"), ("processes/b.toml", "b"), ("regions.toml", "r")]);
        // The last file cannot be written yet.
        fs::create_dir(at("regions.toml")).expect("made");
        assert!(bring_to(folder.path(), &wanted, &mut before, None).is_err());
        assert!(at("processes/b.toml").is_file() && !at("processes/gone.toml").exists());
        fs::write(at("iom.toml"), "old").expect("written");
        fs::remove_file(at("processes/b.toml")).expect("removed");
        fs::write(at("processes/gone.toml"), "x").expect("written");
        fs::remove_dir(at("regions.toml")).expect("removed");
        let left = bring_to(folder.path(), &wanted, &mut before, None).expect("brought");
        assert_eq!(left, ["iom.toml", "processes/b.toml", "processes/gone.toml"]);
        let expected = files(&[("iom.toml", "old"), ("processes/gone.toml", "x"), ("regions.toml", "r")]);
        assert_eq!(Files::read(folder.path()).0, expected);
    }

    #[test]
    fn what_is_put_aside_comes_apart_each_time() {
        let (folder, state) =
            (folder(&[("regions.toml", "a"), ("iom.toml", "b")]), tempfile::tempdir().expect("state"));
        let only = ["iom.toml".to_owned()];
        let places: Vec<String> = (0..3)
            .map(|_| set_aside(folder.path(), state.path(), Some(&only)).expect("copied").expect("there is one"))
            .collect();
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), 3, "{places:?}");
        for place in &places {
            assert_eq!(Files::read(&state.path().join(place)).0, files(&[("iom.toml", "b")]));
        }
        let none = ["general.toml".to_owned()];
        assert_eq!(set_aside(folder.path(), state.path(), Some(&none)).expect("nothing"), None);
    }

    #[test]
    fn a_copy_that_breaks_off_is_none() {
        let state = tempfile::tempdir().expect("state");
        let all = [Ok(("iom.toml".to_owned(), b"a".to_vec())), Err(io::Error::other("the disk is full"))];
        assert!(put_aside(state.path(), all.into_iter()).is_err());
        assert_eq!(fs::read_dir(state.path().join(SET_ASIDE)).expect("listed").count(), 0, "nothing half is left");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_aside_can_be_read_by_those_who_could_read_any_new_folder() {
        use std::os::unix::fs::PermissionsExt;

        let (folder, state) = (folder(&[("regions.toml", "a")]), tempfile::tempdir().expect("state"));
        let place = set_aside(folder.path(), state.path(), None).expect("copied").expect("there is one");
        let plain = state.path().join("plain");
        fs::create_dir(&plain).expect("made");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&state.path().join(place)), mode(&plain));
    }
}
