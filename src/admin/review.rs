//! What moderators should look at, by value: what readers reported, what a merge could not decide, chairs whose term is over,
//! meetings that were announced and have passed, chairs unseen for long, sources that do not answer, what was searched in
//! vain, statuses and members that nothing recent speaks of, records by their age, sources without https. A plain function
//! of what is served, what was reported and searched, and the day.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::admin::form::{FormSubject, state, state_of};
use crate::admin::form_button::EditKind;
use crate::admin::replies::common::as_code;
use crate::admin::reports;
use crate::admin::words::{MEETINGS, file_name, key_name, process_of};
use crate::catalogue::{Conflict, GlobalMeeting, ParticipantRole, Participants, Process, Statement, StatusValue, When};
use crate::language::Voice;
use crate::publishing::{FormOccasion, ReaderReport, item_name};
use crate::reply::{cut, escape};
use crate::snapshot::Snapshot;

/// After how many years a chair, a list of members, a status or the last meeting counts as long unseen.
const UNSEEN_YEARS: i16 = 2;

/// How much of a value that a merge could not decide is shown, in characters.
const VALUE: usize = 120;

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
    /// What a form opened from here is about; none of what no form changes.
    pub about: Option<FormOccasion>,
    /// The process that it is about, or the file of the global meetings: whose list it is in.
    pub list: Option<String>,
    /// The forms that mend it, the likeliest first; at most two.
    pub forms: Vec<EditKind>,
    /// The form that says that it still holds.
    pub seen: Option<EditKind>,
    /// The report that it is.
    pub report: Option<String>,
    /// Whether it is something that a merge could not decide.
    pub undecided: bool,
    /// A page to look at.
    pub url: Option<String>,
}

/// What is known beside the catalogue.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathered {
    /// What readers reported and nobody has settled, each with its name.
    pub reports: Vec<(String, ReaderReport)>,
    /// What merges could not decide.
    pub conflicts: Vec<Conflict>,
    /// What was searched in vain, and how often.
    pub searches: Vec<(String, u64)>,
    /// The sources that are gone.
    pub gone: HashSet<String>,
}

/// The name of the item that something undecided is.
pub(crate) fn conflict_name(conflict: &Conflict) -> String {
    // Texts always become JSON.
    item_name(&format!("conflict:{}", serde_json::to_string(conflict).unwrap_or_default()))
}

/// Everything to look at, what is worth most first. All that people typed is escaped.
pub(crate) fn items(snapshot: &Snapshot, voice: Voice<'_>, gathered: &Gathered, today: Date) -> Vec<Item> {
    let Gathered { reports, conflicts, searches, gone } = gathered;
    let mut items: Vec<Item> = reports.iter().map(|(name, report)| reported(snapshot, voice, name, report)).collect();
    items.extend(conflicts.iter().map(|conflict| undecided(snapshot, voice, conflict)));
    items.extend(of_global_meetings(snapshot, voice, today));
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
            about: None,
            list: None,
            forms: Vec::new(),
            seen: None,
            report: None,
            undecided: false,
            url: None,
        }
    }

    /// The same, about a process.
    fn of(self, process: &Process) -> Item {
        Item { about: Some(FormOccasion::Process(process.id.clone())), list: Some(process.id.clone()), ..self }
    }

    /// The same, about the global meetings, or one of them.
    fn of_meetings(self, meeting: Option<&GlobalMeeting>) -> Item {
        let about = meeting.map_or(FormOccasion::GlobalMeetings, |one| FormOccasion::GlobalMeeting(one.id.clone()));
        Item { about: Some(about), list: Some(MEETINGS.to_owned()), ..self }
    }
}

