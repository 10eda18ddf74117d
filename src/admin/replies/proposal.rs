//! A changed file before it is published: the present one, what would change, its face, and what was published.

use std::collections::BTreeSet;

use crate::catalogue::Report;
use crate::language::Voice;
use crate::reply::{Button, Embed, File, Reply, ReplyKind, Row, Style, colour, cut, escape};
use crate::snapshot::Snapshot;

use crate::admin::button::AdminButton;
use crate::admin::replies::common::{ROOM_WITH_FILES, SAID, as_code, few, to_publish, told, told_with};
use crate::admin::replies::difference::with_difference;
use crate::admin::replies::problems::{errors, listed};
use crate::admin::words::{face, file_name, quoted};
use crate::publishing::{Changed, CheckedProposal};

/// A file as it is served, for somebody to change.
pub(crate) struct GivenFile {
    /// Its path within the catalogue's folder.
    pub(crate) path: String,
    /// Its content, byte for byte.
    pub(crate) content: Vec<u8>,
    /// The entry that was asked for, and the line at which it begins.
    pub(crate) entry: Option<(String, usize)>,
    /// Whether the catalogue has none, so that it is the program's own.
    pub(crate) built_in: bool,
}

/// The present file of a record or a table.
pub(crate) fn given(snapshot: &Snapshot, voice: Voice<'_>, file: GivenFile) -> Reply {
    let GivenFile { path, content, entry, built_in } = file;
    let name = escape(&cut(&file_name(&snapshot.catalogue, voice, &path), SAID));
    let mut text = vec![format!("{} · {}", as_code(&path, SAID), voice.say("admin-file-text"))];
    if let Some((entry, line)) = entry {
        let values = [("entry", escape(&cut(&entry, SAID)).into()), ("line", line.to_string().into())];
        text.push(voice.say_with("admin-file-entry", values));
    }
    if built_in {
        text.push(voice.say("admin-file-built-in"));
    }
    let title = voice.say_with("admin-file", [("file", name.into())]);
    let embed = Embed::within(ROOM_WITH_FILES, &[], colour::GENERAL, &title, "").description(&text.join("\n"));
    // A file that is downloaded has no folder.
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    Reply { files: vec![File { name, content }], ..Reply::of(embed).private() }
}

/// Nothing was found under what was typed.
pub(crate) fn no_such_file(voice: Voice<'_>, typed: &str) -> Reply {
    let text = voice.say_with("admin-no-file-text", [("typed", escape(&cut(typed, 60)).into())]);
    told(voice, ReplyKind::Refusal, "admin-no-file", &text)
}

/// A proposal that is what is served already.
pub(crate) fn same(snapshot: &Snapshot, voice: Voice<'_>, file: &str) -> Reply {
    let name = escape(&cut(&file_name(&snapshot.catalogue, voice, file), SAID));
    let text = voice.say_with("admin-upload-same-text", [("process", name.into())]);
    told(voice, ReplyKind::Answer, "admin-upload-same", &text)
}

/// A proposal with errors.
pub(crate) fn refused_proposal(snapshot: &Snapshot, voice: Voice<'_>, file: &str, report: &Report) -> Reply {
    let name = escape(&cut(&file_name(&snapshot.catalogue, voice, file), SAID));
    let values = [("file", name.into()), ("count", report.errors().count().into())];
    errors(voice, "admin-upload-errors", &voice.say_with("admin-upload-errors-text", values), report)
}

