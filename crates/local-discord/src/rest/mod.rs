//! The REST API: from an HTTP request to Discord's answer.
//!
//! Lives here: which endpoint a path names, who may use it, the faults that strike it, the log of requests. Each
//! family of endpoints has a file of its own beside this one.

mod application;
mod body;
mod callbacks;
mod channels;
pub(crate) mod commands;
mod webhooks;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::time::Instant;

pub(crate) use self::{
    body::{Content, FILE_LIMIT},
    callbacks::command_path,
};
use super::{RequestRecord, errors::ApiError, faults::RestFault, judge::Payload, state::Shared, state::keep};

/// A request may not be larger (Discord: resources/message, "Message limitations").
pub(crate) const REQUEST_LIMIT: usize = 25 * 1024 * 1024;

/// An endpoint, with the parts of its path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Endpoint<'a> {
    Gateway,
    GatewayBot,
    CurrentUser,
    CurrentApplication,
    OwnApplication,
    Commands { application: u64, guild: Option<u64> },
    Command { application: u64, guild: Option<u64>, command: u64 },
    Callback { interaction: u64, token: &'a str },
    Webhook { application: u64, token: &'a str },
    WebhookMessage { application: u64, token: &'a str, message: Option<u64> },
    Messages { channel: u64 },
    Message { channel: u64, message: u64 },
}

impl<'a> Endpoint<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let id = |text: &str| text.parse::<u64>().ok();
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        Some(match segments.as_slice() {
            ["gateway"] => Self::Gateway,
            ["gateway", "bot"] => Self::GatewayBot,
            ["users", "@me"] => Self::CurrentUser,
            ["oauth2", "applications", "@me"] => Self::CurrentApplication,
            ["applications", "@me"] => Self::OwnApplication,
            ["applications", application, "commands"] => Self::Commands { application: id(application)?, guild: None },
            ["applications", application, "guilds", guild, "commands"] => {
                Self::Commands { application: id(application)?, guild: Some(id(guild)?) }
            }
            ["applications", application, "commands", command] => {
                Self::Command { application: id(application)?, guild: None, command: id(command)? }
            }
            ["applications", application, "guilds", guild, "commands", command] => {
                Self::Command { application: id(application)?, guild: Some(id(guild)?), command: id(command)? }
            }
            ["interactions", interaction, token, "callback"] => Self::Callback { interaction: id(interaction)?, token },
            ["webhooks", application, token] => Self::Webhook { application: id(application)?, token },
            ["webhooks", application, token, "messages", "@original"] => {
                Self::WebhookMessage { application: id(application)?, token, message: None }
            }
            ["webhooks", application, token, "messages", message] => {
                Self::WebhookMessage { application: id(application)?, token, message: Some(id(message)?) }
            }
            ["channels", channel, "messages"] => Self::Messages { channel: id(channel)? },
            ["channels", channel, "messages", message] => {
                Self::Message { channel: id(channel)?, message: id(message)? }
            }
            _ => return None,
        })
    }

    /// The path as Discord's OpenAPI document writes it.
    fn route(&self) -> &'static str {
        match self {
            Self::Gateway => "/gateway",
            Self::GatewayBot => "/gateway/bot",
            Self::CurrentUser => "/users/@me",
            Self::CurrentApplication => "/oauth2/applications/@me",
            Self::OwnApplication => "/applications/@me",
            Self::Commands { guild: None, .. } => "/applications/{application_id}/commands",
            Self::Commands { .. } => "/applications/{application_id}/guilds/{guild_id}/commands",
            Self::Command { guild: None, .. } => "/applications/{application_id}/commands/{command_id}",
            Self::Command { .. } => "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
            Self::Callback { .. } => "/interactions/{interaction_id}/{interaction_token}/callback",
            Self::Webhook { .. } => "/webhooks/{webhook_id}/{webhook_token}",
            Self::WebhookMessage { message: None, .. } => "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            Self::WebhookMessage { .. } => "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
            Self::Messages { .. } => "/channels/{channel_id}/messages",
            Self::Message { .. } => "/channels/{channel_id}/messages/{message_id}",
        }
    }

    /// Whether the path itself carries the authority (an interaction's token), or nothing needs any.
    fn is_open(&self) -> bool {
        matches!(self, Self::Gateway | Self::Callback { .. } | Self::Webhook { .. } | Self::WebhookMessage { .. })
    }
}

/// What an endpoint answers.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn json(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    pub(crate) fn empty() -> Self {
        Self { status: 204, body: None }
    }
}

/// A request, read to its end.
struct Call<'a> {
    method: &'a str,
    query: &'a str,
    content: Content,
    /// When its head arrived, after the delay that a fault may add.
    at: Instant,
}

impl Call<'_> {
    /// The JSON body; null if there is none.
    fn body(&self) -> Arc<Value> {
        self.content.json.clone().unwrap_or_default()
    }

    /// Whether the query holds `key=true`.
    fn asks(&self, key: &str) -> bool {
        url::form_urlencoded::parse(self.query.as_bytes()).any(|(name, value)| name == key && value == "true")
    }
}

