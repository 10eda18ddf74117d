//! What follows from the processes for regions, countries, organisations and IOM, so that it is never written twice in the
//! data. Lists are sorted and counted here, once, so that an answer takes no longer the more processes there are.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::catalogue::{
    Catalogue, FastMap, IomRoleKind, Kind, Language, ParticipantRole, Process, Secretariat, StatusValue, When, joined,
};

use crate::snapshot::orders::Orders;

/// In what a process is bound to a country or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Chairs it.
    Chair,
    /// Serves as its secretariat or provides it.
    Secretariat,
    /// Takes part in it.
    Participant(ParticipantRole),
    /// Is the institution to which it is attached.
    Association,
}

/// A dated meeting of a process: the place of the process in the catalogue's list, and that of the meeting in its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The process.
    pub process: usize,
    /// The meeting.
    pub meeting: usize,
}

/// So many meetings of all processes are kept in order, the newest: more than anybody turns the pages of.
const KEPT_MEETINGS: usize = 500;

/// So many processes must there be for a second thread to be worth its start.
const SHARED_FROM: usize = 1_000;

/// Processes, by their places in the catalogue's list, sorted for each language.
type Sorted = [Vec<usize>; 3];

/// Everything that follows from the processes. A place is one in the catalogue's list of processes.
#[derive(Debug, Default, PartialEq)]
pub struct Relations {
    regions: FastMap<String, Regional>,
    countries: FastMap<String, Bound>,
    organisations: FastMap<String, Bonds>,
    topics: FastMap<String, Sorted>,
    /// The processes in which IOM has a role now, each once.
    pub iom_roles: BTreeMap<IomRoleKind, Vec<usize>>,
    /// How many processes are of a kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// How many processes have a status.
    pub statuses: BTreeMap<StatusValue, usize>,
    /// How many sources all processes have together.
    pub sources: usize,
    /// How many processes have no known secretariat.
    pub without_secretariat: usize,
    chaired: Sorted,
    /// How many processes have no chair, as a source says.
    pub without_chair: usize,
    /// Of how many processes no source says who chairs.
    pub unknown_chair: usize,
    /// The processes that are not inactive, those first whose chair took over last, as far as that is known.
    pub newest_chairs: Vec<usize>,
    /// The newest dated meetings of all processes, newest first, those that lie ahead included.
    pub meetings: Vec<Held>,
    /// The latest day on which facts of a process were collected, and of how many.
    pub latest_collected: Option<(When, usize)>,
}

/// The processes of a region.
#[derive(Debug, Default, PartialEq)]
pub struct Regional {
    own: Sorted,
    touching: Sorted,
    /// How many of its own have a status.
    pub statuses: BTreeMap<StatusValue, usize>,
    /// How many of its own have no chair, as a source says.
    pub without_chair: usize,
    /// Of how many of its own no source says who chairs.
    pub unknown_chair: usize,
}

/// The processes to which a country is bound.
#[derive(Debug, Default, PartialEq)]
pub struct Bound {
    /// The processes in the order of the catalogue's list, each with where its ties begin; they end where those of the next do.
    places: Vec<(usize, u32)>,
    /// In what it is bound to them, one process after the other.
    ties: Vec<Tie>,
    all: Sorted,
    chaired: Sorted,
    in_role: BTreeMap<ParticipantRole, Sorted>,
    /// Where the processes stand.
    pub statuses: BTreeSet<StatusValue>,
}

/// The processes to which an organisation is bound.
#[derive(Debug, Default, PartialEq)]
pub struct Bonds {
    /// The processes, by how it is bound to them, in the order of the catalogue's list.
    pub by_tie: BTreeMap<Tie, Vec<usize>>,
    /// Where those stand whose secretariat or chair it is.
    pub statuses: BTreeSet<StatusValue>,
    /// Whether it serves one of them with others.
    pub shares: bool,
}

impl Regional {
    /// The processes that belong to it, by status and then by name.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn own(&self, language: Language) -> &[usize] {
        &self.own[language.index()]
    }

    /// The processes of others that touch it, in the same order.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn touching(&self, language: Language) -> &[usize] {
        &self.touching[language.index()]
    }
}

