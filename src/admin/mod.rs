//! `/rcp-admin`: who may, what is asked for, what moderators are told. [`Desk`] answers moderators: the commands, their
//! buttons, their completions. Changes are made by [`crate::publishing`] alone.

mod desk;
mod permission;
mod replies;
mod target;

pub use desk::{Attachment, Desk, Fetch, First, NotFetched, ROOT, Request, Step, Wish, tree};
pub use permission::{NotPermitted, Person, Rights};
pub use target::{AdminButton, MARK, NotAdminButton};
