//! From files to a catalogue: every file read, every rule applied, all problems in one report.

use jiff::civil::Date;

use crate::catalogue::check::check;
use crate::catalogue::files::Files;
use crate::catalogue::kept::{KeptFiles, KeptProcess, Surroundings};
use crate::catalogue::parsed::{Parsed, parse};
use crate::catalogue::problem::Report;
use crate::catalogue::whole::Catalogue;

impl Catalogue {
    /// Reads and checks files whole. The report holds every problem of the run; with an error in it that cannot be
    /// passed over there is no catalogue. `today` is the day against which facts count as stale.
    pub fn load(files: &Files, today: Date) -> (Option<Catalogue>, Report) {
        Catalogue::load_after(files, today, None)
    }

    /// The same, where a `former` catalogue may have been read from some of the same files: what was found out of these is
    /// taken from it. What comes of it is what a whole load makes.
    pub fn load_after(files: &Files, today: Date, former: Option<&Catalogue>) -> (Option<Catalogue>, Report) {
        Catalogue::load_on(files, || today, former)
    }

    /// The same, where the day is asked for when the files have been read.
    pub(crate) fn load_on(
        files: &Files,
        today: impl FnOnce() -> Date,
        former: Option<&Catalogue>,
    ) -> (Option<Catalogue>, Report) {
        let mut report = Report::default();
        let catalogue = parse(files, former, &mut report.problems).and_then(|mut parsed| {
            let before = former.and_then(Catalogue::kept).map(|kept| &kept.surroundings);
            let surroundings = check(&mut parsed, today(), before, &mut report.problems);
            report.is_servable().then(|| Catalogue::new(parsed, surroundings))
        });
        report.sort();
        (catalogue, report)
    }

    fn new(parsed: Parsed<'_>, surroundings: Surroundings) -> Catalogue {
        let processes = parsed.processes.iter().map(|one| one.process.clone()).collect();
        let kept = parsed.processes.into_iter().map(|one| {
            let checked = one.checked.unwrap_or_default();
            let (digest, process, read, names) = (one.digest, one.process, one.read, one.names);
            (one.path.to_owned(), KeptProcess { digest, process, read, names, checked })
        });
        let kept = KeptFiles { processes: kept.collect(), single: parsed.single, surroundings };
        Catalogue::whole(
            processes,
            (parsed.regions.regions, parsed.countries.countries, parsed.organisations.organisations),
            (parsed.meetings, (parsed.iom, parsed.general, parsed.glossary), (parsed.topics, parsed.questions)),
            Some(kept),
        )
    }
}
