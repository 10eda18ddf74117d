//! Reading the data folder again: whole, beside what is served; then swapped in one step, or refused whole.

use crate::snapshot::Origin;

use crate::publishing::audit::Outcome;
use crate::publishing::audit::{Found, Record};
use crate::publishing::change::{Candidate, Changed, NotChanged, Writes};
use crate::publishing::keeper::{Effects, Keeper};
use crate::publishing::revision::Actor;
use crate::publishing::revision::Cause;

/// The action's name in the record: the subcommand's.
const ACTION: &str = "recharger";

/// How often a number is tried against other processes that make revisions at the same moment.
const TRIES: usize = 5;

impl Keeper {
    /// Reads the data folder and serves it, if it has no errors.
    pub async fn reload(&self, actor: &Actor) -> Result<Changed, NotChanged> {
        let broken = self.standing().broken.is_some();
        let reloaded = self.try_reload(actor).await;
        let record = match &reloaded {
            Ok(changed) => Record::new(actor, ACTION, Outcome::Done, Some(changed.meta.number), ""),
            // A watched folder changes with every one of our own writes.
            Err(NotChanged::Same) if *actor == Actor::Watch && !broken => return reloaded,
            Err(error) => Record::new(actor, ACTION, error.outcome(), None, &error.to_string()),
        };
        let found = match &reloaded {
            Ok(changed) => Some(Found::Changes(changed.difference.clone())),
            Err(NotChanged::Errors(report)) => Some(Found::Errors(report.clone())),
            Err(NotChanged::Same) if broken => Some(Found::Mended),
            Err(_) => None,
        };
        self.audit().note_found(record, found).await;
        reloaded
    }

    async fn try_reload(&self, actor: &Actor) -> Result<Changed, NotChanged> {
        let mut effects = self.begin().await?;
        let mut tries = TRIES;
        loop {
            tries -= 1;
            match self.reload_once(&mut effects, actor).await {
                // Another process got the number and is followed by now; had it been a moment earlier, this reload would
                // simply come after it.
                Err(error @ NotChanged::Overtaken(_)) if tries > 0 => {
                    self.audit().note(Record::new(actor, ACTION, error.outcome(), None, &error.to_string())).await;
                }
                reloaded => return reloaded,
            }
        }
    }

    async fn reload_once(&self, effects: &mut Effects, actor: &Actor) -> Result<Changed, NotChanged> {
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        let (files, read) = self.read(folder).await;
        let served = self.live().snapshot();
        if read.is_acceptable() && files.hash() == served.hash {
            self.set_broken(None);
            return Err(NotChanged::Same);
        }
        let (snapshot, report) = self.build(files.clone(), read, Origin::Folder).await;
        match snapshot {
            Some(snapshot) => {
                let candidate = Candidate { snapshot, files, report, cause: Cause::Reload, writes: Writes::Nothing };
                self.commit(effects, actor, ACTION, candidate).await
            }
            None => {
                self.set_broken(Some(report.clone()));
                Err(NotChanged::Errors(report))
            }
        }
    }
}
