//! `/rcp recherche`: ranked hits over everything the catalogue says.

use crate::catalogue::{FactList, Region, StatusValue};
use crate::lookup::{Entity, Filters, Hit, NamedText, Subject};
use crate::reply::{Budget, Embed, MenuOption, Reply, colour, cut, escape};

use crate::commands::declaration::{Command, CommandOption, OptionKind, REGION};
use crate::commands::entry;
use crate::commands::finding;
use crate::commands::parameter::{Query, RegionFilter, Section};
use crate::commands::question;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

const TEXT: CommandOption =
    CommandOption { name: Wording { fr: "texte", en: "text", es: "texto" }, required: true, kind: OptionKind::Text };

const STATUS: CommandOption = CommandOption {
    name: Wording { fr: "statut", en: "status", es: "estado" },
    required: false,
    kind: OptionKind::Status,
};

/// How many hits a page shows, and how much of each, in characters.
const HITS: usize = 5;
const SHOWN_EXCERPT: usize = 90;

/// `/rcp recherche`: a text, and what it is narrowed to. Each person may search only so often.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "recherche", en: "search", es: "buscar" },
    options: &[TEXT, REGION, STATUS],
    answer,
    costly: true,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    let query = invocation.text(TEXT.name.fr).unwrap_or_default().to_owned();
    let status = invocation.text(STATUS.name.fr);
    let status = status.and_then(|key| StatusValue::ALL.iter().copied().find(|status| status.key() == key));
    let region = match invocation.text(REGION.name.fr) {
        None => None,
        // A region that is not clear is asked back, as everywhere.
        typed => match finding::find(reader, Entity::Region, typed)? {
            View::Region { id, .. } => Some(id),
            _ => None,
        },
    };
    Ok(View::Search { page: 0, region, status, query })
}

/// The text that an invocation of this command searches for.
pub(super) fn searched(invocation: &Invocation) -> Option<&str> {
    invocation.text(TEXT.name.fr).filter(|_| invocation.command == COMMAND.name.fr)
}

/// A page of hits.
pub(super) fn show(
    reader: &Reader<'_>,
    page: usize,
    region: Option<&str>,
    status: Option<StatusValue>,
    query: &str,
) -> Result<Reply, Refusal> {
    let (snapshot, voice) = (reader.snapshot, reader.voice);
    // What its buttons carry is what is searched.
    let kept = Query::kept(query);
    let query = kept.as_ref();
    let region = match region {
        None => None,
        Some(given) => {
            let named = |region: &&Region| region.id == given || RegionFilter::short(&region.id) == given;
            let region = snapshot.catalogue.regions.iter().find(named).ok_or(Refusal::EntryGone)?;
            Some(region.id.as_str())
        }
    };
    // What the text names weighs most: "how many members does SACM have" is about SACM.
    let text = snapshot.questions.read(&snapshot.names, query);
    let named = text.as_ref().map(NamedText::entities).unwrap_or_default();
    let search = |page: usize| {
        let filters = Filters { region, status };
        let range = page * HITS..(page + 1) * HITS;
        snapshot.full_text.search_for(&snapshot.catalogue, query, &named, voice.language, filters, range)
    };
    let mut hits = search(page);
    // A question gets its fact first, above the hits of its words.
    let may_ask = page == 0 && region.is_none() && status.is_none();
    let asked = text.filter(|_| may_ask).and_then(|text| question::fact(reader, &text));
    if hits.total == 0 && asked.is_none() {
        return Err(Refusal::SearchedInVain { query: query.to_owned() });
    }
    let fact = match &asked {
        Some(fact) => format!("{}\n-# {}", fact.sentences.join("\n"), fact.small),
        None => String::new(),
    };
    // After a reload a page may lie behind the last one.
    let pages = hits.total.div_ceil(HITS).max(1);
    let page = page.min(pages - 1);
    if hits.page.is_empty() {
        hits = search(page);
    }
    let mut found: Vec<(usize, String, String)> = Vec::new();
    let mut options: Vec<MenuOption> = asked.map(|fact| fact.options).unwrap_or_default();
    for (place, hit) in hits.page.iter().enumerate() {
        let Some((label, option)) = hit_label(reader, hit) else { continue };
        // An excerpt that is the title says nothing.
        let excerpt = if label.contains(hit.excerpt.as_str()) { String::new() } else { hit.excerpt.clone() };
        found.push((page * HITS + place + 1, label, excerpt));
        if !options.iter().any(|other| other.value == option.value) {
            options.push(option);
        }
    }
    let view = |page| View::Search { query: query.to_owned(), region: region.map(str::to_owned), status, page };
    let mut buttons = reader.pager(page, pages, view);
    buttons.push(reader.share_or_delete(view(page)));
    let rows = Rows::default().menu(reader.menu(0, &voice.say("menu-open"), options)).buttons(buttons);
    let filters = [
        region.and_then(|id| snapshot.catalogue.region(id)).map(|region| region.name.get(voice.language).to_owned()),
        status.map(|status| voice.say(&format!("status-{}", status.key()))),
    ];
    let filters: Vec<String> = filters.into_iter().flatten().collect();
    let narrowed = if filters.is_empty() {
        String::new()
    } else {
        format!("-# {}", voice.say_with("search-narrowed", [("filters", filters.join(" · ").into())]))
    };
    let title = voice.say_with("search-title", [("typed", escape(&cut(query, 80)).into())]);
    let footer = voice.say_with("search-count", [("count", hits.total.into())]);
    // Every hit is shown; where they are long, less of each.
    let embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &title, &footer);
    let tries = [(70, SHOWN_EXCERPT), (70, SHOWN_EXCERPT / 2), (70, 0), (40, 0), (20, 0)];
    let embed = embed.first_that_fits(tries.into_iter().map(|(label, excerpt)| {
        let lines = found.iter().map(|(number, name, text)| {
            let below = match escape(&cut(text, excerpt)) {
                text if excerpt == 0 || text.is_empty() => String::new(),
                text => format!("\n{text}"),
            };
            format!("**{number}. {}**{below}", cut(name, label))
        });
        // A fact stands apart from the hits. What is not there takes no line.
        let above = if fact.is_empty() { narrowed.clone() } else { format!("{fact}\n{narrowed}") };
        Some(above).filter(|above| !above.is_empty()).into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }));
    Ok(reader.reply(embed, rows))
}

