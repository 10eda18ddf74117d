//! REST, by hand: callbacks, follow-ups, files, commands, channels.

use std::time::Duration;

use local_discord::{DEFAULT_GUILD, LocalDiscord, NotSent, Options, Response};
use serde_json::{Value, json};

use crate::client::{Api, multipart, waiting};

#[tokio::test]
async fn strangers_are_turned_away() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut api = Api::new(&discord);
    assert_eq!(api.get("/nowhere").await, (404, json!({"message": "404: Not Found", "code": 0})));
    assert_eq!(api.delete("/gateway").await, (405, json!({"message": "405: Method Not Allowed", "code": 0})));
    assert_eq!(api.get("/applications/5/commands").await.1["code"], 10002);
    api.token = "Bot wrong".to_owned();
    let unauthorized = (401, json!({"message": "401: Unauthorized", "code": 0}));
    assert_eq!(api.get("/users/@me").await, unauthorized);
    assert_eq!(api.get("/gateway/bot").await, unauthorized);
    assert_eq!(api.get("/gateway").await.0, 200);
    api.base = format!("{}/api/v9", discord.url());
    assert_eq!(api.get("/gateway").await.1["code"], 50041);
}

#[tokio::test]
async fn an_interaction_takes_one_callback_in_time() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    let hello = json!({"type": 4, "data": {"content": "hello", "flags": 64}});
    let unknown = (404, json!({"message": "Unknown interaction", "code": 10062}));
    assert_eq!(api.post("/interactions/1/x/callback", hello.clone()).await, unknown);
    assert_eq!(api.post(&webhook, json!({"content": "early"})).await.1["code"], 10015);
    assert_eq!(api.post(&callback, json!({"type": 4, "data": {"content": " "}})).await.1["code"], 50006);
    assert_eq!(api.post(&callback, json!({"type": 8, "data": {"choices": []}})).await.1["code"], 50035);
    let (status, made) = api.post(&format!("{callback}?with_response=true"), hello.clone()).await;
    assert_eq!((status, &made["resource"]["message"]["content"]), (200, &json!("hello")));
    assert_eq!(made["interaction"]["response_message_ephemeral"], true);
    let again = (400, json!({"message": "Interaction has already been acknowledged.", "code": 40060}));
    assert_eq!(api.post(&callback, hello.clone()).await, again);
    let statuses: Vec<u16> = discord.callbacks(pending.interaction_id).iter().map(|one| one.status).collect();
    assert_eq!(statuses, [400, 400, 200, 400]);
    assert!(pending.outcome().await.is_ephemeral());

    let late = discord.person("Amina").command("c").json().unwrap();
    let pending = discord.send_interaction(late.clone());
    discord.advance(Duration::from_millis(3_001));
    assert_eq!(pending.outcome().await.response, Response::NoResponse);
    let path = format!("/interactions/{}/{}/callback", pending.interaction_id, late["token"].as_str().unwrap());
    assert_eq!(api.post(&path, hello).await, unknown);
}

#[tokio::test]
async fn a_token_lives_fifteen_minutes() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    assert_eq!(api.post(&callback, json!({"type": 5})).await.0, 204);
    let original = format!("{webhook}/messages/@original");
    assert_eq!(api.get(&original).await.1["flags"], 128);
    discord.advance(Duration::from_secs(14 * 60));
    let (status, first) = api.post(&webhook, json!({"content": "in place of the wait", "flags": 64})).await;
    assert_eq!((status, &first["flags"]), (200, &json!(0)));
    assert_eq!(pending.outcome().await.settled().await.unwrap().content(), "in place of the wait");
    let (_, second) = api.post(&webhook, json!({"content": "second", "flags": 64})).await;
    assert_eq!(second["message_reference"]["message_id"], first["id"]);
    let followup = format!("{webhook}/messages/{}", second["id"].as_str().unwrap());
    assert_eq!(api.patch(&followup, json!({"content": "edited"})).await.1["content"], "edited");
    assert_eq!(api.patch(&followup, json!({"content": ""})).await.1["code"], 50006);
    assert_eq!(api.delete(&followup).await.0, 204);
    assert_eq!(api.get(&followup).await, (404, json!({"message": "Unknown Message", "code": 10008})));
    discord.advance(Duration::from_secs(60));
    let expired = (401, json!({"message": "Invalid Webhook Token", "code": 50027}));
    assert_eq!(api.patch(&original, json!({"content": "late"})).await, expired);
}

