//! Pictures as PNG, drawn from the catalogue in the reader's language: deterministic to the byte on one machine, without
//! input or output.
//!
//! `canvas` is the paper, the inks and the writing that all pictures share.

pub mod canvas;
pub mod timeline;

pub use canvas::{Canvas, Ink, NotDrawn};

/// A picture, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A PNG of at most 120 kB and 1,200 × 900 pixels.
    pub png: Vec<u8>,
    /// What it tells, for those who do not see it: one or a few sentences in the reader's language, without markup.
    pub alternative: String,
}
