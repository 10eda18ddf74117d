//! Discord's limits on embeds (Discord: resources/message, "Embed Limits").

use serde_json::Value;

use crate::errors::Form;
use crate::judge::fields::{optional_array, required_string, string, url};

/// Embeds of one message.
pub(crate) const EMBEDS: usize = 10;
/// Characters of titles, descriptions, field names and values, footers and authors over all embeds of one message.
pub(crate) const EMBED_TOTAL: usize = 6_000;
/// Fields of one embed.
pub(crate) const FIELDS: usize = 25;

pub(crate) fn embeds(form: &mut Form, list: &Value) {
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
pub(crate) fn embed_size(embed: &Value) -> usize {
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
