//! Changing a data file as a person would who has only this change in mind: the file's bytes and a record in, the file's
//! new bytes out. Comments, order, layout and line ends of everything else stay as they are, byte for byte.
//!
//! [`write()`] brings a file to a record: it compares what the file says with what it is to say, and touches only what
//! differs. It knows no field, and so serves every file of the catalogue. What comes out is read again before it is given
//! away: it says exactly what it is to say, or there is no new file. [`Amendment`] is what moderators change most in a process,
//! [`MeetingsAmendment`] what they do in the global meetings, each with the source that says so. Nothing here reads what a person typed, or writes anywhere.

mod amendment;
mod layout;
mod lines;
mod meetings;
mod plain;
mod writing;

pub use amendment::{Amended, Amendment, Holders, NotAmended, Reference, amend};
pub use meetings::{AmendedMeetings, MeetingsAmendment, Venue, amend_meetings};
pub use writing::{NotWritten, write};
