//! The HTTP server below the routes: who may be connected, for how long, and how it all ends.
//!
//! A client that sends nothing, or slowly, or forged requests costs a connection for a few seconds at most. When all
//! connections are taken, the one that has waited longest without a verified request makes room for the next, so that a
//! crowd of idle clients cannot lock out Discord.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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

use crate::transport::rest::FIRST_RESPONSE;

/// How long a connection may wait between an answer and the next request's whole head; taking the answer is part of it.
const WAIT: Duration = Duration::from_secs(10);

/// Stands for the time since which a connection waits while it does not.
const BUSY: u64 = u64::MAX;

/// The longest head of a request, in bytes. Discord's have about 600; proxies add some.
const LONGEST_HEAD: usize = 16 * 1_024;

/// How long to wait after a connection could not be taken, for want of file descriptors for example.
const PAUSE: Duration = Duration::from_millis(100);

/// Who answers requests.
pub trait Service: Clone + Send + Sync + 'static {
    /// The answer to a request that came over a connection.
    fn answer(&self, request: Request<Incoming>, guest: &Arc<Guest>) -> impl Future<Output = Response> + Send;
}

impl Service for Router {
    async fn answer(&self, request: Request<Incoming>, _: &Arc<Guest>) -> Response {
        TowerToHyperService::new(self.clone()).call(request).await.unwrap_or_else(|never| match never {})
    }
}

/// Serves until `stop`, to at most `connections` clients at once; then finishes what is under way.
pub async fn serve(listener: TcpListener, service: impl Service, connections: usize, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(connections.max(1)));
    let (door, tasks) = (Arc::new(Door::default()), TaskTracker::new());
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
            door.make_room();
        }
        let place = tokio::select! {
            // The semaphore is never closed.
            Ok(place) = Arc::clone(&places).acquire_owned() => place,
            () = stop.cancelled() => break,
        };
        let guest = door.enter(&stop);
        let (service, stop) = (service.clone(), stop.clone());
        tasks.spawn(async move {
            metrics::http_connections(1.0);
            attend(stream, &service, &guest, &stop).await;
            guest.leave();
            metrics::http_connections(-1.0);
            drop(place);
        });
    }
    // Nobody is to wait in the queue of a server that takes nobody any more.
    drop(listener);
    tasks.close();
    if timeout(FIRST_RESPONSE, tasks.wait()).await.is_err() {
        warn!(connections = tasks.len(), "some HTTP connections were still open");
    }
}

/// Answers the requests of one connection.
async fn attend(stream: TcpStream, service: &impl Service, guest: &Arc<Guest>, stop: &CancellationToken) {
    // An answer must leave at once: waiting for the peer's acknowledgement would cost up to 40 ms.
    let _ = stream.set_nodelay(true);
    let begun = Instant::now();
    // Since when it waits for a request, in milliseconds after it began. hyper has a timer for this too, but sets a new
    // one for each request.
    let waiting = AtomicU64::new(0);
    let answer = service_fn(|request| async {
        waiting.store(BUSY, Ordering::Relaxed);
        let response = service.answer(request, guest).await;
        waiting.store(begun.elapsed().as_millis() as u64, Ordering::Relaxed);
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
                let until = match waiting.load(Ordering::Relaxed) {
                    BUSY => now + WAIT,
                    since => begun + Duration::from_millis(since) + WAIT,
                };
                if until <= now {
                    return debug!("an HTTP connection sent nothing more");
                }
                alarm.as_mut().reset(until);
                continue;
            }
            () = guest.leaving.cancelled(), if !stopping => {
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

/// Who came in and has not shown yet that Discord sent them, longest waiting first.
#[derive(Default)]
struct Door(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    next: u64,
    guests: BTreeMap<u64, CancellationToken>,
}

impl Door {
    /// Lets a guest in who leaves at `stop` or to make room.
    fn enter(self: &Arc<Door>, stop: &CancellationToken) -> Arc<Guest> {
        let leaving = stop.child_token();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = waiting.next;
        waiting.next += 1;
        waiting.guests.insert(number, leaving.clone());
        Arc::new(Guest { number, leaving, known: AtomicBool::new(false), door: Arc::clone(self) })
    }

    /// Shows out the guest who has waited longest, if any waits.
    fn make_room(&self) {
        let longest = self.0.lock().unwrap_or_else(PoisonError::into_inner).guests.pop_first();
        if let Some((_, leaving)) = longest {
            leaving.cancel();
        }
    }
}

/// A connection, as its requests see it.
pub struct Guest {
    number: u64,
    leaving: CancellationToken,
    known: AtomicBool,
    door: Arc<Door>,
}

impl Guest {
    /// Discord's signature held: this connection is not closed to make room for others.
    pub fn welcome(&self) {
        // Only the first of a connection's requests has to take the lock.
        if !self.known.swap(true, Ordering::Relaxed) {
            self.leave();
        }
    }

    fn leave(&self) {
        self.door.0.lock().unwrap_or_else(PoisonError::into_inner).guests.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_waited_longest_unknown_makes_room() {
        let door = Arc::new(Door::default());
        let guests: Vec<_> = (0..4).map(|_| door.enter(&CancellationToken::new())).collect();
        guests[0].welcome();
        guests[2].leave();
        door.make_room();
        door.make_room();
        door.make_room();
        let out: Vec<bool> = guests.iter().map(|guest| guest.leaving.is_cancelled()).collect();
        assert_eq!(out, [false, true, false, true]);
    }
}