#[tokio::test]
async fn a_user_installed_application_has_five_followups() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    api.put(&path, json!([{"name": "c", "description": "x", "integration_types": [1], "contexts": [0, 1, 2]}])).await;
    let person = discord.person("Amina").in_private_channel();
    assert!(matches!(person.command("c").json().unwrap_err(), NotSent::NotOffered(..)));
    let json = person.user_installed(true).command("c").json().unwrap();
    let token = json["token"].as_str().unwrap().to_owned();
    let pending = discord.send_interaction(json);
    let callback = format!("/interactions/{}/{token}/callback", pending.interaction_id);
    api.post(&callback, json!({"type": 4, "data": {"content": "x"}})).await;
    let webhook = format!("/webhooks/{}/{token}", discord.application_id());
    for _ in 0..5 {
        assert_eq!(api.post(&webhook, json!({"content": "x"})).await.0, 200);
    }
    assert_eq!(api.post(&webhook, json!({"content": "x"})).await.1["code"], 40094);
}

#[tokio::test]
async fn files_come_in_multipart_bodies() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    let payload = json!({"type": 4, "data": {
        "embeds": [{"title": "x", "image": {"url": "attachment://a.png"}}],
        "attachments": [{"id": 0, "filename": "a.png", "description": "a picture"}],
    }});
    let (kind, body) = multipart(&payload, &[("a.png", "image/png", "first"), ("b.txt", "text/plain", "second")]);
    let url = format!("{}{callback}", api.base);
    let answer = api.http.post(url).header("Content-Type", kind).body(body).send().await.unwrap();
    assert_eq!(answer.status(), 204);
    let outcome = pending.outcome().await;
    let names: Vec<&str> = outcome.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.png", "b.txt"]);
    let message = outcome.message().unwrap();
    assert_eq!(message.json["attachments"][0]["description"], "a picture");
    assert_eq!(message.embeds()[0]["image"]["url"], message.json["attachments"][0]["url"]);

    let kept = json!({"attachments": [{"id": message.json["attachments"][1]["id"]}], "embeds": []});
    let (_, edited) = api.patch(&format!("{webhook}/messages/@original"), kept).await;
    assert_eq!(edited["attachments"].as_array().unwrap().len(), 1);
    let gone = api.http.get(format!("{}/attachments/1/2/none.png", discord.url())).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    let large = "x".repeat(11 * 1024 * 1024);
    let (kind, body) = multipart(&json!({"content": "x"}), &[("a.txt", "text/plain", &large)]);
    let url = format!("{}{webhook}", api.base);
    let answer = api.http.post(url).header("Content-Type", kind).body(body).send().await.unwrap();
    assert_eq!(answer.status(), 413);
}

/// A picture of 2 by 3 pixels, as far as a server reads it.
fn png() -> Vec<u8> {
    let header = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0, 0, 0, 2, 0, 0, 0, 3], &[8, 3, 0, 0, 0]];
    header.concat()
}

/// A form with a payload and pictures of these names.
fn pictured(payload: &Value, names: &[&str]) -> reqwest::multipart::Form {
    let form = reqwest::multipart::Form::new().text("payload_json", payload.to_string());
    names.iter().enumerate().fold(form, |form, (index, name)| {
        let part = reqwest::multipart::Part::bytes(png()).file_name((*name).to_owned()).mime_str("image/png").unwrap();
        form.part(format!("files[{index}]"), part)
    })
}

