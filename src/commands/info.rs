//! `/rcp info`: the card of a process, with its members and its sources behind buttons.

use std::collections::BTreeMap;

use crate::catalogue::{
    Chair, Country, Language, ParticipantRole, Participants, Process, Secretariat, SecretariatKind, Source, Statement,
};
use crate::language::{Voice, flag};
use crate::lookup::Entity;
use crate::reply::{Button, Embed, Lines, Reply, link};

use super::custom_id::CustomId;
use super::declaration::{Command, CommandOption, OptionKind};
use super::finding;
use super::look::{PAGE, dated, status_colour, status_mark};
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const PROCESS: CommandOption = CommandOption {
    name: Wording { fr: "processus", en: "process", es: "proceso" },
    required: true,
    kind: OptionKind::Entry(Entity::Process),
};

/// How many of the latest meetings the card shows.
const MEETINGS: usize = 5;

/// How many sources a page of the sources' view shows: with the longest texts they fill an embed.
const SOURCES: usize = 6;

/// `/rcp info`: a process, found by any of its names.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "info", en: "info", es: "info" }, options: &[PROCESS], answer, costly: false };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Process, invocation.text(PROCESS.name.fr))
}

/// The card.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let process = reader.snapshot.catalogue.process(id).ok_or(Refusal::EntryGone)?;
    let view = View::Process { id: id.to_owned() };
    let region = reader.snapshot.catalogue.region(&process.region).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let mut first = vec![
        reader.open(0, voice.say("button-members"), View::Members { id: id.to_owned(), page: 0 }).emoji("👥"),
        reader.open(0, voice.say("button-sources"), View::Sources { id: id.to_owned(), page: 0 }).emoji("📚"),
        reader.open(0, region.name.get(voice.language), View::Region { id: region.id.clone(), page: 0 }).emoji("↩️"),
    ];
    first.push(reader.share_or_delete(view.clone()));
    let other = Language::ALL.into_iter().filter(|language| *language != voice.language);
    let mut second: Vec<Button> = other
        .enumerate()
        .map(|(number, language)| {
            let custom_id = CustomId::Open { view: view.clone(), fixed: Some(language) }.encode(number + 1);
            Button::press(reader.snapshot.messages.voice(language).say("own-name"), custom_id)
        })
        .collect();
    if let Some(website) = &process.website {
        second.push(Button::open(voice.say("button-website"), website));
    }
    if let Some(page) = reader.page(&process.iom_pages) {
        second.push(Button::open(voice.say("button-iom-page"), page));
    }
    let reply = Reply { private: reader.private, ..Reply::of(card(reader, process)) };
    Ok(reply.buttons(first).buttons(second))
}

