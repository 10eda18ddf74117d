//! The forms of `/rcp-admin modifier`: which fields each has, what each is about, what stands in them at first, and what the
//! field of the record said when a form was opened.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::admin::form_button::{EditKind, FormButton, STATE};
use crate::admin::words::MEETINGS;
use crate::catalogue::{
    Catalogue, GlobalMeeting, Language, MeetingsFile, Name, PROCESSES, Process, SecretariatKind, Text,
};
use crate::commands::called;
use crate::language::{Messages, Voice};
use crate::lookup::Entity;
use crate::publishing::FormOccasion;
use crate::reply::{Input, Modal, cut};
use crate::snapshot::Snapshot;

/// What a form is about, as it is served.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FormSubject<'c> {
    /// A process.
    Process(&'c Process),
    /// The global meetings.
    GlobalMeetings(&'c MeetingsFile),
    /// One of them.
    GlobalMeeting(&'c GlobalMeeting),
}

impl FormSubject<'_> {
    /// What people call it.
    pub(crate) fn name(self, snapshot: &Snapshot, voice: Voice<'_>) -> String {
        match self {
            FormSubject::Process(process) => voice.process_short(process).to_owned(),
            FormSubject::GlobalMeetings(file) => file.series.name.get(voice.language).to_owned(),
            FormSubject::GlobalMeeting(meeting) => {
                called(&snapshot.catalogue, voice, Entity::Meeting, &meeting.id).unwrap_or_default()
            }
        }
    }

    /// The file in which it stands.
    pub(crate) fn file(self) -> String {
        match self {
            FormSubject::Process(process) => format!("{PROCESSES}/{}.toml", process.id),
            FormSubject::GlobalMeetings(_) | FormSubject::GlobalMeeting(_) => MEETINGS.to_owned(),
        }
    }
}

/// A field of a form: its name, which messages name too, the most characters that it takes, whether it has several lines,
/// whether it may not be left empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormField {
    /// The name.
    pub id: &'static str,
    /// The most characters.
    pub most: u16,
    long: bool,
    required: bool,
}

const fn field(id: &'static str, most: u16) -> FormField {
    FormField { id, most, long: false, required: false }
}

impl FormField {
    const fn required(self) -> FormField {
        FormField { required: true, ..self }
    }

    const fn long(self) -> FormField {
        FormField { long: true, ..self }
    }
}

/// The source of a change, which every form asks for.
const URL: FormField = field("url", 500).required();
/// The date that the source bears.
const DATE: FormField = field("date", 60);
const WHO: FormField = field("who", 300);
const SINCE: FormField = field("since", 60);
const PLACE: FormField = field("place", 260).long();
const TITLE: FormField = field("title", 400).long();
const WHEN: FormField = field("when", 60);
/// A city with its country, which the record of a global meeting tells apart.
const VENUE: FormField = field("venue", 400).long();

/// The fields of a form, at most five.
pub(crate) fn fields(kind: EditKind) -> Vec<FormField> {
    let own: &[FormField] = match kind {
        EditKind::Chair => &[WHO.required(), SINCE, field("rule", 250).long()],
        EditKind::Meeting => &[TITLE.required(), WHEN, PLACE],
        EditKind::Status => &[field("status", 40).required(), field("basis", 60), field("note", 800).long()],
        EditKind::Members | EditKind::Observers => &[field("join", 300), field("leave", 300), SINCE],
        EditKind::Secretariat => &[WHO.required(), PLACE, SINCE],
        EditKind::Website => &[field("website", 500).required()],
        EditKind::Note => {
            &[field("kind", 40).required(), field("about", 120).required(), field("text", 1_600).long().required()]
        }
        EditKind::Topic => &[field("theme", 400).long().required(), field("topics", 300).required()],
        EditKind::GlobalMeeting => &[TITLE.required(), WHEN.required(), VENUE],
        EditKind::MeetingHeld => &[WHEN.required(), VENUE, field("outcome", 800).long()],
        EditKind::ChairSeen
        | EditKind::MembersSeen
        | EditKind::StatusSeen
        | EditKind::AllSeen
        | EditKind::MeetingsSeen => &[],
    };
    let date = if is_dated_by_its_source(kind) { DATE.required() } else { DATE };
    own.iter().copied().chain([URL, date]).collect()
}

