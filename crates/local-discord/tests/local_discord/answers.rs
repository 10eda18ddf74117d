//! A real bot answers: messages, deferred answers, completion, components, modals, bursts.

use std::time::Duration;

use local_discord::{DEFAULT_GUILD, File, NotSent, Response};
use serde_json::json;

use crate::bot::Stage;
use crate::client::Api;
use crate::support::judges;

#[tokio::test]
async fn a_command_is_answered() {
    let stage = Stage::default().await;
    let friend = stage.discord.person("Bela");
    let asker = stage.discord.person("Amina").locale("fr");
    let file = File::new("a b.txt", "text/plain", "content");
    let draft = asker.command("demo echo").option("texte", "été").option("times", 2).option("tone", "doux");
    let outcome = draft.option("to", &friend).option("file", file).run().await.unwrap();

    assert_eq!(outcome.response, Response::Message);
    let message = outcome.message().unwrap();
    assert!(message.content().starts_with(&format!("texte=été;times=2;tone=s;<@{}>;http://", friend.id())));
    assert_eq!(message.embeds()[0]["fields"][0]["value"], "fr");
    assert_eq!(message.pings.users.iter().copied().collect::<Vec<_>>(), [friend.id()]);
    assert!(!outcome.is_ephemeral() && outcome.latency.is_some());
    let url = message.content().split(';').find(|part| part.starts_with("http")).unwrap();
    assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "content");
    assert_eq!(friend.messages().len(), 1);
    stage.no_refusals();
}

#[tokio::test]
async fn a_deferred_answer_is_edited_and_followed_up() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let outcome = asker.run("demo later", &[]).await.unwrap();
    assert_eq!(outcome.response, Response::Deferred);
    let message = outcome.settled().await.unwrap();
    assert_eq!(message.content(), "here it is");
    assert!(message.is_ephemeral());
    let followups = outcome.wait_for_followups(1).await.unwrap();
    assert_eq!(followups[0].files[0].bytes, "hello");
    let url = followups[0].json["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "hello");

    let stranger = stage.discord.person("Bela");
    assert_eq!((asker.messages().len(), stranger.messages().len()), (2, 1));
    stage.no_refusals();
}

#[tokio::test]
async fn options_complete_in_the_readers_language() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina").locale("fr");
    let outcome = asker.complete("demo echo", "texte", "ét", &[("times", "2")]).await.unwrap();
    let choice = &outcome.choices()[0];
    assert_eq!((choice.name.as_str(), choice.label("fr"), &choice.value), ("ét!", "oui", &json!("value")));
    let sent = outcome.interaction();
    assert_eq!(sent["type"], 4);
    assert_eq!(sent["data"]["options"][0]["options"][1]["focused"], true);
    assert_eq!(
        asker.complete("demo echo", "tone", "", &[]).await.unwrap_err(),
        NotSent::NoAutocompletion("tone".into())
    );
    stage.no_refusals();
}

