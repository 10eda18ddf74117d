//! A change of a data file touches what it changes and nothing else, whatever the record and however the file is written.

use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;
use rcp_bot::catalogue::edit::{
    Amendment, Holders, MeetingsAmendment, NotAmended, Reference, Venue, amend, amend_meetings, write,
};
use rcp_bot::catalogue::{
    Files, GlobalMeeting, Language, Meeting, MeetingLevel, MeetingsFile, Name, Note, NoteKind, ParticipantRole,
    Process, Statement, Status, StatusBasis, StatusValue, Text, Theme, When,
};

const TODAY: jiff::civil::Date = date(2026, 11, 27);

/// Every process of the shipped catalogue: its path and its bytes.
fn shipped() -> Vec<(String, Vec<u8>)> {
    Files::built_in().0.into_iter().filter(|(path, _)| path.starts_with("processes/")).collect()
}

fn read(content: &[u8]) -> Process {
    toml::from_str(std::str::from_utf8(content).expect("UTF-8").trim_start_matches('\u{feff}')).expect("a process")
}

fn when(text: &str) -> When {
    text.parse().expect(text)
}

fn text(wording: &str) -> Text {
    Text { fr: Some(wording.to_owned()), en: Some(format!("{wording} (en)")), es: None }
}

/// The lines that stand in one text and not in the other, each as often as it does.
fn lines_only_in<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    let mut left: Vec<&str> = other.split_inclusive('\n').collect();
    one.split_inclusive('\n')
        .filter(|line| match left.iter().position(|known| known == line) {
            Some(place) => {
                left.remove(place);
                false
            }
            None => true,
        })
        .collect()
}

/// The same file with a comment above every line, one behind every value, and at the end.
fn commented(content: &[u8]) -> Vec<u8> {
    let mut number = 0;
    let lines = std::str::from_utf8(content).expect("UTF-8").lines().map(|line| {
        number += 1;
        let above = if line.is_empty() { String::new() } else { format!("  # above {number}: \"[x]\" = {{}}\n") };
        let behind =
            if line.is_empty() || line.starts_with('#') { String::new() } else { format!(" # behind {number}") };
        format!("{above}{line}{behind}\n")
    });
    (lines.collect::<String>() + "# the end\n").into_bytes()
}

fn source() -> Reference {
    Reference { url: "https://example.org/news/1".to_owned(), date: Some(when("2026-11-20")) }
}

fn holders(countries: &[&str]) -> Holders {
    Holders { countries: countries.iter().map(|code| (*code).to_owned()).collect(), organisations: Vec::new() }
}

/// One of each kind of change, that every process can take.
fn amendments(process: &Process) -> Vec<Amendment> {
    let members = process.participants(ParticipantRole::Member);
    let joins = ["BR", "KI", "NR"]
        .into_iter()
        .find(|code| members.is_none_or(|members| !members.states.iter().any(|known| known == code)));
    let leaves = members.and_then(|members| members.states.get(members.states.len() / 2)).map(String::as_str);
    let members = |join: &[&str], leave: &[&str]| Amendment::Members {
        role: ParticipantRole::Member,
        join: holders(join),
        leave: holders(leave),
        since: Some(when("2026-10")),
    };
    let meeting = |date: Option<&str>| {
        Amendment::Meeting(Meeting {
            title: text("réunion \"d'essai\" \\ 7"),
            level: date.map(|_| MeetingLevel::Officials),
            date: date.map(when),
            place: Some(text("Genève")),
            online: false,
            url: Some("https://example.org/news/1".to_owned()),
        })
    };
    let mut all = vec![
        Amendment::Chair { who: holders(&["KI"]), since: Some(when("2026-01")), rule: None },
        Amendment::Chair {
            who: holders(&["KI", "NR"]),
            since: Some(when("2026/2027")),
            rule: Some((Language::En, "by turns, every year".to_owned())),
        },
        Amendment::Chair {
            who: Holders { countries: Vec::new(), organisations: vec!["iom".to_owned()] },
            since: None,
            rule: None,
        },
        meeting(Some("2026-09-24/2026-09-25")),
        meeting(Some("2012-05")),
        meeting(Some("1990")),
        meeting(None),
        Amendment::Status(Status {
            value: StatusValue::Emerging,
            basis: StatusBasis::IomPage,
            note: Some(text("note")),
        }),
        Amendment::Secretariat {
            who: Holders { countries: vec!["KI".to_owned()], organisations: vec!["iom".to_owned()] },
            place: Some(text("Tarawa")),
            since: Some(when("2026")),
        },
        Amendment::Website("https://example.org/".to_owned()),
        Amendment::Note(Note { kind: NoteKind::Doubt, about: vec![Statement::Chair], text: text("doute") }),
        Amendment::Theme(Theme {
            fr: Some("thème d'essai".to_owned()),
            en: None,
            es: None,
            topics: vec!["asylum".to_owned()],
        }),
        Amendment::Seen(Statement::Name),
    ];
    all.extend(joins.map(|code| members(&[code], &[])));
    all.extend(leaves.map(|code| members(&[], &[code])));
    all.extend(process.chair.is_some().then_some(Amendment::Seen(Statement::Chair)));
    all
}

