//! What is served when the program starts: the data folder, else the newest good revision, else, without a folder, the
//! catalogue built into the program.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::sync::{mpsc, oneshot};
use tracing::{error, info, warn};

use crate::blocking::blocking;
use crate::catalogue::{Files, Report};
use crate::settings::{Settings, data_folder};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{Audit, AuditResult, Notice, Record};
use crate::publishing::folder::{set_files_aside, sweep};
use crate::publishing::follow::begin;
use crate::publishing::health::{Health, UnwrittenRevision};
use crate::publishing::news::recent_news;
use crate::publishing::pending::{Unwritten, may_resume, resume};
use crate::publishing::publisher::{Locations, Publisher};
use crate::publishing::revision::{Actor, Cause, Meta, Revision};
use crate::publishing::revisions::{Appended, RevisionNotes, Revisions};
use crate::publishing::shipped::{began_from, keep_shipped, would_take_back};
use crate::publishing::store_error::StoreError;

/// How often the number of a first revision is tried against other processes that start at the same moment.
const TRIES: usize = 5;

/// There is nothing to serve.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue has errors ({}) and there is no good revision", .0.errors().count())]
pub struct NoCatalogue(pub Report);

/// Makes ready what is to be served.
pub async fn start(
    settings: &Settings,
    today: fn() -> Date,
    notices: Option<mpsc::Sender<Notice>>,
) -> Result<Publisher, NoCatalogue> {
    let locations = Locations {
        folder: data_folder(settings),
        state: settings.state.0.clone(),
        revisions: settings.revisions.url.clone(),
    };
    let state = locations.state.clone();
    let audit = blocking(move || Audit::open(&state, notices));
    match locations.folder.clone() {
        Some(folder) => with_folder(&folder, locations, audit, today).await,
        None => without_folder(locations, audit.await, today).await,
    }
}

async fn open(locations: &Locations) -> Option<Revisions> {
    let opening = locations.clone();
    match blocking(move || opening.open()).await {
        Ok(revisions) => {
            // Told at once; each change tries it again where the store could not be asked.
            if let Err(error) = revisions.try_exclusive().await {
                error!(%error, "the log of revisions cannot be relied upon");
            }
            Some(revisions)
        }
        Err(error) => {
            error!(%error, "there is no log of revisions: nothing can be changed or restored");
            None
        }
    }
}

/// Without a data folder: what was accepted last, if anything was. Nothing can be changed then.
async fn without_folder(locations: Locations, audit: Audit, today: fn() -> Date) -> Result<Publisher, NoCatalogue> {
    // A log is not begun for a catalogue that cannot be changed.
    let kept = locations.revisions.is_some() || locations.state.join("revisions").is_dir();
    let revisions = if kept { open(&locations).await } else { None };
    if let Some((mut snapshot, meta, report)) = fall_back(revisions.as_ref(), today).await {
        snapshot.recent = recent_news(revisions.as_ref()).await;
        warn!(
            revision = meta.number,
            "there is no data folder: the newest good revision is served, and nothing can be changed"
        );
        let health = Health { revision: Some(meta), report, no_folder: true, ..Health::default() };
        return Ok(Publisher::new(snapshot, health, locations, revisions, audit, today));
    }
    let (snapshot, report) =
        blocking(move || Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today())).await;
    let Some(snapshot) = snapshot else { return Err(NoCatalogue(report)) };
    warn!("there is no data folder: the catalogue built into the program is served, and cannot be changed");
    let health = Health { report, no_folder: true, ..Health::default() };
    Ok(Publisher::new(snapshot, health, locations, revisions, audit, today))
}

