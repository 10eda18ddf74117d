//! The REST API: from an HTTP request to Discord's answer.
//!
//! Lives here: who may use an endpoint, the faults that strike it, the log of requests. Which endpoint a path names is in
//! [`endpoint`]; each family of endpoints has a file of its own beside this one.

mod application;
mod body;
mod call;
mod callbacks;
mod channels;
mod commands;
mod endpoint;
mod guilds;
mod webhooks;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::errors::{ApiError, unix_time};
use crate::faults::RestFault;
use crate::judge::Payload;
use crate::rest::body::Content;
use crate::rest::call::{Call, Reply};
use crate::rest::endpoint::Endpoint;
use crate::state::{RequestRecord, Shared, keep};

/// A request may not be larger (Discord: resources/message, "Message limitations").
const REQUEST_LIMIT: usize = 25 * 1024 * 1024;

/// Answers one request below `/api`. `severed` cuts the TCP connection when set before the answer is written.
pub(crate) async fn serve(shared: Arc<Shared>, severed: Arc<AtomicBool>, request: Request) -> Response {
    shared.count_request();
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
            | Endpoint::WebhookMessage { application, .. }
            | Endpoint::Emojis { application }
            | Endpoint::CommandPermissions { application, .. },
            _,
        ) if *application != shared.options.application_id => {
            let webhook = matches!(endpoint, Endpoint::Webhook { .. } | Endpoint::WebhookMessage { .. });
            return Err(if webhook { ApiError::unknown_webhook() } else { ApiError::unknown_application() });
        }
        _ => {}
    }
    let needs_body = matches!(call.method, "POST" | "PUT" | "PATCH") && endpoint.takes_body();
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
        (Endpoint::Reaction { channel, message, emoji }, "PUT") => {
            channels::react(shared, channel, message, emoji, true)
        }
        (Endpoint::Reaction { channel, message, emoji }, "DELETE") => {
            channels::react(shared, channel, message, emoji, false)
        }
        (Endpoint::Pin { channel, message }, "PUT") => channels::pin(shared, channel, message, true),
        (Endpoint::Pin { channel, message }, "DELETE") => channels::pin(shared, channel, message, false),
        (Endpoint::Typing { channel }, "POST") => channels::typing(shared, channel),
        (Endpoint::Channel { channel }, "GET") => guilds::channel(shared, channel),
        (Endpoint::User { user }, "GET") => guilds::user(shared, user),
        (Endpoint::OwnGuilds, "GET") => Ok(guilds::own(shared)),
        (Endpoint::OwnChannels, "POST") => guilds::direct_channel(shared, &call),
        (Endpoint::Guild { guild }, "GET") => guilds::guild(shared, guild),
        (Endpoint::GuildChannels { guild }, "GET") => guilds::channels(shared, guild),
        (Endpoint::GuildRoles { guild }, "GET") => guilds::roles(shared, guild),
        (Endpoint::GuildMember { guild, user }, "GET") => guilds::member(shared, guild, user),
        // There are none of these here, which is an answer.
        (Endpoint::Emojis { .. }, "GET") => Ok(Reply::json(json!({"items": []}))),
        (Endpoint::CommandPermissions { .. } | Endpoint::DefaultSounds, "GET") => Ok(Reply::json(json!([]))),
        _ => Err(ApiError::method_not_allowed()),
    }
}

fn authorized(shared: &Shared, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|given| given.strip_prefix("Bot ")) == Some(shared.token.as_str())
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
    let (mut response, status, answer) = respond(result);
    let endpoint = Endpoint::of(path);
    rate_limit_headers(&mut response, endpoint.as_ref());
    if let Ok(date) = HeaderValue::from_str(&shared.date()) {
        response.headers_mut().insert(header::DATE, date);
    }
    let record = RequestRecord {
        method: method.to_owned(),
        path: path.to_owned(),
        route: endpoint.map(|endpoint| endpoint.route()),
        query: query.to_owned(),
        status,
        body,
        answer,
    };
    keep(&mut shared.lock().requests, record, shared.options.history);
    shared.touch();
    response
}

/// The headers that tell of the route's rate limit (Discord: topics/rate-limits), which here is never reached, and the one
/// that Discord's front adds: clients take a 429 without it for a ban.
fn rate_limit_headers(response: &mut Response, endpoint: Option<&Endpoint<'_>>) {
    let status = response.status().as_u16();
    let headers = response.headers_mut();
    headers.insert(header::VIA, HeaderValue::from_static("1.1 google"));
    let Some(endpoint) = endpoint.filter(|_| !matches!(status, 401 | 429 | 500..)) else { return };
    let mut hasher = DefaultHasher::new();
    endpoint.route().hash(&mut hasher);
    for (name, value) in [
        ("x-ratelimit-limit", "50".to_owned()),
        ("x-ratelimit-remaining", "49".to_owned()),
        ("x-ratelimit-reset", format!("{:.3}", unix_time() + 1.0)),
        ("x-ratelimit-reset-after", "1.000".to_owned()),
        ("x-ratelimit-bucket", format!("{:016x}", hasher.finish())),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
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
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
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
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    // What a bot or a person uploads must not run as a part of the page, which has the same address.
    for (name, value) in
        [(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")]
    {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
