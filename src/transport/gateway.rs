//! Discord's gateway through serenity: interactions come in over the WebSocket, replies go out over REST.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use futures::FutureExt as _;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serenity::all::{
    ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready, ResumedEvent, ShardManager,
};
use serenity::async_trait;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};

use crate::moderation::{Desk, Notice, Request, Step};
use crate::reply::discord::edit;
use crate::settings::Settings;
use crate::telemetry::{Counters, Shard};

use super::interaction::{Responder, first_response, for_moderation};
use super::registration::{Remembered, Scope, register, register_guilds, warn_of_doubles};
use super::rest::{FIRST_RESPONSE, Failed, Rest};

/// How long closing the gateway may take before the program ends all the same.
const CLOSING: Duration = Duration::from_secs(2);

/// How many interactions are remembered, so that one which the gateway sends again is answered once.
const REMEMBERED: usize = 4_096;

/// What `GET /gateway/bot` tells.
#[derive(Debug, Deserialize)]
struct GatewayBot {
    url: String,
    shards: u32,
}

/// What `GET /applications/@me` tells that we need.
#[derive(Debug, Deserialize)]
struct Application {
    id: serenity::all::ApplicationId,
}

/// What is served over the gateway.
pub struct Bot {
    /// Answers `/rcp`.
    pub responder: Responder,
    /// Answers `/rcp-admin`, where moderation is configured.
    pub desk: Option<Arc<Desk>>,
    /// What is to be told in the audit channel, if there is one.
    pub notices: Option<mpsc::Receiver<Notice>>,
    /// The commands for everyone.
    pub commands: Vec<serde_json::Value>,
    /// The commands for the moderation servers.
    pub admin: Vec<serde_json::Value>,
    /// What is counted.
    pub counters: Arc<Counters>,
}

/// Answers over the gateway until `stop` comes. The interactions under way are finished first.
pub async fn serve(
    settings: &Settings,
    token: SecretString,
    mut bot: Bot,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    tokio::pin!(stop);
    let rest = Arc::new(Rest::new(&settings.discord.api_url, token.clone())?);
    if let (Some(notices), Some(desk), Some(channel)) =
        (bot.notices.take(), &bot.desk, settings.moderation.audit_channel)
    {
        tokio::spawn(tell(Arc::clone(&rest), channel, Arc::clone(desk), notices));
    }
    let start = connect(settings, &token, &rest, bot);
    let (mut client, tasks, shards) = tokio::select! {
        started = start => started?,
        () = &mut stop => return Ok(()),
    };
    let shard_manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        ended = client.start_shards(shards) => ended.context("the gateway connection ended")?,
        () = &mut stop => {}
    }
    info!("stopping: finishing the interactions under way");
    tasks.close();
    if timeout(FIRST_RESPONSE, tasks.wait()).await.is_err() {
        warn!(interactions = tasks.len(), "some interactions were still under way");
    }
    // serenity's own shutdown may wait for a shard that never came up.
    if timeout(CLOSING, shard_manager.shutdown_all()).await.is_err() {
        warn!("the gateway did not close in time");
    }
    Ok(())
}

/// Looks up what Discord tells about us and the gateway, registers the commands, and makes the client ready.
async fn connect(
    settings: &Settings,
    token: &SecretString,
    rest: &Arc<Rest>,
    bot: Bot,
) -> anyhow::Result<(serenity::Client, TaskTracker, u32)> {
    // serenity would quietly dial Discord's own gateway if this look-up failed; so it is made here, and failing is final.
    let gateway: GatewayBot = rest.get("/gateway/bot").await.context("looking up the gateway")?;
    let application: Application = rest.get("/applications/@me").await.context("looking up the application")?;
    let mut guilds: BTreeMap<u64, Vec<serde_json::Value>> = BTreeMap::new();
    match settings.discord.development_guild {
        None => {
            let registered = register(rest, application.id.get(), Scope::Global, &bot.commands).await;
            registered.context("registering the commands")?;
        }
        Some(guild) => guilds.entry(guild).or_default().extend(bot.commands),
    }
    for guild in settings.moderation.guilds.iter().filter(|_| bot.desk.is_some()) {
        guilds.entry(*guild).or_default().extend(bot.admin.clone());
    }
    if let Some((guild, commands)) = settings.discord.development_guild.and_then(|guild| guilds.get_key_value(&guild)) {
        // Without /rcp there is no bot; without /rcp-admin in some server there still is.
        let registered = register(rest, application.id.get(), Scope::Guild(*guild), commands).await;
        registered.context("registering the commands")?;
    }
    register_guilds(rest, application.id.get(), &guilds, &Remembered::within(&settings.state.0)).await;
    if settings.discord.development_guild.is_some() {
        warn_of_doubles(rest, application.id.get()).await;
    }
    let tasks = TaskTracker::new();
    let shards = Arc::new(OnceLock::new());
    let handler = Handler {
        responder: bot.responder,
        desk: bot.desk,
        counters: bot.counters,
        shards: Arc::clone(&shards),
        rest: Arc::clone(rest),
        application: application.id.get(),
        tasks: tasks.clone(),
        seen: Mutex::default(),
    };
    // Without its rate limiter, or it would ignore the proxy and keep a bucket for each interaction for ever.
    let http = HttpBuilder::new(token.expose_secret())
        .proxy(&settings.discord.api_url)
        .ratelimiter_disabled(true)
        .application_id(application.id)
        .build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
        .event_handler(handler)
        .await
        .context("preparing the gateway client")?;
    *client.ws_url.lock().await = gateway.url;
    // The only place where it is set.
    let _ = shards.set(Arc::clone(&client.shard_manager));
    Ok((client, tasks, gateway.shards.max(1)))
}

