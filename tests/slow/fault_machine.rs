//! Random schedules of what operators, moderators and machines do to the real program, two replicas over one log: edits, reloads,
//! publishing, restores, kills at any moment, folders and records that cannot be written, a log that is gone, a set-back data
//! folder. After each schedule one invariant is checked: every accepted change and every operator's edit is served, kept in a
//! revision, or put aside; nothing is half; answers go on.
//!
//! `RCP_FAULT_SCHEDULES` says how many (12 without it), `RCP_FAULT_SEED` replays one: a failing schedule prints its seed.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use local_discord::{DEFAULT_GUILD, LocalDiscord, Options};
use rcp_bot::atomic::replace;
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::{Revisions, StoreError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::bot::{Bot, DEADLINE, Setup};
use crate::support::http::{address, setup, setup_with};
use crate::support::{small, tell};

/// The person who may moderate.
const MODERATOR: u64 = 1_234_567_890_123_456_789;

/// How many schedules run where nothing else is said.
const SCHEDULES: u64 = 12;

/// How many schedules one local Discord sees: it remembers every request.
const PER_DISCORD: u64 = 20;

/// How many things happen in a schedule.
const STEPS: u64 = 8;

/// Chance that can be had again: SplitMix64, by Guy Steele, Doug Lea and Christine Flood (2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn moderated(setup: Setup) -> Setup {
    setup.env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string()).env("RCP_MODERATION__USERS", &MODERATOR.to_string())
}

/// One process with its folders.
struct Replica {
    root: PathBuf,
    log: PathBuf,
    bot: Option<Bot>,
    address: Option<SocketAddr>,
    logs: String,
}

impl Replica {
    fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    async fn start(&mut self, discord: &LocalDiscord) {
        let bot = moderated(setup_with(discord, "serve", &self.data()))
            .arg("--state")
            .arg(self.state().to_str().expect("text"))
            .env("DISCORD_PUBLIC_KEY", &hex(key().verifying_key().as_bytes()))
            .env("RCP_REVISIONS__URL", &format!("file://{}", self.log.display()))
            .env("RCP_REVISIONS__POLL", "50")
            .start();
        self.address = Some(address(&bot).await);
        self.bot = Some(bot);
    }

    async fn end(&mut self, signal: &str) {
        if let Some(mut bot) = self.bot.take() {
            bot.signal(signal);
            let code = bot.ended().await;
            assert!(signal == "KILL" || code == Some(0), "{signal} ended it with {code:?}");
            self.logs.push_str(&bot.log());
        }
    }

    async fn ready(&self) -> Value {
        let address = self.address.expect("it was started");
        let response = reqwest::get(format!("http://{address}/readyz")).await.expect("an answer");
        response.json().await.expect("JSON")
    }

    async fn hash(&self) -> String {
        self.ready().await["catalogue"]["hash"].as_str().expect("a hash").to_owned()
    }

    /// Sends a signed interaction; the response, if the program lives to give one.
    async fn post(&self, interaction: &Value) -> Option<Value> {
        let body = interaction.to_string();
        let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs().to_string();
        let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
        let request = reqwest::Client::new()
            .post(format!("http://{}/interactions", self.address.expect("it was started")))
            .header("X-Signature-Ed25519", signature)
            .header("X-Signature-Timestamp", time)
            .body(body);
        request.send().await.ok()?.json().await.ok()
    }

    /// A moderator's press.
    async fn press(&self, discord: &LocalDiscord, custom_id: &str, token: &str) {
        let mona = discord.person("Mona").with_id(MODERATOR).locale("en-GB").permissions(8);
        let mut interaction = mona.command("rcp-admin etat").json().expect("the command is there");
        interaction["type"] = json!(3);
        interaction["token"] = json!(token);
        interaction["data"] = json!({ "custom_id": custom_id, "component_type": 2 });
        interaction["message"] = json!({
            "id": "5", "channel_id": interaction["channel_id"], "type": 0, "content": "", "flags": 64,
            "author": { "id": "6", "username": "bot", "discriminator": "0", "avatar": null, "bot": true },
            "timestamp": "2026-11-27T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
            "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": [], "pinned": false,
        });
        if let Some(response) = self.post(&interaction).await {
            assert_eq!(response["type"], 6, "{response}");
        }
    }
}

/// Everything that stands anywhere: what is in folders, revisions, and put aside.
struct World {
    root: TempDir,
    log: PathBuf,
    replicas: [Replica; 2],
    /// What operators wrote and did not overwrite themselves, by its mark.
    edits: BTreeMap<String, (usize, String)>,
    /// The hash of each revision that was ever seen.
    seen: BTreeMap<u64, String>,
    steps: Vec<String>,
    presses: u64,
}

