//! Every payload that the catalogue can lead to, made in process and shown to the judges: Discord's documented limits,
//! twilight-validate, and Discord's OpenAPI document where it is there.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex};

use crate::support::answers::files;
use crate::support::bot::{load, locale};
use crate::support::small;
use local_discord::Limits;
use local_discord::{Judge, Payload};
use rcp_bot::catalogue::{Files, Language, StatusValue};
use rcp_bot::commands::{self, COMMANDS, Caller, CustomId, Languages, OptionKind, View};
use rcp_bot::lookup::Entity;
use rcp_bot::reply::discord::follow_up;
use rcp_bot::snapshot::Live;
use rcp_bot::snapshot::{Origin, Snapshot};
use rcp_bot::transport::from_json;
use rcp_bot::transport::gateway::from_serenity;
use rcp_bot::transport::responder::{Ending, Responder};
use serde_json::{Value, json};
use serenity::all::Interaction;

/// The route of callbacks as Discord's OpenAPI document writes it.
const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";

/// The route of further messages about an interaction.
const FOLLOW_UP: &str = "/webhooks/{webhook_id}/{webhook_token}";

/// The types of interactions. (Discord: interactions/receiving-and-responding, "Interaction Type".)
const COMMAND: u64 = 2;
const COMPONENT: u64 = 3;
const COMPLETION: u64 = 4;

/// The person who asks, and the person addressed.
const ASKER: &str = "1100000000000000011";
const OTHER_ASKER: u64 = 13;
const FRIEND: &str = "1100000000000000012";

// --- The bot without a network ---------------------------------------------------------------------------------------

static LIVE: LazyLock<Arc<Live>> = LazyLock::new(|| Arc::new(Live::new(load())));
static RESPONDER: LazyLock<Responder> = LazyLock::new(|| Responder::new(Arc::clone(&LIVE), Languages::default()));

/// The same, but it keeps nothing.
static FRESH: LazyLock<Responder> =
    LazyLock::new(|| Responder::new(Arc::clone(&LIVE), Languages::default()).without_cache());

/// What is served.
fn snapshot() -> Arc<Snapshot> {
    LIVE.snapshot()
}

/// The body of the callback to an interaction with this data.
fn respond(kind: u64, language: Language, data: &Value, on: Option<&Value>) -> Value {
    both(kind, language, data, on).0
}

/// The body of the callback, and of the message that follows it, if one does.
fn both(kind: u64, language: Language, data: &Value, on: Option<&Value>) -> (Value, Option<Value>) {
    let user = json!({
        "id": ASKER, "username": "amina", "global_name": "Amina", "discriminator": "0", "avatar": null, "public_flags": 0,
    });
    let mut interaction = json!({
        "id": "1100000000000000021",
        "application_id": "1100000000000000001",
        "type": kind,
        "token": "token",
        "version": 1,
        "data": data,
        "guild_id": "1100000000000000100",
        "channel_id": "1100000000000000101",
        "channel": {"id": "1100000000000000101", "type": 0, "name": "general", "permissions": "0"},
        "member": {
            "user": user, "roles": [], "joined_at": "2024-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false,
            "flags": 0, "pending": false, "permissions": "0",
        },
        "locale": locale(language),
        "guild_locale": "en-US",
        "app_permissions": "0",
        "entitlements": [],
        "authorizing_integration_owners": {"0": "1100000000000000100"},
        "context": 0,
        "attachment_size_limit": 10_485_760,
    });
    if let Some(message) = on {
        interaction["message"] = message.clone();
    }
    let json = interaction.to_string();
    let interaction: Interaction = serde_json::from_str(&json).expect("serenity reads what Discord sends");
    let mut received = from_serenity::read(&interaction);
    assert_eq!(
        from_json::read(json.as_bytes()).expect("the endpoint reads it"),
        received,
        "both ways in read it alike"
    );
    let response = RESPONDER.respond(&received);
    assert!(response.files.is_empty(), "no answer has files");
    let body = serde_json::from_slice(&response.body.whole()).expect("a callback is JSON");
    assert_ne!(response.ending, Ending::Failed, "answering failed: {body:#}");
    // Another asker may be answered from what was kept: it is the same as if it were made for them. What is shared is not
    // kept. What is kept is found by what was asked and the language, whatever it is, so that each thing is asked for again in
    // one of the languages.
    if response.share.is_none() && is_asked_again(data, language) {
        received.caller.user = OTHER_ASKER;
        let (kept, fresh) = (RESPONDER.respond(&received), FRESH.respond(&received));
        assert_eq!(kept.body.whole(), fresh.body.whole(), "kept and fresh differ");
    }
    let shared = response.share.map(|shared| follow_up(&shared.shown).expect("a message is JSON"));
    (body, shared)
}

