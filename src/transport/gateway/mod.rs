//! Discord's gateway through serenity: interactions come in over the WebSocket, replies go out over REST.

pub mod shards;

use std::ops::RangeInclusive;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures::FutureExt as _;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serenity::all::{
    ApplicationId, ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready, ResumedEvent,
    ShardManager, ShardRunnerMessage,
};
use serenity::async_trait;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::task::TaskTracker;
use tracing::{Instrument as _, error, info, warn};

use crate::admin::{Desk, Request, Step};
use crate::reply::discord::edit;
use crate::settings::Settings;

use crate::transport::bot::Bot;
use crate::transport::gateway::shards::Shards;
use crate::transport::interaction::{Received, for_moderation};
use crate::transport::responder::{Ending, first_response};
use crate::transport::rest::registration::{application_id, register_as_set};
use crate::transport::rest::{FIRST_RESPONSE, Failed, Rest};
use crate::transport::seen::Seen;

/// How long closing the gateway may take before the program ends all the same.
const CLOSING: Duration = Duration::from_secs(2);

/// How long serenity may take to notice that it is asked to close: it listens for 500 milliseconds at a time.
const NOTICING: Duration = Duration::from_millis(700);

/// How many interactions are remembered, so that one which the gateway sends again is answered once.
const REMEMBERED: usize = 4_096;

