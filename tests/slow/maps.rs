//! Every map: of each process, region and country, in three languages.

use std::sync::Mutex;
use std::thread;

use rcp_bot::catalogue::{Files, Language};
use rcp_bot::picture::Map;
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::maps::{self, Named};

#[test]
fn every_map_is_small_and_shows_who_takes_part() {
    let today = jiff::civil::date(2026, 11, 28);
    let (snapshot, _) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today);
    let snapshot = snapshot.expect("the shipped catalogue");
    let catalogue = &snapshot.catalogue;
    let mut maps: Vec<Named> = Vec::new();
    for language in Language::ALL {
        maps.push(maps::of_world(&snapshot, language));
        maps.extend(catalogue.regions.iter().map(|one| maps::of_region(&snapshot, language, &one.id)));
        maps.extend(catalogue.processes.iter().map(|one| maps::of_process(&snapshot, language, one)));
        maps.extend(catalogue.countries.iter().map(|one| maps::of_country(&snapshot, language, &one.code)));
    }
    let left = Mutex::new(maps.iter());
    let faults = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(named) = left.lock().expect("nobody panics").next() else { break };
                    let found = maps::faults(named);
                    faults.lock().expect("nobody panics").extend(found);
                }
            });
        }
    });
    assert_eq!(faults.into_inner().expect("nobody panics"), Vec::<String>::new());
    assert!(maps.len() >= 3 * (1 + 6 + 40 + 250), "{}", maps.len());
}

#[test]
fn every_two_processes_can_be_shown_at_once() {
    let today = jiff::civil::date(2026, 11, 28);
    let (snapshot, _) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today);
    let snapshot = snapshot.expect("the shipped catalogue");
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(Language::En));
    for (one, other) in catalogue.processes.iter().zip(catalogue.processes.iter().skip(1)) {
        let map = Map::of_two(catalogue, voice, one, other);
        let png = map.draw().unwrap_or_else(|error| panic!("{} and {}: {error}", one.id, other.id)).png;
        assert!(png.len() <= 120_000 && !map.summary().is_empty(), "{} and {}", one.id, other.id);
    }
}
