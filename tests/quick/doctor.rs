//! `rcp-bot doctor`: the real program finds out what would keep a start from serving, tells each thing in a line with its
//! mend, and leaves nothing behind.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use local_discord::{ConnectionFault, DEFAULT_GUILD, Fault, LocalDiscord, RestFault};
use rcp_bot::publishing::{Actor, Cause, Revisions};
use serde_json::json;
use tempfile::TempDir;

use crate::support::bot::{self, DEADLINE, Finished, Setup, TOKEN, options};
use crate::support::bucket::Bucket;
use crate::support::kept;

/// The public key of RFC 8032's first test.
const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

async fn discord() -> LocalDiscord {
    LocalDiscord::start(options()).await.expect("a port can be opened")
}

/// `rcp-bot doctor run` with a state folder of its own that is not there yet.
fn run(discord: &LocalDiscord) -> Setup {
    doctor(&discord.url(), "run").env("DISCORD_TOKEN", TOKEN)
}

/// `rcp-bot doctor serve`, on any free port.
fn serve(discord: &LocalDiscord) -> Setup {
    let setup = doctor(&discord.url(), "serve").env("DISCORD_PUBLIC_KEY", KEY);
    setup.env("RCP_HTTP__LISTEN", "127.0.0.1:0")
}

fn doctor(api: &str, way: &str) -> Setup {
    let data = kept::served();
    let setup = Setup::new(&["doctor", way]).env("DISCORD_API_URL", api);
    setup.env("RCP_DATA", data.to_str().expect("text"))
}

/// With a moderator in a server.
fn moderated(setup: Setup, guild: u64) -> Setup {
    setup.env("RCP_MODERATION__GUILDS", &guild.to_string()).env("RCP_MODERATION__USERS", "5")
}

/// Asserts how it ended, that every line but the last has its form, and that nothing secret is told; the lines.
fn told(finished: &Finished, code: i32) -> Vec<String> {
    let shown = format!("{}{}", finished.stdout, finished.stderr);
    assert_eq!(finished.code, Some(code), "{shown}");
    assert!(!shown.contains(TOKEN) && !shown.contains("opens-nothing"), "the token is told: {shown}");
    let mut lines: Vec<String> = finished.stdout.lines().map(str::to_owned).collect();
    let verdict = lines.pop().expect("there is a verdict");
    assert_eq!(verdict.starts_with("a start would serve ("), code == 0, "{shown}");
    let finding = |line: &String| ["ok ", "warning ", "error "].iter().any(|word| line.starts_with(word));
    assert!(lines.iter().all(finding), "{shown}");
    let errors = lines.iter().filter(|line| line.starts_with("error ")).count();
    assert_eq!(errors > 0, code == 1, "{shown}");
    lines
}

/// Asserts that there is exactly one line of this finding for this thing, and that it holds these words.
fn has(lines: &[String], finding: &str, name: &str, words: &[&str]) {
    let start = format!("{finding:<7}  {name:<13}  ");
    let found: Vec<&String> = lines.iter().filter(|line| line.starts_with(&start)).collect();
    let [line] = found.as_slice() else { panic!("one line of {start:?} is wanted: {lines:#?}") };
    words.iter().for_each(|word| assert!(line.contains(word), "{word:?} is not in {line}"));
}

/// Asserts that this alone is wrong, and told in one line with these words.
async fn alone(what: &str, setup: &Setup, finding: &str, name: &str, words: &[&str]) {
    let lines = told(&setup.finish().await, i32::from(finding == "error"));
    has(&lines, finding, name, words);
    let wrong: Vec<&String> = lines.iter().filter(|line| !line.starts_with("ok ")).collect();
    assert_eq!(wrong.len(), 1, "{what}: {wrong:#?}");
}

/// Everything that stands in a folder, by its path.
fn listing(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("an entry").path();
        let name = path.display().to_string();
        match path.is_dir() {
            true => all.extend(listing(&path).into_iter().chain([(name, Vec::new())])),
            false => drop(all.insert(name, fs::read(&path).expect("read"))),
        }
    }
    all
}

/// A copy of the tests' own catalogue, with one file replaced.
fn catalogue(folder: &TempDir, path: &str, content: &str) -> std::path::PathBuf {
    let data = folder.path().join("data");
    for (path, content) in &kept::files().0 {
        let place = data.join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("made");
        fs::write(place, content).expect("written");
    }
    fs::write(data.join(path), content).expect("written");
    data
}

