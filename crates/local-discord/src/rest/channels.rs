//! Messages of channels that the bot writes without an interaction, such as an audit channel (Discord:
//! resources/channel, resources/message).
//!
//! Lives here: the endpoints below `/channels`.

use serde_json::Value;

use super::{Call, Reply, callbacks::SETTABLE, webhooks::edit_message};
use crate::{
    errors::ApiError,
    judge::limits::{EPHEMERAL, is_empty_message},
    messages::{Frame, Message},
    snowflake,
    state::{Shared, State},
};

fn open(state: &State, channel: u64) -> Result<(), ApiError> {
    match state.messages.channel(channel) {
        None => Err(ApiError::unknown_channel()),
        Some(channel) => {
            // The bot is in its guilds and in its own direct messages (type 1), not in people's groups.
            let inside = channel.guild_id.map_or(channel.kind == 1, |guild| state.guilds.contains(&guild));
            if inside && channel.open_to_bot { Ok(()) } else { Err(ApiError::missing_access()) }
        }
    }
}

/// A message of this channel that is not somebody's private one.
fn named(state: &State, channel: u64, id: u64) -> Result<&Message, ApiError> {
    open(state, channel)?;
    let found = state.messages.get(id).filter(|message| message.channel_id == channel);
    found.filter(|message| !message.deleted && message.visible_to.is_none()).ok_or_else(ApiError::unknown_message)
}

pub(super) fn list(shared: &Shared, channel: u64, call: &Call<'_>) -> Result<Reply, ApiError> {
    let state = shared.lock();
    open(&state, channel)?;
    let limit = url::form_urlencoded::parse(call.query.as_bytes())
        .find(|(key, _)| key == "limit")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(50_usize);
    // Newest first, as Discord lists them.
    let shown = state.messages.in_channel(channel).rev();
    let shown = shown.filter(|message| !message.deleted && message.visible_to.is_none());
    Ok(Reply::json(shown.take(limit.clamp(1, 100)).map(|message| message.json.clone()).collect()))
}

pub(super) fn get(shared: &Shared, channel: u64, id: u64) -> Result<Reply, ApiError> {
    Ok(Reply::json(named(&shared.lock(), channel, id)?.json.clone()))
}

pub(super) fn create(shared: &Shared, channel: u64, call: &Call<'_>) -> Result<Reply, ApiError> {
    let body = call.body();
    let mut state = shared.lock();
    open(&state, channel)?;
    if is_empty_message(&body, call.content.files.len()) {
        return Err(ApiError::empty_message());
    }
    let author = shared.bot_user();
    let mut extra = Vec::new();
    if !body["nonce"].is_null() {
        extra.push(("nonce", body["nonce"].clone()));
    }
    let frame = Frame {
        channel_id: channel,
        kind: 0,
        author: &author,
        // Only answers to interactions can be ephemeral.
        flags: body["flags"].as_u64().unwrap_or(0) & SETTABLE & !EPHEMERAL,
        visible_to: None,
        interaction_id: None,
        extra,
    };
    let message = state.messages.create(&shared.ids, frame, &body, call.content.files.clone());
    Ok(Reply::json(message.json))
}

pub(super) fn edit(shared: &Shared, channel: u64, id: u64, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    own(shared, named(&state, channel, id)?)?;
    edit_message(shared, &mut state, id, call).map(|message| Reply::json(message.json))
}

pub(super) fn delete(shared: &Shared, channel: u64, id: u64) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    own(shared, named(&state, channel, id)?)?;
    if state.messages.delete(id) { Ok(Reply::empty()) } else { Err(ApiError::unknown_message()) }
}

fn own(shared: &Shared, message: &Message) -> Result<(), ApiError> {
    let author: &Value = &message.json["author"]["id"];
    if snowflake::from_json(author) == Some(shared.options.application_id) {
        Ok(())
    } else {
        Err(ApiError::not_the_author())
    }
}
