//! From an interaction to its end, the same for every way in: what is sent first, what follows it, and what is counted.
//!
//! The way in sends the first response ([`Driver::begin`]), since the gateway does that by a call and the endpoint by its
//! answer, and says whether it went out; all the rest is done here ([`Driver::finish`]).

use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::task::TaskTracker;
use tracing::{Instrument as _, Span, error, warn};

use crate::admin::{AdminCommands, Step};
use crate::blocking::blocking;
use crate::commands::{Interaction, Shared};
use crate::memory;
use crate::reply::Reply;
use crate::reply::discord::{edit, follow_up};
use crate::supervise::Supervisor;
use crate::telemetry::{Counters, metrics};
use crate::transport::audit_channel::AuditChannel;
use crate::transport::letters::Letters;
use crate::transport::news_channel::NewsChannel;
use crate::transport::responder::{Ending, MetricLabels, Responder, Response, drawn, is_for_moderation};
use crate::transport::rest::client::{ANY_CALL, Failed, Rest};

/// How long to wait before Discord is asked about a response that is still on its way to it; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(150);

/// How long after an interaction came its picture may be finished: what is left of the time that Discord gives is for
/// sending it. Beyond that the answer goes without.
const DRAWN_WITHIN: Duration = Duration::from_secs(2);

/// After so many interactions what they took of memory is given back, once nobody has asked for so long.
const CROWD: u64 = 100;
const QUIET: Duration = Duration::from_secs(1);

/// The longest pause before the last try.
const LAST_PAUSE: Duration = Duration::from_secs(2);

/// What answers, whichever way interactions come.
pub struct Bot {
    /// Answers `/rcp`.
    pub responder: Arc<Responder>,
    /// Answers `/rcp-admin`, where moderation is configured.
    pub admin: Option<Arc<AdminCommands>>,
    /// What readers are told in direct messages, where they can report anything.
    pub letters: Option<Letters>,
    /// Where changes are told, if anywhere.
    pub audit_channel: Option<AuditChannel>,
    /// Where readers are told what is new, if anywhere.
    pub news_channel: Option<NewsChannel>,
    /// What is counted.
    pub counters: Arc<Counters>,
    /// The tasks in the background.
    pub tasks: Arc<Supervisor>,
}

/// Brings interactions to their end.
pub struct Driver {
    responder: Arc<Responder>,
    admin: Option<Arc<AdminCommands>>,
    counters: Arc<Counters>,
    rest: Arc<Rest>,
    /// An interaction was counted.
    counted: Arc<Notify>,
    /// Places at the drawing board: one a processor, since more at once would only need more memory.
    drawing: Arc<Semaphore>,
    after: TaskTracker,
}

/// When the first response went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Discord has it.
    Already,
    /// It is on its way, as the answer to Discord's request: until it arrives, Discord does not know the interaction.
    Underway,
}

/// What follows the first response.
enum Following {
    Nothing,
    /// The message of the component is deleted.
    Deletion,
    /// What was private is shown to everyone.
    Sharing(Box<Shared>),
    /// What takes longer takes the place of the first response.
    Edit(BoxFuture<'static, Option<Reply>>),
}

/// An interaction whose first response is made.
pub struct Begun {
    /// The interaction.
    pub interaction: Interaction,
    /// The first response.
    pub response: Response,
    /// The span in which the interaction is dealt with.
    pub span: Span,
    about: MetricLabels,
    received: Instant,
    following: Following,
}

impl Driver {
    /// A driver that sends through `rest`. What is to be told in the audit channel is told from now on.
    pub fn new(bot: Bot, rest: Arc<Rest>) -> Driver {
        let Bot { responder, admin, letters, audit_channel, news_channel, counters, tasks } = bot;
        if let Some(letters) = letters.map(Arc::new) {
            let rest = Arc::clone(&rest);
            tasks.keep("letters", move || Arc::clone(&letters).tell(Arc::clone(&rest)));
        }
        if let Some(channel) = audit_channel.map(Arc::new) {
            let rest = Arc::clone(&rest);
            tasks.keep("notices", move || Arc::clone(&channel).tell(Arc::clone(&rest)));
        }
        if let Some(channel) = news_channel.map(Arc::new) {
            let rest = Arc::clone(&rest);
            tasks.keep("news", move || Arc::clone(&channel).tell(Arc::clone(&rest)));
        }
        let counted = Arc::new(Notify::new());
        let (told, so_far) = (Arc::clone(&counted), Arc::clone(&counters));
        tasks.keep("memory", move || give_back_after_crowds(Arc::clone(&told), Arc::clone(&so_far)));
        let places = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let drawing = Arc::new(Semaphore::new(places));
        Driver { responder, admin, counters, rest, counted, drawing, after: TaskTracker::new() }
    }

