//! What a judge is: what it is shown, and what is kept of a refusal.

use serde_json::Value;

use crate::errors::Complaint;
use crate::messages::File;

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
/// [`LocalDiscord::refusals`](crate::LocalDiscord::refusals).
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
