//! Judges that need other libraries: Discord's OpenAPI document (through `jsonschema`) and `twilight-validate`.
//!
//! Give them to `local_discord::Options::judges`; [`all`] returns those that are there.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::{Draft, Validator};
use rcp_bot::local_discord::{Complaint, Judge, Payload};
use serde_json::{Value, json};
use twilight_model::{
    application::command::Command,
    channel::message::{Component, Embed},
};

/// Twilight's judge, and the OpenAPI judge if its document is beside the repository (stderr says so if it is not).
pub fn all() -> Vec<Arc<dyn Judge>> {
    let mut judges: Vec<Arc<dyn Judge>> = vec![Arc::new(Twilight)];
    judges.extend(OPENAPI.clone().map(|judge| judge as Arc<dyn Judge>));
    judges
}

/// The judge of Discord's OpenAPI document, if the document is there. Read once per process.
pub static OPENAPI: LazyLock<Option<Arc<OpenApi>>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/openapi.json");
    // A worktree stands one level deeper than the repository.
    let deeper = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/discord/openapi.json");
    let found = [path, deeper].into_iter().find_map(OpenApi::read);
    if found.is_none() {
        eprintln!("shared/discord/openapi.json is absent: payloads are not judged by Discord's OpenAPI document");
    }
    found.map(Arc::new)
});

/// Judges JSON bodies by the schemas of Discord's published API document.
///
/// The document is ahead of (or behind) what Discord takes in two places, which are evened out before judging:
/// `default_member_permissions` is documented for people as a text of digits but declared as an integer, and ids may be
/// sent as numbers although declared as texts (Discord: reference, "Snowflakes").
pub struct OpenApi {
    document: Value,
    validators: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

impl OpenApi {
    /// Reads the document; `None` if there is no such file.
    pub fn read(path: PathBuf) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let document = serde_json::from_str(&text).expect("the OpenAPI document is JSON");
        Some(Self { document, validators: Mutex::default() })
    }

    /// What is wrong with an answer of the server by the document's schema for this route, method and status.
    pub fn judge_answer(&self, route: &str, method: &str, status: u16, answer: &Value) -> Vec<String> {
        let method = method.to_lowercase();
        let of = |status: &str| {
            let pointer =
                format!("/paths/{}/{method}/responses/{status}/content/application~1json/schema", escaped(route));
            self.validator(pointer)
        };
        let validator = if status < 400 { of(&status.to_string()) } else { of("4XX") };
        validator.map_or_else(Vec::new, |validator| {
            validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect()
        })
    }

    /// The validator of the schema at this place, compiled at its first use; `None` if the document has none there. The
    /// whole document's components go with it, so that the `#/components/schemas/…` references hold.
    fn validator(&self, pointer: String) -> Option<Arc<Validator>> {
        let mut validators = self.validators.lock().expect("no validator panics while it is compiled");
        if let Some(known) = validators.get(&pointer) {
            return known.clone();
        }
        let compile = |schema: &Value| {
            let mut schema = schema.clone();
            schema["components"] = self.document["components"].clone();
            let options = jsonschema::options().with_draft(Draft::Draft202012);
            Arc::new(options.build(&schema).expect("Discord's schemas compile"))
        };
        let validator = self.resolved(&pointer).map(compile);
        validators.insert(pointer, validator.clone());
        validator
    }

    /// The value at this place; a response may be a reference to a shared one.
    fn resolved(&self, pointer: &str) -> Option<&Value> {
        self.document.pointer(pointer).or_else(|| {
            let (response, rest) = pointer.split_once("/content/")?;
            let target = self.document.pointer(response)?["$ref"].as_str()?.strip_prefix('#')?;
            self.document.pointer(&format!("{target}/content/{rest}"))
        })
    }
}

/// A key as one step of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Judge for OpenApi {
    fn name(&self) -> &str {
        "openapi"
    }

    fn judge(&self, payload: &Payload<'_>) -> Vec<Complaint> {
        let method = payload.method.to_lowercase();
        let pointer =
            format!("/paths/{}/{method}/requestBody/content/application~1json/schema", escaped(payload.route));
        let Some(validator) = self.validator(pointer) else { return Vec::new() };
        let mut body = payload.body.clone();
        even_out(&mut body);
        let complain = |error: jsonschema::ValidationError<'_>| {
            let path = error.instance_path().to_string();
            let steps = path.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
            Complaint::new(steps, "OPENAPI_SCHEMA", error.to_string())
        };
        validator.iter_errors(&body).map(complain).collect()
    }
}

/// Brings the two differences between the document and Discord to the document's side.
fn even_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                let digits = value.as_str().and_then(|text| text.parse::<u64>().ok());
                match (key.as_str(), digits) {
                    ("default_member_permissions", Some(number)) => *value = json!(number),
                    ("attachments", _) => {
                        for attachment in value.as_array_mut().into_iter().flatten() {
                            if let Some(id) = attachment["id"].as_u64() {
                                attachment["id"] = json!(id.to_string());
                            }
                        }
                    }
                    _ => even_out(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(even_out),
        _ => {}
    }
}

/// Judges embeds, components and commands by `twilight-validate`.
///
/// Its constants lag behind Discord's in one place that matters: it allows a command 4,000 characters where Discord
/// allows 8,000, so that complaint is left to the other judges.
pub struct Twilight;

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
