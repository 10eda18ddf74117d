//! From a changed file to a publication: the one way for all, whether the file was uploaded or made by a form.
//!
//! Changed bytes → checked beside what is served → the difference beside *Publish*, the face behind a button → published,
//! exactly as it was shown.

use std::sync::Arc;

use crate::catalogue::{Language, MAX_FILE_BYTES, recognise};
use crate::commands::{Caller, Interaction, InteractionData, LANGUAGE, Reader, show};
use crate::reply::{Budget, Reply};
use crate::snapshot::Snapshot;

use crate::admin::button::BASE;
use crate::admin::commands::{AdminCommands, NotFetched, REASON};
use crate::admin::permission::actor;
use crate::admin::replies::{proposal, refusal};
use crate::admin::words::face;
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{self, CheckedProposal, KeptProposal, NotChanged, Proposal};

/// As much of a catalogue's hash as a button carries.
pub(crate) fn base(hash: &str) -> String {
    hash.chars().take(BASE).collect()
}

impl AdminCommands {
    /// `/rcp-admin verifier`: a file that somebody changed, named by what it holds.
    pub(crate) async fn check(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let chosen = invocation.text(LANGUAGE.name.fr).and_then(|code| code.parse().ok());
        let language = chosen.unwrap_or_else(|| self.language(&asked.caller));
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let actor = actor(&asked.caller);
        let note = async |result: AuditResult, why: &'static str, detail: &str| {
            self.publisher.audit().note(Record::new(&actor, "check", result, None, detail).because(why)).await;
        };
        let Some(file) = invocation.file() else { return refusal::unknown(voice) };
        let content = match self.fetch.fetch(file, MAX_FILE_BYTES).await {
            Ok(content) => content,
            Err(error) => {
                let (why, key) = match error {
                    NotFetched::Foreign => ("upload-foreign", "admin-upload-foreign"),
                    NotFetched::TooLarge => ("upload-too-large", "admin-upload-too-large"),
                    NotFetched::Failed(_) => ("upload-lost", "admin-upload-lost"),
                };
                note(AuditResult::Refused, why, &error.to_string()).await;
                return refusal::bad_upload(voice, key, MAX_FILE_BYTES);
            }
        };
        let served = match self.publisher.served_files().await {
            Ok(served) => served,
            Err(error) => {
                note(error.result(), error.kind(), &error.to_string()).await;
                return refusal::not_changed(&snapshot, voice, &error);
            }
        };
        let Some(file) = recognise(&served, &content) else {
            note(AuditResult::Refused, "upload-unknown", "it is like no file of the catalogue").await;
            return refusal::bad_upload(voice, "admin-upload-unknown", MAX_FILE_BYTES);
        };
        let reason = publishing::reason(invocation.text(REASON.fr).unwrap_or_default());
        let proposal = Proposal { file, content, reason, ..Proposal::default() };
        self.propose(&asked.caller, "check", language, proposal).await
    }

    /// Shows what a changed file would change, beside the button that publishes it; or what is wrong with it. `action` names
    /// in the record what the person did. That they may was looked at before.
    pub(crate) async fn propose(
        &self,
        caller: &Caller,
        action: &'static str,
        language: Language,
        proposal: Proposal,
    ) -> Reply {
        let actor = actor(caller);
        let note = async |result: AuditResult, why: &'static str, detail: &str| {
            let record = Record::new(&actor, action, result, None, detail);
            self.publisher.audit().note(record.because(why).about(&proposal.file, &proposal.reason)).await;
        };
        let checked = publishing::check(&self.publisher, &proposal).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => {
                note(error.result(), error.kind(), &error.to_string()).await;
                return refusal::not_changed(&snapshot, voice, &error);
            }
        };
        let Some(candidate) = &checked.snapshot else {
            note(AuditResult::Refused, "upload-errors", &format!("errors ({})", checked.report.errors().count())).await;
            return proposal::refused_proposal(&snapshot, voice, &proposal.file, &checked.report);
        };
        if candidate.hash == checked.base {
            note(AuditResult::Unchanged, "", "").await;
            return proposal::same(&snapshot, voice, &proposal.file);
        }
        let kept = match checked.publishable {
            true => match publishing::keep_proposal(&self.publisher, &proposal, &checked.over).await {
                Ok(kept) => Some(kept),
                Err(error) => {
                    note(AuditResult::Failed, "upload-not-kept", &error.to_string()).await;
                    return refusal::bad_upload(voice, "admin-upload-not-kept", MAX_FILE_BYTES);
                }
            },
            false => None,
        };
        note(AuditResult::Done, "", &format!("proposal {}", kept.as_deref().unwrap_or("not kept"))).await;
        proposal::preview(&snapshot, voice, &checked, kept.as_deref(), &base(&checked.base), false)
    }

    /// A proposal, checked anew beside what is served now.
    async fn checked_anew(&self, name: &str) -> Result<(KeptProposal, CheckedProposal), NotChanged> {
        let kept = publishing::read_proposal(&self.publisher, name).await?.ok_or(NotChanged::ProposalGone)?;
        let checked = publishing::check(&self.publisher, &kept.proposal).await?;
        Ok((kept, checked))
    }

    /// What a proposal would change over what is served now.
    pub(crate) async fn look_again(&self, caller: &Caller, name: &str) -> Reply {
        let checked = self.checked_anew(name).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        let (kept, checked) = match checked {
            Ok(checked) => checked,
            Err(error) => return refusal::not_changed(&snapshot, voice, &error),
        };
        match &checked.snapshot {
            None => proposal::refused_proposal(&snapshot, voice, &checked.file, &checked.report),
            Some(candidate) if candidate.hash == checked.base => proposal::same(&snapshot, voice, &checked.file),
            Some(_) => {
                let moved = !kept.over.is_empty() && kept.over != checked.over;
                proposal::preview(&snapshot, voice, &checked, Some(name), &base(&checked.base), moved)
            }
        }
    }

    /// The face of what a proposal changes, as it would be. Over another catalogue than it was checked beside it is not
    /// shown: that one is looked at first.
    pub(crate) async fn face(&self, caller: &Caller, name: String, base: &str) -> Reply {
        let language = self.language(caller);
        let checked = self.checked_anew(&name).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let (_, checked) = match checked {
            Ok(checked) => checked,
            Err(error) => return refusal::not_changed(&snapshot, voice, &error),
        };
        if !checked.base.starts_with(base) {
            return self.overtaken(&snapshot, caller, name);
        }
        let Some(candidate) = &checked.snapshot else {
            return proposal::refused_proposal(&snapshot, voice, &checked.file, &checked.report);
        };
        let reader = Reader {
            snapshot: candidate,
            voice: candidate.messages.voice(language),
            fixed: None,
            asker: caller.user,
            private: true,
            today: crate::clock::today(),
            face: Budget::FACE,
        };
        let view = face(&candidate.catalogue, &checked.file, &checked.difference);
        match view.and_then(|view| show(&reader, &view).ok()) {
            Some(shown) => proposal::card(voice, shown.embeds, &name, base),
            None => proposal::no_face(voice),
        }
    }

    fn overtaken(&self, snapshot: &Snapshot, caller: &Caller, name: String) -> Reply {
        let voice = snapshot.messages.voice(self.language(caller));
        let error = NotChanged::Overtaken(self.publisher.health().revision.clone());
        let reply = refusal::not_changed(snapshot, voice, &error);
        refusal::look_again(voice, reply, Some(name), &base(&snapshot.hash))
    }

    /// *Publish*. The report that the change answers is settled with it.
    pub(crate) async fn publish(&self, caller: &Caller, name: String, base: &str) -> Reply {
        let kept = publishing::read_proposal(&self.publisher, &name).await.ok().flatten();
        let published = publishing::publish(&self.publisher, &actor(caller), &name, base).await;
        let report = kept.and_then(|kept| kept.proposal.report).filter(|_| published.is_ok());
        let settled = match report {
            Some(report) => self.settle(caller, &report).await,
            None => false,
        };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(caller));
        match published {
            Ok(changed) => proposal::changed(voice, "admin-published", &changed, settled),
            Err(error) => {
                let kept = publishing::read_proposal(&self.publisher, &name).await;
                let again = Some(name).filter(|_| kept.is_ok_and(|kept| kept.is_some()));
                let reply = refusal::not_changed(&snapshot, voice, &error);
                refusal::look_again(voice, reply, again, &self::base(&snapshot.hash))
            }
        }
    }

    /// *Discard*.
    pub(crate) async fn discard(&self, caller: &Caller, name: &str) -> Reply {
        let kept = publishing::read_proposal(&self.publisher, name).await.ok().flatten();
        publishing::discard_proposal(&self.publisher, name).await;
        let (file, reason) = kept.map(|kept| (kept.proposal.file, kept.proposal.reason)).unwrap_or_default();
        let record = Record::new(&actor(caller), "discard", AuditResult::Done, None, name);
        self.publisher.audit().note(record.about(&file, &reason)).await;
        let snapshot = self.publisher.live().snapshot();
        refusal::short(snapshot.messages.voice(self.language(caller)), "admin-discarded")
    }
}
