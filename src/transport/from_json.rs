//! An interaction from Discord's JSON, read no further than answering needs, so that what Discord adds or changes
//! elsewhere does no harm. serenity's own types take in all of it, by way of a tree of JSON, which took longer than
//! answering does.
//!
//! What [`from_serenity`](crate::transport::gateway::from_serenity) makes of serenity's types is equal to what is made
//! here of the same JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serenity::all::{
    ApplicationId, AttachmentId, GuildId, InteractionId, MessageFlags, MessageId, Permissions, RoleId, UserId,
};

use crate::commands::{
    Attachment, Autocomplete, Caller, Component, Interaction, InteractionData, Invocation, Submitted, TargetMessage,
    Value,
};

/// Reads an interaction's JSON.
pub fn read(json: &[u8]) -> serde_json::Result<Interaction> {
    Ok(serde_json::from_slice::<Received<'_>>(json)?.interaction())
}

/// Where in an interaction's JSON stands what [`read`] cannot read: the names of Discord's fields on the way there, as in
/// `data.options[0].name`, and no value, which a person may have typed. Empty where all of it can be read, and `.` where
/// it is no JSON.
pub fn unreadable_field(json: &[u8]) -> String {
    let mut reading = serde_json::Deserializer::from_slice(json);
    let read = serde_path_to_error::deserialize::<_, Received<'_>>(&mut reading);
    read.err().map(|error| error.path().to_string()).unwrap_or_default()
}

/// Of an interaction that [`read`] cannot read, what is needed to apologise: its id and its token, if they are there, and
/// the languages of who asked.
pub fn read_least(json: &[u8]) -> Option<Interaction> {
    #[derive(Deserialize)]
    struct Least {
        id: InteractionId,
        application_id: ApplicationId,
        token: String,
        /// Whatever stands there: it may be what could not be read.
        #[serde(default)]
        locale: serde_json::Value,
        #[serde(default)]
        guild_locale: serde_json::Value,
    }
    let least: Least = serde_json::from_slice(json).ok()?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let caller = Caller { locale: text(&least.locale), guild_locale: text(&least.guild_locale), ..Caller::default() };
    Some(Interaction {
        id: least.id.get(),
        application: least.application_id.get(),
        token: least.token,
        caller,
        data: InteractionData::Unreadable,
        ..Interaction::default()
    })
}

/// Whether these permissions let a member delete the message in Discord itself.
pub fn may_delete(permissions: Option<Permissions>) -> bool {
    permissions.unwrap_or_default().intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
}

/// Types of interactions. (Discord: interactions/receiving-and-responding, "Interaction Type".)
mod kind {
    pub(super) const PING: u8 = 1;
    pub(super) const COMMAND: u8 = 2;
    pub(super) const COMPONENT: u8 = 3;
    pub(super) const COMPLETION: u8 = 4;
    pub(super) const MODAL: u8 = 5;
}

/// Where an interaction comes from: the context of a direct message with the bot. (Discord:
/// interactions/receiving-and-responding, "Interaction Context Types".)
const BOT_DM: u8 = 1;

/// Types of options. (Discord: interactions/application-commands, "Application Command Option Type".)
mod option {
    pub(super) const SUBCOMMAND: u8 = 1;
    pub(super) const TEXT: u8 = 3;
    pub(super) const FLAG: u8 = 5;
    pub(super) const PERSON: u8 = 6;
    pub(super) const FILE: u8 = 11;
}

/// The type of a command on a message. (Discord: interactions/application-commands, "Application Command Types".)
const MESSAGE_COMMAND: u8 = 3;

/// The type of a menu of texts. (Discord: components/reference, "Component Types".)
const TEXT_MENU: u8 = 3;

#[derive(Deserialize)]
struct Received<'p> {
    id: InteractionId,
    application_id: ApplicationId,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(borrow)]
    token: Cow<'p, str>,
    #[serde(borrow, default)]
    data: Data<'p>,
    guild_id: Option<GuildId>,
    member: Option<Member>,
    user: Option<User>,
    locale: Option<String>,
    guild_locale: Option<String>,
    context: Option<u8>,
    message: Option<Message>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data<'p> {
    #[serde(borrow)]
    name: Cow<'p, str>,
    #[serde(rename = "type")]
    kind: u8,
    target_id: Option<MessageId>,
    #[serde(borrow)]
    options: Vec<Filled<'p>>,
    #[serde(borrow)]
    custom_id: Cow<'p, str>,
    component_type: u8,
    values: Vec<String>,
    #[serde(borrow)]
    resolved: Resolved<'p>,
    #[serde(borrow)]
    components: Vec<FormPart<'p>>,
}

