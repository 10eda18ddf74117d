//! One error for one cause: what could not be read is missed in many places, which are no faults of their own.

use crate::catalogue::files::{MESSAGES, PROCESSES};
use crate::catalogue::problem::{Problem, Rule, Severity};

/// Whether a problem is only that something is missed which could not be read, as `cause` tells.
pub(crate) fn follows_from_unread(problem: &Problem, cause: &Problem) -> bool {
    let missed = |path: &str| {
        let id = path.strip_prefix(PROCESSES).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".toml"));
        id.is_some_and(|id| problem.message == format!("there is no process {id:?}"))
    };
    match problem.rule {
        _ if cause.severity != Severity::Error => false,
        Rule::UnknownProcess => cause.file == PROCESSES || missed(&cause.file),
        Rule::Unreadable | Rule::MissingFile => cause.file == problem.file,
        // Of a folder that cannot be looked into nobody knows what it lacks.
        Rule::MissingMessage => cause.file == problem.file || cause.file == MESSAGES,
        _ => false,
    }
}