impl World {
    async fn new(discord: &LocalDiscord) -> World {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let root = tempfile::tempdir_in(parent).expect("a folder");
        let log = root.path().join("log");
        fs::create_dir(&log).expect("made");
        let replica = |name: &str| {
            let replica = Replica {
                root: root.path().join(name),
                log: log.clone(),
                bot: None,
                address: None,
                logs: String::new(),
            };
            small::write(&replica.data(), &small::catalogue("r1", 4));
            replica
        };
        let mut replicas = [replica("one"), replica("two")];
        for replica in &mut replicas {
            replica.start(discord).await;
        }
        let (edits, seen, steps) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        World { root, log, replicas, edits, seen, steps, presses: 0 }
    }

    /// One thing that happens. Chance decides which, and when something is killed.
    async fn step(&mut self, discord: &LocalDiscord, chance: &mut Chance, number: u64) {
        let at = usize::try_from(chance.below(2)).expect("small");
        let process = format!("p{}", chance.below(4) + 1);
        let path = format!("processes/{process}.toml");
        let mark = format!("mark{number}x{}", chance.below(1 << 40));
        let kind = chance.below(13);
        let pause = Duration::from_micros(chance.below(60_000));
        let what = [
            "edits",
            "edits",
            "reloads",
            "reloads",
            "publishes",
            "publishes",
            "restores",
            "is killed",
            "is stopped",
            "has a folder in the way",
            "cannot record",
            "loses its log",
            "is put back",
        ];
        self.steps.push(format!("{} {} {path} {mark} {pause:?}", at + 1, what[usize::try_from(kind).expect("small")]));
        // A program that starts where its log should be begins one: mounting it comes first.
        if matches!(kind, 7 | 8 | 12) && !self.log.is_dir() {
            fs::rename(self.root.path().join("away"), &self.log).expect("moved");
        }
        let replica = &mut self.replicas[at];
        match kind {
            0 | 1 => {
                let place = replica.data().join(&path);
                if place.is_dir() {
                    return;
                }
                // Who writes over their own edit means it.
                let now = fs::read_to_string(&place).unwrap_or_default();
                self.edits.retain(|mark, (whose, of)| !(*whose == at && *of == path && now.contains(mark.as_str())));
                if replace(&place, small::process(&process, &mark).as_bytes()).is_ok() {
                    self.edits.insert(mark, (at, path));
                }
            }
            2 | 3 => {
                if let Some(bot) = &replica.bot {
                    bot.signal("HUP");
                }
            }
            4 | 5 => {
                let content = small::process(&process, &mark);
                let upload: String = hex(&Sha256::digest(content.as_bytes())).chars().take(32).collect();
                let waiting = self.log.join("-uploads");
                if !self.log.is_dir() || fs::create_dir_all(&waiting).is_err() {
                    return;
                }
                fs::write(waiting.join(&upload), &content).expect("written");
                let base: String = replica.hash().await.chars().take(12).collect();
                self.presses += 1;
                let token = format!("token-{number}-{}", self.presses);
                replica.press(discord, &format!("rcp-admin:1:0:publish:{upload}:{base}"), &token).await;
            }
            6 => {
                let base: String = replica.hash().await.chars().take(12).collect();
                self.presses += 1;
                let token = format!("token-{number}-{}", self.presses);
                let of = chance.below(self.seen.len() as u64 + 1) + 1;
                replica.press(discord, &format!("rcp-admin:1:0:restore:{of}:{base}"), &token).await;
            }
            7 => {
                tokio::time::sleep(pause).await;
                replica.end("KILL").await;
                replica.start(discord).await;
            }
            8 => {
                replica.end("TERM").await;
                replica.start(discord).await;
            }
            9 => {
                let place = replica.data().join("processes/p5.toml");
                if place.is_dir() {
                    fs::remove_dir(place).expect("removed");
                } else if !place.exists() {
                    fs::create_dir(place).expect("made");
                }
            }
            10 => {
                let (record, kept) = (replica.state().join("audit.jsonl"), replica.state().join("audit.kept"));
                if record.is_dir() {
                    fs::remove_dir(&record).expect("removed");
                    fs::rename(kept, record).expect("moved");
                } else if fs::rename(&record, &kept).is_ok() {
                    let _ = fs::create_dir(record);
                }
            }
            11 => {
                let away = self.root.path().join("away");
                if self.log.is_dir() {
                    fs::rename(&self.log, away).expect("moved");
                } else {
                    fs::rename(away, &self.log).expect("moved");
                }
            }
            _ => {
                // The container is started anew with the data of its image. What was only in its folder is gone with it.
                replica.end("TERM").await;
                self.edits.retain(|_, (whose, _)| *whose != at);
                let _ = fs::remove_dir_all(replica.data());
                small::write(&replica.data(), &small::catalogue("r1", 4));
                replica.start(discord).await;
            }
        }
        tokio::time::sleep(pause).await;
        self.look().await;
    }

