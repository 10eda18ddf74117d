//! The catalogue that is served from: every record, found by its id.

use std::sync::Arc;

use crate::catalogue::kept::KeptFiles;
use crate::catalogue::maps::FastMap;
use crate::catalogue::model::*;

/// The processes of a catalogue, in the order of their files. A record that stands in two catalogues is held once.
#[derive(Debug, Default, PartialEq)]
pub struct Processes(Vec<Arc<Process>>);

/// Goes through the processes of a catalogue.
pub(crate) type Iter<'p> = std::iter::Map<std::slice::Iter<'p, Arc<Process>>, fn(&'p Arc<Process>) -> &'p Process>;

impl<'p> IntoIterator for &'p Processes {
    type Item = &'p Process;
    type IntoIter = Iter<'p>;

    fn into_iter(self) -> Iter<'p> {
        self.iter()
    }
}

impl Processes {
    /// The process at a place.
    pub fn get(&self, place: usize) -> Option<&Process> {
        self.0.get(place).map(Arc::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each, in their order.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(Arc::as_ref)
    }

    /// The records as they are shared.
    pub(crate) fn shared(&self) -> &[Arc<Process>] {
        &self.0
    }
}

impl FromIterator<Arc<Process>> for Processes {
    fn from_iter<I: IntoIterator<Item = Arc<Process>>>(all: I) -> Processes {
        Processes(all.into_iter().collect())
    }
}

/// The files that are one record each.
pub(super) type WholeFiles = (MeetingsFile, (IomFile, GeneralFile, GlossaryFile), (TopicsFile, QuestionsFile));

/// A whole catalogue whose references hold. Immutable: a change makes a new one.
#[derive(Debug, PartialEq)]
pub struct Catalogue {
    /// The processes, by id.
    pub processes: Processes,
    /// The regions, in the order of lists.
    pub regions: Vec<Region>,
    /// The countries, by code.
    pub countries: Vec<Country>,
    /// The organisations.
    pub organisations: Vec<Organisation>,
    /// The global meetings.
    pub meetings: MeetingsFile,
    /// IOM's role.
    pub iom: IomFile,
    /// What the processes are and do.
    pub general: GeneralFile,
    /// The terms of the field.
    pub glossary: GlossaryFile,
    /// The topics by which the processes' themes are gathered, in the order of lists.
    pub topics: Vec<Topic>,
    /// How people ask.
    pub questions: QuestionsFile,
    process_places: FastMap<String, usize>,
    region_places: FastMap<String, usize>,
    country_places: FastMap<String, usize>,
    organisation_places: FastMap<String, usize>,
    /// What the next catalogue need not find out again; nothing where this one was not read from files.
    kept: Option<KeptFiles>,
}

impl Catalogue {
    /// A catalogue of records as they are, for tests and measurements of what is built on it. Nothing is checked.
    #[doc(hidden)]
    pub fn from_parts(
        processes: Vec<Process>,
        (regions, countries, organisations): (Vec<Region>, Vec<Country>, Vec<Organisation>),
        meetings: MeetingsFile,
        (iom, general, glossary): (IomFile, GeneralFile, GlossaryFile),
        (topics, questions): (TopicsFile, QuestionsFile),
    ) -> Catalogue {
        let processes = processes.into_iter().map(Arc::new).collect();
        let files = (meetings, (iom, general, glossary), (topics, questions));
        Catalogue::whole(processes, (regions, countries, organisations), files, None)
    }

    /// A catalogue of records that were read and checked, with what is kept of their files.
    pub(super) fn whole(
        processes: Processes,
        (regions, countries, organisations): (Vec<Region>, Vec<Country>, Vec<Organisation>),
        (meetings, (iom, general, glossary), (topics, questions)): WholeFiles,
        kept: Option<KeptFiles>,
    ) -> Catalogue {
        fn places<'r, T: 'r>(
            records: impl IntoIterator<Item = &'r T>,
            id: impl Fn(&'r T) -> &'r String,
        ) -> FastMap<String, usize> {
            records.into_iter().map(|record| id(record).clone()).zip(0..).collect()
        }
        Catalogue {
            process_places: places(processes.iter(), |one| &one.id),
            region_places: places(&regions, |one| &one.id),
            country_places: places(&countries, |one| &one.code),
            organisation_places: places(&organisations, |one| &one.id),
            processes,
            regions,
            countries,
            organisations,
            meetings,
            iom,
            general,
            glossary,
            topics: topics.topics,
            questions,
            kept,
        }
    }

    /// What the next catalogue need not find out again.
    pub(super) fn kept(&self) -> Option<&KeptFiles> {
        self.kept.as_ref()
    }

    /// The process with this id.
    pub fn process(&self, id: &str) -> Option<&Process> {
        self.process_places.get(id).and_then(|&place| self.processes.get(place))
    }

    /// The processes at these places.
    pub fn at<'p>(&self, places: impl IntoIterator<Item = &'p usize>) -> impl Iterator<Item = &Process> {
        places.into_iter().filter_map(|place| self.processes.get(*place))
    }

    /// The place of a process's region among the regions.
    pub fn region_place(&self, process: &Process) -> Option<usize> {
        self.region_places.get(&process.region).copied()
    }

    /// The region with this id.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.region_places.get(id).and_then(|&place| self.regions.get(place))
    }

    /// The country with this code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.country_place(code).and_then(|place| self.countries.get(place))
    }

    /// The place of the country with this code in the list of countries.
    pub fn country_place(&self, code: &str) -> Option<usize> {
        self.country_places.get(code).copied()
    }

    /// The organisation with this id.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisation_places.get(id).and_then(|&place| self.organisations.get(place))
    }

    /// The global meeting, numbered or related, with this id.
    pub fn meeting(&self, id: &str) -> Option<&GlobalMeeting> {
        self.meetings.meetings.iter().find(|meeting| meeting.id == id)
    }

    /// The facts of a list.
    pub fn facts(&self, list: FactList) -> &[Fact] {
        list.of(&self.iom, &self.general)
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The term with this id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.terms.iter().find(|term| term.id == id)
    }
}
