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
    self, Caller, Choice, LANGUAGE, Languages, Reader, Wording, option_json, plain_option_json, root_json,
    subcommand_json,
};
use crate::language::{Messages, Voice};
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::reply::{Reply, cut};
use crate::telemetry::Counters;

use crate::admin::permission::{Person, Rights};
use crate::admin::replies;
use crate::admin::target::{AdminButton, BASE};
use crate::blocking::blocking;
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

/// What somebody asks of the desk.
#[derive(Clone, Debug)]
pub struct Request {
    /// The interaction's id, for the record.
    pub interaction: u64,
    /// Who asks, and where.
    pub person: Person,
    /// What they ask.
    pub wish: Wish,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A subcommand.
    Command {
        /// Its default name.
        name: String,
        /// Its options that are texts, by their default names.
        options: Vec<(String, String)>,
        /// The file that came with it.
        file: Option<Attachment>,
    },
    /// Choices for an option being typed.
    Complete {
        /// The option.
        option: String,
        /// What has been typed so far.
        typed: String,
    },
    /// A button. Anybody can send any.
    Press {
        /// Its `custom_id`.
        custom_id: String,
    },
}

/// A file that came with a command, as Discord names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: u64,
    /// Its name. The person chose it.
    pub name: String,
    /// Its length in bytes, as Discord tells it.
    pub size: u64,
    /// Where it is.
    pub url: String,
}

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
pub struct Subcommand {
    /// Its name.
    pub name: Wording,
    /// Its options.
    pub options: &'static [Asked],
    run: fn(Arc<Desk>, Request) -> BoxFuture<'static, Reply>,
}

