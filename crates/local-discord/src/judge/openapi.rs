//! A judge by Discord's published API document (OpenAPI), or any other in its form.
//!
//! The document is read from a file that the caller names; it is not part of this repository. With it, a test can judge
//! the server's own answers too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use boon::{CompileError, Compiler, Draft, ErrorKind, SchemaIndex, Schemas, ValidationError};
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
    schemas: Mutex<HashMap<String, Known>>,
}

/// The schema at a place in the document; none if there is no schema, an error if it cannot be used.
type Known = Option<Result<Arc<Schema>, String>>;

/// What the compiler of schemas calls the document.
const DOCUMENT: &str = "memory:///document";

/// How many reasons are told for which none of several forms fits.
const REASONS: usize = 4;

/// A schema that was compiled, with those that it names.
struct Schema {
    all: Schemas,
    this: SchemaIndex,
}

impl Schema {
    /// The schema at this place of the document.
    fn compile(document: &Value, place: &str) -> Result<Schema, String> {
        let (mut compiler, mut all) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V2020_12);
        let unusable = |error: CompileError| format!("the document's schema cannot be used: {error}");
        compiler.add_resource(DOCUMENT, document.clone()).map_err(unusable)?;
        let this = compiler.compile(&format!("{DOCUMENT}#{place}"), &mut all).map_err(unusable)?;
        Ok(Schema { all, this })
    }

    /// What is wrong with a value, each with its place as a JSON pointer.
    fn judge(&self, value: &Value) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if let Err(error) = self.all.validate(value, self.this) {
            each(&error, &mut found);
        }
        found
    }
}

/// The errors that an error consists of. Where none of several forms fits, that is one, with some of the reasons.
fn each(error: &ValidationError<'_, '_>, found: &mut Vec<(String, String)>) {
    let forms = matches!(error.kind, ErrorKind::AnyOf | ErrorKind::OneOf(_));
    if !forms && !error.causes.is_empty() {
        return error.causes.iter().for_each(|cause| each(cause, found));
    }
    let mut reasons = Vec::new();
    error.causes.iter().for_each(|cause| each(cause, &mut reasons));
    let reasons: Vec<_> = reasons.iter().take(REASONS).map(|(place, reason)| format!("{place}: {reason}")).collect();
    let of = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    found.push((error.instance_location.to_string(), format!("{}{of}", error.kind)));
}

impl OpenApi {
    /// A judge by this document.
    pub fn new(document: Value) -> OpenApi {
        OpenApi { document, schemas: Mutex::default() }
    }

    /// What is wrong with an answer of the server by the document's schema for this route, method and status.
    pub fn judge_answer(&self, route: &str, method: &str, status: u16, answer: &Value) -> Vec<String> {
        let method = method.to_lowercase();
        let status = if status < 400 { status.to_string() } else { "4XX".to_owned() };
        let place = format!("/paths/{}/{method}/responses/{status}/content/application~1json/schema", escaped(route));
        match self.schema(place) {
            None => Vec::new(),
            Some(Err(error)) => vec![error],
            Some(Ok(schema)) => {
                schema.judge(answer).into_iter().map(|(place, error)| format!("{place}: {error}")).collect()
            }
        }
    }

    /// The schema at this place, compiled at its first use.
    fn schema(&self, pointer: String) -> Known {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = schemas.get(&pointer) {
            return known.clone();
        }
        let schema = self.resolved(&pointer).map(|place| Schema::compile(&self.document, &place).map(Arc::new));
        schemas.insert(pointer, schema.clone());
        schema
    }

    /// Where the value at this place stands; a response may be a reference to a shared one.
    fn resolved(&self, pointer: &str) -> Option<String> {
        let document = &self.document;
        if document.pointer(pointer).is_some() {
            return Some(pointer.to_owned());
        }
        let (response, rest) = pointer.split_once("/content/")?;
        let target = document.pointer(response)?["$ref"].as_str()?.strip_prefix('#')?;
        Some(format!("{target}/content/{rest}")).filter(|place| document.pointer(place).is_some())
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
        let schema = match self.schema(place) {
            None => return Vec::new(),
            Some(Err(error)) => return vec![Complaint::new([""; 0], "OPENAPI_SCHEMA", error)],
            Some(Ok(schema)) => schema,
        };
        let mut body = payload.body.clone();
        even_out(&mut body);
        let complain = |(place, error): (String, String)| {
            let steps = place.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
            Complaint::new(steps, "OPENAPI_SCHEMA", error)
        };
        schema.judge(&body).into_iter().map(complain).collect()
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