fn reported(snapshot: &Snapshot, voice: Voice<'_>, name: &str, report: &ReaderReport) -> Item {
    let about = reports::about(snapshot, voice, report);
    let values = [("name", escape(&cut(&about, 60)).into()), ("text", escape(&cut(&report.text, 70)).into())];
    let line = voice.say_with("review-report", values);
    let of_process = report.is_about_a_process() && snapshot.catalogue.process(&report.id).is_some();
    let meeting = snapshot.catalogue.meeting(&report.id).filter(|_| report.kind == "meeting");
    let mut details = vec![voice.say_with("quoted", [("text", escape(&report.text).into())])];
    if !report.url.is_empty() {
        details.push(escape(&report.url));
    }
    // The newest first: names begin with the time.
    let made = name.split('-').next().and_then(|made| made.parse::<i64>().ok()).unwrap_or_default();
    let item = Item::new(&format!("report:{name}"), 1_000_000_000 + made / 1_000, line);
    let item = Item { details, report: Some(name.to_owned()), ..item };
    match meeting {
        Some(meeting) => Item { forms: vec![EditKind::MeetingHeld], ..item.of_meetings(Some(meeting)) },
        None if of_process => {
            Item { about: Some(FormOccasion::Report(name.to_owned())), list: Some(report.id.clone()), ..item }
        }
        None => item,
    }
}

/// Something that a merge could not decide: what stands, and what the new version brings instead.
fn undecided(snapshot: &Snapshot, voice: Voice<'_>, conflict: &Conflict) -> Item {
    let file = cut(&file_name(&snapshot.catalogue, voice, &conflict.file), 60);
    let top = top_of(&conflict.path);
    let what = match conflict.path.is_empty() {
        true => voice.say("review-conflict-file"),
        false => cut(&key_name(&snapshot.catalogue, voice, &conflict.file, top), 60),
    };
    let line = voice.say_with("review-conflict", [("name", escape(&file).into()), ("what", escape(&what).into())]);
    // Of long values only the end may differ.
    let [mine, theirs] = [&conflict.mine, &conflict.theirs].map(|value| value.as_deref().unwrap_or_default());
    let alike = mine.chars().zip(theirs.chars()).take_while(|(mine, theirs)| mine == theirs).count();
    let skipped = if alike > VALUE / 2 { alike - VALUE / 4 } else { 0 };
    let value = |key: &str, value: &str| {
        let from: String = value.chars().skip(skipped).collect();
        let from = if skipped > 0 { format!("…{from}") } else { from };
        let value = if value.is_empty() { "—".to_owned() } else { as_code(&from, VALUE) };
        voice.say_with(key, [("value", value.into())])
    };
    let place = if conflict.path.is_empty() { &conflict.file } else { &conflict.path };
    let details = vec![
        format!("-# {}", as_code(place, 90)),
        value("review-conflict-mine", mine),
        value("review-conflict-theirs", theirs),
        voice.say("review-conflict-text"),
        by_file(voice, &conflict.file),
    ];
    let item = Item { name: conflict_name(conflict), details, undecided: true, ..Item::new("", 950_000, line) };
    match process_of(&conflict.file).and_then(|id| snapshot.catalogue.process(id)) {
        Some(process) => Item { forms: form_of(&conflict.path).into_iter().collect(), ..item.of(process) },
        None if conflict.file == MEETINGS => item.of_meetings(None),
        None => item,
    }
}

