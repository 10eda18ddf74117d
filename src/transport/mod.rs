//! The ways in and out: Discord's gateway, the terminal. Only here do interactions come in and replies go out.

pub mod attachment;
pub mod gateway;
pub mod interaction;
pub mod registration;
pub mod rest;
pub mod terminal;
