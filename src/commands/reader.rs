//! For whom a reply is written, and what several commands show alike: buttons, pages, notes, sources, footers.

use jiff::civil::Date;

use crate::catalogue::{Fact, Language, Note, NoteKind, Pages, Source, Text, When};
use crate::language::Voice;
use crate::lookup::Entity;
use crate::reply::limits::{BUTTONS_PER_ROW, MENU_OPTIONS};
use crate::reply::{Budget, Button, Embed, Menu, MenuOption, Reply, Row, Sheet, colour, link};
use crate::snapshot::Snapshot;

use crate::commands::custom_id::CustomId;
use crate::commands::entry;
use crate::commands::look::{host, status_mark};
use crate::commands::view::View;

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
    /// How much an answer may take.
    pub face: Budget,
}

impl Reader<'_> {
    /// An answer: an embed that was made for these rows, as private as it was asked for.
    pub(super) fn reply(&self, embed: Embed, rows: Rows) -> Reply {
        Reply { private: self.private, rows: rows.0, ..Reply::of(embed) }
    }

    /// A page of a list behind a button. A page behind the last shows the last.
    pub(super) fn sheet(&self, sheet: &Sheet, look: SheetLook<'_>, page: usize, view: impl Fn(usize) -> View) -> Reply {
        let rows = |page: usize, pages: usize| {
            let rows = self.page_menu(Rows(look.rows.clone()), page, pages, &view);
            let mut buttons = if pages == 2 { self.pager(page, pages, &view) } else { Vec::new() };
            buttons.extend(look.back.clone());
            buttons.push(self.share_or_delete(view(page)));
            rows.buttons(buttons)
        };
        // With a menu of pages in the rows, since there may be many.
        let pages = sheet.pages(look.budget, &rows(0, 3).0, look.title, &look.footer);
        let page = page.min(pages.len() - 1);
        let rows = rows(page, pages.len());
        let embed = Embed::within(look.budget, &rows.0, look.colour, look.title, &look.footer);
        let text = pages.get(page).map(String::as_str).unwrap_or_default();
        self.reply(embed.url(look.url).description(text), rows)
    }

    /// What stands around a sheet that is about no single entry, with the button that leads back.
    pub(super) fn look<'l>(&self, title: &'l str, back: Button) -> SheetLook<'l> {
        SheetLook {
            budget: Budget::SHEET,
            colour: colour::GENERAL,
            title,
            url: None,
            footer: self.dated(),
            back: Some(back),
            rows: Vec::new(),
        }
    }

    /// A button that leads back, whose label is this message.
    pub(super) fn back(&self, label: &str, view: View) -> Button {
        self.open(0, self.voice.say(label), view).emoji("↩️")
    }

    /// A button that opens a view. Buttons of one message that lead to the same place need different numbers.
    pub(super) fn open(&self, number: usize, label: impl Into<String>, view: View) -> Button {
        Button::press(label, CustomId::Open { view, fixed: self.fixed }.encode(number))
    }

    /// The button that opens a map.
    pub(super) fn map(&self, view: View) -> Button {
        self.open(0, self.voice.say("button-map"), view).emoji("🗺️")
    }

    /// The button with which every answer ends: share a private one, delete a public one.
    pub(super) fn share_or_delete(&self, view: View) -> Button {
        if self.private {
            let custom_id = CustomId::Share { view, fixed: self.fixed }.encode(0);
            Button::press(self.voice.say("button-share"), custom_id).emoji("📣")
        } else {
            let custom_id = CustomId::Delete { asker: self.asker }.encode(0);
            Button::press(String::new(), custom_id).emoji("🗑️")
        }
    }

    /// A menu that opens views. Menus of one message need different numbers.
    pub(super) fn menu(&self, number: usize, placeholder: &str, options: Vec<MenuOption>) -> Menu {
        let custom_id = CustomId::Menu { fixed: self.fixed }.encode(number);
        Menu { custom_id, placeholder: placeholder.to_owned(), options }
    }

    /// A menu of entries, at most 25, whose placeholder is this message.
    pub(super) fn menu_of<'i>(
        &self,
        number: usize,
        placeholder: &str,
        entity: Entity,
        ids: impl Iterator<Item = &'i str>,
    ) -> Menu {
        let options = ids.filter_map(|id| entry::option(self.snapshot, self.voice, entity, id));
        self.menu(number, &self.voice.say(placeholder), options.take(MENU_OPTIONS).collect())
    }

    /// The processes at these places, each as its status and short name.
    pub(super) fn marked(&self, places: &[usize]) -> impl ExactSizeIterator<Item = String> {
        places.iter().map(|place| match self.snapshot.catalogue.processes.get(*place) {
            Some(process) => {
                format!("{}\u{a0}{}", status_mark(process.status.value), self.voice.process_short(process))
            }
            None => String::new(),
        })
    }

    /// A menu of pages, so that each can be opened at once; two pages are turned with buttons.
    pub(super) fn page_menu(&self, rows: Rows, page: usize, pages: usize, view: impl Fn(usize) -> View) -> Rows {
        if pages < 3 {
            return rows;
        }
        let label =
            |page: usize| self.voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
        // Of more pages than a menu holds, those around this one.
        let first = page.saturating_sub(MENU_OPTIONS / 2).min(pages.saturating_sub(MENU_OPTIONS));
        let others = (first..pages).filter(|other| *other != page).map(|other| MenuOption {
            label: label(other),
            value: view(other).encode(),
            description: String::new(),
            emoji: None,
        });
        let placeholder = self.voice.say_with("menu-page", [("page", label(page).into())]);
        rows.menu(self.menu(9, &placeholder, others.collect()))
    }

    /// The buttons that turn pages, when there are several.
    pub(super) fn pager(&self, page: usize, pages: usize, view: impl Fn(usize) -> View) -> Vec<Button> {
        if pages < 2 {
            return Vec::new();
        }
        // Several of these may lead to the same page; their numbers keep the custom_ids apart.
        let here = self.voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
        vec![
            self.open(2, String::new(), view(page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
            self.open(3, here, view(page)).disabled(true),
            self.open(4, String::new(), view((page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
        ]
    }

    /// The number of sources and the day on which they were read.
    pub(super) fn footer(&self, sources: &[Source], collected: When) -> String {
        let date = self.voice.date(collected);
        self.voice.say_with("footer", [("count", sources.len().into()), ("date", date.into())])
    }

    /// The day on which the general facts were read, for what is about no single entry.
    pub(super) fn dated(&self) -> String {
        let date = self.voice.date(self.snapshot.catalogue.general.collected);
        self.voice.say_with("footer-date", [("date", date.into())])
    }

    /// The mark of a doubtful fact: ⚖️ where sources disagree, ❔ where something is not known; nothing for a sure one.
    pub(super) fn mark<'n>(&self, notes: impl IntoIterator<Item = &'n Note>) -> &'static str {
        match notes.into_iter().map(|note| note.kind).min() {
            Some(NoteKind::Conflict) => "\u{a0}⚖️",
            Some(NoteKind::Doubt) => "\u{a0}❔",
            Some(NoteKind::Context) | None => "",
        }
    }

    /// What readers must know of doubts and conflicts, conflicts first, each once.
    pub(super) fn notes<'n>(&self, notes: impl IntoIterator<Item = &'n Note>) -> Vec<String> {
        let mark = |kind: NoteKind| match kind {
            NoteKind::Conflict => "⚖️",
            NoteKind::Doubt => "❔",
            NoteKind::Context => "ℹ️",
        };
        let mut sorted: Vec<&Note> = notes.into_iter().collect();
        sorted.sort_by_key(|note| note.kind);
        let mut said: Vec<String> = Vec::new();
        for note in sorted {
            let line = format!("{} {}", mark(note.kind), self.text(&note.text));
            if !said.contains(&line) {
                said.push(line);
            }
        }
        said
    }

    /// A text in the reader's language.
    pub(super) fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.voice.language)
    }

    /// A source as a link with what it says and, where known, its age.
    pub(super) fn source(&self, source: &Source) -> String {
        let age = source.date.map(|date| format!(" ({})", self.voice.date(date))).unwrap_or_default();
        let link = link(&host(&source.url), &source.url);
        match &source.says {
            Some(says) => format!("{}{age}", self.voice.labelled(&link, self.text(says))),
            None => format!("{link}{age}"),
        }
    }

    /// The page's address for this reader.
    pub(super) fn page<'p>(&self, pages: &'p Pages) -> Option<&'p str> {
        pages.get(self.voice.language)
    }

    /// A sourced statement in one line: its number or label, and its date.
    pub(super) fn headline(&self, fact: &Fact) -> String {
        let label = self.text(&fact.label);
        let said = match fact.value {
            Some(value) => format!("**{value}** {label}"),
            None => label.to_owned(),
        };
        // A text that begins with the date has said it.
        let date = fact.date.map(|date| format!(" ({})", self.voice.date(date))).unwrap_or_default();
        format!("{said}{date}{}", self.mark(&fact.notes))
    }

    /// Everything about sourced statements: each under its label, with points, reference, names, pages and sources, and
    /// at the end what readers must know of them, once.
    pub(super) fn facts<'f>(&self, sheet: &mut Sheet, facts: impl IntoIterator<Item = &'f Fact> + Clone) {
        let (catalogue, voice) = (&self.snapshot.catalogue, self.voice);
        for fact in facts.clone() {
            let heading = self.headline(fact).replace("**", "");
            let mut tell = |text: String| sheet.put(&heading, text);
            tell(fact.text.as_ref().map(|text| self.text(text).to_owned()).unwrap_or_default());
            fact.points.iter().for_each(|point| tell(format!("• {}", self.text(point))));
            tell(fact.reference.clone().unwrap_or_default());
            let organisations = fact.organisations.iter().filter_map(|id| catalogue.organisation(id));
            let organisations = organisations.map(|one| voice.organisation_short(one).to_owned());
            let processes = fact.processes.iter().filter_map(|id| catalogue.process(id));
            let processes = processes.map(|one| voice.process_short(one).to_owned());
            tell(organisations.chain(processes).collect::<Vec<_>>().join(" · "));
            let pages = self.page(&fact.pages).map(|page| link(&host(page), page));
            let mut links: Vec<String> = pages.into_iter().collect();
            for source in &fact.sources {
                let link = link(&host(&source.url), &source.url);
                if !links.contains(&link) {
                    links.push(link);
                }
            }
            tell(if links.is_empty() { String::new() } else { format!("-# {}", links.join(" · ")) });
        }
        let notes = self.notes(facts.into_iter().flat_map(|fact| &fact.notes));
        notes.into_iter().for_each(|note| sheet.put(&voice.say("field-notes"), note));
    }
}

