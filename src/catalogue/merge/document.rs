//! A TOML file, field by field, with its comments.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use toml_edit::{Decor, DocumentMut, Item, Table, Value as TomlValue};

use crate::catalogue::merge::comments::{before, behind, lines};
use crate::catalogue::merge::conflict::{Conflict, Telling};
use crate::catalogue::merge::entries::{TomlEntry, around, elements, fields, identities, is_list, layouts, name};
use crate::catalogue::merge::order::{moved, order};

/// Fields of a table that say one thing together, by the table's key: what each side says is never mixed.
const ONE_STATEMENT: [(&str, &[&str]); 2] =
    [("chair", &["as_of", "countries", "none", "organisations", "term"]), ("status", &["basis", "value"])];

/// The wordings of a text: where both sides changed one of them, the others go with it.
const WORDINGS: [&str; 3] = ["en", "es", "fr"];

/// Tables of addresses by language, each of which stands for itself.
const ADDRESSES: [&str; 2] = ["iom_pages", "pages"];

/// What may stand beside wordings.
const BESIDE_WORDINGS: [&str; 2] = ["own", "topics"];

/// Merges a file that both sides changed; `None` if one of them is no TOML. With [`Telling::Apart`] whatever the two say
/// differently is told, and what is merged means nothing.
pub(crate) fn merge_document(
    file: &str,
    base: &str,
    mine: &str,
    theirs: &str,
    told: Telling,
) -> Option<(String, Vec<Conflict>)> {
    let read = |text: &str| text.parse::<DocumentMut>().ok();
    let (base, mut mine, theirs) = (read(base)?, read(mine)?, read(theirs)?);
    let mut merger = Merger { file, conflicts: Vec::new(), apart: told == Telling::Apart };
    let own = comments(&mine, Some(&base));
    let merged =
        merger.fields(&Way::default(), [&fields(base.as_item()), &fields(mine.as_item()), &fields(theirs.as_item())]);
    refill(mine.as_table_mut(), merged);
    let end = |document: &DocumentMut| document.trailing().as_str().unwrap_or_default().to_owned();
    let mut trailing = before(Some(&end(&base)), &end(&mine), Some(&end(&theirs)));
    // Comments of moderators at something that is gone by now.
    mine.set_trailing(trailing.as_str());
    let kept: HashSet<String> = comments(&mine, None).into_iter().collect();
    for lost in own.into_iter().filter(|comment| !kept.contains(comment)) {
        if !trailing.is_empty() && !trailing.ends_with('\n') {
            trailing.push('\n');
        }
        trailing.push_str(&format!("{lost}\n"));
    }
    mine.set_trailing(trailing);
    Some((mine.to_string(), merger.conflicts))
}

/// The comments of a document that another does not have.
fn comments(document: &DocumentMut, but: Option<&DocumentMut>) -> Vec<String> {
    let known: HashSet<String> = but.map(|but| comments(but, None)).unwrap_or_default().into_iter().collect();
    let mut found = Vec::new();
    let mut tell = |layout: &str| found.extend(lines(layout).map(str::to_owned));
    layouts(document.as_item(), &mut tell);
    tell(document.trailing().as_str().unwrap_or_default());
    found.retain(|comment| !known.contains(comment));
    found
}

/// The way to a value, and the last two keys on it.
#[derive(Clone, Default)]
struct Way {
    shown: String,
    of: String,
    key: String,
}

impl Way {
    fn key(&self, key: &str) -> Way {
        let shown = if self.shown.is_empty() { key.to_owned() } else { format!("{}.{key}", self.shown) };
        Way { shown, of: self.key.clone(), key: key.to_owned() }
    }

    fn entry(&self, id: &str) -> Way {
        Way { shown: format!("{}[{id}]", self.shown), of: self.of.clone(), key: self.key.clone() }
    }
}