/// The key at the top of a file under which a way leads: `participants[member]` of `participants[member].states`.
fn top_of(path: &str) -> &str {
    let end = path.find(']').map_or_else(
        || path.find('.'),
        |bracket| match path.find('.') {
            // A dot may stand in the name of an entry.
            Some(dot) if dot < path.find('[').unwrap_or(bracket) => Some(dot),
            _ => Some(bracket + 1),
        },
    );
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

/// The form that changes what stands at a place in a process's file.
fn form_of(path: &str) -> Option<EditKind> {
    let top = top_of(path);
    match top.split('[').next().unwrap_or(top) {
        "chair" => Some(EditKind::Chair),
        "meeting" => Some(EditKind::Meeting),
        "status" => Some(EditKind::Status),
        "participants" if top.contains("[observer]") => Some(EditKind::Observers),
        "participants" => Some(EditKind::Members),
        "secretariat" => Some(EditKind::Secretariat),
        "website" => Some(EditKind::Website),
        "note" => Some(EditKind::Note),
        "themes" => Some(EditKind::Topic),
        _ => None,
    }
}

/// What to type where no form leads to a file.
fn by_file(voice: Voice<'_>, file: &str) -> String {
    format!("-# {}", voice.say_with("review-by-file", [("file", as_code(file, 60).into())]))
}

/// Global meetings that lay ahead when the facts were collected, whose date has passed, and of which no source is as young;
/// and that none is known for long.
fn of_global_meetings(snapshot: &Snapshot, voice: Voice<'_>, today: Date) -> Vec<Item> {
    let file = &snapshot.catalogue.meetings;
    let name = || escape(&voice.say("file-meetings"));
    let passed = |meeting: &&GlobalMeeting| has_passed(meeting.date, file.collected, today) && !meeting.is_seen();
    let of = |meeting: &GlobalMeeting| {
        let title = escape(&cut(meeting.name.get(voice.language), 60));
        let values = [("name", name().into()), ("title", title.into()), ("date", voice.date(meeting.date).into())];
        let identity = format!("meeting:global:{}:{}", meeting.id, meeting.date);
        let weight = 800_000 + age(meeting.date, today);
        let item = Item::new(&identity, weight, voice.say_with("review-meeting", values));
        Item { forms: vec![EditKind::MeetingHeld], ..item.of_meetings(Some(meeting)) }
    };
    let mut items: Vec<Item> = file.meetings.iter().filter(passed).map(of).collect();
    let sources = file.series.sources.iter().filter_map(|source| source.date);
    let known = file.meetings.iter().map(|meeting| meeting.date).chain(sources);
    let newest = known.filter(|date| date.year().is_some()).max_by_key(|date| date.latest());
    if let Some(newest) = newest.filter(|newest| long_ago(*newest, today)) {
        let line = voice.say_with("review-quiet", [("name", name().into()), ("date", voice.date(newest).into())]);
        let identity = state_of(EditKind::MeetingsSeen, FormSubject::GlobalMeetings(file));
        let item = Item::new(&format!("series:{identity}"), 300_000 + age(newest, today), line).of_meetings(None);
        items.push(Item { forms: vec![EditKind::GlobalMeeting], seen: Some(EditKind::MeetingsSeen), ..item });
    }
    items
}

/// Whether something lay ahead when facts were collected, and does not any more.
fn has_passed(date: When, collected: When, today: Date) -> bool {
    date.year().is_some() && date.earliest() > collected.latest() && date.latest() < day(today)
}

fn day(date: Date) -> (i16, u8, u8) {
    (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// Whether what was last known at a date counts as long unseen.
fn long_ago(date: When, today: Date) -> bool {
    date.latest().0.saturating_add(UNSEEN_YEARS) < today.year()
}

/// Whether a process goes on, its status rests on nothing recent, or it has not met for long: a process of which a meeting
/// is missing, or one that has fallen asleep.
fn status_or_meeting(voice: Voice<'_>, process: &Process, today: Date) -> Option<Item> {
    if process.status.value == StatusValue::Inactive {
        return None;
    }
    let name = escape(voice.process_short(process));
    let latest = |dates: &mut dyn Iterator<Item = When>| {
        dates.filter(|date| date.year().is_some() && date.earliest() <= day(today)).max_by_key(|date| date.latest())
    };
    let met = latest(&mut process.meetings.iter().filter_map(|meeting| meeting.date));
    let supports = [Statement::Status, Statement::Meetings];
    let sources = process.sources.iter().filter(|source| source.supports.iter().any(|one| supports.contains(one)));
    let said = latest(&mut sources.filter_map(|source| source.date).chain(met));
    let status = voice.say(&format!("status-{}", process.status.value.key()));
    let identity = state(EditKind::StatusSeen, process);
    let old = said.filter(|said| long_ago(*said, today));
    let (forms, seen, weight, line) = match (said, old, met) {
        (None, ..) => {
            let values = [("name", name.into()), ("status", status.into())];
            let line = voice.say_with("review-status-undated", values);
            (vec![EditKind::Status, EditKind::Meeting], Some(EditKind::StatusSeen), 410_000, line)
        }
        (_, Some(said), _) => {
            let values = [("name", name.into()), ("status", status.into()), ("date", voice.date(said).into())];
            let line = voice.say_with("review-status", values);
            let weight = 400_000 + age(said, today);
            (vec![EditKind::Status, EditKind::Meeting], Some(EditKind::StatusSeen), weight, line)
        }
        (_, None, Some(met)) if long_ago(met, today) => {
            let line = voice.say_with("review-quiet", [("name", name.into()), ("date", voice.date(met).into())]);
            (vec![EditKind::Meeting, EditKind::Status], None, 300_000 + age(met, today), line)
        }
        _ => return None,
    };
    let item = Item::new(&format!("status:{}:{identity}", process.id), weight, line);
    Some(Item { forms, seen, ..item })
}

/// The list of members, where nothing recent says that it holds.
fn members(voice: Voice<'_>, process: &Process, today: Date) -> Option<Item> {
    let is_list = |group: &&Participants| {
        group.role == ParticipantRole::Member && (!group.states.is_empty() || !group.organisations.is_empty())
    };
    let group = process.participants.iter().find(is_list).filter(|_| process.status.value != StatusValue::Inactive)?;
    let sources = process.sources.iter().filter(|source| source.supports.contains(&Statement::Members));
    let dated = sources.filter_map(|source| source.date).max_by_key(|date| date.latest());
    let name = escape(voice.process_short(process));
    let (weight, line) = match group.as_of.or(dated) {
        Some(seen) if !long_ago(seen, today) => return None,
        Some(seen) => {
            let line = voice.say_with("review-members", [("name", name.into()), ("date", voice.date(seen).into())]);
            (300_000 + age(seen, today), line)
        }
        None => (310_000, voice.say_with("review-members-undated", [("name", name.into())])),
    };
    let identity = format!("members:{}:{}", process.id, state(EditKind::Members, process));
    let item = Item::new(&identity, weight, line);
    Some(Item { forms: vec![EditKind::Members], seen: Some(EditKind::MembersSeen), ..item })
}

fn of_process(snapshot: &Snapshot, voice: Voice<'_>, process: &Process, today: Date) -> Vec<Item> {
    let mut items = Vec::new();
    let name = || escape(voice.process_short(process));
    let now = day(today);
    let of = |item: Item| Item { url: website(process), ..item.of(process) };
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
            items.push(of(Item { forms: vec![EditKind::Chair], seen: Some(EditKind::ChairSeen), ..item }));
        } else if let Some(seen) = seen.filter(|seen| long_ago(*seen, today)) {
            let values = [("name", name().into()), ("who", who.into()), ("date", voice.date(seen).into())];
            let line = voice.say_with("review-chair-unseen", values);
            let weight = 700_000 + age(seen, today);
            let item = Item::new(&format!("unseen:{}:{identity}", process.id), weight, line);
            items.push(of(Item { forms: vec![EditKind::Chair], seen: Some(EditKind::ChairSeen), ..item }));
        }
    }
    // It lay ahead when the facts were collected.
    let announced = process.meetings.iter();
    let announced =
        announced.filter(|meeting| meeting.date.is_some_and(|date| has_passed(date, process.collected, today)));
    for meeting in announced {
        let Some(date) = meeting.date else { continue };
        let title = escape(&cut(meeting.title.get(voice.language), 60));
        let values = [("name", name().into()), ("title", title.into()), ("date", voice.date(date).into())];
        let line = voice.say_with("review-meeting", values);
        let item = Item::new(&format!("meeting:{}:{date}", process.id), 800_000 + age(date, today), line);
        items.push(of(Item { forms: vec![EditKind::Meeting], seen: Some(EditKind::AllSeen), ..item }));
    }
    items.extend(status_or_meeting(voice, process, today).map(of));
    items.extend(members(voice, process, today).map(of));
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
    Some(Item { details, url: website(process), ..item.of(process) })
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
    let (this_year, this_month, this_day) = self::day(today);
    let now = days(this_year, this_month, this_day);
    (now - days(year, month, day)).clamp(0, 99_999)
}
