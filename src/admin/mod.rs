//! `/rcp-admin`: who may, what is asked for, what moderators are told. [`AdminCommands`] answers moderators: the commands, their
//! buttons, their completions. Changes are made by [`crate::publishing`] alone.

mod button;
mod commands;
mod files;
mod form;
mod form_button;
mod form_replies;
mod letter;
mod modify;
mod permission;
mod proposing;
mod replies;
mod reports;
mod review;
mod review_button;
mod reviewing;
mod revisions;
mod typed;
mod words;

pub use crate::publishing::FormOccasion;
pub use button::{AdminButton, MARK, NotAdminButton};
pub use commands::{AdminCommands, Fetch, First, NotFetched, ROOT, Step, notice, tree};
pub use form_button::{EditKind, FormButton, NotFormButton};
pub use letter::Letter;
pub use permission::{NotPermitted, Rights};
pub use review_button::{NotReviewButton, ReviewButton};
