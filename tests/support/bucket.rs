//! As much of Amazon's S3 as a log of revisions takes, on the loopback, with the faults that stores have.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;

/// A bucket called `box`.
#[derive(Default)]
pub struct Bucket {
    /// What stands in it, by its key.
    pub objects: Mutex<BTreeMap<String, Bytes>>,
    /// Whether it creates an object although it is there.
    pub overwrites: bool,
    /// Whether nothing may be deleted.
    pub keeps: bool,
    /// While this is true, creations wait; how many do.
    pub held: watch::Sender<bool>,
    /// How many creations wait.
    pub waiting: watch::Sender<usize>,
}

impl Bucket {
    /// Starts it; its address.
    pub async fn start(self: &Arc<Bucket>) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port can be opened");
        let address = listener.local_addr().expect("it has an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(self));
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// The keys of what stands in it.
    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().expect("not poisoned").keys().cloned().collect()
    }
}

async fn answer(
    State(bucket): State<Arc<Bucket>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().trim_start_matches("/box/").to_owned();
    let query = uri.query().unwrap_or_default();
    let refused =
        |status: StatusCode, code: &str| (status, format!("<Error><Code>{code}</Code></Error>")).into_response();
    if method == Method::PUT {
        bucket.waiting.send_modify(|waiting| *waiting += 1);
        let _ = bucket.held.subscribe().wait_for(|held| !held).await;
        bucket.waiting.send_modify(|waiting| *waiting -= 1);
        let mut objects = bucket.objects.lock().expect("not poisoned");
        let only_new = headers.get("if-none-match").is_some_and(|value| value == "*");
        if only_new && !bucket.overwrites && objects.contains_key(&path) {
            return refused(StatusCode::PRECONDITION_FAILED, "PreconditionFailed");
        }
        objects.insert(path, body);
        return (StatusCode::OK, [("etag", "\"1\"")]).into_response();
    }
    let mut objects = bucket.objects.lock().expect("not poisoned");
    if query.contains("list-type=2") {
        let start = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "start-after");
        let start = start.map(|(_, value)| value.into_owned()).unwrap_or_default();
        let contents: String = objects
            .iter()
            .filter(|(key, _)| **key > start)
            .map(|(key, content)| {
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-11-26T00:00:00.000Z</LastModified>\
                     <Size>{}</Size><ETag>\"1\"</ETag></Contents>",
                    content.len()
                )
            })
            .collect();
        return format!("<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>")
            .into_response();
    }
    if method == Method::DELETE || query.contains("delete") {
        if bucket.keeps {
            return refused(StatusCode::FORBIDDEN, "AccessDenied");
        }
        let text = String::from_utf8_lossy(&body).into_owned();
        let named = text.split_once("<Key>").and_then(|(_, rest)| rest.split_once("</Key>"));
        let key = named.map_or(path, |(key, _)| key.to_owned());
        objects.remove(&key);
        return format!("<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>").into_response();
    }
    match objects.get(&path) {
        None => refused(StatusCode::NOT_FOUND, "NoSuchKey"),
        Some(object) => {
            let asked = headers.get("range").and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
            let asked = asked.and_then(|range| range.split_once('-')).map(|(from, to)| {
                let from = from.parse().unwrap_or(0).min(object.len());
                from..to.parse().map_or(object.len(), |to: usize| object.len().min(to + 1))
            });
            let (status, range) = match asked {
                Some(range) => (StatusCode::PARTIAL_CONTENT, range),
                None => (StatusCode::OK, 0..object.len()),
            };
            let about = [
                ("etag", "\"1\"".to_owned()),
                ("last-modified", "Thu, 26 Nov 2026 00:00:00 GMT".to_owned()),
                ("content-range", format!("bytes {}-{}/{}", range.start, range.end.saturating_sub(1), object.len())),
            ];
            (status, about, object.slice(range)).into_response()
        }
    }
}
