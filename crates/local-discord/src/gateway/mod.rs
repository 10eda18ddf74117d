//! The gateway: sessions and events in [`sessions`], the WebSocket and its opcodes in [`socket`], compression in
//! [`compression`].

mod compression;
mod sessions;
pub(crate) mod socket;

pub use sessions::{ConnectionInfo, GatewayCounts, SessionInfo, TransportCompression};
pub(crate) use sessions::{GUILDS, Gateway};