/// What must hold of every change of every file.
fn holds(path: &str, content: &[u8], amendment: &Amendment) {
    let changed =
        amend(content, amendment, &source(), TODAY).unwrap_or_else(|error| panic!("{path} {amendment:?}: {error}"));
    assert_eq!(read(&changed.content), changed.process, "{path} {amendment:?}: the file says what the record does");
    touches_little(&format!("{path} {amendment:?}"), content, &changed.content);
}

/// That a change left every line alone but few, kept all comments and line ends, and added little.
fn touches_little(what: &str, content: &[u8], changed: &[u8]) {
    let (before, after) = (std::str::from_utf8(content).expect("UTF-8"), std::str::from_utf8(changed).expect("UTF-8"));
    // Every other line stays, byte for byte and in its order; comments all do.
    let (gone, come) = (lines_only_in(before, after), lines_only_in(after, before));
    let fields = before.lines().filter(|line| !line.trim_start().starts_with('#')).count();
    assert!(gone.len() <= 8.min(fields), "{what}: {gone:#?}\nfor {come:#?}");
    let comment = |line: &&&str| line.trim_start().starts_with('#');
    assert_eq!(gone.iter().find(comment), None, "{what}");
    let kept: Vec<&str> = before.split_inclusive('\n').filter(|line| !gone.contains(line)).collect();
    let mut rest = after.split_inclusive('\n');
    for line in kept {
        assert!(rest.any(|other| other == line), "{what}: out of order: {line}");
    }
    // Nothing but the change is new.
    assert!(come.len() <= 24, "{what}: {come:#?}");
    if before.contains("\r\n") {
        assert!(after.lines().count() == after.matches("\r\n").count(), "{what}: the line ends stay");
    }
}

#[test]
fn every_change_of_every_process_touches_its_own_lines_alone() {
    for (path, content) in shipped() {
        for amendment in amendments(&read(&content)) {
            holds(&path, &content, &amendment);
        }
    }
}

#[test]
fn comments_line_ends_and_marks_stay_as_they_are() {
    for (number, (path, content)) in shipped().into_iter().enumerate() {
        let commented = commented(&content);
        let windows = std::str::from_utf8(&content).expect("UTF-8").replace('\n', "\r\n").into_bytes();
        let marked = ["\u{feff}".as_bytes(), &content].concat();
        // Each amendment is made to dozens of files, and meets each of the three in a third of them.
        for (turn, amendment) in amendments(&read(&content)).into_iter().enumerate() {
            match (number + turn) % 3 {
                0 => holds(&path, &commented, &amendment),
                1 => holds(&path, &windows, &amendment),
                _ => {
                    let changed = amend(&marked, &amendment, &source(), TODAY).expect("changed");
                    assert!(changed.content.starts_with("\u{feff}".as_bytes()), "{path}");
                }
            }
        }
    }
}

