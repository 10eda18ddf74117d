//! From an interaction to what is sent back: a command decides, and here it is shown, once, in the right language.

use std::time::Duration;

use jiff::civil::Date;

use crate::catalogue::Language;
use crate::catalogue::fold::fold;
use crate::lookup::Finding;
use crate::reply::{Budget, Embed, Modal, Reply, colour, cut, escape};
use crate::snapshot::Snapshot;

use crate::commands::custom_id::{CustomId, UnknownCustomId};
use crate::commands::declaration::{ADDRESS, LANGUAGE, OptionKind, PRIVATE};
use crate::commands::entry;
use crate::commands::finding;
use crate::commands::list::{COMMANDS, MESSAGE_COMMANDS, ROOT};
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::{Autocomplete, Caller, Choice, Component, Invocation, Languages, TargetMessage};
use crate::commands::search;
use crate::commands::show::show;
use crate::commands::typed;
use crate::commands::view::View;

/// What a component leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComponentAnswer {
    /// A new message.
    Message(Reply),
    /// The message under which the component stands, changed in place.
    Update(Reply),
    /// That message, which only its asker sees, folded, and then its content for everyone.
    Share(Box<Shared>),
    /// A form that opens over it.
    Form(Modal),
    /// That message, deleted.
    Delete,
}

/// A private answer that is shared with everyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What becomes of the private copy.
    pub folded: Reply,
    /// What everyone sees.
    pub shown: Reply,
    /// The private copy as it was: what takes its place again, should the other not come to be seen.
    pub kept: Reply,
}

/// The language chosen for a slash command, if one was.
fn fixed(invocation: &Invocation) -> Option<Language> {
    invocation.text(LANGUAGE.name.fr).and_then(|code| code.parse().ok())
}

/// The language in which a slash command is answered, unless the answer turns out to be a refusal.
pub fn language(languages: &Languages, caller: &Caller, invocation: &Invocation) -> Language {
    languages.of(caller, fixed(invocation), !invocation.flag(PRIVATE.name.fr))
}

/// Answers a slash command, on a day.
pub fn answer(
    snapshot: &Snapshot,
    languages: &Languages,
    caller: &Caller,
    today: Date,
    invocation: &Invocation,
) -> Reply {
    let command = COMMANDS.iter().find(|command| command.name.fr == invocation.command);
    let apart = command.and_then(|command| typed::taken_apart(command, invocation));
    let invocation = apart.as_ref().unwrap_or(invocation);
    let fixed = fixed(invocation);
    let private = invocation.flag(PRIVATE.name.fr);
    let reader = Reader {
        snapshot,
        voice: snapshot.messages.voice(language(languages, caller, invocation)),
        fixed,
        asker: caller.user,
        private,
        today,
        face: Budget::FACE,
    };
    let decided = decide(&reader, invocation).and_then(|view| show(&reader, &view).map(|reply| (view, reply)));
    let (view, mut reply) = match decided {
        Ok(shown) => shown,
        // A refusal or a question back is private whatever was asked, and so is in the person's own language.
        Err(refusal) => return refusal.reply(&personal(reader, languages, caller)),
    };
    if let Some(person) = invocation.person(ADDRESS.name.fr).filter(|_| !reply.private) {
        reply.content = format!("<@{person}>");
        reply.ping = Some(person);
    }
    if let Some(typed) = guessed(&reader, invocation, &view) {
        let told = reader.voice.say_with("guessed", [("typed", escape(&cut(typed, GUESSED)).into())]);
        let content = [reply.content.as_str(), &format!("-# {told}")].join("\n").trim_start().to_owned();
        // What was asked for stays in view: where that takes all the room, it is shown in less.
        let high = Reply { content: content.clone(), ..reply.clone() }.height();
        if high > Budget::FACE.height {
            let height = (Budget::FACE.height + reply.height()).saturating_sub(high);
            let narrower = Reader { face: Budget { height, ..Budget::FACE }, ..reader };
            if let Ok(less) = show(&narrower, &view) {
                reply = Reply { content: reply.content, ping: reply.ping, ..less };
            }
        }
        let said = Reply { content, ..reply.clone() };
        if said.height() <= Budget::FACE.height {
            reply = said;
        }
    }
    reply
}

