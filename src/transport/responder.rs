//! From what was received to what is sent back: the same for every transport.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value as Json, json};
use serenity::all::MessageFlags;
use tracing::{Span, debug, error, info_span};

use crate::admin;
use crate::admin::{First, MARK};
use crate::catalogue::Language;
use crate::clock::today;
use crate::commands::{self, COMMANDS, Caller, Choice, ComponentAnswer, CustomId, Languages, Press, Value};
use crate::reply::{Body, File, Reply, ReplyKind};
use crate::snapshot::Live;
use crate::snapshot::Snapshot;
use crate::telemetry::metrics;

use crate::transport::interaction::{Received, What};
use crate::transport::pace::Pace;

/// Answers interactions: everything that a transport needs but the way to send.
pub struct Responder {
    live: Arc<Live>,
    languages: Languages,
    pace: Option<Pace>,
}

/// What is to be sent back.
#[derive(Debug)]
pub struct Response {
    /// The callback's body, JSON.
    pub body: Body,
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
    pub fn about(&self, received: &Received) -> About {
        let Received { caller, what, .. } = received;
        let personal = self.languages.of(caller, None, false);
        let (kind, command, language) = match what {
            What::Command(invocation) if received.for_moderation() => ("command", name(&invocation.command), personal),
            What::Command(invocation) => {
                let language = commands::language(&self.languages, caller, invocation);
                ("command", name(&invocation.command), language)
            }
            What::Complete(completing) => {
                ("autocomplete", completing.as_ref().map_or(OTHER, |completing| name(&completing.command)), personal)
            }
            What::Press(press) => ("component", pressed(&press.custom_id), personal),
            What::Ping => ("ping", "", personal),
            What::Unknown => (OTHER, OTHER, personal),
        };
        About { kind, command, language }
    }

    /// The response to an interaction. A panic on the way becomes an apology.
    pub fn respond(&self, received: &Received) -> Response {
        let snapshot = self.live.snapshot();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(&snapshot, received)));
        answered.unwrap_or_else(|panic| {
            let reason =
                panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            error!(interaction.id = received.id, reason = reason.unwrap_or("unknown"), "answering panicked");
            match received.what {
                What::Complete(_) => choices(Vec::new()),
                _ => {
                    let voice = snapshot.messages.voice(self.languages.of(&received.caller, None, false));
                    Response { ending: Ending::Failed, ..message(&commands::apology(voice, &received.id.to_string())) }
                }
            }
        })
    }

    fn answer(&self, snapshot: &Snapshot, received: &Received) -> Response {
        let Received { caller, what, .. } = received;
        if is_costly(what)
            && let Some(pace) = &self.pace
            && let Some(wait) = pace.wait(caller.user)
        {
            return message(&commands::slow_down(snapshot, &self.languages, caller, today(), wait));
        }
        let Some(key) = self.key(received) else { return self.make(snapshot, caller, what) };
        if let Some(body) = snapshot.ready.get(&key, bin(caller)) {
            return Response { body, ..empty() };
        }
        let made = self.make(snapshot, caller, what);
        if made.ending == Ending::Answered && made.files.is_empty() && !made.delete {
            snapshot.ready.keep(key, &made.body.whole(), &bin(caller));
        }
        made
    }

    /// The answer to an interaction, if it was made lately and is there to be had without limit. It does not fail.
    pub fn ready(&self, received: &Received) -> Option<Response> {
        if is_costly(&received.what) && self.pace.is_some() {
            return None;
        }
        let body = self.live.look().ready.get(&self.key(received)?, bin(&received.caller))?;
        Some(Response { body, ..empty() })
    }

    /// Makes an answer that is not there yet.
    fn make(&self, snapshot: &Snapshot, caller: &Caller, what: &What) -> Response {
        let pressed = |press: &Press| match commands::component(snapshot, &self.languages, caller, today(), press) {
            ComponentAnswer::Message(reply) => message(&reply),
            ComponentAnswer::Update(reply) => response(callback::UPDATE, &reply),
            ComponentAnswer::Delete => {
                Response { body: bare(callback::DEFERRED_UPDATE).into(), delete: true, ..empty() }
            }
        };
        match what {
            What::Ping => Response { body: bare(callback::PONG).into(), ..empty() },
            What::Command(invocation) => {
                message(&commands::answer(snapshot, &self.languages, caller, today(), invocation))
            }
            What::Complete(completing) => choices(
                completing
                    .as_ref()
                    .map_or(Vec::new(), |it| commands::autocomplete(snapshot, &self.languages, caller, it)),
            ),
            What::Press(press) => pressed(press),
            What::Unknown => pressed(&Press { custom_id: String::new(), values: Vec::new(), on_private: false }),
        }
    }

    /// Everything on which an answer depends besides the snapshot and who asked; none for what is not kept, such as an
    /// answer that addresses somebody, which nobody else will want.
    fn key(&self, received: &Received) -> Option<String> {
        let language = |public| self.languages.of(&received.caller, None, public).code();
        let mut key = String::with_capacity(KEY);
        // A command may depend on the day.
        text(&mut key, &today().to_string());
        key.extend([language(true), language(false)]);
        match &received.what {
            What::Command(invocation) => {
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
            }
            What::Press(press) => {
                key.push(if press.on_private { 'p' } else { 'q' });
                text(&mut key, &press.custom_id);
                press.values.iter().for_each(|value| text(&mut key, value));
            }
            What::Ping | What::Complete(_) | What::Unknown => return None,
        }
        Some(key)
    }
}

