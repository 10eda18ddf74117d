//! From files to records, all read in one run; the rules between records are applied to them in `check`.

use std::num::NonZero;
use std::thread;

use serde::de::DeserializeOwned;

use crate::catalogue::files::{Files, PROCESSES, SINGLE_FILES, SUPPLIED_FILES};
use crate::catalogue::model::*;
use crate::catalogue::problem::{Problem, Rule};
use crate::catalogue::read::read;

/// The records of a whole folder, before the rules between them have been applied.
pub(crate) struct Parsed<'a> {
    files: &'a Files,
    /// Each process with the path of its file, in the order of the paths.
    pub(crate) processes: Vec<(String, Process)>,
    /// `regions.toml`.
    pub(crate) regions: RegionsFile,
    /// `countries.toml`.
    pub(crate) countries: CountriesFile,
    /// `organisations.toml`.
    pub(crate) organisations: OrganisationsFile,
    /// `meetings.toml`.
    pub(crate) meetings: MeetingsFile,
    /// `iom.toml`.
    pub(crate) iom: IomFile,
    /// `general.toml`.
    pub(crate) general: GeneralFile,
    /// `glossary.toml`.
    pub(crate) glossary: GlossaryFile,
    /// `topics.toml`.
    pub(crate) topics: TopicsFile,
    /// `questions.toml`.
    pub(crate) questions: QuestionsFile,
}

impl Parsed<'_> {
    /// The text of a file, to show an offending line.
    pub(crate) fn text(&self, file: &str) -> Option<&str> {
        self.files.0.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}

/// Reads every file; `None` as soon as one of them holds no record, since the rules between records need them all.
pub(crate) fn parse<'a>(files: &'a Files, problems: &mut Vec<Problem>) -> Option<Parsed<'a>> {
    for file in SINGLE_FILES {
        if files.0.contains_key(file) {
            continue;
        }
        if SUPPLIED_FILES.contains(&file) {
            let message = format!("the file {file} is missing: the program's own is used");
            let help = format!("copy data/{file} from this version of the program, so that it can be changed");
            problems.push(Problem::new(Rule::MissingFile, file, None, message, help));
        } else {
            let message = format!("the file {file} is missing");
            let help = "every catalogue has it; data/README.md says what it holds".to_owned();
            problems.push(Problem::new(Rule::Unreadable, file, None, message, help));
        }
    }
    // The other files are about as large together as the processes, so they are read beside them.
    let (processes, single) = thread::scope(|scope| {
        let single = scope.spawn(|| {
            let mut problems = Vec::new();
            let mut single = Single { files, problems: &mut problems };
            let records = (
                (single.read(), single.read(), single.read()),
                (single.read(), single.read(), single.read(), single.read()),
                (single.read(), single.read()),
            );
            (records, problems)
        });
        (processes(files, problems), joined(single.join()))
    });
    let (((regions, countries, organisations), (meetings, iom, general, glossary), (topics, questions)), found) =
        single;
    problems.extend(found);
    Some(Parsed {
        files,
        processes: processes?,
        regions: regions?,
        countries: countries?,
        organisations: organisations?,
        meetings: meetings?,
        iom: iom?,
        general: general?,
        glossary: glossary?,
        topics: topics?,
        questions: questions?,
    })
}

/// What a thread returned. A panic in it is a fault of ours and goes on to the caller's guard.
fn joined<T>(ended: thread::Result<T>) -> T {
    ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// A file that every catalogue has once.
trait SingleFile: DeserializeOwned {
    const NAME: &str;
}

macro_rules! single_files {
    ($($model:ty = $name:literal),+ $(,)?) => { $(impl SingleFile for $model { const NAME: &str = $name; })+ };
}

single_files! {
    RegionsFile = "regions.toml",
    CountriesFile = "countries.toml",
    OrganisationsFile = "organisations.toml",
    MeetingsFile = "meetings.toml",
    IomFile = "iom.toml",
    GeneralFile = "general.toml",
    GlossaryFile = "glossary.toml",
    TopicsFile = "topics.toml",
    QuestionsFile = "questions.toml",
}

struct Single<'a, 'p> {
    files: &'a Files,
    problems: &'p mut Vec<Problem>,
}

impl Single<'_, '_> {
    fn read<T: SingleFile>(&mut self) -> Option<T> {
        let built_in = || Files::one_built_in(T::NAME).filter(|_| SUPPLIED_FILES.contains(&T::NAME));
        let (record, problems) = read(T::NAME, self.files.0.get(T::NAME).map(Vec::as_slice).or_else(built_in)?);
        self.problems.extend(problems);
        record
    }
}

/// The processes by id, read on as many threads as the machine has: parsing is most of the cost of a load.
fn processes(files: &Files, problems: &mut Vec<Problem>) -> Option<Vec<(String, Process)>> {
    let of_processes = |path: &str| path.strip_prefix(PROCESSES).is_some_and(|rest| rest.starts_with('/'));
    let mut all: Vec<_> = files.0.iter().filter(|(path, _)| of_processes(path)).collect();
    let there = all.len();
    all.retain(|(path, bytes)| match strayed(files, path, bytes) {
        Some(problem) => {
            problems.push(problem);
            false
        }
        None => true,
    });
    if there == 0 {
        let help = "write one TOML file for each process; data/README.md shows how".to_owned();
        problems.push(Problem::new(Rule::Unreadable, PROCESSES, None, "there is no process".to_owned(), help));
        return None;
    }
    if all.is_empty() {
        return Some(Vec::new());
    }
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = all.len().div_ceil(threads);
    let read_share = |share: &[(&String, &Vec<u8>)]| {
        let mut found = (Some(Vec::with_capacity(share.len())), Vec::new());
        for (path, bytes) in share {
            let (record, problems) = read::<Process>(path, bytes);
            found.1.extend(problems);
            match (record, &mut found.0) {
                (Some(record), Some(records)) => records.push(((*path).clone(), record)),
                _ => found.0 = None,
            }
        }
        found
    };
    let shares = thread::scope(|scope| {
        let running: Vec<_> = all.chunks(share).map(|share| scope.spawn(move || read_share(share))).collect();
        running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let mut records = Some(Vec::with_capacity(all.len()));
    for share in shares {
        let (share, found) = joined(share);
        problems.extend(found);
        match (share, &mut records) {
            (Some(share), Some(records)) => records.extend(share),
            _ => records = None,
        }
    }
    records
}

/// What is wrong with a file that no process can have made: a copy that a synchronisation, an editor or a person left beside
/// the file that it is of. It is told once and not read, since everything in it would be told as standing twice.
fn strayed(files: &Files, path: &str, bytes: &[u8]) -> Option<Problem> {
    let stem = path.strip_prefix(PROCESSES)?.strip_prefix('/')?.strip_suffix(".toml")?;
    let id = id_of(bytes).filter(|id| *id != stem);
    let original = id.map(|id| format!("{PROCESSES}/{id}.toml")).filter(|original| files.0.contains_key(original));
    if let Some(original) = original {
        let message = format!("{path} holds the same process as {original}: it seems to be a copy of it");
        let help = "compare the two, keep what is right in the latter and move this one away".to_owned();
        return Some(Problem::new(Rule::ConflictCopy, path, None, message, help));
    }
    None
}

/// The id that a file gives its process, read without the rest of the file, which may be broken.
fn id_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut tops = text.lines().take_while(|line| !line.starts_with('['));
    let value = tops.find_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('=')).map(str::trim)?;
    value.strip_prefix('"')?.split('"').next()
}
