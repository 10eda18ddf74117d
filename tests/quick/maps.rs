//! Maps: who stands on them in which ink, that they are small and always the same, and that the command answers with them.
//! The slow tests draw all of them.

use std::sync::LazyLock;

use rcp_bot::catalogue::{Files, Language};
use rcp_bot::picture::{Ink, Map};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::maps::{self, Seen};

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    let today = jiff::civil::date(2026, 11, 28);
    Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, today).0.expect("the shipped catalogue")
});

fn process(id: &str) -> &'static rcp_bot::catalogue::Process {
    SNAPSHOT.catalogue.process(id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn members_stand_on_the_map_in_their_ink_and_others_do_not() {
    let shown = ["pidc", "cmc", "processus-de-prague"].map(|id| maps::of_process(&SNAPSHOT, Language::Fr, process(id)));
    let region = maps::of_region(&SNAPSHOT, Language::Es, "africa");
    let faults: Vec<String> = shown.iter().chain([&region]).flat_map(maps::faults).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_test_of_inks_sees_a_member_that_is_missing() {
    // Of a catalogue in which one more takes part than on the map.
    let mut named = maps::of_process(&SNAPSHOT, Language::Fr, process("cmc"));
    named.expected.push(("MX".to_owned(), Ink::Blue));
    assert_eq!(maps::faults(&named).len(), 1, "{:?}", maps::faults(&named));
    named.expected.pop();
    assert_eq!(maps::faults(&named), Vec::<String>::new());
    let place = named.expected.iter().position(|(code, _)| code == "GY").expect("a member");
    named.others.push(named.expected.remove(place).0);
    named.shown.retain(|code| code != "GY");
    assert_eq!(maps::faults(&named).len(), 1);
}

#[test]
fn the_pacific_is_not_cut_in_two() {
    let drawn = Map::of_process(&SNAPSHOT.catalogue, SNAPSHOT.messages.voice(Language::Fr), process("pidc"));
    let places = drawn.draw().expect("it is drawn").places;
    // Palau, Fiji, Samoa and French Polynesia from west to east, across 180°.
    let x: Vec<f32> = ["PW", "FJ", "WS", "PF"].map(|code| places[code].0).to_vec();
    assert!(x.windows(2).all(|pair| pair[0] < pair[1]), "{x:?}");
    assert!(x[3] - x[2] < 250.0, "{x:?}");
}

#[test]
fn the_same_map_is_the_same_to_the_byte() {
    let voice = SNAPSHOT.messages.voice(Language::En);
    let map = Map::of_process(&SNAPSHOT.catalogue, voice, process("midsa"));
    let again = Map::of_process(&SNAPSHOT.catalogue, voice, process("midsa"));
    assert_eq!(map, again);
    assert_eq!(map.draw().expect("it is drawn").png, again.draw().expect("it is drawn").png);
}

#[test]
fn observers_are_striped_and_a_chair_has_a_star() {
    let map = Map::of_process(&SNAPSHOT.catalogue, SNAPSHOT.messages.voice(Language::Fr), process("processus-almaty"));
    let drawn = map.draw().expect("it is drawn");
    let seen = Seen::read(&drawn.png);
    let iran = seen.inks(drawn.places["IR"], 8);
    assert!(iran.contains("Orange") && iran.contains("Stripe"), "{iran:?}");
    assert!(seen.inks(drawn.places["KZ"], 4).contains("Gold"));
}

#[test]
fn what_lies_behind_the_horizon_is_left_white() {
    let americas = maps::of_region(&SNAPSHOT, Language::Fr, "americas").map;
    let seen = Seen::read(&americas.draw().expect("it is drawn").png);
    for corner in [(10.0, 60.0), (790.0, 60.0), (10.0, 300.0), (790.0, 300.0), (10.0, 515.0), (790.0, 515.0)] {
        assert_eq!(seen.inks(corner, 3), ["White".to_owned()].into(), "{corner:?}");
    }
}

#[test]
fn what_a_map_tells_is_said_in_words_in_each_language() {
    for language in Language::ALL {
        let voice = SNAPSHOT.messages.voice(language);
        let map = Map::of_process(&SNAPSHOT.catalogue, voice, process("ocam"));
        for code in ["HN", "PA", "GT", "MX"] {
            let name = SNAPSHOT.catalogue.country(code).expect("a country").name.get(language);
            assert!(map.description().contains(name), "{code}: {}", map.description());
        }
        let none = Map::of_process(&SNAPSHOT.catalogue, voice, process("tripoli-process"));
        assert!(none.summary().contains(&voice.say("map-no-list")), "{}", none.summary());
    }
}