#[tokio::test]
async fn all_is_well_and_nothing_is_left_behind() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let channel = discord.add_guild(DEFAULT_GUILD);
    let state = folder.path().join("state");
    // Once with a state folder that is not there, once with one that a bot has used.
    for used in [false, true] {
        if used {
            let log = Revisions::local(&state.join("revisions")).expect("opened");
            log.append(1, &Actor::Start, &Cause::Start, &kept::files()).await.expect("appended");
            fs::create_dir_all(state.join("pending")).expect("made");
            fs::write(state.join("audit.jsonl"), "{}\n").expect("written");
        }
        let before = listing(folder.path());
        let setup = moderated(run(&discord), DEFAULT_GUILD).arg("--state").arg(state.to_str().expect("text"));
        let setup = setup.env("RCP_MODERATION__NEWS_CHANNEL", &channel.to_string());
        let lines = told(&setup.env("RCP_MODERATION__AUDIT_CHANNEL", &channel.to_string()).finish().await, 0);
        for (name, words) in [
            ("settings", &["rcp-bot run"][..]),
            ("discord", &["answers"]),
            ("clock", &["agrees"]),
            ("token", &["application 1100000000000000001"]),
            ("gateway", &["greets", "without intents"]),
            ("audit channel", &["may write"]),
            ("news channel", &["may write"]),
            ("data", &["processes"]),
            ("state", if used { &["can be written"] } else { &["a start makes it"] }),
            ("revisions", if used { &["the newest is 1"] } else { &["a start makes it"] }),
        ] {
            has(&lines, "ok", name, words);
        }
        assert!(lines.iter().all(|line| line.starts_with("ok ")), "{lines:#?}");
        assert_eq!(listing(folder.path()), before, "something was changed");
    }
    assert!(discord.requests().iter().all(|request| request.method == "GET"), "{:#?}", discord.requests());
    assert!(discord.commands(None).is_empty() && discord.commands(Some(DEFAULT_GUILD)).is_empty());
    assert!(discord.messages(channel).is_empty() && discord.sessions().is_empty());
    bot::until(&discord, "no connection is left", |discord| discord.connections().is_empty()).await;
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_a_line_and_end_with_2() {
    let setup = Setup::new(&["doctor"]).file("config/rcp-bot.toml", "[language]\ndefaut = \"fr\"\n");
    let finished = setup.finish().await;
    assert_eq!(finished.code, Some(2), "{finished:?}");
    assert!(finished.stdout.starts_with("error    settings       config/rcp-bot.toml:2:1: "), "{finished:?}");
    assert_eq!(finished.stdout.lines().count(), 1, "{finished:?}");
}

#[tokio::test]
async fn the_way_in_is_the_one_that_the_environment_is_set_for() {
    let discord = discord().await;
    let plain = Setup::new(&["doctor"]).data(kept::served()).env("DISCORD_API_URL", &discord.url());
    let plain = plain.env("DISCORD_TOKEN", TOKEN).env("RCP_HTTP__LISTEN", "127.0.0.1:0");
    has(&told(&plain.finish().await, 0), "ok", "settings", &["rcp-bot run"]);
    // Discord's key is another.
    let keyed = told(&plain.env("DISCORD_PUBLIC_KEY", KEY).finish().await, 1);
    has(&keyed, "ok", "settings", &["rcp-bot serve"]);
}

