//! Timelines: the global meetings over the years, those of a process by kind, those of late of all processes, and the
//! lives of all processes; each tells in words what its picture shows.

use jiff::civil::Date;

use crate::catalogue::{GlobalMeeting, Meeting, MeetingLevel, Point, Process, StatusValue, Text, When};
use crate::picture::timeline::{Lane, Mark, Timeline, Tint, is_drawn, is_point};
use crate::reply::{Budget, Button, Embed, Picture, Reply, colour};

use crate::commands::look::status_colour;
use crate::commands::parameter::Section;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::view::View;

/// The most lanes of a picture, so that each can be read.
const LANES: usize = 16;

/// The same where all processes are to be seen at once, in a picture that is opened to be read.
const LIVES: usize = 45;

/// How far back the meetings of all processes are shown, in years.
const LATELY: i16 = 2;

/// The width of most pictures and of their labels, in pixels: what is written is read on a phone.
const WIDTH: u32 = 760;
const LABELS: u32 = 250;

/// What is shown beside a picture.
struct Shown<'a> {
    /// The name of its file, without its ending.
    name: &'static str,
    timeline: Timeline,
    /// What it tells in a line, above it.
    summary: String,
    /// What each lane tells, for those who do not see it.
    told: Vec<String>,
    colour: u32,
    url: Option<&'a str>,
    footer: String,
    /// The way back.
    back: Button,
    view: View,
}

/// The button that opens a timeline.
pub(super) fn button(reader: &Reader<'_>, view: View) -> Button {
    reader.open(0, reader.voice.say("button-timeline"), view).emoji("📈")
}

fn reply(reader: &Reader<'_>, shown: Shown<'_>) -> Reply {
    let Shown { name, mut timeline, summary, told, colour, url, footer, back, view } = shown;
    let mut marks = timeline.lanes.iter().flat_map(|lane| &lane.marks);
    // A bar is explained where there is one; a life is one always.
    if !matches!(view, View::LivesTimeline {}) && marks.any(|mark| !is_point(mark.when)) {
        timeline.small.insert(0, reader.voice.say("timeline-precision"));
    }
    let description = format!("{}. {summary}\n{}", timeline.title, told.join("\n"));
    let size = timeline.size();
    let rows = Rows::default().buttons(vec![back, reader.share_or_delete(view)]);
    let title = timeline.title.clone();
    let draw = move || timeline.draw().map_err(|error| error.to_string());
    let embed = Embed::within(Budget::FACE, &rows.0, colour, &title, &footer)
        .showing(Picture::new(&format!("{name}.png"), &description, size, draw))
        .url(url)
        .description(&summary);
    reader.reply(embed, rows)
}

/// Lanes beyond those that are shown, counted.
fn beyond(reader: &Reader<'_>, all: usize, most: usize) -> Option<String> {
    let left = all.saturating_sub(most);
    (left > 0).then(|| reader.voice.say_with("timeline-beyond", [("count", left.into())]))
}

/// The global meetings, each in a line of its own, oldest first.
pub(super) fn global(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let meetings = &reader.snapshot.catalogue.meetings;
    let (series, voice) = (&meetings.series, reader.voice);
    let mut drawn: Vec<_> = meetings.meetings.iter().filter(|meeting| is_drawn(meeting.date)).collect();
    drawn.sort_by_key(|meeting| meeting.date.earliest());
    let more = beyond(reader, drawn.len(), LANES);
    let newest = drawn.split_off(drawn.len().saturating_sub(LANES));
    let place = |place: Option<&Text>| place.map_or_else(|| voice.say("online"), |place| reader.text(place).to_owned());
    let lane = |meeting: &&GlobalMeeting| {
        let place = place(meeting.place.as_ref());
        let (label, tint) = match meeting.ordinal {
            Some(ordinal) => (format!("{ordinal} · {place}"), Tint::First),
            None => (format!("• {place}"), Tint::Second),
        };
        let mark = Mark { when: meeting.date, tint, label: voice.date(meeting.date) };
        Lane { label, more: String::new(), marks: vec![mark] }
    };
    let lanes: Vec<Lane> = newest.iter().map(lane).collect();
    let told = lanes.iter().map(|lane| format!("{} – {}", lane.label, dates(lane))).collect();
    let related = newest.iter().any(|meeting| meeting.ordinal.is_none());
    let legend = [(Tint::First, "timeline-global"), (Tint::Second, "meetings-related")];
    let legend = legend.into_iter().filter(|_| related).map(|(tint, key)| (tint, voice.say(key))).collect();
    let counted = meetings.meetings.iter().filter(|meeting| meeting.ordinal.is_some()).count();
    Ok(reply(
        reader,
        Shown {
            name: "timeline-meetings",
            timeline: Timeline {
                title: series.name.get(voice.language).to_owned(),
                lanes,
                legend,
                small: more.into_iter().collect(),
                width: WIDTH,
                labels: LABELS - 20,
                lane: 44,
                day: None,
            },
            summary: voice.say_with("timeline-global-count", [("count", counted.into())]),
            told,
            colour: colour::GENERAL,
            url: reader.page(&series.pages),
            footer: reader.footer(&series.sources, meetings.collected),
            back: reader.back("button-all-meetings", View::Meetings {}),
            view: View::MeetingsTimeline {},
        },
    ))
}

