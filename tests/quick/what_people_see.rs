//! What people see, byte for byte: every callback body, edit and notice that the real binary sends, in three languages.
//!
//! Nothing here knows the crate from within, but for which views come with a picture. The commands come from `rcp-bot commands`, the views from the buttons and
//! menus of the answers themselves, so that a new command or view is taken in without a line here. The bodies stand in
//! `snapshots/payloads`, one file for each command or kind of view and language, with their keys in the order in which
//! they were sent. After a change that is meant, `INSTA_UPDATE=always cargo test what_people_see` writes them anew; the
//! difference is then read before it is committed.
//!
//! Two commits are compared over the whole catalogue with the test that is ignored; it says how.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{Method, StatusCode};
use axum::{Router, serve};
use ed25519_dalek::{Signer, SigningKey};
use futures::future::join_all;
use local_discord::LocalDiscord;
use rcp_bot::commands::{CustomId, View};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::bot::{Bot, DEADLINE, Setup, data, until};
use crate::support::{self, http, small};

/// The Discord locales in which everything is asked, with the language that answers.
const LOCALES: [(&str, &str); 3] = [("fr", "fr"), ("en-US", "en"), ("es-ES", "es")];

const APPLICATION: u64 = 1_100_000_000_000_000_001;
const GUILD: u64 = 1_200_000_000_000_000_001;
const CHANNEL: u64 = 1_300_000_000_000_000_001;
const AUDIT: u64 = 1_300_000_000_000_000_077;
const ASKER: u64 = 1_234_567_890_123_456_789;
const OTHER: u64 = 1_234_567_890_123_456_790;
const MODERATOR: u64 = 4_242;

/// The moderators' role.
const ROLE: u64 = 777;

/// Manage Messages. (Discord: topics/permissions.)
const MANAGE_MESSAGES: u64 = 1 << 13;

/// The message flag of what only one person sees. (Discord: resources/message, "Message Flags".)
const EPHEMERAL: u64 = 1 << 6;

/// The choices that an option has at most. (Discord: interactions/application-commands, "Application Command Option".)
const CHOICES: usize = 25;

/// How many interactions are under way at a time.
const AT_ONCE: usize = 16;

/// What is typed that no entry is called, that several are, and that is meant to do harm.
const TYPED: [&str; 5] =
    ["zzqqxx", "processus", " ", "**a** `b` @everyone <@1> [c](https://example.org) \u{202e}\n# d", "é"];

// --- Discord's side --------------------------------------------------------------------------------------------------

/// What the bot sent to Discord's REST API.
#[derive(Clone, Debug)]
struct Sent {
    method: Method,
    path: String,
    /// The JSON body as it came, or the `payload_json` of a form.
    body: String,
    /// The files of a form.
    files: Vec<(String, String)>,
}

/// A Discord that takes everything, keeps it as it came, and has attachments.
#[derive(Clone, Default)]
struct Rest {
    sent: Arc<Mutex<Vec<Sent>>>,
    attachments: Arc<Mutex<HashMap<String, Bytes>>>,
}

