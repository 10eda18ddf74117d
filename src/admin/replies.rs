//! What moderators are told. All of it is private; what does not fit into a message comes as a file.

use annotate_snippets::Renderer;
use jiff::Timestamp;

use crate::catalogue::{Difference, Problem, Report};
use crate::language::Voice;
use crate::memory;
use crate::reply::{Budget, Button, Embed, File, Lines, Reply, ReplyKind, Row, Style, colour, cut, escape};
use crate::snapshot::{Origin, Snapshot};
use crate::telemetry::Counters;

use crate::admin::button::AdminButton;
use crate::admin::permission::NotPermitted;
use crate::publishing::{
    Actor, AuditResult, Cause, Changed, CheckedUpload, Findings, Health, Meta, NotChanged, Notice, RestorePreview,
};

/// What a reply to a moderator may take: what an answer may, but for one row of buttons, which may come in two lines.
const ROOM: Budget = Budget { characters: Budget::FACE.characters, height: Budget::FACE.height - 80 };

/// How many names of files a reply lists.
const FEW: usize = 5;

/// How many kinds of warnings the status lists; the others stand in a file.
const WARNINGS: usize = 3;

/// How much of a warning, or of what a library says, is shown in running text, in characters.
const SAID: usize = 160;

/// How much of a report is attached, in bytes: two of them stay below the 10 MiB that Discord takes of a bot.
const ATTACHED: usize = 4 * 1024 * 1024;

/// How much of one line is shown, in characters.
const LINE: usize = 200;

/// The revisions on a page of the history, and how much of each is shown, in characters: as many as always fit.
const PAGE: usize = 5;
const REVISION: usize = 125;

/// A refusal of somebody who may not moderate here.
pub(crate) fn refused(voice: Voice<'_>, refused: NotPermitted) -> Reply {
    let help = match refused {
        NotPermitted::Place => "admin-refused-place",
        NotPermitted::Person => "admin-refused-person",
    };
    told(voice, ReplyKind::Refusal, "admin-refused", &voice.say(help))
}

/// The answer to a button that is not ours.
pub(crate) fn foreign(voice: Voice<'_>) -> Reply {
    told(voice, ReplyKind::Refusal, "press-foreign", &voice.say("press-foreign-help"))
}

/// The answer to a subcommand that is not there: one of an older version.
pub(crate) fn unknown(voice: Voice<'_>) -> Reply {
    told(voice, ReplyKind::Refusal, "admin-unknown", &voice.say("admin-unknown-help"))
}

/// One line, such as that an upload was discarded.
pub(crate) fn short(voice: Voice<'_>, key: &str) -> Reply {
    told(voice, ReplyKind::Answer, key, "")
}

/// An upload that was not even read.
pub(crate) fn bad_upload(voice: Voice<'_>, key: &str, most: u64) -> Reply {
    let text = voice.say_with("admin-upload-help", [("size", (most / 1024).into())]);
    told(voice, ReplyKind::Refusal, key, &text)
}

/// An upload that is what is served already.
pub(crate) fn same_upload(voice: Voice<'_>, process: &str) -> Reply {
    let text = voice.say_with("admin-upload-same-text", [("process", escape(process).into())]);
    told(voice, ReplyKind::Answer, "admin-upload-same", &text)
}

/// A number that is none.
pub(crate) fn no_number(voice: Voice<'_>, typed: &str) -> Reply {
    let text = voice.say_with("admin-no-revision-text", [("number", escape(&cut(typed, 60)).into())]);
    told(voice, ReplyKind::Refusal, "admin-no-revision", &text)
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
        above.push_str(&format!(
            "\n{}",
            voice.say_with("admin-set-aside", [("place", escape(&cut(place, SAID)).into())])
        ));
    }
    if !unreloaded.is_empty() {
        above.push_str(&format!("\n{}", voice.say_with("admin-unreloaded", [("files", few(unreloaded).into())])));
    }
    if let Some(reason) = unwritten {
        above.push_str(&format!(
            "\n{}",
            voice.say_with("admin-unwritten", [("reason", escape(&cut(reason, SAID)).into())])
        ));
    }
    // Green: it is done.
    with_difference(voice, (ReplyKind::Answer, colour::ACTIVE), &voice.say(title), &above, difference)
}

