//! The judges of every payload besides the local Discord's own: Discord's OpenAPI document and `twilight-validate`.
//!
//! Give them to `local_discord::Options::judges`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use local_discord::{Complaint, Judge, OpenApi, Payload};
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{Component, Embed};

use super::left_out::{Lacks, left_out};

/// Twilight's judge and the OpenAPI judge.
pub(crate) fn all() -> Vec<Arc<dyn Judge>> {
    let mut judges: Vec<Arc<dyn Judge>> = vec![Arc::new(Twilight)];
    judges.extend(OPENAPI.clone().map(|judge| judge as Arc<dyn Judge>));
    judges
}

/// Discord's OpenAPI document, if it is beside the repository (stderr says so when it is not).
pub(crate) fn document() -> Option<PathBuf> {
    // Beside the repository, or beside the folder of its work trees.
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).take(4);
    let found = above.map(|folder| folder.join("shared/discord/openapi.json")).find(|path| path.is_file());
    if found.is_none() {
        left_out(Lacks::Paper, "shared/discord/openapi.json is absent: payloads are judged without it");
    }
    found
}

/// The judge of that document. Read once per process.
pub(crate) static OPENAPI: LazyLock<Option<Arc<OpenApi>>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(document()?).expect("the OpenAPI document can be read");
    Some(Arc::new(OpenApi::new(serde_json::from_str(&text).expect("the OpenAPI document is JSON"))))
});

/// Judges embeds, components and commands by `twilight-validate`.
///
/// Its constants lag behind Discord's in one place that matters: it allows a command 4,000 characters where Discord
/// allows 8,000, so that complaint is left to the other judges.
struct Twilight;

impl Judge for Twilight {
    fn name(&self) -> &str {
        "twilight"
    }

    fn judge(&self, payload: &Payload<'_>) -> Vec<Complaint> {
        let body = payload.body;
        if payload.route.ends_with("/commands") {
            return match body {
                Value::Array(list) => {
                    list.iter().enumerate().flat_map(|(index, one)| command(one, &[index.to_string()])).collect()
                }
                one => command(one, &[]),
            };
        }
        if payload.route.ends_with("/commands/{command_id}") {
            return Vec::new();
        }
        let (message, above) = if payload.route.ends_with("/callback") {
            (&body["data"], vec!["data".to_owned()])
        } else {
            (body, vec![])
        };
        if payload.route.ends_with("/callback") && !matches!(body["type"].as_u64(), Some(4 | 7)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut complain = |key: &str, message: String| {
            let path = above.iter().cloned().chain([key.to_owned()]);
            found.push(Complaint::new(path, "TWILIGHT", message));
        };
        if let Some(content) = message["content"].as_str()
            && let Err(error) = twilight_validate::message::content(content)
        {
            complain("content", error.to_string());
        }
        if !message["embeds"].is_null() {
            match typed::<Vec<Embed>>(&with_embed_defaults(&message["embeds"])) {
                Err(error) => complain("embeds", error),
                Ok(embeds) => {
                    if let Err(error) = twilight_validate::message::embeds(&embeds) {
                        complain("embeds", error.to_string());
                    }
                }
            }
        }
        if !message["components"].is_null() {
            match typed::<Vec<Component>>(&message["components"]) {
                Err(error) => complain("components", error),
                Ok(components) => {
                    if let Err(error) = twilight_validate::message::components(&components, false) {
                        complain("components", error.to_string());
                    }
                }
            }
        }
        found
    }
}

fn typed<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

/// Twilight reads embeds as Discord returns them, where fields stand that may be left out when sending.
fn with_embed_defaults(embeds: &Value) -> Value {
    let mut embeds = embeds.clone();
    for embed in embeds.as_array_mut().into_iter().flatten() {
        let Some(embed) = embed.as_object_mut() else { continue };
        embed.retain(|_, value| !value.is_null());
        embed.entry("type").or_insert_with(|| json!("rich"));
        embed.entry("fields").or_insert_with(|| json!([]));
        for field in embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
    }
    embeds
}

fn command(body: &Value, above: &[String]) -> Vec<Complaint> {
    let mut whole = body.clone();
    if let Some(fields) = whole.as_object_mut() {
        // Twilight reads commands as Discord returns them.
        fields.retain(|_, value| !value.is_null());
        fields.entry("type").or_insert_with(|| json!(1));
        fields.entry("description").or_insert_with(|| json!(""));
        fields.entry("options").or_insert_with(|| json!([]));
        fields.insert("version".to_owned(), json!("1"));
    }
    let complain = |message: String| vec![Complaint::new(above.iter().cloned(), "TWILIGHT", message)];
    match typed::<Command>(&whole) {
        Err(error) => complain(error),
        Ok(command) => match twilight_validate::command::command(&command) {
            Err(error)
                if matches!(
                    error.kind(),
                    twilight_validate::command::CommandValidationErrorType::CommandTooLarge { .. }
                ) =>
            {
                Vec::new()
            }
            Err(error) => complain(error.to_string()),
            Ok(()) => Vec::new(),
        },
    }
}
