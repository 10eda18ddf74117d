//! Bringing a document to what it is to say, touching only what differs from what it says.

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, RawString, Table, TableLike, Value};

use crate::catalogue::edit::plain::{Keys, Plain};

/// Lists of tables that are written in brackets, not under headings.
const IN_BRACKETS: [&str; 2] = ["themes", "structure"];

/// The most comparisons that are made to find out which entries of two lists are the same.
const COMPARED: usize = 4_000_000;

/// Makes a document that says `was` say `is`.
pub(super) fn bring(document: &mut DocumentMut, was: &Keys, is: &Keys) {
    let root = document.as_table_mut();
    for (key, _) in was.iter().filter(|(key, _)| value_of(is, key).is_none()) {
        root.remove(key);
    }
    for (key, value) in is {
        match (value_of(was, key), root.get_mut(key)) {
            (Some(former), _) if former == value => {}
            (Some(former), Some(item)) => change(item, former, value),
            _ => put_on_top(root, key, value, is),
        }
    }
}

fn value_of<'k>(keys: &'k Keys, key: &str) -> Option<&'k Plain> {
    keys.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn place_of(keys: &Keys, key: &str) -> usize {
    keys.iter().position(|(known, _)| known == key).unwrap_or(keys.len())
}

/// Puts something new at the top of the file: a table or a list of tables under a heading, after what comes before it in
/// the model.
fn put_on_top(root: &mut Table, key: &str, value: &Plain, order: &Keys) {
    let before = order.iter().take(place_of(order, key)).rev();
    let after = before.filter_map(|(key, _)| root.get(key)).find_map(last_position);
    let item = match value {
        Plain::Table(keys) => {
            let mut table = new_table(keys);
            table.set_position(Some(after.unwrap_or(0)));
            Item::Table(table)
        }
        Plain::List(items)
            if !IN_BRACKETS.contains(&key) && items.iter().all(|item| matches!(item, Plain::Table(_))) =>
        {
            let mut tables = ArrayOfTables::new();
            for keys in items.iter().filter_map(Plain::keys) {
                let mut table = new_table(keys);
                table.set_position(Some(after.unwrap_or(0)));
                tables.push(table);
            }
            Item::ArrayOfTables(tables)
        }
        value => Item::Value(value.value()),
    };
    let is_value = item.is_value();
    if root.get(key).is_some() {
        // It stands there without saying anything, such as an empty list.
        root.remove(key);
    }
    root.insert(key, item);
    if is_value {
        put_in_order(root, key, order);
    }
}

fn new_table(keys: &Keys) -> Table {
    let mut table = Table::new();
    for (key, value) in keys {
        table.insert(key, Item::Value(value.value()));
    }
    *table.decor_mut() = Decor::new("\n", "");
    table
}

/// Lists of tables within a new entry are written under headings where another entry has them so.
fn under_headings(table: &mut Table, keys: &Keys, others: &ArrayOfTables) {
    for (key, value) in keys {
        let Plain::List(items) = value else { continue };
        if others.iter().any(|other| other.get(key).is_some_and(Item::is_array_of_tables)) {
            let tables: ArrayOfTables = items.iter().filter_map(Plain::keys).map(new_table).collect();
            table.insert(key, Item::ArrayOfTables(tables));
        }
    }
}

/// The place in the document of the last table that belongs to an item.
fn last_position(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => of_table(table),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(of_table).max(),
        Item::Value(_) | Item::None => None,
    }
}

fn of_table(table: &Table) -> Option<isize> {
    table.iter().filter_map(|(_, item)| last_position(item)).chain(table.position()).max()
}

/// Moves a new key to where the model has it: behind the last of those that come before it.
fn put_in_order(table: &mut Table, key: &str, order: &Keys) {
    let before = place_of(order, key);
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let last = keys.iter().rposition(|known| known != key && place_of(order, known) < before);
    for later in keys.iter().skip(last.map_or(0, |last| last + 1)).filter(|later| *later != key) {
        if let Some((key, item)) = table.remove_entry(later) {
            table.insert_formatted(&key, item);
        }
    }
}

/// Brings a value to what it is to say.
fn change(item: &mut Item, was: &Plain, is: &Plain) {
    match (was, is, item) {
        (Plain::Table(was), Plain::Table(is), Item::Table(table)) => {
            for key in keys_changed(table, was, is) {
                put_in_order(table, &key, is);
            }
        }
        (Plain::List(was), Plain::List(is), Item::ArrayOfTables(tables)) => change_tables(tables, was, is),
        (was, is, Item::Value(value)) => change_value(value, was, is),
        (_, is, item) => *item = Item::Value(is.value()),
    }
}

