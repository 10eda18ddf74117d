//! What the parts of the server share: the options, the clock, the ids, and the one lock around everything that changes.
//!
//! Lives here: the state's outline and waiting for it to change. What each part means is in the part's own module.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::commands::Commands;
use crate::directory::Directory;
use crate::errors::Complaint;
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::interactions::Interactions;
use crate::judge::{Judge, Limits, Payload, Refusal};
use crate::messages::Messages;
use crate::options::Options;
use crate::snowflake::Snowflakes;
use crate::users;

/// A REST request that the server received, with what it answered.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// The HTTP method.
    pub method: String,
    /// The path below `/api/v10`, without the query.
    pub path: String,
    /// The path as Discord's OpenAPI document writes it; `None` where no endpoint answers.
    pub route: Option<&'static str>,
    /// The query, without the question mark.
    pub query: String,
    /// The status of the answer.
    pub status: u16,
    /// The JSON body, or the `payload_json` of a multipart body.
    pub body: Option<Arc<Value>>,
    /// The JSON body of the answer.
    pub answer: Option<Value>,
}

/// What was waited for did not come about within [`Options::patience`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {what} within {patience:?}")]
pub struct WaitError {
    pub(crate) what: &'static str,
    pub(crate) patience: Duration,
}

/// Everything that changes while the server runs.
pub(crate) struct State {
    pub(crate) commands: Commands,
    pub(crate) interactions: Interactions,
    pub(crate) messages: Messages,
    pub(crate) directory: Directory,
    pub(crate) gateway: Gateway,
    pub(crate) faults: Faults,
    pub(crate) requests: VecDeque<RequestRecord>,
    pub(crate) refusals: VecDeque<Refusal>,
    /// The guilds in which the application is installed.
    pub(crate) guilds: Vec<u64>,
}

/// What the listener, the connections and the handles of tests share.
pub(crate) struct Shared {
    pub(crate) options: Options,
    /// The token that the bot must present.
    pub(crate) token: String,
    pub(crate) address: SocketAddr,
    pub(crate) ids: Snowflakes,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    stopping: watch::Sender<bool>,
    /// By how much the clock has been put forward.
    ahead: watch::Sender<Duration>,
    /// How many REST requests came.
    received: AtomicU64,
}

impl Shared {
    pub(crate) fn new(options: Options, token: String, address: SocketAddr) -> Shared {
        let base = format!("http://{address}");
        let mut messages = Messages::new(options.history, base);
        for guild in &options.guilds {
            messages.add_channel(default_channel(*guild), Some(*guild), 0, "general");
        }
        let state = State {
            commands: Commands::default(),
            interactions: Interactions::new(options.history),
            messages,
            directory: Directory::default(),
            gateway: Gateway::new(options.replay_limit),
            faults: Faults::default(),
            requests: VecDeque::new(),
            refusals: VecDeque::new(),
            guilds: options.guilds.clone(),
        };
        Shared {
            options,
            token,
            address,
            ids: Snowflakes::default(),
            state: Mutex::new(state),
            changed: watch::Sender::new(0),
            stopping: watch::Sender::new(false),
            ahead: watch::Sender::new(Duration::ZERO),
            received: AtomicU64::new(0),
        }
    }

    /// The state. A panic elsewhere does not make it useless: every change under the lock is complete in itself.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells those who wait that something changed.
    pub(crate) fn touch(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// The server's time: the real one, and what a test put it forward by.
    pub(crate) fn now(&self) -> Instant {
        Instant::now() + *self.ahead.borrow()
    }

    /// What the server's clock says, as HTTP writes it: `Date` of its answers.
    pub(crate) fn date(&self) -> String {
        // Only before 1970 and beyond 9999 there is none, where nobody puts it.
        let now = Timestamp::now().saturating_add(*self.ahead.borrow()).unwrap_or_default();
        DateTimePrinter::new().timestamp_to_rfc9110_string(&now).unwrap_or_default()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.ahead.send_modify(|ahead| *ahead += by);
        self.touch();
    }

    pub(crate) fn clock_moves(&self) -> watch::Receiver<Duration> {
        self.ahead.subscribe()
    }

    /// Counts a REST request.
    pub(crate) fn count_request(&self) {
        self.received.fetch_add(1, Ordering::Relaxed);
    }

    /// How many REST requests came.
    pub(crate) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends when the server is told to stop.
    pub(crate) async fn stopped(&self) {
        // The sender lives in `self`, so waiting can't fail.
        let _ = self.stopping.subscribe().wait_for(|stop| *stop).await;
    }

    /// Waits until `look` finds what it looks for, at most as long as the options' patience.
    pub(crate) async fn wait<T>(
        &self,
        what: &'static str,
        mut look: impl FnMut(&State) -> Option<T>,
    ) -> Result<T, WaitError> {
        let mut changes = self.changes();
        let until = Instant::now() + self.options.patience;
        loop {
            changes.mark_unchanged();
            if let Some(found) = look(&self.lock()) {
                return Ok(found);
            }
            // The sender lives in `self`, so only the time can end this.
            if tokio::time::timeout_at(until, changes.changed()).await.is_err() {
                return Err(WaitError { what, patience: self.options.patience });
            }
        }
    }

    /// The server's own judge and those of the options.
    pub(crate) fn judges(&self) -> impl Iterator<Item = &dyn Judge> {
        let own: &dyn Judge = &Limits;
        std::iter::once(own).chain(self.options.judges.iter().map(|judge| &**judge))
    }

    /// Shows a payload to all judges; keeps what they refuse. The complaints of the first judge that has any.
    pub(crate) fn judge(&self, payload: &Payload<'_>) -> Vec<Complaint> {
        let mut answer = Vec::new();
        for judge in self.judges() {
            let complaints = judge.judge(payload);
            if complaints.is_empty() {
                continue;
            }
            let refusal = Refusal {
                judge: judge.name().to_owned(),
                method: payload.method.to_owned(),
                route: payload.route.to_owned(),
                body: payload.body.clone(),
                complaints: complaints.clone(),
            };
            keep(&mut self.lock().refusals, refusal, self.options.history);
            if answer.is_empty() {
                answer = complaints;
            }
        }
        answer
    }

    /// The name of a guild.
    pub(crate) fn guild_name(&self, id: u64) -> String {
        let page = self.options.page.as_ref().filter(|_| self.options.guilds.first() == Some(&id));
        page.map_or_else(|| "Local server".to_owned(), |page| page.guild_name.clone())
    }

    /// The bot's own user (Discord: resources/user).
    pub(crate) fn bot_user(&self) -> Value {
        users::user(self.options.application_id, &self.options.name, None, true)
    }

    /// The bot's user with the fields that only it sees itself.
    pub(crate) fn current_user(&self) -> Value {
        let mut user = self.bot_user();
        for (key, value) in [
            ("mfa_enabled", json!(true)),
            ("verified", json!(true)),
            ("email", Value::Null),
            ("locale", json!("en-US")),
            ("premium_type", json!(0)),
        ] {
            user[key] = value;
        }
        user
    }
}

/// Adds to a list that keeps its newest `limit` entries.
pub(crate) fn keep<T>(list: &mut VecDeque<T>, entry: T, limit: usize) {
    list.push_back(entry);
    while list.len() > limit {
        list.pop_front();
    }
}

/// The text channel that every guild has: an id of its own beside the guild's.
pub(crate) fn default_channel(guild: u64) -> u64 {
    guild + 1
}
