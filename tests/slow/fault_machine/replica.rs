//! One process with its folders, and what befalls it.

use std::fs::{self, Permissions};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use local_discord::{DEFAULT_GUILD, LocalDiscord};
use serde_json::Value;

use super::ground::{Befalls, Ground, Machine};
use crate::signed::{self, MODERATOR};
use crate::stores::proxy::{Proxy, Weather};
use crate::support::bot::{Bot, Setup};
use crate::support::http::{address, setup_with};

/// Makes the program one that the moderator moderates.
pub(super) fn moderated(setup: Setup) -> Setup {
    setup.env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string()).env("RCP_MODERATION__USERS", &MODERATOR.to_string())
}

/// One process with its folders.
pub(super) struct Replica {
    pub(super) ground: Arc<Ground>,
    pub(super) root: PathBuf,
    /// What tells it where the log of revisions is.
    pub(super) log: Vec<(&'static str, String)>,
    /// The way to a store, if the log is in one.
    pub(super) proxy: Option<Proxy>,
    /// The weather on that way.
    pub(super) weather: Weather,
    pub(super) machine: Option<Machine>,
    /// By how many seconds its clock is before ours.
    pub(super) ahead: i64,
    /// How long a file may become: the disk is full there.
    pub(super) room: Option<u64>,
    /// Whether its log is read by another process rather than written into a file.
    pub(super) is_read: bool,
    /// Whether it watches its folder.
    pub(super) watches: bool,
    /// A Discord of its own, if it answers over the gateway.
    pub(super) gateway: Option<Arc<LocalDiscord>>,
    pub(super) bot: Option<Bot>,
    pub(super) address: Option<SocketAddr>,
    pub(super) logs: String,
}

/// The folders that may be closed, from the replica's own on.
const CLOSED: [&str; 5] = ["data/processes", "data", "data/messages", "state", "state/pending"];

impl Replica {
    pub(super) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    pub(super) fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    fn setup(&self, discord: &LocalDiscord) -> Setup {
        let (action, discord) = match &self.gateway {
            Some(own) => ("run", &**own),
            None => ("serve", discord),
        };
        let mut setup = moderated(setup_with(discord, action, &self.data()))
            .program(&self.ground.program)
            .user(self.ground.user)
            .arg("--state")
            .arg(self.state().to_str().expect("text"))
            .env("DISCORD_PUBLIC_KEY", &signed::public_key())
            .env("RCP_REVISIONS__POLL", "50")
            .env("RCP_CATALOGUE__WATCH", if self.watches { "true" } else { "false" })
            .env("RCP_CATALOGUE__DEBOUNCE", "30");
        for (name, value) in &self.log {
            setup = setup.env(name, value);
        }
        for (name, value) in self.machine.iter().flat_map(Machine::environment) {
            setup = setup.env(name, value.to_str().expect("text"));
        }
        // A file that may not grow is told as an error, as on a full disk, and is no reason to end. What it writes to standard
        // error would be such a file: then another process reads it.
        let limit = self.room.map_or_else(|| "unlimited".to_owned(), |room| room.div_ceil(512).to_string());
        setup = setup.shell(&format!("trap '' XFSZ; ulimit -S -f {limit}"));
        if self.is_read || self.room.is_some() { setup.read_by_another() } else { setup }
    }

    /// Starts it, and waits until it answers.
    pub(super) async fn start(&mut self, discord: &LocalDiscord) {
        let mut bot = self.setup(discord).start();
        self.address = Some(address(&bot).await);
        if let Some(own) = &self.gateway {
            bot.ready(own).await;
        }
        self.bot = Some(bot);
    }

    /// Starts it, and kills it after a while.
    pub(super) async fn start_in_vain(&mut self, discord: &LocalDiscord, after: Duration) {
        let mut bot = self.setup(discord).start();
        tokio::time::sleep(after).await;
        // It may have been killed in a write before.
        if bot.is_running() {
            bot.kill();
        }
        bot.ended().await;
        self.logs.push_str(&bot.log());
    }

