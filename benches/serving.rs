//! What serving costs, each figure in a pair with its floor in one run: the endpoint against a bare axum handler, the
//! gateway and the start against a bare serenity bot; the playground's start; memory; the binary's size.
//!
//! `cargo bench --bench serving` prints a table in the form of `benches/README.md`. Rounds of the two sides alternate,
//! and the figure is the median of the pairs' ratios, so that other work on the machine strikes both alike.
//! `RCP_BENCH_ROUNDS` (10), `RCP_BENCH_REQUESTS` (4000), `RCP_BENCH_QUESTIONS` (2000) and `RCP_BENCH_LONG` (1000000)
//! change how much is measured.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ed25519_dalek::{Signer, SigningKey};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use rcp_bot::local_discord::{LocalDiscord, Options};
use serde_json::{Value, json};
use serenity::all::{ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction};
use serenity::interactions_endpoint::Verifier;
use tokio::net::{TcpListener, TcpStream};

/// The subcommand that is asked, and its options: a card, the commonest and longest kind of answer.
const PATH: &str = "rcp info";
const OPTION: (&str, &str) = ("processus", "Processus de Prague");

/// How many connections Discord is given to the endpoint.
const CONNECTIONS: usize = 16;

/// The environment variable that makes this program one of the floors.
const ROLE: &str = "RCP_BENCH_ROLE";

fn number(name: &str, default: usize) -> usize {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match env::var(ROLE).as_deref() {
        Ok("endpoint") => runtime.block_on(bare_endpoint()),
        Ok("gateway") => runtime.block_on(bare_gateway()),
        _ => runtime.block_on(measure()),
    }
}

// --- The floors ------------------------------------------------------------------------------------------------------

/// A body of the same size as the bot's answer, from the environment.
fn constant() -> Value {
    serde_json::from_str(&env::var("RCP_BENCH_ANSWER").expect("the answer is given")).expect("JSON")
}

/// A handler that verifies the signature and answers a constant.
async fn bare_endpoint() {
    let verifier = Arc::new(Verifier::try_new(*key().verifying_key().as_bytes()).expect("a key"));
    let answer = Bytes::from(serde_json::to_vec(&constant()).expect("JSON"));
    let handler = move |headers: HeaderMap, body: Bytes| {
        let (verifier, answer) = (Arc::clone(&verifier), answer.clone());
        async move { bare_answer(&verifier, &headers, &body, answer) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("an address"));
    axum::serve(listener, Router::new().route("/interactions", post(handler))).await.expect("it serves");
}

fn bare_answer(verifier: &Verifier, headers: &HeaderMap, body: &[u8], answer: Bytes) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if verifier.verify(text("x-signature-ed25519"), text("x-signature-timestamp"), body).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    ([("content-type", "application/json")], answer).into_response()
}

/// A serenity bot that sends a constant.
async fn bare_gateway() {
    struct Bare(Value);

    #[serenity::async_trait]
    impl EventHandler for Bare {
        async fn interaction_create(&self, context: Context, interaction: Interaction) {
            let (id, token) = (interaction.id(), interaction.token());
            let sent = context.http.create_interaction_response(id, token, &self.0, Vec::new()).await;
            sent.expect("the callback is taken");
        }
    }

    let token = env::var("DISCORD_TOKEN").expect("a token");
    let http =
        HttpBuilder::new(token).proxy(env::var("DISCORD_API_URL").expect("an address")).ratelimiter_disabled(true);
    let client = ClientBuilder::new_with_http(http.build(), GatewayIntents::empty()).event_handler(Bare(constant()));
    client.await.expect("a client").start().await.expect("it runs");
}

// --- Measuring -------------------------------------------------------------------------------------------------------

/// A program that ends when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(command: &mut Command) -> Running {
        Running(command.stdin(Stdio::null()).spawn().expect("the program starts"))
    }

    /// What it prints.
    fn lines(&mut self) -> BufReader<ChildStdout> {
        BufReader::new(self.0.stdout.take().expect("standard output is piped"))
    }

    /// The resident memory, in MiB.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells it");
        line.trim().trim_end_matches("kB").trim().parse::<f64>().expect("a number") / 1024.0
    }
}

