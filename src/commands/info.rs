//! `/rcp info`: the card of a process, whose face fits a phone, and what stands behind its buttons: members, meetings and
//! chairs, reserves, sources, and everything else.

use std::collections::HashSet;

use crate::catalogue::{Country, Language, Note, NoteKind, ParticipantRole, Participants, Process, Statement, When};
use crate::language::{Voice, flag};
use crate::lookup::Entity;
use crate::reply::{Budget, Button, Embed, Lines, Reply, Row, Sheet, cut, link};

use crate::commands::custom_id::CustomId;
use crate::commands::declaration::{Command, PROCESS};
use crate::commands::finding;
use crate::commands::look::{dated, host, status_colour, status_mark};
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::Invocation;
use crate::commands::timelines;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How many members a page shows: as many as a menu can offer.
const MEMBERS: usize = 24;

/// How much of the purpose the face shows, in characters.
const SHOWN_PURPOSE: usize = 190;

/// How much of who serves it the face shows where there is little room, in characters: a line.
const SHORT_SECRETARIAT: usize = 36;

/// A line of its official name in small print, in characters.
const OFFICIAL_LINE: usize = 42;

/// `/rcp info`: a process, found by any of its names.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "info", en: "info", es: "info" },
    options: &[PROCESS.required()],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    finding::find(reader, Entity::Process, invocation.text(PROCESS.name.fr))
}

fn process<'a>(reader: &Reader<'a>, id: &str) -> Result<&'a Process, Refusal> {
    reader.snapshot.catalogue.process(id).ok_or(Refusal::EntryGone)
}

/// The card's face: what a phone shows at once; the rest is behind its buttons.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let region = reader.snapshot.catalogue.region(&process.region).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let (own, region_view) = (|| id.to_owned(), View::Region { id: region.id.clone(), page: 0 });
    let members = process.participants(ParticipantRole::Member).map(size).filter(|count| *count > 0);
    let members = members.map_or_else(
        || voice.say("button-members"),
        |count| voice.say_with("members-count", [("count", count.into())]),
    );
    let mut first = vec![
        reader.open(0, members, View::Members { id: own(), page: 0 }).emoji("👥"),
        reader.open(0, voice.say("button-process-meetings"), View::ProcessMeetings { id: own(), page: 0 }).emoji("📅"),
    ];
    let reserves = reserves(reader, process).entries().len();
    if reserves > 0 {
        let label = voice.say_with("button-reserves", [("count", reserves.into())]);
        first.push(reader.open(0, label, View::Reserves { id: own(), page: 0 }).emoji("⚖️"));
    }
    first.push(reader.open(0, voice.say("button-sources"), View::Sources { id: own(), page: 0 }).emoji("📚"));
    first.push(reader.open(0, voice.say("button-more"), View::More { id: own(), page: 0 }).emoji("➕"));
    let mut second = vec![reader.open(0, cut(region.name.get(voice.language), 24), region_view).emoji("↩️")];
    // A map says nothing where no source lists who takes part.
    if process.participants.iter().any(|group| !group.states.is_empty()) {
        second.push(reader.map(View::ProcessMap { id: own() }));
    }
    second.push(reader.share_or_delete(View::Process { id: own() }));
    let rows = Rows::default().buttons(first).buttons(second);
    let embed = face(reader, process, &rows.0);
    Ok(reader.reply(embed, rows))
}

/// How much of its texts a face shows, in characters.
#[derive(Clone, Copy)]
struct Shown {
    /// Of what it is for.
    purpose: usize,
    /// Of its official name.
    official: usize,
    /// Of who serves it.
    served: usize,
    /// Whether the last meeting is shown with its place.
    place: bool,
}

