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

/// What is wrong with the facts of some questions. Of each the words that its fact holds, with `|` between them and `!`
/// before those that it must not hold; `–` where it gets none.
fn faults(rows: &[(Language, &str, &str)]) -> Vec<String> {
    let is_right = |told: &str, wanted: &str| match wanted.strip_prefix('!') {
        Some(unwanted) => !holds(told, unwanted),
        None => holds(told, wanted),
    };
    let fault = |(language, question, expected): &(Language, &str, &str)| {
        let reply = search(snapshot(), question, *language);
        let right = match (fact(&reply), *expected) {
            (told, "–") => told.is_none(),
            (Some(told), expected) => expected.split('|').all(|words| is_right(told, words)),
            (None, _) => false,
        };
        (!right).then(|| format!("{language} {question} ({expected}): {:?}", fact(&reply)))
    };
    rows.iter().filter_map(fault).collect()
}

#[test]
fn the_word_that_decides_wins_over_which_countries() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "quels pays sont observateurs de la CSM ?", "observateurs|Mexique|!Argentine"),
        (Fr, "quels États observent la CSM", "observateurs|Mexique|!Argentine"),
        (Fr, "combien de pays observateurs dans la CSM", "8 observateurs|!12 membres"),
        (Fr, "quels sont les pays membres observateurs de la CSM", "observateurs|Mexique|!Argentine"),
        (En, "which countries are observers of the Colombo Process?", "observers|!Bangladesh"),
        (En, "how many observer states does SACM have", "8 observers"),
        (En, "which countries observe SACM", "Mexico|!Argentina"),
        (Es, "qué países son observadores de la CSM", "observadores|México|!Argentina"),
        (Fr, "quels pays participent comme observateurs à la CSM", "observateurs|Mexique|!Argentine"),
        (Fr, "combien d'observateurs à la CSM ?", "8 observateurs"),
        (En, "who takes part in SACM as an observer", "observers|Mexico|!Argentina"),
        (Es, "¿cuántos observadores hay en la CSM?", "8 observadores"),
        (Es, "cuántos países observadores tiene la CSM", "8 observadores"),
        // Whoever founded, hosts or pays is not told by who is a member, nor by when it began.
        (Fr, "quels pays soutiennent le processus de Quito", "–"),
        (Fr, "quels pays ont fondé la CMC", "–"),
        (Fr, "quels sont les pays fondateurs de la CMC", "–"),
        (Fr, "quels pays financent le processus de Rabat", "–"),
        (Fr, "quels pays sont partenaires du processus de Prague", "–"),
        (Fr, "quels pays sont candidats au processus d'Almaty", "–"),
        (Fr, "quels pays bloquent le MIDSA", "–"),
        (Fr, "combien de pays financent la CRM", "–"),
        (Fr, "quels pays ont un site sur la CRM", "–"),
        (Fr, "combien de pays ont présidé la CSM", "–"),
        (Fr, "combien de membres ont présidé la CSM", "–"),
        (En, "which countries founded the Almaty Process", "–"),
        (En, "what countries created SACM", "–"),
        (En, "which countries fund the Budapest Process", "–"),
        (En, "which countries ratified the Puebla Process", "–"),
        (En, "which states blocked MIDSA", "–"),
        (En, "how many countries support the Quito Process", "–"),
        (En, "how many countries chaired SACM", "–"),
        (Es, "qué países apoyan el Proceso de Quito", "–"),
        (Es, "qué países fundaron la CMC", "–"),
        (Es, "qué países financian el Proceso de Jartum", "–"),
        (Es, "cuántos países presidieron la CSM", "–"),
        // What takes part still is told, with an error too.
        (Fr, "quels pays sont mambres de la CSM", "12 membres|Argentine"),
        (Fr, "quels pays président le processus de Budapest", "Hongrie"),
        (En, "which countries particpate in SACM", "12 members"),
        (Es, "qué países integran la CSM", "12 miembros"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn members_of_a_region_or_of_an_organisation_are_not_all_members() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "combien de pays d'Afrique dans le processus de Rabat", "–"),
        (Fr, "quels pays d'Europe sont membres du processus de Rabat", "–"),
        (Fr, "les membres européens du processus de Khartoum", "–"),
        (Fr, "combien de pays de l'UE dans le processus de Prague", "–"),
        (Fr, "combien de membres asiatiques dans le processus de Budapest", "–"),
        (En, "how many African countries are in the Khartoum Process?", "–"),
        (En, "how many EU countries are members of the Prague Process", "–"),
        (En, "which EU countries are in the Khartoum Process", "–"),
        (En, "which African countries are in the Rabat Process?", "–"),
        (En, "members of the Rabat Process in West Africa", "–"),
        (En, "how many Asian countries in the Budapest Process", "–"),
        (Es, "cuántos países de África hay en el Proceso de Rabat", "–"),
        (Es, "qué países europeos están en el Proceso de Jartum", "–"),
        (Es, "qué países de la UE están en el Proceso de Praga", "–"),
        (Es, "observadores africanos del Proceso de Budapest", "–"),
        // A process has its region in its name.
        (Fr, "combien de membres a la Conférence sud-américaine sur la migration", "12 membres"),
        (Fr, "l'UE est-elle membre du processus de Khartoum ?", "UE"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn who_chaired_before_or_since_a_year_is_not_who_did_in_it() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "qui présidait la CSM avant 2020", "avant 2020|Bolivie|Uruguay|!Colombie"),
        (Fr, "qui a présidé la CSM depuis 2022 ?", "depuis 2022|Chili|Colombie|Brésil|!Bolivie"),
        (Fr, "qui présidait la CSM après 2022", "après 2022|Pérou|Colombie|!Chili|!Bolivie"),
        (Fr, "qui a présidé la CSM jusqu'en 2019", "2019|Bolivie|Uruguay|!Chili"),
        (Fr, "qui présidait la CSM avant l'année 1990", "avant 1990|!Brésil"),
        (En, "who chaired SACM before 2020", "before 2020|Bolivia|!Colombia"),
        (En, "who has chaired SACM since 2022", "since 2022|Chile|Brazil|!Bolivia"),
        (En, "who chaired SACM after 2022", "after 2022|Colombia|!Chile"),
        (En, "who chaired SACM until 2019", "2019|Uruguay|!Chile"),
        (En, "who chaired SACM from 2022 on", "since 2022|Chile|!Bolivia"),
        (Es, "quién presidía la CSM antes de 2020", "antes de 2020|Bolivia|!Colombia"),
        (Es, "quién ha presidido la CSM desde 2022", "desde 2022|Chile|Brasil|!Bolivia"),
        (Es, "quién presidió la CSM después de 2022", "después de 2022|Colombia|!Chile"),
        (Es, "quién presidió la CSM hasta 2019", "2019|Uruguay|!Chile"),
        (Fr, "qui présidait la CSM entre 2018 et 2020", "–"),
        // In a year is in that year.
        (Fr, "qui présidait la CSM en 2022", "Chili|!Pérou"),
        (En, "who chaired SACM in 2022", "Chile|!Peru"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_a_country_once_chaired_is_told() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "quels processus le Chili a-t-il présidés ?", "Chili|CSM|2022"),
        (En, "has Chile ever chaired a process?", "Chile|SACM|2022"),
        (En, "which processes has Chile chaired", "Chile|SACM|2022"),
        (Es, "¿qué procesos ha presidido Chile?", "Chile|CSM|2022"),
        (Es, "¿presidió Chile algún proceso?", "Chile|CSM|2022"),
        (Fr, "quels pays ont présidé la CSM", "passées|Colombie|Chili|Bolivie"),
        (Fr, "qui a déjà présidé la CSM ?", "passées|Colombie|Chili"),
        (En, "which countries have chaired the SACM", "former|Colombia|Chile"),
        (En, "who has chaired SACM?", "former|Colombia|Chile"),
        (Es, "qué países han presidido la CSM", "Colombia|Chile"),
        (Fr, "qui préside à la CSM", "Brésil|!Chili"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_list_that_was_not_found_is_not_taken_for_the_whole_one() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "quels sont les membres du processus de Bali ?", "45 membres|liste n'a pas été trouvée|organisations|OIM"),
        (En, "who are the members of the Bali Process", "45 members|list was not found|organisations|IOM"),
        (Es, "quiénes son los miembros del Proceso de Bali", "45 miembros|No se encontró la lista|organizaciones|OIM"),
        (Fr, "quels sont les observateurs du processus de Bali", "18 observateurs|liste n'a pas été trouvée"),
        (En, "observers of the Bali Process", "18 observers|list was not found"),
        (Fr, "quels sont les membres du MTM", "40 membres|liste n'a pas été trouvée"),
        (Fr, "quels sont les membres de la CSM", "12 membres|Argentine|!liste"),
        // Nor does it deny that an organisation takes part.
        (Fr, "l'UE participe-t-elle au processus de Bali ?", "UE|liste|!ne figure pas"),
        (Fr, "le HCR est-il observateur du PAFoM", "HCR|liste|!ne figure pas"),
        (En, "is the EU a member of the Bali Process", "EU|list|!not among"),
        (Es, "¿participa la UE en el Proceso de Bali?", "UE|lista|!no figura"),
        (Fr, "l'OIT est-elle membre du processus de Bali", "OIT|membre"),
        (Fr, "l'UE participe-t-elle à la CSM ?", "ne figure pas"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_two_have_in_common_is_told_or_nothing() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "les membres communs à Rabat et Khartoum", "en commun|Rabat|Khartoum|!MIDCOM"),
        (Fr, "quels membres ont en commun la CRM et la CSM", "en commun|!MIDCOM|!Costa Rica"),
        (En, "common members of MIDSA and MIDWA", "in common|MIDSA|MIDWA|!Angola"),
        (En, "which countries are in both Rabat and Khartoum", "in common|!MIDCOM"),
        (En, "which countries are in both the Rabat Process and the Khartoum Process", "in common|France"),
        (Es, "qué países están en la CRM y en la CSM", "en común|!Costa Rica"),
        (Es, "los miembros comunes a Rabat y Jartum", "en común|!MIDCOM"),
        // Where a list is not known, nobody knows what two have in common.
        (Fr, "membres communs à Bali et Prague", "liste|!0"),
        // What else they have in common is not told.
        (Fr, "thèmes communs à Rabat et Khartoum", "–"),
        (Fr, "les membres communs de Rabat", "–"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_process_that_is_not_there_is_not_a_country() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "qui préside le processus de Bologne", "–"),
        (Fr, "qui préside le processus de Malte", "–"),
        (Fr, "qui préside le processus d'Alger ?", "–"),
        (Fr, "qui préside le dialogue de Malte", "–"),
        (Fr, "membres du processus du Kenya", "–"),
        (En, "who chairs the Malta Process", "–"),
        (En, "who chairs the Bologna process?", "–"),
        (Es, "quién preside el proceso de Bolonia", "–"),
        (Es, "quién preside el Proceso de Malta", "–"),
        // Processes of a country are those in which it takes part.
        (Fr, "quels sont les processus du Kenya", "Kenya"),
        (Fr, "quel processus le Brésil préside-t-il ?", "Brésil"),
        (En, "which process does Brazil chair?", "Brazil"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_seat_of_a_process_is_its_secretariats() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "où est le siège de la CSM", "secrétariat|Buenos Aires"),
        (Fr, "siège de la CSM", "secrétariat|Buenos Aires"),
        (Fr, "où est le siège du processus de Puebla", "secrétariat"),
        (Fr, "où la CSM est-elle basée ?", "secrétariat|Buenos Aires"),
        (En, "where is PIDC based", "secretariat"),
        (En, "headquarters of the RCM", "secretariat"),
        (En, "where is SACM headquartered?", "secretariat|Buenos Aires"),
        (Es, "dónde está la sede de la CRM", "secretaría"),
        (Es, "sede de la CSM", "secretaría|Buenos Aires"),
        // Whoever sits there takes part.
        (Fr, "qui siège à la CSM", "12 membres"),
        (Fr, "quels pays siègent à la CSM", "12 membres"),
        (Fr, "où est le siège de l'OIM", "Genève"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_a_name_stands_for_and_what_a_process_is_for_are_two_questions() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "que veut dire MIDSA", "Dialogue sur la migration"),
        (Fr, "que signifie CSM", "Conférence sud-américaine sur la migration"),
        (Fr, "nom complet de la CSM", "Conférence sud-américaine sur la migration"),
        (En, "what does MIDSA stand for", "Migration Dialogue for Southern Africa"),
        (En, "what is SACM short for?", "South American Conference on Migration"),
        (En, "full name of SACM", "South American Conference on Migration"),
        (En, "SACM meaning", "South American Conference on Migration"),
        (Es, "qué significa CSM", "Conferencia Suramericana sobre Migraciones"),
        (Es, "nombre completo de la CSM", "Conferencia Suramericana sobre Migraciones"),
        (Fr, "à quoi sert la CSM ?", "politique migratoire commune"),
        (Fr, "le but de la CSM", "politique migratoire commune"),
        (Fr, "objectifs de la CSM", "politique migratoire commune"),
        (Fr, "quelle est la mission de la CSM", "politique migratoire commune"),
        (En, "goals of SACM", "migration policy"),
        (En, "what is the aim of SACM", "migration policy"),
        (Es, "para qué sirve la CSM", "política migratoria común"),
        (Es, "objetivo de la CSM", "política migratoria común"),
        (Fr, "qui sert de secrétariat à la CSM", "OIM"),
        (En, "what is the role of the chair of SACM", "!migration policy"),
        (En, "what is the objective of the members of SACM", "!migration policy"),
        (En, "role of women in SACM", "–"),
        (Fr, "quelle est la capitale de la CSM", "–"),
        (En, "what is the capital of SACM", "–"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_chair_whose_term_is_over_is_the_last_one_known() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (Fr, "qui préside la CSM ?", "dernière présidence connue|Brésil|2025"),
        (En, "who chairs SACM", "last known chair|Brazil"),
        (Es, "quién preside la CSM", "última presidencia conocida|Brasil"),
        (Fr, "que préside le Brésil ?", "CSM|dernière connue|2025"),
        (En, "what does Brazil chair?", "SACM|last known|2025"),
        (Es, "¿qué preside Brasil?", "CSM|última conocida|2025"),
        // A term without an end goes on.
        (Fr, "qui préside le processus de Prague", "présidence|Tchéquie|!connue"),
        (Fr, "qui présidera la CSM en 2031", "2031|pas connue"),
        (En, "who chairs SACM in 2031", "who will chair in 2031"),
        (Es, "quién preside la CSM en 2031", "quién presidirá en 2031"),
        (En, "who chaired SACM in 1990", "who chaired in 1990"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_word_that_is_the_lesser_part_of_a_term_is_no_term() {
    let ask = |text: &str| {
        let options = vec![("terme".to_owned(), Value::Text(text.to_owned()))];
        let invocation = Invocation { command: "glossaire".to_owned(), options };
        answer(snapshot(), &Languages::default(), &Caller::default(), date(2026, 12, 1), &invocation)
    };
    for text in ["migrant", "migrants", "illicite", "personas"] {
        let reply = ask(text);
        let other = reply.kind == ReplyKind::Answer && !fold(reply.embeds[0].title()).starts_with(&fold(text)[..5]);
        assert!(!other, "{text}: {}", reply.embeds[0].title());
    }
    for text in ["trafic illicite", "trafic illicite de migrants", "traite"] {
        assert_eq!(ask(text).kind, ReplyKind::Answer, "{text}");
    }
}

#[test]
fn a_global_meeting_is_asked_for_by_any_of_its_numbers() {
    use Language::{En, Es, Fr};
    let faults = faults(&[
        (En, "second global meeting", "2009"),
        (En, "third global meeting of RCPs", "2011"),
        (Fr, "deuxième réunion mondiale", "2009"),
        (Fr, "seconde réunion mondiale", "2009"),
        (Es, "segunda reunión mundial", "2009"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
}