/// Rows of buttons and menus, at most three, so that they leave room for what was asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows(pub(super) Vec<Row>);

/// The most rows of an answer.
const ROWS: usize = 3;

impl Rows {
    /// Adds a row of up to five buttons, unless there are none.
    pub(super) fn buttons(mut self, mut buttons: Vec<Button>) -> Rows {
        buttons.truncate(BUTTONS_PER_ROW);
        if !buttons.is_empty() && self.0.len() < ROWS {
            self.0.push(Row::Buttons(buttons));
        }
        self
    }

    /// Adds a menu, unless it is empty.
    pub(super) fn menu(mut self, mut menu: Menu) -> Rows {
        menu.options.truncate(MENU_OPTIONS);
        if !menu.options.is_empty() && self.0.len() < ROWS {
            self.0.push(Row::Menu(menu));
        }
        self
    }
}

/// What stands around the text of a sheet.
pub(super) struct SheetLook<'a> {
    /// How much it may take.
    pub(super) budget: Budget,
    /// The colour of its bar.
    pub(super) colour: u32,
    /// Its title.
    pub(super) title: &'a str,
    /// The address to which the title links.
    pub(super) url: Option<&'a str>,
    /// Its footer.
    pub(super) footer: String,
    /// The button that leads back.
    pub(super) back: Option<Button>,
    /// Rows above the buttons that turn pages.
    pub(super) rows: Vec<Row>,
}