/// What a person typed for the entry that is answered, where that is no name of it and its name does not show it either:
/// "Bosnie" is seen in "Bosnie-Herzégovine", "Bosnei" is not.
fn guessed<'i>(reader: &Reader<'_>, invocation: &'i Invocation, view: &View) -> Option<&'i str> {
    let command = COMMANDS.iter().find(|command| command.name.fr == invocation.command)?;
    command.options.iter().find_map(|option| {
        let OptionKind::Entry(entity) = option.kind else { return None };
        let typed = invocation.text(option.name.fr)?;
        let (names, language) = (&reader.snapshot.names, reader.voice.language);
        if names.is_name(entity, typed, language) {
            return None;
        }
        let found = match view.entry() {
            Some((shown, id)) if shown == entity => id,
            _ => match names.find(entity, typed, language) {
                Finding::One(found) => found.id,
                _ => return None,
            },
        };
        let (shown, small) = entry::names(&reader.snapshot.catalogue, reader.voice, entity, found)?;
        let shown = fold(&format!("{shown} {}", small.unwrap_or_default()));
        let is_seen = |word: &str| shown.split(' ').any(|one| one.starts_with(word));
        let typed_words = fold(typed);
        (!typed_words.split(' ').all(is_seen)).then_some(typed)
    })
}

/// How much of what was typed is shown again where it was no name, in characters.
const GUESSED: usize = 60;

/// What a slash command shows.
fn decide(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    let command = COMMANDS.iter().find(|command| command.name.fr == invocation.command).ok_or_else(|| {
        let known = COMMANDS.iter().map(|command| command.name);
        Refusal::UnknownCommand { typed: invocation.command.clone(), root: ROOT, known: known.collect() }
    })?;
    match invocation.options.iter().find(|(name, value)| !command.takes(name, value)) {
        Some((option, _)) => Err(Refusal::Mistyped { option: option.clone() }),
        None => (command.answer)(reader, invocation),
    }
}

/// Answers a command on a message, on a day; it is called by its default name. The answer is private.
pub fn message_command(
    snapshot: &Snapshot,
    languages: &Languages,
    caller: &Caller,
    today: Date,
    name: &str,
    message: &TargetMessage,
) -> Reply {
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let reader = Reader { snapshot, voice, fixed: None, asker: caller.user, private: true, today, face: Budget::FACE };
    let command = MESSAGE_COMMANDS.iter().find(|command| command.name.fr == name);
    let decided = command.map(|command| (command.answer)(&reader, message)).unwrap_or_else(|| {
        let known = COMMANDS.iter().map(|command| command.name);
        Err(Refusal::UnknownCommand { typed: name.to_owned(), root: ROOT, known: known.collect() })
    });
    decided.and_then(|view| show(&reader, &view)).unwrap_or_else(|refusal| refusal.reply(&reader))
}

/// The reader of a private reply to the same person.
fn personal<'a>(reader: Reader<'a>, languages: &Languages, caller: &Caller) -> Reader<'a> {
    let language = languages.of(caller, reader.fixed, false);
    Reader { voice: reader.snapshot.messages.voice(language), private: true, ..reader }
}

