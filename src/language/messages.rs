//! The messages: Fluent files with the same keys in every language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::catalogue::{Files, Language, MAX_PROBLEMS, MESSAGES, Place, Problem, Rule, text_of};

/// How deep brackets may stand within one another in a message file.
const DEEPEST: usize = 40;

/// The messages in every language. A key that is in one is in all: [`Messages::load`] sees to that.
pub struct Messages {
    bundles: [FluentBundle<Arc<FluentResource>>; 3],
    files: [Arc<FluentResource>; 3],
}

/// A value to fill into a message.
pub type Value<'a> = FluentValue<'a>;

impl Messages {
    /// Reads `messages/*.ftl`. Every language must be there, hold the same keys, and hold every key of the messages
    /// built into the binary, since those are the ones that the code asks for.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Option<Messages> {
        let before = problems.len();
        let bundles = Language::ALL.map(|language| bundle(files, language, problems));
        let [Some((fr, fr_file)), Some((en, en_file)), Some((es, es_file))] = bundles else { return None };
        let messages = Messages { bundles: [fr, en, es], files: [fr_file, en_file, es_file] };
        for language in Language::ALL {
            let file = path(language);
            let Some(text) = files.0.get(&file).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { continue };
            let known = keys(text);
            let required = required_keys().iter().map(|key| (*key, "the bot says it"));
            let elsewhere = Language::ALL.into_iter().filter(|other| *other != language).flat_map(|other| {
                let text = files.0.get(&path(other)).and_then(|bytes| std::str::from_utf8(bytes).ok());
                text.map(keys).unwrap_or_default().into_iter().map(move |key| (key, "another language has it"))
            });
            let mut missing: Vec<_> = required.chain(elsewhere).filter(|(key, _)| !known.contains(key)).collect();
            missing.sort_unstable();
            missing.dedup_by_key(|(key, _)| *key);
            for (key, why) in missing.into_iter().take(MAX_PROBLEMS) {
                let message = format!("the message {key:?} is missing");
                let help = format!("add {key} = … to {file}: {why}");
                problems.push(Problem::new(Rule::MissingMessage, &file, None, message, help));
            }
        }
        (problems.len() == before).then_some(messages)
    }

    /// The messages of a language as its file has them, by key, to compare two files.
    pub fn written(&self, language: Language) -> BTreeMap<String, String> {
        // The array holds one file for each language, in their order.
        written(self.files[language.index()].source())
    }

    /// A voice that speaks one language.
    pub fn voice(&self, language: Language) -> Voice<'_> {
        // The array holds one bundle for each language, in their order.
        Voice { language, bundle: &self.bundles[language.index()] }
    }
}

/// Speaks one language: what answers are written with.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// The language it speaks.
    pub language: Language,
    bundle: &'a FluentBundle<Arc<FluentResource>>,
}

impl<'a> Voice<'a> {
    /// The message with this key.
    pub fn say(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message with this key, with values filled in.
    pub fn say_with<'v>(&self, key: &str, values: impl IntoIterator<Item = (&'v str, Value<'v>)>) -> String {
        self.format(key, Some(&values.into_iter().collect()))
    }

    fn format(&self, key: &str, values: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            // Loading refuses a catalogue without it; if it happens all the same, the key tells the developer which.
            tracing::error!(message.key = key, language = %self.language, "a message is missing");
            return key.to_owned();
        };
        let mut errors: Vec<FluentError> = Vec::new();
        let said: Cow<'_, str> = self.bundle.format_pattern(pattern, values, &mut errors);
        for error in errors {
            tracing::error!(message.key = key, language = %self.language, %error, "a message cannot be filled in");
        }
        said.into_owned()
    }
}

fn path(language: Language) -> String {
    format!("{MESSAGES}/{language}.ftl")
}

/// The messages of a language, and their file.
type Bundle = (FluentBundle<Arc<FluentResource>>, Arc<FluentResource>);