    pub(super) async fn end(&mut self, signal: &str) {
        if let Some(mut bot) = self.bot.take() {
            // It may have been killed in a write before.
            if signal != "KILL" || bot.is_running() {
                bot.signal(signal);
            }
            let code = bot.ended().await;
            assert!(signal == "KILL" || code == Some(0), "{signal} ended it with {code:?}: {}", bot.log());
            self.logs.push_str(&bot.log());
        }
    }

    /// Kills it at the moment when a file begins to change, or after a while.
    pub(super) async fn end_as_it_writes(&mut self, path: &str, within: Duration) {
        let Some(mut bot) = self.bot.take() else { return };
        let place = self.data().join(path);
        let (parent, file) = (place.parent().expect("a folder").to_owned(), place.clone());
        let look = move || {
            // A file beside it that is to take its name, or the file itself.
            let names = fs::read_dir(&parent).into_iter().flatten().flatten().count();
            (names, fs::read(&file).ok())
        };
        let before = look();
        let begun = std::time::Instant::now();
        let watching = tokio::task::spawn_blocking(move || {
            while begun.elapsed() < within && look() == before {}
            bot.kill();
            bot
        });
        let mut bot = watching.await.expect("it only looks");
        bot.ended().await;
        self.logs.push_str(&bot.log());
    }

    /// What befalls it in the middle of a write, after so many that go through whole.
    pub(super) fn befalls(&self, what: Befalls, whole: u32) {
        if let Some(machine) = &self.machine {
            machine.befalls(what, whole);
        }
    }

    /// Does something at the moment when it stands still in a write, and lets it go on; once it is `over`, nothing any more. On a
    /// thread of its own, which says whether it was done.
    pub(super) fn when_still(
        &self,
        over: &Arc<AtomicBool>,
        deed: impl FnOnce() -> bool + Send + 'static,
    ) -> Option<JoinHandle<bool>> {
        self.machine.as_ref()?;
        let (id, over) = (self.bot.as_ref()?.id(), Arc::clone(over));
        let is_still = move || {
            let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            state.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'))
        };
        Some(thread::spawn(move || {
            while !is_still() {
                if over.load(Ordering::Relaxed) {
                    return false;
                }
                thread::sleep(Duration::from_micros(200));
            }
            let done = deed();
            let told = Command::new("sh").arg("-c").arg(format!("kill -CONT {id}")).status();
            assert!(told.is_ok_and(|status| status.success()), "it goes on");
            done
        }))
    }

    /// Whether it still runs.
    pub(super) fn lives(&mut self) -> bool {
        self.bot.as_mut().is_some_and(Bot::is_running)
    }

    /// Nobody reads what it writes any more, if somebody did.
    pub(super) fn lose_reader(&mut self) {
        if let Some(bot) = &mut self.bot {
            bot.lose_reader();
        }
    }

    /// Everything that it has logged and that was read.
    pub(super) fn log(&self) -> String {
        format!("{}{}", self.logs, self.bot.as_ref().map(Bot::log).unwrap_or_default())
    }

    /// What `/readyz` says.
    pub(super) async fn ready(&self) -> Value {
        let address = self.address.expect("it was started");
        let response = reqwest::get(format!("http://{address}/readyz")).await.expect("an answer");
        response.json().await.expect("JSON")
    }

    /// What is served, as a button has it.
    pub(super) async fn base(&self) -> String {
        let ready = self.ready().await;
        ready["catalogue"]["hash"].as_str().expect("a hash").chars().take(12).collect()
    }

