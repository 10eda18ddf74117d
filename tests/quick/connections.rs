//! The connections to Discord, over a front as Discord has it: TLS, HTTP/2 or HTTP/1.1, and ends of every kind.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;
use local_discord::{Farewell, Fault, Front, FrontOptions, LocalDiscord, Options, RestFault};
use rcp_bot::reply::File;
use rcp_bot::settings::DiscordSettings;
use rcp_bot::transport::answer_cache::Body;
use rcp_bot::transport::rest::client::{Failed, Rest};
use rcp_bot::transport::rest::connector::Trust;
use serde_json::json;

/// A Discord behind a front, and a client of it.
struct Fronted {
    discord: LocalDiscord,
    front: Front,
    rest: Rest,
    next: AtomicU64,
}

impl Fronted {
    async fn new(options: FrontOptions) -> Fronted {
        let discord = LocalDiscord::start(Options::default()).await.expect("a port");
        let front = Front::open(&discord, options).await.expect("a port");
        let settings = DiscordSettings { api_url: front.url(), ..DiscordSettings::default() };
        let trust = Trust::Only(front.certificate().der().to_vec());
        let rest = Rest::trusting(&settings, Some(discord.token().to_owned().into()), &trust).expect("a client");
        Fronted { discord, front, rest, next: AtomicU64::new(1_200_000_000_000_000_000) }
    }

    /// Somebody asks, and is answered.
    async fn ask(&self, files: &[File]) -> Result<(), Failed> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let token = format!("token-{id}");
        let _ = self.discord.send_interaction(json!({
            "id": id.to_string(), "application_id": self.discord.application_id().to_string(), "type": 2, "token": token,
            "version": 1, "data": { "id": "1", "name": "rcp", "type": 1 }, "user": { "id": "7", "username": "amina" },
            "channel_id": "8",
        }));
        let body = Body::from(json!({ "type": 4, "data": { "content": "x".repeat(1_900) } }).to_string().into_bytes());
        self.rest.callback(id, &token, &body, files, tokio::time::Instant::now()).await
    }

    /// So many ask at once, and all are answered.
    async fn crowd(&self, people: usize, files: &[File]) {
        for answered in join_all((0..people).map(|_| self.ask(files))).await {
            answered.expect("an answer");
        }
    }

    /// How many callbacks Discord took.
    fn taken(&self) -> usize {
        let callbacks = self.discord.interactions().into_iter().flat_map(|id| self.discord.callbacks(id));
        callbacks.filter(|callback| callback.status < 300).count()
    }

    /// How many callbacks reached Discord. A front refuses what a connection has no room for before it is read.
    fn reached(&self) -> usize {
        self.discord.requests().iter().filter(|request| request.path.ends_with("/callback")).count()
    }

    /// How often connections were kept warm.
    fn warmed(&self) -> usize {
        self.discord.requests().iter().filter(|request| request.path == "/gateway").count()
    }
}

/// What a crowd may send at most: one in ten may be sent again, where an answer comes so late that its connection is taken for
/// dead, as on a machine with other work.
const fn at_most(people: usize) -> usize {
    people + people / 10
}