/// Whether this is the language in which another asks for the same: for each thing it is one, and for each about as many.
fn is_asked_again(data: &Value, language: Language) -> bool {
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    usize::try_from(hasher.finish() % 3).is_ok_and(|turn| turn == language.index())
}

/// An answer to a command.
fn answer(language: Language, command: &str, options: &[Value]) -> Value {
    let subcommand = json!({"type": 1, "name": command, "options": options});
    let mut data = json!({"id": "1100000000000000031", "name": "rcp", "type": 1, "options": [subcommand]});
    if options.iter().any(|option| option["type"] == 6) {
        let friend = json!({"id": FRIEND, "username": "bela", "discriminator": "0", "avatar": null});
        data["resolved"] = json!({"users": {FRIEND: friend}});
    }
    respond(COMMAND, language, &data, None)
}

/// What pressing a button, or choosing from a menu, leads to under a message that all or only the asker see.
fn press(language: Language, custom_id: &str, chosen: Option<&str>, on_private: bool) -> (Value, Option<Value>) {
    let message = json!({
        "id": "1100000000000000041", "channel_id": "1100000000000000101", "type": 20, "content": "", "tts": false,
        "author": {"id": "1100000000000000001", "username": "rcp", "discriminator": "0", "avatar": null, "bot": true},
        "timestamp": "2026-11-24T00:00:00.000000+00:00", "edited_timestamp": null, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "components": [],
        "flags": if on_private { 64 } else { 0 },
    });
    let mut data = json!({"custom_id": custom_id, "component_type": if chosen.is_some() { 3 } else { 2 }});
    if let Some(value) = chosen {
        data["values"] = json!([value]);
    }
    both(COMPONENT, language, &data, Some(&message))
}

fn option(name: &str, value: &str) -> Value {
    json!({"type": 3, "name": name, "value": value})
}

// --- The judgement ---------------------------------------------------------------------------------------------------

static JUDGES: LazyLock<Vec<Arc<dyn Judge>>> = LazyLock::new(|| {
    let mut judges = crate::support::judges::all();
    judges.push(Arc::new(Limits));
    judges
});

/// What the judges complain of, by judge; empty if Discord would take the payload. A payload that was taken before, byte
/// for byte, is not judged again: buttons, menus and commands often lead to the same answer.
fn complaints(method: &str, route: &str, kind: Option<u64>, body: &Value) -> BTreeMap<String, String> {
    static TAKEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);
    let mut hasher = DefaultHasher::new();
    (method, route, kind, body).hash(&mut hasher);
    let key = hasher.finish();
    if TAKEN.lock().expect("no test holds it while it panics").contains(&key) {
        return BTreeMap::new();
    }
    let files = files(if body["data"].is_object() { &body["data"] } else { body });
    let payload = Payload { method, route, body, files: &files, interaction_type: kind };
    let judged = JUDGES.iter().map(|judge| (judge.name().to_owned(), judge.judge(&payload)));
    let found: BTreeMap<String, String> =
        judged.filter(|(_, found)| !found.is_empty()).map(|(name, found)| (name, format!("{found:?}"))).collect();
    if found.is_empty() {
        TAKEN.lock().expect("no test holds it while it panics").insert(key);
    }
    found
}

