//! A command as a person fills it in: options, their types and limits (Discord: interactions/application-commands).
//!
//! Lives here: what Discord's client lets through, judged by the registered command, and the `data` it sends.

use serde_json::{Map, Value, json};

use crate::messages::{FILE_LIMIT, File};
use crate::person::not_sent::NotSent;
use crate::person::outcome::{Outcome, Pending};
use crate::person::profile::Person;
use crate::snowflake;
use crate::state::State;

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OptionValue {
    /// Text as it is typed; for other types than text it is read as Discord's client reads it.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A person, for options of the types user and mentionable.
    User(Box<Person>),
    /// A role's id, for options of the types role and mentionable.
    Role(u64),
    /// A channel's id.
    Channel(u64),
    /// A file.
    Attachment(File),
}

impl From<&str> for OptionValue {
    fn from(text: &str) -> OptionValue {
        OptionValue::Text(text.to_owned())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> OptionValue {
        OptionValue::Text(text)
    }
}

impl From<i64> for OptionValue {
    fn from(number: i64) -> OptionValue {
        OptionValue::Integer(number)
    }
}

impl From<f64> for OptionValue {
    fn from(number: f64) -> OptionValue {
        OptionValue::Number(number)
    }
}

impl From<bool> for OptionValue {
    fn from(flag: bool) -> OptionValue {
        OptionValue::Boolean(flag)
    }
}

impl From<&Person> for OptionValue {
    fn from(person: &Person) -> OptionValue {
        OptionValue::User(Box::new(person.clone()))
    }
}

impl From<File> for OptionValue {
    fn from(file: File) -> OptionValue {
        OptionValue::Attachment(file)
    }
}

impl Person {
    /// Begins a command: `path` is its name with group and subcommand, such as `weather today`; options are added to the
    /// draft.
    pub fn command(&self, path: &str) -> CommandDraft {
        CommandDraft::new(self.clone(), path)
    }

    /// Runs a command with these options, each typed as text, and waits for the first response. A text becomes what the
    /// option's registered type asks for: a number, `true` or `false`, the value of the choice of that name.
    ///
    /// # Errors
    ///
    /// If Discord's client would not send it.
    pub async fn run(&self, path: &str, options: &[(&str, &str)]) -> Result<Outcome, NotSent> {
        let draft = options.iter().fold(self.command(path), |draft, (name, text)| draft.option(name, *text));
        draft.run().await
    }

    /// Types `partial` into an option that completes itself, with the other options as they stand, and waits for the
    /// choices.
    ///
    /// # Errors
    ///
    /// If Discord's client would not ask.
    pub async fn complete(
        &self,
        path: &str,
        option: &str,
        partial: &str,
        others: &[(&str, &str)],
    ) -> Result<Outcome, NotSent> {
        let draft = others.iter().fold(self.command(path), |draft, (name, text)| draft.option(name, *text));
        draft.complete(option, partial).await
    }
}

/// A command that a person is about to send.
#[derive(Clone, Debug)]
#[must_use = "a draft does nothing until it is run, completed or sent"]
pub struct CommandDraft {
    person: Person,
    path: String,
    options: Vec<(String, OptionValue)>,
}

/// The largest whole number that an option takes: 2^53 (Discord: interactions/application-commands).
const INTEGER_BOUND: f64 = 9_007_199_254_740_992.0;
/// The characters that a text option takes at most.
const TEXT_LIMIT: u64 = 6_000;

impl CommandDraft {
    pub(super) fn new(person: Person, path: &str) -> CommandDraft {
        CommandDraft { person, path: path.trim_start_matches('/').to_owned(), options: Vec::new() }
    }

    /// Fills in an option. A later value replaces an earlier one.
    pub fn option(mut self, name: &str, value: impl Into<OptionValue>) -> CommandDraft {
        self.options.retain(|(known, _)| known != name);
        self.options.push((name.to_owned(), value.into()));
        self
    }

    /// The interaction that running the command would send. Files are uploaded by this.
    ///
    /// # Errors
    ///
    /// If Discord's client would not send it.
    pub fn json(&self) -> Result<Value, NotSent> {
        self.compose(None)
    }

    /// Sends the command without waiting for the response.
    ///
    /// # Errors
    ///
    /// If Discord's client would not send it.
    pub fn send(&self) -> Result<Pending, NotSent> {
        Ok(self.person.send(self.json()?))
    }

    /// Runs the command and waits for the first response.
    ///
    /// # Errors
    ///
    /// If Discord's client would not send it.
    pub async fn run(&self) -> Result<Outcome, NotSent> {
        Ok(self.send()?.outcome().await)
    }

