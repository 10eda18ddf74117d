//! The HTTP interactions endpoint, from outside: the real program, over real HTTP.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use local_discord::{LocalDiscord, Options, Person};
use rcp_bot::catalogue::Language;
use rcp_bot::commands::{COMMANDS, CommandOption, CustomId, MESSAGE_COMMANDS, OptionKind, View};
use rcp_bot::lookup::Entity;
use serde_json::{Value, json};

use crate::support::bot::{Bot, DEADLINE, Setup, data, voice};
use crate::support::http::{get, logged, setup, setup_with};

/// The key with which this file's Discord signs.
fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is right").as_secs()
}

/// A bot that serves, and the Discord whose REST API it uses.
pub(crate) struct Served {
    pub(crate) discord: LocalDiscord,
    bot: Bot,
    address: SocketAddr,
    client: reqwest::Client,
}

/// An answer: its status, and its body if that is JSON.
pub(crate) type Answer = (u16, Value);

impl Served {
    pub(crate) async fn start() -> Served {
        Served::with(|setup| setup).await
    }

    async fn with(change: impl Fn(Setup) -> Setup) -> Served {
        let discord = LocalDiscord::start(Options::default()).await.unwrap();
        // Registering is the other subcommand's work; afterwards people can use the commands.
        let registered = setup(&discord, "register").finish().await;
        assert_eq!(registered.code, Some(0), "{}", registered.stderr);
        assert_eq!(discord.commands(None).len(), 1 + MESSAGE_COMMANDS.len());
        let key = hex(key().verifying_key().as_bytes());
        let serving = setup_with(&discord, "serve", &data()).env("DISCORD_PUBLIC_KEY", &key).without("DISCORD_TOKEN");
        let bot = change(serving).start();
        let address = crate::support::http::address(&bot).await;
        Served { discord, bot, address, client: reqwest::Client::new() }
    }

    fn person(&self) -> Person {
        self.discord.person("Amina").with_id(PERSON).locale("fr")
    }

    /// Posts an interaction as Discord does.
    pub(crate) async fn post(&self, interaction: &Value) -> Answer {
        self.post_at(interaction, now()).await
    }

    async fn post_at(&self, interaction: &Value, timestamp: u64) -> Answer {
        let (body, timestamp) = (interaction.to_string(), timestamp.to_string());
        let signature = hex(&key().sign(format!("{timestamp}{body}").as_bytes()).to_bytes());
        self.post_raw(body.into_bytes(), &[("X-Signature-Ed25519", &signature), ("X-Signature-Timestamp", &timestamp)])
            .await
    }

