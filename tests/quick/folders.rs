//! What editors, synchronisations, clocks and other versions of the program do to a data folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use jiff::civil::{Date, date};
use rcp_bot::catalogue::{Files, Problem, Report, Rule, Severity};
use rcp_bot::snapshot::{Origin, Snapshot};
use tempfile::TempDir;

use crate::support::{kept, small};

const TODAY: Date = date(2026, 12, 1);

const OCAM: &str = "processes/ocam.toml";

/// The tests' own files in a folder of their own.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder of our own");
    small::write(folder.path(), &kept::files());
    folder
}

fn look(folder: &Path) -> (Option<Snapshot>, Report) {
    let (files, problems) = Files::read(folder);
    Snapshot::build(&files, problems, Origin::Folder, TODAY)
}

/// The files with one text of one file written otherwise.
fn instead(path: &str, from: &str, to: &str) -> Files {
    let mut files = kept::files();
    let text = String::from_utf8(files.0[path].clone()).expect("a data file is text");
    assert!(text.contains(from), "{path}: {from}");
    files.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn built(files: &Files) -> (Option<Snapshot>, Report) {
    Snapshot::build(files, Vec::new(), Origin::Folder, TODAY)
}

fn errors(report: &Report) -> Vec<(Rule, String)> {
    report.errors().map(|one| (one.rule, one.to_string())).collect()
}

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-bot"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RCP_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder);
    command
}

fn check(arguments: &[&str], folder: &Path) -> (Output, String) {
    let output = program(&[&["check"], arguments].concat(), folder).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output, text)
}

#[test]
fn a_date_without_quotes_is_told_as_such() {
    for (from, to, date) in [
        ("collected = \"2026-11-23\"", "collected = 2026-11-23", "2026-11-23"),
        ("date = \"1990-10\"", "date = 1990-10", "1990-10"),
        ("date = \"1990-10\"", "date = 1990~", "1990~"),
        ("date = \"1990-10\"", "date = 1990/1991", "1990/1991"),
        ("date = \"1990-10\"", "date = 1990-10 # so it was", "1990-10"),
        ("date = \"1990-10\"", "date = 1990", "1990"),
        ("date = \"1990-10\"", "date = 1990?", "1990?"),
        ("date = \"1990-10\"", "date = ../1990-10", "../1990-10"),
        ("date = \"1990-10\"", "date = XXXX-10-05", "XXXX-10-05"),
        ("date = \"1990-10\"", "date = 1990-10-05T10:00:00Z", "1990-10-05"),
        ("date = \"1990-10\"", "date = 1990-10-05 10:00:00", "1990-10-05"),
        ("when = \"2022-01/2022-06\"", "when = 2022-01/2022-06", "2022-01/2022-06"),
        ("when = \"2022-01/2022-06\"", "when = 2022", "2022"),
    ] {
        let (_, report) = built(&instead(OCAM, from, to));
        let [(_, told)] = errors(&report).try_into().unwrap_or_else(|all| panic!("{to}: {all:?}"));
        assert!(told.contains("a date stands without quotes") && told.contains(&format!("\"{date}\"")), "{to}: {told}");
    }
}

