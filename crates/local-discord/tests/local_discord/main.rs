//! The local Discord, driven from outside by a real serenity client and by raw HTTP and WebSocket clients: one test
//! program.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod answers;
mod bot;
mod breaking_gateway;
mod client;
mod faults;
mod gateway;
mod judges;
mod needs;
mod people;
mod rest;
#[path = "../support/mod.rs"]
mod support;
