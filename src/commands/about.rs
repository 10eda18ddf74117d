//! `/rcp apropos`: what the processes are and how they work, and the catalogue behind the answers.

use crate::catalogue::{Fact, Kind, Note, StatusValue};
use crate::reply::{Embed, Lines, MenuOption, Reply};
use crate::snapshot::Origin;

use super::declaration::Command;
use super::look::{general, status_mark};
use super::parameter::Section;
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

/// `/rcp apropos` takes no option: it opens with the definition.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "apropos", en: "about", es: "acerca" }, options: &[], answer, costly: false };

/// How many characters of the catalogue's hash are shown: enough to tell two revisions apart.
const SHOWN_HASH: usize = 12;

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::About { section: Section::Overview })
}

/// A section.
pub(super) fn show(reader: &Reader<'_>, section: Section) -> Result<Reply, Refusal> {
    let general_facts = &reader.snapshot.catalogue.general;
    let voice = reader.voice;
    let title = voice.say(&format!("about-{}", section.key()));
    let embed = general(&title).url(reader.page(&general_facts.pages));
    let embed = match section {
        Section::Overview => overview(reader, embed),
        Section::Features => facts(reader, embed, &[&general_facts.features]),
        Section::Topics => facts(reader, embed, &[&general_facts.topics]),
        Section::Achievements => facts(reader, embed, &[&general_facts.achievements, &general_facts.contributions]),
        Section::References => facts(reader, embed, &[&general_facts.references]),
        Section::Levels => facts(reader, embed, &[&general_facts.levels]),
        Section::History => {
            facts(reader, embed, &[&general_facts.milestones, &general_facts.counts, &general_facts.studies])
        }
    };
    let embed = embed.footer(&reader.footer(&general_facts.definition.sources, general_facts.collected));
    let options = Section::ALL.into_iter().map(|section| MenuOption {
        label: voice.say(&format!("about-{}", section.key())),
        value: View::About { section }.encode(),
        description: String::new(),
        emoji: None,
    });
    let menu = reader.menu(0, &voice.say("menu-open-section"), options.collect());
    let reply = reader.reply(embed);
    Ok(reply.menu(menu).buttons(vec![
        reader.open(0, voice.say("button-iom"), View::Iom {}),
        reader.open(0, voice.say("button-meetings"), View::Meetings {}),
        reader.open(0, voice.say("button-all-terms"), View::Glossary { page: 0 }),
        reader.share_or_delete(View::About { section }),
    ]))
}

/// The definition, the sections in short, and the catalogue.
fn overview(reader: &Reader<'_>, embed: Embed) -> Embed {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let general = &catalogue.general;
    let labels = |facts: &[Fact]| {
        let current = facts.iter().filter(|fact| !fact.older);
        Lines::below(current.map(|fact| format!("• {}", reader.text(&fact.label))).collect::<Vec<_>>())
    };
    let mut embed = embed.description(reader.text(&general.definition.text));
    for (section, facts) in [
        (Section::Features, &general.features),
        (Section::Topics, &general.topics),
        (Section::Achievements, &general.achievements),
        (Section::References, &general.references),
    ] {
        embed = embed.items(&voice.say(&format!("about-{}", section.key())), labels(facts));
    }
    if !general.definition.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&general.definition.notes));
    }
    embed.items(&voice.say("about-catalogue"), Lines::below(state(reader)))
}

/// What the catalogue holds, how old it is and which revision it is.
fn state(reader: &Reader<'_>) -> Vec<String> {
    let (snapshot, voice) = (reader.snapshot, reader.voice);
    let catalogue = &snapshot.catalogue;
    let relations = &snapshot.relations;
    let of_kind = |kind| relations.kinds.get(&kind).copied().unwrap_or_default();
    let by_status = StatusValue::ALL.iter().map(|status| {
        format!("{} {}", status_mark(*status), relations.statuses.get(status).copied().unwrap_or_default())
    });
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
        by_status.collect::<Vec<_>>().join(" · "),
        voice.say_with("about-date", [("date", voice.date(catalogue.general.collected).into())]),
        voice.say_with("about-revision", [("origin", origin.into()), ("hash", hash.into())]),
    ]
}

/// Sourced statements, each in a field of its own, and their doubts.
fn facts(reader: &Reader<'_>, embed: Embed, lists: &[&[Fact]]) -> Embed {
    let mut embed = embed;
    let mut notes: Vec<Note> = Vec::new();
    for fact in lists.iter().flat_map(|list| list.iter()) {
        let name = match fact.date {
            Some(date) => format!("{} ({})", reader.text(&fact.label), reader.voice.date(date)),
            None => reader.text(&fact.label).to_owned(),
        };
        embed = embed.items(&name, Lines::below(body(reader, fact)));
        notes.extend(fact.notes.iter().cloned());
    }
    if notes.is_empty() { embed } else { embed.items(&reader.voice.say("field-notes"), reader.notes(&notes)) }
}

/// What a statement says below its label, ending with its source.
fn body(reader: &Reader<'_>, fact: &Fact) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(fact.value.map(|value| format!("**{value}**")));
    lines.extend(fact.text.as_ref().map(|text| reader.text(text).to_owned()));
    lines.extend(fact.points.iter().map(|point| format!("• {}", reader.text(point))));
    lines.extend(fact.reference.clone());
    let source = fact.sources.first().map(|source| crate::reply::link(&super::look::host(&source.url), &source.url));
    lines.extend(source.map(|link| format!("-# {link}")));
    lines
}
