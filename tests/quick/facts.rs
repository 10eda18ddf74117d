//! The facts collected before the catalogue was written are all in it, or stand here with the reason why not.
//!
//! The facts lie outside the repository, in `../shared/facts`. Where that folder is not there, the tests say so and
//! pass, unless `RCP_TESTS_REQUIRE_ALL` is set (and not to `tools`): then they fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rcp_bot::catalogue::{
    Acronym, CountriesFile, Fact, FactList, GeneralFile, GlossaryFile, IomFile, IomRoleKind, MeetingsFile, Name,
    OrganisationsFile, ParticipantRole, Process, RegionsFile, Text, When,
};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::support::left_out::{Lacks, left_out};

mod news;

// --- What is not in the catalogue, and why -----------------------------------------------------------------------------

/// Each finding that is right to stay, with its reason. One that no longer occurs must go.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "addresses of processes: khartoum-process: http://www.iom.int/eu-horn-africa-migration-route-initiative-khartoum-process",
        "the same page stood in the record twice; its address with https stays",
    ),
    (
        "addresses of processes: midwa: https://punchng.com/breaking-ecowas-okays-withdrawal-of-niger-mali-bfaso-by-january-2025/?utm_source=rss.punchng.com&utm_medium=web",
        "the address stands there without what tracks the reader",
    ),
    ("lists: au-hoai: the meeting of 2016-06", "the news of November 2026 gives the day, 4 June 2016"),
    ("lists: igad-rcp: the meeting of 2021-08-18", "the news of November 2026: the meeting lasted two days"),
    (
        "region and status: fibemyd: status unknown (listed: false), not active",
        "the news of November 2026: a fourth forum was held in 2024",
    ),
    (
        "years: tripoli-process: founded 2001, not Some(2006)",
        "the news of November 2026: 2001 is a slip of IOM's page; the record's note tells of it",
    ),
    ("news: rabat-process: 2014", "the news itself says that the conference of Rome, 2014, was not read"),
    (
        "addresses of the news: https://agpgabon.ga/2024/06/04/oim-les-acteurs-de-la-ceeac-outilles-sur-la-gouvernance-des-migrations",
        "the news gives it for the finding that there is nothing new on MIDCAS",
    ),
];

// --- The facts and the catalogue ---------------------------------------------------------------------------------------

struct Facts {
    processes: Vec<Table>,
    pointers: Vec<Table>,
    lists: Vec<Table>,
    meetings: Table,
    organisations: Table,
    iom: Table,
    general: Table,
}

struct Catalogue {
    processes: BTreeMap<String, Process>,
    process_urls: BTreeMap<String, BTreeSet<String>>,
    regions: RegionsFile,
    countries: CountriesFile,
    organisations: OrganisationsFile,
    meetings: MeetingsFile,
    iom: IomFile,
    general: GeneralFile,
    glossary: GlossaryFile,
    urls: BTreeSet<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The facts and the catalogue, or `None` where there are no facts.
fn both() -> Option<(Facts, Catalogue)> {
    let folder = root().join("../shared/facts");
    if !folder.is_dir() {
        left_out(Lacks::Paper, &format!("the facts are not here ({}): nothing is compared", folder.display()));
        return None;
    }
    let read = |name: &str| -> Table { parse(&folder.join(name)) };
    let files = ["processes-africa-mideast-interregional.toml", "processes-americas-asia-europe.toml"].map(read);
    let facts = Facts {
        processes: files.iter().flat_map(|file| tables(file, "process")).cloned().collect(),
        pointers: files.iter().flat_map(|file| tables(file, "not_rcp")).cloned().collect(),
        lists: files.iter().filter_map(|file| file.get("list")?.as_table().cloned()).collect(),
        meetings: read("meetings.toml"),
        organisations: read("organisations.toml"),
        iom: read("iom-role.toml"),
        general: read("general.toml"),
    };
    assert!(facts.processes.len() >= 40, "the facts hold {} processes", facts.processes.len());
    Some((facts, Catalogue::read(&root().join("data"))))
}

impl Catalogue {
    fn read(data: &Path) -> Catalogue {
        let mut urls = BTreeSet::new();
        let mut processes = BTreeMap::new();
        let mut process_urls = BTreeMap::new();
        for path in toml_files(&data.join("processes")) {
            let process: Process = parse(&path);
            let own = urls_in(&Value::Table(parse(&path)));
            urls.extend(own.iter().cloned());
            process_urls.insert(process.id.clone(), own);
            processes.insert(process.id.clone(), process);
        }
        for path in toml_files(data) {
            urls.extend(urls_in(&Value::Table(parse(&path))));
        }
        Catalogue {
            processes,
            process_urls,
            regions: parse(&data.join("regions.toml")),
            countries: parse(&data.join("countries.toml")),
            organisations: parse(&data.join("organisations.toml")),
            meetings: parse(&data.join("meetings.toml")),
            iom: parse(&data.join("iom.toml")),
            general: parse(&data.join("general.toml")),
            glossary: parse(&data.join("glossary.toml")),
            urls,
        }
    }

