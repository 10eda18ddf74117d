//! The first response to an interaction (Discord: interactions/receiving-and-responding, "Create Interaction Response").
//!
//! Lives here: what each callback type does. Whether its payload is allowed has been judged before.

use serde_json::{Value, json};

use super::{Call, Reply};
use crate::{
    errors::{ApiError, Complaint},
    interactions::{CallbackRecord, First, Interaction},
    judge::limits::{COMPONENTS_V2, EPHEMERAL, LOADING, is_empty_message},
    messages::{Frame, Message},
    state::{Shared, State},
};

/// Message flag: embeds are hidden.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Message flag: nobody is notified.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// The flags that a new message of an interaction may set.
pub(super) const SETTABLE: u64 = EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2;

/// Discord's message type of the answer to a chat input command.
const CHAT_INPUT_COMMAND: u64 = 20;
/// Discord's message type of a reply: answers to components, and follow-ups.
const REPLY: u64 = 19;

pub(super) fn create(shared: &Shared, id: u64, token: &str, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let result = carry_out(shared, &mut state, id, token, call);
    drop(state);
    record(shared, id, call, result.as_ref().map_or_else(|error| error.status, |reply| reply.status));
    result
}

/// Keeps what was sent for an interaction, taken or refused.
pub(super) fn record(shared: &Shared, id: u64, call: &Call<'_>, status: u16) {
    let mut state = shared.lock();
    let Some(interaction) = state.interactions.get_mut(id) else { return };
    interaction.callbacks.push(CallbackRecord {
        body: call.body(),
        files: call.content.files.clone(),
        status,
        after: call.at.saturating_duration_since(interaction.sent),
    });
    interaction.touch();
    drop(state);
    shared.touch();
}

fn carry_out(shared: &Shared, state: &mut State, id: u64, token: &str, call: &Call<'_>) -> Result<Reply, ApiError> {
    let State { interactions, messages, .. } = state;
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
            let loading = if kind == 5 { LOADING } else { 0 };
            let flags = data["flags"].as_u64().unwrap_or(0) & SETTABLE | loading;
            let author = shared.bot_user();
            let frame = frame(interaction, &author, flags, None);
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
    let mut resource = json!({"type": kind});
    if let Some(message) = &message {
        about["response_message_id"] = Value::from(message.id.to_string());
        about["response_message_loading"] = Value::from(message.is_loading());
        about["response_message_ephemeral"] = Value::from(message.is_ephemeral());
        resource["message"] = message.json.clone();
    }
    Ok(Reply::json(json!({"interaction": about, "resource": resource})))
}

/// The outline of a message that an interaction brings about. `follows`: the message that a follow-up follows.
pub(super) fn frame<'a>(
    interaction: &Interaction,
    author: &'a Value,
    flags: u64,
    follows: Option<&Message>,
) -> Frame<'a> {
    let sent = &interaction.json;
    let user = if sent["member"].is_null() { &sent["user"] } else { &sent["member"]["user"] };
    let mut about = json!({
        "id": interaction.id.to_string(),
        "type": interaction.kind,
        "user": user,
        "authorizing_integration_owners": sent["authorizing_integration_owners"],
    });
    let mut extra = Vec::new();
    if interaction.kind == 2 {
        about["name"] = command_path(&sent["data"]).into();
        about["command_type"] = sent["data"]["type"].clone();
        let old = json!({"id": interaction.id.to_string(), "type": 2, "name": about["name"], "user": user});
        extra.push(("interaction", old));
    }
    if let Some(source) = interaction.source {
        about["interacted_message_id"] = Value::from(source.to_string());
    }
    let reference = follows.map(|message| message.id).or(interaction.source);
    if let Some(original) = follows {
        about["original_response_message_id"] = Value::from(original.id.to_string());
    }
    let mut kind = CHAT_INPUT_COMMAND;
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
