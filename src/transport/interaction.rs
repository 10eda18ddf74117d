//! An interaction, freed from the form in which it came: from serenity's types to what the commands and the moderators'
//! desk are asked. [`posted`](super::posted) reads the same from the JSON that the endpoint gets.

use serenity::all::{
    AttachmentId, CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, Member, MessageFlags, Permissions, User,
};

use crate::admin;
use crate::admin::{Attachment, MARK, Person, Request, Wish};
use crate::commands::{Caller, Completing, Invocation, Press, ROOT, Value};

/// An interaction: who asks for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: u64,
    /// The application's id, for calls about the response.
    pub application: u64,
    /// The token for such calls.
    pub token: String,
    /// Who asks.
    pub caller: Caller,
    /// For what.
    pub what: What,
}

/// What an interaction asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Whether we are there.
    Ping,
    /// The answer to a command.
    Command(Invocation),
    /// Choices for an option; none if no option is being typed.
    Complete(Option<Completing>),
    /// What a component leads to.
    Press(Press),
    /// No answer of ours opens a modal, so that none can come back; any other kind is unknown to us.
    Unknown,
}

impl Received {
    /// Whether it is for the moderators' desk, where there is one.
    pub fn for_moderation(&self) -> bool {
        match &self.what {
            What::Command(invocation) => invocation.command == admin::ROOT,
            What::Complete(completing) => completing.as_ref().is_some_and(|it| it.command == admin::ROOT),
            What::Press(press) => press.custom_id.starts_with(MARK),
            What::Ping | What::Unknown => false,
        }
    }
}

impl From<&Interaction> for Received {
    fn from(interaction: &Interaction) -> Received {
        let (caller, what) = match interaction {
            Interaction::Ping(_) => (Caller::default(), What::Ping),
            Interaction::Command(command) => (caller_of_command(command), What::Command(invocation(command))),
            Interaction::Autocomplete(command) => (caller_of_command(command), What::Complete(completing(command))),
            Interaction::Component(component) => (caller_of_component(component), What::Press(press(component))),
            _ => (Caller::default(), What::Unknown),
        };
        let (id, application) = (interaction.id().get(), interaction.application_id().get());
        Received { id, application, token: interaction.token().to_owned(), caller, what }
    }
}

/// The subcommand and its options. Another root command comes out as an unknown command without options, which the
/// commands answer.
pub fn invoked(root: &str, subcommand: Option<&str>, options: impl FnOnce() -> Vec<(String, Value)>) -> Invocation {
    match subcommand {
        Some(name) if root == ROOT => Invocation { command: name.to_owned(), options: options() },
        _ => Invocation { command: root.to_owned(), options: Vec::new() },
    }
}

/// The option being typed, likewise.
pub fn typed(root: &str, subcommand: &str, option: &str, typed: &str) -> Completing {
    let command = if root == ROOT { subcommand } else { root };
    Completing { command: command.to_owned(), option: option.to_owned(), typed: typed.to_owned() }
}

/// Whether these permissions let a member delete the message in Discord itself.
pub fn may_delete(permissions: Option<Permissions>) -> bool {
    permissions.unwrap_or_default().intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
}

fn caller_of_command(command: &CommandInteraction) -> Caller {
    Caller {
        user: command.user.id.get(),
        guild: command.guild_id.map(|guild| guild.get()),
        locale: Some(command.locale.clone()),
        guild_locale: command.guild_locale.clone(),
        may_delete: may_delete(command.member.as_ref().and_then(|member| member.permissions)),
    }
}

fn caller_of_component(component: &ComponentInteraction) -> Caller {
    Caller {
        user: component.user.id.get(),
        guild: component.guild_id.map(|guild| guild.get()),
        locale: Some(component.locale.clone()),
        guild_locale: component.guild_locale.clone(),
        may_delete: may_delete(component.member.as_ref().and_then(|member| member.permissions)),
    }
}