fn bundle(files: &Files, language: Language, problems: &mut Vec<Problem>) -> Option<Bundle> {
    let file = path(language);
    let Some(bytes) = files.0.get(&file) else {
        let help = "take it over from the shipped catalogue".to_owned();
        problems.push(Problem::new(Rule::Unreadable, &file, None, format!("the file {file} is missing"), help));
        return None;
    };
    let text = match text_of(&file, bytes) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    // Some editors begin a file with a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    if let Some(place) = too_deep(text) {
        let message = format!("more than {DEEPEST} brackets stand within one another");
        let help = "a message needs two or three; one may not be closed".to_owned();
        problems.push(Problem::new(Rule::MessageSyntax, &file, Some(place), message, help));
        return None;
    }
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => Arc::new(resource),
        Err((_, errors)) => {
            problems.extend(errors.into_iter().take(MAX_PROBLEMS).map(|error| {
                let help = "write Fluent: key = text, with further lines indented; { $name } for a value".to_owned();
                let place = Some(Place::of(text, error.pos));
                Problem::new(Rule::MessageSyntax, &file, place, error.kind.to_string(), help)
            }));
            return None;
        }
    };
    // Our codes are two letters each, which always make an identifier.
    let identifier: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks around values for mixed writing directions show as boxes in some clients; our languages need none.
    bundle.set_use_isolating(false);
    if let Err(error) = bundle.add_builtins() {
        tracing::error!(%error, "Fluent's own functions cannot be added");
    }
    if let Err(errors) = bundle.add_resource(Arc::clone(&resource)) {
        problems.extend(errors.into_iter().take(MAX_PROBLEMS).map(|error| {
            let help = "each key stands once in a file: remove or rename one of the two".to_owned();
            let place = match &error {
                FluentError::Overriding { id, .. } => second_of(text, id),
                _ => None,
            };
            Problem::new(Rule::MessageSyntax, &file, place, error.to_string(), help)
        }));
        return None;
    }
    Some((bundle, resource))
}

/// Where brackets stand deeper within one another than any message needs: Fluent's parser calls itself for each, so that
/// a hostile file would use up the stack.
fn too_deep(text: &str) -> Option<Place> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(Place::of(text, at..at + 1));
        }
    }
    None
}

/// Where a key stands for the second time.
fn second_of(text: &str, key: &str) -> Option<Place> {
    let mut at = 0;
    let starts = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    let named = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim_end() == key);
    starts.filter(|(_, line)| named(line)).nth(1).map(|(start, _)| Place::of(text, start..start + key.len()))
}

/// The messages of a Fluent file by key: what stands after ` =`, with the indented lines that follow.
fn written(text: &str) -> BTreeMap<String, String> {
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<(&str, String)> = None;
    for line in text.lines().chain([""]) {
        match (&mut current, line.split_once('=')) {
            (Some((_, message)), _) if line.starts_with(char::is_whitespace) => {
                *message = format!("{message}\n{line}");
            }
            (_, begun) => {
                written.extend(current.take().map(|(key, message)| (key.to_owned(), message)));
                let begins = line.starts_with(|first: char| first.is_ascii_alphabetic());
                current = begun.filter(|_| begins).map(|(key, message)| (key.trim(), message.trim().to_owned()));
            }
        }
    }
    written
}

/// The keys of a Fluent file: what stands before ` =` at the beginning of a line.
fn keys(text: &str) -> Vec<&str> {
    let named = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    named.filter_map(|line| line.split_once('=').map(|(key, _)| key.trim())).collect()
}

/// The keys of the messages built into the binary.
fn required_keys() -> &'static [&'static str] {
    static KEYS: OnceLock<Vec<&str>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let text = Files::one_built_in(&path(Language::Fr)).and_then(|bytes| std::str::from_utf8(bytes).ok());
        keys(text.unwrap_or_default())
    })
}
