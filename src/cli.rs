//! The command line: which way in to start. Exit codes: 0; 1 it failed or the catalogue has errors; 2 wrong usage or
//! settings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Read, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use annotate_snippets::Renderer;
use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;
use tokio::sync::{Mutex, mpsc};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::admin::{AdminCommands, Rights};
use crate::blocking::blocking;
use crate::catalogue::{Files, Report};
use crate::clock::today;
use crate::commands::{self, Caller, Component, ComponentAnswer, Languages, MESSAGE_COMMANDS, TargetMessage};
use crate::doctor::{self, Line, Verdict, Way};
use crate::links::{self, Link, LinkState, Pace};
use crate::lookup::MAX_CITING;
use crate::memory;
#[cfg(feature = "playground")]
use crate::playground::{self, Playground};
use crate::publishing::{
    Actor, Changed, Finish, MergeBase, MergePreview, NoCatalogue, NotChanged, NotMerged, Publisher,
};
use crate::reply::Reply;
use crate::schemas;
use crate::settings::{self, BadSettings, ModerationSettings, Overrides, Settings, data_folder};
use crate::signals::Signals;
use crate::snapshot::Snapshot;
use crate::supervise::Supervisor;
use crate::telemetry::{self, Counters, VainSearches, metrics};
use crate::transport::audit_channel::AuditChannel;
use crate::transport::driver::Bot;
use crate::transport::endpoint::server;
use crate::transport::gateway::shards::Shards;
use crate::transport::letters::Letters;
use crate::transport::monitor::Monitor;
use crate::transport::news_channel::NewsChannel;
use crate::transport::rate_limit::RateLimit;
use crate::transport::responder::Responder;
use crate::transport::rest::attachment::Attachments;
use crate::transport::rest::client::Rest;
use crate::transport::rest::registration::{application_id, register_as_set};
use crate::transport::{callback, endpoint, gateway, terminal};
use crate::{admin, publishing};

/// Answers questions on regional consultative processes on migration, on Discord and in the terminal.
#[derive(Debug, Parser)]
#[command(name = "rcp-bot", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    action: Action,
    // May stand before the subcommand, too; each one's help shows those that mean something to it.
    #[command(flatten)]
    before: Before,
}

#[derive(Debug, clap::Args)]
struct Before {
    #[arg(long, value_name = "FILE", hide = true)]
    config: Option<PathBuf>,
    #[arg(long, value_name = "DIR", hide = true)]
    data: Option<PathBuf>,
    #[arg(long, value_name = "DIR", hide = true)]
    state: Option<PathBuf>,
}

