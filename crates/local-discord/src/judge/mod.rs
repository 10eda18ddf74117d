//! Judges: who decides whether a payload is one that Discord would take.
//!
//! The [`Judge`] trait is in [`payload`]. The server's own judge, made of Discord's documented limits, is in [`limits`]
//! with the checks beside it. A judge by Discord's OpenAPI document is in [`openapi`]; it and any other are added by the
//! options.

mod attachments;
mod callbacks;
mod commands;
mod components;
mod embeds;
mod fields;
mod limits;
mod messages;
mod openapi;
mod payload;

pub(crate) use commands::most_of;
pub(crate) use fields::is_emoji;
pub use limits::Limits;
pub(crate) use messages::is_empty_message;
pub use openapi::OpenApi;
pub use payload::{Judge, Payload, Refusal};
