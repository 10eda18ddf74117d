//! The client: every call has limits of time and size, and is tried again when that can help.
//!
//! serenity's own client is not used for this: with its rate limiter it ignores another base address and keeps a bucket
//! for every interaction for ever; without, it does not tell how long a 429 asks to wait. reqwest, which it is made of, writes
//! the requests here too, but does not send them: which connection a call goes over, and which are open before it comes, is
//! what decides how long it takes, and reqwest lets nobody choose (`connections`).

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, USER_AGENT};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tracing::{debug, warn};
use url::Url;

use crate::reply::File;
use crate::settings::DiscordSettings;
use crate::telemetry::metrics;
use crate::transport::answer_cache::Body;
use crate::transport::in_pieces::InPieces;
use crate::transport::rest::connections::{Connections, Seat, WARMING};
use crate::transport::rest::connector::{Connector, Lost, Trust};
use crate::transport::rest::second_try::{Calls, LOOK, PATIENCE};

/// Discord voids an interaction that has no first response after this long.
/// (Discord: interactions/receiving-and-responding.)
pub const FIRST_RESPONSE: Duration = Duration::from_secs(3);

/// How long a change or a deletion of a message may take with all its repetitions.
pub const ANY_CALL: Duration = Duration::from_secs(15);

/// How long a single try to read may take.
const READ_TRY: Duration = Duration::from_secs(3);

/// How long a single try to write may take: a message with files, for instance.
const WRITE_TRY: Duration = Duration::from_secs(10);

/// How long a registration may take, at most, and a single try of it: Discord takes its time for a whole tree of
/// commands in every language.
const REGISTRATION: Duration = Duration::from_secs(60);
const REGISTRATION_TRY: Duration = Duration::from_secs(30);

/// How long to wait before the first repetition; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// How often a call whose connection ended is sent anew at once, before it pauses.
const ANEW: usize = 3;

/// Discord's error code for an interaction that has been answered already.
/// (Discord: topics/opcodes-and-status-codes.)
const ALREADY_ACKNOWLEDGED: u64 = 40_060;

/// The longest body of an answer that is read, in bytes. The largest are lists of commands in every language.
const LONGEST_ANSWER: usize = 4 * 1_024 * 1_024;

/// The longest list of what Discord refused that is kept, in characters.
const LONGEST_DETAILS: usize = 2_000;

/// The longest wait that is taken from a 429. (Discord asks for a day when its daily limits are spent.)
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// Why a call failed for good.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Discord refused it.
    #[error("Discord answered {status}: {message} (code {code}){details}{}", mend(*status, *code))]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Discord's own code; 0 when there was none.
        code: u64,
        /// Discord's words.
        message: String,
        /// Which parts of the payload it refused.
        details: String,
        /// How long Discord asks to wait, where it does.
        wait: Option<Duration>,
    },
    /// There was no answer.
    #[error("no answer: {0}")]
    Silent(String),
    /// The answer was not what the API documents.
    #[error("unexpected answer: {0}")]
    Unexpected(String),
}

/// How a refusal is mended that each call may meet: where the token is meant, Discord has no code of its own for that.
fn mend(status: StatusCode, code: u64) -> &'static str {
    match status == StatusCode::UNAUTHORIZED && code == 0 {
        true => "; Discord does not know this token: copy it again from the developer portal (Bot, Reset Token)",
        false => "",
    }
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

    /// Whether the same call may succeed later, with nothing changed here.
    pub fn may_pass(&self) -> bool {
        match self {
            Failed::Refused { status, .. } => *status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
            Failed::Silent(_) => true,
            Failed::Unexpected(_) => false,
        }
    }

    /// How long Discord asked to wait before the same is tried again, where it did.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Failed::Refused { wait, .. } => *wait,
            Failed::Silent(_) | Failed::Unexpected(_) => None,
        }
    }
}

/// How long a call may take.
#[derive(Clone, Copy)]
struct Limits {
    /// All of it.
    deadline: Instant,
    /// One try; none for a first response, of which no try is cut off that may still succeed.
    one_try: Option<Duration>,
}

impl Limits {
    fn of(all: Duration, one_try: Duration) -> Limits {
        Limits { deadline: Instant::now() + all, one_try: Some(one_try) }
    }
}

/// A client of Discord's REST API.
pub struct Rest {
    connections: Arc<Connections>,
    /// Writes requests; another sends them.
    writer: Client,
    user_agent: HeaderValue,
    base: String,
    token: Option<SecretString>,
    calls: Calls,
    sent: AtomicU32,
}

