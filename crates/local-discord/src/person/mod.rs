//! People: who acts on the server, where, and with which rights.
//!
//! Who they are is in [`profile`], running and completing commands in [`draft`], what they do with messages in [`acts`].
//! The interaction that an act sends is composed in [`interaction`]; what comes back is in [`outcome`].

mod acts;
mod draft;
mod interaction;
mod not_sent;
mod outcome;
mod profile;

pub use draft::{CommandDraft, OptionValue};
pub use not_sent::NotSent;
pub use outcome::{Choice, Outcome, Pending, Response};
pub use profile::Person;
