//! `/rcp actualites`: what is coming, what was held last, who chairs since lately, and how fresh the catalogue is.

use crate::catalogue::{Meeting, Process, When};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour, cut, link};
use crate::snapshot::Held;

use crate::commands::declaration::Command;
use crate::commands::novelty::sentence;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::timelines;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How many meetings and chairs the face shows, and how much of a meeting's title, in characters.
const COMING: usize = 3;
const LATEST: usize = 3;
const CHAIRS: usize = 4;
const SHOWN_TITLE: usize = 34;

/// How many meetings stand behind the button: those of a few years.
const ALL: usize = 100;

/// `/rcp actualites` takes no option.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "actualites", en: "news", es: "novedades" }, options: &[], answer, costly: false };

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::News {})
}

/// A day as dates of the catalogue are compared.
fn today(reader: &Reader<'_>) -> (i16, u8, u8) {
    let day = reader.today;
    // Months and days are small and positive.
    (day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// Whether a meeting lies ahead or may be going on: its date goes beyond today, and is known to the month.
fn is_coming(reader: &Reader<'_>, date: When) -> bool {
    let precise = match date {
        When::On(point) => point.month.is_some(),
        When::Span { from, to } => from.or(to).is_some_and(|point| point.month.is_some()),
    };
    date.earliest() > today(reader) || precise && date.latest() >= today(reader)
}

fn found<'a>(reader: &Reader<'a>, held: &Held) -> Option<(&'a Process, &'a Meeting, When)> {
    let process = reader.snapshot.catalogue.processes.get(held.process)?;
    let meeting = process.meetings.get(held.meeting)?;
    Some((process, meeting, meeting.date?))
}

/// The news at a glance.
pub(super) fn show(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let relations = &reader.snapshot.relations;
    let ahead = relations.meetings.iter().filter_map(|held| found(reader, held));
    let mut coming: Vec<_> = ahead.take_while(|(.., date)| date.latest() >= today(reader)).collect();
    coming.retain(|(.., date)| is_coming(reader, *date));
    // The nearest first.
    coming.reverse();
    let held = relations.meetings.iter().filter_map(|held| found(reader, held));
    let latest: Vec<_> = held.filter(|(.., date)| !is_coming(reader, *date)).take(LATEST).collect();
    let chairs: Vec<&Process> = catalogue.at(&relations.newest_chairs).take(CHAIRS).collect();
    let mut ids: Vec<&str> = Vec::new();
    let meetings = coming.iter().take(COMING).chain(&latest).map(|(process, ..)| *process);
    for process in meetings.chain(chairs.iter().copied()) {
        if !ids.contains(&process.id.as_str()) {
            ids.push(&process.id);
        }
    }
    let mut buttons = vec![
        reader.open(0, voice.say("button-latest-meetings"), View::LatestMeetings { page: 0 }).emoji("📅"),
        reader.open(0, voice.say("button-chairs"), View::Chairs { region: None, page: 0 }).emoji("🪑"),
    ];
    buttons.push(timelines::button(reader, View::NewsTimeline {}));
    if !reader.snapshot.recent.is_empty() {
        buttons.push(reader.open(0, voice.say("button-latest-changes"), View::LatestChanges { page: 0 }).emoji("🆕"));
    }
    buttons.push(reader.share_or_delete(View::News {}));
    let rows =
        Rows::default().menu(reader.menu_of(0, "menu-open-process", Entity::Process, ids.into_iter())).buttons(buttons);
    let footer = reader.dated();
    let line = |(process, meeting, date): &(&Process, &Meeting, When)| {
        let title = cut(reader.text(&meeting.title), SHOWN_TITLE);
        format!("• **{}** – {title}, {}", voice.process_short(process), voice.date(*date))
    };
    let mut embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &voice.say("news-title"), &footer)
        .description(
            &[newest_change(reader), Some(catalogue_line(reader))].into_iter().flatten().collect::<Vec<_>>().join("\n"),
        );
    let ahead: Vec<String> = match coming.as_slice() {
        [] => vec![voice.say("news-none-coming")],
        some => some.iter().take(COMING).map(line).collect(),
    };
    embed = embed.items(&voice.say("news-coming"), Lines::below(ahead));
    embed = embed.items(&voice.say("news-latest"), Lines::below(latest.iter().map(line).collect::<Vec<_>>()));
    let chair = |process: &&Process| {
        let chair = process.chair.as_ref();
        let holders = chair.map(|one| voice.parties(&reader.snapshot.catalogue, &one.countries, &one.organisations));
        let since = chair.and_then(|one| one.term.or(one.as_of)).map(|when| format!(", {}", voice.date(when)));
        let name = voice.process_short(process);
        format!("• **{name}** – {}{}", cut(&holders.unwrap_or_default(), SHOWN_TITLE), since.unwrap_or_default())
    };
    embed = embed.items(&voice.say("news-chairs"), Lines::below(chairs.iter().map(chair).collect::<Vec<_>>()));
    Ok(reader.reply(embed, rows))
}

