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
}