/// The card's embed.
pub fn card(reader: &Reader<'_>, process: &Process) -> Embed {
    let catalogue = &reader.snapshot.catalogue;
    let voice = reader.voice;
    let title = voice.process_title(process);
    // A name too long for the title together with its acronym stands there alone.
    let title = if title.chars().count() > 256 { process.name.get(voice.language).to_owned() } else { title };
    let own = if process.name.is_own(voice.language) { voice.say("name-is-ours") } else { String::new() };
    let purpose = process.purpose.as_ref().map(|purpose| reader.text(purpose)).unwrap_or_default();
    let address = reader.page(&process.iom_pages).or(process.website.as_deref());
    let unknown = || voice.say("not-known");

    let region = catalogue.region(&process.region).map(|region| region.name.get(voice.language).to_owned());
    let touches: Vec<&str> = process
        .touches
        .iter()
        .filter_map(|id| catalogue.region(id))
        .map(|region| region.name.get(voice.language))
        .collect();
    let mut place = region.unwrap_or_default();
    if !touches.is_empty() {
        place = format!("{place}\n-# {}", touches.join(", "));
    }
    if let Some(subregion) = &process.subregion {
        place = format!("{place}\n-# {}", reader.text(subregion));
    }
    let status = process.status.value;
    let mut standing = format!("{} {}", status_mark(status), voice.say(&format!("status-{}", status.key())));
    standing.push_str(&format!("\n-# {}", voice.say(&format!("basis-{}", process.status.basis.key()))));

    let mut embed = Embed::new(status_colour(status), &title)
        .url(address)
        .description(format!("{purpose}\n{own}").trim())
        .inline(&voice.say("field-region"), &place)
        .inline(&voice.say("field-status"), &standing)
        .inline(&voice.say("field-since"), &since(reader, process).unwrap_or_else(unknown));
    if let Some(note) = &process.status.note {
        embed = embed.field(&voice.say("field-status-note"), reader.text(note));
    }
    embed = embed
        .field(
            &voice.say("field-chair"),
            &process.chair.as_ref().map_or_else(unknown, |chair| held_chair(reader, chair)),
        )
        .field(
            &voice.say("field-secretariat"),
            &process.secretariat.as_ref().map_or_else(unknown, |secretariat| kept(reader, secretariat)),
        )
        .items(&voice.say("field-iom-role"), iom_roles(reader, process));
    let members = process.participants(ParticipantRole::Member);
    let name = match members {
        Some(group) => voice.say_with("field-members-count", [("count", size(group).into())]),
        None => voice.say("field-members"),
    };
    let listed = members.map(|group| everyone(reader, group)).filter(|names| !names.is_empty());
    embed = match listed {
        Some(names) => embed.items(&name, Lines::beside(names)),
        None => {
            let note = members.and_then(|group| group.note.as_ref()).map(|note| reader.text(note).to_owned());
            embed.field(&name, &note.unwrap_or_else(unknown))
        }
    };
    if let Some(group) = process.participants(ParticipantRole::Observer) {
        let mut names = everyone(reader, group);
        if names.is_empty() {
            names.extend(group.note.as_ref().map(|note| reader.text(note).to_owned()));
        }
        embed = embed.items(&voice.say("field-observers"), Lines::beside(names));
    }
    if !process.themes.is_empty() {
        let themes = process.themes.iter().map(|theme| reader.text(theme).to_owned());
        embed = embed.items(&voice.say("field-themes"), Lines::beside(themes));
    }
    if !process.meetings.is_empty() {
        embed = embed.items(&voice.say("field-meetings"), meetings(reader, process));
    }
    if let Some(ended) = &process.ended {
        let date = voice.date(ended.date);
        let said = ended.event.as_ref().map(|event| voice.labelled(&date, reader.text(event)));
        embed = embed.field(&voice.say("field-ended"), &said.unwrap_or(date));
    }
    if let Some(website) = &process.website {
        embed = embed.field(&voice.say("field-website"), website);
    }
    if !process.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&process.notes));
    }
    let freshness = reader.text(&process.freshness);
    embed.footer(&format!("{} · {freshness}", reader.footer(&process.sources, process.collected)))
}

fn since(reader: &Reader<'_>, process: &Process) -> Option<String> {
    let founding = process.founding.as_ref()?;
    let mut said = reader.voice.date(founding.date);
    if let Some(place) = &founding.place {
        said.push_str(&format!(", {}", reader.text(place)));
    }
    if let Some(event) = &founding.event {
        said.push_str(&format!("\n-# {}", reader.text(event)));
    }
    Some(said)
}

fn held_chair(reader: &Reader<'_>, chair: &Chair) -> String {
    let voice = reader.voice;
    let holders = voice.parties(&reader.snapshot.catalogue, &chair.countries, &chair.organisations);
    let mut said = match (chair.none, holders.is_empty()) {
        (true, _) => voice.say("chair-none"),
        (false, true) => voice.say("not-known"),
        (false, false) => {
            let said = dated(voice, holders, "chair-term", chair.term);
            match (chair.as_of, chair.term) {
                (None, None) => format!("{said} ({})", voice.say("undated")),
                (as_of, _) => dated(voice, said, "as-of", as_of),
            }
        }
    };
    for text in [&chair.note, &chair.rule].into_iter().flatten() {
        said.push_str(&format!("\n-# {}", reader.text(text)));
    }
    said
}

