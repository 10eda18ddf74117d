//! Whatever a data file holds, loading gives errors or a catalogue: it never panics, and never tells without bound.

use std::fs;
use std::process::Command;
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rcp_bot::catalogue::{Catalogue, Files, Report};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::kept;

/// The most problems that one broken file may cause, in itself and in those that refer to it.
const MOST_PROBLEMS: usize = 400;

/// The longest that one problem may be told, in bytes.
const LONGEST_PROBLEM: usize = 4_000;

const TODAY: Date = date(2026, 12, 1);

/// The tests' own files with the messages that are built in.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = kept::files();
        let messages = Files::built_in().0.into_iter().filter(|(path, _)| path.starts_with("messages/"));
        files.0.extend(messages);
        files
    })
}

/// The files that the cases break: every single file, one process, every language.
fn targets() -> Vec<&'static str> {
    let files = files().0.keys().map(String::as_str);
    files.filter(|path| !path.starts_with("processes/") || *path == "processes/ocam.toml").collect()
}

/// Builds a snapshot with one file replaced, and holds the result to what every result must be.
fn build(path: &str, bytes: Vec<u8>) -> Report {
    let mut files = files().clone();
    files.0.insert(path.to_owned(), bytes);
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Folder, TODAY);
    assert!(
        snapshot.is_some() || report.errors().next().is_some(),
        "{path}: neither a snapshot nor an error: {report:?}"
    );
    assert!(report.is_servable() || snapshot.is_none(), "{path}: a snapshot in spite of errors");
    hold(path, &report);
    report
}

fn hold(path: &str, report: &Report) {
    assert!(report.problems.len() <= MOST_PROBLEMS, "{path}: {} problems", report.problems.len());
    for problem in &report.problems {
        let told = problem.to_string();
        assert!(told.len() <= LONGEST_PROBLEM, "{path}: a problem of {} bytes: {told:.200}", told.len());
        // Drawing cuts the offending line at bytes that the place names.
        let drawn = problem.render(&annotate_snippets::Renderer::plain());
        assert!(!drawn.is_empty());
        if let Some(place) = &problem.place {
            assert!(place.line >= 1 && place.column >= 1);
            assert!(place.text.get(place.part.clone()).is_some(), "{path}: {place:?}");
            assert!(place.text.len() <= LONGEST_PROBLEM, "{path}: a line of {} bytes is shown", place.text.len());
        }
    }
}

fn bytes_of(path: &str) -> Vec<u8> {
    files().0[path].clone()
}

/// A change of a file's bytes.
#[derive(Clone, Debug)]
enum Change {
    Truncate(Index),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    DoubleLine(Index),
    RemoveLine(Index),
    SwapLines(Index, Index),
    Flip(Index, u8),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let edit = |bytes: &mut Vec<u8>, change: &dyn Fn(&mut Vec<Vec<u8>>)| {
            let mut lines = lines.clone();
            change(&mut lines);
            *bytes = lines.concat();
        };
        if bytes.is_empty() {
            return;
        }
        match self {
            Change::Truncate(at) => bytes.truncate(at.index(bytes.len())),
            Change::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Change::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..bytes.len().min(at + count));
            }
            Change::Flip(at, bits) => {
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
            }
            Change::DoubleLine(line) => edit(bytes, &|lines| {
                let line = line.index(lines.len());
                lines.insert(line, lines[line].clone());
            }),
            Change::RemoveLine(line) => edit(bytes, &|lines| {
                lines.remove(line.index(lines.len()));
            }),
            Change::SwapLines(a, b) => edit(bytes, &|lines| {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
            }),
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    // Pieces that mean something in TOML, in Fluent, in dates or to Discord.
    let pieces = [
        "\"",
        "\"\"\"",
        "'",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        "#",
        "\\",
        "\\u0000",
        "\\uD800",
        "\n",
        "\r",
        "\0",
        ".",
        "-",
        "{ $",
        "->",
        "*[",
        "\u{feff}",
        "\u{202e}",
        "@everyone",
        "é",
        "🇫🇷",
        "-9223372036854775808",
        "nan",
        "1e999",
        "2026-02-30",
        "true",
        "own = [\"de\"]\n",
        "[source]\n",
        "[[source]]\n",
        "= { a.b.c = 1 }\n",
    ];
    let piece = prop_oneof![
        4 => select(pieces.map(str::as_bytes).map(<[u8]>::to_vec).to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..8),
    ];
    prop_oneof![
        any::<Index>().prop_map(Change::Truncate),
        (any::<Index>(), piece).prop_map(|(at, more)| Change::Insert(at, more)),
        (any::<Index>(), 1..200usize).prop_map(|(at, count)| Change::Remove(at, count)),
        any::<Index>().prop_map(Change::DoubleLine),
        any::<Index>().prop_map(Change::RemoveLine),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        (any::<Index>(), 1..=255u8).prop_map(|(at, bits)| Change::Flip(at, bits)),
    ]
}

