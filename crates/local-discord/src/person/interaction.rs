//! The interaction that an act sends, with every field that Discord sends (Discord:
//! interactions/receiving-and-responding, "Interaction Object").
//!
//! Lives here: JSON made of a person and a place, and whether Discord offers a command to that person there.

use serde_json::{Map, Value, json};

use crate::messages::FILE_LIMIT;
use crate::person::profile::{ADMINISTRATOR, Person, Place};
use crate::snowflake;
use crate::state::State;
use crate::users::{self, EVERYONE};

impl Person {
    /// The user object.
    pub(super) fn user(&self) -> Value {
        let username = self.name.to_lowercase().replace(' ', ".");
        users::user(self.id, &username, Some(&self.name), false)
    }

    /// The member object, without the user.
    pub(super) fn member(&self) -> Value {
        json!({
            "nick": self.nick,
            "avatar": null,
            "banner": null,
            "collectibles": null,
            "display_name_styles": null,
            "roles": self.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "premium_since": null,
            "communication_disabled_until": null,
            "unusual_dm_activity_until": null,
            "flags": 0,
            "pending": false,
            "permissions": self.permissions.to_string(),
        })
    }

    /// An interaction of this type, with every field that Discord sends.
    pub(super) fn interaction(&self, state: &State, kind: u64, data: Value) -> Value {
        let id = self.shared.ids.next();
        let mut json = json!({
            "id": id.to_string(),
            "application_id": self.shared.options.application_id.to_string(),
            "type": kind,
            // As long as Discord's own, so that sizes on the wire are true to life.
            "token": format!("local{id:0>20}{:0>175}", id ^ self.id.rotate_left(32)),
            "version": 1,
            "data": data,
            "channel_id": self.place.channel().to_string(),
            "channel": self.channel(state),
            "locale": self.locale,
            "app_permissions": EVERYONE.to_string(),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self.integration_owners(state),
            "context": self.place.context(),
            "attachment_size_limit": FILE_LIMIT,
        });
        match self.place {
            Place::Guild { guild, .. } => {
                let mut member = self.member();
                member["user"] = self.user();
                member["deaf"] = Value::Bool(false);
                member["mute"] = Value::Bool(false);
                json["member"] = member;
                json["guild_id"] = Value::from(guild.to_string());
                json["guild_locale"] = Value::from(self.guild_locale.as_str());
                json["guild"] = json!({"id": guild.to_string(), "locale": self.guild_locale, "features": []});
            }
            Place::BotDm { .. } | Place::PrivateChannel { .. } => json["user"] = self.user(),
        }
        json
    }

    fn channel(&self, state: &State) -> Value {
        let id = self.place.channel();
        let last = state.messages.in_channel(id).next_back().map(|message| message.id.to_string());
        let known = state.messages.channel(id);
        let kind = known.map_or(0, |channel| channel.kind);
        match self.place {
            Place::Guild { guild, .. } => json!({
                "id": id.to_string(),
                "type": kind,
                "name": known.map_or("", |channel| channel.name.as_str()),
                "guild_id": guild.to_string(),
                "parent_id": null,
                "position": 0,
                "permissions": self.permissions.to_string(),
                "topic": null,
                "nsfw": false,
                "rate_limit_per_user": 0,
                "last_message_id": last,
                "flags": 0,
                "theme_color": null,
                "icon_emoji": {"id": null, "name": "#"},
            }),
            Place::BotDm { .. } => json!({
                "id": id.to_string(),
                "type": kind,
                "last_message_id": last,
                "flags": 0,
                "recipients": [self.user()],
            }),
            Place::PrivateChannel { .. } => json!({
                "id": id.to_string(),
                "type": kind,
                "name": null,
                "icon": null,
                "owner_id": self.id.to_string(),
                "last_message_id": last,
                "flags": 0,
                "recipients": [self.user()],
            }),
        }
    }

    /// Who installed the application: key 0 the guild (`"0"` in direct messages with the bot), key 1 the person (Discord:
    /// interactions/receiving-and-responding, "Authorizing Integration Owners Object").
    fn integration_owners(&self, state: &State) -> Value {
        if let Some(owners) = &self.owners {
            return owners.clone();
        }
        let mut owners = Map::new();
        match self.place {
            Place::Guild { guild, .. } if state.guilds.contains(&guild) => {
                owners.insert("0".to_owned(), Value::from(guild.to_string()));
            }
            Place::BotDm { .. } => {
                owners.insert("0".to_owned(), Value::from("0"));
            }
            Place::Guild { .. } | Place::PrivateChannel { .. } => {}
        }
        if self.user_installed {
            owners.insert("1".to_owned(), Value::from(self.id.to_string()));
        }
        Value::Object(owners)
    }

    /// Whether Discord offers this command to this person in this place.
    pub(super) fn is_offered(&self, state: &State, command: &Value) -> Result<(), &'static str> {
        let in_list =
            |key: &str, value: u64| command[key].as_array().is_none_or(|list| list.iter().any(|one| *one == value));
        let guild_command = !command["guild_id"].is_null();
        if !guild_command {
            if !in_list("contexts", self.place.context())
                || (self.place.guild().is_none() && command["contexts"].is_null() && command["dm_permission"] == false)
            {
                return Err("not in this kind of place");
            }
            let by_guild = in_list("integration_types", 0)
                && match self.place {
                    Place::Guild { guild, .. } => state.guilds.contains(&guild),
                    Place::BotDm { .. } => true,
                    Place::PrivateChannel { .. } => false,
                };
            let by_user = in_list("integration_types", 1) && self.user_installed;
            if !by_guild && !by_user {
                return Err("the application is not installed for this");
            }
        }
        if self.place.guild().is_some()
            && self.permissions & ADMINISTRATOR == 0
            && let Some(needed) = snowflake::from_json(&command["default_member_permissions"])
            && (needed == 0 || self.permissions & needed != needed)
        {
            return Err("the person lacks the permissions");
        }
        Ok(())
    }
}