/// An option of a subcommand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
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
pub static SUBCOMMANDS: [Subcommand; 5] = [
    Subcommand {
        name: Wording { fr: "recharger", en: "reload", es: "recargar" },
        options: &[],
        run: |desk, request| desk.reload(request).boxed(),
    },
    Subcommand {
        name: Wording { fr: "verifier", en: "check", es: "verificar" },
        options: &[Asked::File, Asked::Language],
        run: |desk, request| desk.check(request).boxed(),
    },
    Subcommand {
        name: Wording { fr: "historique", en: "history", es: "historial" },
        options: &[],
        run: |desk, request| desk.history(request, 0).boxed(),
    },
    Subcommand {
        name: Wording { fr: "retablir", en: "restore", es: "restaurar" },
        options: &[Asked::Revision],
        run: |desk, request| desk.preview(request).boxed(),
    },
    Subcommand {
        name: Wording { fr: "etat", en: "status", es: "estado" },
        options: &[],
        run: |desk, request| desk.status(request).boxed(),
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

/// The desk.
pub struct Desk {
    publisher: Arc<Publisher>,
    rights: Rights,
    languages: Languages,
    fetch: Arc<dyn Fetch>,
    counters: Arc<Counters>,
}

impl Desk {
    /// A desk at which those with `rights` are served.
    pub fn new(
        publisher: Arc<Publisher>,
        rights: Rights,
        languages: Languages,
        fetch: Arc<dyn Fetch>,
        counters: Arc<Counters>,
    ) -> Desk {
        Desk { publisher, rights, languages, fetch, counters }
    }

    /// Takes a request.
    pub async fn begin(self: &Arc<Self>, request: Request) -> Step {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
        if let Err(refused) = self.rights.of(&request.person) {
            return match &request.wish {
                // Each letter typed would be a record of its own.
                Wish::Complete { .. } => Step { first: First::Choices(Vec::new()), then: None },
                _ => self.refuse(&request, replies::refused(voice, refused), &refused.to_string()),
            };
        }
        match &request.wish {
            Wish::Complete { option, typed } if option == REVISION.fr => {
                Step { first: First::Choices(self.complete(voice, typed).await), then: None }
            }
            Wish::Complete { .. } => Step { first: First::Choices(Vec::new()), then: None },
            Wish::Command { name, .. } => match SUBCOMMANDS.iter().find(|command| command.name.fr == name) {
                Some(command) => self.work(First::Defer, command.run, request),
                None => self.refuse(&request, replies::unknown(voice), "no such subcommand"),
            },
            Wish::Press { custom_id } => match custom_id.parse::<AdminButton>() {
                Ok(_) => self.work(First::DeferUpdate, |desk, request| desk.pressed(request).boxed(), request),
                Err(foreign) => self.refuse(&request, replies::foreign(voice), &foreign.to_string()),
            },
        }
    }

    /// A record as it is told in the audit channel.
    pub fn notice(&self, notice: &Notice) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        // The record has the English name; people type the one that Discord shows them.
        let known = SUBCOMMANDS.iter().find(|command| command.name.en == notice.record.action);
        let typed = known.map_or(notice.record.action, |command| command.name.fr);
        replies::notice(snapshot.messages.voice(self.languages.default), notice, typed)
    }

    /// The language of replies to a person; all are private.
    fn language(&self, person: &Person) -> Language {
        let caller = Caller {
            user: person.user,
            guild: person.guild,
            locale: person.locale.clone(),
            guild_locale: person.guild_locale.clone(),
            ..Caller::default()
        };
        self.languages.of(&caller, None, false)
    }

    fn refuse(self: &Arc<Self>, request: &Request, reply: Reply, reason: &str) -> Step {
        let (asked, what) = asked(&request.wish);
        let detail = format!("{reason}{what}, interaction {}", request.interaction);
        let record = Record::new(&request.person.actor(), asked, AuditResult::Refused, None, &detail);
        let desk = Arc::clone(self);
        let noted = async move {
            desk.publisher.audit().note(record).await;
            None
        };
        Step { first: First::Reply(reply), then: Some(noted.boxed()) }
    }

    /// Work that is done after the first response. A panic in it becomes an apology.
    fn work(
        self: &Arc<Self>,
        first: First,
        run: fn(Arc<Desk>, Request) -> BoxFuture<'static, Reply>,
        request: Request,
    ) -> Step {
        let desk = Arc::clone(self);
        let work = async move {
            let (interaction, language) = (request.interaction, desk.language(&request.person));
            // A task of its own, so that a change goes on to its end even if nobody waits for it any more.
            let done = tokio::spawn(run(Arc::clone(&desk), request)).await;
            Some(done.unwrap_or_else(|failed| {
                error!(interaction.id = interaction, error = %failed, "moderation panicked");
                desk.counters.failed();
                let snapshot = desk.publisher.live().snapshot();
                commands::apology(snapshot.messages.voice(language), &interaction.to_string())
            }))
        };
        Step { first, then: Some(work.boxed()) }
    }

    async fn reload(self: Arc<Self>, request: Request) -> Reply {
        let reloaded = publishing::reload(&self.publisher, &request.person.actor()).await;
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
        match reloaded {
            Ok(changed) => replies::changed(voice, "admin-reloaded", &changed),
            Err(error) => replies::not_changed(voice, &error),
        }
    }

    async fn check(self: Arc<Self>, request: Request) -> Reply {
        let Wish::Command { options, file, .. } = &request.wish else { return Reply::default() };
        let asked = options.iter().find(|(name, _)| name == LANGUAGE.name.fr);
        let language = asked.and_then(|(_, code)| code.parse().ok()).unwrap_or_else(|| self.language(&request.person));
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(language);
        let actor = request.person.actor();
        let note = async |result: AuditResult, detail: &str| {
            self.publisher.audit().note(Record::new(&actor, "check", result, None, detail)).await;
        };
        let Some(file) = file else { return replies::unknown(voice) };
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
        let desk = Arc::clone(&self);
        let upload = match blocking(move || desk.publisher.uploads().keep(&content)).await {
            Ok(upload) => upload,
            Err(error) => {
                note(AuditResult::Failed, &error.to_string()).await;
                return replies::bad_upload(voice, "admin-upload-not-kept", MAX_FILE_BYTES);
            }
        };
        note(AuditResult::Done, &format!("{about}, upload {upload}")).await;
        let reader = Reader {
            snapshot: candidate,
            voice: candidate.messages.voice(language),
            fixed: None,
            asker: request.person.user,
            private: true,
            today: crate::clock::today(),
        };
        let card = candidate.catalogue.process(process).map(|process| commands::card(&reader, process));
        replies::preview(voice, &checked, card, &upload, &base(&checked.base))
    }

    async fn history(self: Arc<Self>, request: Request, page: usize) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
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
        let record = Record::new(&request.person.actor(), "history", result, None, "");
        // Looking is told to nobody, but it is an attempt like any other.
        self.publisher.audit().note_quietly(record).await;
        reply
    }

    async fn preview(self: Arc<Self>, request: Request) -> Reply {
        let Wish::Command { options, .. } = &request.wish else { return Reply::default() };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
        let typed = options.iter().find(|(name, _)| name == REVISION.fr).map(|(_, typed)| typed.trim());
        let number = typed.and_then(|typed| typed.trim_start_matches('#').parse::<u64>().ok());
        let Some(number) = number else { return replies::no_number(voice, typed.unwrap_or_default()) };
        let (result, detail, reply) = match publishing::preview_restore(&self.publisher, number).await {
            Ok(previewed) => {
                let reply = replies::restoring(voice, &previewed, &base(&previewed.base));
                (AuditResult::Done, "shown".to_owned(), reply)
            }
            Err(error) => (error.result(), error.to_string(), replies::not_changed(voice, &error)),
        };
        let record = Record::new(&request.person.actor(), "restore", result, Some(number), &detail);
        self.publisher.audit().note_quietly(record).await;
        reply
    }

    async fn status(self: Arc<Self>, request: Request) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
        let record = Record::new(&request.person.actor(), "status", AuditResult::Done, None, "");
        self.publisher.audit().note_quietly(record).await;
        replies::status(voice, &snapshot, &self.publisher.health(), &self.counters)
    }

    /// A button. That its `custom_id` reads back was seen before.
    async fn pressed(self: Arc<Self>, request: Request) -> Reply {
        let Wish::Press { custom_id } = &request.wish else { return Reply::default() };
        let actor = request.person.actor();
        let done = match custom_id.parse::<AdminButton>() {
            Ok(AdminButton::History { page }) => return self.history(request, page).await,
            Ok(AdminButton::Publish { upload, base }) => {
                let published = publishing::publish(&self.publisher, &actor, &upload, &base).await;
                published.map(|changed| ("admin-published", changed)).map_err(|error| (error, Some(upload)))
            }
            Ok(AdminButton::Restore { number, base }) => {
                let restored = publishing::restore(&self.publisher, &actor, number, &base).await;
                restored.map(|changed| ("admin-restored", changed)).map_err(|error| (error, None))
            }
            Ok(AdminButton::Discard { upload }) => {
                self.publisher.uploads().forget(&upload);
                self.publisher.audit().note(Record::new(&actor, "discard", AuditResult::Done, None, &upload)).await;
                let snapshot = self.publisher.live().snapshot();
                return replies::short(snapshot.messages.voice(self.language(&request.person)), "admin-discarded");
            }
            Ok(AdminButton::Cancel) | Err(_) => {
                let snapshot = self.publisher.live().snapshot();
                return replies::short(snapshot.messages.voice(self.language(&request.person)), "admin-cancelled");
            }
        };
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&request.person));
        match done {
            Ok((title, changed)) => replies::changed(voice, title, &changed),
            Err((error, upload)) => {
                let again = upload.filter(|upload| self.publisher.uploads().get(upload).is_some());
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

/// The name of what was asked, for the record, and what else to note of it.
fn asked(wish: &Wish) -> (&'static str, String) {
    match wish {
        Wish::Command { name, .. } => {
            let known = SUBCOMMANDS.iter().find(|command| command.name.fr == name);
            (known.map_or("unknown", |command| command.name.en), String::new())
        }
        Wish::Complete { .. } => ("complete", String::new()),
        Wish::Press { custom_id } => {
            let action = custom_id.parse::<AdminButton>().map_or("press", |target| target.action());
            (action, format!(", button {:?}", cut(custom_id, 100)))
        }
    }
}
