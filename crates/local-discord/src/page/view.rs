//! How things are put for the page: who and where one can be, what was sent for an interaction and what came back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::interactions::{Interaction, command_path};
use crate::judge::Payload;
use crate::messages::{FILE_LIMIT, Message};
use crate::page::site::Page;
use crate::person::Person;
use crate::state::State as Discord;
use crate::users;

/// The route of a first response, as Discord's OpenAPI document writes it.
const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";

/// As whom and where one acts; sent along with everything that the page asks.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Who {
    /// The place in [`crate::PageOptions::people`].
    person: usize,
    #[serde(default)]
    locale: Option<String>,
    place: Place,
    /// In the guild: which of its channels, by id; without, its first.
    #[serde(default)]
    channel: Option<String>,
}

/// Where one acts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    /// The guild's channel.
    Guild,
    /// Direct messages with the bot.
    Direct,
    /// A group without the bot, where the person has installed the application.
    Group,
}

impl Page {
    /// The person who acts; `None` if there is no such one.
    pub(super) fn person(&self, who: &Who) -> Option<Person> {
        let mut person = self.people.get(who.person)?.clone();
        if let Some(locale) = &who.locale {
            person = person.locale(locale);
        }
        Some(match who.place {
            Place::Guild => match &who.channel {
                None => person,
                Some(id) => {
                    let known = self.options.channels.iter().find(|channel| channel.id.to_string() == *id)?;
                    person.in_channel(known.id)
                }
            },
            Place::Direct => person.in_direct_messages(),
            Place::Group => person.in_private_channel().user_installed(true),
        })
    }

    /// Another person of the page, as an option's value.
    pub(super) fn other(&self, who: &Who, id: u64) -> Option<Person> {
        let position = self.people.iter().position(|person| person.id() == id)?;
        self.person(&Who { person: position, locale: None, ..who.clone() })
    }
}

/// Who and what there is.
pub(super) async fn place(State(page): State<Arc<Page>>) -> Json<Value> {
    let options = &page.shared.options;
    let people = page.people.iter().zip(&page.options.people).map(|(person, shown)| {
        let roles = shown.roles.iter().map(|role| json!({"id": role.id.to_string(), "name": role.name}));
        json!({"id": person.id().to_string(), "name": shown.name, "roles": roles.collect::<Vec<_>>()})
    });
    let first = page.people.first().map(|person| json!({"id": person.channel_id().to_string(), "name": "general"}));
    let others = page.options.channels.iter();
    let others = others.map(|channel| json!({"id": channel.id.to_string(), "name": channel.name}));
    let channels: Vec<Value> = first.into_iter().chain(others).collect();
    Json(json!({
        "bot": users::user(options.application_id, &options.name, None, true),
        "guild": page.options.guild_name,
        "channels": channels,
        // What is private and older was told to another opening of the page; Discord's client forgets it too.
        "opened": page.shared.ids.next().to_string(),
        "people": people.collect::<Vec<_>>(),
        "judges": page.shared.judges().map(|judge| judge.name()).collect::<Vec<_>>(),
        "file_limit": FILE_LIMIT,
    }))
}

/// A message, with what Discord's client knows of it besides.
pub(super) fn message(message: &Message) -> Value {
    let mut json = message.json.clone();
    json["loading"] = Value::Bool(message.is_loading());
    json["ephemeral"] = Value::Bool(message.is_ephemeral());
    json
}

/// An interaction in a line: what it was and what came of it.
pub(super) fn summary(interaction: &Interaction, over: bool) -> Value {
    let data = &interaction.json["data"];
    let name = if data["custom_id"].is_string() { data["custom_id"].clone() } else { command_path(data).into() };
    let accepted = interaction.callbacks.iter().find(|callback| callback.status < 300);
    let last = accepted.or(interaction.callbacks.last());
    json!({
        "id": interaction.id.to_string(),
        "type": interaction.kind,
        "name": name,
        "over": over || interaction.first.is_some(),
        "status": last.map(|callback| callback.status),
        "after_us": last.map(|callback| u64::try_from(callback.after.as_micros()).unwrap_or(u64::MAX)),
    })
}

/// Everything about one interaction: what was sent, what came back, and what each judge says of that.
pub(super) async fn interaction(State(page): State<Arc<Page>>, Path(id): Path<u64>) -> Response {
    let state = page.shared.lock();
    let Some(interaction) = state.interactions.get(id) else { return StatusCode::NOT_FOUND.into_response() };
    let callbacks = interaction.callbacks.iter().map(|callback| {
        let payload = Payload {
            method: "POST",
            route: CALLBACK,
            body: &callback.body,
            files: &callback.files,
            interaction_type: Some(interaction.kind),
        };
        let verdicts = page.shared.judges().map(|judge| {
            let complaints: Vec<String> = judge.judge(&payload).iter().map(ToString::to_string).collect();
            json!({"judge": judge.name(), "complaints": complaints})
        });
        json!({
            "status": callback.status,
            "after_us": u64::try_from(callback.after.as_micros()).unwrap_or(u64::MAX),
            "body": *callback.body,
            "files": callback.files.iter().map(|file| &file.name).collect::<Vec<_>>(),
            "verdicts": verdicts.collect::<Vec<_>>(),
        })
    });
    let callbacks: Vec<Value> = callbacks.collect();
    let json = json!({"sent": interaction.json, "callbacks": callbacks, "later": later(&state, &interaction.token)});
    drop(state);
    Json(json).into_response()
}

/// The requests after the first response: edits, deletions, follow-ups.
fn later(state: &Discord, token: &str) -> Vec<Value> {
    let ours = state.requests.iter().filter(|request| {
        request.path.starts_with("/webhooks/") && request.path.split('/').any(|segment| segment == token)
    });
    let request = ours.map(
        |one| json!({"method": one.method, "route": one.route, "status": one.status, "body": one.body.as_deref()}),
    );
    request.collect()
}