fn change_value(value: &mut Value, was: &Plain, is: &Plain) {
    match (was, is, value) {
        (Plain::Table(was), Plain::Table(is), Value::InlineTable(table)) => {
            // The space before the closing brace is the last value's.
            let last = table.iter().last().map(|(key, _)| key.to_owned());
            let end = last.and_then(|last| table.get_mut(&last)).and_then(|value| {
                let end = value.decor().suffix().cloned();
                value.decor_mut().set_suffix("");
                end
            });
            keys_changed(table, was, is);
            let last = table.iter().last().map(|(key, _)| key.to_owned());
            if let (Some(end), Some(value)) = (end, last.and_then(|last| table.get_mut(&last))) {
                value.decor_mut().set_suffix(end);
            }
        }
        (Plain::List(was), Plain::List(is), Value::Array(array)) => change_array(array, was, is),
        (_, is, value) => {
            let decor = value.decor().clone();
            *value = is.value();
            *value.decor_mut() = decor;
        }
    }
}

/// Brings the keys of a table to what they are to say; returns those that are new.
fn keys_changed(table: &mut dyn TableLike, was: &Keys, is: &Keys) -> Vec<String> {
    for (key, _) in was.iter().filter(|(key, _)| value_of(is, key).is_none()) {
        table.remove(key);
    }
    let mut added = Vec::new();
    for (key, value) in is {
        match (value_of(was, key), table.get_mut(key)) {
            (Some(former), _) if former == value => {}
            (Some(former), Some(item)) => change(item, former, value),
            (_, Some(item)) => *item = Item::Value(value.value()),
            (_, None) => {
                table.insert(key, Item::Value(value.value()));
                added.push(key.clone());
            }
        }
    }
    added
}

/// What becomes of an entry of a list.
enum Step<'p> {
    Keep,
    Change(&'p Plain, &'p Plain),
    Remove,
    Insert(&'p Plain),
}

/// What has to be done with the entries of a list, in its order: as many as can be are kept.
fn steps<'p>(was: &'p [Plain], is: &'p [Plain]) -> Vec<Step<'p>> {
    let start = was.iter().zip(is).take_while(|(was, is)| was == is).count();
    let (was_left, is_left) = (was.get(start..).unwrap_or_default(), is.get(start..).unwrap_or_default());
    let end = was_left.iter().rev().zip(is_left.iter().rev()).take_while(|(was, is)| was == is).count();
    let was_left = was_left.get(..was_left.len() - end).unwrap_or_default();
    let is_left = is_left.get(..is_left.len() - end).unwrap_or_default();
    let mut steps: Vec<Step<'_>> = (0..start).map(|_| Step::Keep).collect();
    let same = common(was_left, is_left);
    let ends = same.into_iter().chain([(was_left.len(), is_left.len())]);
    let (mut was_at, mut is_at) = (0, 0);
    for (was_next, is_next) in ends {
        let gone = was_left.get(was_at..was_next).unwrap_or_default();
        let come = is_left.get(is_at..is_next).unwrap_or_default();
        steps.extend(gone.iter().zip(come).map(|(was, is)| Step::Change(was, is)));
        steps.extend(gone.iter().skip(come.len()).map(|_| Step::Remove));
        steps.extend(come.iter().skip(gone.len()).map(Step::Insert));
        if was_next < was_left.len() {
            steps.push(Step::Keep);
        }
        (was_at, is_at) = (was_next + 1, is_next + 1);
    }
    steps.extend((0..end).map(|_| Step::Keep));
    steps
}