fn kept(reader: &Reader<'_>, secretariat: &Secretariat) -> String {
    let voice = reader.voice;
    let providers = voice.parties(&reader.snapshot.catalogue, &secretariat.countries, &secretariat.organisations);
    let kind = voice.say(&format!("secretariat-{}", secretariat.kind.key()));
    let mut said = match (providers.is_empty(), secretariat.kind) {
        (true, _) | (_, SecretariatKind::None) => kind,
        (false, _) => format!("{providers} – {kind}"),
    };
    if secretariat.interim {
        said.push_str(&format!(", {}", voice.say("secretariat-interim")));
    }
    if let Some(place) = &secretariat.place {
        said.push_str(&format!(", {}", reader.text(place)));
    }
    said = dated(voice, said, "since", secretariat.since);
    if let Some(note) = &secretariat.note {
        said.push_str(&format!("\n-# {}", reader.text(note)));
    }
    said
}

fn iom_roles(reader: &Reader<'_>, process: &Process) -> Lines<impl ExactSizeIterator<Item = String>> {
    let said = process.iom_roles.iter().map(|role| {
        let name = reader.voice.say(&format!("iom-role-{}", role.role.key()));
        let former = if role.former { format!(" ({})", reader.voice.say("former")) } else { String::new() };
        reader.voice.labelled(&format!("**{name}**{former}"), reader.text(&role.text))
    });
    let said: Vec<String> = said.collect();
    Lines::below(if said.is_empty() { vec![reader.voice.say("not-known")] } else { said })
}

/// How many take part: the number that a source gives, else the length of the list.
fn size(group: &Participants) -> usize {
    group.count.map_or(group.states.len() + group.organisations.len(), usize::from)
}

/// Those who take part, by name: countries in the order of the reader's language, then organisations.
fn everyone(reader: &Reader<'_>, group: &Participants) -> Vec<String> {
    let catalogue = &reader.snapshot.catalogue;
    let mut countries: Vec<&Country> = group.states.iter().filter_map(|code| catalogue.country(code)).collect();
    countries.sort_by_cached_key(|country| reader.snapshot.country_sort_key(reader.voice.language, &country.code));
    let countries = countries.into_iter().map(|country| reader.voice.country(country));
    let organisations = group.organisations.iter().filter_map(|id| catalogue.organisation(id));
    countries.chain(organisations.map(|one| reader.voice.organisation_short(one).to_owned())).collect()
}

fn meetings(reader: &Reader<'_>, process: &Process) -> Lines<impl ExactSizeIterator<Item = String>> {
    let said = process.meetings.iter().rev().map(|meeting| {
        let voice = reader.voice;
        let title = match &meeting.url {
            Some(url) => link(reader.text(&meeting.title), url),
            None => reader.text(&meeting.title).to_owned(),
        };
        let mut details = vec![meeting.date.map_or_else(|| voice.say("undated"), |date| voice.date(date))];
        details.extend(meeting.place.as_ref().map(|place| reader.text(place).to_owned()));
        if meeting.online {
            details.push(voice.say("online"));
        }
        format!("• {title} ({})", details.join(", "))
    });
    Lines::below(said.take(MEETINGS))
}

