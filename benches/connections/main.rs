//! What answering costs where Discord is far away and behind a front: TLS 1.3, HTTP/2, connections that the front ends or
//! that die in silence. Our client of the REST API in pairs with that of a bare serenity bot, which reqwest makes: each in a
//! process of its own, over a path with a round trip of its own (`local_discord::DelayingPath`, which tells what it models).
//!
//! `cargo bench --bench connections` measures everything and puts its table into `benches/README.md`; with names of parts
//! (`cargo bench --bench connections -- quiet crowd`) it only prints them. Where nginx or haproxy is installed, some of it is
//! measured over that too. `RCP_BENCH_ROUNDS` (5) changes how often.
//!
//! Discord's idle limit is some minutes; here it is two seconds, and warming is as much faster.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "what measures may panic: then it has failed"
)]

mod client;
mod fronts;
#[expect(dead_code, reason = "shared with benches/costs")]
#[path = "../costs/table.rs"]
mod table;

use std::env;
use std::time::Duration;

use client::{Client, SIDES};
use fronts::Fronted;
use local_discord::{Farewell, FrontOptions};
use table::Table;

/// The parts, in the order of the table.
const PARTS: [&str; 5] = ["quiet", "crowd", "farewell", "silence", "real"];

/// After how much quiet the fronts here end a connection.
const IDLE_LIMIT: Duration = Duration::from_secs(2);

/// How long nobody asks: longer than any front waits.
const QUIET: Duration = Duration::from_secs(5);

/// How long Discord takes for an answer in a crowd.
const TAKES: Duration = Duration::from_millis(20);

/// How long a first response may take, in milliseconds.
const LIMIT: f64 = 3_000.0;

fn main() {
    let role = env::var(client::ROLE);
    if role.as_deref() == Ok(SIDES[0]) {
        // As the program does before anything else.
        rcp_bot::memory::share_heap();
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if let Ok(role) = role {
        return runtime.block_on(client::serve(&role));
    }
    let rounds = env::var("RCP_BENCH_ROUNDS").ok().map_or(5, |rounds| rounds.parse().expect("a number"));
    // Cargo adds an option of its own.
    let named: Vec<String> = env::args().skip(1).filter(|part| !part.starts_with('-')).collect();
    if let Some(unknown) = named.iter().find(|name| !PARTS.contains(&name.as_str())) {
        panic!("{unknown} is no part; the parts are {}", PARTS.join(", "));
    }
    let mut table = Table::of_pairs();
    for part in PARTS.into_iter().filter(|part| named.is_empty() || named.iter().any(|name| name == part)) {
        match part {
            "quiet" => runtime.block_on(quiet(rounds, &mut table)),
            "crowd" => runtime.block_on(crowds(rounds, &mut table)),
            "farewell" => runtime.block_on(farewells(&mut table)),
            "silence" => runtime.block_on(silence(rounds, &mut table)),
            _ => runtime.block_on(real(rounds, &mut table)),
        }
    }
    if named.is_empty() { table.publish("connections") } else { table.print() }
}

fn round_trip(milliseconds: u64) -> FrontOptions {
    FrontOptions { round_trip: Duration::from_millis(milliseconds), ..FrontOptions::default() }
}

/// The first question after a quiet while.
async fn quiet(rounds: usize, table: &mut Table) {
    let options = FrontOptions { idle_limit: Some(IDLE_LIMIT), ..round_trip(50) };
    let mut pairs = Vec::new();
    for _ in 0..rounds {
        pairs.push(after_quiet(&Fronted::own(options.clone()).await).await);
    }
    table.pairs("50 ms, the first after a quiet while", &pairs, " ms", "≤ 0.4");
}

async fn after_quiet(fronted: &Fronted) -> [f64; 2] {
    let mut pair = [0.0; 2];
    for side in [0, 1] {
        let mut client = Client::start(SIDES[side], fronted);
        client.ask(fronted, 1, false).await;
        tokio::time::sleep(QUIET).await;
        let answers = client.ask(fronted, 1, false).await;
        assert!(answers.iter().all(Option::is_some), "it is answered: {}", SIDES[side]);
        pair[side] = slowest(&answers, 1.0);
    }
    pair
}

/// Many at once, after one question.
async fn crowds(rounds: usize, table: &mut Table) {
    for (milliseconds, people, most) in [(50, 20, "≤ 0.6"), (50, 200, "≤ 1"), (5, 20, "–"), (5, 200, "≤ 0.6")] {
        let (mut middle, mut last, mut memory) = (Vec::new(), Vec::new(), Vec::new());
        let (mut opened, mut before) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let crowd = crowd(|| Fronted::own(round_trip(milliseconds)), people, TAKES).await;
            middle.push(crowd.map(|one| one.middle));
            last.push(crowd.map(|one| one.last));
            memory.push(crowd.map(|one| one.memory));
            before.push(crowd.map(|one| one.before));
            opened.push(crowd.map(|one| one.opened));
        }
        let what = format!("{milliseconds} ms, {people} at once");
        table.pairs(&format!("{what}: p50"), &middle, " ms", most);
        table.pairs(&format!("{what}: p99"), &last, " ms", most);
        table.pairs(&format!("{what}: connections opened"), &opened, "", "≤ 16 of ours");
        if people == 200 {
            table.pairs(&format!("{what}: memory before"), &before, " MiB", "–");
            table.pairs(&format!("{what}: memory at the peak"), &memory, " MiB", "≤ 0.7");
        }
    }
    thousands(rounds, table).await;
}

