//! What people call the files of the catalogue, what stands in them, and what a revision changed.

use crate::catalogue::fold::fold;
use crate::catalogue::{Catalogue, Difference, MESSAGES, NAMELESS, PROCESSES, What, list_key};
use crate::commands::{Section, View, called};
use crate::language::Voice;
use crate::lookup::Entity;
use crate::reply::{cut, escape};

use crate::publishing::{Cause, Meta, Touch, Touched};

/// How many files, and how many of the things in each, are named in a line.
const FEW: usize = 3;

/// The longest name in a line, in characters.
const NAME: usize = 60;

/// The file of the global meetings.
pub(crate) const MEETINGS: &str = "meetings.toml";

/// The files that are lists of entries which have a name: their path, and what stands in them.
pub(crate) const TABLES: [(&str, Entity); 6] = [
    ("organisations.toml", Entity::Organisation),
    ("countries.toml", Entity::Country),
    (MEETINGS, Entity::Meeting),
    ("regions.toml", Entity::Region),
    ("topics.toml", Entity::Topic),
    ("glossary.toml", Entity::Term),
];

/// Whether a text names the global meetings as a whole, by any of the names of their series.
pub(crate) fn names_global_meetings(catalogue: &Catalogue, typed: &str) -> bool {
    let series = &catalogue.meetings.series;
    let words = fold(typed);
    let names = series.name.wordings().map(|(_, name)| name).chain(series.aliases.iter().map(String::as_str));
    names.chain(series.acronym.wordings().map(|(_, acronym)| acronym)).any(|name| fold(name) == words)
}

/// The id of the process that a file holds, if it holds one.
pub(crate) fn process_of(file: &str) -> Option<&str> {
    file.strip_prefix(PROCESSES)?.strip_prefix('/')?.strip_suffix(".toml")
}

/// What people call a file: the process that it holds, or what it is a table of.
pub(crate) fn file_name(catalogue: &Catalogue, voice: Voice<'_>, file: &str) -> String {
    if file == NAMELESS {
        return voice.say("admin-some-process");
    }
    if let Some(id) = process_of(file) {
        return called(catalogue, voice, Entity::Process, id).unwrap_or_else(|| id.to_owned());
    }
    if let Some(language) = file.strip_prefix(MESSAGES).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".ftl")) {
        return voice.say_with("file-messages", [("language", voice.say(&format!("language-{language}")).into())]);
    }
    match file.strip_suffix(".toml") {
        Some(name) if crate::catalogue::belongs(file) => voice.say(&format!("file-{name}")),
        _ => file.to_owned(),
    }
}

/// What people call what stands under a key at the top of a file.
pub(crate) fn key_name(catalogue: &Catalogue, voice: Voice<'_>, file: &str, key: &str) -> String {
    if let Some((entity, id)) = entry_of(file, key) {
        return called(catalogue, voice, entity, id).unwrap_or_else(|| id.to_owned());
    }
    let statement = match key.split('[').next().unwrap_or(key) {
        _ if process_of(file).is_none() => None,
        "participants" if key.contains("[member]") => Some("statement-members"),
        "participants" if key.contains("[observer]") => Some("statement-observers"),
        "participants" => Some("statement-participants"),
        "name" | "short_name" | "acronym" | "other_acronyms" | "aliases" | "former_names" | "shared_names" => {
            Some("statement-name")
        }
        "kind" => Some("statement-kind"),
        "region" | "subregion" | "touches" => Some("statement-region"),
        "status" => Some("statement-status"),
        "founding" => Some("statement-founding"),
        "ended" => Some("statement-ended"),
        "chair" => Some("statement-chair"),
        "secretariat" => Some("statement-secretariat"),
        "iom_role" => Some("statement-iom-role"),
        "associations" => Some("statement-associations"),
        "themes" => Some("statement-themes"),
        "purpose" => Some("statement-purpose"),
        "structure" => Some("statement-structure"),
        "meeting" => Some("statement-meetings"),
        "website" | "other_websites" | "iom_pages" => Some("statement-website"),
        "source" => Some("admin-key-sources"),
        "note" => Some("admin-key-notes"),
        "collected" | "freshness" => Some("admin-key-collected"),
        _ => None,
    };
    statement.map_or_else(|| key.to_owned(), |statement| voice.say(statement))
}

