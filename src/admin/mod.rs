//! `/rcp-admin`: who may, what is asked for, what moderators are told. [`AdminCommands`] answers moderators: the commands, their
//! buttons, their completions. Changes are made by [`crate::publishing`] alone.

mod commands;
mod permission;
mod replies;
mod target;

pub use commands::{AdminCommands, Fetch, First, NotFetched, ROOT, Step, notice, tree};
pub use permission::{NotPermitted, Rights};
pub use target::{AdminButton, MARK, NotAdminButton};
