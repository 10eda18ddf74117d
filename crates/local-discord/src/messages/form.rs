//! The form in which Discord returns what a bot sent: embeds, components, times (Discord: resources/message).

use serde_json::{Map, Value};

/// The time as Discord writes it in messages.
pub(crate) fn timestamp() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// Embeds as Discord returns them: white space trimmed, `type` added, `attachment://` addresses resolved, with what is known
/// of the picture (Discord: resources/message, "Embed Image Structure").
pub(crate) fn embeds(list: &Value, attachments: &[Value]) -> Value {
    let resolve = |url: &str| {
        let name = url.strip_prefix("attachment://")?;
        attachments.iter().find(|one| one["filename"] == name)
    };
    let embed = |embed: &Value| {
        let mut embed = without_nulls(embed);
        embed["type"] = Value::from("rich");
        for path in ["/title", "/description", "/footer/text", "/author/name"] {
            trim(embed.pointer_mut(path));
        }
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            trim(field.pointer_mut("/name"));
            trim(field.pointer_mut("/value"));
            if field["inline"].is_null() {
                field["inline"] = Value::Bool(false);
            }
        }
        if embed["fields"].is_null()
            && let Some(embed) = embed.as_object_mut()
        {
            embed.remove("fields");
        }
        for part in ["image", "thumbnail"] {
            if let Some(file) = embed[part]["url"].as_str().and_then(resolve) {
                for key in ["url", "proxy_url", "width", "height", "content_type"] {
                    if !file[key].is_null() {
                        embed[part][key] = file[key].clone();
                    }
                }
                if embed[part]["description"].is_null() && !file["description"].is_null() {
                    embed[part]["description"] = file["description"].clone();
                }
            }
        }
        for path in ["/footer/icon_url", "/author/icon_url"] {
            if let Some(url) = embed.pointer_mut(path)
                && let Some(file) = url.as_str().and_then(resolve)
            {
                *url = file["url"].clone();
            }
        }
        embed
    };
    list.as_array().map_or_else(|| Value::Array(Vec::new()), |list| list.iter().map(embed).collect())
}

fn trim(text: Option<&mut Value>) {
    if let Some(Value::String(text)) = text {
        *text = text.trim().to_owned();
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), without_nulls(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// Components as Discord returns them: each with a number of its own (Discord: components/reference, "Anatomy of a
/// Component"), each menu with the numbers of values that it takes.
pub(crate) fn components(list: &Value) -> Value {
    fn number(component: &mut Value, next: &mut u64) {
        if component.is_object() {
            *next = component["id"].as_u64().filter(|id| *id > 0).unwrap_or(*next);
            component["id"] = Value::from(*next);
            *next += 1;
            if matches!(component["type"].as_u64(), Some(3 | 5..=8)) {
                for key in ["min_values", "max_values"] {
                    if component[key].is_null() {
                        component[key] = Value::from(1);
                    }
                }
            }
        }
        for key in ["components", "component", "accessory"] {
            match component.get_mut(key) {
                Some(Value::Array(children)) => children.iter_mut().for_each(|child| number(child, next)),
                Some(child @ Value::Object(_)) => number(child, next),
                _ => {}
            }
        }
    }
    let mut next = 1;
    let mut list = without_nulls(list);
    list.as_array_mut().into_iter().flatten().for_each(|component| number(component, &mut next));
    if list.is_array() { list } else { Value::Array(Vec::new()) }
}