fn length(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The characters of all embeds, as Discord adds them up. (Discord: resources/message, "Embed Limits".)
fn total(message: &Value) -> usize {
    let embed = |embed: &Value| {
        let fields: usize = items(&embed["fields"]).map(|field| length(&field["name"]) + length(&field["value"])).sum();
        let texts = [&embed["title"], &embed["description"], &embed["footer"]["text"], &embed["author"]["name"]];
        fields + texts.into_iter().map(length).sum::<usize>()
    };
    items(&message["embeds"]).map(embed).sum()
}

/// The components of a message, out of their rows.
fn components(message: &Value) -> impl Iterator<Item = &Value> {
    items(&message["components"]).flat_map(|row| items(&row["components"]))
}

/// What is wrong with a message beyond what a judge may overlook.
fn faults(message: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    if total(message) > 6_000 {
        faults.push(format!("the embeds have {} characters", total(message)));
    }
    let ids: Vec<&str> = components(message).filter_map(|one| one["custom_id"].as_str()).collect();
    let distinct: HashSet<&&str> = ids.iter().collect();
    if distinct.len() != ids.len() {
        faults.push(format!("a custom_id stands twice: {ids:?}"));
    }
    faults.extend(ids.iter().filter(|id| id.parse::<CustomId>().is_err()).map(|id| format!("{id:?} is not ours")));
    for embed in items(&message["embeds"]) {
        let blank = |text: &Value| text.as_str().is_none_or(|text| text.trim().is_empty());
        if blank(&embed["title"]) {
            faults.push("an embed has no title".to_owned());
        }
        for field in items(&embed["fields"]).filter(|field| blank(&field["name"]) || blank(&field["value"])) {
            faults.push(format!("a field is empty: {field}"));
        }
    }
    for component in components(message) {
        let values: Vec<&str> = items(&component["options"]).filter_map(|one| one["value"].as_str()).collect();
        if values.iter().collect::<HashSet<_>>().len() != values.len() {
            faults.push(format!("a value stands twice in a menu: {values:?}"));
        }
        for value in values.iter().filter(|value| value.parse::<View>().is_err()) {
            faults.push(format!("the menu's value {value:?} is not ours"));
        }
    }
    if message["allowed_mentions"]["parse"] != json!([]) {
        faults.push(format!("somebody may be called: {}", message["allowed_mentions"]));
    }
    faults
}

/// Asserts that Discord would take a callback, and returns its message.
fn judged<'b>(what: &str, kind: u64, body: &'b Value) -> &'b Value {
    let found = complaints("POST", CALLBACK, Some(kind), body);
    assert!(found.is_empty(), "{what}: {found:#?}\n{body:#}");
    let message = &body["data"];
    let found = faults(message);
    assert!(found.is_empty(), "{what}: {found:#?}\n{body:#}");
    assert_eq!(items(&message["embeds"]).count(), 1, "{what}: {body:#}");
    message
}

fn is_private(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or(0) & 64 != 0
}

// --- Every entry -----------------------------------------------------------------------------------------------------

/// The ids of every entry of a kind.
fn ids(entity: Entity) -> Vec<String> {
    let snapshot = snapshot();
    let catalogue = &snapshot.catalogue;
    match entity {
        Entity::Process => catalogue.processes.iter().map(|one| one.id.clone()).collect(),
        Entity::Region => catalogue.regions.iter().map(|one| one.id.clone()).collect(),
        Entity::Country => catalogue.countries.iter().map(|one| one.code.clone()).collect(),
        Entity::Organisation => catalogue.organisations.iter().map(|one| one.id.clone()).collect(),
        Entity::Meeting => catalogue.meetings.meetings.iter().map(|one| one.id.clone()).collect(),
        Entity::Term => catalogue.glossary.terms.iter().map(|one| one.id.clone()).collect(),
        Entity::Topic => catalogue.topics.iter().map(|one| one.id.clone()).collect(),
    }
}

