//! What the integration tests share.

#![allow(dead_code, reason = "each test crate uses a part of it")]

use std::io::Write;

pub mod answers;
pub mod bot;
pub mod http;
#[path = "../../crates/local-discord/tests/support/judges.rs"]
pub mod judges;
pub mod kept;
pub mod showcase;
pub mod small;

/// Says on standard error what is left out. The test harness keeps what passing tests print with macros to itself, and
/// this is to be seen.
pub fn tell(text: &str) {
    // With nobody there to read it, nothing is lost.
    let _ = writeln!(std::io::stderr(), "\n{text}");
}
