//! From an interaction to what is sent back first: the same for every way in.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tracing::{Span, debug, error, info_span};

use crate::admin;
use crate::admin::{First, MARK};
use crate::catalogue::Language;
use crate::clock::today;
use crate::commands::{
    self, COMMANDS, Caller, Choice, Component, ComponentAnswer, CustomId, Interaction, InteractionData, Invocation,
    Languages, MESSAGE_COMMANDS, ROOT, Shared, Value,
};
use crate::reply::{File, Reply, ReplyKind};
use crate::snapshot::{Live, Snapshot};
use crate::telemetry::{VainSearches, metrics};
use crate::transport::answer_cache::{AnswerCache, Body};
use crate::transport::callback;
use crate::transport::rate_limit::RateLimit;

/// Answers interactions: everything that a transport needs but the way to send.
pub struct Responder {
    live: Arc<Live>,
    languages: Languages,
    rate_limit: Option<RateLimit>,
    cache: Option<AnswerCache>,
    vain: Arc<VainSearches>,
}

/// What is to be sent back.
#[derive(Clone, Debug)]
pub struct Response {
    /// The callback's body, JSON.
    pub body: Body,
    /// The files sent with it.
    pub files: Vec<File>,
    /// Whether the message is to be deleted afterwards.
    pub delete: bool,
    /// What is to be shown to everyone afterwards, if anything.
    pub share: Option<Box<Shared>>,
    /// What shows pictures that are still to be drawn, if anything: it cannot be sent before.
    pub due: Option<Box<Due>>,
    /// How it ended, as far as it depends on us.
    pub ending: Ending,
}

/// A reply whose pictures are still to be drawn.
#[derive(Clone, Debug)]
pub struct Due {
    reply: Reply,
    write: fn(&Reply) -> Vec<u8>,
}

