//! What a publication changed is told to readers in words: in a channel, once, and by `/rcp actualites`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use local_discord::{DEFAULT_GUILD, LocalDiscord, Message, Options};
use rcp_bot::catalogue::{Catalogue, Files, Novelty, StatusValue};
use rcp_bot::publishing::{Publisher, first_to_tell, not_told, start, told_since};
use rcp_bot::settings::{Settings, StateFolder};
use tempfile::TempDir;

use crate::support::bot::{self, Bot, DEADLINE, Setup, TOKEN, options};
use crate::support::small;

const CHANNEL: u64 = DEFAULT_GUILD + 88;

struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { root: TempDir::new().expect("a folder") };
        small::write(&place.data(), &small::catalogue("r1", 2));
        place
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    async fn start(&self) -> (LocalDiscord, Bot) {
        self.start_in(CHANNEL).await
    }

    /// With this news channel.
    async fn start_in(&self, channel: u64) -> (LocalDiscord, Bot) {
        let options = Options { guilds: vec![DEFAULT_GUILD], ..options() };
        let discord = LocalDiscord::start(options).await.expect("a port can be opened");
        discord.add_channel(DEFAULT_GUILD, channel, "news");
        let text = |path: &Path| path.to_str().expect("text").to_owned();
        let mut bot = Setup::new(&["run"])
            .data(&self.data())
            .arg("--state")
            .arg(&text(&self.state()))
            .file("config/rcp-bot.toml", &format!("[language.servers]\n{DEFAULT_GUILD} = \"es\"\n"))
            .env("DISCORD_API_URL", &discord.url())
            .env("DISCORD_TOKEN", TOKEN)
            .env("RUST_LOG", "rcp_bot=info")
            .env("RCP_MODERATION__NEWS_CHANNEL", &channel.to_string())
            .env("RCP_CATALOGUE__WATCH", "true")
            .env("RCP_CATALOGUE__DEBOUNCE", "50")
            .start();
        bot.ready(&discord).await;
        (discord, bot)
    }

    fn edit(&self, old: &str, new: &str) {
        let path = self.data().join("processes/p1.toml");
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains(old), "{old}: {text}");
        fs::write(path, text.replacen(old, new, 1)).expect("written");
    }

    async fn publisher(&self) -> Publisher {
        let mut settings = Settings::default();
        settings.catalogue.data = Some(self.data());
        settings.state = StateFolder(self.state());
        start(&settings, || jiff::civil::date(2026, 11, 28), None).await.expect("there is something to serve")
    }
}

