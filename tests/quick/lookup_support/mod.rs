//! The shipped catalogue, read without any check, and a small source of repeatable chance.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::expect_used, reason = "a test that panics has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use rcp_bot::catalogue::*;
use rcp_bot::lookup::Finding;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folder of the shipped data.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file that may not be there, or an empty one in its place.
fn read_or<T: DeserializeOwned>(name: &str, empty: &str) -> T {
    let path = data().join(name);
    if path.exists() { read(&path) } else { toml::from_str(empty).expect(name) }
}

/// The shipped catalogue.
pub fn shipped() -> Catalogue {
    let mut files: Vec<PathBuf> =
        fs::read_dir(data().join("processes")).expect("processes").map(|file| file.expect("file").path()).collect();
    files.sort();
    let processes =
        files.iter().filter(|path| path.extension().is_some_and(|end| end == "toml")).map(|path| read(path));
    with_processes(processes.collect())
}

/// The shipped catalogue with other processes.
pub fn with_processes(processes: Vec<Process>) -> Catalogue {
    let regions: RegionsFile = read_or("regions.toml", "region = []");
    let countries: CountriesFile = read_or("countries.toml", "country = []");
    let organisations: OrganisationsFile = read_or("organisations.toml", "organisation = []");
    Catalogue::from_parts(
        processes,
        (regions.regions, countries.countries, organisations.organisations),
        read_or(
            "meetings.toml",
            "collected = '2026'\nmeeting = []\n[series]\nname = {}\nacronym = 'GRCP'\nsince = '2005'\nrhythm = {}\n\
             organiser = 'iom'\ninvited = {}\naims = []\nsource = []",
        ),
        (
            read_or("iom.toml", "collected = '2026'\npages = {}\nsummary = {}\nfigure = []\nrole = []\nbasic = []"),
            read_or(
                "general.toml",
                "collected = '2026'\npages = {}\nfeature = []\ntopic = []\nachievement = []\ncontribution = []\n\
                 reference = []\nlevel = []\ncount = []\nmilestone = []\nstudy = []\n[definition]\ntext = {}\nsource = []",
            ),
            read_or("glossary.toml", "collected = '2026'\nterm = []"),
        ),
        (
            read_or("topics.toml", "topic = []"),
            read_or("questions.toml", "filler = []\nunanswered = []\nquestion = []"),
        ),
    )
}

