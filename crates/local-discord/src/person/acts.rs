//! What a person does with messages: pressing, choosing, filling in, dismissing, looking.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::messages::{Frame, Message, components};
use crate::person::not_sent::NotSent;
use crate::person::outcome::{Outcome, Response};
use crate::person::profile::Person;

/// The most characters of a message.
const WRITTEN: u64 = 4_000;

/// Discord's type of a command on a message.
const MESSAGE_COMMAND: u64 = 3;

impl Person {
    /// Presses a button of a message, as it stands now, and waits for the first response.
    ///
    /// # Errors
    ///
    /// If the person does not see the message, or it has no such button that can be pressed.
    pub async fn press(&self, message: &Message, custom_id: &str) -> Result<Outcome, NotSent> {
        Ok(self.send(self.component_json(message, custom_id, None)?).outcome().await)
    }

    /// Chooses values from a menu of a message, as it stands now, and waits for the first response.
    ///
    /// # Errors
    ///
    /// If the person does not see the message, it has no such menu, or the menu does not take these values.
    pub async fn choose(&self, message: &Message, custom_id: &str, values: &[&str]) -> Result<Outcome, NotSent> {
        Ok(self.send(self.component_json(message, custom_id, Some(values))?).outcome().await)
    }

    /// Fills in a modal that came as an outcome, sends it off, and waits for the first response. Fields are named by
    /// their `custom_id`; those not named keep the value that the modal proposed.
    ///
    /// # Errors
    ///
    /// If the outcome is not a modal, or the modal does not take these values.
    pub async fn submit(&self, modal: &Outcome, fields: &[(&str, &str)]) -> Result<Outcome, NotSent> {
        let json = self.modal_json(modal, fields)?;
        Ok(self.send(json).outcome().await)
    }

    /// Writes a message into the channel, as people do: 1 to 4,000 characters, the most that anybody may write (Discord:
    /// resources/channel, "Create Message"). The bot learns of it only through a command on it.
    ///
    /// # Errors
    ///
    /// If it is empty or too long.
    pub fn write(&self, content: &str) -> Result<Message, NotSent> {
        let (least, most) = (1, WRITTEN);
        if !(least..=most).contains(&(content.trim().chars().count() as u64)) {
            return Err(NotSent::Length { option: "message".to_owned(), least, most });
        }
        let author = self.user();
        let frame = Frame {
            channel_id: self.place.channel(),
            kind: 0,
            author: &author,
            flags: 0,
            visible_to: None,
            interaction_id: None,
            extra: Vec::new(),
        };
        let mut state = self.shared.lock();
        let written = state.messages.create(&self.shared.ids, frame, &json!({"content": content}), Vec::new());
        drop(state);
        self.shared.touch();
        Ok(written)
    }

    /// Uses a command on a message (*Apps* in the message's menu), by its default name, and waits for the first response.
    ///
    /// # Errors
    ///
    /// If the person does not see the message, or is offered no such command.
    pub async fn use_on(&self, message: &Message, command: &str) -> Result<Outcome, NotSent> {
        Ok(self.send(self.message_command_json(message, command)?).outcome().await)
    }

    /// The interaction that using a command on a message would send (Discord: interactions/application-commands, "Message
    /// Commands").
    ///
    /// # Errors
    ///
    /// As [`Person::use_on`].
    pub fn message_command_json(&self, message: &Message, command: &str) -> Result<Value, NotSent> {
        let offered = self.offered();
        let registered = offered.iter().find(|one| one["type"] == MESSAGE_COMMAND && one["name"] == command);
        let registered = registered.ok_or_else(|| NotSent::UnknownMessageCommand(command.to_owned()))?;
        let state = self.shared.lock();
        let message = state.messages.get(message.id).filter(|message| message.visible_for(self.id));
        let message = message.filter(|message| message.channel_id == self.place.channel() && !message.is_loading());
        let message = message.ok_or(NotSent::UnknownMessage)?;
        let mut data = json!({
            "id": registered["id"],
            "name": registered["name"],
            "type": MESSAGE_COMMAND,
            "target_id": message.id.to_string(),
            "resolved": {"messages": {message.id.to_string(): message.json}},
        });
        if !registered["guild_id"].is_null() {
            data["guild_id"] = registered["guild_id"].clone();
        }
        Ok(self.interaction(&state, 2, data))
    }

    /// Dismisses a message that only this person sees.
    ///
    /// # Errors
    ///
    /// If the person does not see it, or others do too.
    pub fn dismiss(&self, message: &Message) -> Result<(), NotSent> {
        let mut state = self.shared.lock();
        let seen = state.messages.get(message.id).is_some_and(|message| message.visible_for(self.id));
        let done = seen && state.messages.dismiss(message.id);
        drop(state);
        self.shared.touch();
        if done { Ok(()) } else { Err(NotSent::UnknownMessage) }
    }

