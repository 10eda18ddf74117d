//! The rules that hold for every text of a file, whatever record it is in.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::catalogue::problem::{Hint, Place, Problem, Rule};
use crate::catalogue::read::shape::{LazyShape, Shape, TableShape};
use crate::catalogue::read::slips::{meant_by, nearest};

/// Walks a whole file and tells what is wrong with its texts.
pub(super) fn walk(file: &str, text: &str, table: &DeTable<'_>, shape: &LazyShape) -> Vec<Problem> {
    let mut walk = Walk { file, text, shape, problems: Vec::new() };
    walk.beginning();
    walk.table(table, None, &mut Vec::new());
    walk.problems
}

/// The least that any key may have; [`length_limit`] says what each may.
const SHORTEST_LIMIT: usize = 8;

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
    shape: &'a LazyShape,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn problem(&mut self, rule: Rule, span: Range<usize>, message: String, help: &str) {
        self.problem_hinting(rule, span, (message, help), Hint::default());
    }

    fn problem_hinting(&mut self, rule: Rule, span: Range<usize>, (message, help): (String, &str), hint: Hint) {
        let place = Some(Place::of(self.text, span));
        self.problems.push(Problem::new(rule, self.file, place, message, help.to_owned()).hinting(hint));
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
        // Hardly any text has an escape.
        if !written.contains('\\') {
            return;
        }
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
        if table.is_empty() || ADDRESSES.contains(key) || *key == "acronym" {
            return;
        }
        let is_known = |key: &str| matches!(key, "fr" | "en" | "es" | "own" | "topics");
        let others: Vec<&str> = table.keys().map(|key| key.get_ref().as_ref()).filter(|key| !is_known(key)).collect();
        // A key that is not known makes no other table of it; which it is, only the record's shape tells then.
        if !others.is_empty() {
            let has_language = || {
                ["fr", "en", "es"]
                    .iter()
                    .any(|one| table.contains_key(*one) || others.iter().any(|other| is_language(other, one)))
            };
            if !has_language() || !self.shape.at(path.iter().copied()).is_some_and(is_wording_or_list) {
                return;
            }
        }
        // What is written nearly as a language is read as it, and told as that slip.
        let lacks = |language: &&str| {
            !table.contains_key(*language) && !others.iter().any(|other| is_language(other, language))
        };
        let missing: Vec<_> = ["fr", "en", "es"].into_iter().filter(lacks).collect();
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
        let length = text.chars().count();
        let limit = if length <= SHORTEST_LIMIT { SHORTEST_LIMIT } else { self.limit(key, path) };
        if key == "emoji" && !text.trim().is_empty() && !hides(text) && emojis::get(text).is_none() {
            let message = format!("{text:?} is not one emoji");
            let help = "write one emoji, such as 🌍; Discord takes nothing else there";
            return self.problem(Rule::BadEmoji, span, message, help);
        }
        if text.trim().is_empty() {
            return self.problem(Rule::EmptyText, span, format!("{key} is empty"), "write the text, or remove the key");
        }
        if length > limit {
            let message = format!("{key} has {length} characters; at most {limit} are shown");
            let help = "shorten it, or split it where the key takes a list";
            self.problem_hinting(Rule::TooLong, span.clone(), (message, help), Hint::new("limit", limit));
        }
        if hides(text) || text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
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
        // Ids, dates and the members of closed lists are judged by their own rules.
        let is_text = wording
            || matches!(
                key,
                "aliases" | "former_names" | "shared_names" | "variants" | "acronym" | "other_acronyms" | "reference"
            );
        if !is_text {
            return;
        }
        if mentions(text) {
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
        } else if is_garbled(text) {
            let hint = Hint::new("garbled", "");
            let message = format!("{key} holds letters that another encoding garbled");
            let help = "write them as the source has them; save files as UTF-8, and open them as that";
            self.problem_hinting(Rule::DoubtfulText, span, (message, help), hint);
        } else if is_stopgap(text) {
            let message = format!("{key} says nothing: {text:?} holds its place");
            self.problem(Rule::DoubtfulText, span, message, "write the text, or remove the key");
        }
    }

    fn address(&mut self, text: &str, span: Range<usize>) {
        let whole = url::Url::parse(text).ok().filter(|url| {
            let plain =
                text.chars().all(|character| character.is_ascii_graphic() && !"<>\"`\\^{}|".contains(character));
            plain
                && is_written_whole(text)
                && matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
        });
        let Some(url) = whole else {
            let help = "write it as the browser shows it, from https:// on, with special characters as %xx";
            return self.problem(Rule::BadUrl, span, format!("{text:?} is not a whole web address"), help);
        };
        let bare = without_sentence_end(text);
        if bare != text {
            let message = format!("{text:?} ends with punctuation of a sentence");
            let help = format!("write {bare:?}; what belongs to the address is written as %xx");
            // A warning: it may be the address's own, and what was accepted before must load for ever.
            return self.problem_hinting(Rule::DoubtfulText, span, (message, &help), Hint::new("end", bare));
        }
        if url.scheme() == "http" {
            let message = format!("{text} is not encrypted");
            self.problem(Rule::HttpLink, span, message, "use https:// if the site offers it");
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
            "name" if within("country") || within("region") || within("topic") => 80,
            "fr" | "en" | "es" => 600,
            _ => length_limit(key),
        }
    }
}

