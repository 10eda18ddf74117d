//! Files that are written whole: a reader, or a program killed at any moment, finds the old content or the new, never a
//! part.

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

/// How the name of a file ends that is not yet what it will be. It begins with a dot, so that a catalogue's reader passes
/// it over.
const STAGED: &str = ".rcp-bot-new";

/// After how long such a file is one that a killed program left behind.
const STAGED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// Writes a file in place of the one that may be there.
///
/// The content goes to a file beside it; it reaches the disk before it takes the name, and the name reaches the disk
/// before this returns. The folder must exist. Who may read and write the file stays as it is, and where a link stands, that
/// to which it leads is written: somebody set it, and goes on working there.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_if(path, content, |_| true).map(drop)
}

/// The same, unless `still` says no of the place at the last moment before the content takes the name: to bring it to the
/// disk takes long, and somebody may have written there meanwhile, or taken the file away. Says whether it was written.
pub fn replace_if(path: &Path, content: &[u8], still: impl FnOnce(&Path) -> bool) -> io::Result<bool> {
    let path = &resolved(path);
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::other("the path names no file"));
    };
    // An empty parent means the folder that we are in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let staged = stage(folder, &format!(".{}.", name.to_string_lossy()), STAGED, content)?;
    if let Ok(former) = fs::metadata(path) {
        // Another user's file can be replaced, and its mode not always be had.
        let _ = staged.as_file().set_permissions(former.permissions());
    }
    if !still(path) {
        return Ok(false);
    }
    staged.persist(path)?;
    File::open(folder)?.sync_all()?;
    Ok(true)
}

/// Makes a folder and those above it, where they are not there yet. Of a link to where nothing is the system says that a file
/// exists: it is told as what it is.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path).map_err(|error| leads_nowhere(path).unwrap_or(error))
}

/// What is wrong with a path that goes through a link to where nothing is.
pub fn leads_nowhere(path: &Path) -> Option<io::Error> {
    let link = path.ancestors().find(|path| path.is_symlink() && !path.exists())?;
    let to = fs::read_link(link).ok()?;
    let text = format!("{} is a link to {}, where nothing is", link.display(), to.display());
    Some(io::Error::new(io::ErrorKind::NotFound, text))
}

/// Where a file is to which a path leads, through every link; the path itself where nothing is there.
pub fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Writes a file under a name that nobody else chooses, between `before` and `after`; returns its path. Other processes
/// may write into the folder at the same time.
pub fn create(folder: &Path, before: &str, after: &str, content: &[u8]) -> io::Result<PathBuf> {
    let staged = stage(folder, &format!(".{before}"), &format!("{after}{STAGED}"), content)?;
    let name = staged.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.trim_start_matches('.').trim_end_matches(STAGED);
    let path = folder.join(name);
    staged.persist(&path)?;
    File::open(folder)?.sync_all()?;
    Ok(path)
}

/// Tries whether files can be written into a folder, and leaves nothing there.
pub fn try_writing(folder: &Path) -> io::Result<()> {
    stage(folder, ".try.", STAGED, b"x").map(drop)
}

/// Tries whether so many bytes can be written into a folder. They stand under no name, and so nothing of them is left even
/// if the program is killed meanwhile.
pub fn try_room(folder: &Path, bytes: u64) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    io::copy(&mut io::repeat(0).take(bytes), &mut file)?;
    file.sync_all()
}

fn stage(folder: &Path, before: &str, after: &str, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(before).suffix(after);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other new file: what the process's mask leaves. A temporary file would be the owner's alone.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut staged = builder.tempfile_in(folder)?;
    staged.write_all(content)?;
    staged.as_file().sync_all()?;
    Ok(staged)
}

/// Takes away what programs that were killed while writing left behind in a folder.
pub fn sweep(folder: &Path) {
    sweep_files(folder, |name| name.ends_with(STAGED));
}

/// Takes away the files of a folder that `left_over` names and that nobody has written to for a day: a writer at work is
/// younger.
pub fn sweep_files(folder: &Path, left_over: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let staged = path.file_name().is_some_and(|name| left_over(&name.to_string_lossy()));
        let changed = fs::metadata(&path).and_then(|about| about.modified());
        if staged && changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STAGED_FOR)) {
            // One that stays is passed over by every reader.
            let _ = fs::remove_file(path);
        }
    }
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
    fn what_is_not_as_it_was_any_more_keeps_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        replace(&path, b"one").expect("written");
        // Somebody saves at the last moment.
        let meanwhile = |place: &Path| {
            fs::write(place, b"theirs").expect("written");
            fs::read(place).expect("read") == b"one"
        };
        assert!(!replace_if(&path, b"two", meanwhile).expect("looked at"));
        assert_eq!(fs::read(&path).expect("read"), b"theirs");
        assert!(replace_if(&path, b"two", |place| place.is_file()).expect("written"));
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_can_be_read_by_those_who_could_read_any_new_file() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        let (plain, ours) = (folder.path().join("plain"), folder.path().join("ours"));
        fs::write(&plain, "x").expect("written");
        replace(&ours, b"x").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }

    #[test]
    fn files_of_their_own_names_do_not_meet() {
        let folder = tempfile::tempdir().expect("a folder");
        let all: Vec<PathBuf> = (0..3).map(|_| create(folder.path(), "43-", ".json", b"x").expect("written")).collect();
        for path in &all {
            let name = path.file_name().expect("a name").to_string_lossy();
            assert!(name.starts_with("43-") && name.ends_with(".json"), "{name}");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), all.len());
    }
}
