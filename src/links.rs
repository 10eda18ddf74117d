//! Whether the addresses that a catalogue names still answer: `rcp-bot check --links`.
//!
//! Each address is asked with HEAD, and with GET where that is refused; redirects are followed. No host is asked twice at
//! once, nor without a pause. What was found is kept in the state folder, so that what was alive is not asked again soon.
//!
//! A page that is refused to programs (401, 403) or to many questions (429) is there: such an answer counts as alive.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use jiff::Timestamp;
use reqwest::header::LOCATION;
use reqwest::{Client, Method, StatusCode};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

use crate::atomic::{make_folder, replace};
use crate::blocking::blocking;
use crate::catalogue::{Files, MESSAGES};

/// The file's name in the state folder: JSON, `{"links": [Link, …]}`, sorted by address, replaced as a whole.
pub const FILE: &str = "links.json";

/// The longest file of that name that is read, in bytes.
const LONGEST_FILE: u64 = 64 * 1024 * 1024;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How much of an answer's body is read before the connection is given up, in bytes: some servers answer only to those
/// who read.
const READ: usize = 64 * 1024;

/// How much longer a host is left alone that says that it is asked too much.
const TIRED: u32 = 30;

/// After how many answers what was found is written down, so that little is lost with a program that is stopped.
const WRITTEN_AFTER: usize = 20;

/// How an address answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// The page is there, or its server does not want to show it to programs.
    Alive,
    /// The server says that there is no such page (4xx), or that it leads nowhere.
    Gone,
    /// The server fails (5xx), does not answer, or cannot be reached: it may pass.
    Silent,
}

/// What was found at an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address, as the catalogue writes it.
    pub url: String,
    /// How it answered.
    pub state: LinkState,
    /// The HTTP status of the last answer; none where there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What else there is to say: where it leads, or why there was no answer. In English, for operators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// When it was asked, in UTC (RFC 3339).
    pub asked: String,
    /// When it was last alive, in UTC (RFC 3339), if it ever was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alive: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    links: Vec<Link>,
}

/// How gently is asked.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long a host is left alone after each answer.
    pub pause: Duration,
    /// How many hosts are asked at once, at most.
    pub at_once: usize,
    /// How long one answer may take.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { pause: Duration::from_secs(1), at_once: 8, patience: Duration::from_secs(20) }
    }
}

/// Why nothing could be asked or kept.
#[derive(Debug, thiserror::Error)]
pub enum LinksError {
    /// The client cannot be made.
    #[error("no client can be made: {0}")]
    Client(#[from] reqwest::Error),
    /// The state folder cannot be written or read.
    #[error("{path} cannot be used: {error}", path = .path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Every address in a catalogue's files, with the files that name it.
pub fn addresses(files: &Files) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (file, content) in files.0.iter().filter(|(file, _)| !file.starts_with(MESSAGES)) {
        // What cannot be read is the business of the check.
        let text = std::str::from_utf8(content).unwrap_or_default();
        if let Ok(table) = toml::from_str::<toml::Table>(text) {
            collect(file, &toml::Value::Table(table), &mut all);
        }
    }
    all
}

fn collect(file: &str, value: &toml::Value, all: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        toml::Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
            all.entry(text.clone()).or_default().insert(file.to_owned());
        }
        toml::Value::Array(entries) => entries.iter().for_each(|entry| collect(file, entry, all)),
        toml::Value::Table(fields) => fields.values().for_each(|value| collect(file, value, all)),
        _ => {}
    }
}