#[test]
fn each_slip_of_a_tired_hand_gets_a_mend_that_mends_it_when_it_is_done_as_it_says() {
    const STATES: &str = "states = [\"BZ\"";
    for (from, to, wrong, mend) in [
        // A code of two letters is no slip for another country's: what is meant is found by name.
        (STATES, "states = [\"etats unis\"", "no country code \"etats unis\"", "did you mean \"US\""),
        (STATES, "states = [\"BWX\"", "no country code \"BWX\"", "write a code that stands in countries.toml"),
        (STATES, "states = [\"Belize\"", "no country code \"Belize\"", "did you mean \"BZ\""),
        (STATES, "states = [\"bz\"", "no country code \"bz\"", "did you mean \"BZ\""),
        (STATES, "states = [\"QQ\"", "no country code \"QQ\"", "write a code that stands in countries.toml"),
        ("organisations = [\"iom\"]", "organisations = [\"HCR\"]", "no organisation \"HCR\"", "did you mean \"unhcr\""),
        ("region = \"americas\"", "region = \"Amériques\"", "no region", "did you mean \"americas\""),
        // Dates as people write them.
        (
            "collected = \"2026-11-23\"",
            "collected = \"27/11/2026\"",
            "\"27/11/2026\" is not a date",
            "write it \"2026-11-27\"",
        ),
        ("as_of = \"2022/..\"", "as_of = \"avril 2026\"", "is not a date", "write it \"2026-04\""),
        ("as_of = \"2022/..\"", "as_of = \"2026.04.01\"", "is not a date", "write it \"2026-04-01\""),
        ("as_of = \"2022/..\"", "as_of = \"2026-4-1\"", "is not a date", "write it \"2026-04-01\""),
        ("as_of = \"2022/..\"", "as_of = \"someday\"", "is not a date", "write what is known"),
        // Quotation marks.
        ("id = \"ocam\"", "id = \"ocam", "has no end", "close it with \""),
        ("as_of = \"2022/..\"", "as_of = \"2024~", "has no end", "close it with \""),
        ("id = \"ocam\"", "id = \"the \"ocam\" one\"", "a quotation mark within a text", "« »"),
        ("id = \"ocam\"", "id = 'Belize's'", "a quotation mark within a text", "« »"),
        // Values of other kinds.
        ("kind = \"provided\"", "kind = \"provided\"\ninterim = \"true\"", "expected true or false", "without quotes"),
        ("kind = \"provided\"", "kind = \"provided\"\ninterim = vrai", "vrai", "write true or false"),
        ("role = \"member\"\n", "role = \"member\"\ncount = \"8\"\n", "expected a whole number", "without quotes"),
        (
            "[status]\n",
            "[status]\nnote = \"Ancienne liste.\"\n",
            "expected { fr = \"…\", en = \"…\", es = \"…\" }",
            "fr = \"…\"",
        ),
        // Tables.
        ("[[source]]", "[source]", "a table stands twice", "[[source]]"),
        ("[name]\n", "<<<<<<< HEAD\n[name]\n", "marks of a merge", "<<<<<<<"),
    ] {
        let (_, report) = built(&instead(OCAM, from, to));
        let told: Vec<&Problem> = report.problems.iter().filter(|one| one.severity == Severity::Error).collect();
        let [one] = told.as_slice() else { panic!("{to}: {told:#?}") };
        assert!(one.message.contains(wrong) && one.help.contains(mend), "{to}: {} / {}", one.message, one.help);
    }
    // A word that only looks a little like a key is none.
    let (_, report) = built(&instead(OCAM, "website = ", "site = "));
    assert_eq!(errors(&report), []);
    // What stands several times is added as such.
    let whole = String::from_utf8(kept::files().0[OCAM].clone()).expect("text");
    let mut bare = kept::files();
    bare.0.insert(OCAM.to_owned(), whole.split("[[source]]").next().unwrap_or_default().as_bytes().to_vec());
    let told = built(&bare).1.problems;
    assert!(told.iter().any(|one| one.help.contains("[[source]]")), "{told:#?}");
}

