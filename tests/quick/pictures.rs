//! Pictures of answers: from the embed that shows one to what a person sees, and when one cannot be drawn.

use local_discord::{LocalDiscord, Message, Outcome, Pending, Person, Response as Answered};
use rcp_bot::admin::First;
use rcp_bot::catalogue::{Files, Language, MeetingLevel};
use rcp_bot::commands::{CustomId, Refusal, View, show};
use rcp_bot::reply::discord::{edit, follow_up};
use rcp_bot::reply::{Budget, Embed, File, Lines, Picture, Reply};
use rcp_bot::settings::DiscordSettings;
use rcp_bot::snapshot::{Origin, Snapshot};
use rcp_bot::transport::callback;
use rcp_bot::transport::responder::{Ending, Response};
use rcp_bot::transport::rest::client::Rest;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::endpoint::{Served, press};
use crate::support::answers;
use crate::support::bot::{Stage, emoji, options, private, public, snapshot, title, voice};
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

// --- Timelines -------------------------------------------------------------------------------------------------------

/// The picture of a message, once it is fetched; none if it shows none. Its file and its embed agree.
async fn seen(message: &Message) -> Option<Vec<u8>> {
    let image = &message.embeds()[0]["image"];
    if image.is_null() {
        assert_eq!(message.json["attachments"], json!([]), "{:#}", message.json);
        return None;
    }
    let attachment = &message.json["attachments"][0];
    assert_eq!((&image["url"], &image["description"]), (&attachment["url"], &attachment["description"]));
    assert!(image["description"].as_str().is_some_and(|told| told.chars().count() > 20), "{image:#}");
    let (status, png) = fetched(&image["url"]).await;
    assert_eq!(status, 200);
    assert!(png.starts_with(b"\x89PNG"));
    Some(png)
}

/// Presses a button that leads to a picture, in place; again where a loaded machine had no time to draw it.
async fn drawn_by(person: &Person, message: &Message, button: &str) -> Outcome {
    let custom_id = emoji(message, button).expect("a button");
    for _ in 0..20 {
        let opened = person.press(message, &custom_id).await.expect("pressed");
        assert_eq!(opened.response, Answered::Updated);
        let shown = opened.message().expect("it is there");
        if !shown.embeds()[0]["image"].is_null() {
            return opened;
        }
        let back = person.press(&shown, &emoji(&shown, "↩️").expect("a button")).await.expect("pressed");
        assert_eq!(back.response, Answered::Updated);
    }
    panic!("it is never drawn");
}

