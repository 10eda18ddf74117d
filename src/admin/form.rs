//! The forms of `/rcp-admin modifier`: which fields each has, what stands in them at first, and what the field of the
//! record said when a form was opened.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::admin::form_button::{EditKind, FormButton, FormOccasion, STATE};
use crate::catalogue::{Process, SecretariatKind};
use crate::language::Voice;
use crate::reply::{Input, Modal, cut};
use crate::snapshot::Snapshot;

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

/// The fields of a form, at most five.
pub(crate) fn fields(kind: EditKind) -> Vec<FormField> {
    let own: &[FormField] = match kind {
        EditKind::Chair => &[WHO.required(), SINCE, field("rule", 250).long()],
        EditKind::Meeting => &[field("title", 400).long().required(), field("when", 60), PLACE],
        EditKind::Status => &[field("status", 40).required(), field("basis", 60), field("note", 800).long()],
        EditKind::Members | EditKind::Observers => &[field("join", 300), field("leave", 300), SINCE],
        EditKind::Secretariat => &[WHO.required(), PLACE, SINCE],
        EditKind::Website => &[field("website", 500).required()],
        EditKind::Note => {
            &[field("kind", 40).required(), field("about", 120).required(), field("text", 1_600).long().required()]
        }
        EditKind::Topic => &[field("theme", 400).long().required(), field("topics", 300).required()],
        EditKind::ChairSeen | EditKind::MembersSeen | EditKind::StatusSeen | EditKind::AllSeen => &[],
    };
    let date = if kind == EditKind::StatusSeen { DATE.required() } else { DATE };
    own.iter().copied().chain([URL, date]).collect()
}

/// A form about a process, or about a report of it, with what stands in its fields at first, or with what was typed into
/// them before.
pub(crate) fn modal(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    kind: EditKind,
    about: FormOccasion,
    process: &Process,
    typed: Option<&[(String, String)]>,
) -> Modal {
    let name = voice.process_short(process);
    let title = voice.say_with(&format!("form-title-{}", kind.key()), [("name", name.into())]);
    let inputs = fields(kind).into_iter().map(|field| {
        let before = typed.map(|typed| {
            typed.iter().find(|(id, _)| id == field.id).map(|(_, typed)| typed.clone()).unwrap_or_default()
        });
        Input {
            id: field.id,
            label: voice.say(&format!("form-field-{}", field.id)),
            placeholder: example(snapshot, voice, kind, field, process),
            value: before.unwrap_or_else(|| at_first(voice, kind, field, process)),
            required: field.required,
            long: field.long,
            most: field.most,
        }
    });
    let state = state(kind, process);
    let custom_id = FormButton::Filled { kind, about, state }.encode(0);
    Modal { custom_id, title, inputs: inputs.collect() }
}

/// What stands in a field at first: what is said now, where a new wording of it is asked for.
fn at_first(voice: Voice<'_>, kind: EditKind, field: FormField, process: &Process) -> String {
    let language = voice.language;
    match (kind, field.id) {
        (EditKind::Chair, "rule") => {
            let rule = process.chair.as_ref().and_then(|chair| chair.rule.as_ref());
            rule.and_then(|rule| rule.exact(language)).unwrap_or_default().to_owned()
        }
        (EditKind::Status, "status") => voice.say(&format!("status-{}", process.status.value.key())),
        (EditKind::Website, "website") => process.website.clone().unwrap_or_default(),
        (EditKind::Secretariat, "place") => {
            let place = process.secretariat.as_ref().and_then(|secretariat| secretariat.place.as_ref());
            let lines = place.into_iter().flat_map(|place| place.wordings());
            lines.map(|(language, place)| format!("{language}: {place}")).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

/// An example of what a field takes; where somebody is asked for, who it is now.
fn example(snapshot: &Snapshot, voice: Voice<'_>, kind: EditKind, field: FormField, process: &Process) -> String {
    let now = match (kind, field.id) {
        (EditKind::Chair, "who") => process.chair.as_ref().map(|chair| (&chair.countries, &chair.organisations)),
        (EditKind::Secretariat, "who") => process
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
        None => voice.say(&format!("form-field-{}-example", field.id)),
    }
}

/// The beginning of the hash of what a form changes, as the record says it.
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
        EditKind::AllSeen => serde_json::to_vec(process),
    };
    // Records are made of texts, numbers and lists, which always become JSON.
    HEXLOWER.encode(&Sha256::digest(said.unwrap_or_default())).chars().take(STATE).collect()
}
