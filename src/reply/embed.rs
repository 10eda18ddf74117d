//! An embed that cannot exceed Discord's limits: each part is cut as it is put in, and the whole has one budget.

use crate::reply::height;
use crate::reply::limits::{
    EMBED_DESCRIPTION, EMBED_FIELDS, EMBED_TITLE, EMBED_TOTAL, FIELD_NAME, FIELD_VALUE, FOOTER,
};
use crate::reply::picture::Picture;
use crate::reply::row::Row;
use crate::reply::text::{cut, escape};

/// How much an answer may take: in characters of its embed, and in pixels of a phone's screen, rows included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Of the embed, title and footer included.
    pub characters: usize,
    /// Of the whole message on a screen 390 px wide.
    pub height: usize,
}

impl Budget {
    /// What an answer may take: one view of a phone.
    pub const FACE: Budget = Budget { characters: 900, height: 700 };
    /// What a page behind a button may take: one screen of a phone.
    pub const SHEET: Budget = Budget { characters: 1_800, height: 844 };
}

/// The room kept for the footer, which is put in last and must never be missing: it names the source and the date.
const FOOTER_ROOM: usize = 400;

/// A field of an embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What stands above it, at most 256 characters.
    pub name: String,
    /// What it says, at most 1,024 characters.
    pub value: String,
    /// Whether it stands beside others.
    pub inline: bool,
}

/// An embed, within the limits at every moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    title: String,
    url: Option<String>,
    description: String,
    colour: u32,
    fields: Vec<Field>,
    picture: Option<Picture>,
    footer: String,
    used: usize,
    /// The most characters of everything together.
    limit: usize,
    /// How many pixels of height are left for texts; none counts them for what moderators are told.
    height: Option<usize>,
}

impl Embed {
    /// An embed with a title.
    pub fn new(colour: u32, title: &str) -> Embed {
        let title = cut(title.trim(), EMBED_TITLE);
        let used = title.chars().count();
        Embed {
            title,
            url: None,
            description: String::new(),
            colour,
            fields: Vec::new(),
            picture: None,
            footer: String::new(),
            used,
            limit: EMBED_TOTAL,
            height: None,
        }
    }

    /// An embed that keeps within a budget together with the rows that will stand under it, whatever is put in. Its
    /// footer, which names the source and the date, is put in first so that it is never missing.
    pub fn within(budget: Budget, rows: &[Row], colour: u32, title: &str, footer: &str) -> Embed {
        let (title, footer) = (cut(title, budget.characters / 6), cut(footer, budget.characters / 5));
        let embed = Embed::new(colour, &title).footer(&footer);
        let taken = height::of_title(&embed.title) + height::of_footer(&embed.footer);
        let height = height::left(budget.height, rows).saturating_sub(taken);
        Embed { limit: budget.characters, height: Some(height), ..embed }
    }

    /// How much a text may take that is put in now: characters, and pixels of height.
    pub fn left(&self) -> (usize, usize) {
        (self.room(), self.height.unwrap_or(usize::MAX))
    }

    /// Whether a text fits as the description, where there is none yet, without being cut.
    pub fn fits(&self, text: &str) -> bool {
        self.height_if_it_fits(text).is_some()
    }

    /// Whether a text and these fields, each a name and a value, fit together, where there are none yet, without being cut.
    pub fn fits_with(&self, text: &str, fields: &[(&str, &str)]) -> bool {
        let (characters, most) = self.left();
        let count = |text: &str| text.chars().count();
        let within = |(name, value): &(&str, &str)| count(name) <= FIELD_NAME && count(value) <= FIELD_VALUE;
        let written = count(text) + fields.iter().map(|(name, value)| count(name) + count(value)).sum::<usize>();
        let field = |(name, value): &(&str, &str)| height::of_field(name, value);
        let high = height::GAP + height::of_text(text) + fields.iter().map(field).sum::<usize>();
        count(text) <= EMBED_DESCRIPTION
            && fields.len() <= EMBED_FIELDS
            && fields.iter().all(within)
            && written <= characters
            && high <= most
    }

    /// How high a text is, if it fits as [`Embed::fits`] says.
    fn height_if_it_fits(&self, text: &str) -> Option<usize> {
        let (characters, most) = self.left();
        let taken = height::of_text(text);
        let fits = text.chars().count() <= characters.min(EMBED_DESCRIPTION) && taken + height::GAP <= most;
        fits.then_some(taken)
    }

