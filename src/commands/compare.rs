//! `/rcp comparer`: two countries, two processes, or a country and a process: where they meet, and where not.

use std::collections::HashSet;

use crate::catalogue::{Country, ParticipantRole, Process};
use crate::language::flag;
use crate::lookup::Entity;
use crate::reply::{Budget, Button, Embed, Lines, Reply, Sheet, colour};
use crate::snapshot::Tie;

use crate::commands::declaration::{Command, CommandOption, OptionKind};
use crate::commands::finding;
use crate::commands::look::{footer_with_legend, status_mark};
use crate::commands::parameter::LONGEST_SIDE;
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// What may be compared.
const EITHER: OptionKind = OptionKind::Either(Entity::Country, Entity::Process);

const FIRST: CommandOption =
    CommandOption { name: Wording { fr: "a", en: "a", es: "a" }, required: true, kind: EITHER };

const SECOND: CommandOption =
    CommandOption { name: Wording { fr: "b", en: "b", es: "b" }, required: true, kind: EITHER };

/// The room for one list of the face, in characters.
const IN_LIST: usize = 190;

/// `/rcp comparer`: two sides, each a country or a process.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "comparer", en: "compare", es: "comparar" },
    options: &[FIRST, SECOND],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    let side = |option: &CommandOption| {
        let typed = invocation.text(option.name.fr).ok_or(Refusal::NothingToCompare)?;
        match finding::find_either(reader, &[Entity::Country, Entity::Process], typed)? {
            View::Country { code: id } | View::Process { id } => Ok(id.chars().take(LONGEST_SIDE).collect::<String>()),
            _ => Err(Refusal::NothingToCompare),
        }
    };
    let (a, b) = (side(&FIRST)?, side(&SECOND)?);
    // A thing has nothing in common with itself that would be worth telling.
    if a == b { Err(Refusal::NothingToCompare) } else { Ok(View::Compare { a, b }) }
}

/// One side of a comparison.
enum Side<'a> {
    Country(&'a Country),
    Process(&'a Process),
}

fn side<'a>(reader: &Reader<'a>, id: &str) -> Result<Side<'a>, Refusal> {
    let catalogue = &reader.snapshot.catalogue;
    if let Some(country) = catalogue.country(id) {
        return Ok(Side::Country(country));
    }
    // Two long ids do not fit into a button: of the longest the beginning stands there.
    let begun = || {
        let mut begun = catalogue.processes.iter().filter(|process| process.id.starts_with(id));
        begun.next().filter(|_| id.len() >= LONGEST_SIDE && begun.next().is_none())
    };
    catalogue.process(id).or_else(begun).map(Side::Process).ok_or(Refusal::EntryGone)
}

/// The process that is one side of a comparison.
pub(super) fn process<'a>(reader: &Reader<'a>, id: &str) -> Result<&'a Process, Refusal> {
    match side(reader, id)? {
        Side::Process(process) => Ok(process),
        Side::Country(_) => Err(Refusal::EntryGone),
    }
}

/// Whether a tie says that a country takes part now.
fn is_present(tie: &Tie) -> bool {
    let absent = [ParticipantRole::FormerMember, ParticipantRole::Candidate, ParticipantRole::Invited];
    !matches!(tie, Tie::Participant(role) if absent.contains(role))
}

/// The places of the processes in which a country takes part, in the order of lists.
fn places(reader: &Reader<'_>, country: &Country) -> Vec<usize> {
    let bound = reader.snapshot.relations.of_country(&country.code);
    let all = bound.map(|bound| bound.all(reader.voice.language)).unwrap_or_default();
    let present = |place: &usize| bound.is_some_and(|bound| bound.ties(*place).iter().any(is_present));
    all.iter().copied().filter(present).collect()
}

/// What a country is in the process at a place.
fn roles(reader: &Reader<'_>, country: &Country, place: usize) -> Vec<String> {
    let bound = reader.snapshot.relations.of_country(&country.code);
    let ties = bound.map(|bound| bound.ties(place)).unwrap_or_default();
    let mut roles: Vec<String> = ties
        .iter()
        .map(|tie| match tie {
            Tie::Chair => reader.voice.say("tie-chair"),
            Tie::Secretariat => reader.voice.say("tie-secretariat"),
            Tie::Association => reader.voice.say("tie-association"),
            Tie::Participant(role) => reader.voice.say(&format!("tie-{}", role.key())),
        })
        .collect();
    roles.dedup();
    roles
}

/// The codes of a process's members.
fn members(process: &Process) -> &[String] {
    process.participants(ParticipantRole::Member).map(|group| group.states.as_slice()).unwrap_or_default()
}

/// Whether the States that are members of a process are known.
pub(super) fn is_listed(process: &Process) -> bool {
    !members(process).is_empty()
}

/// The members that two processes have in common, by name; `None` where nobody knows the members of both.
pub(super) fn common_members(reader: &Reader<'_>, one: &Process, other: &Process) -> Option<Vec<String>> {
    let [both, _, _] = apart(members(one), members(other));
    (is_listed(one) && is_listed(other)).then(|| names(reader, both.iter()))
}

