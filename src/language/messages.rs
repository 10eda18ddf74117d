//! The messages: Fluent files over those that are built into the program.
//!
//! A folder may be older or newer than the program, or hold a slip: whatever it lacks, and what cannot be said as it stands
//! there, is said as the program has it, and the report tells so.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Resource};
use fluent_syntax::parser::ParserError;
use fluent_syntax::serializer::serialize;
use unic_langid::LanguageIdentifier;

use crate::catalogue::{Files, Language, MAX_PROBLEMS, Place, Problem, Rule, text_of};
use crate::language::inspect::{built_in, built_in_text, inspect, path};
use crate::language::numbers::formatter;

/// How deep brackets may stand within one another in a message file.
const DEEPEST: usize = 40;

/// The messages in every language.
pub struct Messages {
    /// What was read from the same file is shared with the messages before.
    languages: [Arc<Spoken>; 3],
}

/// The messages of one language.
struct Spoken {
    /// What is said.
    bundle: FluentBundle<Arc<FluentResource>>,
    /// The folder's file, if it has one.
    file: Option<Arc<FluentResource>>,
    /// What is wrong with the file.
    problems: Vec<Problem>,
}

/// A value to fill into a message.
pub type Argument<'a> = FluentValue<'a>;

impl Messages {
    /// Reads `messages/*.ftl` and looks into each message. What a file lacks, or has in a form that cannot be said, is said
    /// as it is built into the program. `None` where a file is no Fluent at all.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Option<Messages> {
        Messages::load_after(files, None, problems)
    }

    /// The same, where `former` messages may have been read from some of the same files: these are not read again.
    pub fn load_after(files: &Files, former: Option<&Messages>, problems: &mut Vec<Problem>) -> Option<Messages> {
        let [fr, en, es] = Language::ALL.map(|language| {
            let former = former.and_then(|former| former.languages.get(language.index()));
            let spoken = match former.filter(|former| former.is_of(files, language)) {
                Some(former) => Arc::clone(former),
                None => Arc::new(spoken(files, language, problems)?),
            };
            problems.extend(spoken.problems.iter().cloned());
            Some(spoken)
        });
        Some(Messages { languages: [fr?, en?, es?] })
    }

    /// The messages of a language as the folder's file has them, by key, to compare two files: in one layout, so that what
    /// editors and translators' tools do to the indentation is no difference.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn written(&self, language: Language) -> BTreeMap<String, String> {
        let file = &self.languages[language.index()].file;
        file.iter().flat_map(|file| file.entries()).filter_map(written).collect()
    }

    /// A voice that speaks one language.
    #[expect(clippy::indexing_slicing, reason = "one of each stands there for every language, in their order")]
    pub fn voice(&self, language: Language) -> Voice<'_> {
        Voice { language, bundle: &self.languages[language.index()].bundle }
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
    pub fn say_with<'v>(&self, key: &str, values: impl IntoIterator<Item = (&'v str, Argument<'v>)>) -> String {
        self.format(key, Some(&values.into_iter().collect()))
    }

    fn format(&self, key: &str, values: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            // The program has every message that it asks for, as tests hold; if one lacks, the key tells the developer which.
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

impl Spoken {
    /// Whether it was read from the file that is there now.
    fn is_of(&self, files: &Files, language: Language) -> bool {
        let bytes = files.0.get(&path(language)).map(|bytes| unmarked(bytes));
        bytes == self.file.as_ref().map(|file| file.source().as_bytes())
    }
}

/// A file without the byte order mark with which some editors begin it.
fn unmarked(bytes: &[u8]) -> &[u8] {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let mut rest = bytes;
    while let Some(after) = rest.strip_prefix(MARK) {
        rest = after;
    }
    rest
}

/// What a language's file says, with what is wrong in it; where nothing can be said, that is told.
fn spoken(files: &Files, language: Language, problems: &mut Vec<Problem>) -> Option<Spoken> {
    let path = path(language);
    let Some(bytes) = files.0.get(&path) else {
        let message = format!("the file {path} is missing: what is built into the program is said");
        let help = "take it over from the shipped catalogue, or leave it: only wordings of your own need it".to_owned();
        let missing = Problem::new(Rule::MissingMessage, &path, None, message, help);
        return Some(Spoken { bundle: bundle(language), file: None, problems: vec![missing] });
    };
    // Most folders say what the program says.
    if Files::one_built_in(&path).is_some_and(|shipped| shipped == bytes.as_slice()) {
        return Some(Spoken {
            bundle: bundle(language),
            file: Some(Arc::clone(built_in(language))),
            problems: Vec::new(),
        });
    }
    let text = match text_of(&path, bytes) {
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
        problems.push(Problem::new(Rule::MessageSyntax, &path, Some(place), message, help));
        return None;
    }
    if text.contains('\r') && !text.contains('\n') {
        let message = "the lines end with a carriage return alone, so that the whole file is one line".to_owned();
        let help = "save the file with the line ends of Unix or Windows".to_owned();
        problems.push(Problem::new(Rule::MessageSyntax, &path, None, message, help));
        return None;
    }
    let file = match FluentResource::try_new(text.to_owned()) {
        Ok(file) => Arc::new(file),
        Err((_, errors)) => {
            let mut told: Vec<(Problem, usize)> = Vec::new();
            for error in &errors {
                match syntax(&path, text, error) {
                    // An editor that indents with tabs does so in every line: that is one thing to mend.
                    (problem, true) => match told.iter_mut().find(|(one, _)| one.message == problem.message) {
                        Some((_, more)) => *more += 1,
                        None => told.push((problem, 0)),
                    },
                    (problem, false) if told.len() < MAX_PROBLEMS => told.push((problem, 0)),
                    (_, false) => {}
                }
            }
            problems.extend(told.into_iter().map(|(problem, more)| match more {
                0 => problem,
                1 => Problem { message: format!("{}, and so does 1 other", problem.message), ..problem },
                more => Problem { message: format!("{}, and so do {more} others", problem.message), ..problem },
            }));
            return None;
        }
    };
    let mut found = Vec::new();
    let unsaid = inspect(language, &file, &mut found);
    let mut bundle = bundle(language);
    bundle.add_resource_overriding(Arc::clone(&file));
    if !unsaid.is_empty() {
        // What the program has is Fluent, as tests hold.
        let stand_in = FluentResource::try_new(built_in_text(language, &unsaid)).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(Arc::new(stand_in));
    }
    drop(unsaid);
    Some(Spoken { bundle, file: Some(file), problems: found })
}

/// The messages of a language that are built into the program.
fn bundle(language: Language) -> FluentBundle<Arc<FluentResource>> {
    // Our codes are two letters each, which always make an identifier.
    let identifier: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks around values for mixed writing directions show as boxes in some clients; our languages need none.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(formatter(language)));
    if let Err(error) = bundle.add_builtins() {
        tracing::error!(%error, "Fluent's own functions cannot be added");
    }
    bundle.add_resource_overriding(Arc::clone(built_in(language)));
    bundle
}

