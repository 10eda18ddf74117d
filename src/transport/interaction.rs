//! From serenity's interaction to a request, and from the outcome to a callback: the same for every transport.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};
use serenity::all::{
    AttachmentId, CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, Member, MessageFlags, Permissions, User,
};
use tracing::{Span, debug, error, info_span};

use crate::catalogue::Language;
use crate::commands::{
    self, COMMANDS, Caller, Choice, Completing, Invocation, Languages, Outcome, Press, ROOT, Target, Value,
};
use crate::language::Voice;
use crate::moderation::{self, Attachment, First, Live, MARK, Person, Request, Wish};
use crate::reply::{File, Reply, colour};
use crate::snapshot::Snapshot;
use crate::telemetry::metrics;

use super::pace::Pace;

/// Answers interactions: everything that a transport needs but the way to send.
pub struct Responder {
    live: Arc<Live>,
    languages: Languages,
    pace: Option<Pace>,
}

/// What is to be sent back.
#[derive(Debug)]
pub struct Response {
    /// The callback's body.
    pub body: Json,
    /// The files sent with it.
    pub files: Vec<File>,
    /// Whether the message is to be deleted afterwards.
    pub delete: bool,
    /// How it ended, as far as it depends on us.
    pub ending: Ending,
}

/// How an interaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With what was asked for.
    Answered,
    /// With a refusal: nothing was found, or it is not allowed.
    Refused,
    /// With an apology, for a reason of ours.
    Failed,
    /// With an answer that did not reach Discord.
    Undelivered,
}

impl Ending {
    /// The word for it in logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Ending::Answered => "answered",
            Ending::Refused => "refused",
            Ending::Failed => "failed",
            Ending::Undelivered => "undelivered",
        }
    }
}

/// What an interaction is about, for logs and metrics: nothing in it was typed by a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The kind of interaction.
    pub kind: &'static str,
    /// The subcommand, or what a component does; empty for a ping.
    pub command: &'static str,
    /// The language of the reply; of a component's reply, the person's own.
    pub language: Language,
}

impl About {
    /// The span in which an interaction is dealt with.
    pub fn span(&self, id: u64) -> Span {
        let About { kind, command, language } = *self;
        info_span!("interaction", interaction.id = id, kind, command, language = language.code(),)
    }

    /// Counts an interaction that has been dealt with.
    pub fn done(&self, span: &Span, ending: Ending, took: Duration) {
        metrics::interaction(self.kind, self.command, ending.name(), self.language.code(), took);
        span.in_scope(|| {
            // Most operators have no use for a line for each interaction.
            debug!(outcome = ending.name(), duration_us = took.as_micros() as u64, "done");
        });
    }
}

/// Callback types. (Discord: interactions/receiving-and-responding, "Interaction Callback Type".)
mod callback {
    pub const PONG: u8 = 1;
    pub const MESSAGE: u8 = 4;
    pub const DEFERRED_MESSAGE: u8 = 5;
    pub const DEFERRED_UPDATE: u8 = 6;
    pub const UPDATE: u8 = 7;
    pub const CHOICES: u8 = 8;
}

impl Responder {
    /// A responder that answers from what is being served.
    pub fn new(live: Arc<Live>, languages: Languages) -> Responder {
        Responder { live, languages, pace: None }
    }

    /// The same, with a limit on what costs much, for each person.
    pub fn with_pace(self, pace: Pace) -> Responder {
        Responder { pace: Some(pace), ..self }
    }

    /// What is being served.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// What an interaction is about.
    pub fn about(&self, interaction: &Interaction) -> About {
        let about = |kind, command, language| About { kind, command, language };
        match interaction {
            Interaction::Ping(_) => about("ping", "", self.languages.default),
            Interaction::Command(command) if command.data.name == moderation::ROOT => {
                about("command", ADMIN, self.languages.of(&caller_of_command(command), None, false))
            }
            Interaction::Command(command) => {
                let (caller, invocation) = (caller_of_command(command), invocation(command));
                let language = commands::language(&self.languages, &caller, &invocation);
                about("command", known(&invocation.command), language)
            }
            Interaction::Autocomplete(command) => {
                let language = self.languages.of(&caller_of_command(command), None, false);
                let name = command.data.options.first().map_or("", |subcommand| subcommand.name.as_str());
                let admin = command.data.name == moderation::ROOT;
                about("autocomplete", if admin { ADMIN } else { known(name) }, language)
            }
            Interaction::Component(component) => {
                let does = match component.data.custom_id.parse() {
                    Ok(Target::Open { .. }) => "open",
                    Ok(Target::Menu { .. }) => "menu",
                    Ok(Target::Share { .. }) => "share",
                    Ok(Target::Delete { .. }) => "delete",
                    Err(_) if component.data.custom_id.starts_with(MARK) => ADMIN,
                    Err(_) => OTHER,
                };
                about("component", does, self.languages.of(&caller_of_component(component), None, false))
            }
            _ => about(OTHER, OTHER, self.languages.default),
        }
    }