/// The places of the processes in which two countries take part both.
pub(super) fn common_processes(reader: &Reader<'_>, one: &Country, other: &Country) -> Vec<usize> {
    let [both, _, _] = apart(&places(reader, one), &places(reader, other));
    both
}

/// Countries by their names, in the order of the reader's language.
fn names(reader: &Reader<'_>, codes: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    let catalogue = &reader.snapshot.catalogue;
    let mut countries: Vec<&Country> = codes.filter_map(|code| catalogue.country(code.as_ref())).collect();
    countries.sort_by_cached_key(|country| reader.snapshot.country_sort_key(reader.voice.language, &country.code));
    countries.into_iter().map(|country| reader.voice.country(country)).collect()
}

/// Two lists taken apart: what is in both, only in the first, only in the second.
fn apart<T: Clone + Eq + std::hash::Hash>(one: &[T], other: &[T]) -> [Vec<T>; 3] {
    let (in_one, in_other): (HashSet<&T>, HashSet<&T>) = (one.iter().collect(), other.iter().collect());
    [
        one.iter().filter(|item| in_other.contains(item)).cloned().collect(),
        one.iter().filter(|item| !in_other.contains(item)).cloned().collect(),
        other.iter().filter(|item| !in_one.contains(item)).cloned().collect(),
    ]
}

/// What a side is called.
fn called(reader: &Reader<'_>, side: &Side<'_>) -> String {
    match side {
        Side::Country(country) => reader.voice.country(country),
        Side::Process(process) => reader.voice.process_short(process).to_owned(),
    }
}

/// The button that opens a side's own answer.
fn open(reader: &Reader<'_>, side: &Side<'_>) -> Button {
    match side {
        Side::Country(country) => reader.open(
            0,
            country.name.get(reader.voice.language).chars().take(24).collect::<String>(),
            View::Country { code: country.code.clone() },
        ),
        Side::Process(process) => reader.open(
            0,
            reader.voice.process_short(process).chars().take(24).collect::<String>(),
            View::Process { id: process.id.clone() },
        ),
    }
}

/// The lists of a comparison, each under its heading: what the two have in common, then what each has alone.
fn lists(reader: &Reader<'_>, one: &Side<'_>, other: &Side<'_>) -> Vec<(String, Vec<String>)> {
    let voice = reader.voice;
    let headed = |key: &str, name: Option<&Side<'_>>, items: Vec<String>| {
        let name = name.map(|side| called(reader, side)).unwrap_or_default();
        (voice.say_with(key, [("name", name.into()), ("count", items.len().into())]), items)
    };
    match (one, other) {
        (Side::Country(a), Side::Country(b)) => {
            let [both, first, second] = apart(&places(reader, a), &places(reader, b));
            let marked = |places: &[usize]| reader.marked(places).collect::<Vec<_>>();
            vec![
                headed("compare-together", None, marked(&both)),
                headed("compare-only", Some(one), marked(&first)),
                headed("compare-only", Some(other), marked(&second)),
            ]
        }
        // What an unknown list has in common with another is not known, nor what the other has alone.
        (Side::Process(a), Side::Process(b)) if !(is_listed(a) && is_listed(b)) => {
            [(one, a), (other, b)].map(|(side, process)| of_members(reader, Some(side), process)).into()
        }
        (Side::Process(a), Side::Process(b)) => {
            let [both, first, second] = apart(members(a), members(b));
            vec![
                headed("compare-members", None, names(reader, both.iter())),
                headed("compare-only", Some(one), names(reader, first.iter())),
                headed("compare-only", Some(other), names(reader, second.iter())),
            ]
        }
        (Side::Country(_), Side::Process(process)) | (Side::Process(process), Side::Country(_)) => {
            vec![of_members(reader, None, process)]
        }
    }
}

/// The members of a process under a heading, with its name where it is one of two; or that no list was found.
fn of_members(reader: &Reader<'_>, side: Option<&Side<'_>>, process: &Process) -> (String, Vec<String>) {
    let voice = reader.voice;
    let role = voice.say("role-member");
    let heading = side.map_or(role.clone(), |side| format!("{role} – {}", called(reader, side)));
    if !is_listed(process) {
        return (heading, vec![voice.say("not-listed")]);
    }
    let all = names(reader, members(process).iter());
    (format!("{heading} ({})", all.len()), all)
}

