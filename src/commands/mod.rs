//! The commands: one file for each subcommand of `/rcp`, and what they have in common.
//!
//! [`COMMANDS`] is the one list from which the registration, the help, `ask`'s parsing and the dispatch all come. A
//! command is a plain function of a snapshot and a request to a reply: no input or output, no locks, nothing async.

mod declare;
mod finding;
mod parts;
mod request;
mod typed;
mod view;

mod apropos;
mod glossaire;
mod info;
mod oim;
mod pays;
mod recherche;
mod region;
mod reunions;
mod secretariats;

pub use declare::{
    Command, CommandOption, Form, LANGUAGE, Wording, option_json, plain_option_json, root_json, subcommand_json, tree,
};
pub use info::card;
pub use request::{Caller, Choice, Completing, Invocation, Languages, Press, Value};
pub use typed::{Mistyped, parse};
pub use view::{Foreign, Section, Target, View};

use std::time::Duration;

use crate::catalogue::Language;
use crate::language::Voice;
use crate::reply::limits::CHOICES;
use crate::reply::{Embed, Reply, colour, cut, escape};
use crate::snapshot::Snapshot;

/// The root command for everyone.
pub const ROOT: &str = "rcp";

/// Every subcommand of `/rcp`, in the order in which help lists them.
pub static COMMANDS: [&Command; 9] = [
    &region::COMMAND,
    &info::COMMAND,
    &pays::COMMAND,
    &secretariats::COMMAND,
    &oim::COMMAND,
    &reunions::COMMAND,
    &recherche::COMMAND,
    &glossaire::COMMAND,
    &apropos::COMMAND,
];

/// For whom a reply is written.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The snapshot from which everything in the reply comes.
    pub snapshot: &'a Snapshot,
    /// Speaks the reply's language.
    pub voice: Voice<'a>,
    /// The language that buttons keep, when it was chosen on purpose and is not merely the reader's own.
    pub fixed: Option<Language>,
    /// Who asked.
    pub asker: u64,
    /// Whether only the asker will see it.
    pub private: bool,
}

/// What an interaction leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new message.
    Reply(Reply),
    /// The message under which the component stands, changed in place.
    Update(Reply),
    /// That message, deleted.
    Delete,
}

/// The language chosen for a slash command, if one was.
fn fixed(invocation: &Invocation) -> Option<Language> {
    invocation.text(declare::LANGUAGE.name.fr).and_then(|code| code.parse().ok())
}

/// The language in which a slash command is answered, unless the answer turns out to be a refusal.
pub fn language(languages: &Languages, caller: &Caller, invocation: &Invocation) -> Language {
    languages.of(caller, fixed(invocation), !invocation.flag(declare::PRIVATE.name.fr))
}

/// Answers a slash command.
pub fn answer(snapshot: &Snapshot, languages: &Languages, caller: &Caller, invocation: &Invocation) -> Reply {
    let fixed = fixed(invocation);
    let private = invocation.flag(declare::PRIVATE.name.fr);
    let reader = Reader {
        snapshot,
        voice: snapshot.messages.voice(language(languages, caller, invocation)),
        fixed,
        asker: caller.user,
        private,
    };
    let command = COMMANDS.iter().find(|command| command.name.fr == invocation.command);
    let Some(command) = command else {
        return unknown_command(&personal(reader, languages, caller), &invocation.command);
    };
    if let Some(option) = invocation.options.iter().find(|(name, value)| !command.takes(name, value)) {
        return mistyped(&personal(reader, languages, caller), &option.0);
    }
    let mut reply = (command.answer)(&reader, invocation);
    if reply.private && !private {
        // A refusal or a question back is private whatever was asked, and so is in the person's own language.
        reply = (command.answer)(&personal(reader, languages, caller), invocation);
    }
    match invocation.person(declare::ADDRESS.name.fr) {
        Some(person) if !reply.private => {
            reply.content = format!("<@{person}>");
            reply.ping = Some(person);
        }
        _ => {}
    }
    reply
}

/// The reader of a private reply to the same person.
fn personal<'a>(reader: Reader<'a>, languages: &Languages, caller: &Caller) -> Reader<'a> {
    let language = languages.of(caller, reader.fixed, false);
    Reader { voice: reader.snapshot.messages.voice(language), private: true, ..reader }
}

