//! A thousand people ask at once, and Discord is slow: nobody loses an answer that a bare bot would have delivered, Discord
//! is not asked more often for it, and the program does not hold more memory meanwhile.
//!
//! The bare bot is serenity's own, with a constant of the same size, in a process of its own: this very program, told by
//! the environment.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use local_discord::{Fault, LocalDiscord, Options, Pending, RestFault};
use serde_json::Value;
use serenity::all::{ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction};

use crate::support::bot::{Setup, data};
use crate::support::tell;

/// How many ask at once.
const CROWD: usize = 1_000;

/// How often a crowd is compared before the difference counts.
const ROUNDS: usize = 5;

/// The route of callbacks.
const CALLBACKS: &str = "/interactions/*/*/callback";

/// The environment of the bare bot: what it answers.
const ANSWER: &str = "RCP_TESTS_BARE_ANSWER";

/// A serenity bot that sends a constant.
struct Bare(Value);

#[serenity::async_trait]
impl EventHandler for Bare {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token());
        // What is not delivered is counted by the server.
        let _ = context.http.create_interaction_response(id, token, &self.0, Vec::new()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the bare bot of the test below, which runs it in a process of its own"]
async fn bare_bot() {
    let given = |name| std::env::var(name).expect("the environment of the bare bot");
    let answer = serde_json::from_str(&given(ANSWER)).expect("JSON");
    let http = HttpBuilder::new(given("DISCORD_TOKEN")).proxy(given("DISCORD_API_URL")).ratelimiter_disabled(true);
    let client = ClientBuilder::new_with_http(http.build(), GatewayIntents::empty()).event_handler(Bare(answer));
    client.await.expect("a client").start().await.expect("it runs");
}

/// The bare bot's process. It is killed when this is dropped.
struct BareBot(Child);

impl BareBot {
    fn start(discord: &LocalDiscord, answer: &Value) -> BareBot {
        let mut program = Command::new(std::env::current_exe().expect("this program"));
        program
            .args(["--exact", "crowd::bare_bot", "--ignored", "--nocapture"])
            .env_clear()
            .env("DISCORD_API_URL", discord.url())
            .env("DISCORD_TOKEN", discord.token())
            .env(ANSWER, answer.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        BareBot(program.spawn().expect("the bare bot starts"))
    }
}

impl Drop for BareBot {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The most memory that a process ever held, in KiB (proc_pid_status(5)); none where the system does not tell.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// By how much the peak rose, in KiB.
fn raised(before: Option<u64>, after: Option<u64>) -> Option<u64> {
    Some(after? - before?)
}

async fn discord() -> LocalDiscord {
    let history = 20 * CROWD;
    LocalDiscord::start(Options { history, ..Options::default() }).await.expect("a port can be opened")
}

/// What came of a crowd.
#[derive(Debug)]
struct Came {
    answered: usize,
    requests: u64,
    /// What our bot answers, for the bare bot to answer the same.
    answer: Value,
}

/// Asks all at once.
async fn crowd(discord: &LocalDiscord, faults: &[Fault]) -> Came {
    let draft = discord.person("Amina").command("rcp info").option("processus", "Processus de Prague");
    // What is made once is made before.
    let one = draft.run().await.expect("the command is there");
    assert!(one.is_answered());
    let before = discord.received();
    faults.iter().for_each(|fault| discord.fail(fault.clone()));
    let asked: Vec<Pending> = (0..CROWD).map(|_| draft.send().expect("the command is there")).collect();
    let mut answered = 0;
    for one in asked {
        answered += usize::from(one.outcome().await.is_answered());
    }
    discord.clear_faults();
    Came { answered, requests: discord.received() - before, answer: one.body().expect("an answer").clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn p0_a_slow_discord_never_becomes_a_lost_answer() {
    let all = |kind: RestFault| Fault::new(kind).on("POST", CALLBACKS).times(usize::MAX);
    let slow = |millis| all(RestFault::Delay(Duration::from_millis(millis)));
    let stalled = Fault::new(RestFault::Stall).on("POST", CALLBACKS).every(10).times(CROWD / 10);
    // With each weather, whether all wait at the same time on any machine: then what that costs can be compared.
    let weathers: [(&str, Vec<Fault>, bool); 5] = [
        ("0.2 s", vec![slow(200)], false),
        ("0.5 s", vec![slow(500)], false),
        ("1 s", vec![slow(1_000)], true),
        ("2.5 s", vec![slow(2_500)], true),
        ("one in ten stalled", vec![stalled, slow(200)], false),
    ];
    for (weather, faults, all_wait) in weathers {
        // A busy machine delays now the one, now the other: so many times in a row it is not the machine. Where not even
        // the bare bot is in time for all, the machine has no time for such a crowd, and nothing can be compared.
        let reachable = if weather.contains("stalled") { CROWD - CROWD / 10 } else { CROWD };
        let mut pair = compare(&faults).await;
        for _ in 1..ROUNDS {
            let [(ours, _), (floor, _)] = &pair;
            if ours.answered >= floor.answered || floor.answered < reachable {
                break;
            }
            tell(&format!("{weather}: {} answered, by a bare bot {}; once more", ours.answered, floor.answered));
            pair = compare(&faults).await;
        }
        let [(Came { answered, requests, .. }, cost), (Came { answered: floor, .. }, bare_cost)] = pair;
        tell(&format!(
            "{weather}: {answered} of {CROWD} answered with {requests} requests for {cost:?} KiB; by a bare bot {floor} for \
             {bare_cost:?} KiB"
        ));
        assert!(10 * requests <= 11 * CROWD as u64, "{weather}: {requests} requests for {CROWD} answers");
        if floor < reachable {
            tell(&format!("{weather}: too much for this machine, left out"));
            continue;
        }
        assert!(answered >= floor, "{weather}: {answered} answered, by a bare bot {floor}");
        // The programs themselves differ in size, and unoptimised all the more: `benches/costs` compares all that they hold.
        if let (true, Some(cost), Some(bare_cost)) = (all_wait, cost, bare_cost) {
            assert!(cost <= bare_cost, "{weather}: the crowd costs {cost} KiB, a bare bot {bare_cost} KiB");
        }
    }
}

/// A crowd before our bot, then one before the bare bot: what came of it, and by how much the peak of memory rose.
async fn compare(faults: &[Fault]) -> [(Came, Option<u64>); 2] {
    let (ours, theirs) = (discord().await, discord().await);
    let mut bot = Setup::run(&ours).data(&data()).start();
    bot.ready(&ours).await;
    let idle = peak(bot.id());
    let came = crowd(&ours, faults).await;
    let cost = raised(idle, peak(bot.id()));
    bot.stop().await;

    let registered = Setup::run(&theirs).with_action("register").finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    let bare = BareBot::start(&theirs, &came.answer);
    theirs.wait_for_ready().await.expect("it connects");
    let idle = peak(bare.0.id());
    let floor = crowd(&theirs, faults).await;
    let bare_cost = raised(idle, peak(bare.0.id()));
    [(came, cost), (floor, bare_cost)]
}
