//! From what is to be looked at to what readers see, in chat alone: the real binary against a local Discord, every payload
//! judged. What moderators change by forms, what readers report, and who may do neither.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::bot::{self, Bot, DEADLINE, Setup, field, labelled, options, public, text, title, until};
use crate::support::moderators::{press, run, told, turned};
use crate::support::small;
use futures::FutureExt;
use futures::future::BoxFuture;
use local_discord::{DEFAULT_GUILD, LocalDiscord, Message, Outcome, Person, Response};
use rcp_bot::admin::{
    AdminCommands, EditKind, Fetch, First, FormButton, FormOccasion, NotFetched, ReviewButton, Rights,
};
use rcp_bot::catalogue::{Files, Language, Process};
use rcp_bot::commands::{
    Attachment, Caller, Component, Interaction, InteractionData, Invocation, Languages, Submitted, Value as OptionValue,
};
use rcp_bot::publishing::{
    A_DAY, Actor, MergeBase, Publisher, ReaderReport, Taken, conflicts, keep_report, merge, open_reports, start,
};
use rcp_bot::reply::{Modal, Reply, ReplyKind, Row};
use rcp_bot::settings::{ModerationSettings, Settings, StateFolder};
use rcp_bot::telemetry::{Counters, VainSearches};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The moderators' role.
const ROLE: u64 = 777;
/// A moderator by id, and another.
pub(crate) const MONA: u64 = 4_242;
const MILO: u64 = 4_343;
/// The audit channel.
const AUDIT: u64 = DEFAULT_GUILD + 77;
/// The permission that stands for all others. (Discord: topics/permissions.)
const ADMINISTRATOR: u64 = 1 << 3;

const RABAT: &str = "processes/rabat-process.toml";
const SOURCE: &str = "https://www.sem.admin.ch/rabat";

/// A local Discord and a bot with the shipped catalogue, as it was before Switzerland took over the chair of the Rabat
/// Process, with comments in the file.
struct Stage {
    bot: Bot,
    discord: LocalDiscord,
    root: TempDir,
    before: String,
}

impl Stage {
    async fn new() -> Stage {
        let discord = LocalDiscord::start(options()).await.expect("a port");
        discord.add_channel(DEFAULT_GUILD, AUDIT, "audit");
        let root = TempDir::new().expect("a folder");
        let mut files = Files::built_in();
        let before = before_the_handover(&files);
        files.0.insert(RABAT.to_owned(), before.clone().into_bytes());
        // Collected before what the tests announce.
        let meetings = String::from_utf8(files.0["meetings.toml"].clone()).expect("UTF-8");
        let collected = meetings.lines().find(|line| line.starts_with("collected = ")).expect("a day of collection");
        let meetings = meetings.replacen(collected, "collected = \"2026-10-01\"", 1);
        files.0.insert("meetings.toml".to_owned(), meetings.into_bytes());
        small::write(&root.path().join("data"), &files);
        let bot = Stage::start(&discord, &root).await;
        Stage { bot, discord, root, before }
    }

    async fn start(discord: &LocalDiscord, root: &TempDir) -> Bot {
        let setup = Setup::new(&["run"])
            .data(&root.path().join("data"))
            .arg("--state")
            .arg(root.path().join("state").to_str().expect("text"))
            .env("DISCORD_API_URL", &discord.url())
            .env("DISCORD_TOKEN", discord.token())
            .env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string())
            .env("RCP_MODERATION__ROLES", &ROLE.to_string())
            .env("RCP_MODERATION__AUDIT_CHANNEL", &AUDIT.to_string())
            .env("RCP_MODERATION__USERS", &format!("{MONA}, {MILO}"));
        let mut bot = setup.start();
        bot.ready(discord).await;
        bot
    }

    async fn restart(&mut self) {
        self.bot.signal("TERM");
        assert_eq!(self.bot.ended().await, Some(0));
        until(&self.discord, "the end of the session", |discord| discord.connections().is_empty()).await;
        self.bot = Stage::start(&self.discord, &self.root).await;
    }

    fn mona(&self) -> Person {
        self.discord.person("Mona").with_id(MONA).permissions(ADMINISTRATOR)
    }

    fn milo(&self) -> Person {
        self.discord.person("Milo").with_id(MILO).permissions(ADMINISTRATOR)
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn file(&self, path: &str) -> String {
        fs::read_to_string(self.data().join(path)).expect("it is there")
    }

    fn record(&self, path: &str) -> Process {
        toml::from_str(&self.file(path)).expect("a process")
    }

    fn audit(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.root.path().join("state/audit.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    fn revisions(&self) -> usize {
        let listed = fs::read_dir(self.root.path().join("state/revisions")).expect("a log");
        listed.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some())).count()
    }

    async fn finish(self) {
        let refusals = self.discord.refusals();
        assert!(refusals.is_empty(), "{refusals:#?}");
        self.bot.stop().await;
    }
}

/// The Rabat Process as it stood in the autumn of 2025: Nigeria in the chair for a term that has ended since.
fn before_the_handover(files: &Files) -> String {
    let shipped = std::str::from_utf8(&files.0[RABAT]).expect("UTF-8");
    let chair = shipped.find("[chair]").expect("a chair");
    let history = chair + shipped[chair..].find("  { countries = [\"PT\"]").expect("Portugal before Nigeria");
    let text = [
        &shipped[..chair],
        "# Who chairs, as the site says it.\n[chair]\ncountries = [\"NG\"] # from Portugal\nas_of = \"2025-01-30\"\n\
         term = \"2025-01-30/2026-01\"\nhistory = [ # newest first\n",
        &shipped[history..],
    ]
    .concat();
    text.replace("collected = \"2026-11-27\"", "collected = \"2026-11-20\" # all sources")
}

/// The form that a command opens.
async fn form(person: &Person, process: &str, what: &str) -> Outcome {
    let opened = person.run("rcp-admin modifier", &[("processus", process), ("quoi", what)]).await.expect("sent");
    assert!(matches!(opened.response, Response::Modal(_)), "{opened:?}");
    opened
}

/// The form that a button opens.
async fn opened(person: &Person, message: &Message, label: &str) -> Outcome {
    let opened = person.press(message, &labelled(message, label)).await.expect("pressed");
    assert!(matches!(opened.response, Response::Modal(_)), "{opened:?}");
    opened
}

async fn fill(person: &Person, form: &Outcome, fields: &[(&str, &str)]) -> Message {
    told(person.submit(form, fields).await.expect("sent")).await
}

/// The values that stand in a form at first, by field.
fn values(form: &Outcome) -> Vec<(String, String)> {
    let Response::Modal(data) = &form.response else { panic!("no form: {form:?}") };
    let inputs = data["components"].as_array().expect("rows").iter().map(|row| &row["components"][0]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    inputs.map(|input| (text(&input["custom_id"]), text(&input["value"]))).collect()
}

/// The entry of a menu whose label holds these words: the menu's `custom_id`, and the value.
fn entry(message: &Message, words: &str) -> (String, String) {
    let menus = message.components().into_iter().filter(|one| one["type"] == 3);
    for menu in menus {
        for option in menu["options"].as_array().expect("options") {
            if option["label"].as_str().is_some_and(|label| label.contains(words)) {
                let text = |value: &Value| value.as_str().expect("a text").to_owned();
                return (text(&menu["custom_id"]), text(&option["value"]));
            }
        }
    }
    panic!("no entry {words:?} in {message:#?}");
}

/// The lines that stand in one text and not in the other.
fn lines_only_in<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    one.lines().filter(|line| !other.lines().any(|known| known == *line)).collect()
}

#[test]
fn a_form_is_asked_for_with_both_options() {
    let tree = rcp_bot::admin::tree(&bot::snapshot().messages);
    let all = tree[0]["options"].as_array().expect("subcommands");
    let edit = all.iter().find(|one| one["name"] == "modifier").expect("there is one that opens a form");
    let options = edit["options"].as_array().expect("options");
    assert_eq!(options.len(), 2);
    assert!(options.iter().all(|option| option["required"] == true), "{options:#?}");
}

