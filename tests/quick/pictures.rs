//! Pictures of answers: from the embed that shows one to what a person sees, and when one cannot be drawn.

use local_discord::{LocalDiscord, Pending, Person};
use rcp_bot::admin::First;
use rcp_bot::reply::discord::{edit, follow_up};
use rcp_bot::reply::{Budget, Embed, File, Lines, Picture, Reply};
use rcp_bot::settings::DiscordSettings;
use rcp_bot::transport::callback;
use rcp_bot::transport::responder::{Ending, Response};
use rcp_bot::transport::rest::client::Rest;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::bot::{options, title};
use crate::support::http::setup;

/// A picture of 48 by 48 pixels.
const PNG: &[u8] = include_bytes!("../browser/picture.png");

const TOLD: &str = "A square, blue * and white";

fn picture(draw: impl Fn() -> Result<Vec<u8>, String> + Send + Sync + 'static) -> Picture {
    Picture::new("square.png", TOLD, (48, 48), draw)
}

/// A reply with a picture that can be drawn.
fn pictured() -> Reply {
    Reply::of(Embed::new(0, "With a picture").showing(picture(|| Ok(PNG.to_vec()))).description("A text"))
}

fn plain() -> Reply {
    Reply::of(Embed::new(0, "Without").description("A text"))
}

/// A Discord in which people can use the commands, and our client of it.
async fn discord() -> (LocalDiscord, Rest) {
    let discord = LocalDiscord::start(options()).await.expect("a port can be opened");
    let registered = setup(&discord, "register").finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    let settings = DiscordSettings { api_url: discord.url(), ..DiscordSettings::default() };
    (discord, Rest::new(&settings, None).expect("a client"))
}

/// An interaction under way: what names it, and what is waited for.
struct Asked {
    id: u64,
    token: String,
    pending: Pending,
}

fn asked(discord: &LocalDiscord, interaction: Value) -> Asked {
    let token = interaction["token"].as_str().expect("a token").to_owned();
    let pending = discord.send_interaction(interaction);
    Asked { id: pending.interaction_id, token, pending }
}

fn command(discord: &LocalDiscord, person: &Person) -> Asked {
    asked(discord, person.command("rcp oim").json().expect("the command is registered"))
}

/// Sends a first response, as the ways in do.
async fn answer(rest: &Rest, asked: &Asked, response: &Response) {
    let sent = rest.callback(asked.id, &asked.token, &response.body, &response.files, Instant::now());
    sent.await.expect("Discord takes it");
}

/// What stands at an address.
async fn fetched(address: &Value) -> (u16, Vec<u8>) {
    let answer = reqwest::get(address.as_str().expect("an address")).await.expect("an answer");
    (answer.status().as_u16(), answer.bytes().await.expect("a body").to_vec())
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body.whole()).expect("a callback is JSON")
}

