//! Discord's HTTP interactions endpoint: Discord posts interactions to us, and our replies are the responses.

mod interactions;
pub mod server;

pub use interactions::{listen, serve};
