//! What was typed into a form that was refused, by the hash of its content, beside the revisions: whichever replica the
//! button is pressed on opens the form again as it was. Bounded in number and in age.

use std::time::Duration;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::publishing::publisher::Publisher;
use crate::publishing::revisions::Shelf;
use crate::publishing::store_error::StoreError;

/// How many are kept; the oldest go first.
const MOST: usize = 40;

/// How long one is kept.
const KEPT_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// How many are listed to find those that are too many.
const LISTED: usize = 1_000;

/// How many characters of the hash name a draft.
const NAME: usize = 32;

/// The largest draft, in bytes: five fields of Discord's four thousand characters, as JSON writes them.
const LARGEST: u64 = 256 * 1024;

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the form changes.
    pub kind: String,
    /// The process.
    pub process: String,
    /// The reader's report that it answers, by its name; empty if it answers none.
    #[serde(default)]
    pub report: String,
    /// The fields, as they were typed.
    pub typed: Vec<(String, String)>,
}

/// Keeps what was typed; returns its name.
pub async fn keep_draft(publisher: &Publisher, draft: &Draft) -> Result<String, StoreError> {
    // Texts always become JSON.
    let content = serde_json::to_vec(draft).unwrap_or_default();
    let name = name_of(&content);
    let revisions = publisher.revisions().await?;
    revisions.put_new(Shelf::Drafts, &name, &content).await?;
    let Ok(mut all) = revisions.shelved(Shelf::Drafts, LISTED).await else { return Ok(name) };
    // By the clock of the store, as the others are: this machine's may be wrong.
    let Some(now) = all.iter().find(|(other, _)| *other == name).map(|(_, since)| *since) else { return Ok(name) };
    all.retain(|(other, _)| *other != name);
    all.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
    let kept_for = i64::try_from(KEPT_FOR.as_secs()).unwrap_or(i64::MAX);
    for (place, (old, since)) in all.iter().enumerate() {
        if (place + 1 >= MOST || now - since > kept_for)
            && let Err(error) = revisions.clear(Shelf::Drafts, old).await
        {
            debug!(%error, "what was typed into a form cannot be taken away");
            break;
        }
    }
    Ok(name)
}

/// What was typed, if it is still there and what it was. Anybody can send any name.
pub async fn read_draft(publisher: &Publisher, name: &str) -> Result<Option<Draft>, StoreError> {
    let is_name = name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_name {
        return Ok(None);
    }
    let content = publisher.revisions().await?.take(Shelf::Drafts, name, LARGEST).await?;
    let content = content.filter(|content| name_of(content) == name);
    Ok(content.and_then(|content| serde_json::from_slice(&content).ok()))
}

fn name_of(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content)).chars().take(NAME).collect()
}
