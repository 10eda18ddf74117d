//! What every rule needs: the records, the ids that references may name, and how a breach is told.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::catalogue::fold::fold;
use crate::catalogue::kept::{Checked, Surroundings};
use crate::catalogue::maps::FastSet;
use crate::catalogue::model::*;
use crate::catalogue::parsed::Parsed;
use crate::catalogue::problem::{Hint, MAX_PROBLEMS, Problem, Rule};
use crate::catalogue::read::{PathStep, locate, nearest};

/// The earliest year that a fact may bear: before the oldest organisation of the field.
const FIRST_YEAR: i16 = 1850;

/// How many years ahead of their collection facts may announce something.
const YEARS_AHEAD: i16 = 10;

/// After how many days facts count as stale.
const STALE_AFTER_DAYS: i64 = 365;

/// The way to a value: keys of tables and places in arrays.
macro_rules! at {
    ($($step:expr),* $(,)?) => { &[$(PathStep::from($step)),*] };
}

pub(super) use at;

/// The ids that references may name.
pub(super) struct Known<'a> {
    processes: Vec<&'a str>,
    pub(super) regions: Vec<&'a str>,
    countries: Vec<&'a str>,
    pub(super) organisations: Vec<&'a str>,
    pub(super) topics: Vec<&'a str>,
    sets: [FastSet<&'a str>; 5],
}

/// The lists of records that others refer to.
#[derive(Clone, Copy)]
pub(super) enum List {
    Processes,
    Regions,
    Countries,
    Organisations,
    Topics,
}

impl<'a> Known<'a> {
    pub(super) fn new(parsed: &'a Parsed<'_>) -> Known<'a> {
        let processes: Vec<_> = parsed.processes.iter().map(|one| one.process.id.as_str()).collect();
        let regions: Vec<_> = parsed.regions.regions.iter().map(|region| region.id.as_str()).collect();
        let countries: Vec<_> = parsed.countries.countries.iter().map(|country| country.code.as_str()).collect();
        let organisations: Vec<_> = parsed.organisations.organisations.iter().map(|one| one.id.as_str()).collect();
        let topics: Vec<_> = parsed.topics.topics.iter().map(|topic| topic.id.as_str()).collect();
        let lists = [&processes, &regions, &countries, &organisations, &topics];
        let mut sets = lists.map(|ids| ids.iter().copied().collect::<FastSet<&str>>());
        // A process whose file is called otherwise is one thing wrong: whoever names it by its file means it.
        let [named, ..] = &mut sets;
        named.extend(parsed.processes.iter().filter_map(|one| one.path.rsplit('/').next()?.strip_suffix(".toml")));
        Known { processes, regions, countries, organisations, topics, sets }
    }

    /// What the check of one process depends on beside its own file.
    pub(super) fn surroundings(&self, today: Date) -> Surroundings {
        let lists = [&self.regions, &self.countries, &self.organisations, &self.topics];
        Surroundings { today, ids: lists.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()) }
    }

    fn ids(&self, list: List) -> &[&'a str] {
        match list {
            List::Processes => &self.processes,
            List::Regions => &self.regions,
            List::Countries => &self.countries,
            List::Organisations => &self.organisations,
            List::Topics => &self.topics,
        }
    }
}

/// Applies rules and collects what breaks them.
pub(super) struct Checker<'a, 'p> {
    pub(super) parsed: &'a Parsed<'a>,
    pub(super) known: &'a Known<'a>,
    pub(super) today: Date,
    problems: &'p mut Vec<Problem>,
    /// How many problems were told of each file.
    told: HashMap<String, usize>,
}

impl<'a, 'p> Checker<'a, 'p> {
    pub(super) fn new(
        parsed: &'a Parsed<'a>,
        known: &'a Known<'a>,
        today: Date,
        problems: &'p mut Vec<Problem>,
    ) -> Checker<'a, 'p> {
        Checker { parsed, known, today, problems, told: HashMap::new() }
    }

    /// Tells what was found of a file before.
    pub(super) fn found(&mut self, file: &str, checked: &Checked) {
        if checked.found > 0 {
            *self.told.entry(file.to_owned()).or_default() += checked.found;
            self.problems.extend(checked.problems.iter().cloned());
        }
    }

    /// How much was found of a file, told or not.
    pub(super) fn told_of(&self, file: &str) -> usize {
        self.told.get(file).copied().unwrap_or_default()
    }

