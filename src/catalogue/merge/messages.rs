//! A Fluent file, message by message.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::catalogue::merge::comments::before;
use crate::catalogue::merge::conflict::{Conflict, Telling};
use crate::catalogue::merge::order::order;

/// A message with the comments and blank lines above it.
struct Message<'t> {
    key: &'t str,
    above: &'t str,
    body: &'t str,
}

/// The messages of a file, and what stands below the last; `None` if one stands there twice.
fn split(text: &str) -> Option<(Vec<Message<'_>>, &str)> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    // Where what is above the next message begins, where the last body does, and how far it reaches.
    let (mut above, mut started, mut place) = (0, None, 0);
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    for line in text.split_inclusive('\n') {
        if let Some(key) = key_of(line) {
            if messages.iter().any(|message| message.key == key) {
                return None;
            }
            messages.push(Message { key, above: piece(above, place), body: "" });
            started = Some(place);
            above = place + line.len();
        } else if line.starts_with('#') {
            started = None;
        } else if started.is_some() && !line.trim().is_empty() {
            above = place + line.len();
        }
        place += line.len();
        if let (Some(started), Some(last)) = (started, messages.last_mut()) {
            last.body = piece(started, above);
        }
    }
    Some((messages, piece(above, place)))
}

/// The key of the message that begins with a line.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end_matches(' ');
    let name = key.strip_prefix('-').unwrap_or(key);
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (plain && name.starts_with(|first: char| first.is_ascii_alphabetic())).then_some(key)
}

/// Merges a file that both sides changed; `None` if one of them holds a message twice. With [`Telling::Apart`] whatever the two
/// say differently is told.
pub(crate) fn merge_messages(
    file: &str,
    base: &str,
    mine: &str,
    theirs: &str,
    told: Telling,
) -> Option<(String, Vec<Conflict>)> {
    let apart = told == Telling::Apart;
    let ((base, base_end), (mine, mine_end), (theirs, theirs_end)) = (split(base)?, split(mine)?, split(theirs)?);
    let (bases, mines, theirses) = (by_key(&base), by_key(&mine), by_key(&theirs));
    let (base_keys, my_keys, their_keys) = (keys(&base), keys(&mine), keys(&theirs));
    let (mut kept, mut conflicts) = (BTreeMap::new(), Vec::new());
    for key in my_keys.iter().chain(&their_keys).copied() {
        if kept.contains_key(key) {
            continue;
        }
        let (base, mine, theirs) = (bases.get(key), mines.get(key), theirses.get(key));
        let [was, own, other] = [base, mine, theirs].map(|message| message.map(|(_, body)| body));
        let taken = if own == was && !apart {
            other
        } else {
            if (other != was || apart) && own != other {
                let told = |body: Option<&String>| body.map(|body| Value::from(text_of(body)).to_string());
                let (file, path) = (file.to_owned(), key.to_owned());
                conflicts.push(Conflict { file, path, base: told(was), mine: told(own), theirs: told(other) });
            }
            own
        };
        if let Some(taken) = taken {
            let layout = |message: Option<&(String, String)>| message.map(|(above, _)| above.clone());
            let above = match (layout(base), layout(mine), layout(theirs)) {
                (base, Some(mine), theirs) => before(base.as_deref(), &mine, theirs.as_deref()),
                (_, None, theirs) => theirs.unwrap_or_default(),
            };
            kept.insert(key, format!("{above}{taken}"));
        }
    }
    let keys: HashSet<&str> = kept.keys().copied().collect();
    let (ordered, _) = order(&base_keys, &my_keys, &their_keys, &keys);
    let mut text: String = ordered.iter().filter_map(|key| kept.get(key)).map(String::as_str).collect();
    text.push_str(&before(Some(base_end), mine_end, Some(theirs_end)));
    Some((text, conflicts))
}

fn keys<'t>(all: &[Message<'t>]) -> Vec<&'t str> {
    all.iter().map(|message| message.key).collect()
}

/// What stands above each message, and its lines.
fn by_key<'t>(all: &[Message<'t>]) -> BTreeMap<&'t str, (String, String)> {
    all.iter().map(|message| (message.key, (message.above.to_owned(), body(message)))).collect()
}

/// A message's lines, the last of them ended.
fn body(message: &Message<'_>) -> String {
    format!("{}\n", message.body.trim_end())
}

/// What a message says, without its key.
fn text_of(body: &str) -> &str {
    body.split_once('=').map_or(body, |(_, text)| text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "# Head\n\na = A\n# on b\nb = B\n    .attr = x\n\n## Group\n\nc = { $n ->\n    [one] one\n   *[other] more\n}\nd = D\n";

    fn merged(mine: &str, theirs: &str) -> (String, Vec<String>) {
        let (text, conflicts) =
            merge_messages("messages/fr.ftl", BASE, mine, theirs, Telling::Conflicts).expect("readable");
        (text, conflicts.into_iter().map(|one| one.path).collect())
    }

    #[test]
    fn messages_come_from_the_side_that_changed_them() {
        let mine = BASE.replace("a = A", "a = mine").replace("d = D", "d = D\nmine = M");
        let theirs = BASE
            .replace("c = {", "c = now {")
            .replace("# on b\nb = B", "# about b\nb = B")
            .replace("d = D\n", "d = D\ntheirs = T\n");
        let (text, conflicts) = merged(&mine, &theirs);
        assert_eq!(conflicts, Vec::<String>::new());
        let wanted = mine.replace("c = {", "c = now {").replace("# on b", "# about b") + "theirs = T\n";
        assert_eq!(text, wanted);
        assert_eq!(merge_messages("f", BASE, &text, &theirs, Telling::Conflicts).expect("readable").0, text);
        assert_eq!(merged(BASE, &theirs).0, theirs);
        assert_eq!(merged(&mine, BASE).0, mine);
    }

    #[test]
    fn what_both_changed_stands_as_mine_and_is_told() {
        let mine = BASE.replace("a = A", "a = mine").replace("d = D\n", "");
        let theirs =
            BASE.replace("a = A", "a = theirs").replace("d = D\n", "d = new\n").replace("b = B\n    .attr = x\n", "");
        let (text, conflicts) = merged(&mine, &theirs);
        assert_eq!(conflicts, ["a", "d"]);
        assert!(text.contains("a = mine") && !text.contains("d =") && !text.contains("b ="), "{text}");
    }

    #[test]
    fn a_message_that_stands_twice_makes_the_file_one_value() {
        assert!(merge_messages("f", BASE, "a = 1\na = 2\n", BASE, Telling::Conflicts).is_none());
    }
}