/// Why nothing changed.
pub(crate) fn not_changed(voice: Voice<'_>, error: &NotChanged) -> Reply {
    let reason = |error: &dyn std::fmt::Display| escape(&cut(&error.to_string(), 2 * SAID));
    match error {
        NotChanged::Same => told(voice, ReplyKind::Answer, "admin-same", &voice.say("admin-same-text")),
        NotChanged::NoFolder => told(voice, ReplyKind::Refusal, "admin-no-folder", &voice.say("admin-no-folder-text")),
        NotChanged::Errors(report) => errors(voice, "admin-errors", report),
        NotChanged::Overtaken(meta) => {
            let line = meta.as_ref().map(|meta| revision_in_message(voice, meta)).unwrap_or_default();
            let text = format!("{}\n{line}", voice.say("admin-overtaken-text"));
            apart(voice, "admin-overtaken", text.trim())
        }
        NotChanged::Diverged => apart(voice, "admin-apart", &voice.say("admin-apart-text")),
        NotChanged::Refused { number, report } => {
            let text = voice.say_with("admin-behind-text", [("number", number.to_string().into())]);
            let embed = Embed::within(ROOM, &[], colour::UNKNOWN, &voice.say("admin-behind"), "");
            let embed = match report.errors().next() {
                Some(first) => embed.block(&text, "", drawn(first).into_iter()),
                None => embed.description(&text),
            };
            Reply { kind: ReplyKind::Refusal, ..Reply::of(embed).private() }
        }
        NotChanged::Unwritable(reason) => {
            let reason = escape(&cut(reason, 2 * SAID));
            let text = voice.say_with("admin-unwritable-text", [("reason", reason.into())]);
            told(voice, ReplyKind::Refusal, "admin-folder", &text)
        }
        NotChanged::UploadGone => told(voice, ReplyKind::Refusal, "admin-gone", &voice.say("admin-gone-text")),
        NotChanged::NoRevision(number) => no_number(voice, &number.to_string()),
        NotChanged::NotRecorded(error) => told(voice, ReplyKind::Refusal, "admin-not-recorded", &reason(error)),
        NotChanged::Store(error) => told(voice, ReplyKind::Refusal, "admin-store", &reason(error)),
        NotChanged::Folder(error) => told(voice, ReplyKind::Refusal, "admin-folder", &reason(error)),
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
    let errors: Vec<&Problem> = report.errors().collect();
    let key = if errors.len() > 1 { "admin-errors-text" } else { "admin-notice-errors" };
    let above = voice.say_with(key, [("count", errors.len().into())]);
    let embed = Embed::within(ROOM, &[], colour::REFUSAL, &voice.say(title), "");
    let embed = match errors.first() {
        Some(first) => embed.block(&format!("{above}\n{}", broken_rule(voice, first)), "", drawn(first).into_iter()),
        None => embed.description(&above),
    };
    let renderer = Renderer::plain();
    let file = attached("errors.txt", errors.into_iter().map(|problem| problem.render(&renderer) + "\n"));
    Reply { kind: ReplyKind::Refusal, files: vec![file], ..Reply::of(embed).private() }
}

/// A problem with its line and the mend, as lines of a block of code.
fn drawn(problem: &Problem) -> Vec<String> {
    problem.render(&Renderer::plain()).lines().map(|line| harmless(&cut(line, LINE))).collect()
}

/// An upload without errors: what differs, and the question whether to publish; its card stands behind a button.
///
/// Without an `upload` that was kept there is nothing to publish, because there is no data folder.
pub(crate) fn preview(voice: Voice<'_>, checked: &CheckedUpload, upload: Option<&str>, base: &str) -> Reply {
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
    let title = voice.say("admin-upload");
    let mut reply = with_difference(voice, (ReplyKind::Question, colour::GENERAL), &title, &above, &checked.difference);
    if !warnings.is_empty() {
        reply.files.push(attached("warnings.txt", warnings.into_iter().map(|warning| warning + "\n")));
    }
    let Some(upload) = upload else { return Reply { kind: ReplyKind::Answer, ..reply } };
    let card = AdminButton::Card { upload: upload.to_owned(), base: base.to_owned() };
    let mut buttons = to_publish(voice, upload, base);
    buttons.push(Button::press(voice.say("admin-button-card"), card.encode(2)).emoji("🗂️"));
    reply.buttons(buttons)
}

/// The card of an upload as it would look, with the same question.
pub(crate) fn card(voice: Voice<'_>, card: impl FnOnce(&[Row]) -> Embed, upload: &str, base: &str) -> Reply {
    let rows = vec![Row::Buttons(to_publish(voice, upload, base))];
    Reply { kind: ReplyKind::Question, embeds: vec![card(&rows)], rows, private: true, ..Reply::default() }
}

/// Whether to publish an upload.
fn to_publish(voice: Voice<'_>, upload: &str, base: &str) -> Vec<Button> {
    let publish = AdminButton::Publish { upload: upload.to_owned(), base: base.to_owned() };
    let discard = AdminButton::Discard { upload: upload.to_owned() };
    vec![
        Button::press(voice.say("admin-button-publish"), publish.encode(0)).style(Style::Primary),
        Button::press(voice.say("admin-button-discard"), discard.encode(1)),
    ]
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
    with_difference(voice, (ReplyKind::Question, colour::GENERAL), &title, &above, &previewed.difference)
        .buttons(buttons)
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
        let line = cut(&line, REVISION);
        if served == Some(*number) { format!("{line} {}", voice.say("admin-served")) } else { line }
    });
    let shown: Vec<String> = shown.collect();
    let text = if shown.is_empty() { voice.say("admin-history-empty") } else { shown.join("\n") };
    let reply = told_with(ReplyKind::Answer, &voice.say("admin-history"), &text);
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
            format!("{times}{rule} · {}", escape(&cut(&kind.first.to_string(), SAID / 2)))
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
    let kind = if colour == colour::REFUSAL { ReplyKind::Refusal } else { ReplyKind::Answer };
    // What must be looked at stands first.
    let mut embed = Embed::within(Budget::FACE, &[], colour, &voice.say("admin-status"), "");
    if let Some(broken) = &health.broken {
        let count = voice.say_with("admin-broken", [("count", broken.errors().count().into())]);
        let first = broken.errors().next().map(|one| escape(&cut(&one.to_string(), SAID))).unwrap_or_default();
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
            let renderer = Renderer::plain();
            let all: Vec<String> = health.report.warnings().map(|one| one.render(&renderer) + "\n").collect();
            files.push(attached("warnings.txt", all.into_iter()));
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
        let first = refused.report.errors().next().map(ToString::to_string).unwrap_or_default();
        let first = escape(&cut(&first, SAID));
        let values = [("number", refused.number.to_string().into()), ("first", first.into())];
        notes.push(voice.say_with("admin-note-behind", values));
    }
    if let Some(unwritten) = &health.unwritten {
        let reason = escape(&cut(&unwritten.reason, SAID));
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

/// A record as the audit channel tells it; `action` is what people call what was tried.
pub(crate) fn notice(voice: Voice<'_>, notice: &Notice, action: &str) -> Reply {
    let Notice { record, findings } = notice;
    let (kind, colour) = match record.result {
        AuditResult::Done | AuditResult::Unchanged => (ReplyKind::Answer, colour::GENERAL),
        _ => (ReplyKind::Refusal, colour::REFUSAL),
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
    let title = match findings {
        Some(Findings::Changes(_)) => voice.say("admin-reloaded"),
        Some(Findings::Errors(_)) => voice.say("admin-errors"),
        Some(Findings::Mended) => voice.say("admin-mended"),
        None if record.actor == Actor::Start => voice.say("admin-started"),
        None => format!("/rcp-admin {action}"),
    };
    let embed = Embed::within(Budget::FACE, &[], colour, &title, "");
    let embed = match findings {
        Some(Findings::Changes(difference)) => {
            different(embed, &format!("{text}\n{}", summary(voice, difference)), difference)
        }
        Some(Findings::Errors(report)) => as_many_errors_as_fit(voice, embed, &text, report),
        Some(Findings::Mended) => embed.description(&format!("{text}\n{}", voice.say("admin-mended-text"))),
        None if record.detail.is_empty() => embed.description(&text),
        None => embed.description(&format!("{text}\n-# {}", escape(&cut(&record.detail, 2 * SAID)))),
    };
    Reply { kind, ..Reply::of(embed) }
}

/// The first errors, each with its line and the mend, and how many more there are; of the first as much as fits.
fn as_many_errors_as_fit(voice: Voice<'_>, embed: Embed, above: &str, report: &Report) -> Embed {
    let total = report.errors().count();
    let mut text = format!("{above}\n{}", voice.say_with("admin-notice-errors", [("count", total.into())]));
    let more = |left: usize| match left {
        0 => String::new(),
        left => format!("\n{}", voice.say_with("admin-notice-more", [("count", left.into())])),
    };
    let mut shown = 0;
    for problem in report.errors() {
        let block = format!("{text}\n{}\n{}", broken_rule(voice, problem), code("", &drawn(problem).join("\n")));
        if !embed.fits(&format!("{block}{}", more(total - shown - 1))) {
            break;
        }
        (text, shown) = (block, shown + 1);
    }
    match report.errors().next().filter(|_| shown == 0) {
        Some(first) => {
            let above = format!("{text}{}\n{}", more(total - 1), broken_rule(voice, first));
            embed.block(&above, "", drawn(first).into_iter())
        }
        None => embed.description(&format!("{text}{}", more(total - shown))),
    }
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

fn told(voice: Voice<'_>, kind: ReplyKind, title: &str, text: &str) -> Reply {
    told_with(kind, &voice.say(title), text)
}

fn told_with(kind: ReplyKind, title: &str, text: &str) -> Reply {
    let embed = Embed::within(ROOM, &[], colour_of(kind), title, "").description(text);
    Reply { kind, ..Reply::of(embed).private() }
}

/// A refusal that is nobody's mistake: things have changed meanwhile.
fn apart(voice: Voice<'_>, title: &str, text: &str) -> Reply {
    let embed = Embed::within(ROOM, &[], colour::UNKNOWN, &voice.say(title), "").description(text);
    Reply { kind: ReplyKind::Refusal, ..Reply::of(embed).private() }
}

/// Red is for what went wrong.
fn colour_of(kind: ReplyKind) -> u32 {
    match kind {
        ReplyKind::Answer | ReplyKind::Question => colour::GENERAL,
        ReplyKind::Refusal | ReplyKind::Apology => colour::REFUSAL,
    }
}

fn with_difference(
    voice: Voice<'_>,
    (kind, colour): (ReplyKind, u32),
    title: &str,
    above: &str,
    difference: &Difference,
) -> Reply {
    let embed = Embed::within(ROOM, &[], colour, title, "");
    let embed = different(embed, &format!("{above}\n{}", summary(voice, difference)), difference);
    let whole: Vec<String> = difference.changes.iter().map(ToString::to_string).collect();
    // A block that says how many more there are, or that cut a line, tells the rest in a file.
    let is_whole =
        !embed.text().contains("\n… + ") && whole.iter().all(|line| embed.text().contains(harmless(line).as_str()));
    let file = (!is_whole).then(|| attached("changes.txt", whole.into_iter()));
    Reply { kind, files: file.into_iter().collect(), ..Reply::of(embed).private() }
}

/// A text and, below it, as many differences as fit.
fn different(embed: Embed, above: &str, difference: &Difference) -> Embed {
    if difference.is_empty() {
        return embed.description(above);
    }
    embed.block(above, "diff", difference.changes.iter().map(|change| harmless(&cut(&change.to_string(), LINE))))
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

fn relative(seconds: i64) -> String {
    format!("<t:{seconds}:R>")
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::{Change, Files, Language, Place, Rule, What};
    use crate::publishing::{Record, RefusedRevision, UnwrittenRevision};

    static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
        let (snapshot, _) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, date(2026, 12, 1));
        snapshot.expect("the built-in catalogue has no errors")
    });

    /// As many problems of every rule as there may be, each as long as a hostile file makes it.
    fn report(text: &str, problems: usize) -> Report {
        let rules = Rule::ALL.iter().cycle().take(problems);
        let problem = |rule: &Rule| {
            let place = Place::of(text, 0..text.len().min(3));
            Problem::new(*rule, &format!("processes/{text}.toml"), Some(place), text.to_owned(), text.to_owned())
        };
        Report { problems: rules.map(problem).collect() }
    }

    fn difference(text: &str, changes: usize) -> Difference {
        let text = || text.to_owned();
        let change = |number: usize| Change {
            file: format!("processes/{}.toml", text()),
            path: text(),
            what: match number % 4 {
                0 => What::Added(text()),
                1 => What::Removed(text()),
                2 => What::Changed { old: text(), new: text() },
                _ => What::Reordered,
            },
        };
        Difference { changes: (0..changes).map(change).collect() }
    }

    fn meta(text: &str) -> Meta {
        let actor = Actor::Person { user: u64::MAX.to_string(), name: text.to_owned(), guild: None };
        let process = text.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
        let cause = Cause::Publish { process };
        Meta { number: u64::MAX, time: "2026-11-27T10:00:00Z".to_owned(), actor, cause, hash: "0".repeat(64) }
    }

    /// Every reply that moderators may get.
    fn replies(voice: Voice<'_>, text: &str, many: usize) -> Vec<Reply> {
        let error = || std::io::Error::other(text.to_owned());
        let (report, difference) = (report(text, many), difference(text, many));
        let meta = meta(text);
        let names: Vec<String> = (0..many).map(|number| format!("{text}{number}")).collect();
        let done = Changed {
            meta: meta.clone(),
            difference: difference.clone(),
            report: report.clone(),
            unwritten: Some(text.to_owned()),
            unreloaded: names.clone(),
            set_aside: Some(text.to_owned()),
        };
        let upload = "0".repeat(32);
        let checked = CheckedUpload {
            process: Some(text.to_owned()),
            report: report.clone(),
            snapshot: None,
            difference: difference.clone(),
            base: text.to_owned(),
            publishable: true,
        };
        let previewed = RestorePreview {
            meta: meta.clone(),
            difference: difference.clone(),
            report: report.clone(),
            base: text.to_owned(),
        };
        let revisions: Vec<(u64, Option<Meta>)> =
            (0..many as u64).map(|number| (number, (number % 3 != 0).then(|| meta.clone()))).collect();
        let health = Health {
            revision: Some(meta.clone()),
            report: report.clone(),
            broken: Some(report.clone()),
            refused: Some(RefusedRevision { number: u64::MAX, report: report.clone() }),
            unwritten: Some(UnwrittenRevision { number: u64::MAX, reason: text.to_owned() }),
            set_aside: names,
            log_overwrites: true,
            no_folder: true,
        };
        let mut replies = vec![
            changed(voice, "admin-published", &done),
            errors(voice, "admin-errors", &report),
            bad_upload(voice, "admin-upload-foreign", u64::MAX),
            same_upload(voice, text),
            no_number(voice, text),
            preview(voice, &checked, Some(&upload), &"0".repeat(12)),
            preview(voice, &checked, None, &"0".repeat(12)),
            restoring(voice, &previewed, &"0".repeat(12)),
            status(voice, &SNAPSHOT, &health, &Counters::default()),
            status(voice, &SNAPSHOT, &Health::default(), &Counters::default()),
        ];
        replies.extend((0..3).map(|page| history(voice, &revisions, page, Some(1))));
        let refusals = [
            NotChanged::Same,
            NotChanged::NoFolder,
            NotChanged::Errors(report.clone()),
            NotChanged::Overtaken(Some(meta.clone())),
            NotChanged::Diverged,
            NotChanged::Refused { number: u64::MAX, report: Box::new(report.clone()) },
            NotChanged::Unwritable(text.to_owned()),
            NotChanged::UploadGone,
            NotChanged::NoRevision(u64::MAX),
            NotChanged::NotRecorded(error()),
            NotChanged::Folder(text.to_owned()),
        ];
        for refusal in &refusals {
            replies.push(try_again(voice, not_changed(voice, refusal), Some(upload.clone()), &"0".repeat(12)));
        }
        let findings =
            [None, Some(Findings::Changes(difference)), Some(Findings::Errors(report)), Some(Findings::Mended)];
        for findings in findings {
            let record = Record::new(&meta.actor, "reload", AuditResult::Failed, Some(u64::MAX), text);
            replies.push(notice(voice, &Notice { record, findings }, "recharger"));
        }
        replies
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn moderators_replies_fit_a_phone_whatever_there_is_to_tell(
            letter in prop::sample::select(vec!["W", "x y ", "漢", "`", "\n", "*"]), length in 0..700_usize,
            many in prop::sample::select(vec![0, 1, 2, 7, 60]),
        ) {
            let text = letter.repeat(length / letter.len().max(1));
            for language in Language::ALL {
                for reply in replies(SNAPSHOT.messages.voice(language), &text, many) {
                    let embed = |embed: &Embed| {
                        let fields = embed.fields().iter().map(|field| field.name.chars().count() + field.value.chars().count());
                        [embed.title(), embed.text(), embed.foot()].map(|text| text.chars().count()).iter().sum::<usize>()
                            + fields.sum::<usize>()
                    };
                    let count: usize = reply.embeds.iter().map(embed).sum();
                    let height = reply.height();
                    prop_assert!(count <= Budget::FACE.characters, "{count} characters: {reply:?}");
                    prop_assert!(height <= Budget::FACE.height, "{height} px: {reply:?}");
                    prop_assert!(reply.content.is_empty() && reply.rows.len() <= 3);
                }
            }
        }
    }

    #[test]
    fn what_moderators_are_told_says_what_it_is() {
        let voice = SNAPSHOT.messages.voice(Language::Fr);
        for kind in [ReplyKind::Answer, ReplyKind::Question, ReplyKind::Refusal] {
            assert!(replies(voice, "x", 2).iter().any(|reply| reply.kind == kind), "{kind:?}");
        }
        assert_eq!(errors(voice, "admin-errors", &report("x", 1)).kind, ReplyKind::Refusal);
        assert_eq!(refused(voice, NotPermitted::Place).kind, ReplyKind::Refusal);
        assert_eq!(short(voice, "admin-cancelled").kind, ReplyKind::Answer);
        // What is not in the message is in the file.
        let long = changed(
            voice,
            "admin-published",
            &Changed {
                meta: meta("x"),
                difference: difference("x", 300),
                report: Report::default(),
                unwritten: None,
                unreloaded: Vec::new(),
                set_aside: None,
            },
        );
        let text = String::from_utf8(long.files.first().expect("a file").content.clone()).expect("text");
        assert_eq!(text.lines().count(), 300);
    }

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
