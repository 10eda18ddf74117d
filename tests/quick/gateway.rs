//! What goes wrong between the bot and Discord, and that the bot goes on all the same: the real binary against a local
//! Discord that breaks on demand.

use std::time::Duration;

use crate::support::bot::{Setup, Stage, card, options, public};
use local_discord::{Fault, GatewayCounts, GatewayFault, Options, Outcome, Pending, Response, RestFault};
use rcp_bot::catalogue::Language;
use serde_json::Value;

/// The route of callbacks.
const CALLBACKS: &str = "/interactions/*/*/callback";

/// A Discord that waits for a first response exactly as long as Discord does.
fn strict() -> Options {
    Options { response_limit: Options::default().response_limit, ..options() }
}

/// A question: the interaction as Discord sends it.
fn question(stage: &Stage) -> Value {
    let asker = stage.person(Language::Fr);
    asker.command("rcp info").option("processus", "ocam").json().expect("the command is registered")
}

/// The interaction's id.
fn id(question: &Value) -> u64 {
    question["id"].as_str().and_then(|id| id.parse().ok()).expect("an interaction has an id")
}

/// Asserts that the outcome is the answer to [`question`].
fn is_answered(outcome: &Outcome, after: &str) {
    assert!(outcome.is_answered(), "there is no answer after {after}");
    assert_eq!(outcome.response, Response::Message, "after {after}");
    assert_eq!(card(&public(outcome)).as_deref(), Some("ocam"), "after {after}");
}

/// Asks, once the gateway is there again, and asserts that an answer comes.
async fn asks(stage: &mut Stage, after: &str) {
    assert!(stage.bot.is_running(), "the bot ended after {after}");
    stage.discord.wait_for_ready().await.unwrap_or_else(|error| panic!("after {after}: {error}"));
    is_answered(&stage.discord.send_interaction(question(stage)).outcome().await, after);
}

/// How many callbacks were taken for an interaction.
fn taken(stage: &Stage, interaction: u64) -> usize {
    stage.discord.callbacks(interaction).iter().filter(|callback| callback.status < 300).count()
}

/// Breaks the gateway, waits until the bot is back, and asserts that it answers.
async fn broken(stage: &mut Stage, fault: GatewayFault, back: impl Fn(&GatewayCounts, &GatewayCounts) -> bool) {
    let what = format!("{fault:?}");
    let before = stage.discord.gateway_counts();
    stage.discord.break_gateway(&fault);
    let waited = stage.discord.wait_for_gateway(|now| back(&before, now)).await;
    waited.unwrap_or_else(|error| panic!("the bot did not come back after {what}: {error}"));
    asks(stage, &what).await;
}

fn resumed(before: &GatewayCounts, now: &GatewayCounts) -> bool {
    now.resumes > before.resumes
}

fn identified(before: &GatewayCounts, now: &GatewayCounts) -> bool {
    now.identifies > before.identifies
}

fn either(before: &GatewayCounts, now: &GatewayCounts) -> bool {
    resumed(before, now) || identified(before, now)
}

// --- The gateway -----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_break_that_leaves_the_session_is_resumed() {
    let mut stage = Stage::new().await;
    asks(&mut stage, "the start").await;
    for round in 0..3 {
        broken(&mut stage, GatewayFault::Drop, resumed).await;
        broken(&mut stage, GatewayFault::Close(4000), resumed).await;
        broken(&mut stage, GatewayFault::Reconnect, resumed).await;
        let before = stage.discord.gateway_counts();
        stage.discord.break_gateway(&GatewayFault::RequestHeartbeat);
        stage.discord.wait_for_gateway(|now| now.heartbeats > before.heartbeats).await.unwrap();
        asks(&mut stage, &format!("a heartbeat on request, round {round}")).await;
    }
    assert_eq!(stage.discord.sessions().len(), 1, "all in one session");
    stage.finish().await;
}

#[tokio::test]
async fn a_resumable_invalid_session_does_not_end_the_bot() {
    let mut stage = Stage::new().await;
    broken(&mut stage, GatewayFault::InvalidSession(true), either).await;
    broken(&mut stage, GatewayFault::InvalidSession(true), either).await;
    stage.finish().await;
}

#[tokio::test]
async fn an_invalid_session_is_replaced_by_a_new_one() {
    let mut stage = Stage::new().await;
    broken(&mut stage, GatewayFault::InvalidSession(false), identified).await;
    broken(&mut stage, GatewayFault::Drop, resumed).await;
    stage.finish().await;
}

#[tokio::test]
async fn an_invalid_sequence_4007_does_not_end_the_bot() {
    let mut stage = Stage::new().await;
    broken(&mut stage, GatewayFault::Close(4007), identified).await;
    broken(&mut stage, GatewayFault::Drop, resumed).await;
    stage.finish().await;
}

