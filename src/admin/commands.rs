//! `/rcp-admin`: what moderators ask, and what they are told. Rights are checked before anything else, for every command,
//! completion and button; what takes long is deferred.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use tokio::time::timeout;
use tracing::error;

use crate::catalogue::{Language, MAX_FILE_BYTES};
use crate::commands::{
    self, Attachment, Autocomplete, Caller, Choice, Interaction, InteractionData, LANGUAGE, Languages, Reader, Wording,
    option_json, plain_option_json, root_json, subcommand_json,
};
use crate::language::{Messages, Voice};
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::reply::{Reply, cut};
use crate::snapshot::Snapshot;
use crate::telemetry::Counters;

use crate::admin::button::{AdminButton, BASE};
use crate::admin::permission::{Rights, actor};
use crate::admin::replies;
use crate::publishing::audit::{AuditResult, Notice, Record};
use crate::publishing::{self, Publisher};

/// The root command for moderators.
pub const ROOT: &str = "rcp-admin";

/// Manage Server: who sees the command before a server's administrators decide otherwise. (Discord: topics/permissions.)
const MANAGE_GUILD: &str = "32";

/// How many of the newest revisions are looked through for a completion.
const COMPLETED_FROM: usize = 500;

/// How long the log may take for a completion, which Discord gives three seconds.
const COMPLETED_WITHIN: Duration = Duration::from_secs(2);

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFetched {
    /// The address is not one of Discord's attachments.
    #[error("the address is not that of an attachment on Discord")]
    Foreign,
    /// It is longer than is read.
    #[error("the file is too large")]
    TooLarge,
    /// It did not come.
    #[error("the file did not come: {0}")]
    Failed(String),
}

/// Fetches the files that come with commands: the transport's business.
pub trait Fetch: Send + Sync {
    /// The content of a file of at most `most` bytes.
    fn fetch<'a>(&'a self, file: &'a Attachment, most: u64) -> BoxFuture<'a, Result<Vec<u8>, NotFetched>>;
}

/// What is to be sent at once, and what follows.
pub struct Step {
    /// The first response.
    pub first: First,
    /// What is to be awaited afterwards. Its reply takes the place of the first response.
    pub then: Option<BoxFuture<'static, Option<Reply>>>,
}

/// The first response to an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    /// A message.
    Reply(Reply),
    /// The choices of a completion.
    Choices(Vec<Choice>),
    /// "Thinking …", for the asker alone.
    Defer,
    /// Nothing yet; the message of the button will be changed.
    DeferUpdate,
}

/// A subcommand of `/rcp-admin`.
pub(crate) struct Subcommand {
    /// Its name.
    pub name: Wording,
    /// Its options.
    pub options: &'static [Asked],
    run: fn(Arc<AdminCommands>, Interaction) -> BoxFuture<'static, Reply>,
}

/// An option of a subcommand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A file; required.
    File,
    /// A revision's number, typed with completion; required.
    Revision,
    /// The language of the answer.
    Language,
}

const FILE: Wording = Wording { fr: "fichier", en: "file", es: "archivo" };

const REVISION: Wording = Wording { fr: "revision", en: "revision", es: "revision" };

impl Asked {
    /// The option as Discord registers it.
    fn json(self, messages: &Messages) -> Value {
        match self {
            Asked::File => plain_option_json(messages, &FILE, 11, false),
            Asked::Revision => plain_option_json(messages, &REVISION, 3, true),
            Asked::Language => option_json(messages, &LANGUAGE),
        }
    }
}

/// Every subcommand, in the order in which Discord lists them.
pub(crate) static SUBCOMMANDS: [Subcommand; 5] = [
    Subcommand {
        name: Wording { fr: "recharger", en: "reload", es: "recargar" },
        options: &[],
        run: |admin, asked| admin.reload(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "verifier", en: "check", es: "verificar" },
        options: &[Asked::File, Asked::Language],
        run: |admin, asked| admin.check(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "historique", en: "history", es: "historial" },
        options: &[],
        run: |admin, asked| admin.history(asked, 0).boxed(),
    },
    Subcommand {
        name: Wording { fr: "retablir", en: "restore", es: "restaurar" },
        options: &[Asked::Revision],
        run: |admin, asked| admin.preview(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "etat", en: "status", es: "estado" },
        options: &[],
        run: |admin, asked| admin.status(asked).boxed(),
    },
];

