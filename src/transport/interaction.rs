//! From serenity's interaction to a request, and from the outcome to a callback: the same for every transport.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
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

/// An interaction, read: who asks for what.
#[derive(Debug)]
pub struct Asked {
    /// What it is about.
    pub about: About,
    /// The interaction's id.
    pub id: u64,
    caller: Caller,
    what: What,
}

/// What an interaction asks for.
#[derive(Debug)]
enum What {
    Ping,
    Command(Invocation),
    Complete(Option<Completing>),
    Press(Press),
    /// No answer of ours opens a modal, so that none can come back; any other kind is unknown to us.
    Unknown,
}

/// What is to be sent back.
#[derive(Debug)]
pub struct Response {
    /// The callback's body, JSON.
    pub body: Vec<u8>,
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

    /// Reads an interaction.
    pub fn read(&self, interaction: &Interaction) -> Asked {
        let (caller, what) = match interaction {
            Interaction::Ping(_) => (Caller::default(), What::Ping),
            Interaction::Command(command) => (caller_of_command(command), What::Command(invocation(command))),
            Interaction::Autocomplete(command) => (caller_of_command(command), What::Complete(completing(command))),
            Interaction::Component(component) => (caller_of_component(component), What::Press(press(component))),
            _ => (Caller::default(), What::Unknown),
        };
        let personal = self.languages.of(&caller, None, false);
        let (kind, command, language) = match (&what, interaction) {
            (What::Command(_), Interaction::Command(command)) if command.data.name == moderation::ROOT => {
                ("command", ADMIN, personal)
            }
            (What::Command(invocation), _) => {
                ("command", known(&invocation.command), commands::language(&self.languages, &caller, invocation))
            }
            (What::Complete(_), Interaction::Autocomplete(command)) if command.data.name == moderation::ROOT => {
                ("autocomplete", ADMIN, personal)
            }
            (What::Complete(completing), _) => {
                ("autocomplete", completing.as_ref().map_or(OTHER, |completing| known(&completing.command)), personal)
            }
            (What::Press(press), _) => ("component", pressed(&press.custom_id), personal),
            (What::Ping, _) => ("ping", "", personal),
            (What::Unknown, _) => (OTHER, OTHER, personal),
        };
        Asked { about: About { kind, command, language }, id: interaction.id().get(), caller, what }
    }

    /// The response to an interaction. A panic on the way becomes an apology.
    pub fn respond(&self, asked: &Asked) -> Response {
        let snapshot = self.live.snapshot();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(&snapshot, asked)));
        answered.unwrap_or_else(|panic| {
            let reason =
                panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            error!(interaction.id = asked.id, reason = reason.unwrap_or("unknown"), "answering panicked");
            match asked.what {
                What::Complete(_) => choices(Vec::new()),
                _ => {
                    let voice = snapshot.messages.voice(self.languages.of(&asked.caller, None, false));
                    Response { ending: Ending::Failed, ..message(&commands::apology(voice, &asked.id.to_string())) }
                }
            }
        })
    }

    fn answer(&self, snapshot: &Snapshot, asked: &Asked) -> Response {
        let Asked { caller, what, .. } = asked;
        let (costly, key) = match what {
            What::Command(invocation) => (commands::is_costly(invocation), self.key_of_command(caller, invocation)),
            What::Press(press) => (commands::is_costly_press(press), Some(self.key_of_press(caller, press))),
            What::Ping | What::Complete(_) | What::Unknown => (false, None),
        };
        if costly
            && let Some(pace) = &self.pace
            && let Some(wait) = pace.wait(caller.user)
        {
            return message(&commands::slow_down(snapshot, &self.languages, caller, wait));
        }
        let Some(key) = key else { return self.make(snapshot, caller, what) };
        // The one thing in an answer that depends on who asked.
        let bin = format!("\"{}\"", Target::Delete { asker: caller.user }.encode(0));
        if let Some(body) = snapshot.ready.get(&key, &bin) {
            return Response { body, ..empty() };
        }
        let made = self.make(snapshot, caller, what);
        if made.ending == Ending::Answered && made.files.is_empty() && !made.delete {
            snapshot.ready.keep(key, &made.body, &bin);
        }
        made
    }

    /// Makes an answer that is not there yet.
    fn make(&self, snapshot: &Snapshot, caller: &Caller, what: &What) -> Response {
        let pressed = |press: &Press| match commands::press(snapshot, &self.languages, caller, press) {
            Outcome::Reply(reply) => message(&reply),
            Outcome::Update(reply) => response(callback::UPDATE, &reply),
            Outcome::Delete => Response { body: bare(callback::DEFERRED_UPDATE), delete: true, ..empty() },
        };
        match what {
            What::Ping => Response { body: bare(callback::PONG), ..empty() },
            What::Command(invocation) => message(&commands::answer(snapshot, &self.languages, caller, invocation)),
            What::Complete(completing) => choices(
                completing.as_ref().map_or(Vec::new(), |it| commands::complete(snapshot, &self.languages, caller, it)),
            ),
            What::Press(press) => pressed(press),
            What::Unknown => pressed(&Press { custom_id: String::new(), values: Vec::new(), on_private: false }),
        }
    }

    /// Everything on which the answer to a command depends besides the snapshot and who asked; none for an answer that
    /// addresses somebody, which nobody else will want.
    fn key_of_command(&self, caller: &Caller, invocation: &Invocation) -> Option<String> {
        let mut key = self.key("c", caller);
        text(&mut key, &invocation.command);
        for (name, value) in &invocation.options {
            text(&mut key, name);
            match value {
                Value::Text(value) => text(&mut key, value),
                Value::Flag(flag) => key.push(if *flag { '+' } else { '-' }),
                Value::Other => key.push('?'),
                Value::Person(_) => return None,
            }
        }
        Some(key)
    }

    /// The same for a press.
    fn key_of_press(&self, caller: &Caller, press: &Press) -> String {
        let mut key = self.key(if press.on_private { "p" } else { "q" }, caller);
        text(&mut key, &press.custom_id);
        press.values.iter().for_each(|value| text(&mut key, value));
        key
    }

    fn key(&self, kind: &str, caller: &Caller) -> String {
        let language = |public| self.languages.of(caller, None, public).code();
        [kind, language(true), language(false)].concat()
    }
}