#[tokio::test]
async fn a_picture_comes_stays_and_goes_with_edits() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    let shows = |name: &str| json!({"title": name, "image": {"url": format!("attachment://{name}")}});
    let fetched = async |address: &Value| {
        let answer = api.http.get(address.as_str().unwrap()).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap())
    };
    let send = async |method: &str, path: &str, payload: Value, names: &[&str]| {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = api.http.request(method, format!("{}{path}", api.base)).header("Authorization", &api.token);
        let answer = request.multipart(pictured(&payload, names)).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap_or_default())
    };
    let data =
        json!({"embeds": [shows("a.png")], "attachments": [{"id": 0, "filename": "a.png", "description": "a map"}]});
    assert_eq!(send("POST", &callback, json!({"type": 4, "data": data}), &["a.png"]).await.0, 204);
    let message = pending.outcome().await.message().unwrap();
    let (image, attachment) = (&message.embeds()[0]["image"], &message.json["attachments"][0]);
    assert_eq!((&image["width"], &image["height"], &image["description"]), (&json!(2), &json!(3), &json!("a map")));
    assert_eq!((&image["url"], &attachment["width"]), (&attachment["url"], &json!(2)));
    assert_eq!(fetched(&image["url"]).await, (200, png().into()));

    // An edit that tells nothing of files leaves them; one that names some leaves those.
    let original = format!("{webhook}/messages/@original");
    let (_, same) = api.patch(&original, json!({"content": "x"})).await;
    assert_eq!(same["attachments"], message.json["attachments"]);
    let kept =
        json!({"attachments": [{"id": attachment["id"]}, {"id": 0, "filename": "b.png"}], "embeds": [shows("b.png")]});
    let (status, both) = send("PATCH", &original, kept, &["b.png"]).await;
    assert_eq!((status, both["attachments"].as_array().unwrap().len()), (200, 2), "{both:#}");
    assert_eq!(both["embeds"][0]["image"]["url"], both["attachments"][1]["url"]);
    let (_, back) = api.patch(&original, json!({"embeds": [shows("a.png")]})).await;
    assert_eq!(back["embeds"][0]["image"]["url"], attachment["url"], "a file that stayed is shown again");

    // Away from the pictures: they are dropped, and nothing of them is kept.
    let (_, bare) = api.patch(&original, json!({"attachments": [], "embeds": [{"title": "t"}]})).await;
    assert_eq!(bare["attachments"], json!([]));
    assert_eq!(fetched(&attachment["url"]).await.0, 404);
    assert!(discord.message(message.id).unwrap().files.is_empty());
    // And what is dropped cannot be shown.
    let dropped = json!({"attachments": [], "embeds": [shows("a.png")]});
    let (status, refused) = api.patch(&original, dropped).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50035)));
    let fault = &refused["errors"]["embeds"]["0"]["image"]["url"]["_errors"][0];
    assert_eq!(fault["code"], "ATTACHMENT_NOT_FOUND", "{refused:#}");
}

