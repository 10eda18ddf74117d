//! Pictures as PNG: maps of countries in the colours of what they are, and the paper, inks and writing with which other
//! pictures are drawn. Deterministic to the byte on one machine, without input or output, and without knowledge of what the
//! pictures tell: who draws says every word.
//!
//! It is a crate of its own because it is optimised where the rest is not: drawing takes a thousand times as long as
//! everything else about an answer, for a newcomer's first look and in the tests, too.
//!
//! Imports run one way: [`Map`] is drawn on a [`Canvas`], `shapes` and `projection` tell where.

pub mod canvas;
mod map;
mod projection;
mod shapes;

pub use canvas::{Canvas, Ink, NotDrawn};
pub use map::{Drawn, Map, Tone};