/// What is shown where there is room, and then ever less, in the order in which it is missed least: all of it stands in full
/// behind ➕ and 📅.
const SHOWN: [Shown; 8] = [
    Shown { purpose: SHOWN_PURPOSE, official: 140, served: usize::MAX, place: true },
    Shown { purpose: SHOWN_PURPOSE, official: 2 * OFFICIAL_LINE, served: usize::MAX, place: true },
    Shown { purpose: SHOWN_PURPOSE / 2, official: 2 * OFFICIAL_LINE, served: usize::MAX, place: true },
    Shown { purpose: SHOWN_PURPOSE / 2, official: OFFICIAL_LINE, served: usize::MAX, place: true },
    Shown { purpose: 0, official: OFFICIAL_LINE, served: usize::MAX, place: true },
    Shown { purpose: 0, official: OFFICIAL_LINE, served: usize::MAX, place: false },
    Shown { purpose: 0, official: OFFICIAL_LINE, served: SHORT_SECRETARIAT, place: false },
    Shown { purpose: 0, official: 0, served: SHORT_SECRETARIAT, place: false },
];

/// Every fact of the face is shown; where they take much room, less of the texts.
fn face(reader: &Reader<'_>, process: &Process, rows: &[Row]) -> Embed {
    let texts = FaceTexts::of(reader, process, rows);
    let [most, rest @ ..] = SHOWN;
    // Where nothing fits, the embed cuts the least of it.
    let mut written = texts.shown(most);
    for less in rest {
        if texts.fit(&written) {
            break;
        }
        written = texts.shown(less);
    }
    let (text, facts) = written;
    let embed = texts.bare.description(&text).field(&texts.chair.0, &texts.chair.1);
    embed.items(&texts.secretariat.0, Lines::below(facts))
}

/// What a face tells, written once, before it is known how much of it there is room for.
struct FaceTexts<'r> {
    /// The embed with nothing but its title, its address and its footer.
    bare: Embed,
    official: Option<String>,
    purpose: Option<&'r str>,
    standing: String,
    ended: Option<String>,
    /// The name of a field, and who chairs.
    chair: (String, String),
    /// The name of a field, and who serves as secretariat.
    secretariat: (String, String),
    taking_part: String,
    iom_role: String,
    /// The last meeting that is known, with its place and without.
    last_meeting: Option<[String; 2]>,
}

impl<'r> FaceTexts<'r> {
    fn of(reader: &Reader<'r>, process: &'r Process, rows: &[Row]) -> FaceTexts<'r> {
        let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
        let status = process.status.value;
        let address = process.website.as_deref().or(reader.page(&process.iom_pages));
        let footer = reader.footer(&process.sources, process.collected);
        let title = voice.process_short(process);
        let region = catalogue.region(&process.region).map(|region| region.name.get(voice.language).to_owned());
        let since = process.founding.as_ref().map(|founding| voice.date(since_year(founding.date)));
        let mark = reader.mark(about(process, &[Statement::Status]));
        let standing = format!("{} **{}**{mark}", status_mark(status), voice.say(&format!("status-{}", status.key())));
        let ended = |ended: When| voice.labelled(&voice.say("field-ended"), &voice.date(ended));
        FaceTexts {
            bare: Embed::within(reader.face, rows, status_colour(status), title, &footer).url(address),
            official: voice.process_official(process),
            purpose: process.purpose.as_ref().map(|text| reader.text(text)),
            standing: [Some(standing), region, since].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            ended: process.ended.as_ref().map(|process| ended(process.date)),
            chair: (voice.say("field-chair"), chair(reader, process)),
            secretariat: (voice.say("field-secretariat"), secretariat(reader, process)),
            taking_part: taking_part(reader, process),
            iom_role: iom_role(reader, process),
            last_meeting: last_meeting(reader, process),
        }
    }

    /// So much of the texts: what stands above, and the lines of facts.
    fn shown(&self, shown: Shown) -> (String, Vec<String>) {
        let official = self.official.as_ref().filter(|_| shown.official > 0);
        let official = official.map(|name| format!("-# {}", cut(name, shown.official)));
        let purpose = self.purpose.filter(|_| shown.purpose > 0).map(|text| sentence(text, shown.purpose));
        let standing = Some(self.standing.clone());
        let text: Vec<String> = [official, purpose, standing, self.ended.clone()].into_iter().flatten().collect();
        let (_, served) = &self.secretariat;
        let mut facts = vec![cut(served, shown.served), self.taking_part.clone(), self.iom_role.clone()];
        if let Some([with_place, without]) = &self.last_meeting {
            facts.push(if shown.place { with_place } else { without }.clone());
        }
        (text.join("\n"), facts)
    }

    /// Whether so much has room.
    fn fit(&self, (text, facts): &(String, Vec<String>)) -> bool {
        let facts = facts.join("\n");
        self.bare.fits_with(text, &[(&self.chair.0, &self.chair.1), (&self.secretariat.0, &facts)])
    }
}