struct Merger<'f> {
    file: &'f str,
    conflicts: Vec<Conflict>,
    /// Whether all counts as changed on both sides.
    apart: bool,
}

impl Merger<'_> {
    fn conflict(&mut self, way: &Way, sides: [Option<Value>; 3]) {
        let [base, mine, theirs] = sides.map(|value| value.map(|value| value.to_string()));
        let (file, path) = (self.file.to_owned(), way.shown.clone());
        self.conflicts.push(Conflict { file, path, base, mine, theirs });
    }

    /// The fields of a table.
    fn fields(&mut self, way: &Way, sides: [&[TomlEntry]; 3]) -> Vec<TomlEntry> {
        let kept_together = self.statement(way, sides);
        let names = sides.map(|side| side.iter().map(name).collect::<Vec<_>>());
        let find = |side: &'_ [TomlEntry], key: &str| side.iter().position(|entry| name(entry) == key);
        let mut kept = HashMap::new();
        for key in names.iter().skip(1).flatten() {
            if kept.contains_key(key) {
                continue;
            }
            let [base, mine, theirs] = sides.map(|side| find(side, key).and_then(|place| side.get(place)));
            let merged = match kept_together.contains(&key.as_str()) {
                true => mine.cloned(),
                false => self.entry(&way.key(key), base, mine, theirs),
            };
            kept.insert(key.clone(), merged);
        }
        kept.retain(|_, merged| merged.is_some());
        let [base, mine, theirs] = names.each_ref().map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
        let keys = kept.keys().map(String::as_str).collect();
        let (ordered, _) = order(&base, &mine, &theirs, &keys);
        let ordered: Vec<String> = ordered.into_iter().map(str::to_owned).collect();
        ordered.iter().filter_map(|key| kept.remove(key).flatten()).collect()
    }

    /// Fields that say one thing together and that both sides changed: mine are kept, all of them.
    fn statement(&mut self, way: &Way, sides: [&[TomlEntry]; 3]) -> &'static [&'static str] {
        let said = |side: &[TomlEntry], key: &str| side.iter().find(|entry| name(entry) == key).map(TomlEntry::value);
        let of = |key: &str| sides.map(|side| said(side, key));
        let all = self.apart;
        let changed = |keys: &[&str], side: usize| all || keys.iter().any(|key| of(key).first() != of(key).get(side));
        let together = ONE_STATEMENT.iter().find(|(table, _)| *table == way.key).map(|(_, keys)| *keys);
        let (keys, apart) = match together {
            Some(keys) => {
                let differ = keys.iter().any(|key| of(key).get(1) != of(key).get(2));
                (keys, changed(keys, 1) && changed(keys, 2) && differ)
            }
            None if is_text(sides) && !ADDRESSES.contains(&way.key.as_str()) => {
                let both = |key: &&str| {
                    let [base, mine, theirs] = of(key);
                    (all || (base != mine && base != theirs)) && mine != theirs
                };
                (&WORDINGS[..], WORDINGS.iter().any(both))
            }
            None => return &[],
        };
        if !apart {
            return &[];
        }
        let told = sides.map(|side| {
            let said: Map<_, _> = keys.iter().filter_map(|key| Some(((*key).to_owned(), said(side, key)?))).collect();
            (!said.is_empty()).then_some(Value::Object(said))
        });
        self.conflict(way, told);
        keys
    }

    /// A field, or an entry of a list.
    fn entry(
        &mut self,
        way: &Way,
        base: Option<&TomlEntry>,
        mine: Option<&TomlEntry>,
        theirs: Option<&TomlEntry>,
    ) -> Option<TomlEntry> {
        let [was, own, other] = [base, mine, theirs].map(|entry| entry.map(TomlEntry::text));
        if own == was && !self.apart {
            return theirs.map(|theirs| taken(theirs, mine));
        }
        if (other == was && !self.apart) || own == other {
            return mine.cloned();
        }
        let said = |entry: Option<&TomlEntry>| entry.map(TomlEntry::value);
        match (mine, theirs) {
            (None, None) => None,
            (Some(mine), Some(theirs)) => Some(self.both(way, base, mine, theirs)),
            // Gone on one side, and changed on the other in nothing but comments and layout.
            _ if said(base) == said(mine.or(theirs)) && !self.apart => None,
            _ => self.emptied(way, base, mine, theirs).unwrap_or_else(|| {
                self.conflict(way, [said(base), said(mine), said(theirs)]);
                mine.cloned()
            }),
        }
    }

    /// A list that is gone on one side: each of its entries is, and those that came on the other stay. The outer `None`
    /// where it is no list, or its entries cannot be told apart.
    fn emptied(
        &mut self,
        way: &Way,
        base: Option<&TomlEntry>,
        mine: Option<&TomlEntry>,
        theirs: Option<&TomlEntry>,
    ) -> Option<Option<TomlEntry>> {
        let present = mine.or(theirs).filter(|one| is_list(&one.item))?;
        if base.is_some_and(|base| !is_list(&base.item)) {
            return None;
        }
        let none = TomlEntry { key: present.key.clone(), item: list_of(&present.item, Vec::new(), false) };
        let mut merged = self.list(way, base, mine.unwrap_or(&none), theirs.unwrap_or(&none))?;
        if mine.is_none() {
            put(&mut merged.item, None);
        }
        Some((!elements(&merged.item).is_empty()).then_some(merged))
    }

    fn both(&mut self, way: &Way, base: Option<&TomlEntry>, mine: &TomlEntry, theirs: &TomlEntry) -> TomlEntry {
        let (a, b) = (&mine.item, &theirs.item);
        let merged = if a.is_table_like() && b.is_table_like() {
            let base = base.map(|base| fields(&base.item)).unwrap_or_default();
            let merged = self.fields(way, [&base, &fields(a), &fields(b)]);
            Some(TomlEntry { key: mine.key.clone(), item: table_of(a, merged) })
        } else if is_list(a) && is_list(b) {
            self.list(way, base, mine, theirs)
        } else {
            None
        };
        let mut merged = merged.unwrap_or_else(|| self.leaf(way, base, mine, theirs));
        dress(&mut merged, base, mine, theirs);
        merged
    }

    /// One value.
    fn leaf(&mut self, way: &Way, base: Option<&TomlEntry>, mine: &TomlEntry, theirs: &TomlEntry) -> TomlEntry {
        let (was, own, other) = (base.map(TomlEntry::value), mine.value(), theirs.value());
        if was.as_ref() == Some(&own) && !self.apart {
            return taken(theirs, Some(mine));
        }
        if (was.as_ref() != Some(&other) || self.apart) && own != other {
            self.conflict(way, [was, Some(own), Some(other)]);
        }
        mine.clone()
    }

    /// A list whose entries can be told apart.
    fn list(&mut self, way: &Way, base: Option<&TomlEntry>, mine: &TomlEntry, theirs: &TomlEntry) -> Option<TomlEntry> {
        let base = base.map(|base| elements(&base.item)).unwrap_or_default();
        let sides = [base, elements(&mine.item), elements(&theirs.item)];
        let [base, own, other] = &sides;
        let told = identities(&way.of, &way.key, [base, own, other])?;
        let by_id = |side: usize| -> HashMap<&str, &TomlEntry> {
            let (ids, entries) = (told.ids.get(side), sides.get(side));
            ids.into_iter().flatten().map(String::as_str).zip(entries.into_iter().flatten()).collect()
        };
        let (bases, mines, theirses) = (by_id(0), by_id(1), by_id(2));
        let mut kept: HashMap<&str, Option<TomlEntry>> = HashMap::new();
        for id in told.ids.iter().skip(1).flatten().map(String::as_str) {
            if !kept.contains_key(id) {
                let (base, mine, theirs) = (bases.get(id), mines.get(id), theirses.get(id));
                let way = way.entry(&told.shown(id));
                kept.insert(id, self.entry(&way, base.copied(), mine.copied(), theirs.copied()));
            }
        }
        kept.retain(|_, merged| merged.is_some());
        let [base, own, other] = told.ids.each_ref().map(|ids| ids.iter().map(String::as_str).collect::<Vec<_>>());
        let (mut ordered, moved_apart) = order(&base, &own, &other, &kept.keys().copied().collect());
        let moved = moved_apart || (self.apart && moved(&own, &other));
        if told.is_set && own.is_sorted() && other.is_sorted() {
            ordered.sort_unstable();
        } else if moved && !told.is_set {
            let ids = |ids: &[&str]| Some(ids.iter().map(|id| Value::from(told.shown(id))).collect::<Value>());
            self.conflict(way, [ids(&base), ids(&own), ids(&other)]);
        }
        let relaid = ordered != own;
        let merged: Vec<(TomlEntry, bool)> =
            ordered.into_iter().filter_map(|id| Some((kept.remove(id).flatten()?, !mines.contains_key(id)))).collect();
        let item = match own.is_empty() {
            true => list_of(&theirs.item, merged, relaid),
            false => list_of(&mine.item, merged, relaid),
        };
        Some(TomlEntry { key: mine.key.clone(), item })
    }
}

