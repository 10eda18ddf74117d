//! The bodies of interaction callbacks: whatever is sent back first is made here, whichever way it goes.
//! (Discord: interactions/receiving-and-responding, "Interaction Response Object".)

use serde::{Serialize, Serializer};
use serenity::all::{CreateInteractionResponseMessage, CreateModal, MessageFlags};

use crate::commands::Choice;
use crate::reply::{Modal, Reply, discord};

/// Callback types. (Discord: interactions/receiving-and-responding, "Interaction Callback Type".)
mod kind {
    pub(super) const PONG: u8 = 1;
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const DEFERRED_MESSAGE: u8 = 5;
    pub(super) const DEFERRED_UPDATE: u8 = 6;
    pub(super) const UPDATE: u8 = 7;
    pub(super) const CHOICES: u8 = 8;
    pub(super) const MODAL: u8 = 9;
}

/// A callback's body, as JSON once it is serialised.
#[derive(Debug, Serialize)]
pub struct Callback<D> {
    r#type: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<D>,
}

impl<D: Serialize> Callback<D> {
    /// The body as it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        // Texts, numbers and lists of them always become JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// That we are there.
pub fn pong() -> Callback<()> {
    Callback { r#type: kind::PONG, data: None }
}

/// A message made of a reply.
#[derive(Debug)]
pub struct Message<'r> {
    reply: &'r Reply,
    message: CreateInteractionResponseMessage,
}

impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Hardly a message names files, and the others need not be made twice.
        match self.reply.has_attachments() {
            false => self.message.serialize(serializer),
            true => {
                discord::message(&self.message, self.reply).map_err(serde::ser::Error::custom)?.serialize(serializer)
            }
        }
    }
}

/// A new message. Its files go beside it.
pub fn message(reply: &Reply) -> Callback<Message<'_>> {
    Callback { r#type: kind::MESSAGE, data: Some(Message { reply, message: reply.to_message() }) }
}

/// The message of the component, changed in place. What it showed before goes, its files too; those of the reply come.
pub fn update(reply: &Reply) -> Callback<Message<'_>> {
    Callback { r#type: kind::UPDATE, data: Some(Message { reply, message: reply.to_update() }) }
}

/// What stands for a message until it is made.
#[derive(Debug, Serialize)]
pub struct Deferred {
    flags: u64,
}

/// "Thinking …", for the asker alone.
pub fn deferred_message() -> Callback<Deferred> {
    Callback { r#type: kind::DEFERRED_MESSAGE, data: Some(Deferred { flags: MessageFlags::EPHEMERAL.bits() }) }
}

/// Nothing yet: the message of the component will be changed or deleted.
pub fn deferred_update() -> Callback<()> {
    Callback { r#type: kind::DEFERRED_UPDATE, data: None }
}

/// A form that opens over the page.
pub fn modal(modal: &Modal) -> Callback<CreateModal> {
    Callback { r#type: kind::MODAL, data: Some(modal.to_modal()) }
}

/// Choices as Discord takes them, at most 25.
#[derive(Debug, Serialize)]
pub struct Choices<'c> {
    choices: Vec<ChoiceJson<'c>>,
}

#[derive(Debug, Serialize)]
struct ChoiceJson<'c> {
    name: &'c str,
    value: &'c str,
}

/// What is offered while an option is typed.
pub fn choices(choices: &[Choice]) -> Callback<Choices<'_>> {
    let choices = choices.iter().map(|choice| ChoiceJson { name: &choice.name, value: &choice.value }).collect();
    Callback { r#type: kind::CHOICES, data: Some(Choices { choices }) }
}
