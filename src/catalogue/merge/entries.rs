//! The parts of a TOML file as a merge sees them: what each says, what it looks like, and what tells entries of a list apart.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};
use toml_edit::{Decor, Item, Key, RawString, Table, Value as TomlValue};

/// Something with a key, or an entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct TomlEntry {
    /// The key, as it is written; `None` in a list.
    pub(crate) key: Option<Key>,
    /// What stands there.
    pub(crate) item: Item,
}

impl TomlEntry {
    /// Everything that is written for it, comments and layout included.
    pub(crate) fn text(&self) -> String {
        let key = self.key.as_ref().map(|key| {
            let (prefix, suffix) = around(key.leaf_decor());
            format!("{prefix}{}{suffix}", key.display_repr())
        });
        format!("{}={}", key.unwrap_or_default(), text(&self.item))
    }

    /// What it says.
    pub(crate) fn value(&self) -> Value {
        value(&self.item)
    }
}

/// What stands before and behind something.
pub(crate) fn around(decor: &Decor) -> (&str, &str) {
    (raw(decor.prefix()), raw(decor.suffix()))
}

fn raw(layout: Option<&RawString>) -> &str {
    layout.and_then(RawString::as_str).unwrap_or_default()
}

fn text(item: &Item) -> String {
    match item {
        Item::None => String::new(),
        Item::Value(value) => value.to_string(),
        Item::Table(table) => table_text(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| format!("[]{}", table_text(table))).collect(),
    }
}

fn table_text(table: &Table) -> String {
    let (prefix, suffix) = around(table.decor());
    let mut all = format!("{prefix}[{}{}]{suffix}\n", table.is_dotted(), table.is_implicit());
    fields(&Item::Table(table.clone())).iter().for_each(|entry| all.push_str(&entry.text()));
    all
}

/// What an item says, without comments and layout.
pub(crate) fn value(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(TomlValue::String(text)) => text.value().as_str().into(),
        Item::Value(TomlValue::Integer(number)) => (*number.value()).into(),
        Item::Value(TomlValue::Float(number)) => (*number.value()).into(),
        Item::Value(TomlValue::Boolean(is)) => (*is.value()).into(),
        Item::Value(TomlValue::Datetime(time)) => time.value().to_string().into(),
        _ if is_list(item) => elements(item).iter().map(TomlEntry::value).collect(),
        _ => Value::Object(fields(item).iter().map(|entry| (name(entry), entry.value())).collect::<Map<_, _>>()),
    }
}

/// The key as it is meant.
pub(crate) fn name(entry: &TomlEntry) -> String {
    entry.key.as_ref().map(|key| key.get().to_owned()).unwrap_or_default()
}

/// Whether it is a list, of whichever notation.
pub(crate) fn is_list(item: &Item) -> bool {
    item.is_array() || item.is_array_of_tables()
}

/// The fields of a table of whichever notation; none of anything else.
pub(crate) fn fields(item: &Item) -> Vec<TomlEntry> {
    let Some(table) = item.as_table_like() else { return Vec::new() };
    let pairs = table.iter().filter_map(|(key, _)| table.get_key_value(key));
    pairs.map(|(key, item)| TomlEntry { key: Some(key.clone()), item: item.clone() }).collect()
}

/// The entries of a list of whichever notation; none of anything else.
pub(crate) fn elements(item: &Item) -> Vec<TomlEntry> {
    let entry = |item| TomlEntry { key: None, item };
    match item {
        Item::Value(TomlValue::Array(array)) => array.iter().map(|one| entry(Item::Value(one.clone()))).collect(),
        Item::ArrayOfTables(tables) => tables.iter().map(|one| entry(Item::Table(one.clone()))).collect(),
        _ => Vec::new(),
    }
}

/// Calls with every piece of layout in an item.
pub(crate) fn layouts(item: &Item, tell: &mut dyn FnMut(&str)) {
    let mut decor = |decor: &Decor| {
        let (prefix, suffix) = around(decor);
        tell(prefix);
        tell(suffix);
    };
    match item {
        Item::Value(value) => decor(value.decor()),
        Item::Table(table) => decor(table.decor()),
        Item::None | Item::ArrayOfTables(_) => {}
    }
    let trailing = match item {
        Item::Value(TomlValue::Array(array)) => array.trailing().as_str(),
        Item::Value(TomlValue::InlineTable(table)) => table.trailing().as_str(),
        _ => None,
    };
    tell(trailing.unwrap_or_default());
    for entry in fields(item).iter().chain(&elements(item)) {
        if let Some(key) = &entry.key {
            let (prefix, suffix) = around(key.leaf_decor());
            tell(prefix);
            tell(suffix);
        }
        layouts(&entry.item, tell);
    }
}

