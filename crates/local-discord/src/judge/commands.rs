//! Discord's limits on command trees (Discord: interactions/application-commands).
//!
//! Lives here: pure checks of the JSON that registers commands. What is stored of it is `rest::commands`' matter.

use std::collections::HashSet;

use serde_json::Value;

use crate::errors::{Complaint, Form};
use crate::judge::fields::{choice, localizations, required_string, string};

/// Characters of one command: names, descriptions and choice values, the longest localisation of each.
pub(crate) const COMMAND_TOTAL: usize = 8_000;
/// Options of a command or subcommand; subcommands; groups; choices of an option.
pub(crate) const OPTIONS: usize = 25;
/// Commands in one bulk overwrite.
const LIST: usize = 130;

/// How many commands of a type one scope holds: 100 of the chat input, 15 each of the user and message menus.
pub(crate) fn most_of(kind: u64) -> usize {
    if kind == 1 { 100 } else { 15 }
}

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const NUMBER: u64 = 10;

/// Checks the list of a bulk overwrite.
pub(crate) fn list(body: &Value) -> Vec<Complaint> {
    let mut form = Form::default();
    let Some(commands) = body.as_array() else {
        form.complain("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return form.finish();
    };
    if commands.len() > LIST {
        form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {LIST} or fewer in length."));
    }
    let mut names = HashSet::new();
    for (index, one) in commands.iter().enumerate() {
        form.at(index, |form| {
            command(form, one, true);
            if !names.insert((one["type"].as_u64().unwrap_or(1), one["name"].as_str())) {
                form.complain_at(
                    "name",
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                );
            }
        });
    }
    form.finish()
}

/// Checks one command; `whole` is false for a PATCH, where what is missing stays as it was.
pub(crate) fn one(body: &Value, whole: bool) -> Vec<Complaint> {
    let mut form = Form::default();
    command(&mut form, body, whole);
    form.finish()
}

fn command(form: &mut Form, command: &Value, whole: bool) {
    if !command.is_object() {
        form.complain("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    }
    let kind = command["type"].as_u64().unwrap_or(1);
    if !matches!(kind, 1..=4) {
        form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4}.");
    }
    if kind == 1 {
        if whole || !command["name"].is_null() {
            name(form, command);
        }
        if whole || !command["description"].is_null() {
            required_string(form, command, "description", 1, 100);
        }
        localizations(form, command, "description_localizations", 1, 100);
        options(form, &command["options"], 0);
    } else {
        // Commands of the user and message menus have free names and neither description nor options.
        if whole {
            required_string(form, command, "name", 1, 32);
        }
        localizations(form, command, "name_localizations", 1, 32);
        if kind != 4 && command["description"].as_str().is_some_and(|text| !text.is_empty()) {
            form.complain_at(
                "description",
                "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
                "Context menu commands cannot have a description",
            );
        }
    }
    match &command["default_member_permissions"] {
        Value::Null | Value::Number(_) => {}
        Value::String(text) if text.parse::<u64>().is_ok() => {}
        other => {
            form.complain_at("default_member_permissions", "NUMBER_TYPE_COERCE", format!("Value {other} is not int."))
        }
    }
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        let Some(list) = command[key].as_array() else { continue };
        form.at(key, |form| {
            if list.is_empty() {
                form.complain("BASE_TYPE_BAD_LENGTH", "Must be 1 or more in length.");
            }
            let mut seen = HashSet::new();
            for (index, value) in list.iter().enumerate() {
                match value.as_u64() {
                    Some(value) if value <= most => {
                        if !seen.insert(value) {
                            form.complain("SET_TYPE_CONTAINS_DUPLICATES", "The set contains duplicates");
                        }
                    }
                    _ => form.complain_at(
                        index,
                        "ENUM_TYPE_COERCE",
                        format!("Value \"{value}\" is not a valid enum value."),
                    ),
                }
            }
        });
    }
    if size(command) > COMMAND_TOTAL {
        form.complain("APPLICATION_COMMAND_TOO_LARGE", format!("Command exceeds maximum size ({COMMAND_TOTAL})"));
    }
}

/// The characters of a command (or an option) that count towards [`COMMAND_TOTAL`].
pub(crate) fn size(node: &Value) -> usize {
    let longest = |key: &str| {
        let own = node[key].as_str().map_or(0, |text| text.chars().count());
        let localized = &node[format!("{key}_localizations")];
        let localized = localized.as_object().into_iter().flat_map(|texts| texts.values());
        localized.filter_map(Value::as_str).map(|text| text.chars().count()).fold(own, usize::max)
    };
    let value = node["value"].as_str().map_or(0, |text| text.chars().count());
    let below = ["options", "choices"].iter().filter_map(|key| node[*key].as_array()).flatten().map(size);
    longest("name") + longest("description") + value + below.sum::<usize>()
}

fn name(form: &mut Form, node: &Value) {
    required_string(form, node, "name", 1, 32);
    if let Some(name) = node["name"].as_str()
        && !is_name(name)
    {
        invalid_name(form, "name", name);
    }
    localizations(form, node, "name_localizations", 1, 32);
    let Some(localized) = node["name_localizations"].as_object() else { return };
    form.at("name_localizations", |form| {
        for (locale, name) in localized {
            if let Some(name) = name.as_str()
                && !is_name(name)
            {
                invalid_name(form, locale, name);
            }
        }
    });
}

fn invalid_name(form: &mut Form, key: &str, name: &str) {
    form.complain_at(
        key,
        "APPLICATION_COMMAND_INVALID_NAME",
        format!("Command name is invalid: \"{name}\" must hold letters, digits, - and _ only, in lower case"),
    );
}

/// Whether Discord takes this as the name of a chat input command or an option: `^[-_\p{L}\p{N}…]{1,32}$`, in lower
/// case where the script has one (Discord: interactions/application-commands, "Application Command Naming"). The
/// apostrophe that the documented pattern allows is refused in practice (discord-api-docs issue 7712).
pub(crate) fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    let allowed = |c: char| {
        c == '-' || c == '_' || c.is_alphanumeric() || matches!(c, '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}')
    };
    (1..=32).contains(&length) && name.chars().all(allowed) && name.to_lowercase() == name
}