impl Rest {
    async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port can be opened");
        let address = listener.local_addr().expect("it has an address");
        let rest = self.clone();
        let take = move |request: Request| {
            let rest = rest.clone();
            async move { rest.take(request).await }
        };
        tokio::spawn(async move { serve(listener, Router::new().fallback(take)).await });
        address
    }

    async fn take(&self, request: Request) -> (StatusCode, Bytes) {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        if method == Method::GET {
            let found = self.attachments.lock().expect("not poisoned").get(&path).cloned();
            return found.map_or((StatusCode::NOT_FOUND, Bytes::new()), |content| (StatusCode::OK, content));
        }
        let path = path.strip_prefix("/api/v10").unwrap_or(&path).to_owned();
        let is_form = request.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"multi"));
        let (mut body, mut files) = (String::new(), Vec::new());
        if is_form {
            let mut form = Multipart::from_request(request, &()).await.expect("a form");
            while let Some(part) = form.next_field().await.expect("a form") {
                let name = part.file_name().map(str::to_owned);
                let text = part.text().await.expect("a text");
                match name {
                    Some(name) => files.push((name, text)),
                    None => body = text,
                }
            }
        } else {
            let whole = to_bytes(request.into_body(), usize::MAX).await.expect("a body");
            body = String::from_utf8(whole.to_vec()).expect("a text");
        }
        self.sent.lock().expect("not poisoned").push(Sent { method, path, body, files });
        (StatusCode::OK, Bytes::from_static(b"{}"))
    }

    fn all(&self) -> Vec<Sent> {
        self.sent.lock().expect("not poisoned").clone()
    }

    /// Waits for something that was sent.
    async fn wait(&self, what: &str, wanted: impl Fn(&Sent) -> bool) -> Sent {
        let start = Instant::now();
        loop {
            if let Some(sent) = self.all().into_iter().find(&wanted) {
                return sent;
            }
            assert!(start.elapsed() < DEADLINE, "this was not sent: {what}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What the audit channel was told.
    fn notices(&self) -> Vec<Sent> {
        let channel = format!("/channels/{AUDIT}/messages");
        self.all().into_iter().filter(|sent| sent.path == channel).collect()
    }
}

/// Who sends an interaction, and from where.
#[derive(Clone)]
struct Person {
    id: u64,
    name: &'static str,
    roles: Vec<u64>,
    permissions: u64,
    /// The server; none for a direct message.
    guild: Option<u64>,
    locale: &'static str,
}

fn asker(locale: &'static str) -> Person {
    Person { id: ASKER, name: "Amina", roles: Vec::new(), permissions: 0, guild: Some(GUILD), locale }
}

impl Person {
    /// An interaction with every field that Discord sends.
    fn interaction(&self, id: u64, kind: u64, data: Value) -> Value {
        let user = json!({
            "id": self.id.to_string(), "username": self.name.to_lowercase(), "global_name": self.name,
            "discriminator": "0", "avatar": null, "public_flags": 0,
        });
        let mut interaction = json!({
            "id": id.to_string(), "application_id": APPLICATION.to_string(), "type": kind, "token": token(id),
            "version": 1, "data": data, "channel_id": CHANNEL.to_string(), "locale": self.locale,
            "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {},
            "context": if self.guild.is_some() { 0 } else { 1 }, "attachment_size_limit": 10_485_760,
            "channel": {"id": CHANNEL.to_string(), "type": if self.guild.is_some() { 0 } else { 1 }},
        });
        match self.guild {
            None => interaction["user"] = user,
            Some(guild) => {
                let roles: Vec<String> = self.roles.iter().map(u64::to_string).collect();
                interaction["member"] = json!({
                    "user": user, "nick": null, "avatar": null, "roles": roles, "joined_at": "2024-01-01T00:00:00+00:00",
                    "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
                    "permissions": self.permissions.to_string(), "communication_disabled_until": null,
                });
                interaction["guild_id"] = json!(guild.to_string());
                interaction["guild_locale"] = json!("en-US");
            }
        }
        interaction
    }
}

fn token(id: u64) -> String {
    format!("token-{id}")
}

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Act {
    /// A slash command: root, subcommand, options (type, name, value as JSON).
    Command { root: String, subcommand: String, options: Vec<(u64, String, String)> },
    /// Typing into an option.
    Complete { root: String, subcommand: String, option: String, typed: String },
    /// A button or a menu's entry, under a message that all see or one that only this person sees.
    Press { custom_id: String, value: Option<String>, private: bool },
    /// Any other interaction.
    Other { kind: u64 },
}

impl Act {
    fn command(root: &str, subcommand: &str, options: &[(u64, &str, Value)]) -> Act {
        let options = options.iter().map(|(kind, name, value)| (*kind, (*name).to_owned(), value.to_string()));
        Act::Command { root: root.to_owned(), subcommand: subcommand.to_owned(), options: options.collect() }
    }

    fn complete(root: &str, subcommand: &str, option: &str, typed: &str) -> Act {
        let [root, subcommand, option, typed] = [root, subcommand, option, typed].map(str::to_owned);
        Act::Complete { root, subcommand, option, typed }
    }

    fn press(custom_id: &str, value: Option<&str>, private: bool) -> Act {
        Act::Press { custom_id: custom_id.to_owned(), value: value.map(str::to_owned), private }
    }

    /// The interaction; `resolved` are the objects that its options name.
    fn interaction(&self, person: &Person, id: u64, resolved: &Value) -> Value {
        let command = |root: &str, subcommand: &str, options: Vec<Value>| {
            let mut data = json!({"id": "31", "name": root, "type": 1,
                                  "options": [{"type": 1, "name": subcommand, "options": options}]});
            if !resolved.is_null() {
                data["resolved"] = resolved.clone();
            }
            data
        };
        match self {
            Act::Command { root, subcommand, options } => {
                let options = options.iter().map(|(kind, name, value)| {
                    let value: Value = serde_json::from_str(value).expect("it was written from a value");
                    json!({"type": kind, "name": name, "value": value})
                });
                person.interaction(id, 2, command(root, subcommand, options.collect()))
            }
            Act::Complete { root, subcommand, option, typed } => {
                let option = json!({"type": 3, "name": option, "value": typed, "focused": true});
                person.interaction(id, 4, command(root, subcommand, vec![option]))
            }
            Act::Press { custom_id, value, private } => {
                let mut data = json!({"custom_id": custom_id, "component_type": if value.is_some() { 3 } else { 2 }});
                if let Some(value) = value {
                    data["values"] = json!([value]);
                }
                let mut interaction = person.interaction(id, 3, data);
                interaction["message"] = json!({
                    "id": "41", "channel_id": CHANNEL.to_string(), "type": 20, "content": "", "tts": false,
                    "author": {"id": APPLICATION.to_string(), "username": "bot", "discriminator": "0", "avatar": null},
                    "timestamp": "2026-11-24T00:00:00+00:00", "edited_timestamp": null, "pinned": false,
                    "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
                    "components": [], "flags": if *private { EPHEMERAL } else { 0 },
                });
                interaction
            }
            Act::Other { kind } => person.interaction(id, *kind, json!({"custom_id": "form", "components": []})),
        }
    }

    /// Whether the answer comes in a language that was chosen on purpose.
    fn chooses_language(&self) -> bool {
        match self {
            Act::Command { options, .. } => options.iter().any(|(_, name, _)| name == "langue"),
            Act::Press { custom_id, .. } => custom_id.split(':').any(|step| ["fr", "en", "es"].contains(&step)),
            _ => false,
        }
    }

    /// How it is called in a snapshot or a list.
    fn name(&self) -> String {
        match self {
            Act::Command { root, subcommand, options } => {
                let options = options.iter().map(|(_, name, value)| match value.len() {
                    0..1_000 => format!(" {name}:{value}"),
                    length => format!(" {name}: a text of {length} bytes"),
                });
                format!("/{root} {subcommand}{}", options.collect::<String>())
            }
            Act::Complete { root, subcommand, option, typed } => {
                format!("/{root} {subcommand} {option}:{typed:?}…")
            }
            Act::Press { custom_id, value, private } => {
                let value = value.as_ref().map(|value| format!(" {value:?}")).unwrap_or_default();
                format!("{custom_id:?}{value} under a {} message", if *private { "private" } else { "public" })
            }
            Act::Other { kind } => format!("an interaction of type {kind}"),
        }
    }

    /// Whether the answer comes with a picture, which is left out where a busy machine has no time to draw it:
    /// tests/quick/pictures.rs and maps.rs look at those.
    fn asks_for_a_picture(&self) -> bool {
        match self {
            Act::Command { subcommand, .. } => subcommand == "carte",
            Act::Press { custom_id, value, .. } => {
                let view = match (value, custom_id.parse()) {
                    (Some(value), _) => value.parse().ok(),
                    (None, Ok(CustomId::Open { view, .. } | CustomId::Share { view, .. })) => Some(view),
                    (None, _) => None,
                };
                view.is_some_and(|view: View| view.shows_picture())
            }
            Act::Complete { .. } | Act::Other { .. } => false,
        }
    }

    /// The file in which it stands: that of its command, or of the kind of view.
    fn page(&self) -> String {
        match self {
            Act::Command { root, subcommand, .. } | Act::Complete { root, subcommand, .. } => {
                let plain = subcommand.bytes().all(|byte| byte.is_ascii_lowercase()) && root.starts_with("rcp");
                if plain && subcommand != UNKNOWN { format!("{root}-{subcommand}") } else { "other".to_owned() }
            }
            Act::Press { custom_id, value, .. } => {
                let steps: Vec<&str> = custom_id.split(':').collect();
                let kind = match (value, steps.as_slice()) {
                    (Some(value), _) => value.split(':').next().unwrap_or_default(),
                    (None, ["rcp", _, _, _, kind, ..]) => kind,
                    _ => "",
                };
                let plain = (1..20).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
                if plain { format!("view-{kind}") } else { "other".to_owned() }
            }
            Act::Other { .. } => "other".to_owned(),
        }
    }
}

/// A subcommand that there is not.
const UNKNOWN: &str = "rien";

/// The binary behind its endpoint, and the Discord whose REST API it uses.
struct Served {
    bot: Bot,
    rest: Rest,
    client: reqwest::Client,
    address: SocketAddr,
    discord: SocketAddr,
    next: AtomicU64,
}

/// The key with which this Discord signs.
static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_bytes(&[7; 32]));

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Served {
    async fn start(data: &Path, state: &Path, change: impl FnOnce(Setup) -> Setup) -> Served {
        let rest = Rest::default();
        let discord = rest.start().await;
        let setup = Setup::new(&["serve"])
            .data(data)
            .arg("--state")
            .arg(state.to_str().expect("the folder's path is text"))
            .env("DISCORD_API_URL", &format!("http://{discord}"))
            .env("DISCORD_TOKEN", support::bot::TOKEN)
            .env("DISCORD_PUBLIC_KEY", &hex(KEY.verifying_key().as_bytes()))
            .env("RCP_HTTP__LISTEN", "127.0.0.1:0")
            .env("RCP_LIMITS__SEARCHES", "0")
            .env("RCP_LOG__FORMAT", "json")
            .env("RUST_LOG", "rcp_bot=info");
        let bot = change(setup).start();
        let address = http::address(&bot).await;
        Served { bot, rest, client: reqwest::Client::new(), address, discord, next: AtomicU64::new(1_001) }
    }

    /// The answer to an act as it was sent, and the interaction's id.
    async fn answer_with(&self, person: &Person, act: &Act, resolved: &Value) -> (u64, String) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        (id, self.post(id, &act.interaction(person, id, resolved)).await)
    }

    async fn answer(&self, person: &Person, act: &Act) -> String {
        self.answer_with(person, act, &Value::Null).await.1
    }

    /// The edit that follows a first response.
    async fn follows(&self, id: u64, what: &str) -> Sent {
        let path = format!("/webhooks/{APPLICATION}/{}/messages/@original", token(id));
        let sent = self.rest.wait(what, |sent| sent.path == path).await;
        assert_eq!(sent.method, Method::PATCH);
        sent
    }

    async fn post(&self, id: u64, interaction: &Value) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is right").as_secs().to_string();
        let body = interaction.to_string();
        let signature = hex(&KEY.sign(format!("{now}{body}").as_bytes()).to_bytes());
        let request = self.client.post(format!("http://{}/interactions", self.address)).body(body);
        let request = request.header("X-Signature-Ed25519", signature).header("X-Signature-Timestamp", now);
        let response = request.send().await.expect("an answer");
        let status = response.status();
        if status == 202 {
            // With files it goes another way.
            let path = format!("/interactions/{id}/{}/callback", token(id));
            return self.rest.wait("a callback", |sent| sent.path == path).await.body;
        }
        assert_eq!(status, 200, "{interaction:#}");
        response.text().await.expect("a text")
    }
}

