//! The fact that a plain question asks for: a sentence with its age, its mark and its source, above the hits of the search.

use crate::catalogue::fold::fold;
use crate::catalogue::{
    Country, FormerChair, GlobalMeeting, Meeting, Organisation, ParticipantRole, Participants, Process, Region, Source,
    Statement, StatusValue, When,
};
use crate::language::Voice;
use crate::lookup::{About, Entity, NamedText, Question};
use crate::reply::{Lines, MenuOption, cut, link};
use crate::snapshot::Tie;

use crate::commands::about;
use crate::commands::compare;
use crate::commands::entry;
use crate::commands::info;
use crate::commands::look::{host, status_mark};
use crate::commands::reader::Reader;

/// How many of several things that a question names are answered at once.
const ANSWERED: usize = 3;

/// The room for a list within a sentence, for a text of the catalogue, and for the themes of a process, in characters.
const SHOWN_LIST: usize = 210;
const SHOWN_TEXT: usize = 260;
const SHOWN_THEMES: usize = 420;

/// What a question gets.
pub(super) struct PlainAnswer {
    /// A sentence for each thing that it names.
    pub(super) sentences: Vec<String>,
    /// Age and source, in small print.
    pub(super) small: String,
    /// The entries that it is about, to be opened.
    pub(super) options: Vec<MenuOption>,
}

/// The fact that a text asks for, if it is a question that the catalogue answers at once.
pub(super) fn fact(reader: &Reader<'_>, text: &NamedText<'_>) -> Option<PlainAnswer> {
    let snapshot = reader.snapshot;
    let question = snapshot.questions.understand(&snapshot.names, text, reader.voice.language)?;
    let catalogue = &snapshot.catalogue;
    let processes: Vec<&Process> =
        question.processes.iter().filter_map(|id| catalogue.process(id)).take(ANSWERED).collect();
    let countries: Vec<&Country> =
        question.countries.iter().filter_map(|code| catalogue.country(code)).take(ANSWERED).collect();
    let sentences = match question.about {
        About::TakesPart => {
            let of_countries = |process| countries.iter().map(move |country| takes_part(reader, country, process));
            let organisations = &question.organisations;
            let of_organisations = |process| {
                let organisations = organisations.iter().filter_map(|id| catalogue.organisation(id));
                organisations.map(move |one| organisation_takes_part(reader, one, process))
            };
            let told = processes.iter().flat_map(|&process| of_countries(process).chain(of_organisations(process)));
            told.take(ANSWERED).collect()
        }
        About::Chair => processes.iter().map(|process| chair(reader, process, &question)).collect(),
        About::FormerChairs if question.period.is_some() => {
            processes.iter().filter_map(|process| chairs_of_period(reader, process, &question)).collect()
        }
        About::InCommon => in_common(reader, &processes, &countries).into_iter().collect(),
        About::ChairedBy | About::ProcessesOf | About::ObserverOf => {
            countries.iter().map(|country| of_country(reader, country, question.about)).collect()
        }
        About::ServedBy | About::Organisation | About::OrganisationRole | About::Seat | About::MemberStates => {
            of_organisations(reader, &question)
        }
        About::DealingWith => dealing_with(reader, &question),
        About::WithStatus | About::InRegion => in_regions(reader, &question),
        About::HowMany => vec![about::counts(reader)],
        About::Iom => vec![cut(reader.text(&catalogue.iom.summary), SHOWN_TEXT)],
        About::Term => terms(reader, &question),
        About::GlobalMeeting => {
            let meeting = match &question.meeting {
                Some(id) => catalogue.meeting(id),
                None => last_global(reader),
            };
            meeting.into_iter().map(|one| global(reader, one)).collect()
        }
        About::NextGlobalMeeting => vec![next_global(reader)],
        about => processes.iter().map(|process| of_process(reader, process, about)).collect::<Vec<_>>(),
    };
    if sentences.is_empty() {
        return None;
    }
    let small = small_print(reader, &question, &processes);
    Some(PlainAnswer { sentences, small, options: options(reader, &question) })
}

/// The menu's options for what a question names.
fn options(reader: &Reader<'_>, question: &Question) -> Vec<MenuOption> {
    let named = [
        (Entity::Process, &question.processes),
        (Entity::Country, &question.countries),
        (Entity::Organisation, &question.organisations),
        (Entity::Topic, &question.topics),
        (Entity::Region, &question.regions),
        (Entity::Term, &question.terms),
    ];
    let named = named.into_iter().flat_map(|(entity, ids)| ids.iter().map(move |id| (entity, id)));
    let meeting = question.meeting.iter().map(|id| (Entity::Meeting, id));
    named.chain(meeting).filter_map(|(entity, id)| entry::option(reader.snapshot, reader.voice, entity, id)).collect()
}

