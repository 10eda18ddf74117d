//! Discord's HTTP interactions endpoint: Discord posts interactions to us, and our replies are the responses.
//!
//! Nothing of a request is interpreted before its signature holds. A replica keeps nothing between two requests but the
//! ids of the latest interactions, so any number of them may stand behind a load balancer, which also brings TLS.

use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::ed25519::signature::MultipartVerifier as _;
use ed25519_dalek::{Signature, VerifyingKey};
use futures::future::poll_immediate;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Level, Span, debug, enabled, error, info, warn};

use crate::commands::Interaction;
use crate::settings::{BadSettings, HttpSettings, Settings};
use crate::telemetry::metrics;
use crate::transport::answer_cache;
use crate::transport::driver::{Bot, Driver, Sent};
use crate::transport::endpoint::server::{self, Connection};
use crate::transport::from_json;
use crate::transport::in_pieces::InPieces;
use crate::transport::rest::client::Rest;
use crate::transport::seen::Seen;

/// Where Discord posts interactions.
const PATH: &str = "/interactions";

/// The longest body that is read, in bytes. Discord's largest interactions, on messages full of components, have a few
/// ten thousand.
const LONGEST_BODY: usize = 256 * 1_024;

/// How long the body may take after its head.
const BODY: Duration = Duration::from_secs(5);

/// How often operators are told the same reason for which requests are refused.
const EACH_WORD: Duration = Duration::from_secs(60);

/// How many interactions are remembered, so that one which somebody sends again is refused.
const REMEMBERED: usize = 65_536;

/// Everything that answering a request needs.
struct Endpoint {
    key: VerifyingKey,
    max_age: u64,
    driver: Arc<Driver>,
    seen: Seen,
    /// Whether a signature ever held.
    held: AtomicBool,
    words: Words,
}

/// When each reason was last told, so that a crowd of strangers does not fill the log.
#[derive(Default)]
struct Words([AtomicU64; 3]);

/// A reason for which Discord gets no answer, and which an operator can mend.
#[derive(Clone, Copy)]
enum Word {
    Key,
    Clock,
    Path,
}

impl Words {
    /// Whether this is to be told now.
    fn due(&self, word: Word, now: u64) -> bool {
        let [key, clock, path] = &self.0;
        let told = match word {
            Word::Key => key,
            Word::Clock => clock,
            Word::Path => path,
        };
        // From 1 on, since 0 stands for never.
        let (last, now) = (told.load(Ordering::Relaxed), now.max(1));
        let due = last == 0 || now.saturating_sub(last) >= EACH_WORD.as_secs();
        due && told.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// The signature is missing or malformed.
    Signature,
    /// The signature is another's, or the body is not what was signed.
    Forged,
    /// Signed too long ago, or in the future: so many seconds by our clock.
    Age(i64),
    /// An interaction that came already.
    Replay,
    /// The body is too long.
    Size,
    /// The body did not come in time.
    Time,
    /// Signed by Discord, but nothing that we can read.
    Form,
}

impl Refused {
    fn status(self) -> StatusCode {
        match self {
            Refused::Signature | Refused::Forged | Refused::Age(_) | Refused::Replay => StatusCode::UNAUTHORIZED,
            Refused::Size => StatusCode::PAYLOAD_TOO_LARGE,
            Refused::Time => StatusCode::REQUEST_TIMEOUT,
            Refused::Form => StatusCode::BAD_REQUEST,
        }
    }

    /// The metric's label.
    fn reason(self) -> &'static str {
        match self {
            Refused::Signature | Refused::Forged => "signature",
            Refused::Age(_) => "age",
            Refused::Replay => "replay",
            Refused::Size => "size",
            Refused::Time => "time",
            Refused::Form => "form",
        }
    }
}

/// The endpoint and the other routes. Interactions do not pass through the router, whose boxes and copies cost as much as
/// finding an answer.
#[derive(Clone)]
struct Routes {
    endpoint: Arc<Endpoint>,
    others: Router,
}