/// What the ids in options stand for, and the id of a message.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Resolved<'p> {
    #[serde(borrow)]
    attachments: HashMap<AttachmentId, File<'p>>,
    #[serde(borrow)]
    messages: HashMap<MessageId, Target<'p>>,
}

/// A message on which a command was used, or one that is forwarded in it. (Discord: resources/message, "Message Snapshot
/// Object".)
#[derive(Default, Deserialize)]
#[serde(default)]
struct Target<'p> {
    #[serde(borrow)]
    content: Cow<'p, str>,
    #[serde(borrow)]
    embeds: Vec<Embed<'p>>,
    #[serde(borrow)]
    message_snapshots: Vec<Forwarded<'p>>,
}

#[derive(Deserialize)]
struct Forwarded<'p> {
    #[serde(borrow)]
    message: Content<'p>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content<'p> {
    #[serde(borrow)]
    content: Cow<'p, str>,
    #[serde(borrow)]
    embeds: Vec<Embed<'p>>,
}

/// The texts of an embed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Embed<'p> {
    #[serde(borrow)]
    author: Option<Author<'p>>,
    #[serde(borrow)]
    title: Option<Cow<'p, str>>,
    #[serde(borrow)]
    description: Option<Cow<'p, str>>,
    #[serde(borrow)]
    fields: Vec<Field<'p>>,
    #[serde(borrow)]
    footer: Option<Footer<'p>>,
}

#[derive(Deserialize)]
struct Author<'p> {
    #[serde(borrow)]
    name: Cow<'p, str>,
}

#[derive(Deserialize)]
struct Field<'p> {
    #[serde(borrow)]
    name: Cow<'p, str>,
    #[serde(borrow)]
    value: Cow<'p, str>,
}

#[derive(Deserialize)]
struct Footer<'p> {
    #[serde(borrow)]
    text: Cow<'p, str>,
}

impl Target<'_> {
    fn read(&self) -> TargetMessage {
        let own = [&*self.content].into_iter().chain(self.embeds.iter().flat_map(Embed::texts));
        let forwarded = self.message_snapshots.iter().map(|forwarded| &forwarded.message);
        let forwarded = forwarded
            .flat_map(|message| [&*message.content].into_iter().chain(message.embeds.iter().flat_map(Embed::texts)));
        TargetMessage::of(own.chain(forwarded))
    }
}

impl Embed<'_> {
    /// In the order in which they are read.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let author = self.author.as_ref().map(|author| &*author.name);
        let fields = self.fields.iter().flat_map(|field| [&*field.name, &*field.value]);
        let footer = self.footer.as_ref().map(|footer| &*footer.text);
        [author, self.title.as_deref(), self.description.as_deref()].into_iter().flatten().chain(fields).chain(footer)
    }
}

#[derive(Deserialize)]
struct File<'p> {
    #[serde(borrow)]
    filename: Cow<'p, str>,
    size: u64,
    #[serde(borrow)]
    url: Cow<'p, str>,
}

/// A part of a form that came back: a row or a label with what stands in it, or a field with what was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct FormPart<'p> {
    #[serde(borrow)]
    custom_id: Cow<'p, str>,
    #[serde(borrow)]
    value: Scalar<'p>,
    #[serde(borrow)]
    components: Vec<FormPart<'p>>,
    #[serde(borrow)]
    component: Option<Box<FormPart<'p>>>,
}