/// Tells records in the audit channel, one after the other. One that cannot be told is in the file all the same.
async fn tell(rest: Arc<Rest>, channel: u64, desk: Arc<Desk>, mut notices: mpsc::Receiver<Notice>) {
    while let Some(notice) = notices.recv().await {
        let message = serde_json::to_value(desk.notice(&notice).to_message());
        let sent = match message {
            Ok(body) => rest.send(channel, &body).await.map_err(|failed| failed.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = sent {
            warn!(error, "a record cannot be told in the audit channel");
        }
    }
}

struct Handler {
    responder: Responder,
    desk: Option<Arc<Desk>>,
    counters: Arc<Counters>,
    shards: Arc<OnceLock<Arc<ShardManager>>>,
    rest: Arc<Rest>,
    application: u64,
    tasks: TaskTracker,
    seen: Mutex<Seen>,
}

/// The latest interactions.
#[derive(Default)]
struct Seen {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
}

impl Seen {
    /// Whether this one is new; it is not the next time.
    fn is_new(&mut self, id: u64) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        info!(bot.name = %ready.user.name, shard = ?ready.shard, "connected to the gateway");
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        info!("resumed the gateway session");
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let received = Instant::now();
        let new = self.seen.lock().unwrap_or_else(PoisonError::into_inner).is_new(interaction.id().get());
        if new {
            self.tasks.track_future(self.respond(&interaction, received)).await;
        }
    }
}

impl Handler {
    async fn respond(&self, interaction: &Interaction, received: Instant) {
        if let Some(desk) = &self.desk
            && let Some(request) = for_moderation(interaction)
        {
            let moderated = AssertUnwindSafe(self.moderate(desk, request, interaction, received)).catch_unwind().await;
            if moderated.is_err() {
                self.counters.failed();
                error!(interaction.id = %interaction.id(), "answering a moderator panicked");
            }
            return;
        }
        let response = self.responder.respond(interaction);
        let (id, token) = (interaction.id().get(), token(interaction));
        let sent = self.rest.callback(id, token, &response.body, &response.files, received).await;
        if sent.is_err() || response.failed {
            self.counters.failed()
        } else {
            self.counters.answered()
        }
        if let Err(failed) = sent {
            return error!(interaction.id = id, error = %failed, "an interaction could not be answered");
        }
        if response.delete
            && let Err(failed) = self.rest.delete_original(self.application, token).await
        {
            error!(interaction.id = id, error = %failed, "a message could not be deleted");
        }
    }

    /// Answers a moderator: at once, and then with what takes longer.
    async fn moderate(&self, desk: &Arc<Desk>, request: Request, interaction: &Interaction, received: Instant) {
        self.look_at_shards().await;
        let (id, token) = (interaction.id().get(), token(interaction));
        let Step { first, then } = desk.begin(request).await;
        let (body, files) = first_response(&first);
        let mut sent = self.rest.callback(id, token, &body, &files, received).await;
        // What was asked for is done even if it cannot be told.
        if let Some(then) = then
            && let Some(reply) = then.await
            && sent.is_ok()
        {
            sent = match edit(&reply) {
                Ok(body) => self.rest.edit_original(self.application, token, &body, &reply.files).await,
                Err(error) => Err(Failed::Unexpected(error.to_string())),
            };
        }
        match sent {
            Ok(()) => self.counters.answered(),
            Err(failed) => {
                self.counters.failed();
                error!(interaction.id = id, error = %failed, "a moderator could not be answered");
            }
        }
    }

    /// Takes over what serenity knows of the connections.
    async fn look_at_shards(&self) {
        let Some(manager) = self.shards.get() else { return };
        let runners = manager.runners.lock().await;
        let of = u32::try_from(runners.len()).unwrap_or(u32::MAX);
        let mut shards: Vec<Shard> =
            runners.iter().map(|(id, runner)| Shard { number: id.0, of, latency: runner.latency }).collect();
        shards.sort_by_key(|shard| shard.number);
        self.counters.set_shards(shards);
    }
}

/// The token with which an interaction is answered.
fn token(interaction: &Interaction) -> &str {
    match interaction {
        Interaction::Ping(ping) => &ping.token,
        Interaction::Command(command) | Interaction::Autocomplete(command) => &command.token,
        Interaction::Component(component) => &component.token,
        Interaction::Modal(modal) => &modal.token,
        // serenity marks the list as open; it has no other kinds.
        _ => "",
    }
}
