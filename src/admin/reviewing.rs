//! `/rcp-admin revue`: the list, an item of it, and what its buttons do.

use std::collections::HashSet;
use std::sync::Arc;

use crate::admin::commands::{AdminCommands, PROCESS};
use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::form_replies;
use crate::admin::permission::actor;
use crate::admin::review::{Gathered, Item, conflict_name, items};
use crate::admin::review_button::ReviewButton;
use crate::admin::words::{MEETINGS, names_global_meetings};
use crate::blocking::blocking;
use crate::clock::today;
use crate::commands::{Caller, Interaction, InteractionData};
use crate::language::Voice;
use crate::links::{self, LinkState};
use crate::lookup::{Entity, Finding};
use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::{FormOccasion, WAITING, conflicts, open_reports, put_off, settle_conflict, those_put_off};
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
        let InteractionData::Command(invocation) = &asked.data else { return Reply::default() };
        let Some(typed) = invocation.text(PROCESS.fr) else { return self.review_page(&asked, 0, None).await };
        let (snapshot, language) = (self.snapshot(), self.language(&asked.caller));
        match snapshot.names.find(Entity::Process, typed, language) {
            _ if typed == MEETINGS || names_global_meetings(&snapshot.catalogue, typed) => {
                self.review_page(&asked, 0, Some(MEETINGS)).await
            }
            Finding::One(one) => self.review_page(&asked, 0, Some(one.id)).await,
            _ => form_replies::no_process(snapshot.messages.voice(language), typed),
        }
    }

    /// A button or a menu of the list. That its `custom_id` reads back was seen before.
    pub(crate) async fn review_pressed(self: Arc<Self>, asked: Interaction) -> Reply {
        let InteractionData::Component(component) = &asked.data else { return Reply::default() };
        match component.custom_id.parse() {
            Ok(ReviewButton::Pick { page, of }) => {
                let name = component.values.first().map(String::as_str).unwrap_or_default();
                self.review_item(&asked, name, page, of.as_deref()).await
            }
            Ok(ReviewButton::Later { item, page }) => {
                let done = put_off(&self.publisher, &item, today()).await;
                let (result, detail) = match &done {
                    Ok(()) => (AuditResult::Done, item),
                    Err(error) => (AuditResult::Failed, error.to_string()),
                };
                let record = Record::new(&actor(&asked.caller), "put-off", result, None, &detail);
                self.publisher.audit().note_quietly(record).await;
                self.review_page(&asked, page, None).await
            }
            Ok(ReviewButton::Settle { report, page }) => {
                self.settle(&asked.caller, &report).await;
                self.review_page(&asked, page, None).await
            }
            Ok(ReviewButton::Decide { item, page }) => {
                self.decide(&asked.caller, &item).await;
                self.review_page(&asked, page, None).await
            }
            Ok(ReviewButton::List { page, of }) => self.review_page(&asked, page, of.as_deref()).await,
            Ok(ReviewButton::Forms { .. }) | Err(_) => Reply::default(),
        }
    }

    /// What is to be reviewed, of one process, of the global meetings, or of all.
    async fn reviewed(&self, asked: &Interaction, of: Option<&str>) -> Reviewed {
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        let (reports, off, conflicts) = tokio::join!(
            open_reports(&self.publisher, WAITING),
            those_put_off(&self.publisher, today()),
            conflicts(&self.publisher)
        );
        let incomplete = reports.is_err() || off.is_err() || conflicts.is_err();
        let (reports, off) = (reports.unwrap_or_default(), off.unwrap_or_default());
        let state = self.publisher.state().to_owned();
        let known = blocking(move || links::read(&state)).await.unwrap_or_default();
        // What was silent once may answer again; what a server says is not there, is not.
        let gone: HashSet<String> =
            known.into_iter().filter(|link| link.state == LinkState::Gone).map(|link| link.url).collect();
        let (conflicts, searches) = (conflicts.unwrap_or_default(), self.searched_in_vain(SEARCHED));
        let mut items = items(&snapshot, voice, &Gathered { reports, conflicts, searches, gone }, today());
        items.retain(|item| !off.contains(&item.name) && (of.is_none() || item.list.as_deref() == of));
        Reviewed { items, incomplete }
    }

    /// Notes that what a merge could not decide is decided. Anybody can send any name.
    async fn decide(&self, caller: &Caller, item: &str) {
        let settled = match conflicts(&self.publisher).await {
            Ok(all) => match all.into_iter().find(|conflict| conflict_name(conflict) == item) {
                Some(conflict) => settle_conflict(&self.publisher, &conflict).await.map(|()| Some(conflict)),
                None => Ok(None),
            },
            Err(error) => Err(error),
        };
        let (result, file, detail) = match settled {
            Ok(Some(conflict)) => (AuditResult::Done, conflict.file.clone(), conflict.to_string()),
            Ok(None) => (AuditResult::Unchanged, String::new(), item.to_owned()),
            Err(error) => (AuditResult::Failed, String::new(), error.to_string()),
        };
        let record = Record::new(&actor(caller), "settle", result, None, &detail);
        self.publisher.audit().note_quietly(record.about(&file, "")).await;
    }

    async fn review_page(&self, asked: &Interaction, page: usize, of: Option<&str>) -> Reply {
        let Reviewed { items, incomplete } = self.reviewed(asked, of).await;
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
            custom_id: ReviewButton::Pick { page, of: of.map(str::to_owned) }.encode(0),
            placeholder: voice.say("menu-review"),
            options: options.collect(),
        };
        let mut rows = Vec::new();
        if !menu.options.is_empty() {
            rows.push(Row::Menu(menu));
        }
        if pages > 1 {
            let to = |number: usize, page: usize| ReviewButton::List { page, of: of.map(str::to_owned) }.encode(number);
            let here = voice.say_with("page-of", [("page", (page + 1).into()), ("pages", pages.into())]);
            rows.push(Row::Buttons(vec![
                Button::press(String::new(), to(1, page.saturating_sub(1))).emoji("◀️").disabled(page == 0),
                Button::press(here, to(2, page)).disabled(true),
                Button::press(String::new(), to(3, (page + 1).min(pages - 1))).emoji("▶️").disabled(page + 1 >= pages),
            ]));
        }
        let one = match of {
            Some(MEETINGS) => {
                let name = snapshot.catalogue.meetings.series.name.get(voice.language);
                Some((name, FormOccasion::GlobalMeetings))
            }
            Some(id) => snapshot
                .catalogue
                .process(id)
                .map(|process| (voice.process_short(process), FormOccasion::Process(process.id.clone()))),
            None => None,
        };
        if let Some((_, about)) = &one {
            rows.push(forms(voice, about.clone()));
        }
        let mut lines: Vec<String> =
            shown().map(|(item, number)| format!("**{number}.** {}", cut(&item.line, LINE))).collect();
        if items.is_empty() {
            lines.push(voice.say("review-nothing"));
        }
        if incomplete {
            lines.push(format!("-# {}", voice.say("review-incomplete")));
        }
        let count = || ("count", items.len().into());
        let title = match one {
            Some((name, _)) => voice.say_with("review-title-process", [("name", name.into()), count()]),
            None => voice.say_with("review-title", [count()]),
        };
        let embed = Embed::within(Budget::FACE, &rows, colour::GENERAL, &title, "").description(&lines.join("\n"));
        Reply { embeds: vec![embed], rows, private: true, ..Reply::default() }
    }

    async fn review_item(&self, asked: &Interaction, name: &str, page: usize, of: Option<&str>) -> Reply {
        let Reviewed { items, .. } = self.reviewed(asked, of).await;
        let snapshot = self.snapshot();
        let voice = snapshot.messages.voice(self.language(&asked.caller));
        match items.iter().find(|item| item.name == name) {
            Some(item) => shown(voice, item, page, of),
            // Somebody was faster, or what it was about has changed.
            None => self.review_page(asked, page, of).await,
        }
    }
}

