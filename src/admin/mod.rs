//! `/rcp-admin`: who may, what is asked for, what moderators are told. [`AdminCommands`] answers moderators: the commands, their
//! buttons, their completions. Changes are made by [`crate::publishing`] alone.

mod button;
mod commands;
mod files;
mod permission;
mod proposing;
mod replies;
mod revisions;
mod words;

pub use button::{AdminButton, MARK, NotAdminButton};
pub use commands::{AdminCommands, Fetch, First, NotFetched, ROOT, Step, notice, tree};
pub use permission::{NotPermitted, Rights};
