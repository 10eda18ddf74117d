//! `/rcp presidences`: who chairs what, for how long, and when that was last seen.

use std::borrow::Cow;

use crate::catalogue::{Process, Statement};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, MenuOption, Reply, colour, cut};

use crate::commands::declaration::{Command, REGION};
use crate::commands::finding;
use crate::commands::info;
use crate::commands::look::{footer_with_legend, paged, status_mark};
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How many chairs a page shows, with a second line each.
const CHAIRS: usize = 4;

/// How much of the holders a line shows, in characters.
const SHOWN_HOLDERS: usize = 44;

/// `/rcp presidences`: all that are known, or those of a region.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "presidences", en: "chairs", es: "presidencias" },
    options: &[REGION],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    let region = match invocation.text(REGION.name.fr) {
        None => None,
        typed => match finding::find(reader, Entity::Region, typed)? {
            View::Region { id, .. } => Some(id),
            _ => None,
        },
    };
    Ok(View::Chairs { region, page: 0 })
}

/// A page of chairs, in the order of regions.
pub(super) fn show(reader: &Reader<'_>, region: Option<&str>, page: usize) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let relations = &reader.snapshot.relations;
    let everywhere = relations.chaired(voice.language);
    let chaired: Cow<'_, [usize]> = match region {
        None => everywhere.into(),
        Some(id) => {
            let is_there = |place: &&usize| catalogue.processes.get(**place).is_some_and(|one| one.region == id);
            everywhere.iter().filter(is_there).copied().collect()
        }
    };
    let (pages, page) = paged(chaired.len(), CHAIRS, page);
    let of_page = chaired.get(page * CHAIRS..).unwrap_or_default();
    let shown: Vec<&Process> = catalogue.at(of_page).take(CHAIRS).collect();
    let view = |page| View::Chairs { region: region.map(str::to_owned), page };
    let mut buttons = reader.pager(page, pages, view);
    buttons.push(reader.share_or_delete(view(page)));
    let all = region.map(|_| MenuOption {
        label: cut(&voice.say("chairs-everywhere"), 100),
        value: View::Chairs { region: None, page: 0 }.encode(),
        description: String::new(),
        emoji: None,
    });
    let regions = catalogue.regions.iter().filter(|other| Some(other.id.as_str()) != region).map(|other| MenuOption {
        label: cut(other.name.get(voice.language), 100),
        value: View::Chairs { region: Some(other.id.clone()), page: 0 }.encode(),
        description: String::new(),
        emoji: Some(other.emoji.clone()),
    });
    let ids = shown.iter().map(|process| process.id.as_str());
    let rows = Rows::default()
        .menu(reader.menu_of(0, "menu-open-process", Entity::Process, ids))
        .menu(reader.menu(1, &voice.say("menu-chairs-region"), all.into_iter().chain(regions).collect()))
        .buttons(buttons);
    let title = match region.and_then(|id| catalogue.region(id)) {
        Some(region) => format!("{} {}", voice.say("chairs-title"), region.emoji),
        None => voice.say("chairs-title"),
    };
    let date = reader.dated();
    let footer = footer_with_legend(voice, &date);
    // Who has none and of whom nothing is known, in the same part of the world.
    let others = match region {
        None => (relations.without_chair, relations.unknown_chair),
        Some(id) => relations.of_region(id).map(|one| (one.without_chair, one.unknown_chair)).unwrap_or_default(),
    };
    let counts = [("chairs-known", chaired.len()), ("chairs-without", others.0), ("chairs-unknown", others.1)];
    let counts = counts.into_iter().filter(|(key, count)| *count > 0 || *key == "chairs-known");
    let counts: Vec<String> = counts.map(|(key, count)| voice.say_with(key, [("count", count.into())])).collect();
    // Every chair of the page is shown, with less of the holders' names where they are long.
    let embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &title, &footer);
    let embed = embed.first_that_fits([SHOWN_HOLDERS, 40, 16].into_iter().map(|most| {
        let lines = shown.iter().map(|process| line(reader, process, most));
        format!("-# {}\n{}", counts.join(" · "), lines.collect::<Vec<_>>().join("\n"))
    }));
    Ok(reader.reply(embed, rows))
}

/// A chair in two lines: the process and who holds it; since when, and when that was last seen.
fn line(reader: &Reader<'_>, process: &Process, most: usize) -> String {
    let voice = reader.voice;
    let Some(chair) = &process.chair else { return String::new() };
    let holders = voice.parties(&reader.snapshot.catalogue, &chair.countries, &chair.organisations);
    let term = chair.term.map(|term| voice.date(term));
    let when: Vec<String> = term.into_iter().chain([info::seen(voice, chair.as_of, chair.term)]).collect();
    let mark = reader.mark(info::about(process, &[Statement::Chair]));
    let name = cut(voice.process_short(process), most.max(24));
    let status = status_mark(process.status.value);
    format!("{status}\u{a0}**{name}** – {}{mark}\n-# {}", cut(&holders, most), when.join(" · "))
}