async fn with_folder(
    folder: &Path,
    locations: Locations,
    audit: impl Future<Output = Audit>,
    today: fn() -> Date,
) -> Result<Publisher, NoCatalogue> {
    // The folder is read while the log is opened and asked; what that tells is waited for where it is needed.
    let (send_lagging, lagging) = oneshot::channel();
    let (send_day, day_told) = oneshot::channel();
    let (send_checked, checked) = oneshot::channel();
    let made = make(folder, &locations.state, lagging, day_told, today, send_checked);
    let opened = async {
        let audit = audit.await;
        let revisions = open(&locations).await;
        // Without the log nobody knows what an interrupted change was to become: then what stands there is never kept.
        let (mut unwritten, mut known) = (None, true);
        if let Some(revisions) = &revisions {
            match resume(&locations.state, folder, revisions).await {
                Ok(lagging) => unwritten = lagging,
                Err(error) => {
                    error!(%error, "an interrupted change is not finished");
                    known = false;
                }
            }
        }
        // Nobody waits for it where no change was interrupted.
        let _ = send_lagging.send(unwritten.clone());
        let day = day(revisions.as_ref(), today).await;
        // A reader that is gone has failed, which comes out below.
        let _ = send_day.send(day);
        let kept_in = revisions.as_ref().filter(|revisions| known && revisions.reached());
        let keeping = async {
            match (kept_in, checked.await) {
                (Some(revisions), Ok((files, hash))) => Some(keep(revisions, &audit, &files, &hash, day).await),
                _ => None,
            }
        };
        let (recent, kept) = tokio::join!(recent_news(revisions.as_ref()), keeping);
        (audit, revisions, unwritten, known, day, recent, kept)
    };
    let ((files, snapshot, report), opened) = tokio::join!(made, opened);
    let (audit, revisions, unwritten, known, day, recent, mut kept) = opened;
    let kept_in = revisions.as_ref().filter(|revisions| known && revisions.reached());
    let lagging = unwritten.as_ref().filter(|lagging| !lagging.reason.is_empty());
    let lagging = lagging.map(|lagging| UnwrittenRevision { number: lagging.number(), reason: lagging.reason.clone() });
    if let Some(UnwrittenRevision { number, reason }) = &lagging {
        error!(
            revision = number,
            error = reason,
            "the data folder cannot be written; what was accepted is served all the same"
        );
    }
    // Errors that can be passed over are no reason not to serve what an older version accepted; new ones are.
    let fallen = match report.is_acceptable() {
        true => None,
        false => fall_back(revisions.as_ref(), today).await,
    };
    let no_worse = fallen.as_ref().is_none_or(|(_, _, found)| !report.is_worse_than(found));
    let Some(mut snapshot) = snapshot.filter(|_| no_worse) else {
        let Some((mut snapshot, meta, found)) = fallen else { return Err(NoCatalogue(report)) };
        snapshot.recent = recent;
        let errors = report.errors().count();
        let first = report.errors().next().map(ToString::to_string).unwrap_or_default();
        error!(revision = meta.number, errors, first, "the data folder is broken: the newest good revision is served");
        let health = Health {
            revision: Some(meta),
            report: found,
            broken: Some(report),
            unwritten: lagging,
            ..Health::default()
        };
        return Ok(Publisher::new(snapshot, health, locations, revisions, audit, today));
    };
    if let Some(first) = report.errors().next() {
        warn!(%first, errors = report.errors().count(), "the data folder is served in spite of errors: they are passed over");
    }
    let (mut meta, mut behind, mut aside) = (None, false, Vec::new());
    let kept_in = kept_in.filter(|revisions| kept.is_some() || revisions.reached());
    if kept_in.is_none() && revisions.is_some() {
        error!("the catalogue is served without being kept as a revision; it is when the log can be reached");
    }
    if let Some(revisions) = kept_in {
        let kept = match kept.take() {
            Some(kept) => kept,
            None => keep(revisions, &audit, &files, &snapshot.hash, day).await,
        };
        match kept {
            Ok(Kept::Is(kept)) => meta = Some(kept),
            Ok(Kept::Beside) => {
                warn!("the data folder is served, and is no revision: the newest one cannot be served here");
                behind = true;
            }
            Ok(Kept::Behind) => {
                warn!("the data folder holds an older revision: the newest is served, and written into it");
                behind = true;
            }
            Ok(Kept::Shipped) => {
                behind = true;
                let (files, state) = (Arc::clone(&files), locations.state.clone());
                let place = blocking(move || set_files_aside(&files, &state)).await;
                let place = place.ok().flatten();
                let shown = place.as_deref().unwrap_or_default();
                warn!(
                    place = shown,
                    "the data folder holds the catalogue shipped with the program, and others were accepted before: \
                       the newest of those is served, and written into it"
                );
                aside.extend(place);
            }
            Err(error) => {
                // What a newer version made is not taken back: it is named, and nothing is changed over it.
                behind = matches!(error, NotKept::Store(StoreError::Newer(_)));
                error!(%error, "the catalogue is served without being kept as a revision; it is when the log can be reached");
            }
        }
    }
    if let Some(meta) = &meta {
        snapshot.origin = Origin::Revision(meta.number);
        info!(revision = meta.number, "the data folder is served");
    }
    snapshot.recent = recent;
    let health = Health { revision: meta, report, unwritten: lagging, set_aside: aside, ..Health::default() };
    let publisher = Publisher::new(snapshot, health, locations, revisions, audit, today);
    let overwrites = publisher.log_overwrites();
    publisher.note_health(|health| health.log_overwrites = overwrites);
    if behind && let Err(error) = begin(&publisher).await {
        error!(%error, "an older revision is served until the log can be followed");
    }
    Ok(publisher)
}

