//! What comes back: the first response to an interaction and everything after it, as the person sees it.
//!
//! Lives here: sending, waiting and looking. Nothing here changes what the bot said.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::interactions::{CallbackRecord, First};
use crate::messages::{File, Message};
use crate::snowflake;
use crate::state::{Shared, WaitError};

/// An interaction that was sent and may not be answered yet.
#[derive(Clone)]
#[must_use = "the response is found in the outcome"]
pub struct Pending {
    shared: Arc<Shared>,
    /// The interaction's id.
    pub interaction_id: u64,
    /// How many gateway sessions it was sent to or is kept for: 0 if the application is not there at all.
    pub sessions: usize,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("interaction_id", &self.interaction_id).finish_non_exhaustive()
    }
}

impl Pending {
    /// Sends an interaction over the gateway. Without a session to serve it, it is lost, as on Discord.
    pub(crate) fn send(shared: Arc<Shared>, json: Value) -> Pending {
        let text = json.to_string();
        let guild = snowflake::from_json(&json["guild_id"]);
        let options = &shared.options;
        let fresh = shared.ids.next();
        let mut state = shared.lock();
        let now = shared.now();
        let id = state.interactions.add(fresh, json, now, options.response_limit, options.token_lifetime);
        let sessions = state.gateway.dispatch("INTERACTION_CREATE", &text, guild);
        drop(state);
        shared.touch();
        Pending { shared, interaction_id: id, sessions }
    }

    /// The interaction with this id, sent before.
    pub(crate) fn again(shared: Arc<Shared>, interaction_id: u64) -> Pending {
        Pending { shared, interaction_id, sessions: 0 }
    }

    /// Waits for the first response, at most as long as Discord does.
    pub async fn outcome(&self) -> Outcome {
        let first = self.first().await;
        let (response, latency) = match &first {
            Some(first) => (Response::of(first), Some(first.after)),
            None => (Response::NoResponse, None),
        };
        Outcome { shared: self.shared.clone(), interaction_id: self.interaction_id, response, latency, first }
    }

    async fn first(&self) -> Option<First> {
        let mut clock = self.shared.clock_moves();
        loop {
            clock.mark_unchanged();
            let (mut changes, deadline) = {
                let state = self.shared.lock();
                let interaction = state.interactions.get(self.interaction_id)?;
                if let Some(first) = &interaction.first {
                    return Some(first.clone());
                }
                (interaction.changes(), interaction.deadline)
            };
            let now = self.shared.now();
            if now > deadline {
                return None;
            }
            // A little past the deadline, so that the next look finds it over.
            let left = deadline - now + Duration::from_millis(1);
            tokio::select! {
                _ = changes.changed() => {}
                _ = clock.changed() => {}
                () = tokio::time::sleep(left) => {}
            }
        }
    }
}

/// What the application first said.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// A new message (callback type 4).
    Message,
    /// "Thinking …" (type 5); the message comes by an edit.
    Deferred,
    /// Nothing visible (type 6); an edit of the component's message may follow.
    Acknowledged,
    /// The component's message was changed (type 7).
    Updated,
    /// Choices for the option being typed (type 8).
    Choices(Vec<Choice>),
    /// A modal (type 9): its `data`.
    Modal(Value),
    /// Another type of callback.
    Other(u64),
    /// Nothing in time: the person reads that the application did not respond.
    NoResponse,
}

impl Response {
    fn of(first: &First) -> Response {
        let data = &first.body["data"];
        match first.kind {
            4 => Response::Message,
            5 => Response::Deferred,
            6 => Response::Acknowledged,
            7 => Response::Updated,
            8 => Response::Choices(data["choices"].as_array().into_iter().flatten().map(Choice::of).collect()),
            9 => Response::Modal(data.clone()),
            other => Response::Other(other),
        }
    }
}

/// A choice of an autocompletion.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The label in the default language.
    pub name: String,
    /// The labels in other languages: an object, or null.
    pub name_localizations: Value,
    /// What is sent if it is picked: a text or a number.
    pub value: Value,
}

impl Choice {
    fn of(json: &Value) -> Choice {
        Choice {
            name: json["name"].as_str().unwrap_or_default().to_owned(),
            name_localizations: json["name_localizations"].clone(),
            value: json["value"].clone(),
        }
    }

    /// The label that a person with this locale reads.
    pub fn label(&self, locale: &str) -> &str {
        self.name_localizations[locale].as_str().unwrap_or(&self.name)
    }
}

