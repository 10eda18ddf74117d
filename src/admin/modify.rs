//! `/rcp-admin modifier`: from the command to a form, and from the form to a proposal. A form that cannot be taken never
//! loses what was typed: it is kept, and a button opens it again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::admin::commands::{AdminCommands, First, Step};
use crate::admin::form::{self, EditForm, FormSubject};
use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::form_replies::{self, Remarks};
use crate::admin::permission::actor;
use crate::admin::replies::refusal;
use crate::admin::typed::{self, FormChange, Wrong};
use crate::admin::words::{MEETINGS, names_global_meetings};
use crate::catalogue::edit::{Amendment, MeetingsAmendment, NotAmended, amend, amend_meetings};
use crate::catalogue::{Catalogue, Note, PROCESSES, Statement};
use crate::clock::today;
use crate::commands::{Interaction, InteractionData, Submitted};
use crate::language::Voice;
use crate::lookup::{Entity, Finding};
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{
    self, Draft, FormOccasion, Proposal, ReaderReport, StoreError, keep_draft, read_draft, read_report,
};
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
        let of_meetings = |about: FormOccasion, kind_of_meetings: EditKind| match kind {
            // What the command calls a new meeting is one of those that are changed.
            EditKind::Meeting => Some((about, kind_of_meetings)),
            _ => None,
        };
        let found = |entity| match snapshot.names.find(entity, process, language) {
            Finding::One(one) => Some(one.id.to_owned()),
            _ => None,
        };
        let found = if process == MEETINGS || names_global_meetings(&snapshot.catalogue, process) {
            Ok(of_meetings(FormOccasion::GlobalMeetings, EditKind::GlobalMeeting))
        } else if let Some(id) = found(Entity::Process) {
            Ok(Some((FormOccasion::Process(id), kind)))
        } else if let Some(id) = found(Entity::Meeting) {
            Ok(of_meetings(FormOccasion::GlobalMeeting(id), EditKind::MeetingHeld))
        } else {
            Err(())
        };
        let Ok(found) = found else {
            return self.refuse(asked, form_replies::no_process(voice, process), "no such process", "");
        };
        let form = found.and_then(|(about, kind)| {
            let subject = subject(&snapshot.catalogue, &about, None)?;
            Some(EditForm { snapshot: &snapshot, voice, kind, subject }.modal(about, None))
        });
        match form {
            Some(form) => Step { first: First::Form(form), then: None },
            None => {
                let reply = form_replies::none_of_global_meetings(voice);
                self.refuse(asked, reply, "no such form of the global meetings", "")
            }
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
                    Some((kind, Draft { about, typed, .. })) => (kind, about, Some(typed)),
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
        // Anybody can send any two together.
        if !kind.fits(&about) {
            return self.refuse(asked, form_replies::unknown(voice), "no such form", "foreign");
        }
        let reported = match &about {
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
            _ => None,
        };
        match subject(&snapshot.catalogue, &about, reported.as_deref()) {
            Some(subject) => {
                let form = EditForm { snapshot: &snapshot, voice, kind, subject };
                Step { first: First::Form(form.modal(about.clone(), typed.as_deref())), then: None }
            }
            None => self.refuse(asked, form_replies::subject_gone(voice, &[]), "the subject is gone", "form-gone"),
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
        let reported = match &about {
            FormOccasion::Report(name) => self.reported_process(name).await,
            _ => Ok(None),
        };
        let file = match (&about, &reported) {
            (FormOccasion::Process(id), _) | (FormOccasion::Report(_), Ok(Some(id))) => {
                format!("{PROCESSES}/{id}.toml")
            }
            (FormOccasion::Report(_), _) => String::new(),
            (FormOccasion::GlobalMeetings | FormOccasion::GlobalMeeting(_), _) => MEETINGS.to_owned(),
        };
        let note = async |result: AuditResult, detail: &str| {
            let detail = format!("{}: {detail}", kind.key());
            let record = Record::new(&actor(&asked.caller), ACTION, result, None, &detail);
            self.publisher.audit().note(record.about(&file, "")).await;
        };
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(language);
        let reported = match reported {
            Ok(None) if matches!(about, FormOccasion::Report(_)) => {
                note(AuditResult::Refused, "the report is gone").await;
                return form_replies::report_gone(voice, &form.typed);
            }
            Ok(reported) => reported,
            Err(error) => {
                note(AuditResult::Failed, &error.to_string()).await;
                return form_replies::unreadable(voice, refusal::not_changed(&snapshot, voice, &error.into()), form);
            }
        };
        let Some(subject) = subject(&snapshot.catalogue, &about, reported.as_deref()) else {
            note(AuditResult::Refused, "the subject is gone").await;
            return form_replies::subject_gone(voice, &form.typed);
        };
        // Whoever opened the form had something else before their eyes.
        if form::state_of(kind, subject) != state {
            note(AuditResult::Overtaken, "it was changed since the form was opened").await;
            let again = self.kept(kind, &about, form).await;
            return form_replies::overtaken(&snapshot, voice, kind, subject, &form.typed, again);
        }
        let read = match typed::read(&snapshot, voice, kind, subject, form) {
            Ok(read) => read,
            Err(wrong) => {
                note(AuditResult::Refused, "fields are mistyped").await;
                let again = self.kept(kind, &about, form).await;
                return form_replies::mistyped(&snapshot, voice, subject, &wrong, &form.typed, again);
            }
        };
        let served = match self.publisher.served_files().await {
            Ok(files) => files,
            Err(error) => {
                note(error.result(), &error.to_string()).await;
                return form_replies::unreadable(voice, refusal::not_changed(&snapshot, voice, &error), form);
            }
        };
        let file = subject.file();
        let content = served.0.get(&file).map(Vec::as_slice).unwrap_or_default();
        let amended = match &read.change {
            FormChange::Process(amendment) => amend(content, amendment, &read.source, today())
                .map(|amended| (amended.content, amended.former_not_kept)),
            FormChange::Meetings(amendment) => {
                amend_meetings(content, amendment, &read.source, today()).map(|amended| (amended.content, false))
            }
        };
        let (content, former_not_kept) = match amended {
            Ok(amended) => amended,
            Err(error) => {
                note(AuditResult::Refused, &error.to_string()).await;
                let again = self.kept(kind, &about, form).await;
                let wrong = [wrong_of(&error, kind, voice, &snapshot)];
                return form_replies::mistyped(&snapshot, voice, subject, &wrong, &form.typed, again);
            }
        };
        let mut remarks = Remarks { former_not_kept, ..Remarks::default() };
        match &read.change {
            FormChange::Process(amendment) => {
                remarks.lacking = amendment.lacks();
                if let Amendment::Chair { rule: Some((language, _)), .. } = amendment {
                    remarks.lacking.retain(|one| one != language);
                }
            }
            FormChange::Meetings(amendment) => {
                remarks.lacking = amendment.lacks();
                if let MeetingsAmendment::New(meeting) = amendment {
                    let file = &snapshot.catalogue.meetings;
                    remarks.unnumbered = meeting.ordinal.is_none().then(|| form::next_number(file));
                    let speaks = |note: &Note| note.about.contains(&Statement::Meetings);
                    remarks.series_notes = meeting.ordinal.is_some() && file.series.notes.iter().any(speaks);
                }
            }
        }
        let reason = publishing::reason(&read.source.url);
        let report = match &about {
            FormOccasion::Report(name) => Some(name.clone()),
            _ => None,
        };
        let reply = self.propose(&asked.caller, ACTION, language, Proposal { file, content, reason, report }).await;
        let again = match reply.kind {
            crate::reply::ReplyKind::Refusal => self.kept(kind, &about, form).await,
            _ => None,
        };
        form_replies::with_remarks(voice, reply, &remarks, again)
    }

    /// Keeps what was typed; nothing where it cannot be kept.
    async fn kept(&self, kind: EditKind, about: &FormOccasion, form: &Submitted) -> Option<String> {
        let fields = form::fields(kind);
        let typed = fields.iter().map(|field| {
            let text: String = form.text(field.id).chars().take(usize::from(field.most)).collect();
            (field.id.to_owned(), text)
        });
        let draft = Draft { kind: kind.key().to_owned(), about: about.clone(), typed: typed.collect() };
        keep_draft(&self.publisher, &draft).await.ok()
    }
}

