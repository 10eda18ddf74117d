//! The catalogue that is served from: every record, found by its id.

use std::collections::HashMap;

use crate::catalogue::model::*;

/// A whole catalogue whose references hold. Immutable: a change makes a new one.
#[derive(Debug)]
pub struct Catalogue {
    /// The processes, by id.
    pub processes: Vec<Process>,
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
    process_places: HashMap<String, usize>,
    region_places: HashMap<String, usize>,
    country_places: HashMap<String, usize>,
    organisation_places: HashMap<String, usize>,
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
        fn places<T>(records: &[T], id: impl Fn(&T) -> &String) -> HashMap<String, usize> {
            records.iter().map(|record| id(record).clone()).zip(0..).collect()
        }
        Catalogue {
            process_places: places(&processes, |one| &one.id),
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
        }
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
