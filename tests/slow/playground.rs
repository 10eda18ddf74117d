//! The page of the local Discord and `rcp-bot playground`: who may open it, and what a person does in a real browser.
//!
//! The browser is Chromium, driven by playwright-core from `tests/browser`; `.ci/run` installs both. Where one of them is
//! missing, the tests that need it say so on standard error and pass, unless `RCP_TESTS_REQUIRE_ALL` is set: then they
//! fail.
//!
//! For those who write them: `BROWSER_TESTS` runs only the browser's tests whose names match, and where `FAILURES` names a
//! folder, the page of a failing one is pictured there; SHOTS is explained in `tests/browser/maps.test.mjs`. `RCP_TESTS_TAKE_PICTURES` takes the pictures of README.md and
//! docs/answers.md anew; they want the fonts Noto Sans and Noto Color Emoji.

use std::net::{IpAddr, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use local_discord::{LocalDiscord, Options, PageOptions, PagePerson, PageRole};
use rcp_bot::catalogue::{Files, Language};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::support::bot::{Bot, DEADLINE, Setup, data};
use crate::support::left_out::{Lacks, left_out};
use crate::support::{showcase, small};
use tempfile::TempDir;

/// MANAGE_GUILD, and what everyone may do that matters here.
const MODERATOR: u64 = 1 << 5 | 1 << 10 | 1 << 11 | 1 << 31;

fn people() -> PageOptions {
    let person = |name: &str, roles, permissions| PagePerson { name: name.to_owned(), roles, permissions };
    let moderators = vec![PageRole { id: 5, name: "Moderators".to_owned() }];
    PageOptions {
        guild_name: "Showcase".to_owned(),
        people: vec![person("Amina", Vec::new(), None), person("Bruno", moderators, Some(MODERATOR))],
        channels: Vec::new(),
    }
}

async fn discord() -> LocalDiscord {
    let options = Options { page: Some(people()), judges: crate::support::judges::all(), ..Options::default() };
    LocalDiscord::start(options).await.expect("a port can be opened")
}

// --- Who may ask -----------------------------------------------------------------------------------------------------

/// The key in the page's address.
fn key(discord: &LocalDiscord) -> String {
    let url = discord.page_url().expect("there is a page");
    url.split_once("key=").expect("the address holds a key").1.to_owned()
}

#[tokio::test]
async fn only_holders_of_the_key_see_the_page() {
    let discord = discord().await;
    let client = Client::new();
    let get = |path: &str| client.get(format!("{}/_page/{path}", discord.url()));
    for path in ["", "main.js", "api/place", "api/events?person=0&place=guild", "?key=0123456789abcdef0123456789abcdef"]
    {
        assert_eq!(get(path).send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
    }
    let opened = get(&format!("?key={}", key(&discord))).send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::OK);
    let policy = opened.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(opened.headers()["x-content-type-options"], "nosniff");
    let cookie = opened.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/_page/"));
    let pair = cookie.split(';').next().unwrap();
    let known = |path: &str| get(path).header("cookie", format!("a=b; {pair}"));
    for path in ["", "main.js", "api/place"] {
        assert_eq!(known(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
    assert_eq!(known("../mod.rs").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(known("nothing.js").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    // Without a page there is none, with or without a key.
    let without = LocalDiscord::start(Options::default()).await.unwrap();
    assert_eq!(without.page_url(), None);
    let asked = client.get(format!("{}/_page/", without.url())).send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_sites_are_turned_away() {
    let discord = discord().await;
    let client = Client::new();
    let key = key(&discord);
    let act = || {
        let body = json!({"who": {"person": 0, "place": "guild"},
                          "act": {"kind": "run", "path": "demo", "options": []}});
        client.post(format!("{}/_page/api/act?key={key}", discord.url())).json(&body)
    };
    let status = async |request: RequestBuilder| request.send().await.unwrap().status();
    // There is no such command, which is the page's own answer.
    assert_eq!(status(act()).await, StatusCode::CONFLICT);
    assert_eq!(status(act().header("origin", discord.url())).await, StatusCode::CONFLICT);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("host", "evil.example"),
    ] {
        assert_eq!(status(act().header(name, value)).await, StatusCode::FORBIDDEN, "{name}: {value}");
        let gateway = client.get(format!("{}/api/v10/gateway", discord.url())).header(name, value);
        assert_eq!(status(gateway).await, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    // A form of another site can send no JSON.
    let form = client
        .post(format!("{}/_page/api/act?key={key}", discord.url()))
        .body("{}")
        .header("content-type", "text/plain");
    assert_eq!(status(form).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn what_is_not_there_is_refused() {
    let discord = discord().await;
    let client = Client::new();
    let url = format!("{}/_page/api/act?key={}", discord.url(), key(&discord));
    let act = async |who: Value, act: Value| {
        client.post(&url).json(&json!({"who": who, "act": act})).send().await.unwrap().status()
    };
    let here = json!({"person": 0, "place": "direct", "locale": "fr"});
    assert_eq!(act(json!({"person": 9, "place": "guild"}), json!({"kind": "dismiss", "message": "1"})).await, 400);
    for one in [
        json!({"kind": "dismiss", "message": "1"}),
        json!({"kind": "press", "message": "x", "custom_id": "y"}),
        json!({"kind": "choose", "message": "1", "custom_id": "y", "values": []}),
        json!({"kind": "submit", "interaction": "1", "fields": []}),
        json!({"kind": "complete", "path": "demo", "options": [], "option": "o", "text": ""}),
    ] {
        assert_eq!(act(here.clone(), one.clone()).await, StatusCode::CONFLICT, "{one}");
    }
    let run = |value: Value| json!({"kind": "run", "path": "demo", "options": [{"name": "a", "value": value}]});
    for value in [json!({"file": "1"}), json!({"user": "1"}), json!({"role": "x"})] {
        assert_eq!(act(here.clone(), run(value.clone())).await, StatusCode::BAD_REQUEST, "{value}");
    }
}

// --- In the browser --------------------------------------------------------------------------------------------------

/// Chromium's path, if it and what drives it are there.
fn chromium() -> Option<&'static Path> {
    static FOUND: LazyLock<Result<PathBuf, String>> = LazyLock::new(find_chromium);
    match &*FOUND {
        Ok(path) => Some(path),
        Err(missing) => {
            left_out(Lacks::Tool, &format!("{missing} is missing: the page is NOT tried in a browser"));
            None
        }
    }
}

/// Chromium's path, or what is missing.
fn find_chromium() -> Result<PathBuf, String> {
    let driver = "tests/browser/node_modules/playwright-core";
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join(driver).is_dir() {
        return Err(driver.to_owned());
    }
    if !Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Err("node".to_owned());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut paths = std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name)));
    paths.find(|path| path.is_file()).ok_or_else(|| "Chromium".to_owned())
}

/// Runs a file of browser tests against this page.
async fn drive(script: &str, url: &str, environment: &[(&str, &str)]) {
    let Some(chromium) = chromium() else { return };
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    // While one writes them: only those tests whose names match.
    if let Ok(pattern) = std::env::var("BROWSER_TESTS") {
        node.arg(format!("--test-name-pattern={pattern}"));
    }
    node.arg(script)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser"))
        .env("CHROMIUM", chromium)
        .env("PAGE_URL", url)
        .envs(environment.iter().copied());
    let done = tokio::task::spawn_blocking(move || node.output()).await.expect("waiting does not panic");
    let done = done.expect("node starts");
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{script} failed:\n{out}\n{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_everything_a_bot_can_say() {
    let discord = discord().await;
    showcase::start(&discord).await;
    drive("showcase.test.mjs", &discord.page_url().expect("there is a page"), &[]).await;
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

/// The program's playground, which ends with this.
struct Playground {
    bot: Bot,
    url: String,
}

impl Playground {
    async fn start(setup: &Setup) -> Playground {
        let mut bot = setup.start();
        let start = Instant::now();
        let url = loop {
            if let Some(url) = bot.out().split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")) {
                break url.to_owned();
            }
            assert!(bot.is_running() && start.elapsed() < DEADLINE, "no address: {}", bot.log());
            tokio::time::sleep(Duration::from_millis(1)).await;
        };
        Playground { bot, url }
    }
}

#[tokio::test]
async fn the_page_is_served_and_told_the_commands() {
    let client = Client::new();
    let playground = Playground::start(&playground()).await;
    let page = client.get(&playground.url).send().await.expect("it is there");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.expect("it is text").contains("</html>"));
    let events = playground.url.replace("/_page/?", "/_page/api/events?person=0&place=guild&");
    let mut events = client.get(events).send().await.expect("it is there");
    let mut told = String::new();
    while !told.contains("\"name\":\"rcp\"") {
        let more = events.chunk().await.expect("the line holds").expect("it does not end");
        told.push_str(&String::from_utf8_lossy(&more));
    }
    drop(events);
    playground.bot.stop().await;
}

fn playground() -> Setup {
    Setup::new(&["playground", "--no-open"]).data(&data())
}

/// A copy of the repository's catalogue, to be edited.
fn copy() -> TempDir {
    let copy = TempDir::new().expect("a temporary folder can be made");
    small::write(copy.path(), &Files::read(&data()).0);
    copy
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_answers_in_the_browser() {
    let playground = Playground::start(&playground()).await;
    drive("rcp.test.mjs", &playground.url, &[]).await;
    drive("verdict.test.mjs", &playground.url, &[("DOCUMENT", "absent")]).await;
    playground.bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_and_a_timeline_are_seen_on_a_phone() {
    let playground = Playground::start(&playground()).await;
    drive("maps.test.mjs", &playground.url, &[]).await;
    playground.bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_uploads_and_edits_in_the_browser() {
    let folder = copy();
    let playground = Playground::start(&Setup::new(&["playground", "--no-open"]).data(folder.path())).await;
    let path = folder.path().to_str().expect("the path is text");
    drive("moderator.test.mjs", &playground.url, &[("DATA", path)]).await;
    playground.bot.stop().await;
}

/// What the README shows, each in both themes.
const PICTURES: [&str; 3] = ["region", "card", "reload"];

/// What docs/answers.md shows, each as it was before answers had to fit a phone and as it is.
const ANSWERS: [&str; 5] = ["region", "iom", "meetings", "search", "card"];

/// A picture weighs less than this, in bytes: a README is read on phones too.
const HEAVIEST: u64 = 150_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_readme_shows_pictures_that_this_test_takes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Pictures are never the same to the byte (the time of day stands in them), so they are replaced on demand only.
    let anew = std::env::var_os("RCP_TESTS_TAKE_PICTURES").is_some();
    let taken = if anew { root.join("docs") } else { PathBuf::from(env!("CARGO_TARGET_TMPDIR")) };
    let folder = copy();
    let playground = Playground::start(&Setup::new(&["playground", "--no-open"]).data(folder.path())).await;
    let text = |path: &Path| path.to_str().expect("the path is text").to_owned();
    let environment = [("DATA", text(folder.path())), ("PICTURES", text(&taken))];
    drive("pictures.test.mjs", &playground.url, &environment.each_ref().map(|(name, value)| (*name, value.as_str())))
        .await;
    playground.bot.stop().await;
    let themes = |name: &str| ["light", "dark"].map(|theme| format!("docs/playground/{name}-{theme}.png"));
    let times = |name: &str| ["", "-before"].map(|time| format!("docs/answers/{name}{time}.png"));
    let readme = PICTURES.into_iter().flat_map(themes).map(|path| ("README.md", path));
    let answers = ANSWERS.into_iter().flat_map(times).map(|path| ("docs/answers.md", path));
    for (page, path) in readme.chain(answers) {
        let text = std::fs::read_to_string(root.join(page)).expect("the page can be read");
        let picture = std::fs::read(root.join(&path)).expect("the picture is there");
        assert!(picture.starts_with(b"\x89PNG"), "{path}");
        assert!((picture.len() as u64) < HEAVIEST, "{path} weighs {} bytes", picture.len());
        let shown = if page == "README.md" { path.as_str() } else { path.trim_start_matches("docs/") };
        assert!(text.contains(shown), "{page} does not show {path}");
    }
}

/// A playground that judges by this document too, and what the page says then.
async fn judged_by(document: &Path, kind: &str) {
    let document = document.to_str().expect("the path is text");
    let playground = Playground::start(&playground().arg("--api-document").arg(document)).await;
    drive("verdict.test.mjs", &playground.url, &[("DOCUMENT", kind)]).await;
    playground.bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn discords_document_judges_if_it_is_given() {
    if let Some(document) = crate::support::judges::document() {
        judged_by(&document, "given").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_refuses_is_heeded() {
    let callback = "/interactions/{interaction_id}/{interaction_token}/callback";
    let schema = json!({"type": "object", "required": ["approval"]});
    let content = json!({"application/json": {"schema": schema}});
    let document = json!({"paths": {callback: {"post": {"requestBody": {"content": content}}}}, "components": {}});
    let folder = TempDir::new().expect("a temporary folder can be made");
    let file = folder.path().join("strict.json");
    std::fs::write(&file, document.to_string()).expect("it can be written");
    judged_by(&file, "strict").await;
}

#[tokio::test]
async fn the_playground_starts_on_its_port_and_ends_with_ctrl_c() {
    let temporary = TempDir::new().expect("a temporary folder can be made");
    let here = playground().env("TMPDIR", temporary.path().to_str().expect("the path is text"));
    let mut first = Playground::start(&here).await;
    let port = port(&first.url).to_string();
    // Two at one port cannot be.
    let second = playground().arg("--port").arg(&port).finish().await;
    assert_eq!(second.code, Some(1));
    assert!(second.stderr.contains(&port) && second.stderr.contains("leave out --port"), "{}", second.stderr);
    assert_eq!(second.stdout, "", "no address of a page that is not there");
    // An open page, which listens for ever, does not keep it.
    let events = first.url.replace("/_page/?", "/_page/api/events?person=0&place=guild&");
    let mut events = reqwest::get(events).await.expect("it is there");
    assert_eq!(events.status(), StatusCode::OK);
    first.bot.signal("INT");
    assert_eq!(first.bot.ended().await, Some(0));
    while let Ok(Some(_)) = events.chunk().await {}
    let left = std::fs::read_dir(temporary.path()).expect("it is there").count();
    assert_eq!(left, 0, "nothing of a playground stays behind");
    let again = Playground::start(&playground().arg("--port").arg(&port)).await;
    assert!(again.url.contains(&format!(":{port}/_page/?key=")), "{}", again.url);
    assert_ne!(again.url, first.url, "each start has a key of its own");
    again.bot.stop().await;
}

#[tokio::test]
async fn a_broken_catalogue_is_told_instead_of_an_address() {
    let folder = copy();
    let file = folder.path().join("regions.toml");
    std::fs::write(&file, "[[region]\n").expect("it can be written");
    let ended = Setup::new(&["playground", "--no-open"]).data(folder.path()).finish().await;
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("regions.toml:1:"), "{}", ended.stderr);
}

/// The port in the page's address.
fn port(url: &str) -> u16 {
    let authority = url.trim_start_matches("http://127.0.0.1:");
    authority.split('/').next().and_then(|port| port.parse().ok()).expect("the address holds a port")
}

#[tokio::test]
async fn it_takes_a_free_port_of_the_loopback_alone() {
    let (one, other) = (Playground::start(&playground()).await, Playground::start(&playground()).await);
    assert_ne!(port(&one.url), port(&other.url));
    let port = port(&one.url);
    // Connecting by UDP sends nothing; it tells the address under which others see this machine, if it has one.
    let outward = UdpSocket::bind(("0.0.0.0", 0)).and_then(|socket| {
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    });
    let outward = outward.map(|address| address.ip()).ok();
    // Other addresses of the loopback stand for the machine's others where it has none.
    let elsewhere = cfg!(target_os = "linux").then_some(IpAddr::from([127, 0, 0, 2]));
    for address in outward.into_iter().chain(elsewhere) {
        let reached = TcpStream::connect_timeout(&(address, port).into(), Duration::from_secs(2));
        assert!(reached.is_err(), "the playground answers at {address}");
    }
    one.bot.stop().await;
    other.bot.stop().await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_browser_is_opened_at_the_page_unless_it_is_to_be_left_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().expect("a temporary folder can be made");
    let opener = folder.path().join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\necho \"$1\" > \"$OPENED\"\n").expect("it can be written");
    std::fs::set_permissions(&opener, PermissionsExt::from_mode(0o755)).expect("it can be made a program");
    let opened = folder.path().join("opened");
    let start = async |arguments: &[&str]| {
        let setup = Setup::new(arguments).data(&data()).env("PATH", folder.path().to_str().expect("text"));
        Playground::start(&setup.env("OPENED", opened.to_str().expect("text"))).await
    };
    let quiet = start(&["playground", "--no-open"]).await;
    quiet.bot.stop().await;
    assert!(!opened.exists());
    let loud = start(&["playground"]).await;
    let begun = Instant::now();
    // The program makes the file before it writes to it.
    while !std::fs::read_to_string(&opened).is_ok_and(|text| text.ends_with('\n')) {
        assert!(begun.elapsed() < DEADLINE, "nothing was opened");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(std::fs::read_to_string(&opened).expect("it is there").trim(), loud.url);
    loud.bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_keeps_its_height_on_a_phone_and_on_a_desk_in_french() {
    every_answer_keeps_its_height(Language::Fr).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_keeps_its_height_on_a_phone_and_on_a_desk_in_english() {
    every_answer_keeps_its_height(Language::En).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_keeps_its_height_on_a_phone_and_on_a_desk_in_spanish() {
    every_answer_keeps_its_height(Language::Es).await;
}

/// Each language has a test and a browser of its own: all in one would go on alone when all other tests have ended.
async fn every_answer_keeps_its_height(language: Language) {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let file = folder.path().join("answers.jsonl");
    let moderators = crate::support::moderators::replies_in(language).await;
    let lines = crate::support::answers::lines(crate::support::bot::snapshot(), language)
        + &crate::support::answers::moderators_lines(&moderators);
    std::fs::write(&file, lines).expect("the file can be written");
    let discord = discord().await;
    // The page is ready once a bot has told its commands.
    showcase::start(&discord).await;
    let url = discord.page_url().expect("there is a page");
    let mut environment = vec![("ANSWERS", file.to_str().expect("the path is text"))];
    // Where it is set, the heights are written there, for the table of docs/answers.md.
    let heights = std::env::var("HEIGHTS").ok().map(|beginning| format!("{beginning}-{language}"));
    environment.extend(heights.as_deref().map(|path| ("HEIGHTS", path)));
    drive("heights.test.mjs", &url, &environment).await;
}
