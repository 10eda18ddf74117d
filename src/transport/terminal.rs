//! One answer in the terminal: the face that Discord shows, drawn with lines, Discord's markup turned into colours and
//! underlines; below it every control with what it would open, since nothing can be pressed here.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Color, RgbColor, Style};
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words};
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_width::UnicodeWidthStr;

use crate::reply::{Action, Button, Embed, Menu, MenuOption, Reply, Row};

/// The widest line of text, in columns, unless the terminal is narrower.
const WIDTH: usize = 100;

/// The widest that controls may be, in columns, to have what they open beside them.
const CONTROLS: usize = 40;

/// Draws a reply for a terminal of so many columns. `opens` says what a component would open, by its `custom_id` and, for
/// a menu, the chosen value: the title of that answer, or nothing if it opens none. The styles in what is drawn are for
/// `anstream`, which leaves them out where there is no terminal.
pub fn draw(reply: &Reply, width: usize, opens: impl Fn(&str, Option<&str>) -> Option<String>) -> String {
    let width = width.clamp(40, WIDTH);
    let mut drawn = String::new();
    if !reply.content.is_empty() {
        let _ = writeln!(drawn, "{}", reply.content);
    }
    for embed in &reply.embeds {
        draw_embed(&mut drawn, embed, width);
    }
    draw_controls(&mut drawn, &controls(&reply.rows, opens), width);
    drawn
}

fn draw_embed(drawn: &mut String, embed: &Embed, width: usize) {
    let [_, red, green, blue] = embed.colour().to_be_bytes();
    let bar = Style::new().fg_color(Some(Color::Rgb(RgbColor(red, green, blue))));
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let mut parts = vec![vec![Line::of(embed.title(), bold)]];
    if let (Some(first), Some(url)) = (parts.first_mut(), embed.address()) {
        first.push(Line::verbatim(url, address()));
    }
    parts.push(lines(embed.text()).collect());
    for field in embed.fields() {
        parts.push([Line::of(&field.name, bold)].into_iter().chain(lines(&field.value)).collect());
    }
    if let Some(picture) = embed.picture() {
        // What stands for it where there are no pictures; where that is nothing, its name.
        let told = Some(picture.description()).filter(|told| !told.is_empty()).unwrap_or(picture.name());
        parts.push(told.lines().map(|line| Line::verbatim(line, Style::new().italic())).collect());
        if let Some(first) = parts.last_mut().and_then(|part| part.first_mut()) {
            first.text.insert_str(0, "🖼️ ");
        }
    }
    parts.push(vec![Line::verbatim(embed.foot(), dim)]);
    parts.retain(|part| part.iter().any(|line| !line.text.is_empty()));
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            let _ = writeln!(drawn, "{bar}▌{bar:#}");
        }
        for text in part.iter().flat_map(|line| line.wrapped(width - 2)) {
            let gap = if text.is_empty() { "" } else { " " };
            let _ = writeln!(drawn, "{bar}▌{bar:#}{gap}{text}");
        }
    }
}

/// The lines of a text; what Discord shows as small print is dimmed.
fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    text.lines().map(|line| match line.strip_prefix("-# ") {
        Some(small) => Line::of(small, Style::new().dimmed()),
        None => Line::of(line, Style::new()),
    })
}

/// The controls in their order: how each looks, and what it opens.
fn controls(rows: &[Row], opens: impl Fn(&str, Option<&str>) -> Option<String>) -> Vec<(String, String)> {
    let mut controls = Vec::new();
    for row in rows {
        match row {
            Row::Buttons(buttons) => {
                let usable = buttons.iter().filter(|button| !button.disabled);
                controls.extend(usable.map(|button| {
                    let opened = match &button.action {
                        Action::Press(custom_id) => opens(custom_id, None).unwrap_or_default(),
                        Action::Open(url) => url.clone(),
                    };
                    (format!("[{}]", face(button)), opened)
                }));
            }
            Row::Menu(menu) => {
                controls.push((format!("[{} ▾]", menu.placeholder), String::new()));
                controls.extend(menu.options.iter().map(|option| chosen(menu, option, &opens)));
            }
        }
    }
    controls
}

fn face(button: &Button) -> String {
    [button.emoji.unwrap_or_default(), &button.label].join(" ").trim().to_owned()
}

/// An entry of a menu. Where the title of what it opens says no more than its label, its description stands instead.
fn chosen(menu: &Menu, option: &MenuOption, opens: impl Fn(&str, Option<&str>) -> Option<String>) -> (String, String) {
    let title = opens(&menu.custom_id, Some(&option.value)).filter(|title| !title.ends_with(&option.label));
    let label = [option.emoji.as_deref().unwrap_or_default(), &option.label].join(" ");
    (format!("  {}", label.trim()), title.unwrap_or_else(|| option.description.clone()))
}

/// The controls one below the other, and beside them, in one column, what they open; below one that is too wide for that.
fn draw_controls(drawn: &mut String, controls: &[(String, String)], width: usize) {
    let most = CONTROLS.min(width / 2);
    let widths = controls.iter().map(|(face, _)| face.width());
    let column = widths.filter(|width| *width <= most).max().unwrap_or_default();
    if !controls.is_empty() {
        drawn.push('\n');
    }
    for (face, opened) in controls {
        let opened = Line::verbatim(opened, Style::new().dimmed()).wrapped(width.saturating_sub(column + 4));
        let mut opened = opened.into_iter();
        if face.width() <= column {
            let gap = " ".repeat(column + 2 - face.width());
            let beside = opened.next().unwrap_or_default();
            let _ = writeln!(drawn, "{}", format!("  {face}{gap}{beside}").trim_end());
        } else {
            for line in Line::verbatim(face, Style::new()).wrapped(width - 2) {
                let _ = writeln!(drawn, "  {line}");
            }
        }
        for more in opened.filter(|line| !line.is_empty()) {
            let _ = writeln!(drawn, "{}{more}", " ".repeat(column + 4));
        }
    }
}

