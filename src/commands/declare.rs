//! How a command declares itself, and the registration that Discord gets from the declarations.
//!
//! Names are part of the contract with the outside and stand here and in the commands' files; descriptions are
//! messages, under `command-…` and `option-…`.

use serde_json::{Value, json};

use crate::catalogue::{Language, StatusValue};
use crate::language::Messages;
use crate::lookup::Entity;
use crate::reply::limits::DESCRIPTION;
use crate::reply::{Reply, cut};

use super::request::{Invocation, Value as Given};
use super::{COMMANDS, ROOT, Reader};

/// A name in three languages, in the form that Discord asks of command and option names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// French: the default, and what message keys carry.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
}

impl Wording {
    /// The name in a language.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.fr,
            Language::En => self.en,
            Language::Es => self.es,
        }
    }
}

/// A subcommand.
pub struct Command {
    /// Its name.
    pub name: Wording,
    /// Its own options, those required first; all commands take `COMMON` besides.
    pub options: &'static [CommandOption],
    /// Its answer.
    pub answer: fn(&Reader<'_>, &Invocation) -> Reply,
}

/// An option of a subcommand.
pub struct CommandOption {
    /// Its name.
    pub name: Wording,
    /// Whether Discord insists on it.
    pub required: bool,
    /// What it takes.
    pub form: Form,
}

/// What an option takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// An entry of the catalogue, typed with completion.
    Entry(Entity),
    /// Free text.
    Text,
    /// A language.
    Language,
    /// A status.
    Status,
    /// Yes or no.
    Flag,
    /// A person.
    Person,
}

impl Form {
    /// Whether a value is of this form.
    pub fn takes(self, value: &Given) -> bool {
        match (self, value) {
            (Form::Language, Given::Text(text)) => text.parse::<Language>().is_ok(),
            (Form::Status, Given::Text(text)) => StatusValue::ALL.iter().any(|status| status.key() == text),
            (Form::Entry(_) | Form::Text, Given::Text(_)) => true,
            (Form::Flag, Given::Flag(_)) | (Form::Person, Given::Person(_)) => true,
            _ => false,
        }
    }
}

/// The longest text that Discord lets people type into an option, in characters: its own maximum.
const LONGEST_TEXT: usize = 6_000;

/// `langue`: the language of the answer.
pub const LANGUAGE: CommandOption = CommandOption {
    name: Wording { fr: "langue", en: "language", es: "idioma" },
    required: false,
    form: Form::Language,
};

/// `discret`: an answer for the asker's eyes only.
pub const PRIVATE: CommandOption =
    CommandOption { name: Wording { fr: "discret", en: "private", es: "privado" }, required: false, form: Form::Flag };

/// `pour`: a person to address.
pub const ADDRESS: CommandOption =
    CommandOption { name: Wording { fr: "pour", en: "for", es: "para" }, required: false, form: Form::Person };

/// The options that every subcommand takes.
pub static COMMON: [CommandOption; 3] = [LANGUAGE, PRIVATE, ADDRESS];

impl Command {
    /// Its own options and the common ones.
    pub fn all_options(&self) -> impl Iterator<Item = &CommandOption> {
        self.options.iter().chain(&COMMON)
    }

    /// Whether it has an option of this name that takes this value.
    pub fn takes(&self, name: &str, value: &Given) -> bool {
        self.all_options().any(|option| option.name.fr == name && option.form.takes(value))
    }
}

/// The Discord locales of a language. The default name stands under its own locale too, because Discord falls back to
/// it for every locale that is not named. (Discord: interactions/application-commands, "Localization".)
const fn locales(language: Language) -> &'static [&'static str] {
    match language {
        Language::Fr => &["fr"],
        Language::En => &["en-US", "en-GB"],
        Language::Es => &["es-ES", "es-419"],
    }
}

fn localised(text: impl Fn(Language) -> String) -> Value {
    let all = Language::ALL.into_iter().flat_map(|language| {
        let text = text(language);
        locales(language).iter().map(move |locale| ((*locale).to_owned(), Value::String(text.clone())))
    });
    Value::Object(all.collect())
}

