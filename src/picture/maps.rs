//! What the maps show: who takes part in a process, in how many processes of a region or of the world each country takes
//! part, with whom a country sits, and two processes at once.

use std::collections::{BTreeMap, BTreeSet};

use drawing::{Drawn, NotDrawn, Tone};

use crate::catalogue::fold::fold;
use crate::catalogue::{Catalogue, Country, Files, ParticipantRole, Process, Region, StatusValue, When};
use crate::language::Voice;

/// The file of the built-in folder that holds the countries' shapes.
const SHAPES: &str = "map/shapes.bin";

/// Codes of countries.
type Codes<'a> = BTreeSet<&'a str>;

/// A map, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    shown: drawing::Map,
    summary: String,
    description: String,
}

impl Map {
    /// The width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.shown.size()
    }

    /// What it tells in short, for the text beside it: in the reader's language, of at most a few lines.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// What it tells, for those who do not see it: in the reader's language, without markup.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Draws it, with the shapes that are compiled in.
    pub fn draw(&self) -> Result<Drawn, NotDrawn> {
        self.shown.draw(Files::one_built_in(SHAPES).unwrap_or_default())
    }

    /// Who takes part in a process: members, observers, and who chairs. Without a list of members it says so.
    pub fn of_process(catalogue: &Catalogue, voice: Voice<'_>, process: &Process) -> Map {
        let (members, observers) = (members(process), states(process, ParticipantRole::Observer));
        let observers: Codes<'_> = observers.difference(&members).copied().collect();
        let chair = process.chair.iter().flat_map(|chair| &chair.countries).map(String::as_str);
        let chair: Codes<'_> = chair.collect();
        let mut groups = Vec::new();
        let counted = |key, codes: &Codes<'_>| voice.say_with(key, [("count", codes.len().into())]);
        if !members.is_empty() {
            groups.push((Tone::First, counted("members-count", &members), members.clone()));
        }
        if !observers.is_empty() {
            groups.push((Tone::Second, counted("observers-count", &observers), observers.clone()));
        }
        let chaired = names(catalogue, voice, &chair);
        groups.push((Tone::Chair, voice.say("field-chair"), chair.clone()));
        let date = process.participants(ParticipantRole::Member).and_then(|group| group.as_of);
        let sources = (process.sources.len(), date.unwrap_or(process.collected));
        let (short, name) = (voice.process_short(process), process.name.get(voice.language));
        let full = if short == name { String::new() } else { name.to_owned() };
        let framing = members.iter().chain(&chair).map(|code| (*code).to_owned()).collect();
        let mut map = Map::of_groups(catalogue, voice, short, groups, sources);
        (map.shown.full, map.shown.framing) = (full, framing);
        if !chaired.is_empty() {
            // The only one of a process that is told by name: who takes part besides stands behind a button.
            map.summary =
                map.summary.replace(&voice.say("field-chair"), &voice.labelled(&voice.say("field-chair"), &chaired));
        }
        if members.is_empty() { map.without_list(voice) } else { map }
    }

    /// The members of two processes: those of one, of the other, of both.
    pub fn of_two(catalogue: &Catalogue, voice: Voice<'_>, one: &Process, other: &Process) -> Map {
        let (first, second) = (members(one), members(other));
        let title = format!("{} ↔ {}", voice.process_short(one), voice.process_short(other));
        let only = |process: &Process, codes: &Codes<'_>| {
            let values = [("name", voice.process_short(process).into()), ("count", codes.len().into())];
            voice.say_with("map-only", values)
        };
        let both: Codes<'_> = first.intersection(&second).copied().collect();
        let first: Codes<'_> = first.difference(&both).copied().collect();
        let second: Codes<'_> = second.difference(&both).copied().collect();
        let groups = vec![
            (Tone::First, only(one, &first), first),
            (Tone::Second, only(other, &second), second),
            (Tone::Both, voice.say_with("map-both", [("count", both.len().into())]), both),
        ];
        let collected = one.collected.earliest().max(other.collected.earliest());
        let latest = if one.collected.earliest() == collected { one.collected } else { other.collected };
        let sources = (one.sources.len() + other.sources.len(), latest);
        let map = Map::of_groups(catalogue, voice, &title, groups, sources);
        if map.shown.legend.is_empty() { map.without_list(voice) } else { map }
    }

    /// In how many active processes of a region each country is a member.
    pub fn of_region(catalogue: &Catalogue, voice: Voice<'_>, region: &Region) -> Map {
        let title = voice.say_with("map-region", [("region", region.name.get(voice.language).into())]);
        let own = active(catalogue).filter(|process| process.region == region.id);
        let counts = counted(own.clone());
        let map = Map::of_counts(catalogue, voice, &title, &counts, sources(catalogue, own));
        if counts.is_empty() { map.without_list(voice) } else { map }
    }

    /// In how many active processes of the world each country is a member.
    pub fn of_world(catalogue: &Catalogue, voice: Voice<'_>) -> Map {
        let counts = counted(active(catalogue));
        let sources = sources(catalogue, active(catalogue));
        let mut map = Map::of_counts(catalogue, voice, &voice.say("map-world"), &counts, sources);
        map.shown.whole = true;
        map
    }

    /// In how many processes that are not inactive each other country takes part together with one.
    pub fn of_country(catalogue: &Catalogue, voice: Voice<'_>, country: &Country) -> Map {
        let name = country.name.get(voice.language);
        let title = voice.say_with("map-country", [("country", name.into())]);
        let own = catalogue
            .processes
            .iter()
            .filter(|process| process.status.value != StatusValue::Inactive)
            .filter(|process| at_the_table(process).any(|code| code == country.code));
        let own: Vec<&Process> = own.collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for code in own.iter().copied().flat_map(taking_part).filter(|code| *code != country.code) {
            *counts.entry(code).or_default() += 1;
        }
        let mut map = Map::of_counts(catalogue, voice, &title, &counts, sources(catalogue, own.into_iter()));
        map.shown.tones.insert(country.code.clone(), (Tone::Centre, name.to_owned()));
        map.shown.legend.insert(0, (Tone::Centre, name.to_owned()));
        if counts.is_empty() {
            map.shown.title = name.to_owned();
            map.summary = voice.say("country-none");
            map.shown.small = vec![map.summary.clone(), voice.say("map-boundaries")];
            map.description = format!("{} {}", map.description, map.summary);
        }
        map
    }

    /// A map of countries in groups, each with what it is called. A country that is in several has the tone of the last.
    fn of_groups(
        catalogue: &Catalogue,
        voice: Voice<'_>,
        title: &str,
        groups: Vec<(Tone, String, Codes<'_>)>,
        sources: (usize, When),
    ) -> Map {
        let shown =
            drawing::Map { title: title.to_owned(), small: small_print(voice, sources), ..drawing::Map::default() };
        let description = voice.say_with("map-told", [("title", title.into())]);
        let mut map = Map { shown, summary: String::new(), description };
        for (tone, label, codes) in groups.into_iter().filter(|(.., codes)| !codes.is_empty()) {
            let told = voice.labelled(&label, &names(catalogue, voice, &codes));
            map.description.push_str(&format!(" {told}."));
            let countries = codes.into_iter().filter_map(|code| catalogue.country(code));
            let name = |country: &Country| country.name.get(voice.language).to_owned();
            map.shown.tones.extend(countries.map(|country| (country.code.clone(), (tone, name(country)))));
            map.shown.legend.push((tone, label));
        }
        map.summary = map.shown.legend.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(" · ");
        map
    }

    /// The same map, which says that no list of members is known.
    fn without_list(mut self, voice: Voice<'_>) -> Map {
        let remark = voice.say("map-no-list");
        self.description = format!("{} {remark}", self.description);
        let said = [remark.as_str(), self.summary.as_str()].into_iter().filter(|text| !text.is_empty());
        self.summary = said.collect::<Vec<_>>().join(" · ");
        self.shown.remark = remark;
        self
    }

    /// A map of countries by a number, in at most four steps.
    fn of_counts(
        catalogue: &Catalogue,
        voice: Voice<'_>,
        title: &str,
        counts: &BTreeMap<&str, usize>,
        sources: (usize, When),
    ) -> Map {
        let steps = steps(counts.values().copied().max().unwrap_or_default());
        let (mut groups, mut ranges) = (Vec::new(), BTreeMap::new());
        for (tone, (from, to)) in [Tone::Few, Tone::Some, Tone::Many, Tone::Most].into_iter().zip(steps) {
            let codes: Codes<'_> =
                counts.iter().filter(|(_, count)| (from..=to).contains(*count)).map(|(code, _)| *code).collect();
            let range = if from == to { from.to_string() } else { format!("{from}–{to}") };
            let label = voice.say_with("map-step", [("count", to.into()), ("range", range.as_str().into())]);
            ranges.insert(tone, range);
            groups.push((tone, label, codes));
        }
        // Those in most processes are told first: there may be more than there is room for.
        groups.reverse();
        let most = groups.iter().find(|(.., codes)| !codes.is_empty());
        let most = most.map(|(_, label, codes)| voice.labelled(label, &names(catalogue, voice, codes)));
        let mut map = Map::of_groups(catalogue, voice, title, groups, sources);
        map.shown.legend.reverse();
        // The first says of what; for the others the number is enough.
        for (tone, label) in map.shown.legend.iter_mut().skip(1) {
            *label = ranges.get(tone).cloned().unwrap_or_default();
        }
        let countries = voice.say_with("map-countries", [("count", counts.len().into())]);
        map.summary = [Some(countries), most].into_iter().flatten().collect::<Vec<_>>().join("\n");
        map
    }
}

