//! The gateway's shards, watched: which are connected, and whether they still hear anything.
//!
//! serenity gives up a connection after two heartbeats without an acknowledgement, up to 87 seconds after the last sign
//! of life. It shows the latency of each acknowledgement, which never is the same twice; so one that stays the same for
//! longer than a heartbeat takes means that the shard is deaf, 35 seconds earlier.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serenity::all::{ConnectionStage, ShardId, ShardManager};
use tokio::time::{Instant, sleep};
use tracing::warn;

use crate::telemetry::{Shard, metrics};

/// How often serenity is asked about its shards.
const LOOK: Duration = Duration::from_millis(500);

/// The shards that this process serves.
pub struct Shards {
    states: Mutex<BTreeMap<u32, Hearing>>,
    total: AtomicU32,
    deaf_after: Duration,
}

/// What is known of a shard, for the outside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShardState {
    /// Its number.
    pub shard: u32,
    /// Whether it is connected and has a session.
    pub connected: bool,
    /// Whether it is connected, but its heartbeats are acknowledged no longer.
    pub deaf: bool,
    /// The time between its last heartbeat and the acknowledgement, in seconds.
    pub latency: Option<f64>,
}

/// What is known of a shard.
#[derive(Clone, Copy, Debug)]
struct Hearing {
    connected: bool,
    deaf: bool,
    latency: Option<Duration>,
    heard: Instant,
    sessions: u32,
}

impl Hearing {
    fn new(now: Instant) -> Hearing {
        Hearing { connected: false, deaf: false, latency: None, heard: now, sessions: 0 }
    }

    /// Takes in what serenity tells now. `true` when the shard has just turned out to be deaf.
    fn look(&mut self, connected: bool, latency: Option<Duration>, now: Instant, deaf_after: Duration) -> bool {
        if !connected || !self.connected || latency != self.latency {
            self.heard = now;
        }
        self.connected = connected;
        self.latency = latency;
        let deaf = connected && now.duration_since(self.heard) > deaf_after;
        let new = deaf && !self.deaf;
        self.deaf = deaf;
        new
    }
}

impl Shards {
    /// No shards yet. One whose heartbeats are not acknowledged for `deaf_after` will count as deaf.
    pub fn new(deaf_after: Duration) -> Shards {
        Shards { states: Mutex::default(), total: AtomicU32::new(0), deaf_after }
    }

    /// Begins to expect these shards of so many.
    pub fn expect(&self, range: RangeInclusive<u32>, total: u32) {
        self.total.store(total, Ordering::Relaxed);
        let now = Instant::now();
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.extend(range.map(|id| (id, Hearing::new(now))));
    }

    /// A session was begun (or resumed) on a shard.
    pub fn session(&self, id: u32, resumed: bool) {
        metrics::session(resumed);
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let hearing = states.entry(id).or_insert_with(|| Hearing::new(Instant::now()));
        hearing.sessions += u32::from(!resumed);
        hearing.look(true, hearing.latency, Instant::now(), self.deaf_after);
    }

    /// Whether a shard had to begin a second session.
    pub fn restarted(&self) -> bool {
        self.states.lock().unwrap_or_else(PoisonError::into_inner).values().any(|hearing| hearing.sessions > 1)
    }

    /// What is known of each shard.
    pub fn states(&self) -> Vec<ShardState> {
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let state = |(&shard, hearing): (&u32, &Hearing)| ShardState {
            shard,
            connected: hearing.connected,
            deaf: hearing.deaf,
            latency: hearing.latency.map(|latency| latency.as_secs_f64()),
        };
        states.iter().map(state).collect()
    }

    /// The connected shards, as moderators are told of them.
    pub fn counted(&self) -> Vec<Shard> {
        let of = self.total.load(Ordering::Relaxed);
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let connected = states.iter().filter(|(_, hearing)| hearing.connected);
        connected.map(|(&number, hearing)| Shard { number, of, latency: hearing.latency }).collect()
    }

    /// Whether every shard is connected and hears.
    pub fn ready(&self) -> bool {
        let states = self.states();
        !states.is_empty() && states.iter().all(|state| state.connected && !state.deaf)
    }

    /// Watches the shards for ever, and has a deaf one connected anew.
    pub async fn watch(&self, manager: Arc<ShardManager>) {
        loop {
            for deaf in self.look(&manager).await {
                warn!(shard = deaf, "the gateway is silent; connecting anew");
                let manager = Arc::clone(&manager);
                // serenity waits up to 5 seconds for the silent server to say goodbye.
                tokio::spawn(async move { manager.restart(ShardId(deaf)).await });
            }
            sleep(LOOK).await;
        }
    }

    /// Asks serenity about each shard; the ones that have just turned out to be deaf.
    async fn look(&self, manager: &ShardManager) -> Vec<u32> {
        let runners = manager.runners.lock().await;
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let mut deaf = Vec::new();
        for (&id, hearing) in states.iter_mut() {
            let runner = runners.get(&ShardId(id));
            let connected = runner.is_some_and(|runner| runner.stage == ConnectionStage::Connected);
            let latency = runner.and_then(|runner| runner.latency);
            if hearing.look(connected, latency, Instant::now(), self.deaf_after) {
                deaf.push(id);
            }
        }
        deaf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_that_stays_the_same_too_long_is_silence() {
        let (start, limit) = (Instant::now(), Duration::from_secs(52));
        let at = |seconds| start + Duration::from_secs(seconds);
        let latency = |millis| Some(Duration::from_millis(millis));
        let mut hearing = Hearing::new(start);
        assert!(!hearing.look(true, None, at(100), limit), "it has just connected");
        assert!(!hearing.look(true, latency(40), at(141), limit));
        assert!(!hearing.look(true, latency(40), at(181), limit));
        assert!(!hearing.look(true, latency(41), at(183), limit));
        assert!(!hearing.look(true, latency(41), at(235), limit));
        assert!(hearing.look(true, latency(41), at(236), limit) && hearing.deaf);
        assert!(!hearing.look(true, latency(41), at(237), limit), "it is told once");
        assert!(!hearing.look(false, None, at(240), limit) && !hearing.deaf);
        assert!(!hearing.look(true, None, at(300), limit) && !hearing.deaf);
    }

    #[test]
    fn all_expected_shards_must_be_connected() {
        let shards = Shards::new(Duration::from_secs(52));
        assert!(!shards.ready());
        shards.expect(0..=1, 2);
        shards.session(0, false);
        assert!(!shards.ready());
        shards.session(1, false);
        assert!(shards.ready() && !shards.restarted());
        shards.session(1, false);
        assert!(shards.restarted());
    }
}