#[test]
fn what_keyboards_and_editors_write_is_named() {
    let as_utf_16: Vec<u8> =
        [0xfeff_u16].into_iter().chain("id = \"ocam\"\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut utf_16 = kept::files();
    utf_16.0.insert(OCAM.to_owned(), as_utf_16);
    let mut old_mac = kept::files();
    let text = String::from_utf8(old_mac.0[OCAM].clone()).expect("text").replace('\n', "\r");
    old_mac.0.insert(OCAM.to_owned(), text.into_bytes());
    for (files, word) in [
        (instead(OCAM, "id = \"ocam\"", "id = “ocam”"), "typographic quotes"),
        (instead(OCAM, "id = \"ocam\"", "id = «ocam»"), "typographic quotes"),
        (instead(OCAM, "id = \"ocam\"", "id\u{a0}= \"ocam\""), "no-break space"),
        (instead(OCAM, "id = \"ocam\"", "id = ocam"), "without quotes"),
        (instead(OCAM, "id = \"ocam\"", "id: \"ocam\""), "a colon"),
        (instead(OCAM, "id = \"ocam\"", "\"id\": \"ocam\","), "a colon"),
        (instead(OCAM, "id = \"ocam\"", "id = null"), "no word for nothing"),
        (instead(OCAM, "id = \"ocam\"", "id = None"), "no word for nothing"),
        (instead(OCAM, "id = \"ocam\"", "id = True"), "True stands without quotes"),
        (instead(OCAM, "id = \"ocam\"", "// the id\nid = \"ocam\""), "a comment"),
        (instead(OCAM, "id = \"ocam\"", "; the id\nid = \"ocam\""), "a comment"),
        (
            instead(OCAM, "id = \"ocam\"", "<<<<<<< HEAD\nid = \"ocam\"\n=======\nid = \"x\"\n>>>>>>> b"),
            "marks of a merge",
        ),
        (instead(OCAM, "id = \"ocam\"", "i\u{200b}d = \"ocam\""), "invisible"),
        (instead(OCAM, "id = \"ocam\"", "\u{1a}id = \"ocam\""), "invisible"),
        (instead(OCAM, "id = \"ocam\"", "id = \"oc\0am\""), "invisible"),
        (utf_16, "UTF-16"),
        (old_mac, "carriage return"),
    ] {
        let (_, report) = built(&files);
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].1.contains(word), "{word}: {told:?}");
    }
}

#[test]
fn a_name_in_the_place_of_an_id_is_told_with_the_id_and_no_other_country_is_offered() {
    for (written, meant) in [
        ("hn", Some("HN")),
        ("Honduras", Some("HN")),
        ("honduras", Some("HN")),
        ("USA", Some("US")),
        ("EE UU", Some("US")),
        ("États-Unis", Some("US")),
        ("etats unis", Some("US")),
        ("Estados Unidos", Some("US")),
        ("ZZ", None),
        ("UK", None),
    ] {
        let (_, report) = built(&instead(OCAM, "states = [\"MX\"]", &format!("states = [\"{written}\"]")));
        let told = errors(&report);
        let help: Vec<&str> = report.problems.iter().map(|problem| problem.help.as_str()).collect();
        assert!(told.len() == 1 && told[0].1.contains("no country code"), "{written}: {told:?}");
        let offered = help.iter().find_map(|help| help.strip_prefix("did you mean \"")?.split('"').next());
        assert_eq!(offered, meant, "{written}: {help:?}");
    }
}

#[test]
fn a_missing_bracket_is_one_error_and_names_the_line_where_it_was_opened() {
    let (_, report) = built(&instead(OCAM, "states = [\"MX\"]", "states = [\"MX\""));
    let told = errors(&report);
    assert!(told.len() == 1 && told[0].1.contains("the bracket opened in line"), "{told:?}");
}

#[test]
fn a_text_of_several_lines_that_is_not_closed_names_the_line_where_it_was_opened() {
    for mark in ["\"\"\"", "'''"] {
        let files = instead(OCAM, "acronym = \"OCAM\"", &format!("acronym = {mark}OCAM"));
        let text = String::from_utf8_lossy(&files.0[OCAM]).into_owned();
        let line = text.lines().position(|line| line.starts_with("acronym")).expect("there") + 1;
        let (_, report) = built(&files);
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].1.contains(&format!("opens near line {line} ")), "{told:?}");
    }
}

#[test]
fn a_clock_that_is_behind_is_a_warning_that_names_the_clock() {
    let (snapshot, report) = Snapshot::build(&kept::files(), Vec::new(), Origin::Folder, date(2026, 10, 20));
    assert!(snapshot.is_some() && report.is_acceptable(), "{:?}", errors(&report));
    let told: Vec<String> =
        report.warnings().filter(|one| one.rule == Rule::FutureFacts).map(ToString::to_string).collect();
    assert!(!told.is_empty() && told.iter().all(|one| one.contains("clock") && one.contains("2026-10-20")), "{told:?}");
}

