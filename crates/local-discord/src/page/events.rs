//! What the page is sent without asking: a stream of server-sent events, each with what is new since the last.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::page::site::Page;
use crate::page::view::{self, Who};
use crate::person::Person;

/// The interactions that are listed: the newest.
const LISTED: usize = 40;

/// Everything may have changed by what was done within this time, so that a burst becomes one event.
const GATHER: Duration = Duration::from_millis(4);

/// What a page has been sent.
struct Feed {
    page: Arc<Page>,
    person: Person,
    changes: watch::Receiver<u64>,
    bot: Option<bool>,
    commands: Option<Vec<Value>>,
    messages: BTreeMap<u64, Value>,
    interactions: BTreeMap<u64, Value>,
    first: bool,
}

/// Tells one page what happens where it is, until the page or the server ends.
pub(super) async fn stream(State(page): State<Arc<Page>>, Query(who): Query<Who>) -> Response {
    let Some(person) = page.person(&who) else { return StatusCode::BAD_REQUEST.into_response() };
    let feed = Feed {
        changes: page.shared.changes(),
        person,
        bot: None,
        commands: None,
        messages: BTreeMap::new(),
        interactions: BTreeMap::new(),
        first: true,
        page,
    };
    let events = futures::stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok::<_, Infallible>(event), feed))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

impl Feed {
    /// The next event; `None` once the server stops.
    async fn next(&mut self) -> Option<Event> {
        let shared = self.page.shared.clone();
        loop {
            self.changes.mark_unchanged();
            let (news, deadline) = self.news();
            if !news.is_null() {
                self.first = false;
                return Some(Event::default().data(news.to_string()));
            }
            tokio::select! {
                biased;
                () = shared.stopped() => return None,
                // The sender lives in `shared`, so this ends only with a change.
                _ = self.changes.changed() => tokio::time::sleep(GATHER).await,
                // An interaction without a response changes by its deadline alone.
                () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {}
            }
        }
    }

    /// What is new, or null; and when something changes that nobody does.
    fn news(&mut self) -> (Value, Option<Instant>) {
        let mut news = json!({});
        let state = self.page.shared.lock();
        let bot = state.gateway.is_ready();
        if self.bot.replace(bot) != Some(bot) {
            news["bot"] = Value::Bool(bot);
        }
        let now = self.page.shared.now();
        let mut deadline = None;
        let mut interactions = Vec::new();
        let ours = state.interactions.all().filter(|one| one.user_id == self.person.id());
        for interaction in ours.collect::<Vec<_>>().into_iter().rev().take(LISTED).rev() {
            let over = now > interaction.deadline;
            if !over && interaction.first.is_none() {
                // Its end is to be seen, so the look comes just after it.
                let end = Instant::now() + (interaction.deadline - now) + Duration::from_millis(1);
                deadline = Some(deadline.map_or(end, |earlier: Instant| earlier.min(end)));
            }
            let summary = view::summary(interaction, over);
            if self.interactions.get(&interaction.id) != Some(&summary) {
                self.interactions.insert(interaction.id, summary.clone());
                interactions.push(summary);
            }
        }
        while self.interactions.len() > LISTED {
            self.interactions.pop_first();
        }
        drop(state);
        if !interactions.is_empty() {
            news["interactions"] = Value::Array(interactions);
        }
        let commands = self.person.offered();
        if self.commands.as_ref() != Some(&commands) {
            news["commands"] = Value::from(commands.clone());
            self.commands = Some(commands);
        }
        let seen = self.person.messages();
        let ids: BTreeSet<u64> = seen.iter().map(|message| message.id).collect();
        let gone: Vec<u64> = self.messages.keys().filter(|id| !ids.contains(id)).copied().collect();
        if !gone.is_empty() {
            news["gone"] = gone.iter().map(u64::to_string).collect();
            self.messages.retain(|id, _| ids.contains(id));
        }
        let mut messages = Vec::new();
        for message in &seen {
            let shown = view::message(message);
            if self.messages.get(&message.id) != Some(&shown) {
                self.messages.insert(message.id, shown.clone());
                messages.push(shown);
            }
        }
        if !messages.is_empty() {
            news["messages"] = Value::Array(messages);
        }
        if self.first {
            news["first"] = Value::Bool(true);
        }
        let something = news.as_object().is_some_and(|fields| !fields.is_empty());
        (if something { news } else { Value::Null }, deadline)
    }
}