    /// The response to an interaction. A panic on the way becomes an apology.
    pub fn respond(&self, interaction: &Interaction) -> Response {
        let snapshot = self.live.snapshot();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(&snapshot, interaction)));
        answered.unwrap_or_else(|panic| {
            let reason =
                panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            error!(interaction.id = %interaction.id(), reason = reason.unwrap_or("unknown"), "answering panicked");
            let voice = self.voice(&snapshot, interaction);
            match interaction {
                Interaction::Autocomplete(_) => choices(Vec::new()),
                _ => Response {
                    ending: Ending::Failed,
                    ..message(&commands::apology(voice, &interaction.id().to_string()))
                },
            }
        })
    }

    /// How long this person has to wait before asking again for what costs much.
    fn wait(&self, caller: &Caller) -> Option<Duration> {
        self.pace.as_ref()?.wait(caller.user)
    }

    fn voice<'s>(&self, snapshot: &'s Snapshot, interaction: &Interaction) -> Voice<'s> {
        let locale = match interaction {
            Interaction::Command(command) | Interaction::Autocomplete(command) => Some(command.locale.clone()),
            Interaction::Component(component) => Some(component.locale.clone()),
            _ => None,
        };
        let caller = Caller { locale, ..Caller::default() };
        snapshot.messages.voice(self.languages.of(&caller, None, false))
    }

    fn answer(&self, snapshot: &Snapshot, interaction: &Interaction) -> Response {
        match interaction {
            Interaction::Ping(_) => Response { body: json!({ "type": callback::PONG }), ..empty() },
            Interaction::Command(command) => {
                let (caller, invocation) = (caller_of_command(command), invocation(command));
                if commands::is_costly(&invocation)
                    && let Some(wait) = self.wait(&caller)
                {
                    return message(&commands::slow_down(snapshot, &self.languages, &caller, wait));
                }
                message(&commands::answer(snapshot, &self.languages, &caller, &invocation))
            }
            Interaction::Autocomplete(command) => {
                let caller = caller_of_command(command);
                let completing = completing(command);
                choices(completing.map_or(Vec::new(), |it| commands::complete(snapshot, &self.languages, &caller, &it)))
            }
            Interaction::Component(component) => {
                let (caller, press) = (caller_of_component(component), press(component));
                if commands::is_costly_press(&press)
                    && let Some(wait) = self.wait(&caller)
                {
                    return message(&commands::slow_down(snapshot, &self.languages, &caller, wait));
                }
                match commands::press(snapshot, &self.languages, &caller, &press) {
                    Outcome::Reply(reply) => message(&reply),
                    Outcome::Update(reply) => Response {
                        body: body(callback::UPDATE, &reply),
                        ending: ending(&reply),
                        files: reply.files,
                        ..empty()
                    },
                    Outcome::Delete => {
                        Response { body: json!({ "type": callback::DEFERRED_UPDATE }), delete: true, ..empty() }
                    }
                }
            }
            // No answer of ours opens a modal, so that none can come back; any other kind is unknown to us.
            _ => {
                let press = Press { custom_id: String::new(), values: Vec::new(), on_private: false };
                match commands::press(snapshot, &self.languages, &Caller::default(), &press) {
                    Outcome::Reply(reply) | Outcome::Update(reply) => message(&reply),
                    Outcome::Delete => empty(),
                }
            }
        }
    }
}

fn empty() -> Response {
    Response { body: Json::Null, files: Vec::new(), delete: false, ending: Ending::Answered }
}

fn message(reply: &Reply) -> Response {
    Response { body: body(callback::MESSAGE, reply), files: reply.files.clone(), ending: ending(reply), ..empty() }
}

/// What is said of the moderators' commands and components.
const ADMIN: &str = "admin";

/// What is said of commands and components that are not ours.
const OTHER: &str = "other";

/// The name of a subcommand as it is declared, so that no one else's words get into metrics.
fn known(name: &str) -> &'static str {
    COMMANDS.iter().find(|command| command.name.fr == name).map_or(OTHER, |command| command.name.fr)
}

fn ending(reply: &Reply) -> Ending {
    let refused = reply.embeds.iter().any(|embed| embed.colour() == colour::REFUSAL);
    if refused { Ending::Refused } else { Ending::Answered }
}

fn body(kind: u8, reply: &Reply) -> Json {
    json!({ "type": kind, "data": reply.to_message() })
}

fn choices(choices: Vec<Choice>) -> Response {
    let choices: Vec<Json> =
        choices.into_iter().map(|choice| json!({ "name": choice.name, "value": choice.value })).collect();
    Response { body: json!({ "type": callback::CHOICES, "data": { "choices": choices } }), ..empty() }
}

fn caller_of_command(command: &CommandInteraction) -> Caller {
    Caller {
        user: command.user.id.get(),
        guild: command.guild_id.map(|guild| guild.get()),
        locale: Some(command.locale.clone()),
        guild_locale: command.guild_locale.clone(),
        may_delete: may_delete(command.member.as_deref()),
    }
}

fn caller_of_component(component: &ComponentInteraction) -> Caller {
    Caller {
        user: component.user.id.get(),
        guild: component.guild_id.map(|guild| guild.get()),
        locale: Some(component.locale.clone()),
        guild_locale: component.guild_locale.clone(),
        may_delete: may_delete(component.member.as_ref()),
    }
}

