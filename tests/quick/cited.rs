//! Which processes, organisations, global meetings and terms a message names: *Processus cités*.
//!
//! `tests/cited/*.tsv` hold messages as people write them, each with the ids of what it names (`–` for nothing): sentences
//! of the field, chat, code, and acronyms of other fields.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use local_discord::Person;
use rcp_bot::catalogue::Language;
use rcp_bot::commands::{Caller, Languages, MESSAGE_COMMANDS, TargetMessage, View, message_command};
use rcp_bot::lookup::{CitedNames, MAX_CITING};
use rcp_bot::reply::{Budget, Reply, ReplyKind};
use serde_json::{Value, json};

use crate::endpoint::Served;
use crate::support::bot::{Setup, Stage, data, message, offered, private, shared_view, snapshot, text, title, until};
use crate::support::{answers, tell};

/// The name by which Discord calls the command.
const COMMAND: &str = "Processus cités";

/// What a message is answered.
fn answered(text: &str, language: Language) -> Reply {
    let languages = Languages { default: language, ..Languages::default() };
    let message = TargetMessage { text: text.to_owned() };
    message_command(snapshot(), &languages, &Caller::default(), date(2026, 12, 1), COMMAND, &message)
}

fn process(id: &str) -> View {
    View::Process { id: id.to_owned() }
}

fn read(language: Language) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cited").join(format!("{language}.tsv"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn what_messages_name_is_found_and_nothing_else() {
    let names = CitedNames::default();
    let (mut texts, mut right) = (0, 0);
    let (mut surplus, mut missed) = (Vec::new(), Vec::new());
    for language in Language::ALL {
        for line in read(language).lines() {
            let (text, expected) = line.split_once('\t').expect("a text and what it names");
            let text = text.replace("\\n", "\n");
            let expected: Vec<&str> = expected.split(' ').filter(|id| *id != "–").collect();
            let found: Vec<&str> = names.find(&snapshot().catalogue, &text).into_iter().map(|(_, id)| id).collect();
            texts += 1;
            right += found.iter().filter(|id| expected.contains(id)).count();
            surplus.extend(found.iter().filter(|id| !expected.contains(id)).map(|id| format!("{id}: {text}")));
            missed.extend(expected.iter().filter(|id| !found.contains(id)).map(|id| format!("{id}: {text}")));
        }
    }
    let (precision, recall) = (100 * right / (right + surplus.len()), 100 * right / (right + missed.len()));
    tell(&format!(
        "{texts} messages name {right} entries rightly: precision {precision} %, recall {recall} %\n\
         surplus: {surplus:#?}\nmissed: {missed:#?}"
    ));
    assert!(texts >= 150, "{texts} texts");
    assert!(surplus.len() * 100 <= 2 * (right + surplus.len()), "{surplus:#?}");
    assert!(missed.len() * 100 <= 5 * (right + missed.len()), "{missed:#?}");
}

