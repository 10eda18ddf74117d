//! A network between a client and a server: each byte takes its time, and everything on the way can be lost.
//!
//! Modelled are the round trip, the one round trip more in which TCP sets a connection up, and TCP's slow start without
//! losses: a new connection sends ten packets and then as much more as was acknowledged. Not modelled are losses, the
//! bandwidth, and that some systems begin anew after quiet. Needs no rights beyond those of opening a port.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// What TCP sends before the first acknowledgement: ten packets of an Ethernet (RFC 6928).
const FIRST_WINDOW: usize = 14_600;

/// What is carried at once.
const PIECE: usize = 4_380;

/// A path to a server, from an address of its own. It is gone when it is dropped, with everything on it.
pub struct DelayingPath {
    address: SocketAddr,
    way: Arc<Way>,
    listening: JoinHandle<()>,
}

impl std::fmt::Debug for DelayingPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DelayingPath").field("address", &self.address).finish_non_exhaustive()
    }
}

struct Way {
    round_trip: Duration,
    opened: AtomicU64,
    /// The ends of the connections that can be cut off.
    lost: Mutex<Vec<Arc<AtomicBool>>>,
}

impl DelayingPath {
    /// Opens a path to `server` with this round trip.
    ///
    /// # Errors
    ///
    /// If no port can be opened.
    pub async fn open(server: SocketAddr, round_trip: Duration) -> io::Result<DelayingPath> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let way = Arc::new(Way { round_trip, opened: AtomicU64::new(0), lost: Mutex::default() });
        let listening = tokio::spawn(listen(listener, server, way.clone()));
        Ok(DelayingPath { address, way, listening })
    }

    /// Where the path begins.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections were opened over it.
    pub fn opened(&self) -> u64 {
        self.way.opened.load(Ordering::Relaxed)
    }

    /// Loses from now on all that is sent either way on the connections that are open, without a word to either end. New
    /// connections are well.
    pub fn fall_silent(&self) {
        let mut lost = self.way.lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.drain(..).for_each(|connection| connection.store(true, Ordering::Relaxed));
    }
}

impl Drop for DelayingPath {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, server: SocketAddr, way: Arc<Way>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        // Out of ports or files: what is open goes on.
        let Ok((client, _)) = listener.accept().await else { continue };
        way.opened.fetch_add(1, Ordering::Relaxed);
        let lost = Arc::new(AtomicBool::new(false));
        way.lost.lock().unwrap_or_else(PoisonError::into_inner).push(lost.clone());
        let half = way.round_trip / 2;
        connections.spawn(async move {
            // The client hears after a round trip that it is connected, and only then speaks.
            let first = Instant::now() + 2 * half;
            let Ok(server) = TcpStream::connect(server).await else { return };
            // Small packets must leave at once.
            let _ = (client.set_nodelay(true), server.set_nodelay(true));
            let ((client_in, client_out), (server_in, server_out)) = (client.into_split(), server.into_split());
            tokio::join!(
                carry(client_in, server_out, half, first, &lost),
                carry(server_in, client_out, half, first, &lost)
            );
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Carries one direction of a connection until its end.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, half: Duration, first: Instant, lost: &AtomicBool) {
    sleep_until(first).await;
    // What is on its way, by when it arrives; an empty piece is the end. Then what is acknowledged, and when.
    let (mut under_way, mut acknowledged) = (VecDeque::new(), VecDeque::new());
    let (mut window, mut unacknowledged) = (FIRST_WINDOW, 0);
    let mut open = true;
    let mut buffer = vec![0; PIECE];
    let at = |next: Option<Instant>| async move {
        match next {
            Some(time) => sleep_until(time).await,
            None => std::future::pending().await,
        }
    };
    loop {
        let room = PIECE.min(window - window.min(unacknowledged));
        let arrives = under_way.front().map(|(time, _): &(Instant, Vec<u8>)| *time);
        tokio::select! {
            () = at(arrives) => {
                let Some((_, piece)) = under_way.pop_front() else { continue };
                if lost.load(Ordering::Relaxed) {
                    // Nothing comes through any more, not even the end.
                    return std::future::pending().await;
                }
                if piece.is_empty() {
                    let _ = to.shutdown().await;
                    return;
                }
                if to.write_all(&piece).await.is_err() {
                    return;
                }
            }
            () = at(acknowledged.front().map(|(time, _)| *time)) => {
                if let Some((_, bytes)) = acknowledged.pop_front() {
                    unacknowledged -= bytes;
                    window += bytes;
                }
            }
            read = from.read(buffer.get_mut(..room).unwrap_or_default()), if open && room > 0 => {
                let bytes = read.unwrap_or(0);
                let now = Instant::now();
                open = bytes > 0;
                unacknowledged += bytes;
                under_way.push_back((now + half, buffer.get(..bytes).unwrap_or_default().to_vec()));
                acknowledged.push_back((now + 2 * half, bytes));
            }
        }
    }
}
