//! What stands behind a button: a list of any length under headings, on as many pages as it needs.

use crate::reply::embed::{Budget, Embed, Lines};
use crate::reply::height;
use crate::reply::row::Row;
use crate::reply::text::cut;

/// A line of a sheet, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Under what it stands; entries with the same heading follow one another. Empty for none.
    pub heading: String,
    /// Its text.
    pub text: String,
}

/// Entries on pages, none of which is higher than a screen, and none of whose text is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet(Vec<Entry>);

/// The most characters of an entry: half of what a page holds.
const LONGEST: usize = 800;

impl Sheet {
    /// Adds an entry, if it says something.
    pub fn put(&mut self, heading: &str, text: impl Into<String>) {
        let text: String = text.into();
        if !text.trim().is_empty() {
            self.0.push(Entry { heading: heading.to_owned(), text });
        }
    }

    /// Adds a list of short items in one run, some to a line.
    pub fn run(&mut self, heading: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().collect();
        items.chunks(6).for_each(|some| self.put(heading, some.join(" · ")));
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The texts of its pages, at least one, for embeds with this title and footer and these rows.
    pub fn pages(&self, budget: Budget, rows: &[Row], title: &str, footer: &str) -> Vec<String> {
        let embed = Embed::within(budget, rows, 0, title, footer);
        let mut pages: Vec<String> = Vec::new();
        let (mut page, mut heading) = (String::new(), "");
        for entry in &self.0 {
            for text in pieces(&entry.text) {
                let grown = grown(&page, heading, &entry.heading, &text);
                page = if page.is_empty() || embed.fits(&grown) {
                    grown
                } else {
                    pages.push(std::mem::take(&mut page));
                    self::grown("", "", &entry.heading, &text)
                };
                heading = &entry.heading;
            }
        }
        pages.push(page);
        pages
    }
}

/// A page with one more text, under its heading if the last one stands under another.
fn grown(page: &str, last: &str, heading: &str, text: &str) -> String {
    let mut page = page.to_owned();
    if heading != last && !heading.is_empty() {
        page.push_str(if page.is_empty() { "**" } else { "\n\n**" });
        page.push_str(&format!("{}**", cut(heading, 200)));
    }
    if !page.is_empty() {
        page.push('\n');
    }
    page + text
}

/// A text in pieces of which a page holds at least one, cut at words.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.chars().count() > LONGEST || height::of_text(rest) > 500 {
        let mut room = LONGEST.min(rest.chars().count().saturating_sub(1));
        let mut piece = cut(rest, room);
        while height::of_text(&piece) > 500 && room > 2 {
            room = room * 9 / 10;
            piece = cut(rest, room);
        }
        // What a cut text keeps is a beginning of the text, without the ellipsis.
        let kept = piece.trim_end_matches('…').len();
        if kept == 0 {
            break;
        }
        let (head, tail) = rest.split_at(kept);
        pieces.push(head.to_owned());
        rest = tail.trim_start();
    }
    pieces.push(rest.to_owned());
    pieces
}

impl Lines<std::vec::IntoIter<String>> {
    /// The lines of a text.
    pub fn of(text: &str) -> Lines<std::vec::IntoIter<String>> {
        Lines::below(text.lines().map(str::to_owned).collect::<Vec<_>>())
    }
}