    /// Notes every revision; none changes or goes.
    async fn look(&mut self) {
        if !self.log.is_dir() {
            return;
        }
        let log = Revisions::local(&self.log).expect("opened");
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
    async fn settle(&mut self, discord: &LocalDiscord) {
        let away = self.root.path().join("away");
        if !self.log.is_dir() {
            fs::rename(away, &self.log).expect("moved");
        }
        for replica in &mut self.replicas {
            let _ = fs::remove_dir(replica.data().join("processes/p5.toml"));
            let (record, kept) = (replica.state().join("audit.jsonl"), replica.state().join("audit.kept"));
            if fs::remove_dir(&record).is_ok() {
                fs::rename(kept, record).expect("moved");
            }
            replica.end("TERM").await;
            replica.start(discord).await;
        }
        self.look().await;
        let log = Revisions::local(&self.log).expect("opened");
        let mut everywhere: Vec<Files> = Vec::new();
        for number in self.seen.keys() {
            everywhere.push(log.read(*number).await.expect("whole").files);
        }
        for replica in &self.replicas {
            everywhere.push(Files::read(&replica.data()).0);
            let aside = fs::read_dir(replica.state().join("set-aside")).into_iter().flatten();
            everywhere.extend(aside.map(|entry| Files::read(&entry.expect("listed").path()).0));
        }
        let stands = |mark: &str| {
            let held = |content: &Vec<u8>| String::from_utf8_lossy(content).contains(mark);
            everywhere.iter().any(|files| files.0.values().any(held))
        };
        for (mark, (whose, path)) in &self.edits {
            assert!(stands(mark), "an edit of {path} at {} is lost: {mark}", whose + 1);
        }
        let newest = *self.seen.keys().last().expect("one at least");
        for (place, replica) in self.replicas.iter_mut().enumerate() {
            // Both come to serve the newest; edits of their own that nobody reloaded may stand beside it.
            let begun = Instant::now();
            loop {
                let ready = replica.ready().await;
                let catalogue = &ready["catalogue"];
                let number = catalogue["revision"].as_u64();
                if number.is_some_and(|number| number >= newest) {
                    let hash = log.read(number.expect("a number")).await.expect("whole").meta.hash;
                    assert_eq!(catalogue["hash"], json!(hash), "replica {} serves something else", place + 1);
                    break;
                }
                assert!(begun.elapsed() < DEADLINE, "replica {} stays behind {newest}: {ready:#}", place + 1);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let question = discord.person("Amina").command("rcp oim").json().expect("the command is there");
            let answer = replica.post(&question).await.expect("an answer");
            assert_eq!(answer["type"], 4, "{answer}");
            replica.end("TERM").await;
            for line in fs::read_to_string(replica.state().join("audit.jsonl")).unwrap_or_default().lines() {
                let _: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("a record is half: {line}"));
            }
            assert!(!replica.logs.contains("panicked"), "{}", replica.logs);
        }
    }
}

/// A local Discord in which the commands are registered.
async fn discord() -> LocalDiscord {
    let discord = LocalDiscord::start(Options::default()).await.expect("a port can be opened");
    let registered = moderated(setup(&discord, "register")).finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    discord
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_befalls_it_nothing_is_lost_and_nothing_is_half() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (replayed, schedules) = (number("RCP_FAULT_SEED"), number("RCP_FAULT_SCHEDULES").unwrap_or(SCHEDULES));
    let first = replayed.unwrap_or_else(|| RandomState::new().hash_one("seed") >> 20);
    let schedules = if replayed.is_some() { 1 } else { schedules };
    let mut discord_now = discord().await;
    for number in 0..schedules {
        if number > 0 && number % PER_DISCORD == 0 {
            discord_now = discord().await;
        }
        let seed = first + number;
        /// Says which schedule it was, if it fails.
        struct Failing(u64);
        impl Drop for Failing {
            fn drop(&mut self) {
                if std::thread::panicking() {
                    tell(&format!("the schedule that failed: RCP_FAULT_SEED={}", self.0));
                }
            }
        }
        let failing = Failing(seed);
        let mut chance = Chance(seed);
        let mut world = World::new(&discord_now).await;
        world.look().await;
        for step in 0..STEPS {
            world.step(&discord_now, &mut chance, step).await;
            if std::env::var_os("RCP_FAULT_SEED").is_some() {
                tell(world.steps.last().map_or("", String::as_str));
            }
        }
        world.settle(&discord_now).await;
        drop(failing);
    }
    tell(&format!("{schedules} schedules from RCP_FAULT_SEED={first}"));
}
