//! The server's own judge: which limits hold for which endpoint.

use crate::errors::Complaint;
use crate::judge::attachments::Sent;
use crate::judge::callbacks::callback;
use crate::judge::commands;
use crate::judge::messages::message;
use crate::judge::payload::{Judge, Payload};

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
                callback(payload.body, payload.interaction_type, payload.files)
            }
            ("POST" | "PATCH", route) if route.starts_with("/webhooks/") || route.starts_with("/channels/") => {
                message(payload.body, Sent { files: payload.files, edits: payload.method == "PATCH" })
            }
            _ => Vec::new(),
        }
    }
}
