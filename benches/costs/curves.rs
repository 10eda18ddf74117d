//! How cost grows with the catalogue: answering, completing, loading and reloading.
//!
//! Each figure is the median of many runs, each in turn with one of its floor: the least that could be done. Answers are
//! made anew each time: none of them comes from those that are kept.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rcp_bot::catalogue::{Files, Language};
use rcp_bot::commands::{Languages, answer, autocomplete, parse};
use rcp_bot::publishing::{Actor, reload, start};
use rcp_bot::settings::{Settings, StateFolder};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::support::{self, LINES, TYPED, snapshot, today};
use super::table::{Table, median, written};

/// For how long one figure is measured, at most, and how many times.
const EACH: (Duration, usize) = (Duration::from_secs(2), 2_000);

/// How often the catalogue is reloaded.
const RELOADS: usize = 3;

/// A figure and its floor, in microseconds.
type Pair = [f64; 2];

/// Measures catalogues of these sizes; after each, the table so far.
pub fn measure(sizes: &[usize], runtime: &Runtime, so_far: impl Fn(Table)) {
    let mut columns = Vec::new();
    for (place, &size) in sizes.iter().enumerate() {
        columns.push(column(size, runtime));
        so_far(table(&sizes[..=place], &columns));
    }
}

fn table(sizes: &[usize], columns: &[Vec<(String, Pair)>]) -> Table {
    let heads = sizes.iter().map(|size| format!("{} processes", written(*size as f64).trim_end_matches(".0")));
    let mut table = Table::new(&["what (floor)".to_owned()].into_iter().chain(heads).collect::<Vec<_>>());
    for (row, (what, _)) in columns.first().into_iter().flatten().enumerate() {
        let cells = columns.iter().map(|column| {
            let [ours, floor] = column[row].1.map(time);
            format!("{ours} ({floor})")
        });
        table.row([what.clone()].into_iter().chain(cells));
    }
    table
}

fn time(micros: f64) -> String {
    if micros < 10_000.0 { format!("{} µs", written(micros)) } else { format!("{} ms", written(micros / 1e3)) }
}

/// The medians of two sides, run in turn.
fn pair(mut ours: impl FnMut(), mut floor: impl FnMut()) -> Pair {
    let (most, times) = EACH;
    let begun = Instant::now();
    let mut taken = [Vec::new(), Vec::new()];
    let timed = |run: &mut dyn FnMut()| {
        let started = Instant::now();
        run();
        started.elapsed().as_secs_f64() * 1e6
    };
    while taken[0].len() < 3 || (taken[0].len() < times && begun.elapsed() < most) {
        taken[0].push(timed(&mut ours));
        taken[1].push(timed(&mut floor));
    }
    taken.map(median)
}

/// All figures for one size.
fn column(size: usize, runtime: &Runtime) -> Vec<(String, Pair)> {
    let files = support::files(size);
    let mut figures = Vec::new();
    let served = snapshot(&files);
    assert_eq!(served.catalogue.processes.len(), size, "as many as were asked for");
    served.warm();
    let (languages, caller) = (Languages::default(), support::caller());
    for line in LINES {
        let invocation = parse(line).expect("the line is a command");
        let make = || answer(&served, &languages, &caller, today(), black_box(&invocation)).to_message();
        let write = |reply: &_| serde_json::to_vec(reply).expect("a reply is JSON");
        let constant: Value = serde_json::from_slice(&write(&make())).expect("JSON");
        let constant_written = || serde_json::to_vec(black_box(&constant)).expect("it is JSON");
        let figure = pair(|| drop(black_box(write(&make()))), || drop(black_box(constant_written())));
        figures.push((format!("`{line}` (a constant of the same size written as JSON)"), figure));
    }
    let names: Vec<String> = served
        .catalogue
        .processes
        .iter()
        .flat_map(|process| Language::ALL.map(|language| process.name.get(language).to_lowercase()))
        .collect();
    for typed in TYPED {
        let typing = support::typing(typed);
        let ours = || drop(black_box(autocomplete(&served, &languages, &caller, black_box(&typing))));
        let floor = || {
            black_box(names.iter().filter(|name| name.contains(black_box(typed))).count());
        };
        figures.push((format!("completing `{typed}` (looking for it in every name)"), pair(ours, floor)));
    }
    drop(served);
    let parse_all = || {
        for (path, bytes) in files.0.iter().filter(|(path, _)| path.ends_with(".toml")) {
            let text = std::str::from_utf8(bytes).expect("a data file is text");
            black_box(text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{path}: {error}")));
        }
    };
    let loading = pair(|| drop(black_box(snapshot(&files))), parse_all);
    figures.push(("loading, checking and indexing (parsing the TOML)".to_owned(), loading));
    let what = "reloading a folder of which one process has changed (parsing the TOML)".to_owned();
    figures.push((what, [reloading(&files, runtime), loading[1]]));
    figures
}

/// How long a reload takes from a folder in which the names of one process have changed, until it is served.
fn reloading(files: &Files, runtime: &Runtime) -> f64 {
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
    let publisher = runtime.block_on(start(&settings, today, None)).expect("the catalogue is good");
    let processes: Vec<&String> = files.0.keys().filter(|path| path.starts_with("processes/")).collect();
    let changing = data.join(processes[processes.len() / 2]);
    let times = (0..RELOADS).map(|round| {
        // As the program does behind a start and a reload, when nothing waits for it.
        publisher.live().snapshot().warm();
        change(&changing, round);
        let started = Instant::now();
        let changed = runtime.block_on(reload(&publisher, &Actor::Watch));
        assert!(changed.is_ok(), "the change is served");
        started.elapsed().as_secs_f64() * 1e6
    });
    median(times.collect())
}

fn change(path: &Path, round: usize) {
    let mut record: toml::Table = fs::read_to_string(path).expect("a text").parse().expect("a data file is TOML");
    record.insert("other_acronyms".to_owned(), vec![format!("ROUND {round}")].into());
    fs::write(path, record.to_string()).expect("a file");
}