#[tokio::test]
async fn a_token_that_is_none_or_not_known_is_told() {
    let discord = discord().await;
    let unknown = "MTEwMDAwMDAwMDAwMDAwMDAwMg.GlOcAl.secret-of-another";
    alone("missing", &run(&discord).without("DISCORD_TOKEN"), "error", "token", &["set DISCORD_TOKEN"]).await;
    let form = run(&discord).env("DISCORD_TOKEN", "abc");
    alone("of another form", &form, "error", "token", &["has not the form of a token", "copy it again"]).await;
    let wrong = run(&discord).env("DISCORD_TOKEN", unknown);
    alone("unknown", &wrong, "error", "token", &["does not know this token", "Reset Token"]).await;
    assert!(!wrong.finish().await.stdout.contains("secret-of-another"));
    for way in ["run", "register"] {
        let ended = Setup::run(&discord).with_action(way).env("DISCORD_TOKEN", unknown).finish().await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.stderr.contains("Reset Token") && !ended.stderr.contains("secret-of-another"), "{ended:?}");
    }
    let other = run(&discord).env("DISCORD_APPLICATION_ID", "7");
    alone("another's", &other, "error", "token", &["DISCORD_APPLICATION_ID names 7", "correct it"]).await;
    // `serve` needs none, unless something is to be told in a channel.
    has(&told(&serve(&discord).finish().await, 0), "ok", "token", &["needs none"]);
    let channel = serve(&discord).env("RCP_MODERATION__AUDIT_CHANNEL", "7");
    alone("channel without token", &channel, "error", "token", &["audit channel 7", "set DISCORD_TOKEN"]).await;
    let bot = Setup::new(&["serve"]).data(kept::served()).env("DISCORD_API_URL", &discord.url());
    let bot = bot.env("DISCORD_PUBLIC_KEY", KEY).env("RCP_HTTP__LISTEN", "127.0.0.1:0");
    let bot = bot.env("RCP_MODERATION__AUDIT_CHANNEL", "7").start();
    let begun = Instant::now();
    while !bot.log().contains("nothing is told in this channel") {
        assert!(begun.elapsed() < DEADLINE, "{}", bot.log());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_public_key_that_is_none_or_another_applications_is_told() {
    let discord = discord().await;
    alone("missing", &serve(&discord).without("DISCORD_PUBLIC_KEY"), "error", "public key", &["DISCORD_PUBLIC_KEY"])
        .await;
    // 2 is the y of no point on the curve.
    let point = format!("02{}", "0".repeat(62));
    for wrong in ["12ab", &point] {
        let setup = serve(&discord).env("DISCORD_PUBLIC_KEY", wrong);
        alone(wrong, &setup, "error", "public key", &["copy it again"]).await;
    }
    let other = told(&serve(&discord).env("DISCORD_TOKEN", TOKEN).finish().await, 1);
    has(&other, "error", "public key", &["is not that of application", "General Information"]);
    let body = json!({ "id": discord.application_id().to_string(), "verify_key": KEY });
    discord.fail(Fault::new(RestFault::Answer { status: 200, body }).on("GET", "/applications/@me"));
    let same = told(&serve(&discord).env("DISCORD_TOKEN", TOKEN).finish().await, 0);
    has(&same, "ok", "public key", &["is that of application"]);
    has(&same, "warning", "commands", &["not registered everywhere", "rcp-bot register"]);
}

#[tokio::test]
async fn a_discord_that_cannot_be_reached_is_told_once() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let lines = told(&doctor(&format!("http://{free}"), "run").env("DISCORD_TOKEN", TOKEN).finish().await, 1);
    has(&lines, "error", "discord", &["no answer", "check the network"]);
    has(&lines, "warning", "token", &["could not be asked"]);
    assert_eq!(lines.iter().filter(|line| line.starts_with("error ")).count(), 1, "{lines:#?}");
}

/// A page to log in to, as some networks answer whatever is asked for.
fn login_page(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut asked = BufReader::new(stream.try_clone().expect("the same connection")).lines();
            while asked.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let page = "<html>Log in</html>";
            let head = format!("HTTP/1.1 {status}\r\nDate: Sun, 29 Nov 2026 02:00:00 GMT\r\nConnection: close\r\n");
            // Who asked may be gone.
            let _ = write!(stream, "{head}Content-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn who_answers_and_is_no_discord_is_told() {
    for status in ["200 OK", "302 Found", "404 Not Found"] {
        let page = login_page(status);
        let lines = told(&doctor(&page, "run").env("DISCORD_TOKEN", TOKEN).finish().await, 1);
        has(&lines, "error", "discord", &["not as Discord does", &page, "DISCORD_API_URL"]);
        has(&lines, "warning", "token", &["could not be asked"]);
        let setup = Setup::new(&["run"]).data(kept::served()).env("DISCORD_API_URL", &page).env("DISCORD_TOKEN", TOKEN);
        let ended = setup.finish().await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.stderr.contains("not as Discord does"), "{ended:?}");
    }
}

