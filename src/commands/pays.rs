//! `/rcp pays`: the processes in which a country takes part, by region and status, and the chairs it holds.

use std::collections::BTreeMap;

use crate::catalogue::{ParticipantRole, Process, StatusValue};
use crate::language::flag;
use crate::lookup::Entity;
use crate::reply::{Lines, Reply};
use crate::snapshot::Tie;

use super::declare::{Command, CommandOption, Form, Wording};
use super::parts::{general, status_mark};
use super::request::Invocation;
use super::view::View;
use super::{Reader, finding};

const COUNTRY: CommandOption = CommandOption {
    name: Wording { fr: "pays", en: "country", es: "pais" },
    required: true,
    form: Form::Entry(Entity::Country),
};

/// The declaration.
pub static COMMAND: Command =
    Command { name: Wording { fr: "pays", en: "country", es: "pais" }, options: &[COUNTRY], answer };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Reply {
    finding::answer(reader, Entity::Country, invocation.text(COUNTRY.name.fr).unwrap_or_default())
}

/// The country's processes, or `None` when the country is gone.
pub fn show(reader: &Reader<'_>, code: &str) -> Option<Reply> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let country = catalogue.country(code)?;
    // The same process may tie a country several times: as a member, and as its chair.
    let mut ties: BTreeMap<usize, Vec<Tie>> = BTreeMap::new();
    for (place, tie) in snapshot.relations.of_country(code) {
        ties.entry(*place).or_default().push(*tie);
    }
    let mut processes: Vec<(&Process, Vec<Tie>)> =
        ties.into_iter().filter_map(|(place, ties)| Some((catalogue.processes.get(place)?, ties))).collect();
    let region = |process: &Process| catalogue.regions.iter().position(|region| region.id == process.region);
    processes.sort_by_cached_key(|(process, _)| {
        (region(process), process.status.value, snapshot.sort_key(voice.language, &process.id))
    });

    let mut embed = general(&format!("{} {}", flag(code), country.name.get(voice.language)))
        .description(&summary(reader, &processes));
    let chairs: Vec<String> = processes
        .iter()
        .filter(|(process, ties)| ties.contains(&Tie::Chair) && process.status.value != StatusValue::Inactive)
        .map(|(process, _)| {
            let as_of = process.chair.as_ref().and_then(|chair| chair.as_of.or(chair.term));
            let when = as_of.map_or_else(|| voice.say("undated"), |when| voice.date(when));
            format!("• {} ({when})", voice.process_short(process))
        })
        .collect();
    if !chairs.is_empty() {
        embed = embed.items(&voice.say("country-chairs"), &Lines::below(chairs));
    }
    for region in &catalogue.regions {
        let of_region = processes.iter().filter(|(process, _)| process.region == region.id);
        let lines: Vec<String> = of_region.map(|(process, ties)| line(reader, process, ties)).collect();
        if !lines.is_empty() {
            let name = format!("{} {}", region.emoji, region.name.get(voice.language));
            embed = embed.items(&name, &Lines::below(lines));
        }
    }
    let embed =
        embed.footer(&voice.say_with("footer-derived", [("date", voice.date(catalogue.general.collected).into())]));
    let reply = Reply { private: reader.private, ..Reply::of(embed) };
    let reply = reader.menu_of(
        reply,
        "menu-open-process",
        Entity::Process,
        processes.iter().map(|(process, _)| process.id.as_str()),
    );
    Some(reply.buttons(vec![reader.share_or_delete(View::Country { code: code.to_owned() })]))
}

fn summary(reader: &Reader<'_>, processes: &[(&Process, Vec<Tie>)]) -> String {
    let in_role = |role| processes.iter().filter(|(_, ties)| ties.contains(&Tie::Participant(role))).count();
    let counts = [("country-member", ParticipantRole::Member), ("country-observer", ParticipantRole::Observer)];
    let said: Vec<String> = counts
        .into_iter()
        .map(|(key, role)| (key, in_role(role)))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| reader.voice.say_with(key, [("count", count.into())]))
        .collect();
    let said =
        if said.is_empty() && processes.is_empty() { reader.voice.say("country-none") } else { said.join(" · ") };
    // Several processes give no list of members, so that a country may take part without standing here.
    format!("{said}\n-# {}", reader.voice.say("country-caution"))
}

/// A process with what the country is in it.
fn line(reader: &Reader<'_>, process: &Process, ties: &[Tie]) -> String {
    let voice = reader.voice;
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
