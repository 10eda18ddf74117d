//! What people see on Discord: the real binary against a local Discord, every answer judged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::support::bot::{
    self, DEADLINE, Setup, Stage, TOKEN, bare, card, emoji, fact, facts, field, labelled, locale, menu, offered,
    options, private, public, rows, shared_view, snapshot, text, title, unaccented, until, voice,
};
use crate::support::kept;
use axum::Json;
use axum::extract::Request;
use axum::response::IntoResponse;
use futures::future::join_all;
use local_discord::{
    DEFAULT_GUILD, Fault, GatewayFault, LocalDiscord, Message, NotSent, Options, Outcome, Person, Response, RestFault,
};
use rcp_bot::catalogue::{Language, Process, ReferenceRole, StatusValue};
use rcp_bot::commands::{COMMANDS, CustomId, MESSAGE_COMMANDS, OptionKind, Section, View};
use rcp_bot::lookup::Entity;
use serde_json::{Value, json};

/// The permission to delete others' messages. (Discord: topics/permissions.)
const MANAGE_MESSAGES: u64 = 1 << 13;
/// The permission that stands for all others.
const ADMINISTRATOR: u64 = 1 << 3;

/// A person's command with these options, answered.
async fn run(person: &Person, path: &str, given: &[(&str, &str)]) -> Outcome {
    person.run(path, given).await.unwrap_or_else(|error| panic!("/{path} {given:?}: {error}"))
}

/// What fills the options that a command cannot do without.
fn needed(path: &str) -> Vec<(&'static str, &'static str)> {
    let command = COMMANDS.iter().find(|command| path.strip_prefix("rcp ") == Some(command.name.fr));
    let required = command.into_iter().flat_map(|command| command.options).filter(|option| option.required);
    let sample = |(place, kind): (usize, OptionKind)| match kind {
        OptionKind::Entry(Entity::Region) => "europe",
        OptionKind::Entry(Entity::Country) => "FR",
        OptionKind::Entry(_) => "ocam",
        // Two different things.
        OptionKind::Either(..) => ["FR", "processus-de-prague"][place % 2],
        _ => "migration",
    };
    required.enumerate().map(|(place, option)| (option.name.fr, sample((place, option.kind)))).collect()
}

/// A card, publicly.
async fn info(person: &Person, process: &str) -> Message {
    public(&run(person, "rcp info", &[("processus", process)]).await)
}

// --- Regions ---------------------------------------------------------------------------------------------------------

/// The processes of a region's list by status, and the processes that its menu opens, over all its pages.
async fn listed(person: &Person, outcome: &Outcome, language: Language, region: &str) -> (Grouped, BTreeSet<String>) {
    let catalogue = &snapshot().catalogue;
    let (mut grouped, mut opened) = (Grouped::new(), BTreeSet::new());
    let mut page = public(outcome);
    loop {
        let mut under = None;
        for line in page.embeds()[0]["description"].as_str().unwrap_or_default().lines() {
            let name = line.split("**").nth(1).unwrap_or_default();
            let plural = |status: &StatusValue| voice(language).say(&format!("status-plural-{}", status.key()));
            if let Some(status) = StatusValue::ALL.iter().find(|status| name.ends_with(&plural(status))) {
                under = Some(*status);
                continue;
            }
            let Some(status) = under.filter(|_| !name.is_empty()) else { continue };
            let process = catalogue.processes.iter().find(|one| voice(language).process_short(one) == name);
            let process = process.unwrap_or_else(|| panic!("{region}, {language}: no process is called {name:?}"));
            assert!(grouped.entry(status).or_default().insert(process.id.clone()), "{} stands twice", process.id);
        }
        for value in menu(&page, &voice(language).say("menu-open-process")) {
            match value.parse() {
                // The forums that touch the region stand in the menu of its first page.
                Ok(View::Process { id }) => drop(opened.insert(id)),
                other => panic!("the menu opens {other:?}"),
            }
        }
        let Some(next) = emoji(&page, "▶️") else { return (grouped, opened) };
        // It is the person's own answer, so that it turns in place.
        page = public(&person.press(&page, &next).await.unwrap());
    }
}

/// Processes, by id, under each status.
type Grouped = BTreeMap<StatusValue, BTreeSet<String>>;

fn processes_of(region: &str) -> Grouped {
    let mut grouped = Grouped::new();
    for process in snapshot().catalogue.processes.iter().filter(|process| process.region == region) {
        grouped.entry(process.status.value).or_default().insert(process.id.clone());
    }
    grouped
}