fn invocation(command: &CommandInteraction) -> Invocation {
    let data = &command.data;
    let subcommand = data.options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::SubCommand(options) => Some((option.name.as_str(), options)),
        _ => None,
    });
    let options = || subcommand.map(|(_, options)| options.iter().map(value).collect()).unwrap_or_default();
    invoked(&data.name, subcommand.map(|(name, _)| name), options)
}

/// Options of another form come out as such that were not given.
fn value(option: &CommandDataOption) -> (String, Value) {
    let value = match &option.value {
        CommandDataOptionValue::String(text) => Value::Text(text.clone()),
        CommandDataOptionValue::Boolean(flag) => Value::Flag(*flag),
        CommandDataOptionValue::User(user) => Value::Person(user.get()),
        _ => Value::Other,
    };
    (option.name.clone(), value)
}

fn completing(command: &CommandInteraction) -> Option<Completing> {
    let subcommand = command.data.options.first()?;
    let CommandDataOptionValue::SubCommand(options) = &subcommand.value else { return None };
    options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => {
            Some(typed(&command.data.name, &subcommand.name, &option.name, value))
        }
        _ => None,
    })
}

fn press(component: &ComponentInteraction) -> Press {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let flags = component.message.flags.unwrap_or_default();
    Press { custom_id: component.data.custom_id.clone(), values, on_private: flags.contains(MessageFlags::EPHEMERAL) }
}

// --- For the moderators' desk ----------------------------------------------------------------------------------------

/// What an interaction asks of the moderators' desk, if it is for it.
pub fn for_moderation(interaction: &Interaction) -> Option<Request> {
    let (person, wish) = match interaction {
        Interaction::Command(command) if command.data.name == admin::ROOT => {
            let subcommand = command.data.options.first();
            let options = subcommand.map(options_of).unwrap_or_default();
            let texts = options.iter().filter_map(|option| match &option.value {
                CommandDataOptionValue::String(text) => Some((option.name.clone(), text.clone())),
                _ => None,
            });
            let file = options.iter().find_map(|option| match &option.value {
                CommandDataOptionValue::Attachment(id) => attachment(command, *id),
                _ => None,
            });
            let name = subcommand.map(|subcommand| subcommand.name.clone()).unwrap_or_default();
            (person_of_command(command), Wish::Command { name, options: texts.collect(), file })
        }
        Interaction::Autocomplete(command) if command.data.name == admin::ROOT => {
            let Completing { option, typed, .. } = completing(command)?;
            (person_of_command(command), Wish::Complete { option, typed })
        }
        Interaction::Component(component) if component.data.custom_id.starts_with(MARK) => {
            let mut person = person(&component.user, component.member.as_ref());
            person.guild = component.guild_id.map(|guild| guild.get());
            person.locale = Some(component.locale.clone());
            person.guild_locale = component.guild_locale.clone();
            (person, Wish::Press { custom_id: component.data.custom_id.clone() })
        }
        _ => return None,
    };
    Some(Request { interaction: interaction.id().get(), person, wish })
}

fn options_of(subcommand: &CommandDataOption) -> &[CommandDataOption] {
    match &subcommand.value {
        CommandDataOptionValue::SubCommand(options) => options,
        _ => &[],
    }
}

fn attachment(command: &CommandInteraction, id: AttachmentId) -> Option<Attachment> {
    let file = command.data.resolved.attachments.get(&id)?;
    Some(Attachment { id: id.get(), name: file.filename.clone(), size: u64::from(file.size), url: file.url.clone() })
}

fn person_of_command(command: &CommandInteraction) -> Person {
    Person {
        guild: command.guild_id.map(|guild| guild.get()),
        locale: Some(command.locale.clone()),
        guild_locale: command.guild_locale.clone(),
        ..person(&command.user, command.member.as_deref())
    }
}

fn person(user: &User, member: Option<&Member>) -> Person {
    Person {
        user: user.id.get(),
        name: user.global_name.clone().unwrap_or_else(|| user.name.clone()),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
        ..Person::default()
    }
}
