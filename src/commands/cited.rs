//! *Processus cités*, a command on any message: the processes, organisations, global meetings and terms that it names.

use crate::lookup::Entity;
use crate::reply::limits::MENU_OPTIONS;
use crate::reply::{Budget, Embed, Lines, MenuOption, Reply, colour};

use crate::commands::declaration::MessageCommand;
use crate::commands::entry;
use crate::commands::parameter::EntryMark;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::TargetMessage;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// *Processus cités*.
pub(super) static COMMAND: MessageCommand = MessageCommand {
    name: Wording { fr: "Processus cités", en: "Processes named", es: "Procesos citados" },
    key: "cites",
    answer,
};

/// So many entries have a line each.
const FEW: usize = 8;

fn answer(reader: &Reader<'_>, message: &TargetMessage) -> Result<View, Refusal> {
    if message.text.trim().is_empty() {
        return Err(Refusal::NothingToRead);
    }
    let named = reader.snapshot.cited.find(&reader.snapshot.catalogue, &message.text);
    if named.is_empty() {
        return Err(Refusal::NothingNamed);
    }
    let entries = named.iter().take(MENU_OPTIONS).map(|(entity, id)| EntryMark::of(*entity, id)).collect();
    Ok(View::Cited { more: named.len().saturating_sub(MENU_OPTIONS), entries })
}

/// What a message names, by kind, each with what it is, and a menu that opens it. `more`: how many it names besides, for
/// which the menu has no room.
pub(super) fn show(reader: &Reader<'_>, more: usize, entries: &[EntryMark]) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let named = EntryMark::find(catalogue, entries);
    let options: Vec<(Entity, MenuOption)> = named
        .into_iter()
        .filter_map(|(entity, id)| Some((entity, entry::option(reader.snapshot, voice, entity, id)?)))
        .collect();
    if options.is_empty() {
        return Err(Refusal::EntryGone);
    }
    let view = View::Cited { more, entries: entries.to_vec() };
    let menu = reader.menu(0, &voice.say("menu-open"), options.iter().map(|(_, option)| option.clone()).collect());
    let rows = Rows::default().menu(menu).buttons(vec![reader.share_or_delete(view)]);
    let title = voice.say_with("cited-title", [("count", (options.len() + more).into())]);
    let footer = match more {
        0 => String::new(),
        more => voice.say_with("cited-more", [("count", more.into())]),
    };
    let mut embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &title, &footer);
    for kind in EntryMark::KINDS {
        let of_kind = options.iter().filter(|(entity, _)| *entity == kind);
        // The menu has the mark of each and says what it means.
        let lines: Vec<String> = of_kind.map(|(_, option)| format!("**{}**", option.label)).collect();
        if !lines.is_empty() {
            let heading = voice.say(&format!("cited-{}", entry::key(kind)));
            // Few stand one below the other; of many some stand in a line, so that every kind is seen.
            let lines = if options.len() <= FEW { Lines::below(lines) } else { Lines::beside(lines) };
            embed = embed.items(&heading, lines);
        }
    }
    Ok(reader.reply(embed, rows))
}