#[tokio::test]
async fn a_gateway_that_lets_nobody_in_is_told() {
    let discord = discord().await;
    let spent = json!({
        "url": discord.gateway_url(), "shards": 4,
        "session_start_limit": { "total": 1000, "remaining": 3, "reset_after": 600_000, "max_concurrency": 1 },
    });
    let look_up = |fault| Fault::new(fault).on("GET", "/gateway/bot");
    discord.fail(look_up(RestFault::Answer { status: 200, body: spent.clone() }));
    alone("spent", &run(&discord), "error", "gateway", &["no 4 sessions for 10 minutes", "a start waits"]).await;
    discord.fail(look_up(RestFault::RateLimited { retry_after: Duration::from_secs(82_721), global: false }));
    alone("429", &run(&discord), "error", "gateway", &["429", "82721 seconds"]).await;
    discord.fail_connections(ConnectionFault::CloseBeforeHello(4002), 1);
    alone("closed", &run(&discord), "error", "gateway", &["code 4002", "discordstatus.com"]).await;
    let silent = json!({ "url": "ws://127.0.0.1:1", "shards": 1 });
    discord.fail(look_up(RestFault::Answer { status: 200, body: silent }));
    alone("elsewhere", &run(&discord), "error", "gateway", &["cannot be reached", "check the network"]).await;
    let http = json!({ "url": discord.url().replacen("http", "ws", 1) + "/nothing", "shards": 1 });
    discord.fail(look_up(RestFault::Answer { status: 200, body: http }));
    alone("no gateway", &run(&discord), "error", "gateway", &["404", "WebSockets"]).await;
    discord.fail(look_up(RestFault::Answer { status: 200, body: spent }));
    let few = run(&discord).env("RCP_DISCORD__SHARDS", "{range=[0,1],total=2}");
    alone("too few", &few, "warning", "gateway", &["recommends 4 instead of 2", "[discord] shards"]).await;
}

#[tokio::test]
async fn a_clock_that_is_not_discords_is_told() {
    let discord = discord().await;
    discord.advance(Duration::from_secs(200));
    alone("a little", &serve(&discord), "warning", "clock", &["seconds behind Discord's", "set it right"]).await;
    discord.advance(Duration::from_secs(200));
    alone("too much", &serve(&discord), "error", "clock", &["every interaction would be refused", "max_age"]).await;
    alone("over the gateway", &run(&discord), "warning", "clock", &["seconds behind Discord's"]).await;
}

#[tokio::test]
async fn facts_and_revisions_of_tomorrow_are_a_clock_that_is_behind() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let general = fs::read_to_string(kept::folder().join("general.toml")).expect("read");
    let day = general.split_once("collected = \"").and_then(|(_, rest)| rest.split_once('"')).expect("a day").0;
    let data = catalogue(&folder, "general.toml", &general.replacen(day, "2060-01-01", 1));
    let setup = run(&discord).data(&data);
    has(&told(&setup.finish().await, 0), "warning", "clock", &["collected after today", "set it right"]);
}

#[tokio::test]
async fn an_audit_channel_in_which_the_bot_may_not_write_is_told() {
    let discord = discord().await;
    let channel = discord.add_guild(DEFAULT_GUILD);
    let setup = |channel: u64| run(&discord).env("RCP_MODERATION__AUDIT_CHANNEL", &channel.to_string());
    alone("unknown", &setup(7), "error", "audit channel", &["Unknown Channel", "correct [moderation]"]).await;
    discord.open_channel(channel, false);
    alone("hidden", &setup(channel), "error", "audit channel", &["Missing Access", "the scope bot"]).await;
    discord.open_channel(channel, true);
    let with = |kind: u8, overwrites: serde_json::Value| {
        let guild = DEFAULT_GUILD.to_string();
        let body =
            json!({ "id": channel.to_string(), "type": kind, "guild_id": guild, "permission_overwrites": overwrites });
        discord.fail(Fault::new(RestFault::Answer { status: 200, body }).on("GET", "/channels/*"));
    };
    let everyone =
        |deny: u64| json!([{ "id": DEFAULT_GUILD.to_string(), "type": 0, "allow": "0", "deny": deny.to_string() }]);
    with(0, everyone(1 << 11));
    alone("mute", &setup(channel), "error", "audit channel", &["lacks Send Messages;", "the bot's role"]).await;
    with(0, everyone(1 << 10 | 1 << 14));
    alone("blind", &setup(channel), "error", "audit channel", &["lacks View Channel, Embed Links;"]).await;
    with(15, json!([]));
    alone("forum", &setup(channel), "error", "audit channel", &["takes no messages", "a text channel"]).await;
    let news = run(&discord).env("RCP_MODERATION__NEWS_CHANNEL", &channel.to_string());
    with(0, everyone(1 << 11));
    alone("mute news", &news, "error", "news channel", &["lacks Send Messages;", "the bot's role"]).await;
    let news = run(&discord).env("RCP_MODERATION__NEWS_CHANNEL", "7");
    alone("no news", &news, "error", "news channel", &["Unknown Channel", "correct [moderation] news_channel"]).await;
    assert!(discord.messages(channel).is_empty());
}

