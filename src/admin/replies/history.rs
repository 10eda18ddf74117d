//! The revisions: what each changed, in words, by whom, why; what differs between any two; taking one back.

use crate::catalogue::Difference;
use crate::language::Voice;
use crate::reply::{Button, Menu, MenuOption, Reply, ReplyKind, Style, colour, cut, escape};
use crate::snapshot::Snapshot;

use crate::admin::button::AdminButton;
use crate::admin::replies::common::{told_with, who};
use crate::admin::replies::difference::with_difference;
use crate::admin::words::{changed, quoted};
use crate::publishing::{Actor, Meta, RestorePreview};

/// The revisions on a page of the history, and how much of each line is shown, in characters: as many as always fit.
const PAGE: usize = 4;
const WORDS: usize = 60;
const WHY: usize = 50;

/// How many revisions a menu offers; Discord takes 25.
const OFFERED: usize = 25;

/// A revision as one plain line, for a completion.
pub(crate) fn revision_line(snapshot: &Snapshot, voice: Voice<'_>, meta: &Meta) -> String {
    let name = match &meta.actor {
        Actor::Person { name, .. } => name.clone(),
        other => who(voice, other),
    };
    let words = changed(&snapshot.catalogue, voice, meta);
    // The end is what a choice has no room for; the reason is searched in all the same.
    let line = format!("{} · {} · {} · {name}", meta.number, cut(&words, WORDS), minute(meta));
    if meta.told.reason.is_empty() { line } else { format!("{line} · {}", meta.told.reason) }
}

/// When a revision was made, to the minute, where Discord shows no time of its own.
fn minute(meta: &Meta) -> String {
    format!("{} UTC", meta.time.chars().take(16).collect::<String>().replace('T', " "))
}

/// A revision in a few lines of a message: what it changed; who made it, when, and the reason given.
pub(crate) fn revision_in_message(snapshot: &Snapshot, voice: Voice<'_>, meta: &Meta) -> String {
    let words = escape(&cut(&changed(&snapshot.catalogue, voice, meta), 2 * WORDS));
    let when = format!("<t:{}:f>", meta.seconds());
    let reason = quoted(voice, &meta.told.reason);
    let reason = if reason.is_empty() { String::new() } else { format!("\n{reason}") };
    format!("**{}** · {words}\n-# {} · {when}{reason}", meta.number, who(voice, &meta.actor))
}

/// The same in two lines of a list.
fn in_list(snapshot: &Snapshot, voice: Voice<'_>, meta: &Meta, served: bool) -> String {
    let words = escape(&cut(&changed(&snapshot.catalogue, voice, meta), WORDS));
    let mark = if served { format!(" {}", voice.say("admin-served")) } else { String::new() };
    let reason = quoted(voice, &cut(&meta.told.reason, WHY));
    let reason = if reason.is_empty() { String::new() } else { format!(" · {reason}") };
    let when = format!("<t:{}:R>", meta.seconds());
    format!("**{}** · {words}{mark}\n-# {} · {when}{reason}", meta.number, who(voice, &meta.actor))
}