/// Answers the press of a button or the choice from a menu.
pub fn press(snapshot: &Snapshot, languages: &Languages, caller: &Caller, press: &Press) -> Outcome {
    let reader = |fixed: Option<Language>, private: bool| Reader {
        snapshot,
        voice: snapshot.messages.voice(languages.of(caller, fixed, !private)),
        fixed,
        asker: caller.user,
        private,
    };
    let open = |view: &View, fixed: Option<Language>| {
        let reply = show(&reader(fixed, true), view).private();
        // On a public message anybody may press; what would disturb the others opens privately. What leads nowhere
        // does not take the place of a message that does.
        let in_place = press.on_private && !reply.rows.is_empty();
        if in_place { Outcome::Update(reply) } else { Outcome::Reply(reply) }
    };
    let foreign = || Outcome::Reply(refusal(&reader(None, true), "press-foreign", "press-foreign-help"));
    match press.custom_id.parse() {
        Ok(Target::Open { view, fixed }) => open(&view, fixed),
        Ok(Target::Menu { fixed }) => match press.values.first().map(|value| value.parse()) {
            Some(Ok(view)) => open(&view, fixed),
            _ => foreign(),
        },
        Ok(Target::Share { view, fixed }) => Outcome::Reply(show(&reader(fixed, false), &view)),
        Ok(Target::Delete { asker }) if asker == caller.user || caller.may_delete => Outcome::Delete,
        Ok(Target::Delete { .. }) => {
            Outcome::Reply(refusal(&reader(None, true), "delete-refused", "delete-refused-help"))
        }
        Err(Foreign) => foreign(),
    }
}

/// What to offer while an option is typed: matches in all languages, labelled in the person's, whatever the other
/// options say, since Discord's client keeps completions when those change.
pub fn complete(snapshot: &Snapshot, languages: &Languages, caller: &Caller, completing: &Completing) -> Vec<Choice> {
    let command = COMMANDS.iter().find(|command| command.name.fr == completing.command);
    let option = command.and_then(|command| command.options.iter().find(|option| option.name.fr == completing.option));
    let Some(Form::Entry(entity)) = option.map(|option| option.form) else { return Vec::new() };
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let mut choices = finding::complete(snapshot, voice, entity, &completing.typed);
    choices.truncate(CHOICES);
    choices
}

/// Shows a view. One whose entry is gone says so.
pub fn show(reader: &Reader<'_>, view: &View) -> Reply {
    let shown = match view {
        View::Region { id, page } => region::show(reader, id, *page),
        View::Process { id } => info::show(reader, id),
        View::Members { id, page } => info::members(reader, id, *page),
        View::Sources { id, page } => info::sources(reader, id, *page),
        View::Country { code } => pays::show(reader, code),
        View::Secretariats { page } => Some(secretariats::overview(reader, *page)),
        View::Organisation { id } => secretariats::show(reader, id),
        View::Iom => Some(oim::show(reader)),
        View::Meetings => Some(reunions::timeline(reader)),
        View::Meeting { id } => reunions::show(reader, id),
        View::About { section } => Some(apropos::show(reader, *section)),
        View::Glossary { page } => Some(glossaire::list(reader, *page)),
        View::Term { id } => glossaire::show(reader, id),
        View::Search { query, region, status, page } => {
            Some(recherche::show(reader, query, region.as_deref(), *status, *page))
        }
    };
    shown.unwrap_or_else(|| refusal(reader, "entry-gone", "entry-gone-help"))
}

/// A private reply that says what is wrong and what to do.
pub fn refusal(reader: &Reader<'_>, title: &str, help: &str) -> Reply {
    refusal_with(&reader.voice.say(title), &reader.voice.say(help))
}

/// The same, with words already chosen.
fn refusal_with(title: &str, text: &str) -> Reply {
    Reply::of(Embed::new(colour::REFUSAL, title).description(text)).private()
}

/// Whether answering a slash command costs much more than looking something up.
pub fn is_costly(invocation: &Invocation) -> bool {
    invocation.command == recherche::COMMAND.name.fr
}

/// Whether the answer to a press does.
pub fn is_costly_press(press: &Press) -> bool {
    match press.custom_id.parse() {
        Ok(Target::Open { view, .. } | Target::Share { view, .. }) => matches!(view, View::Search { .. }),
        _ => false,
    }
}

/// The answer to somebody who asks too often.
pub fn slow_down(snapshot: &Snapshot, languages: &Languages, caller: &Caller, wait: Duration) -> Reply {
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let text = voice.say_with("slow-down-help", [("seconds", wait.as_secs().saturating_add(1).into())]);
    Reply::of(Embed::new(colour::REFUSAL, &voice.say("slow-down")).description(&text)).private()
}

/// The apology when answering failed for a reason of ours. It names the interaction, so that an operator finds it.
pub fn apology(voice: Voice<'_>, interaction: &str) -> Reply {
    let text = voice.say_with("apology-text", [("id", interaction.into())]);
    Reply::of(Embed::new(colour::REFUSAL, &voice.say("apology")).description(&text)).private()
}

/// An option that the command does not have, or not with such a value: Discord sends none such, others may.
fn mistyped(reader: &Reader<'_>, option: &str) -> Reply {
    let title = reader.voice.say_with("option-mistyped", [("option", escape(&cut(option, 40)).into())]);
    refusal_with(&title, &reader.voice.say("option-mistyped-help"))
}

fn unknown_command(reader: &Reader<'_>, typed: &str) -> Reply {
    let language = reader.voice.language;
    let names: Vec<String> = COMMANDS.iter().map(|command| format!("/{ROOT} {}", command.name.get(language))).collect();
    let title = reader.voice.say_with("unknown-command", [("typed", escape(&cut(typed, 60)).into())]);
    refusal_with(&title, &reader.voice.say_with("unknown-command-help", [("commands", names.join(", ").into())]))
}
