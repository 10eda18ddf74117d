//! People: who acts on the server, where, and with which rights.
//!
//! Lives here: the person and the acts. The interaction that an act sends is composed in [`interaction`]; what a command's
//! options may hold is in [`draft`]; what comes back is in [`outcome`].

mod draft;
mod interaction;
mod outcome;

use std::sync::Arc;

use serde_json::{Value, json};

pub use self::{
    draft::{CommandDraft, OptionValue},
    outcome::{Choice, Outcome, Pending, Response},
};
use super::{
    messages::{Message, components},
    state::{Shared, default_channel},
};

/// Why Discord's client would not send an interaction at all.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSent {
    /// No such command is registered where the person is.
    #[error("no command /{0} is registered here")]
    UnknownCommand(String),
    /// The command is not offered in this kind of place, or to this person.
    #[error("/{0} is not offered here: {1}")]
    NotOffered(String, &'static str),
    /// The path ends before a subcommand, or goes on after one.
    #[error("/{0} does not name a whole command")]
    NotACommand(String),
    /// The command has no such option.
    #[error("there is no option {0}")]
    UnknownOption(String),
    /// A required option is missing.
    #[error("the option {0} is required")]
    MissingOption(String),
    /// The value is not of the option's type.
    #[error("the option {0} takes another type of value")]
    WrongType(String),
    /// A text is too short or too long.
    #[error("the option {option} takes {least} to {most} characters")]
    Length {
        /// The option's name.
        option: String,
        /// The fewest characters.
        least: u64,
        /// The most characters.
        most: u64,
    },
    /// A number is too small or too large.
    #[error("the number of {0} is out of bounds")]
    Bounds(String),
    /// The value is not among the choices.
    #[error("the option {0} takes only its choices")]
    NotAChoice(String),
    /// The option is not one that completes itself.
    #[error("the option {0} has no autocompletion")]
    NoAutocompletion(String),
    /// A file is larger than the limit.
    #[error("the file {0} is too large")]
    FileTooLarge(String),
    /// There is no such message, it was deleted, or the person does not see it.
    #[error("the person sees no such message here")]
    UnknownMessage,
    /// The message has no such component, or one that can't be used in this way.
    #[error("the message has no such component that can be used: {0}")]
    UnknownComponent(String),
    /// A menu takes other values, or another number of them.
    #[error("the menu {0} does not take these values")]
    NotSelectable(String),
    /// The outcome is not a modal, or the modal has no such field.
    #[error("the modal does not take this: {0}")]
    NotInModal(String),
}

/// Where a person acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Guild { guild: u64, channel: u64 },
    BotDm { channel: u64 },
    PrivateChannel { channel: u64 },
}

impl Place {
    fn guild(self) -> Option<u64> {
        match self {
            Self::Guild { guild, .. } => Some(guild),
            _ => None,
        }
    }

    fn channel(self) -> u64 {
        match self {
            Self::Guild { channel, .. } | Self::BotDm { channel } | Self::PrivateChannel { channel } => channel,
        }
    }

    /// Discord's interaction context type.
    fn context(self) -> u64 {
        match self {
            Self::Guild { .. } => 0,
            Self::BotDm { .. } => 1,
            Self::PrivateChannel { .. } => 2,
        }
    }
}

const ADMINISTRATOR: u64 = 1 << 3;
/// What everyone may do in a new guild, as far as it matters here: see, write, embed, attach, read, use commands.
const EVERYONE: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 31;

/// A person who uses the bot. Cheap to clone; the methods that change something return the changed person.
#[derive(Clone)]
pub struct Person {
    shared: Arc<Shared>,
    id: u64,
    name: String,
    nick: Option<String>,
    locale: String,
    guild_locale: String,
    place: Place,
    roles: Vec<u64>,
    permissions: u64,
    user_installed: bool,
    owners: Option<Value>,
    alter: Option<Alter>,
}