/// A line without the marks that keep what was typed from being markup: menus show texts as they are.
fn plain(line: &str) -> String {
    line.replace(['\\', '*'], "")
}

/// The menu of all that can be changed by a form.
fn forms(voice: Voice<'_>, about: FormOccasion) -> Row {
    let options = EditKind::offered_for(&about).into_iter().map(|kind| MenuOption {
        label: voice.say(&format!("form-kind-{}", kind.key())),
        value: kind.key().to_owned(),
        description: String::new(),
        emoji: None,
    });
    let custom_id = ReviewButton::Forms { about }.encode(5);
    Row::Menu(Menu { custom_id, placeholder: voice.say("menu-forms"), options: options.collect() })
}

/// A text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// An item of a list with its buttons.
fn shown(voice: Voice<'_>, item: &Item, page: usize, of: Option<&str>) -> Reply {
    let mut first = Vec::new();
    let about = item.about.clone();
    if let Some(about) = &about {
        for (kind, number) in item.forms.iter().zip(10..) {
            let open = FormButton::Open { kind: *kind, about: about.clone() }.encode(number);
            let what = capital(&voice.say(&format!("form-kind-{}", kind.key())));
            let button = Button::press(what, open).emoji("✏️");
            first.push(if number == 10 { button.style(Style::Primary) } else { button });
        }
        if let Some(kind) = item.seen {
            let open = FormButton::Open { kind, about: about.clone() }.encode(1);
            first.push(Button::press(voice.say("admin-button-seen"), open).emoji("✅"));
        }
    }
    if let Some(report) = &item.report {
        let settle = ReviewButton::Settle { report: report.clone(), page }.encode(2);
        first.push(Button::press(voice.say("admin-button-settled"), settle).emoji("✅"));
    }
    if item.undecided {
        let decide = ReviewButton::Decide { item: item.name.clone(), page }.encode(2);
        first.push(Button::press(voice.say("admin-button-decided"), decide).emoji("✅"));
    }
    let later = ReviewButton::Later { item: item.name.clone(), page }.encode(3);
    first.push(Button::press(voice.say("admin-button-later"), later).emoji("💤"));
    let mut rows = vec![Row::Buttons(first)];
    if let Some(about) = about {
        rows.push(forms(voice, about));
    }
    let back = ReviewButton::List { page, of: of.map(str::to_owned) }.encode(4);
    let mut last = vec![Button::press(String::new(), back).emoji("↩️")];
    last.extend(item.url.as_ref().map(|url| Button::open(voice.say("admin-button-site"), url)));
    rows.push(Row::Buttons(last));
    let text = [vec![item.line.clone()], item.details.clone()].concat().join("\n");
    let embed = Embed::within(Budget::FACE, &rows, colour::GENERAL, &voice.say("review-item-title"), "");
    let embed = embed.description(&cut(&text, DETAILS));
    Reply { embeds: vec![embed], rows, private: true, ..Reply::default() }
}
