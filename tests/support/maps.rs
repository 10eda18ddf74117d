//! Maps as tests see them: drawn, read back by another library than the one that wrote them, and looked at pixel by pixel.

use std::collections::BTreeSet;

use rcp_bot::catalogue::{Catalogue, Language, ParticipantRole, Process, StatusValue};
use rcp_bot::picture::{Drawn, Ink, Map, Tone};
use rcp_bot::snapshot::Snapshot;

/// A map with a name for failures.
pub struct Named {
    /// Of what, and in which language.
    pub name: String,
    /// The map.
    pub map: Map,
    /// What it must show at least: who is in which ink.
    pub expected: Vec<(String, Ink)>,
    /// All that are coloured, observers and chairs included.
    pub shown: Vec<String>,
    /// Countries that must not be coloured.
    pub others: Vec<String>,
}

fn named(name: &str, language: Language, map: Map, expected: Vec<(String, Ink)>, catalogue: &Catalogue) -> Named {
    let shown: BTreeSet<&String> = expected.iter().map(|(code, _)| code).collect();
    // All that are not shown, less observers, who may stand in other inks.
    let others = catalogue.countries.iter().map(|country| country.code.clone());
    let others = others.filter(|code| !shown.contains(code)).collect();
    let shown = shown.into_iter().cloned().collect();
    Named { name: format!("{name} ({})", language.code()), map, expected, shown, others }
}

/// The States of a process in a role.
pub fn states(process: &Process, role: ParticipantRole) -> Vec<String> {
    process.participants(role).map(|group| group.states.clone()).unwrap_or_default()
}

/// The map of a process, with the inks that follow from its record.
pub fn of_process(snapshot: &Snapshot, language: Language, process: &Process) -> Named {
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
    let chair: Vec<String> = process.chair.iter().flat_map(|chair| chair.countries.clone()).collect();
    let members = states(process, ParticipantRole::Member);
    // A chair's point lies under its star.
    let ink = |code: &String| if chair.contains(code) { Ink::Gold } else { Ink::Blue };
    let expected = members.iter().map(|code| (code.clone(), ink(code))).collect();
    let map = Map::of_process(catalogue, voice, process);
    let mut named = named(&process.id, language, map, expected, catalogue);
    let observers = states(process, ParticipantRole::Observer);
    named.others.retain(|code| !observers.contains(code) && !chair.contains(code));
    named.shown.extend(observers.into_iter().chain(chair));
    named
}

/// The map of a region: each member of its active processes in one of the steps.
pub fn of_region(snapshot: &Snapshot, language: Language, id: &str) -> Named {
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
    let own = catalogue.processes.iter().filter(|one| one.region == id && one.status.value == StatusValue::Active);
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    own.flat_map(|one| states(one, ParticipantRole::Member)).for_each(|code| *counts.entry(code).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or_default();
    let ink = |count: usize| match count {
        1 => Ink::Few,
        2 => Ink::Some,
        3 => Ink::Many,
        4 if most > 4 => Ink::Many,
        _ => Ink::Most,
    };
    assert!(most <= 5, "the steps of more than five are not worked out here");
    let expected = counts.into_iter().map(|(code, count)| (code, ink(count))).collect();
    let region = catalogue.region(id).expect("a region");
    named(id, language, Map::of_region(catalogue, voice, region), expected, catalogue)
}

/// The map of a country: itself in orange.
pub fn of_country(snapshot: &Snapshot, language: Language, code: &str) -> Named {
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
    let country = catalogue.country(code).expect("a country");
    let map = Map::of_country(catalogue, voice, country);
    Named { others: Vec::new(), ..named(code, language, map, vec![(code.to_owned(), Ink::Orange)], catalogue) }
}

/// The map of the world.
pub fn of_world(snapshot: &Snapshot, language: Language) -> Named {
    let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
    Named { others: Vec::new(), ..named("world", language, Map::of_world(catalogue, voice), Vec::new(), catalogue) }
}

/// A picture that was read: its width, and the red, green and blue of each pixel, one after the other.
pub struct Seen {
    width: usize,
    pixels: Vec<u8>,
}

impl Seen {
    /// Reads a PNG.
    pub fn read(png: &[u8]) -> Seen {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("it fits into memory")];
        let info = reader.next_frame(&mut bytes).expect("a whole PNG");
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        assert_eq!(info.line_size, 3 * info.width as usize, "rows follow each other without a gap");
        Seen { width: info.width as usize, pixels: bytes }
    }

    /// The inks that stand purely within so many pixels of a point.
    pub fn inks(&self, (x, y): (f32, f32), around: usize) -> BTreeSet<String> {
        let (x, y) = (x.max(0.0).round() as usize, y.max(0.0).round() as usize);
        let rows = y.saturating_sub(around)..=y + around;
        let pixels = rows.flat_map(|row| {
            let columns = x.saturating_sub(around)..=x + around;
            columns.filter_map(move |column| self.pixels.get(3 * (row * self.width + column)..)?.first_chunk())
        });
        let found = pixels.filter_map(|pixel: &[u8; 3]| Ink::ALL.into_iter().find(|ink| ink.rgb() == *pixel));
        found.map(|ink| format!("{ink:?}")).collect()
    }
}