#[tokio::test]
async fn a_timed_out_session_4009_does_not_end_the_bot() {
    let mut stage = Stage::new().await;
    broken(&mut stage, GatewayFault::Close(4009), identified).await;
    broken(&mut stage, GatewayFault::Drop, resumed).await;
    stage.finish().await;
}

#[tokio::test]
async fn other_close_codes_that_allow_a_new_connection_do_not_end_the_bot() {
    let mut stage = Stage::new().await;
    // 4003 is left out: Discord sends it only before a session, and serenity then notices at its next heartbeat alone.
    for code in [4001, 4002, 4005, 4008] {
        broken(&mut stage, GatewayFault::Close(code), either).await;
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_login_that_discord_no_longer_takes_ends_the_bot_with_an_error() {
    // After these codes Discord refuses every further try. (Discord: topics/opcodes-and-status-codes.)
    for code in [4004, 4014] {
        let mut stage = Stage::new().await;
        stage.discord.break_gateway(&GatewayFault::Close(code));
        assert_eq!(stage.bot.ended().await, Some(1), "after close code {code}");
        assert!(stage.bot.log().contains("error: "), "after close code {code}");
    }
}

#[tokio::test]
async fn missing_heartbeat_acknowledgements_do_not_end_the_bot() {
    let often = Options { heartbeat_interval: Duration::from_millis(500), ..options() };
    let mut stage = Stage::with(often, |setup| setup).await;
    asks(&mut stage, "the start").await;
    stage.discord.withhold_heartbeat_acks(true);
    let before = stage.discord.gateway_counts();
    let noticed = stage.discord.wait_for_gateway(|now| now.connections > before.connections).await;
    noticed.unwrap_or_else(|error| panic!("the bot did not notice that nothing acknowledges it: {error}"));
    stage.discord.withhold_heartbeat_acks(false);
    asks(&mut stage, "missing acknowledgements").await;
    broken(&mut stage, GatewayFault::Drop, either).await;
    stage.finish().await;
}

#[tokio::test]
async fn an_interaction_that_comes_with_the_resume_is_answered() {
    let stage = Stage::new().await;
    for _ in 0..5 {
        let before = stage.discord.gateway_counts();
        stage.discord.break_gateway(&GatewayFault::DropAtNextEvent);
        let question = question(&stage);
        let outcome = stage.discord.send_interaction(question.clone()).outcome().await;
        assert!(resumed(&before, &stage.discord.gateway_counts()), "it came with the resume");
        is_answered(&outcome, "a resume");
        assert_eq!(taken(&stage, id(&question)), 1);
    }
    stage.finish().await;
}

#[tokio::test]
async fn an_interaction_that_is_replayed_is_answered_once() {
    let mut stage = Stage::new().await;
    let mut asked = Vec::new();
    for count in [1, 5, 50] {
        for _ in 0..3 {
            let question = question(&stage);
            is_answered(&stage.discord.send_interaction(question.clone()).outcome().await, "a replay");
            asked.push(id(&question));
        }
        broken(&mut stage, GatewayFault::DropAndReplay(count), resumed).await;
    }
    // Discord may also send an event twice over one connection.
    let twice = question(&stage);
    let (first, second) =
        (stage.discord.send_interaction(twice.clone()), stage.discord.send_interaction(twice.clone()));
    is_answered(&first.outcome().await, "the first of two");
    is_answered(&second.outcome().await, "the second of two");
    asked.push(id(&twice));
    asks(&mut stage, "all replays").await;
    // Whatever is under way is finished before the end.
    let Stage { bot, discord } = stage;
    bot.stop().await;
    for interaction in asked {
        let callbacks = discord.callbacks(interaction);
        assert_eq!(callbacks.len(), 1, "{interaction} was answered more than once: {callbacks:#?}");
    }
}

#[tokio::test]
async fn a_burst_across_a_break_is_answered_whole_and_once() {
    let stage = Stage::new().await;
    let mut pending: Vec<(u64, Pending)> = Vec::new();
    for round in 0..4 {
        for _ in 0..10 {
            let question = question(&stage);
            pending.push((id(&question), stage.discord.send_interaction(question)));
        }
        // What is sent while the connection is broken waits in the session.
        let fault = if round % 2 == 0 { GatewayFault::Drop } else { GatewayFault::DropAndReplay(10) };
        stage.discord.break_gateway(&fault);
    }
    for (_, pending) in &pending {
        is_answered(&pending.outcome().await, "a burst");
    }
    for (interaction, _) in &pending {
        assert_eq!(taken(&stage, *interaction), 1);
    }
    stage.finish().await;
}

#[tokio::test]
async fn the_gateway_can_break_while_callbacks_fail() {
    let mut stage = Stage::with(strict(), |setup| setup).await;
    stage.discord.fail(Fault::new(RestFault::Status(502)).on("POST", CALLBACKS).times(2));
    let pending = stage.discord.send_interaction(question(&stage));
    stage.discord.wait_for_request(|request| request.status == 502).await.unwrap();
    broken(&mut stage, GatewayFault::Close(4000), resumed).await;
    is_answered(&pending.outcome().await, "both");
    stage.finish().await;
}

// --- Callbacks -------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_callback_survives_errors_rate_limits_and_lost_connections_within_the_three_seconds() {
    let stage = Stage::with(strict(), |setup| setup).await;
    let limited = |global| RestFault::RateLimited { retry_after: Duration::from_millis(300), global };
    let faults = [
        (RestFault::Status(500), 1),
        (RestFault::Status(502), 2),
        (RestFault::Status(503), 3),
        (limited(false), 1),
        (limited(true), 2),
        (RestFault::Drop, 1),
        (RestFault::Drop, 3),
        (RestFault::DropAfter, 1),
        (RestFault::Delay(Duration::from_millis(400)), 1),
        (RestFault::Stall, 1),
    ];
    for (fault, times) in faults {
        let what = format!("{fault:?}, {times} times");
        stage.discord.fail(Fault::new(fault).on("POST", CALLBACKS).times(times));
        let question = question(&stage);
        is_answered(&stage.discord.send_interaction(question.clone()).outcome().await, &what);
        assert_eq!(taken(&stage, id(&question)), 1, "one callback is taken after {what}");
        stage.discord.clear_faults();
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_stalled_callback_does_not_hold_up_others() {
    let stage = Stage::with(strict(), |setup| setup).await;
    let stalled = question(&stage);
    let route = format!("/interactions/{}/*/callback", id(&stalled));
    stage.discord.fail(Fault::new(RestFault::Stall).on("POST", &route).times(1_000));
    let waiting = stage.discord.send_interaction(stalled);
    let others: Vec<Pending> = (0..20).map(|_| stage.discord.send_interaction(question(&stage))).collect();
    for other in &others {
        is_answered(&other.outcome().await, "another's stall");
    }
    // Nobody can answer this one; the person reads that the application did not respond.
    assert_eq!(waiting.outcome().await.response, Response::NoResponse);
    stage.finish().await;
}

#[tokio::test]
async fn a_callback_that_cannot_succeed_is_given_up_and_others_go_on() {
    let mut stage = Stage::with(strict(), |setup| setup).await;
    let too_late = RestFault::RateLimited { retry_after: Duration::from_secs(60), global: false };
    for (fault, status) in [(too_late, 429), (RestFault::Status(403), 403), (RestFault::Status(404), 404)] {
        let hopeless = question(&stage);
        let route = format!("/interactions/{}/*/callback", id(&hopeless));
        stage.discord.fail(Fault::new(fault).on("POST", &route).times(1_000));
        let waiting = stage.discord.send_interaction(hopeless.clone());
        stage.discord.wait_for_request(|request| request.status == status).await.unwrap();
        asks(&mut stage, &format!("status {status}")).await;
        stage.discord.advance(Duration::from_secs(10));
        assert_eq!(waiting.outcome().await.response, Response::NoResponse, "status {status}");
        let tries = stage.discord.requests().into_iter().filter(|request| request.status == status).count();
        assert_eq!(tries, 1, "what cannot succeed is not tried again after status {status}");
    }
    stage.finish().await;
}

#[tokio::test]
async fn completions_survive_the_same() {
    let stage = Stage::with(strict(), |setup| setup).await;
    let asker = stage.person(Language::Fr);
    for fault in [RestFault::Status(500), RestFault::Drop, RestFault::DropAfter, RestFault::Stall] {
        stage.discord.fail(Fault::new(fault.clone()).on("POST", CALLBACKS));
        let outcome = asker.complete("rcp info", "processus", "puebla", &[]).await.unwrap();
        assert!(!outcome.choices().is_empty(), "no choices after {fault:?}");
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_bot_may_start_while_discord_stumbles() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    for (route, fault) in [
        ("/gateway/bot", RestFault::Status(500)),
        ("/gateway/bot", RestFault::Stall),
        ("/applications/@me", RestFault::Status(503)),
        ("/applications/@me", RestFault::Drop),
        ("/applications/*/commands", RestFault::Status(502)),
    ] {
        discord.fail(Fault::new(fault).on("GET", route));
    }
    let mut bot = Setup::run(&discord).start();
    bot.ready(&discord).await;
    let stage = Stage { bot, discord };
    stage.finish().await;
}
