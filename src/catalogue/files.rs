//! The files of a catalogue as bytes: from a folder, or those built into the binary. Only here is anything read.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};

use crate::catalogue::problem::{Problem, Rule, Severity};
use crate::catalogue::read::nearest;
use crate::catalogue::shares::{in_shares, threads};
use crate::catalogue::text::Language;

/// The largest file that is read, in bytes: fifty times the largest of the shipped catalogue.
pub const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// The largest sum of all files, in bytes: room for a hundred thousand processes.
pub const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;

/// So many files must be read for a second thread to be worth its start.
const SHARED_FROM: usize = 128;

/// More bytes than most files have.
const USUAL_BYTES: usize = 64 * 1024;

/// How much is read beyond [`MAX_TOTAL_BYTES`] before it is known which of the files that is too much, in bytes.
const BEYOND: u64 = 128 * 1024 * 1024;

/// The folder of the processes, one file each.
pub const PROCESSES: &str = "processes";

/// The folder of the shapes of countries, which is no part of a catalogue.
const SHAPES: &str = "map";

/// How deep folders are looked into that are not read, and at how many of their entries, to tell what is missed there.
const STRAY_DEPTH: usize = 3;
const STRAY_ENTRIES: usize = 1_000;

/// The folder of what the bot says, one Fluent file for each language.
pub const MESSAGES: &str = "messages";

/// The files that every catalogue has beside its processes and messages.
pub(crate) const SINGLE_FILES: [&str; 9] = [
    "countries.toml",
    "general.toml",
    "glossary.toml",
    "iom.toml",
    "meetings.toml",
    "organisations.toml",
    "questions.toml",
    "regions.toml",
    "topics.toml",
];

/// The files that are lists of tables, each with the key above every table of it.
const LISTS: [(&str, &str); 7] = [
    ("countries.toml", "country"),
    ("glossary.toml", "term"),
    ("meetings.toml", "meeting"),
    ("organisations.toml", "organisation"),
    ("questions.toml", "question"),
    ("regions.toml", "region"),
    ("topics.toml", "topic"),
];

/// The key above each table of a file, if the file is a list of them.
pub(crate) fn list_key(file: &str) -> Option<&'static str> {
    LISTS.iter().find(|(list, _)| *list == file).map(|(_, key)| *key)
}

/// Those of them for which the built-in one stands in where a folder has none: a folder or a revision of a version that did
/// not know them goes on serving.
pub(crate) const SUPPLIED_FILES: [&str; 2] = ["questions.toml", "topics.toml"];

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// The files of a catalogue by their path within its folder (`regions.toml`, `processes/ocam.toml`), as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// The catalogue built into the binary.
    pub fn built_in() -> Files {
        Files(built_in().map(|(path, content)| (path.to_owned(), content.to_vec())).collect())
    }

    /// Whether these are the files built into the binary, each byte of them.
    pub(crate) fn are_built_in(&self) -> bool {
        let is_same = |(path, content): (&str, &[u8])| self.0.get(path).is_some_and(|ours| ours == content);
        built_in().count() == self.0.len() && built_in().all(is_same)
    }

    /// One file of the catalogue built into the binary, without touching the others.
    pub fn one_built_in(path: &str) -> Option<&'static [u8]> {
        BUILT_IN.get_file(path).map(File::contents)
    }

    /// Reads a folder: the single files, `processes/*.toml` and `messages/*.ftl`.
    ///
    /// What cannot be read comes back as problems beside what could, so that one bad file does not hide the others.
    /// Hidden files and editors' back-ups are passed over; other strangers are warned of.
    pub fn read(folder: &Path) -> (Files, Vec<Problem>) {
        let mut reading = Reading { files: Files::default(), problems: Vec::new(), total: 0 };
        if let Err(error) = fs::metadata(folder).and_then(|_| fs::read_dir(folder)) {
            let message = match error.kind() {
                io::ErrorKind::NotFound => format!("there is no folder {}", folder.display()),
                io::ErrorKind::NotADirectory => format!("{} is no folder", folder.display()),
                _ => format!("the folder {} cannot be read: {error}", folder.display()),
            };
            let help = "name the catalogue's folder with --data, or as the argument of check".to_owned();
            reading.problems.push(Problem::new(Rule::Unreadable, "", None, message, help));
            return (reading.files, reading.problems);
        }
        for subfolder in ["", PROCESSES, MESSAGES] {
            reading.folder(folder, subfolder);
        }
        // A volume that is not mounted, or a folder above the one that is meant.
        if reading.files.0.is_empty() && !reading.problems.iter().any(|one| one.severity == Severity::Error) {
            let message = format!("the folder {} holds no file of a catalogue", folder.display());
            let within = folder.join("data");
            let help = match within.join(SINGLE_FILES[0]).is_file() {
                true => format!("name the folder {} instead", within.display()),
                false => "name the catalogue's folder with --data, or mount what belongs there".to_owned(),
            };
            reading.problems.push(Problem::new(Rule::Unreadable, "", None, message, help));
        }
        (reading.files, reading.problems)
    }

    /// A hash of all paths and contents (SHA-256, in hexadecimal): equal exactly when the catalogues are.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, content) in &self.0 {
            for part in [path.as_bytes(), content] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        HEXLOWER.encode(&hasher.finalize())
    }
}