/// Answers the use of a button or a menu, on a day.
pub fn component(
    snapshot: &Snapshot,
    languages: &Languages,
    caller: &Caller,
    today: Date,
    component: &Component,
) -> ComponentAnswer {
    let reader = |fixed: Option<Language>, private: bool| Reader {
        snapshot,
        voice: snapshot.messages.voice(languages.of(caller, fixed, !private)),
        fixed,
        asker: caller.user,
        private,
        today,
        face: Budget::FACE,
    };
    let refuse = |refusal: Refusal| ComponentAnswer::Message(refusal.reply(&reader(None, true)));
    let in_place = component.turns_in_place(caller);
    let open = |view: &View, fixed: Option<Language>| {
        match show(&reader(fixed, component.on_private || !in_place), view) {
            // On a public message anybody may press; what would disturb the others opens privately.
            Ok(reply) if in_place => ComponentAnswer::Update(reply),
            Ok(reply) => ComponentAnswer::Message(reply),
            Err(refusal) => {
                let reply = refusal.reply(&reader(fixed, true));
                // What leads nowhere does not take the place of a message that does, nor of one that others see.
                let leads_on = component.on_private && !reply.rows.is_empty();
                if leads_on { ComponentAnswer::Update(reply) } else { ComponentAnswer::Message(reply) }
            }
        }
    };
    match component.custom_id.parse() {
        Ok(CustomId::Open { view, fixed }) => open(&view, fixed),
        Ok(CustomId::Menu { fixed }) => match component.values.first().map(|value| value.parse()) {
            Some(Ok(view)) => open(&view, fixed),
            _ => refuse(Refusal::UnknownComponent),
        },
        Ok(CustomId::Share { view, fixed }) => match (show(&reader(fixed, false), &view), component.on_private) {
            (Ok(shown), true) => {
                let private = reader(fixed, true);
                let kept = show(&private, &view).unwrap_or_else(|refusal| refusal.reply(&private));
                ComponentAnswer::Share(Box::new(Shared { folded: folded(&private), shown, kept }))
            }
            (Ok(shown), false) => ComponentAnswer::Message(shown),
            (Err(refusal), _) => ComponentAnswer::Message(refusal.reply(&reader(fixed, true))),
        },
        Ok(CustomId::Report { view, fixed }) => match report::form(&reader(fixed, true), &view, &component.custom_id) {
            Ok(form) => ComponentAnswer::Form(form),
            Err(refusal) => refuse(refusal),
        },
        Ok(CustomId::Delete { asker }) if asker == caller.user || caller.may_delete => ComponentAnswer::Delete,
        Ok(CustomId::Delete { .. }) => refuse(Refusal::MayNotDelete),
        Err(UnknownCustomId) => refuse(Refusal::UnknownComponent),
    }
}

/// What is left of a private answer that was shared: a line.
fn folded(reader: &Reader<'_>) -> Reply {
    let embed = Embed::within(Budget::FACE, &[], colour::GENERAL, &reader.voice.say("shared"), "");
    Reply::of(embed).private()
}

/// What to offer while an option is typed: matches in all languages, labelled in the person's, whatever the other
/// options say, since Discord's client keeps completions when those change.
pub fn autocomplete(snapshot: &Snapshot, languages: &Languages, caller: &Caller, typing: &Autocomplete) -> Vec<Choice> {
    let command = COMMANDS.iter().find(|command| command.name.fr == typing.command);
    let option = command.and_then(|command| command.options.iter().find(|option| option.name.fr == typing.option));
    let entities = option.map(|option| option.kind.completed()).unwrap_or_default();
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let typed = command.map_or(typing.typed.as_str(), |command| typed::first_part(command, &typing.typed));
    finding::choices(snapshot, voice, &entities, typed)
}

/// The text that a slash command searches for, if it is a search.
pub fn searched(invocation: &Invocation) -> Option<&str> {
    search::searched(invocation)
}

/// Whether answering a slash command costs much more than looking something up.
pub fn is_costly(invocation: &Invocation) -> bool {
    COMMANDS.iter().any(|command| command.costly && command.name.fr == invocation.command)
}

/// Whether the answer to a component does: a picture, or a page of a search.
pub fn is_costly_component(component: &Component) -> bool {
    leads_to(component).is_some_and(|view| view.shows_picture() || matches!(view, View::Search { .. }))
}

/// What a component shows, if it shows a view.
fn leads_to(component: &Component) -> Option<View> {
    match component.custom_id.parse().ok()? {
        CustomId::Open { view, .. } | CustomId::Share { view, .. } => Some(view),
        CustomId::Menu { .. } => component.values.first()?.parse().ok(),
        CustomId::Report { .. } | CustomId::Delete { .. } => None,
    }
}

/// The answer to somebody who reports an error where nobody moderates.
pub fn nobody_reads(snapshot: &Snapshot, languages: &Languages, caller: &Caller, today: Date) -> Reply {
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let reader = Reader { snapshot, voice, fixed: None, asker: caller.user, private: true, today, face: Budget::FACE };
    Refusal::NobodyReads.reply(&reader)
}

/// The answer to somebody who asks too often.
pub fn slow_down(snapshot: &Snapshot, languages: &Languages, caller: &Caller, today: Date, wait: Duration) -> Reply {
    let voice = snapshot.messages.voice(languages.of(caller, None, false));
    let reader = Reader { snapshot, voice, fixed: None, asker: caller.user, private: true, today, face: Budget::FACE };
    Refusal::TooOften { wait }.reply(&reader)
}