/// What one try led to.
enum Try {
    Done(Value),
    Failed(Failed),
    /// Worth another try, after the pause that Discord named, where it did.
    Again(Failed),
    /// The connection ended before there was an answer.
    Lost(Failed),
}

/// What is to be sent.
#[derive(Clone, Copy)]
struct Call<'c> {
    method: &'c Method,
    route: &'c str,
    body: Option<&'c Body>,
    files: &'c [File],
}

/// An HTTP client for the Discord that is set: where it is not Discord itself, nothing goes through a proxy of the
/// environment, so that nothing reaches another host.
pub fn http_client(discord: &DiscordSettings) -> ClientBuilder {
    let client = Client::builder().user_agent(user_agent(discord)).connect_timeout(FIRST_RESPONSE).tcp_nodelay(true);
    if discord.is_discord() { client } else { client.no_proxy() }
}

/// Who we say that we are. (Discord: reference, "User Agent".)
fn user_agent(discord: &DiscordSettings) -> String {
    let who = discord.contact.as_deref().unwrap_or("rcp-bot");
    format!("DiscordBot ({who}, {})", env!("CARGO_PKG_VERSION"))
}

impl Rest {
    /// A client of the API that the settings name. Without a token, only interactions can be answered.
    pub fn new(discord: &DiscordSettings, token: Option<SecretString>) -> Result<Rest, Failed> {
        Rest::trusting(discord, token, &Trust::Mozilla)
    }

    /// As [`Rest::new`], for an address whose certificate is another's.
    pub fn trusting(discord: &DiscordSettings, token: Option<SecretString>, trust: &Trust) -> Result<Rest, Failed> {
        let wrong = |error: &dyn std::error::Error| Failed::Unexpected(error.to_string());
        let url = Url::parse(&discord.api_url).map_err(|error| wrong(&error))?;
        // Where it is not Discord itself, nothing may reach another host.
        let connector = Connector::new(&url, discord.is_discord(), trust).map_err(Failed::Unexpected)?;
        // It opens no connection, so that it needs no certificates.
        let writer =
            Client::builder().no_proxy().tls_built_in_root_certs(false).build().map_err(|error| wrong(&error))?;
        Ok(Rest {
            connections: Connections::new(connector),
            writer,
            user_agent: HeaderValue::from_str(&user_agent(discord)).map_err(|error| wrong(&error))?,
            base: format!("{}/api/v10", discord.api_url),
            token,
            calls: Calls::default(),
            sent: AtomicU32::new(0),
        })
    }

    /// From now on keeps connections open for those who ask next, with at most two small requests a minute, and none while
    /// people ask: of `GET /gateway`, which takes no token and counts towards no limit. Does nothing where the address is not
    /// encrypted, as that of a Discord on the same machine.
    pub fn keep_warm(&self) {
        self.keep_warm_every(WARMING);
    }

    /// The same with another time between two such requests.
    pub fn keep_warm_every(&self, every: Duration) {
        let (writer, url, agent) = (self.writer.clone(), format!("{}/gateway", self.base), self.user_agent.clone());
        self.connections.keep_warm(every, move || {
            let request = writer.get(&url).header(USER_AGENT, agent.clone()).build();
            request.and_then(TryInto::try_into).ok()
        });
    }

