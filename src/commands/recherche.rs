//! `/rcp recherche`: ranked hits over everything the catalogue says, with the words that matched.

use crate::catalogue::StatusValue;
use crate::lookup::Entity;
use crate::reply::{Embed, Lines, MenuOption, Reply, colour, cut, escape};
use crate::stub::{Filter, Subject};

use super::declare::{Command, CommandOption, Form, Wording};
use super::parts::general;
use super::request::Invocation;
use super::view::{Section, View};
use super::{Reader, finding};

const TEXT: CommandOption =
    CommandOption { name: Wording { fr: "texte", en: "text", es: "texto" }, required: true, form: Form::Text };

const REGION: CommandOption = CommandOption {
    name: Wording { fr: "region", en: "region", es: "region" },
    required: false,
    form: Form::Entry(Entity::Region),
};

const STATUS: CommandOption =
    CommandOption { name: Wording { fr: "statut", en: "status", es: "estado" }, required: false, form: Form::Status };

/// How many hits a page shows.
const HITS: usize = 8;

/// The declaration.
pub static COMMAND: Command =
    Command { name: Wording { fr: "recherche", en: "search", es: "buscar" }, options: &[TEXT, REGION, STATUS], answer };

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Reply {
    let text = invocation.text(TEXT.name.fr).unwrap_or_default();
    let status = invocation.text(STATUS.name.fr);
    let status = status.and_then(|key| StatusValue::ALL.iter().copied().find(|status| status.key() == key));
    let region = match invocation.text(REGION.name.fr) {
        None => None,
        Some(typed) => match reader.snapshot.names.find(Entity::Region, typed, reader.voice.language) {
            crate::lookup::Finding::One(region) => Some(region.id),
            // A region that is not clear is asked back, as everywhere.
            _ => return finding::answer(reader, Entity::Region, typed),
        },
    };
    show(reader, text, region, status, 0)
}

/// A page of hits.
pub fn show(reader: &Reader<'_>, query: &str, region: Option<&str>, status: Option<StatusValue>, page: usize) -> Reply {
    let (snapshot, voice) = (reader.snapshot, reader.voice);
    let filter = Filter { region, status };
    let hits = snapshot.full_text.search(query, voice.language, &filter);
    let shown = escape(&cut(query, 80));
    if hits.is_empty() {
        let title = voice.say_with("search-none", [("typed", shown.into())]);
        return Reply::of(Embed::new(colour::REFUSAL, &title).description(&voice.say("search-none-help"))).private();
    }
    let pages = hits.len().div_ceil(HITS);
    let page = page.min(pages - 1);
    let on_page = || hits.iter().enumerate().skip(page * HITS).take(HITS);
    let mut lines: Vec<String> = Vec::new();
    let mut options: Vec<MenuOption> = Vec::new();
    for (place, hit) in on_page() {
        let Some((label, option)) = hit_label(reader, &hit.subject) else { continue };
        let matched: Vec<String> = hit.words.iter().map(|word| escape(word)).collect();
        lines.push(format!("**{}. {label}**\n{}\n-# {}", place + 1, escape(&hit.excerpt), matched.join(" · ")));
        if !options.iter().any(|other| other.value == option.value) {
            options.push(option);
        }
    }
    let title = voice.say_with("search-title", [("typed", shown.into()), ("count", hits.len().into())]);
    let filters: Vec<String> = [
        region.and_then(|id| snapshot.catalogue.region(id)).map(|region| region.name.get(voice.language).to_owned()),
        status.map(|status| voice.say(&format!("status-{}", status.key()))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let collected = voice.date(snapshot.catalogue.general.collected);
    let embed = general(&title)
        .lines(&Lines::below(filters.into_iter().map(|filter| format!("-# {filter}")).chain(lines).collect()))
        .footer(&voice.say_with("footer-derived", [("date", collected.into())]));
    let view = |page| View::Search { query: query.to_owned(), region: region.map(str::to_owned), status, page };
    let menu = finding::menu(reader, &voice.say("menu-open"), options);
    let reply = Reply { private: reader.private, ..Reply::of(embed) }.menu(menu);
    reply.buttons(reader.pager(page, pages, view)).buttons(vec![reader.share_or_delete(view(page))])
}

/// What a hit is called, and the option of the menu that opens it.
fn hit_label(reader: &Reader<'_>, subject: &Subject) -> Option<(String, MenuOption)> {
    match subject {
        Subject::Entry(entity, id) => {
            let option = finding::option(reader.snapshot, reader.voice, *entity, id)?;
            Some((option.label.clone(), option))
        }
        Subject::About(list) => {
            let section = match list.as_str() {
                "feature" => Section::Features,
                "topic" => Section::Topics,
                "achievement" | "contribution" => Section::Achievements,
                "reference" => Section::References,
                "level" => Section::Levels,
                "milestone" | "count" | "study" => Section::History,
                _ => Section::Overview,
            };
            let label = reader.voice.say(&format!("about-{}", section.key()));
            let value = View::About { section }.encode();
            Some((label.clone(), MenuOption { label, value, description: String::new(), emoji: None }))
        }
        Subject::Iom => {
            let label = reader.voice.say("iom-title");
            Some((
                label.clone(),
                MenuOption { label, value: View::Iom.encode(), description: String::new(), emoji: None },
            ))
        }
    }
}
