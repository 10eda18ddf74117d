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

/// What may be offered while a person types, at most 25 choices.
pub(super) fn choices(snapshot: &Snapshot, voice: Voice<'_>, entity: Entity, typed: &str) -> Vec<Choice> {
    let ids = snapshot.names.complete(entity, typed, voice.language, CHOICES);
    let choice = |id: &str| {
        let name = cut(&entry::label(&snapshot.catalogue, voice, entity, id)?, CHOICE_TEXT);
        Some(Choice { name, value: id.to_owned() })
    };
    ids.into_iter().filter_map(choice).collect()
}