/// Whether a key is meant as a language.
fn is_language(key: &str, language: &str) -> bool {
    nearest(key, &[language]).or_else(|| meant_by(key, &[language])).is_some()
}

fn is_wording_or_list(shape: &Shape) -> bool {
    shape.keys().is_some_and(TableShape::is_wording)
}

/// Whether an address has exactly two slashes behind its scheme, and a host behind them. The parser takes any number of them,
/// as browsers do; Discord gets the address as it is written.
fn is_written_whole(text: &str) -> bool {
    let host = text.split_once("://").filter(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    host.is_some_and(|(_, host)| host.starts_with(|first: char| first.is_ascii_alphanumeric()))
}

/// An address without the punctuation of the sentence out of which it was copied: commas and semicolons, and brackets that
/// nothing in it opens, with what stands behind them. Full stops alone may be part of it.
fn without_sentence_end(text: &str) -> &str {
    let mut bare = text;
    loop {
        let ended = bare.trim_end_matches([',', ';']);
        let within = ended.trim_end_matches(['.', ',', ';']);
        let count = |mark: char| within.matches(mark).count();
        let is_unopened = |open: char, close: char| within.ends_with(close) && count(close) > count(open);
        let next = match within.strip_suffix([')', ']']) {
            Some(rest) if is_unopened('(', ')') || is_unopened('[', ']') => rest,
            Some(_) => within,
            None => ended,
        };
        if next == bare {
            return bare;
        }
        bare = next;
    }
}

/// Whether a text holds what is left of letters that were read in another encoding: the mark for a letter that was lost, or
/// UTF-8 that was taken for Windows-1252, as in "AmÃ©rique".
fn is_garbled(text: &str) -> bool {
    // Most texts hold none of these: U+FFFD begins with 0xef, and Ã, Â and â with 0xc3.
    if !has_byte(text, |byte| matches!(byte, 0xef | 0xc3)) {
        return false;
    }
    let mut before = ' ';
    text.chars().any(|letter| {
        let led = matches!(before, 'Ã' | 'Â')
            && (('\u{80}'..='\u{bf}').contains(&letter) || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(letter));
        let led = led || (before == 'â' && letter == '€');
        before = letter;
        led || letter == '\u{fffd}'
    })
}

/// Whether a text only holds the place of one that is still to be written.
fn is_stopgap(text: &str) -> bool {
    let stopgaps = ["todo", "to do", "tbd", "tbc", "xxx", "à compléter", "a completar", "por completar"];
    // Hardly any text is as short.
    text.len() <= 16 && (!text.chars().any(char::is_alphanumeric) || stopgaps.contains(&text.to_lowercase().as_str()))
}

/// Whether a text holds a character that cannot be seen, but for one that joins its neighbours.
pub(crate) fn hides(text: &str) -> bool {
    // Most texts hold none of these, and many not even a byte with which one begins: controls, and what UTF-8 writes with 0xc2,
    // 0xe2 or 0xef before it.
    let may_hide = |byte: u8| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
    if !has_byte(text, may_hide) || !text.chars().any(is_unseen) {
        return false;
    }
    let characters: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| characters.get(place)).is_some_and(|one| is_joined(*one));
    characters.iter().enumerate().any(|(place, one)| {
        let joins = matches!(one, '\u{200c}' | '\u{200d}') && at(place.checked_sub(1)) && at(place.checked_add(1));
        is_unseen(*one) && !joins
    })
}

