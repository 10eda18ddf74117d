//! The listener: TCP connections in, requests out to `rest` and `gateway`.
//!
//! Lives here: what must be done below HTTP, which is sending small packets at once and cutting a connection on demand.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};
use axum::{Router, middleware};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::gateway::TransportCompression;
use crate::gateway::socket::{self, Handshake};
use crate::page::{self, Page};
use crate::rest;
use crate::state::Shared;

/// Serves until the server is told to stop and the last request is answered.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, page: Option<Arc<Page>>) {
    let stopping = shared.clone();
    let app = router(shared, page).into_make_service_with_connect_info::<ConnectionSwitch>();
    let stop = async move { stopping.stopped().await };
    // axum's server never returns an error: it retries what can fail.
    let _ = axum::serve(CuttableListener(listener), app).with_graceful_shutdown(stop).await;
}

/// What is served on a connection. Each request must bring the [`ConnectionSwitch`] of its connection.
pub(crate) fn router(shared: Arc<Shared>, page: Option<Arc<Page>>) -> Router {
    Router::new()
        .route("/", get(gateway))
        .route("/resume", get(gateway))
        // Some clients put a slash between the address and the query.
        .route("/resume/", get(gateway))
        .fallback(any)
        .with_state(shared)
        .merge(page.map(page::router).unwrap_or_default())
        .layer(middleware::from_fn(page::guard::same_site))
}

/// The query of the gateway's address (Discord: events/gateway, "Gateway URL Query String Params").
#[derive(Deserialize)]
struct GatewayQuery {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

async fn gateway(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<GatewayQuery>,
    uri: axum::http::Uri,
    upgrade: WebSocketUpgrade,
) -> Response {
    let compression = match query.compress.as_deref() {
        None => None,
        Some("zlib-stream") => Some(TransportCompression::Zlib),
        Some("zstd-stream") => Some(TransportCompression::Zstd),
        Some(_) => {
            return (StatusCode::BAD_REQUEST, "only zlib-stream and zstd-stream are spoken here").into_response();
        }
    };
    if query.encoding.as_deref().is_some_and(|encoding| encoding != "json") {
        return (StatusCode::BAD_REQUEST, "only the encoding json is spoken here").into_response();
    }
    let handshake = Handshake {
        compression,
        by_resume_url: uri.path().starts_with("/resume"),
        version_ok: query.v.as_deref() == Some("10"),
    };
    upgrade.on_upgrade(move |websocket| socket::serve(shared, websocket, handshake))
}

async fn any(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<ConnectionSwitch>,
    request: Request,
) -> Response {
    let path = request.uri().path();
    if path.starts_with("/attachments/") || path.starts_with("/ephemeral-attachments/") {
        return rest::file(&shared, path);
    }
    rest::serve(shared, connection.0, request).await
}

/// The switch that cuts the TCP connection of a request.
#[derive(Clone, Default)]
pub(crate) struct ConnectionSwitch(Arc<AtomicBool>);

impl Connected<IncomingStream<'_, CuttableListener>> for ConnectionSwitch {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> ConnectionSwitch {
        stream.io().switch.clone()
    }
}

struct CuttableListener(TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Small answers must leave at once: waiting for the peer's acknowledgement would cost up to 40 ms.
        let _ = stream.set_nodelay(true);
        (CuttableStream::new(stream).0, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A TCP stream that fails as a lost connection does once it is severed.
pub(crate) struct CuttableStream {
    stream: TcpStream,
    switch: ConnectionSwitch,
}

impl CuttableStream {
    /// The stream, and the switch that severs it.
    pub(crate) fn new(stream: TcpStream) -> (CuttableStream, ConnectionSwitch) {
        let switch = ConnectionSwitch::default();
        (CuttableStream { stream, switch: switch.clone() }, switch)
    }

    fn check(&self) -> io::Result<()> {
        let severed = self.switch.0.load(Ordering::Relaxed);
        if severed { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut CuttableStream>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut CuttableStream>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut CuttableStream>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut CuttableStream>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut CuttableStream>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