/// Whether a member could delete the message in Discord itself.
fn may_delete(member: Option<&Member>) -> bool {
    let permissions = member.and_then(|member| member.permissions).unwrap_or_default();
    permissions.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
}

/// The subcommand and its options. Another root command, or options of another form, come out as an unknown command or
/// as options that were not given; the commands answer both.
fn invocation(command: &CommandInteraction) -> Invocation {
    let data = &command.data;
    let subcommand = data.options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::SubCommand(options) => Some((option.name.as_str(), options)),
        _ => None,
    });
    match subcommand {
        Some((name, options)) if data.name == ROOT => {
            Invocation { command: name.to_owned(), options: options.iter().map(value).collect() }
        }
        _ => Invocation { command: data.name.clone(), options: Vec::new() },
    }
}

fn value(option: &CommandDataOption) -> (String, Value) {
    let value = match &option.value {
        CommandDataOptionValue::String(text) => Value::Text(text.clone()),
        CommandDataOptionValue::Boolean(flag) => Value::Flag(*flag),
        CommandDataOptionValue::User(user) => Value::Person(user.get()),
        _ => Value::Other,
    };
    (option.name.clone(), value)
}

fn completing(command: &CommandInteraction) -> Option<Completing> {
    let subcommand = command.data.options.first()?;
    let CommandDataOptionValue::SubCommand(options) = &subcommand.value else { return None };
    options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => {
            Some(Completing { command: subcommand.name.clone(), option: option.name.clone(), typed: value.clone() })
        }
        _ => None,
    })
}

fn press(component: &ComponentInteraction) -> Press {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let flags = component.message.flags.unwrap_or_default();
    Press { custom_id: component.data.custom_id.clone(), values, on_private: flags.contains(MessageFlags::EPHEMERAL) }
}

/// What an interaction asks of the moderators' desk, if it is for it.
pub fn for_moderation(interaction: &Interaction) -> Option<Request> {
    let (person, wish) = match interaction {
        Interaction::Command(command) if command.data.name == moderation::ROOT => {
            let subcommand = command.data.options.first();
            let options = subcommand.map(options_of).unwrap_or_default();
            let texts = options.iter().filter_map(|option| match &option.value {
                CommandDataOptionValue::String(text) => Some((option.name.clone(), text.clone())),
                _ => None,
            });
            let file = options.iter().find_map(|option| match &option.value {
                CommandDataOptionValue::Attachment(id) => attachment(command, *id),
                _ => None,
            });
            let name = subcommand.map(|subcommand| subcommand.name.clone()).unwrap_or_default();
            (person_of_command(command), Wish::Command { name, options: texts.collect(), file })
        }
        Interaction::Autocomplete(command) if command.data.name == moderation::ROOT => {
            let Completing { option, typed, .. } = completing(command)?;
            (person_of_command(command), Wish::Complete { option, typed })
        }
        Interaction::Component(component) if component.data.custom_id.starts_with(MARK) => {
            let mut person = person(&component.user, component.member.as_ref());
            person.guild = component.guild_id.map(|guild| guild.get());
            person.locale = Some(component.locale.clone());
            person.guild_locale = component.guild_locale.clone();
            (person, Wish::Press { custom_id: component.data.custom_id.clone() })
        }
        _ => return None,
    };
    Some(Request { interaction: interaction.id().get(), person, wish })
}

/// The body and files of the desk's first response.
pub fn first_response(first: &First) -> (Json, Vec<File>) {
    match first {
        First::Reply(reply) => {
            let response = message(reply);
            (response.body, response.files)
        }
        First::Choices(offered) => (choices(offered.clone()).body, Vec::new()),
        First::Defer => {
            let data = json!({ "flags": MessageFlags::EPHEMERAL.bits() });
            (json!({ "type": callback::DEFERRED_MESSAGE, "data": data }), Vec::new())
        }
        First::DeferUpdate => (json!({ "type": callback::DEFERRED_UPDATE }), Vec::new()),
    }
}

fn options_of(subcommand: &CommandDataOption) -> &[CommandDataOption] {
    match &subcommand.value {
        CommandDataOptionValue::SubCommand(options) => options,
        _ => &[],
    }
}

fn attachment(command: &CommandInteraction, id: AttachmentId) -> Option<Attachment> {
    let file = command.data.resolved.attachments.get(&id)?;
    Some(Attachment { id: id.get(), name: file.filename.clone(), size: u64::from(file.size), url: file.url.clone() })
}

fn person_of_command(command: &CommandInteraction) -> Person {
    Person {
        guild: command.guild_id.map(|guild| guild.get()),
        locale: Some(command.locale.clone()),
        guild_locale: command.guild_locale.clone(),
        ..person(&command.user, command.member.as_deref())
    }
}

fn person(user: &User, member: Option<&Member>) -> Person {
    Person {
        user: user.id.get(),
        name: user.global_name.clone().unwrap_or_else(|| user.name.clone()),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
        ..Person::default()
    }
}
