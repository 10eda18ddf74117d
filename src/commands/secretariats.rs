//! `/rcp secretariats`: who serves whom; and one organisation with the processes it serves or advises.

use std::collections::HashSet;

use crate::catalogue::{Organisation, SecretariatKind};
use crate::lookup::Entity;
use crate::reply::{Lines, Reply};
use crate::snapshot::Tie;

use super::declaration::{Command, CommandOption, OptionKind};
use super::finding;
use super::look::{PAGE, general, paged, status_mark};
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const ORGANISATION: CommandOption = CommandOption {
    name: Wording { fr: "organisation", en: "organisation", es: "organizacion" },
    required: false,
    kind: OptionKind::Entry(Entity::Organisation),
};

/// The room for the processes that one organisation serves, in characters, so that none takes that of the others.
const SERVED: usize = 400;

/// `/rcp secretariats`: one organisation, or all that serve.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "secretariats", en: "secretariats", es: "secretarias" },
    options: &[ORGANISATION],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    match invocation.text(ORGANISATION.name.fr) {
        None => Ok(View::Secretariats { page: 0 }),
        typed => finding::find(reader, Entity::Organisation, typed),
    }
}

/// Who serves whom, organisation by organisation, those that serve most first.
pub(super) fn overview(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let mut serving: Vec<(&Organisation, &[usize])> = catalogue
        .organisations
        .iter()
        .filter_map(|organisation| {
            let served = snapshot.relations.of_organisation(&organisation.id)?.get(&Tie::Secretariat)?;
            Some((organisation, served.as_slice()))
        })
        .collect();
    serving.sort_by_cached_key(|(organisation, served)| {
        (std::cmp::Reverse(served.len()), voice.organisation_short(organisation).to_owned())
    });
    let (pages, page) = paged(serving.len(), page);
    let shown = || serving.iter().skip(page * PAGE).take(PAGE);
    let lines = shown().map(|(organisation, served)| {
        let names = served.iter().map(|place| served_name(reader, *place));
        let names = Lines::beside(names).fit(SERVED);
        voice.labelled(&format!("**{}**", voice.organisation_short(organisation)), &names)
    });
    let without = snapshot.relations.without_secretariat;
    let mut embed = general(&voice.say("secretariats-title"))
        .url(reader.page(&catalogue.general.pages))
        .description(&voice.say("secretariats-intro"))
        .lines(Lines::below(lines));
    embed = embed.field(
        &voice.say("secretariats-unknown"),
        &voice.say_with("secretariats-unknown-count", [("count", without.into())]),
    );
    let embed = embed.footer(&reader.footer(&catalogue.general.definition.sources, catalogue.general.collected));
    let reply = reader.reply(embed);
    let ids = shown().map(|(organisation, _)| organisation.id.as_str());
    let view = |page| View::Secretariats { page };
    Ok(reader
        .menu_of(reply, "menu-open-organisation", Entity::Organisation, ids)
        .buttons(reader.pager(page, pages, view))
        .buttons(vec![reader.open(0, voice.say("button-iom"), View::Iom {}), reader.share_or_delete(view(page))]))
}

/// A process as the overview names it.
fn served_name(reader: &Reader<'_>, place: usize) -> String {
    let Some(process) = reader.snapshot.catalogue.processes.get(place) else { return String::new() };
    let kind = process.secretariat.as_ref().map(|secretariat| secretariat.kind);
    let shared = if kind == Some(SecretariatKind::Shared) { "\u{a0}🤝" } else { "" };
    format!("{} {}{shared}", status_mark(process.status.value), reader.voice.process_short(process))
}

/// An organisation.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let organisation = catalogue.organisation(id).ok_or(Refusal::EntryGone)?;
    let own = if organisation.name.is_own(voice.language) { voice.say("name-is-ours") } else { String::new() };
    let described = organisation.description.as_ref().map(|text| reader.text(text)).unwrap_or_default();
    let mut embed = general(&voice.organisation_title(organisation))
        .url(organisation.website.as_deref())
        .description(format!("{described}\n{own}").trim());
    if let Some(seat) = seat(reader, organisation) {
        embed = embed.inline(&voice.say("field-seat"), &seat);
    }
    if let Some(founded) = organisation.founded {
        let founders =
            organisation.founders.as_ref().map(|text| format!("\n-# {}", reader.text(text))).unwrap_or_default();
        embed = embed.inline(&voice.say("field-founded"), &format!("{}{founders}", voice.date(founded)));
    }
    if let Some(count) = organisation.member_states {
        embed = embed.inline(&voice.say("field-member-states"), &count.to_string());
    }
    if let Some(parent) = organisation.parent.as_deref().and_then(|id| catalogue.organisation(id)) {
        embed = embed.inline(&voice.say("field-part-of"), &voice.organisation_title(parent));
    }
    if let Some(role) = &organisation.role {
        embed = embed.field(&voice.say("field-role"), reader.text(role));
    }
    let by_tie = snapshot.relations.of_organisation(id);
    for (tie, places) in by_tie.into_iter().flatten() {
        let name = match tie {
            Tie::Chair => voice.say("serves-chair"),
            Tie::Secretariat => voice.say("serves-secretariat"),
            Tie::Association => voice.say("serves-association"),
            Tie::Participant(role) => voice.say(&format!("serves-{}", role.key())),
        };
        embed = embed.items(&name, Lines::beside(reader.marked(places)));
    }
    if by_tie.is_none() {
        embed = embed.field(&voice.say("serves-secretariat"), &voice.say("serves-none"));
    }
    if !organisation.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&organisation.notes));
    }
    if !organisation.sources.is_empty() {
        embed = embed.items(&voice.say("field-sources"), reader.sources(&organisation.sources));
    }
    let footer = match organisation.sources.as_slice() {
        [] => voice.say_with("footer-derived", [("date", voice.date(catalogue.general.collected).into())]),
        sources => reader.footer(sources, catalogue.general.collected),
    };
    let reply = reader.reply(embed.footer(&footer));
    let mut seen = HashSet::new();
    let places = by_tie.into_iter().flatten().flat_map(|(_, places)| places).filter(|place| seen.insert(**place));
    let ids = catalogue.at(places).map(|process| process.id.as_str());
    let mut buttons =
        vec![reader.open(0, voice.say("button-all-secretariats"), View::Secretariats { page: 0 }).emoji("↩️")];
    if id == IOM {
        buttons.push(reader.open(0, voice.say("button-iom"), View::Iom {}));
    }
    buttons.push(reader.share_or_delete(View::Organisation { id: id.to_owned() }));
    Ok(reader.menu_of(reply, "menu-open-process", Entity::Process, ids).buttons(buttons))
}

/// The id of IOM among the organisations.
const IOM: &str = "iom";

fn seat(reader: &Reader<'_>, organisation: &Organisation) -> Option<String> {
    let country = organisation.country.as_deref().and_then(|code| reader.snapshot.catalogue.country(code));
    let country = country.map(|country| reader.voice.country(country));
    let city = organisation.seat.as_ref().map(|seat| reader.text(seat).to_owned());
    let parts: Vec<String> = [city, country].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
