//! What answering costs: every command, completing, and loading a catalogue, from the library.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "what measures may panic: then it has failed"
)]

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rcp_bot::catalogue::Files;
use rcp_bot::commands::{Languages, answer, autocomplete, parse};
use support::{LINES, TYPED, snapshot};

fn answering(criterion: &mut Criterion) {
    let snapshot = snapshot(&Files::built_in());
    let (languages, caller) = (Languages::default(), support::caller());
    let mut group = criterion.benchmark_group("answer");
    for line in LINES {
        let invocation = parse(line).expect("the line is a command");
        group.bench_function(line, |bencher| {
            bencher.iter(|| {
                let reply = answer(&snapshot, &languages, &caller, support::today(), black_box(&invocation));
                serde_json::to_vec(&reply.to_message()).expect("a reply is JSON")
            });
        });
    }
    group.finish();
}

fn autocompleting(criterion: &mut Criterion) {
    let (languages, caller) = (Languages::default(), support::caller());
    let mut group = criterion.benchmark_group("complete");
    for processes in [40, 1_000, 10_000] {
        let snapshot = snapshot(&support::files(processes));
        for typed in TYPED {
            let typing = support::typing(typed);
            group.bench_with_input(BenchmarkId::new(format!("{typed:?}"), processes), &typing, |bencher, typing| {
                bencher.iter(|| autocomplete(&snapshot, &languages, &caller, black_box(typing)));
            });
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

criterion_group!(benches, answering, autocompleting, loading);
criterion_main!(benches);
