//! Guilds, their channels, roles and members, in the forms in which Discord sends them (Discord: resources/guild,
//! resources/channel).
//!
//! Lives here: JSON made of what the state knows. A guild has one role, @everyone, which carries the guild's id.

use serde_json::{Value, json};

use crate::state::{Shared, State};
use crate::users::{EVERYONE, user};

/// When everybody joined, and every guild was made.
const LONG_AGO: &str = "2024-01-01T00:00:00.000000+00:00";

/// The bot as a member of a guild.
pub(crate) fn bot_member(shared: &Shared) -> Value {
    json!({
        "user": shared.bot_user(),
        "nick": null,
        "avatar": null,
        "banner": null,
        "roles": [],
        "joined_at": LONG_AGO,
        "premium_since": null,
        "communication_disabled_until": null,
        "flags": 0,
        "pending": false,
        "deaf": false,
        "mute": false,
    })
}

/// A member whom the server knows.
pub(crate) fn member(shared: &Shared, state: &State, guild: u64, id: u64) -> Option<Value> {
    if id == shared.options.application_id { Some(bot_member(shared)) } else { state.directory.member(guild, id) }
}

/// A user whom the server knows.
pub(crate) fn known_user(shared: &Shared, state: &State, id: u64) -> Option<Value> {
    if id == shared.options.application_id { Some(shared.bot_user()) } else { state.directory.user(id).cloned() }
}

/// A channel, as a request for it answers. For direct messages `recipients` names whom the bot writes with.
pub(crate) fn channel(state: &State, id: u64) -> Option<Value> {
    let channel = state.messages.channel(id)?;
    let last = state.messages.in_channel(id).next_back().map(|message| message.id.to_string());
    let Some(guild) = channel.guild_id else {
        let recipients: Vec<Value> =
            channel.recipient.and_then(|id| state.directory.user(id).cloned()).into_iter().collect();
        return Some(json!({
            "id": id.to_string(), "type": channel.kind, "last_message_id": last, "flags": 0, "recipients": recipients,
        }));
    };
    Some(json!({
        "id": id.to_string(),
        "type": channel.kind,
        "guild_id": guild.to_string(),
        "name": channel.name,
        "position": 0,
        "parent_id": null,
        "topic": null,
        "nsfw": false,
        "rate_limit_per_user": 0,
        "permission_overwrites": [],
        "last_message_id": last,
        "flags": 0,
    }))
}

fn everyone(guild: u64) -> Value {
    json!({
        "id": guild.to_string(),
        "name": "@everyone",
        "description": null,
        "permissions": EVERYONE.to_string(),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "managed": false,
        "mentionable": false,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    })
}

/// What a guild has and has not set.
const UNSET: [&str; 18] = [
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "hub_type",
    "incidents_data",
    "inventory_settings",
];

/// The guild, as a request for it answers.
pub(crate) fn guild(shared: &Shared, id: u64) -> Value {
    let mut guild = json!({
        "id": id.to_string(),
        "name": shared.guild_name(id),
        "features": [],
        "owner_id": "1",
        "region": "deprecated",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "verification_level": 0,
        "roles": [everyone(id)],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": false,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
    });
    for key in UNSET {
        guild[key] = Value::Null;
    }
    guild
}

/// What the gateway tells of a guild (Discord: events/gateway-events, "Guild Create"): its channels, and of its members
/// the bot alone.
pub(crate) fn created(shared: &Shared, state: &State, id: u64) -> Value {
    let mut created = guild(shared, id);
    let channels = state.messages.channels_of(id).filter_map(|channel| self::channel(state, channel));
    for (key, value) in [
        ("channels", channels.collect::<Value>()),
        ("members", json!([bot_member(shared)])),
        ("joined_at", json!(LONG_AGO)),
        ("large", json!(false)),
        ("unavailable", json!(false)),
        ("member_count", json!(1)),
        ("voice_states", json!([])),
        ("threads", json!([])),
        ("presences", json!([])),
        ("stage_instances", json!([])),
        ("guild_scheduled_events", json!([])),
        ("soundboard_sounds", json!([])),
        ("embedded_activities", json!([])),
    ] {
        created[key] = value;
    }
    created
}

/// Who owns the guilds and the application: nobody that acts.
pub(crate) fn owner() -> Value {
    user(1, "owner", Some("Owner"), false)
}
