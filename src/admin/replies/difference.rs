//! What differs between two catalogues, as much of it as fits, the rest in a file.

use crate::catalogue::{Change, Difference};
use crate::language::Voice;
use crate::reply::{Embed, Reply, ReplyKind, cut};

use crate::admin::replies::common::{LINE, ROOM, ROOM_WITH_FILES, attached, harmless};

/// A reply with a difference below a text. Where all of it is about one file, which the text names, its lines do not say
/// so again.
pub(crate) fn with_difference(
    voice: Voice<'_>,
    (kind, colour): (ReplyKind, u32),
    title: &str,
    above: &str,
    difference: &Difference,
    file: Option<&str>,
) -> Reply {
    let above = format!("{above}\n{}", summary(voice, difference));
    let lines: Vec<String> = difference.changes.iter().map(|change| line(change, file)).collect();
    let embed = |room| different(Embed::within(room, &[], colour, title, ""), &above, &lines);
    let whole = embed(ROOM);
    // A block that says how many more there are, or that cut a line, tells the rest in a file.
    let is_whole = !whole.text().contains("\n… + ")
        && whole.text().starts_with(above.trim())
        && lines.iter().all(|line| whole.text().contains(harmless(line).as_str()));
    if is_whole {
        return Reply { kind, ..Reply::of(whole).private() };
    }
    let all = difference.changes.iter().map(ToString::to_string);
    let files = vec![attached("changes.txt", all.collect::<Vec<_>>().into_iter())];
    Reply { kind, files, ..Reply::of(embed(ROOM_WITH_FILES)).private() }
}

/// A change as a line, without the name of this file.
fn line(change: &Change, file: Option<&str>) -> String {
    let line = change.to_string();
    match file.filter(|file| *file == change.file && !change.path.is_empty()) {
        Some(file) => line.replacen(&format!(" {file} "), " ", 1),
        None => line,
    }
}

/// A text and, below it, as many differences as fit. What is new or gone begins with its sign, so that it is coloured.
pub(crate) fn different(embed: Embed, above: &str, lines: &[String]) -> Embed {
    if lines.is_empty() {
        return embed.description(above);
    }
    embed.block(above, "diff", lines.iter().map(|line| harmless(&cut(line, LINE))))
}

/// The lines of a difference.
pub(crate) fn lines(difference: &Difference) -> Vec<String> {
    difference.changes.iter().map(ToString::to_string).collect()
}

/// How many values were added, removed and changed; nothing of what was none of it.
pub(crate) fn summary(voice: Voice<'_>, difference: &Difference) -> String {
    if difference.is_empty() {
        return voice.say("admin-only-layout");
    }
    let (added, removed, changed) = difference.counts();
    voice.say_with(
        "admin-difference",
        [("added", added.into()), ("removed", removed.into()), ("changed", changed.into())],
    )
}