/// The files built into the binary that make up a catalogue.
fn built_in() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let all = BUILT_IN.files().chain(BUILT_IN.dirs().flat_map(Dir::files));
    let named = all.filter_map(|file| Some((file.path().to_str()?, file.contents())));
    named.filter(|(path, _)| belongs(path))
}

/// Whether a path is one of those that make up a catalogue.
pub fn belongs(path: &str) -> bool {
    match path.split_once('/') {
        None => SINGLE_FILES.contains(&path),
        Some((PROCESSES, name)) => is_plain(name, ".toml"),
        Some((MESSAGES, name)) => Language::ALL.iter().any(|one| name.strip_suffix(".ftl") == Some(one.code())),
        Some(_) => false,
    }
}

fn is_plain(name: &str, ending: &str) -> bool {
    name.ends_with(ending) && !name.starts_with(['.', '#', '~']) && !name.contains('/')
}

struct Reading {
    files: Files,
    problems: Vec<Problem>,
    total: u64,
}

impl Reading {
    fn folder(&mut self, root: &Path, subfolder: &str) {
        let listing = fs::read_dir(root.join(subfolder)).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut entries = match listing {
            Ok(entries) => entries,
            // A catalogue without messages says what is built into the program; one without processes is told as such.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => {
                let message = format!("the folder {} cannot be read: {error}", root.join(subfolder).display());
                let help = "create it, or name the catalogue's folder with --data".to_owned();
                return self.problems.push(Problem::new(Rule::Unreadable, subfolder, None, message, help));
            }
        };
        entries.sort_by_cached_key(fs::DirEntry::file_name);
        let named = |entry: &fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if subfolder.is_empty() { name } else { format!("{subfolder}/{name}") }
        };
        // Opening a file takes longer than reading one of ours, so that several are opened at once. What each thread has read
        // is added up, and when that is too much none reads on: files that are left are read below, one after the other, so
        // that never more is held, and the same files are refused every time.
        let threads = if entries.len() < SHARED_FROM { 1 } else { threads() };
        let held = AtomicU64::new(self.total);
        let read = in_shares(&entries, threads, |share| {
            let mut reader = Reader::default();
            let read = share.iter().map(|entry| {
                let path = named(entry);
                let content = belongs(&path).then(|| {
                    let room = held.load(Ordering::Relaxed) <= MAX_TOTAL_BYTES + BEYOND;
                    let content = room.then(|| reader.read(entry));
                    let read = content.iter().flatten().flatten().map(|content| content.len() as u64).sum();
                    held.fetch_add(read, Ordering::Relaxed);
                    content
                });
                (path, content)
            });
            read.collect::<Vec<_>>()
        });
        let mut reader = Reader::default();
        for (entry, (path, content)) in entries.iter().zip(read.into_iter().flatten()) {
            self.entry(entry, path, content.map(|content| content.unwrap_or_else(|| reader.read(entry))));
        }
    }

    /// What stands in a folder: a file of the catalogue with what was read of it, or something else.
    fn entry(&mut self, entry: &fs::DirEntry, path: String, content: Option<io::Result<Option<Vec<u8>>>>) {
        match content {
            Some(content) => self.file(path, content),
            None if is_stranger(&path) && !entry.path().is_dir() => {
                let (message, help) = match entry.file_name().to_string_lossy().starts_with("~$") {
                    true => (
                        "is what an editor leaves while it has the file open",
                        "close the file there, or remove this one",
                    ),
                    false => (
                        "is no file of a catalogue and is not read",
                        "rename it if it should be, or move it away; data/README.md lists the files",
                    ),
                };
                let (message, help) = (format!("{path} {message}"), help.to_owned());
                self.problems.push(Problem::new(Rule::UnknownFile, &path, None, message, help));
            }
            None if entry.path().is_dir() && !is_folder(&path) => self.stray_folder(entry, &path),
            None => {}
        }
    }

    /// A folder that is not read, where a file of a catalogue seems to lie in it.
    fn stray_folder(&mut self, entry: &fs::DirEntry, path: &str) {
        let mut left = STRAY_ENTRIES;
        let Some(within) = first_stranger(&entry.path(), path, STRAY_DEPTH, &mut left) else { return };
        let message = format!("the folder {path} is not read, and holds {within}");
        let help = match path.split_once('/') {
            Some((parent, _)) => format!("move its files into {parent} itself if they should be read, or move it away"),
            None => "move it away, or its files where they belong; data/README.md lists the files".to_owned(),
        };
        self.problems.push(Problem::new(Rule::UnknownFile, path, None, message, help));
    }

    fn file(&mut self, path: String, content: io::Result<Option<Vec<u8>>>) {
        match content {
            Ok(Some(content)) if self.total + content.len() as u64 <= MAX_TOTAL_BYTES => {
                self.total += content.len() as u64;
                self.files.0.insert(path, content);
            }
            Ok(_) => {
                let message = format!("{path} is larger than is read");
                let help = format!("keep each file under {MAX_FILE_BYTES} bytes and all under {MAX_TOTAL_BYTES}");
                self.problems.push(Problem::new(Rule::TooLarge, &path, None, message, help));
            }
            Err(error) => {
                let message = format!("{path} cannot be read: {error}");
                let help = "check that it is a file and that the bot may read it".to_owned();
                self.problems.push(Problem::new(Rule::Unreadable, &path, None, message, help));
            }
        }
    }
}