impl Bound {
    /// The processes, by region, status and name.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn all(&self, language: Language) -> &[usize] {
        &self.all[language.index()]
    }

    /// Those that it chairs and that are not inactive, in the same order.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn chaired(&self, language: Language) -> &[usize] {
        &self.chaired[language.index()]
    }

    /// The processes in which it takes part, by its role, in the same order.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn in_role(&self, language: Language) -> impl Iterator<Item = (ParticipantRole, &[usize])> {
        self.in_role.iter().map(move |(role, lists)| (*role, lists[language.index()].as_slice()))
    }

    /// In what the process at a place is bound to it.
    pub fn ties(&self, place: usize) -> &[Tie] {
        let found = self.places.binary_search_by_key(&place, |(place, _)| *place).ok();
        found.map(|found| self.ties_from(found)).unwrap_or_default()
    }

    fn ties_from(&self, at: usize) -> &[Tie] {
        let start = |at: usize| self.places.get(at).map(|(_, start)| *start as usize);
        let range = start(at).map(|from| from..start(at + 1).unwrap_or(self.ties.len()));
        range.and_then(|range| self.ties.get(range)).unwrap_or_default()
    }

    /// Notes one more tie to a process, which comes after those so far; `false` if it was noted before.
    fn tie(&mut self, place: usize, tie: Tie) -> bool {
        match self.places.last() {
            // The same process may tie a country several times: as a member, and as its chair.
            Some((last, _)) if *last == place => {
                if self.ties_from(self.places.len() - 1).contains(&tie) {
                    return false;
                }
            }
            _ => self.places.push((place, self.ties.len() as u32)),
        }
        self.ties.push(tie);
        true
    }
}

impl Relations {
    /// What follows from the catalogue's processes.
    pub(super) fn new(catalogue: &Catalogue, orders: &[Orders; 3]) -> Relations {
        // Each list is a part of one of two orders of all processes, so that sorting it compares numbers only.
        let status = |place: usize| catalogue.processes.get(place).map(|process| process.status.value);
        let region = |place: usize| catalogue.region_place(catalogue.processes.get(place)?);
        let by_region = orders.each_ref().map(|order| ProcessRanks::new(order, |place| (region(place), status(place))));
        let others = || {
            let mut relations = Relations::default();
            for (place, process) in catalogue.processes.iter().enumerate() {
                relations.add(place, process);
            }
            let by_status = orders.each_ref().map(|order| ProcessRanks::new(order, status));
            for regional in relations.regions.values_mut() {
                sort(&mut regional.own, &by_status);
                sort(&mut regional.touching, &by_status);
            }
            sort(&mut relations.chaired, &by_region);
            relations.newest(catalogue);
            for dealing in relations.topics.values_mut() {
                sort(dealing, &by_region);
            }
            relations
        };
        // What countries are bound to takes as long as all else together.
        let countries = || countries(catalogue, &by_region);
        let (relations, countries) = match catalogue.processes.len() {
            SHARED_FROM.. => thread::scope(|scope| {
                let countries = scope.spawn(countries);
                (others(), joined(countries))
            }),
            _ => (others(), countries()),
        };
        Relations { countries, ..relations }
    }

