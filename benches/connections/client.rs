//! The clients that are compared, each in a process of its own: it is told by a line what to ask, and tells how long each
//! answer took.

use std::env;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use futures::future::join_all;
use rcp_bot::reply::File;
use rcp_bot::settings::DiscordSettings;
use rcp_bot::transport::answer_cache::Body;
use rcp_bot::transport::rest::client::Rest;
use rcp_bot::transport::rest::connector::Trust;
use serde_json::{Value, json};
use serenity::all::{CreateAttachment, Http, HttpBuilder};

use super::fronts::Fronted;

/// The environment variable that makes this program one of the clients.
pub const ROLE: &str = "RCP_BENCH_ROLE";

/// Ours, and its floor.
pub const SIDES: [&str; 2] = ["ours", "bare"];

/// How often connections are kept warm here.
const WARMING: Duration = Duration::from_millis(600);

/// How long an interaction can be answered.
const FIRST_RESPONSE: Duration = Duration::from_secs(3);

/// A client in a process of its own. It ends when this is dropped.
pub struct Client {
    process: Child,
    told: BufReader<ChildStdout>,
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Client {
    pub fn start(side: &str, fronted: &Fronted) -> Client {
        let mut process = Command::new(env::current_exe().expect("this program"))
            .env_clear()
            .env(ROLE, side)
            .env("DISCORD_API_URL", fronted.url())
            .env("DISCORD_TOKEN", fronted.discord.token())
            .env("RCP_BENCH_CERTIFICATE", fronted.certificate())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let told = BufReader::new(process.stdout.take().expect("it is piped"));
        Client { process, told }
    }

    /// So many questions at once; how long each answer took in milliseconds, none where there was none.
    pub async fn ask(&mut self, fronted: &Fronted, people: usize, picture: bool) -> Vec<Option<f64>> {
        let first = fronted.interactions(people);
        let mut input = self.process.stdin.as_ref().expect("it is piped");
        writeln!(input, "{first} {people} {}", u8::from(picture)).expect("it listens");
        let mut line = String::new();
        // The front and the path run beside this.
        tokio::task::block_in_place(|| self.told.read_line(&mut line)).expect("it answers");
        serde_json::from_str(&line).expect("JSON")
    }

    /// The most resident memory so far, in MiB.
    pub fn peak(&self) -> f64 {
        self.told_of("VmHWM:")
    }

    /// The resident memory, in MiB.
    pub fn memory(&self) -> f64 {
        self.told_of("VmRSS:")
    }

    /// What Linux tells of the process, in MiB.
    fn told_of(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux tells it");
        line.trim().trim_end_matches("kB").trim().parse::<f64>().expect("a number") / 1024.0
    }
}

/// A client of either side.
enum Side {
    Ours(Rest),
    Bare(Http),
}

impl Side {
    fn new(role: &str) -> Side {
        let given = |name| env::var(name).expect("the environment is given");
        let (url, token) = (given("DISCORD_API_URL"), given("DISCORD_TOKEN"));
        let certificate =
            data_encoding::HEXLOWER.decode(given("RCP_BENCH_CERTIFICATE").as_bytes()).expect("hexadecimal");
        if role == SIDES[0] {
            let settings = DiscordSettings { api_url: url, ..DiscordSettings::default() };
            let rest = Rest::trusting(&settings, Some(token.into()), &Trust::Only(certificate)).expect("a client");
            rest.keep_warm_every(WARMING);
            return Side::Ours(rest);
        }
        let certificate = reqwest::Certificate::from_der(&certificate).expect("a certificate");
        let client = reqwest::Client::builder().use_rustls_tls().add_root_certificate(certificate).build();
        let http = HttpBuilder::new(token).client(client.expect("a client")).proxy(url).ratelimiter_disabled(true);
        Side::Bare(http.build())
    }

    async fn answer(&self, id: u64, picture: bool) -> bool {
        let (token, value) = (Fronted::token(id), answer());
        let content = vec![7; 40_000];
        match self {
            Side::Ours(rest) => {
                let files: Vec<File> =
                    picture.then(|| File { name: "carte.png".to_owned(), content }).into_iter().collect();
                let body = Body::from(value.to_string().into_bytes());
                rest.callback(id, &token, &body, &files, tokio::time::Instant::now()).await.is_ok()
            }
            Side::Bare(http) => {
                let files = picture.then(|| CreateAttachment::bytes(content, "carte.png")).into_iter().collect();
                let sent = http.create_interaction_response(id.into(), &token, &value, files);
                tokio::time::timeout(FIRST_RESPONSE, sent).await.is_ok_and(|sent| sent.is_ok())
            }
        }
    }
}

/// A card, of the size of the commonest.
fn answer() -> Value {
    let embed = json!({ "title": "x".repeat(100), "description": "y".repeat(3_800),
        "fields": [{ "name": "z".repeat(100), "value": "z".repeat(900) }] });
    json!({ "type": 4, "data": { "embeds": [embed] } })
}

/// Asks whatever is told on the standard input, until that ends.
pub async fn serve(role: &str) {
    let side = Side::new(role);
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let words: Vec<u64> = line.split(' ').map(|word| word.parse().expect("a number")).collect();
        let (first, people, picture) = (words[0], words[1], words[2] > 0);
        let asked = (first..first + people).map(|id| {
            let side = &side;
            async move {
                let begun = Instant::now();
                let answered = side.answer(id, picture).await;
                answered.then(|| begun.elapsed().as_secs_f64() * 1_000.0)
            }
        });
        println!("{}", json!(join_all(asked).await));
    }
}
