//! The endpoints, by their paths.

/// An endpoint, with the parts of its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    Gateway,
    GatewayBot,
    CurrentUser,
    CurrentApplication,
    OwnApplication,
    Commands { application: u64, guild: Option<u64> },
    Command { application: u64, guild: Option<u64>, command: u64 },
    Callback { interaction: u64, token: &'a str },
    Webhook { application: u64, token: &'a str },
    WebhookMessage { application: u64, token: &'a str, message: Option<u64> },
    Messages { channel: u64 },
    Message { channel: u64, message: u64 },
    Reaction { channel: u64, message: u64, emoji: &'a str },
    Pin { channel: u64, message: u64 },
    Typing { channel: u64 },
    Channel { channel: u64 },
    User { user: u64 },
    OwnGuilds,
    OwnChannels,
    Guild { guild: u64 },
    GuildChannels { guild: u64 },
    GuildRoles { guild: u64 },
    GuildMember { guild: u64, user: u64 },
    Emojis { application: u64 },
    CommandPermissions { application: u64, guild: u64 },
    DefaultSounds,
}

impl<'a> Endpoint<'a> {
    pub(super) fn of(path: &'a str) -> Option<Endpoint<'a>> {
        let id = |text: &str| text.parse::<u64>().ok();
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        Some(match segments.as_slice() {
            ["gateway"] => Endpoint::Gateway,
            ["gateway", "bot"] => Endpoint::GatewayBot,
            ["users", "@me"] => Endpoint::CurrentUser,
            ["oauth2", "applications", "@me"] => Endpoint::CurrentApplication,
            ["applications", "@me"] => Endpoint::OwnApplication,
            ["applications", application, "commands"] => {
                Endpoint::Commands { application: id(application)?, guild: None }
            }
            ["applications", application, "guilds", guild, "commands"] => {
                Endpoint::Commands { application: id(application)?, guild: Some(id(guild)?) }
            }
            ["applications", application, "commands", command] => {
                Endpoint::Command { application: id(application)?, guild: None, command: id(command)? }
            }
            ["applications", application, "guilds", guild, "commands", "permissions"] => {
                Endpoint::CommandPermissions { application: id(application)?, guild: id(guild)? }
            }
            ["applications", application, "guilds", guild, "commands", command] => {
                Endpoint::Command { application: id(application)?, guild: Some(id(guild)?), command: id(command)? }
            }
            ["interactions", interaction, token, "callback"] => {
                Endpoint::Callback { interaction: id(interaction)?, token }
            }
            ["webhooks", application, token] => Endpoint::Webhook { application: id(application)?, token },
            ["webhooks", application, token, "messages", "@original"] => {
                Endpoint::WebhookMessage { application: id(application)?, token, message: None }
            }
            ["webhooks", application, token, "messages", message] => {
                Endpoint::WebhookMessage { application: id(application)?, token, message: Some(id(message)?) }
            }
            ["channels", channel, "messages"] => Endpoint::Messages { channel: id(channel)? },
            ["channels", channel, "messages", message] => {
                Endpoint::Message { channel: id(channel)?, message: id(message)? }
            }
            ["channels", channel, "messages", message, "reactions", emoji, "@me"] => {
                Endpoint::Reaction { channel: id(channel)?, message: id(message)?, emoji }
            }
            ["channels", channel, "pins", message] | ["channels", channel, "messages", "pins", message] => {
                Endpoint::Pin { channel: id(channel)?, message: id(message)? }
            }
            ["channels", channel, "typing"] => Endpoint::Typing { channel: id(channel)? },
            ["channels", channel] => Endpoint::Channel { channel: id(channel)? },
            ["users", "@me", "guilds"] => Endpoint::OwnGuilds,
            ["users", "@me", "channels"] => Endpoint::OwnChannels,
            ["users", user] => Endpoint::User { user: id(user)? },
            ["guilds", guild] => Endpoint::Guild { guild: id(guild)? },
            ["guilds", guild, "channels"] => Endpoint::GuildChannels { guild: id(guild)? },
            ["guilds", guild, "roles"] => Endpoint::GuildRoles { guild: id(guild)? },
            ["guilds", guild, "members", user] => Endpoint::GuildMember { guild: id(guild)?, user: id(user)? },
            ["applications", application, "emojis"] => Endpoint::Emojis { application: id(application)? },
            ["soundboard-default-sounds"] => Endpoint::DefaultSounds,
            _ => return None,
        })
    }

    /// The path as Discord's OpenAPI document writes it.
    pub(super) fn route(&self) -> &'static str {
        match self {
            Endpoint::Gateway => "/gateway",
            Endpoint::GatewayBot => "/gateway/bot",
            Endpoint::CurrentUser => "/users/@me",
            Endpoint::CurrentApplication => "/oauth2/applications/@me",
            Endpoint::OwnApplication => "/applications/@me",
            Endpoint::Commands { guild: None, .. } => "/applications/{application_id}/commands",
            Endpoint::Commands { .. } => "/applications/{application_id}/guilds/{guild_id}/commands",
            Endpoint::Command { guild: None, .. } => "/applications/{application_id}/commands/{command_id}",
            Endpoint::Command { .. } => "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
            Endpoint::Callback { .. } => "/interactions/{interaction_id}/{interaction_token}/callback",
            Endpoint::Webhook { .. } => "/webhooks/{webhook_id}/{webhook_token}",
            Endpoint::WebhookMessage { message: None, .. } => {
                "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
            }
            Endpoint::WebhookMessage { .. } => "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
            Endpoint::Messages { .. } => "/channels/{channel_id}/messages",
            Endpoint::Message { .. } => "/channels/{channel_id}/messages/{message_id}",
            Endpoint::Reaction { .. } => "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            Endpoint::Pin { .. } => "/channels/{channel_id}/messages/pins/{message_id}",
            Endpoint::Typing { .. } => "/channels/{channel_id}/typing",
            Endpoint::Channel { .. } => "/channels/{channel_id}",
            Endpoint::User { .. } => "/users/{user_id}",
            Endpoint::OwnGuilds => "/users/@me/guilds",
            Endpoint::OwnChannels => "/users/@me/channels",
            Endpoint::Guild { .. } => "/guilds/{guild_id}",
            Endpoint::GuildChannels { .. } => "/guilds/{guild_id}/channels",
            Endpoint::GuildRoles { .. } => "/guilds/{guild_id}/roles",
            Endpoint::GuildMember { .. } => "/guilds/{guild_id}/members/{user_id}",
            Endpoint::Emojis { .. } => "/applications/{application_id}/emojis",
            Endpoint::CommandPermissions { .. } => {
                "/applications/{application_id}/guilds/{guild_id}/commands/permissions"
            }
            Endpoint::DefaultSounds => "/soundboard-default-sounds",
        }
    }

    /// Whether a POST, PUT or PATCH to it has a body.
    pub(super) fn takes_body(&self) -> bool {
        !matches!(self, Endpoint::Reaction { .. } | Endpoint::Pin { .. } | Endpoint::Typing { .. })
    }

    /// Whether the path itself carries the authority (an interaction's token), or nothing needs any.
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self,
            Endpoint::Gateway | Endpoint::Callback { .. } | Endpoint::Webhook { .. } | Endpoint::WebhookMessage { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_endpoints() {
        assert_eq!(
            Endpoint::of("/webhooks/1/tok/messages/@original"),
            Some(Endpoint::WebhookMessage { application: 1, token: "tok", message: None })
        );
        assert_eq!(
            Endpoint::of("/applications/1/guilds/2/commands"),
            Some(Endpoint::Commands { application: 1, guild: Some(2) })
        );
        assert_eq!(Endpoint::of("/applications/x/commands"), None);
        assert_eq!(Endpoint::of("/guilds/1"), Some(Endpoint::Guild { guild: 1 }));
        assert_eq!(Endpoint::of("/guilds/x"), None);
    }
}
