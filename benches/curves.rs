//! How cost grows with the catalogue: answering, completing, loading and reloading at 40, 1,000, 10,000 and 100,000
//! processes.
//!
//! `cargo bench --bench curves` prints a table in the form of `benches/README.md`. Each figure is the median of many
//! runs, answers being made anew each time: none of them comes from those that are kept. `RCP_BENCH_SIZES` ("40,1000")
//! names other sizes. The largest takes about 6 GiB of memory and a minute.

mod support;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use rcp_bot::catalogue::Files;
use rcp_bot::commands::{Caller, Completing, Languages, answer, complete, parse};
use rcp_bot::moderation::{Actor, start};
use rcp_bot::settings::{Settings, StateFolder};
use rcp_bot::snapshot::{Origin, Snapshot};

/// What is answered: each kind of answer, and the same found with typing errors.
const LINES: [&str; 12] = [
    "/rcp region Amériques",
    "/rcp info Processus de Prague",
    "/rcp info procesus de prage",
    "/rcp pays Kenya",
    "/rcp secretariats",
    "/rcp secretariats HCR",
    "/rcp oim",
    "/rcp reunions",
    "/rcp reunions 2019",
    "/rcp recherche traite des êtres humains",
    "/rcp glossaire PCR",
    "/rcp apropos",
];

/// What is being typed.
const TYPED: [&str; 4] = ["", "pra", "processus de prage", "migration"];

/// For how long one figure is measured, at most, and how many times.
const EACH: (Duration, usize) = (Duration::from_secs(2), 2_000);

fn today() -> Date {
    date(2026, 11, 24)
}

fn main() {
    let sizes = env::var("RCP_BENCH_SIZES").unwrap_or_else(|_| "40,1000,10000,100000".to_owned());
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.trim().parse().expect("a number")).collect();
    let columns: Vec<Vec<(String, Duration)>> = sizes.iter().map(|&size| column(size)).collect();
    let heads: Vec<String> = sizes.iter().map(|size| format!("{size} processes")).collect();
    println!("| what | {} |\n| --- |{}", heads.join(" | "), " ---: |".repeat(sizes.len()));
    for (row, (what, _)) in columns.first().into_iter().flatten().enumerate() {
        let cells: Vec<String> = columns.iter().map(|column| written(column[row].1)).collect();
        println!("| {what} | {} |", cells.join(" | "));
    }
}

fn written(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..10_000 => format!("{micros} µs"),
        micros => format!("{} ms", micros / 1_000),
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let (most, times) = EACH;
    let begun = Instant::now();
    let mut taken = Vec::new();
    while taken.len() < 3 || (taken.len() < times && begun.elapsed() < most) {
        let started = Instant::now();
        run();
        taken.push(started.elapsed());
    }
    taken.sort();
    taken[taken.len() / 2]
}

fn snapshot(files: &Files) -> Snapshot {
    let (snapshot, report) = Snapshot::build(files, Origin::BuiltIn, today());
    snapshot.unwrap_or_else(|| panic!("the catalogue has errors: {:?}", report.errors().next()))
}

/// All figures for one size.
fn column(size: usize) -> Vec<(String, Duration)> {
    let files = support::files(size);
    let mut figures = Vec::new();
    let served = snapshot(&files);
    assert_eq!(served.catalogue.processes.len(), size, "as many as were asked for");
    served.warm();
    let (languages, caller) = (Languages::default(), Caller { locale: Some("fr".to_owned()), ..Caller::default() });
    for line in LINES {
        let invocation = parse(line).expect("the line is a command");
        let time = median(|| {
            let reply = answer(&served, &languages, &caller, black_box(&invocation));
            black_box(serde_json::to_vec(&reply.to_message()).expect("a reply is JSON"));
        });
        figures.push((format!("`{line}`"), time));
    }
    for typed in TYPED {
        let (command, option) = ("info".to_owned(), "processus".to_owned());
        let completing = Completing { command, option, typed: typed.to_owned() };
        let time = median(|| drop(black_box(complete(&served, &languages, &caller, black_box(&completing)))));
        figures.push((format!("completing {typed:?}"), time));
    }
    drop(served);
    figures.push(("loading, checking and indexing".to_owned(), median(|| drop(black_box(snapshot(&files))))));
    figures.push(("reloading, from the folder to what is served".to_owned(), reloading(&files)));
    figures
}

/// How long a reload takes from a folder in which one text has changed.
fn reloading(files: &Files) -> Duration {
    let place = tempfile::tempdir().expect("a folder");
    let data = place.path().join("data");
    for (path, bytes) in &files.0 {
        let path = data.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let mut settings = Settings::default();
    settings.catalogue.data = Some(data.clone());
    settings.state = StateFolder(place.path().join("state"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let keeper = runtime.block_on(start(&settings, today, None)).expect("the catalogue is good");
    let mut times: Vec<Duration> = (0..3)
        .map(|round| {
            change(&data.join("messages/en.ftl"), round);
            let started = Instant::now();
            let changed = runtime.block_on(keeper.reload(&Actor::Watch));
            assert!(changed.is_ok(), "the change is served");
            started.elapsed()
        })
        .collect();
    times.sort();
    times[1]
}

fn change(path: &Path, round: usize) {
    let text = fs::read_to_string(path).expect("a text");
    let changed = text.lines().map(|line| match line.split_once(" = ") {
        Some(("press-foreign", _)) => format!("press-foreign = Words number {round}"),
        _ => line.to_owned(),
    });
    fs::write(path, changed.collect::<Vec<_>>().join("\n") + "\n").expect("a file");
}
