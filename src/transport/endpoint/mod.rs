//! Discord's HTTP interactions endpoint: Discord posts interactions to us, and our replies are the responses.
//!
//! Nothing of a request is interpreted before its signature holds. A replica keeps nothing between two requests but the
//! ids of the latest interactions, so any number of them may stand behind a load balancer, which also brings TLS.

pub mod posted;

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::vec;

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::ed25519::signature::MultipartVerifier as _;
use ed25519_dalek::{Signature, VerifyingKey};
use futures::FutureExt as _;
use futures::future::{BoxFuture, poll_immediate};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Frame, Incoming, SizeHint};
use secrecy::SecretString;
use serenity::all::Interaction;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument as _, Level, Span, debug, enabled, error, info, warn};

use crate::admin;
use crate::admin::{Desk, Step};
use crate::reply::discord::edit;
use crate::reply::{self, Reply};
use crate::settings::{BadSettings, HttpSettings, Settings};
use crate::telemetry::metrics;

use crate::transport::bot::Bot;
use crate::transport::http::{self, Guest};
use crate::transport::interaction::{Received, for_moderation};
use crate::transport::responder::{About, Ending, first_response};
use crate::transport::rest::{ANY_CALL, Failed, Rest};
use crate::transport::seen::Seen;

/// Where Discord posts interactions.
const PATH: &str = "/interactions";

/// The longest body that is read, in bytes. Discord's largest interactions, on messages full of components, have a few
/// ten thousand.
const LONGEST_BODY: usize = 256 * 1_024;

/// How long the body may take after its head.
const BODY: Duration = Duration::from_secs(5);

/// How long to wait before a message is deleted, so that our response arrives first; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(150);

/// The longest pause before the last try.
const LAST_PAUSE: Duration = Duration::from_secs(2);

/// How many interactions are remembered, so that one which somebody sends again is refused.
const REMEMBERED: usize = 65_536;

/// Everything that answering a request needs.
pub struct Endpoint {
    key: VerifyingKey,
    max_age: u64,
    bot: Bot,
    rest: Arc<Rest>,
    seen: Seen,
    after: TaskTracker,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// The signature is missing, malformed or another's.
    Signature,
    /// Signed too long ago, or in the future.
    Age,
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
            Refused::Signature | Refused::Age | Refused::Replay => StatusCode::UNAUTHORIZED,
            Refused::Size => StatusCode::PAYLOAD_TOO_LARGE,
            Refused::Time => StatusCode::REQUEST_TIMEOUT,
            Refused::Form => StatusCode::BAD_REQUEST,
        }
    }

    /// The metric's label.
    fn reason(self) -> &'static str {
        match self {
            Refused::Signature => "signature",
            Refused::Age => "age",
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

impl http::Service for Routes {
    async fn answer(&self, request: Request<Incoming>, guest: &Arc<Guest>) -> Response {
        if request.uri().path() != PATH {
            return self.others.answer(request, guest).await;
        }
        if request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "POST")]).into_response();
        }
        let received = Instant::now();
        self.endpoint.respond(request, guest, received).await.unwrap_or_else(|refused| {
            metrics::http_refused(refused.reason());
            debug!(?refused, "a request was refused");
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
    let after = endpoint.after.clone();
    let listener = listen(http).await?;
    info!(address = %listener.local_addr()?, "answering at /interactions");
    let service = Routes { endpoint: Arc::new(endpoint), others: extra };
    http::serve(listener, service, http.connections, stop).await;
    after.close();
    if timeout(ANY_CALL, after.wait()).await.is_err() {
        warn!(calls = after.len(), "some calls to Discord were still under way");
    }
    Ok(())
}

/// Opens the address that the settings name.
pub async fn listen(settings: &HttpSettings) -> anyhow::Result<TcpListener> {
    let address = settings.address();
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be listened on; set another address as [http] listen, or stop who holds it")
    })
}

impl Endpoint {
    /// An endpoint for the application whose public key is set.
    pub fn new(settings: &Settings, token: Option<SecretString>, mut bot: Bot) -> anyhow::Result<Endpoint> {
        let rest = Arc::new(Rest::new(&settings.discord.api_url, token)?);
        bot.tell(&rest, settings.moderation.audit_channel);
        Ok(Endpoint {
            // Not every 32 bytes are a point on the curve.
            key: VerifyingKey::from_bytes(&Settings::public_key()?).map_err(|_| BadSettings::PublicKey)?,
            max_age: settings.http.max_age,
            bot,
            rest,
            seen: Seen::new(REMEMBERED),
            after: TaskTracker::new(),
        })
    }

    /// The body of a request that Discord signed, and not long ago.
    async fn verified(&self, request: Request<Incoming>, guest: &Guest) -> Result<Bytes, Refused> {
        let (head, body) = request.into_parts();
        let (signature, timestamp) = signature(&head.headers).ok_or(Refused::Signature)?;
        let when: u64 = timestamp.parse().map_err(|_| Refused::Signature)?;
        let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().abs_diff(when);
        if age > self.max_age {
            return Err(Refused::Age);
        }
        let body = read(body).await?;
        let signed: [&[u8]; 2] = [timestamp.as_bytes(), &body];
        self.key.multipart_verify(&signed, &signature).map_err(|_| Refused::Signature)?;
        guest.welcome();
        Ok(body)
    }

