//! Checks of single fields that the judges of messages and of commands share.

use serde_json::Value;
use url::Url;

use crate::errors::Form;
use crate::snowflake::from_json;

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

/// Checks the `emoji` of a button or of a menu's option: one of the guild's by its id, or a character by its name.
pub(crate) fn emoji(form: &mut Form, parent: &Value) {
    let emoji = &parent["emoji"];
    if emoji.is_null() {
        return;
    }
    form.at("emoji", |form| {
        let by_id = from_json(&emoji["id"]).is_some();
        if !by_id && !emoji["name"].as_str().is_some_and(is_emoji) {
            form.complain_at("name", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
        }
    });
}

/// Whether Discord takes this text as one emoji: those of Unicode, and the letters of flags, each by itself.
pub(crate) fn is_emoji(text: &str) -> bool {
    let mut letters = text.chars();
    let letter_of_flags = matches!((letters.next(), letters.next()), (Some('\u{1F1E6}'..='\u{1F1FF}'), None));
    letter_of_flags || emojis::get(text).is_some()
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
pub(crate) const LOCALES: [&str; 34] = [
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

pub(crate) fn optional_array<'a>(form: &mut Form, list: &'a Value, key: &str) -> Option<&'a [Value]> {
    match list {
        Value::Null => None,
        Value::Array(list) => Some(list),
        _ => {
            form.complain_at(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            None
        }
    }
}

pub(crate) fn url(form: &mut Form, parent: &Value, key: &str, schemes: &[&str]) {
    let Some(text) = parent[key].as_str() else { return };
    if text.is_empty() {
        return;
    }
    if text.chars().count() > 2_048 {
        form.complain_at(key, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.");
    }
    match Url::parse(text) {
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