/// Whether what the form says is as old as its source: that a status still holds, that a meeting which was announced took
/// place, that there was no other.
pub(crate) const fn is_dated_by_its_source(kind: EditKind) -> bool {
    matches!(kind, EditKind::StatusSeen | EditKind::MeetingHeld | EditKind::MeetingsSeen)
}

/// A form that a moderator has before them: what is changed of what, as it is served, in whose words.
#[derive(Clone, Copy)]
pub(crate) struct EditForm<'s> {
    /// What is served.
    pub snapshot: &'s Snapshot,
    /// The moderator's language.
    pub voice: Voice<'s>,
    /// What is changed.
    pub kind: EditKind,
    /// What it is about.
    pub subject: FormSubject<'s>,
}

impl EditForm<'_> {
    /// Its fields, with what stands in them at first, or with what was typed into them before. `about` is what led to it, such
    /// as a report of its subject.
    pub(crate) fn modal(self, about: FormOccasion, typed: Option<&[(String, String)]>) -> Modal {
        let EditForm { snapshot, voice, kind, subject } = self;
        let title = [("name", subject.name(snapshot, voice).into())];
        let title = voice.say_with(&format!("form-title-{}", kind.key()), title);
        let inputs = fields(kind).into_iter().map(|field| {
            let before = typed.map(|typed| {
                typed.iter().find(|(id, _)| id == field.id).map(|(_, typed)| typed.clone()).unwrap_or_default()
            });
            Input {
                id: field.id,
                label: voice.say(&format!("form-field-{}", field.id)),
                placeholder: self.example(field),
                value: before.unwrap_or_else(|| self.at_first(field)),
                required: field.required,
                long: field.long,
                most: field.most,
            }
        });
        let state = state_of(kind, subject);
        let custom_id = FormButton::Filled { kind, about, state }.encode(0);
        Modal { custom_id, title, inputs: inputs.collect() }
    }

    /// What stands in a field at first: what is said now, where a new wording of it is asked for.
    fn at_first(self, field: FormField) -> String {
        let EditForm { snapshot, voice, kind, subject } = self;
        let language = voice.language;
        match (subject, kind, field.id) {
            (FormSubject::Process(process), EditKind::Chair, "rule") => {
                let rule = process.chair.as_ref().and_then(|chair| chair.rule.as_ref());
                rule.and_then(|rule| rule.exact(language)).unwrap_or_default().to_owned()
            }
            (FormSubject::Process(process), EditKind::Status, "status") => {
                voice.say(&format!("status-{}", process.status.value.key()))
            }
            (FormSubject::Process(process), EditKind::Website, "website") => {
                process.website.clone().unwrap_or_default()
            }
            (FormSubject::Process(process), EditKind::Secretariat, "place") => {
                let place = process.secretariat.as_ref().and_then(|secretariat| secretariat.place.as_ref());
                in_lines(place.into_iter().flat_map(|place| place.wordings()))
            }
            (FormSubject::GlobalMeetings(file), EditKind::GlobalMeeting, "title") => {
                in_lines(proposed_name(&snapshot.messages, file).wordings())
            }
            (FormSubject::GlobalMeeting(meeting), EditKind::MeetingHeld, "when") => voice.date(meeting.date),
            (FormSubject::GlobalMeeting(meeting), EditKind::MeetingHeld, "venue") => {
                venue(&snapshot.catalogue, voice, meeting)
            }
            _ => String::new(),
        }
    }

    /// An example of what a field takes; where somebody is asked for, who it is now.
    fn example(self, field: FormField) -> String {
        let EditForm { snapshot, voice, kind, subject } = self;
        let now = match (subject, kind, field.id) {
            (FormSubject::Process(process), EditKind::Chair, "who") => {
                process.chair.as_ref().map(|chair| (&chair.countries, &chair.organisations))
            }
            (FormSubject::Process(process), EditKind::Secretariat, "who") => process
                .secretariat
                .as_ref()
                .filter(|secretariat| secretariat.kind != SecretariatKind::None)
                .map(|secretariat| (&secretariat.countries, &secretariat.organisations)),
            _ => None,
        };
        let now = now.map(|(countries, organisations)| voice.parties(&snapshot.catalogue, countries, organisations));
        match now.filter(|now| !now.is_empty()) {
            Some(now) => voice.say_with("form-now", [("who", cut(&now, 60).into())]),
            // The other example says that it may be left empty.
            None if field.id == DATE.id && field.required => voice.say("form-field-date-required-example"),
            None if field.id == WHEN.id && field.required => voice.say("form-field-when-required-example"),
            None => voice.say(&format!("form-field-{}-example", field.id)),
        }
    }
}

