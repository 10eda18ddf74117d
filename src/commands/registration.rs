//! The registration that Discord gets from the declarations: names and descriptions in all languages, options, choices.

use serde_json::{Value, json};

use crate::catalogue::{Language, StatusValue};
use crate::language::Messages;
use crate::reply::cut;
use crate::reply::limits::DESCRIPTION;

use crate::commands::declaration::{CommandOption, OptionKind};
use crate::commands::list::{COMMANDS, MESSAGE_COMMANDS, ROOT};
use crate::commands::wording::Wording;

/// The longest text that Discord lets people type into an option, in characters: its own maximum.
const LONGEST_TEXT: usize = 6_000;

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
pub fn plain_option_json(messages: &Messages, name: &Wording, kind: u8, required: bool, completes: bool) -> Value {
    let mut json = titled(messages, name, &format!("option-{}", name.fr));
    json.insert("required".to_owned(), json!(required));
    json.insert("type".to_owned(), json!(kind));
    if completes {
        json.insert("autocomplete".to_owned(), json!(true));
    }
    Value::Object(json)
}

/// A required option of which one of these choices is made: the value of each, and the key of the message that names it.
pub fn choice_option_json(messages: &Messages, name: &Wording, all: &[(&'static str, String)]) -> Value {
    let mut json = plain_option_json(messages, name, 3, true, false);
    if let Some(fields) = json.as_object_mut() {
        let all: Vec<(&'static str, &String)> = all.iter().map(|(value, key)| (*value, key)).collect();
        fields.insert("choices".to_owned(), choices(&all, messages, |(_, key)| key.clone(), |(value, _)| value));
    }
    json
}

/// An option as Discord registers it. (Discord: interactions/application-commands, "Application Command Option Type".)
pub fn option_json(messages: &Messages, option: &CommandOption) -> Value {
    let mut json = titled(messages, &option.name, &format!("option-{}", option.name.fr));
    let mut set = |key: &str, value: Value| json.insert(key.to_owned(), value);
    set("required", json!(option.required));
    match option.kind {
        OptionKind::Entry(_) | OptionKind::Either(..) => {
            set("type", json!(3));
            set("autocomplete", json!(true));
            set("max_length", json!(LONGEST_TEXT));
        }
        OptionKind::Text => {
            set("type", json!(3));
            set("max_length", json!(LONGEST_TEXT));
        }
        OptionKind::Language => {
            set("type", json!(3));
            set("choices", choices(&Language::ALL, messages, |one| format!("language-{one}"), Language::code));
        }
        OptionKind::Status => {
            set("type", json!(3));
            set(
                "choices",
                choices(StatusValue::ALL, messages, |one| format!("status-{}", one.key()), StatusValue::key),
            );
        }
        OptionKind::Flag => {
            set("type", json!(5));
        }
        OptionKind::Person => {
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
    let root = root_json(messages, &root, "command-rcp", subcommands.collect());
    // A command on a message has a name and nothing else.
    let on_messages = MESSAGE_COMMANDS.iter().map(|command| {
        let names = localised(|language| command.name.get(language).to_owned());
        json!({ "type": 3, "name": command.name.fr, "name_localizations": names })
    });
    let everywhere = |mut json: Value| {
        if let Some(fields) = json.as_object_mut() {
            fields.insert("integration_types".to_owned(), json!([0, 1]));
            fields.insert("contexts".to_owned(), json!([0, 1, 2]));
            fields.insert("nsfw".to_owned(), json!(false));
        }
        json
    };
    [root].into_iter().chain(on_messages).map(everywhere).collect()
}