/// What is wrong with a message, in words that tell what an editor or a keyboard did; and whether it was an editor, which does
/// the same to every line.
fn syntax(path: &str, text: &str, error: &ParserError) -> (Problem, bool) {
    let whole = error.slice.clone().unwrap_or_default();
    let (start, end) = (error.pos.start, error.pos.end.max(whole.end));
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let mut at = line_start;
    for line in text.get(line_start..end).unwrap_or_default().split_inclusive('\n') {
        let indented = line.trim_start_matches(' ');
        let wrong = match indented.chars().next() {
            Some('\t') => Some(("a line begins with a tab", "indent with spaces: Fluent knows no tabs")),
            Some('\u{a0}') => Some(("a line begins with a no-break space", "indent with plain spaces")),
            _ => None,
        };
        if let Some((message, help)) = wrong {
            let place = Place::of(text, at..at + line.len() - indented.len() + 1);
            return (Problem::new(Rule::MessageSyntax, path, Some(place), message.to_owned(), help.to_owned()), true);
        }
        at += line.len();
    }
    let help = "write Fluent: key = text, with further lines indented; { $name } for a value".to_owned();
    let place = Place::of(text, error.pos.clone());
    (Problem::new(Rule::MessageSyntax, path, Some(place), error.kind.to_string(), help), false)
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

/// A message in one layout, with its key. Comments say nothing to readers.
fn written(entry: &Entry<&str>) -> Option<(String, String)> {
    let (key, entry) = match entry {
        Entry::Message(message) => {
            let mut message = message.clone();
            message.comment = None;
            (message.id.name.to_owned(), Entry::Message(message))
        }
        Entry::Term(term) => {
            let mut term = term.clone();
            term.comment = None;
            (format!("-{}", term.id.name), Entry::Term(term))
        }
        _ => return None,
    };
    let text = serialize(&Resource { body: vec![entry] });
    let text = text.split_once('=').map_or(text.as_str(), |(_, text)| text).trim();
    Some((key, text.to_owned()))
}
