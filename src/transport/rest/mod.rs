//! Discord's REST API: callbacks, changes of messages, registration. Every call has a time limit and is tried again when
//! that can help.
//!
//! serenity's own client is not used for this: with its rate limiter it ignores another base address and keeps a bucket
//! for every interaction for ever; without, it does not tell how long a 429 asks to wait.

pub mod attachment;
pub mod registration;

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::warn;

use crate::reply::File;
use crate::telemetry::metrics;

/// Discord voids an interaction that has no first response after this long.
/// (Discord: interactions/receiving-and-responding.)
pub const FIRST_RESPONSE: Duration = Duration::from_secs(3);

/// How long any other call may take with all its repetitions.
pub const ANY_CALL: Duration = Duration::from_secs(15);

/// How long a single try may take, so that a stalled connection leaves time for another.
const ONE_TRY: Duration = Duration::from_millis(1_200);

/// How long to wait before the first repetition; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// Discord's error code for an interaction that has been answered already.
/// (Discord: topics/opcodes-and-status-codes.)
const ALREADY_ACKNOWLEDGED: u64 = 40_060;

/// The most of a body that is read or logged, in bytes.
const LONGEST_ERROR: usize = 2_000;

/// Why a call failed for good.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Discord refused it.
    #[error("Discord answered {status}: {message} (code {code}){details}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Discord's own code; 0 when there was none.
        code: u64,
        /// Discord's words.
        message: String,
        /// Which parts of the payload it refused.
        details: String,
    },
    /// There was no answer in time.
    #[error("no answer in time: {0}")]
    Silent(String),
    /// The answer was not what the API documents.
    #[error("unexpected answer: {0}")]
    Unexpected(String),
}

impl Failed {
    /// The word for it in metrics.
    fn reason(&self) -> &'static str {
        match self {
            Failed::Refused { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => "429",
            Failed::Refused { status, .. } if status.is_server_error() => "5xx",
            Failed::Refused { .. } => "4xx",
            Failed::Silent(_) => "silent",
            Failed::Unexpected(_) => "unexpected",
        }
    }
}

/// A client of Discord's REST API.
pub struct Rest {
    client: Client,
    base: String,
    token: Option<SecretString>,
}

/// What one try led to.
enum Try {
    Done(Value),
    Failed(Failed),
    /// Worth another try, after this pause where Discord named one.
    Again(Failed, Option<Duration>),
}