    /// The first response to an interaction, received at `received`.
    pub async fn callback(
        &self,
        id: u64,
        token: &str,
        body: &Body,
        files: &[File],
        received: Instant,
    ) -> Result<(), Failed> {
        let route = format!("/interactions/{id}/{token}/callback");
        let limits = Limits { deadline: received + FIRST_RESPONSE, one_try: None };
        let call = Call { method: &Method::POST, route: &route, body: Some(body), files };
        match self.call(call, limits).await {
            // A try whose answer was lost may have succeeded.
            Err(Failed::Refused { code: ALREADY_ACKNOWLEDGED, .. }) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Deletes the message of an interaction's first response.
    pub async fn delete_original(&self, application: u64, token: &str) -> Result<(), Failed> {
        let route = format!("/webhooks/{application}/{token}/messages/@original");
        let call = Call { method: &Method::DELETE, route: &route, body: None, files: &[] };
        self.call(call, Limits::of(ANY_CALL, WRITE_TRY)).await.map(drop)
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
        let call = Call { method: &Method::PATCH, route: &route, body: Some(&written(body)), files };
        self.call(call, Limits::of(ANY_CALL, WRITE_TRY)).await.map(drop)
    }

    /// Sends a further message about an interaction. Discord knows it by no nonce, so that a try is not cut off for being
    /// slow: it would be shown twice. (Discord: interactions/receiving-and-responding, "Followup Messages".)
    pub async fn follow_up(&self, application: u64, token: &str, body: &Value, files: &[File]) -> Result<(), Failed> {
        let route = format!("/webhooks/{application}/{token}");
        let call = Call { method: &Method::POST, route: &route, body: Some(&written(body)), files };
        self.call(call, Limits::of(ANY_CALL, ANY_CALL)).await.map(drop)
    }

    /// Sends a message to a channel. A try whose answer was lost is not shown twice: Discord knows it by its nonce.
    /// (Discord: resources/message, "Create Message".)
    pub async fn send(&self, channel: u64, mut body: Value) -> Result<(), Failed> {
        if let Some(fields) = body.as_object_mut() {
            fields.insert("nonce".to_owned(), json!(self.nonce()));
            fields.insert("enforce_nonce".to_owned(), json!(true));
        }
        let route = format!("/channels/{channel}/messages");
        let call = Call { method: &Method::POST, route: &route, body: Some(&written(&body)), files: &[] };
        self.call(call, Limits::of(ANY_CALL, WRITE_TRY)).await.map(drop)
    }

    /// The channel of direct messages with a person. (Discord: resources/user, "Create DM".)
    pub async fn direct_channel(&self, recipient: &Value) -> Result<u64, Failed> {
        let call =
            Call { method: &Method::POST, route: "/users/@me/channels", body: Some(&written(recipient)), files: &[] };
        let channel = self.call(call, Limits::of(ANY_CALL, WRITE_TRY)).await?;
        let id = channel.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        id.ok_or_else(|| Failed::Unexpected("a channel without an id".to_owned()))
    }

    /// A text that no other message of ours has, of at most 25 characters.
    fn nonce(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", now.as_millis() as u64)
    }

    /// Reads a resource.
    pub async fn get<T: DeserializeOwned>(&self, route: &str) -> Result<T, Failed> {
        let call = Call { method: &Method::GET, route, body: None, files: &[] };
        let value = self.call(call, Limits::of(ANY_CALL, READ_TRY)).await?;
        serde_json::from_value(value).map_err(|error| Failed::Unexpected(format!("{route}: {error}")))
    }

    /// What Discord's clock says, by the Date of an answer that takes no token; `None` if the answer has none. Tried once.
    pub async fn time(&self) -> Result<Option<Timestamp>, Failed> {
        let request = self.writer.get(format!("{}/gateway", self.base));
        let (mut seat, request) = (self.seat(None).await?, self.ready(request)?);
        let answer = timeout_at(Instant::now() + ANY_CALL, seat.send(request)).await;
        let response = match answer {
            Ok(answer) => answer.map_err(|lost| self.unreached(&lost))?,
            Err(_) => return Err(Failed::Silent("timed out".to_owned())),
        };
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        // As HTTP writes a time, so does the mail.
        let parsed = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        match response.status() {
            status if status.is_success() || parsed.is_some() => Ok(parsed),
            status => Err(refused(status, b"", None)),
        }
    }

    /// Replaces a list of commands.
    pub async fn put(&self, route: &str, body: &Value) -> Result<Value, Failed> {
        let call = Call { method: &Method::PUT, route, body: Some(&written(body)), files: &[] };
        self.call(call, Limits::of(REGISTRATION, REGISTRATION_TRY)).await
    }

    /// Tries a call until it succeeds, cannot succeed, or the deadline has come.
    async fn call(&self, call: Call<'_>, limits: Limits) -> Result<Value, Failed> {
        let mut pause = FIRST_PAUSE;
        loop {
            let tried = match limits.one_try {
                None => self.beside(call, limits.deadline).await,
                Some(most) => {
                    let end = limits.deadline.min(Instant::now() + most);
                    timeout_at(end, Box::pin(self.anew(call, None))).await.unwrap_or_else(|_| timed_out())
                }
            };
            let failed = match tried {
                Try::Done(value) => return Ok(value),
                Try::Failed(failed) => {
                    metrics::rest_error(failed.reason());
                    return Err(failed);
                }
                Try::Again(failed) | Try::Lost(failed) => failed,
            };
            metrics::rest_error(failed.reason());
            let wait = failed.wait().unwrap_or(pause);
            if Instant::now() + wait >= limits.deadline {
                return Err(failed);
            }
            // The route of an interaction holds its token, so it is not logged.
            warn!(http.method = %call.method, error = %failed, wait_ms = wait.as_millis(), "a call to Discord is tried again");
            sleep(wait).await;
            pause *= 2;
        }
    }

    /// One try until the deadline; beside it a second one, if the first turns out to be stalled.
    async fn beside(&self, call: Call<'_>, deadline: Instant) -> Try {
        let under_way = self.calls.begin(Instant::now());
        let mut first = pin!(self.anew(call, None));
        let mut second: Option<Pin<Box<_>>> = None;
        let mut look = pin!(sleep_until(deadline.min(Instant::now() + PATIENCE)));
        let mut first_ended = false;
        let tried = loop {
            tokio::select! {
                tried = first.as_mut(), if !first_ended => match tried {
                    // The other may still succeed.
                    Try::Again(_) | Try::Lost(_) if second.is_some() => first_ended = true,
                    tried => break tried,
                },
                tried = until_ended(&mut second), if second.is_some() => match tried {
                    Try::Again(_) | Try::Lost(_) if !first_ended => second = None,
                    tried => break tried,
                },
                () = look.as_mut() => {
                    if Instant::now() >= deadline {
                        break timed_out();
                    }
                    // Files are not sent twice at once.
                    if call.files.is_empty() && second.is_none() && under_way.may_try_again(Instant::now()) {
                        // A dead connection is not known by itself in HTTP/1.1.
                        second = Some(Box::pin(self.anew(call, self.connections.fresh())));
                    }
                    look.as_mut().reset(deadline.min(Instant::now() + LOOK));
                }
            }
        };
        if matches!(tried, Try::Done(_) | Try::Failed(_)) {
            under_way.answered(Instant::now());
        }
        tried
    }

    /// What keeps a request from being answered, with its mend.
    fn unreached(&self, lost: &Lost) -> Failed {
        let (host, reason) = (self.base.split("/api/").next().unwrap_or_default(), &lost.reason);
        // Only its words tell what the resolver found.
        Failed::Silent(if lost.connecting && reason.contains("dns error") {
            format!("{host} cannot be found: check the network and its name server ({reason})")
        } else if lost.connecting {
            format!("{host} cannot be connected to: check the network, the firewall and the proxy ({reason})")
        } else {
            format!("{host}: {reason}")
        })
    }

    /// What an answer means that is not JSON: it comes from no Discord.
    fn foreign(&self) -> Failed {
        let host = self.base.split("/api/").next().unwrap_or_default();
        Failed::Unexpected(format!(
            "{host} answers, but not as Discord does: check DISCORD_API_URL, and whether the network has a page to log in to"
        ))
    }

    /// A seat on a connection; with `fresh` on one that is opened later than that.
    async fn seat(&self, fresh: Option<Instant>) -> Result<Seat, Failed> {
        self.connections.seat(fresh).await.map_err(|lost| self.unreached(&lost))
    }

    /// One try, made again at once on another connection each time that its connection ends. A front that takes leave has
    /// not read what reaches it then; where it has, the answer to the second try says so.
    async fn anew(&self, call: Call<'_>, mut fresh: Option<Instant>) -> Try {
        let mut left = ANEW;
        loop {
            left -= 1;
            match self.once(call, fresh).await {
                Try::Lost(failed) if left > 0 => {
                    metrics::rest_error(failed.reason());
                    debug!(error = %failed, "a connection to Discord ended before the answer; the call is sent anew");
                    fresh = self.connections.fresh();
                }
                other => return other,
            }
        }
    }

    /// A request as a connection takes it.
    fn ready(&self, request: RequestBuilder) -> Result<hyper::Request<reqwest::Body>, Failed> {
        let request = request.header(USER_AGENT, self.user_agent.clone()).build();
        request.and_then(TryInto::try_into).map_err(|error| Failed::Unexpected(error.without_url().to_string()))
    }

    async fn once(&self, call: Call<'_>, fresh: Option<Instant>) -> Try {
        let mut request = self.writer.request(call.method.clone(), format!("{}{}", self.base, call.route));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bot {}", token.expose_secret()));
        }
        let request = match with_body(request, call.body, call.files) {
            Ok(request) => self.ready(request),
            Err(error) => Err(Failed::Unexpected(error)),
        };
        let (request, mut seat) = match (request, self.seat(fresh).await) {
            (Ok(request), Ok(seat)) => (request, seat),
            (Err(failed), _) => return Try::Failed(failed),
            (_, Err(failed)) => return Try::Again(failed),
        };
        let response = match seat.send(request).await {
            Ok(response) => response,
            Err(lost) => return Try::Lost(self.unreached(&lost)),
        };
        let status = response.status();
        let asked = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse::<f64>().ok());
        let body = match body(response.into_body()).await {
            Ok(body) => body,
            Err(failed) => return failed,
        };
        seat.done();
        drop(seat);
        if status.is_success() {
            return match body.is_empty() {
                true => Try::Done(Value::Null),
                false => serde_json::from_slice(&body).map_or_else(|_| Try::Failed(self.foreign()), Try::Done),
            };
        }
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        let seconds = asked.filter(|seconds| seconds.is_finite() && *seconds >= 0.0).unwrap_or(1.0);
        let wait = limited.then(|| Duration::from_secs_f64(seconds.min(LONGEST_WAIT.as_secs_f64())));
        let is_page = !body.is_empty() && serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err();
        if is_page && !limited && !status.is_server_error() {
            return Try::Failed(self.foreign());
        }
        let failed = refused(status, &body, wait);
        if limited || status.is_server_error() { Try::Again(failed) } else { Try::Failed(failed) }
    }
}

