//! What moderators are told. All of it is private; what does not fit into a message comes as a file.

use annotate_snippets::Renderer;
use jiff::Timestamp;

use crate::catalogue::{Difference, Problem, Report};
use crate::language::Voice;
use crate::memory;
use crate::reply::limits::CONTENT;
use crate::reply::{Button, Embed, File, Lines, Reply, Style, colour, cut, escape};
use crate::snapshot::{Origin, Snapshot};
use crate::telemetry::Counters;

use crate::admin::button::AdminButton;
use crate::admin::permission::NotPermitted;
use crate::publishing::{
    Actor, AuditResult, Cause, Changed, CheckedUpload, Findings, Health, Meta, NotChanged, Notice, RestorePreview,
};

/// How much of a list of differences or errors a message shows, in characters.
const SHOWN: usize = 3_000;

/// How much of one error is shown where others stand beside it, in characters.
const ERROR: usize = 1_000;

/// How many differences are shown without a file beside them.
const FEW: usize = 20;

/// How much of a report is attached, in bytes: two of them stay below the 10 MiB that Discord takes of a bot.
const ATTACHED: usize = 4 * 1024 * 1024;

/// How much of one line is shown, in characters.
const LINE: usize = 200;

/// The revisions on a page of the history.
const PAGE: usize = 10;

/// A refusal of somebody who may not moderate here.
pub(crate) fn refused(voice: Voice<'_>, refused: NotPermitted) -> Reply {
    let help = match refused {
        NotPermitted::Place => "admin-refused-place",
        NotPermitted::Person => "admin-refused-person",
    };
    told(voice, colour::REFUSAL, "admin-refused", &voice.say(help))
}

/// The answer to a button that is not ours.
pub(crate) fn foreign(voice: Voice<'_>) -> Reply {
    told(voice, colour::REFUSAL, "press-foreign", &voice.say("press-foreign-help"))
}

/// The answer to a subcommand that is not there: one of an older version.
pub(crate) fn unknown(voice: Voice<'_>) -> Reply {
    told(voice, colour::REFUSAL, "admin-unknown", &voice.say("admin-unknown-help"))
}

/// One line, such as that an upload was discarded.
pub(crate) fn short(voice: Voice<'_>, key: &str) -> Reply {
    told(voice, colour::GENERAL, key, "")
}

/// An upload that was not even read.
pub(crate) fn bad_upload(voice: Voice<'_>, key: &str, most: u64) -> Reply {
    let text = voice.say_with("admin-upload-help", [("size", (most / 1024).into())]);
    told(voice, colour::REFUSAL, key, &text)
}

/// An upload that is what is served already.
pub(crate) fn same_upload(voice: Voice<'_>, process: &str) -> Reply {
    let text = voice.say_with("admin-upload-same-text", [("process", escape(process).into())]);
    told(voice, colour::GENERAL, "admin-upload-same", &text)
}

/// A number that is none.
pub(crate) fn no_number(voice: Voice<'_>, typed: &str) -> Reply {
    let text = voice.say_with("admin-no-revision-text", [("number", escape(&cut(typed, 60)).into())]);
    told(voice, colour::REFUSAL, "admin-no-revision", &text)
}

/// A change that was made.
pub(crate) fn changed(voice: Voice<'_>, title: &str, changed: &Changed) -> Reply {
    let Changed { meta, difference, report, unwritten, unreloaded, set_aside } = changed;
    let mut above = voice.say_with("admin-now-served", [("number", meta.number.to_string().into())]);
    let warnings = report.warnings().count();
    if warnings > 0 {
        above.push_str(&format!("\n{}", voice.say_with("admin-warnings", [("count", warnings.into())])));
    }
    if let Some(place) = set_aside {
        above.push_str(&format!("\n{}", voice.say_with("admin-set-aside", [("place", escape(place).into())])));
    }
    if !unreloaded.is_empty() {
        above.push_str(&format!("\n{}", voice.say_with("admin-unreloaded", [("files", few(unreloaded).into())])));
    }
    if let Some(reason) = unwritten {
        above.push_str(&format!("\n{}", voice.say_with("admin-unwritten", [("reason", escape(reason).into())])));
    }
    with_difference(voice, colour::ACTIVE, &voice.say(title), &above, difference)
}

