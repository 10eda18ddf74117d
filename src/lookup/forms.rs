//! By which words each entry of the catalogue can be called, of what kind each is, and which entries come first.
//!
//! A new kind of name in the model is made findable here. Nothing here compares or ranks.

use std::collections::HashMap;

use crate::catalogue::{
    Acronym, Catalogue, GlobalMeeting, Language, Moved, Name, Organisation, ParticipantRole, Process, Region,
    StatusValue, Term, Text, Topic,
};
use crate::lookup::Entity;
use crate::lookup::sort::Sorter;

/// What a form is to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// The full name.
    Full,
    /// The usual short name.
    Short,
    /// An acronym, or a country's code of ISO 3166.
    Acronym,
    /// A code by which other lists know a country (the IOC's, FIFA's, signs of vehicles), or an acronym of its name.
    OtherCode,
    /// Another name in use; of a meeting its year, its number or its place.
    Alias,
    /// A name that it once had.
    Former,
    /// What stands before the brackets of a name, which tell it from another that is called so too: "Congo (DRC)".
    Bare,
    /// What stands in the brackets of a name, and may be as much of another.
    Part,
}

/// One form of an entry.
#[derive(Debug, PartialEq)]
pub(super) struct NameForm {
    /// As the catalogue writes it.
    pub text: String,
    pub kind: FormKind,
    /// Its language; `None` where it belongs to all, as aliases do.
    pub language: Option<Language>,
}

/// One entry with everything by which it is found.
pub(super) struct NamedEntry {
    pub id: String,
    /// 0 comes first: an active process before an emerging one.
    pub status: u8,
    /// The id of the State that administers it, where it is a territory.
    pub administered_by: Option<String>,
    /// What else goes before names in the order of lists; smaller comes first.
    pub weight: i64,
    /// The name in each language, for sorting.
    pub names: [String; 3],
    pub forms: Vec<NameForm>,
}

/// In how many processes countries and organisations have a part, by which lists put them in order. Those in none are not
/// there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    countries: HashMap<String, i64>,
    organisations: HashMap<String, i64>,
}

impl Weights {
    pub(super) fn new(catalogue: &Catalogue) -> Weights {
        let mut weights = Weights::default();
        catalogue.processes.iter().for_each(|process| weights.count(process, 1));
        weights
    }

    /// The weights now, from those before.
    pub(super) fn edited(&self, moved: &Moved<'_>) -> Weights {
        let mut weights = self.clone();
        moved.gone().for_each(|process| weights.count(process, -1));
        moved.come().for_each(|process| weights.count(process, 1));
        weights.countries.retain(|_, weight| *weight != 0);
        weights.organisations.retain(|_, weight| *weight != 0);
        weights
    }

    /// Whether countries weigh as they do in others; and organisations.
    pub(super) fn equal(&self, others: &Weights) -> [bool; 2] {
        [self.countries == others.countries, self.organisations == others.organisations]
    }

    /// Counts a process so many times.
    fn count(&mut self, process: &Process, times: i64) {
        fn add(weights: &mut HashMap<String, i64>, id: &str, weight: i64) {
            match weights.get_mut(id) {
                Some(there) => *there += weight,
                None => _ = weights.insert(id.to_owned(), weight),
            }
        }
        let standing = process.participants.iter().filter(|participants| {
            !matches!(participants.role, ParticipantRole::FormerMember | ParticipantRole::Invited)
        });
        for code in distinct(standing.flat_map(|one| &one.states)) {
            add(&mut self.countries, code, times);
        }
        for organisation in distinct(process.secretariat.iter().flat_map(|secretariat| &secretariat.organisations)) {
            // No organisation takes part in as many processes, so one served outweighs all others.
            add(&mut self.organisations, organisation, 1_000_000 * times);
        }
        for organisation in distinct(process.participants.iter().flat_map(|participants| &participants.organisations)) {
            add(&mut self.organisations, organisation, times);
        }
    }
}

fn distinct<'p>(ids: impl Iterator<Item = &'p String>) -> Vec<&'p str> {
    let mut ids: Vec<&str> = ids.map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The entries of one kind.
pub(super) fn entries(catalogue: &Catalogue, weights: &Weights, entity: Entity) -> Vec<NamedEntry> {
    match entity {
        Entity::Process => catalogue.processes.iter().map(|one| process(catalogue, one)).collect(),
        Entity::Region => catalogue.regions.iter().enumerate().map(region).collect(),
        Entity::Country => countries(catalogue, weights),
        Entity::Organisation => organisations(catalogue, weights),
        Entity::Meeting => meetings(catalogue),
        Entity::Term => catalogue.glossary.terms.iter().map(term).collect(),
        Entity::Topic => catalogue.topics.iter().enumerate().map(topic).collect(),
    }
}