    /// The process that the facts call by any of its names.
    fn process_named(&self, name: &str) -> Option<&Process> {
        let wanted = fold(name);
        self.processes.values().find(|process| process_names(process).contains(&wanted))
    }
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a folder's entry").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

fn parse<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let items = table.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_table).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key)?.as_str()
}

fn texts<'a>(table: &'a Table, key: &str) -> Vec<&'a str> {
    match table.get(key) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn number(table: &Table, key: &str) -> Option<i64> {
    table.get(key)?.as_integer()
}

/// A value as the date that it is or begins with, as the catalogue writes it.
fn day(table: &Table, key: &str) -> Option<String> {
    match table.get(key)? {
        Value::Datetime(date) => Some(date.to_string()),
        Value::String(date) => Some(date.clone()),
        _ => None,
    }
}

/// Every web address in a value, in one spelling.
fn urls_in(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) if text.starts_with("http") => [spelling(text)].into(),
        Value::Array(items) => items.iter().flat_map(urls_in).collect(),
        Value::Table(table) => table.values().flat_map(urls_in).collect(),
        _ => BTreeSet::new(),
    }
}

fn spelling(url: &str) -> String {
    let url = url::Url::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
    url.as_str().trim_end_matches('/').to_owned()
}

/// A name without case, accents, spaces and punctuation.
fn fold(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let letters = name.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase);
    letters.filter(|character| character.is_alphanumeric()).collect()
}

fn name_forms(name: &Name) -> impl Iterator<Item = String> + '_ {
    name.wordings().map(|(_, wording)| fold(wording))
}

fn acronym_forms(acronym: &Option<Acronym>) -> impl Iterator<Item = String> + '_ {
    acronym.iter().flat_map(|acronym| acronym.wordings().map(|(_, wording)| fold(wording)))
}

fn process_names(process: &Process) -> BTreeSet<String> {
    let lists = [&process.other_acronyms, &process.aliases, &process.former_names];
    let listed = lists.into_iter().flatten().map(|name| fold(name));
    let short = process.short_name.iter().flat_map(name_forms);
    name_forms(&process.name).chain(short).chain(acronym_forms(&process.acronym)).chain(listed).collect()
}

