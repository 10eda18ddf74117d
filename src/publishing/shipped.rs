//! The catalogues that programs are shipped with: telling them from edits that somebody made, and keeping each whole, so that
//! it can be told later what moderators changed in it.

use tokio::sync::OnceCell;

use crate::blocking::blocking;
use crate::catalogue::Files;

use crate::publishing::codec::{decode, encode};
use crate::publishing::revision::{Actor, Cause, Meta, Told};
use crate::publishing::revisions::{LARGEST, Revisions, Shelf};
use crate::publishing::store_error::StoreError;

/// Whether files with this hash are exactly those built into the program, while others were accepted by somebody since the
/// log was begun: serving them would take all of that back.
pub(crate) async fn would_take_back(revisions: &Revisions, hash: &str) -> Result<bool, StoreError> {
    let history = revisions.history(usize::MAX).await?;
    let of_somebody = |meta: &Option<Meta>| meta.as_ref().is_some_and(|meta| meta.actor != Actor::Start);
    Ok(history.iter().any(|(_, meta)| of_somebody(meta)) && built_in_hash().await == hash)
}

/// The hash of the catalogue built into the program.
pub(crate) async fn built_in_hash() -> String {
    static HASH: OnceCell<String> = OnceCell::const_new();
    HASH.get_or_init(|| blocking(|| Files::built_in().hash())).await.clone()
}

/// The newest shipped catalogue that is in files with this hash, which a start makes a revision: those built into the
/// program are one; any others stand on what the log stands on. It is kept whole.
pub(crate) async fn shipped_in(revisions: &Revisions, hash: &str) -> Result<Option<String>, StoreError> {
    if built_in_hash().await != hash {
        return began_from(revisions).await;
    }
    keep_shipped(revisions, Files::built_in(), hash).await?;
    Ok(Some(hash.to_owned()))
}

/// The newest shipped catalogue that is in what is served, by its hash; `None` where no revision says, and none is the
/// catalogue built into the program.
pub(crate) async fn began_from(revisions: &Revisions) -> Result<Option<String>, StoreError> {
    let history = revisions.history(usize::MAX).await?;
    let metas = || history.iter().filter_map(|(_, meta)| meta.as_ref());
    if let Some(shipped) = metas().find_map(|meta| meta.shipped.clone()) {
        return Ok(Some(shipped));
    }
    let built_in = built_in_hash().await;
    Ok(metas().any(|meta| meta.hash == built_in).then_some(built_in))
}

/// Keeps a shipped catalogue, unless it is kept already.
pub(crate) async fn keep_shipped(revisions: &Revisions, files: Files, hash: &str) -> Result<(), StoreError> {
    let about = Meta {
        number: 0,
        time: jiff::Timestamp::now().to_string(),
        actor: Actor::Start,
        cause: Cause::Start,
        hash: hash.to_owned(),
        told: Box::new(Told::default()),
        shipped: Some(hash.to_owned()),
    };
    let object = blocking(move || encode(&about, &files)).await;
    revisions.put_new(Shelf::Shipped, hash, &object).await.map(drop)
}

/// A shipped catalogue by its hash: as it was kept, as a revision holds it, or as it is built into the program.
pub(crate) async fn read_shipped(revisions: &Revisions, hash: &str) -> Result<Option<Files>, StoreError> {
    if let Some(object) = revisions.take(Shelf::Shipped, hash, LARGEST).await? {
        let kept = blocking(move || decode(&object)).await;
        if let Some(kept) = kept.ok().filter(|kept| kept.meta.hash == hash) {
            return Ok(Some(kept.files));
        }
    }
    let history = revisions.history(usize::MAX).await?;
    let of = |meta: &Option<Meta>| meta.as_ref().is_some_and(|meta| meta.hash == hash);
    if let Some((number, _)) = history.iter().find(|(_, meta)| of(meta)) {
        return Ok(Some(revisions.read(*number).await?.files));
    }
    let built_in = blocking(Files::built_in).await;
    Ok((built_in_hash().await == hash).then_some(built_in))
}

/// Whether a shipped catalogue was in what is served before: it is that of an older version.
pub(crate) async fn was_taken_in(revisions: &Revisions, hash: &str) -> Result<bool, StoreError> {
    let history = revisions.history(usize::MAX).await?;
    Ok(history.iter().filter_map(|(_, meta)| meta.as_ref()).any(|meta| meta.shipped.as_deref() == Some(hash)))
}
