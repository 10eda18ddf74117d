//! Messages are looked into before anybody reads them: what cannot be said is told and said as the program has it.

use std::collections::BTreeSet;

use rcp_bot::catalogue::{Files, Language, Problem, Report, Rule, Severity};
use rcp_bot::commands::{self, Reader, View, show};
use rcp_bot::language::slot;
use rcp_bot::reply::Budget;
use rcp_bot::snapshot::{Origin, Snapshot};
use serde_json::Value;

use crate::support::small;

/// A catalogue whose messages of one language have another wording for some keys.
fn with(language: &str, change: impl Fn(String) -> String) -> (Option<Snapshot>, Report) {
    let mut files = small::catalogue("m", 2);
    let path = format!("messages/{language}.ftl");
    let text = String::from_utf8(files.0[&path].clone()).expect("messages are text");
    files.0.insert(path, change(text).into_bytes());
    Snapshot::build(&files, Vec::new(), Origin::Folder, rcp_bot::clock::today())
}

/// The text with one message written otherwise, its further lines left out.
fn instead(text: &str, key: &str, message: &str) -> String {
    let start = text.find(&format!("\n{key} =")).unwrap_or_else(|| panic!("there is no {key}")) + 1;
    let lines = text[start..].split_inclusive('\n');
    let own: usize = 1 + lines.skip(1).take_while(|line| line.starts_with([' ', '}'])).count();
    let length: usize = text[start..].split_inclusive('\n').take(own).map(str::len).sum();
    format!("{}{message}\n{}", &text[..start], &text[start + length..])
}

/// What is told of the messages.
fn told(report: &Report) -> Vec<(Rule, String)> {
    let of_messages = |problem: &&Problem| problem.file.starts_with("messages/");
    report.problems.iter().filter(of_messages).map(|problem| (problem.rule, problem.message.clone())).collect()
}

/// A slip in the Spanish wording of "member of so many processes".
fn slip(message: &str) -> (Option<Snapshot>, Vec<(Rule, String)>) {
    let (snapshot, report) = with("es", |text| instead(&text, "country-member", message));
    let told = told(&report);
    (snapshot, told)
}

const GOOD: &str = "country-member =\n    { $count ->\n        [one] miembro de 1 proceso\n        *[other] miembro de { $count } procesos\n    }";

#[test]
fn the_shipped_messages_have_nothing_to_be_told() {
    // A comment makes the file another than the one built in, so that it is looked into.
    for language in Language::ALL {
        let (_, report) = with(language.code(), |text| format!("# mine\n{text}"));
        assert_eq!(told(&report), []);
    }
    let (_, told) = slip(GOOD);
    assert_eq!(told, []);
}

/// The text of each line of the shipped messages of a language, without keys and comments, and without the mends.
fn written(language: Language) -> Vec<String> {
    let files = small::catalogue("m", 2);
    let text = String::from_utf8(files.0[&format!("messages/{language}.ftl")].clone()).expect("messages are text");
    let sections =
        text.split("\n## ").filter(|section| !section.starts_with("The rules of the catalogue: how each is mended"));
    let lines = sections.flat_map(str::lines).filter(|line| !line.starts_with('#') && !line.trim_end().ends_with("->"));
    lines
        .map(|line| line.split_once(" = ").map_or(line, |(_, text)| text).replace("{ ", "{").replace(" }", "}"))
        .collect()
}

