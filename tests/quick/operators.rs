//! What an operator meets: the real program, its help, its log, its end. Each test bears the name of the fault that it holds.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use local_discord::{ConnectionFault, DEFAULT_GUILD, File, LocalDiscord, Options, Response};
use rcp_bot::catalogue::Files;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::bot::{self, DEADLINE, Setup, TOKEN, options};
use crate::support::bucket::Bucket;
use crate::support::http::{address, get, logged, setup, setup_with};
use crate::support::kept;
use crate::support::small;

/// The moderator.
const MONA: u64 = 4_242;

/// B11: SIGTERM lets a change that is under way end, and the moderator is told what came of it.
#[tokio::test(flavor = "multi_thread")]
async fn b11_sigterm_lets_a_change_under_way_end() {
    let (store, root) = (Arc::new(Bucket::default()), TempDir::new().expect("a folder"));
    let discord = LocalDiscord::start(Options { guilds: vec![DEFAULT_GUILD], ..options() }).await.expect("a port");
    let (data, state) = (root.path().join("data"), root.path().join("state"));
    small::write(&data, &small::catalogue("r1", 2));
    let mut bot = Setup::new(&["run"])
        .data(&data)
        .arg("--state")
        .arg(state.to_str().expect("text"))
        .env("DISCORD_API_URL", &discord.url())
        .env("DISCORD_TOKEN", TOKEN)
        .env("RUST_LOG", "rcp_bot=info")
        .env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string())
        .env("RCP_MODERATION__USERS", &MONA.to_string())
        .env("RCP_REVISIONS__URL", "s3://box/log")
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_ENDPOINT", &store.start().await)
        .env("AWS_ALLOW_HTTP", "true")
        .start();
    bot.ready(&discord).await;
    let second = "log/0000000002.revision".to_owned();
    assert_eq!(store.keys().last().map(String::as_str), Some("log/0000000001.revision"), "{}", bot.log());

    small::write(&data, &small::catalogue("r2", 2));
    store.held.send_replace(true);
    let mona = discord.person("Mona").with_id(MONA).permissions(1 << 3);
    let outcome = mona.run("rcp-admin recharger", &[]).await.expect("the command is registered");
    assert_eq!(outcome.response, Response::Deferred);
    let mut waiting = store.waiting.subscribe();
    let waits = tokio::time::timeout(DEADLINE, waiting.wait_for(|waiting| *waiting > 0)).await;
    assert!(waits.is_ok(), "the revision is not on its way: {}", bot.log());
    drop(waits);
    bot.signal("TERM");
    logged(&bot, "stopping").await;
    assert!(bot.is_running() && !store.keys().contains(&second), "the change is still under way");
    store.held.send_replace(false);
    let told = outcome.settled().await.expect("the moderator is told");
    assert_eq!(bot.ended().await, Some(0), "{}", bot.log());
    assert!(bot::text(&told).contains('2'), "{told:?}");
    assert!(store.keys().contains(&second));
    let audit = fs::read_to_string(state.join("audit.jsonl")).expect("read");
    let records: Vec<Value> = audit.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let last = records.last().expect("there are records");
    assert_eq!((&last["action"], &last["result"], &last["revision"]), (&"reload".into(), &"done".into(), &2.into()));
    let notes = fs::read_dir(state.join("pending")).map_or(0, Iterator::count);
    assert_eq!(notes, 0, "no note is left");
}

/// B21: what is counted while the program starts is in the metrics: its first revision, here.
#[tokio::test(flavor = "multi_thread")]
async fn b21_what_is_counted_while_it_starts_is_in_the_metrics() {
    let discord = LocalDiscord::start(options()).await.expect("a port");
    let root = TempDir::new().expect("a folder");
    let (data, state) = (root.path().join("data"), root.path().join("state"));
    small::write(&data, &small::catalogue("r1", 2));
    for action in ["run", "serve"] {
        let state = state.join(action);
        let setup = setup_with(&discord, action, &data).arg("--state").arg(state.to_str().expect("text"));
        let bot = setup.env("DISCORD_PUBLIC_KEY", &"0a".repeat(32)).start();
        let metrics = get(address(&bot).await, "/metrics").await.1;
        let counted =
            metrics.lines().find(|line| line.contains("action=\"start\"") && line.contains("result=\"done\""));
        assert!(counted.is_some_and(|line| line.ends_with(" 1")), "{action}: {metrics}");
        bot.stop().await;
    }
}

