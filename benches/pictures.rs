//! What pictures cost: every map and every timeline of the shipped catalogue in three languages, each drawn as when it is
//! sent. It puts its tables into `benches/README.md`.
//!
//! With `PICTURES=DIR` in the environment they are written there, to be looked at; with `ONLY=mw-fr,mp-pidc-fr` (the view as
//! buttons carry it, with `-` for `:`, and the language) only those are drawn, and the tables are printed alone.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "what measures may panic: then it has failed"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use std::{env, fs};

use rcp_bot::catalogue::{Files, Language};
use rcp_bot::commands::{Reader, View, show};
use rcp_bot::memory;
use rcp_bot::reply::{Budget, Picture};
use rcp_bot::snapshot::{Origin, Snapshot};

#[path = "costs/table.rs"]
#[expect(dead_code, reason = "other benches need more of it")]
mod table;

use table::{Table, written};

/// Each picture is drawn so often, and its median is what it takes.
const TIMES: usize = 3;

const MIB: f64 = 1024.0 * 1024.0;

/// A picture that was drawn.
struct Cost {
    name: String,
    time: Duration,
    size: usize,
    /// By how many bytes memory grew at the most while it was drawn, where the system tells it.
    grown: Option<u64>,
}

fn main() {
    memory::share_heap();
    let today = jiff::civil::date(2026, 11, 28);
    let (snapshot, report) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today);
    let snapshot = snapshot.unwrap_or_else(|| panic!("{:?}", report.problems));
    let folder = env::var_os("PICTURES").map(std::path::PathBuf::from);
    let only = env::var("ONLY").ok();
    let mut costs: BTreeMap<&str, Vec<Cost>> = BTreeMap::new();
    memory::give_back();
    let before = memory::held();
    for (kind, name, mut picture) in pictures(&snapshot) {
        if only.as_ref().is_some_and(|only| !only.split(',').any(|one| one == name)) {
            continue;
        }
        let (grown, mut times) = (grown_while(|| drawn(&picture)), Vec::new());
        for _ in 0..TIMES {
            let start = Instant::now();
            drawn(&picture);
            times.push(start.elapsed());
        }
        times.sort();
        picture.draw().unwrap_or_else(|error| panic!("{name}: {error}"));
        let png = picture.file().expect("it is drawn").content;
        if let Some(folder) = &folder {
            fs::write(folder.join(format!("{name}.png")), &png).expect("the folder can be written to");
        }
        costs.entry(kind).or_default().push(Cost { name, time: times[TIMES / 2], size: png.len(), grown });
    }
    let after = memory::held();
    memory::give_back();
    let trimmed = memory::held();
    let all = table(&costs);
    let held = held(&costs, [before, after, trimmed]);
    if only.is_some() {
        all.print();
        held.print();
    } else {
        all.publish("pictures");
        held.publish("pictures-memory");
    }
}

/// Every picture, with its kind and a name. They are made one by one, as they are asked for.
fn pictures(snapshot: &Snapshot) -> impl Iterator<Item = (&'static str, String, Picture)> {
    let views = View::examples(&snapshot.catalogue).into_iter().filter(View::shows_picture);
    let all = views.flat_map(|view| Language::ALL.map(|language| (view.clone(), language)));
    all.filter_map(|(view, language)| {
        let today = jiff::civil::date(2026, 11, 28);
        let voice = snapshot.messages.voice(language);
        let reader = Reader { snapshot, voice, fixed: None, asker: 1, private: false, today, face: Budget::FACE };
        // Two sides that cannot be compared show nothing.
        let reply = show(&reader, &view).ok()?;
        let picture = reply.pictures().next().expect("the table says that it shows one").clone();
        let kind = match view {
            View::WorldMap {} => "map of the world",
            View::ProcessMap { .. } => "map of a process",
            View::RegionMap { .. } => "map of a region",
            View::CountryMap { .. } => "map of a country",
            View::TwoMap { .. } => "map of two processes",
            View::ProcessTimeline { .. } => "timeline of a process",
            _ => "other timelines",
        };
        Some((kind, format!("{}-{}", view.encode().replace(':', "-"), language.code()), picture))
    })
}

/// Draws a copy of a picture, which goes at once.
fn drawn(picture: &Picture) {
    picture.clone().draw().expect("it is drawn");
}

/// By how many bytes memory grew at the most while something was done.
fn grown_while(act: impl FnOnce()) -> Option<u64> {
    // From here on the system tells the peak anew. (proc(5), /proc/pid/clear_refs.)
    let cleared = fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = memory::held();
    act();
    let status = fs::read_to_string("/proc/self/status").ok().filter(|_| cleared)?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.map(|peak: u64| (peak * 1024).saturating_sub(before.unwrap_or_default()))
}

fn table(costs: &BTreeMap<&str, Vec<Cost>>) -> Table {
    let mut table = Table::new(&["pictures", "how many", "time: median", "longest", "size: median", "largest"]);
    let mut row = |kind: &str, costs: &[&Cost]| {
        let time = |cost: &Cost| format!("{:.1} ms", cost.time.as_secs_f64() * 1e3);
        let size = |cost: &Cost| written(cost.size as f64);
        let mut sorted = costs.to_vec();
        sorted.sort_by_key(|cost| cost.time);
        let (middle, slowest) = (sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
        let times = [time(middle), format!("{} ({})", time(slowest), slowest.name)];
        sorted.sort_by_key(|cost| cost.size);
        let (middle, largest) = (sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
        let sizes = [size(middle), format!("{} ({})", size(largest), largest.name)];
        table.row([kind.to_owned(), sorted.len().to_string()].into_iter().chain(times).chain(sizes));
    };
    costs.iter().for_each(|(kind, costs)| row(kind, &costs.iter().collect::<Vec<_>>()));
    row("**all**", &costs.values().flatten().collect::<Vec<_>>());
    let limits = ["*wanted*", "", "≤ 15 ms", "≤ 40 ms", "", "≤ 120,000 bytes"];
    table.row(limits.map(str::to_owned));
    table
}

/// What drawing takes of memory, and what of it is given back.
fn held(costs: &BTreeMap<&str, Vec<Cost>>, [before, after, trimmed]: [Option<u64>; 3]) -> Table {
    let mut table = Table::new(&["what", "memory", "wanted"]);
    let said = |bytes: Option<f64>| {
        bytes.map_or_else(|| "not told here".to_owned(), |bytes| format!("{:.1} MiB", bytes / MIB))
    };
    let count = costs.values().map(Vec::len).sum::<usize>() * (TIMES + 2);
    let most = costs.values().flatten().max_by_key(|cost| cost.grown);
    let name = most.map(|cost| cost.name.as_str()).unwrap_or_default();
    let grown = most.and_then(|cost| cost.grown).map(|bytes| bytes as f64);
    let more = |held: Option<u64>| Some(held? as f64 - before? as f64);
    for (what, memory, wanted) in [
        (format!("growth at the peak while one is drawn, the most of all ({name})"), grown, "≤ 8 MiB"),
        (format!("more held after {} drawings than before the first", written(count as f64)), more(after), "≤ 8 MiB"),
        ("the same after free memory was given back, as after a reload".to_owned(), more(trimmed), "≤ 1 MiB"),
    ] {
        table.row([what, said(memory), wanted.to_owned()]);
    }
    table
}
