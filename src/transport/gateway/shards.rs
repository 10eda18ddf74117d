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
use serenity::all::{ConnectionStage, ShardId, ShardManager, ShardRunnerMessage};
use tokio::time::{Instant, sleep};
use tracing::warn;

use crate::telemetry::closings::{self, Closing};
use crate::telemetry::{Counters, Shard, metrics};

/// After how long a shard without a connection is told, and how often again. A reconnection takes a moment, and serenity
/// begins a session every 5 seconds, as Discord asks.
const FIRST_WORD: Duration = Duration::from_secs(10);
const EACH_WORD: Duration = Duration::from_secs(60);

/// How long serenity takes to begin each session, at most: Discord asks for 5 seconds between them.
const EACH_START: Duration = Duration::from_secs(6);

/// How often serenity is asked about its shards.
const LOOK: Duration = Duration::from_millis(500);

/// The shards that this process serves.
pub struct Shards {
    states: Mutex<BTreeMap<u32, Heartbeat>>,
    total: AtomicU32,
    deaf_after: Duration,
}

/// What is known of a shard, for the outside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShardState {
    /// Its number among the application's shards, from 0.
    pub shard: u32,
    /// Whether it is connected and has a session.
    pub connected: bool,
    /// Whether it is connected, but its heartbeats are acknowledged no longer.
    pub deaf: bool,
    /// The time between its last heartbeat and the acknowledgement, in seconds.
    pub latency: Option<f64>,
    /// The code with which the gateway last closed a connection since there was a session.
    pub closed: Option<u16>,
}

/// What is known of a shard.
#[derive(Clone, Copy, Debug)]
struct Heartbeat {
    connected: bool,
    deaf: bool,
    latency: Option<Duration>,
    heard: Instant,
    sessions: u32,
    /// Since when it is not connected, and when that was last told.
    gone: Option<(Instant, Instant)>,
    /// How often the gateway has closed its connection, with which code last, and when that was last told.
    closings: u64,
    closed: Option<u16>,
    told: Option<Instant>,
}

impl Heartbeat {
    fn new(now: Instant) -> Heartbeat {
        Heartbeat {
            connected: false,
            deaf: false,
            latency: None,
            heard: now,
            sessions: 0,
            gone: None,
            closings: 0,
            closed: None,
            told: None,
        }
    }

    /// A session begins now, or goes on: READY and RESUMED are signs of life, whatever was heard before. When one session
    /// follows another within half a second, serenity shows no difference between them.
    fn begin(&mut self, now: Instant) {
        (self.connected, self.deaf, self.heard, self.gone) = (true, false, now, None);
        self.closed = None;
    }

    /// Takes in the last time that the gateway closed the connection. `Some` with the times that are new, and whether that
    /// is to be told: at once, and once a minute while it goes on.
    fn close(&mut self, latest: Option<Closing>, now: Instant) -> Option<(u64, bool)> {
        let latest = latest.filter(|latest| latest.count > self.closings)?;
        let new = latest.count - self.closings;
        self.closings = latest.count;
        // A session may have followed already.
        self.closed = Some(latest.code).filter(|_| !self.connected);
        let tell = self.told.is_none_or(|told| now.duration_since(told) >= EACH_WORD);
        if tell {
            self.told = Some(now);
        }
        Some((new, tell))
    }

    /// Takes in what serenity tells now. `true` when the shard has just turned out to be deaf.
    fn look(&mut self, connected: bool, latency: Option<Duration>, now: Instant, deaf_after: Duration) -> bool {
        if !connected || !self.connected || latency != self.latency {
            self.heard = now;
        }
        self.connected = connected;
        self.latency = latency;
        if connected {
            self.gone = None;
        }
        let deaf = connected && now.duration_since(self.heard) > deaf_after;
        let new = deaf && !self.deaf;
        self.deaf = deaf;
        new
    }

    /// For how long it has not been connected, when that is to be told: once it is worth a word, and once a minute.
    fn outage(&mut self, now: Instant) -> Option<Duration> {
        if self.connected {
            return None;
        }
        let (since, told) = self.gone.get_or_insert((now, now));
        let pause = if since == told { FIRST_WORD } else { EACH_WORD };
        (now.duration_since(*told) >= pause).then(|| {
            *told = now;
            now.duration_since(*since)
        })
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
        states.extend(range.zip(0..).map(|(id, before)| {
            // Those before it come first, so that it is not missed yet.
            let due = now + before * EACH_START;
            (id, Heartbeat { gone: Some((due, due)), ..Heartbeat::new(now) })
        }));
    }

    /// A session was begun (or resumed) on a shard.
    pub fn session(&self, id: u32, resumed: bool) {
        metrics::session(resumed);
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let heartbeat = states.entry(id).or_insert_with(|| Heartbeat::new(now));
        heartbeat.sessions += u32::from(!resumed);
        heartbeat.begin(now);
    }

    /// Whether a shard had to begin a second session.
    pub fn restarted(&self) -> bool {
        self.states.lock().unwrap_or_else(PoisonError::into_inner).values().any(|heartbeat| heartbeat.sessions > 1)
    }

    /// What is known of each shard.
    pub fn states(&self) -> Vec<ShardState> {
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let state = |(&shard, heartbeat): (&u32, &Heartbeat)| ShardState {
            shard,
            connected: heartbeat.connected,
            deaf: heartbeat.deaf,
            latency: heartbeat.latency.map(|latency| latency.as_secs_f64()),
            closed: heartbeat.closed,
        };
        states.iter().map(state).collect()
    }

