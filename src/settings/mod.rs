//! The settings: command line, then environment, then the configuration file, then defaults.
//!
//! Every key is described, with its default, in `config/rcp-bot.toml`. Only this module reads the environment.

mod layers;
mod load;
mod secrets;

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::catalogue::{Language, Problem};
use serde::{Deserialize, Deserializer};

/// Where Discord's API is when `DISCORD_API_URL` names no other place.
const DISCORD: &str = "https://discord.com";

/// Everything that an operator can set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where the catalogue lies and how it is watched: `[catalogue]`.
    pub catalogue: CatalogueSettings,
    /// Discord.
    pub discord: DiscordSettings,
    /// HTTP: the interactions endpoint, health and metrics.
    pub http: HttpSettings,
    /// Languages.
    pub language: LanguageSettings,
    /// How much one person may ask.
    pub limits: LimitSettings,
    /// Asking web addresses whether they still answer: `[links]`.
    pub links: LinkSettings,
    /// Logs.
    pub log: LogSettings,
    /// Who may change the catalogue from within Discord.
    pub moderation: ModerationSettings,
    /// The log of revisions.
    pub revisions: RevisionsSettings,
    /// The folder of what the bot keeps: revisions, audit, uploads that wait for a decision.
    pub state: StateFolder,
}

/// The folder of what the bot keeps; `state` unless set.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct StateFolder(pub PathBuf);

impl Default for StateFolder {
    fn default() -> StateFolder {
        StateFolder(PathBuf::from("state"))
    }
}

/// `[catalogue]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogueSettings {
    /// The folder; without one, `data/` where it is, else the catalogue built into the binary.
    pub data: Option<PathBuf>,
    /// Whether the folder is watched and read again when it changes.
    pub watch: bool,
    /// For how long nothing must have changed before the watched folder is read, in milliseconds.
    pub debounce: u64,
    /// How often the watched folder is looked at whether it gave events or not, in milliseconds; 0 for never.
    pub poll: u64,
    /// Whether what a new version of the program brings is merged into the folder at its first start.
    pub merge: bool,
}

impl Default for CatalogueSettings {
    fn default() -> CatalogueSettings {
        CatalogueSettings { data: None, watch: false, debounce: 500, poll: 0, merge: true }
    }
}

/// `[moderation]`. Without it there is no `/rcp-admin`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModerationSettings {
    /// The servers in which moderators act.
    #[serde(deserialize_with = "ids")]
    pub guilds: Vec<u64>,
    /// The roles that moderate there.
    #[serde(deserialize_with = "ids")]
    pub roles: Vec<u64>,
    /// The people who moderate there.
    #[serde(deserialize_with = "ids")]
    pub users: Vec<u64>,
    /// The channel in which changes and refusals are told.
    #[serde(deserialize_with = "optional_id")]
    pub audit_channel: Option<u64>,
    /// The channel in which readers are told what is new.
    #[serde(deserialize_with = "optional_id")]
    pub news_channel: Option<u64>,
}

/// `[revisions]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RevisionsSettings {
    /// Where the revisions are kept; without it, `revisions` in the state folder.
    pub url: Option<String>,
    /// How often a log at `url` is looked at for revisions that another process made, in milliseconds; 0 for never.
    pub poll: u64,
}

impl Default for RevisionsSettings {
    fn default() -> RevisionsSettings {
        RevisionsSettings { url: None, poll: 10_000 }
    }
}

/// `[discord]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DiscordSettings {
    /// A server in which `/rcp` is registered at once, instead of everywhere.
    #[serde(deserialize_with = "optional_id")]
    pub development_guild: Option<u64>,
    /// The base of Discord's REST API, without `/api/v10`.
    pub api_url: String,
    /// The gateway's shards that this process serves; without it all, as many as Discord recommends.
    pub shards: Option<ShardRange>,
    /// After how many seconds without an acknowledged heartbeat a shard counts as deaf and is connected anew.
    pub deaf_after: u64,
    /// Whom Discord can write to about this bot, an address of its operator's: told with every request.
    pub contact: Option<String>,
    /// The hosts from which attachments are fetched, where `api_url` is not Discord itself but a proxy.
    pub attachment_hosts: Vec<String>,
}