#[test]
fn each_language_keeps_the_typography_of_its_own() {
    // French: a sign with a space before it never begins a line: narrow before ; ! ?, whole before : and within « ».
    let french = written(Language::Fr);
    let torn = |line: &&String| {
        [" :", " ;", " ?", " !", " »", "« ", "\u{a0};", "\u{a0}?", "\u{a0}!"].iter().any(|sign| line.contains(sign))
    };
    assert_eq!(french.iter().filter(torn).collect::<Vec<_>>(), Vec::<&String>::new());
    // English: quoted words stand in curly marks, as everywhere in it; straight ones are TOML's, of which mends tell.
    let english = written(Language::En);
    let straight = |line: &&String| line.contains('"') && !line.contains("NUMBER(");
    assert_eq!(english.iter().filter(straight).collect::<Vec<_>>(), Vec::<&String>::new());
    // Spanish: a question opens as it closes.
    let spanish = written(Language::Es);
    let opens = |line: &&String| line.matches('¿').count() != line.matches('?').count();
    assert_eq!(spanish.iter().filter(opens).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_cannot_be_said_is_an_error_and_the_built_in_message_stands_in() {
    for message in [
        "country-member =\n    { $count ->\n        [one] miembro de 1 proceso\n        *[other] miembro de { $cuenta } procesos\n    }",
        "country-member =\n    { $conut ->\n        [one] miembro de 1 proceso\n        *[other] miembro de { $count } procesos\n    }",
        "country-member = miembro de { $count } { -brand }",
        "country-member = miembro de { $count } { nada }",
        "country-member = miembro de { NUMER($count) }",
        "country-member = { $count } { country-member }",
        "country-member =\n    .help = miembro de { $count } procesos",
        "country-member = { $count } { own-name.help }",
        "country-member = miembro de { $count }\u{202e} procesos",
        "country-member =\n    { $count ->\n        [one] miem\u{200b}bro de 1\n        *[other] miembro de { $count } procesos\n    }",
        "one-more = { two-more }\ntwo-more = { one-more }\ncountry-member = { $count } { one-more }",
    ] {
        let (snapshot, told) = slip(message);
        assert!(told.iter().any(|(rule, _)| *rule == Rule::BadMessage), "{message}: {told:?}");
        assert_eq!(Rule::BadMessage.severity(), Severity::Error);
        let snapshot = snapshot.unwrap_or_else(|| panic!("{message}: an old folder must go on serving"));
        let said = snapshot.messages.voice(Language::Es).say_with("country-member", [("count", 3.into())]);
        let shipped = crate::support::bot::voice(Language::Es).say_with("country-member", [("count", 3.into())]);
        assert_eq!(said, shipped, "{message}");
    }
}

#[test]
fn what_may_be_a_slip_is_a_warning_and_said_as_it_stands() {
    for (message, word) in [
        (GOOD.replace("[one]", "[uno]"), "uno"),
        (GOOD.replace("        [one] miembro de 1 proceso\n", ""), "[one]"),
        ("country-member = miembro de { $count } procesos".to_owned(), "[one]"),
        (GOOD.replace("{ $count } procesos", "procesos"), "$count"),
        ("country-member = miembro de procesos".to_owned(), "$count"),
    ] {
        let (snapshot, told) = slip(&message);
        assert!(told.iter().all(|(rule, _)| *rule == Rule::IncompleteMessage), "{message}: {told:?}");
        assert!(told.iter().any(|(_, text)| text.contains(word)), "{message}: {told:?}");
        assert!(snapshot.is_some());
    }
}

/// Slips in messages of other shapes: a place in an order, two values, a word that the language has no number for.
#[test]
fn a_variant_that_lacks_a_value_or_is_never_said_is_told() {
    let label = |of: &str| {
        format!(
            "meeting-label =\n    {{ {of} ->\n        [one] {{ $ordinal }}st\n        [two] {{ $ordinal }}nd\n        [few] {{ $ordinal }}rd\n        *[other] {{ $ordinal }}th\n    }} global meeting – {{ $place }}, {{ $year }}"
        )
    };
    let processes = |one: &str, other: &str| {
        format!("fact-processes =\n    {{ $count ->\n        [one] {one}\n        *[other] {other}\n    }}")
    };
    let (one, other) = ("{ $country }: un proceso, { $what }.", "{ $country }: { $count } procesos, { $what }.");
    for (language, key, message, word) in [
        ("en", "meeting-label", label("NUMBER($ordinal, type: \"ordinal\")"), ""),
        ("en", "meeting-label", label("NUMBER($ordinal, type: \"ordnal\")"), "\"ordnal\""),
        ("en", "meeting-label", label("NUMBER($ordinal)"), "place in an order"),
        ("en", "meeting-label", label("$ordinal"), "place in an order"),
        ("es", "fact-processes", processes(one, other), ""),
        ("es", "fact-processes", processes(one, "{ $count } procesos, { $what }."), "$country"),
        ("es", "fact-processes", processes("{ $country }: un proceso.", other), "$what"),
        ("es", "fact-processes", processes(one, &format!("{other}\n        [few] {other}")), "\"few\""),
        ("es", "fact-processes", processes(one, &format!("{other}\n        [many] {other}")), ""),
        ("es", "country-member", GOOD.replace("[one]", "[two]"), "\"two\""),
        ("es", "country-member", GOOD.replace("*[other]", "[zero] ningún proceso\n        *[other]"), "\"zero\""),
        ("es", "country-member", GOOD.replace("*[other]", "[0] ningún proceso\n        *[other]"), ""),
    ] {
        let (snapshot, report) = with(language, |text| instead(&text, key, &message));
        let told = told(&report);
        assert!(told.iter().all(|(rule, _)| *rule == Rule::IncompleteMessage), "{message}: {told:?}");
        let is_told = told.iter().any(|(_, text)| text.contains(word));
        assert!(if word.is_empty() { told.is_empty() } else { is_told }, "{message}: {told:?}");
        assert!(snapshot.is_some());
    }
}

#[test]
fn a_message_that_a_place_of_discord_would_refuse_is_an_error() {
    let long = "x".repeat(130);
    for (key, message, refused) in [
        ("command-region", "command-region = {\"\"}".to_owned(), true),
        ("button-share", "button-share = {\" \"}".to_owned(), true),
        ("status-active", format!("status-active = {long}"), true),
        ("option-texte", format!("option-texte = {long}"), true),
        ("field-chair", "field-chair = {\"\"}".to_owned(), true),
        ("form-title-chair", "form-title-chair = {\"\"}".to_owned(), true),
        ("form-field-who", "form-field-who = {\"\"}".to_owned(), true),
        ("form-field-text", format!("form-field-text = {long}"), true),
        ("form-field-title", format!("form-field-title = {}", "x".repeat(46)), true),
        ("form-field-who-example", "form-field-who-example = {\"\"}".to_owned(), false),
        ("report-title", format!("report-title = {}", "x".repeat(46)), true),
        ("report-wrong", "report-wrong = {\"\"}".to_owned(), true),
        ("wording-is-ours", "wording-is-ours = {\"\"}".to_owned(), false),
        ("search-none-help", format!("search-none-help = {long}"), false),
    ] {
        let (snapshot, report) = with("fr", |text| instead(&text, key, &message));
        let bad = told(&report).iter().any(|(rule, _)| *rule == Rule::BadMessage);
        assert_eq!(bad, refused, "{message}: {:?}", told(&report));
        let said = snapshot.expect("served").messages.voice(Language::Fr).say(key);
        assert!(!refused || (!said.trim().is_empty() && said.chars().count() <= 100), "{key}: {said}");
    }
}

#[test]
fn a_folder_of_an_older_version_is_served_with_the_messages_that_it_lacks() {
    let (snapshot, report) = with("fr", |text| {
        let text = instead(&text, "undated", "");
        instead(&text, "button-share", "old-message = ancien")
    });
    let told = told(&report);
    let rules: Vec<Rule> = told.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rules, [Rule::MissingMessage, Rule::UnknownMessage], "{told:?}");
    assert!(report.is_acceptable());
    let said = snapshot.expect("it is served").messages.voice(Language::Fr).say("button-share");
    assert_eq!(said, crate::support::bot::voice(Language::Fr).say("button-share"));
    // One that is there under a name with a slip is one thing to mend.
    let (_, report) = with("fr", |text| text.replacen("\nundated =", "\nundatted =", 1));
    let slips = self::told(&report);
    assert!(slips.len() == 1 && slips[0].0 == Rule::UnknownMessage, "{slips:?}");
    let mut files = small::catalogue("m", 2);
    files.0.retain(|path, _| !path.starts_with("messages/"));
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Folder, rcp_bot::clock::today());
    assert!(snapshot.is_some() && report.is_acceptable(), "{report:?}");
    assert_eq!(report.warnings().filter(|one| one.rule == Rule::MissingMessage).count(), 3);
}