/// What a hit is called, and the option of the menu that opens it.
fn hit_label(reader: &Reader<'_>, hit: &Hit<'_>) -> Option<(String, MenuOption)> {
    let entry = |entity| {
        let option = entry::option(reader.snapshot, reader.voice, entity, hit.id)?;
        Some((option.label.clone(), option))
    };
    let (title, view) = match hit.subject {
        Subject::Process => return entry(Entity::Process),
        Subject::Organisation => return entry(Entity::Organisation),
        Subject::Meeting => return entry(Entity::Meeting),
        Subject::Term => return entry(Entity::Term),
        Subject::Series => {
            (reader.snapshot.catalogue.meetings.series.name.get(reader.voice.language).to_owned(), View::Meetings {})
        }
        Subject::Iom | Subject::Fact(FactList::IomFigure | FactList::IomRole | FactList::IomBasic) => {
            (reader.voice.say("iom-title"), View::Iom {})
        }
        Subject::Definition => about(reader, Section::Overview),
        Subject::Fact(FactList::Feature) => about(reader, Section::Features),
        Subject::Fact(FactList::Topic) => about(reader, Section::Topics),
        Subject::Fact(FactList::Achievement | FactList::Contribution) => about(reader, Section::Achievements),
        Subject::Fact(FactList::Reference) => about(reader, Section::References),
        Subject::Fact(FactList::Level) => about(reader, Section::Levels),
        Subject::Fact(FactList::Count | FactList::Milestone | FactList::Study) => about(reader, Section::History),
    };
    let label = match hit.subject {
        // Several facts lead to the same section, so that each is called by its own label.
        Subject::Fact(list) => {
            let fact = reader.snapshot.catalogue.facts(list).iter().find(|fact| fact.id == hit.id);
            fact.map_or(title.clone(), |fact| format!("{title} – {}", reader.text(&fact.label)))
        }
        _ => title.clone(),
    };
    let option = MenuOption { label: title, value: view.encode(), description: String::new(), emoji: None };
    Some((label, option))
}

fn about(reader: &Reader<'_>, section: Section) -> (String, View) {
    (reader.voice.say(&format!("about-{}", section.key())), View::About { section })
}
