//! `/rcp-admin`: what moderators ask, and what they are told. Rights are checked before anything else, for every command,
//! completion and button; what takes long is deferred.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tracing::error;

use crate::catalogue::Language;
use crate::catalogue::fold::fold;
use crate::commands::{
    self, Attachment, Autocomplete, Caller, Choice, Component, Interaction, InteractionData, LANGUAGE, Languages,
    Wording, choice_option_json, option_json, plain_option_json, root_json, subcommand_json,
};
use crate::language::{Messages, Voice};
use crate::reply::limits::{CHOICE_TEXT, CHOICES};
use crate::reply::{Modal, Reply, cut};
use crate::snapshot::Snapshot;
use crate::telemetry::{Counters, VainSearches};

use crate::admin::button::{AdminButton, NotAdminButton};
use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::form_replies;
use crate::admin::letter::Letter;
use crate::admin::permission::{NotPermitted, Rights, actor};
use crate::admin::replies::{notice, proposal, refusal, status};
use crate::admin::review_button::ReviewButton;
use crate::admin::words::MEETINGS;
use crate::publishing::audit::{AuditResult, Notice, Record};
use crate::publishing::{self, LONGEST_REASON, Publisher};

/// The root command for moderators.
pub const ROOT: &str = "rcp-admin";

/// Manage Server: who sees the command before a server's administrators decide otherwise. (Discord: topics/permissions.)
const MANAGE_GUILD: &str = "32";

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
    /// A form that opens over the page.
    Form(Modal),
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
    /// A record or a table of the catalogue, typed with completion; required.
    Content,
    /// Why something is to be published.
    Reason,
    /// A process, typed with completion; required.
    Process,
    /// One that may be left out.
    AnyProcess,
    /// What a form changes; required.
    What,
    /// A revision's number, typed with completion; required.
    Revision,
    /// One that may be left out.
    AnyRevision,
    /// Another, with which it is compared.
    With,
    /// The language of the answer.
    Language,
}

const FILE: Wording = Wording { fr: "fichier", en: "file", es: "archivo" };

/// What a file holds that is asked for.
pub(crate) const CONTENT: Wording = Wording { fr: "contenu", en: "content", es: "contenido" };

/// Why something is to be published. It is an option and no modal after *Publish*: who has the file in hand types it where
/// they type the command, so that a publication with a reason takes not one press more than one without.
pub(crate) const REASON: Wording = Wording { fr: "raison", en: "reason", es: "motivo" };

pub(crate) const PROCESS: Wording = Wording { fr: "processus", en: "process", es: "proceso" };

const WHAT: Wording = Wording { fr: "quoi", en: "what", es: "que" };

/// The subcommand that opens a form.
const MODIFY: Wording = Wording { fr: "modifier", en: "edit", es: "editar" };

pub(crate) const REVISION: Wording = Wording { fr: "revision", en: "revision", es: "revision" };

pub(crate) const WITH: Wording = Wording { fr: "avec", en: "with", es: "con" };

impl Asked {
    /// The option as Discord registers it.
    fn json(self, messages: &Messages) -> Value {
        match self {
            Asked::File => plain_option_json(messages, &FILE, 11, true, false),
            Asked::Content => plain_option_json(messages, &CONTENT, 3, true, true),
            Asked::Reason => {
                let mut json = plain_option_json(messages, &REASON, 3, false, false);
                if let Some(fields) = json.as_object_mut() {
                    fields.insert("max_length".to_owned(), json!(LONGEST_REASON));
                }
                json
            }
            Asked::Process => plain_option_json(messages, &PROCESS, 3, true, true),
            Asked::AnyProcess => plain_option_json(messages, &PROCESS, 3, false, true),
            Asked::What => {
                let kinds = EditKind::offered().map(|kind| (kind.key(), format!("form-kind-{}", kind.key())));
                choice_option_json(messages, &WHAT, &kinds.collect::<Vec<_>>())
            }
            Asked::Revision => plain_option_json(messages, &REVISION, 3, true, true),
            Asked::AnyRevision => plain_option_json(messages, &REVISION, 3, false, true),
            Asked::With => plain_option_json(messages, &WITH, 3, false, true),
            Asked::Language => option_json(messages, &LANGUAGE),
        }
    }
}

