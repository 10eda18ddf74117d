//! The messages of all channels: making, editing, deleting and finding them. Whether a payload is allowed is `judge`'s
//! matter, who may edit is `rest`'s.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::flags::{EPHEMERAL, LOADING};
use crate::messages::form::{components, embeds, timestamp};
use crate::messages::message::{File, Message, Pings};
use crate::snowflake::{self, Snowflakes};
use crate::users;

/// What is encoded in a file's name to make it one segment of an address.
const IN_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// A channel that this server knows.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) guild_id: Option<u64>,
    pub(crate) name: String,
    /// Discord's type: 0 a guild's text channel, 1 a direct message, 3 a group.
    pub(crate) kind: u64,
    /// In direct messages with the bot: with whom.
    pub(crate) recipient: Option<u64>,
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
    pub(crate) fn new(limit: usize, base: String) -> Messages {
        Messages {
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
            recipient: None,
            open_to_bot: true,
            messages: Vec::new(),
        });
    }

    /// The ids of a guild's channels.
    pub(crate) fn channels_of(&self, guild: u64) -> impl Iterator<Item = u64> {
        self.channels.iter().filter(move |(_, channel)| channel.guild_id == Some(guild)).map(|(id, _)| *id)
    }

    /// The direct messages with this person, if there are any.
    pub(crate) fn direct_channel(&self, user: u64) -> Option<u64> {
        self.channels.iter().find(|(_, channel)| channel.recipient == Some(user)).map(|(id, _)| *id)
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

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Message> {
        self.by_id.get_mut(&id)
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
        if let Some((width, height)) = file.picture_size() {
            attachment["width"] = Value::from(width);
            attachment["height"] = Value::from(height);
        }
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
        let id_of = |attachment: &Value| snowflake::from_json(&attachment["id"]);
        let stays: Vec<u64> = attachments.iter().filter_map(id_of).collect();
        for dropped in before["attachments"].as_array().into_iter().flatten().filter_map(id_of) {
            if !stays.contains(&dropped) {
                self.uploads.remove(&dropped);
            }
        }
        let files = stays.iter().filter_map(|id| self.uploads.get(id).cloned()).collect();
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
        message.versions.push(Arc::new(before));
        message.json = after;
        message.files = files;
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
            if let Some(name) = entry.and_then(|entry| entry["filename"].as_str()) {
                one["filename"] = Value::from(name);
            }
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

#[cfg(test)]
mod tests {
    use super::*;

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
