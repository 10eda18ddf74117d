//! What a record says, without any layout: what is compared to know what a change has to touch.

use serde::Serialize;
use toml_edit::{Array, InlineTable, Item, Value};

/// A value of a record. What a file may as well leave out, an empty list or a `false`, is left out in tables.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true`; `false` in lists only.
    Flag(bool),
    /// A list.
    List(Vec<Plain>),
    /// A table, its keys in the order of the model.
    Table(Keys),
}

/// The keys of a table with their values.
pub(super) type Keys = Vec<(String, Plain)>;

/// A record as a table; nothing if the model holds what TOML cannot.
pub(super) fn plain<T: Serialize>(record: &T) -> Option<Keys> {
    let document = toml_edit::ser::to_document(record).ok()?;
    keys(document.iter())
}

fn keys<'i>(items: impl Iterator<Item = (&'i str, &'i Item)>) -> Option<Keys> {
    let mut keys = Vec::new();
    for (key, item) in items {
        let value = of_item(item)?;
        let left_out = match &value {
            Plain::Flag(flag) => !flag,
            Plain::List(items) => items.is_empty(),
            Plain::Table(keys) => keys.is_empty(),
            Plain::Text(_) | Plain::Number(_) => false,
        };
        if !left_out {
            keys.push((key.to_owned(), value));
        }
    }
    Some(keys)
}

fn of_item(item: &Item) -> Option<Plain> {
    match item {
        Item::Value(value) => of_value(value),
        Item::Table(table) => keys(table.iter()).map(Plain::Table),
        Item::ArrayOfTables(tables) => {
            tables.iter().map(|table| keys(table.iter()).map(Plain::Table)).collect::<Option<_>>().map(Plain::List)
        }
        Item::None => None,
    }
}

fn of_value(value: &Value) -> Option<Plain> {
    match value {
        Value::String(text) => Some(Plain::Text(text.value().clone())),
        Value::Integer(number) => Some(Plain::Number(*number.value())),
        Value::Boolean(flag) => Some(Plain::Flag(*flag.value())),
        Value::Array(items) => items.iter().map(of_value).collect::<Option<_>>().map(Plain::List),
        Value::InlineTable(table) => {
            let mut read = Vec::new();
            for (key, value) in table.iter() {
                read.push((key.to_owned(), Item::Value(value.clone())));
            }
            keys(read.iter().map(|(key, item)| (key.as_str(), item))).map(Plain::Table)
        }
        Value::Float(_) | Value::Datetime(_) => None,
    }
}

impl Plain {
    /// The value in one line, as new ones are written.
    pub(super) fn value(&self) -> Value {
        match self {
            Plain::Text(text) => Value::from(text.as_str()),
            Plain::Number(number) => Value::from(*number),
            Plain::Flag(flag) => Value::from(*flag),
            Plain::List(items) => Value::Array(items.iter().map(Plain::value).collect::<Array>()),
            Plain::Table(keys) => Value::InlineTable(
                keys.iter().map(|(key, value)| (key.as_str(), value.value())).collect::<InlineTable>(),
            ),
        }
    }

    /// The keys of a table.
    pub(super) fn keys(&self) -> Option<&Keys> {
        match self {
            Plain::Table(keys) => Some(keys),
            _ => None,
        }
    }
}
