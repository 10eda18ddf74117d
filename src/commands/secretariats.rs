//! `/rcp secretariats`: who serves how many; whom, behind a button; and one organisation.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::catalogue::{Organisation, Process, Secretariat};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour, cut};
use crate::snapshot::Tie;

use crate::commands::declaration::{Command, CommandOption, OptionKind};
use crate::commands::finding;
use crate::commands::look::{footer_with_legend, legend_of, paged, status_mark};
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

const ORGANISATION: CommandOption = CommandOption {
    name: Wording { fr: "organisation", en: "organisation", es: "organizacion" },
    required: false,
    kind: OptionKind::Entry(Entity::Organisation),
};

/// How many organisations a page shows.
const ORGANISATIONS: usize = 10;

/// The room for the processes of one role on an organisation's face, in characters.
const IN_ROLE: usize = 240;

/// The id of IOM among the organisations.
const IOM: &str = "iom";

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

/// The organisations that serve, with the places of those they serve, those that serve most first.
fn serving<'a>(reader: &Reader<'a>) -> Vec<(&'a Organisation, &'a [usize])> {
    let snapshot = reader.snapshot;
    let mut serving: Vec<(&Organisation, &[usize])> = snapshot
        .catalogue
        .organisations
        .iter()
        .filter_map(|organisation| {
            let served = snapshot.relations.of_organisation(&organisation.id)?.by_tie.get(&Tie::Secretariat)?;
            Some((organisation, served.as_slice()))
        })
        .collect();
    serving.sort_by_cached_key(|(organisation, served)| {
        (Reverse(served.len()), reader.voice.organisation_short(organisation).to_owned())
    });
    serving
}

/// Who serves how many.
pub(super) fn overview(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let serving = serving(reader);
    let (pages, page) = paged(serving.len(), ORGANISATIONS, page);
    let shown: Vec<_> = serving.iter().skip(page * ORGANISATIONS).take(ORGANISATIONS).collect();
    let view = |page| View::Secretariats { page };
    let ids = shown.iter().map(|(organisation, _)| organisation.id.as_str());
    let mut buttons = reader.pager(page, pages, view);
    buttons.push(reader.share_or_delete(view(page)));
    let rows = Rows::default()
        .menu(reader.menu_of(0, "menu-open-organisation", Entity::Organisation, ids))
        .buttons(vec![
            reader.open(0, voice.say("button-served"), View::Served { page: 0 }).emoji("🗂️"),
            reader.open(0, voice.say("button-iom"), View::Iom {}).emoji("🏛️"),
        ])
        .buttons(buttons);
    let footer = reader.footer(&catalogue.general.definition.sources, catalogue.general.collected);
    let title = voice.say("secretariats-title");
    let without = snapshot.relations.without_secretariat;
    let unknown = format!(
        "**{}**\n{}",
        voice.say("secretariats-unknown"),
        voice.say_with("secretariats-unknown-count", [("count", without.into())])
    );
    // Every organisation of the page is shown, with less of its name where the names are long.
    let embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title, &footer)
        .url(reader.page(&catalogue.general.pages));
    let embed = embed.first_that_fits([80, 40, 22].into_iter().map(|most| {
        let lines = shown.iter().map(|(organisation, served)| {
            let name = cut(voice.organisation_short(organisation), most);
            format!("**{name}** · {}", voice.say_with("count-processes", [("count", served.len().into())]))
        });
        format!("{}\n\n{unknown}", lines.collect::<Vec<_>>().join("\n"))
    }));
    Ok(reader.reply(embed, rows))
}

/// Whom each organisation serves; 🤝 where it does so with others.
pub(super) fn served(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    sheet.put("", voice.say("secretariats-intro"));
    for (organisation, served) in serving(reader) {
        let names = catalogue.at(served).map(|process| served_name(reader, process));
        sheet.run(voice.organisation_short(organisation), names.collect::<Vec<_>>());
    }
    let title = voice.say("secretariats-title");
    let back = reader.back("button-all-secretariats", View::Secretariats { page: 0 });
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: None,
        footer: footer_with_legend(
            voice,
            &reader.footer(&catalogue.general.definition.sources, catalogue.general.collected),
        ),
        back: Some(back),
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::Served { page }))
}

/// A process as the list names it. Whoever is one of several that provide the secretariat does so with others.
fn served_name(reader: &Reader<'_>, process: &Process) -> String {
    let shared = if is_shared(process) { "\u{a0}🤝" } else { "" };
    format!("{}\u{a0}{}{shared}", status_mark(process.status.value), reader.voice.process_short(process))
}

/// Whether several provide a process's secretariat.
fn is_shared(process: &Process) -> bool {
    process.secretariat.as_ref().is_some_and(Secretariat::is_shared)
}

