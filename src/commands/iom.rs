//! `/rcp oim`: IOM's role: the figures with their date, kinds of support, processes by role, the global meetings.

use crate::catalogue::{Fact, Note};
use crate::reply::{Lines, Reply};

use super::declaration::Command;
use super::look::general;
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

/// The room for the processes in which IOM has one role, in characters, so that none takes that of the others.
const IN_ROLE: usize = 300;

/// `/rcp oim` takes no option.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "oim", en: "iom", es: "oim" }, options: &[], answer, costly: false };

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::Iom {})
}

/// IOM's role.
pub(super) fn show(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let catalogue = &snapshot.catalogue;
    let (iom, voice) = (&catalogue.iom, reader.voice);
    let mut embed =
        general(&voice.say("iom-title")).url(reader.page(&iom.pages)).description(reader.text(&iom.summary));
    embed = embed.items(&voice.say("iom-figures"), facts(reader, &iom.figures));
    for role in &iom.roles {
        embed = embed.field(reader.text(&role.label), &role_text(reader, role));
    }
    let by_role = snapshot.relations.iom_roles.iter().map(|(role, places)| {
        let name = voice.say(&format!("iom-role-{}", role.key()));
        voice.labelled(&format!("**{name}**"), &Lines::listed(reader.marked(places)).fit(IN_ROLE))
    });
    embed = embed.items(&voice.say("iom-by-role"), Lines::below(by_role));
    let notes: Vec<Note> = iom.figures.iter().flat_map(|fact| fact.notes.iter().cloned()).collect();
    if !notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&notes));
    }
    embed = embed.items(&voice.say("iom-basics"), facts(reader, &iom.basics));
    let sources = iom.figures.first().map(|fact| fact.sources.as_slice()).unwrap_or_default();
    let embed = embed.footer(&reader.footer(sources, iom.collected));
    let reply = reader.reply(embed);
    Ok(reply.buttons(vec![
        reader.open(0, voice.say("button-meetings"), View::Meetings {}).emoji("📅"),
        reader.open(0, voice.say("button-all-secretariats"), View::Secretariats { page: 0 }).emoji("🗂️"),
        reader.open(0, voice.say("button-organisation"), View::Organisation { id: "iom".to_owned() }).emoji("🏛️"),
        reader.share_or_delete(View::Iom {}),
    ]))
}

fn facts(reader: &Reader<'_>, facts: &[Fact]) -> Lines<impl ExactSizeIterator<Item = String>> {
    Lines::below(facts.iter().map(|fact| format!("• {}", reader.fact(fact))))
}

/// What is said of a part of the role: text, date, points, organisations.
fn role_text(reader: &Reader<'_>, role: &Fact) -> String {
    let date = role.date.map(|date| reader.voice.date(date));
    let text = role.text.as_ref().map(|text| reader.text(text));
    let mut said: Vec<String> = match (date, text) {
        (Some(date), Some(text)) => vec![reader.voice.labelled(&date, text)],
        (date, text) => date.into_iter().chain(text.map(str::to_owned)).collect(),
    };
    said.extend(role.points.iter().map(|point| format!("• {}", reader.text(point))));
    let organisations = reader.voice.parties(&reader.snapshot.catalogue, &[], &role.organisations);
    said.extend((!organisations.is_empty()).then_some(organisations));
    said.join("\n")
}