/// Room for most keys, in bytes.
const KEY: usize = 128;

/// Whether a limit holds for it.
fn is_costly(what: &What) -> bool {
    match what {
        What::Command(invocation) => commands::is_costly(invocation),
        What::Press(press) => commands::is_costly_component(press),
        What::Ping | What::Complete(_) | What::Unknown => false,
    }
}

/// The one thing in an answer that depends on who asked, as it stands there.
fn bin(caller: &Caller) -> String {
    CustomId::Delete { asker: caller.user }.encode(0)
}

/// Adds a text to a key so that no other text begins alike.
fn text(key: &mut String, text: &str) {
    // Writing to a string never fails.
    let _ = write!(key, "{}:{text}", text.len());
}

/// What a component does, by its `custom_id`.
fn pressed(custom_id: &str) -> &'static str {
    match custom_id.parse() {
        Ok(CustomId::Open { .. }) => "open",
        Ok(CustomId::Menu { .. }) => "menu",
        Ok(CustomId::Share { .. }) => "share",
        Ok(CustomId::Delete { .. }) => "delete",
        Err(_) if custom_id.starts_with(MARK) => ADMIN,
        Err(_) => OTHER,
    }
}

fn empty() -> Response {
    Response { body: Vec::new().into(), files: Vec::new(), delete: false, ending: Ending::Answered }
}

fn message(reply: &Reply) -> Response {
    response(callback::MESSAGE, reply)
}

fn response(kind: u8, reply: &Reply) -> Response {
    let body = body(kind, &reply.to_message()).into();
    Response { body, files: reply.files.clone(), ending: ending(reply), ..empty() }
}

/// What is said of the moderators' commands and components.
const ADMIN: &str = "admin";

/// What is said of commands and components that are not ours.
const OTHER: &str = "other";

/// The name of a subcommand as it is declared, so that no one else's words get into metrics.
fn name(name: &str) -> &'static str {
    if name == admin::ROOT {
        return ADMIN;
    }
    COMMANDS.iter().find(|command| command.name.fr == name).map_or(OTHER, |command| command.name.fr)
}

fn ending(reply: &Reply) -> Ending {
    match reply.kind {
        ReplyKind::Answer => Ending::Answered,
        ReplyKind::Question | ReplyKind::Refusal => Ending::Refused,
        ReplyKind::Apology => Ending::Failed,
    }
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
    Response { body: body(callback::CHOICES, &json!({ "choices": choices })).into(), ..empty() }
}

/// The body and files of the desk's first response.
pub fn first_response(first: &First) -> (Body, Vec<File>) {
    match first {
        First::Reply(reply) => {
            let response = message(reply);
            (response.body, response.files)
        }
        First::Choices(offered) => (choices(offered.clone()).body, Vec::new()),
        First::Defer => {
            (body(callback::DEFERRED_MESSAGE, &json!({ "flags": MessageFlags::EPHEMERAL.bits() })).into(), Vec::new())
        }
        First::DeferUpdate => (bare(callback::DEFERRED_UPDATE).into(), Vec::new()),
    }
}
