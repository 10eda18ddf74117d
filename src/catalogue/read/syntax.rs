//! What is wrong with a file that is not TOML, or that only some readers take for it.

use crate::catalogue::problem::{Hint, Place, Problem, Rule};
use crate::catalogue::read::numbers::number_in;
use crate::catalogue::read::shape::LazyShape;
use crate::catalogue::read::slips::{NEAR, headings, nearest};
use crate::catalogue::read::texts::is_unseen;

/// What is wrong with TOML, in words that tell what a keyboard or an editor did. What follows the first error in a file is
/// mostly of its making and is not told.
pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error, shape: &LazyShape) -> Problem {
    let span = error.span().unwrap_or(text.len()..text.len());
    let place = Place::of(text, span.clone());
    let told = |(message, help): (&str, &str), hint: Hint| {
        Problem::new(Rule::Syntax, file, Some(place.clone()), message.to_owned(), help.to_owned()).hinting(hint)
    };
    let plain = |case: &str| Hint::new(case, "");
    let value = value_at(text, span.start);
    let first = value.chars().next();
    let here = text.get(span.start..).and_then(|rest| rest.chars().next());
    let is_quote = |character: Option<char>| character.is_some_and(|one| "“”„‟«»‹›‘’‚".contains(one));
    if is_quote(first) || is_quote(here) {
        return told(("a text stands in typographic quotes", "write straight quotes: \"text\""), plain("straight"));
    }
    if here == Some('\u{a0}') {
        return told(("a no-break space stands between words of TOML", "write a plain space"), plain("space"));
    }
    if here == Some('\r') || (text.contains('\r') && !text.contains('\n')) {
        let words = ("a line ends with a carriage return alone", "save the file with the line ends of Unix or Windows");
        return told(words, plain("line-ends"));
    }
    if let Some(mark) = merge_mark(text) {
        let at = Some(Place::of(text, mark));
        let words = (
            "the marks of a merge of two versions stand in the file",
            "keep one of the two between <<<<<<< and >>>>>>>, and remove the lines with <<<<<<<, ======= and >>>>>>>",
        );
        return Problem::new(Rule::Syntax, file, at, words.0.to_owned(), words.1.to_owned()).hinting(plain("marks"));
    }
    // What ends or indents a line is seen.
    if here.is_some_and(|one| is_unseen(one) && !one.is_whitespace()) {
        let words =
            ("an invisible character stands here", "remove it; copying from a web page or an old program brings it in");
        return told(words, plain("invisible"));
    }
    let before = text.get(..span.start).unwrap_or_default();
    if before.ends_with(['"', '\'']) && here.is_some_and(char::is_alphanumeric) {
        let words = (
            "a quotation mark within a text ends it",
            "write « », “ ” or \\\" within a text, and the whole text between \" and \"",
        );
        return told(words, plain("inner"));
    }
    if error.message().starts_with("invalid basic string") || error.message().starts_with("invalid literal string") {
        let mark = if error.message().contains("literal") { '\'' } else { '"' };
        let help = format!("close it with {mark}");
        return told(("a text that begins with a quotation mark has no end", &help), Hint::new("open", mark));
    }
    let word = word_at(text, span.start);
    if is_truth(word) {
        let message = format!("{word} stands without quotes");
        return told((&message, "write true or false, in small letters; a text in \"quotes\""), plain("boolean"));
    }
    let key = key_at(text, span.start);
    if let Some(number) = number_in(value).filter(|number| number != value && shape.is_number_everywhere(key)) {
        let message = format!("{value} is not how a number is written here");
        return told((&message, &format!("write {number}")), Hint::new("write", number));
    }
    if let Some(date) = bare_date(word) {
        let help = format!("write it in quotes: \"{date}\"");
        return told(("a date stands without quotes", &help), Hint::new("quotes", date));
    }
    if error.message() == "duplicate key" {
        let heading = heading_at(text, span.start);
        if let Some(name) = heading.filter(|name| text.lines().any(|line| line.trim() == format!("[{name}]"))) {
            if is_pasted_twice(text) {
                let words = ("the whole file stands here twice", "remove one of the two, and keep what is right in it");
                return told(words, plain("pasted"));
            }
            if shape.at(name.split('.').map(str::trim)).is_some_and(|shape| !shape.is_tables()) {
                let help = format!("there is one [{name}]: remove one of the two, or join what stands below them");
                return told(("a table stands twice", &help), Hint::new("once", name));
            }
            let help = format!("write [[{name}]] over each, if there are several, or join the two under one [{name}]");
            return told(("a table stands twice", &help), Hint::new("several", name));
        }
        if let Some((at, wrong, meant)) = mistyped_above(text, span.start) {
            let message = format!("the heading [[{wrong}]] is not known, and what stands below it is of {meant}");
            let help = format!("did you mean [[{meant}]]?");
            let place = Place::of(text, at..at + wrong.len());
            return Problem::new(Rule::Syntax, file, Some(place), message, help).hinting(Hint::new(NEAR, meant));
        }
        let words = ("duplicate key", "a key stands once in its table: remove or rename one of the two");
        return told(words, plain("twice"));
    }
    if let Some((message, help, case)) = slip(text, span.start) {
        return told((message, help), plain(case));
    }
    let help = "write TOML: key = \"text\", lists in [ ], tables in { } or under a [heading]";
    if error.message().starts_with("invalid multi-line") {
        let mark = if error.message().contains("literal") { "'''" } else { "\"\"\"" };
        let opened = text.rfind(mark).and_then(|at| text.get(..at)).map_or(1, |before| before.lines().count().max(1));
        let help = format!("the text that {mark} opens near line {opened} may not be closed; {help}");
        return told((error.message(), &help), Hint::default());
    }
    match unclosed(text, span.start) {
        Some(line) if line < place.line => {
            let help = format!("the bracket opened in line {line} may not be closed; {help}");
            told((error.message(), &help), Hint::new("bracket", line))
        }
        _ => told((error.message(), help), Hint::default()),
    }
}

