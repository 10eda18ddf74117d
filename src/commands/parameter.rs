//! The parameters that views take: how each is written into a `custom_id` and read back, and which values there are.

use std::borrow::Cow;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::catalogue::{Catalogue, StatusValue};
use crate::lookup::{Entity, essential};
use crate::reply::limits::MENU_OPTIONS;

/// The longest id that a view may carry, in bytes, so that a `custom_id` keeps within Discord's 100 characters.
const LONGEST_ID: usize = 60;

/// The longest text that a search button carries as it is, in characters.
const LONGEST_QUERY: usize = 50;

/// What the text of a search begins with in a `custom_id` that carries it packed.
const PACKED: char = '≡';

/// The longest text that a search button carries packed, in bytes: with the mark and beside everything else that stands
/// in its `custom_id` this takes 56 characters.
const LONGEST_PACKED: usize = 103;

/// The longest id of a region that a search button carries as it is, in bytes; instead of a longer one it carries a mark
/// and as many characters less of the id's hash.
const LONGEST_REGION: usize = 14;

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
    /// A topic's id.
    TopicId = |catalogue| catalogue.topics, id;
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

/// The most characters of a side of a comparison, so that two of them fit into a `custom_id`.
pub(super) const LONGEST_SIDE: usize = 38;

/// One side of a comparison: a country's code or a process's id, of the longest ids the beginning.
pub struct SideId;

impl Parameter for SideId {
    type Held = String;
    type Given<'a> = &'a str;

    fn write(held: &String) -> String {
        held.clone()
    }

    fn read(text: &str) -> Option<String> {
        id(text).filter(|id| id.len() <= LONGEST_SIDE)
    }

    fn give(held: &String) -> &str {
        held
    }

    fn values(catalogue: &Catalogue) -> Vec<String> {
        // Every pair would be too many to walk: some processes, and some countries that take part in them.
        let processes = catalogue.processes.iter().step_by(catalogue.processes.len().div_ceil(5).max(1));
        let members =
            processes.clone().flat_map(|process| &process.participants).flat_map(|group| group.states.first());
        let mut sides: Vec<String> = processes
            .map(|process| process.id.chars().take(LONGEST_SIDE).collect())
            .chain(members.take(4).cloned())
            .collect();
        sides.sort();
        sides.dedup();
        sides
    }
}

/// One of two processes: its id, of the longest ids the beginning.
pub struct ProcessSide;

impl Parameter for ProcessSide {
    type Held = String;
    type Given<'a> = &'a str;

    fn write(held: &String) -> String {
        held.clone()
    }

    fn read(text: &str) -> Option<String> {
        SideId::read(text)
    }

    fn give(held: &String) -> &str {
        held
    }

    fn values(catalogue: &Catalogue) -> Vec<String> {
        SideId::values(catalogue).into_iter().filter(|side| catalogue.country(side).is_none()).collect()
    }
}

/// What is searched for. It may contain anything, and be of any length as it is typed; what is searched is what
/// [`Query::kept`] keeps of it, so that every page and every copy for others shows the same search.
pub struct Query;

impl Query {
    /// As much of what a person typed as a `custom_id` holds: all of it as a rule; of a long text the words that look
    /// something up, each once, and the first of those if they are still too many.
    pub fn kept(typed: &str) -> Cow<'_, str> {
        let fits = |text: &str| {
            let plain = text.chars().nth(LONGEST_QUERY).is_none() && !text.starts_with(PACKED);
            plain || text.len() <= LONGEST_PACKED
        };
        // What is packed ends in no zero.
        let bare =
            |text: &'_ str| -> usize { text.trim_end_matches(|last: char| last.is_whitespace() || last == '\0').len() };
        let typed = typed.trim_start();
        let typed = typed.get(..bare(typed)).unwrap_or_default();
        if fits(typed) {
            return typed.into();
        }
        let mut essential = essential(typed);
        essential.truncate(bare(&essential));
        if fits(&essential) && !essential.is_empty() {
            return essential.into();
        }
        let text = if essential.is_empty() { typed } else { &essential };
        let end = text.floor_char_boundary(LONGEST_PACKED);
        let head = text.get(..end).unwrap_or_default();
        // Half a word would be another one.
        let whole = head.rfind(char::is_whitespace).and_then(|end| head.get(..end)).unwrap_or(head);
        whole.get(..bare(whole)).unwrap_or_default().to_owned().into()
    }
}

impl Parameter for Query {
    type Held = String;
    type Given<'a> = &'a str;

