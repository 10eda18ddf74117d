//! Serenity 0.12 reaches the gateway by `tokio-tungstenite` 0.21, which brings a TLS of its own: `rustls` 0.22, out of upkeep,
//! beside the 0.23 of everything else, and a dozen crates with it. This is the part of its interface that serenity uses,
//! carried out by the newest `tokio-tungstenite`; the workspace puts it in the place of the other (`[patch.crates-io]`).
//! When serenity moves on, it can go.

use std::io;
use std::sync::Arc;

use current::tungstenite::client::IntoClientRequest;
use current::tungstenite::error::UrlError;
use current::tungstenite::handshake::client::Response;
use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_util::either::Either;

use crate::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use crate::tungstenite::{Error, Message};

pub mod tungstenite;

/// How much is read at once, in bytes, as 0.21 does it: a connection holds so much for as long as it is open, and the newest
/// one would hold 128 KiB.
const READ_AT_ONCE: usize = 4096;

/// A connection with TLS (`wss`) or without it (`ws`).
pub type MaybeTlsStream<S> = Either<TlsStream<S>, S>;

/// An open WebSocket.
#[derive(Debug)]
pub struct WebSocketStream<S>(current::WebSocketStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> WebSocketStream<S> {
    /// The next message, pings and pongs included; `None` once the WebSocket is closed. A call that is given up loses nothing.
    pub async fn next(&mut self) -> Option<Result<Message, Error>> {
        loop {
            match self.0.next().await?.map(Message::received) {
                // Frames are never read one by one.
                Ok(None) => {}
                Ok(Some(message)) => return Some(Ok(message)),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Sends a message, and waits until it is on its way.
    ///
    /// # Errors
    ///
    /// When the connection is broken or closed.
    pub async fn send(&mut self, message: Message) -> Result<(), Error> {
        self.0.send(message.into()).await
    }

    /// Tells the other side that this one closes, and why.
    ///
    /// # Errors
    ///
    /// When the connection is broken.
    pub async fn close(&mut self, frame: Option<CloseFrame<'_>>) -> Result<(), Error> {
        self.0.close(frame.map(Into::into)).await
    }
}

/// Opens a WebSocket at an address that begins with `ws://` or `wss://`. Certificates are judged by Mozilla's list, which is
/// compiled in.
///
/// # Errors
///
/// [`Error::Url`] for an address of another kind; [`Error::Io`] when the host cannot be found or reached, or its certificate
/// is not to be trusted; what is wrong with the answer when it is no WebSocket's.
pub async fn connect_async_with_config(
    address: impl AsRef<str>,
    config: Option<WebSocketConfig>,
    disable_nagle: bool,
) -> Result<(WebSocketStream<MaybeTlsStream<TcpStream>>, Response), Error> {
    let request = address.as_ref().into_client_request()?;
    let uri = request.uri();
    let encrypted = match uri.scheme_str() {
        Some("wss") => true,
        Some("ws") => false,
        _ => return Err(Error::Url(UrlError::UnsupportedUrlScheme)),
    };
    let host = uri.host().ok_or(Error::Url(UrlError::NoHostName))?;
    // An address of IPv6 stands in brackets.
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
    let socket = TcpStream::connect((host.as_str(), port)).await?;
    if disable_nagle {
        socket.set_nodelay(true)?;
    }
    let stream = if encrypted { Either::Left(encrypt(host, socket).await?) } else { Either::Right(socket) };
    let config = config.unwrap_or_default().into_current(READ_AT_ONCE);
    let (stream, response) = current::client_async_with_config(request, stream, Some(config)).await?;
    Ok((WebSocketStream(stream), response))
}

/// Begins TLS with a host.
async fn encrypt(host: String, socket: TcpStream) -> io::Result<TlsStream<TcpStream>> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    // Named, because the process has no default.
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    TlsConnector::from(Arc::new(config)).connect(name, socket).await
}

#[cfg(test)]
mod tests;
