//! Reading the data folder again: whole, beside what is served; then swapped in one step, or refused whole.

use crate::publishing::audit::{AuditResult, Findings, Record};
use crate::publishing::change::{NextCatalogue, Writes, commit, listing, not_over_refused};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::Listing;
use crate::publishing::follow::begin;
use crate::publishing::publisher::{FolderStands, LogPosition, Publisher, hashed, is_whole, read};
use crate::publishing::revision::{Actor, Cause};

/// The action's name in the record.
const ACTION: &str = "reload";

/// How often a number is tried against other processes that make revisions at the same moment.
const TRIES: usize = 5;

/// Reads the data folder and serves it, if it has no errors.
pub async fn reload(publisher: &Publisher, actor: &Actor) -> Result<Changed, NotChanged> {
    let _running = publisher.running();
    let broken = publisher.health().broken.is_some();
    let reloaded = try_reload(publisher, actor).await;
    let record = match &reloaded {
        Ok(changed) => Record::new(actor, ACTION, AuditResult::Done, Some(changed.meta.number), ""),
        // A watched folder changes with every one of our own writes.
        Err(NotChanged::Same) if *actor == Actor::Watch && !broken => return reloaded,
        Err(error) => Record::new(actor, ACTION, error.result(), None, &error.to_string()).because(error.kind()),
    };
    let findings = match &reloaded {
        Ok(changed) => Some(Findings::Changes(changed.difference.clone())),
        Err(NotChanged::Errors(report)) => Some(Findings::Errors(report.clone())),
        Err(NotChanged::Same) if broken => Some(Findings::Mended),
        Err(_) => None,
    };
    publisher.audit().note_with(record, findings).await;
    reloaded
}

async fn try_reload(publisher: &Publisher, actor: &Actor) -> Result<Changed, NotChanged> {
    publisher.folder().ok_or(NotChanged::NoFolder)?;
    let mut position = begin(publisher).await?;
    let mut tries = TRIES;
    loop {
        tries -= 1;
        match reload_once(publisher, &mut position, actor).await {
            // Another process got the number and is followed by now; had it been a moment earlier, this reload would
            // simply come after it.
            Err(error @ NotChanged::Overtaken(_)) if tries > 0 => {
                publisher.audit().note(Record::new(actor, ACTION, error.result(), None, &error.to_string())).await;
            }
            reloaded => return reloaded,
        }
    }
}

async fn reload_once(publisher: &Publisher, position: &mut LogPosition, actor: &Actor) -> Result<Changed, NotChanged> {
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    not_over_refused(publisher)?;
    // Listed before it is read: what is changed in between is then seen as changed.
    let before = match position.unwritten {
        Some(_) => listing(folder).await?,
        None => Listing::new(),
    };
    let (mut files, problems) = read(folder).await;
    let mut writes = Writes::Nothing;
    // A folder that lags behind what was accepted stands for that, and for what was written into it since.
    if let Some(unwritten) = &position.unwritten {
        let whole = unwritten.overlay(&files);
        if whole != files {
            (files, writes) = (whole, Writes::All);
        }
    }
    let served = publisher.live().snapshot();
    let (files, hash) = hashed(files).await;
    if is_whole(&problems) && hash == served.hash {
        publisher.note_health(|health| health.broken = None);
        position.folder = FolderStands::OnServed;
        return Err(NotChanged::Same);
    }
    let (files, snapshot, report) = publisher.build_changed(files, Some(hash), problems).await;
    match snapshot {
        Some(snapshot) => {
            let (cause, reason, set_aside) = (Cause::Reload, String::new(), None);
            let next =
                NextCatalogue { snapshot, files, report, cause, reason, writes, before, set_aside, brought_back: None };
            commit(publisher, position, actor, ACTION, next).await
        }
        None => {
            publisher.note_health(|health| health.broken = Some(report.clone()));
            Err(NotChanged::Errors(report))
        }
    }
}
