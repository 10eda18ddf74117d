//! `/rcp-admin historique` and `retablir`: what the revisions changed, what differs between them, taking one back.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tracing::error;

use crate::commands::{Caller, Choice, Interaction, InteractionData};
use crate::language::Voice;
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::reply::{Reply, cut};
use crate::snapshot::Snapshot;

use crate::admin::commands::{AdminCommands, REVISION, WITH};
use crate::admin::permission::actor;
use crate::admin::proposing::base;
use crate::admin::replies::{history, proposal, refusal};
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{self, ComparedRevisions, Meta, NotChanged};

/// How many of the newest revisions are looked through for a completion.
const COMPLETED_FROM: usize = 500;

/// How long the log may take for a completion, which Discord gives three seconds.
const COMPLETED_WITHIN: Duration = Duration::from_secs(2);

/// A number as people write it.
fn number(typed: &str) -> Option<u64> {
    typed.trim().trim_start_matches('#').parse().ok()
}

impl AdminCommands {
    /// Looking is told to nobody, but it is an attempt like any other.
    async fn note_looking(&self, caller: &Caller, action: &'static str, looked: Result<u64, &NotChanged>, of: u64) {
        let record = match looked {
            Ok(number) => Record::new(&actor(caller), action, AuditResult::Done, Some(number), "shown"),
            Err(error) => Record::new(&actor(caller), action, error.result(), Some(of), &error.to_string()),
        };
        self.publisher.audit().note_quietly(record).await;
    }

    /// Every revision, newest first, and the number of the one that is served.
    async fn log(&self) -> Result<(Vec<(u64, Option<Meta>)>, Option<u64>), NotChanged> {
        let all = self.publisher.revisions().await?.history(usize::MAX).await?;
        Ok((all, self.publisher.health().revision.as_ref().map(|meta| meta.number)))
    }

    /// The list of revisions; or one of them, or two beside each other, where the person names them.
    pub(crate) async fn history(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let (one, other) = (invocation.text(REVISION.fr), invocation.text(WITH.fr));
        let numbers = [one, other].into_iter().flatten().map(|typed| number(typed).ok_or(typed));
        let numbers: Result<Vec<u64>, &str> = numbers.collect();
        match numbers.as_deref() {
            Ok([]) => self.list(&asked.caller, 0).await,
            Ok([number]) => self.revision(&asked.caller, *number).await,
            Ok([one, other, ..]) => self.compare(&asked.caller, *one.min(other), *one.max(other)).await,
            Err(typed) => {
                let snapshot = self.publisher.live().snapshot();
                refusal::no_number(snapshot.messages.voice(self.language(&asked.caller)), typed)
            }
        }
    }

    /// A page of the list.
    pub(crate) async fn list(&self, caller: &Caller, page: usize) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        let (result, reply) = match self.log().await {
            Ok((all, served)) => (AuditResult::Done, history::history(&snapshot, voice, &all, page, served)),
            Err(error) => (error.result(), refusal::not_changed(&snapshot, voice, &error)),
        };
        self.publisher.audit().note_quietly(Record::new(&actor(caller), "history", result, None, "")).await;
        reply
    }

    /// What a revision changed: what differs between it and the one before it.
    pub(crate) async fn revision(&self, caller: &Caller, number: u64) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        let (all, served) = match self.log().await {
            Ok(log) => log,
            Err(error) => return refusal::not_changed(&snapshot, voice, &error),
        };
        // Damaged ones are passed over.
        let before = all.iter().find(|(one, meta)| *one < number && meta.is_some()).map(|(one, _)| *one);
        match (before, all.iter().find(|(one, _)| *one == number)) {
            (Some(before), Some(_)) => self.compared(&snapshot, caller, (before, number), &all, served).await,
            (None, Some((_, Some(meta)))) => history::first(&snapshot, voice, meta),
            _ => refusal::not_changed(&snapshot, voice, &NotChanged::NoRevision(number)),
        }
    }

    /// What differs between two revisions.
    pub(crate) async fn compare(&self, caller: &Caller, old: u64, new: u64) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        match self.log().await {
            Ok((all, served)) => self.compared(&snapshot, caller, (old, new), &all, served).await,
            Err(error) => refusal::not_changed(&snapshot, voice, &error),
        }
    }

    async fn compared(
        &self,
        snapshot: &Snapshot,
        caller: &Caller,
        (old, new): (u64, u64),
        all: &[(u64, Option<Meta>)],
        served: Option<u64>,
    ) -> Reply {
        let voice = snapshot.messages.voice(self.language(caller));
        let compared = publishing::compare(&self.publisher, old, new).await;
        self.note_looking(caller, "history", compared.as_ref().map(|_| new), new).await;
        match &compared {
            Ok(ComparedRevisions { old, new, difference }) => {
                let compared = history::Compared { old, new, difference };
                history::compared(snapshot, voice, &compared, all, served)
            }
            Err(error) => refusal::not_changed(snapshot, voice, error),
        }
    }

    /// `/rcp-admin retablir`: what taking back a revision would change.
    pub(crate) async fn preview_typed(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let typed = invocation.text(REVISION.fr);
        match typed.and_then(number) {
            Some(number) => self.preview(&asked.caller, number).await,
            None => {
                let snapshot = self.publisher.live().snapshot();
                let voice = snapshot.messages.voice(self.language(&asked.caller));
                refusal::no_number(voice, typed.unwrap_or_default())
            }
        }
    }

    /// What taking back a revision would change.
    pub(crate) async fn preview(&self, caller: &Caller, number: u64) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        let previewed = publishing::preview_restore(&self.publisher, number).await;
        self.note_looking(caller, "restore", previewed.as_ref().map(|_| number), number).await;
        match &previewed {
            Ok(previewed) => history::restoring(&snapshot, voice, previewed, &base(&previewed.base)),
            Err(error) => refusal::not_changed(&snapshot, voice, error),
        }
    }

    /// Takes a revision back, over the catalogue that the person had before their eyes.
    pub(crate) async fn restore(&self, caller: &Caller, number: u64, base: &str) -> Reply {
        let restored = publishing::restore(&self.publisher, &actor(caller), number, base).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        match restored {
            Ok(changed) => proposal::changed(voice, "admin-restored", &changed, false),
            Err(error) => refusal::not_changed(&snapshot, voice, &error),
        }
    }

    /// Revisions, newest first, with what they changed, who made them and when. What is typed may be in any of it.
    pub(crate) async fn complete_revision(&self, typed: &str, voice: Voice<'_>) -> Vec<Choice> {
        let Ok(revisions) = self.publisher.revisions().await else { return Vec::new() };
        let history = match timeout(COMPLETED_WITHIN, revisions.history(COMPLETED_FROM)).await {
            Ok(Ok(history)) => history,
            Ok(Err(error)) => {
                error!(%error, "revisions cannot be offered");
                Vec::new()
            }
            Err(_) => {
                error!("revisions cannot be offered: the log does not answer in time");
                Vec::new()
            }
        };
        let (snapshot, typed) = (self.publisher.live().snapshot(), typed.trim().to_lowercase());
        let choices = history.into_iter().filter_map(|(number, meta)| {
            let name = history::revision_line(&snapshot, voice, &meta?);
            let found = typed.is_empty() || name.to_lowercase().contains(&typed);
            found.then(|| Choice { name: cut(&name, CHOICE_TEXT), value: number.to_string() })
        });
        choices.take(CHOICES).collect()
    }
}