/// Whether what each side has is a text in several languages.
fn is_text(sides: [&[TomlEntry]; 3]) -> bool {
    let mut all = sides.into_iter().flatten().peekable();
    all.peek().is_some()
        && all.all(|entry| {
            let key = name(entry);
            let wording = WORDINGS.contains(&key.as_str()) && entry.item.is_str();
            wording || BESIDE_WORDINGS.contains(&key.as_str())
        })
}

/// An entry of theirs as it comes in, in the place of what it replaces.
fn taken(theirs: &TomlEntry, instead_of: Option<&TomlEntry>) -> TomlEntry {
    let mut entry = theirs.clone();
    let place = instead_of.and_then(|mine| place(&mine.item));
    put(&mut entry.item, place);
    entry
}

/// The place of an item's first table in its document.
fn place(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => table.position().or_else(|| table.iter().find_map(|(_, item)| place(item))),
        Item::ArrayOfTables(tables) => tables.iter().next().and_then(Table::position),
        Item::None | Item::Value(_) => None,
    }
}

/// Puts an item's first table at a place; the others follow what stands before them.
fn put(item: &mut Item, mut at: Option<isize>) {
    match item {
        Item::Table(table) => {
            table.set_position(at);
            table.iter_mut().for_each(|(_, item)| put(item, None));
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter_mut() {
                table.set_position(at.take());
                table.iter_mut().for_each(|(_, item)| put(item, None));
            }
        }
        Item::None | Item::Value(_) => {}
    }
}

