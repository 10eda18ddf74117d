//! What takes long: kills without number, replicas over stores, a browser, crowds, lists that others publish.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test that panics has failed"
)]

mod clients;
mod country_lists;
mod crowd;
mod fault_machine;
#[path = "../quick/lookup_support/mod.rs"]
mod lookup_support;
mod maps;
mod moderation_kill;
mod playground;
mod replicas;
mod signed;
mod stores;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
