//! Discord's limits on messages, modals, autocompletion and interaction callbacks.
//!
//! Lives here: pure checks of JSON against the documented limits (Discord: resources/message, components/reference,
//! interactions/receiving-and-responding). Lengths count Unicode scalar values, not bytes. Indexing a JSON value by key
//! never panics: a missing key reads as null.

use std::collections::HashSet;

use serde_json::Value;

use crate::errors::{Complaint, Form};

/// Message flag: only the person who acted sees the message (Discord: resources/message, "Message Flags").
pub const EPHEMERAL: u64 = 1 << 6;
/// Message flag: the answer to a deferred interaction is still to come.
pub const LOADING: u64 = 1 << 7;
/// Message flag: the body is made of components alone.
pub const COMPONENTS_V2: u64 = 1 << 15;

/// Characters of a message's `content`.
pub const CONTENT: usize = 2_000;
/// Embeds of one message.
pub const EMBEDS: usize = 10;
/// Characters of titles, descriptions, field names and values, footers and authors over all embeds of one message.
pub const EMBED_TOTAL: usize = 6_000;
/// Fields of one embed.
pub const FIELDS: usize = 25;
/// Choices of one autocompletion, and options of one select menu.
pub const CHOICES: usize = 25;
/// Files of one message.
pub const FILES: usize = 10;
/// Components of one message under [`COMPONENTS_V2`], nested ones included.
pub const COMPONENTS: usize = 40;

/// Checks the body of an interaction callback.
///
/// `interaction_type` decides which callback types are allowed where it is known. `files` is the number of files sent.
pub fn callback(body: &Value, interaction_type: Option<u64>, files: usize) -> Vec<Complaint> {
    let mut form = Form::default();
    let Some(kind) = body["type"].as_u64() else {
        form.complain_at("type", "BASE_TYPE_REQUIRED", "This field is required");
        return form.finish();
    };
    let allowed: &[u64] = match interaction_type {
        Some(1) => &[1],
        Some(2) => &[4, 5, 9, 12],
        Some(3) => &[4, 5, 6, 7, 9, 12],
        Some(4) => &[8],
        Some(5) => &[4, 5, 6, 7, 12],
        _ => &[1, 4, 5, 6, 7, 8, 9, 12],
    };
    if !allowed.contains(&kind) {
        let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        form.complain_at("type", "BASE_TYPE_CHOICES", format!("Value must be one of {{{list}}}."));
        return form.finish();
    }
    let data = &body["data"];
    form.at("data", |form| match kind {
        4 if data.is_null() => form.complain("BASE_TYPE_REQUIRED", "This field is required"),
        4 | 7 => message_into(form, data, files),
        8 => autocompletion(form, data),
        9 => modal(form, data),
        _ => {}
    });
    form.finish()
}

/// Checks the body of a message: a follow-up, an edit, or a message of a channel.
pub fn message(body: &Value, files: usize) -> Vec<Complaint> {
    let mut form = Form::default();
    message_into(&mut form, body, files);
    form.finish()
}

/// Whether a message of this body would show nothing at all.
pub(crate) fn is_empty_message(body: &Value, files: usize) -> bool {
    let filled = |key: &str| body[key].as_array().is_some_and(|list| !list.is_empty());
    let content = body["content"].as_str().is_some_and(|content| !content.trim().is_empty());
    !content
        && files == 0
        && !filled("embeds")
        && !filled("components")
        && !filled("attachments")
        && !filled("sticker_ids")
        && body["poll"].is_null()
}