/// A line of the face with what it is about before it.
fn labelled(voice: Voice<'_>, key: &str, text: &str) -> String {
    voice.labelled(&format!("**{}**", voice.say(key)), text)
}

/// How many take part.
fn taking_part(reader: &Reader<'_>, process: &Process) -> String {
    let voice = reader.voice;
    let counted = |role, key: &str| {
        let count = process.participants(role).map(size).filter(|count| *count > 0);
        count.map(|count| voice.say_with(key, [("count", count.into())]))
    };
    let members = counted(ParticipantRole::Member, "members-count").unwrap_or_else(|| voice.say("members-unlisted"));
    let observers = counted(ParticipantRole::Observer, "observers-count");
    let mark = reader.mark(about(process, &[Statement::Members]));
    format!("{}{mark}", [Some(members), observers].into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// IOM's role.
fn iom_role(reader: &Reader<'_>, process: &Process) -> String {
    let voice = reader.voice;
    let role = |key: &str, former: bool| {
        let former = if former { format!(" ({})", voice.say("former")) } else { String::new() };
        format!("{}{former}", voice.say(&format!("iom-role-{key}")))
    };
    let roles: Vec<String> = process.iom_roles.iter().map(|one| role(one.role.key(), one.former)).collect();
    let roles = if roles.is_empty() { voice.say("not-known") } else { roles.join(" · ") };
    let mark = reader.mark(about(process, &[Statement::IomRole]));
    labelled(voice, "field-iom-role", &format!("{roles}{mark}"))
}

/// The last meeting that is known, with its place and without.
fn last_meeting(reader: &Reader<'_>, process: &Process) -> Option<[String; 2]> {
    let voice = reader.voice;
    // Meetings stand oldest first; one that is announced is not yet the last.
    let held = process.meetings.iter().rev().find(|meeting| meeting.date.is_some());
    let meeting = held.or(process.meetings.last())?;
    let mark = reader.mark(about(process, &[Statement::Meetings]));
    Some([true, false].map(|shown| {
        let place = meeting.place.as_ref().filter(|_| shown || meeting.date.is_none());
        let place = place.map(|place| reader.text(place).to_owned());
        let details: Vec<String> = [place, meeting.date.map(|date| voice.date(date))].into_iter().flatten().collect();
        // What it was called stands behind the button.
        let details = if details.is_empty() { cut(reader.text(&meeting.title), 60) } else { details.join(", ") };
        labelled(voice, "field-last-meeting", &format!("{details}{mark}"))
    }))
}

/// The first sentence of a text that is longer than so many characters; the whole stands behind a button.
fn sentence(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.find(". ").or_else(|| text.find(" ; ")).or_else(|| text.find("; "));
    let first = end.and_then(|end| text.get(..=end)).filter(|first| first.chars().count() <= most);
    first.map_or_else(|| cut(text, most), |first| format!("{}.", first.trim_end_matches([';', '.', ' '])))
}

/// Since when, without the day.
fn since_year(date: When) -> When {
    match date {
        When::On(point) => When::Span { from: Some(crate::catalogue::Point { day: None, ..point }), to: None },
        span => span,
    }
}

/// The notes of a process about some of its statements.
pub(super) fn about<'p>(process: &'p Process, statements: &[Statement]) -> impl Iterator<Item = &'p Note> {
    process.notes.iter().filter(move |note| note.about.iter().any(|one| statements.contains(one)))
}

