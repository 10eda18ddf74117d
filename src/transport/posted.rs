//! An interaction as Discord posts it to the endpoint, read no further than answering needs. serenity's own types take in
//! all of it, by way of a tree of JSON, which took longer than answering does.
//!
//! What [`received`](super::received) makes of serenity's types and what is made here of the same JSON are equal.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serenity::all::{ApplicationId, GuildId, InteractionId, MessageFlags, Permissions, UserId};

use crate::commands::{Caller, Completing, Invocation, Press, Value};

use super::received::{Received, What, invoked, may_delete, typed};

/// Reads an interaction's JSON.
pub fn read(json: &[u8]) -> serde_json::Result<Received> {
    Ok(serde_json::from_slice::<Posted<'_>>(json)?.received())
}

/// Types of interactions. (Discord: interactions/receiving-and-responding, "Interaction Type".)
mod kind {
    pub const PING: u8 = 1;
    pub const COMMAND: u8 = 2;
    pub const COMPONENT: u8 = 3;
    pub const COMPLETION: u8 = 4;
}

/// Types of options. (Discord: interactions/application-commands, "Application Command Option Type".)
mod option {
    pub const SUBCOMMAND: u8 = 1;
    pub const TEXT: u8 = 3;
    pub const FLAG: u8 = 5;
    pub const PERSON: u8 = 6;
}

/// The type of a menu of texts. (Discord: components/reference, "Component Types".)
const TEXT_MENU: u8 = 3;

#[derive(Deserialize)]
struct Posted<'p> {
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
    message: Option<Message>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data<'p> {
    #[serde(borrow)]
    name: Cow<'p, str>,
    #[serde(borrow)]
    options: Vec<Filled<'p>>,
    #[serde(borrow)]
    custom_id: Cow<'p, str>,
    component_type: u8,
    values: Vec<String>,
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
    permissions: Option<Permissions>,
}

#[derive(Deserialize)]
struct User {
    id: UserId,
}

#[derive(Deserialize)]
struct Message {
    flags: Option<MessageFlags>,
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

impl Posted<'_> {
    fn received(self) -> Received {
        let what = match self.kind {
            kind::PING => What::Ping,
            kind::COMMAND => What::Command(self.data.invocation()),
            kind::COMPLETION => What::Complete(self.data.completing()),
            kind::COMPONENT => What::Press(self.press()),
            _ => What::Unknown,
        };
        let caller = match what {
            What::Ping | What::Unknown => Caller::default(),
            _ => self.caller(),
        };
        let (id, application) = (self.id.get(), self.application_id.get());
        Received { id, application, token: self.token.into_owned(), caller, what }
    }

    fn caller(&self) -> Caller {
        // In a server the person comes with their membership, elsewhere alone.
        let user = self.member.as_ref().map(|member| &member.user).or(self.user.as_ref());
        Caller {
            user: user.map_or(0, |user| user.id.get()),
            guild: self.guild_id.map(GuildId::get),
            locale: self.locale.clone(),
            guild_locale: self.guild_locale.clone(),
            may_delete: may_delete(self.member.as_ref().and_then(|member| member.permissions)),
        }
    }

    fn press(&self) -> Press {
        let values = if self.data.component_type == TEXT_MENU { self.data.values.clone() } else { Vec::new() };
        let flags = self.message.as_ref().and_then(|message| message.flags).unwrap_or_default();
        let on_private = flags.contains(MessageFlags::EPHEMERAL);
        Press { custom_id: self.data.custom_id.clone().into_owned(), values, on_private }
    }
}

impl Data<'_> {
    fn invocation(&self) -> Invocation {
        let subcommand = self.options.iter().find(|option| option.kind == option::SUBCOMMAND);
        let options = || subcommand.map(|it| it.options.iter().map(Filled::value).collect()).unwrap_or_default();
        invoked(&self.name, subcommand.map(|it| &*it.name), options)
    }

    fn completing(&self) -> Option<Completing> {
        let subcommand = self.options.first().filter(|option| option.kind == option::SUBCOMMAND)?;
        subcommand.options.iter().find_map(|option| match &option.value {
            Scalar::Text(text) if option.focused => Some(typed(&self.name, &subcommand.name, &option.name, text)),
            _ => None,
        })
    }
}

impl Filled<'_> {
    fn value(&self) -> (String, Value) {
        let value = match (self.kind, &self.value) {
            (option::TEXT, Scalar::Text(text)) => Value::Text(text.clone().into_owned()),
            (option::FLAG, Scalar::Flag(flag)) => Value::Flag(*flag),
            (option::PERSON, Scalar::Text(id)) => id.parse().map_or(Value::Other, Value::Person),
            _ => Value::Other,
        };
        (self.name.clone().into_owned(), value)
    }
}