/// A name of the facts as the names it is made of: what stands before a last bracket, and each name that stands in it.
/// A year in the bracket is no name.
fn parts(name: &str) -> Vec<&str> {
    let Some((before, within)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) else {
        return vec![name];
    };
    let mut parts = vec![within];
    for separator in [" ou ", " or ", " o ", ", "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    for word in ["anciennement ", "former "] {
        parts = parts.into_iter().map(|part| part.strip_prefix(word).unwrap_or(part)).collect();
    }
    parts.retain(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.push(before);
    parts
}

/// Whether a number stands in a text, by itself.
fn holds_number(text: &str, number: i64) -> bool {
    text.split(|character: char| !character.is_ascii_digit()).any(|digits| digits == number.to_string())
}

/// Every text of a record's notes and remarks, for numbers and names that a reader finds only there.
fn wording(text: &Text) -> String {
    text.wordings().map(|(_, wording)| wording).collect::<Vec<_>>().join(" ")
}

// --- Findings ----------------------------------------------------------------------------------------------------------

#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn want(&mut self, there: bool, what: impl Into<String>) {
        if !there {
            self.0.push(what.into());
        }
    }

    fn settle(self, topic: &str) {
        let expected: Vec<_> =
            EXCEPTIONS.iter().filter(|(finding, _)| finding.starts_with(&format!("{topic}: "))).collect();
        let found: BTreeSet<String> = self.0.into_iter().map(|finding| format!("{topic}: {finding}")).collect();
        let missing: Vec<_> = found.iter().filter(|one| !expected.iter().any(|(finding, _)| finding == one)).collect();
        let settled: Vec<_> = expected.iter().filter(|(finding, _)| !found.contains(*finding)).collect();
        assert!(
            missing.is_empty() && settled.is_empty(),
            "{} facts are missing:\n{}\nand {} exceptions are no longer any: {settled:#?}",
            missing.len(),
            missing.iter().map(|one| format!("  {one}\n")).collect::<String>(),
            settled.len(),
        );
    }
}

/// Runs `compare` over every process of the facts and its record.
fn each_process(topic: &str, compare: impl Fn(&mut Findings, &str, &Table, &Process, &Catalogue)) {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    for fact in &facts.processes {
        let slug = text(fact, "slug").expect("a process of the facts has a slug");
        match catalogue.processes.get(slug) {
            Some(process) => compare(&mut findings, slug, fact, process, &catalogue),
            None => findings.want(false, format!("{slug}: there is no such process")),
        }
    }
    findings.settle(topic);
}

// --- Processes ---------------------------------------------------------------------------------------------------------

#[test]
fn every_process_of_the_facts_is_in_the_catalogue() {
    each_process("processes", |_, _, _, _, _| {});
}

#[test]
fn every_name_acronym_and_alias_of_a_process_is_in_its_record() {
    each_process("names", |findings, slug, fact, process, _| {
        let known = process_names(process);
        let keys = ["acronym", "name_fr", "name_en", "name_es", "name_pt", "aliases", "former_names"];
        for name in keys.into_iter().flat_map(|key| texts(fact, key)).chain(texts(fact, "names_other")) {
            let whole = known.contains(&fold(name));
            for part in parts(name) {
                findings.want(whole || known.contains(&fold(part)), format!("{slug}: {part}"));
            }
        }
    });
}

#[test]
fn the_pointers_to_interregional_forums_add_no_name_that_the_record_lacks() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    for fact in &facts.pointers {
        let slug = text(fact, "slug").unwrap_or_default();
        let known = catalogue.processes.get(slug).map(process_names).unwrap_or_default();
        for name in ["acronym", "name_fr", "name_en"].into_iter().flat_map(|key| texts(fact, key)) {
            let whole = known.contains(&fold(name));
            for part in parts(name) {
                findings.want(whole || known.contains(&fold(part)), format!("{slug}: {part}"));
            }
        }
        let urls = catalogue.process_urls.get(slug).cloned().unwrap_or_default();
        for url in urls_in(&Value::Table(fact.clone())) {
            findings.want(urls.contains(&url), format!("{slug}: {url}"));
        }
    }
    findings.settle("pointers");
}

#[test]
fn every_address_of_a_process_is_in_its_record() {
    each_process("addresses of processes", |findings, slug, fact, _, catalogue| {
        let known = &catalogue.process_urls[slug];
        for url in urls_in(&Value::Table(fact.clone())) {
            findings.want(known.contains(&url), format!("{slug}: {url}"));
        }
    });
}