#[test]
fn conflict_copies_are_one_error_that_says_what_they_are() {
    for name in [
        "ocam.sync-conflict-20261127-101500-ABCDEFG.toml",
        "ocam - Copie.toml",
        "ocam (1).toml",
        "ocam-copie.toml",
        "ocam_BACKUP_12.toml",
    ] {
        let folder = folder();
        fs::copy(folder.path().join(OCAM), folder.path().join("processes").join(name)).expect("a copy");
        let (_, report) = look(folder.path());
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].0 == Rule::ConflictCopy && told[0].1.contains(OCAM), "{name}: {told:?}");
    }
    let folder = folder();
    fs::write(folder.path().join("processes/~$ocam.toml"), b"\x06Marie").expect("written");
    let (snapshot, report) = look(folder.path());
    assert!(snapshot.is_some() && report.is_acceptable(), "{:?}", errors(&report));
    assert!(report.warnings().any(|one| one.rule == Rule::UnknownFile && one.message.contains("has the file open")));
}

#[test]
fn a_file_whose_ending_is_not_quite_right_is_named() {
    for name in ["processes/new.TOML", "processes/new.toml.txt", "Regions.Toml", "messages/FR.ftl.txt"] {
        let folder = folder();
        fs::create_dir_all(folder.path().join("messages")).expect("made");
        fs::write(folder.path().join(name), "x").expect("written");
        let (_, report) = look(folder.path());
        let told: Vec<_> = report.warnings().filter(|one| one.rule == Rule::UnknownFile).collect();
        assert!(told.len() == 1 && told[0].file == name, "{name}: {told:?}");
        assert!(report.is_acceptable(), "{name}");
    }
}

#[test]
fn a_folder_of_the_next_version_is_served_with_warnings() {
    let folder = folder();
    let text = fs::read_to_string(folder.path().join(OCAM)).expect("a file");
    let newer = text.replacen("kind = ", "budget_in_euros = 5\nkind = ", 1) + "\n[[working_group]]\nname = \"x\"\n";
    fs::write(folder.path().join(OCAM), newer).expect("written");
    fs::write(folder.path().join("treaties.toml"), "collected = \"2026-11-01\"\n").expect("written");
    let spanish = folder.path().join("messages/es.ftl");
    let messages = fs::read_to_string(&spanish).expect("a file");
    fs::write(&spanish, format!("{messages}\nbrand-new-message = nuevo\n")).expect("written");
    let (snapshot, report) = look(folder.path());
    assert!(report.is_acceptable(), "{:?}", errors(&report));
    let rules: Vec<Rule> = report.warnings().map(|one| one.rule).collect();
    assert_eq!(rules.iter().filter(|rule| **rule == Rule::NewerKey).count(), 2, "{rules:?}");
    assert!(rules.contains(&Rule::UnknownFile) && rules.contains(&Rule::UnknownMessage), "{rules:?}");
    assert!(snapshot.expect("it is served").catalogue.process("ocam").is_some());
}

#[test]
fn a_slip_in_a_key_is_an_error_and_no_reason_not_to_serve_what_was_accepted() {
    let (snapshot, report) = built(&instead(OCAM, "[chair]", "[chiar]"));
    let told = errors(&report);
    assert!(
        told.iter().any(|(rule, text)| *rule == Rule::UnknownKey && text.contains("did you mean \"chair\"")),
        "{told:?}"
    );
    assert!(!report.is_acceptable() && report.is_servable() && snapshot.is_some());
    assert!(report.is_worse_than(&Report::default()) && !report.is_worse_than(&report));
}

