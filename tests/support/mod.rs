//! What the integration tests share.

#![allow(dead_code, reason = "each test crate uses a part of it")]

pub mod bot;
pub mod http;
pub mod judges;
pub mod showcase;
pub mod small;