/// The lanes of a process's meetings: who met, by the record. Where it does not say, they are among the others.
const LEVELS: [Option<MeetingLevel>; 3] = [Some(MeetingLevel::Ministers), Some(MeetingLevel::Officials), None];

const fn key(level: Option<MeetingLevel>) -> &'static str {
    match level {
        Some(MeetingLevel::Ministers) => "timeline-ministers",
        Some(MeetingLevel::Officials) => "timeline-officials",
        None => "timeline-others",
    }
}

const fn level_tint(level: Option<MeetingLevel>) -> Tint {
    match level {
        Some(MeetingLevel::Ministers) => Tint::Third,
        Some(MeetingLevel::Officials) => Tint::First,
        None => Tint::Second,
    }
}

/// Its meetings whose date can be drawn, oldest first.
fn drawn(process: &Process) -> Vec<(&Meeting, When)> {
    let dated = process.meetings.iter().filter_map(|meeting| Some((meeting, meeting.date?)));
    let mut dated: Vec<_> = dated.filter(|(_, date)| is_drawn(*date)).collect();
    dated.sort_by_key(|(_, date)| date.earliest());
    dated
}

/// Whether a process has meetings to be drawn: one alone makes no timeline.
pub(super) fn has_meetings(process: &Process) -> bool {
    drawn(process).len() > 1
}