    /// Sets the description to the first of these texts that fits without being cut, else to the last, cut.
    pub fn first_that_fits(self, texts: impl IntoIterator<Item = String>) -> Embed {
        let mut last = String::new();
        for text in texts {
            last = text;
            // Measured once: most answers fit at the first try.
            if let Some(height) = self.height_if_it_fits(last.trim()) {
                return self.describe(last.trim().to_owned(), height);
            }
        }
        self.description(&last)
    }

    /// Sets the description to a text and a block of code below it: as many whole lines as there is room for, the first
    /// cut if it must be, and then how many more there are.
    pub fn block(self, above: &str, kind: &str, lines: impl ExactSizeIterator<Item = String>) -> Embed {
        let total = lines.len();
        let with = |lines: &[String]| {
            let more = if lines.len() < total { format!("\n… + {}", total - lines.len()) } else { String::new() };
            format!("{above}\n```{kind}\n{}{more}\n```", lines.join("\n"))
        };
        let mut shown: Vec<String> = Vec::new();
        for line in lines {
            shown.push(line);
            if self.fits(&with(&shown)) {
                continue;
            }
            let line = shown.pop().filter(|_| shown.is_empty()).unwrap_or_default();
            let shorter = (1..=9).rev().map(|tenths| cut(&line, line.chars().count() * tenths / 10));
            let shorter = shorter.filter(|line| !line.is_empty()).map(|line| vec![line]);
            if let Some(shorter) = shorter.into_iter().find(|shorter| self.fits(&with(shorter))) {
                shown = shorter;
            }
            break;
        }
        let text = if shown.is_empty() { above.to_owned() } else { with(&shown) };
        self.description(&text)
    }

