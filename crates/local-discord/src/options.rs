//! How a local Discord behaves: what a caller may choose.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::judge::Judge;
use crate::page::options::PageOptions;

/// The guild that exists unless [`Options::guilds`] says otherwise.
pub const DEFAULT_GUILD: u64 = 1_100_000_000_000_000_100;

/// How a [`LocalDiscord`](crate::LocalDiscord) behaves. The defaults are Discord's own.
#[derive(Clone)]
pub struct Options {
    /// The port of 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// What the page in the browser shows; without it there is no page.
    pub page: Option<PageOptions>,
    /// The application's id, which is the bot user's id too.
    pub application_id: u64,
    /// The bot's name.
    pub name: String,
    /// The token that the bot must present, without the prefix `Bot `; `None` for a random one of the form of Discord's,
    /// which begins with the application's id. It opens nothing but this server.
    pub token: Option<String>,
    /// The guilds in which the application is installed. Each has a text channel from the start.
    pub guilds: Vec<u64>,
    /// How many shards GET /gateway/bot recommends.
    pub shards: u64,
    /// The heartbeat interval that HELLO names.
    pub heartbeat_interval: Duration,
    /// The privileged intents that the application may use: bits of GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT.
    pub privileged_intents: u64,
    /// The time a bot has for its first response to an interaction.
    pub response_limit: Duration,
    /// The time an interaction's token lives.
    pub token_lifetime: Duration,
    /// How many events a session keeps for a RESUME; one that missed more can't be resumed.
    pub replay_limit: usize,
    /// How many requests, refusals, interactions and messages are remembered, each; older ones are forgotten.
    pub history: usize,
    /// How long a waiting method waits before it gives up.
    pub patience: Duration,
    /// Judges besides the server's own.
    pub judges: Vec<Arc<dyn Judge>>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            port: 0,
            page: None,
            application_id: 1_100_000_000_000_000_001,
            name: "Local bot".to_owned(),
            token: None,
            guilds: vec![DEFAULT_GUILD],
            shards: 1,
            heartbeat_interval: Duration::from_millis(41_250),
            privileged_intents: 0,
            response_limit: Duration::from_secs(3),
            token_lifetime: Duration::from_secs(15 * 60),
            replay_limit: 10_000,
            history: 5_000,
            patience: Duration::from_secs(60),
            judges: Vec::new(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let judges: Vec<&str> = self.judges.iter().map(|judge| judge.name()).collect();
        f.debug_struct("Options")
            .field("application_id", &self.application_id)
            .field("guilds", &self.guilds)
            .field("heartbeat_interval", &self.heartbeat_interval)
            .field("response_limit", &self.response_limit)
            .field("token_lifetime", &self.token_lifetime)
            .field("judges", &judges)
            .finish_non_exhaustive()
    }
}
