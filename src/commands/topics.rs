//! `/rcp themes`: the closed list of topics, and the processes that deal with one of them, in their own words behind a button.

use std::cmp::Reverse;

use crate::catalogue::{Process, Topic};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour};

use crate::commands::declaration::{Command, CommandOption, OptionKind};
use crate::commands::finding;
use crate::commands::look::{footer_with_legend, status_mark};
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

const TOPIC: CommandOption = CommandOption {
    name: Wording { fr: "theme", en: "topic", es: "tema" },
    required: false,
    kind: OptionKind::Entry(Entity::Topic),
};

/// The room for the processes of one region, in characters, so that none takes that of the others.
const IN_REGION: usize = 92;

/// `/rcp themes`: one topic, or all of them.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "themes", en: "topics", es: "temas" }, options: &[TOPIC], answer, costly: false };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    match invocation.text(TOPIC.name.fr) {
        None => Ok(View::Topics {}),
        typed => finding::find(reader, Entity::Topic, typed),
    }
}

/// All topics, each with the number of processes that deal with it, those of most processes first.
pub(super) fn list(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let count = |topic: &Topic| reader.snapshot.relations.of_topic(&topic.id, voice.language).len();
    let mut topics: Vec<&Topic> = catalogue.topics.iter().collect();
    topics.sort_by_key(|topic| Reverse(count(topic)));
    let rows = Rows::default()
        .menu(reader.menu_of(0, "menu-open-topic", Entity::Topic, topics.iter().map(|topic| topic.id.as_str())))
        .buttons(vec![reader.share_or_delete(View::Topics {})]);
    let footer = reader.dated();
    let lines = topics.iter().map(|topic| format!("**{}** · {}", reader.text(&topic.name), count(topic)));
    let embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &voice.say("topics-title"), &footer)
        .description(&format!("-# {}", voice.say("topics-intro")))
        .lines(Lines::below(lines.collect::<Vec<_>>()));
    Ok(reader.reply(embed, rows))
}

fn topic<'a>(reader: &Reader<'a>, id: &str) -> Result<&'a Topic, Refusal> {
    reader.snapshot.catalogue.topic(id).ok_or(Refusal::EntryGone)
}

/// The name of a process's region, with its emoji.
fn region(reader: &Reader<'_>, process: &Process) -> String {
    let region = reader.snapshot.catalogue.region(&process.region);
    region.map(|region| format!("{} {}", region.emoji, region.name.get(reader.voice.language))).unwrap_or_default()
}

/// The processes that deal with a topic, by region.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let topic = topic(reader, id)?;
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let places = reader.snapshot.relations.of_topic(id, voice.language);
    let mut buttons = Vec::new();
    if !places.is_empty() {
        let wordings = View::TopicWordings { id: id.to_owned(), page: 0 };
        buttons.push(reader.open(0, voice.say("button-wordings"), wordings).emoji("💬"));
    }
    buttons.push(reader.back("button-all-topics", View::Topics {}));
    buttons.push(reader.share_or_delete(View::Topic { id: id.to_owned() }));
    let ids = catalogue.at(places).map(|process| process.id.as_str());
    let rows = Rows::default().menu(reader.menu_of(0, "menu-open-process", Entity::Process, ids)).buttons(buttons);
    let date = reader.dated();
    let footer = footer_with_legend(voice, &date);
    let said = match places.len() {
        0 => voice.say("topic-none"),
        count => voice.say_with("count-processes", [("count", count.into())]),
    };
    let of = |place: &usize| catalogue.processes.get(*place).map(|process| process.region.as_str());
    // They stand in the order of regions.
    let lines = places.chunk_by(|one, other| of(one) == of(other)).filter_map(|group| {
        let name = region(reader, catalogue.at(group).next()?);
        let shown = Lines::beside(reader.marked(group)).fit(IN_REGION);
        Some(format!("**{name}** ({}) – {shown}", group.len()))
    });
    let embed = Embed::within(reader.face, &rows.0, colour::GENERAL, reader.text(&topic.name), &footer)
        .description(&said)
        .lines(Lines::below(lines.collect::<Vec<_>>()));
    Ok(reader.reply(embed, rows))
}

/// How each process that deals with a topic words it.
pub(super) fn wordings(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let topic = topic(reader, id)?;
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    for process in catalogue.at(reader.snapshot.relations.of_topic(id, voice.language)) {
        let themes = process.themes.iter().filter(|theme| theme.topics.iter().any(|one| one == id));
        let themes: Vec<&str> = themes.map(|theme| theme.get(voice.language)).collect();
        let name = voice.process_short(process);
        let line = format!("{}\u{a0}**{name}** – {}", status_mark(process.status.value), themes.join(" · "));
        sheet.put(&region(reader, process), line);
    }
    if sheet.is_empty() {
        sheet.put("", voice.say("topic-none"));
    }
    sheet.put("", format!("-# {}", voice.say("topic-caution")));
    let back = View::Topic { id: id.to_owned() };
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: reader.text(&topic.name),
        url: None,
        footer: footer_with_legend(voice, &reader.dated()),
        back: Some(reader.back("button-topic", back)),
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::TopicWordings { id: id.to_owned(), page }))
}
