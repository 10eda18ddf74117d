//! What an entry of the catalogue is called where there is one line for it: in menus, completions and hits.

use crate::catalogue::Catalogue;
use crate::language::{Voice, flag};
use crate::lookup::Entity;
use crate::reply::limits::MENU_TEXT;
use crate::reply::{MenuOption, cut};
use crate::snapshot::Snapshot;

use super::view::View;

/// The name of a kind of entry in message keys.
pub(super) fn key(entity: Entity) -> &'static str {
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
pub(super) fn option(snapshot: &Snapshot, voice: Voice<'_>, entity: Entity, id: &str) -> Option<MenuOption> {
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
    Some(MenuOption { label, value: View::of(entity, id).encode(), description, emoji })
}

/// What an entry is called where there is one line for it.
pub(super) fn label(catalogue: &Catalogue, voice: Voice<'_>, entity: Entity, id: &str) -> Option<String> {
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