/// What is said first: of two processes where each stands, of a country and a process whether it takes part.
fn said(reader: &Reader<'_>, one: &Side<'_>, other: &Side<'_>) -> String {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    match (one, other) {
        (Side::Country(_), Side::Country(_)) => format!("-# {}", voice.say("countries-caution")),
        (Side::Process(a), Side::Process(b)) => {
            let line = |process: &Process| {
                let status = voice.say(&format!("status-{}", process.status.value.key()));
                let region = catalogue.region(&process.region).map(|region| region.name.get(voice.language).to_owned());
                let since = process.founding.as_ref().and_then(|founding| founding.date.year());
                let members = process.participants(ParticipantRole::Member);
                let count =
                    members.map(|group| group.count.map_or(group.states.len(), usize::from)).unwrap_or_default();
                let members = match count {
                    0 => voice.say("members-unlisted"),
                    count => voice.say_with("members-count", [("count", count.into())]),
                };
                let parts = [Some(status), region, since.map(|year| year.to_string()), Some(members)];
                let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let mark = status_mark(process.status.value);
                format!("{mark}\u{a0}**{}** – {parts}", voice.process_short(process))
            };
            format!("{}\n{}", line(a), line(b))
        }
        (Side::Country(country), Side::Process(process)) | (Side::Process(process), Side::Country(country)) => {
            let place = catalogue.processes.iter().position(|one| one.id == process.id);
            let roles = place.map(|place| roles(reader, country, place)).unwrap_or_default();
            let values = [
                ("country", voice.country(country).into()),
                ("process", voice.process_short(process).into()),
                ("roles", roles.join(", ").into()),
            ];
            if !roles.is_empty() {
                voice.say_with("compare-takes-part", values)
            } else if members(process).is_empty() {
                voice.say_with("compare-unlisted", values)
            } else {
                voice.say_with("compare-takes-no-part", values)
            }
        }
    }
}

fn title(reader: &Reader<'_>, one: &Side<'_>, other: &Side<'_>) -> String {
    format!("{} ↔ {}", called(reader, one), called(reader, other))
}

fn footer(reader: &Reader<'_>) -> String {
    let voice = reader.voice;
    voice.say_with("footer-date", [("date", voice.date(reader.snapshot.catalogue.general.collected).into())])
}

/// A comparison at a glance.
pub(super) fn show(reader: &Reader<'_>, a: &str, b: &str) -> Result<Reply, Refusal> {
    let (one, other) = (side(reader, a)?, side(reader, b)?);
    let voice = reader.voice;
    let view = View::Compare { a: a.to_owned(), b: b.to_owned() };
    let more = View::CompareMore { a: a.to_owned(), b: b.to_owned(), page: 0 };
    let mut buttons = vec![open(reader, &one)];
    // Walked with any two ids, the two may be the same.
    if a != b {
        buttons.push(open(reader, &other));
    }
    buttons.push(reader.open(0, voice.say("button-all-lists"), more).emoji("🗂️"));
    if let (Side::Process(_), Side::Process(_)) = (&one, &other) {
        buttons.push(reader.map(View::TwoMap { a: a.to_owned(), b: b.to_owned() }));
    }
    buttons.push(reader.share_or_delete(view));
    let rows = Rows::default().buttons(buttons);
    let marks = matches!((&one, &other), (Side::Country(_), Side::Country(_)));
    let footer = if marks { footer_with_legend(voice, &footer(reader)) } else { footer(reader) };
    let mut embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &title(reader, &one, &other), &footer)
        .description(&said(reader, &one, &other));
    for (heading, items) in lists(reader, &one, &other) {
        let items = if items.is_empty() { vec![voice.say("compare-none")] } else { items };
        embed = embed.field(&heading, &Lines::beside(items).fit(IN_LIST));
    }
    Ok(reader.reply(embed, rows))
}

/// The lists of a comparison in full; of two countries, with what each is in a process.
pub(super) fn more(reader: &Reader<'_>, a: &str, b: &str, page: usize) -> Result<Reply, Refusal> {
    let (one, other) = (side(reader, a)?, side(reader, b)?);
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    sheet.put("", said(reader, &one, &other));
    if let (Side::Country(first), Side::Country(second)) = (&one, &other) {
        let headings = lists(reader, &one, &other).into_iter().map(|(heading, _)| heading);
        for (heading, places) in headings.zip(apart(&places(reader, first), &places(reader, second))) {
            for place in places {
                let Some(process) = catalogue.processes.get(place) else { continue };
                let is = |country: &Country| {
                    let roles = roles(reader, country, place);
                    (!roles.is_empty()).then(|| format!("{} {}", flag(&country.code), roles.join(", ")))
                };
                let both: Vec<String> = [is(first), is(second)].into_iter().flatten().collect();
                let name = voice.process_short(process);
                let mark = status_mark(process.status.value);
                sheet.put(&heading, format!("{mark}\u{a0}**{name}** – {}", both.join(" · ")));
            }
        }
    } else {
        for (heading, items) in lists(reader, &one, &other) {
            sheet.run(&heading, items);
        }
    }
    let title = title(reader, &one, &other);
    let back = View::Compare { a: a.to_owned(), b: b.to_owned() };
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: None,
        footer: footer_with_legend(voice, &footer(reader)),
        back: Some(reader.back("button-back-to-comparison", back)),
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::CompareMore { a: a.to_owned(), b: b.to_owned(), page }))
}
