//! From files to records, all read in one run; the rules between records are applied to them in `check`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::thread;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::catalogue::called::name_hashes;
use crate::catalogue::files::{Files, PROCESSES, SINGLE_FILES, SUPPLIED_FILES};
use crate::catalogue::kept::{Checked, Digest, KeptFiles, KeptProcess, digests};
use crate::catalogue::model::*;
use crate::catalogue::problem::{Problem, Rule};
use crate::catalogue::read::{as_meant, read};
use crate::catalogue::shares::{in_shares, joined, threads};
use crate::catalogue::whole::Catalogue;

/// A process as its file has it.
pub(crate) struct ParsedProcess<'a> {
    /// The path of its file.
    pub(crate) path: &'a str,
    /// The digest of its file.
    pub(crate) digest: Digest,
    /// Its record.
    pub(crate) process: Arc<Process>,
    /// What is wrong in the file by itself.
    pub(crate) read: Arc<[Problem]>,
    /// Its names, hashed.
    pub(crate) names: Arc<[u64]>,
    /// What its check found, if it was checked.
    pub(crate) checked: Option<Checked>,
}

/// The records of a whole folder, before the rules between them have been applied.
pub(crate) struct Parsed<'a> {
    files: &'a Files,
    /// The processes, in the order of their files' paths.
    pub(crate) processes: Vec<ParsedProcess<'a>>,
    /// The digests of the other files, with what is wrong in each by itself.
    pub(crate) single: HashMap<&'static str, (Digest, Arc<[Problem]>)>,
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
    /// The text of a file, to show an offending line: as it was read, keys that were written wrong put right.
    pub(crate) fn text(&self, file: &str) -> Option<Cow<'_, str>> {
        let text = self.files.0.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
        let process = self.processes.binary_search_by(|one| one.path.cmp(file)).ok();
        let process = process.and_then(|place| self.processes.get(place)).map(|one| &one.read);
        let read = process.or_else(|| self.single.get(file).map(|(_, read)| read));
        Some(read.map_or(Cow::Borrowed(text), |read| as_meant(text, read)))
    }
}

/// Reads every file; `None` as soon as one of them holds no record, since the rules between records need them all. The
/// records of files that the `former` catalogue was read from are taken from it.
pub(crate) fn parse<'a>(
    files: &'a Files,
    former: Option<&Catalogue>,
    problems: &mut Vec<Problem>,
) -> Option<Parsed<'a>> {
    let digests = digests(files);
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
            let mut single = Single { files, digests: &digests, former, read: HashMap::new(), problems: Vec::new() };
            let records = (
                (single.read(), single.read(), single.read()),
                (single.read(), single.read(), single.read(), single.read()),
                (single.read(), single.read()),
            );
            (records, single.read, single.problems)
        });
        let former = former.and_then(Catalogue::kept);
        (processes(files, &digests, former, problems), joined(single))
    });
    let (((regions, countries, organisations), (meetings, iom, general, glossary), (topics, questions)), single, found) =
        single;
    problems.extend(found);
    Some(Parsed {
        files,
        processes: processes?,
        single,
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

/// A file that every catalogue has once.
trait SingleFile: DeserializeOwned + JsonSchema {
    const NAME: &str;

    /// Its record in a catalogue.
    fn of(catalogue: &Catalogue) -> Self;
}

macro_rules! single_files {
    ($($model:ty = $name:literal, $of:expr;)+) => { $(
        impl SingleFile for $model {
            const NAME: &str = $name;

            fn of(catalogue: &Catalogue) -> Self {
                let of: fn(&Catalogue) -> Self = $of;
                of(catalogue)
            }
        }
    )+ };
}

single_files! {
    RegionsFile = "regions.toml", |one| RegionsFile { regions: one.regions.clone() };
    CountriesFile = "countries.toml", |one| CountriesFile { countries: one.countries.clone() };
    OrganisationsFile = "organisations.toml", |one| OrganisationsFile { organisations: one.organisations.clone() };
    MeetingsFile = "meetings.toml", |one| one.meetings.clone();
    IomFile = "iom.toml", |one| one.iom.clone();
    GeneralFile = "general.toml", |one| one.general.clone();
    GlossaryFile = "glossary.toml", |one| one.glossary.clone();
    TopicsFile = "topics.toml", |one| TopicsFile { topics: one.topics.clone() };
    QuestionsFile = "questions.toml", |one| one.questions.clone();
}

struct Single<'a> {
    files: &'a Files,
    digests: &'a BTreeMap<&'a str, Digest>,
    former: Option<&'a Catalogue>,
    read: HashMap<&'static str, (Digest, Arc<[Problem]>)>,
    problems: Vec<Problem>,
}

impl Single<'_> {
    fn read<T: SingleFile>(&mut self) -> Option<T> {
        let built_in = || Files::one_built_in(T::NAME).filter(|_| SUPPLIED_FILES.contains(&T::NAME));
        let bytes = self.files.0.get(T::NAME).map(Vec::as_slice).or_else(built_in)?;
        let digest = self.digests.get(T::NAME).copied().unwrap_or_else(|| Sha256::digest(bytes).into());
        let kept = self.former.and_then(|former| Some((former, former.kept()?.single.get(T::NAME)?)));
        let (record, problems) = match kept.filter(|(_, (there, _))| *there == digest) {
            Some((former, (_, problems))) => (Some(T::of(former)), Arc::clone(problems)),
            None => {
                let (record, problems) = read(T::NAME, bytes);
                (record, problems.into())
            }
        };
        self.problems.extend(problems.iter().cloned());
        self.read.insert(T::NAME, (digest, problems));
        record
    }
}

