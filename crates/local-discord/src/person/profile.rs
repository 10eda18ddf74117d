//! Who acts: the person, where they are, and with which rights.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::person::outcome::Pending;
use crate::state::{Shared, default_channel};
use crate::users::EVERYONE;

/// Where a person acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Guild { guild: u64, channel: u64 },
    BotDm { channel: u64 },
    PrivateChannel { channel: u64 },
}

impl Place {
    pub(super) fn guild(self) -> Option<u64> {
        match self {
            Place::Guild { guild, .. } => Some(guild),
            _ => None,
        }
    }

    pub(super) fn channel(self) -> u64 {
        match self {
            Place::Guild { channel, .. } | Place::BotDm { channel } | Place::PrivateChannel { channel } => channel,
        }
    }

    /// Discord's interaction context type.
    pub(super) fn context(self) -> u64 {
        match self {
            Place::Guild { .. } => 0,
            Place::BotDm { .. } => 1,
            Place::PrivateChannel { .. } => 2,
        }
    }
}

pub(super) const ADMINISTRATOR: u64 = 1 << 3;

/// A person who uses the bot. Cheap to clone; the methods that change something return the changed person.
#[derive(Clone)]
pub struct Person {
    pub(super) shared: Arc<Shared>,
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) nick: Option<String>,
    pub(super) locale: String,
    pub(super) guild_locale: String,
    pub(super) place: Place,
    pub(super) roles: Vec<u64>,
    pub(super) permissions: u64,
    pub(super) user_installed: bool,
    pub(super) owners: Option<Value>,
    pub(super) alter: Option<Alter>,
}

/// What a test does to an interaction before it is sent.
type Alter = Arc<dyn Fn(&mut Value) + Send + Sync>;

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("locale", &self.locale)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Person {
    fn eq(&self, other: &Person) -> bool {
        self.id == other.id
    }
}

impl Person {
    pub(crate) fn new(shared: Arc<Shared>, name: &str) -> Person {
        let id = shared.ids.next();
        let guild = shared.lock().guilds.first().copied();
        let place = match guild {
            Some(guild) => Place::Guild { guild, channel: default_channel(guild) },
            None => Place::BotDm { channel: id + 1 },
        };
        let person = Person {
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
    pub fn with_id(mut self, id: u64) -> Person {
        self.id = id;
        self
    }

    /// Gives the person a nickname in the guild.
    #[must_use]
    pub fn nick(mut self, nick: &str) -> Person {
        self.nick = Some(nick.to_owned());
        self
    }

    /// Sets the language of the person's Discord client (Discord: reference, "Locales"); `en-US` until set.
    #[must_use]
    pub fn locale(mut self, locale: &str) -> Person {
        self.locale = locale.to_owned();
        self
    }

    /// Sets the preferred language of the guild; `en-US` until set, as in a guild that never chose one.
    #[must_use]
    pub fn guild_locale(mut self, locale: &str) -> Person {
        self.guild_locale = locale.to_owned();
        self
    }

    /// Puts the person into the text channel of a guild, whether the application is installed there or not.
    #[must_use]
    pub fn in_guild(self, guild: u64) -> Person {
        let channel = default_channel(guild);
        self.at(Place::Guild { guild, channel })
    }

    /// Puts the person into another channel of the same guild.
    #[must_use]
    pub fn in_channel(self, channel: u64) -> Person {
        let place = match self.place {
            Place::Guild { guild, .. } => Place::Guild { guild, channel },
            Place::BotDm { .. } => Place::BotDm { channel },
            Place::PrivateChannel { .. } => Place::PrivateChannel { channel },
        };
        self.at(place)
    }

    /// Puts the person into the direct messages with the bot.
    #[must_use]
    pub fn in_direct_messages(self) -> Person {
        let channel = self.id + 1;
        self.at(Place::BotDm { channel })
    }

    /// Puts the person into a group or direct message of which the bot is not a member; only a user-installed
    /// application can be used there.
    #[must_use]
    pub fn in_private_channel(self) -> Person {
        let channel = self.id + 2;
        self.at(Place::PrivateChannel { channel })
    }

    /// Gives the person these roles in the guild.
    #[must_use]
    pub fn roles(mut self, roles: &[u64]) -> Person {
        self.roles = roles.to_vec();
        self
    }

    /// Sets the person's permissions in the guild; bit 3 (ADMINISTRATOR) stands for all of them.
    #[must_use]
    pub fn permissions(mut self, permissions: u64) -> Person {
        self.permissions = if permissions & ADMINISTRATOR != 0 { u64::MAX >> 11 } else { permissions };
        self
    }

    /// Says whether the person has installed the application for themselves; not until said.
    #[must_use]
    pub fn user_installed(mut self, installed: bool) -> Person {
        self.user_installed = installed;
        self
    }

    /// Sets `authorizing_integration_owners` to this instead of what follows from the installations.
    #[must_use]
    pub fn owners(mut self, owners: Value) -> Person {
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
    pub fn altering(mut self, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Person {
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
    pub(super) fn send(&self, mut json: Value) -> Pending {
        // What the person is may have changed since the place was entered.
        self.enter();
        if let Some(alter) = &self.alter {
            alter(&mut json);
        }
        Pending::send(self.shared.clone(), json)
    }

    fn at(mut self, place: Place) -> Person {
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
        let member = self.place.guild().map(|guild| (guild, self.member()));
        let mut state = self.shared.lock();
        state.messages.add_channel(self.place.channel(), self.place.guild(), kind, "general");
        if let Place::BotDm { channel } = self.place
            && let Some(channel) = state.messages.channel_mut(channel)
        {
            channel.recipient = Some(self.id);
        }
        state.directory.meet(self.id, self.user(), member);
    }
}
