//! The news channel: what a publication changed, told to readers in words, once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use tokio::sync::{Mutex, mpsc};
use tracing::warn;

use crate::catalogue::RecentChange;
use crate::commands::{self, Languages};
use crate::publishing::{Publisher, first_to_tell, not_told, told_since};
use crate::transport::rest::client::{Failed, Rest};

/// How long after a publication that was cut off before it was told a start still tells it, where nothing was told before.
const STILL_NEWS: SignedDuration = SignedDuration::from_hours(1);

/// The same, where news was told before: what was published while nobody could tell it, or was refused by Discord.
const CAUGHT_UP: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What is to be told, and where.
pub struct NewsChannel {
    /// The channel's id.
    pub channel: u64,
    /// What is new, as it comes. One task at a time takes it.
    pub news: Mutex<mpsc::Receiver<RecentChange>>,
    /// Who knows what was told already.
    pub publisher: Arc<Publisher>,
    /// The language of the channel is that of its server.
    pub languages: Languages,
}

#[derive(Debug, Deserialize)]
struct Channel {
    guild_id: Option<String>,
}

impl NewsChannel {
    /// Tells what is new, one revision after the other, as long as any can come.
    pub async fn tell(self: Arc<Self>, rest: Arc<Rest>) {
        let mut news = self.news.lock().await;
        let since = told_since(&self.publisher).await.unwrap_or_else(|error| {
            warn!(%error, "it is not known which news was told");
            None
        });
        let is_new = |recent: &&RecentChange| {
            let made = recent.time.parse::<Timestamp>().ok();
            let within = if since.is_some_and(|since| recent.revision > since) { CAUGHT_UP } else { STILL_NEWS };
            made.is_some_and(|made| Timestamp::now().duration_since(made) < within)
        };
        let recent: Vec<RecentChange> =
            self.publisher.live().snapshot().recent.iter().filter(is_new).cloned().collect();
        for one in recent.iter().rev() {
            self.tell_once(&rest, one).await;
        }
        while let Some(one) = news.recv().await {
            self.tell_once(&rest, &one).await;
        }
    }

    async fn tell_once(&self, rest: &Rest, recent: &RecentChange) {
        // Noted before it is sent: what is told twice is worse than what is not told.
        match first_to_tell(&self.publisher, recent.revision).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return warn!(%error, revision = recent.revision, "news is not told"),
        }
        let server = match rest.get::<Channel>(&format!("/channels/{}", self.channel)).await {
            Ok(channel) => channel.guild_id.and_then(|id| id.parse::<u64>().ok()),
            Err(_) => None,
        };
        let language = server.and_then(|server| self.languages.servers.get(&server)).copied();
        let snapshot = self.publisher.live().snapshot();
        let language = language.unwrap_or(self.languages.default);
        let Some(reply) = commands::told_news(&snapshot, language, recent, crate::clock::today()) else { return };
        let failed = match serde_json::to_value(reply.to_message()) {
            Ok(body) => match rest.send(self.channel, body).await {
                Ok(()) => return,
                Err(failed) => failed,
            },
            Err(error) => return warn!(%error, revision = recent.revision, "news cannot be written down"),
        };
        warn!(error = %failed, revision = recent.revision, "news cannot be told in the news channel");
        // Refused is not shown: as soon as the bot may write there, or another channel is configured, a start tells it.
        if matches!(failed, Failed::Refused { .. })
            && let Err(error) = not_told(&self.publisher, recent.revision).await
        {
            warn!(%error, revision = recent.revision, "that news was not told cannot be noted");
        }
    }
}
