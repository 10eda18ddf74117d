//! `/rcp carte`: a map of who takes part in a process, of in how many processes of a region or of the world each country
//! takes part, of with whom a country sits, and of two processes at once. What it shows is said in words as well.

use crate::language::flag;
use crate::lookup::Entity;
use crate::picture::Map;
use crate::reply::{Budget, Embed, MenuOption, Picture, Reply, colour, cut};

use crate::commands::compare;
use crate::commands::declaration::{COUNTRY, Command, PROCESS, REGION};
use crate::commands::finding;
use crate::commands::look::status_colour;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// `/rcp carte`: a process, else a region, else a country, else the world.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "carte", en: "map", es: "mapa" },
    options: &[PROCESS, REGION, COUNTRY],
    answer,
    costly: true,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    let asked = [(PROCESS, Entity::Process), (REGION, Entity::Region), (COUNTRY, Entity::Country)];
    let typed = asked.into_iter().find_map(|(option, entity)| Some((entity, invocation.text(option.name.fr)?)));
    let Some((entity, typed)) = typed else { return Ok(View::WorldMap {}) };
    Ok(match finding::find(reader, entity, Some(typed))? {
        View::Process { id } => View::ProcessMap { id },
        View::Region { id, .. } => View::RegionMap { id },
        View::Country { code } => View::CountryMap { code },
        _ => View::WorldMap {},
    })
}

/// The answer with a map: a title, what the map tells in a line or two, and the map.
fn answered(reader: &Reader<'_>, look: Look<'_>, map: Map, rows: Rows) -> Reply {
    let (size, description) = (map.size(), map.description().to_owned());
    let draw = move || map.draw().map(|drawn| drawn.png).map_err(|error| error.to_string());
    let picture = Picture::new(look.file, &description, size, draw);
    let footer = reader.voice.say("map-boundaries");
    let embed = Embed::within(Budget::FACE, &rows.0, look.colour, look.title, &footer)
        .showing(picture)
        .url(look.url)
        .description(&look.text);
    reader.reply(embed, rows)
}

/// What stands around a map.
struct Look<'a> {
    file: &'static str,
    colour: u32,
    title: &'a str,
    url: Option<&'a str>,
    text: String,
}

/// The world by number of active processes.
pub(super) fn world(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let regions = catalogue.regions.iter().map(|region| MenuOption {
        label: cut(region.name.get(voice.language), 100),
        value: View::RegionMap { id: region.id.clone() }.encode(),
        description: String::new(),
        emoji: Some(region.emoji.clone()),
    });
    let rows = Rows::default()
        .menu(reader.menu(1, &voice.say("menu-map-region"), regions.collect()))
        .buttons(vec![reader.share_or_delete(View::WorldMap {})]);
    let map = Map::of_world(catalogue, voice);
    let (title, text) = (voice.say("map-world"), map.summary().to_owned());
    let look = Look { file: "map-world.png", colour: colour::GENERAL, title: &title, url: None, text };
    Ok(answered(reader, look, map, rows))
}

/// Who takes part in a process.
pub(super) fn process(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let process = catalogue.process(id).ok_or(Refusal::EntryGone)?;
    let rows = Rows::default().buttons(vec![
        reader.open(0, voice.say("button-members"), View::Members { id: id.to_owned(), page: 0 }).emoji("👥"),
        reader.back("button-back-to-card", View::Process { id: id.to_owned() }),
        reader.share_or_delete(View::ProcessMap { id: id.to_owned() }),
    ]);
    let map = Map::of_process(catalogue, voice, process);
    let look = Look {
        file: "map-process.png",
        colour: status_colour(process.status.value),
        title: voice.process_short(process),
        url: process.website.as_deref().or(reader.page(&process.iom_pages)),
        text: map.summary().to_owned(),
    };
    Ok(answered(reader, look, map, rows))
}

/// In how many active processes of a region each country is a member.
pub(super) fn region(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let region = catalogue.region(id).ok_or(Refusal::EntryGone)?;
    let others = catalogue.regions.iter().filter(|other| other.id != id).map(|other| MenuOption {
        label: cut(other.name.get(voice.language), 100),
        value: View::RegionMap { id: other.id.clone() }.encode(),
        description: String::new(),
        emoji: Some(other.emoji.clone()),
    });
    let back = View::Region { id: id.to_owned(), page: 0 };
    let rows = Rows::default().menu(reader.menu(1, &voice.say("menu-map-region"), others.collect())).buttons(vec![
        reader.open(0, cut(region.name.get(voice.language), 24), back).emoji("↩️"),
        reader.open(0, voice.say("button-map-world"), View::WorldMap {}).emoji("🌐"),
        reader.share_or_delete(View::RegionMap { id: id.to_owned() }),
    ]);
    let title = format!("{} {}", region.emoji, region.name.get(voice.language));
    let map = Map::of_region(catalogue, voice, region);
    let text = map.summary().to_owned();
    let look = Look { file: "map-region.png", colour: colour::GENERAL, title: &title, url: None, text };
    Ok(answered(reader, look, map, rows))
}

/// With whom a country sits.
pub(super) fn country(reader: &Reader<'_>, code: &str) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let country = catalogue.country(code).ok_or(Refusal::EntryGone)?;
    let rows = Rows::default().buttons(vec![
        reader.back("button-back-to-country", View::Country { code: code.to_owned() }),
        reader.share_or_delete(View::CountryMap { code: code.to_owned() }),
    ]);
    let title = format!("{} {}", flag(code), country.name.get(voice.language));
    let map = Map::of_country(catalogue, voice, country);
    let text = map.summary().to_owned();
    let look = Look { file: "map-country.png", colour: colour::GENERAL, title: &title, url: None, text };
    Ok(answered(reader, look, map, rows))
}

/// The members of two processes at once.
pub(super) fn two(reader: &Reader<'_>, a: &str, b: &str) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let (one, other) = (compare::process(reader, a)?, compare::process(reader, b)?);
    let (a, b) = (a.to_owned(), b.to_owned());
    let rows = Rows::default().buttons(vec![
        reader.back("button-back-to-comparison", View::Compare { a: a.clone(), b: b.clone() }),
        reader.share_or_delete(View::TwoMap { a, b }),
    ]);
    let title = format!("{} ↔ {}", voice.process_short(one), voice.process_short(other));
    let map = Map::of_two(catalogue, voice, one, other);
    let text = map.summary().to_owned();
    let look = Look { file: "map-two.png", colour: colour::GENERAL, title: &title, url: None, text };
    Ok(answered(reader, look, map, rows))
}
