//! Which processes, organisations, global meetings and terms a message names: *Processus cités*.
//!
//! `tests/cited/*.tsv` hold messages as people write them, each with the ids of what it names (`–` for nothing): sentences
//! of the field, chat, code, and acronyms of other fields.

use std::fs;
use std::path::Path;

use rcp_bot::catalogue::Language;
use rcp_bot::lookup::{CitedNames, MAX_CITING};

use crate::support::bot::snapshot;
use crate::support::tell;

fn read(language: Language) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cited").join(format!("{language}.tsv"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn what_messages_name_is_found_and_nothing_else() {
    let names = CitedNames::default();
    let (mut texts, mut right) = (0, 0);
    let (mut surplus, mut missed) = (Vec::new(), Vec::new());
    for language in Language::ALL {
        for line in read(language).lines() {
            let (text, expected) = line.split_once('\t').expect("a text and what it names");
            let text = text.replace("\\n", "\n");
            let expected: Vec<&str> = expected.split(' ').filter(|id| *id != "–").collect();
            let found: Vec<&str> = names.find(&snapshot().catalogue, &text).into_iter().map(|(_, id)| id).collect();
            texts += 1;
            right += found.iter().filter(|id| expected.contains(id)).count();
            surplus.extend(found.iter().filter(|id| !expected.contains(id)).map(|id| format!("{id}: {text}")));
            missed.extend(expected.iter().filter(|id| !found.contains(id)).map(|id| format!("{id}: {text}")));
        }
    }
    let (precision, recall) = (100 * right / (right + surplus.len()), 100 * right / (right + missed.len()));
    tell(&format!(
        "{texts} messages name {right} entries rightly: precision {precision} %, recall {recall} %\n\
         surplus: {surplus:#?}\nmissed: {missed:#?}"
    ));
    assert!(texts >= 150, "{texts} texts");
    assert!(surplus.len() * 100 <= 2 * (right + surplus.len()), "{surplus:#?}");
    assert!(missed.len() * 100 <= 5 * (right + missed.len()), "{missed:#?}");
}

#[test]
fn every_name_of_every_process_is_found_where_it_stands_in_a_sentence() {
    let names = CitedNames::default();
    let catalogue = &snapshot().catalogue;
    let mut missed = Vec::new();
    for process in &catalogue.processes {
        let all = [Some(&process.name), process.short_name.as_ref()];
        for (_, name) in all.into_iter().flatten().flat_map(|name| name.wordings()) {
            for text in [format!("({name})"), format!("À propos : « {name} »."), format!("**{}**", name.to_uppercase())]
            {
                if !names.find(catalogue, &text).iter().any(|(_, id)| *id == process.id) {
                    missed.push(text);
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_more_of_a_message_is_read_than_discord_lets_anybody_write() {
    let names = CitedNames::default();
    let far = format!("{} Processus de Bali", "a ".repeat(MAX_CITING / 2));
    assert_eq!(names.find(&snapshot().catalogue, &far), []);
    let long = "Processus de Bali, OIM, CP ; ".repeat(130);
    assert_eq!(names.find(&snapshot().catalogue, &long).first().map(|(_, id)| *id), Some("bali-process"));
}
