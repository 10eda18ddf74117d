//! The rules between the parts of a record and between records: references, duplicates, order, support by sources.
//!
//! Rules for a single text stand in `read`. Each rule is a small function; a path says which value it is about, and the
//! line and column are looked up only when the rule is broken.

mod checker;
mod lists;
mod names;
mod process;

use std::collections::HashMap;
use std::num::NonZero;
use std::thread;

use jiff::civil::Date;

use crate::catalogue::check::checker::{Checker, Known};
use crate::catalogue::kept::{Checked, Surroundings};
use crate::catalogue::parsed::Parsed;
use crate::catalogue::problem::Problem;
use crate::catalogue::shares::in_shares;

/// So many processes must be checked for a second thread to be worth its start.
const SHARED_FROM: usize = 16;

/// Applies every rule between records. `today` is the day against which facts count as stale. What was found of a process
/// that is the same is found again, if the `former` surroundings are these; what is found now is noted with each process.
pub(crate) fn check(
    parsed: &mut Parsed<'_>,
    today: Date,
    former: Option<&Surroundings>,
    problems: &mut Vec<Problem>,
) -> Surroundings {
    let surroundings = Known::new(parsed).surroundings(today);
    if former != Some(&surroundings) {
        parsed.processes.iter_mut().for_each(|one| one.checked = None);
    }
    for (place, checked) in check_alone(parsed, today) {
        if let Some(one) = parsed.processes.get_mut(place) {
            one.checked = Some(checked);
        }
    }
    let known = Known::new(parsed);
    let mut checker = Checker::new(parsed, &known, today, problems);
    checker.lists();
    for one in &parsed.processes {
        one.checked.iter().for_each(|checked| checker.found(one.path, checked));
    }
    checker.names();
    surroundings
}

/// What each process that was not checked yet breaks of the rules that say nothing of other processes, by its place.
fn check_alone(parsed: &Parsed<'_>, today: Date) -> HashMap<usize, Checked> {
    let known = Known::new(parsed);
    let all = parsed.processes.iter().enumerate();
    let all: Vec<_> = all.filter(|(_, one)| one.checked.is_none()).collect();
    let threads = if all.len() < SHARED_FROM { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let shares = in_shares(&all, threads, |share| {
        let checked = share.iter().map(|(place, one)| {
            let mut problems = Vec::new();
            let mut checker = Checker::new(parsed, &known, today, &mut problems);
            checker.process(one.path, &one.process);
            let found = checker.told_of(one.path);
            (*place, Checked { problems: problems.into(), found })
        });
        checked.collect::<Vec<_>>()
    });
    shares.into_iter().flatten().collect()
}