#[test]
fn region_and_status_are_those_of_the_facts() {
    each_process("region and status", |findings, slug, fact, process, catalogue| {
        let region = text(fact, "region").expect("a process of the facts has a region");
        let known = catalogue.regions.regions.iter().find(|known| known.id == process.region);
        let mut names: Vec<String> = known.map(|region| name_forms(&region.name).collect()).unwrap_or_default();
        names.extend(known.into_iter().flat_map(|region| region.aliases.iter().map(|alias| fold(alias))));
        let same = names.contains(&fold(region)) || parts(region).iter().any(|part| names.contains(&fold(part)));
        findings.want(same, format!("{slug}: region {region}, not {}", process.region));
        let status = text(fact, "status").expect("a process of the facts has a status");
        let listed = fact.get("on_reference_page").and_then(Value::as_bool).unwrap_or_default();
        let shown = process.status.value.key();
        findings.want(status == shown, format!("{slug}: status {status} (listed: {listed}), not {shown}"));
    });
}

#[test]
fn the_year_of_foundation_and_of_the_end_are_those_of_the_facts() {
    each_process("years", |findings, slug, fact, process, _| {
        if let Some(year) = number(fact, "established_year").or(number(fact, "established")) {
            let date = process.founding.as_ref().map(|founding| founding.date);
            let begins = date.and_then(|date| date.year()).map(i64::from);
            findings.want(begins == Some(year), format!("{slug}: founded {year}, not {begins:?}"));
        }
        if let Some(date) = day(fact, "established_date") {
            let known = process.founding.as_ref().map(|founding| founding.date.to_string());
            findings.want(known.as_deref() == Some(&date), format!("{slug}: founded {date}, not {known:?}"));
        }
        let ended = number(fact, "ended_year").map(|year| year.to_string());
        if let Some(date) = day(fact, "ended_date").or(ended) {
            let known = process.ended.as_ref().map(|ended| ended.date.to_string());
            findings.want(known.as_deref() == Some(&date), format!("{slug}: ended {date}, not {known:?}"));
        }
    });
}

#[test]
fn every_state_takes_part_in_the_capacity_that_the_facts_say() {
    use ParticipantRole::*;
    let capacities = [
        ("member_states", Member),
        ("observer_states", Observer),
        ("partner_states", Partner),
        ("supporting_states", Supporter),
        ("candidate_states", Candidate),
        ("invited_states", Invited),
        ("guest_states_older", Invited),
        ("founding_states", Founder),
        ("former_member_states", FormerMember),
    ];
    each_process("States", move |findings, slug, fact, process, _| {
        for (key, role) in capacities {
            let told: BTreeSet<&str> = texts(fact, key).into_iter().collect();
            let group = process.participants(role);
            let known: BTreeSet<&str> = group.iter().flat_map(|group| &group.states).map(String::as_str).collect();
            for state in told.difference(&known) {
                findings.want(false, format!("{slug}: {state} as {}", role.key()));
            }
        }
    });
}

#[test]
fn the_numbers_of_participants_are_those_of_the_facts_or_told_in_a_note() {
    each_process("numbers", |findings, slug, fact, process, _| {
        let counted = [("member_count", ParticipantRole::Member), ("observer_count", ParticipantRole::Observer)];
        for (key, role) in counted {
            let Some(count) = number(fact, key) else { continue };
            let group = process.participants(role);
            let matches = group.is_some_and(|group| {
                let listed = [group.states.len(), group.states.len() + group.organisations.len()];
                i64::from(group.count.unwrap_or_default()) == count
                    || (group.count.is_none() && listed.iter().any(|listed| *listed as i64 == count))
            });
            let notes = group.iter().flat_map(|group| &group.note).chain(process.notes.iter().map(|note| &note.text));
            let told = notes.map(wording).any(|note| holds_number(&note, count));
            findings.want(matches || told, format!("{slug}: {count} as {}", role.key()));
        }
    });
}

