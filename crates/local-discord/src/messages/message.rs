//! A message and the files that hang on it, as a test looks at them.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Bytes;
use serde_json::Value;

use crate::flags::{EPHEMERAL, LOADING};
use crate::snowflake;

/// A file may not be larger (Discord: reference, "Uploading Files"; the default limit).
pub(crate) const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// A file that was uploaded, by the bot or by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The file's name, as the upload gave it.
    pub name: String,
    /// The media type, such as `text/plain`.
    pub content_type: String,
    /// What is in it. At most 10 MiB (Discord: reference, "Uploading Files").
    pub bytes: Bytes,
}

impl File {
    /// A file with a media type guessed from nothing: give one that fits.
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, bytes: impl Into<Bytes>) -> File {
        File { name: name.into(), content_type: content_type.into(), bytes: bytes.into() }
    }

    /// The width and height of a PNG in pixels; of other kinds they are not read. (PNG specification, "IHDR".)
    pub(super) fn picture_size(&self) -> Option<(u32, u32)> {
        let header = self.bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..)?.strip_prefix(b"IHDR")?;
        let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
        Some((number(0)?, number(4)?))
    }
}

/// Who a message called when it was sent. Edits call nobody (Discord: resources/message, "Allowed Mentions Object").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pings {
    /// The users that were called.
    pub users: BTreeSet<u64>,
    /// The roles that were called.
    pub roles: BTreeSet<u64>,
    /// Whether everyone (or everyone here) was called.
    pub everyone: bool,
}

impl Pings {
    /// Whether nobody was called.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && !self.everyone
    }

    /// Reads who `content` calls, as far as `allowed` permits. Without `allowed` everything written is called; marks
    /// inside code or after a backslash count too, so that a bot is judged strictly.
    pub(super) fn of(content: &str, allowed: &Value) -> Pings {
        let parse = |kind: &str| {
            allowed.is_null() || allowed["parse"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
        };
        let listed = |kind: &str, id: u64| {
            allowed[kind].as_array().is_some_and(|ids| ids.iter().any(|one| snowflake::from_json(one) == Some(id)))
        };
        let mut pings = Pings::default();
        for part in content.split("<@").skip(1) {
            let Some((inside, _)) = part.split_once('>') else { continue };
            if let Some(role) = inside.strip_prefix('&') {
                let role = role.parse().ok();
                pings.roles.extend(role.filter(|id| parse("roles") || listed("roles", *id)));
            } else {
                let user = inside.trim_start_matches('!').parse().ok();
                pings.users.extend(user.filter(|id| parse("users") || listed("users", *id)));
            }
        }
        pings.everyone = parse("everyone") && (content.contains("@everyone") || content.contains("@here"));
        pings
    }
}

/// A message as it stands, with how it came about.
#[derive(Clone, Debug)]
pub struct Message {
    /// The message's id.
    pub id: u64,
    /// The channel it stands in.
    pub channel_id: u64,
    /// The message object as Discord returns it.
    pub json: Value,
    /// For an ephemeral message: the only person who sees it.
    pub visible_to: Option<u64>,
    /// What it was before each edit, oldest first. Shared, since a message that was edited often is looked at often.
    pub versions: Vec<Arc<Value>>,
    /// Whether it was deleted. A deleted message is kept for a test to look at, and shown to nobody.
    pub deleted: bool,
    /// Whether the person who alone saw it has dismissed it.
    pub dismissed: bool,
    /// The interaction that brought it about, if any.
    pub interaction_id: Option<u64>,
    /// The files that hang on it now, in the order of its attachments.
    pub files: Vec<File>,
    /// Who it called when it was sent.
    pub pings: Pings,
}

impl Message {
    /// The text above the embeds; empty if there is none.
    pub fn content(&self) -> &str {
        self.json["content"].as_str().unwrap_or_default()
    }

    /// The embeds.
    pub fn embeds(&self) -> &[Value] {
        self.json["embeds"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The buttons and menus, in reading order, without the rows around them.
    pub fn components(&self) -> Vec<&Value> {
        let mut found = Vec::new();
        leaves(&self.json["components"], &mut found);
        found
    }

    /// The `custom_id` of the first component whose label or placeholder is this text.
    pub fn custom_id_of(&self, text: &str) -> Option<&str> {
        let mut components = self.components().into_iter();
        components.find(|one| one["label"] == text || one["placeholder"] == text)?["custom_id"].as_str()
    }

    /// Whether only one person sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.flags() & EPHEMERAL != 0
    }

    /// Whether it only says that the application is thinking.
    pub fn is_loading(&self) -> bool {
        self.flags() & LOADING != 0
    }

    fn flags(&self) -> u64 {
        self.json["flags"].as_u64().unwrap_or(0)
    }

    /// Whether this person sees it, now.
    pub(crate) fn visible_for(&self, user: u64) -> bool {
        !self.deleted && !self.dismissed && self.visible_to.is_none_or(|only| only == user)
    }
}

fn leaves<'a>(components: &'a Value, found: &mut Vec<&'a Value>) {
    for component in components.as_array().into_iter().flatten() {
        if component["components"].is_array() {
            leaves(&component["components"], found);
        } else {
            found.push(component);
        }
        if !component["accessory"].is_null() {
            found.push(&component["accessory"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pings_are_what_is_written_and_allowed() {
        let text = "<@1> <@!2> <@&3> @everyone";
        let all = Pings::of(text, &Value::Null);
        assert_eq!((all.users.len(), all.roles.len(), all.everyone), (2, 1, true));
        assert!(Pings::of(text, &json!({"parse": []})).is_empty());
        let one = Pings::of(text, &json!({"parse": [], "users": ["2"]}));
        assert_eq!(one.users.into_iter().collect::<Vec<_>>(), [2]);
    }
}
