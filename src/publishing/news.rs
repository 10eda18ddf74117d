//! What is news for readers: kept with each revision beside the log, so that it can be shown after a restart and on every
//! replica, and told once.

use futures::StreamExt;
use tracing::warn;

use crate::catalogue::{Catalogue, MAX_FILE_BYTES, Novelty, RecentChange};

use crate::publishing::publisher::Publisher;
use crate::publishing::revision::Meta;
use crate::publishing::revisions::{Revisions, Shelf};
use crate::publishing::store_error::StoreError;

/// The most revisions with news that are listed.
const LISTED: usize = 1_000_000;

/// How many revisions with news a snapshot carries.
const CARRIED: usize = 12;

/// How many are read at once.
const AT_ONCE: usize = 6;

/// What readers of the new catalogue can be told: what is news in it, and what was before it.
pub(crate) fn with_news(former: &[RecentChange], old: &Catalogue, new: &Catalogue, meta: &Meta) -> Vec<RecentChange> {
    let novelties = Novelty::between(old, new);
    let now = RecentChange { revision: meta.number, time: meta.time.clone(), novelties };
    let all = Some(now).filter(|now| !now.novelties.is_empty()).into_iter().chain(former.iter().cloned());
    all.take(CARRIED).collect()
}

/// Keeps what is news in a revision. It is of no weight beside the revision itself: what fails is logged.
pub(crate) async fn keep_news(revisions: &Revisions, recent: &RecentChange) {
    // Texts and numbers always become JSON.
    let content = serde_json::to_vec(recent).unwrap_or_default();
    if let Err(error) = revisions.put_new(Shelf::News, &name(recent.revision), &content).await {
        warn!(%error, revision = recent.revision, "what is news in a revision is not kept");
    }
}

/// What was news lately, newest first. What cannot be read is passed over.
pub(crate) async fn recent_news(revisions: Option<&Revisions>) -> Vec<RecentChange> {
    let Some(revisions) = revisions.filter(|revisions| revisions.reached()) else { return Vec::new() };
    let mut names = match revisions.shelved(Shelf::News, LISTED).await {
        Ok(names) => names,
        Err(error) => {
            warn!(%error, "what was news lately cannot be read");
            return Vec::new();
        }
    };
    names.sort_by(|(one, _), (other, _)| other.cmp(one));
    let reading = futures::stream::iter(names.into_iter().take(CARRIED)).map(|(name, _)| async move {
        let content = revisions.take(Shelf::News, &name, MAX_FILE_BYTES).await.ok().flatten()?;
        serde_json::from_slice(&content).inspect_err(|error| warn!(%error, name, "news cannot be read")).ok()
    });
    reading.buffered(AT_ONCE).filter_map(|recent| async move { recent }).collect().await
}

/// Whether the news of a revision is still to be told: whoever asks first is to tell it, and nobody else ever again.
pub async fn first_to_tell(publisher: &Publisher, revision: u64) -> Result<bool, StoreError> {
    publisher.revisions().await?.put_new(Shelf::Told, &name(revision), b"told").await
}

/// The first revision whose news was told: from then on there was somebody to tell it. `None` where none ever was.
pub async fn told_since(publisher: &Publisher) -> Result<Option<u64>, StoreError> {
    let told = publisher.revisions().await?.shelved(Shelf::Told, LISTED).await?;
    Ok(told.iter().filter_map(|(name, _)| name.parse().ok()).min())
}

/// Notes that the news of a revision was not told after all, so that it is to be told again. Only for what surely nobody
/// has seen.
pub async fn not_told(publisher: &Publisher, revision: u64) -> Result<(), StoreError> {
    publisher.revisions().await?.clear(Shelf::Told, &name(revision)).await
}

fn name(revision: u64) -> String {
    format!("{revision:010}")
}