/// B22: where nothing can be published, a file is checked and no button promises more.
#[tokio::test(flavor = "multi_thread")]
async fn b22_with_the_built_in_catalogue_no_button_offers_to_publish() {
    let discord = LocalDiscord::start(Options { guilds: vec![DEFAULT_GUILD], ..options() }).await.expect("a port");
    let root = TempDir::new().expect("a folder");
    let data = root.path().join("data");
    small::write(&data, &Files::built_in());
    let ocam = String::from_utf8(Files::built_in().0["processes/ocam.toml"].clone()).expect("text");
    let changed = ocam.replacen("fr = \"", "fr = \"Autre ", 1);
    for (has_folder, offers) in [(true, true), (false, false)] {
        let setup = Setup::new(&["run"])
            .env("DISCORD_API_URL", &discord.url())
            .env("DISCORD_TOKEN", TOKEN)
            .env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string())
            .env("RCP_MODERATION__USERS", &MONA.to_string());
        let mut bot = if has_folder { setup.data(&data) } else { setup }.start();
        bot.ready(&discord).await;
        let mona = discord.person("Mona").with_id(MONA).permissions(1 << 3);
        let file = File::new("ocam.toml", "text/plain", changed.clone());
        let asked = mona.command("rcp-admin verifier").option("fichier", file).run().await.expect("it is registered");
        let told = asked.settled().await.expect("the moderator is told");
        let targets: Vec<String> =
            told.components().iter().filter_map(|one| one["custom_id"].as_str().map(str::to_owned)).collect();
        assert_eq!(targets.iter().any(|target| target.contains(":publish:")), offers, "{told:?}");
        assert!(bot::text(&told).contains("ocam") || bot::title(&told).contains("OCAM"), "it was checked: {told:?}");
        bot.stop().await;
    }
}

