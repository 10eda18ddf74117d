//! Discord's HTTP interactions endpoint: Discord posts interactions to us, and our replies are the responses.
//!
//! Nothing of a request is interpreted before its signature holds. A replica keeps nothing between two requests but the
//! ids of the latest interactions, so any number of them may stand behind a load balancer, which also brings TLS.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use secrecy::SecretString;
use serenity::all::Interaction;
use serenity::interactions_endpoint::Verifier;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument as _, debug, error, info, warn};

use crate::settings::{BadSettings, HttpSettings, Settings};
use crate::telemetry::metrics;

use super::http;
use super::interaction::{Ending, Responder};
use super::rest::{ANY_CALL, Failed, Rest};
use super::seen::Seen;

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
    verifier: Verifier,
    max_age: u64,
    responder: Arc<Responder>,
    rest: Rest,
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

/// Answers over HTTP until `stop`, then finishes the interactions under way. `extra` are routes besides ours.
pub async fn serve(
    settings: &Settings,
    token: Option<SecretString>,
    responder: Arc<Responder>,
    extra: Router,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let http = &settings.http;
    let endpoint = Endpoint::new(settings, token, responder)?;
    let after = endpoint.after.clone();
    let listener = listen(http).await?;
    info!(address = %listener.local_addr()?, "answering at /interactions");
    http::serve(listener, endpoint.routes().merge(extra), http.connections, stop).await;
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
    pub fn new(
        settings: &Settings,
        token: Option<SecretString>,
        responder: Arc<Responder>,
    ) -> anyhow::Result<Endpoint> {
        Ok(Endpoint {
            // Not every 32 bytes are a point on the curve.
            verifier: Verifier::try_new(Settings::public_key()?).map_err(|_| BadSettings::PublicKey)?,
            max_age: settings.http.max_age,
            responder,
            rest: Rest::new(&settings.discord.api_url, token)?,
            seen: Seen::new(REMEMBERED),
            after: TaskTracker::new(),
        })
    }

    /// The endpoint's route.
    pub fn routes(self) -> Router {
        Router::new().route("/interactions", post(answer)).with_state(Arc::new(self))
    }

    /// The body of a request that Discord signed, and not long ago.
    async fn verified(&self, request: Request) -> Result<Bytes, Refused> {
        let guest = http::guest(&request).cloned();
        let (head, body) = request.into_parts();
        let (signature, timestamp) = signature(&head.headers).ok_or(Refused::Signature)?;
        let signed: u64 = timestamp.parse().map_err(|_| Refused::Signature)?;
        let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().abs_diff(signed);
        if age > self.max_age {
            return Err(Refused::Age);
        }
        let body = read(body).await?;
        self.verifier.verify(signature, timestamp, &body).map_err(|()| Refused::Signature)?;
        if let Some(guest) = guest {
            guest.welcome();
        }
        Ok(body)
    }

    async fn respond(self: &Arc<Endpoint>, request: Request, received: Instant) -> Result<Response, Refused> {
        let body = self.verified(request).await?;
        let interaction: Interaction = serde_json::from_slice(&body).map_err(|error| {
            // The error's own words may quote what a person typed.
            error!(kind = ?error.classify(), line = error.line(), column = error.column(), "an interaction of an unknown form");
            debug!(%error, "an interaction of an unknown form");
            Refused::Form
        })?;
        if !self.seen.is_new(interaction.id().get()) {
            return Err(Refused::Replay);
        }
        let about = self.responder.about(&interaction);
        let span = about.span(interaction.id().get());
        let response = span.in_scope(|| self.responder.respond(&interaction));
        if !response.files.is_empty() {
            // Files do not go with the response to Discord's request, but with a callback of our own.
            let (id, token) = (interaction.id().get(), interaction.token());
            let sent = self.rest.callback(id, token, &response.body, &response.files, received);
            let sent = sent.instrument(span.clone()).await;
            let ending = if sent.is_ok() { response.ending } else { Ending::Undelivered };
            if let Err(failed) = sent {
                span.in_scope(|| error!(error = %failed, "an interaction could not be answered"));
            }
            about.done(&span, ending, received.elapsed());
            return Ok(StatusCode::ACCEPTED.into_response());
        }
        let answer = serde_json::to_vec(&response.body).map_err(|error| {
            span.in_scope(|| error!(%error, "a reply could not be written"));
            Refused::Form
        })?;
        about.done(&span, response.ending, received.elapsed());
        if response.delete {
            let endpoint = Arc::clone(self);
            self.after.spawn(async move { endpoint.delete(&interaction).await }.instrument(span));
        }
        Ok(json(answer))
    }

    /// Deletes the message whose bin was pressed. Until Discord has taken our response, it does not know the message as
    /// that of this interaction.
    async fn delete(&self, interaction: &Interaction) {
        let application = interaction.application_id().get();
        let mut pause = FIRST_PAUSE;
        loop {
            sleep(pause).await;
            match self.rest.delete_original(application, interaction.token()).await {
                Err(Failed::Refused { status, .. }) if status.as_u16() == 404 && pause < LAST_PAUSE => pause *= 2,
                Err(failed) => return error!(error = %failed, "a message could not be deleted"),
                Ok(()) => return,
            }
        }
    }
}

async fn answer(State(endpoint): State<Arc<Endpoint>>, request: Request) -> Response {
    let received = Instant::now();
    endpoint.respond(request, received).await.unwrap_or_else(|refused| {
        metrics::http_refused(refused.reason());
        debug!(?refused, "a request was refused");
        refused.status().into_response()
    })
}

fn json(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The signature and the time that was signed with the body. (Discord: interactions/overview, "Validating Security
/// Request Headers".)
fn signature(headers: &HeaderMap) -> Option<(&str, &str)> {
    let text = |name| headers.get(name)?.to_str().ok();
    text("x-signature-ed25519").zip(text("x-signature-timestamp"))
}

async fn read(body: Body) -> Result<Bytes, Refused> {
    match timeout(BODY, to_bytes(body, LONGEST_BODY)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) => {
            let error = error.into_inner();
            let long = error.is::<http_body_util::LengthLimitError>();
            Err(if long { Refused::Size } else { Refused::Form })
        }
        Err(_) => Err(Refused::Time),
    }
}