// --- Walking through everything --------------------------------------------------------------------------------------

/// An answer: what was done, and the body of the callback as it was sent.
struct Answer {
    act: Act,
    body: String,
}

/// What is asked of a catalogue besides what its own completions and buttons offer.
struct Questions {
    /// The entries by the option that takes them.
    entries: BTreeMap<String, Vec<String>>,
    /// What is searched for.
    searches: &'static [&'static str],
    /// Whether answers in a language that was chosen on purpose are walked on from, like all others, and every language
    /// is chosen.
    languages: bool,
}

/// Every option, with some values of each, that the command line's own list of commands names.
struct Option_<'t> {
    name: &'t str,
    kind: u64,
    required: bool,
    completes: bool,
    choices: Vec<Value>,
}

fn options(subcommand: &Value) -> Vec<Option_<'_>> {
    let options = subcommand["options"].as_array().into_iter().flatten();
    let read = |option: &'_ Value| {
        let choices = option["choices"].as_array().into_iter().flatten().map(|choice| choice["value"].clone());
        (option["required"] == true, option["autocomplete"] == true, choices.collect())
    };
    let all = options.filter_map(|option| {
        let (required, completes, choices) = read(option);
        let (name, kind) = (option["name"].as_str()?, option["type"].as_u64()?);
        Some(Option_ { name, kind, required, completes, choices })
    });
    all.collect()
}

/// The commands as they are registered: `rcp-bot commands`.
async fn commands(data: &Path) -> Value {
    let listed = Setup::new(&["commands"]).data(data).finish().await;
    assert_eq!(listed.code, Some(0), "{}", listed.stderr);
    serde_json::from_str(&listed.stdout).expect("commands prints JSON")
}

/// Every command of `/rcp` in every form: without options, with each value of each option, mistyped.
fn beginnings(tree: &Value, questions: &Questions) -> Vec<Act> {
    let mut acts = Vec::new();
    let roots = tree["global"].as_array().expect("a list of commands").iter();
    // Other kinds of commands have no subcommands.
    for root in roots.filter(|root| root["type"] == 1) {
        let path = root["name"].as_str().expect("a name");
        for subcommand in root["options"].as_array().expect("subcommands") {
            let name = subcommand["name"].as_str().expect("a name");
            let options = options(subcommand);
            let values = |option: &Option_<'_>| -> Vec<Value> {
                if !option.choices.is_empty() {
                    let few = option.name == "langue" && !questions.languages;
                    return option.choices.iter().take(if few { 1 } else { CHOICES }).cloned().collect();
                }
                match (option.kind, option.completes) {
                    (3, true) => questions.entries.get(option.name).into_iter().flatten().map(|id| json!(id)).collect(),
                    (3, false) => questions.searches.iter().map(|text| json!(text)).collect(),
                    (5, _) => vec![json!(true)],
                    (6, _) => vec![json!(OTHER.to_string())],
                    _ => Vec::new(),
                }
            };
            // What must be given, with the nth of its values.
            let required = |nth: usize| -> Vec<(u64, &str, Value)> {
                let given = options.iter().filter(|option| option.required).enumerate();
                let given = given.filter_map(|(place, option)| {
                    let values = values(option);
                    let value = values.get((nth + place) % values.len().max(1))?.clone();
                    Some((option.kind, option.name, value))
                });
                given.collect()
            };
            let mut ask = |given: &[(u64, &str, Value)]| acts.push(Act::command(path, name, given));
            ask(&[]);
            let most = options.iter().filter(|one| one.required).map(|one| values(one).len()).max().unwrap_or(1);
            for nth in 0..most {
                ask(&required(nth));
            }
            let with = |given| joined(required(0), given);
            for option in options.iter().filter(|option| !option.required) {
                for value in values(option) {
                    ask(&with(vec![(option.kind, option.name, value)]));
                }
            }
            for option in options.iter().filter(|option| option.completes) {
                let mut rest = required(0);
                rest.retain(|(_, name, _)| *name != option.name);
                let first = questions.entries.get(option.name).and_then(|ids| ids.first()).cloned().unwrap_or_default();
                let longest = "x".repeat(6_000);
                let misspelt = [first.get(1..).unwrap_or_default().to_owned(), format!("{first}e")];
                for typed in TYPED.into_iter().chain(misspelt.iter().map(String::as_str)).chain([longest.as_str()]) {
                    ask(&joined(rest.clone(), vec![(3, option.name, json!(typed))]));
                }
            }
            ask(&with(vec![(5, "discret", json!(true)), (3, "langue", json!("es"))]));
            ask(&with(vec![(5, "discret", json!(true)), (6, "pour", json!(OTHER.to_string()))]));
            ask(&with(vec![(5, "discret", json!(false)), (6, "pour", json!(ASKER.to_string()))]));
            // Discord sends none of these; others may.
            ask(&with(vec![(3, "inconnue", json!("x"))]));
            ask(&with(vec![(3, "langue", json!("de"))]));
            ask(&with(vec![(3, "discret", json!("oui"))]));
            ask(&with(vec![(4, "pour", json!(5))]));
            for option in options.iter().filter(|option| option.completes) {
                let ids = questions.entries.get(option.name).into_iter().flatten();
                let typed = TYPED.into_iter().chain(["", "a", "pro", "ésp"]).chain(ids.map(String::as_str));
                acts.extend(typed.map(|typed| Act::complete(path, name, option.name, typed)));
            }
            acts.push(Act::complete(path, name, "inconnue", "a"));
        }
        acts.push(Act::command(path, UNKNOWN, &[]));
        acts.push(Act::complete(path, UNKNOWN, "a", "a"));
    }
    acts.push(Act::command("other", UNKNOWN, &[]));
    acts.push(Act::Other { kind: 5 });
    for custom_id in
        ["", "other", "rcp", "rcp:", "rcp:1", "rcp:2:o0:-:i", "rcp:1:o0:-:p:gone", "rcp:1:o0:de:i", "rcp:1:m0:-"]
    {
        acts.extend([true, false].map(|private| Act::press(custom_id, None, private)));
    }
    acts.extend(["", "x", "p:gone"].map(|value| Act::press("rcp:1:m0:-", Some(value), false)));
    acts
}

