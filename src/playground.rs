//! The playground: the real bot at a Discord of its own, which a person uses in the browser.
//!
//! Lives here: who and what is in that Discord, and the settings with which the bot comes to it. The bot is the same
//! client of the gateway as `run` starts, over a real WebSocket and REST; the page belongs to
//! [`local_discord`].

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use secrecy::SecretString;
use tracing::warn;

use crate::settings::{Settings, StateFolder};
use local_discord::{
    self, DEFAULT_GUILD, Judge, LocalDiscord, OpenApi, PageChannel, PageOptions, PagePerson, PageRole,
};

/// What Discord's permission bits MANAGE_GUILD and MANAGE_MESSAGES allow, with what everyone may do.
const MODERATOR: u64 = 1 << 5 | 1 << 6 | 1 << 10 | 1 << 11 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 31;

/// The moderators' role.
const MODERATORS: u64 = 1_100_000_000_000_000_200;

/// The channel to which the bot reports the moderators' acts.
const JOURNAL: u64 = 1_100_000_000_000_000_300;

/// The beginning of the name of the folder in which a playground keeps its state.
const STATE: &str = "rcp-bot-playground";

/// How a playground starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on the loopback; 0 for any free one.
    pub port: u16,
    /// Whether to open the page in the browser.
    pub open: bool,
    /// Discord's published API document, by which the side panel judges every payload; without it, by Discord's
    /// documented limits alone.
    pub api_document: Option<PathBuf>,
}

/// A running playground, still without the bot.
pub struct Playground {
    discord: LocalDiscord,
    settings: Settings,
    /// A folder of its own for what the bot keeps, which goes when the playground ends.
    state: Option<PathBuf>,
    open: bool,
}

impl Playground {
    /// Starts the local Discord.
    pub async fn start(settings: &Settings, options: &Options) -> anyhow::Result<Playground> {
        let secret = local_discord::secret().context("the system gives no random bytes")?;
        let mut settings = settings.clone();
        // Revisions of a try-out are nobody's history, unless a folder for them was named.
        let default = settings.state.0 == StateFolder::default().0 && settings.revisions.url.is_none();
        let state = default.then(|| std::env::temp_dir().join(format!("{STATE}-{secret}")));
        if let Some(folder) = &state {
            settings.state = StateFolder(folder.clone());
        }
        let discord = LocalDiscord::start(discord(options)?).await.with_context(|| match options.port {
            0 => "no port of the loopback can be opened".to_owned(),
            port => format!("the port {port} cannot be opened; leave out --port to take a free one"),
        })?;
        settings.discord.api_url = discord.url();
        settings.discord.development_guild = None;
        settings.catalogue.watch = true;
        settings.moderation.guilds = vec![DEFAULT_GUILD];
        settings.moderation.roles = vec![MODERATORS];
        settings.moderation.users = Vec::new();
        settings.moderation.audit_channel = Some(JOURNAL);
        Ok(Playground { discord, settings, state, open: options.open })
    }

    /// Waits until the bot has come, prints the address of the page and opens it: what is wrong with the catalogue or the
    /// settings is told before anybody looks at a page without a bot.
    pub async fn announce(&self) {
        // Each wait ends after a minute at the latest; a slow start is no reason to keep the address back for ever.
        let _ = self.discord.wait_for_ready().await;
        let Some(address) = self.discord.page_url() else { return };
        // Nobody may be reading; the playground is there all the same.
        let _ = writeln!(anstream::stdout().lock(), "The playground is at {address}\nCtrl-C ends it.");
        if self.open
            && let Err(error) = open::that_detached(&address)
        {
            warn!(%error, "no browser could be opened: open the address yourself");
        }
    }

    /// The settings with which the bot comes here: at this Discord, moderated, its data folder watched.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The token of the bot here, which opens nothing else.
    pub fn token(&self) -> SecretString {
        SecretString::from(self.discord.token())
    }

    /// Ends it, once the bot has gone.
    pub async fn stop(self) {
        self.discord.stop().await;
        if let Some(folder) = &self.state {
            remove(folder);
        }
    }
}

fn remove(folder: &Path) {
    // It is not there if the bot ended before it kept anything.
    if folder.exists()
        && let Err(error) = fs::remove_dir_all(folder)
    {
        warn!(%error, folder = %folder.display(), "a temporary folder could not be removed");
    }
}

/// The Discord of the playground: one server with a channel for all and one for the moderators' journal, a member and a
/// moderator. Nothing but this bot knows its token.
fn discord(options: &Options) -> anyhow::Result<local_discord::Options> {
    let mut judges: Vec<Arc<dyn Judge>> = Vec::new();
    if let Some(path) = &options.api_document {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let document = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
        judges.push(Arc::new(OpenApi::new(document)));
    }
    let person = |name: &str, roles, permissions| PagePerson { name: name.to_owned(), roles, permissions };
    let moderators = vec![PageRole { id: MODERATORS, name: "Moderators".to_owned() }];
    let page = PageOptions {
        guild_name: "Playground".to_owned(),
        people: vec![person("Amina", Vec::new(), None), person("Bruno", moderators, Some(MODERATOR))],
        channels: vec![PageChannel { id: JOURNAL, name: "journal".to_owned() }],
    };
    Ok(local_discord::Options {
        port: options.port,
        page: Some(page),
        name: "rcp-bot".to_owned(),
        judges,
        ..local_discord::Options::default()
    })
}