/// Comments and layout around what both sides have.
fn dress(merged: &mut TomlEntry, base: Option<&TomlEntry>, mine: &TomlEntry, theirs: &TomlEntry) {
    let of = |entry: &TomlEntry| match &entry.item {
        Item::Value(value) => Some(value.decor().clone()),
        Item::Table(table) => Some(table.decor().clone()),
        Item::None | Item::ArrayOfTables(_) => None,
    };
    let alike = mine.item.is_value() == theirs.item.is_value();
    let theirs_item = Some(theirs).filter(|_| alike);
    let base_item = base.filter(|base| base.item.is_value() == mine.item.is_value());
    if let Some(own) = of(mine) {
        let decor = decorated(base_item.and_then(of).as_ref(), &own, theirs_item.and_then(of).as_ref());
        match &mut merged.item {
            Item::Value(value) => *value.decor_mut() = decor,
            Item::Table(table) => *table.decor_mut() = decor,
            Item::None | Item::ArrayOfTables(_) => {}
        }
    }
    let key = |entry: &TomlEntry| entry.key.as_ref().map(|key| key.leaf_decor().clone());
    if let (Some(own), Some(merged)) = (key(mine), &mut merged.key) {
        let decor = decorated(base_item.and_then(key).as_ref(), &own, theirs_item.and_then(key).as_ref());
        *merged.leaf_decor_mut() = decor;
    }
    if let (Some(own), Some(merged)) = (mine.item.as_array(), merged.item.as_array_mut()) {
        let trailing =
            |entry: &TomlEntry| Some(entry.item.as_array()?.trailing().as_str().unwrap_or_default().to_owned());
        let own = own.trailing().as_str().unwrap_or_default();
        merged.set_trailing(before(base.and_then(trailing).as_deref(), own, trailing(theirs).as_deref()));
    }
}

