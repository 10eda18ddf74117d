//! What moderators should look at, by value: what readers reported, chairs whose term is over, meetings that were announced
//! and have passed, chairs unseen for long, what was searched in vain, sources that do not answer, records by their age, sources without https. A
//! plain function of what is served, what was reported and searched, and the day.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::admin::form::state;
use crate::admin::form_button::EditKind;
use crate::admin::reports;
use crate::catalogue::{Process, StatusValue, When};
use crate::language::Voice;
use crate::publishing::{ReaderReport, item_name};
use crate::reply::{cut, escape};
use crate::snapshot::Snapshot;

/// After how many years a chair counts as long unseen.
const CHAIR_UNSEEN_YEARS: i16 = 2;

/// After how many days a record counts as old.
const OLD_DAYS: i32 = 180;

/// How often a text must have been searched in vain to be worth a look.
const OFTEN: u64 = 2;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its name: what it is put off by. Another name as soon as what it is about changes.
    pub name: String,
    /// What it is worth, more first.
    weight: i64,
    /// One line.
    pub line: String,
    /// What else there is to know, a paragraph each.
    pub details: Vec<String>,
    /// The process that it is about.
    pub process: Option<String>,
    /// The form that mends it.
    pub form: Option<EditKind>,
    /// The form that says that it still holds.
    pub seen: Option<EditKind>,
    /// The report that it is.
    pub report: Option<String>,
    /// A page to look at.
    pub url: Option<String>,
}

/// Everything to look at, what is worth most first. All that people typed is escaped.
pub(crate) fn items(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    reports: &[(String, ReaderReport)],
    searches: &[(String, u64)],
    gone: &HashSet<String>,
    today: Date,
) -> Vec<Item> {
    let mut items: Vec<Item> = reports.iter().map(|(name, report)| reported(snapshot, voice, name, report)).collect();
    for process in &snapshot.catalogue.processes {
        items.extend(of_process(snapshot, voice, process, today));
        items.extend(unanswered(voice, process, gone));
    }
    for (text, times) in searches.iter().filter(|(_, times)| *times >= OFTEN) {
        let values = [("text", escape(text).into()), ("count", (*times).into())];
        let item = Item::new(&format!("vain:{text}"), 500_000 + count(*times), voice.say_with("review-vain", values));
        items.push(Item { details: vec![voice.say("review-vain-text")], ..item });
    }
    items.sort_by(|a, b| (b.weight, &a.name).cmp(&(a.weight, &b.name)));
    items
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX).min(99_999)
}

impl Item {
    fn new(identity: &str, weight: i64, line: String) -> Item {
        Item {
            name: item_name(identity),
            weight,
            line,
            details: Vec::new(),
            process: None,
            form: None,
            seen: None,
            report: None,
            url: None,
        }
    }
}

fn reported(snapshot: &Snapshot, voice: Voice<'_>, name: &str, report: &ReaderReport) -> Item {
    let about = reports::about(snapshot, voice, report);
    let values = [("name", escape(&cut(&about, 60)).into()), ("text", escape(&cut(&report.text, 70)).into())];
    let line = voice.say_with("review-report", values);
    let process = Some(report.id.clone()).filter(|_| report.kind == "process");
    let mut details = vec![format!("« {} »", escape(&report.text))];
    if !report.url.is_empty() {
        details.push(escape(&report.url));
    }
    // The newest first: names begin with the time.
    let made = name.split('-').next().and_then(|made| made.parse::<i64>().ok()).unwrap_or_default();
    let item = Item::new(&format!("report:{name}"), 1_000_000_000 + made / 1_000, line);
    Item { details, process, report: Some(name.to_owned()), ..item }
}