/// What was found at the last checks; nothing where there was none.
pub fn read(state: &Path) -> Result<Vec<Link>, LinksError> {
    let path = state.join(FILE);
    let failed = |error| LinksError::State { path: path.clone(), error };
    match fs::metadata(&path) {
        Ok(about) if about.len() > LONGEST_FILE => return Err(failed(io::Error::other("it is too long"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        _ => {}
    }
    let content = fs::read(&path).map_err(failed)?;
    let kept: Kept = serde_json::from_slice(&content).map_err(|error| failed(error.into()))?;
    Ok(kept.links)
}

fn write(state: &Path, links: &BTreeMap<String, Link>) -> Result<(), LinksError> {
    let path = state.join(FILE);
    let kept = Kept { links: links.values().cloned().collect() };
    // Texts and numbers always become JSON.
    let content = serde_json::to_vec_pretty(&kept).unwrap_or_default();
    let written = make_folder(state).and_then(|()| replace(&path, &content));
    written.map_err(|error| LinksError::State { path, error })
}

/// Asks the addresses that were not alive within the last `fresh` hours, keeps what was found, and returns what is known of
/// all of them, sorted by address. What is kept of addresses that nobody names any more goes.
pub async fn check(
    all: &BTreeSet<String>,
    state: &Path,
    fresh: i64,
    agent: &str,
    pace: Pace,
) -> Result<Vec<Link>, LinksError> {
    let folder = state.to_owned();
    let known = blocking(move || read(&folder)).await?;
    let mut known: BTreeMap<String, Link> = known.into_iter().map(|link| (link.url.clone(), link)).collect();
    known.retain(|url, _| all.contains(url));
    let asker = Asker::new(agent, pace)?;
    let now = Timestamp::now();
    let is_fresh = |link: &Link| {
        let alive = link.alive.as_ref().and_then(|alive| alive.parse::<Timestamp>().ok());
        link.state == LinkState::Alive && alive.is_some_and(|alive| now.as_second() - alive.as_second() < fresh * 3_600)
    };
    let due: Vec<String> = all.iter().filter(|url| !known.get(*url).is_some_and(is_fresh)).cloned().collect();
    // As many as wait for their host, and no more than there are: what is asked at once is bounded where it is asked.
    let mut answers = futures::stream::iter(due).map(|url| asker.ask(url)).buffer_unordered(all.len().max(1));
    let mut unwritten = 0;
    while let Some(mut link) = answers.next().await {
        let before = known.get(&link.url).and_then(|link| link.alive.clone());
        link.alive = if link.state == LinkState::Alive { Some(link.asked.clone()) } else { before };
        known.insert(link.url.clone(), link);
        unwritten += 1;
        if unwritten == WRITTEN_AFTER {
            unwritten = 0;
            keep(state, &known).await?;
        }
    }
    drop(answers);
    keep(state, &known).await?;
    Ok(known.into_values().collect())
}

async fn keep(state: &Path, links: &BTreeMap<String, Link>) -> Result<(), LinksError> {
    let (state, links) = (state.to_owned(), links.clone());
    blocking(move || write(&state, &links)).await
}

/// Who asks, one host at a time.
struct Asker {
    client: Client,
    pace: Pace,
    hosts: Mutex<HashMap<String, Arc<Mutex<Option<Instant>>>>>,
    at_once: Semaphore,
}

/// What a server said.
struct Said {
    status: StatusCode,
    to: Option<String>,
}

impl Asker {
    fn new(agent: &str, pace: Pace) -> Result<Asker, LinksError> {
        let client = Client::builder()
            .user_agent(agent)
            .timeout(pace.patience)
            // They are followed here: another host has its own turn.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Asker { client, pace, hosts: Mutex::default(), at_once: Semaphore::new(pace.at_once) })
    }

    async fn ask(&self, url: String) -> Link {
        let (state, status, detail) = self.follow(&url).await;
        Link { url, state, status, detail, asked: Timestamp::now().to_string(), alive: None }
    }

    /// Asks an address and what it leads to.
    async fn follow(&self, first: &str) -> (LinkState, Option<u16>, String) {
        let Ok(mut url) = Url::parse(first) else {
            return (LinkState::Gone, None, "it is no address".to_owned());
        };
        let mut moved = String::new();
        for _ in 0..=REDIRECTS {
            let said = match self.said(&url).await {
                Ok(said) => said,
                Err(reason) => return (LinkState::Silent, None, format!("{moved}{reason}")),
            };
            let code = Some(said.status.as_u16());
            if !said.status.is_redirection() || said.status == StatusCode::NOT_MODIFIED {
                return (judge(said.status), code, moved.trim_end_matches("; ").to_owned());
            }
            let Some(next) = said.to.and_then(|to| url.join(&to).ok()) else {
                return (LinkState::Gone, code, format!("{moved}it leads to no address"));
            };
            if !matches!(next.scheme(), "http" | "https") {
                return (LinkState::Gone, code, format!("{moved}it leads to no web address"));
            }
            url = next;
            moved = format!("it leads to {url}; ");
        }
        (LinkState::Gone, None, format!("it leads on more than {REDIRECTS} times"))
    }

    /// What a server says to one address, asked for as little as it answers to.
    async fn said(&self, url: &Url) -> Result<Said, String> {
        let head = self.once(Method::HEAD, url).await;
        match &head {
            Ok(said) if said.status.is_success() || said.status.is_redirection() => head,
            // Not to be asked again now.
            Ok(said) if said.status == StatusCode::TOO_MANY_REQUESTS => head,
            // Many servers know no HEAD, and say so in many ways.
            _ => self.once(Method::GET, url).await,
        }
    }

    async fn once(&self, method: Method, url: &Url) -> Result<Said, String> {
        let host =
            format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
        let turn = Arc::clone(self.hosts.lock().await.entry(host).or_default());
        let mut free = turn.lock().await;
        if let Some(at) = *free {
            sleep_until(at).await;
        }
        // Never closed.
        let _permit = self.at_once.acquire().await;
        let said = self.send(method, url.clone()).await;
        let tired = said.as_ref().is_ok_and(|said| said.status == StatusCode::TOO_MANY_REQUESTS);
        *free = Some(Instant::now() + self.pace.pause * if tired { TIRED } else { 1 });
        said
    }

    async fn send(&self, method: Method, url: Url) -> Result<Said, String> {
        let mut response = self.client.request(method, url).send().await.map_err(|error| reason(&error))?;
        let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        let said = Said { status: response.status(), to };
        let mut left = READ;
        while let Ok(Some(piece)) = response.chunk().await {
            left = left.saturating_sub(piece.len());
            if left == 0 {
                break;
            }
        }
        Ok(said)
    }
}

/// What a status says of a page.
fn judge(status: StatusCode) -> LinkState {
    match status.as_u16() {
        200..=399 | 401 | 403 | 405 | 406 | 429 => LinkState::Alive,
        400..=499 => LinkState::Gone,
        _ => LinkState::Silent,
    }
}

/// Why there was no answer, without the address.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it does not answer in time".to_owned();
    }
    let innermost = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source()).last();
    innermost.map(ToString::to_string).unwrap_or_default()
}