/// What other formats, programs and web pages leave at a place: what is wrong, the mend, and the case of its message.
fn slip(text: &str, at: usize) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, rest) = (text.get(..at)?, text.get(at..)?);
    let line = line_at(text, at);
    if ["//", "/*", "--", ";"].iter().any(|mark| line.trim_start().starts_with(mark)) {
        return Some(("a comment begins with another mark than #", "write # before it", "comment"));
    }
    let here = rest.chars().next();
    if here == Some(':') {
        return Some(("a colon stands behind a key", "write an equals sign: key = value", "equals"));
    }
    // Where a value begins.
    if !here?.is_alphabetic() || !before.trim_end_matches([' ', '\t']).ends_with(['=', '[', ',']) {
        return None;
    }
    let word = rest.split(|one: char| !one.is_alphanumeric()).next()?;
    match word.to_lowercase().as_str() {
        "null" | "none" | "nil" | "undefined" => {
            Some(("there is no word for nothing", "leave the key out where nothing is known", "nothing"))
        }
        _ => Some(("a text stands without quotes", "write straight quotes: \"text\"", "straight")),
    }
}

/// Where the first mark stands that a merge of two versions left behind.
fn merge_mark(text: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let is_mark = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark));
        is_mark.then(|| start..start + 7)
    })
}

/// The name in the heading at a place: "source" in [source] and [[source]].
fn heading_at(text: &str, at: usize) -> Option<&str> {
    let line = line_at(text, at).trim();
    line.starts_with('[').then(|| line.trim_matches(['[', ']']))
}

/// Whether the first key of a file is set again with the same value, as where the file was pasted below itself.
fn is_pasted_twice(text: &str) -> bool {
    let is_set = |line: &&str| line.contains('=') && !line.starts_with(['#', '[', ' ', '\t']);
    let first = text.lines().take_while(|line| !line.starts_with('[')).find(is_set).map(str::trim_end);
    first.is_some_and(|first| text.lines().filter(|line| line.trim_end() == first).count() > 1)
}

/// The key that is set in the line in which a place lies, without the tables before it.
fn key_at(text: &str, at: usize) -> &str {
    let key = line_at(text, at).split_once('=').map_or("", |(key, _)| key);
    key.rsplit('.').next().unwrap_or_default().trim()
}

/// Whether a word says true or false in another language or in capitals.
fn is_truth(word: &str) -> bool {
    let words = ["vrai", "faux", "oui", "non", "yes", "no", "verdadero", "falso", "si", "true", "false"];
    words.contains(&word.to_lowercase().as_str())
}

/// The line in which a place lies.
fn line_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// The value within which a place lies, as it is written: what stands after the equals sign of its line.
fn value_at(text: &str, at: usize) -> &str {
    let value = line_at(text, at).split_once('=').map_or("", |(_, value)| value);
    value.split('#').next().unwrap_or_default().trim()
}

/// The heading that makes one of its kind impossible further down, because it is mistyped and another below it names it as it
/// is meant: `[[meetng]]` above `[[meeting.source]]`, which is then a part of no list, so that the next `[[meeting]]` is a
/// second `meeting`. Where its name begins, how it is written, and how it is meant.
fn mistyped_above(text: &str, second: usize) -> Option<(usize, &str, &str)> {
    let named = || headings(text).filter_map(|(at, heading)| Some((at, heading.split(']').next()?.trim_end())));
    let line_end = text.get(second..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| second + length);
    let (_, meant) = named().take_while(|(at, _)| *at < line_end).last()?;
    let is_part = |heading: &str| heading.strip_prefix(meant).is_some_and(|rest| rest.starts_with('.'));
    let (at, wrong) = named().take_while(|(_, heading)| !is_part(heading)).last()?;
    (wrong != meant && nearest(wrong, &[meant]).is_some()).then_some((at, wrong, meant))
}

/// What stands bare at a place, as far as dates and times are written.
fn word_at(text: &str, at: usize) -> &str {
    let is_part = |one: char| one.is_ascii_alphanumeric() || "-/~.?%:+".contains(one);
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let start = before.trim_end_matches(is_part).len();
    let end = at + (after.len() - after.trim_start_matches(is_part).len());
    text.get(start..end).unwrap_or_default()
}

/// The date that a bare value is meant as, without a time: 1990, 1990-10, 2026-11-23T10:00:00Z, 1990~, 2005/2006, ../2025-01-30.
pub(super) fn bare_date(value: &str) -> Option<&str> {
    let value = value.trim();
    let day = value.split_once(['T', ' ']).filter(|(_, time)| time.contains(':')).map_or(value, |(day, _)| day);
    let first = day.strip_prefix("../").unwrap_or(day);
    let year = first.starts_with("XXXX") || first.bytes().take_while(u8::is_ascii_digit).count() == 4;
    let rest = first.get(4..).unwrap_or_default();
    (year && rest.chars().all(|one| one.is_ascii_digit() || "-/~.?%X".contains(one))).then_some(day)
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