#[tokio::test]
async fn a_chair_goes_from_the_review_to_a_readers_card_in_six_interactions() {
    let stage = Stage::new().await;
    let mona = stage.mona();
    let reader = stage.discord.person("Amina");
    // 1: what is to be looked at.
    let mut list = told(mona.run("rcp-admin revue", &[]).await.expect("registered")).await;
    assert!(title(&list).starts_with("Review: "), "{}", title(&list));
    assert!(text(&list).contains("Rabat Process: term over"), "{}", text(&list));
    // 2, 3: the item, its form.
    let (menu, value) = entry(&list, "Rabat Process: term over");
    list = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    assert!(text(&list).contains("Nigeria"), "{}", text(&list));
    let form = opened(&mona, &list, "Chair").await;
    // 4: what the news item says, as people type it.
    let fields = [("who", "Suisse"), ("since", "fin janvier 2026"), ("url", SOURCE), ("date", "31 January 2026")];
    let proposal = fill(&mona, &form, &fields).await;
    assert!(text(&proposal).contains("chair"), "{proposal:#?}");
    // 5: published.
    let published = press(&mona, &proposal, "Publish").await;
    assert_eq!(title(&published), "Change published", "{}", text(&published));
    // 6: a reader's card.
    let card = public(&reader.run("rcp info", &[("processus", "rabat-process")]).await.expect("sent"));
    assert!(field(&card, "Chair").is_some_and(|chair| chair.contains("Switzerland")), "{card:#?}");

    let chair = stage.record(RABAT).chair.expect("a chair");
    assert_eq!((chair.countries.as_slice(), chair.as_of), (&["CH".to_owned()][..], "2026-01-31".parse().ok()));
    let former: Vec<(String, String)> = chair
        .history
        .iter()
        .take(2)
        .map(|one| (one.countries.join(","), one.when.expect("a date").to_string()))
        .collect();
    assert_eq!(former, [("NG".into(), "2025-01-30/2026-01".into()), ("PT".into(), "../2025-01-30".into())]);
    // Nothing else was touched.
    let after = stage.file(RABAT);
    let gone = lines_only_in(&stage.before, &after);
    assert_eq!(
        gone,
        ["countries = [\"NG\"] # from Portugal", "as_of = \"2025-01-30\"", "term = \"2025-01-30/2026-01\""],
        "comments and layout stay"
    );
    assert!(after.contains("countries = [\"CH\"] # from Portugal\n") && after.contains("history = [ # newest first\n"));
    assert_eq!(stage.revisions(), 2);
    // It is no longer to be looked at.
    let list = told(mona.run("rcp-admin revue", &[]).await.expect("registered")).await;
    assert!(!text(&list).contains("Rabat Process: term over"), "{}", text(&list));
    stage.finish().await;
}

/// The choice of a menu of forms.
async fn chosen(person: &Person, message: &Message, what: &str) -> Outcome {
    let (menu, value) = entry(message, what);
    let opened = person.choose(message, &menu, &[&value]).await.expect("chosen");
    assert!(matches!(opened.response, Response::Modal(_)), "{opened:?}");
    opened
}

#[tokio::test]
async fn a_meeting_a_member_who_leaves_and_a_status_go_from_the_review_to_a_readers_card() {
    let stage = Stage::new().await;
    let mona = stage.mona();
    let reader = stage.discord.person("Amina");
    let source = [("url", "https://example.org/news"), ("date", "2 octobre 2026")];
    // What leads there (words of its line), of which process, the form's button, what is typed, what a reader sees then.
    let changes = [
        (
            "ocam",
            "nothing recent",
            "New meeting",
            vec![("title", "en: trial meeting\nfr: réunion d'essai\nes: reunión de prueba"), ("when", "15 juin 2026")],
            "trial meeting",
        ),
        (
            "crm-processus-de-puebla",
            "members not confirmed",
            "Members",
            vec![("leave", "Panamá"), ("since", "juin 2026")],
            "",
        ),
        ("au-hoai", "nothing recent", "Status", vec![("status", "inactif"), ("basis", "liste OIM")], "inactive"),
    ];
    for (id, words, button, fields, seen) in changes {
        let path = format!("processes/{id}.toml");
        let (before, was) = (stage.file(&path), stage.record(&path));
        let mut interactions = 1;
        // What is to be looked at of the process that the news is about.
        let list = mona.run("rcp-admin revue", &[("processus", id)]).await.expect("registered");
        let list = told(list).await;
        assert!(text(&list).contains(words), "{id}: {}", text(&list));
        let (menu, value) = entry(&list, words);
        let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
        let form = opened(&mona, &item, button).await;
        let proposal = fill(&mona, &form, &[fields.as_slice(), &source[..]].concat()).await;
        let published = press(&mona, &proposal, "Publish").await;
        assert_eq!(title(&published), "Change published", "{id}: {}", text(&published));
        interactions += 4;
        let card = public(&reader.run("rcp info", &[("processus", id)]).await.expect("sent"));
        interactions += 1;
        let is = stage.record(&path);
        match button {
            "Members" => {
                let [was, is] = [&was, &is].map(|record| record.participant_states("member"));
                let left: Vec<&String> = was.iter().filter(|state| !is.contains(state)).collect();
                assert_eq!(left, ["PA"]);
                assert!(text(&card).contains("10 members"), "{} are left: {}", is.len(), text(&card));
            }
            "New meeting" => {
                interactions += 1;
                let behind = reader.press(&card, &labelled(&card, "Meetings")).await.expect("pressed");
                let behind = bot::message(&behind);
                assert!(text(&behind).contains(seen), "{seen}: {behind:#?}");
            }
            _ => assert!(card.json.to_string().to_lowercase().contains(seen), "{seen}: {card:#?}"),
        }
        assert!(interactions <= 8, "{interactions}");
        // Comments stay, and whatever else the file says.
        let comments =
            |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(comments(&stage.file(&path)), comments(&before));
        assert!(
            lines_only_in(&before, &stage.file(&path)).len() < 12,
            "{:#?}",
            lines_only_in(&before, &stage.file(&path))
        );
        // What led there is done.
        let list = told(mona.run("rcp-admin revue", &[("processus", id)]).await.expect("registered")).await;
        assert!(!text(&list).contains(words), "{id}: {}", text(&list));
    }
    // Whatever else the news is about, the same list has every form.
    let list = told(mona.run("rcp-admin revue", &[("processus", "Rabat")]).await.expect("registered")).await;
    let form = chosen(&mona, &list, "website").await;
    let proposal = fill(&mona, &form, &[("website", "https://www.example.org/rabat"), ("url", SOURCE)]).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    let nowhere = told(mona.run("rcp-admin revue", &[("processus", "Narnia")]).await.expect("registered")).await;
    assert!(text(&nowhere).contains("Choose one of the processes"), "{nowhere:#?}");
    stage.finish().await;
}

