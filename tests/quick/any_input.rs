//! Whatever a person types into any option, and whatever `custom_id` arrives: an answer that Discord accepts.

use std::sync::LazyLock;

use local_discord::{Judge, Limits, Payload};
use proptest::prelude::*;
use rcp_bot::catalogue::Language;
use rcp_bot::commands::{
    Autocomplete, COMMANDS, Caller, Component, ComponentAnswer, Invocation, Languages, OptionKind, Value, View, answer,
    autocomplete, component,
};
use rcp_bot::reply::Reply;
use rcp_bot::reply::discord::follow_up;
use rcp_bot::snapshot::Snapshot;
use serde_json::json;

use crate::support::answers::files;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 27);

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(crate::support::bot::load);

/// Discord's limits must hold for the reply, and nobody but `pinged` may be called.
fn accepted(reply: &Reply, pinged: Option<u64>) -> Result<(), TestCaseError> {
    let message = follow_up(reply).expect("a message is JSON");
    let files = files(&message);
    let body = json!({ "type": 4, "data": message });
    let route = "/interactions/{interaction_id}/{interaction_token}/callback";
    let payload = Payload { method: "POST", route, body: &body, files: &files, interaction_type: Some(2) };
    let complaints = Limits.judge(&payload);
    prop_assert!(complaints.is_empty(), "{:?}\n{:#}", complaints, body);
    let expected: Vec<String> = pinged.into_iter().map(|id| id.to_string()).collect();
    prop_assert_eq!(&body["data"]["allowed_mentions"]["users"], &json!(expected));
    prop_assert_eq!(&body["data"]["allowed_mentions"]["parse"], &json!([]));
    Ok(())
}

/// Texts as people and attackers type them: ordinary, mangled names, and anything at all up to Discord's maximum.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "[a-zé'’ -]{0,30}",
        "\\PC{0,200}",
        "(@everyone|<@1>|<@&2>|<#3>|</rcp info:4>|\\*\\*|`|\\[x\\]\\(https://e\\.x\\)|\u{202e}|\u{200b}|\n|\t| ){0,20}",
        proptest::collection::vec(any::<char>(), 0..6_000).prop_map(|all| all.into_iter().collect()),
        prop::sample::select(
            SNAPSHOT.catalogue.processes.iter().map(|one| one.name.get(Language::Es).to_owned()).collect::<Vec<_>>()
        ),
    ]
}

/// What a forger may send: the beginnings of our own `custom_id`s and values, and anything at all after them.
fn forged() -> impl Strategy<Value = (String, Option<String>)> {
    let letters = View::LETTERS.concat();
    let custom_id = format!("(rcp:1:[omsx][0-9]{{0,2}}:(-|fr|en|es):)?([{letters}]:)?\\PC{{0,80}}");
    let value = format!("([{letters}]:)?\\PC{{0,90}}");
    let text = |pattern: &str| proptest::string::string_regex(pattern).expect("a regular expression");
    (text(&custom_id), prop::option::of(text(&value)))
}

fn caller(locale: &str) -> Caller {
    Caller { user: 42, guild: Some(7), locale: Some(locale.to_owned()), ..Caller::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_option_is_answered_within_discords_limits(
        command in prop::sample::select(COMMANDS.iter().map(|one| one.name.fr).collect::<Vec<_>>()),
        text in typed(),
        locale in prop::sample::select(vec!["fr", "en-US", "es-419", "de", ""]),
        private in any::<bool>(),
        addressed in prop::option::of(1..u64::MAX),
    ) {
        let declared = COMMANDS.iter().find(|one| one.name.fr == command);
        let mut options: Vec<(String, Value)> = declared
            .into_iter()
            .flat_map(|one| one.options)
            .filter(|option| matches!(option.kind, OptionKind::Entry(_) | OptionKind::Text | OptionKind::Status))
            .map(|option| (option.name.fr.to_owned(), Value::Text(text.clone())))
            .collect();
        options.push(("discret".to_owned(), Value::Flag(private)));
        options.extend(addressed.map(|id| ("pour".to_owned(), Value::Person(id))));
        let invocation = Invocation { command: command.to_owned(), options };
        let reply = answer(&SNAPSHOT, &Languages::default(), &caller(locale), TODAY, &invocation);
        accepted(&reply, addressed.filter(|_| !reply.private))?;
        prop_assert!(reply.private || !private);
    }

    #[test]
    fn any_custom_id_and_any_value_is_answered_within_discords_limits(
        (custom_id, value) in forged(),
        on_private in any::<bool>(),
        asker in prop::option::of(Just(caller("en-GB").user)),
    ) {
        let pressed = Component { custom_id, values: value.into_iter().collect(), on_private, asker };
        match component(&SNAPSHOT, &Languages::default(), &caller("en-GB"), TODAY, &pressed) {
            ComponentAnswer::Message(reply) | ComponentAnswer::Update(reply) => accepted(&reply, None)?,
            ComponentAnswer::Share(shared) => {
                for reply in [&shared.folded, &shared.shown, &shared.kept] {
                    accepted(reply, None)?;
                }
                prop_assert!(!shared.shown.private && shared.folded.private && shared.kept.private);
            }
            ComponentAnswer::Form(form) => {
                assert!(form.custom_id.chars().count() <= 100 && form.title.chars().count() <= 45, "{form:?}");
                assert!(form.inputs.iter().all(|input| input.label.chars().count() <= 45), "{form:?}");
            }
            ComponentAnswer::Delete => {}
        }
    }

    #[test]
    fn any_text_is_completed_within_discords_limits(text in typed(), locale in prop::sample::select(vec!["fr", "en-US", "es-ES"])) {
        for command in COMMANDS {
            for option in command.options {
                let typing = Autocomplete {
                    command: command.name.fr.to_owned(), option: option.name.fr.to_owned(), typed: text.clone(),
                };
                let choices = autocomplete(&SNAPSHOT, &Languages::default(), &caller(locale), &typing);
                prop_assert!(choices.len() <= 25);
                for choice in choices {
                    prop_assert!((1..=100).contains(&choice.name.chars().count()), "{choice:?}");
                    prop_assert!((1..=100).contains(&choice.value.chars().count()), "{choice:?}");
                }
            }
        }
    }
}
