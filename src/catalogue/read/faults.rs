//! What is wrong with a part of a table that cannot be read into the model, in the words of whoever writes a data file: what
//! serde says, and what the shape of the whole record adds.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::catalogue::date::When;
use crate::catalogue::problem::{Hint, Place, Problem, Rule};
use crate::catalogue::read::numbers::number_in;
use crate::catalogue::read::shape::{LazyShape, Shape};
use crate::catalogue::read::slips::{NEAR, headings, meant_by, nearest};
use crate::catalogue::read::syntax::bare_date;

/// The cases of a hint for a key that stands in the wrong table: it belongs above all headings, below a heading, or is one.
const ABOVE: &str = "above";
const BELOW: &str = "below";
const HEADING: &str = "heading";

/// How many of the tables are named in which a key may stand.
const NAMED_TABLES: usize = 3;

/// A file with what it should hold.
pub(super) struct Faults<'f> {
    pub(super) file: &'f str,
    pub(super) text: &'f str,
    /// All that the file holds.
    pub(super) whole: &'f Spanned<DeTable<'f>>,
    pub(super) shape: &'f LazyShape,
}

/// A key or a value in a file.
struct Found<'f> {
    /// The keys that lead to it from the top, its own last.
    way: Vec<&'f str>,
    /// The table that holds it.
    holder: &'f DeTable<'f>,
    value: &'f DeValue<'f>,
    /// Whether it is one of a list, and no key's own value.
    is_item: bool,
}

impl<'f> Found<'f> {
    /// The way to the table that holds it.
    fn way_to_holder(&self) -> &[&'f str] {
        self.way.split_last().map_or(&[], |(_, way)| way)
    }

    /// The table that it is. A list of [[tables]] has the place of its first table, which is the one that is meant.
    fn table(&self) -> Option<&'f DeTable<'f>> {
        match self.value {
            DeValue::Table(table) => Some(table),
            DeValue::Array(items) => items.iter().find_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(table),
                _ => None,
            }),
            _ => None,
        }
    }
}

/// What serde says of a key that is missing: its name.
pub(super) fn missing_key(error: &toml::de::Error) -> Option<&str> {
    error.message().strip_prefix("missing field ").map(|key| key.trim_matches('`'))
}

impl<'f> Faults<'f> {
    fn problem(&self, rule: Rule, span: &Range<usize>, (message, help): (String, String), hint: Hint) -> Problem {
        let place = Some(Place::of(self.text, span.clone()));
        Problem::new(rule, self.file, place, message, help).hinting(hint)
    }

    /// Tells each key that a table lacks; serde names the first alone.
    pub(super) fn lacking(&self, span: &Range<usize>, first: &str, problems: &mut Vec<Problem>) {
        let (way, table) = match *span == self.whole.span() {
            true => (Vec::new(), Some(self.whole.get_ref())),
            false => self.find(span).map_or((Vec::new(), None), |found| (found.way.clone(), found.table())),
        };
        // What the file lacks belongs below the last of its own keys.
        let below = end_of_head(self.text);
        let span = if way.is_empty() { &below } else { span };
        let lacks = |key: &str| table.is_none_or(|table| !table.contains_key(key));
        let keys = self.shape.at(way.iter().copied()).and_then(Shape::keys).filter(|_| table.is_some());
        let mut lacking: Vec<&str> =
            keys.map(|keys| keys.required.iter().map(String::as_str).collect()).unwrap_or_default();
        if !lacking.contains(&first) {
            lacking.push(first);
        }
        for key in lacking.into_iter().filter(|key| lacks(key)) {
            // What stands in the wrong table is told there, and is all that is wrong; but without it there is no record.
            let strayed = problems.iter_mut().find(|one| {
                let belongs_here = match one.hint.case.as_str() {
                    ABOVE => way.is_empty(),
                    BELOW => one.hint.value.split(", ").any(|heading| heading == self.shape.heading(&way)),
                    HEADING => one.hint.value == self.shape.heading(&with(&way, key)),
                    _ => false,
                };
                matches!(one.rule, Rule::UnknownKey | Rule::MissingKey) && belongs_here && one.value() == Some(key)
            });
            match strayed {
                Some(problem) => problem.rule = Rule::MissingKey,
                None => problems.push(self.missing(span, &way, key)),
            }
        }
    }