#[tokio::test]
async fn a_server_that_has_not_the_application_is_told() {
    let discord = discord().await;
    let setup = moderated(run(&discord), 77);
    alone("moderation", &setup, "error", "commands", &["/rcp-admin", "server 77", "client_id=1100000000000000001"])
        .await;
    let setup = run(&discord).env("RCP_DISCORD__DEVELOPMENT_GUILD", "78");
    alone("development", &setup, "error", "commands", &["/rcp cannot be registered", "server 78"]).await;
}

#[tokio::test]
async fn a_broken_data_folder_is_told_and_what_would_be_served_instead() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let data = catalogue(&folder, "regions.toml", "[[region]\n");
    let state = folder.path().join("state");
    let setup = run(&discord).arg("--state").arg(state.to_str().expect("text")).data(&data);
    let words = ["no good revision", "regions.toml:1:", "rcp-bot check"];
    alone("without revision", &setup, "error", "data", &words).await;
    let log = Revisions::local(&state.join("revisions")).expect("opened");
    log.append(3, &Actor::Start, &Cause::Start, &kept::files()).await.expect("appended");
    let before = listing(folder.path());
    alone("with one", &setup, "warning", "data", &["revision 3 would be served", "regions.toml:1:"]).await;
    assert_eq!(listing(folder.path()), before);
    let nowhere = run(&discord).data(&folder.path().join("nowhere"));
    alone("nowhere", &nowhere, "error", "data", &["there is no folder"]).await;
    let none = Setup::new(&["doctor", "run"]).env("DISCORD_API_URL", &discord.url()).env("DISCORD_TOKEN", TOKEN);
    alone("none", &none, "warning", "data", &["built into the program", "--data"]).await;
}

#[tokio::test]
async fn folders_that_cannot_be_written_are_told() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    // A file where a folder should be cannot be written even by an administrator.
    let data =
        catalogue(&folder, "regions.toml", &fs::read_to_string(kept::folder().join("regions.toml")).expect("read"));
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let state = |path: &Path| run(&discord).arg("--state").arg(path.to_str().expect("text"));
    for path in [file.clone(), file.join("deeper")] {
        let lines = told(&state(&path).finish().await, 1);
        has(&lines, "error", "state", &["cannot be written", "--state or RCP_STATE"]);
    }
    let kept = folder.path().join("state");
    fs::create_dir_all(kept.join("audit.jsonl")).expect("made");
    alone("record", &state(&kept), "error", "state", &["audit.jsonl cannot be written", "give it to the user"]).await;
    let place = data.join("messages");
    let _ = fs::remove_dir_all(&place);
    std::os::unix::fs::symlink("/sys/kernel", &place).expect("linked");
    let lines = told(&moderated(run(&discord), DEFAULT_GUILD).data(&data).finish().await, 1);
    has(&lines, "error", "data", &["messages cannot be written", "no change would be accepted"]);
}

#[tokio::test]
async fn an_address_that_another_program_has_is_told() {
    let discord = discord().await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    for setup in [serve(&discord), run(&discord)] {
        let setup = setup.env("RCP_HTTP__LISTEN", &address);
        alone("taken", &setup, "error", "http", &[&address, "set another address", "a running rcp-bot"]).await;
    }
    // One for documentation, which no machine has. (RFC 5737)
    let elsewhere = run(&discord).env("RCP_HTTP__LISTEN", "192.0.2.1:8080");
    alone("elsewhere", &elsewhere, "error", "http", &["no such address", "0.0.0.0"]).await;
}