/// Why nothing changed.
pub(crate) fn not_changed(voice: Voice<'_>, error: &NotChanged) -> Reply {
    let reason = |error: &dyn std::fmt::Display| escape(&cut(&error.to_string(), 500));
    match error {
        NotChanged::Same => told(voice, colour::GENERAL, "admin-same", &voice.say("admin-same-text")),
        NotChanged::NoFolder => told(voice, colour::REFUSAL, "admin-no-folder", &voice.say("admin-no-folder-text")),
        NotChanged::Errors(report) => errors(voice, "admin-errors", report),
        NotChanged::Overtaken(meta) => {
            let line = meta.as_ref().map(|meta| revision_in_message(voice, meta)).unwrap_or_default();
            let text = format!("{}\n{line}", voice.say("admin-overtaken-text"));
            told(voice, colour::UNKNOWN, "admin-overtaken", text.trim())
        }
        NotChanged::Diverged => told(voice, colour::UNKNOWN, "admin-apart", &voice.say("admin-apart-text")),
        NotChanged::Refused { number, report } => {
            let text = voice.say_with("admin-behind-text", [("number", number.to_string().into())]);
            let first =
                report.errors().next().map(|first| code("", &cut_lines(&first.render(&Renderer::plain()), SHOWN)));
            told(voice, colour::UNKNOWN, "admin-behind", &format!("{text}\n{}", first.unwrap_or_default()))
        }
        NotChanged::Unwritable(reason) => {
            let reason = escape(&cut(reason, 500));
            let text = voice.say_with("admin-unwritable-text", [("reason", reason.into())]);
            told(voice, colour::REFUSAL, "admin-folder", &text)
        }
        NotChanged::UploadGone => told(voice, colour::REFUSAL, "admin-gone", &voice.say("admin-gone-text")),
        NotChanged::NoRevision(number) => no_number(voice, &number.to_string()),
        NotChanged::NotRecorded(error) => told(voice, colour::REFUSAL, "admin-not-recorded", &reason(error)),
        NotChanged::Store(error) => told(voice, colour::REFUSAL, "admin-store", &reason(error)),
        NotChanged::Folder(error) => told(voice, colour::REFUSAL, "admin-folder", &reason(error)),
    }
}

/// The same with the way to try again, if the upload is still there.
pub(crate) fn try_again(voice: Voice<'_>, reply: Reply, upload: Option<String>, base: &str) -> Reply {
    let Some(upload) = upload else { return reply };
    let publish = AdminButton::Publish { upload: upload.clone(), base: base.to_owned() };
    let buttons = vec![
        Button::press(voice.say("admin-button-again"), publish.encode(0)).style(Style::Primary),
        Button::press(voice.say("admin-button-discard"), AdminButton::Discard { upload }.encode(1)),
    ];
    reply.buttons(buttons)
}

/// What is wrong in the moderator's language; file, line and the mend stand beside it in the report's own words.
fn broken_rule(voice: Voice<'_>, problem: &Problem) -> String {
    format!("**{}**", voice.say(&format!("rule-{}", problem.rule.name())))
}

/// A catalogue with errors: the first in the message, all in a file.
pub(crate) fn errors(voice: Voice<'_>, title: &str, report: &Report) -> Reply {
    let renderer = Renderer::plain();
    let rendered: Vec<String> = report.errors().map(|problem| problem.render(&renderer)).collect();
    let count = voice.say_with("admin-errors-text", [("count", rendered.len().into())]);
    let first = report
        .errors()
        .zip(&rendered)
        .next()
        .map(|(error, text)| format!("{}\n{}", broken_rule(voice, error), code("", &cut_lines(text, SHOWN))));
    let first = first.unwrap_or_default();
    let embed = Embed::new(colour::REFUSAL, &voice.say(title)).description(&format!("{count}\n{first}"));
    let file = attached("errors.txt", rendered.into_iter().map(|problem| problem + "\n"));
    Reply { files: vec![file], ..Reply::of(embed).private() }
}

