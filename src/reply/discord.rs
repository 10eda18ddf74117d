//! From a reply to serenity's builders: the only place outside `transport/` that knows serenity's types.

use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, Colour, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed,
    CreateEmbedFooter, CreateInteractionResponseMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, ReactionType, UserId,
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

    /// The reply as a change of the message under which a component stands. What stands above the embeds, such as whom
    /// the answer addresses, stays if this reply has nothing to put there.
    pub fn to_update(&self) -> CreateInteractionResponseMessage {
        let update = CreateInteractionResponseMessage::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(self.mentions())
            .ephemeral(self.private)
            .files(self.attachments());
        if self.content.is_empty() { update } else { update.content(cut(&self.content, CONTENT)) }
    }

    /// The reply as a change of the interaction's original response.
    pub fn to_edit(&self) -> EditInteractionResponse {
        let edit = EditInteractionResponse::new()
            .content(cut(&self.content, CONTENT))
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(self.mentions());
        self.attachments().into_iter().fold(edit, EditInteractionResponse::new_attachment)
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

    fn attachments(&self) -> Vec<CreateAttachment> {
        self.files.iter().map(|file| CreateAttachment::bytes(file.content.clone(), file.name.clone())).collect()
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
    serde_json::to_value(reply.to_message())
}

/// The reply as the body of a request that changes an interaction's original response: the files are those of this
/// reply and no others. serenity numbers files only when it sends them itself, so that is done here.
#[expect(clippy::indexing_slicing, reason = "a message is an object, and a key of one that is written is made")]
pub fn edit(reply: &Reply) -> serde_json::Result<Value> {
    let mut body = serde_json::to_value(reply.to_edit())?;
    let files = reply.files.iter().zip(0..).map(|(file, id): (_, u64)| json!({ "id": id, "filename": file.name }));
    body["attachments"] = files.collect();
    Ok(body)
}
