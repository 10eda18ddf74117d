//! What real clients need besides what the documentation puts in the foreground: other forms of the same request, events
//! after READY, endpoints that they call on their own, headers.

use std::io::Read;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures::StreamExt;
use local_discord::{DEFAULT_GUILD, Fault, LocalDiscord, Options, RestFault, TransportCompression};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::bot::Stage;
use crate::client::{Api, Gateway, identify, waiting};
use crate::support::judges::OPENAPI;

#[tokio::test]
async fn true_has_three_forms_and_a_body_three() {
    for yes in ["true", "True", "1"] {
        let (_discord, api, _pending, callback, webhook) = waiting().await;
        let body = json!({"type": 4, "data": {"content": "é & more"}}).to_string();
        let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("payload_json", &body).finish();
        let request = api.http.post(format!("{}{callback}?with_response={yes}", api.base)).body(form);
        let answer = request.header("Content-Type", "application/x-www-form-urlencoded").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{yes}");
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["resource"]["message"]["content"], "é & more");
        assert_eq!(api.get(&format!("{webhook}/messages/%40original")).await.1["content"], "é & more");
    }
    let (_discord, api, _pending, callback, _) = waiting().await;
    let (status, _) = api.post(&format!("{callback}?with_response=no"), json!({"type": 5})).await;
    assert_eq!(status, 204);
}

#[tokio::test]
async fn only_what_was_made_is_a_resource_and_a_deferred_answer_knows_one_flag() {
    let (_discord, api, _pending, callback, webhook) = waiting().await;
    let flags = 1 << 6 | 1 << 2 | 1 << 15;
    let (status, answer) =
        api.post(&format!("{callback}?with_response=true"), json!({"type": 5, "data": {"flags": flags}})).await;
    assert_eq!((status, &answer["resource"]), (200, &Value::Null));
    assert_eq!(answer["interaction"]["response_message_loading"], true);
    let (_, original) = api.get(&format!("{webhook}/messages/@original")).await;
    assert_eq!(original["flags"], 1 << 6 | 1 << 7);
}

#[tokio::test]
async fn what_a_modal_brings_about_tells_what_opened_it() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let opened = asker.run("demo form", &[]).await.unwrap();
    let answer = asker.submit(&opened, &[("name", "x")]).await.unwrap().message().unwrap();
    let about = &answer.json["interaction_metadata"];
    assert_eq!(about["triggering_interaction_metadata"]["id"], opened.interaction_id.to_string());
    assert_eq!(about["triggering_interaction_metadata"]["name"], "demo form");
    assert_eq!(about["triggering_interaction_metadata"]["user"], about["user"]);
}

#[tokio::test]
async fn a_menu_comes_back_with_the_numbers_of_its_values() {
    let (_discord, api, _pending, callback, _) = waiting().await;
    let options = json!([{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]);
    let menus = [
        json!({"type": 3, "custom_id": "m", "options": options}),
        json!({"type": 5, "custom_id": "n", "max_values": 2}),
    ];
    let rows: Vec<Value> = menus.iter().map(|menu| json!({"type": 1, "components": [menu]})).collect();
    let body = json!({"type": 4, "data": {"content": "x", "components": rows}});
    let (_, answer) = api.post(&format!("{callback}?with_response=true"), body).await;
    let menu = |row: usize| answer["resource"]["message"]["components"][row]["components"][0].clone();
    assert_eq!((&menu(0)["min_values"], &menu(0)["max_values"]), (&json!(1), &json!(1)));
    assert_eq!((&menu(1)["min_values"], &menu(1)["max_values"]), (&json!(1), &json!(2)));
}

#[tokio::test]
async fn guilds_are_told_to_who_asks_for_them() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    discord.add_channel(DEFAULT_GUILD, 77, "journal");
    let mut asking = Gateway::greeted(&discord, "").await;
    // Bit 17 is not documented, and set by clients in wide use.
    asking.send(identify(&discord, json!({"intents": 1 << 17 | 1}))).await;
    assert_eq!(asking.read().await["t"], "READY");
    let created = asking.read().await;
    assert_eq!(
        (&created["t"], &created["s"], &created["d"]["unavailable"]),
        (&json!("GUILD_CREATE"), &json!(2), &json!(false))
    );
    assert_eq!(created["d"]["id"], DEFAULT_GUILD.to_string());
    let names: Vec<&str> =
        created["d"]["channels"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["journal", "general"]);
    assert_eq!(created["d"]["roles"][0]["id"], DEFAULT_GUILD.to_string());
    assert_eq!(created["d"]["members"][0]["user"]["id"], discord.application_id().to_string());

    let mut other = Gateway::identified(&discord, "").await;
    discord.add_guild(5 << 22);
    assert_eq!(asking.read().await["d"]["id"], (5_u64 << 22).to_string());
    discord.remove_guild(5 << 22);
    assert_eq!(asking.read().await["t"], "GUILD_DELETE");
    discord.dispatch("TEST", &json!(1), None);
    assert_eq!(other.read().await["t"], "TEST", "without the intent nothing is told");
}