    pub(super) fn breach(
        &mut self,
        rule: Rule,
        file: &str,
        path: &[PathStep<'_>],
        message: String,
        help: impl Into<String>,
    ) {
        let top = path.iter().find_map(|step| match step {
            PathStep::Key(key) => Some(*key),
            PathStep::Item(_) => None,
        });
        self.breach_hinting(rule, file, path, (message, help.into()), Hint::new(top.unwrap_or_default(), ""));
    }

    /// The same, where the mend depends on more than the key at the top.
    pub(super) fn breach_hinting(
        &mut self,
        rule: Rule,
        file: &str,
        path: &[PathStep<'_>],
        (message, help): (String, String),
        hint: Hint,
    ) {
        // Finding a place means reading the file again, so that more than a person reads is not looked for.
        let told = self.told.entry(file.to_owned()).or_default();
        *told += 1;
        if *told > MAX_PROBLEMS {
            return;
        }
        let place = self.parsed.text(file).map(|text| locate(&text, path));
        self.problems.push(Problem::new(rule, file, place, message, help).hinting(hint));
    }

    pub(super) fn id_form(&mut self, file: &str, path: &[PathStep<'_>], id: &str) {
        let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || id.starts_with('-') || id.ends_with('-') || id.is_empty() {
            let message = format!("the id {id:?} has other characters than a to z, 0 to 9 and hyphens within");
            self.breach(Rule::BadId, file, path, message, "write it like processus-de-quito; it stays for ever");
        }
    }

    pub(super) fn has_sources(&mut self, file: &str, path: &[PathStep<'_>], sources: &[Source]) {
        if sources.is_empty() {
            let message = "nothing says where this comes from".to_owned();
            self.breach(Rule::Unsupported, file, path, message, "add a source with its url");
        }
    }

    /// The id that is meant: that of the one record which is called so, else the nearest. No code of a country is near another:
    /// with one letter changed it is that of some other country.
    fn meant(&self, list: List, written: &str) -> Option<&'a str> {
        let written_so = fold(written);
        let is = |name: &str| fold(name) == written_so;
        let called: Vec<&'a str> = match list {
            List::Countries => {
                let countries = self.parsed.countries.countries.iter();
                let names = |one: &&Country| {
                    let own = one.name.wordings().any(|(_, name)| is(name)) || is(&one.code);
                    own || one.aliases.iter().chain(&one.former_names).any(|name| is(name))
                };
                countries.filter(names).map(|one| one.code.as_str()).collect()
            }
            List::Organisations => {
                let organisations = self.parsed.organisations.organisations.iter();
                let names = |one: &&Organisation| {
                    let own = one.name.wordings().any(|(_, name)| is(name)) || is(&one.id);
                    let acronym = one.acronym.iter().flat_map(Acronym::wordings).any(|(_, acronym)| is(acronym));
                    own || acronym || one.aliases.iter().any(|name| is(name))
                };
                organisations.filter(names).map(|one| one.id.as_str()).collect()
            }
            List::Regions => {
                let regions = self.parsed.regions.regions.iter();
                let names = |one: &&Region| {
                    one.name.wordings().any(|(_, name)| is(name)) || one.aliases.iter().any(|name| is(name))
                };
                regions.filter(names).map(|one| one.id.as_str()).collect()
            }
            List::Processes | List::Topics => Vec::new(),
        };
        match (called.as_slice(), list) {
            ([one], _) => Some(one),
            (_, List::Countries) => None,
            _ => nearest(written, self.known.ids(list)),
        }
    }

    #[expect(clippy::indexing_slicing, reason = "there is a set for each list")]
    pub(super) fn reference(&mut self, list: List, file: &str, path: &[PathStep<'_>], id: &str) {
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
            List::Topics => (Rule::UnknownTopic, "topic", "topics.toml"),
        };
        let sort = if matches!(list, List::Countries) { "a code" } else { "an id" };
        let (help, hint) = match self.meant(list, id) {
            Some(near) => (format!("did you mean {near:?}? Otherwise add it to {place}"), Hint::new("near", near)),
            None => (format!("write {sort} that stands in {place}, or add it there"), Hint::default()),
        };
        self.breach_hinting(rule, file, path, (format!("there is no {what} {id:?}"), help), hint);
    }

    /// Every id of a list is known and stands once.
    pub(super) fn references(&mut self, list: List, file: &str, path: &[PathStep<'_>], ids: &[String]) {
        let mut seen = FastSet::default();
        let mut place: Vec<_> = path.iter().copied().chain([PathStep::Item(0)]).collect();
        for (item, id) in ids.iter().enumerate() {
            if let Some(last) = place.last_mut() {
                *last = PathStep::Item(item);
            }
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

    pub(super) fn years(&mut self, file: &str, path: &[PathStep<'_>], when: When, collected: When) {
        let last = collected.year().unwrap_or(self.today.year()).saturating_add(YEARS_AHEAD);
        let ends = [when.earliest().0, when.latest().0];
        if let Some(year) = ends.into_iter().find(|year| *year != i16::MIN && !(FIRST_YEAR..=last).contains(year)) {
            let message = format!("the year {year} lies outside {FIRST_YEAR} to {last}");
            self.breach(Rule::YearRange, file, path, message, "check the digits");
        }
    }

    pub(super) fn collected(&mut self, file: &str, collected: When) {
        let (year, month, day) = collected.earliest();
        let exact = i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d).ok());
        let Some(date) = exact.filter(|_| matches!(collected, When::On(point) if point.day.is_some())) else {
            let message = "the day of collection must be a whole date".to_owned();
            return self.breach(Rule::Date, file, at!["collected"], message, "write it like 2026-11-23");
        };
        let age = (self.today - date).get_days();
        if i64::from(age) > STALE_AFTER_DAYS {
            let message = format!("these facts were collected {age} days ago");
            self.breach(
                Rule::StaleFacts,
                file,
                at!["collected"],
                message,
                "look at the sources again and set the new day",
            );
        } else if age < -1 {
            let message =
                format!("the facts were collected on {date}, and by this machine's clock today is {}", self.today);
            let help = "set the clock, or write the day on which the sources were read";
            self.breach(Rule::FutureFacts, file, at!["collected"], message, help);
        }
    }
}