/// The command for moderators, as Discord registers it in their servers: not shown to members without Manage Server.
pub fn tree(messages: &Messages) -> Vec<Value> {
    let root = Wording { fr: ROOT, en: ROOT, es: ROOT };
    let subcommands = SUBCOMMANDS.iter().map(|command| {
        subcommand_json(messages, &command.name, command.options.iter().map(|option| option.json(messages)))
    });
    let mut json = root_json(messages, &root, "command-rcp-admin", subcommands.collect());
    if let Some(fields) = json.as_object_mut() {
        fields.insert("default_member_permissions".to_owned(), json!(MANAGE_GUILD));
        fields.insert("nsfw".to_owned(), json!(false));
    }
    vec![json]
}

/// Answers moderators, who are told apart from others for each command, completion and button.
pub struct AdminCommands {
    publisher: Arc<Publisher>,
    rights: Rights,
    languages: Languages,
    fetch: Arc<dyn Fetch>,
    counters: Arc<Counters>,
}

impl AdminCommands {
    /// For those with `rights`. Files that come with commands are fetched with `fetch`.
    pub fn new(
        publisher: Arc<Publisher>,
        rights: Rights,
        languages: Languages,
        fetch: Arc<dyn Fetch>,
        counters: Arc<Counters>,
    ) -> AdminCommands {
        AdminCommands { publisher, rights, languages, fetch, counters }
    }

    /// What to send at once, and what follows.
    pub async fn begin(self: &Arc<Self>, asked: Interaction) -> Step {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        if let Err(refused) = self.rights.of(&asked.caller) {
            return match &asked.data {
                // Each letter typed would be a record of its own.
                InteractionData::Autocomplete(_) => Step { first: First::Choices(Vec::new()), then: None },
                _ => self.refuse(&asked, replies::refused(voice, refused), &refused.to_string()),
            };
        }
        match &asked.data {
            InteractionData::Autocomplete(Some(Autocomplete { option, typed, .. })) if option == REVISION.fr => {
                Step { first: First::Choices(self.complete(voice, typed).await), then: None }
            }
            InteractionData::Autocomplete(_) => Step { first: First::Choices(Vec::new()), then: None },
            InteractionData::Component(component) => match component.custom_id.parse::<AdminButton>() {
                Ok(_) => self.work(First::DeferUpdate, |admin, asked| admin.pressed(asked).boxed(), asked),
                Err(foreign) => self.refuse(&asked, replies::foreign(voice), &foreign.to_string()),
            },
            data => match subcommand(data) {
                Some(command) => self.work(First::Defer, command.run, asked),
                None => self.refuse(&asked, replies::unknown(voice), "no such subcommand"),
            },
        }
    }

    /// The language of replies to a person; all are private.
    fn language(&self, caller: &Caller) -> Language {
        self.languages.of(caller, None, false)
    }

    fn refuse(self: &Arc<Self>, asked: &Interaction, reply: Reply, reason: &str) -> Step {
        let (action, what) = action(&asked.data);
        let detail = format!("{reason}{what}, interaction {}", asked.id);
        let record = Record::new(&actor(&asked.caller), action, AuditResult::Refused, None, &detail);
        let admin = Arc::clone(self);
        let noted = async move {
            admin.publisher.audit().note(record).await;
            None
        };
        Step { first: First::Reply(reply), then: Some(noted.boxed()) }
    }

    /// Work that is done after the first response. A panic in it becomes an apology.
    fn work(
        self: &Arc<Self>,
        first: First,
        run: fn(Arc<AdminCommands>, Interaction) -> BoxFuture<'static, Reply>,
        asked: Interaction,
    ) -> Step {
        let admin = Arc::clone(self);
        let work = async move {
            let (interaction, language) = (asked.id, admin.language(&asked.caller));
            // A task of its own, so that a change goes on to its end even if nobody waits for it any more.
            let done = tokio::spawn(run(Arc::clone(&admin), asked)).await;
            Some(done.unwrap_or_else(|failed| {
                error!(interaction.id = interaction, error = %failed, "moderation panicked");
                admin.counters.failed();
                let snapshot = admin.publisher.live().snapshot();
                commands::apology(snapshot.messages.voice(language), &interaction.to_string())
            }))
        };
        Step { first, then: Some(work.boxed()) }
    }

    async fn reload(self: Arc<Self>, asked: Interaction) -> Reply {
        let reloaded = publishing::reload(&self.publisher, &actor(&asked.caller)).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        match reloaded {
            Ok(changed) => replies::changed(voice, "admin-reloaded", &changed),
            Err(error) => replies::not_changed(voice, &error),
        }
    }

