//! What moderators put off in their review, beside the revisions, so that it is not shown again for a while, on whichever
//! replica.

use std::collections::HashSet;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::publishing::publisher::Publisher;
use crate::publishing::revisions::Shelf;
use crate::publishing::store_error::StoreError;

/// For how many days.
pub const DAYS: i32 = 30;

/// How many are listed.
const LISTED: usize = 5_000;

/// How many characters of the hash name what is put off.
const NAME: usize = 16;

/// The name of an item by which it is put off: the beginning of the hash of what identifies it.
pub fn item_name(identity: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(identity.as_bytes())).chars().take(NAME).collect()
}

/// Whether a text can be the name of an item.
pub fn is_item_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Puts an item off.
pub async fn put_off(publisher: &Publisher, item: &str, today: Date) -> Result<(), StoreError> {
    let revisions = publisher.revisions().await?;
    revisions.put_new(Shelf::PutOff, &format!("{item}-{today}"), b"").await?;
    // What has come back is not kept any longer.
    for (name, _) in revisions.shelved(Shelf::PutOff, LISTED).await? {
        if !holds(&name, today)
            && let Err(error) = revisions.clear(Shelf::PutOff, &name).await
        {
            debug!(%error, "what was put off cannot be taken away");
            break;
        }
    }
    Ok(())
}

/// The names of the items that are put off on a day.
pub async fn those_put_off(publisher: &Publisher, today: Date) -> Result<HashSet<String>, StoreError> {
    let listed = publisher.revisions().await?.shelved(Shelf::PutOff, LISTED).await?;
    let held = listed.into_iter().filter(|(name, _)| holds(name, today));
    Ok(held.filter_map(|(name, _)| name.split_once('-').map(|(item, _)| item.to_owned())).collect())
}

fn holds(name: &str, today: Date) -> bool {
    let since = name.split_once('-').and_then(|(_, date)| date.parse::<Date>().ok());
    since.is_some_and(|since| (today - since).get_days() < DAYS)
}
