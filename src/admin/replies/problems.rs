//! What is wrong with a catalogue, in the moderator's language: what, where, which value, and how to mend it. The problems'
//! own words, which `rcp-bot check` prints and logs hold, are for those who keep the program.

use crate::catalogue::{Problem, Report};
use crate::language::Voice;
use crate::reply::{Embed, File, Reply, ReplyKind, colour, cut};

use crate::admin::replies::common::{LINE, ROOM, ROOM_WITH_FILES, attached, harmless};

/// How much of an offending value, and of what is to be written instead, is shown, in characters.
const VALUE: usize = 60;
const WRITTEN: usize = 120;

/// The longest path of a file that is shown, in characters.
const PATH: usize = 90;

/// What is wrong, in one sentence.
pub(crate) fn broken_rule(voice: Voice<'_>, problem: &Problem) -> String {
    voice.say(&format!("rule-{}", problem.rule.name()))
}

/// The value that is at fault, if it is one that a line can show.
fn value(problem: &Problem) -> Option<String> {
    let value = problem.value().filter(|value| !value.contains('\n'))?;
    Some(cut(value, VALUE))
}

/// Where it stands: file, line, column.
fn place(voice: Voice<'_>, problem: &Problem) -> String {
    let file = cut(&problem.file, PATH);
    match &problem.place {
        Some(place) => voice.say_with(
            "admin-place",
            [
                ("file", file.into()),
                ("line", place.line.to_string().into()),
                ("column", place.column.to_string().into()),
            ],
        ),
        None => file,
    }
}

/// How to mend it.
fn mend(voice: Voice<'_>, problem: &Problem) -> String {
    let (case, value) = (problem.hint.case.clone(), cut(&problem.hint.value, WRITTEN));
    let key = format!("mend-{}", problem.rule.name());
    voice.say_with(&key, [("case", case.into()), ("value", harmless(&value).into())])
}

/// A problem above the line that is at fault: what is wrong, with which value, how often, where, and how to mend it.
pub(crate) fn above_line(voice: Voice<'_>, problem: &Problem, times: usize) -> String {
    let rule = format!("**{}**", broken_rule(voice, problem));
    let mut what = match value(problem) {
        Some(value) => voice.labelled(&rule, &format!("`{}`", harmless(&value))),
        None => rule,
    };
    if times > 1 {
        what.push_str(&format!(" (× {times})"));
    }
    let place = place(voice, problem);
    let place = if place.is_empty() { String::new() } else { format!("\n-# {}", harmless(&place)) };
    format!("{what}\n{}{place}", voice.say_with("admin-mend", [("mend", mend(voice, problem).into())]))
}

/// The line that is at fault, if the file has text.
pub(crate) fn offending(problem: &Problem) -> Option<String> {
    let text = problem.place.as_ref()?.text.trim();
    (!text.is_empty()).then(|| harmless(&cut(text, LINE)))
}

/// A problem as a few lines of a text file.
fn in_file(voice: Voice<'_>, problem: &Problem) -> String {
    let mut text = String::new();
    let place = place(voice, problem);
    if !place.is_empty() {
        text.push_str(&format!("{place}\n"));
    }
    text.push_str(&format!("  {} [{}]\n", broken_rule(voice, problem), problem.rule.name()));
    if let Some(place) = &problem.place {
        let before = place.text.get(..place.part.start).unwrap_or_default().chars().count();
        let marked = place.text.get(place.part.clone()).unwrap_or_default().chars().count().max(1);
        text.push_str(&format!("    {}\n    {}{}\n", place.text, " ".repeat(before), "^".repeat(marked)));
    }
    text.push_str(&format!("  {}\n", voice.say_with("admin-mend", [("mend", mend(voice, problem).into())])));
    text
}

/// Problems as a text file.
pub(crate) fn listed<'p>(voice: Voice<'_>, name: &str, problems: impl IntoIterator<Item = &'p Problem>) -> File {
    let entries: Vec<String> = problems.into_iter().map(|problem| in_file(voice, problem)).collect();
    attached(name, entries.into_iter())
}

/// A catalogue with errors: the first in the message; if there are more, all in a file. `above` says what was looked at.
pub(crate) fn errors(voice: Voice<'_>, title: &str, above: &str, report: &Report) -> Reply {
    let count = report.errors().count();
    let room = if count > 1 { ROOM_WITH_FILES } else { ROOM };
    let embed = Embed::within(room, &[], colour::REFUSAL, &voice.say(title), "");
    let embed = with_first(voice, embed, above, report);
    let files = if count > 1 { vec![listed(voice, "errors.txt", report.errors())] } else { Vec::new() };
    Reply { kind: ReplyKind::Refusal, files, ..Reply::of(embed).private() }
}

/// The first error of a report below a text.
pub(crate) fn with_first(voice: Voice<'_>, embed: Embed, above: &str, report: &Report) -> Embed {
    let causes = report.causes();
    let Some((first, times)) = causes.first() else { return embed.description(above) };
    let more = causes.len() - 1;
    let more = if more > 0 {
        format!("\n-# {}", voice.say_with("admin-more-errors", [("count", more.into())]))
    } else {
        String::new()
    };
    let text = format!("{above}\n{}{more}", above_line(voice, first, *times)).trim().to_owned();
    match offending(first) {
        Some(line) => embed.block(&text, "", [line].into_iter()),
        None => embed.description(&text),
    }
}

/// The first errors, each with its line and the mend, and how many more there are; of the first as much as fits.
pub(crate) fn as_many_as_fit(voice: Voice<'_>, embed: Embed, above: &str, report: &Report) -> Embed {
    let causes = report.causes();
    let more = |left: usize| match left {
        0 => String::new(),
        left => format!("\n{}", voice.say_with("admin-notice-more", [("count", left.into())])),
    };
    let (mut text, mut shown) = (above.to_owned(), 0);
    for (problem, times) in &causes {
        let line = offending(problem).map(|line| format!("\n```\n{line}\n```")).unwrap_or_default();
        let block = format!("{text}\n{}{line}", above_line(voice, problem, *times));
        if !embed.fits(&format!("{block}{}", more(causes.len() - shown - 1))) {
            break;
        }
        (text, shown) = (block, shown + 1);
    }
    match causes.first().filter(|_| shown == 0) {
        Some((first, times)) => {
            let above = format!("{text}{}\n{}", more(causes.len() - 1), above_line(voice, first, *times));
            embed.block(&above, "", offending(first).into_iter().collect::<Vec<_>>().into_iter())
        }
        None => embed.description(&format!("{text}{}", more(causes.len() - shown))),
    }
}

/// A problem as one line of running text.
pub(crate) fn in_a_line(voice: Voice<'_>, problem: &Problem) -> String {
    let rule = broken_rule(voice, problem);
    let what = match value(problem) {
        Some(value) => voice.labelled(&rule, &format!("`{}`", harmless(&value))),
        None => rule,
    };
    let place = place(voice, problem);
    if place.is_empty() { what } else { format!("{what} · {}", harmless(&place)) }
}