impl DiscordSettings {
    /// Whether the API is Discord's own, not that of a proxy or of another Discord.
    pub fn is_discord(&self) -> bool {
        self.api_url == DISCORD
    }
}

/// Some of an application's shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardRange {
    /// The first and the last shard of this process, counted from 0.
    pub range: [u32; 2],
    /// How many shards the application has in all its processes.
    pub total: u32,
}

impl Default for DiscordSettings {
    fn default() -> DiscordSettings {
        DiscordSettings {
            development_guild: None,
            api_url: DISCORD.to_owned(),
            shards: None,
            deaf_after: 52,
            contact: None,
            attachment_hosts: Vec::new(),
        }
    }
}

/// `[http]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// The address to listen on.
    pub listen: Option<SocketAddr>,
    /// For how many seconds a signed request is taken, before or after its time.
    pub max_age: u64,
    /// How many clients may be connected at once.
    pub connections: usize,
}

impl Default for HttpSettings {
    fn default() -> HttpSettings {
        HttpSettings { listen: None, max_age: 300, connections: 1_024 }
    }
}

impl HttpSettings {
    /// The address to listen on, or the default one.
    pub fn address(&self) -> SocketAddr {
        self.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)))
    }
}

/// `[language]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageSettings {
    /// For those of whom nothing else is known.
    pub default: Language,
    /// The language of public answers in a server, by its id.
    #[serde(deserialize_with = "servers")]
    pub servers: HashMap<u64, Language>,
}

impl Default for LanguageSettings {
    fn default() -> LanguageSettings {
        LanguageSettings { default: Language::Fr, servers: HashMap::new() }
    }
}

/// `[links]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSettings {
    /// How long a host is left alone after each answer, in milliseconds.
    pub pause: u64,
}

impl Default for LinkSettings {
    fn default() -> LinkSettings {
        LinkSettings { pause: 1_000 }
    }
}

/// `[limits]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// How many searches and pictures a person may ask for in a minute; 0 for any number.
    pub searches: u32,
}

impl Default for LimitSettings {
    fn default() -> LimitSettings {
        LimitSettings { searches: 30 }
    }
}

/// `[log]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// How lines look.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line, for machines.
    Json,
}

/// What the command line sets for every subcommand.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--data`.
    pub data: Option<PathBuf>,
    /// `--state`.
    pub state: Option<PathBuf>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// The file that was named, or the usual one, is there but cannot be read.
    #[error("the configuration file {path} cannot be read: {reason}; check the path given with --config or RCP_CONFIG")]
    NoFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A key or a value is wrong: where it stands, what is wrong with it and how to mend it.
    #[error("{0}")]
    Wrong(Box<Problem>),
    /// There is no public key.
    #[error(
        "no public key: set DISCORD_PUBLIC_KEY to the one that Discord's developer portal shows under General \
         Information"
    )]
    NoPublicKey,
    /// The public key is none.
    #[error("DISCORD_PUBLIC_KEY is not a public key, which is 64 digits from 0 to 9 and a to f: copy it again")]
    PublicKey,
    /// The application's id is none.
    #[error("DISCORD_APPLICATION_ID: {0:?} is not an application's id, which is a number: copy it again")]
    ApplicationId(String),
    /// There is no token.
    #[error(
        "no bot token: {}set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it (the README says where to get one).\n  \
         To try the bot without a token: rcp-bot ask \"/rcp region Amériques\"",
        .instead.map(|name| format!("{name} is not read; ")).unwrap_or_default()
    )]
    NoToken {
        /// A variable that is set and that others call so.
        instead: Option<&'static str>,
    },
    /// The token's file cannot be read.
    #[error("DISCORD_TOKEN_FILE: {path} cannot be read: {reason}")]
    TokenFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The token's file holds nothing.
    #[error("DISCORD_TOKEN_FILE: {0} is empty: write the bot's token into it")]
    EmptyTokenFile(PathBuf),
    /// The token has a form that no token has.
    #[error(
        "{place}: the bot token {fault}: copy it again from Discord's developer portal (Bot, Reset Token); a token is three parts of \
         letters, digits, - and _ with a dot between them"
    )]
    TokenForm {
        /// The variable, or the file, that holds it.
        place: String,
        /// What is wrong with it.
        fault: &'static str,
    },
}