/// Countries within others that are smaller than a pixel on the map of a continent.
const TINY: [&str; 4] = ["LI", "MC", "SM", "VA"];

/// Draws a map and says what is wrong with it: its size, what is in which ink, what it tells without being seen.
pub fn faults(named: &Named) -> Vec<String> {
    let mut faults = Vec::new();
    let mut wrong = |what: String| faults.push(format!("{}: {what}", named.name));
    let Drawn { png, places } = match named.map.draw() {
        Ok(drawn) => drawn,
        Err(error) => return vec![format!("{}: {error}", named.name)],
    };
    if png.len() > 120_000 {
        wrong(format!("{} bytes", png.len()));
    }
    let (width, height) = named.map.size();
    if width > 1_200 || height > 900 || u32::from_be_bytes(png[16..20].try_into().expect("four bytes")) != width {
        wrong(format!("{width} × {height} pixels"));
    }
    if named.map.description().chars().count() < 10 || named.map.summary().is_empty() {
        wrong("it tells nothing to those who do not see it".to_owned());
    }
    let seen = Seen::read(&png);
    for (code, ink) in &named.expected {
        let Some(place) = places.get(code) else {
            wrong(format!("{code} is not on it"));
            continue;
        };
        // A dot, a star or another dot may lie over the very point.
        let others = named.shown.iter().filter(|other| *other != code).filter_map(|other| places.get(other));
        let covered = others.into_iter().any(|other| (other.0 - place.0).hypot(other.1 - place.1) < 17.0);
        let inks = seen.inks(*place, if covered { 12 } else { 4 });
        if !inks.contains(&format!("{ink:?}")) {
            wrong(format!("{code} should be {ink:?} and is {inks:?} at {place:?}"));
        }
    }
    for code in named.others.iter().filter(|code| !TINY.contains(&code.as_str())) {
        let Some(place) = places.get(code) else { continue };
        // At the edge arrows say where those lie that are not within the frame.
        if !(30.0..=770.0).contains(&place.0) || !(84.0..=494.0).contains(&place.1) {
            continue;
        }
        // Under the dot of a neighbour nothing is seen.
        let close = |other: &(f32, f32)| (other.0 - place.0).hypot(other.1 - place.1) < 17.0;
        if named.shown.iter().filter_map(|code| places.get(code)).any(close) {
            continue;
        }
        let inks = seen.inks(*place, 0);
        if !inks.is_disjoint(&toned()) {
            wrong(format!("{code} does not take part and is {inks:?} at {place:?}"));
        }
    }
    faults
}

/// The inks of the tones that a map may use for countries.
pub fn toned() -> BTreeSet<String> {
    let tones = [Tone::First, Tone::Second, Tone::Few, Tone::Some, Tone::Many, Tone::Most];
    tones.into_iter().map(|tone| format!("{:?}", tone.ink())).collect()
}
