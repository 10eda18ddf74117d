//! Why nothing was done.

use crate::language::Voice;
use crate::reply::{Button, Embed, Reply, ReplyKind, Style, colour, cut, escape};
use crate::snapshot::Snapshot;

use crate::admin::button::AdminButton;
use crate::admin::permission::NotPermitted;
use crate::admin::replies::common::{ROOM, SAID, apart, told};
use crate::admin::replies::history::revision_in_message;
use crate::admin::replies::problems::{errors, with_first};
use crate::publishing::NotChanged;

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

/// One line, such as that a file was discarded.
pub(crate) fn short(voice: Voice<'_>, key: &str) -> Reply {
    told(voice, ReplyKind::Answer, key, "")
}

/// An upload that was not even read, or that is no file of the catalogue.
pub(crate) fn bad_upload(voice: Voice<'_>, key: &str, most: u64) -> Reply {
    let text = voice.say_with("admin-upload-help", [("size", (most / 1024).into())]);
    told(voice, ReplyKind::Refusal, key, &text)
}

/// A number that is none.
pub(crate) fn no_number(voice: Voice<'_>, typed: &str) -> Reply {
    let text = voice.say_with("admin-no-revision-text", [("number", escape(&cut(typed, 60)).into())]);
    told(voice, ReplyKind::Refusal, "admin-no-revision", &text)
}

/// Why nothing changed.
pub(crate) fn not_changed(snapshot: &Snapshot, voice: Voice<'_>, error: &NotChanged) -> Reply {
    let reason = |error: &dyn std::fmt::Display| escape(&cut(&error.to_string(), 2 * SAID));
    match error {
        NotChanged::Same => told(voice, ReplyKind::Answer, "admin-same", &voice.say("admin-same-text")),
        NotChanged::NoFolder => told(voice, ReplyKind::Refusal, "admin-no-folder", &voice.say("admin-no-folder-text")),
        NotChanged::Errors(report) => {
            let above = voice.say_with("admin-errors-text", [("count", report.errors().count().into())]);
            errors(voice, "admin-errors", &above, report)
        }
        NotChanged::Overtaken(meta) => {
            let line = meta.as_ref().map(|meta| revision_in_message(snapshot, voice, meta)).unwrap_or_default();
            let text = format!("{}\n{line}", voice.say("admin-overtaken-text"));
            apart(voice, "admin-overtaken", text.trim())
        }
        NotChanged::Diverged => apart(voice, "admin-apart", &voice.say("admin-apart-text")),
        NotChanged::Refused { number, report } => {
            let text = voice.say_with("admin-behind-text", [("number", number.to_string().into())]);
            let embed = Embed::within(ROOM, &[], colour::UNKNOWN, &voice.say("admin-behind"), "");
            let embed = with_first(voice, embed, &text, report);
            Reply { kind: ReplyKind::Refusal, ..Reply::of(embed).private() }
        }
        NotChanged::Unwritable(reason) => {
            let reason = escape(&cut(reason, 2 * SAID));
            let text = voice.say_with("admin-unwritable-text", [("reason", reason.into())]);
            told(voice, ReplyKind::Refusal, "admin-folder", &text)
        }
        NotChanged::ProposalGone => told(voice, ReplyKind::Refusal, "admin-gone", &voice.say("admin-gone-text")),
        NotChanged::NoRevision(number) => no_number(voice, &number.to_string()),
        NotChanged::NotRecorded(error) => told(voice, ReplyKind::Refusal, "admin-not-recorded", &reason(error)),
        NotChanged::Store(error) => told(voice, ReplyKind::Refusal, "admin-store", &reason(error)),
        NotChanged::Folder(error) => told(voice, ReplyKind::Refusal, "admin-folder", &reason(error)),
    }
}

/// The same with the way to look again at what would change over what is served now, if the proposal is still there.
pub(crate) fn look_again(voice: Voice<'_>, reply: Reply, proposal: Option<String>, base: &str) -> Reply {
    let Some(proposal) = proposal else { return reply };
    let again = AdminButton::Proposal { proposal: proposal.clone(), base: base.to_owned() };
    let buttons = vec![
        Button::press(voice.say("admin-button-again"), again.encode(0)).style(Style::Primary),
        Button::press(voice.say("admin-button-discard"), AdminButton::Discard { proposal }.encode(1)),
    ];
    reply.buttons(buttons)
}
