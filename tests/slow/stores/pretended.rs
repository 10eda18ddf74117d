//! As much of the protocols of S3, Google and Azure as creating and reading a revision takes, to see what is asked of each;
//! of S3's also what listing takes, and what waits for a decision.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::sync::Barrier;
use url::form_urlencoded;

/// In the names of objects that may be replaced and deleted.
const WAITING: &str = "/-uploads/";

/// Whether a store creates only what is not there yet, if it is asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Honours {
    /// Always.
    Always,
    /// Only of creations one after the other: of two at the same moment, both succeed. Those of revisions come in pairs.
    OneAfterTheOther,
    /// Never: what is created takes the place of what is there.
    Never,
}

/// A store that creates an object only where that is asked for in its own way, and refuses to overwrite.
pub struct Pretended {
    /// Where it listens.
    pub address: SocketAddr,
    kept: Arc<Kept>,
}

struct Kept {
    /// The header that means "only if it is not there", and its value.
    only_new: (&'static str, &'static str),
    honours: Honours,
    objects: Mutex<HashMap<String, Bytes>>,
    /// Of two creations of a revision at the same moment, both have looked whether it is there.
    both_looked: Barrier,
    /// What the next creations are answered with, the last first, instead of being done.
    answers: Mutex<Vec<StatusCode>>,
}

impl Pretended {
    /// Starts one.
    pub async fn start(only_new: (&'static str, &'static str)) -> Pretended {
        Pretended::that(only_new, Honours::Always).await
    }

    /// Starts one that honours the condition so far.
    pub async fn that(only_new: (&'static str, &'static str), honours: Honours) -> Pretended {
        let (objects, answers, both_looked) = (Mutex::default(), Mutex::default(), Barrier::new(2));
        let kept = Arc::new(Kept { only_new, honours, objects, both_looked, answers });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port can be opened");
        let address = listener.local_addr().expect("it has an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&kept));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Pretended { address, kept }
    }

    /// Keeps an object, whatever was there.
    pub fn keep(&self, path: &str, object: Vec<u8>) {
        self.kept.objects.lock().expect("not poisoned").insert(path.to_owned(), object.into());
    }

    /// Answers the next creations so.
    pub fn answer(&self, with: &[StatusCode]) {
        *self.kept.answers.lock().expect("not poisoned") = with.to_vec();
    }
}

async fn answer(State(kept): State<Arc<Kept>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let about = |length: usize| {
        [
            ("etag", "\"1\"".to_owned()),
            ("last-modified", "Thu, 26 Nov 2026 00:00:00 GMT".to_owned()),
            ("content-range", format!("bytes 0-{}/{length}", length.saturating_sub(1))),
        ]
    };
    if method == Method::PUT && kept.honours == Honours::OneAfterTheOther {
        let there = kept.objects.lock().expect("not poisoned").contains_key(&path);
        if there {
            return (StatusCode::PRECONDITION_FAILED, "<Error><Code>PreconditionFailed</Code></Error>").into_response();
        }
        // Between looking and writing the other looks too.
        if path.ends_with(".revision") {
            kept.both_looked.wait().await;
        }
        kept.objects.lock().expect("not poisoned").insert(path, body);
        return (StatusCode::CREATED, about(0)).into_response();
    }
    let mut objects = kept.objects.lock().expect("not poisoned");
    let query = uri.query().unwrap_or_default();
    if method == Method::GET && query.contains("list-type=2") {
        return listed(&objects, &path, query).into_response();
    }
    if method == Method::POST && query.contains("delete") {
        let asked = String::from_utf8_lossy(&body).into_owned();
        let keys = asked.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
        for key in keys.filter(|key| format!("/{key}").contains(WAITING)) {
            objects.remove(&format!("{}/{key}", path.trim_end_matches('/')));
        }
        return (StatusCode::OK, "<DeleteResult></DeleteResult>").into_response();
    }
    if method == Method::PUT && path.contains(WAITING) {
        objects.insert(path, body);
        return (StatusCode::OK, about(0)).into_response();
    }
    if method == Method::PUT {
        let (name, value) = kept.only_new;
        if headers.get(name).is_none_or(|there| there != value) {
            return (StatusCode::BAD_REQUEST, "<Error><Code>WouldOverwrite</Code></Error>").into_response();
        }
        if let Some(status) = kept.answers.lock().expect("not poisoned").pop() {
            return (status, "<Error><Code>ConditionalRequestConflict</Code></Error>").into_response();
        }
        if objects.contains_key(&path) && kept.honours == Honours::Always {
            return (StatusCode::PRECONDITION_FAILED, "<Error><Code>PreconditionFailed</Code></Error>").into_response();
        }
        objects.insert(path, body);
        return (StatusCode::CREATED, about(0)).into_response();
    }
    match objects.get(&path) {
        Some(object) if headers.contains_key("range") || headers.contains_key("x-ms-range") => {
            // Only the beginning is ever asked for: `bytes=0-4095`.
            let asked =
                headers.get("range").or_else(|| headers.get("x-ms-range")).and_then(|asked| asked.to_str().ok());
            let last = asked.and_then(|asked| asked.strip_prefix("bytes=0-")?.parse::<usize>().ok());
            let length = last.map_or(object.len(), |last| object.len().min(last + 1));
            let mut about = about(object.len());
            about[2].1 = format!("bytes 0-{}/{}", length.saturating_sub(1), object.len());
            (StatusCode::PARTIAL_CONTENT, about, object.slice(..length)).into_response()
        }
        Some(object) => (StatusCode::OK, about(object.len()), object.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
    }
}

/// The objects of a bucket, as S3 lists them.
fn listed(objects: &HashMap<String, Bytes>, bucket: &str, query: &str) -> String {
    let asked: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let of = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let (prefix, after, bucket) = (of("prefix"), of("start-after"), format!("{}/", bucket.trim_end_matches('/')));
    let mut found: Vec<(&str, usize)> =
        objects.iter().filter_map(|(path, object)| Some((path.strip_prefix(&bucket)?, object.len()))).collect();
    found.retain(|(key, _)| key.starts_with(&prefix) && *key > after.as_str());
    found.sort_unstable();
    let entries = found.iter().map(|(key, size)| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2026-11-26T00:00:00.000Z</LastModified><ETag>\"1\"</ETag>\
             <Size>{size}</Size></Contents>"
        )
    });
    let entries: String = entries.collect();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>")
}
