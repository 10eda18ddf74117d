//! Discord's limits on messages: answers, follow-ups, edits, messages of a channel (Discord: resources/message). Lengths
//! count Unicode scalar values, not bytes.

use serde_json::Value;

use crate::errors::{Complaint, Form};
use crate::flags::COMPONENTS_V2;
use crate::judge::attachments::{Sent, attachments, references};
use crate::judge::components::components;
use crate::judge::embeds::embeds;
use crate::judge::fields::string;

/// Characters of a message's `content`.
pub(crate) const CONTENT: usize = 2_000;

/// Checks the body of a message: a follow-up, an edit, or a message of a channel.
pub(crate) fn message(body: &Value, sent: Sent<'_>) -> Vec<Complaint> {
    let mut form = Form::default();
    message_into(&mut form, body, sent);
    form.finish()
}

/// Whether a message of this body would show nothing at all.
pub(crate) fn is_empty_message(body: &Value, files: usize) -> bool {
    let filled = |key: &str| body[key].as_array().is_some_and(|list| !list.is_empty());
    let content = body["content"].as_str().is_some_and(|content| !content.trim().is_empty());
    !content
        && files == 0
        && !filled("embeds")
        && !filled("components")
        && !filled("attachments")
        && !filled("sticker_ids")
        && body["poll"].is_null()
}

