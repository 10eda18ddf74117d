//! Versions after one another, and back: what one program wrote (data folder, state folder, revisions, buttons under messages)
//! the other serves, over both transports.
//!
//! `tests/upgrade` holds what the program of commit 9248cef wrote, the last before nothing was to be lost any more: its data
//! and state folders after a moderator reloaded an edit (revision 2), published a file (3), took back revision 2 (4) and left a
//! checked file without a decision. It was made by that program itself:
//!
//! ```sh
//! git worktree add ../old 9248cef && (cd ../old && cargo build)
//! RCP_TESTS_OLD_PROGRAM=../old/target/debug/rcp-bot RCP_TESTS_OLD_DATA=../old/data \
//!     cargo test --test slow upgrade::what_the_old_program_writes -- --ignored
//! ```
//!
//! The other way round needs the old program: `RCP_TESTS_OLD_PROGRAM=… cargo test --test slow upgrade -- --ignored`.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use local_discord::{DEFAULT_GUILD, File, LocalDiscord, Message, Options, Outcome};
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::{Revision, Revisions};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::signed::{self, LOOK, MODERATOR, mona, told};
use crate::support::bot::{Bot, DEADLINE};
use crate::support::http::{address, setup_with};
use crate::support::{bot, small};

/// The newest revision that the old program wrote.
const NEWEST: u64 = 4;

/// How people's questions come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
    Gateway,
    Endpoint,
}

/// What was written by the old program.
fn written() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrade")
}

/// The old program.
fn old_program() -> PathBuf {
    let path =
        std::env::var_os("RCP_TESTS_OLD_PROGRAM").expect("RCP_TESTS_OLD_PROGRAM names the program of commit 9248cef");
    std::path::absolute(path).expect("a path")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("listed") {
        let entry = entry.expect("listed").path();
        let target = to.join(entry.file_name().expect("it has a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, target).expect("copied");
        }
    }
}

/// A program at work on a folder.
struct At<'a> {
    transport: Transport,
    root: &'a Path,
    discord: LocalDiscord,
    bot: Bot,
    address: SocketAddr,
}

impl<'a> At<'a> {
    /// Starts a program; today's without one.
    async fn start(transport: Transport, root: &'a Path, program: Option<&Path>) -> At<'a> {
        let options = Options { response_limit: DEADLINE, patience: DEADLINE, ..bot::options() };
        let discord = LocalDiscord::start(options).await.expect("a port can be opened");
        let setup = |action| {
            let setup = setup_with(&discord, action, &root.join("data"))
                .arg("--state")
                .arg(root.join("state").to_str().expect("text"))
                .env("DISCORD_PUBLIC_KEY", &signed::public_key())
                .env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string())
                .env("RCP_MODERATION__USERS", &MODERATOR.to_string());
            match program {
                Some(program) => setup.program(program),
                None => setup,
            }
        };
        let mut bot = match transport {
            Transport::Gateway => setup("run").start(),
            Transport::Endpoint => {
                let registered = setup("register").finish().await;
                assert_eq!(registered.code, Some(0), "{}", registered.stderr);
                setup("serve").start()
            }
        };
        if transport == Transport::Gateway {
            bot.ready(&discord).await;
        }
        let address = address(&bot).await;
        At { transport, root, discord, bot, address }
    }

    async fn stop(self) -> String {
        self.bot.stop().await
    }

    fn log(&self) -> Revisions {
        Revisions::local(&self.root.join("state/revisions")).expect("opened")
    }

    async fn newest(&self) -> Revision {
        self.log().newest().await.expect("read").expect("there is one")
    }

    /// What it serves is this revision, and the data folder holds it.
    async fn serves(&self, number: u64) {
        let ready: Value =
            serde_json::from_str(&crate::support::http::get(self.address, "/readyz").await.1).expect("JSON");
        let newest = self.newest().await;
        assert_eq!((newest.meta.number, &ready["catalogue"]["revision"]), (number, &json!(number)), "{ready:#}");
        assert_eq!(ready["catalogue"]["hash"], json!(newest.meta.hash), "{ready:#}");
        let (files, problems) = Files::read(&self.root.join("data"));
        assert_eq!((files, problems), (newest.files, Vec::new()), "the data folder holds what is served");
        let question = self.discord.person("Amina").locale("en-GB").command("rcp oim").json().expect("registered");
        let answer = self.send(&question).await.message().expect("an answer");
        assert!(answer.json.to_string().contains("Rôle"), "{:#}", answer.json);
    }