/// Reads files one after the other into the same memory, and gives each what it holds.
#[derive(Default)]
struct Reader {
    /// As long as the longest file so far.
    scratch: Vec<u8>,
}

impl Reader {
    /// The file's content, or `None` when it is larger than [`MAX_FILE_BYTES`]: never more than that is held.
    fn read(&mut self, entry: &fs::DirEntry) -> io::Result<Option<Vec<u8>>> {
        let place = entry.path();
        // Opening a pipe would wait for its writer for ever. What a link leads to, the folder does not say.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file()) || fs::metadata(&place)?.is_file();
        if !is_file {
            return Err(io::Error::other("it is not a regular file"));
        }
        self.scratch.clear();
        // Most files are shorter: then one look tells all of it, and the next that it ends.
        self.scratch.reserve(USUAL_BYTES);
        fs::File::open(place)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut self.scratch)?;
        Ok((self.scratch.len() as u64 <= MAX_FILE_BYTES).then(|| self.scratch.as_slice().into()))
    }
}

/// Whether a file is neither the catalogue's nor one of those that editors and people leave beside it.
fn is_stranger(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let passed_over = name.starts_with(['.', '#']) || name.ends_with('~') || name == "README.md";
    // Some systems hide the ending, or add one of theirs.
    let name = name.to_lowercase();
    let named = name.strip_suffix(".txt").unwrap_or(&name);
    let ending = named.rsplit_once('.').map_or("", |(_, ending)| ending);
    !passed_over && nearest(ending, &["toml", "ftl"]).is_some()
}

/// Whether a folder is one of the catalogue, or one that is known to be none.
fn is_folder(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    [PROCESSES, MESSAGES, SHAPES].contains(&path) || name.starts_with('.')
}

/// The first file below a folder that has the ending of one of a catalogue, by its path within the catalogue's folder. What
/// cannot be looked into holds none.
fn first_stranger(folder: &Path, path: &str, depth: usize, left: &mut usize) -> Option<String> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder).ok()?.take(*left).filter_map(Result::ok).collect();
    *left = left.saturating_sub(entries.len());
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    entries.iter().find_map(|entry| {
        let within = format!("{path}/{}", entry.file_name().to_string_lossy());
        // A link may lead back.
        match entry.file_type().ok()? {
            kind if kind.is_dir() && depth > 0 && !is_folder(&within) => {
                first_stranger(&entry.path(), &within, depth - 1, left)
            }
            kind if kind.is_dir() => None,
            _ => is_stranger(&within).then_some(within),
        }
    })
}