/// Everyone who takes part, in every capacity.
pub(super) fn members(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = reader.snapshot.catalogue.process(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    // One entry for each person at the table, so that pages turn over the whole list whatever its length.
    let mut rows: Vec<(ParticipantRole, String)> = Vec::new();
    for group in &process.participants {
        rows.extend(everyone(reader, group).into_iter().map(|name| (group.role, name)));
    }
    const PER_PAGE: usize = PAGE * 3;
    let pages = rows.len().div_ceil(PER_PAGE).max(1);
    let page = page.min(pages - 1);
    let mut by_role: BTreeMap<ParticipantRole, Vec<String>> = BTreeMap::new();
    for (role, name) in rows.into_iter().skip(page * PER_PAGE).take(PER_PAGE) {
        by_role.entry(role).or_default().push(name);
    }
    let title = voice.say_with("members-title", [("name", voice.process_short(process).into())]);
    let mut embed = Embed::new(status_colour(process.status.value), &title).url(reader.page(&process.iom_pages));
    for group in &process.participants {
        let role = voice.say(&format!("role-{}", group.role.key()));
        let name = dated(voice, format!("{role} – {}", size(group)), "as-of", group.as_of);
        if let Some(names) = by_role.remove(&group.role) {
            embed = embed.items(&name, Lines::beside(names));
        } else if page == 0 && group.states.is_empty() && group.organisations.is_empty() {
            embed = embed.field(&name, &voice.say("not-listed"));
        }
        if let (Some(note), 0) = (&group.note, page) {
            embed = embed.field(&voice.say_with("role-note", [("role", role.into())]), reader.text(note));
        }
    }
    if process.participants.is_empty() {
        embed = embed.description(&voice.say("not-known"));
    }
    if let Some(chair) = process.chair.as_ref().filter(|chair| page == 0 && !chair.history.is_empty()) {
        let history = chair.history.iter().map(|former| {
            let names = voice.parties(&reader.snapshot.catalogue, &former.countries, &[]);
            let mut details: Vec<String> = former.when.iter().map(|when| voice.date(*when)).collect();
            details.extend(former.note.iter().map(|note| reader.text(note).to_owned()));
            if details.is_empty() { names } else { format!("{names} ({})", details.join(", ")) }
        });
        embed = embed.items(&voice.say("field-former-chairs"), Lines::below(history));
    }
    let embed = embed.footer(&reader.footer(&process.sources, process.collected));
    let view = |page| View::Members { id: id.to_owned(), page };
    Ok(side_view(reader, process, embed, reader.pager(page, pages, view), view(page)))
}

/// Where what is said comes from.
pub(super) fn sources(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = reader.snapshot.catalogue.process(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let pages = process.sources.len().div_ceil(SOURCES).max(1);
    let page = page.min(pages - 1);
    let title = voice.say_with("sources-title", [("name", voice.process_short(process).into())]);
    let mut embed = Embed::new(status_colour(process.status.value), &title).url(reader.page(&process.iom_pages));
    let shown = process.sources.iter().skip(page * SOURCES).take(SOURCES);
    embed = embed.lines(Lines::below(shown.map(|source| sourced(reader, source))));
    if let Some(note) = process.structure.first().filter(|_| page == 0).map(|_| reader.bullets(&process.structure)) {
        embed = embed.items(&voice.say("field-structure"), note);
    }
    let freshness = reader.text(&process.freshness);
    let embed = embed.footer(&format!("{} · {freshness}", reader.footer(&process.sources, process.collected)));
    let view = |page| View::Sources { id: id.to_owned(), page };
    Ok(side_view(reader, process, embed, reader.pager(page, pages, view), view(page)))
}

/// A source with the statements that it supports.
fn sourced(reader: &Reader<'_>, source: &Source) -> String {
    let statements: Vec<String> = source.supports.iter().map(|one| statement(reader.voice, *one)).collect();
    format!("• {}\n-# → {}", reader.source(source), statements.join(", "))
}

fn statement(voice: Voice<'_>, statement: Statement) -> String {
    voice.say(&format!("statement-{}", statement.key()))
}

/// A view beside the card, with the way back to it.
fn side_view(reader: &Reader<'_>, process: &Process, embed: Embed, pager: Vec<Button>, view: View) -> Reply {
    let back = View::Process { id: process.id.clone() };
    let buttons =
        vec![reader.open(0, reader.voice.say("button-back-to-card"), back).emoji("↩️"), reader.share_or_delete(view)];
    let reply = reader.reply(embed);
    let reply = if process.participants.is_empty() { reply } else { countries_menu(reader, reply, process) };
    reply.buttons(pager).buttons(buttons)
}

/// A menu of the first members, so that one can go on from a process to a country.
fn countries_menu(reader: &Reader<'_>, reply: Reply, process: &Process) -> Reply {
    let members =
        process.participants(ParticipantRole::Member).map(|group| group.states.as_slice()).unwrap_or_default();
    let mut codes: Vec<&str> = members.iter().map(String::as_str).filter(|code| !flag(code).is_empty()).collect();
    codes.sort_by_cached_key(|code| reader.snapshot.country_sort_key(reader.voice.language, code));
    reader.menu_of(reply, "menu-open-country", Entity::Country, codes.into_iter())
}
