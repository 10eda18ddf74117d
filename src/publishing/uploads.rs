//! Uploads that wait for a decision, by the hash of their content: bounded in number and in age.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::atomic::replace;

/// The folder in the state folder.
const FOLDER: &str = "uploads";

/// How many are kept; the oldest go first.
const MOST: usize = 20;

/// How long one is kept.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How many characters of the hash name an upload: enough that nobody finds two contents of one name.
const NAME: usize = 32;

/// The uploads of one state folder.
#[derive(Clone, Debug)]
pub struct Uploads {
    folder: PathBuf,
}

impl Uploads {
    /// The uploads kept in a state folder.
    pub fn within(state: &Path) -> Uploads {
        Uploads { folder: state.join(FOLDER) }
    }

    /// Keeps an upload; returns its name.
    pub fn keep(&self, content: &[u8]) -> io::Result<String> {
        fs::create_dir_all(&self.folder)?;
        let name = name_of(content);
        replace(&self.folder.join(&name), content)?;
        self.prune(&name);
        Ok(name)
    }

    /// An upload's content, if it is still there and what it was.
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let content = fs::read(self.path(name)?).ok()?;
        (name_of(&content) == name).then_some(content)
    }

    /// Forgets an upload; `false` when there was none.
    pub fn forget(&self, name: &str) -> bool {
        self.path(name).is_some_and(|path| fs::remove_file(path).is_ok())
    }

    /// The place of an upload. Anybody can send any name.
    fn path(&self, name: &str) -> Option<PathBuf> {
        is_name(name).then(|| self.folder.join(name))
    }

    fn prune(&self, newest: &str) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut all: Vec<(Duration, PathBuf)> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let changed = fs::metadata(&path).and_then(|about| about.modified()).ok()?;
                let age = SystemTime::now().duration_since(changed).unwrap_or_default();
                (path.file_name()?.to_str()? != newest).then_some((age, path))
            })
            .collect();
        all.sort();
        for (place, (age, path)) in all.into_iter().enumerate() {
            if place + 1 >= MOST || age > KEPT_FOR {
                // One that stays is pruned next time.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// Whether a text can be the name of an upload.
pub fn is_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn name_of(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content)).chars().take(NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_come_back_by_their_content_and_are_bounded() {
        let state = tempfile::tempdir().expect("a folder");
        let uploads = Uploads::within(state.path());
        let first = uploads.keep(b"first").expect("kept");
        assert!(is_name(&first));
        assert_eq!(uploads.get(&first).as_deref(), Some(&b"first"[..]));
        fs::write(state.path().join(FOLDER).join(&first), "another").expect("written");
        assert_eq!(uploads.get(&first), None);
        for name in ["", "../../etc/passwd", "0", &"g".repeat(NAME), &"0".repeat(NAME)] {
            assert_eq!((uploads.get(name), uploads.forget(name)), (None, false), "{name}");
        }
        for number in 0..2 * MOST {
            let name = uploads.keep(number.to_string().as_bytes()).expect("kept");
            assert!(uploads.get(&name).is_some());
        }
        assert_eq!(fs::read_dir(state.path().join(FOLDER)).expect("listed").count(), MOST);
    }
}
