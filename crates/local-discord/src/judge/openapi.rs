//! A judge by Discord's published API document (OpenAPI), or any other in its form.
//!
//! The document is read from a file that the caller names; it is not part of this repository. With it, a test can judge
//! the server's own answers too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

use crate::errors::Complaint;
use crate::judge::payload::{Judge, Payload};

/// Judges JSON bodies by the schemas of Discord's published API document.
///
/// The document is ahead of (or behind) what Discord takes in two places, which are evened out before judging:
/// `default_member_permissions` is documented for people as a text of digits but declared as an integer, and ids of
/// attachments and under names such as `recipient_id` may be sent as numbers although declared as texts (Discord:
/// reference, "Snowflakes").
pub struct OpenApi {
    document: Value,
    validators: Mutex<HashMap<String, Known>>,
}

/// The validator of a place in the document; none if there is no schema, an error if it cannot be used.
type Known = Option<Result<Arc<Validator>, String>>;

impl OpenApi {
    /// A judge by this document.
    pub fn new(document: Value) -> OpenApi {
        OpenApi { document, validators: Mutex::default() }
    }

    /// What is wrong with an answer of the server by the document's schema for this route, method and status.
    pub fn judge_answer(&self, route: &str, method: &str, status: u16, answer: &Value) -> Vec<String> {
        let method = method.to_lowercase();
        let status = if status < 400 { status.to_string() } else { "4XX".to_owned() };
        let place = format!("/paths/{}/{method}/responses/{status}/content/application~1json/schema", escaped(route));
        match self.validator(place) {
            None => Vec::new(),
            Some(Err(error)) => vec![error],
            Some(Ok(validator)) => {
                validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect()
            }
        }
    }

    /// The validator of the schema at this place, compiled at its first use. The whole document's components go with
    /// it, so that the `#/components/schemas/…` references hold.
    fn validator(&self, pointer: String) -> Known {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = validators.get(&pointer) {
            return known.clone();
        }
        let compile = |schema: &Value| {
            let mut schema = schema.clone();
            schema["components"] = self.document["components"].clone();
            let built = jsonschema::options().with_draft(Draft::Draft202012).build(&schema);
            built.map(Arc::new).map_err(|error| format!("the document's schema cannot be used: {error}"))
        };
        let validator = self.resolved(&pointer).map(compile);
        validators.insert(pointer, validator.clone());
        validator
    }

    /// The value at this place; a response may be a reference to a shared one.
    fn resolved(&self, pointer: &str) -> Option<&Value> {
        let document = &self.document;
        document.pointer(pointer).or_else(|| {
            let (response, rest) = pointer.split_once("/content/")?;
            let target = document.pointer(response)?["$ref"].as_str()?.strip_prefix('#')?;
            document.pointer(&format!("{target}/content/{rest}"))
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
        let place = format!("/paths/{}/{method}/requestBody/content/application~1json/schema", escaped(payload.route));
        let validator = match self.validator(place) {
            None => return Vec::new(),
            Some(Err(error)) => return vec![Complaint::new([""; 0], "OPENAPI_SCHEMA", error)],
            Some(Ok(validator)) => validator,
        };
        let mut body = payload.body.clone();
        even_out(&mut body);
        let complain = |error: ValidationError<'_>| {
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
                    (id, _) if id.ends_with("_id") && value.is_u64() => *value = json!(value.to_string()),
                    _ => even_out(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(even_out),
        _ => {}
    }
}