fn bot(action: &str, discord: &LocalDiscord, state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-bot"));
    command
        .arg(action)
        .args(["--data", concat!(env!("CARGO_MANIFEST_DIR"), "/data"), "--state"])
        .arg(state)
        .current_dir(state)
        .env_clear()
        .env("DISCORD_API_URL", discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .env("DISCORD_PUBLIC_KEY", hex(key().verifying_key().as_bytes()))
        .env("RUST_LOG", env::var("RUST_LOG").unwrap_or_else(|_| "rcp_bot=info,serenity=error,warn".to_owned()))
        .stderr(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// This program as a floor that answers `answer`.
fn floor(role: &str, answer: &Value) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.env_clear().env(ROLE, role).env("RCP_BENCH_ANSWER", answer.to_string());
    command
}

fn free_port() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn percentile(times: &mut [Duration], part: f64) -> f64 {
    times.sort();
    times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e6
}

struct Table(Vec<[String; 5]>);

impl Table {
    fn row(&mut self, what: &str, ours: String, floor: String, ratio: String, wanted: &str) {
        println!("{what}: {ours} | {floor} | {ratio} | {wanted}");
        self.0.push([what.to_owned(), ours, floor, ratio, wanted.to_owned()]);
    }

    fn print(&self) {
        println!("\n| what | rcp-bot | floor | ratio | wanted |\n| --- | --- | --- | --- | --- |");
        for row in &self.0 {
            println!("| {} |", row.join(" | "));
        }
    }
}

async fn measure() {
    let mut table = Table(Vec::new());
    let discord = LocalDiscord::start(Options { history: 2_000, ..Options::default() }).await.expect("a port");
    let state = tempfile::tempdir().expect("a folder");
    let registered = bot("register", &discord, state.path()).status();
    assert!(registered.expect("it runs").success(), "the commands are registered");
    let question = discord.person("Amina").command(PATH).option(OPTION.0, OPTION.1).json().expect("a question");
    let binary = std::fs::metadata(env!("CARGO_BIN_EXE_rcp-bot")).expect("the program").len();
    let (part, rounds) = (env::args().nth(1).filter(|part| !part.starts_with('-')), number("RCP_BENCH_ROUNDS", 10));
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if wanted("endpoint") {
        endpoint(&mut table, &discord, state.path(), &question, rounds).await;
    }
    if wanted("gateway") {
        gateway(&mut table, rounds).await;
    }
    if wanted("start") {
        starts(&mut table, rounds).await;
    }
    if wanted("memory") {
        memory(&mut table, number("RCP_BENCH_LONG", 1_000_000)).await;
    }
    table.row("binary", format!("{:.1} MiB", binary as f64 / 1_048_576.0), "–".into(), "–".into(), "–");
    table.print();
}

// --- The endpoint ----------------------------------------------------------------------------------------------------

/// Signed requests, each with an id of its own.
fn signed(question: &Value, first: u64, count: usize) -> Vec<hyper::Request<Full<Bytes>>> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is right").as_secs().to_string();
    let mut question = question.clone();
    let request = |number: u64| {
        question["id"] = json!((1_200_000_000_000_000_000 + number).to_string());
        let body = question.to_string();
        let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
        hyper::Request::post("/interactions")
            .header("host", "localhost")
            .header("content-type", "application/json")
            .header("x-signature-ed25519", signature)
            .header("x-signature-timestamp", &time)
            .body(Full::new(Bytes::from(body)))
            .expect("a request")
    };
    (first..first + count as u64).map(request).collect()
}

/// Sends the requests over a few connections as fast as they are answered; the time of each, and of all.
async fn post_all(address: SocketAddr, requests: Vec<hyper::Request<Full<Bytes>>>) -> (Vec<Duration>, Duration, usize) {
    let mut shares: Vec<Vec<_>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    requests.into_iter().enumerate().for_each(|(place, request)| shares[place % CONNECTIONS].push(request));
    let mut senders = Vec::new();
    for _ in 0..CONNECTIONS {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        senders.push(sender);
    }
    let started = Instant::now();
    let tasks: Vec<_> = senders
        .into_iter()
        .zip(shares)
        .map(|(mut sender, share)| {
            tokio::spawn(async move {
                let (mut times, mut size) = (Vec::with_capacity(share.len()), 0);
                for request in share {
                    let sent = Instant::now();
                    let response = sender.send_request(request).await.expect("an answer");
                    assert_eq!(response.status(), 200);
                    size = response.into_body().collect().await.expect("a body").to_bytes().len();
                    times.push(sent.elapsed());
                }
                (times, size)
            })
        })
        .collect();
    let (mut times, mut size) = (Vec::new(), 0);
    for task in tasks {
        let (share, last) = task.await.expect("no panic");
        times.extend(share);
        size = last;
    }
    (times, started.elapsed(), size)
}

async fn endpoint(table: &mut Table, discord: &LocalDiscord, state: &Path, question: &Value, rounds: usize) {
    let ours = free_port();
    let program = Running::start(bot("serve", discord, state).env("RCP_HTTP__LISTEN", ours.to_string()));
    wait_for(ours).await;
    let client = reqwest::Client::new();
    let one = signed(question, 0, 1).remove(0);
    let (head, body) = one.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let answer = client.post(format!("http://{ours}/interactions")).headers(head.headers).body(body).send().await;
    let answer: Value = answer.expect("an answer").json().await.expect("JSON");
    let mut bare = floor("endpoint", &answer);
    let mut bare = Running::start(bare.stdout(Stdio::piped()));
    let floor = first_line(&mut bare).parse().expect("an address");
    let requests = number("RCP_BENCH_REQUESTS", 4_000);
    let mut next = 1;
    let mut figures: BTreeMap<&str, Vec<[f64; 2]>> = BTreeMap::new();
    let mut sizes = [0, 0];
    for round in 0..=rounds {
        let mut pair = [[0.0; 3]; 2];
        // Who goes first alternates too.
        for turn in 0..2 {
            let side = (turn + round) % 2;
            let signed = signed(question, next, requests);
            next += requests as u64;
            let (mut times, all, size) = post_all([ours, floor][side], signed).await;
            sizes[side] = size;
            pair[side] =
                [requests as f64 / all.as_secs_f64(), percentile(&mut times, 0.5), percentile(&mut times, 0.99)];
        }
        // The first round warms up.
        if round > 0 {
            for (place, name) in ["rate", "p50", "p99"].into_iter().enumerate() {
                figures.entry(name).or_default().push([pair[0][place], pair[1][place]]);
            }
        }
    }
    assert_eq!(sizes[0], sizes[1], "both answer the same size");
    let what = format!("endpoint, {CONNECTIONS} connections, {} bytes", sizes[0]);
    for (name, unit, wanted) in [("rate", "/s", "≥ 0.9"), ("p50", " µs", "–"), ("p99", " µs", "–")] {
        pairs(table, &format!("{what}: {name}"), &figures[name], unit, wanted);
    }
    drop(program);
}

/// A row of the medians of both sides and of the pairs' ratios.
fn pairs(table: &mut Table, what: &str, pairs: &[[f64; 2]], unit: &str, wanted: &str) {
    let side = |place: usize| median(&pairs.iter().map(|pair| pair[place]).collect::<Vec<_>>());
    let ratio = median(&pairs.iter().map(|[ours, floor]| ours / floor).collect::<Vec<_>>());
    table.row(what, format!("{:.0}{unit}", side(0)), format!("{:.0}{unit}", side(1)), format!("{ratio:.3}"), wanted);
}

async fn wait_for(address: SocketAddr) {
    while TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn first_line(program: &mut Running) -> String {
    let mut line = String::new();
    program.lines().read_line(&mut line).expect("a line");
    line.trim().to_owned()
}

// --- The gateway -----------------------------------------------------------------------------------------------------

/// A Discord with a program connected to it.
struct Line {
    discord: LocalDiscord,
    _program: Running,
    _state: tempfile::TempDir,
}

impl Line {
    /// Our bot, and how long it took from its start to READY.
    async fn ours() -> (Line, Duration) {
        let discord = quiet_discord().await;
        let state = tempfile::tempdir().expect("a folder");
        assert!(bot("register", &discord, state.path()).status().expect("it runs").success());
        let started = Instant::now();
        let program = Running::start(&mut bot("run", &discord, state.path()));
        discord.wait_for_ready().await.expect("it connects");
        let took = started.elapsed();
        (Line { discord, _program: program, _state: state }, took)
    }

    async fn floor(answer: &Value) -> (Line, Duration) {
        let discord = quiet_discord().await;
        let state = tempfile::tempdir().expect("a folder");
        assert!(bot("register", &discord, state.path()).status().expect("it runs").success());
        let mut bare = floor("gateway", answer);
        bare.env("DISCORD_API_URL", discord.url()).env("DISCORD_TOKEN", discord.token());
        let started = Instant::now();
        let program = Running::start(&mut bare);
        discord.wait_for_ready().await.expect("it connects");
        let took = started.elapsed();
        (Line { discord, _program: program, _state: state }, took)
    }

    /// Asks one after the other; the times from the question sent to the callback received.
    async fn ask(&self, count: usize) -> Vec<Duration> {
        let draft = self.discord.person("Amina").command(PATH).option(OPTION.0, OPTION.1);
        let mut times = Vec::with_capacity(count);
        for _ in 0..count {
            let outcome = draft.run().await.expect("the command is there");
            let callbacks = outcome.callbacks();
            times.push(callbacks.first().expect("an answer").after);
        }
        times
    }
}

async fn quiet_discord() -> LocalDiscord {
    LocalDiscord::start(Options { history: 1_000, ..Options::default() }).await.expect("a port")
}

async fn gateway(table: &mut Table, rounds: usize) {
    let (ours, _) = Line::ours().await;
    let draft = ours.discord.person("Amina").command(PATH).option(OPTION.0, OPTION.1);
    let answer = draft.run().await.expect("the command is there").body().expect("an answer").clone();
    let (floor, _) = Line::floor(&answer).await;
    let questions = number("RCP_BENCH_QUESTIONS", 2_000);
    let mut figures: BTreeMap<&str, Vec<[f64; 2]>> = BTreeMap::new();
    for round in 0..=rounds {
        let mut pair = [[0.0; 2]; 2];
        for turn in 0..2 {
            let side = (turn + round) % 2;
            let mut times = [&ours, &floor][side].ask(questions).await;
            pair[side] = [percentile(&mut times, 0.5), percentile(&mut times, 0.99)];
        }
        if round > 0 {
            for (place, name) in ["p50", "p99"].into_iter().enumerate() {
                figures.entry(name).or_default().push([pair[0][place], pair[1][place]]);
            }
        }
    }
    pairs(table, "gateway round trip: p50", &figures["p50"], " µs", "≤ 1.05");
    pairs(table, "gateway round trip: p99", &figures["p99"], " µs", "–");
}

// --- The start -------------------------------------------------------------------------------------------------------

async fn starts(table: &mut Table, rounds: usize) {
    let (mut ready, mut pages, mut commands) = (Vec::new(), Vec::new(), Vec::new());
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    for _ in 0..rounds {
        let (_, ours) = Line::ours().await;
        let (_, floor) = Line::floor(&Value::Null).await;
        ready.push([millis(ours), millis(floor)]);
        let (page, command) = playground().await;
        pages.push(millis(page));
        commands.push(millis(command));
    }
    pairs(table, "start to READY", &ready, " ms", "< 100 ms");
    let row = |times: &[f64]| format!("{:.1} ms", median(times));
    table.row("playground: start to page", row(&pages), "–".into(), "–".into(), "< 200 ms");
    table.row("playground: start to the commands in it", row(&commands), "–".into(), "–".into(), "–");
}

/// From the start of the process until its page has been fetched, and until the page is told the bot's commands.
async fn playground() -> (Duration, Duration) {
    let client = reqwest::Client::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-bot"));
    command.args(["playground", "--no-open", "--data", concat!(env!("CARGO_MANIFEST_DIR"), "/data")]);
    let started = Instant::now();
    let mut program = Running::start(command.env_clear().stderr(Stdio::null()).stdout(Stdio::piped()));
    let mut told = String::new();
    let mut out = program.lines();
    let url = loop {
        told.clear();
        assert!(out.read_line(&mut told).expect("it is read") > 0, "the program tells its address");
        if let Some(url) = told.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")) {
            break url.to_owned();
        }
    };
    let page = client.get(&url).send().await.expect("it is there").text().await.expect("it is text");
    assert!(page.contains("</html>"));
    let page = started.elapsed();
    let events = url.replace("/_page/?", "/_page/api/events?person=0&place=guild&");
    let mut events = client.get(events).send().await.expect("it is there");
    let mut heard = String::new();
    while !heard.contains("\"name\":\"rcp\"") {
        let more = events.chunk().await.expect("the line holds").expect("it does not end");
        heard.push_str(&String::from_utf8_lossy(&more));
    }
    (page, started.elapsed())
}

// --- Memory ----------------------------------------------------------------------------------------------------------

async fn memory(table: &mut Table, long: usize) {
    let (line, _) = Line::ours().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let megabytes = |memory: f64| format!("{memory:.1} MiB");
    table.row("memory idle", megabytes(line._program.memory()), "–".into(), "–".into(), "< 20 MiB");
    burst(&line, 1_000).await;
    table.row("memory after a burst of 1,000", megabytes(line._program.memory()), "–".into(), "–".into(), "< 40 MiB");
    // Once more, so that what is allocated once is there.
    for _ in 0..10 {
        burst(&line, 1_000).await;
    }
    let before = line._program.memory();
    for _ in 0..long / 1_000 {
        burst(&line, 1_000).await;
    }
    let grown = line._program.memory() - before;
    let what = format!("memory grown by {long} interactions more");
    table.row(&what, megabytes(grown), "–".into(), "–".into(), "≤ 2 MiB per million");
}

/// Many questions at once, all answered.
async fn burst(line: &Line, count: usize) {
    let draft = line.discord.person("Amina").command(PATH).option(OPTION.0, OPTION.1);
    let pending: Vec<_> = (0..count).map(|_| draft.send().expect("the command is there")).collect();
    for one in pending {
        assert!(one.outcome().await.is_answered());
    }
}
