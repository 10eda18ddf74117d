//! The rules between the parts of a record and between records: references, duplicates, order, support by sources.
//!
//! Rules for a single text stand in `read`. Each rule is a small function; a path says which value it is about, and the
//! line and column are looked up only when the rule is broken.

mod checker;
mod lists;
mod names;
mod process;

use jiff::civil::Date;

use crate::catalogue::check::checker::{Checker, Known};
use crate::catalogue::parsed::Parsed;
use crate::catalogue::problem::Problem;

/// Applies every rule between records. `today` is the day against which facts count as stale.
pub(crate) fn check(parsed: &Parsed<'_>, today: Date, problems: &mut Vec<Problem>) {
    let known = Known::new(parsed);
    let mut checker = Checker::new(parsed, &known, today, problems);
    checker.lists();
    for (file, process) in &parsed.processes {
        checker.process(file, process);
    }
    checker.names();
}