fn address() -> Style {
    Style::new().fg_color(Some(AnsiColor::Cyan.into()))
}

/// A line before it is broken: its text without markup, and which bytes of it are drawn in a style of their own.
struct Line {
    text: String,
    spans: Vec<(Range<usize>, Style)>,
    style: Style,
}

impl Line {
    /// A text that holds no markup.
    fn verbatim(text: &str, style: Style) -> Line {
        Line { text: text.to_owned(), spans: Vec::new(), style }
    }

    /// A text with Discord's markup: `**bold**`, `*slanted*`, `` `code` ``, `[label](address)`, and escapes.
    fn of(marked: &str, style: Style) -> Line {
        let mut line = Line { text: String::with_capacity(marked.len()), spans: Vec::new(), style };
        let (mut bold, mut slanted) = (None, None);
        let mut rest = marked;
        while let Some(character) = rest.chars().next() {
            let after = rest.get(character.len_utf8()..).unwrap_or_default();
            rest = after;
            match character {
                '\\' => {
                    let escaped = after.chars().next();
                    line.text.extend(escaped);
                    rest = after.get(escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
                }
                '*' => match after.strip_prefix('*') {
                    Some(after) => {
                        rest = after;
                        line.toggle(&mut bold, style.bold());
                    }
                    None => line.toggle(&mut slanted, style.italic()),
                },
                '`' => {}
                '[' => match masked(after) {
                    Some((label, url, after)) => {
                        rest = after;
                        line.text.push_str(&Line::of(label, style).text);
                        let start = line.text.len() + 1;
                        let _ = write!(line.text, " <{url}>");
                        line.spans.push((start..line.text.len(), address()));
                    }
                    None => line.text.push('['),
                },
                other => line.text.push(other),
            }
        }
        // They were written in the order in which they end. Of two of which one is within the other, the outer is drawn.
        line.spans.sort_by_key(|(span, _)| span.start);
        line
    }

    /// Begins a span here, or ends it.
    fn toggle(&mut self, begun: &mut Option<usize>, style: Style) {
        match begun.take() {
            Some(start) => self.spans.push((start..self.text.len(), style)),
            None => *begun = Some(self.text.len()),
        }
    }

    /// The line in lines of at most so many columns, in its styles. An address is not broken, so that it can be copied.
    fn wrapped(&self, width: usize) -> Vec<String> {
        let words = WordSeparator::AsciiSpace
            .find_words(&self.text)
            .flat_map(|word| if word.contains("://") { vec![word] } else { break_words([word], width) });
        // A flag and other emoji of several characters are as wide as one.
        let words: Vec<Word<'_>> = words.map(|word| Word { width: word.word.width(), ..word }).collect();
        let lines = wrap_first_fit(&words, &[width as f64]);
        let mut start = 0;
        let mut wrapped = Vec::with_capacity(lines.len());
        for line in lines {
            let whole: usize = line.iter().map(|word| word.word.len() + word.whitespace.len()).sum();
            let space = line.last().map_or(0, |word| word.whitespace.len());
            wrapped.push(self.painted(start..start + whole - space));
            start += whole;
        }
        wrapped
    }

    /// Some bytes of the text in their styles.
    fn painted(&self, bytes: Range<usize>) -> String {
        let mut painted = String::new();
        let mut paint = |bytes: Range<usize>, style: Style| {
            if let Some(text) = self.text.get(bytes).filter(|text| !text.is_empty()) {
                let _ = write!(painted, "{style}{text}{style:#}");
            }
        };
        let mut at = bytes.start;
        for (span, style) in &self.spans {
            let (start, end) = (span.start.clamp(at, bytes.end), span.end.clamp(at, bytes.end));
            paint(at..start, self.style);
            paint(start..end, *style);
            at = end;
        }
        paint(at..bytes.end, self.style);
        painted
    }
}

/// What follows a `[`, if that begins a link: its label, its address, and the rest.
fn masked(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.split_once("](")?;
    let (url, rest) = rest.split_once(')')?;
    (!label.contains('[') && url.contains("://")).then_some((label, url, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(marked: &str) -> String {
        Line::of(marked, Style::new()).text
    }

    #[test]
    fn markup_becomes_plain_text() {
        assert_eq!(
            plain("**OCAM** – [iom.int](https://www.iom.int/x) \\*vrai\\* [sic]"),
            "OCAM – iom.int <https://www.iom.int/x> *vrai* [sic]"
        );
        assert_eq!(plain("\\"), "");
        assert_eq!(plain("a [b](c) [d"), "a [b](c) [d");
    }

    #[test]
    fn markup_is_drawn_in_its_style_over_the_end_of_a_line() {
        let bold = Style::new().bold();
        let drawn = Line::of("un **deux trois**", Style::new()).wrapped(7);
        assert_eq!(drawn, [format!("un {bold}deux{bold:#}"), format!("{bold}trois{bold:#}")]);
    }

    #[test]
    fn lines_break_at_words() {
        let wrapped = |text: &str, width| Line::verbatim(text, Style::new()).wrapped(width);
        assert_eq!(wrapped("un deux trois", 7), ["un deux", "trois"]);
        assert_eq!(wrapped("", 7), [""]);
        // By columns, of which a flag and a Chinese character take two each.
        assert_eq!(wrapped("🇰🇪 🇫🇷 🇪🇸", 5), ["🇰🇪 🇫🇷", "🇪🇸"]);
        assert_eq!(wrapped("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(wrapped("abc https://example.org", 5), ["abc", "https://example.org"]);
    }
}
