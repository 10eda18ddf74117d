//! The local Discord, driven from outside by a real serenity client and by raw HTTP and WebSocket clients.

mod support;

use std::{
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::{SinkExt, StreamExt};
use local_discord::{
    Complaint, ConnectionFault, DEFAULT_GUILD, Fault, File, GatewayFault, LocalDiscord, NotSent, Options, Response,
    RestFault,
};
use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, Client, Command, CommandOptionType, Context, CreateActionRow,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, EventHandler,
    GatewayIntents, Http, HttpBuilder, InputTextStyle, Interaction, Ready, ResolvedValue,
};
use tokio_tungstenite::tungstenite::Message as Frame;

// --- A small bot -----------------------------------------------------------------------------------------------------

/// A serenity bot that shows each way of answering.
struct Bot {
    seen: Arc<AtomicUsize>,
}

#[serenity::async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, _: Ready) {
        Command::set_global_commands(&context.http, commands()).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        self.seen.fetch_add(1, Ordering::Relaxed);
        // A refused answer is the business of the test that provoked it.
        let _ = answer(&context.http, interaction).await;
    }
}

fn commands() -> Vec<CreateCommand> {
    let text = |name: &str| CreateCommandOption::new(CommandOptionType::String, name, "a text");
    let sub = |name: &str| CreateCommandOption::new(CommandOptionType::SubCommand, name, "a subcommand");
    vec![
        CreateCommand::new("demo")
            .description("shows each way of answering")
            .name_localized("fr", "démo")
            .add_option(
                sub("echo")
                    .add_sub_option(text("texte").required(true).max_length(20).set_autocomplete(true))
                    .add_sub_option(
                        CreateCommandOption::new(CommandOptionType::Integer, "times", "1 to 3")
                            .min_int_value(1)
                            .max_int_value(3),
                    )
                    .add_sub_option(text("tone").add_string_choice("loud", "l").add_string_choice_localized(
                        "soft",
                        "s",
                        [("fr", "doux")],
                    ))
                    .add_sub_option(CreateCommandOption::new(CommandOptionType::User, "to", "whom"))
                    .add_sub_option(CreateCommandOption::new(CommandOptionType::Attachment, "file", "what")),
            )
            .add_option(sub("later"))
            .add_option(sub("form"))
            .add_option(sub("silent"))
            .add_option(sub("broken")),
    ]
}