    async fn post_raw(&self, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.post(format!("http://{}/interactions", self.address)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        get(self.address, path).await
    }

    pub(crate) fn ask(&self, path: &str, options: &[(&str, &str)]) -> Value {
        let mut draft = self.person().command(path);
        for (name, value) in options {
            draft = draft.option(name, *value);
        }
        draft.json().expect("Discord's client sends it")
    }
}

const PERSON: u64 = 1_234_567_890_123_456_789;

fn ping(id: u64) -> Value {
    json!({ "id": id.to_string(), "application_id": "1100000000000000001", "type": 1, "token": "t", "version": 1 })
}

/// The interaction of a component under a message of the bot, made of any interaction of the same person.
pub(crate) fn press(of: &Value, id: u64, custom_id: &str, values: Option<&[&str]>) -> Value {
    let mut interaction = of.clone();
    let mut data = json!({ "custom_id": custom_id, "component_type": if values.is_some() { 3 } else { 2 } });
    if let Some(values) = values {
        data["values"] = json!(values);
    }
    interaction["id"] = json!(id.to_string());
    interaction["type"] = json!(3);
    interaction["data"] = data;
    interaction["message"] = json!({
        "id": "5", "channel_id": of["channel_id"], "content": "", "timestamp": "2026-11-24T00:00:00+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 20,
        "author": { "id": "1100000000000000001", "username": "bot", "discriminator": "0", "avatar": null },
    });
    interaction
}

// --- What is answered ------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn every_subcommand_is_answered_as_ask_answers() {
    let served = Served::start().await;
    // Every command with what it insists on, with each entry that may be left out, and what no declaration tells.
    let example = |kind: OptionKind| match kind {
        OptionKind::Entry(Entity::Process) => Some("procesus de prage"),
        OptionKind::Entry(Entity::Region) => Some("Amériques"),
        OptionKind::Entry(Entity::Country) => Some("Kenya"),
        OptionKind::Entry(Entity::Organisation) => Some("HCR"),
        OptionKind::Entry(Entity::Meeting) => Some("2019"),
        OptionKind::Entry(Entity::Term) => Some("PCR"),
        OptionKind::Entry(Entity::Topic) => Some("retour"),
        OptionKind::Either(..) => Some("Kenya"),
        OptionKind::Text => Some("traite des êtres humains"),
        _ => None,
    };
    let mut lines: Vec<(String, Vec<(&str, &str)>)> = vec![
        ("rcp info".to_owned(), vec![("processus", "Nulle part")]),
        ("rcp info".to_owned(), vec![("processus", "Prague"), ("langue", "en")]),
        ("rcp secretariats".to_owned(), vec![("organisation", "HCR"), ("langue", "es")]),
    ];
    for command in COMMANDS {
        let given = |option: &CommandOption| example(option.kind).map(|value| (option.name.fr, value));
        let required: Vec<_> = command.options.iter().filter(|option| option.required).filter_map(given).collect();
        let optional = command.options.iter().filter(|option| !option.required).filter_map(given);
        let path = format!("rcp {}", command.name.fr);
        lines.push((path.clone(), required.clone()));
        lines.extend(optional.map(|option| (path.clone(), [required.clone(), vec![option]].concat())));
    }
    let mut pictured = 0;
    for (path, options) in lines {
        let (status, answer) = served.post(&served.ask(&path, &options)).await;
        // What has a picture follows as a call of its own: tests/quick/pictures.rs.
        if path == "rcp carte" {
            assert_eq!(status, 202);
            pictured += 1;
            continue;
        }
        assert_eq!(status, 200);
        let typed: Vec<String> = options.iter().map(|(name, value)| format!(" {name}:{value}")).collect();
        let line = format!("/{path}{}", typed.concat());
        let asked = Setup::new(&["ask", &line, "--locale", "fr", "--json"]).data(&data()).finish().await;
        // In the terminal nobody has an id; the bin under an answer knows who asked.
        let answer = answer.to_string().replace(&PERSON.to_string(), "0");
        // Nor does the terminal look at revisions; whoever serves keeps them.
        let revision = voice(Language::Fr).say_with("origin-revision", [("number", "1".into())]);
        let answer = answer.replace(&revision, &voice(Language::Fr).say("origin-folder"));
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let asked: Value = serde_json::from_str(&asked.stdout).expect("ask prints JSON");
        assert_eq!(answer, asked, "{line}");
    }
    let calls = served.discord.requests().iter().filter(|request| request.path.contains("callback")).count();
    assert!(pictured > 0 && calls <= pictured, "{calls} calls for {pictured} pictures");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ping_a_completion_and_components_are_answered() {
    let served = Served::start().await;
    assert_eq!(served.post(&ping(1)).await, (200, json!({ "type": 1 })));

    let typed = served.person().command("rcp info").completion_json("processus", "pra").unwrap();
    let (status, answer) = served.post(&typed).await;
    assert_eq!((status, &answer["type"]), (200, &json!(8)));
    assert!(answer["data"]["choices"].as_array().is_some_and(|choices| !choices.is_empty()));

    let command = served.ask("rcp region", &[("region", "Amériques")]);
    let (_, answer) = served.post(&command).await;
    let rows = answer["data"]["components"].as_array().unwrap();
    let parts: Vec<&Value> = rows.iter().flat_map(|row| row["components"].as_array().unwrap()).collect();
    let menu = parts.iter().find(|part| part["type"] == 3).expect("a menu");
    let chosen = menu["options"][0]["value"].as_str().unwrap();
    let interaction = press(&command, 11, menu["custom_id"].as_str().unwrap(), Some(&[chosen]));
    let (status, opened) = served.post(&interaction).await;
    assert_eq!((status, &opened["type"], &opened["data"]["flags"]), (200, &json!(4), &json!(64)));
    let (status, foreign) = served.post(&press(&command, 12, "another:bot", None)).await;
    assert_eq!((status, &foreign["data"]["flags"]), (200, &json!(64)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bin_is_acknowledged_and_the_message_deleted_through_rest() {
    let served = Served::start().await;
    let command = served.ask("rcp oim", &[]);
    let (_, answer) = served.post(&command).await;
    let rows = answer["data"]["components"].as_array().unwrap();
    let mut parts = rows.iter().flat_map(|row| row["components"].as_array().unwrap());
    let bin = parts.find(|part| part["style"] == 4 || part["emoji"]["name"] == "🗑️").expect("a bin");
    let mut interaction = press(&command, 21, bin["custom_id"].as_str().unwrap(), None);
    interaction["token"] = json!("the-token");
    assert_eq!(served.post(&interaction).await, (200, json!({ "type": 6 })));
    let wanted = "/webhooks/1100000000000000001/the-token/messages/@original";
    let deleted = |count: usize| {
        let discord = &served.discord;
        async move {
            let until = Instant::now() + DEADLINE;
            let is = |request: &local_discord::RequestRecord| request.method == "DELETE" && request.path == wanted;
            while discord.requests().iter().filter(|request| is(request)).count() < count {
                assert!(Instant::now() < until, "not deleted {count} times: {:?}", discord.requests());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    // This Discord does not know the token yet, as when our response is still on its way; so it is tried again.
    deleted(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_searches_too_often_is_told_privately_in_the_own_language() {
    let served = Served::with(|setup| setup.env("RCP_LIMITS__SEARCHES", "2")).await;
    for (locale, language) in [("fr", Language::Fr), ("en-US", Language::En), ("es-419", Language::Es)] {
        let person = served.discord.person("Amina").locale(locale);
        let search = || person.command("rcp recherche").option("texte", "traite").json().unwrap();
        for _ in 0..2 {
            let answer = served.post(&search()).await.1;
            assert_ne!(answer["data"]["embeds"][0]["title"], voice(language).say("slow-down"));
        }
        let answer = served.post(&search()).await.1;
        assert_eq!(answer["data"]["embeds"][0]["title"], voice(language).say("slow-down"));
        assert_eq!(answer["data"]["flags"], 64);
        // What costs little is answered as before.
        let other = person.command("rcp oim").json().unwrap();
        assert_ne!(served.post(&other).await.1["data"]["embeds"][0]["title"], voice(language).say("slow-down"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_pages_of_a_search_are_limited_whatever_leads_to_them() {
    let region = View::RegionMap { id: "africa".to_owned() };
    let page = View::Search { page: 2, region: None, status: None, query: "traite".to_owned() };
    let open = |view: &View| CustomId::Open { view: view.clone(), fixed: None }.encode(0);
    let menu = CustomId::Menu { fixed: None }.encode(1);
    let share = CustomId::Share { view: View::WorldMap {}, fixed: None }.encode(0);
    let timeline = View::ProcessTimeline { id: "processus-almaty".to_owned() };
    let costly = [
        (open(&View::TwoMap { a: "pidc".to_owned(), b: "cmc".to_owned() }), None),
        (open(&View::LivesTimeline {}), None),
        (open(&timeline), None),
        (share, None),
        (menu.clone(), Some(region.encode())),
        (menu.clone(), Some(page.encode())),
    ];
    let cheap =
        [(open(&View::Meetings {}), None), (menu, Some(View::Region { id: "africa".to_owned(), page: 0 }.encode()))];
    let served = Served::with(|setup| setup.env("RCP_LIMITS__SEARCHES", "1")).await;
    let mut number = 0;
    for (custom_id, value) in costly {
        let command = served.ask("rcp recherche", &[("texte", "traite")]);
        let mut is_slowed = async |custom_id: &str, value: Option<&String>| {
            number += 1;
            let values = value.map(|value| [value.as_str()]);
            let values = values.as_ref().map(<[&str; 1]>::as_slice);
            let pressed = press(&command, 1_400_000_000_000_000_500 + number, custom_id, values);
            let answer = served.post(&pressed).await.1;
            let titles = Language::ALL.map(|language| voice(language).say("slow-down"));
            titles.iter().any(|title| answer["data"]["embeds"][0]["title"] == *title)
        };
        assert_ne!(served.post(&command).await.0, 500);
        assert!(is_slowed(&custom_id, value.as_ref()).await, "{custom_id} {value:?}");
        for (custom_id, value) in &cheap {
            assert!(!is_slowed(custom_id, value.as_ref()).await, "{custom_id} {value:?}");
        }
    }
}

// --- What is refused -------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_did_not_sign_just_now_is_refused() {
    let served = Served::start().await;
    let body = ping(1).to_string();
    let time = now().to_string();
    let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
    let other = hex(&SigningKey::from_bytes(&[8; 32]).sign(format!("{time}{body}").as_bytes()).to_bytes());
    let (name, when) = ("X-Signature-Ed25519", "X-Signature-Timestamp");
    let short = &signature[..126];
    let no_hex = "g".repeat(128);
    let refused: [(&str, &[(&str, &str)]); 10] = [
        (&body, &[]),
        (&body, &[(name, &signature)]),
        (&body, &[(when, &time)]),
        (&body, &[(name, &other), (when, &time)]),
        (&body, &[(name, short), (when, &time)]),
        (&body, &[(name, &no_hex), (when, &time)]),
        (&body, &[(name, &signature), (when, "")]),
        (&body, &[(name, &signature), (when, "yesterday")]),
        // The body was cut or changed on the way.
        (&body[..body.len() - 1], &[(name, &signature), (when, &time)]),
        ("{\"type\":1}", &[(name, &signature), (when, &time)]),
    ];
    for (body, headers) in refused {
        assert_eq!(served.post_raw(body.as_bytes().to_vec(), headers).await.0, 401, "{body} {headers:?}");
    }
    for off in [301, 3_600, 86_400] {
        assert_eq!(served.post_at(&ping(2), now() - off).await.0, 401, "{off} s ago");
        assert_eq!(served.post_at(&ping(2), now() + off + 5).await.0, 401, "in {off} s");
    }
    assert_eq!(served.post_at(&ping(3), now() - 290).await.0, 200);
    // Signed by Discord, but nothing that we know; and the same twice.
    assert_eq!(served.post(&json!({ "type": 99 })).await.0, 400);
    assert_eq!(served.post(&ping(4)).await.0, 200);
    assert_eq!(served.post(&ping(4)).await.0, 401);
    assert_eq!(served.post(&ping(5)).await.0, 200);
    let (_, metrics) = served.get("/metrics").await;
    for (reason, least) in [("signature", 10), ("age", 6), ("form", 1), ("replay", 1)] {
        assert!(value(&metrics, &format!("rcp_http_refused_total{{reason=\"{reason}\"}}")) >= f64::from(least));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_typed_is_in_no_log() {
    let served = Served::start().await;
    let mut interaction = served.ask("rcp recherche", &[("texte", "quelque-chose-de-secret")]);
    assert_eq!(served.post(&interaction).await.0, 200);
    // One that cannot be read, so that an error is logged.
    interaction["id"] = json!("quelque-chose-de-secret");
    assert_eq!(served.post(&interaction).await.0, 400);
    logged(&served.bot, "unknown form").await;
    assert!(!served.bot.log().contains("secret"), "{}", served.bot.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn f11_operators_are_told_why_discord_cannot_verify_the_endpoint() {
    let other = hex(SigningKey::from_bytes(&[8; 32]).verifying_key().as_bytes());
    let served = Served::with(|setup| setup.env("DISCORD_PUBLIC_KEY", &other)).await;
    assert_eq!(served.post(&ping(1)).await.0, 401);
    assert_eq!(served.post(&ping(2)).await.0, 401);
    logged(&served.bot, "no signature has held so far").await;
    assert_eq!(served.post_at(&ping(3), now() - 400).await.0, 401);
    logged(&served.bot, "is this machine's clock right").await;
    for path in ["/interactions/", "//interactions"] {
        let posted = served.client.post(format!("http://{}{path}", served.address)).body("{}").send().await.unwrap();
        assert_eq!(posted.status().as_u16(), 404, "{path}");
    }
    logged(&served.bot, "another address than /interactions").await;
    // Each reason once a minute, however often it strikes.
    for told in ["no signature has held so far", "clock right", "another address than"] {
        assert_eq!(served.bot.log().matches(told).count(), 1, "{told}");
    }
    let (_, metrics) = served.get("/metrics").await;
    assert_eq!(value(&metrics, "rcp_http_refused_total{reason=\"path\"}"), 2.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn f11_what_discord_forges_to_try_us_is_not_told_once_a_signature_has_held() {
    let served = Served::start().await;
    assert_eq!(served.post(&ping(1)).await.0, 200);
    let (name, when, time) = ("X-Signature-Ed25519", "X-Signature-Timestamp", now().to_string());
    let forged = hex(&SigningKey::from_bytes(&[8; 32]).sign(b"another").to_bytes());
    let body = ping(2).to_string().into_bytes();
    assert_eq!(served.post_raw(body, &[(name, &forged), (when, &time)]).await.0, 401);
    assert_eq!(served.post(&ping(3)).await.0, 200);
    assert!(!served.bot.log().contains("no signature has held"), "{}", served.bot.log());
}

/// Sends raw bytes and reads what comes back until the server closes or this long has passed.
fn raw(address: SocketAddr, bytes: &[u8], patience: Duration) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_is_refused() {
    let served = Served::start().await;
    assert_eq!(served.post(&json!({ "type": 1, "padding": "x".repeat(300_000) })).await.0, 413);
    let address = served.address;
    let answer = tokio::task::spawn_blocking(move || {
        let head = format!("POST /interactions HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(20_000));
        raw(address, head.as_bytes(), DEADLINE)
    });
    assert!(answer.await.unwrap().starts_with("HTTP/1.1 431"));
    assert_eq!(served.post(&ping(1)).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_half_open_clients_are_cut_off_and_honest_ones_answered_meanwhile() {
    let mut served = Served::with(|setup| setup.env("RCP_HTTP__CONNECTIONS", "20")).await;
    let address = served.address;
    // Three times as many as may be connected, each sending a byte of a head now and then, or a body that never ends.
    let (begun, all_begun) = std::sync::mpsc::channel();
    let crowd: Vec<_> = (0..60)
        .map(|number| {
            let begun = begun.clone();
            tokio::task::spawn_blocking(move || {
                let started = Instant::now();
                let mut stream = TcpStream::connect(address).unwrap();
                let head = "POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n";
                let signed =
                    format!("X-Signature-Timestamp: {}\r\nX-Signature-Ed25519: {}\r\n\r\n", now(), "0".repeat(128));
                let begin = if number % 2 == 0 { head.to_owned() } else { format!("{head}{signed}") };
                stream.write_all(begin.as_bytes()).unwrap();
                begun.send(()).unwrap();
                stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
                let mut buffer = [0; 256];
                // Whether the server cut it off.
                while started.elapsed() < DEADLINE {
                    match stream.read(&mut buffer) {
                        Ok(0) => return true,
                        Ok(_) => {}
                        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                        Err(_) => return true,
                    }
                    if stream.write_all(b"X").is_err() {
                        return true;
                    }
                }
                false
            })
        })
        .collect();
    tokio::task::spawn_blocking(move || all_begun.iter().take(60).count()).await.unwrap();
    for number in 0..100 {
        // Each on a connection of its own.
        served.client = reqwest::Client::new();
        assert_eq!(served.post(&ping(1_000 + number)).await.0, 200, "{number}");
    }
    for client in crowd {
        assert!(client.await.unwrap(), "a slow client was never cut off");
    }
    // More were there than may be connected: those who waited too long made room, and no honest request waited for the end
    // of one.
    let (_, metrics) = served.get("/metrics").await;
    assert!(value(&metrics, "rcp_http_refused_total{reason=\"crowd\"}") >= 40.0);
}

// --- How it is watched and how it ends -------------------------------------------------------------------------------

/// The value of a line of metrics.
fn value(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name}"));
    line.trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn health_readiness_and_metrics_are_told() {
    let served = Served::start().await;
    assert_eq!(served.get("/healthz").await, (200, "ok".to_owned()));
    let (status, ready) = served.get("/readyz").await;
    let ready: Value = serde_json::from_str(&ready).unwrap();
    assert_eq!((status, &ready["ready"]), (200, &json!(true)));
    assert_eq!(served.post(&served.ask("rcp oim", &[])).await.0, 200);
    assert_eq!(served.post(&served.ask("rcp info", &[("processus", "Nulle part du tout")])).await.0, 200);
    let (_, metrics) = served.get("/metrics").await;
    for (labels, count) in [
        ("command=\"oim\",kind=\"command\",language=\"fr\",result=\"answered\"", 1.0),
        ("command=\"info\",kind=\"command\",language=\"fr\",result=\"refused\"", 1.0),
    ] {
        assert_eq!(value(&metrics, &format!("rcp_interactions_total{{{labels}}}")), count, "{metrics}");
    }
    assert_eq!(value(&metrics, "rcp_interaction_duration_seconds_count{kind=\"command\"}"), 2.0);
    assert!(value(&metrics, "rcp_catalogue_processes") > 30.0);
    assert_eq!(served.get("/").await.0, 404);
    assert_eq!(served.get("/interactions").await.0, 405);
}

/// With this a server asks for the body that a client announced.
const CONTINUE: &[u8; 25] = b"HTTP/1.1 100 Continue\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn at_sigterm_what_is_under_way_is_finished() {
    let mut served = Served::start().await;
    let body = ping(1).to_string();
    let time = now().to_string();
    let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
    // The server tells by 100 that it has the head and waits for the body.
    let head = format!(
        "POST /interactions HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\
         X-Signature-Ed25519: {signature}\r\nX-Signature-Timestamp: {time}\r\n\r\n",
        body.len()
    );
    // A connection that is idle must not hold up the end.
    let _idle = TcpStream::connect(served.address).unwrap();
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut go_on = [0; CONTINUE.len()];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(go_on, *CONTINUE);
    served.bot.signal("TERM");
    // It has heard the signal when nobody is let in any more.
    let begun = Instant::now();
    while TcpStream::connect(served.address).is_ok() {
        assert!(begun.elapsed() < DEADLINE, "it goes on listening");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("{\"type\":1}"), "{answer}");
    assert_eq!(served.bot.ended().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_are_refused_with_code_2() {
    for (key, value) in [
        ("DISCORD_PUBLIC_KEY", ""),
        ("DISCORD_PUBLIC_KEY", "abc"),
        ("DISCORD_PUBLIC_KEY", &"é".repeat(32)),
        ("RCP_HTTP__LISTEN", "here"),
        ("RCP_DISCORD__SHARDS", "{range=[1,4],total=4}"),
    ] {
        let public = hex(self::key().verifying_key().as_bytes());
        let finished = Setup::new(&["serve"]).env("DISCORD_PUBLIC_KEY", &public).env(key, value).finish().await;
        assert_eq!(finished.code, Some(2), "{key}={value}: {}", finished.stderr);
    }
}