#[test]
fn a_slip_in_a_key_is_one_error_whatever_lacks_without_it() {
    let good = Files::clone(&kept::files());
    let (whole, _) = built(&good);
    let whole = whole.expect("the files are good").catalogue;
    let every = |path: &str, from: &str, to: &str| {
        let mut files = kept::files();
        let text = String::from_utf8(files.0[path].clone()).expect("a data file is text");
        files.0.insert(path.to_owned(), text.replace(from, to).into_bytes());
        files
    };
    for (what, path, files, wrong) in [
        (
            "an entry",
            "countries.toml",
            instead("countries.toml", "[[country]]\ncode = \"MX\"", "[[county]]\ncode = \"MX\""),
            "county",
        ),
        ("every entry", "countries.toml", every("countries.toml", "[[country]]", "[[county]]"), "county"),
        ("its key", "countries.toml", instead("countries.toml", "code = \"MX\"", "cod = \"MX\""), "cod"),
        (
            "within braces",
            "countries.toml",
            instead("countries.toml", "code = \"MX\"\nname = {", "code = \"MX\"\nnmae = {"),
            "nmae",
        ),
        (
            "a region",
            "regions.toml",
            instead("regions.toml", "[[region]]\nid = \"americas\"", "[[regoin]]\nid = \"americas\""),
            "regoin",
        ),
        (
            "with spaces",
            "regions.toml",
            instead("regions.toml", "[[region]]\nid = \"americas\"", "[[ regoin ]]\nid = \"americas\""),
            "regoin",
        ),
        ("a process", OCAM, every(OCAM, "[[source]]", "[[sorce]]"), "sorce"),
        ("one of its sources", OCAM, instead(OCAM, "[[source]]", "[[sorce]]"), "sorce"),
        (
            "an organisation",
            "organisations.toml",
            every("organisations.toml", "[[organisation", "[[orgnisation"),
            "orgnisation",
        ),
        ("a global meeting", "meetings.toml", every("meetings.toml", "[[meeting", "[[meetng"), "meetng"),
        ("what is required", OCAM, instead(OCAM, "kind = \"regional\"", "knid = \"regional\""), "knid"),
        (
            "for Windows",
            "countries.toml",
            instead("countries.toml", "[[country]]\ncode = \"MX\"\n", "[[county]]\r\ncode = \"MX\"\r\n"),
            "county",
        ),
    ] {
        let (snapshot, report) = built(&files);
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].0 == Rule::UnknownKey, "{what}: {told:#?}");
        let place = report.errors().next().and_then(|one| one.place.clone()).expect("it has a place");
        let text = String::from_utf8_lossy(&files.0[path]).into_owned();
        assert!(text.lines().nth(place.line - 1).is_some_and(|line| line.contains(wrong)), "{what}: {told:?}");
        assert!(snapshot.is_some_and(|one| one.catalogue.countries == whole.countries && one.catalogue.regions == whole.regions), "{what}");
    }
    // A process that is called otherwise than its file is one error, whoever names it.
    let (_, report) = built(&instead("processes/midcom.toml", "id = \"midcom\"", "id = \"midcomm\""));
    let told = errors(&report);
    assert!(told.len() == 1 && told[0].0 == Rule::BadId, "{told:#?}");
    // What else is wrong is told as before, at its line.
    let mut files = instead("countries.toml", "[[country]]\ncode = \"MX\"", "[[county]]\ncode = \"MX\"");
    let text = String::from_utf8(files.0["countries.toml"].clone()).expect("text");
    files.0.insert("countries.toml".to_owned(), text.replacen("code = \"PE\"", "code = \"pe\"", 1).into_bytes());
    let (_, report) = built(&files);
    let wrong =
        report.errors().find(|one| one.rule == Rule::BadCountryCode).unwrap_or_else(|| panic!("{:?}", errors(&report)));
    assert_eq!(wrong.value(), Some("\"pe\""), "{wrong:?}");
}

#[test]
fn a_mistyped_heading_is_named_where_those_below_it_name_it_right() {
    // The parts of the first entry are of no list then, and the next entry would be told as a key that stands twice.
    for (path, from, to, wrong) in [
        ("meetings.toml", "[[meeting]]", "[[meetng]]", "meetng"),
        ("organisations.toml", "[[organisation]]", "[[ organsation ]]", "organsation"),
    ] {
        let mut files = kept::files();
        let text = String::from_utf8(files.0[path].clone()).expect("a data file is text");
        assert!(
            text.find(&format!("{}.", &from[..from.len() - 2]))
                .is_some_and(|part| part > text.find(from).expect("one"))
        );
        files.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        let (_, report) = built(&files);
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].1.contains(wrong), "{told:#?}");
        let error = report.errors().next().expect("one");
        let line = text.lines().position(|line| line == from).expect("it stands there") + 1;
        assert_eq!(error.place.as_ref().map(|place| place.line), Some(line), "{error:?}");
        assert!(error.help.contains(from), "{error:?}");
    }
}