/// The names of every entry of a kind in a language.
fn names(entity: Entity, language: Language) -> Vec<String> {
    let snapshot = snapshot();
    let catalogue = &snapshot.catalogue;
    let own = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect();
    match entity {
        Entity::Process => own(&mut catalogue.processes.iter().map(|one| one.name.get(language))),
        Entity::Region => own(&mut catalogue.regions.iter().map(|one| one.name.get(language))),
        Entity::Country => own(&mut catalogue.countries.iter().map(|one| one.name.get(language))),
        Entity::Organisation => own(&mut catalogue.organisations.iter().map(|one| one.name.get(language))),
        Entity::Meeting => own(&mut catalogue.meetings.meetings.iter().map(|one| one.name.get(language))),
        Entity::Term => own(&mut catalogue.glossary.terms.iter().map(|one| one.name.get(language))),
        Entity::Topic => own(&mut catalogue.topics.iter().map(|one| one.name.get(language))),
    }
}

/// Runs a check for each language, side by side.
fn in_each_language(check: impl Fn(Language) -> usize + Sync) -> usize {
    std::thread::scope(|scope| {
        let threads = Language::ALL.map(|language| {
            scope.spawn({
                let check = &check;
                move || check(language)
            })
        });
        let counts = threads.map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        counts.into_iter().sum()
    })
}

#[test]
fn every_entry_through_every_command_in_three_languages_is_valid() {
    let count = in_each_language(|language| {
        let mut count = 0;
        for command in COMMANDS {
            let mut given: Vec<Vec<Value>> = Vec::new();
            if command.options.iter().all(|option| !option.required) {
                given.push(Vec::new());
            }
            for own in command.options {
                let name = own.name.fr;
                match own.kind {
                    OptionKind::Entry(entity) if command.name.fr == "recherche" => {
                        let filtered = |id: &String| vec![option("texte", "migration"), option(name, id)];
                        given.extend(ids(entity).iter().map(filtered));
                    }
                    OptionKind::Entry(entity) => given.extend(ids(entity).iter().map(|id| vec![option(name, id)])),
                    OptionKind::Either(one, other) if name == "a" => {
                        let sides: Vec<String> = [one, other].into_iter().flat_map(ids).collect();
                        let pairs = sides.iter().step_by(7).zip(sides.iter().rev().step_by(5));
                        given.extend(pairs.map(|(a, b)| vec![option("a", a), option("b", b)]));
                    }
                    OptionKind::Either(..) => {}
                    OptionKind::Text => {
                        let texts = [Entity::Process, Entity::Term].into_iter().flat_map(|one| names(one, language));
                        given.extend(texts.map(|text| vec![option(name, &text)]));
                    }
                    OptionKind::Status => {
                        let filtered =
                            |status: &StatusValue| vec![option("texte", "migration"), option(name, status.key())];
                        given.extend(StatusValue::ALL.iter().map(filtered));
                    }
                    // What all commands take is added below.
                    OptionKind::Language | OptionKind::Flag | OptionKind::Person => {}
                }
            }
            for options in given {
                let what = format!("/rcp {} {options:?} in {language}", command.name.fr);
                for private in [false, true] {
                    let flag = json!({"type": 5, "name": "discret", "value": private});
                    let body = answer(language, command.name.fr, &[&options[..], &[flag]].concat());
                    let message = judged(&what, COMMAND, &body);
                    assert_eq!(body["type"], 4, "{what}");
                    assert!(is_private(message) || !private, "{what} should be private");
                    // A text that finds nothing is a refusal; every entry by its id is an answer.
                    let by_id = command.name.fr != "recherche";
                    assert!(is_private(message) == private || !by_id, "{what} should be public: {message:#}");
                    assert_eq!(message["allowed_mentions"]["users"].as_array().map_or(0, Vec::len), 0, "{what}");
                    count += 1;
                }
                let whom = json!({"type": 6, "name": "pour", "value": FRIEND});
                let body = answer(language, command.name.fr, &[&options[..], &[whom]].concat());
                let message = judged(&what, COMMAND, &body);
                if !is_private(message) {
                    assert_eq!(message["content"], format!("<@{FRIEND}>"), "{what}");
                    assert_eq!(message["allowed_mentions"]["users"], json!([FRIEND]), "{what}");
                }
                count += 1;
            }
        }
        count
    });
    eprintln!("{count} answers to commands are valid");
    assert!(count > 3_000, "the catalogue's entries were walked: {count}");
}

