//! `/rcp reunions`: the global meetings of the processes, newest first, and each of them.

use crate::catalogue::{GlobalMeeting, Name};
use crate::lookup::Entity;
use crate::reply::{Budget, Button, Embed, Lines, Reply, Sheet, colour, cut, link};

use crate::commands::declaration::{Command, CommandOption, OptionKind};
use crate::commands::entry;
use crate::commands::finding;
use crate::commands::look::host;
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::Invocation;
use crate::commands::timelines;
use crate::commands::view::View;
use crate::commands::wording::Wording;

const MEETING: CommandOption = CommandOption {
    name: Wording { fr: "reunion", en: "meeting", es: "reunion" },
    required: false,
    kind: OptionKind::Entry(Entity::Meeting),
};

/// How many results the face of a meeting shows, and how much of each, in characters.
const RESULTS: usize = 3;
const SHOWN_RESULT: usize = 110;

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

/// All meetings, newest first: number, date, place.
pub(super) fn timeline(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let meetings = &reader.snapshot.catalogue.meetings;
    let (series, voice) = (&meetings.series, reader.voice);
    let newest: Vec<&GlobalMeeting> = meetings.meetings.iter().rev().filter(|one| one.ordinal.is_some()).collect();
    let related: Vec<&GlobalMeeting> = meetings.meetings.iter().rev().filter(|one| one.ordinal.is_none()).collect();
    let rows = Rows::default()
        .menu(reader.menu_of(
            0,
            "menu-open-meeting",
            Entity::Meeting,
            newest.iter().chain(&related).map(|one| one.id.as_str()),
        ))
        .buttons(vec![
            reader.open(0, voice.say("button-series"), View::Series { page: 0 }).emoji("🎯"),
            timelines::button(reader, View::MeetingsTimeline {}),
            reader.open(0, voice.say("button-iom"), View::Iom {}).emoji("🏛️"),
            reader.share_or_delete(View::Meetings {}),
        ]);
    let footer = reader.footer(&series.sources, meetings.collected);
    let title = format!("{} ({})", series.name.get(voice.language), series.acronym.get(voice.language));
    let intro = voice.say_with("meetings-intro", [("count", newest.len().into())]);
    let mut embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title, &footer)
        .url(reader.page(&series.pages))
        .description(&intro)
        .lines(Lines::below(newest.iter().map(|meeting| line(reader, meeting)).collect::<Vec<_>>()));
    if !related.is_empty() {
        let lines: Vec<String> = related.iter().map(|meeting| line(reader, meeting)).collect();
        embed = embed.items(&voice.say("meetings-related"), Lines::below(lines));
    }
    Ok(reader.reply(embed, rows))
}

/// What the meetings are for, who is invited, and what readers must know.
pub(super) fn series(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let meetings = &reader.snapshot.catalogue.meetings;
    let (series, voice) = (&meetings.series, reader.voice);
    let mut sheet = Sheet::default();
    sheet.put("", reader.text(&series.rhythm));
    for aim in &series.aims {
        sheet.put(&voice.say("meetings-aims"), format!("• {}", reader.text(aim)));
    }
    sheet.put(&voice.say("meetings-invited"), reader.text(&series.invited));
    sheet.put(&voice.say("field-other-names"), series.aliases.join(" · "));
    for note in reader.notes(&series.notes) {
        sheet.put(&voice.say("field-notes"), note);
    }
    for source in &series.sources {
        sheet.put(&voice.say("field-sources"), format!("• {}", reader.source(source)));
    }
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: series.name.get(voice.language),
        url: reader.page(&series.pages),
        footer: reader.footer(&series.sources, meetings.collected),
        back: Some(all(reader)),
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::Series { page }))
}

fn all(reader: &Reader<'_>) -> Button {
    reader.open(0, reader.voice.say("button-all-meetings"), View::Meetings {}).emoji("📅")
}

/// A meeting in one line: its number or, where it has none, its name; date, place.
fn line(reader: &Reader<'_>, meeting: &GlobalMeeting) -> String {
    let named = || format!("• {}", cut(meeting.name.get(reader.voice.language), 60));
    let number = meeting.ordinal.map_or_else(named, |ordinal| format!("**{ordinal}**"));
    let when = meeting.date.year().map_or_else(|| reader.voice.date(meeting.date), |year| year.to_string());
    format!("{number} · {when} · {}", place(reader, meeting))
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

fn meeting<'a>(reader: &Reader<'a>, id: &str) -> Result<&'a GlobalMeeting, Refusal> {
    reader.snapshot.catalogue.meeting(id).ok_or(Refusal::EntryGone)
}

/// What a meeting is called where there is one line for it.
fn title(reader: &Reader<'_>, meeting: &GlobalMeeting) -> String {
    entry::called(&reader.snapshot.catalogue, reader.voice, Entity::Meeting, &meeting.id).unwrap_or_default()
}