#[tokio::test]
async fn a_global_meeting_goes_from_the_review_to_the_readers_list_and_is_told_as_held_later() {
    let mut stage = Stage::new().await;
    let mona = stage.mona();
    let reader = stage.discord.person("Amina");
    let meetings = "meetings.toml";
    let before = stage.file(meetings);
    // 1, 2, 3: that none is known for long, and the form; all three names are proposed.
    let found = async |list: Message, words: &str| {
        let mut list = list;
        for page in 1..30 {
            if text(&list).contains(words) {
                let (menu, value) = entry(&list, words);
                return turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
            }
            let next = ReviewButton::List { page, of: None }.encode(3);
            list = turned(mona.press(&list, &next).await.expect("pressed"), &list).await;
        }
        panic!("nothing of {words:?} is listed");
    };
    let of_series =
        told(mona.run("rcp-admin revue", &[("processus", "Global RCP Meetings")]).await.expect("sent")).await;
    assert!(title(&of_series).contains("Global RCP Meetings"), "{of_series:#?}");
    let item = found(of_series, "Global meetings: no known meeting").await;
    let form = opened(&mona, &item, "New global meeting").await;
    let proposed = values(&form)[0].1.clone();
    assert_eq!(
        proposed,
        "fr: 11e réunion mondiale des MCIM\nen: 11th Global ISCM Meeting\nes: 11.ª Reunión Mundial de los MCIM"
    );
    // 4: announced by a page of before it, for a day that is over by now.
    let typed = [
        ("title", proposed.as_str()),
        ("when", "24–25 novembre 2026"),
        ("venue", "fr: Nairobi, Kenya\nen: Nairobi, Kenya\nes: Nairobi, Kenya"),
        ("url", "https://www.iom.int/2026-global-iscm-meeting"),
        ("date", "1er septembre 2026"),
    ];
    let proposal = fill(&mona, &form, &typed).await;
    assert!(text(&proposal).contains("notes on the series"), "{}", text(&proposal));
    assert!(!text(&proposal).contains("Missing"), "{}", text(&proposal));
    // 5, 6: published, and read.
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    let shown = public(&reader.run("rcp reunions", &[]).await.expect("sent"));
    assert!(text(&shown).contains("**11** · 2026 · Nairobi, 🇰🇪"), "{}", text(&shown));
    assert!(lines_only_in(&before, &stage.file(meetings)).is_empty(), "a new meeting only adds lines");
    let list = run(&mona, "rcp-admin revue").await;
    assert!(!text(&list).contains("no known meeting"), "{}", text(&list));

    // It was announced and its date has passed: 1, 2, 3, what came of it, 5, 6.
    let before = stage.file(meetings);
    stage.restart().await;
    let item = found(run(&mona, "rcp-admin revue").await, "was announced").await;
    assert!(text(&item).contains("11th Global ISCM Meeting"), "{}", text(&item));
    let form = opened(&mona, &item, "Date, place, results").await;
    let at_first = values(&form);
    assert_eq!(at_first[0].1, "24–25 November 2026");
    assert_eq!(at_first[1].1, "fr: Nairobi, Kenya\nen: Nairobi, Kenya\nes: Nairobi, Kenya");
    let typed = [
        ("when", "25–26 novembre 2026"),
        ("venue", at_first[1].1.as_str()),
        ("outcome", "fr: déclaration commune\nen: joint statement\nes: declaración conjunta"),
        ("url", "https://www.iom.int/news/11th-meeting"),
        ("date", "soon"),
    ];
    let refused = fill(&mona, &form, &typed).await;
    assert!(text(&refused).contains("Date of the source"), "{}", text(&refused));
    let again = opened(&mona, &refused, "Back to the form").await;
    assert_eq!(values(&again)[0].1, "25–26 novembre 2026");
    let proposal = fill(&mona, &again, &[&typed[..4], &[("date", "27 November 2026")]].concat()).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    let shown = public(&reader.run("rcp reunions", &[("reunion", "11")]).await.expect("sent"));
    assert!(shown.json.to_string().contains("joint statement"), "{shown:#?}");
    let gone = lines_only_in(&before, &stage.file(meetings));
    assert_eq!(gone, ["collected = \"2026-10-01\"", "date = \"2026-11-24/2026-11-25\""]);
    let of_series = told(mona.run("rcp-admin revue", &[("processus", "meetings.toml")]).await.expect("sent")).await;
    assert!(!text(&of_series).contains("was announced"), "{}", text(&of_series));
    // What comes by the command is the same form, and of a meeting that of its facts.
    let form = self::form(&mona, "Réunions mondiales des PCR", "meeting").await;
    assert!(values(&form)[0].1.contains("12th Global ISCM Meeting"), "{form:?}");
    let form = self::form(&mona, "GRCP 11", "meeting").await;
    assert_eq!(values(&form)[0].1, "25–26 November 2026");
    let refused = mona.run("rcp-admin modifier", &[("processus", "meetings.toml"), ("quoi", "chair")]).await;
    let refused = bot::private(&refused.expect("sent"));
    assert_eq!(title(&refused), "Global meetings");
    // A related meeting gets no number, and that is told.
    let form = self::form(&mona, "meetings.toml", "meeting").await;
    let typed = [
        ("title", "Webinar on data"),
        ("when", "May 2026"),
        ("venue", "online"),
        ("url", "https://example.org/webinar"),
        ("date", "June 2026"),
    ];
    let proposal = fill(&mona, &form, &typed).await;
    assert!(text(&proposal).contains("without a number") && text(&proposal).contains("12"), "{}", text(&proposal));
    stage.finish().await;
}

#[tokio::test]
async fn forged_forms_of_global_meetings_change_nothing_and_of_two_one_is_told() {
    let stage = Stage::new().await;
    let (mona, milo) = (stage.mona(), stage.milo());
    let stranger = stage.discord.person("Bela").permissions(ADMINISTRATOR);
    let list = run(&mona, "rcp-admin revue").await;
    let send = async |person: &Person, kind: u64, custom_id: &str| {
        let components = list.components();
        let menu = components.iter().find(|one| one["type"] == 3).expect("a menu");
        let value = menu["options"][0]["value"].as_str().expect("a value").to_owned();
        let menu = menu["custom_id"].as_str().expect("an id").to_owned();
        let mut json = mona.component_json(&list, &menu, Some(&[&value])).expect("composed");
        json["type"] = json!(kind);
        let row = |field: &str, value: &str| json!({"type": 1, "components": [{"type": 4, "custom_id": field, "value": value}]});
        json["data"] = match kind {
            5 => {
                json!({"custom_id": custom_id, "components": [row("title", "11th"), row("when", "2026"), row("url", SOURCE), row("date", "2026")]})
            }
            _ => json!({"custom_id": custom_id, "component_type": 2}),
        };
        if person.id() != mona.id() {
            json["member"]["user"]["id"] = json!(person.id().to_string());
            json["member"]["roles"] = json!([]);
        }
        stage.discord.send_interaction(json).outcome().await
    };
    let forms = [
        (3, "rcp-admin:1:0:series:global"),
        (3, "rcp-admin:1:0:global:past:grcp-10"),
        (5, "rcp-admin:1:0:s:global:00000000"),
        (5, "rcp-admin:1:0:g:past:grcp-10:00000000"),
    ];
    for (kind, custom_id) in forms {
        let refused = bot::private(&send(&stranger, kind, custom_id).await);
        assert_eq!(title(&refused), "You may not moderate here", "{custom_id}");
    }
    for (kind, custom_id) in [
        (3, "rcp-admin:1:0:series:chair"),
        (3, "rcp-admin:1:0:global:global:grcp-10"),
        (3, "rcp-admin:1:0:open:past:rabat-process"),
        (3, "rcp-admin:1:0:global:past:../regions"),
        (5, "rcp-admin:1:0:s:past:00000000"),
        (5, "rcp-admin:1:0:g:past:grcp-10"),
        (5, "rcp-admin:1:0:f:past:rabat-process:00000000"),
    ] {
        let refused = bot::private(&send(&mona, kind, custom_id).await);
        assert_eq!(title(&refused), "This button no longer answers", "{custom_id}");
    }
    for (custom_id, expected) in [
        ("rcp-admin:1:0:s:global:00000000", "Somebody was faster"),
        ("rcp-admin:1:0:g:past:grcp-10:00000000", "Somebody was faster"),
        ("rcp-admin:1:0:g:past:grcp-99:00000000", "This card is gone"),
    ] {
        assert_eq!(title(&told(send(&mona, 5, custom_id).await).await), expected, "{custom_id}");
    }
    assert_eq!(stage.revisions(), 1);
    let (one, other) = (form(&mona, "meetings.toml", "meeting").await, form(&milo, "meetings.toml", "meeting").await);
    let typed = |title: &'static str| [("title", title), ("when", "2026"), ("url", SOURCE), ("date", "2026")];
    let proposal = fill(&mona, &one, &typed("11th Global ISCM Meeting")).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    let late = fill(&milo, &other, &typed("11th meeting")).await;
    assert_eq!(title(&late), "Somebody was faster");
    let again = opened(&milo, &late, "Back to the form").await;
    assert_eq!(values(&again)[0].1, "11th meeting");
    stage.finish().await;
}

