//! How things stand.

use jiff::Timestamp;

use crate::language::Voice;
use crate::memory;
use crate::reply::{Budget, Embed, Lines, Reply, ReplyKind, colour, cut, escape};
use crate::snapshot::{Origin, Snapshot};
use crate::telemetry::Counters;

use crate::admin::replies::common::{SAID, words_of};
use crate::admin::replies::history::revision_in_message;
use crate::admin::replies::problems::{broken_rule, in_a_line, listed};
use crate::publishing::Health;

/// How many kinds of warnings the status lists; the others stand in a file.
const WARNINGS: usize = 3;

/// How things stand.
pub(crate) fn status(voice: Voice<'_>, snapshot: &Snapshot, health: &Health, counters: &Counters) -> Reply {
    let catalogue = &snapshot.catalogue;
    let origin = match snapshot.origin {
        Origin::BuiltIn => voice.say("origin-built-in"),
        Origin::Folder => voice.say("origin-folder"),
        Origin::Revision(number) => voice.say_with("origin-revision", [("number", number.to_string().into())]),
    };
    let mut revision = match &health.revision {
        Some(meta) => revision_in_message(snapshot, voice, meta),
        None => origin,
    };
    let loaded = snapshot.loaded.as_second();
    revision.push_str(&format!("\n{}", voice.say_with("admin-loaded", [("when", relative(loaded).into())])));
    let counts = voice.say_with(
        "admin-counts",
        [
            ("processes", catalogue.processes.len().into()),
            ("organisations", catalogue.organisations.len().into()),
            ("countries", catalogue.countries.len().into()),
            ("meetings", catalogue.meetings.meetings.len().into()),
            ("terms", catalogue.glossary.terms.len().into()),
        ],
    );
    let warnings: Vec<String> = health
        .report
        .folded_warnings()
        .into_iter()
        .map(|kind| {
            let times = if kind.count == 1 { String::new() } else { format!("{} × ", kind.count) };
            let told = if kind.count == 1 { in_a_line(voice, kind.first) } else { broken_rule(voice, kind.first) };
            format!("{times}{}", cut(&told, SAID))
        })
        .collect();
    let seconds = counters.uptime().as_secs();
    let since = Timestamp::now().as_second() - i64::try_from(seconds).unwrap_or_default();
    let (answered, failed) = counters.interactions();
    let interactions = voice.say_with(
        "admin-interactions",
        [("answered", answered.to_string().into()), ("failed", failed.to_string().into())],
    );
    let unknown = || voice.say("not-known");
    let shards: Vec<String> = counters
        .shards()
        .iter()
        .map(|shard| {
            let latency = shard.latency.map_or_else(unknown, |latency| format!("{} ms", latency.as_millis()));
            format!("{} / {} · {latency}", shard.number + 1, shard.of)
        })
        .collect();
    let shards = if shards.is_empty() { vec![unknown()] } else { shards };
    let held = memory::held().map_or_else(unknown, |bytes| format!("{:.0} MiB", bytes as f64 / (1024.0 * 1024.0)));
    let colour = if health.broken.is_some() || health.refused.is_some() || health.log_overwrites {
        colour::REFUSAL
    } else {
        colour::GENERAL
    };
    let kind = if colour == colour::REFUSAL { ReplyKind::Refusal } else { ReplyKind::Answer };
    // What must be looked at stands first.
    let mut embed = Embed::within(Budget::FACE, &[], colour, &voice.say("admin-status"), "");
    if let Some(broken) = &health.broken {
        let count = voice.say_with("admin-broken", [("count", broken.errors().count().into())]);
        let first = broken.errors().next().map(|one| in_a_line(voice, one)).unwrap_or_default();
        embed = embed.field(&voice.say("admin-field-broken"), &format!("{count}\n{first}"));
    }
    let notes = notes(voice, health);
    if !notes.is_empty() {
        embed = embed.items(&voice.say("admin-field-notes"), Lines::below(notes));
    }
    embed = embed.field(&voice.say("admin-field-catalogue"), &revision);
    let name = voice.say_with("admin-field-warnings", [("count", health.report.warnings().count().into())]);
    let mut files = Vec::new();
    embed = if warnings.is_empty() {
        embed.field(&name, &voice.say("admin-no-warnings"))
    } else {
        let shown = warnings
            .iter()
            .take(WARNINGS)
            .cloned()
            .chain(warnings.len().checked_sub(WARNINGS).filter(|more| *more > 0).map(|more| format!("… + {more}")));
        let embed = embed.field(&name, &shown.collect::<Vec<_>>().join("\n"));
        if warnings.len() > WARNINGS {
            files.push(listed(voice, "warnings.txt", health.report.warnings()));
        }
        embed
    };
    embed = embed
        .inline(&voice.say("admin-field-uptime"), &relative(since))
        .inline(&voice.say("admin-field-interactions"), &interactions)
        .inline(&voice.say("admin-field-memory"), &held)
        .items(&voice.say("admin-field-shards"), Lines::below(shards))
        .field(&voice.say("admin-field-counts"), &counts);
    Reply { kind, files, ..Reply::of(embed).private() }
}

/// What else a moderator must know of what is served: each a line.
fn notes(voice: Voice<'_>, health: &Health) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(refused) = &health.refused {
        let first = refused.report.errors().next().map(|one| in_a_line(voice, one)).unwrap_or_default();
        let values = [("number", refused.number.to_string().into()), ("first", first.into())];
        notes.push(voice.say_with("admin-note-behind", values));
    }
    if let Some(unwritten) = &health.unwritten {
        let reason = words_of(&unwritten.reason);
        let values = [("number", unwritten.number.to_string().into()), ("reason", reason.into())];
        notes.push(voice.say_with("admin-note-unwritten", values));
    }
    if health.log_overwrites {
        notes.push(voice.say("admin-note-overwrites"));
    }
    if health.no_folder {
        notes.push(voice.say("admin-note-no-folder"));
    }
    let aside = health.set_aside.iter();
    notes.extend(aside.map(|place| voice.say_with("admin-set-aside", [("place", escape(&cut(place, SAID)).into())])));
    notes
}

fn relative(seconds: i64) -> String {
    format!("<t:{seconds}:R>")
}
