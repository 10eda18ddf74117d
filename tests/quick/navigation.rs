//! Moving around: a crawler presses everything that can be reached, old buttons go on working, and nothing that a person
//! types or forges goes without a valid answer.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::path::Path;

use crate::support::bot::{self, Setup, Stage, card, message, shared_view, title, voice};
use local_discord::{LocalDiscord, Message, Person, Response};
use rcp_bot::catalogue::Language;
use rcp_bot::commands::{COMMANDS, CustomId, OptionKind, Section, View};
use serde_json::json;
use tempfile::TempDir;

/// A component that can be used: its `custom_id`, and the value to choose if it is a menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Way {
    custom_id: String,
    value: Option<String>,
}

/// Every way on from a message, but deleting it.
fn ways(message: &Message) -> Vec<Way> {
    let mut ways = Vec::new();
    for component in message.components() {
        let Some(custom_id) = component["custom_id"].as_str() else { continue };
        let deletes = matches!(custom_id.parse(), Ok(CustomId::Delete { .. }));
        if component["disabled"] == true || deletes {
            continue;
        }
        // It leads to a form, which is no message.
        if reports(custom_id) {
            continue;
        }
        match component["options"].as_array() {
            None => ways.push(Way { custom_id: custom_id.to_owned(), value: None }),
            Some(options) => ways.extend(options.iter().map(|option| Way {
                custom_id: custom_id.to_owned(),
                value: option["value"].as_str().map(str::to_owned),
            })),
        }
    }
    ways
}

/// Whether a component opens the form for reporting errors.
fn reports(custom_id: &str) -> bool {
    custom_id.parse::<CustomId>().is_ok_and(|target| matches!(target, CustomId::Report { .. }))
}

/// Whether a way shares what only the person sees.
fn shares(way: &Way) -> bool {
    way.custom_id.parse::<CustomId>().is_ok_and(|target| matches!(target, CustomId::Share { .. }))
}

/// Whether a way opens what the crawl in another language opens. The views of an entry are made alike in each language: those
/// that lead on to other entries are opened in all three, the others in one of them. In each language `payloads` opens every
/// view of every entry, without the wire, and `tests/slow/maps.rs` draws all maps of countries.
fn is_left_to_another(way: &Way, language: Language) -> bool {
    let view = match &way.value {
        Some(value) => value.parse().ok(),
        None => match way.custom_id.parse() {
            Ok(CustomId::Open { view, .. }) => Some(view),
            _ => None,
        },
    };
    let of = match &view {
        Some(
            View::Country { code: of }
            | View::CountryMore { code: of, .. }
            | View::CountryMap { code: of }
            | View::Sources { id: of, .. }
            | View::ProcessMeetings { id: of, .. }
            | View::Reserves { id: of, .. }
            | View::More { id: of, .. }
            | View::ProcessTimeline { id: of }
            | View::ProcessMap { id: of }
            | View::OrganisationMore { id: of, .. }
            | View::Meeting { id: of }
            | View::MeetingMore { id: of, .. }
            | View::Term { id: of }
            | View::TermMore { id: of, .. }
            | View::TopicWordings { id: of, .. },
        ) => of,
        _ => return false,
    };
    !is_opened_in_full(of, language)
}

/// Whether the crawl in this language opens all views of an entry: each has its language, and each language about as many.
fn is_opened_in_full(id: &str, language: Language) -> bool {
    let sum: usize = id.bytes().map(usize::from).sum();
    sum % Language::ALL.len() == language.index()
}

/// Uses a way, and returns the message that shows what it led to.
async fn go(person: &Person, message: &Message, way: &Way) -> Message {
    let outcome = match &way.value {
        None => person.press(message, &way.custom_id).await,
        Some(value) => person.choose(message, &way.custom_id, &[value]).await,
    };
    let outcome = outcome.unwrap_or_else(|error| panic!("{way:?} could not be used: {error:?}"));
    if shares(way) {
        return outcome.wait_for_followups(1).await.expect("it is shared").remove(0);
    }
    bot::message(&outcome)
}