#[tokio::test]
async fn a_status_and_members_that_still_hold_are_seen_with_a_source() {
    let stage = Stage::new().await;
    let mona = stage.mona();
    for (id, words) in [("au-hoai", "nothing recent"), ("crm-processus-de-puebla", "members not confirmed")] {
        let list = told(mona.run("rcp-admin revue", &[("processus", id)]).await.expect("registered")).await;
        let (menu, value) = entry(&list, words);
        let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
        let form = opened(&mona, &item, "Seen, still true").await;
        let proposal = fill(&mona, &form, &[("url", "https://example.org/still"), ("date", "octobre 2026")]).await;
        assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
        let list = told(mona.run("rcp-admin revue", &[("processus", id)]).await.expect("registered")).await;
        assert!(!text(&list).contains(words), "{id}: {}", text(&list));
    }
    // A status is as old as the newest source that says so: without a date nothing would be said.
    let form = FormButton::Open { kind: EditKind::StatusSeen, about: FormOccasion::Process("pafom".to_owned()) };
    let list = run(&mona, "rcp-admin revue").await;
    let (menu, value) = entry(&list, "1.");
    let mut button = mona.component_json(&list, &menu, Some(&[&value])).expect("composed");
    button["data"] = json!({"custom_id": form.encode(0), "component_type": 2});
    let form = stage.discord.send_interaction(button).outcome().await;
    let Response::Modal(shown) = &form.response else { panic!("{form:?}") };
    assert_eq!(shown["components"][1]["components"][0]["required"], true, "{shown}");
    stage.finish().await;
}

/// A reader who can be written to reports an error on a card, and is thanked; the page on which that button stands.
async fn report_of_ocam(reader: &Person, wrong: &str) -> Message {
    // Discord lets a bot write to whom it knows.
    public(&reader.clone().in_direct_messages().run("rcp aide", &[]).await.expect("sent"));
    let card = public(&reader.run("rcp info", &[("processus", "ocam")]).await.expect("sent"));
    let more = bot::message(&reader.press(&card, &labelled(&card, "More")).await.expect("pressed"));
    let form = opened(reader, &more, "Report an error").await;
    let thanks = fill(reader, &form, &[("wrong", wrong), ("url", "https://www.sica.int")]).await;
    assert_eq!(title(&thanks), "Thank you");
    more
}

#[tokio::test]
async fn a_form_opened_from_a_report_settles_it_when_it_is_published() {
    let mut stage = Stage::new().await;
    let mona = stage.mona();
    let reader = stage.discord.person("Amina");
    report_of_ocam(&reader, "Le Nicaragua préside").await;
    let list = run(&mona, "rcp-admin revue").await;
    let (menu, value) = entry(&list, "Le Nicaragua préside");
    let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    // In the marks of the moderator's language, whoever wrote it.
    assert!(text(&item).contains("“Le Nicaragua préside”") && !text(&item).contains('«'), "{}", text(&item));
    let form = chosen(&mona, &item, "chair").await;
    let Response::Modal(shown) = &form.response else { panic!() };
    let custom_id = shown["custom_id"].as_str().expect("a text").to_owned();
    let name = custom_id.split(':').nth(5).expect("the report's name").to_owned();
    let settled = |stage: &Stage| stage.audit().iter().filter(|one| one["action"] == "settle").count();

    // Others may not, and what is forged changes nothing.
    let send = async |person: &Person, kind: u64, data: Value| {
        let mut json = mona.component_json(&item, &labelled(&item, "Settled"), None).expect("composed");
        json["type"] = json!(kind);
        json["data"] = data;
        if person.id() != mona.id() {
            json["member"]["user"]["id"] = json!(person.id().to_string());
            json["member"]["roles"] = json!([]);
        }
        stage.discord.send_interaction(json).outcome().await
    };
    let filled = |custom_id: &str| {
        let row = |field: &str, value: &str| json!({"type": 1, "components": [{"type": 4, "custom_id": field, "value": value}]});
        json!({"custom_id": custom_id, "components": [row("who", "Nicaragua"), row("url", "https://www.sica.int/x")]})
    };
    let open = format!("rcp-admin:1:0:mend:chair:{name}");
    for (kind, data) in [(5, filled(&custom_id)), (3, json!({"custom_id": open, "component_type": 2}))] {
        let refused = bot::private(&send(&reader, kind, data).await);
        assert_eq!(title(&refused), "You may not moderate here");
    }
    let [made, ..] = name.split('-').collect::<Vec<_>>()[..] else { panic!("{name}") };
    let forged = custom_id.replace(&name, &format!("{made}-7-0a1b2c3d"));
    assert_eq!(title(&told(send(&mona, 5, filled(&forged)).await).await), "This report is gone");
    let forged = open.replace(&name, &format!("{made}-7-0a1b2c3d"));
    let gone = send(&mona, 3, json!({"custom_id": forged, "component_type": 2})).await;
    assert_eq!(title(&bot::private(&gone)), "This report is gone");
    let forged = custom_id.replace(&name, "../ocam");
    let refused = send(&mona, 5, filled(&forged)).await;
    assert_eq!(title(&bot::private(&refused)), "This button no longer answers");
    let forged =
        format!("{}00000000", custom_id.strip_suffix(custom_id.split(':').next_back().expect("a state")).expect("it"));
    assert_eq!(title(&told(send(&mona, 5, filled(&forged)).await).await), "Somebody was faster");
    assert_eq!((stage.revisions(), settled(&stage)), (1, 0));

    // Mistyped, and opened again after a restart: it still answers the report.
    let refused = fill(&mona, &form, &[("who", "Narnia"), ("url", "https://www.sica.int/x")]).await;
    stage.restart().await;
    let again = opened(&mona, &refused, "Back to the form").await;
    let fields = [("who", "Nicaragua"), ("since", "juillet 2024"), ("url", "https://www.sica.int/x")];
    let proposal = fill(&mona, &again, &fields).await;
    let published = press(&mona, &proposal, "Publish").await;
    assert_eq!(title(&published), "Change published", "{}", text(&published));
    assert!(text(&published).contains("The report is settled"), "{}", text(&published));
    assert_eq!(stage.record("processes/ocam.toml").chair.expect("a chair").countries, ["NI"]);
    let list = run(&mona, "rcp-admin revue").await;
    assert!(!text(&list).contains("Le Nicaragua préside"), "{}", text(&list));
    let direct = reader.clone().in_direct_messages();
    let start = Instant::now();
    while !direct.messages().iter().any(|one| title(one) == "Your report is settled") {
        assert!(start.elapsed() < DEADLINE, "the reader is not told");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(settled(&stage), 1);
    stage.finish().await;
}

#[tokio::test]
async fn a_person_who_reports_many_things_at_once_gets_as_many_through_as_in_a_day() {
    let root = TempDir::new().expect("a folder");
    let publisher = publisher_within(&root, &small::catalogue("r1", 2)).await;
    let report = |reader: u64, number: usize| ReaderReport {
        time: "2026-11-28T00:00:00Z".to_owned(),
        reader,
        language: Language::En,
        kind: "process".to_owned(),
        id: "p1".to_owned(),
        text: format!("wrong {number}"),
        url: String::new(),
    };
    let reports: Vec<ReaderReport> = (0..40).map(|number| report(1 + number as u64 % 2, number)).collect();
    let taken = futures::future::join_all(reports.iter().map(|report| keep_report(&publisher, report))).await;
    let kept = taken.iter().filter(|taken| matches!(taken, Ok(Taken::Kept))).count();
    let many = taken.iter().filter(|taken| matches!(taken, Ok(Taken::TooMany))).count();
    assert_eq!((kept, many), (2 * A_DAY, 40 - 2 * A_DAY), "{taken:?}");
    assert_eq!(open_reports(&publisher, 100).await.expect("read").len(), 2 * A_DAY);
}

/// A publisher of a catalogue in a folder.
pub(crate) async fn publisher_within(root: &TempDir, files: &Files) -> Arc<Publisher> {
    let mut settings = Settings { state: StateFolder(root.path().join("state")), ..Settings::default() };
    settings.catalogue.data = Some(root.path().join("data"));
    small::write(&root.path().join("data"), files);
    Arc::new(start(&settings, rcp_bot::clock::today, None).await.expect("it is good"))
}

#[tokio::test]
async fn what_a_merge_could_not_decide_and_global_meetings_that_passed_are_looked_at() {
    let root = TempDir::new().expect("a folder");
    let base = Files::built_in();
    let changed = |rule: &str, more: bool| {
        let mut files = base.clone();
        let edit = |content: &mut Vec<u8>, change: &dyn Fn(&str) -> String| {
            *content = change(std::str::from_utf8(content).expect("text")).into_bytes();
        };
        edit(files.0.get_mut("processes/ocam.toml").expect("there"), &|text| {
            let chair = text.find("[chair]").expect("a chair");
            let (before, after) = text.split_at(chair);
            format!("{before}{}", after.replacen("rule = { fr = \"", &format!("rule = {{ fr = \"{rule} "), 1))
        });
        if more {
            edit(files.0.get_mut("meetings.toml").expect("there"), &|text| {
                let day = text.lines().find(|line| line.starts_with("collected = ")).expect("a day");
                // Nor does a source say that the last has been held.
                let text = text.replacen(day, "collected = \"2023-01-01\"", 1);
                text.replace("date = \"2023-06\"", "date = \"2023-05\"")
            });
        }
        files
    };
    let (mine, theirs) = (changed("les nôtres", true), changed("les leurs", false));
    assert_ne!(mine.0["processes/ocam.toml"], theirs.0["processes/ocam.toml"], "both change the rule");
    let publisher = publisher_within(&root, &mine).await;
    let done =
        merge(&publisher, &Actor::Signal, Some(theirs), Some(MergeBase::Files(base.clone()))).await.expect("merged");
    assert_eq!(done.conflicts.len(), 1, "{:#?}", done.conflicts);
    let admin = moderated(&publisher);
    let pressed = |custom_id: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        InteractionData::Component(Component {
            custom_id: custom_id.to_owned(),
            values,
            on_private: true,
            asker: Some(MONA),
        })
    };
    // The menu of a page, and what in it leads to an item whose line holds these words.
    let found = async |words: &str| {
        for page in 0..20 {
            let page = ReviewButton::List { page, of: None }.encode(1);
            let list = answered(&admin, "en-GB", pressed(&page, &[])).await.expect("a list");
            let Some(Row::Menu(menu)) = list.rows.first() else { panic!("{list:#?}") };
            if let Some(option) = menu.options.iter().find(|one| one.label.contains(words)) {
                return (menu.custom_id.clone(), option.value.clone());
            }
        }
        panic!("nothing of {words:?} is listed")
    };
    let (menu, name) = found("Global meetings: “Tenth").await;
    let item = answered(&admin, "en-GB", pressed(&menu, &[&name])).await.expect("an item");
    let Some(Row::Buttons(buttons)) = item.rows.first() else { panic!("{item:#?}") };
    assert_eq!(buttons[0].label, "Date, place, results");
    let (menu, name) = found("🔀 OCAM").await;
    let item = answered(&admin, "en-GB", pressed(&menu, &[&name])).await.expect("an item");
    let shown = item.embeds[0].text();
    assert!(shown.contains("les nôtres") && shown.contains("les leurs"), "{shown}");
    let Some(Row::Buttons(buttons)) = item.rows.first() else { panic!("{item:#?}") };
    assert_eq!(buttons[0].label, "Chair");
    // What is forged decides nothing.
    for forged in ["0123456789abcdef", "ffffffffffffffff"] {
        let forged = format!("rcp-admin:1:2:decide:{forged}:0");
        answered(&admin, "en-GB", pressed(&forged, &[])).await.expect("the list");
    }
    assert_eq!(conflicts(&publisher).await.expect("read").len(), 1);
    let list =
        answered(&admin, "en-GB", pressed(&format!("rcp-admin:1:2:decide:{name}:0"), &[])).await.expect("the list");
    assert!(!list.embeds[0].text().contains("🔀"), "{list:#?}");
    assert!(conflicts(&publisher).await.expect("read").is_empty());
}

