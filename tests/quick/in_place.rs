//! Where a press is answered: the asker's own answer turns in place, and so does any answer in a direct message; a
//! stranger's press opens a private answer; what is shared leaves no second copy. On both ways in.

use std::time::{Duration, Instant};

use local_discord::{Fault, Outcome, Person, Response, RestFault};
use rcp_bot::catalogue::Language;
use rcp_bot::commands::View;
use serde_json::{Value, json};

use crate::endpoint::{Served, press};
use crate::support::bot::{Stage, emoji, labelled, message, private, public, shared_view, title, until, voice};

async fn run(person: &Person, path: &str, given: &[(&str, &str)]) -> Outcome {
    person.run(path, given).await.expect("the command is registered")
}

#[tokio::test]
async fn the_askers_own_answer_turns_in_place_and_a_strangers_press_opens_privately() {
    let stage = Stage::new().await;
    let (asker, stranger) = (stage.person(Language::Fr), stage.discord.person("Bela").locale("es-ES"));
    let draft = asker.command("rcp info").option("processus", "ocam").option("pour", &stranger);
    let card = public(&draft.run().await.expect("the command is registered"));
    let own_title = title(&card).to_owned();

    let opened = stranger.press(&card, &emoji(&card, "👥").unwrap()).await.unwrap();
    assert_eq!(opened.response, Response::Message);
    assert_eq!(shared_view(&private(&opened)), Some(View::Members { id: "ocam".to_owned(), page: 0 }));
    assert_eq!(title(&stage.discord.message(card.id).unwrap()), own_title, "the public card stays as it is");

    // The asker's own press turns the card, for everyone, and back; whom it addresses stays.
    let turned = asker.press(&card, &emoji(&card, "📚").unwrap()).await.unwrap();
    assert_eq!(turned.response, Response::Updated);
    let turned = public(&turned);
    assert_eq!((turned.id, turned.content()), (card.id, card.content()));
    assert!(title(&turned).ends_with(": sources") && !turned.content().is_empty(), "{:#}", turned.json);
    // What is shown in place is the asker's to delete, and nobody's to share: everyone sees it.
    assert_eq!(shared_view(&turned), None);
    let back = labelled(&turned, &voice(Language::Fr).say("button-back-to-card"));
    let back = public(&asker.press(&turned, &back).await.unwrap());
    assert_eq!((back.id, title(&back)), (card.id, own_title.as_str()));
    let bin = emoji(&back, "🗑️").expect("a public answer has a bin");
    asker.press(&back, &bin).await.unwrap();
    until(&stage.discord, "the answer is deleted", |discord| discord.message(card.id).unwrap().deleted).await;

    // A menu as well as a button.
    let region = public(&run(&asker, "rcp region", &[("region", "Amériques")]).await);
    let menu = labelled(&region, &voice(Language::Fr).say("menu-open-process"));
    let quito = View::Process { id: "processus-de-quito".to_owned() }.encode();
    let chosen = asker.choose(&region, &menu, &[&quito]).await.unwrap();
    assert_eq!((&chosen.response, message(&chosen).id), (&Response::Updated, region.id));
    stage.finish().await;
}

#[tokio::test]
async fn in_a_direct_message_everything_turns_in_place() {
    let stage = Stage::new().await;
    let alone = stage.person(Language::En).in_direct_messages();
    let card = public(&run(&alone, "rcp info", &[("processus", "ocam")]).await);
    let turned = alone.press(&card, &emoji(&card, "👥").unwrap()).await.unwrap();
    assert_eq!((&turned.response, public(&turned).id), (&Response::Updated, card.id));
    // As Discord tells it without naming who asked, too.
    let card = message(&turned);
    let back = labelled(&card, &voice(Language::En).say("button-back-to-card"));
    let mut interaction = alone.component_json(&card, &back, None).expect("the button is there");
    interaction["message"].as_object_mut().expect("a message").remove("interaction_metadata");
    let back = stage.discord.send_interaction(interaction).outcome().await;
    assert_eq!((&back.response, public(&back).id), (&Response::Updated, card.id));
    // In a group without the bot there are others.
    let group = stage.person(Language::En).user_installed(true).in_private_channel();
    let card = public(&run(&group, "rcp info", &[("processus", "ocam")]).await);
    let other = stage.person(Language::En).user_installed(true).in_private_channel().in_channel(group.channel_id());
    let opened = other.press(&card, &emoji(&card, "👥").unwrap()).await.unwrap();
    assert_eq!(opened.response, Response::Message);
    private(&opened);
    stage.finish().await;
}

#[tokio::test]
async fn a_press_that_leads_nowhere_never_takes_the_place_of_an_answer_that_others_see() {
    let stage = Stage::new().await;
    let asker = stage.person(Language::Fr);
    let card = public(&run(&asker, "rcp info", &[("processus", "ocam")]).await);
    let mut interaction = asker.component_json(&card, &emoji(&card, "👥").unwrap(), None).expect("the button is there");
    for gone in ["rcp:1:o0:-:p:gone", "rcp:1:o0:-:q:0:::zzzzqqqq", "other"] {
        interaction["data"]["custom_id"] = json!(gone);
        interaction["id"] = json!((1_400_000_000_000_100_000_u64 + gone.len() as u64).to_string());
        let outcome = stage.discord.send_interaction(interaction.clone()).outcome().await;
        assert_eq!(outcome.response, Response::Message, "{gone}");
        private(&outcome);
    }
    assert_eq!(stage.discord.message(card.id).unwrap().versions.len(), 0, "the card stays");
    stage.finish().await;
}