/// Few cases, because each loads a whole catalogue in a debug build; every run draws others.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_change_of_a_file_gives_errors_or_a_catalogue(
        path in select(targets()),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut bytes = bytes_of(path);
        changes.iter().for_each(|change| change.apply(&mut bytes));
        build(path, bytes);
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn any_bytes_in_place_of_a_file_give_errors(
        path in select(targets()),
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..2_000),
            "[a-z_ =\\[\\]{}\"#.,0-9\n-]{0,500}".prop_map(String::into_bytes),
            "\\PC{0,200}".prop_map(String::into_bytes),
        ],
    ) {
        build(path, bytes);
    }

    #[test]
    fn a_file_that_breaks_off_anywhere_gives_errors_or_a_catalogue(path in select(targets()), at in any::<Index>()) {
        let mut bytes = bytes_of(path);
        bytes.truncate(at.index(bytes.len()));
        build(path, bytes);
    }
}

/// Every file with these bytes in its place, then at its end, then within its first text.
fn everywhere(content: &[u8]) {
    for path in targets() {
        let shipped = bytes_of(path);
        build(path, content.to_vec());
        build(path, [&shipped, content].concat());
        let quote = shipped.iter().position(|byte| *byte == b'"').map_or(0, |quote| quote + 1);
        build(path, [&shipped[..quote], content, &shipped[quote..]].concat());
    }
}

