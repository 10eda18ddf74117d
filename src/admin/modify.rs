//! `/rcp-admin modifier`: from the command to a form, and from the form to a proposal. A form that cannot be taken never
//! loses what was typed: it is kept, and a button opens it again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::admin::commands::{AdminCommands, First, Step};
use crate::admin::form;
use crate::admin::form_button::{EditKind, FormButton, FormOccasion};
use crate::admin::form_replies;
use crate::admin::permission::actor;
use crate::admin::replies::refusal;
use crate::admin::typed::{self, Wrong};
use crate::catalogue::Language;
use crate::catalogue::edit::{Amendment, NotAmended, amend};
use crate::clock::today;
use crate::commands::{Interaction, InteractionData, Submitted};
use crate::lookup::{Entity, Finding};
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{self, Draft, Proposal, ReaderReport, StoreError, keep_draft, read_draft, read_report};
use crate::reply::Reply;

/// How long what was typed may take to come: Discord waits three seconds for a form.
const COMES_WITHIN: Duration = Duration::from_secs(2);

/// The action in the record.
const ACTION: &str = "edit";

impl AdminCommands {
    /// The form that a command asks for.
    pub(crate) fn form_of_command(self: &Arc<Self>, asked: &Interaction, process: &str, kind: &str) -> Step {
        let snapshot = self.snapshot();
        let language = self.language(&asked.caller);
        let voice = snapshot.messages.voice(language);
        let Ok(kind) = kind.parse::<EditKind>() else {
            return self.refuse(asked, form_replies::unknown(voice), "no such form", "foreign");
        };
        let found = match snapshot.names.find(Entity::Process, process, language) {
            Finding::One(one) => snapshot.catalogue.process(one.id),
            _ => None,
        };
        match found {
            Some(process) => {
                let about = FormOccasion::Process(process.id.clone());
                let form = form::modal(&snapshot, voice, kind, about, process, None);
                Step { first: First::Form(form), then: None }
            }
            None => self.refuse(asked, form_replies::no_process(voice, process), "no such process", ""),
        }
    }

    /// The form that a button opens.
    pub(crate) async fn form_of_button(self: &Arc<Self>, asked: &Interaction, button: FormButton) -> Step {
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let (kind, about, typed) = match button {
            FormButton::Open { kind, about } => (kind, about, None),
            FormButton::Again { draft } => {
                let kept = timeout(COMES_WITHIN, read_draft(&self.publisher, &draft)).await;
                let kept = kept.ok().and_then(Result::ok).flatten();
                match kept.and_then(|kept| Some((kept.kind.parse::<EditKind>().ok()?, kept))) {
                    Some((kind, Draft { process, report, typed, .. })) => {
                        let about = if report.is_empty() {
                            FormOccasion::Process(process)
                        } else {
                            FormOccasion::Report(report)
                        };
                        (kind, about, Some(typed))
                    }
                    None => {
                        return self.refuse(
                            asked,
                            form_replies::draft_gone(voice),
                            "what was typed is gone",
                            "form-draft-gone",
                        );
                    }
                }
            }
            // A form comes back as a form, not as a button.
            FormButton::Filled { .. } => {
                return self.refuse(asked, form_replies::unknown(voice), "a form sent as a button", "foreign");
            }
        };
        let meant = match &about {
            FormOccasion::Process(id) => Some(id.clone()),
            FormOccasion::Report(name) => {
                let report = timeout(COMES_WITHIN, self.reported_process(name)).await;
                match report.ok().and_then(Result::ok).flatten() {
                    Some(id) => Some(id),
                    None => {
                        let reply = form_replies::report_gone(voice, &[]);
                        return self.refuse(asked, reply, "the report is gone", "form-report-gone");
                    }
                }
            }
        };
        match meant.and_then(|id| snapshot.catalogue.process(&id)) {
            Some(process) => {
                let form = form::modal(&snapshot, voice, kind, about, process, typed.as_deref());
                Step { first: First::Form(form), then: None }
            }
            None => self.refuse(asked, form_replies::process_gone(voice, &[]), "the process is gone", "form-gone"),
        }
    }

    /// The process that a report is about; `None` if there is no such report, or it is about something else.
    async fn reported_process(&self, name: &str) -> Result<Option<String>, StoreError> {
        let report = read_report(&self.publisher, name).await?;
        Ok(report.filter(ReaderReport::is_about_a_process).map(|report| report.id))
    }