/// A reply with its pictures, which takes some ten milliseconds; without those that fail.
pub fn drawn(mut reply: Reply) -> Reply {
    let pictures = reply.pictures().count();
    let failed = reply.draw();
    for reason in &failed {
        error!(reason, "a picture could not be drawn; the answer goes without it");
    }
    metrics::pictures(pictures - failed.len(), failed.len());
    reply
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
pub struct MetricLabels {
    /// The kind of interaction.
    pub kind: &'static str,
    /// The subcommand, or what a component does; empty for a ping.
    pub command: &'static str,
    /// The language of the reply; of a component's reply, the person's own.
    pub language: Language,
}

impl MetricLabels {
    /// The span in which an interaction is dealt with.
    pub fn span(&self, id: u64) -> Span {
        let MetricLabels { kind, command, language } = *self;
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

impl Responder {
    /// A responder that answers from what is being served.
    pub fn new(live: Arc<Live>, languages: Languages) -> Responder {
        let (cache, vain) = (Some(AnswerCache::default()), Arc::default());
        Responder { live, languages, rate_limit: None, cache, vain }
    }

    /// The same, with a limit on what costs much, for each person.
    pub fn with_rate_limit(self, rate_limit: RateLimit) -> Responder {
        Responder { rate_limit: Some(rate_limit), ..self }
    }

    /// The same, counting what is searched in vain there.
    pub fn with_vain_searches(self, vain: Arc<VainSearches>) -> Responder {
        Responder { vain, ..self }
    }

    /// The same, but every answer is made anew.
    pub fn without_cache(self) -> Responder {
        Responder { cache: None, ..self }
    }

    /// What is being served.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// What was searched in vain.
    pub fn vain_searches(&self) -> &Arc<VainSearches> {
        &self.vain
    }

    /// What an interaction is about.
    pub fn about(&self, interaction: &Interaction) -> MetricLabels {
        let Interaction { caller, root, data, .. } = interaction;
        let personal = self.languages.of(caller, None, false);
        let (kind, command, language) = match data {
            InteractionData::Command(invocation) if root == ROOT => {
                let language = commands::language(&self.languages, caller, invocation);
                ("command", name(&invocation.command), language)
            }
            InteractionData::Command(_) => ("command", name(root), personal),
            InteractionData::Autocomplete(Some(typing)) if root == ROOT => {
                ("autocomplete", name(&typing.command), personal)
            }
            InteractionData::Autocomplete(_) => ("autocomplete", name(root), personal),
            InteractionData::MessageCommand(_) => {
                let command = MESSAGE_COMMANDS.iter().find(|command| command.name.fr == root);
                ("message", command.map_or(OTHER, |command| command.key), personal)
            }
            InteractionData::Component(component) => ("component", pressed(&component.custom_id), personal),
            InteractionData::Modal(form) => ("modal", pressed(&form.custom_id), personal),
            InteractionData::Ping => ("ping", "", personal),
            InteractionData::Unknown | InteractionData::Unreadable => (OTHER, OTHER, personal),
        };
        MetricLabels { kind, command, language }
    }

    /// The response to an interaction. A panic on the way becomes an apology.
    pub fn respond(&self, interaction: &Interaction) -> Response {
        let snapshot = self.live.snapshot();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(&snapshot, interaction)));
        answered.unwrap_or_else(|panic| {
            let reason =
                panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            error!(interaction.id = interaction.id, reason = reason.unwrap_or("unknown"), "answering panicked");
            self.apologise(interaction)
        })
    }

    /// The response to an interaction that cannot be answered for a reason of ours.
    pub fn apologise(&self, interaction: &Interaction) -> Response {
        match interaction.data {
            InteractionData::Autocomplete(_) => Response { ending: Ending::Failed, ..choices(&[]) },
            _ => message(&self.apology(interaction)),
        }
    }

    /// The apology to who asked, with the number under which the log tells why.
    pub fn apology(&self, interaction: &Interaction) -> Reply {
        let snapshot = self.live.snapshot();
        let voice = snapshot.messages.voice(self.languages.of(&interaction.caller, None, false));
        commands::apology(voice, &interaction.id.to_string())
    }

    fn answer(&self, snapshot: &Snapshot, interaction: &Interaction) -> Response {
        let caller = &interaction.caller;
        if is_costly(interaction)
            && let Some(rate_limit) = &self.rate_limit
            && let Some(wait) = rate_limit.wait(caller.user)
        {
            return message(&commands::slow_down(snapshot, &self.languages, caller, today(), wait));
        }
        let cached = self.cache.as_ref().zip(self.key(snapshot, interaction));
        let Some((cache, key)) = cached else { return self.make(snapshot, interaction) };
        if let Some(body) = cache.get(&key, delete_button(caller)) {
            return Response::with(body);
        }
        let made = self.make(snapshot, interaction);
        let whole = made.files.is_empty() && made.due.is_none() && !made.delete && made.share.is_none();
        if made.ending == Ending::Answered && whole {
            cache.keep(key, &made.body.whole(), &delete_button(caller));
        }
        made
    }

    /// The answer to an interaction, if it was made lately and is there to be had without limit. It does not fail.
    pub fn cached(&self, interaction: &Interaction) -> Option<Response> {
        if is_costly(interaction) && self.rate_limit.is_some() {
            return None;
        }
        let key = self.key(&self.live.look(), interaction)?;
        let body = self.cache.as_ref()?.get(&key, delete_button(&interaction.caller))?;
        Some(Response::with(body))
    }

    /// Makes an answer that is not there yet.
    fn make(&self, snapshot: &Snapshot, interaction: &Interaction) -> Response {
        let Interaction { caller, root, data, .. } = interaction;
        let of_component =
            |component: &Component| match commands::component(snapshot, &self.languages, caller, today(), component) {
                ComponentAnswer::Message(reply) => message(&reply),
                ComponentAnswer::Update(reply) => Response::showing(&reply, |reply| callback::update(reply).bytes()),
                ComponentAnswer::Share(shared) => {
                    let body = callback::update(&shared.folded).bytes();
                    Response { share: Some(shared), ..Response::with(body.into()) }
                }
                ComponentAnswer::Form(form) => Response::with(callback::modal(&form).bytes().into()),
                ComponentAnswer::Delete => {
                    Response { delete: true, ..Response::with(callback::deferred_update().bytes().into()) }
                }
            };
        let answer = |invocation: &Invocation| {
            let reply = commands::answer(snapshot, &self.languages, caller, today(), invocation);
            if let Some(text) = commands::searched(invocation).filter(|_| reply.kind == ReplyKind::Refusal) {
                self.vain.note(text);
            }
            message(&reply)
        };
        match data {
            InteractionData::Ping => Response::with(callback::pong().bytes().into()),
            InteractionData::Command(invocation) if root == ROOT && !invocation.command.is_empty() => {
                answer(invocation)
            }
            // Another root command is told as a command that is not there.
            InteractionData::Command(_) => answer(&Invocation { command: root.clone(), options: Vec::new() }),
            InteractionData::Autocomplete(Some(typing)) if root == ROOT => {
                choices(&commands::autocomplete(snapshot, &self.languages, caller, typing))
            }
            InteractionData::Autocomplete(_) => choices(&[]),
            InteractionData::MessageCommand(target) => {
                message(&commands::message_command(snapshot, &self.languages, caller, today(), root, target))
            }
            InteractionData::Component(component) => of_component(component),
            InteractionData::Modal(form) if commands::is_report(&form.custom_id) => {
                message(&commands::nobody_reads(snapshot, &self.languages, caller, today()))
            }
            InteractionData::Modal(_) | InteractionData::Unknown => of_component(&Component::default()),
            InteractionData::Unreadable => self.apologise(interaction),
        }
    }

    /// Everything on which an answer depends besides who asked; none for what is not kept, such as an answer that
    /// addresses somebody, which nobody else will want.
    fn key(&self, snapshot: &Snapshot, interaction: &Interaction) -> Option<String> {
        let language = |public| self.languages.of(&interaction.caller, None, public).code();
        let mut key = String::with_capacity(KEY);
        // What is kept of a snapshot is not asked for any more when another is served.
        let _ = write!(key, "{:x}:", snapshot.loaded.as_nanosecond());
        // A command may depend on the day.
        text(&mut key, &today().to_string());
        key.extend([language(true), language(false)]);
        match &interaction.data {
            InteractionData::Command(invocation) => {
                text(&mut key, &interaction.root);
                text(&mut key, &invocation.command);
                for (name, value) in &invocation.options {
                    text(&mut key, name);
                    match value {
                        Value::Text(value) => text(&mut key, value),
                        Value::Flag(flag) => key.push(if *flag { '+' } else { '-' }),
                        Value::Other => key.push('?'),
                        Value::Person(_) | Value::File(_) => return None,
                    }
                }
            }
            InteractionData::Component(component) => {
                key.push(match (component.on_private, component.turns_in_place(&interaction.caller)) {
                    (true, _) => 'p',
                    (false, true) => 'r',
                    (false, false) => 'q',
                });
                text(&mut key, &component.custom_id);
                component.values.iter().for_each(|value| text(&mut key, value));
            }
            _ => return None,
        }
        Some(key)
    }
}

/// Room for most keys, in bytes.
const KEY: usize = 128;

/// Whether an interaction is for the moderators' commands, where there are any.
pub fn is_for_moderation(interaction: &Interaction) -> bool {
    match &interaction.data {
        InteractionData::Component(component) => component.custom_id.starts_with(MARK),
        InteractionData::Modal(form) => form.custom_id.starts_with(MARK) || commands::is_report(&form.custom_id),
        _ => interaction.root == admin::ROOT,
    }
}

/// Whether a limit holds for it.
fn is_costly(interaction: &Interaction) -> bool {
    match &interaction.data {
        InteractionData::Command(invocation) => interaction.root == ROOT && commands::is_costly(invocation),
        InteractionData::Component(component) => commands::is_costly_component(component),
        _ => false,
    }
}

/// The one thing in an answer that depends on who asked, as it stands there.
fn delete_button(caller: &Caller) -> String {
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
        Ok(CustomId::Report { .. }) => "report",
        Err(_) if custom_id.starts_with(MARK) => ADMIN,
        Err(_) => OTHER,
    }
}

