//! What can be shown, and how a button carries it: a view is written into the `custom_id` and read back on arrival.
//!
//! A `custom_id` holds everything that an answer needs, so that buttons go on working after a restart, after a reload
//! and on any replica. It has a version, and whatever does not read back exactly is refused.

use std::str::FromStr;

use crate::catalogue::{Language, StatusValue};

/// What every `custom_id` of `/rcp` begins with: the bot's mark and the version of the form.
const MARK: &str = "rcp:1";

/// The longest id that a view may carry, so that a `custom_id` keeps within Discord's 100 characters.
const LONGEST_ID: usize = 60;

/// The longest text that a search button may carry.
const LONGEST_QUERY: usize = 50;

/// Something that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A region's processes.
    Region { id: String, page: usize },
    /// The card of a process.
    Process { id: String },
    /// Everyone who takes part in a process.
    Members { id: String, page: usize },
    /// Where what is said of a process comes from.
    Sources { id: String, page: usize },
    /// A country's processes.
    Country { code: String },
    /// Who serves whom.
    Secretariats { page: usize },
    /// An organisation.
    Organisation { id: String },
    /// IOM's role.
    Iom,
    /// The global meetings.
    Meetings,
    /// One global meeting.
    Meeting { id: String },
    /// What the processes are: a section of `apropos`.
    About { section: Section },
    /// The terms.
    Glossary { page: usize },
    /// A term.
    Term { id: String },
    /// Hits of a search.
    Search { query: String, region: Option<String>, status: Option<StatusValue>, page: usize },
}

/// A section of `apropos`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The definition, in short, and the catalogue.
    Overview,
    /// How the processes work.
    Features,
    /// What they deal with.
    Topics,
    /// What they have achieved.
    Achievements,
    /// The texts that name them.
    References,
    /// The levels of consultation.
    Levels,
    /// Their history, their number, studies.
    History,
}

impl Section {
    /// Every section, in the order of its menu.
    pub const ALL: [Section; 7] = [
        Section::Overview,
        Section::Features,
        Section::Topics,
        Section::Achievements,
        Section::References,
        Section::Levels,
        Section::History,
    ];

    /// The name in message keys and in a `custom_id`.
    pub const fn key(self) -> &'static str {
        match self {
            Section::Overview => "overview",
            Section::Features => "features",
            Section::Topics => "topics",
            Section::Achievements => "achievements",
            Section::References => "references",
            Section::Levels => "levels",
            Section::History => "history",
        }
    }
}

/// What a component asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Shows a view: in place of a private message, else privately. The language is the presser's unless it is fixed.
    Open { view: View, fixed: Option<Language> },
    /// The same, with the view in the menu's value.
    Menu { fixed: Option<Language> },
    /// Shows a view to everyone.
    Share { view: View, fixed: Option<Language> },
    /// Deletes a public answer that this person asked for.
    Delete { asker: u64 },
}

/// A `custom_id` or menu value that is not one of ours, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a component of this version")]
pub struct Foreign;

impl View {
    /// The view as a menu's value or the end of a `custom_id`: at most 80 characters.
    pub fn encode(&self) -> String {
        match self {
            View::Region { id, page } => format!("r:{id}:{page}"),
            View::Process { id } => format!("p:{id}"),
            View::Members { id, page } => format!("m:{id}:{page}"),
            View::Sources { id, page } => format!("s:{id}:{page}"),
            View::Country { code } => format!("c:{code}"),
            View::Secretariats { page } => format!("o:{page}"),
            View::Organisation { id } => format!("g:{id}"),
            View::Iom => "i".to_owned(),
            View::Meetings => "n".to_owned(),
            View::Meeting { id } => format!("e:{id}"),
            View::About { section } => format!("a:{}", section.key()),
            View::Glossary { page } => format!("l:{page}"),
            View::Term { id } => format!("t:{id}"),
            View::Search { query, region, status, page } => {
                let region = region.as_deref().unwrap_or_default();
                let status = status.map(StatusValue::key).unwrap_or_default();
                // The text comes last, because it may hold anything.
                format!("q:{page}:{region}:{status}:{}", query.chars().take(LONGEST_QUERY).collect::<String>())
            }
        }
    }
}

impl FromStr for View {
    type Err = Foreign;

