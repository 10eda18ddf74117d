//! What moderators change most in the file of the global meetings, with the source that says so: a new meeting; when and
//! where one that was announced took place, and what came of it; that the file was looked at and still holds.

use jiff::civil::Date;

use crate::catalogue::date::When;
use crate::catalogue::edit::amendment::{NotAmended, Reference, cite, day, on};
use crate::catalogue::edit::writing::{NotWritten, write};
use crate::catalogue::model::{GlobalMeeting, MeetingsFile, Source};
use crate::catalogue::text::{Language, Text};

/// A change of the file of the global meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, as long as a form is answered")]
pub enum MeetingsAmendment {
    /// A meeting, put in behind the last with a number, or behind all if it has none. Its source is that of the change.
    New(Box<GlobalMeeting>),
    /// When and where a meeting took place, or is to, and what came of it.
    Held {
        /// Which (an id).
        id: String,
        /// When.
        date: When,
        /// Where.
        venue: Venue,
        /// A result that is not told yet.
        outcome: Option<Text>,
    },
    /// What is said was looked at, and still holds.
    Seen,
}

/// Where a meeting takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Venue {
    /// The city.
    pub place: Option<Text>,
    /// The country of the city (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// Whether it is held online, and so nowhere.
    pub online: bool,
}

impl Venue {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        *self == Venue::default()
    }
}

/// The changed file of the global meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendedMeetings {
    /// Its new bytes.
    pub content: Vec<u8>,
    /// What it says.
    pub meetings: MeetingsFile,
}

impl MeetingsAmendment {
    /// The languages in which a new text lacks its wording.
    pub fn lacks(&self) -> Vec<Language> {
        let all = |texts: &[Option<&Text>]| {
            let lacks = |language: &Language| texts.iter().flatten().any(|text| text.exact(*language).is_none());
            Language::ALL.into_iter().filter(lacks).collect()
        };
        match self {
            MeetingsAmendment::New(meeting) => {
                let name = &meeting.name;
                let name = Text { fr: name.fr.clone(), en: name.en.clone(), es: name.es.clone() };
                all(&[Some(&name), meeting.place.as_ref()])
            }
            MeetingsAmendment::Held { venue, outcome, .. } => all(&[venue.place.as_ref(), outcome.as_ref()]),
            MeetingsAmendment::Seen => Vec::new(),
        }
    }
}

/// Changes the file of the global meetings.
pub fn amend_meetings(
    content: &[u8],
    amendment: &MeetingsAmendment,
    source: &Reference,
    today: Date,
) -> Result<AmendedMeetings, NotAmended> {
    let text = std::str::from_utf8(content).map_err(|error| NotWritten::Unreadable(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let former: MeetingsFile = toml::from_str(text).map_err(|error| NotWritten::Unreadable(error.to_string()))?;
    let mut meetings = former.clone();
    if source.date.is_some_and(|date| date.earliest() > day(today)) {
        return Err(NotAmended::SourceLiesAhead);
    }
    match amendment {
        MeetingsAmendment::New(meeting) => add(&mut meetings, meeting, source)?,
        MeetingsAmendment::Held { id, date, venue, outcome } => {
            let place = meetings.meetings.iter().position(|meeting| meeting.id == *id);
            let place = place.ok_or(NotAmended::NothingSaid)?;
            let ordered = fits(&meetings.meetings, place, *date);
            let Some(meeting) = meetings.meetings.get_mut(place) else { return Err(NotAmended::NothingSaid) };
            if meeting.ordinal.is_some() && !ordered {
                return Err(NotAmended::OutOfOrder);
            }
            hold(meeting, *date, venue, outcome.as_ref(), today)?;
            cite(&mut meeting.sources, source, &[]);
        }
        MeetingsAmendment::Seen => {
            cite(&mut meetings.series.sources, source, &[]);
        }
    }
    let seen = *amendment == MeetingsAmendment::Seen;
    if meetings == former && !seen {
        return Err(NotAmended::Same);
    }
    // The day of collection says what was known by then: it stays as long as nobody knows of a meeting that was announced
    // whether it was held.
    let open = |meeting: &GlobalMeeting| {
        let over = meeting.date.year().is_some() && meeting.date.latest() < day(today);
        over && meeting.date.earliest() > meetings.collected.latest() && !meeting.is_seen()
    };
    if (seen || !meetings.meetings.iter().any(open)) && meetings.collected.latest() < day(today) {
        meetings.collected = When::On(on(today));
    }
    if meetings == former {
        return Err(NotAmended::Same);
    }
    Ok(AmendedMeetings { content: write(content, &meetings)?, meetings })
}

/// Puts a new meeting in. Those with a number stand first, in the order of time.
fn add(file: &mut MeetingsFile, meeting: &GlobalMeeting, source: &Reference) -> Result<(), NotAmended> {
    let same = |known: &GlobalMeeting| {
        let names = known.name.wordings().any(|known| meeting.name.wordings().any(|new| new == known));
        known.id == meeting.id || (names && known.date == meeting.date)
    };
    if file.meetings.iter().any(same) {
        return Err(NotAmended::Same);
    }
    let numbered = file.meetings.iter().filter(|one| one.ordinal.is_some()).count();
    let place = if meeting.ordinal.is_some() { numbered } else { file.meetings.len() };
    let first = |one: &GlobalMeeting| one.date.earliest();
    let late = file.meetings.iter().filter(|one| one.ordinal.is_some()).any(|one| first(one) > first(meeting));
    if meeting.ordinal.is_some() && late {
        return Err(NotAmended::OutOfOrder);
    }
    let sources = vec![Source { url: source.url.clone(), says: None, supports: Vec::new(), date: source.date }];
    file.meetings.insert(place.min(file.meetings.len()), GlobalMeeting { sources, ..meeting.clone() });
    Ok(())
}

/// Whether a meeting with a number stays between its neighbours at this date.
fn fits(meetings: &[GlobalMeeting], place: usize, date: When) -> bool {
    let numbered = |meeting: &&GlobalMeeting| meeting.ordinal.is_some();
    let before = meetings.iter().take(place).filter(numbered).map(|one| one.date.earliest());
    let after = meetings.iter().skip(place + 1).filter(numbered).map(|one| one.date.earliest());
    before.max().is_none_or(|before| before <= date.earliest())
        && after.min().is_none_or(|after| date.earliest() <= after)
}

fn hold(
    meeting: &mut GlobalMeeting,
    date: When,
    venue: &Venue,
    outcome: Option<&Text>,
    today: Date,
) -> Result<(), NotAmended> {
    // What is still to come has no result.
    if outcome.is_some() && date.earliest() > day(today) {
        return Err(NotAmended::LiesAhead);
    }
    meeting.date = date;
    if venue.online {
        (meeting.online, meeting.place, meeting.country) = (true, None, None);
    } else if !venue.is_empty() {
        meeting.online = false;
        let stays = venue.place.is_none() || venue.place == meeting.place;
        meeting.country = venue.country.clone().or_else(|| meeting.country.take().filter(|_| stays));
        meeting.place = venue.place.clone().or_else(|| meeting.place.take());
    }
    if let Some(outcome) = outcome.filter(|outcome| !meeting.outcomes.contains(outcome)) {
        meeting.outcomes.push(outcome.clone());
    }
    Ok(())
}
