//! What a change is, why one is not made, and the one way in which all are made.

use tracing::{error, info};

use crate::catalogue::{Difference, Files, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::{Outcome, Record};
use crate::publishing::folder::bring_to;
use crate::publishing::keeper::{Effects, Keeper, Standing, blocking, difference};
use crate::publishing::pending::{Pending, forget};
use crate::publishing::revision::Actor;
use crate::publishing::revision::Cause;
use crate::publishing::revisions::{Appended, Meta, StoreError};

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The revision that is served now.
    pub meta: Meta,
    /// What differs from what was served before.
    pub difference: Difference,
    /// What the check found; no errors.
    pub report: Report,
    /// Why the data folder could not be written to its end, if so: the next reload or start does it.
    pub unwritten: Option<String>,
    /// Where the files were copied that stood in the data folder and were not served, if there were such.
    pub set_aside: Option<String>,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// There is nothing to change.
    #[error("nothing differs from what is served")]
    Same,
    /// The catalogue built into the program serves; nothing can be changed.
    #[error("there is no data folder")]
    NoFolder,
    /// The catalogue has errors.
    #[error("the catalogue has errors ({}); the first: {}", .0.errors().count(), first(.0))]
    Errors(Report),
    /// Another catalogue is served than the moderator had before their eyes.
    #[error("another catalogue is served by now")]
    Overtaken(Option<Meta>),
    /// The data folder was changed here while a revision was made elsewhere.
    #[error("the data folder holds changes that are not served, and another revision was made elsewhere")]
    Apart,
    /// The upload is gone.
    #[error("the upload is no longer kept")]
    UploadGone,
    /// There is no such revision.
    #[error("there is no revision {0}")]
    NoRevision(u64),
    /// The change could not be recorded.
    #[error("the audit record cannot be written: {0}")]
    NotRecorded(std::io::Error),
    /// The log of revisions cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data folder or the state folder cannot be used.
    #[error("{0}")]
    Folder(String),
}

fn first(report: &Report) -> String {
    report.errors().next().map(ToString::to_string).unwrap_or_default()
}

impl NotChanged {
    /// What came of the attempt, for the record.
    pub fn outcome(&self) -> Outcome {
        match self {
            NotChanged::Same => Outcome::Unchanged,
            NotChanged::Overtaken(_) | NotChanged::Apart => Outcome::Overtaken,
            NotChanged::NotRecorded(_) | NotChanged::Store(_) | NotChanged::Folder(_) => Outcome::Failed,
            _ => Outcome::Refused,
        }
    }
}

/// What is written into the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writes {
    /// Nothing: it is where the change comes from.
    Nothing,
    /// One file.
    Only(String),
    /// Every file.
    All,
}

/// A catalogue that was read and checked, to be served.
pub struct Candidate {
    /// Ready to be served.
    pub snapshot: Snapshot,
    /// Its files.
    pub files: Files,
    /// What the check found.
    pub report: Report,
    /// Why it is to be served.
    pub cause: Cause,
    /// What is written into the data folder.
    pub writes: Writes,
}

impl Keeper {
    /// Makes a change: record, note, revision, data folder, swap, in this order.
    pub(crate) async fn commit(
        &self,
        effects: &mut Effects,
        actor: &Actor,
        action: &'static str,
        candidate: Candidate,
    ) -> Result<Changed, NotChanged> {
        let Candidate { mut snapshot, files, report, cause, writes } = candidate;
        let served = self.live().snapshot();
        let difference = difference(&served, &snapshot);
        let number = effects.based + 1;
        let (added, removed, changed) = difference.counts();
        let detail = format!("{cause:?}: +{added} -{removed} ~{changed}, hash {}", snapshot.hash);
        let begun = Record::new(actor, action, Outcome::Begun, Some(number), &detail);
        self.audit().write(begun).await.map_err(NotChanged::NotRecorded)?;

        let note = match &writes {
            Writes::Nothing => None,
            Writes::Only(_) | Writes::All => {
                let only = match &writes {
                    Writes::Only(path) => Some(path.clone()),
                    _ => None,
                };
                let pending = Pending { number, hash: snapshot.hash.clone(), only };
                let state = self.state().to_owned();
                let written = blocking(move || pending.write(&state)).await;
                Some(
                    written
                        .map_err(|error| NotChanged::Folder(format!("the state folder cannot be written: {error}")))?,
                )
            }
        };
        let meta = match self.revisions().await?.append(number, actor, &cause, &files).await {
            Ok(Appended::Created(meta)) => meta,
            Ok(Appended::Taken) => {
                note.as_deref().map(forget);
                // Another process got the number. It may even have made the same change.
                self.follow(effects).await?;
                let standing = self.standing();
                let same = self.live().snapshot().hash == snapshot.hash;
                return match standing.revision.clone().filter(|_| same) {
                    Some(meta) => Ok(Changed { meta, difference, report, unwritten: None, set_aside: None }),
                    None => Err(NotChanged::Overtaken(standing.revision.clone())),
                };
            }
            Err(error) => {
                note.as_deref().map(forget);
                return Err(error.into());
            }
        };
        // From here on the change counts, whatever happens.
        effects.based = number;
        effects.apart = false;
        let mut unwritten = None;
        if let (Some(note), Some(folder)) = (note, self.folder()) {
            let (folder, only) = (
                folder.to_owned(),
                match writes {
                    Writes::Only(path) => Some(path),
                    _ => None,
                },
            );
            match blocking(move || bring_to(&folder, &files, only.as_deref())).await {
                Ok(()) => forget(&note),
                Err(error) => {
                    error!(%error, revision = number, "the data folder cannot be written; the next reload tries again");
                    unwritten = Some(error.to_string());
                }
            }
        }
        snapshot.origin = Origin::Revision(number);
        self.serve(snapshot, Standing { revision: Some(meta.clone()), report: report.clone(), broken: None });
        info!(revision = number, hash = meta.hash, "the catalogue is served");
        Ok(Changed { meta, difference, report, unwritten, set_aside: None })
    }
}