#[tokio::test]
async fn what_a_tired_moderator_types_is_taken_as_it_is_meant_or_refused_with_why() {
    let root = TempDir::new().expect("a folder");
    let admin = moderated(&publisher_within(&root, &Files::built_in()).await);
    let url = ("url", "https://example.org/news");
    // The form of which process, what is typed, and what stands in the difference, or why it is refused.
    type Row<'a> = (EditKind, &'a str, &'a [(&'a str, &'a str)], Result<&'a str, &'a str>);
    let (chair, meeting, members) = (EditKind::Chair, EditKind::Meeting, EditKind::Members);
    let rows: [Row<'_>; 36] = [
        (chair, "ocam", &[("who", "la Suisse"), ("since", "fin janvier 2026"), url], Ok("+ chair.countries: \"CH\"")),
        (chair, "ocam", &[("who", "Birmanie"), url], Ok("+ chair.countries: \"MM\"")),
        (chair, "ocam", &[("who", "Swaziland"), url], Ok("+ chair.countries: \"SZ\"")),
        (chair, "ocam", &[("who", "Cap Vert"), url], Ok("+ chair.countries: \"CV\"")),
        (
            chair,
            "ocam",
            &[("who", "Italie et Malte et Espagne"), url],
            Ok("+ chair.countries: \"MT\"\n+ chair.countries: \"ES\""),
        ),
        (
            chair,
            "ocam",
            &[("who", "Trinidad and Tobago and Jamaica"), url],
            Ok("+ chair.countries: \"TT\"\n+ chair.countries: \"JM\""),
        ),
        (chair, "ocam", &[("who", "Bosnie et Herzégovine"), url], Ok("+ chair.countries: \"BA\"")),
        (chair, "ocam", &[("who", "Suisse + Italie"), url], Ok("+ chair.countries: \"CH\"\n+ chair.countries: \"IT\"")),
        (chair, "ocam", &[("who", "🇨🇭 Suisse"), url], Ok("+ chair.countries: \"CH\"")),
        (chair, "ocam", &[("who", "🇨🇭"), url], Ok("+ chair.countries: \"CH\"")),
        (chair, "ocam", &[("who", "CHE"), url], Ok("+ chair.countries: \"CH\"")),
        (chair, "ocam", &[("who", "aucun"), url], Ok("+ chair.none")),
        (chair, "ocam", &[("who", "sans présidence"), url], Ok("+ chair.none")),
        (chair, "ocam", &[("who", "M. Jean Dupont"), url], Err("is not in the catalogue")),
        (chair, "ocam", &[("who", "Mme Marie Martin, ministre"), url], Err("is not in the catalogue")),
        (chair, "ocam", &[("who", "Congo"), url], Err("may mean several")),
        (chair, "ocam", &[("who", "Italie et Narnia"), url], Err("“Narnia” is not in")),
        (chair, "ocam", &[("who", "Italie"), ("since", "24 septembre"), url], Err("of which year")),
        (chair, "ocam", &[("who", "Italie"), ("since", "09/24/2025"), url], Err("no such day")),
        (chair, "ocam", &[("who", "Italie"), ("since", "hier"), url], Err("is not a date")),
        (chair, "ocam", &[("who", "Italie"), ("since", "2099"), url], Err("lies ahead")),
        (chair, "ocam", &[("who", "Italie"), ("since", "01.02.2026"), url], Ok("2026-02-01")),
        (chair, "ocam", &[("who", "Italie"), ("url", "www.iom.int/x")], Err("is not an address")),
        (chair, "ocam", &[("who", "Italie"), ("url", "<https://example.org/x>")], Ok("example.org/x”")),
        (chair, "ocam", &[("who", "Italie"), ("url", "https://example.org/a b")], Err("is not an address")),
        (chair, "ocam", &[("who", "Italie"), ("url", "javascript:alert(1)")], Err("is not an address")),
        (chair, "ocam", &[("who", "Italie")], Err("Source: the page's address**: must be filled in")),
        (chair, "ocam", &[("who", "Italie"), url, ("date", "2099")], Err("lies ahead")),
        (chair, "ocam", &[("who", "Honduras"), url], Err("says so already")),
        (meeting, "ocam", &[("title", "réunion"), ("when", "24-25/09/2024"), url], Ok("2024-09-24/2024-09-25")),
        (meeting, "ocam", &[("title", "réunion"), ("when", "du 3 au 5 mars 25"), url], Err("is not a date")),
        (meeting, "ocam", &[("title", "réunion"), ("place", "En ligne"), url], Ok("online")),
        (members, "ocam", &[("leave", "Suisse"), url], Err("does not take part")),
        (members, "ocam", &[("join", "Honduras"), url], Err("takes part already")),
        (members, "ocam", &[url], Err("must be filled in")),
        (EditKind::Status, "ocam", &[("status", "mort"), url], Err("does not fit")),
    ];
    let mut surprises = Vec::new();
    for (kind, process, typed, expected) in rows {
        let open = FormButton::Open { kind, about: FormOccasion::Process(process.to_owned()) }.encode(0);
        let open = Component { custom_id: open, on_private: true, asker: Some(MONA), ..Component::default() };
        let form = answered(&admin, "en-GB", InteractionData::Component(open)).await.expect_err("a form");
        let typed: Vec<(String, String)> =
            typed.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        let sent = InteractionData::Modal(Submitted { custom_id: form.custom_id, typed: typed.clone() });
        let reply = answered(&admin, "en-GB", sent).await.expect("an answer");
        let text = reply.embeds[0].text();
        let as_expected = match expected {
            Ok(part) => reply.kind == ReplyKind::Question && text.contains(part),
            Err(part) => reply.kind == ReplyKind::Refusal && text.contains(part),
        };
        if !as_expected {
            surprises.push(format!("{typed:?}\n  {expected:?}\n  {:?} {text}", reply.kind));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

/// Moderated by Mona, without a Discord.
pub(crate) fn moderated(publisher: &Arc<Publisher>) -> Arc<AdminCommands> {
    moderated_by(publisher, MONA)
}

/// Moderated by somebody.
pub(crate) fn moderated_by(publisher: &Arc<Publisher>, user: u64) -> Arc<AdminCommands> {
    let rights =
        Rights::new(&ModerationSettings { guilds: vec![1], users: vec![user], ..ModerationSettings::default() });
    let (languages, counters) = (Languages::default(), Arc::new(Counters::default()));
    Arc::new(AdminCommands::new(Arc::clone(publisher), rights, languages, Arc::new(Nothing), counters))
}

#[tokio::test]
async fn a_meeting_a_member_a_status_and_the_others_are_changed_by_forms() {
    let stage = Stage::new().await;
    let mona = stage.mona();
    let source = [("url", "https://example.org/news"), ("date", "2 octobre 2025")];
    let with = |fields: &[(&'static str, &'static str)]| [fields, &source[..]].concat();
    let change = async |process: &str, what: &str, fields: &[(&str, &str)]| {
        let form = form(&mona, process, what).await;
        let proposal = fill(&mona, &form, fields).await;
        let published = press(&mona, &proposal, "Publish").await;
        assert_eq!(title(&published), "Change published", "{what}: {}", text(&published));
        proposal
    };
    let ocam = "processes/ocam.toml";
    let before = stage.file(ocam);
    let meeting = with(&[
        ("title", "fr: réunion d'essai\nen: trial meeting"),
        ("when", "24–25 September 2024"),
        ("place", "San José"),
    ]);
    let proposal = change("ocam", "meeting", &meeting).await;
    assert!(text(&proposal).contains("Missing: French, Spanish"), "the missing language is told: {}", text(&proposal));
    let held = stage.record(ocam).meetings.into_iter().find(|one| one.title.fr.as_deref() == Some("réunion d'essai"));
    let held = held.expect("it is there");
    assert_eq!((held.date, held.title.es.as_deref()), ("2024-09-24/2024-09-25".parse().ok(), None));
    assert_eq!(held.url.as_deref(), Some("https://example.org/news"));
    assert!(lines_only_in(&before, &stage.file(ocam)).is_empty(), "a meeting only adds lines");

    let member = stage.record("processes/midcas.toml").participant_states("member");
    assert!(member.contains(&"RW".to_owned()) || !member.is_empty());
    let leaving = if member.contains(&"RW".to_owned()) { "Rwanda" } else { "Gabon" };
    change("midcas", "members", &with(&[("leave", leaving), ("since", "juin 2025")])).await;
    let left = stage.record("processes/midcas.toml");
    assert_eq!(left.participant_states("member").len(), member.len() - 1);
    assert_eq!(left.participant_states("former-member").len(), 1);

    change("eu-celac-dialogue", "status", &with(&[("status", "inactif"), ("basis", "liste de l'OIM")])).await;
    let status = stage.record("processes/eu-celac-dialogue.toml").status;
    assert_eq!((status.value.key(), status.basis.key()), ("inactive", "iom-list"));

    change("ocam", "staff", &with(&[("who", "OIM et Costa Rica"), ("place", "San José"), ("since", "2025")])).await;
    let staff = stage.record(ocam).secretariat.expect("one");
    assert_eq!((staff.organisations.join(","), staff.countries.join(",")), ("iom".to_owned(), "CR".to_owned()));
    change("ocam", "site", &with(&[("website", "https://www.example.org/ocam")])).await;
    let note = [("kind", "doute"), ("about", "présidence"), ("text", "fr: Un doute.\nen: A doubt.\nes: Una duda.")];
    change("ocam", "note", &with(&note)).await;
    change("ocam", "topic", &with(&[("theme", "asilo en la frontera"), ("topics", "asylum, frontières")])).await;
    let ocam = stage.record(ocam);
    assert_eq!(ocam.website.as_deref(), Some("https://www.example.org/ocam"));
    assert_eq!(ocam.themes.last().map(|theme| theme.topics.join(",")), Some("asylum,borders".to_owned()));
    assert_eq!(
        ocam.sources.iter().filter(|one| one.url == "https://example.org/news").count(),
        1,
        "one source, named once"
    );
    stage.finish().await;
}

#[tokio::test]
async fn a_mistyped_form_says_which_field_and_opens_again_with_what_was_typed() {
    let mut stage = Stage::new().await;
    let mona = stage.mona();
    let typed = [
        ("who", "Swizerlandia, Narnia"),
        ("since", "31 avril 2026"),
        ("rule", "**chaque année** <@1>"),
        ("url", "sem.admin.ch"),
        ("date", "bientôt"),
    ];
    let first = form(&mona, "rabat-process", "chair").await;
    let refused = fill(&mona, &first, &typed).await;
    assert_eq!(title(&refused), "Rabat Process: please correct");
    let said = text(&refused);
    for part in ["Who", "Narnia", "Since when", "no such day", "Source", "not an address", "not a date"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // After a restart too, and on any replica: what was typed is kept beside the revisions.
    stage.restart().await;
    let again = opened(&mona, &refused, "Back to the form").await;
    let expected: Vec<(String, String)> =
        typed.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    assert_eq!(values(&again), expected, "nothing that was typed is lost");
    let mended = [("who", "CHE"), ("since", "2026-01"), ("url", SOURCE), ("date", ""), ("rule", "")];
    let proposal = fill(&mona, &again, &mended).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    stage.finish().await;
}

#[tokio::test]
async fn two_moderators_in_one_field_and_a_form_that_outlives_a_change() {
    let stage = Stage::new().await;
    let (mona, milo) = (stage.mona(), stage.milo());
    let fields = [("who", "Italie"), ("since", "2026"), ("url", SOURCE)];
    let (one, other) = (form(&mona, "rabat-process", "chair").await, form(&milo, "rabat-process", "chair").await);
    let elsewhere = form(&milo, "rabat-process", "site").await;
    let proposal = fill(&mona, &one, &fields).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    // The same field: who comes second is told, and loses nothing.
    let told = fill(&milo, &other, &[("who", "Malte"), ("url", SOURCE)]).await;
    assert_eq!(title(&told), "Somebody was faster");
    assert!(text(&told).contains("chair") && text(&told).contains("Rabat Process"), "{}", text(&told));
    let again = opened(&milo, &told, "Back to the form").await;
    assert_eq!(values(&again)[0], ("who".to_owned(), "Malte".to_owned()));
    let Response::Modal(shown) = &again.response else { panic!() };
    assert!(shown.to_string().contains("Italy"), "what is said now is shown: {shown}");
    // Another field of the same record goes on, on top of what is served now.
    let proposal = fill(&milo, &elsewhere, &[("website", "https://www.rabat.example.org"), ("url", SOURCE)]).await;
    assert_eq!(title(&press(&milo, &proposal, "Publish").await), "Change published");
    let record = stage.record(RABAT);
    assert_eq!(record.chair.expect("a chair").countries, ["IT"]);
    assert_eq!(record.website.as_deref(), Some("https://www.rabat.example.org"));
    // A form of which the process is gone.
    let orphan = form(&mona, "pafom", "site").await;
    fs::remove_file(stage.data().join("processes/pafom.toml")).expect("removed");
    let reloaded = run(&mona, "rcp-admin recharger").await;
    if title(&reloaded) == "Catalogue reloaded" {
        let gone = fill(&mona, &orphan, &[("website", "https://x.example.org"), ("url", SOURCE)]).await;
        assert_eq!(title(&gone), "This card is gone");
    }
    stage.finish().await;
}

#[tokio::test]
async fn nobody_else_may_and_what_is_forged_or_sent_again_changes_nothing() {
    let stage = Stage::new().await;
    let mona = stage.mona();
    let stranger = stage.discord.person("Bela").permissions(ADMINISTRATOR);
    let command = mona.command("rcp-admin modifier").option("processus", "rabat-process").option("quoi", "chair");
    let command = command.json().expect("composed");
    let form = form(&mona, "rabat-process", "chair").await;
    let list = run(&mona, "rcp-admin revue").await;
    let (menu, value) = entry(&list, "Rabat Process: term over");
    let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    let Response::Modal(shown) = &form.response else { panic!() };
    let filled = |custom_id: &Value, who: &str| {
        let row = |field: &str, value: &str| json!({"type": 1, "components": [{"type": 4, "custom_id": field, "value": value}]});
        json!({"custom_id": custom_id, "components": [row("who", who), row("url", SOURCE)]})
    };
    // As others would send them, if Discord let them.
    let as_stranger = |mut interaction: Value| {
        interaction["member"]["user"]["id"] = json!(stranger.id().to_string());
        interaction["member"]["roles"] = json!([]);
        interaction
    };
    let submit = |custom_id: &Value, who: &str| {
        let mut json = mona.component_json(&item, &labelled(&item, "Chair"), None).expect("composed");
        json["type"] = json!(5);
        json["data"] = filled(custom_id, who);
        json
    };
    let button = mona.component_json(&item, &labelled(&item, "Not now"), None).expect("composed");
    let (before, revisions) = (stage.file(RABAT), stage.revisions());
    for interaction in [command, submit(&shown["custom_id"], "Italie"), button.clone()] {
        let refused = stage.discord.send_interaction(as_stranger(interaction)).outcome().await;
        let message = bot::private(&refused);
        assert_eq!(title(&message), "You may not moderate here");
    }
    // Forged ids: another version, another process, another state, a button's as a form's.
    for forged in [
        "rcp-admin:2:0:f:chair:rabat-process:00000000",
        "rcp-admin:1:0:f:chair:../regions:00000000",
        "rcp-admin:1:0:f:throne:rabat-process:00000000",
        "rcp-admin:1:0:open:chair:rabat-process",
        "rcp-admin:1:0:f:chair:rabat-process",
    ] {
        let refused = stage.discord.send_interaction(submit(&json!(forged), "Italie")).outcome().await;
        assert_eq!(title(&bot::private(&refused)), "This button no longer answers", "{forged}");
    }
    for forged in ["rcp-admin:1:0:f:chair:rabat-process:00000000", "rcp-admin:1:0:f:chair:no-such-process:00000000"] {
        let outcome = stage.discord.send_interaction(submit(&json!(forged), "Italie")).outcome().await;
        let told = told(outcome).await;
        assert!(["Somebody was faster", "This card is gone"].contains(&title(&told)), "{forged}: {}", title(&told));
    }
    assert_eq!((stage.file(RABAT), stage.revisions()), (before, revisions), "nothing has changed");
    // The same form sent twice is one change.
    let publish = async |form: Value| told(stage.discord.send_interaction(form).outcome().await).await;
    let once = publish(submit(&shown["custom_id"], "Italie")).await;
    assert_eq!(title(&press(&mona, &once, "Publish").await), "Change published");
    let twice = publish(submit(&shown["custom_id"], "Italie")).await;
    assert_eq!(title(&twice), "Somebody was faster");
    assert_eq!(stage.record(RABAT).chair.expect("a chair").history.len(), 4, "Nigeria stands once in the history");
    let audit = stage.audit();
    let by = |action: &str, result: &str| {
        audit.iter().filter(|one| one["action"] == action && one["result"] == result).count()
    };
    assert!(by("edit", "done") >= 1 && by("edit", "overtaken") >= 2, "{audit:#?}");
    stage.finish().await;
}

#[tokio::test]
async fn a_reader_reports_and_is_told_when_it_is_settled() {
    let mut stage = Stage::new().await;
    let mona = stage.mona();
    let reader = stage.discord.person("Amina");
    let more = report_of_ocam(&reader, "La présidence a changé : **Nicaragua** @everyone <@4242>").await;
    // The moderators hear of it at once, and nobody is pinged.
    until(&stage.discord, "a notice", |discord| !discord.messages(AUDIT).is_empty()).await;
    let notice = stage.discord.messages(AUDIT).remove(0);
    assert!(text(&notice).contains("Nicaragua") && text(&notice).contains("OCAM"), "{}", text(&notice));
    assert!(!text(&notice).contains("@everyone") && !text(&notice).contains("<@4242>"), "{}", text(&notice));
    assert_eq!(notice.json["mentions"].as_array().map_or(0, Vec::len), 0, "{:#}", notice.json);
    // A limit for each person: the fourth of a day is refused.
    for _ in 0..2 {
        let form = opened(&reader, &more, "Report an error").await;
        assert_eq!(title(&fill(&reader, &form, &[("wrong", "encore")]).await), "Thank you");
    }
    let form = opened(&reader, &more, "Report an error").await;
    assert_eq!(title(&fill(&reader, &form, &[("wrong", "encore")]).await), "Nothing was passed on");
    let other = stage.discord.person("Bela");
    let form = opened(&other, &more, "Report an error").await;
    assert_eq!(title(&fill(&other, &form, &[("wrong", "autre chose")]).await), "Thank you", "others may");
    // It is in the list, escaped, after a restart too.
    stage.restart().await;
    let list = run(&mona, "rcp-admin revue").await;
    let shown = text(&list);
    assert!(shown.contains("🚩 OCAM"), "{shown}");
    assert!(!shown.contains("@everyone") && !shown.contains("<@4242>") && !shown.contains("**Nicaragua"), "{shown}");
    let (menu, value) = entry(&list, "La présidence a changé");
    let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    assert!(text(&item).contains("sica"), "{}", text(&item));
    let list = press(&mona, &item, "Settled").await;
    assert!(!text(&list).contains("Nicaragua"), "{}", text(&list));
    // The reader is told in private.
    let direct = reader.clone().in_direct_messages();
    let start = Instant::now();
    let letter = loop {
        if let Some(letter) = direct.messages().into_iter().find(|one| title(one) == "Your report is settled") {
            break letter;
        }
        assert!(start.elapsed() < DEADLINE, "the reader is not told");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert!(text(&letter).contains("OCAM"), "{}", text(&letter));
    // A second press tells nobody anything more.
    let audit = stage.audit();
    assert_eq!(audit.iter().filter(|one| one["action"] == "settle" && one["result"] == "done").count(), 1);
    stage.finish().await;
}

#[tokio::test]
async fn what_is_put_off_and_what_was_seen_leaves_the_list() {
    let mut stage = Stage::new().await;
    let mona = stage.mona();
    let list = run(&mona, "rcp-admin revue").await;
    let (menu, value) = entry(&list, "Rabat Process: term over");
    let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    let list = press(&mona, &item, "Not now").await;
    assert!(!text(&list).contains("Rabat Process: term over"), "{}", text(&list));
    stage.restart().await;
    let list = run(&mona, "rcp-admin revue").await;
    assert!(!text(&list).contains("Rabat Process: term over"), "{}", text(&list));
    // Another chair that is still right: seen today, with a source.
    let (menu, value) = entry(&list, "🪑");
    let item = turned(mona.choose(&list, &menu, &[&value]).await.expect("chosen"), &list).await;
    let form = opened(&mona, &item, "Seen, still true").await;
    let proposal = fill(&mona, &form, &[("url", "https://example.org/still")]).await;
    assert_eq!(title(&press(&mona, &proposal, "Publish").await), "Change published");
    stage.finish().await;
}

/// Fetches nothing.
struct Nothing;

impl Fetch for Nothing {
    fn fetch<'a>(&'a self, _: &'a Attachment, _: u64) -> BoxFuture<'a, Result<Vec<u8>, NotFetched>> {
        async { Err(NotFetched::Foreign) }.boxed()
    }
}

/// What a moderator is answered who knows no Discord: a reply in the end, or a form.
pub(crate) async fn answered(admin: &Arc<AdminCommands>, locale: &str, data: InteractionData) -> Result<Reply, Modal> {
    let caller = Caller { user: MONA, guild: Some(1), locale: Some(locale.to_owned()), ..Caller::default() };
    let root = rcp_bot::admin::ROOT.to_owned();
    let step = admin.begin(Interaction { id: 5, caller, root, data, ..Interaction::default() }).await;
    match step.first {
        First::Form(form) => Err(form),
        First::Reply(reply) => Ok(reply),
        _ => Ok(step.then.expect("more follows").await.expect("an answer")),
    }
}

#[tokio::test]
async fn the_list_each_item_and_every_form_fit_a_phone_in_every_language() {
    let root = TempDir::new().expect("a folder");
    let mut settings = Settings { state: StateFolder(root.path().join("state")), ..Settings::default() };
    settings.catalogue.data = Some(root.path().join("data"));
    small::write(&root.path().join("data"), &Files::built_in());
    let publisher = Arc::new(start(&settings, rcp_bot::clock::today, None).await.expect("it is good"));
    let moderation = ModerationSettings {
        guilds: vec![1],
        roles: vec![],
        users: vec![MONA],
        audit_channel: None,
        news_channel: None,
    };
    let rights = Rights::new(&moderation);
    let (languages, counters) = (Languages::default(), Arc::new(Counters::default()));
    let admin = AdminCommands::new(Arc::clone(&publisher), rights, languages, Arc::new(Nothing), counters);
    let searches = Arc::new(VainSearches::default());
    (0..9).for_each(|_| searches.note(&"x*".repeat(200)));
    let admin = Arc::new(admin.with_searches(searches));
    let fits = |reply: &Reply, what: &str| {
        let characters: usize = reply
            .embeds
            .iter()
            .map(|embed| {
                let fields =
                    embed.fields().iter().map(|field| field.name.chars().count() + field.value.chars().count());
                embed.title().chars().count()
                    + embed.text().chars().count()
                    + embed.foot().chars().count()
                    + fields.sum::<usize>()
            })
            .sum();
        assert!(reply.private && reply.rows.len() <= 3, "{what}: {reply:#?}");
        assert!(reply.height() <= 700 && characters <= 900, "{what}: {} px, {characters}: {reply:#?}", reply.height());
    };
    let press = |custom_id: String, values: Vec<String>| {
        InteractionData::Component(Component { custom_id, values, on_private: true, asker: Some(MONA) })
    };
    for locale in ["fr", "en-GB", "es-ES"] {
        let command = |name: &str, options: Vec<(String, OptionValue)>| {
            InteractionData::Command(Invocation { command: name.to_owned(), options })
        };
        let list = answered(&admin, locale, command("revue", Vec::new())).await.expect("a list");
        fits(&list, "the list");
        let mut seen = 0;
        for page in 0..40 {
            let page_button = ReviewButton::List { page, of: None }.encode(1);
            let list = answered(&admin, locale, press(page_button, Vec::new())).await.expect("a page");
            fits(&list, &format!("page {page}"));
            let Some(Row::Menu(menu)) = list.rows.first().filter(|row| matches!(row, Row::Menu(_))) else { continue };
            let Some(option) = menu.options.get(page % menu.options.len()) else { continue };
            let item = answered(&admin, locale, press(menu.custom_id.clone(), vec![option.value.clone()])).await;
            fits(&item.expect("an item"), &option.label);
            seen += 1;
        }
        assert!(seen > 3, "{seen} items were opened");
        let snapshot = publisher.live().snapshot();
        let processes = snapshot.catalogue.processes.iter().map(|one| FormOccasion::Process(one.id.clone()));
        let meetings = snapshot.catalogue.meetings.meetings.iter();
        let meetings = meetings.map(|one| FormOccasion::GlobalMeeting(one.id.clone()));
        for about in processes.chain(meetings).chain([FormOccasion::GlobalMeetings]) {
            for kind in EditKind::ALL.into_iter().filter(|kind| kind.fits(&about)) {
                let open = FormButton::Open { kind, about: about.clone() }.encode(0);
                let form = answered(&admin, locale, press(open, Vec::new())).await.expect_err("a form");
                assert!(!form.title.is_empty(), "{form:?}");
                assert!(form.custom_id.len() <= 100 && (2..=5).contains(&form.inputs.len()), "{form:?}");
                for input in &form.inputs {
                    assert!((1..=45).contains(&input.label.chars().count()), "{input:?}");
                    assert!(input.placeholder.chars().count() <= 100, "{input:?}");
                    assert!(!input.label.contains("form-") && !input.placeholder.contains("form-"), "{input:?}");
                    assert!(input.value.chars().count() <= usize::from(input.most), "{input:?}");
                }
            }
        }
    }
}

/// The States of a capacity.
trait States {
    fn participant_states(&self, role: &str) -> Vec<String>;
}

impl States for Process {
    fn participant_states(&self, role: &str) -> Vec<String> {
        let group = self.participants.iter().find(|group| group.role.key() == role);
        group.map(|group| group.states.clone()).unwrap_or_default()
    }
}