/// An organisation at a glance: where it sits, whom it serves, how it takes part.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let organisation = catalogue.organisation(id).ok_or(Refusal::EntryGone)?;
    let bonds = snapshot.relations.of_organisation(id);
    let by_tie = || bonds.into_iter().flat_map(|bonds| &bonds.by_tie);
    let mut seen = HashSet::new();
    let places = by_tie().flat_map(|(_, places)| places).filter(|place| seen.insert(**place));
    let ids = catalogue.at(places).map(|process| process.id.as_str());
    let mut buttons = vec![
        reader.open(0, voice.say("button-more"), View::OrganisationMore { id: id.to_owned(), page: 0 }).emoji("➕"),
        reader.back("button-all-secretariats", View::Secretariats { page: 0 }),
    ];
    if id == IOM {
        buttons.push(reader.open(0, voice.say("button-iom"), View::Iom {}).emoji("🏛️"));
    }
    buttons.push(reader.share_or_delete(View::Organisation { id: id.to_owned() }));
    let rows = Rows::default().menu(reader.menu_of(0, "menu-open-process", Entity::Process, ids)).buttons(buttons);
    let footer = match organisation.sources.as_slice() {
        [] => reader.dated(),
        sources => reader.footer(sources, catalogue.general.collected),
    };
    let title = voice.organisation_title(organisation);
    let described = organisation.description.as_ref().map(|text| reader.text(text)).unwrap_or_default();
    let seat = seat(reader, organisation).map(|seat| voice.labelled(&voice.say("field-seat"), &seat));
    let text: Vec<&str> = [described].into_iter().chain(seat.as_deref()).filter(|text| !text.is_empty()).collect();
    let mut text = format!("{}{}", text.join("\n"), reader.mark(&organisation.notes));
    // What the marks mean of the processes that stand below.
    if let Some(bonds) = bonds.filter(|bonds| !bonds.statuses.is_empty()) {
        let legend = legend_of(voice, |status| bonds.statuses.contains(&status));
        let shared = if bonds.shares { format!(" · 🤝\u{a0}{}", voice.say("with-others")) } else { String::new() };
        text.push_str(&format!("\n{legend}{shared}"));
    }
    let mut embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title, &footer)
        .url(organisation.website.as_deref())
        .description(text.trim());
    let mut others = Vec::new();
    for (tie, places) in by_tie() {
        let name = format!("{} ({})", tie_name(reader, *tie), places.len());
        // Whom it serves is what is asked for most; the lists of its other roles stand behind a button.
        if *tie == Tie::Secretariat || *tie == Tie::Chair {
            let names = match tie {
                Tie::Secretariat => {
                    let names = catalogue.at(places).map(|process| served_name(reader, process));
                    Lines::beside_of(places.len(), names).fit(IN_ROLE)
                }
                _ => Lines::beside(reader.marked(places)).fit(IN_ROLE),
            };
            embed = embed.field(&name, &names);
        } else {
            others.push(name);
        }
    }
    if !others.is_empty() {
        embed = embed.items(&voice.say("field-other-roles"), Lines::beside(others));
    }
    if bonds.is_none() {
        embed = embed.field(&voice.say("serves-secretariat"), &voice.say("serves-none"));
    }
    Ok(reader.reply(embed, rows))
}

fn tie_name(reader: &Reader<'_>, tie: Tie) -> String {
    match tie {
        Tie::Chair => reader.voice.say("serves-chair"),
        Tie::Secretariat => reader.voice.say("serves-secretariat"),
        Tie::Association => reader.voice.say("serves-association"),
        Tie::Participant(role) => reader.voice.say(&format!("serves-{}", role.key())),
    }
}

/// Everything about an organisation.
pub(super) fn more(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (catalogue, voice) = (&snapshot.catalogue, reader.voice);
    let organisation = catalogue.organisation(id).ok_or(Refusal::EntryGone)?;
    let mut sheet = Sheet::default();
    let mut put = |heading: String, text: String| sheet.put(&heading, text);
    put(String::new(), organisation.description.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    if organisation.name.is_own(voice.language) {
        put(String::new(), voice.say("name-is-ours"));
    }
    put(voice.say("field-other-names"), organisation.aliases.join(" · "));
    if let Some(founded) = organisation.founded {
        let founders = organisation.founders.as_ref().map(|text| format!("\n{}", reader.text(text)));
        put(voice.say("field-founded"), format!("{}{}", voice.date(founded), founders.unwrap_or_default()));
    }
    put(
        voice.say("field-member-states"),
        organisation.member_states.map(|count| count.to_string()).unwrap_or_default(),
    );
    if let Some(parent) = organisation.parent.as_deref().and_then(|id| catalogue.organisation(id)) {
        put(voice.say("field-part-of"), voice.organisation_title(parent));
    }
    put(
        voice.say("field-role"),
        organisation.role.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default(),
    );
    for (tie, places) in snapshot.relations.of_organisation(id).into_iter().flat_map(|bonds| &bonds.by_tie) {
        let names: Vec<String> = match tie {
            Tie::Secretariat => catalogue.at(places).map(|process| served_name(reader, process)).collect(),
            _ => reader.marked(places).collect(),
        };
        for some in names.chunks(6) {
            put(format!("{} ({})", tie_name(reader, *tie), places.len()), some.join(" · "));
        }
    }
    reader.notes(&organisation.notes).into_iter().for_each(|note| put(voice.say("field-notes"), note));
    for source in &organisation.sources {
        put(voice.say("field-sources"), format!("• {}", reader.source(source)));
    }
    let title = voice.organisation_title(organisation);
    let back = View::Organisation { id: id.to_owned() };
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: organisation.website.as_deref(),
        footer: footer_with_legend(voice, &reader.dated()),
        back: Some(reader.back("button-organisation", back)),
        rows: report::row(reader, View::Organisation { id: id.to_owned() }),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::OrganisationMore { id: id.to_owned(), page }))
}

fn seat(reader: &Reader<'_>, organisation: &Organisation) -> Option<String> {
    let country = organisation.country.as_deref().and_then(|code| reader.snapshot.catalogue.country(code));
    let country = country.map(|country| reader.voice.country(country));
    let city = organisation.seat.as_ref().map(|seat| reader.text(seat).to_owned());
    let parts: Vec<String> = [city, country].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