#[test]
fn what_is_named_in_many_places_and_is_not_there_is_one_error() {
    let folder = folder();
    let path = folder.path().join("countries.toml");
    let text = fs::read_to_string(&path).expect("a file");
    let start = text.find("[[country]]\ncode = \"SV\"").expect("it is there");
    let end = text[start + 1..].find("[[country]]").map_or(text.len(), |next| start + 1 + next);
    fs::write(&path, [&text[..start], &text[end..]].concat()).expect("written");
    let (_, report) = look(folder.path());
    let places = report.errors().count();
    assert!(places > 1, "{:?}", errors(&report));
    let (output, text) = check(&["."], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let words = format!("the same is wrong in {} more place", places - 1);
    assert!(text.matches("error[").count() == 1 && text.contains(&words) && text.contains("1 error, "), "{text}");
    let (_, all) = check(&[".", "--all"], folder.path());
    assert!(all.matches("error[").count() == places && all.contains(&format!("{places} errors, ")), "{all}");
}

#[test]
fn joiners_are_no_hidden_characters_where_they_join() {
    let with = |text: &str| built(&instead("regions.toml", "\"continent africain\"", &format!("\"{text}\""))).1;
    for text in [
        "continent \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "می\u{200c}خواهم",
        "क्\u{200d}ष",
        "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
    ] {
        assert_eq!(errors(&with(text)), [], "{text}");
    }
    for text in [
        "a\u{200d}b",
        "\u{200d}\u{1f468}",
        "\u{1f468}\u{200d}",
        "\u{1f468}\u{200d}\u{200d}\u{1f469}",
        "conti\u{200c}nent",
        "می\u{200b}خواهم",
    ] {
        let told = errors(&with(text));
        assert!(told.len() == 1 && told[0].0 == Rule::ControlCharacter, "{text:?}: {told:?}");
    }
    let emoji = |text: &str| built(&instead("regions.toml", "emoji = \"🌍\"", &format!("emoji = \"{text}\""))).1;
    for text in ["\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "🏴\u{200d}☠\u{fe0f}", "❤\u{fe0f}", "🇫🇷"] {
        assert_eq!(errors(&emoji(text)), [], "{text}");
    }
    assert!(errors(&emoji("\u{1f468}\u{200d}\u{1f30d}")).iter().any(|(rule, _)| *rule == Rule::BadEmoji));
}

#[test]
fn a_missing_folder_is_one_error() {
    let empty = tempfile::tempdir().expect("a folder of our own");
    let (output, text) = check(&["nowhere"], empty.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("there is no folder nowhere") && text.contains("1 error, 0 warnings"), "{text}");
    // Where nothing is mounted, nothing stands, and above the folder that is meant nothing of a catalogue.
    for (path, words) in [("mount", "name the catalogue's folder"), ("above", "name the folder above/data instead")] {
        fs::create_dir(empty.path().join(path)).expect("made");
        if path == "above" {
            small::write(&empty.path().join("above/data"), &kept::files());
            fs::write(empty.path().join("above/notes.toml"), "").expect("written");
        }
        let (output, text) = check(&[path], empty.path());
        assert_eq!(output.status.code(), Some(1));
        let told = format!("the folder {path} holds no file of a catalogue");
        assert!(text.contains(&told) && text.contains(words) && text.contains("1 error, "), "{text}");
    }
    let output = program(&["ask", "/rcp apropos", "--data", "nowhere"], empty.path()).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("there is no folder nowhere") && !told.contains("  : "), "{told}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_one_error_wherever_it_is_missed() {
    use std::os::unix::fs::symlink;

    // A link that leads nowhere cannot be read, by root neither.
    for path in [OCAM, "regions.toml", "topics.toml", "messages/es.ftl"] {
        let folder = folder();
        fs::remove_file(folder.path().join(path))
            .or_else(|error| match path.starts_with("messages") {
                true => Ok(()),
                false => Err(error),
            })
            .expect("removed");
        fs::create_dir_all(folder.path().join("messages")).expect("made");
        symlink("nowhere", folder.path().join(path)).expect("linked");
        let (snapshot, report) = look(folder.path());
        let told = errors(&report);
        assert!(told.len() == 1 && told[0].0 == Rule::Unreadable && told[0].1.contains(path), "{path}: {told:?}");
        assert!(report.warnings().all(|one| one.file != path), "{path}: {report:?}");
        assert!(snapshot.is_none(), "{path}");
    }
}

#[test]
fn check_is_short_and_shows_all_when_asked() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let data = data.to_str().expect("a path that is text");
    let empty = tempfile::tempdir().expect("a folder of our own");
    let (output, short) = check(&[data], empty.path());
    assert_eq!(output.status.code(), Some(0), "{short}");
    assert!(short.lines().count() <= 12, "{} lines:\n{short}", short.lines().count());
    let (_, all) = check(&[data, "--all"], empty.path());
    let (_, report) = look(Path::new(data));
    assert!(all.matches("warning[").count() == report.warnings().count(), "{all:.2000}");
}