async fn answer(http: &Arc<Http>, interaction: Interaction) -> serenity::Result<()> {
    let say = |text: String| CreateInteractionResponseMessage::new().content(text);
    match interaction {
        Interaction::Command(command) => {
            let options = command.data.options();
            let Some(ResolvedValue::SubCommand(inside)) = options.first().map(|option| option.value.clone()) else {
                panic!("every command of the bot has a subcommand");
            };
            match options[0].name {
                "echo" => {
                    let mut text = String::new();
                    for option in &inside {
                        match option.value {
                            ResolvedValue::String(value) => text += &format!("{}={value};", option.name),
                            ResolvedValue::Integer(value) => text += &format!("{}={value};", option.name),
                            ResolvedValue::User(user, _) => text += &format!("<@{}>;", user.id),
                            ResolvedValue::Attachment(file) => text += &format!("{};", file.url),
                            _ => {}
                        }
                    }
                    let menu = CreateSelectMenu::new(
                        "menu",
                        CreateSelectMenuKind::String {
                            options: vec![CreateSelectMenuOption::new("A", "a"), CreateSelectMenuOption::new("B", "b")],
                        },
                    );
                    let message =
                        say(text).embed(CreateEmbed::new().title("Echo").field("locale", &command.locale, true));
                    let message = message.components(vec![
                        CreateActionRow::Buttons(vec![CreateButton::new("again").label("Again")]),
                        CreateActionRow::SelectMenu(menu),
                    ]);
                    command.create_response(http, CreateInteractionResponse::Message(message)).await
                }
                "later" => {
                    command.defer_ephemeral(http).await?;
                    command.edit_response(http, EditInteractionResponse::new().content("here it is")).await?;
                    let file = CreateAttachment::bytes(b"hello".to_vec(), "hello.txt");
                    let followup = CreateInteractionResponseFollowup::new().content("and a file").add_file(file);
                    command.create_followup(http, followup).await.map(|_| ())
                }
                "form" => {
                    let field = CreateInputText::new(InputTextStyle::Short, "Name", "name").max_length(10);
                    let modal = CreateModal::new("form", "A form").components(vec![CreateActionRow::InputText(field)]);
                    command.create_response(http, CreateInteractionResponse::Modal(modal)).await
                }
                "broken" => {
                    let message = say("x".to_owned()).embed(CreateEmbed::new().title("x".repeat(257)));
                    command.create_response(http, CreateInteractionResponse::Message(message)).await
                }
                _ => Ok(()),
            }
        }
        Interaction::Autocomplete(completion) => {
            let typed = completion.data.autocomplete().map_or("", |option| option.value).to_owned();
            let choice = AutocompleteChoice::new(format!("{typed}!"), "value").add_localized_name("fr", "oui");
            let choices = CreateAutocompleteResponse::new().set_choices(vec![choice]);
            completion.create_response(http, CreateInteractionResponse::Autocomplete(choices)).await
        }
        Interaction::Component(component) if component.data.custom_id == "again" => {
            let message = say("pressed".to_owned()).components(Vec::new());
            component.create_response(http, CreateInteractionResponse::UpdateMessage(message)).await
        }
        Interaction::Component(component) => {
            let message = say(format!("{:?}", component.data.kind)).ephemeral(true);
            component.create_response(http, CreateInteractionResponse::Message(message)).await
        }
        Interaction::Modal(modal) => {
            let ActionRowComponent::InputText(field) = &modal.data.components[0].components[0] else {
                panic!("the form has one text field");
            };
            let message = say(field.value.clone().unwrap_or_default());
            modal.create_response(http, CreateInteractionResponse::Message(message)).await
        }
        _ => Ok(()),
    }
}

/// A local Discord with the bot in it, its commands registered.
struct Stage {
    discord: LocalDiscord,
    seen: Arc<AtomicUsize>,
    bot: tokio::task::JoinHandle<()>,
}

impl Stage {
    async fn new(options: Options) -> Self {
        let discord = LocalDiscord::start(Options { judges: support::judges::all(), ..options }).await.unwrap();
        let seen = Arc::new(AtomicUsize::new(0));
        let http = HttpBuilder::new(discord.token()).proxy(discord.url()).ratelimiter_disabled(true).build();
        let mut client = Client::builder_with_http(http, GatewayIntents::empty())
            .event_handler(Bot { seen: seen.clone() })
            .await
            .unwrap();
        let bot = tokio::spawn(async move { client.start().await.unwrap() });
        discord.wait_for_ready().await.unwrap();
        discord.wait_for_request(|request| request.method == "PUT").await.unwrap();
        Self { discord, seen, bot }
    }

    async fn default() -> Self {
        Self::new(Options::default()).await
    }

    fn no_refusals(&self) {
        assert!(self.discord.refusals().is_empty(), "{:#?}", self.discord.refusals());
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bot.abort();
    }
}

trait HttpExt {
    fn builder_with_http(http: Http, intents: GatewayIntents) -> serenity::client::ClientBuilder;
}

impl HttpExt for Client {
    fn builder_with_http(http: Http, intents: GatewayIntents) -> serenity::client::ClientBuilder {
        serenity::client::ClientBuilder::new_with_http(http, intents)
    }
}

// --- serenity: answering ---------------------------------------------------------------------------------------------

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
    assert_eq!(judges.contains(&"openapi".to_owned()), support::judges::OPENAPI.is_some());
}

