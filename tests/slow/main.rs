//! What takes long: kills without number, replicas over stores, a browser.

mod crowd;
mod moderation_kill;
mod playground;
mod replicas;
mod stores;
#[path = "../support/mod.rs"]
mod support;
