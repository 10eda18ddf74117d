//! `/rcp reunions`: the global meetings of the processes as a timeline, and each of them.

use crate::catalogue::{GlobalMeeting, Process};
use crate::lookup::Entity;
use crate::reply::{Button, Lines, Reply};

use super::declaration::{Command, CommandOption, OptionKind};
use super::finding;
use super::look::general;
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const MEETING: CommandOption = CommandOption {
    name: Wording { fr: "reunion", en: "meeting", es: "reunion" },
    required: false,
    kind: OptionKind::Entry(Entity::Meeting),
};

/// `/rcp reunions`: one meeting by its number, year or city, or all of them.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "reunions", en: "meetings", es: "reuniones" },
    options: &[MEETING],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    match invocation.text(MEETING.name.fr) {
        None => Ok(View::Meetings {}),
        typed => finding::find(reader, Entity::Meeting, typed),
    }
}

/// All meetings, oldest first.
pub(super) fn timeline(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let meetings = &reader.snapshot.catalogue.meetings;
    let (series, voice) = (&meetings.series, reader.voice);
    let acronym = series.acronym.get(voice.language);
    let numbered: Vec<&GlobalMeeting> = meetings.meetings.iter().filter(|meeting| meeting.ordinal.is_some()).collect();
    let span = |meeting: Option<&&GlobalMeeting>| {
        meeting.and_then(|meeting| meeting.date.year()).map(|year| year.to_string()).unwrap_or_default()
    };
    let intro = voice.say_with(
        "meetings-intro",
        [
            ("count", numbered.len().into()),
            ("first", span(numbered.first()).into()),
            ("last", span(numbered.last()).into()),
            ("rhythm", reader.text(&series.rhythm).into()),
        ],
    );
    let related: Vec<String> = meetings
        .meetings
        .iter()
        .filter(|meeting| meeting.ordinal.is_none())
        .map(|meeting| line(reader, meeting))
        .collect();
    let lines = Lines::below(numbered.iter().map(|meeting| line(reader, meeting)));
    let mut embed = general(&format!("{} ({acronym})", series.name.get(voice.language)))
        .url(reader.page(&series.pages))
        .description(&format!("{intro}\n\n{}", lines.fit(3_000)));
    if !related.is_empty() {
        embed = embed.items(&voice.say("meetings-related"), Lines::below(related));
    }
    embed = embed
        .items(&voice.say("meetings-aims"), reader.bullets(&series.aims))
        .field(&voice.say("meetings-invited"), reader.text(&series.invited));
    if !series.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&series.notes));
    }
    let embed = embed.footer(&reader.footer(&series.sources, meetings.collected));
    let reply = reader.reply(embed);
    let ids = meetings.meetings.iter().map(|meeting| meeting.id.as_str());
    Ok(reader.menu_of(reply, "menu-open-meeting", Entity::Meeting, ids).buttons(vec![
        reader.open(0, voice.say("button-iom"), View::Iom {}),
        reader.share_or_delete(View::Meetings {}),
    ]))
}

/// A meeting in one line: number, date, place.
fn line(reader: &Reader<'_>, meeting: &GlobalMeeting) -> String {
    let voice = reader.voice;
    let number = meeting.ordinal.map_or_else(|| "•".to_owned(), |ordinal| format!("`{ordinal:>2}`"));
    let theme = meeting
        .theme
        .as_ref()
        .map(|theme| theme.get(voice.language))
        .or_else(|| meeting.focus.as_ref().map(|focus| reader.text(focus)));
    let theme = theme.map(|theme| format!("\n-# {theme}")).unwrap_or_default();
    format!("{number} **{}** – {}{theme}", voice.date(meeting.date), place(reader, meeting))
}