/// A page of the history.
pub(crate) fn history(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    all: &[(u64, Option<Meta>)],
    page: usize,
    served: Option<u64>,
) -> Reply {
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let here: Vec<&(u64, Option<Meta>)> = all.iter().skip(page * PAGE).take(PAGE).collect();
    let shown: Vec<String> = here
        .iter()
        .map(|(number, meta)| match meta {
            Some(meta) => in_list(snapshot, voice, meta, served == Some(*number)),
            None => voice.say_with("admin-damaged", [("number", number.to_string().into())]),
        })
        .collect();
    let text = if shown.is_empty() { voice.say("admin-history-empty") } else { shown.join("\n") };
    let reply = told_with(ReplyKind::Answer, &voice.say("admin-history"), &text);
    let to = |number: u64| AdminButton::Revision { number };
    let options = here.iter().filter_map(|(number, meta)| option(snapshot, voice, meta.as_ref()?, &to(*number)));
    let reply = reply.menu(menu(voice, "menu-revision", options.collect()));
    if pages < 2 {
        return reply;
    }
    let to = |number: usize, page: usize| AdminButton::History { page }.encode(number);
    let here = voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
    reply.buttons(vec![
        Button::press(String::new(), to(0, 0)).emoji("⏮️").disabled(page == 0),
        Button::press(String::new(), to(1, page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
        Button::press(here, to(2, page)).disabled(true),
        Button::press(String::new(), to(3, (page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
        Button::press(String::new(), to(4, pages - 1)).emoji("⏭️").disabled(page + 1 >= pages),
    ])
}

fn option(snapshot: &Snapshot, voice: Voice<'_>, meta: &Meta, to: &AdminButton) -> Option<MenuOption> {
    let words = cut(&changed(&snapshot.catalogue, voice, meta), WORDS);
    let label = voice.say_with("origin-revision", [("number", meta.number.to_string().into())]);
    let description = format!("{words} · {}", minute(meta));
    Some(MenuOption { label, value: to.encode(0), description, emoji: None })
}

fn menu(voice: Voice<'_>, placeholder: &str, options: Vec<MenuOption>) -> Menu {
    Menu { custom_id: AdminButton::Menu.encode(0), placeholder: voice.say(placeholder), options }
}

/// What differs between two revisions.
pub(crate) struct Compared<'m> {
    /// The older one.
    pub(crate) old: &'m Meta,
    /// The newer one.
    pub(crate) new: &'m Meta,
    /// What has to be done to the older one to make it the newer one.
    pub(crate) difference: &'m Difference,
}

/// What differs between two revisions, with the ways to compare with others, to take the newer one back, and to the list.
pub(crate) fn compared(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    compared: &Compared<'_>,
    all: &[(u64, Option<Meta>)],
    served: Option<u64>,
) -> Reply {
    let Compared { old, new, difference } = compared;
    let values = [("old", old.number.to_string().into()), ("new", new.number.to_string().into())];
    let title = voice.say_with("admin-compared", values);
    let above = revision_in_message(snapshot, voice, new);
    let look = (ReplyKind::Answer, colour::GENERAL);
    let reply = with_difference(voice, look, &title, &above, difference, None);
    let others = all.iter().filter(|(number, _)| *number != new.number && *number != old.number);
    let options = others.take(OFFERED).filter_map(|(number, meta)| {
        let to = AdminButton::Compare { old: (*number).min(new.number), new: (*number).max(new.number) };
        option(snapshot, voice, meta.as_ref()?, &to)
    });
    let place = all.iter().position(|(number, _)| *number == new.number).unwrap_or_default();
    let mut buttons = Vec::new();
    if served != Some(new.number) {
        let label = voice.say_with("admin-button-restore-one", [("number", new.number.to_string().into())]);
        buttons.push(Button::press(label, AdminButton::Preview { number: new.number }.encode(0)));
    }
    let back = AdminButton::History { page: place / PAGE };
    buttons.push(Button::press(voice.say("admin-button-history"), back.encode(1)));
    reply.menu(menu(voice, "menu-compare", options.collect())).buttons(buttons)
}

/// A revision before which there is none.
pub(crate) fn first(snapshot: &Snapshot, voice: Voice<'_>, meta: &Meta) -> Reply {
    let title = voice.say_with("origin-revision", [("number", meta.number.to_string().into())]);
    let text = format!("{}\n{}", revision_in_message(snapshot, voice, meta), voice.say("admin-first-revision"));
    let back = Button::press(voice.say("admin-button-history"), AdminButton::History { page: 0 }.encode(1));
    let preview = AdminButton::Preview { number: meta.number }.encode(0);
    let label = voice.say_with("admin-button-restore-one", [("number", meta.number.to_string().into())]);
    told_with(ReplyKind::Answer, &title, &text).buttons(vec![Button::press(label, preview), back])
}

/// What taking back a revision would change, and the question whether to.
pub(crate) fn restoring(snapshot: &Snapshot, voice: Voice<'_>, previewed: &RestorePreview, base: &str) -> Reply {
    let number = previewed.meta.number;
    let title = voice.say_with("admin-restore", [("number", number.to_string().into())]);
    let revision = revision_in_message(snapshot, voice, &previewed.meta);
    let above = format!("{revision}\n{}", voice.say("admin-restore-text"));
    let restore = AdminButton::Restore { number, base: base.to_owned() };
    let buttons = vec![
        Button::press(voice.say("admin-button-restore"), restore.encode(0)).style(Style::Danger),
        Button::press(voice.say("admin-button-cancel"), AdminButton::Cancel.encode(1)),
    ];
    let look = (ReplyKind::Question, colour::GENERAL);
    with_difference(voice, look, &title, &above, &previewed.difference, None).buttons(buttons)
}