/// Who chairs, and in small print when that was last seen.
fn chair(reader: &Reader<'_>, process: &Process) -> String {
    let voice = reader.voice;
    let mark = reader.mark(about(process, &[Statement::Chair]));
    let Some(chair) = &process.chair else { return format!("{}{mark}", voice.say("chair-unknown")) };
    let holders = voice.parties(&reader.snapshot.catalogue, &chair.countries, &chair.organisations);
    match (chair.none, holders.is_empty()) {
        (true, _) => return format!("{}{mark}", voice.say("chair-none")),
        (false, true) => return format!("{}{mark}", voice.say("chair-unknown")),
        (false, false) => {}
    }
    let term = chair.term.map(|term| format!(", {}", voice.date(term))).unwrap_or_default();
    format!("{holders}{term}{mark}\n-# {}", seen(voice, chair.as_of, chair.term))
}

/// When a chair was last seen.
pub(super) fn seen(voice: Voice<'_>, as_of: Option<When>, term: Option<When>) -> String {
    match (as_of, term) {
        // A chair that is only known to have begun may have passed on since.
        (Some(When::Span { from: Some(from), to: None }), _) => voice.say_dated("chair-seen-since", When::On(from)),
        (Some(date), _) => voice.say_dated("checked", date),
        (None, Some(_)) => voice.say("chair-term-only"),
        (None, None) => voice.say("undated"),
    }
}

/// Who provides the secretariat, and where it sits.
pub(super) fn secretariat(reader: &Reader<'_>, process: &Process) -> String {
    let voice = reader.voice;
    let mark = reader.mark(about(process, &[Statement::Secretariat]));
    let Some(secretariat) = &process.secretariat else { return format!("{}{mark}", voice.say("not-known")) };
    let providers = voice.parties(&reader.snapshot.catalogue, &secretariat.countries, &secretariat.organisations);
    let kind = voice.say(&format!("secretariat-{}", secretariat.kind.key()));
    let who = if providers.is_empty() { kind } else { providers };
    let interim = if secretariat.interim { format!(" ({})", voice.say("secretariat-interim")) } else { String::new() };
    match &secretariat.place {
        Some(place) => {
            let city = reader.text(place);
            let values = [("who", format!("{who}{interim}").into()), ("place", city.into())];
            format!("{}{mark}", voice.say_with("secretariat-at", values))
        }
        None => format!("{who}{interim}{mark}"),
    }
}

/// How many take part: the number that a source gives, else the length of the list.
fn size(group: &Participants) -> usize {
    group.count.map_or(group.states.len() + group.organisations.len(), usize::from)
}

/// Countries in the order of the reader's language.
fn sorted<'a>(reader: &Reader<'a>, codes: &'a [String]) -> Vec<&'a Country> {
    let catalogue = &reader.snapshot.catalogue;
    let mut countries: Vec<&Country> = codes.iter().filter_map(|code| catalogue.country(code)).collect();
    countries.sort_by_cached_key(|country| reader.snapshot.country_sort_key(reader.voice.language, &country.code));
    countries
}