impl Response {
    /// An answer that needs nothing but this body.
    fn with(body: Body) -> Response {
        Response { body, files: Vec::new(), delete: false, share: None, due: None, ending: Ending::Answered }
    }

    /// An answer that shows a reply, written in this way.
    fn showing(reply: &Reply, write: fn(&Reply) -> Vec<u8>) -> Response {
        let due = reply.is_due().then(|| Box::new(Due { reply: reply.clone(), write }));
        let files = if due.is_none() { reply.attachments() } else { Vec::new() };
        Response { files, due, ending: ending(reply), ..Response::with(write(reply).into()) }
    }

    /// The same with its pictures, drawn here and now, which takes some ten milliseconds; without those that fail.
    pub fn drawn(mut self) -> Response {
        match self.due.take() {
            Some(due) => self.shown(&Due { reply: drawn(due.reply), ..*due }),
            None => self,
        }
    }

    /// The same without the pictures that are not drawn: their alternative text takes their place.
    pub fn without_due(mut self) -> Response {
        match self.due.take() {
            Some(due) => self.shown(&Due { reply: due.reply.without_due(), ..*due }),
            None => self,
        }
    }

    fn shown(self, due: &Due) -> Response {
        Response { body: (due.write)(&due.reply).into(), files: due.reply.attachments(), ..self }
    }

    /// What moderators are answered first.
    pub fn of(first: &First) -> Response {
        match first {
            First::Reply(reply) => Response { ending: Ending::Answered, ..message(reply) },
            First::Choices(offered) => choices(offered),
            First::Form(form) => Response::with(callback::modal(form).bytes().into()),
            First::Defer => Response::with(callback::deferred_message().bytes().into()),
            First::DeferUpdate => Response::with(callback::deferred_update().bytes().into()),
        }
    }
}

fn message(reply: &Reply) -> Response {
    Response::showing(reply, |reply| callback::message(reply).bytes())
}

fn choices(offered: &[Choice]) -> Response {
    Response::with(callback::choices(offered).bytes().into())
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