fn picture() -> [File; 1] {
    [File { name: "carte.png".to_owned(), content: vec![7; 40_000] }]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_shares_few_connections() {
    let fronted = Fronted::new(FrontOptions::default()).await;
    fronted.crowd(20, &[]).await;
    assert_eq!(fronted.front.counts().connections, 1, "before the first stands nobody opens another");
    fronted.crowd(200, &[]).await;
    let counts = fronted.front.counts();
    assert!(counts.connections <= 16, "{counts:?}");
    assert_eq!((counts.handshakes, counts.http2), (counts.connections, counts.connections));
    assert!(fronted.reached() <= at_most(220), "{counts:?}");
    assert_eq!(fronted.taken(), 220);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_discord_is_waited_for_on_few_connections() {
    let fronted = Fronted::new(FrontOptions { most_streams: 5, ..FrontOptions::default() }).await;
    let slow = Fault::new(RestFault::Delay(Duration::from_millis(300))).on("POST", "/interactions/*/*/callback");
    fronted.discord.fail(slow.times(usize::MAX));
    // More than sixteen connections take at once.
    fronted.crowd(120, &[]).await;
    let counts = fronted.front.counts();
    assert!(counts.connections <= 16, "{counts:?}");
    assert!(fronted.reached() <= at_most(120), "{counts:?}");
    assert_eq!(fronted.taken(), 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_front_without_http2_is_spoken_to_in_http1() {
    let fronted = Fronted::new(FrontOptions { http2: false, ..FrontOptions::default() }).await;
    fronted.crowd(20, &[]).await;
    let before = fronted.front.counts();
    assert_eq!(before.http2, 0);
    for _ in 0..20 {
        fronted.ask(&[]).await.expect("an answer");
    }
    let after = fronted.front.counts();
    assert_eq!(before.connections, after.connections, "one that is open is used again");
    assert_eq!(after.requests.iter().sum::<usize>(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_the_front_takes_leave() {
    for http2 in [true, false] {
        for farewell in [Farewell::Polite, Farewell::Abrupt] {
            for files in [&picture()[..], &[]] {
                let options = FrontOptions { http2, farewell, most_requests: Some(7), ..FrontOptions::default() };
                let fronted = Fronted::new(options).await;
                for _ in 0..5 {
                    fronted.crowd(if farewell == Farewell::Polite { 20 } else { 1 }, files).await;
                    fronted.ask(files).await.expect("an answer");
                }
                let asked = fronted.discord.interactions().len();
                assert_eq!(fronted.taken(), asked, "each is answered once, {farewell:?}, HTTP/2 {http2}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_to_a_front_that_ends_what_is_idle() {
    for http2 in [true, false] {
        let options = FrontOptions {
            http2,
            idle_limit: Some(Duration::from_millis(10)),
            round_trip: Duration::from_millis(4),
            ..FrontOptions::default()
        };
        let fronted = Fronted::new(options).await;
        for number in 0..40 {
            fronted.ask(&[]).await.expect("an answer");
            tokio::time::sleep(Duration::from_micros(6_000 + 100 * number)).await;
        }
        assert_eq!(fronted.taken(), 40);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_to_a_silent_death() {
    for http2 in [true, false] {
        // In HTTP/1.1 nothing but the others tells a dead connection from a slow Discord, and second tries are few.
        let people = if http2 { 30 } else { 2 };
        let fronted = Fronted::new(FrontOptions { http2, ..FrontOptions::default() }).await;
        fronted.crowd(people, &[]).await;
        let before = fronted.front.counts().connections;
        fronted.front.fall_silent();
        fronted.crowd(people, &[]).await;
        assert!(fronted.front.counts().connections > before);
        assert_eq!(fronted.taken(), 2 * people);
        let before = fronted.front.counts().connections;
        fronted.ask(&[]).await.expect("an answer");
        assert_eq!(fronted.front.counts().connections, before, "what was opened since is used");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_kept_warm_while_nobody_asks() {
    let every = Duration::from_millis(400);
    let options = FrontOptions { idle_limit: Some(30 * every), ..FrontOptions::default() };
    let fronted = Fronted::new(options).await;
    fronted.ask(&[]).await.expect("an answer");
    let begun = Instant::now();
    fronted.rest.keep_warm_every(every);
    while fronted.warmed() < 3 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is kept warm");
        tokio::time::sleep(every / 10).await;
    }
    let most = begun.elapsed().as_millis() / every.as_millis();
    assert!(fronted.warmed() as u128 <= most, "{} in {:?}", fronted.warmed(), begun.elapsed());
    let opened = fronted.front.counts().connections;
    assert!((2..=10).contains(&opened), "a few stand ready: {opened}");
    // While people ask, there are none.
    let (mut last, mut pause) = (Instant::now(), Duration::ZERO);
    let (begun, before) = (last, fronted.warmed());
    fronted.ask(&[]).await.expect("an answer");
    while begun.elapsed() < 3 * every {
        fronted.ask(&[]).await.expect("an answer");
        pause = pause.max(last.elapsed());
        last = Instant::now();
        tokio::time::sleep(every / 20).await;
    }
    if pause < every {
        assert_eq!(fronted.warmed(), before);
    }
    assert_eq!(fronted.front.counts().connections, opened, "and no other is opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_kept_warm_where_nothing_is_encrypted() {
    let discord = LocalDiscord::start(Options::default()).await.expect("a port");
    let settings = DiscordSettings { api_url: discord.url(), ..DiscordSettings::default() };
    let rest = Rest::new(&settings, Some(discord.token().to_owned().into())).expect("a client");
    rest.keep_warm_every(Duration::from_millis(10));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(discord.received(), 0);
}