/// The meetings of a process, by level.
pub(super) fn of_process(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let process = reader.snapshot.catalogue.process(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let meetings = drawn(process);
    let mut lanes = Vec::new();
    let mut told = Vec::new();
    let mut counted = Vec::new();
    for level in LEVELS {
        let held: Vec<_> = meetings.iter().filter(|(meeting, _)| meeting.level == level).collect();
        let Some((newest, date)) = held.last() else { continue };
        let label = voice.say_with(key(level), [("count", held.len().into())]);
        let place = newest.place.as_ref().map(|place| reader.text(place).to_owned());
        let year = date.year().map(|year| year.to_string());
        let latest = year.into_iter().chain(place).collect::<Vec<_>>().join(", ");
        let mark = |(_, date): &&(&Meeting, When)| Mark { when: *date, tint: level_tint(level), label: String::new() };
        told.push(
            voice.labelled(&label, &held.iter().map(|(_, date)| voice.date(*date)).collect::<Vec<_>>().join(" · ")),
        );
        lanes.push(Lane {
            label: label.clone(),
            more: voice.say_with("timeline-latest", [("latest", latest.into())]),
            marks: held.iter().map(mark).collect(),
        });
        counted.push(label);
    }
    // What is not drawn is said, so that nobody counts it as not held.
    let undated = process.meetings.len() - meetings.len();
    let undated = (undated > 0).then(|| voice.say_with("timeline-without-year", [("count", undated.into())]));
    told.extend(undated.clone());
    let summary = if counted.is_empty() { voice.say("meetings-unknown") } else { counted.join(" · ") };
    let back = View::ProcessMeetings { id: id.to_owned(), page: 0 };
    Ok(reply(
        reader,
        Shown {
            name: "timeline-process",
            timeline: Timeline {
                title: voice.say_with("timeline-process", [("name", voice.process_short(process).into())]),
                lanes,
                legend: Vec::new(),
                small: undated.into_iter().collect(),
                width: WIDTH,
                labels: LABELS + 40,
                lane: 92,
                day: None,
            },
            summary,
            told,
            colour: status_colour(process.status.value),
            url: process.website.as_deref(),
            footer: reader.footer(&process.sources, process.collected),
            back: reader.back("button-meetings", back),
            view: View::ProcessTimeline { id: id.to_owned() },
        },
    ))
}

/// The meetings of all processes, of late and to come: a line for each process, that with the newest first.
pub(super) fn lately(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let since = reader.today.year() - LATELY;
    let today = day(reader.today);
    let mut lanes: Vec<(usize, Lane)> = Vec::new();
    let mut meetings = 0;
    // Newest first.
    for held in &reader.snapshot.relations.meetings {
        let Some(process) = catalogue.processes.get(held.process) else { continue };
        let Some(when) = process.meetings.get(held.meeting).and_then(|meeting| meeting.date) else { continue };
        if !is_drawn(when) || when.latest().0 < since || when.earliest().0 < since {
            continue;
        }
        let tint = if when.earliest() > today.earliest() { Tint::Second } else { Tint::First };
        let mark = Mark { when, tint, label: String::new() };
        meetings += 1;
        match lanes.iter_mut().find(|(place, _)| *place == held.process) {
            Some((_, lane)) => lane.marks.push(mark),
            None => {
                let label = voice.process_short(process).to_owned();
                lanes.push((held.process, Lane { label, more: String::new(), marks: vec![mark] }));
            }
        }
    }
    let processes = lanes.len();
    let more = beyond(reader, processes, LANES);
    lanes.truncate(LANES);
    let lanes: Vec<Lane> = lanes.into_iter().map(|(_, lane)| lane).collect();
    let told = lanes.iter().map(|lane| voice.labelled(&lane.label, &told_dates(reader, lane))).collect();
    let ahead = lanes.iter().flat_map(|lane| &lane.marks).any(|mark| mark.tint == Tint::Second);
    let legend = [(Tint::First, "timeline-held"), (Tint::Second, "timeline-coming")];
    let legend = legend.into_iter().filter(|_| ahead).map(|(tint, key)| (tint, voice.say(key))).collect();
    let counts = [("meetings", meetings.into()), ("processes", processes.into())];
    Ok(reply(
        reader,
        Shown {
            name: "timeline-news",
            timeline: Timeline {
                title: voice.say_with("timeline-news", [("year", since.to_string().into())]),
                lanes,
                legend,
                small: more.into_iter().collect(),
                width: WIDTH,
                labels: LABELS + 60,
                lane: 44,
                day: Some((today, voice.say("timeline-today"))),
            },
            summary: voice.say_with("timeline-news-count", counts),
            told,
            colour: colour::GENERAL,
            url: None,
            footer: reader.dated(),
            back: reader.back("button-news", View::News {}),
            view: View::NewsTimeline {},
        },
    ))
}

/// The lives of all processes, the oldest first: from their founding to their end, to today, or to the last that is known.
pub(super) fn lives(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let today = day(reader.today);
    let founded = |process: &Process| process.founding.as_ref().map(|one| one.date).filter(|date| is_drawn(*date));
    let mut processes: Vec<_> =
        catalogue.processes.iter().filter_map(|process| Some((founded(process)?, process))).collect();
    processes.sort_by_key(|(date, _)| date.earliest());
    let undated = catalogue.processes.len() - processes.len();
    let more = beyond(reader, processes.len(), LIVES);
    processes.truncate(LIVES);
    let mut lanes = Vec::new();
    let mut told = Vec::new();
    for (from, process) in &processes {
        let status = process.status.value;
        let lasts = matches!(status, StatusValue::Active | StatusValue::Emerging);
        let known = drawn(process).last().map(|(_, date)| *date);
        let ended = process.ended.as_ref().map(|one| one.date).filter(|date| is_drawn(*date));
        let to = ended.or(if lasts { Some(today) } else { known }).unwrap_or(*from);
        let marks = vec![Mark { when: through(*from, to), tint: tint(status), label: String::new() }];
        let name = voice.process_short(process).to_owned();
        let years = [from.year(), to.year().filter(|_| !lasts && to != *from)].into_iter().flatten();
        let years = years.map(|year| year.to_string()).collect::<Vec<_>>().join("–");
        told.push((status, format!("{name} {years}")));
        lanes.push(Lane { label: name, more: String::new(), marks });
    }
    let tints = [
        (Tint::First, StatusValue::Active),
        (Tint::Second, StatusValue::Emerging),
        (Tint::Past, StatusValue::Inactive),
        (Tint::Third, StatusValue::Unknown),
    ];
    let there = |status: StatusValue| processes.iter().any(|(_, process)| process.status.value == status);
    let legend = tints
        .into_iter()
        .filter(|(_, status)| there(*status))
        .map(|(tint, status)| (tint, voice.say(&format!("status-{}", status.key()))))
        .collect();
    // By status, which is what the inks tell.
    let told = tints.iter().filter(|(_, status)| there(*status)).map(|(_, status)| {
        let lives = told.iter().filter(|(one, _)| one == status).map(|(_, life)| life.as_str());
        voice.labelled(&voice.say(&format!("status-{}", status.key())), &lives.collect::<Vec<_>>().join(" · "))
    });
    let mut told: Vec<String> = told.collect();
    told.push(voice.say("timeline-open-end"));
    let since = processes.first().and_then(|(date, _)| date.year()).map(|year| year.to_string()).unwrap_or_default();
    let statuses = StatusValue::ALL.iter().filter_map(|status| {
        let count = reader.snapshot.relations.statuses.get(status).copied().filter(|count| *count > 0)?;
        Some(voice.say_with(&format!("count-{}", status.key()), [("count", count.into())]))
    });
    let statuses = statuses.collect::<Vec<_>>().join(" · ");
    let undated = (undated > 0).then(|| voice.say_with("timeline-undated", [("count", undated.into())]));
    let small = [Some(voice.say("timeline-open-end")), undated, more];
    Ok(reply(
        reader,
        Shown {
            name: "timeline-lives",
            timeline: Timeline {
                title: voice.say_with("timeline-lives", [("year", since.into())]),
                lanes,
                legend,
                small: small.into_iter().flatten().collect(),
                width: 480,
                labels: 196,
                lane: 30,
                day: None,
            },
            summary: statuses,
            told,
            colour: colour::GENERAL,
            url: reader.page(&catalogue.general.pages),
            footer: reader.dated(),
            back: reader.back("button-overview", View::About { section: Section::Overview }),
            view: View::LivesTimeline {},
        },
    ))
}

/// From the beginning of one date to the end of another.
fn through(from: When, to: When) -> When {
    let first = |when: When| match when {
        When::On(point) => Some(point),
        When::Span { from, to } => from.or(to),
    };
    let last = |when: When| match when {
        When::On(point) => Some(point),
        When::Span { from, to } => to.or(from),
    };
    When::Span { from: first(from), to: last(to) }
}

fn tint(status: StatusValue) -> Tint {
    match status {
        StatusValue::Active => Tint::First,
        StatusValue::Emerging => Tint::Second,
        StatusValue::Inactive => Tint::Past,
        StatusValue::Unknown => Tint::Third,
    }
}

fn day(today: Date) -> When {
    // Months and days are small and positive.
    let (month, day) = (today.month().unsigned_abs(), today.day().unsigned_abs());
    When::On(Point { year: Some(today.year()), month: Some(month), day: Some(day), approximate: false })
}

/// The labels of a lane's marks, which are their dates.
fn dates(lane: &Lane) -> String {
    lane.marks.iter().map(|mark| mark.label.as_str()).collect::<Vec<_>>().join(" · ")
}

/// The dates of a lane's marks.
fn told_dates(reader: &Reader<'_>, lane: &Lane) -> String {
    lane.marks.iter().map(|mark| reader.voice.date(mark.when)).collect::<Vec<_>>().join(" · ")
}
