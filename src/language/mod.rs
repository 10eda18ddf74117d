//! Saying things in French, English and Spanish: messages, dates, lists, the names of entries as readers know them.
//!
//! The words stand in the Fluent files under `data/messages/`; here is how they are read, checked and filled in. The
//! language is a value that is passed along, never a global. Nothing here knows of Discord's payloads.

mod choice;
mod dates;
mod inspect;
mod messages;
mod names;
mod numbers;
mod slots;

pub use choice::{Preference, choose, from_locale};
pub use messages::{Argument, Messages, Voice};
pub use names::flag;
pub use slots::{Slot, slot};
