//! One data file: from bytes to a record, with every error of the file and not only the first.
//!
//! The file is walked as TOML for the rules that hold for every text (no markup, no mention, lengths, addresses,
//! languages), then read into the model. Rules between records stand in `check`.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::catalogue::problem::{Place, Problem, Rule, Severity};

/// The most problems told of one file: a person mends the first and looks again, and a hostile file costs no more.
pub const MAX_PROBLEMS: usize = 100;

/// A step on the way to a value: a key of a table or a place in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathStep<'a> {
    /// The key of a table.
    Key(&'a str),
    /// The place in an array, from 0.
    Item(usize),
}

impl<'a> From<&'a str> for PathStep<'a> {
    fn from(key: &'a str) -> Self {
        PathStep::Key(key)
    }
}

impl From<usize> for PathStep<'_> {
    fn from(item: usize) -> Self {
        PathStep::Item(item)
    }
}

/// The place of the value at a path, or of the nearest table or array above it that is there.
pub(crate) fn locate(text: &str, path: &[PathStep<'_>]) -> Place {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut span = table.span();
    let mut value = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    for step in path {
        let next = match (step, value.into_inner()) {
            (PathStep::Key(key), DeValue::Table(mut table)) => table.remove(*key),
            (PathStep::Item(item), DeValue::Array(array)) => array.into_iter().nth(*item),
            _ => None,
        };
        let Some(next) = next else { break };
        span = next.span();
        value = next;
    }
    Place::of(text, span)
}

/// Reads one TOML file; with an error that cannot be passed over there is no record.
pub(crate) fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> (Option<T>, Vec<Problem>) {
    let text = match text_of(file, bytes) {
        Ok(text) => text,
        Err(problem) => return (None, vec![*problem]),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    // One slip makes errors of all that follows it: the first is the one to mend.
    if let Some(first) = errors.iter().min_by_key(|error| error.span().map_or(usize::MAX, |span| span.start)) {
        return (None, vec![syntax(file, text, first)]);
    }
    let mut walk = Walk { file, text, problems: Vec::new() };
    walk.beginning();
    walk.table(table.get_ref(), None, &mut Vec::new());
    let mut problems = walk.problems;
    let record = into_record(file, text, table, &mut problems);
    problems.truncate(MAX_PROBLEMS);
    (record, problems)
}

/// The file as text, or the problem that it is none.
#[expect(clippy::indexing_slicing, reason = "what is valid ends within the bytes")]
pub fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Problem>> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let end = valid.len();
    let byte = bytes.get(error.valid_up_to()).unwrap_or(&0);
    let (message, help) = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        ("the file is saved as UTF-16".to_owned(), "save it as UTF-8: editors ask for the encoding in \"Save as\"")
    } else {
        let message = format!("the byte 0x{byte:02x} is not UTF-8 text");
        (message, "save the file as UTF-8, not as ANSI or Latin-1; a picture or an archive cannot be a data file")
    };
    Err(Box::new(Problem::new(Rule::NotText, file, Some(Place::of(&valid, end..end)), message, help.to_owned())))
}

/// What is wrong with TOML, in words that tell what a keyboard or an editor did. What follows the first error in a file is
/// mostly of its making and is not told.
fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or(text.len()..text.len());
    let place = Place::of(text, span.clone());
    let told = |message: &str, help: &str| {
        Problem::new(Rule::Syntax, file, Some(place.clone()), message.to_owned(), help.to_owned())
    };
    let value = value_at(text, span.start);
    let first = value.chars().next();
    let here = text.get(span.start..).and_then(|rest| rest.chars().next());
    let is_quote = |character: Option<char>| character.is_some_and(|one| "“”„‟«»‹›‘’‚".contains(one));
    if is_quote(first) || is_quote(here) {
        return told("a text stands in typographic quotes", "write straight quotes: \"text\"");
    }
    if here == Some('\u{a0}') {
        return told("a no-break space stands between words of TOML", "write a plain space");
    }
    if here == Some('\r') || (text.contains('\r') && !text.contains('\n')) {
        return told("a line ends with a carriage return alone", "save the file with the line ends of Unix or Windows");
    }
    if is_bare_date(value) {
        return told("a date stands without quotes", &format!("write it in quotes: \"{value}\""));
    }
    if error.message() == "duplicate key" {
        return told("duplicate key", "a key stands once in its table: remove or rename one of the two");
    }
    let help = "write TOML: key = \"text\", lists in [ ], tables in { } or under a [heading]";
    match unclosed(text, span.start) {
        Some(line) if line < place.line => {
            let help = format!("the bracket opened in line {line} may not be closed; {help}");
            told(error.message(), &help)
        }
        _ => told(error.message(), help),
    }
}

