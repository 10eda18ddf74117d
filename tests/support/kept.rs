//! A small catalogue that the tests keep for themselves (`tests/catalogue`), as it once was: the tests break it in many
//! ways, and a correction of the shipped facts breaks none of them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rcp_bot::atomic::replace;
use rcp_bot::catalogue::Files;

/// Its folder.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue")
}

/// Its files.
pub fn files() -> Files {
    let (files, problems) = Files::read(&folder());
    assert_eq!(problems, [], "the folder is read whole");
    files
}

/// A folder with that catalogue and the shipped messages, for programs that are started: with it a start takes a quarter of
/// what the shipped catalogue takes. It is not to be changed.
pub fn served() -> &'static Path {
    static SERVED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept-catalogue");
        let mut files = files();
        let mut shipped = Files::built_in();
        shipped.0.retain(|path, _| path.starts_with("messages/"));
        files.0.extend(shipped.0);
        // Another program of the tests may have it open.
        for (path, content) in &files.0 {
            let place = folder.join(path);
            if !std::fs::read(&place).is_ok_and(|there| there == *content) {
                std::fs::create_dir_all(place.parent().expect("a file has a folder")).expect("the folder is made");
                replace(&place, content).expect("the file is written");
            }
        }
        // What stood there in an older version of the tests.
        for path in Files::read(&folder).0.0.keys().filter(|path| !files.0.contains_key(*path)) {
            std::fs::remove_file(folder.join(path)).expect("the file is removed");
        }
        folder
    });
    &SERVED
}