fn decorated(base: Option<&Decor>, mine: &Decor, theirs: Option<&Decor>) -> Decor {
    let (base, mine, theirs) = (base.map(around), around(mine), theirs.map(around));
    Decor::new(
        before(base.map(|base| base.0), mine.0, theirs.map(|theirs| theirs.0)),
        behind(base.map(|base| base.1), mine.1, theirs.map(|theirs| theirs.1)),
    )
}

/// A table like this one, of whichever notation, with other fields.
fn table_of(like: &Item, merged: Vec<TomlEntry>) -> Item {
    let mut item = like.clone();
    if let Some(table) = item.as_table_mut() {
        refill(table, merged);
    } else if let Some(table) = item.as_inline_table_mut() {
        let keys = |entries: &[TomlEntry]| entries.iter().map(name).collect::<Vec<_>>();
        let relaid = keys(&merged) != keys(&fields(like));
        table.clear();
        for entry in merged {
            if let (Some(key), Ok(value)) = (entry.key, entry.item.into_value()) {
                table.insert_formatted(&key, value);
            }
        }
        let commented = table.to_string().contains(['#', '\n']);
        if relaid && !commented {
            let decor = table.decor().clone();
            table.fmt();
            *table.decor_mut() = decor;
        }
    }
    item
}

fn refill(table: &mut Table, merged: Vec<TomlEntry>) {
    table.clear();
    for entry in merged {
        if let Some(key) = entry.key {
            table.insert_formatted(&key, entry.item);
        }
    }
}