/// The processes by id, read on as many threads as the machine has: parsing is most of the cost of a load.
fn processes<'a>(
    files: &'a Files,
    digests: &BTreeMap<&str, Digest>,
    former: Option<&KeptFiles>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<ParsedProcess<'a>>> {
    let of_processes = |path: &str| path.strip_prefix(PROCESSES).is_some_and(|rest| rest.starts_with('/'));
    // The digests stand in the order of the files.
    let all = files.0.iter().zip(digests.values()).filter(|((path, _), _)| of_processes(path));
    let mut all: Vec<(&'a str, &'a [u8], Digest)> =
        all.map(|((path, bytes), digest)| (path.as_str(), bytes.as_slice(), *digest)).collect();
    let there = all.len();
    all.retain(|(path, bytes, _)| match strayed(files, path, bytes) {
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
    let known = |path: &'a str, digest: Digest| {
        let kept = former?.processes.get(path).filter(|kept| kept.digest == digest)?;
        let KeptProcess { digest, process, read, names, checked } = kept.clone();
        Some((
            Some(ParsedProcess { path, digest, process, read: Arc::clone(&read), names, checked: Some(checked) }),
            read,
        ))
    };
    let each: Vec<_> = all.iter().map(|(path, _, digest)| known(path, *digest)).collect();
    let new: Vec<_> = all.iter().zip(&each).filter(|(_, known)| known.is_none()).map(|(one, _)| one).collect();
    let shares = in_shares(&new, threads(), |share| {
        let all = share.iter().map(|&&(path, bytes, digest)| {
            let (record, problems) = read::<Process>(path, bytes);
            let problems: Arc<[Problem]> = problems.into();
            let one = record.map(|record| ParsedProcess {
                path,
                digest,
                names: name_hashes(&record),
                process: Arc::new(record),
                read: Arc::clone(&problems),
                checked: None,
            });
            (one, problems)
        });
        all.collect::<Vec<_>>()
    });
    let mut new = shares.into_iter().flatten();
    let mut records = Some(Vec::with_capacity(all.len()));
    for (one, found) in each.into_iter().filter_map(|known| known.or_else(|| new.next())) {
        problems.extend(found.iter().cloned());
        match (one, &mut records) {
            (Some(one), Some(records)) => records.push(one),
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