#[test]
fn a_new_chair_sends_the_former_into_the_history() {
    let (_, content) =
        shipped().into_iter().find(|(path, _)| path.ends_with("rabat-process.toml")).expect("it is there");
    let amendment = Amendment::Chair { who: holders(&["IT"]), since: Some(when("2026-11")), rule: None };
    let changed = amend(&content, &amendment, &source(), TODAY).expect("changed");
    let chair = changed.process.chair.clone().expect("a chair");
    assert_eq!((chair.countries.as_slice(), chair.note), (&["IT".to_owned()][..], None));
    assert_eq!((chair.term, chair.as_of), (Some(when("2026-11/..")), Some(when("2026-11-20"))));
    let former = &chair.history[0];
    assert_eq!((former.countries.as_slice(), former.when), (&["CH".to_owned()][..], Some(when("2026/2026-11"))));
    assert_eq!(chair.history.len(), 5, "those before stay");
    let after = String::from_utf8(changed.content).expect("UTF-8");
    let before = std::str::from_utf8(&content).expect("UTF-8");
    insta::assert_snapshot!(
        "edits_chair",
        [
            lines_only_in(before, &after).iter().map(|line| format!("- {line}")).collect::<String>(),
            lines_only_in(&after, before).iter().map(|line| format!("+ {line}")).collect(),
        ]
        .concat()
    );
    // The same again changes nothing.
    let again = amend(after.as_bytes(), &amendment, &source(), TODAY);
    assert_eq!(again.map(|again| again.process.chair), Err(NotAmended::Same));
}

#[test]
fn a_meeting_that_is_over_counts_as_held_unless_its_source_is_older() {
    let (_, content) = shipped().into_iter().find(|(path, _)| path.ends_with("ocam.toml")).expect("it is there");
    let content = String::from_utf8(content).expect("UTF-8");
    let day = content.lines().find(|line| line.starts_with("collected = ")).expect("a day of collection");
    let content = content.replacen(day, "collected = \"2026-11-01\"", 1);
    let meeting = Amendment::Meeting(Meeting {
        title: text("réunion"),
        level: None,
        date: Some(when("2026-11-20")),
        place: None,
        online: false,
        url: None,
    });
    let collected = |date: Option<&str>| {
        let source = Reference { date: date.map(when), ..source() };
        amend(content.as_bytes(), &meeting, &source, TODAY).expect("changed").process.collected
    };
    assert_eq!(collected(None), when("2026-11-27"), "an undated source speaks of what was");
    assert_eq!(collected(Some("2026-11-21")), when("2026-11-27"));
    assert_eq!(collected(Some("2026-10")), when("2026-11-01"), "it was announced: somebody has to look");
}

#[test]
fn who_joined_long_ago_makes_a_list_no_older() {
    let (_, content) =
        shipped().into_iter().find(|(path, _)| path.ends_with("khartoum-process.toml")).expect("it is there");
    let before = read(&content);
    let group = |process: &Process, role| process.participants(role).expect("a list").as_of;
    let changed = |since: &str| {
        let (join, leave) = (holders(&["AU"]), holders(&["PT"]));
        let amendment = Amendment::Members { role: ParticipantRole::Member, join, leave, since: Some(when(since)) };
        amend(&content, &amendment, &source(), TODAY).expect("changed").process
    };
    let known = group(&before, ParticipantRole::Member);
    assert!(known.is_some_and(|known| known.earliest() > when("2019").latest()), "{known:?}");
    assert_eq!(group(&changed("2019"), ParticipantRole::Member), known);
    assert_eq!(group(&changed("2026-11-26"), ParticipantRole::Member), Some(when("2026-11-26")));
    assert_eq!(group(&changed("2026-11-26"), ParticipantRole::FormerMember), Some(when("2026-11-26")));
}

#[test]
fn what_cannot_be_is_refused() {
    let (_, content) = shipped().into_iter().find(|(path, _)| path.ends_with("ocam.toml")).expect("it is there");
    let process = read(&content);
    let refused =
        |amendment: Amendment, source: &Reference| amend(&content, &amendment, source, TODAY).expect_err("refused");
    let members = |join: &[&str], leave: &[&str], since: Option<&str>| Amendment::Members {
        role: ParticipantRole::Member,
        join: holders(join),
        leave: holders(leave),
        since: since.map(when),
    };
    let member = process.participants(ParticipantRole::Member).expect("members").states[0].clone();
    assert_eq!(refused(members(&[&member], &[], None), &source()), NotAmended::TakesPart(member));
    assert_eq!(refused(members(&[], &["FR"], None), &source()), NotAmended::DoesNotTakePart("FR".to_owned()));
    assert_eq!(refused(members(&["FR"], &[], Some("2031")), &source()), NotAmended::LiesAhead);
    let ahead = Reference { date: Some(when("2027-01-01")), ..source() };
    assert_eq!(refused(members(&["FR"], &[], None), &ahead), NotAmended::SourceLiesAhead);
    assert_eq!(refused(Amendment::Status(process.status.clone()), &source()), NotAmended::Same);
    assert!(matches!(
        amend(b"id = ", &Amendment::Website(String::new()), &source(), TODAY),
        Err(NotAmended::NotWritten(_))
    ));
}