/// What a try leads to, if it is being made.
async fn until_ended(tried: &mut Option<Pin<Box<impl Future<Output = Try>>>>) -> Try {
    match tried {
        Some(tried) => tried.as_mut().await,
        None => std::future::pending().await,
    }
}

fn timed_out() -> Try {
    Try::Again(Failed::Silent("timed out".to_owned()))
}

/// The body of an answer, within bounds.
async fn body(mut answer: Incoming) -> Result<Vec<u8>, Try> {
    let mut body = Vec::new();
    while let Some(part) = answer.frame().await {
        match part.map(hyper::body::Frame::into_data) {
            Ok(Ok(part)) if body.len() + part.len() > LONGEST_ANSWER => {
                return Err(Try::Failed(Failed::Unexpected(format!("more than {LONGEST_ANSWER} bytes"))));
            }
            Ok(Ok(part)) => body.extend_from_slice(&part),
            // Trailers tell nothing.
            Ok(Err(_)) => {}
            Err(error) => return Err(Try::Lost(Failed::Silent(Lost::from(error).reason))),
        }
    }
    Ok(body)
}

fn written(body: &Value) -> Body {
    body.to_string().into_bytes().into()
}

/// A request with a body of JSON, and with files if there are any.
fn with_body(request: RequestBuilder, body: Option<&Body>, files: &[File]) -> Result<RequestBuilder, String> {
    let Some(body) = body else { return Ok(request) };
    if files.is_empty() {
        let content = match body.in_one_piece() {
            Some(whole) => whole.into(),
            None => reqwest::Body::wrap(InPieces::from(body.clone())),
        };
        return Ok(request.header(CONTENT_TYPE, "application/json").body(content));
    }
    let json = Part::bytes(body.whole().to_vec()).mime_str("application/json").map_err(|error| error.to_string())?;
    let mut form = Form::new().part("payload_json", json);
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.content.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{number}]"), part);
    }
    Ok(request.multipart(form))
}