/// Answers one request below `/api`. `severed` cuts the TCP connection when set before the answer is written.
pub(crate) async fn serve(shared: Arc<Shared>, severed: Arc<AtomicBool>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let method = head.method.as_str();
    let query = head.uri.query().unwrap_or_default();
    let Some(path) = head.uri.path().strip_prefix("/api/v10").filter(|rest| rest.starts_with('/')) else {
        let error =
            if head.uri.path().starts_with("/api/v") { ApiError::invalid_version() } else { ApiError::not_found() };
        return respond(Err(error)).0;
    };
    let path = &decoded(path);
    let fault = shared.lock().faults.take(method, path);
    match &fault {
        Some(RestFault::Status(status)) => {
            return finish(&shared, method, path, query, None, Err(ApiError::server(*status)));
        }
        Some(RestFault::Answer { status, body }) => {
            let error = ApiError { status: *status, body: body.clone(), headers: Vec::new() };
            return finish(&shared, method, path, query, None, Err(error));
        }
        Some(RestFault::RateLimited { retry_after, global }) => {
            return finish(&shared, method, path, query, None, Err(ApiError::rate_limited(*retry_after, *global)));
        }
        Some(RestFault::Stall) => {
            // Only the end of the server ends this; then the connection is cut.
            shared.stopped().await;
            severed.store(true, Ordering::Relaxed);
            return respond(Err(ApiError::server(504))).0;
        }
        Some(RestFault::Delay(delay)) => wait(&shared, *delay).await,
        Some(RestFault::Drop) => {
            severed.store(true, Ordering::Relaxed);
            return finish(&shared, method, path, query, None, Err(ApiError::server(502)));
        }
        Some(RestFault::DelayAfter(_) | RestFault::DropAfter | RestFault::StallAfter) | None => {}
    }
    let at = shared.now();
    let content = match axum::body::to_bytes(body, REQUEST_LIMIT).await {
        Ok(bytes) => Content::read(&head.headers, bytes).await,
        Err(_) => Err(ApiError::too_large()),
    };
    let (shown, result) = match content {
        Ok(content) => {
            let shown = content.json.clone();
            let call = Call { method, query, content, at };
            (shown, answer(&shared, &head.headers, path, call))
        }
        Err(error) => (None, Err(error)),
    };
    let response = finish(&shared, method, path, query, shown, result);
    match fault {
        Some(RestFault::DropAfter) => severed.store(true, Ordering::Relaxed),
        Some(RestFault::DelayAfter(delay)) => wait(&shared, delay).await,
        Some(RestFault::StallAfter) => {
            shared.stopped().await;
            severed.store(true, Ordering::Relaxed);
        }
        _ => {}
    }
    response
}

