//! Plain questions typed to `/rcp recherche`: the fact itself, or the search, and never a wrong fact.
//!
//! `tests/questions/*.tsv` hold questions as people type them, each with words that the right fact holds (`–` where the
//! catalogue has no such fact); `none.txt` holds texts that are no questions.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use rcp_bot::catalogue::fold::fold;
use rcp_bot::catalogue::{Files, Language};
use rcp_bot::commands::{Caller, Invocation, Languages, Value, View, answer, show};
use rcp_bot::reply::{Reply, ReplyKind};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::bot::snapshot;
use crate::support::{answers, tell};

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The answer to a text typed to the search by a reader of a language.
fn search(snapshot: &Snapshot, text: &str, language: Language) -> Reply {
    let invocation = Invocation {
        command: "recherche".to_owned(),
        options: vec![("texte".to_owned(), Value::Text(text.to_owned()))],
    };
    let languages = Languages { default: language, ..Languages::default() };
    answer(snapshot, &languages, &Caller::default(), date(2026, 12, 1), &invocation)
}

/// The sentences of the fact that stands first in an answer, if there is one.
fn fact(reply: &Reply) -> Option<&str> {
    let (before, _) = reply.embeds.first()?.text().split_once("\n-# ")?;
    (reply.kind == ReplyKind::Answer && !before.contains("**1. ")).then_some(before)
}

/// Whether a text holds some words, one after the other and whole.
fn holds(text: &str, words: &str) -> bool {
    // An address counts with what follows the host.
    let text = format!(" {} ", fold(text));
    let words = fold(words);
    text.contains(&format!(" {words} ")) || words.split(' ').count() > 1 && text.contains(&words)
}

#[test]
fn questions_as_people_type_them_get_their_fact_and_never_a_wrong_one() {
    let (mut all, mut wrong) = (0, Vec::new());
    for language in Language::ALL {
        let table = read(&format!("{language}.tsv"));
        let rows: Vec<(&str, &str)> = table.lines().filter_map(|line| line.split_once('\t')).collect();
        assert!(rows.len() >= 200, "{language}: {} questions", rows.len());
        let mut unanswered = Vec::new();
        let mut answered = 0;
        for (question, expected) in &rows {
            let reply = search(snapshot(), question, language);
            match (fact(&reply), *expected) {
                (None, "–") => {}
                (Some(fact), "–") => wrong.push(format!("{language} {question}: {fact}")),
                (None, _) => unanswered.push((*question).to_owned()),
                (Some(fact), words) if words.split('|').all(|words| holds(fact, words)) => answered += 1,
                (Some(fact), words) => wrong.push(format!("{language} {question} ({words}): {fact}")),
            }
        }
        let asked = rows.iter().filter(|(_, expected)| *expected != "–").count();
        tell(&format!("{language}: {answered} of {asked} questions answered; left to the search: {unanswered:?}"));
        assert!(answered * 100 >= asked * 95, "{language}: {answered} of {asked}; not: {unanswered:#?}; {wrong:#?}");
        all += rows.len();
    }
    assert!(all >= 600, "{all} questions");
    assert!(wrong.is_empty(), "{} wrong facts: {wrong:#?}", wrong.len());
}

#[test]
fn what_is_no_question_gets_no_fact() {
    let table = read("none.txt");
    let texts: Vec<&str> = table.lines().filter(|line| !line.is_empty()).collect();
    assert!(texts.len() >= 200, "{} texts", texts.len());
    let mut facts = Vec::new();
    for text in &texts {
        for language in Language::ALL {
            facts.extend(fact(&search(snapshot(), text, language)).map(|fact| format!("{language} {text}: {fact}")));
        }
    }
    tell(&format!("{} texts that are no questions: {} facts", texts.len(), facts.len()));
    assert!(facts.is_empty(), "{facts:#?}");
}

#[test]
fn a_fact_has_its_mark_its_age_its_source_and_the_hits_below() {
    let reply = search(snapshot(), "qui préside le processus de Prague", Language::Fr);
    let text = reply.embeds[0].text();
    let mut lines = text.lines();
    let (sentence, small) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    assert!(sentence.starts_with("**Processus de Prague**") && sentence.contains("Tchéquie"), "{text}");
    assert!(sentence.contains("depuis 2021") && sentence.ends_with('❔'), "{text}");
    assert!(small.starts_with("-# ") && small.contains("avril 2023") && small.contains("](https://"), "{text}");
    assert!(small.contains("27 novembre 2026"), "{text}");
    assert!(text.contains("**1. "), "{text}");
    assert_eq!(answers::ways(&reply).first(), Some(&View::Process { id: "processus-de-prague".to_owned() }));
}