    fn missing(&self, span: &Range<usize>, way: &[&str], key: &str) -> Problem {
        let message = format!("the key {key:?} is missing");
        let shape = self.shape.at(way.iter().copied().chain([key]));
        let heading = self.shape.heading(&with(way, key));
        let (help, hint) = match shape {
            Some(shape) if shape.is_tables() => {
                (format!("add a table {heading}, as often as there is one"), Hint::new("several", heading))
            }
            Some(Shape::Table(keys)) if !keys.is_wording() => {
                let required = match keys.required.as_slice() {
                    [] => String::new(),
                    keys => format!(" with {}", keys.join(" and ")),
                };
                (format!("add a table {heading}{required}"), Hint::new("several", heading))
            }
            shape => {
                let written = format!("{key} = {}", shape.map_or("…".to_owned(), Shape::sample));
                let (place, case) =
                    if way.is_empty() { ("above the first heading", "top") } else { ("to this table", "key") };
                let words = match shape {
                    Some(Shape::OneOf(words)) => format!("; it is one of: {}", words.join(", ")),
                    _ => String::new(),
                };
                (format!("add {written} {place}{words}"), Hint::new(case, written))
            }
        };
        self.problem(Rule::MissingKey, span, (message, help), hint)
    }

    /// What serde's words mean.
    pub(super) fn explain(&self, message: &str, span: &Range<usize>) -> Problem {
        // serde's words: unknown field `a`, expected one of `b`, `c`; likewise unknown variant.
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        if let [wrong, allowed @ ..] = quoted.as_slice() {
            if message.starts_with("unknown field") {
                return self.unknown_key(wrong, allowed, span);
            }
            if message.starts_with("unknown variant") {
                return self.unknown_word(wrong, allowed, span);
            }
        }
        let value = self.text.get(span.clone()).unwrap_or_default();
        if ["is not a date", "does not exist", "ends before"].iter().any(|words| message.contains(words)) {
            return self.no_date(message, value, span);
        }
        let found = self.find(span);
        let shape = found.as_ref().and_then(|found| self.asked(found));
        let is_date = shape.map_or(message.contains("expected a string"), |shape| *shape == Shape::Date);
        if let Some(date) = bare_date(value).filter(|_| is_date && message.starts_with("invalid type")) {
            let words = ("a date stands without quotes".to_owned(), format!("write it in quotes: \"{date}\""));
            return self.problem(Rule::Date, span, words, Hint::new("quotes", date));
        }
        let (message, help, hint) = match found.zip(shape) {
            Some((found, shape)) => self.of_another_kind(&found, shape, value),
            None => (message.to_owned(), AS_SHOWN.to_owned(), Hint::default()),
        };
        self.problem(Rule::Type, span, (message, help), hint)
    }

    fn unknown_key(&self, wrong: &str, allowed: &[&str], span: &Range<usize>) -> Problem {
        let found = self.find(span);
        let way = found.as_ref().map(Found::way_to_holder).unwrap_or_default();
        let lacks = |key: &&str| found.as_ref().is_none_or(|found| !found.holder.contains_key(*key));
        let tables = self.shape.tables_with(wrong);
        // What is a key elsewhere is a slip for one of this table only where that is not there.
        let near = nearest(wrong, allowed).filter(|near| tables.is_empty() || lacks(near));
        let all = allowed.join(", ");
        if let Some(near) = near.or_else(|| meant_by(wrong, allowed).filter(lacks)) {
            let words = (format!("unknown key {wrong:?}"), format!("did you mean {near:?}? Allowed are: {all}"));
            return self.problem(Rule::UnknownKey, span, words, Hint::new(NEAR, near));
        }
        if tables.is_empty() {
            let help = format!("it is not read: perhaps a newer version of the program does; or use one of: {all}");
            return self.problem(Rule::NewerKey, span, (format!("unknown key {wrong:?}"), help), Hint::default());
        }
        let message = match way {
            [] => format!("the key {wrong:?} is not one of the whole file, and is not read here"),
            way => format!("the key {wrong:?} is not one of {}, and is not read there", self.shape.heading(way)),
        };
        let is_of_file = tables.first().is_some_and(Vec::is_empty);
        let (help, hint) = match self.shape.at([wrong]).filter(|_| is_of_file) {
            Some(shape) if shape.is_tables() || (shape.keys().is_some() && !shape.is_wording() && !is_list(shape)) => {
                let heading = self.shape.heading(&[wrong]);
                (
                    format!("it is a table of the whole file: write it under its own heading {heading}"),
                    Hint::new(HEADING, heading),
                )
            }
            Some(_) => {
                ("it is a key of the whole file: move it above the first heading".to_owned(), Hint::new(ABOVE, wrong))
            }
            None => {
                let headings: Vec<String> =
                    tables.iter().take(NAMED_TABLES).map(|way| self.shape.heading(way)).collect();
                let headings = headings.join(", ");
                let others = if tables.len() > NAMED_TABLES { " or another table" } else { "" };
                (format!("it belongs below {headings}{others}: move it there"), Hint::new(BELOW, headings))
            }
        };
        self.problem(Rule::UnknownKey, span, (message, help), hint)
    }