/// The order in which a reader of a language meets the entries when nothing has been typed.
pub(super) fn order(entries: &[NamedEntry], sorter: &Sorter) -> Vec<u32> {
    let keys: Vec<_> = entries
        .iter()
        .map(|entry| {
            let name = entry.names.get(sorter.language().index()).map_or("", String::as_str);
            (entry.status, entry.weight, sorter.key(name), &entry.id)
        })
        .collect();
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    order.sort_by_key(|&place| keys.get(place as usize));
    order
}

/// Everything that a process is called.
fn names_of(process: &Process, forms: &mut FormList) {
    forms.name(&process.name, FormKind::Full);
    if let Some(name) = &process.short_name {
        forms.name(name, FormKind::Short);
    }
    forms.acronym(process.acronym.as_ref());
    forms.plain(&process.other_acronyms, FormKind::Acronym);
    forms.plain(&process.aliases, FormKind::Alias);
    forms.plain(&process.former_names, FormKind::Former);
}

/// A process by its names.
pub(super) fn process(catalogue: &Catalogue, process: &Process) -> NamedEntry {
    let mut forms = FormList::default();
    names_of(process, &mut forms);
    let name = process.short_name.as_ref().unwrap_or(&process.name);
    NamedEntry {
        id: process.id.clone(),
        // Emerging ones follow the active; nobody looks first for those that have ended.
        status: match process.status.value {
            StatusValue::Active => 0,
            StatusValue::Emerging => 1,
            StatusValue::Unknown => 2,
            StatusValue::Inactive => 3,
        },
        administered_by: None,
        weight: catalogue.region_place(process).map_or(i64::MAX, |place| place as i64),
        names: Language::ALL.map(|language| name.get(language).to_owned()),
        forms: forms.0,
    }
}

/// Whether two processes have one id and the same names: all that [`process`] makes forms of.
pub(super) fn are_called_alike(one: &Process, other: &Process) -> bool {
    let names = |process: &Process| {
        let mut forms = FormList::default();
        names_of(process, &mut forms);
        forms.0
    };
    one.id == other.id && names(one) == names(other)
}

fn region((place, region): (usize, &Region)) -> NamedEntry {
    let mut forms = FormList::default();
    forms.name(&region.name, FormKind::Full);
    forms.plain(&region.aliases, FormKind::Alias);
    forms.push(&region.emoji, FormKind::Alias, None);
    NamedEntry {
        id: region.id.clone(),
        status: 0,
        administered_by: None,
        weight: place as i64,
        names: Language::ALL.map(|language| region.name.get(language).to_owned()),
        forms: forms.0,
    }
}

/// Countries that take part in most processes come first.
fn countries(catalogue: &Catalogue, weights: &Weights) -> Vec<NamedEntry> {
    let one = |country: &crate::catalogue::Country| {
        let mut forms = FormList::default();
        forms.text(&country.name, FormKind::Full);
        forms.push(&country.code, FormKind::Acronym, None);
        for (place, alias) in country.aliases.iter().enumerate() {
            let is_code = alias.len() <= 4 && alias.bytes().all(|byte| byte.is_ascii_uppercase());
            let kind = match is_code {
                // The three letters of ISO 3166-1 stand first.
                true if place == 0 => FormKind::Acronym,
                true => FormKind::OtherCode,
                false => FormKind::Alias,
            };
            forms.push(alias, kind, None);
        }
        forms.plain(&country.former_names, FormKind::Former);
        NamedEntry {
            id: country.code.clone(),
            status: 0,
            administered_by: country.administered_by.clone(),
            weight: -weights.countries.get(country.code.as_str()).copied().unwrap_or(0),
            names: Language::ALL.map(|language| country.name.get(language).to_owned()),
            forms: forms.0,
        }
    };
    catalogue.countries.iter().map(one).collect()
}

/// Organisations that serve most processes come first, then those that take part in most.
fn organisations(catalogue: &Catalogue, weights: &Weights) -> Vec<NamedEntry> {
    let one = |organisation: &Organisation| {
        let mut forms = FormList::default();
        forms.name(&organisation.name, FormKind::Full);
        forms.acronym(organisation.acronym.as_ref());
        forms.plain(&organisation.aliases, FormKind::Alias);
        NamedEntry {
            id: organisation.id.clone(),
            status: 0,
            administered_by: None,
            weight: -weights.organisations.get(organisation.id.as_str()).copied().unwrap_or(0),
            names: Language::ALL.map(|language| organisation.name.get(language).to_owned()),
            forms: forms.0,
        }
    };
    catalogue.organisations.iter().map(one).collect()
}