#[tokio::test]
async fn every_answer_of_the_server_fits_discords_document() {
    let Some(document) = support::judges::OPENAPI.clone() else { return };
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

// --- serenity: a gateway that breaks ---------------------------------------------------------------------------------

/// Breaks the gateway, waits until the bot is back, and lets it answer.
async fn survives(stage: &Stage, fault: GatewayFault, resumes: bool) {
    let before = stage.discord.gateway_counts();
    stage.discord.break_gateway(&fault);
    let back = |counts: &local_discord::GatewayCounts| {
        if resumes { counts.resumes > before.resumes } else { counts.identifies > before.identifies }
    };
    stage.discord.wait_for_gateway(back).await.unwrap();
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message, "{fault:?}");
}

#[tokio::test]
async fn a_lost_connection_is_resumed() {
    let stage = Stage::default().await;
    for fault in [
        GatewayFault::Drop,
        GatewayFault::Close(4000),
        GatewayFault::Reconnect,
        GatewayFault::InvalidSession(true),
        GatewayFault::DropAndReplay(0),
    ] {
        survives(&stage, fault, true).await;
    }
    assert_eq!(stage.discord.gateway_counts().identifies, 1);
    assert_eq!(stage.discord.sessions()[0].resumes, 5);
}

#[tokio::test]
async fn a_lost_session_is_begun_anew() {
    let stage = Stage::default().await;
    // Serenity waits five seconds before each new IDENTIFY; the three are enough to show each way of losing a session.
    for fault in [GatewayFault::InvalidSession(false), GatewayFault::Close(4007), GatewayFault::Close(4009)] {
        survives(&stage, fault, false).await;
    }
    let sessions = stage.discord.sessions();
    assert_eq!(sessions.iter().filter(|session| !session.ended).count(), 1);
    assert_eq!(stage.discord.gateway_counts().refused_resumes, 1, "after 4007 serenity tries to resume");
}

#[tokio::test]
async fn a_connection_without_heartbeat_acknowledgements_is_left() {
    let stage = Stage::new(Options { heartbeat_interval: Duration::from_millis(200), ..Options::default() }).await;
    stage.discord.wait_for_gateway(|counts| counts.heartbeats > 1).await.unwrap();
    stage.discord.withhold_heartbeat_acks(true);
    stage.discord.wait_for_gateway(|counts| counts.withheld_acks > 0).await.unwrap();
    stage.discord.wait_for_gateway(|counts| counts.connections > 1).await.unwrap();
    stage.discord.withhold_heartbeat_acks(false);
    stage.discord.wait_for_gateway(|counts| counts.identifies > 1).await.unwrap();
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message);
}

#[tokio::test]
async fn an_interaction_sent_while_the_connection_is_lost_is_replayed() {
    let stage = Stage::default().await;
    stage.discord.break_gateway(&GatewayFault::DropAtNextEvent);
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message);
    assert_eq!(stage.discord.gateway_counts().resumes, 1);
    assert_eq!(stage.seen.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_interaction_replayed_is_seen_twice_and_answered_once() {
    let stage = Stage::default().await;
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    stage.discord.break_gateway(&GatewayFault::DropAndReplay(1));
    let callbacks = outcome.wait_for_callbacks(2).await.unwrap();
    // This simple bot does not notice; a better one sends nothing the second time.
    assert_eq!(callbacks.iter().map(|one| one.status).collect::<Vec<_>>(), [204, 400]);
    assert_eq!(stage.seen.load(Ordering::Relaxed), 2);
    let again = stage.discord.send_interaction(outcome.interaction());
    assert_eq!(again.interaction_id, outcome.interaction_id);
    assert_eq!(outcome.wait_for_callbacks(3).await.unwrap()[2].status, 400);
}

#[tokio::test]
async fn a_wrong_token_ends_serenity() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let http = HttpBuilder::new("wrong").proxy(discord.url()).ratelimiter_disabled(true).build();
    let mut client = Client::builder_with_http(http, GatewayIntents::empty()).await.unwrap();
    assert!(client.start().await.is_err());
    discord.stop().await;
}

