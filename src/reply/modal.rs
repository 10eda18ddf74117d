//! A form that opens over the page: a title and up to five fields for text.

use serenity::all::{CreateActionRow, CreateInputText, CreateModal, InputTextStyle};

use crate::reply::limits::{CUSTOM_ID, INPUT_LABEL, INPUT_PLACEHOLDER, INPUT_TEXT, MODAL_INPUTS, MODAL_TITLE};
use crate::reply::text::cut;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modal {
    /// The `custom_id` with which it comes back (1 to 100 characters).
    pub custom_id: String,
    /// What stands above it, at most 45 characters.
    pub title: String,
    /// The fields; those beyond [`MODAL_INPUTS`] are left out.
    pub inputs: Vec<Input>,
}

/// A field of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The name under which it comes back.
    pub id: &'static str,
    /// What stands above it, at most 45 characters.
    pub label: String,
    /// An example that stands in it while it is empty, at most 100 characters.
    pub placeholder: String,
    /// What stands in it at first.
    pub value: String,
    /// Whether it may not be left empty.
    pub required: bool,
    /// Whether it has several lines.
    pub long: bool,
    /// The most characters that it takes.
    pub most: u16,
}

impl Modal {
    /// The form as serenity sends it. Fields stand in action rows: what comes back is then read by serenity's own types.
    pub fn to_modal(&self) -> CreateModal {
        let rows = self.inputs.iter().take(MODAL_INPUTS).map(|input| {
            let style = if input.long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
            let most = input.most.clamp(1, INPUT_TEXT);
            let mut created = CreateInputText::new(style, cut(&input.label, INPUT_LABEL), input.id)
                .required(input.required)
                .max_length(most);
            if !input.placeholder.is_empty() {
                created = created.placeholder(cut(&input.placeholder, INPUT_PLACEHOLDER));
            }
            if !input.value.is_empty() {
                created = created.value(cut(&input.value, usize::from(most)));
            }
            CreateActionRow::InputText(created)
        });
        CreateModal::new(cut(&self.custom_id, CUSTOM_ID), cut(&self.title, MODAL_TITLE)).components(rows.collect())
    }
}