/// Adds a text to a key so that no other text begins alike.
fn text(key: &mut String, text: &str) {
    // Writing to a string never fails.
    let _ = write!(key, "{}:{text}", text.len());
}

/// What a component does, by its `custom_id`.
fn pressed(custom_id: &str) -> &'static str {
    match custom_id.parse() {
        Ok(Target::Open { .. }) => "open",
        Ok(Target::Menu { .. }) => "menu",
        Ok(Target::Share { .. }) => "share",
        Ok(Target::Delete { .. }) => "delete",
        Err(_) if custom_id.starts_with(MARK) => ADMIN,
        Err(_) => OTHER,
    }
}

fn empty() -> Response {
    Response { body: Vec::new(), files: Vec::new(), delete: false, ending: Ending::Answered }
}

fn message(reply: &Reply) -> Response {
    response(callback::MESSAGE, reply)
}

fn response(kind: u8, reply: &Reply) -> Response {
    let body = body(kind, &reply.to_message());
    Response { body, files: reply.files.clone(), ending: ending(reply), ..empty() }
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

/// A callback's body.
fn body(kind: u8, data: &impl Serialize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Callback<'d, D> {
        r#type: u8,
        data: &'d D,
    }
    // Texts, numbers and lists of them always become JSON.
    serde_json::to_vec(&Callback { r#type: kind, data }).unwrap_or_default()
}

/// A callback's body that is nothing but its kind.
fn bare(kind: u8) -> Vec<u8> {
    json!({ "type": kind }).to_string().into_bytes()
}

fn choices(choices: Vec<Choice>) -> Response {
    let choices: Vec<Json> =
        choices.into_iter().map(|choice| json!({ "name": choice.name, "value": choice.value })).collect();
    Response { body: body(callback::CHOICES, &json!({ "choices": choices })), ..empty() }
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
pub fn first_response(first: &First) -> (Vec<u8>, Vec<File>) {
    match first {
        First::Reply(reply) => {
            let response = message(reply);
            (response.body, response.files)
        }
        First::Choices(offered) => (choices(offered.clone()).body, Vec::new()),
        First::Defer => {
            (body(callback::DEFERRED_MESSAGE, &json!({ "flags": MessageFlags::EPHEMERAL.bits() })), Vec::new())
        }
        First::DeferUpdate => (bare(callback::DEFERRED_UPDATE), Vec::new()),
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
