//! Discord's REST API: callbacks, changes of messages, registration, attachments.

pub mod attachment;
mod beats;
pub mod client;
mod connections;
pub mod connector;
pub mod registration;
mod second_try;
