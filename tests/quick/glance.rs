//! Answers at a glance: every answer keeps within one view of a phone, whatever the catalogue holds, and nothing that a
//! record says is lost by that.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rcp_bot::catalogue::{Language, Process, Text};
use rcp_bot::commands::{View, show};
use rcp_bot::reply::{Budget, Embed, Reply, Row};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::{answers, small};

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(crate::support::bot::load);

/// The characters of a reply's embeds.
fn characters(reply: &Reply) -> usize {
    let embed = |embed: &Embed| {
        let texts = [embed.title(), embed.text(), embed.foot()];
        let fields = embed.fields().iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]);
        texts.into_iter().chain(fields).map(|text| text.chars().count()).sum::<usize>()
    };
    reply.embeds.iter().map(embed).sum()
}

/// What is wrong with an answer at a glance, if anything. How high it stands is measured in a browser.
fn fault(view: &View, reply: &Reply) -> Option<String> {
    let budget = if view.is_face() { Budget::FACE } else { Budget::SHEET };
    let count = characters(reply);
    if count > budget.characters {
        return Some(format!("{view:?} has {count} characters"));
    }
    let buttons = |row: &Row| match row {
        Row::Buttons(buttons) => buttons.len(),
        Row::Menu(_) => 1,
    };
    if reply.rows.len() > 3 || reply.rows.iter().map(buttons).any(|count| count > 5) {
        return Some(format!("{view:?} has {} rows", reply.rows.len()));
    }
    let views: Vec<String> = answers::ways(reply).iter().map(View::encode).collect();
    let distinct: BTreeSet<&String> = views.iter().collect();
    let repeats = distinct.len() != views.len() && !matches!(view, View::More { .. });
    repeats.then(|| format!("{view:?} has a control that repeats another: {views:?}"))
}

#[test]
fn every_answer_keeps_its_budget() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        for private in [false, true] {
            answers::each(&answers::reader(&SNAPSHOT, language, private), |view, reply| {
                faults.extend(fault(view, reply).map(|fault| format!("{language}: {fault}")));
            });
        }
    }
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), faults.iter().take(20).collect::<Vec<_>>());
}