/// Up to four steps from 1 to a number, each with its first and its last.
fn steps(most: usize) -> Vec<(usize, usize)> {
    match most {
        0 => Vec::new(),
        1..=4 => (1..=most).map(|step| (step, step)).collect(),
        _ => {
            let third = usize::midpoint(3, most);
            vec![(1, 1), (2, 2), (3, third), (third + 1, most)]
        }
    }
}

/// The States that take part in a process in a role.
fn states(process: &Process, role: ParticipantRole) -> Codes<'_> {
    process.participants(role).into_iter().flat_map(|group| &group.states).map(String::as_str).collect()
}

fn members(process: &Process) -> Codes<'_> {
    states(process, ParticipantRole::Member)
}

/// Who sits at the table: members and observers, one after the other as their lists have them.
fn at_the_table(process: &Process) -> impl Iterator<Item = &str> {
    let groups = [ParticipantRole::Member, ParticipantRole::Observer].map(|role| process.participants(role));
    groups.into_iter().flatten().flat_map(|group| &group.states).map(String::as_str)
}

/// The same, each once.
fn taking_part(process: &Process) -> Codes<'_> {
    at_the_table(process).collect()
}

fn active(catalogue: &Catalogue) -> impl Iterator<Item = &Process> + Clone {
    catalogue.processes.iter().filter(|process| process.status.value == StatusValue::Active)
}

