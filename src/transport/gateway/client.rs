//! The gateway's client: serenity's, with a handler that hears the raw events, so that an interaction which serenity's
//! model cannot read is answered too.

use std::ops::RangeInclusive;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context as _, bail};
use futures::FutureExt as _;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use serenity::all::{
    ApplicationId, ClientBuilder, Context, Event, GatewayIntents, HttpBuilder, RawEventHandler, ShardManager,
    ShardRunnerMessage,
};
use serenity::async_trait;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::task::{AbortOnDropHandle, TaskTracker};
use tracing::{error, info, warn};

use crate::commands::Interaction;
use crate::memory;
use crate::settings::Settings;
use crate::snapshot::Live;
use crate::telemetry::Counters;
use crate::transport::driver::{Begun, Bot, Driver, Sent};
use crate::transport::from_json;
use crate::transport::gateway::from_serenity;
use crate::transport::gateway::shards::Shards;
use crate::transport::rest::client::{FIRST_RESPONSE, Failed, Rest, http_client};
use crate::transport::rest::registration::{application_id, register_until_taken, registered_for_everyone};
use crate::transport::seen::Seen;

/// How long closing the gateway may take before the program ends all the same.
const CLOSING: Duration = Duration::from_secs(2);

/// How long serenity may take to notice that it is asked to close: it listens for 500 milliseconds at a time.
const NOTICING: Duration = Duration::from_millis(700);

/// How long the connection waits for the commands to be registered: people can use new ones from the first moment then.
/// Beyond that they use those that Discord knows.
const REGISTERED_WITHIN: Duration = Duration::from_secs(10);

/// How long to wait before Discord is asked the same again, where it does not say; doubled up to a minute.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The name of the event that brings an interaction. (Discord: events/gateway-events, "Interaction Create".)
const INTERACTION_CREATE: &str = "INTERACTION_CREATE";

/// How many interactions are remembered, so that one which the gateway sends again is answered once.
const REMEMBERED: usize = 4_096;

/// What `GET /gateway/bot` tells.
#[derive(Debug, Deserialize)]
pub struct GatewayBot {
    /// The gateway's address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
    session_start_limit: Option<SessionStartLimit>,
}

impl GatewayBot {
    /// Looks it up.
    pub async fn look_up(rest: &Rest) -> Result<GatewayBot, Failed> {
        rest.get("/gateway/bot").await
    }

    /// The shards that this process serves.
    fn part(&self, settings: &Settings) -> Part {
        match settings.discord.shards {
            Some(shards) => Part { range: shards.range[0]..=shards.range[1], total: shards.total },
            None => Part { range: 0..=self.shards.max(1) - 1, total: self.shards.max(1) },
        }
    }

    /// How many sessions this process begins.
    pub fn sessions(&self, settings: &Settings) -> u64 {
        let part = self.part(settings);
        u64::from(part.range.end() - part.range.start()) + 1
    }

    /// How long Discord lets it begin none of them.
    pub fn wait(&self, settings: &Settings) -> Option<Duration> {
        self.session_start_limit.and_then(|limit| limit.wait(self.sessions(settings)))
    }
}

/// How many sessions may still be begun. (Discord: events/gateway, "Session Start Limit Object".)
#[derive(Clone, Copy, Debug, Deserialize)]
struct SessionStartLimit {
    remaining: u64,
    /// In milliseconds.
    reset_after: u64,
}

impl SessionStartLimit {
    /// How long to wait until so many sessions may be begun.
    fn wait(self, sessions: u64) -> Option<Duration> {
        (self.remaining < sessions).then(|| Duration::from_millis(self.reset_after))
    }
}

/// Which of how many shards this process serves.
#[derive(Clone, Debug)]
struct Part {
    range: RangeInclusive<u32>,
    total: u32,
}

/// What Discord is asked before a bot connects, and the client that will. That needs no catalogue, and so it is done while
/// one is being read.
pub struct LookUp {
    rest: Arc<Rest>,
    shards: Arc<Shards>,
    answering: Arc<OnceLock<Answering>>,
    tasks: TaskTracker,
    prepared: AbortOnDropHandle<anyhow::Result<Prepared>>,
}

/// A client that may connect, and what Discord told.
struct Prepared {
    client: serenity::Client,
    /// The shards to serve.
    part: Part,
    /// The application's id.
    application: u64,
    /// The commands that everybody has, if they could be asked for.
    registered: Option<Vec<Value>>,
}

impl LookUp {
    /// Begins to ask. Must be called within the runtime.
    pub fn begin(settings: &Settings, token: SecretString, shards: Arc<Shards>) -> anyhow::Result<LookUp> {
        let rest = Arc::new(Rest::new(&settings.discord, Some(token.clone()))?);
        rest.keep_warm();
        let (answering, tasks) = (Arc::new(OnceLock::new()), TaskTracker::new());
        let handler = Handler {
            answering: Arc::clone(&answering),
            tasks: tasks.clone(),
            seen: Arc::new(Seen::new(REMEMBERED)),
            shards: Arc::clone(&shards),
        };
        let prepared = tokio::spawn(prepare(settings.clone(), token, Arc::clone(&rest), handler));
        Ok(LookUp { rest, shards, answering, tasks, prepared: AbortOnDropHandle::new(prepared) })
    }
}

