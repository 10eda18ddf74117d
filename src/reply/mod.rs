//! What an answer looks like: embeds, buttons, menus, who may be pinged. Discord's limits are kept here by construction.
//!
//! A command builds a [`Reply`] from plain parts; nothing in it can exceed a limit, whatever the catalogue holds or a
//! person types, because every part is cut as it is put in. `discord` turns it into serenity's builders. What is said,
//! and about what, is the commands' business.

pub mod discord;
mod embed;
mod file;
mod height;
pub mod limits;
mod modal;
mod picture;
mod row;
mod sheet;
mod text;

pub use embed::{Budget, Embed, Lines};
pub use file::File;
pub use modal::{Input, Modal};
pub use picture::Picture;
pub use row::{Action, Button, Menu, MenuOption, Row, Style};
pub use sheet::{Entry, Sheet};
pub use text::{cut, escape, link};

/// The colours of embeds, as 0xRRGGBB: status first, then the kinds of answers. Each stands out on the light and on the
/// dark ground of an embed.
pub mod colour {
    /// An active process.
    pub const ACTIVE: u32 = 0x2e_8b_57;
    /// An emerging process.
    pub const EMERGING: u32 = 0xb0_7f_10;
    /// An inactive process.
    pub const INACTIVE: u32 = 0x80_84_8e;
    /// A process whose status no source tells.
    pub const UNKNOWN: u32 = 0x6b_7a_90;
    /// Answers about no single process.
    pub const GENERAL: u32 = 0x4f_7b_d9;
    /// Errors and refusals.
    pub const REFUSAL: u32 = 0xd0_50_4a;
}

/// What a reply is, said where it is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReplyKind {
    /// What was asked for.
    #[default]
    Answer,
    /// A question back: several things may have been meant.
    Question,
    /// A refusal: nothing was found, or it is not allowed.
    Refusal,
    /// An apology: answering failed for a reason of ours.
    Apology,
}

/// An answer, ready to become a Discord message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// What it is.
    pub kind: ReplyKind,
    /// Text above the embeds: the person addressed by `pour`, or what moderators are told beside a card.
    pub content: String,
    /// The embeds; all of a message together hold 6,000 characters, which one embed never exceeds.
    pub embeds: Vec<Embed>,
    /// Rows of buttons or one menu each, at most [`limits::ROWS`].
    pub rows: Vec<Row>,
    /// Whether only the asker sees it.
    pub private: bool,
    /// The one person who may be pinged.
    pub ping: Option<u64>,
    /// Files sent with it, besides the pictures of its embeds.
    pub files: Vec<File>,
}

impl Reply {
    /// A reply of one embed.
    pub fn of(embed: Embed) -> Reply {
        Reply { embeds: vec![embed], ..Reply::default() }
    }

    /// The same reply, for the asker's eyes only.
    pub fn private(mut self) -> Reply {
        self.private = true;
        self
    }

    /// Adds a row of buttons, unless there are none of them or no room for a row.
    pub fn buttons(mut self, mut buttons: Vec<Button>) -> Reply {
        buttons.truncate(limits::BUTTONS_PER_ROW);
        if !buttons.is_empty() && self.rows.len() < limits::ROWS {
            self.rows.push(Row::Buttons(buttons));
        }
        self
    }

    /// Adds a menu, unless it is empty or there is no room for a row.
    pub fn menu(mut self, mut menu: Menu) -> Reply {
        menu.options.truncate(limits::MENU_OPTIONS);
        if !menu.options.is_empty() && self.rows.len() < limits::ROWS {
            self.rows.push(Row::Menu(menu));
        }
        self
    }

    /// The pictures of its embeds.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.embeds.iter().filter_map(Embed::picture)
    }

    /// Whether a picture is still to be drawn.
    pub fn is_due(&self) -> bool {
        self.pictures().any(Picture::is_due)
    }

    /// Draws its pictures, which takes some ten milliseconds. One that fails is left out, its alternative text put in its
    /// place; why, is returned.
    pub fn draw(&mut self) -> Vec<String> {
        let failed = self.embeds.iter_mut().filter_map(|embed| embed.draw().err());
        failed.collect()
    }

    /// The same reply without the pictures that are not drawn: their alternative text stands in their place.
    pub fn without_due(mut self) -> Reply {
        let told = |embed: Embed| if embed.picture().is_some_and(Picture::is_due) { embed.told() } else { embed };
        self.embeds = self.embeds.into_iter().map(told).collect();
        self
    }

    /// The files that go with it, in the order in which its JSON numbers them: its own, and the pictures that are drawn.
    pub fn attachments(&self) -> Vec<File> {
        self.files.iter().cloned().chain(self.pictures().filter_map(Picture::file)).collect()
    }

    /// How high it stands on a phone, in CSS pixels, as `height` estimates it; files below its embeds not counted.
    pub fn height(&self) -> usize {
        let embed = |embed: &Embed| {
            let fields = embed.fields().iter().map(|field| (field.name.as_str(), field.value.as_str()));
            let picture = embed.picture().map_or(0, |picture| height::GAP + height::of_picture(picture.size()));
            height::of_embed(embed.title(), embed.text(), fields, embed.foot()) + picture
        };
        height::of_message(&self.content, self.embeds.iter().map(embed).sum(), &self.rows)
    }
}

impl Button {
    /// A button that moves around.
    pub fn press(label: impl Into<String>, custom_id: String) -> Button {
        let action = Action::Press(custom_id);
        Button { label: label.into(), emoji: None, action, style: Style::Secondary, disabled: false }
    }

    /// A button that opens an address.
    pub fn open(label: impl Into<String>, url: &str) -> Button {
        let action = Action::Open(url.to_owned());
        Button { label: label.into(), emoji: None, action, style: Style::Secondary, disabled: false }
    }

    /// The same button with an emoji.
    pub fn emoji(mut self, emoji: &'static str) -> Button {
        self.emoji = Some(emoji);
        self
    }

    /// The same button in another style.
    pub fn style(mut self, style: Style) -> Button {
        self.style = style;
        self
    }

    /// The same button, greyed out if `disabled`.
    pub fn disabled(mut self, disabled: bool) -> Button {
        self.disabled = disabled;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::colour;

    /// The relative luminance of a colour, 0 to 1. (WCAG 2.2, "relative luminance".)
    fn luminance(colour: u32) -> f64 {
        let [_, channels @ ..] = colour.to_be_bytes();
        let linear = channels.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn every_bar_stands_out_on_a_light_and_on_a_dark_ground() {
        // The grounds of embeds, as on the page of the local Discord. What carries meaning needs 3 to 1. (WCAG 2.2, 1.4.11.)
        for ground in [0xf2_f3_f5, 0x2b_2d_31] {
            for bar in
                [colour::ACTIVE, colour::EMERGING, colour::INACTIVE, colour::UNKNOWN, colour::GENERAL, colour::REFUSAL]
            {
                let (one, other) = (luminance(bar) + 0.05, luminance(ground) + 0.05);
                let contrast = one.max(other) / one.min(other);
                assert!(contrast >= 3.0, "{bar:06x} on {ground:06x}: {contrast:.2}");
            }
        }
    }
}