    /// The commands that Discord offers the person here, the guild's own first, as they are registered.
    pub fn offered(&self) -> Vec<Value> {
        let state = self.shared.lock();
        let guild = self.place.guild().filter(|guild| state.guilds.contains(guild));
        let of_guild = guild.map_or(&[][..], |guild| state.commands.of(Some(guild)));
        let all = of_guild.iter().chain(state.commands.of(None));
        all.filter(|command| self.is_offered(&state, command).is_ok()).cloned().collect()
    }

    /// The messages that the person sees in the channel, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        let state = self.shared.lock();
        let seen = state.messages.in_channel(self.place.channel()).filter(|message| message.visible_for(self.id));
        seen.cloned().collect()
    }

    /// The interaction that pressing a button (`values`: `None`) or choosing from a menu would send.
    ///
    /// # Errors
    ///
    /// As [`Person::press`] and [`Person::choose`].
    pub fn component_json(
        &self,
        message: &Message,
        custom_id: &str,
        values: Option<&[&str]>,
    ) -> Result<Value, NotSent> {
        let state = self.shared.lock();
        let message = state.messages.get(message.id).filter(|message| message.visible_for(self.id));
        let message = message.filter(|message| message.channel_id == self.place.channel() && !message.is_loading());
        let message = message.ok_or(NotSent::UnknownMessage)?;
        let unknown = || NotSent::UnknownComponent(custom_id.to_owned());
        let component = message.components().into_iter().find(|one| one["custom_id"] == custom_id);
        let component = component.filter(|one| one["disabled"] != true).ok_or_else(unknown)?;
        let kind = component["type"].as_u64().unwrap_or(0);
        let mut data = json!({"id": component["id"], "custom_id": custom_id, "component_type": kind});
        match (kind, values) {
            (2, None) => {}
            (3 | 5..=8, Some(values)) => {
                let least = component["min_values"].as_u64().unwrap_or(1);
                let most = component["max_values"].as_u64().unwrap_or(1);
                let known = |value: &&str| {
                    let mut options = component["options"].as_array().into_iter().flatten();
                    kind != 3 || options.any(|option| option["value"] == **value)
                };
                let distinct = values.iter().collect::<HashSet<_>>().len() == values.len();
                if !(least..=most).contains(&(values.len() as u64)) || !values.iter().all(known) || !distinct {
                    return Err(NotSent::NotSelectable(custom_id.to_owned()));
                }
                data["values"] = json!(values);
            }
            _ => return Err(unknown()),
        }
        let mut json = self.interaction(&state, 3, data);
        json["message"] = message.json.clone();
        Ok(json)
    }

    fn modal_json(&self, modal: &Outcome, fields: &[(&str, &str)]) -> Result<Value, NotSent> {
        let Response::Modal(modal_data) = &modal.response else {
            return Err(NotSent::NotInModal("the outcome is not a modal".to_owned()));
        };
        let mut left: Vec<(&str, &str)> = fields.to_vec();
        let mut rows = Vec::new();
        for row in components(&modal_data["components"]).as_array().into_iter().flatten() {
            // A text input stands in an action row, or (newer) in a label.
            let input = if row["type"] == 18 { &row["component"] } else { &row["components"][0] };
            if input["type"] != 4 {
                continue;
            }
            let id = input["custom_id"].as_str().unwrap_or_default();
            let given = left.iter().position(|(field, _)| *field == id).map(|position| left.remove(position).1);
            let value = given.or(input["value"].as_str()).unwrap_or_default();
            let length = value.chars().count() as u64;
            let required = input["required"] != false;
            let least = input["min_length"].as_u64().unwrap_or(0).max(u64::from(required));
            let most = input["max_length"].as_u64().unwrap_or(4_000);
            if (required || length > 0) && !(least..=most).contains(&length) {
                return Err(NotSent::Length { option: id.to_owned(), least, most });
            }
            let filled = json!({"type": 4, "id": input["id"], "custom_id": id, "value": value});
            rows.push(if row["type"] == 18 {
                json!({"type": 18, "id": row["id"], "component": filled})
            } else {
                json!({"type": 1, "id": row["id"], "components": [filled]})
            });
        }
        if let Some((field, _)) = left.first() {
            return Err(NotSent::NotInModal((*field).to_owned()));
        }
        let data = json!({"custom_id": modal_data["custom_id"], "components": rows});
        let state = self.shared.lock();
        let mut json = self.interaction(&state, 5, data);
        let source = state.interactions.get(modal.interaction_id).and_then(|interaction| interaction.source);
        if let Some(message) = source.and_then(|id| state.messages.get(id)) {
            json["message"] = message.json.clone();
        }
        Ok(json)
    }
}