/// A path with its segments percent-decoded: some clients write `%40original`. A segment that would fall into two by
/// that stays as it is.
fn decoded(path: &str) -> String {
    let segment = |segment: &str| {
        let decoded = percent_decode_str(segment).decode_utf8_lossy().into_owned();
        if decoded.contains('/') { segment.to_owned() } else { decoded }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

async fn wait(shared: &Shared, delay: Duration) {
    // Either the time is over or the server is; both mean: go on.
    let _ = tokio::time::timeout(delay, shared.stopped()).await;
}

/// Finds the endpoint, checks authority and payload, and carries the request out.
fn answer(shared: &Shared, headers: &HeaderMap, path: &str, call: Call<'_>) -> Result<Reply, ApiError> {
    let Some(endpoint) = Endpoint::of(path) else { return Err(ApiError::not_found()) };
    if !endpoint.is_open() && !authorized(shared, headers) {
        return Err(ApiError::unauthorized());
    }
    match (&endpoint, call.method) {
        (
            Endpoint::Commands { application, .. }
            | Endpoint::Command { application, .. }
            | Endpoint::Webhook { application, .. }
            | Endpoint::WebhookMessage { application, .. },
            _,
        ) if *application != shared.options.application_id => {
            let webhook = matches!(endpoint, Endpoint::Webhook { .. } | Endpoint::WebhookMessage { .. });
            return Err(if webhook { ApiError::unknown_webhook() } else { ApiError::unknown_application() });
        }
        _ => {}
    }
    let needs_body = matches!(call.method, "POST" | "PUT" | "PATCH");
    if needs_body {
        let Some(json) = &call.content.json else { return Err(ApiError::invalid_json()) };
        let interaction_type = match endpoint {
            Endpoint::Callback { interaction, .. } => shared.lock().interactions.get(interaction).map(|one| one.kind),
            _ => None,
        };
        let payload = Payload {
            method: call.method,
            route: endpoint.route(),
            body: json,
            files: &call.content.files,
            interaction_type,
        };
        let complaints = shared.judge(&payload);
        if !complaints.is_empty() {
            let error = ApiError::invalid_form(&complaints);
            if let Endpoint::Callback { interaction, .. } = endpoint {
                callbacks::record(shared, interaction, &call, error.status);
            }
            return Err(error);
        }
    }
    match (endpoint, call.method) {
        (Endpoint::Gateway, "GET") => Ok(application::gateway(shared)),
        (Endpoint::GatewayBot, "GET") => Ok(application::gateway_bot(shared)),
        (Endpoint::CurrentUser, "GET") => Ok(application::current_user(shared)),
        (Endpoint::CurrentApplication | Endpoint::OwnApplication, "GET") => Ok(application::application(shared)),
        (Endpoint::Commands { guild, .. }, "GET") => commands::list(shared, guild, &call),
        (Endpoint::Commands { guild, .. }, "PUT") => commands::overwrite(shared, guild, &call),
        (Endpoint::Commands { guild, .. }, "POST") => commands::create(shared, guild, &call),
        (Endpoint::Command { guild, command, .. }, "GET") => commands::get(shared, guild, command, &call),
        (Endpoint::Command { guild, command, .. }, "PATCH") => commands::edit(shared, guild, command, &call),
        (Endpoint::Command { guild, command, .. }, "DELETE") => commands::delete(shared, guild, command),
        (Endpoint::Callback { interaction, token }, "POST") => callbacks::create(shared, interaction, token, &call),
        (Endpoint::Webhook { token, .. }, "POST") => webhooks::follow_up(shared, token, &call),
        (Endpoint::WebhookMessage { token, message, .. }, "GET") => webhooks::get(shared, token, message),
        (Endpoint::WebhookMessage { token, message, .. }, "PATCH") => webhooks::edit(shared, token, message, &call),
        (Endpoint::WebhookMessage { token, message, .. }, "DELETE") => webhooks::delete(shared, token, message),
        (Endpoint::Messages { channel }, "GET") => channels::list(shared, channel, &call),
        (Endpoint::Messages { channel }, "POST") => channels::create(shared, channel, &call),
        (Endpoint::Message { channel, message }, "GET") => channels::get(shared, channel, message),
        (Endpoint::Message { channel, message }, "PATCH") => channels::edit(shared, channel, message, &call),
        (Endpoint::Message { channel, message }, "DELETE") => channels::delete(shared, channel, message),
        _ => Err(ApiError::method_not_allowed()),
    }
}

fn authorized(shared: &Shared, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|given| given.strip_prefix("Bot ")) == Some(shared.options.token.as_str())
}

/// Logs a request and writes its answer.
fn finish(
    shared: &Shared,
    method: &str,
    path: &str,
    query: &str,
    body: Option<Arc<Value>>,
    result: Result<Reply, ApiError>,
) -> Response {
    let (response, status, answer) = respond(result);
    let record = RequestRecord {
        method: method.to_owned(),
        path: path.to_owned(),
        route: Endpoint::of(path).map(|endpoint| endpoint.route()),
        query: query.to_owned(),
        status,
        body,
        answer,
    };
    keep(&mut shared.lock().requests, record, shared.options.history);
    shared.touch();
    response
}

fn respond(result: Result<Reply, ApiError>) -> (Response, u16, Option<Value>) {
    let (status, body, headers) = match result {
        Ok(reply) => (reply.status, reply.body, Vec::new()),
        Err(error) => (error.status, Some(error.body), error.headers),
    };
    let text = body.as_ref().map_or_else(Bytes::new, |body| body.to_string().into());
    let mut response = Response::new(Body::from(text));
    // Every status here is one of Discord's, or a test's; an impossible one becomes 500.
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if body.is_some() {
        response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    }
    for (name, value) in headers {
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    (response, status, body)
}

/// Answers a request for an uploaded file, as Discord's CDN does.
pub(crate) fn file(shared: &Shared, path: &str) -> Response {
    let id = path.trim_matches('/').split('/').nth(2).and_then(|id| id.parse().ok());
    let state = shared.lock();
    let Some(file) = id.and_then(|id| state.messages.upload(id)) else {
        drop(state);
        let mut response = Response::new(Body::from("This content is no longer available."));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let mut response = Response::new(Body::from(file.bytes.clone()));
    if let Ok(kind) = header::HeaderValue::from_str(&file.content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    // What a bot or a person uploads must not run as a part of the page, which has the same address.
    for (name, value) in
        [(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")]
    {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_endpoints() {
        assert_eq!(
            Endpoint::of("/webhooks/1/tok/messages/@original"),
            Some(Endpoint::WebhookMessage { application: 1, token: "tok", message: None })
        );
        assert_eq!(
            Endpoint::of("/applications/1/guilds/2/commands"),
            Some(Endpoint::Commands { application: 1, guild: Some(2) })
        );
        assert_eq!(Endpoint::of("/applications/x/commands"), None);
        assert_eq!(Endpoint::of("/guilds/1"), None);
    }
}