    /// The connected shards, as moderators are told of them.
    pub fn counted(&self) -> Vec<Shard> {
        let of = self.total.load(Ordering::Relaxed);
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let connected = states.iter().filter(|(_, heartbeat)| heartbeat.connected);
        connected.map(|(&number, heartbeat)| Shard { number, of, latency: heartbeat.latency }).collect()
    }

    /// Whether every shard is connected and hears.
    pub fn ready(&self) -> bool {
        let states = self.states();
        !states.is_empty() && states.iter().all(|state| state.connected && !state.deaf)
    }

    /// Watches the shards for ever, and has a deaf one connected anew. `counters` are told of them.
    pub async fn watch(&self, manager: Arc<ShardManager>, counters: &Counters) {
        loop {
            for deaf in self.look(&manager).await {
                warn!(shard = deaf, "the gateway is silent; connecting anew");
                tokio::spawn(restart(Arc::clone(&manager), ShardId(deaf)));
            }
            counters.set_shards(self.counted());
            sleep(LOOK).await;
        }
    }

    /// Asks serenity about each shard; the ones that have just turned out to be deaf.
    async fn look(&self, manager: &ShardManager) -> Vec<u32> {
        let runners = manager.runners.lock().await;
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let mut deaf = Vec::new();
        for (&id, heartbeat) in states.iter_mut() {
            let runner = runners.get(&ShardId(id));
            let connected = runner.is_some_and(|runner| runner.stage == ConnectionStage::Connected);
            let latency = runner.and_then(|runner| runner.latency);
            let now = Instant::now();
            if heartbeat.look(connected, latency, now, self.deaf_after) {
                deaf.push(id);
            }
            let closing = closings::latest(id);
            if let (Some((new, tell)), Some(Closing { code, count })) = (heartbeat.close(closing, now), closing) {
                metrics::closed(code, new);
                if tell {
                    warn!(shard = id, code, times = count, "the gateway closed the connection; another one is made");
                }
            }
            if let Some(outage) = heartbeat.outage(now) {
                warn!(
                    shard = id,
                    outage_s = outage.as_secs(),
                    closed = heartbeat.closed,
                    "there is no session with the gateway: no interaction comes in; it is tried again and again \
                     (rcp-bot doctor looks for the reason)"
                );
            }
        }
        deaf
    }
}

/// Begins a new session on a shard. serenity may forget the old runner before it has told it to close, and its
/// connection would stay beside the new one; so it is told here first.
async fn restart(manager: Arc<ShardManager>, shard: ShardId) {
    if let Some(runner) = manager.runners.lock().await.get(&shard) {
        // Any code but 1000 and 1001 leaves the session to be resumed. (Discord: events/gateway, "Disconnecting".)
        runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(shard, 4000));
    }
    // serenity waits up to 5 seconds for the silent server to say goodbye.
    manager.restart(shard).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_that_stays_the_same_too_long_is_silence() {
        let (start, limit) = (Instant::now(), Duration::from_secs(52));
        let at = |seconds| start + Duration::from_secs(seconds);
        let latency = |millis| Some(Duration::from_millis(millis));
        let mut heartbeat = Heartbeat::new(start);
        assert!(!heartbeat.look(true, None, at(100), limit), "it has just connected");
        assert!(!heartbeat.look(true, latency(40), at(141), limit));
        assert!(!heartbeat.look(true, latency(40), at(181), limit));
        assert!(!heartbeat.look(true, latency(41), at(183), limit));
        assert!(!heartbeat.look(true, latency(41), at(235), limit));
        assert!(heartbeat.look(true, latency(41), at(236), limit) && heartbeat.deaf);
        assert!(!heartbeat.look(true, latency(41), at(237), limit), "it is told once");
        assert!(!heartbeat.look(false, None, at(240), limit) && !heartbeat.deaf);
        assert!(!heartbeat.look(true, None, at(300), limit) && !heartbeat.deaf);
    }

    #[test]
    fn p1_a_session_that_follows_another_at_once_is_heard_from_its_own_beginning() {
        let (start, limit) = (Instant::now(), Duration::from_secs(52));
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut heartbeat = Heartbeat::new(start);
        heartbeat.begin(at(0));
        assert!(!heartbeat.look(true, None, at(30), limit));
        // It is cut and identified anew between two looks: serenity shows it as connected both times.
        heartbeat.begin(at(40));
        assert!(!heartbeat.look(true, None, at(60), limit), "it has been there for 20 seconds");
        assert!(!heartbeat.look(true, None, at(92), limit));
        assert!(heartbeat.look(true, None, at(93), limit), "no heartbeat was acknowledged in all its time");
    }

    #[test]
    fn p2_a_gateway_that_lets_nobody_in_is_told_once_a_minute() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new(start);
        let told: Vec<u64> = (0..200)
            .filter_map(|second| Some(heartbeat.outage(start + Duration::from_secs(second))?.as_secs()))
            .collect();
        assert_eq!(told, [10, 70, 130, 190]);
        heartbeat.begin(start + Duration::from_secs(200));
        assert_eq!(heartbeat.outage(start + Duration::from_secs(300)), None);
    }

    #[test]
    fn p2_a_close_code_is_told_at_once_and_once_a_minute_while_it_goes_on() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new(start);
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(heartbeat.close(None, at(0)), None);
        let told: Vec<u64> = (0..130)
            .filter(|second| {
                heartbeat.close(Some(Closing { code: 4002, count: 2 * (second + 1) }), at(*second)) == Some((2, true))
            })
            .collect();
        assert_eq!((told, heartbeat.closed), (vec![0, 60, 120], Some(4002)));
        assert_eq!(heartbeat.close(Some(Closing { code: 4002, count: 260 }), at(500)), None, "nothing is new");
        heartbeat.begin(at(501));
        assert_eq!(heartbeat.closed, None);
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