/// Wordings as they are typed, a line for each.
fn in_lines<'t>(wordings: impl Iterator<Item = (Language, &'t str)>) -> String {
    wordings.map(|(language, text)| format!("{language}: {text}")).collect::<Vec<_>>().join("\n")
}

/// A city and its country in each language, or that the meeting is held online.
fn venue(catalogue: &Catalogue, voice: Voice<'_>, meeting: &GlobalMeeting) -> String {
    if meeting.online {
        return voice.say("online");
    }
    let country = meeting.country.as_deref().and_then(|code| catalogue.country(code));
    let named = |language, place: &str| match country {
        Some(country) => format!("{language}: {place}, {}", country.name.get(language)),
        None => format!("{language}: {place}"),
    };
    let place = meeting.place.iter().flat_map(Text::wordings);
    let lines = place.map(|(language, place)| named(language, place)).collect::<Vec<_>>();
    match (lines.is_empty(), country) {
        (true, Some(country)) => country.name.get(voice.language).to_owned(),
        _ => lines.join("\n"),
    }
}

/// The number that the next meeting of the series would bear.
pub(crate) fn next_number(file: &MeetingsFile) -> u8 {
    file.meetings.iter().filter_map(|meeting| meeting.ordinal).max().unwrap_or_default().saturating_add(1)
}

/// What the next meeting of the series would be called, in our words: a moderator need only take it.
pub(crate) fn proposed_name(messages: &Messages, file: &MeetingsFile) -> Name {
    let number = next_number(file);
    let of = |language| Some(messages.voice(language).say_with("form-global-name", [("number", number.into())]));
    Name { fr: of(Language::Fr), en: of(Language::En), es: of(Language::Es), own: Language::ALL.to_vec() }
}

/// The beginning of the hash of what a form changes, as it is said now.
pub(crate) fn state_of(kind: EditKind, subject: FormSubject<'_>) -> String {
    match subject {
        FormSubject::Process(process) => state(kind, process),
        FormSubject::GlobalMeetings(file) if kind == EditKind::GlobalMeeting => {
            hash(serde_json::to_vec(&file.meetings))
        }
        FormSubject::GlobalMeetings(file) => hash(serde_json::to_vec(file)),
        FormSubject::GlobalMeeting(meeting) => hash(serde_json::to_vec(meeting)),
    }
}

/// The same of a process.
pub(crate) fn state(kind: EditKind, process: &Process) -> String {
    let said = match kind {
        EditKind::Chair | EditKind::ChairSeen => serde_json::to_vec(&process.chair),
        EditKind::Meeting => serde_json::to_vec(&process.meetings),
        EditKind::Status => serde_json::to_vec(&process.status),
        // That it still holds is said by a source alone.
        EditKind::StatusSeen => serde_json::to_vec(&(&process.status, &process.sources)),
        EditKind::Members | EditKind::Observers | EditKind::MembersSeen => serde_json::to_vec(&process.participants),
        EditKind::Secretariat => serde_json::to_vec(&process.secretariat),
        EditKind::Website => serde_json::to_vec(&process.website),
        EditKind::Note => serde_json::to_vec(&process.notes),
        EditKind::Topic => serde_json::to_vec(&process.themes),
        EditKind::AllSeen | EditKind::GlobalMeeting | EditKind::MeetingHeld | EditKind::MeetingsSeen => {
            serde_json::to_vec(process)
        }
    };
    hash(said)
}

fn hash(said: Result<Vec<u8>, serde_json::Error>) -> String {
    // Records are made of texts, numbers and lists, which always become JSON.
    HEXLOWER.encode(&Sha256::digest(said.unwrap_or_default())).chars().take(STATE).collect()
}
