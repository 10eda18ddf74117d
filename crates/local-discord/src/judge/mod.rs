//! Judges: who decides whether a payload is one that Discord would take.
//!
//! Lives here: the [`Judge`] trait, what a judge is shown, and what is kept of a refusal. The server's own judge, made
//! of Discord's documented limits, is in [`limits`] (messages, callbacks) and [`commands`] (command trees). A judge by
//! Discord's OpenAPI document is in [`openapi`]; it and any other are added by the options.

pub mod commands;
pub mod limits;
pub mod openapi;

use serde_json::Value;

pub use super::errors::Complaint;
use super::messages::File;

/// A payload as a judge sees it.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The path as Discord's OpenAPI document writes it, such as
    /// `/interactions/{interaction_id}/{interaction_token}/callback`.
    pub route: &'a str,
    /// The JSON body, or the `payload_json` of a multipart body.
    pub body: &'a Value,
    /// The files of a multipart body.
    pub files: &'a [File],
    /// The type of the interaction that a callback answers (2 command, 3 component, 4 autocomplete, 5 modal), where the
    /// interaction is known.
    pub interaction_type: Option<u64>,
}

/// Decides whether Discord would take a payload.
///
/// A judge only looks: what it complains about is answered with 50035, and kept for
/// [`LocalDiscord::refusals`](super::LocalDiscord::refusals).
pub trait Judge: Send + Sync {
    /// The name by which a refusal tells who refused.
    fn name(&self) -> &str;

    /// Everything wrong with the payload; empty if nothing is.
    fn judge(&self, payload: &Payload<'_>) -> Vec<Complaint>;
}

/// A payload that a judge refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The name of the judge.
    pub judge: String,
    /// The HTTP method.
    pub method: String,
    /// The path as Discord's OpenAPI document writes it.
    pub route: String,
    /// What was refused.
    pub body: Value,
    /// Why.
    pub complaints: Vec<Complaint>,
}

/// The server's own judge: Discord's documented limits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits;

impl Judge for Limits {
    fn name(&self) -> &str {
        "limits"
    }

    fn judge(&self, payload: &Payload<'_>) -> Vec<Complaint> {
        match (payload.method, payload.route) {
            ("PUT", route) if route.ends_with("/commands") => commands::list(payload.body),
            ("POST", route) if route.ends_with("/commands") => commands::one(payload.body, true),
            ("PATCH", route) if route.ends_with("/commands/{command_id}") => commands::one(payload.body, false),
            ("POST", route) if route.ends_with("/callback") => {
                limits::callback(payload.body, payload.interaction_type, payload.files.len())
            }
            ("POST" | "PATCH", route) if route.starts_with("/webhooks/") || route.starts_with("/channels/") => {
                limits::message(payload.body, payload.files.len())
            }
            _ => Vec::new(),
        }
    }
}
