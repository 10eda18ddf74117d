//! The folder of this machine that a log of revisions is, if it is one.
//!
//! Without it there is no log, rather than an empty one: a file system that is not mounted must not begin again at 1. Where a
//! file system was mounted stands an empty folder afterwards, and what writes an object makes a folder that is not there. So
//! it is not enough that some folder bears the name: it is remembered in which one the log was seen.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::blocking::blocking;

/// Why a folder is no log: nothing bears its name.
const GONE: &str = "the folder is not there: mount it. If it is lost, make it again and start the program anew";

/// The same: what bears its name is another.
const ANOTHER: &str = "another folder, which holds no revision, stands where the log was: mount the log again. If it is lost, \
                       start the program anew, and it begins another";

/// Which folder it is, whatever its name: the device and the number that the file system gave it.
pub(crate) type Identity = (u64, u64);

/// The folder that a log is.
#[derive(Clone, Debug)]
pub(crate) struct LogFolder {
    path: PathBuf,
    /// How the names of revisions end.
    ending: &'static str,
    /// In which one revisions were seen last; none before the first.
    seen: Arc<Mutex<Option<Identity>>>,
}

impl LogFolder {
    /// The folder at a place, in which revisions have names that end so. Reads it.
    pub(crate) fn at(path: &Path, ending: &'static str) -> LogFolder {
        let folder = LogFolder { path: path.to_owned(), ending, seen: Arc::default() };
        if folder.holds_revisions() {
            folder.remember(fs::metadata(path).ok().as_ref().map(identity));
        }
        folder
    }

    /// Which folder it is now; why there is no log, if it is not there or another that holds none.
    pub(crate) async fn stands(&self) -> Result<Identity, &'static str> {
        let folder = self.clone();
        blocking(move || {
            let about = fs::metadata(&folder.path).ok().filter(Metadata::is_dir).ok_or(GONE)?;
            let now = identity(&about);
            let seen = *folder.seen.lock().unwrap_or_else(PoisonError::into_inner);
            match seen {
                Some(seen) if seen == now => {}
                // The first that was seen; or a log that was mounted there since, or brought back from a copy.
                _ if folder.holds_revisions() => folder.remember(Some(now)),
                Some(_) => return Err(ANOTHER),
                None => {}
            }
            Ok(now)
        })
        .await
    }

    /// Whether the folder still is the one that it was before something was written into it; then the log is there.
    pub(crate) async fn is_still(&self, stood: Identity) -> bool {
        let folder = self.clone();
        blocking(move || {
            let is_still = fs::metadata(&folder.path).is_ok_and(|about| identity(&about) == stood);
            if is_still {
                folder.remember(Some(stood));
            }
            is_still
        })
        .await
    }

    /// Takes away an object for which a folder was made in the place of the log, and that folder, so that the true one can come
    /// back to its place; says whether that was so. A folder in which anything else stands is somebody's, and stays with
    /// what is in it.
    pub(crate) async fn take_away(&self, location: &str, content: Vec<u8>) -> bool {
        let (folder, location) = (self.path.clone(), location.to_owned());
        blocking(move || {
            let place = folder.join(&location);
            let folders: Vec<&Path> = place.ancestors().skip(1).take(location.split('/').count()).collect();
            let is_alone = |folder: &&Path| fs::read_dir(folder).is_ok_and(|entries| entries.take(2).count() == 1);
            if !folders.iter().all(is_alone) || fs::read(&place).ok() != Some(content) {
                return false;
            }
            fs::remove_file(&place).is_ok() && folders.iter().all(|folder| fs::remove_dir(folder).is_ok())
        })
        .await
    }

    fn holds_revisions(&self) -> bool {
        let mut entries = fs::read_dir(&self.path).into_iter().flatten().flatten().map(|entry| entry.file_name());
        entries.any(|name| name.to_string_lossy().ends_with(self.ending))
    }

    fn remember(&self, now: Option<Identity>) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

#[cfg(unix)]
fn identity(about: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;

    (about.dev(), about.ino())
}

/// Where folders have no such number, each is the one that it was.
#[cfg(not(unix))]
fn identity(_about: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDING: &str = ".revision";

    fn write(place: &Path, content: &str) {
        fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs::write(place, content).expect("written");
    }

    #[tokio::test]
    async fn another_folder_is_the_log_only_if_it_holds_one() {
        let root = tempfile::tempdir().expect("a folder");
        let (log, away) = (root.path().join("log"), root.path().join("away"));
        fs::create_dir(&log).expect("made");
        let folder = LogFolder::at(&log, ENDING);
        let stood = folder.stands().await.expect("it is there");
        // Before the first revision any folder will do.
        fs::rename(&log, &away).expect("moved");
        assert_eq!(folder.stands().await, Err(GONE));
        fs::create_dir(&log).expect("made");
        assert_ne!(folder.stands().await.expect("it is there"), stood);
        write(&log.join("0000000001.revision"), "1");
        assert!(folder.is_still(folder.stands().await.expect("it is there")).await);
        // A file system that is taken away leaves the folder where it was mounted.
        fs::rename(&log, root.path().join("mounted")).expect("moved");
        fs::create_dir(&log).expect("made");
        assert_eq!(folder.stands().await, Err(ANOTHER));
        // A copy of the log is one.
        write(&log.join("0000000001.revision"), "1");
        folder.stands().await.expect("it is the log now");
    }

    #[tokio::test]
    async fn only_what_was_written_beside_the_log_is_taken_away() {
        let root = tempfile::tempdir().expect("a folder");
        let log = root.path().join("log");
        let folder = LogFolder::at(&log, ENDING);
        for location in ["0000000002.revision", "-uploads/a"] {
            write(&log.join(location), "ours");
            assert!(!folder.take_away(location, b"theirs".to_vec()).await, "it is somebody's");
            write(&log.join("-told/1"), "theirs");
            assert!(!folder.take_away(location, b"ours".to_vec()).await, "something stands beside it");
            fs::remove_dir_all(log.join("-told")).expect("removed");
            assert!(folder.take_away(location, b"ours".to_vec()).await);
            assert!(!log.exists(), "the log can come back");
        }
    }
}
