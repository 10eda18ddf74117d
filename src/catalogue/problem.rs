//! What can be wrong with a catalogue, and how it is told: rule, file, line, column, the offending line, the mend.
//!
//! The rules themselves are applied in `read` (one file) and `check` (between records); here is only how a finding
//! looks to a moderator at a terminal, in a chat message or in a tool that reads JSON.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

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
    /// A key is one of those that the model knows.
    UnknownKey = "unknown-key", Error;
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
    /// A message of `messages/` has the same key in every language.
    MissingMessage = "missing-message", Error;
    /// A message file is Fluent.
    MessageSyntax = "message-syntax", Error;
    /// A file belongs to the catalogue.
    UnknownFile = "unknown-file", Warning;
    /// Facts were collected less than a year ago.
    StaleFacts = "stale-facts", Warning;
    /// A chair is known to hold within the last three years.
    OldChair = "old-chair", Warning;
    /// A text is there in every language.
    MissingTranslation = "missing-translation", Warning;
    /// An address uses https.
    HttpLink = "http-link", Warning;
    /// A source supports a statement.
    UncitedSource = "uncited-source", Warning;
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
}

impl Problem {
    /// A breach of `rule` in `file`.
    pub fn new(rule: Rule, file: &str, place: Option<Place>, message: String, help: String) -> Problem {
        let [message, help] = [message, help].map(|words| match words.char_indices().nth(LONGEST_WORDS) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        });
        Problem { severity: rule.severity(), rule, file: file.to_owned(), place, message, help }
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
            None => title.element(annotate_snippets::Origin::path(if self.file.is_empty() { "." } else { &self.file })),
        };
        renderer.render(&[problem, Group::with_title(Level::HELP.secondary_title(&self.help))])
    }
}

/// One line: for logs and lists.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(place) = &self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {} [{}]; {}", self.message, self.rule.name(), self.help)
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

    /// Whether nothing speaks against serving the catalogue.
    pub fn is_acceptable(&self) -> bool {
        self.errors().next().is_none()
    }

    /// Puts the problems in the order of files, lines and columns, so that a report reads like the folder.
    pub fn sort(&mut self) {
        self.problems.sort_by(|a, b| {
            let key = |problem: &Problem| problem.place.as_ref().map(|place| (place.line, place.column));
            (a.severity, &a.file, key(a), a.rule).cmp(&(b.severity, &b.file, key(b), b.rule))
        });
    }
}
