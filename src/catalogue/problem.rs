//! What can be wrong with a catalogue, and how it is told: rule, file, line, column, the offending line, the mend.
//!
//! The rules themselves are applied in `read` (one file) and `check` (between records); here is only how a finding
//! looks to a moderator at a terminal, in a chat message or in a tool that reads JSON.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

/// The most problems told of one file: a person mends the first and looks again, and a hostile file costs no more.
pub const MAX_PROBLEMS: usize = 100;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The catalogue is refused.
    Error,
    /// The catalogue is accepted; somebody should look.
    Warning,
}

/// Declares the rules once: their names, how bad a breach is, and what they ask.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)+) => {
        /// A rule that every catalogue is held to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $variant),+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant),+];

            /// The rule's name, as reports give it.
            pub const fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),+ }
            }

            /// How bad a breach is.
            pub const fn severity(self) -> Severity {
                match self { $(Rule::$variant => Severity::$severity),+ }
            }
        }
    };
}

rules! {
    /// A file or folder must be there and readable.
    Unreadable = "unreadable", Error;
    /// A file keeps within the size limit.
    TooLarge = "too-large", Error;
    /// A file is UTF-8 text.
    NotText = "not-text", Error;
    /// A file is TOML.
    Syntax = "syntax", Error;
    /// A value has the type and form that its key asks for.
    Type = "type", Error;
    /// A key is no slip for one that the model knows, and stands in the table of which it is one.
    UnknownKey = "unknown-key", Error;
    /// A key that is near none of those that the model knows is a newer version's.
    NewerKey = "newer-key", Warning;
    /// A required key is there.
    MissingKey = "missing-key", Error;
    /// A date exists and a span is in order.
    Date = "date", Error;
    /// Dates follow one another: founding before end, facts before the day of their collection.
    DateOrder = "date-order", Error;
    /// A year lies between 1850 and ten years after the collection of the facts.
    YearRange = "year-range", Error;
    /// A text is not empty and is in at least one language.
    EmptyText = "empty-text", Error;
    /// A text has no control or invisible characters and no space at its ends.
    ControlCharacter = "control-character", Error;
    /// A text holds no Discord markup and no address.
    Markup = "markup", Error;
    /// A text mentions nobody.
    Mention = "mention", Error;
    /// A text keeps within the length that lets every reply keep within Discord's limits.
    TooLong = "too-long", Error;
    /// A region's emoji is one emoji.
    BadEmoji = "bad-emoji", Error;
    /// A file is no copy of another that a synchronisation or an editor made.
    ConflictCopy = "conflict-copy", Error;
    /// An address is a whole http or https URL.
    BadUrl = "bad-url", Error;
    /// An id has only lower-case letters, digits and hyphens, and is that of its file.
    BadId = "bad-id", Error;
    /// An id stands once in its list.
    DuplicateId = "duplicate-id", Error;
    /// A name, acronym or alias stands for one entry, or is declared shared.
    DuplicateName = "duplicate-name", Error;
    /// A list holds an item once.
    DuplicateItem = "duplicate-item", Error;
    /// A named process is in the catalogue.
    UnknownProcess = "unknown-process", Error;
    /// A named region is in the catalogue.
    UnknownRegion = "unknown-region", Error;
    /// A named organisation is in the catalogue.
    UnknownOrganisation = "unknown-organisation", Error;
    /// A country code is in the list of countries.
    UnknownCountry = "unknown-country", Error;
    /// A country code of the list is an ISO 3166-1 alpha-2 code, or XK.
    BadCountryCode = "bad-country-code", Error;
    /// Nobody is member and observer at once.
    MemberAndObserver = "member-and-observer", Error;
    /// A count agrees with its list, or a note says why not.
    CountDiffers = "count-differs", Error;
    /// Parts of a record agree with one another.
    Inconsistent = "inconsistent", Error;
    /// What a record says is supported by one of its sources.
    Unsupported = "unsupported", Error;
    /// A message has a text, names only values, messages, terms and functions that there are, and keeps to its place.
    BadMessage = "bad-message", Error;
    /// A message file is Fluent.
    MessageSyntax = "message-syntax", Error;
    /// A named topic is in the list of topics.
    UnknownTopic = "unknown-topic", Error;
    /// A file for which the program's own stands in is there.
    MissingFile = "missing-file", Warning;
    /// A theme belongs to a topic.
    ThemeWithoutTopic = "theme-without-topic", Warning;
    /// A message that the bot says stands in `messages/`.
    MissingMessage = "missing-message", Warning;
    /// A message of `messages/` is one that the bot says.
    UnknownMessage = "unknown-message", Warning;
    /// A message uses the values that it is given, in every wording that its language needs.
    IncompleteMessage = "incomplete-message", Warning;
    /// A file belongs to the catalogue.
    UnknownFile = "unknown-file", Warning;
    /// A file is TOML as all editors read it (version 1.0, without a byte order mark).
    EditorSyntax = "editor-syntax", Warning;
    /// Facts were not collected after today, as this machine's clock has it.
    FutureFacts = "future-facts", Warning;
    /// Facts were collected less than a year ago.
    StaleFacts = "stale-facts", Warning;
    /// A chair is known to hold within the last three years.
    OldChair = "old-chair", Warning;
    /// A text is whole: no letters that another encoding garbled, and no stopgap for what is still to be written.
    DoubtfulText = "doubtful-text", Warning;
    /// What is known to hold does not begin after the day on which it was collected.
    LaterThanCollected = "later-than-collected", Warning;
    /// A text is there in every language.
    MissingTranslation = "missing-translation", Warning;
    /// A source supports a statement.
    UncitedSource = "uncited-source", Warning;
    /// An address uses https.
    HttpLink = "http-link", Warning;
}