/// One meeting at a glance: date, place, theme, results.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let meeting = meeting(reader, id)?;
    let voice = reader.voice;
    let present = meeting.processes.iter().map(String::as_str);
    let mut buttons = neighbours(reader, meeting);
    buttons
        .push(reader.open(0, voice.say("button-more"), View::MeetingMore { id: id.to_owned(), page: 0 }).emoji("➕"));
    buttons.push(reader.share_or_delete(View::Meeting { id: id.to_owned() }));
    let rows = Rows::default().menu(reader.menu_of(0, "menu-open-process", Entity::Process, present)).buttons(buttons);
    let footer = reader.footer(&meeting.sources, reader.snapshot.catalogue.meetings.collected);
    let mark = reader.mark(&meeting.notes);
    let mut embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title(reader, meeting), &footer)
        .url(reader.page(&meeting.pages).or(meeting.report.as_deref()))
        .description(&format!("{}\n{}{mark}", voice.date(meeting.date), place(reader, meeting)));
    let theme = match (&meeting.theme, &meeting.focus) {
        (Some(theme), _) => Some(theme.get(voice.language).to_owned()),
        (None, Some(focus)) => Some(format!("{}\n-# {}", reader.text(focus), voice.say("meeting-no-theme"))),
        (None, None) => None,
    };
    if let Some(theme) = theme {
        embed = embed.field(&voice.say("field-theme"), &theme);
    }
    let hosts = voice.parties(&reader.snapshot.catalogue, &meeting.host_countries, &meeting.hosts);
    if !hosts.is_empty() {
        embed = embed.field(&voice.say("field-hosts"), &hosts);
    }
    if !meeting.outcomes.is_empty() {
        let shown = meeting.outcomes.iter().take(RESULTS);
        let results: Vec<String> =
            shown.map(|result| format!("• {}", cut(reader.text(result), SHOWN_RESULT))).collect();
        embed = embed.items(&voice.say("field-outcomes"), Lines::below(results));
    }
    Ok(reader.reply(embed, rows))
}

/// Everything about a meeting.
pub(super) fn more(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let meeting = meeting(reader, id)?;
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    let own = |name: &Name| {
        let own =
            if name.is_own(voice.language) { format!("\n-# {}", voice.say("wording-is-ours")) } else { String::new() };
        format!("{}{own}", name.get(voice.language))
    };
    let mut put = |key: &str, text: String| sheet.put(&voice.say(key), text);
    put("field-name", own(&meeting.name));
    put("field-theme", meeting.theme.as_ref().map(own).unwrap_or_default());
    put("field-theme", meeting.focus.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    put("field-hosts", voice.parties(catalogue, &meeting.host_countries, &meeting.hosts));
    put("field-hosts", meeting.hosting.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    put("field-attendance", meeting.attendance.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    let present = meeting.processes.iter().filter_map(|id| catalogue.process(id));
    let present: Vec<&str> = present.map(|process| voice.process_short(process)).collect();
    put("field-present", present.join(" · "));
    for (key, list) in [("field-topics", &meeting.topics), ("field-outcomes", &meeting.outcomes)] {
        list.iter().for_each(|text| put(key, format!("• {}", reader.text(text))));
    }
    put("field-background", meeting.background.as_ref().map(|text| reader.text(text).to_owned()).unwrap_or_default());
    reader.notes(&meeting.notes).into_iter().for_each(|note| put("field-notes", note));
    for source in &meeting.sources {
        put("field-sources", format!("• {}", reader.source(source)));
    }
    let links: Vec<&String> = meeting.report.iter().chain(&meeting.links).collect();
    for url in links {
        put("field-links", format!("• {}", link(&host(url), url)));
    }
    let name = title(reader, meeting);
    let back = reader.back("button-back-to-meeting", View::Meeting { id: id.to_owned() });
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &name,
        url: reader.page(&meeting.pages).or(meeting.report.as_deref()),
        footer: reader.footer(&meeting.sources, catalogue.meetings.collected),
        back: Some(back),
        rows: report::row(reader, View::Meeting { id: id.to_owned() }),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::MeetingMore { id: id.to_owned(), page }))
}

/// The way to the meeting before in time, to all of them, and to the next. Related meetings stand apart in the list and
/// have their neighbours by date like the others.
fn neighbours(reader: &Reader<'_>, meeting: &GlobalMeeting) -> Vec<Button> {
    let mut meetings: Vec<&GlobalMeeting> = reader.snapshot.catalogue.meetings.meetings.iter().collect();
    meetings.sort_by_key(|meeting| meeting.date.year());
    let here = meetings.iter().position(|other| other.id == meeting.id).unwrap_or_default();
    let year = |other: &GlobalMeeting| other.date.year().map(|year| year.to_string()).unwrap_or_default();
    let button = |number: usize, other: &GlobalMeeting, emoji| {
        reader.open(number, year(other), View::Meeting { id: other.id.clone() }).emoji(emoji)
    };
    let before = here.checked_sub(1).and_then(|place| meetings.get(place)).map(|other| button(1, other, "◀️"));
    let after = meetings.get(here + 1).map(|other| button(2, other, "▶️"));
    before.into_iter().chain([all(reader)]).chain(after).collect()
}
