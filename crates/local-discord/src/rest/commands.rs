//! Registering commands, globally and in guilds (Discord: interactions/application-commands).
//!
//! Lives here: the endpoints. What is stored is in `commands`, whether it is allowed is `judge`'s matter.

use serde_json::Value;

use crate::commands::{kind, same, stored, without_localizations};
use crate::errors::ApiError;
use crate::judge::most_of;
use crate::rest::call::{Call, Reply};
use crate::snowflake;
use crate::state::{Shared, State};

/// New commands that a scope may get in a day; in a bulk overwrite only those that were not there count.
const DAILY_CREATIONS: usize = 200;

pub(super) fn list(shared: &Shared, guild: Option<u64>, call: &Call<'_>) -> Result<Reply, ApiError> {
    let state = shared.lock();
    accessible(&state, guild)?;
    let full = call.asks("with_localizations");
    let commands = state.commands.of(guild).iter();
    Ok(Reply::json(commands.map(|one| if full { one.clone() } else { without_localizations(one) }).collect()))
}

pub(super) fn overwrite(shared: &Shared, guild: Option<u64>, call: &Call<'_>) -> Result<Reply, ApiError> {
    let body = call.body();
    let wanted = body.as_array().map_or(&[][..], Vec::as_slice);
    let mut state = shared.lock();
    accessible(&state, guild)?;
    for one in wanted {
        if of_kind(wanted, kind(one)) > most_of(kind(one)) {
            return Err(ApiError::too_many_commands(most_of(kind(one))));
        }
    }
    let scope = state.commands.scopes.entry(guild).or_default();
    let known = |one: &Value| scope.commands.iter().find(|old| same(old, one));
    let created = wanted.iter().filter(|one| known(one).is_none()).count();
    if scope.created + created > DAILY_CREATIONS {
        return Err(ApiError::daily_creations());
    }
    let commands: Vec<Value> =
        wanted.iter().map(|one| stored(shared.options.application_id, &shared.ids, guild, one, known(one))).collect();
    scope.created += created;
    scope.commands.clone_from(&commands);
    Ok(Reply::json(Value::Array(commands)))
}

pub(super) fn create(shared: &Shared, guild: Option<u64>, call: &Call<'_>) -> Result<Reply, ApiError> {
    let body = call.body();
    let wanted = &*body;
    let mut state = shared.lock();
    accessible(&state, guild)?;
    let scope = state.commands.scopes.entry(guild).or_default();
    match scope.commands.iter().position(|old| same(old, wanted)) {
        // A command of the same name is overwritten.
        Some(position) => {
            let command =
                stored(shared.options.application_id, &shared.ids, guild, wanted, scope.commands.get(position));
            if let Some(place) = scope.commands.get_mut(position) {
                *place = command.clone();
            }
            Ok(Reply::json(command))
        }
        None => {
            if of_kind(&scope.commands, kind(wanted)) >= most_of(kind(wanted)) {
                return Err(ApiError::too_many_commands(most_of(kind(wanted))));
            }
            if scope.created >= DAILY_CREATIONS {
                return Err(ApiError::daily_creations());
            }
            let command = stored(shared.options.application_id, &shared.ids, guild, wanted, None);
            scope.created += 1;
            scope.commands.push(command.clone());
            Ok(Reply::created(command))
        }
    }
}

pub(super) fn get(shared: &Shared, guild: Option<u64>, id: u64, call: &Call<'_>) -> Result<Reply, ApiError> {
    let state = shared.lock();
    accessible(&state, guild)?;
    let found = state.commands.of(guild).iter().find(|one| snowflake::from_json(&one["id"]) == Some(id));
    let found = found.ok_or_else(ApiError::unknown_command)?;
    let full = call.asks("with_localizations");
    Ok(Reply::json(if full { found.clone() } else { without_localizations(found) }))
}

pub(super) fn edit(shared: &Shared, guild: Option<u64>, id: u64, call: &Call<'_>) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    accessible(&state, guild)?;
    let place = find_mut(&mut state, guild, id)?;
    let mut wanted = place.clone();
    if let (Some(wanted), Some(changes)) = (wanted.as_object_mut(), call.body().as_object()) {
        wanted.extend(changes.clone());
    }
    *place = stored(shared.options.application_id, &shared.ids, guild, &wanted, Some(place));
    Ok(Reply::json(place.clone()))
}

pub(super) fn delete(shared: &Shared, guild: Option<u64>, id: u64) -> Result<Reply, ApiError> {
    let mut state = shared.lock();
    accessible(&state, guild)?;
    find_mut(&mut state, guild, id)?;
    let scope = state.commands.scopes.entry(guild).or_default();
    scope.commands.retain(|one| snowflake::from_json(&one["id"]) != Some(id));
    Ok(Reply::empty())
}

fn of_kind(commands: &[Value], wanted: u64) -> usize {
    commands.iter().filter(|one| kind(one) == wanted).count()
}

/// A guild that has not installed the application answers 50001.
fn accessible(state: &State, guild: Option<u64>) -> Result<(), ApiError> {
    if guild.is_none_or(|guild| state.guilds.contains(&guild)) { Ok(()) } else { Err(ApiError::missing_access()) }
}

fn find_mut(state: &mut State, guild: Option<u64>, id: u64) -> Result<&mut Value, ApiError> {
    let scope = state.commands.scopes.entry(guild).or_default();
    let found = scope.commands.iter_mut().find(|one| snowflake::from_json(&one["id"]) == Some(id));
    found.ok_or_else(ApiError::unknown_command)
}