// --- What tells entries of a list apart ------------------------------------------------------------------------------

/// The keys by which tables in a list are told apart, in the order in which they are tried.
const NATURAL: [&str; 5] = ["id", "code", "asks", "role", "url"];

/// By what tables are told apart that came into a list on either side, where the list has no natural key.
const NEW_BY: [(&str, &str); 2] = [("meeting", "date"), ("history", "when")];

/// The lists of plain values in which the order means nothing and members come and go one by one. (Those of the countries
/// and organisations that chair, host or serve as secretariat say one thing as a whole.)
const SETS: [&str; 22] = [
    "about",
    "aliases",
    "associations",
    "en",
    "es",
    "filler",
    "former_names",
    "fr",
    "links",
    "older",
    "other_acronyms",
    "other_websites",
    "own",
    "own_acronyms",
    "processes",
    "reference_roles",
    "shared_names",
    "states",
    "supports",
    "topics",
    "touches",
    "unanswered",
];

/// The tables whose `organisations` is such a set.
const SETS_OF_ORGANISATIONS: [&str; 2] = ["participants", "fact"];

/// How the entries of a list are told apart: an id for each, on each of the three sides.
pub(crate) struct Identities {
    /// The ids of the base, of mine, of theirs.
    pub(crate) ids: [Vec<String>; 3],
    /// Whether the order means nothing.
    pub(crate) is_set: bool,
    natural: bool,
}

impl Identities {
    /// How an entry is told in the way to a value.
    pub(crate) fn shown(&self, id: &str) -> String {
        match id.strip_prefix('#').and_then(|place| place.parse::<usize>().ok()) {
            Some(place) if !self.natural => (place + 1).to_string(),
            None if !self.natural && !self.is_set => "new".to_owned(),
            _ => id.to_owned(),
        }
    }
}

/// What tells the entries of a list apart; `None` where the list is one value. `of` is the table in which it stands.
pub(crate) fn identities(of: &str, list: &str, sides: [&[TomlEntry]; 3]) -> Option<Identities> {
    let values = sides.map(|side| side.iter().map(TomlEntry::value).collect::<Vec<Value>>());
    let mut all = values.iter().flatten();
    all.clone().next()?;
    if all.clone().all(Value::is_object) {
        let natural = NATURAL.into_iter().find(|key| values.iter().all(|side| identifies(key, side)));
        if let Some(key) = natural {
            let ids =
                values.map(|side| side.iter().filter_map(|one| Some(one.get(key)?.as_str()?.to_owned())).collect());
            return Some(Identities { ids, is_set: false, natural: true });
        }
        let [base, mine, theirs] = &values;
        let ids = [(base, base), (mine, theirs), (theirs, mine)].map(|(side, other)| by_place(list, base, side, other));
        return Some(Identities { ids, is_set: false, natural: false });
    }
    let organisations = list == "organisations" && SETS_OF_ORGANISATIONS.contains(&of);
    let plain = all.all(|one| !one.is_object() && !one.is_array());
    let ids = values.map(|side| side.iter().map(Value::to_string).collect::<Vec<_>>());
    let unique = ids.iter().all(|side| side.iter().collect::<HashSet<_>>().len() == side.len());
    let is_set = plain && unique && (SETS.contains(&list) || organisations);
    is_set.then_some(Identities { ids, is_set, natural: false })
}

fn identifies(key: &str, side: &[Value]) -> bool {
    let ids: BTreeSet<&str> = side.iter().filter_map(|one| one.get(key)?.as_str()).collect();
    ids.len() == side.len()
}

/// What lies between two entries that both the base and a side have.
#[derive(Default)]
struct Gap<'a> {
    /// Places of the base whose entries do not stand on the side as they were.
    gone: Vec<usize>,
    /// What stands there on the side, each with its number.
    standing: Vec<(usize, &'a Value)>,
}

