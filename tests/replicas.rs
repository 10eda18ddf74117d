//! Several processes over one log of revisions: what is accepted on one is served by all. The real program, over HTTP.

mod support;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use rcp_bot::local_discord::{DEFAULT_GUILD, LocalDiscord, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

use support::bot::{Bot, DEADLINE, Setup, data};
use support::http::{address, get, setup, setup_with};

/// The person who may moderate.
const MODERATOR: u64 = 1_234_567_890_123_456_789;

/// How often the replicas look at the log.
const POLL: Duration = Duration::from_millis(200);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A process with a data folder of its own.
struct Replica {
    _bot: Bot,
    address: SocketAddr,
    data: TempDir,
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn moderated(setup: Setup) -> Setup {
    setup.env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string()).env("RCP_MODERATION__USERS", &MODERATOR.to_string())
}

impl Replica {
    async fn start(discord: &LocalDiscord, store: &Path) -> Replica {
        let folder = tempfile::tempdir().unwrap();
        copy(&data(), folder.path());
        let bot = moderated(setup_with(discord, "serve", folder.path()))
            .env("DISCORD_PUBLIC_KEY", &hex(key().verifying_key().as_bytes()))
            .env("RCP_REVISIONS__URL", &format!("file://{}", store.display()))
            .env("RCP_REVISIONS__POLL", &POLL.as_millis().to_string())
            .start();
        let address = address(&bot).await;
        Replica { _bot: bot, address, data: folder }
    }

    /// What `/readyz` says of the catalogue.
    async fn catalogue(&self) -> Value {
        let (status, body) = get(self.address, "/readyz").await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<Value>(&body).unwrap()["catalogue"].clone()
    }

    async fn serves(&self, revision: u64) -> Value {
        let until = Instant::now() + DEADLINE;
        loop {
            let catalogue = self.catalogue().await;
            if catalogue["revision"] == revision {
                return catalogue;
            }
            assert!(Instant::now() < until, "revision {revision} never came: {catalogue}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Changes a text in this replica's own folder.
    fn change(&self, to: &str) {
        let path = self.data.path().join("messages/en.ftl");
        let text = fs::read_to_string(&path).unwrap();
        let changed: Vec<String> = text
            .lines()
            .map(
                |line| if line.starts_with("press-foreign = ") { format!("press-foreign = {to}") } else { line.into() },
            )
            .collect();
        fs::write(path, changed.join("\n") + "\n").unwrap();
    }

    /// Sends `/rcp-admin recharger` to this replica; the type of the response.
    async fn reload(&self, discord: &LocalDiscord) -> Value {
        let person = discord.person("Mona").with_id(MODERATOR).permissions(8);
        let body = person.command("rcp-admin recharger").json().expect("the command is there").to_string();
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().to_string();
        let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
        let request = reqwest::Client::new()
            .post(format!("http://{}/interactions", self.address))
            .header("X-Signature-Ed25519", signature)
            .header("X-Signature-Timestamp", time)
            .body(body);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["type"].clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_on_one_is_served_by_all() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let registered = moderated(setup(&discord, "register")).finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    let store = tempfile::tempdir().unwrap();
    let first = Replica::start(&discord, store.path()).await;
    let second = Replica::start(&discord, store.path()).await;
    let begun = first.serves(1).await;
    assert_eq!(second.serves(1).await["hash"], begun["hash"]);

    first.change("One");
    assert_eq!(first.reload(&discord).await, json!(5), "it is deferred, then told through REST");
    let one = first.serves(2).await;
    assert_ne!(one["hash"], begun["hash"]);
    let started = Instant::now();
    assert_eq!(second.serves(2).await["hash"], one["hash"]);
    assert!(started.elapsed() < POLL * 5 + Duration::from_secs(2), "{:?}", started.elapsed());

    // And the other way round.
    second.change("Two");
    assert_eq!(second.reload(&discord).await, json!(5));
    let two = second.serves(3).await;
    assert_ne!(two["hash"], one["hash"]);
    assert_eq!(first.serves(3).await["hash"], two["hash"]);
    let (_, metrics) = get(first.address, "/metrics").await;
    assert!(metrics.contains("rcp_catalogue_revision 3"), "{metrics}");
}
