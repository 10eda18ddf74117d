//! What moderators change most in a process, with the source that says so: a new chair, a meeting, the status, who joins or
//! leaves, the secretariat, the website, a note, a theme; and that something was seen and still holds.

use jiff::civil::Date;

use crate::catalogue::date::{Point, When};
use crate::catalogue::edit::writing::{NotWritten, write};
use crate::catalogue::model::{
    Chair, FormerChair, Meeting, Note, ParticipantRole, Participants, Process, Secretariat, SecretariatKind, Source,
    Statement, Status, Theme,
};
use crate::catalogue::text::{Language, Text};

/// Where a change is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The page's address.
    pub url: String,
    /// The date that it bears.
    pub date: Option<When>,
}

/// States and organisations, by code and by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holders {
    /// Countries (ISO 3166-1 alpha-2).
    pub countries: Vec<String>,
    /// Organisations (ids).
    pub organisations: Vec<String>,
}

impl Holders {
    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.organisations.is_empty()
    }
}

/// A change of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// Another chairs; nobody does, where none is named. The former chair goes into the history.
    Chair {
        /// Who.
        who: Holders,
        /// Since when, or for which term.
        since: Option<When>,
        /// The rule of rotation, in one language, where it is another.
        rule: Option<(Language, String)>,
    },
    /// A meeting, put in by its date.
    Meeting(Meeting),
    /// Where the process stands.
    Status(Status),
    /// Who joins and who leaves.
    Members {
        /// Members or observers.
        role: ParticipantRole,
        /// Who takes part from now on.
        join: Holders,
        /// Who does not any more.
        leave: Holders,
        /// Since when.
        since: Option<When>,
    },
    /// Who runs it from day to day; nobody, where none is named.
    Secretariat {
        /// Who.
        who: Holders,
        /// Where.
        place: Option<Text>,
        /// Since when.
        since: Option<When>,
    },
    /// Its website.
    Website(String),
    /// A note to readers.
    Note(Note),
    /// Something that it deals with.
    Theme(Theme),
    /// What is said was looked at, and still holds.
    Seen(Statement),
}

/// Why a change cannot be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAmended {
    /// It is so already.
    #[error("the file says so already")]
    Same,
    /// Somebody who is to join takes part already.
    #[error("{0} takes part already")]
    TakesPart(String),
    /// Somebody who is to leave does not take part.
    #[error("{0} does not take part")]
    DoesNotTakePart(String),
    /// It is said to be so from a day on that is to come.
    #[error("the date lies ahead")]
    LiesAhead,
    /// Another is said to have come into office before those who hold it now, who would then have held it after they left.
    #[error("the present chair came into office later")]
    BeforePresentChair {
        /// Since when the present chair holds office, as a span without an end.
        holds: When,
        /// Whether the day of the source says so, because no other was given.
        by_source: bool,
    },
    /// It is said to be so from a time on at which there was no such process.
    #[error("the process was founded later")]
    BeforeFounding(When),
    /// The source is younger than today.
    #[error("the source bears a date that lies ahead")]
    SourceLiesAhead,
    /// A meeting with a number would come before one with a lower number, or after one with a higher.
    #[error("the meetings with a number would not stand in the order of time")]
    OutOfOrder,
    /// The record says nothing of it.
    #[error("nothing is said of it that could still hold")]
    NothingSaid,
    /// The file could not be changed.
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
}

/// A changed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Its new bytes.
    pub content: Vec<u8>,
    /// What it says.
    pub process: Process,
    /// The former chair, where it is an organisation, which the history does not hold.
    pub former_not_kept: bool,
}

impl Amendment {
    /// What the source is a source of.
    pub fn statements(&self) -> Vec<Statement> {
        match self {
            Amendment::Chair { .. } => vec![Statement::Chair],
            Amendment::Meeting(_) => vec![Statement::Meetings],
            Amendment::Status(_) => vec![Statement::Status],
            Amendment::Members { role: ParticipantRole::Observer, .. } => vec![Statement::Observers],
            Amendment::Members { leave, .. } if !leave.is_empty() => vec![Statement::Members, Statement::Participants],
            Amendment::Members { .. } => vec![Statement::Members],
            Amendment::Secretariat { .. } => vec![Statement::Secretariat],
            Amendment::Website(_) => vec![Statement::Website],
            Amendment::Note(note) => note.about.clone(),
            Amendment::Theme(_) => vec![Statement::Themes],
            Amendment::Seen(statement) => vec![*statement],
        }
    }