/// An option with its value, or a subcommand with its options.
#[derive(Deserialize)]
struct Filled<'p> {
    #[serde(borrow)]
    name: Cow<'p, str>,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(borrow, default)]
    value: Scalar<'p>,
    #[serde(borrow, default)]
    options: Vec<Filled<'p>>,
    #[serde(default)]
    focused: bool,
}

#[derive(Deserialize)]
struct Member {
    user: User,
    #[serde(default)]
    roles: Vec<RoleId>,
    permissions: Option<Permissions>,
}

#[derive(Deserialize)]
struct User {
    id: UserId,
    #[serde(default)]
    username: String,
    global_name: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    flags: Option<MessageFlags>,
    interaction_metadata: Option<Metadata>,
}

/// The interaction that brought a message about. (Discord: resources/message, "Message Interaction Metadata Object".)
#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "type")]
    kind: u8,
    user: Option<User>,
}

/// The value of an option: a text, yes or no, or a number, which no option of ours takes.
#[derive(Default)]
enum Scalar<'p> {
    Text(Cow<'p, str>),
    Flag(bool),
    #[default]
    Other,
}

impl<'de: 'p, 'p> Deserialize<'de> for Scalar<'p> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar<'p>, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Scalar<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, a number or a boolean")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Flag(flag))
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Other)
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Other)
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Other)
            }

            fn visit_unit<E: Error>(self) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

impl Received<'_> {
    fn interaction(self) -> Interaction {
        let (root, data) = match self.kind {
            kind::PING => ("", InteractionData::Ping),
            kind::COMMAND if self.data.kind == MESSAGE_COMMAND => {
                (&*self.data.name, InteractionData::MessageCommand(self.data.target()))
            }
            kind::COMMAND => (&*self.data.name, InteractionData::Command(self.data.invocation())),
            kind::COMPLETION => (&*self.data.name, InteractionData::Autocomplete(self.data.typing())),
            kind::COMPONENT => ("", InteractionData::Component(self.component())),
            kind::MODAL => ("", InteractionData::Modal(self.data.submitted())),
            _ => ("", InteractionData::Unknown),
        };
        let caller = match data {
            InteractionData::Ping => Caller::default(),
            // As in `from_serenity`, which is not told.
            InteractionData::Modal(_) => Caller { direct: false, ..self.caller() },
            _ => self.caller(),
        };
        Interaction {
            id: self.id.get(),
            application: self.application_id.get(),
            root: root.to_owned(),
            token: self.token.into_owned(),
            caller,
            data,
        }
    }

    fn caller(&self) -> Caller {
        // In a server the person comes with their membership, elsewhere alone.
        let user = self.member.as_ref().map(|member| &member.user).or(self.user.as_ref());
        let name = user.map(|user| user.global_name.as_ref().unwrap_or(&user.username).clone());
        let roles = self.member.as_ref().map(|member| member.roles.iter().map(|role| role.get()).collect());
        Caller {
            user: user.map_or(0, |user| user.id.get()),
            name: name.unwrap_or_default(),
            guild: self.guild_id.map(GuildId::get),
            roles: roles.unwrap_or_default(),
            locale: self.locale.clone(),
            guild_locale: self.guild_locale.clone(),
            may_delete: may_delete(self.member.as_ref().and_then(|member| member.permissions)),
            direct: self.context == Some(BOT_DM),
        }
    }

    fn component(&self) -> Component {
        let values = if self.data.component_type == TEXT_MENU { self.data.values.clone() } else { Vec::new() };
        let flags = self.message.as_ref().and_then(|message| message.flags).unwrap_or_default();
        let on_private = flags.contains(MessageFlags::EPHEMERAL);
        let metadata = self.message.as_ref().and_then(|message| message.interaction_metadata.as_ref());
        let metadata = metadata.filter(|one| matches!(one.kind, kind::COMMAND | kind::COMPONENT | kind::MODAL));
        let asker = metadata.and_then(|metadata| metadata.user.as_ref()).map(|user| user.id.get());
        Component { custom_id: self.data.custom_id.clone().into_owned(), values, on_private, asker }
    }
}

