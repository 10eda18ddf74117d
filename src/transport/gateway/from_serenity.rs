//! An interaction, from serenity's types. [`from_json`](crate::transport::from_json) reads the same from Discord's JSON,
//! which serenity does not hand on where its own types could read it.

use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, Embed, GuildId, Interaction as Received, InteractionContext,
    Member, Message, MessageFlags, MessageInteractionMetadata, ModalInteraction, User,
};

use crate::commands::{
    Attachment, Autocomplete, Caller, Component, Interaction, InteractionData, Invocation, Submitted, TargetMessage,
    Value,
};
use crate::transport::from_json::may_delete;

/// The interaction that serenity received.
pub fn read(received: &Received) -> Interaction {
    let (caller, root, data) = match received {
        Received::Ping(_) => (Caller::default(), "", InteractionData::Ping),
        Received::Command(command) => {
            let data = match command.data.kind {
                CommandType::Message => InteractionData::MessageCommand(target(command)),
                _ => InteractionData::Command(invocation(command)),
            };
            (asker(command), command.data.name.as_str(), data)
        }
        Received::Autocomplete(command) => {
            (asker(command), command.data.name.as_str(), InteractionData::Autocomplete(typing(command)))
        }
        Received::Component(component) => (presser(component), "", InteractionData::Component(used(component))),
        Received::Modal(form) => (sender(form), "", InteractionData::Modal(submitted(form))),
        _ => (Caller::default(), "", InteractionData::Unknown),
    };
    Interaction {
        id: received.id().get(),
        application: received.application_id().get(),
        token: received.token().to_owned(),
        caller,
        root: root.to_owned(),
        data,
    }
}

fn asker(command: &CommandInteraction) -> Caller {
    Caller {
        guild: command.guild_id.map(GuildId::get),
        locale: Some(command.locale.clone()),
        guild_locale: command.guild_locale.clone(),
        direct: command.context == Some(InteractionContext::BotDm),
        ..person(&command.user, command.member.as_deref())
    }
}

fn presser(component: &ComponentInteraction) -> Caller {
    Caller {
        guild: component.guild_id.map(GuildId::get),
        locale: Some(component.locale.clone()),
        guild_locale: component.guild_locale.clone(),
        direct: component.context == Some(InteractionContext::BotDm),
        ..person(&component.user, component.member.as_ref())
    }
}

fn sender(form: &ModalInteraction) -> Caller {
    Caller {
        guild: form.guild_id.map(GuildId::get),
        locale: Some(form.locale.clone()),
        guild_locale: form.guild_locale.clone(),
        // serenity does not say where a form was sent from, and no answer to one depends on it.
        ..person(&form.user, form.member.as_ref())
    }
}

fn submitted(form: &ModalInteraction) -> Submitted {
    let fields = form.data.components.iter().flat_map(|row| &row.components);
    let typed = fields.filter_map(|field| match field {
        ActionRowComponent::InputText(field) => Some((field.custom_id.clone(), field.value.clone()?)),
        _ => None,
    });
    Submitted { custom_id: form.data.custom_id.clone(), typed: typed.collect() }
}

fn person(user: &User, member: Option<&Member>) -> Caller {
    Caller {
        user: user.id.get(),
        name: user.global_name.clone().unwrap_or_else(|| user.name.clone()),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
        may_delete: may_delete(member.and_then(|member| member.permissions)),
        ..Caller::default()
    }
}

fn invocation(command: &CommandInteraction) -> Invocation {
    let subcommand = command.data.options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::SubCommand(options) => Some((&option.name, options)),
        _ => None,
    });
    let Some((name, options)) = subcommand else { return Invocation::default() };
    let value = |option: &CommandDataOption| (option.name.clone(), value(command, option));
    Invocation { command: name.clone(), options: options.iter().map(value).collect() }
}

fn value(command: &CommandInteraction, option: &CommandDataOption) -> Value {
    match &option.value {
        CommandDataOptionValue::String(text) => Value::Text(text.clone()),
        CommandDataOptionValue::Boolean(flag) => Value::Flag(*flag),
        CommandDataOptionValue::User(user) => Value::Person(user.get()),
        CommandDataOptionValue::Attachment(id) => {
            command.data.resolved.attachments.get(id).map_or(Value::Other, |file| {
                Value::File(Attachment {
                    id: id.get(),
                    name: file.filename.clone(),
                    size: u64::from(file.size),
                    url: file.url.clone(),
                })
            })
        }
        _ => Value::Other,
    }
}

/// The message on which a command was used.
fn target(command: &CommandInteraction) -> TargetMessage {
    let id = command.data.target_id.map(|id| id.to_message_id());
    id.and_then(|id| command.data.resolved.messages.get(&id)).map(read_message).unwrap_or_default()
}

fn read_message(message: &Message) -> TargetMessage {
    let own = [message.content.as_str()].into_iter().chain(message.embeds.iter().flat_map(texts));
    let forwarded = message
        .message_snapshots
        .iter()
        .flat_map(|forwarded| [forwarded.content.as_str()].into_iter().chain(forwarded.embeds.iter().flat_map(texts)));
    TargetMessage::of(own.chain(forwarded))
}

/// The texts of an embed, in the order in which they are read.
fn texts(embed: &Embed) -> impl Iterator<Item = &str> {
    let author = embed.author.as_ref().map(|author| author.name.as_str());
    let fields = embed.fields.iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]);
    let footer = embed.footer.as_ref().map(|footer| footer.text.as_str());
    let head = [author, embed.title.as_deref(), embed.description.as_deref()].into_iter().flatten();
    head.chain(fields).chain(footer)
}

fn typing(command: &CommandInteraction) -> Option<Autocomplete> {
    let subcommand = command.data.options.first()?;
    let CommandDataOptionValue::SubCommand(options) = &subcommand.value else { return None };
    options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => {
            Some(Autocomplete { command: subcommand.name.clone(), option: option.name.clone(), typed: value.clone() })
        }
        _ => None,
    })
}

fn used(component: &ComponentInteraction) -> Component {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let on_private = component.message.flags.unwrap_or_default().contains(MessageFlags::EPHEMERAL);
    let asker = match component.message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(metadata)) => Some(metadata.user.id.get()),
        Some(MessageInteractionMetadata::Component(metadata)) => Some(metadata.user.id.get()),
        Some(MessageInteractionMetadata::ModalSubmit(metadata)) => Some(metadata.user.id.get()),
        _ => None,
    };
    Component { custom_id: component.data.custom_id.clone(), values, on_private, asker }
}