/// A list like this one, of whichever notation, with other entries; those marked come from the other side. With `relaid`
/// the spaces between them are made anew where they stand on one line.
fn list_of(like: &Item, merged: Vec<(TomlEntry, bool)>, relaid: bool) -> Item {
    let mut item = like.clone();
    if let Item::ArrayOfTables(tables) = &mut item {
        tables.clear();
        merged.into_iter().filter_map(|(entry, _)| entry.item.into_table().ok()).for_each(|table| tables.push(table));
        // Tables are written by their places and not in the order of their list: where the two differ, all of the list
        // are written one behind the other, from the first of their places on.
        let places: Vec<isize> = tables.iter().filter_map(Table::position).collect();
        if !places.is_sorted() {
            put(&mut item, places.into_iter().min());
        }
    } else if let Some(array) = item.as_array_mut() {
        let first = array.get(0).map(|first| around(first.decor()).0.to_owned()).unwrap_or_default();
        let indent = first.rsplit_once('\n').map(|(_, indent)| format!("\n{indent}"));
        array.clear();
        for (entry, new) in merged {
            let Ok(mut value) = entry.item.into_value() else { continue };
            let commented = |value: &TomlValue| {
                let (prefix, suffix) = around(value.decor());
                prefix.contains('#') || suffix.contains('#')
            };
            if relaid && !commented(&value) {
                let spaces = if array.is_empty() { "" } else { " " };
                match &indent {
                    Some(indent) if new => *value.decor_mut() = Decor::new(indent.as_str(), ""),
                    Some(_) => {}
                    None => *value.decor_mut() = Decor::new(spaces, ""),
                }
            }
            array.push_formatted(value);
        }
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r##"#:schema x
id = "a"
aliases = ["A", "C"]
themes = [
  { fr = "un", en = "one", es = "uno" },
  { fr = "deux", en = "two", es = "dos" }, # the second
]

[name]
fr = "nom"
en = "name"
es = "nombre"

[chair]
countries = ["MA"]
as_of = "2024" # seen there
rule = { fr = "r", en = "r", es = "r" }
history = [{ countries = ["ES"], when = "2020" }]

[[participants]]
role = "member"
states = ["AR", "CL"]

[[meeting]]
title = { fr = "m", en = "m", es = "m" }
date = "2020"

[[source]]
url = "https://a.example"
supports = ["name"]

[[source]]
url = "https://b.example"
supports = ["chair"]
"##;

    fn merged(mine: &str, theirs: &str) -> (String, Vec<String>) {
        let (text, conflicts) = merge_document("f", BASE, mine, theirs, Telling::Conflicts).expect("TOML");
        let (again, told) = merge_document("f", BASE, &text, theirs, Telling::Conflicts).expect("TOML");
        assert_eq!((&again, &told), (&text, &conflicts), "merging again changes nothing");
        (text, conflicts.into_iter().map(|one| one.path).collect())
    }

    fn with(changes: &[(&str, &str)]) -> String {
        changes.iter().fold(BASE.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        })
    }

    #[test]
    fn what_one_side_changed_comes_in_and_the_rest_stays_byte_for_byte() {
        let mine = [
            ("\"A\", \"C\"", "\"A\", \"B\", \"C\""),
            (
                "[chair]\ncountries = [\"MA\"]\nas_of = \"2024\"",
                "# now\n[chair]\ncountries = [\"CH\"]\nas_of = \"2026-01\"",
            ),
            ("\"AR\", \"CL\"", "\"AR\", \"BO\", \"CL\""),
        ];
        let theirs = [
            ("fr = \"nom\"", "fr = \"le nom\""),
            ("supports = [\"chair\"]", "supports = [\"chair\", \"members\"]"),
            (
                "\n[[source]]\nurl = \"https://b",
                "\n# the newest\n[[source]]\nurl = \"https://c.example\"\nsupports = [\"members\"]\n\n[[source]]\nurl = \"https://b",
            ),
            ("deux", "DEUX"),
        ];
        let both: Vec<_> = mine.iter().chain(&theirs).copied().collect();
        assert_eq!(merged(&with(&mine), &with(&theirs)), (with(&both), vec![]));
    }

    #[test]
    fn members_of_a_set_come_and_go_one_by_one() {
        let mine = with(&[("\"AR\", \"CL\"", "\"AR\", \"BO\"")]);
        let theirs = with(&[("\"AR\", \"CL\"", "\"AR\", \"BR\", \"CL\"")]);
        assert_eq!(merged(&mine, &theirs), (with(&[("\"AR\", \"CL\"", "\"AR\", \"BO\", \"BR\"")]), vec![]));
    }

    #[test]
    fn who_chairs_is_never_mixed() {
        let mine = with(&[("\"MA\"", "\"CH\"")]);
        let theirs = with(&[("as_of = \"2024\"", "as_of = \"2025\""), ("\"2020\" }]", "\"2021\" }]")]);
        let (text, conflicts) = merged(&mine, &theirs);
        assert_eq!(conflicts, ["chair"]);
        assert_eq!(text, with(&[("\"MA\"", "\"CH\""), ("\"2020\" }]", "\"2021\" }]")]));
    }

    #[test]
    fn a_text_that_both_changed_stands_as_mine_in_all_languages() {
        let mine = with(&[("fr = \"nom\"", "fr = \"mien\"")]);
        let theirs = with(&[("fr = \"nom\"\nen = \"name\"", "fr = \"leur\"\nen = \"their\"")]);
        assert_eq!(merged(&mine, &theirs), (mine.clone(), vec!["name".to_owned()]));
        let apart = with(&[("en = \"name\"", "en = \"their\"")]);
        assert_eq!(merged(&mine, &apart).1, Vec::<String>::new());
    }

    #[test]
    fn entries_without_a_key_are_known_by_their_place() {
        let mine = with(&[("fr = \"m\", en = \"m\"", "fr = \"mm\", en = \"m\"")]);
        let added = "date = \"2020\"\n\n[[meeting]]\ntitle = { fr = \"n\", en = \"n\", es = \"n\" }\ndate = \"2021\"\n";
        let theirs = with(&[("date = \"2020\"\n", added)]);
        let both = with(&[("fr = \"m\", en = \"m\"", "fr = \"mm\", en = \"m\""), ("date = \"2020\"\n", added)]);
        assert_eq!(merged(&mine, &theirs), (both, vec![]));
        let removed = with(&[("[[meeting]]\ntitle = { fr = \"m\", en = \"m\", es = \"m\" }\ndate = \"2020\"\n\n", "")]);
        assert_eq!(merged(&mine, &removed), (mine.clone(), vec!["meeting[1]".to_owned()]));
    }

    #[test]
    fn what_is_removed_on_one_side_and_changed_on_the_other_is_told() {
        let source = "[[source]]\nurl = \"https://a.example\"\nsupports = [\"name\"]\n\n";
        let (mine, theirs) = (with(&[(source, "")]), with(&[("supports = [\"name\"]", "supports = [\"status\"]")]));
        assert_eq!(merged(&mine, &theirs), (mine.clone(), vec!["source[https://a.example]".to_owned()]));
        assert_eq!(merged(&theirs, &mine), (theirs.clone(), vec!["source[https://a.example]".to_owned()]));
        let commented = with(&[(source, &format!("# look here\n{source}")), ("id = \"a\"", "id = \"b\"")]);
        let (text, conflicts) = merged(&commented, &mine);
        assert_eq!((text.contains("https://a"), text.contains("# look here"), conflicts), (false, true, vec![]));
    }

    #[test]
    fn a_heading_that_moves_takes_its_comments_and_what_stands_under_it_along() {
        let source = |id: &str| {
            format!(
                "# of {id}\n[[source]]\nurl = \"https://{id}.example\"\n\n# page of {id}\n[source.page]\nfr = \"{id}\" # fr\n\n"
            )
        };
        let (a, b, c) = (source("a"), source("b"), source("c"));
        let (new, end) = (source("new"), "[end]\nurl = \"https://end.example\"\n");
        let edited = b.replace("fr = \"b\"", "fr = \"B\"");
        let base = format!("a = 1\n\n{a}{b}{c}{end}");
        let one = format!("a = 1\n\n{a}{edited}{c}{new}{end}");
        let other = format!("a = 1\n\n{c}{a}{b}{end}");
        let expected = format!("a = 1\n\n{c}{new}{a}{edited}{end}");
        for (mine, theirs) in [(&one, &other), (&other, &one)] {
            let (text, conflicts) = merge_document("f", &base, mine, theirs, Telling::Conflicts).expect("TOML");
            assert_eq!((&text, conflicts.len()), (&expected, 0));
        }
    }

    #[test]
    fn new_tables_come_in_where_they_stand() {
        let mine = with(&[("id = \"a\"", "id = \"a\" # ours")]);
        let ended = "\n[ended]\ndate = \"2021\"\n\n[chair]";
        let theirs = with(&[("\n[chair]", ended), ("id = \"a\"\n", "id = \"a\"\nkind = \"regional\"\n")]);
        let both = with(&[("\n[chair]", ended), ("id = \"a\"\n", "id = \"a\" # ours\nkind = \"regional\"\n")]);
        assert_eq!(merged(&mine, &theirs), (both, vec![]));
    }
}
