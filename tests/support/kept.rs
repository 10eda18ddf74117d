//! A small catalogue that the tests keep for themselves (`tests/catalogue`), as it once was: the tests break it in many
//! ways, and a correction of the shipped facts breaks none of them.

use std::path::{Path, PathBuf};

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
