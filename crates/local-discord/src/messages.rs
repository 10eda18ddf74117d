//! Messages: what stands in the channels, with its history, and the files that hang on it.
//!
//! Lives here: making, editing, deleting and finding messages, and the form in which Discord returns them (Discord:
//! resources/message). Whether a payload is allowed is `judge`'s matter, who may edit is `rest`'s.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use axum::body::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{
    judge::limits::{EPHEMERAL, LOADING},
    snowflake::{self, Snowflakes},
    users,
};

/// What is encoded in a file's name to make it one segment of an address.
const IN_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

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
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: content_type.into(), bytes: bytes.into() }
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
    fn of(content: &str, allowed: &Value) -> Self {
        let parse = |kind: &str| {
            allowed.is_null() || allowed["parse"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
        };
        let listed = |kind: &str, id: u64| {
            allowed[kind].as_array().is_some_and(|ids| ids.iter().any(|one| snowflake::from_json(one) == Some(id)))
        };
        let mut pings = Self::default();
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
    /// What it was before each edit, oldest first.
    pub versions: Vec<Value>,
    /// Whether it was deleted. A deleted message is kept for a test to look at, and shown to nobody.
    pub deleted: bool,
    /// Whether the person who alone saw it has dismissed it.
    pub dismissed: bool,
    /// The interaction that brought it about, if any.
    pub interaction_id: Option<u64>,
    /// The files that hang on it.
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

/// A channel that this server knows.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) guild_id: Option<u64>,
    pub(crate) name: String,
    /// Discord's type: 0 a guild's text channel, 1 a direct message, 3 a group.
    pub(crate) kind: u64,
    /// Whether the bot may read and write here (else 50001).
    pub(crate) open_to_bot: bool,
    messages: Vec<u64>,
}

/// What a new message is made of, besides the body that was sent.
pub(crate) struct Frame<'a> {
    pub(crate) channel_id: u64,
    pub(crate) kind: u64,
    pub(crate) author: &'a Value,
    pub(crate) flags: u64,
    pub(crate) visible_to: Option<u64>,
    pub(crate) interaction_id: Option<u64>,
    /// Fields that only some messages have: `webhook_id`, `interaction_metadata`, `message_reference`.
    pub(crate) extra: Vec<(&'static str, Value)>,
}

/// All channels, messages and files of the server.
#[derive(Debug)]
pub(crate) struct Messages {
    channels: BTreeMap<u64, Channel>,
    by_id: HashMap<u64, Message>,
    order: VecDeque<u64>,
    uploads: HashMap<u64, File>,
    limit: usize,
    base: String,
}

impl Messages {
    /// A store that keeps the newest `limit` messages; `base` is the address at which files can be fetched.
    pub(crate) fn new(limit: usize, base: String) -> Self {
        Self {
            channels: BTreeMap::new(),
            by_id: HashMap::new(),
            order: VecDeque::new(),
            uploads: HashMap::new(),
            limit,
            base,
        }
    }

    pub(crate) fn add_channel(&mut self, id: u64, guild_id: Option<u64>, kind: u64, name: &str) {
        self.channels.entry(id).or_insert_with(|| Channel {
            guild_id,
            name: name.to_owned(),
            kind,
            open_to_bot: true,
            messages: Vec::new(),
        });
    }

    pub(crate) fn channel(&self, id: u64) -> Option<&Channel> {
        self.channels.get(&id)
    }

    pub(crate) fn channel_mut(&mut self, id: u64) -> Option<&mut Channel> {
        self.channels.get_mut(&id)
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Message> {
        self.by_id.get(&id)
    }

    /// Everything of a channel, oldest first, deleted and ephemeral messages included.
    pub(crate) fn in_channel(&self, id: u64) -> impl DoubleEndedIterator<Item = &Message> {
        let ids = self.channels.get(&id).map_or(&[][..], |channel| channel.messages.as_slice());
        ids.iter().filter_map(|id| self.by_id.get(id))
    }

    pub(crate) fn upload(&self, id: u64) -> Option<&File> {
        self.uploads.get(&id)
    }

    /// Keeps a file and returns the attachment object that names it (Discord: resources/message, "Attachment Object").
    pub(crate) fn attach(&mut self, ids: &Snowflakes, channel_id: u64, file: File, ephemeral: bool) -> Value {
        let id = ids.next();
        let folder = if ephemeral { "ephemeral-attachments" } else { "attachments" };
        let name = utf8_percent_encode(&file.name, IN_SEGMENT);
        let url = format!("{}/{folder}/{channel_id}/{id}/{name}", self.base);
        let mut attachment = json!({
            "id": id.to_string(),
            "filename": file.name,
            "content_type": file.content_type,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url,
        });
        if ephemeral {
            attachment["ephemeral"] = Value::Bool(true);
        }
        self.uploads.insert(id, file);
        attachment
    }

    /// Makes a message of a body that the judges took.
    pub(crate) fn create(&mut self, ids: &Snowflakes, frame: Frame<'_>, body: &Value, files: Vec<File>) -> Message {
        let id = ids.next();
        let ephemeral = frame.flags & EPHEMERAL != 0;
        let content = body["content"].as_str().unwrap_or_default().trim();
        let pings = Pings::of(content, &body["allowed_mentions"]);
        let attachments = self.attachments(ids, frame.channel_id, body, &files, ephemeral);
        let mut message = json!({
            "id": id.to_string(),
            "type": frame.kind,
            "channel_id": frame.channel_id.to_string(),
            "author": frame.author,
            "content": content,
            "timestamp": timestamp(),
            "edited_timestamp": null,
            "tts": body["tts"] == true,
            "pinned": false,
            "flags": frame.flags,
            "embeds": embeds(&body["embeds"], &attachments),
            "components": components(&body["components"]),
            "attachments": attachments,
            "mentions": pings.users.iter().map(|id| users::stub(*id)).collect::<Vec<_>>(),
            "mention_roles": pings.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "mention_everyone": pings.everyone,
        });
        for (key, value) in frame.extra {
            message[key] = value;
        }
        let message = Message {
            id,
            channel_id: frame.channel_id,
            json: message,
            visible_to: frame.visible_to,
            versions: Vec::new(),
            deleted: false,
            dismissed: false,
            interaction_id: frame.interaction_id,
            files,
            pings,
        };
        self.add_channel(frame.channel_id, None, 1, "");
        if let Some(channel) = self.channels.get_mut(&frame.channel_id) {
            channel.messages.push(id);
        }
        self.by_id.insert(id, message.clone());
        self.order.push_back(id);
        while self.order.len() > self.limit {
            self.forget_oldest();
        }
        message
    }

    /// Changes a message as a PATCH does: what the body does not name stays. `None` if there is no such message, or it
    /// was deleted.
    pub(crate) fn edit(&mut self, ids: &Snowflakes, id: u64, body: &Value, files: Vec<File>) -> Option<Message> {
        let message = self.by_id.get(&id).filter(|message| !message.deleted)?;
        let (channel_id, ephemeral) = (message.channel_id, message.is_ephemeral());
        let before = message.json.clone();
        let kept: Vec<Value> = match (&body["attachments"], &before["attachments"]) {
            (Value::Array(named), Value::Array(old)) => {
                let named: Vec<_> = named.iter().filter_map(|one| snowflake::from_json(&one["id"])).collect();
                let stays = |one: &&Value| snowflake::from_json(&one["id"]).is_some_and(|id| named.contains(&id));
                old.iter().filter(stays).cloned().collect()
            }
            (Value::Null, Value::Array(old)) => old.clone(),
            _ => Vec::new(),
        };
        let mut attachments = self.attachments(ids, channel_id, body, &files, ephemeral);
        attachments.splice(0..0, kept);
        let mut after = before.clone();
        if let Some(fields) = body.as_object() {
            if fields.contains_key("content") {
                after["content"] = Value::from(body["content"].as_str().unwrap_or_default().trim());
            }
            if fields.contains_key("embeds") {
                after["embeds"] = embeds(&body["embeds"], &attachments);
            }
            if fields.contains_key("components") {
                after["components"] = components(&body["components"]);
            }
        }
        // An edit cannot make a message private or public; it always ends the "thinking" state.
        let settable = !(EPHEMERAL | LOADING);
        let flags = before["flags"].as_u64().unwrap_or(0);
        let flags = body["flags"].as_u64().map_or(flags, |new| (new & settable) | (flags & !settable));
        after["flags"] = Value::from(flags & !LOADING);
        after["attachments"] = Value::Array(attachments);
        after["edited_timestamp"] = Value::from(timestamp());
        let message = self.by_id.get_mut(&id)?;
        message.versions.push(before);
        message.json = after;
        message.files.extend(files);
        Some(message.clone())
    }

    /// Deletes a message; false if there is none.
    pub(crate) fn delete(&mut self, id: u64) -> bool {
        match self.by_id.get_mut(&id) {
            Some(message) if !message.deleted => {
                message.deleted = true;
                true
            }
            _ => false,
        }
    }

    /// Takes a private message out of its reader's sight; false if there is none. The bot does not learn of it.
    pub(crate) fn dismiss(&mut self, id: u64) -> bool {
        let message = self.by_id.get_mut(&id).filter(|message| message.is_ephemeral());
        message.map(|message| message.dismissed = true).is_some()
    }

    fn attachments(
        &mut self,
        ids: &Snowflakes,
        channel_id: u64,
        body: &Value,
        files: &[File],
        ephemeral: bool,
    ) -> Vec<Value> {
        let named = body["attachments"].as_array().map_or(&[][..], Vec::as_slice);
        let mut attached = Vec::with_capacity(files.len());
        for (index, file) in files.iter().enumerate() {
            let mut one = self.attach(ids, channel_id, file.clone(), ephemeral);
            let entry = named.iter().find(|entry| snowflake::from_json(&entry["id"]) == Some(index as u64));
            if let Some(text) = entry.and_then(|entry| entry["description"].as_str()) {
                one["description"] = Value::from(text);
            }
            attached.push(one);
        }
        attached
    }

    fn forget_oldest(&mut self) {
        let Some(message) = self.order.pop_front().and_then(|id| self.by_id.remove(&id)) else { return };
        for attachment in message.json["attachments"].as_array().into_iter().flatten() {
            if let Some(id) = snowflake::from_json(&attachment["id"]) {
                self.uploads.remove(&id);
            }
        }
        if let Some(channel) = self.channels.get_mut(&message.channel_id)
            && let Ok(position) = channel.messages.binary_search(&message.id)
        {
            channel.messages.remove(position);
        }
    }
}

/// The time as Discord writes it in messages.
pub(crate) fn timestamp() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// Embeds as Discord returns them: white space trimmed, `type` added, `attachment://` addresses resolved.
fn embeds(list: &Value, attachments: &[Value]) -> Value {
    let resolve = |url: &str| {
        let name = url.strip_prefix("attachment://")?;
        attachments.iter().find(|one| one["filename"] == name).map(|one| one["url"].clone())
    };
    let embed = |embed: &Value| {
        let mut embed = without_nulls(embed);
        embed["type"] = Value::from("rich");
        for path in ["/title", "/description", "/footer/text", "/author/name"] {
            trim(embed.pointer_mut(path));
        }
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            trim(field.pointer_mut("/name"));
            trim(field.pointer_mut("/value"));
            if field["inline"].is_null() {
                field["inline"] = Value::Bool(false);
            }
        }
        if embed["fields"].is_null()
            && let Some(embed) = embed.as_object_mut()
        {
            embed.remove("fields");
        }
        for path in ["/image/url", "/thumbnail/url", "/footer/icon_url", "/author/icon_url"] {
            if let Some(url) = embed.pointer_mut(path)
                && let Some(resolved) = url.as_str().and_then(resolve)
            {
                *url = resolved;
            }
        }
        embed
    };
    list.as_array().map_or_else(|| Value::Array(Vec::new()), |list| list.iter().map(embed).collect())
}

fn trim(text: Option<&mut Value>) {
    if let Some(Value::String(text)) = text {
        *text = text.trim().to_owned();
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), without_nulls(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// Components as Discord returns them: each with a number of its own (Discord: components/reference, "Anatomy of a
/// Component").
pub(crate) fn components(list: &Value) -> Value {
    fn number(component: &mut Value, next: &mut u64) {
        if component.is_object() {
            *next = component["id"].as_u64().filter(|id| *id > 0).unwrap_or(*next);
            component["id"] = Value::from(*next);
            *next += 1;
        }
        for key in ["components", "component", "accessory"] {
            match component.get_mut(key) {
                Some(Value::Array(children)) => children.iter_mut().for_each(|child| number(child, next)),
                Some(child @ Value::Object(_)) => number(child, next),
                _ => {}
            }
        }
    }
    let mut next = 1;
    let mut list = without_nulls(list);
    list.as_array_mut().into_iter().flatten().for_each(|component| number(component, &mut next));
    if list.is_array() { list } else { Value::Array(Vec::new()) }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn an_edit_keeps_what_it_does_not_name_and_the_version_before() {
        let ids = Snowflakes::default();
        let mut store = Messages::new(10, "http://127.0.0.1".to_owned());
        let author = json!({"id": "1"});
        let frame = Frame {
            channel_id: 7,
            kind: 0,
            author: &author,
            flags: EPHEMERAL | LOADING,
            visible_to: Some(5),
            interaction_id: None,
            extra: Vec::new(),
        };
        let message = store.create(&ids, frame, &json!({"content": "a", "embeds": [{"title": " t "}]}), Vec::new());
        assert_eq!(message.embeds()[0]["title"], "t");
        let edited = store.edit(&ids, message.id, &json!({"content": "b", "flags": 0}), Vec::new()).unwrap();
        assert_eq!(edited.content(), "b");
        assert_eq!(edited.embeds().len(), 1);
        assert!(edited.is_ephemeral() && !edited.is_loading());
        assert_eq!(edited.versions.len(), 1);
        assert!(edited.visible_for(5) && !edited.visible_for(6));
        assert!(store.delete(message.id) && !store.delete(message.id));
    }

    #[test]
    fn the_oldest_messages_are_forgotten() {
        let ids = Snowflakes::default();
        let mut store = Messages::new(2, String::new());
        let author = Value::Null;
        for _ in 0..3 {
            let frame = Frame {
                channel_id: 7,
                kind: 0,
                author: &author,
                flags: 0,
                visible_to: None,
                interaction_id: None,
                extra: Vec::new(),
            };
            store.create(&ids, frame, &json!({"content": "a"}), vec![File::new("a b.txt", "text/plain", "x")]);
        }
        assert_eq!(store.in_channel(7).count(), 2);
        assert_eq!(store.uploads.len(), 2);
    }
}