impl Data<'_> {
    fn invocation(&self) -> Invocation {
        let subcommand = self.options.iter().find(|option| option.kind == option::SUBCOMMAND);
        let Some(subcommand) = subcommand else { return Invocation::default() };
        let value = |option: &Filled<'_>| (option.name.clone().into_owned(), option.value(&self.resolved));
        Invocation {
            command: subcommand.name.clone().into_owned(),
            options: subcommand.options.iter().map(value).collect(),
        }
    }

    fn submitted(&self) -> Submitted {
        let mut typed = Vec::new();
        for part in &self.components {
            for field in part.components.iter().chain(part.component.as_deref()) {
                if let Scalar::Text(text) = &field.value {
                    typed.push((field.custom_id.clone().into_owned(), text.clone().into_owned()));
                }
            }
        }
        Submitted { custom_id: self.custom_id.clone().into_owned(), typed }
    }

    fn target(&self) -> TargetMessage {
        let message = self.target_id.and_then(|id| self.resolved.messages.get(&id));
        message.map(Target::read).unwrap_or_default()
    }

    fn typing(&self) -> Option<Autocomplete> {
        let subcommand = self.options.first().filter(|option| option.kind == option::SUBCOMMAND)?;
        subcommand.options.iter().find_map(|option| match &option.value {
            Scalar::Text(text) if option.focused => Some(Autocomplete {
                command: subcommand.name.clone().into_owned(),
                option: option.name.clone().into_owned(),
                typed: text.clone().into_owned(),
            }),
            _ => None,
        })
    }
}

