//! What there is to know of what is served, beside the catalogue itself.

use crate::catalogue::Report;

use crate::publishing::revision::Meta;

/// What there is to know of what is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The revision that it is, if it was taken into the log.
    pub revision: Option<Meta>,
    /// What its check found.
    pub report: Report,
    /// What is wrong with the data folder, if it is not what is served because of errors.
    pub broken: Option<Report>,
    /// The newest revision, if it was made elsewhere and has errors here: an older one is served.
    pub refused: Option<RefusedRevision>,
    /// A revision that was accepted and that the data folder does not hold, because it cannot be written.
    pub unwritten: Option<UnwrittenRevision>,
    /// Where, from the state folder on, lies what was put aside since the start, so that nobody's work is lost.
    pub set_aside: Vec<String>,
    /// Whether the log of revisions was seen to let one take the place of another, so that nothing is changed over it.
    pub log_overwrites: bool,
    /// Whether there is no data folder, so that nothing can be changed.
    pub no_folder: bool,
}

/// A revision that was accepted elsewhere and has errors by the rules of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRevision {
    /// Its number.
    pub number: u64,
    /// What is wrong with it here.
    pub report: Report,
}

/// A revision that the data folder does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnwrittenRevision {
    /// Its number.
    pub number: u64,
    /// Why the folder could not be written.
    pub reason: String,
}