/// The value within which a place lies, as it is written: what stands after the equals sign of its line.
fn value_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let value = line.split_once('=').map_or("", |(_, value)| value);
    value.split('#').next().unwrap_or_default().trim()
}

/// Whether a bare value is meant as a date: 1990-10, 2026-11-23, 1990~, 2005/2006.
fn is_bare_date(value: &str) -> bool {
    let year = value.bytes().take_while(u8::is_ascii_digit).count() == 4 || value.starts_with("XXXX");
    let rest = value.get(4..).unwrap_or_default();
    year && !rest.is_empty() && rest.chars().all(|one| one.is_ascii_digit() || "-/~.X".contains(one))
}

/// The line of the innermost bracket that is open at a place.
fn unclosed(text: &str, at: usize) -> Option<usize> {
    let (mut open, mut quote, mut line) = (Vec::new(), None, 1);
    let mut characters = text.get(..at)?.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\n', _) => {
                line += 1;
                quote = None;
            }
            ('\\', Some('"')) => drop(characters.next()),
            (mark, Some(begun)) if mark == begun => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(character),
            // To the end of the line, as in a quote that only the line's end closes.
            ('#', None) => quote = Some('\n'),
            ('[' | '{', None) => open.push(line),
            (']' | '}', None) => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// Reads the table into the model. serde stops at its first error; so each offending part is reported, taken out, and
/// the rest is read again, until the whole is clean.
fn into_record<T: DeserializeOwned>(
    file: &str,
    text: &str,
    table: Spanned<DeTable<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    // Nearly every file is right: only a wrong one pays for a second reading.
    let mut error = match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(record) => return Some(record),
        Err(error) => error,
    };
    let (mut table, _) = DeTable::parse_recoverable(text);
    while problems.len() < MAX_PROBLEMS {
        let span = error.span().unwrap_or(0..0);
        // What lacks a key only because we took that key out was reported already.
        let missing = error.message().strip_prefix("missing field ").map(|key| key.trim_matches('`'));
        if missing.is_none_or(|key| !taken(text, &table, &span, key)) {
            problems.push(explain(file, text, &error, span.clone(), missing));
        }
        if !remove(table.get_mut(), &span) {
            break;
        }
        match T::deserialize(toml::de::Deserializer::from(table.clone())) {
            Ok(record) => return problems.iter().all(can_be_passed_over).then_some(record),
            Err(next) => error = next,
        }
    }
    // Warnings alone would not say why there is no record.
    if problems.iter().all(can_be_passed_over) {
        let message = "the file holds more that is not known than can be passed over".to_owned();
        let help = "it may be of another version of the program, or no file of a catalogue".to_owned();
        problems.truncate(MAX_PROBLEMS - 1);
        problems.push(Problem::new(Rule::Type, file, None, message, help));
    }
    None
}

fn can_be_passed_over(problem: &Problem) -> bool {
    problem.severity == Severity::Warning || problem.rule.can_be_passed_over()
}

/// Whether the file does hold the key that the maimed table lacks.
fn taken(text: &str, maimed: &Spanned<DeTable<'_>>, span: &Range<usize>, key: &str) -> bool {
    let (whole, _) = DeTable::parse_recoverable(text);
    if *span == maimed.span() {
        return whole.get_ref().contains_key(key);
    }
    find_table(whole.get_ref(), span).is_some_and(|table| table.contains_key(key))
}