    /// A form that was sent. That its `custom_id` reads back was seen before.
    pub(crate) async fn submitted(self: Arc<Self>, asked: Interaction) -> Reply {
        let language = self.language(&asked.caller);
        let InteractionData::Modal(form) = &asked.data else { return Reply::default() };
        let Ok(FormButton::Filled { kind, about, state }) = form.custom_id.parse::<FormButton>() else {
            return Reply::default();
        };
        let (meant, report) = match about {
            FormOccasion::Process(id) => (Ok(Some(id)), String::new()),
            FormOccasion::Report(name) => (self.reported_process(&name).await, name),
        };
        let process = meant.as_ref().ok().cloned().flatten().unwrap_or_default();
        let note = async |result: AuditResult, detail: &str| {
            let detail = format!("{}: {detail}", kind.key());
            let record = Record::new(&actor(&asked.caller), ACTION, result, None, &detail);
            self.publisher.audit().note(record.about(&format!("processes/{process}.toml"), "")).await;
        };
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(language);
        match meant {
            Ok(Some(_)) => {}
            Ok(None) => {
                note(AuditResult::Refused, "the report is gone").await;
                return form_replies::report_gone(voice, &form.typed);
            }
            Err(error) => {
                note(AuditResult::Failed, &error.to_string()).await;
                return form_replies::unreadable(voice, refusal::not_changed(&snapshot, voice, &error.into()), form);
            }
        }
        let Some(record) = snapshot.catalogue.process(&process) else {
            note(AuditResult::Refused, "the process is gone").await;
            return form_replies::process_gone(voice, &form.typed);
        };
        // Whoever opened the form had something else before their eyes.
        if form::state(kind, record) != state {
            note(AuditResult::Overtaken, "it was changed since the form was opened").await;
            let again = self.kept(kind, &process, &report, form).await;
            return form_replies::overtaken(voice, kind, record, &form.typed, again);
        }
        let read = match typed::read(&snapshot, voice, kind, record, form) {
            Ok(read) => read,
            Err(wrong) => {
                note(AuditResult::Refused, "fields are mistyped").await;
                let again = self.kept(kind, &process, &report, form).await;
                return form_replies::mistyped(voice, record, &wrong, &form.typed, again);
            }
        };
        let file = format!("processes/{process}.toml");
        let served = match self.publisher.served_files().await {
            Ok(files) => files,
            Err(error) => {
                note(error.result(), &error.to_string()).await;
                return refusal::not_changed(&snapshot, voice, &error);
            }
        };
        let content = served.0.get(&file).map(Vec::as_slice).unwrap_or_default();
        let amended = match amend(content, &read.amendment, &read.source, today()) {
            Ok(amended) => amended,
            Err(error) => {
                note(AuditResult::Refused, &error.to_string()).await;
                let again = self.kept(kind, &process, &report, form).await;
                let wrong = [wrong_of(&error, kind, voice.language, &snapshot)];
                return form_replies::mistyped(voice, record, &wrong, &form.typed, again);
            }
        };
        let mut lacking = read.amendment.lacks();
        if let Amendment::Chair { rule: Some((language, _)), .. } = &read.amendment {
            lacking.retain(|one| one != language);
        }
        let reason = publishing::reason(&read.source.url);
        let proposal = Proposal { file, content: amended.content, reason, report: report.clone() };
        let reply = self.propose(&asked.caller, ACTION, language, proposal).await;
        let again = match reply.kind {
            crate::reply::ReplyKind::Refusal => self.kept(kind, &process, &report, form).await,
            _ => None,
        };
        form_replies::with_remarks(voice, reply, &lacking, amended.former_not_kept, again)
    }

    /// Keeps what was typed; nothing where it cannot be kept.
    async fn kept(&self, kind: EditKind, process: &str, report: &str, form: &Submitted) -> Option<String> {
        let fields = form::fields(kind);
        let typed = fields.iter().map(|field| {
            let text: String = form.text(field.id).chars().take(usize::from(field.most)).collect();
            (field.id.to_owned(), text)
        });
        let (kind, process, report) = (kind.key().to_owned(), process.to_owned(), report.to_owned());
        let draft = Draft { kind, process, report, typed: typed.collect() };
        keep_draft(&self.publisher, &draft).await.ok()
    }
}

/// What is wrong with a form whose change cannot be made.
fn wrong_of(error: &NotAmended, kind: EditKind, language: Language, snapshot: &crate::snapshot::Snapshot) -> Wrong {
    let named = |id: &str| {
        let catalogue = &snapshot.catalogue;
        let country = catalogue.country(id).map(|country| country.name.get(language).to_owned());
        let organisation = || catalogue.organisation(id).map(|one| one.name.get(language).to_owned());
        country.or_else(organisation).unwrap_or_else(|| id.to_owned())
    };
    let first = form::fields(kind).first().map_or("url", |field| field.id);
    let (field, why, typed) = match error {
        NotAmended::Same => (first, "same", String::new()),
        NotAmended::TakesPart(who) => ("join", "takes-part", named(who)),
        NotAmended::DoesNotTakePart(who) => ("leave", "takes-no-part", named(who)),
        NotAmended::LiesAhead => ("since", "ahead", String::new()),
        NotAmended::SourceLiesAhead => ("date", "ahead", String::new()),
        NotAmended::NothingSaid => (first, "nothing", String::new()),
        NotAmended::NotWritten(error) => (first, "file", error.to_string()),
    };
    Wrong { field, why, typed, known: Vec::new() }
}
