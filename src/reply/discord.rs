//! From a reply to serenity's builders: the only place outside `transport/` that knows serenity's types.

use serde::Serialize;
use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, Colour, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, ReactionType, UserId,
};

use crate::reply::Reply;
use crate::reply::embed::Embed;
use crate::reply::limits::{BUTTON_LABEL, BUTTON_URL, CONTENT, CUSTOM_ID, MENU_TEXT, PLACEHOLDER};
use crate::reply::row::{Action, Button, Menu, Row, Style};
use crate::reply::text::cut;

impl Reply {
    /// The reply as the message of an interaction callback.
    pub fn to_message(&self) -> CreateInteractionResponseMessage {
        self.to_update().content(cut(&self.content, CONTENT))
    }

    /// Whether its message names files. serenity numbers these, and describes pictures, only when it sends them itself, so
    /// that the JSON of such a message is made by [`message`].
    pub fn has_attachments(&self) -> bool {
        !self.files.is_empty() || self.pictures().next().is_some()
    }

    /// The reply as a change of the message under which a component stands. What stands above the embeds, such as whom
    /// the answer addresses, stays if this reply has nothing to put there.
    pub fn to_update(&self) -> CreateInteractionResponseMessage {
        let update = CreateInteractionResponseMessage::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(self.mentions())
            .ephemeral(self.private);
        if self.content.is_empty() { update } else { update.content(cut(&self.content, CONTENT)) }
    }

    /// The reply as a change of the interaction's original response.
    pub fn to_edit(&self) -> EditInteractionResponse {
        EditInteractionResponse::new()
            .content(cut(&self.content, CONTENT))
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(self.mentions())
    }

    /// Nobody but the person named in `pour` is ever pinged, whatever the text holds.
    fn mentions(&self) -> CreateAllowedMentions {
        CreateAllowedMentions::new().users(self.ping.into_iter().map(UserId::new))
    }

    fn embeds(&self) -> Vec<CreateEmbed> {
        self.embeds.iter().map(embed).collect()
    }

    fn components(&self) -> Vec<CreateActionRow> {
        self.rows
            .iter()
            .map(|row| match row {
                Row::Buttons(buttons) => CreateActionRow::Buttons(buttons.iter().map(button).collect()),
                Row::Menu(choices) => CreateActionRow::SelectMenu(menu(choices)),
            })
            .collect()
    }
}

fn embed(embed: &Embed) -> CreateEmbed {
    let mut created = CreateEmbed::new().title(embed.title()).colour(Colour::new(embed.colour()));
    if let Some(url) = embed.address() {
        created = created.url(url);
    }
    if !embed.text().is_empty() {
        created = created.description(embed.text());
    }
    if !embed.foot().is_empty() {
        created = created.footer(CreateEmbedFooter::new(embed.foot()));
    }
    if let Some(picture) = embed.picture() {
        created = created.attachment(picture.name());
    }
    created.fields(embed.fields().iter().map(|field| (field.name.as_str(), field.value.as_str(), field.inline)))
}

fn button(button: &Button) -> CreateButton {
    let created = match &button.action {
        Action::Press(custom_id) => CreateButton::new(cut(custom_id, CUSTOM_ID)).style(match button.style {
            Style::Secondary => ButtonStyle::Secondary,
            Style::Primary => ButtonStyle::Primary,
            Style::Danger => ButtonStyle::Danger,
        }),
        Action::Open(url) => CreateButton::new_link(cut(url, BUTTON_URL)),
    };
    let created = if button.label.is_empty() { created } else { created.label(cut(&button.label, BUTTON_LABEL)) };
    let created = created.disabled(button.disabled);
    match button.emoji {
        Some(emoji) => created.emoji(ReactionType::Unicode(emoji.to_owned())),
        None => created,
    }
}

fn menu(menu: &Menu) -> CreateSelectMenu {
    let options = menu.options.iter().map(|option| {
        let mut created = CreateSelectMenuOption::new(cut(&option.label, MENU_TEXT), cut(&option.value, MENU_TEXT));
        if !option.description.is_empty() {
            created = created.description(cut(&option.description, MENU_TEXT));
        }
        match &option.emoji {
            Some(emoji) => created.emoji(ReactionType::Unicode(emoji.clone())),
            None => created,
        }
    });
    let kind = CreateSelectMenuKind::String { options: options.collect() };
    CreateSelectMenu::new(cut(&menu.custom_id, CUSTOM_ID), kind).placeholder(cut(&menu.placeholder, PLACEHOLDER))
}

/// The reply as the body of a further message about an interaction.
pub fn follow_up(reply: &Reply) -> serde_json::Result<Value> {
    message(&reply.to_message(), reply)
}

/// The reply as the body of a request that changes an interaction's original response: the files are those of this
/// reply and no others.
pub fn edit(reply: &Reply) -> serde_json::Result<Value> {
    message(&reply.to_edit(), reply)
}

/// A message made of this reply as JSON, with the files that go with it, none if there are none: numbered in the order of
/// [`Reply::attachments`], each picture with its alternative text, which Discord takes for the file and for the embed.
/// (Discord: reference, "Uploading Files"; resources/message, "Embed Image Structure".)
#[expect(clippy::indexing_slicing, reason = "a message is an object, and a key of one that is written is made")]
pub fn message(message: &impl Serialize, reply: &Reply) -> serde_json::Result<Value> {
    let mut body = serde_json::to_value(message)?;
    let files = reply.files.iter().map(|file| json!({ "filename": file.name }));
    let pictures = reply.pictures().map(|picture| match picture.description() {
        "" => json!({ "filename": picture.name() }),
        told => json!({ "filename": picture.name(), "description": told }),
    });
    let numbered = files.chain(pictures).zip(0_u64..).map(|(mut file, id)| {
        file["id"] = json!(id);
        file
    });
    body["attachments"] = numbered.collect();
    for (embed, shown) in body["embeds"].as_array_mut().into_iter().flatten().zip(&reply.embeds) {
        if let Some(picture) = shown.picture().filter(|picture| !picture.description().is_empty()) {
            embed["image"]["description"] = json!(picture.description());
        }
    }
    Ok(body)
}