#[test]
fn the_chairing_country_is_that_of_the_facts() {
    each_process("chairs", |findings, slug, fact, process, catalogue| {
        if let Some(code) = text(fact, "chair_country") {
            let known = process.chair.as_ref().map(|chair| chair.countries.clone()).unwrap_or_default();
            findings.want(known.iter().any(|known| known == code), format!("{slug}: {code}, not {known:?}"));
        }
        findings.want(
            text(fact, "chair").is_none() || process.chair.is_some(),
            format!("{slug}: {}", text(fact, "chair").unwrap_or_default()),
        );
        if let Some(code) = text(fact, "chair_next") {
            let country = catalogue.countries.countries.iter().find(|country| country.code == code);
            let name = country.map(|country| country.name.get(rcp_bot::catalogue::Language::Fr)).unwrap_or(code);
            let told = process.chair.iter().flat_map(|chair| &chair.note).any(|note| wording(note).contains(name));
            let noted = process.notes.iter().any(|note| wording(&note.text).contains(name));
            findings.want(told || noted, format!("{slug}: {name} is next"));
        }
        // The facts' history sometimes begins or ends with the present chair.
        let told = texts(fact, "chair_history").len();
        let present = usize::from(process.chair.as_ref().is_some_and(|chair| !chair.countries.is_empty()));
        let known = process.chair.as_ref().map_or(0, |chair| chair.history.len()) + present;
        findings.want(known >= told, format!("{slug}: {told} chairs with the former ones, not {known}"));
    });
}

#[test]
fn themes_structure_and_meetings_are_as_many_as_in_the_facts() {
    each_process("lists", |findings, slug, fact, process, _| {
        let counted = [
            ("themes", texts(fact, "themes_fr").len(), process.themes.len()),
            ("structure", texts(fact, "structure_fr").len(), process.structure.len()),
            ("meetings", tables(fact, "meetings").len(), process.meetings.len()),
        ];
        for (what, told, known) in counted {
            findings.want(known >= told, format!("{slug}: {told} {what}, not {known}"));
        }
        for meeting in tables(fact, "meetings") {
            let Some(date) = day(meeting, "date") else { continue };
            let Ok(date) = date.parse::<When>() else { continue };
            let known = process.meetings.iter().any(|meeting| meeting.date == Some(date));
            findings.want(known, format!("{slug}: the meeting of {date}"));
        }
    });
}

#[test]
fn what_a_process_has_in_the_facts_it_has_in_its_record() {
    each_process("parts", |findings, slug, fact, process, _| {
        let secretariat = !texts(fact, "secretariat_orgs").is_empty();
        let parts = [
            ("secretariat", secretariat, process.secretariat.is_some()),
            ("purpose", fact.contains_key("purpose_fr"), process.purpose.is_some()),
            ("IOM's role", fact.contains_key("iom_role_fr"), !process.iom_roles.is_empty()),
            ("association", fact.contains_key("association"), !process.associations.is_empty()),
            (
                "rule of the chair",
                fact.contains_key("chair_rule_fr"),
                process.chair.iter().any(|one| one.rule.is_some()),
            ),
            (
                "place of foundation",
                fact.contains_key("established_place"),
                process.founding.iter().any(|one| one.place.is_some()),
            ),
            (
                "event of foundation",
                fact.contains_key("established_event_fr"),
                process.founding.iter().any(|one| one.event.is_some()),
            ),
            ("notes", fact.contains_key("notes"), !process.notes.is_empty()),
        ];
        for (what, told, known) in parts {
            findings.want(!told || known, format!("{slug}: {what}"));
        }
        let organisations: usize = process.participants.iter().map(|group| group.organisations.len()).sum();
        findings.want(
            texts(fact, "organisations").is_empty() || organisations > 0,
            format!("{slug}: {} organisations", texts(fact, "organisations").len()),
        );
    });
}

// --- IOM's role --------------------------------------------------------------------------------------------------------

