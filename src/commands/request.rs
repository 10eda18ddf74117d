//! What a person asked, freed from the transport that brought it.

use std::collections::HashMap;

use crate::catalogue::Language;
use crate::language::{Preference, choose};

/// Who asks, from where, as Discord tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The person's id.
    pub user: u64,
    /// The server's id; `None` in a direct message.
    pub guild: Option<u64>,
    /// The person's Discord locale.
    pub locale: Option<String>,
    /// The server's Discord locale.
    pub guild_locale: Option<String>,
    /// Whether the person may delete others' messages here: has Manage Messages, or moderates the bot.
    pub may_delete: bool,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, or an id chosen from a completion.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A person's id.
    Person(u64),
    /// Anything else that Discord can send, which no option of ours takes.
    Other,
}

/// A slash command as sent: the subcommand and its options by their default names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// The subcommand, such as `region`.
    pub command: String,
    /// The options.
    pub options: Vec<(String, Value)>,
}

/// An option being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// The subcommand.
    pub command: String,
    /// The option.
    pub option: String,
    /// What has been typed so far.
    pub typed: String,
}

/// A button pressed or a menu's entry chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The component's `custom_id`. Anybody can send any.
    pub custom_id: String,
    /// The chosen values of a menu; empty for a button.
    pub values: Vec<String>,
    /// Whether it stands under a message that only the asker sees.
    pub on_private: bool,
}

/// A choice offered while typing: what is shown, and the id that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is shown, 1 to 100 characters.
    pub name: String,
    /// What is sent, 1 to 100 characters.
    pub value: String,
}

/// What the operator set about languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    /// For those of whom nothing else is known.
    pub default: Language,
    /// The language of public answers, by server.
    pub servers: HashMap<u64, Language>,
}

impl Default for Languages {
    fn default() -> Languages {
        Languages { default: Language::Fr, servers: HashMap::new() }
    }
}

impl Languages {
    /// The language of a reply to `caller`.
    pub fn of(&self, caller: &Caller, option: Option<Language>, public: bool) -> Language {
        let server_setting = caller.guild.filter(|_| public).and_then(|guild| self.servers.get(&guild).copied());
        let preference = Preference {
            option,
            server_setting,
            person: caller.locale.as_deref(),
            server: caller.guild_locale.as_deref(),
        };
        choose(preference, self.default)
    }
}

impl Invocation {
    /// The text of an option, if it was given as one and is not blank.
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.value(option)? {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The answer to a yes-or-no option; `false` when it was not given.
    pub fn flag(&self, option: &str) -> bool {
        matches!(self.value(option), Some(Value::Flag(true)))
    }

    /// The person named in an option.
    pub fn person(&self, option: &str) -> Option<u64> {
        match self.value(option)? {
            Value::Person(id) => Some(*id),
            _ => None,
        }
    }

    fn value(&self, option: &str) -> Option<&Value> {
        self.options.iter().find(|(name, _)| name == option).map(|(_, value)| value)
    }
}