/// The entry that a key at the top of a table stands for, as a difference writes it: `organisation[iom]`.
fn entry_of<'k>(file: &str, key: &'k str) -> Option<(Entity, &'k str)> {
    let (table, id) = key.strip_suffix(']')?.split_once('[')?;
    let (_, entity) = TABLES.iter().find(|(path, _)| *path == file && list_key(path) == Some(table))?;
    Some((*entity, id))
}

/// The face of the first entry that a difference of a file touches, where it stays in the catalogue and has one.
pub(crate) fn face(catalogue: &Catalogue, file: &str, difference: &Difference) -> Option<View> {
    if let Some(id) = process_of(file) {
        return catalogue.process(id).map(|process| View::of(Entity::Process, &process.id));
    }
    match file {
        "iom.toml" => return Some(View::Iom {}),
        "general.toml" => return Some(View::About { section: Section::Overview }),
        _ => {}
    }
    let there = difference.changes.iter().filter(|change| change.file == file).filter_map(|change| {
        let end = change.path.find(']').map_or(0, |end| end + 1);
        let (entity, id) = entry_of(file, change.path.get(..end)?)?;
        let removed = matches!(change.what, What::Removed(_)) && end == change.path.len();
        let is_there = match entity {
            Entity::Organisation => catalogue.organisation(id).is_some(),
            Entity::Country => catalogue.country(id).is_some(),
            Entity::Meeting => catalogue.meeting(id).is_some(),
            Entity::Region => catalogue.region(id).is_some(),
            Entity::Topic => catalogue.topic(id).is_some(),
            Entity::Term => catalogue.term(id).is_some(),
            Entity::Process => false,
        };
        (is_there && !removed).then(|| View::of(entity, id))
    });
    let mut there = there;
    there.next()
}

/// What a revision changed, in words: `Processus de Prague : présidence`. Where nobody noted it, what brought it about.
pub(crate) fn changed(catalogue: &Catalogue, voice: Voice<'_>, meta: &Meta) -> String {
    let touched = &meta.told.touched;
    let cause = |cause: &Cause| match cause {
        Cause::Start => voice.say("admin-why-start"),
        Cause::Reload => voice.say("admin-why-reload"),
        Cause::Publish { .. } => {
            let file = cause.file().unwrap_or_default();
            voice.say_with("admin-why-publish", [("process", file_name(catalogue, voice, &file).into())])
        }
        Cause::Restore { of } => voice.say_with("admin-why-restore", [("number", of.to_string().into())]),
        Cause::Merge { .. } => voice.say("admin-why-merge"),
        Cause::Unknown => voice.say("not-known"),
    };
    let mut words: Vec<String> = touched.iter().take(FEW).map(|one| file_changed(catalogue, voice, one)).collect();
    let more = touched.len().saturating_sub(FEW) + meta.told.beyond;
    if more > 0 {
        words.push(format!("… + {more}"));
    }
    match &meta.cause {
        _ if words.is_empty() => cause(&meta.cause),
        // That something was taken back says more than what.
        Cause::Restore { .. } | Cause::Merge { .. } => format!("{} ({})", cause(&meta.cause), words.join(" ; ")),
        _ => words.join(" ; "),
    }
}

fn file_changed(catalogue: &Catalogue, voice: Voice<'_>, one: &Touched) -> String {
    let file = cut(&file_name(catalogue, voice, &one.file), NAME);
    match one.touch {
        Touch::Added => return voice.say_with("admin-file-added", [("file", file.into())]),
        Touch::Removed => return voice.say_with("admin-file-removed", [("file", file.into())]),
        Touch::Changed => {}
    }
    let mut names: Vec<String> = Vec::new();
    for key in &one.keys {
        let name = cut(&key_name(catalogue, voice, &one.file, key), NAME);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(FEW);
    names.truncate(FEW);
    if more > 0 {
        names.push(format!("… + {more}"));
    }
    if names.is_empty() { file } else { voice.labelled(&file, &names.join(", ")) }
}

/// A reason that a person gave, as it is quoted; nothing if they gave none.
pub(crate) fn quoted(voice: Voice<'_>, reason: &str) -> String {
    if reason.is_empty() {
        return String::new();
    }
    voice.say_with("admin-reason", [("reason", escape(reason).into())])
}
