//! Discord's gateway through serenity: interactions come in over the WebSocket, replies go out over REST.

mod client;
pub mod from_serenity;
pub mod shards;

pub use client::{GatewayBot, LookUp, serve};
