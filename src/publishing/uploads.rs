//! Uploads that wait for a decision, by the hash of their content, beside the revisions: whichever replica a button is
//! pressed on has them. Bounded in number and in age.

use std::fs;
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::blocking::blocking;
use crate::catalogue::MAX_FILE_BYTES;

use crate::publishing::publisher::Publisher;
use crate::publishing::store_error::StoreError;

/// The folder in the state folder in which older versions kept them. They are still found there.
const FORMER_FOLDER: &str = "uploads";

/// How many are kept; the oldest go first.
const MOST: usize = 20;

/// How long one is kept.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How many characters of the hash name an upload: enough that nobody finds two contents of one name.
const NAME: usize = 32;

/// Keeps an upload; returns its name.
pub async fn keep_upload(publisher: &Publisher, content: &[u8]) -> Result<String, StoreError> {
    let name = name_of(content);
    publisher.revisions().await?.keep_waiting(&name, content).await?;
    prune(publisher, &name).await;
    Ok(name)
}

/// An upload's content, if it is still there and what it was. Anybody can send any name.
pub async fn read_upload(publisher: &Publisher, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    if !is_name(name) {
        return Ok(None);
    }
    let content = match publisher.revisions().await?.read_waiting(name, MAX_FILE_BYTES).await? {
        Some(content) => Some(content),
        None => former(publisher.state(), name).await,
    };
    Ok(content.filter(|content| name_of(content) == name))
}

/// Forgets an upload. One that cannot be taken away goes with its age.
pub async fn discard_upload(publisher: &Publisher, name: &str) {
    if !is_name(name) {
        return;
    }
    let path = publisher.state().join(FORMER_FOLDER).join(name);
    // Newer ones are not there.
    let _ = blocking(move || fs::remove_file(path)).await;
    let removed = match publisher.revisions().await {
        Ok(revisions) => revisions.remove_waiting(name).await,
        Err(error) => Err(error),
    };
    if let Err(error) = removed {
        debug!(%error, "an upload cannot be taken away");
    }
}

async fn former(state: &Path, name: &str) -> Option<Vec<u8>> {
    let path = state.join(FORMER_FOLDER).join(name);
    blocking(move || fs::read(path).ok()).await
}

/// Takes away what has waited for too long, and what is too much. Where deleting is not allowed, all stays.
async fn prune(publisher: &Publisher, newest: &str) {
    let Ok(revisions) = publisher.revisions().await else { return };
    let Ok(mut all) = revisions.list_waiting().await else { return };
    all.retain(|(name, _)| name != newest && is_name(name));
    all.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
    let now = Timestamp::now().as_second();
    let kept_for = i64::try_from(KEPT_FOR.as_secs()).unwrap_or(i64::MAX);
    for (place, (name, since)) in all.iter().enumerate() {
        if (place + 1 >= MOST || now - since > kept_for)
            && let Err(error) = revisions.remove_waiting(name).await
        {
            return debug!(%error, "an upload cannot be taken away");
        }
    }
}

/// Whether a text can be the name of an upload.
pub fn is_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn name_of(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content)).chars().take(NAME).collect()
}
