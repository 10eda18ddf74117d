//! Stores for several processes: a folder, a real store with the protocol of Azure's, one that overwrites, and the weather
//! between them.

pub mod azurite;
pub mod pretended;
pub mod proxy;
pub mod s3rver;
