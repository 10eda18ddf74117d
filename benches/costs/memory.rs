//! The memory of a bot on the gateway: idle, at the peak of a start, after a burst, beside a bare bot's, and whether it grows.

use super::programs::{Line, SETTLED, question};
use super::table::{Table, written};

/// How many questions are asked at once.
const BURST: usize = 1_000;

/// Measures it, in so many pairs with a bare bot, and with so many interactions of ours in the end.
pub async fn measure(rounds: usize, long: usize) -> Table {
    let mut table = Table::of_pairs();
    let (mut idle, mut started, mut after, mut last) = (Vec::new(), Vec::new(), Vec::new(), None);
    for _ in 0..rounds.max(1) {
        let (ours, _) = Line::ours().await;
        tokio::time::sleep(SETTLED).await;
        let mut pair = [ours.program.memory(), 0.0];
        // What a bare bot is to answer, of another bot of ours, since this one has not been asked anything yet.
        let (asked, _) = Line::ours().await;
        let answered = question(&asked.discord).run().await.expect("the command is there");
        drop(asked);
        let (floor, _) = Line::floor(answered.body().expect("an answer")).await;
        tokio::time::sleep(SETTLED).await;
        pair[1] = floor.program.memory();
        idle.push(pair);
        started.push([&ours, &floor].map(|line| line.program.peak()));
        burst(&ours).await;
        burst(&floor).await;
        tokio::time::sleep(SETTLED).await;
        after.push([&ours, &floor].map(|line| line.program.memory()));
        last = Some(ours);
    }
    table.pairs("memory idle", &idle, " MiB", "≤ 1.3");
    table.pairs("memory at the peak of a start", &started, " MiB", "–");
    table.pairs("memory after a burst of 1,000", &after, " MiB", "≤ 1.4");
    let line = last.expect("at least one round");
    // Some more, so that what is allocated once is there.
    for _ in 0..10 {
        burst(&line).await;
    }
    let before = line.program.memory();
    for _ in 0..long / BURST {
        burst(&line).await;
    }
    let what = format!("memory grown by {} interactions more", written(long as f64));
    table.alone(&what, format!("{:.1} MiB", line.program.memory() - before), "≤ 2 MiB per million");
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
