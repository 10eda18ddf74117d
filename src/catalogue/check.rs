//! The rules between the parts of a record and between records: references, duplicates, order, support by sources.
//!
//! Rules for a single text stand in `read`. Each rule is a small function; a path says which value it is about, and the
//! line and column are looked up only when the rule is broken.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::fold;
use super::load::Parsed;
use super::model::*;
use super::problem::{Problem, Rule};
use super::read::{MAX_PROBLEMS, Step, locate, nearest};

/// The earliest year that a fact may bear: before the oldest organisation of the field.
const FIRST_YEAR: i16 = 1850;

/// How many years ahead of their collection facts may announce something.
const YEARS_AHEAD: i16 = 10;

/// After how many days facts count as stale.
const STALE_AFTER_DAYS: i64 = 365;

/// After how many years a chair's date counts as old.
const CHAIR_OLD_AFTER_YEARS: i16 = 3;

/// ISO 3166-1 alpha-2 codes officially assigned, with XK, which ISO leaves to users and IOM uses for Kosovo.
const COUNTRY_CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM \
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD \
    SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC \
    VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

macro_rules! path {
    ($($step:expr),* $(,)?) => { &[$(Step::from($step)),*] };
}

/// Applies every rule between records. `today` is the day against which facts count as stale.
pub fn check(parsed: &Parsed<'_>, today: Date, problems: &mut Vec<Problem>) {
    let known = Known::new(parsed);
    let mut checker = Checker { parsed, known: &known, today, problems, told: HashMap::new() };
    checker.lists();
    for (file, process) in &parsed.processes {
        checker.process(file, process);
    }
    checker.names();
}

/// The ids that references may name.
struct Known<'a> {
    processes: Vec<&'a str>,
    regions: Vec<&'a str>,
    countries: Vec<&'a str>,
    organisations: Vec<&'a str>,
    sets: [HashSet<&'a str>; 4],
}

#[derive(Clone, Copy)]
enum List {
    Processes,
    Regions,
    Countries,
    Organisations,
}

impl<'a> Known<'a> {
    fn new(parsed: &'a Parsed<'_>) -> Known<'a> {
        let processes: Vec<_> = parsed.processes.iter().map(|(_, process)| process.id.as_str()).collect();
        let regions: Vec<_> = parsed.regions.regions.iter().map(|region| region.id.as_str()).collect();
        let countries: Vec<_> = parsed.countries.countries.iter().map(|country| country.code.as_str()).collect();
        let organisations: Vec<_> = parsed.organisations.organisations.iter().map(|one| one.id.as_str()).collect();
        let sets = [&processes, &regions, &countries, &organisations].map(|ids| ids.iter().copied().collect());
        Known { processes, regions, countries, organisations, sets }
    }

    fn ids(&self, list: List) -> &[&'a str] {
        match list {
            List::Processes => &self.processes,
            List::Regions => &self.regions,
            List::Countries => &self.countries,
            List::Organisations => &self.organisations,
        }
    }
}

struct Checker<'a, 'p> {
    parsed: &'a Parsed<'a>,
    known: &'a Known<'a>,
    today: Date,
    problems: &'p mut Vec<Problem>,
    /// How many problems were told of each file.
    told: HashMap<String, usize>,
}

