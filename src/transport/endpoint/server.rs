//! The HTTP server below the routes: who may be connected, for how long, and how it all ends.
//!
//! A client that sends nothing, or slowly, or forged requests costs a connection for a few seconds at most; one from which
//! Discord's signed requests came is kept for longer than the load balancers do that stand before us. When all
//! connections are taken, the one that has waited longest without a verified request makes room for the next, so that a
//! crowd of idle clients cannot lock out Discord.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use crate::telemetry::metrics;

use crate::transport::rest::client::FIRST_RESPONSE;

/// How long a connection may wait between an answer and the next request's whole head; taking the answer is part of it.
const WAIT: Duration = Duration::from_secs(10);

/// The same for a connection over which Discord's requests came. Whoever closes a connection first may lose the request that
/// the other has just sent over it, so that it must not be us: Google's load balancers keep connections for 600 seconds,
/// others for 60 or 75.
const VERIFIED_WAIT: Duration = Duration::from_secs(620);

/// How often it is looked whether a connection has waited for too long.
const LOOK: Duration = Duration::from_secs(10);

/// Stands for the time since which a connection waits while it does not.
const BUSY: u64 = u64::MAX;

/// The longest head of a request, in bytes. Discord's have about 600; proxies add some.
const LONGEST_HEAD: usize = 16 * 1_024;

/// How long to wait after a connection could not be taken, for want of file descriptors for example.
const PAUSE: Duration = Duration::from_millis(100);

/// Who answers requests.
pub trait Service: Clone + Send + Sync + 'static {
    /// The answer to a request that came over a connection.
    fn answer(&self, request: Request<Incoming>, connection: &Arc<Connection>)
    -> impl Future<Output = Response> + Send;
}

impl Service for Router {
    async fn answer(&self, request: Request<Incoming>, _: &Arc<Connection>) -> Response {
        TowerToHyperService::new(self.clone()).call(request).await.unwrap_or_else(|never| match never {})
    }
}

/// Serves until `stop`, to at most `connections` clients at once; then finishes what is under way.
pub async fn serve(listener: TcpListener, service: impl Service, connections: usize, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(connections.clamp(1, Semaphore::MAX_PERMITS)));
    let (connected, tasks) = (Arc::new(Connections::default()), TaskTracker::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                warn!(%error, "a connection could not be taken");
                sleep(PAUSE).await;
                continue;
            }
        };
        if places.available_permits() == 0 {
            connected.make_room();
        }
        let place = tokio::select! {
            // The semaphore is never closed.
            Ok(place) = Arc::clone(&places).acquire_owned() => place,
            () = stop.cancelled() => break,
        };
        let connection = connected.open(&stop);
        let (service, stop) = (service.clone(), stop.clone());
        tasks.spawn(async move {
            // Dropped however it ends, even by a panic.
            let _place = place;
            let _counted = Counted::new();
            attend(stream, &service, &connection, &stop).await;
        });
    }
    // Nobody is to wait in the queue of a server that takes nobody any more.
    drop(listener);
    tasks.close();
    if timeout(FIRST_RESPONSE, tasks.wait()).await.is_err() {
        warn!(connections = tasks.len(), "some HTTP connections were still open");
    }
}

/// A connection as the metrics count it.
struct Counted;

impl Counted {
    fn new() -> Counted {
        metrics::http_connections(1.0);
        Counted
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::http_connections(-1.0);
    }
}

/// Answers the requests of one connection.
async fn attend(stream: TcpStream, service: &impl Service, at: &Arc<Connection>, stop: &CancellationToken) {
    // An answer must leave at once: waiting for the peer's acknowledgement would cost up to 40 ms.
    let _ = stream.set_nodelay(true);
    let begun = Instant::now();
    // Since when it waits for a request, in milliseconds after it began. hyper has a timer for this too, but sets a new
    // one for each request.
    let answer = service_fn(|request| async {
        at.waiting.store(BUSY, Ordering::Relaxed);
        let response = service.answer(request, at).await;
        at.waiting.store(begun.elapsed().as_millis() as u64, Ordering::Relaxed);
        Ok::<_, Infallible>(response)
    });
    let mut server = http1::Builder::new();
    let connection = server.max_header_size(LONGEST_HEAD).serve_connection(TokioIo::new(stream), answer);
    let alarm = sleep_until(begun + WAIT);
    tokio::pin!(connection, alarm);
    let mut stopping = false;
    loop {
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = alarm.as_mut() => {
                let now = Instant::now();
                let until = match at.waiting.load(Ordering::Relaxed) {
                    BUSY => now + WAIT,
                    since => begun + Duration::from_millis(since) + at.patience(),
                };
                if until <= now {
                    return debug!("an HTTP connection sent nothing more");
                }
                alarm.as_mut().reset(until.min(now + LOOK));
                continue;
            }
            () = at.closing.cancelled(), if !stopping => {
                if !stop.is_cancelled() {
                    return metrics::http_refused("crowd");
                }
                connection.as_mut().graceful_shutdown();
                stopping = true;
                continue;
            }
        };
        if let Err(error) = ended {
            debug!(%error, "an HTTP connection broke off");
        }
        return;
    }
}