/// The titles of the refusals and the apology, none of which a crawler may meet.
fn dead_ends(language: Language) -> Vec<String> {
    ["entry-gone", "press-foreign", "delete-refused", "apology"].map(|key| voice(language).say(key)).to_vec()
}

/// Every command with options that it answers, as a person would type them.
fn beginnings() -> Vec<(String, Vec<(&'static str, String)>)> {
    let snapshot = bot::snapshot();
    let sample = |kind: OptionKind| match kind {
        OptionKind::Entry(entity) => {
            let ids = snapshot.names.complete(entity, "", Language::Fr, 25);
            ids.into_iter().map(str::to_owned).collect()
        }
        OptionKind::Either(..) => vec!["FR".to_owned(), "processus-de-prague".to_owned()],
        OptionKind::Text => vec!["traite".to_owned(), "migration".to_owned(), "secretaría técnica".to_owned()],
        _ => Vec::new(),
    };
    let mut beginnings = Vec::new();
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        let first = command.options.first();
        if first.is_none_or(|option| !option.required) {
            beginnings.push((path.clone(), Vec::new()));
        }
        for value in first.map(|option| sample(option.kind)).unwrap_or_default() {
            // A command without options has no first one, so this is never reached without a name.
            let mut options = vec![(first.map_or("", |option| option.name.fr), value)];
            let others = command.options.iter().skip(1).filter(|option| option.required);
            options.extend(others.map(|option| (option.name.fr, "MA".to_owned())));
            beginnings.push((path.clone(), options));
        }
    }
    beginnings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_button_and_menu_in_french_answers_and_none_leads_to_a_dead_end() {
    crawl(Language::Fr).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_button_and_menu_in_english_answers_and_none_leads_to_a_dead_end() {
    crawl(Language::En).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_button_and_menu_in_spanish_answers_and_none_leads_to_a_dead_end() {
    crawl(Language::Es).await;
}

/// Presses everything that there is in one language.
async fn crawl(language: Language) {
    let stage = Stage::shipped().await;
    let mut presses = 0;
    let mut views = HashSet::new();
    // Whoever did not ask for a message presses under it, so that the message stays as it is.
    let (person, other) = (stage.person(language), stage.person(language));
    let dead_ends = dead_ends(language);
    // From a public message every press opens a private one; sharing that makes it public in turn.
    let mut queue: VecDeque<Message> = VecDeque::new();
    let mut seen: HashSet<String> = HashSet::new();
    for (path, options) in beginnings() {
        let options: Vec<(&str, &str)> = options.iter().map(|(name, value)| (*name, value.as_str())).collect();
        queue.push_back(message(&person.run(&path, &options).await.expect("the command is registered")));
    }
    while let Some(public) = queue.pop_front() {
        let asked = public.json["interaction_metadata"]["user"]["id"] == *person.id().to_string();
        let person = if asked { &other } else { &person };
        let ways = ways(&public);
        assert!(!ways.is_empty(), "a dead end: {:#}", public.json);
        for component in public.components() {
            let Some(custom_id) = component["custom_id"].as_str().filter(|custom_id| reports(custom_id)) else {
                continue;
            };
            let form = person.press(&public, custom_id).await.expect("pressed");
            assert!(matches!(form.response, Response::Modal(_)), "{form:?}");
        }
        // The pages of the members lead to members too; only a card leads to the sources besides.
        let to_sources =
            |way: &Way| matches!(way.custom_id.parse(), Ok(CustomId::Open { view: View::Sources { page: 0, .. }, .. }));
        if let Some(process) = card(&public).filter(|_| ways.iter().any(to_sources)) {
            let region = &bot::snapshot().catalogue.process(&process).expect("a shown process").region;
            let back = View::Region { id: region.clone(), page: 0 };
            let leads_back =
                |way: &Way| matches!(way.custom_id.parse(), Ok(CustomId::Open { view, .. }) if view == back);
            assert!(ways.iter().any(leads_back), "{process} has no way back to {region}");
        }
        for way in ways {
            let key = way.value.clone().unwrap_or_else(|| way.custom_id.clone());
            if !seen.insert(key) || is_left_to_another(&way, language) {
                continue;
            }
            let shown = go(person, &public, &way).await;
            presses += 1;
            assert!(!dead_ends.contains(&title(&shown).to_owned()), "{way:?} leads to {:#}", shown.json);
            assert_eq!(shown.is_ephemeral(), !shares(&way), "{way:?}");
            let Some(view) = shared_view(&shown) else { continue };
            if views.insert(view.encode()) {
                let custom_id = shown.components().iter().find_map(|one| {
                    let custom_id = one["custom_id"].as_str()?;
                    matches!(custom_id.parse(), Ok(CustomId::Share { .. })).then(|| custom_id.to_owned())
                });
                let share = Way { custom_id: custom_id.expect("a private answer can be shared"), value: None };
                queue.push_back(go(person, &shown, &share).await);
                presses += 1;
            }
        }
    }
    // In place: a long walk over one private message.
    let option = [("processus", "processus-de-prague"), ("discret", "true")];
    let mut here = message(&person.run("rcp info", &option).await.expect("the command is registered"));
    let mut chance = 7_u32;
    for _ in 0..300 {
        let ways: Vec<Way> = ways(&here).into_iter().filter(|way| !shares(way)).collect();
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let way = &ways[chance as usize / 65_536 % ways.len()];
        let id = here.id;
        here = go(&person, &here, way).await;
        presses += 1;
        assert_eq!(here.id, id, "a private answer changes in place");
        assert!(!dead_ends.contains(&title(&here).to_owned()), "{way:?} leads to {:#}", here.json);
    }
    let snapshot = bot::snapshot();
    for process in &snapshot.catalogue.processes {
        let view = View::Process { id: process.id.clone() };
        assert!(views.contains(&view.encode()), "{} was not reached in {language}", process.id);
    }
    for section in Section::ALL {
        assert!(views.contains(&View::About { section }.encode()), "{section:?} was not reached");
    }
    let reached = |code: &String| {
        let (card, map) = (View::Country { code: code.clone() }, View::CountryMap { code: code.clone() });
        views.contains(&card.encode()) && views.contains(&map.encode())
    };
    let countries = snapshot.catalogue.countries.iter().filter(|country| reached(&country.code)).count();
    eprintln!("{presses} presses, {} views, {countries} countries", views.len());
    assert!(countries > 40, "only {countries} countries and their maps were reached");
    assert!(presses > 1_000, "only {presses} presses");
    assert!(stage.discord.refusals().is_empty(), "{:#?}", stage.discord.refusals());
    stage.finish().await;
}

/// A copy of the repository's catalogue, to change it.
fn copy() -> TempDir {
    let copy = TempDir::new().expect("a temporary folder can be made");
    fn copy_all(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).expect("the catalogue's folder can be read") {
            let entry = entry.expect("the catalogue's folder can be read");
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                fs::create_dir(&target).expect("a folder can be made");
                copy_all(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), &target).expect("a file can be copied");
            }
        }
    }
    copy_all(&bot::data(), copy.path());
    copy
}

