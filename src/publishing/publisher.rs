//! The publisher: it holds what is served, and is the only one who replaces it.
//!
//! What changes something stands in files of its own (`reload`, `publish`, `restore`, `follow`); each takes the
//! publisher's [`LogPosition`] first, which only one at a time can have.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::civil::Date;
use tokio::sync::{Mutex, MutexGuard, OnceCell, mpsc};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::warn;

use crate::blocking::blocking;
use crate::catalogue::{Difference, Files, Language, MESSAGES, Problem, RecentChange, Report};
use crate::memory;
use crate::settings::store_variables;
use crate::snapshot::{Live, Origin, Snapshot};

use crate::publishing::audit::Audit;
use crate::publishing::changed::NotChanged;
use crate::publishing::folder::set_aside;
use crate::publishing::health::{Health, UnwrittenRevision};
use crate::publishing::pending::Unwritten;
use crate::publishing::revisions::Revisions;
use crate::publishing::store_error::StoreError;
use crate::publishing::undecided::Undecided;

/// Where this process is in the log of revisions. Who changes what is served holds it.
#[derive(Debug)]
pub(crate) struct LogPosition {
    /// The newest revision that we know of; 0 before the first.
    pub(crate) newest: u64,
    /// What the data folder is to what is served.
    pub(crate) folder: FolderStands,
    /// A revision that the data folder should hold and does not.
    pub(crate) unwritten: Option<Unwritten>,
}

impl LogPosition {
    /// Whether the data folder is otherwise than what is served, and nobody has said which of the two is to be: then no file is
    /// put beside the others in it.
    pub(crate) fn is_apart(&self) -> bool {
        // A note of a revision that is not the newest any more explains what the folder holds, as long as it is open.
        let lags = self.unwritten.as_ref().is_some_and(|unwritten| unwritten.reason.is_empty());
        self.folder == FolderStands::Apart || lags
    }

    /// Takes away what says that the folder lags behind a revision: it holds another by now, or is about to, of which another
    /// note tells.
    pub(crate) fn forget_unwritten(&mut self) {
        if let Some(earlier) = self.unwritten.take() {
            earlier.forget();
        }
    }
}

/// What the data folder is to what is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FolderStands {
    /// It is where that comes from, or was brought to it. What differs in it was changed there since.
    OnServed,
    /// Nobody knows: it was broken when the program started, and what is served comes from the log. It may lag behind that.
    Unknown,
    /// It holds changes of its own, and a revision was made elsewhere.
    Apart,
}

/// Where things are.
#[derive(Clone, Debug)]
pub(crate) struct Locations {
    /// The catalogue's folder; without one the catalogue built into the program serves.
    pub(crate) folder: Option<PathBuf>,
    /// The folder of what the bot keeps.
    pub(crate) state: PathBuf,
    /// The address of the revisions; without one, a folder in the state folder.
    pub(crate) revisions: Option<String>,
}

impl Locations {
    /// Opens the log of revisions.
    pub(crate) fn open(&self) -> Result<Revisions, StoreError> {
        Revisions::open(self.revisions.as_deref(), &self.state.join("revisions"), store_variables())
    }
}

/// What was found when no change was to be under way any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// None was.
    Idle,
    /// One was, and has ended.
    Waited,
    /// One goes on after the time that it was given. A note lets the next start finish it.
    GivenUp,
}

/// Serves the catalogue. Readers take a snapshot from [`Publisher::live`] and never wait for a change.
pub struct Publisher {
    live: Arc<Live>,
    locations: Locations,
    revisions: OnceCell<Revisions>,
    audit: Audit,
    position: Mutex<LogPosition>,
    health: ArcSwap<Health>,
    running: TaskTracker,
    today: fn() -> Date,
    news: OnceLock<mpsc::Sender<RecentChange>>,
    undecided: std::sync::Mutex<Option<Undecided>>,
}

impl Publisher {
    pub(crate) fn new(
        snapshot: Snapshot,
        health: Health,
        locations: Locations,
        revisions: Option<Revisions>,
        audit: Audit,
        today: fn() -> Date,
    ) -> Publisher {
        let newest = health.revision.as_ref().map_or(0, |meta| meta.number);
        let folder = if health.broken.is_some() { FolderStands::Unknown } else { FolderStands::OnServed };
        Publisher {
            live: Arc::new(Live::new(snapshot)),
            locations,
            revisions: OnceCell::new_with(revisions),
            audit,
            position: Mutex::new(LogPosition { newest, folder, unwritten: None }),
            health: ArcSwap::from_pointee(health),
            running: TaskTracker::new(),
            today,
            news: OnceLock::new(),
            undecided: std::sync::Mutex::default(),
        }
    }