    /// The title, as it was cut to fit.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The address to which the title links.
    pub fn address(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The text under the title.
    pub fn text(&self) -> &str {
        &self.description
    }

    /// The colour of the bar, as 0xRRGGBB.
    pub fn colour(&self) -> u32 {
        self.colour
    }

    /// The fields that had room, at most 25.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The picture below the texts, if there is one.
    pub fn picture(&self) -> Option<&Picture> {
        self.picture.as_ref()
    }

    /// The text at the foot.
    pub fn foot(&self) -> &str {
        &self.footer
    }

    /// Links the title.
    pub fn url(mut self, url: Option<&str>) -> Embed {
        self.url = url.map(str::to_owned);
        self
    }

    /// Shows a picture below the texts. Comes before them, so that they are cut to the room that it leaves.
    pub fn showing(mut self, picture: Picture) -> Embed {
        let taken = height::GAP + height::of_picture(picture.size());
        self.height = self.height.map(|left| left.saturating_sub(taken));
        self.picture = Some(picture);
        self
    }

    /// Draws the picture, if there is one; where that fails, its alternative text takes its place.
    pub(super) fn draw(&mut self) -> Result<(), String> {
        let drawn = self.picture.as_mut().map_or(Ok(()), Picture::draw);
        if drawn.is_err() {
            *self = self.clone().told();
        }
        drawn
    }

    /// The same embed with the alternative text of its picture in small print instead of the picture.
    pub(super) fn told(mut self) -> Embed {
        let Some(picture) = self.picture.take() else { return self };
        let freed = height::GAP + height::of_picture(picture.size());
        self.height = self.height.map(|left| left + freed);
        if picture.description().is_empty() {
            return self;
        }
        let line = format!("-# {}", escape(picture.description()));
        self.lines(Lines::below([line]))
    }

    /// Sets the description, cut to what there is room for.
    pub fn description(mut self, text: &str) -> Embed {
        self = self.describe(String::new(), 0);
        let room = self.height.map_or(usize::MAX, |left| left.saturating_sub(height::GAP));
        let (text, height) = fitted(text.trim(), EMBED_DESCRIPTION.min(self.room()), room);
        self.describe(text, height)
    }

    /// Sets the description to a text that fits and is so high.
    fn describe(mut self, text: String, height: usize) -> Embed {
        let before = std::mem::replace(&mut self.description, text);
        self.used = self.used + self.description.chars().count() - before.chars().count();
        let gap = |text: &str, height: usize| if text.is_empty() { 0 } else { height::GAP + height };
        let freed = |text: &str| if text.is_empty() { 0 } else { gap(text, height::of_text(text)) };
        let taken = gap(&self.description, height);
        self.height = self.height.map(|left| (left + freed(&before)).saturating_sub(taken));
        self
    }

    /// Adds whole lines below the description, leaving out those for which there is no room.
    pub fn lines<I: Iterator<Item = String>>(self, lines: Lines<I>) -> Embed {
        let before = if self.description.is_empty() { String::new() } else { format!("{}\n", self.description) };
        let room = EMBED_DESCRIPTION.min(self.room() + self.description.chars().count());
        let below = self.height.map_or(usize::MAX, |left| left.saturating_sub(height::GAP));
        let (text, _) = lines.fit_in(room.saturating_sub(before.chars().count()), below);
        self.description(&format!("{before}{text}"))
    }

    /// Adds a field over the whole width.
    pub fn field(self, name: &str, value: &str) -> Embed {
        self.put(name, false, |room, height| fitted(value.trim(), room, height))
    }

    /// Adds a field that stands beside others.
    pub fn inline(self, name: &str, value: &str) -> Embed {
        self.put(name, true, |room, height| fitted(value.trim(), room, height))
    }

    /// Adds a field of whole items: those for which there is no room are left out and counted.
    pub fn items<I: Iterator<Item = String>>(self, name: &str, items: Lines<I>) -> Embed {
        self.put(name, false, |room, height| items.fit_in(room, height))
    }

    /// Sets the footer. Comes last.
    pub fn footer(mut self, text: &str) -> Embed {
        self.used -= self.footer.chars().count();
        self.footer = cut(text.trim(), FOOTER.min(FOOTER_ROOM));
        self.used += self.footer.chars().count();
        self
    }

    /// How many characters are left for anything but the footer.
    fn room(&self) -> usize {
        let kept = if self.footer.is_empty() && self.height.is_none() { FOOTER_ROOM } else { 0 };
        self.limit.saturating_sub(self.used + kept)
    }

    /// Adds a field if Discord would take one more and something is to be shown in it. `value` makes its text for a number of
    /// characters and a height in pixels, and says how high it is, as [`fitted`] does.
    fn put(mut self, name: &str, inline: bool, value: impl FnOnce(usize, usize) -> (String, usize)) -> Embed {
        let name = cut(name.trim(), FIELD_NAME);
        let room = self.room().saturating_sub(name.chars().count());
        let frame = height::GAP + 2 + height::of_text(&name);
        let below = self.height.map_or(usize::MAX, |left| left.saturating_sub(frame));
        let (value, taken) = value(FIELD_VALUE.min(room), below);
        // A field cut to almost nothing tells nothing.
        let tells = !value.trim().is_empty() && room >= 20;
        if tells && !name.is_empty() && self.fields.len() < EMBED_FIELDS {
            self.used += name.chars().count() + value.chars().count();
            self.height = self.height.map(|left| left.saturating_sub(frame + taken));
            self.fields.push(Field { name, value, inline });
        }
        self
    }
}

/// A text cut to a number of characters and a height in pixels, and how high it is; 0 where no height is asked for.
fn fitted(text: &str, characters: usize, height: usize) -> (String, usize) {
    let mut cut_text = cut(text, characters);
    if height == usize::MAX {
        return (cut_text, 0);
    }
    loop {
        let taken = height::of_text(&cut_text);
        if taken <= height {
            return (cut_text, taken);
        }
        let shorter = (cut_text.chars().count() * 9 / 10).saturating_sub(1);
        if shorter == 0 {
            return (String::new(), 0);
        }
        cut_text = cut(text, shorter);
    }
}

/// Items of a list that is cut between items and never within one: joined, with the number of those left out. No more are
/// made than can be shown, so that a list may be of any length.
#[derive(Clone, Debug)]
pub struct Lines<I> {
    items: I,
    total: usize,
    separator: &'static str,
}

impl<I: ExactSizeIterator<Item = String>> Lines<I> {
    /// Items one below the other.
    pub fn below(items: impl IntoIterator<IntoIter = I>) -> Lines<I> {
        Lines::of_all(items.into_iter(), "\n")
    }

    /// Items one after the other.
    pub fn beside(items: impl IntoIterator<IntoIter = I>) -> Lines<I> {
        Lines::of_all(items.into_iter(), " · ")
    }

    /// Items of an enumeration.
    pub fn listed(items: impl IntoIterator<IntoIter = I>) -> Lines<I> {
        Lines::of_all(items.into_iter(), ", ")
    }

