//! The parameters that views take: how each is written into a `custom_id` and read back, and which values there are.

use crate::catalogue::{Catalogue, StatusValue};

/// The longest id that a view may carry, in bytes, so that a `custom_id` keeps within Discord's 100 characters.
const LONGEST_ID: usize = 60;

/// The longest text that a search button may carry, in characters.
const LONGEST_QUERY: usize = 50;

/// Pages are counted from 0 and end before this.
const PAGES: usize = 10_000;

/// A kind of parameter.
pub trait Parameter {
    /// What a view holds.
    type Held;
    /// What a command is given of it.
    type Given<'a>;

    /// As it stands in a `custom_id`.
    fn write(held: &Self::Held) -> String;

    /// Reads it back; none for what was never written.
    fn read(text: &str) -> Option<Self::Held>;

    /// Hands it to a command.
    fn give(held: &Self::Held) -> Self::Given<'_>;

    /// Values that a catalogue leads to, for walking everything that can be shown.
    fn values(catalogue: &Catalogue) -> Vec<Self::Held>;
}

fn id(text: &str) -> Option<String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (plain && (1..=LONGEST_ID).contains(&text.len())).then(|| text.to_owned())
}

/// A kind of parameter that is the id of an entry in one list of the catalogue.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = |$catalogue:ident| $list:expr, $key:ident;)+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Parameter for $name {
            type Held = String;
            type Given<'a> = &'a str;

            fn write(held: &String) -> String {
                held.clone()
            }

            fn read(text: &str) -> Option<String> {
                id(text)
            }

            fn give(held: &String) -> &str {
                held
            }

            fn values($catalogue: &Catalogue) -> Vec<String> {
                $list.iter().map(|one| one.$key.clone()).collect()
            }
        }
    )+};
}

ids! {
    /// A process's id.
    ProcessId = |catalogue| catalogue.processes, id;
    /// A region's id.
    RegionId = |catalogue| catalogue.regions, id;
    /// A country's code.
    CountryCode = |catalogue| catalogue.countries, code;
    /// An organisation's id.
    OrganisationId = |catalogue| catalogue.organisations, id;
    /// A global meeting's id.
    MeetingId = |catalogue| catalogue.meetings.meetings, id;
    /// A term's id.
    TermId = |catalogue| catalogue.glossary.terms, id;
}

/// The number of a page, from 0. One behind the last page shows the last.
pub struct Page;

impl Parameter for Page {
    type Held = usize;
    type Given<'a> = usize;

    fn write(held: &usize) -> String {
        held.to_string()
    }

    fn read(text: &str) -> Option<usize> {
        text.parse().ok().filter(|page| *page < PAGES)
    }

    fn give(held: &usize) -> usize {
        *held
    }

    fn values(_: &Catalogue) -> Vec<usize> {
        vec![0]
    }
}

/// What was searched for, cut to what a `custom_id` holds. It may contain anything.
pub struct Query;

impl Parameter for Query {
    type Held = String;
    type Given<'a> = &'a str;

    fn write(held: &String) -> String {
        held.chars().take(LONGEST_QUERY).collect()
    }

    fn read(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn give(held: &String) -> &str {
        held
    }

    fn values(_: &Catalogue) -> Vec<String> {
        // Something that is found in each language, and something that is found in none.
        ["2013", "migration", "zzzzqqqq"].map(str::to_owned).to_vec()
    }
}

/// The region to which a search is narrowed, if it is; written as nothing if not.
pub struct RegionFilter;

impl Parameter for RegionFilter {
    type Held = Option<String>;
    type Given<'a> = Option<&'a str>;

    fn write(held: &Option<String>) -> String {
        held.clone().unwrap_or_default()
    }

    fn read(text: &str) -> Option<Option<String>> {
        if text.is_empty() { Some(None) } else { id(text).map(Some) }
    }

    fn give(held: &Option<String>) -> Option<&str> {
        held.as_deref()
    }

    fn values(_: &Catalogue) -> Vec<Option<String>> {
        vec![None]
    }
}

/// The status to which a search is narrowed, if it is; written as nothing if not.
pub struct StatusFilter;

impl Parameter for StatusFilter {
    type Held = Option<StatusValue>;
    type Given<'a> = Option<StatusValue>;

    fn write(held: &Option<StatusValue>) -> String {
        held.map(StatusValue::key).unwrap_or_default().to_owned()
    }

    fn read(text: &str) -> Option<Option<StatusValue>> {
        let named = || StatusValue::ALL.iter().copied().find(|status| status.key() == text);
        if text.is_empty() { Some(None) } else { named().map(Some) }
    }

    fn give(held: &Option<StatusValue>) -> Option<StatusValue> {
        *held
    }

    fn values(_: &Catalogue) -> Vec<Option<StatusValue>> {
        vec![None]
    }
}

/// A section of `/rcp apropos`.
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
    /// What the catalogue holds, how old it is, which revision it is.
    Catalogue,
}

impl Section {
    /// Every section, in the order of its menu.
    pub const ALL: [Section; 8] = [
        Section::Overview,
        Section::Features,
        Section::Topics,
        Section::Achievements,
        Section::References,
        Section::Levels,
        Section::History,
        Section::Catalogue,
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
            Section::Catalogue => "catalogue",
        }
    }
}

impl Parameter for Section {
    type Held = Section;
    type Given<'a> = Section;

    fn write(held: &Section) -> String {
        held.key().to_owned()
    }

    fn read(text: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.key() == text)
    }

    fn give(held: &Section) -> Section {
        *held
    }

    fn values(_: &Catalogue) -> Vec<Section> {
        Section::ALL.to_vec()
    }
}

/// A part of what is told of IOM's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IomPart {
    /// The processes, by IOM's role in them.
    Processes,
    /// The figures, with what readers must know of them.
    Figures,
    /// What its role consists of.
    Support,
    /// What IOM is.
    Basics,
}

impl IomPart {
    /// Every part, in the order of its buttons.
    pub const ALL: [IomPart; 4] = [IomPart::Processes, IomPart::Figures, IomPart::Support, IomPart::Basics];

    /// The name in message keys and in a `custom_id`.
    pub const fn key(self) -> &'static str {
        match self {
            IomPart::Processes => "processes",
            IomPart::Figures => "figures",
            IomPart::Support => "support",
            IomPart::Basics => "basics",
        }
    }
}

impl Parameter for IomPart {
    type Held = IomPart;
    type Given<'a> = IomPart;

    fn write(held: &IomPart) -> String {
        held.key().to_owned()
    }

    fn read(text: &str) -> Option<IomPart> {
        IomPart::ALL.into_iter().find(|part| part.key() == text)
    }

    fn give(held: &IomPart) -> IomPart {
        *held
    }

    fn values(_: &Catalogue) -> Vec<IomPart> {
        IomPart::ALL.to_vec()
    }
}