/// What a process's statement rests on, for the small print.
fn statement(about: About) -> Statement {
    match about {
        About::Chair | About::FormerChairs => Statement::Chair,
        About::Secretariat => Statement::Secretariat,
        About::MemberCount | About::Members | About::TakesPart | About::InCommon => Statement::Members,
        About::Observers => Statement::Observers,
        About::Founding => Statement::Founding,
        About::Status => Statement::Status,
        About::LastMeeting | About::NextMeeting => Statement::Meetings,
        About::Themes => Statement::Themes,
        About::IomRole => Statement::IomRole,
        About::Website => Statement::Website,
        _ => Statement::Purpose,
    }
}

/// Age and source of the answer: of one process, the age of the fact and the newest source that supports it; else the day
/// on which the facts were collected.
fn small_print(reader: &Reader<'_>, question: &Question, processes: &[&Process]) -> String {
    let voice = reader.voice;
    let collected = |when: When| voice.say_with("footer-date", [("date", voice.date(when).into())]);
    let [process] = processes else { return collected(reader.snapshot.catalogue.general.collected) };
    let supported = statement(question.about);
    let supporting = process.sources.iter().filter(|source| source.supports.contains(&supported));
    let newest = supporting.max_by_key(|source| source.date.map(When::earliest));
    let source = newest.map(|source: &Source| {
        let age = source.date.map(|date| format!(" ({})", voice.date(date))).unwrap_or_default();
        format!("{}{age}", link(&host(&source.url), &source.url))
    });
    let is_of_chair = matches!(question.about, About::Chair | About::FormerChairs);
    let age = process.chair.as_ref().filter(|_| is_of_chair).map(|chair| {
        // Only a chair is told its own age: the other facts are as old as their sources.
        info::seen(voice, chair.as_of, chair.term)
    });
    [age, source, Some(collected(process.collected))].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How many are in a capacity: the number that a source gives, else the length of the list.
fn size(group: Option<&Participants>) -> usize {
    group
        .map(|group| group.count.map_or(group.states.len() + group.organisations.len(), usize::from))
        .unwrap_or_default()
}

/// How many are in a capacity, and who they are, as many as there is room for: States and organisations apart. Where no list
/// of the States was found, that stands there instead of the few that are known.
fn listed(reader: &Reader<'_>, process: &Process, group: &Participants, count: &str) -> Vec<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let name = format!("**{}**", voice.process_short(process));
    let role = if group.role == ParticipantRole::Observer { Statement::Observers } else { Statement::Members };
    let mark = reader.mark(info::about(process, &[role]));
    let tell = |what: String| {
        let values = [("process", name.as_str().into()), ("what", what.into())];
        format!("{}{mark}", voice.say_with("fact-members", values))
    };
    let mut countries: Vec<&Country> = group.states.iter().filter_map(|code| catalogue.country(code)).collect();
    countries.sort_by_cached_key(|one| reader.snapshot.country_sort_key(voice.language, &one.code));
    let countries: Vec<String> =
        countries.into_iter().map(|country| country.name.get(voice.language).to_owned()).collect();
    let organisations = group.organisations.iter().filter_map(|id| catalogue.organisation(id));
    let organisations: Vec<String> = organisations.map(|one| voice.organisation_short(one).to_owned()).collect();
    // Some of a number that is known are not the list.
    let is_missing = countries.is_empty() && size(Some(group)) > organisations.len();
    let organisations = Lines::listed(organisations).fit(SHOWN_LIST);
    if is_missing {
        let known = Some(organisations).filter(|names| !names.is_empty());
        let known = known.map(|names| voice.say_with("fact-known-organisations", [("what", names.into())]));
        return [Some(tell(count.to_owned())), Some(voice.say("not-listed")), known].into_iter().flatten().collect();
    }
    let states = Lines::listed(countries).fit(SHOWN_LIST);
    let names = match (states.is_empty(), organisations.is_empty()) {
        (true, _) => organisations,
        (false, true) => states,
        (false, false) => {
            let values = [("states", states.into()), ("organisations", organisations.into())];
            voice.say_with("fact-states-and-organisations", values)
        }
    };
    vec![tell(voice.labelled(count, &names))]
}

/// A sentence about a process.
fn of_process(reader: &Reader<'_>, process: &Process, about: About) -> String {
    let voice = reader.voice;
    let name = format!("**{}**", voice.process_short(process));
    let mark = reader.mark(info::about(process, &[statement(about)]));
    let say = |key: &str, what: String| {
        let said = voice.say_with(key, [("process", name.as_str().into()), ("what", what.into())]);
        format!("{said}{mark}")
    };
    let unknown = |key: &str| say(key, String::new());
    match about {
        About::FormerChairs => {
            let known = process.chair.iter().flat_map(|chair| &chair.history);
            let former = chairs_said(reader, known);
            let former = match former.is_empty() {
                true => unknown("fact-former-chairs-unknown"),
                false => say("fact-former-chairs", former),
            };
            let now = holder(reader, process).map(|now| voice.say_with("fact-chair-now", [("what", now.into())]));
            [Some(former), now].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        About::Secretariat => match &process.secretariat {
            None => unknown("fact-secretariat-unknown"),
            Some(one) if one.kind == crate::catalogue::SecretariatKind::None => unknown("fact-secretariat-none"),
            // It brings its own mark.
            Some(one) => {
                let since = one.since.map(|since| match since {
                    When::On(point) => When::Span { from: Some(point), to: None },
                    span => span,
                });
                let since = since.map(|since| format!(" ({})", voice.date(since))).unwrap_or_default();
                let what = format!("{}{since}", info::secretariat(reader, process)).into();
                voice.say_with("fact-secretariat", [("process", name.as_str().into()), ("what", what)])
            }
        },
        About::MemberCount | About::Members => {
            let members = process.participants(ParticipantRole::Member);
            let Some(members) = members.filter(|members| size(Some(members)) > 0) else {
                return unknown("fact-members-unknown");
            };
            let count = voice.say_with("members-count", [("count", size(Some(members)).into())]);
            match about {
                About::Members => listed(reader, process, members, &count).join(" "),
                _ => say("fact-members", count),
            }
        }
        About::Observers => {
            let observers = process.participants(ParticipantRole::Observer);
            let Some(observers) = observers.filter(|observers| size(Some(observers)) > 0) else {
                return unknown("fact-observers-unknown");
            };
            let count = voice.say_with("observers-count", [("count", size(Some(observers)).into())]);
            listed(reader, process, observers, &count).join(" ")
        }
        About::Founding => match &process.founding {
            None => unknown("fact-founding-unknown"),
            Some(founding) => {
                let place =
                    founding.place.as_ref().map(|place| format!(", {}", reader.text(place))).unwrap_or_default();
                say("fact-founding", format!("{}{place}", voice.date(founding.date)))
            }
        },
        About::Status => {
            let status = voice.say(&format!("status-{}", process.status.value.key()));
            let basis = voice.say(&format!("basis-{}", process.status.basis.key()));
            say("fact-status", format!("{} {status}, {basis}", status_mark(process.status.value)))
        }
        About::LastMeeting | About::NextMeeting => {
            let last = last_meeting(reader, process);
            if let Some(next) = next_meeting(reader, process).filter(|_| about == About::NextMeeting) {
                return say("fact-next-meeting", next);
            }
            match (about, last) {
                (About::NextMeeting, Some(last)) => say("fact-next-meeting-unknown", last),
                (About::NextMeeting, None) => unknown("fact-no-next-meeting"),
                (_, Some(last)) => say("fact-last-meeting", last),
                (_, None) => unknown("fact-last-meeting-unknown"),
            }
        }
        About::Themes if process.themes.is_empty() => unknown("fact-themes-unknown"),
        About::Themes => {
            let themes = process.themes.iter().map(|theme| theme.get(voice.language).to_owned());
            say("fact-themes", Lines::listed(themes.collect::<Vec<_>>()).fit(SHOWN_THEMES))
        }
        About::IomRole if process.iom_roles.is_empty() => unknown("fact-iom-role-unknown"),
        About::IomRole => {
            let roles = process.iom_roles.iter().map(|role| {
                let former = if role.former { format!(" ({})", voice.say("former")) } else { String::new() };
                format!("{}{former}", voice.say(&format!("iom-role-{}", role.role.key())))
            });
            say("fact-iom-role", roles.collect::<Vec<_>>().join(", "))
        }
        About::Website => match process.website.as_deref() {
            None => unknown("fact-website-unknown"),
            Some(website) => say("fact-website", link(&host(website), website)),
        },
        // A process that is called by its whole name says what it is for.
        About::FullName if fold(process.name.get(voice.language)) != fold(voice.process_short(process)) => {
            say("fact-purpose", process.name.get(voice.language).to_owned())
        }
        _ => {
            let purpose = process.purpose.as_ref().map(|purpose| cut(reader.text(purpose), SHOWN_TEXT));
            // Its whole name tells what it is for.
            say("fact-purpose", purpose.unwrap_or_else(|| cut(process.name.get(voice.language), SHOWN_TEXT)))
        }
    }
}

/// Who holds the chair, with the term.
fn holder(reader: &Reader<'_>, process: &Process) -> Option<String> {
    let (voice, chair) = (reader.voice, process.chair.as_ref()?);
    let holders = voice.parties(&reader.snapshot.catalogue, &chair.countries, &chair.organisations);
    let term = chair.term.map(|term| format!(" ({})", voice.date(term))).unwrap_or_default();
    (!holders.is_empty() && !chair.none).then(|| format!("{holders}{term}"))
}

/// Former chairs with their terms, as many as there is room for.
fn chairs_said<'c>(reader: &Reader<'_>, chairs: impl Iterator<Item = &'c FormerChair>) -> String {
    let said = |former: &FormerChair| {
        let names = reader.voice.parties(&reader.snapshot.catalogue, &former.countries, &[]);
        let when = former.when.map(|when| format!(" ({})", reader.voice.date(when))).unwrap_or_default();
        format!("{names}{when}")
    };
    Lines::listed(chairs.map(said).collect::<Vec<_>>()).fit(SHOWN_LIST)
}

/// Who chairs a process; in a year, if one is asked for; and when the countries that are named did before.
fn chair(reader: &Reader<'_>, process: &Process, question: &Question) -> String {
    let voice = reader.voice;
    let name = format!("**{}**", voice.process_short(process));
    let mark = reader.mark(info::about(process, &[Statement::Chair]));
    let tell = |key: &str, what: String, year: i16| {
        let values = [("process", name.as_str().into()), ("what", what.into()), ("year", year.to_string().into())];
        format!("{}{mark}", voice.say_with(key, values))
    };
    let none = process.chair.as_ref().is_some_and(|chair| chair.none);
    let now = holder(reader, process);
    let history = process.chair.as_ref().map(|chair| chair.history.as_slice()).unwrap_or_default();
    if let Some(year) = question.year.filter(|_| !none) {
        let is_now = process.chair.as_ref().is_some_and(|chair| match (chair.term, chair.as_of) {
            (Some(term), _) => covers(term, year, reader.today.year()),
            (None, Some(seen)) => seen.latest().0 == year,
            (None, None) => false,
        });
        let former = history.iter().filter(|former| former.when.is_some_and(|when| covers(when, year, year)));
        let former = chairs_said(reader, former);
        let parts = [Some(former).filter(|said| !said.is_empty()), now.clone().filter(|_| is_now)];
        let told = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let last = now.filter(|_| !is_now).map(|now| voice.say_with("fact-chair-now", [("what", now.into())]));
        let said = match told.is_empty() {
            true if year > reader.today.year() => tell("fact-chair-in-future-unknown", String::new(), year),
            true => tell("fact-chair-in-unknown", String::new(), year),
            false => return tell("fact-chair-in", told, year),
        };
        return [Some(said), last].into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    let said = match (none, now) {
        (true, _) => tell("fact-chair-none", String::new(), 0),
        (false, None) => tell("fact-chair-unknown", String::new(), 0),
        // A term that is over does not tell who holds the chair now.
        (false, Some(now)) if over(reader, process).is_some() => tell("fact-chair-last", now, 0),
        (false, Some(now)) => tell("fact-chair", now, 0),
    };
    let of_named = |former: &&FormerChair| former.countries.iter().any(|code| question.countries.contains(code));
    let before = chairs_said(reader, history.iter().filter(of_named));
    let before = Some(before).filter(|before| !before.is_empty());
    let before = before.map(|before| voice.say_with("fact-chair-before", [("what", before.into())]));
    [Some(said), before].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The known term of a process's chair, if it is over.
fn over(reader: &Reader<'_>, process: &Process) -> Option<When> {
    let term = process.chair.as_ref().and_then(|chair| chair.term)?;
    let has_end = !matches!(term, When::Span { to: None, .. });
    (has_end && term.latest() < today(reader)).then_some(term)
}

/// Who chaired a process on one side of a year, as far as is known; `None` where that is still to come.
fn chairs_of_period(reader: &Reader<'_>, process: &Process, question: &Question) -> Option<String> {
    let (voice, year, period) = (reader.voice, question.year?, question.period?);
    if period.is_upward_bounded() && year > reader.today.year() {
        return None;
    }
    let chair = process.chair.as_ref();
    let lies = |when: When| {
        let first = if matches!(when, When::Span { from: None, .. }) { when.latest().0 } else { when.earliest().0 };
        let last = if matches!(when, When::Span { to: None, .. }) { reader.today.year() } else { when.latest().0 };
        period.holds(year, first, last)
    };
    let history = chair.map(|chair| chair.history.as_slice()).unwrap_or_default();
    let now = chair.and_then(|chair| chair.term.or(chair.as_of)).filter(|when| lies(*when));
    let now = now.and_then(|_| holder(reader, process));
    let former = chairs_said(reader, history.iter().filter(|former| former.when.is_some_and(lies)));
    let told = [now, Some(former).filter(|said| !said.is_empty())].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let key = if told.is_empty() { "fact-chairs-of-period-unknown" } else { "fact-chairs-of-period" };
    let values = [
        ("process", format!("**{}**", voice.process_short(process)).into()),
        ("what", told.into()),
        ("period", period.key().into()),
        ("year", year.to_string().into()),
    ];
    Some(format!("{}{}", voice.say_with(key, values), reader.mark(info::about(process, &[Statement::Chair]))))
}

/// The members that two processes have in common, or the processes that two countries have.
fn in_common(reader: &Reader<'_>, processes: &[&Process], countries: &[&Country]) -> Option<String> {
    let voice = reader.voice;
    let (names, count, what) = match (processes, countries) {
        ([one, other], []) => {
            let names = [one, other].map(|process| format!("**{}**", voice.process_short(process))).join(", ");
            let Some(both) = compare::common_members(reader, one, other) else {
                let unlisted = [one, other].into_iter().filter(|process| !compare::is_listed(process));
                let unlisted = unlisted.map(|process| format!("**{}**", voice.process_short(process)));
                let values = [("process", unlisted.collect::<Vec<_>>().join(", ").into())];
                return Some(voice.say_with("fact-members-unlisted", values));
            };
            (names, both.len(), Lines::listed(both).fit(SHOWN_LIST))
        }
        ([], [one, other]) => {
            let both = compare::common_processes(reader, one, other);
            let names = [one, other].map(|country| voice.country(country)).join(", ");
            (names, both.len(), Lines::beside(reader.marked(&both)).fit(SHOWN_LIST))
        }
        _ => return None,
    };
    let kind = if countries.is_empty() { "members" } else { "processes" };
    let values = [("names", names.into()), ("kind", kind.into()), ("count", count.into()), ("what", what.into())];
    Some(voice.say_with(if count == 0 { "fact-in-common-none" } else { "fact-in-common" }, values))
}

/// Whether a term lies in a year, as far as is known: one without an end up to this year, one without a beginning in its
/// last year only.
fn covers(term: When, year: i16, today: i16) -> bool {
    match term {
        When::On(_) => term.earliest().0 == year,
        When::Span { from: None, .. } => term.latest().0 == year,
        When::Span { to: None, .. } => (term.earliest().0..=today).contains(&year),
        When::Span { .. } => (term.earliest().0..=term.latest().0).contains(&year),
    }
}

/// The last dated meeting that was held by this day.
fn last_meeting(reader: &Reader<'_>, process: &Process) -> Option<String> {
    let held =
        process.meetings.iter().filter(|meeting| meeting.date.is_some_and(|date| date.earliest() <= today(reader)));
    let last = held.filter(|meeting| meeting.date.is_some_and(|date| date.year().is_some()));
    last.max_by_key(|meeting| meeting.date.map(When::earliest)).map(|meeting| meeting_said(reader, meeting))
}

/// The first meeting that lies ahead.
fn next_meeting(reader: &Reader<'_>, process: &Process) -> Option<String> {
    let ahead =
        process.meetings.iter().filter(|meeting| meeting.date.is_some_and(|date| date.earliest() > today(reader)));
    ahead.min_by_key(|meeting| meeting.date.map(When::earliest)).map(|meeting| meeting_said(reader, meeting))
}

fn today(reader: &Reader<'_>) -> (i16, u8, u8) {
    // Months and days are small and positive.
    (reader.today.year(), reader.today.month().unsigned_abs(), reader.today.day().unsigned_abs())
}

/// A meeting in a few words: what, where, when.
fn meeting_said(reader: &Reader<'_>, meeting: &Meeting) -> String {
    let parts = [
        Some(cut(reader.text(&meeting.title), 80)),
        meeting.place.as_ref().map(|place| reader.text(place).to_owned()),
        meeting.online.then(|| reader.voice.say("online")),
        meeting.date.map(|date| reader.voice.date(date)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether an organisation takes part in a process, and as what.
fn organisation_takes_part(reader: &Reader<'_>, organisation: &Organisation, process: &Process) -> String {
    let voice = reader.voice;
    let place = reader.snapshot.catalogue.processes.iter().position(|one| one.id == process.id);
    let ties = reader.snapshot.relations.of_organisation(&organisation.id);
    let ties = ties
        .map(|bonds| &bonds.by_tie)
        .into_iter()
        .flatten()
        .filter(|(_, places)| place.is_some_and(|place| places.contains(&place)));
    let mut roles: Vec<String> = ties.map(|(tie, _)| tie_said(voice, *tie)).collect();
    roles.dedup();
    let values = [
        ("country", voice.organisation_short(organisation).into()),
        ("process", voice.process_short(process).into()),
        ("roles", roles.join(", ").into()),
    ];
    let key = match (roles.is_empty(), compare::is_listed(process)) {
        (false, _) => "compare-takes-part",
        (true, true) => "compare-takes-no-part",
        (true, false) => "compare-unlisted-organisation",
    };
    format!("{}{}", voice.say_with(key, values), reader.mark(info::about(process, &[Statement::Observers])))
}

/// Whether a country takes part in a process, and as what.
fn takes_part(reader: &Reader<'_>, country: &Country, process: &Process) -> String {
    let voice = reader.voice;
    let place = reader.snapshot.catalogue.processes.iter().position(|one| one.id == process.id).unwrap_or_default();
    let bound = reader.snapshot.relations.of_country(&country.code);
    let ties = bound.map(|bound| bound.ties(place)).unwrap_or_default();
    let mut roles: Vec<String> = ties.iter().map(|tie| tie_said(voice, *tie)).collect();
    roles.dedup();
    let values = [
        ("country", voice.country(country).into()),
        ("process", voice.process_short(process).into()),
        ("roles", roles.join(", ").into()),
    ];
    let key = match (roles.is_empty(), compare::is_listed(process)) {
        (false, _) => "compare-takes-part",
        (true, true) => "compare-takes-no-part",
        (true, false) => "compare-unlisted",
    };
    format!("{}{}", voice.say_with(key, values), reader.mark(info::about(process, &[Statement::Members])))
}

fn tie_said(voice: Voice<'_>, tie: Tie) -> String {
    match tie {
        Tie::Chair => voice.say("tie-chair"),
        Tie::Secretariat => voice.say("tie-secretariat"),
        Tie::Association => voice.say("tie-association"),
        Tie::Participant(role) => voice.say(&format!("tie-{}", role.key())),
    }
}

/// What a country chairs, or takes part in.
fn of_country(reader: &Reader<'_>, country: &Country, about: About) -> String {
    let voice = reader.voice;
    let bound = reader.snapshot.relations.of_country(&country.code);
    let places = bound.map(|bound| match about {
        About::ChairedBy => bound.chaired(voice.language),
        About::ObserverOf => {
            let mut roles = bound.in_role(voice.language);
            roles.find(|(role, _)| *role == ParticipantRole::Observer).map(|(_, places)| places).unwrap_or_default()
        }
        _ => bound.all(voice.language),
    });
    let places = places.unwrap_or_default();
    let key = match (about, places.is_empty()) {
        (About::ChairedBy, true) => "fact-chairs-none",
        (About::ChairedBy, false) => "fact-chairs",
        (About::ObserverOf, true) => "fact-observes-none",
        (About::ObserverOf, false) => "fact-observes",
        (_, true) => "fact-processes-none",
        (_, false) => "fact-processes",
    };
    let marked = reader.marked(places).zip(places).map(|(name, place)| {
        let process = reader.snapshot.catalogue.processes.get(*place).filter(|_| about == About::ChairedBy);
        let over = process.and_then(|process| over(reader, process));
        let over = over.map(|term| voice.say_with("fact-chair-was-last", [("date", voice.date(term).into())]));
        [Some(name), over].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let listed = Lines::beside(marked.collect::<Vec<_>>()).fit(SHOWN_LIST);
    let values = [("country", voice.country(country).into()), ("count", places.len().into()), ("what", listed.into())];
    let said = voice.say_with(key, values);
    let before = Some(chaired_before(reader, country)).filter(|before| about == About::ChairedBy && !before.is_empty());
    let before = before.map(|before| voice.say_with("fact-chair-before", [("what", before.into())]));
    [Some(said), before].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The processes that a country chaired before, with when.
fn chaired_before(reader: &Reader<'_>, country: &Country) -> String {
    let voice = reader.voice;
    let chaired = |process: &Process| {
        let history = process.chair.iter().flat_map(|chair| &chair.history);
        let of_it = history.filter(|former| former.countries.contains(&country.code));
        let when = of_it.map(|former| former.when.map(|when| voice.date(when))).collect::<Vec<_>>();
        let dates = when.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let dates = if dates.is_empty() { String::new() } else { format!(" ({dates})") };
        (!when.is_empty()).then(|| format!("{}{dates}", voice.process_short(process)))
    };
    let all = reader.snapshot.catalogue.processes.iter().filter_map(chaired);
    Lines::listed(all.collect::<Vec<_>>()).fit(SHOWN_LIST)
}

/// Whom organisations serve as secretariat, or what they are.
fn of_organisations(reader: &Reader<'_>, question: &Question) -> Vec<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let organisations = question.organisations.iter().filter_map(|id| catalogue.organisation(id)).take(ANSWERED);
    let sentence = |organisation: &Organisation| {
        let ties = reader.snapshot.relations.of_organisation(&organisation.id);
        let places = ties.and_then(|bonds| bonds.by_tie.get(&Tie::Secretariat)).map(Vec::as_slice).unwrap_or_default();
        let title = format!("**{}**", voice.organisation_title(organisation));
        // What is known of the secretariat of one process stands with the process.
        let served = || match places {
            [place] => catalogue.processes.get(*place).map(|process| of_process(reader, process, About::Secretariat)),
            _ => None,
        };
        match question.about {
            About::Organisation | About::OrganisationRole => {
                let [first, other] = match question.about {
                    About::Organisation => [&organisation.description, &organisation.role],
                    _ => [&organisation.role, &organisation.description],
                };
                let described = first.as_ref().or(other.as_ref());
                let described = described.map(|text| cut(reader.text(text), SHOWN_TEXT));
                described.map(|described| voice.labelled(&title, &described)).or_else(served)
            }
            About::Seat => {
                let seat = organisation.seat.as_ref().map(|seat| reader.text(seat));
                let seat = seat.map(|seat| {
                    voice.say_with("fact-seat", [("organisation", title.as_str().into()), ("what", seat.into())])
                });
                seat.or_else(served)
            }
            About::MemberStates => organisation.member_states.map(|count| {
                let count = voice.say_with("members-count", [("count", count.into())]);
                let said = voice.say_with("fact-members", [("process", title.as_str().into()), ("what", count.into())]);
                format!("{said}{}", reader.mark(&organisation.notes))
            }),
            _ => {
                let values = [
                    ("organisation", format!("**{}**", voice.organisation_short(organisation)).into()),
                    ("count", places.len().into()),
                    ("what", Lines::beside(reader.marked(places)).fit(SHOWN_LIST).into()),
                ];
                Some(voice.say_with(if places.is_empty() { "fact-serves-none" } else { "fact-serves" }, values))
            }
        }
    };
    organisations.filter_map(sentence).collect()
}

/// The processes that deal with topics, in the regions that the question names, if any.
fn dealing_with(reader: &Reader<'_>, question: &Question) -> Vec<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let within = |place: &usize| {
        let process = catalogue.processes.get(*place);
        let in_one = |region: &String| {
            process.is_some_and(|process| process.region == *region || process.touches.contains(region))
        };
        question.regions.is_empty() || question.regions.iter().any(in_one)
    };
    let topics = question.topics.iter().filter_map(|id| catalogue.topic(id)).take(ANSWERED);
    let regions: Vec<&str> =
        question.regions.iter().filter_map(|id| catalogue.region(id)).map(|one| one.name.get(voice.language)).collect();
    topics
        .map(|topic| {
            let places = reader.snapshot.relations.of_topic(&topic.id, voice.language);
            let places: Vec<usize> = places.iter().copied().filter(within).collect();
            let heading = [&[reader.text(&topic.name)][..], &regions[..]].concat().join(", ");
            counted(reader, &heading, &places)
        })
        .collect()
}

/// A heading, the number of processes and their names.
fn counted(reader: &Reader<'_>, heading: &str, places: &[usize]) -> String {
    let count = reader.voice.say_with("count-processes", [("count", places.len().into())]);
    let names = Lines::beside(reader.marked(places)).fit(SHOWN_LIST);
    let listed = if names.is_empty() { count } else { format!("{count} – {names}") };
    reader.voice.labelled(&format!("**{heading}**"), &listed)
}

/// The processes of regions, those of one status if the question names one; of all regions if it names none.
fn in_regions(reader: &Reader<'_>, question: &Question) -> Vec<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let own = |region: &Region| {
        let regional = reader.snapshot.relations.of_region(&region.id);
        regional.map(|regional| regional.own(voice.language)).unwrap_or_default().to_vec()
    };
    let stands = |place: &usize| {
        let status = catalogue.processes.get(*place).map(|process| process.status.value);
        question.status.is_none_or(|wanted| status == Some(wanted))
    };
    let status = question.status.map(|status: StatusValue| voice.say(&format!("status-plural-{}", status.key())));
    let counted = |region: Option<String>, places: Vec<usize>| {
        let heading: Vec<String> = [region, status.clone()].into_iter().flatten().collect();
        counted(reader, &heading.join(" – "), &places)
    };
    if question.regions.is_empty() {
        let all = catalogue.regions.iter().flat_map(own).filter(stands).collect();
        return vec![counted(None, all)];
    }
    let regions = question.regions.iter().filter_map(|id| catalogue.region(id)).take(ANSWERED);
    regions
        .map(|region| {
            let places = own(region).into_iter().filter(stands).collect();
            counted(Some(region.name.get(voice.language).to_owned()), places)
        })
        .collect()
}

/// What terms mean, where a source of the catalogue says so.
fn terms(reader: &Reader<'_>, question: &Question) -> Vec<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let terms = question.terms.iter().filter_map(|id| catalogue.term(id)).take(ANSWERED);
    terms
        .map(|term| {
            let name = entry::called(catalogue, voice, Entity::Term, &term.id).unwrap_or_default();
            let definition = term.definition.as_ref().map(|text| cut(reader.text(text), SHOWN_TEXT));
            voice.labelled(&format!("**{name}**"), &definition.unwrap_or_else(|| voice.say("term-undefined")))
        })
        .collect()
}

/// The last global meeting of the series that was held by this day.
fn last_global<'r>(reader: &'r Reader<'_>) -> Option<&'r GlobalMeeting> {
    let held = |one: &&GlobalMeeting| one.ordinal.is_some() && one.date.earliest() <= today(reader);
    reader.snapshot.catalogue.meetings.meetings.iter().filter(held).max_by_key(|one| one.date.earliest())
}

/// The first global meeting that lies ahead; else that none is known, and the last one.
fn next_global(reader: &Reader<'_>) -> String {
    let meetings = &reader.snapshot.catalogue.meetings;
    let ahead = meetings.meetings.iter().filter(|one| one.date.earliest() > today(reader));
    if let Some(next) = ahead.min_by_key(|one| one.date.earliest()) {
        return global(reader, next);
    }
    let voice = reader.voice;
    let last = last_global(reader).map(|last| {
        let name = entry::called(&reader.snapshot.catalogue, voice, Entity::Meeting, &last.id).unwrap_or_default();
        voice.labelled(&name, &voice.date(last.date))
    });
    let key = if last.is_some() { "fact-next-meeting-unknown" } else { "fact-no-next-meeting" };
    let series = format!("**{}**", meetings.series.name.get(voice.language));
    voice.say_with(key, [("process", series.into()), ("what", last.unwrap_or_default().into())])
}

/// When, where and on what a global meeting was.
fn global(reader: &Reader<'_>, meeting: &GlobalMeeting) -> String {
    let voice = reader.voice;
    let name = entry::called(&reader.snapshot.catalogue, voice, Entity::Meeting, &meeting.id).unwrap_or_default();
    let theme = meeting.theme.as_ref().map(|theme| theme.get(voice.language));
    let subject = theme.or(meeting.focus.as_ref().map(|focus| reader.text(focus)));
    let subject = subject.map(|subject| format!(" – {}", cut(subject, SHOWN_TEXT))).unwrap_or_default();
    let mark = reader.mark(&meeting.notes);
    voice.labelled(&format!("**{name}**"), &format!("{}{subject}{mark}", voice.date(meeting.date)))
}
