//! What serving costs, each figure in a pair with its floor in one run: the endpoint against a bare axum handler, the
//! gateway and the start against a bare serenity bot, answering, completing and loading at four sizes of catalogue
//! against the least that could be done; memory, and the program's size.
//!
//! `cargo bench --bench costs` measures everything and puts its tables into `benches/README.md`. The names of parts
//! (`cargo bench --bench costs -- endpoint memory`) measure those alone. Rounds of the two sides alternate, and the
//! figure is the median of the pairs' ratios, so that other work on the machine strikes both alike.
//! `RCP_BENCH_ROUNDS` (10), `RCP_BENCH_REQUESTS` (4000), `RCP_BENCH_QUESTIONS` (2000), `RCP_BENCH_LONG` (1000000) and
//! `RCP_BENCH_SIZES` (40,1000,10000,100000) change how much is measured.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "what measures may panic: then it has failed"
)]

mod crowd;
mod curves;
mod endpoint;
mod gateway;
mod memory;
mod programs;
mod start;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::env;

use programs::ROLE;
use table::Table;

/// The parts, in the order of the tables.
const PARTS: [&str; 7] = ["endpoint", "gateway", "crowd", "start", "memory", "size", "curves"];

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match env::var(ROLE).as_deref() {
        Ok("endpoint") => return runtime.block_on(endpoint::floor(endpoint::Verifying::WithSerenity)),
        Ok("endpoint-as-ours") => return runtime.block_on(endpoint::floor(endpoint::Verifying::AsWeDo)),
        Ok("gateway") => return runtime.block_on(gateway::floor()),
        _ => {}
    }
    // Cargo adds an option of its own.
    let named: Vec<String> = env::args().skip(1).filter(|part| !part.starts_with('-')).collect();
    if let Some(unknown) = named.iter().find(|name| !PARTS.contains(&name.as_str())) {
        panic!("{unknown} is no part; the parts are {}", PARTS.join(", "));
    }
    for part in PARTS.into_iter().filter(|part| named.is_empty() || named.iter().any(|name| name == part)) {
        let table = match part {
            "endpoint" => runtime.block_on(endpoint::measure(number("RCP_BENCH_ROUNDS", 10))),
            "gateway" => runtime.block_on(gateway::measure(number("RCP_BENCH_ROUNDS", 10))),
            "crowd" => runtime.block_on(crowd::measure(number("RCP_BENCH_ROUNDS", 3))),
            "start" => runtime.block_on(start::measure(number("RCP_BENCH_ROUNDS", 10))),
            "memory" => {
                runtime.block_on(memory::measure(number("RCP_BENCH_ROUNDS", 3), number("RCP_BENCH_LONG", 1_000_000)))
            }
            "size" => size(),
            _ => {
                curves::measure(&sizes(), &runtime, |table| table.publish(part));
                continue;
            }
        };
        table.publish(part);
    }
}

/// A number from the environment.
fn number(name: &str, default: usize) -> usize {
    env::var(name).ok().map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

fn sizes() -> Vec<usize> {
    let sizes = env::var("RCP_BENCH_SIZES").unwrap_or_else(|_| "40,1000,10000,100000".to_owned());
    sizes.split(',').map(|size| size.trim().parse().expect("RCP_BENCH_SIZES is a list of numbers")).collect()
}

/// How large the program is.
fn size() -> Table {
    let program = std::fs::metadata(programs::BOT).expect("the program");
    let mut table = Table::new(&["what", "size"]);
    table.row([
        "the program, with the shipped catalogue and the playground".to_owned(),
        format!("{:.1} MiB", program.len() as f64 / 1_048_576.0),
    ]);
    table
}
