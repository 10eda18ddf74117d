//! Guilds, channels, users and members that the server knows (Discord: resources/guild, resources/channel,
//! resources/user).

use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::guilds;
use crate::rest::call::{Call, Reply};
use crate::rest::channels::open;
use crate::snowflake;
use crate::state::{Shared, State};

pub(super) fn channel(shared: &Shared, id: u64) -> Result<Reply, ApiError> {
    let state = shared.lock();
    open(&state, id)?;
    guilds::channel(&state, id).map(Reply::json).ok_or_else(ApiError::unknown_channel)
}

pub(super) fn user(shared: &Shared, id: u64) -> Result<Reply, ApiError> {
    guilds::known_user(shared, &shared.lock(), id).map(Reply::json).ok_or_else(ApiError::unknown_user)
}

/// The guilds in which the application is installed, in short.
pub(super) fn own(shared: &Shared) -> Reply {
    let short = |id: &u64| {
        let guild = guilds::guild(shared, *id);
        json!({
            "id": guild["id"], "name": guild["name"], "icon": null, "banner": null, "owner": false, "permissions": "0",
            "features": [],
        })
    };
    Reply::json(shared.lock().guilds.iter().map(short).collect())
}

/// The direct messages with a person, as they are opened from the bot's side.
pub(super) fn direct_channel(shared: &Shared, call: &Call<'_>) -> Result<Reply, ApiError> {
    let state = shared.lock();
    let found = snowflake::from_json(&call.body()["recipient_id"]).and_then(|user| state.messages.direct_channel(user));
    let channel = found.and_then(|id| guilds::channel(&state, id)).ok_or_else(|| {
        // Whom the server has never seen writing to the bot, the bot cannot write to.
        ApiError::invalid_recipient()
    })?;
    Ok(Reply::json(channel))
}

/// A guild without the application is unknown to the bot.
fn installed(state: &State, guild: u64) -> Result<(), ApiError> {
    if state.guilds.contains(&guild) { Ok(()) } else { Err(ApiError::unknown_guild()) }
}

pub(super) fn guild(shared: &Shared, id: u64) -> Result<Reply, ApiError> {
    installed(&shared.lock(), id)?;
    Ok(Reply::json(guilds::guild(shared, id)))
}

pub(super) fn channels(shared: &Shared, guild: u64) -> Result<Reply, ApiError> {
    let state = shared.lock();
    installed(&state, guild)?;
    let all = state.messages.channels_of(guild).filter_map(|id| guilds::channel(&state, id));
    Ok(Reply::json(all.collect::<Value>()))
}

pub(super) fn roles(shared: &Shared, guild: u64) -> Result<Reply, ApiError> {
    installed(&shared.lock(), guild)?;
    Ok(Reply::json(guilds::guild(shared, guild)["roles"].clone()))
}

pub(super) fn member(shared: &Shared, guild: u64, user: u64) -> Result<Reply, ApiError> {
    let state = shared.lock();
    installed(&state, guild)?;
    guilds::member(shared, &state, guild, user).map(Reply::json).ok_or_else(ApiError::unknown_member)
}
