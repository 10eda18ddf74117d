//! `/rcp region`: the processes of a region by status, and the interregional forums that touch it.

use crate::catalogue::{Kind, ParticipantRole, Process, StatusValue};
use crate::lookup::Entity;
use crate::reply::limits::MENU_OPTIONS;
use crate::reply::{Lines, MenuOption, Reply};
use crate::snapshot::Regional;

use super::declaration::{Command, CommandOption, OptionKind};
use super::entry;
use super::finding;
use super::look::{PAGE, general, paged, status_mark};
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const REGION: CommandOption = CommandOption {
    name: Wording { fr: "region", en: "region", es: "region" },
    required: true,
    kind: OptionKind::Entry(Entity::Region),
};

/// `/rcp region`: a region, found by any of its names.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "region", en: "region", es: "region" }, options: &[REGION], answer, costly: false };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Region, invocation.text(REGION.name.fr))
}

/// The region's list.
pub(super) fn show(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let catalogue = &reader.snapshot.catalogue;
    let region = catalogue.region(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let regional = reader.snapshot.relations.of_region(id);
    let own = regional.map(|regional| regional.own(voice.language)).unwrap_or_default();
    let touching = regional.map(|regional| regional.touching(voice.language)).unwrap_or_default();
    let (pages, page) = paged(own.len(), page);
    let shown: Vec<&Process> = catalogue.at(own.iter().skip(page * PAGE).take(PAGE)).collect();
    let title = format!("{} {}", region.emoji, region.name.get(voice.language));
    let mut embed = general(&title).url(reader.page(&catalogue.general.pages)).description(&summary(reader, regional));
    for &status in StatusValue::ALL {
        let of_status: Vec<String> = shown
            .iter()
            .filter(|process| process.status.value == status)
            .map(|&process| line(reader, process))
            .collect();
        if !of_status.is_empty() {
            let name = voice.say(&format!("status-plural-{}", status.key()));
            embed = embed.items(&format!("{} {name}", status_mark(status)), Lines::below(of_status));
        }
    }
    if page == 0 && !touching.is_empty() {
        embed = embed.items(&voice.say("region-touching"), Lines::beside(reader.marked(touching)));
    }
    let embed = embed.footer(&reader.footer(&catalogue.general.definition.sources, catalogue.general.collected));

    let mut reply = reader.reply(embed);
    let listed = shown.iter().map(|process| process.id.as_str());
    reply = reader.menu_of(reply, "menu-open-process", Entity::Process, listed);
    if page == 0 {
        let touching = catalogue.at(touching).map(|process| process.id.as_str());
        reply = second_menu(reader, reply, touching);
    }
    let view = |page| View::Region { id: id.to_owned(), page };
    reply = reply.buttons(reader.pager(page, pages, view));
    let others = catalogue.regions.iter().filter(|other| other.id != id).enumerate();
    let others = others.map(|(place, other)| {
        reader.open(10 + place, other.name.get(voice.language), View::Region { id: other.id.clone(), page: 0 })
    });
    Ok(reply.buttons(others.take(5).collect()).buttons(vec![reader.share_or_delete(view(page))]))
}

/// The menu of the interregional forums. Its custom_id differs from that of the first menu of the message.
fn second_menu<'i>(reader: &Reader<'_>, reply: Reply, ids: impl Iterator<Item = &'i str>) -> Reply {
    let options = ids.filter_map(|id| entry::option(reader.snapshot, reader.voice, Entity::Process, id));
    let options: Vec<MenuOption> = options.take(MENU_OPTIONS).collect();
    reply.menu(reader.menu(1, &reader.voice.say("menu-open-interregional"), options))
}

fn summary(reader: &Reader<'_>, regional: Option<&Regional>) -> String {
    let counts = regional.into_iter().flat_map(|regional| &regional.statuses);
    let counted = counts
        .map(|(status, &count)| reader.voice.say_with(&format!("count-{}", status.key()), [("count", count.into())]));
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() { reader.voice.say("region-empty") } else { counted.join(" · ") }
}

/// A process in one line: acronym, name, secretariat, number of members.
fn line(reader: &Reader<'_>, process: &Process) -> String {
    let voice = reader.voice;
    let name = process.name.get(voice.language);
    let name = match voice.process_acronym(process) {
        Some(acronym) => format!("**{acronym}** – {name}"),
        None => format!("**{name}**"),
    };
    let secretariat = process.secretariat.as_ref().map(|secretariat| {
        voice.parties(&reader.snapshot.catalogue, &secretariat.countries, &secretariat.organisations)
    });
    let secretariat = secretariat.filter(|names| !names.is_empty());
    let members = process
        .participants(ParticipantRole::Member)
        .map(|members| members.count.map_or(members.states.len(), usize::from));
    let details = [
        secretariat.map(|names| voice.say_with("line-secretariat", [("names", names.into())])),
        members.filter(|count| *count > 0).map(|count| voice.say_with("line-members", [("count", count.into())])),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let mark = if process.kind == Kind::Interregional { "🌐 " } else { "" };
    if details.is_empty() { format!("{mark}{name}") } else { format!("{mark}{name}\n-# {}", details.join(" · ")) }
}
