//! Registering commands, globally and in guilds (Discord: interactions/application-commands).
//!
//! Lives here: what is stored of a registration and how Discord returns it. Whether it is allowed is `judge`'s matter.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{Call, Reply};
use crate::{
    errors::ApiError,
    judge::commands::CHAT_INPUT_COMMANDS,
    snowflake,
    state::{Shared, State},
};

/// New commands that a scope may get in a day; in a bulk overwrite only those that were not there count.
const DAILY_CREATIONS: usize = 200;

/// All registered commands, as Discord keeps them: with the dictionaries of localisations.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    scopes: HashMap<Option<u64>, Scope>,
}

#[derive(Debug, Default)]
struct Scope {
    commands: Vec<Value>,
    created: usize,
}

impl Commands {
    /// The commands of a guild, or the global ones.
    pub(crate) fn of(&self, guild: Option<u64>) -> &[Value] {
        self.scopes.get(&guild).map_or(&[], |scope| scope.commands.as_slice())
    }

    /// Removes everything of a guild that removed the application.
    pub(crate) fn forget(&mut self, guild: u64) {
        self.scopes.remove(&Some(guild));
    }
}

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
    if wanted.iter().filter(|one| kind(one) == 1).count() > CHAT_INPUT_COMMANDS {
        return Err(ApiError::too_many_commands(CHAT_INPUT_COMMANDS));
    }
    let scope = state.commands.scopes.entry(guild).or_default();
    let known = |one: &Value| scope.commands.iter().find(|old| same(old, one));
    let created = wanted.iter().filter(|one| known(one).is_none()).count();
    if scope.created + created > DAILY_CREATIONS {
        return Err(ApiError::daily_creations());
    }
    let commands: Vec<Value> = wanted.iter().map(|one| stored(shared, guild, one, known(one))).collect();
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
            let command = stored(shared, guild, wanted, scope.commands.get(position));
            if let Some(place) = scope.commands.get_mut(position) {
                *place = command.clone();
            }
            Ok(Reply::json(command))
        }
        None => {
            if scope.commands.iter().filter(|one| kind(one) == 1).count() >= CHAT_INPUT_COMMANDS {
                return Err(ApiError::too_many_commands(CHAT_INPUT_COMMANDS));
            }
            if scope.created >= DAILY_CREATIONS {
                return Err(ApiError::daily_creations());
            }
            let command = stored(shared, guild, wanted, None);
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
    *place = stored(shared, guild, &wanted, Some(place));
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

/// A guild that has not installed the application answers 50001.
fn accessible(state: &State, guild: Option<u64>) -> Result<(), ApiError> {
    if guild.is_none_or(|guild| state.guilds.contains(&guild)) { Ok(()) } else { Err(ApiError::missing_access()) }
}

fn find_mut(state: &mut State, guild: Option<u64>, id: u64) -> Result<&mut Value, ApiError> {
    let scope = state.commands.scopes.entry(guild).or_default();
    let found = scope.commands.iter_mut().find(|one| snowflake::from_json(&one["id"]) == Some(id));
    found.ok_or_else(ApiError::unknown_command)
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn same(one: &Value, other: &Value) -> bool {
    kind(one) == kind(other) && one["name"] == other["name"]
}

/// A command as Discord keeps it: defaults filled in, what only repeats a default left out. An unchanged command keeps
/// its version.
fn stored(shared: &Shared, guild: Option<u64>, wanted: &Value, before: Option<&Value>) -> Value {
    let permissions = match &wanted["default_member_permissions"] {
        Value::Number(number) => Value::from(number.to_string()),
        other => other.clone(),
    };
    let or = |key: &str, default: Value| if wanted[key].is_null() { default } else { wanted[key].clone() };
    let mut command = json!({
        "application_id": shared.options.application_id.to_string(),
        "default_member_permissions": permissions,
        "type": kind(wanted),
        "name": wanted["name"],
        "name_localizations": dictionary(&wanted["name_localizations"]),
        "description": or("description", Value::from("")),
        "description_localizations": dictionary(&wanted["description_localizations"]),
        "integration_types": or("integration_types", json!([0])),
        "contexts": wanted["contexts"],
        "nsfw": or("nsfw", Value::from(false)),
    });
    match guild {
        Some(guild) => command["guild_id"] = Value::from(guild.to_string()),
        None => command["dm_permission"] = or("dm_permission", Value::from(true)),
    }
    let list = options(&wanted["options"]);
    if list.as_array().is_some_and(|list| !list.is_empty()) {
        command["options"] = list;
    }
    if let Some(before) = before {
        command["id"] = before["id"].clone();
        command["version"] = before["version"].clone();
        if command == *before {
            return command;
        }
    } else {
        command["id"] = Value::from(shared.ids.next().to_string());
    }
    command["version"] = Value::from(shared.ids.next().to_string());
    command
}

fn dictionary(texts: &Value) -> Value {
    match texts {
        Value::Object(texts) if !texts.is_empty() => Value::Object(
            texts.iter().filter(|(_, text)| !text.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect(),
        ),
        _ => Value::Null,
    }
}

fn options(list: &Value) -> Value {
    list.as_array().into_iter().flatten().map(option).collect()
}

fn option(wanted: &Value) -> Value {
    let mut option = Map::new();
    option.insert("type".to_owned(), wanted["type"].clone());
    option.insert("name".to_owned(), wanted["name"].clone());
    option.insert("name_localizations".to_owned(), dictionary(&wanted["name_localizations"]));
    option.insert("description".to_owned(), wanted["description"].clone());
    option.insert("description_localizations".to_owned(), dictionary(&wanted["description_localizations"]));
    for key in ["required", "autocomplete"] {
        if wanted[key] == true {
            option.insert(key.to_owned(), Value::from(true));
        }
    }
    for key in ["min_value", "max_value", "min_length", "max_length", "channel_types"] {
        if !wanted[key].is_null() {
            option.insert(key.to_owned(), wanted[key].clone());
        }
    }
    let choices: Vec<Value> = wanted["choices"].as_array().into_iter().flatten().map(choice).collect();
    if !choices.is_empty() {
        option.insert("choices".to_owned(), Value::Array(choices));
    }
    let below = options(&wanted["options"]);
    if below.as_array().is_some_and(|below| !below.is_empty()) {
        option.insert("options".to_owned(), below);
    }
    Value::Object(option)
}

fn choice(wanted: &Value) -> Value {
    json!({
        "name": wanted["name"],
        "name_localizations": dictionary(&wanted["name_localizations"]),
        "value": wanted["value"],
    })
}

/// A command as it is returned without `with_localizations`.
fn without_localizations(node: &Value) -> Value {
    match node {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "name_localizations" | "description_localizations"))
                .map(|(key, value)| (key.clone(), without_localizations(value)))
                .collect(),
        ),
        Value::Array(list) => list.iter().map(without_localizations).collect(),
        other => other.clone(),
    }
}