/// Everyone who takes part, in every capacity. Each page has a menu of its countries, so that all can be opened.
pub(super) fn members(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let voice = reader.voice;
    // One row for each at the table: under what, the code of a country, the name.
    let mut rows: Vec<(String, Option<&str>, String)> = Vec::new();
    for group in &process.participants {
        let role = voice.say(&format!("role-{}", group.role.key()));
        let heading = dated(voice, format!("{role} ({})", size(group)), "as-of", group.as_of);
        for country in sorted(reader, &group.states) {
            rows.push((heading.clone(), Some(country.code.as_str()), voice.country(country)));
        }
        let organisations = group.organisations.iter().filter_map(|id| reader.snapshot.catalogue.organisation(id));
        rows.extend(organisations.map(|one| (heading.clone(), None, voice.organisation_short(one).to_owned())));
        if group.states.is_empty() && group.organisations.is_empty() {
            rows.push((heading, None, voice.say("not-listed")));
        }
    }
    let pages = rows.len().div_ceil(MEMBERS).max(1);
    let page = page.min(pages - 1);
    let shown: Vec<_> = rows.iter().skip(page * MEMBERS).take(MEMBERS).collect();
    let view = |page| View::Members { id: id.to_owned(), page };
    let mut seen = HashSet::new();
    let codes =
        shown.iter().filter_map(|(_, code, _)| *code).filter(|code| !flag(code).is_empty() && seen.insert(*code));
    let mut buttons = if pages == 2 { reader.pager(page, pages, view) } else { Vec::new() };
    buttons.push(back(reader, process));
    buttons.push(reader.share_or_delete(view(page)));
    let countries = Rows::default().menu(reader.menu_of(0, "menu-open-country", Entity::Country, codes));
    let controls = reader.page_menu(countries, page, pages, view).buttons(buttons);
    let title = voice.say_with("members-title", [("name", voice.process_short(process).into())]);
    let footer = reader.footer(&process.sources, process.collected);
    let colour = status_colour(process.status.value);
    let mut embed = Embed::within(Budget::SHEET, &controls.0, colour, &title, &footer);
    let mut rest = shown.as_slice();
    while let Some((heading, _, _)) = rest.first() {
        let end = rest.iter().position(|(other, _, _)| other != heading).unwrap_or(rest.len());
        let (group, others) = rest.split_at(end);
        embed = embed.items(heading, Lines::beside(group.iter().map(|(_, _, name)| name.clone()).collect::<Vec<_>>()));
        rest = others;
    }
    if rows.is_empty() {
        embed = embed.description(&voice.say("members-unlisted"));
    }
    Ok(reader.reply(embed, controls))
}

/// Its meetings, newest first; who chairs by what rule, and who did before.
pub(super) fn meetings(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let voice = reader.voice;
    let mut sheet = Sheet::default();
    let heading = voice.say("field-meetings");
    for meeting in process.meetings.iter().rev() {
        let title = match &meeting.url {
            Some(url) => link(reader.text(&meeting.title), url),
            None => reader.text(&meeting.title).to_owned(),
        };
        let mut details: Vec<String> = meeting.date.iter().map(|date| voice.date(*date)).collect();
        details.extend(meeting.place.as_ref().map(|place| reader.text(place).to_owned()));
        if meeting.online {
            details.push(voice.say("online"));
        }
        let details = if details.is_empty() { voice.say("undated") } else { details.join(", ") };
        sheet.put(&heading, format!("• {title} – {details}"));
    }
    if process.meetings.is_empty() {
        sheet.put(&heading, voice.say("meetings-unknown"));
    }
    let heading = voice.say("field-chair");
    sheet.put(&heading, chair(reader, process));
    if let Some(chair) = &process.chair {
        sheet.put(&heading, chair.rule.as_ref().map(|rule| reader.text(rule)).unwrap_or_default());
        for former in &chair.history {
            let names = voice.parties(&reader.snapshot.catalogue, &former.countries, &[]);
            let mut details: Vec<String> = former.when.iter().map(|when| voice.date(*when)).collect();
            details.extend(former.note.iter().map(|note| reader.text(note).to_owned()));
            let said = if details.is_empty() { names } else { format!("{names} ({})", details.join(", ")) };
            sheet.put(&voice.say("field-former-chairs"), format!("• {said}"));
        }
    }
    let title = voice.say_with("process-meetings-title", [("name", voice.process_short(process).into())]);
    let view = |page| View::ProcessMeetings { id: id.to_owned(), page };
    let timeline = || timelines::button(reader, View::ProcessTimeline { id: id.to_owned() });
    let rows = Rows::default().buttons(timelines::has_meetings(process).then(timeline).into_iter().collect());
    Ok(reader.sheet(&sheet, look(reader, process, &title, rows), page, view))
}

