//! From files to a catalogue: every file read, every rule applied, all problems in one report.

use jiff::civil::Date;

use crate::catalogue::check::check;
use crate::catalogue::files::Files;
use crate::catalogue::parsed::{Parsed, parse};
use crate::catalogue::problem::Report;
use crate::catalogue::whole::Catalogue;

impl Catalogue {
    /// Reads and checks files whole. The report holds every problem of the run; with an error in it that cannot be
    /// passed over there is no catalogue. `today` is the day against which facts count as stale.
    pub fn load(files: &Files, today: Date) -> (Option<Catalogue>, Report) {
        let mut report = Report::default();
        let catalogue = parse(files, &mut report.problems).and_then(|parsed| {
            check(&parsed, today, &mut report.problems);
            report.is_servable().then(|| Catalogue::new(parsed))
        });
        report.sort();
        (catalogue, report)
    }

    fn new(parsed: Parsed<'_>) -> Catalogue {
        Catalogue::from_parts(
            parsed.processes.into_iter().map(|(_, process)| process).collect(),
            (parsed.regions.regions, parsed.countries.countries, parsed.organisations.organisations),
            parsed.meetings,
            (parsed.iom, parsed.general, parsed.glossary),
            (parsed.topics, parsed.questions),
        )
    }
}
