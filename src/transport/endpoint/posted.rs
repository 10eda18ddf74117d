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

use crate::transport::interaction::{Received, What, invoked, may_delete, typed};

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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};
    use serenity::all::Interaction;

    use super::*;

    fn snowflake() -> impl Strategy<Value = String> {
        (1..u64::MAX).prop_map(|id| id.to_string())
    }

    /// Anything that people type, with what JSON escapes.
    fn text() -> impl Strategy<Value = String> {
        "(\\PC|[\"\\\\\n\u{0}é𝄞]){0,12}"
    }

    /// An option of any type. Discord marks one as focused in completions only.
    fn filled(completing: bool) -> impl Strategy<Value = Json> {
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
            if completing && focused && kind == 3 {
                filled["focused"] = json!(true);
            }
            filled
        })
    }

    fn command(completing: bool) -> impl Strategy<Value = Json> {
        let root = prop_oneof![Just("rcp"), Just("rcp-admin"), Just("other")];
        let options = prop_oneof![
            4 => ("[a-z]{1,12}", vec(filled(completing), 0..5))
                .prop_map(|(name, options)| vec![json!({"name": name, "type": 1, "options": options})]),
            1 => vec(filled(completing), 0..3),
        ];
        (root, options).prop_map(|(root, options)| json!({"id": "31", "name": root, "type": 1, "options": options}))
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

    /// An interaction in a server or elsewhere, as Discord sends it.
    fn interaction() -> impl Strategy<Value = Json> {
        let kind = prop_oneof![
            Just((1, json!(null))),
            command(false).prop_map(|data| (2, data)),
            component().prop_map(|data| (3, data)),
            command(true).prop_map(|data| (4, data)),
        ];
        let who = (snowflake(), option::of((snowflake(), any::<u64>())));
        let locales = ("[a-z]{2}(-[A-Z]{2})?", option::of("[a-z]{2}"));
        (kind, who, locales, text(), 0_u64..128).prop_map(|((kind, data), (user, member), locales, token, flags)| {
            let user = json!({"id": user, "username": "a", "discriminator": "0", "avatar": null, "global_name": null});
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
                        "user": user, "roles": [], "joined_at": null, "deaf": false, "mute": false, "flags": 0,
                        "pending": false, "permissions": permissions.to_string(),
                    });
                }
                None => all["user"] = user,
            }
            if kind == 3 {
                all["message"] = json!({
                    "id": "41", "channel_id": "101", "type": 20, "content": "", "tts": false, "pinned": false,
                    "author": {"id": "1", "username": "rcp", "discriminator": "0", "avatar": null, "bot": true},
                    "timestamp": "2026-11-24T00:00:00.000000+00:00", "edited_timestamp": null,
                    "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
                    "components": [], "flags": flags,
                });
            }
            all
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_serenity_reads(interaction in interaction()) {
            let json = interaction.to_string();
            let whole: Interaction = serde_json::from_str(&json).expect("serenity reads it");
            prop_assert_eq!(read(json.as_bytes()).expect("it is read"), Received::from(&whole));
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