/// The places of the longest common part of two lists.
#[expect(clippy::indexing_slicing, reason = "the table has a row and a column more than the lists have entries")]
fn common(was: &[Plain], is: &[Plain]) -> Vec<(usize, usize)> {
    if was.is_empty() || is.is_empty() || was.len().saturating_mul(is.len()) > COMPARED {
        return Vec::new();
    }
    let mut longest = vec![vec![0_u32; is.len() + 1]; was.len() + 1];
    for one in (0..was.len()).rev() {
        for other in (0..is.len()).rev() {
            longest[one][other] = if was[one] == is[other] {
                longest[one + 1][other + 1] + 1
            } else {
                longest[one + 1][other].max(longest[one][other + 1])
            };
        }
    }
    let (mut one, mut other, mut places) = (0, 0, Vec::new());
    while one < was.len() && other < is.len() {
        if was[one] == is[other] {
            places.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if longest[one + 1][other] >= longest[one][other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    places
}

fn change_tables(tables: &mut ArrayOfTables, was: &[Plain], is: &[Plain]) {
    let mut at = 0;
    for step in steps(was, is) {
        match step {
            Step::Keep => at += 1,
            Step::Change(Plain::Table(was), Plain::Table(is)) => {
                if let Some(table) = tables.get_mut(at) {
                    for key in keys_changed(table, was, is) {
                        put_in_order(table, &key, is);
                    }
                }
                at += 1;
            }
            // Lists under headings hold tables only.
            Step::Change(..) => at += 1,
            Step::Remove => {
                tables.remove(at);
            }
            Step::Insert(new) => {
                let Some(keys) = new.keys() else { continue };
                let mut table = new_table(keys);
                under_headings(&mut table, keys, tables);
                let before = at.checked_sub(1).and_then(|before| tables.get(before)).and_then(of_table);
                table.set_position(before.or_else(|| tables.get(at).and_then(Table::position)));
                tables.insert(at, table);
                at += 1;
            }
        }
    }
}

fn change_array(array: &mut Array, was: &[Plain], is: &[Plain]) {
    let mut at = 0;
    for step in steps(was, is) {
        match step {
            Step::Keep => at += 1,
            Step::Change(was, is) => {
                if let Some(value) = array.get_mut(at) {
                    change_value(value, was, is);
                }
                at += 1;
            }
            Step::Remove => take_out(array, at),
            Step::Insert(new) => {
                put_in(array, at, new.value());
                at += 1;
            }
        }
    }
}

fn raw(text: Option<&RawString>) -> String {
    text.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// What stands before an entry: what still belongs to the line before, such as a comment, and what begins its own line.
fn parted(prefix: &str) -> Option<(&str, &str)> {
    let at = prefix.find('\n')?;
    Some(prefix.split_at(at))
}

/// Puts an entry into a list, on a line of its own where the others have theirs.
fn put_in(array: &mut Array, at: usize, mut value: Value) {
    let prefix = |array: &Array, at: usize| raw(array.get(at).and_then(|value| value.decor().prefix()));
    let first = prefix(array, at.min(array.len().saturating_sub(1)));
    let own_lines = parted(&first).map(|(_, line)| line.rsplit('\n').next().unwrap_or_default().to_owned());
    let Some(indent) = own_lines else {
        // The space before the closing bracket is the last value's.
        if at == array.len() {
            let last = at.checked_sub(1).and_then(|last| array.get_mut(last));
            let end = last.and_then(|last| {
                let end = last.decor().suffix().cloned();
                last.decor_mut().set_suffix("");
                end
            });
            *value.decor_mut() = Decor::new(if at == 0 { "" } else { " " }, "");
            if let Some(end) = end {
                value.decor_mut().set_suffix(end);
            }
        } else {
            *value.decor_mut() = Decor::new(first, "");
            if let Some(next) = array.get_mut(at) {
                next.decor_mut().set_prefix(" ");
            }
        }
        return array.insert_formatted(at, value);
    };
    if at < array.len() {
        let next = prefix(array, at);
        let (line_before, own) = parted(&next).unwrap_or(("", &next));
        *value.decor_mut() = Decor::new(format!("{line_before}\n{indent}"), "");
        let own = own.to_owned();
        if let Some(next) = array.get_mut(at) {
            next.decor_mut().set_prefix(own);
        }
    } else {
        let last = at.checked_sub(1).and_then(|last| array.get_mut(last));
        let behind = last.map(|last| {
            let behind = raw(last.decor().suffix());
            last.decor_mut().set_suffix("");
            behind
        });
        let trailing = behind.unwrap_or_default() + &raw(Some(array.trailing()));
        let (line_before, own) = parted(&trailing).unwrap_or(("", "\n"));
        *value.decor_mut() = Decor::new(format!("{line_before}\n{indent}"), "");
        let own = own.to_owned();
        array.set_trailing(own);
        array.set_trailing_comma(true);
    }
    array.insert_formatted(at, value);
}

/// Takes an entry out of a list; what belongs to the line before it stays there.
fn take_out(array: &mut Array, at: usize) {
    if at >= array.len() {
        return;
    }
    let prefix = raw(array.get(at).and_then(|value| value.decor().prefix()));
    let single = parted(&prefix).is_none();
    let line_before = parted(&prefix).map(|(before, _)| before.to_owned()).unwrap_or_default();
    let behind = raw(array.get(at).and_then(|value| value.decor().suffix()));
    array.remove(at);
    if at < array.len() {
        let next = raw(array.get(at).and_then(|value| value.decor().prefix()));
        let next = match parted(&next) {
            Some((_, own)) => format!("{line_before}{own}"),
            None if single => prefix,
            None => next,
        };
        if let Some(value) = array.get_mut(at) {
            value.decor_mut().set_prefix(next);
        }
    } else if !single && at > 0 {
        // What stood behind it on its line goes with it, and the bracket keeps a line of its own.
        let trailing = behind + &raw(Some(array.trailing()));
        let own = parted(&trailing).map_or("\n", |(_, own)| own);
        let trailing = format!("{line_before}{own}");
        array.set_trailing(trailing);
        array.set_trailing_comma(true);
    }
}