#[tokio::test]
async fn a_folder_that_is_served_in_spite_of_errors_is_told_as_a_start_would_serve_it() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let regions = fs::read_to_string(kept::folder().join("regions.toml")).expect("read");
    let data = catalogue(&folder, "regions.toml", &regions);
    fs::create_dir_all(data.join("messages")).expect("made");
    fs::write(data.join("messages/en.ftl"), "admin-broken = { $nobody }\n").expect("written");
    // A start accepts what an older version may have accepted, and makes it the first revision.
    let state = folder.path().join("state");
    let at = |setup: Setup| setup.data(&data).arg("--state").arg(state.to_str().expect("text"));
    let start = Setup::new(&["run"]).env("DISCORD_API_URL", &discord.url()).env("DISCORD_TOKEN", TOKEN);
    let mut bot = at(start).start();
    bot.ready(&discord).await;
    bot.stop().await;
    assert!(state.join("revisions/0000000001.revision").is_file());
    let lines = told(&at(run(&discord)).finish().await, 0);
    has(&lines, "warning", "data", &["errors that can be passed over"]);
}

#[tokio::test]
async fn a_folder_for_the_revisions_that_cannot_be_made_is_told() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let setup = run(&discord).env("RCP_REVISIONS__URL", &format!("file://{}/log", file.display()));
    alone("a file is in the way", &setup, "error", "revisions", &["cannot be made", "[revisions] url"]).await;
}

// --- The store of revisions ------------------------------------------------------------------------------------------

fn over(discord: &LocalDiscord, store: &str) -> Setup {
    let setup = run(discord).env("RCP_REVISIONS__URL", "s3://box/log").env("AWS_ACCESS_KEY_ID", "key");
    setup.env("AWS_SECRET_ACCESS_KEY", "very-secret").env("AWS_ENDPOINT", store).env("AWS_ALLOW_HTTP", "true")
}

#[tokio::test]
async fn a_store_is_tried_whether_it_creates_only_what_is_not_there() {
    let discord = discord().await;
    let honest = Arc::new(Bucket::default());
    let lines = told(&over(&discord, &honest.start().await).finish().await, 0);
    has(&lines, "ok", "revisions", &["s3://box/log", "none yet", "none can take the place of another"]);
    assert!(honest.keys().is_empty(), "what was created for it is taken away");

    let keeping = Arc::new(Bucket { keeps: true, ..Bucket::default() });
    let setup = over(&discord, &keeping.start().await);
    has(&told(&setup.finish().await, 0), "ok", "revisions", &["log/-probe stays there, as after any start"]);
    has(&told(&setup.finish().await, 0), "ok", "revisions", &["none can take the place of another"]);
    assert_eq!(keeping.keys(), ["log/-probe"]);

    let careless = Arc::new(Bucket { overwrites: true, ..Bucket::default() });
    let setup = over(&discord, &careless.start().await);
    alone("overwrites", &setup, "error", "revisions", &["even if it is there already", "If-None-Match"]).await;
    assert!(careless.keys().is_empty());
    assert!(!setup.finish().await.stdout.contains("very-secret"));
}

#[tokio::test]
async fn a_store_that_is_not_there_is_told() {
    let (discord, folder) = (discord().await, TempDir::new().expect("a folder"));
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let setup = over(&discord, &format!("http://{free}"));
    alone("cut off", &setup, "error", "revisions", &["s3://box/log cannot be reached"]).await;
    let keyless = over(&discord, "http://127.0.0.1:1").without("AWS_SECRET_ACCESS_KEY");
    alone("keyless", &keyless, "error", "revisions", &["AWS_SECRET_ACCESS_KEY: set both"]).await;
    let shared = folder.path().join("shared");
    let url = format!("file://{}", shared.display());
    let setup = run(&discord).env("RCP_REVISIONS__URL", &url);
    alone("not mounted", &setup, "warning", "revisions", &["is not there yet", "mount it first"]).await;
    assert!(!shared.exists());
    // A folder in which nothing can be created, even by an administrator.
    let setup = run(&discord).env("RCP_REVISIONS__URL", "file:///sys/kernel");
    has(&told(&setup.finish().await, 1), "error", "revisions", &["/sys/kernel"]);
}