/// The connections that are open, so that those nobody uses can make room.
#[derive(Default)]
struct Connections(Mutex<Open>);

/// Those over which nothing came yet that Discord signed, and the others; longest open first.
#[derive(Default)]
struct Open {
    next: u64,
    strangers: BTreeMap<u64, CancellationToken>,
    verified: BTreeMap<u64, (CancellationToken, Arc<AtomicU64>)>,
}

impl Connections {
    fn open_ones(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in a connection that is closed at `stop` or to make room.
    fn open(self: &Arc<Connections>, stop: &CancellationToken) -> Arc<Connection> {
        let closing = stop.child_token();
        let mut open = self.open_ones();
        let number = open.next;
        open.next += 1;
        open.strangers.insert(number, closing.clone());
        let (verified, waiting) = (AtomicBool::new(false), Arc::new(AtomicU64::new(0)));
        Arc::new(Connection { number, closing, verified, waiting, all: Arc::clone(self) })
    }

    /// Closes the connection that has been open longest without a verified request; without any, the oldest of the others
    /// that is idle.
    fn make_room(&self) {
        let mut open = self.open_ones();
        if let Some((_, closing)) = open.strangers.pop_first() {
            return closing.cancel();
        }
        let idle = |waiting: &AtomicU64| waiting.load(Ordering::Relaxed) != BUSY;
        let oldest = open.verified.iter().find(|(_, (_, waiting))| idle(waiting)).map(|(number, _)| *number);
        if let Some((closing, _)) = oldest.and_then(|number| open.verified.remove(&number)) {
            closing.cancel();
        }
    }
}

/// A connection, as its requests see it.
pub struct Connection {
    number: u64,
    closing: CancellationToken,
    /// Whether a request of Discord's came over it.
    verified: AtomicBool,
    /// Since when it waits for a request, in milliseconds after it was opened; [`BUSY`] while it does not.
    waiting: Arc<AtomicU64>,
    all: Arc<Connections>,
}

impl Connection {
    /// Discord's signature held: this connection is kept, and is not closed to make room for strangers.
    pub fn verified(&self) {
        // Only the first of a connection's requests has to take the lock.
        if !self.verified.swap(true, Ordering::Relaxed) {
            let mut open = self.all.open_ones();
            open.strangers.remove(&self.number);
            open.verified.insert(self.number, (self.closing.clone(), Arc::clone(&self.waiting)));
        }
    }
}

impl Connection {
    /// For how long it may wait for the next request.
    fn patience(&self) -> Duration {
        if self.verified.load(Ordering::Relaxed) { VERIFIED_WAIT } else { WAIT }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut open = self.all.open_ones();
        open.strangers.remove(&self.number);
        open.verified.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_waited_longest_unverified_makes_room() {
        let all = Arc::new(Connections::default());
        let mut open: Vec<_> = (0..4).map(|_| all.open(&CancellationToken::new())).collect();
        open[0].verified();
        open.remove(2);
        all.make_room();
        all.make_room();
        let closed: Vec<bool> = open.iter().map(|connection| connection.closing.is_cancelled()).collect();
        assert_eq!(closed, [false, true, true]);
    }

    #[test]
    fn f10_a_connection_of_discords_outlives_those_of_load_balancers() {
        let all = Arc::new(Connections::default());
        let connection = all.open(&CancellationToken::new());
        assert_eq!(connection.patience(), Duration::from_secs(10), "a stranger is soon shown out");
        connection.verified();
        assert!(connection.patience() > Duration::from_secs(600));
    }

    #[test]
    fn f10_among_verified_ones_the_oldest_idle_one_makes_room() {
        let all = Arc::new(Connections::default());
        let open: Vec<_> = (0..3).map(|_| all.open(&CancellationToken::new())).collect();
        open.iter().for_each(|connection| connection.verified());
        open[0].waiting.store(BUSY, Ordering::Relaxed);
        all.make_room();
        let closed: Vec<bool> = open.iter().map(|connection| connection.closing.is_cancelled()).collect();
        assert_eq!(closed, [false, true, false]);
    }
}
