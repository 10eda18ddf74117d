//! From what a person typed to an entry: one is the answer, several are offered, none gets the nearest.

use crate::language::Voice;
use crate::lookup::{Candidate, Entity, Finding};
use crate::reply::cut;
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::snapshot::Snapshot;

use crate::commands::entry;
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::request::Choice;
use crate::commands::view::View;

/// The view of the entry that was meant, or a question back or refusal when that is not clear.
pub(super) fn find(reader: &Reader<'_>, entity: Entity, typed: Option<&str>) -> Result<View, Refusal> {
    let Some(typed) = typed else { return Err(Refusal::NothingTyped(entity)) };
    let owned = |candidates: Vec<Candidate<'_>>| -> Vec<(Entity, String)> {
        candidates.into_iter().map(|one| (one.entity, one.id.to_owned())).collect()
    };
    let shown = typed.to_owned();
    match reader.snapshot.names.find(entity, typed, reader.voice.language) {
        Finding::One(candidate) => Ok(View::of(entity, candidate.id)),
        Finding::Several(candidates) => Err(Refusal::Several { typed: shown, candidates: owned(candidates) }),
        Finding::None { nearest } => Err(Refusal::NotFound { entity, typed: shown, nearest: owned(nearest) }),
    }
}

/// The same among entries of several kinds.
pub(super) fn find_either(reader: &Reader<'_>, entities: &[Entity], typed: &str) -> Result<View, Refusal> {
    let owned = |candidates: Vec<Candidate<'_>>| -> Vec<(Entity, String)> {
        candidates.into_iter().map(|one| (one.entity, one.id.to_owned())).collect()
    };
    let shown = typed.to_owned();
    match reader.snapshot.names.find_among(entities, typed, reader.voice.language) {
        Finding::One(candidate) => Ok(View::of(candidate.entity, candidate.id)),
        Finding::Several(candidates) => Err(Refusal::Several { typed: shown, candidates: owned(candidates) }),
        Finding::None { nearest } => Err(Refusal::NeitherFound { typed: shown, nearest: owned(nearest) }),
    }
}

/// What may be offered while a person types, at most 25 choices: of several kinds those that agree best first.
pub(super) fn choices(snapshot: &Snapshot, voice: Voice<'_>, entities: &[Entity], typed: &str) -> Vec<Choice> {
    let each = CHOICES / entities.len().max(1);
    let found = entities.iter().flat_map(|entity| snapshot.names.candidates(*entity, typed, voice.language, each));
    let mut found: Vec<Candidate<'_>> = found.collect();
    if entities.len() > 1 {
        // The sort is stable: of equals those of the first kind come first.
        found.sort_by_key(|one| one.rank);
    }
    let choice = |one: Candidate<'_>| {
        let name = cut(&entry::label(&snapshot.catalogue, voice, one.entity, one.id)?, CHOICE_TEXT);
        Some(Choice { name, value: one.id.to_owned() })
    };
    found.into_iter().filter_map(choice).collect()
}
