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

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormOccasion {
    /// A process, by its id.
    Process(String),
    /// The process that a reader reported something of, by the report's name: what is published settles the report.
    Report(String),
    /// The global meetings as a whole.
    GlobalMeetings,
    /// One of them, by its id.
    GlobalMeeting(String),
}

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KeptDraft")]
pub struct Draft {
    /// What the form changes.
    pub kind: String,
    /// What it is about.
    pub about: FormOccasion,
    /// The fields, as they were typed.
    pub typed: Vec<(String, String)>,
}

/// A draft in the form of any version.
#[derive(Deserialize)]
#[serde(untagged)]
enum KeptDraft {
    Now {
        kind: String,
        about: FormOccasion,
        typed: Vec<(String, String)>,
    },
    /// Forms were about processes alone; an empty report was none.
    Former {
        kind: String,
        process: String,
        #[serde(default)]
        report: String,
        typed: Vec<(String, String)>,
    },
}

impl From<KeptDraft> for Draft {
    fn from(kept: KeptDraft) -> Draft {
        match kept {
            KeptDraft::Now { kind, about, typed } => Draft { kind, about, typed },
            KeptDraft::Former { kind, process, report, typed } => {
                let about = match report.is_empty() {
                    true => FormOccasion::Process(process),
                    false => FormOccasion::Report(report),
                };
                Draft { kind, about, typed }
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_version_kept_reads_back_too() {
        let typed = vec![("who".to_owned(), "Suisse".to_owned())];
        let draft = |about| Draft { kind: "chair".to_owned(), about, typed: typed.clone() };
        let read = |text: &str| serde_json::from_str::<Draft>(text).expect(text);
        let of_process = draft(FormOccasion::Process("ocam".to_owned()));
        for former in ["", r#","report":"""#] {
            let former = format!(r#"{{"kind":"chair","process":"ocam"{former},"typed":[["who","Suisse"]]}}"#);
            assert_eq!(read(&former), of_process);
        }
        let former = r#"{"kind":"chair","process":"ocam","report":"r","typed":[["who","Suisse"]]}"#;
        assert_eq!(read(former), draft(FormOccasion::Report("r".to_owned())));
        for about in [
            FormOccasion::GlobalMeetings,
            FormOccasion::GlobalMeeting("grcp-1".to_owned()),
            FormOccasion::Report("r".to_owned()),
        ] {
            let draft = draft(about);
            assert_eq!(read(&serde_json::to_string(&draft).expect("JSON")), draft);
        }
    }
}