#[test]
fn the_figures_of_iom_and_what_it_does_for_each_process_are_those_of_the_facts() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    let lists = FactList::ALL.iter().filter(|list| list.file() == "iom.toml");
    let all: Vec<&Fact> = lists.flat_map(|list| list.of(&catalogue.iom, &catalogue.general)).collect();
    for fact in tables(&facts.iom, "fact").into_iter().chain(tables(&facts.iom, "basic")) {
        let id = match text(fact, "id").unwrap_or_default() {
            // The catalogue names the task, not the division that has it.
            "ipd" => "coordination",
            id => id,
        };
        let Some(known) = all.iter().find(|known| known.id == id) else {
            findings.want(false, format!("{id}: there is no such statement"));
            continue;
        };
        if let Some(value) = number(fact, "value") {
            let date = known.date.and_then(|date| date.year()).map(i64::from);
            let same = known.value.map(i64::from) == Some(value) || date == Some(value);
            findings.want(same, format!("{id}: {value}, not {:?}", known.value));
        }
        for value in tables(fact, "variants").into_iter().filter_map(|variant| number(variant, "value")) {
            let told = known.notes.iter().any(|note| wording(&note.text).contains(&value.to_string()));
            let sourced =
                known.sources.iter().flat_map(|one| &one.says).any(|says| wording(says).contains(&value.to_string()));
            findings.want(told || sourced, format!("{id}: once {value}"));
        }
    }
    for fact in tables(&facts.iom, "rcp") {
        let name = text(fact, "process").unwrap_or_default();
        let role = text(fact, "role").unwrap_or_default();
        let Some(process) = catalogue.process_named(name) else {
            findings.want(false, format!("{name}: there is no such process"));
            continue;
        };
        for role in [Some(role), text(fact, "also")].into_iter().flatten() {
            let wanted = IomRoleKind::ALL.iter().find(|kind| kind.key() == role);
            let known: Vec<_> = process.iom_roles.iter().map(|known| known.role.key()).collect();
            findings.want(
                wanted.is_some_and(|wanted| known.contains(&wanted.key())),
                format!("{name}: {role}, not {known:?}"),
            );
        }
    }
    findings.settle("IOM");
}

// --- Meetings ----------------------------------------------------------------------------------------------------------

#[test]
fn every_global_meeting_is_in_the_catalogue_with_its_dates_place_and_themes() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    let meetings = &catalogue.meetings;
    for fact in tables(&facts.meetings, "meeting").into_iter().chain(tables(&facts.meetings, "related")) {
        let id = text(fact, "id").unwrap_or_default();
        let Some(known) = meetings.meetings.iter().find(|known| known.id == id) else {
            findings.want(false, format!("{id}: there is no such meeting"));
            continue;
        };
        let ordinal = number(fact, "ordinal");
        findings.want(known.ordinal.map(i64::from) == ordinal, format!("{id}: number {ordinal:?}"));
        let (start, end) = (day(fact, "start"), day(fact, "end"));
        let date = match (&start, &end) {
            (Some(start), Some(end)) if start != end => Some(format!("{start}/{end}")),
            _ => start.or_else(|| number(fact, "year").map(|year| year.to_string())),
        };
        findings.want(Some(known.date.to_string()) == date, format!("{id}: {date:?}, not {}", known.date));
        findings.want(known.country.as_deref() == text(fact, "country"), format!("{id}: the country"));
        let online = fact.get("online").and_then(Value::as_bool).unwrap_or_default();
        findings.want(known.online == online, format!("{id}: online is {online}"));
        for (key, name) in [("name", Some(&known.name)), ("theme", known.theme.as_ref())] {
            for language in rcp_bot::catalogue::Language::ALL {
                let Some(told) = text(fact, &format!("{key}_{language}")) else { continue };
                let shown = name.and_then(|name| name.exact(language)).unwrap_or_default();
                findings.want(fold(shown) == fold(told), format!("{id}: {key} in {language}: {told}"));
            }
        }
        for (key, told, shown) in [
            ("topics", texts(fact, "topics_fr").len(), known.topics.len()),
            ("outcomes", texts(fact, "outcomes_fr").len(), known.outcomes.len()),
            ("hosts", texts(fact, "hosts").len(), known.hosts.len() + known.host_countries.len()),
            ("attendance", usize::from(fact.contains_key("participants_fr")), usize::from(known.attendance.is_some())),
            ("processes", texts(fact, "rcps_present").len(), known.processes.len()),
        ] {
            findings.want(shown >= told, format!("{id}: {told} {key}, not {shown}"));
        }
    }
    let series = facts.meetings.get("series").and_then(Value::as_table).expect("the facts tell of the series");
    let mut names: BTreeSet<String> = name_forms(&meetings.series.name).collect();
    names.extend(meetings.series.aliases.iter().map(|alias| fold(alias)));
    names.extend(meetings.series.acronym.wordings().map(|(_, acronym)| fold(acronym)));
    for name in ["name_fr", "name_en", "acronym", "former_names_en", "later_names_en"]
        .into_iter()
        .flat_map(|key| texts(series, key))
    {
        findings.want(names.contains(&fold(name)), format!("series: {name}"));
    }
    findings.want(meetings.series.since.year() == number(series, "since").map(|year| year as i16), "series: since");
    findings.want(meetings.series.aims.len() >= texts(series, "aims_fr").len(), "series: aims");
    findings.settle("meetings");
}