impl Filled<'_> {
    fn value(&self, resolved: &Resolved<'_>) -> Value {
        match (self.kind, &self.value) {
            (option::TEXT, Scalar::Text(text)) => Value::Text(text.clone().into_owned()),
            (option::FLAG, Scalar::Flag(flag)) => Value::Flag(*flag),
            (option::PERSON, Scalar::Text(id)) => id.parse().map_or(Value::Other, Value::Person),
            (option::FILE, Scalar::Text(id)) => {
                let id: Option<AttachmentId> = id.parse().ok();
                let file = id.and_then(|id| Some((id, resolved.attachments.get(&id)?)));
                file.map_or(Value::Other, |(id, file)| {
                    Value::File(Attachment {
                        id: id.get(),
                        name: file.filename.clone().into_owned(),
                        size: file.size,
                        url: file.url.clone().into_owned(),
                    })
                })
            }
            _ => Value::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};
    use serenity::all::Interaction as Whole;

    use super::*;
    use crate::transport::gateway::from_serenity;

    #[test]
    fn c5_the_field_that_cannot_be_read_is_named_without_its_value() {
        let with = |data: Json| {
            let whole =
                json!({ "id": "1", "application_id": "2", "token": "t", "type": 2, "version": 1, "data": data });
            whole.to_string()
        };
        let named = |data: Json| unreadable_field(with(data).as_bytes());
        assert_eq!(named(json!({ "id": "3", "name": "rcp", "type": 1, "options": [] })), "");
        assert_eq!(named(json!({ "id": "3", "name": ["secret"], "type": 1 })), "data.name");
        let options = json!([{ "name": "info", "type": 1 }, { "name": "secret", "type": "secret" }]);
        assert_eq!(named(json!({ "id": "3", "name": "rcp", "type": 1, "options": options })), "data.options[1].type");
        assert_eq!(unreadable_field(b"secret"), ".");
    }

    fn snowflake() -> impl Strategy<Value = String> {
        (1..u64::MAX).prop_map(|id| id.to_string())
    }

    /// Anything that people type, with what JSON escapes.
    fn text() -> impl Strategy<Value = String> {
        "(\\PC|[\"\\\\\n\u{0}é𝄞]){0,12}"
    }

    /// An option of any type. Discord marks one as focused in completions only.
    fn filled(autocompletes: bool) -> impl Strategy<Value = Json> {
        let value = prop_oneof![
            text().prop_map(|text| (3, json!(text))),
            any::<i32>().prop_map(|number| (4, json!(number))),
            any::<bool>().prop_map(|flag| (5, json!(flag))),
            snowflake().prop_map(|id| (6, json!(id))),
            snowflake().prop_map(|id| (8, json!(id))),
            (-1e9..1e9).prop_map(|number| (10, json!(number))),
            snowflake().prop_map(|id| (11, json!(id))),
        ];
        ("[a-z-]{1,12}", value, any::<bool>()).prop_map(move |(name, (kind, value), focused)| {
            let mut filled = json!({"name": name, "type": kind, "value": value});
            if autocompletes && focused && kind == 3 {
                filled["focused"] = json!(true);
            }
            filled
        })
    }

    fn command(autocompletes: bool) -> impl Strategy<Value = Json> {
        let root = prop_oneof![Just("rcp"), Just("rcp-admin"), Just("other")];
        let options = prop_oneof![
            4 => ("[a-z]{1,12}", vec(filled(autocompletes), 0..5))
                .prop_map(|(name, options)| vec![json!({"name": name, "type": 1, "options": options})]),
            1 => vec(filled(autocompletes), 0..3),
        ];
        let files = option::of(snowflake());
        (root, options, files).prop_map(|(root, mut options, file)| {
            let mut data = json!({"id": "31", "name": root, "type": 1});
            if let Some(id) = file {
                data["resolved"] = json!({"attachments": {&id: {
                    "id": &id, "filename": "a.toml", "size": 7, "url": "https://x/a.toml", "proxy_url": "https://x/a.toml",
                }}});
                if let Some(filled) = options.first_mut().and_then(|first| first.get_mut("options").and_then(Json::as_array_mut)) {
                    filled.push(json!({"name": "fichier", "type": 11, "value": id}));
                }
            }
            data["options"] = json!(options);
            data
        })
    }

    /// An embed with any of its texts.
    fn embed() -> impl Strategy<Value = Json> {
        (option::of(text()), option::of(text()), option::of(text()), vec((text(), text()), 0..3)).prop_map(
            |(title, description, footer, fields)| {
                let mut embed = json!({"type": "rich", "fields": fields.iter().map(|(name, value)| {
                    json!({"name": name, "value": value, "inline": false})
                }).collect::<Vec<_>>()});
                let texts = [
                    ("title", title.as_ref().map(|text| json!(text))),
                    ("description", description.map(|text| json!(text))),
                    ("footer", footer.map(|text| json!({"text": text}))),
                    ("author", title.as_ref().map(|text| json!({"name": text}))),
                ];
                for (key, text) in texts {
                    if let Some(text) = text {
                        embed[key] = text;
                    }
                }
                embed
            },
        )
    }

    /// A command on a message, which may be gone from what is sent, and may forward others.
    fn message_command() -> impl Strategy<Value = Json> {
        let forwarded = vec((text(), vec(embed(), 0..2)), 0..2);
        (text(), vec(embed(), 0..3), forwarded, any::<bool>()).prop_map(|(content, embeds, forwarded, is_there)| {
            let snapshot = |(content, embeds): &(String, Vec<Json>)| {
                json!({"message": {
                    "content": content, "embeds": embeds, "timestamp": "2026-11-24T00:00:00.000000+00:00",
                    "edited_timestamp": null, "mentions": [], "attachments": [], "type": 0, "flags": 0,
                }})
            };
            let message = json!({
                "id": "77", "channel_id": "101", "type": 0, "content": content, "tts": false, "pinned": false,
                "author": {"id": "2", "username": "b", "discriminator": "0", "avatar": null},
                "timestamp": "2026-11-24T00:00:00.000000+00:00", "edited_timestamp": null, "mention_everyone": false,
                "mentions": [], "mention_roles": [], "attachments": [], "embeds": embeds, "components": [], "flags": 0,
                "message_snapshots": forwarded.iter().map(snapshot).collect::<Vec<_>>(),
            });
            let messages = if is_there { json!({"77": message}) } else { json!({}) };
            json!({
                "id": "31", "name": "Processus cités", "type": 3, "target_id": "77", "resolved": {"messages": messages},
            })
        })
    }

    fn component() -> impl Strategy<Value = Json> {
        (text(), prop_oneof![Just(2), Just(3), Just(5)], vec(snowflake(), 0..3)).prop_map(
            |(custom_id, kind, values)| {
                let mut data = json!({"custom_id": custom_id, "component_type": kind});
                if kind != 2 {
                    data["values"] = json!(values);
                }
                data
            },
        )
    }

    /// A form that was sent.
    fn form() -> impl Strategy<Value = Json> {
        (text(), vec((text(), text()), 0..5)).prop_map(|(custom_id, fields)| {
            let row = |(name, typed): (String, String)| {
                json!({"type": 1, "components": [{"type": 4, "custom_id": name, "value": typed}]})
            };
            json!({"custom_id": custom_id, "components": fields.into_iter().map(row).collect::<Vec<_>>()})
        })
    }

    /// An interaction in a server or elsewhere, as Discord sends it.
    fn interaction() -> impl Strategy<Value = Json> {
        let kind = prop_oneof![
            Just((1, json!(null))),
            command(false).prop_map(|data| (2, data)),
            message_command().prop_map(|data| (2, data)),
            component().prop_map(|data| (3, data)),
            command(true).prop_map(|data| (4, data)),
            form().prop_map(|data| (5, data)),
        ];
        let who = (snowflake(), option::of((snowflake(), any::<u64>())));
        let locales = ("[a-z]{2}(-[A-Z]{2})?", option::of("[a-z]{2}"));
        (kind, who, locales, text(), 0_u64..128).prop_map(|((kind, data), (user, member), locales, token, flags)| {
            let global_name = (flags % 2 == 0).then_some("Amina");
            let user =
                json!({"id": user, "username": "a", "discriminator": "0", "avatar": null, "global_name": global_name});
            let mut all = json!({
                "id": "21", "application_id": "1", "type": kind, "token": token, "version": 1, "entitlements": [],
                "authorizing_integration_owners": {}, "attachment_size_limit": 1, "app_permissions": "0",
            });
            if kind == 1 {
                return all;
            }
            all["data"] = data;
            all["channel_id"] = json!("101");
            all["locale"] = json!(locales.0);
            match member {
                Some((guild, permissions)) => {
                    all["guild_id"] = json!(guild);
                    all["guild_locale"] = json!(locales.1);
                    all["member"] = json!({
                        "user": user, "roles": ["7", "8"], "joined_at": null, "deaf": false, "mute": false, "flags": 0,
                        "pending": false, "permissions": permissions.to_string(),
                    });
                }
                None => all["user"] = user,
            }
            all["context"] = match flags % 5 {
                4 => json!(null),
                context => json!(context.min(2)),
            };
            if kind == 3 || (kind == 5 && flags % 2 == 0) {
                all["message"] = json!({
                    "id": "41", "channel_id": "101", "type": 20, "content": "", "tts": false, "pinned": false,
                    "author": {"id": "1", "username": "rcp", "discriminator": "0", "avatar": null, "bot": true},
                    "timestamp": "2026-11-24T00:00:00.000000+00:00", "edited_timestamp": null,
                    "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
                    "components": [], "flags": flags,
                });
                if flags % 3 != 0 {
                    all["message"]["interaction_metadata"] = json!({
                        "id": "22", "type": 2 + flags % 2, "authorizing_integration_owners": {}, "name": "rcp info",
                        "user": {"id": (flags + 1).to_string(), "username": "b", "discriminator": "0", "avatar": null},
                        "interacted_message_id": "42", "command_type": 1,
                    });
                }
            }
            all
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_serenity_reads(interaction in interaction()) {
            let json = interaction.to_string();
            let whole: Whole = serde_json::from_str(&json).expect("serenity reads it");
            prop_assert_eq!(read(json.as_bytes()).expect("it is read"), from_serenity::read(&whole));
        }

        #[test]
        fn anything_is_read_or_refused(json in vec(any::<u8>(), 0..200)) {
            let _ = read(&json);
        }

        #[test]
        fn a_cut_off_interaction_is_refused(interaction in interaction(), part in 0.0..1.0) {
            let json = interaction.to_string();
            let end = (json.len() as f64 * part) as usize;
            prop_assert!(read(&json.as_bytes()[..end]).is_err());
        }
    }
}