/// What `GET /gateway/bot` tells.
#[derive(Debug, Deserialize)]
struct GatewayBot {
    url: String,
    shards: u32,
    session_start_limit: Option<SessionStartLimit>,
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

/// Answers over the gateway until `stop` comes. The interactions under way are finished first.
pub async fn serve(
    settings: &Settings,
    token: SecretString,
    mut bot: Bot,
    shards: Arc<Shards>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    tokio::pin!(stop);
    let rest = Arc::new(Rest::new(&settings.discord.api_url, Some(token.clone()))?);
    bot.tell(&rest, settings.moderation.audit_channel);
    let start = connect(settings, &token, &rest, bot, &shards);
    let (mut client, tasks, part) = tokio::select! {
        started = start => started?,
        () = &mut stop => return Ok(()),
    };
    let shard_manager = Arc::clone(&client.shard_manager);
    // serenity takes a range with its end, whatever the type says.
    let range = *part.range.start()..*part.range.end();
    tokio::select! {
        ended = client.start_shard_range(range, part.total) => ended.context("the gateway connection ended")?,
        () = shards.watch(Arc::clone(&shard_manager)) => {}
        () = &mut stop => {}
    }
    info!("stopping: finishing the interactions under way");
    tasks.close();
    if timeout(FIRST_RESPONSE, tasks.wait()).await.is_err() {
        warn!(interactions = tasks.len(), "some interactions were still under way");
    }
    // serenity's own shutdown may wait for a shard that never came up.
    if timeout(CLOSING, close(&shard_manager, shards.restarted())).await.is_err() {
        warn!("the gateway did not close in time");
    }
    Ok(())
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

/// Looks up what Discord tells about us and the gateway, registers the commands, and makes the client ready.
async fn connect(
    settings: &Settings,
    token: &SecretString,
    rest: &Arc<Rest>,
    bot: Bot,
    shards: &Arc<Shards>,
) -> anyhow::Result<(serenity::Client, TaskTracker, Part)> {
    let (url, part) = gateway(settings, rest).await?;
    let application = application_id(rest).await?;
    if part.range.contains(&0) {
        register_as_set(settings, rest, application, &bot.responder.live().snapshot().messages).await?;
    }
    shards.expect(part.range.clone(), part.total);
    let tasks = TaskTracker::new();
    let handler = Handler {
        bot,
        rest: Arc::clone(rest),
        application,
        tasks: tasks.clone(),
        seen: Seen::new(REMEMBERED),
        shards: Arc::clone(shards),
    };
    // Without its rate limiter, or it would ignore the proxy and keep a bucket for each interaction for ever.
    let http = HttpBuilder::new(token.expose_secret())
        .proxy(&settings.discord.api_url)
        .ratelimiter_disabled(true)
        .application_id(ApplicationId::new(application))
        .build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
        .event_handler(handler)
        .await
        .context("preparing the gateway client")?;
    *client.ws_url.lock().await = url;
    Ok((client, tasks, part))
}

/// The gateway's address and the shards to serve, once Discord lets us begin their sessions.
async fn gateway(settings: &Settings, rest: &Rest) -> anyhow::Result<(String, Part)> {
    loop {
        // serenity would quietly dial Discord's own gateway if this look-up failed; so it is made here, and failing is
        // final.
        let gateway: GatewayBot = rest.get("/gateway/bot").await.context("looking up the gateway")?;
        let part = match settings.discord.shards {
            Some(shards) => Part { range: shards.range[0]..=shards.range[1], total: shards.total },
            None => Part { range: 0..=gateway.shards.max(1) - 1, total: gateway.shards.max(1) },
        };
        let sessions = u64::from(part.range.end() - part.range.start()) + 1;
        match gateway.session_start_limit.and_then(|limit| limit.wait(sessions)) {
            None => {
                info!(shards = ?part.range, of = part.total, "connecting to the gateway");
                return Ok((gateway.url, part));
            }
            // Beyond the limit Discord would reset the token.
            Some(wait) => {
                warn!(sessions, wait_s = wait.as_secs(), "Discord lets us begin no more sessions for now; waiting");
                sleep(wait).await;
            }
        }
    }
}

struct Handler {
    bot: Bot,
    rest: Arc<Rest>,
    application: u64,
    tasks: TaskTracker,
    seen: Seen,
    shards: Arc<Shards>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        info!(bot.name = %ready.user.name, shard = ?ready.shard, "connected to the gateway");
        self.shards.session(context.shard_id.0, false);
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        info!(shard = context.shard_id.0, "resumed the gateway session");
        self.shards.session(context.shard_id.0, true);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let received = Instant::now();
        if self.seen.is_new(interaction.id().get()) {
            self.tasks.track_future(self.respond(&interaction, received)).await;
        }
    }
}

impl Handler {
    async fn respond(&self, interaction: &Interaction, received: Instant) {
        let asked = Received::from(interaction);
        let about = self.bot.responder.about(&asked);
        let span = about.span(asked.id);
        let answer = async {
            if let Some(desk) = &self.bot.desk
                && let Some(request) = for_moderation(interaction)
            {
                let moderated = AssertUnwindSafe(self.moderate(desk, request, interaction, received)).catch_unwind();
                return moderated.await.unwrap_or_else(|_| {
                    error!("answering a moderator panicked");
                    Ending::Failed
                });
            }
            self.answer(&asked, received).await
        };
        let ending = answer.instrument(span.clone()).await;
        self.bot.done(&about, &span, ending, received.elapsed());
    }

    async fn answer(&self, asked: &Received, received: Instant) -> Ending {
        let response = self.bot.responder.respond(asked);
        let token = &asked.token;
        let sent = self.rest.callback(asked.id, token, response.body.whole(), &response.files, received).await;
        if let Err(failed) = sent {
            error!(error = %failed, "an interaction could not be answered");
            return Ending::Undelivered;
        }
        if response.delete
            && let Err(failed) = self.rest.delete_original(self.application, token).await
        {
            error!(error = %failed, "a message could not be deleted");
        }
        response.ending
    }

    /// Answers a moderator: at once, and then with what takes longer.
    async fn moderate(
        &self,
        desk: &Arc<Desk>,
        request: Request,
        interaction: &Interaction,
        received: Instant,
    ) -> Ending {
        self.bot.counters.set_shards(self.shards.counted());
        let (id, token) = (interaction.id().get(), interaction.token());
        let Step { first, then } = desk.begin(request).await;
        let (body, files) = first_response(&first);
        let mut sent = self.rest.callback(id, token, body.whole(), &files, received).await;
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
            Ok(()) => Ending::Answered,
            Err(failed) => {
                error!(error = %failed, "a moderator could not be answered");
                Ending::Undelivered
            }
        }
    }
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