#[test]
fn a_tab_and_other_marks_of_editors_are_named() {
    for (from, word) in [("\tb", "tab"), ("\u{a0}b", "no-break space")] {
        let (snapshot, report) = with("es", |text| instead(&text, "undated", &format!("undated =\n{from}")));
        assert!(snapshot.is_none());
        assert_eq!(told(&report).len(), 1, "{:?}", told(&report));
        assert!(told(&report)[0].1.contains(word), "{:?}", told(&report));
    }
    // An editor does it to every line, and that is one thing to mend.
    let (_, report) = with("es", |text| text.replace("\n    ", "\n\t"));
    assert!(told(&report).len() == 1 && told(&report)[0].1.contains("others"), "{:?}", told(&report));
    let (_, report) = with("es", |text| text.replace('\n', "\r"));
    assert!(told(&report)[0].1.contains("carriage return"), "{:?}", told(&report));
}

#[test]
fn what_translators_tools_write_back_is_no_difference() {
    let (before, _) = with("fr", |text| format!("# mine\n{text}"));
    let (after, report) = with("fr", |text| text.replace("\n        ", "\n    ").replace("\n    *[", "\n *["));
    let (before, after) = (before.expect("served"), after.unwrap_or_else(|| panic!("{report:?}")));
    assert_eq!(before.messages.written(Language::Fr), after.messages.written(Language::Fr));
    let (other, _) = with("fr", |text| text.replace("autres", "de plus"));
    assert_ne!(before.messages.written(Language::Fr), other.expect("served").messages.written(Language::Fr));
}

