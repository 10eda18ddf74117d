//! How high a reply stands on a phone, estimated: what an answer may take is bounded by it, whatever the catalogue holds.
//!
//! The measures are those of the playground's page at 390 px (`channel.css` of the local Discord): widths and heights in
//! CSS pixels, widths of letters a little generous, so that the estimate is not below what is drawn. A test in a browser
//! holds the two against each other.

use std::sync::LazyLock;

use crate::reply::row::{Action, Button, Row};

/// The width of an embed's text.
const TEXT_WIDTH: usize = 288;

/// The width of the rows under a message.
const ROW_WIDTH: usize = 326;

/// A line of the embed's text, of its small print, of its title, of its footer.
const LINE: usize = 20;
const SMALL_LINE: usize = 19;
const TITLE_LINE: usize = 23;
const FOOT_LINE: usize = 17;

/// The gap between the parts of an embed.
pub(super) const GAP: usize = 8;

/// What surrounds the texts of an embed: margins, padding and border.
const FRAME: usize = 36;

/// What a message has besides its embed and its rows: who asked what, who answers, the line of a private message.
const MESSAGE: usize = 94;

/// A line of buttons, and a menu, each with its gap.
const BUTTONS: usize = 40;
const MENU: usize = 49;

/// The widths of the letters of our languages, since every text is measured.
static WIDTHS: LazyLock<[u8; 0x250]> = LazyLock::new(|| {
    // None of them is wider than 145.
    std::array::from_fn(|letter| char::from_u32(letter as u32).map_or(0, measured).min(u8::MAX.into()) as u8)
});

/// The width of a character in tenths of a pixel at a size of 14 px.
fn width(character: char) -> usize {
    WIDTHS.get(character as usize).map_or_else(|| measured(character), |width| usize::from(*width))
}

/// The same, not looked up: that of DejaVu Sans, the widest of the fonts in which the page may be drawn.
fn measured(character: char) -> usize {
    match character {
        // A flag is two of these.
        '\u{1f1e6}'..='\u{1f1ff}' => 100,
        '\u{200b}' | '\u{fe0f}' => 0,
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ';' | ':' | '|' | '\'' | '’' | 'i' | 'j' | 'l' | 'I' | '·' => 45,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '!' => 56,
        's' | 'c' | 'k' | 'v' | 'x' | 'y' | 'z' | '•' => 80,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 138,
        _ if character < '\u{250}' && character.is_uppercase() => 105,
        _ if character < '\u{250}' || character == '–' => 88,
        _ if character < '\u{1f000}' && !('\u{2190}'..'\u{2c00}').contains(&character) => 145,
        _ => 195,
    }
}

/// How much wider bold letters are, in hundredths.
const BOLD: usize = 113;

/// Where the next word goes, of a text that is broken into lines at words.
struct Breaker {
    room: usize,
    space: usize,
    lines: usize,
    used: usize,
}

impl Breaker {
    /// Sets a word of this width, in tenths of a pixel.
    fn put(&mut self, word: usize) {
        if self.used > 0 && self.used + self.space + word > self.room {
            self.lines += 1;
            self.used = 0;
        }
        self.used += if self.used > 0 { self.space + word } else { word };
        // A word longer than a line is broken within.
        if self.used > self.room {
            self.lines += self.used / self.room;
            self.used %= self.room;
        }
    }
}

/// How many lines a text takes that has no line breaks of its own, at a size in pixels: without the marks of bold and
/// slanted, and without addresses behind links, which are not drawn.
fn lines(text: &str, size: usize, room: usize) -> usize {
    let widths = &*WIDTHS;
    let mut breaker = Breaker { room: room * 10, space: width(' ') * size / 14, lines: 1, used: 0 };
    let (mut word, mut bold) = (0, false);
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let shown = match character {
            '\\' => match rest.next() {
                Some(escaped) => escaped,
                None => break,
            },
            '*' => {
                if rest.as_str().starts_with('*') {
                    rest.next();
                    bold = !bold;
                }
                continue;
            }
            '`' => continue,
            ']' if rest.as_str().starts_with('(') => {
                rest.by_ref().take_while(|next| *next != ')').for_each(drop);
                continue;
            }
            other => other,
        };
        if shown == ' ' {
            breaker.put(word * size / 14);
            word = 0;
            continue;
        }
        let width = widths.get(shown as usize).map_or_else(|| measured(shown), |width| usize::from(*width));
        word += if bold { width * BOLD / 100 } else { width };
    }
    breaker.put(word * size / 14);
    breaker.lines
}