#[tokio::test]
async fn sharing_folds_the_private_copy() {
    let stage = Stage::new().await;
    for language in Language::ALL {
        let (asker, friend) = (stage.person(language), stage.discord.person("Bela"));
        let hidden = private(&run(&asker, "rcp info", &[("processus", "ocam"), ("discret", "true")]).await);
        let name = title(&hidden).to_owned();
        let share = labelled(&hidden, &voice(language).say("button-share"));
        let outcome = asker.press(&hidden, &share).await.unwrap();
        assert_eq!(outcome.response, Response::Updated);
        let shown = outcome.wait_for_followups(1).await.expect("it is shared").remove(0);
        assert!(!shown.is_ephemeral(), "{:#}", shown.json);
        assert_eq!(title(&shown), name);
        assert!(friend.messages().iter().any(|message| message.id == shown.id));
        let folded = private(&outcome);
        assert_eq!((folded.id, title(&folded)), (hidden.id, &*voice(language).say("shared")));
        assert!(folded.components().is_empty(), "one copy is enough: {:#}", folded.json);
        // It is the sharer's own answer from now on.
        let turned = asker.press(&shown, &emoji(&shown, "👥").unwrap()).await.unwrap();
        assert_eq!((&turned.response, public(&turned).id), (&Response::Updated, shown.id));
        let opened = friend.press(&shown, &emoji(&message(&turned), "↩️").unwrap()).await.unwrap();
        assert_eq!(opened.response, Response::Message);
    }
    stage.finish().await;
}

#[tokio::test]
async fn what_cannot_be_shared_comes_back() {
    let stage = Stage::new().await;
    let asker = stage.person(Language::Fr);
    let hidden = private(&run(&asker, "rcp oim", &[("discret", "true")]).await);
    let share = labelled(&hidden, &voice(Language::Fr).say("button-share"));
    let refused = Fault::new(RestFault::error(403, 50_013, "Missing Permissions")).on("POST", "/webhooks/*/*").times(1);
    stage.discord.fail(refused);
    let outcome = asker.press(&hidden, &share).await.unwrap();
    until(&stage.discord, "the private copy is back", |discord| {
        discord.message(hidden.id).is_some_and(|message| message.versions.len() == 2)
    })
    .await;
    let back = private(&outcome);
    assert_eq!((back.id, title(&back)), (hidden.id, title(&hidden)));
    assert!(outcome.followups().is_empty());
    // It works when Discord takes it.
    let outcome = asker.press(&back, &share).await.unwrap();
    outcome.wait_for_followups(1).await.expect("it is shared");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_turns_in_place_and_shares_alike() {
    let served = Served::start().await;
    let command = served.ask("rcp info", &[("processus", "ocam")]);
    let (_, answer) = served.post(&command).await;
    let part = |answer: &Value, emoji: &str| -> String {
        let rows = answer["data"]["components"].as_array().unwrap();
        let mut parts = rows.iter().flat_map(|row| row["components"].as_array().unwrap());
        let part = parts.find(|part| part["emoji"]["name"] == emoji).expect("the button is there");
        part["custom_id"].as_str().unwrap().to_owned()
    };
    let mut interaction = press(&command, 31, &part(&answer, "👥"), None);
    let user = command["member"]["user"].clone();
    let owners = json!({});
    let metadata = |user: &Value| json!({"id": "9", "type": 2, "user": user, "authorizing_integration_owners": owners});
    interaction["message"]["interaction_metadata"] = metadata(&user);
    let (_, turned) = served.post(&interaction).await;
    assert_eq!((&turned["type"], turned["data"]["flags"].as_u64().unwrap_or(0)), (&json!(7), 0));
    assert!(turned["data"].get("content").is_none(), "what stands above stays");
    // Another's.
    interaction["id"] = json!("32");
    interaction["message"]["interaction_metadata"] = metadata(&json!({"id": "77", "username": "bela"}));
    let (_, opened) = served.post(&interaction).await;
    assert_eq!((&opened["type"], &opened["data"]["flags"]), (&json!(4), &json!(64)));

    let mut interaction = press(&command, 33, &part(&opened, "📣"), None);
    interaction["token"] = json!("the-token");
    interaction["message"]["flags"] = json!(64);
    let (_, folded) = served.post(&interaction).await;
    assert_eq!((&folded["type"], &folded["data"]["components"]), (&json!(7), &json!([])));
    let until = Instant::now() + Duration::from_secs(20);
    let told = loop {
        let told = served
            .discord
            .requests()
            .into_iter()
            .find(|request| request.method == "POST" && request.path == "/webhooks/1100000000000000001/the-token");
        match told {
            Some(told) => break told.body.expect("it has a body"),
            None => assert!(Instant::now() < until, "it is not shared: {:?}", served.discord.requests()),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(told["embeds"][0]["title"], opened["data"]["embeds"][0]["title"]);
    assert_eq!(told["flags"].as_u64().unwrap_or(0), 0, "everyone sees it");
}
