//! What a person does in the page: running and completing commands, pressing, choosing, submitting, dismissing.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::messages::{File, Message};
use crate::page::site::Page;
use crate::page::view::Who;
use crate::person::{Choice, CommandDraft, NotSent, OptionValue, Outcome, Pending, Person, Response as First};
use crate::snowflake;

/// What the page asks for.
#[derive(Debug, Deserialize)]
pub(super) struct ActRequest {
    who: Who,
    act: Act,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Act {
    /// Runs a command.
    Run { path: String, options: Vec<Filled> },
    /// Asks for the choices of the option that is being typed.
    Complete { path: String, options: Vec<Filled>, option: String, text: String },
    /// Presses a button.
    Press { message: String, custom_id: String },
    /// Chooses from a menu.
    Choose { message: String, custom_id: String, values: Vec<String> },
    /// Sends a modal off, which came for this interaction.
    Submit { interaction: String, fields: Vec<(String, String)> },
    /// Writes a message.
    Write { content: String },
    /// Uses a command on a message.
    Use { message: String, name: String },
    /// Takes a private message away.
    Dismiss { message: String },
}

/// An option with its value.
#[derive(Debug, Deserialize)]
struct Filled {
    name: String,
    value: Input,
}

/// A value as the page writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Input {
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    User(String),
    Role(String),
    Channel(String),
    /// The id that the upload was given.
    File(String),
}

/// Why nothing was done.
enum ActError {
    /// Discord's client would not send it.
    NotSent(NotSent),
    /// The page request for what is not there: a person, an uploaded file.
    Unknown(&'static str),
}

impl From<NotSent> for ActError {
    fn from(reason: NotSent) -> ActError {
        ActError::NotSent(reason)
    }
}

/// Does what a person does, and answers with what came of it.
pub(super) async fn act(State(page): State<Arc<Page>>, Json(request): Json<ActRequest>) -> Response {
    match carry_out(&page, request).await {
        Ok(answer) => Json(answer).into_response(),
        Err(ActError::NotSent(reason)) => {
            (StatusCode::CONFLICT, Json(json!({"refused": reason.to_string()}))).into_response()
        }
        Err(ActError::Unknown(what)) => (StatusCode::BAD_REQUEST, Json(json!({"refused": what}))).into_response(),
    }
}

async fn carry_out(page: &Arc<Page>, request: ActRequest) -> Result<Value, ActError> {
    let who = request.who;
    let person = page.person(&who).ok_or(ActError::Unknown("no such person"))?;
    let outcome = match request.act {
        Act::Run { path, options } => draft(page, &who, &person, &path, options)?.run().await?,
        Act::Complete { path, options, option, text } => {
            draft(page, &who, &person, &path, options)?.complete(&option, &text).await?
        }
        Act::Press { message, custom_id } => person.press(&seen(&person, &message)?, &custom_id).await?,
        Act::Choose { message, custom_id, values } => {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            person.choose(&seen(&person, &message)?, &custom_id, &values).await?
        }
        Act::Submit { interaction, fields } => {
            let id = interaction.parse().map_err(|_| ActError::Unknown("no such interaction"))?;
            let modal = Pending::again(page.shared.clone(), id).outcome().await;
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            person.submit(&modal, &fields).await?
        }
        Act::Write { content } => {
            person.write(&content)?;
            return Ok(json!({"outcome": "done"}));
        }
        Act::Use { message, name } => person.use_on(&seen(&person, &message)?, &name).await?,
        Act::Dismiss { message } => {
            person.dismiss(&seen(&person, &message)?)?;
            return Ok(json!({"outcome": "done"}));
        }
    };
    Ok(answer(&outcome))
}

/// What came of an act, in the page's words.
fn answer(outcome: &Outcome) -> Value {
    let mut answer = json!({"interaction": outcome.interaction_id.to_string()});
    answer["outcome"] = Value::from(match &outcome.response {
        First::Message => "message",
        First::Deferred => "deferred",
        First::Acknowledged => "acknowledged",
        First::Updated => "updated",
        First::Choices(choices) => {
            let choice = |one: &Choice| json!({"name": one.name, "name_localizations": one.name_localizations, "value": one.value});
            answer["choices"] = choices.iter().map(choice).collect();
            "choices"
        }
        First::Modal(modal) => {
            answer["modal"] = modal.clone();
            "modal"
        }
        First::Other(_) => "other",
        First::NoResponse => "none",
    });
    answer
}

/// A message that the person sees.
fn seen(person: &Person, id: &str) -> Result<Message, ActError> {
    let found = person.messages().into_iter().find(|message| message.id.to_string() == id);
    found.ok_or(ActError::NotSent(NotSent::UnknownMessage))
}

fn draft(page: &Page, who: &Who, person: &Person, path: &str, options: Vec<Filled>) -> Result<CommandDraft, ActError> {
    let mut draft = person.command(path);
    for Filled { name, value } in options {
        let id = |text: &str| snowflake::from_json(&Value::from(text)).ok_or(ActError::Unknown("not an id"));
        let value = match value {
            Input::Text(text) => OptionValue::Text(text),
            Input::Integer(number) => OptionValue::Integer(number),
            Input::Number(number) => OptionValue::Number(number),
            Input::Boolean(flag) => OptionValue::Boolean(flag),
            Input::User(text) => {
                let other = page.other(who, id(&text)?).ok_or(ActError::Unknown("no such person"))?;
                OptionValue::User(Box::new(other))
            }
            Input::Role(text) => OptionValue::Role(id(&text)?),
            Input::Channel(text) => OptionValue::Channel(id(&text)?),
            Input::File(text) => {
                let file = page.uploads().get(&id(&text)?).cloned();
                OptionValue::Attachment(file.ok_or(ActError::Unknown("no such file"))?)
            }
        };
        draft = draft.option(&name, value);
    }
    Ok(draft)
}

/// The query of an upload.
#[derive(Deserialize)]
pub(super) struct Upload {
    name: String,
}

/// Takes a file in, to be sent with a command; answers with its id.
pub(super) async fn upload(
    State(page): State<Arc<Page>>,
    Query(upload): Query<Upload>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Json<Value> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or("application/octet-stream");
    let id = page.keep(File::new(upload.name, kind, bytes));
    Json(json!({"id": id.to_string()}))
}