/// Whether a character may be joined to the next one, or kept apart from it, by one that is not seen: emoji (a family is three
/// people with joiners between) and the letters of Arabic, Persian, Indian and other scripts. (Unicode, UAX 31 and UTS 51.)
fn is_joined(character: char) -> bool {
    character >= '\u{600}' && !character.is_whitespace() && !is_unseen(character)
}

/// Whether a character cannot be seen: controls, and the formatting characters that hide or turn text around.
pub(super) fn is_unseen(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// Whether one of a text's bytes is such. All are looked at, many at once, which takes less than to stop at the first.
fn has_byte(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | is_such(byte))
}

/// Whether Discord could make a mention or something to press of it.
fn mentions(text: &str) -> bool {
    // Most texts hold neither of these, and are looked at once.
    has_byte(text, |byte| matches!(byte, b'@' | b'<'))
        && (text.contains('@') || ["<#", "</", "<:", "<t:"].iter().any(|mark| text.contains(mark)))
}

/// Whether Discord would read the text as markup or make a link of it.
/// (Discord: reference, "Message Formatting"; headings, quotes and lists only at the start of a line.)
fn has_markup(text: &str) -> bool {
    let starts = matches!(text.as_bytes().first(), Some(b'#' | b'-' | b'>' | b'*'))
        && ["# ", "## ", "### ", "-# ", "> ", ">>> ", "- ", "* "].iter().any(|mark| text.starts_with(mark));
    // Most texts hold none of these at all, and are looked at once.
    if starts || !has_byte(text, |byte| matches!(byte, b'*' | b'_' | b'~' | b'|' | b'`' | b']' | b':')) {
        return starts;
    }
    let pairs = ["**", "__", "~~", "||", "`", "](", "://", "*"].iter().any(|mark| text.contains(mark));
    pairs || text.split_whitespace().any(|word| word.len() > 2 && word.starts_with('_') && word.ends_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_out_of_its_sentence() {
        for (written, bare) in [
            ("https://a.org/x", "https://a.org/x"),
            ("https://a.org/x,", "https://a.org/x"),
            ("https://a.org/x).", "https://a.org/x"),
            ("https://a.org/x),", "https://a.org/x"),
            ("https://a.org/x_(y)", "https://a.org/x_(y)"),
            ("https://a.org/x_(y)).", "https://a.org/x_(y)"),
            ("https://a.org/x_(y).", "https://a.org/x_(y)"),
            ("https://a.org/Inc.", "https://a.org/Inc."),
            ("https://a.org/cut-off...", "https://a.org/cut-off..."),
        ] {
            assert_eq!(without_sentence_end(written), bare);
        }
        for (written, is_whole) in [
            ("https://www.sica.int/ocam", true),
            ("HTTPS://www.sica.int", true),
            ("https:/www.sica.int/ocam", false),
            ("https:www.sica.int/ocam", false),
            ("https:///www.sica.int/ocam", false),
            ("https://", false),
        ] {
            assert_eq!(is_written_whole(written), is_whole, "{written}");
        }
    }

    #[test]
    fn garbled_letters_and_stopgaps_are_seen_and_nothing_else() {
        for text in ["AmÃ©rique", "Am\u{fffd}rique", "Â« x Â»", "lâ€™OIM", "rÃ¨gle", "Ã‰tats"] {
            assert!(is_garbled(text), "{text}");
        }
        for text in ["Amérique", "SÃO TOMÉ E PRÍNCIPE", "« Âge »", "pâte", "« l’âge »", "Angâ", "日本"]
        {
            assert!(!is_garbled(text), "{text}");
        }
        for text in ["…", "...", "?", "—", "TODO", "xxx"] {
            assert!(is_stopgap(text), "{text}");
        }
        for text in ["C4", "中国", "OIM", "É", "a-t-il…"] {
            assert!(!is_stopgap(text), "{text}");
        }
    }

    #[test]
    fn whatever_cannot_be_seen_is_found_by_its_first_byte() {
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let hidden = is_unseen(character) && !matches!(character, '\u{200c}' | '\u{200d}');
            assert!(!hidden || hides(&format!("aé{character}b")), "{character:?}");
        }
        assert!(!hides("« Dialogue » d’Abou Dhabi"));
    }
}
