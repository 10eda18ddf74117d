//! What goes wrong between the bot and Discord, and that the bot goes on all the same: the real binary against a local
//! Discord that breaks on demand.

use std::time::Duration;

use crate::support::bot::{Setup, Stage, card, options, private, public};
use crate::support::{kept, small};
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
        let outcome = asker.complete("rcp info", "processus", "ocam", &[]).await.unwrap();
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

#[tokio::test]
async fn a_start_asks_discord_for_each_thing_once() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    let registered = Setup::run(&discord).with_action("register").finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    let before = discord.requests().len();
    let mut bot = Setup::run(&discord).start();
    bot.ready(&discord).await;
    let requests = discord.requests().split_off(before);
    let asked = |path: &str| requests.iter().filter(|one| one.method == "GET" && one.path.ends_with(path)).count();
    assert_eq!(["/gateway/bot", "/applications/@me", "/commands"].map(asked), [1, 1, 1]);
    assert!(requests.iter().all(|one| one.method == "GET"), "what is registered already is left alone");
    let stage = Stage { bot, discord };
    stage.finish().await;
}

// --- Faults of the list ----------------------------------------------------------------------------------------------

#[tokio::test]
async fn f12_an_interaction_that_serenity_cannot_read_is_answered_and_its_token_is_in_no_log() {
    let stage = Stage::with(options(), |setup| setup.env("RUST_LOG", "debug")).await;
    let mut strange = question(&stage);
    // A flag that Discord has added since, beyond what the model holds.
    strange["member"]["user"]["public_flags"] = Value::from(1_u64 << 44);
    is_answered(&stage.discord.send_interaction(strange.clone()).outcome().await, "a flag that is not known");
    // What cannot be read at all is answered with an apology.
    let mut unreadable = question(&stage);
    unreadable["data"]["options"] = Value::from("nothing that options can be");
    let outcome = stage.discord.send_interaction(unreadable.clone()).outcome().await;
    assert!(private(&outcome).embeds()[0]["title"].is_string());
    for asked in [strange, unreadable] {
        let token = asked["token"].as_str().expect("an interaction has a token");
        assert!(!stage.bot.log().contains(token), "the token of {} is in the log", asked["id"]);
    }
}

#[tokio::test]
async fn f4_b18_commands_that_cannot_be_registered_keep_nobody_from_an_answer() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    // People use what an earlier start has registered.
    let registered = Setup::run(&discord).with_action("register").finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    for (method, fault) in
        [("GET", RestFault::Status(403)), ("PUT", RestFault::error(400, 30_034, "Max number of commands"))]
    {
        discord.fail(Fault::new(fault).on(method, "/applications/*/commands").times(usize::MAX));
    }
    let mut bot = Setup::run(&discord).start();
    bot.ready(&discord).await;
    let mut stage = Stage { bot, discord };
    asks(&mut stage, "a registration that failed").await;
    assert!(stage.bot.log().contains("could not be registered"), "it is told");
    stage.discord.clear_faults();
    stage.finish().await;
}

#[tokio::test]
async fn b4_a_registration_that_takes_long_is_not_cut() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    let slow = RestFault::Delay(Duration::from_secs(2));
    discord.fail(Fault::new(slow).on("PUT", "/applications/*/commands").times(usize::MAX));
    let registered = Setup::run(&discord).with_action("register").finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    assert_eq!(discord.requests().iter().filter(|request| request.method == "PUT").count(), 1);
}

#[tokio::test]
async fn b7_an_answer_without_end_is_not_read_to_its_end() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    let endless = RestFault::Answer { status: 200, body: Value::from("x".repeat(5_000_000)) };
    discord.fail(Fault::new(endless).on("GET", "/applications/@me").times(usize::MAX));
    let registered = Setup::run(&discord).with_action("register").finish().await;
    assert_eq!(registered.code, Some(1));
    assert!(registered.stderr.contains("bytes"), "{}", registered.stderr);
}

#[tokio::test]
async fn f8_no_proxy_of_the_environment_is_used_for_another_discord() {
    let nowhere = "http://127.0.0.1:9";
    let proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"];
    let change = |setup: Setup| proxies.iter().fold(setup, |setup, name| setup.env(name, nowhere));
    let mut stage = Stage::with(options(), change).await;
    asks(&mut stage, "a start with proxies").await;
    stage.finish().await;
}

#[tokio::test]
async fn f3_a_log_that_nobody_reads_is_lost_and_nothing_else() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rcp-bot"))
        .args(["run", "--data"])
        .arg(kept::served())
        .current_dir(folder.path())
        .env_clear()
        .env("RUST_LOG", "debug")
        .env("DISCORD_API_URL", discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // Whoever read the log has gone: every line that is written fails.
    drop(child.stderr.take());
    discord.wait_for_ready().await.unwrap();
    let ask = async || {
        let asked =
            discord.person("Amina").locale("fr").command("rcp info").option("processus", "ocam").json().unwrap();
        is_answered(&discord.send_interaction(asked).outcome().await, "a lost log");
    };
    ask().await;
    let before = discord.gateway_counts();
    discord.break_gateway(&GatewayFault::Reconnect);
    discord.wait_for_gateway(|now| resumed(&before, now)).await.unwrap();
    ask().await;
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn b12_what_changes_is_told_in_the_audit_channel_without_moderators_too() {
    let discord = local_discord::LocalDiscord::start(options()).await.unwrap();
    let channel = discord.add_guild(local_discord::DEFAULT_GUILD);
    // Discord takes the message, and its answer is lost.
    discord.fail(Fault::new(RestFault::DropAfter).on("POST", "/channels/*/messages"));
    // A history's beginning and a reload that changes nothing are no news; so something is changed.
    let folder = tempfile::tempdir().unwrap();
    small::write(folder.path(), &small::catalogue("r1", 1));
    let mut bot = Setup::new(&["run"])
        .data(folder.path())
        .env("DISCORD_API_URL", &discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .env("RCP_MODERATION__AUDIT_CHANNEL", &channel.to_string())
        .start();
    bot.ready(&discord).await;
    small::write(folder.path(), &small::catalogue("r2", 1));
    bot.signal("HUP");
    discord.wait_for_request(|request| request.method == "POST" && request.path.ends_with("/messages")).await.unwrap();
    let sends = || -> Vec<Value> {
        let all = discord.requests().into_iter();
        let sends = all.filter(|request| request.method == "POST" && request.path.ends_with("/messages"));
        sends.filter_map(|request| request.body.map(|body| (*body).clone())).collect()
    };
    crate::support::bot::until(&discord, "a second try", |_| sends().len() >= 2).await;
    // B9: Discord knows the second as the first by its nonce.
    for body in sends() {
        assert_eq!(body["enforce_nonce"], true);
        assert_eq!(body["nonce"], sends()[0]["nonce"]);
        assert!(body["nonce"].as_str().is_some_and(|nonce| !nonce.is_empty()));
    }
    bot.stop().await;
}