impl server::Service for Routes {
    async fn answer(&self, request: Request<Incoming>, connection: &Arc<Connection>) -> Response {
        let path = request.uri().path();
        if path != PATH {
            // Nothing of ours is posted to.
            if request.method() == Method::POST {
                self.endpoint.elsewhere(path);
            }
            return self.others.answer(request, connection).await;
        }
        if request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "POST")]).into_response();
        }
        let received = Instant::now();
        self.endpoint.respond(request, connection, received).await.unwrap_or_else(|refused| {
            metrics::http_refused(refused.reason());
            debug!(?refused, "a request was refused");
            self.endpoint.tell(refused);
            refused.status().into_response()
        })
    }
}

/// Answers over HTTP until `stop`, then finishes the interactions under way. `extra` are routes besides ours.
pub async fn serve(
    settings: &Settings,
    token: Option<SecretString>,
    bot: Bot,
    extra: Router,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let http = &settings.http;
    let endpoint = Endpoint::new(settings, token, bot)?;
    let driver = Arc::clone(&endpoint.driver);
    let listener = listen(http).await?;
    info!(address = %listener.local_addr()?, "answering at /interactions");
    let service = Routes { endpoint: Arc::new(endpoint), others: extra };
    server::serve(listener, service, http.connections, stop).await;
    driver.stopped().await;
    Ok(())
}

/// Opens the address that the settings name.
pub async fn listen(settings: &HttpSettings) -> anyhow::Result<TcpListener> {
    let address = settings.address();
    TcpListener::bind(address).await.map_err(|error| {
        let mend = match error.kind() {
            ErrorKind::PermissionDenied => "ports below 1024 are the system's: set one from 1024 on as [http] listen",
            ErrorKind::AddrNotAvailable => {
                "this machine has no such address: set one that it has, or 0.0.0.0 for all, as [http] listen"
            }
            ErrorKind::AddrInUse => "set another address as [http] listen, or stop the program that uses it",
            _ => "set another address as [http] listen",
        };
        anyhow::Error::new(error).context(format!("{address} cannot be listened on; {mend}"))
    })
}

impl Endpoint {
    /// An endpoint for the application whose public key is set.
    fn new(settings: &Settings, token: Option<SecretString>, bot: Bot) -> anyhow::Result<Endpoint> {
        let rest = Arc::new(Rest::new(&settings.discord, token)?);
        Ok(Endpoint {
            // Not every 32 bytes are a point on the curve.
            key: VerifyingKey::from_bytes(&Settings::public_key()?).map_err(|_| BadSettings::PublicKey)?,
            max_age: settings.http.max_age,
            driver: Arc::new(Driver::new(bot, rest)),
            seen: Seen::new(REMEMBERED),
            held: AtomicBool::new(false),
            words: Words::default(),
        })
    }

    /// The body of a request that Discord signed, and not long ago.
    async fn verified(&self, request: Request<Incoming>, connection: &Connection) -> Result<Bytes, Refused> {
        let (head, body) = request.into_parts();
        let (signature, timestamp) = signature(&head.headers).ok_or(Refused::Signature)?;
        let when: u64 = timestamp.parse().map_err(|_| Refused::Signature)?;
        let age = now() as i64 - i64::try_from(when).map_err(|_| Refused::Signature)?;
        if age.unsigned_abs() > self.max_age {
            return Err(Refused::Age(age));
        }
        let body = read(body).await?;
        let signed: [&[u8]; 2] = [timestamp.as_bytes(), &body];
        self.key.multipart_verify(&signed, &signature).map_err(|_| Refused::Forged)?;
        connection.verified();
        self.held.store(true, Ordering::Relaxed);
        Ok(body)
    }

