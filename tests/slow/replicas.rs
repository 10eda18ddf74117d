//! Several processes over one log of revisions: what is accepted on one is served by all. The real program, over HTTP, with
//! the log in a folder, and in a real store with the protocol of Azure's behind a network that is cut.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use ed25519_dalek::{Signer, SigningKey};
use local_discord::{DEFAULT_GUILD, LocalDiscord, Options};
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::{Actor, Appended, Cause, Revisions, StoreError};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::stores::azurite::{ACCOUNT, Azurite, KEY};
use crate::stores::pretended::{Honours, Pretended};
use crate::stores::proxy::{Proxy, Weather};
use crate::stores::s3rver::{self, S3rver};
use crate::support::bot::{Bot, DEADLINE, Setup, data};
use crate::support::http::{address, get, logged, setup, setup_with};
use crate::support::small;

/// The person who may moderate.
const MODERATOR: u64 = 1_234_567_890_123_456_789;

/// How often the replicas look at the log.
const POLL: Duration = Duration::from_millis(200);

/// The container in the store.
const CONTAINER: &str = "rcp";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where the log is.
enum Store {
    Folder(TempDir),
    Azurite(Azurite),
}

/// A process with a data folder of its own, and its own way to the store.
struct Replica {
    bot: Bot,
    address: SocketAddr,
    data: TempDir,
    proxy: Option<Proxy>,
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

impl Store {
    fn folder() -> Store {
        Store::Folder(tempfile::tempdir().unwrap())
    }

    async fn azurite() -> Option<Store> {
        let azurite = Azurite::start().await?;
        azurite.container(CONTAINER).await;
        Some(Store::Azurite(azurite))
    }

    /// What tells a process where the log is.
    fn environment(&self, proxy: Option<&Proxy>, emulator: bool) -> Vec<(&'static str, String)> {
        let Some(at) = proxy.map(|proxy| proxy.address) else {
            let Store::Folder(folder) = self else { panic!("a store is reached through a proxy") };
            return vec![("RCP_REVISIONS__URL", format!("file://{}", folder.path().display()))];
        };
        let mut environment = vec![("RCP_REVISIONS__URL", format!("az://{CONTAINER}/log"))];
        // Both ways of naming it.
        environment.extend(match emulator {
            true => vec![
                ("AZURE_STORAGE_USE_EMULATOR", "true".to_owned()),
                ("AZURITE_BLOB_STORAGE_URL", format!("http://{at}")),
            ],
            false => vec![
                ("AZURE_STORAGE_ACCOUNT", ACCOUNT.to_owned()),
                ("AZURE_STORAGE_KEY", KEY.to_owned()),
                ("AZURE_STORAGE_ENDPOINT", format!("http://{at}/{ACCOUNT}")),
                ("AZURE_ALLOW_HTTP", "true".to_owned()),
            ],
        });
        environment
    }
}

/// A local Discord in which the commands are registered.
async fn discord() -> LocalDiscord {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let registered = moderated(setup(&discord, "register")).finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    discord
}

impl Replica {
    /// One whose folder holds the repository's catalogue.
    async fn start(discord: &LocalDiscord, store: &Store) -> Replica {
        Replica::start_in(discord, store, Weather::Clear, None).await
    }

    /// One in other weather, or with a change in its folder.
    async fn start_in(discord: &LocalDiscord, store: &Store, weather: Weather, changed: Option<&str>) -> Replica {
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let folder = tempfile::tempdir().unwrap();
        copy(&data(), folder.path());
        if let Some(to) = changed {
            change(folder.path(), to);
        }
        let proxy = match store {
            Store::Folder(_) => None,
            Store::Azurite(azurite) => Some(Proxy::to(azurite.address).await),
        };
        if let Some(proxy) = &proxy {
            proxy.set(weather).await;
        }
        let mut setup = moderated(setup_with(discord, "serve", folder.path()))
            .env("DISCORD_PUBLIC_KEY", &hex(key().verifying_key().as_bytes()))
            .env("RCP_REVISIONS__POLL", &POLL.as_millis().to_string());
        let emulator = STARTED.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
        for (name, value) in store.environment(proxy.as_ref(), emulator) {
            setup = setup.env(name, &value);
        }
        let bot = setup.start();
        let address = address(&bot).await;
        Replica { bot, address, data: folder, proxy }
    }

