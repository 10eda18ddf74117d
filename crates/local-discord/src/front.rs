//! A front as stands before Discord: TLS 1.3, HTTP/2 or HTTP/1.1 as is agreed on, and an end of each connection when the
//! front likes. The REST API behind it is that of the server; the gateway stays where it is.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::HeaderValue;
use axum::http::header::HOST as HOST_HEADER;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, version};

use crate::listener::{ConnectionSwitch, CuttableStream, router};
use crate::path::DelayingPath;
use crate::server::LocalDiscord;

/// The name that certificates are made for.
const HOST: &str = "localhost";

/// A certificate for `localhost` and 127.0.0.1 that signs itself, made anew each time.
pub struct Certificate {
    certificate: rcgen::Certificate,
    key: rcgen::KeyPair,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}

impl Certificate {
    /// Makes one.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub fn make() -> io::Result<Certificate> {
        let made = rcgen::generate_simple_self_signed([HOST.to_owned(), Ipv4Addr::LOCALHOST.to_string()]);
        let rcgen::CertifiedKey { cert, signing_key } = made.map_err(io::Error::other)?;
        Ok(Certificate { certificate: cert, key: signing_key })
    }

    /// What a client must trust, in DER.
    pub fn der(&self) -> &[u8] {
        self.certificate.der()
    }

    /// The certificate in PEM, as other servers read it.
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Its key in PEM.
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    fn server(&self, protocols: &[&str]) -> io::Result<ServerConfig> {
        let chain = vec![CertificateDer::from(self.der().to_vec())];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&version::TLS13])
            .map_err(io::Error::other)?;
        let mut config = config.with_no_client_auth().with_single_cert(chain, key).map_err(io::Error::other)?;
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        Ok(config)
    }
}

/// How a front ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// What is under way is answered; in HTTP/2 the client is told by GOAWAY what was not taken.
    Polite,
    /// The connection ends at once, whatever is under way.
    Abrupt,
}

/// How a front is.
#[derive(Clone, Debug)]
pub struct FrontOptions {
    /// Whether it speaks HTTP/2 to those that can.
    pub http2: bool,
    /// Whether it speaks HTTP/1.1.
    pub http1: bool,
    /// After how much quiet it ends a connection.
    pub idle_limit: Option<Duration>,
    /// After how many requests it ends a connection.
    pub most_requests: Option<usize>,
    /// How it does so.
    pub farewell: Farewell,
    /// How many requests of one connection it takes at once, in HTTP/2.
    pub most_streams: u32,
    /// How long the way to it is.
    pub round_trip: Duration,
}

impl Default for FrontOptions {
    fn default() -> FrontOptions {
        FrontOptions {
            http2: true,
            http1: true,
            idle_limit: None,
            most_requests: None,
            farewell: Farewell::Polite,
            most_streams: 100,
            round_trip: Duration::ZERO,
        }
    }
}

/// What a front has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontCounts {
    /// TCP connections that were opened.
    pub connections: u64,
    /// TLS handshakes that succeeded.
    pub handshakes: u64,
    /// Of these, the connections that speak HTTP/2.
    pub http2: u64,
    /// The requests of each connection, in the order in which they were opened.
    pub requests: Vec<usize>,
}

/// An open front. It closes when it is dropped, with all its connections.
pub struct Front {
    path: DelayingPath,
    certificate: Certificate,
    counts: Arc<Mutex<State>>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    counts: FrontCounts,
    requests: BTreeMap<u64, Arc<AtomicUsize>>,
}

impl std::fmt::Debug for Front {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Front").field("address", &self.path.address()).finish_non_exhaustive()
    }
}

impl Front {
    /// Opens a front before a server. [`LocalDiscord::stop`] does not close it.
    ///
    /// # Errors
    ///
    /// If no port can be opened, or the system gives no random bytes.
    pub async fn open(discord: &LocalDiscord, options: FrontOptions) -> io::Result<Front> {
        let certificate = Certificate::make()?;
        let protocols: Vec<&str> =
            [("h2", options.http2), ("http/1.1", options.http1)].iter().filter(|one| one.1).map(|one| one.0).collect();
        let tls = TlsAcceptor::from(Arc::new(certificate.server(&protocols)?));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let path = DelayingPath::open(listener.local_addr()?, options.round_trip).await?;
        let counts: Arc<Mutex<State>> = Arc::default();
        let room = Room { router: router(discord.shared().clone(), None), tls, options, counts: counts.clone() };
        let serving = tokio::spawn(serve(listener, Arc::new(room)));
        Ok(Front { path, certificate, counts, serving })
    }

    /// The base address, such as `https://localhost:40123`, over the path.
    pub fn url(&self) -> String {
        format!("https://{HOST}:{}", self.path.address().port())
    }

    /// The address, over the path.
    pub fn address(&self) -> SocketAddr {
        self.path.address()
    }