fn message_into(form: &mut Form, body: &Value, files: usize) {
    if body.is_null() {
        return;
    }
    if !body.is_object() {
        form.complain("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    }
    let v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    string(form, body, "content", 0, CONTENT, false);
    embeds(form, &body["embeds"]);
    if v2 {
        for key in ["content", "embeds"] {
            let used = body[key].as_str().is_some_and(|text| !text.is_empty())
                || body[key].as_array().is_some_and(|list| !list.is_empty());
            if used {
                form.complain_at(
                    key,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    components(form, &body["components"], v2);
    allowed_mentions(form, &body["allowed_mentions"]);
    attachments(form, &body["attachments"], files);
    if files > FILES {
        form.complain_at("files", "BASE_TYPE_MAX_LENGTH", format!("Must be {FILES} or fewer in length."));
    }
}

fn embeds(form: &mut Form, list: &Value) {
    let Some(list) = optional_array(form, list, "embeds") else { return };
    form.at("embeds", |form| {
        if list.len() > EMBEDS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {EMBEDS} or fewer in length."));
        }
        for (index, one) in list.iter().enumerate() {
            form.at(index, |form| embed(form, one));
        }
        if list.iter().map(embed_size).sum::<usize>() > EMBED_TOTAL {
            form.complain("MAX_EMBED_SIZE_EXCEEDED", format!("Embed size exceeds maximum size of {EMBED_TOTAL}"));
        }
    });
}

/// The characters of one embed that count towards [`EMBED_TOTAL`]; white space at both ends does not.
pub fn embed_size(embed: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.trim().chars().count());
    let fields = embed["fields"]
        .as_array()
        .map_or(0, |fields| fields.iter().map(|field| length(&field["name"]) + length(&field["value"])).sum::<usize>());
    length(&embed["title"])
        + length(&embed["description"])
        + length(&embed["footer"]["text"])
        + length(&embed["author"]["name"])
        + fields
}

fn embed(form: &mut Form, embed: &Value) {
    if !embed.is_object() {
        form.complain("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    }
    let shows = ["title", "description", "image", "thumbnail", "author", "footer", "video", "url", "timestamp"]
        .iter()
        .any(|key| !embed[key].is_null())
        || embed["fields"].as_array().is_some_and(|fields| !fields.is_empty());
    if !shows {
        form.complain_at("description", "BASE_TYPE_REQUIRED", "This field is required");
    }
    string(form, embed, "title", 0, 256, true);
    string(form, embed, "description", 0, 4_096, true);
    url(form, embed, "url", &["http", "https"]);
    match &embed["color"] {
        Value::Null => {}
        color => match color.as_i64() {
            Some(0..=0xFF_FFFF) => {}
            Some(_) => form.complain_at("color", "NUMBER_TYPE_MAX", "int value should be between 0 and 16777215."),
            None => {
                form.complain_at("color", "NUMBER_TYPE_COERCE", format!("Value \"{color}\" is not int."));
            }
        },
    }
    if let Some(timestamp) = embed["timestamp"].as_str()
        && timestamp.parse::<jiff::Timestamp>().is_err()
    {
        form.complain_at(
            "timestamp",
            "DATE_TIME_TYPE_PARSE",
            format!("Could not parse {timestamp}. Should be ISO8601."),
        );
    }
    for key in ["image", "thumbnail"] {
        form.at(key, |form| {
            if !embed[key].is_null() && embed[key]["url"].is_null() {
                form.complain_at("url", "BASE_TYPE_REQUIRED", "This field is required");
            }
            url(form, &embed[key], "url", &["http", "https", "attachment"]);
        });
    }
    form.at("footer", |form| {
        let footer = &embed["footer"];
        string(form, footer, "text", 0, 2_048, true);
        url(form, footer, "icon_url", &["http", "https", "attachment"]);
    });
    form.at("author", |form| {
        let author = &embed["author"];
        if !author.is_null() && author["name"].is_null() {
            form.complain_at("name", "BASE_TYPE_REQUIRED", "This field is required");
        }
        string(form, author, "name", 0, 256, true);
        url(form, author, "url", &["http", "https"]);
        url(form, author, "icon_url", &["http", "https", "attachment"]);
    });
    let Some(fields) = optional_array(form, &embed["fields"], "fields") else { return };
    form.at("fields", |form| {
        if fields.len() > FIELDS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {FIELDS} or fewer in length."));
        }
        for (index, field) in fields.iter().enumerate() {
            form.at(index, |form| {
                required_string(form, field, "name", 1, 256);
                required_string(form, field, "value", 1, 1_024);
            });
        }
    });
}

/// What the checks of a message's components share.
#[derive(Default)]
struct Seen {
    custom_ids: HashSet<String>,
    count: usize,
}

fn components(form: &mut Form, list: &Value, v2: bool) {
    let Some(list) = optional_array(form, list, "components") else { return };
    let mut seen = Seen::default();
    form.at("components", |form| {
        let limit = if v2 { COMPONENTS } else { 5 };
        if list.len() > limit {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {limit} in length."));
        }
        for (index, component) in list.iter().enumerate() {
            form.at(index, |form| {
                if !v2 && component["type"] != 1 {
                    form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {1}.");
                } else {
                    any_component(form, component, &mut seen);
                }
            });
        }
        if v2 && seen.count > COMPONENTS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {COMPONENTS} or fewer in length."));
        }
    });
}

fn any_component(form: &mut Form, component: &Value, seen: &mut Seen) {
    seen.count += 1;
    match component["type"].as_u64() {
        Some(1) => action_row(form, component, seen),
        Some(2) => button(form, component, seen),
        Some(3 | 5..=8) => select(form, component, seen),
        // Components v2: their own texts and nesting; the fields without a limit are left to the other judges.
        Some(9 | 17) => {
            for key in ["components"] {
                let Some(children) = optional_array(form, &component[key], key) else { continue };
                form.at(key, |form| {
                    for (index, child) in children.iter().enumerate() {
                        form.at(index, |form| any_component(form, child, seen));
                    }
                });
            }
            if !component["accessory"].is_null() {
                form.at("accessory", |form| any_component(form, &component["accessory"], seen));
            }
        }
        Some(10) => required_string(form, component, "content", 1, 4_000),
        Some(11..=14) => {}
        _ => form.complain_at(
            "type",
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17}.",
        ),
    }
}

fn action_row(form: &mut Form, row: &Value, seen: &mut Seen) {
    let Some(children) = row["components"].as_array() else {
        form.complain_at("components", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    form.at("components", |form| {
        let selects = children.iter().filter(|child| child["type"] != 2).count();
        let limit = if selects > 0 { 1 } else { 5 };
        if children.is_empty() || children.len() > limit {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {limit} in length."));
        }
        for (index, child) in children.iter().enumerate() {
            form.at(index, |form| match child["type"].as_u64() {
                Some(2 | 3 | 5..=8) => any_component(form, child, seen),
                _ => form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {2, 3, 5, 6, 7, 8}."),
            });
        }
    });
}

fn custom_id(form: &mut Form, component: &Value, seen: &mut HashSet<String>) {
    required_string(form, component, "custom_id", 1, 100);
    if let Some(id) = component["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        form.complain_at("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn button(form: &mut Form, button: &Value, seen: &mut Seen) {
    string(form, button, "label", 0, 80, false);
    let labelled = button["label"].as_str().is_some_and(|label| !label.is_empty()) || !button["emoji"].is_null();
    match button["style"].as_u64() {
        Some(1..=4) => {
            custom_id(form, button, &mut seen.custom_ids);
            if !button["url"].is_null() {
                form.complain_at(
                    "url",
                    "BUTTON_COMPONENT_CUSTOM_ID_AND_URL",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        Some(5) => {
            if button["url"].as_str().is_none_or(str::is_empty) {
                form.complain_at("url", "BASE_TYPE_REQUIRED", "This field is required");
            }
            string(form, button, "url", 1, 512, false);
            url(form, button, "url", &["http", "https", "discord"]);
            if !button["custom_id"].is_null() {
                form.complain("BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified");
            }
        }
        Some(6) => {
            if button["sku_id"].is_null() {
                form.complain_at("sku_id", "BASE_TYPE_REQUIRED", "This field is required");
            }
            return;
        }
        _ => form.complain_at("style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}."),
    }
    if !labelled {
        form.complain_at("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or emoji");
    }
}

fn select(form: &mut Form, select: &Value, seen: &mut Seen) {
    custom_id(form, select, &mut seen.custom_ids);
    string(form, select, "placeholder", 0, 150, false);
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    if least > 25 {
        form.complain_at("min_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to 25.");
    }
    if most == 0 || most > 25 {
        form.complain_at("max_values", "NUMBER_TYPE_MAX", "int value should be between 1 and 25.");
    }
    if least > most {
        form.complain(
            "SELECT_COMPONENT_MIN_VALUE_GREATER_THAN_MAX_VALUE",
            "Min values cannot be greater than max values",
        );
    }
    if select["type"] != 3 {
        return;
    }
    let Some(options) = select["options"].as_array() else {
        form.complain_at("options", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    let mut values = HashSet::new();
    form.at("options", |form| {
        if options.is_empty() || options.len() > CHOICES {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {CHOICES} in length."));
        } else if most > options.len() as u64 {
            form.complain(
                "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE",
                "Max values cannot be greater than the number of options",
            );
        }
        let marked = options.iter().filter(|option| option["default"] == true).count();
        if marked as u64 > most {
            form.complain("SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than max values");
        }
        for (index, option) in options.iter().enumerate() {
            form.at(index, |form| {
                required_string(form, option, "label", 1, 100);
                required_string(form, option, "value", 1, 100);
                string(form, option, "description", 0, 100, false);
                if let Some(value) = option["value"].as_str()
                    && !values.insert(value)
                {
                    form.complain_at(
                        "value",
                        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                        "The specified option value is already used",
                    );
                }
            });
        }
    });
}

fn autocompletion(form: &mut Form, data: &Value) {
    let Some(choices) = data["choices"].as_array() else {
        form.complain_at("choices", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    form.at("choices", |form| {
        if choices.len() > CHOICES {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {CHOICES} or fewer in length."));
        }
        for (index, choice) in choices.iter().enumerate() {
            form.at(index, |form| self::choice(form, choice));
        }
    });
}

/// Checks one choice, of an autocompletion or of an option of a command.
pub(crate) fn choice(form: &mut Form, choice: &Value) {
    required_string(form, choice, "name", 1, 100);
    localizations(form, choice, "name_localizations", 1, 100);
    match &choice["value"] {
        Value::String(value) if value.chars().count() > 100 => {
            form.complain_at("value", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
        }
        Value::String(_) | Value::Number(_) => {}
        Value::Null => form.complain_at("value", "BASE_TYPE_REQUIRED", "This field is required"),
        _ => form.complain_at("value", "STRING_TYPE_CONVERT", "Could not interpret \"value\" as string."),
    }
}

fn modal(form: &mut Form, data: &Value) {
    required_string(form, data, "custom_id", 1, 100);
    required_string(form, data, "title", 1, 45);
    let Some(rows) = data["components"].as_array() else {
        form.complain_at("components", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    let mut seen = HashSet::new();
    form.at("components", |form| {
        if rows.is_empty() || rows.len() > 5 {
            form.complain("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }
        for (index, row) in rows.iter().enumerate() {
            form.at(index, |form| {
                let children = row["components"].as_array().map_or(&[][..], Vec::as_slice);
                for (index, input) in children.iter().enumerate() {
                    form.at("components", |form| {
                        form.at(index, |form| {
                            if input["type"] == 4 {
                                text_input(form, input, &mut seen);
                            } else {
                                form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {4}.");
                            }
                        });
                    });
                }
            });
        }
    });
}

fn text_input(form: &mut Form, input: &Value, seen: &mut HashSet<String>) {
    custom_id(form, input, seen);
    string(form, input, "label", 1, 45, false);
    string(form, input, "value", 0, 4_000, false);
    string(form, input, "placeholder", 0, 100, false);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.complain_at("style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    for (key, least) in [("min_length", 0), ("max_length", 1)] {
        if let Some(length) = input[key].as_i64()
            && !(least..=4_000).contains(&length)
        {
            form.complain_at(key, "NUMBER_TYPE_MAX", format!("int value should be between {least} and 4000."));
        }
    }
}

fn allowed_mentions(form: &mut Form, mentions: &Value) {
    if mentions.is_null() {
        return;
    }
    form.at("allowed_mentions", |form| {
        let parse = mentions["parse"].as_array().map_or(&[][..], Vec::as_slice);
        for (index, kind) in parse.iter().enumerate() {
            if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
                form.at("parse", |form| {
                    form.complain_at(
                        index,
                        "BASE_TYPE_CHOICES",
                        "Value must be one of ('users', 'roles', 'everyone').",
                    );
                });
            }
        }
        for key in ["users", "roles"] {
            let ids = mentions[key].as_array().map_or(&[][..], Vec::as_slice);
            if ids.len() > 100 {
                form.complain_at(key, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            }
            if !ids.is_empty() && parse.iter().any(|kind| kind == key) {
                form.complain(
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive."),
                );
            }
        }
    });
}

fn attachments(form: &mut Form, list: &Value, files: usize) {
    let Some(list) = optional_array(form, list, "attachments") else { return };
    form.at("attachments", |form| {
        if list.len() > FILES {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {FILES} or fewer in length."));
        }
        for (index, attachment) in list.iter().enumerate() {
            form.at(index, |form| {
                string(form, attachment, "description", 0, 1_024, false);
                let id = crate::snowflake::from_json(&attachment["id"]);
                // A small id names a file of this request (`files[n]`); a large one an attachment that stays.
                let missing = match id {
                    Some(id) => id < FILES as u64 && id >= files as u64,
                    None => true,
                };
                if missing {
                    form.complain_at("id", "ATTACHMENT_NOT_FOUND", "Attachment data not found");
                }
            });
        }
    });
}

/// Checks a dictionary from locale to text (Discord: reference, "Locales").
pub(crate) fn localizations(form: &mut Form, parent: &Value, key: &str, least: usize, most: usize) {
    let Some(texts) = parent[key].as_object() else { return };
    form.at(key, |form| {
        for locale in texts.keys() {
            if LOCALES.contains(&locale.as_str()) {
                required_string(form, &parent[key], locale, least, most);
            } else {
                form.complain_at(locale, "ENUM_TYPE_COERCE", format!("Value \"{locale}\" is not a valid enum value."));
            }
        }
    });
}

/// The locales Discord knows (Discord: reference, "Locales").
pub const LOCALES: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// Checks a text that may be missing or null. `trimmed`: white space at both ends does not count.
pub(crate) fn string(form: &mut Form, parent: &Value, key: &str, least: usize, most: usize, trimmed: bool) {
    match &parent[key] {
        Value::Null => {}
        Value::String(text) => {
            let text = if trimmed { text.trim() } else { text.as_str() };
            let length = text.chars().count();
            if length >= least && length <= most {
                return;
            }
            let (code, message) = if least == 0 {
                ("BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."))
            } else {
                ("BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."))
            };
            form.complain_at(key, code, message);
        }
        other => {
            form.complain_at(key, "STRING_TYPE_CONVERT", format!("Could not interpret \"{other}\" as string."));
        }
    }
}

/// Checks a text that must be there and not blank.
pub(crate) fn required_string(form: &mut Form, parent: &Value, key: &str, least: usize, most: usize) {
    let blank = parent[key].as_str().is_some_and(|text| text.trim().is_empty());
    if parent[key].is_null() || blank {
        form.complain_at(key, "BASE_TYPE_REQUIRED", "This field is required");
    } else {
        string(form, parent, key, least, most, false);
    }
}

fn optional_array<'a>(form: &mut Form, list: &'a Value, key: &str) -> Option<&'a [Value]> {
    match list {
        Value::Null => None,
        Value::Array(list) => Some(list),
        _ => {
            form.complain_at(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            None
        }
    }
}

fn url(form: &mut Form, parent: &Value, key: &str, schemes: &[&str]) {
    let Some(text) = parent[key].as_str() else { return };
    if text.is_empty() {
        return;
    }
    if text.chars().count() > 2_048 {
        form.complain_at(key, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.");
    }
    match url::Url::parse(text) {
        Ok(url) if schemes.contains(&url.scheme()) && (url.has_host() || url.scheme() == "discord") => {}
        Ok(url) if !schemes.contains(&url.scheme()) => {
            let list = schemes.iter().map(|scheme| format!("'{scheme}'")).collect::<Vec<_>>().join(", ");
            form.complain_at(
                key,
                "URL_TYPE_INVALID_SCHEME",
                format!("Scheme \"{}\" is not supported. Scheme must be one of ({list}).", url.scheme()),
            );
        }
        _ => form.complain_at(key, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(complaints: &[Complaint]) -> Vec<(String, &str)> {
        complaints.iter().map(|one| (one.path.join("."), one.code.as_str())).collect()
    }

    #[test]
    fn a_plain_message_passes() {
        let body = json!({"content": "é".repeat(CONTENT), "embeds": [{"title": "a", "url": "https://example.org/x"}]});
        assert_eq!(codes(&message(&body, 0)), []);
    }

    #[test]
    fn lengths_count_characters() {
        let body = json!({"content": "é".repeat(CONTENT + 1)});
        assert_eq!(codes(&message(&body, 0)), [("content".to_owned(), "BASE_TYPE_MAX_LENGTH")]);
    }

    #[test]
    fn the_sum_runs_over_all_embeds() {
        let embed = json!({"description": "x".repeat(3_001)});
        assert_eq!(codes(&message(&json!({"embeds": [embed]}), 0)), []);
        let both = json!({"embeds": [embed, embed]});
        assert_eq!(codes(&message(&both, 0)), [("embeds".to_owned(), "MAX_EMBED_SIZE_EXCEEDED")]);
    }

    #[test]
    fn each_part_of_an_embed_has_its_limit() {
        for (embed, path) in [
            (json!({"title": "x".repeat(257)}), "embeds.0.title"),
            (json!({"description": "x".repeat(4_097)}), "embeds.0.description"),
            (json!({"footer": {"text": "x".repeat(2_049)}}), "embeds.0.footer.text"),
            (json!({"author": {"name": "x".repeat(257)}}), "embeds.0.author.name"),
            (json!({"fields": [{"name": "x".repeat(257), "value": "y"}]}), "embeds.0.fields.0.name"),
            (json!({"fields": [{"name": "x", "value": "y".repeat(1_025)}]}), "embeds.0.fields.0.value"),
            (json!({"fields": [{"name": "x", "value": "  "}]}), "embeds.0.fields.0.value"),
            (json!({"title": "x", "url": "ftp://example.org"}), "embeds.0.url"),
            (json!({"title": "x", "color": 0x100_0000}), "embeds.0.color"),
            (json!({}), "embeds.0.description"),
        ] {
            let found = message(&json!({"embeds": [embed]}), 0);
            assert_eq!(found.first().map(|one| one.path.join(".")).as_deref(), Some(path), "{embed}");
        }
        let fields = vec![json!({"name": "x", "value": "y"}); 26];
        assert_eq!(
            codes(&message(&json!({"embeds": [{"fields": fields}]}), 0)),
            [("embeds.0.fields".to_owned(), "BASE_TYPE_MAX_LENGTH")]
        );
    }

    #[test]
    fn components_keep_their_rules() {
        let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
        let row = |children: Vec<Value>| json!({"components": [{"type": 1, "components": children}]});
        assert_eq!(codes(&message(&row(vec![button("a"), button("b")]), 0)), []);
        assert_eq!(
            codes(&message(&row(vec![button("a"), button("a")]), 0)),
            [("components.0.components.1.custom_id".to_owned(), "COMPONENT_CUSTOM_ID_DUPLICATED")]
        );
        let long = "x".repeat(101);
        assert_eq!(
            codes(&message(&row(vec![button(&long)]), 0)),
            [("components.0.components.0.custom_id".to_owned(), "BASE_TYPE_BAD_LENGTH")]
        );
        let six = (0..6).map(|n| button(&n.to_string())).collect();
        assert_eq!(codes(&message(&row(six), 0)), [("components.0.components".to_owned(), "BASE_TYPE_BAD_LENGTH")]);
        let options: Vec<Value> = (0..26).map(|n| json!({"label": "x", "value": n.to_string()})).collect();
        let menu = json!({"type": 3, "custom_id": "m", "options": options});
        assert_eq!(
            codes(&message(&row(vec![menu]), 0)),
            [("components.0.components.0.options".to_owned(), "BASE_TYPE_BAD_LENGTH")]
        );
        let six_rows = json!({"components": vec![json!({"type": 1, "components": [{"type": 2, "style": 5,
            "label": "x", "url": "https://example.org"}]}); 6]});
        assert_eq!(codes(&message(&six_rows, 0)), [("components".to_owned(), "BASE_TYPE_BAD_LENGTH")]);
    }

    #[test]
    fn a_callback_must_suit_its_interaction() {
        let answer = json!({"type": 4, "data": {"content": "x"}});
        assert_eq!(codes(&callback(&answer, Some(2), 0)), []);
        assert_eq!(codes(&callback(&answer, Some(4), 0)), [("type".to_owned(), "BASE_TYPE_CHOICES")]);
        let choices: Vec<Value> = (0..26).map(|n| json!({"name": "x", "value": n.to_string()})).collect();
        assert_eq!(
            codes(&callback(&json!({"type": 8, "data": {"choices": choices}}), Some(4), 0)),
            [("data.choices".to_owned(), "BASE_TYPE_MAX_LENGTH")]
        );
    }

    #[test]
    fn mentions_name_a_kind_or_ids_never_both() {
        let body = json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
        assert_eq!(
            codes(&message(&body, 0)),
            [("allowed_mentions".to_owned(), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE")]
        );
    }

    #[test]
    fn an_attachment_needs_its_file() {
        let body = json!({"content": "x", "attachments": [{"id": 0, "filename": "a.txt"}]});
        assert_eq!(codes(&message(&body, 1)), []);
        assert_eq!(codes(&message(&body, 0)), [("attachments.0.id".to_owned(), "ATTACHMENT_NOT_FOUND")]);
    }
}
