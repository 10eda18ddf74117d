//! What is served when the program starts: the data folder, else the newest good revision, else nothing.

use jiff::civil::Date;
use tokio::sync::mpsc;
use tracing::{error, info, warn};

use crate::blocking::blocking;
use crate::catalogue::{Files, Report};
use crate::settings::{Settings, data_folder};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{Audit, AuditResult, Notice, Record};
use crate::publishing::folder::sweep;
use crate::publishing::follow::begin;
use crate::publishing::health::Health;
use crate::publishing::pending::resume;
use crate::publishing::publisher::{Locations, Publisher};
use crate::publishing::revision::{Actor, Cause, Meta};
use crate::publishing::revisions::{Appended, Revisions};
use crate::publishing::store_error::StoreError;

/// How often the number of a first revision is tried against other processes that start at the same moment.
const TRIES: usize = 5;

/// There is nothing to serve.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue has errors ({}) and there is no good revision; rcp-bot check shows them all", .0.errors().count())]
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
    let audit = Audit::open(&locations.state, notices);
    let Some(folder) = locations.folder.clone() else {
        let (snapshot, report) =
            blocking(move || Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today())).await;
        let Some(snapshot) = snapshot else { return Err(NoCatalogue(report)) };
        let health = Health { report, ..Health::default() };
        return Ok(Publisher::new(snapshot, health, locations, None, audit, today));
    };
    let opening = locations.clone();
    let revisions = match blocking(move || opening.open()).await {
        Ok(revisions) => Some(revisions),
        Err(error) => {
            error!(%error, "there is no log of revisions: nothing can be changed or restored");
            None
        }
    };
    if let Some(revisions) = &revisions
        && let Err(error) = resume(&locations.state, &folder, revisions).await
    {
        error!(%error, "an interrupted change is not finished");
    }
    let reading = folder.clone();
    let (files, snapshot, report) = blocking(move || {
        sweep(&reading);
        let (files, problems) = Files::read(&reading);
        let (snapshot, report) = Snapshot::build(&files, problems, Origin::Folder, today());
        (files, snapshot, report)
    })
    .await;
    // Errors that can be passed over are no reason not to serve what an older version accepted; new ones are.
    let fallen = match report.is_acceptable() {
        true => None,
        false => fall_back(revisions.as_ref(), today).await,
    };
    let no_worse = fallen.as_ref().is_none_or(|(_, _, found)| !report.is_worse_than(found));
    let Some(mut snapshot) = snapshot.filter(|_| no_worse) else {
        let Some((snapshot, meta, found)) = fallen else { return Err(NoCatalogue(report)) };
        let errors = report.errors().count();
        let first = report.errors().next().map(ToString::to_string).unwrap_or_default();
        error!(revision = meta.number, errors, first, "the data folder is broken: the newest good revision is served");
        let health = Health { revision: Some(meta), report: found, broken: Some(report) };
        return Ok(Publisher::new(snapshot, health, locations, revisions, audit, today));
    };
    if let Some(first) = report.errors().next() {
        warn!(%first, errors = report.errors().count(), "the data folder is served in spite of errors: they are passed over");
    }
    let (mut meta, mut behind) = (None, false);
    if let Some(revisions) = &revisions {
        match keep(revisions, &audit, &files, locations.revisions.is_some()).await {
            Ok(Kept::Is(kept)) => meta = Some(kept),
            Ok(Kept::Behind) => behind = true,
            Err(error) => {
                error!(%error, "the catalogue is served without being kept as a revision; it is when the log can be reached")
            }
        }
    }
    if let Some(meta) = &meta {
        snapshot.origin = Origin::Revision(meta.number);
        info!(revision = meta.number, "the data folder is served");
    }
    let health = Health { revision: meta, report, broken: None };
    let publisher = Publisher::new(snapshot, health, locations, revisions, audit, today);
    if behind && let Err(error) = begin(&publisher).await {
        error!(%error, "an older revision is served until the log can be followed");
    }
    Ok(publisher)
}

/// The newest revision that is whole and has no errors by today's rules.
async fn fall_back(revisions: Option<&Revisions>, today: fn() -> Date) -> Option<(Snapshot, Meta, Report)> {
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
            let (snapshot, report) = Snapshot::build(&revision.files, Vec::new(), Origin::Revision(number), today());
            snapshot.map(|snapshot| (snapshot, revision.meta, report))
        });
        match built.await {
            Some(found) => return Some(found),
            None => warn!(revision = number, "a revision has errors by today's rules and is passed over"),
        }
    }
    None
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
    /// An older one: this process was away while others accepted changes.
    Behind,
}

/// The revision that the files are: the newest one, or a new one. In a `shared` log the files of an older one are no
/// change: a replica that comes back would take from all what was accepted while it was away.
async fn keep(revisions: &Revisions, audit: &Audit, files: &Files, shared: bool) -> Result<Kept, NotKept> {
    let hash = files.hash();
    for _ in 0..TRIES {
        let newest = revisions.newest().await?;
        let last = revisions.numbers().await?.last().copied().unwrap_or(0);
        if let Some(newest) = newest.filter(|newest| newest.meta.hash == hash && newest.meta.number == last) {
            return Ok(Kept::Is(newest.meta));
        }
        if shared && revisions.holds(&hash).await? {
            return Ok(Kept::Behind);
        }
        let number = last + 1;
        audit.write(Record::new(&Actor::Start, "start", AuditResult::Begun, Some(number), &hash)).await?;
        if let Appended::Created(meta) = revisions.append(number, &Actor::Start, &Cause::Start, files).await? {
            audit.note(Record::new(&Actor::Start, "start", AuditResult::Done, Some(number), &hash)).await;
            return Ok(Kept::Is(meta));
        }
        audit.note(Record::new(&Actor::Start, "start", AuditResult::Overtaken, Some(number), &hash)).await;
    }
    Err(NotKept::Crowded)
}
