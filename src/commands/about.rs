//! `/rcp apropos`: what the processes are, how many there are, and what can be asked; sections behind a menu.

use crate::catalogue::{Kind, StatusValue};
use crate::reply::{Budget, Embed, Lines, MenuOption, Reply, Sheet, colour};
use crate::snapshot::Origin;

use crate::commands::declaration::Command;
use crate::commands::look::status_mark;
use crate::commands::parameter::Section;
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::timelines;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// `/rcp apropos` takes no option: it opens with the definition.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "apropos", en: "about", es: "acerca" }, options: &[], answer, costly: false };

/// How many characters of the catalogue's hash are shown: enough to tell two revisions apart.
const SHOWN_HASH: usize = 12;

/// How much of the definition the face shows, in characters.
const SHOWN_DEFINITION: usize = 280;

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::About { section: Section::Overview })
}

/// The menu of the other sections; the way back to the first is a button.
fn menu(reader: &Reader<'_>, here: Section) -> Rows {
    let voice = reader.voice;
    let options =
        Section::ALL.into_iter().filter(|section| ![here, Section::Overview].contains(section)).map(|section| {
            MenuOption {
                label: voice.say(&format!("about-{}", section.key())),
                value: View::About { section }.encode(),
                description: String::new(),
                emoji: None,
            }
        });
    Rows::default().menu(reader.menu(0, &voice.say("menu-open-section"), options.collect()))
}

/// A section, from its first page.
pub(super) fn show(reader: &Reader<'_>, section: Section) -> Result<Reply, Refusal> {
    if section == Section::Overview { Ok(overview(reader)) } else { page(reader, section, 0) }
}

/// The definition, how many processes there are, and what can be asked.
fn overview(reader: &Reader<'_>) -> Reply {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let general = &catalogue.general;
    let rows = menu(reader, Section::Overview).buttons(vec![
        reader.open(0, voice.say("button-iom"), View::Iom {}).emoji("🏛️"),
        reader.open(0, voice.say("button-meetings"), View::Meetings {}).emoji("📅"),
        reader.open(0, voice.say("button-all-terms"), View::Glossary { page: 0 }).emoji("📖"),
        timelines::button(reader, View::LivesTimeline {}),
        reader.share_or_delete(View::About { section: Section::Overview }),
    ]);
    let footer = reader.footer(&general.definition.sources, general.collected);
    let mark = reader.mark(&general.definition.notes);
    let definition = crate::reply::cut(reader.text(&general.definition.text), SHOWN_DEFINITION);
    let title = voice.say("about-overview");
    let embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &title, &footer)
        .url(reader.page(&general.pages))
        .description(&format!("{definition}{mark}"))
        .field(&voice.say("about-catalogue"), &counts(reader))
        .items(&voice.say("about-examples"), Lines::of(&voice.say("about-examples-list")));
    reader.reply(embed, rows)
}

/// How many processes there are, by status, in words.
pub(super) fn counts(reader: &Reader<'_>) -> String {
    let (relations, voice) = (&reader.snapshot.relations, reader.voice);
    let total = reader.snapshot.catalogue.processes.len();
    let by_status = StatusValue::ALL.iter().filter_map(|status| {
        let count = relations.statuses.get(status).copied().filter(|count| *count > 0)?;
        Some(format!(
            "{} {}",
            status_mark(*status),
            voice.say_with(&format!("count-{}", status.key()), [("count", count.into())])
        ))
    });
    let total = voice.say_with("about-total", [("count", total.into())]);
    voice.labelled(&total, &by_status.collect::<Vec<_>>().join(" · "))
}

/// A page of a section in full.
pub(super) fn page(reader: &Reader<'_>, section: Section, page: usize) -> Result<Reply, Refusal> {
    let voice = reader.voice;
    let general = &reader.snapshot.catalogue.general;
    let mut sheet = Sheet::default();
    match section {
        // What the face cuts stands in the section on this catalogue.
        Section::Overview => return Ok(overview(reader)),
        Section::Features => reader.facts(&mut sheet, &general.features),
        Section::Topics => reader.facts(&mut sheet, &general.topics),
        Section::Achievements => {
            reader.facts(&mut sheet, general.achievements.iter().chain(&general.contributions));
        }
        Section::References => reader.facts(&mut sheet, &general.references),
        Section::Levels => reader.facts(&mut sheet, &general.levels),
        Section::History => {
            reader.facts(&mut sheet, general.milestones.iter().chain(&general.counts).chain(&general.studies));
        }
        Section::Catalogue => {
            state(reader).into_iter().for_each(|line| sheet.put("", line));
            sheet.put(&voice.say("about-overview"), reader.text(&general.definition.text));
            for note in reader.notes(&general.definition.notes) {
                sheet.put(&voice.say("field-notes"), note);
            }
            for source in &general.definition.sources {
                sheet.put(&voice.say("field-sources"), format!("• {}", reader.source(source)));
            }
        }
    }
    let title = voice.say(&format!("about-{}", section.key()));
    let view = |page: usize| match page {
        0 => View::About { section },
        page => View::AboutPage { section, page },
    };
    let back = View::About { section: Section::Overview };
    let look = SheetLook {
        budget: Budget::FACE,
        colour: colour::GENERAL,
        title: &title,
        url: reader.page(&general.pages),
        footer: voice.say_with("footer-date", [("date", voice.date(general.collected).into())]),
        back: Some(reader.back("button-overview", back)),
        rows: menu(reader, section).0,
    };
    Ok(reader.sheet(&sheet, look, page, view))
}

/// What the catalogue holds, how old it is and which revision it is.
fn state(reader: &Reader<'_>) -> Vec<String> {
    let (snapshot, voice) = (reader.snapshot, reader.voice);
    let catalogue = &snapshot.catalogue;
    let relations = &snapshot.relations;
    let of_kind = |kind| relations.kinds.get(&kind).copied().unwrap_or_default();
    let hash: String = snapshot.hash.chars().take(SHOWN_HASH).collect();
    let origin = match snapshot.origin {
        Origin::BuiltIn => voice.say("origin-built-in"),
        Origin::Folder => voice.say("origin-folder"),
        Origin::Revision(number) => voice.say_with("origin-revision", [("number", number.to_string().into())]),
    };
    vec![
        voice.say_with(
            "about-counts",
            [
                ("regional", of_kind(Kind::Regional).into()),
                ("interregional", of_kind(Kind::Interregional).into()),
                ("organisations", catalogue.organisations.len().into()),
                ("meetings", catalogue.meetings.meetings.len().into()),
                ("terms", catalogue.glossary.terms.len().into()),
                ("sources", relations.sources.into()),
            ],
        ),
        counts(reader),
        voice.say_with("about-date", [("date", voice.date(catalogue.general.collected).into())]),
        voice.say_with("about-revision", [("origin", origin.into()), ("hash", hash.into())]),
    ]
}