    fn write(held: &String) -> String {
        let kept = Query::kept(held);
        let plain = kept.chars().nth(LONGEST_QUERY).is_none() && !kept.starts_with(PACKED);
        if plain { kept.into_owned() } else { format!("{PACKED}{}", packing::pack(kept.as_bytes())) }
    }

    fn read(text: &str) -> Option<String> {
        match text.strip_prefix(PACKED) {
            Some(packed) => String::from_utf8(packing::unpack(packed)?).ok(),
            None => Some(text.to_owned()),
        }
    }

    fn give(held: &String) -> &str {
        held
    }

    fn values(_: &Catalogue) -> Vec<String> {
        // Something that is found in each language, and something that is found in none.
        ["2013", "migration", "zzzzqqqq"].map(str::to_owned).to_vec()
    }
}

/// Bytes as text of few characters: Discord counts the characters of a `custom_id`, not its bytes, so that one holds 15
/// bits. They are Chinese characters and Korean syllables, which every way of composing characters leaves as they are.
mod packing {
    /// The ranges of characters, by their first and their number.
    const RANGES: [(u32, u32); 3] = [(0x3400, 6_592), (0x4e00, 20_992), (0xac00, 11_172)];

    /// The bits that one holds.
    const BITS: u32 = 15;

    /// The bytes, of which the last must not be zero.
    pub(super) fn pack(bytes: &[u8]) -> String {
        let (mut held, mut bits, mut packed) = (0_u32, 0, String::new());
        for byte in bytes {
            (held, bits) = (held << 8 | u32::from(*byte), bits + 8);
            if bits >= BITS {
                bits -= BITS;
                packed.extend(character(held >> bits));
                held &= (1 << bits) - 1;
            }
        }
        if bits > 0 {
            packed.extend(character(held << (BITS - bits)));
        }
        packed
    }

    /// The bytes again; none for a text that holds none.
    pub(super) fn unpack(packed: &str) -> Option<Vec<u8>> {
        let (mut held, mut bits, mut bytes) = (0_u32, 0, Vec::new());
        for character in packed.chars() {
            (held, bits) = (held << BITS | number(character)?, bits + BITS);
            while bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from(held >> bits).ok()?);
                held &= (1 << bits) - 1;
            }
        }
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        Some(bytes)
    }

    /// 45 bits as three characters.
    pub(super) fn characters(bits: u64) -> impl Iterator<Item = char> {
        [2 * BITS, BITS, 0].into_iter().filter_map(move |shift| character((bits >> shift) as u32 & ((1 << BITS) - 1)))
    }

    /// The bits again; none of other characters, or of more or fewer.
    pub(super) fn bits(characters: &[char]) -> Option<u64> {
        let [one, two, three] = characters else { return None };
        let all = [one, two, three].map(|character| number(*character));
        all.into_iter().try_fold(0, |bits, number| Some(bits << BITS | u64::from(number?)))
    }

    fn character(mut number: u32) -> Option<char> {
        for (first, count) in RANGES {
            if number < count {
                return char::from_u32(first + number);
            }
            number -= count;
        }
        None
    }

    fn number(character: char) -> Option<u32> {
        let mut before = 0;
        for (first, count) in RANGES {
            if (first..first + count).contains(&u32::from(character)) {
                return Some(before + u32::from(character) - first).filter(|number| *number < 1 << BITS);
            }
            before += count;
        }
        None
    }
}

/// The region to which a search is narrowed, if it is; written as nothing if not, and a long id as the mark of its hash.
pub struct RegionFilter;

/// What the mark of a long id begins with.
const HASHED: char = '~';

impl RegionFilter {
    /// A region's id as a `custom_id` carries it.
    pub fn short(id: &str) -> String {
        if id.len() <= LONGEST_REGION {
            return id.to_owned();
        }
        let hash = HEXLOWER.encode(&Sha256::digest(id));
        format!("{HASHED}{}", hash.chars().take(LONGEST_REGION - 1).collect::<String>())
    }
}

impl Parameter for RegionFilter {
    type Held = Option<String>;
    type Given<'a> = Option<&'a str>;

    fn write(held: &Option<String>) -> String {
        held.as_deref().map(RegionFilter::short).unwrap_or_default()
    }

