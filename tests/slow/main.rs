//! What takes long: kills without number, replicas over stores, a browser, crowds, lists that others publish.

mod clients;
mod country_lists;
mod crowd;
mod fault_machine;
#[path = "../quick/lookup_support/mod.rs"]
mod lookup_support;
mod moderation_kill;
mod playground;
mod replicas;
mod stores;
#[path = "../support/mod.rs"]
mod support;
