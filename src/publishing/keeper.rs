//! The keeper of the catalogue: the only one who changes what is served, one change after the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::civil::Date;
use tokio::sync::{Mutex, MutexGuard, OnceCell};
use tracing::{error, info, warn};

use crate::catalogue::{Difference, Files, Language, MESSAGES, Report};
use crate::memory;
use crate::settings::store_variables;
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{Audit, Outcome, Record};
use crate::publishing::change::NotChanged;
use crate::publishing::folder::bring_to;
use crate::publishing::pending::{Pending, Unsettled, forget, settle};
use crate::publishing::revision::Actor;
use crate::publishing::revision::Cause;
use crate::publishing::revisions::{Appended, Meta, Revision, Revisions, StoreError};
use crate::publishing::uploads::Uploads;
use crate::snapshot::Live;

/// The number of the first revision.
const FIRST: u64 = 1;

/// What there is to know of what is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The revision that it is, if it was taken into the log.
    pub revision: Option<Meta>,
    /// What its check found.
    pub report: Report,
    /// What is wrong with the data folder, if it is not what is served because of errors.
    pub broken: Option<Report>,
}

/// What only one change at a time may touch.
#[derive(Debug)]
pub(crate) struct Effects {
    /// The newest revision that we know of; 0 before the first.
    pub based: u64,
    /// Whether the data folder holds changes of its own although a revision was made elsewhere.
    pub apart: bool,
}

/// Where things are.
#[derive(Clone, Debug)]
pub struct Places {
    /// The catalogue's folder; without one the catalogue built into the program serves.
    pub folder: Option<PathBuf>,
    /// The folder of what the bot keeps.
    pub state: PathBuf,
    /// The address of the revisions; without one, a folder in the state folder.
    pub revisions: Option<String>,
}

/// The keeper.
pub struct Keeper {
    live: Arc<Live>,
    places: Places,
    revisions: OnceCell<Revisions>,
    audit: Audit,
    uploads: Uploads,
    effects: Mutex<Effects>,
    standing: ArcSwap<Standing>,
    today: fn() -> Date,
}

/// Runs work that waits for the disk or takes long on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // A panic is a fault of ours and goes on to the caller's guard; nothing else ends such work early.
        Err(error) => {
            std::panic::resume_unwind(error.try_into_panic().unwrap_or_else(|error| Box::new(error.to_string())))
        }
    }
}

/// What differs between two snapshots, the messages included.
pub(crate) fn difference(old: &Snapshot, new: &Snapshot) -> Difference {
    let mut difference = Difference::between(&old.catalogue, &new.catalogue);
    for language in Language::ALL {
        let file = format!("{MESSAGES}/{language}.ftl");
        difference.texts(&file, &old.messages.written(language), &new.messages.written(language));
    }
    difference
}

impl Places {
    /// Opens the log of revisions.
    pub fn open(&self) -> Result<Revisions, StoreError> {
        Revisions::open(self.revisions.as_deref(), &self.state.join("revisions"), store_variables())
    }
}

impl Keeper {
    pub(crate) fn new(
        snapshot: Snapshot,
        standing: Standing,
        places: Places,
        revisions: Option<Revisions>,
        audit: Audit,
        today: fn() -> Date,
    ) -> Keeper {
        let based = standing.revision.as_ref().map_or(0, |meta| meta.number);
        Keeper {
            live: Arc::new(Live::new(snapshot)),
            uploads: Uploads::within(&places.state),
            places,
            revisions: OnceCell::new_with(revisions),
            audit,
            effects: Mutex::new(Effects { based, apart: false }),
            standing: ArcSwap::from_pointee(standing),
            today,
        }
    }

    /// What is served.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// What there is to know of it.
    pub fn standing(&self) -> Arc<Standing> {
        self.standing.load_full()
    }

    /// The record.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// The catalogue's folder.
    pub fn folder(&self) -> Option<&Path> {
        self.places.folder.as_deref()
    }

    /// The folder of what the bot keeps.
    pub fn state(&self) -> &Path {
        &self.places.state
    }

    pub(crate) fn uploads(&self) -> &Uploads {
        &self.uploads
    }

    /// Whether the log of revisions answered when it was last asked; `None` where none is kept.
    pub fn log_reached(&self) -> Option<bool> {
        self.folder().map(|_| self.revisions.get().is_some_and(Revisions::reached))
    }

    /// The log of revisions. One that could not be opened is tried again.
    pub async fn revisions(&self) -> Result<&Revisions, StoreError> {
        let open = || async {
            let places = self.places.clone();
            blocking(move || places.open()).await
        };
        self.revisions.get_or_try_init(open).await
    }