/// Asks all that can be asked before there is a catalogue, and makes the client ready. Nothing waits for what does not need it.
async fn prepare(
    settings: Settings,
    token: SecretString,
    rest: Arc<Rest>,
    handler: Handler,
) -> anyhow::Result<Prepared> {
    let connecting = async {
        // serenity asks for the gateway's address, too, for itself.
        let ((url, part), client) = tokio::try_join!(gateway(&settings, &rest), client(&settings, &token, handler))?;
        *client.ws_url.lock().await = url;
        anyhow::Ok((client, part))
    };
    let registering = async {
        let application = match Settings::application_id()? {
            Some(id) => id,
            None => patiently("looking up the application", || application_id(&rest)).await?,
        };
        anyhow::Ok((application, registered_for_everyone(&settings, &rest, application).await))
    };
    let ((client, part), (application, registered)) = tokio::try_join!(connecting, registering)?;
    client.http.set_application_id(ApplicationId::new(application));
    Ok(Prepared { client, part, application, registered })
}

/// serenity's client, which connects when it is started.
async fn client(settings: &Settings, token: &SecretString, handler: Handler) -> anyhow::Result<serenity::Client> {
    // Without its rate limiter, or it would ignore the base address and keep a bucket for each interaction for ever.
    let http = HttpBuilder::new(token.expose_secret())
        .client(http_client(&settings.discord).build().context("preparing the gateway client")?)
        .proxy(&settings.discord.api_url)
        .ratelimiter_disabled(true)
        .build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::empty()).raw_event_handler(handler);
    client.await.context("preparing the gateway client")
}

/// Answers over the gateway until `stop` comes. The interactions under way are finished first.
pub async fn serve(
    settings: &Settings,
    look_up: LookUp,
    bot: Bot,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    tokio::pin!(stop);
    let LookUp { rest, shards, answering, tasks, prepared } = look_up;
    let counters = Arc::clone(&bot.counters);
    let driver = Arc::new(Driver::new(bot, Arc::clone(&rest)));
    answering.get_or_init(|| Answering { driver: Arc::clone(&driver), counters: Arc::clone(&counters) });
    let registered = async {
        let prepared = prepared.await.context("looking up the gateway panicked")??;
        let Prepared { client, part, application, registered } = prepared;
        info!(shards = ?part.range, of = part.total, "connecting to the gateway");
        if part.range.contains(&0) {
            let live = Arc::clone(driver.responder().live());
            register(settings.clone(), Arc::clone(&rest), application, live, registered).await;
        }
        shards.expect(part.range.clone(), part.total);
        anyhow::Ok((client, part))
    };
    let (client, part) = tokio::select! {
        registered = registered => registered?,
        () = &mut stop => return Ok(()),
    };
    let shard_manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        ended = run(client, part) => ended?,
        () = shards.watch(Arc::clone(&shard_manager), &counters) => {}
        () = &mut stop => {}
    }
    info!("stopping: finishing the interactions under way");
    tasks.close();
    if timeout(FIRST_RESPONSE, tasks.wait()).await.is_err() {
        warn!(interactions = tasks.len(), "some interactions were still under way");
    }
    driver.stopped().await;
    // serenity's own shutdown may wait for a shard that never came up.
    if timeout(CLOSING, close(&shard_manager, shards.restarted())).await.is_err() {
        warn!("the gateway did not close in time");
    }
    Ok(())
}

/// Runs the client, which goes on until something ends it that no new try would mend.
async fn run(mut client: serenity::Client, part: Part) -> anyhow::Result<()> {
    // serenity takes a range with its end, whatever the type says.
    let range = *part.range.start()..*part.range.end();
    client.start_shard_range(range, part.total).await.context("the gateway connection ended")?;
    bail!("the gateway connection ended without a reason");
}

/// Ends the gateway sessions, so that Discord at once knows that we have gone.
async fn close(shards: &ShardManager, restarted: bool) {
    if !restarted {
        return shards.shutdown_all().await;
    }
    // After a restart serenity's own shutdown returns before it has told the shards, so they are told here.
    for (id, runner) in shards.runners.lock().await.iter() {
        runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(*id, 1000));
    }
    sleep(NOTICING).await;
}

/// Has the commands registered, in a task that goes on for as long as Discord does not take them; waits a moment for the
/// first try.
async fn register(
    settings: Settings,
    rest: Arc<Rest>,
    application: u64,
    live: Arc<Live>,
    registered: Option<Vec<Value>>,
) {
    let (send, tried) = oneshot::channel();
    tokio::spawn(async move {
        let registering = register_until_taken(&settings, &rest, application, &live, registered, send);
        if AssertUnwindSafe(registering).catch_unwind().await.is_err() {
            error!("registering the commands panicked; those that Discord knows are answered");
        }
    });
    if timeout(REGISTERED_WITHIN, tried).await.is_err() {
        info!("connecting while the commands are being registered");
    }
}