#[tokio::test]
async fn a_connection_may_be_a_zstd_stream() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut client = Gateway::open(&discord.gateway_url(), "v=10&encoding=json&compress=zstd-stream").await;
    client.send(identify(&discord, json!({}))).await;
    discord.wait_for_ready().await.unwrap();
    assert_eq!(discord.connections()[0].compression, Some(TransportCompression::Zstd));
    let mut bytes = Vec::new();
    for _ in 0..2 {
        let Frame::Binary(part) = client.socket.next().await.unwrap().unwrap() else { panic!("all is compressed") };
        bytes.extend(part);
    }
    // An empty last block ends the frame, so that a decoder of whole frames reads it.
    bytes.extend([1, 0, 0]);
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(&bytes[..]).unwrap().read_to_string(&mut text).unwrap();
    let read: Vec<Value> = serde_json::Deserializer::from_str(&text).into_iter().map(Result::unwrap).collect();
    assert_eq!((&read[0]["op"], &read[1]["t"]), (&json!(10), &json!("READY")));
}

#[tokio::test]
async fn a_token_begins_with_the_applications_id() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let parts: Vec<&str> = discord.token().split('.').collect();
    assert_eq!(parts.len(), 3);
    let id = String::from_utf8(BASE64URL_NOPAD.decode(parts[0].as_bytes()).unwrap()).unwrap();
    assert_eq!(id, discord.application_id().to_string());
    let named = Options { token: Some("mine".to_owned()), ..Options::default() };
    assert_eq!(LocalDiscord::start(named).await.unwrap().token(), "mine");
}

#[tokio::test]
async fn what_the_server_knows_can_be_asked_for() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let asker = discord.person("Amina").nick("A").roles(&[7]);
    let direct = asker.clone().in_direct_messages();
    let _ = asker.clone().in_guild(DEFAULT_GUILD);
    let app = discord.application_id();
    let (channel, guild) = (DEFAULT_GUILD + 1, DEFAULT_GUILD);
    let mut answers = Vec::new();
    for (path, field, value) in [
        (format!("/channels/{channel}"), "/name", json!("general")),
        (format!("/channels/{}", direct.channel_id()), "/recipients/0/username", json!("amina")),
        (format!("/users/{}", asker.id()), "/global_name", json!("Amina")),
        (format!("/users/{app}"), "/bot", json!(true)),
        (format!("/guilds/{guild}"), "/roles/0/name", json!("@everyone")),
        (format!("/guilds/{guild}/channels"), "/0/id", json!(channel.to_string())),
        (format!("/guilds/{guild}/roles"), "/0/id", json!(guild.to_string())),
        (format!("/guilds/{guild}/members/{}", asker.id()), "/nick", json!("A")),
        (format!("/guilds/{guild}/members/{app}"), "/user/bot", json!(true)),
        ("/users/@me/guilds".to_owned(), "/0/name", json!("Local server")),
        // Empty, and still there in version 10: libraries read it.
        ("/oauth2/applications/@me".to_owned(), "/summary", json!("")),
        (format!("/applications/{app}/emojis"), "/items", json!([])),
        (format!("/applications/{app}/guilds/{guild}/commands/permissions"), "", json!([])),
        ("/soundboard-default-sounds".to_owned(), "", json!([])),
    ] {
        let (status, answer) = api.get(&path).await;
        assert_eq!((status, answer.pointer(field)), (200, Some(&value)), "{path}: {answer:#}");
        answers.push(path);
    }
    let (status, opened) = api.post("/users/@me/channels", json!({"recipient_id": asker.id().to_string()})).await;
    assert_eq!((status, &opened["id"]), (200, &json!(direct.channel_id().to_string())));
    for (path, code) in [
        ("/channels/5", 10003),
        ("/users/5", 10013),
        ("/guilds/5", 10004),
        (format!("/guilds/{guild}/members/5").as_str(), 10007),
    ] {
        assert_eq!(api.get(path).await.1["code"], code, "{path}");
    }
    assert_eq!(api.post("/users/@me/channels", json!({"recipient_id": "5"})).await.0, 400);

    let (_, message) = api.post(&format!("/channels/{channel}/messages"), json!({"content": "x"})).await;
    let message = format!("/channels/{channel}/messages/{}", message["id"].as_str().unwrap());
    assert_eq!(api.send("PUT", &format!("{message}/reactions/%F0%9F%91%8D/@me"), None).await.0, 204);
    assert_eq!(api.send("PUT", &format!("{message}/reactions/AF/@me"), None).await.1["code"], 10014);
    let id = message.rsplit('/').next().unwrap();
    assert_eq!(api.send("PUT", &format!("/channels/{channel}/pins/{id}"), None).await.0, 204);
    let (_, shown) = api.get(&message).await;
    assert_eq!((&shown["reactions"][0]["emoji"]["name"], &shown["pinned"]), (&json!("👍"), &json!(true)));
    assert_eq!(api.send("POST", &format!("/channels/{channel}/typing"), None).await.0, 204);

    let Some(document) = OPENAPI.clone() else { return };
    for request in discord.requests() {
        let (Some(route), Some(answer)) = (request.route, &request.answer) else { continue };
        let wrong = document.judge_answer(route, &request.method, request.status, answer);
        assert!(wrong.is_empty(), "{} {route} {}: {wrong:#?}\n{answer:#}", request.method, request.status);
    }
}

