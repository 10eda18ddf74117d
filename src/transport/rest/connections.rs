//! The open connections to Discord: few, warm, and each given up as soon as it is known to be dead.
//!
//! What each part is for was measured over a delaying path. A call on an open connection costs one round trip, one that
//! must open its own costs three: so some are kept open, and a small request now and then keeps the front from closing
//! them (PINGs do not). HTTP/2 as libraries speak it opens a connection for each call of a crowd until the first one stands,
//! and then puts all calls on that one, whose TCP window they share: so calls wait for those that are being opened, and a
//! crowd is spread. A connection that fell silent is found out by PINGs while calls wait, and no other that was open by then
//! is trusted any more. Where the front speaks HTTP/1.1 alone, each call under way has a connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper::{Request, Response};
use reqwest::Body;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tracing::debug;

use crate::transport::rest::connector::{Connector, Lost, Many, Sender};

/// The most connections of HTTP/2 at once.
const MOST: usize = 16;

/// How many of them are kept warm, at most.
const WARM: usize = 10;

/// How many calls a connection gets before others are used or opened: one that is new has TCP's first window, some seven
/// answers wide; one that has stood for a while takes more.
const NEW_TAKES: usize = 8;
const TAKES: usize = 20;
const IS_NEW: Duration = Duration::from_secs(1);

/// How long a call waits for a connection with room before it goes onto one without: as long as opening one takes where
/// Discord is 100 milliseconds away.
const WAITS: Duration = Duration::from_millis(200);

/// After how long without a call a connection beyond those that are kept warm is closed: before common fronts do it.
const IDLE: Duration = Duration::from_secs(45);

/// How many idle connections of HTTP/1.1 are kept. Each holds 26 kB; a crowd leaves one for each of its calls.
const MOST_IDLE: usize = 32;

/// Between two requests that keep connections warm.
pub(super) const WARMING: Duration = Duration::from_secs(30);

/// How long such a request may take.
const WARMING_TAKES: Duration = Duration::from_secs(5);

/// For how long it is remembered when the front closed a connection that was idle.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

/// The connections to one host.
pub(super) struct Connections {
    connector: Connector,
    state: Mutex<State>,
    /// A connection was opened, or could not be, or has room again.
    news: Notify,
    /// Itself, for the tasks that outlive a call.
    this: Weak<Connections>,
}

#[derive(Default)]
struct State {
    /// Which HTTP the front spoke last.
    spoken: Option<Spoken>,
    lanes: Vec<Lane>,
    next: u64,
    /// Idle connections of HTTP/1.1, the one used last at the end.
    idle: Vec<(http1::SendRequest<Body>, Instant)>,
    opening: usize,
    waiting: usize,
    /// How often opening failed, and how it did the last time.
    failures: u64,
    failure: Option<(Lost, Instant)>,
    /// When a call was made last.
    called: Option<Instant>,
    tended: bool,
    /// How connections are kept warm; not at all while this is none.
    warming: Option<Warming>,
}

struct Warming {
    every: Duration,
    request: Box<dyn Fn() -> Option<Request<Body>> + Send>,
    since: Instant,
    /// When the last request was made, and when missing connections were opened.
    last: Option<Instant>,
    opened: Option<Instant>,
    /// After how much quiet the front was last seen to close a connection, and when.
    closes_after: Option<(Duration, Instant)>,
}