#[test]
fn chains_of_messages_are_no_harm() {
    let chain: String = (0..50_000).map(|number| format!("k{number} = {{ k{} }}\n", number + 1)).collect();
    let wide: String = (0..300).map(|number| format!("w{number} = {}\n", "{ undated }".repeat(200))).collect();
    for hostile in [chain, wide] {
        let (_, report) = with("fr", |text| format!("{text}\n{hostile}"));
        assert!(report.problems.len() < 400 && !report.is_acceptable());
    }
}

#[test]
fn numbers_are_written_as_each_language_writes_them() {
    let files = Files::built_in();
    let (snapshot, _) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, rcp_bot::clock::today());
    let snapshot = snapshot.expect("the built-in catalogue is good");
    let said =
        |language, count: i64| snapshot.messages.voice(language).say_with("count-unknown", [("count", count.into())]);
    for (count, fr, en, es) in [
        (999, "999", "999", "999"),
        (1_234, "1\u{202f}234", "1,234", "1234"),
        (10_000, "10\u{202f}000", "10,000", "10.000"),
    ] {
        for (language, written) in [(Language::Fr, fr), (Language::En, en), (Language::Es, es)] {
            let said = said(language, count);
            assert!(said.contains(written), "{language} {count}: {said}");
        }
    }
}

/// A character for each message, by which it is known where it is shown.
fn marks(text: &str) -> Vec<(char, &str)> {
    let keys = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    let keys = keys.filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()));
    ('\u{e000}'..='\u{f8ff}').zip(keys).collect()
}