#[tokio::test]
async fn answers_tell_of_their_rate_limit() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let get = || api.http.get(format!("{}/users/@me", api.base)).header("Authorization", &api.token).send();
    let ordinary = get().await.unwrap();
    discord.fail(Fault::new(RestFault::RateLimited { retry_after: Duration::from_millis(1_500), global: false }));
    let limited = get().await.unwrap();
    assert_eq!((ordinary.status().as_u16(), limited.status().as_u16()), (200, 429));
    for (answer, remaining) in [(ordinary, "49"), (limited, "0")] {
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((header("via").as_str(), header("x-ratelimit-remaining").as_str()), ("1.1 google", remaining));
        assert!(header("x-ratelimit-reset").parse::<f64>().unwrap() > 1_700_000_000.0);
        assert!(!header("x-ratelimit-bucket").is_empty() && !header("x-ratelimit-limit").is_empty());
    }
}

#[tokio::test]
async fn each_menu_holds_fifteen_commands() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    for kind in [2, 3] {
        let list = |count: usize| (0..count).map(|n| json!({"name": format!("Command {n}"), "type": kind})).collect();
        assert_eq!(api.put(&path, list(15)).await.0, 200);
        assert_eq!(api.put(&path, list(16)).await.1["code"], 30032);
        let one_more = api.post(&path, json!({"name": "Another", "type": kind})).await;
        assert_eq!(one_more.1["code"], 30032);
    }
    let list = (0..131).map(|n| json!({"name": format!("c{n}"), "description": "x"})).collect();
    assert_eq!(api.put(&path, list).await.1["errors"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
}

#[tokio::test]
async fn a_group_tells_who_owns_it() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let path = format!("/applications/{}/commands", discord.application_id());
    let commands = json!([{"name": "c", "description": "x", "integration_types": [1], "contexts": [2]}]);
    assert_eq!(Api::new(&discord).put(&path, commands).await.0, 200);
    let asker = discord.person("Amina").user_installed(true).in_private_channel();
    let channel = asker.command("c").json().unwrap()["channel"].clone();
    assert_eq!((&channel["type"], &channel["owner_id"]), (&json!(3), &json!(asker.id().to_string())));
    assert!(channel.get("name").is_some() && channel.get("icon").is_some());
}

#[tokio::test]
async fn an_emoji_is_one_character_or_one_of_the_guilds() {
    let (_discord, api, _pending, callback, _) = waiting().await;
    let message = |emoji: Value| {
        let option = json!({"label": "x", "value": "x", "emoji": emoji});
        let button = json!({"type": 2, "style": 1, "custom_id": "b", "emoji": emoji});
        json!({"type": 4, "data": {"content": "x", "components": [
            {"type": 1, "components": [button]},
            {"type": 1, "components": [{"type": 3, "custom_id": "m", "options": [option]}]}]}})
    };
    for bad in ["AF", ":)", ":globe:", "x", "🌍🌎", "", "1"] {
        let (status, answer) = api.post(&callback, message(json!({"name": bad}))).await;
        assert_eq!(status, 400, "{bad}");
        let rows = &answer["errors"]["data"]["components"];
        for place in ["/0/components/0", "/1/components/0/options/0"] {
            let code = rows.pointer(&format!("{place}/emoji/name/_errors/0/code"));
            assert_eq!(code, Some(&json!("BUTTON_COMPONENT_INVALID_EMOJI")), "{bad}: {answer:#}");
        }
    }
    for good in ["🌍", "🇫🇷", "🇦", "1️⃣", "👩🏽‍🚒", "❤️", "❤", "⚖️", "🗑️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"]
    {
        let (_discord, api, _pending, callback, _) = waiting().await;
        let (status, answer) = api.post(&callback, message(json!({"name": good}))).await;
        assert_eq!(status, 204, "{good}: {answer:#}");
    }
    assert_eq!(api.post(&callback, message(json!({"id": "5", "name": "ours"}))).await.0, 204);
}
