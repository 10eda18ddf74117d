//! Everything that stands anywhere – in folders, in revisions, put aside –, what happens to it, and what must hold after that.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use local_discord::{File, LocalDiscord, Outcome};
use rcp_bot::atomic::replace;
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::{Cause, Revisions, StoreError};
use rcp_bot::snapshot::{Origin, Snapshot};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::Chance;
use super::ground::{Befalls, Ground};
use super::replica::Replica;
use crate::signed::{LOOK, hex, mona, press, press_on_gateway, run, told};
use crate::stores::pretended::Pretended;
use crate::stores::proxy::{Proxy, Weather};
use crate::support::bot::DEADLINE;
use crate::support::small;

/// What happens, and how often in comparison. Each at one of the two replicas, which one is chance too.
pub(super) const STEPS: [(&str, u64); 33] = [
    // An operator saves a file with an editor that replaces it; with one that writes into it, slowly; adds a line to any file;
    // leaves one that is broken; deletes one.
    ("edits", 4),
    ("saves slowly", 3),
    ("adds a line", 2),
    ("breaks a file", 1),
    ("deletes a file", 1),
    // SIGHUP.
    ("reloads", 4),
    // A moderator publishes; two do at the same moment, at one replica each, the same process or two; an earlier revision is
    // taken back; one publishes what an operator saves at that moment.
    ("publishes", 3),
    ("both publish", 2),
    ("restores", 2),
    ("publishes what is being saved", 2),
    // A moderator has a file checked, and publishes it later, perhaps at the other replica, after restarts or never.
    ("uploads", 2),
    ("publishes what waits", 2),
    // SIGKILL at any moment, also while it starts, in the middle of publishing, or as it writes what was published; SIGTERM.
    ("is killed", 2),
    ("is killed as it writes", 2),
    ("is killed as it starts", 1),
    ("is killed as it publishes", 2),
    ("is stopped", 1),
    // Killed when half of a write to a file is done, in the middle of a change or of a start; or then its disk is full.
    ("is killed in a write", 4),
    ("is killed in a write as it starts", 1),
    ("runs out of room in a write", 3),
    // Killed between the first and the last file of an earlier revision that is taken back.
    ("is killed as it restores", 3),
    // An operator saves or deletes the very file that is being published, at the moment when half of a write is done.
    ("is changed as it writes", 4),
    // Its folders: something stands where a file belongs; a folder is closed to it, or open again; its disk is full, or has room
    // again; the record of what was tried cannot be written.
    ("has a folder in the way", 1),
    ("finds a folder closed", 2),
    ("finds the folders open", 1),
    ("finds the disk full", 2),
    ("finds room on the disk", 1),
    ("cannot record", 1),
    // The log of revisions: a folder that goes or comes back, or weather on the way to a store.
    ("loses the log or finds it", 3),
    // Its data folder comes anew from its image.
    ("is put back", 1),
    // Its clock is moved, or put right.
    ("has its clock moved", 2),
    ("has its clock put right", 1),
    // Nobody reads its log any more.
    ("loses its reader", 2),
];

/// In which of them the bot itself writes files.
const PUBLISHES: [&str; 11] = [
    "publishes",
    "publishes what waits",
    "both publish",
    "publishes what is being saved",
    "restores",
    "is killed as it publishes",
    "is killed as it writes",
    "is killed in a write",
    "runs out of room in a write",
    "is killed as it restores",
    "is changed as it writes",
];

/// How long what a moderator began is waited for before it is looked at what it left.
const PATIENCE: Duration = Duration::from_secs(2);

/// The title of what a moderator is told whose file is not kept any longer.
const GONE: &str = "This change is no longer kept";

/// By how many seconds a clock is moved.
const CLOCKS: [i64; 6] = [-400 * 86_400, -40 * 86_400, -3_600, 3_600, 2 * 86_400, 400 * 86_400];

/// How long files may become on a disk that is full.
const ROOMS: [u64; 5] = [0, 0, 512, 2_048, 16_384];

/// Where the log of revisions is.
enum Log {
    Folder(PathBuf),
    Store(Pretended),
}

/// What a moderator did.
struct Press {
    at: usize,
    outcome: Outcome,
    /// The mark of what was to be published.
    mark: Option<String>,
    /// Whether the program was killed before it could answer.
    excused: bool,
    /// Whether it is of a file that was checked before and that nobody published or discarded since.
    waited: bool,
    on_gateway: bool,
}

impl Press {
    /// Whether the moderator has been told what came of it: in the place of "thinking", or of the message with the button.
    fn is_told(&self) -> bool {
        let message = self.outcome.message();
        message.is_some_and(|message| !message.is_loading() && (!self.on_gateway || !message.versions.is_empty()))
    }

    /// The title and the text of what the moderator is told in the end.
    async fn told(&self) -> (String, String) {
        let begun = Instant::now();
        while !self.is_told() && begun.elapsed() < DEADLINE {
            tokio::time::sleep(LOOK).await;
        }
        told(&self.outcome).await
    }
}

/// A file that a moderator had checked, and that is not published yet.
struct Waiting {
    /// The button's target, but for what the file was checked beside.
    target: String,
    process: &'static str,
    mark: String,
}

/// A file that an operator deleted.
struct Deletion {
    /// The newest revision of that moment, and whether it held the file.
    newest: u64,
    was_served: bool,
    /// How often its record told by then that the file had been deleted and was published.
    brought_back: usize,
    /// What had been put aside there by then.
    aside: HashSet<String>,
    /// What the folder has been since, as long as the file was gone: a hash of each.
    without: HashSet<String>,
}