/// What is to be logged, as `RUST_LOG` says it; `None` where it is not set or empty.
pub fn log_filter() -> Option<String> {
    env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty())
}

/// Whether a person wants no colours in terminals. (no-color.org: `NO_COLOR` is set and not empty.)
pub fn no_colours() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether `MALLOC_ARENA_MAX` says how many heaps the program may have. (mallopt(3))
pub fn heaps_are_chosen() -> bool {
    env::var_os("MALLOC_ARENA_MAX").is_some()
}

/// What the environment says of object stores: the variables of each store's own tools (`AWS_…`, `AZURE_…`, `GOOGLE_…`),
/// by their names in lower case. There are secrets among the values.
pub fn store_variables() -> BTreeMap<String, String> {
    let variables = env::vars_os().filter_map(|(name, value)| {
        let name = name.to_str()?.to_ascii_lowercase();
        let own = ["aws_", "azure_", "google_"].iter().any(|prefix| name.starts_with(prefix));
        own.then(|| Some((name, value.into_string().ok()?)))?
    });
    variables.collect()
}

/// The folder of the catalogue: the one that was set, else `data/` where it is, else none: the built-in catalogue.
pub fn data_folder(settings: &Settings) -> Option<PathBuf> {
    let default = Path::new("data");
    settings.catalogue.data.clone().or_else(|| default.is_dir().then(|| default.to_owned()))
}

/// A Discord id as people write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u64),
    Text(String),
}

impl Written {
    /// The ids in it, which a text separates by commas; 0 and empty text mean none.
    fn ids<E: serde::de::Error>(self) -> Result<Vec<u64>, E> {
        let ids = match self {
            Written::Number(id) => vec![id],
            Written::Text(text) => text
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(|id| id.parse().map_err(|_| E::custom(format!("{id:?} is not a Discord id, which is a number"))))
                .collect::<Result<Vec<u64>, E>>()?,
        };
        Ok(ids.into_iter().filter(|id| *id != 0).collect())
    }
}

/// Languages by the ids of servers.
fn servers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<u64, Language>, D::Error> {
    let written = HashMap::<String, Language>::deserialize(deserializer)?;
    let number = |id: &str| {
        let wanted = "a server's id, which is a number (Discord copies it with developer mode on)";
        id.parse().map_err(|_| serde::de::Error::custom(format!("{id:?} is not {wanted}")))
    };
    written.into_iter().map(|(id, language)| Ok((number(&id)?, language))).collect()
}

/// A Discord id, written as a number or as text; 0 and empty text mean none.
fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let ids = Option::<Written>::deserialize(deserializer)?.map_or(Ok(Vec::new()), Written::ids::<D::Error>)?;
    match ids.as_slice() {
        [] => Ok(None),
        [id] => Ok(Some(*id)),
        _ => Err(serde::de::Error::custom("one Discord id is wanted here, not several")),
    }
}

/// Discord ids: a list, or a text (as the environment gives it) that separates them by commas.
fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(Written),
        List(Vec<Written>),
    }
    let written = match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(one) => vec![one],
        OneOrMore::List(list) => list,
    };
    let ids: Vec<Vec<u64>> = written.into_iter().map(Written::ids::<D::Error>).collect::<Result<_, _>>()?;
    Ok(ids.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moderation(toml: &str) -> Result<ModerationSettings, String> {
        toml::from_str(toml).map_err(|error| error.to_string())
    }

    #[test]
    fn ids_are_read_however_they_are_written() {
        for (toml, expected) in [
            ("", &[][..]),
            ("guilds = 5", &[5]),
            ("guilds = \"5\"", &[5]),
            ("guilds = \" 5, 6 ,\"", &[5, 6]),
            ("guilds = [5, \"6\", \"7,8\"]", &[5, 6, 7, 8]),
            ("guilds = \"\"", &[]),
            ("guilds = [0]", &[]),
        ] {
            assert_eq!(moderation(toml).expect(toml).guilds, expected, "{toml}");
        }
        assert_eq!(moderation("audit_channel = \"9\"").expect("one id").audit_channel, Some(9));
        for toml in ["guilds = \"x\"", "guilds = [-1]", "audit_channel = \"1,2\"", "guild = 1"] {
            assert!(moderation(toml).is_err(), "{toml}");
        }
    }
}