    /// Who answers.
    pub fn responder(&self) -> &Responder {
        &self.responder
    }

    /// The calls to Discord.
    pub fn rest(&self) -> &Rest {
        &self.rest
    }

    /// What is to be sent first. A panic on the way becomes an apology.
    pub async fn begin(&self, interaction: Interaction, received: Instant) -> Begun {
        let about = self.responder.about(&interaction);
        let span = about.span(interaction.id);
        let (mut response, following) = match &self.admin {
            Some(admin) if is_for_moderation(&interaction) => {
                Box::pin(self.moderate(admin, &interaction)).instrument(span.clone()).await
            }
            _ => {
                let mut response = span.in_scope(|| self.responder.respond(&interaction));
                let following = match response.share.take() {
                    Some(shared) => Following::Sharing(shared),
                    None if response.delete => Following::Deletion,
                    None => Following::Nothing,
                };
                (response, following)
            }
        };
        if response.due.is_some() {
            response = Box::pin(self.drawn(response, received)).instrument(span.clone()).await;
        }
        Begun { interaction, response, span, about, received, following }
    }

    /// A response with its pictures, drawn on a thread that holds up nobody; without those for which there is no time.
    async fn drawn(&self, response: Response, received: Instant) -> Response {
        let due = response.clone();
        let drawn = timeout_at(received + DRAWN_WITHIN, self.draw(move || due.drawn())).await;
        drawn.unwrap_or_else(|_| {
            warn!("a picture could not be drawn in time; the answer goes without it");
            metrics::pictures_late(1);
            response.without_due()
        })
    }

    /// Draws in turn, on a thread that holds up nobody. The place is taken until what was begun is done, however it ends.
    async fn draw<T: Send + 'static>(&self, draw: impl FnOnce() -> T + Send + 'static) -> T {
        // The semaphore is never closed.
        let place = Arc::clone(&self.drawing).acquire_owned().await.ok();
        blocking(move || {
            let drawn = draw();
            drop(place);
            drawn
        })
        .await
    }

    /// A reply with its pictures.
    async fn drawn_reply(&self, reply: &Reply) -> Reply {
        if !reply.is_due() {
            return reply.clone();
        }
        let due = reply.clone();
        self.draw(move || drawn(due)).await
    }

    async fn moderate(&self, admin: &Arc<AdminCommands>, interaction: &Interaction) -> (Response, Following) {
        match AssertUnwindSafe(admin.begin(interaction.clone())).catch_unwind().await {
            Ok(Step { first, then }) => (Response::of(&first), then.map_or(Following::Nothing, Following::Edit)),
            Err(_) => {
                error!("answering a moderator panicked");
                (self.responder.apologise(interaction), Following::Nothing)
            }
        }
    }

    /// Does what follows the first response, and counts the interaction when it is done. What takes longer goes on in a
    /// task of its own.
    pub fn finish(self: &Arc<Driver>, begun: Begun, first: Result<(), Failed>, sent: Sent) {
        let Begun { interaction, response, span, about, received, following } = begun;
        let ending = match first {
            Ok(()) => response.ending,
            Err(failed) => {
                span.in_scope(|| error!(error = %failed, "an interaction could not be answered"));
                Ending::Undelivered
            }
        };
        let following = match following {
            Following::Deletion | Following::Sharing(_) if ending == Ending::Undelivered => Following::Nothing,
            following => following,
        };
        if matches!(following, Following::Nothing) {
            return self.count(&about, &span, ending, received.elapsed());
        }
        let (driver, entered) = (Arc::clone(self), span.clone());
        let finish = async move {
            let followed = AssertUnwindSafe(driver.follow(following, &interaction, ending, sent)).catch_unwind().await;
            let ending = followed.unwrap_or_else(|_| {
                error!("what follows an answer panicked");
                Ending::Failed
            });
            driver.count(&about, &span, ending, received.elapsed());
        };
        self.after.spawn(finish.instrument(entered));
    }

