//! A thousand people ask at once and Discord takes its time: who is answered, with how many requests, and the most memory
//! that is held from the first question to the last answer. (What a start holds at its peak is among the figures of memory.)

use std::time::Duration;

use local_discord::{Fault, Pending, RestFault};

use super::programs::{Line, SETTLED, question};
use super::table::Table;

/// How many ask at once.
const CROWD: usize = 1_000;

/// Measures so many pairs of rounds in each weather; both programs are started anew for each.
pub async fn measure(rounds: usize) -> Table {
    let all = |kind: RestFault| Fault::new(kind).on("POST", "/interactions/*/*/callback").times(usize::MAX);
    let slow = |millis| all(RestFault::Delay(Duration::from_millis(millis)));
    let stalled = all(RestFault::Stall).every(10).times(CROWD / 10);
    let mut table = Table::of_pairs();
    for (weather, faults, most) in [
        ("callbacks of 0.2 s", vec![slow(200)], "≤ 0.8"),
        ("callbacks of 0.5 s", vec![slow(500)], "≤ 0.8"),
        ("callbacks of 1 s", vec![slow(1_000)], "≤ 1"),
        ("callbacks of 2.5 s", vec![slow(2_500)], "≤ 1"),
        ("one callback in ten stalled for ever", vec![stalled, slow(200)], "≤ 1"),
    ] {
        let (mut answered, mut requests, mut held) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            let (ours, _) = Line::ours().await;
            let one = question(&ours.discord).run().await.expect("the command is there");
            let (floor, _) = Line::floor(one.body().expect("an answer")).await;
            let (ours, floor) = (crowd(&ours, &faults).await, crowd(&floor, &faults).await);
            answered.push([ours[0], floor[0]]);
            requests.push([ours[1], floor[1]]);
            held.push([ours[2], floor[2]]);
        }
        table.pairs(&format!("{weather}: answered of {CROWD}"), &answered, "", "≥ 1");
        table.pairs(&format!("{weather}: requests"), &requests, "", "≤ 1.1");
        table.pairs(&format!("{weather}: memory at the peak"), &held, " MiB", most);
    }
    table
}

/// Many questions at once: how many are answered, with how many requests, and the peak of the program's memory.
async fn crowd(line: &Line, faults: &[Fault]) -> [f64; 3] {
    let draft = question(&line.discord);
    assert!(draft.run().await.expect("the command is there").is_answered());
    tokio::time::sleep(SETTLED).await;
    line.program.forget_peak();
    let before = line.discord.received();
    faults.iter().for_each(|fault| line.discord.fail(fault.clone()));
    let pending: Vec<Pending> = (0..CROWD).map(|_| draft.send().expect("the command is there")).collect();
    let mut answered = 0;
    for one in pending {
        answered += u32::from(one.outcome().await.is_answered());
    }
    line.discord.clear_faults();
    [f64::from(answered), (line.discord.received() - before) as f64, line.program.peak()]
}
