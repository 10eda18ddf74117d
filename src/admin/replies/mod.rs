//! What moderators are told, each kind in a file of its own. All of it is private but for the audit channel; what does not
//! fit into a message comes as a file.

pub(crate) mod common;
pub(crate) mod difference;
pub(crate) mod history;
pub(crate) mod notice;
pub(crate) mod problems;
pub(crate) mod proposal;
pub(crate) mod refusal;
pub(crate) mod status;
#[cfg(test)]
mod tests;
