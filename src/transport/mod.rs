//! The ways in and out: Discord's gateway, Discord's HTTP endpoint, the terminal. Only here do interactions come in and
//! replies go out.
//!
//! Whichever way an interaction comes (`gateway`, `endpoint`), it is read into one form; the `responder` decides what is
//! sent back at once, the `driver` what follows. `callback` makes the bodies, `rest` speaks to Discord.

pub mod answer_cache;
pub mod audit_channel;
pub mod callback;
pub mod driver;
pub mod endpoint;
pub mod from_json;
pub mod gateway;
mod in_pieces;
pub mod letters;
pub mod monitor;
pub mod news_channel;
pub mod rate_limit;
pub mod responder;
pub mod rest;
mod seen;
pub mod terminal;
