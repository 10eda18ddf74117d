//! A Discord on the loopback: the part of Discord's REST API v10 and gateway v10 that an interactions bot uses, for
//! tests and for trying a bot without an account.
//!
//! Start it with [`LocalDiscord::start`], point a bot at [`LocalDiscord::url`], and act as a [`Person`]: run commands,
//! complete options, press buttons. What Discord refuses is refused here too, with Discord's error bodies; what goes
//! wrong on the way (lost connections, errors, rate limits) goes wrong when a test asks for it.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use local_discord::{GatewayFault, LocalDiscord, Options};
//!
//! let discord = LocalDiscord::start(Options::default()).await?;
//! // Start the bot here, with `discord.url()` instead of https://discord.com and `discord.token()` as its token.
//! discord.wait_for_ready().await?;
//! let asker = discord.person("Amina").locale("fr");
//! let outcome = asker.run("weather today", &[("place", "Dakar")]).await?;
//! let message = outcome.settled().await?;
//! let details = asker.press(&message, "details").await?;
//! discord.break_gateway(&GatewayFault::DropAtNextEvent);
//! # let _ = details;
//! # Ok(())
//! # }
//! ```
//!
//! This is a library of its own kind: it knows nothing of the bot it serves, nor of what the bot's commands mean. What it
//! does and does not do is in its README.
//!
//! The files inside, from the ground up, each knowing only those before it: `errors`, `snowflake`, `flags`, `users`,
//! `secret` (how Discord writes errors, ids, flags, users, tokens); `faults` (what goes wrong); `messages`, `interactions`,
//! `commands`, `directory` (what came about, who was there); `judge` (what Discord would refuse); `options`; `gateway::sessions`; `state` (what the others
//! share) and `guilds`; `gateway::socket` (WebSocket), `rest` (HTTP), `person` (who acts), `page` (the same in a browser);
//! `listener` (TCP), `server` (the handle); with the feature `front` also `path` (a network between)
//! and `front` (TLS and HTTP/2).

#![expect(
    clippy::indexing_slicing,
    reason = "all that is indexed is JSON by its keys: reading a missing one gives null, writing adds it"
)]

mod commands;
mod directory;
mod errors;
mod faults;
mod flags;
#[cfg(feature = "front")]
mod front;
mod gateway;
mod guilds;
mod interactions;
mod judge;
mod listener;
mod messages;
mod options;
mod page;
#[cfg(feature = "front")]
mod path;
mod person;
mod rest;
mod secret;
mod server;
mod snowflake;
mod state;
mod users;

/// The README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use errors::Complaint;
pub use faults::{ConnectionFault, Fault, GatewayFault, RestFault};
#[cfg(feature = "front")]
pub use front::{Certificate, Farewell, Front, FrontCounts, FrontOptions};
pub use gateway::{ConnectionInfo, GatewayCounts, SessionInfo, TransportCompression};
pub use interactions::CallbackRecord;
pub use judge::{Judge, Limits, OpenApi, Payload, Refusal};
pub use messages::{File, Message, Pings};
pub use options::{DEFAULT_GUILD, Options};
pub use page::{PageChannel, PageOptions, PagePerson, PageRole};
#[cfg(feature = "front")]
pub use path::DelayingPath;
pub use person::{Choice, CommandDraft, NotSent, OptionValue, Outcome, Pending, Person, Response};
pub use secret::secret;
pub use server::LocalDiscord;
pub use state::{RequestRecord, WaitError};