    async fn check(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let chosen = invocation.text(LANGUAGE.name.fr).and_then(|code| code.parse().ok());
        let language = chosen.unwrap_or_else(|| self.language(&asked.caller));
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let actor = actor(&asked.caller);
        let note = async |result: AuditResult, detail: &str| {
            self.publisher.audit().note(Record::new(&actor, "check", result, None, detail)).await;
        };
        let Some(file) = invocation.file() else { return replies::unknown(voice) };
        if !file.name.to_lowercase().ends_with(".toml") {
            note(AuditResult::Refused, "not a .toml file").await;
            return replies::bad_upload(voice, "admin-upload-not-toml", MAX_FILE_BYTES);
        }
        let content = match self.fetch.fetch(file, MAX_FILE_BYTES).await {
            Ok(content) => content,
            Err(error) => {
                note(AuditResult::Refused, &error.to_string()).await;
                let key = match error {
                    NotFetched::Foreign => "admin-upload-foreign",
                    NotFetched::TooLarge => "admin-upload-too-large",
                    NotFetched::Failed(_) => "admin-upload-lost",
                };
                return replies::bad_upload(voice, key, MAX_FILE_BYTES);
            }
        };
        let checked = match publishing::check(&self.publisher, &content).await {
            Ok(checked) => checked,
            Err(error) => {
                note(error.result(), &error.to_string()).await;
                return replies::not_changed(voice, &error);
            }
        };
        let about = checked.process.clone().unwrap_or_else(|| "?".to_owned());
        let (Some(candidate), Some(process)) = (&checked.snapshot, &checked.process) else {
            note(AuditResult::Refused, &format!("{about}: errors ({})", checked.report.errors().count())).await;
            return replies::errors(voice, "admin-upload-errors", &checked.report);
        };
        if candidate.hash == checked.base {
            note(AuditResult::Unchanged, &about).await;
            return replies::same_upload(voice, process);
        }
        let upload = match checked.publishable {
            true => match publishing::keep_upload(&self.publisher, &content).await {
                Ok(upload) => Some(upload),
                Err(error) => {
                    note(AuditResult::Failed, &error.to_string()).await;
                    return replies::bad_upload(voice, "admin-upload-not-kept", MAX_FILE_BYTES);
                }
            },
            false => None,
        };
        note(AuditResult::Done, &format!("{about}, upload {}", upload.as_deref().unwrap_or("not kept"))).await;
        replies::preview(voice, &checked, upload.as_deref(), &base(&checked.base))
    }

