//! What stands on this machine, or in the store of revisions: the catalogue, the state folder, the log.

use std::path::Path;

use jiff::Timestamp;

use crate::blocking::blocking;
use crate::catalogue::{Report, Rule};
use crate::clock::today;
use crate::doctor::line::Line;
use crate::publishing::{FoundLog, Revisions, fall_back, try_data, try_new, try_state};
use crate::settings::{Settings, data_folder, store_variables};
use crate::snapshot::Snapshot;

/// Tries the data folder, the state folder, and the log of revisions.
pub(super) async fn examine(settings: &Settings, tell: &mut dyn FnMut(Line)) {
    let folder = data_folder(settings);
    let reading = folder.clone();
    let (files, snapshot, report) = blocking(move || Snapshot::read(reading.as_deref(), today())).await;
    let bytes = files.0.values().map(|content| content.len() as u64).sum();
    let (log, told) = log(settings).await;
    // What a start without a catalogue of its own would serve.
    let kept = match folder.is_none() || !report.is_acceptable() {
        true => fall_back(log.as_ref(), today).await,
        false => None,
    };
    // As at a start: errors that what was accepted has too are no reason not to serve the folder.
    let kept = kept.filter(|(_, _, found)| snapshot.is_none() || report.is_worse_than(found));
    let kept = kept.map(|(_, meta, _)| meta.number);
    let changes = !settings.moderation.guilds.is_empty() || settings.revisions.url.is_some();
    match &folder {
        Some(folder) => data(folder, snapshot.as_ref(), &report, kept, changes).await.into_iter().for_each(&mut *tell),
        None => tell(no_data(kept)),
    }
    if report.warnings().any(|problem| problem.rule == Rule::FutureFacts) {
        let text = format!(
            "the facts of the catalogue were collected after today ({}), as this machine's clock has it",
            today()
        );
        tell(Line::warning("clock", format!("{text}: set it right")));
    }
    let state = settings.state.0.clone();
    tell(blocking(move || self::state(&state, bytes)).await);
    told.into_iter().for_each(tell);
}

fn no_data(kept: Option<u64>) -> Line {
    let served = kept.map_or("the catalogue built into the program".to_owned(), |number| format!("revision {number}"));
    let mend = "name the catalogue's folder with --data or RCP_DATA to have it otherwise";
    Line::warning(
        "data",
        format!("there is no data folder: {served} would be served, and nothing can be changed; {mend}"),
    )
}

async fn data(
    folder: &Path,
    snapshot: Option<&Snapshot>,
    report: &Report,
    kept: Option<u64>,
    changes: bool,
) -> Vec<Line> {
    let (place, errors) = (folder.display(), report.errors().count());
    let first = report.errors().next().map(ToString::to_string).unwrap_or_default();
    let mut lines = Vec::new();
    lines.push(match (snapshot, kept) {
        (Some(snapshot), _) if errors == 0 => {
            let (processes, warnings) = (snapshot.catalogue.processes.len(), report.warnings().count());
            let more =
                if warnings == 0 { String::new() } else { format!(", {warnings} warnings (rcp-bot check {place})") };
            Line::well("data", format!("{place}: {processes} processes{more}"))
        }
        (Some(_), None) => {
            Line::warning("data", format!("{place} has errors that can be passed over ({errors}); {first}"))
        }
        (_, Some(number)) => {
            let text = format!("{place} has errors ({errors}), and so revision {number} would be served");
            Line::warning("data", format!("{text}: mend them, rcp-bot check {place} shows all; {first}"))
        }
        (None, None) => {
            let text = format!("{place} has errors ({errors}), and there is no good revision");
            Line::error("data", format!("{text}: mend them, rcp-bot check {place} shows all; {first}"))
        }
    });
    let trying = folder.to_owned();
    if changes && let Err((place, error)) = blocking(move || try_data(&trying)).await {
        let mend = "give the folder to the user as whom the bot runs";
        let text =
            format!("{} cannot be written ({error}), and so no change would be accepted: {mend}", place.display());
        lines.push(Line::error("data", text));
    }
    lines
}

fn state(folder: &Path, bytes: u64) -> Line {
    let place = folder.display();
    match try_state(folder, bytes) {
        Ok(true) => Line::well("state", format!("{place} can be written, and has room for a revision ({bytes} bytes)")),
        Ok(false) => Line::well("state", format!("{place} is not there yet; a start makes it")),
        Err((what, error)) => {
            let mend =
                "make room there, give it to the user as whom the bot runs, or name another with --state or RCP_STATE";
            let text = format!("{} cannot be written ({error}): nothing could be recorded or changed", what.display());
            Line::error("state", format!("{text}; {mend}"))
        }
    }
}

/// The log of revisions, if there is one already, and what is to be told of it.
async fn log(settings: &Settings) -> (Option<Revisions>, Vec<Line>) {
    let (url, state) = (settings.revisions.url.clone(), settings.state.0.join("revisions"));
    let found = blocking(move || Revisions::find(url.as_deref(), &state, store_variables())).await;
    let revisions = match found {
        Ok(FoundLog::Log(revisions)) => revisions,
        Ok(FoundLog::NotYet(folder)) => {
            // The state folder, in which it is otherwise, is tried for itself.
            let trying = folder.clone();
            if settings.revisions.url.is_some()
                && let Err((place, error)) = blocking(move || try_new(&trying)).await
            {
                let text = format!("{} is not there, and cannot be made in {}", folder.display(), place.display());
                let mend =
                    "make it and give it to the user as whom the bot runs, or set another [revisions] url or --state";
                return (None, vec![Line::error("revisions", format!("{text} ({error}): {mend}"))]);
            }
            let text = format!("{} is not there yet; a start makes it", folder.display());
            let mounted = "if it is to be one that several share, mount it first";
            let line = match settings.revisions.url {
                None => Line::well("revisions", text),
                Some(_) => Line::warning("revisions", format!("{text}: {mounted}")),
            };
            return (None, vec![line]);
        }
        Err(error) => return (None, vec![Line::error("revisions", format!("{error}: set another address"))]),
    };
    let line = |error: &dyn std::fmt::Display| Line::error("revisions", error.to_string());
    let newest = match revisions.history(1).await {
        Ok(history) => history.into_iter().next(),
        Err(error) => return (None, vec![line(&error)]),
    };
    let mut lines = vec![match revisions.try_out().await {
        Err(error) => line(&error),
        Ok(stays) => {
            let place = revisions.place();
            let newest = newest.as_ref().map_or("none yet".to_owned(), |(number, _)| format!("the newest is {number}"));
            let stays = stays.map(|name| format!("; {name} stays there, as after any start: nothing may be deleted"));
            let stays = stays.unwrap_or_default();
            Line::well("revisions", format!("{place}: {newest}; none can take the place of another{stays}"))
        }
    }];
    if let Some((number, None)) = newest
        && let Err(error) = revisions.read(number).await
    {
        lines.push(Line::warning("revisions", format!("{number}, the newest, counts for nothing here: {error}")));
    }
    if let Some((number, Some(meta))) = newest
        && meta.time.parse::<Timestamp>().is_ok_and(|made| made > Timestamp::now())
    {
        let text =
            format!("revision {number} was made at {}, which is after now: set this machine's clock right", meta.time);
        lines.push(Line::warning("clock", text));
    }
    (Some(revisions), lines)
}
