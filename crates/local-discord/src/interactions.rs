//! Interactions under way: what was sent, what came back, and the clocks that run on them.
//!
//! Lives here: the record of each interaction and the rules of its life (Discord:
//! interactions/receiving-and-responding): three seconds for the first response, one first response, fifteen minutes
//! for everything after it. The HTTP side is in `rest`, the people who act are in `person`.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::messages::File;
use crate::snowflake;

/// A callback that the bot sent for an interaction, taken or refused.
#[derive(Clone, Debug)]
pub struct CallbackRecord {
    /// The JSON body.
    pub body: Arc<Value>,
    /// The files sent with it.
    pub files: Vec<File>,
    /// The status it was answered with: 204 or 200 if it was taken.
    pub status: u16,
    /// The time since the interaction was sent.
    pub after: Duration,
}

/// What the application first said to an interaction.
#[derive(Clone, Debug)]
pub(crate) struct First {
    pub(crate) kind: u64,
    pub(crate) body: Arc<Value>,
    pub(crate) files: Vec<File>,
    pub(crate) after: Duration,
}

/// One interaction.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: u64,
    pub(crate) json: Value,
    pub(crate) user_id: u64,
    pub(crate) channel_id: u64,
    pub(crate) sent: Instant,
    /// When the first response is too late.
    pub(crate) deadline: Instant,
    /// When the token is void.
    pub(crate) expires: Instant,
    pub(crate) first: Option<First>,
    pub(crate) callbacks: Vec<CallbackRecord>,
    /// What `@original` names.
    pub(crate) original: Option<u64>,
    /// The message whose component was used.
    pub(crate) source: Option<u64>,
    pub(crate) followups: Vec<u64>,
    changed: watch::Sender<()>,
}

impl Interaction {
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    pub(crate) fn touch(&self) {
        self.changed.send_replace(());
    }

    /// The user who acts.
    pub(crate) fn user(&self) -> &Value {
        if self.json["member"].is_null() { &self.json["user"] } else { &self.json["member"]["user"] }
    }

    /// Whether only the person installed the application, not the guild: then five follow-ups are the most.
    pub(crate) fn user_installed_only(&self) -> bool {
        let owners = &self.json["authorizing_integration_owners"];
        !owners["1"].is_null() && owners["0"].is_null()
    }
}

/// All interactions that are remembered.
#[derive(Debug)]
pub(crate) struct Interactions {
    by_id: HashMap<u64, Interaction>,
    by_token: HashMap<String, u64>,
    order: VecDeque<u64>,
    limit: usize,
}

impl Interactions {
    pub(crate) fn new(limit: usize) -> Interactions {
        Interactions { by_id: HashMap::new(), by_token: HashMap::new(), order: VecDeque::new(), limit }
    }

    /// Remembers an interaction that is about to be sent, and returns its id. One with the id of an earlier interaction
    /// is that interaction again, as when Discord replays it, and changes nothing.
    pub(crate) fn add(
        &mut self,
        fresh_id: u64,
        json: Value,
        now: Instant,
        response_limit: Duration,
        token_lifetime: Duration,
    ) -> u64 {
        let id = snowflake::from_json(&json["id"]).unwrap_or(fresh_id);
        if self.by_id.contains_key(&id) {
            return id;
        }
        let token = json["token"].as_str().unwrap_or_default().to_owned();
        let user = if json["member"].is_null() { &json["user"] } else { &json["member"]["user"] };
        let interaction = Interaction {
            id,
            token: token.clone(),
            kind: json["type"].as_u64().unwrap_or(0),
            user_id: snowflake::from_json(&user["id"]).unwrap_or(0),
            channel_id: snowflake::from_json(&json["channel_id"]).unwrap_or(0),
            sent: now,
            deadline: now + response_limit,
            expires: now + token_lifetime,
            first: None,
            callbacks: Vec::new(),
            original: None,
            source: snowflake::from_json(&json["message"]["id"]),
            followups: Vec::new(),
            changed: watch::Sender::new(()),
            json,
        };
        self.by_token.insert(token, id);
        self.by_id.insert(id, interaction);
        self.order.push_back(id);
        while self.order.len() > self.limit {
            let oldest = self.order.pop_front().and_then(|id| self.by_id.remove(&id));
            if let Some(oldest) = oldest {
                self.by_token.remove(&oldest.token);
            }
        }
        id
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Interaction> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Interaction> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn with_token(&mut self, token: &str) -> Option<&mut Interaction> {
        self.by_id.get_mut(self.by_token.get(token)?)
    }

    /// The interaction that was answered with the modal that this one submits: the newest of the same person that opened
    /// a modal of the same `custom_id`.
    pub(crate) fn opener_of_modal(&self, submitted: &Interaction) -> Option<&Interaction> {
        let custom_id = &submitted.json["data"]["custom_id"];
        let opened = |one: &&Interaction| {
            one.user_id == submitted.user_id
                && one
                    .first
                    .as_ref()
                    .is_some_and(|first| first.kind == 9 && first.body["data"]["custom_id"] == *custom_id)
        };
        self.order.iter().rev().filter_map(|id| self.by_id.get(id)).find(opened)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Interaction> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }
}

/// The command as people see it: with group and subcommand.
pub(crate) fn command_path(data: &Value) -> String {
    let mut path = data["name"].as_str().unwrap_or_default().to_owned();
    let mut options = &data["options"];
    while let Some(below) =
        options.as_array().and_then(|list| list.iter().find(|one| matches!(one["type"].as_u64(), Some(1 | 2))))
    {
        path.push(' ');
        path.push_str(below["name"].as_str().unwrap_or_default());
        options = &below["options"];
    }
    path
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_interaction_sent_again_is_the_same_and_the_oldest_is_forgotten() {
        let mut all = Interactions::new(2);
        let mut add = |id: &str| {
            let json = json!({"id": id, "token": format!("t{id}"), "type": 2});
            all.add(0, json, Instant::now(), Duration::from_secs(3), Duration::from_secs(900))
        };
        assert_eq!((add("1"), add("1"), add("2"), add("3")), (1, 1, 2, 3));
        assert_eq!(all.all().count(), 2);
        assert!(all.with_token("t1").is_none() && all.with_token("t3").is_some());
    }
}
