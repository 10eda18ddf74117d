//! What Discord's client lets people send, and how another library reads it.

use local_discord::{DEFAULT_GUILD, File, LocalDiscord, NotSent, Options};
use serde_json::{Value, json};
use twilight_model::application::interaction::{Interaction, InteractionType};

use crate::bot::Stage;
use crate::client::Api;

#[tokio::test]
async fn discord_sends_only_what_is_registered_and_offered() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    let option = |kind: u64, name: &str, more: Value| {
        let mut option = json!({"type": kind, "name": name, "description": "x"});
        option.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        option
    };
    let (status, answer) = api
        .put(
            &path,
            json!([
                {"name": "a", "description": "x", "contexts": [0], "options": [
                    option(3, "text", json!({"required": true, "min_length": 2, "max_length": 3})),
                    option(4, "number", json!({"max_value": 5})),
                    option(5, "flag", json!({})),
                    option(6, "user", json!({})),
                    option(4, "pick", json!({"choices": [{"name": "one", "value": 1}]})),
                ]},
                {"name": "staff", "description": "x", "default_member_permissions": "32"},
                {"name": "group", "description": "x", "options": [
                    {"type": 2, "name": "g", "description": "x", "options": [
                        {"type": 1, "name": "s", "description": "x"}]}]},
            ]),
        )
        .await;
    assert_eq!(status, 200, "{answer:#}");
    let person = discord.person("Amina");
    let refused = |path: &str, options: &[(&str, &str)]| {
        let draft = options.iter().fold(person.command(path), |draft, (name, text)| draft.option(name, *text));
        draft.json().unwrap_err()
    };
    assert_eq!(refused("z", &[]), NotSent::UnknownCommand("z".into()));
    assert_eq!(refused("a", &[]), NotSent::MissingOption("text".into()));
    assert_eq!(refused("a", &[("other", "x")]), NotSent::UnknownOption("other".into()));
    let length = NotSent::Length { option: "text".into(), least: 2, most: 3 };
    assert_eq!(refused("a", &[("text", "é")]), length);
    assert_eq!(refused("a", &[("text", "1234")]), length);
    assert_eq!(refused("a", &[("text", "ab"), ("number", "6")]), NotSent::Bounds("number".into()));
    assert_eq!(refused("a", &[("text", "ab"), ("number", "x")]), NotSent::WrongType("number".into()));
    assert_eq!(refused("a", &[("text", "ab"), ("flag", "oui")]), NotSent::WrongType("flag".into()));
    assert_eq!(refused("a", &[("text", "ab"), ("pick", "two")]), NotSent::NotAChoice("pick".into()));
    assert_eq!(refused("group", &[]), NotSent::NotACommand("group".into()));
    assert_eq!(refused("group g", &[]), NotSent::NotACommand("group g".into()));
    assert!(matches!(refused("staff", &[]), NotSent::NotOffered(..)));
    let staff = discord.person("Chief").permissions(1 << 3);
    assert!(staff.command("staff").json().is_ok());
    let direct = discord.person("Amina").in_direct_messages();
    assert!(matches!(direct.command("a").option("text", "ab").json().unwrap_err(), NotSent::NotOffered(..)));

    let json = person.command("group g s").json().unwrap();
    assert_eq!(json["data"]["options"][0]["options"][0], json!({"type": 1, "name": "s", "options": []}));
    let friend = discord.person("Bela").roles(&[7]);
    let json = person.command("a").option("text", "ab").option("pick", "one").option("user", &friend).json().unwrap();
    assert_eq!(json["data"]["options"][1], json!({"name": "pick", "type": 4, "value": 1}));
    let id = friend.id().to_string();
    assert_eq!(json["data"]["resolved"]["members"][&id]["roles"], json!(["7"]));
    assert_eq!(json["data"]["resolved"]["users"][&id]["global_name"], "Bela");
    for key in
        ["attachment_size_limit", "app_permissions", "context", "guild_locale", "member", "channel", "entitlements"]
    {
        assert!(!json[key].is_null(), "{key}");
    }
    assert_eq!(json["authorizing_integration_owners"], json!({"0": DEFAULT_GUILD.to_string()}));
    let json = direct.command("group g s").json().unwrap();
    assert_eq!((&json["context"], &json["guild_id"], &json["member"]), (&json!(1), &Value::Null, &Value::Null));
    assert_eq!(json["user"]["username"], "amina");
    assert_eq!(direct.command("group g s").send().unwrap().sessions, 0);
}

#[tokio::test]
async fn interactions_are_read_by_another_library() {
    let stage = Stage::default().await;
    for person in [stage.discord.person("Amina"), stage.discord.person("Bela").in_direct_messages()] {
        let file = File::new("a.txt", "text/plain", "x");
        let draft = person.command("demo echo").option("texte", "x").option("to", &person).option("file", file);
        let message = draft.run().await.unwrap().message().unwrap();
        let modal = person.run("demo form", &[]).await.unwrap();
        for (json, kind) in [
            (draft.json().unwrap(), InteractionType::ApplicationCommand),
            (draft.completion_json("texte", "x").unwrap(), InteractionType::ApplicationCommandAutocomplete),
            (person.component_json(&message, "again", None).unwrap(), InteractionType::MessageComponent),
            (person.component_json(&message, "menu", Some(&["a"])).unwrap(), InteractionType::MessageComponent),
            (person.submit(&modal, &[("name", "x")]).await.unwrap().interaction(), InteractionType::ModalSubmit),
        ] {
            let read: Interaction = serde_json::from_value(json).unwrap();
            assert_eq!((read.kind, read.author_id().map(|id| id.get())), (kind, Some(person.id())));
        }
    }
}

#[tokio::test]
async fn a_command_on_a_message_carries_the_message_and_is_offered_where_it_is_registered() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    let body = json!([{"type": 3, "name": "Read Aloud", "name_localizations": {"fr": "Lire"}, "contexts": [0]}]);
    let (status, answer) = api.put(&path, body).await;
    assert_eq!((status, &answer[0]["type"], &answer[0]["description"]), (200, &json!(3), &json!("")));
    let amina = discord.person("Amina");
    let written = amina.write("Good morning").unwrap();
    let sent = discord.person("Bruno").message_command_json(&written, "Read Aloud").unwrap();
    let read: Interaction = serde_json::from_value(sent.clone()).unwrap();
    assert_eq!(read.kind, InteractionType::ApplicationCommand);
    assert_eq!(sent["data"]["target_id"], written.id.to_string());
    assert_eq!(sent["data"]["resolved"]["messages"][written.id.to_string()]["content"], "Good morning");
    let unknown = |name: &str| NotSent::UnknownMessageCommand(name.to_owned());
    assert_eq!(amina.message_command_json(&written, "Weather"), Err(unknown("Weather")));
    let direct = discord.person("Chen").in_direct_messages();
    assert_eq!(direct.message_command_json(&written, "Read Aloud"), Err(unknown("Read Aloud")));
    assert!(matches!(amina.write("  "), Err(NotSent::Length { .. })));
    assert!(matches!(amina.write(&"x".repeat(4_001)), Err(NotSent::Length { .. })));
}
