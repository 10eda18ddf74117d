//! `/rcp region`: the processes of a region by status, one line each, and the interregional forums that touch it.

use crate::catalogue::{Process, StatusValue};
use crate::lookup::Entity;
use crate::reply::limits::MENU_OPTIONS;
use crate::reply::{Embed, Lines, Reply, colour, cut};
use crate::snapshot::Regional;

use crate::commands::declaration::{Command, REGION};
use crate::commands::finding;
use crate::commands::look::{paged, status_mark};
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How many processes a page shows: as many as there is room for in lines of one name each.
const PROCESSES: usize = 8;

/// `/rcp region`: a region, found by any of its names.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "region", en: "region", es: "region" },
    options: &[REGION.required()],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Region, invocation.text(REGION.name.fr))
}

/// A page of a region's processes.
pub(super) fn show(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let catalogue = &reader.snapshot.catalogue;
    let region = catalogue.region(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let regional = reader.snapshot.relations.of_region(id);
    let own = regional.map(|regional| regional.own(voice.language)).unwrap_or_default();
    let touching = regional.map(|regional| regional.touching(voice.language)).unwrap_or_default();
    let (pages, page) = paged(own.len(), PROCESSES, page);
    let shown: Vec<&Process> = catalogue.at(own.iter().skip(page * PROCESSES).take(PROCESSES)).collect();
    let view = |page| View::Region { id: id.to_owned(), page };
    let mut buttons = reader.pager(page, pages, view);
    buttons.push(reader.map(View::RegionMap { id: id.to_owned() }));
    buttons.push(reader.share_or_delete(view(page)));
    // One menu for the processes shown and the forums, one for the other regions.
    let listed: Vec<&str> =
        shown.iter().copied().chain(catalogue.at(touching)).map(|one| one.id.as_str()).take(MENU_OPTIONS).collect();
    let others = catalogue.regions.iter().filter(|other| other.id != id).map(|other| other.id.as_str());
    let rows = Rows::default()
        .menu(reader.menu_of(0, "menu-open-process", Entity::Process, listed.into_iter()))
        .menu(reader.menu_of(1, "menu-open-region", Entity::Region, others))
        .buttons(buttons);
    let title = format!("{} {}", region.emoji, region.name.get(voice.language));
    let footer = reader.footer(&catalogue.general.definition.sources, catalogue.general.collected);
    let summary = summary(reader, regional);
    // Every process of the page is shown, with less of its place and name where they are long.
    let embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title, &footer)
        .url(reader.page(&catalogue.general.pages));
    let mut embed = embed.first_that_fits([(80, 44), (80, 34), (34, 0), (24, 0)].into_iter().map(|(name, line)| {
        let mut text = summary.clone();
        for &status in StatusValue::ALL {
            let of_status: Vec<String> = shown
                .iter()
                .filter(|process| process.status.value == status)
                .map(|&process| self::line(reader, process, name, line))
                .collect();
            if !of_status.is_empty() {
                let heading = voice.say(&format!("status-plural-{}", status.key()));
                text += &format!("\n\n**{} {heading}**\n{}", status_mark(status), of_status.join("\n"));
            }
        }
        text
    }));
    // The forums follow as far as there is room; the menu opens them all.
    if page == 0 && !touching.is_empty() {
        let forums = catalogue.at(touching).map(|forum| voice.process_short(forum).to_owned());
        embed = embed.items(&voice.say("region-touching"), Lines::beside_of(touching.len(), forums));
    }
    Ok(reader.reply(embed, rows))
}

fn summary(reader: &Reader<'_>, regional: Option<&Regional>) -> String {
    let counts = regional.into_iter().flat_map(|regional| &regional.statuses);
    let counted = counts
        .map(|(status, &count)| reader.voice.say_with(&format!("count-{}", status.key()), [("count", count.into())]));
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() { reader.voice.say("region-empty") } else { counted.join(" · ") }
}

/// A process in one line of at most so many characters: its name, and where it is.
fn line(reader: &Reader<'_>, process: &Process, name: usize, line: usize) -> String {
    let name = cut(reader.voice.process_short(process), name);
    let room = line.saturating_sub(name.chars().count());
    match process.subregion.as_ref().filter(|_| line > 0) {
        Some(place) => format!("**{name}** – {}", cut(reader.text(place), room.max(12))),
        None => format!("**{name}**"),
    }
}