/// Every text of a payload that stands where Discord allows few characters and wants at least one, with the most that it
/// allows. An embed leaves out what is empty and cuts what is long.
fn limited(at: &str, body: &Value, found: &mut Vec<(String, usize)>) {
    match body {
        Value::Object(keys) => {
            let in_tree = keys.contains_key("description_localizations");
            for (key, value) in keys {
                let most = match key.as_str() {
                    "description" | "description_localizations" if in_tree => Some(100),
                    "name" | "name_localizations" if at == "choices" => Some(100),
                    "label" if at == "options" => Some(100),
                    "label" => Some(80),
                    "placeholder" => Some(150),
                    _ => None,
                };
                match (most, value) {
                    (Some(most), Value::String(text)) => found.push((text.clone(), most)),
                    (Some(most), Value::Object(all)) => {
                        found.extend(all.values().filter_map(Value::as_str).map(|text| (text.to_owned(), most)));
                    }
                    _ => limited(key, value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| limited(at, item, found)),
        _ => {}
    }
}

#[test]
fn every_message_that_stands_where_discord_allows_few_characters_is_known_to() {
    let shipped = Files::built_in();
    let text = String::from_utf8(shipped.0["messages/fr.ftl"].clone()).expect("messages are text");
    let marks = marks(&text);
    let marked: String = marks.iter().map(|(mark, key)| format!("{key} = {mark}\n")).collect();
    let mut files = shipped.clone();
    for language in Language::ALL {
        files.0.insert(format!("messages/{language}.ftl"), marked.clone().into_bytes());
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Folder, rcp_bot::clock::today());
    let snapshot = snapshot.unwrap_or_else(|| panic!("{:?}", report.errors().next()));
    let reader = Reader {
        snapshot: &snapshot,
        voice: snapshot.messages.voice(Language::Fr),
        fixed: None,
        asker: 1,
        private: false,
        today: rcp_bot::clock::today(),
        face: Budget::FACE,
    };
    let mut found = Vec::new();
    limited(
        "",
        &serde_json::json!([commands::tree(&snapshot.messages), rcp_bot::admin::tree(&snapshot.messages)]),
        &mut found,
    );
    for view in View::examples(&snapshot.catalogue) {
        for private in [false, true] {
            let reader = Reader { private, ..reader };
            let Ok(reply) = show(&reader, &view) else { continue };
            limited("", &serde_json::to_value(reply.to_message()).expect("JSON"), &mut found);
        }
    }
    let mut unknown = BTreeSet::new();
    for (text, most) in found {
        for (_, key) in marks.iter().filter(|(mark, _)| text.contains(*mark)) {
            if slot(key).is_none_or(|slot| slot.most > most) {
                unknown.insert(format!("{key}: at most {most} characters"));
            }
        }
    }
    assert!(unknown.is_empty(), "src/language/slots.rs does not know where these stand:\n{unknown:#?}");
}

/// The names of a command, an option or a subcommand as a language's Discord shows them.
fn shown_as(json: &Value, language: Language) -> String {
    let locales: &[&str] = match language {
        Language::Fr => &[],
        Language::En => &["en-GB", "en-US"],
        Language::Es => &["es-ES", "es-419"],
    };
    let localized = locales.iter().find_map(|locale| json["name_localizations"][locale].as_str());
    localized.or(json["name"].as_str()).expect("a name").to_owned()
}

#[test]
fn what_messages_tell_people_to_type_or_press_is_there_in_their_language() {
    let snapshot = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, rcp_bot::clock::today()).0;
    let snapshot = snapshot.expect("the catalogue is good");
    let trees = [commands::tree(&snapshot.messages), rcp_bot::admin::tree(&snapshot.messages)].concat();
    let mut looked_at = 0;
    for language in Language::ALL {
        let text = String::from_utf8(Files::built_in().0[&format!("messages/{language}.ftl")].clone()).expect("text");
        for tree in &trees {
            let root = format!("/{} ", tree["name"].as_str().expect("a name"));
            // What stands under Apps is not typed.
            let Some(subcommands) = tree["options"].as_array() else { continue };
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                for (place, _) in line.match_indices(&root) {
                    let typed = &line[place + root.len()..];
                    let word: String = typed.chars().take_while(|one| one.is_alphanumeric()).collect();
                    if word.is_empty() {
                        // Filled in.
                        continue;
                    }
                    let known = subcommands.iter().find(|one| shown_as(one, language) == word);
                    let known = known.unwrap_or_else(|| panic!("{language}: {root}{word} is not there: {line}"));
                    looked_at += 1;
                    let option =
                        typed[word.len()..].trim_start().split([':', ' ', ',', '.']).next().unwrap_or_default();
                    if typed[word.len()..].trim_start().starts_with(&format!("{option}:")) && !option.is_empty() {
                        let options = known["options"].as_array().expect("options");
                        let there = options.iter().any(|one| shown_as(one, language) == option);
                        assert!(there, "{language}: {word} has no option {option}: {line}");
                    }
                }
            }
        }
        // Buttons by the words that stand on them.
        let voice = snapshot.messages.voice(language);
        for (message, button) in
            [("form-wrong-same", "admin-button-seen"), ("review-conflict-text", "admin-button-decided")]
        {
            assert!(voice.say(message).contains(&voice.say(button)), "{language}: {message} names {button}");
        }
    }
    assert!(looked_at > 20, "{looked_at}");
}