/// The words of a text, without what only joins them.
fn words(text: &str) -> BTreeSet<String> {
    let folded = text.to_lowercase().replace('’', "'");
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Every text of a process's record in a language, and where it stands.
fn said(process: &Process, language: Language) -> Vec<(&'static str, String)> {
    let text = |text: &Text| text.get(language).to_owned();
    let catalogue = &SNAPSHOT.catalogue;
    let mut said = vec![("name", process.name.get(language).to_owned()), ("freshness", text(&process.freshness))];
    let mut add = |what: &'static str, texts: Vec<String>| said.extend(texts.into_iter().map(|one| (what, one)));
    add("aliases", [&process.aliases[..], &process.former_names, &process.other_acronyms].concat());
    add("short name", process.short_name.iter().map(|name| name.get(language).to_owned()).collect());
    add("acronym", process.acronym.iter().map(|acronym| acronym.get(language).to_owned()).collect());
    add("subregion", process.subregion.iter().map(text).collect());
    add("purpose", process.purpose.iter().map(text).collect());
    add("status note", process.status.note.iter().map(text).collect());
    for milestone in process.founding.iter().chain(&process.ended) {
        add("milestone", milestone.place.iter().chain(&milestone.event).map(text).collect());
    }
    if let Some(chair) = &process.chair {
        add("chair", chair.note.iter().chain(&chair.rule).map(text).collect());
        add("former chairs", chair.history.iter().flat_map(|former| &former.note).map(text).collect());
    }
    if let Some(secretariat) = &process.secretariat {
        add("secretariat", secretariat.place.iter().chain(&secretariat.note).map(text).collect());
    }
    add("IOM's role", process.iom_roles.iter().map(|role| text(&role.text)).collect());
    for group in &process.participants {
        add("participants", group.note.iter().map(text).collect());
        let countries = group.states.iter().filter_map(|code| catalogue.country(code));
        add("members", countries.map(|one| text(&one.name)).collect());
    }
    add("themes", process.themes.iter().map(text).collect());
    add("structure", process.structure.iter().map(text).collect());
    for meeting in &process.meetings {
        add("meetings", [&meeting.title].into_iter().chain(&meeting.place).map(text).collect());
    }
    add("notes", process.notes.iter().map(|note| text(&note.text)).collect());
    add("sources", process.sources.iter().flat_map(|source| &source.says).map(text).collect());
    said
}

#[test]
fn nothing_that_a_record_says_is_lost_within_two_presses_of_its_card() {
    let mut lost = Vec::new();
    for language in Language::ALL {
        let reader = answers::reader(&SNAPSHOT, language, true);
        for process in &SNAPSHOT.catalogue.processes {
            // The card, what its controls lead to, and what those lead to, as far as it is about this process.
            let mut layer = vec![View::Process { id: process.id.clone() }];
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let mut shown = String::new();
            for _ in 0..=2 {
                let mut next = Vec::new();
                for view in layer {
                    let about = view.encode().split(':').nth(1) == Some(process.id.as_str());
                    if !about || !seen.insert(view.encode()) {
                        continue;
                    }
                    let Ok(reply) = show(&reader, &view) else { continue };
                    shown.push_str(&answers::text(&reply));
                    shown.push('\n');
                    next.extend(answers::ways(&reply));
                }
                layer = next;
            }
            let shown = words(&shown);
            for (what, text) in said(process, language) {
                let missing: Vec<String> = words(&text).difference(&shown).cloned().collect();
                if !missing.is_empty() {
                    lost.push(format!("{language} {}: {what}: {missing:?} of {text:?}", process.id));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

#[test]
fn every_fact_of_the_general_files_reaches_people() {
    let mut lost = Vec::new();
    for language in Language::ALL {
        let mut shown = String::new();
        answers::each(&answers::reader(&SNAPSHOT, language, true), |view, reply| {
            if matches!(view, View::About { .. } | View::AboutPage { .. } | View::Iom {} | View::IomPart { .. }) {
                shown.push_str(&answers::text(reply));
                shown.push('\n');
            }
        });
        let shown = words(&shown);
        let (catalogue, voice) = (&SNAPSHOT.catalogue, SNAPSHOT.messages.voice(language));
        let (general, iom) = (&catalogue.general, &catalogue.iom);
        let lists = [
            &general.features,
            &general.topics,
            &general.achievements,
            &general.contributions,
            &general.references,
            &general.levels,
            &general.counts,
            &general.milestones,
            &general.studies,
            &iom.figures,
            &iom.roles,
            &iom.basics,
        ];
        for fact in lists.into_iter().flatten() {
            let texts = [&fact.label].into_iter().chain(&fact.text).chain(&fact.points);
            let texts = texts.chain(fact.notes.iter().map(|note| &note.text)).map(|text| text.get(language).to_owned());
            let organisations = fact.organisations.iter().filter_map(|id| catalogue.organisation(id));
            let organisations = organisations.map(|one| voice.organisation_short(one).to_owned());
            let processes = fact.processes.iter().filter_map(|id| catalogue.process(id));
            let processes = processes.map(|one| voice.process_short(one).to_owned());
            for text in texts.chain(organisations).chain(processes).chain(fact.reference.clone()) {
                let missing: Vec<String> = words(&text).difference(&shown).cloned().collect();
                if !missing.is_empty() {
                    lost.push(format!("{language} {}: {missing:?} of {text:?}", fact.id));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

/// A catalogue whose texts are as long as they may be, of letters of any kind.
fn hostile(letter: &str, words: bool, processes: usize) -> Snapshot {
    let mut files = small::catalogue("zz", processes);
    let long = |length: usize| {
        let word = if words { format!("{} ", letter.repeat(7)) } else { letter.to_owned() };
        word.chars().cycle().take(length).collect::<String>().trim().to_owned()
    };
    let texts = [
        ("But zz", 350),
        ("Fraîcheur zz", 200),
        ("État zz", 250),
        ("Présidence zz", 250),
        ("Thème zz", 120),
        ("Secrétariat zz", 250),
        ("Membres zz", 250),
        ("Définition zz", 600),
        ("Rôle zz", 600),
        ("Dialogue zz", 500),
    ];
    for content in files.0.values_mut() {
        let text = String::from_utf8(content.clone()).expect("the catalogue is text");
        *content = texts.iter().fold(text, |text, (short, length)| text.replace(short, &long(*length))).into_bytes();
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, jiff::civil::date(2026, 12, 1));
    snapshot.unwrap_or_else(|| panic!("{:?}", report.errors().next()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn hostile_catalogues_keep_the_budget(
        letter in prop::sample::select(vec!["W", "i", "漢", "ж", "é"]), words in any::<bool>(), processes in 1..40_usize,
    ) {
        let snapshot = hostile(letter, words, processes);
        for language in Language::ALL {
            let mut faults = Vec::new();
            answers::each(&answers::reader(&snapshot, language, true), |view, reply| faults.extend(fault(view, reply)));
            prop_assert!(faults.is_empty(), "{:#?}", faults);
        }
    }
}

/// Writes every answer for the browser, which measures it, one a line; into the file that `ANSWERS` names.
#[test]
fn every_answer_is_written_for_the_browser_if_it_asks() {
    let Some(path) = std::env::var_os("ANSWERS") else { return };
    std::fs::write(path, answers::lines(&SNAPSHOT)).expect("the file can be written");
}