#[test]
fn a_fact_is_one_sentence_after_the_other_with_one_full_stop_each() {
    let asked = [
        (
            Language::Fr,
            ["membres", "observateurs", "présidence", "secrétariat", "thèmes", "dernière réunion", "rôle de l'OIM"],
        ),
        (Language::En, ["members", "observers", "chair", "secretariat", "themes", "last meeting", "role of IOM"]),
        (
            Language::Es,
            ["miembros", "observadores", "presidencia", "secretaría", "temas", "última reunión", "papel de la OIM"],
        ),
    ];
    let (mut told, mut wrong) = (0, Vec::new());
    for (language, whats) in asked {
        for process in &snapshot().catalogue.processes {
            for what in whats {
                let reply = search(snapshot(), &format!("{what} {}", process.id), language);
                let Some(fact) = fact(&reply) else { continue };
                told += 1;
                // "82 members: The list was not found.." has two, and a capital where no sentence begins.
                if [".. ", "….", " ."].iter().any(|slip| format!("{fact} ").contains(slip)) {
                    wrong.push(fact.to_owned());
                }
            }
        }
    }
    assert!(told > 400, "{told}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn where_a_country_only_observes_is_told_as_that() {
    for (language, text, expected, others) in [
        (Language::Fr, "de quels processus le Mexique est-il observateur ?", "observateur de 2 processus", "Quito"),
        (Language::En, "which processes is Mexico an observer of", "observer of 2 processes", "Quito"),
        (Language::Es, "¿de qué procesos es observador México?", "observador de 2 procesos", "Quito"),
        (Language::Fr, "le Kenya est-il observateur quelque part ?", "observateur d'aucun processus", "Khartoum"),
    ] {
        let reply = search(snapshot(), text, language);
        let told = fact(&reply).unwrap_or_else(|| panic!("{text}: {}", answers::text(&reply)));
        assert!(holds(told, expected) && !told.contains(others), "{text}: {told}");
    }
    // Whoever chairs something is asked for in any order of words.
    let reply = search(snapshot(), "¿preside México algún proceso?", Language::Es);
    assert!(fact(&reply).is_some_and(|fact| fact.contains("México")), "{}", answers::text(&reply));
}

#[test]
fn how_many_there_are_and_the_next_global_meeting_are_told() {
    for (language, text, expected) in [
        (Language::Fr, "combien y a-t-il de PCR ?", "40 processus"),
        (Language::Fr, "combien de processus consultatifs régionaux existe-t-il", "40 processus"),
        (Language::En, "how many RCPs are there", "40 processes"),
        (Language::En, "how many processes are there in the world?", "40 processes"),
        (Language::Es, "¿cuántos PRC hay?", "40 procesos"),
        (Language::Fr, "c'est quand la prochaine réunion mondiale ?", "aucune réunion à venir"),
        (Language::En, "when is the next global meeting", "no upcoming meeting"),
        (Language::Es, "¿cuándo es la próxima reunión mundial?", "ninguna reunión próxima"),
    ] {
        let reply = search(snapshot(), text, language);
        assert!(fact(&reply).is_some_and(|fact| holds(fact, expected)), "{text}: {}", answers::text(&reply));
    }
    // How many of something else is another question, and so is what the next one is about.
    for (language, text) in [
        (Language::Fr, "combien de femmes président un processus"),
        (Language::En, "how many people know of RCPs"),
        (Language::En, "when is the 11th global meeting?"),
    ] {
        let reply = search(snapshot(), text, language);
        assert_eq!(fact(&reply), None, "{text}");
    }
}

#[test]
fn what_a_question_names_comes_first_where_the_question_is_not_understood() {
    for (text, id) in [
        ("how many interpreters does SACM employ at its assemblies", "csm"),
        ("quel budget annuel pour le MIDWA et ses réunions", "midwa"),
        ("lengua oficial de la OCAM y sus documentos", "ocam"),
    ] {
        for language in Language::ALL {
            let reply = search(snapshot(), text, language);
            assert_eq!(fact(&reply), None, "{text}");
            assert_eq!(answers::ways(&reply).first(), Some(&View::Process { id: id.to_owned() }), "{language} {text}");
        }
    }
}

#[test]
fn a_long_question_that_is_shared_keeps_its_fact() {
    let text = "bonjour, est-ce que vous pouvez me dire s'il vous plaît qui préside le processus de Quito actuellement";
    let reply = search(snapshot(), text, Language::Fr);
    let told = fact(&reply).expect("it is understood").to_owned();
    let reader = answers::reader(snapshot(), Language::Fr, true);
    let private = show(&reader, &View::Search { page: 0, region: None, status: None, query: text.to_owned() })
        .expect("it is shown");
    let shared = private.rows.iter().find_map(|row| match row {
        rcp_bot::reply::Row::Buttons(buttons) => buttons.iter().find_map(|button| match &button.action {
            rcp_bot::reply::Action::Press(custom_id) => match custom_id.parse() {
                Ok(rcp_bot::commands::CustomId::Share { view, .. }) => Some(view),
                _ => None,
            },
            _ => None,
        }),
        rcp_bot::reply::Row::Menu(_) => None,
    });
    let shared = show(&reader, &shared.expect("it can be shared")).expect("it is shown");
    assert_eq!(fact(&shared), Some(told.as_str()));
}

#[test]
fn a_moderator_can_add_a_wording_and_a_folder_without_the_table_serves() {
    let text = "qui tient les rênes du processus de Rabat";
    assert_eq!(fact(&search(snapshot(), text, Language::Fr)), None);
    let mut files = Files::built_in();
    let table = String::from_utf8(files.0["questions.toml"].clone()).expect("a table");
    let changed = table.replacen("\"aux manettes\"", "\"aux manettes\", \"tient rênes\"", 1);
    assert_ne!(table, changed);
    files.0.insert("questions.toml".to_owned(), changed.into_bytes());
    let build = |files: &Files| {
        let (snapshot, report) = Snapshot::build(files, Vec::new(), Origin::Folder, date(2026, 12, 1));
        snapshot.unwrap_or_else(|| panic!("{:?}", report.errors().next()))
    };
    let reply = search(&build(&files), text, Language::Fr);
    assert!(fact(&reply).is_some_and(|fact| fact.contains("Suisse")), "{}", answers::text(&reply));
    files.0.remove("questions.toml");
    let reply = search(&build(&files), "qui préside le processus de Rabat", Language::Fr);
    assert!(fact(&reply).is_some_and(|fact| fact.contains("Suisse")), "{}", answers::text(&reply));
}

#[test]
fn a_question_typed_to_another_command_is_offered_its_answer() {
    let invocation = Invocation {
        command: "glossaire".to_owned(),
        options: vec![("terme".to_owned(), Value::Text("qui préside le processus de Rabat ?".to_owned()))],
    };
    let reply = answer(snapshot(), &Languages::default(), &Caller::default(), date(2026, 12, 1), &invocation);
    assert_eq!(reply.kind, ReplyKind::Refusal, "{}", answers::text(&reply));
    let offered = answers::ways(&reply).into_iter().find(|view| matches!(view, View::Search { .. }));
    let reader = answers::reader(snapshot(), Language::Fr, true);
    let shown = show(&reader, &offered.expect("the answer is offered")).expect("it is shown");
    assert!(fact(&shown).is_some_and(|fact| fact.contains("Suisse")), "{}", answers::text(&shown));
}

#[test]
fn what_is_searched_in_vain_is_counted_and_not_who_asked() {
    use rcp_bot::commands::{Interaction, InteractionData};
    use rcp_bot::snapshot::Live;
    use rcp_bot::transport::responder::Responder;
    let responder = Responder::new(std::sync::Arc::new(Live::new(crate::support::bot::load())), Languages::default());
    for (user, text) in
        [(1, "zzyzx qwxj"), (2, "Zzyzx  QWXJ"), (3, "traite"), (4, "qui préside le processus de Prague")]
    {
        let options = vec![("texte".to_owned(), Value::Text(text.to_owned()))];
        let data = InteractionData::Command(Invocation { command: "recherche".to_owned(), options });
        let caller = Caller { user, ..Caller::default() };
        responder.respond(&Interaction { caller, root: "rcp".to_owned(), data, ..Interaction::default() });
    }
    assert_eq!(responder.vain_searches().most_frequent(10), [("zzyzx qwxj".to_owned(), 2)]);
}
