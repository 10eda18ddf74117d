//! For whom a reply is written, and what several commands show alike: buttons, pages, notes, sources, footers.

use jiff::civil::Date;

use crate::catalogue::{Fact, Language, Note, NoteKind, Pages, Source, Text, When};
use crate::language::Voice;
use crate::lookup::Entity;
use crate::reply::limits::MENU_OPTIONS;
use crate::reply::{Button, Embed, Lines, Menu, MenuOption, Reply, Style, link};
use crate::snapshot::Snapshot;

use super::custom_id::CustomId;
use super::entry;
use super::look::{host, status_mark};
use super::view::View;

/// For whom a reply is written.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The snapshot from which everything in the reply comes.
    pub snapshot: &'a Snapshot,
    /// Speaks the reply's language.
    pub voice: Voice<'a>,
    /// The language that buttons keep, when it was chosen on purpose and is not merely the reader's own.
    pub fixed: Option<Language>,
    /// The id of the person who asked.
    pub asker: u64,
    /// Whether only the asker will see it.
    pub private: bool,
    /// The day, in UTC, on which it is written.
    pub today: Date,
}

impl Reader<'_> {
    /// An answer of one embed, as private as it was asked for.
    pub(super) fn reply(&self, embed: Embed) -> Reply {
        Reply { private: self.private, ..Reply::of(embed) }
    }

    /// A button that opens a view. Buttons of one message that lead to the same place need different numbers.
    pub(super) fn open(&self, number: usize, label: impl Into<String>, view: View) -> Button {
        Button::press(label, CustomId::Open { view, fixed: self.fixed }.encode(number))
    }

    /// The button with which every answer ends: share a private one, delete a public one.
    pub(super) fn share_or_delete(&self, view: View) -> Button {
        if self.private {
            let custom_id = CustomId::Share { view, fixed: self.fixed }.encode(0);
            Button::press(self.voice.say("button-share"), custom_id).emoji("📣")
        } else {
            let custom_id = CustomId::Delete { asker: self.asker }.encode(0);
            Button::press(String::new(), custom_id).emoji("🗑️").style(Style::Danger)
        }
    }

    /// A menu that opens views. Menus of one message need different numbers.
    pub(super) fn menu(&self, number: usize, placeholder: &str, options: Vec<MenuOption>) -> Menu {
        let custom_id = CustomId::Menu { fixed: self.fixed }.encode(number);
        Menu { custom_id, placeholder: placeholder.to_owned(), options }
    }

    /// A menu of entries, added to a reply.
    pub(super) fn menu_of<'i>(
        &self,
        reply: Reply,
        placeholder: &str,
        entity: Entity,
        ids: impl Iterator<Item = &'i str>,
    ) -> Reply {
        let options: Vec<MenuOption> =
            ids.filter_map(|id| entry::option(self.snapshot, self.voice, entity, id)).take(MENU_OPTIONS).collect();
        reply.menu(self.menu(0, &self.voice.say(placeholder), options))
    }

    /// The processes at these places, each as its status and short name.
    pub(super) fn marked(&self, places: &[usize]) -> impl ExactSizeIterator<Item = String> {
        places.iter().map(|place| match self.snapshot.catalogue.processes.get(*place) {
            Some(process) => format!("{} {}", status_mark(process.status.value), self.voice.process_short(process)),
            None => String::new(),
        })
    }

    /// The buttons that turn pages, when there are several.
    pub(super) fn pager(&self, page: usize, pages: usize, view: impl Fn(usize) -> View) -> Vec<Button> {
        if pages < 2 {
            return Vec::new();
        }
        // Several of these may lead to the same page; their numbers keep the custom_ids apart.
        let here = self.voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
        vec![
            self.open(1, String::new(), view(0)).emoji("⏮️").disabled(page == 0),
            self.open(2, String::new(), view(page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
            self.open(3, here, view(page)).disabled(true),
            self.open(4, String::new(), view((page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
            self.open(5, String::new(), view(pages - 1)).emoji("⏭️").disabled(page + 1 >= pages),
        ]
    }

    /// The footer of an answer about facts collected on a day.
    pub(super) fn footer(&self, sources: &[Source], collected: When) -> String {
        let first = sources.first().map(|source| host(&source.url)).unwrap_or_default();
        let date = self.voice.date(collected);
        self.voice.say_with(
            "footer",
            [("first", first.into()), ("others", sources.len().saturating_sub(1).into()), ("date", date.into())],
        )
    }

    /// What readers must know of doubts and conflicts, one below the other.
    pub(super) fn notes(&self, notes: &[Note]) -> Lines<impl ExactSizeIterator<Item = String>> {
        let mark = |kind: NoteKind| match kind {
            NoteKind::Conflict => "⚖️",
            NoteKind::Doubt => "❔",
            NoteKind::Context => "ℹ️",
        };
        let mut sorted: Vec<&Note> = notes.iter().collect();
        sorted.sort_by_key(|note| note.kind);
        Lines::below(sorted.into_iter().map(move |note| format!("{} {}", mark(note.kind), self.text(&note.text))))
    }

    /// A text in the reader's language.
    pub(super) fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.voice.language)
    }

    /// Texts in the reader's language as a list with bullets.
    pub(super) fn bullets(&self, texts: &[Text]) -> Lines<impl ExactSizeIterator<Item = String>> {
        Lines::below(texts.iter().map(|text| format!("• {}", self.text(text))))
    }

    /// Sources as links, with what they say and how old they are.
    pub(super) fn sources(&self, sources: &[Source]) -> Lines<impl ExactSizeIterator<Item = String>> {
        Lines::below(sources.iter().map(|source| format!("• {}", self.source(source))))
    }

    /// A source as a link with what it says and its age.
    pub(super) fn source(&self, source: &Source) -> String {
        let age = match source.date {
            Some(date) => self.voice.date(date),
            None => self.voice.say("undated"),
        };
        let link = link(&host(&source.url), &source.url);
        match &source.says {
            Some(says) => format!("{} ({age})", self.voice.labelled(&link, self.text(says))),
            None => format!("{link} ({age})"),
        }
    }

    /// The page's address for this reader.
    pub(super) fn page<'p>(&self, pages: &'p Pages) -> Option<&'p str> {
        pages.get(self.voice.language)
    }

    /// A sourced statement in a few lines: label, number, text, points.
    pub(super) fn fact(&self, fact: &Fact) -> String {
        let label = self.text(&fact.label);
        let mut said = match (fact.value, fact.date) {
            (Some(value), Some(date)) => format!("**{value}** {label} ({})", self.voice.date(date)),
            (Some(value), None) => format!("**{value}** {label}"),
            (None, Some(date)) => format!("**{label}** ({})", self.voice.date(date)),
            (None, None) => format!("**{label}**"),
        };
        if let Some(reference) = &fact.reference {
            said.push_str(&format!(" · {reference}"));
        }
        if let Some(text) = &fact.text {
            said = self.voice.labelled(&said, self.text(text));
        }
        for point in &fact.points {
            said.push_str(&format!("\n• {}", self.text(point)));
        }
        said
    }
}
