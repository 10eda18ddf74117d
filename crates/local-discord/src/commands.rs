//! The commands that are registered, globally and in guilds, as Discord keeps them (Discord:
//! interactions/application-commands).
//!
//! Lives here: what is stored of a registration. The endpoints are in `rest::commands`; whether a registration is allowed
//! is `judge`'s matter.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::snowflake::Snowflakes;

/// All registered commands, as Discord keeps them: with the dictionaries of localisations.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    pub(crate) scopes: HashMap<Option<u64>, Scope>,
}

#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub(crate) commands: Vec<Value>,
    pub(crate) created: usize,
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

pub(crate) fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

pub(crate) fn same(one: &Value, other: &Value) -> bool {
    kind(one) == kind(other) && one["name"] == other["name"]
}

/// A command as Discord keeps it: defaults filled in, what only repeats a default left out. An unchanged command keeps
/// its version.
pub(crate) fn stored(
    application: u64,
    ids: &Snowflakes,
    guild: Option<u64>,
    wanted: &Value,
    before: Option<&Value>,
) -> Value {
    let permissions = match &wanted["default_member_permissions"] {
        Value::Number(number) => Value::from(number.to_string()),
        other => other.clone(),
    };
    let or = |key: &str, default: Value| if wanted[key].is_null() { default } else { wanted[key].clone() };
    let mut command = json!({
        "application_id": application.to_string(),
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
        command["id"] = Value::from(ids.next().to_string());
    }
    command["version"] = Value::from(ids.next().to_string());
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
pub(crate) fn without_localizations(node: &Value) -> Value {
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