impl Rest {
    /// A client for the API under `base` (`https://discord.com`). Without a token, only interactions can be answered.
    pub fn new(base: &str, token: Option<SecretString>) -> Result<Rest, Failed> {
        let client = Client::builder()
            .user_agent(concat!("DiscordBot (https://github.com/rcp-bot/rcp-bot, ", env!("CARGO_PKG_VERSION"), ")"))
            .connect_timeout(ONE_TRY)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| Failed::Unexpected(error.to_string()))?;
        Ok(Rest { client, base: format!("{base}/api/v10"), token })
    }

    /// The first response to an interaction, received at `received`.
    pub async fn callback(
        &self,
        id: u64,
        token: &str,
        body: Bytes,
        files: &[File],
        received: Instant,
    ) -> Result<(), Failed> {
        let route = format!("/interactions/{id}/{token}/callback");
        let sent = self.call(Method::POST, &route, Some(&body), files, received + FIRST_RESPONSE).await;
        match sent {
            // A try whose answer was lost may have succeeded.
            Err(Failed::Refused { code: ALREADY_ACKNOWLEDGED, .. }) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Deletes the message of an interaction's first response.
    pub async fn delete_original(&self, application: u64, token: &str) -> Result<(), Failed> {
        let route = format!("/webhooks/{application}/{token}/messages/@original");
        self.call(Method::DELETE, &route, None, &[], Instant::now() + ANY_CALL).await.map(drop)
    }

    /// Changes the message of an interaction's first response.
    pub async fn edit_original(
        &self,
        application: u64,
        token: &str,
        body: &Value,
        files: &[File],
    ) -> Result<(), Failed> {
        let route = format!("/webhooks/{application}/{token}/messages/@original");
        self.call(Method::PATCH, &route, Some(&written(body)), files, Instant::now() + ANY_CALL).await.map(drop)
    }

    /// Sends a message to a channel.
    pub async fn send(&self, channel: u64, body: &Value) -> Result<(), Failed> {
        let route = format!("/channels/{channel}/messages");
        self.call(Method::POST, &route, Some(&written(body)), &[], Instant::now() + ANY_CALL).await.map(drop)
    }

    /// Reads a resource.
    pub async fn get<T: DeserializeOwned>(&self, route: &str) -> Result<T, Failed> {
        let value = self.call(Method::GET, route, None, &[], Instant::now() + ANY_CALL).await?;
        serde_json::from_value(value).map_err(|error| Failed::Unexpected(format!("{route}: {error}")))
    }

    /// Replaces a resource.
    pub async fn put(&self, route: &str, body: &Value) -> Result<Value, Failed> {
        self.call(Method::PUT, route, Some(&written(body)), &[], Instant::now() + ANY_CALL).await
    }

    /// Tries a call until it succeeds, cannot succeed, or the deadline has come.
    async fn call(
        &self,
        method: Method,
        route: &str,
        body: Option<&Bytes>,
        files: &[File],
        deadline: Instant,
    ) -> Result<Value, Failed> {
        let mut pause = FIRST_PAUSE;
        loop {
            let one_try = deadline.min(Instant::now() + ONE_TRY);
            let tried = timeout_at(one_try, self.once(method.clone(), route, body, files)).await;
            let (failed, asked) = match tried {
                Ok(Try::Done(value)) => return Ok(value),
                Ok(Try::Failed(failed)) => {
                    metrics::rest_error(failed.reason());
                    return Err(failed);
                }
                Ok(Try::Again(failed, asked)) => (failed, asked),
                Err(_) => (Failed::Silent("timed out".to_owned()), None),
            };
            metrics::rest_error(failed.reason());
            let wait = asked.unwrap_or(pause);
            if Instant::now() + wait >= deadline {
                return Err(failed);
            }
            // The route of an interaction holds its token, so it is not logged.
            warn!(http.method = %method, error = %failed, wait_ms = wait.as_millis(), "a call to Discord is tried again");
            sleep(wait).await;
            pause *= 2;
        }
    }

    async fn once(&self, method: Method, route: &str, body: Option<&Bytes>, files: &[File]) -> Try {
        let mut request = self.client.request(method, format!("{}{route}", self.base));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bot {}", token.expose_secret()));
        }
        let request = match with_body(request, body, files) {
            Ok(request) => request,
            Err(error) => return Try::Failed(Failed::Unexpected(error)),
        };
        // The error's address would hold the interaction's token.
        let response = match request.send().await.map_err(reqwest::Error::without_url) {
            Ok(response) => response,
            Err(error) => return Try::Again(Failed::Silent(chain(&error)), None),
        };
        let status = response.status();
        let asked = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse::<f64>().ok());
        let text = match response.text().await.map_err(reqwest::Error::without_url) {
            Ok(text) => text,
            Err(error) => return Try::Again(Failed::Silent(chain(&error)), None),
        };
        if status.is_success() {
            return match text.is_empty() {
                true => Try::Done(Value::Null),
                false => serde_json::from_str(&text)
                    .map_or_else(|error| Try::Failed(Failed::Unexpected(error.to_string())), Try::Done),
            };
        }
        let failed = refused(status, &text);
        if status == StatusCode::TOO_MANY_REQUESTS {
            let seconds = asked.filter(|seconds| seconds.is_finite() && *seconds >= 0.0).unwrap_or(1.0);
            return Try::Again(failed, Some(Duration::from_secs_f64(seconds.min(3_600.0))));
        }
        if status.is_server_error() { Try::Again(failed, None) } else { Try::Failed(failed) }
    }
}

/// An error with its causes, which reqwest leaves out of its own words.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn written(body: &Value) -> Bytes {
    body.to_string().into()
}

/// A request with a body of JSON, and with files if there are any.
fn with_body(request: RequestBuilder, body: Option<&Bytes>, files: &[File]) -> Result<RequestBuilder, String> {
    let Some(body) = body else { return Ok(request) };
    if files.is_empty() {
        return Ok(request.header(CONTENT_TYPE, "application/json").body(body.clone()));
    }
    let json = Part::bytes(body.to_vec()).mime_str("application/json").map_err(|error| error.to_string())?;
    let mut form = Form::new().part("payload_json", json);
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.content.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{number}]"), part);
    }
    Ok(request.multipart(form))
}

/// Discord's error body: a code, a message, and for a refused form the paths of its faults.
/// (Discord: reference, "Error Messages".)
fn refused(status: StatusCode, text: &str) -> Failed {
    let body: Value = serde_json::from_str(text).unwrap_or_default();
    let code = body.get("code").and_then(Value::as_u64).unwrap_or_default();
    let message = body.get("message").and_then(Value::as_str).unwrap_or("no further word").to_owned();
    let details = body.get("errors").map(|errors| format!(": {errors}")).unwrap_or_default();
    Failed::Refused { status, code, message, details: details.chars().take(LONGEST_ERROR).collect() }
}
