//! What answering costs: every command, completing, and loading a catalogue, from the library.

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use rcp_bot::catalogue::Files;
use rcp_bot::commands::{Caller, Completing, Languages, answer, complete, parse};
use rcp_bot::snapshot::{Origin, Snapshot};

fn snapshot(files: &Files) -> Snapshot {
    let (snapshot, report) = Snapshot::build(files, Origin::BuiltIn, date(2026, 11, 24));
    snapshot.unwrap_or_else(|| panic!("the catalogue has errors: {:?}", report.errors().next()))
}

fn answering(criterion: &mut Criterion) {
    let snapshot = snapshot(&Files::built_in());
    let (languages, caller) = (Languages::default(), Caller { locale: Some("fr".to_owned()), ..Caller::default() });
    let mut group = criterion.benchmark_group("answer");
    for line in [
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
    ] {
        let invocation = parse(line).expect("the line is a command");
        group.bench_function(line, |bencher| {
            bencher.iter(|| {
                let reply = answer(&snapshot, &languages, &caller, black_box(&invocation));
                serde_json::to_vec(&reply.to_message()).expect("a reply is JSON")
            });
        });
    }
    group.finish();
}

fn completing(criterion: &mut Criterion) {
    let (languages, caller) = (Languages::default(), Caller { locale: Some("fr".to_owned()), ..Caller::default() });
    let mut group = criterion.benchmark_group("complete");
    for processes in [40, 1_000, 10_000] {
        let snapshot = snapshot(&support::files(processes));
        for typed in ["", "pra", "processus de prage", "migration"] {
            let completing =
                Completing { command: "info".to_owned(), option: "processus".to_owned(), typed: typed.to_owned() };
            group.bench_with_input(
                BenchmarkId::new(format!("{typed:?}"), processes),
                &completing,
                |bencher, completing| {
                    bencher.iter(|| complete(&snapshot, &languages, &caller, black_box(completing)));
                },
            );
        }
    }
    group.finish();
}

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load, check and index");
    group.sample_size(10);
    for processes in [0, 1_000, 10_000] {
        let files = support::files(processes);
        let name = if processes == 0 { "shipped".to_owned() } else { processes.to_string() };
        group.bench_function(name, |bencher| bencher.iter(|| snapshot(black_box(&files))));
    }
    group.finish();
}

criterion_group!(benches, answering, completing, loading);
criterion_main!(benches);