#[test]
fn every_view_of_every_entry_in_three_languages_is_valid_opened_shared_and_in_place() {
    let count = in_each_language(|language| {
        let mut count = 0;
        let mut queue: VecDeque<View> = View::examples(&snapshot().catalogue).into();
        let mut seen: BTreeSet<String> = queue.iter().map(View::encode).collect();
        while let Some(view) = queue.pop_front() {
            let what = format!("{view:?} in {language}");
            let open = CustomId::Open { view: view.clone(), fixed: None }.encode(0);
            let share = CustomId::Share { view: view.clone(), fixed: Some(language) }.encode(0);
            let menu = CustomId::Menu { fixed: None }.encode(0);
            let value = view.encode();
            let presses: [(&str, Option<&str>, bool, u64); 4] = [
                (&open, None, false, 4),
                (&open, None, true, 7),
                (&share, None, true, 7),
                (&menu, Some(&value), true, 7),
            ];
            for (custom_id, chosen, on_private, kind) in presses {
                let (body, shared) = press(language, custom_id, chosen, on_private);
                let message = judged(&what, COMPONENT, &body);
                assert!(is_private(message), "{what} by {custom_id} should be private");
                // Only Share makes an answer public, unless there is none: a search that finds nothing stays private.
                let nothing = matches!(view, View::Search { .. });
                assert!((custom_id == share) == shared.is_some() || nothing, "{what} should be shared");
                if let Some(shared) = &shared {
                    let found = complaints("POST", FOLLOW_UP, None, shared);
                    assert!(found.is_empty(), "{what} shared: {found:#?}\n{shared:#}");
                    assert!(!is_private(shared), "{what} should be for everyone");
                }
                // What leads nowhere does not take the place of a message that does.
                let leads_on = components(message).next().is_some() || shared.is_some();
                let kind = if leads_on && !(nothing && custom_id == share && shared.is_none()) { kind } else { 4 };
                assert_eq!(body["type"], kind, "{what} by {custom_id}");
                count += 1;
                // Wherever one can go on from here.
                for component in components(message) {
                    let target = component["custom_id"].as_str().map(|id| id.parse().expect("checked above"));
                    let next = match target {
                        Some(CustomId::Open { view, .. } | CustomId::Share { view, .. }) => Some(view),
                        _ => None,
                    };
                    let chosen = items(&component["options"]).filter_map(|one| one["value"].as_str()?.parse().ok());
                    for view in next.into_iter().chain(chosen) {
                        if seen.insert(view.encode()) {
                            queue.push_back(view);
                        }
                    }
                }
            }
        }
        count
    });
    eprintln!("{count} presses of buttons and menus are answered validly");
    assert!(count > 5_000, "the catalogue's views were walked: {count}");
}

#[test]
fn every_completion_in_three_languages_is_valid() {
    let count = in_each_language(|language| {
        let mut count = 0;
        for command in COMMANDS {
            for own in command.options {
                let OptionKind::Entry(entity) = own.kind else { continue };
                let mut typed = vec![String::new(), "a".to_owned(), "x".repeat(6_000)];
                typed.extend(names(entity, language));
                for text in typed {
                    let focused = json!({"type": 3, "name": own.name.fr, "value": text, "focused": true});
                    let subcommand = json!({"type": 1, "name": command.name.fr, "options": [focused]});
                    let data = json!({"id": "1100000000000000031", "name": "rcp", "type": 1, "options": [subcommand]});
                    let body = respond(COMPLETION, language, &data, None);
                    let what = format!("/rcp {} {}:{text:.60} in {language}", command.name.fr, own.name.fr);
                    let found = complaints("POST", CALLBACK, Some(COMPLETION), &body);
                    assert!(found.is_empty(), "{what}: {found:#?}\n{body:#}");
                    assert_eq!(body["type"], 8, "{what}");
                    let choices = items(&body["data"]["choices"]).count();
                    assert!(choices <= 25 && (choices > 0 || text.len() == 6_000), "{what}: {choices} choices");
                    count += 1;
                }
            }
        }
        count
    });
    eprintln!("{count} completions are valid");
}

