//! Discord's gateway through serenity: interactions come in over the WebSocket, replies go out over REST.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serenity::all::{
    ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready, ResumedEvent,
};
use serenity::async_trait;
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};

use crate::settings::Settings;

use super::interaction::Responder;
use super::registration::{Scope, register, warn_of_doubles};
use super::rest::{FIRST_RESPONSE, Rest};

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

/// Answers over the gateway until `stop` comes. The interactions under way are finished first.
pub async fn serve(
    settings: &Settings,
    token: SecretString,
    responder: Responder,
    commands: Vec<serde_json::Value>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    tokio::pin!(stop);
    let rest = Arc::new(Rest::new(&settings.discord.api_url, token.clone())?);
    let start = connect(settings, &token, &rest, responder, &commands);
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
    responder: Responder,
    commands: &[serde_json::Value],
) -> anyhow::Result<(serenity::Client, TaskTracker, u32)> {
    // serenity would quietly dial Discord's own gateway if this look-up failed; so it is made here, and failing is final.
    let gateway: GatewayBot = rest.get("/gateway/bot").await.context("looking up the gateway")?;
    let application: Application = rest.get("/applications/@me").await.context("looking up the application")?;
    let scope = settings.discord.development_guild.map_or(Scope::Global, Scope::Guild);
    register(rest, application.id.get(), scope, commands).await.context("registering the commands")?;
    if scope != Scope::Global {
        warn_of_doubles(rest, application.id.get()).await;
    }
    let tasks = TaskTracker::new();
    let handler = Handler {
        responder,
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
    Ok((client, tasks, gateway.shards.max(1)))
}

struct Handler {
    responder: Responder,
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
        let response = self.responder.respond(interaction);
        let (id, token) = (interaction.id().get(), token(interaction));
        let sent = self.rest.callback(id, token, &response.body, &response.files, received).await;
        if let Err(failed) = sent {
            return error!(interaction.id = id, error = %failed, "an interaction could not be answered");
        }
        if response.delete
            && let Err(failed) = self.rest.delete_original(self.application, token).await
        {
            error!(interaction.id = id, error = %failed, "a message could not be deleted");
        }
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
