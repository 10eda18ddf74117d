//! `/rcp pays`: the processes in which a country takes part, by region and status, and the chairs it holds.

use crate::catalogue::ParticipantRole;
use crate::language::flag;
use crate::lookup::Entity;
use crate::reply::{Lines, Reply};
use crate::snapshot::{Bound, Tie};

use super::declaration::{Command, CommandOption, OptionKind};
use super::finding;
use super::look::{general, status_mark};
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const COUNTRY: CommandOption = CommandOption {
    name: Wording { fr: "pays", en: "country", es: "pais" },
    required: true,
    kind: OptionKind::Entry(Entity::Country),
};

/// `/rcp pays`: a country, found by any of its names.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "pays", en: "country", es: "pais" }, options: &[COUNTRY], answer, costly: false };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Country, invocation.text(COUNTRY.name.fr))
}

/// The country's processes.
pub(super) fn show(reader: &Reader<'_>, code: &str) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let country = catalogue.country(code).ok_or(Refusal::EntryGone)?;
    let bound = snapshot.relations.of_country(code);
    let all = bound.map(|bound| bound.all(voice.language)).unwrap_or_default();
    let chaired = bound.map(|bound| bound.chaired(voice.language)).unwrap_or_default();

    let mut embed =
        general(&format!("{} {}", flag(code), country.name.get(voice.language))).description(&summary(reader, bound));
    if !chaired.is_empty() {
        let chairs = chaired.iter().map(|place| chair(reader, *place));
        embed = embed.items(&voice.say("country-chairs"), Lines::below(chairs));
    }
    let mut rest = all;
    for (region, of_region) in catalogue.regions.iter().enumerate() {
        // The list is sorted by region.
        let end = rest.partition_point(|place| {
            catalogue.processes.get(*place).and_then(|process| catalogue.region_place(process)) <= Some(region)
        });
        let (own, others) = rest.split_at(end);
        rest = others;
        if !own.is_empty() {
            let name = format!("{} {}", of_region.emoji, of_region.name.get(voice.language));
            embed = embed.items(&name, Lines::below(own.iter().map(|place| line(reader, bound, *place))));
        }
    }
    let embed =
        embed.footer(&voice.say_with("footer-derived", [("date", voice.date(catalogue.general.collected).into())]));
    let reply = reader.reply(embed);
    let reply = reader.menu_of(
        reply,
        "menu-open-process",
        Entity::Process,
        catalogue.at(all).map(|process| process.id.as_str()),
    );
    Ok(reply.buttons(vec![reader.share_or_delete(View::Country { code: code.to_owned() })]))
}

fn summary(reader: &Reader<'_>, bound: Option<&Bound>) -> String {
    let in_role = |role| bound.and_then(|bound| bound.roles.get(&role)).copied().unwrap_or_default();
    let counts = [("country-member", ParticipantRole::Member), ("country-observer", ParticipantRole::Observer)];
    let said: Vec<String> = counts
        .into_iter()
        .map(|(key, role)| (key, in_role(role)))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| reader.voice.say_with(key, [("count", count.into())]))
        .collect();
    let said = if bound.is_none() { reader.voice.say("country-none") } else { said.join(" · ") };
    // Several processes give no list of members, so that a country may take part without standing here.
    format!("{said}\n-# {}", reader.voice.say("country-caution"))
}

/// A process that the country chairs, and since when that is known.
fn chair(reader: &Reader<'_>, place: usize) -> String {
    let voice = reader.voice;
    let Some(process) = reader.snapshot.catalogue.processes.get(place) else { return String::new() };
    let as_of = process.chair.as_ref().and_then(|chair| chair.as_of.or(chair.term));
    let when = as_of.map_or_else(|| voice.say("undated"), |when| voice.date(when));
    format!("• {} ({when})", voice.process_short(process))
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
    format!("{} **{}** – {}", status_mark(process.status.value), voice.process_short(process), roles.join(", "))
}
