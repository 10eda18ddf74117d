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
    ) -> Complaint {
        Complaint { path: path.into_iter().map(Into::into).collect(), code: code.into(), message: message.into() }
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
    pub(crate) fn at<R>(&mut self, key: impl ToString, check: impl FnOnce(&mut Form) -> R) -> R {
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
    pub(crate) fn new(status: u16, code: u32, message: &str) -> ApiError {
        ApiError { status, body: json!({"message": message, "code": code}), headers: Vec::new() }
    }

    /// 401 for a missing or wrong `Authorization` header.
    pub(crate) fn unauthorized() -> ApiError {
        ApiError::new(401, 0, "401: Unauthorized")
    }

    /// 404 for a path that no endpoint answers.
    pub(crate) fn not_found() -> ApiError {
        ApiError::new(404, 0, "404: Not Found")
    }

    /// 405 for an endpoint that exists, but not with this method.
    pub(crate) fn method_not_allowed() -> ApiError {
        ApiError::new(405, 0, "405: Method Not Allowed")
    }

    /// 50041: a version of the API other than 10.
    pub(crate) fn invalid_version() -> ApiError {
        ApiError::new(400, 50041, "Invalid API version")
    }

    /// 10003.
    pub(crate) fn unknown_channel() -> ApiError {
        ApiError::new(404, 10003, "Unknown Channel")
    }

    /// 10004.
    pub(crate) fn unknown_guild() -> ApiError {
        ApiError::new(404, 10004, "Unknown Guild")
    }

    /// 10007.
    pub(crate) fn unknown_member() -> ApiError {
        ApiError::new(404, 10007, "Unknown Member")
    }

    /// 10013.
    pub(crate) fn unknown_user() -> ApiError {
        ApiError::new(404, 10013, "Unknown User")
    }

    /// 10014: no such character, or none of the guild's.
    pub(crate) fn unknown_emoji() -> ApiError {
        ApiError::new(400, 10014, "Unknown Emoji")
    }

    /// 10002.
    pub(crate) fn unknown_application() -> ApiError {
        ApiError::new(404, 10002, "Unknown Application")
    }

    /// 10008.
    pub(crate) fn unknown_message() -> ApiError {
        ApiError::new(404, 10008, "Unknown Message")
    }

    /// 10015: the follow-up endpoint before the interaction has its first response, or an unknown token.
    pub(crate) fn unknown_webhook() -> ApiError {
        ApiError::new(404, 10015, "Unknown Webhook")
    }

    /// 10062: the interaction does not exist, or its three seconds are over.
    pub(crate) fn unknown_interaction() -> ApiError {
        ApiError::new(404, 10062, "Unknown interaction")
    }

    /// 10063.
    pub(crate) fn unknown_command() -> ApiError {
        ApiError::new(404, 10063, "Unknown application command")
    }

    /// 30032: more commands than a scope holds.
    pub(crate) fn too_many_commands(limit: usize) -> ApiError {
        ApiError::new(400, 30032, &format!("Maximum number of application commands reached ({limit})"))
    }

    /// 30034: more new commands than a day allows.
    pub(crate) fn daily_creations() -> ApiError {
        ApiError::new(400, 30034, "Max number of daily application command creates has been reached (200)")
    }

    /// 40005: request or file too large.
    pub(crate) fn too_large() -> ApiError {
        ApiError::new(413, 40005, "Request entity too large")
    }

    /// 40060: the interaction has its first response already.
    pub(crate) fn already_acknowledged() -> ApiError {
        ApiError::new(400, 40060, "Interaction has already been acknowledged.")
    }

    /// 40094: a user-installed application may send five follow-ups per interaction.
    pub(crate) fn too_many_followups() -> ApiError {
        ApiError::new(400, 40094, "This interaction has reached the maximum number of follow-up messages.")
    }

    /// 50001.
    pub(crate) fn missing_access() -> ApiError {
        ApiError::new(403, 50001, "Missing Access")
    }

    /// 50005.
    pub(crate) fn not_the_author() -> ApiError {
        ApiError::new(403, 50005, "Cannot edit a message authored by another user")
    }

    /// 50006.
    pub(crate) fn empty_message() -> ApiError {
        ApiError::new(400, 50006, "Cannot send an empty message")
    }

    /// 50027: the fifteen minutes of an interaction's token are over.
    pub(crate) fn expired_token() -> ApiError {
        ApiError::new(401, 50027, "Invalid Webhook Token")
    }

    /// 50033.
    pub(crate) fn invalid_recipient() -> ApiError {
        ApiError::new(400, 50033, "Invalid Recipient(s)")
    }

    /// 50109.
    pub(crate) fn invalid_json() -> ApiError {
        ApiError::new(400, 50109, "The request body contains invalid JSON.")
    }

    /// 50035 with the nested `errors` object.
    pub(crate) fn invalid_form(complaints: &[Complaint]) -> ApiError {
        let mut error = ApiError::new(400, 50035, "Invalid Form Body");
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
    pub(crate) fn rate_limited(retry_after: Duration, global: bool) -> ApiError {
        let seconds = retry_after.as_secs_f64();
        let mut headers = vec![
            ("retry-after", format!("{}", seconds.ceil())),
            ("x-ratelimit-limit", "5".to_owned()),
            ("x-ratelimit-remaining", "0".to_owned()),
            ("x-ratelimit-reset-after", format!("{seconds:.3}")),
            ("x-ratelimit-reset", format!("{:.3}", unix_time() + seconds)),
            ("x-ratelimit-bucket", "local".to_owned()),
            ("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        ApiError {
            status: 429,
            body: json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global}),
            headers,
        }
    }

    /// A failure of the server itself, as a fault of a test asks for.
    pub(crate) fn server(status: u16) -> ApiError {
        let message = match status {
            502 => "502: Bad Gateway",
            503 => "503: Service Unavailable",
            504 => "504: Gateway Timeout",
            _ => "500: Internal Server Error",
        };
        ApiError::new(status, 0, message)
    }
}

/// Seconds since 1970.
pub(crate) fn unix_time() -> f64 {
    jiff::Timestamp::now().as_duration().as_secs_f64()
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