/// A thousand at once while Discord takes its time, as `costs crowd` asks over plain HTTP/1.1, where no connection can be
/// shared.
async fn thousands(rounds: usize, table: &mut Table) {
    for (takes, stalled, most) in
        [(200, 0, "≤ 0.8"), (500, 0, "≤ 0.8"), (1_000, 0, "≤ 1"), (2_500, 0, "≤ 1"), (200, 100, "≤ 1")]
    {
        let front = || async move {
            let fronted = Fronted::own(round_trip(5)).await;
            fronted.stall_each_tenth(stalled);
            fronted
        };
        let (mut answered, mut memory) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let crowd = crowd(front, 1_000, Duration::from_millis(takes)).await;
            answered.push(crowd.map(|one| one.answered));
            memory.push(crowd.map(|one| one.memory));
        }
        let what = match stalled {
            0 => format!("5 ms, 1,000 at once, callbacks of {takes} ms"),
            _ => "5 ms, 1,000 at once, one callback in ten stalled for ever".to_owned(),
        };
        table.pairs(&format!("{what}: answered"), &answered, "", "≥ 1");
        table.pairs(&format!("{what}: memory at the peak"), &memory, " MiB", most);
    }
}

#[derive(Clone, Copy, Default)]
struct Crowd {
    middle: f64,
    last: f64,
    before: f64,
    memory: f64,
    opened: f64,
    answered: f64,
}

async fn crowd<F: Future<Output = Fronted>>(front: impl Fn() -> F, people: usize, takes: Duration) -> [Crowd; 2] {
    let mut pair = [Crowd::default(); 2];
    for side in [0, 1] {
        let fronted = front().await;
        let mut client = Client::start(SIDES[side], &fronted);
        client.ask(&fronted, 1, false).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        fronted.slow(takes);
        let before = client.memory();
        let answers = client.ask(&fronted, people, false).await;
        let answered = answers.iter().flatten().count() as f64;
        // What is not answered in time has taken all of it.
        let answers: Vec<_> = answers.into_iter().map(|answer| answer.or(Some(LIMIT))).collect();
        pair[side] = Crowd {
            middle: slowest(&answers, 0.5),
            last: slowest(&answers, 0.99),
            before,
            memory: client.peak(),
            opened: fronted.opened() as f64,
            answered,
        };
    }
    pair
}

