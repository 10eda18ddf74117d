//! Discord's limits on buttons, menus and the rows around them (Discord: components/reference).

use std::collections::HashSet;

use serde_json::Value;

use crate::errors::Form;
use crate::judge::fields::{emoji, optional_array, required_string, string, url};

/// Choices of one autocompletion, and options of one select menu.
pub(crate) const CHOICES: usize = 25;
/// Components of one message under [`COMPONENTS_V2`], nested ones included.
pub(crate) const COMPONENTS: usize = 40;

/// What the checks of a message's components share.
#[derive(Default)]
struct Seen {
    custom_ids: HashSet<String>,
    count: usize,
}

pub(crate) fn components(form: &mut Form, list: &Value, v2: bool) {
    let Some(list) = optional_array(form, list, "components") else { return };
    let mut seen = Seen::default();
    form.at("components", |form| {
        let limit = if v2 { COMPONENTS } else { 5 };
        if list.len() > limit {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {limit} in length."));
        }
        for (index, component) in list.iter().enumerate() {
            form.at(index, |form| {
                if !v2 && component["type"] != 1 {
                    form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {1}.");
                } else {
                    any_component(form, component, &mut seen);
                }
            });
        }
        if v2 && seen.count > COMPONENTS {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {COMPONENTS} or fewer in length."));
        }
    });
}

fn any_component(form: &mut Form, component: &Value, seen: &mut Seen) {
    seen.count += 1;
    match component["type"].as_u64() {
        Some(1) => action_row(form, component, seen),
        Some(2) => button(form, component, seen),
        Some(3 | 5..=8) => select(form, component, seen),
        // Components v2: their own texts and nesting; the fields without a limit are left to the other judges.
        Some(9 | 17) => {
            for key in ["components"] {
                let Some(children) = optional_array(form, &component[key], key) else { continue };
                form.at(key, |form| {
                    for (index, child) in children.iter().enumerate() {
                        form.at(index, |form| any_component(form, child, seen));
                    }
                });
            }
            if !component["accessory"].is_null() {
                form.at("accessory", |form| any_component(form, &component["accessory"], seen));
            }
        }
        Some(10) => required_string(form, component, "content", 1, 4_000),
        Some(11..=14) => {}
        _ => form.complain_at(
            "type",
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17}.",
        ),
    }
}

fn action_row(form: &mut Form, row: &Value, seen: &mut Seen) {
    let Some(children) = row["components"].as_array() else {
        form.complain_at("components", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    form.at("components", |form| {
        let selects = children.iter().filter(|child| child["type"] != 2).count();
        let limit = if selects > 0 { 1 } else { 5 };
        if children.is_empty() || children.len() > limit {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {limit} in length."));
        }
        for (index, child) in children.iter().enumerate() {
            form.at(index, |form| match child["type"].as_u64() {
                Some(2 | 3 | 5..=8) => any_component(form, child, seen),
                _ => form.complain_at("type", "BASE_TYPE_CHOICES", "Value must be one of {2, 3, 5, 6, 7, 8}."),
            });
        }
    });
}

pub(crate) fn custom_id(form: &mut Form, component: &Value, seen: &mut HashSet<String>) {
    required_string(form, component, "custom_id", 1, 100);
    if let Some(id) = component["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        form.complain_at("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn button(form: &mut Form, button: &Value, seen: &mut Seen) {
    string(form, button, "label", 0, 80, false);
    emoji(form, button);
    let labelled = button["label"].as_str().is_some_and(|label| !label.is_empty()) || !button["emoji"].is_null();
    match button["style"].as_u64() {
        Some(1..=4) => {
            custom_id(form, button, &mut seen.custom_ids);
            if !button["url"].is_null() {
                form.complain_at(
                    "url",
                    "BUTTON_COMPONENT_CUSTOM_ID_AND_URL",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        Some(5) => {
            if button["url"].as_str().is_none_or(str::is_empty) {
                form.complain_at("url", "BASE_TYPE_REQUIRED", "This field is required");
            }
            string(form, button, "url", 1, 512, false);
            url(form, button, "url", &["http", "https", "discord"]);
            if !button["custom_id"].is_null() {
                form.complain("BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified");
            }
        }
        Some(6) => {
            if button["sku_id"].is_null() {
                form.complain_at("sku_id", "BASE_TYPE_REQUIRED", "This field is required");
            }
            return;
        }
        _ => form.complain_at("style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}."),
    }
    if !labelled {
        form.complain_at("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or emoji");
    }
}

fn select(form: &mut Form, select: &Value, seen: &mut Seen) {
    custom_id(form, select, &mut seen.custom_ids);
    string(form, select, "placeholder", 0, 150, false);
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    if least > 25 {
        form.complain_at("min_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to 25.");
    }
    if most == 0 || most > 25 {
        form.complain_at("max_values", "NUMBER_TYPE_MAX", "int value should be between 1 and 25.");
    }
    if least > most {
        form.complain(
            "SELECT_COMPONENT_MIN_VALUE_GREATER_THAN_MAX_VALUE",
            "Min values cannot be greater than max values",
        );
    }
    if select["type"] != 3 {
        return;
    }
    let Some(options) = select["options"].as_array() else {
        form.complain_at("options", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    };
    let mut values = HashSet::new();
    form.at("options", |form| {
        if options.is_empty() || options.len() > CHOICES {
            form.complain("BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {CHOICES} in length."));
        } else if most > options.len() as u64 {
            form.complain(
                "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE",
                "Max values cannot be greater than the number of options",
            );
        }
        let marked = options.iter().filter(|option| option["default"] == true).count();
        if marked as u64 > most {
            form.complain("SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than max values");
        }
        for (index, option) in options.iter().enumerate() {
            form.at(index, |form| {
                required_string(form, option, "label", 1, 100);
                required_string(form, option, "value", 1, 100);
                string(form, option, "description", 0, 100, false);
                emoji(form, option);
                if let Some(value) = option["value"].as_str()
                    && !values.insert(value)
                {
                    form.complain_at(
                        "value",
                        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                        "The specified option value is already used",
                    );
                }
            });
        }
    });
}
