//! How the bot is: `/healthz` (it runs), `/readyz` (it can answer) and `/metrics`, for operators and load balancers.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::publishing::{Health, Publisher};
use crate::snapshot::{Origin, Snapshot};
use crate::supervise::Supervisor;
use crate::telemetry::metrics::{self, CatalogueNumbers, Metrics};

use crate::transport::gateway::shards::Shards;

/// Prometheus's text format.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What is told about.
pub struct Monitor {
    /// Who serves the catalogue.
    pub publisher: Arc<Publisher>,
    /// The tasks in the background.
    pub tasks: Arc<Supervisor>,
    /// The gateway's shards, where the gateway is how interactions come.
    pub shards: Option<Arc<Shards>>,
    /// Whether the program was asked to stop.
    pub stop: CancellationToken,
    /// What was counted, to be rendered for `/metrics`.
    pub metrics: &'static Metrics,
}

impl Monitor {
    /// `/healthz`, `/readyz` and `/metrics`.
    pub fn routes(self) -> Router {
        Router::new()
            .route("/healthz", get(healthz))
            .route("/readyz", get(readyz))
            .route("/metrics", get(show_metrics))
            .with_state(Arc::new(self))
    }

    fn numbers(&self) -> CatalogueNumbers {
        let (snapshot, health) = (self.publisher.live().snapshot(), self.publisher.health());
        CatalogueNumbers {
            revision: revision(&snapshot, &health).unwrap_or(0),
            refused: health.refused.as_ref().map_or(0, |refused| refused.number),
            unwritten: health.unwritten.as_ref().map_or(0, |unwritten| unwritten.number),
            broken: health.broken.is_some(),
            overwrites: health.log_overwrites,
            log_reached: self.publisher.log_reached(),
            processes: snapshot.catalogue.processes.len(),
            loaded: snapshot.loaded.as_second(),
        }
    }
}

async fn healthz() -> &'static str {
    "ok"
}

async fn readyz(State(monitor): State<Arc<Monitor>>) -> Response {
    // Without a catalogue the program would not have started.
    let (snapshot, health) = (monitor.publisher.live().snapshot(), monitor.publisher.health());
    let gateway = monitor.shards.as_ref().is_none_or(|shards| shards.ready());
    let stopping = monitor.stop.is_cancelled();
    let ready = gateway && !stopping;
    let body = json!({
        "ready": ready,
        "stopping": stopping,
        "catalogue": {
            "processes": snapshot.catalogue.processes.len(),
            "origin": format!("{:?}", snapshot.origin),
            "revision": revision(&snapshot, &health),
            "broken": health.broken.is_some(),
            "refused": health.refused.as_ref().map(|refused| refused.number),
            "unwritten": health.unwritten.as_ref().map(|unwritten| unwritten.number),
            "hash": snapshot.hash,
            "loaded": snapshot.loaded.to_string(),
        },
        "revisions": { "reached": monitor.publisher.log_reached(), "overwrites": health.log_overwrites },
        "tasks": monitor.tasks.states(),
        "shards": monitor.shards.as_ref().map(|shards| shards.states()),
    });
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(body)).into_response()
}

/// Which revision is served. The number and the hash are of one snapshot, even while a change is being made.
fn revision(snapshot: &Snapshot, health: &Health) -> Option<u64> {
    match snapshot.origin {
        Origin::Revision(number) => Some(number),
        Origin::BuiltIn | Origin::Folder => health.revision.as_ref().map(|meta| meta.number),
    }
}

async fn show_metrics(State(monitor): State<Arc<Monitor>>) -> Response {
    for state in monitor.shards.iter().flat_map(|shards| shards.states()) {
        metrics::shard(state.shard, state.connected, state.deaf, state.latency);
    }
    match monitor.metrics.render(&monitor.numbers()) {
        Ok(text) => ([(CONTENT_TYPE, TEXT)], text).into_response(),
        Err(error) => {
            error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
