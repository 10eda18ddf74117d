//! One answer in the terminal: the embed drawn with lines, Discord's markup turned into colours and underlines.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Color, RgbColor, Style};

use crate::reply::{Action, Button, Embed, Reply, Row};

/// The widest line of text, in characters, unless the terminal is narrower.
const WIDTH: usize = 100;

/// Draws a reply. The styles in it are for `anstream`, which leaves them out where there is no terminal.
pub fn draw(reply: &Reply, width: usize) -> String {
    let width = width.clamp(40, WIDTH);
    let mut drawn = String::new();
    if !reply.content.is_empty() {
        let _ = writeln!(drawn, "{}", reply.content);
    }
    for embed in &reply.embeds {
        draw_embed(&mut drawn, embed, width);
    }
    for row in &reply.rows {
        draw_row(&mut drawn, row);
    }
    drawn
}

fn draw_embed(drawn: &mut String, embed: &Embed, width: usize) {
    let colour = embed.colour().to_be_bytes();
    let bar = Style::new().fg_color(Some(Color::Rgb(RgbColor(colour[1], colour[2], colour[3]))));
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let mut line = |text: &str, style: Style| {
        for part in wrap(text, width - 2) {
            let _ = writeln!(drawn, "{bar}▌{bar:#} {style}{part}{style:#}");
        }
    };
    line(embed.title(), bold);
    if let Some(url) = embed.address() {
        line(url, Style::new().fg_color(Some(AnsiColor::Cyan.into())));
    }
    if !embed.text().is_empty() {
        line("", Style::new());
        plain_lines(embed.text()).for_each(|(text, small)| line(&text, if small { dim } else { Style::new() }));
    }
    for field in embed.fields() {
        line("", Style::new());
        line(&field.name, bold);
        plain_lines(&field.value).for_each(|(text, small)| line(&text, if small { dim } else { Style::new() }));
    }
    if !embed.foot().is_empty() {
        line("", Style::new());
        line(embed.foot(), dim);
    }
}

fn draw_row(drawn: &mut String, row: &Row) {
    let described = match row {
        Row::Buttons(buttons) => {
            buttons.iter().filter(|button| !button.disabled).map(describe).collect::<Vec<_>>().join(" ")
        }
        Row::Menu(menu) => format!("[{} ▾ {}]", menu.placeholder, menu.options.len()),
    };
    if !described.is_empty() {
        let _ = writeln!(drawn, "  {described}");
    }
}

fn describe(button: &Button) -> String {
    let label = [button.emoji.unwrap_or_default(), &button.label].join(" ");
    match &button.action {
        Action::Press(_) => format!("[{}]", label.trim()),
        Action::Open(url) => format!("[{} ↗ {url}]", label.trim()),
    }
}

/// The lines of a text without Discord's markup, and whether each is small print.
fn plain_lines(text: &str) -> impl Iterator<Item = (String, bool)> + '_ {
    text.lines().map(|line| match line.strip_prefix("-# ") {
        Some(small) => (plain(small), true),
        None => (plain(line), false),
    })
}

/// A text without Discord's markup: `**bold**`, `*slanted*`, `` `code` ``, `[label](address)`, and escapes.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' => plain.extend(rest.next()),
            '*' | '`' | '[' => {}
            ']' if rest.peek() == Some(&'(') => {
                rest.next();
                let address: String = rest.by_ref().take_while(|next| *next != ')').collect();
                let _ = write!(plain, " <{address}>");
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Breaks a line at words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        // There is always a last line: the list begins with one.
        let Some(line) = lines.last_mut() else { continue };
        let used = line.chars().count();
        if used > 0 && used + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_text() {
        assert_eq!(
            plain("**OCAM** – [iom.int](https://www.iom.int/x) \\*vrai\\*"),
            "OCAM – iom.int <https://www.iom.int/x> *vrai*"
        );
    }

    #[test]
    fn lines_break_at_words() {
        assert_eq!(wrap("un deux trois", 7), ["un deux", "trois"]);
        assert_eq!(wrap("", 7), [""]);
    }
}