/// An edit that is being saved.
struct Saving {
    mark: String,
    done: JoinHandle<bool>,
}

/// Two replicas, and what is known of what was done.
pub(super) struct World {
    root: TempDir,
    ground: Arc<Ground>,
    log: Log,
    replicas: [Replica; 2],
    /// What operators wrote and did not overwrite themselves, by its mark.
    edits: BTreeMap<String, (usize, String)>,
    /// Every content that anybody wrote.
    written: HashSet<Vec<u8>>,
    /// What a slow editor leaves of a file in between, by the file's path.
    halves: BTreeMap<String, HashSet<Vec<u8>>>,
    saving: Vec<Saving>,
    presses: Vec<Press>,
    /// The hash of each revision that was ever seen.
    seen: BTreeMap<u64, String>,
    /// What was seen in folders while something was published: where, and each content.
    glimpsed: HashSet<(PathBuf, Vec<u8>)>,
    /// What operators deleted and nobody wrote anew: whose folder, and which file.
    deleted: BTreeMap<(usize, String), Deletion>,
    /// What moderators had checked and nobody published.
    waiting: Vec<Waiting>,
    /// Every content that operators gave a file in a folder, by its path, and the files that they ever deleted there.
    operators: BTreeMap<String, HashSet<Vec<u8>>>,
    ever_deleted: HashSet<String>,
}

/// Looks at files of a folder again and again, from a thread of its own: a file that is written in pieces is seen half.
struct Reader {
    stop: Arc<AtomicBool>,
    seen: JoinHandle<HashSet<(PathBuf, Vec<u8>)>>,
}

impl Reader {
    fn of(data: &[PathBuf]) -> Reader {
        let stop = Arc::new(AtomicBool::new(false));
        let (ended, processes) = (Arc::clone(&stop), ["p1", "p2", "p3", "p6"]);
        let places = data.iter().flat_map(|data| processes.map(|one| data.join(format!("processes/{one}.toml"))));
        let places: Vec<PathBuf> = places.collect();
        let seen = thread::spawn(move || {
            let mut seen = HashSet::new();
            while !ended.load(Ordering::Relaxed) {
                for place in &places {
                    if let Ok(content) = fs::read(place) {
                        seen.insert((place.clone(), content));
                    }
                }
                thread::sleep(Duration::from_micros(20));
            }
            seen
        });
        Reader { stop, seen }
    }

    fn end(self) -> HashSet<(PathBuf, Vec<u8>)> {
        self.stop.store(true, Ordering::Relaxed);
        self.seen.join().expect("it only reads")
    }
}

impl World {
    pub(super) async fn new(discord: &LocalDiscord, ground: &Arc<Ground>, chance: &mut Chance) -> World {
        let root = ground.room();
        let log = match chance.one_in(3) {
            true => Log::Store(Pretended::start(("if-none-match", "*")).await),
            false => Log::Folder(root.path().join("log")),
        };
        if let Log::Folder(folder) = &log {
            fs::create_dir(folder).expect("made");
        }
        let start = small::catalogue("r1", 4);
        let written = start.0.values().cloned().collect();
        let mut replicas = Vec::new();
        // Each bot on a gateway hears everything on it, so that one of the two at most is there, with a Discord of its own.
        let mut gateway = if chance.one_in(4) { Some(Arc::new(super::discord().await)) } else { None };
        for name in ["one", "two"] {
            let (environment, proxy) = match &log {
                Log::Folder(folder) => (vec![("RCP_REVISIONS__URL", format!("file://{}", folder.display()))], None),
                Log::Store(store) => {
                    let proxy = Proxy::to(store.address).await;
                    let mut environment = vec![("RCP_REVISIONS__URL", "s3://box/log".to_owned())];
                    environment.extend(variables(&proxy.address.to_string()));
                    (environment, Some(proxy))
                }
            };
            let replica = Replica {
                ground: Arc::clone(ground),
                root: root.path().join(name),
                log: environment,
                proxy,
                weather: Weather::Clear,
                machine: ground.machine(root.path().join(format!("{name}.machine"))),
                ahead: 0,
                room: None,
                is_read: chance.one_in(2),
                watches: chance.one_in(3),
                gateway: gateway.take(),
                bot: None,
                address: None,
                logs: String::new(),
            };
            small::write(&replica.data(), &start);
            fs::create_dir(replica.state()).expect("made");
            replicas.push(replica);
        }
        ground.give(root.path());
        for replica in &mut replicas {
            replica.start(discord).await;
        }
        let Ok(replicas) = replicas.try_into() else { unreachable!("two were made") };
        World {
            root,
            ground: Arc::clone(ground),
            log,
            replicas,
            edits: BTreeMap::new(),
            written,
            halves: BTreeMap::new(),
            saving: Vec::new(),
            presses: Vec::new(),
            seen: BTreeMap::new(),
            glimpsed: HashSet::new(),
            deleted: BTreeMap::new(),
            waiting: Vec::new(),
            operators: BTreeMap::new(),
            ever_deleted: HashSet::new(),
        }
    }

    /// Where the log's folder is while it is gone.
    fn away(&self) -> PathBuf {
        self.root.path().join("away")
    }

    /// The log as it is, whatever the weather; `None` while it is gone.
    fn revisions(&self) -> Option<Revisions> {
        match &self.log {
            Log::Folder(folder) => folder.is_dir().then(|| Revisions::local(folder).expect("opened")),
            Log::Store(store) => {
                let named = variables(&store.address.to_string());
                let named = named.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
                Some(Revisions::open(Some("s3://box/log"), Path::new("unused"), named).expect("opened"))
            }
        }
    }