fn options(form: &mut Form, list: &Value, depth: usize) {
    let list = match list {
        Value::Null => return,
        Value::Array(list) => list,
        _ => {
            form.complain_at("options", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return;
        }
    };
    form.at("options", |form| {
        if list.len() > OPTIONS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {OPTIONS} or fewer in length."));
        }
        let subcommands = list.iter().filter(|one| matches!(one["type"].as_u64(), Some(SUBCOMMAND | GROUP))).count();
        if subcommands > 0 && subcommands < list.len() {
            form.complain(
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types",
            );
        }
        let mut names = HashSet::new();
        let mut optional_seen = false;
        for (index, one) in list.iter().enumerate() {
            form.at(index, |form| {
                option(form, one, depth);
                if !names.insert(one["name"].as_str()) {
                    form.complain_at(
                        "name",
                        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                        "Option name already exists",
                    );
                }
                let required = one["required"] == true;
                if required && optional_seen {
                    form.complain(
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        "Required options must be placed before non-required options",
                    );
                }
                optional_seen |= !required;
            });
        }
    });
}

fn option(form: &mut Form, option: &Value, depth: usize) {
    name(form, option);
    required_string(form, option, "description", 1, 100);
    localizations(form, option, "description_localizations", 1, 100);
    match option["type"].as_u64() {
        Some(GROUP) if depth == 0 => {
            let children = option["options"].as_array().map_or(&[][..], Vec::as_slice);
            if children.iter().any(|child| child["type"] != SUBCOMMAND) {
                form.complain_at(
                    "options",
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "A sub-command group holds sub-commands only",
                );
            }
            options(form, &option["options"], 1);
        }
        Some(SUBCOMMAND) if depth <= 1 => options(form, &option["options"], 2),
        Some(kind @ 3..=11) => value_option(form, option, kind),
        Some(SUBCOMMAND | GROUP) => form.complain_at(
            "type",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-commands cannot be nested this deep",
        ),
        _ => form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}."),
    }
}