/// What a form is about, as it is served; of a report the process that it is about.
fn subject<'c>(catalogue: &'c Catalogue, about: &FormOccasion, reported: Option<&str>) -> Option<FormSubject<'c>> {
    match about {
        FormOccasion::Process(id) => catalogue.process(id).map(FormSubject::Process),
        FormOccasion::Report(_) => catalogue.process(reported?).map(FormSubject::Process),
        FormOccasion::GlobalMeetings => Some(FormSubject::GlobalMeetings(&catalogue.meetings)),
        FormOccasion::GlobalMeeting(id) => catalogue.meeting(id).map(FormSubject::GlobalMeeting),
    }
}

/// What is wrong with a form whose change cannot be made.
fn wrong_of(error: &NotAmended, kind: EditKind, voice: Voice<'_>, snapshot: &crate::snapshot::Snapshot) -> Wrong {
    let language = voice.language;
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
        NotAmended::LiesAhead if kind == EditKind::MeetingHeld => ("outcome", "no-outcome-yet", String::new()),
        NotAmended::LiesAhead => ("since", "ahead", String::new()),
        NotAmended::BeforePresentChair { holds, by_source } => {
            (if *by_source { "date" } else { "since" }, "before-present-chair", voice.date(*holds))
        }
        NotAmended::BeforeFounding(founded) => ("since", "before-founding", voice.date(*founded)),
        NotAmended::OutOfOrder => ("when", "out-of-order", String::new()),
        NotAmended::SourceLiesAhead => ("date", "ahead", String::new()),
        NotAmended::NothingSaid => (first, "nothing", String::new()),
        NotAmended::NotWritten(error) => (first, "file", error.to_string()),
    };
    Wrong { field, why, typed, known: Vec::new() }
}