#[tokio::test]
async fn a_stopped_server_lets_go_of_its_port() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let url = discord.url();
    let _client = Gateway::identified(&discord, "").await;
    discord.stop().await;
    assert!(reqwest::get(url).await.unwrap_err().is_connect());
}

// --- The gateway, by hand --------------------------------------------------------------------------------------------

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A gateway client that does what a test says and nothing else.
struct Gateway {
    socket: Socket,
    inflate: Option<flate2::Decompress>,
}

impl Gateway {
    async fn open(url: &str, query: &str) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(format!("{url}/?{query}")).await.unwrap();
        let inflate = query.contains("zlib-stream").then(|| flate2::Decompress::new(true));
        Self { socket, inflate }
    }

    /// A client that has read HELLO.
    async fn greeted(discord: &LocalDiscord, query: &str) -> Self {
        let mut client = Self::open(&discord.gateway_url(), &format!("v=10&encoding=json{query}")).await;
        assert_eq!(client.read().await["op"], 10);
        client
    }

    /// A client that has read READY.
    async fn identified(discord: &LocalDiscord, query: &str) -> Self {
        let mut client = Self::greeted(discord, query).await;
        client.send(identify(discord, json!({}))).await;
        assert_eq!(client.read().await["t"], "READY");
        client
    }

    async fn send(&mut self, payload: Value) {
        self.send_text(&payload.to_string()).await;
    }

    async fn send_text(&mut self, text: &str) {
        self.socket.send(Frame::text(text)).await.unwrap();
    }

    async fn read(&mut self) -> Value {
        match self.frame().await {
            Frame::Text(text) => serde_json::from_str(&text).unwrap(),
            Frame::Binary(bytes) => {
                let mut text = Vec::with_capacity(1 << 16);
                match &mut self.inflate {
                    Some(inflate) => {
                        assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
                        inflate.decompress_vec(&bytes, &mut text, flate2::FlushDecompress::Sync).unwrap();
                    }
                    None => {
                        flate2::read::ZlibDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
                    }
                }
                serde_json::from_slice(&text).unwrap()
            }
            other => panic!("{other:?}"),
        }
    }

    async fn frame(&mut self) -> Frame {
        self.socket.next().await.unwrap().unwrap()
    }

    /// The code of the close frame that comes, after whatever else comes before it.
    async fn close_code(mut self) -> u16 {
        loop {
            if let Frame::Close(frame) = self.frame().await {
                return frame.unwrap().code.into();
            }
        }
    }
}

fn identify(discord: &LocalDiscord, more: Value) -> Value {
    let mut data =
        json!({"token": discord.token(), "intents": 0, "properties": {"os": "", "browser": "", "device": ""}});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"op": 2, "d": data})
}

