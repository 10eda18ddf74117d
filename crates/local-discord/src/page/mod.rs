//! The page: this Discord in a browser, where a person types commands and presses buttons.
//!
//! Lives here: which address answers what. The page itself, HTML and
//! JavaScript without a build step, is in `assets`; who may open it is decided in [`guard`]; what it asks is answered
//! in [`acts`]; what it is told without asking is in [`events`]; how things are put for it is in [`view`].
//!
//! The page adds nothing of its own to what is said: a person of the page is a [`Person`](crate::Person) as any test has, and the bot
//! is whichever bot is connected.

mod acts;
mod events;
pub(crate) mod guard;
pub(crate) mod options;
mod site;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use include_dir::{Dir, include_dir};

use crate::messages::FILE_LIMIT;
pub use options::{PageChannel, PageOptions, PagePerson, PageRole};
pub(crate) use site::Page;

/// The files of the page.
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/page/assets");

/// What is below `/_page`.
pub(crate) fn router(page: Arc<Page>) -> Router {
    Router::new()
        .route("/_page/", get(index))
        .route("/_page/{file}", get(asset))
        .route("/_page/api/place", get(view::place))
        .route("/_page/api/events", get(events::stream))
        .route("/_page/api/interactions/{id}", get(view::interaction))
        .route("/_page/api/act", post(acts::act))
        .route("/_page/api/files", post(acts::upload))
        .layer(DefaultBodyLimit::max(FILE_LIMIT))
        .layer(middleware::from_fn_with_state(page.clone(), guard::key_holders))
        .with_state(page)
}

async fn index(State(_): State<Arc<Page>>) -> Response {
    file("index.html")
}

async fn asset(Path(name): Path<String>) -> Response {
    file(&name)
}

fn file(name: &str) -> Response {
    let Some(file) = ASSETS.get_file(name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], file.contents()).into_response()
}
