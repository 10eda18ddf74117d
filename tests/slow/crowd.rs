//! A thousand people ask at once, and Discord is slow: nobody loses an answer that a bare bot would have delivered.

use std::time::Duration;

use local_discord::{Fault, LocalDiscord, Options, Pending, RestFault};
use serenity::all::{ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction};

use crate::support::bot::Setup;

/// How many ask at once.
const CROWD: usize = 1_000;

/// The route of callbacks.
const CALLBACKS: &str = "/interactions/*/*/callback";

/// A serenity bot that sends a constant.
struct Bare;

#[serenity::async_trait]
impl EventHandler for Bare {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let answer = serde_json::json!({"type": 4, "data": {"content": "x".repeat(2_000)}});
        let (id, token) = (interaction.id(), interaction.token());
        // What is not delivered is counted by the server.
        let _ = context.http.create_interaction_response(id, token, &answer, Vec::new()).await;
    }
}

async fn discord() -> LocalDiscord {
    let history = 20 * CROWD;
    LocalDiscord::start(Options { history, ..Options::default() }).await.expect("a port can be opened")
}

/// Asks all at once; how many were answered, and how many callbacks came.
async fn crowd(discord: &LocalDiscord, faults: &[Fault]) -> (usize, usize) {
    let draft = discord.person("Amina").command("rcp info").option("processus", "Processus de Prague");
    // What is made once is made before.
    assert!(draft.run().await.expect("the command is there").is_answered());
    discord.clear_log();
    faults.iter().for_each(|fault| discord.fail(fault.clone()));
    let asked: Vec<Pending> = (0..CROWD).map(|_| draft.send().expect("the command is there")).collect();
    let mut answered = 0;
    for one in asked {
        answered += usize::from(one.outcome().await.is_answered());
    }
    let callbacks = discord.requests().iter().filter(|request| request.path.ends_with("/callback")).count();
    discord.clear_faults();
    (answered, callbacks)
}

#[tokio::test(flavor = "multi_thread")]
async fn p0_a_slow_discord_never_becomes_a_lost_answer() {
    let all = |kind: RestFault| Fault::new(kind).on("POST", CALLBACKS).times(usize::MAX);
    let slow = |millis| all(RestFault::Delay(Duration::from_millis(millis)));
    let stalled = Fault::new(RestFault::Stall).on("POST", CALLBACKS).every(10).times(CROWD / 10);
    let weathers: [(&str, Vec<Fault>); 5] = [
        ("0.2 s", vec![slow(200)]),
        ("0.5 s", vec![slow(500)]),
        ("1 s", vec![slow(1_000)]),
        ("2.5 s", vec![slow(2_500)]),
        ("one in ten stalled", vec![stalled, slow(200)]),
    ];
    for (weather, faults) in weathers {
        let (ours, theirs) = (discord().await, discord().await);
        let mut bot = Setup::run(&ours).start();
        bot.ready(&ours).await;
        let (answered, callbacks) = crowd(&ours, &faults).await;
        bot.stop().await;

        let registered = Setup::run(&theirs).with_action("register").finish().await;
        assert_eq!(registered.code, Some(0), "{}", registered.stderr);
        let http = HttpBuilder::new(theirs.token()).proxy(theirs.url()).ratelimiter_disabled(true).build();
        let client = ClientBuilder::new_with_http(http, GatewayIntents::empty()).event_handler(Bare);
        let mut client = client.await.expect("a client");
        let bare = tokio::spawn(async move { client.start().await });
        theirs.wait_for_ready().await.expect("it connects");
        let (floor, _) = crowd(&theirs, &faults).await;
        bare.abort();

        eprintln!("{weather}: {answered} of {CROWD} answered with {callbacks} callbacks; a bare bot answers {floor}");
        assert!(answered >= floor, "{weather}: {answered} answered, by a bare bot {floor}");
        assert!(10 * callbacks <= 11 * CROWD, "{weather}: {callbacks} callbacks for {CROWD} answers");
    }
}
