//! A small serenity bot that shows each way of answering, and a local Discord with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use local_discord::{LocalDiscord, Options};
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ClientBuilder, Command, CommandOptionType, Context, CreateActionRow,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, EventHandler,
    GatewayIntents, Http, HttpBuilder, InputTextStyle, Interaction, Ready, ResolvedValue,
};
use tokio::task::JoinHandle;

use crate::support::judges;

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
pub(crate) struct Stage {
    pub(crate) discord: LocalDiscord,
    pub(crate) seen: Arc<AtomicUsize>,
    bot: JoinHandle<()>,
}

impl Stage {
    pub(crate) async fn new(options: Options) -> Self {
        let discord = LocalDiscord::start(Options { judges: judges::all(), ..options }).await.unwrap();
        let seen = Arc::new(AtomicUsize::new(0));
        let http = HttpBuilder::new(discord.token()).proxy(discord.url()).ratelimiter_disabled(true).build();
        let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
            .event_handler(Bot { seen: seen.clone() })
            .await
            .unwrap();
        let bot = tokio::spawn(async move { client.start().await.unwrap() });
        discord.wait_for_ready().await.unwrap();
        discord.wait_for_request(|request| request.method == "PUT").await.unwrap();
        Self { discord, seen, bot }
    }

    pub(crate) async fn default() -> Self {
        Self::new(Options::default()).await
    }

    pub(crate) fn no_refusals(&self) {
        assert!(self.discord.refusals().is_empty(), "{:#?}", self.discord.refusals());
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bot.abort();
    }
}