    fn add(&mut self, place: usize, process: &Process) {
        *self.kinds.entry(process.kind).or_default() += 1;
        *self.statuses.entry(process.status.value).or_default() += 1;
        self.sources += process.sources.len();
        self.without_secretariat += usize::from(process.secretariat.is_none());
        let own = self.regions.entry(process.region.clone()).or_default();
        *own.statuses.entry(process.status.value).or_default() += 1;
        own.own.iter_mut().for_each(|list| list.push(place));
        for region in &process.touches {
            let touching = &mut self.regions.entry(region.clone()).or_default().touching;
            touching.iter_mut().filter(|list| list.last() != Some(&place)).for_each(|list| list.push(place));
        }
        for role in process.iom_roles.iter().filter(|role| !role.former) {
            let places = self.iom_roles.entry(role.role).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        let chair = process.chair.as_ref();
        let is_held = chair.is_some_and(|chair| !chair.countries.is_empty() || !chair.organisations.is_empty());
        if is_held {
            self.chaired.iter_mut().for_each(|list| list.push(place));
        } else {
            let own = self.regions.entry(process.region.clone()).or_default();
            let has_none = chair.is_some_and(|chair| chair.none);
            let (ours, theirs) = match has_none {
                true => (&mut self.without_chair, &mut own.without_chair),
                false => (&mut self.unknown_chair, &mut own.unknown_chair),
            };
            *ours += 1;
            *theirs += 1;
        }
        if let Some(chair) = &process.chair {
            self.tie(place, process, &chair.organisations, Tie::Chair);
        }
        if let Some(secretariat) = &process.secretariat {
            self.tie(place, process, &secretariat.organisations, Tie::Secretariat);
        }
        for group in &process.participants {
            self.tie(place, process, &group.organisations, Tie::Participant(group.role));
        }
        self.tie(place, process, &process.associations, Tie::Association);
        for topic in process.themes.iter().flat_map(|theme| &theme.topics) {
            // Several themes of a process may belong to one topic.
            at(&mut self.topics, topic, |dealing| {
                dealing.iter_mut().filter(|list| list.last() != Some(&place)).for_each(|list| list.push(place));
            });
        }
    }

    /// Meetings and chairs of all processes by their dates, and the latest day of collection.
    fn newest(&mut self, catalogue: &Catalogue) {
        let mut meetings: Vec<(When, Held)> = Vec::new();
        let mut chairs = Vec::new();
        for (process, one) in catalogue.processes.iter().enumerate() {
            let dated = one.meetings.iter().enumerate().filter_map(|(meeting, held)| Some((meeting, held.date?)));
            let dated = dated.filter(|(_, date)| date.year().is_some());
            meetings.extend(dated.map(|(meeting, date)| (date, Held { process, meeting })));
            let since = one.chair.as_ref().and_then(|chair| chair.term.or(chair.as_of));
            let is_held = one.chair.as_ref().is_some_and(|chair| !chair.countries.is_empty());
            if let Some(since) = since.filter(|_| is_held && one.status.value != StatusValue::Inactive) {
                chairs.push((since.earliest(), process));
            }
            self.latest_collected = match self.latest_collected {
                Some((day, count)) if day == one.collected => Some((day, count + 1)),
                Some((day, count)) if day.earliest() > one.collected.earliest() => Some((day, count)),
                _ => Some((one.collected, 1)),
            };
        }
        meetings.sort_by_key(|(date, _)| std::cmp::Reverse(date.earliest()));
        meetings.truncate(KEPT_MEETINGS);
        self.meetings = meetings.into_iter().map(|(_, held)| held).collect();
        chairs.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
        self.newest_chairs = chairs.into_iter().map(|(_, process)| process).collect();
    }

    fn tie(&mut self, place: usize, process: &Process, organisations: &[String], tie: Tie) {
        for id in organisations {
            at(&mut self.organisations, id, |bonds| {
                bonds.by_tie.entry(tie).or_default().push(place);
                if matches!(tie, Tie::Secretariat | Tie::Chair) {
                    bonds.statuses.insert(process.status.value);
                    bonds.shares |= process.secretariat.as_ref().is_some_and(Secretariat::is_shared);
                }
            });
        }
    }

    /// The processes of a region; none for a region without any.
    pub fn of_region(&self, id: &str) -> Option<&Regional> {
        self.regions.get(id)
    }

    /// The processes to which a country is bound; none for a country in no process.
    pub fn of_country(&self, code: &str) -> Option<&Bound> {
        self.countries.get(code)
    }

    /// The processes whose chair is known, by region, status and name.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn chaired(&self, language: Language) -> &[usize] {
        &self.chaired[language.index()]
    }