    fn unknown_word(&self, wrong: &str, allowed: &[&str], span: &Range<usize>) -> Problem {
        let all = allowed.join(", ");
        let (help, hint) = match nearest(wrong, allowed).or_else(|| meant_by(wrong, allowed)) {
            Some(near) => (format!("did you mean {near:?}? Allowed are: {all}"), Hint::new(NEAR, near)),
            None => (format!("remove it, or use one of: {all}"), Hint::new("allowed", &all)),
        };
        self.problem(Rule::Type, span, (format!("unknown value {wrong:?}"), help), hint)
    }

    fn no_date(&self, message: &str, value: &str, span: &Range<usize>) -> Problem {
        let typed = value.trim().trim_matches('"');
        // What people write elsewhere is understood, and told as it is written here.
        if let Some(meant) = When::typed(typed).ok().filter(|_| message.contains("is not a date")) {
            let message = format!("{typed:?} is not a date as it is written here");
            let is_end = |one: char| matches!(one, '/' | '-' | '–' | '—');
            let (written, half_open) = match meant {
                When::On(_) if typed.trim_end().ends_with(is_end) => (meant.to_string(), format!("{meant}/..")),
                When::On(_) if typed.trim_start().starts_with(is_end) => (meant.to_string(), format!("../{meant}")),
                _ => {
                    let help = format!("write it \"{meant}\"");
                    return self.problem(Rule::Date, span, (message, help), Hint::new(NEAR, meant));
                }
            };
            let help = format!("write \"{written}\", or \"{half_open}\" for a span with an open end");
            let both = format!("\"{written}\" / \"{half_open}\"");
            return self.problem(Rule::Date, span, (message, help), Hint::new("either", both));
        }
        let help = "write what is known: a year, a month or a day, or a span with / between".to_owned();
        self.problem(Rule::Date, span, (message.to_owned(), help), Hint::default())
    }

    /// What is asked for where something was found.
    fn asked(&self, found: &Found<'_>) -> Option<&Shape> {
        let shape = self.shape.at(found.way.iter().copied())?;
        let is_first_table = found.table().is_some() && matches!(found.value, DeValue::Array(_));
        match shape {
            Shape::List(item) if found.is_item || is_first_table => Some(item),
            _ => Some(shape),
        }
    }