/// Every subcommand, in the order in which Discord lists them.
pub(crate) static SUBCOMMANDS: [Subcommand; 8] = [
    Subcommand {
        name: Wording { fr: "recharger", en: "reload", es: "recargar" },
        options: &[],
        run: |admin, asked| admin.reload(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "fichier", en: "file", es: "archivo" },
        options: &[Asked::Content, Asked::Language],
        run: |admin, asked| admin.file(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "verifier", en: "check", es: "verificar" },
        options: &[Asked::File, Asked::Reason, Asked::Language],
        run: |admin, asked| admin.check(asked).boxed(),
    },
    Subcommand {
        name: MODIFY,
        options: &[Asked::Process, Asked::What],
        // A form is opened at once, without any work.
        run: |_, _| async { Reply::default() }.boxed(),
    },
    Subcommand {
        name: Wording { fr: "revue", en: "review", es: "revision" },
        options: &[Asked::AnyProcess],
        run: |admin, asked| admin.review(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "historique", en: "history", es: "historial" },
        options: &[Asked::AnyRevision, Asked::With],
        run: |admin, asked| admin.history(asked).boxed(),
    },
    Subcommand {
        name: Wording { fr: "retablir", en: "restore", es: "restaurar" },
        options: &[Asked::Revision],
        run: |admin, asked| admin.preview_typed(asked).boxed(),
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
    pub(crate) publisher: Arc<Publisher>,
    rights: Rights,
    languages: Languages,
    pub(crate) fetch: Arc<dyn Fetch>,
    counters: Arc<Counters>,
    letters: Option<mpsc::Sender<Letter>>,
    searches: Option<Arc<VainSearches>>,
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
        AdminCommands { publisher, rights, languages, fetch, counters, letters: None, searches: None }
    }

    /// The same, which tells readers what became of their reports.
    pub fn with_letters(self, letters: mpsc::Sender<Letter>) -> AdminCommands {
        AdminCommands { letters: Some(letters), ..self }
    }

    /// The same, which shows moderators what was searched in vain.
    pub fn with_searches(self, searches: Arc<VainSearches>) -> AdminCommands {
        AdminCommands { searches: Some(searches), ..self }
    }

    /// What was searched in vain, most often first, where that is counted.
    pub(crate) fn searched_in_vain(&self, most: usize) -> Vec<(String, u64)> {
        self.searches.as_ref().map(|searches| searches.most_frequent(most)).unwrap_or_default()
    }

    /// Tells a reader something. Where more is to be told than goes out, it is not.
    pub(crate) fn write(&self, letter: Letter) {
        if let Some(letters) = &self.letters
            && letters.try_send(letter).is_err()
        {
            error!("a reader cannot be told: too much waits to be");
        }
    }

    /// What to send at once, and what follows.
    pub async fn begin(self: &Arc<Self>, asked: Interaction) -> Step {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        // Anybody may report what is wrong.
        if let InteractionData::Modal(form) = &asked.data
            && commands::is_report(&form.custom_id)
        {
            return self.report(asked);
        }
        if let Err(refused) = self.rights.of(&asked.caller) {
            return match &asked.data {
                // Each letter typed would be a record of its own.
                InteractionData::Autocomplete(_) => Step { first: First::Choices(Vec::new()), then: None },
                _ => {
                    let why = match refused {
                        NotPermitted::Place => "place",
                        NotPermitted::Person => "person",
                    };
                    // Whoever lost their role while they wrote has it still.
                    let reply = form_replies::keeping(voice, refusal::refused(voice, refused), &asked.data);
                    self.refuse(&asked, reply, &refused.to_string(), why)
                }
            };
        }
        match &asked.data {
            InteractionData::Autocomplete(Some(Autocomplete { option, typed, .. })) => {
                let choices = match option.as_str() {
                    option if option == REVISION.fr || option == WITH.fr => self.complete_revision(typed, voice).await,
                    option if option == CONTENT.fr => self.complete_content(&snapshot, voice, typed),
                    option if option == PROCESS.fr => {
                        // The same names as everywhere.
                        let (command, option) = ("info".to_owned(), option.to_owned());
                        let typing = Autocomplete { command, option, typed: typed.clone() };
                        let processes = commands::autocomplete(&snapshot, &self.languages, &asked.caller, &typing);
                        with_global_meetings(&snapshot, voice, typed, processes)
                    }
                    _ => Vec::new(),
                };
                Step { first: First::Choices(choices), then: None }
            }
            InteractionData::Autocomplete(None) => Step { first: First::Choices(Vec::new()), then: None },
            InteractionData::Component(component) if let Ok(button) = component.custom_id.parse::<FormButton>() => {
                self.form_of_button(&asked, button).await
            }
            InteractionData::Component(component) if let Ok(button) = component.custom_id.parse::<ReviewButton>() => {
                match (button, component.values.first().and_then(|kind| kind.parse().ok())) {
                    (ReviewButton::Forms { about }, Some(kind)) => {
                        self.form_of_button(&asked, FormButton::Open { kind, about }).await
                    }
                    (ReviewButton::Forms { .. }, None) => {
                        self.refuse(&asked, refusal::foreign(voice), "no such form", "foreign")
                    }
                    _ => self.work(First::DeferUpdate, |admin, asked| admin.review_pressed(asked).boxed(), asked),
                }
            }
            InteractionData::Modal(form) => match form.custom_id.parse::<FormButton>() {
                Ok(FormButton::Filled { .. }) => {
                    self.work(First::Defer, |admin, asked| admin.submitted(asked).boxed(), asked)
                }
                _ => {
                    let reply = form_replies::keeping(voice, refusal::foreign(voice), &asked.data);
                    self.refuse(&asked, reply, "not a form of ours", "foreign")
                }
            },
            InteractionData::Command(invocation) if invocation.command == MODIFY.fr => {
                let text = |option: Wording| invocation.text(option.fr).unwrap_or_default();
                self.form_of_command(&asked, text(PROCESS), text(WHAT))
            }
            InteractionData::Component(component) => match button(component) {
                Ok(_) => self.work(First::DeferUpdate, |admin, asked| admin.pressed(asked).boxed(), asked),
                Err(error) => self.refuse(&asked, refusal::foreign(voice), &error.to_string(), "foreign"),
            },
            data => match subcommand(data) {
                Some(command) => self.work(First::Defer, command.run, asked),
                None => self.refuse(&asked, refusal::unknown(voice), "no such subcommand", "unknown"),
            },
        }
    }

    /// What is served.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.publisher.live().snapshot()
    }

    /// The language of replies to a person; all are private.
    pub(crate) fn language(&self, caller: &Caller) -> Language {
        self.languages.of(caller, None, false)
    }

    pub(crate) fn refuse(self: &Arc<Self>, asked: &Interaction, reply: Reply, reason: &str, why: &'static str) -> Step {
        let (action, what) = action(&asked.data);
        let detail = format!("{reason}{what}, interaction {}", asked.id);
        let record = Record::new(&actor(&asked.caller), action, AuditResult::Refused, None, &detail).because(why);
        let admin = Arc::clone(self);
        let noted = async move {
            admin.publisher.audit().note(record).await;
            None
        };
        Step { first: First::Reply(reply), then: Some(noted.boxed()) }
    }

    /// Work that is done after the first response. A panic in it becomes an apology.
    pub(crate) fn work(
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
            Ok(changed) => proposal::changed(voice, "admin-reloaded", &changed, false),
            Err(error) => refusal::not_changed(&snapshot, voice, &error),
        }
    }

    async fn status(self: Arc<Self>, asked: Interaction) -> Reply {
        let snapshot = self.publisher.live().snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let record = Record::new(&actor(&asked.caller), "status", AuditResult::Done, None, "");
        self.publisher.audit().note_quietly(record).await;
        status::status(voice, &snapshot, &self.publisher.health(), &self.counters)
    }

    /// A button, or what was chosen from a menu. That its `custom_id` reads back was seen before.
    async fn pressed(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Component(component) = &asked.data else { return Reply::default() };
        let Ok(button) = button(component) else {
            let snapshot = self.publisher.live().snapshot();
            return refusal::foreign(snapshot.messages.voice(self.language(&asked.caller)));
        };
        match button {
            AdminButton::Publish { proposal, base } => self.publish(&asked.caller, proposal, &base).await,
            AdminButton::Card { proposal, base } => self.face(&asked.caller, proposal, &base).await,
            AdminButton::Proposal { proposal, base: _ } => self.look_again(&asked.caller, &proposal).await,
            AdminButton::Discard { proposal } => self.discard(&asked.caller, &proposal).await,
            AdminButton::Restore { number, base } => self.restore(&asked.caller, number, &base).await,
            AdminButton::Preview { number } => self.preview(&asked.caller, number).await,
            AdminButton::History { page } => self.list(&asked.caller, page).await,
            AdminButton::Revision { number } => self.revision(&asked.caller, number).await,
            AdminButton::Compare { old, new } => self.compare(&asked.caller, old, new).await,
            AdminButton::Cancel | AdminButton::Menu => {
                let snapshot = self.publisher.live().snapshot();
                refusal::short(snapshot.messages.voice(self.language(&asked.caller)), "admin-cancelled")
            }
        }
    }
}