/// Ids for entries that nothing names: the place in the base of what an entry was there, else what it holds. What stands on
/// the other side just so, and not in the base, came from there, or is new on both.
fn by_place(list: &str, base: &[Value], side: &[Value], other: &[Value]) -> Vec<String> {
    let mut found: Vec<Option<usize>> = Vec::new();
    let mut free: BTreeSet<usize> = (0..base.len()).collect();
    for one in side {
        let place = free.iter().copied().find(|place| base.get(*place) == Some(one));
        if let Some(place) = place {
            free.remove(&place);
        }
        found.push(place);
    }
    // What stands between the same neighbours and is most alike was changed; what is left is new, or gone.
    let taken: HashSet<usize> = found.iter().flatten().copied().collect();
    let neighbour = |place: usize| (0..place).rev().find(|place| taken.contains(place));
    let mut gaps: BTreeMap<Option<usize>, Gap<'_>> = BTreeMap::new();
    free.iter().for_each(|place| gaps.entry(neighbour(*place)).or_default().gone.push(*place));
    let mut before = None;
    for (number, (place, one)) in found.iter().zip(side).enumerate() {
        match place {
            Some(_) => before = *place,
            None => gaps.entry(before).or_default().standing.push((number, one)),
        }
    }
    let (mut left, mut others) = (Vec::new(), Vec::new());
    for Gap { mut gone, standing } in gaps.into_values() {
        let own = standing.iter().filter(|(_, one)| !other.contains(one));
        let mut new: Vec<usize> = own.map(|(number, _)| *number).collect();
        // Those that are most alike first; of equals those that stand at the same place among them.
        let mut alike: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (at, place) in gone.iter().enumerate() {
            for (other, (number, _)) in standing.iter().enumerate().filter(|(_, (number, _))| new.contains(number)) {
                let likeness = likeness(base.get(*place), side.get(*number));
                if likeness > 0 {
                    alike.push((likeness, at.abs_diff(other), *place, *number));
                }
            }
        }
        let mut pairs = most_alike(alike, &mut gone, &mut new);
        // A text may be reworded in every language. Of anything else in which nothing is left, it is another one: what two
        // sides say of two things is never mixed.
        let texts = |(was, is): &(usize, usize)| [base.get(*was), side.get(*is)].into_iter().flatten().all(is_text);
        if gone.len() == new.len() && gone.iter().copied().zip(new.iter().copied()).all(|pair| texts(&pair)) {
            pairs.extend(gone.drain(..).zip(new.drain(..)));
        }
        for (place, number) in pairs {
            found.get_mut(number).iter_mut().for_each(|found| **found = Some(place));
        }
        left.append(&mut gone);
        others.append(&mut new);
    }
    // What stands elsewhere and says for the most part the same was changed and moved.
    let mut moved = Vec::new();
    for place in &left {
        for number in &others {
            let (was, is) = (base.get(*place), side.get(*number));
            let (same, most) = (likeness(was, is), likeness(was, was).max(likeness(is, is)));
            if 2 * same > most {
                moved.push((same, place.abs_diff(*number), *place, *number));
            }
        }
    }
    for (place, number) in most_alike(moved, &mut left, &mut others) {
        found.get_mut(number).iter_mut().for_each(|found| **found = Some(place));
    }
    let by = NEW_BY.into_iter().find(|(of, _)| *of == list).map(|(_, key)| key);
    let mut used = HashSet::new();
    let named = found.into_iter().zip(side).map(|(place, one)| match place {
        Some(place) => format!("#{place}"),
        None => {
            let key = by.and_then(|by| one.get(by)).map(Value::to_string).filter(|key| !used.contains(key));
            let mut key = key.unwrap_or_else(|| one.to_string());
            while !used.insert(key.clone()) {
                key.push('+');
            }
            format!("+{key}")
        }
    });
    named.collect()
}

/// Pairs of a place in the base and a number on a side, those that are most alike first, and of equals those that are least
/// apart; each is taken out of the two lists.
fn most_alike(
    mut alike: Vec<(usize, usize, usize, usize)>,
    gone: &mut Vec<usize>,
    new: &mut Vec<usize>,
) -> Vec<(usize, usize)> {
    alike.sort_by_key(|(likeness, apart, place, _)| (std::cmp::Reverse(*likeness), *apart, *place));
    let mut pairs = Vec::new();
    for (_, _, place, number) in alike {
        if gone.contains(&place) && new.contains(&number) {
            gone.retain(|one| *one != place);
            new.retain(|one| *one != number);
            pairs.push((place, number));
        }
    }
    pairs
}

/// How many values in two tables say the same, however deep they stand.
fn likeness(one: Option<&Value>, other: Option<&Value>) -> usize {
    match (one, other) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            one.iter().map(|(key, value)| likeness(Some(value), other.get(key))).sum()
        }
        (Some(one), Some(other)) => usize::from(one == other),
        _ => 0,
    }
}

/// Whether an entry is nothing but a text in several languages, of which all may be reworded.
fn is_text(entry: &Value) -> bool {
    entry.as_object().is_some_and(|fields| fields.keys().all(|key| WORDED.contains(&key.as_str())))
}

/// What an entry holds that is a text.
const WORDED: [&str; 4] = ["fr", "en", "es", "topics"];