#[tokio::test]
async fn close_codes_name_what_a_client_did_wrong() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let token = discord.token();
    let resume = |session: &str, seq: u64| json!({"op": 6, "d": {"token": token, "session_id": session, "seq": seq}});
    for (payload, code) in [
        ("{".to_owned(), 4002),
        ("{}".to_owned(), 4002),
        (json!({"op": 1, "d": "x".repeat(5_000)}).to_string(), 4002),
        (json!({"op": 99}).to_string(), 4001),
        (json!({"op": 3, "d": {}}).to_string(), 4003),
        (identify(&discord, json!({"token": "wrong"})).to_string(), 4004),
        (json!({"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}).to_string(), 4004),
        (identify(&discord, json!({"shard": [1, 1]})).to_string(), 4010),
        (identify(&discord, json!({"intents": 1 << 19})).to_string(), 4013),
        (identify(&discord, json!({"intents": 1 << 15})).to_string(), 4014),
    ] {
        let mut client = Gateway::greeted(&discord, "").await;
        client.send_text(&payload).await;
        assert_eq!(client.close_code().await, code, "{payload}");
    }
    assert_eq!(Gateway::open(&discord.gateway_url(), "v=9").await.close_code().await, 4012);

    let mut twice = Gateway::identified(&discord, "").await;
    twice.send(identify(&discord, json!({}))).await;
    assert_eq!(twice.close_code().await, 4005);

    let mut ahead = Gateway::greeted(&discord, "").await;
    let session = discord.sessions().last().unwrap().id.clone();
    ahead.send(resume(&session, 99)).await;
    assert_eq!(ahead.close_code().await, 4007);

    let mut unknown = Gateway::greeted(&discord, "").await;
    unknown.send(resume("unknown", 0)).await;
    assert_eq!(unknown.read().await, json!({"op": 9, "d": false, "s": null, "t": null}));
    unknown.send(identify(&discord, json!({}))).await;
    assert_eq!(unknown.read().await["t"], "READY");

    let mut chatty = Gateway::identified(&discord, "").await;
    for _ in 0..121 {
        chatty.send(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(chatty.close_code().await, 4008);
}

#[tokio::test]
async fn a_session_is_resumed_by_hand() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut first = Gateway::greeted(&discord, "").await;
    first.send(identify(&discord, json!({}))).await;
    let ready = first.read().await;
    assert_eq!((&ready["s"], &ready["d"]["v"]), (&json!(1), &json!(10)));
    discord.dispatch("TEST", &json!(1), None);
    assert_eq!(first.read().await, json!({"op": 0, "t": "TEST", "s": 2, "d": 1}));
    discord.break_gateway(&GatewayFault::Drop);
    discord.dispatch("TEST", &json!(2), None);
    discord.dispatch("TEST", &json!(3), None);
    assert!(first.socket.next().await.unwrap().is_err());

    let url = ready["d"]["resume_gateway_url"].as_str().unwrap();
    let mut second = Gateway::open(url, "v=10").await;
    assert_eq!(second.read().await["op"], 10);
    let data = json!({"token": discord.token(), "session_id": ready["d"]["session_id"], "seq": 2});
    second.send(json!({"op": 6, "d": data})).await;
    let replayed = [second.read().await, second.read().await, second.read().await];
    assert_eq!(replayed.each_ref().map(|event| event["s"].as_u64()), [Some(3), Some(4), Some(5)]);
    assert_eq!(replayed[2]["t"], "RESUMED");
    assert_eq!(discord.gateway_counts().by_resume_url, 1);

    second.socket.close(None).await.unwrap();
    discord.wait_for_gateway(|counts| counts.client_closes == 1).await.unwrap();
}

#[tokio::test]
async fn a_client_that_says_goodbye_ends_its_session() {
    use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut client = Gateway::identified(&discord, "").await;
    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
    client.socket.close(Some(frame)).await.unwrap();
    while client.socket.next().await.is_some() {}
    discord.wait_for_gateway(|counts| counts.client_closes == 1).await.unwrap();
    let mut changes = discord.changes();
    while !discord.sessions()[0].ended {
        changes.changed().await.unwrap();
    }
    assert_eq!(discord.dispatch("TEST", &json!(1), None), 0);
}

#[tokio::test]
async fn payloads_are_compressed_as_asked() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let long = json!("x".repeat(5_000));

    let mut stream = Gateway::identified(&discord, "&compress=zlib-stream").await;
    assert!(discord.connections()[0].zlib_stream);
    for data in [json!(1), long.clone(), json!(2)] {
        discord.dispatch("TEST", &data, None);
        assert_eq!(stream.read().await["d"], data);
    }
    drop(stream);

    let mut payloads = Gateway::greeted(&discord, "").await;
    payloads.send(identify(&discord, json!({"compress": true}))).await;
    payloads.read().await;
    discord.dispatch("TEST", &long, None);
    let Frame::Binary(bytes) = payloads.frame().await else { panic!("a large payload is compressed") };
    let mut text = String::new();
    flate2::read::ZlibDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["d"], long);
}

#[tokio::test]
async fn shards_serve_their_guilds() {
    let discord = LocalDiscord::start(Options { shards: 2, ..Options::default() }).await.unwrap();
    let mut shards = Vec::new();
    for shard in 0..2 {
        let mut client = Gateway::greeted(&discord, "").await;
        client.send(identify(&discord, json!({"shard": [shard, 2]}))).await;
        assert_eq!(client.read().await["d"]["shard"], json!([shard, 2]));
        shards.push(client);
    }
    assert_eq!(Api::new(&discord).get("/gateway/bot").await.1["shards"], 2);
    discord.dispatch("TEST", &json!("guild"), Some(1 << 22));
    discord.dispatch("TEST", &json!("direct"), None);
    assert_eq!(shards[1].read().await["d"], "guild");
    assert_eq!(shards[0].read().await["d"], "direct");
    discord.break_shard(1, &GatewayFault::RequestHeartbeat);
    assert_eq!(shards[1].read().await["op"], 1);
    shards[1].send(json!({"op": 1, "d": 2})).await;
    assert_eq!(shards[1].read().await["op"], 11);
    discord.break_shard(1, &GatewayFault::Close(4000));
    assert_eq!(shards.remove(1).close_code().await, 4000);
    assert!(discord.sessions()[0].connected);
}

// --- REST, by hand ---------------------------------------------------------------------------------------------------

/// A REST client with the bot's token.
struct Api {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Api {
    fn new(discord: &LocalDiscord) -> Self {
        let token = format!("Bot {}", discord.token());
        Self { http: reqwest::Client::new(), base: format!("{}/api/v10", discord.url()), token }
    }

    async fn send(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request =
            self.http.request(method, format!("{}{path}", self.base)).header("Authorization", &self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("POST", path, Some(body)).await
    }

    async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("PUT", path, Some(body)).await
    }

    async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("PATCH", path, Some(body)).await
    }

    async fn delete(&self, path: &str) -> (u16, Value) {
        self.send("DELETE", path, None).await
    }

    /// Registers one command without options, globally, and returns the path of its scope.
    async fn register(&self, discord: &LocalDiscord) -> String {
        let path = format!("/applications/{}/commands", discord.application_id());
        let answer = self.put(&path, json!([{"name": "c", "description": "x"}])).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
        path
    }
}

/// A server with one command, a client, and an interaction that waits for its callback.
async fn waiting() -> (LocalDiscord, Api, local_discord::Pending, String, String) {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    api.register(&discord).await;
    let draft = discord.person("Amina").command("c");
    let interaction = draft.json().unwrap();
    let token = interaction["token"].as_str().unwrap().to_owned();
    let pending = discord.send_interaction(interaction);
    let callback = format!("/interactions/{}/{token}/callback", pending.interaction_id);
    let webhook = format!("/webhooks/{}/{token}", discord.application_id());
    (discord, api, pending, callback, webhook)
}

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

/// A multipart body and its content type.
fn multipart(payload: &Value, files: &[(&str, &str, &str)]) -> (String, String) {
    let mut body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{payload}\r\n"
    );
    for (index, (name, kind, content)) in files.iter().enumerate() {
        body += &format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"files[{index}]\"; filename=\"{name}\"\r\n\
             Content-Type: {kind}\r\n\r\n{content}\r\n"
        );
    }
    ("multipart/form-data; boundary=xyz".to_owned(), body + "--xyz--\r\n")
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