fn value_option(form: &mut Form, option: &Value, kind: u64) {
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if !choices.is_empty() && option["autocomplete"] == true {
        form.complain_at(
            "autocomplete",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Autocomplete may not be set to true if choices are present",
        );
    }
    let chosen = matches!(kind, STRING | INTEGER | NUMBER);
    if !chosen && (!choices.is_empty() || option["autocomplete"] == true) {
        form.complain_at("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This type has no choices");
    }
    let mut names = HashSet::new();
    form.at("choices", |form| {
        if choices.len() > OPTIONS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {OPTIONS} or fewer in length."));
        }
        for (index, one) in choices.iter().enumerate() {
            form.at(index, |form| {
                choice(form, one);
                let fits = match kind {
                    STRING => one["value"].is_string(),
                    INTEGER => one["value"].is_i64() || one["value"].is_u64(),
                    _ => one["value"].is_number(),
                };
                if !fits && !one["value"].is_null() {
                    form.complain_at("value", "BASE_TYPE_COERCE", "The value is not of the option's type");
                }
                if !names.insert(one["name"].as_str()) {
                    form.complain_at(
                        "name",
                        "APPLICATION_COMMAND_OPTIONS_CHOICES_NAMES_DUPLICATE",
                        "Choice name already exists",
                    );
                }
            });
        }
    });
    for (key, least) in [("min_length", 0), ("max_length", 1)] {
        let Some(length) = option[key].as_i64() else { continue };
        if kind != STRING || !(least..=6_000).contains(&length) {
            form.complain_at(key, "NUMBER_TYPE_MAX", format!("int value should be between {least} and 6000."));
        }
    }
    for key in ["min_value", "max_value"] {
        if !option[key].is_null() && !matches!(kind, INTEGER | NUMBER) {
            form.complain_at(key, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only numbers have bounds");
        }
    }
    // `string` refuses a wrong type of a text that only some options carry.
    string(form, option, "placeholder", 0, 150, false);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(body: &Value) -> Vec<(String, String)> {
        one(body, true).into_iter().map(|one| (one.path.join("."), one.code)).collect()
    }

    fn refused(body: &Value, path: &str, code: &str) {
        let found = codes(body);
        assert!(found.contains(&(path.to_owned(), code.to_owned())), "{found:?}");
    }

    #[test]
    fn a_tree_passes() {
        let body = json!({"name": "weather", "description": "x", "options": [
            {"type": 1, "name": "météo", "description": "x", "options": [
                {"type": 3, "name": "lieu", "description": "x", "required": true, "autocomplete": true},
                {"type": 5, "name": "discret", "description": "x"}]}]});
        assert_eq!(codes(&body), []);
    }

    #[test]
    fn names_have_a_pattern() {
        for good in ["demo", "météo", "demo-admin", "東京", "a_b"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "DEMO", "a b", "d'accord", &"x".repeat(33)] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn trees_keep_their_rules() {
        let option = |extra: Value| {
            let mut option = json!({"type": 3, "name": "o", "description": "x"});
            option.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            json!({"name": "c", "description": "x", "options": [option]})
        };
        refused(&json!({"name": "c", "description": ""}), "description", "BASE_TYPE_REQUIRED");
        refused(&json!({"name": "C", "description": "x"}), "name", "APPLICATION_COMMAND_INVALID_NAME");
        refused(
            &json!({"name": "c", "description": "x", "options": [
                {"type": 3, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x", "required": true}]}),
            "options.1",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        );
        refused(
            &json!({"name": "c", "description": "x", "options": [
                {"type": 3, "name": "a", "description": "x"}, {"type": 3, "name": "a", "description": "x"}]}),
            "options.1.name",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        );
        let many: Vec<Value> = (0..26).map(|n| json!({"name": n.to_string(), "value": n.to_string()})).collect();
        refused(&option(json!({"choices": many})), "options.0.choices", "BASE_TYPE_MAX_LENGTH");
        refused(
            &option(json!({"choices": [{"name": "x", "value": "y"}], "autocomplete": true})),
            "options.0.autocomplete",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
        );
        refused(&option(json!({"max_length": 6_001})), "options.0.max_length", "NUMBER_TYPE_MAX");
        refused(
            &option(json!({"name_localizations": {"xx": "o"}})),
            "options.0.name_localizations.xx",
            "ENUM_TYPE_COERCE",
        );
        refused(
            &option(json!({"description_localizations": {"fr": "x".repeat(101)}})),
            "options.0.description_localizations.fr",
            "BASE_TYPE_BAD_LENGTH",
        );
    }

    #[test]
    fn a_command_has_8000_characters_with_its_longest_localisations() {
        let choices: Vec<Value> = (0..25)
            .map(|n| json!({"name": format!("{n:03}"), "name_localizations": {"fr": format!("{n:0100}")}, "value": "x".repeat(100)}))
            .collect();
        let option = |name: &str| json!({"type": 3, "name": name, "description": "x", "choices": choices});
        let one = json!({"name": "c", "description": "x", "options": [option("a")]});
        assert_eq!(size(&one), 2 + 2 + 25 * 200);
        assert_eq!(codes(&one), []);
        let two = json!({"name": "c", "description": "x", "options": [option("a"), option("b")]});
        refused(&two, "", "APPLICATION_COMMAND_TOO_LARGE");
    }

    #[test]
    fn a_list_has_no_name_twice() {
        let body = json!([{"name": "c", "description": "x"}, {"name": "c", "description": "y"}]);
        assert_eq!(list(&body).first().unwrap().code, "APPLICATION_COMMANDS_DUPLICATE_NAME");
    }
}