/// P2: a gateway that closes every connection is told with its code: at once, and not with each try; in `/readyz` and the
/// metrics, too.
#[tokio::test(flavor = "multi_thread")]
async fn p2_what_the_gateway_refuses_is_told_with_its_code() {
    let discord = LocalDiscord::start(options()).await.expect("a port");
    discord.fail_connections(ConnectionFault::CloseBeforeHello(4002), usize::MAX);
    let mut bot = setup(&discord, "run").start();
    let line: Value = serde_json::from_str(&logged(&bot, "the gateway closed the connection").await).expect("JSON");
    assert_eq!((&line["level"], &line["fields"]["code"]), (&"WARN".into(), &4002.into()), "{line}");
    let address = address(&bot).await;
    let begun = Instant::now();
    let metrics = loop {
        // Twice at least, so that a second word would have been said.
        let metrics = get(address, "/metrics").await.1;
        let times = metrics.lines().find_map(|line| line.strip_prefix("rcp_gateway_closed_total{code=\"4002\"} "));
        if times.and_then(|times| times.parse::<u64>().ok()).is_some_and(|times| times >= 2) {
            break metrics;
        }
        assert!(begun.elapsed() < DEADLINE, "{metrics}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(bot.log().matches("the gateway closed the connection").count(), 1, "{metrics}");
    let (status, ready) = get(address, "/readyz").await;
    let ready: Value = serde_json::from_str(&ready).expect("JSON");
    assert_eq!((status, &ready["shards"][0]["closed"]), (503, &4002.into()), "{ready}");
    // When it lets the bot in again, nothing is closed any more.
    discord.clear_faults();
    bot.ready(&discord).await;
    while !get(address, "/readyz").await.1.contains("\"closed\":null") {
        assert!(begun.elapsed() < DEADLINE, "it stays closed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bot.stop().await;
}

/// S12: a network that is not there is told as that, with what to look at, and not as an answer that did not come in time.
#[tokio::test(flavor = "multi_thread")]
async fn s12_a_network_that_is_not_there_is_told_as_that() {
    let run =
        |api: &str| Setup::new(&["run"]).data(kept::served()).env("DISCORD_API_URL", api).env("DISCORD_TOKEN", TOKEN);
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    // A name that no name server knows. (RFC 6761, "invalid".)
    for (api, words) in [
        (
            "http://discord.invalid".to_owned(),
            "http://discord.invalid cannot be found: check the network and its name server",
        ),
        (format!("http://{free}"), "cannot be connected to: check the network, the firewall and the proxy"),
    ] {
        let bot = run(&api).start();
        let line = logged(&bot, words).await;
        assert!(line.contains("WARN") && !line.contains("in time"), "{line}");
    }
}

/// S13: what the terminal does not take is named, with what is meant.
#[tokio::test]
async fn s13_the_terminal_names_what_it_does_not_take() {
    let ask = |line: &str| Setup::new(&["ask", line]).data(kept::served());
    for (line, words) in [
        ("/rcp info Prague lang:en", "did you mean langue:?"),
        ("/rcp-admin etat", "/rcp-admin works on Discord and in the playground alone"),
    ] {
        let finished = ask(line).finish().await;
        assert_eq!(finished.code, Some(2), "{line}");
        assert!(finished.stderr.contains(words), "{line}: {}", finished.stderr);
    }
    let accents = ask("/rcp région Amériques").finish().await;
    assert_eq!(accents.code, Some(0), "{}", accents.stderr);
}

/// S16: each help shows the options that do something there, an example, and what an operator looks for.
#[tokio::test]
async fn s16_each_help_shows_what_does_something_there() {
    let places = ["--config", "--data", "--state"];
    for (action, shown, words) in [
        ("run", &places[..], "DISCORD_TOKEN"),
        ("serve", &places, "127.0.0.1:8080"),
        ("register", &places, "needs a token"),
        ("playground", &places, "--port"),
        ("doctor", &places, "changes nothing"),
        ("ask", &places[..2], "Prague"),
        ("check", &places[..2], "the same as --data"),
        ("commands", &places[..2], "for those who change a command"),
        ("schemas", &[], "editors"),
    ] {
        let help = Setup::new(&[action, "--help"]).finish().await.stdout;
        // Lines are broken where the terminal ends.
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let named: Vec<&str> = places.into_iter().filter(|name| help.contains(&format!("{name} <"))).collect();
        assert_eq!(named, shown, "{help}");
        assert!(help.contains(words) && help.contains("Example: "), "{help}");
    }
    // Before the subcommand they count all the same.
    let before = Setup::new(&["--data", "nowhere", "check"]).finish().await;
    assert!(before.stdout.contains("nowhere"), "{before:?}");
    let nearer = Setup::new(&["--data", "nowhere", "check", "--data", "elsewhere"]).finish().await;
    assert!(nearer.stdout.contains("elsewhere"), "{nearer:?}");
}

/// S6, S8, S9, S17: what a new user looks for stands where it is looked for.
#[test]
fn s6_s8_s9_s17_what_a_new_user_looks_for_is_in_the_guides() {
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    let (readme, data) = (read("README.md"), read("data/README.md"));
    for words in [
        "Developer Mode",
        "[moderation]\nguilds",
        "View Channels, Send Messages and Embed Links",
        "## Upgrading",
        "../shared/facts",
        "rcp-bot doctor",
    ] {
        assert!(readme.contains(words), "{words}");
    }
    let (note, first) = (data.find("cargo run --release --").expect("said"), data.find("`rcp-bot ").expect("used"));
    assert!(note < first, "what rcp-bot is in a clone is said before it is used");
    // Each heading is in the table of contents.
    let anchors = readme.lines().filter_map(|line| line.strip_prefix("## "));
    for heading in anchors {
        let anchor = heading.to_lowercase().replace([':', ','], "").replace(' ', "-");
        assert!(readme.contains(&format!("(#{anchor})")), "{heading}");
    }
}