/// Discord's error body: a code, a message, and for a refused form the paths of its faults.
/// (Discord: reference, "Error Messages".)
fn refused(status: StatusCode, body: &[u8], wait: Option<Duration>) -> Failed {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = body.get("code").and_then(Value::as_u64).unwrap_or_default();
    let message = body.get("message").and_then(Value::as_str).unwrap_or("nothing more").to_owned();
    let message = message.chars().take(LONGEST_DETAILS).collect();
    let details = body.get("errors").map(|errors| format!(": {errors}")).unwrap_or_default();
    Failed::Refused { status, code, message, details: details.chars().take(LONGEST_DETAILS).collect(), wait }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_nobody_but_who_is_set() {
        let agent = |contact: Option<&str>| {
            user_agent(&DiscordSettings { contact: contact.map(str::to_owned), ..DiscordSettings::default() })
        };
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(agent(None), format!("DiscordBot (rcp-bot, {version})"));
        assert_eq!(agent(Some("https://example.org")), format!("DiscordBot (https://example.org, {version})"));
    }

    #[test]
    fn a_call_that_waits_for_discord_takes_little_room() {
        let rest = Rest::new(&DiscordSettings::default(), None).expect("a client");
        let body = written(&json!({}));
        let call = rest.callback(1, "token", &body, &[], Instant::now());
        assert!(size_of_val(&call) <= 3_000, "{} bytes, which a crowd takes a thousand times", size_of_val(&call));
    }

    #[test]
    fn b9_no_two_messages_have_the_same_nonce() {
        let rest = Rest::new(&DiscordSettings::default(), None).expect("a client");
        let nonces: std::collections::HashSet<String> = (0..1_000).map(|_| rest.nonce()).collect();
        assert_eq!(nonces.len(), 1_000);
        assert!(nonces.iter().all(|nonce| nonce.len() <= 25), "Discord takes 25 characters");
    }
}