impl Warming {
    /// How many connections so few requests keep open.
    fn lanes(&self, now: Instant) -> usize {
        match self.closes_after {
            Some((limit, seen)) if now.duration_since(seen) < REMEMBERED => {
                // A fifth to spare.
                let turns = limit.as_millis() * 4 / 5 / self.every.as_millis().max(1);
                usize::try_from(turns).unwrap_or(WARM).clamp(1, WARM)
            }
            _ => WARM,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spoken {
    Http1,
    Http2,
}

/// A connection of HTTP/2.
struct Lane {
    number: u64,
    many: Many,
    under_way: usize,
    opened: Instant,
    used: Instant,
}

impl Lane {
    /// How many calls it gets.
    fn takes(&self, alone: bool, now: Instant) -> usize {
        let takes = if alone || now.duration_since(self.opened) >= IS_NEW { TAKES } else { NEW_TAKES };
        takes.min(self.many.most())
    }
}

/// A seat on a connection, for one call. The seat is free again when this is dropped.
pub(super) struct Seat {
    connections: Arc<Connections>,
    sender: Option<Sender>,
    lane: Option<u64>,
    since: Instant,
    /// The answer has been read to its end.
    done: bool,
}

impl Seat {
    /// Sends a request. When the answer has been read, [`Seat::done`] must be called.
    pub(super) async fn send(&mut self, request: Request<Body>) -> Result<Response<hyper::body::Incoming>, Lost> {
        let Some(sender) = &mut self.sender else { return Err(Lost::connecting("there is no connection")) };
        let sent = sender.send(request).await;
        if let Err(lost) = &sent
            && lost.silent
        {
            self.connections.distrust(self.since);
        }
        sent
    }

    /// The answer has been read to its end, so that the connection can serve others.
    pub(super) fn done(&mut self) {
        self.done = true;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut state = self.connections.state();
        match (self.lane, self.sender.take()) {
            (Some(number), _) => {
                if let Some(lane) = state.lanes.iter_mut().find(|lane| lane.number == number) {
                    lane.under_way -= 1;
                    lane.used = now;
                }
            }
            (None, Some(Sender::Http1(sender))) if self.done && !sender.is_closed() && state.idle.len() < MOST_IDLE => {
                state.idle.push((sender, now));
            }
            _ => {}
        }
        drop(state);
        self.connections.news.notify_one();
    }
}

/// What can be done for a call.
enum Look {
    Seat(Seat),
    /// The call opens a connection itself.
    Open,
    Wait,
    Failed(Lost),
}

impl Connections {
    pub(super) fn new(connector: Connector) -> Arc<Connections> {
        Arc::new_cyclic(|this| Connections {
            connector,
            state: Mutex::default(),
            news: Notify::new(),
            this: this.clone(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What is changed under the lock is whole at every step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat for one call: on a connection that stands, or on one that is opened for it. With `fresh` no connection is used
    /// that has been opened before that moment.
    pub(super) async fn seat(&self, fresh: Option<Instant>) -> Result<Seat, Lost> {
        let begun = Instant::now();
        let patience = begun + WAITS;
        let failures = {
            let mut state = self.state();
            state.called = Some(begun);
            state.waiting += 1;
            state.failures
        };
        let waiting = Waiting(self);
        self.tend_from_now_on();
        let seat = loop {
            let mut news = std::pin::pin!(self.news.notified());
            news.as_mut().enable();
            let now = Instant::now();
            match self.look(fresh, now >= patience, failures, now) {
                Look::Seat(seat) => break Ok(seat),
                Look::Failed(lost) => break Err(lost),
                Look::Open => {
                    drop(waiting);
                    return self.open_for_a_call().await;
                }
                Look::Wait => {}
            }
            tokio::select! {
                () = news => {}
                () = sleep_until(patience), if now < patience => {}
            }
        };
        drop(waiting);
        seat
    }

    /// Looks for a seat. One without room is taken only if the call has waited long enough.
    fn look(&self, fresh: Option<Instant>, waited: bool, failures: u64, now: Instant) -> Look {
        let mut state = self.state();
        if !self.connector.is_encrypted() || state.spoken == Some(Spoken::Http1) {
            while fresh.is_none()
                && let Some((sender, used)) = state.idle.pop()
            {
                if !sender.is_closed() && now.duration_since(used) < IDLE {
                    return Look::Seat(self.seat_on(Sender::Http1(sender), None));
                }
            }
            return Look::Open;
        }
        state.prune(now);
        let alone = state.lanes.len() == 1 && state.opening == 0;
        let usable = |lane: &&mut Lane| fresh.is_none_or(|fresh| lane.opened >= fresh);
        let least = state.lanes.iter_mut().filter(usable).min_by_key(|lane| lane.under_way);
        if let Some(lane) = least
            && (waited || lane.under_way < lane.takes(alone, now))
        {
            lane.under_way += 1;
            lane.used = now;
            return Look::Seat(self.seat_on(Sender::Http2(lane.many.clone()), Some(lane.number)));
        }
        let usable = state.lanes.iter().any(|lane| fresh.is_none_or(|fresh| lane.opened >= fresh));
        // Someone before may have failed to open one; whoever came later tries again.
        if !usable
            && state.opening == 0
            && state.failures > failures
            && let Some((lost, _)) = &state.failure
        {
            return Look::Failed(lost.clone());
        }
        let lately = state.failure.as_ref().is_some_and(|(_, at)| now.duration_since(*at) < IS_NEW);
        let wanted = match (usable, state.spoken) {
            // What the front speaks is learned from one connection.
            (false, None) => state.opening == 0,
            (false, _) => state.waiting > state.opening * NEW_TAKES,
            (true, _) => state.waiting > state.opening * NEW_TAKES && !lately,
        };
        let room = !usable || state.lanes.len() + state.opening < MOST;
        if wanted && room && state.opening < MOST {
            state.opening += 1;
            drop(state);
            self.open_beside();
        }
        Look::Wait
    }

    fn seat_on(&self, sender: Sender, lane: Option<u64>) -> Seat {
        // It is alive: it is being used.
        #[expect(clippy::expect_used, reason = "whoever calls this holds it")]
        let connections = self.this.upgrade().expect("the connections live");
        Seat { connections, sender: Some(sender), lane, since: Instant::now(), done: false }
    }

    /// Opens a connection for one call. If it turns out to be one for many, it is shared.
    async fn open_for_a_call(&self) -> Result<Seat, Lost> {
        // Made apart: opening takes much more room than waiting for the answer.
        match Box::pin(self.connector.open()).await? {
            http1 @ Sender::Http1(_) => Ok(self.seat_on(http1, None)),
            Sender::Http2(many) => {
                let lane = self.state().add(many.clone(), 1);
                self.news.notify_waiters();
                Ok(self.seat_on(Sender::Http2(many), Some(lane)))
            }
        }
    }

    /// Opens a connection for whoever waits. It has been counted among those that are being opened.
    fn open_beside(&self) {
        let Some(this) = self.this.upgrade() else { return };
        tokio::spawn(async move {
            let opened = this.connector.open().await;
            let mut state = this.state();
            state.opening -= 1;
            match opened {
                Ok(Sender::Http2(many)) => {
                    state.add(many, 0);
                }
                Ok(Sender::Http1(sender)) => {
                    state.spoken = Some(Spoken::Http1);
                    state.lanes.clear();
                    state.idle.push((sender, Instant::now()));
                }
                Err(lost) => {
                    debug!(error = lost.reason, "a connection to Discord cannot be opened");
                    state.failures += 1;
                    state.failure = Some((lost, Instant::now()));
                    // Perhaps another front stands there now, which speaks something else.
                    if state.lanes.is_empty() {
                        state.spoken = None;
                    }
                }
            }
            drop(state);
            this.news.notify_waiters();
        });
    }

    /// No connection that was open at `then` is used for further calls: what made one of them fall silent since has befallen
    /// all. Calls under way on them may still be answered.
    fn distrust(&self, then: Instant) {
        let mut state = self.state();
        state.lanes.retain(|lane| lane.opened >= then);
        state.idle.clear();
    }

    /// What [`Connections::seat`] is to be told after a connection ended: in HTTP/2 an end is told to all or seen by all, in
    /// HTTP/1.1 others that are idle may be ending too.
    pub(super) fn fresh(&self) -> Option<Instant> {
        let http2 = self.state().spoken == Some(Spoken::Http2);
        (!http2).then(Instant::now)
    }

    // --- Tending -----------------------------------------------------------------------------------------------------

    /// From now on connections are kept warm: while nobody asks, `request` is sent so often over the one that has been idle
    /// longest. Where the address is not encrypted, nothing is.
    pub(super) fn keep_warm(&self, every: Duration, request: impl Fn() -> Option<Request<Body>> + Send + 'static) {
        if self.connector.is_encrypted() {
            let request = Box::new(request);
            let warming =
                Warming { every, request, since: Instant::now(), last: None, opened: None, closes_after: None };
            self.state().warming = Some(warming);
            self.tend_from_now_on();
        }
    }

    /// Looks after the connections for as long as they are used by anybody.
    fn tend_from_now_on(&self) {
        if std::mem::replace(&mut self.state().tended, true) {
            return;
        }
        let this = self.this.clone();
        tokio::spawn(async move {
            loop {
                let every = match this.upgrade() {
                    Some(connections) => connections.tend(Instant::now()),
                    None => return,
                };
                sleep(every).await;
            }
        });
    }

    /// Closes what is not needed, keeps warm what is; says when to look again.
    fn tend(&self, now: Instant) -> Duration {
        let mut state = self.state();
        state.idle.retain(|(sender, used)| !sender.is_closed() && now.duration_since(*used) < IDLE);
        state.prune(now);
        let warm = state.warming.as_ref().map_or(0, |warming| warming.lanes(now));
        // The oldest stay: their TCP windows have grown.
        let mut rank = 0;
        state.lanes.retain(|lane| {
            rank += 1;
            rank <= warm || lane.under_way > 0 || now.duration_since(lane.used) < IDLE
        });
        let (lanes, opening, called) = (state.lanes.len(), state.opening, state.called);
        let (spoken, failed) = (state.spoken, state.failure.as_ref().map(|(_, at)| *at));
        let Some(warming) = &mut state.warming else { return IDLE / 4 };
        let (every, look) = (warming.every, warming.every / 6);
        let due = |last: Option<Instant>| last.is_none_or(|last| now.duration_since(last) >= every);
        let missing = match spoken {
            Some(Spoken::Http1) => 0,
            // What the front speaks is learned from the first; as soon as that is known, the others follow.
            None => usize::from(lanes + opening == 0 && due(failed)),
            Some(Spoken::Http2) if due(warming.opened) => warm.saturating_sub(lanes + opening),
            Some(Spoken::Http2) => 0,
        };
        if missing > 0 && spoken.is_some() {
            warming.opened = Some(now);
        }
        // Whoever asks keeps the connections warm.
        let request = if due(warming.last) && due(called) && due(Some(warming.since)) {
            warming.last = Some(now);
            (warming.request)()
        } else {
            None
        };
        state.opening += missing;
        drop(state);
        (0..missing).for_each(|_| self.open_beside());
        if let Some(request) = request {
            self.warm(request);
        }
        look
    }

    /// Sends a request over the connection that has been idle longest.
    fn warm(&self, request: Request<Body>) {
        let now = Instant::now();
        let mut state = self.state();
        let longest = state.lanes.iter_mut().min_by_key(|lane| lane.used);
        let mut seat = if let Some(lane) = longest {
            lane.under_way += 1;
            lane.used = now;
            self.seat_on(Sender::Http2(lane.many.clone()), Some(lane.number))
        } else if let Some((sender, _)) = state.idle.pop() {
            self.seat_on(Sender::Http1(sender), None)
        } else {
            return;
        };
        drop(state);
        tokio::spawn(async move {
            let answered = async {
                let answer = seat.send(request).await.ok()?;
                answer.into_body().collect().await.ok()
            };
            if timeout(WARMING_TAKES, answered).await.is_ok_and(|answer| answer.is_some()) {
                seat.done();
            }
        });
    }
}

/// Counts a call that waits for a seat.
struct Waiting<'c>(&'c Connections);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().waiting -= 1;
    }
}

impl State {
    /// Adds a connection with so many calls on it; returns its number.
    fn add(&mut self, many: Many, under_way: usize) -> u64 {
        let (number, now) = (self.next, Instant::now());
        self.next += 1;
        self.spoken = Some(Spoken::Http2);
        self.lanes.push(Lane { number, many, under_way, opened: now, used: now });
        number
    }

    /// Takes out the connections that have ended, and learns from it how long the front leaves one that is idle.
    fn prune(&mut self, now: Instant) {
        let mut closed = None;
        self.lanes.retain(|lane| {
            let ended = lane.many.sender.is_closed();
            if ended && lane.under_way == 0 {
                closed = Some(now.duration_since(lane.used));
            }
            !ended
        });
        if let (Some(limit), Some(warming)) = (closed, &mut self.warming) {
            warming.closes_after = Some((limit, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_kept_warm_as_two_requests_a_minute_reach_in_time() {
        let now = Instant::now();
        let lanes = |closes_after: Option<u64>| {
            let closes_after = closes_after.map(|seconds| (Duration::from_secs(seconds), now));
            let request = Box::new(|| None);
            Warming { every: WARMING, request, since: now, last: None, opened: None, closes_after }.lanes(now)
        };
        assert_eq!(lanes(None), WARM);
        assert_eq!(lanes(Some(400)), WARM);
        assert_eq!(lanes(Some(75)), 2);
        assert_eq!(lanes(Some(50)), 1);
        assert_eq!(lanes(Some(5)), 1);
    }
}
