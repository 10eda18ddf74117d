//! Opening a connection to Discord: through a proxy where the environment names one, with TLS where the address asks for
//! it, and in the HTTP that the front agrees to.

use std::error::Error;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::client::conn::{http1, http2};
use hyper::service::Service as _;
use hyper::{Request, Response, Uri};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use reqwest::Body;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::transport::rest::beats::Beats;

/// How long opening may take: as long as a first response.
const OPENING: Duration = Duration::from_secs(3);

/// After how long without a word from the front it is asked for one, while calls wait for it.
const ASKED_AFTER: Duration = Duration::from_millis(300);

/// How long the front may take to say it, at least and at most. In between it is twice the time that opening took, which is
/// four round trips: slow networks lose packets too, and a connection that is given up takes all its calls with it.
const SILENCE: (Duration, Duration) = (Duration::from_millis(500), Duration::from_millis(1_500));

/// When TCP looks whether the other end is there, and how long it waits for acknowledgements: the defaults of reqwest.
const TCP_KEEPALIVE: Duration = Duration::from_secs(15);
const TCP_PROBES: u32 = 3;
const TCP_PATIENCE: Duration = Duration::from_secs(30);

/// The least that hyper takes for a buffer, and more than any head that Discord sends.
const BUFFER: usize = 8_192;

/// Whose certificates are trusted.
pub enum Trust {
    /// Those of Mozilla's list, compiled in.
    Mozilla,
    /// This one alone, in DER.
    Only(Vec<u8>),
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    /// No connection could be opened.
    pub connecting: bool,
    /// The front did not say a word when it was asked.
    pub silent: bool,
    /// What happened, with its causes.
    pub reason: String,
}

impl Lost {
    pub(super) fn connecting(reason: impl Into<String>) -> Lost {
        Lost { connecting: true, silent: false, reason: reason.into() }
    }
}

impl From<hyper::Error> for Lost {
    fn from(error: hyper::Error) -> Lost {
        Lost { connecting: false, silent: error.is_timeout(), reason: chain(&error) }
    }
}

/// An error with its causes, which HTTP libraries leave out of their own words.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

/// By which requests are sent over a connection.
pub(super) enum Sender {
    /// One at a time.
    Http1(http1::SendRequest<Body>),
    /// Many at once.
    Http2(Many),
}

/// A connection that takes many requests at once.
#[derive(Clone)]
pub(super) struct Many {
    pub(super) sender: http2::SendRequest<Body>,
    /// How many, as the front said last.
    most: Arc<AtomicUsize>,
}

impl Many {
    /// How many requests the front takes at once; at least one.
    pub(super) fn most(&self) -> usize {
        self.most.load(Ordering::Relaxed).max(1)
    }
}

impl Sender {
    /// Sends a request, whose address is written as this HTTP wants it.
    pub(super) async fn send(&mut self, request: Request<Body>) -> Result<Response<hyper::body::Incoming>, Lost> {
        Ok(match self {
            Sender::Http1(sender) => {
                sender.ready().await?;
                sender.send_request(in_origin_form(request)?).await?
            }
            Sender::Http2(many) => many.sender.send_request(request).await?,
        })
    }
}

/// HTTP/1.1 names the host in a header of its own.
fn in_origin_form(mut request: Request<Body>) -> Result<Request<Body>, Lost> {
    fn wrong(error: &dyn Error) -> Lost {
        Lost { connecting: false, silent: false, reason: chain(error) }
    }
    let uri = request.uri();
    if let Some(authority) = uri.authority() {
        let host = authority.as_str().parse().map_err(|error| wrong(&error))?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).parse().map_err(|error| wrong(&error))?;
        request.headers_mut().insert(reqwest::header::HOST, host);
        *request.uri_mut() = path;
    }
    Ok(request)
}

/// What TLS runs over.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Opens connections to one host.
pub(super) struct Connector {
    address: Uri,
    http: HttpConnector,
    proxy: Option<Intercept>,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl Connector {
    /// For the host of a base address; through the proxies of the environment, if they may be used.
    pub(super) fn new(base: &Url, proxies: bool, trust: &Trust) -> Result<Connector, String> {
        let address: Uri = base.as_str().parse().map_err(|error| format!("{base}: {error}"))?;
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_keepalive(Some(TCP_KEEPALIVE));
        http.set_keepalive_interval(Some(TCP_KEEPALIVE));
        http.set_keepalive_retries(Some(TCP_PROBES));
        #[cfg(target_os = "linux")]
        http.set_tcp_user_timeout(Some(TCP_PATIENCE));
        let tls = match base.scheme() {
            "https" => {
                let name = base.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
                let name = ServerName::try_from(name).map_err(|error| format!("{base}: {error}"))?;
                Some((TlsConnector::from(Arc::new(tls(trust, &["h2", "http/1.1"])?)), name))
            }
            _ => None,
        };
        let proxy = if proxies { Matcher::from_env().intercept(&address) } else { None };
        Ok(Connector { address, http, proxy, tls })
    }

    /// Whether the front can be asked for HTTP/2.
    pub(super) fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    /// Opens a connection, within three seconds.
    pub(super) async fn open(&self) -> Result<Sender, Lost> {
        timeout(OPENING, self.opened()).await.unwrap_or_else(|_| Err(Lost::connecting("timed out")))
    }

    async fn opened(&self) -> Result<Sender, Lost> {
        let begun = Instant::now();
        let failed = |error: &dyn Error| Lost::connecting(chain(error));
        let stream: Box<dyn Stream> = match &self.proxy {
            None => {
                let stream = TowerToHyperService::new(self.http.clone()).call(self.address.clone()).await;
                Box::new(stream.map_err(|error| failed(&error))?.into_inner())
            }
            Some(proxy) => {
                let tls = tls(&Trust::Mozilla, &[]).map_err(Lost::connecting)?;
                let to_proxy = HttpsConnector::from((self.http.clone(), tls));
                let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
                if let Some(login) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(login.clone());
                }
                let stream = TowerToHyperService::new(tunnel).call(self.address.clone()).await;
                Box::new(TokioIo::new(stream.map_err(|error| failed(&error))?))
            }
        };
        let Some((tls, name)) = &self.tls else { return one_at_a_time(stream).await };
        let stream = tls.connect(name.clone(), stream).await.map_err(|error| failed(&error))?;
        if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
            return one_at_a_time(stream).await;
        }
        let silence = (2 * begun.elapsed()).clamp(SILENCE.0, SILENCE.1);
        let (sender, mut connection) = http2::Builder::new(TokioExecutor::new())
            .timer(Beats)
            .keep_alive_interval(ASKED_AFTER)
            .keep_alive_timeout(silence)
            .handshake(TokioIo::new(stream))
            .await?;
        let most = Arc::new(AtomicUsize::new(connection.current_max_send_streams()));
        let told = Arc::clone(&most);
        // Its end shows in its sender.
        tokio::spawn(poll_fn(move |context| {
            let ended = Pin::new(&mut connection).poll(context);
            told.store(connection.current_max_send_streams(), Ordering::Relaxed);
            ended
        }));
        Ok(Sender::Http2(Many { sender, most }))
    }
}

async fn one_at_a_time(stream: impl Stream + 'static) -> Result<Sender, Lost> {
    let (sender, connection) = http1::Builder::new().max_buf_size(BUFFER).handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(Sender::Http1(sender))
}

/// TLS with these protocols to choose from.
fn tls(trust: &Trust, protocols: &[&str]) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::Mozilla => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Trust::Only(der) => roots.add(CertificateDer::from(der.clone())).map_err(|error| error.to_string())?,
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    Ok(config)
}