    /// The processes that deal with a topic, by region, status and name; none for a topic of no process.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn of_topic(&self, id: &str, language: Language) -> &[usize] {
        self.topics.get(id).map(|lists| lists[language.index()].as_slice()).unwrap_or_default()
    }

    /// The processes to which an organisation is bound, by how; none for an organisation in no process.
    pub fn of_organisation(&self, id: &str) -> Option<&Bonds> {
        self.organisations.get(id)
    }
}

/// To which processes each country is bound.
fn countries(catalogue: &Catalogue, by_region: &[ProcessRanks; 3]) -> FastMap<String, Bound> {
    let mut countries: FastMap<String, Bound> = FastMap::default();
    let mut note = |place: usize, process: &Process, codes: &[String], tie: Tie| {
        for code in codes {
            at(&mut countries, code, |bound| {
                if !bound.tie(place, tie) {
                    return;
                }
                bound.statuses.insert(process.status.value);
                if let Tie::Participant(role) = tie {
                    bound.in_role.entry(role).or_default().iter_mut().for_each(|list| list.push(place));
                }
            });
        }
    };
    for (place, process) in catalogue.processes.iter().enumerate() {
        process.chair.iter().for_each(|chair| note(place, process, &chair.countries, Tie::Chair));
        let secretariat = process.secretariat.iter();
        secretariat.for_each(|secretariat| note(place, process, &secretariat.countries, Tie::Secretariat));
        for group in &process.participants {
            note(place, process, &group.states, Tie::Participant(group.role));
        }
    }
    for bound in countries.values_mut() {
        let places: Vec<usize> = bound.places.iter().map(|(place, _)| *place).collect();
        let active = |place: usize| {
            catalogue.processes.get(place).is_some_and(|process| process.status.value != StatusValue::Inactive)
        };
        let chaired = places.iter().enumerate().map(|(at, place)| (bound.ties_from(at), *place));
        let chaired = chaired.filter(|(ties, place)| ties.contains(&Tie::Chair) && active(*place));
        let chaired: Vec<usize> = chaired.map(|(_, place)| place).collect();
        bound.places.shrink_to_fit();
        bound.ties.shrink_to_fit();
        bound.all = [places.clone(), places.clone(), places];
        bound.chaired = [chaired.clone(), chaired.clone(), chaired];
        sort(&mut bound.all, by_region);
        sort(&mut bound.chaired, by_region);
        bound.in_role.values_mut().for_each(|lists| sort(lists, by_region));
    }
    countries
}

/// Changes what a map has of an id. Nearly every id is there already, and costs no copy.
fn at<V: Default>(map: &mut FastMap<String, V>, id: &str, change: impl FnOnce(&mut V)) {
    match map.get_mut(id) {
        Some(there) => change(there),
        None => change(map.entry(id.to_owned()).or_default()),
    }
}

/// All processes in an order: by a key, then by their names.
struct ProcessRanks {
    /// The rank of each.
    of: Vec<u32>,
    /// The place of each rank.
    places: Vec<usize>,
}

impl ProcessRanks {
    fn new<K: Ord>(order: &Orders, key: impl Fn(usize) -> K) -> ProcessRanks {
        let mut places: Vec<usize> = (0..order.processes.len()).collect();
        places.sort_by_cached_key(|&place| (key(place), order.processes.get(place).copied()));
        let mut of = vec![0; places.len()];
        for (&place, rank) in places.iter().zip(0..) {
            of.get_mut(place).into_iter().for_each(|there| *there = rank);
        }
        ProcessRanks { of, places }
    }

    fn sort(&self, list: &mut [usize]) {
        let mut ranks: Vec<u32> = list.iter().filter_map(|&place| self.of.get(place).copied()).collect();
        ranks.sort_unstable();
        for (there, rank) in list.iter_mut().zip(ranks) {
            *there = self.places.get(rank as usize).copied().unwrap_or(*there);
        }
    }
}

/// Sorts a list for each language.
fn sort(lists: &mut Sorted, ranks: &[ProcessRanks; 3]) {
    lists.iter_mut().zip(ranks).for_each(|(list, ranks)| ranks.sort(list));
}