/// What came of an interaction. The first response stands fixed in it; the methods look at what there is now.
#[derive(Clone)]
pub struct Outcome {
    shared: Arc<Shared>,
    /// The interaction's id.
    pub interaction_id: u64,
    /// What the application first said.
    pub response: Response,
    /// The time from sending the interaction to receiving the callback; `None` without a response.
    pub latency: Option<Duration>,
    first: Option<First>,
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("interaction_id", &self.interaction_id)
            .field("response", &self.response)
            .field("body", &self.body())
            .finish_non_exhaustive()
    }
}

impl Outcome {
    /// The JSON body of the callback, exactly as sent.
    pub fn body(&self) -> Option<&Value> {
        self.first.as_ref().map(|first| &*first.body)
    }

    /// The files sent with the callback.
    pub fn files(&self) -> &[File] {
        self.first.as_ref().map_or(&[], |first| first.files.as_slice())
    }

    /// The choices, if that is what came back; else none.
    pub fn choices(&self) -> &[Choice] {
        match &self.response {
            Response::Choices(choices) => choices,
            _ => &[],
        }
    }

    /// Whether anything came back in time.
    pub fn is_answered(&self) -> bool {
        self.response != Response::NoResponse
    }

    /// The interaction as it was sent.
    pub fn interaction(&self) -> Value {
        let state = self.shared.lock();
        state.interactions.get(self.interaction_id).map_or(Value::Null, |interaction| interaction.json.clone())
    }

    /// The message that answers (or that was changed), as it stands now; `None` if there is none or it was deleted.
    pub fn message(&self) -> Option<Message> {
        let state = self.shared.lock();
        let id = state.interactions.get(self.interaction_id)?.original?;
        state.messages.get(id).filter(|message| !message.deleted).cloned()
    }

    /// Whether only the person sees the message that answers.
    pub fn is_ephemeral(&self) -> bool {
        self.message().is_some_and(|message| message.is_ephemeral())
    }

    /// The follow-up messages so far, oldest first, without deleted ones.
    pub fn followups(&self) -> Vec<Message> {
        let state = self.shared.lock();
        let Some(interaction) = state.interactions.get(self.interaction_id) else { return Vec::new() };
        let followups = interaction.followups.iter().filter_map(|id| state.messages.get(*id));
        followups.filter(|message| !message.deleted).cloned().collect()
    }

    /// All callbacks received so far, taken and refused, in order.
    pub fn callbacks(&self) -> Vec<CallbackRecord> {
        let state = self.shared.lock();
        state.interactions.get(self.interaction_id).map_or_else(Vec::new, |interaction| interaction.callbacks.clone())
    }

    /// Waits until the message that answers is no longer "thinking …", and returns it.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`](crate::Options::patience).
    pub async fn settled(&self) -> Result<Message, WaitError> {
        self.wait("settled message", |outcome| outcome.message().filter(|message| !message.is_loading())).await
    }

    /// Waits until there are so many follow-ups, and returns all there are.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`](crate::Options::patience).
    pub async fn wait_for_followups(&self, count: usize) -> Result<Vec<Message>, WaitError> {
        self.wait("such number of follow-ups", |outcome| {
            Some(outcome.followups()).filter(|followups| followups.len() >= count)
        })
        .await
    }

    /// Waits until so many callbacks have been received, taken or refused, and returns all there are.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`](crate::Options::patience).
    pub async fn wait_for_callbacks(&self, count: usize) -> Result<Vec<CallbackRecord>, WaitError> {
        self.wait("such number of callbacks", |outcome| {
            Some(outcome.callbacks()).filter(|callbacks| callbacks.len() >= count)
        })
        .await
    }

    /// Waits until `look` finds what it looks for; looks again whenever something about the interaction changes.
    async fn wait<T>(&self, what: &'static str, look: impl Fn(&Outcome) -> Option<T>) -> Result<T, WaitError> {
        let patience = self.shared.options.patience;
        let until = Instant::now() + patience;
        loop {
            let changes = self.shared.lock().interactions.get(self.interaction_id).map(|one| one.changes());
            if let Some(found) = look(self) {
                return Ok(found);
            }
            // A forgotten interaction changes no more; then only the patience is waited for.
            let changed = async {
                match changes {
                    Some(mut changes) => changes.changed().await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            if tokio::time::timeout_at(until, changed).await.is_err() {
                return Err(WaitError { what, patience });
            }
        }
    }
}