    fn from_str(text: &str) -> Result<View, Foreign> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let view = match (kind, rest.split_once(':')) {
            ("r", Some((region, page))) => View::Region { id: id(region)?, page: number(page)? },
            ("m", Some((process, page))) => View::Members { id: id(process)?, page: number(page)? },
            ("s", Some((process, page))) => View::Sources { id: id(process)?, page: number(page)? },
            ("q", Some((page, rest))) => search(number(page)?, rest)?,
            ("p", None) => View::Process { id: id(rest)? },
            ("c", None) => View::Country { code: id(rest)? },
            ("o", None) => View::Secretariats { page: number(rest)? },
            ("g", None) => View::Organisation { id: id(rest)? },
            ("i", None) => View::Iom,
            ("n", None) => View::Meetings,
            ("e", None) => View::Meeting { id: id(rest)? },
            ("a", None) => View::About { section: section(rest)? },
            ("l", None) => View::Glossary { page: number(rest)? },
            ("t", None) => View::Term { id: id(rest)? },
            _ => return Err(Foreign),
        };
        // Only what we would have written ourselves is ours.
        if view.encode() == text { Ok(view) } else { Err(Foreign) }
    }
}

fn id(text: &str) -> Result<String, Foreign> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain && (1..=LONGEST_ID).contains(&text.len()) { Ok(text.to_owned()) } else { Err(Foreign) }
}

fn number(text: &str) -> Result<usize, Foreign> {
    text.parse().ok().filter(|page| *page < 10_000).ok_or(Foreign)
}

fn section(text: &str) -> Result<Section, Foreign> {
    Section::ALL.into_iter().find(|section| section.key() == text).ok_or(Foreign)
}

fn search(page: usize, rest: &str) -> Result<View, Foreign> {
    let mut parts = rest.splitn(3, ':');
    let (Some(region), Some(status), Some(query)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Foreign);
    };
    let region = if region.is_empty() { None } else { Some(id(region)?) };
    let status = match status {
        "" => None,
        key => Some(StatusValue::ALL.iter().copied().find(|status| status.key() == key).ok_or(Foreign)?),
    };
    Ok(View::Search { query: query.to_owned(), region, status, page })
}

impl Target {
    /// The target as a `custom_id`. A number keeps two components of one message apart that lead to the same place.
    pub fn encode(&self, number: usize) -> String {
        let language = |fixed: &Option<Language>| fixed.map_or("-", Language::code);
        match self {
            Target::Open { view, fixed } => format!("{MARK}:o{number}:{}:{}", language(fixed), view.encode()),
            Target::Menu { fixed } => format!("{MARK}:m{number}:{}", language(fixed)),
            Target::Share { view, fixed } => format!("{MARK}:s{number}:{}:{}", language(fixed), view.encode()),
            Target::Delete { asker } => format!("{MARK}:x{number}:{asker}"),
        }
    }
}

impl FromStr for Target {
    type Err = Foreign;

    fn from_str(custom_id: &str) -> Result<Target, Foreign> {
        let rest = custom_id.strip_prefix(MARK).and_then(|rest| rest.strip_prefix(':')).ok_or(Foreign)?;
        let (verb, rest) = rest.split_once(':').ok_or(Foreign)?;
        let verb = verb.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let language = |code: &str| match code {
            "-" => Ok(None),
            code => code.parse().map(Some).map_err(|_| Foreign),
        };
        let with_view = || {
            let (code, view) = rest.split_once(':').ok_or(Foreign)?;
            Ok((view.parse()?, language(code)?))
        };
        match verb {
            "o" => with_view().map(|(view, fixed)| Target::Open { view, fixed }),
            "s" => with_view().map(|(view, fixed)| Target::Share { view, fixed }),
            "m" => language(rest).map(|fixed| Target::Menu { fixed }),
            "x" => rest.parse().map(|asker| Target::Delete { asker }).map_err(|_| Foreign),
            _ => Err(Foreign),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn views() -> impl Strategy<Value = View> {
        let id = "[a-z][a-z0-9-]{0,59}";
        let status = prop::option::of(prop::sample::select(StatusValue::ALL));
        prop_oneof![
            (id, 0..9_999usize).prop_map(|(id, page)| View::Region { id, page }),
            id.prop_map(|id| View::Process { id }),
            (id, 0..9_999usize).prop_map(|(id, page)| View::Sources { id, page }),
            (".{0,50}", prop::option::of("[a-z-]{1,14}"), status, 0..99usize)
                .prop_map(|(query, region, status, page)| View::Search { query, region, status, page }),
            prop::sample::select(Section::ALL.to_vec()).prop_map(|section| View::About { section }),
            Just(View::Iom),
        ]
    }

    proptest! {
        #[test]
        fn a_view_reads_back_from_its_custom_id(view in views(), number in 0..25usize) {
            for target in [Target::Open { view: view.clone(), fixed: None }, Target::Share { view, fixed: Some(Language::Es) }] {
                let custom_id = target.encode(number);
                prop_assert!((1..=100).contains(&custom_id.chars().count()), "{}", custom_id);
                prop_assert_eq!(custom_id.parse(), Ok(target));
            }
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp:1:[omsx][0-9]?:)?.{0,100}") {
            if let Ok(target) = custom_id.parse::<Target>() {
                prop_assert!(target.encode(0).chars().count() <= 100);
            }
        }
    }
}