    /// The card of an upload as it would be, checked anew beside what is served now.
    async fn card(self: Arc<Self>, asked: Interaction, upload: String, base: String) -> Reply {
        let language = self.language(&asked.caller);
        let checked = match publishing::read_upload(&self.publisher, &upload).await {
            Ok(Some(content)) => publishing::check(&self.publisher, &content).await,
            Ok(None) => Err(publishing::NotChanged::UploadGone),
            Err(error) => Err(error.into()),
        };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => return replies::not_changed(voice, &error),
        };
        let (Some(candidate), Some(process)) = (&checked.snapshot, &checked.process) else {
            return replies::errors(voice, "admin-upload-errors", &checked.report);
        };
        let reader = Reader {
            snapshot: candidate,
            voice: candidate.messages.voice(language),
            fixed: None,
            asker: asked.caller.user,
            private: true,
            today: crate::clock::today(),
        };
        match candidate.catalogue.process(process) {
            Some(process) => replies::card(voice, |rows| commands::card(&reader, process, rows), &upload, &base),
            None => replies::unknown(voice),
        }
    }

    async fn history(self: Arc<Self>, asked: Interaction, page: usize) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let revisions = match self.publisher.revisions().await {
            Ok(revisions) => revisions.history(usize::MAX).await,
            Err(error) => Err(error),
        };
        let (result, reply) = match revisions {
            Ok(history) => {
                let served = self.publisher.health().revision.as_ref().map(|meta| meta.number);
                (AuditResult::Done, replies::history(voice, &history, page, served))
            }
            Err(error) => (AuditResult::Failed, replies::not_changed(voice, &error.into())),
        };
        let record = Record::new(&actor(&asked.caller), "history", result, None, "");
        // Looking is told to nobody, but it is an attempt like any other.
        self.publisher.audit().note_quietly(record).await;
        reply
    }

    async fn preview(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let typed = invocation.text(REVISION.fr);
        let number = typed.and_then(|typed| typed.trim_start_matches('#').parse::<u64>().ok());
        let Some(number) = number else { return replies::no_number(voice, typed.unwrap_or_default()) };
        let (result, detail, reply) = match publishing::preview_restore(&self.publisher, number).await {
            Ok(previewed) => {
                let reply = replies::restoring(voice, &previewed, &base(&previewed.base));
                (AuditResult::Done, "shown".to_owned(), reply)
            }
            Err(error) => (error.result(), error.to_string(), replies::not_changed(voice, &error)),
        };
        let record = Record::new(&actor(&asked.caller), "restore", result, Some(number), &detail);
        self.publisher.audit().note_quietly(record).await;
        reply
    }

    async fn status(self: Arc<Self>, asked: Interaction) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let record = Record::new(&actor(&asked.caller), "status", AuditResult::Done, None, "");
        self.publisher.audit().note_quietly(record).await;
        replies::status(voice, &snapshot, &self.publisher.health(), &self.counters)
    }

    /// A button. That its `custom_id` reads back was seen before.
    async fn pressed(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Component(component) = &asked.data else { return Reply::default() };
        let actor = actor(&asked.caller);
        let done = match component.custom_id.parse::<AdminButton>() {
            Ok(AdminButton::History { page }) => return self.history(asked, page).await,
            Ok(AdminButton::Card { upload, base }) => return self.card(asked, upload, base).await,
            Ok(AdminButton::Publish { upload, base }) => {
                let published = publishing::publish(&self.publisher, &actor, &upload, &base).await;
                published.map(|changed| ("admin-published", changed)).map_err(|error| (error, Some(upload)))
            }
            Ok(AdminButton::Restore { number, base }) => {
                let restored = publishing::restore(&self.publisher, &actor, number, &base).await;
                restored.map(|changed| ("admin-restored", changed)).map_err(|error| (error, None))
            }
            Ok(AdminButton::Discard { upload }) => {
                publishing::discard_upload(&self.publisher, &upload).await;
                self.publisher.audit().note(Record::new(&actor, "discard", AuditResult::Done, None, &upload)).await;
                let snapshot = self.publisher.live().snapshot();
                return replies::short(snapshot.messages.voice(self.language(&asked.caller)), "admin-discarded");
            }
            Ok(AdminButton::Cancel) | Err(_) => {
                let snapshot = self.publisher.live().snapshot();
                return replies::short(snapshot.messages.voice(self.language(&asked.caller)), "admin-cancelled");
            }
        };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        match done {
            Ok((title, changed)) => replies::changed(voice, title, &changed),
            Err((error, upload)) => {
                let again = match upload {
                    Some(upload) => {
                        let kept = publishing::read_upload(&self.publisher, &upload).await;
                        Some(upload).filter(|_| kept.is_ok_and(|kept| kept.is_some()))
                    }
                    None => None,
                };
                replies::try_again(voice, replies::not_changed(voice, &error), again, &base(&snapshot.hash))
            }
        }
    }

    /// Revisions, newest first, with who made them and when. What is typed may be in any of it.
    async fn complete(&self, voice: Voice<'_>, typed: &str) -> Vec<Choice> {
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
        let typed = typed.trim().to_lowercase();
        let choices = history.into_iter().filter_map(|(number, meta)| {
            let name = replies::revision_line(voice, &meta?);
            let found = typed.is_empty() || name.to_lowercase().contains(&typed);
            found.then(|| Choice { name: cut(&name, CHOICE_TEXT), value: number.to_string() })
        });
        choices.take(CHOICES).collect()
    }
}

/// As much of a catalogue's hash as a button carries.
fn base(hash: &str) -> String {
    hash.chars().take(BASE).collect()
}

/// A record as it is told in the audit channel, in this language.
pub fn notice(snapshot: &Snapshot, language: Language, notice: &Notice) -> Reply {
    // The record has the English name; people type the one that Discord shows them.
    let known = SUBCOMMANDS.iter().find(|command| command.name.en == notice.record.action);
    let typed = known.map_or(notice.record.action, |command| command.name.fr);
    replies::notice(snapshot.messages.voice(language), notice, typed)
}

/// The subcommand that is asked for, if it is one.
fn subcommand(data: &InteractionData) -> Option<&'static Subcommand> {
    let InteractionData::Command(invocation) = data else { return None };
    SUBCOMMANDS.iter().find(|command| command.name.fr == invocation.command)
}

/// The name of what was asked, for the record, and what else to note of it.
fn action(data: &InteractionData) -> (&'static str, String) {
    match data {
        InteractionData::Autocomplete(_) => ("complete", String::new()),
        InteractionData::Component(component) => {
            let action = component.custom_id.parse::<AdminButton>().map_or("press", |button| button.action());
            (action, format!(", button {:?}", cut(&component.custom_id, 100)))
        }
        data => (subcommand(data).map_or("unknown", |command| command.name.en), String::new()),
    }
}