    async fn weather(&self, weather: Weather) {
        self.proxy.as_ref().expect("a way to the store").set(weather).await;
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

    /// The value of a metric.
    async fn metric(&self, name: &str) -> f64 {
        let (status, body) = get(self.address, "/metrics").await;
        assert_eq!(status, 200);
        let line = body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().unwrap())
    }

    async fn failed_polls(&self) -> f64 {
        self.metric(r#"rcp_revisions_polls_total{result="failed"}"#).await
    }

    /// Waits until polls fail, and sees that nothing else does: people are answered, and it says what it is.
    async fn serves_on_cut_off(&self, discord: &LocalDiscord, revision: &Value) {
        let (before, until) = (self.failed_polls().await, Instant::now() + DEADLINE);
        while self.failed_polls().await < before + 2.0 {
            assert!(Instant::now() < until, "no poll fails");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(self.metric("rcp_revisions_reached").await, 0.0);
        let answer = self.post(&discord.person("Amina").command("rcp oim").json().expect("the command is there")).await;
        assert_eq!(answer["type"], 4, "{answer}");
        assert_eq!(self.catalogue().await["revision"], *revision);
    }

    /// Changes a text in this replica's own folder.
    fn change(&self, to: &str) {
        change(self.data.path(), to);
    }

    /// Sends a signed interaction; the response.
    async fn post(&self, interaction: &Value) -> Value {
        let body = interaction.to_string();
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().to_string();
        let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
        let request = reqwest::Client::new()
            .post(format!("http://{}/interactions", self.address))
            .header("X-Signature-Ed25519", signature)
            .header("X-Signature-Timestamp", time)
            .body(body);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// What a moderator is told in the end: the title of the embed and its text.
    async fn told(&self, discord: &LocalDiscord, command: &str) -> (String, String) {
        static TOKENS: AtomicU64 = AtomicU64::new(0);
        let mona = discord.person("Mona").with_id(MODERATOR).locale("en-GB").permissions(8);
        let mut interaction = mona.command(command).json().expect("the command is there");
        let token = format!("token-{}", TOKENS.fetch_add(1, Ordering::Relaxed));
        interaction["token"] = json!(token);
        assert_eq!(self.post(&interaction).await["type"], json!(5), "it is deferred, then told through REST");
        let (wanted, until) = (format!("/{token}/messages/@original"), Instant::now() + DEADLINE);
        loop {
            // This Discord did not send the interaction and refuses the message, but keeps what it was.
            let requests = discord.requests();
            let request = requests.iter().find(|request| request.method == "PATCH" && request.path.ends_with(&wanted));
            if let Some(body) = request.and_then(|request| request.body.as_ref()) {
                // What a moderator reads is escaped.
                let text = |field: &str| body["embeds"][0][field].as_str().unwrap_or_default().replace('\\', "");
                return (text("title"), text("description"));
            }
            assert!(Instant::now() < until, "{command} is never answered");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn reload(&self, discord: &LocalDiscord) -> (String, String) {
        self.told(discord, "rcp-admin recharger").await
    }

    /// Reloads; it must be done.
    async fn reloaded(&self, discord: &LocalDiscord) {
        let (title, text) = self.reload(discord).await;
        assert_eq!(title, RELOADED, "{text}");
    }
}

const RELOADED: &str = "Catalogue reloaded";
const UNREACHED: &str = "The log of revisions cannot be used";

/// Changes a text in a catalogue's folder.
fn change(folder: &Path, to: &str) {
    let path = folder.join("messages/en.ftl");
    let text = fs::read_to_string(&path).unwrap();
    let line = |line: &str| match line.starts_with("press-foreign = ") {
        true => format!("press-foreign = {to}"),
        false => line.to_owned(),
    };
    fs::write(path, text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n").unwrap();
}

// --- A reload is served by all ---------------------------------------------------------------------------------------

async fn a_reload_on_one_is_served_by_all(store: Store) {
    let discord = discord().await;
    let first = Replica::start(&discord, &store).await;
    let second = Replica::start(&discord, &store).await;
    let begun = first.serves(1).await;
    assert_eq!(second.serves(1).await["hash"], begun["hash"]);

    first.change("One");
    first.reloaded(&discord).await;
    let one = first.serves(2).await;
    assert_ne!(one["hash"], begun["hash"]);
    assert_eq!(second.serves(2).await["hash"], one["hash"]);

    // And the other way round.
    second.change("Two");
    second.reloaded(&discord).await;
    let two = second.serves(3).await;
    assert_ne!(two["hash"], one["hash"]);
    assert_eq!(first.serves(3).await["hash"], two["hash"]);
    for replica in [&first, &second] {
        assert_eq!(replica.metric("rcp_catalogue_revision").await, 3.0);
        assert_eq!((replica.failed_polls().await, replica.metric("rcp_revisions_reached").await), (0.0, 1.0));
    }
    let history = first.told(&discord, "rcp-admin historique").await;
    assert!(history.1.matches("Mona").count() == 2 || history.1.matches("<@").count() == 2, "{history:?}");
    assert_eq!(second.told(&discord, "rcp-admin historique").await, history);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_folder_a_reload_on_one_is_served_by_all() {
    a_reload_on_one_is_served_by_all(Store::folder()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_object_store_a_reload_on_one_is_served_by_all() {
    let Some(store) = Store::azurite().await else { return };
    a_reload_on_one_is_served_by_all(store).await;
}

// --- Two at the same moment ------------------------------------------------------------------------------------------

async fn two_reloads_at_the_same_moment_make_two_revisions_in_one_order(store: Store) {
    let discord = discord().await;
    let first = Replica::start(&discord, &store).await;
    let second = Replica::start(&discord, &store).await;
    first.serves(1).await;
    second.serves(1).await;
    // What was ever served under a number, by any of them.
    let mut served: BTreeMap<u64, Value> = BTreeMap::new();
    for round in 0..5 {
        first.change(&format!("One {round}"));
        second.change(&format!("Two {round}"));
        let both = async { tokio::join!(first.reload(&discord), second.reload(&discord)) };
        tokio::pin!(both);
        let (one, two) = loop {
            tokio::select! {
                both = &mut both => break both,
                () = tokio::time::sleep(Duration::from_millis(10)) => {}
            }
            for replica in [&first, &second] {
                let now = replica.catalogue().await;
                let hash = served.entry(now["revision"].as_u64().unwrap()).or_insert_with(|| now["hash"].clone());
                assert_eq!(*hash, now["hash"], "{now}");
            }
        };
        assert_eq!((one.0.as_str(), two.0.as_str()), (RELOADED, RELOADED), "{} / {}", one.1, two.1);
        let last = 3 + 2 * round;
        let numbers = [last - 1, last].map(|number: u64| format!("no. {number} is being served"));
        let told = |text: &str| numbers.iter().position(|number| text.contains(number.as_str()));
        let told = [told(&one.1), told(&two.1)];
        assert!(told == [Some(0), Some(1)] || told == [Some(1), Some(0)], "{} / {}", one.1, two.1);
        assert_eq!(first.serves(last).await["hash"], second.serves(last).await["hash"]);
    }
    let history = first.told(&discord, "rcp-admin historique").await;
    assert_eq!(second.told(&discord, "rcp-admin historique").await, history);
    let mut met = 0.0;
    for replica in [&first, &second] {
        met += replica.metric(r#"rcp_catalogue_changes_total{action="reload",result="overtaken"}"#).await;
    }
    assert!(met > 0.0, "they never met");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_folder_two_reloads_at_the_same_moment_make_two_revisions_in_one_order() {
    two_reloads_at_the_same_moment_make_two_revisions_in_one_order(Store::folder()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_object_store_two_reloads_at_the_same_moment_make_two_revisions_in_one_order() {
    let Some(store) = Store::azurite().await else { return };
    two_reloads_at_the_same_moment_make_two_revisions_in_one_order(store).await;
}

// --- Cut off ---------------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn cut_off_from_its_object_store_a_replica_serves_on_and_catches_up() {
    let Some(store) = Store::azurite().await else { return };
    let discord = discord().await;
    let first = Replica::start(&discord, &store).await;
    let second = Replica::start(&discord, &store).await;
    let mut number = 1;
    second.serves(number).await;
    for weather in [Weather::Refused, Weather::Stalled] {
        second.weather(weather).await;
        first.change(&format!("One, while it is {weather:?}"));
        first.reloaded(&discord).await;
        let made = first.serves(number + 1).await;
        second.serves_on_cut_off(&discord, &json!(number)).await;

        second.change(&format!("Two, while it is {weather:?}"));
        // All of this is told while the store cannot be reached: nobody waits for the weather.
        let (title, text) = second.reload(&discord).await;
        assert_eq!(title, UNREACHED, "{text}");
        assert!(text.contains("cannot be reached") && text.contains("az://rcp/log"), "{text}");
        assert_eq!(second.catalogue().await["revision"], number);
        for command in ["rcp-admin historique", "rcp-admin etat"] {
            second.told(&discord, command).await;
        }

        second.weather(Weather::Clear).await;
        number += 1;
        assert_eq!(second.serves(number).await["hash"], made["hash"]);
        logged(&second.bot, "can be reached again").await;
        assert_eq!(second.metric("rcp_revisions_reached").await, 1.0);
        // What was changed here meanwhile is not lost.
        second.reloaded(&discord).await;
        number += 1;
        assert_eq!(second.serves(number).await["hash"], first.serves(number).await["hash"]);
    }
    let log = second.bot.log();
    assert!(!log.contains(KEY) && !log.contains("SharedKey"), "{log}");
    // Told when it begins and when it ends, not at each poll.
    assert!(log.lines().filter(|line| line.contains("cannot be followed")).count() <= 4, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_their_folder_replicas_serve_on_and_catch_up() {
    let place = tempfile::tempdir().unwrap();
    let (here, away) = (place.path().join("log"), place.path().join("away"));
    fs::create_dir(&here).unwrap();
    let discord = discord().await;
    let at = |path: &Path| format!("file://{}", path.display());
    let start = async |path: &Path, changed: Option<&str>| {
        let folder = tempfile::tempdir().unwrap();
        copy(&data(), folder.path());
        if let Some(to) = changed {
            change(folder.path(), to);
        }
        let bot = moderated(setup_with(&discord, "serve", folder.path()))
            .env("DISCORD_PUBLIC_KEY", &hex(key().verifying_key().as_bytes()))
            .env("RCP_REVISIONS__POLL", &POLL.as_millis().to_string())
            .env("RCP_REVISIONS__URL", &at(path))
            .start();
        let address = address(&bot).await;
        Replica { bot, address, data: folder, proxy: None }
    };
    let first = start(&here, None).await;
    let second = start(&here, None).await;
    first.serves(1).await;
    second.serves(1).await;
    // As when a file system is no longer mounted: the folder is gone, or it is there and holds nothing.
    fs::rename(&here, &away).unwrap();
    second.serves_on_cut_off(&discord, &json!(1)).await;
    second.change("Two");
    let (title, text) = second.reload(&discord).await;
    assert_eq!(title, UNREACHED, "{text}");
    assert!(text.contains("cannot be reached") && text.contains("the folder is not there"), "{text}");
    assert!(!here.exists(), "a new log was begun");

    let elsewhere = start(&away, Some("Elsewhere")).await;
    let made = elsewhere.serves(2).await;
    drop(elsewhere);
    fs::rename(&away, &here).unwrap();
    assert_eq!(first.serves(2).await["hash"], made["hash"]);
    assert_eq!(second.serves(2).await["hash"], made["hash"]);
    second.reloaded(&discord).await;
    assert_eq!(second.serves(3).await["hash"], first.serves(3).await["hash"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn started_without_its_store_a_replica_serves_and_joins_in_later() {
    let Some(store) = Store::azurite().await else { return };
    let discord = discord().await;
    for (weather, number) in [(Weather::Refused, 1), (Weather::Stalled, 4)] {
        // The log is empty in the first round: what is served becomes the first revision once it can.
        let first = Replica::start_in(&discord, &store, weather, None).await;
        assert_eq!(first.catalogue().await["revision"], json!(null));
        first.serves_on_cut_off(&discord, &json!(null)).await;
        first.weather(Weather::Clear).await;
        if number == 1 {
            first.serves(1).await;
        } else {
            first.serves(number - 1).await;
            first.change("Again");
            first.reloaded(&discord).await;
            first.serves(number).await;
        }
        // The folder holds what is in no revision: it is not overwritten, and not served before somebody says so.
        let mine = format!("Mine, while it is {weather:?}");
        let second = Replica::start_in(&discord, &store, weather, Some(&mine)).await;
        assert_eq!(second.catalogue().await["revision"], json!(null));
        first.change(&format!("One, while it is {weather:?}"));
        first.reloaded(&discord).await;
        let made = first.serves(number + 1).await;
        second.weather(Weather::Clear).await;
        assert_eq!(second.serves(number + 1).await["hash"], made["hash"]);
        let kept = fs::read_to_string(second.data.path().join("messages/en.ftl")).unwrap();
        assert!(kept.contains(&mine));
        second.reloaded(&discord).await;
        assert_eq!(second.serves(number + 2).await["hash"], first.serves(number + 2).await["hash"]);
    }
}

// --- What is wrong with a store --------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_with_the_variable_and_without_secrets() {
    let Some(Store::Azurite(azurite)) = Store::azurite().await else { return };
    let discord = discord().await;
    // Of the right form, and of another account.
    const OTHER: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA==";
    const SIGNED: &str = "sv=2022-11-02&ss=b&srt=sco&sp=rwdlac&se=2036-01-01T00:00:00Z&sig=c2VjcmV0LXNlY3JldA%3D%3D";
    let endpoint = format!("http://{}/{ACCOUNT}", azurite.address);
    let open = ("AZURE_ALLOW_HTTP", "true");
    let account = ("AZURE_STORAGE_ACCOUNT_NAME", ACCOUNT);
    let at = ("AZURE_STORAGE_ENDPOINT", endpoint.as_str());
    /// An address, variables, and what is told of them.
    type Wrong<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let table: [Wrong<'_>; 6] = [
        ("az://rcp/log", &[], "AZURE_STORAGE_ACCOUNT_NAME is not set"),
        ("az://rcp/log", &[account, at, ("AZURE_STORAGE_KEY", OTHER)], "AZURE_ALLOW_HTTP=true"),
        ("az://rcp/log", &[account, at, open, ("AZURE_STORAGE_KEY", OTHER)], "the credentials may not do this"),
        ("az://rcp/log", &[account, at, open, ("AZURE_STORAGE_SAS_TOKEN", SIGNED)], "the credentials may not do this"),
        ("az://none/log", &[account, at, open, ("AZURE_STORAGE_KEY", KEY)], "there is no such bucket or container"),
        ("s3://rcp/log", &[("AWS_ACCESS_KEY_ID", "AKIA")], "AWS_SECRET_ACCESS_KEY"),
    ];
    for (url, variables, wanted) in table {
        let mut setup = moderated(setup_with(&discord, "serve", &data()))
            .env("DISCORD_PUBLIC_KEY", &hex(key().verifying_key().as_bytes()))
            .env("RCP_REVISIONS__URL", url)
            .env("RUST_LOG", "trace");
        for (name, value) in variables {
            setup = setup.env(name, value);
        }
        let bot = setup.start();
        let address = address(&bot).await;
        let log = logged(&bot, wanted).await;
        assert!(log.contains(url), "{log}");
        let folder = tempfile::tempdir().unwrap();
        let replica = Replica { bot, address, data: folder, proxy: None };
        let (title, text) = replica.reload(&discord).await;
        assert_eq!(title, UNREACHED, "{url} {text}");
        assert!(text.contains(wanted), "{text}");
        let log = replica.bot.log();
        for secret in [KEY, OTHER, SIGNED, "c2VjcmV0LXNlY3JldA", "SharedKey devstore"] {
            assert!(!log.contains(secret) && !text.contains(secret), "{secret}: {log}");
        }
    }
}

// --- One number, one revision ----------------------------------------------------------------------------------------

/// The log in the store, as a process that is told of it by variables.
fn log_at(address: SocketAddr) -> Revisions {
    let variables = [
        ("azure_storage_account", ACCOUNT.to_owned()),
        ("azure_storage_key", KEY.to_owned()),
        ("azure_storage_endpoint", format!("http://{address}/{ACCOUNT}")),
        ("azure_allow_http", "true".to_owned()),
    ];
    let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Revisions::open(Some("az://rcp/a/log"), Path::new("unused"), variables).expect("opened")
}

fn files(content: &str) -> Files {
    Files([("iom.toml".to_owned(), content.as_bytes().to_vec())].into())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_the_same_moment_one_gets_the_number() {
    let Some(Store::Azurite(azurite)) = Store::azurite().await else { return };
    let logs = [Arc::new(log_at(azurite.address)), Arc::new(log_at(azurite.address))];
    for number in 1..=5 {
        let tries = (0..32).map(|writer| {
            let log = Arc::clone(&logs[writer % 2]);
            tokio::spawn(async move {
                let mine = files(&format!("{writer} ").repeat(2_000));
                let made = log.append(number, &Actor::Watch, &Cause::Reload, &mine).await.expect("tried");
                matches!(made, Appended::Created(_)).then_some(mine)
            })
        });
        let tried = futures::future::join_all(tries).await;
        let winners: Vec<Files> = tried.into_iter().filter_map(|tried| tried.expect("no panic")).collect();
        assert_eq!(winners.len(), 1);
        assert_eq!(logs[0].read(number).await.expect("read").files, winners[0]);
    }
    for log in &logs {
        assert_eq!(log.numbers().await.expect("listed"), [1, 2, 3, 4, 5]);
        assert_eq!(log.numbers_after(3).await.expect("listed"), [4, 5]);
        assert_eq!(log.history(10).await.expect("listed").iter().filter(|(_, meta)| meta.is_some()).count(), 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_whose_answer_was_lost_is_recognised_as_ones_own() {
    let Some(Store::Azurite(azurite)) = Store::azurite().await else { return };
    let proxy = Proxy::to(azurite.address).await;
    let (log, direct) = (log_at(proxy.address), log_at(azurite.address));
    // The first one tries the store besides, and needs all its answers.
    log.append(1, &Actor::Watch, &Cause::Reload, &files("first")).await.expect("appended");
    for number in 2..=4 {
        proxy.set(Weather::LosesOne).await;
        let mine = files(&number.to_string());
        let made = log.append(number, &Actor::Watch, &Cause::Reload, &mine).await.expect("tried");
        assert!(matches!(made, Appended::Created(_)), "{made:?}");
        assert_eq!(direct.read(number).await.expect("it is there").files, mine);
    }
    assert_eq!(direct.numbers().await.expect("listed"), [1, 2, 3, 4]);
    // Another's is not.
    direct.append(5, &Actor::Signal, &Cause::Reload, &files("theirs")).await.expect("appended");
    proxy.set(Weather::LosesOne).await;
    let tried = log.append(5, &Actor::Watch, &Cause::Reload, &files("mine")).await;
    assert!(matches!(tried, Ok(Appended::Taken)), "{tried:?}");
    assert!(matches!(log.read(6).await, Err(StoreError::Missing(6))));
}

/// The log in a store that is pretended, for each protocol.
fn pretended_log(scheme: &str, address: SocketAddr) -> Revisions {
    let at = format!("http://{address}");
    let variables: Vec<(&str, &str)> = match scheme {
        "s3" => vec![
            ("aws_access_key_id", "key"),
            ("aws_secret_access_key", "secret"),
            ("aws_endpoint_url", &at),
            ("aws_allow_http", "true"),
            // It would make replicas overwrite each other's revisions, and is not listened to.
            ("aws_conditional_put", "disabled"),
        ],
        "gs" => vec![("google_base_url", &at), ("google_bearer_token", "token")],
        _ => vec![
            ("azure_storage_account_name", ACCOUNT),
            ("azure_storage_account_key", KEY),
            ("azure_storage_endpoint", &at),
            ("azure_allow_http", "true"),
        ],
    };
    let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Revisions::open(Some(&format!("{scheme}://box/log")), Path::new("unused"), variables).expect("opened")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_protocol_is_asked_to_create_only_what_is_not_there() {
    for (scheme, only_new) in
        [("s3", ("if-none-match", "*")), ("gs", ("x-goog-if-generation-match", "0")), ("az", ("if-none-match", "*"))]
    {
        let store = Pretended::start(only_new).await;
        let log = Arc::new(pretended_log(scheme, store.address));
        let tries = (0..16).map(|writer: usize| {
            let log = Arc::clone(&log);
            tokio::spawn(async move { log.append(1, &Actor::Watch, &Cause::Reload, &files(&writer.to_string())).await })
        });
        let tried = futures::future::join_all(tries).await;
        let tried: Vec<Appended> = tried.into_iter().map(|tried| tried.expect("no panic").expect(scheme)).collect();
        let created = tried.iter().filter(|tried| matches!(tried, Appended::Created(_))).count();
        assert_eq!(created, 1, "{scheme}: {tried:?}");

        // A store that is not well for a moment is tried again; one that stays so is told. Of several that create at the
        // same moment, S3 may refuse all.
        let (unwell, conflict) = (StatusCode::SERVICE_UNAVAILABLE, StatusCode::CONFLICT);
        store.answer(&[unwell, unwell]);
        let made = log.append(2, &Actor::Watch, &Cause::Reload, &files("2")).await.expect(scheme);
        assert!(matches!(made, Appended::Created(_)), "{scheme}");
        store.answer(&[conflict, conflict]);
        let made = log.append(3, &Actor::Watch, &Cause::Reload, &files("3")).await.expect(scheme);
        assert!(matches!(made, Appended::Created(_)), "{scheme}");
        store.answer(&[unwell; 20]);
        let told = log.append(4, &Actor::Watch, &Cause::Reload, &files("4")).await.expect_err(scheme).to_string();
        assert!(told.contains("cannot be reached") && told.contains("503"), "{told}");
        store.answer(&[conflict; 20]);
        let told = log.append(4, &Actor::Watch, &Cause::Reload, &files("4")).await.expect_err(scheme).to_string();
        assert!(told.contains("409 (ConditionalRequestConflict)"), "{told}");
        store.answer(&[StatusCode::FORBIDDEN]);
        let told = log.append(4, &Actor::Watch, &Cause::Reload, &files("4")).await.expect_err(scheme).to_string();
        assert!(told.contains("the credentials may not do this"), "{told}");
        // It cannot do what it is asked: nobody looks for a fault of the network.
        store.answer(&[StatusCode::NOT_IMPLEMENTED; 20]);
        let told = log.append(4, &Actor::Watch, &Cause::Reload, &files("4")).await.expect_err(scheme).to_string();
        assert!(told.contains("If-None-Match") && !told.contains("cannot be reached"), "{told}");
        store.answer(&[StatusCode::TEMPORARY_REDIRECT]);
        let told = log.append(4, &Actor::Watch, &Cause::Reload, &files("4")).await.expect_err(scheme).to_string();
        assert!(told.contains("it is elsewhere"), "{told}");
        assert!(matches!(log.read(4).await, Err(StoreError::Missing(4))), "{scheme}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_store_that_creates_what_is_there_already_takes_no_revision() {
    for (scheme, only_new) in
        [("s3", ("if-none-match", "*")), ("gs", ("x-goog-if-generation-match", "0")), ("az", ("if-none-match", "*"))]
    {
        let store = Pretended::that(only_new, Honours::Never).await;
        let log = pretended_log(scheme, store.address);
        for _ in 0..2 {
            let told = log.append(1, &Actor::Watch, &Cause::Reload, &files("1")).await.expect_err(scheme);
            assert!(matches!(told, StoreError::Overwrites { .. }), "{scheme}: {told}");
            assert!(told.to_string().contains("If-None-Match") && told.to_string().contains(scheme), "{told}");
        }
        assert!(log.overwrites());
        assert!(matches!(log.read(1).await, Err(StoreError::Missing(1))), "{scheme}");
    }
}

/// The same with a store that others wrote, and the real program.
#[tokio::test(flavor = "multi_thread")]
async fn a1_over_a_real_store_that_overwrites_nothing_is_changed() {
    let Some(store) = S3rver::start().await else { return };
    let (discord, root) = (discord().await, tempfile::tempdir().unwrap());
    let folder = root.path().join("data");
    small::write(&folder, &small::catalogue("r1", 2));
    let state = root.path().join("state");
    let mut setup = setup_with(&discord, "serve", &folder).arg("--state").arg(state.to_str().unwrap());
    for (name, value) in [
        ("RCP_REVISIONS__URL", format!("s3://{}/log", s3rver::BUCKET)),
        ("AWS_ENDPOINT", format!("http://{}", store.address)),
        ("AWS_ACCESS_KEY_ID", s3rver::KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", s3rver::KEY.to_owned()),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("DISCORD_PUBLIC_KEY", hex(key().verifying_key().as_bytes())),
    ] {
        setup = setup.env(name, &value);
    }
    let bot = setup.start();
    let told = logged(&bot, "cannot be relied upon").await;
    assert!(told.contains("ERROR") && told.contains("If-None-Match"), "{told}");
    let at = address(&bot).await;
    let hash = |ready: String| serde_json::from_str::<Value>(&ready).unwrap()["catalogue"]["hash"].clone();
    let before = hash(get(at, "/readyz").await.1);
    assert_eq!(before, json!(small::catalogue("r1", 2).hash()));
    small::write(&folder, &small::catalogue("r2", 2));
    bot.signal("HUP");
    let told = logged(&bot, "\"action\":\"reload\",\"result\":\"Failed\"").await;
    assert!(told.contains("nothing is changed over it"), "{told}");
    assert_eq!(hash(get(at, "/readyz").await.1), before);
    let metrics = get(at, "/metrics").await.1;
    assert!(metrics.contains("\nrcp_revisions_overwrites 1\n"), "{metrics}");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_of_two_creations_at_the_same_moment_that_both_succeed_one_is_found_to_be_lost() {
    let store = Pretended::that(("if-none-match", "*"), Honours::OneAfterTheOther).await;
    let logs = [pretended_log("s3", store.address), pretended_log("s3", store.address)].map(Arc::new);
    // One after the other it seems to be well.
    logs[0].try_exclusive().await.expect("it honours the condition");
    let tries = [0, 1].map(|writer: usize| {
        let log = Arc::clone(&logs[writer]);
        tokio::spawn(async move { log.append(1, &Actor::Watch, &Cause::Reload, &files(&writer.to_string())).await })
    });
    let mut won = Vec::new();
    for (writer, tried) in tries.into_iter().enumerate() {
        if matches!(tried.await.expect("no panic"), Ok(Appended::Created(_))) {
            won.push(writer);
        }
    }
    // What is there is the one that was made last. Whoever read back before that finds out at the next look.
    let there = logs[0].read(1).await.expect("one is there").files;
    assert!(won.iter().any(|writer| files(&writer.to_string()) == there), "{won:?}");
    assert!(won.len() == 2 || logs.iter().any(|log| log.overwrites()), "one lost its number without a word");
}
