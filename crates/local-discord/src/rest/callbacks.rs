//! The first response to an interaction (Discord: interactions/receiving-and-responding, "Create Interaction Response").
//!
//! Lives here: what each callback type does. Whether its payload is allowed has been judged before.

use serde_json::{Value, json};

use crate::errors::{ApiError, Complaint};
use crate::flags::{EPHEMERAL, LOADING, SETTABLE};
use crate::interactions::{CallbackRecord, First, Interaction, Interactions, command_path};
use crate::judge::is_empty_message;
use crate::messages::{Frame, Message};
use crate::rest::call::{Call, Reply};
use crate::state::{Shared, State};

/// Discord's message type of the answer to a chat input command.
const CHAT_INPUT_COMMAND: u64 = 20;
/// Discord's message type of the answer to a command on a user or a message.
const CONTEXT_MENU_COMMAND: u64 = 23;
/// Discord's message type of a reply: answers to components, and follow-ups.
const REPLY: u64 = 19;

pub(super) fn create(shared: &Shared, id: u64, token: &str, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let result = carry_out(shared, &mut state, id, token, call);
    // Whoever sees what came of it sees what was sent, too.
    note(&mut state, id, call, result.as_ref().map_or_else(|error| error.status, |reply| reply.status));
    drop(state);
    shared.touch();
    result
}

/// Keeps what was sent for an interaction, taken or refused.
pub(super) fn record(shared: &Shared, id: u64, call: &Call<'_>, status: u16) {
    note(&mut shared.lock(), id, call, status);
    shared.touch();
}

fn note(state: &mut State, id: u64, call: &Call<'_>, status: u16) {
    let Some(interaction) = state.interactions.get_mut(id) else { return };
    interaction.callbacks.push(CallbackRecord {
        body: call.body(),
        files: call.content.files.clone(),
        status,
        after: call.at.saturating_duration_since(interaction.sent),
    });
    interaction.touch();
}

fn carry_out(shared: &Shared, state: &mut State, id: u64, token: &str, call: &Call<'_>) -> Result<Reply, ApiError> {
    let State { interactions, messages, .. } = state;
    let metadata = interactions.get(id).map(|one| metadata(interactions, one)).unwrap_or_default();
    let interaction = interactions.get_mut(id).filter(|one| one.token == token);
    let interaction = interaction.ok_or_else(ApiError::unknown_interaction)?;
    if interaction.first.is_some() {
        return Err(ApiError::already_acknowledged());
    }
    if call.at > interaction.deadline {
        return Err(ApiError::unknown_interaction());
    }
    let body = call.body();
    let kind = body["type"].as_u64().unwrap_or(0);
    let data = &body["data"];
    let files = &call.content.files;
    let mut message = None;
    match kind {
        4 if is_empty_message(data, files.len()) => return Err(ApiError::empty_message()),
        4 | 5 => {
            // A deferred answer knows no flag but EPHEMERAL.
            let (settable, loading) = if kind == 5 { (EPHEMERAL, LOADING) } else { (SETTABLE, 0) };
            let flags = data["flags"].as_u64().unwrap_or(0) & settable | loading;
            let author = shared.bot_user();
            let frame = frame(interaction, metadata, &author, flags, None);
            let empty = Value::Null;
            let made = messages.create(&shared.ids, frame, if kind == 5 { &empty } else { data }, files.clone());
            interaction.original = Some(made.id);
            message = Some(made);
        }
        6 | 7 => {
            let Some(source) = interaction.source else {
                let message = "Value must be one of {4, 5}.";
                return Err(ApiError::invalid_form(&[Complaint::new(["type"], "BASE_TYPE_CHOICES", message)]));
            };
            interaction.original = Some(source);
            if kind == 7 {
                let edited = messages.edit(&shared.ids, source, data, files.clone());
                message = Some(edited.ok_or_else(ApiError::unknown_message)?);
            }
        }
        _ => {}
    }
    let after = call.at.saturating_duration_since(interaction.sent);
    interaction.first = Some(First { kind, body, files: files.clone(), after });
    if !call.asks("with_response") {
        return Ok(Reply::empty());
    }
    let mut about = json!({"id": id.to_string(), "type": interaction.kind});
    let mut answer = json!({});
    if let Some(message) = &message {
        about["response_message_id"] = Value::from(message.id.to_string());
        about["response_message_loading"] = Value::from(message.is_loading());
        about["response_message_ephemeral"] = Value::from(message.is_ephemeral());
        // Only what was made or changed here and now is a resource; a deferred answer is still to come.
        if matches!(kind, 4 | 7) {
            answer["resource"] = json!({"type": kind, "message": message.json});
        }
    }
    answer["interaction"] = about;
    Ok(Reply::json(answer))
}

/// What a message tells of the interaction that brought it about (Discord: resources/message, "Message Interaction
/// Metadata Object").
pub(super) fn metadata(interactions: &Interactions, interaction: &Interaction) -> Value {
    let sent = &interaction.json;
    let mut about = json!({
        "id": interaction.id.to_string(),
        "type": interaction.kind,
        "user": interaction.user(),
        "authorizing_integration_owners": sent["authorizing_integration_owners"],
    });
    if interaction.kind == 2 {
        about["name"] = command_path(&sent["data"]).into();
        about["command_type"] = sent["data"]["type"].clone();
        if sent["data"]["type"] == 3 {
            about["target_message_id"] = sent["data"]["target_id"].clone();
        }
    }
    if interaction.kind == 5 {
        let opener = interactions.opener_of_modal(interaction);
        about["triggering_interaction_metadata"] = opener.map_or(Value::Null, |one| metadata(interactions, one));
    } else if let Some(source) = interaction.source {
        about["interacted_message_id"] = Value::from(source.to_string());
    }
    about
}

/// The outline of a message that an interaction brings about. `follows`: the message that a follow-up follows.
pub(super) fn frame<'a>(
    interaction: &Interaction,
    mut about: Value,
    author: &'a Value,
    flags: u64,
    follows: Option<&Message>,
) -> Frame<'a> {
    let sent = &interaction.json;
    let mut extra = Vec::new();
    if interaction.kind == 2 {
        let id = interaction.id.to_string();
        extra.push(("interaction", json!({"id": id, "type": 2, "name": about["name"], "user": interaction.user()})));
    }
    let reference = follows.map(|message| message.id).or(interaction.source);
    if let Some(original) = follows {
        about["original_response_message_id"] = Value::from(original.id.to_string());
    }
    let is_context_menu = interaction.kind == 2 && matches!(sent["data"]["type"].as_u64(), Some(2 | 3));
    let mut kind = if is_context_menu { CONTEXT_MENU_COMMAND } else { CHAT_INPUT_COMMAND };
    if let Some(reference) = reference {
        kind = REPLY;
        let channel = interaction.channel_id.to_string();
        let mut reference = json!({"type": 0, "message_id": reference.to_string(), "channel_id": channel});
        if !sent["guild_id"].is_null() {
            reference["guild_id"] = sent["guild_id"].clone();
        }
        extra.push(("message_reference", reference));
    }
    extra.push(("interaction_metadata", about));
    extra.push(("application_id", sent["application_id"].clone()));
    extra.push(("webhook_id", sent["application_id"].clone()));
    Frame {
        channel_id: interaction.channel_id,
        kind,
        author,
        flags,
        visible_to: (flags & EPHEMERAL != 0).then_some(interaction.user_id),
        interaction_id: Some(interaction.id),
        extra,
    }
}
