//! Discord's limits on interaction callbacks: which type answers which interaction, choices, modals (Discord:
//! interactions/receiving-and-responding).

use std::collections::HashSet;

use serde_json::Value;

use crate::errors::{Complaint, Form};
use crate::judge::attachments::Sent;
use crate::judge::components::{CHOICES, custom_id};
use crate::judge::fields::{choice, required_string, string};
use crate::judge::messages::message_into;
use crate::messages::File;

/// Checks the body of an interaction callback.
///
/// `interaction_type` decides which callback types are allowed where it is known.
pub(crate) fn callback(body: &Value, interaction_type: Option<u64>, files: &[File]) -> Vec<Complaint> {
    let mut form = Form::default();
    let Some(kind) = body["type"].as_u64() else {
        form.complain_at("type", "BASE_TYPE_REQUIRED", "This field is required");
        return form.finish();
    };
    let allowed: &[u64] = match interaction_type {
        Some(1) => &[1],
        Some(2) => &[4, 5, 9, 12],
        Some(3) => &[4, 5, 6, 7, 9, 12],
        Some(4) => &[8],
        Some(5) => &[4, 5, 6, 7, 12],
        _ => &[1, 4, 5, 6, 7, 8, 9, 12],
    };
    if !allowed.contains(&kind) {
        let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        form.complain_at("type", "BASE_TYPE_CHOICES", format!("Value must be one of {{{list}}}."));
        return form.finish();
    }
    let data = &body["data"];
    form.at("data", |form| match kind {
        4 if data.is_null() => form.complain("BASE_TYPE_REQUIRED", "This field is required"),
        4 | 7 => message_into(form, data, Sent { files, edits: kind == 7 }),
        8 => autocompletion(form, data),
        9 => modal(form, data),
        _ => {}
    });
    form.finish()
}

fn autocompletion(form: &mut Form, data: &Value) {
    let Some(choices) = data["choices"].as_array() else {
        form.complain_at("choices", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    form.at("choices", |form| {
        if choices.len() > CHOICES {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {CHOICES} or fewer in length."));
        }
        for (index, choice) in choices.iter().enumerate() {
            form.at(index, |form| self::choice(form, choice));
        }
    });
}

fn modal(form: &mut Form, data: &Value) {
    required_string(form, data, "custom_id", 1, 100);
    required_string(form, data, "title", 1, 45);
    let Some(rows) = data["components"].as_array() else {
        form.complain_at("components", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    let mut seen = HashSet::new();
    form.at("components", |form| {
        if rows.is_empty() || rows.len() > 5 {
            form.complain("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }
        for (index, row) in rows.iter().enumerate() {
            form.at(index, |form| {
                let children = row["components"].as_array().map_or(&[][..], Vec::as_slice);
                for (index, input) in children.iter().enumerate() {
                    form.at("components", |form| {
                        form.at(index, |form| {
                            if input["type"] == 4 {
                                text_input(form, input, &mut seen);
                            } else {
                                form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {4}.");
                            }
                        });
                    });
                }
            });
        }
    });
}

fn text_input(form: &mut Form, input: &Value, seen: &mut HashSet<String>) {
    custom_id(form, input, seen);
    string(form, input, "label", 1, 45, false);
    string(form, input, "value", 0, 4_000, false);
    string(form, input, "placeholder", 0, 100, false);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.complain_at("style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    for (key, least) in [("min_length", 0), ("max_length", 1)] {
        if let Some(length) = input[key].as_i64()
            && !(least..=4_000).contains(&length)
        {
            form.complain_at(key, "NUMBER_TYPE_MAX", format!("int value should be between {least} and 4000."));
        }
    }
}