    /// The log can be reached from everywhere.
    async fn find_log(&mut self) {
        if let Log::Folder(folder) = &self.log
            && !folder.is_dir()
        {
            fs::rename(self.away(), folder).expect("moved");
        }
        for replica in &mut self.replicas {
            replica.set_weather(Weather::Clear).await;
        }
    }

    // --- What operators do -------------------------------------------------------------------------------------------

    /// Who writes over their own edit means it.
    fn overwritten(&self, at: usize, path: &str) -> Vec<String> {
        let now = fs::read(self.replicas[at].data().join(path)).unwrap_or_default();
        let now = String::from_utf8_lossy(&now);
        let own =
            self.edits.iter().filter(|(mark, (whose, of))| *whose == at && of == path && now.contains(mark.as_str()));
        own.map(|(mark, _)| mark.clone()).collect()
    }

    /// An operator's file, written by `write`, which says whether it could be.
    fn edit(&mut self, at: usize, path: &str, mark: &str, content: &[u8], write: impl FnOnce(&Path, &[u8]) -> bool) {
        let place = self.replicas[at].data().join(path);
        let overwritten = self.overwritten(at, path);
        if place.is_dir() || !write(&place, content) {
            return;
        }
        self.edits.retain(|mark, _| !overwritten.contains(mark));
        self.deleted.remove(&(at, path.to_owned()));
        self.edits.insert(mark.to_owned(), (at, path.to_owned()));
        self.written.insert(content.to_vec());
        self.operators.entry(path.to_owned()).or_default().insert(content.to_vec());
    }

    /// What there is to know before an operator deletes a file: as it is just before, so that nothing of what follows is taken
    /// for older.
    async fn deletion(&self, at: usize, path: &str) -> Deletion {
        let newest = self.seen.keys().last().copied().unwrap_or_default();
        let served = match self.revisions() {
            Some(log) => log.read(newest).await.ok(),
            None => None,
        };
        Deletion {
            newest,
            was_served: served.is_some_and(|served| served.files.0.contains_key(path)),
            brought_back: self.replicas[at].brought_back(path),
            aside: self.replicas[at].aside().into_iter().map(|(name, _)| name).collect(),
            without: HashSet::new(),
        }
    }

    /// Notes that an operator deleted a file, and with it what they had written into it.
    fn note_deletion(&mut self, at: usize, path: &str, deletion: Deletion, overwritten: &[String]) {
        self.deleted.insert((at, path.to_owned()), deletion);
        self.ever_deleted.insert(path.to_owned());
        self.note_deletions();
        self.edits.retain(|mark, _| !overwritten.contains(mark));
    }

    /// Who publishes a process means it to be there. Where one was deleted that was served, that is to be told.
    fn means_it_to_be_there(&mut self, process: &str) {
        let path = format!("processes/{process}.toml");
        self.deleted.retain(|(_, deleted), deletion| *deleted != path || deletion.was_served);
    }

    /// An operator's editor that writes into the file: empty, half, then whole.
    fn save_slowly(&mut self, at: usize, path: &str, mark: &str, pause: Duration) {
        let content =
            small::process(path.trim_start_matches("processes/").trim_end_matches(".toml"), mark).into_bytes();
        let half = content.len() / 2;
        let meanwhile = [Vec::new(), content[..half].to_vec()];
        self.halves.entry(path.to_owned()).or_default().extend(meanwhile.clone());
        self.operators.entry(path.to_owned()).or_default().extend(meanwhile);
        let mut saving = None;
        self.edit(at, path, mark, &content, |place, content| {
            let opened = fs::File::options().write(true).create(true).truncate(true).open(place);
            let Ok(mut file) = opened else { return false };
            // What an editor has not written yet nobody can keep.
            let (first, rest) = content.split_at(half);
            if file.write_all(first).is_err() {
                return false;
            }
            let rest = rest.to_vec();
            saving = Some(thread::spawn(move || {
                thread::sleep(pause);
                file.write_all(&rest).is_ok()
            }));
            true
        });
        self.saving.extend(saving.map(|done| Saving { mark: mark.to_owned(), done }));
    }

    fn wait_for_editors(&mut self) {
        for Saving { mark, done } in std::mem::take(&mut self.saving) {
            if !done.join().expect("it only writes") {
                self.edits.remove(&mark);
            }
        }
    }

    // --- What moderators do ------------------------------------------------------------------------------------------

    /// Presses a button.
    async fn press(&self, discord: &LocalDiscord, at: usize, custom_id: &str, mark: Option<String>) -> Press {
        let replica = &self.replicas[at];
        let pressed = match &replica.gateway {
            Some(own) => press_on_gateway(own, custom_id).await,
            None => press(discord, replica.address.expect("it was started"), custom_id, replica.ahead).await,
        };
        let on_gateway = replica.gateway.is_some();
        let outcome = pressed.expect("it lives, and takes the press");
        Press { at, outcome, mark, excused: false, waited: false, on_gateway }
    }

    /// An upload that waits for a decision; the button's target, but for what it was checked beside. `None` while it cannot be
    /// kept.
    async fn upload(&self, process: &str, mark: &str) -> Option<String> {
        let content = small::process(process, mark);
        let name: String = hex(&Sha256::digest(content.as_bytes())).chars().take(32).collect();
        match &self.log {
            Log::Folder(folder) if folder.is_dir() => {
                let waiting = folder.join("-uploads");
                fs::create_dir_all(&waiting).expect("made");
                fs::write(waiting.join(&name), &content).expect("written");
                self.ground.give(&waiting);
            }
            Log::Folder(_) => return None,
            Log::Store(store) => store.keep(&format!("/box/log/-uploads/{name}"), content.into_bytes()),
        }
        Some(format!("rcp-admin:1:0:publish:{name}"))
    }