/// Reads the folder and makes its catalogue ready. What a change that was cut off leaves open is waited for if there may be one,
/// and the day when everything has been read. One without errors goes to `checked` from the moment in which that is known: it is
/// kept in the log, and so the disk works, while the indexes are made.
async fn make(
    folder: &Path,
    state: &Path,
    lagging: oneshot::Receiver<Option<Unwritten>>,
    day: oneshot::Receiver<Date>,
    today: fn() -> Date,
    checked: oneshot::Sender<(Arc<Files>, String)>,
) -> (Arc<Files>, Option<Snapshot>, Report) {
    let (folder, state) = (folder.to_owned(), state.to_owned());
    blocking(move || {
        let lagging = if may_resume(&state) { lagging.blocking_recv().ok().flatten() } else { None };
        sweep(&folder);
        let (files, problems) = Files::read(&folder);
        // A folder that lags behind what was accepted stands for that, and for what was written into it since.
        let files = Arc::new(match lagging {
            Some(lagging) => lagging.overlay(&files),
            None => files,
        });
        let tell = |report: &Report, hash: &str| {
            if report.is_acceptable() {
                // Nobody waits for it where there is no log.
                let _ = checked.send((Arc::clone(&files), hash.to_owned()));
            }
        };
        // Without a day the start has ended, and nobody is told what comes of this.
        let day = || day.blocking_recv().unwrap_or_else(|_| today());
        let (snapshot, report) = Snapshot::build_telling(&files, None, problems, Origin::Folder, day, None, tell);
        (files, snapshot, report)
    })
    .await
}

/// The day against which facts are judged: today, or that of the newest revision, if the clock is behind it.
async fn day(revisions: Option<&Revisions>, today: fn() -> Date) -> Date {
    let clock = today();
    // A store that was not there a moment ago is not waited for again.
    let Some(revisions) = revisions.filter(|revisions| revisions.reached()) else { return clock };
    let newest = revisions.history(1).await.ok().and_then(|history| history.into_iter().next()?.1);
    let Some(newest) = newest else { return clock };
    let made = day_of(&newest).unwrap_or(clock);
    if made > clock {
        warn!(%clock, revision = newest.number, %made, "the newest revision was made after today: is this machine's clock behind?");
    }
    made.max(clock)
}

fn day_of(meta: &Meta) -> Option<Date> {
    meta.time.parse::<jiff::Timestamp>().ok().map(|time| TimeZone::UTC.to_datetime(time).date())
}

