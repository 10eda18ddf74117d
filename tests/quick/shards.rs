//! The gateway at work: shards over processes, readiness, metrics, deafness, handing over. The real program, against a
//! Discord on the loopback.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use local_discord::{DEFAULT_GUILD, Fault, LocalDiscord, Options, RestFault};
use serde_json::Value;

use crate::support::bot::DEADLINE;
use crate::support::http::{address, get, logged, ready, setup};

async fn start(options: Options) -> LocalDiscord {
    LocalDiscord::start(options).await.unwrap()
}

/// The metrics, once they hold this: an interaction is counted just after Discord has its answer.
async fn metrics_with(address: SocketAddr, text: &str) -> String {
    let until = Instant::now() + DEADLINE;
    loop {
        let metrics = get(address, "/metrics").await.1;
        if metrics.contains(text) {
            return metrics;
        }
        assert!(Instant::now() < until, "no {text} in {metrics}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_the_shards() {
    let discord = start(Options { shards: 4, ..Options::default() }).await;
    let of =
        |range: &str| setup(&discord, "run").env("RCP_DISCORD__SHARDS", &format!("{{range={range},total=2}}")).start();
    let (first, second) = (of("[0,0]"), of("[1,1]"));
    for bot in [&first, &second] {
        ready(address(bot).await, 200).await;
    }
    let mut shards: Vec<_> = discord.sessions().iter().map(|session| session.shard).collect();
    shards.sort_unstable();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    // A server of each shard. (Discord: events/gateway, "Sharding": the id shifted by 22 bits, modulo the shards.)
    for guild in [DEFAULT_GUILD, DEFAULT_GUILD + (1 << 22)] {
        discord.add_guild(guild);
        let outcome = discord.person("Amina").in_guild(guild).run("rcp oim", &[]).await.unwrap();
        assert!(outcome.is_answered(), "{guild}");
    }
    let metrics = metrics_with(address(&second).await, "result=\"answered\"").await;
    assert!(metrics.contains("rcp_gateway_connected{shard=\"1\"} 1"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_shards_as_discord_recommends() {
    let discord = start(Options { shards: 2, ..Options::default() }).await;
    let bot = setup(&discord, "run").start();
    // serenity begins a session every 5 seconds, as Discord asks; until the last the bot is not ready.
    let state = ready(address(&bot).await, 503).await;
    assert_eq!(state["ready"], false);
    let state = ready(address(&bot).await, 200).await;
    assert_eq!(state["shards"].as_array().map(Vec::len), Some(2));
    assert_eq!(discord.sessions().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deaf_gateway_is_noticed_and_connected_anew() {
    let discord = start(Options { heartbeat_interval: Duration::from_secs(6), ..Options::default() }).await;
    let mut bot = setup(&discord, "run").env("RCP_DISCORD__DEAF_AFTER", "8").start();
    let place = address(&bot).await;
    ready(place, 200).await;
    discord.wait_for_gateway(|counts| counts.heartbeats == 1).await.unwrap();
    assert_eq!(get(place, "/readyz").await.0, 200);
    discord.withhold_heartbeat_acks(true);
    let state = ready(place, 503).await;
    assert_eq!(state["shards"][0]["deaf"], true, "{state}");
    // serenity would notice at its second heartbeat from now, and never say that the shard is deaf.
    logged(&bot, "the gateway is silent; connecting anew").await;
    discord.withhold_heartbeat_acks(false);
    ready(place, 200).await;
    assert_eq!(discord.gateway_counts().identifies, 2);
    assert!(discord.person("Amina").run("rcp oim", &[]).await.unwrap().is_answered());
    // After a restart too, the end is told to Discord.
    let closed = discord.gateway_counts().client_closes;
    bot.signal("TERM");
    assert_eq!(bot.ended().await, Some(0));
    discord.wait_for_gateway(|counts| counts.client_closes == closed + 1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_hands_over_to_the_next_and_nothing_is_lost() {
    let discord = start(Options::default()).await;
    let mut old = setup(&discord, "run").start();
    ready(address(&old).await, 200).await;
    let mut asked = Vec::new();
    let person = discord.person("Amina");
    let mut next = None;
    for number in 0..60 {
        asked.push(person.command("rcp oim").send().unwrap());
        tokio::time::sleep(Duration::from_millis(20)).await;
        if number == 10 {
            let bot = setup(&discord, "run").start();
            ready(address(&bot).await, 200).await;
            next = Some(bot);
        }
        if number == 30 {
            old.signal("TERM");
        }
    }
    assert_eq!(old.ended().await, Some(0));
    assert!(!old.log().contains("ERROR"), "{}", old.log());
    for pending in asked {
        assert!(pending.outcome().await.is_answered());
    }
    drop(next);
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_deletion_that_failed_does_not_count_as_answered() {
    let discord = start(Options::default()).await;
    let bot = setup(&discord, "run").start();
    let place = address(&bot).await;
    ready(place, 200).await;
    let person = discord.person("Amina");
    let shown = person.run("rcp oim", &[]).await.unwrap().message().expect("an answer");
    let gone = RestFault::error(404, 10_008, "Unknown Message");
    discord.fail(Fault::new(gone).on("DELETE", "/webhooks/*/*/messages/@original").times(usize::MAX));
    let bin = shown.components().into_iter().find(|one| one["emoji"]["name"] == "🗑️").expect("a bin").clone();
    person.press(&shown, bin["custom_id"].as_str().expect("an id")).await.unwrap();
    metrics_with(place, "result=\"undelivered\"").await;
}

/// The names of all metrics that a dashboard asks for.
fn named(dashboard: &Value, names: &mut Vec<String>) {
    match dashboard {
        Value::Object(fields) => {
            if let Some(expression) = fields.get("expr").and_then(Value::as_str) {
                let word = |character: char| !(character.is_ascii_alphanumeric() || character == '_');
                let words =
                    expression.split(word).filter(|word| word.starts_with("rcp_") || word.starts_with("process_"));
                names.extend(words.map(str::to_owned));
            }
            fields.values().for_each(|value| named(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, names)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_shows_metrics_that_there_are() {
    let discord = start(Options::default()).await;
    let bot = setup(&discord, "run").start();
    let place = address(&bot).await;
    ready(place, 200).await;
    discord.person("Amina").run("rcp oim", &[]).await.unwrap();
    let metrics = metrics_with(place, "rcp_interactions_total{").await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config/grafana-dashboard.json");
    let dashboard: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut names = Vec::new();
    named(&dashboard, &mut names);
    assert!(names.len() >= 14, "{names:?}");
    for name in &names {
        let there =
            metrics.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
        assert!(there, "{name} is not in\n{metrics}");
    }
    // And the other way round: what is counted is shown.
    for name in metrics.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()) {
        assert!(names.iter().any(|shown| shown.starts_with(name)), "{name} is not on the dashboard");
    }
}
