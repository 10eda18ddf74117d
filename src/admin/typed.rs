//! What moderators typed into a form, read: a change with its source, or what is wrong with which field and why.

use crate::admin::form::{FormSubject, fields, is_dated_by_its_source, next_number, proposed_name};
use crate::admin::form_button::EditKind;
use crate::catalogue::edit::{Amendment, Holders, MeetingsAmendment, Reference, Venue};
use crate::catalogue::fold::fold;
use crate::catalogue::{
    BadDate, GlobalMeeting, Language, Meeting, MeetingLevel, MeetingsFile, Name, Note, NoteKind, ParticipantRole,
    Process, Statement, Status, StatusBasis, StatusValue, Text, Theme, When,
};
use crate::clock::today;
use crate::commands::Submitted;
use crate::language::Voice;
use crate::lookup::{Entity, Finding};
use crate::snapshot::Snapshot;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The field's name.
    pub field: &'static str,
    /// The end of the key of the message that says why.
    pub why: &'static str,
    /// The part of what was typed that is meant, and what it may have meant.
    pub typed: String,
    /// Names that are near, or that can be chosen from.
    pub known: Vec<String>,
}

/// A form that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    /// The change.
    pub change: FormChange,
    /// Where it is said.
    pub source: Reference,
}

/// What a form changes, by the file in which that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormChange {
    /// A process.
    Process(Amendment),
    /// The global meetings.
    Meetings(MeetingsAmendment),
}

/// Reads a form. A kind that does not fit what it is about is none.
pub(crate) fn read(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    kind: EditKind,
    subject: FormSubject<'_>,
    form: &Submitted,
) -> Result<Read, Vec<Wrong>> {
    let form = &Submitted {
        custom_id: form.custom_id.clone(),
        typed: form.typed.iter().map(|(field, text)| (field.clone(), text.chars().filter(is_seen).collect())).collect(),
    };
    let mut reading = Reading { snapshot, voice, form, wrong: Vec::new() };
    // Discord keeps to the limits of the fields; others need not.
    for field in fields(kind) {
        if form.text(field.id).chars().count() > usize::from(field.most) {
            reading.tell(field.id, "long", field.most.to_string(), Vec::new());
        }
    }
    let change = match subject {
        FormSubject::Process(process) => reading.amendment(kind, process).map(FormChange::Process),
        FormSubject::GlobalMeetings(file) => reading.of_global_meetings(kind, file).map(FormChange::Meetings),
        FormSubject::GlobalMeeting(meeting) => reading.held(meeting).map(FormChange::Meetings),
    };
    let source = reading.source();
    if is_dated_by_its_source(kind) && form.text("date").is_empty() {
        reading.tell("date", "empty", "", Vec::new());
    }
    match (change, source) {
        (Some(change), Some(source)) if reading.wrong.is_empty() => Ok(Read { change, source }),
        _ => Err(reading.wrong),
    }
}

struct Reading<'a> {
    snapshot: &'a Snapshot,
    voice: Voice<'a>,
    form: &'a Submitted,
    wrong: Vec<Wrong>,
}

