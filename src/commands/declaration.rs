//! How a command declares itself.
//!
//! Names are part of the contract with the outside and stand here and in the commands' files; descriptions are
//! messages, under `command-…` and `option-…`.

use crate::catalogue::{Language, StatusValue};
use crate::language::Voice;
use crate::lookup::Entity;

use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::request::{Invocation, TargetMessage, Value as Given};
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// A subcommand.
pub struct Command {
    /// Its name.
    pub name: Wording,
    /// Its own options, those required first; all commands take `langue`, `discret` and `pour` besides.
    pub options: &'static [CommandOption],
    /// Decides what is shown, or why nothing is.
    pub answer: fn(&Reader<'_>, &Invocation) -> Result<View, Refusal>,
    /// Whether answering costs much more than looking something up, so that each person may ask only so often.
    pub costly: bool,
}

/// A command on a message, which people find in the message's menu under *Apps*. It has no options, and its answer is
/// always private. (Discord: interactions/application-commands, "Message Commands".)
pub struct MessageCommand {
    /// Its name, 1 to 32 characters, spaces and capitals among them.
    pub name: Wording,
    /// What it is called in metrics.
    pub key: &'static str,
    /// Decides what is shown, or why nothing is.
    pub answer: fn(&Reader<'_>, &TargetMessage) -> Result<View, Refusal>,
}

/// An option of a subcommand.
pub struct CommandOption {
    /// Its name.
    pub name: Wording,
    /// Whether Discord insists on it.
    pub required: bool,
    /// What it takes.
    pub kind: OptionKind,
}

/// What an option takes.
#[derive(Clone, Copy, Debug)]
pub enum OptionKind {
    /// An entry of the catalogue, typed with completion.
    Entry(Entity),
    /// An entry of one of two kinds, typed with completion.
    Either(Entity, Entity),
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

impl OptionKind {
    /// Whether a person types anything there, rather than chooses.
    pub fn is_typed(self) -> bool {
        matches!(self, OptionKind::Entry(_) | OptionKind::Either(..) | OptionKind::Text)
    }

    /// The kinds of entries that are completed while it is typed.
    pub fn completed(self) -> Vec<Entity> {
        match self {
            OptionKind::Entry(entity) => vec![entity],
            OptionKind::Either(one, other) => vec![one, other],
            _ => Vec::new(),
        }
    }

    /// Whether a value is of this kind.
    pub fn takes(self, value: &Given) -> bool {
        match (self, value) {
            (OptionKind::Language, Given::Text(text)) => text.parse::<Language>().is_ok(),
            (OptionKind::Status, Given::Text(text)) => StatusValue::ALL.iter().any(|status| status.key() == text),
            (kind, Given::Text(_)) => kind.is_typed(),
            (OptionKind::Flag, Given::Flag(_)) | (OptionKind::Person, Given::Person(_)) => true,
            _ => false,
        }
    }
}

impl CommandOption {
    /// The same option, on which Discord insists.
    pub(super) const fn required(self) -> CommandOption {
        CommandOption { required: true, ..self }
    }
}

/// `processus`: a process.
pub(super) const PROCESS: CommandOption = CommandOption {
    name: Wording { fr: "processus", en: "process", es: "proceso" },
    required: false,
    kind: OptionKind::Entry(Entity::Process),
};

/// `region`: a region.
pub(super) const REGION: CommandOption = CommandOption {
    name: Wording { fr: "region", en: "region", es: "region" },
    required: false,
    kind: OptionKind::Entry(Entity::Region),
};

/// `pays`: a country.
pub(super) const COUNTRY: CommandOption = CommandOption {
    name: Wording { fr: "pays", en: "country", es: "pais" },
    required: false,
    kind: OptionKind::Entry(Entity::Country),
};

/// `langue`: the language of the answer.
pub const LANGUAGE: CommandOption = CommandOption {
    name: Wording { fr: "langue", en: "language", es: "idioma" },
    required: false,
    kind: OptionKind::Language,
};

/// `discret`: an answer for the asker's eyes only.
pub(super) const PRIVATE: CommandOption = CommandOption {
    name: Wording { fr: "discret", en: "private", es: "privado" },
    required: false,
    kind: OptionKind::Flag,
};

/// `pour`: a person to address.
pub(super) const ADDRESS: CommandOption =
    CommandOption { name: Wording { fr: "pour", en: "for", es: "para" }, required: false, kind: OptionKind::Person };

/// The options that every subcommand takes.
pub(super) static COMMON: [CommandOption; 3] = [LANGUAGE, PRIVATE, ADDRESS];

impl MessageCommand {
    /// Where it is found, and what it does.
    pub(super) fn on_messages(&self, voice: Voice<'_>) -> String {
        voice.say_with("help-on-messages", [("name", self.name.get(voice.language).into())])
    }
}

impl Command {
    /// Its own options and the common ones.
    pub fn all_options(&self) -> impl Iterator<Item = &CommandOption> {
        self.options.iter().chain(&COMMON)
    }

    /// Whether it has an option of this name that takes this value.
    pub fn takes(&self, name: &str, value: &Given) -> bool {
        self.all_options().any(|option| option.name.fr == name && option.kind.takes(value))
    }
}