// --- Organisations -----------------------------------------------------------------------------------------------------

#[test]
fn every_organisation_is_in_the_catalogue_with_its_names_seat_and_foundation() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    for fact in tables(&facts.organisations, "organisation") {
        let id = text(fact, "id").unwrap_or_default();
        let Some(known) = catalogue.organisations.organisations.iter().find(|known| fold(&known.id) == fold(id)) else {
            findings.want(false, format!("{id}: there is no such organisation"));
            continue;
        };
        let mut names: BTreeSet<String> = name_forms(&known.name).chain(acronym_forms(&known.acronym)).collect();
        names.extend(known.aliases.iter().map(|alias| fold(alias)));
        let keys = [
            "acronym_fr",
            "acronym_en",
            "acronym_es",
            "name_fr",
            "name_en",
            "name_es",
            "short_fr",
            "short_en",
            "name_fr_variants",
        ];
        for name in keys.into_iter().flat_map(|key| texts(fact, key)) {
            findings.want(names.contains(&fold(name)), format!("{id}: {name}"));
        }
        let founded = known.founded.and_then(|date| date.year()).map(i64::from);
        let told = number(fact, "founded").or_else(|| day(fact, "founded")?.get(..4)?.parse().ok());
        findings.want(told.is_none() || told == founded, format!("{id}: founded {told:?}, not {founded:?}"));
        let members = number(fact, "member_states");
        findings.want(
            members.is_none() || members == known.member_states.map(i64::from),
            format!("{id}: {members:?} member States, not {:?}", known.member_states),
        );
        let country = text(fact, "country");
        findings.want(country.is_none() || country == known.country.as_deref(), format!("{id}: country {country:?}"));
        let seat = text(fact, "seat_fr");
        let shown = known.seat.as_ref().map(wording).unwrap_or_default();
        findings.want(seat.is_none_or(|seat| shown.contains(seat)), format!("{id}: seat {seat:?}, not {shown:?}"));
    }
    findings.settle("organisations");
}

// --- General facts and glossary ----------------------------------------------------------------------------------------