fn place(reader: &Reader<'_>, meeting: &GlobalMeeting) -> String {
    let country = meeting.country.as_deref().and_then(|code| reader.snapshot.catalogue.country(code));
    let parts = [
        meeting.place.as_ref().map(|place| reader.text(place).to_owned()),
        country.map(|country| reader.voice.country(country)),
        meeting.online.then(|| reader.voice.say("online")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// One meeting.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let catalogue = &reader.snapshot.catalogue;
    let meeting = catalogue.meeting(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let ours = |name: &crate::catalogue::Name| {
        if name.is_own(voice.language) { format!("\n-# {}", voice.say("wording-is-ours")) } else { String::new() }
    };
    let hosts = voice.parties(catalogue, &meeting.host_countries, &meeting.hosts);
    let hosts = if hosts.is_empty() { voice.say("not-known") } else { hosts };
    let hosting = meeting.hosting.as_ref().map(|text| format!("\n-# {}", reader.text(text))).unwrap_or_default();
    let mut embed = general(meeting.name.get(voice.language))
        .url(reader.page(&meeting.pages).or(meeting.report.as_deref()))
        .description(ours(&meeting.name).trim())
        .inline(&voice.say("field-date"), &voice.date(meeting.date))
        .inline(&voice.say("field-place"), &place(reader, meeting))
        .inline(&voice.say("field-hosts"), &format!("{hosts}{hosting}"));
    let subject = match (&meeting.theme, &meeting.focus) {
        (Some(theme), _) => format!("{}{}", theme.get(voice.language), ours(theme)),
        (None, Some(focus)) => format!("{}\n-# {}", reader.text(focus), voice.say("meeting-no-theme")),
        (None, None) => voice.say("not-known"),
    };
    embed = embed.field(&voice.say("field-theme"), &subject);
    let attendance =
        meeting.attendance.as_ref().map_or_else(|| voice.say("not-known"), |text| reader.text(text).to_owned());
    embed = embed.field(&voice.say("field-attendance"), &attendance);
    let present: Vec<&Process> = meeting.processes.iter().filter_map(|id| catalogue.process(id)).collect();
    if !present.is_empty() {
        let names = present.iter().map(|process| voice.process_short(process).to_owned());
        embed = embed.items(&voice.say("field-present"), Lines::beside(names));
    }
    if !meeting.topics.is_empty() {
        embed = embed.items(&voice.say("field-topics"), reader.bullets(&meeting.topics));
    }
    if !meeting.outcomes.is_empty() {
        embed = embed.items(&voice.say("field-outcomes"), reader.bullets(&meeting.outcomes));
    }
    if let Some(background) = &meeting.background {
        embed = embed.field(&voice.say("field-background"), reader.text(background));
    }
    if !meeting.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&meeting.notes));
    }
    embed = embed.items(&voice.say("field-sources"), reader.sources(&meeting.sources));
    let embed = embed.footer(&reader.footer(&meeting.sources, catalogue.meetings.collected));
    let reply = reader.reply(embed);
    let reply =
        reader.menu_of(reply, "menu-open-process", Entity::Process, present.iter().map(|process| process.id.as_str()));
    let mut buttons = neighbours(reader, meeting);
    buttons.push(reader.share_or_delete(View::Meeting { id: id.to_owned() }));
    let reply = match &meeting.report {
        Some(report) => reply.buttons(vec![Button::open(voice.say("button-report"), report)]),
        None => reply,
    };
    Ok(reply.buttons(buttons))
}

/// The way to the meeting before, to all of them, and to the next.
fn neighbours(reader: &Reader<'_>, meeting: &GlobalMeeting) -> Vec<Button> {
    let meetings = &reader.snapshot.catalogue.meetings.meetings;
    let here = meetings.iter().position(|other| other.id == meeting.id).unwrap_or_default();
    let year = |other: &GlobalMeeting| other.date.year().map(|year| year.to_string()).unwrap_or_default();
    let button = |number: usize, other: &GlobalMeeting, emoji| {
        reader.open(number, year(other), View::Meeting { id: other.id.clone() }).emoji(emoji)
    };
    let before = here.checked_sub(1).and_then(|place| meetings.get(place)).map(|other| button(1, other, "◀️"));
    let after = meetings.get(here + 1).map(|other| button(2, other, "▶️"));
    let all = reader.open(0, reader.voice.say("button-all-meetings"), View::Meetings {}).emoji("📅");
    before.into_iter().chain([all]).chain(after).collect()
}