    /// Waits for the change that is being made, and finishes those that were interrupted or made elsewhere.
    pub(crate) async fn begin(&self) -> Result<MutexGuard<'_, Effects>, NotChanged> {
        let mut effects = self.effects.lock().await;
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        settle(self.state(), folder, self.revisions().await?).await.map_err(|error| match error {
            Unsettled::Revisions(error) => NotChanged::Store(error),
            error => NotChanged::Folder(error.to_string()),
        })?;
        self.follow(&mut effects).await?;
        Ok(effects)
    }

    /// Takes over a revision that another process made, and brings the data folder to it unless it was changed here.
    pub(crate) async fn follow(&self, effects: &mut Effects) -> Result<(), NotChanged> {
        let Some(folder) = self.folder() else { return Ok(()) };
        let revisions = self.revisions().await?;
        // After a start at which the log could not be reached, what is served is in no revision.
        let unkept = self.standing().revision.is_none();
        let numbers = revisions.numbers_after(effects.based).await?;
        let Some(newest) = numbers.last().copied() else {
            return if unkept && effects.based == 0 {
                self.keep_first(effects, revisions, folder).await
            } else {
                Ok(())
            };
        };
        // Damaged ones count as numbers that are taken, and are otherwise passed over.
        let revision = revisions.newest_after(effects.based).await?;
        effects.based = newest;
        let Some(Revision { meta, files }) = revision else { return Ok(()) };
        let served = self.live.snapshot();
        if meta.hash == served.hash {
            self.standing.store(Arc::new(Standing { revision: Some(meta), ..(*self.standing()).clone() }));
            return Ok(());
        }
        let (built, report) = self.build(files.clone(), Report::default(), Origin::Revision(meta.number)).await;
        let Some(snapshot) = built else {
            error!(revision = meta.number, "a revision made elsewhere has errors here and is not served");
            return Ok(());
        };
        let (there, _) = self.read(folder).await;
        let there = there.hash();
        let own = if unkept { !revisions.holds(&there).await? } else { there != served.hash };
        effects.apart = own && there != meta.hash;
        if !effects.apart && there != meta.hash {
            let pending = Pending { number: meta.number, hash: meta.hash.clone(), only: None };
            let (state, folder) = (self.state().to_owned(), folder.to_owned());
            let written = blocking(move || {
                let note = pending.write(&state)?;
                bring_to(&folder, &files, None)?;
                forget(&note);
                Ok::<(), std::io::Error>(())
            });
            written.await.map_err(|error| NotChanged::Folder(error.to_string()))?;
        }
        if effects.apart {
            warn!(revision = meta.number, "the data folder holds changes of its own and is left as it is");
        }
        info!(revision = meta.number, "a revision made elsewhere is served");
        let record = Record::new(&Actor::Other, "follow", Outcome::Done, Some(meta.number), &meta.hash);
        self.audit.note(record).await;
        self.serve(snapshot, Standing { revision: Some(meta), report, broken: None });
        Ok(())
    }

    /// Makes what is served the first revision, as the start does where the log can be reached.
    async fn keep_first(&self, effects: &mut Effects, revisions: &Revisions, folder: &Path) -> Result<(), NotChanged> {
        let (files, read) = self.read(folder).await;
        let hash = files.hash();
        if !read.is_acceptable() || hash != self.live.snapshot().hash {
            // What stands there by now is for a reload to take.
            return Ok(());
        }
        let record = |outcome| Record::new(&Actor::Start, "start", outcome, Some(FIRST), &hash);
        self.audit.write(record(Outcome::Begun)).await.map_err(NotChanged::NotRecorded)?;
        match revisions.append(FIRST, &Actor::Start, &Cause::Start, &files).await? {
            Appended::Created(meta) => {
                effects.based = FIRST;
                self.standing.store(Arc::new(Standing { revision: Some(meta), ..(*self.standing()).clone() }));
                self.audit.note(record(Outcome::Done)).await;
            }
            // The next look at the log follows it.
            Appended::Taken => self.audit.note(record(Outcome::Overtaken)).await,
        }
        Ok(())
    }

    /// Puts a snapshot in the place of the one that is served: the one step of every change that people can see.
    pub(crate) fn serve(&self, snapshot: Snapshot, standing: Standing) {
        self.live.replace(snapshot);
        self.standing.store(Arc::new(standing));
        self.warm();
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

    pub(crate) fn set_broken(&self, broken: Option<Report>) {
        self.standing.store(Arc::new(Standing { broken, ..(*self.standing()).clone() }));
    }

    /// Reads a folder on a thread of its own.
    pub(crate) async fn read(&self, folder: &Path) -> (Files, Report) {
        let folder = folder.to_owned();
        let (files, problems) = blocking(move || Files::read(&folder)).await;
        (files, Report { problems })
    }

    /// Checks files and makes them ready, on a thread of its own; `read` is what was wrong in reading them.
    pub(crate) async fn build(&self, files: Files, read: Report, origin: Origin) -> (Option<Snapshot>, Report) {
        let today = (self.today)();
        blocking(move || Snapshot::build(&files, read.problems, origin, today)).await
    }

    /// The files of what is served.
    pub(crate) async fn served_files(&self) -> Result<Files, NotChanged> {
        let snapshot = self.live.snapshot();
        if snapshot.origin == Origin::BuiltIn {
            return Ok(Files::built_in());
        }
        if let Some(meta) = &self.standing().revision {
            return Ok(self.revisions().await?.read(meta.number).await?.files);
        }
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        Ok(self.read(folder).await.0)
    }
}
