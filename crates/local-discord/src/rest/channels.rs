//! Messages of channels that the bot writes without an interaction, such as an audit channel (Discord:
//! resources/channel, resources/message).
//!
//! Lives here: the endpoints below `/channels`.

use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::flags::{EPHEMERAL, SETTABLE};
use crate::judge::{is_emoji, is_empty_message};
use crate::messages::{Frame, Message};
use crate::rest::call::{Call, Reply};
use crate::rest::webhooks::edit_message;
use crate::snowflake;
use crate::state::{Shared, State};

pub(super) fn open(state: &State, channel: u64) -> Result<(), ApiError> {
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

/// Sets or takes away the bot's own reaction.
pub(super) fn react(shared: &Shared, channel: u64, id: u64, emoji: &str, on: bool) -> Result<Reply, ApiError> {
    if !is_emoji(emoji) {
        return Err(ApiError::unknown_emoji());
    }
    change(shared, channel, id, |json| {
        let own = json!({
            "emoji": {"id": null, "name": emoji}, "count": 1, "count_details": {"burst": 0, "normal": 1}, "me": true,
            "me_burst": false, "burst_colors": [],
        });
        let mut reactions: Vec<Value> = json["reactions"].as_array().cloned().unwrap_or_default();
        reactions.retain(|one| *one != own);
        if on {
            reactions.push(own);
        }
        json["reactions"] = Value::Array(reactions);
    })
}

pub(super) fn pin(shared: &Shared, channel: u64, id: u64, on: bool) -> Result<Reply, ApiError> {
    change(shared, channel, id, |json| json["pinned"] = Value::Bool(on))
}

/// Tells nobody, as nobody waits for it here; only a channel that the bot may write in takes it.
pub(super) fn typing(shared: &Shared, channel: u64) -> Result<Reply, ApiError> {
    open(&shared.lock(), channel)?;
    Ok(Reply::empty())
}

/// Changes what a message shows besides its text.
fn change(shared: &Shared, channel: u64, id: u64, how: impl FnOnce(&mut Value)) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    named(&state, channel, id)?;
    let message = state.messages.get_mut(id).ok_or_else(ApiError::unknown_message)?;
    how(&mut message.json);
    Ok(Reply::empty())
}

fn own(shared: &Shared, message: &Message) -> Result<(), ApiError> {
    let author: &Value = &message.json["author"]["id"];
    if snowflake::from_json(author) == Some(shared.options.application_id) {
        Ok(())
    } else {
        Err(ApiError::not_the_author())
    }
}
