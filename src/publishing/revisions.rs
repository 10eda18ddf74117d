//! The log of revisions: every catalogue that was ever accepted, whole, under its number. It only grows.
//!
//! A revision is one object, created if it is not there yet, so that no number is used twice, whoever tries, and no
//! half-written one is ever read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use tokio::sync::OnceCell;
use tokio::time::timeout;
use tracing::{error, warn};
use url::Url;

use crate::atomic::{make_folder, sweep_files};
use crate::blocking::blocking;
use crate::catalogue::{Files, MAX_FILE_BYTES, MAX_TOTAL_BYTES};

use crate::publishing::codec::{Damaged, decode, decode_head, encode};
use crate::publishing::log_folder::LogFolder;
use crate::publishing::revision::{Actor, Cause, Meta, Revision, Told};
use crate::publishing::store::{self, StoreFault, Variables, store_fault};
use crate::publishing::store_error::{CallFailure, StoreError};

/// How an object's name ends.
const ENDING: &str = ".revision";

/// How many digits stand before it: stores list names by their letters, so that all have as many.
const DIGITS: usize = 10;

/// The last number that there is a name for.
const LAST: u64 = 9_999_999_999;

/// How much of an object is read to learn who made it and when, in bytes. The second line is far shorter.
const HEAD: u64 = 4_096;

/// The largest revision that is read, in bytes: all files of the largest catalogue, and what stands above them.
pub(crate) const LARGEST: u64 = MAX_TOTAL_BYTES + 64 * 1024 * 1024;

/// The most objects of a log that are listed.
const LISTED: usize = 1_000_000;

/// An object by which it is tried whether the store creates only what is not there. It sorts before every number.
const PROBE: &str = "-probe";

/// What stands in the log beside the revisions, each in a folder that sorts before every number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Proposals that wait for a decision.
    Proposals,
    /// The catalogues that programs were shipped with, by their hashes.
    Shipped,
    /// What merges could not decide, by the hashes of what was merged in.
    Conflicts,
    /// What is news for readers in each revision, by its number.
    News,
    /// Of which revisions that was told, by their numbers.
    Told,
    /// What was typed into forms that were refused.
    Drafts,
    /// What readers reported, and that it was settled.
    Reports,
    /// What moderators put off.
    PutOff,
}

impl Shelf {
    fn folder(self) -> &'static str {
        match self {
            Shelf::Proposals => "-uploads",
            Shelf::Shipped => "-shipped",
            Shelf::Conflicts => "-conflicts",
            Shelf::News => "-news",
            Shelf::Told => "-told",
            Shelf::Drafts => "-drafts",
            Shelf::Reports => "-reports",
            Shelf::PutOff => "-later",
        }
    }
}

/// How many heads are read at once.
const AT_ONCE: usize = 16;

/// How long the log may take to say which numbers are taken, or what the beginning of a revision says. A store that is
/// cut off is given up after this.
const LOOK: Duration = Duration::from_secs(5);

/// How long the whole of a revision may be on its way.
const MOVE: Duration = Duration::from_secs(30);

/// What is told of a folder that was taken away in the middle of a write.
const TAKEN_AWAY: &str = "the folder was taken away while something was written: mount it";

/// How often a creation is tried that was refused because of another at the same moment, which then did not come about.
const TRIES: usize = 4;

/// What a revision says of itself beside who made it and why.
#[derive(Debug, Default)]
pub(crate) struct RevisionNotes {
    /// What it changes, and the reason given.
    pub(crate) told: Told,
    /// The catalogue shipped with a program that is in it, by its hash.
    pub(crate) shipped: Option<String>,
}

/// What came of creating a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is there.
    Created(Meta),
    /// The number is taken by another.
    Taken,
}

/// Where a log is said to be.
enum Address {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A store of another machine.
    Store(Url),
}

impl Address {
    /// What an address names; without one, the folder.
    fn of(url: Option<&str>, folder: &Path) -> Result<Address, StoreError> {
        let Some(url) = url else { return Ok(Address::Folder(folder.to_owned())) };
        let bad = |reason: String| StoreError::Place { place: url.to_owned(), reason };
        let parsed = Url::parse(url).map_err(|error| bad(error.to_string()))?;
        match parsed.scheme() {
            "file" => parsed
                .to_file_path()
                .map_err(|()| bad("it names no folder of this machine".to_owned()))
                .map(Address::Folder),
            _ => Ok(Address::Store(parsed)),
        }
    }
}