fn of_process(snapshot: &Snapshot, voice: Voice<'_>, process: &Process, today: Date) -> Vec<Item> {
    let mut items = Vec::new();
    let name = || escape(voice.process_short(process));
    let now = (today.year(), today.month().unsigned_abs(), today.day().unsigned_abs());
    let of = |item: Item| Item { process: Some(process.id.clone()), url: website(process), ..item };
    let active = process.status.value == StatusValue::Active;
    if let Some(chair) = process.chair.as_ref().filter(|chair| active && !chair.none) {
        let who = voice.parties(&snapshot.catalogue, &chair.countries, &chair.organisations);
        let over = chair.term.filter(|term| ends(*term) && term.latest() < now);
        let seen = chair.as_of.or(chair.term);
        let identity = state(EditKind::Chair, process);
        if let Some(term) = over {
            let values = [("name", name().into()), ("who", who.into()), ("date", voice.date(term).into())];
            let line = voice.say_with("review-chair-over", values);
            let weight = 900_000 + age(term, today);
            let item = Item::new(&format!("over:{}:{identity}", process.id), weight, line);
            items.push(of(Item { form: Some(EditKind::Chair), seen: Some(EditKind::ChairSeen), ..item }));
        } else if let Some(seen) = seen.filter(|seen| seen.latest().0.saturating_add(CHAIR_UNSEEN_YEARS) < now.0) {
            let values = [("name", name().into()), ("who", who.into()), ("date", voice.date(seen).into())];
            let line = voice.say_with("review-chair-unseen", values);
            let weight = 700_000 + age(seen, today);
            let item = Item::new(&format!("unseen:{}:{identity}", process.id), weight, line);
            items.push(of(Item { form: Some(EditKind::Chair), seen: Some(EditKind::ChairSeen), ..item }));
        }
    }
    // It lay ahead when the facts were collected.
    let announced = process.meetings.iter().filter(|meeting| {
        let date = meeting.date.filter(|date| date.year().is_some());
        date.is_some_and(|date| date.earliest() > process.collected.latest() && date.latest() < now)
    });
    for meeting in announced {
        let Some(date) = meeting.date else { continue };
        let title = escape(&cut(meeting.title.get(voice.language), 60));
        let values = [("name", name().into()), ("title", title.into()), ("date", voice.date(date).into())];
        let line = voice.say_with("review-meeting", values);
        let item = Item::new(&format!("meeting:{}:{date}", process.id), 800_000 + age(date, today), line);
        items.push(of(Item { form: Some(EditKind::Meeting), seen: Some(EditKind::AllSeen), ..item }));
    }
    let old = age(process.collected, today);
    if old > i64::from(OLD_DAYS) {
        let values = [("name", name().into()), ("date", voice.date(process.collected).into())];
        let identity = format!("old:{}:{}", process.id, process.collected);
        let item = Item::new(&identity, 400_000 + old, voice.say_with("review-old", values));
        items.push(of(Item { seen: Some(EditKind::AllSeen), ..item }));
    }
    let bare: Vec<&str> =
        process.sources.iter().map(|source| source.url.as_str()).filter(|url| url.starts_with("http://")).collect();
    if !bare.is_empty() {
        let values = [("name", name().into()), ("count", bare.len().into())];
        let identity = format!("bare:{}:{}", process.id, bare.join(" "));
        let item = Item::new(&identity, 200_000 + count(bare.len() as u64), voice.say_with("review-bare", values));
        let details = bare.iter().take(4).map(|url| format!("-# {}", escape(&cut(url, 90)))).collect();
        items.push(of(Item { details, ..item }));
    }
    items
}

/// The sources of a process that did not answer when they were last asked.
fn unanswered(voice: Voice<'_>, process: &Process, gone: &HashSet<String>) -> Option<Item> {
    let sources = process.sources.iter().map(|source| source.url.as_str());
    let silent: Vec<&str> = sources.filter(|url| gone.contains(*url)).collect();
    if silent.is_empty() {
        return None;
    }
    let values = [("name", escape(voice.process_short(process)).into()), ("count", silent.len().into())];
    let identity = format!("silent:{}:{}", process.id, silent.join(" "));
    let weight = 600_000 + count(silent.len() as u64);
    let item = Item::new(&identity, weight, voice.say_with("review-silent", values));
    let details = silent.iter().take(4).map(|url| format!("-# {}", escape(&cut(url, 90)))).collect();
    Some(Item { details, process: Some(process.id.clone()), url: website(process), ..item })
}

fn website(process: &Process) -> Option<String> {
    process.website.clone().filter(|url| url.starts_with("https://"))
}

/// Whether a term has an end: a span that is not open, or a year or month.
fn ends(term: When) -> bool {
    match term {
        When::On(point) => point.year.is_some(),
        When::Span { to, .. } => to.is_some_and(|to| to.year.is_some()),
    }
}

/// How many days ago a date ended, at most some decades.
fn age(when: When, today: Date) -> i64 {
    let (year, month, day) = when.latest();
    let days = |year: i16, month: u8, day: u8| i64::from(year) * 365 + i64::from(month) * 30 + i64::from(day);
    let now = days(today.year(), today.month().unsigned_abs(), today.day().unsigned_abs());
    (now - days(year, month, day)).clamp(0, 99_999)
}
