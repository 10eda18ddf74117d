//! A request as the endpoints see it, and what they answer.

use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;

use crate::rest::body::Content;

/// What an endpoint answers.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn json(body: Value) -> Reply {
        Reply { status: 200, body: Some(body) }
    }

    pub(crate) fn created(body: Value) -> Reply {
        Reply { status: 201, body: Some(body) }
    }

    pub(crate) fn empty() -> Reply {
        Reply { status: 204, body: None }
    }
}

/// A request, read to its end.
pub(super) struct Call<'a> {
    pub(super) method: &'a str,
    pub(super) query: &'a str,
    pub(super) content: Content,
    /// When its head arrived, after the delay that a fault may add.
    pub(super) at: Instant,
}

impl Call<'_> {
    /// The JSON body; null if there is none.
    pub(super) fn body(&self) -> Arc<Value> {
        self.content.json.clone().unwrap_or_default()
    }

    /// Whether the query holds `key` as true (Discord: reference, "Boolean Query Strings").
    pub(super) fn asks(&self, key: &str) -> bool {
        url::form_urlencoded::parse(self.query.as_bytes())
            .any(|(name, value)| name == key && matches!(&*value, "true" | "True" | "1"))
    }
}
