//! `/rcp-admin fichier`: the present file of any record or table, as it is served.

use std::sync::Arc;

use crate::catalogue::fold::fold;
use crate::catalogue::{Files, Language, MESSAGES, PROCESSES, belongs};
use crate::commands::{Choice, Interaction, InteractionData, LANGUAGE, called, label};
use crate::language::Voice;
use crate::lookup::{Entity, Finding};
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::reply::{Reply, cut};
use crate::snapshot::Snapshot;

use crate::admin::commands::{AdminCommands, CONTENT};
use crate::admin::permission::actor;
use crate::admin::replies::{proposal, refusal};
use crate::admin::words::{TABLES, file_name};
use crate::publishing::audit::{AuditResult, Record};

/// The files that are none of a process, in the order in which they are offered.
const WHOLE: [&str; 9] = [
    "organisations.toml",
    "countries.toml",
    "meetings.toml",
    "topics.toml",
    "glossary.toml",
    "regions.toml",
    "iom.toml",
    "general.toml",
    "questions.toml",
];

/// A file, and the entry in it that is meant, if it is a table of many.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    path: String,
    entry: Option<(Entity, String)>,
}

impl Wanted {
    /// The file in which an entry stands.
    fn entry(entity: Entity, id: &str) -> Wanted {
        match TABLES.iter().find(|(_, of)| *of == entity) {
            Some((path, _)) => Wanted { path: (*path).to_owned(), entry: Some((entity, id.to_owned())) },
            None => Wanted { path: format!("{PROCESSES}/{id}.toml"), entry: None },
        }
    }

    /// As a choice carries it: the path, and behind a sign that no path has the entry's id.
    fn value(&self) -> String {
        match &self.entry {
            Some((_, id)) => format!("{}#{id}", self.path),
            None => self.path.clone(),
        }
    }

    /// What a choice carried. Anybody can send anything: only what is a file of a catalogue is one.
    fn of_value(value: &str) -> Option<Wanted> {
        let (path, id) = value.split_once('#').map_or((value, None), |(path, id)| (path, Some(id)));
        if !belongs(path) {
            return None;
        }
        let entity = TABLES.iter().find(|(table, _)| *table == path).map(|(_, entity)| *entity);
        Some(Wanted { path: path.to_owned(), entry: entity.zip(id.map(str::to_owned)) })
    }
}

/// The files that are not of one process, each with what people call it.
fn whole_files(snapshot: &Snapshot, voice: Voice<'_>) -> Vec<(String, String)> {
    let messages = Language::ALL.map(|language| format!("{MESSAGES}/{language}.ftl"));
    let paths = WHOLE.into_iter().map(str::to_owned).chain(messages);
    let named = |path: String| {
        let name = format!("{} ({path})", file_name(&snapshot.catalogue, voice, &path));
        (name, path)
    };
    paths.map(named).collect()
}

/// What was meant by something that was typed and not chosen.
fn find(snapshot: &Snapshot, voice: Voice<'_>, typed: &str) -> Option<Wanted> {
    if let Some(wanted) = Wanted::of_value(typed) {
        return Some(wanted);
    }
    let folded = fold(typed);
    let files = whole_files(snapshot, voice);
    let named = |(name, path): &&(String, String)| {
        fold(name) == folded || fold(name.trim_end_matches(&format!(" ({path})"))) == folded
    };
    if let Some((_, path)) = files.iter().find(named) {
        return Some(Wanted { path: path.clone(), entry: None });
    }
    match snapshot.names.find_any(typed, voice.language) {
        Finding::One(one) => Some(Wanted::entry(one.entity, one.id)),
        Finding::Several(_) | Finding::None { .. } => None,
    }
}

/// The line, from 1, at which an entry of a table begins.
fn line_of(content: &[u8], id: &str) -> Option<usize> {
    let text = std::str::from_utf8(content).ok()?;
    let begins = |line: &str| {
        let value =
            ["id", "code"].iter().find_map(|key| line.trim_start().strip_prefix(key)?.trim_start().strip_prefix('='));
        value
            .is_some_and(|value| value.trim_start().get(1..).is_some_and(|value| value.starts_with(&format!("{id}\""))))
    };
    text.lines().position(begins).map(|place| place + 1)
}

