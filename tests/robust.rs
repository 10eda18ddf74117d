//! Whatever a data file holds, loading gives errors or a catalogue: it never panics, and never tells without bound.

use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rcp_bot::catalogue::{Catalogue, Files, Report};
use rcp_bot::snapshot::{Origin, Snapshot};

/// The most problems that one broken file may cause, in itself and in those that refer to it.
const MOST_PROBLEMS: usize = 400;

/// The longest that one problem may be told, in bytes.
const LONGEST_PROBLEM: usize = 4_000;

const TODAY: Date = date(2026, 12, 1);

/// The shipped files with fewer processes, so that a debug build loads them fast: one of each kind of record remains.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).0)
}

/// The files that the cases break: every single file, a few processes, every language.
fn targets() -> Vec<&'static str> {
    let files = files().0.keys().map(String::as_str);
    files.filter(|path| !path.starts_with("processes/") || path.len() % 7 == 0).collect()
}

/// Builds a snapshot with one file replaced, and holds the result to what every result must be.
fn build(path: &str, bytes: Vec<u8>) -> Report {
    let mut files = files().clone();
    files.0.insert(path.to_owned(), bytes);
    let (snapshot, report) = Snapshot::build(&files, Origin::Folder, TODAY);
    assert!(
        snapshot.is_some() || report.errors().next().is_some(),
        "{path}: neither a snapshot nor an error: {report:?}"
    );
    assert!(report.is_acceptable() || snapshot.is_none(), "{path}: a snapshot in spite of errors");
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_of_a_file_gives_errors_or_a_catalogue(
        path in select(targets()),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut bytes = bytes_of(path);
        changes.iter().for_each(|change| change.apply(&mut bytes));
        build(path, bytes);
    }

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

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{ a = ", "}"), ("{ ", " }")] {
        let depth = 20_000;
        for nested in [
            format!("a = {}{}", open.repeat(depth), close.repeat(depth)),
            format!("a = {}", open.repeat(depth)),
            format!("a = {}1{}", open.repeat(100), close.repeat(100)),
        ] {
            for path in ["processes/ocam.toml", "regions.toml", "messages/fr.ftl"] {
                build(path, nested.clone().into_bytes());
                build(path, [bytes_of(path), b"\n".to_vec(), nested.clone().into_bytes()].concat());
            }
        }
    }
    let dotted = format!("{} = 1\n[{}]\n", vec!["a"; 20_000].join("."), vec!["b"; 20_000].join("."));
    build("regions.toml", dotted.into_bytes());
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
        if !path.starts_with("messages") {
            assert!(report.errors().next().is_some(), "{path}: {from}");
        }
    }
}

#[test]
fn a_hundred_thousand_keys_are_refused_in_few_words() {
    let keys: String = (0..100_000).map(|number| format!("key-{number} = {number}\n")).collect();
    let tables: String = (0..20_000).map(|_| "[[region]]\nid = 1\n").collect();
    let items = format!("[[region]]\nid = \"a\"\naliases = [{}]\n", "\"\", ".repeat(100_000));
    for content in [keys, tables, items] {
        for path in ["regions.toml", "processes/ocam.toml", "messages/fr.ftl"] {
            let report = build(path, content.clone().into_bytes());
            assert!(report.errors().next().is_some(), "{path}");
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
    let codes: Vec<String> = (0..20_000).map(|number| format!("\"Z{number}\"")).collect();
    let report = build(
        "processes/ocam.toml",
        text.replacen("states = [\"MX\"]", &format!("states = [{}]", codes.join(", ")), 1).into_bytes(),
    );
    assert!(report.errors().next().is_some());
}

#[test]
fn bytes_that_are_no_text_are_refused_everywhere() {
    everywhere(b"\0");
    everywhere(b"\xff\xfe");
    everywhere(b"\xed\xa0\x80");
    everywhere("\u{feff}".as_bytes());
}

#[test]
fn an_empty_catalogue_is_refused() {
    let (catalogue, report) = Catalogue::load(&Files::default(), TODAY);
    assert!(catalogue.is_none());
    hold("nothing", &report);
    let (snapshot, report) = Snapshot::build(&Files::default(), Origin::Folder, TODAY);
    assert!(snapshot.is_none() && report.errors().next().is_some());
}