/// Whether a character is one that texts of the catalogue may hold, or a space: what pages hide between letters, such as soft
/// hyphens and spaces without width, is copied with them.
fn is_seen(letter: &char) -> bool {
    let hidden = matches!(letter, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !hidden && (letter.is_whitespace() || !letter.is_control())
}

/// Words for nobody.
const NOBODY: [&str; 18] = [
    "aucun",
    "aucune",
    "personne",
    "vacant",
    "vacante",
    "neant",
    "none",
    "nobody",
    "no one",
    "ninguno",
    "ninguna",
    "nadie",
    "sans presidence",
    "pas de presidence",
    "no chair",
    "sin presidencia",
    "nul",
    "-",
];

/// Words between two names.
const AND: [&str; 5] = [" et ", " and ", " y ", " e ", " & "];

/// How many names are looked for that are joined so, at most: each is looked for in all that is left.
const JOINED: usize = 12;

/// As much of an id as is made of a title's words, in characters: the year and a number come behind.
const IDS_WORDS: usize = 48;

/// A name that is not known: as it was typed, the end of the key of the message that says why, and what is near.
type Unnamed<'t> = (&'t str, &'static str, Vec<String>);

impl Reading<'_> {
    fn tell(&mut self, field: &'static str, why: &'static str, typed: impl Into<String>, known: Vec<String>) {
        self.wrong.push(Wrong { field, why, typed: typed.into(), known });
    }

    fn amendment(&mut self, kind: EditKind, process: &Process) -> Option<Amendment> {
        match kind {
            EditKind::Chair => {
                let (who, since) = (self.holders("who"), self.date("since"));
                let now = process.chair.as_ref().and_then(|chair| chair.rule.as_ref());
                let typed = one_line(self.form.text("rule"));
                let known = now.and_then(|rule| rule.exact(self.voice.language));
                let is_new = !typed.is_empty() && known != Some(typed.as_str());
                let rule = is_new.then_some((self.voice.language, typed));
                Some(Amendment::Chair { who: who?, since, rule })
            }
            EditKind::Meeting => {
                let (title, date, place) = (self.required_wording("title"), self.date("when"), self.wording("place"));
                let url = self.page();
                let online = place.as_ref().is_some_and(|place| place.wordings().any(|(_, place)| is_online(place)));
                let (place, title) = (place.filter(|_| !online), title?);
                Some(Amendment::Meeting(Meeting { level: level(&title), title, date, place, online, url }))
            }
            EditKind::Status => {
                let (value, basis, note) = (self.status(), self.basis(), self.wording("note"));
                let value = value?;
                // Of the status that stands, what is left empty stays as it is.
                let now = Some(&process.status).filter(|now| now.value == value);
                let basis = match now {
                    Some(now) if self.form.text("basis").is_empty() => now.basis,
                    _ if value == StatusValue::Unknown => StatusBasis::Silence,
                    _ => basis?,
                };
                let note = note.or_else(|| now.and_then(|now| now.note.clone()));
                Some(Amendment::Status(Status { value, basis, note }))
            }
            EditKind::Members | EditKind::Observers => {
                let role = match kind {
                    EditKind::Observers => ParticipantRole::Observer,
                    _ => ParticipantRole::Member,
                };
                let [join, leave] = ["join", "leave"].map(|field| match self.form.text(field) {
                    "" => Some(Holders::default()),
                    _ => self.holders(field),
                });
                let since = self.date("since");
                let (join, leave) = (join?, leave?);
                let both = join.countries.iter().find(|code| leave.countries.contains(code));
                let both = both.map(|code| (Entity::Country, code)).or_else(|| {
                    let both = join.organisations.iter().find(|id| leave.organisations.contains(id));
                    both.map(|id| (Entity::Organisation, id))
                });
                if let Some((entity, id)) = both {
                    let name = self.name(entity, id).unwrap_or_default();
                    self.tell("leave", "both", name, Vec::new());
                    return None;
                }
                if join.is_empty() && leave.is_empty() {
                    self.tell("join", "empty", "", Vec::new());
                    return None;
                }
                Some(Amendment::Members { role, join, leave, since })
            }
            EditKind::Secretariat => {
                let (who, place, since) = (self.holders("who"), self.wording("place"), self.date("since"));
                let now = process.secretariat.as_ref().and_then(|secretariat| secretariat.place.clone());
                let place = place.filter(|place| now.as_ref() != Some(place));
                Some(Amendment::Secretariat { who: who?, place, since })
            }
            EditKind::Website => self.url("website").map(Amendment::Website),
            EditKind::Note => {
                let (kind, about, text) = (self.note_kind(), self.about(), self.required_wording("text"));
                Some(Amendment::Note(Note { kind: kind?, about: about?, text: text? }))
            }
            EditKind::Topic => {
                let (theme, topics) = (self.required_wording("theme"), self.topics());
                let Text { fr, en, es } = theme?;
                Some(Amendment::Theme(Theme { fr, en, es, topics: topics? }))
            }
            EditKind::ChairSeen => Some(Amendment::Seen(Statement::Chair)),
            EditKind::MembersSeen => Some(Amendment::Seen(Statement::Members)),
            EditKind::StatusSeen => Some(Amendment::Seen(Statement::Status)),
            // The name of a process is always said.
            EditKind::AllSeen => Some(Amendment::Seen(Statement::Name)),
            EditKind::GlobalMeeting | EditKind::MeetingHeld | EditKind::MeetingsSeen => None,
        }
    }

    fn of_global_meetings(&mut self, kind: EditKind, file: &MeetingsFile) -> Option<MeetingsAmendment> {
        if kind == EditKind::MeetingsSeen {
            return Some(MeetingsAmendment::Seen);
        }
        let (title, date, venue) = (self.required_wording("title"), self.required_date("when"), self.venue());
        let (title, date, venue) = (title?, date?, venue?);
        // One that is over was held, or only announced before: nobody would know without the source's date.
        if self.form.text("date").is_empty() && is_over(date) {
            self.tell("date", "undated", "", Vec::new());
        }
        let proposed = proposed_name(&self.snapshot.messages, file);
        let own = title.wordings().filter(|(language, text)| proposed.exact(*language) == Some(text));
        let own = own.map(|(language, _)| language).collect();
        let number = next_number(file);
        let ordinal = title.wordings().any(|(_, title)| says_number(title, number)).then_some(number);
        let id = new_id(file, ordinal, &title, date);
        let Text { fr, en, es } = title;
        let name = Name { fr, en, es, own };
        let Venue { place, country, online } = venue;
        let meeting = GlobalMeeting { ordinal, place, country, online, ..GlobalMeeting::new(id, date, name) };
        Some(MeetingsAmendment::New(Box::new(meeting)))
    }

    fn held(&mut self, meeting: &GlobalMeeting) -> Option<MeetingsAmendment> {
        let (date, venue, outcome) = (self.required_date("when"), self.venue(), self.wording("outcome"));
        Some(MeetingsAmendment::Held { id: meeting.id.clone(), date: date?, venue: venue?, outcome })
    }

    /// A city with its country behind a comma, in one language or more; or that the meeting is held online.
    fn venue(&mut self) -> Option<Venue> {
        let mut venue = Venue::default();
        let Some(typed) = self.wording("venue") else { return Some(venue) };
        if typed.wordings().any(|(_, place)| is_online(place)) {
            return Some(Venue { online: true, ..venue });
        }
        let mut place = Text::default();
        for (language, typed) in typed.wordings() {
            let (city, country) = match typed.rsplit_once(',') {
                Some((city, country)) => (city.trim(), country.trim()),
                None => ("", typed),
            };
            let city = match self.country(country) {
                Ok(code) if venue.country.as_ref().is_some_and(|known| *known != code) => {
                    self.tell("venue", "two-countries", typed, Vec::new());
                    return None;
                }
                Ok(code) => {
                    venue.country = Some(code);
                    city
                }
                // A city may have a comma, too, and stand alone.
                Err(None) => typed,
                Err(Some(known)) => {
                    self.tell("venue", "several", country, known);
                    return None;
                }
            };
            if !city.is_empty() {
                *place.wording_mut(language) = Some(city.to_owned());
            }
        }
        venue.place = place.wordings().next().is_some().then(|| place.clone());
        Some(venue)
    }

    /// The country that is called so and not otherwise: a city that only sounds like one is none. `Err` with names if
    /// several are.
    fn country(&self, typed: &str) -> Result<String, Option<Vec<String>>> {
        match self.found(&[Entity::Country], typed) {
            Ok((_, code)) => {
                let country = self.snapshot.catalogue.country(&code).ok_or(None)?;
                let words = fold(typed);
                let names = country.name.wordings().map(|(_, name)| name);
                let named = names.chain(country.aliases.iter().map(String::as_str)).any(|name| fold(name) == words);
                if named || fold(&code) == words { Ok(code) } else { Err(None) }
            }
            Err(("several", known)) => Err(Some(known)),
            Err(_) => Err(None),
        }
    }

    fn source(&mut self) -> Option<Reference> {
        let url = self.url("url");
        let date = self.date("date");
        url.map(|url| Reference { url, date })
    }

    /// What was typed for an address. Between angle brackets Discord shows no preview of a page, so that many are copied
    /// with them.
    fn address(&self, field: &'static str) -> String {
        self.form.text(field).trim_matches(['<', '>']).to_owned()
    }

    /// The page of the source, if it is one; what is wrong with it is told where the source is read.
    fn page(&mut self) -> Option<String> {
        let told = self.wrong.len();
        let url = self.url("url");
        self.wrong.truncate(told);
        url
    }

    /// An address as the catalogue takes them.
    fn url(&mut self, field: &'static str) -> Option<String> {
        let typed = self.address(field);
        if typed.is_empty() {
            self.tell(field, "empty", "", Vec::new());
            return None;
        }
        let parsed = url::Url::parse(&typed).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
                && url.password().is_none()
                && !typed.contains(char::is_whitespace)
        });
        let Some(parsed) = parsed else {
            self.tell(field, "url", typed, Vec::new());
            return None;
        };
        // Phones begin a field with a capital, and browsers show letters that an address spells as %xx.
        let as_it_is = typed.is_ascii() && typed.starts_with(parsed.scheme());
        Some(if as_it_is { typed } else { parsed.to_string() })
    }

    /// A date, if one was typed.
    fn date(&mut self, field: &'static str) -> Option<When> {
        let typed = self.form.text(field);
        if typed.is_empty() {
            return None;
        }
        match When::typed(typed) {
            // Without a year it would be said of no year, which nobody means.
            Ok(when) if when.year().is_none() => {
                self.tell(field, "year", typed, Vec::new());
                None
            }
            Ok(when) => Some(when),
            Err(error) => {
                let why = match error {
                    BadDate::Form(_) => "date",
                    BadDate::NoSuchDay(_) => "day",
                    BadDate::Order(_) => "order",
                };
                self.tell(field, why, typed, Vec::new());
                None
            }
        }
    }

    /// A date that must be there.
    fn required_date(&mut self, field: &'static str) -> Option<When> {
        if self.form.text(field).is_empty() {
            self.tell(field, "empty", "", Vec::new());
        }
        self.date(field)
    }

    /// Countries and organisations, by any of their names, parted by commas, lines or "and"; nobody, where that is said.
    fn holders(&mut self, field: &'static str) -> Option<Holders> {
        let typed = self.form.text(field);
        if typed.is_empty() {
            self.tell(field, "empty", "", Vec::new());
            return None;
        }
        let mut holders = Holders::default();
        if NOBODY.contains(&fold(typed).as_str()) || typed == "-" {
            return Some(holders);
        }
        let mut found = Vec::new();
        for part in typed.split([',', ';', '\n', '/', '+']).map(str::trim).filter(|part| !part.is_empty()) {
            match self.all_named(part) {
                Ok(several) => found.extend(several),
                Err((part, why, known)) => self.tell(field, why, part, known),
            }
        }
        for (entity, id) in found {
            let list = if entity == Entity::Country { &mut holders.countries } else { &mut holders.organisations };
            if !list.contains(&id) {
                list.push(id);
            }
        }
        self.wrong.iter().all(|wrong| wrong.field != field).then_some(holders)
    }

    /// Those that are named in a text, which may join several names by "and"; else the name that is not known, and why.
    /// "Bosnie-et-Herzégovine" is one, "l'Australie et l'Indonésie" are two.
    fn all_named<'t>(&self, typed: &'t str) -> Result<Vec<(Entity, String)>, Unnamed<'t>> {
        let mut unknown = match self.named(typed) {
            Ok(one) => return Ok(vec![one]),
            Err((why, known)) => (typed, why, known),
        };
        let ends = AND.iter().flat_map(|and| typed.match_indices(and).map(|(place, and)| (place, place + and.len())));
        for (end, next) in ends.take(JOINED) {
            let (Some(first), Some(rest)) = (typed.get(..end), typed.get(next..)) else { continue };
            match self.named(first) {
                Ok(first) => match self.all_named(rest) {
                    Ok(rest) => return Ok([vec![first], rest].concat()),
                    Err(of_rest) => unknown = of_rest,
                },
                Err((why, known)) if self.named(rest).is_ok() => unknown = (first, why, known),
                Err(_) => {}
            }
        }
        Err(unknown)
    }

    /// The country or organisation that goes by a name.
    fn named(&self, typed: &str) -> Result<(Entity, String), (&'static str, Vec<String>)> {
        self.found(&[Entity::Country, Entity::Organisation], typed)
    }

    fn found(&self, entities: &[Entity], typed: &str) -> Result<(Entity, String), (&'static str, Vec<String>)> {
        let names = |candidates: Vec<crate::lookup::Candidate<'_>>| {
            let named = candidates.into_iter().take(3).filter_map(|one| self.name(one.entity, one.id));
            named.collect::<Vec<_>>()
        };
        match self.snapshot.names.find_among(entities, typed, self.voice.language) {
            Finding::One(one) => Ok((one.entity, one.id.to_owned())),
            Finding::Several(several) => Err(("several", names(several))),
            Finding::None { nearest } => Err(("unknown", names(nearest))),
        }
    }

    fn name(&self, entity: Entity, id: &str) -> Option<String> {
        let (catalogue, language) = (&self.snapshot.catalogue, self.voice.language);
        match entity {
            Entity::Country => catalogue.country(id).map(|one| one.name.get(language).to_owned()),
            Entity::Organisation => catalogue.organisation(id).map(|one| one.name.get(language).to_owned()),
            Entity::Topic => catalogue.topic(id).map(|one| one.name.get(language).to_owned()),
            _ => None,
        }
    }

    /// A text in one language or more: a line that begins with "fr:", "en:" or "es:" is in that language, what stands
    /// before any of these in the moderator's.
    fn wording(&mut self, field: &'static str) -> Option<Text> {
        let mut parts: [Vec<&str>; 3] = Default::default();
        let mut current = self.voice.language;
        for line in self.form.text(field).lines() {
            let labelled = line.split_once(':').and_then(|(label, rest)| Some((language(label)?, rest)));
            let line = match labelled {
                Some((language, rest)) => {
                    current = language;
                    rest
                }
                None => line,
            };
            if let Some(part) = parts.get_mut(current.index()) {
                part.extend(line.split_whitespace());
            }
        }
        let [fr, en, es] = parts.map(|words| Some(words.join(" ")).filter(|text| !text.is_empty()));
        let text = Text { fr, en, es };
        let said = text.wordings().next().is_some();
        said.then_some(text)
    }

    fn required_wording(&mut self, field: &'static str) -> Option<Text> {
        let text = self.wording(field);
        if text.is_none() {
            self.tell(field, "empty", "", Vec::new());
        }
        text
    }

    fn status(&mut self) -> Option<StatusValue> {
        let typed = self.form.text("status");
        let words = fold(typed);
        let named = |value: &StatusValue| {
            let said = |language| fold(&self.snapshot.messages.voice(language).say(&format!("status-{}", value.key())));
            Language::ALL.into_iter().any(|language| said(language) == words) || fold(value.key()) == words
        };
        // Whole words alone: "activité suspendue" and "not active" are not "active".
        let called = |value: &StatusValue| {
            let words_for: &[&str] = match value {
                StatusValue::Active => &["actif", "active", "activo", "activa"],
                StatusValue::Emerging => &["emergent", "emergente", "emerging", "naissant"],
                StatusValue::Inactive => {
                    &["inactif", "inactive", "inactivo", "inactiva", "dormant", "dormante", "en sommeil"]
                }
                StatusValue::Unknown => {
                    &["inconnu", "inconnue", "unknown", "desconocido", "desconocida", "non connu", "not known"]
                }
            };
            words_for.contains(&words.as_str())
        };
        let found = StatusValue::ALL.iter().find(|value| named(value) || called(value)).copied();
        if found.is_none() {
            let known = StatusValue::ALL.iter().map(|value| self.voice.say(&format!("status-{}", value.key())));
            let known = known.collect();
            self.tell("status", if typed.is_empty() { "empty" } else { "choice" }, typed, known);
        }
        found
    }

    fn basis(&mut self) -> Option<StatusBasis> {
        let typed = self.form.text("basis");
        let words = fold(typed);
        let has = |words_of: &[&str]| words_of.iter().any(|word| words.contains(word));
        let found = match () {
            // Meetings are what most changes of a status rest on.
            () if words.is_empty() => Some(StatusBasis::Activity),
            () if has(&["list"]) => Some(StatusBasis::IomList),
            () if has(&["page", "pagina"]) => Some(StatusBasis::IomPage),
            () if has(&["activ", "reunion", "meeting"]) => Some(StatusBasis::Activity),
            () => None,
        };
        if found.is_none() {
            let known = [StatusBasis::IomList, StatusBasis::IomPage, StatusBasis::Activity];
            let known = known.iter().map(|basis| self.voice.say(&format!("basis-{}", basis.key()))).collect();
            self.tell("basis", "choice", typed, known);
        }
        found
    }

    fn note_kind(&mut self) -> Option<NoteKind> {
        let typed = self.form.text("kind");
        let words = fold(typed);
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| words.starts_with(beginning));
        let found = match () {
            () if begins(&["conflit", "conflict", "desaccord", "disagree", "desacuerdo"]) => Some(NoteKind::Conflict),
            () if begins(&["dout", "doubt", "dud"]) => Some(NoteKind::Doubt),
            () if begins(&["context"]) => Some(NoteKind::Context),
            () => None,
        };
        if found.is_none() {
            let known = NoteKind::ALL.iter().map(|kind| self.voice.say(&format!("form-note-{}", kind.key()))).collect();
            self.tell("kind", if typed.is_empty() { "empty" } else { "choice" }, typed, known);
        }
        found
    }

    fn about(&mut self) -> Option<Vec<Statement>> {
        let typed = self.form.text("about");
        let mut found = Vec::new();
        for part in typed.split([',', ';', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()) {
            let words = fold(part);
            let named = |statement: &Statement| {
                let said = |language| {
                    fold(&self.snapshot.messages.voice(language).say(&format!("statement-{}", statement.key())))
                };
                fold(statement.key()) == words || Language::ALL.into_iter().any(|language| said(language) == words)
            };
            match Statement::ALL.iter().find(|statement| named(statement)) {
                Some(statement) => found.push(*statement),
                None => {
                    let all = Statement::ALL.iter().map(|one| self.voice.say(&format!("statement-{}", one.key())));
                    let all = all.collect();
                    self.tell("about", "choice", part, all);
                }
            }
        }
        found.dedup();
        if found.is_empty() && typed.is_empty() {
            self.tell("about", "empty", "", Vec::new());
        }
        (!found.is_empty()).then_some(found)
    }

    fn topics(&mut self) -> Option<Vec<String>> {
        let typed = self.form.text("topics");
        let mut found: Vec<String> = Vec::new();
        for part in typed.split([',', ';', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()) {
            match self.found(&[Entity::Topic], part) {
                Ok((_, id)) if !found.contains(&id) => found.push(id),
                Ok(_) => {}
                Err((why, known)) => self.tell("topics", why, part, known),
            }
        }
        if found.is_empty() && typed.is_empty() {
            self.tell("topics", "empty", "", Vec::new());
        }
        (!found.is_empty()).then_some(found)
    }
}

/// Whether a text says that a meeting is held nowhere.
fn is_online(place: &str) -> bool {
    matches!(
        fold(place).trim_end_matches('.'),
        "en ligne" | "online" | "en linea" | "virtual" | "virtuel" | "virtuelle"
    )
}

/// Whether a date is over.
fn is_over(date: When) -> bool {
    let today = today();
    date.latest() < (today.year(), today.month().unsigned_abs(), today.day().unsigned_abs())
}

/// Whether a title says that its meeting is the one with this number: "11e réunion", "11th Meeting", "XI Reunión".
fn says_number(title: &str, number: u8) -> bool {
    let figures = number.to_string();
    let roman = roman(number);
    title.split(|letter: char| !letter.is_ascii_digit()).any(|part| part == figures)
        || title.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == roman)
}

