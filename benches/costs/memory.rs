//! The memory of a bot on the gateway: idle, after a burst, and whether it grows.

use std::time::Duration;

use super::programs::{Line, question};
use super::table::{Table, written};

/// How many questions are asked at once.
const BURST: usize = 1_000;

/// Measures it, with so many interactions in the end.
pub async fn measure(long: usize) -> Table {
    let mut table = Table::of_pairs();
    let (line, _) = Line::ours().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut row = |what: &str, memory: f64, wanted: &str| table.alone(what, format!("{memory:.1} MiB"), wanted);
    row("memory idle", line.program.memory(), "< 20 MiB");
    burst(&line).await;
    row("memory after a burst of 1,000", line.program.memory(), "< 40 MiB");
    // Some more, so that what is allocated once is there.
    for _ in 0..10 {
        burst(&line).await;
    }
    let before = line.program.memory();
    for _ in 0..long / BURST {
        burst(&line).await;
    }
    let what = format!("memory grown by {} interactions more", written(long as f64));
    row(&what, line.program.memory() - before, "≤ 2 MiB per million");
    table
}

/// Many questions at once, all answered.
async fn burst(line: &Line) {
    let draft = question(&line.discord);
    let pending: Vec<_> = (0..BURST).map(|_| draft.send().expect("the command is there")).collect();
    for one in pending {
        assert!(one.outcome().await.is_answered());
    }
}
