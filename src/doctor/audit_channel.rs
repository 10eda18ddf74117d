//! Whether the bot may write in the audit channel and in the news channel: Discord tells what everyone, each role and each member may, and what
//! follows from that is computed here. (Discord: topics/permissions, "Permission Overwrites".)

use serde::Deserialize;

use crate::doctor::line::Line;
use crate::transport::rest::client::{Failed, Rest};

/// Discord's code for a channel that is not there.
const UNKNOWN_CHANNEL: u64 = 10_003;

/// Who has this may do everything.
const ADMINISTRATOR: u64 = 1 << 3;
const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES: u64 = 1 << 11;
const EMBED_LINKS: u64 = 1 << 14;
const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What a channel is for that takes no messages: a category, a directory, a forum, a forum of media.
/// (Discord: resources/channel, "Channel Types".)
const WITHOUT_MESSAGES: [u8; 4] = [4, 14, 15, 16];

/// Threads have the permissions of the channel that they belong to.
const THREADS: [u8; 3] = [10, 11, 12];

#[derive(Debug, Deserialize)]
struct Channel {
    #[serde(rename = "type")]
    kind: u8,
    guild_id: Option<String>,
    parent_id: Option<String>,
    #[serde(default)]
    permission_overwrites: Vec<Overwrite>,
}

#[derive(Debug, Deserialize)]
struct Overwrite {
    id: String,
    allow: String,
    deny: String,
}

#[derive(Debug, Deserialize)]
struct Role {
    id: String,
    permissions: String,
}

#[derive(Debug, Deserialize)]
struct Member {
    roles: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct User {
    id: String,
}

/// Finds out whether the bot may write in a channel: `what` is what it is called, `key` the key that names it.
pub(super) async fn examine(rest: &Rest, what: &'static str, key: &str, channel: u64) -> Line {
    match lacking(rest, channel).await {
        Ok(lacking) if lacking.is_empty() => Line::well(what, format!("the bot may write in {channel}")),
        Ok(lacking) => {
            let text = format!("the bot may not write in {channel}: it lacks {}", lacking.join(", "));
            Line::error(what, format!("{text}; give it to the bot's role in the channel's settings"))
        }
        Err(Refusal::NoMessages) => Line::error(what, format!("{channel} takes no messages: name a text channel")),
        Err(Refusal::Failed(failed)) => {
            let mend = match &failed {
                Failed::Refused { code: UNKNOWN_CHANNEL, .. } => format!("correct [moderation] {key}"),
                failed if failed.may_pass() => "try again later".to_owned(),
                _ => "have the bot installed in that server with the scope bot, and let it see the channel".to_owned(),
            };
            Line::error(what, format!("{channel}: {failed}; {mend}"))
        }
    }
}

enum Refusal {
    NoMessages,
    Failed(Failed),
}

impl From<Failed> for Refusal {
    fn from(failed: Failed) -> Refusal {
        Refusal::Failed(failed)
    }
}

/// The permissions that the bot lacks for writing in a channel, by the names that Discord's settings give them.
async fn lacking(rest: &Rest, id: u64) -> Result<Vec<&'static str>, Refusal> {
    let mut channel: Channel = rest.get(&format!("/channels/{id}")).await?;
    if WITHOUT_MESSAGES.contains(&channel.kind) {
        return Err(Refusal::NoMessages);
    }
    // Between two people there are no permissions.
    let Some(guild) = channel.guild_id.take() else { return Ok(Vec::new()) };
    let thread = THREADS.contains(&channel.kind);
    if let Some(parent) = channel.parent_id.as_ref().filter(|_| thread) {
        channel = rest.get(&format!("/channels/{parent}")).await?;
    }
    let bot: User = rest.get("/users/@me").await?;
    let member: Member = rest.get(&format!("/guilds/{guild}/members/{}", bot.id)).await?;
    let roles: Vec<Role> = rest.get(&format!("/guilds/{guild}/roles")).await?;
    let allowed = allowed(&guild, &bot.id, &member.roles, &roles, &channel.permission_overwrites);
    let write = match thread {
        true => (SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        false => (SEND_MESSAGES, "Send Messages"),
    };
    let needed = [(VIEW_CHANNEL, "View Channel"), write, (EMBED_LINKS, "Embed Links")];
    Ok(needed.into_iter().filter(|(one, _)| allowed & one == 0).map(|(_, name)| name).collect())
}

/// What a member may do in a channel, as bits. Everyone's role bears the id of the server.
fn allowed(guild: &str, member: &str, own: &[String], roles: &[Role], overwrites: &[Overwrite]) -> u64 {
    let is_own = |id: &str| own.iter().any(|role| role == id);
    let bits = |text: &str| text.parse::<u64>().unwrap_or_default();
    let of_roles = roles.iter().filter(|role| role.id == guild || is_own(&role.id));
    let base = of_roles.fold(0, |all, role| all | bits(&role.permissions));
    if base & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    // Everyone's, then those of all roles together, then the member's own.
    let stages: [&dyn Fn(&str) -> bool; 3] = [&|id| id == guild, &|id| id != guild && is_own(id), &|id| id == member];
    stages.into_iter().fold(base, |before, concerns| {
        let here = || overwrites.iter().filter(|one| concerns(&one.id));
        let denied = here().fold(0, |all, one| all | bits(&one.deny));
        here().fold(before & !denied, |all, one| all | bits(&one.allow))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_nearer_to_the_bot_counts_more() {
        let role = |id: &str, permissions: u64| Role { id: id.to_owned(), permissions: permissions.to_string() };
        let over = |id: &str, allow: u64, deny: u64| Overwrite {
            id: id.to_owned(),
            allow: allow.to_string(),
            deny: deny.to_string(),
        };
        let may = |roles: &[Role], overwrites: &[Overwrite]| {
            allowed("1", "9", &["2".to_owned(), "3".to_owned()], roles, overwrites) & SEND_MESSAGES != 0
        };
        let everyone = || role("1", SEND_MESSAGES);
        assert!(may(&[everyone()], &[]));
        assert!(!may(&[role("4", SEND_MESSAGES)], &[]), "that is a role of others");
        assert!(may(&[role("2", SEND_MESSAGES)], &[]));
        assert!(!may(&[everyone()], &[over("1", 0, SEND_MESSAGES)]));
        assert!(may(&[everyone()], &[over("1", 0, SEND_MESSAGES), over("2", SEND_MESSAGES, 0)]));
        let roles_differ = [over("2", 0, SEND_MESSAGES), over("3", SEND_MESSAGES, 0)];
        assert!(may(&[everyone()], &roles_differ), "of roles that differ the one that allows counts");
        assert!(!may(&[everyone()], &[over("3", SEND_MESSAGES, 0), over("9", 0, SEND_MESSAGES)]));
        assert!(may(&[role("2", ADMINISTRATOR)], &[over("9", 0, SEND_MESSAGES)]), "an administrator may all");
    }
}