#[tokio::test]
async fn components_and_modals_are_used() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let message = asker.run("demo echo", &[("texte", "x")]).await.unwrap().message().unwrap();

    let chosen = asker.choose(&message, "menu", &["b"]).await.unwrap();
    assert!(chosen.is_ephemeral());
    let private = chosen.message().unwrap();
    assert!(private.content().contains("\"b\""), "{}", private.content());
    assert_eq!(asker.choose(&message, "menu", &["c"]).await.unwrap_err(), NotSent::NotSelectable("menu".into()));
    assert_eq!(asker.choose(&message, "menu", &["a", "b"]).await.unwrap_err(), NotSent::NotSelectable("menu".into()));

    assert_eq!(message.custom_id_of("Again"), Some("again"));
    let pressed = asker.press(&message, "again").await.unwrap();
    assert_eq!(pressed.response, Response::Updated);
    let after = pressed.message().unwrap();
    assert_eq!((after.id, after.content(), after.versions.len()), (message.id, "pressed", 1));
    assert_eq!(asker.press(&message, "again").await.unwrap_err(), NotSent::UnknownComponent("again".into()));
    let stranger = stage.discord.person("Bela");
    assert_eq!(stranger.press(&private, "x").await.unwrap_err(), NotSent::UnknownMessage);

    let modal = asker.run("demo form", &[]).await.unwrap();
    let too_long = asker.submit(&modal, &[("name", "12345678901")]).await.unwrap_err();
    assert_eq!(too_long, NotSent::Length { option: "name".into(), least: 1, most: 10 });
    let answered = asker.submit(&modal, &[("name", "Amina")]).await.unwrap();
    assert_eq!(answered.message().unwrap().content(), "Amina");
    stage.no_refusals();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_is_answered_whole_and_unmixed() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let send = |n: usize| asker.command("demo echo").option("texte", n.to_string()).send().unwrap();
    let sent: Vec<_> = (0..100).map(send).collect();
    for (n, pending) in sent.iter().enumerate() {
        let message = pending.outcome().await.message().unwrap();
        assert_eq!(message.content(), format!("texte={n};"));
    }
    stage.no_refusals();
}

#[tokio::test]
async fn an_invalid_answer_is_refused_and_another_may_follow() {
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let pending = asker.command("demo broken").send().unwrap();
    let request = stage.discord.wait_for_request(|request| request.status == 400).await.unwrap();
    let answer = request.answer.unwrap();
    assert_eq!(answer["code"], 50035);
    let error = &answer["errors"]["data"]["embeds"]["0"]["title"]["_errors"][0];
    assert_eq!(*error, json!({"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}));
    stage.discord.advance(Duration::from_secs(4));
    let outcome = pending.outcome().await;
    assert_eq!(outcome.response, Response::NoResponse);
    assert_eq!(outcome.callbacks()[0].status, 400);
    let judges: Vec<String> = stage.discord.refusals().into_iter().map(|refusal| refusal.judge).collect();
    assert!(judges.contains(&"limits".to_owned()) && judges.contains(&"twilight".to_owned()), "{judges:?}");
    assert_eq!(judges.contains(&"openapi".to_owned()), judges::OPENAPI.is_some());
}

#[tokio::test]
async fn every_answer_of_the_server_fits_discords_document() {
    let Some(document) = judges::OPENAPI.clone() else { return };
    let stage = Stage::default().await;
    let asker = stage.discord.person("Amina");
    let message = asker.run("demo echo", &[("texte", "x")]).await.unwrap().message().unwrap();
    asker.choose(&message, "menu", &["b"]).await.unwrap();
    asker.press(&message, "again").await.unwrap();
    asker.run("demo later", &[]).await.unwrap().wait_for_followups(1).await.unwrap();
    asker.in_direct_messages().run("demo echo", &[("texte", "x")]).await.unwrap();
    let api = Api::new(&stage.discord);
    for path in ["/gateway", "/gateway/bot", "/users/@me", "/applications/@me", "/oauth2/applications/@me", "/nowhere"]
    {
        api.get(path).await;
    }
    let app = stage.discord.application_id();
    api.get(&format!("/applications/{app}/commands?with_localizations=true")).await;
    api.get(&format!("/applications/{app}/commands")).await;
    api.post(&format!("/channels/{}/messages", DEFAULT_GUILD + 1), json!({"content": "<@5> <@&6>"})).await;
    api.get(&format!("/channels/{}/messages", DEFAULT_GUILD + 1)).await;
    let requests = stage.discord.requests();
    assert!(requests.len() > 15, "{}", requests.len());
    for request in requests {
        let (Some(route), Some(answer)) = (request.route, &request.answer) else { continue };
        let wrong = document.judge_answer(route, &request.method, request.status, answer);
        assert!(wrong.is_empty(), "{} {route} {}: {wrong:#?}\n{answer:#}", request.method, request.status);
    }
    stage.no_refusals();
}
