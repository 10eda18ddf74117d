//! The gateway's round trip, from the interaction sent to the callback received.

use std::env;
use std::time::Duration;

use serde_json::Value;
use serenity::all::{ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction};

use super::number;
use super::programs::{Line, constant, percentile, question};
use super::table::Table;

/// A serenity bot that sends a constant.
pub async fn floor() {
    struct Bare(Value);

    #[serenity::async_trait]
    impl EventHandler for Bare {
        async fn interaction_create(&self, context: Context, interaction: Interaction) {
            let (id, token) = (interaction.id(), interaction.token());
            let sent = context.http.create_interaction_response(id, token, &self.0, Vec::new()).await;
            sent.expect("the callback is taken");
        }
    }

    let token = env::var("DISCORD_TOKEN").expect("a token");
    let http =
        HttpBuilder::new(token).proxy(env::var("DISCORD_API_URL").expect("an address")).ratelimiter_disabled(true);
    let client = ClientBuilder::new_with_http(http.build(), GatewayIntents::empty()).event_handler(Bare(constant()));
    client.await.expect("a client").start().await.expect("it runs");
}

/// Measures so many pairs of rounds.
pub async fn measure(rounds: usize) -> Table {
    let (ours, _) = Line::ours().await;
    let answered = question(&ours.discord).run().await.expect("the command is there");
    let (floor, _) = Line::floor(answered.body().expect("an answer")).await;
    let questions = number("RCP_BENCH_QUESTIONS", 2_000);
    let (mut middle, mut slowest) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let mut pair = [[0.0; 2]; 2];
        // Who goes first alternates too.
        for turn in 0..2 {
            let side = (turn + round) % 2;
            let mut times = ask([&ours, &floor][side], questions).await;
            pair[side] = [percentile(&mut times, 0.5), percentile(&mut times, 0.99)];
        }
        // The first round warms up.
        if round > 0 {
            middle.push(pair.map(|side| side[0]));
            slowest.push(pair.map(|side| side[1]));
        }
    }
    let mut table = Table::of_pairs();
    table.pairs("gateway round trip: p50", &middle, " µs", "≤ 1.05");
    table.pairs("gateway round trip: p99", &slowest, " µs", "–");
    table
}

/// Asks one after the other; the times from the question sent to the callback received.
async fn ask(line: &Line, count: usize) -> Vec<Duration> {
    let draft = question(&line.discord);
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let outcome = draft.run().await.expect("the command is there");
        times.push(outcome.callbacks().first().expect("an answer").after);
    }
    times
}
