//! What Discord knows: whether it can be reached, the token, the key, the clock, the gateway, the commands.

use std::time::Duration;

use data_encoding::HEXLOWER;
use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{CONNECTION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use serde::Deserialize;
use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;

use crate::admin;
use crate::commands;
use crate::doctor::audit_channel;
use crate::doctor::line::Line;
use crate::doctor::way::Way;
use crate::settings::{BadSettings, DiscordSettings, Settings};
use crate::transport::gateway::GatewayBot;
use crate::transport::rest::client::{Failed, Rest, http_client};
use crate::transport::rest::registration::{Application, Scope, application};

/// How far this machine's clock may be from Discord's before it is told.
const CLOCK: SignedDuration = SignedDuration::from_secs(30);

/// How long the gateway may take for its first words.
const GREETING: Duration = Duration::from_secs(10);

/// The first byte of a message of text, and of one that closes the connection. (RFC 6455, 5.2.)
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;

/// What Discord tells everybody of its gateway. (Discord: events/gateway, "Get Gateway".)
#[derive(Deserialize)]
struct GatewayAddress {
    #[serde(rename = "url")]
    _url: String,
}

/// Tries what a start needs of Discord.
pub(super) async fn examine(settings: &Settings, way: Way, tell: &mut dyn FnMut(Line)) {
    let token = match Settings::token() {
        Ok(token) => Ok(Some(token)),
        Err(BadSettings::NoToken { .. }) if way == Way::Serve => Ok(None),
        Err(error) => Err(Line::error("token", error.to_string())),
    };
    let rest = Rest::new(&settings.discord, token.as_ref().ok().cloned().flatten());
    let rest = match rest {
        Ok(rest) => rest,
        Err(error) => return tell(Line::error("discord", error.to_string())),
    };
    let reached = match answers(&rest).await {
        Ok(time) => {
            tell(Line::well("discord", format!("{} answers", settings.discord.api_url)));
            tell(clock(settings, way, time));
            true
        }
        Err(failed) => {
            let elsewhere = match settings.discord.is_discord() {
                true => "",
                false => "; is this the address that DISCORD_API_URL should name?",
            };
            tell(Line::error("discord", format!("{failed}; nothing else was asked of it{elsewhere}")));
            false
        }
    };
    let application = match token {
        Err(line) => {
            tell(line);
            None
        }
        Ok(None) => {
            tell(no_token(settings));
            None
        }
        Ok(Some(_)) if !reached => {
            tell(match Settings::application_id() {
                Ok(_) => Line::warning("token", "has the form of one; Discord could not be asked whether it knows it"),
                Err(error) => Line::error("token", error.to_string()),
            });
            None
        }
        Ok(Some(_)) => token_of(&rest, tell).await,
    };
    if way == Way::Serve {
        tell(key(application.as_ref()));
    }
    let Some(application) = application else { return };
    if way == Way::Run {
        tell(gateway(settings, &rest).await);
    }
    registered(settings, way, &rest, application.id(), tell).await;
    if let Some(channel) = settings.moderation.audit_channel {
        tell(audit_channel::examine(&rest, "audit channel", "audit_channel", channel).await);
    }
    if let Some(channel) = settings.moderation.news_channel {
        tell(audit_channel::examine(&rest, "news channel", "news_channel", channel).await);
    }
}

/// What Discord's clock says. Anything that speaks HTTP has one: who tells the gateway's address is Discord.
async fn answers(rest: &Rest) -> Result<Option<Timestamp>, Failed> {
    let time = rest.time().await?;
    let _: GatewayAddress = rest.get("/gateway").await?;
    Ok(time)
}

fn clock(settings: &Settings, way: Way, discord: Option<Timestamp>) -> Line {
    let Some(discord) = discord else {
        return Line::warning("clock", "Discord's answer has no date to compare it with");
    };
    let off = Timestamp::now().duration_since(discord);
    let (seconds, direction) = (off.as_secs().unsigned_abs(), if off.is_negative() { "behind" } else { "ahead of" });
    if off.abs() <= CLOCK {
        return Line::well("clock", "agrees with Discord's");
    }
    let text =
        format!("is {seconds} seconds {direction} Discord's: set it right (timedatectl set-ntp true, for instance)");
    match way {
        // So old, or so new, no signed interaction is taken.
        Way::Serve if seconds > settings.http.max_age => {
            Line::error("clock", format!("{text}; every interaction would be refused ([http] max_age)"))
        }
        Way::Serve | Way::Run => Line::warning("clock", text),
    }
}

fn no_token(settings: &Settings) -> Line {
    let audit = settings.moderation.audit_channel.map(|channel| ("audit", channel));
    match audit.or(settings.moderation.news_channel.map(|channel| ("news", channel))) {
        None => Line::well("token", "none is set, and rcp-bot serve needs none"),
        Some((what, channel)) => {
            let text = format!("none is set, and so nothing would be told in the {what} channel {channel}");
            Line::error("token", format!("{text}: set DISCORD_TOKEN or DISCORD_TOKEN_FILE"))
        }
    }
}

/// The application whose token it is.
async fn token_of(rest: &Rest, tell: &mut dyn FnMut(Line)) -> Option<Application> {
    let application = match application(rest).await {
        Ok(application) => application,
        Err(Failed::Refused { status: StatusCode::UNAUTHORIZED, .. }) => {
            let mend = "copy it again from the developer portal (Bot, Reset Token)";
            tell(Line::error("token", format!("Discord does not know this token: {mend}")));
            return None;
        }
        Err(failed) => {
            tell(Line::error("token", format!("Discord does not say whose it is: {failed}; try again later")));
            return None;
        }
    };
    tell(match Settings::application_id() {
        Ok(Some(id)) if id != application.id() => {
            let text = format!("is that of application {}, and DISCORD_APPLICATION_ID names {id}", application.id());
            Line::error("token", format!("{text}: take that variable away, or correct it"))
        }
        Ok(_) => Line::well("token", format!("is that of application {}", application.id())),
        Err(error) => Line::error("token", error.to_string()),
    });
    Some(application)
}

fn key(application: Option<&Application>) -> Line {
    let key = match Settings::public_key().map(|key| (VerifyingKey::from_bytes(&key).is_ok(), HEXLOWER.encode(&key))) {
        Ok((true, key)) => key,
        Ok((false, _)) => return Line::error("public key", BadSettings::PublicKey.to_string()),
        Err(error) => return Line::error("public key", error.to_string()),
    };
    match application {
        None => Line::well("public key", "has the form of one (with a token set, too, it is compared with Discord's)"),
        Some(application) if application.verify_key.eq_ignore_ascii_case(&key) => {
            Line::well("public key", format!("is that of application {}", application.id()))
        }
        Some(application) => {
            let text = format!("is not that of application {}, whose token is set", application.id());
            Line::error("public key", format!("{text}: copy it again from the developer portal (General Information)"))
        }
    }
}

async fn gateway(settings: &Settings, rest: &Rest) -> Line {
    let gateway = match GatewayBot::look_up(rest).await {
        Ok(gateway) => gateway,
        Err(failed) => {
            let wait = failed.wait().map(|wait| format!(" (in {} seconds)", wait.as_secs())).unwrap_or_default();
            return Line::error(
                "gateway",
                format!("Discord does not say where it is: {failed}; try again later{wait}"),
            );
        }
    };
    let sessions = gateway.sessions(settings);
    if let Some(wait) = gateway.wait(settings) {
        let minutes = wait.as_secs().div_ceil(60);
        let text = format!("Discord lets this application begin no {sessions} sessions for {minutes} minutes");
        return Line::error(
            "gateway",
            format!("{text}: something started it again and again; a start waits that long"),
        );
    }
    if let Err(reason) = greeting(&settings.discord, &gateway.url).await {
        return Line::error("gateway", format!("{}: {reason}", gateway.url));
    }
    // No intents are asked for, and so none can be refused.
    let text = format!("greets; {sessions} of its shards would be served, without intents");
    match settings.discord.shards {
        Some(shards) if shards.total < gateway.shards => {
            let mend = "set [discord] shards to as many";
            Line::warning(
                "gateway",
                format!("{text}; Discord recommends {} instead of {}: {mend}", gateway.shards, shards.total),
            )
        }
        _ => Line::well("gateway", text),
    }
}

/// Connects to the gateway without logging in, and waits for its first words. What is wrong comes back with its mend.
async fn greeting(discord: &DiscordSettings, url: &str) -> Result<(), String> {
    let check = "check the network and the firewall: it must let WebSockets through";
    let address = url.replacen("ws", "http", 1);
    let request = || async {
        let client = http_client(discord).build()?;
        let request = client.get(format!("{}/?v=10&encoding=json", address.trim_end_matches('/')));
        let request = request.header(CONNECTION, "Upgrade").header(UPGRADE, "websocket");
        // The key's value proves nothing to us: it only has to be 16 bytes in base64.
        let request = request.header(SEC_WEBSOCKET_VERSION, "13").header(SEC_WEBSOCKET_KEY, "cmNwLWJvdCBkb2N0b3IhIQ==");
        request.timeout(GREETING).send().await
    };
    let response =
        request().await.map_err(|error| format!("it cannot be reached: {}; {check}", error.without_url()))?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Err(format!("it answers {} to a WebSocket; {check}", response.status()));
    }
    let mut first = [0; 4];
    let read = async { response.upgrade().await.ok()?.read_exact(&mut first).await.ok() };
    let read = timeout(GREETING, read).await;
    match (read, first) {
        (Ok(Some(_)), [TEXT, ..]) => Ok(()),
        (Ok(Some(_)), [CLOSE, _, high, low]) => {
            let code = u16::from_be_bytes([high, low]);
            Err(format!("it closes the connection at once (code {code}); wait, and look at https://discordstatus.com"))
        }
        _ => Err(format!("it is silent; {check}")),
    }
}

