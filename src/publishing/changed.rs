//! What comes of a change that was tried.

use crate::catalogue::{Difference, Report};

use crate::publishing::audit::AuditResult;
use crate::publishing::revision::Meta;
use crate::publishing::store_error::StoreError;

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The revision that is served now.
    pub meta: Meta,
    /// What differs from what was served before.
    pub difference: Difference,
    /// What the check found; no errors.
    pub report: Report,
    /// Why the data folder could not be written to its end, if so: the next reload or start does it.
    pub unwritten: Option<String>,
    /// The files of the data folder that differ from what is served now: somebody changed them and did not reload. They
    /// are left as they are.
    pub unreloaded: Vec<String>,
    /// Where the files were copied that stood in the data folder and were not served, if there were such.
    pub set_aside: Option<String>,
    /// The file that somebody had taken out of the data folder without a reload, if what is published brought it back.
    pub brought_back: Option<String>,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// There is nothing to change.
    #[error("nothing differs from what is served")]
    Same,
    /// The catalogue built into the program serves; nothing can be changed.
    #[error("there is no data folder")]
    NoFolder,
    /// The catalogue has errors.
    #[error("the catalogue has errors ({}); the first: {}", .0.errors().count(), first(.0))]
    Errors(Report),
    /// Another catalogue is served than the moderator had before their eyes.
    #[error("another catalogue is served by now")]
    Overtaken(Option<Meta>),
    /// The data folder was changed here while a revision was made elsewhere.
    #[error("the data folder holds changes that are not served, and another revision was made elsewhere")]
    Diverged,
    /// The newest revision was made elsewhere and has errors here: a change would take it back unseen.
    #[error("revision {number}, made elsewhere, has errors here ({}); the first: {}", .report.errors().count(), first(.report))]
    Refused {
        /// Its number.
        number: u64,
        /// What is wrong with it here.
        report: Box<Report>,
    },
    /// The data folder cannot be written, so that what would be accepted could not stand in it.
    #[error("the data folder cannot be written: {0}")]
    Unwritable(String),
    /// The proposal is gone.
    #[error("the proposal is no longer kept")]
    ProposalGone,
    /// There is no such revision.
    #[error("there is no revision {0}")]
    NoRevision(u64),
    /// The change could not be recorded.
    #[error("the audit record cannot be written: {0}")]
    NotRecorded(std::io::Error),
    /// The log of revisions cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data folder or the state folder cannot be used.
    #[error("{0}")]
    Folder(String),
}

fn first(report: &Report) -> String {
    report.errors().next().map(ToString::to_string).unwrap_or_default()
}

impl NotChanged {
    /// The kind of reason, as one word by which it is told in each language.
    pub fn kind(&self) -> &'static str {
        match self {
            NotChanged::Same => "same",
            NotChanged::NoFolder => "no-folder",
            NotChanged::Errors(_) => "errors",
            NotChanged::Overtaken(_) => "overtaken",
            NotChanged::Diverged => "apart",
            NotChanged::Refused { .. } => "behind",
            NotChanged::ProposalGone => "gone",
            NotChanged::NoRevision(_) => "no-revision",
            NotChanged::NotRecorded(_) => "not-recorded",
            NotChanged::Store(_) => "store",
            NotChanged::Unwritable(_) | NotChanged::Folder(_) => "folder",
        }
    }

    /// What came of the attempt, for the record.
    pub fn result(&self) -> AuditResult {
        match self {
            NotChanged::Same => AuditResult::Unchanged,
            NotChanged::Overtaken(_) | NotChanged::Diverged | NotChanged::Refused { .. } => AuditResult::Overtaken,
            NotChanged::NotRecorded(_) | NotChanged::Store(_) | NotChanged::Folder(_) | NotChanged::Unwritable(_) => {
                AuditResult::Failed
            }
            _ => AuditResult::Refused,
        }
    }
}