#[test]
fn every_general_statement_is_in_the_catalogue() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    let general = FactList::ALL.iter().filter(|list| list.file() == "general.toml");
    for list in general {
        let (table, list) = (list.key(), list.of(&catalogue.iom, &catalogue.general));
        for fact in tables(&facts.general, table) {
            // Counts and milestones have no id in the facts: a count is found by its date and number, a milestone by
            // its year.
            let date = day(fact, "adopted").or_else(|| day(fact, "as_of")).or_else(|| day(fact, "date"));
            let date = date.or_else(|| number(fact, "year").map(|year| year.to_string()));
            let dated = |known: &&Fact| {
                known
                    .date
                    .map(|known| known.to_string())
                    .as_ref()
                    .is_some_and(|known| date.as_ref().is_some_and(|date| known.starts_with(date.as_str())))
            };
            let value = number(fact, "value");
            let known = match text(fact, "id") {
                Some(id) => list.iter().find(|known| known.id == id),
                None => list.iter().filter(dated).find(|known| known.value.map(i64::from) == value),
            };
            let id = text(fact, "id").or(text(fact, "text_en")).or(text(fact, "what_en")).unwrap_or_default();
            let Some(known) = known else {
                findings.want(false, format!("{table} {id}: there is no such statement"));
                continue;
            };
            if let Some(value) = number(fact, "value") {
                findings.want(known.value.map(i64::from) == Some(value), format!("{table} {id}: {value}"));
            }
            if let Some(reference) = text(fact, "un_number").or(text(fact, "isbn")) {
                let shown = known.reference.clone().unwrap_or_default();
                findings.want(shown.contains(reference), format!("{table} {id}: {reference}, not {shown}"));
            }
            findings.want(date.is_none() || dated(&known), format!("{table} {id}: {date:?}, not {:?}", known.date));
            let points = texts(fact, "points_fr").len();
            findings.want(known.points.len() >= points, format!("{table} {id}: {points} points"));
        }
    }
    findings.settle("general");
}

#[test]
fn every_term_of_the_glossary_is_in_the_catalogue_with_its_acronyms_and_variants() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    let terms = tables(&facts.general, "term");
    assert!(terms.len() >= 36 && catalogue.glossary.terms.len() >= 36);
    for fact in terms {
        let id = text(fact, "id").unwrap_or_default();
        let Some(known) = catalogue.glossary.terms.iter().find(|known| known.id == id) else {
            findings.want(false, format!("{id}: there is no such term"));
            continue;
        };
        for language in rcp_bot::catalogue::Language::ALL {
            let term = text(fact, language.code()).unwrap_or_default();
            let shown = known.name.exact(language).unwrap_or_default();
            findings.want(fold(term) == fold(shown), format!("{id}: {term}, not {shown}"));
            if let Some(acronym) = text(fact, &format!("acronym_{language}")) {
                let shown = known.acronym.as_ref().map(|acronym| acronym.get(language)).unwrap_or_default();
                findings.want(acronym == shown, format!("{id}: {acronym}, not {shown:?}"));
            }
            let own = texts(fact, "own").contains(&language.code());
            findings.want(own == known.name.is_own(language), format!("{id}: our own wording in {language}: {own}"));
        }
        let mut names: BTreeSet<String> = name_forms(&known.name).chain(acronym_forms(&known.acronym)).collect();
        names.extend(known.variants.iter().map(|variant| fold(variant)));
        for variant in ["es_variants", "acronym_es_variants", "fr_variants", "en_variants"]
            .into_iter()
            .flat_map(|key| texts(fact, key))
        {
            findings.want(names.contains(&fold(variant)), format!("{id}: {variant}"));
        }
    }
    findings.settle("glossary");
}

#[test]
fn every_address_of_the_facts_is_in_the_catalogue() {
    let Some((facts, catalogue)) = both() else { return };
    let mut findings = Findings::default();
    let files = [&facts.meetings, &facts.organisations, &facts.iom, &facts.general];
    let told: BTreeSet<String> =
        files.into_iter().chain(&facts.lists).flat_map(|file| urls_in(&Value::Table(file.clone()))).collect();
    assert!(told.len() > 100, "the facts hold {} addresses beside those of processes", told.len());
    for url in told {
        findings.want(catalogue.urls.contains(&url), url);
    }
    findings.settle("addresses");
}