/// Starts the bot anew on the same Discord.
async fn restart(discord: &LocalDiscord, stopped: bot::Bot, setup: Setup) -> bot::Bot {
    let sessions = discord.gateway_counts().identifies;
    stopped.stop().await;
    let bot = setup.start();
    bot::until(discord, "the bot connects again", |discord| {
        discord.gateway_counts().identifies > sessions && !discord.connections().is_empty()
    })
    .await;
    bot
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_of_former_messages_work_after_a_restart_and_say_so_when_a_reload_took_their_entry_away() {
    let Stage { bot, discord } = Stage::shipped().await;
    let person = discord.person("Amina").locale("fr");
    let gone = "tripoli-process";
    let run = |process: &'static str| {
        let person = person.clone();
        async move { message(&person.run("rcp info", &[("processus", process)]).await.expect("it is registered")) }
    };
    let (stays, goes) = (run("ocam").await, run(gone).await);
    // Who did not ask gets a private answer, and the messages stay as they are.
    let person = discord.person("Bela").locale("fr");
    let sources = |message: &Message| bot::labelled(message, &voice(Language::Fr).say("button-sources"));

    let bot = restart(&discord, bot, Setup::run(&discord).data(&bot::data())).await;
    for old in [&stays, &goes] {
        let outcome = person.press(old, &sources(old)).await.expect("the button is there");
        assert!(title(&message(&outcome)).ends_with(": sources"), "{:#}", message(&outcome).json);
    }

    // A reload that takes the process away, which no other file names.
    let data = copy();
    let own = Setup::new(&["run"]).data(data.path());
    let own = own.env("DISCORD_API_URL", &discord.url()).env("DISCORD_TOKEN", discord.token());
    let bot = restart(&discord, bot, own).await;
    fs::remove_file(data.path().join(format!("processes/{gone}.toml"))).expect("the process is there");
    bot.signal("HUP");
    let start = std::time::Instant::now();
    loop {
        let outcome = person.press(&goes, &sources(&goes)).await.expect("the button is there");
        let answer = bot::private(&outcome);
        if title(&answer) == voice(Language::Fr).say("entry-gone") {
            break;
        }
        // Until the reload has happened the button goes on working.
        assert!(title(&answer).ends_with(": sources"), "{:#}", answer.json);
        assert!(start.elapsed() < bot::DEADLINE, "the reload never happened");
    }
    let outcome = person.press(&stays, &sources(&stays)).await.expect("the button is there");
    assert!(title(&message(&outcome)).ends_with(": sources"));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_custom_id_gets_a_private_answer() {
    let stage = Stage::new().await;
    let person = stage.person(Language::Es);
    let shown = message(&person.run("rcp oim", &[]).await.expect("the command is registered"));
    let custom_id = bot::labelled(&shown, &voice(Language::Es).say("button-meetings"));
    let genuine = person.component_json(&shown, &custom_id, None).expect("the button is there");
    let long = "x".repeat(100);
    let forged = [
        "rcp",
        "rcp:",
        "rcp:1",
        "rcp:2:o0:-:i",
        "rcp:1:o0:-:p:",
        "rcp:1:o0:de:i",
        "rcp:1:o0:-:m:ocam:99999999999",
        "other",
        "rcp:1:o0:-:p:../../etc/passwd",
        "rcp:1:m0:-",
        "rcp:1:x0:not-a-number",
        "rcp:1:x0:1",
        "rcp:1:o0:-:p:OCAM",
        "\u{202e}",
        &long,
    ];
    for custom_id in forged {
        let mut interaction = genuine.clone();
        interaction["data"]["custom_id"] = json!(custom_id);
        interaction["id"] = json!((1_400_000_000_000_000_000_u64 + presses(custom_id)).to_string());
        let outcome = stage.discord.send_interaction(interaction).outcome().await;
        let answer = bot::private(&outcome);
        let expected = if custom_id == "rcp:1:x0:1" {
            "delete-refused"
        } else if custom_id == "rcp:1:o0:-:p:OCAM" {
            "entry-gone"
        } else {
            "press-foreign"
        };
        assert_eq!(title(&answer), voice(Language::Es).say(expected), "{custom_id}");
    }
    stage.finish().await;
}

/// A number for a text, so that each forged interaction has an id of its own.
fn presses(text: &str) -> u64 {
    text.bytes().fold(7, |number, byte| (number * 31 + u64::from(byte)) % 1_000_003)
}