impl Rule {
    /// Whether a catalogue can be served in spite of a breach: a key that is not known is read as the one that it is near to,
    /// or left out where that stands there too or where it is one of another table, and the built-in wording stands in for a
    /// message that cannot be said. Such breaches come with folders and revisions of another version.
    pub const fn can_be_passed_over(self) -> bool {
        matches!(self, Rule::UnknownKey | Rule::BadMessage)
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Where in a file a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The offending line; of a very long one, the part around the place.
    pub text: String,
    /// The offending part of that line, in bytes.
    #[serde(skip)]
    pub part: Range<usize>,
}

impl Place {
    /// The place of a range of bytes in a file's text.
    pub fn of(text: &str, span: Range<usize>) -> Place {
        let start = floor_boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line = text[line_start..line_end].trim_end_matches('\r');
        // A place behind the last letter, at a carriage return, is its end.
        let start = start.min(line_start + line.len());
        let end = floor_boundary(text, span.end.max(start)).min(line_start + line.len()).max(start);
        // Of a very long line only what is around the place is kept.
        let from = line_start.max(floor_boundary(text, start.saturating_sub(SHOWN / 2)));
        let to = (line_start + line.len()).min(floor_boundary(text, from + SHOWN));
        Place {
            line: text[..line_start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            text: text[from..to].to_owned(),
            part: start - from..end.min(to) - from,
        }
    }
}

/// How much of an offending line is kept, in bytes.
const SHOWN: usize = 2_000;

/// How long the words of a problem may be, in characters; what they quote may be of any length.
const LONGEST_WORDS: usize = 600;

/// The nearest character boundary at or before a byte, so that slicing there never panics.
fn floor_boundary(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// One breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The rule.
    pub rule: Rule,
    /// The file, by its path within the catalogue's folder; empty for the folder itself.
    pub file: String,
    /// Where in the file, when it has text.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// What the mend depends on, for those who tell it in another language.
    #[serde(skip)]
    pub hint: Hint,
}

/// What the mend of a breach depends on, in no language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// Which of a rule's mends it is (`near` for a word that was nearly written, `write` for what stands there in another form, `quotes` for a text to be put into quotes,
    /// the key at the top of a file for a rule between its parts); empty where a rule has one.
    pub case: String,
    /// What is to be written, or the number that is allowed; empty where there is none.
    pub value: String,
}

impl Hint {
    /// A case with a value.
    pub fn new(case: &str, value: impl fmt::Display) -> Hint {
        Hint { case: case.to_owned(), value: value.to_string() }
    }
}

impl Problem {
    /// A breach of `rule` in `file`.
    pub fn new(rule: Rule, file: &str, place: Option<Place>, message: String, help: String) -> Problem {
        let [message, help] = [message, help].map(|words| match words.char_indices().nth(LONGEST_WORDS) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        });
        Problem { severity: rule.severity(), rule, file: file.to_owned(), place, message, help, hint: Hint::default() }
    }

    /// The same problem with what its mend depends on.
    pub fn hinting(self, hint: Hint) -> Problem {
        Problem { hint, ..self }
    }

