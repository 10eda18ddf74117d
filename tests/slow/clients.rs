//! The local Discord is what real clients need: bots made with other libraries log in at it, register, answer, edit, follow
//! up, complete, and are pressed, chosen from, filled in and sent files.
//!
//! The bots stand in `tests/clients`, pinned in its lock files; `.ci/run` installs their libraries. Where one is missing, its
//! test says so on standard error and passes, unless `RCP_TESTS_REQUIRE_ALL` is set: then it fails.

use std::fs::File as Log;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use local_discord::{File, GatewayFault, Judge, LocalDiscord, Options, Response};
use tempfile::TempDir;

use crate::support::bot::until;
use crate::support::judges;
use crate::support::left_out::{Lacks, left_out};

/// A bot, running.
struct Client {
    child: Child,
    log: PathBuf,
    _folder: TempDir,
}

impl Client {
    /// Starts a bot at this Discord; `None` if its library is missing and may be.
    fn start(discord: &LocalDiscord, runtime: &str, script: &str, library: &str) -> Option<Client> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let runtime = if runtime == "node" { PathBuf::from("node") } else { folder.join(runtime).join("bin/python") };
        let found = match library {
            "" => Command::new(&runtime).arg("--version").output().is_ok_and(|output| output.status.success()),
            library => folder.join(library).exists(),
        };
        if !found {
            left_out(Lacks::Tool, &format!("the library of {script} is not installed in tests/clients"));
            return None;
        }
        let kept = TempDir::new().expect("a temporary folder can be made");
        let log = kept.path().join("log.txt");
        let file = Log::create(&log).expect("it can be made");
        let child = Command::new(runtime)
            .arg(folder.join(script))
            .current_dir(kept.path())
            .env("DISCORD_URL", discord.url())
            .env("DISCORD_GATEWAY", discord.gateway_url())
            .env("DISCORD_TOKEN", discord.token())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("it is open"))
            .stderr(file)
            .spawn()
            .expect("the runtime starts");
        Some(Client { child, log, _folder: kept })
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has told then.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            eprintln!("the bot wrote:\n{log}");
        }
    }
}

/// Lets a bot show each way of answering.
async fn shows_each_way_of_answering(runtime: &str, script: &str, library: &str) {
    let options = Options {
        // The model of another library is stricter than Discord: it takes no null where a field may be left out.
        judges: judges::OPENAPI.clone().map(|judge| judge as Arc<dyn Judge>).into_iter().collect(),
        // The machine may be busy with the other clients; what is to be seen is that they answer.
        response_limit: Duration::from_secs(30),
        ..Options::default()
    };
    let discord = LocalDiscord::start(options).await.expect("a port can be opened");
    let Some(client) = Client::start(&discord, runtime, script, library) else { return };
    discord.wait_for_ready().await.expect("the bot logs in");
    until(&discord, "three commands", |discord| discord.commands(None).len() == 3).await;

    let asker = discord.person("Amina");
    let file = File::new("a.txt", "text/plain", "content");
    let echoed =
        asker.command("echo").option("text", "été").option("file", file).run().await.expect("it is registered");
    assert_eq!(echoed.response, Response::Message);
    let message = echoed.message().expect("it stands there");
    assert_eq!(message.content(), "été a.txt content (Local server general)");

    let completed = asker.complete("echo", "text", "ab", &[]).await.expect("it completes");
    let choices: Vec<(&str, &str)> =
        completed.choices().iter().map(|one| (one.name.as_str(), one.value.as_str().expect("a text"))).collect();
    assert_eq!(choices, [("ab!", "ab")]);

    let chosen = asker.choose(&message, "menu", &["b"]).await.expect("there is a menu");
    assert!(chosen.is_ephemeral());
    assert_eq!(chosen.message().expect("it stands there").content(), "chose b");
    let pressed = asker.press(&message, "again").await.expect("there is a button");
    assert_eq!(pressed.response, Response::Updated);
    assert_eq!(pressed.message().expect("it stands there").content(), "pressed");

    let later = asker.run("later", &[]).await.expect("it is registered");
    assert_eq!(later.response, Response::Deferred);
    let followups = later.wait_for_followups(1).await.expect("it is followed up");
    assert_eq!((followups[0].content(), &followups[0].files[0].bytes[..]), ("and more", &b"hello"[..]));
    assert_eq!(later.settled().await.expect("it is edited").content(), "here it is");

    let form = asker.run("form", &[]).await.expect("it is registered");
    let submitted = asker.submit(&form, &[("name", "Bela")]).await.expect("it is a modal");
    assert_eq!(submitted.message().expect("it stands there").content(), "name Bela");

    let alone = asker.clone().in_direct_messages().run("echo", &[("text", "x")]).await.expect("it is registered");
    assert_eq!(alone.message().expect("it stands there").content(), "x (no guild no name)");

    discord.break_gateway(&GatewayFault::DropAtNextEvent);
    let after = asker.run("echo", &[("text", "again")]).await.expect("it is registered");
    assert_eq!(after.message().expect("it came with the RESUME").content(), "again (Local server general)");
    assert_eq!(discord.gateway_counts().resumes, 1);
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
    drop(client);
}

#[tokio::test]
async fn discord_js() {
    shows_each_way_of_answering("node", "discord.mjs", "node_modules/discord.js").await;
}

#[tokio::test]
async fn oceanic_js() {
    shows_each_way_of_answering("node", "oceanic.mjs", "node_modules/oceanic.js").await;
}

#[tokio::test]
async fn discord_py() {
    shows_each_way_of_answering(".venv", "bot_discord_py.py", "").await;
}

#[tokio::test]
async fn hikari() {
    shows_each_way_of_answering(".venv", "bot_hikari.py", "").await;
}

#[tokio::test]
async fn interactions_py() {
    shows_each_way_of_answering(".venv", "bot_interactions_py.py", "").await;
}

#[tokio::test]
async fn py_cord() {
    shows_each_way_of_answering(".venv-py-cord", "bot_py_cord.py", "").await;
}
