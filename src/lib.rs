//! rcp-bot: a Discord bot that answers questions on regional consultative processes on migration.
//!
//! Data flows one way: a transport hands over an interaction; it becomes a request; a command answers it from one
//! snapshot of the catalogue; the answer becomes a Discord reply; the transport sends it. Each module is a room of
//! that house and says at its head what lives there and what must not.

#![deny(unsafe_code)]

pub mod admin;
pub mod atomic;
pub mod blocking;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod doctor;
pub mod language;
pub mod links;
pub mod lookup;
pub mod memory;
pub mod picture;
#[cfg(feature = "playground")]
pub mod playground;
pub mod publishing;
pub mod reply;
pub mod schemas;
pub mod settings;
pub mod signals;
pub mod snapshot;
pub mod supervise;
pub mod telemetry;
pub mod transport;
