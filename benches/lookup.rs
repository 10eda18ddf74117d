//! What finding, completing and searching cost, with the shipped catalogue's size and with 1,000 and 10,000 processes.
//!
//! The generated processes are named as real ones are: generic words in three languages around a name of their own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "what measures may panic: then it has failed"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rcp_bot::catalogue::{Catalogue, Language, Process};
use rcp_bot::lookup::{CitedNames, Entity, Filters, FullText, NameIndex, Questions};

#[path = "../tests/quick/lookup_support/mod.rs"]
mod lookup_support;

use lookup_support::{Chance, generated, shipped};

fn names(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lookup");
    for size in [40, 1_000, 10_000] {
        let catalogue: Catalogue = generated(size);
        let index = NameIndex::new(&catalogue);
        let sample: &Process = catalogue.processes.get(size / 2).expect("one of so many");
        let name = sample.name.fr.clone().unwrap_or_default();
        let mut letters: Vec<char> = name.chars().collect();
        let mut chance = Chance(1);
        for _ in 0..3 {
            let place = 1 + chance.below(letters.len() - 2);
            letters.swap(place, place + 1);
        }
        let mistyped: String = letters.iter().collect();
        let cut: String = name.chars().take(name.chars().count() * 2 / 3).collect();
        let long = name.repeat(40);
        for (what, query) in [
            ("empty", ""),
            ("one letter", "m"),
            ("two letters", "mi"),
            ("generic word", "dialogue sur la migration"),
            ("generic words", "migration dialogue regional process of the states"),
            ("acronym", "midsa"),
            ("name", name.as_str()),
            ("cut", cut.as_str()),
            ("mistyped", mistyped.as_str()),
            ("nothing", "zzyzx qwxj pfff"),
            ("long", long.as_str()),
        ] {
            group.bench_with_input(BenchmarkId::new(format!("complete {what}"), size), query, |bencher, query| {
                bencher.iter(|| index.complete(Entity::Process, black_box(query), Language::Fr, 25).len());
            });
        }
        group.bench_with_input(BenchmarkId::new("find mistyped", size), mistyped.as_str(), |bencher, query| {
            bencher.iter(|| index.find(Entity::Process, black_box(query), Language::Fr));
        });
        group.bench_with_input(BenchmarkId::new("find any", size), name.as_str(), |bencher, query| {
            bencher.iter(|| index.find_any(black_box(query), Language::Fr));
        });
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("build", size), &catalogue, |bencher, catalogue| {
            bencher.iter(|| NameIndex::new(catalogue));
        });
        group.sample_size(100);
    }
    group.finish();
}

/// What it costs to tell what a question asks for: at 10,000 processes at most a millisecond.
fn questions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("questions");
    let table = shipped().questions;
    for size in [40, 10_000] {
        let catalogue: Catalogue = generated(size);
        let (index, questions) = (NameIndex::new(&catalogue), Questions::new(&table));
        let name = catalogue.processes.get(size / 2).and_then(|one| one.name.fr.clone()).unwrap_or_default();
        for (what, text) in [
            ("named", format!("qui préside {name} en ce moment ?")),
            ("mistyped", "qui préside le procesus de Pragues".to_owned()),
            ("no question", "traite et trafic de migrants".to_owned()),
            ("long", "combien de membres ".repeat(300)),
        ] {
            group.bench_with_input(BenchmarkId::new(what, size), text.as_str(), |bencher, text| {
                bencher.iter(|| questions.understand(&index, &questions.read(&index, black_box(text))?, Language::Fr));
            });
        }
    }
    group.finish();
}

/// What it costs to tell what a message names: at 10,000 processes at most two milliseconds for 4,000 characters.
fn messages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("messages");
    for size in [0, 10_000] {
        let catalogue: Catalogue = if size == 0 { shipped() } else { generated(size) };
        let names = CitedNames::default();
        names.prepare(&catalogue);
        let some: Vec<&str> =
            catalogue.processes.iter().step_by(7).filter_map(|process| process.name.fr.as_deref()).collect();
        let upto = |text: String| -> String { text.chars().take(4_000).collect() };
        for (what, text) in [
            (
                "prose",
                upto("Les États membres du processus ont parlé de migration de main-d'œuvre et de retour. ".repeat(60)),
            ),
            ("names", upto(some.join(", ").repeat(20))),
            ("acronyms", upto("le CP, la CRM, l'OIM, le HCR, ADD et COMMIT pour les migrants ; ".repeat(80))),
        ] {
            group.bench_with_input(BenchmarkId::new(what, size), text.as_str(), |bencher, text| {
                bencher.iter(|| names.find(&catalogue, black_box(text)).len());
            });
        }
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("prepare", size), &catalogue, |bencher, catalogue| {
            bencher.iter(|| CitedNames::default().prepare(catalogue));
        });
        group.sample_size(100);
    }
    group.finish();
}

fn texts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fulltext");
    for size in [0, 10_000] {
        let catalogue = if size == 0 { shipped() } else { generated(size) };
        let index = FullText::default();
        index.prepare(&catalogue);
        for query in ["migration", "traite et trafic de migrants", "pizza margherita"] {
            group.bench_with_input(BenchmarkId::new(query, size), query, |bencher, query| {
                bencher
                    .iter(|| index.search(&catalogue, black_box(query), Language::Fr, Filters::default(), 0..10).total);
            });
        }
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("prepare", size), &catalogue, |bencher, catalogue| {
            bencher.iter(|| FullText::default().prepare(catalogue));
        });
        group.sample_size(100);
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(200))
        .measurement_time(std::time::Duration::from_millis(800))
        .without_plots();
    targets = names, questions, messages, texts
}
criterion_main!(benches);
