//! An embed that cannot exceed Discord's limits: each part is cut as it is put in, and the whole has one budget.

use super::limits::{EMBED_DESCRIPTION, EMBED_FIELDS, EMBED_TITLE, EMBED_TOTAL, FIELD_NAME, FIELD_VALUE, FOOTER};
use super::text::cut;

/// The room kept for the footer, which is put in last and must never be missing: it names the source and the date.
const FOOTER_ROOM: usize = 400;

/// A field of an embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value.
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
    footer: String,
    used: usize,
}

impl Embed {
    /// An embed with a title.
    pub fn new(colour: u32, title: &str) -> Embed {
        let title = cut(title.trim(), EMBED_TITLE);
        let used = title.chars().count();
        Embed { title, url: None, description: String::new(), colour, fields: Vec::new(), footer: String::new(), used }
    }

    /// The title.
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

    /// The fields.
    pub fn fields(&self) -> &[Field] {
        &self.fields
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

    /// Sets the description, cut to what there is room for.
    pub fn description(mut self, text: &str) -> Embed {
        self.used -= self.description.chars().count();
        self.description = cut(text.trim(), EMBED_DESCRIPTION.min(self.room()));
        self.used += self.description.chars().count();
        self
    }

    /// Sets the description from whole lines, leaving out those for which there is no room.
    pub fn lines(self, lines: &Lines) -> Embed {
        let text = lines.fit(EMBED_DESCRIPTION.min(self.room() + self.description.chars().count()));
        self.description(&text)
    }

    /// Adds a field over the whole width.
    pub fn field(self, name: &str, value: &str) -> Embed {
        self.put(name, false, |room| cut(value.trim(), room))
    }

    /// Adds a field that stands beside others.
    pub fn inline(self, name: &str, value: &str) -> Embed {
        self.put(name, true, |room| cut(value.trim(), room))
    }

    /// Adds a field of whole items: those for which there is no room are left out and counted.
    pub fn items(self, name: &str, items: &Lines) -> Embed {
        self.put(name, false, |room| items.fit(room))
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
        let kept = FOOTER_ROOM.saturating_sub(self.footer.chars().count());
        EMBED_TOTAL.saturating_sub(self.used + kept)
    }

    /// Adds a field if Discord would take one more and something is to be shown in it.
    fn put(mut self, name: &str, inline: bool, value: impl FnOnce(usize) -> String) -> Embed {
        let name = cut(name.trim(), FIELD_NAME);
        let room = self.room().saturating_sub(name.chars().count());
        let value = value(FIELD_VALUE.min(room));
        // A field cut to almost nothing tells nothing.
        let tells = !value.trim().is_empty() && (room >= FIELD_VALUE || room >= 40);
        if tells && !name.is_empty() && self.fields.len() < EMBED_FIELDS {
            self.used += name.chars().count() + value.chars().count();
            self.fields.push(Field { name, value, inline });
        }
        self
    }
}

/// Items of a list that is cut between items and never within one: joined, with the number of those left out.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The first items, more than any embed has room for.
    items: Vec<String>,
    /// How many come after them.
    others: usize,
    separator: &'static str,
    /// Makes the words for `n` items left out, in the reader's language.
    more: fn(usize) -> String,
}

impl Lines {
    /// Items one below the other.
    pub fn below<I>(items: I) -> Lines
    where
        I: IntoIterator<Item = String, IntoIter: ExactSizeIterator>,
    {
        Lines::new(items.into_iter(), "\n")
    }

    /// Items one after the other.
    pub fn beside<I>(items: I) -> Lines
    where
        I: IntoIterator<Item = String, IntoIter: ExactSizeIterator>,
    {
        Lines::new(items.into_iter(), " · ")
    }

    /// Items of an enumeration.
    pub fn listed<I>(items: I) -> Lines
    where
        I: IntoIterator<Item = String, IntoIter: ExactSizeIterator>,
    {
        Lines::new(items.into_iter(), ", ")
    }

    /// Takes no more items than can be shown, so that a list may be of any length.
    fn new(mut all: impl ExactSizeIterator<Item = String>, separator: &'static str) -> Lines {
        let (mut items, mut used) = (Vec::new(), 0);
        while used <= EMBED_DESCRIPTION
            && let Some(item) = all.next()
        {
            used += item.chars().count() + separator.chars().count();
            items.push(item);
        }
        Lines { items, others: all.len(), separator, more: |left| format!("… + {left}") }
    }

    /// The items that fit into `limit` characters, at most those of a description; an item longer than the whole room is cut itself.
    pub fn fit(&self, limit: usize) -> String {
        let lengths: Vec<usize> = self.items.iter().map(|item| item.chars().count()).collect();
        let gap = self.separator.chars().count();
        let whole: usize = lengths.iter().sum::<usize>() + gap * self.items.len().saturating_sub(1);
        if whole <= limit && self.others == 0 {
            return self.items.join(self.separator);
        }
        let mut used = 0;
        let mut kept = 0;
        for (place, length) in lengths.iter().enumerate() {
            let rest = (self.more)(self.items.len() - place - 1 + self.others).chars().count() + gap;
            if used + length + gap + rest > limit {
                break;
            }
            used += length + gap;
            kept = place + 1;
        }
        let left = (self.more)(self.items.len() - kept + self.others);
        match self.items.first() {
            Some(first) if kept == 0 => cut(first, limit),
            _ => self
                .items
                .iter()
                .take(kept)
                .map(String::as_str)
                .chain([left.as_str()])
                .collect::<Vec<_>>()
                .join(self.separator),
        }
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
        let lines = Lines::below(vec!["aaaa".into(), "bbbb".into(), "cccc".into()]);
        assert_eq!(lines.fit(14), "aaaa\nbbbb\ncccc");
        assert_eq!(lines.fit(13), "aaaa\n… + 2");
        assert_eq!(lines.fit(3), "aa…");
        let lines = Lines::beside((0..1_000_000).map(|number| number.to_string()));
        assert_eq!(lines.fit(20), "0 · 1 · … + 999998");
    }

    proptest! {
        #[test]
        fn an_embed_keeps_within_the_limits_whatever_is_put_in(
            title in ".{0,400}", description in ".{0,6000}", footer in ".{0,3000}",
            fields in prop::collection::vec((".{0,300}", ".{0,2000}", prop::collection::vec(".{0,200}", 0..40)), 0..30),
        ) {
            let mut embed = Embed::new(0, &title).description(&description);
            for (name, value, items) in fields {
                embed = embed.field(&name, &value).items(&name, &Lines::below(items));
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