/// A stack that overflows ends the whole process; so this asks the program, and looks at how it ended.
#[test]
fn deep_nesting_is_refused() {
    let depth = 20_000;
    let mut nested: Vec<(&str, String)> = Vec::new();
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[[", "]]"), ("{ a.b = ", " }")] {
        nested.push(("regions.toml", format!("a = {}1{}\n", open.repeat(depth), close.repeat(depth))));
        nested.push(("processes/ocam.toml", format!("a = {}\n", open.repeat(depth))));
        nested.push(("general.toml", format!("a = {}1{}\n", open.repeat(100), close.repeat(100))));
    }
    let dotted = vec!["a"; depth].join(".");
    nested.extend([("regions.toml", format!("{dotted} = 1\n")), ("regions.toml", format!("[{dotted}]\n"))]);
    nested.push(("messages/fr.ftl", format!("x = {}$a{}\n", "{ ".repeat(depth), " }".repeat(depth))));
    nested.push(("messages/fr.ftl", format!("x = {}\n", "{".repeat(depth))));
    nested.push(("messages/fr.ftl", format!("x = {}\n", "{ $a ->\n *[b] ".repeat(depth))));
    nested.push(("messages/fr.ftl", format!("x = {}\n", "{ A(".repeat(depth))));
    let folder = tempfile::tempdir().expect("a folder of our own");
    for (path, bytes) in &files().0 {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    let mut wrong = Vec::new();
    for (path, content) in nested {
        let file = folder.path().join(path);
        fs::write(&file, [bytes_of(path), content.clone().into_bytes()].concat()).expect("a file can be written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-bot"));
        let output = command.arg("check").arg(folder.path()).current_dir(folder.path()).output().expect("it runs");
        // What is only deep and not known is passed over.
        let passed_over = path == "general.toml" && output.status.code() == Some(0);
        if output.status.code() != Some(1) && !passed_over {
            wrong.push(format!("{path} {content:.40}: {}", output.status));
        }
        fs::write(&file, bytes_of(path)).expect("a file can be written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_huge_text_is_refused_in_few_words() {
    let huge = "é".repeat(500_000);
    for (path, from, to) in [
        ("processes/ocam.toml", "acronym = \"OCAM\"", format!("acronym = \"{huge}\"")),
        ("processes/ocam.toml", "kind = \"regional\"", format!("kind = \"{huge}\"")),
        ("processes/ocam.toml", "date = \"1990-10\"", format!("date = \"{huge}\"")),
        ("processes/ocam.toml", "states = [\"MX\"]", format!("states = [\"{huge}\"]")),
        ("processes/ocam.toml", "website = \"https://www.sica.int/ocam\"", format!("website = \"{huge}\"")),
        ("processes/ocam.toml", "region = \"americas\"", format!("region = \"{huge}\"")),
        ("processes/ocam.toml", "id = \"ocam\"", format!("id = \"{huge}\"")),
        ("regions.toml", "emoji = \"🌍\"", format!("emoji = \"🌍\"\n{} = 1", "e".repeat(500_000))),
        ("regions.toml", "emoji = \"🌍\"", format!("emoji = {}", "9".repeat(500_000))),
        ("messages/es.ftl", "undated = ", format!("undated = {huge}")),
        ("messages/es.ftl", "undated = ", format!("{huge} = ")),
    ] {
        let text = String::from_utf8(bytes_of(path)).expect("a shipped file is text");
        assert!(text.contains(from), "{path}: {from}");
        let report = build(path, text.replacen(from, &to, 1).into_bytes());
        // A key that is not known is passed over, however long.
        if !path.starts_with("messages") && !to.contains(" = 1") {
            assert!(report.errors().next().is_some(), "{path}: {from}");
        }
    }
}

#[test]
fn tens_of_thousands_of_keys_are_refused_in_few_words() {
    let keys: String = (0..20_000).map(|number| format!("key-{number} = {number}\n")).collect();
    let tables: String = (0..5_000).map(|_| "[[region]]\nid = 1\n").collect();
    let items = format!("[[region]]\nid = \"a\"\naliases = [{}]\n", "\"\", ".repeat(20_000));
    for content in [keys, tables, items] {
        for path in ["regions.toml", "processes/ocam.toml", "messages/fr.ftl"] {
            let report = build(path, content.clone().into_bytes());
            // Messages that the bot does not say do no harm, and are told.
            let told = if path.starts_with("messages") { !report.problems.is_empty() } else { !report.is_servable() };
            assert!(told, "{path}");
        }
    }
}

#[test]
fn a_hundred_thousand_messages_are_no_harm() {
    let keys: String = (0..100_000).map(|number| format!("key-{number} = {number}\n")).collect();
    build("messages/fr.ftl", [bytes_of("messages/fr.ftl"), keys.into_bytes()].concat());
}

#[test]
fn thousands_of_wrong_references_are_told_in_bounded_number() {
    let text = String::from_utf8(bytes_of("processes/ocam.toml")).expect("a shipped file is text");
    let codes: Vec<String> = (0..2_000).map(|number| format!("\"Z{number}\"")).collect();
    let report = build(
        "processes/ocam.toml",
        text.replacen("states = [\"MX\"]", &format!("states = [{}]", codes.join(", ")), 1).into_bytes(),
    );
    assert!(report.errors().next().is_some());
}

#[test]
fn bytes_that_are_no_text_are_refused_everywhere() {
    everywhere(b"\0");
    everywhere(b"\xed\xa0\x80");
}

#[test]
fn an_empty_catalogue_is_refused() {
    let (catalogue, report) = Catalogue::load(&Files::default(), TODAY);
    assert!(catalogue.is_none());
    hold("nothing", &report);
    let (snapshot, report) = Snapshot::build(&Files::default(), Vec::new(), Origin::Folder, TODAY);
    assert!(snapshot.is_none() && report.errors().next().is_some());
}