/// An upload without errors: its card as it would look, what differs, and the question whether to publish.
///
/// Without an `upload` that was kept there is nothing to publish, because there is no data folder.
pub(crate) fn preview(
    voice: Voice<'_>,
    checked: &CheckedUpload,
    card: Option<Embed>,
    upload: Option<&str>,
    base: &str,
) -> Reply {
    let process = checked.process.as_deref().unwrap_or_default();
    let mut above = voice.say_with("admin-upload-good", [("process", escape(process).into())]);
    let path = format!("processes/{process}.toml");
    let warnings: Vec<String> =
        checked.report.warnings().filter(|one| one.file == path).map(|one| one.render(&Renderer::plain())).collect();
    if !warnings.is_empty() {
        above.push_str(&format!("\n{}", voice.say_with("admin-warnings", [("count", warnings.len().into())])));
    }
    if upload.is_none() {
        above.push_str(&format!("\n{}", voice.say("admin-no-folder-text")));
    }
    let summary = summary(voice, &checked.difference);
    let used = above.chars().count() + summary.chars().count();
    // The text above the embeds has a limit of its own, so that the card keeps all of its.
    let block = code("diff", &lines(&checked.difference).fit(CONTENT.saturating_sub(used + 40)));
    let content = if checked.difference.is_empty() {
        format!("{above}\n{summary}")
    } else {
        format!("{above}\n{summary}\n{block}")
    };
    let mut files: Vec<File> = file_of(&checked.difference).into_iter().collect();
    if !warnings.is_empty() {
        files.push(attached("warnings.txt", warnings.into_iter().map(|warning| warning + "\n")));
    }
    let reply = Reply { content, embeds: card.into_iter().collect(), files, private: true, ..Reply::default() };
    let Some(upload) = upload else { return reply };
    let publish = AdminButton::Publish { upload: upload.to_owned(), base: base.to_owned() };
    let discard = AdminButton::Discard { upload: upload.to_owned() };
    reply.buttons(vec![
        Button::press(voice.say("admin-button-publish"), publish.encode(0)).style(Style::Primary),
        Button::press(voice.say("admin-button-discard"), discard.encode(1)),
    ])
}

/// What taking back a revision would change, and the question whether to.
pub(crate) fn restoring(voice: Voice<'_>, previewed: &RestorePreview, base: &str) -> Reply {
    let number = previewed.meta.number;
    let title = voice.say_with("admin-restore", [("number", number.to_string().into())]);
    let above = format!("{}\n{}", revision_in_message(voice, &previewed.meta), voice.say("admin-restore-text"));
    let restore = AdminButton::Restore { number, base: base.to_owned() };
    let buttons = vec![
        Button::press(voice.say("admin-button-restore"), restore.encode(0)).style(Style::Danger),
        Button::press(voice.say("admin-button-cancel"), AdminButton::Cancel.encode(1)),
    ];
    with_difference(voice, colour::GENERAL, &title, &above, &previewed.difference).buttons(buttons)
}

