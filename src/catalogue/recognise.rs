//! Which file of a catalogue some content is, told by what it holds and not by a name that somebody gave it, even where it
//! is not whole or has an error.

use std::collections::BTreeSet;

use crate::catalogue::files::{Files, MESSAGES, PROCESSES, SINGLE_FILES};
use crate::catalogue::text::Language;

/// The longest id that makes a file's name, in characters.
const LONGEST_ID: usize = 60;

/// What a file must have in common with a known one to be taken for it, in thousandths of all that stands at the top of the
/// two: one word in a dozen may be chance.
const LEAST_LIKENESS: usize = 100;

/// The name under which a process is checked whose file says no id: no file of a catalogue can be told by it.
pub const NAMELESS: &str = "processes/?.toml";

/// The path of the file that this content is, beside these files: of a process its id, of a table the one that has most of
/// its keys, of messages the language that has most of its wordings. `None` if it is like none of them.
pub fn recognise(files: &Files, content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    let text = text.trim_start_matches('\u{feff}');
    let heads = heads(text);
    if let Some(path) = messages(files, text) {
        return Some(path);
    }
    // Nothing but a process has an id of its own.
    if let Some(id) = id(text) {
        let path = format!("{PROCESSES}/{id}.toml");
        return Some(if is_plain(id) { path } else { NAMELESS.to_owned() });
    }
    let of_a_process = files.0.iter().find(|(path, _)| is_process(path)).map(|(_, one)| one.as_slice());
    let processes = of_a_process.map(|one| (NAMELESS, one));
    let tables = SINGLE_FILES.into_iter().filter_map(|name| {
        let content = files.0.get(name).map(Vec::as_slice).or_else(|| Files::one_built_in(name))?;
        Some((name, content))
    });
    let likeness = |known: &[u8]| {
        let known =
            self::heads(&String::from_utf8_lossy(known)).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let common = heads.iter().filter(|head| known.contains(**head)).count();
        // In thousandths of all that stands in one of the two.
        common * 1_000 / (known.len() + heads.len() - common).max(1)
    };
    let (best, path) = tables.chain(processes).map(|(path, known)| (likeness(known), path)).max()?;
    (best > LEAST_LIKENESS).then(|| path.to_owned())
}

fn is_process(path: &str) -> bool {
    path.strip_prefix(PROCESSES).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether an id can be the name of a file: whatever else somebody writes there leads nowhere.
fn is_plain(id: &str) -> bool {
    let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    plain && (1..=LONGEST_ID).contains(&id.len()) && !id.starts_with('-') && !id.ends_with('-')
}

/// The id that a file gives itself above its first heading.
fn id(text: &str) -> Option<&str> {
    let tops = text.lines().take_while(|line| !line.trim_start().starts_with('['));
    let mut values = tops.filter_map(|line| line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('='));
    let value = values.next()?.trim();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

/// What stands at the top of a TOML file: keys above the first heading, and the first word of each heading.
fn heads(text: &str) -> BTreeSet<&str> {
    let is_key = |key: &str| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let (mut heads, mut above) = (BTreeSet::new(), true);
    for line in text.lines() {
        let head = match line.strip_prefix('[') {
            Some(heading) => {
                above = false;
                heading.trim_start_matches('[').split([']', '.']).next().map(str::trim)
            }
            None if above => line.split_once('=').map(|(key, _)| key.split('.').next().unwrap_or(key).trim()),
            None => None,
        };
        heads.extend(head.filter(|head| is_key(head)));
    }
    heads
}

/// The message file whose wordings these are mostly; `None` if most of what has a key here is no message.
fn messages(files: &Files, text: &str) -> Option<String> {
    let lines: BTreeSet<&str> = text.lines().collect();
    let all = Language::ALL.map(|language| {
        let path = format!("{MESSAGES}/{language}.ftl");
        let content = files.0.get(&path).map(Vec::as_slice).or_else(|| Files::one_built_in(&path)).unwrap_or_default();
        let known = String::from_utf8_lossy(content);
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        let keys: BTreeSet<String> = known.lines().filter_map(key).collect();
        let here: BTreeSet<String> = lines.iter().filter_map(|line| key(line)).collect();
        let found = here.intersection(&keys).count();
        let same = known.lines().filter(|line| lines.contains(line)).count();
        (same, found > 1 && found * 2 > here.len(), path)
    });
    // Any language has nearly the same keys; the wordings tell which it is.
    let (_, is_one, path) = all.into_iter().max_by_key(|(same, ..)| *same)?;
    is_one.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_catalogue_is_recognised_by_what_it_holds() {
        let files = Files::built_in();
        for (path, content) in &files.0 {
            assert_eq!(recognise(&files, content).as_deref(), Some(path.as_str()));
            // As an editor of another system saves it, cut off, and with an error in it.
            let text = String::from_utf8_lossy(content);
            let saved = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!(recognise(&files, saved.as_bytes()).as_deref(), Some(path.as_str()));
            let broken = format!("{text}\n[[\n\"");
            assert_eq!(recognise(&files, broken.as_bytes()).as_deref(), Some(path.as_str()));
        }
    }

    #[test]
    fn a_files_name_comes_from_its_id_alone() {
        let files = Files::built_in();
        let named = |text: &str| recognise(&files, text.as_bytes());
        assert_eq!(named("id = \"crm\"\nkind = 1").as_deref(), Some("processes/crm.toml"));
        assert_eq!(named("id = 'crm'").as_deref(), Some("processes/crm.toml"));
        for text in ["id = \"\"", "id = \"../regions\"", "id = \"a/b\"", "id = \"A\"", "id = \"-a\"", "id = \".a\""] {
            assert_eq!(named(text).as_deref(), Some(NAMELESS), "{text}");
        }
        assert_eq!(named(&format!("id = \"{}\"", "a".repeat(LONGEST_ID + 1))).as_deref(), Some(NAMELESS));
        assert_eq!(named("kind = \"regional\"\nstatus = 1\nname = 1\n[[participants]]").as_deref(), Some(NAMELESS));
        for text in ["", "hello", "\u{fffd}\u{fffd}", "[id]\nx = 1", "own-name = x"] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