/// Questions that meet a front's farewell: it ends connections after so many requests, and those that are idle for a moment.
async fn farewells(table: &mut Table) {
    for (http2, name) in [(true, "HTTP/2"), (false, "HTTP/1.1")] {
        for picture in [false, true] {
            let options = FrontOptions {
                http2,
                idle_limit: Some(Duration::from_millis(40)),
                most_requests: Some(17),
                farewell: Farewell::Polite,
                ..round_trip(10)
            };
            let mut pair = [0.0; 2];
            for side in [0, 1] {
                let fronted = Fronted::own(options.clone()).await;
                let mut client = Client::start(SIDES[side], &fronted);
                for round in 0..100 {
                    let answers = client.ask(&fronted, 5, picture).await;
                    pair[side] += answers.iter().filter(|answer| answer.is_none()).count() as f64;
                    tokio::time::sleep(Duration::from_millis(20 + round % 30)).await;
                }
            }
            let with = if picture { " with a picture" } else { "" };
            let [ours, floor] = pair.map(|lost| format!("{lost:.0}"));
            table.row([
                format!("{name}, farewells: lost of 500{with}"),
                ours,
                floor,
                "–".to_owned(),
                "0 of ours".to_owned(),
            ]);
        }
    }
}

/// Questions after all connections died in silence.
async fn silence(rounds: usize, table: &mut Table) {
    for (http2, name) in [(true, "HTTP/2"), (false, "HTTP/1.1")] {
        let (mut lost, mut last) = ([0; 2], [0.0_f64; 2]);
        for _ in 0..rounds {
            for side in [0, 1] {
                let fronted = Fronted::own(FrontOptions { http2, ..round_trip(50) }).await;
                let mut client = Client::start(SIDES[side], &fronted);
                client.ask(&fronted, 2, false).await;
                tokio::time::sleep(Duration::from_millis(700)).await;
                fronted.fall_silent();
                let answers = client.ask(&fronted, 2, false).await;
                lost[side] += answers.iter().filter(|answer| answer.is_none()).count();
                last[side] = last[side].max(slowest(&answers, 1.0));
            }
        }
        let of = 2 * rounds;
        table.row([
            format!("{name}, 50 ms, after a silent death: lost of {of}"),
            lost[0].to_string(),
            lost[1].to_string(),
            "–".to_owned(),
            "0 of ours".to_owned(),
        ]);
        table.row([
            format!("{name}, 50 ms, after a silent death: the slowest answer"),
            format!("{:.0} ms", last[0]),
            if lost[1] == of { "none".to_owned() } else { format!("{:.0} ms", last[1]) },
            "–".to_owned(),
            "≤ 1,500 ms".to_owned(),
        ]);
    }
}

/// The same before servers that are none of ours, where they are installed.
async fn real(rounds: usize, table: &mut Table) {
    for server in fronts::SERVERS {
        if !fronts::is_installed(server) {
            println!("{server} is not installed: left out");
            continue;
        }
        let path = Duration::from_millis(50);
        let mut pairs = Vec::new();
        for _ in 0..rounds {
            pairs.push(after_quiet(&Fronted::real(server, path).await).await);
        }
        table.pairs(&format!("{server}, 50 ms, the first after a quiet while"), &pairs, " ms", "≤ 0.4");
        for (people, most) in [(20, "≤ 0.6"), (200, "≤ 1")] {
            let (mut middle, mut last) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                let crowd = crowd(|| Fronted::real(server, path), people, TAKES).await;
                middle.push(crowd.map(|one| one.middle));
                last.push(crowd.map(|one| one.last));
            }
            table.pairs(&format!("{server}, 50 ms, {people} at once: p50"), &middle, " ms", most);
            table.pairs(&format!("{server}, 50 ms, {people} at once: p99"), &last, " ms", most);
        }
    }
}

/// The time within which a part of those that came had come, in milliseconds; 0 if none came.
fn slowest(answers: &[Option<f64>], part: f64) -> f64 {
    let mut times: Vec<f64> = answers.iter().flatten().copied().collect();
    times.sort_by(f64::total_cmp);
    times.get(((times.len().saturating_sub(1)) as f64 * part) as usize).copied().unwrap_or_default()
}