/// The characters of a line in a block of code, whose letters are all of one width, and the height of such a line.
const CODE_LETTERS: usize = 36;
const CODE_LINE: usize = 17;

/// What surrounds a block of code: margins, padding and border; half of it for its first and half for its last line.
const CODE_FRAME: usize = 16;

/// The height of an embed's text or a field's value.
pub(super) fn of_text(text: &str) -> usize {
    let mut in_code = false;
    let line = |line: &str| match line.strip_prefix("-# ") {
        Some(small) => lines(small, 13, TEXT_WIDTH) * SMALL_LINE,
        None => lines(line, 14, TEXT_WIDTH) * LINE,
    };
    let measured = |text: &str| {
        if text.starts_with("```") {
            in_code = !in_code;
            return CODE_FRAME;
        }
        // A Chinese character is as wide as two letters.
        let letters = |text: &str| text.chars().map(|one| if one < '\u{1100}' { 1 } else { 2 }).sum::<usize>();
        if in_code { letters(text).div_ceil(CODE_LETTERS).max(1) * CODE_LINE } else { line(text) }
    };
    if text.is_empty() { 0 } else { text.split('\n').map(measured).sum() }
}

/// The most that a picture takes in height.
const PICTURE: usize = 352;

/// The height of a picture of this width and height, which is shown as wide as the embed's text, and never larger than
/// it is.
pub(super) fn of_picture((width, height): (u32, u32)) -> usize {
    let (width, height) = (width.max(1) as usize, height as usize);
    (height * TEXT_WIDTH.min(width)).div_ceil(width).min(PICTURE)
}

/// The height of a title.
pub(super) fn of_title(title: &str) -> usize {
    // It is bold.
    lines(title, 17, TEXT_WIDTH) * TITLE_LINE
}

/// The height of a footer with the gap before it.
pub(super) fn of_footer(footer: &str) -> usize {
    if footer.is_empty() { 0 } else { GAP + lines(footer, 12, TEXT_WIDTH) * FOOT_LINE }
}

/// The height of the rows under a message.
pub(super) fn of_rows(rows: &[Row]) -> usize {
    let row = |row: &Row| match row {
        Row::Menu(_) => MENU,
        Row::Buttons(buttons) => {
            let (mut lines, mut used) = (1, 0);
            for button in buttons.iter().map(of_button) {
                if used > 0 && used + GAP + button > ROW_WIDTH {
                    lines += 1;
                    used = 0;
                }
                used += if used > 0 { GAP + button } else { button };
            }
            lines * BUTTONS
        }
    };
    rows.iter().map(row).sum()
}

/// The width of a button.
fn of_button(button: &Button) -> usize {
    let label = button.label.chars().map(width).sum::<usize>() / 10;
    let emoji = if button.emoji.is_some() { 20 } else { 0 };
    let gap = if button.emoji.is_some() && !button.label.is_empty() { 6 } else { 0 };
    let link = if matches!(button.action, Action::Open(_)) { 20 } else { 0 };
    (30 + label + emoji + gap + link).min(ROW_WIDTH)
}

/// The height of a field with the gap before it.
pub(super) fn of_field(name: &str, value: &str) -> usize {
    GAP + 2 + of_text(name) + of_text(value)
}

/// The height of an embed, whose fields are each a name and a value.
pub(super) fn of_embed<'f>(
    title: &str,
    text: &str,
    fields: impl Iterator<Item = (&'f str, &'f str)>,
    footer: &str,
) -> usize {
    let text = if text.is_empty() { 0 } else { GAP + of_text(text) };
    let fields = fields.map(|(name, value)| of_field(name, value));
    FRAME + of_title(title) + text + fields.sum::<usize>() + of_footer(footer)
}

/// The height of a message whose embeds are so high together.
pub(super) fn of_message(content: &str, embeds: usize, rows: &[Row]) -> usize {
    MESSAGE + of_text(content) + embeds + of_rows(rows)
}

/// How much of a height is left for the texts of an embed with these rows under it.
pub(super) fn left(height: usize, rows: &[Row]) -> usize {
    height.saturating_sub(MESSAGE + FRAME + of_rows(rows))
}