/// What a test does to an interaction before it is sent.
type Alter = Arc<dyn Fn(&mut Value) + Send + Sync>;

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("locale", &self.locale)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Person {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Person {
    pub(super) fn new(shared: Arc<Shared>, name: &str) -> Self {
        let id = shared.ids.next();
        let guild = shared.lock().guilds.first().copied();
        let place = match guild {
            Some(guild) => Place::Guild { guild, channel: default_channel(guild) },
            None => Place::BotDm { channel: id + 1 },
        };
        let person = Self {
            id,
            name: name.to_owned(),
            nick: None,
            locale: "en-US".to_owned(),
            guild_locale: "en-US".to_owned(),
            place,
            roles: Vec::new(),
            permissions: EVERYONE,
            user_installed: false,
            owners: None,
            alter: None,
            shared,
        };
        person.enter();
        person
    }

    /// The person's user id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The channel where the person acts.
    pub fn channel_id(&self) -> u64 {
        self.place.channel()
    }

    /// The guild where the person acts, if it is one.
    pub fn guild_id(&self) -> Option<u64> {
        self.place.guild()
    }

    /// Gives the person this user id.
    #[must_use]
    pub fn with_id(mut self, id: u64) -> Self {
        self.id = id;
        self
    }

    /// Gives the person a nickname in the guild.
    #[must_use]
    pub fn nick(mut self, nick: &str) -> Self {
        self.nick = Some(nick.to_owned());
        self
    }

    /// Sets the language of the person's Discord client (Discord: reference, "Locales"); `en-US` until set.
    #[must_use]
    pub fn locale(mut self, locale: &str) -> Self {
        self.locale = locale.to_owned();
        self
    }

    /// Sets the preferred language of the guild; `en-US` until set, as in a guild that never chose one.
    #[must_use]
    pub fn guild_locale(mut self, locale: &str) -> Self {
        self.guild_locale = locale.to_owned();
        self
    }

    /// Puts the person into the text channel of a guild, whether the application is installed there or not.
    #[must_use]
    pub fn in_guild(self, guild: u64) -> Self {
        let channel = default_channel(guild);
        self.at(Place::Guild { guild, channel })
    }

    /// Puts the person into another channel of the same guild.
    #[must_use]
    pub fn in_channel(self, channel: u64) -> Self {
        let place = match self.place {
            Place::Guild { guild, .. } => Place::Guild { guild, channel },
            Place::BotDm { .. } => Place::BotDm { channel },
            Place::PrivateChannel { .. } => Place::PrivateChannel { channel },
        };
        self.at(place)
    }

    /// Puts the person into the direct messages with the bot.
    #[must_use]
    pub fn in_direct_messages(self) -> Self {
        let channel = self.id + 1;
        self.at(Place::BotDm { channel })
    }

    /// Puts the person into a group or direct message of which the bot is not a member; only a user-installed
    /// application can be used there.
    #[must_use]
    pub fn in_private_channel(self) -> Self {
        let channel = self.id + 2;
        self.at(Place::PrivateChannel { channel })
    }

    /// Gives the person these roles in the guild.
    #[must_use]
    pub fn roles(mut self, roles: &[u64]) -> Self {
        self.roles = roles.to_vec();
        self
    }

    /// Sets the person's permissions in the guild; bit 3 (ADMINISTRATOR) stands for all of them.
    #[must_use]
    pub fn permissions(mut self, permissions: u64) -> Self {
        self.permissions = if permissions & ADMINISTRATOR != 0 { u64::MAX >> 11 } else { permissions };
        self
    }

    /// Says whether the person has installed the application for themselves; not until said.
    #[must_use]
    pub fn user_installed(mut self, installed: bool) -> Self {
        self.user_installed = installed;
        self
    }

    /// Sets `authorizing_integration_owners` to this instead of what follows from the installations.
    #[must_use]
    pub fn owners(mut self, owners: Value) -> Self {
        self.owners = Some(owners);
        self
    }

    /// Changes the JSON of every interaction of this person before it is sent, after a change set earlier: a field is
    /// missing, or of another type, or newer than this server knows.
    ///
    /// ```
    /// # fn example(person: local_discord::Person) -> local_discord::Person {
    /// person.altering(|interaction| interaction["app_permissions"] = "18446744073709551616".into())
    /// # }
    /// ```
    #[must_use]
    pub fn altering(mut self, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.alter = Some(match self.alter.take() {
            None => Arc::new(change),
            Some(earlier) => Arc::new(move |json| {
                earlier(json);
                change(json);
            }),
        });
        self
    }

    /// Sends an interaction of this person, altered if so wished.
    fn send(&self, mut json: Value) -> Pending {
        if let Some(alter) = &self.alter {
            alter(&mut json);
        }
        Pending::send(self.shared.clone(), json)
    }

    fn at(mut self, place: Place) -> Self {
        self.place = place;
        self.enter();
        self
    }

    /// Makes the channel known to the server.
    fn enter(&self) {
        let kind = match self.place {
            Place::Guild { .. } => 0,
            Place::BotDm { .. } => 1,
            Place::PrivateChannel { .. } => 3,
        };
        self.shared.lock().messages.add_channel(self.place.channel(), self.place.guild(), kind, "general");
    }

    // --- Acts --------------------------------------------------------------------------------------------------------

    /// Begins a command: `path` is its name with group and subcommand, such as `rcp region`; options are added to the
    /// draft.
    pub fn command(&self, path: &str) -> CommandDraft {
        CommandDraft::new(self.clone(), path)
    }

    /// Runs a command with these options, each typed as text, and waits for the first response. A text becomes what the
    /// option's registered type asks for: a number, `true` or `false`, the value of the choice of that name.
    ///
    /// # Errors
    ///
    /// If Discord's client would not send it.
    pub async fn run(&self, path: &str, options: &[(&str, &str)]) -> Result<Outcome, NotSent> {
        let draft = options.iter().fold(self.command(path), |draft, (name, text)| draft.option(name, *text));
        draft.run().await
    }

    /// Types `partial` into an option that completes itself, with the other options as they stand, and waits for the
    /// choices.
    ///
    /// # Errors
    ///
    /// If Discord's client would not ask.
    pub async fn complete(
        &self,
        path: &str,
        option: &str,
        partial: &str,
        others: &[(&str, &str)],
    ) -> Result<Outcome, NotSent> {
        let draft = others.iter().fold(self.command(path), |draft, (name, text)| draft.option(name, *text));
        draft.complete(option, partial).await
    }

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
                let distinct = values.iter().collect::<std::collections::HashSet<_>>().len() == values.len();
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