/// How many records were looked at on the latest day, in small print.
fn catalogue_line(reader: &Reader<'_>) -> String {
    let voice = reader.voice;
    match reader.snapshot.relations.latest_collected {
        Some((date, count)) => {
            let values = [("count", count.into()), ("date", voice.date(date).into())];
            format!("-# {}", voice.say_with("news-catalogue", values))
        }
        None => String::new(),
    }
}

/// The newest of what the last revisions changed, in words.
fn newest_change(reader: &Reader<'_>) -> Option<String> {
    let novelties = reader.snapshot.recent.iter().flat_map(|recent| &recent.novelties);
    novelties.filter_map(|novelty| sentence(reader, novelty)).next().map(|said| format!("🆕 {said}"))
}

/// What the last revisions changed, newest first, by day.
pub(super) fn changes(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let voice = reader.voice;
    let mut sheet = Sheet::default();
    for recent in &reader.snapshot.recent {
        let day = recent.time.get(..10).and_then(|day| day.parse::<When>().ok());
        let day = day.map(|day| voice.date(day)).unwrap_or_default();
        for said in recent.novelties.iter().filter_map(|novelty| sentence(reader, novelty)) {
            sheet.put(&day, format!("• {said}"));
        }
    }
    if sheet.is_empty() {
        sheet.put("", voice.say("changes-unknown"));
    }
    let title = voice.say("latest-changes-title");
    let look = reader.look(&title, reader.back("button-news", View::News {}));
    Ok(reader.sheet(&sheet, look, page, |page| View::LatestChanges { page }))
}

/// The meetings of all processes, newest first, by year.
pub(super) fn meetings(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let voice = reader.voice;
    let mut sheet = Sheet::default();
    for held in reader.snapshot.relations.meetings.iter().take(ALL) {
        let Some((process, meeting, date)) = found(reader, held) else { continue };
        let title = match &meeting.url {
            Some(url) => link(reader.text(&meeting.title), url),
            None => reader.text(&meeting.title).to_owned(),
        };
        let mut details = vec![voice.date(date)];
        details.extend(meeting.place.as_ref().map(|place| reader.text(place).to_owned()));
        if meeting.online {
            details.push(voice.say("online"));
        }
        let year = date.year().map(|year| year.to_string()).unwrap_or_default();
        sheet.put(&year, format!("• **{}** – {title}, {}", voice.process_short(process), details.join(", ")));
    }
    if sheet.is_empty() {
        sheet.put("", voice.say("meetings-unknown"));
    }
    let title = voice.say("latest-meetings-title");
    let look = reader.look(&title, reader.back("button-news", View::News {}));
    Ok(reader.sheet(&sheet, look, page, |page| View::LatestMeetings { page }))
}