    /// What is served.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// What there is to know of it: which revision it is, what its check found, what keeps the folder from being served.
    pub fn health(&self) -> Arc<Health> {
        self.health.load_full()
    }

    /// Where attempts to change something are recorded.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// The catalogue's folder; `None` where the catalogue built into the program serves.
    pub fn folder(&self) -> Option<&Path> {
        self.locations.folder.as_deref()
    }

    /// The folder of what the bot keeps.
    pub fn state(&self) -> &Path {
        &self.locations.state
    }

    /// Sends what is news in a change to whoever tells it, from now on. The first one counts.
    pub fn send_news_to(&self, teller: mpsc::Sender<RecentChange>) {
        // Nobody is told twice.
        let _ = self.news.set(teller);
    }

    /// Has news told, if anybody tells any.
    pub(crate) fn tell_news(&self, news: RecentChange) {
        if let Some(teller) = self.news.get()
            && let Err(error) = teller.try_send(news)
        {
            warn!(%error, "news is not told in the news channel");
        }
    }

    /// What merges left undecided, as it was last found. Not to be held while anything is waited for.
    pub(crate) fn undecided(&self) -> std::sync::MutexGuard<'_, Option<Undecided>> {
        self.undecided.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the log of revisions answered when it was last asked; `None` where none is kept.
    pub fn log_reached(&self) -> Option<bool> {
        match self.revisions.get() {
            Some(revisions) => Some(revisions.reached()),
            None => self.folder().map(|_| false),
        }
    }

    /// The log of revisions. One that could not be opened is tried again.
    pub async fn revisions(&self) -> Result<&Revisions, StoreError> {
        let open = || async {
            let locations = self.locations.clone();
            blocking(move || locations.open()).await
        };
        self.revisions.get_or_try_init(open).await
    }

    /// Whether the log was seen to let one revision take the place of another, so that nothing is changed over it.
    pub fn log_overwrites(&self) -> bool {
        self.revisions.get().is_some_and(Revisions::overwrites)
    }

    /// Whether other processes with folders of their own make revisions in the log.
    pub(crate) fn is_shared(&self) -> bool {
        self.locations.revisions.is_some()
    }

    /// Held while a change is made, so that the program does not end in the middle of it.
    pub(crate) fn running(&self) -> TaskTrackerToken {
        self.running.token()
    }

    /// Waits until no change is under way, for at most this long; says whether it had to wait, and whether one goes on.
    pub async fn finish(&self, most: Duration) -> Finish {
        if self.running.is_empty() {
            return Finish::Idle;
        }
        self.running.close();
        match timeout(most, self.running.wait()).await {
            Ok(()) => Finish::Waited,
            Err(_) => Finish::GivenUp,
        }
    }