fn find_table<'a, 'i>(table: &'a DeTable<'i>, span: &Range<usize>) -> Option<&'a DeTable<'i>> {
    table.values().find_map(|value| find_in(value, span))
}

fn find_in<'a, 'i>(value: &'a Spanned<DeValue<'i>>, span: &Range<usize>) -> Option<&'a DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) if value.span() == *span => Some(table),
        DeValue::Table(table) => find_table(table, span),
        DeValue::Array(array) => array.iter().find_map(|item| find_in(item, span)),
        _ => None,
    }
}

/// Takes the key or value with this span out of the table. `false` when it is not there: then the whole is at fault.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    // A list of [[tables]] has the place of its first table, which is the one that is meant.
    let holds =
        |value: &DeValue<'_>| matches!(value, DeValue::Array(items) if items.iter().any(|item| item.span() == *span));
    let hit = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let meant = key.span() == *span || (value.span() == *span && !holds(value.get_ref()));
        meant.then(|| key.get_ref().to_string())
    };
    match table.iter().find_map(hit) {
        Some(key) => table.remove(key.as_str()).is_some(),
        None => table.iter_mut().any(|(_, value)| remove_in(value.get_mut(), span)),
    }
}

fn remove_in(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove(table, span),
        DeValue::Array(array) if array.iter().any(|item| item.span() == *span) => {
            *array = array.iter().filter(|item| item.span() != *span).cloned().collect();
            true
        }
        DeValue::Array(array) => array.iter_mut().any(|item| remove_in(item.get_mut(), span)),
        _ => false,
    }
}

fn explain(file: &str, text: &str, error: &toml::de::Error, span: Range<usize>, missing: Option<&str>) -> Problem {
    let message = error.message();
    let place = Some(Place::of(text, span.clone()));
    if let Some(key) = missing {
        let message = format!("the key {key:?} is missing");
        return Problem::new(Rule::MissingKey, file, place, message, format!("add {key} = … to this table"));
    }
    // serde's words: unknown field `a`, expected one of `b`, `c`; likewise unknown variant.
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let [wrong, allowed @ ..] = quoted.as_slice() {
        let (rule, what) = if message.starts_with("unknown field") {
            (Rule::UnknownKey, "key")
        } else if message.starts_with("unknown variant") {
            (Rule::Type, "value")
        } else {
            (Rule::Type, "")
        };
        if !what.is_empty() {
            let (rule, help) = match (nearest(wrong, allowed), rule) {
                (Some(near), _) => (rule, format!("did you mean {near:?}? Allowed are: {}", allowed.join(", "))),
                (None, Rule::UnknownKey) => {
                    let help = "it is not read: perhaps a newer version of the program does; or use one of: ";
                    (Rule::NewerKey, format!("{help}{}", allowed.join(", ")))
                }
                (None, _) => (rule, format!("remove it, or use one of: {}", allowed.join(", "))),
            };
            return Problem::new(rule, file, place, format!("unknown {what} {wrong:?}"), help);
        }
    }
    let is_date = ["is not a date", "does not exist", "ends before"].iter().any(|words| message.contains(words));
    if is_date {
        let help = "write what is known: a year, a month or a day, or a span with / between".to_owned();
        return Problem::new(Rule::Date, file, place, message.to_owned(), help);
    }
    let value = text.get(span).unwrap_or_default();
    if message.starts_with("invalid type") && message.contains("expected a string") && is_bare_date(value) {
        let help = format!("write it in quotes: \"{value}\"");
        return Problem::new(Rule::Date, file, place, "a date stands without quotes".to_owned(), help);
    }
    let help = "write the value as data/README.md shows; texts and dates stand in \"quotes\", lists in [ ]".to_owned();
    Problem::new(Rule::Type, file, place, message.to_owned(), help)
}

/// The allowed word nearest to what was typed, when it is near enough to be meant.
pub fn nearest<'a>(typed: &str, allowed: &[&'a str]) -> Option<&'a str> {
    allowed
        .iter()
        .map(|word| (strsim::damerau_levenshtein(typed, word), *word))
        .filter(|(distance, word)| *distance <= 1 + word.chars().count() / 4)
        .min()
        .map(|(_, word)| word)
}