    /// The interaction that typing `partial` into `option` would send.
    ///
    /// # Errors
    ///
    /// If Discord's client would not ask.
    pub fn completion_json(&self, option: &str, partial: &str) -> Result<Value, NotSent> {
        self.compose(Some((option, partial)))
    }

    /// Types `partial` into `option` and waits for the choices.
    ///
    /// # Errors
    ///
    /// If Discord's client would not ask.
    pub async fn complete(&self, option: &str, partial: &str) -> Result<Outcome, NotSent> {
        let json = self.completion_json(option, partial)?;
        Ok(self.person.send(json).outcome().await)
    }

    /// Composes the interaction; `focused` is the option being typed where it is an autocompletion.
    fn compose(&self, focused: Option<(&str, &str)>) -> Result<Value, NotSent> {
        let person = &self.person;
        let mut state = person.shared.lock();
        let mut names = self.path.split_whitespace();
        let root = names.next().unwrap_or_default();
        let command = self.find(&state, root)?;
        let mut node = command.clone();
        let mut above = Vec::new();
        for name in names {
            let below = node["options"].as_array().and_then(|options| {
                options.iter().find(|one| one["name"] == name && matches!(one["type"].as_u64(), Some(1 | 2)))
            });
            node = below.cloned().ok_or_else(|| NotSent::NotACommand(self.path.clone()))?;
            above.push(node.clone());
        }
        let declared = node["options"].as_array().map_or(&[][..], Vec::as_slice);
        if declared.iter().any(|one| matches!(one["type"].as_u64(), Some(1 | 2))) {
            return Err(NotSent::NotACommand(self.path.clone()));
        }
        let mut resolved = Map::new();
        let mut options = self.values(&mut state, declared, focused, &mut resolved)?;
        for node in above.iter().rev() {
            options = vec![json!({"type": node["type"], "name": node["name"], "options": options})];
        }
        let mut data = json!({
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
        });
        if !options.is_empty() {
            data["options"] = Value::Array(options);
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        if !command["guild_id"].is_null() {
            data["guild_id"] = command["guild_id"].clone();
        }
        Ok(person.interaction(&state, if focused.is_some() { 4 } else { 2 }, data))
    }

    /// The chat input command of this name where the person is: the guild's own before a global one.
    fn find(&self, state: &State, name: &str) -> Result<Value, NotSent> {
        let guild = self.person.place.guild().filter(|guild| state.guilds.contains(guild));
        let of_guild = guild.map_or(&[][..], |guild| state.commands.of(Some(guild)));
        let mut refused = NotSent::UnknownCommand(name.to_owned());
        for command in of_guild.iter().chain(state.commands.of(None)) {
            if command["name"] != name || command["type"] != 1 {
                continue;
            }
            match self.person.is_offered(state, command) {
                Ok(()) => return Ok(command.clone()),
                Err(reason) => refused = NotSent::NotOffered(name.to_owned(), reason),
            }
        }
        Err(refused)
    }

    fn values(
        &self,
        state: &mut State,
        declared: &[Value],
        focused: Option<(&str, &str)>,
        resolved: &mut Map<String, Value>,
    ) -> Result<Vec<Value>, NotSent> {
        let mut options = Vec::new();
        // In the order in which the person filled them in, as Discord sends them.
        for (name, value) in &self.options {
            let option = declared.iter().find(|one| one["name"] == name.as_str());
            let option = option.ok_or_else(|| NotSent::UnknownOption(name.clone()))?;
            if focused.is_some_and(|(focused, _)| focused == name) {
                continue;
            }
            let value = self.value(state, option, name, value, resolved)?;
            options.push(json!({"name": name, "type": option["type"], "value": value}));
        }
        if let Some((name, partial)) = focused {
            let option = declared.iter().find(|one| one["name"] == name);
            let option = option.ok_or_else(|| NotSent::UnknownOption(name.to_owned()))?;
            if option["autocomplete"] != true {
                return Err(NotSent::NoAutocompletion(name.to_owned()));
            }
            // What is being typed is sent as text, whatever the option's type, and is not checked.
            options.push(json!({"name": name, "type": option["type"], "value": partial, "focused": true}));
            return Ok(options);
        }
        for option in declared.iter().filter(|option| option["required"] == true) {
            let name = option["name"].as_str().unwrap_or_default();
            if !self.options.iter().any(|(given, _)| given == name) {
                return Err(NotSent::MissingOption(name.to_owned()));
            }
        }
        Ok(options)
    }

    /// The JSON of one value, once Discord's client would take it; what it refers to goes to `resolved`.
    fn value(
        &self,
        state: &mut State,
        option: &Value,
        name: &str,
        value: &OptionValue,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, NotSent> {
        let wrong = || NotSent::WrongType(name.to_owned());
        let mut refer = |table: &str, id: u64, object: Value| {
            let table = resolved.entry(table).or_insert_with(|| Value::Object(Map::new()));
            table[id.to_string()] = object;
        };
        let kind = option["type"].as_u64().unwrap_or(0);
        if let Some(choices) = option["choices"].as_array() {
            return choice(choices, value).ok_or_else(|| NotSent::NotAChoice(name.to_owned()));
        }
        match (kind, value) {
            (3, OptionValue::Text(text)) => {
                let least = option["min_length"].as_u64().unwrap_or(0).max(1);
                let most = option["max_length"].as_u64().unwrap_or(TEXT_LIMIT);
                if (least..=most).contains(&(text.chars().count() as u64)) {
                    Ok(Value::from(text.as_str()))
                } else {
                    Err(NotSent::Length { option: name.to_owned(), least, most })
                }
            }
            (4, OptionValue::Integer(number)) => within(option, name, *number as f64, Value::from(*number)),
            (4, OptionValue::Text(text)) => {
                let number: i64 = text.trim().parse().map_err(|_| wrong())?;
                within(option, name, number as f64, Value::from(number))
            }
            (10, OptionValue::Number(number)) => within(option, name, *number, Value::from(*number)),
            (10, OptionValue::Integer(number)) => within(option, name, *number as f64, Value::from(*number)),
            (10, OptionValue::Text(text)) => {
                let number: f64 = text.trim().parse().map_err(|_| wrong())?;
                within(option, name, number, Value::from(number))
            }
            (5, OptionValue::Boolean(flag)) => Ok(Value::from(*flag)),
            (5, OptionValue::Text(text)) => match text.trim().to_lowercase().as_str() {
                "true" => Ok(Value::from(true)),
                "false" => Ok(Value::from(false)),
                _ => Err(wrong()),
            },
            (6 | 9, OptionValue::User(person)) => {
                refer("users", person.id, person.user());
                if self.person.place.guild().is_some() {
                    refer("members", person.id, person.member());
                }
                Ok(Value::from(person.id.to_string()))
            }
            (8 | 9, OptionValue::Role(id)) => {
                let role = json!({
                    "id": id.to_string(), "name": format!("role-{id}"), "color": 0, "hoist": false, "position": 1,
                    "permissions": "0", "managed": false, "mentionable": false, "flags": 0, "icon": null,
                    "unicode_emoji": null, "description": null,
                    "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                });
                refer("roles", *id, role);
                Ok(Value::from(id.to_string()))
            }
            (7, OptionValue::Channel(id)) => {
                let known = state.messages.channel(*id).ok_or_else(wrong)?;
                let channel = json!({
                    "id": id.to_string(), "name": known.name, "type": known.kind, "permissions": "0",
                    "guild_id": known.guild_id.map(|guild| guild.to_string()), "parent_id": null, "flags": 0,
                });
                refer("channels", *id, channel);
                Ok(Value::from(id.to_string()))
            }
            (11, OptionValue::Attachment(file)) => {
                if file.bytes.len() > FILE_LIMIT {
                    return Err(NotSent::FileTooLarge(file.name.clone()));
                }
                let channel = self.person.place.channel();
                let attachment = state.messages.attach(&self.person.shared.ids, channel, file.clone(), true);
                let id = snowflake::from_json(&attachment["id"]).unwrap_or(0);
                refer("attachments", id, attachment);
                Ok(Value::from(id.to_string()))
            }
            _ => Err(wrong()),
        }
    }
}

/// The value of the choice that was typed or picked: by its value, or by its name in any language.
fn choice(choices: &[Value], value: &OptionValue) -> Option<Value> {
    let found = choices.iter().find(|choice| match value {
        OptionValue::Text(text) => {
            let mut names = choice["name_localizations"].as_object().into_iter().flat_map(Map::values);
            choice["value"] == text.as_str()
                || choice["name"] == text.as_str()
                || names.any(|name| name == text.as_str())
                || choice["value"].as_f64().is_some_and(|number| text.trim().parse() == Ok(number))
        }
        OptionValue::Integer(number) => choice["value"] == *number,
        OptionValue::Number(number) => choice["value"] == *number,
        _ => false,
    });
    found.map(|choice| choice["value"].clone())
}

fn within(option: &Value, name: &str, number: f64, json: Value) -> Result<Value, NotSent> {
    let least = option["min_value"].as_f64().unwrap_or(-INTEGER_BOUND);
    let most = option["max_value"].as_f64().unwrap_or(INTEGER_BOUND);
    if (least..=most).contains(&number) { Ok(json) } else { Err(NotSent::Bounds(name.to_owned())) }
}