    fn of_all(items: I, separator: &'static str) -> Lines<I> {
        Lines { total: items.len(), items, separator }
    }
}

impl<I: Iterator<Item = String>> Lines<I> {
    /// So many items one after the other, where what makes them does not know their number.
    pub fn beside_of(total: usize, items: I) -> Lines<I> {
        Lines { items, total, separator: " · " }
    }

    /// The items that fit into `limit` characters; a first item longer than the whole room is cut itself.
    pub fn fit(self, limit: usize) -> String {
        self.fit_in(limit, usize::MAX).0
    }

    /// The same, for a height in pixels besides, and how high they are together, as [`fitted`] says it.
    pub(super) fn fit_in(mut self, limit: usize, height: usize) -> (String, usize) {
        let total = self.total;
        let more = |kept: usize| format!("… + {}", total.saturating_sub(kept));
        let gap = self.separator.chars().count();
        // As many as the characters allow and one more, joined, and where each ends.
        let (mut text, mut ends) = (String::new(), Vec::new());
        // With the gap behind the last one.
        let (mut used, mut kept) = (0, 0);
        while used <= limit + gap
            && let Some(item) = self.items.next()
        {
            used += item.chars().count() + gap;
            if !ends.is_empty() {
                text.push_str(self.separator);
            }
            text.push_str(&item);
            ends.push(text.len());
            if used + more(ends.len()).chars().count() <= limit {
                kept = ends.len();
            }
        }
        let beginning = |items: usize| {
            let end = items.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or_default();
            text.get(..end).unwrap_or_default()
        };
        let height_of = |text: &str| if height == usize::MAX { 0 } else { height::of_text(text) };
        let is_low = |text: &str| height_of(text) <= height;
        let taken = height_of(&text);
        if taken <= height && ends.len() == total && used <= limit + gap {
            return (text, taken);
        }
        if taken > height {
            // Each item more is as high or higher.
            kept = kept.min(ends.partition_point(|end| is_low(text.get(..*end).unwrap_or_default())));
        }
        // The number of those left out takes a line of its own, or some of the last. Where there is no room for one item and
        // that, as much of the one as there is.
        while kept > 0 {
            let with_count = format!("{}{}{}", beginning(kept), self.separator, more(kept));
            let taken = height_of(&with_count);
            if taken <= height {
                return (with_count, taken);
            }
            kept -= 1;
        }
        fitted(beginning(1), limit, height)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn size(embed: &Embed) -> usize {
        let fields: usize =
            embed.fields.iter().map(|field| field.name.chars().count() + field.value.chars().count()).sum();
        embed.title.chars().count() + embed.description.chars().count() + embed.footer.chars().count() + fields
    }

    #[test]
    fn lists_are_cut_between_items_and_say_how_many_are_left() {
        let lines = Lines::below(["aaaa", "bbbb", "cccc"].map(str::to_owned));
        assert_eq!(lines.clone().fit(14), "aaaa\nbbbb\ncccc");
        assert_eq!(lines.clone().fit(13), "aaaa\n… + 2");
        assert_eq!(lines.fit(3), "aa…");
        let made = std::cell::Cell::new(0);
        let counted = |number: usize| {
            made.set(made.get() + 1);
            number.to_string()
        };
        assert_eq!(Lines::beside((0..1_000_000).map(counted)).fit(20), "0 · 1 · … + 999998");
        assert!(made.get() < 20, "no more are made than can be shown");
    }

    proptest! {
        #[test]
        fn an_embed_keeps_within_the_limits_whatever_is_put_in(
            title in ".{0,400}", description in ".{0,6000}", footer in ".{0,3000}",
            fields in prop::collection::vec((".{0,300}", ".{0,2000}", prop::collection::vec(".{0,200}", 0..40)), 0..30),
        ) {
            let mut embed = Embed::new(0, &title).description(&description);
            for (name, value, items) in fields {
                embed = embed.field(&name, &value).items(&name, Lines::below(items));
            }
            let embed = embed.footer(&footer);
            prop_assert!(size(&embed) <= EMBED_TOTAL);
            prop_assert_eq!(size(&embed), embed.used);
            prop_assert!(embed.fields.len() <= EMBED_FIELDS);
            for field in &embed.fields {
                prop_assert!(field.value.chars().count() <= FIELD_VALUE && !field.value.trim().is_empty());
                prop_assert!(field.name.chars().count() <= FIELD_NAME && !field.name.trim().is_empty());
            }
        }
    }
}
