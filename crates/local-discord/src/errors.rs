//! Discord's error bodies: the JSON codes this server answers with, and the nested `errors` of an invalid form.
//!
//! Lives here: how an error looks on the wire. When one is due is decided where the request is handled.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// One thing wrong with a payload: where, Discord's code for it, and Discord's sentence.
///
/// Discord: reference, "Error messages"; rendered into the nested `errors` object of 50035.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The way to the value: object keys and array indexes, outermost first; empty for the whole body.
    pub path: Vec<String>,
    /// The machine's word, such as `BASE_TYPE_MAX_LENGTH`.
    pub code: String,
    /// The sentence for people.
    pub message: String,
}

impl Complaint {
    /// A complaint on the value at `path`.
    pub fn new(
        path: impl IntoIterator<Item = impl Into<String>>,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { path: path.into_iter().map(Into::into).collect(), code: code.into(), message: message.into() }
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.path.join("."), self.message, self.code)
    }
}

/// Collects complaints while a body is walked; knows the way from the root to where it stands.
#[derive(Debug, Default)]
pub(crate) struct Form {
    path: Vec<String>,
    complaints: Vec<Complaint>,
}

impl Form {
    /// Walks into `key`, runs `check`, and comes back.
    pub(crate) fn at<R>(&mut self, key: impl ToString, check: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(key.to_string());
        let result = check(self);
        self.path.pop();
        result
    }

    /// Complains about the value where the walk stands.
    pub(crate) fn complain(&mut self, code: &str, message: impl Into<String>) {
        self.complaints.push(Complaint { path: self.path.clone(), code: code.to_owned(), message: message.into() });
    }

    /// Complains about `key` of the value where the walk stands.
    pub(crate) fn complain_at(&mut self, key: impl ToString, code: &str, message: impl Into<String>) {
        self.at(key, |form| form.complain(code, message));
    }

    /// What was found.
    pub(crate) fn finish(self) -> Vec<Complaint> {
        self.complaints
    }
}

/// An answer that is an error, as Discord words it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, body: json!({"message": message, "code": code}), headers: Vec::new() }
    }

    /// 401 for a missing or wrong `Authorization` header.
    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    /// 404 for a path that no endpoint answers.
    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    /// 405 for an endpoint that exists, but not with this method.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(405, 0, "405: Method Not Allowed")
    }

    /// 50041: a version of the API other than 10.
    pub(crate) fn invalid_version() -> Self {
        Self::new(400, 50041, "Invalid API version")
    }

    /// 10003.
    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    /// 10002.
    pub(crate) fn unknown_application() -> Self {
        Self::new(404, 10002, "Unknown Application")
    }

    /// 10008.
    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    /// 10015: the follow-up endpoint before the interaction has its first response, or an unknown token.
    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10015, "Unknown Webhook")
    }

    /// 10062: the interaction does not exist, or its three seconds are over.
    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10062, "Unknown interaction")
    }

    /// 10063.
    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10063, "Unknown application command")
    }

    /// 30032: more commands than a scope holds.
    pub(crate) fn too_many_commands(limit: usize) -> Self {
        Self::new(400, 30032, &format!("Maximum number of application commands reached ({limit})"))
    }

    /// 30034: more new commands than a day allows.
    pub(crate) fn daily_creations() -> Self {
        Self::new(400, 30034, "Max number of daily application command creates has been reached (200)")
    }

    /// 40005: request or file too large.
    pub(crate) fn too_large() -> Self {
        Self::new(413, 40005, "Request entity too large")
    }

    /// 40060: the interaction has its first response already.
    pub(crate) fn already_acknowledged() -> Self {
        Self::new(400, 40060, "Interaction has already been acknowledged.")
    }

    /// 40094: a user-installed application may send five follow-ups per interaction.
    pub(crate) fn too_many_followups() -> Self {
        Self::new(400, 40094, "This interaction has reached the maximum number of follow-up messages.")
    }

    /// 50001.
    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    /// 50005.
    pub(crate) fn not_the_author() -> Self {
        Self::new(403, 50005, "Cannot edit a message authored by another user")
    }

    /// 50006.
    pub(crate) fn empty_message() -> Self {
        Self::new(400, 50006, "Cannot send an empty message")
    }

    /// 50027: the fifteen minutes of an interaction's token are over.
    pub(crate) fn expired_token() -> Self {
        Self::new(401, 50027, "Invalid Webhook Token")
    }

    /// 50109.
    pub(crate) fn invalid_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    /// 50035 with the nested `errors` object.
    pub(crate) fn invalid_form(complaints: &[Complaint]) -> Self {
        let mut error = Self::new(400, 50035, "Invalid Form Body");
        let mut errors = Value::Object(Map::new());
        for complaint in complaints {
            insert(&mut errors, &complaint.path, complaint);
        }
        if let Some(body) = error.body.as_object_mut() {
            body.insert("errors".to_owned(), errors);
        }
        error
    }

    /// 429 with the headers of Discord: topics/rate-limits.
    pub(crate) fn rate_limited(retry_after: Duration, global: bool) -> Self {
        let seconds = retry_after.as_secs_f64();
        let mut headers = vec![
            ("retry-after", format!("{}", seconds.ceil())),
            ("x-ratelimit-limit", "5".to_owned()),
            ("x-ratelimit-remaining", "0".to_owned()),
            ("x-ratelimit-reset-after", format!("{seconds:.3}")),
            ("x-ratelimit-bucket", "local".to_owned()),
            ("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        Self {
            status: 429,
            body: json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global}),
            headers,
        }
    }

    /// A failure of the server itself, as a fault of a test asks for.
    pub(crate) fn server(status: u16) -> Self {
        let message = match status {
            502 => "502: Bad Gateway",
            503 => "503: Service Unavailable",
            504 => "504: Gateway Timeout",
            _ => "500: Internal Server Error",
        };
        Self::new(status, 0, message)
    }
}

/// Puts a complaint at its place in the nested `errors` object.
fn insert(node: &mut Value, path: &[String], complaint: &Complaint) {
    if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    let Some(object) = node.as_object_mut() else { return };
    match path.split_first() {
        Some((key, rest)) => insert(object.entry(key.clone()).or_insert(Value::Null), rest, complaint),
        None => {
            let list = object.entry("_errors").or_insert_with(|| Value::Array(Vec::new()));
            if let Some(list) = list.as_array_mut() {
                list.push(json!({"code": complaint.code, "message": complaint.message}));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_form_nests_its_errors() {
        let mut form = Form::default();
        form.at("embeds", |form| {
            form.at(0, |form| form.complain_at("title", "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer in length."));
        });
        let error = ApiError::invalid_form(&form.finish());
        assert_eq!(
            error.body,
            json!({"message": "Invalid Form Body", "code": 50035, "errors": {"embeds": {"0": {"title": {"_errors": [
                {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}
            ]}}}}})
        );
    }
}