/// Options with others behind them.
fn joined<'o>(options: Vec<(u64, &'o str, Value)>, others: Vec<(u64, &'o str, Value)>) -> Vec<(u64, &'o str, Value)> {
    [options, others].concat()
}

/// Everything that can be pressed or chosen in a part of a message.
fn ways(part: &Value, found: &mut Vec<(String, Option<String>)>) {
    let below = match part {
        Value::Array(parts) => parts.iter().collect(),
        Value::Object(fields) => fields.values().collect::<Vec<_>>(),
        _ => return,
    };
    if let Some(custom_id) = part["custom_id"].as_str().filter(|_| part["disabled"] != true) {
        match part["options"].as_array() {
            None => found.push((custom_id.to_owned(), None)),
            Some(options) => {
                let values = options.iter().filter_map(|option| option["value"].as_str());
                found.extend(values.map(|value| (custom_id.to_owned(), Some(value.to_owned()))));
            }
        }
    }
    below.into_iter().for_each(|part| ways(part, found));
}

/// Does everything that a person can do, breadth first: each command, then each button and menu entry of the answers,
/// under a public and under a private message, each once.
async fn walk(served: &Served, person: &Person, tree: &Value, questions: &Questions) -> Vec<Answer> {
    let mut seen = HashSet::new();
    let mut next: Vec<Act> = beginnings(tree, questions);
    next.retain(|act| !act.asks_for_a_picture() && seen.insert(act.clone()));
    let mut answers = Vec::new();
    while !next.is_empty() {
        let mut after = Vec::new();
        for acts in next.chunks(AT_ONCE) {
            let bodies = join_all(acts.iter().map(|act| served.answer(person, act))).await;
            for (act, body) in acts.iter().zip(bodies) {
                let mut found = Vec::new();
                let answer: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
                if questions.languages || !act.chooses_language() {
                    ways(&answer["data"]["components"], &mut found);
                }
                // Every label leads where its entry does.
                if let (Act::Complete { root, subcommand, option, .. }, true) = (act, questions.languages)
                    && let Some(label) = answer["data"]["choices"][0]["name"].as_str()
                {
                    after.push(Act::command(root, subcommand, &[(3, option, json!(label))]));
                }
                for (custom_id, value) in found {
                    after.extend([false, true].map(|private| Act::press(&custom_id, value.as_deref(), private)));
                }
                answers.push(Answer { act: act.clone(), body });
            }
        }
        after.retain(|act| !act.asks_for_a_picture() && seen.insert(act.clone()));
        next = after;
    }
    answers
}

/// Every entry of a catalogue, by the option that takes it.
fn entries(data: &Path) -> BTreeMap<String, Vec<String>> {
    let table = |file: &str| -> toml::Table {
        let text = fs::read_to_string(data.join(file)).expect("the catalogue has the file");
        text.parse().expect("the file is TOML")
    };
    let ids = |file: &str, list: &str, key: &str| -> Vec<String> {
        let table = table(file);
        let rows = table[list].as_array().expect("a list").iter();
        rows.map(|row| row[key].as_str().expect("an id").to_owned()).collect()
    };
    let files = fs::read_dir(data.join("processes")).expect("the catalogue has processes");
    let names =
        files.map(|file| file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned());
    let mut processes: Vec<String> = names.collect();
    processes.sort();
    let all = [
        ("processus", processes),
        ("region", ids("regions.toml", "region", "id")),
        ("pays", ids("countries.toml", "country", "code")),
        ("organisation", ids("organisations.toml", "organisation", "id")),
        ("reunion", ids("meetings.toml", "meeting", "id")),
        ("terme", ids("glossary.toml", "term", "id")),
        ("theme", ids("topics.toml", "topic", "id")),
    ];
    all.into_iter().map(|(option, ids)| (option.to_owned(), ids)).collect()
}

// --- How it is written down ------------------------------------------------------------------------------------------

