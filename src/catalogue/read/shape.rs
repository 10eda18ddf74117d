//! What a record holds, as its JSON Schema tells it: which keys each table has, which of them must be there, and what each
//! stands for. serde knows only the one table at which it stops, and names the types of Rust.
//!
//! It is made where something is wrong, and never for a file that is right.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The shape of a whole file, made when it is first asked for.
pub(super) type LazyShape = LazyCell<Shape>;

/// How deep a record is looked into: deeper than any is.
const DEEPEST: usize = 12;

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A text in quotes.
    Text,
    /// A date, in quotes.
    Date,
    /// A whole number, with the largest there may be.
    Number(Option<u64>),
    /// `true` or `false`.
    Boolean,
    /// One of these words, in quotes.
    OneOf(Vec<String>),
    /// A list.
    List(Box<Shape>),
    /// A table.
    Table(TableShape),
    /// Anything else.
    Other,
}

/// The keys of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableShape {
    all: BTreeMap<String, Shape>,
    /// Those that must be there, in the order of the model.
    pub(super) required: Vec<String>,
}

impl TableShape {
    pub(super) fn get(&self, key: &str) -> Option<&Shape> {
        self.all.get(key)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// Whether the table says one thing in three languages.
    pub(super) fn is_wording(&self) -> bool {
        ["fr", "en", "es"].iter().all(|language| matches!(self.all.get(*language), Some(Shape::Text)))
    }
}

impl Shape {
    /// The shape of a file's record.
    pub(super) fn of<T: JsonSchema>() -> Shape {
        let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
        shape(&schema, &schema, DEEPEST)
    }

    /// The shape at a way of keys from the top; what stands in a list has the way of the list.
    pub(super) fn at<'k>(&self, way: impl IntoIterator<Item = &'k str>) -> Option<&Shape> {
        way.into_iter().try_fold(self, |shape, key| shape.keys()?.get(key))
    }

    /// The keys of a table, or of each table of a list.
    pub(super) fn keys(&self) -> Option<&TableShape> {
        match self {
            Shape::Table(keys) => Some(keys),
            Shape::List(item) => item.keys(),
            _ => None,
        }
    }

    /// Whether it is written as a text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Shape::Text | Shape::Date | Shape::OneOf(_))
    }

    /// Whether it is a text in three languages.
    pub(super) fn is_wording(&self) -> bool {
        matches!(self, Shape::Table(keys) if keys.is_wording())
    }

    /// Whether it stands under headings of its own, each in two brackets.
    pub(super) fn is_tables(&self) -> bool {
        matches!(self, Shape::List(item) if matches!(&**item, Shape::Table(keys) if !keys.is_wording()))
    }

    /// The ways to all tables that have a key, the shortest first; the way to the top of the file is empty.
    pub(super) fn tables_with(&self, key: &str) -> Vec<Vec<&str>> {
        let mut found = Vec::new();
        self.gather(key, &mut Vec::new(), &mut found);
        found.sort_by_key(Vec::len);
        found
    }

    fn gather<'s>(&'s self, key: &str, way: &mut Vec<&'s str>, found: &mut Vec<Vec<&'s str>>) {
        let Some(keys) = self.keys() else { return };
        if keys.get(key).is_some() {
            found.push(way.clone());
        }
        for (name, shape) in &keys.all {
            way.push(name);
            shape.gather(key, way, found);
            way.pop();
        }
    }

    /// Whether a key stands for a number wherever it stands.
    pub(super) fn is_number_everywhere(&self, key: &str) -> bool {
        let tables = self.tables_with(key);
        let at = |way: &Vec<&str>| self.at(way.iter().copied().chain([key]));
        !tables.is_empty() && tables.iter().all(|way| matches!(at(way), Some(Shape::Number(_))))
    }

    /// A table's heading as it is written: `[chair]`, `[[meeting.source]]`.
    pub(super) fn heading(&self, way: &[&str]) -> String {
        let name = way.join(".");
        match self.at(way.iter().copied()) {
            Some(Shape::List(_)) => format!("[[{name}]]"),
            _ => format!("[{name}]"),
        }
    }

    /// How a value looks.
    pub(super) fn sample(&self) -> String {
        match self {
            Shape::Text | Shape::Date | Shape::OneOf(_) => "\"…\"".to_owned(),
            Shape::Number(_) => "1".to_owned(),
            Shape::Boolean => "true".to_owned(),
            Shape::List(item) => format!("[{}]", item.sample()),
            Shape::Table(keys) if keys.is_wording() => "{ fr = \"…\", en = \"…\", es = \"…\" }".to_owned(),
            Shape::Table(_) | Shape::Other => "…".to_owned(),
        }
    }
}

fn shape(schema: &Value, root: &Value, depth: usize) -> Shape {
    let Some(depth) = depth.checked_sub(1) else { return Shape::Other };
    let within = |schema: &Value| shape(schema, root, depth);
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        if name == "When" {
            return Shape::Date;
        }
        return root.get("definitions").and_then(|all| all.get(name)).map_or(Shape::Other, within);
    }
    let list = |key: &str| schema.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let words: Vec<String> =
        list("oneOf").iter().filter_map(|one| Some(one.get("const")?.as_str()?.to_owned())).collect();
    if !words.is_empty() {
        return Shape::OneOf(words);
    }
    // What may be left out has nothing as its other form; of an acronym the short one comes first.
    let forms = list("allOf").iter().chain(list("anyOf")).chain(list("oneOf"));
    if let Some(form) = forms.into_iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null")) {
        return within(form);
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("string") => Shape::Text,
        Some("integer") => Shape::Number(schema.get("maximum").and_then(Value::as_u64)),
        Some("boolean") => Shape::Boolean,
        Some("array") => Shape::List(Box::new(schema.get("items").map_or(Shape::Other, within))),
        Some("object") => {
            let keys = schema.get("properties").and_then(Value::as_object);
            let all = keys.into_iter().flatten().map(|(key, schema)| (key.clone(), within(schema))).collect();
            let required = list("required").iter().filter_map(|key| Some(key.as_str()?.to_owned())).collect();
            Shape::Table(TableShape { all, required })
        }
        _ => Shape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::model::{MeetingsFile, Process};

    #[test]
    fn a_record_is_known_with_all_its_tables() {
        let process = Shape::of::<Process>();
        assert_eq!(process.tables_with("states"), [["participants"]]);
        assert_eq!(process.tables_with("website"), [Vec::<&str>::new()]);
        assert_eq!(process.heading(&["participants"]), "[[participants]]");
        assert_eq!(process.heading(&["status"]), "[status]");
        assert_eq!(process.keys().map(|keys| keys.required.len()), Some(8));
        assert_eq!(process.at(["participants", "count"]), Some(&Shape::Number(Some(65_535))));
        assert_eq!(process.at(["chair", "history", "when"]), Some(&Shape::Date));
        assert_eq!(process.at(["website"]), Some(&Shape::Text));
        assert_eq!(process.at(["acronym"]), Some(&Shape::Text));
        assert!(process.at(["name"]).is_some_and(Shape::is_wording));
        assert!(process.at(["structure"]).is_some_and(|list| !list.is_tables()));
        assert!(process.is_number_everywhere("count") && !process.is_number_everywhere("date"));
        assert_eq!(Shape::of::<MeetingsFile>().heading(&["meeting", "source"]), "[[meeting.source]]");
    }
}