    async fn respond(
        self: &Arc<Endpoint>,
        request: Request<Incoming>,
        guest: &Guest,
        received: Instant,
    ) -> Result<Response, Refused> {
        let body = self.verified(request, guest).await?;
        let asked = posted::read(&body).map_err(unreadable)?;
        if !self.seen.is_new(asked.id) {
            return Err(Refused::Replay);
        }
        let about = self.bot.responder.about(&asked);
        // What is ready cannot fail, so that nothing is said about it that a span would have to mark.
        if !enabled!(Level::DEBUG)
            && let Some(ready) = self.bot.responder.ready(&asked)
        {
            self.bot.done(&about, &Span::none(), ready.ending, received.elapsed());
            return Ok(json(ready.body));
        }
        let span = about.span(asked.id);
        if let Some(desk) = &self.bot.desk
            && asked.for_moderation()
        {
            // The desk wants to know more, such as the person's roles.
            let interaction: Interaction = serde_json::from_slice(&body).map_err(unreadable)?;
            if let Some(request) = for_moderation(&interaction) {
                return Ok(Box::pin(self.moderate(desk, request, asked, about, span, received)).await);
            }
        }
        let response = span.in_scope(|| self.bot.responder.respond(&asked));
        if !response.files.is_empty() {
            // Files do not go with the response to Discord's request, but with a callback of our own.
            let sent = self.rest.callback(asked.id, &asked.token, response.body.whole(), &response.files, received);
            let sent = Box::pin(sent).instrument(span.clone()).await;
            let ending = if sent.is_ok() { response.ending } else { Ending::Undelivered };
            if let Err(failed) = sent {
                span.in_scope(|| error!(error = %failed, "an interaction could not be answered"));
            }
            self.bot.done(&about, &span, ending, received.elapsed());
            return Ok(StatusCode::ACCEPTED.into_response());
        }
        self.bot.done(&about, &span, response.ending, received.elapsed());
        if response.delete {
            let endpoint = Arc::clone(self);
            self.after.spawn(async move { endpoint.delete(&asked).await }.instrument(span));
        }
        Ok(json(response.body))
    }

    /// Answers a moderator: at once, and then through REST with what takes longer.
    async fn moderate(
        self: &Arc<Endpoint>,
        desk: &Arc<Desk>,
        request: admin::Request,
        asked: Received,
        about: About,
        span: Span,
        received: Instant,
    ) -> Response {
        let begun = AssertUnwindSafe(desk.begin(request)).catch_unwind().instrument(span.clone()).await;
        let Ok(Step { first, then }) = begun else {
            span.in_scope(|| error!("answering a moderator panicked"));
            self.bot.done(&about, &span, Ending::Failed, received.elapsed());
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let (body, files) = first_response(&first);
        let mut response = json(body.clone());
        let mut ending = Ending::Answered;
        if !files.is_empty() {
            let sent = self.rest.callback(asked.id, &asked.token, body.whole(), &files, received);
            if let Err(failed) = sent.instrument(span.clone()).await {
                span.in_scope(|| error!(error = %failed, "a moderator could not be answered"));
                ending = Ending::Undelivered;
            }
            response = StatusCode::ACCEPTED.into_response();
        }
        let Some(then) = then else {
            self.bot.done(&about, &span, ending, received.elapsed());
            return response;
        };
        let (endpoint, entered) = (Arc::clone(self), span.clone());
        let finish = async move {
            let told = AssertUnwindSafe(endpoint.tell(then, &asked)).catch_unwind().await;
            let ending = told.unwrap_or_else(|_| {
                error!("answering a moderator panicked");
                Ending::Failed
            });
            endpoint.bot.done(&about, &span, ending, received.elapsed());
        };
        self.after.spawn(finish.instrument(entered));
        response
    }

    /// Puts what took longer in the place of the first response.
    async fn tell(&self, then: BoxFuture<'static, Option<Reply>>, asked: &Received) -> Ending {
        // What was asked for is done even if it cannot be told.
        let Some(reply) = then.await else { return Ending::Answered };
        let told = match edit(&reply) {
            Ok(body) => {
                once_known(|| self.rest.edit_original(asked.application, &asked.token, &body, &reply.files)).await
            }
            Err(error) => Err(Failed::Unexpected(error.to_string())),
        };
        match told {
            Ok(()) => Ending::Answered,
            Err(failed) => {
                error!(error = %failed, "a moderator could not be answered");
                Ending::Undelivered
            }
        }
    }

    /// Deletes the message whose bin was pressed.
    async fn delete(&self, asked: &Received) {
        let deleted = once_known(|| self.rest.delete_original(asked.application, &asked.token));
        if let Err(failed) = deleted.await {
            error!(error = %failed, "a message could not be deleted");
        }
    }
}

/// Calls Discord about the message of an interaction's response. Until Discord has taken our response, it does not know
/// the interaction, and so the call is tried again.
async fn once_known<C>(call: impl Fn() -> C) -> Result<(), Failed>
where
    C: Future<Output = Result<(), Failed>>,
{
    let mut pause = FIRST_PAUSE;
    loop {
        sleep(pause).await;
        match call().await {
            Err(Failed::Refused { status, .. }) if status.as_u16() == 404 && pause < LAST_PAUSE => pause *= 2,
            other => return other,
        }
    }
}

/// Says that an interaction could not be read.
fn unreadable(error: serde_json::Error) -> Refused {
    // The error's own words may quote what a person typed.
    error!(kind = ?error.classify(), line = error.line(), column = error.column(), "an interaction of an unknown form");
    debug!(%error, "an interaction of an unknown form");
    Refused::Form
}

fn json(body: reply::Body) -> Response {
    let pieces = body.into_pieces().into_iter();
    let left = pieces.as_slice().iter().map(|piece| piece.len() as u64).sum();
    let mut response = Response::new(Body::new(InPieces { pieces, left }));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A body of known length whose pieces are written as they are.
struct InPieces {
    pieces: vec::IntoIter<Bytes>,
    left: u64,
}

impl HttpBody for InPieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.pieces.next();
        self.left -= piece.as_ref().map_or(0, |piece| piece.len() as u64);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
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