/// The name and description of a command or option, with their localisations.
fn titled(messages: &Messages, name: &Wording, key: &str) -> serde_json::Map<String, Value> {
    let description = |language: Language| cut(&messages.voice(language).say(key), DESCRIPTION);
    let fields = [
        ("name", json!(name.fr)),
        ("name_localizations", localised(|language| name.get(language).to_owned())),
        ("description", json!(description(Language::Fr))),
        ("description_localizations", localised(description)),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn choices<T: Copy>(
    all: &[T],
    messages: &Messages,
    key: impl Fn(T) -> String,
    value: impl Fn(T) -> &'static str,
) -> Value {
    let choice = |one: &T| {
        let name = |language: Language| messages.voice(language).say(&key(*one));
        json!({ "name": name(Language::Fr), "name_localizations": localised(name), "value": value(*one) })
    };
    Value::Array(all.iter().map(choice).collect())
}

/// An option of another form than those of `/rcp` as Discord registers it: `kind` is Discord's type.
/// (Discord: interactions/application-commands, "Application Command Option Type".)
pub fn plain_option_json(messages: &Messages, name: &Wording, kind: u8, completes: bool) -> Value {
    let mut json = titled(messages, name, &format!("option-{}", name.fr));
    json.insert("required".to_owned(), json!(true));
    json.insert("type".to_owned(), json!(kind));
    if completes {
        json.insert("autocomplete".to_owned(), json!(true));
    }
    Value::Object(json)
}

/// An option as Discord registers it. (Discord: interactions/application-commands, "Application Command Option Type".)
pub fn option_json(messages: &Messages, option: &CommandOption) -> Value {
    let mut json = titled(messages, &option.name, &format!("option-{}", option.name.fr));
    let mut set = |key: &str, value: Value| json.insert(key.to_owned(), value);
    set("required", json!(option.required));
    match option.form {
        Form::Entry(_) => {
            set("type", json!(3));
            set("autocomplete", json!(true));
            set("max_length", json!(LONGEST_TEXT));
        }
        Form::Text => {
            set("type", json!(3));
            set("max_length", json!(LONGEST_TEXT));
        }
        Form::Language => {
            set("type", json!(3));
            set("choices", choices(&Language::ALL, messages, |one| format!("language-{one}"), Language::code));
        }
        Form::Status => {
            set("type", json!(3));
            set(
                "choices",
                choices(StatusValue::ALL, messages, |one| format!("status-{}", one.key()), StatusValue::key),
            );
        }
        Form::Flag => {
            set("type", json!(5));
        }
        Form::Person => {
            set("type", json!(6));
        }
    }
    Value::Object(json)
}

/// A root command of subcommands as Discord registers it; `key` names its description.
pub fn root_json(messages: &Messages, root: &Wording, key: &str, subcommands: Vec<Value>) -> Value {
    let mut json = titled(messages, root, key);
    json.insert("type".to_owned(), json!(1));
    json.insert("options".to_owned(), Value::Array(subcommands));
    Value::Object(json)
}

/// A subcommand with its options as Discord registers it.
pub fn subcommand_json(messages: &Messages, name: &Wording, options: impl Iterator<Item = Value>) -> Value {
    let mut json = titled(messages, name, &format!("command-{}", name.fr));
    json.insert("type".to_owned(), json!(1));
    json.insert("options".to_owned(), options.collect());
    Value::Object(json)
}

/// The commands for everyone, as Discord registers them: in servers, in direct messages, and as a user-installed app.
/// (Discord: interactions/application-commands, "Contexts".)
pub fn tree(messages: &Messages) -> Vec<Value> {
    let root = Wording { fr: ROOT, en: ROOT, es: ROOT };
    let subcommands = COMMANDS.iter().map(|command| {
        subcommand_json(messages, &command.name, command.all_options().map(|option| option_json(messages, option)))
    });
    let mut json = root_json(messages, &root, "command-rcp", subcommands.collect());
    if let Some(fields) = json.as_object_mut() {
        fields.insert("integration_types".to_owned(), json!([0, 1]));
        fields.insert("contexts".to_owned(), json!([0, 1, 2]));
        fields.insert("nsfw".to_owned(), json!(false));
    }
    vec![json]
}