/// A registered command, of which nothing but the name matters here.
#[derive(Deserialize)]
struct Registered {
    name: String,
}

/// Whether the commands are where they are set to be, or can be registered there.
async fn registered(settings: &Settings, way: Way, rest: &Rest, application: u64, tell: &mut dyn FnMut(Line)) {
    let global = match settings.discord.development_guild {
        None => (Scope::Global, commands::ROOT),
        Some(guild) => (Scope::Guild(guild), commands::ROOT),
    };
    let guilds = settings.moderation.guilds.iter().map(|guild| (Scope::Guild(*guild), admin::ROOT));
    for (scope, command) in std::iter::once(global).chain(guilds) {
        let place = match scope {
            Scope::Global => "everywhere".to_owned(),
            Scope::Guild(guild) => format!("in server {guild}"),
        };
        let listed: Result<Vec<Registered>, Failed> = rest.get(&scope.route(application)).await;
        tell(match (listed, way) {
            (Ok(listed), _) if listed.iter().any(|one| one.name == command) => {
                Line::well("commands", format!("/{command} is registered {place}"))
            }
            (Ok(_), Way::Run) => {
                Line::well("commands", format!("/{command} is not registered {place} yet; a start does it"))
            }
            (Ok(_), Way::Serve) => {
                Line::warning("commands", format!("/{command} is not registered {place}: rcp-bot register does it"))
            }
            (Err(failed @ Failed::Refused { .. }), _) if !failed.may_pass() && scope != Scope::Global => {
                let link =
                    format!("https://discord.com/oauth2/authorize?client_id={application}&scope=applications.commands");
                let text = format!("/{command} cannot be registered {place} ({failed})");
                Line::error(
                    "commands",
                    format!("{text}: correct the server's id, or have the application installed there with {link}"),
                )
            }
            (Err(failed), _) => Line::error("commands", format!("{place}: {failed}; try again later")),
        });
    }
}