#[test]
fn the_command_trees_are_valid() {
    let body = Value::Array(commands::tree(&snapshot().messages));
    let found = complaints("PUT", "/applications/{application_id}/commands", None, &body);
    assert!(found.is_empty(), "{found:#?}\n{body:#}");
}

// --- The judges themselves -------------------------------------------------------------------------------------------

/// A valid card to spoil.
fn valid() -> Value {
    let body = answer(Language::Fr, "info", &[option("processus", "ocam")]);
    judged("a card", COMMAND, &body);
    body
}

#[test]
fn both_judges_refuse_a_field_that_was_made_too_long_by_hand() {
    let mut body = valid();
    let fields = |length: usize| json!([{ "name": "é", "value": "é".repeat(length), "inline": false }]);
    body["data"]["embeds"][0]["fields"] = fields(1_024);
    let at_the_limit = complaints("POST", CALLBACK, Some(COMMAND), &body);
    assert!(at_the_limit.is_empty(), "{at_the_limit:#?}");
    body["data"]["embeds"][0]["fields"] = fields(1_025);
    let refused = complaints("POST", CALLBACK, Some(COMMAND), &body);
    for judge in JUDGES.iter() {
        assert!(refused.contains_key(judge.name()), "{} takes it: {refused:#?}", judge.name());
    }
    let judges: Vec<&str> = JUDGES.iter().map(|judge| judge.name()).collect();
    assert!(judges.contains(&"twilight") && judges.contains(&"limits"), "{judges:?}");
    assert_eq!(judges.contains(&"openapi"), crate::support::judges::OPENAPI.is_some());
}