impl AdminCommands {
    /// What may be offered while a record or a table is typed: tables first where they agree, then records of all kinds.
    pub(crate) fn complete_content(&self, snapshot: &Snapshot, voice: Voice<'_>, typed: &str) -> Vec<Choice> {
        let folded = fold(typed);
        let whole = whole_files(snapshot, voice).into_iter().filter(|(name, _)| fold(name).contains(folded.trim()));
        let mut choices: Vec<Choice> =
            whole.map(|(name, value)| Choice { name: cut(&name, CHOICE_TEXT), value }).collect();
        let kinds = Entity::ALL.len();
        let each = if folded.trim().is_empty() { CHOICES } else { CHOICES.div_ceil(kinds) + 4 };
        let entities = Entity::ALL.into_iter().filter(|entity| !folded.trim().is_empty() || *entity == Entity::Process);
        let mut found: Vec<_> =
            entities.flat_map(|entity| snapshot.names.candidates(entity, typed, voice.language, each)).collect();
        // The sort is stable: of equals those of the first kind come first.
        found.sort_by_key(|one| one.rank);
        choices.extend(found.into_iter().filter_map(|one| {
            let name = label(&snapshot.catalogue, voice, one.entity, one.id)?;
            let value = Wanted::entry(one.entity, one.id).value();
            let name = match one.entity {
                Entity::Process => name,
                // Which table the entry stands in is part of the choice.
                _ => format!("{name} · {}", value.split('#').next().unwrap_or_default()),
            };
            Some(Choice { name: cut(&name, CHOICE_TEXT), value })
        }));
        choices.truncate(CHOICES);
        choices
    }

    /// The present file of a record or a table.
    pub(crate) async fn file(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let chosen = invocation.text(LANGUAGE.name.fr).and_then(|code| code.parse().ok());
        let language = chosen.unwrap_or_else(|| self.language(&asked.caller));
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let note = async |result: AuditResult, file: &str, why: &'static str| {
            let record = Record::new(&actor(&asked.caller), "file", result, None, "");
            // Looking is told to nobody, but it is an attempt like any other.
            self.publisher.audit().note_quietly(record.about(file, "").because(why)).await;
        };
        let typed = invocation.text(CONTENT.fr).unwrap_or_default();
        let Some(Wanted { path, entry }) = find(&snapshot, voice, typed) else {
            note(AuditResult::Refused, "", "no-file").await;
            return proposal::no_such_file(voice, typed);
        };
        let mut served = match self.publisher.served_files().await {
            Ok(served) => served,
            Err(error) => {
                note(error.result(), &path, error.kind()).await;
                return refusal::not_changed(&snapshot, voice, &error);
            }
        };
        let own = served.0.remove(&path);
        let built_in = own.is_none();
        // What the catalogue lacks is said and asked as the program has it; a process that it lacks there is none.
        let shipped = || Files::one_built_in(&path).filter(|_| !path.starts_with(PROCESSES)).map(<[u8]>::to_vec);
        let Some(content) = own.or_else(shipped) else {
            note(AuditResult::Refused, &path, "no-file").await;
            return proposal::no_such_file(voice, typed);
        };
        let entry = entry.and_then(|(entity, id)| {
            let line = line_of(&content, &id)?;
            Some((called(&snapshot.catalogue, voice, entity, &id)?, line))
        });
        note(AuditResult::Done, &path, "").await;
        proposal::given(&snapshot, voice, proposal::GivenFile { path, content, entry, built_in })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_carries_a_file_of_the_catalogue_and_nothing_else() {
        for wanted in [
            Wanted { path: "processes/crm.toml".to_owned(), entry: None },
            Wanted { path: "organisations.toml".to_owned(), entry: Some((Entity::Organisation, "iom".to_owned())) },
            Wanted { path: "messages/fr.ftl".to_owned(), entry: None },
        ] {
            assert_eq!(Wanted::of_value(&wanted.value()), Some(wanted));
        }
        for value in
            ["", "../regions.toml", "processes/../regions.toml", "/etc/passwd", "messages/de.ftl", "audit.jsonl"]
        {
            assert_eq!(Wanted::of_value(value), None, "{value}");
        }
        assert_eq!(Wanted::entry(Entity::Process, "crm").value(), "processes/crm.toml");
    }

    #[test]
    fn an_entry_is_found_by_its_line() {
        let files = Files::built_in();
        let (content, text) = (&files.0["organisations.toml"], String::from_utf8_lossy(&files.0["organisations.toml"]));
        let line = line_of(content, "iom").expect("it is there");
        assert_eq!(text.lines().nth(line - 1), Some("id = \"iom\""));
        assert_eq!(line_of(content, "nowhere"), None);
    }
}
