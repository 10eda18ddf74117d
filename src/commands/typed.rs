//! A command as a person writes it, for the terminal: `/rcp info processus:Prague langue:en`, or without names.

use crate::catalogue::fold::fold;
use crate::catalogue::nearest;
use crate::commands::declaration::{Command, OptionKind};
use crate::commands::list::{COMMANDS, ROOT};
use crate::commands::request::{Invocation, Value};
use crate::commands::wording::Wording;

/// Why a typed line is no command.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// The line is for moderators, and nobody knows here who types it.
    #[error(
        "/rcp-admin works on Discord and in the playground alone, where it is known who asks; in the terminal: rcp-bot check"
    )]
    ForModerators,
    /// The line does not begin with `/rcp` and a subcommand.
    #[error("write /rcp and a subcommand: {}", subcommands())]
    NoCommand,
    /// There is no such subcommand.
    #[error("there is no /rcp {typed}; the subcommands are: {}", subcommands(), typed = .0)]
    UnknownCommand(String),
    /// A required option is missing.
    #[error("/rcp {command} needs {option}: write /rcp {command} {option}:…")]
    Missing {
        /// The subcommand.
        command: &'static str,
        /// The option.
        option: &'static str,
    },
    /// A word before a colon is nearly an option's name.
    #[error("/rcp {command} has no option {typed}: did you mean {nearest}:? Its options are: {options}")]
    UnknownOption {
        /// The subcommand.
        command: &'static str,
        /// What was typed.
        typed: String,
        /// The option that is nearest.
        nearest: &'static str,
        /// The subcommand's options.
        options: String,
    },
    /// An option's value has another form.
    #[error("{option}: {value:?} is not {expected}")]
    Value {
        /// The option.
        option: &'static str,
        /// What was typed.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
    /// There is text that no option takes.
    #[error("/rcp {command} takes no text; its options are: {options}")]
    Surplus {
        /// The subcommand.
        command: &'static str,
        /// Its options.
        options: String,
    },
}

fn subcommands() -> String {
    COMMANDS.iter().map(|command| command.name.fr).collect::<Vec<_>>().join(", ")
}

/// Reads a typed line. Subcommands and options may be named in any of the three languages; text without an option's
/// name fills the first option that takes text.
pub fn parse(line: &str) -> Result<Invocation, Mistyped> {
    let line = line.trim();
    let line = line.strip_prefix('/').unwrap_or(line);
    let (root, rest) = split_word(line);
    if fold(root) == fold(&format!("{ROOT}-admin")) {
        return Err(Mistyped::ForModerators);
    }
    if !root.eq_ignore_ascii_case(ROOT) || rest.is_empty() {
        return Err(Mistyped::NoCommand);
    }
    let (name, rest) = split_word(rest);
    let command = COMMANDS.iter().find(|command| called(&command.name, name));
    let command = command.ok_or_else(|| Mistyped::UnknownCommand(name.to_owned()))?;
    if let Some((typed, nearest)) = rest.split_whitespace().find_map(|word| nearly_an_option(command, word)) {
        return Err(Mistyped::UnknownOption { command: command.name.fr, typed, nearest, options: options(command) });
    }
    let mut invocation = Invocation { command: command.name.fr.to_owned(), options: Vec::new() };
    for (option, text) in segments(command, rest) {
        let Some(option) = option.or_else(|| first_text(command)) else {
            return Err(Mistyped::Surplus { command: command.name.fr, options: options(command) });
        };
        let option = command.all_options().find(|one| one.name.fr == option);
        // Segments carry the names of the command's own options.
        let Some(option) = option else { continue };
        let value = value(option.kind, text).ok_or_else(|| Mistyped::Value {
            option: option.name.fr,
            value: text.to_owned(),
            expected: expected(option.kind),
        })?;
        invocation.options.push((option.name.fr.to_owned(), value));
    }
    let missing = command.options.iter().find(|option| option.required && invocation.text(option.name.fr).is_none());
    match missing {
        Some(option) => Err(Mistyped::Missing { command: command.name.fr, option: option.name.fr }),
        None => Ok(invocation),
    }
}