#[test]
fn errors_stand_last_and_things_are_counted_in_english() {
    let folder = folder();
    small::write(folder.path(), &instead(OCAM, "kind = \"regional\"", "kind = \"regionel\""));
    let (output, text) = check(&["."], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let (warning, error) = (text.find("warning"), text.find("error[type]"));
    assert!(warning < error && error.is_some(), "{text}");
    assert!(text.contains(".: 1 error, "), "{text}");
    // Whoever forgot the folder is not told that all is well with theirs.
    let empty = tempfile::tempdir().expect("a folder of our own");
    let (output, text) = check(&[], empty.path());
    assert_eq!(output.status.code(), Some(0));
    assert!(text.contains("built into the program"), "{text}");
}

#[test]
fn a_start_without_a_catalogue_tells_the_errors_last_and_where_they_are_shown() {
    let folder = folder();
    let data = folder.path().join("data");
    small::write(&data, &instead(OCAM, "kind = \"regional\"", "kind = \"regionel\""));
    let place = folder.path().to_string_lossy().into_owned();
    let output =
        program(&["serve", "--data", &format!("{place}/data"), "--state", &format!("{place}/state")], folder.path())
            .env("DISCORD_PUBLIC_KEY", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
            .output()
            .expect("the program runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("rcp-bot check {place}/data shows what is wrong")), "{told}");
    // Warnings are folded and stand before.
    assert!(told.lines().count() < 60 && told.find("warning") < told.find("error[type]"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_a_sentence() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is always full");
    for arguments in
        [&["check"] as &[&str], &["check", "--format", "json"], &["ask", "/rcp apropos", "--json"], &["commands"]]
    {
        let empty = tempfile::tempdir().expect("a folder of our own");
        let output = program(arguments, empty.path()).stdout(full()).output().expect("the program runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(
            told.contains("standard output cannot be written") && !told.contains("panicked"),
            "{arguments:?}: {told}"
        );
    }
    // Where nothing can be told, the exit code still says what is the matter: 2 is for an operator, 1 may pass.
    for (arguments, code) in [
        (&["check", "nowhere"] as &[&str], 1),
        (&["ask", "/rcp nothing-of-ours"], 2),
        (&["commands", "--data", "nowhere"], 1),
        (&["serve", "--config", "nowhere.toml"], 2),
        (&["run", "--config", "wrong.toml"], 2),
        (&["doctor", "--config", "wrong.toml"], 2),
    ] {
        let empty = tempfile::tempdir().expect("a folder of our own");
        fs::write(empty.path().join("wrong.toml"), "[nothing]\n").expect("written");
        let status = program(arguments, empty.path()).stdout(full()).stderr(full()).status().expect("the program runs");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
