//! Changed files that wait for a decision, by the hash of what was proposed, beside the revisions: whichever replica a
//! button is pressed on has them. Bounded in number and in age.

use std::fs;
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::blocking::blocking;
use crate::catalogue::{Files, MAX_FILE_BYTES, recognise};

use crate::publishing::folder::digest;
use crate::publishing::publisher::Publisher;
use crate::publishing::revision::reason;
use crate::publishing::revisions::Shelf;
use crate::publishing::store_error::StoreError;

/// The folder in the state folder in which older versions kept them. They are still found there.
const FORMER_FOLDER: &str = "uploads";

/// How many are kept; the oldest go first.
const MOST: usize = 20;

/// The most that are listed.
const LISTED: usize = 10_000;

/// How long one is kept.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How many characters of the hash name a proposal: enough that nobody finds two contents of one name.
const NAME: usize = 32;

/// What a kept proposal begins with: the mark and the version of its form. A line of JSON follows, then the file. Older
/// versions kept the file of a process alone.
const MARK: &[u8] = b"rcp-bot proposal 1\n";

/// The most bytes of what stands above the file.
const HEAD: u64 = 8 * 1024;

/// One changed file of the catalogue, to be looked at and published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Its path within the catalogue's folder.
    pub file: String,
    /// Its whole content.
    pub content: Vec<u8>,
    /// Why it is to be published, as the person says; empty if they do not.
    pub reason: String,
    /// The reader's report that it answers, by its name, if it answers one.
    pub report: Option<String>,
}

/// What stands above a kept file.
#[derive(Serialize, Deserialize)]
struct Head {
    file: String,
    #[serde(default)]
    reason: String,
    /// The hash of the file that was served when it was proposed.
    #[serde(default)]
    over: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    report: Option<String>,
}

/// A proposal as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptProposal {
    /// What was proposed.
    pub proposal: Proposal,
    /// The hash of the file that was served then ([`file_hash`]); empty if nobody knows.
    pub over: String,
}

/// The hash of a file's content (SHA-256, in hexadecimal); empty for a file that is not there.
pub fn file_hash(content: Option<&[u8]>) -> String {
    content.map(digest).unwrap_or_default()
}

fn encode(proposal: &Proposal, over: &str) -> Vec<u8> {
    let Proposal { file, reason: why, report, .. } = proposal.clone();
    let head = Head { file, reason: reason(&why), over: over.to_owned(), report };
    let mut kept = MARK.to_vec();
    // Texts always become JSON.
    kept.extend(serde_json::to_vec(&head).unwrap_or_default());
    kept.push(b'\n');
    kept.extend(&proposal.content);
    kept
}

fn decode(kept: &[u8]) -> Option<KeptProposal> {
    let Some(rest) = kept.strip_prefix(MARK) else {
        let file = recognise(&Files::built_in(), kept)?;
        let proposal = Proposal { file, content: kept.to_vec(), ..Proposal::default() };
        return Some(KeptProposal { proposal, over: String::new() });
    };
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, content) = rest.split_at_checked(end)?;
    let Head { file, reason, over, report } = serde_json::from_slice(head).ok()?;
    // Older versions wrote an empty one for none.
    let report = report.filter(|report| !report.is_empty());
    Some(KeptProposal { proposal: Proposal { file, content: content.get(1..)?.to_vec(), reason, report }, over })
}

/// Keeps a proposal that was made while a file with the hash `over` was served; returns its name.
pub async fn keep_proposal(publisher: &Publisher, proposal: &Proposal, over: &str) -> Result<String, StoreError> {
    let kept = encode(proposal, over);
    let name = name_of(&kept);
    publisher.revisions().await?.put(Shelf::Proposals, &name, &kept).await?;
    prune(publisher, &name).await;
    Ok(name)
}

/// A proposal, if it is still there and what it was. Anybody can send any name.
pub async fn read_proposal(publisher: &Publisher, name: &str) -> Result<Option<KeptProposal>, StoreError> {
    if !is_name(name) {
        return Ok(None);
    }
    let kept = match publisher.revisions().await?.take(Shelf::Proposals, name, MAX_FILE_BYTES + HEAD).await? {
        Some(kept) => Some(kept),
        None => former(publisher.state(), name).await,
    };
    Ok(kept.filter(|kept| name_of(kept) == name).and_then(|kept| decode(&kept)))
}

/// Forgets a proposal. One that cannot be taken away goes with its age.
pub async fn discard_proposal(publisher: &Publisher, name: &str) {
    if !is_name(name) {
        return;
    }
    let path = publisher.state().join(FORMER_FOLDER).join(name);
    // Newer ones are not there.
    let _ = blocking(move || fs::remove_file(path)).await;
    let removed = match publisher.revisions().await {
        Ok(revisions) => revisions.clear(Shelf::Proposals, name).await,
        Err(error) => Err(error),
    };
    if let Err(error) = removed {
        debug!(%error, "a proposal cannot be taken away");
    }
}

async fn former(state: &Path, name: &str) -> Option<Vec<u8>> {
    let path = state.join(FORMER_FOLDER).join(name);
    blocking(move || fs::read(path).ok()).await
}

/// Takes away what has waited for too long, and what is too much. Where deleting is not allowed, all stays.
async fn prune(publisher: &Publisher, newest: &str) {
    let Ok(revisions) = publisher.revisions().await else { return };
    let Ok(mut all) = revisions.shelved(Shelf::Proposals, LISTED).await else { return };
    // By the clock of the store, as the others are: this machine's may be wrong, and nothing that waits goes for that.
    let Some(now) = all.iter().find(|(name, _)| name == newest).map(|(_, since)| *since) else { return };
    all.retain(|(name, _)| name != newest && is_name(name));
    all.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
    let kept_for = i64::try_from(KEPT_FOR.as_secs()).unwrap_or(i64::MAX);
    for (place, (name, since)) in all.iter().enumerate() {
        if (place + 1 >= MOST || now - since > kept_for)
            && let Err(error) = revisions.clear(Shelf::Proposals, name).await
        {
            return debug!(%error, "a proposal cannot be taken away");
        }
    }
}

/// Whether a text can be the name of a proposal.
pub fn is_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn name_of(kept: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(kept)).chars().take(NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_reads_back_whole_and_an_older_versions_file_is_recognised() {
        let proposal = Proposal {
            file: "meetings.toml".to_owned(),
            content: b"a\nb\n\xff".to_vec(),
            reason: "because\n\"so\"".to_owned(),
            report: Some("00000000000001-7-0a1b2c3d".to_owned()),
        };
        let back = decode(&encode(&proposal, "hash")).expect("it reads back");
        assert_eq!(back.proposal, Proposal { reason: "because \"so\"".to_owned(), ..proposal });
        assert_eq!(back.over, "hash");
        let former = decode(b"rcp-bot proposal 1\n{\"file\":\"a.toml\",\"report\":\"\"}\nx").expect("it reads back");
        assert_eq!(former.proposal.report, None);
        let former = decode(b"id = \"crm\"\n").expect("a process");
        assert_eq!((former.proposal.file.as_str(), former.over.as_str()), ("processes/crm.toml", ""));
        assert_eq!(decode(b"rcp-bot proposal 1\n{"), None);
        assert_eq!(decode(b"rcp-bot proposal 1\n{}\nx"), None);
    }
}
