//! The ways in and out: Discord's gateway, Discord's HTTP endpoint, the terminal. Only here do interactions come in and
//! replies go out.

pub mod bot;
pub mod endpoint;
pub mod gateway;
pub mod http;
pub mod interaction;
pub mod monitor;
pub mod pace;
pub mod responder;
pub mod rest;
pub mod seen;
pub mod terminal;