    /// What clients must trust.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What it has seen so far.
    pub fn counts(&self) -> FrontCounts {
        let state = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let requests = state.requests.values().map(|count| count.load(Ordering::Relaxed)).collect();
        FrontCounts { connections: self.path.opened(), requests, ..state.counts.clone() }
    }

    /// Loses all that is sent from now on over the connections that are open. See [`DelayingPath::fall_silent`].
    pub fn fall_silent(&self) {
        self.path.fall_silent();
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What all connections share.
struct Room {
    router: Router,
    tls: TlsAcceptor,
    options: FrontOptions,
    counts: Arc<Mutex<State>>,
}

async fn serve(listener: TcpListener, room: Arc<Room>) {
    let mut connections = JoinSet::new();
    for number in 0.. {
        let Ok((stream, _)) = listener.accept().await else { continue };
        connections.spawn(room.clone().connection(stream, number));
        while connections.try_join_next().is_some() {}
    }
}

/// What happens on a connection.
struct Activity {
    under_way: AtomicUsize,
    begun: Arc<AtomicUsize>,
    last: Mutex<Instant>,
    /// The last request that this connection takes has begun.
    enough: Notify,
}

impl Activity {
    /// Until when it stays open if nothing more happens; for ever while something is under way.
    fn idle_until(&self, limit: Option<Duration>) -> Option<Instant> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        limit.filter(|_| self.under_way.load(Ordering::Relaxed) == 0).map(|limit| last + limit)
    }

    fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }
}

impl Room {
    async fn connection(self: Arc<Room>, stream: TcpStream, number: u64) {
        let _ = stream.set_nodelay(true);
        let (stream, switch) = CuttableStream::new(stream);
        // Whoever fails to shake hands is none to serve.
        let Ok(stream) = self.tls.accept(stream).await else { return };
        let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        let begun = Arc::new(AtomicUsize::new(0));
        {
            let mut state = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            state.counts.handshakes += 1;
            state.counts.http2 += u64::from(http2);
            state.requests.insert(number, begun.clone());
        }
        let activity = Arc::new(Activity {
            under_way: AtomicUsize::new(0),
            begun,
            last: Mutex::new(Instant::now()),
            enough: Notify::new(),
        });
        let (room, seen) = (self.clone(), activity.clone());
        let service = service_fn(move |request| room.clone().answer(request, switch.clone(), seen.clone()));
        // How a connection ends is the client's to notice.
        if http2 {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            builder.max_concurrent_streams(self.options.most_streams);
            let connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
            self.until_ended(connection, &activity, |connection| connection.graceful_shutdown()).await;
        } else {
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            let connection = std::pin::pin!(connection);
            self.until_ended(connection, &activity, |connection| connection.graceful_shutdown()).await;
        }
    }

    async fn until_ended<C: Future>(
        &self,
        mut connection: std::pin::Pin<&mut C>,
        activity: &Activity,
        take_leave: impl Fn(std::pin::Pin<&mut C>),
    ) {
        let mut leaving = false;
        loop {
            let idle_until = activity.idle_until(self.options.idle_limit);
            // Where something is under way, it is looked again a little later.
            let look = idle_until.unwrap_or_else(|| Instant::now() + Duration::from_millis(20));
            tokio::select! {
                _ = connection.as_mut() => return,
                () = activity.enough.notified(), if !leaving => leaving = true,
                () = sleep_until(look), if !leaving && self.options.idle_limit.is_some() => {
                    let ended = activity.idle_until(self.options.idle_limit);
                    if ended.is_none_or(|ended| ended > Instant::now()) {
                        continue;
                    }
                    leaving = true;
                }
            }
            if leaving && self.options.farewell == Farewell::Abrupt {
                return;
            }
            if leaving {
                take_leave(connection.as_mut());
            }
        }
    }

    async fn answer(
        self: Arc<Room>,
        mut request: hyper::Request<Incoming>,
        switch: ConnectionSwitch,
        activity: Arc<Activity>,
    ) -> Result<axum::response::Response, std::convert::Infallible> {
        request.extensions_mut().insert(ConnectInfo(switch));
        // HTTP/2 names the host in the address.
        let host = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
        if let Some(host) = host {
            request.headers_mut().insert(HOST_HEADER, host);
        }
        activity.under_way.fetch_add(1, Ordering::Relaxed);
        let under_way = UnderWay(activity);
        let begun = 1 + under_way.0.begun.fetch_add(1, Ordering::Relaxed);
        if self.options.most_requests.is_some_and(|most| begun >= most) {
            under_way.0.enough.notify_one();
        }
        TowerToHyperService::new(self.router.clone()).call(request.map(Body::new)).await
    }
}

/// A request that is under way until this is dropped.
struct UnderWay(Arc<Activity>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
        self.0.touch();
    }
}
