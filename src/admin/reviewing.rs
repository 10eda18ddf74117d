//! `/rcp-admin revue`: the list, an item of it, and what its buttons do.

use std::collections::HashSet;
use std::sync::Arc;

use crate::admin::commands::AdminCommands;
use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::permission::actor;
use crate::admin::review::{Item, items};
use crate::admin::review_button::ReviewButton;
use crate::blocking::blocking;
use crate::clock::today;
use crate::commands::{Interaction, InteractionData};
use crate::language::Voice;
use crate::links::{self, LinkState};
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{WAITING, open_reports, put_off, those_put_off};
use crate::reply::{Budget, Button, Embed, Menu, MenuOption, Reply, Row, Style, colour, cut};

/// The items on a page: as many as always fit.
const PAGE: usize = 5;

/// How much of an item's line is shown, in characters.
const LINE: usize = 120;

/// How much of an item's details is shown, in characters.
const DETAILS: usize = 500;

/// How many texts that were searched in vain are looked at.
const SEARCHED: usize = 20;

/// What is to be reviewed, and what could not be had.
struct Reviewed {
    items: Vec<Item>,
    incomplete: bool,
}

impl AdminCommands {
    /// The list.
    pub(crate) async fn review(self: Arc<Self>, asked: Interaction) -> Reply {
        let record = Record::new(&actor(&asked.caller), "review", AuditResult::Done, None, "");
        // Looking is told to nobody, but it is an attempt like any other.
        self.publisher.audit().note_quietly(record).await;
        self.review_page(&asked, 0).await
    }

    /// A button or a menu of the list. That its `custom_id` reads back was seen before.
    pub(crate) async fn review_pressed(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Component(component) = &asked.data else { return Reply::default() };
        match component.custom_id.parse() {
            Ok(ReviewButton::Pick { page }) => {
                let name = component.values.first().map(String::as_str).unwrap_or_default();
                self.review_item(&asked, name, page).await
            }
            Ok(ReviewButton::Later { item, page }) => {
                let done = put_off(&self.publisher, &item, today()).await;
                let (result, detail) = match &done {
                    Ok(()) => (AuditResult::Done, item),
                    Err(error) => (AuditResult::Failed, error.to_string()),
                };
                let record = Record::new(&actor(&asked.caller), "put-off", result, None, &detail);
                self.publisher.audit().note_quietly(record).await;
                self.review_page(&asked, page).await
            }
            Ok(ReviewButton::Settle { report, page }) => {
                self.settle(&asked.caller, &report).await;
                self.review_page(&asked, page).await
            }
            Ok(ReviewButton::List { page }) => self.review_page(&asked, page).await,
            Ok(ReviewButton::Forms { .. }) | Err(_) => Reply::default(),
        }
    }

    async fn reviewed(&self, asked: &Interaction) -> Reviewed {
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let (reports, off) =
            (open_reports(&self.publisher, WAITING).await, those_put_off(&self.publisher, today()).await);
        let incomplete = reports.is_err() || off.is_err();
        let (reports, off) = (reports.unwrap_or_default(), off.unwrap_or_default());
        let searched = self.searched_in_vain(SEARCHED);
        let state = self.publisher.state().to_owned();
        let known = blocking(move || links::read(&state)).await.unwrap_or_default();
        // What was silent once may answer again; what a server says is not there, is not.
        let gone: HashSet<String> =
            known.into_iter().filter(|link| link.state == LinkState::Gone).map(|link| link.url).collect();
        let mut items = items(&snapshot, voice, &reports, &searched, &gone, today());
        items.retain(|item| !off.contains(&item.name));
        Reviewed { items, incomplete }
    }

