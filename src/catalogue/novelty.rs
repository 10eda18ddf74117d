//! What is news for readers in a change of the catalogue: another chair, a new meeting, another status, members that came
//! or left, a new process. Small edits are none.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::model::{Meeting, ParticipantRole, Process, StatusValue};
use crate::catalogue::whole::Catalogue;

/// One piece of news. Processes, countries and organisations are told by their ids, so that it reads in any language; one
/// that is gone from the catalogue since is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Novelty {
    /// A process is new in the catalogue.
    Process {
        /// The process.
        process: String,
    },
    /// Others chair a process, or nobody does any more.
    Chair {
        /// The process.
        process: String,
        /// The countries that chair it.
        countries: Vec<String>,
        /// The organisations that chair it.
        organisations: Vec<String>,
    },
    /// A process stands otherwise.
    Status {
        /// The process.
        process: String,
        /// Where it stands.
        status: StatusValue,
    },
    /// States became members.
    Joined {
        /// The process.
        process: String,
        /// The States.
        states: Vec<String>,
    },
    /// States are no members any more.
    Left {
        /// The process.
        process: String,
        /// The States.
        states: Vec<String>,
    },
    /// A meeting was announced, or held.
    Meeting {
        /// The process.
        process: String,
        /// The meeting.
        meeting: Box<Meeting>,
    },
    /// A global meeting was announced, or held.
    GlobalMeeting {
        /// Its id.
        id: String,
    },
}

/// The news that came with one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentChange {
    /// The revision's number.
    pub revision: u64,
    /// When it was made, in UTC (RFC 3339).
    pub time: String,
    /// What is new, in the order of the processes.
    pub novelties: Vec<Novelty>,
}

impl Novelty {
    /// What is news in a change from one catalogue to another.
    pub fn between(old: &Catalogue, new: &Catalogue) -> Vec<Novelty> {
        let mut news = Vec::new();
        for process in &new.processes {
            match old.process(&process.id) {
                // Most are the same record, held once.
                Some(before) if !std::ptr::eq(before, process) && before != process => {
                    of_process(before, process, &mut news)
                }
                Some(_) => {}
                None => news.push(Novelty::Process { process: process.id.clone() }),
            }
        }
        let new_ones = new.meetings.meetings.iter().filter(|meeting| old.meeting(&meeting.id).is_none());
        news.extend(new_ones.map(|meeting| Novelty::GlobalMeeting { id: meeting.id.clone() }));
        news
    }

    /// The process that it is about, if it is about one.
    pub fn process(&self) -> Option<&str> {
        match self {
            Novelty::Process { process }
            | Novelty::Chair { process, .. }
            | Novelty::Status { process, .. }
            | Novelty::Joined { process, .. }
            | Novelty::Left { process, .. }
            | Novelty::Meeting { process, .. } => Some(process),
            Novelty::GlobalMeeting { .. } => None,
        }
    }
}

fn of_process(old: &Process, new: &Process, news: &mut Vec<Novelty>) {
    let process = || new.id.clone();
    let holders = |process: &Process| {
        let chair = process.chair.clone().unwrap_or_default();
        (chair.none, chair.countries, chair.organisations)
    };
    // A chair that is not told any more is no news: somebody found that a source does not say it.
    let (none, countries, organisations) = holders(new);
    if holders(old) != holders(new) && (none || !countries.is_empty() || !organisations.is_empty()) {
        news.push(Novelty::Chair { process: process(), countries, organisations });
    }
    if old.status.value != new.status.value {
        news.push(Novelty::Status { process: process(), status: new.status.value });
    }
    let members = |process: &Process| -> Option<BTreeSet<String>> {
        let members = process.participants(ParticipantRole::Member)?;
        (!members.states.is_empty()).then(|| members.states.iter().cloned().collect())
    };
    // A list where there was none says who takes part, not who joined.
    if let (Some(before), Some(now)) = (members(old), members(new)) {
        let (joined, left): (Vec<String>, Vec<String>) =
            (now.difference(&before).cloned().collect(), before.difference(&now).cloned().collect());
        if !joined.is_empty() {
            news.push(Novelty::Joined { process: process(), states: joined });
        }
        if !left.is_empty() {
            news.push(Novelty::Left { process: process(), states: left });
        }
    }
    // One whose title or date was corrected is known by the other.
    let known = |meeting: &Meeting| {
        old.meetings.iter().any(|one| one.title == meeting.title || (one.date.is_some() && one.date == meeting.date))
    };
    let met = new.meetings.iter().filter(|meeting| !known(meeting));
    news.extend(met.map(|meeting| Novelty::Meeting { process: process(), meeting: Box::new(meeting.clone()) }));
}
