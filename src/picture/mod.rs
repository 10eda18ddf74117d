//! Pictures as PNG, drawn from the catalogue in the reader's language: deterministic to the byte on one machine, without
//! input or output.
//!
//! `canvas` is the paper, the inks and the writing that all pictures share. A picture is prepared first, with all that it
//! says and what it tells those who do not see it; that takes some microseconds. Drawing it takes a thousand times as long
//! and needs nothing more.
//!
//! Imports run one way: `maps` says what is shown, `map` draws it, `shapes` and `projection` tell where.

pub mod canvas;
mod map;
mod maps;
mod projection;
mod shapes;
pub mod timeline;

pub use canvas::{Canvas, Ink, NotDrawn};
pub use map::{Drawn, Map, Tone};