/// How many characters a text may have, by its key. The reply room counts on these: with them a whole card keeps
/// within Discord's 6,000 characters for a message whatever the catalogue holds.
fn length_limit(key: &str) -> usize {
    match key {
        "id" => 60,
        "acronym" | "other_acronyms" => 24,
        "emoji" => 8,
        "short_name" | "place" | "subregion" | "seat" => 80,
        "title" | "themes" | "founders" | "rhythm" | "reference" => 120,
        "says" | "label" | "structure" | "topics" | "aims" | "freshness" => 200,
        "name" | "aliases" | "former_names" | "shared_names" | "variants" => 250,
        "event" | "rule" | "role" | "outcomes" | "points" | "hosting" | "background" | "invited" | "description" => 250,
        "theme" | "focus" | "attendance" => 300,
        "purpose" => 350,
        "url" | "website" | "other_websites" | "pages" | "iom_pages" | "report" | "links" => 500,
        "definition" | "summary" => 600,
        // `text` and `note` mean different things in different tables: see `Walk::limit`.
        _ => 250,
    }
}

/// The keys whose tables hold one address for each language, any of which may be missing.
const ADDRESSES: [&str; 7] = ["url", "website", "other_websites", "pages", "iom_pages", "report", "links"];

struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn problem(&mut self, rule: Rule, span: Range<usize>, message: String, help: &str) {
        let place = Some(Place::of(self.text, span));
        self.problems.push(Problem::new(rule, self.file, place, message, help.to_owned()));
    }

    /// What other readers of TOML stumble over is told, so that the next moderator's editor is not red.
    fn editors(&mut self, span: Range<usize>, what: &str, help: &str) {
        self.problem(Rule::EditorSyntax, span, format!("{what}: many editors refuse the file"), help);
    }

    fn beginning(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.editors(0..0, "the file begins with a byte order mark", "save it as UTF-8 without a mark (BOM)");
        }
    }

    /// Line breaks and a last comma between the braces of a table came with TOML 1.1.
    fn braces(&mut self, table: &DeTable<'a>, span: &Range<usize>) {
        let text = self.text;
        let Some(written) = text.get(span.clone()).filter(|written| written.starts_with('{')) else { return };
        let mut parts: Vec<Range<usize>> = table
            .iter()
            .flat_map(|(key, value)| [key.span(), value.span()])
            .filter(|part| part.start >= span.start)
            .collect();
        parts.sort_by_key(|part| part.start);
        let mut from = span.start;
        let ends = parts.iter().map(|part| part.start).chain([span.start + written.len()]);
        let mut gaps = Vec::new();
        for (place, end) in ends.enumerate() {
            gaps.push(text.get(from..end).unwrap_or_default());
            from = parts.get(place).map_or(from, |part| part.end.max(from));
        }
        let last = gaps.last().copied().unwrap_or_default();
        if gaps.iter().any(|gap| gap.contains('\n')) {
            self.editors(
                span.clone(),
                "a table in { } goes over several lines",
                "write it in one line, or under a [heading]",
            );
        } else if last.contains(',') {
            self.editors(span.clone(), "a comma stands before }", "take the last comma away");
        }
    }

    /// `\e` and `\x41` came with TOML 1.1.
    fn escapes(&mut self, span: &Range<usize>) {
        let Some(written) = self.text.get(span.clone()).filter(|written| written.starts_with('"')) else { return };
        let mut characters = written.chars();
        while let Some(character) = characters.next() {
            if character == '\\' && matches!(characters.next(), Some('e' | 'x')) {
                return self.editors(
                    span.clone(),
                    "\\e and \\x are of TOML 1.1",
                    "write the character itself, or \\u and four digits",
                );
            }
        }
    }

    /// Walks a table; `key` is the one that holds it, `path` all keys from the top.
    fn table<'t>(&mut self, table: &'t DeTable<'a>, key: Option<&'t Spanned<DeValue<'a>>>, path: &mut Vec<&'t str>) {
        self.translations(table, key, path);
        for (name, value) in table {
            path.push(name.get_ref());
            self.value(value, path);
            path.pop();
        }
    }

    fn value<'t>(&mut self, value: &'t Spanned<DeValue<'a>>, path: &mut Vec<&'t str>) {
        match value.get_ref() {
            DeValue::String(text) => {
                self.escapes(&value.span());
                self.string(text, value.span(), path);
            }
            DeValue::Array(array) => {
                for item in array.iter() {
                    self.value(item, path);
                }
            }
            DeValue::Table(table) => {
                self.braces(table, &value.span());
                self.table(table, Some(value), path);
            }
            _ => {}
        }
    }

    /// A table of wordings must have one in every language.
    fn translations(&mut self, table: &DeTable<'a>, value: Option<&Spanned<DeValue<'a>>>, path: &[&str]) {
        let (Some(value), Some(key)) = (value, path.last()) else { return };
        let is_wording = !table.is_empty()
            && table.keys().all(|key| matches!(key.get_ref().as_ref(), "fr" | "en" | "es" | "own"))
            && !ADDRESSES.contains(key)
            && *key != "acronym";
        if !is_wording {
            return;
        }
        let missing: Vec<_> =
            ["fr", "en", "es"].into_iter().filter(|language| !table.contains_key(*language)).collect();
        match missing.len() {
            0 => {}
            3 => self.problem(
                Rule::EmptyText,
                value.span(),
                format!("{key} has no wording in any language"),
                "write at least one of fr, en, es",
            ),
            _ => self.problem(
                Rule::MissingTranslation,
                value.span(),
                format!("{key} is missing in {}", missing.join(", ")),
                "add the wording; if it is our own, say so in own = [\"…\"] where the table has that key",
            ),
        }
    }

    fn string(&mut self, text: &str, span: Range<usize>, path: &[&str]) {
        let mut keys = path.iter().rev().copied();
        let last = keys.next().unwrap_or_default();
        // In a wording the key that matters is the one above the language.
        let (key, wording) = match last {
            "fr" | "en" | "es" | "older" => (keys.next().unwrap_or(last), true),
            _ => (last, false),
        };
        let limit = self.limit(key, path);
        let length = text.chars().count();
        if text.trim().is_empty() {
            return self.problem(Rule::EmptyText, span, format!("{key} is empty"), "write the text, or remove the key");
        }
        if length > limit {
            self.problem(
                Rule::TooLong,
                span.clone(),
                format!("{key} has {length} characters; at most {limit} are shown"),
                "shorten it, or split it where the key takes a list",
            );
        }
        if text.chars().any(is_unseen) || text.trim() != text {
            return self.problem(
                Rule::ControlCharacter,
                span,
                format!("{key} holds a control or invisible character, or a space at an end"),
                "write it on one line, without tabs or invisible characters; copying from a web page brings them in",
            );
        }
        if ADDRESSES.contains(&key) {
            return self.address(text, span);
        }
        if key == "emoji" {
            if length <= limit && emojis::get(text).is_none() {
                let message = format!("{text:?} is not one emoji");
                self.problem(
                    Rule::BadEmoji,
                    span,
                    message,
                    "write one emoji, such as 🌍; Discord takes nothing else there",
                );
            }
            return;
        }
        // Ids, dates and the members of closed lists are judged by their own rules.
        let is_text = wording
            || matches!(
                key,
                "aliases" | "former_names" | "shared_names" | "variants" | "acronym" | "other_acronyms" | "reference"
            );
        if !is_text {
            return;
        }
        if text.contains('@')
            || text.contains("<#")
            || text.contains("</")
            || text.contains("<:")
            || text.contains("<t:")
        {
            self.problem(
                Rule::Mention,
                span,
                format!("{key} could mention somebody or something on Discord"),
                "write it without @ and without <…>",
            );
        } else if has_markup(text) {
            self.problem(
                Rule::Markup,
                span,
                format!("{key} holds Discord markup or an address"),
                "write plain text: no * _ ~ ` | > # or [ ]( ); addresses belong to a source or to website",
            );
        }
    }

    fn address(&mut self, text: &str, span: Range<usize>) {
        let whole = url::Url::parse(text).ok().filter(|url| {
            let plain =
                text.chars().all(|character| character.is_ascii_graphic() && !"<>\"`\\^{}|".contains(character));
            plain
                && matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
        });
        match whole {
            None => self.problem(
                Rule::BadUrl,
                span,
                format!("{text:?} is not a whole web address"),
                "write it as the browser shows it, from https:// on, with special characters as %xx",
            ),
            Some(url) if url.scheme() == "http" => self.problem(
                Rule::HttpLink,
                span,
                format!("{text} is not encrypted"),
                "use https:// if the site offers it",
            ),
            Some(_) => {}
        }
    }

    fn limit(&self, key: &str, path: &[&str]) -> usize {
        let within = |table: &str| path.contains(&table);
        match key {
            "text" if within("note") => 500,
            "text" if within("iom_role") => 250,
            "text" => 600,
            "note" if within("history") => 120,
            "definition" if within("term") => 500,
            "name" if within("term") || within("organisation") => 160,
            "name" if within("country") || within("region") => 80,
            "fr" | "en" | "es" => 600,
            _ => length_limit(key),
        }
    }
}

