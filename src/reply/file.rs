//! A file sent with a reply.

/// A file sent with a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name as shown.
    pub name: String,
    /// What it holds, byte for byte.
    pub content: Vec<u8>,
}
