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
use crate::catalogue::kept::{Checked, Surroundings};
use crate::catalogue::parsed::Parsed;
use crate::catalogue::problem::Problem;
use crate::catalogue::shares::{in_shares, threads};

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
    // Kept apart while the records are looked at.
    let mut checked: Vec<_> = parsed.processes.iter_mut().map(|one| one.checked.take()).collect();
    let known = Known::new(parsed);
    let surroundings = known.surroundings(today);
    if former != Some(&surroundings) {
        checked.iter_mut().for_each(|one| *one = None);
    }
    check_alone(parsed, &known, today, &mut checked);
    let mut checker = Checker::new(parsed, &known, today, problems);
    checker.lists();
    for (one, checked) in parsed.processes.iter().zip(&checked) {
        checked.iter().for_each(|checked| checker.found(one.path, checked));
    }
    checker.names();
    parsed.processes.iter_mut().zip(checked).for_each(|(one, checked)| one.checked = checked);
    surroundings
}

/// Fills in what each process that was not checked yet breaks of the rules that say nothing of other processes.
fn check_alone(parsed: &Parsed<'_>, known: &Known<'_>, today: Date, checked: &mut [Option<Checked>]) {
    let all = parsed.processes.iter().zip(checked).filter(|(_, checked)| checked.is_none());
    let (all, places): (Vec<_>, Vec<_>) = all.unzip();
    let threads = if all.len() < SHARED_FROM { 1 } else { threads() };
    let shares = in_shares(&all, threads, |share| {
        let checked = share.iter().map(|one| {
            let mut problems = Vec::new();
            let mut checker = Checker::new(parsed, known, today, &mut problems);
            checker.process(one.path, &one.process);
            let found = checker.told_of(one.path);
            Checked { problems: problems.into(), found }
        });
        checked.collect::<Vec<_>>()
    });
    places.into_iter().zip(shares.into_iter().flatten()).for_each(|(place, checked)| *place = Some(checked));
}