/// A log that was looked for.
pub enum FoundLog {
    /// It is there, or in a store that says so only when it is asked.
    Log(Revisions),
    /// Its folder is not there yet.
    NotYet(PathBuf),
}

/// The log. Whatever the store does, a call that looks at it ends within ten seconds, and one that moves a whole revision
/// within forty.
pub struct Revisions {
    store: Arc<dyn ObjectStore>,
    prefix: Location,
    /// How it is called in messages.
    place: String,
    /// The folder that it is, if it is one.
    folder: Option<LogFolder>,
    /// What to say in addition when the store fails.
    hint: Option<&'static str>,
    /// Whether the store is of another machine, whose errors are not shown as they are.
    remote: bool,
    /// Whether the last call was answered.
    reached: AtomicBool,
    /// Whether the store was tried, and creates only what is not there yet.
    exclusive: OnceCell<bool>,
    /// Whether the store was seen to let one revision take the place of another.
    overwrites: AtomicBool,
    /// The heads that were read; those of objects that are no revisions are `None`.
    known: Mutex<BTreeMap<u64, Option<Meta>>>,
}

impl Revisions {
    /// The log at an address (`file://`, `s3://`, `gs://`, `az://`), or in a folder of this machine without one.
    ///
    /// Credentials and endpoints come from `variables`, under the names that each store's own tools have, in lower case.
    /// Nothing is sent yet: a store that cannot be reached shows at the first call.
    pub fn open(url: Option<&str>, folder: &Path, variables: Variables) -> Result<Revisions, StoreError> {
        match Address::of(url, folder)? {
            Address::Folder(folder) => Revisions::local(&folder),
            Address::Store(url) => Revisions::remote(&url, variables),
        }
    }

    /// The same, but nothing is made or cleared up on this machine.
    pub fn find(url: Option<&str>, folder: &Path, variables: Variables) -> Result<FoundLog, StoreError> {
        match Address::of(url, folder)? {
            Address::Folder(folder) if !folder.exists() => Ok(FoundLog::NotYet(folder)),
            Address::Folder(folder) => Revisions::in_folder(&folder).map(FoundLog::Log),
            Address::Store(url) => Revisions::remote(&url, variables).map(FoundLog::Log),
        }
    }

    fn remote(url: &Url, variables: Variables) -> Result<Revisions, StoreError> {
        let place = url.to_string();
        let opened =
            store::open(url, variables).map_err(|reason| StoreError::Place { place: place.clone(), reason })?;
        Ok(Revisions { place, remote: true, hint: opened.hint, ..Revisions::within(opened.store, opened.prefix) })
    }

    /// The log in a folder of this machine. A revision is on the disk when it is there.
    pub fn local(folder: &Path) -> Result<Revisions, StoreError> {
        let bad = |reason: String| StoreError::Place { place: folder.display().to_string(), reason };
        make_folder(folder).map_err(|error| bad(error.to_string()))?;
        sweep_files(folder, |name| name.contains(&format!("{ENDING}#")));
        Revisions::in_folder(folder)
    }