/// Whether a character cannot be seen: controls, and the formatting characters that hide or turn text around.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// Whether Discord would read the text as markup or make a link of it.
/// (Discord: reference, "Message Formatting"; headings, quotes and lists only at the start of a line.)
fn has_markup(text: &str) -> bool {
    // Most texts hold none of these at all, and are looked at once.
    if !text.bytes().any(|byte| b"*_~|`]:#>-".contains(&byte)) {
        return false;
    }
    let starts = ["# ", "## ", "### ", "-# ", "> ", ">>> ", "- ", "* "].iter().any(|mark| text.starts_with(mark));
    let pairs = ["**", "__", "~~", "||", "`", "](", "://", "*"].iter().any(|mark| text.contains(mark));
    starts
        || pairs
        || text.split_whitespace().any(|word| word.len() > 2 && word.starts_with('_') && word.ends_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::model::RegionsFile;

    fn problems(text: &str) -> Vec<(&'static str, usize, usize)> {
        let (_, problems) = read::<RegionsFile>("regions.toml", text.as_bytes());
        let place = |problem: &Problem| problem.place.clone().map_or((0, 0), |place| (place.line, place.column));
        problems.iter().map(|problem| (problem.rule.name(), place(problem).0, place(problem).1)).collect()
    }

    const GOOD: &str = "[[region]]\nid = \"a\"\nemoji = \"🌍\"\nname = { fr = \"x\", en = \"x\", es = \"x\" }\n";

    #[test]
    fn every_error_of_a_file_is_told_not_only_the_first() {
        let bad = "[[region]]\nid = 3\nemojo = \"🌍\"\nname = { fr = 1, en = \"x\", es = \"x\", own = [\"de\"] }\n";
        let lacking = GOOD.replace("emoji = \"🌍\"\n", "\n");
        let found = problems(&format!("{bad}{lacking}{bad}"));
        let expected = [("type", 2), ("unknown-key", 3), ("type", 4), ("type", 4)];
        assert!(found.contains(&("missing-key", 5, 1)), "{found:?}");
        for (rule, line) in expected {
            for start in [0, 8] {
                assert!(
                    found.iter().any(|found| (found.0, found.1) == (rule, line + start)),
                    "{rule} {line}: {found:?}"
                );
            }
        }
        assert_eq!(found.len(), 2 * expected.len() + 1, "{found:?}");
    }

    #[test]
    fn a_key_that_was_reported_wrong_is_not_reported_missing() {
        let found = problems(&GOOD.replace("id = \"a\"", "id = 1"));
        assert_eq!(found, [("type", 2, 6)]);
    }

    #[test]
    fn nearest_is_only_told_when_it_is_near() {
        assert_eq!(nearest("stauts", &["status", "name"]), Some("status"));
        assert_eq!(nearest("zzz", &["status", "name"]), None);
    }
}