/// A number in Roman figures.
fn roman(mut number: u8) -> String {
    const FIGURES: [(u8, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    for (value, figure) in FIGURES {
        while number >= value {
            text.push_str(figure);
            number -= value;
        }
    }
    text
}

/// An id for a new meeting that no other has: that of the last with a number, counted on; else the words of its title with
/// its year.
fn new_id(file: &MeetingsFile, ordinal: Option<u8>, title: &Text, date: When) -> String {
    let last = file.meetings.iter().filter(|meeting| meeting.ordinal.is_some()).max_by_key(|meeting| meeting.ordinal);
    let counted_on = ordinal.zip(last).and_then(|(number, last)| {
        let series = last.id.strip_suffix(&last.ordinal?.to_string())?;
        Some(format!("{series}{number}"))
    });
    let from_title = || {
        let words = [&title.en, &title.fr, &title.es].into_iter().flatten().next().map(|title| fold(title));
        let words = words.unwrap_or_default();
        let plain = words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut id = String::new();
        for word in plain {
            if id.len() + word.len() >= IDS_WORDS {
                break;
            }
            if !id.is_empty() {
                id.push('-');
            }
            id.push_str(word);
        }
        let id = if id.is_empty() { "meeting".to_owned() } else { id };
        match date.year().map(|year| year.to_string()).filter(|year| !id.contains(year)) {
            Some(year) => format!("{id}-{year}"),
            None => id,
        }
    };
    let id = counted_on.unwrap_or_else(from_title);
    let taken = |id: &str| file.meetings.iter().any(|meeting| meeting.id == id);
    let more = (2..=u16::MAX).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(more).find(|id| !taken(id)).unwrap_or(id)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The language that a label names.
fn language(label: &str) -> Option<Language> {
    match fold(label).as_str() {
        "fr" | "francais" | "french" | "frances" => Some(Language::Fr),
        "en" | "anglais" | "english" | "ingles" => Some(Language::En),
        "es" | "espagnol" | "spanish" | "espanol" => Some(Language::Es),
        _ => None,
    }
}

/// The level of a meeting as its title says it in any of the three languages; none where it says nothing of it. What is
/// read there stands in the preview.
fn level(title: &Text) -> Option<MeetingLevel> {
    const MINISTERS: [&str; 8] =
        ["minister", "ministers", "ministre", "ministres", "ministra", "ministras", "ministro", "ministros"];
    const OFFICIALS: [&str; 4] =
        ["haut fonctionnaire", "hauts fonctionnaires", "senior official", "altos funcionarios"];
    let titles: Vec<String> = title.wordings().map(|(_, title)| fold(title)).collect();
    let mut words = titles.iter().flat_map(|title| title.split(|letter: char| !letter.is_alphanumeric()));
    // A ministry, which may be the host, is called otherwise: ministère, ministerio.
    if words.any(|word| word.contains("ministerial") || word.contains("ministeriel") || MINISTERS.contains(&word)) {
        return Some(MeetingLevel::Ministers);
    }
    let is_said = |title: &String| OFFICIALS.iter().any(|words| title.contains(words));
    titles.iter().any(is_said).then_some(MeetingLevel::Officials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_who_met_or_nothing() {
        use MeetingLevel::{Ministers, Officials};
        let of = |title: &str| level(&Text { fr: Some(title.to_owned()), en: None, es: None });
        for title in [
            "2e conférence ministérielle",
            "Réunion vice-ministérielle",
            "Meeting of ministers",
            "Consulta ministerial",
        ] {
            assert_eq!(of(title), Some(Ministers), "{title}");
        }
        for title in
            ["34e réunion des hauts fonctionnaires", "Senior Officials' Meeting", "Reunión de altos funcionarios"]
        {
            assert_eq!(of(title), Some(Officials), "{title}");
        }
        for title in [
            "VIe Conférence",
            "Atelier au ministère de l'Intérieur",
            "Taller del Ministerio",
            "Workshop, Ministry of Labour",
        ] {
            assert_eq!(of(title), None, "{title}");
        }
    }
}
