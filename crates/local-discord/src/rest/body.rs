//! Reading request bodies: JSON, web forms with `payload_json`, and multipart with `payload_json` and `files[n]` (Discord:
//! reference, "Uploading Files").
//!
//! Lives here: bytes to JSON and files, nothing of their meaning.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use crate::errors::ApiError;
use crate::messages::{FILE_LIMIT, File};

/// What a request carries.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The JSON body; `None` if there is none. Shared, because the logs keep it too.
    pub(crate) json: Option<Arc<Value>>,
    /// The files, in the order of their numbers.
    pub(crate) files: Vec<File>,
}

impl Content {
    pub(crate) async fn read(headers: &HeaderMap, bytes: Bytes) -> Result<Content, ApiError> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Content::multipart(kind, bytes).await;
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            return Content::web_form(&bytes);
        }
        if bytes.is_empty() {
            return Ok(Content::default());
        }
        let json = serde_json::from_slice(&bytes).map_err(|_| ApiError::invalid_json())?;
        Ok(Content { json: Some(Arc::new(json)), files: Vec::new() })
    }

    /// A form without files; its fields are those of a multipart body.
    fn web_form(bytes: &[u8]) -> Result<Content, ApiError> {
        let pairs = url::form_urlencoded::parse(bytes);
        let fields: Map<String, Value> =
            pairs.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect();
        let json = match fields.get("payload_json").and_then(Value::as_str) {
            Some(text) => serde_json::from_str(text).map_err(|_| ApiError::invalid_json())?,
            None => Value::Object(fields),
        };
        Ok(Content { json: Some(Arc::new(json)), files: Vec::new() })
    }

    async fn multipart(kind: &str, bytes: Bytes) -> Result<Content, ApiError> {
        let invalid = |_| ApiError::invalid_json();
        let mut request = Request::builder()
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(bytes))
            .map_err(|_| ApiError::invalid_json())?;
        // The whole request was limited when its bytes were read; axum's own limit of 2 MB must not come first.
        DefaultBodyLimit::disable().apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| ApiError::invalid_json())?;
        let mut fields = Map::new();
        let mut payload = None;
        let mut files: Vec<(u64, File)> = Vec::new();
        while let Some(field) = form.next_field().await.map_err(invalid)? {
            let name = field.name().unwrap_or_default().to_owned();
            if let Some(number) = file_number(&name, field.file_name().is_some(), files.len()) {
                let file_name = field.file_name().unwrap_or("file").to_owned();
                let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
                let bytes = field.bytes().await.map_err(invalid)?;
                if bytes.len() > FILE_LIMIT {
                    return Err(ApiError::too_large());
                }
                files.push((number, File { name: file_name, content_type, bytes }));
            } else {
                // Discord takes UTF-8; reading other encodings would bring the tables of all of them.
                let text = String::from_utf8_lossy(&field.bytes().await.map_err(invalid)?).into_owned();
                if name == "payload_json" {
                    payload = Some(serde_json::from_str(&text).map_err(|_| ApiError::invalid_json())?);
                } else {
                    fields.insert(name, Value::String(text));
                }
            }
        }
        files.sort_by_key(|(number, _)| *number);
        let json = payload.unwrap_or(Value::Object(fields));
        Ok(Content { json: Some(Arc::new(json)), files: files.into_iter().map(|(_, file)| file).collect() })
    }
}

/// The number of a file field: `files[n]`, or (as older clients send them) any field with a file name.
fn file_number(name: &str, has_file_name: bool, position: usize) -> Option<u64> {
    if let Some(rest) = name.strip_prefix("files[") {
        return rest.strip_suffix(']')?.parse().ok();
    }
    has_file_name.then_some(position as u64)
}
