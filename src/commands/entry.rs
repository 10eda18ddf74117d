//! What an entry of the catalogue is called where there is one line for it: in menus, completions and hits.

use std::borrow::Cow;

use crate::catalogue::Catalogue;
use crate::language::{Voice, flag};
use crate::lookup::Entity;
use crate::reply::limits::MENU_TEXT;
use crate::reply::{MenuOption, cut};
use crate::snapshot::Snapshot;

use crate::commands::look::status_mark;
use crate::commands::view::View;

/// The name of a kind of entry in message keys.
pub(super) fn key(entity: Entity) -> &'static str {
    match entity {
        Entity::Process => "process",
        Entity::Region => "region",
        Entity::Country => "country",
        Entity::Organisation => "organisation",
        Entity::Meeting => "meeting",
        Entity::Term => "term",
        Entity::Topic => "topic",
    }
}

/// An entry as an option of a menu: what people call it, and below that its full name or what it is.
pub(super) fn option(snapshot: &Snapshot, voice: Voice<'_>, entity: Entity, id: &str) -> Option<MenuOption> {
    let catalogue = &snapshot.catalogue;
    let (name, full) = names(catalogue, voice, entity, id)?;
    let status = catalogue.process(id).filter(|_| entity == Entity::Process).map(|process| process.status.value);
    let emoji = match entity {
        Entity::Process => status.map(|status| status_mark(status).to_owned()),
        Entity::Region => Some(catalogue.region(id)?.emoji.clone()),
        Entity::Country => Some(flag(id)),
        Entity::Organisation | Entity::Term | Entity::Meeting | Entity::Topic => None,
    };
    let description = match (entity, status) {
        (Entity::Meeting, _) => {
            let theme = catalogue.meeting(id)?.theme.as_ref();
            theme.map(|theme| theme.get(voice.language).to_owned()).unwrap_or_default()
        }
        // The mark in words, since a menu has no room for a legend.
        (_, Some(status)) => {
            let mut description = voice.say(&format!("status-{}", status.key()));
            full.into_iter().for_each(|full| description.extend([" · ", full]));
            description
        }
        _ => full.unwrap_or_default().to_owned(),
    };
    let description = cut(&description, MENU_TEXT);
    Some(MenuOption { label: cut(&name, MENU_TEXT), value: View::of(entity, id).encode(), description, emoji })
}

/// What people call an entry; `None` if the catalogue does not hold it.
pub fn called(catalogue: &Catalogue, voice: Voice<'_>, entity: Entity, id: &str) -> Option<String> {
    names(catalogue, voice, entity, id).map(|(name, _)| name.into_owned())
}

/// What an entry is called where there is one line for it: what people call it, then its full name.
pub fn label(catalogue: &Catalogue, voice: Voice<'_>, entity: Entity, id: &str) -> Option<String> {
    let (name, full) = names(catalogue, voice, entity, id)?;
    Some(match full {
        Some(full) => format!("{name} – {full}"),
        None => name.into_owned(),
    })
}

/// What people call an entry, and its full name where that is another.
pub(super) fn names<'c>(
    catalogue: &'c Catalogue,
    voice: Voice<'_>,
    entity: Entity,
    id: &str,
) -> Option<(Cow<'c, str>, Option<&'c str>)> {
    let language = voice.language;
    let alone = |name: &'c str| (Cow::Borrowed(name), None);
    let made = |name: String| (Cow::Owned(name), None);
    Some(match entity {
        Entity::Process => {
            let process = catalogue.process(id)?;
            let (name, short) = (process.name.get(language), voice.process_short(process));
            (short.into(), (name != short).then_some(name))
        }
        Entity::Region => alone(catalogue.region(id)?.name.get(language)),
        Entity::Country => alone(catalogue.country(id)?.name.get(language)),
        Entity::Organisation => {
            let organisation = catalogue.organisation(id)?;
            let (name, short) = (organisation.name.get(language), voice.organisation_short(organisation));
            (short.into(), (name != short).then_some(name))
        }
        Entity::Meeting => {
            let meeting = catalogue.meeting(id)?;
            let place =
                meeting.place.as_ref().map_or_else(|| voice.say("online"), |place| place.get(language).to_owned());
            let year = meeting.date.year().map(|year| year.to_string()).unwrap_or_default();
            made(match meeting.ordinal {
                Some(ordinal) => voice.say_with(
                    "meeting-label",
                    [("ordinal", i64::from(ordinal).into()), ("place", place.into()), ("year", year.into())],
                ),
                None => format!("{} ({year})", meeting.name.get(language)),
            })
        }
        Entity::Topic => alone(catalogue.topic(id)?.name.get(language)),
        Entity::Term => {
            let term = catalogue.term(id)?;
            match &term.acronym {
                Some(acronym) => made(format!("{} ({})", term.name.get(language), acronym.get(language))),
                None => alone(term.name.get(language)),
            }
        }
    })
}