    /// Tells operators once a minute why Discord gets no answer, where it is for them to mend.
    fn tell(&self, refused: Refused) {
        match refused {
            // Discord sends forged requests too, to see that they are refused; so one that held is proof enough.
            Refused::Forged if !self.held.load(Ordering::Relaxed) && self.words.due(Word::Key, now()) => warn!(
                "no signature has held so far: is DISCORD_PUBLIC_KEY the one that Discord's developer portal shows for \
                 this application, and does the proxy pass on the body unchanged?"
            ),
            Refused::Age(age) if self.words.due(Word::Clock, now()) => warn!(
                age_s = age,
                "a request was signed {} s {}: is this machine's clock right?",
                age.unsigned_abs(),
                if age < 0 { "in the future" } else { "ago" }
            ),
            _ => {}
        }
    }

    /// Something was posted to another path than ours.
    fn elsewhere(&self, path: &str) {
        metrics::http_refused("path");
        let near = path.trim_matches('/').eq_ignore_ascii_case(PATH.trim_matches('/'));
        if near && self.words.due(Word::Path, now()) {
            warn!(
                path,
                "something was posted to another address than {PATH}: mend the endpoint's URL in Discord's \
                         developer portal, or what the proxy makes of it"
            );
        }
    }

    async fn respond(
        self: &Arc<Endpoint>,
        request: Request<Incoming>,
        connection: &Connection,
        received: Instant,
    ) -> Result<Response, Refused> {
        let body = self.verified(request, connection).await?;
        let interaction = interaction(&body)?;
        if !self.seen.is_new(interaction.id) {
            return Err(Refused::Replay);
        }
        let driver = &self.driver;
        // What is kept cannot fail, so that nothing is said about it that a span would have to mark.
        if !enabled!(Level::DEBUG)
            && let Some(cached) = driver.responder().cached(&interaction)
        {
            let about = driver.responder().about(&interaction);
            driver.count(&about, &Span::none(), cached.ending, received.elapsed());
            return Ok(json(cached.body));
        }
        let begun = driver.begin(interaction, received).await;
        if begun.response.files.is_empty() {
            let response = json(begun.response.body.clone());
            driver.finish(begun, Ok(()), Sent::Underway);
            return Ok(response);
        }
        // Files do not go with the response to Discord's request, but with a callback of our own.
        let (asked, answer) = (&begun.interaction, &begun.response);
        let callback = driver.rest().callback(asked.id, &asked.token, &answer.body, &answer.files, received);
        let sent = Box::pin(callback).instrument(begun.span.clone()).await;
        driver.finish(begun, sent, Sent::Already);
        Ok(StatusCode::ACCEPTED.into_response())
    }
}

/// The time of this machine's clock, in seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Reads an interaction; where that fails, what is needed to apologise.
fn interaction(body: &[u8]) -> Result<Interaction, Refused> {
    from_json::read(body).or_else(|error| {
        let refused = unreadable(error, body);
        from_json::read_least(body).ok_or(refused)
    })
}

/// Says that an interaction could not be read.
fn unreadable(error: serde_json::Error, body: &[u8]) -> Refused {
    // The error's own words may quote what a person typed.
    let field = from_json::unreadable_field(body);
    let (kind, line, column) = (error.classify(), error.line(), error.column());
    error!(field, ?kind, line, column, "an interaction of an unknown form");
    debug!(%error, "an interaction of an unknown form");
    Refused::Form
}

fn json(body: answer_cache::Body) -> Response {
    let mut response = Response::new(Body::new(InPieces::from(body)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The signature and the time that was signed with the body. (Discord: interactions/overview, "Validating Security
/// Request Headers".)
fn signature(headers: &HeaderMap) -> Option<(Signature, &str)> {
    let text = |name| headers.get(name)?.to_str().ok();
    Some((text("x-signature-ed25519")?.parse().ok()?, text("x-signature-timestamp")?))
}

async fn read(body: Incoming) -> Result<Bytes, Refused> {
    let mut body = pin!(Limited::new(body, LONGEST_BODY).collect());
    // Most bodies come with their heads, and need no timer.
    let read = match poll_immediate(&mut body).await {
        Some(read) => read,
        None => timeout(BODY, body).await.map_err(|_| Refused::Time)?,
    };
    match read {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refused::Size),
        Err(_) => Err(Refused::Form),
    }
}
