//! What readers report behind ➕ of a card: kept for the moderators and told in the audit channel. Anybody may report, so
//! many times a day.

use std::sync::Arc;

use futures::FutureExt;
use jiff::Timestamp;

use crate::admin::commands::{AdminCommands, First, Step};
use crate::admin::letter::Letter;
use crate::admin::permission::actor;
use crate::commands::{Caller, Interaction, InteractionData, REPORT_TEXT, REPORT_URL, called, reported};
use crate::language::Voice;
use crate::lookup::Entity;
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{self, ReaderReport, Taken, keep_report, settle_report};
use crate::reply::{Budget, Embed, Reply, ReplyKind, colour, cut, escape};
use crate::snapshot::Snapshot;

/// The action in the record.
const ACTION: &str = "report";

/// The most characters of a report that are kept, of its text and of its address.
const MOST: [usize; 2] = [600, 500];

/// The name of a kind of entry in a report.
fn key(entity: Entity) -> &'static str {
    match entity {
        Entity::Process => "process",
        Entity::Region => "region",
        Entity::Country => "country",
        Entity::Organisation => "organisation",
        Entity::Meeting => "meeting",
        Entity::Term => "term",
        Entity::Topic => "topic",
    }
}

/// What a report is about, as a reader of this language calls it.
pub(crate) fn about(snapshot: &Snapshot, voice: Voice<'_>, report: &ReaderReport) -> String {
    let entity = Entity::ALL.into_iter().find(|entity| key(*entity) == report.kind);
    let name = entity.and_then(|entity| called(&snapshot.catalogue, voice, entity, &report.id));
    name.unwrap_or_else(|| report.id.clone())
}

fn told(voice: Voice<'_>, kind: ReplyKind, title: &str, text: &str) -> Reply {
    let colour = if kind == ReplyKind::Refusal { colour::REFUSAL } else { colour::GENERAL };
    let embed = Embed::within(Budget::FACE, &[], colour, &voice.say(title), "").description(text);
    Reply { kind, ..Reply::of(embed).private() }
}

impl AdminCommands {
    /// A report, from anybody.
    pub(crate) fn report(self: &Arc<Self>, asked: Interaction) -> Step {
        self.work(First::Defer, |admin, asked| admin.take_report(asked).boxed(), asked)
    }

    async fn take_report(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Modal(form) = &asked.data else { return Reply::default() };
        let Some((entity, id, fixed)) = reported(&form.custom_id) else { return Reply::default() };
        let snapshot = self.snapshot();
        let language = fixed.unwrap_or_else(|| self.language(&asked.caller));
        let voice = snapshot.messages.voice(language);
        let Some(name) = called(&snapshot.catalogue, voice, entity, &id) else {
            return told(voice, ReplyKind::Refusal, "report-refused", &voice.say("report-gone"));
        };
        let [text, url] = [(REPORT_TEXT, MOST[0]), (REPORT_URL, MOST[1])]
            .map(|(field, most)| form.text(field).chars().take(most).collect::<String>());
        if text.is_empty() {
            return told(voice, ReplyKind::Refusal, "report-refused", &voice.say("report-empty"));
        }
        let (time, kind) = (Timestamp::now().to_string(), key(entity).to_owned());
        let report = ReaderReport { time, reader: asked.caller.user, language, kind, id, text, url };
        let taken = keep_report(&self.publisher, &report).await;
        match taken {
            Ok(Taken::Kept) => {
                let said = publishing::reason(&format!("{name}: {} {}", report.text, report.url));
                let record = Record::new(&actor(&asked.caller), ACTION, AuditResult::Done, None, &report.id);
                self.publisher.audit().note(record.about("", &said)).await;
                let text = voice.say_with("report-thanks-text", [("name", escape(&cut(&name, 120)).into())]);
                told(voice, ReplyKind::Answer, "report-thanks", &text)
            }
            Ok(Taken::TooMany) => {
                // Told to nobody else: else the limit would not be one.
                let record =
                    Record::new(&actor(&asked.caller), ACTION, AuditResult::Refused, None, "too many in a day");
                self.publisher.audit().note_quietly(record).await;
                told(voice, ReplyKind::Refusal, "report-refused", &voice.say("report-too-many"))
            }
            Ok(Taken::Full) => {
                let record = Record::new(&actor(&asked.caller), ACTION, AuditResult::Refused, None, "too many wait");
                self.publisher.audit().note_quietly(record).await;
                told(voice, ReplyKind::Refusal, "report-refused", &voice.say("report-full"))
            }
            Err(error) => {
                let record = Record::new(&actor(&asked.caller), ACTION, AuditResult::Failed, None, &error.to_string());
                self.publisher.audit().note_quietly(record).await;
                told(voice, ReplyKind::Refusal, "report-refused", &voice.say("report-not-kept"))
            }
        }
    }

    /// Settles a report, and tells the reader; whether it was not settled before.
    pub(crate) async fn settle(&self, caller: &Caller, name: &str) -> bool {
        let by = caller.user.to_string();
        let settled = settle_report(&self.publisher, name, &by).await;
        let (result, detail) = match &settled {
            Ok(Some(report)) => (AuditResult::Done, format!("{} {}: {}", report.kind, report.id, report.text)),
            Ok(None) => (AuditResult::Unchanged, name.to_owned()),
            Err(error) => (AuditResult::Failed, error.to_string()),
        };
        let record = Record::new(&actor(caller), "settle", result, None, name);
        self.publisher.audit().note(record.about("", &publishing::reason(&detail))).await;
        let Ok(Some(report)) = settled else { return false };
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(report.language);
        let values = [
            ("name", escape(&cut(&about(&snapshot, voice, &report), 120)).into()),
            ("text", escape(&cut(&report.text, 200)).into()),
        ];
        let mut reply =
            told(voice, ReplyKind::Answer, "report-settled", &voice.say_with("report-settled-text", values));
        reply.private = false;
        self.write(Letter { reader: report.reader, reply });
        true
    }
}
