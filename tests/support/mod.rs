//! What the integration tests share.

#![allow(dead_code, reason = "each test crate uses a part of it")]

pub mod answers;
pub mod bot;
pub mod bucket;
pub mod http;
#[path = "../../crates/local-discord/tests/support/judges.rs"]
pub mod judges;
pub mod kept;
#[path = "../../crates/local-discord/tests/support/left_out.rs"]
pub mod left_out;
pub mod maps;
pub mod moderators;
pub mod showcase;
pub mod small;

pub(crate) use left_out::tell;