    /// What is said of a value of another kind than its key asks for, how it is mended, and what that depends on.
    fn of_another_kind(&self, found: &Found<'_>, shape: &Shape, written: &str) -> (String, String, Hint) {
        let heading = self.shape.heading(&found.way);
        let key = found.way.last().copied().unwrap_or_default();
        let there = match found.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date without quotes",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let write = |what: String| (format!("write {what}"), Hint::new("write", what));
        let (asked, (help, hint)) = match shape {
            Shape::Number(max) => {
                let mend = match (number_in(written), max) {
                    (Some(number), _) if matches!(found.value, DeValue::String(_)) => {
                        (format!("write {number}, without quotes"), Hint::new("write", number))
                    }
                    (Some(number), _) if number != written => write(number),
                    (Some(_), Some(max)) => {
                        (format!("check the digits: it can be {max} at most"), Hint::new("digits", max))
                    }
                    _ => ("write the number in digits, without quotes".to_owned(), Hint::new("number", "")),
                };
                let asked = match found.value {
                    DeValue::Integer(_) => "a number that can be",
                    _ => "a whole number",
                };
                (asked, mend)
            }
            Shape::Boolean => {
                ("true or false", ("write true or false, without quotes".to_owned(), Hint::new("boolean", "")))
            }
            Shape::List(item) if shape.is_tables() => {
                let keys = item.keys().map(|keys| keys.required.join(", ")).filter(|keys| !keys.is_empty());
                let keys = keys.map(|keys| format!(", each with {keys}")).unwrap_or_default();
                let help = format!("write {heading}, with two brackets, above each table{keys}");
                ("a list of tables", (help, Hint::new("table", heading)))
            }
            Shape::List(item) => {
                let what = match found.value {
                    DeValue::String(_) if item.is_text() => format!("[{}]", written.trim()),
                    _ => shape.sample(),
                };
                ("a list", write(what))
            }
            Shape::Table(keys) if keys.is_wording() => {
                let help = "write it in each language: { fr = \"…\", en = \"…\", es = \"…\" }".to_owned();
                ("{ fr = \"…\", en = \"…\", es = \"…\" }", (help, Hint::new("languages", "")))
            }
            Shape::Table(keys) => {
                let only = match keys.required.as_slice() {
                    [only] => Some(only),
                    _ => None,
                };
                let fits = |only: &&String| match (keys.get(only), found.value) {
                    (Some(Shape::Text), DeValue::String(_)) => true,
                    (Some(Shape::Date), DeValue::String(date)) => date.parse::<When>().is_ok(),
                    _ => false,
                };
                let mend = match only.filter(fits) {
                    Some(only) if !found.is_item => write(format!("{key} = {{ {only} = {} }}", written.trim())),
                    _ => {
                        let all = keys.names().collect::<Vec<_>>().join(", ");
                        (format!("write a table {heading}; its keys are: {all}"), Hint::new("table", heading))
                    }
                };
                ("a table", mend)
            }
            Shape::OneOf(words) => {
                let all = words.join(", ");
                ("one of certain words", (format!("write one of these, in quotes: {all}"), Hint::new("allowed", all)))
            }
            Shape::Text | Shape::Date => {
                let mend = match found.value {
                    DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) if *shape == Shape::Text => {
                        write(format!("\"{}\"", written.trim()))
                    }
                    DeValue::Array(items) => match items.as_ref() {
                        [one] if matches!(one.get_ref(), DeValue::String(_)) => {
                            write(self.text.get(one.span()).unwrap_or("\"…\"").to_owned())
                        }
                        _ => write(format!("{key} = \"…\"")),
                    },
                    _ => write(format!("{key} = \"…\"")),
                };
                (if *shape == Shape::Date { "a date in quotes" } else { "a text" }, mend)
            }
            Shape::Other => ("another value", (AS_SHOWN.to_owned(), Hint::default())),
        };
        let message = match asked {
            "a number that can be" => format!("{there} is too large or too small for {key}"),
            _ => format!("{there} stands here, expected {asked}"),
        };
        (message, help, hint)
    }

    fn find(&self, span: &Range<usize>) -> Option<Found<'f>> {
        find(self.whole.get_ref(), span, &mut Vec::new())
    }
}

/// What is said where the shape of a record does not tell.
const AS_SHOWN: &str = "write the value as data/README.md shows; texts and dates stand in \"quotes\", lists in [ ]";

/// The end of what stands above the first heading of a file.
fn end_of_head(text: &str) -> Range<usize> {
    let first = headings(text).next().map_or(text.len(), |(at, _)| at);
    let head = text.get(..first).unwrap_or_default().trim_end_matches(['[', ' ', '\t']).trim_end();
    head.len()..head.len()
}

fn with<'k>(way: &[&'k str], key: &'k str) -> Vec<&'k str> {
    way.iter().copied().chain([key]).collect()
}

fn is_list(shape: &Shape) -> bool {
    matches!(shape, Shape::List(_))
}

/// The key or the value with this span.
fn find<'f>(table: &'f DeTable<'f>, span: &Range<usize>, way: &mut Vec<&'f str>) -> Option<Found<'f>> {
    for (key, value) in table {
        way.push(key.get_ref());
        if key.span() == *span || value.span() == *span {
            return Some(Found { way: way.clone(), holder: table, value: value.get_ref(), is_item: false });
        }
        if let Some(found) = find_in(value.get_ref(), table, span, way) {
            return Some(found);
        }
        way.pop();
    }
    None
}

fn find_in<'f>(
    value: &'f DeValue<'f>,
    holder: &'f DeTable<'f>,
    span: &Range<usize>,
    way: &mut Vec<&'f str>,
) -> Option<Found<'f>> {
    match value {
        DeValue::Table(table) => find(table, span, way),
        DeValue::Array(items) => items.iter().find_map(|item| {
            if item.span() == *span {
                return Some(Found { way: way.clone(), holder, value: item.get_ref(), is_item: true });
            }
            find_in(item.get_ref(), holder, span, way)
        }),
        _ => None,
    }
}