#[tokio::test]
async fn interactions_are_read_by_another_library() {
    use twilight_model::application::interaction::{Interaction, InteractionType};
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

// --- REST that goes wrong --------------------------------------------------------------------------------------------

#[tokio::test]
async fn rest_faults_strike_as_told() {
    let (discord, api, pending, callback, _) = waiting().await;
    let hello = json!({"type": 4, "data": {"content": "hello"}});
    let on_callback = |kind: RestFault| Fault::new(kind).on("POST", "/interactions/*/*/callback");
    discord.fail(on_callback(RestFault::Status(502)));
    assert_eq!(api.post(&callback, hello.clone()).await.0, 502);

    discord.fail(on_callback(RestFault::RateLimited { retry_after: Duration::from_millis(1_500), global: false }));
    let url = format!("{}{callback}", api.base);
    let limited = api.http.post(&url).json(&hello).send().await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "2");
    assert_eq!(limited.headers()["x-ratelimit-remaining"], "0");
    let body: Value = limited.json().await.unwrap();
    assert_eq!(body, json!({"message": "You are being rate limited.", "retry_after": 1.5, "global": false}));

    discord.fail(on_callback(RestFault::Drop));
    assert!(api.http.post(&url).json(&hello).send().await.is_err());
    assert!(discord.callbacks(pending.interaction_id).is_empty(), "none of these reached the interaction");

    discord.fail(on_callback(RestFault::DropAfter));
    assert!(api.http.post(&url).json(&hello).send().await.is_err());
    assert_eq!(pending.outcome().await.message().unwrap().content(), "hello");
    assert_eq!(api.post(&callback, hello).await.1["code"], 40060);

    discord.fail(Fault::new(RestFault::Delay(Duration::from_millis(1))).times(2));
    assert_eq!(api.get("/gateway").await.0, 200);
    discord.clear_faults();
    discord.fail(Fault::new(RestFault::Stall));
    let stalled = tokio::spawn(async move { api.http.get(format!("{}/gateway", api.base)).send().await.is_err() });
    discord.stop().await;
    assert!(stalled.await.unwrap());
}