#[tokio::test]
async fn a_timeline_turns_in_place_goes_and_is_shared_over_the_gateway() {
    let stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    let list = public(&person.run("rcp reunions", &[]).await.expect("sent"));
    assert_eq!(seen(&list).await, None);
    let mut shown = list.clone();
    for _ in 0..2 {
        let drawn = public(&drawn_by(&person, &shown, "📈").await);
        assert_eq!(drawn.id, list.id);
        assert!(seen(&drawn).await.is_some(), "{:#}", drawn.json);
        let back = person.press(&drawn, &emoji(&drawn, "↩️").expect("a button")).await.expect("pressed");
        shown = public(&back);
        assert_eq!((seen(&shown).await, title(&shown)), (None, title(&list)));
    }
    let hidden = private(&person.run("rcp actualites", &[("discret", "true")]).await.expect("sent"));
    let hidden = private(&drawn_by(&person, &hidden, "📈").await);
    let png = seen(&hidden).await.expect("it shows one");
    let shared = person.press(&hidden, &emoji(&hidden, "📣").expect("a button")).await.expect("pressed");
    let everyone = shared.wait_for_followups(1).await.expect("it is shared").remove(0);
    assert!(!everyone.is_ephemeral());
    assert_eq!(seen(&everyone).await, Some(png), "the same to the byte");
    assert_eq!(seen(&private(&shared)).await, None, "the private copy is folded");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_comes_over_the_endpoint_and_is_counted() {
    let served = Served::start().await;
    let command = served.ask("rcp apropos", &[]);
    let view = View::ProcessTimeline { id: "processus-almaty".to_owned() };
    let custom_id = CustomId::Open { view, fixed: None }.encode(0);
    // Again where a loaded machine had no time to draw it; then the answer is the response itself.
    let mut tries = 0;
    let pending = loop {
        tries += 1;
        let interaction = press(&command, 1_400_000_000_000_000_041 + tries, &custom_id, None);
        let pending = served.discord.send_interaction(interaction.clone());
        match served.post(&interaction).await {
            (202, Value::Null) => break pending,
            (200, without) if tries < 20 => assert_eq!(without["data"]["attachments"], json!([])),
            other => panic!("{other:?}"),
        }
    };
    let message = pending.outcome().await.message().expect("it is answered");
    assert!(seen(&message).await.is_some(), "{:#}", message.json);
    let (_, metrics) = served.get("/metrics").await;
    assert!(metrics.contains("rcp_pictures_total{result=\"drawn\"} 1"), "{metrics}");
    assert!(served.discord.refusals().is_empty(), "{:#?}", served.discord.refusals());
}

/// Every view that is a timeline.
fn timelines() -> Vec<View> {
    let of = |view: &View| view.encode().starts_with("tl");
    View::examples(&snapshot().catalogue).into_iter().filter(of).collect()
}

fn timeline(language: Language, view: &View) -> Reply {
    let reply = show(&answers::reader(snapshot(), language, false), view);
    reply.unwrap_or_else(|refusal: Refusal| panic!("{view:?}: {refusal:?}"))
}

#[test]
fn every_timeline_tells_what_it_shows_and_keeps_its_bounds() {
    let all = timelines();
    assert!(all.len() > 40, "those of all processes, and three more");
    for (place, view) in all.iter().enumerate() {
        for (number, language) in Language::ALL.into_iter().enumerate() {
            let mut reply = timeline(language, view);
            let picture = reply.pictures().next().expect("it shows a picture").clone();
            let (width, height) = picture.size();
            assert!(width <= 1_200 && height <= 900, "{view:?}: {width} × {height}");
            assert!(picture.description().starts_with(reply.embeds[0].title()), "{view:?}");
            assert!(reply.height() <= Budget::FACE.height, "{view:?}: {}", reply.height());
            // Each is drawn, in one language or another.
            if place % 3 != number {
                continue;
            }
            assert_eq!(reply.draw(), [""; 0], "{view:?}");
            let png = reply.attachments().remove(0).content;
            assert!(png.len() <= 120_000, "{view:?}: {} bytes", png.len());
            assert_eq!(png[16..24], [width.to_be_bytes(), height.to_be_bytes()].concat(), "{view:?}");
            if let Some(folder) = std::env::var_os("PICTURES") {
                let name = format!("{}-{}.png", view.encode().replace(':', "-"), language.code());
                std::fs::write(std::path::Path::new(&folder).join(name), png).expect("it can be written");
            }
        }
    }
}

#[test]
fn a_timeline_tells_every_meeting_that_it_shows() {
    for language in Language::ALL {
        let voice = voice(language);
        let reply = timeline(language, &View::MeetingsTimeline {});
        let told = reply.pictures().next().expect("a picture").description().to_owned();
        for meeting in snapshot().catalogue.meetings.meetings.iter().filter(|meeting| meeting.ordinal.is_some()) {
            assert!(told.contains(&voice.date(meeting.date)), "{language}: {} in {told}", voice.date(meeting.date));
        }
        let prague = timeline(language, &View::ProcessTimeline { id: "processus-de-prague".to_owned() });
        let told = prague.pictures().next().expect("a picture").description().to_owned();
        let process = snapshot().catalogue.process("processus-de-prague").expect("it is there");
        for date in process.meetings.iter().filter_map(|meeting| meeting.date) {
            assert!(told.contains(&voice.date(date)), "{language}: {} in {told}", voice.date(date));
        }
    }
}

#[test]
fn a_timeline_says_how_many_meetings_it_cannot_show() {
    for process in &snapshot().catalogue.processes {
        let undated = process.meetings.iter().filter(|one| one.date.is_none_or(|date| date.year().is_none())).count();
        for language in Language::ALL {
            let said = voice(language).say_with("timeline-without-year", [("count", undated.into())]);
            let reply = timeline(language, &View::ProcessTimeline { id: process.id.clone() });
            let told = reply.pictures().next().expect("a picture").description();
            assert_eq!(told.contains(&said), undated > 0, "{language} {}: {said} in {told}", process.id);
        }
    }
}

#[test]
fn a_meetings_lane_is_what_its_record_says_whatever_its_title_says() {
    let mut files = Files::built_in();
    let path = "processes/processus-de-prague.toml";
    let process = snapshot().catalogue.process("processus-de-prague").expect("it is there");
    let of = |level| process.meetings.iter().filter(|one| one.level == level).count();
    let (ministers, officials) = (of(Some(MeetingLevel::Ministers)), of(Some(MeetingLevel::Officials)));
    assert_eq!((ministers, officials, of(None)), (4, 8, 0), "all of them are told by their titles");
    let text = String::from_utf8(files.0[path].clone()).expect("the file is text");
    let plain: Vec<&str> = text.lines().filter(|line| *line != "level = \"officials\"").collect();
    assert_eq!(text.lines().count() - plain.len(), 8);
    files.0.insert(path.to_owned(), format!("{}\n", plain.join("\n")).into_bytes());
    let today = jiff::civil::date(2026, 11, 28);
    let changed = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, today).0.expect("it is whole");
    for (snapshot, lanes) in [
        (snapshot(), ["timeline-ministers", "timeline-officials"]),
        (&changed, ["timeline-ministers", "timeline-others"]),
    ] {
        let reader = answers::reader(snapshot, Language::Fr, false);
        let view = View::ProcessTimeline { id: process.id.clone() };
        let reply = show(&reader, &view).unwrap_or_else(|refusal: Refusal| panic!("{refusal:?}"));
        let counts = [ministers, officials];
        let said = lanes.iter().zip(counts).map(|(key, count)| reader.voice.say_with(key, [("count", count.into())]));
        assert_eq!(reply.embeds[0].text(), said.collect::<Vec<_>>().join(" · "));
    }
}