#[test]
fn every_name_of_every_process_is_found_where_it_stands_in_a_sentence() {
    let names = CitedNames::default();
    let catalogue = &snapshot().catalogue;
    let mut missed = Vec::new();
    for process in &catalogue.processes {
        let all = [Some(&process.name), process.short_name.as_ref()];
        for (_, name) in all.into_iter().flatten().flat_map(|name| name.wordings()) {
            for text in [format!("({name})"), format!("À propos : « {name} »."), format!("**{}**", name.to_uppercase())]
            {
                if !names.find(catalogue, &text).iter().any(|(_, id)| *id == process.id) {
                    missed.push(text);
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_more_of_a_message_is_read_than_discord_lets_anybody_write() {
    let names = CitedNames::default();
    let far = format!("{} Processus de Bali", "a ".repeat(MAX_CITING / 2));
    assert_eq!(names.find(&snapshot().catalogue, &far), []);
    let long = "Processus de Bali, OIM, CP ; ".repeat(130);
    assert_eq!(names.find(&snapshot().catalogue, &long).first().map(|(_, id)| *id), Some("bali-process"));
}

// --- The answer ------------------------------------------------------------------------------------------------------

#[test]
fn the_answer_is_private_fits_a_phone_and_opens_each_entry() {
    let many: String = snapshot()
        .catalogue
        .processes
        .iter()
        .map(|one| format!("{}, ", one.name.fr.as_deref().unwrap_or_default()))
        .collect();
    for language in Language::ALL {
        for text in
            ["l'OIM et le Processus de Rabat", "Processus de Prague, CRM (migrants, membres), OIM, HCR, GRCP 8", &many]
        {
            let reply = answered(text, language);
            assert!(reply.private && reply.kind == ReplyKind::Answer && reply.ping.is_none(), "{text}");
            assert!(
                reply.rows.len() <= 3 && reply.height() <= Budget::FACE.height,
                "{language} {text}: {}",
                reply.height()
            );
            let characters = answers::text(&reply).chars().count();
            assert!(characters <= Budget::FACE.characters + 20, "{language} {text}: {characters}");
            let named = snapshot().cited.find(&snapshot().catalogue, text);
            let opened = answers::ways(&reply);
            assert_eq!(opened.len(), named.len().min(25), "{opened:?}");
            for (entity, id) in named.iter().take(25) {
                assert!(opened.contains(&View::of(*entity, id)), "{id}");
            }
        }
    }
    assert!(answers::text(&answered(&many, Language::En)).contains("more, for which there is no room"));
}

#[test]
fn a_message_that_names_nothing_or_has_no_text_is_told_so() {
    for (text, told) in [("see you tomorrow", "No process named"), ("", "Nothing to read"), (" \n", "Nothing to read")]
    {
        let reply = answered(text, Language::En);
        assert!(reply.private && reply.kind == ReplyKind::Refusal, "{text}");
        assert_eq!(reply.embeds[0].title(), told);
    }
}

// --- On Discord ------------------------------------------------------------------------------------------------------

async fn uses(person: &Person, written: &str) -> local_discord::Message {
    let target = person.write(written).expect("it is short enough");
    private(&person.use_on(&target, COMMAND).await.expect("the command is offered"))
}

#[tokio::test]
async fn on_the_gateway_a_message_is_read_in_servers_in_direct_messages_and_for_the_user_alone() {
    let stage = Stage::shipped().await;
    let asker = stage.person(Language::Fr);
    let answer = uses(&asker, "@everyone <@42> Le **Processus de Rabat** et l'OIM").await;
    assert!(answer.pings.is_empty() && !text(&answer).contains("everyone"), "{:#}", answer.json);
    assert!(title(&answer).starts_with("2 entrées"), "{}", title(&answer));
    assert_eq!(offered(&answer).first(), Some(&process("rabat-process")));
    // An entry opens in the place of the list, and the list can be shown to everyone.
    let menu = answer.components()[0]["custom_id"].as_str().expect("a menu").to_owned();
    let shared = shared_view(&answer).expect("a private answer can be shared");
    assert!(matches!(shared, View::Cited { .. }), "{shared:?}");
    let opened = asker.choose(&answer, &menu, &[&process("rabat-process").encode()]).await.unwrap();
    assert!(title(&message(&opened)).contains("Rabat"));
    for person in [
        stage.person(Language::Es).in_direct_messages(),
        stage.person(Language::Es).user_installed(true).in_private_channel(),
    ] {
        let answer = uses(&person, "El Proceso de Praga").await;
        assert_eq!(offered(&answer), [process("processus-de-prague")]);
        assert!(title(&answer).starts_with("1 entrada"), "{}", title(&answer));
    }
    // What the bot answered has no text but that of its embed.
    let card = asker.run("rcp info", &[("processus", "ocam")]).await.expect("the command is registered");
    let named = private(&asker.use_on(&message(&card), COMMAND).await.expect("the command is offered"));
    assert_eq!(offered(&named).first(), Some(&process("ocam")));
    let nothing = uses(&asker, "bonjour à tous").await;
    assert_eq!(title(&nothing), "Aucun processus cité");
    assert!(stage.discord.refusals().is_empty(), "{:?}", stage.discord.refusals());
    stage.finish().await;
}

#[tokio::test]
async fn the_list_of_a_message_is_shown_to_everyone_and_goes_on_working() {
    let stage = Stage::shipped().await;
    let asker = stage.person(Language::En);
    let answer = uses(&asker, "Bali Process, Prague Process, UNHCR").await;
    let share = answer.components().last().and_then(|one| one["custom_id"].as_str()).expect("a button").to_owned();
    asker.press(&answer, &share).await.expect("it is there");
    let shown = |discord: &local_discord::LocalDiscord| {
        let _ = discord;
        asker.messages().into_iter().find(|one| !one.is_ephemeral() && title_of(one).starts_with("3 entries"))
    };
    until(&stage.discord, "the list for everyone", |discord| shown(discord).is_some()).await;
    let shown = shown(&stage.discord).expect("it is there");
    assert_eq!(offered(&shown).len(), 3);
    stage.finish().await;
}

fn title_of(message: &local_discord::Message) -> &str {
    message.embeds().first().and_then(|embed| embed["title"].as_str()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_endpoint_the_answer_is_that_of_ask() {
    let served = Served::start().await;
    let person = served.discord.person("Amina").locale("fr");
    let text = "Le MIDWA, l'OIM et la 8e réunion mondiale des PCR";
    let written = person.write(text).expect("it is short enough");
    let mut interaction = person.message_command_json(&written, COMMAND).expect("the command is offered");
    let (status, answer) = served.post(&interaction).await;
    assert_eq!((status, &answer["data"]["flags"]), (200, &json!(64)), "{answer:#}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), text).expect("it is written");
    let path = file.path().to_str().expect("UTF-8");
    let asked = Setup::new(&["ask", "--message", path, "--json"]).data(&data()).finish().await;
    assert_eq!(asked.code, Some(0), "{}", asked.stderr);
    let asked: Value = serde_json::from_str(&asked.stdout).expect("JSON");
    assert_eq!(answer["data"]["embeds"], asked["data"]["embeds"]);
    assert_eq!(answer["data"]["components"][0], asked["data"]["components"][0]);
    // A message of nothing but an embed, and one that has gone.
    let id = written.id.to_string();
    interaction["id"] = json!("9001");
    interaction["data"]["resolved"]["messages"][&id]["content"] = json!("");
    let (_, nothing) = served.post(&interaction).await;
    assert_eq!(nothing["data"]["embeds"][0]["title"], "Rien à lire");
    interaction["id"] = json!("9002");
    interaction["data"]["resolved"]["messages"][&id]["embeds"] =
        json!([{"fields": [{"name": "Processus de Bali", "value": "x", "inline": true}]}]);
    let (_, named) = served.post(&interaction).await;
    assert!(named.to_string().contains("Processus de Bali"), "{named:#}");
    interaction["id"] = json!("9003");
    interaction["data"]["resolved"] = json!({});
    let (status, gone) = served.post(&interaction).await;
    assert_eq!((status, &gone["data"]["embeds"][0]["title"]), (200, &json!("Rien à lire")));
}

#[tokio::test]
async fn ask_reads_a_message_and_says_what_it_names() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), b"The Prague Process and \xff IOM").expect("it is written");
    let path = file.path().to_str().expect("UTF-8");
    let asked = Setup::new(&["ask", "--message", path, "--locale", "en-GB"]).data(&data()).finish().await;
    assert_eq!(asked.code, Some(0), "{}", asked.stderr);
    assert!(asked.stdout.contains("2 entries") && asked.stdout.contains("Prague Process"), "{}", asked.stdout);
    for arguments in [&["ask"][..], &["ask", "/rcp oim", "--message", path], &["ask", "--message", "/nowhere/at/all"]] {
        let refused = Setup::new(arguments).data(&data()).finish().await;
        assert_eq!(refused.code, Some(2), "{arguments:?}: {}", refused.stderr);
    }
    let piped = Setup::new(&["ask", "--message", "-"]).data(&data()).shell(&format!("exec < {path}")).finish().await;
    assert!(piped.stdout.contains("Prague") || piped.stdout.contains("Processus"), "{}{}", piped.stdout, piped.stderr);
}

#[test]
fn the_command_is_declared_once_and_registered_with_its_names() {
    let tree = rcp_bot::commands::tree(&snapshot().messages);
    let on_messages: Vec<&Value> = tree.iter().filter(|command| command["type"] == 3).collect();
    assert_eq!(on_messages.len(), MESSAGE_COMMANDS.len());
    let command = on_messages[0];
    assert_eq!(command["name"], COMMAND);
    assert_eq!(command["name_localizations"]["en-US"], "Processes named");
    assert_eq!(command["name_localizations"]["es-ES"], "Procesos citados");
    assert_eq!((&command["integration_types"], &command["contexts"]), (&json!([0, 1]), &json!([0, 1, 2])));
    assert_eq!(command["description"], Value::Null, "Discord refuses a description");
    let reader = answers::reader(snapshot(), Language::Es, true);
    for view in [View::Help {}, View::Commands { page: 0 }, View::Commands { page: 1 }] {
        let told = rcp_bot::commands::show(&reader, &view)
            .is_ok_and(|reply| answers::text(&reply).contains("Procesos citados"));
        assert!(told || view == View::Commands { page: 0 }, "{view:?}");
    }
}
