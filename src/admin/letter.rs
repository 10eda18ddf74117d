//! What readers are told in direct messages.

use crate::reply::Reply;

/// A direct message to a reader.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whom it is for.
    pub reader: u64,
    /// What it says.
    pub reply: Reply,
}