    /// People are answered, whatever else is going on, and no task has panicked.
    pub(super) async fn answers(&self, discord: &LocalDiscord) {
        if let Some(own) = &self.gateway {
            let outcome = own.person("Amina").run("rcp oim", &[]).await.expect("the command is there");
            assert!(outcome.is_answered(), "nobody is answered over the gateway: {outcome:?}");
        } else {
            let question = discord.person("Amina").command("rcp oim").json().expect("the command is there");
            let answer = signed::post(self.address.expect("it was started"), &question, self.ahead).await;
            let answer = answer.expect("an answer");
            assert_eq!(answer["type"], 4, "{answer}");
        }
        for task in self.ready().await["tasks"].as_array().expect("tasks") {
            assert!(task["running"] == true && task["restarts"] == 0, "{task}");
        }
    }

    /// How long a file may become from now on: the disk is full, or has room again.
    pub(super) fn fill(&mut self, room: Option<u64>) {
        self.room = room;
        let Some(bot) = &self.bot else { return };
        let most = room.map_or_else(|| "unlimited".to_owned(), |room| room.to_string());
        let id = bot.id().to_string();
        // Its own user may do that, and root may not everywhere.
        let mut command = Command::new("prlimit");
        if let Some(user) = self.ground.user {
            command.uid(user).gid(user);
        }
        let set = command.args(["--pid", &id, &format!("--fsize={most}:")]).status();
        assert!(set.is_ok_and(|status| status.success()), "prlimit, of util-linux, is there");
    }

    /// Closes one of its folders, or opens all again.
    pub(super) fn close(&self, which: usize, mode: u32) {
        let (place, was) = (self.root.join(CLOSED[which]), self.is_open());
        self.open();
        // What is in a state folder that cannot even be looked into is out of anybody's reach.
        let mode = if CLOSED[which].starts_with("state") { 0o555 } else { mode };
        if was && place.is_dir() {
            fs::set_permissions(place, Permissions::from_mode(mode)).expect("it is ours");
        }
    }

    /// Whether none of its folders is closed.
    pub(super) fn is_open(&self) -> bool {
        CLOSED.iter().all(|place| {
            fs::metadata(self.root.join(place)).map_or(true, |about| about.permissions().mode() & 0o700 == 0o700)
        })
    }

    /// Opens all of its folders.
    pub(super) fn open(&self) {
        // Those above first.
        for place in ["data", "data/processes", "data/messages", "state", "state/pending"] {
            let place = self.root.join(place);
            if place.is_dir() {
                fs::set_permissions(place, Permissions::from_mode(0o755)).expect("it is ours");
            }
        }
    }

    /// Moves its clock.
    pub(super) fn set_clock(&mut self, ahead: i64) {
        if let Some(machine) = &self.machine {
            machine.set_clock(ahead);
            self.ahead = ahead;
        }
    }

    /// Changes the weather on the way to the store.
    pub(super) async fn set_weather(&mut self, weather: Weather) {
        if let Some(proxy) = &self.proxy {
            proxy.set(weather).await;
            self.weather = weather;
        }
    }

    /// Where it records what was tried, and where that is while it cannot.
    pub(super) fn record(&self) -> (PathBuf, PathBuf) {
        (self.state().join("audit.jsonl"), self.state().join("audit.kept"))
    }

    /// How often its record tells that a file had been deleted from its folder and was published.
    pub(super) fn brought_back(&self, path: &str) -> usize {
        let (record, kept) = self.record();
        let told = [record, kept].map(|place| fs::read_to_string(place).unwrap_or_default());
        told.iter().map(|told| told.matches(&format!("{path} had been taken out of the data folder")).count()).sum()
    }

    /// What was put aside: each folder, by its name.
    pub(super) fn aside(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(self.state().join("set-aside")).into_iter().flatten();
        let all = entries.map(|entry| entry.expect("listed")).map(|entry| (named(&entry.path()), entry.path()));
        // A copy that broke off is none.
        all.filter(|(name, _)| !name.starts_with('.')).collect()
    }
}

fn named(path: &Path) -> String {
    path.file_name().expect("it has a name").to_string_lossy().into_owned()
}