/// In how many of these processes each country is a member.
fn counted<'a>(processes: impl Iterator<Item = &'a Process>) -> BTreeMap<&'a str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for code in processes.flat_map(members) {
        *counts.entry(code).or_default() += 1;
    }
    counts
}

/// How many sources these processes have together, and the latest day on which facts of one were collected.
fn sources<'a>(catalogue: &Catalogue, processes: impl Iterator<Item = &'a Process>) -> (usize, When) {
    let latest: Option<(usize, When)> = processes.fold(None, |latest, process| {
        let (count, day) = latest.unwrap_or((0, process.collected));
        let day = if process.collected.earliest() > day.earliest() { process.collected } else { day };
        Some((count + process.sources.len(), day))
    });
    latest.unwrap_or((catalogue.general.definition.sources.len(), catalogue.general.collected))
}

/// The source and date of a list, and what its boundaries do not mean.
fn small_print(voice: Voice<'_>, (count, date): (usize, When)) -> Vec<String> {
    let values = [("count", count.into()), ("date", voice.date(date).into())];
    vec![voice.say_with("map-sources", values), voice.say("map-boundaries")]
}

/// Countries by their names, in alphabetical order.
fn names(catalogue: &Catalogue, voice: Voice<'_>, codes: &Codes<'_>) -> String {
    let countries = codes.iter().filter_map(|code| catalogue.country(code));
    let mut names: Vec<&str> = countries.map(|country| country.name.get(voice.language)).collect();
    names.sort_by_cached_key(|name| fold(name));
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_reach_from_one_to_the_most() {
        assert_eq!(steps(0), []);
        assert_eq!(steps(2), [(1, 1), (2, 2)]);
        assert_eq!(steps(5), [(1, 1), (2, 2), (3, 4), (5, 5)]);
        assert_eq!(steps(12), [(1, 1), (2, 2), (3, 7), (8, 12)]);
    }
}