    fn in_folder(folder: &Path) -> Result<Revisions, StoreError> {
        let bad = |reason: String| StoreError::Place { place: folder.display().to_string(), reason };
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| bad(error.to_string()))?;
        let (place, store) = (folder.display().to_string(), Arc::new(store.with_fsync(true)));
        let folder = Some(LogFolder::at(folder, ENDING));
        Ok(Revisions { place, folder, ..Revisions::within(store, Location::default()) })
    }

    /// The log in a store, under a prefix.
    pub fn within(store: Arc<dyn ObjectStore>, prefix: Location) -> Revisions {
        let (place, reached) = (store.to_string(), AtomicBool::new(true));
        let (exclusive, overwrites, known) = (OnceCell::new(), AtomicBool::new(false), Mutex::default());
        Revisions {
            store,
            prefix,
            place,
            folder: None,
            hint: None,
            remote: false,
            reached,
            exclusive,
            overwrites,
            known,
        }
    }

    /// Whether the store answered when it was last asked for anything.
    pub fn reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Whether the store lets one revision take the place of another, so that nothing is created in it any more.
    pub fn overwrites(&self) -> bool {
        self.overwrites.load(Ordering::Relaxed)
    }

    /// How the log is called in messages: its address, or its folder.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Notes that a revision took the place of another. Folders of this machine let none: there it is another log that
    /// stands where the one that was known stood, such as one that was mounted since.
    pub(crate) fn found_overwriting(&self) {
        if self.remote && !self.overwrites.swap(true, Ordering::Relaxed) {
            error!("{}", self.overwriting());
        }
    }

    fn overwriting(&self) -> StoreError {
        StoreError::Overwrites { place: self.place.clone() }
    }

    /// Tries once whether the store creates an object only if it is not there yet: with one that does not, replicas would
    /// overwrite each other's revisions. Folders of this machine do.
    pub async fn try_exclusive(&self) -> Result<(), StoreError> {
        if self.overwrites() {
            return Err(self.overwriting());
        }
        if !self.remote {
            return Ok(());
        }
        let exclusive = self.exclusive.get_or_try_init(|| async { self.probe().await.map(|(exclusive, _)| exclusive) });
        if *exclusive.await? {
            return Ok(());
        }
        self.found_overwriting();
        Err(self.overwriting())
    }

    /// Tries the same of any store, and takes away again what was created for it. `Some` with the object's name if that stays,
    /// because the store lets nothing be deleted.
    pub(crate) async fn try_out(&self) -> Result<Option<String>, StoreError> {
        let (exclusive, created) = self.probe().await?;
        let location = self.probe_location();
        // Who created it is the only one who takes it away: another program that tries the same finds it there until then.
        let stays = created && self.within_time(LOOK, self.store.delete(&location)).await.is_err();
        match exclusive {
            true => Ok(stays.then(|| location.to_string())),
            false => Err(self.overwriting()),
        }
    }

    /// Creates an object twice: whether the second time was refused, and whether the first time created it.
    async fn probe(&self) -> Result<(bool, bool), StoreError> {
        let location = self.probe_location();
        for created in [false, true] {
            let put = self.store.put_opts(&location, PutPayload::from_static(b"rcp-bot"), PutMode::Create.into());
            match self.within_time(LOOK, put).await {
                Ok(_) => {}
                Err(CallFailure::Answer(object_store::Error::AlreadyExists { .. })) => return Ok((true, created)),
                Err(failed) => return Err(self.failure(failed)),
            }
        }
        Ok((false, true))
    }

    fn probe_location(&self) -> Location {
        self.prefix.clone().join(PROBE)
    }

    /// Waits for the store for at most this long.
    async fn within_time<T>(
        &self,
        most: Duration,
        call: impl Future<Output = object_store::Result<T>>,
    ) -> Result<T, CallFailure> {
        self.timed(most, async {
            if let Some(folder) = &self.folder {
                folder.stands().await.map_err(CallFailure::Gone)?;
            }
            call.await.map_err(CallFailure::Answer)
        })
        .await
    }

    /// Writes an object. A folder that is taken away meanwhile is not made anew, or what is written would stand in no log.
    async fn write(&self, location: &Location, object: &PutPayload, mode: PutMode) -> Result<(), CallFailure> {
        let put = self.store.put_opts(location, object.clone(), mode.into());
        self.timed(MOVE, async {
            let Some(folder) = &self.folder else { return put.await.map(drop).map_err(CallFailure::Answer) };
            let stood = folder.stands().await.map_err(CallFailure::Gone)?;
            let put = put.await;
            if folder.is_still(stood).await {
                return put.map(drop).map_err(CallFailure::Answer);
            }
            match folder.take_away(location.as_ref(), Bytes::from(object.clone()).to_vec()).await {
                true => Err(CallFailure::Gone(TAKEN_AWAY)),
                false => Err(CallFailure::Moved),
            }
        })
        .await
    }

    async fn timed<T>(
        &self,
        most: Duration,
        call: impl Future<Output = Result<T, CallFailure>>,
    ) -> Result<T, CallFailure> {
        let done = timeout(most, call).await.unwrap_or(Err(CallFailure::Silent(most)));
        let unreached = done.as_ref().err().is_some_and(|failed| !failed.was_answered());
        self.reached.store(!unreached, Ordering::Relaxed);
        done
    }

    /// The failure as it is told.
    fn failure(&self, failed: CallFailure) -> StoreError {
        let (place, hint) = (self.place.clone(), self.hint.map(|hint| format!(" ({hint})")).unwrap_or_default());
        match failed {
            CallFailure::Silent(most) => {
                let reason = format!("it did not answer within {} seconds{hint}", most.as_secs());
                StoreError::Unreachable { place, reason }
            }
            CallFailure::Gone(reason) => StoreError::Unreachable { place, reason: reason.to_owned() },
            CallFailure::Moved => StoreError::Unreachable { place, reason: TAKEN_AWAY.to_owned() },
            // A folder's errors name files and reasons of this machine.
            CallFailure::Answer(error) if !self.remote => StoreError::Refused { place, reason: error.to_string() },
            CallFailure::Answer(error) => match store_fault(&error) {
                StoreFault::Unconnected(reason) | StoreFault::Silent(reason) => {
                    StoreError::Unreachable { place, reason: format!("{reason}{hint}") }
                }
                StoreFault::Refuses(reason) => StoreError::Refused { place, reason: format!("{reason}{hint}") },
            },
        }
    }

    /// The numbers that are taken, oldest first.
    pub async fn numbers(&self) -> Result<Vec<u64>, StoreError> {
        self.numbers_after(0).await
    }

    /// The numbers that are taken beyond one, oldest first.
    pub async fn numbers_after(&self, after: u64) -> Result<Vec<u64>, StoreError> {
        let (prefix, offset) = (Some(&self.prefix), self.location(after));
        let list = self.store.list_with_offset(prefix, &offset).take(LISTED).try_collect();
        let listed: Vec<_> = self.within_time(LOOK, list).await.map_err(|failed| self.failure(failed))?;
        // What bears another name than we give is none of ours.
        let number = |location: &Location| {
            let digits = location.filename()?.strip_suffix(ENDING)?;
            (digits.len() == DIGITS).then(|| digits.parse::<u64>().ok())?
        };
        let numbers = listed.iter().filter_map(|object| number(&object.location));
        let mut numbers: Vec<u64> = numbers.filter(|number| *number > after).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    /// Creates a revision, unless its number is taken.
    pub async fn append(
        &self,
        number: u64,
        actor: &Actor,
        cause: &Cause,
        files: &Files,
    ) -> Result<Appended, StoreError> {
        self.append_with(number, actor, cause, RevisionNotes::default(), files, files.hash()).await
    }

    /// The same, with what else it says of itself; the hash of the files is known already.
    pub(crate) async fn append_with(
        &self,
        number: u64,
        actor: &Actor,
        cause: &Cause,
        notes: RevisionNotes,
        files: &Files,
        hash: String,
    ) -> Result<Appended, StoreError> {
        let RevisionNotes { told, shipped } = notes;
        let meta = Meta {
            number,
            time: Timestamp::now().to_string(),
            actor: actor.clone(),
            cause: cause.clone(),
            hash,
            told: Box::new(told),
            shipped,
        };
        if number > LAST {
            let reason = format!("no number is left after {LAST:0DIGITS$}{ENDING}: take that away, unless you made it");
            return Err(StoreError::Refused { place: self.place.clone(), reason });
        }
        self.try_exclusive().await?;
        let object = PutPayload::from(encode(&meta, files));
        let location = self.location(number);
        let mut tries = TRIES;
        loop {
            tries -= 1;
            let Err(failed) = self.write(&location, &object, PutMode::Create).await else {
                return Ok(self.read_back(meta).await);
            };
            // Nothing has arrived, and nothing can be asked either.
            if failed.is_unconnected() {
                return Err(self.failure(failed));
            }
            // A try whose answer was lost may have succeeded, and its repetition then finds the number taken: what is
            // there tells.
            let taken = matches!(failed, CallFailure::Answer(object_store::Error::AlreadyExists { .. }));
            let answered = failed.was_answered();
            let failure = self.failure(failed);
            return match self.head(number).await {
                Ok(there) if there == meta => Ok(Appended::Created(meta)),
                Ok(_) | Err(StoreError::Damaged(_) | StoreError::Newer(_)) => Ok(Appended::Taken),
                // S3 may refuse all of several at the same moment.
                Err(StoreError::Missing(_)) if taken && tries > 0 => continue,
                Err(StoreError::Missing(_)) => Err(failure),
                Err(_) if taken => Ok(Appended::Taken),
                Err(_) if answered => Err(failure),
                Err(_) => Err(StoreError::Unsure { number, error: Box::new(failure) }),
            };
        }
    }

    /// A store that takes two creations at the same moment answers both well: what is there tells which one it kept.
    async fn read_back(&self, meta: Meta) -> Appended {
        if self.remote
            && let Ok(there) = self.head(meta.number).await
            && there != meta
        {
            self.found_overwriting();
            return Appended::Taken;
        }
        self.known().insert(meta.number, Some(meta.clone()));
        Appended::Created(meta)
    }

    /// Reads a revision and proves that it is what was written.
    pub async fn read(&self, number: u64) -> Result<Revision, StoreError> {
        let location = self.location(number);
        let get = async { bounded(self.store.get(&location).await?, LARGEST).await };
        let object = self.within_time(MOVE, get).await.map_err(|failed| match failed {
            CallFailure::Answer(object_store::Error::NotFound { .. }) => StoreError::Missing(number),
            failed => self.failure(failed),
        })?;
        let object = object.ok_or(Damaged("it is larger than any catalogue"))?;
        // Proving it takes long for a large one.
        let decoded = blocking(move || decode(&object)).await;
        let revision = decoded.map_err(|error| StoreError::of(number, error))?;
        if revision.meta.number != number {
            return Err(Damaged("it bears another number").into());
        }
        Ok(revision)
    }

    /// The newest revision that is whole, if there is one. Damaged ones are passed over and logged. One of a newer version is
    /// not: it counts, and what is older than it must not be taken for the newest.
    pub async fn newest(&self) -> Result<Option<Revision>, StoreError> {
        self.newest_after(0).await
    }

    /// Whether one of the revisions holds files with this hash.
    pub async fn holds(&self, hash: &str) -> Result<bool, StoreError> {
        let history = self.history(usize::MAX).await?;
        Ok(history.iter().any(|(_, meta)| meta.as_ref().is_some_and(|meta| meta.hash == hash)))
    }

    /// The newest revision beyond a number that is whole, if there is one.
    pub async fn newest_after(&self, after: u64) -> Result<Option<Revision>, StoreError> {
        for number in self.numbers_after(after).await?.into_iter().rev() {
            match self.read(number).await {
                Ok(revision) => return Ok(Some(revision)),
                Err(StoreError::Damaged(error)) => {
                    warn!(revision = number, %error, "a revision is passed over");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// The numbers, newest first, with who made them where that can be read.
    pub async fn history(&self, most: usize) -> Result<Vec<(u64, Option<Meta>)>, StoreError> {
        let numbers: Vec<u64> = self.numbers().await?.into_iter().rev().take(most).collect();
        let unknown: Vec<u64> = {
            let known = self.known();
            numbers.iter().copied().filter(|number| !known.contains_key(number)).collect()
        };
        let heads = futures::stream::iter(unknown).map(|number| async move { (number, self.head(number).await) });
        let mut heads = heads.buffer_unordered(AT_ONCE);
        while let Some((number, head)) = heads.next().await {
            let meta = match head {
                Ok(meta) => Some(meta),
                Err(error @ (StoreError::Damaged(_) | StoreError::Newer(_))) => {
                    warn!(revision = number, %error, "a revision cannot be read");
                    None
                }
                // The others would wait for a store that is cut off as long as this one did.
                Err(error) => return Err(error),
            };
            self.known().insert(number, meta);
        }
        let known = self.known();
        Ok(numbers.into_iter().map(|number| (number, known.get(&number).cloned().flatten())).collect())
    }

    /// Who made a revision, when and why, without reading the whole of it.
    pub(crate) async fn head(&self, number: u64) -> Result<Meta, StoreError> {
        let options = GetOptions { range: Some(GetRange::Bounded(0..HEAD)), ..GetOptions::default() };
        let location = self.location(number);
        let get = async { bounded(self.store.get_opts(&location, options).await?, HEAD).await };
        let head = match self.within_time(LOOK, get).await {
            Ok(head) => head.ok_or(Damaged("the store sends more of it than it was asked for"))?,
            Err(CallFailure::Answer(object_store::Error::NotFound { .. })) => return Err(StoreError::Missing(number)),
            Err(failed) if !failed.was_answered() => return Err(self.failure(failed)),
            // A store refuses the range of an empty object; any other failure says nothing of the object.
            Err(failed) => match self.within_time(LOOK, self.store.head(&location)).await {
                Ok(object) if object.size == 0 => return Err(Damaged("it is empty").into()),
                _ => return Err(self.failure(failed)),
            },
        };
        let meta = match decode_head(&head).map_err(|error| StoreError::of(number, error))? {
            Some(meta) => meta,
            // A newer version may have more to say of it.
            None if head.len() as u64 >= HEAD => return Ok(self.read(number).await?.meta),
            None => return Err(Damaged("its beginning cannot be read").into()),
        };
        Ok(Some(meta).filter(|meta| meta.number == number).ok_or(Damaged("its beginning cannot be read"))?)
    }

    /// Forgets what was known of a revision that is no longer what it was.
    pub(crate) fn forget_known(&self, number: u64) {
        self.known().remove(&number);
    }

    /// Puts something on a shelf beside the revisions, in the place of what is there under its name.
    pub(crate) async fn put(&self, shelf: Shelf, name: &str, content: &[u8]) -> Result<(), StoreError> {
        let location = self.on(shelf, name);
        let written = self.write(&location, &PutPayload::from(content.to_vec()), PutMode::Overwrite).await;
        written.map_err(|failed| self.failure(failed))
    }

    /// Puts something on a shelf beside the revisions, unless something of that name is there: whether it was put.
    pub(crate) async fn put_new(&self, shelf: Shelf, name: &str, content: &[u8]) -> Result<bool, StoreError> {
        let location = self.on(shelf, name);
        match self.write(&location, &PutPayload::from(content.to_vec()), PutMode::Create).await {
            Ok(()) => Ok(true),
            Err(CallFailure::Answer(object_store::Error::AlreadyExists { .. })) => Ok(false),
            Err(failed) => Err(self.failure(failed)),
        }
    }

    /// What stands on a shelf under a name; `None` if nothing does, or if it is longer than `most` bytes.
    pub(crate) async fn take(&self, shelf: Shelf, name: &str, most: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let location = self.on(shelf, name);
        let get = async { bounded(self.store.get(&location).await?, most).await };
        match self.within_time(if most > MAX_FILE_BYTES { MOVE } else { LOOK }, get).await {
            Ok(content) => Ok(content),
            Err(CallFailure::Answer(object_store::Error::NotFound { .. })) => Ok(None),
            Err(failed) => Err(self.failure(failed)),
        }
    }

    /// Takes something from a shelf, where that is allowed.
    pub(crate) async fn clear(&self, shelf: Shelf, name: &str) -> Result<(), StoreError> {
        let location = self.on(shelf, name);
        match self.within_time(LOOK, self.store.delete(&location)).await {
            Ok(()) | Err(CallFailure::Answer(object_store::Error::NotFound { .. })) => Ok(()),
            Err(failed) => Err(self.failure(failed)),
        }
    }

    /// The names of what stands on a shelf, in their order, and since when (in seconds since 1970); at most so many.
    pub(crate) async fn shelved(&self, shelf: Shelf, most: usize) -> Result<Vec<(String, i64)>, StoreError> {
        let prefix = self.prefix.clone().join(shelf.folder());
        let list = self.store.list(Some(&prefix)).take(most).try_collect();
        let listed: Vec<_> = self.within_time(LOOK, list).await.map_err(|failed| self.failure(failed))?;
        let named = |object: object_store::ObjectMeta| {
            Some((object.location.filename()?.to_owned(), object.last_modified.timestamp()))
        };
        let mut names: Vec<(String, i64)> = listed.into_iter().filter_map(named).collect();
        names.sort();
        Ok(names)
    }

    fn on(&self, shelf: Shelf, name: &str) -> Location {
        self.prefix.clone().join(shelf.folder()).join(name)
    }

    fn location(&self, number: u64) -> Location {
        self.prefix.clone().join(format!("{number:0DIGITS$}{ENDING}"))
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Option<Meta>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The content of an object of at most `most` bytes; `None` if it is longer. Never more than that is held.
async fn bounded(result: GetResult, most: u64) -> object_store::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    let mut stream = result.into_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        if (content.len() + piece.len()) as u64 > most {
            return Ok(None);
        }
        content.extend_from_slice(&piece);
    }
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use object_store::memory::InMemory;

    use super::*;

    fn files(all: &[(&str, &[u8])]) -> Files {
        Files(all.iter().map(|(path, content)| ((*path).to_owned(), content.to_vec())).collect())
    }

    #[tokio::test]
    async fn a_number_is_used_once_and_damaged_ones_are_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let revisions = Revisions::local(folder.path()).expect("opened");
        let (one, two) = (files(&[("iom.toml", b"1")]), files(&[("iom.toml", b"2")]));
        assert_eq!(revisions.newest().await.expect("read"), None);
        let made = revisions.append(1, &Actor::Start, &Cause::Start, &one).await.expect("appended");
        assert!(matches!(&made, Appended::Created(meta) if meta.number == 1 && meta.hash == one.hash()));
        assert_eq!(revisions.append(1, &Actor::Watch, &Cause::Reload, &two).await.expect("tried"), Appended::Taken);
        assert_eq!(revisions.read(1).await.expect("read").files, one);

        revisions.append(2, &Actor::Signal, &Cause::Reload, &two).await.expect("appended");
        for (number, content) in [(3, &b""[..]), (4, b"garbage"), (5, b"rcp-bot revision 1 00\n{}\n[]\n")] {
            fs::write(folder.path().join(format!("{number:010}{ENDING}")), content).expect("written");
        }
        let whole = fs::read(folder.path().join(format!("{:010}{ENDING}", 2))).expect("read");
        fs::write(folder.path().join(format!("{:010}{ENDING}", 6)), &whole[..whole.len() - 1]).expect("written");
        fs::write(folder.path().join(format!("{:010}{ENDING}", 7)), &whole).expect("written");
        fs::write(folder.path().join(format!("{:010}{ENDING}#1", 8)), &whole).expect("written");
        fs::write(folder.path().join("notes.txt"), "mine").expect("written");

        let reopened = Revisions::local(folder.path()).expect("opened");
        assert_eq!(reopened.numbers().await.expect("listed"), [1, 2, 3, 4, 5, 6, 7]);
        let newest = reopened.newest().await.expect("read").expect("there is one");
        assert_eq!((newest.meta.number, newest.files), (2, two));
        let history = reopened.history(10).await.expect("read");
        let shown: Vec<(u64, bool)> = history.iter().map(|(number, meta)| (*number, meta.is_some())).collect();
        // The head of 6 is whole, and so it is told who made it; reading it is refused.
        assert_eq!(shown, [(7, false), (6, false), (5, false), (4, false), (3, false), (2, true), (1, true)]);
        assert!(matches!(reopened.read(6).await, Err(StoreError::Damaged(_))));
    }

    #[tokio::test]
    async fn of_many_at_the_same_moment_one_gets_the_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let stores = [
            Arc::new(Revisions::local(folder.path()).expect("opened")),
            Arc::new(Revisions::within(Arc::new(InMemory::new()), Location::from("some/where"))),
        ];
        for revisions in stores {
            let tries = (0..20).map(|writer: u8| {
                let revisions = Arc::clone(&revisions);
                tokio::spawn(async move {
                    let files = files(&[("iom.toml", &[writer; 5_000])]);
                    let made = revisions.append(1, &Actor::Watch, &Cause::Reload, &files).await.expect("tried");
                    matches!(made, Appended::Created(_)).then_some(files)
                })
            });
            let results = futures::future::join_all(tries).await;
            let winners: Vec<Files> = results.into_iter().filter_map(|result| result.expect("no panic")).collect();
            assert_eq!(winners.len(), 1);
            assert_eq!(revisions.read(1).await.expect("read").files, winners[0]);
            assert_eq!(revisions.numbers().await.expect("listed"), [1]);
        }
    }
}