/// One of each kind of change of the global meetings.
fn meetings_amendments(file: &MeetingsFile) -> Vec<MeetingsAmendment> {
    let name =
        |wording: &str| Name { fr: Some(wording.to_owned()), en: Some(wording.to_owned()), es: None, own: vec![] };
    let new = |id: &str, ordinal: Option<u8>, date: &str| {
        let meeting = GlobalMeeting::new(id.to_owned(), when(date), name("réunion \"d'essai\" # 11"));
        MeetingsAmendment::New(Box::new(GlobalMeeting {
            ordinal,
            place: Some(text("Nairobi")),
            country: Some("KE".to_owned()),
            ..meeting
        }))
    };
    let mut all = vec![
        new("grcp-11", Some(11), "2026-09-24/2026-09-25"),
        new("side-event-2019", None, "2019"),
        MeetingsAmendment::Seen,
    ];
    for meeting in &file.meetings {
        let held = |venue: Venue, outcome| MeetingsAmendment::Held {
            id: meeting.id.clone(),
            date: meeting.date,
            venue,
            outcome,
        };
        all.push(held(Venue::default(), None));
        all.push(held(Venue { online: true, ..Venue::default() }, Some(text("résultat"))));
        all.push(held(
            Venue { place: Some(text("Nairobi")), country: Some("KE".to_owned()), online: false },
            Some(text("résultat")),
        ));
    }
    all
}

#[test]
fn a_change_of_the_global_meetings_touches_its_own_lines_alone() {
    let content = Files::built_in().0.remove("meetings.toml").expect("it is there");
    let read = |content: &[u8]| -> MeetingsFile {
        toml::from_str(std::str::from_utf8(content).expect("UTF-8")).expect("the meetings")
    };
    let windows = std::str::from_utf8(&content).expect("UTF-8").replace('\n', "\r\n").into_bytes();
    for content in [&content, &commented(&content), &windows] {
        for amendment in meetings_amendments(&read(content)) {
            let changed = amend_meetings(content, &amendment, &source(), TODAY)
                .unwrap_or_else(|error| panic!("{amendment:?}: {error}"));
            assert_eq!(read(&changed.content), changed.meetings, "{amendment:?}");
            touches_little(&format!("{amendment:?}"), content, &changed.content);
            let again = amend_meetings(&changed.content, &amendment, &source(), TODAY);
            assert_eq!(again.expect_err("once is enough"), NotAmended::Same, "{amendment:?}");
        }
    }
    // A new one stands behind the last with a number, written as the others are.
    let amendment = meetings_amendments(&read(&content)).swap_remove(0);
    let changed = amend_meetings(&content, &amendment, &source(), TODAY).expect("changed");
    let after = String::from_utf8(changed.content).expect("UTF-8");
    let come = lines_only_in(&after, std::str::from_utf8(&content).expect("UTF-8"));
    let come: String = come.into_iter().filter(|line| !line.starts_with("collected")).collect();
    insta::assert_snapshot!("edits_global_meeting", come);
    let ids: Vec<&str> = changed.meetings.meetings.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids[9..12], ["grcp-10", "grcp-11", "iscm-webinars-2020"]);
    assert!(after.find("grcp-11") < after.find("iscm-webinars-2020"), "as in the file");
}

#[test]
fn a_global_meeting_that_cannot_be_is_refused() {
    let content = Files::built_in().0.remove("meetings.toml").expect("it is there");
    let refused =
        |amendment: MeetingsAmendment| amend_meetings(&content, &amendment, &source(), TODAY).expect_err("refused");
    let name = Name { fr: Some("11e réunion".to_owned()), en: None, es: None, own: vec![] };
    let eleventh = |date: &str| GlobalMeeting {
        ordinal: Some(11),
        ..GlobalMeeting::new("grcp-11".to_owned(), when(date), name.clone())
    };
    assert_eq!(refused(MeetingsAmendment::New(Box::new(eleventh("2022")))), NotAmended::OutOfOrder);
    let held = |id: &str, date: &str, outcome| MeetingsAmendment::Held {
        id: id.to_owned(),
        date: when(date),
        venue: Venue::default(),
        outcome,
    };
    assert_eq!(refused(held("grcp-9", "2024", None)), NotAmended::OutOfOrder);
    assert_eq!(refused(held("grcp-10", "2027", Some(text("x")))), NotAmended::LiesAhead);
    assert_eq!(refused(held("grcp-99", "2024", None)), NotAmended::NothingSaid);
}

