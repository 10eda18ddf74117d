//! `/rcp pays`: the processes in which a country takes part, by role, and the chairs it holds.

use crate::catalogue::ParticipantRole;
use crate::language::flag;
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour};
use crate::snapshot::{Bound, Tie};

use crate::commands::declaration::{COUNTRY, Command};
use crate::commands::finding;
use crate::commands::info;
use crate::commands::look::{footer_with_legend, legend_of, status_mark};
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// `/rcp pays`: a country, found by any of its names.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "pays", en: "country", es: "pais" },
    options: &[COUNTRY.required()],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Country, invocation.text(COUNTRY.name.fr))
}

/// The room for the processes in one role, in characters, so that none takes that of the others.
const IN_ROLE: usize = 280;

/// What a country takes part in, at a glance.
pub(super) fn show(reader: &Reader<'_>, code: &str) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let country = catalogue.country(code).ok_or(Refusal::EntryGone)?;
    let bound = snapshot.relations.of_country(code);
    let all = bound.map(|bound| bound.all(voice.language)).unwrap_or_default();
    let chaired = bound.map(|bound| bound.chaired(voice.language)).unwrap_or_default();
    let mut buttons = Vec::new();
    if !all.is_empty() {
        let more = View::CountryMore { code: code.to_owned(), page: 0 };
        buttons.push(reader.open(0, voice.say("button-by-region"), more).emoji("🗂️"));
    }
    buttons.push(reader.map(View::CountryMap { code: code.to_owned() }));
    buttons.push(reader.share_or_delete(View::Country { code: code.to_owned() }));
    let ids = catalogue.at(all).map(|process| process.id.as_str());
    let rows = Rows::default().menu(reader.menu_of(0, "menu-open-process", Entity::Process, ids)).buttons(buttons);
    let title = format!("{} {}", flag(code), country.name.get(voice.language));
    let footer = reader.dated();
    let mut text = summary(reader, bound);
    if let Some(bound) = bound {
        text.push_str(&format!("\n{}", legend_of(voice, |status| bound.statuses.contains(&status))));
    }
    let mut embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title, &footer).description(&text);
    if !chaired.is_empty() {
        let chairs = chaired.iter().map(|place| chair(reader, *place));
        embed = embed.field(&voice.say("country-chairs"), &Lines::below(chairs).fit(IN_ROLE));
    }
    for (role, places) in bound.into_iter().flat_map(|bound| bound.in_role(voice.language)) {
        let name = voice.say(&format!("country-role-{}", role.key()));
        embed = embed.field(&name, &Lines::beside(reader.marked(places)).fit(IN_ROLE));
    }
    Ok(reader.reply(embed, rows))
}

/// Everything that a country takes part in, by region, with what it is in each.
pub(super) fn more(reader: &Reader<'_>, code: &str, page: usize) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let country = catalogue.country(code).ok_or(Refusal::EntryGone)?;
    let bound = snapshot.relations.of_country(code);
    let mut sheet = Sheet::default();
    for place in bound.map(|bound| bound.all(voice.language)).unwrap_or_default() {
        let Some(process) = catalogue.processes.get(*place) else { continue };
        let region = catalogue.region(&process.region);
        let heading = region.map(|region| format!("{} {}", region.emoji, region.name.get(voice.language)));
        sheet.put(&heading.unwrap_or_default(), line(reader, bound, *place));
    }
    let title = format!("{} {}", flag(code), country.name.get(voice.language));
    let back = View::Country { code: code.to_owned() };
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: None,
        footer: footer_with_legend(voice, &reader.dated()),
        back: Some(reader.back("button-back-to-country", back)),
        rows: report::row(reader, View::Country { code: code.to_owned() }),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::CountryMore { code: code.to_owned(), page }))
}

fn summary(reader: &Reader<'_>, bound: Option<&Bound>) -> String {
    let in_roles = || bound.into_iter().flat_map(|bound| bound.in_role(reader.voice.language));
    let in_role = |role| in_roles().find(|(one, _)| *one == role).map_or(0, |(_, places)| places.len());
    let counts = [("country-member", ParticipantRole::Member), ("country-observer", ParticipantRole::Observer)];
    let said: Vec<String> = counts
        .into_iter()
        .map(|(key, role)| (key, in_role(role)))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| reader.voice.say_with(key, [("count", count.into())]))
        .collect();
    let said = if bound.is_none() { reader.voice.say("country-none") } else { said.join(" · ") };
    // Several processes give no list of members, so that a country may take part without standing here.
    format!("{said}\n-# {}", reader.voice.say("country-caution")).trim().to_owned()
}

/// A process that the country chairs, and when that was last seen.
fn chair(reader: &Reader<'_>, place: usize) -> String {
    let voice = reader.voice;
    let Some(process) = reader.snapshot.catalogue.processes.get(place) else { return String::new() };
    let Some(chair) = &process.chair else { return String::new() };
    format!("• {} ({})", voice.process_short(process), info::seen(voice, chair.as_of, chair.term))
}

/// A process with what the country is in it.
fn line(reader: &Reader<'_>, bound: Option<&Bound>, place: usize) -> String {
    let voice = reader.voice;
    let Some(process) = reader.snapshot.catalogue.processes.get(place) else { return String::new() };
    let ties = bound.map(|bound| bound.ties(place)).unwrap_or_default();
    let mut roles: Vec<String> = ties
        .iter()
        .map(|tie| match tie {
            Tie::Chair => voice.say("tie-chair"),
            Tie::Secretariat => voice.say("tie-secretariat"),
            Tie::Association => voice.say("tie-association"),
            Tie::Participant(role) => voice.say(&format!("tie-{}", role.key())),
        })
        .collect();
    roles.dedup();
    format!("{}\u{a0}**{}** – {}", status_mark(process.status.value), voice.process_short(process), roles.join(", "))
}