// What every subcommand takes that reads the settings. (A docstring would stand in the subcommand's help.)
#[derive(Debug, clap::Args)]
struct Config {
    /// The configuration file (default: config/rcp-bot.toml, if it is there).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

// The same for those that read the catalogue.
#[derive(Debug, clap::Args)]
struct Catalogue {
    #[command(flatten)]
    config: Config,
    /// The catalogue's folder (default: data, if it is there; else the catalogue built into the program).
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

// The same for those that keep something.
#[derive(Debug, clap::Args)]
struct Places {
    #[command(flatten)]
    catalogue: Catalogue,
    /// The folder of what the bot keeps: revisions, audit, uploads (default: state).
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

impl Arguments {
    /// What the command line sets; what stands nearer to what it belongs to counts.
    fn overrides(&self) -> Overrides {
        let places = |places: &Places| {
            let Places { catalogue: Catalogue { config, data }, state } = places;
            (config.config.clone(), data.clone(), state.clone())
        };
        let catalogue = |Catalogue { config, data }: &Catalogue| (config.config.clone(), data.clone(), None);
        let (config, data, state) = match &self.action {
            Action::Run { places: all } | Action::Serve { places: all } | Action::Register { places: all } => {
                places(all)
            }
            #[cfg(feature = "playground")]
            Action::Playground { places: all, .. } => places(all),
            Action::Doctor { places: all, .. } | Action::Merge { places: all, .. } => places(all),
            Action::Ask { catalogue: all, .. } | Action::Commands { catalogue: all } => catalogue(all),
            Action::Check { catalogue: all, .. } => catalogue(all),
            Action::Schemas { .. } => (None, None, None),
        };
        let before = &self.before;
        Overrides {
            config: config.or_else(|| before.config.clone()),
            data: data.or_else(|| before.data.clone()),
            state: state.or_else(|| before.state.clone()),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Answers over Discord's gateway; needs a token in DISCORD_TOKEN or DISCORD_TOKEN_FILE.
    #[command(after_help = "Example: DISCORD_TOKEN_FILE=/etc/rcp-bot/token rcp-bot run --data /var/lib/rcp-bot/data")]
    Run {
        #[command(flatten)]
        places: Places,
    },
    /// Answers over Discord's HTTP interactions endpoint; needs the application's public key in DISCORD_PUBLIC_KEY.
    ///
    /// It listens on 127.0.0.1:8080, or on the address that [http] listen (RCP_HTTP__LISTEN) names: at /interactions for
    /// Discord, through a proxy that brings HTTPS, and at /healthz, /readyz and /metrics for operators.
    #[command(after_help = "Example: DISCORD_PUBLIC_KEY=… RCP_HTTP__LISTEN=127.0.0.1:8081 rcp-bot serve")]
    Serve {
        #[command(flatten)]
        places: Places,
    },
    /// Registers the commands with Discord once; needs a token. `run` does it by itself.
    #[command(after_help = "Example: DISCORD_TOKEN_FILE=/etc/rcp-bot/token rcp-bot register")]
    Register {
        #[command(flatten)]
        places: Places,
    },
    /// Opens a local Discord in the browser, with this bot in it; needs no account and no token.
    #[cfg(feature = "playground")]
    #[command(after_help = "Example: rcp-bot playground --port 4799 --no-open")]
    Playground {
        #[command(flatten)]
        places: Places,
        /// The port on the loopback (default: a free one).
        #[arg(long, default_value_t = 0, hide_default_value = true)]
        port: u16,
        /// Only prints the address.
        #[arg(long)]
        no_open: bool,
        /// Discord's published API document (openapi.json), by which the side panel judges every payload.
        #[arg(long, value_name = "FILE")]
        api_document: Option<PathBuf>,
    },
    /// Gives one answer in the terminal; needs no Discord.
    #[command(after_help = "Example: rcp-bot ask \"/rcp info Prague Process langue:en\"")]
    Ask {
        #[command(flatten)]
        catalogue: Catalogue,
        /// What a person types, such as: "/rcp region Amériques" or "/rcp info processus:Prague langue:en".
        #[arg(required_unless_present = "message")]
        command: Option<String>,
        /// Instead of a command, a message in a file (- for standard input): what it names is answered, as by the message
        /// command "Processus cités".
        #[arg(long, value_name = "FILE", conflicts_with = "command")]
        message: Option<PathBuf>,
        /// The Discord locale of the person who asks: fr, en-US, en-GB, es-ES, es-419 or any other.
        #[arg(long, default_value = "fr")]
        locale: String,
        /// Prints exactly the interaction callback body that Discord would get.
        #[arg(long)]
        json: bool,
        /// Writes the picture of the answer, a PNG, to this file; exit code 1 if the answer has none.
        #[arg(long, value_name = "FILE")]
        picture: Option<PathBuf>,
    },
    /// Tries all that a start needs, and prints a line for each with its mend; starts, registers and changes nothing.
    ///
    /// Exit code 0: a start would serve as it is set up. 1: it would not. 2: the settings cannot be read.
    #[command(after_help = "Example: DISCORD_TOKEN_FILE=/etc/rcp-bot/token rcp-bot doctor run")]
    Doctor {
        #[command(flatten)]
        places: Places,
        /// The way in to try (default: serve if DISCORD_PUBLIC_KEY is set, else run).
        #[arg(value_enum)]
        way: Option<Way>,
    },
    /// Checks a catalogue: every error and warning with its file, line and column.
    #[command(after_help = "Example: rcp-bot check /var/lib/rcp-bot/data --all")]
    Check {
        #[command(flatten)]
        catalogue: Catalogue,
        /// The catalogue's folder; the same as --data, and counts more.
        dir: Option<PathBuf>,
        /// How to print what was found.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
        /// Shows each warning with its line; without it, those of one kind make one line.
        #[arg(long)]
        all: bool,
        /// Asks every web address that the catalogue names whether it still answers, one at a time for each host, and keeps
        /// what was found in the state folder (links.json).
        #[arg(long)]
        links: bool,
        /// With --links: an address that was alive within so many days is not asked again; 0 asks all.
        #[arg(long, value_name = "DAYS", default_value_t = 30, requires = "links")]
        alive_for: u32,
    },
    /// Merges what this version is shipped with into a catalogue that moderators have changed, field by field.
    ///
    /// What only this version changed comes in; what moderators changed stands; what both changed is listed and stays as
    /// moderators have it. The result is checked and becomes a revision, which /rcp-admin retablir can undo. A program
    /// that starts does it by itself, unless [catalogue] merge is false. Exit code 1: it has errors, and nothing changed.
    #[command(
        after_help = "Example: rcp-bot merge --data /var/lib/rcp-bot/data --state /var/lib/rcp-bot/state --dry-run"
    )]
    Merge {
        #[command(flatten)]
        places: Places,
        /// The catalogue to merge in (default: the one built into the program).
        dir: Option<PathBuf>,
        /// What the catalogue in use began from, where no revision says it: a folder, or a revision's number.
        #[arg(long, value_name = "DIR|NUMBER")]
        base: Option<String>,
        /// Only shows what would change, and what could not be decided.
        #[arg(long)]
        dry_run: bool,
    },
    /// Prints the command trees as they are sent to Discord: for those who change a command or the messages, and for
    /// registering them with another tool.
    #[command(after_help = "Example: rcp-bot commands > commands.json")]
    Commands {
        #[command(flatten)]
        catalogue: Catalogue,
    },
    /// Writes the JSON Schemas of the data files, with which editors complete and check while typing.
    #[command(after_help = "Example: rcp-bot schemas")]
    Schemas {
        /// Where to.
        #[arg(default_value = "schemas")]
        dir: PathBuf,
    },
}

impl Action {
    /// Whether it goes on until it is stopped, so that what it holds counts; what ends at once may well hold more and be
    /// done sooner.
    fn serves(&self) -> bool {
        match self {
            Action::Run { .. } | Action::Serve { .. } => true,
            #[cfg(feature = "playground")]
            Action::Playground { .. } => true,
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// How long a change of the catalogue may go on when the program is stopped. A store that is cut off is given up sooner.
const CHANGES_END_WITHIN: Duration = Duration::from_secs(60);

/// How long the program waits for the answer to a moderator whose change it has just ended.
const ANSWERS_GO_OUT_WITHIN: Duration = Duration::from_secs(1);

/// How many records may wait to be told in the audit channel.
const NOTICES: usize = 100;

/// What the command line takes, for the manual pages (config/man).
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.action.serves() {
        true => memory::share_heap(),
        false => memory::grow_in_large_steps(),
    }
    let settings = match Settings::load(&arguments.overrides()) {
        Ok(settings) => settings,
        Err(error) if matches!(arguments.action, Action::Doctor { .. }) => {
            // Nobody is left to tell if this cannot be written.
            let _ = print(&format!("{}\n", Line::error("settings", error.to_string())));
            return ExitCode::from(2);
        }
        Err(BadSettings::Wrong(problem)) => {
            complain(&problem.render(&Renderer::styled()));
            return ExitCode::from(2);
        }
        Err(error) => {
            complain(&format!("error: {error}"));
            return ExitCode::from(2);
        }
    };
    let done = match arguments.action {
        Action::Run { .. } => {
            telemetry::start(settings.log.format);
            run(&settings)
        }
        Action::Serve { .. } => {
            telemetry::start(settings.log.format);
            serve(&settings)
        }
        Action::Register { .. } => {
            telemetry::start(settings.log.format);
            register(&settings)
        }
        #[cfg(feature = "playground")]
        Action::Playground { port, no_open, api_document, .. } => {
            telemetry::start(settings.log.format);
            playground(&settings, &playground::Options { port, open: !no_open, api_document })
        }
        Action::Ask { command, message, locale, json, picture, .. } => {
            ask(&settings, (command.as_deref(), message.as_deref()), locale, json, picture.as_deref())
        }
        Action::Doctor { way, .. } => doctor(&settings, way.unwrap_or_else(Way::set)),
        Action::Check { dir, format, all, links, alive_for, .. } => {
            check(&settings, dir, format, all, links.then_some(alive_for))
        }
        Action::Merge { dir, base, dry_run, .. } => merge(&settings, dir.as_deref(), base.as_deref(), dry_run),
        Action::Commands { .. } => print_commands(&settings),
        Action::Schemas { dir } => schemas::write(&dir).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        complain(&format!("error: {error:#}"));
        if error.is::<BadSettings>() { ExitCode::from(2) } else { ExitCode::FAILURE }
    })
}

/// Answers over the gateway until a signal comes.
fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let token = Settings::token()?;
    until_stopped(async |signals| answer_gateway(settings, token, &signals).await)
}

/// The same, at a Discord of its own in the browser.
#[cfg(feature = "playground")]
fn playground(settings: &Settings, options: &playground::Options) -> anyhow::Result<ExitCode> {
    until_stopped(async |signals| {
        let playground = Playground::start(settings, options).await?;
        let answering = answer_gateway(playground.settings(), playground.token(), &signals);
        let announced = async {
            playground.announce().await;
            std::future::pending::<()>().await;
        };
        let answered = tokio::select! {
            answered = answering => answered,
            () = announced => Ok(()),
        };
        playground.stop().await;
        answered
    })
}

/// Runs something that ends when a signal comes.
fn until_stopped<S>(serve: S) -> anyhow::Result<ExitCode>
where
    S: AsyncFnOnce(Signals) -> anyhow::Result<()>,
{
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot start")?;
    runtime.block_on(async {
        let signals = Signals::hear().context("signals cannot be heard")?;
        serve(signals).await
    })?;
    // serenity may keep threads of its own busy; they end with the program.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

/// Makes everything ready and answers over the gateway until `stop` comes.
async fn answer_gateway(settings: &Settings, token: SecretString, signals: &Signals) -> anyhow::Result<()> {
    // Before anything is counted.
    let metrics = settings.http.listen.is_some().then(metrics::start).transpose()?;
    let tasks = Arc::new(Supervisor::default());
    let shards = Arc::new(Shards::new(Duration::from_secs(settings.discord.deaf_after)));
    let look_up = gateway::LookUp::begin(settings, token, Arc::clone(&shards))?;
    let Some(started) = signals.unless_stopped(start(settings, signals, &tasks)).await else { return Ok(()) };
    let (publisher, bot) = started?;
    let (changing, stop) = (Arc::clone(&publisher), signals.stop.clone());
    let vain = Arc::clone(bot.responder.vain_searches());
    // The monitor ends after the gateway, so that it can be seen stopping.
    let closed = CancellationToken::new();
    let mut monitored = None;
    if let Some(metrics) = metrics {
        let (shards, stop) = (Some(shards), stop.clone());
        let monitor = Monitor { publisher, tasks, shards, stop, metrics };
        let listener = endpoint::listen(&settings.http).await?;
        info!(address = %listener.local_addr()?, "health and metrics at /healthz, /readyz and /metrics");
        let serving = server::serve(listener, monitor.routes(), settings.http.connections, closed.clone());
        monitored = Some(tokio::spawn(serving));
    }
    let done = gateway::serve(settings, look_up, bot, stop.cancelled()).await;
    finish_changes(&changing).await;
    blocking(move || vain.write()).await;
    closed.cancel();
    if let Some(monitored) = monitored {
        monitored.await.context("the monitor panicked")?;
    }
    done
}

/// Answers over HTTP until a signal comes.
fn serve(settings: &Settings) -> anyhow::Result<ExitCode> {
    // Only for the channels of moderators and of news: answering needs no token.
    let token = match Settings::token() {
        Ok(token) => Some(token),
        Err(BadSettings::NoToken { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    Settings::public_key()?;
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot start")?;
    runtime.block_on(async {
        let signals = Signals::hear().context("signals cannot be heard")?;
        if token.is_none() {
            silent_channels(&settings.moderation);
        }
        // Before anything is counted.
        let metrics = metrics::start()?;
        let tasks = Arc::new(Supervisor::default());
        let Some(started) = signals.unless_stopped(start(settings, &signals, &tasks)).await else { return Ok(()) };
        let (publisher, bot) = started?;
        publisher.warm();
        let (changing, stop) = (Arc::clone(&publisher), signals.stop.clone());
        let vain = Arc::clone(bot.responder.vain_searches());
        let monitor = Monitor { publisher, tasks, shards: None, stop: stop.clone(), metrics };
        let done = endpoint::serve(settings, token, bot, monitor.routes(), stop).await;
        finish_changes(&changing).await;
        blocking(move || vain.write()).await;
        done
    })?;
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

/// Tells of each channel that is set that nothing will be told there, for want of a token.
fn silent_channels(moderation: &ModerationSettings) {
    let channels = [("audit_channel", moderation.audit_channel), ("news_channel", moderation.news_channel)];
    for (key, channel) in channels.into_iter().filter_map(|(key, channel)| Some((key, channel?))) {
        warn!(
            key,
            channel, "nothing is told in this channel: set DISCORD_TOKEN or DISCORD_TOKEN_FILE, as for rcp-bot run"
        );
    }
}

/// Registers the commands once.
fn register(settings: &Settings) -> anyhow::Result<ExitCode> {
    let rest = Rest::new(&settings.discord, Some(Settings::token()?))?;
    let snapshot = usable(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("the runtime cannot start")?.block_on(async {
        let application = match Settings::application_id()? {
            Some(id) => id,
            None => application_id(&rest).await.context("looking up the application")?,
        };
        register_as_set(settings, &rest, application, &snapshot.messages, None).await
    })?;
    print("the commands are registered\n")?;
    Ok(ExitCode::SUCCESS)
}

/// Begins to serve the catalogue, and to heed everything that changes it: signals, the watched folder, other replicas,
/// moderators.
async fn start(
    settings: &Settings,
    signals: &Signals,
    tasks: &Arc<Supervisor>,
) -> anyhow::Result<(Arc<Publisher>, Bot)> {
    let (send_notices, notices) = mpsc::channel(NOTICES);
    let told = settings.moderation.audit_channel.map(|_| send_notices);
    let state = settings.state.0.clone();
    let searched = blocking(move || VainSearches::within(&state));
    let (started, searched) = tokio::join!(publishing::start(settings, today, told), searched);
    let publisher = match started {
        Ok(publisher) => Arc::new(publisher),
        Err(NoCatalogue(report)) => {
            complain(&checked(&place_of(settings), None, &report, false));
            return Err(anyhow::Error::new(NoCatalogue(report)).context(all_shown(settings)));
        }
    };
    let snapshot = publisher.live().snapshot();
    info!(
        processes = snapshot.catalogue.processes.len(),
        origin = ?snapshot.origin,
        hash = snapshot.hash,
        "the catalogue is ready"
    );
    supervise(settings, signals, &publisher, tasks);
    let languages = Languages { default: settings.language.default, servers: settings.language.servers.clone() };
    let counters = Arc::new(Counters::default());
    let vain = Arc::new(searched);
    let mut responder =
        Responder::new(Arc::clone(publisher.live()), languages.clone()).with_vain_searches(Arc::clone(&vain));
    tasks.keep("searches", move || Arc::clone(&vain).keep());
    let (send_letters, letters) = mpsc::channel(NOTICES);
    let admin = match settings.moderation.guilds.is_empty() {
        true => None,
        false => {
            let rights = Rights::new(&settings.moderation);
            let fetch = Arc::new(Attachments::new(&settings.discord)?);
            let (publisher, counters) = (Arc::clone(&publisher), Arc::clone(&counters));
            let admin = AdminCommands::new(publisher, rights, languages.clone(), fetch, counters);
            let searches = Arc::clone(responder.vain_searches());
            Some(Arc::new(admin.with_letters(send_letters).with_searches(searches)))
        }
    };
    let audit_channel = settings.moderation.audit_channel.map(|channel| {
        let live = Arc::clone(publisher.live());
        AuditChannel { channel, notices: Mutex::new(notices), live, language: languages.default }
    });
    let letters = admin.is_some().then(|| Letters(Mutex::new(letters)));
    let news_channel = settings.moderation.news_channel.map(|channel| {
        let (teller, news) = mpsc::channel(NOTICES);
        publisher.send_news_to(teller);
        let (publisher, languages) = (Arc::clone(&publisher), languages.clone());
        NewsChannel { channel, news: Mutex::new(news), publisher, languages }
    });
    if let Some(searches) = NonZeroU32::new(settings.limits.searches) {
        responder = responder.with_rate_limit(RateLimit::new(searches));
    }
    let responder = Arc::new(responder);
    // What it brings is told, too.
    if settings.catalogue.merge {
        merge_beside(&publisher);
    }
    let tasks = Arc::clone(tasks);
    Ok((publisher, Bot { responder, admin, letters, audit_channel, news_channel, counters, tasks }))
}

/// Begins what changes the catalogue from the background: SIGHUP, the watched folder, other replicas.
fn supervise(settings: &Settings, signals: &Signals, publisher: &Arc<Publisher>, tasks: &Arc<Supervisor>) {
    let (hangups, reloaded) = (signals.clone(), Arc::clone(publisher));
    tasks.keep("hangup", move || {
        let (hangups, publisher) = (hangups.clone(), Arc::clone(&reloaded));
        async move {
            while hangups.hung_up().await {
                // The record and its log line say what came of it.
                let _ = publishing::reload(&publisher, &Actor::Signal).await;
            }
        }
    });
    if settings.catalogue.watch {
        let quiet = Duration::from_millis(settings.catalogue.debounce);
        let every = Some(settings.catalogue.poll).filter(|every| *every > 0).map(Duration::from_millis);
        let watched = Arc::clone(publisher);
        tasks.keep("watch", move || publishing::watch(Arc::clone(&watched), quiet, every));
    }
    if settings.revisions.url.is_some() && settings.revisions.poll > 0 {
        let (every, followed) = (Duration::from_millis(settings.revisions.poll), Arc::clone(publisher));
        tasks.keep("poll", move || publishing::poll(Arc::clone(&followed), every));
    }
}

/// Merges what a new version brings, while the old is served already.
fn merge_beside(publisher: &Arc<Publisher>) {
    let publisher = Arc::clone(publisher);
    let merging = tokio::spawn(async move { publishing::merge_at_start(&publisher).await });
    tokio::spawn(async move {
        if let Err(panic) = merging.await {
            error!(%panic, "what the new version brings is not merged; what was served goes on being served");
        }
    });
}

/// Waits for changes of the catalogue that are under way, and for their answers to go out.
async fn finish_changes(publisher: &Publisher) {
    match publisher.finish(CHANGES_END_WITHIN).await {
        Finish::Idle => {}
        Finish::Waited => tokio::time::sleep(ANSWERS_GO_OUT_WITHIN).await,
        Finish::GivenUp => warn!("a change of the catalogue was still under way; the next start finishes it"),
    }
}

/// The catalogue that the settings name, whole and checked.
fn snapshot(settings: &Settings) -> (Option<Snapshot>, Report) {
    let (_, snapshot, report) = Snapshot::read(data_folder(settings).as_deref(), today());
    (snapshot, report)
}

/// The same, or what is wrong with it, in words for a terminal.
fn usable(settings: &Settings) -> anyhow::Result<Snapshot> {
    let (snapshot, report) = snapshot(settings);
    snapshot.with_context(|| {
        let errors = report.errors().count();
        let first = report.errors().next().map(|problem| format!("\n  {problem}")).unwrap_or_default();
        format!("the catalogue has errors ({errors}); {}.{first}", all_shown(settings))
    })
}

/// How everything is shown that is wrong with the catalogue, whichever folder is checked without an argument elsewhere.
fn all_shown(settings: &Settings) -> String {
    let folder = data_folder(settings).map(|folder| format!(" {}", folder.display())).unwrap_or_default();
    format!("rcp-bot check{folder} shows what is wrong")
}

fn ask(
    settings: &Settings,
    (command, message): (Option<&str>, Option<&Path>),
    locale: String,
    json: bool,
    picture: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let invocation = match command.map(commands::parse).transpose() {
        Ok(invocation) => invocation.unwrap_or_default(),
        Err(error) => {
            complain(&format!("error: {error}"));
            return Ok(ExitCode::from(2));
        }
    };
    let target = match message.map(read_message).transpose() {
        Ok(target) => target,
        Err(error) => {
            complain(&format!("error: {error:#}"));
            return Ok(ExitCode::from(2));
        }
    };
    let snapshot = usable(settings)?;
    let languages = Languages { default: settings.language.default, servers: settings.language.servers.clone() };
    let caller = Caller { locale: Some(locale), ..Caller::default() };
    let reply = match (target, MESSAGE_COMMANDS.first()) {
        (Some(target), Some(command)) => {
            commands::message_command(&snapshot, &languages, &caller, today(), command.name.fr, &target)
        }
        _ => commands::answer(&snapshot, &languages, &caller, today(), &invocation),
    };
    if json {
        print(&format!(
            "{}
",
            serde_json::to_string_pretty(&callback::message(&reply))?
        ))?;
    } else {
        let width = terminal_size::terminal_size().map_or(usize::MAX, |(width, _)| usize::from(width.0));
        let opens = |custom_id: &str, value: Option<&str>| {
            let values = value.map(str::to_owned).into_iter().collect();
            let component = Component { custom_id: custom_id.to_owned(), values, ..Component::default() };
            match commands::component(&snapshot, &languages, &caller, today(), &component) {
                ComponentAnswer::Message(reply) | ComponentAnswer::Update(reply) => {
                    reply.embeds.first().map(|embed| embed.title().to_owned())
                }
                _ => None,
            }
        };
        print(&terminal::draw(&reply, width, opens))?;
    }
    if let Some(path) = picture {
        write_picture(&reply, path)?;
    }
    // The program ends: the system takes the memory back sooner than a catalogue is taken apart.
    std::mem::forget(snapshot);
    Ok(ExitCode::SUCCESS)
}

/// Draws the picture of an answer into a file, and says so where it is not taken for a part of the answer.
fn write_picture(reply: &Reply, path: &Path) -> anyhow::Result<()> {
    let Some(mut picture) = reply.pictures().next().cloned() else {
        anyhow::bail!("this answer has no picture, so that {} was not written", path.display());
    };
    picture.draw().map_err(anyhow::Error::msg).context("the picture cannot be drawn")?;
    let content = picture.file().map(|file| file.content).unwrap_or_default();
    std::fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))?;
    let (width, height) = picture.size();
    complain(&format!("picture: {} ({width} × {height} pixels)", path.display()));
    Ok(())
}

/// The message in a file, or on standard input; no more of it than is looked at, whatever its size.
fn read_message(file: &Path) -> anyhow::Result<TargetMessage> {
    // A character takes four bytes at most.
    let most = 4 * MAX_CITING as u64;
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(TargetMessage { text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Tries what a start needs. Each line is printed when it is known: some take a moment.
fn doctor(settings: &Settings, way: Way) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (mut errors, mut warnings, mut printed) = (0, 0, Ok(()));
    let mut tell = |line: Line| {
        match line.verdict {
            Verdict::Well => {}
            Verdict::Warning => warnings += 1,
            Verdict::Error => errors += 1,
        }
        if printed.is_ok() {
            printed = print(&format!("{line}\n"));
        }
    };
    runtime.context("the runtime cannot start")?.block_on(doctor::examine(settings, way, &mut tell));
    printed?;
    let counted = format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"));
    let verdict = if errors == 0 { "a start would serve" } else { "a start would not serve as it is set up" };
    print(&format!("{verdict} ({counted})\n"))?;
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plural(count: usize, what: &str) -> String {
    plural_of(count, what, &format!("{what}s"))
}

fn plural_of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn check(
    settings: &Settings,
    dir: Option<PathBuf>,
    format: Format,
    all: bool,
    links: Option<u32>,
) -> anyhow::Result<ExitCode> {
    let mut settings = settings.clone();
    settings.catalogue.data = dir.or(settings.catalogue.data);
    let (snapshot, report) = snapshot(&settings);
    let links = links.map(|alive_for| ask_links(&settings, alive_for)).transpose()?;
    match (format, &links) {
        (Format::Json, None) => print(&format!("{}\n", serde_json::to_string_pretty(&report)?))?,
        (Format::Json, Some((links, _))) => {
            let both = serde_json::json!({ "report": report, "links": links });
            print(&format!("{}\n", serde_json::to_string_pretty(&both)?))?;
        }
        (Format::Human, links) => {
            let links = links.as_ref().map(|(links, named)| told_links(links, named)).unwrap_or_default();
            print(&format!("{links}{}", checked(&place_of(&settings), snapshot.as_ref(), &report, all)))?;
        }
    }
    Ok(if report.is_acceptable() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The addresses of a catalogue, with the files that name each.
type Named = BTreeMap<String, BTreeSet<String>>;

/// Asks the addresses of a catalogue; those that were alive within so many days are not asked again.
fn ask_links(settings: &Settings, alive_for: u32) -> anyhow::Result<(Vec<Link>, Named)> {
    anyhow::ensure!(
        settings.discord.is_discord(),
        "addresses are not asked: with DISCORD_API_URL set, nothing may reach another host; unset it for check --links"
    );
    let files = match data_folder(settings) {
        Some(folder) => Files::read(&folder).0,
        None => Files::built_in(),
    };
    let named = links::addresses(&files);
    let all = named.keys().cloned().collect();
    let contact = settings.discord.contact.as_ref().map(|contact| format!("; {contact}")).unwrap_or_default();
    let agent = format!("rcp-bot/{} (asks whether links still work{contact})", env!("CARGO_PKG_VERSION"));
    let pace = Pace { pause: Duration::from_millis(settings.links.pause), ..Pace::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let fresh = i64::from(alive_for) * 24;
    let asking = links::check(&all, &settings.state.0, fresh, &agent, pace);
    let links = runtime.context("the runtime cannot start")?.block_on(asking)?;
    Ok((links, named))
}

/// The addresses that do not answer, or answer unencrypted, with the files that name them.
fn told_links(links: &[Link], named: &Named) -> String {
    let mut text = String::new();
    let files = |url: &str| {
        let files: Vec<&str> = named.get(url).into_iter().flatten().map(String::as_str).collect();
        files.join(", ")
    };
    for link in links.iter().filter(|link| link.url.starts_with("http://")) {
        text.push_str(&format!("unencrypted: {} ({})\n", link.url, files(&link.url)));
    }
    for (state, name) in [(LinkState::Silent, "silent"), (LinkState::Gone, "gone")] {
        for link in links.iter().filter(|link| link.state == state) {
            let status = link.status.map(|status| format!(" {status}")).unwrap_or_default();
            let detail = if link.detail.is_empty() { String::new() } else { format!(", {}", link.detail) };
            text.push_str(&format!("{name}{status}: {} ({}{detail})\n", link.url, files(&link.url)));
        }
    }
    let count = |state| links.iter().filter(|link| link.state == state).count();
    let (alive, gone, silent) = (count(LinkState::Alive), count(LinkState::Gone), count(LinkState::Silent));
    text.push_str(&format!(
        "{}: {alive} alive, {gone} gone, {silent} silent\n",
        plural_of(links.len(), "address", "addresses")
    ));
    text
}

/// Merges a shipped catalogue into what is served, or shows what that would do.
fn merge(settings: &Settings, dir: Option<&Path>, base: Option<&str>, dry_run: bool) -> anyhow::Result<ExitCode> {
    let theirs = dir.map(whole).transpose()?;
    let base = match base {
        None => None,
        Some(text) => Some(match text.parse() {
            Ok(number) => MergeBase::Revision(number),
            Err(_) => MergeBase::Files(whole(Path::new(text))?),
        }),
    };
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot start")?;
    let merged = runtime.block_on(async {
        if dry_run {
            return publishing::preview_merge(settings, today, theirs, base).await;
        }
        let publisher = publishing::start(settings, today, None).await;
        let publisher = publisher.map_err(|NoCatalogue(report)| NotChanged::Errors(report))?;
        let done = publishing::merge(&publisher, &Actor::Signal, theirs, base).await?;
        let Changed { difference, report, .. } = done.changed;
        Ok(MergePreview { difference, conflicts: done.conflicts, report })
    });
    let MergePreview { difference, conflicts, report } = match merged {
        Ok(merged) => merged,
        Err(NotMerged::NotChanged(NotChanged::Same)) => {
            print("there is nothing to merge: what is served has this version's catalogue in it\n")?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(NotMerged::NotChanged(NotChanged::Errors(report))) => {
            print(&checked("", None, &report, true))?;
            anyhow::bail!("nothing is changed: the catalogue has errors");
        }
        Err(error) => return Err(error.into()),
    };
    let mut text: String = difference.changes.iter().map(|change| format!("{change}\n")).collect();
    text.extend(conflicts.iter().map(|conflict| format!("{conflict}\n")));
    let done = if dry_run { "would change" } else { "changed" };
    let (changes, undecided) = (plural(difference.changes.len(), "field"), plural(conflicts.len(), "conflict"));
    text.push_str(&format!("{changes} {done}, {undecided}\n"));
    print(&text)?;
    if report.is_acceptable() {
        return Ok(ExitCode::SUCCESS);
    }
    print(&checked("", None, &report, false))?;
    Ok(ExitCode::FAILURE)
}

/// A folder's files, which can all be read.
fn whole(folder: &Path) -> anyhow::Result<Files> {
    let (files, problems) = Files::read(folder);
    let report = Report { problems };
    match report.errors().next() {
        Some(problem) => anyhow::bail!("{problem}"),
        None => Ok(files),
    }
}

/// What is checked, before what was found.
fn place_of(settings: &Settings) -> String {
    match data_folder(settings) {
        Some(folder) => format!("{}: ", folder.display()),
        None => "the catalogue built into the program (no folder was named, and there is no data/ here): ".to_owned(),
    }
}

/// What a check found, for a person at a terminal: what weighs most stands last, where the eye is. `place` is what was checked,
/// written before the numbers.
fn checked(place: &str, snapshot: Option<&Snapshot>, report: &Report, all: bool) -> String {
    let colours = std::io::stdout().is_terminal() && !settings::no_colours();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    let mut folded = false;
    if all {
        report.warnings().for_each(|one| text.push_str(&format!("{}\n\n", one.render(&renderer))));
    } else {
        for kind in report.folded_warnings() {
            folded = true;
            text.push_str(&format!("{kind}\n"));
        }
    }
    // What is named in many places and is not there is one thing wrong.
    let causes = if all { report.errors().map(|one| (one, 1)).collect() } else { report.causes() };
    for (one, times) in &causes {
        text.push_str(&format!("{}\n\n", one.render(&renderer)));
        if let Some(more) = times.checked_sub(1).filter(|more| *more > 0) {
            let more = plural_of(more, "more place", "more places");
            text.push_str(&format!("the same is wrong in {more}; rcp-bot check --all shows each\n\n"));
        }
    }
    if folded {
        text.push_str("rcp-bot check --all shows each warning with its line\n");
    }
    text.push_str(place);
    if let Some(snapshot) = snapshot {
        let count = snapshot.catalogue.processes.len();
        text.push_str(&format!("{count} {}, ", if count == 1 { "process" } else { "processes" }));
    }
    let (errors, warnings) = (causes.len(), report.warnings().count());
    text.push_str(&format!("{}, {}\n", plural(errors, "error"), plural(warnings, "warning")));
    text
}

/// Writes to standard output. A reader that has seen enough and is gone, such as `head`, is no failure; a full disk is.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output cannot be written"),
    }
}

/// Writes a line to standard error. What cannot be written there can be told to nobody; the exit code says it all the same.
fn complain(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

fn print_commands(settings: &Settings) -> anyhow::Result<ExitCode> {
    let snapshot = usable(settings)?;
    let trees = serde_json::json!({
        "global": commands::tree(&snapshot.messages),
        "moderation": admin::tree(&snapshot.messages),
    });
    print(&format!("{}\n", serde_json::to_string_pretty(&trees)?))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::{Embed, Picture};

    #[test]
    fn the_picture_of_an_answer_is_written_and_one_that_fails_is_told() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("p.png");
        let reply = |draw: fn() -> Result<Vec<u8>, String>| {
            Reply::of(Embed::new(0, "t").showing(Picture::new("a.png", "", (1, 1), draw)))
        };
        write_picture(&reply(|| Ok(b"png".to_vec())), &path).expect("it is written");
        assert_eq!(std::fs::read(&path).expect("it is there"), b"png");
        let told = |reply: &Reply, path: &Path| format!("{:#}", write_picture(reply, path).expect_err("it fails"));
        assert_eq!(told(&reply(|| Err("no shape".to_owned())), &path), "the picture cannot be drawn: no shape");
        assert!(told(&Reply::default(), &path).contains("has no picture"));
        let nowhere = folder.path().join("nowhere/p.png");
        assert!(told(&reply(|| Ok(Vec::new())), &nowhere).contains("nowhere"));
    }
}
