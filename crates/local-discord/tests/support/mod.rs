//! What the tests share.

pub(crate) mod judges;
pub(crate) mod left_out;