impl<'a> Checker<'a, '_> {
    fn breach(&mut self, rule: Rule, file: &str, path: &[Step<'_>], message: String, help: impl Into<String>) {
        // Finding a place means reading the file again, so that more than a person reads is not looked for.
        let told = self.told.entry(file.to_owned()).or_default();
        *told += 1;
        if *told > MAX_PROBLEMS {
            return;
        }
        let place = self.parsed.text(file).map(|text| locate(text, path));
        self.problems.push(Problem::new(rule, file, place, message, help.into()));
    }

    /// The files that are lists of records.
    fn lists(&mut self) {
        let parsed = self.parsed;
        let ids = |file, table, ids: Vec<&'a str>| (file, table, ids);
        let facts = |facts: &'a [Fact]| facts.iter().map(|fact| fact.id.as_str()).collect::<Vec<_>>();
        let (general, iom) = (&parsed.general, &parsed.iom);
        let tables = [
            ids("regions.toml", "region", self.known.regions.clone()),
            ids("organisations.toml", "organisation", self.known.organisations.clone()),
            ids("meetings.toml", "meeting", parsed.meetings.meetings.iter().map(|one| one.id.as_str()).collect()),
            ids("glossary.toml", "term", parsed.glossary.terms.iter().map(|term| term.id.as_str()).collect()),
            ids("general.toml", "feature", facts(&general.features)),
            ids("general.toml", "topic", facts(&general.topics)),
            ids("general.toml", "achievement", facts(&general.achievements)),
            ids("general.toml", "contribution", facts(&general.contributions)),
            ids("general.toml", "reference", facts(&general.references)),
            ids("general.toml", "level", facts(&general.levels)),
            ids("general.toml", "count", facts(&general.counts)),
            ids("general.toml", "milestone", facts(&general.milestones)),
            ids("general.toml", "study", facts(&general.studies)),
            ids("iom.toml", "figure", facts(&iom.figures)),
            ids("iom.toml", "role", facts(&iom.roles)),
            ids("iom.toml", "basic", facts(&iom.basics)),
        ];
        for (file, table, ids) in tables {
            let mut seen = HashSet::new();
            for (item, id) in ids.into_iter().enumerate() {
                self.id_form(file, path![table, item, "id"], id);
                if !seen.insert(id) {
                    let message = format!("the id {id:?} stands twice");
                    self.breach(
                        Rule::DuplicateId,
                        file,
                        path![table, item, "id"],
                        message,
                        "give each entry an id of its own",
                    );
                }
            }
        }
        self.countries();
        self.organisations();
        self.meetings();
        let dated = [
            ("general.toml", parsed.general.collected),
            ("glossary.toml", parsed.glossary.collected),
            ("iom.toml", parsed.iom.collected),
            ("meetings.toml", parsed.meetings.collected),
        ];
        for (file, collected) in dated {
            self.collected(file, collected);
        }
        self.facts(
            "iom.toml",
            parsed.iom.collected,
            &[("figure", &iom.figures), ("role", &iom.roles), ("basic", &iom.basics)],
        );
        self.facts(
            "general.toml",
            parsed.general.collected,
            &[
                ("feature", &general.features),
                ("topic", &general.topics),
                ("achievement", &general.achievements),
                ("contribution", &general.contributions),
                ("reference", &general.references),
                ("level", &general.levels),
                ("count", &general.counts),
                ("milestone", &general.milestones),
                ("study", &general.studies),
            ],
        );
        for (item, term) in parsed.glossary.terms.iter().enumerate() {
            self.has_sources("glossary.toml", path!["term", item], &term.sources);
        }
        self.has_sources("general.toml", path!["definition"], &general.definition.sources);
    }

    fn id_form(&mut self, file: &str, path: &[Step<'_>], id: &str) {
        let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || id.starts_with('-') || id.ends_with('-') || id.is_empty() {
            let message = format!("the id {id:?} has other characters than a to z, 0 to 9 and hyphens within");
            self.breach(Rule::BadId, file, path, message, "write it like processus-de-quito; it stays for ever");
        }
    }

    fn countries(&mut self) {
        let codes: HashSet<&str> = COUNTRY_CODES.split_whitespace().collect();
        let mut seen = HashSet::new();
        for (item, country) in self.parsed.countries.countries.iter().enumerate() {
            let (file, path) = ("countries.toml", path!["country", item, "code"]);
            if !codes.contains(country.code.as_str()) {
                let message = format!("{:?} is no country code of ISO 3166-1", country.code);
                self.breach(
                    Rule::BadCountryCode,
                    file,
                    path,
                    message,
                    "write the two capital letters of ISO 3166-1 alpha-2",
                );
            }
            if !seen.insert(country.code.as_str()) {
                let message = format!("the country {} stands twice", country.code);
                self.breach(Rule::DuplicateId, file, path, message, "remove one of the two");
            }
        }
    }

    fn organisations(&mut self) {
        let file = "organisations.toml";
        for (item, one) in self.parsed.organisations.organisations.iter().enumerate() {
            if let Some(parent) = &one.parent {
                self.reference(List::Organisations, file, path!["organisation", item, "parent"], parent);
            }
            if let Some(country) = &one.country {
                self.reference(List::Countries, file, path!["organisation", item, "country"], country);
            }
            if let Some(founded) = one.founded {
                self.years(file, path!["organisation", item, "founded"], founded, self.parsed.general.collected);
            }
            let tells = one.description.is_some() || one.role.is_some() || one.founded.is_some() || one.seat.is_some();
            if tells {
                self.has_sources(file, path!["organisation", item], &one.sources);
            }
        }
    }

    fn meetings(&mut self) {
        let (file, meetings) = ("meetings.toml", &self.parsed.meetings);
        self.reference(List::Organisations, file, path!["series", "organiser"], &meetings.series.organiser);
        self.has_sources(file, path!["series"], &meetings.series.sources);
        let mut ordinals = HashSet::new();
        for (item, meeting) in meetings.meetings.iter().enumerate() {
            self.references(List::Organisations, file, path!["meeting", item, "hosts"], &meeting.hosts);
            self.references(List::Countries, file, path!["meeting", item, "host_countries"], &meeting.host_countries);
            self.references(List::Processes, file, path!["meeting", item, "processes"], &meeting.processes);
            if let Some(country) = &meeting.country {
                self.reference(List::Countries, file, path!["meeting", item, "country"], country);
            }
            self.years(file, path!["meeting", item, "date"], meeting.date, meetings.collected);
            self.has_sources(file, path!["meeting", item], &meeting.sources);
            if meeting.ordinal.is_some_and(|ordinal| !ordinals.insert(ordinal)) {
                let message = "two meetings bear the same number".to_owned();
                self.breach(
                    Rule::DuplicateId,
                    file,
                    path!["meeting", item, "ordinal"],
                    message,
                    "number each meeting once",
                );
            }
        }
        let numbered = meetings.meetings.iter().enumerate().filter(|(_, meeting)| meeting.ordinal.is_some());
        let mut before: Option<&GlobalMeeting> = None;
        for (item, meeting) in numbered {
            if before.is_some_and(|before| before.date.earliest() > meeting.date.earliest()) {
                let message = format!("the meeting {} is older than the one before it", meeting.id);
                self.breach(
                    Rule::DateOrder,
                    file,
                    path!["meeting", item, "date"],
                    message,
                    "list the meetings oldest first",
                );
            }
            before = Some(meeting);
        }
    }

    fn facts(&mut self, file: &str, collected: When, tables: &[(&str, &[Fact])]) {
        for (table, facts) in tables {
            for (item, fact) in facts.iter().enumerate() {
                self.references(List::Organisations, file, path![*table, item, "organisations"], &fact.organisations);
                self.references(List::Processes, file, path![*table, item, "processes"], &fact.processes);
                self.has_sources(file, path![*table, item], &fact.sources);
                if let Some(date) = fact.date {
                    self.years(file, path![*table, item, "date"], date, collected);
                }
            }
        }
    }

    fn has_sources(&mut self, file: &str, path: &[Step<'_>], sources: &[Source]) {
        if sources.is_empty() {
            let message = "nothing says where this comes from".to_owned();
            self.breach(Rule::Unsupported, file, path, message, "add a source with its url");
        }
    }

    fn reference(&mut self, list: List, file: &str, path: &[Step<'_>], id: &str) {
        let known = self.known;
        let enough = self.told.get(file).is_some_and(|told| *told >= MAX_PROBLEMS);
        if known.sets[list as usize].contains(id) || enough {
            return;
        }
        let (rule, what, place) = match list {
            List::Processes => (Rule::UnknownProcess, "process", "a file of processes/"),
            List::Regions => (Rule::UnknownRegion, "region", "regions.toml"),
            List::Countries => (Rule::UnknownCountry, "country code", "countries.toml"),
            List::Organisations => (Rule::UnknownOrganisation, "organisation", "organisations.toml"),
        };
        let help = match nearest(id, known.ids(list)) {
            Some(near) => format!("did you mean {near:?}? Otherwise add it to {place}"),
            None => format!("write an id that stands in {place}, or add it there"),
        };
        self.breach(rule, file, path, format!("there is no {what} {id:?}"), help);
    }

    /// Every id of a list is known and stands once.
    fn references(&mut self, list: List, file: &str, path: &[Step<'_>], ids: &[String]) {
        let mut seen = HashSet::new();
        for (item, id) in ids.iter().enumerate() {
            let place: Vec<_> = path.iter().copied().chain([Step::Item(item)]).collect();
            self.reference(list, file, &place, id);
            if !seen.insert(id) {
                self.breach(
                    Rule::DuplicateItem,
                    file,
                    &place,
                    format!("{id:?} stands twice in this list"),
                    "remove one",
                );
            }
        }
    }

    fn years(&mut self, file: &str, path: &[Step<'_>], when: When, collected: When) {
        let last = collected.year().unwrap_or(self.today.year()).saturating_add(YEARS_AHEAD);
        let ends = [when.earliest().0, when.latest().0];
        if let Some(year) = ends.into_iter().find(|year| *year != i16::MIN && !(FIRST_YEAR..=last).contains(year)) {
            let message = format!("the year {year} lies outside {FIRST_YEAR} to {last}");
            self.breach(Rule::YearRange, file, path, message, "check the digits");
        }
    }

    fn collected(&mut self, file: &str, collected: When) {
        let (year, month, day) = collected.earliest();
        let exact = i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d).ok());
        let Some(date) = exact.filter(|_| matches!(collected, When::On(point) if point.day.is_some())) else {
            let message = "the day of collection must be a whole date".to_owned();
            return self.breach(Rule::Date, file, path!["collected"], message, "write it like 2026-11-23");
        };
        let age = (self.today - date).get_days();
        if i64::from(age) > STALE_AFTER_DAYS {
            let message = format!("these facts were collected {age} days ago");
            self.breach(
                Rule::StaleFacts,
                file,
                path!["collected"],
                message,
                "look at the sources again and set the new day",
            );
        } else if age < -1 {
            let message = "the day of collection lies in the future".to_owned();
            self.breach(
                Rule::DateOrder,
                file,
                path!["collected"],
                message,
                "write the day on which the sources were read",
            );
        }
    }

    fn process(&mut self, file: &str, process: &Process) {
        self.id_form(file, path!["id"], &process.id);
        let expected = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        if process.id != expected {
            let message = format!("the id {:?} is not the file's name {expected:?}", process.id);
            self.breach(
                Rule::BadId,
                file,
                path!["id"],
                message,
                "name the file after the id, and keep the id for ever",
            );
        }
        self.collected(file, process.collected);
        self.place_in_the_world(file, process);
        self.dates(file, process);
        self.chair(file, process);
        self.secretariat(file, process);
        self.taking_part(file, process);
        self.references(List::Organisations, file, path!["associations"], &process.associations);
        self.support(file, process);
    }

    fn place_in_the_world(&mut self, file: &str, process: &Process) {
        self.reference(List::Regions, file, path!["region"], &process.region);
        self.references(List::Regions, file, path!["touches"], &process.touches);
        let interregional = process.kind == Kind::Interregional;
        if interregional != (process.region == "interregional") {
            let message = "kind and region disagree".to_owned();
            let help = "an interregional forum has the region \"interregional\" and names the others in touches";
            self.breach(Rule::Inconsistent, file, path!["region"], message, help);
        }
        let silent = process.status.basis == StatusBasis::Silence;
        if silent != (process.status.value == StatusValue::Unknown) {
            let message = "a status is unknown exactly when nothing speaks for one".to_owned();
            let help = "write value = \"unknown\" with basis = \"silence\", or the status and what it rests on";
            self.breach(Rule::Inconsistent, file, path!["status"], message, help);
        }
    }

    fn dates(&mut self, file: &str, process: &Process) {
        let collected = process.collected;
        let mut dated: Vec<(Vec<Step<'_>>, When)> = Vec::new();
        for (key, milestone) in [("founding", &process.founding), ("ended", &process.ended)] {
            dated.extend(milestone.iter().map(|milestone| (path![key, "date"].to_vec(), milestone.date)));
        }
        for (item, meeting) in process.meetings.iter().enumerate() {
            dated.extend(meeting.date.map(|date| (path!["meeting", item, "date"].to_vec(), date)));
        }
        for (item, source) in process.sources.iter().enumerate() {
            dated.extend(source.date.map(|date| (path!["source", item, "date"].to_vec(), date)));
        }
        if let Some(chair) = &process.chair {
            dated.extend(
                [("as_of", chair.as_of), ("term", chair.term)]
                    .into_iter()
                    .filter_map(|(key, when)| when.map(|when| (path!["chair", key].to_vec(), when))),
            );
            for (item, former) in chair.history.iter().enumerate() {
                dated.extend(former.when.map(|when| (path!["chair", "history", item, "when"].to_vec(), when)));
            }
        }
        for (path, when) in dated {
            self.years(file, &path, when, collected);
        }
        if let (Some(founding), Some(ended)) = (&process.founding, &process.ended)
            && founding.date.earliest() > ended.date.latest()
        {
            let message = "it ends before it begins".to_owned();
            self.breach(Rule::DateOrder, file, path!["ended", "date"], message, "check both dates");
        }
        let mut before: Option<When> = None;
        for (item, meeting) in process.meetings.iter().enumerate() {
            let Some(date) = meeting.date.filter(|date| date.year().is_some()) else { continue };
            if before.is_some_and(|before| before.earliest() > date.latest()) {
                let message = format!("the meeting of {date} comes after a later one");
                self.breach(
                    Rule::DateOrder,
                    file,
                    path!["meeting", item, "date"],
                    message,
                    "list meetings oldest first",
                );
            }
            before = Some(date);
        }
        for (item, source) in process.sources.iter().enumerate() {
            if source.date.is_some_and(|date| date.earliest() > collected.latest()) {
                let message = "the source is younger than the day on which the facts were collected".to_owned();
                self.breach(
                    Rule::DateOrder,
                    file,
                    path!["source", item, "date"],
                    message,
                    "check the date, or set collected anew",
                );
            }
        }
    }

    fn chair(&mut self, file: &str, process: &Process) {
        let Some(chair) = &process.chair else { return };
        self.references(List::Countries, file, path!["chair", "countries"], &chair.countries);
        self.references(List::Organisations, file, path!["chair", "organisations"], &chair.organisations);
        for (item, former) in chair.history.iter().enumerate() {
            self.references(List::Countries, file, path!["chair", "history", item, "countries"], &former.countries);
        }
        let held = !chair.countries.is_empty() || !chair.organisations.is_empty();
        if chair.none && held {
            let message = "the chair is said to be held and not to exist".to_owned();
            self.breach(Rule::Inconsistent, file, path!["chair", "none"], message, "remove none, or the holders");
        }
        let known_until = [chair.as_of, chair.term].into_iter().flatten().map(|when| when.latest().0).max();
        let collected = process.collected.year().unwrap_or(self.today.year());
        if held
            && process.status.value == StatusValue::Active
            && known_until.is_some_and(|year| year.saturating_add(CHAIR_OLD_AFTER_YEARS) <= collected)
        {
            let message = "the chair was last known to hold years ago".to_owned();
            self.breach(Rule::OldChair, file, path!["chair"], message, "look for the present chair and set as_of");
        }
    }

    fn secretariat(&mut self, file: &str, process: &Process) {
        let Some(secretariat) = &process.secretariat else { return };
        self.references(List::Organisations, file, path!["secretariat", "organisations"], &secretariat.organisations);
        self.references(List::Countries, file, path!["secretariat", "countries"], &secretariat.countries);
        let providers = secretariat.organisations.len() + secretariat.countries.len();
        let fits = match secretariat.kind {
            SecretariatKind::Shared => providers >= 2,
            SecretariatKind::Provided => providers >= 1 || secretariat.note.is_some(),
            SecretariatKind::None => providers == 0,
            SecretariatKind::Own | SecretariatKind::SupportUnit => true,
        };
        if !fits {
            let message =
                format!("a secretariat of the kind {:?} does not fit {providers} providers", secretariat.kind.key());
            let help = "provided has at least one, shared two or more, none has none";
            self.breach(Rule::Inconsistent, file, path!["secretariat", "kind"], message, help);
        }
    }

    fn taking_part(&mut self, file: &str, process: &Process) {
        let mut roles = HashSet::new();
        for (item, group) in process.participants.iter().enumerate() {
            self.references(List::Countries, file, path!["participants", item, "states"], &group.states);
            self.references(
                List::Organisations,
                file,
                path!["participants", item, "organisations"],
                &group.organisations,
            );
            if !roles.insert(group.role) {
                let message = format!("the role {:?} stands twice", group.role.key());
                self.breach(
                    Rule::DuplicateItem,
                    file,
                    path!["participants", item, "role"],
                    message,
                    "join the two tables",
                );
            }
            let listed = group.states.len() + group.organisations.len();
            let differs = group
                .count
                .is_some_and(|count| usize::from(count) != group.states.len() && usize::from(count) != listed);
            if differs && group.note.is_none() {
                let count = group.count.unwrap_or_default();
                let message = format!("the count {count} differs from the {} States listed", group.states.len());
                self.breach(
                    Rule::CountDiffers,
                    file,
                    path!["participants", item, "count"],
                    message,
                    "correct one of the two, or say why in note",
                );
            }
        }
        let member_and_observer = |list: fn(&Participants) -> &[String]| {
            let members = process.participants(ParticipantRole::Member).map(list).unwrap_or_default();
            let observers = process.participants.iter().position(|group| group.role == ParticipantRole::Observer);
            let item = observers?;
            let place = list(process.participants.get(item)?).iter().position(|one| members.contains(one))?;
            Some((item, place))
        };
        for (key, found) in [
            ("states", member_and_observer(|group| &group.states)),
            ("organisations", member_and_observer(|group| &group.organisations)),
        ] {
            if let Some((item, place)) = found {
                let message = "it is member and observer at once".to_owned();
                self.breach(
                    Rule::MemberAndObserver,
                    file,
                    path!["participants", item, key, place],
                    message,
                    "remove it from one of the two",
                );
            }
        }
    }

    /// What the record says must be supported by a source, and each source must support something.
    fn support(&mut self, file: &str, process: &Process) {
        let supported: HashSet<Statement> =
            process.sources.iter().flat_map(|source| source.supports.iter().copied()).collect();
        for (statement, key) in said(process) {
            if !supported.contains(&statement) {
                let message = format!("no source supports what is said of {:?}", statement.key());
                let help = format!(
                    "add \"{}\" to the supports of the source that says it, or remove the statement",
                    statement.key()
                );
                self.breach(Rule::Unsupported, file, path![key], message, help);
            }
        }
        let mut seen = HashSet::new();
        for (item, source) in process.sources.iter().enumerate() {
            if source.supports.is_empty() {
                let message = "this source supports no statement".to_owned();
                self.breach(
                    Rule::UncitedSource,
                    file,
                    path!["source", item],
                    message,
                    "say in supports what it is the source of",
                );
            }
            if !seen.insert(source.url.as_str()) {
                let message = "this address stands twice among the sources".to_owned();
                self.breach(Rule::DuplicateItem, file, path!["source", item, "url"], message, "join the two");
            }
        }
    }

    /// Names, acronyms and aliases stand for one entry in their list.
    fn names(&mut self) {
        let mut owners: HashMap<String, (usize, bool)> = HashMap::new();
        let parsed = self.parsed;
        for (place, (file, process)) in parsed.processes.iter().enumerate() {
            let shared: HashSet<String> = process.shared_names.iter().map(|name| letters(name)).collect();
            for (path, name) in process_names(process) {
                let folded = letters(name);
                let declared = shared.contains(&folded);
                match owners.get(&folded) {
                    Some(&(owner, owner_declared)) if owner != place && !(declared && owner_declared) => {
                        let other = parsed.processes.get(owner).map_or("", |(_, process)| process.id.as_str());
                        let message = format!("{name:?} is also a name of {other}");
                        let help = "change one, or list it in the shared_names of both";
                        self.breach(Rule::DuplicateName, file, &path, message, help);
                    }
                    Some(_) => {}
                    None => {
                        owners.insert(folded, (place, declared));
                    }
                }
            }
        }
        let countries = parsed.countries.countries.iter().enumerate().map(|(item, country)| {
            let names = country.name.wordings().map(|(language, name)| (path!["name", language.code()].to_vec(), name));
            let aliases =
                country.aliases.iter().enumerate().map(|(i, name)| (path!["aliases", i].to_vec(), name.as_str()));
            (item, names.chain(aliases).collect::<Vec<_>>())
        });
        self.unique("countries.toml", "country", countries.collect());
        let organisations = parsed.organisations.organisations.iter().enumerate().map(|(item, one)| {
            let names = one.name.wordings().map(|(language, name)| (path!["name", language.code()].to_vec(), name));
            let acronyms = one
                .acronym
                .iter()
                .flat_map(|acronym| acronym.wordings().map(|(_, name)| (path!["acronym"].to_vec(), name)));
            let aliases = one.aliases.iter().enumerate().map(|(i, name)| (path!["aliases", i].to_vec(), name.as_str()));
            (item, names.chain(acronyms).chain(aliases).collect::<Vec<_>>())
        });
        self.unique("organisations.toml", "organisation", organisations.collect());
    }

    fn unique(&mut self, file: &str, table: &str, entries: Vec<(usize, Names<'_>)>) {
        let mut owners: HashMap<String, usize> = HashMap::new();
        for (item, names) in entries {
            for (path, name) in names {
                if *owners.entry(letters(name)).or_insert(item) != item {
                    let place: Vec<_> = path![table, item].iter().copied().chain(path).collect();
                    let message = format!("{name:?} already stands for another entry");
                    self.breach(Rule::DuplicateName, file, &place, message, "keep it with one of the two");
                }
            }
        }
    }
}

/// What a record says, with the key at which a missing source is reported.
fn said(process: &Process) -> impl Iterator<Item = (Statement, &'static str)> {
    let roles = |wanted: fn(ParticipantRole) -> bool| process.participants.iter().any(|group| wanted(group.role));
    let all = [
        (true, Statement::Name, "name"),
        (process.status.basis != StatusBasis::Silence, Statement::Status, "status"),
        (process.founding.is_some(), Statement::Founding, "founding"),
        (process.ended.is_some(), Statement::Ended, "ended"),
        (process.chair.is_some(), Statement::Chair, "chair"),
        (process.secretariat.is_some(), Statement::Secretariat, "secretariat"),
        (!process.iom_roles.is_empty(), Statement::IomRole, "iom_role"),
        (roles(|role| role == ParticipantRole::Member), Statement::Members, "participants"),
        (roles(|role| role == ParticipantRole::Observer), Statement::Observers, "participants"),
        (
            roles(|role| !matches!(role, ParticipantRole::Member | ParticipantRole::Observer)),
            Statement::Participants,
            "participants",
        ),
        (!process.associations.is_empty(), Statement::Associations, "associations"),
        (!process.themes.is_empty(), Statement::Themes, "themes"),
        (process.purpose.is_some(), Statement::Purpose, "purpose"),
        (!process.structure.is_empty(), Statement::Structure, "structure"),
        (!process.meetings.is_empty(), Statement::Meetings, "meeting"),
        (process.website.is_some(), Statement::Website, "website"),
    ];
    all.into_iter().filter(|(is_said, ..)| *is_said).map(|(_, statement, key)| (statement, key))
}

/// Names, each with its path.
type Names<'a> = Vec<(Vec<Step<'a>>, &'a str)>;

/// Every name by which people may call a process, with its path.
fn process_names(process: &Process) -> Names<'_> {
    let mut names: Names<'_> = Vec::new();
    names.extend(process.name.wordings().map(|(language, name)| (path!["name", language.code()].to_vec(), name)));
    names.extend(process.short_name.iter().flat_map(|short| {
        short.wordings().map(|(language, name)| (path!["short_name", language.code()].to_vec(), name))
    }));
    names.extend(
        process
            .acronym
            .iter()
            .flat_map(|acronym| acronym.wordings().map(|(_, name)| (path!["acronym"].to_vec(), name))),
    );
    for (key, list) in [
        ("other_acronyms", &process.other_acronyms),
        ("aliases", &process.aliases),
        ("former_names", &process.former_names),
    ] {
        names.extend(list.iter().enumerate().map(|(item, name)| (path![key, item].to_vec(), name.as_str())));
    }
    names
}

/// What finding looks at of a name, so that two names that lead to each other are one here too.
fn letters(name: &str) -> String {
    fold::squeeze(&fold::fold(name))
}
