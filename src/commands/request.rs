//! What a person asked, freed from the transport that brought it.

use std::collections::HashMap;

use crate::catalogue::Language;
use crate::language::{Preference, choose};

/// An interaction, in the one form in which everything beyond the transports knows it, whichever way it came.
/// (Discord: interactions/receiving-and-responding, "Interaction Object".)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interaction {
    /// Its id.
    pub id: u64,
    /// The application's id, for calls about the response.
    pub application: u64,
    /// The token for such calls, which opens them for 15 minutes. It is never logged.
    pub token: String,
    /// Who asks.
    pub caller: Caller,
    /// The root command, of a command and of an option being typed, or the name of a command on a message; empty for
    /// anything else.
    pub root: String,
    /// For what.
    pub data: InteractionData,
}

/// What an interaction asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum InteractionData {
    /// Whether we are there.
    Ping,
    /// The answer to a command.
    Command(Invocation),
    /// Choices for an option; none if no option of ours is being typed.
    Autocomplete(Option<Autocomplete>),
    /// The answer to a command on a message.
    MessageCommand(TargetMessage),
    /// What a button or a menu leads to.
    Component(Component),
    /// What was typed into a form.
    Modal(Submitted),
    /// Any other kind is unknown to us.
    #[default]
    Unknown,
    /// Something whose form could not be read but for its id and token.
    Unreadable,
}

/// Who asks, from where, as Discord tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The person's id.
    pub user: u64,
    /// The person's name, for the record of what moderators do.
    pub name: String,
    /// The server's id; `None` in a direct message.
    pub guild: Option<u64>,
    /// The person's roles in that server.
    pub roles: Vec<u64>,
    /// The person's Discord locale.
    pub locale: Option<String>,
    /// The server's Discord locale.
    pub guild_locale: Option<String>,
    /// Whether the person may delete others' messages here: has Manage Messages, or is an administrator.
    pub may_delete: bool,
    /// Whether this is a direct message with the bot, where nobody else is.
    pub direct: bool,
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
    /// A file.
    File(Attachment),
    /// Anything else that Discord can send, which no option of ours takes.
    Other,
}

/// A file that came with a command, as Discord names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: u64,
    /// Its name. The person chose it.
    pub name: String,
    /// Its length in bytes, as Discord tells it.
    pub size: u64,
    /// Where it is.
    pub url: String,
}

/// A slash command as sent: the subcommand and its options by their default names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// The subcommand, such as `region`; empty where there is none.
    pub command: String,
    /// The options.
    pub options: Vec<(String, Value)>,
}

/// The message on which a command was used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetMessage {
    /// Everything in it that can be read: what was written, and the texts of its embeds, of messages forwarded in it as
    /// well, one below the other. Anybody may have written it.
    pub text: String,
}

impl TargetMessage {
    /// A message with these texts, of which those that are empty say nothing.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> TargetMessage {
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        TargetMessage { text: texts.join("\n") }
    }
}

/// An option being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autocomplete {
    /// The subcommand.
    pub command: String,
    /// The option.
    pub option: String,
    /// What has been typed so far.
    pub typed: String,
}

/// A button that was pressed, or a menu from which something was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// The component's `custom_id`. Anybody can send any.
    pub custom_id: String,
    /// The chosen values of a menu; empty for a button.
    pub values: Vec<String>,
    /// Whether it stands under a message that only the asker sees.
    pub on_private: bool,
    /// The id of the person who asked for the message under which it stands, as far as Discord tells it.
    pub asker: Option<u64>,
}

impl Component {
    /// Whether what it leads to takes the place of its message: where that disturbs nobody but who uses it, since only
    /// they see the message, or asked for it, or are alone with the bot.
    pub fn turns_in_place(&self, caller: &Caller) -> bool {
        self.on_private || caller.direct || self.asker == Some(caller.user)
    }
}

/// A form that was filled in and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submitted {
    /// The form's `custom_id`. Anybody can send any.
    pub custom_id: String,
    /// What was typed into each field, by the field's name. Anybody can send anything of any length.
    pub typed: Vec<(String, String)>,
}

impl Submitted {
    /// What was typed into a field, without the space around it; empty where nothing was.
    pub fn text(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, typed)| typed.trim()).unwrap_or_default()
    }
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

    /// The file that came in an option.
    pub fn file(&self) -> Option<&Attachment> {
        self.options.iter().find_map(|(_, value)| match value {
            Value::File(file) => Some(file),
            _ => None,
        })
    }

    fn value(&self, option: &str) -> Option<&Value> {
        self.options.iter().find(|(name, _)| name == option).map(|(_, value)| value)
    }
}
