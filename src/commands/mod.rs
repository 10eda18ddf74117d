//! The commands: one file for each subcommand of `/rcp`, and what they have in common.
//!
//! Imports run one way, from top to bottom: [`answer`](answer()) is what transports call; `list` names the commands and
//! `show` dispatches views to them; a command decides what is shown and shows it, with `finding` and `refusal` for what
//! is not clear; `reader`, `entry` and `look` are what they share; `view` and `custom_id`, made from the table in
//! `views`, are what buttons carry. A command is a plain function of a snapshot, a request and the day: no input or
//! output, no locks, nothing async.

mod answer;
mod registration;
mod typed;

mod list;
mod show;

mod about;
mod country;
mod glossary;
mod info;
mod iom;
mod meetings;
mod region;
mod search;
mod secretariats;

mod declaration;
mod finding;
mod refusal;

mod entry;
mod look;
mod reader;

mod custom_id;
mod parameter;
mod request;
mod view;
mod views;
mod wording;

pub use answer::{
    ComponentAnswer, answer, autocomplete, component, is_costly, is_costly_component, language, slow_down,
};
pub use custom_id::{CustomId, UnknownCustomId};
pub use declaration::{Command, CommandOption, LANGUAGE, OptionKind};
pub use info::card;
pub use list::{COMMANDS, ROOT};
pub use parameter::{IomPart, Section};
pub use reader::Reader;
pub use refusal::{Refusal, apology};
pub use registration::{option_json, plain_option_json, root_json, subcommand_json, tree};
pub use request::{
    Attachment, Autocomplete, Caller, Choice, Component, Interaction, InteractionData, Invocation, Languages, Value,
};
pub use show::show;
pub use typed::{Mistyped, parse};
pub use view::{UnknownView, View};
pub use wording::Wording;