    async fn publish(&mut self, discord: &LocalDiscord, at: usize, process: &str, mark: &str) {
        let Some(target) = self.upload(process, mark).await else { return };
        self.means_it_to_be_there(process);
        let base = self.replicas[at].base().await;
        let press = self.press(discord, at, &format!("{target}:{base}"), Some(mark.to_owned())).await;
        self.presses.push(press);
    }

    /// A moderator has a file checked, by the program itself; what it keeps waits for a decision.
    async fn check(&mut self, discord: &LocalDiscord, at: usize, process: &'static str, mark: &str) {
        let replica = &self.replicas[at];
        if replica.weather == Weather::Stalled {
            return;
        }
        let file = File::new(format!("{process}.toml"), "text/plain", small::process(process, mark));
        let asked = match &replica.gateway {
            Some(own) => mona(own).command("rcp-admin verifier").option("fichier", file).run().await.ok(),
            None => {
                let command = mona(discord).command("rcp-admin verifier").option("fichier", file);
                let command = command.json().expect("the command is there");
                run(discord, replica.address.expect("it was started"), &command, replica.ahead).await
            }
        };
        let asked = asked.expect("it lives, and takes the command");
        let message = tokio::time::timeout(DEADLINE, asked.settled()).await.expect("an answer follows");
        let message = message.expect("an answer follows");
        // Without a log, with errors, or where nothing can be published, there is no such button.
        let pieces = message.components();
        let targets = pieces.iter().filter_map(|piece| piece["custom_id"].as_str());
        let mut targets =
            targets.filter(|target| target.contains(":publish:")).filter_map(|target| target.rsplit_once(':'));
        let target = targets.next().map(|(target, _base)| target.to_owned());
        // Whoever has the same file checked again has the same thing waiting.
        self.waiting.extend(target.map(|target| Waiting { target, process, mark: mark.to_owned() }));
    }

    /// What a moderator had checked before is published.
    async fn publish_waiting(&mut self, discord: &LocalDiscord, at: usize, which: usize) {
        let Waiting { target, process, mark } = self.waiting.swap_remove(which);
        self.means_it_to_be_there(process);
        let base = self.replicas[at].base().await;
        let press = self.press(discord, at, &format!("{target}:{base}"), Some(mark)).await;
        self.presses.push(Press { waited: true, ..press });
    }

    /// Two moderators at the same moment, at one replica each.
    async fn both_publish(&mut self, discord: &LocalDiscord, processes: [&str; 2], mark: &str) {
        let marks = [format!("{mark}a"), format!("{mark}b")];
        let mut targets = Vec::new();
        for at in [0, 1] {
            let Some(target) = self.upload(processes[at], &marks[at]).await else { return };
            self.means_it_to_be_there(processes[at]);
            targets.push(format!("{target}:{}", self.replicas[at].base().await));
        }
        let [first, second] = marks.map(Some);
        let (one, two) =
            tokio::join!(self.press(discord, 0, &targets[0], first), self.press(discord, 1, &targets[1], second));
        self.presses.extend([one, two]);
    }

    /// An earlier revision is taken back.
    async fn restore(&mut self, discord: &LocalDiscord, at: usize, of: u64) {
        let base = self.replicas[at].base().await;
        let press = self.press(discord, at, &format!("rcp-admin:1:0:restore:{of}:{base}"), None).await;
        self.presses.push(press);
    }