#[test]
fn whatever_else_is_spoilt_by_hand_is_refused() {
    let long = |length: usize| json!("x".repeat(length));
    let field = |value: Value| json!({"name": "n", "value": value, "inline": false});
    let button = |custom_id: Value| json!({"type": 2, "style": 2, "label": "l", "custom_id": custom_id});
    let row = |inside: Value| json!({"type": 1, "components": inside});
    let choice = |number: usize| json!({"label": "l", "value": number.to_string()});
    let menu =
        |choices: usize| json!({"type": 3, "custom_id": "m", "options": (0..choices).map(choice).collect::<Vec<_>>()});
    let many = |count: usize| Value::Array((0..count).map(|_| field(json!("v"))).collect());
    let cases: [(&str, &str, Value); 22] = [
        ("a title of 257", "/embeds/0/title", long(257)),
        ("a description of 4,097", "/embeds/0/description", long(4_097)),
        ("a footer of 2,049", "/embeds/0/footer/text", long(2_049)),
        ("a field's name of 257", "/embeds/0/fields/0/name", long(257)),
        ("a field's value of 1,025", "/embeds/0/fields/0/value", long(1_025)),
        ("an empty field's name", "/embeds/0/fields/0/name", json!("")),
        ("an empty field's value", "/embeds/0/fields/0/value", json!("")),
        ("a blank field's value", "/embeds/0/fields/0/value", json!(" \n ")),
        ("26 fields", "/embeds/0/fields", many(26)),
        ("6,001 characters in all", "/embeds/0/fields", Value::Array(vec![field(long(1_000)); 6])),
        ("11 embeds", "/embeds", Value::Array(vec![json!({"title": "t"}); 11])),
        ("an address that is none", "/embeds/0/url", json!("not an address")),
        ("a colour beyond white", "/embeds/0/color", json!(0x0100_0000)),
        ("content of 2,001", "/content", long(2_001)),
        ("a custom_id of 101", "/components", json!([row(json!([button(long(101))]))])),
        ("an empty custom_id", "/components", json!([row(json!([button(json!(""))]))])),
        ("a custom_id twice", "/components", json!([row(json!([button(json!("a")), button(json!("a"))]))])),
        ("six buttons in a row", "/components", json!([row((0..6).map(|n| button(json!(n.to_string()))).collect())])),
        ("six rows", "/components", (0..6).map(|n| row(json!([button(json!(n.to_string()))]))).collect()),
        ("26 choices in a menu", "/components", json!([row(json!([menu(26)]))])),
        ("a menu without choices", "/components", json!([row(json!([menu(0)]))])),
        ("a label of 81", "/components/0/components/0/label", long(81)),
    ];
    for (what, pointer, value) in cases {
        let mut body = valid();
        let spoilt = body["data"].pointer_mut(pointer).unwrap_or_else(|| panic!("{what}: a card has {pointer}"));
        *spoilt = value;
        let refused = complaints("POST", CALLBACK, Some(COMMAND), &body);
        assert!(!refused.is_empty(), "no judge minds {what}");
        assert!(refused.contains_key("limits"), "the server's own judge takes {what}: {refused:#?}");
    }
    // What the judges cannot know of, the walk looks at itself.
    let spoilt = [
        ("/components/0/components/0/custom_id", json!("another-bots")),
        ("/allowed_mentions", json!({"parse": ["everyone"]})),
        ("/embeds/0/fields/0/value", json!(" ")),
        ("/embeds/0/title", json!("")),
        ("/embeds/0/description", long(6_001)),
    ];
    for (pointer, value) in spoilt {
        let mut body = valid();
        *body["data"].pointer_mut(pointer).unwrap_or_else(|| panic!("a card has {pointer}")) = value;
        assert!(!faults(&body["data"]).is_empty(), "{pointer} was spoilt and nothing is said");
    }
}

// --- A catalogue that grew --------------------------------------------------------------------------------------------

/// The shipped catalogue and hundreds of processes that IOM serves.
fn grown() -> Snapshot {
    let mut files = Files::built_in();
    for number in 0..300 {
        let id = format!("p{number}");
        let role = "[[iom_role]]\nrole = \"secretariat\"\ntext = { fr = \"R\", en = \"R\", es = \"R\" }\n";
        let process = small::process(&id, "r")
            .replacen("[[participants]]", &format!("{role}\n[[participants]]"), 1)
            .replacen("\"secretariat\"]", "\"secretariat\", \"iom-role\"]", 1);
        files.0.insert(format!("processes/{id}.toml"), process.into_bytes());
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, rcp_bot::clock::today());
    snapshot.unwrap_or_else(|| panic!("the catalogue has errors: {:?}", report.errors().next()))
}

#[test]
fn an_organisation_that_serves_hundreds_leaves_room_for_the_others() {
    let snapshot = grown();
    let caller = Caller { locale: Some("en-US".to_owned()), ..Caller::default() };
    let said = |command| {
        let asked = commands::parse(command).expect("a command");
        let reply = commands::answer(&snapshot, &Languages::default(), &caller, rcp_bot::clock::today(), &asked);
        reply.embeds.first().expect("an embed").clone()
    };
    let overview = said("/rcp secretariats");
    let lines: Vec<&str> = overview.text().lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 10, "a page of organisations: {lines:?}");
    assert!(lines[0].starts_with("**IOM** · 3"), "{}", lines[0]);
    let iom = said("/rcp iom");
    // What does not fit on the face stands behind its button.
    let title = snapshot.messages.voice(Language::En).say("secretariats-title");
    assert!(
        !iom.fields().is_empty() && iom.fields().iter().any(|field| field.value.contains(" · … + ")),
        "{title}: {iom:?}"
    );
}