/// The processes that are offered, and before them the global meetings, which are changed and looked at in the same way,
/// where their name agrees with what was typed.
fn with_global_meetings(snapshot: &Snapshot, voice: Voice<'_>, typed: &str, processes: Vec<Choice>) -> Vec<Choice> {
    let series = &snapshot.catalogue.meetings.series;
    let words = fold(typed);
    let names = series.name.wordings().map(|(_, name)| name).chain(series.aliases.iter().map(String::as_str));
    let agrees = names.chain([series.acronym.get(voice.language)]).any(|name| fold(name).contains(words.trim()));
    let name = cut(series.name.get(voice.language), CHOICE_TEXT);
    let ours = agrees.then(|| Choice { name, value: MEETINGS.to_owned() });
    ours.into_iter().chain(processes).take(CHOICES).collect()
}

/// What a component asks for: a button, or what was chosen from a menu, which may only show something.
fn button(component: &Component) -> Result<AdminButton, NotAdminButton> {
    match component.custom_id.parse()? {
        AdminButton::Menu => {
            let chosen: AdminButton = component.values.first().ok_or(NotAdminButton)?.parse()?;
            if chosen.only_shows() { Ok(chosen) } else { Err(NotAdminButton) }
        }
        button => Ok(button),
    }
}

/// A record as it is told in the audit channel, in this language.
pub fn notice(snapshot: &Snapshot, language: Language, told: &Notice) -> Reply {
    // The record has the English name; people type the one that Discord shows them.
    let known = SUBCOMMANDS.iter().find(|command| command.name.en == told.record.action);
    let typed = known.map_or(told.record.action, |command| command.name.fr);
    notice::notice(snapshot, snapshot.messages.voice(language), told, typed)
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
            let action = button(component).map_or("press", |button| button.action());
            (action, format!(", button {:?}", cut(&component.custom_id, 100)))
        }
        data => (subcommand(data).map_or("unknown", |command| command.name.en), String::new()),
    }
}
