//! The audit channel: what was tried, by whom, what came of it, in words.

use crate::language::Voice;
use crate::reply::{Budget, Embed, Reply, ReplyKind, colour, cut, escape};
use crate::snapshot::Snapshot;

use crate::admin::replies::common::{SAID, who};
use crate::admin::replies::difference::{different, lines, summary};
use crate::admin::replies::problems::as_many_as_fit;
use crate::admin::words::{file_name, quoted};
use crate::publishing::{Actor, AuditResult, Findings, Notice};

/// The message that says why nothing came of an attempt.
fn why(why: &str) -> String {
    match why {
        "place" | "person" => format!("admin-refused-{why}"),
        "foreign" => "press-foreign".to_owned(),
        "form-gone" | "form-draft-gone" => why.to_owned(),
        other => format!("admin-{other}"),
    }
}

/// A record as the audit channel tells it; `action` is what people call what was tried. Hashes and what libraries say stand
/// in the record alone.
pub(crate) fn notice(snapshot: &Snapshot, voice: Voice<'_>, notice: &Notice, action: &str) -> Reply {
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
    if !record.file.is_empty() {
        text.push_str(&format!(" · {}", escape(&cut(&file_name(&snapshot.catalogue, voice, &record.file), SAID))));
    }
    let reason = quoted(voice, &record.reason);
    if !reason.is_empty() {
        text.push_str(&format!("\n{reason}"));
    }
    let done = |action: &str| match action {
        "publish" => "admin-published",
        "restore" => "admin-restored",
        _ => "admin-reloaded",
    };
    let title = match findings {
        Some(Findings::Changes(_)) => voice.say(done(record.action)),
        Some(Findings::Errors(_)) => voice.say("admin-errors"),
        Some(Findings::Mended) => voice.say("admin-mended"),
        None if record.actor == Actor::Start => voice.say("admin-started"),
        // Readers report, and know no command for that.
        None if record.action == "report" => voice.say("report-title"),
        None => format!("/rcp-admin {action}"),
    };
    let embed = Embed::within(Budget::FACE, &[], colour, &title, "");
    let embed = match findings {
        Some(Findings::Changes(difference)) => {
            different(embed, &format!("{text}\n{}", summary(voice, difference)), &lines(difference))
        }
        Some(Findings::Errors(report)) => {
            let count = voice.say_with("admin-errors-text", [("count", report.errors().count().into())]);
            as_many_as_fit(voice, embed, &format!("{text}\n{count}"), report)
        }
        Some(Findings::Mended) => embed.description(&format!("{text}\n{}", voice.say("admin-mended-text"))),
        None if record.why.is_empty() => embed.description(&text),
        None => embed.description(&format!("{text}\n-# {}", voice.say(&why(record.why)))),
    };
    Reply { kind, ..Reply::of(embed) }
}