/// A proposal without errors: what differs, and the question whether to publish; its face stands behind a button.
///
/// Without a name under which it was `kept` there is nothing to publish, because there is no data folder. `moved` says that
/// the same file was changed by somebody else since it was proposed.
pub(crate) fn preview(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    checked: &CheckedProposal,
    kept: Option<&str>,
    base: &str,
    moved: bool,
) -> Reply {
    let file = checked.file.as_str();
    let catalogue = checked.snapshot.as_ref().map_or(&snapshot.catalogue, |candidate| &candidate.catalogue);
    let name = escape(&cut(&file_name(catalogue, voice, file), SAID));
    let mut above =
        voice.say_with("admin-upload-good", [("process", name.into()), ("file", as_code(file, SAID).into())]);
    if moved {
        above.push_str(&format!("\n⚠️ {}", voice.say("admin-upload-moved")));
    }
    let mut more = |text: String| {
        if !text.is_empty() {
            above.push_str(&format!("\n{text}"));
        }
    };
    more(quoted(voice, &checked.reason));
    let warnings: Vec<_> = checked.report.warnings().filter(|one| one.file == file).collect();
    if !warnings.is_empty() {
        more(voice.say_with("admin-warnings", [("count", warnings.len().into())]));
    }
    if kept.is_none() {
        more(voice.say("admin-no-folder-text"));
    }
    let title = voice.say("admin-upload");
    let look = (ReplyKind::Question, colour::GENERAL);
    let mut reply = with_difference(voice, look, &title, &above, &checked.difference, Some(file));
    if !warnings.is_empty() {
        reply.files.push(listed(voice, "warnings.txt", warnings));
    }
    let Some(proposal) = kept else { return Reply { kind: ReplyKind::Answer, ..reply } };
    let mut buttons = to_publish(voice, proposal, base);
    if face(catalogue, file, &checked.difference).is_some() {
        let card = AdminButton::Card { proposal: proposal.to_owned(), base: base.to_owned() };
        buttons.push(Button::press(voice.say("admin-button-card"), card.encode(2)).emoji("🗂️"));
    }
    reply.buttons(buttons)
}

/// The face of a changed entry as it would look, with the same question and the way back to what differs.
pub(crate) fn card(voice: Voice<'_>, embeds: Vec<Embed>, proposal: &str, base: &str) -> Reply {
    let mut buttons = to_publish(voice, proposal, base);
    let back = AdminButton::Proposal { proposal: proposal.to_owned(), base: base.to_owned() };
    buttons.push(Button::press(voice.say("admin-button-difference"), back.encode(2)).style(Style::Secondary));
    let rows = vec![Row::Buttons(buttons)];
    Reply { kind: ReplyKind::Question, embeds, rows, private: true, ..Reply::default() }
}

/// A change that was made; `settled` says that a reader's report was settled with it.
pub(crate) fn changed(voice: Voice<'_>, title: &str, changed: &Changed, settled: bool) -> Reply {
    let Changed { meta, difference, report, unwritten, unreloaded, set_aside, brought_back } = changed;
    let mut above = voice.say_with("admin-now-served", [("number", meta.number.to_string().into())]);
    let mut more = |text: String| {
        if !text.is_empty() {
            above.push_str(&format!("\n{text}"));
        }
    };
    more(quoted(voice, &meta.told.reason));
    if settled {
        more(voice.say("admin-report-settled"));
    }
    // Those of other files were there before, and each publication would tell them again.
    let files: BTreeSet<&str> = difference.changes.iter().map(|change| change.file.as_str()).collect();
    let warnings = report.warnings().filter(|one| files.contains(one.file.as_str())).count();
    if warnings > 0 {
        more(voice.say_with("admin-warnings", [("count", warnings.into())]));
    }
    if let Some(place) = set_aside {
        more(voice.say_with("admin-set-aside", [("place", escape(&cut(place, SAID)).into())]));
    }
    if let Some(path) = brought_back {
        more(voice.say_with("admin-brought-back", [("file", as_code(path, SAID).into())]));
    }
    if !unreloaded.is_empty() {
        more(voice.say_with("admin-unreloaded", [("files", few(unreloaded).into())]));
    }
    if let Some(reason) = unwritten {
        more(voice.say_with("admin-unwritten", [("reason", escape(&cut(reason, SAID)).into())]));
    }
    // The one file that it is about is named once.
    let about = difference.changes.first().map(|first| first.file.as_str());
    let about = about.filter(|file| difference.changes.iter().all(|one| one.file == *file && !one.path.is_empty()));
    if let Some(file) = about {
        above.push_str(&format!("\n{}", as_code(file, SAID)));
    }
    // Green: it is done.
    let look = (ReplyKind::Answer, colour::ACTIVE);
    with_difference(voice, look, &voice.say(title), &above, difference, about)
}

/// What there is to be read of a face that is not there any more.
pub(crate) fn no_face(voice: Voice<'_>) -> Reply {
    told_with(ReplyKind::Refusal, &voice.say("admin-no-face"), "")
}