#[tokio::test]
async fn a_picture_arrives_with_its_text_turns_in_place_and_is_shared() {
    let (discord, rest) = discord().await;
    let person = discord.person("Amina");
    let first = command(&discord, &person);
    answer(&rest, &first, &Response::of(&First::Reply(pictured())).drawn()).await;
    let message = first.pending.outcome().await.message().expect("it is answered");
    let image = &message.embeds()[0]["image"];
    assert_eq!((&image["description"], &image["width"]), (&json!(TOLD), &json!(48)), "{:#}", message.json);
    assert_eq!(message.json["attachments"][0]["description"], TOLD);
    assert_eq!(fetched(&image["url"]).await, (200, PNG.to_vec()));

    // In place: away from it, the file goes; towards it, it comes.
    let (application, original) = (discord.application_id(), image["url"].clone());
    for (reply, files) in [(plain(), 0), (pictured(), 1), (pictured(), 1), (plain(), 0)] {
        let (body, mut reply) = (edit(&reply).expect("a message is JSON"), reply);
        assert!(reply.draw().is_empty());
        let put = rest.edit_original(application, &first.token, &body, &reply.attachments()).await;
        put.expect("Discord takes it");
        let now = discord.message(message.id).expect("it is there");
        assert_eq!(now.json["attachments"].as_array().map(Vec::len), Some(files), "{:#}", now.json);
        assert_eq!(now.embeds()[0]["image"].is_null(), files == 0);
    }
    assert_eq!(fetched(&original).await.0, 404, "what is not shown is kept nowhere");

    // A button's answer does the same.
    let mut drawn = pictured();
    assert!(drawn.draw().is_empty());
    for reply in [&drawn, &plain()] {
        let written: Value = serde_json::from_slice(&callback::update(reply).bytes()).expect("JSON");
        assert_eq!(written["data"]["attachments"].as_array().map(Vec::len), Some(reply.attachments().len()));
    }

    // Shared with everyone.
    let told = follow_up(&drawn).expect("a message is JSON");
    rest.follow_up(application, &first.token, &told, &drawn.attachments()).await.expect("Discord takes it");
    let shown = first.pending.outcome().await.wait_for_followups(1).await.expect("it is shared").remove(0);
    assert_eq!(title(&shown), "With a picture");
    assert_eq!(fetched(&shown.embeds()[0]["image"]["url"]).await, (200, PNG.to_vec()));
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

#[tokio::test]
async fn files_and_pictures_go_together_each_with_a_number_of_its_own() {
    let (discord, rest) = discord().await;
    let files = ["a.txt", "b.txt"].map(|name| File { name: name.to_owned(), content: name.into() });
    let reply = Reply { files: files.to_vec(), ..pictured() };
    let asked = command(&discord, &discord.person("Amina"));
    answer(&rest, &asked, &Response::of(&First::Reply(reply)).drawn()).await;
    let message = asked.pending.outcome().await.message().expect("it is answered");
    let names: Vec<&str> = message.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.txt", "b.txt", "square.png"]);
    assert_eq!(fetched(&message.embeds()[0]["image"]["url"]).await, (200, PNG.to_vec()));
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

#[tokio::test]
async fn a_picture_that_fails_does_not_cost_the_answer() {
    let (discord, rest) = discord().await;
    let failing = || -> Result<Vec<u8>, String> { Err("no shape for XX".to_owned()) };
    let panicking = || -> Result<Vec<u8>, String> { panic!("a fault of ours") };
    for picture in [picture(failing), picture(panicking)] {
        let embed = Embed::within(Budget::FACE, &[], 0, "With a picture", "the foot").showing(picture);
        let reply = Reply::of(embed.description("A text"));
        let response = Response::of(&First::Reply(reply.clone()));
        assert!(response.due.is_some() && body(&response)["data"]["embeds"][0]["image"].is_object());
        // Where there is no time to draw it, too.
        let undrawn = body(&response.clone().without_due());
        let response = response.drawn();
        assert_eq!(body(&response), undrawn);
        assert!(response.due.is_none() && response.files.is_empty());
        assert_eq!(response.ending, Ending::Answered);
        let asked = command(&discord, &discord.person("Amina"));
        answer(&rest, &asked, &response).await;
        let message = asked.pending.outcome().await.message().expect("it is answered");
        assert_eq!(message.json["attachments"], json!([]));
        let embed = &message.embeds()[0];
        // Nobody loses what it would have told, and nothing in that is markup.
        assert_eq!(embed["description"], "A text\n-# A square, blue \\* and white", "{embed:#}");
        assert!(embed["image"].is_null());
    }
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

#[test]
fn an_embed_with_a_picture_keeps_its_budget_whatever_else_is_in_it() {
    let lines = || Lines::below((0..100).map(|number| format!("Line {number} of a list that is long")));
    for size in [(1_200, 900), (1_200, 300), (300, 900), (1, 1), (0, 0), (100_000, 1), (1, 100_000)] {
        let picture = Picture::new("a.png", &"what it tells ".repeat(100), size, || Err("never".to_owned()));
        let embed = Embed::within(Budget::FACE, &[], 0, "Title", "foot").showing(picture).lines(lines());
        let mut reply = Reply::of(embed);
        assert!(reply.height() <= Budget::FACE.height, "{size:?}: {}", reply.height());
        assert!(reply.embeds[0].text().starts_with("Line 0"), "{size:?}: what was asked for has room");
        assert_eq!(reply.draw().len(), 1);
        assert!(reply.height() <= Budget::FACE.height, "{size:?}: {}", reply.height());
        assert!(reply.pictures().next().is_none());
    }
}

#[test]
fn the_terminal_tells_what_the_picture_tells() {
    let drawn = rcp_bot::transport::terminal::draw(&pictured(), 80, |_, _| None);
    let drawn = anstream::adapter::strip_str(&drawn).to_string();
    assert_eq!(drawn, "▌ With a picture\n▌\n▌ A text\n▌\n▌ 🖼️ A square, blue * and white\n");
}

#[tokio::test]
async fn ask_says_that_an_answer_has_no_picture() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let file = folder.path().join("p.png");
    let arguments = ["ask", "/rcp oim", "--picture", file.to_str().expect("text")];
    let asked = crate::support::bot::Setup::new(&arguments).data(&crate::support::bot::data()).finish().await;
    assert_eq!(asked.code, Some(1));
    assert!(asked.stderr.contains("no picture") && asked.stderr.contains("p.png"), "{}", asked.stderr);
    assert!(asked.stdout.contains("▌") && !file.exists(), "the answer is there all the same");
}