    /// Waits for the change that is being made; nobody else makes one until the guard is dropped.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, LogPosition> {
        self.position.lock().await
    }

    /// Puts a snapshot in the place of the one that is served: the one step of every change that people can see.
    pub(crate) fn serve(&self, snapshot: Snapshot, health: impl Fn(&mut Health)) {
        let former = self.live.snapshot();
        self.live.replace(snapshot);
        self.note_health(health);
        self.warm();
        // Taking a large one apart takes long; this may be the last to hold it. What it held is given back: by then the new
        // one, which takes over what was prepared, may have been warm for long.
        tokio::task::spawn_blocking(move || {
            drop(former);
            memory::give_back();
        });
    }

    /// Notes whether the data folder lags behind what was accepted.
    pub(crate) fn note_unwritten(&self, unwritten: Option<&Unwritten>) {
        let known = unwritten.filter(|unwritten| !unwritten.reason.is_empty());
        let known = known.map(|known| UnwrittenRevision { number: known.number(), reason: known.reason.clone() });
        self.note_health(|health| health.unwritten.clone_from(&known));
    }

    /// Copies files of the data folder to where nobody changes them (`folder::set_aside`), and names the place at once:
    /// whatever becomes of the change for which that is done, somebody may look for them.
    pub(crate) async fn set_aside(&self, paths: Option<Vec<String>>, why: &'static str) -> io::Result<Option<String>> {
        let Some(folder) = self.locations.folder.clone() else { return Ok(None) };
        let state = self.locations.state.clone();
        let place = blocking(move || set_aside(&folder, &state, paths.as_deref())).await?;
        if let Some(place) = &place {
            warn!(place, "files of the data folder are kept there: {why}");
            self.note_health(|health| health.set_aside.push(place.clone()));
        }
        Ok(place)
    }

    /// Changes what is known of what is served.
    pub(crate) fn note_health(&self, change: impl Fn(&mut Health)) {
        self.health.rcu(|health| {
            let mut health = Health::clone(health);
            change(&mut health);
            health
        });
    }

    /// Prepares what is otherwise prepared when it is first needed, on a thread of its own, and gives back the memory
    /// that making the snapshot ready took for a while. Must be called within the runtime.
    pub fn warm(&self) {
        let served = self.live.snapshot();
        tokio::task::spawn_blocking(move || {
            served.warm();
            memory::give_back();
        });
    }

    /// Checks files and makes them ready, on a thread of its own; `read` is what was wrong in reading them. The files come
    /// back with the result.
    pub(crate) async fn build(
        &self,
        files: Files,
        read: Vec<Problem>,
        origin: Origin,
    ) -> (Files, Option<Snapshot>, Report) {
        self.build_hashed(files, None, read, origin).await
    }

    /// The same of files whose hash is known already, perhaps. What was made of those that are served now is not made anew.
    async fn build_hashed(
        &self,
        files: Files,
        hash: Option<String>,
        read: Vec<Problem>,
        origin: Origin,
    ) -> (Files, Option<Snapshot>, Report) {
        let (today, served) = ((self.today)(), self.live.snapshot());
        blocking(move || {
            let (snapshot, report) = Snapshot::build_after(&files, hash, read, origin, today, Some(&served));
            (files, snapshot, report)
        })
        .await
    }

    /// The same for a change, which is refused for any error that what is served does not have: then there is no snapshot.
    pub(crate) async fn build_changed(
        &self,
        files: Files,
        hash: Option<String>,
        read: Vec<Problem>,
    ) -> (Files, Option<Snapshot>, Report) {
        let (files, snapshot, report) = self.build_hashed(files, hash, read, Origin::Folder).await;
        let refused = report.is_worse_than(&self.health().report);
        (files, snapshot.filter(|_| !refused), report)
    }

    /// The files of what is served, byte for byte, whatever the data folder holds by now.
    pub async fn served_files(&self) -> Result<Files, NotChanged> {
        self.files_of(&self.live.snapshot()).await
    }

    /// The files of what is served, or was a moment ago. Which revision that is, the snapshot says itself: what is known of what
    /// is served may be of another already, or still.
    pub(crate) async fn files_of(&self, snapshot: &Snapshot) -> Result<Files, NotChanged> {
        let known = self.health().revision.clone().filter(|meta| meta.hash == snapshot.hash);
        let number = match snapshot.origin {
            Origin::BuiltIn => return Ok(Files::built_in()),
            Origin::Revision(number) => Some(number),
            Origin::Folder => known.map(|meta| meta.number),
        };
        if let Some(number) = number {
            let revision = self.revisions().await?.read(number).await?;
            return match revision.meta.hash == snapshot.hash {
                true => Ok(revision.files),
                // Another catalogue took its number: the next look at the log finds that.
                false => Err(NotChanged::Overtaken(Some(revision.meta))),
            };
        }
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        let (files, hash) = hashed(read(folder).await.0).await;
        // What is served is in no revision, and only in the folder as long as nobody changes it there.
        if hash == snapshot.hash { Ok(files) } else { Err(NotChanged::Diverged) }
    }
}

/// Reads a folder on a thread of its own: its files, and what was wrong in reading them.
pub(crate) async fn read(folder: &Path) -> (Files, Vec<Problem>) {
    let folder = folder.to_owned();
    blocking(move || Files::read(&folder)).await
}

/// Files with their hash, which takes long for many: on a thread of its own.
pub(crate) async fn hashed(files: Files) -> (Files, String) {
    blocking(move || {
        let hash = files.hash();
        (files, hash)
    })
    .await
}

/// Whether nothing was wrong in reading a folder but what may be served all the same.
pub(crate) fn is_whole(problems: &[Problem]) -> bool {
    Report { problems: problems.to_vec() }.is_acceptable()
}

/// What differs between two snapshots, the messages included. On a thread of its own; the new one comes back.
pub(crate) async fn difference(old: Arc<Snapshot>, new: Snapshot) -> (Difference, Snapshot) {
    blocking(move || {
        let mut difference = Difference::between(&old.catalogue, &new.catalogue);
        for language in Language::ALL {
            let file = format!("{MESSAGES}/{language}.ftl");
            difference.texts(&file, &old.messages.written(language), &new.messages.written(language));
        }
        (difference, new)
    })
    .await
}
