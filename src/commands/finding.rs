//! From what a person typed to an entry: one is answered, several are offered, none gets the nearest.

use crate::catalogue::Catalogue;
use crate::language::{Voice, flag};
use crate::lookup::{Candidate, Entity, Finding};
use crate::reply::limits::{CHOICE_TEXT, CHOICES, MENU_TEXT};
use crate::reply::{Embed, Menu, MenuOption, Reply, colour, cut, escape};
use crate::snapshot::Snapshot;

use super::request::Choice;
use super::view::{Target, View};
use super::{Reader, refusal, show};

/// How much of what a person typed is shown back, in characters.
const SHOWN_QUERY: usize = 80;

/// The view of an entry.
pub fn view(entity: Entity, id: &str) -> View {
    let id = id.to_owned();
    match entity {
        Entity::Process => View::Process { id },
        Entity::Region => View::Region { id, page: 0 },
        Entity::Country => View::Country { code: id },
        Entity::Organisation => View::Organisation { id },
        Entity::Meeting => View::Meeting { id },
        Entity::Term => View::Term { id },
    }
}

/// Answers with the entry that was meant; asks back when several may be, and names the nearest when none is.
pub fn answer(reader: &Reader<'_>, entity: Entity, typed: &str) -> Reply {
    if typed.trim().is_empty() {
        return refusal(reader, &format!("nothing-typed-{}", key(entity)), "none-found-help");
    }
    let names = &reader.snapshot.names;
    let shown = || escape(&cut(typed, SHOWN_QUERY));
    match names.find(entity, typed, reader.voice.language) {
        Finding::One(candidate) => show(reader, &view(entity, candidate.id)),
        Finding::Several(candidates) => {
            let title = reader.voice.say_with("several-found", [("typed", shown().into())]);
            offer(reader, &title, &reader.voice.say("several-found-help"), candidates)
        }
        Finding::None { nearest } => {
            let title = reader.voice.say_with(&format!("none-found-{}", key(entity)), [("typed", shown().into())]);
            let help = if nearest.is_empty() { "none-found-help" } else { "none-found-nearest" };
            offer(reader, &title, &reader.voice.say(help), nearest)
        }
    }
}

/// A private answer that nothing was found, with the entries of any kind whose names are nearest.
pub fn suggest(reader: &Reader<'_>, title: &str, text: &str, typed: &str) -> Reply {
    let nearest = match reader.snapshot.names.find_any(typed, reader.voice.language) {
        Finding::One(candidate) => vec![candidate],
        Finding::Several(candidates) | Finding::None { nearest: candidates } => candidates,
    };
    offer(reader, title, text, nearest)
}

/// A private question back, with a menu of entries.
fn offer(reader: &Reader<'_>, title: &str, text: &str, candidates: Vec<Candidate<'_>>) -> Reply {
    let options: Vec<MenuOption> =
        candidates.iter().filter_map(|one| option(reader.snapshot, reader.voice, one.entity, one.id)).collect();
    let list: Vec<String> = options.iter().map(|option| format!("• {}", option.label)).collect();
    let embed = Embed::new(colour::REFUSAL, title).description(&format!("{text}\n{}", list.join("\n")));
    Reply::of(embed).menu(menu(reader, &reader.voice.say("menu-open"), options)).private()
}

/// A menu that opens views.
pub fn menu(reader: &Reader<'_>, placeholder: &str, options: Vec<MenuOption>) -> Menu {
    let custom_id = Target::Menu { fixed: reader.fixed }.encode(0);
    Menu { custom_id, placeholder: placeholder.to_owned(), options }
}

/// The name of a kind of entry in message keys.
pub fn key(entity: Entity) -> &'static str {
    match entity {
        Entity::Process => "process",
        Entity::Region => "region",
        Entity::Country => "country",
        Entity::Organisation => "organisation",
        Entity::Meeting => "meeting",
        Entity::Term => "term",
    }
}

/// An entry as an option of a menu.
pub fn option(snapshot: &Snapshot, voice: Voice<'_>, entity: Entity, id: &str) -> Option<MenuOption> {
    let catalogue = &snapshot.catalogue;
    let (description, emoji) = match entity {
        Entity::Process => {
            let process = catalogue.process(id)?;
            let region = catalogue.region(&process.region)?;
            let status = voice.say(&format!("status-{}", process.status.value.key()));
            (format!("{} · {status}", region.name.get(voice.language)), Some(region.emoji.clone()))
        }
        Entity::Region => (String::new(), Some(catalogue.region(id)?.emoji.clone())),
        Entity::Country => (String::new(), Some(flag(id))),
        Entity::Organisation | Entity::Term => (String::new(), None),
        Entity::Meeting => {
            let meeting = catalogue.meeting(id)?;
            (meeting.theme.as_ref().map(|theme| cut(theme.get(voice.language), MENU_TEXT)).unwrap_or_default(), None)
        }
    };
    let label = cut(&label(catalogue, voice, entity, id)?, MENU_TEXT);
    Some(MenuOption { label, value: view(entity, id).encode(), description, emoji })
}

/// What an entry is called where there is one line for it.
pub fn label(catalogue: &Catalogue, voice: Voice<'_>, entity: Entity, id: &str) -> Option<String> {
    let language = voice.language;
    Some(match entity {
        Entity::Process => {
            let process = catalogue.process(id)?;
            match voice.process_acronym(process) {
                Some(acronym) => format!("{acronym} – {}", process.name.get(language)),
                None => process.name.get(language).to_owned(),
            }
        }
        Entity::Region => catalogue.region(id)?.name.get(language).to_owned(),
        Entity::Country => catalogue.country(id)?.name.get(language).to_owned(),
        Entity::Organisation => {
            let organisation = catalogue.organisation(id)?;
            match &organisation.acronym {
                Some(acronym) => format!("{} – {}", acronym.get(language), organisation.name.get(language)),
                None => organisation.name.get(language).to_owned(),
            }
        }
        Entity::Meeting => {
            let meeting = catalogue.meeting(id)?;
            let place =
                meeting.place.as_ref().map_or_else(|| voice.say("online"), |place| place.get(language).to_owned());
            let year = meeting.date.year().map(|year| year.to_string()).unwrap_or_default();
            match meeting.ordinal {
                Some(ordinal) => voice.say_with(
                    "meeting-label",
                    [("ordinal", i64::from(ordinal).into()), ("place", place.into()), ("year", year.into())],
                ),
                None => format!("{} ({year})", meeting.name.get(language)),
            }
        }
        Entity::Term => {
            let term = catalogue.term(id)?;
            match &term.acronym {
                Some(acronym) => format!("{} ({})", term.name.get(language), acronym.get(language)),
                None => term.name.get(language).to_owned(),
            }
        }
    })
}

/// What may be offered while a person types.
pub fn complete(snapshot: &Snapshot, voice: Voice<'_>, entity: Entity, typed: &str) -> Vec<Choice> {
    let ids = snapshot.names.complete(entity, typed, voice.language, CHOICES);
    let choice = |id: &str| {
        let name = cut(&label(&snapshot.catalogue, voice, entity, id)?, CHOICE_TEXT);
        Some(Choice { name, value: id.to_owned() })
    };
    ids.into_iter().filter_map(choice).collect()
}