/// What readers must know: doubts, conflicts and context, each once, under what they are about.
fn reserves(reader: &Reader<'_>, process: &Process) -> Sheet {
    let voice = reader.voice;
    let mut said: Vec<(String, String)> = Vec::new();
    let mut put = |heading: String, text: String| {
        let known = said.iter().any(|(_, other)| other.trim_start_matches(['⚖', '❔', 'ℹ', '\u{fe0f}', ' ']) == text);
        if !known {
            said.push((heading, text));
        }
    };
    let mut by_kind: Vec<&Note> = process.notes.iter().collect();
    by_kind.sort_by_key(|note| note.kind);
    for note in by_kind {
        let about: Vec<String> = note.about.iter().map(|one| statement(voice, *one)).collect();
        let mark = match note.kind {
            NoteKind::Conflict => "⚖️",
            NoteKind::Doubt => "❔",
            NoteKind::Context => "ℹ️",
        };
        let heading = capital(&about.join(", "));
        put(heading, format!("{mark} {}", reader.text(&note.text)));
    }
    let mut single = |statement: Statement, note: Option<&crate::catalogue::Text>| {
        if let Some(note) = note {
            put(capital(&voice.say(&format!("statement-{}", statement.key()))), reader.text(note).to_owned());
        }
    };
    single(Statement::Status, process.status.note.as_ref());
    single(Statement::Chair, process.chair.as_ref().and_then(|chair| chair.note.as_ref()));
    single(Statement::Secretariat, process.secretariat.as_ref().and_then(|secretariat| secretariat.note.as_ref()));
    for group in &process.participants {
        let statement = match group.role {
            ParticipantRole::Member => Statement::Members,
            ParticipantRole::Observer => Statement::Observers,
            _ => Statement::Participants,
        };
        single(statement, group.note.as_ref());
    }
    let mut sheet = Sheet::default();
    said.into_iter().for_each(|(heading, text)| sheet.put(&heading, text));
    sheet
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The reserves, on pages.
pub(super) fn reserved(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let title = reader.voice.say_with("reserves-title", [("name", reader.voice.process_short(process).into())]);
    let view = |page| View::Reserves { id: id.to_owned(), page };
    let mut sheet = reserves(reader, process);
    if sheet.is_empty() {
        sheet.put("", reader.voice.say("reserves-none"));
    }
    Ok(side(reader, process, &sheet, &title, page, view))
}

/// Where what is said comes from, and how fresh it is.
pub(super) fn sources(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let voice = reader.voice;
    let mut sheet = Sheet::default();
    sheet.put("", reader.text(&process.freshness));
    // Sites in the order in which they are first named, so that the pages of one stand together.
    let mut sites: Vec<String> = Vec::new();
    for source in &process.sources {
        let site = host(&source.url);
        if !sites.contains(&site) {
            sites.push(site);
        }
    }
    for site in sites {
        for source in process.sources.iter().filter(|source| host(&source.url) == site) {
            let statements: Vec<String> = source.supports.iter().map(|one| statement(voice, *one)).collect();
            sheet
                .put(&voice.say("field-sources"), format!("• {}\n-# {}", reader.source(source), statements.join(", ")));
        }
    }
    if process.name.is_own(voice.language) {
        sheet.put(&voice.say("field-name"), voice.say("name-is-ours"));
    }
    let title = voice.say_with("sources-title", [("name", voice.process_short(process).into())]);
    Ok(side(reader, process, &sheet, &title, page, |page| View::Sources { id: id.to_owned(), page }))
}

fn statement(voice: Voice<'_>, statement: Statement) -> String {
    voice.say(&format!("statement-{}", statement.key()))
}

/// Everything else that the record says.
pub(super) fn more(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let process = process(reader, id)?;
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    let mut put = |key: &str, text: String| sheet.put(&voice.say(key), text);
    put("field-name", voice.process_official(process).unwrap_or_else(|| voice.process_short(process).to_owned()));
    put("field-purpose", process.purpose.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    let status = voice.say(&format!("status-{}", process.status.value.key()));
    let basis = voice.say(&format!("basis-{}", process.status.basis.key()));
    put("field-status", format!("{} {status}, {basis}", status_mark(process.status.value)));
    let regions = [&process.region].into_iter().chain(&process.touches).filter_map(|id| catalogue.region(id));
    let regions: Vec<&str> = regions.map(|region| region.name.get(voice.language)).collect();
    put("field-region", regions.join(" · "));
    put("field-region", process.subregion.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    for (key, milestone) in [("field-founded", &process.founding), ("field-ended", &process.ended)] {
        let Some(milestone) = milestone else { continue };
        let place = milestone.place.as_ref().map(|place| format!(", {}", reader.text(place))).unwrap_or_default();
        put(key, format!("{}{place}", voice.date(milestone.date)));
        put(key, milestone.event.as_ref().map(|event| reader.text(event).to_owned()).unwrap_or_default());
    }
    if let Some(secretariat) = &process.secretariat {
        let kind = voice.say(&format!("secretariat-{}", secretariat.kind.key()));
        put("field-secretariat", dated(voice, kind, "since", secretariat.since));
        put(
            "field-secretariat",
            secretariat.place.as_ref().map(|place| reader.text(place).to_owned()).unwrap_or_default(),
        );
    }
    for role in &process.iom_roles {
        let name = voice.say(&format!("iom-role-{}", role.role.key()));
        let former = if role.former { format!(" ({})", voice.say("former")) } else { String::new() };
        put("field-iom-role", voice.labelled(&format!("{name}{former}"), reader.text(&role.text)));
    }
    for theme in &process.themes {
        put("field-themes", format!("• {}", theme.get(voice.language)));
    }
    for line in &process.structure {
        put("field-structure", format!("• {}", reader.text(line)));
    }
    let associations = process.associations.iter().filter_map(|id| catalogue.organisation(id));
    let associations: Vec<&str> = associations.map(|one| voice.organisation_short(one)).collect();
    put("field-associations", associations.join(" · "));
    put("field-other-names", [&process.other_acronyms[..], &process.aliases].concat().join(" · "));
    put("field-former-names", process.former_names.join(" · "));
    let websites = process.website.iter().chain(&process.other_websites);
    let pages = process.iom_pages.all().map(str::to_owned).collect::<Vec<_>>();
    let links: Vec<String> = websites.chain(&pages).map(|url| link(&address(url), url)).collect();
    put("field-website", links.join("\n"));
    let title = voice.say_with("more-title", [("name", voice.process_short(process).into())]);
    let other = Language::ALL.into_iter().filter(|language| *language != voice.language);
    let languages: Vec<Button> = other
        .enumerate()
        .map(|(number, language)| {
            let view = View::Process { id: id.to_owned() };
            let custom_id = CustomId::Open { view, fixed: Some(language) }.encode(number + 1);
            Button::press(reader.snapshot.messages.voice(language).say("own-name"), custom_id)
        })
        .collect();
    let mut buttons = languages;
    buttons.push(report::button(reader, View::Process { id: id.to_owned() }));
    let look = look(reader, process, &title, Rows::default().buttons(buttons));
    Ok(reader.sheet(&sheet, look, page, |page| View::More { id: id.to_owned(), page }))
}

/// An address as people read it: without the scheme, cut.
fn address(url: &str) -> String {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    cut(bare.trim_end_matches('/'), 60)
}

fn back(reader: &Reader<'_>, process: &Process) -> Button {
    reader.open(0, reader.voice.say("button-back-to-card"), View::Process { id: process.id.clone() }).emoji("↩️")
}

fn look<'a>(reader: &Reader<'_>, process: &'a Process, title: &'a str, rows: Rows) -> SheetLook<'a> {
    SheetLook {
        budget: Budget::SHEET,
        colour: status_colour(process.status.value),
        title,
        url: None,
        footer: reader.footer(&process.sources, process.collected),
        back: Some(back(reader, process)),
        rows: rows.0,
    }
}

/// A sheet of a process, with the way back to its card.
fn side(
    reader: &Reader<'_>,
    process: &Process,
    sheet: &Sheet,
    title: &str,
    page: usize,
    view: impl Fn(usize) -> View,
) -> Reply {
    reader.sheet(sheet, look(reader, process, title, Rows::default()), page, view)
}