/// Meetings are called by their names, years, numbers and places. The newest comes first.
fn meetings(catalogue: &Catalogue) -> Vec<NamedEntry> {
    let one = |meeting: &GlobalMeeting| {
        let mut forms = FormList::default();
        forms.name(&meeting.name, FormKind::Full);
        if let Some(year) = meeting.date.year() {
            forms.push(&year.to_string(), FormKind::Alias, None);
        }
        if let Some(place) = &meeting.place {
            forms.text(place, FormKind::Alias);
        }
        for code in meeting.country.iter().chain(&meeting.host_countries) {
            if let Some(country) = catalogue.country(code) {
                forms.text(&country.name, FormKind::Alias);
            }
        }
        if let Some(ordinal) = meeting.ordinal {
            for (_, acronym) in catalogue.meetings.series.acronym.wordings() {
                forms.push(&format!("{acronym} {ordinal}"), FormKind::Acronym, None);
            }
            numbered(ordinal, &mut forms);
        }
        let (year, month, day) = meeting.date.latest();
        NamedEntry {
            id: meeting.id.clone(),
            status: 0,
            administered_by: None,
            weight: -(i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day)),
            names: Language::ALL.map(|language| meeting.name.get(language).to_owned()),
            forms: forms.0,
        }
    };
    catalogue.meetings.meetings.iter().map(one).collect()
}

/// How people write the number of a meeting: 8, 8e, 8th, 8.ª, n° 8, eighth.
fn numbered(ordinal: u8, forms: &mut FormList) {
    let ending = match (ordinal % 10, ordinal % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    let first = if ordinal == 1 { "re" } else { "e" };
    let written = [
        (Language::Fr, "réunion", &[first, "ème", "eme"][..], FRENCH.get(usize::from(ordinal))),
        (Language::En, "meeting", &[ending][..], ENGLISH.get(usize::from(ordinal))),
        (Language::Es, "reunión", &["a", "o"][..], SPANISH.get(usize::from(ordinal))),
    ];
    forms.push(&ordinal.to_string(), FormKind::Alias, None);
    for (language, meeting, endings, word) in written {
        for ending in endings {
            forms.push(&format!("{ordinal}{ending} {meeting}"), FormKind::Alias, Some(language));
            forms.push(&format!("{ordinal}{ending}"), FormKind::Alias, Some(language));
        }
        forms.push(&format!("{meeting} {ordinal}"), FormKind::Alias, Some(language));
        if let Some(word) = word {
            forms.push(&format!("{word} {meeting}"), FormKind::Alias, Some(language));
        }
    }
}

/// The ordinals as words, by number; a meeting beyond them goes by its digits.
const FRENCH: [&str; 16] = [
    "",
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
];
const ENGLISH: [&str; 16] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
];
const SPANISH: [&str; 16] = [
    "",
    "primera",
    "segunda",
    "tercera",
    "cuarta",
    "quinta",
    "sexta",
    "séptima",
    "octava",
    "novena",
    "décima",
    "undécima",
    "duodécima",
    "decimotercera",
    "decimocuarta",
    "decimoquinta",
];

fn term(term: &Term) -> NamedEntry {
    let mut forms = FormList::default();
    forms.name(&term.name, FormKind::Full);
    forms.acronym(term.acronym.as_ref());
    forms.plain(&term.variants, FormKind::Alias);
    NamedEntry {
        id: term.id.clone(),
        status: 0,
        administered_by: None,
        weight: 0,
        names: Language::ALL.map(|language| term.name.get(language).to_owned()),
        forms: forms.0,
    }
}

fn topic((place, topic): (usize, &Topic)) -> NamedEntry {
    let mut forms = FormList::default();
    forms.text(&topic.name, FormKind::Full);
    forms.plain(&topic.aliases, FormKind::Alias);
    NamedEntry {
        id: topic.id.clone(),
        status: 0,
        administered_by: None,
        weight: place as i64,
        names: Language::ALL.map(|language| topic.name.get(language).to_owned()),
        forms: forms.0,
    }
}

#[derive(Default)]
struct FormList(Vec<NameForm>);

impl FormList {
    fn push(&mut self, text: &str, kind: FormKind, language: Option<Language>) {
        self.0.push(NameForm { text: text.to_owned(), kind, language });
        // "Panel on Migration (former Söderköping Process)": people type either half.
        if let Some((before, rest)) = text.split_once('(') {
            let (inside, _) = rest.split_once(')').unwrap_or((rest, ""));
            for (half, kind) in [(before, FormKind::Bare), (inside, FormKind::Part)] {
                self.0.push(NameForm { text: half.to_owned(), kind, language });
            }
        }
    }

    fn name(&mut self, name: &Name, kind: FormKind) {
        for (language, text) in name.wordings() {
            self.push(text, kind, Some(language));
        }
    }

    fn text(&mut self, text: &Text, kind: FormKind) {
        for (language, text) in text.wordings() {
            self.push(text, kind, Some(language));
        }
    }

    fn acronym(&mut self, acronym: Option<&Acronym>) {
        match acronym {
            None => {}
            Some(Acronym::Same(text)) => self.push(text, FormKind::Acronym, None),
            Some(Acronym::Each(texts)) => self.text(texts, FormKind::Acronym),
        }
    }

    fn plain(&mut self, texts: &[String], kind: FormKind) {
        for text in texts {
            self.push(text, kind, None);
        }
    }
}
