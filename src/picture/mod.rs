//! Pictures as PNG, drawn from the catalogue in the reader's language: deterministic to the byte on one machine, without
//! input or output.
//!
//! `canvas` is the paper, the inks and the writing that all pictures share.

pub mod canvas;
pub mod timeline;

pub use canvas::{Canvas, Ink, NotDrawn};