    /// The languages in which a new text lacks its wording.
    pub fn lacks(&self) -> Vec<Language> {
        let lacking = |has: &dyn Fn(Language) -> bool| Language::ALL.into_iter().filter(|one| !has(*one)).collect();
        let of = |text: &Text| lacking(&|language| text.exact(language).is_some());
        match self {
            Amendment::Meeting(meeting) => {
                let place = |language| meeting.place.as_ref().is_none_or(|place| place.exact(language).is_some());
                lacking(&|language| meeting.title.exact(language).is_some() && place(language))
            }
            Amendment::Status(status) => status.note.as_ref().map(of).unwrap_or_default(),
            Amendment::Secretariat { place, .. } => place.as_ref().map(of).unwrap_or_default(),
            Amendment::Note(note) => of(&note.text),
            Amendment::Theme(theme) => lacking(&|language| theme.exact(language).is_some()),
            Amendment::Chair { rule: Some((language, _)), .. } => lacking(&|one| one == *language),
            _ => Vec::new(),
        }
    }
}

/// Changes a process's file.
pub fn amend(content: &[u8], amendment: &Amendment, source: &Reference, today: Date) -> Result<Amended, NotAmended> {
    let text = std::str::from_utf8(content).map_err(|error| NotWritten::Unreadable(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let former: Process = toml::from_str(text).map_err(|error| NotWritten::Unreadable(error.to_string()))?;
    let mut process = former.clone();
    if source.date.is_some_and(|date| date.earliest() > day(today)) {
        return Err(NotAmended::SourceLiesAhead);
    }
    let mut former_not_kept = false;
    match amendment {
        Amendment::Chair { who, since, rule } => {
            former_not_kept = chair(&mut process, who, *since, rule.as_ref(), source, today)?;
        }
        Amendment::Meeting(meeting) => meet(&mut process, meeting)?,
        Amendment::Status(status) => process.status = status.clone(),
        Amendment::Members { role, join, leave, since } => members(&mut process, *role, (join, leave), *since, today)?,
        Amendment::Secretariat { who, place, since } => {
            can_be_since(&process, *since, today)?;
            secretariat(&mut process, who, place.as_ref(), *since);
        }
        Amendment::Website(url) => process.website = Some(url.clone()),
        Amendment::Note(note) => process.notes.push(note.clone()),
        Amendment::Theme(theme) => {
            if process.themes.iter().any(|known| known.wordings().eq(theme.wordings())) {
                return Err(NotAmended::Same);
            }
            process.themes.push(theme.clone());
        }
        Amendment::Seen(statement) => seen(&mut process, *statement, today)?,
    }
    let seen = matches!(amendment, Amendment::Seen(_));
    if process == former && !seen {
        return Err(NotAmended::Same);
    }
    cite(&mut process.sources, source, &amendment.statements());
    // A meeting that is over was held, unless its source is older: then it was only announced.
    let held = match amendment {
        Amendment::Meeting(meeting) => meeting.date.filter(|date| {
            let older = source.date.is_some_and(|source| source.latest() < date.earliest());
            date.year().is_some() && date.latest() < day(today) && !older
        }),
        _ => None,
    };
    if [source.date, held].into_iter().flatten().any(|date| date.earliest() > process.collected.latest()) {
        process.collected = When::On(on(today));
    }
    if process == former {
        return Err(NotAmended::Same);
    }
    Ok(Amended { content: write(content, &process)?, process, former_not_kept })
}

pub(super) fn on(date: Date) -> Point {
    // A date's month and day are 1 to 31.
    let [month, day] = [date.month(), date.day()].map(|number| Some(number.unsigned_abs()));
    Point { year: Some(date.year()), month, day, approximate: false }
}

pub(super) fn day(date: Date) -> (i16, u8, u8) {
    on(date).earliest()
}

/// The first point of a date.
fn beginning(when: When) -> Option<Point> {
    match when {
        When::On(point) => Some(point),
        When::Span { from, .. } => from,
    }
}

/// Whether something of a process can be so since then: not from a day on that is to come, nor before there was a process.
fn can_be_since(process: &Process, since: Option<When>, today: Date) -> Result<(), NotAmended> {
    let Some(begins) = since.and_then(beginning).filter(|begins| begins.year.is_some()) else { return Ok(()) };
    if begins.earliest() > day(today) {
        return Err(NotAmended::LiesAhead);
    }
    let founded = process.founding.as_ref().map(|founding| founding.date);
    match founded.filter(|founded| is_before(begins, *founded)) {
        Some(founded) => Err(NotAmended::BeforeFounding(founded)),
        None => Ok(()),
    }
}

/// Whether a point is over before something begins, as far as that is known to the day, the month or the year.
fn is_before(point: Point, something: When) -> bool {
    beginning(something)
        .filter(|begins| begins.year.is_some() && !begins.approximate && !point.approximate)
        .is_some_and(|begins| point.latest() < begins.earliest())
}

/// Whether another can have come into office then, by the day that was given or by that of the source: those who leave came
/// before. What says only when they were seen in office is no reason: it may have been an old page.
fn can_follow(chair: &Chair, begins: Option<Point>, source: &Reference) -> Result<(), NotAmended> {
    let Some(term) = chair.term else { return Ok(()) };
    let dated = source.date.and_then(|date| match date {
        When::On(point) => Some(point),
        When::Span { to, .. } => to,
    });
    match begins.or(dated).filter(|follows| follows.year.is_some() && is_before(*follows, term)) {
        Some(_) => Err(NotAmended::BeforePresentChair {
            holds: When::Span { from: beginning(term), to: None },
            by_source: begins.is_none(),
        }),
        None => Ok(()),
    }
}

/// Another chairs. Whether the former chair could not go into the history comes back.
fn chair(
    process: &mut Process,
    who: &Holders,
    since: Option<When>,
    rule: Option<&(Language, String)>,
    source: &Reference,
    today: Date,
) -> Result<bool, NotAmended> {
    can_be_since(process, since, today)?;
    let begins = since.and_then(beginning);
    let mut chair = process.chair.take().unwrap_or_default();
    let left: Vec<String> = chair.countries.iter().filter(|code| !who.countries.contains(code)).cloned().collect();
    let mut not_kept = false;
    if chair.countries != who.countries || chair.organisations != who.organisations || chair.none != who.is_empty() {
        not_kept = chair.organisations.iter().any(|id| !who.organisations.contains(id));
        if not_kept || !left.is_empty() {
            can_follow(&chair, begins, source)?;
        }
        if !left.is_empty() {
            let when = until(&chair, begins);
            chair.history.insert(0, FormerChair { countries: left, when, note: None });
        }
        chair.countries.clone_from(&who.countries);
        chair.organisations.clone_from(&who.organisations);
        chair.none = who.is_empty();
        // It was about the former chair.
        chair.note = None;
        chair.term = since.map(|since| match since {
            When::On(from) => When::Span { from: Some(from), to: None },
            term => term,
        });
        // What is known longest: the day of the source, where that is not before the term begins.
        let dated = source.date.filter(|date| begins.is_none_or(|begins| date.latest() >= begins.earliest()));
        chair.as_of = dated.or(begins.map(When::On));
    } else if let Some(since) = since {
        chair.term = Some(match since {
            When::On(from) => When::Span { from: Some(from), to: None },
            term => term,
        });
    }
    if let Some((language, wording)) = rule {
        let text = chair.rule.get_or_insert_default();
        *text.wording_mut(*language) = Some(wording.clone());
    }
    process.chair = Some(chair);
    Ok(not_kept)
}

/// When a chair was in office that ends when the next begins, as far as the record knows.
fn until(chair: &Chair, next: Option<Point>) -> Option<When> {
    let from = chair.term.and_then(beginning).or(chair.as_of.and_then(beginning));
    match next {
        None => chair.term.or(chair.as_of),
        Some(to) => match from.filter(|from| from.year.is_some() && from.earliest() <= to.latest()) {
            Some(from) if from == to => Some(When::On(to)),
            Some(from) => Some(When::Span { from: Some(from), to: Some(to) }),
            None => Some(When::Span { from: None, to: Some(to) }),
        },
    }
}

/// A meeting goes to where its date belongs: the oldest stand first.
fn meet(process: &mut Process, meeting: &Meeting) -> Result<(), NotAmended> {
    let same = |known: &Meeting| known.date == meeting.date && known.date.is_some() && known.title == meeting.title;
    if process.meetings.iter().any(same) {
        return Err(NotAmended::Same);
    }
    let dated = |meeting: &Meeting| meeting.date.filter(|date| date.year().is_some());
    let place = dated(meeting).and_then(|new| {
        process.meetings.iter().position(|known| dated(known).is_some_and(|date| date.earliest() > new.earliest()))
    });
    process.meetings.insert(place.unwrap_or(process.meetings.len()), meeting.clone());
    Ok(())
}

fn members(
    process: &mut Process,
    role: ParticipantRole,
    (join, leave): (&Holders, &Holders),
    since: Option<When>,
    today: Date,
) -> Result<(), NotAmended> {
    can_be_since(process, since, today)?;
    let group = group(process, role);
    let listed = [group.states.len(), group.states.len() + group.organisations.len()];
    let counted = group.count.filter(|count| listed.contains(&usize::from(*count)));
    let change = |list: &mut Vec<String>, join: &[String], leave: &[String]| {
        for one in join {
            if list.contains(one) {
                return Err(NotAmended::TakesPart(one.clone()));
            }
            list.push(one.clone());
        }
        for one in leave {
            let place = list.iter().position(|known| known == one);
            list.remove(place.ok_or_else(|| NotAmended::DoesNotTakePart(one.clone()))?);
        }
        Ok(())
    };
    change(&mut group.states, &join.countries, &leave.countries)?;
    change(&mut group.organisations, &join.organisations, &leave.organisations)?;
    if let Some(count) = counted {
        let of_all = usize::from(count) != listed.first().copied().unwrap_or_default();
        let now = group.states.len() + if of_all { group.organisations.len() } else { 0 };
        group.count = u16::try_from(now).ok();
    }
    group.as_of = later(group.as_of, since);
    if role == ParticipantRole::Member {
        // Whoever joins was something else before; whoever leaves is a former member.
        for other in [ParticipantRole::FormerMember, ParticipantRole::Candidate, ParticipantRole::Observer] {
            if let Some(group) = process.participants.iter_mut().find(|group| group.role == other) {
                group.states.retain(|code| !join.countries.contains(code));
                group.organisations.retain(|id| !join.organisations.contains(id));
            }
        }
        if !leave.is_empty() {
            let former = self::group(process, ParticipantRole::FormerMember);
            for (list, leaving) in
                [(&mut former.states, &leave.countries), (&mut former.organisations, &leave.organisations)]
            {
                list.extend(leaving.iter().filter(|one| !list.contains(one)).cloned().collect::<Vec<_>>());
            }
            former.as_of = later(former.as_of, since);
        }
    }
    process.participants.retain(|group| {
        !group.states.is_empty() || !group.organisations.is_empty() || group.count.is_some() || group.note.is_some()
    });
    Ok(())
}

/// Of when a list is, after a change since a time: somebody who joined long ago makes it no older.
fn later(known: Option<When>, since: Option<When>) -> Option<When> {
    since.filter(|since| known.is_none_or(|known| known.latest() <= since.latest())).or(known)
}

/// Those who take part in a capacity; a group of its own where there is none yet.
#[expect(clippy::indexing_slicing, reason = "the place is that of a group, which is put in where there is none")]
fn group(process: &mut Process, role: ParticipantRole) -> &mut Participants {
    let place = process.participants.iter().position(|group| group.role == role).unwrap_or_else(|| {
        let (states, organisations) = (Vec::new(), Vec::new());
        process.participants.push(Participants { role, states, organisations, count: None, as_of: None, note: None });
        process.participants.len() - 1
    });
    &mut process.participants[place]
}

fn secretariat(process: &mut Process, who: &Holders, place: Option<&Text>, since: Option<When>) {
    let kind = match who.countries.len() + who.organisations.len() {
        0 => SecretariatKind::None,
        1 => SecretariatKind::Provided,
        _ => SecretariatKind::Shared,
    };
    let new = || Secretariat {
        kind,
        organisations: who.organisations.clone(),
        countries: who.countries.clone(),
        place: None,
        since: None,
        interim: false,
        note: None,
    };
    let mut secretariat = process.secretariat.take().unwrap_or_else(new);
    if secretariat.organisations != who.organisations || secretariat.countries != who.countries {
        secretariat = new();
    }
    if let Some(place) = place {
        secretariat.place = Some(place.clone());
    }
    if since.is_some() {
        secretariat.since = since;
    }
    process.secretariat = Some(secretariat);
}

/// Notes that something still holds: by its own date where it has one, else by the day of collection.
fn seen(process: &mut Process, statement: Statement, today: Date) -> Result<(), NotAmended> {
    let today = When::On(on(today));
    let group = |process: &mut Process, role| -> Result<(), NotAmended> {
        let group = process.participants.iter_mut().find(|group| group.role == role);
        group.ok_or(NotAmended::NothingSaid)?.as_of = Some(today);
        Ok(())
    };
    match statement {
        Statement::Chair => process.chair.as_mut().ok_or(NotAmended::NothingSaid)?.as_of = Some(today),
        Statement::Members => group(process, ParticipantRole::Member)?,
        Statement::Observers => group(process, ParticipantRole::Observer)?,
        _ => {}
    }
    process.collected = today;
    Ok(())
}

/// Names the source of a change: a new one, or one that is there with what it supports besides.
pub(super) fn cite(sources: &mut Vec<Source>, source: &Reference, statements: &[Statement]) {
    match sources.iter_mut().find(|known| known.url == source.url) {
        Some(known) => {
            let new = statements.iter().filter(|statement| !known.supports.contains(statement));
            known.supports.extend(new.copied().collect::<Vec<_>>());
            let newer = source.date.filter(|date| known.date.is_none_or(|known| known.latest() < date.latest()));
            known.date = newer.or(known.date);
        }
        None => sources.push(Source {
            url: source.url.clone(),
            says: None,
            supports: statements.to_vec(),
            date: source.date,
        }),
    }
}