/// JSON as it was sent: keys in their order, scalars with all their escapes.
enum Json<'t> {
    Scalar(&'t str),
    List(Vec<Json<'t>>),
    Map(Vec<(&'t str, Json<'t>)>),
}

/// How wide a line may be before a list or an object is spread over several.
const WIDTH: usize = 110;

impl<'t> Json<'t> {
    /// Reads compact JSON that is known to be valid.
    fn read(text: &'t str) -> Json<'t> {
        let mut rest = text;
        let json = Json::next(&mut rest);
        assert_eq!(rest, "", "compact JSON");
        json
    }

    fn next(rest: &mut &'t str) -> Json<'t> {
        let take = |rest: &mut &'t str, end: &str| {
            let found = rest.strip_prefix(end);
            found.map(|after| *rest = after).is_some()
        };
        if take(rest, "[") {
            let mut items = Vec::new();
            while !take(rest, "]") {
                items.push(Json::next(rest));
                take(rest, ",");
            }
            return Json::List(items);
        }
        if take(rest, "{") {
            let mut fields = Vec::new();
            while !take(rest, "}") {
                let Json::Scalar(key) = Json::next(rest) else { panic!("a key before {rest}") };
                assert!(take(rest, ":"), "a colon before {rest}");
                fields.push((key, Json::next(rest)));
                take(rest, ",");
            }
            return Json::Map(fields);
        }
        let mut escaped = false;
        let is_text = rest.starts_with('"');
        let ends = |(place, one): (usize, char)| {
            let ended = if is_text { place > 0 && one == '"' && !escaped } else { ",]}:".contains(one) };
            escaped = one == '\\' && !escaped;
            ended.then_some(if is_text { place + 1 } else { place })
        };
        let end = rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let (scalar, after) = rest.split_at(end);
        assert!(!scalar.is_empty(), "a value before {rest}");
        *rest = after;
        Json::Scalar(scalar)
    }

    fn on_one_line(&self) -> String {
        match self {
            Json::Scalar(text) => (*text).to_owned(),
            Json::List(items) => format!("[{}]", items.iter().map(Json::on_one_line).collect::<Vec<_>>().join(", ")),
            Json::Map(fields) => {
                let fields = fields.iter().map(|(key, value)| format!("{key}: {}", value.on_one_line()));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Indented; a long text is broken after its line breaks, as they are seen.
    fn write(&self, depth: usize, to: &mut String) {
        let line = self.on_one_line();
        if 2 * depth + line.chars().count() <= WIDTH {
            return to.push_str(&line);
        }
        let indent = |depth: usize| format!("\n{}", "  ".repeat(depth));
        match self {
            Json::Scalar(text) => to.push_str(&text.replace("\\n", &format!("\\n{}", indent(depth + 1)))),
            Json::List(items) => {
                to.push('[');
                for (place, item) in items.iter().enumerate() {
                    to.push_str(if place > 0 { "," } else { "" });
                    to.push_str(&indent(depth + 1));
                    item.write(depth + 1, to);
                }
                to.push_str(&indent(depth));
                to.push(']');
            }
            Json::Map(fields) => {
                to.push('{');
                for (place, (key, value)) in fields.iter().enumerate() {
                    to.push_str(if place > 0 { "," } else { "" });
                    to.push_str(&indent(depth + 1));
                    to.push_str(&format!("{key}: "));
                    value.write(depth + 1, to);
                }
                to.push_str(&indent(depth));
                to.push('}');
            }
        }
    }
}

fn pretty(json: &str) -> String {
    let mut text = String::new();
    Json::read(json).write(0, &mut text);
    text
}

/// A text in which what differs from run to run is named instead.
struct Redacted {
    /// The folder of data and state.
    folder: String,
    /// The hashes met so far, in their order.
    hashes: Vec<String>,
}

impl Redacted {
    fn new(folder: &Path) -> Redacted {
        Redacted { folder: folder.to_str().expect("the folder's path is text").to_owned(), hashes: Vec::new() }
    }

    /// The catalogue's hash, which every change of a message changes, and the names of uploads: as the how manieth they
    /// are. The day and hour at which something was done, the year in which the small catalogue was collected, and the
    /// folder in which it stands.
    fn text(&mut self, text: &str) -> String {
        let text = text.replace(&this_year(), YEAR).replace(&self.folder, "‹folder›");
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(one) = rest.chars().next() {
            let before = out.chars().next_back();
            let starts = before.is_none_or(|before| !before.is_ascii_alphanumeric());
            let run = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).count();
            let ends = !rest[run..].starts_with(|after: char| after.is_ascii_alphanumeric());
            if starts && ends && (run == 12 || run == 32) {
                let known = self.hashes.iter().position(|hash| *hash == rest[..run]);
                let number = known.unwrap_or_else(|| {
                    self.hashes.push(rest[..run].to_owned());
                    self.hashes.len() - 1
                });
                let _ = write!(out, "‹hash {}›", number + 1);
                rest = &rest[run..];
            } else if let Some(after) = shaped(rest, "<t:0000000000:") {
                out.push_str("<t:‹time›:");
                rest = after;
            } else if let Some(after) = shaped(rest, "0000-00-00 00:00 UTC") {
                out.push_str("‹time› UTC");
                rest = after;
            } else if let Some(after) = rest.strip_prefix("\"nonce\":\"") {
                out.push_str("\"nonce\":\"‹nonce›");
                rest = after.trim_start_matches(|one: char| one.is_ascii_alphanumeric() || one == '-');
            } else if let Some(after) = rest.strip_prefix("aside/") {
                out.push_str("aside/‹time›");
                rest = after.trim_start_matches(|one: char| one.is_ascii_digit() || "\\-T.Z".contains(one));
            } else {
                out.push(one);
                rest = &rest[one.len_utf8()..];
            }
        }
        out
    }
}

/// What follows a text of this shape, in which a zero stands for any digit.
fn shaped<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let fits = |(one, wanted): (u8, u8)| if wanted == b'0' { one.is_ascii_digit() } else { one == wanted };
    let start = text.as_bytes().get(..shape.len())?;
    start.iter().copied().zip(shape.bytes()).all(fits).then(|| &text[shape.len()..])
}

/// The pages of a book of snapshots.
#[derive(Default)]
struct Book {
    pages: BTreeMap<String, String>,
    /// Where content stands that was written before.
    written: HashMap<String, String>,
}

impl Book {
    /// Writes a body under a heading, behind some words. What was written before is referred to.
    fn body(&mut self, page: &str, heading: &str, before: &str, body: &str) {
        let callback = body.strip_prefix("{\"type\":").and_then(|rest| rest.split_once(",\"data\":"));
        let (kind, data) = match callback {
            Some((kind, data)) => (format!("callback {kind} "), data.strip_suffix('}').expect("an object ends")),
            None => (String::new(), body),
        };
        let text = self.pages.entry(page.to_owned()).or_default();
        let shown = match self.written.get(data) {
            Some(first) => format!("as {first}"),
            None => pretty(data),
        };
        let _ = write!(text, "# {heading}\n{before}{kind}{shown}\n\n");
        self.written.entry(data.to_owned()).or_insert_with(|| heading.to_owned());
    }

    fn text(&mut self, page: &str, heading: &str, content: &str) {
        let _ = write!(self.pages.entry(page.to_owned()).or_default(), "# {heading}\n{content}\n\n");
    }

    /// Compares all pages with the snapshots, and only then fails.
    fn compare(&self, language: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/payloads");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let mut differing = Vec::new();
        for (page, text) in &self.pages {
            let name = format!("{page}.{language}");
            let compared = || settings.bind(|| insta::assert_snapshot!(name.clone(), text));
            if catch_unwind(AssertUnwindSafe(compared)).is_err() {
                differing.push(name);
            }
        }
        assert!(differing.is_empty(), "these pages differ: {differing:?}");
    }
}

// --- The small catalogue ---------------------------------------------------------------------------------------------

/// The year that stands in the small catalogue and in the snapshots.
const YEAR: &str = "2026";

/// The year that it is. Facts of a year ago are stale, of which moderators are warned.
fn this_year() -> String {
    jiff::Timestamp::now().to_string().chars().take(YEAR.len()).collect()
}

/// A text of the small catalogue, collected on the first day of this year.
fn dated(text: &str) -> String {
    text.replace("2026-11-01", "2026-01-01").replace(YEAR, &this_year())
}

/// Writes the small catalogue into a folder.
fn write(folder: &Path, mark: &str, processes: usize) {
    let mut files = small::catalogue(mark, processes);
    for (path, content) in &mut files.0 {
        if path.ends_with(".toml") {
            *content = dated(&String::from_utf8_lossy(content)).into_bytes();
        }
    }
    small::write(folder, &files);
}

fn process(id: &str, mark: &str) -> String {
    dated(&small::process(id, mark))
}

/// A process of the catalogue `r1` with another purpose.
fn reworded(id: &str, purpose: &str) -> String {
    process(id, "r1").replace("But r1", &format!("But {purpose}"))
}

/// A process whose chair is so old that moderators are warned.
fn old(process: &str) -> String {
    process.replace(&format!("as_of = \"{}-01\"", this_year()), "as_of = \"2020-01\"")
}

/// That whoever answers over the gateway sends what the endpoint answers.
async fn are_sent_over_the_gateway(data: &Path, person: &Person, answers: &[Answer]) {
    let discord = LocalDiscord::start(support::bot::options()).await.expect("a port can be opened");
    let setup = Setup::new(&["run"]).data(data).env("DISCORD_API_URL", &discord.url());
    let mut bot = setup.env("DISCORD_TOKEN", discord.token()).env("RCP_LIMITS__SEARCHES", "0").start();
    bot.ready(&discord).await;
    let mut next = 900_000;
    for some in answers.chunks(AT_ONCE) {
        let sent = some.iter().map(|answer| {
            next += 1;
            let pending = discord.send_interaction(answer.act.interaction(person, next, &Value::Null));
            (next, answer, pending)
        });
        for (id, Answer { act, body }, _pending) in sent.collect::<Vec<_>>() {
            // Whether it is taken does not matter: this Discord does not know the messages of the buttons.
            until(&discord, &act.name(), |discord| !discord.callbacks(id).is_empty()).await;
            let answered: Value = serde_json::from_str(body).expect("JSON");
            assert_eq!(*discord.callbacks(id)[0].body, answered, "{}", act.name());
        }
    }
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_and_view_of_a_small_catalogue_is_as_it_was() {
    let root = TempDir::new().expect("a folder");
    let data = root.path().join("data");
    write(&data, "r1", 2);
    let served = Served::start(&data, &root.path().join("state"), |setup| setup).await;
    let tree = commands(&data).await;
    let searches = &["but", "Processus p1", "zzqqxx", "", "*but* @everyone"];
    let questions = Questions { entries: entries(&data), searches, languages: false };
    let mut redacted = Redacted::new(root.path());
    for (locale, language) in LOCALES {
        let mut book = Book::default();
        let answers = walk(&served, &asker(locale), &tree, &questions).await;
        if language == "fr" {
            are_sent_over_the_gateway(&data, &asker(locale), &answers).await;
        }
        for Answer { act, body } in answers {
            book.body(&act.page(), &act.name(), "", &redacted.text(&body));
        }
        // The bin of somebody else's message: for everyone, and for who may delete messages.
        let bin = Act::press(&format!("rcp:1:x0:{OTHER}"), None, false);
        for (who, permissions, guild) in [
            ("anybody", 0, Some(GUILD)),
            ("who may manage messages", MANAGE_MESSAGES, Some(GUILD)),
            ("anybody in a direct message", 0, None),
        ] {
            let body = served.answer(&Person { permissions, guild, ..asker(locale) }, &bin).await;
            book.body("other", &format!("the bin of another's message, pressed by {who}"), "", &body);
        }
        book.compare(language);
    }
    let mut book = Book::default();
    book.body("commands", "rcp-bot commands", "", &tree.to_string());
    book.compare("all");
    served.bot.stop().await;
}

// --- Moderators ------------------------------------------------------------------------------------------------------

/// A moderator at work, and all that they are told.
struct Work {
    served: Served,
    root: TempDir,
    mona: Person,
    book: Book,
    redacted: Redacted,
    files: u64,
}

/// What moderators type, of any command.
fn admin(subcommand: &str, options: &[(u64, &str, Value)]) -> Act {
    Act::command("rcp-admin", subcommand, options)
}

impl Work {
    async fn start(locale: &'static str, language: &str) -> Work {
        let root = TempDir::new().expect("a folder");
        write(&root.path().join("data"), "r1", 2);
        let served = Served::start(&root.path().join("data"), &root.path().join("state"), |setup| {
            setup
                .env("RCP_MODERATION__GUILDS", &GUILD.to_string())
                .env("RCP_MODERATION__USERS", &MODERATOR.to_string())
                .env("RCP_MODERATION__ROLES", &ROLE.to_string())
                .env("RCP_MODERATION__AUDIT_CHANNEL", &AUDIT.to_string())
                .env("RCP_LANGUAGE__DEFAULT", language)
        })
        .await;
        let mona = Person { id: MODERATOR, name: "Mona", permissions: ADMINISTRATOR, ..asker(locale) };
        let redacted = Redacted::new(root.path());
        Work { served, root, mona, book: Book::default(), redacted, files: 500 }
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// Changes a file of the data folder.
    fn edit(&self, path: &str, content: &str) {
        fs::write(self.data().join(path), content).expect("written");
    }

    /// Does something, writes down what is told at once and what follows, and returns the last of it.
    async fn does(&mut self, page: &str, what: &str, person: &Person, act: &Act, resolved: &Value) -> Value {
        let (id, body) = self.served.answer_with(person, act, resolved).await;
        let first: Value = serde_json::from_str(&body).expect("JSON");
        let page = format!("rcp-admin-{page}");
        // Thinking, or nothing yet. (Discord: interactions/receiving-and-responding, "Interaction Callback Type".)
        if first["type"] != 5 && first["type"] != 6 {
            self.book.body(&page, what, "", &self.redacted.text(&body));
            return first;
        }
        let sent = self.served.follows(id, what).await;
        let edit = self.redacted.text(&running(&sent.body));
        self.book.body(&page, what, &format!("{body}\nedit "), &edit);
        for (name, content) in &sent.files {
            let content = self.redacted.text(content);
            self.book.text(&page, &format!("{what}: {name}"), content.trim_end());
        }
        serde_json::from_str(&sent.body).expect("JSON")
    }

    async fn asks(&mut self, page: &str, what: &str, act: &Act) -> Value {
        let mona = self.mona.clone();
        self.does(page, what, &mona, act, &Value::Null).await
    }

    /// Presses a button of the message that was told last, by its place among those that can be pressed.
    async fn presses(&mut self, page: &str, what: &str, told: &Value, button: usize) -> Value {
        let mut found = Vec::new();
        ways(&told["components"], &mut found);
        found.retain(|(_, value)| value.is_none());
        let (custom_id, _) = found.get(button).unwrap_or_else(|| panic!("no button {button} in {told:#}"));
        self.asks(page, what, &Act::press(custom_id, None, true)).await
    }

    /// Chooses from the menu of the message that was told last, by the place of the entry.
    async fn chooses(&mut self, page: &str, what: &str, told: &Value, entry: usize) -> Value {
        let mut found = Vec::new();
        ways(&told["components"], &mut found);
        found.retain(|(_, value)| value.is_some());
        let (custom_id, value) = found.get(entry).unwrap_or_else(|| panic!("no entry {entry} in {told:#}"));
        self.asks(page, what, &Act::press(custom_id, value.as_deref(), true)).await
    }

    /// Something that is refused at once. Its record follows, and those of others must not overtake it.
    async fn is_refused(&mut self, what: &str, person: &Person, act: &Act) {
        let notices = self.served.rest.notices().len();
        self.does("refusals", what, person, act, &Value::Null).await;
        let rest = self.served.rest.clone();
        let start = Instant::now();
        while rest.notices().len() == notices {
            assert!(start.elapsed() < DEADLINE, "no notice of {what}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Attaches a file; returns its address.
    fn attach(&self, id: u64, name: &str, content: &str) -> String {
        let path = format!("/ephemeral-attachments/{CHANNEL}/{id}/{name}");
        let content = Bytes::copy_from_slice(content.as_bytes());
        self.served.rest.attachments.lock().expect("not poisoned").insert(path.clone(), content);
        format!("http://{}{path}", self.served.discord)
    }

    /// Checks a file that is there, or is not, of the length that it is said to have.
    async fn checks(&mut self, what: &str, name: &str, content: Option<&str>, size: Option<usize>) -> Value {
        self.files += 1;
        let id = self.files;
        let url = match content {
            Some(content) => self.attach(id, name, content),
            None => format!("http://{}/ephemeral-attachments/{CHANNEL}/{id}/{name}", self.served.discord),
        };
        let size = size.or(content.map(str::len)).unwrap_or_default();
        self.checks_at(what, name, &url, (id, size), Vec::new()).await
    }

    /// Checks a file at an address, with its id and size.
    async fn checks_at(
        &mut self,
        what: &str,
        name: &str,
        url: &str,
        (id, size): (u64, usize),
        more: Vec<(u64, &str, Value)>,
    ) -> Value {
        let attachment = json!({"id": id.to_string(), "filename": name, "size": size, "url": url, "proxy_url": url,
                                "content_type": "text/plain", "ephemeral": true});
        let mut resolved = json!({"attachments": {}});
        resolved["attachments"][id.to_string()] = attachment;
        let act = admin("verifier", &joined(vec![(11, "fichier", json!(id.to_string()))], more));
        let mona = self.mona.clone();
        self.does("verifier", what, &mona, &act, &resolved).await
    }

    /// Writes down what the audit channel was told, and stops the bot.
    async fn finish(mut self, page: &str) -> Book {
        // In order, so that all is there once the last is.
        self.edit("regions.toml", "[[ # the last");
        let (id, _) = self.served.answer_with(&self.mona, &admin("recharger", NONE), &Value::Null).await;
        self.served.follows(id, "a reload").await;
        let channel = format!("/channels/{AUDIT}/messages");
        let last = |sent: &Sent| sent.path == channel && sent.body.contains("# the last");
        self.served.rest.wait("the last notice", last).await;
        for (number, sent) in self.served.rest.notices().into_iter().enumerate() {
            let body = self.redacted.text(&sent.body);
            self.book.body(&format!("rcp-admin-{page}-notices"), &format!("notice {}", number + 1), "", &body);
        }
        self.served.bot.stop().await;
        self.book
    }
}

/// A status without what differs from moment to moment: the memory, and before it how many interactions were answered.
fn running(body: &str) -> String {
    let told: Value = serde_json::from_str(body).expect("JSON");
    let fields = told["embeds"][0]["fields"].as_array().cloned().unwrap_or_default();
    let is_memory = |field: &Value| field["value"].as_str().is_some_and(|value| value.ends_with(" MiB"));
    let Some(memory) = fields.iter().position(is_memory) else { return body.to_owned() };
    let mut body = body.to_owned();
    for (place, named) in [(memory, "‹size›"), (memory - 1, "‹count›")] {
        let value = fields[place]["value"].as_str().expect("a text");
        let rest = value.trim_start_matches(|one: char| one.is_ascii_digit() || one == '.');
        body = body.replace(&format!(":{}", json!(value)), &format!(":\"{named}{rest}\""));
    }
    body
}

/// Somebody's administrator's rights in a server. (Discord: topics/permissions.)
const ADMINISTRATOR: u64 = 1 << 3;

/// No options.
const NONE: &[(u64, &str, Value)] = &[];

/// Who may not moderate, what is not there, and the folder read again.
async fn reloading(locale: &'static str, language: &'static str) -> Book {
    let mut work = Work::start(locale, language).await;
    let mona = work.mona.clone();
    let (reload, status) = (admin("recharger", NONE), admin("etat", NONE));
    let cancel = Act::press("rcp-admin:1:0:cancel", None, true);
    let strangers = [
        ("anybody", asker(locale)),
        ("a moderator in another server", Person { guild: Some(GUILD + 1), ..mona.clone() }),
        ("a moderator in a direct message", Person { guild: None, ..mona.clone() }),
        ("an administrator without the role", Person { id: OTHER, ..mona.clone() }),
    ];
    for (who, person) in &strangers {
        for (what, act) in [("the command", &reload), ("a button", &cancel)] {
            work.is_refused(&format!("{who}: {what}"), person, act).await;
        }
    }
    let typing = Act::complete("rcp-admin", "retablir", "revision", "");
    work.does("refusals", "anybody: a completion", &asker(locale), &typing, &Value::Null).await;
    for custom_id in ["rcp-admin:", "rcp-admin:9:0:cancel", "rcp-admin:1:0:publish:../../regions:000000000000"] {
        work.is_refused(&format!("a forged button {custom_id:?}"), &mona, &Act::press(custom_id, None, true)).await;
    }
    work.is_refused("an unknown subcommand", &mona, &admin(UNKNOWN, NONE)).await;
    let other = Act::complete("rcp-admin", "verifier", "langue", "a");
    work.asks("refusals", "a completion of another option", &other).await;

    let by_role = Person { id: OTHER, roles: vec![5, ROLE], ..mona.clone() };
    work.does("recharger", "by role, nothing changed", &by_role, &reload, &Value::Null).await;
    work.asks("etat", "at the start", &status).await;
    let few = process("p1", "r1").replace("\"CL\"]", "]").replace("But r1\", en", "But neuf\", en");
    work.edit("processes/p1.toml", &few);
    work.edit("processes/p3.toml", &process("p3", "r1"));
    work.asks("recharger", "little changed", &reload).await;
    write(&work.data(), "r2", 3);
    work.asks("recharger", "much changed", &reload).await;
    let remark = format!("# Nothing but a remark.\n{}", process("p1", "r2"));
    work.edit("processes/p1.toml", &remark);
    work.asks("recharger", "only the layout changed", &reload).await;
    let wrong = process("p2", "r2").replace("americas", "americs").replace("regional", "regoinal");
    work.edit("processes/p2.toml", &wrong);
    work.asks("recharger", "two errors", &reload).await;
    work.edit("regions.toml", "[[");
    work.asks("recharger", "a file that is no TOML besides", &reload).await;
    work.asks("etat", "with a broken folder", &status).await;
    write(&work.data(), "r2", 3);
    work.edit("processes/p1.toml", &remark);
    work.asks("recharger", "mended", &reload).await;
    work.edit("processes/p2.toml", &old(&process("p2", "r2")));
    work.asks("recharger", "with a warning", &reload).await;
    work.asks("etat", "with a warning", &status).await;
    fs::rename(work.data(), work.root.path().join("away")).expect("moved");
    work.asks("recharger", "without a folder", &reload).await;
    fs::rename(work.root.path().join("away"), work.data()).expect("moved");
    work.finish("recharger").await
}

/// A file, checked and published.
async fn publishing(locale: &'static str, language: &'static str) -> Book {
    let mut work = Work::start(locale, language).await;
    let content = |typed: &str| admin("fichier", &[(3, "contenu", json!(typed))]);
    for typed in ["regions.toml", "organisations.toml#iom", "p2", "**zzqqxx** @everyone"] {
        work.asks("fichier", &format!("content {typed:?}"), &content(typed)).await;
    }
    for typed in ["", "Amé", "oim"] {
        let typing = Act::complete("rcp-admin", "fichier", "contenu", typed);
        work.asks("fichier", &format!("typing {typed:?}"), &typing).await;
    }
    work.asks("verifier", "without a file", &admin("verifier", NONE)).await;
    work.checks("no file of the catalogue", "p1.toml", Some("x"), None).await;
    let toml = "p1.toml";
    work.checks("too large by its own account", toml, Some("x"), Some(50_000_000)).await;
    work.checks("lost", toml, None, Some(5)).await;
    work.checks_at("from elsewhere", toml, "https://example.org/p1.toml", (7, 5), Vec::new()).await;
    work.checks("errors", toml, Some("id = \"p1\"\nkind = \"regoinal\"\n"), None).await;
    work.checks("no id", toml, Some("kind = \"regional\"\n"), None).await;
    work.checks("no TOML", toml, Some("[["), None).await;
    work.checks("the same", toml, Some(&process("p2", "r1")), None).await;
    let content = process("p1", "neuf");
    let url = work.attach(8, toml, &content);
    let spanish = vec![(3, "langue", json!("es"))];
    work.checks_at("in Spanish", toml, &url, (8, content.len()), spanish).await;
    let told = work.checks("with a warning", toml, Some(&old(&reworded("p2", "vieux"))), None).await;
    work.presses("verifier", "discarded", &told, 1).await;
    work.presses("verifier", "published after it was discarded", &told, 0).await;
    let told = work.checks("a new process", toml, Some(&process("p4", "neuf")), None).await;
    work.presses("verifier", "the new process published", &told, 0).await;
    let told = work.checks("good", "P1.TOML", Some(&reworded("p1", "neuf")), None).await;
    work.edit("processes/p2.toml", &reworded("p2", "r2"));
    work.asks("verifier", "reloaded meanwhile", &admin("recharger", NONE)).await;
    let late = work.presses("verifier", "published too late", &told, 0).await;
    work.edit("processes/p2.toml", &reworded("p2", "edited"));
    let again = work.presses("verifier", "looked at again", &late, 0).await;
    let card = work.presses("verifier", "its card", &again, 2).await;
    work.presses("verifier", "back from its card", &card, 2).await;
    work.presses("verifier", "published after all, beside an edit", &again, 0).await;
    let told = work.checks("to be published beside an error", toml, Some(&reworded("p1", "plus neuf")), None).await;
    work.edit("processes/p2.toml", "[[");
    work.presses("verifier", "published beside an error", &told, 0).await;
    let regions = fs::read_to_string(work.data().join("regions.toml")).expect("read").replace("Amériques", "Amérique");
    let url = work.attach(9, "r.txt", &regions);
    let reason = vec![(3, "raison", json!("d'après le *site*"))];
    let told = work.checks_at("a table with a reason", "r.txt", &url, (9, regions.len()), reason).await;
    work.presses("verifier", "the card of a region", &told, 2).await;
    work.presses("verifier", "the table published", &told, 0).await;
    work.asks("verifier", "the history with a reason", &admin("historique", NONE)).await;
    let never = format!("rcp-admin:1:0:publish:{}:{}", "0".repeat(32), "0".repeat(12));
    work.asks("verifier", "never uploaded", &Act::press(&never, None, true)).await;
    work.finish("verifier").await
}

/// The history, and what is taken back.
async fn restoring(locale: &'static str, language: &'static str) -> Book {
    let mut work = Work::start(locale, language).await;
    let history = admin("historique", NONE);
    work.asks("historique", "one revision", &history).await;
    for number in 2..=REVISIONS {
        work.edit("processes/p1.toml", &reworded("p1", &number.to_string()));
        let (id, _) = work.served.answer_with(&work.mona, &admin("recharger", NONE), &Value::Null).await;
        work.served.follows(id, "a reload").await;
    }
    let told = work.asks("historique", "the first page", &history).await;
    for button in 0..2 {
        let second = work.presses("historique", &format!("from the first page, button {button}"), &told, button).await;
        work.presses("historique", &format!("back from the second page, button {button}"), &second, button).await;
    }
    let opened = work.chooses("historique", "a revision", &told, 1).await;
    work.chooses("historique", "compared with another", &opened, 3).await;
    work.presses("historique", "to be restored", &opened, 0).await;
    work.presses("historique", "back to the list", &opened, 1).await;
    for (one, other) in [("2", "7"), ("1", "1"), ("99", "1")] {
        let two = admin("historique", &[(3, "revision", json!(one)), (3, "avec", json!(other))]);
        work.asks("historique", &format!("revisions {one} and {other}"), &two).await;
    }
    work.asks("historique", "the first", &admin("historique", &[(3, "revision", json!("1"))])).await;
    let beyond = Act::press("rcp-admin:1:0:history:99", None, true);
    work.asks("historique", "a page that there is not", &beyond).await;
    for typed in ["", "mona", "2", "zzqqxx"] {
        let typing = Act::complete("rcp-admin", "retablir", "revision", typed);
        work.asks("retablir", &format!("typing {typed:?}"), &typing).await;
    }
    let restore = |typed: &str| admin("retablir", &[(3, "revision", json!(typed))]);
    for typed in ["99", "nonsense", "", "**1** @everyone"] {
        work.asks("retablir", &format!("revision {typed:?}"), &restore(typed)).await;
    }
    work.asks("retablir", "no revision", &admin("retablir", NONE)).await;
    work.asks("retablir", "what is served", &restore(&REVISIONS.to_string())).await;
    let told = work.asks("retablir", "revision 1", &restore(" #1")).await;
    work.presses("retablir", "cancelled", &told, 1).await;
    work.presses("retablir", "restored", &told, 0).await;
    work.presses("retablir", "restored once more", &told, 0).await;
    work.edit("processes/p2.toml", &reworded("p2", "r2"));
    work.asks("retablir", "reloaded meanwhile", &admin("recharger", NONE)).await;
    let told = work.asks("retablir", "revision 3", &restore("3")).await;
    work.edit("processes/p1.toml", "half an ed");
    work.presses("retablir", "restored over an edit", &told, 0).await;
    work.finish("retablir").await
}

/// Revisions enough for a second page of the history.
const REVISIONS: usize = 11;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_moderators_are_told_is_as_it_was() {
    let all = LOCALES.map(|(locale, language)| async move {
        let work = (reloading(locale, language), publishing(locale, language), restoring(locale, language));
        let (reloading, publishing, restoring) = tokio::join!(work.0, work.1, work.2);
        (language, [reloading, publishing, restoring])
    });
    for (language, books) in join_all(all).await {
        let mut pages = BTreeMap::new();
        books.into_iter().for_each(|book| pages.extend(book.pages));
        Book { pages, ..Book::default() }.compare(language);
    }
}

// --- Two commits compared --------------------------------------------------------------------------------------------

/// Everything that can be asked of a whole catalogue, a line for each payload: what was done, the length of the body in
/// bytes, its SHA-256. On two commits, with the data of one of them:
///
/// ```text
/// RCP_TESTS_PAYLOADS=before.tsv RCP_DATA=data cargo test every_payload_of_the_whole_catalogue -- --ignored
/// RCP_TESTS_PAYLOADS=after.tsv RCP_DATA=/where/the/former/data/is cargo test every_payload_of_the_whole_catalogue -- --ignored
/// diff before.tsv after.tsv
/// ```
///
/// With `RCP_TESTS_BODIES=FOLDER` the bodies are kept there too, each under its hash.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and compares nothing by itself: it writes what two commits are compared by"]
async fn every_payload_of_the_whole_catalogue_is_listed() {
    let file = std::env::var_os("RCP_TESTS_PAYLOADS").expect("RCP_TESTS_PAYLOADS names the file to be written");
    let data = std::env::var_os("RCP_DATA").map_or_else(data, PathBuf::from);
    let bodies = std::env::var_os("RCP_TESTS_BODIES").map(PathBuf::from);
    if let Some(folder) = &bodies {
        fs::create_dir_all(folder).expect("the folder for the bodies can be made");
    }
    let state = TempDir::new().expect("a folder");
    let served = Served::start(&data, &state.path().join("state"), |setup| setup).await;
    let tree = commands(&data).await;
    let searches = &[
        "migration",
        "traite des êtres humains",
        "secretaría técnica",
        "who chairs the Puebla Process",
        "OIM",
        "climat",
        "Prague",
        "l'Afrique",
        "zzqqxx",
        "",
        "*a* @everyone",
    ];
    let questions = Questions { entries: entries(&data), searches, languages: true };
    let mut lines = vec![line("all", "rcp-bot commands", &tree.to_string())];
    for (locale, language) in LOCALES {
        for Answer { act, body } in walk(&served, &asker(locale), &tree, &questions).await {
            let line = line(language, &act.name(), &body);
            if let (Some(folder), Some((_, hash))) = (&bodies, line.rsplit_once('\t')) {
                fs::write(folder.join(hash), &body).expect("a body can be kept");
            }
            lines.push(line);
        }
    }
    lines.sort();
    fs::write(&file, lines.join("\n") + "\n").expect("the list can be written");
    support::tell(&format!("{} payloads are listed in {}", lines.len(), file.display()));
    served.bot.stop().await;
}

fn line(language: &str, name: &str, body: &str) -> String {
    let hash = hex(Sha256::digest(body.as_bytes()).as_slice());
    format!("{language}\t{}\t{}\t{hash}", name.replace(['\t', '\n'], " "), body.len())
}
