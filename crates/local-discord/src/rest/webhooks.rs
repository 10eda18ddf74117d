//! What follows the first response: reading, editing and deleting it, and follow-up messages (Discord:
//! interactions/receiving-and-responding, "Followup Messages"; resources/webhook).
//!
//! Lives here: the endpoints below `/webhooks` that an interaction's token opens.

use crate::errors::ApiError;
use crate::flags::SETTABLE;
use crate::interactions::Interaction;
use crate::judge::is_empty_message;
use crate::messages::Message;
use crate::rest::call::{Call, Reply};
use crate::rest::callbacks::{frame, metadata};
use crate::state::{Shared, State};

/// Follow-ups per interaction where only the person has installed the application.
const USER_INSTALLED_FOLLOWUPS: usize = 5;

/// The interaction that a token opens: answered, and not older than the token's life.
fn opened<'a>(shared: &Shared, state: &'a mut State, token: &str) -> Result<&'a mut Interaction, ApiError> {
    let now = shared.now();
    let interaction = state.interactions.with_token(token).ok_or_else(ApiError::unknown_webhook)?;
    if now > interaction.expires {
        return Err(ApiError::expired_token());
    }
    // The webhook comes into being with the first response; neither autocompletion nor a modal makes one.
    match &interaction.first {
        Some(first) if !matches!(first.kind, 8 | 9) => Ok(interaction),
        _ => Err(ApiError::unknown_webhook()),
    }
}

/// The message that the path names: `None` stands for `@original`. Only messages of this interaction are found.
fn named(interaction: &Interaction, message: Option<u64>) -> Result<u64, ApiError> {
    let own = |id: &u64| interaction.original == Some(*id) || interaction.followups.contains(id);
    match message {
        None => interaction.original.ok_or_else(ApiError::unknown_message),
        Some(id) => Some(id).filter(own).ok_or_else(ApiError::unknown_message),
    }
}

fn touch(state: &mut State, token: &str) {
    if let Some(interaction) = state.interactions.with_token(token) {
        interaction.touch();
    }
}

pub(super) fn get(shared: &Shared, token: &str, message: Option<u64>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let id = named(opened(shared, &mut state, token)?, message)?;
    let found = state.messages.get(id).filter(|message| !message.deleted);
    found.map(|message| Reply::json(message.json.clone())).ok_or_else(ApiError::unknown_message)
}

pub(super) fn edit(shared: &Shared, token: &str, message: Option<u64>, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let id = named(opened(shared, &mut state, token)?, message)?;
    edit_message(shared, &mut state, id, call).map(|message| {
        touch(&mut state, token);
        Reply::json(message.json)
    })
}

/// Edits a message unless that would leave it empty.
pub(super) fn edit_message(shared: &Shared, state: &mut State, id: u64, call: &Call<'_>) -> Result<Message, ApiError> {
    let body = call.body();
    let before = state.messages.get(id).filter(|message| !message.deleted).ok_or_else(ApiError::unknown_message)?;
    let mut after = before.json.clone();
    if let (Some(after), Some(changes)) = (after.as_object_mut(), body.as_object()) {
        after.extend(changes.clone());
    }
    if is_empty_message(&after, call.content.files.len()) {
        return Err(ApiError::empty_message());
    }
    let edited = state.messages.edit(&shared.ids, id, &body, call.content.files.clone());
    edited.ok_or_else(ApiError::unknown_message)
}

pub(super) fn delete(shared: &Shared, token: &str, message: Option<u64>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let id = named(opened(shared, &mut state, token)?, message)?;
    if !state.messages.delete(id) {
        return Err(ApiError::unknown_message());
    }
    touch(&mut state, token);
    Ok(Reply::empty())
}

pub(super) fn follow_up(shared: &Shared, token: &str, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    let interaction = opened(shared, &mut state, token)?;
    let (id, original) = (interaction.id, interaction.original);
    let body = call.body();
    let files = &call.content.files;
    if is_empty_message(&body, files.len()) {
        return Err(ApiError::empty_message());
    }
    let answer = original.and_then(|original| state.messages.get(original));
    let answer = answer.filter(|answer| !answer.deleted).cloned();
    // A follow-up right after a deferred response takes its place, and keeps its visibility.
    if let Some(answer) = answer.as_ref().filter(|answer| answer.is_loading()) {
        let edited = edit_message(shared, &mut state, answer.id, call)?;
        touch(&mut state, token);
        return Ok(Reply::json(edited.json));
    }
    let State { interactions, messages, .. } = &mut *state;
    let metadata = interactions.get(id).map(|one| metadata(interactions, one)).unwrap_or_default();
    let interaction = interactions.get_mut(id).ok_or_else(ApiError::unknown_webhook)?;
    if interaction.user_installed_only() && interaction.followups.len() >= USER_INSTALLED_FOLLOWUPS {
        return Err(ApiError::too_many_followups());
    }
    let flags = body["flags"].as_u64().unwrap_or(0) & SETTABLE;
    let author = shared.bot_user();
    let frame = frame(interaction, metadata, &author, flags, answer.as_ref());
    let message = messages.create(&shared.ids, frame, &body, files.clone());
    interaction.followups.push(message.id);
    interaction.touch();
    Ok(Reply::json(message.json))
}