/// The same value of a record in forms in which a person may write it.
#[test]
fn other_layouts_of_the_same_record_are_kept_too() {
    let base = r#"id = "x"
kind = "regional"
region = "africa"
collected = "2026-11-01"
freshness = {fr="a",en="b",es="c"} # dense
name.fr = "Nom"
name.en = "Name"
name.es = "Nombre"
status = { value = "active", basis = "iom-list" }
themes = [ ]
CHAIR
[[participants]]
role = "member"
states = [
  "FR", # France
  # the last
  "DE" # Germany
]
count = 2

[[source]]
url = "https://example.org/a"
supports = ["name", "status", "chair", "members"]
# the end"#;
    for chair in [
        "chair = { countries = [\"FR\"], as_of = \"2024\" } # here",
        "chair.countries = [ \"FR\" ]\nchair.as_of = \"2024\"",
        "[chair]\ncountries = [\n  \"FR\"\n]\nas_of = \"2024\"\n\n[[chair.history]] # before\ncountries = [\"DE\"]\n",
        "[chair]\ncountries = [\"FR\",]\nas_of = \"2024\"\nhistory = []\n",
        "[chair]\ncountries = [\"FR\"]\nas_of = \"2024\"\nhistory = [ # newest first\n  # Germany\n  { countries = [\"DE\"] }, # d\n]\n",
        "",
    ] {
        let content = base.replace("CHAIR", chair);
        let process = read(content.as_bytes());
        for amendment in amendments(&process) {
            holds("x", content.as_bytes(), &amendment);
        }
    }
}

/// Random changes of a record, beyond those that have a form.
fn shuffled() -> impl Strategy<Value = (usize, Vec<(u8, usize, String)>)> {
    (0..shipped().len(), proptest::collection::vec((0_u8..12, 0_usize..60, "[a-zé\"'\\\\ #=\\[\\]{}]{1,12}"), 1..5))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_other_record_is_written_as_it_is((file, changes) in shuffled(), with_comments in any::<bool>()) {
        let (path, content) = shipped().swap_remove(file);
        let content = if with_comments { commented(&content) } else { content };
        let mut process = read(&content);
        for (kind, place, word) in changes {
            let text = Text { fr: Some(word.clone()), en: None, es: (place % 2 == 0).then(|| word.clone()) };
            match kind {
                0 if !process.meetings.is_empty() => { let at = place % process.meetings.len(); process.meetings.remove(at); }
                1 => { let at = place % (process.structure.len() + 1); process.structure.insert(at, text); }
                2 if !process.sources.is_empty() => { let at = place % process.sources.len(); process.sources[at].says = Some(text); }
                3 => process.aliases.push(word),
                4 => process.freshness = text,
                5 if process.sources.len() > 1 => { let at = place % process.sources.len(); process.sources.remove(at); }
                6 => process.chair = None,
                7 => process.notes.reverse(),
                8 => process.purpose = Some(text),
                9 if !process.participants.is_empty() => { let at = place % process.participants.len(); process.participants[at].states.sort(); }
                10 => process.themes.clear(),
                _ => { process.secretariat = None; process.acronym = None; }
            }
        }
        let written = write(&content, &process).unwrap_or_else(|error| panic!("{path}: {error}"));
        prop_assert_eq!(read(&written), process.clone());
        // Once more changes nothing, and back again says what it said.
        prop_assert_eq!(write(&written, &process).expect("the same"), written.clone());
        let back = write(&written, &read(&content)).expect("back");
        prop_assert_eq!(read(&back), read(&content));
    }

    #[test]
    fn no_file_makes_it_panic(content in select(vec!["", "[", "id = 1", "\u{feff}", "a.b = 1\na = 2", "x = [\n#"]), noise in "\\PC{0,60}") {
        let _ = write::<Process>(format!("{content}{noise}").as_bytes(), &read(&shipped()[0].1));
    }
}