/// The newest revision that is whole and has no errors by today's rules. It was accepted on its day, and so a clock that is
/// behind that day does not count against it.
pub(crate) async fn fall_back(revisions: Option<&Revisions>, today: fn() -> Date) -> Option<(Snapshot, Meta, Report)> {
    let revisions = revisions?;
    let numbers = revisions.numbers().await.inspect_err(|error| error!(%error, "no revision can be read")).ok()?;
    for number in numbers.into_iter().rev() {
        let revision = match revisions.read(number).await {
            Ok(revision) => revision,
            Err(error) => {
                warn!(revision = number, %error, "a revision is passed over");
                continue;
            }
        };
        let built = blocking(move || {
            let Revision { meta, files } = revision;
            let day = day_of(&meta).map_or_else(today, |made| made.max(today()));
            let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Revision(number), day);
            snapshot.map(|snapshot| (snapshot, meta, report))
        });
        match built.await {
            Some(found) => return Some(found),
            None => warn!(revision = number, "a revision has errors by today's rules and is passed over"),
        }
    }
    None
}

/// Whether a revision can be served here: another version of the program may have made it, by rules of its own.
fn is_servable(revision: &Revision, day: Date) -> bool {
    Snapshot::build(&revision.files, Vec::new(), Origin::Revision(revision.meta.number), day).0.is_some()
}

/// Why the catalogue could not be kept.
#[derive(Debug, thiserror::Error)]
enum NotKept {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the audit record cannot be written: {0}")]
    Audit(#[from] std::io::Error),
    #[error("others make revisions at the same moment")]
    Crowded,
}

/// What the files are to the log.
enum Kept {
    /// This revision, the newest one.
    Is(Meta),
    /// An older one: this process was away while others accepted changes, or its folder was put back.
    Behind,
    /// Another than the newest, which this program cannot serve: nothing is made over that, or it would be taken back unseen.
    Beside,
    /// The catalogue that this program was shipped with, where others were accepted before: a new version came with it.
    Shipped,
}

/// The revision that the files with this hash are: the newest one, or a new one. The files of an older one are no change,
/// nor are those that came with the program: they would take from all what was accepted since.
async fn keep(revisions: &Revisions, audit: &Audit, files: &Files, hash: &str, day: Date) -> Result<Kept, NotKept> {
    for _ in 0..TRIES {
        let newest = revisions.newest().await?;
        let last = revisions.numbers().await?.last().copied().unwrap_or(0);
        if let Some(newest) = newest.as_ref().filter(|newest| newest.meta.hash == *hash && newest.meta.number == last) {
            return Ok(Kept::Is(newest.meta.clone()));
        }
        if revisions.holds(hash).await? {
            return Ok(Kept::Behind);
        }
        if would_take_back(revisions, hash).await? {
            return Ok(Kept::Shipped);
        }
        if let Some(newest) = newest
            && !blocking(move || is_servable(&newest, day)).await
        {
            return Ok(Kept::Beside);
        }
        let number = last + 1;
        let is_shipped = files.are_built_in();
        let shipped = if is_shipped { Some(hash.to_owned()) } else { began_from(revisions).await? };
        let record = |result| Record::new(&Actor::Start, "start", result, Some(number), hash);
        let appending = async {
            audit.write(record(AuditResult::Begun)).await?;
            let notes = RevisionNotes { shipped, ..RevisionNotes::default() };
            let append = revisions.append_with(number, &Actor::Start, &Cause::Start, notes, files, hash.to_owned());
            let appended = append.await?;
            let result = if let Appended::Created(_) = &appended { AuditResult::Done } else { AuditResult::Overtaken };
            audit.note(record(result)).await;
            Ok::<_, NotKept>(appended)
        };
        // The revision holds the same files: a program that is killed before they are kept apart loses nothing.
        let keeping = async {
            match is_shipped {
                true => keep_shipped(revisions, Files::built_in(), hash).await,
                false => Ok(()),
            }
        };
        let (appended, kept) = tokio::join!(appending, keeping);
        if let Err(error) = kept {
            error!(%error, "the shipped catalogue is not kept beside the revisions");
        }
        if let Appended::Created(meta) = appended? {
            return Ok(Kept::Is(meta));
        }
    }
    Err(NotKept::Crowded)
}