/// A command with its options taken apart. Discord's client puts the whole rest of a pasted line into the first option:
/// `/rcp info processus:ocam langue:en` comes with "ocam langue:en" as the process.
pub(super) fn taken_apart(command: &Command, invocation: &Invocation) -> Option<Invocation> {
    let is_merged = |(name, given): &(String, Value)| match given {
        Value::Text(text) if is_typed(command, name) => {
            segments(command, text).iter().any(|(option, _)| option.is_some())
        }
        _ => false,
    };
    if !invocation.options.iter().any(is_merged) {
        return None;
    }
    let mut options: Vec<(String, Value)> = Vec::new();
    let mut add = |name: &str, given: Value| {
        // What was given in its own place counts.
        if !options.iter().any(|(known, _)| known == name) {
            options.push((name.to_owned(), given));
        }
    };
    for (name, given) in &invocation.options {
        let Value::Text(text) = given else {
            add(name, given.clone());
            continue;
        };
        let parts = if is_typed(command, name) { segments(command, text) } else { vec![(None, text.as_str())] };
        for (option, text) in parts {
            let Some(option) = option else {
                add(name, Value::Text(text.to_owned()));
                continue;
            };
            let kind = command.all_options().find(|one| one.name.fr == option).map(|one| one.kind);
            // What is not of its kind is told as it would be of the option itself.
            let read = kind.and_then(|kind| value(kind, text)).unwrap_or_else(|| Value::Text(text.to_owned()));
            add(option, read);
        }
    }
    Some(Invocation { command: invocation.command.clone(), options })
}

/// What is typed of an option in a pasted line that has others after it.
pub(super) fn first_part<'a>(command: &Command, typed: &'a str) -> &'a str {
    match segments(command, typed).first() {
        Some((None, first)) => first,
        _ => typed,
    }
}

fn is_typed(command: &Command, name: &str) -> bool {
    command.all_options().any(|option| option.name.fr == name && option.kind.is_typed())
}

/// Whether this is how somebody types a name, in any language, with or without its accents.
fn called(name: &Wording, typed: &str) -> bool {
    let typed = fold(typed);
    [name.fr, name.en, name.es].iter().any(|name| fold(name) == typed)
}

fn options(command: &Command) -> String {
    command.all_options().map(|option| option.name.fr).collect::<Vec<_>>().join(", ")
}

/// How few letters of an option's name are taken for it.
const ABBREVIATED: usize = 3;

/// A word `name:value` whose name is no option's and nearly one, and that option: `lang:en` for `langue:en`. Any other
/// colon belongs to a text, such as that of an address or of a ratio.
fn nearly_an_option(command: &Command, word: &str) -> Option<(String, &'static str)> {
    let (typed, value) = word.split_once(':')?;
    let folded = fold(typed);
    let all = || command.all_options().flat_map(|option| [option.name.fr, option.name.en, option.name.es]);
    if value.is_empty() || value.starts_with('/') || all().any(|name| fold(name) == folded) {
        return None;
    }
    let abbreviated = |name: &&str| folded.len() >= ABBREVIATED && fold(name).starts_with(&folded);
    let nearest = all().find(abbreviated).or_else(|| nearest(&folded, &all().collect::<Vec<_>>()))?;
    Some((typed.to_owned(), nearest))
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

fn first_text(command: &Command) -> Option<&'static str> {
    command.options.iter().find(|option| option.kind.is_typed()).map(|option| option.name.fr)
}

