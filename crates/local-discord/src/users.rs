//! The user object (Discord: resources/user), for the bot, for people, and for those of whom only the id is known.
//!
//! Lives here: that one JSON form, so that it is the same everywhere.

use serde_json::{Value, json};

/// What everyone may do in a new guild, as far as it matters here: see, write, embed, attach, read, use commands.
pub(crate) const EVERYONE: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 31;

/// A user as others see it. Bots have a four-digit discriminator and no display name, people the other way round.
pub(crate) fn user(id: u64, username: &str, global_name: Option<&str>, bot: bool) -> Value {
    let mut user = json!({
        "id": id.to_string(),
        "username": username,
        "global_name": global_name,
        "discriminator": if bot { "0001" } else { "0" },
        "avatar": null,
        "avatar_decoration_data": null,
        "banner": null,
        "accent_color": null,
        "collectibles": null,
        "display_name_styles": null,
        "primary_guild": null,
        "clan": null,
        "public_flags": 0,
        "flags": 0,
    });
    if bot {
        user["bot"] = Value::Bool(true);
    }
    user
}

/// A user of whom only the id is known.
pub(crate) fn stub(id: u64) -> Value {
    user(id, &format!("user-{id}"), None, false)
}