    async fn review_page(&self, asked: &Interaction, page: usize) -> Reply {
        let Reviewed { items, incomplete } = self.reviewed(asked).await;
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let pages = items.len().div_ceil(PAGE).max(1);
        let page = page.min(pages - 1);
        let shown = || items.iter().zip(1..).skip(page * PAGE).take(PAGE);
        let options = shown().map(|(item, number)| MenuOption {
            label: cut(&format!("{number}. {}", plain(&item.line)), 100),
            value: item.name.clone(),
            description: String::new(),
            emoji: None,
        });
        let menu = Menu {
            custom_id: ReviewButton::Pick { page }.encode(0),
            placeholder: voice.say("menu-review"),
            options: options.collect(),
        };
        let mut rows = Vec::new();
        if !menu.options.is_empty() {
            rows.push(Row::Menu(menu));
        }
        if pages > 1 {
            let to = |number: usize, page: usize| ReviewButton::List { page }.encode(number);
            let here = voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
            rows.push(Row::Buttons(vec![
                Button::press(String::new(), to(1, page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
                Button::press(here, to(2, page)).disabled(true),
                Button::press(String::new(), to(3, (page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
            ]));
        }
        let mut lines: Vec<String> =
            shown().map(|(item, number)| format!("**{number}.** {}", cut(&item.line, LINE))).collect();
        if items.is_empty() {
            lines.push(voice.say("review-nothing"));
        }
        if incomplete {
            lines.push(format!("-# {}", voice.say("review-incomplete")));
        }
        let title = voice.say_with("review-title", [("count", items.len().into())]);
        let embed = Embed::within(Budget::FACE, &rows, colour::GENERAL, &title, "").description(&lines.join("\n"));
        Reply { embeds: vec![embed], rows, private: true, ..Reply::default() }
    }

    async fn review_item(&self, asked: &Interaction, name: &str, page: usize) -> Reply {
        let Reviewed { items, .. } = self.reviewed(asked).await;
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        match items.iter().find(|item| item.name == name) {
            Some(item) => shown(voice, item, page),
            // Somebody was faster, or what it was about has changed.
            None => self.review_page(asked, page).await,
        }
    }
}

/// A line without the marks that keep what was typed from being markup: menus show texts as they are.
fn plain(line: &str) -> String {
    line.replace(['\\', '*'], "")
}

/// An item with its buttons.
fn shown(voice: Voice<'_>, item: &Item, page: usize) -> Reply {
    let mut first = Vec::new();
    if let (Some(process), Some(kind)) = (&item.process, item.form) {
        let open = FormButton::Open { kind, process: process.clone() }.encode(0);
        first.push(Button::press(voice.say("admin-button-form"), open).style(Style::Primary).emoji("✏️"));
    }
    if let (Some(process), Some(kind)) = (&item.process, item.seen) {
        let open = FormButton::Open { kind, process: process.clone() }.encode(1);
        first.push(Button::press(voice.say("admin-button-seen"), open).emoji("✅"));
    }
    if let Some(report) = &item.report {
        let settle = ReviewButton::Settle { report: report.clone(), page }.encode(2);
        first.push(Button::press(voice.say("admin-button-settled"), settle).emoji("✅"));
    }
    let later = ReviewButton::Later { item: item.name.clone(), page }.encode(3);
    first.push(Button::press(voice.say("admin-button-later"), later).emoji("💤"));
    first.push(Button::press(String::new(), ReviewButton::List { page }.encode(4)).emoji("↩️"));
    let mut rows = vec![Row::Buttons(first)];
    if let Some(process) = &item.process {
        let options = EditKind::OFFERED.iter().map(|kind| MenuOption {
            label: voice.say(&format!("form-kind-{}", kind.key())),
            value: kind.key().to_owned(),
            description: String::new(),
            emoji: None,
        });
        let custom_id = ReviewButton::Forms { process: process.clone() }.encode(5);
        rows.push(Row::Menu(Menu { custom_id, placeholder: voice.say("menu-forms"), options: options.collect() }));
    }
    if let Some(url) = &item.url {
        rows.push(Row::Buttons(vec![Button::open(voice.say("admin-button-site"), url)]));
    }
    let text = [vec![item.line.clone()], item.details.clone()].concat().join("\n");
    let embed = Embed::within(Budget::FACE, &rows, colour::GENERAL, &voice.say("review-item-title"), "");
    let embed = embed.description(&cut(&text, DETAILS));
    Reply { embeds: vec![embed], rows, private: true, ..Reply::default() }
}
