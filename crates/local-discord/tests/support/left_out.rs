//! What a test does that lacks what it needs: it says so in one line and passes, unless nothing may be left out.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// The environment variable that lets nothing be left out: with `tools` nothing that can be installed, with anything else
/// nothing at all.
const REQUIRE_ALL: &str = "RCP_TESTS_REQUIRE_ALL";

/// What a test lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lacks {
    /// A program or a library, which `.ci/run` installs.
    Tool,
    /// A paper of the folder `shared` beside the repository.
    Paper,
}

/// Says it on standard error. The test harness keeps what passing tests print with macros to itself, and this is to be
/// seen.
pub(crate) fn tell(text: &str) {
    // With nobody there to read it, nothing is lost.
    let _ = writeln!(std::io::stderr(), "\n{text}");
}

/// Says, once a run, what is left out; fails where it may not be.
pub(crate) fn left_out(lacks: Lacks, what: &str) {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let required = std::env::var_os(REQUIRE_ALL).is_some_and(|value| lacks == Lacks::Tool || value != "tools");
    assert!(!required, "{what}, and {REQUIRE_ALL} is set");
    if TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(what.to_owned()) {
        tell(&format!("left out: {what}"));
    }
}