    fn read(text: &str) -> Option<Option<String>> {
        match text.strip_prefix(HASHED) {
            Some(hash) => id(hash).map(|_| Some(text.to_owned())),
            None if text.is_empty() => Some(None),
            None => id(text).map(Some),
        }
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

/// The mark of an entry that a message may name, of any kind: a hash of 45 bits, since a `custom_id` has no room for as many
/// ids as a message may name. Of 10,000 entries one in four billion has the mark of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryMark(u64);

/// The characters of a mark, of 15 bits each.
const MARK_CHARACTERS: usize = 3;

impl EntryMark {
    /// The kinds that are marked: those that messages name.
    pub(super) const KINDS: [Entity; 4] = [Entity::Process, Entity::Organisation, Entity::Meeting, Entity::Term];

    /// The mark of an entry.
    pub fn of(entity: Entity, id: &str) -> EntryMark {
        let kind = EntryMark::KINDS.iter().position(|kind| *kind == entity).unwrap_or_default() as u8;
        // FNV-1a: short, and the same in every version and on every machine. Nobody gains by an entry with another's mark.
        let bytes = [kind].into_iter().chain(id.bytes());
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        EntryMark((hash ^ hash >> 45) & ((1 << 45) - 1))
    }

    /// The entries with these marks, in the order of the marks. A mark that none has is left out.
    pub fn find<'c>(catalogue: &'c Catalogue, marks: &[EntryMark]) -> Vec<(Entity, &'c str)> {
        let processes = catalogue.processes.iter().map(|one| (Entity::Process, one.id.as_str()));
        let organisations = catalogue.organisations.iter().map(|one| (Entity::Organisation, one.id.as_str()));
        let meetings = catalogue.meetings.meetings.iter().map(|one| (Entity::Meeting, one.id.as_str()));
        let terms = catalogue.glossary.terms.iter().map(|one| (Entity::Term, one.id.as_str()));
        let all = processes.chain(organisations).chain(meetings).chain(terms);
        let place = |(entity, id): (Entity, &'c str)| {
            let mark = EntryMark::of(entity, id);
            marks.iter().position(|one| *one == mark).map(|place| (place, entity, id))
        };
        let mut found: Vec<(usize, Entity, &str)> = all.filter_map(place).collect();
        found.sort_by_key(|(place, ..)| *place);
        found.into_iter().map(|(_, entity, id)| (entity, id)).collect()
    }
}

/// The marks of entries, at most as many as a menu holds, three characters each.
pub struct EntryMarks;

impl Parameter for EntryMarks {
    type Held = Vec<EntryMark>;
    type Given<'a> = &'a [EntryMark];

    fn write(held: &Vec<EntryMark>) -> String {
        held.iter().take(MENU_OPTIONS).flat_map(|mark| packing::characters(mark.0)).collect()
    }

    fn read(text: &str) -> Option<Vec<EntryMark>> {
        let characters: Vec<char> = text.chars().collect();
        let marks = characters.chunks(MARK_CHARACTERS).map(|mark| packing::bits(mark).map(EntryMark));
        let marks: Vec<EntryMark> = marks.collect::<Option<_>>()?;
        (1..=MENU_OPTIONS).contains(&marks.len()).then_some(marks)
    }

    fn give(held: &Vec<EntryMark>) -> &[EntryMark] {
        held
    }

    fn values(catalogue: &Catalogue) -> Vec<Vec<EntryMark>> {
        let some = |most: usize| {
            let processes = catalogue.processes.iter().map(|one| EntryMark::of(Entity::Process, &one.id));
            let organisations = catalogue.organisations.iter().map(|one| EntryMark::of(Entity::Organisation, &one.id));
            let meetings = catalogue.meetings.meetings.iter().map(|one| EntryMark::of(Entity::Meeting, &one.id));
            let terms = catalogue.glossary.terms.iter().map(|one| EntryMark::of(Entity::Term, &one.id));
            let each = processes.take(most).chain(organisations.take(most)).chain(meetings.take(most));
            each.chain(terms.take(most)).take(MENU_OPTIONS).collect::<Vec<_>>()
        };
        // One of each kind, some of each, and as many as there can be, most of them processes.
        [1, 3, 9].map(some).into_iter().filter(|marks| !marks.is_empty()).collect()
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

/// A parameter that is one of a closed list, written by its key.
macro_rules! keyed_parameter {
    ($name:ident) => {
        impl Parameter for $name {
            type Held = $name;
            type Given<'a> = $name;

            fn write(held: &$name) -> String {
                held.key().to_owned()
            }

            fn read(text: &str) -> Option<$name> {
                $name::ALL.into_iter().find(|one| one.key() == text)
            }

            fn give(held: &$name) -> $name {
                *held
            }

            fn values(_: &Catalogue) -> Vec<$name> {
                $name::ALL.to_vec()
            }
        }
    };
}

keyed_parameter!(Section);
keyed_parameter!(IomPart);