    async fn send(&self, interaction: &Value) -> Outcome {
        match self.transport {
            Transport::Gateway => self.discord.send_interaction(interaction.clone()).outcome().await,
            Transport::Endpoint => signed::run(&self.discord, self.address, interaction, 0).await.expect("it answers"),
        }
    }

    /// What the moderator's command brings.
    async fn run(&self, interaction: &Value) -> Message {
        let outcome = self.send(interaction).await;
        outcome.settled().await.expect("an answer follows")
    }

    /// Presses a button of a message of this program, or of another.
    async fn press(&self, message: &Message, what: &str) -> (String, String) {
        let custom_id = button(message, what);
        if self.transport == Transport::Endpoint {
            return self.press_id(&custom_id).await;
        }
        let outcome = mona(&self.discord).press(message, &custom_id).await.expect("pressed");
        let begun = Instant::now();
        loop {
            let now = outcome.message().expect("it stays");
            if now.versions.len() > message.versions.len() {
                return told(&outcome).await;
            }
            assert!(begun.elapsed() < DEADLINE, "the message is not changed");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Presses a button that a program wrote which is gone.
    async fn press_id(&self, custom_id: &str) -> (String, String) {
        let pressed = signed::press(&self.discord, self.address, custom_id, 0).await;
        told(&pressed.expect("it answers")).await
    }

    async fn check(&self, process: &str, mark: &str) -> Message {
        let file = File::new(format!("{process}.toml"), "text/plain", small::process(process, mark));
        let draft = mona(&self.discord).command("rcp-admin verifier").option("fichier", file);
        self.run(&draft.json().expect("the command is there")).await
    }

    /// A moderator checks a file and publishes it.
    async fn publish(&self, process: &str, mark: &str) {
        let preview = self.check(process, mark).await;
        let (title, text) = self.press(&preview, "publish").await;
        let newest = self.newest().await;
        let content = &newest.files.0[&format!("processes/{process}.toml")];
        assert_eq!(String::from_utf8_lossy(content), small::process(process, mark), "{title}: {text}");
    }

    /// An operator edits a file, and a moderator reloads.
    async fn edit(&self, process: &str, mark: &str) {
        let path = format!("processes/{process}.toml");
        fs::write(self.root.join("data").join(&path), small::process(process, mark)).expect("written");
        let command = mona(&self.discord).command("rcp-admin recharger").json().expect("the command is there");
        let message = self.run(&command).await;
        let content = &self.newest().await.files.0[&path];
        assert_eq!(String::from_utf8_lossy(content), small::process(process, mark), "{:#}", message.json);
    }

    /// A moderator takes back a revision.
    async fn restore(&self, number: u64) {
        let draft = mona(&self.discord).command("rcp-admin retablir").option("revision", number.to_string());
        let preview = self.run(&draft.json().expect("the command is there")).await;
        let (title, text) = self.press(&preview, "restore").await;
        let (then, now) = (self.log().read(number).await.expect("read"), self.newest().await);
        assert_eq!(now.files, then.files, "{title}: {text}");
    }
}

/// The button of a message that does this.
fn button(message: &Message, what: &str) -> String {
    let all = message.components();
    let mut ids = all.iter().filter_map(|one| one["custom_id"].as_str());
    let found = ids.find(|id| id.split(':').any(|part| part == what));
    found.unwrap_or_else(|| panic!("no button for {what}: {:#}", message.json)).to_owned()
}

fn records(root: &Path) -> Vec<Value> {
    let text = fs::read_to_string(root.join("state/audit.jsonl")).expect("there are records");
    text.lines().map(|line| serde_json::from_str(line).expect("a record is whole")).collect()
}

/// What the old program left, in a folder of its own.
fn left() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    copy(&written(), root.path());
    root
}

/// The target of the Publish button under the message that the old program left without a decision.
fn undecided() -> String {
    fs::read_to_string(written().join("undecided.txt")).expect("it is kept").trim().to_owned()
}

async fn todays_program_serves_what_the_old_one_wrote(transport: Transport) {
    let root = left();
    let before = (Files::read(&root.path().join("data")), records(root.path()));
    let now = At::start(transport, root.path(), None).await;
    now.serves(NEWEST).await;
    assert_eq!(Files::read(&root.path().join("data")), before.0, "the data folder is left as it was");
    let history = mona(&now.discord).command("rcp-admin historique").json().expect("the command is there");
    let history = now.run(&history).await;
    for number in 1..=NEWEST {
        assert!(history.json.to_string().contains(&number.to_string()), "{number}: {:#}", history.json);
    }
    // The button under a message of the old program still does what it says.
    if transport == Transport::Endpoint {
        let (title, text) = now.press_id(&undecided()).await;
        let content = &now.newest().await.files.0["processes/p3.toml"];
        // In its day themes named no topics.
        let expected = small::process("p3", "undecided").replace(", topics = [\"data\"]", "");
        assert_eq!(String::from_utf8_lossy(content), expected, "{title}: {text}");
    } else {
        now.publish("p3", "undecided").await;
    }
    now.serves(NEWEST + 1).await;
    now.restore(3).await;
    now.serves(NEWEST + 2).await;
    now.edit("p1", "after").await;
    now.serves(NEWEST + 3).await;
    let log = now.stop().await;
    assert!(!root.path().join("state/set-aside").exists(), "nothing had to be put aside: {log}");
    let after = records(root.path());
    assert_eq!(after[..before.1.len()], before.1, "what was recorded stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_program_serves_what_the_old_one_wrote_over_the_gateway() {
    todays_program_serves_what_the_old_one_wrote(Transport::Gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_program_serves_what_the_old_one_wrote_over_http() {
    todays_program_serves_what_the_old_one_wrote(Transport::Endpoint).await;
}

async fn the_old_program_serves_what_todays_wrote(transport: Transport) {
    let old = old_program();
    let root = left();
    let now = At::start(transport, root.path(), None).await;
    now.edit("p1", "edited").await;
    now.publish("p2", "published").await;
    now.restore(3).await;
    now.publish("p4", "new").await;
    now.check("p3", "undecided").await;
    now.stop().await;
    let before = records(root.path());

    let then = At::start(transport, root.path(), Some(&old)).await;
    then.serves(NEWEST + 4).await;
    then.edit("p2", "edited by then").await;
    then.publish("p1", "published by then").await;
    then.restore(NEWEST + 1).await;
    then.serves(NEWEST + 7).await;
    then.stop().await;
    assert_eq!(records(root.path())[..before.len()], before, "what was recorded stays");

    let again = At::start(transport, root.path(), None).await;
    again.serves(NEWEST + 7).await;
    again.publish("p3", "at last").await;
    again.serves(NEWEST + 8).await;
    again.stop().await;
    assert!(!root.path().join("state/set-aside").exists(), "nothing had to be put aside");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the program of commit 9248cef, which RCP_TESTS_OLD_PROGRAM names"]
async fn the_old_program_serves_what_todays_wrote_over_the_gateway() {
    the_old_program_serves_what_todays_wrote(Transport::Gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the program of commit 9248cef, which RCP_TESTS_OLD_PROGRAM names"]
async fn the_old_program_serves_what_todays_wrote_over_http() {
    the_old_program_serves_what_todays_wrote(Transport::Endpoint).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes tests/upgrade anew with the program of commit 9248cef, which RCP_TESTS_OLD_PROGRAM and RCP_TESTS_OLD_DATA name"]
async fn what_the_old_program_writes() {
    let Some(messages) = std::env::var_os("RCP_TESTS_OLD_DATA").map(|data| PathBuf::from(data).join("messages")) else {
        // The other tests that are left out as a rule do not need it.
        return crate::support::tell("RCP_TESTS_OLD_DATA is not set: tests/upgrade is left as it is");
    };
    let root = tempfile::tempdir().expect("a folder");
    let mut files = small::catalogue("r1", 2);
    files.0.retain(|path, _| !path.starts_with("messages/"));
    small::write(&root.path().join("data"), &files);
    copy(&messages, &root.path().join("data/messages"));
    let then = At::start(Transport::Gateway, root.path(), Some(&old_program())).await;
    then.edit("p1", "r2").await;
    then.publish("p2", "r3").await;
    then.restore(2).await;
    then.serves(NEWEST).await;
    let undecided = button(&then.check("p3", "undecided").await, "publish");
    then.stop().await;
    let to = written();
    for part in ["data", "state"] {
        fs::remove_dir_all(to.join(part)).expect("removed");
    }
    copy(root.path(), &to);
    fs::write(to.join("undecided.txt"), format!("{undecided}\n")).expect("written");
}