async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < DEADLINE, "{what} does not come");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn said(message: &Message) -> String {
    message.json["embeds"][0]["description"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_in_the_language_of_the_server_and_never_twice() {
    let place = Place::new();
    let (discord, bot) = place.start().await;
    // A small edit is no news; what comes after it is told alone.
    place.edit("But r1", "But mieux dit");
    until("the second revision", || bot.log().contains("revision=2")).await;
    place.edit("countries = [\"PE\"], as_of = \"2026-01\"", "countries = [\"CL\"], as_of = \"2026-11\"");
    until("the news", || !discord.messages(CHANNEL).is_empty()).await;
    let messages = discord.messages(CHANNEL);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    let news = &messages[0];
    assert_eq!(said(news), "• **Processus p1 r1**: la presidencia es ahora de 🇨🇱\u{a0}Chili r1.");
    assert_eq!(news.json["allowed_mentions"]["parse"].as_array().map_or(0, Vec::len), 0);

    // Whoever presses gets the card, privately.
    let amina = discord.person("Amina").in_channel(CHANNEL).locale("en-GB");
    let custom_id = news.components()[0]["custom_id"].as_str().expect("a button").to_owned();
    let card = amina.press(news, &custom_id).await.expect("pressed").message().expect("an answer");
    assert!(card.json["embeds"][0]["title"].as_str().is_some_and(|title| title.contains("p1")), "{:#}", card.json);
    assert_eq!(discord.messages(CHANNEL).iter().filter(|one| one.id == news.id).count(), 1);
    let before = discord.messages(CHANNEL).len();

    // Elsewhere, so that nothing but news comes into the channel.
    let shown = discord.person("Bea").run("rcp actualites", &[]).await.expect("sent").message().expect("an answer");
    assert!(bot::text(&shown).contains("🆕 **Processus p1 r1**: la presidencia es ahora"), "{}", bot::text(&shown));
    bot.stop().await;
    assert_eq!(discord.messages(CHANNEL).len(), before);

    // After a restart it is still shown, and not told again.
    let (discord, bot) = place.start().await;
    let shown = discord.person("Bea").run("rcp actualites", &[]).await.expect("sent").message().expect("an answer");
    assert!(bot::text(&shown).contains("🆕 **Processus p1 r1**"), "{}", bot::text(&shown));
    place.edit("\"active\"", "\"inactive\"");
    until("the next news", || !discord.messages(CHANNEL).is_empty()).await;
    let messages = discord.messages(CHANNEL);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(said(&messages[0]).contains("su estado es ahora"), "{}", said(&messages[0]));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_told_is_told_by_a_later_start_in_another_channel_and_nothing_twice() {
    let place = Place::new();
    let (discord, bot) = place.start().await;
    place.edit("countries = [\"PE\"], as_of = \"2026-01\"", "countries = [\"CL\"], as_of = \"2026-11\"");
    until("the first news", || !discord.messages(CHANNEL).is_empty()).await;
    // The bot may not write there any more: what is published now is refused, and surely seen by nobody.
    discord.open_channel(CHANNEL, false);
    place.edit("\"active\"", "\"inactive\"");
    until("the refusal", || bot.log().contains("news cannot be told in the news channel")).await;
    bot.stop().await;

    let mended = CHANNEL + 1;
    let publisher = place.publisher().await;
    assert_eq!(told_since(&publisher).await.expect("asked"), Some(2));
    drop(publisher);
    let (discord, bot) = place.start_in(mended).await;
    until("what was not told", || !discord.messages(mended).is_empty()).await;
    place.edit("\"inactive\"", "\"active\"");
    until("the next news", || discord.messages(mended).len() > 1).await;
    let all: Vec<String> = discord.messages(mended).iter().map(said).collect();
    assert_eq!(all.len(), 2, "{all:#?}");
    assert!(all.iter().all(|one| one.contains("su estado es ahora") && !one.contains("presidencia")), "{all:#?}");
    bot.stop().await;

    // Yet another channel: nothing of it is told again.
    let (discord, bot) = place.start_in(mended + 1).await;
    place.edit("countries = [\"CL\"], as_of = \"2026-11\"", "countries = [\"PE\"], as_of = \"2026-11\"");
    until("news of another kind", || !discord.messages(mended + 1).is_empty()).await;
    let all: Vec<String> = discord.messages(mended + 1).iter().map(said).collect();
    assert!(all.len() == 1 && all[0].contains("presidencia"), "{all:#?}");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_replicas_one_tells() {
    let place = Place::new();
    let (one, other) = (place.publisher().await, place.publisher().await);
    assert!(first_to_tell(&one, 7).await.expect("asked"));
    for publisher in [&one, &other] {
        assert!(!first_to_tell(publisher, 7).await.expect("asked"));
    }
    assert!(first_to_tell(&other, 8).await.expect("asked"));
    assert_eq!(told_since(&one).await.expect("asked"), Some(7));
    not_told(&one, 8).await.expect("noted");
    assert!(first_to_tell(&one, 8).await.expect("asked") && !first_to_tell(&other, 8).await.expect("asked"));
}

#[test]
fn what_readers_care_about_is_news_and_nothing_else() {
    let load = |files: &Files| {
        let (catalogue, report) = Catalogue::load(files, jiff::civil::date(2026, 11, 28));
        catalogue.unwrap_or_else(|| panic!("{report:?}"))
    };
    let old = small::catalogue("r1", 2);
    let with = |changes: &[(&str, &str)]| {
        let mut files = old.clone();
        let content = files.0.get_mut("processes/p1.toml").expect("there");
        let text = String::from_utf8(content.clone()).expect("text");
        let text = changes.iter().fold(text, |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        *content = text.into_bytes();
        Novelty::between(&load(&old), &load(&files))
    };
    let process = || "p1".to_owned();
    assert_eq!(with(&[("But r1", "But"), ("as_of = \"2026-01\"", "as_of = \"2026-02\""), ("Thème r1", "T")]), []);
    let chair = Novelty::Chair { process: process(), countries: vec!["CL".to_owned()], organisations: vec![] };
    assert_eq!(with(&[("countries = [\"PE\"]", "countries = [\"CL\"]")]), [chair]);
    assert_eq!(with(&[("countries = [\"PE\"], ", "")]), [], "that a source does not say it is no news");
    let status = Novelty::Status { process: process(), status: StatusValue::Inactive };
    assert_eq!(with(&[("\"active\"", "\"inactive\"")]), [status]);
    let left = Novelty::Left { process: process(), states: vec!["PE".to_owned()] };
    assert_eq!(with(&[("states = [\"PE\", \"CL\"]", "states = [\"CL\"]")]), [left]);
    let meeting = "[[meeting]]\ntitle = { fr = \"R\", en = \"M\", es = \"R\" }\ndate = \"2026-12\"\n\n[[source]]";
    let met = with(&[("[[source]]", meeting), ("\"secretariat\"]", "\"secretariat\", \"meetings\"]")]);
    assert!(
        matches!(met.as_slice(), [Novelty::Meeting { meeting, .. }] if meeting.title.en.as_deref() == Some("M")),
        "{met:?}"
    );
    let mut files = old.clone();
    files.0.insert("processes/p3.toml".to_owned(), small::process("p3", "r1").into_bytes());
    assert_eq!(Novelty::between(&load(&old), &load(&files)), [Novelty::Process { process: "p3".to_owned() }]);
    assert_eq!(Novelty::between(&load(&files), &load(&old)), []);
}