/// Asks Discord again and again, as long as that may help: a start while Discord or the network is away is no failure.
async fn patiently<T, C>(what: &str, call: impl Fn() -> C) -> anyhow::Result<T>
where
    C: Future<Output = Result<T, Failed>>,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let failed = match call().await {
            Ok(found) => return Ok(found),
            Err(failed) if failed.may_pass() => failed,
            Err(failed) => return Err(failed).with_context(|| what.to_owned()),
        };
        let wait = failed.wait().unwrap_or(pause);
        warn!(error = %failed, wait_s = wait.as_secs(), "{what} failed; it is tried again");
        sleep(wait).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// The gateway's address and the shards to serve, once Discord lets us begin their sessions.
async fn gateway(settings: &Settings, rest: &Rest) -> anyhow::Result<(String, Part)> {
    loop {
        // serenity would quietly dial Discord's own gateway if this look-up failed; so it is made here.
        let gateway = patiently("looking up the gateway", || GatewayBot::look_up(rest)).await?;
        match gateway.wait(settings) {
            None => {
                let part = gateway.part(settings);
                return Ok((gateway.url, part));
            }
            // Beyond the limit Discord would reset the token.
            Some(wait) => {
                let sessions = gateway.sessions(settings);
                warn!(sessions, wait_s = wait.as_secs(), "Discord lets us begin no more sessions for now; waiting");
                sleep(wait).await;
            }
        }
    }
}

/// Who answers, and whom moderators are told of.
struct Answering {
    driver: Arc<Driver>,
    counters: Arc<Counters>,
}

struct Handler {
    /// There before the client is started.
    answering: Arc<OnceLock<Answering>>,
    tasks: TaskTracker,
    seen: Arc<Seen>,
    shards: Arc<Shards>,
}

impl Handler {
    /// A session begins or goes on, which moderators are told from now on. What is otherwise prepared when it is first needed is
    /// prepared from now on, if it is not yet: before, nobody could ask, and connecting would have to share the processors with
    /// it. Then what all that took of memory is given back.
    fn session(&self, shard: u32, resumed: bool) {
        self.shards.session(shard, resumed);
        let answering = self.answering.get();
        answering.into_iter().for_each(|one| one.counters.set_shards(self.shards.counted()));
        let served = answering.map(|one| one.driver.responder().live().snapshot());
        self.tasks.spawn_blocking(move || {
            served.iter().for_each(|served| served.warm());
            drop(served);
            memory::give_back();
        });
    }
}

#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, context: Context, event: Event) {
        let received = Instant::now();
        let shard = context.shard_id.0;
        // What is not needed any more is not kept while Discord takes its time.
        drop(context);
        let interaction = match event {
            Event::Ready(event) => {
                info!(bot.name = %event.ready.user.name, shard, "connected to the gateway");
                return self.session(shard, false);
            }
            Event::Resumed(_) => {
                info!(shard, "resumed the gateway session");
                return self.session(shard, true);
            }
            Event::InteractionCreate(event) => from_serenity::read(&event.interaction),
            // serenity hands on what its model cannot read as an event that it does not know.
            Event::Unknown(event) if event.kind == INTERACTION_CREATE => match read(&event.value) {
                Some(interaction) => interaction,
                None => return,
            },
            _ => return,
        };
        if let Some(Answering { driver, .. }) = self.answering.get().filter(|_| self.seen.is_new(interaction.id)) {
            // In a task of its own: this one holds the event, and serenity's the same once more, while Discord takes its time.
            let driver = Arc::clone(driver);
            self.tasks.spawn(async move { respond(&driver, interaction, received).await });
        }
    }
}

/// Reads an interaction that serenity could not read. Where it cannot be read here either, an apology still can be sent.
fn read(event: &Value) -> Option<Interaction> {
    let json = event.to_string();
    from_json::read(json.as_bytes())
        .or_else(|error| {
            // The error's own words may quote what a person typed.
            let field = from_json::unreadable_field(json.as_bytes());
            error!(field, kind = ?error.classify(), "an interaction of an unknown form");
            from_json::read_least(json.as_bytes()).ok_or(error)
        })
        .ok()
}

async fn respond(driver: &Arc<Driver>, interaction: Interaction, received: Instant) {
    // Made apart: making an answer takes much more room than the answer, which is kept while Discord takes its time.
    let begun = Box::new(Box::pin(driver.begin(interaction, received)).await);
    let Begun { interaction, response, .. } = &*begun;
    let callback =
        driver.rest().callback(interaction.id, &interaction.token, &response.body, &response.files, received);
    let sent = callback.await;
    driver.finish(*begun, sent, Sent::Already);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discords_session_limit_is_waited_for() {
        let limit = SessionStartLimit { remaining: 3, reset_after: 90_000 };
        assert_eq!(limit.wait(3), None);
        assert_eq!(limit.wait(4), Some(Duration::from_secs(90)));
    }
}