/// The text before the first named option, and each named option's text, up to the next name.
fn segments<'a>(command: &Command, text: &'a str) -> Vec<(Option<&'static str>, &'a str)> {
    let named = |word: &str| {
        let (name, _) = word.split_once(':')?;
        command.all_options().find(|option| called(&option.name, name)).map(|option| option.name.fr)
    };
    let mut marks: Vec<(Option<&'static str>, usize, usize)> = vec![(None, 0, 0)];
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        if let Some(option) = named(word) {
            let colon = word.find(':').unwrap_or_default();
            marks.push((Some(option), at, at + colon + 1));
        }
        // Every separator is one character of white space, of one byte or more.
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    let ends = marks.iter().skip(1).map(|(_, start, _)| *start).chain([text.len()]).collect::<Vec<_>>();
    let segments = marks.into_iter().zip(ends).map(|((option, _, start), end)| (option, text[start..end].trim()));
    segments.filter(|(option, text)| option.is_some() || !text.is_empty()).collect()
}

fn value(kind: OptionKind, text: &str) -> Option<Value> {
    match kind {
        OptionKind::Entry(_)
        | OptionKind::Either(..)
        | OptionKind::Text
        | OptionKind::Language
        | OptionKind::Status => Some(Value::Text(text.to_owned())).filter(|value| kind.takes(value)),
        OptionKind::Flag => match text.to_lowercase().as_str() {
            "true" | "oui" | "yes" | "sí" | "si" | "vrai" | "1" => Some(Value::Flag(true)),
            "false" | "non" | "no" | "faux" | "0" => Some(Value::Flag(false)),
            _ => None,
        },
        OptionKind::Person => {
            let digits = text.trim_start_matches("<@").trim_end_matches('>');
            digits.parse().ok().filter(|id| *id != 0).map(Value::Person)
        }
    }
}

fn expected(kind: OptionKind) -> &'static str {
    match kind {
        OptionKind::Entry(_) | OptionKind::Either(..) | OptionKind::Text => "a text",
        OptionKind::Language => "fr, en or es",
        OptionKind::Status => "active, emerging, inactive or unknown",
        OptionKind::Flag => "yes or no",
        OptionKind::Person => "a person's id",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f17_options_that_a_pasted_line_merged_are_taken_apart() {
        let info = COMMANDS.iter().find(|command| command.name.fr == "info").expect("it is there");
        let text = |text: &str| Value::Text(text.to_owned());
        let merged = |options: &[(&str, Value)]| Invocation {
            command: "info".to_owned(),
            options: options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        };
        let apart = taken_apart(info, &merged(&[("processus", text("ocam langue:en discret:True"))]));
        let expected = merged(&[("processus", text("ocam")), ("langue", text("en")), ("discret", Value::Flag(true))]);
        assert_eq!(apart, Some(expected));
        // What stands in its own place counts, and a colon alone merges nothing.
        let apart = taken_apart(info, &merged(&[("langue", text("es")), ("processus", text("ocam langue:en"))]));
        assert_eq!(apart, Some(merged(&[("langue", text("es")), ("processus", text("ocam"))])));
        assert_eq!(taken_apart(info, &merged(&[("processus", text("OCAM : le processus"))])), None);
        assert_eq!(first_part(info, "ocam langue:en"), "ocam");
        assert_eq!(first_part(info, "ocam"), "ocam");
    }

    fn read(line: &str) -> Vec<(String, Value)> {
        parse(line).expect(line).options
    }

    fn text(option: &str, value: &str) -> (String, Value) {
        (option.to_owned(), Value::Text(value.to_owned()))
    }

    #[test]
    fn text_without_a_name_fills_the_first_option() {
        assert_eq!(read("/rcp region Amériques"), [text("region", "Amériques")]);
        assert_eq!(read("rcp info  Processus de Prague "), [text("processus", "Processus de Prague")]);
        assert_eq!(read("/RCP info Prague langue:en"), [text("processus", "Prague"), text("langue", "en")]);
    }

    #[test]
    fn names_count_in_every_language() {
        let expected =
            [text("processus", "Prague Process"), text("langue", "en"), ("discret".to_owned(), Value::Flag(true))];
        assert_eq!(read("/rcp info process:Prague Process language:en private:yes"), expected);
        assert_eq!(parse("/rcp country France").map(|one| one.command), Ok("pays".to_owned()));
    }

    #[test]
    fn a_colon_within_a_text_is_no_option() {
        assert_eq!(read("/rcp recherche texte:ratio 1:2 note: x"), [text("texte", "ratio 1:2 note: x")]);
    }

    #[test]
    fn s13_accents_are_forgiven_and_what_is_nearly_an_option_is_named() {
        assert_eq!(read("/rcp région Amériques"), [text("region", "Amériques")]);
        assert_eq!(parse("/rcp réunions").map(|one| one.command), Ok("reunions".to_owned()));
        assert_eq!(read("/rcp region région:Afrique"), [text("region", "Afrique")]);
        for (line, nearest) in
            [("Prague lang:en", "langue"), ("proceso:Praga idoma:es", "idioma"), ("langu:en", "langue")]
        {
            let told = parse(&format!("/rcp info {line}")).expect_err(line);
            assert!(matches!(&told, Mistyped::UnknownOption { nearest: near, .. } if *near == nearest), "{told}");
            assert!(told.to_string().contains("Its options are: processus, langue"), "{told}");
        }
        for text in ["texte:voir https://www.iom.int", "texte:ratio 1:2", "ONU: la migration", "x:y"] {
            assert!(parse(&format!("/rcp recherche {text}")).is_ok(), "{text}");
        }
        assert_eq!(parse("/rcp-admin etat"), Err(Mistyped::ForModerators));
        assert!(Mistyped::ForModerators.to_string().contains("playground"));
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(parse("bonjour"), Err(Mistyped::NoCommand));
        assert_eq!(parse("/rcp"), Err(Mistyped::NoCommand));
        assert_eq!(parse("/rcp foo"), Err(Mistyped::UnknownCommand("foo".to_owned())));
        assert_eq!(parse("/rcp region"), Err(Mistyped::Missing { command: "region", option: "region" }));
        assert!(matches!(parse("/rcp oim langue:de"), Err(Mistyped::Value { .. })));
        assert!(matches!(parse("/rcp oim bonjour"), Err(Mistyped::Surplus { .. })));
    }
}