#[tokio::test]
async fn commands_are_kept_as_discord_keeps_them() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    let wanted = json!([{
        "name": "c", "name_localizations": {"fr": "cé"}, "description": "x", "default_member_permissions": "32",
        "options": [
            {"type": 3, "name": "o", "description": "x", "required": false, "autocomplete": false, "choices": [
                {"name": "n", "name_localizations": {"fr": "né"}, "value": "v"}]}],
    }]);
    let (_, made) = api.put(&path, wanted.clone()).await;
    let full = json!({
        "id": made[0]["id"], "version": made[0]["version"], "application_id": discord.application_id().to_string(),
        "type": 1, "name": "c", "name_localizations": {"fr": "cé"}, "description": "x", "description_localizations": null,
        "default_member_permissions": "32", "dm_permission": true, "contexts": null, "integration_types": [0],
        "nsfw": false,
        "options": [{
            "type": 3, "name": "o", "name_localizations": null, "description": "x", "description_localizations": null,
            "choices": [{"name": "n", "name_localizations": {"fr": "né"}, "value": "v"}],
        }],
    });
    assert_eq!(made, json!([full]));
    assert_eq!(api.get(&format!("{path}?with_localizations=true")).await.1, made);
    let short = api.get(&path).await.1;
    assert!(short[0].get("name_localizations").is_none());
    assert!(short[0]["options"][0]["choices"][0].get("name_localizations").is_none());

    assert_eq!(api.put(&path, wanted.clone()).await.1, made, "an unchanged command keeps its id and version");
    let (status, other) = api.post(&path, json!({"name": "d", "description": "x"})).await;
    assert_eq!(status, 201);
    let one = format!("{path}/{}", other["id"].as_str().unwrap());
    let (_, changed) = api.patch(&one, json!({"description": "y"})).await;
    assert_eq!((&changed["id"], &changed["description"]), (&other["id"], &json!("y")));
    assert_ne!(changed["version"], other["version"]);
    assert_eq!(api.delete(&one).await.0, 204);
    assert_eq!(api.get(&one).await.1["code"], 10063);

    let (_, double) =
        api.put(&path, json!([{"name": "c", "description": "x"}, {"name": "c", "description": "x"}])).await;
    assert_eq!(double["errors"]["1"]["name"]["_errors"][0]["code"], "APPLICATION_COMMANDS_DUPLICATE_NAME");
    assert_eq!(discord.commands(None).len(), 1, "a refused list changes nothing");

    let guild = |id: u64| format!("/applications/{}/guilds/{id}/commands", discord.application_id());
    assert_eq!(api.put(&guild(5), json!([])).await, (403, json!({"message": "Missing Access", "code": 50001})));
    let (_, in_guild) = api.put(&guild(DEFAULT_GUILD), json!([{"name": "g", "description": "x"}])).await;
    assert_eq!(in_guild[0]["guild_id"], DEFAULT_GUILD.to_string());
    assert_eq!(api.put(&guild(DEFAULT_GUILD), json!([])).await, (200, json!([])));
    let many = |from: usize| (from..from + 100).map(|n| json!({"name": format!("c{n}"), "description": "x"})).collect();
    assert_eq!(api.put(&guild(DEFAULT_GUILD), many(0)).await.0, 200);
    assert_eq!(api.put(&guild(DEFAULT_GUILD), many(100)).await.1["code"], 30034);
}

#[tokio::test]
async fn a_channel_holds_what_the_bot_writes() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/channels/{}/messages", 77);
    assert_eq!(api.post(&path, json!({"content": "x"})).await.1["code"], 10003);
    discord.add_channel(DEFAULT_GUILD, 77, "audit");
    let (_, first) = api.post(&path, json!({"content": "one @everyone", "allowed_mentions": {"parse": []}})).await;
    api.post(&path, json!({"content": "two"})).await;
    assert_eq!(first["mention_everyone"], false);
    let (_, listed) = api.get(&format!("{path}?limit=1")).await;
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["content"]), (1, &json!("two")));
    let one = format!("{path}/{}", first["id"].as_str().unwrap());
    assert_eq!(api.patch(&one, json!({"content": "1"})).await.1["content"], "1");
    assert_eq!(api.delete(&one).await.0, 204);
    let kept = discord.messages(77);
    assert_eq!((kept.len(), kept[0].deleted, kept[0].versions.len()), (2, true, 1));
    let outsider = discord.person("Amina").in_guild(5);
    assert_eq!(api.get(&format!("/channels/{}/messages", outsider.channel_id())).await.1["code"], 50001);
    discord.open_channel(77, false);
    assert_eq!(api.post(&path, json!({"content": "x"})).await.1["code"], 50001);
}