pub(crate) fn message_into(form: &mut Form, body: &Value, sent: Sent<'_>) {
    if body.is_null() {
        return;
    }
    if !body.is_object() {
        form.complain("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    }
    let v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    string(form, body, "content", 0, CONTENT, false);
    embeds(form, &body["embeds"]);
    if v2 {
        for key in ["content", "embeds"] {
            let used = body[key].as_str().is_some_and(|text| !text.is_empty())
                || body[key].as_array().is_some_and(|list| !list.is_empty());
            if used {
                form.complain_at(
                    key,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    components(form, &body["components"], v2);
    allowed_mentions(form, &body["allowed_mentions"]);
    attachments(form, &body["attachments"], sent);
    references(form, body, sent);
}

fn allowed_mentions(form: &mut Form, mentions: &Value) {
    if mentions.is_null() {
        return;
    }
    form.at("allowed_mentions", |form| {
        let parse = mentions["parse"].as_array().map_or(&[][..], Vec::as_slice);
        for (index, kind) in parse.iter().enumerate() {
            if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
                form.at("parse", |form| {
                    form.complain_at(
                        index,
                        "BASE_TYPE_CHOICES",
                        "Value must be one of ('users', 'roles', 'everyone').",
                    );
                });
            }
        }
        for key in ["users", "roles"] {
            let ids = mentions[key].as_array().map_or(&[][..], Vec::as_slice);
            if ids.len() > 100 {
                form.complain_at(key, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            }
            if !ids.is_empty() && parse.iter().any(|kind| kind == key) {
                form.complain(
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive."),
                );
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::judge::callbacks::callback;

    const NOTHING: Sent<'_> = Sent { files: &[], edits: false };

    fn codes(complaints: &[Complaint]) -> Vec<(String, &str)> {
        complaints.iter().map(|one| (one.path.join("."), one.code.as_str())).collect()
    }

    #[test]
    fn a_plain_message_passes() {
        let body = json!({"content": "é".repeat(CONTENT), "embeds": [{"title": "a", "url": "https://example.org/x"}]});
        assert_eq!(codes(&message(&body, NOTHING)), []);
    }

    #[test]
    fn lengths_count_characters() {
        let body = json!({"content": "é".repeat(CONTENT + 1)});
        assert_eq!(codes(&message(&body, NOTHING)), [("content".to_owned(), "BASE_TYPE_MAX_LENGTH")]);
    }

    #[test]
    fn the_sum_runs_over_all_embeds() {
        let embed = json!({"description": "x".repeat(3_001)});
        assert_eq!(codes(&message(&json!({"embeds": [embed]}), NOTHING)), []);
        let both = json!({"embeds": [embed, embed]});
        assert_eq!(codes(&message(&both, NOTHING)), [("embeds".to_owned(), "MAX_EMBED_SIZE_EXCEEDED")]);
    }

    #[test]
    fn each_part_of_an_embed_has_its_limit() {
        for (embed, path) in [
            (json!({"title": "x".repeat(257)}), "embeds.0.title"),
            (json!({"description": "x".repeat(4_097)}), "embeds.0.description"),
            (json!({"footer": {"text": "x".repeat(2_049)}}), "embeds.0.footer.text"),
            (json!({"author": {"name": "x".repeat(257)}}), "embeds.0.author.name"),
            (json!({"fields": [{"name": "x".repeat(257), "value": "y"}]}), "embeds.0.fields.0.name"),
            (json!({"fields": [{"name": "x", "value": "y".repeat(1_025)}]}), "embeds.0.fields.0.value"),
            (json!({"fields": [{"name": "x", "value": "  "}]}), "embeds.0.fields.0.value"),
            (json!({"title": "x", "url": "ftp://example.org"}), "embeds.0.url"),
            (json!({"title": "x", "color": 0x100_0000}), "embeds.0.color"),
            (json!({}), "embeds.0.description"),
        ] {
            let found = message(&json!({"embeds": [embed]}), NOTHING);
            assert_eq!(found.first().map(|one| one.path.join(".")).as_deref(), Some(path), "{embed}");
        }
        let fields = vec![json!({"name": "x", "value": "y"}); 26];
        assert_eq!(
            codes(&message(&json!({"embeds": [{"fields": fields}]}), NOTHING)),
            [("embeds.0.fields".to_owned(), "BASE_TYPE_MAX_LENGTH")]
        );
    }

    #[test]
    fn components_keep_their_rules() {
        let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
        let row = |children: Vec<Value>| json!({"components": [{"type": 1, "components": children}]});
        assert_eq!(codes(&message(&row(vec![button("a"), button("b")]), NOTHING)), []);
        assert_eq!(
            codes(&message(&row(vec![button("a"), button("a")]), NOTHING)),
            [("components.0.components.1.custom_id".to_owned(), "COMPONENT_CUSTOM_ID_DUPLICATED")]
        );
        let long = "x".repeat(101);
        assert_eq!(
            codes(&message(&row(vec![button(&long)]), NOTHING)),
            [("components.0.components.0.custom_id".to_owned(), "BASE_TYPE_BAD_LENGTH")]
        );
        let six = (0..6).map(|n| button(&n.to_string())).collect();
        assert_eq!(
            codes(&message(&row(six), NOTHING)),
            [("components.0.components".to_owned(), "BASE_TYPE_BAD_LENGTH")]
        );
        let options: Vec<Value> = (0..26).map(|n| json!({"label": "x", "value": n.to_string()})).collect();
        let menu = json!({"type": 3, "custom_id": "m", "options": options});
        assert_eq!(
            codes(&message(&row(vec![menu]), NOTHING)),
            [("components.0.components.0.options".to_owned(), "BASE_TYPE_BAD_LENGTH")]
        );
        let six_rows = json!({"components": vec![json!({"type": 1, "components": [{"type": 2, "style": 5,
            "label": "x", "url": "https://example.org"}]}); 6]});
        assert_eq!(codes(&message(&six_rows, NOTHING)), [("components".to_owned(), "BASE_TYPE_BAD_LENGTH")]);
    }

    #[test]
    fn a_callback_must_suit_its_interaction() {
        let answer = json!({"type": 4, "data": {"content": "x"}});
        assert_eq!(codes(&callback(&answer, Some(2), &[])), []);
        assert_eq!(codes(&callback(&answer, Some(4), &[])), [("type".to_owned(), "BASE_TYPE_CHOICES")]);
        let choices: Vec<Value> = (0..26).map(|n| json!({"name": "x", "value": n.to_string()})).collect();
        assert_eq!(
            codes(&callback(&json!({"type": 8, "data": {"choices": choices}}), Some(4), &[])),
            [("data.choices".to_owned(), "BASE_TYPE_MAX_LENGTH")]
        );
    }

    #[test]
    fn mentions_name_a_kind_or_ids_never_both() {
        let body = json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
        assert_eq!(
            codes(&message(&body, NOTHING)),
            [("allowed_mentions".to_owned(), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE")]
        );
    }
}