    /// Waits until every press from this one on is told, or the replica is dead; for so long at most.
    async fn wait_for(&mut self, at: usize, begun: usize, patience: Duration) {
        let since = Instant::now();
        let waits = |world: &World| world.presses.iter().skip(begun).any(|press| !press.is_told());
        while waits(self) && self.replicas[at].lives() && since.elapsed() < patience {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// A moderator publishes a process, and after so many whole writes, in the middle of the next one, an operator saves its
    /// file or deletes it. Says whether they did.
    pub(super) async fn publish_as_it_changes(
        &mut self,
        discord: &LocalDiscord,
        at: usize,
        (process, mark): (&str, &str),
        (whole, deletes, patience): (u32, bool, Duration),
    ) -> bool {
        let (path, over) = (format!("processes/{process}.toml"), Arc::new(AtomicBool::new(false)));
        let (place, begun) = (self.replicas[at].data().join(&path), self.presses.len());
        let (overwritten, deletion) = (self.overwritten(at, &path), self.deletion(at, &path).await);
        let mut deed = None;
        if deletes {
            deed = self.replicas[at].when_still(&over, move || fs::remove_file(place).is_ok());
        } else {
            let (content, replica) = (small::process(process, mark).into_bytes(), &self.replicas[at]);
            let saved = content.clone();
            let saves = replica.when_still(&over, move || !place.is_dir() && replace(&place, &saved).is_ok());
            self.edit(at, &path, mark, &content, |_, _| {
                deed = saves;
                deed.is_some()
            });
        }
        self.replicas[at].befalls(Befalls::Still, whole);
        self.publish(discord, at, process, &published(mark)).await;
        self.wait_for(at, begun, patience).await;
        over.store(true, Ordering::Relaxed);
        let done = deed.is_some_and(|deed| deed.join().expect("it only waits"));
        self.replicas[at].befalls(Befalls::Nothing, 0);
        match (deletes, done) {
            (true, true) => self.note_deletion(at, &path, deletion, &overwritten),
            (false, false) => drop(self.edits.remove(mark)),
            _ => {}
        }
        done
    }

    /// Whether the machine of a replica does what it is told.
    pub(super) fn can_be_still(&self, at: usize) -> bool {
        self.replicas[at].machine.is_some()
    }

    /// What an operator did while something was published still stands, or is put aside or told.
    pub(super) fn holds(&self, at: usize, process: &str, mark: &str) {
        let (replica, path) = (&self.replicas[at], format!("processes/{process}.toml"));
        if let Some(deletion) = self.deleted.get(&(at, path.clone())) {
            let is_told = replica.brought_back(&path) > deletion.brought_back;
            assert!(is_told || !replica.data().join(&path).exists(), "the deletion is lost");
        }
        if self.edits.contains_key(mark) {
            let aside = replica.aside().into_iter().map(|(_, place)| place);
            let everywhere: Vec<Files> = aside.chain([replica.data()]).map(|place| Files::read(&place).0).collect();
            assert!(stands(&everywhere, mark), "the edit is lost: {mark}");
        }
    }

    /// Both end, so that nobody writes into their folders while these are taken away.
    pub(super) async fn end(&mut self) {
        for replica in &mut self.replicas {
            replica.end("TERM").await;
        }
    }

    /// A replica reloads, and serves what its folder holds.
    pub(super) async fn reload(&self, at: usize) {
        let replica = &self.replicas[at];
        replica.bot.as_ref().expect("it was started").signal("HUP");
        let (begun, wanted) = (Instant::now(), json!(Files::read(&replica.data()).0.hash()));
        while replica.ready().await["catalogue"]["hash"] != wanted {
            assert!(begun.elapsed() < DEADLINE, "what the folder holds is not served");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// What was not answered at this replica is not owed any more.
    fn excuse(&mut self, at: usize) {
        for press in self.presses.iter_mut().filter(|press| press.at == at) {
            press.excused |= !press.is_told();
        }
    }

    // --- What befalls the machines -----------------------------------------------------------------------------------

    /// Whether a replica's data folder could be served as it is.
    fn is_sound(&self, at: usize) -> bool {
        let (files, problems) = Files::read(&self.replicas[at].data());
        let today = rcp_bot::clock::today();
        self.replicas[at].is_open() && Snapshot::build(&files, problems, Origin::Folder, today).0.is_some()
    }

    async fn kill(&mut self, at: usize) {
        self.replicas[at].end("KILL").await;
        self.excuse(at);
    }

    async fn stop(&mut self, at: usize) {
        let is_calm = self.replicas[at].weather == Weather::Clear && self.revisions().is_some();
        self.replicas[at].end("TERM").await;
        // What waits for a log that is cut off is given up in the end.
        if !is_calm {
            self.excuse(at);
        }
    }

    async fn start(&mut self, discord: &LocalDiscord, at: usize) {
        // A program that starts where its log should be begins one: mounting it comes first. And without a log and with a
        // folder that is broken, there is nothing to serve.
        let gone = matches!(self.log, Log::Folder(_)) && self.revisions().is_none();
        let stalled = self.replicas[at].weather == Weather::Stalled;
        if gone || stalled || (self.replicas[at].weather != Weather::Clear && !self.is_sound(at)) {
            self.find_log().await;
        }
        self.replicas[at].start(discord).await;
    }

    /// One thing that happens. Chance decides which, and when something is killed. Says what it was, in one word and in all.
    pub(super) async fn step(
        &mut self,
        discord: &LocalDiscord,
        chance: &mut Chance,
        number: u64,
    ) -> (&'static str, String) {
        let at = usize::try_from(chance.below(2)).expect("small");
        let (process, other) = (chance.of(&["p1", "p2", "p3", "p6"]), chance.of(&["p1", "p2", "p3"]));
        let path = format!("processes/{process}.toml");
        let mark = format!("mark{number}x{}", chance.below(1 << 40));
        let mut of = chance.below(STEPS.iter().map(|(_, often)| often).sum());
        let happens = STEPS.iter().find(|(_, often)| {
            let is_it = of < *often;
            of = of.saturating_sub(*often);
            is_it
        });
        let what = happens.expect("the sum is that of all").0;
        let pause = Duration::from_micros(chance.below(60_000));
        let which = chance.below(1 << 32);
        let mut choice = Chance(which);
        let told = format!("{} {what} {path} {mark} {pause:?} {which}", at + 1);
        self.wait_for_editors();
        let data = self.replicas.each_ref().map(Replica::data);
        let reader = PUBLISHES.contains(&what).then(|| Reader::of(&data));
        match what {
            "edits" => {
                let content = small::process(process, &mark);
                self.edit(at, &path, &mark, content.as_bytes(), |place, content| replace(place, content).is_ok());
            }
            "saves slowly" => self.save_slowly(at, &path, &mark, pause / 3),
            "adds a line" => {
                let path = choice.of(&["regions.toml", "iom.toml", "messages/en.ftl", "processes/p4.toml"]);
                let mut content = fs::read(self.replicas[at].data().join(path)).unwrap_or_default();
                // What stood there still does.
                let kept: Vec<_> = self.overwritten(at, path);
                let kept: Vec<_> = kept.into_iter().filter_map(|mark| self.edits.remove_entry(&mark)).collect();
                content.extend(format!("\n# {mark}\n").bytes());
                self.edit(at, path, &mark, &content, |place, content| replace(place, content).is_ok());
                self.edits.extend(kept);
            }
            "breaks a file" => {
                let content = format!("[[ # {mark}");
                self.edit(at, &path, &mark, content.as_bytes(), |place, content| replace(place, content).is_ok());
            }
            "deletes a file" => {
                let (overwritten, deletion) = (self.overwritten(at, &path), self.deletion(at, &path).await);
                if fs::remove_file(self.replicas[at].data().join(&path)).is_ok() {
                    self.note_deletion(at, &path, deletion, &overwritten);
                }
            }
            "reloads" => {
                if let Some(bot) = &self.replicas[at].bot {
                    bot.signal("HUP");
                }
            }
            "publishes" => self.publish(discord, at, process, &mark).await,
            "uploads" => self.check(discord, at, process, &mark).await,
            "publishes what waits" if self.waiting.is_empty() => {}
            "publishes what waits" => {
                let which = usize::try_from(choice.below(self.waiting.len() as u64)).expect("small");
                self.publish_waiting(discord, at, which).await;
            }
            "both publish" => self.both_publish(discord, [process, other], &mark).await,
            "publishes what is being saved" => {
                if choice.one_in(2) {
                    self.save_slowly(at, &path, &mark, pause / 3);
                } else {
                    let content = small::process(process, &mark);
                    self.edit(at, &path, &mark, content.as_bytes(), |place, content| replace(place, content).is_ok());
                }
                self.publish(discord, at, process, &published(&mark)).await;
            }
            "restores" => self.restore(discord, at, choice.below(self.seen.len() as u64 + 1) + 1).await,
            "is killed" => {
                tokio::time::sleep(pause).await;
                self.kill(at).await;
                self.start(discord, at).await;
            }
            "is killed as it starts" => {
                self.kill(at).await;
                self.find_log().await;
                self.replicas[at].start_in_vain(discord, pause * 6).await;
                self.start(discord, at).await;
            }
            "is killed as it publishes" => {
                self.publish(discord, at, process, &mark).await;
                tokio::time::sleep(pause / 2).await;
                self.kill(at).await;
                self.start(discord, at).await;
            }
            "is killed as it writes" => {
                self.publish(discord, at, process, &mark).await;
                self.replicas[at].end_as_it_writes(&path, pause).await;
                self.excuse(at);
                self.start(discord, at).await;
            }
            "is killed in a write" | "runs out of room in a write" => {
                let (whole, kills) = (u32::try_from(choice.below(9)).expect("small"), what == "is killed in a write");
                let begun = self.presses.len();
                match choice.below(4) {
                    0 => self.restore(discord, at, choice.below(self.seen.len() as u64 + 1) + 1).await,
                    1 if self.replicas[at].is_open() => {
                        let content = small::process(process, &mark);
                        self.edit(at, &path, &mark, content.as_bytes(), |place, content| {
                            replace(place, content).is_ok()
                        });
                        self.publish(discord, at, other, &published(&mark)).await;
                    }
                    _ => self.publish(discord, at, process, &mark).await,
                }
                self.replicas[at].befalls(if kills { Befalls::Kill } else { Befalls::Full }, whole);
                self.wait_for(at, begun, PATIENCE).await;
                if kills {
                    self.kill(at).await;
                }
                self.replicas[at].befalls(Befalls::Nothing, 0);
                if kills {
                    self.start(discord, at).await;
                }
            }
            "is killed in a write as it starts" => {
                self.publish(discord, at, process, &mark).await;
                self.kill(at).await;
                self.find_log().await;
                self.replicas[at].befalls(Befalls::Kill, u32::try_from(choice.below(6)).expect("small"));
                self.replicas[at].start_in_vain(discord, pause * 6).await;
                self.replicas[at].befalls(Befalls::Nothing, 0);
                self.start(discord, at).await;
            }
            "is killed as it restores" => {
                // No operator wrote these, so that a folder which holds some of them beside the first revision's is nobody's.
                for process in ["p1", "p2", "p3"] {
                    let begun = self.presses.len();
                    self.publish(discord, at, process, &format!("{}{process}", published(&mark))).await;
                    self.wait_for(at, begun, PATIENCE).await;
                }
                let begun = self.presses.len();
                self.restore(discord, at, 1).await;
                // Three tries whether the folders can be written, the record, the note, and the revision come before the files.
                self.replicas[at].befalls(Befalls::Kill, u32::try_from(choice.below(3)).expect("small") + 6);
                self.wait_for(at, begun, PATIENCE).await;
                self.kill(at).await;
                self.replicas[at].befalls(Befalls::Nothing, 0);
                self.start(discord, at).await;
            }
            "is changed as it writes" => {
                let (whole, deletes) = (u32::try_from(choice.below(8)).expect("small"), choice.one_in(3));
                self.publish_as_it_changes(discord, at, (process, &mark), (whole, deletes, PATIENCE)).await;
            }
            "is stopped" => {
                self.stop(at).await;
                self.start(discord, at).await;
            }
            "has a folder in the way" => {
                let place = self.replicas[at].data().join("processes/p5.toml");
                // Where the folder is closed to us too, nothing happens.
                let _ = if place.is_dir() { fs::remove_dir(place) } else { fs::create_dir(place) };
            }
            "finds a folder closed" => {
                let which = usize::try_from(choice.below(5)).expect("small");
                self.replicas[at].close(which, choice.of(&[0o555, 0o555, 0]));
            }
            "finds the folders open" => self.replicas[at].open(),
            "finds the disk full" => self.replicas[at].fill(Some(choice.of(&ROOMS))),
            "finds room on the disk" => self.replicas[at].fill(None),
            "cannot record" => {
                let (record, kept) = self.replicas[at].record();
                // Where the folder is closed to us too, nothing happens.
                if record.is_dir() {
                    let _ = fs::remove_dir(&record).and_then(|()| fs::rename(kept, record));
                } else if fs::rename(&record, &kept).is_ok() {
                    let _ = fs::create_dir(record);
                }
            }
            "loses the log or finds it" => match &self.log {
                Log::Folder(folder) if folder.is_dir() => fs::rename(folder, self.away()).expect("moved"),
                Log::Folder(_) => self.find_log().await,
                Log::Store(_) => {
                    let weather = match choice.below(8) {
                        0 => Weather::Stalled,
                        1 | 2 => Weather::Refused,
                        3 | 4 => Weather::LosesOne,
                        _ => Weather::Clear,
                    };
                    self.replicas[at].set_weather(weather).await;
                }
            },
            "is put back" => {
                // What was only in its folder is gone with it.
                self.stop(at).await;
                self.edits.retain(|_, (whose, _)| *whose != at);
                self.deleted.retain(|(whose, _), _| *whose != at);
                self.replicas[at].open();
                let data = self.replicas[at].data();
                fs::remove_dir_all(&data).expect("removed");
                small::write(&data, &small::catalogue("r1", 4));
                self.ground.give(&data);
                self.start(discord, at).await;
            }
            "has its clock moved" => self.replicas[at].set_clock(choice.of(&CLOCKS)),
            "has its clock put right" => self.replicas[at].set_clock(0),
            "loses its reader" => self.replicas[at].lose_reader(),
            other => unreachable!("{other} is none of the steps"),
        }
        tokio::time::sleep(pause).await;
        self.glimpsed.extend(reader.map(Reader::end).unwrap_or_default());
        self.note_deletions();
        self.look().await;
        for replica in &self.replicas {
            replica.answers(discord).await;
        }
        (what, told)
    }

    // --- What must hold ----------------------------------------------------------------------------------------------

    /// Notes what folders are without the files that operators deleted from them.
    fn note_deletions(&mut self) {
        for ((at, path), deletion) in &mut self.deleted {
            let data = self.replicas[*at].data();
            if self.replicas[*at].is_open() && !data.join(path).exists() {
                deletion.without.insert(Files::read(&data).0.hash());
            }
        }
    }

    /// Notes every revision; none changes or goes.
    pub(super) async fn look(&mut self) {
        let Some(log) = self.revisions() else { return };
        let numbers = log.numbers().await.expect("listed");
        for (number, hash) in &self.seen {
            let there = log.read(*number).await.expect("a revision is gone, or half").meta.hash;
            assert_eq!(there, *hash, "revision {number} is another");
        }
        for number in numbers {
            match log.read(number).await {
                Ok(revision) => drop(self.seen.insert(number, revision.meta.hash)),
                Err(StoreError::Missing(_)) => {}
                Err(error) => panic!("revision {number}: {error}"),
            }
        }
    }

    /// Everything is mended, and the invariant checked.
    pub(super) async fn settle(&mut self, discord: &LocalDiscord) {
        self.wait_for_editors();
        self.find_log().await;
        for replica in &mut self.replicas {
            replica.open();
            replica.fill(None);
            replica.set_clock(0);
            let _ = fs::remove_dir(replica.data().join("processes/p5.toml"));
            let (record, kept) = replica.record();
            if fs::remove_dir(&record).is_ok() {
                fs::rename(kept, record).expect("moved");
            }
        }
        let _ = self.told().await;
        // Whatever happened, and after another restart: what waits can be published, at whichever replica.
        for at in [0, 1] {
            self.stop(at).await;
            self.start(discord, at).await;
        }
        while !self.waiting.is_empty() {
            let at = self.waiting.len() % 2;
            self.publish_waiting(discord, at, 0).await;
        }
        let answers = self.told().await;
        for at in [0, 1] {
            self.stop(at).await;
            self.start(discord, at).await;
        }
        self.look().await;
        let log = self.revisions().expect("it is there");
        let mut everywhere: Vec<Files> = Vec::new();
        for number in self.seen.keys() {
            let revision = log.read(*number).await.expect("whole");
            let from_a_folder = matches!(revision.meta.cause, Cause::Start | Cause::Reload) && !everywhere.is_empty();
            let is_whole = !from_a_folder || self.is_somebodys(&revision.files, &everywhere);
            assert!(is_whole, "revision {number} is a mixture of others: {:?}", revision.meta);
            everywhere.push(revision.files);
        }
        for files in &everywhere {
            self.written.extend(files.0.values().cloned());
        }
        for replica in &self.replicas {
            let named = [answers.clone(), replica.log(), fs::read_to_string(replica.record().0).unwrap_or_default()];
            for (name, place) in replica.aside() {
                let files = self.whole(&place);
                // What nobody is told of is as good as lost.
                if named.iter().any(|text| text.contains(&name)) {
                    everywhere.push(files);
                }
            }
            everywhere.push(self.whole(&replica.data()));
        }
        for (place, content) in &self.glimpsed {
            let there = String::from_utf8_lossy(content);
            let path = self.replicas.iter().find_map(|one| place.strip_prefix(one.data()).ok()).and_then(Path::to_str);
            let is_whole = path.is_some_and(|path| self.is_whole(path, content));
            assert!(is_whole, "{} was half for a moment:\n{there}", place.display());
        }
        for ((whose, path), deletion) in &self.deleted {
            let Deletion { newest, aside, without, brought_back, .. } = deletion;
            // As an edit: it still stands in the folder, or in a revision, or the folder as it was without the file is put aside
            // and named, or it is told that the file was published all the same.
            let replica = &self.replicas[*whose];
            let stands = !replica.data().join(path).exists();
            let mut kept = self.seen.iter().zip(&everywhere);
            let is_kept = kept.any(|((number, hash), files)| {
                without.contains(hash) || (number > newest && !files.0.contains_key(path))
            });
            let record = fs::read_to_string(replica.record().0).unwrap_or_default();
            let told = [answers.clone(), replica.log(), record];
            let is_aside = replica.aside().iter().any(|(name, place)| {
                !aside.contains(name) && !place.join(path).exists() && told.iter().any(|text| text.contains(name))
            });
            let is_told = replica.brought_back(path) > *brought_back;
            assert!(stands || is_kept || is_aside || is_told, "the deletion of {path} at {} is lost", whose + 1);
        }
        for (mark, (whose, path)) in &self.edits {
            assert!(stands(&everywhere, mark), "an edit of {path} at {} is lost: {mark}", whose + 1);
        }
        for (at, replica) in self.replicas.iter_mut().enumerate() {
            catch_up(replica, at, &log, &self.seen).await;
            replica.answers(discord).await;
            replica.end("TERM").await;
            let record = fs::read_to_string(replica.state().join("audit.jsonl")).unwrap_or_default();
            for line in record.lines() {
                let _: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("a record is half: {line}"));
            }
            assert!(!replica.logs.contains("panicked"), "{}", replica.logs);
            assert!(!replica.logs.contains("LD_PRELOAD"), "the clock is not loaded: {}", replica.logs);
        }
    }

    /// Whether a folder that was made a revision is one of those before it with what operators did to it, and not a mixture that
    /// nobody made, such as a restore that broke off.
    fn is_somebodys(&self, files: &Files, earlier: &[Files]) -> bool {
        let did = |base: &Files| {
            let mut paths = files.0.keys().chain(base.0.keys()).filter(|path| files.0.get(*path) != base.0.get(*path));
            paths.all(|path| match files.0.get(path) {
                Some(content) => self.operators.get(path).is_some_and(|all| all.contains(content)),
                None => self.ever_deleted.contains(path),
            })
        };
        earlier.iter().any(did)
    }

    /// Whether somebody wrote a file just so.
    fn is_whole(&self, path: &str, content: &Vec<u8>) -> bool {
        self.written.contains(content) || self.halves.get(path).is_some_and(|halves| halves.contains(content))
    }

    /// What a folder holds. Nothing in it is half: somebody wrote it just so.
    fn whole(&self, place: &Path) -> Files {
        let files = Files::read(place).0;
        for (path, content) in &files.0 {
            let there = String::from_utf8_lossy(content);
            assert!(self.is_whole(path, content), "nobody wrote this: {}/{path}:\n{there}", place.display());
        }
        files
    }

    /// Everything that moderators are told. Each is told something, and what is told to be served was accepted.
    async fn told(&mut self) -> String {
        let mut all = String::new();
        let mut accepted = Vec::new();
        for press in self.presses.iter().filter(|press| !press.excused) {
            let (title, text) = press.told().await;
            assert!(!press.waited || title != GONE, "what was checked and waited is gone: {:?}", press.mark);
            if matches!(title.as_str(), "Change published" | "Revision restored") {
                let number = text.split("Revision no. ").nth(1).unwrap_or_default();
                let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
                accepted.push((digits.parse::<u64>().expect("it is numbered"), press.mark.clone(), text.clone()));
            }
            all.push_str(&text);
        }
        self.look().await;
        let log = self.revisions().expect("it is there");
        for (number, mark, text) in accepted {
            let files = log.read(number).await.expect("what was accepted is kept").files;
            let is_there = mark.is_none_or(|mark| stands(&[files], &mark));
            assert!(is_there, "revision {number} is not what was published: {text}");
        }
        all
    }
}

/// The mark of what is published beside an edit: neither holds the other.
fn published(mark: &str) -> String {
    mark.replace("mark", "publication")
}

/// Waits until a replica serves the newest revision. Edits of its own that nobody reloaded may stand beside it.
async fn catch_up(replica: &Replica, at: usize, log: &Revisions, seen: &BTreeMap<u64, String>) {
    let newest = *seen.keys().last().expect("one at least");
    let begun = Instant::now();
    loop {
        let ready = replica.ready().await;
        let catalogue = &ready["catalogue"];
        if let Some(number) = catalogue["revision"].as_u64().filter(|number| *number >= newest) {
            let hash = log.read(number).await.expect("whole").meta.hash;
            assert_eq!(catalogue["hash"], json!(hash), "replica {} serves something else", at + 1);
            return;
        }
        assert!(begun.elapsed() < DEADLINE, "replica {} stays behind {newest}: {ready:#}", at + 1);
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether a mark stands anywhere.
fn stands(everywhere: &[Files], mark: &str) -> bool {
    let held = |content: &Vec<u8>| String::from_utf8_lossy(content).contains(mark);
    everywhere.iter().any(|files| files.0.values().any(held))
}

/// What tells a program, or a library, where a store is and how to open it.
fn variables(at: &str) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_ENDPOINT", format!("http://{at}")),
        ("AWS_ACCESS_KEY_ID", "key".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
    ]
}
