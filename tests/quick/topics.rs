//! `/rcp themes`: the closed list of topics, and every theme of every process in it, in its own words.

use std::collections::BTreeSet;

use rcp_bot::catalogue::{Files, Language, Rule};
use rcp_bot::commands::{Caller, Languages, View, answer, parse, show};
use rcp_bot::lookup::{Entity, Finding};
use rcp_bot::reply::Reply;
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::bot::snapshot;
use crate::support::{answers, small};

/// The answer to a typed line, as its text.
fn ask(line: &str) -> Reply {
    let invocation = parse(line).unwrap_or_else(|mistyped| panic!("{line}: {mistyped}"));
    let today = jiff::civil::date(2026, 12, 1);
    answer(snapshot(), &Languages::default(), &Caller::default(), today, &invocation)
}

#[test]
fn every_theme_of_the_shipped_processes_belongs_to_a_topic_and_no_topic_is_empty() {
    let catalogue = &snapshot().catalogue;
    assert!((12..=18).contains(&catalogue.topics.len()), "a list that is read at one glance");
    let mut used = BTreeSet::new();
    for process in &catalogue.processes {
        for theme in &process.themes {
            assert!(!theme.topics.is_empty(), "{}: {theme:?} belongs to no topic", process.id);
            used.extend(theme.topics.iter().map(String::as_str));
        }
    }
    let known: BTreeSet<&str> = catalogue.topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(used, known);
}

/// What people type for a topic, in the three languages, with and without accents and with slips.
const TYPED: [(&str, &str); 30] = [
    ("traite", "trafficking"),
    ("traite des etres humains", "trafficking"),
    ("human trafficking", "trafficking"),
    ("trata", "trafficking"),
    ("passeurs", "smuggling"),
    ("migrant smuggling", "smuggling"),
    ("trafico de migrantes", "smuggling"),
    ("immigration illégale", "irregular-migration"),
    ("flujos mixtos", "irregular-migration"),
    ("frontières", "borders"),
    ("border control", "borders"),
    ("travailleurs migrants", "labour-migration"),
    ("labor migration", "labour-migration"),
    ("migracion laboral", "labour-migration"),
    ("libre circulation", "regular-pathways"),
    ("visas", "regular-pathways"),
    ("retour volontaire", "return"),
    ("readmission", "return"),
    ("asile", "asylum"),
    ("refugees", "asylum"),
    ("refugiados", "asylum"),
    ("droits humains", "rights"),
    ("mineurs non accompagnés", "women-and-children"),
    ("gender", "women-and-children"),
    ("remesas", "diasporas"),
    ("integracion", "integration"),
    ("santé", "health"),
    ("climate change", "climate-and-crises"),
    ("statistiques", "data"),
    ("gobernanza", "governance"),
];

#[test]
fn what_people_type_for_a_topic_leads_to_it_in_every_language() {
    for (typed, id) in TYPED {
        for language in Language::ALL {
            match snapshot().names.find(Entity::Topic, typed, language) {
                Finding::One(one) => assert_eq!(one.id, id, "{typed}"),
                other => panic!("{typed} in {language}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_topic_shows_every_process_that_deals_with_it_and_its_words_behind_a_button() {
    let snapshot = snapshot();
    for language in Language::ALL {
        let reader = answers::reader(snapshot, language, true);
        for topic in &snapshot.catalogue.topics {
            let mut shown = String::new();
            let mut page = 0;
            loop {
                let view = View::TopicWordings { id: topic.id.clone(), page };
                let reply = show(&reader, &view).expect("the topic is there");
                shown.push_str(&answers::text(&reply));
                let next = View::TopicWordings { id: topic.id.clone(), page: page + 1 };
                if !answers::ways(&reply).contains(&next) {
                    break;
                }
                page += 1;
            }
            let dealing = snapshot
                .catalogue
                .processes
                .iter()
                .filter(|process| process.themes.iter().any(|theme| theme.topics.contains(&topic.id)));
            for process in dealing {
                let name = snapshot.messages.voice(language).process_short(process);
                assert!(shown.contains(&format!("**{name}**")), "{language} {}: {name} is missing", topic.id);
                for theme in process.themes.iter().filter(|theme| theme.topics.contains(&topic.id)) {
                    assert!(shown.contains(theme.get(language)), "{language} {}: {theme:?}", topic.id);
                }
            }
        }
    }
}

#[test]
fn the_command_lists_all_topics_and_finds_one() {
    let all = answers::text(&ask("/rcp themes"));
    for topic in &snapshot().catalogue.topics {
        assert!(all.contains(topic.name.get(Language::Fr)), "{all}");
    }
    let one = ask("/rcp topics human trafficking langue:en");
    assert_eq!(one.embeds[0].title(), "Trafficking in persons");
    assert!(answers::text(&one).contains("Bali Process"), "{}", answers::text(&one));
    let none = ask("/rcp temas fútbol langue:es");
    assert_eq!(none.embeds[0].title(), "No se encontró ningún tema para «fútbol»");
}

#[test]
fn a_folder_of_a_version_without_topics_goes_on_serving() {
    let mut files: Files = small::catalogue("zz", 2);
    files.0.remove("topics.toml");
    for content in files.0.values_mut() {
        *content = String::from_utf8(content.clone()).unwrap().replace(r#", topics = ["data"] }"#, " }").into_bytes();
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Folder, jiff::civil::date(2026, 12, 1));
    let snapshot = snapshot.expect("it is served");
    assert!(report.is_acceptable());
    let rules: BTreeSet<Rule> = report.problems.iter().map(|problem| problem.rule).collect();
    assert!(rules.contains(&Rule::MissingFile) && rules.contains(&Rule::ThemeWithoutTopic), "{rules:?}");
    assert!(snapshot.catalogue.topic("trafficking").is_some(), "the program's own topics stand in");
    let reader = answers::reader(&snapshot, Language::En, true);
    let reply = show(&reader, &View::Topic { id: "trafficking".to_owned() }).expect("it is shown");
    assert!(answers::text(&reply).contains("No process of the catalogue deals with it."));
}
