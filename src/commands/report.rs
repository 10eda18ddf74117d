//! « Signaler une erreur »: the button behind ➕ of a card, and the short form that it opens. What is sent goes to the
//! moderators, who are another room's business.

use crate::catalogue::Language;
use crate::lookup::Entity;
use crate::reply::{Button, Input, Modal, Row};

use crate::commands::custom_id::CustomId;
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::view::View;

/// The field in which readers say what is wrong.
pub const REPORT_TEXT: &str = "wrong";

/// The field for a page that says so.
pub const REPORT_URL: &str = "url";

/// The most characters of either.
const MOST: [u16; 2] = [600, 500];

/// The button that opens the form about a card.
pub(super) fn button(reader: &Reader<'_>, view: View) -> Button {
    let custom_id = CustomId::Report { view, fixed: reader.fixed }.encode(0);
    Button::press(reader.voice.say("button-report"), custom_id).emoji("🚩")
}

/// The same, as a row of its own.
pub(super) fn row(reader: &Reader<'_>, view: View) -> Vec<Row> {
    vec![Row::Buttons(vec![button(reader, view)])]
}

/// The form about a card.
pub(super) fn form(reader: &Reader<'_>, view: &View, custom_id: &str) -> Result<Modal, Refusal> {
    subject(view).ok_or(Refusal::UnknownComponent)?;
    let voice = reader.voice;
    let input = |id, most, long, required| Input {
        id,
        label: voice.say(&format!("report-{id}")),
        placeholder: voice.say(&format!("report-{id}-example")),
        value: String::new(),
        required,
        long,
        most,
    };
    Ok(Modal {
        custom_id: custom_id.to_owned(),
        title: voice.say("report-title"),
        inputs: vec![input(REPORT_TEXT, MOST[0], true, true), input(REPORT_URL, MOST[1], false, false)],
    })
}

/// Whether a form that was sent is a report.
pub fn is_report(custom_id: &str) -> bool {
    reported(custom_id).is_some()
}

/// What a report is about, and the language in which it was asked for.
pub fn reported(custom_id: &str) -> Option<(Entity, String, Option<Language>)> {
    match custom_id.parse() {
        Ok(CustomId::Report { view, fixed }) => subject(&view).map(|(entity, id)| (entity, id, fixed)),
        _ => None,
    }
}

/// The entry that a card shows.
fn subject(view: &View) -> Option<(Entity, String)> {
    match view {
        View::Process { id } => Some((Entity::Process, id.clone())),
        View::Country { code } => Some((Entity::Country, code.clone())),
        View::Organisation { id } => Some((Entity::Organisation, id.clone())),
        View::Meeting { id } => Some((Entity::Meeting, id.clone())),
        View::Term { id } => Some((Entity::Term, id.clone())),
        _ => None,
    }
}
