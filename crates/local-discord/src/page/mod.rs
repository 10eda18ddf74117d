//! The page: this Discord in a browser, where a person types commands and presses buttons.
//!
//! Lives here: what the page shows ([`PageOptions`]) and which address answers what. The page itself, HTML and
//! JavaScript without a build step, is in `assets`; who may open it is decided in [`guard`]; what it asks is answered
//! in [`acts`]; what it is told without asking is in [`events`]; how things are put for it is in [`view`].
//!
//! The page adds nothing of its own to what is said: a person of the page is a [`Person`] as any test has, and the bot
//! is whichever bot is connected.

mod acts;
mod events;
pub(super) mod guard;
mod view;

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use include_dir::{Dir, include_dir};

pub use self::guard::secret;
use super::{File, Person, rest::FILE_LIMIT, state::Shared};

/// The files of the page.
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/page/assets");

/// Files that were chosen in the page and not sent yet; older ones are forgotten.
const UPLOADS: usize = 20;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// The name of the first guild.
    pub guild_name: String,
    /// As whom one can act; the first is who one is at the beginning.
    pub people: Vec<PagePerson>,
}

impl Default for PageOptions {
    fn default() -> Self {
        let name = "Amina".to_owned();
        Self {
            guild_name: "Local server".to_owned(),
            people: vec![PagePerson { name, roles: Vec::new(), permissions: None }],
        }
    }
}

/// A person as whom one can act.
#[derive(Clone, Debug)]
pub struct PagePerson {
    /// The name.
    pub name: String,
    /// The roles in the guild.
    pub roles: Vec<PageRole>,
    /// The permissions in the guild; `None` for what everyone may do.
    pub permissions: Option<u64>,
}

/// A role of the guild.
#[derive(Clone, Debug)]
pub struct PageRole {
    /// The role's id.
    pub id: u64,
    /// The role's name.
    pub name: String,
}

/// The page of one server.
pub(crate) struct Page {
    shared: Arc<Shared>,
    options: PageOptions,
    /// In the order of the options.
    people: Vec<Person>,
    /// Opens the page: a random text, known only to who was given the address.
    key: String,
    uploads: Mutex<HashMap<u64, File>>,
}

impl Page {
    pub(crate) fn new(shared: Arc<Shared>, options: &PageOptions) -> io::Result<Self> {
        let person = |one: &PagePerson| {
            let roles: Vec<u64> = one.roles.iter().map(|role| role.id).collect();
            let person = Person::new(shared.clone(), &one.name).roles(&roles);
            one.permissions.map_or(person.clone(), |permissions| person.permissions(permissions))
        };
        let people = options.people.iter().map(person).collect();
        Ok(Self { people, options: options.clone(), key: secret()?, uploads: Mutex::default(), shared })
    }

    /// The address with the key.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/_page/?key={}", self.shared.address, self.key)
    }

    fn uploads(&self) -> MutexGuard<'_, HashMap<u64, File>> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file until it is sent with a command.
    fn keep(&self, file: File) -> u64 {
        let id = self.shared.ids.next();
        let mut uploads = self.uploads();
        while uploads.len() >= UPLOADS {
            // Ids grow with time.
            let Some(oldest) = uploads.keys().min().copied() else { break };
            uploads.remove(&oldest);
        }
        uploads.insert(id, file);
        id
    }
}

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
        .layer(axum::extract::DefaultBodyLimit::max(FILE_LIMIT))
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
