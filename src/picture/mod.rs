//! What pictures show, in the reader's language: maps and timelines from the catalogue. The crate `drawing` draws them.
//!
//! A picture is prepared first, with all that it says and what it tells those who do not see it; that takes some
//! microseconds. Drawing it takes a thousand times as long and needs nothing more.

mod maps;
pub mod timeline;

pub use drawing::{Canvas, Drawn, Ink, NotDrawn, Tone};
pub use maps::Map;