#[tokio::test]
async fn one_callback_in_three_is_carried_out_and_never_answered() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    let get = || api.get("/gateway");
    discord.fail(Fault::new(RestFault::Status(500)).on("GET", "/gateway").times(usize::MAX).every(3));
    assert_eq!([get().await.0, get().await.0, get().await.0, get().await.0], [200, 200, 500, 200]);
    discord.clear_faults();

    discord.fail(Fault::new(RestFault::StallAfter).on("POST", "/interactions/*/*/callback"));
    let url = format!("{}{callback}", api.base);
    let stalled = api.http.post(&url).json(&json!({"type": 4, "data": {"content": "hello"}})).send();
    let stalled = tokio::spawn(stalled);
    assert_eq!(pending.outcome().await.message().unwrap().content(), "hello", "it was carried out");
    assert!(!stalled.is_finished());

    let before = std::time::Instant::now();
    let delay = Duration::from_millis(30);
    discord.fail(Fault::new(RestFault::DelayAfter(delay)));
    assert_eq!(api.get(&format!("{webhook}/messages/@original")).await.1["content"], "hello");
    assert!(before.elapsed() >= delay);
    discord.stop().await;
    assert!(stalled.await.unwrap().is_err());
}

#[tokio::test]
async fn an_accepted_callback_may_have_no_original_and_a_registration_may_be_refused_by_field() {
    let (discord, api, _pending, callback, webhook) = waiting().await;
    assert_eq!(api.post(&callback, json!({"type": 5})).await.0, 204);
    let unknown = RestFault::error(404, 10008, "Unknown Message");
    discord.fail(Fault::new(unknown).on("PATCH", "/webhooks/*/*/messages/@original").times(2));
    let answer = (404, json!({"message": "Unknown Message", "code": 10008}));
    for path in ["@original", "%40original"] {
        assert_eq!(api.patch(&format!("{webhook}/messages/{path}"), json!({"content": "late"})).await, answer);
    }

    let complaint = Complaint::new(["0", "name"], "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    discord.fail(Fault::new(RestFault::invalid_form(&[complaint])).on("PUT", "/applications/*/commands"));
    let path = format!("/applications/{}/commands", discord.application_id());
    let (status, answer) = api.put(&path, json!([{"name": "d", "description": "x"}])).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    assert_eq!(answer["errors"]["0"]["name"]["_errors"][0]["code"], "APPLICATION_COMMAND_INVALID_NAME");
    assert_eq!(discord.commands(None)[0]["name"], "c", "nothing was registered");
}

#[tokio::test]
async fn an_interaction_may_lack_a_field_or_have_it_in_another_form() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    Api::new(&discord).register(&discord).await;
    let mut client = Gateway::identified(&discord, "").await;
    let asker = discord.person("Amina");
    let asker = asker.altering(|json| json["app_permissions"] = json!("18446744073709551616"));
    let asker = asker.altering(|json| {
        json["member"].as_object_mut().unwrap().remove("deaf");
    });
    let sent = asker.command("c").send().unwrap();
    let received = client.read().await;
    assert_eq!(received["d"]["id"], sent.interaction_id.to_string());
    assert_eq!(received["d"]["app_permissions"], "18446744073709551616");
    assert_eq!((&received["d"]["member"]["deaf"], &received["d"]["member"]["mute"]), (&json!(null), &json!(false)));
}

#[tokio::test]
async fn connections_fail_before_hello_and_when_ready() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    discord.fail_connections(ConnectionFault::CloseBeforeHello(4002), 2);
    for _ in 0..2 {
        let mut client = Gateway::open(&discord.gateway_url(), "v=10").await;
        let Frame::Close(frame) = client.frame().await else { panic!("nothing comes before the close frame") };
        assert_eq!(u16::from(frame.unwrap().code), 4002);
    }
    discord.fail_connections(ConnectionFault::DropWhenReady, 2);
    let mut sequence = 0;
    for cut in 0..3 {
        let mut client = Gateway::greeted(&discord, "").await;
        match discord.sessions().first() {
            None => client.send(identify(&discord, json!({}))).await,
            Some(session) => {
                let data = json!({"token": discord.token(), "session_id": session.id, "seq": sequence});
                client.send(json!({"op": 6, "d": data})).await;
            }
        }
        let welcome = client.read().await;
        sequence = welcome["s"].as_u64().unwrap();
        if cut < 2 {
            assert!(client.socket.next().await.unwrap().is_err(), "the connection is cut");
            assert!(!discord.sessions()[0].connected);
        } else {
            assert!(discord.sessions()[0].connected);
        }
    }
    let counts = discord.gateway_counts();
    assert_eq!((counts.identifies, counts.resumes), (1, 2));

    discord.refuse_resumes(true);
    let mut client = Gateway::greeted(&discord, "").await;
    let session = discord.sessions()[0].id.clone();
    let data = json!({"token": discord.token(), "session_id": session, "seq": sequence});
    client.send(json!({"op": 6, "d": data})).await;
    assert_eq!(client.read().await, json!({"op": 9, "d": false, "s": null, "t": null}));
    assert!(discord.sessions()[0].ended);
}

// --- The judges from outside -----------------------------------------------------------------------------------------

#[test]
fn the_outside_judges_bite() {
    use local_discord::Payload;
    let judged = |name: &str, method: &str, route: &str, body: &Value| {
        let judges = support::judges::all();
        let judge = judges.iter().find(|judge| judge.name() == name)?;
        Some(judge.judge(&Payload { method, route, body, files: &[], interaction_type: None }))
    };
    let commands = "/applications/{application_id}/commands";
    let callback = "/interactions/{interaction_id}/{interaction_token}/callback";
    let original = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
    let command = |description: &str| {
        json!([{"name": "c", "description": description, "default_member_permissions": "32", "options": [
            {"type": 3, "name": "o", "description": "x", "choices": [{"name": "n", "value": "v"}]}]}])
    };
    let message = |title: &str| json!({"embeds": [{"title": title, "fields": [{"name": "a", "value": "b"}]}]});
    let answer = |title: &str| json!({"type": 4, "data": message(title)});
    let long = "x".repeat(257);
    for name in ["openapi", "twilight"] {
        for (method, route, good, bad) in [
            ("PUT", commands, command("x"), command(&long)),
            ("POST", callback, answer("x"), answer(&long)),
            ("PATCH", original, message("x"), message(&long)),
        ] {
            let Some(found) = judged(name, method, route, &good) else { continue };
            assert!(found.is_empty(), "{name} {route}: {found:?}");
            let found = judged(name, method, route, &bad).unwrap();
            assert!(!found.is_empty(), "{name} {route} lets a text of 257 characters pass");
        }
    }
}
