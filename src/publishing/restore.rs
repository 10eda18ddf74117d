//! Taking back an earlier revision: its files are served again, as a new revision, and the data folder holds them.

use jiff::Timestamp;

use crate::catalogue::{Difference, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::Outcome;
use crate::publishing::audit::Record;
use crate::publishing::change::{Candidate, Changed, NotChanged, Writes};
use crate::publishing::folder;
use crate::publishing::keeper::{Keeper, blocking, difference};
use crate::publishing::revision::Actor;
use crate::publishing::revision::Cause;
use crate::publishing::revisions::{Meta, Revision, StoreError};

/// The action's name in the record: the subcommand's.
const ACTION: &str = "retablir";

/// The folder in the state folder of what stood in the data folder without being served.
const SET_ASIDE: &str = "set-aside";

/// What taking back a revision would change.
pub struct Previewed {
    /// Who made it, when and why.
    pub meta: Meta,
    /// What would differ from what is served.
    pub difference: Difference,
    /// What a check of today finds in it.
    pub report: Report,
    /// The hash of what is served.
    pub base: String,
}

impl Keeper {
    /// What taking back a revision would change.
    pub async fn preview(&self, number: u64) -> Result<Previewed, NotChanged> {
        let served = self.live().snapshot();
        let (Revision { meta, files }, snapshot, report) = self.revision(number).await?;
        if files.hash() == served.hash {
            return Err(NotChanged::Same);
        }
        let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
        let base = served.hash.clone();
        let difference = blocking(move || difference(&served, &snapshot)).await;
        Ok(Previewed { meta, difference, report, base })
    }

    /// Takes back a revision, if `base` is still served.
    pub async fn restore(&self, actor: &Actor, number: u64, base: &str) -> Result<Changed, NotChanged> {
        let restored = self.try_restore(actor, number, base).await;
        let detail = format!("of revision {number}");
        let record = match &restored {
            Ok(changed) => Record::new(actor, ACTION, Outcome::Done, Some(changed.meta.number), &detail),
            Err(error) => Record::new(actor, ACTION, error.outcome(), None, &format!("{detail}: {error}")),
        };
        self.audit().note(record).await;
        restored
    }

    async fn try_restore(&self, actor: &Actor, number: u64, base: &str) -> Result<Changed, NotChanged> {
        let mut effects = self.begin().await?;
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        let served = self.live().snapshot();
        if !served.hash.starts_with(base) {
            return Err(NotChanged::Overtaken(self.standing().revision.clone()));
        }
        let (Revision { files, .. }, snapshot, report) = self.revision(number).await?;
        if files.hash() == served.hash {
            return Err(NotChanged::Same);
        }
        let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
        let (there, read) = self.read(folder).await;
        let set_aside = match read.is_acceptable() && there.hash() == served.hash {
            true => None,
            false => self.set_aside().await?,
        };
        let candidate =
            Candidate { snapshot, files, report, cause: Cause::Restore { of: number }, writes: Writes::All };
        let changed = self.commit(&mut effects, actor, ACTION, candidate).await?;
        Ok(Changed { set_aside, ..changed })
    }

    async fn revision(&self, number: u64) -> Result<(Revision, Option<Snapshot>, Report), NotChanged> {
        let revision = match self.revisions().await?.read(number).await {
            Err(StoreError::Missing(number)) => return Err(NotChanged::NoRevision(number)),
            other => other?,
        };
        let (snapshot, report) = self.build(revision.files.clone(), Report::default(), Origin::Revision(number)).await;
        Ok((revision, snapshot, report))
    }

    /// Copies what stands in the data folder and is not served, so that nobody's work is lost; says where to, if there
    /// was anything.
    async fn set_aside(&self) -> Result<Option<String>, NotChanged> {
        let Some(folder) = self.folder().map(ToOwned::to_owned) else { return Err(NotChanged::NoFolder) };
        let to = self.state().join(SET_ASIDE).join(Timestamp::now().to_string().replace(':', "-"));
        let name = to.strip_prefix(self.state()).unwrap_or(&to).display().to_string();
        let copied = blocking(move || folder::copy(&folder, &to)).await;
        let copied =
            copied.map_err(|error| NotChanged::Folder(format!("the data folder cannot be set aside: {error}")))?;
        Ok((copied > 0).then_some(name))
    }
}