/// Chance that is the same in every run (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A catalogue of so many generated processes, named as real ones are.
pub fn generated(size: usize) -> Catalogue {
    let mut chance = Chance(size as u64);
    let syllables =
        ["ka", "ri", "mo", "ne", "sul", "ta", "ver", "lo", "min", "da", "po", "que", "bra", "zi", "gan", "ou"];
    let mut place = || -> String {
        let name: String = (0..2 + chance.below(3)).map(|_| *chance.pick(&syllables)).collect();
        name[..1].to_uppercase() + &name[1..]
    };
    let places: Vec<String> = (0..size * 2).map(|_| place()).collect();
    let mut chance = Chance(7);
    let statuses = ["active", "active", "emerging", "inactive", "unknown"];
    let regions = ["africa", "americas", "asia-pacific", "europe", "middle-east", "interregional"];
    let mut one = |number: usize| {
        let (here, there) = (&places[2 * number], &places[2 * number + 1]);
        let (fr, en, es) = match chance.below(4) {
            0 => (
                format!("Dialogue sur la migration pour {here} et {there}"),
                format!("Migration Dialogue for {here} and {there}"),
                format!("Diálogo sobre Migración para {here} y {there}"),
            ),
            1 => (format!("Processus de {here}"), format!("{here} Process"), format!("Proceso de {here}")),
            2 => (
                format!("Conférence régionale sur la migration de {here} ({there})"),
                format!("{here} Regional Conference on Migration ({there})"),
                format!("Conferencia Regional sobre Migración de {here} ({there})"),
            ),
            _ => (
                format!(
                    "Processus consultatif régional des États de {here} et de {there} sur les réfugiés et la main-d'œuvre"
                ),
                format!("Regional Consultative Process of the States of {here} and {there} on Refugees and Labour"),
                format!("Proceso regional consultivo de los Estados de {here} y {there} sobre refugiados y trabajo"),
            ),
        };
        let acronym = format!("M{}{}{}", &here[..2], &there[..2], number % 97).to_uppercase();
        let text = format!(
            "id = 'p{number}'\nkind = 'regional'\nregion = '{}'\ncollected = '2026'\nacronym = '{acronym}'\n\
             aliases = [\"Initiative {here}-{there}\", \"{there} Forum\"]\nformer_names = [\"Groupe de {there}\"]\n\
             name = {{ fr = \"{fr}\", en = \"{en}\", es = \"{es}\" }}\n\
             purpose = {{ fr = \"Accorder les politiques migratoires de {here} et de {there}.\", en = \"Bring the migration policies of {here} and {there} into line.\" }}\n\
             [freshness]\n[status]\nvalue = '{}'\nbasis = 'silence'\n[[source]]\nurl = 'https://example.org'\n",
            chance.pick(&regions),
            chance.pick(&statuses),
        );
        toml::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    with_processes((0..size).map(&mut one).collect())
}

/// How often names of countries lead where they should.
#[derive(Debug, Default)]
pub struct NameRates {
    /// So many were asked.
    pub asked: usize,
    at_once: usize,
    wrong: Vec<String>,
    others: Vec<String>,
}

impl NameRates {
    /// Notes what a name led to.
    pub fn count(&mut self, finding: &Finding<'_>, code: &str, name: &str) {
        self.asked += 1;
        match finding {
            Finding::One(one) if one.id == code => self.at_once += 1,
            Finding::One(one) => self.wrong.push(format!("{name:?} ({code}) led to {}", one.id)),
            _ => self.others.push(format!("{name:?} ({code})")),
        }
    }

    /// At least 97 of a hundred lead to their country at once, and none to another.
    pub fn judge(&self, what: &str) {
        println!(
            "{what}: {} of {} at once, {} wrong; not: {:?}",
            self.at_once,
            self.asked,
            self.wrong.len(),
            self.others
        );
        assert!(self.wrong.is_empty(), "{what}: {}", self.wrong.join("\n"));
        assert!(self.at_once * 100 >= self.asked * 97, "{what}: {} of {}", self.at_once, self.asked);
    }
}

/// What people make of a country's name: capitals, no accents, another apostrophe, an article, the form of State.
pub fn variants(code: &str, name: &str, language: Language) -> Vec<String> {
    let plain: String = name.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let (the, republic) = match language {
        Language::Fr => ("la", "République de"),
        Language::En => ("the", "Republic of"),
        Language::Es => ("el", "República de"),
    };
    let mut variants = vec![
        name.to_owned(),
        name.to_uppercase(),
        name.nfd().collect(),
        name.replace(['\'', '’'], "`").replace('-', " "),
        format!("{the} {name}"),
        format!("{name} ({the})"),
    ];
    // The Republic of China is Taiwan.
    if code != "CN" {
        variants.extend([format!("{republic} {plain}"), format!("{plain}, {republic}")]);
    }
    variants.push(plain);
    variants
}

/// A catalogue of one process for each text, `p0` and so on, each of which says its text in one language and nothing
/// else that could be found.
pub fn with_texts<'a>(language: Language, texts: impl Iterator<Item = &'a str>) -> Catalogue {
    let one = |(number, text): (usize, &str)| -> Process {
        let process = format!(
            "id = 'p{number}'\nkind = 'regional'\nregion = 'africa'\ncollected = '2026'\nname = {{ {code} = 'xyz' }}\n\
             purpose = {{ {code} = \"qwx {text} qwx.\" }}\n[freshness]\n[status]\nvalue = 'active'\nbasis = 'silence'\n\
             [[source]]\nurl = 'https://example.org'\n",
            code = language.code(),
        );
        toml::from_str(&process).unwrap_or_else(|error| panic!("{process}: {error}"))
    };
    let parts = (Vec::new(), Vec::new(), Vec::new());
    Catalogue::from_parts(
        texts.enumerate().map(one).collect(),
        parts,
        empty(
            "collected = '2026'\nmeeting = []\n[series]\nname = {}\nacronym = 'GRCP'\nsince = '2005'\nrhythm = {}\n\
             organiser = 'iom'\ninvited = {}\naims = []\nsource = []",
        ),
        (
            empty("collected = '2026'\npages = {}\nsummary = {}\nfigure = []\nrole = []\nbasic = []"),
            empty(
                "collected = '2026'\npages = {}\nfeature = []\ntopic = []\nachievement = []\ncontribution = []\n\
                 reference = []\nlevel = []\ncount = []\nmilestone = []\nstudy = []\n[definition]\ntext = {}\nsource = []",
            ),
            empty("collected = '2026'\nterm = []"),
        ),
        (empty("topic = []"), empty("filler = []\nunanswered = []\nquestion = []")),
    )
}

fn empty<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