    async fn follow(&self, following: Following, interaction: &Interaction, ending: Ending, sent: Sent) -> Ending {
        let (application, token) = (interaction.application, interaction.token.as_str());
        let done = match following {
            Following::Nothing => Ok(()),
            Following::Deletion => once_known(sent, || self.rest.delete_original(application, token)).await,
            Following::Sharing(shared) => self.share(&shared, interaction, sent).await,
            // What was asked for is done even if it cannot be told.
            Following::Edit(reply) => match reply.await {
                Some(reply) if ending != Ending::Undelivered => self.edit(&reply, interaction, sent).await,
                _ => Ok(()),
            },
        };
        match done {
            Ok(()) => ending,
            Err(failed) => {
                error!(error = %failed, "what follows an answer did not reach Discord");
                Ending::Undelivered
            }
        }
    }

    /// Shows to everyone what was private. Where Discord does not take it, the private copy comes back.
    async fn share(&self, shared: &Shared, interaction: &Interaction, sent: Sent) -> Result<(), Failed> {
        let (application, token) = (interaction.application, interaction.token.as_str());
        let shown = self.drawn_reply(&shared.shown).await;
        let (body, files) = (follow_up(&shown), shown.attachments());
        let body = body.map_err(|error| Failed::Unexpected(error.to_string()))?;
        let told = once_known(sent, || self.rest.follow_up(application, token, &body, &files)).await;
        if told.is_err() && self.edit(&shared.kept, interaction, Sent::Already).await.is_err() {
            warn!("nor could the private copy be put back");
        }
        told
    }

    /// Puts a reply in the place of the first response; an apology, where Discord refuses the reply.
    async fn edit(&self, reply: &Reply, interaction: &Interaction, sent: Sent) -> Result<(), Failed> {
        let (application, token) = (interaction.application, interaction.token.as_str());
        let put = async |reply: &Reply| {
            let reply = self.drawn_reply(reply).await;
            let (body, files) = (edit(&reply), reply.attachments());
            let body = body.map_err(|error| Failed::Unexpected(error.to_string()))?;
            once_known(sent, || self.rest.edit_original(application, token, &body, &files)).await
        };
        let refused = match put(reply).await {
            Err(failed) if !failed.may_pass() => failed,
            other => return other,
        };
        // Nobody is left with "thinking".
        if put(&self.responder.apology(interaction)).await.is_err() {
            warn!("nor could the apology be told");
        }
        Err(refused)
    }

    /// Counts an interaction that has been dealt with.
    pub fn count(&self, about: &MetricLabels, span: &Span, ending: Ending, took: Duration) {
        match ending {
            Ending::Answered | Ending::Refused => self.counters.answered(),
            Ending::Failed | Ending::Undelivered => self.counters.failed(),
        }
        about.done(span, ending, took);
        self.counted.notify_one();
    }

    /// Waits until what follows answers is done, changes by moderators included; not for ever.
    pub async fn stopped(&self) {
        self.after.close();
        if timeout(ANY_CALL, self.after.wait()).await.is_err() {
            warn!(interactions = self.after.len(), "what follows some answers was still under way");
        }
    }
}

/// Gives back what a crowd took of memory, for ever: of the heap, and of the program, whose pages come back as they are needed.
/// `counted` tells of each interaction that `counters` have counted.
async fn give_back_after_crowds(counted: Arc<Notify>, counters: Arc<Counters>) {
    let so_far = || {
        let (answered, failed) = counters.interactions();
        answered + failed
    };
    let mut given_back = so_far();
    loop {
        counted.notified().await;
        let mut before = so_far();
        loop {
            sleep(QUIET).await;
            match so_far() {
                now if now == before => break,
                now => before = now,
            }
        }
        if before - given_back >= CROWD {
            blocking(memory::give_back).await;
            given_back = before;
        }
    }
}

/// Calls Discord about the message of an interaction's response, and again as long as Discord may not have that yet.
async fn once_known<C>(sent: Sent, call: impl Fn() -> C) -> Result<(), Failed>
where
    C: Future<Output = Result<(), Failed>>,
{
    if sent == Sent::Already {
        return call().await;
    }
    let mut pause = FIRST_PAUSE;
    loop {
        sleep(pause).await;
        match call().await {
            Err(Failed::Refused { status, .. }) if status.as_u16() == 404 && pause < LAST_PAUSE => pause *= 2,
            other => return other,
        }
    }
}