#[tokio::test]
async fn a_region_lists_exactly_its_processes_by_status_however_its_name_is_typed() {
    let stage = Stage::shipped().await;
    for region in &snapshot().catalogue.regions {
        let expected = processes_of(&region.id);
        let all: BTreeSet<String> = expected.values().flatten().cloned().collect();
        let french = region.name.get(Language::Fr);
        let mut typed: Vec<(Language, String)> = vec![
            (Language::Fr, unaccented(french)),
            (Language::Fr, french.to_uppercase()),
            (Language::Fr, unaccented(french).to_uppercase()),
            (Language::Fr, french.to_lowercase()),
            (Language::Fr, region.id.clone()),
        ];
        typed.extend(region.name.wordings().map(|(language, name)| (language, name.to_owned())));
        // A name in another language than the reader's finds it too, and is answered in the reader's.
        typed.push((Language::Es, french.to_owned()));
        for (language, name) in typed {
            let person = stage.person(language);
            let outcome = run(&person, "rcp region", &[("region", &name)]).await;
            assert!(title(&public(&outcome)).ends_with(region.name.get(language)), "{name:?} in {language}");
            let (grouped, opened) = listed(&person, &outcome, language, &region.id).await;
            assert_eq!(grouped, expected, "{} typed as {name:?} in {language}", region.id);
            assert!(opened.is_superset(&all), "the menu of {} typed as {name:?} in {language}", region.id);
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn processes_of_the_reference_page_stand_in_its_regions_and_under_its_statuses() {
    let files = ["processes-americas-asia-europe.toml", "processes-africa-mideast-interregional.toml"];
    let facts: Vec<toml::Table> = files.iter().filter_map(|file| facts(file)).collect();
    let listed_there: Vec<&toml::Table> = facts
        .iter()
        .flat_map(|facts| rows(facts, "process"))
        .filter(|row| row.get("on_reference_page").and_then(toml::Value::as_bool) == Some(true))
        .collect();
    if facts.is_empty() {
        return;
    }
    assert!(!listed_there.is_empty(), "the facts name processes of the reference page");
    let stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    let mut regions: HashMap<&str, Grouped> = HashMap::new();
    for row in listed_there {
        let (slug, region) = (fact(row, "slug").unwrap(), fact(row, "region").unwrap());
        if !regions.contains_key(region) {
            let outcome = run(&person, "rcp region", &[("region", region)]).await;
            regions.insert(region, listed(&person, &outcome, Language::Fr, region).await.0);
        }
        let status = StatusValue::ALL.iter().find(|status| Some(status.key()) == fact(row, "status")).unwrap();
        let under = regions[region].get(status);
        assert!(under.is_some_and(|ids| ids.contains(slug)), "{slug} is {status:?} in {region}: {:?}", regions[region]);
    }
    stage.finish().await;
}

// --- Processes -------------------------------------------------------------------------------------------------------

/// Everything that a process is called, with the language of those who say so.
fn names(process: &Process) -> Vec<(Language, &str)> {
    let mut names: Vec<(Language, &str)> = process.name.wordings().collect();
    names.extend(process.acronym.iter().flat_map(|acronym| acronym.wordings()));
    names.extend(process.short_name.iter().flat_map(|name| name.wordings()));
    let others = process.other_acronyms.iter().chain(&process.aliases).chain(&process.former_names);
    names.extend(others.map(|name| (Language::Fr, name.as_str())));
    names
}

#[tokio::test]
async fn every_process_opens_by_each_of_its_names_in_each_language() {
    let stage = Stage::shipped().await;
    let processes = &snapshot().catalogue.processes;
    let mut owners: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for process in processes {
        for (_, name) in names(process) {
            owners.entry(bare(name)).or_default().insert(&process.id);
        }
    }
    let mut wrong = Vec::new();
    for process in processes {
        for (language, name) in names(process) {
            let person = stage.person(language);
            let answer = bot::message(&run(&person, "rcp info", &[("processus", name)]).await);
            let sharing = &owners[&bare(name)];
            let right = if sharing.len() == 1 {
                let titled = title(&answer) == voice(language).process_short(process);
                !answer.is_ephemeral() && card(&answer).as_deref() == Some(&process.id) && titled
            } else {
                // A name that the catalogue gives to several opens one of them, or asks which is meant.
                let all = sharing.iter().map(|id| View::Process { id: (*id).to_owned() });
                let opens_one = card(&answer).is_some_and(|id| sharing.contains(id.as_str()));
                opens_one || all.into_iter().all(|view| offered(&answer).contains(&view))
            };
            if !right {
                wrong.push(format!("{} by {name:?} ({language}): {}", process.id, title(&answer)));
            }
        }
    }
    assert!(wrong.is_empty(), "these names do not open their process:\n{}", wrong.join("\n"));
    stage.finish().await;
}

// --- Figures and names -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_answer_on_iom_holds_the_figures_of_its_page() {
    let stage = Stage::shipped().await;
    for language in Language::ALL {
        let answer = public(&run(&stage.person(language), "rcp oim", &[]).await);
        let figures = field(&answer, &voice(language).say("iom-figures")).expect("the figures stand in a field");
        let shown: Vec<&str> = figures.lines().filter_map(|line| line.split("**").nth(1)).collect();
        assert_eq!(shown, ["6", "5", "6"], "observer, technical secretariat, support projects in {language}");
    }
    // Since when, and what else the page says, stands behind the buttons.
    let person = stage.person(Language::Fr);
    let face = public(&run(&person, "rcp oim", &[]).await);
    let mut answer = text(&face);
    for button in ["⚖️", "➕", "🏛️"] {
        let face = public(&run(&person, "rcp oim", &[]).await);
        let mut page = public(&person.press(&face, &emoji(&face, button).unwrap()).await.unwrap());
        answer += &text(&page);
        while let Some(next) = emoji(&page, "▶️") {
            page = public(&person.press(&page, &next).await.unwrap());
            answer += &text(&page);
        }
    }
    assert!(answer.contains("2005"), "the global meetings since 2005");
    for row in facts("iom-role.toml").iter().flat_map(|facts| rows(facts, "fact")) {
        let id = fact(row, "id").unwrap_or_default();
        if let (true, Some(value)) = (id.ends_with("-count"), row.get("value").and_then(toml::Value::as_integer)) {
            assert!(answer.contains(&format!("**{value}**")), "{id}: {value}");
        }
        if let Some(since) = row.get("since").and_then(toml::Value::as_integer) {
            assert!(answer.contains(&since.to_string()), "{id}: since {since}");
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn the_global_meetings_are_ten_from_2005_to_2023() {
    let stage = Stage::shipped().await;
    for language in Language::ALL {
        let person = stage.person(language);
        let timeline = public(&run(&person, "rcp reunions", &[]).await);
        let said = timeline.embeds()[0]["description"].as_str().unwrap();
        for year in ["2005", "2023"] {
            assert!(said.contains(year), "{year} in {language}");
        }
        let numbers: Vec<u8> = said.lines().filter_map(|line| line.split("**").nth(1)?.trim().parse().ok()).collect();
        assert_eq!(numbers, (1..=10).rev().collect::<Vec<u8>>(), "the meetings in {language}");
        for meeting in &snapshot().catalogue.meetings.meetings {
            let view = View::Meeting { id: meeting.id.clone() };
            assert!(offered(&timeline).contains(&view), "{} in the menu in {language}", meeting.id);
        }
    }
    let person = stage.person(Language::Fr);
    let timeline = public(&run(&person, "rcp reunions", &[]).await);
    let facts = facts("meetings.toml");
    for row in facts.iter().flat_map(|facts| rows(facts, "meeting")) {
        let Some(ordinal) = row.get("ordinal").and_then(toml::Value::as_integer) else { continue };
        let said = timeline.embeds()[0]["description"].as_str().unwrap();
        let line = said.lines().find(|line| line.starts_with(&format!("**{ordinal}** "))).expect("a line each");
        let detail =
            private(&run(&person, "rcp reunions", &[("reunion", &ordinal.to_string()), ("discret", "true")]).await);
        let detail = text(&detail);
        for (what, shown) in [("in the timeline", line), ("on its own", detail.as_str())] {
            let year = row.get("year").and_then(toml::Value::as_integer).unwrap().to_string();
            assert!(shown.contains(&year), "the year of meeting {ordinal} {what}: {shown}");
            if let Some(city) = fact(row, "city_fr") {
                assert!(shown.contains(city), "the city of meeting {ordinal} {what}: {shown}");
            }
        }
        if let (Some("source"), Some(theme)) = (fact(row, "theme_fr_status"), fact(row, "theme_fr")) {
            assert!(bare(&detail).contains(&bare(theme)), "the theme of meeting {ordinal}: {detail}");
        }
    }
    stage.finish().await;
}

/// What the overview says on all its pages.
async fn overview_of_secretariats(person: &Person) -> String {
    let mut page = public(&run(person, "rcp secretariats", &[]).await);
    let mut said = text(&page);
    while let Some(next) = emoji(&page, "▶️") {
        page = bot::message(&person.press(&page, &next).await.unwrap());
        said.push_str(&text(&page));
    }
    said
}

#[tokio::test]
async fn the_secretariats_name_each_organisation_of_the_reference_page() {
    let stage = Stage::shipped().await;
    let catalogue = &snapshot().catalogue;
    for language in Language::ALL {
        let person = stage.person(language);
        let overview = overview_of_secretariats(&person).await;
        for organisation in catalogue.organisations.iter().filter(|one| !one.reference_roles.is_empty()) {
            let (voice, id) = (voice(language), organisation.id.as_str());
            if organisation.reference_roles.contains(&ReferenceRole::Secretariat) {
                let short = format!("**{}**", voice.organisation_short(organisation));
                assert!(overview.contains(&short), "{id} in {language}: {overview}");
            }
            for name in [organisation.name.get(language), voice.organisation_short(organisation), id] {
                let given = [("organisation", name), ("discret", "true")];
                let answer = private(&run(&person, "rcp secretariats", &given).await);
                let view = View::Organisation { id: id.to_owned() };
                assert_eq!(shared_view(&answer), Some(view), "{name:?} in {language}: {}", title(&answer));
                assert!(title(&answer).contains(organisation.name.get(language)), "{}", title(&answer));
            }
        }
    }
    let person = stage.person(Language::Fr);
    let overview = overview_of_secretariats(&person).await;
    let facts = facts("organisations.toml");
    for row in facts.iter().flat_map(|facts| rows(facts, "organisation")) {
        if row.get("on_reference_page").is_some() {
            continue;
        }
        let (acronym, name) = (fact(row, "acronym_fr").unwrap(), fact(row, "name_fr").unwrap());
        assert!(overview.contains(&format!("**{acronym}**")), "{acronym}: {overview}");
        let answer = public(&run(&person, "rcp secretariats", &[("organisation", name)]).await);
        let more = public(&person.press(&answer, &emoji(&answer, "➕").unwrap()).await.unwrap());
        let answer = format!("{}\n{}", text(&answer), text(&more));
        for known in [Some(name), Some(acronym), fact(row, "seat_fr")].into_iter().flatten() {
            assert!(answer.contains(known), "{known} of {acronym}: {answer}");
        }
    }
    stage.finish().await;
}

/// What a sheet says on all its pages, turned with buttons or with its menu of pages.
async fn all_pages(person: &Person, first: Message) -> String {
    let mut said = text(&first);
    let components = first.components();
    let menu = components.iter().find(|one| one["custom_id"].as_str().is_some_and(|id| id.starts_with("rcp:1:m9")));
    match menu {
        Some(menu) => {
            let custom_id = menu["custom_id"].as_str().unwrap().to_owned();
            let values: Vec<String> = menu["options"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["value"].as_str().unwrap().to_owned())
                .collect();
            let mut page = first.clone();
            for value in values {
                // The menu of the page that is shown leads to the others.
                let parsed = value.parse::<View>().unwrap();
                let there = offered(&page).contains(&parsed);
                if there {
                    page = private(&person.choose(&page, &custom_id, &[&value]).await.unwrap());
                    said.push_str(&text(&page));
                }
            }
        }
        None => {
            if let Some(next) = emoji(&first, "▶️") {
                said.push_str(&text(&private(&person.press(&first, &next).await.unwrap())));
            }
        }
    }
    said
}

#[tokio::test]
async fn what_the_processes_are_is_told_section_by_section() {
    let stage = Stage::shipped().await;
    let general = &snapshot().catalogue.general;
    for language in Language::ALL {
        let (asker, person) = (stage.person(language), stage.person(language));
        let overview = public(&run(&asker, "rcp apropos", &[]).await);
        let definition = general.definition.text.get(language);
        let beginning: String = definition.chars().take(80).collect();
        assert!(text(&overview).contains(&beginning), "the definition in {language}");
        let placeholder = labelled(&overview, &voice(language).say("menu-open-section"));
        let lists = [
            (Section::Features, vec![&general.features]),
            (Section::Topics, vec![&general.topics]),
            (Section::Achievements, vec![&general.achievements, &general.contributions]),
            (Section::References, vec![&general.references]),
            (Section::Levels, vec![&general.levels]),
            (Section::History, vec![&general.milestones, &general.counts, &general.studies]),
        ];
        for (section, lists) in lists {
            let value = View::About { section }.encode();
            let shown = private(&person.choose(&overview, &placeholder, &[&value]).await.unwrap());
            let said = all_pages(&person, shown).await;
            for fact in lists.into_iter().flatten() {
                assert!(said.contains(fact.label.get(language)), "{} of {section:?} in {language}: {said}", fact.id);
            }
        }
    }
    // What the reference page itself says of the texts that name the processes.
    let (asker, person) = (stage.person(Language::Fr), stage.person(Language::Fr));
    let overview = public(&run(&asker, "rcp apropos", &[]).await);
    let placeholder = labelled(&overview, &voice(Language::Fr).say("menu-open-section"));
    let value = View::About { section: Section::References }.encode();
    let shown = all_pages(&person, private(&person.choose(&overview, &placeholder, &[&value]).await.unwrap())).await;
    for known in ["Déclaration de New York", "54", "55", "23 (b)", "2030"] {
        assert!(shown.contains(known), "{known}: {shown}");
    }
    stage.finish().await;
}

// --- Completion ------------------------------------------------------------------------------------------------------

/// The ids and a name of every entry of a kind.
fn entries(entity: Entity, language: Language) -> Vec<(String, String)> {
    let catalogue = &snapshot().catalogue;
    match entity {
        Entity::Process => {
            catalogue.processes.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Region => {
            catalogue.regions.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Country => {
            catalogue.countries.iter().map(|one| (one.code.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Organisation => {
            catalogue.organisations.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Meeting => {
            let meetings = &catalogue.meetings.meetings;
            meetings.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Term => {
            let terms = &catalogue.glossary.terms;
            terms.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
        Entity::Topic => {
            catalogue.topics.iter().map(|one| (one.id.clone(), one.name.get(language).to_owned())).collect()
        }
    }
}

/// The view of an entry.
fn view(entity: Entity, id: &str) -> View {
    let id = id.to_owned();
    match entity {
        Entity::Process => View::Process { id },
        Entity::Region => View::Region { id, page: 0 },
        Entity::Country => View::Country { code: id },
        Entity::Organisation => View::Organisation { id },
        Entity::Meeting => View::Meeting { id },
        Entity::Term => View::Term { id },
        Entity::Topic => View::Topic { id },
    }
}

/// The choices for what is typed: valid, none twice, and all of them ids of entries.
async fn completed(person: &Person, path: &str, option: &str, typed: &str, known: &BTreeSet<String>) -> Vec<String> {
    let outcome = person.complete(path, option, typed, &[]).await.unwrap();
    assert!(matches!(outcome.response, Response::Choices(_)), "/{path} {option}:{typed:?} {:?}", outcome.response);
    let choices = outcome.choices();
    assert!(choices.len() <= 25, "/{path} {option}:{typed:?} has {} choices", choices.len());
    let values: Vec<String> = choices.iter().map(|one| one.value.as_str().unwrap_or_default().to_owned()).collect();
    for choice in choices {
        assert!((1..=100).contains(&choice.name.chars().count()), "{choice:?}");
        assert!(!choice.name.trim().is_empty(), "{choice:?}");
    }
    assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "none twice: {values:?}");
    assert!(values.iter().all(|value| known.contains(value)), "ids: {values:?}");
    values
}

#[tokio::test]
async fn completions_are_ids_which_open_their_entry() {
    let stage = Stage::shipped().await;
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        for option in command.options {
            let OptionKind::Entry(entity) = option.kind else { continue };
            let name = option.name.fr;
            for language in Language::ALL {
                let person = stage.person(language);
                let all = entries(entity, language);
                let known: BTreeSet<String> = all.iter().map(|(id, _)| id.clone()).collect();
                let unasked = completed(&person, &path, name, "", &known).await;
                assert!(!unasked.is_empty(), "{path} {name}: an empty text gets a useful default");

                let same: HashMap<String, usize> = all.iter().fold(HashMap::new(), |mut same, (_, full)| {
                    *same.entry(bare(full)).or_default() += 1;
                    same
                });
                // Every sixth of the long lists is enough; each kind is completed for several commands and languages.
                let step = if all.len() > 60 { 6 } else { 1 };
                for (id, full) in all.iter().step_by(step) {
                    let typed: String = unaccented(full).to_lowercase().chars().take(60).collect();
                    let offered = completed(&person, &path, name, &typed, &known).await;
                    let first = offered.first().map(String::as_str);
                    let unique = same[&bare(full)] == 1 && bare(full).len() == bare(&typed).len();
                    assert!(!unique || first == Some(id), "{path} {name}:{typed:?} offers {offered:?}, not {id} first");
                    assert!(offered.contains(id), "{path} {name}:{typed:?} offers {offered:?}, not {id}");
                }
                let (_, some) = &all[all.len() / 2];
                let partial: String = some.chars().take(4).collect();
                let offered = completed(&person, &path, name, &partial, &known).await;
                assert!(!offered.is_empty(), "{path} {name}:{partial:?} offers nothing");

                for id in unasked.iter().step_by(5).chain(offered.iter().take(5)) {
                    // The region of a search or of the chairs is a filter; a map has a view of its own.
                    let opens = !["recherche", "presidences", "carte"].contains(&command.name.fr);
                    let mut given: Vec<(&str, &str)> = needed(&path);
                    given.retain(|(other, _)| *other != name);
                    given.extend([(name, id.as_str()), ("discret", "true")]);
                    let answer = private(&run(&person, &path, &given).await);
                    let expected = opens.then(|| view(entity, id));
                    assert!(!opens || shared_view(&answer) == expected, "/{path} {name}:{id}: {}", title(&answer));
                }
            }
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn completions_do_not_depend_on_the_other_options() {
    let stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    let alone = person.complete("rcp info", "processus", "puebla", &[]).await.unwrap();
    for others in [[("langue", "en")], [("langue", "es")], [("discret", "true")]] {
        let with = person.complete("rcp info", "processus", "puebla", &others).await.unwrap();
        assert_eq!(with.choices(), alone.choices(), "{others:?}");
    }
    assert!(!alone.choices().is_empty());
    stage.finish().await;
}

// --- What people type ------------------------------------------------------------------------------------------------

/// Texts that no entry is called by.
fn nonsense() -> Vec<String> {
    let word = "zqxwvkj";
    vec![
        word.to_owned(),
        format!("{word} ").repeat(750),
        word.repeat(857),
        "é".repeat(6_000),
        "🧭".repeat(6_000),
        "e\u{301}\u{302}\u{303}".repeat(1_500),
        format!("\u{0}\u{1}\u{7}\u{8}\u{1b}[31m{word}\u{7f}\u{85}\r\n\t"),
        format!("\u{202e}{word}\u{202c}\u{200f}\u{2067}\u{feff}\u{200b}"),
        format!("@everyone @here {word}"),
        format!("<@{word}> <@&{word}> <#{word}>"),
        format!("<@1> <@!1> <@&1> <#1> {word} <t:0:R> </rcp info:1> <:x:1> {word} {word} {word}"),
        format!("**{word}** __{word}__ ~~{word}~~ ||{word}|| `{word}` ```{word}``` > {word} # {word} -# {word}"),
        format!("[{word}](https://evil.example/{word}) <https://evil.example> https://evil.example"),
        "'; DROP TABLE processes; --".to_owned(),
        "{ $count } { -term } { month-1 }".to_owned(),
        "rcp:1:o0:-:p:zqxwvkj".to_owned(),
        "../../../../etc/passwd".to_owned(),
        "\u{fffd}\u{fffe}\u{10ffff}\u{e000}".to_owned(),
        "\u{200b}".to_owned(),
        " ".to_owned(),
    ]
}

/// Asserts that a message calls nobody: by what it allows and by what it says.
fn pings_nobody(outcome: &Outcome) {
    let data = &outcome.body().expect("an answer has a body")["data"];
    assert_eq!(data["allowed_mentions"]["parse"], json!([]), "{data:#}");
    for kind in ["users", "roles"] {
        let named = data["allowed_mentions"][kind].as_array().is_none_or(Vec::is_empty);
        assert!(named, "{kind}: {:#}", data["allowed_mentions"]);
    }
    assert!(bot::message(outcome).pings.is_empty());
    assert_eq!(data["content"].as_str().unwrap_or_default(), "", "nothing stands above the embeds");
}

/// What Discord would make something of, if it were shown as typed.
const LIVE: [&str; 14] = [
    "@everyone",
    "@here",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "<t:0:R>",
    "</rcp info:1>",
    "<:x:1>",
    "https://evil",
    "**zqx",
    "||zqx",
    "```",
    "\u{1b}",
];

/// Asserts that a refusal says something, in words and harmlessly.
fn is_clear(answer: &Message) {
    assert!(!title(answer).trim().is_empty(), "{:#}", answer.json);
    assert!(answer.embeds()[0]["description"].as_str().is_some_and(|said| said.len() > 10), "{:#}", answer.json);
    let said = text(answer);
    assert!(!said.chars().any(|one| one.is_control() && one != '\n'), "control characters: {said:?}");
    assert!(!said.contains(['\u{202e}', '\u{2067}']), "characters that turn the text around: {said:?}");
    for live in LIVE {
        assert!(!said.contains(live), "{live} is shown as typed: {said:?}");
    }
}

#[tokio::test]
async fn whatever_is_typed_gets_a_clear_answer_and_calls_nobody() {
    let mut stage = Stage::shipped().await;
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        for option in
            command.options.iter().filter(|option| matches!(option.kind, OptionKind::Entry(_) | OptionKind::Text))
        {
            for (place, typed) in nonsense().into_iter().enumerate() {
                let person = stage.person(Language::ALL[place % 3]);
                let mut draft = person.command(&path);
                // A search needs a text besides its filter.
                for needed in command.options.iter().filter(|other| other.required && other.name != option.name) {
                    draft = draft.option(needed.name.fr, "migration");
                }
                let outcome = draft.option(option.name.fr, typed.as_str()).run().await.unwrap();
                let answer = bot::message(&outcome);
                pings_nobody(&outcome);
                is_clear(&answer);
                // Where nothing was typed, an option that may be left out counts as left out; a search may find some of
                // the words.
                let nothing = typed.chars().all(|one| one.is_whitespace() || one == '\u{200b}') && !option.required;
                let found = matches!(option.kind, OptionKind::Text) && !offered(&answer).is_empty();
                assert!(
                    answer.is_ephemeral() || nothing || found,
                    "/{path} {}:{typed:.50?} is answered to all: {}",
                    option.name.fr,
                    title(&answer)
                );
                if matches!(option.kind, OptionKind::Entry(_)) {
                    let completion = person.complete(&path, option.name.fr, &typed, &[]).await.unwrap();
                    assert!(matches!(completion.response, Response::Choices(_)), "{:?}", completion.response);
                }
                assert!(stage.bot.is_running(), "the bot ended at /{path} {}:{typed:.50?}", option.name.fr);
            }
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_text_that_finds_something_is_shown_without_its_markup() {
    let stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    for typed in ["**Puebla** <@1> @everyone", "[Puebla](https://evil.example)", "||OCAM||", "`Processus de Prague`"] {
        for (path, option) in [("rcp info", "processus"), ("rcp recherche", "texte"), ("rcp glossaire", "terme")] {
            let outcome = run(&person, path, &[(option, typed)]).await;
            pings_nobody(&outcome);
            let said = text(&bot::message(&outcome));
            for live in ["<@1>", "@everyone", "](https://evil", "||OCAM", "**Puebla** <"] {
                assert!(!said.contains(live), "/{path} {typed}: {live} is shown as typed: {said:?}");
            }
        }
    }
    stage.finish().await;
}

/// What is changed in an interaction by hand, and how.
type Change = (&'static str, fn(&mut Value));

/// A command as Discord would send it, changed by hand, and what came of it.
async fn forged(
    stage: &Stage,
    person: &Person,
    path: &str,
    given: &[(&str, &str)],
    change: impl Fn(&mut Value),
) -> Outcome {
    let needed = needed(path).into_iter().filter(|(name, _)| given.iter().all(|(other, _)| other != name));
    let all = given.iter().copied().chain(needed);
    let draft = all.fold(person.command(path), |draft, (name, text)| draft.option(name, text));
    let mut interaction = draft.json().unwrap();
    change(&mut interaction);
    stage.discord.send_interaction(interaction).outcome().await
}

#[tokio::test]
async fn unknown_commands_get_a_private_answer_that_names_the_commands() {
    let mut stage = Stage::shipped().await;
    for language in Language::ALL {
        let person = stage.person(language);
        let changes: [Change; 9] = [
            ("another subcommand", |json| json["data"]["options"][0]["name"] = json!("inconnu")),
            ("a subcommand in another case", |json| json["data"]["options"][0]["name"] = json!("INFO")),
            ("markup for a subcommand", |json| json["data"]["options"][0]["name"] = json!("**@everyone** <@1>")),
            ("a long subcommand", |json| json["data"]["options"][0]["name"] = json!("x".repeat(6_000))),
            ("an empty subcommand", |json| json["data"]["options"][0]["name"] = json!("")),
            ("another root", |json| json["data"]["name"] = json!("autre")),
            ("the moderators' root", |json| json["data"]["name"] = json!("rcp-admin")),
            ("no subcommand", |json| json["data"]["options"] = json!([])),
            ("no options", |json| {
                json["data"].as_object_mut().unwrap().remove("options");
            }),
        ];
        for (what, change) in changes {
            let outcome = forged(&stage, &person, "rcp info", &[("processus", "ocam")], change).await;
            assert!(outcome.is_answered(), "{what} in {language}");
            let answer = private(&outcome);
            pings_nobody(&outcome);
            is_clear(&answer);
            for command in COMMANDS {
                let name = format!("/rcp {}", command.name.get(language));
                assert!(text(&answer).contains(&name), "{what} in {language} names {name}: {}", text(&answer));
            }
            assert!(stage.bot.is_running(), "{what}");
        }
    }
    // A group where a subcommand should stand, and commands on a person or a message, which are never registered.
    let person = stage.person(Language::Fr);
    let group = json!([{"type": 2, "name": "info", "options": [
        {"type": 1, "name": "info", "options": [{"type": 3, "name": "processus", "value": "ocam"}]},
    ]}]);
    let changes: [(&str, Value); 3] = [
        ("a group", json!({"options": group})),
        (
            "a command on a person",
            json!({"type": 2, "name": "Info", "target_id": "1100000000000000007", "options": []}),
        ),
        (
            "a command on a message",
            json!({"type": 3, "name": "Info", "target_id": "1100000000000000008", "options": []}),
        ),
    ];
    for (what, fields) in changes {
        let outcome = forged(&stage, &person, "rcp info", &[("processus", "ocam")], |json| {
            for (key, value) in fields.as_object().unwrap() {
                json["data"][key] = value.clone();
            }
        })
        .await;
        assert!(outcome.is_answered(), "{what}");
        is_clear(&private(&outcome));
    }
    stage.finish().await;
}

/// Values of every type that an option can have, as Discord sends them. (Discord: interactions/application-commands.)
fn values_of_every_type() -> Vec<Value> {
    let id = "1100000000000000009";
    vec![
        json!({"type": 3, "value": "zqxwvkj"}),
        json!({"type": 4, "value": 5}),
        json!({"type": 4, "value": -9_007_199_254_740_991_i64}),
        json!({"type": 5, "value": true}),
        json!({"type": 6, "value": id}),
        json!({"type": 7, "value": id}),
        json!({"type": 8, "value": id}),
        json!({"type": 9, "value": id}),
        json!({"type": 10, "value": 0.5}),
        json!({"type": 11, "value": id}),
    ]
}

#[tokio::test]
async fn a_missing_or_mistyped_required_option_gets_a_private_answer() {
    let mut stage = Stage::shipped().await;
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        for option in command.options.iter().filter(|option| option.required) {
            let mut given: Vec<Value> = values_of_every_type();
            // Left out, empty, under another name, and twice.
            given.extend([
                json!(null),
                json!({"type": 3, "value": ""}),
                json!({"type": 3, "name": "autre", "value": "x"}),
            ]);
            for (place, value) in given.into_iter().enumerate() {
                let person = stage.person(Language::ALL[place % 3]);
                let outcome = forged(&stage, &person, &path, &[(option.name.fr, "x")], |json| {
                    let inside = &mut json["data"]["options"][0]["options"];
                    if value.is_null() {
                        *inside = json!([]);
                    } else {
                        let mut one = value.clone();
                        if one["name"].is_null() {
                            one["name"] = json!(option.name.fr);
                        }
                        *inside = json!([one]);
                    }
                })
                .await;
                let what = format!("/{path} with {value}");
                assert!(outcome.is_answered(), "{what} has no answer");
                let answer = bot::message(&outcome);
                assert!(answer.is_ephemeral(), "{what} is answered to all: {}", text(&answer));
                pings_nobody(&outcome);
                is_clear(&answer);
                assert!(stage.bot.is_running(), "{what}");
            }
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_mistyped_optional_option_gets_a_private_answer() {
    let mut stage = Stage::shipped().await;
    let mut wrong = Vec::new();
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        let needed: Vec<(&str, &str)> = command
            .options
            .iter()
            .filter(|option| option.required)
            .map(|option| match option.kind {
                OptionKind::Entry(Entity::Region) => (option.name.fr, "europe"),
                OptionKind::Entry(Entity::Country) => (option.name.fr, "FR"),
                OptionKind::Entry(_) => (option.name.fr, "ocam"),
                _ => (option.name.fr, "migration"),
            })
            .collect();
        for option in command.all_options().filter(|option| !option.required) {
            let right: u64 = match option.kind {
                OptionKind::Entry(_)
                | OptionKind::Either(..)
                | OptionKind::Text
                | OptionKind::Language
                | OptionKind::Status => 3,
                OptionKind::Flag => 5,
                OptionKind::Person => 6,
            };
            let mistyped = |value: &Value| {
                let chosen = matches!(option.kind, OptionKind::Language | OptionKind::Status);
                // A text that is none of the choices is as wrong as another type.
                value["type"] != right || chosen
            };
            for value in values_of_every_type().into_iter().filter(mistyped) {
                let person = stage.person(Language::Fr);
                let outcome = forged(&stage, &person, &path, &needed, |json| {
                    let mut one = value.clone();
                    one["name"] = json!(option.name.fr);
                    let inside = &mut json["data"]["options"][0]["options"];
                    if inside.is_null() {
                        *inside = json!([]);
                    }
                    inside.as_array_mut().unwrap().push(one);
                })
                .await;
                assert!(outcome.is_answered(), "/{path} {}:{value} has no answer", option.name.fr);
                pings_nobody(&outcome);
                assert!(stage.bot.is_running(), "/{path} {}:{value}", option.name.fr);
                if !bot::message(&outcome).is_ephemeral() {
                    wrong.push(format!("/{path} {}:{value}", option.name.fr));
                }
            }
        }
    }
    let some: Vec<&String> = wrong.iter().step_by(10).collect();
    assert!(wrong.is_empty(), "{} mistyped options were answered to all, such as {some:#?}", wrong.len());
    stage.finish().await;
}

#[tokio::test]
async fn forged_completions_get_an_empty_list() {
    let mut stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    let draft = person.command("rcp info");
    let changes: [Change; 6] = [
        ("another root", |json| json["data"]["name"] = json!("autre")),
        ("another subcommand", |json| json["data"]["options"][0]["name"] = json!("inconnu")),
        ("another option", |json| json["data"]["options"][0]["options"][0]["name"] = json!("inconnue")),
        ("nothing focused", |json| json["data"]["options"][0]["options"] = json!([])),
        ("no subcommand", |json| json["data"]["options"] = json!([])),
        ("a number focused", |json| {
            json["data"]["options"][0]["options"][0] =
                json!({"name": "processus", "type": 4, "value": "12", "focused": true});
        }),
    ];
    for (what, change) in changes {
        let mut interaction = draft.completion_json("processus", "pue").unwrap();
        change(&mut interaction);
        let outcome = stage.discord.send_interaction(interaction).outcome().await;
        assert!(matches!(outcome.response, Response::Choices(_)), "{what}: {:?}", outcome.response);
        assert!(stage.bot.is_running(), "{what}");
    }
    stage.finish().await;
}

// --- Who sees, who is called, which language -------------------------------------------------------------------------

#[tokio::test]
async fn answers_are_public_unless_private_is_asked_and_refusals_are_private() {
    let stage = Stage::shipped().await;
    let person = stage.person(Language::Fr);
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        let given = needed(&path);
        for (discreet, expected) in [(None, false), (Some("false"), false), (Some("true"), true)] {
            let mut given = given.clone();
            given.extend(discreet.map(|flag| ("discret", flag)));
            let outcome = run(&person, &path, &given).await;
            assert_eq!(bot::message(&outcome).is_ephemeral(), expected, "/{path} {given:?}");
            assert_eq!(outcome.body().unwrap()["data"]["flags"].as_u64().unwrap_or(0), u64::from(expected) * 64);
        }
        for option in
            command.options.iter().filter(|option| matches!(option.kind, OptionKind::Entry(_) | OptionKind::Text))
        {
            for discreet in ["true", "false"] {
                let mut nonsense = vec![(option.name.fr, "zqxwvkj"), ("discret", discreet)];
                let needed = given.iter().filter(|(name, _)| *name != option.name.fr);
                nonsense.extend(needed);
                is_clear(&private(&run(&person, &path, &nonsense).await));
            }
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn answers_come_in_servers_direct_messages_and_for_those_who_installed_the_app() {
    let stage = Stage::shipped().await;
    let home = stage.person(Language::Fr);
    let places = [
        ("a server", home.clone()),
        ("direct messages", home.clone().in_direct_messages()),
        ("a group", home.clone().in_private_channel().user_installed(true)),
        ("another server", home.clone().in_guild(DEFAULT_GUILD + 77).user_installed(true)),
    ];
    for (place, person) in places {
        let card_here = info(&person, "ocam").await;
        assert_eq!(card(&card_here).as_deref(), Some("ocam"), "{place}");
        let members = emoji(&card_here, "👥").expect("the card leads to the members");
        assert_eq!(public(&person.press(&card_here, &members).await.unwrap()).id, card_here.id, "{place}");
        let completion = person.complete("rcp info", "processus", "oca", &[]).await.unwrap();
        assert!(!completion.choices().is_empty(), "{place}");
    }
    stage.finish().await;
}

#[tokio::test]
async fn only_the_person_addressed_is_called_and_only_publicly() {
    let stage = Stage::shipped().await;
    let (asker, friend) = (stage.person(Language::Fr), stage.discord.person("Bela"));
    for command in COMMANDS {
        let path = format!("rcp {}", command.name.fr);
        let given = needed(&path);
        let draft = given.iter().fold(asker.command(&path), |draft, (name, text)| draft.option(name, *text));
        let outcome = draft.clone().option("pour", &friend).run().await.unwrap();
        let answer = public(&outcome);
        assert_eq!(answer.content(), format!("<@{}>", friend.id()), "/{path}");
        assert_eq!(answer.pings.users.iter().copied().collect::<Vec<_>>(), [friend.id()], "/{path}");
        assert!(answer.pings.roles.is_empty() && !answer.pings.everyone, "/{path}");
        let allowed = &outcome.body().unwrap()["data"]["allowed_mentions"];
        assert_eq!(allowed["parse"], json!([]), "/{path}");
        assert_eq!(allowed["users"], json!([friend.id().to_string()]), "/{path}");

        let outcome = draft.option("pour", &friend).option("discret", true).run().await.unwrap();
        private(&outcome);
        pings_nobody(&outcome);
    }
    let refused = asker.command("rcp info").option("processus", "zqxwvkj").option("pour", &friend).run().await.unwrap();
    private(&refused);
    pings_nobody(&refused);
    stage.finish().await;
}

/// The language that an answer of `/rcp oim` is in.
fn language_of(answer: &Message) -> Language {
    let said = title(answer);
    let mut spoken = Language::ALL.into_iter().filter(|language| voice(*language).say("iom-title") == said);
    spoken.next().unwrap_or_else(|| panic!("no language says {said:?}"))
}

#[tokio::test]
async fn the_language_is_the_options_then_the_persons_then_the_servers_then_the_default() {
    use Language::{En, Es, Fr};
    let stage = Stage::shipped().await;
    // The option, the person's locale, the server's locale, the answer's language.
    let table = [
        (None, "fr", "en-US", Fr),
        (None, "en-US", "fr", En),
        (None, "en-GB", "fr", En),
        (None, "es-ES", "en-US", Es),
        (None, "es-419", "en-US", Es),
        (None, "de", "es-ES", Es),
        (None, "de", "en-US", En),
        (None, "de", "ja", Fr),
        (Some("en"), "fr", "es-ES", En),
        (Some("es"), "en-US", "fr", Es),
        (Some("fr"), "de", "ja", Fr),
    ];
    for (option, person, server, expected) in table {
        let asker = stage.discord.person("Amina").locale(person).guild_locale(server);
        for discreet in ["true", "false"] {
            let mut given = vec![("discret", discreet)];
            given.extend(option.map(|code| ("langue", code)));
            let answer = bot::message(&run(&asker, "rcp oim", &given).await);
            assert_eq!(language_of(&answer), expected, "option {option:?}, person {person}, server {server}");
        }
        let asker = asker.in_direct_messages();
        if option.is_none() && person == "de" {
            assert_eq!(language_of(&public(&run(&asker, "rcp oim", &[]).await)), Fr, "no server to ask");
        }
    }
    // The choices of the option may be picked by their names too.
    let asker = stage.person(Fr);
    assert_eq!(language_of(&public(&run(&asker, "rcp oim", &[("langue", "Español")]).await)), Es);
    stage.finish().await;
}

#[tokio::test]
async fn a_servers_language_holds_for_public_answers_only_and_the_default_can_be_set() {
    let config = format!("[language]\ndefault = \"en\"\n[language.servers]\n{DEFAULT_GUILD} = \"es\"\n");
    let stage = Stage::with(options(), |setup| setup.data(&bot::data()).file("config/rcp-bot.toml", &config)).await;
    let asker = stage.person(Language::Fr);
    assert_eq!(language_of(&public(&run(&asker, "rcp oim", &[]).await)), Language::Es);
    assert_eq!(language_of(&private(&run(&asker, "rcp oim", &[("discret", "true")]).await)), Language::Fr);
    assert_eq!(language_of(&public(&run(&asker, "rcp oim", &[("langue", "en")]).await)), Language::En);
    let refused = private(&run(&asker, "rcp info", &[("processus", "zqxwvkj")]).await);
    let said = voice(Language::Fr).say_with("none-found-process", [("typed", "zqxwvkj".into())]);
    assert_eq!(title(&refused), said, "a refusal is private, and so in the person's language");

    stage.discord.add_guild(DEFAULT_GUILD + 5);
    let elsewhere = stage.discord.person("Bela").locale("de").guild_locale("ja").in_guild(DEFAULT_GUILD + 5);
    assert_eq!(language_of(&public(&run(&elsewhere, "rcp oim", &[]).await)), Language::En, "the default");
    stage.bot.stop().await;
}

// --- Buttons and menus -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_card_leads_to_members_sources_region_and_back() {
    let stage = Stage::shipped().await;
    for language in Language::ALL {
        let (asker, passer_by) = (stage.person(language), stage.discord.person("Bela").locale(locale(language)));
        let say = |key: &str| voice(language).say(key);
        let public_card = info(&asker, "ocam").await;
        let region = snapshot().catalogue.region("americas").unwrap().name.get(language);
        let members = View::Members { id: "ocam".to_owned(), page: 0 };
        let sources = View::Sources { id: "ocam".to_owned(), page: 0 };
        let list = View::Region { id: "americas".to_owned(), page: 0 };
        let ways = [("👥", members), ("📚", sources), ("↩️", list)];
        for (label, view) in ways {
            // On another's message anybody may press, and what opens is private; there it is changed in place.
            {
                let person = &passer_by;
                let outcome = person.press(&public_card, &emoji(&public_card, label).unwrap()).await.unwrap();
                assert_eq!(outcome.response, Response::Message, "{label}");
                let opened = private(&outcome);
                assert_eq!(shared_view(&opened), Some(view.clone()), "{label}");
                if matches!(view, View::Region { .. }) {
                    continue;
                }
                let back = person.press(&opened, &labelled(&opened, &say("button-back-to-card"))).await.unwrap();
                assert_eq!(back.response, Response::Updated, "back from {label}");
                let back = private(&back);
                assert_eq!((back.id, card(&back).as_deref()), (opened.id, Some("ocam")), "back from {label}");
            }
        }
        assert_eq!(stage.discord.message(public_card.id).unwrap().versions.len(), 0, "the public card stays");
        // From the region to another process, and by its card back to the region.
        let asker = passer_by;
        let outcome = asker.press(&public_card, &labelled(&public_card, region)).await.unwrap();
        let list = private(&outcome);
        let value = View::Process { id: "processus-de-quito".to_owned() }.encode();
        let placeholder = labelled(&list, &say("menu-open-process"));
        let quito = private(&asker.choose(&list, &placeholder, &[&value]).await.unwrap());
        assert_eq!(card(&quito).as_deref(), Some("processus-de-quito"));
        let again = private(&asker.press(&quito, &labelled(&quito, region)).await.unwrap());
        assert_eq!(shared_view(&again), Some(View::Region { id: "americas".to_owned(), page: 0 }));
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_card_can_be_read_in_the_other_languages_and_keeps_the_one_chosen() {
    let stage = Stage::shipped().await;
    let process = snapshot().catalogue.process("crm-processus-de-puebla").unwrap();
    for from in Language::ALL {
        let asker = stage.person(from);
        for to in Language::ALL.into_iter().filter(|to| *to != from) {
            let public_card = info(&stage.person(from), &process.id).await;
            let label = voice(to).say("own-name");
            let more = private(&asker.press(&public_card, &emoji(&public_card, "➕").unwrap()).await.unwrap());
            let read = private(&asker.press(&more, &labelled(&more, &label)).await.unwrap());
            assert_eq!(title(&read), voice(to).process_short(process), "{from} to {to}");
            let members = emoji(&read, "👥").unwrap();
            let members = private(&asker.press(&read, &members).await.unwrap());
            assert!(field(&members, "").is_some() && text(&members).contains(&voice(to).say("role-member")));
        }
    }
    // An answer asked for in a language on purpose keeps it for those who press; without, it is the presser's own.
    let (asker, reader) = (stage.person(Language::Fr), stage.person(Language::Es));
    let chosen = public(&run(&asker, "rcp info", &[("processus", "ocam"), ("langue", "en")]).await);
    let sources = labelled(&chosen, &voice(Language::En).say("button-sources"));
    let sources = private(&reader.press(&chosen, &sources).await.unwrap());
    labelled(&sources, &voice(Language::En).say("button-share"));
    let unchosen = info(&asker, "ocam").await;
    let sources = labelled(&unchosen, &voice(Language::Fr).say("button-sources"));
    let sources = private(&reader.press(&unchosen, &sources).await.unwrap());
    labelled(&sources, &voice(Language::Es).say("button-share"));
    stage.finish().await;
}

#[tokio::test]
async fn a_private_answer_can_be_shared_with_everyone() {
    let stage = Stage::shipped().await;
    let (asker, friend) = (stage.person(Language::Fr), stage.discord.person("Bela"));
    let share = voice(Language::Fr).say("button-share");
    let hidden = private(&run(&asker, "rcp info", &[("processus", "ocam"), ("discret", "true")]).await);
    let outcome = asker.press(&hidden, &labelled(&hidden, &share)).await.unwrap();
    assert_eq!(outcome.response, Response::Updated);
    let shown = outcome.wait_for_followups(1).await.expect("it is shared").remove(0);
    assert!(!shown.is_ephemeral(), "{:#}", shown.json);
    pings_nobody(&outcome);
    assert_eq!((card(&shown).as_deref(), title(&shown)), (Some("ocam"), title(&hidden)));
    assert!(friend.messages().iter().any(|message| message.id == shown.id));
    // The one who shared it may delete it again.
    let bin = emoji(&shown, "🗑️").expect("a public answer has a bin");
    asker.press(&shown, &bin).await.unwrap();
    until(&stage.discord, "the shared answer is deleted", |discord| discord.message(shown.id).unwrap().deleted).await;
    stage.finish().await;
}

#[tokio::test]
async fn the_bin_obeys_the_asker_and_moderators_only() {
    let stage = Stage::shipped().await;
    let asker = stage.person(Language::Fr);
    let other = stage.discord.person("Bela").locale("es-ES");
    let moderator = stage.discord.person("Chidi").permissions(MANAGE_MESSAGES);
    let administrator = stage.discord.person("Dana").permissions(ADMINISTRATOR);
    for (who, may) in [(&asker, true), (&other, false), (&moderator, true), (&administrator, true)] {
        let answer = info(&asker, "ocam").await;
        let bin = emoji(&answer, "🗑️").expect("a public answer has a bin");
        let outcome = who.press(&answer, &bin).await.unwrap();
        if may {
            assert_eq!(outcome.response, Response::Acknowledged, "{who:?}");
            until(&stage.discord, "the answer is deleted", |discord| discord.message(answer.id).unwrap().deleted).await;
        } else {
            let refused = private(&outcome);
            is_clear(&refused);
            assert_eq!(title(&refused), voice(Language::Es).say("delete-refused"));
            assert!(!stage.discord.message(answer.id).unwrap().deleted, "it stays");
        }
    }
    // In direct messages there is only the asker.
    let alone = asker.clone().in_direct_messages();
    let answer = info(&alone, "ocam").await;
    alone.press(&answer, &emoji(&answer, "🗑️").unwrap()).await.unwrap();
    until(&stage.discord, "the answer is deleted", |discord| discord.message(answer.id).unwrap().deleted).await;
    // A private answer needs no bin: Discord's own "Dismiss message" does that.
    let hidden = private(&run(&asker, "rcp oim", &[("discret", "true")]).await);
    assert_eq!(emoji(&hidden, "🗑️"), None);
    stage.finish().await;
}

#[tokio::test]
async fn menus_and_buttons_lead_around_everywhere() {
    let stage = Stage::shipped().await;
    for language in Language::ALL {
        // Presses by another than the asker, which open private answers, and those then turn in place.
        let (owner, asker) = (stage.person(language), stage.person(language));
        let say = |key: &str| voice(language).say(key);
        // From the meetings to one of them, to its neighbours and back to all.
        let timeline = public(&run(&owner, "rcp reunions", &[]).await);
        let value = View::Meeting { id: "grcp-5".to_owned() }.encode();
        let placeholder = labelled(&timeline, &say("menu-open-meeting"));
        let fifth = private(&asker.choose(&timeline, &placeholder, &[&value]).await.unwrap());
        assert_eq!(shared_view(&fifth), Some(View::Meeting { id: "grcp-5".to_owned() }));
        let before = private(&asker.press(&fifth, &emoji(&fifth, "◀️").unwrap()).await.unwrap());
        assert_eq!(shared_view(&before), Some(View::Meeting { id: "grcp-4".to_owned() }));
        let after = private(&asker.press(&before, &emoji(&before, "▶️").unwrap()).await.unwrap());
        assert_eq!((after.id, shared_view(&after)), (fifth.id, Some(View::Meeting { id: "grcp-5".to_owned() })));
        let all = private(&asker.press(&after, &labelled(&after, &say("button-all-meetings"))).await.unwrap());
        assert_eq!(shared_view(&all), Some(View::Meetings {}));
        let iom = private(&asker.press(&all, &labelled(&all, &say("button-iom"))).await.unwrap());
        assert_eq!(shared_view(&iom), Some(View::Iom {}));

        // From the secretariats to an organisation, to a process it serves, to a member country and its processes.
        let overview = public(&run(&owner, "rcp secretariats", &[]).await);
        let value = View::Organisation { id: "icmpd".to_owned() }.encode();
        let placeholder = labelled(&overview, &say("menu-open-organisation"));
        let icmpd = private(&asker.choose(&overview, &placeholder, &[&value]).await.unwrap());
        let value = View::Process { id: "processus-de-prague".to_owned() }.encode();
        let placeholder = labelled(&icmpd, &say("menu-open-process"));
        let prague = private(&asker.choose(&icmpd, &placeholder, &[&value]).await.unwrap());
        assert_eq!(card(&prague).as_deref(), Some("processus-de-prague"));
        let members = private(&asker.press(&prague, &emoji(&prague, "👥").unwrap()).await.unwrap());
        let placeholder = labelled(&members, &say("menu-open-country"));
        let value = menu(&members, &say("menu-open-country")).remove(0);
        let country = private(&asker.choose(&members, &placeholder, &[&value]).await.unwrap());
        assert_eq!(shared_view(&country).map(|view| view.encode()), Some(value));
        let process = View::Process { id: "processus-de-prague".to_owned() };
        assert!(offered(&country).contains(&process), "a member's list names the process");

        // The glossary and its pages.
        let terms = public(&run(&owner, "rcp glossaire", &[]).await);
        let next = emoji(&terms, "▶️").expect("the glossary has several pages");
        let second = private(&asker.press(&terms, &next).await.unwrap());
        assert_eq!(shared_view(&second), Some(View::Glossary { page: 1 }));
        let back = private(&asker.press(&second, &emoji(&second, "◀️").unwrap()).await.unwrap());
        assert_eq!((back.id, shared_view(&back)), (second.id, Some(View::Glossary { page: 0 })));
    }
    stage.finish().await;
}

/// Presses something that this message does not have.
async fn pressed(
    stage: &Stage,
    person: &Person,
    message: &Message,
    custom_id: &str,
    values: Option<&[&str]>,
) -> Outcome {
    let usable = |one: &&Value| match values {
        Some(_) => one["type"] == 3,
        None => one["type"] == 2 && one["custom_id"].is_string() && one["disabled"] != true,
    };
    let real = message.components().into_iter().find(usable).expect("the message has such a component");
    let first = [real["options"][0]["value"].as_str().unwrap_or_default()];
    let custom_id_there = real["custom_id"].as_str().unwrap();
    let chosen = values.is_some().then_some(&first[..]);
    let mut interaction = person.component_json(message, custom_id_there, chosen).unwrap();
    interaction["data"]["custom_id"] = json!(custom_id);
    if let Some(values) = values {
        interaction["data"]["values"] = json!(values);
    }
    stage.discord.send_interaction(interaction).outcome().await
}

#[tokio::test]
async fn forged_stale_and_foreign_components_get_a_private_answer() {
    let mut stage = Stage::shipped().await;
    let asker = stage.person(Language::Es);
    let say = |key: &str| voice(Language::Es).say(key);
    let passer_by = stage.person(Language::Es);
    let public_list = public(&run(&asker, "rcp region", &[("region", "europe")]).await);
    let foreign = [
        "",
        "x",
        "another-bot:button",
        "rcp",
        "rcp:",
        "rcp:0:o0:-:i",
        "rcp:2:o0:-:i",
        "rcp:1",
        "rcp:1:",
        "rcp:1:o0",
        "rcp:1:o0:-",
        "rcp:1:o0:-:",
        "rcp:1:o0:de:i",
        "rcp:1:o0:-:é:1",
        "rcp:1:o0:-:p:../../etc/passwd",
        "rcp:1:o0:-:p:OCAM ocam",
        "rcp:1:o0:-:r:europe",
        "rcp:1:o0:-:r:europe:-1",
        "rcp:1:o0:-:r:europe:99999999999999999999",
        "rcp:1:o0:-:q:0:::",
        "rcp:1:s0:-:p:",
        "rcp:1:x0:",
        "rcp:1:x0:-1",
        "rcp:1:x0:@everyone",
        "rcp:1:m0:-",
        "\u{0}\u{202e}@everyone <@1> **x**",
        &"x".repeat(100),
    ];
    for custom_id in foreign {
        let outcome = pressed(&stage, &passer_by, &public_list, custom_id, None).await;
        assert!(outcome.is_answered(), "{custom_id:?} has no answer");
        let answer = private(&outcome);
        pings_nobody(&outcome);
        is_clear(&answer);
        if custom_id != "rcp:1:o0:-:q:0:::" {
            assert_eq!(title(&answer), say("press-foreign"), "{custom_id:?}");
        }
        assert!(stage.bot.is_running(), "{custom_id:?}");
    }
    let stale = [
        "rcp:1:o0:-:p:process-that-was-removed",
        "rcp:1:o0:-:m:process-that-was-removed:0",
        "rcp:1:o0:-:s:process-that-was-removed:3",
        "rcp:1:o0:-:r:atlantis:0",
        "rcp:1:o0:-:c:ZZ",
        "rcp:1:o0:-:g:no-such-organisation",
        "rcp:1:o0:-:e:grcp-99",
        "rcp:1:o0:-:t:no-such-term",
        "rcp:1:s0:-:p:process-that-was-removed",
    ];
    for custom_id in stale {
        // A private answer is changed in place, so that each gets its own.
        let hidden = private(&run(&asker, "rcp region", &[("region", "europe"), ("discret", "true")]).await);
        for (who, message) in [(&passer_by, &public_list), (&asker, &hidden)] {
            let outcome = pressed(&stage, who, message, custom_id, None).await;
            assert!(outcome.is_answered(), "{custom_id:?} has no answer");
            let answer = private(&outcome);
            is_clear(&answer);
            assert_eq!(title(&answer), say("entry-gone"), "{custom_id:?}");
        }
    }
    // Menus with values that they never had, with none, and with several.
    let menu_id = CustomId::Menu { fixed: None }.encode(0);
    let values: [&[&str]; 6] =
        [&["p:process-that-was-removed"], &["x"], &[""], &["p:"], &[], &["p:processus-de-prague", "x"]];
    for values in values {
        let outcome = pressed(&stage, &passer_by, &public_list, &menu_id, Some(values)).await;
        assert!(outcome.is_answered(), "{values:?} has no answer");
        is_clear_or_card(&private(&outcome));
    }
    // A page beyond the last is the last.
    let outcome = pressed(&stage, &passer_by, &public_list, "rcp:1:o0:-:l:9999", None).await;
    assert!(matches!(shared_view(&private(&outcome)), Some(View::Glossary { page: 1.. })));
    stage.finish().await;
}

fn is_clear_or_card(answer: &Message) {
    if card(answer).is_none() {
        is_clear(answer);
    }
}

#[tokio::test]
async fn other_kinds_of_interactions_get_a_private_answer() {
    let stage = Stage::new().await;
    let asker = stage.person(Language::Fr);
    let answer = info(&asker, "ocam").await;
    let members = emoji(&answer, "👥").unwrap();
    // A form that no answer of ours opens.
    let mut form = asker.component_json(&answer, &members, None).unwrap();
    form["type"] = json!(5);
    form["data"] = json!({"custom_id": "form", "components": [
        {"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": "name", "value": "@everyone"}]},
    ]});
    let outcome = stage.discord.send_interaction(form).outcome().await;
    assert!(outcome.is_answered(), "a form has no answer");
    is_clear(&private(&outcome));
    // A menu of people under a custom_id of ours.
    let mut people = asker.component_json(&answer, &members, None).unwrap();
    people["data"]["component_type"] = json!(5);
    people["data"]["values"] = json!([asker.id().to_string()]);
    let outcome = stage.discord.send_interaction(people).outcome().await;
    assert!(outcome.is_answered(), "a menu of people has no answer");
    public(&outcome);
    stage.finish().await;
}

/// Whatever cannot be read or is of a kind that nobody knows yet, who asked reads it in their language.
#[tokio::test]
async fn what_is_not_understood_is_said_in_the_language_of_who_asked() {
    let stage = Stage::new().await;
    for language in Language::ALL {
        let asker = stage.person(language);
        let answer = info(&asker, "ocam").await;
        let members = emoji(&answer, "👥").unwrap();
        let pressed = asker.component_json(&answer, &members, None).unwrap();
        let with = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut pressed = asker.component_json(&answer, &members, None).unwrap();
            change(&mut pressed);
            pressed
        };
        assert_eq!(pressed["type"], 3);
        let voice = crate::support::bot::voice(language);
        for (strange, title) in [
            (with(&|json| json["type"] = json!(6)), "press-foreign"),
            (with(&|json| json["type"] = json!(99)), "press-foreign"),
            (with(&|json| json["data"]["custom_id"] = json!("not ours")), "press-foreign"),
            (with(&|json| json["data"] = json!("nothing that data can be")), "apology"),
            (with(&|json| json["member"]["user"]["id"] = json!(["nobody"])), "apology"),
        ] {
            let outcome = stage.discord.send_interaction(strange.clone()).outcome().await;
            assert!(outcome.is_answered(), "{strange:#}");
            assert_eq!(private(&outcome).embeds()[0]["title"], voice.say(title), "{language}: {strange:#}");
        }
    }
    stage.finish().await;
}

#[tokio::test]
async fn buttons_of_former_messages_work_after_a_restart() {
    let mut stage = Stage::new().await;
    let asker = stage.person(Language::Fr);
    let before = info(&asker, "ocam").await;
    stage.bot.signal("TERM");
    assert_eq!(stage.bot.ended().await, Some(0));
    until(&stage.discord, "the old session is over", |discord| discord.connections().is_empty()).await;
    let mut again = Setup::run(&stage.discord).start();
    again.ready(&stage.discord).await;
    stage.bot = again;
    let members = emoji(&before, "👥").expect("the card leads to the members");
    let passer_by = stage.person(Language::Fr);
    let opened = private(&passer_by.press(&before, &members).await.unwrap());
    assert_eq!(shared_view(&opened), Some(View::Members { id: "ocam".to_owned(), page: 0 }));
    asker.press(&before, &emoji(&before, "🗑️").unwrap()).await.unwrap();
    until(&stage.discord, "the answer is deleted", |discord| discord.message(before.id).unwrap().deleted).await;
    stage.finish().await;
}

// --- Registration ----------------------------------------------------------------------------------------------------

/// How often the commands were written.
fn writes(discord: &LocalDiscord) -> Vec<String> {
    let requests = discord.requests().into_iter();
    requests.filter(|one| one.method != "GET" && one.path.contains("/commands")).map(|one| one.path).collect()
}

/// The size of a command as Discord counts it: names, descriptions and choice values, the longest localisation of each.
/// (Discord: interactions/application-commands, "Application Command Object".)
fn size(command: &Value) -> usize {
    let longest = |key: &str| {
        let own = command[key].as_str().map_or(0, |text| text.chars().count());
        let localised = command[format!("{key}_localizations")].as_object().into_iter().flatten();
        localised.filter_map(|(_, text)| Some(text.as_str()?.chars().count())).fold(own, usize::max)
    };
    let value = command["value"].as_str().map_or(0, |text| text.chars().count());
    let inside = ["options", "choices"].into_iter().flat_map(|key| command[key].as_array().into_iter().flatten());
    longest("name") + longest("description") + value + inside.map(size).sum::<usize>()
}

/// Starts the bot against this Discord, stops it, and returns where it has written commands meanwhile.
async fn written(discord: &LocalDiscord) -> Vec<String> {
    discord.clear_log();
    let mut bot = Setup::run(discord).start();
    bot.ready(discord).await;
    bot.stop().await;
    until(discord, "the bot is gone", |discord| discord.connections().is_empty()).await;
    writes(discord)
}

#[tokio::test]
async fn the_commands_are_registered_when_discord_has_none_or_others_and_not_again() {
    let discord = LocalDiscord::start(options()).await.unwrap();
    let route = format!("/applications/{}/commands", discord.application_id());
    assert_eq!(written(&discord).await, std::slice::from_ref(&route), "Discord has none");
    let ours = discord.commands(None);
    assert_eq!(ours.iter().map(|command| command["name"].clone()).collect::<Vec<_>>(), ["rcp", "Processus cités"]);
    for command in &ours {
        assert!(size(command) <= 8_000, "{} has {} characters", command["name"], size(command));
    }
    assert_eq!(written(&discord).await, [""; 0], "Discord has them");
    assert_eq!(discord.commands(None), ours, "they stay as they are");

    // Each of these is what Discord might have from an older version.
    let sent = |command: &Value| {
        let mut command = command.clone();
        for key in ["id", "application_id", "version", "guild_id"] {
            command.as_object_mut().unwrap().remove(key);
        }
        command
    };
    let changed = |change: fn(&mut Value)| {
        let mut command = sent(&ours[0]);
        change(&mut command);
        command
    };
    let on_messages = sent(&ours[1]);
    let renamed = |change: fn(&mut Value)| {
        let mut command = on_messages.clone();
        change(&mut command);
        command
    };
    let older: Vec<(&str, Value)> = vec![
        ("another description", json!([changed(|command| command["description"] = json!("autre")), on_messages])),
        (
            "another localisation",
            json!([
                changed(|command| command["options"][0]["description_localizations"]["es-ES"] = json!("otra")),
                on_messages,
            ]),
        ),
        (
            "a subcommand less",
            json!([changed(|command| drop(command["options"].as_array_mut().unwrap().pop())), on_messages]),
        ),
        (
            "a command more",
            json!([changed(|_| ()), on_messages, {"name": "old", "description": "of an older version"}]),
        ),
        ("fewer contexts", json!([changed(|command| command["contexts"] = json!([0])), on_messages])),
        ("no command on messages", json!([changed(|_| ())])),
        (
            "another translation of its name",
            json!([changed(|_| ()), renamed(|command| command["name_localizations"]["fr"] = json!("Autre"))]),
        ),
    ];
    let registered_anew = older.into_iter().map(async |(what, commands)| {
        let discord = LocalDiscord::start(options()).await.unwrap();
        let url = format!("{}/api/v10{route}", discord.url());
        let put = reqwest::Client::new().put(url).header("Authorization", format!("Bot {TOKEN}"));
        assert!(put.json(&commands).send().await.unwrap().status().is_success(), "{what}");
        assert_eq!(written(&discord).await, std::slice::from_ref(&route), "Discord has {what}");
        let names: Vec<Value> = discord.commands(None).iter().map(|command| command["name"].clone()).collect();
        assert_eq!(names, ["rcp", "Processus cités"], "after {what}");
        assert_eq!(written(&discord).await, [""; 0], "registered after {what}");
        assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
    });
    join_all(registered_anew).await;
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

#[tokio::test]
async fn registration_outlasts_rate_limits_and_errors() {
    let discord = LocalDiscord::start(options()).await.unwrap();
    let route = "/applications/*/commands";
    let limited = RestFault::RateLimited { retry_after: Duration::from_millis(200), global: false };
    discord.fail(Fault::new(limited.clone()).on("GET", route));
    discord.fail(Fault::new(limited).on("PUT", route));
    discord.fail(Fault::new(RestFault::Status(502)).on("PUT", route));
    discord.fail(Fault::new(RestFault::Drop).on("GET", "/gateway/bot"));
    let mut bot = Setup::run(&discord).start();
    bot.ready(&discord).await;
    assert_eq!(discord.commands(None).len(), 1 + MESSAGE_COMMANDS.len());
    bot.stop().await;
}

#[tokio::test]
async fn a_development_guild_gets_the_commands_and_nobody_else() {
    let discord = LocalDiscord::start(options()).await.unwrap();
    let config = format!("[discord]\ndevelopment_guild = \"{DEFAULT_GUILD}\"\n");
    let from_file = Setup::run(&discord).file("config/rcp-bot.toml", &config);
    let from_environment = Setup::run(&discord).env("RCP_DISCORD__DEVELOPMENT_GUILD", &DEFAULT_GUILD.to_string());
    let route = format!("/applications/{}/guilds/{DEFAULT_GUILD}/commands", discord.application_id());
    for (setup, written) in [(from_file, vec![route]), (from_environment, Vec::new())] {
        discord.clear_log();
        let mut bot = setup.start();
        bot.ready(&discord).await;
        assert_eq!(writes(&discord), written);
        assert_eq!(
            (discord.commands(None).len(), discord.commands(Some(DEFAULT_GUILD)).len()),
            (0, 1 + MESSAGE_COMMANDS.len())
        );
        let inside = discord.person("Amina");
        assert_eq!(card(&info(&inside, "ocam").await).as_deref(), Some("ocam"));
        let outside = inside.clone().in_direct_messages();
        let refused = outside.run("rcp oim", &[]).await.unwrap_err();
        assert!(matches!(refused, NotSent::UnknownCommand(_)), "{refused}");
        bot.stop().await;
        until(&discord, "the bot is gone", |discord| discord.connections().is_empty()).await;
    }
    assert!(discord.refusals().is_empty(), "{:#?}", discord.refusals());
}

// --- Settings --------------------------------------------------------------------------------------------------------

/// Asserts that this setup ends with an exit code and one error that says all of this.
async fn fails(what: &str, setup: &Setup, code: i32, said: &[&str]) {
    let finished = setup.finish().await;
    assert_eq!(finished.code, Some(code), "{what}: {}", finished.stderr);
    let errors = finished.stderr.lines().filter(|line| line.starts_with("error")).count();
    assert_eq!(errors, 1, "{what} is one error: {}", finished.stderr);
    for known in said {
        assert!(finished.stderr.contains(known), "{what} names {known}: {}", finished.stderr);
    }
    for never in ["panicked", "RUST_BACKTRACE", TOKEN] {
        assert!(!finished.stderr.contains(never), "{what} shows {never}: {}", finished.stderr);
    }
    assert_eq!(finished.stdout, "", "{what} answers nothing");
}

#[tokio::test]
async fn wrong_settings_end_with_exit_code_2_and_one_error() {
    // No Discord listens there: these must not get as far as asking.
    let good = || {
        let run = Setup::new(&["run"]).data(kept::served());
        run.env("DISCORD_API_URL", "http://127.0.0.1:9").env("DISCORD_TOKEN", TOKEN)
    };
    let file = |content: &str| good().file("config/rcp-bot.toml", content);
    let wrong_files = [
        ("an unknown table", "[foo]\nbar = 1\n", "foo"),
        ("an unknown key", "[discord]\ndevelopment_gild = \"1\"\n", "development_gild"),
        ("an unknown language", "[language]\ndefault = \"de\"\n", "de"),
        ("a value of another type", "[language]\ndefault = 5\n", "default"),
        ("a server id that is none", "[language.servers]\nabc = \"fr\"\n", "abc"),
        ("a server's unknown language", "[language.servers]\n1100000000000000100 = \"xx\"\n", "xx"),
        ("a guild id that is none", "[discord]\ndevelopment_guild = \"ici\"\n", "ici"),
        ("a log format that is none", "[log]\nformat = \"xml\"\n", "xml"),
        ("an address that is none", "[discord]\napi_url = \"discord\"\n", "discord"),
        ("a file that is no TOML", "[discord\n", "rcp-bot.toml"),
    ];
    for (what, content, said) in wrong_files {
        let setup = if said == "discord" { file(content).without("DISCORD_API_URL") } else { file(content) };
        fails(what, &setup, 2, &[said]).await;
    }
    let named = |content: &str| good().file("elsewhere/settings.toml", content);
    fails("--config", &named("[foo]\n").arg("--config").arg("elsewhere/settings.toml"), 2, &["foo"]).await;
    fails("RCP_CONFIG", &named("[foo]\n").env("RCP_CONFIG", "elsewhere/settings.toml"), 2, &["foo"]).await;
    fails("a missing --config", &good().arg("--config").arg("absent.toml"), 2, &["absent.toml", "--config"]).await;
    fails("a missing RCP_CONFIG", &good().env("RCP_CONFIG", "absent.toml"), 2, &["absent.toml", "RCP_CONFIG"]).await;

    let wrong_variables = [
        ("RCP_LANGUAGE__DEFAULT", "xx", "xx"),
        ("RCP_DISCORD__DEVELOPMENT_GUILD", "ici", "ici"),
        ("RCP_LOG__FORMAT", "xml", "xml"),
        ("RCP_FOO__BAR", "1", "foo"),
        ("RCP_DISCORD__FOO", "1", "foo"),
        ("DISCORD_API_URL", "nowhere", "nowhere"),
        ("DISCORD_API_URL", "ftp://127.0.0.1", "ftp"),
    ];
    for (name, value, said) in wrong_variables {
        fails(&format!("{name}={value}"), &good().env(name, value), 2, &[said]).await;
    }
    // The settings are checked by whatever reads them.
    let ask = Setup::new(&["ask", "/rcp oim"]).data(kept::served()).env("RCP_LANGUAGE__DEFAULT", "xx");
    fails("ask", &ask, 2, &["xx"]).await;
}

#[tokio::test]
async fn a_missing_or_wrong_token_ends_with_exit_code_2_and_says_what_to_do() {
    let discord = LocalDiscord::start(options()).await.unwrap();
    let tokenless = || Setup::run(&discord).without("DISCORD_TOKEN");
    fails("no token", &tokenless(), 2, &["DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "rcp-bot ask"]).await;
    fails("an empty token", &tokenless().env("DISCORD_TOKEN", " \n"), 2, &["DISCORD_TOKEN", "rcp-bot ask"]).await;
    let broken = TOKEN.replace('.', " ");
    fails("a token with spaces", &tokenless().env("DISCORD_TOKEN", &broken), 2, &["token"]).await;
    let absent = tokenless().env("DISCORD_TOKEN_FILE", "absent.txt");
    fails("no token file", &absent, 2, &["DISCORD_TOKEN_FILE", "absent.txt"]).await;
    let empty = tokenless().file("token.txt", "\n").env("DISCORD_TOKEN_FILE", "token.txt");
    fails("an empty token file", &empty, 2, &["token"]).await;
    assert!(discord.requests().is_empty(), "nothing was asked");

    let of_a_file = tokenless().file("token.txt", &format!("{TOKEN}\n")).env("DISCORD_TOKEN_FILE", "token.txt");
    for setup in [of_a_file, tokenless().env("DISCORD_TOKEN", &format!("Bot {TOKEN}"))] {
        let mut bot = setup.start();
        bot.ready(&discord).await;
        bot.stop().await;
        until(&discord, "the bot is gone", |discord| discord.connections().is_empty()).await;
    }
    // A token that Discord refuses is not wrong in form, so it is a failure.
    fails("a refused token", &tokenless().env("DISCORD_TOKEN", "AAAA.BBBB.CCCC"), 1, &["401"]).await;
}

#[tokio::test]
async fn wrong_usage_ends_with_exit_code_2_and_a_broken_catalogue_with_1() {
    for arguments in [&["nope"][..], &[], &["run", "--nope"], &["ask"], &["run", "more"]] {
        let finished = Setup::new(arguments).env("DISCORD_TOKEN", TOKEN).finish().await;
        assert_eq!(finished.code, Some(2), "{arguments:?}: {}", finished.stderr);
    }
    let broken = Setup::new(&["run"]).file("broken/regions.toml", "[[region]]\nid = 5\n").env("DISCORD_TOKEN", TOKEN);
    let broken = broken.env("DISCORD_API_URL", "http://127.0.0.1:9").arg("--data").arg("broken");
    let finished = broken.finish().await;
    assert_eq!(finished.code, Some(1), "{}", finished.stderr);
    let said = |beginning: &str| finished.stderr.lines().filter(|line| line.starts_with(beginning)).count();
    assert_eq!((said("error[type]"), said("error: ")), (1, 1), "each cause, and what follows: {}", finished.stderr);
    for known in ["regions.toml:2:6", "catalogue", "rcp-bot check"] {
        assert!(finished.stderr.contains(known), "{known}: {}", finished.stderr);
    }
}

/// Asserts that a log names no host of Discord's.
fn dialled_nobody_else(log: &str) {
    for host in ["discord.gg", "discord.com"] {
        assert!(!log.contains(host), "{host} was named: {log}");
    }
}

#[tokio::test]
async fn a_failing_gateway_look_up_ends_with_exit_code_1_and_dials_no_other_host() {
    // Whatever goes to another host by HTTPS would come here.
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let proxy = format!("http://{}", trap.local_addr().unwrap());
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let failing = async |what: &str, setup: Setup| {
        let setup = setup.env("RUST_LOG", "trace").env("HTTPS_PROXY", &proxy).env("https_proxy", &proxy);
        let finished = setup.finish().await;
        assert_eq!(finished.code, Some(1), "{what}: {}", finished.stderr);
        assert!(finished.stderr.contains("error: "), "{what}: {}", finished.stderr);
        assert!(!finished.stderr.contains(TOKEN), "{what} shows the token");
        dialled_nobody_else(&finished.stderr);
    };
    let refused = [403, 404].map(async |status| {
        let discord = LocalDiscord::start(options()).await.unwrap();
        discord.fail(Fault::new(RestFault::Status(status)).on("GET", "/gateway/bot").times(100));
        failing(&format!("status {status}"), Setup::run(&discord)).await;
        assert_eq!(discord.gateway_counts().connections, 0);
    });
    join_all(refused).await;
    // Where nobody listens yet, somebody may later: it is tried again.
    let nowhere = Setup::new(&["run"]).data(kept::served()).env("DISCORD_TOKEN", TOKEN);
    let nowhere = nowhere.env("DISCORD_API_URL", &format!("http://{closed}"));
    let mut unheard = nowhere.env("RUST_LOG", "trace").env("HTTPS_PROXY", &proxy).env("https_proxy", &proxy).start();
    let start = Instant::now();
    while unheard.log().matches("looking up the gateway failed; it is tried again").count() < 2 {
        assert!(unheard.is_running() && start.elapsed() < DEADLINE, "it waits for Discord: {}", unheard.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = unheard.stop().await;
    assert!(!log.contains(TOKEN), "the token is shown");
    dialled_nobody_else(&log);
    // serenity asks for the gateway's address once more and would fall back to Discord's own: that must not count.
    let discord = LocalDiscord::start(options()).await.unwrap();
    discord.fail(Fault::new(RestFault::Status(404)).on("GET", "/gateway").times(100));
    let setup = Setup::run(&discord).env("RUST_LOG", "trace").env("HTTPS_PROXY", &proxy).env("https_proxy", &proxy);
    let mut bot = setup.start();
    bot.ready(&discord).await;
    assert_eq!(card(&info(&discord.person("Amina"), "ocam").await).as_deref(), Some("ocam"));
    bot.stop().await;
    let caught = trap.accept();
    assert!(caught.is_err(), "another host was dialled: {caught:?}");
}

#[tokio::test]
async fn the_token_never_shows_even_when_everything_is_logged() {
    let never_shown = ["human", "json"].map(async |format| {
        let stage = Stage::with(options(), |setup| setup.env("RUST_LOG", "trace").env("RCP_LOG__FORMAT", format)).await;
        let asker = stage.person(Language::Fr);
        let limited = RestFault::RateLimited { retry_after: Duration::from_millis(50), global: true };
        for fault in [RestFault::Status(500), limited, RestFault::Drop, RestFault::DropAfter] {
            stage.discord.fail(Fault::new(fault).on("POST", "/interactions/*/*/callback"));
            info(&asker, "ocam").await;
        }
        let resumes = stage.discord.gateway_counts().resumes;
        stage.discord.break_gateway(&GatewayFault::Drop);
        stage.discord.wait_for_gateway(|counts| counts.resumes > resumes).await.unwrap();
        info(&asker, "ocam").await;
        let refused = Fault::new(RestFault::Status(403)).on("POST", "/interactions/*/*/callback").times(10);
        stage.discord.fail(refused);
        let pending = asker.command("rcp oim").send().unwrap();
        stage.discord.wait_for_request(|request| request.status == 403).await.unwrap();
        stage.discord.clear_faults();
        drop(pending);
        let log = stage.finish().await;
        assert!(log.len() > 1_000, "everything is logged");
        let line = log.lines().find(|line| line.contains(TOKEN));
        assert_eq!(line, None, "the token shows in the {format} log");
        // Its parts are as telling as the whole.
        let secret = TOKEN.rsplit('.').next().unwrap();
        assert!(!log.contains(secret), "a part of the token shows in the {format} log");
        dialled_nobody_else(&log);
    });
    join_all(never_shown).await;
}

// --- The end ---------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn signals_end_the_bot_with_exit_code_0() {
    let ended = ["TERM", "INT"].map(async |signal| {
        let mut stage = Stage::new().await;
        info(&stage.person(Language::Fr), "ocam").await;
        stage.bot.signal(signal);
        assert_eq!(stage.bot.ended().await, Some(0), "SIG{signal}");
        until(&stage.discord, "the connection is closed", |discord| discord.connections().is_empty()).await;
    });
    join_all(ended).await;
}

#[tokio::test]
async fn an_interaction_under_way_is_finished_before_the_end() {
    let mut stage =
        Stage::with(Options { response_limit: Options::default().response_limit, ..options() }, |setup| setup).await;
    let limited = RestFault::RateLimited { retry_after: Duration::from_millis(700), global: false };
    stage.discord.fail(Fault::new(limited).on("POST", "/interactions/*/*/callback"));
    let pending = stage.person(Language::Fr).command("rcp oim").send().unwrap();
    stage.discord.wait_for_request(|request| request.status == 429).await.unwrap();
    stage.bot.signal("TERM");
    assert!(pending.outcome().await.is_answered(), "it was not left without an answer");
    assert_eq!(stage.bot.ended().await, Some(0));
}

/// A Discord whose REST API answers as needed before the gateway is dialled, and whose gateway is elsewhere.
async fn rest_alone(gateway: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = move |request: Request| {
        let body = match request.uri().path() {
            "/api/v10/gateway/bot" => json!({"url": gateway, "shards": 1, "session_start_limit":
                {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}}),
            "/api/v10/gateway" => json!({"url": gateway}),
            "/api/v10/applications/@me" => json!({"id": "1100000000000000001"}),
            _ => json!([]),
        };
        async move { Json(body).into_response() }
    };
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    format!("http://{address}")
}

/// A port that takes connections and says nothing, and its address.
async fn silence() -> (tokio::net::TcpListener, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

#[tokio::test]
async fn signals_end_the_bot_before_its_ready_and_while_discord_is_silent() {
    let start = |url: &str| {
        let setup = Setup::new(&["run"]).data(kept::served()).env("DISCORD_TOKEN", TOKEN);
        setup.env("DISCORD_API_URL", url).start()
    };
    let rest_silent = async |signal: &str| {
        let (silent, address) = silence().await;
        let mut bot = start(&format!("http://{address}"));
        let _connection = silent.accept().await.unwrap();
        bot.signal(signal);
        assert_eq!(bot.ended().await, Some(0), "SIG{signal} while the REST API is silent");
    };
    let handshake_unanswered = async |signal: &str| {
        let (silent, address) = silence().await;
        let mut bot = start(&rest_alone(format!("ws://{address}")).await);
        let _connection = silent.accept().await.unwrap();
        bot.signal(signal);
        assert_eq!(bot.ended().await, Some(0), "SIG{signal} while the gateway does not answer the handshake");
    };
    let no_hello = async |signal: &str| {
        let (silent, address) = silence().await;
        let mut bot = start(&rest_alone(format!("ws://{address}")).await);
        let (connection, _) = silent.accept().await.unwrap();
        let _socket = tokio_tungstenite::accept_async(connection).await.unwrap();
        bot.signal(signal);
        assert_eq!(bot.ended().await, Some(0), "SIG{signal} before HELLO");
    };
    // Registered and ready, but nothing comes any more: no acknowledgement and no answer to a callback.
    let gone_silent = async |signal: &str| {
        let mut stage = Stage::new().await;
        stage.discord.withhold_heartbeat_acks(true);
        stage.discord.fail(Fault::new(RestFault::Stall).on("POST", "/interactions/*/*/callback").times(100));
        let _pending = stage.person(Language::Fr).command("rcp oim").send().unwrap();
        stage.bot.signal(signal);
        assert_eq!(stage.bot.ended().await, Some(0), "SIG{signal} while callbacks stall");
    };
    let each = ["TERM", "INT"].map(async |signal| {
        tokio::join!(rest_silent(signal), handshake_unanswered(signal), no_hello(signal), gone_silent(signal));
    });
    join_all(each).await;
}
