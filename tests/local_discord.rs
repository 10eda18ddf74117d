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
use rcp_bot::local_discord::{
    DEFAULT_GUILD, Fault, File, GatewayFault, LocalDiscord, NotSent, Options, Response, RestFault,
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