    /// The offending part of its line, if it has one.
    pub fn value(&self) -> Option<&str> {
        let place = self.place.as_ref()?;
        place.text.get(place.part.clone()).filter(|value| !value.trim().is_empty())
    }

    /// The problem as a few lines for a terminal, a log or a chat: with the offending line where there is one.
    pub fn render(&self, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&self.message).id(self.rule.name());
        let problem = match &self.place {
            Some(place) => title.element(
                Snippet::source(&place.text)
                    .path(&self.file)
                    .line_start(place.line)
                    .annotation(AnnotationKind::Primary.span(place.part.clone())),
            ),
            None if self.file.is_empty() => Group::with_title(title),
            None => title.element(annotate_snippets::Origin::path(&self.file)),
        };
        renderer.render(&[problem, Group::with_title(Level::HELP.secondary_title(&self.help))])
    }
}

/// One line: for logs and lists.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}:{}:{}: ", self.file, place.line, place.column)?;
        } else if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        write!(f, "{} [{}]; {}", self.message, self.rule.name(), self.help)
    }
}

/// How many warnings of one rule are told one by one.
const FEW: usize = 3;

/// Warnings of one rule in one line.
#[derive(Clone, Copy, Debug)]
pub struct FoldedWarnings<'r> {
    /// The first of them.
    pub first: &'r Problem,
    /// How many there are.
    pub count: usize,
}

impl fmt::Display for FoldedWarnings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "warning: {}", self.first),
            count => write!(f, "warning: {count} × {}, the first: {}", self.first.rule.name(), self.first),
        }
    }
}

/// Everything that a check found, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The problems.
    pub problems: Vec<Problem>,
}

impl Report {
    /// The problems for which a catalogue is refused.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }

    /// The problems at which somebody should look.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Warning)
    }

    /// The warnings, those of one rule together where they are many, in the order of the rules.
    pub fn folded_warnings(&self) -> Vec<FoldedWarnings<'_>> {
        let mut folded: Vec<FoldedWarnings<'_>> = Vec::new();
        let of = |rule| self.warnings().filter(move |one| one.rule == rule);
        for rule in Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Warning) {
            let count = of(*rule).count();
            let (shown, each) = if count > FEW { (1, count) } else { (count, 1) };
            folded.extend(of(*rule).take(shown).map(|first| FoldedWarnings { first, count: each }));
        }
        folded
    }

    /// The errors, of those with one cause the first: the same breach of the same rule for the same value, told once with
    /// how often it stands.
    pub fn causes(&self) -> Vec<(&Problem, usize)> {
        let mut causes: Vec<(&Problem, usize)> = Vec::new();
        for error in self.errors() {
            let same = |one: &Problem| {
                one.rule == error.rule
                    && one.hint == error.hint
                    && one.value().is_some()
                    && one.value() == error.value()
            };
            match causes.iter_mut().find(|(one, _)| same(one)) {
                Some((_, times)) => *times += 1,
                None => causes.push((error, 1)),
            }
        }
        causes
    }

    /// Whether there are no errors.
    pub fn is_acceptable(&self) -> bool {
        self.errors().next().is_none()
    }

    /// Whether the catalogue can be served: it has no errors but those that can be passed over. That is enough for what was
    /// accepted before, perhaps by another version of the program; a change is held to [`Report::is_worse_than`].
    pub fn is_servable(&self) -> bool {
        self.errors().all(|error| error.rule.can_be_passed_over())
    }

    /// Whether there is an error that `served`, the report of what is served, does not have: then a change is refused.
    pub fn is_worse_than(&self, served: &Report) -> bool {
        let known = |error: &Problem| {
            served.errors().any(|one| (one.rule, &one.file, &one.message) == (error.rule, &error.file, &error.message))
        };
        self.errors().any(|error| !known(error))
    }

    /// Puts the problems in the order of files, lines and columns, so that a report reads like the folder.
    pub fn sort(&mut self) {
        self.problems.sort_by(|a, b| {
            let key = |problem: &Problem| problem.place.as_ref().map(|place| (place.line, place.column));
            (a.severity, &a.file, key(a), a.rule).cmp(&(b.severity, &b.file, key(b), b.rule))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_behind_the_last_letter_is_the_end_of_its_line() {
        for (text, at) in [("G\r", 2), ("G\r\r\nH", 3), ("G", 1), ("G\n", 1)] {
            let place = Place::of(text, at..at + 1);
            assert_eq!((place.line, place.column, place.text.as_str(), place.part), (1, 2, "G", 1..1), "{text:?}");
        }
    }
}
