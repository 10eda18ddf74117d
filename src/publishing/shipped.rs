//! Telling the catalogue that came with a new version of the program from an edit that somebody made.

use crate::blocking::blocking;
use crate::catalogue::Files;

use crate::publishing::revision::Actor;
use crate::publishing::revisions::Revisions;
use crate::publishing::store_error::StoreError;

/// Whether files with this hash are exactly those built into the program, while others were accepted by somebody since the
/// log was begun: serving them would take all of that back.
pub(crate) async fn would_take_back(revisions: &Revisions, hash: &str) -> Result<bool, StoreError> {
    if blocking(|| Files::built_in().hash()).await != hash {
        return Ok(false);
    }
    let history = revisions.history(usize::MAX).await?;
    Ok(history.iter().any(|(_, meta)| meta.as_ref().is_some_and(|meta| meta.actor != Actor::Start)))
}
