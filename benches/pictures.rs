//! What pictures cost: every map of every process, region and country in three languages, from the library. With
//! `PICTURES=DIR` in the environment they are written there, to be looked at; with `ONLY=world-world-fr,process-pidc-fr` only
//! those are drawn.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "what measures may panic: then it has failed"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use std::{env, fs};

use rcp_bot::catalogue::{Files, Language};
use rcp_bot::picture::Map;
use rcp_bot::snapshot::{Origin, Snapshot};

/// Each map is drawn so often, and its median is what it takes.
const TIMES: usize = 3;

fn main() {
    let today = jiff::civil::date(2026, 11, 28);
    let (snapshot, report) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today);
    let snapshot = snapshot.unwrap_or_else(|| panic!("{:?}", report.problems));
    let folder = env::var_os("PICTURES").map(std::path::PathBuf::from);
    let mut costs: BTreeMap<&str, Vec<(Duration, usize, String)>> = BTreeMap::new();
    let only = env::var("ONLY").ok();
    for (kind, name, map) in Language::ALL.into_iter().flat_map(|language| maps(&snapshot, language)) {
        if only.as_ref().is_some_and(|only| !only.split(',').any(|one| one == format!("{kind}-{name}"))) {
            continue;
        }
        let mut times = Vec::new();
        let mut png = Vec::new();
        for _ in 0..TIMES {
            let start = Instant::now();
            png = map.draw().expect("it is drawn").png;
            times.push(start.elapsed());
        }
        times.sort();
        costs.entry(kind).or_default().push((times[TIMES / 2], png.len(), name.clone()));
        if let Some(folder) = &folder {
            fs::write(folder.join(format!("{kind}-{name}.png")), &png).expect("the folder can be written to");
        }
    }
    println!(
        "| pictures | how many | median | longest | | median size | largest | |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    );
    for (kind, mut costs) in costs {
        let count = costs.len();
        let (slowest, largest) = (
            costs.iter().max_by_key(|(time, ..)| *time).expect("one").clone(),
            costs.iter().max_by_key(|(_, size, _)| *size).expect("one").clone(),
        );
        costs.sort_by_key(|(_, size, _)| *size);
        let size = costs[count / 2].1;
        costs.sort();
        println!(
            "| {kind} | {count} | {:.1} ms | {:.1} ms | {} | {size} | {} | {} |",
            costs[count / 2].0.as_secs_f64() * 1e3,
            slowest.0.as_secs_f64() * 1e3,
            slowest.2,
            largest.1,
            largest.2,
        );
    }
}

/// Every map in a language, with its kind and a name.
fn maps(snapshot: &Snapshot, language: Language) -> Vec<(&'static str, String, Map)> {
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
    let named = |name: &str| format!("{name}-{}", language.code());
    let mut maps = vec![("world", named("world"), Map::of_world(catalogue, voice))];
    maps.extend(catalogue.regions.iter().map(|one| ("region", named(&one.id), Map::of_region(catalogue, voice, one))));
    let processes = catalogue.processes.iter();
    maps.extend(processes.clone().map(|one| ("process", named(&one.id), Map::of_process(catalogue, voice, one))));
    let countries = catalogue.countries.iter();
    maps.extend(countries.map(|one| ("country", named(&one.code), Map::of_country(catalogue, voice, one))));
    let pairs = processes.clone().zip(processes.skip(1));
    maps.extend(pairs.map(|(one, other)| {
        ("two", named(&format!("{}-{}", one.id, other.id)), Map::of_two(catalogue, voice, one, other))
    }));
    maps
}