/// A page of the history.
pub(crate) fn history(voice: Voice<'_>, all: &[(u64, Option<Meta>)], page: usize, served: Option<u64>) -> Reply {
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = all.iter().skip(page * PAGE).take(PAGE).map(|(number, meta)| {
        let line = match meta {
            Some(meta) => revision_in_message(voice, meta),
            None => voice.say_with("admin-damaged", [("number", number.to_string().into())]),
        };
        if served == Some(*number) { format!("{line} {}", voice.say("admin-served")) } else { line }
    });
    let shown: Vec<String> = shown.collect();
    let text = if shown.is_empty() { voice.say("admin-history-empty") } else { shown.join("\n") };
    let reply = told_with(colour::GENERAL, &voice.say("admin-history"), &text);
    if pages < 2 {
        return reply;
    }
    let to = |number: usize, page: usize| AdminButton::History { page }.encode(number);
    let here = voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
    reply.buttons(vec![
        Button::press(String::new(), to(0, 0)).emoji("⏮️").disabled(page == 0),
        Button::press(String::new(), to(1, page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
        Button::press(here, to(2, page)).disabled(true),
        Button::press(String::new(), to(3, (page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
        Button::press(String::new(), to(4, pages - 1)).emoji("⏭️").disabled(page + 1 >= pages),
    ])
}

/// How things stand.
pub(crate) fn status(voice: Voice<'_>, snapshot: &Snapshot, health: &Health, counters: &Counters) -> Reply {
    let catalogue = &snapshot.catalogue;
    let origin = match snapshot.origin {
        Origin::BuiltIn => voice.say("origin-built-in"),
        Origin::Folder => voice.say("origin-folder"),
        Origin::Revision(number) => voice.say_with("origin-revision", [("number", number.to_string().into())]),
    };
    let mut revision = format!("{origin} · `{}`", snapshot.hash.chars().take(12).collect::<String>());
    if let Some(meta) = &health.revision {
        revision.push_str(&format!("\n{}", revision_in_message(voice, meta)));
    }
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
            let rule = broken_rule(voice, kind.first);
            format!("{times}{rule} · {}", escape(&cut(&kind.first.to_string(), LINE)))
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
    let held = memory::held().map_or_else(unknown, |bytes| format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0)));
    let colour = if health.broken.is_some() || health.refused.is_some() || health.log_overwrites {
        colour::REFUSAL
    } else {
        colour::GENERAL
    };
    let mut embed =
        Embed::new(colour, &voice.say("admin-status")).field(&voice.say("admin-field-catalogue"), &revision);
    if let Some(broken) = &health.broken {
        let count = voice.say_with("admin-broken", [("count", broken.errors().count().into())]);
        let first = broken.errors().next().map(|one| escape(&cut(&one.to_string(), 500))).unwrap_or_default();
        embed = embed.field(&voice.say("admin-field-broken"), &format!("{count}\n{first}"));
    }
    let notes = notes(voice, health);
    if !notes.is_empty() {
        embed = embed.items(&voice.say("admin-field-notes"), Lines::below(notes));
    }
    embed = embed
        .field(&voice.say("admin-field-counts"), &counts)
        .inline(&voice.say("admin-field-uptime"), &relative(since))
        .inline(&voice.say("admin-field-interactions"), &interactions)
        .inline(&voice.say("admin-field-memory"), &held)
        .items(&voice.say("admin-field-shards"), Lines::below(shards));
    let name = voice.say_with("admin-field-warnings", [("count", health.report.warnings().count().into())]);
    let embed = if warnings.is_empty() {
        embed.field(&name, &voice.say("admin-no-warnings"))
    } else {
        embed.items(&name, Lines::below(warnings))
    };
    Reply::of(embed).private()
}

/// What else a moderator must know of what is served: each a line.
fn notes(voice: Voice<'_>, health: &Health) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(refused) = &health.refused {
        let first = refused.report.errors().next().map(ToString::to_string).unwrap_or_default();
        let first = escape(&cut(&first, LINE));
        let values = [("number", refused.number.to_string().into()), ("first", first.into())];
        notes.push(voice.say_with("admin-note-behind", values));
    }
    if let Some(unwritten) = &health.unwritten {
        let reason = escape(&cut(&unwritten.reason, LINE));
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
    notes.extend(aside.map(|place| voice.say_with("admin-set-aside", [("place", escape(place).into())])));
    notes
}

/// A record as the audit channel tells it; `action` is what people call what was tried.
pub(crate) fn notice(voice: Voice<'_>, notice: &Notice, action: &str) -> Reply {
    let Notice { record, findings } = notice;
    let colour = match record.result {
        AuditResult::Done | AuditResult::Unchanged => colour::GENERAL,
        _ => colour::REFUSAL,
    };
    let result = match record.result {
        AuditResult::Begun => "admin-result-begun",
        AuditResult::Done => "admin-result-done",
        AuditResult::Unchanged => "admin-result-unchanged",
        AuditResult::Refused => "admin-result-refused",
        AuditResult::Overtaken => "admin-result-overtaken",
        AuditResult::Failed => "admin-result-failed",
    };
    let mut text = format!("{} · {}", who(voice, &record.actor), voice.say(result));
    if let Some(number) = record.revision {
        text.push_str(&format!(" · {}", voice.say_with("origin-revision", [("number", number.to_string().into())])));
    }
    match findings {
        Some(Findings::Changes(difference)) => {
            text.push_str(&format!("\n{}", summary(voice, difference)));
            if !difference.is_empty() {
                text.push_str(&format!("\n{}", code("diff", &lines(difference).fit(SHOWN))));
            }
        }
        Some(Findings::Errors(report)) => text.push_str(&format!("\n{}", as_many_errors_as_fit(voice, report))),
        Some(Findings::Mended) => text.push_str(&format!("\n{}", voice.say("admin-mended-text"))),
        None if record.detail.is_empty() => {}
        None => text.push_str(&format!("\n-# {}", escape(&cut(&record.detail, 300)))),
    }
    let title = match findings {
        Some(Findings::Changes(_)) => voice.say("admin-reloaded"),
        Some(Findings::Errors(_)) => voice.say("admin-errors"),
        Some(Findings::Mended) => voice.say("admin-mended"),
        None if record.actor == Actor::Start => voice.say("admin-started"),
        None => format!("/rcp-admin {action}"),
    };
    Reply::of(Embed::new(colour, &title).description(&text))
}

/// The first errors, each with its line and the mend, and how many more there are.
fn as_many_errors_as_fit(voice: Voice<'_>, report: &Report) -> String {
    let renderer = Renderer::plain();
    let mut left = report.errors().count();
    let mut text = voice.say_with("admin-notice-errors", [("count", left.into())]);
    for problem in report.errors() {
        let drawn = code("", &cut_lines(&problem.render(&renderer), ERROR));
        let block = format!("{}\n{drawn}", broken_rule(voice, problem));
        if text.chars().count() + block.chars().count() > SHOWN {
            break;
        }
        text.push_str(&format!("\n{block}"));
        left -= 1;
    }
    if left > 0 {
        text.push_str(&format!("\n{}", voice.say_with("admin-notice-more", [("count", left.into())])));
    }
    text
}

/// A revision as one plain line, for a completion.
pub(crate) fn revision_line(voice: Voice<'_>, meta: &Meta) -> String {
    let day: String = meta.time.chars().take(16).collect();
    let name = match &meta.actor {
        Actor::Person { name, .. } => name.clone(),
        other => who(voice, other),
    };
    format!("{} · {} UTC · {name} · {}", meta.number, day.replace('T', " "), why(voice, &meta.cause))
}

/// A revision as one line of a message.
fn revision_in_message(voice: Voice<'_>, meta: &Meta) -> String {
    let when = format!("<t:{}:f>", meta.seconds());
    format!("**{}** · {when} · {} · {}", meta.number, who(voice, &meta.actor), escape(&why(voice, &meta.cause)))
}

fn who(voice: Voice<'_>, actor: &Actor) -> String {
    match actor {
        Actor::Person { user, name, .. } => match user.parse::<u64>() {
            Ok(id) => format!("<@{id}>"),
            Err(_) => escape(name),
        },
        Actor::Start => voice.say("admin-by-start"),
        Actor::Signal => voice.say("admin-by-signal"),
        Actor::Watch => voice.say("admin-by-watch"),
        Actor::Other => voice.say("admin-by-other"),
    }
}

fn why(voice: Voice<'_>, cause: &Cause) -> String {
    match cause {
        Cause::Start => voice.say("admin-why-start"),
        Cause::Reload => voice.say("admin-why-reload"),
        Cause::Publish { process } => voice.say_with("admin-why-publish", [("process", process.as_str().into())]),
        Cause::Restore { of } => voice.say_with("admin-why-restore", [("number", of.to_string().into())]),
    }
}

fn told(voice: Voice<'_>, colour: u32, title: &str, text: &str) -> Reply {
    told_with(colour, &voice.say(title), text)
}

fn told_with(colour: u32, title: &str, text: &str) -> Reply {
    Reply::of(Embed::new(colour, title).description(text)).private()
}

fn with_difference(voice: Voice<'_>, colour: u32, title: &str, above: &str, difference: &Difference) -> Reply {
    let mut text = format!("{above}\n{}", summary(voice, difference));
    if !difference.is_empty() {
        text.push_str(&format!("\n{}", code("diff", &lines(difference).fit(SHOWN))));
    }
    let files = file_of(difference).into_iter().collect();
    Reply { files, ..told_with(colour, title, &text) }
}

/// How many values were added, removed and changed.
fn summary(voice: Voice<'_>, difference: &Difference) -> String {
    if difference.is_empty() {
        return voice.say("admin-only-layout");
    }
    let (added, removed, changed) = difference.counts();
    voice.say_with(
        "admin-difference",
        [("added", added.into()), ("removed", removed.into()), ("changed", changed.into())],
    )
}

fn lines(difference: &Difference) -> Lines<impl ExactSizeIterator<Item = String>> {
    Lines::below(difference.changes.iter().map(|change| harmless(&cut(&change.to_string(), LINE))))
}

/// The whole list as a file, when a message cannot hold all of it.
fn file_of(difference: &Difference) -> Option<File> {
    let whole: Vec<String> = difference.changes.iter().map(ToString::to_string).collect();
    let fits = whole.len() <= FEW && whole.iter().all(|line| line.chars().count() <= LINE);
    (!fits).then(|| attached("changes.txt", whole.into_iter()))
}

/// A text file of these entries, each with a line's end, as far as Discord takes it; then how many more there are.
fn attached(name: &str, entries: impl ExactSizeIterator<Item = String>) -> File {
    let mut content = String::new();
    let mut left = entries.len();
    for entry in entries {
        if content.len() + entry.len() > ATTACHED {
            content.push_str(&format!("… + {left}\n"));
            break;
        }
        content.push_str(&entry);
        content.push('\n');
        left -= 1;
    }
    // What an entry ends with already is its own; one line's end is enough at the end of a file.
    while content.ends_with("\n\n") {
        content.pop();
    }
    File { name: name.to_owned(), content: content.into_bytes() }
}

/// The first of a list, and how many more there are.
fn few(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(FEW).map(|name| escape(name)).collect();
    let more = names.len().saturating_sub(FEW);
    if more > 0 { format!("{} … + {more}", shown.join(", ")) } else { shown.join(", ") }
}

/// A block in which Discord shows a text as it is.
fn code(kind: &str, text: &str) -> String {
    format!("```{kind}\n{}\n```", harmless(text))
}

/// A text that cannot end the block in which it stands.
fn harmless(text: &str) -> String {
    text.replace('`', "ˋ")
}

/// As many whole lines as fit.
fn cut_lines(text: &str, limit: usize) -> String {
    Lines::below(text.lines().map(|line| cut(line, LINE)).collect::<Vec<_>>()).fit(limit)
}

fn relative(seconds: i64) -> String {
    format!("<t:{seconds}:R>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_any_length_are_attached_as_far_as_discord_takes_them() {
        let small = attached("changes.txt", ["a".to_owned(), "b".to_owned()].into_iter());
        assert_eq!(small.content, b"a\nb\n");
        let errors = attached("errors.txt", ["a\n".to_owned(), "b\n".to_owned()].into_iter());
        assert_eq!(errors.content, b"a\n\nb\n");
        let large = attached("errors.txt", (0..100_000).map(|_| "x".repeat(100)));
        assert!(large.content.len() <= ATTACHED + 100);
        let text = String::from_utf8(large.content).expect("text");
        let shown = text.lines().count() - 1;
        assert_eq!(text.lines().last(), Some(format!("… + {}", 100_000 - shown).as_str()));
    }
}
