//! Looking into messages before anybody reads them: whether each has a value, names only what there is, keeps to the
//! length of its place, and has the wordings that its language needs.
//!
//! The messages built into the program say which values the bot fills in: those are the ones that it asks for. A message
//! that breaks an error's rule is not said: the built-in one stands in for it, so that a folder of another version serves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Term, VariantKey,
};

use crate::catalogue::{Files, Language, MAX_PROBLEMS, MESSAGES, Place, Problem, Rule, hides, nearest};
use crate::language::slots::slot;

/// The file of a language.
pub(super) fn path(language: Language) -> String {
    format!("{MESSAGES}/{language}.ftl")
}

/// How many messages may be said through one another: Fluent calls itself for each.
const LONGEST_CHAIN: usize = 10;

/// How many messages and terms one message may be put together from. (Fluent stops at a hundred.)
const MOST_PARTS: usize = 90;

/// The words for numbers that Unicode's plural rules know.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The plural words that a language needs besides `other`. (Unicode CLDR; `many` of French and Spanish is for millions,
/// which no catalogue holds.)
const fn needed(language: Language, ordinal: bool) -> &'static [&'static str] {
    match (language, ordinal) {
        (_, false) | (Language::Fr, true) => &["one"],
        (Language::En, true) => &["one", "two", "few"],
        (Language::Es, true) => &[],
    }
}

/// Whether numbers of a language are ever called so. (Unicode CLDR.)
fn has_plural(language: Language, ordinal: bool, word: &str) -> bool {
    let many = matches!((language, ordinal), (Language::Fr | Language::Es, false)) && word == "many";
    word == "other" || many || needed(language, ordinal).contains(&word)
}

/// The message files built into the program, in the order of the languages.
static BUILT_IN: LazyLock<[Arc<FluentResource>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let bytes = Files::one_built_in(&path(language)).unwrap_or_default();
        let text = String::from_utf8_lossy(bytes).into_owned();
        // A test reads them all; if one were broken, what can be read of it would serve.
        Arc::new(FluentResource::try_new(text).unwrap_or_else(|(rest, _)| rest))
    })
});

/// What the built-in messages say of each other and of their values, in the order of the languages.
static KNOWN: LazyLock<[Outline<'static>; 3]> = LazyLock::new(|| {
    let [fr, en, es] = &*BUILT_IN;
    [fr, en, es].map(|file| Outline::of(file))
});

/// The messages of a language that are built into the program.
#[expect(clippy::indexing_slicing, reason = "the array holds one file for each language, in their order")]
pub(super) fn built_in(language: Language) -> &'static Arc<FluentResource> {
    &BUILT_IN[language.index()]
}

#[expect(clippy::indexing_slicing, reason = "the array holds one outline for each language, in their order")]
fn known(language: Language) -> &'static Outline<'static> {
    &KNOWN[language.index()]
}

/// The built-in wording of some messages, as a Fluent file.
pub(super) fn built_in_text(language: Language, keys: &HashSet<&str>) -> String {
    let source = built_in(language).source();
    let starts: Vec<(usize, &str)> =
        messages(built_in(language)).map(|(key, _)| (span(source, key).start, key)).collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([source.len()]);
    let wanted = starts.iter().zip(ends).filter(|((_, key), _)| keys.contains(key));
    wanted.filter_map(|((start, _), end)| source.get(*start..end)).collect()
}

/// The messages of a file with their keys.
fn messages(file: &FluentResource) -> impl Iterator<Item = (&str, &Message<&str>)> {
    file.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message)),
        _ => None,
    })
}

/// Where a part of a text stands in it.
fn span(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + part.len()).min(text.len())
}

/// What a value chooses between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Choice<'a> {
    /// The value's name as it stands in the text.
    variable: &'a str,
    ordinal: bool,
    keys: Vec<&'a str>,
    default: &'a str,
}

/// What a pattern names. Each is a part of the file's text, so that its place is known.
#[derive(Clone, Debug, Default)]
struct Named<'a> {
    variables: Vec<&'a str>,
    /// Those that are written out, not only chosen by.
    shown: Vec<&'a str>,
    messages: Vec<(&'a str, Option<&'a str>)>,
    terms: Vec<&'a str>,
    functions: Vec<&'a str>,
    /// What is said of how a number counts, and is neither "cardinal" nor "ordinal".
    strange_types: Vec<&'a str>,
    choices: Vec<Choice<'a>>,
}

impl<'a> Named<'a> {
    fn pattern(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => {
                let before = self.variables.len();
                self.inline(inline);
                self.shown.extend_from_slice(self.variables.get(before..).unwrap_or_default());
            }
            Expression::Select { selector, variants } => {
                self.inline(selector);
                if let Some((variable, ordinal)) = selected(selector) {
                    let key = |key: &VariantKey<&'a str>| match key {
                        VariantKey::Identifier { name } => *name,
                        VariantKey::NumberLiteral { value } => *value,
                    };
                    let keys = variants.iter().map(|variant| key(&variant.key)).collect();
                    let default = variants.iter().find(|variant| variant.default).map(|variant| key(&variant.key));
                    self.choices.push(Choice { variable, ordinal, keys, default: default.unwrap_or_default() });
                }
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => self.variables.push(id.name),
            InlineExpression::MessageReference { id, attribute } => {
                self.messages.push((id.name, attribute.as_ref().map(|attribute| attribute.name)));
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.terms.push(id.name);
                let positional = arguments.iter().flat_map(|arguments| &arguments.positional);
                positional.for_each(|argument| self.inline(argument));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.functions.push(id.name);
                self.strange_types
                    .extend(number_type(arguments).filter(|kind| !["cardinal", "ordinal"].contains(kind)));
                arguments.positional.iter().for_each(|argument| self.inline(argument));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }
}

/// How a number counts, where it is said.
fn number_type<'a>(arguments: &CallArguments<&'a str>) -> Option<&'a str> {
    arguments.named.iter().find_map(|argument| match argument.value {
        InlineExpression::StringLiteral { value } if argument.name.name == "type" => Some(value),
        _ => None,
    })
}

/// The value by which a selector chooses, and whether by its place in an order.
fn selected<'a>(selector: &InlineExpression<&'a str>) -> Option<(&'a str, bool)> {
    match selector {
        InlineExpression::VariableReference { id } => Some((id.name, false)),
        InlineExpression::FunctionReference { arguments, .. } => {
            let (variable, _) = arguments.positional.first().and_then(selected)?;
            Some((variable, number_type(arguments) == Some("ordinal")))
        }
        _ => None,
    }
}

/// The messages and terms of a file, and what each names.
#[derive(Default)]
struct Outline<'a> {
    messages: HashMap<&'a str, (&'a Message<&'a str>, Named<'a>)>,
    terms: HashMap<&'a str, (&'a Term<&'a str>, Named<'a>)>,
}

impl<'a> Outline<'a> {
    fn of(file: &'a FluentResource) -> Outline<'a> {
        let mut outline = Outline::default();
        for entry in file.entries() {
            let mut named = Named::default();
            match entry {
                Entry::Message(message) => {
                    message.value.iter().for_each(|value| named.pattern(value));
                    outline.messages.insert(message.id.name, (message, named));
                }
                Entry::Term(term) => {
                    named.pattern(&term.value);
                    outline.terms.insert(term.id.name, (term, named));
                }
                _ => {}
            }
        }
        outline
    }
}

/// One thing that a message may be said through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Part<'a> {
    Message(&'a str),
    Term(&'a str),
}

/// A file over the built-in one: what is said when a message of the file is said.
struct Overlaid<'a> {
    file: &'a Outline<'a>,
    built_in: &'a Outline<'a>,
}

impl<'a> Overlaid<'a> {
    fn message(&self, key: &str) -> Option<&'a (&'a Message<&'a str>, Named<'a>)> {
        self.file.messages.get(key).or_else(|| self.built_in.messages.get(key))
    }

    fn term(&self, key: &str) -> Option<&'a (&'a Term<&'a str>, Named<'a>)> {
        self.file.terms.get(key).or_else(|| self.built_in.terms.get(key))
    }

    fn named(&self, part: Part<'_>) -> Option<&'a Named<'a>> {
        match part {
            Part::Message(key) => self.message(key).map(|(_, named)| named),
            Part::Term(key) => self.term(key).map(|(_, named)| named),
        }
    }

    fn value(&self, part: Part<'_>) -> Option<&'a Pattern<&'a str>> {
        match part {
            Part::Message(key) => self.message(key).and_then(|(message, _)| message.value.as_ref()),
            Part::Term(key) => self.term(key).map(|(term, _)| &term.value),
        }
    }

    /// What a message is said through, itself first; or why it cannot be said.
    fn parts(&self, key: &'a str) -> Result<Vec<Part<'a>>, &'static str> {
        let (mut seen, mut parts) = (HashSet::from([Part::Message(key)]), vec![Part::Message(key)]);
        let mut level = vec![Part::Message(key)];
        for _ in 0..=LONGEST_CHAIN {
            let mut below = Vec::new();
            for named in level.iter().filter_map(|part| self.named(*part)) {
                let messages = named.messages.iter().map(|(key, _)| Part::Message(key));
                for part in messages.chain(named.terms.iter().map(|term| Part::Term(term))) {
                    if part == Part::Message(key) {
                        return Err("it refers to itself");
                    }
                    if seen.insert(part) {
                        parts.push(part);
                    }
                    below.push(part);
                    if parts.len() > MOST_PARTS || below.len() > MOST_PARTS {
                        return Err("it is put together from too many messages");
                    }
                }
            }
            if below.is_empty() {
                return Ok(parts);
            }
            level = below;
        }
        Err("it refers to messages that refer to one another")
    }

    /// The values that a pattern writes out whichever of its variants is said.
    fn always_shown(&self, pattern: &Pattern<&'a str>) -> BTreeSet<&'a str> {
        let shown = pattern.elements.iter().filter_map(|element| match element {
            PatternElement::Placeable { expression } => Some(self.always_shown_by(expression)),
            PatternElement::TextElement { .. } => None,
        });
        shown.flatten().collect()
    }

    fn always_shown_by(&self, expression: &Expression<&'a str>) -> BTreeSet<&'a str> {
        match expression {
            Expression::Select { selector, variants } => {
                let each = variants.iter().map(|variant| self.always_shown(&variant.value));
                let all = each.reduce(|all, one| &all & &one).unwrap_or_default();
                // "un proceso" shows its number in a word.
                all.into_iter().chain(selected(selector).map(|(variable, _)| variable)).collect()
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => self.always_shown_by(expression),
            // What another message shows in any way is taken as shown.
            Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                self.named(Part::Message(id.name)).into_iter().flat_map(|named| named.shown.iter().copied()).collect()
            }
            Expression::Inline(inline) => {
                let mut named = Named::default();
                named.inline(inline);
                named.variables.into_iter().collect()
            }
        }
    }

    /// The least and the most characters that a pattern shows, a value counting as one.
    fn length(&self, pattern: &Pattern<&str>) -> (usize, usize) {
        let mut sum = (0, 0);
        for element in &pattern.elements {
            let (least, most) = match element {
                PatternElement::TextElement { value } => {
                    (value.chars().filter(|character| !character.is_whitespace()).count(), value.chars().count())
                }
                PatternElement::Placeable { expression } => self.length_of(expression),
            };
            sum = (sum.0 + least, sum.1 + most);
        }
        sum
    }

    fn length_of(&self, expression: &Expression<&str>) -> (usize, usize) {
        match expression {
            Expression::Select { variants, .. } => {
                let lengths: Vec<_> = variants.iter().map(|variant| self.length(&variant.value)).collect();
                let least = lengths.iter().map(|(least, _)| *least).min().unwrap_or_default();
                (least, lengths.iter().map(|(_, most)| *most).max().unwrap_or_default())
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                (value.trim().chars().count(), value.chars().count())
            }
            Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                self.value(Part::Message(id.name)).map_or((1, 1), |pattern| self.length(pattern))
            }
            Expression::Inline(InlineExpression::TermReference { id, .. }) => {
                self.value(Part::Term(id.name)).map_or((1, 1), |pattern| self.length(pattern))
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => self.length_of(expression),
            Expression::Inline(_) => (1, 1),
        }
    }
}

/// What the bot fills into a message, and how the built-in wordings of every language choose by it.
struct Given {
    variables: BTreeSet<&'static str>,
    /// The words between which a value chooses, where it is no number.
    words: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

impl Given {
    fn to(key: &str) -> Option<Given> {
        let all: Vec<_> = Language::ALL.into_iter().filter_map(|language| known(language).messages.get(key)).collect();
        let mut given = Given { variables: BTreeSet::new(), words: BTreeMap::new() };
        for (_, named) in &all {
            given.variables.extend(&named.variables);
            for choice in &named.choices {
                let words = choice.keys.iter().filter(|word| !is_plural(word)).copied();
                given.words.entry(choice.variable).or_default().extend(words);
            }
        }
        given.words.retain(|_, words| !words.is_empty());
        (!all.is_empty()).then_some(given)
    }
}

/// Whether a variant's key is a number or a word for numbers.
fn is_plural(key: &str) -> bool {
    PLURALS.contains(&key) || key.parse::<f64>().is_ok()
}

/// Looks into the messages of a language. Gives the keys of those that cannot be said and for which the built-in ones
/// stand in.
pub(super) fn inspect<'a>(
    language: Language,
    file: &'a FluentResource,
    problems: &mut Vec<Problem>,
) -> HashSet<&'a str> {
    let (path, outline) = (path(language), Outline::of(file));
    let overlaid = Overlaid { file: &outline, built_in: known(language) };
    let mut inspector =
        Inspector { language, path: &path, text: file.source(), overlaid: &overlaid, problems, told: 0 };
    let mut unsaid = HashSet::new();
    let (mut seen, mut meant) = (HashSet::new(), HashSet::new());
    let referred: HashSet<&str> =
        outline.messages.values().flat_map(|(_, named)| named.messages.iter().map(|(key, _)| *key)).collect();
    for (key, message) in messages(file) {
        if !seen.insert(key) {
            inspector.twice(key);
            continue;
        }
        let Some((_, named)) = outline.messages.get(key).filter(|(last, _)| std::ptr::eq(*last, message)) else {
            // The last of two counts for Fluent; that there are two is told at the second.
            continue;
        };
        let given = Given::to(key);
        if given.is_none() && !referred.contains(key) {
            meant.extend(inspector.stranger(key));
        }
        if !inspector.can_be_said(key, message, named, given.as_ref()) {
            unsaid.insert(key);
        } else if let Some(given) = &given {
            inspector.wordings(key, named, given);
        }
    }
    let mut missing: Vec<&str> =
        messages(built_in(language)).map(|(key, _)| key).filter(|key| !outline.messages.contains_key(key)).collect();
    // What is there under a name with a slip is told as that.
    missing.retain(|key| !meant.contains(key));
    inspector.missing(&missing);
    unsaid
}

/// Tells what is wrong with the messages of one file.
struct Inspector<'a, 'p> {
    language: Language,
    path: &'a str,
    text: &'a str,
    overlaid: &'a Overlaid<'a>,
    problems: &'p mut Vec<Problem>,
    told: usize,
}

impl<'a> Inspector<'a, '_> {
    fn tell(&mut self, rule: Rule, part: Option<&str>, message: String, help: String) {
        self.told += 1;
        if self.told <= MAX_PROBLEMS {
            let place = part.map(|part| Place::of(self.text, span(self.text, part)));
            self.problems.push(Problem::new(rule, self.path, place, message, help));
        }
    }

    fn twice(&mut self, key: &str) {
        let help = "each key stands once in a file: remove or rename one of the two".to_owned();
        self.tell(Rule::MessageSyntax, Some(key), format!("the message {key:?} stands twice"), help);
    }

    /// Tells of a message that the bot does not say; the one that is meant, perhaps.
    fn stranger(&mut self, key: &str) -> Option<&'a str> {
        // Looking for a near one costs more than a hostile file is worth.
        if self.told >= MAX_PROBLEMS {
            return None;
        }
        let known: Vec<&str> = self.overlaid.built_in.messages.keys().copied().collect();
        let near = nearest(key, &known);
        let help = match near {
            Some(near) => format!("did you mean {near:?}? Otherwise it may belong to another version of the program"),
            None => "it may belong to another version of the program; it does no harm".to_owned(),
        };
        self.tell(Rule::UnknownMessage, Some(key), format!("the bot says no message {key:?}"), help);
        near
    }

    fn missing(&mut self, keys: &[&str]) {
        let [first, rest @ ..] = keys else { return };
        let (others, are) = match rest.len() {
            0 => (String::new(), "is"),
            1 => (" and 1 other".to_owned(), "are"),
            count => (format!(" and {count} others"), "are"),
        };
        let message = format!("the message {first:?}{others} {are} missing: what is built into the program is said");
        let mut names: Vec<&str> = keys.iter().copied().take(20).collect();
        if keys.len() > names.len() {
            names.push("…");
        }
        self.tell(Rule::MissingMessage, None, message, format!("add to {}: {}", self.path, names.join(", ")));
    }

    /// The rules without which a message cannot be said.
    fn can_be_said(
        &mut self,
        key: &'a str,
        message: &Message<&'a str>,
        named: &Named<'a>,
        given: Option<&Given>,
    ) -> bool {
        let told = self.told;
        let Some(value) = &message.value else {
            let help = format!("write the text after {key} =; the bot does not say what stands under it with a dot");
            self.tell(Rule::BadMessage, Some(key), format!("the message {key:?} has no text of its own"), help);
            return false;
        };
        if let Some(text) = hiding(value) {
            let message = format!("the message {key:?} holds a character that cannot be seen");
            let help = "write the text anew by hand; copying from a web page brings such characters in".to_owned();
            self.tell(Rule::BadMessage, Some(text), message, help);
        }
        self.references(named);
        if let Some(given) = given {
            self.values(&named.variables, given);
        }
        match self.overlaid.parts(key) {
            Err(why) => {
                let help = "write the text out instead".to_owned();
                self.tell(Rule::BadMessage, Some(key), format!("the message {key:?} cannot be said: {why}"), help);
            }
            Ok(parts) => {
                if let Some(given) = given {
                    self.values_of_parts(key, &parts, given);
                }
                if self.told == told {
                    self.fits(key, value);
                }
            }
        }
        self.told == told
    }

    fn references(&mut self, named: &Named<'a>) {
        for (wanted, attribute) in &named.messages {
            match self.overlaid.message(wanted) {
                None => {
                    let known: Vec<&str> = self.overlaid.built_in.messages.keys().copied().collect();
                    let help =
                        or_near(wanted, &known, "$", "write { $name } for a value, or the key of another message");
                    self.tell(Rule::BadMessage, Some(wanted), format!("there is no message {wanted:?}"), help);
                }
                Some((found, _)) => {
                    let there = match attribute {
                        None => found.value.is_some(),
                        Some(attribute) => found.attributes.iter().any(|one| one.id.name == *attribute),
                    };
                    if !there {
                        let what =
                            attribute.map_or_else(|| "text of its own".to_owned(), |one| format!("part {one:?}"));
                        let message = format!("the message {wanted:?} has no {what}");
                        self.tell(Rule::BadMessage, Some(wanted), message, "write the text out instead".to_owned());
                    }
                }
            }
        }
        for term in &named.terms {
            if self.overlaid.term(term).is_none() {
                let help = format!("add -{term} = … to this file, or write the text out");
                self.tell(Rule::BadMessage, Some(term), format!("there is no term \"-{term}\""), help);
            }
        }
        for function in named.functions.iter().filter(|function| **function != "NUMBER") {
            let message = format!("there is no function {function:?}");
            self.tell(Rule::BadMessage, Some(function), message, "the only function is NUMBER".to_owned());
        }
    }

    fn values(&mut self, variables: &[&'a str], given: &Given) {
        for variable in variables.iter().filter(|variable| !given.variables.contains(*variable)) {
            let known: Vec<&str> = given.variables.iter().copied().collect();
            let all: Vec<String> = known.iter().map(|name| format!("${name}")).collect();
            let otherwise = match all.as_slice() {
                [] => "this message is given no values: write the text without { }".to_owned(),
                all => format!("this message is given {}", all.join(", ")),
            };
            let help = or_near(variable, &known, "$", &otherwise);
            self.tell(Rule::BadMessage, Some(variable), format!("there is no value ${variable} here"), help);
        }
    }

    /// What is said through a message gets the values of that message and no others.
    fn values_of_parts(&mut self, key: &str, parts: &[Part<'a>], given: &Given) {
        for part in parts.iter().skip(1) {
            let Part::Message(other) = part else { continue };
            let variables = self.overlaid.named(*part).map(|named| named.variables.as_slice()).unwrap_or_default();
            if let Some(lacking) = variables.iter().find(|variable| !given.variables.contains(*variable)) {
                let message = format!("the message {key:?} refers to {other:?}, which wants ${lacking}");
                let help = format!("write the text out: {key} is not given ${lacking}");
                self.tell(Rule::BadMessage, Some(key), message, help);
            }
        }
    }

    /// The length of what is shown, where it stands.
    fn fits(&mut self, key: &str, value: &Pattern<&str>) {
        let Some(slot) = slot(key) else { return };
        let (least, most) = self.overlaid.length(value);
        if least == 0 {
            let message = format!("the message {key:?} can be empty, and {} never is", slot.name);
            self.tell(Rule::BadMessage, Some(key), message, "write a text for every case".to_owned());
        } else if most > slot.most {
            let message =
                format!("the message {key:?} has up to {most} characters; {} has at most {}", slot.name, slot.most);
            self.tell(Rule::BadMessage, Some(key), message, "shorten it".to_owned());
        }
    }

    /// What may be meant and is more often a slip: told, and said all the same.
    fn wordings(&mut self, key: &'a str, named: &Named<'a>, given: &Given) {
        let built_in = self.overlaid.built_in.messages.get(key).map(|(_, named)| named);
        for choice in &named.choices {
            self.choice(choice, built_in, given);
        }
        for kind in &named.strange_types {
            let help = "write type: \"ordinal\" for first, second, third; a number counts without it".to_owned();
            self.tell(Rule::IncompleteMessage, Some(kind), format!("no number is of the type {kind:?}"), help);
        }
        let Some(built_in) = built_in else { return };
        let parts = self.overlaid.parts(key).unwrap_or_default();
        let all = || parts.iter().filter_map(|part| self.overlaid.named(*part));
        let used: HashSet<&str> = all().flat_map(|named| named.variables.iter().copied()).collect();
        let shown: HashSet<&str> = all().flat_map(|named| named.shown.iter().copied()).collect();
        let unused = built_in.variables.iter().filter(|name| !used.contains(*name));
        let unshown = built_in.shown.iter().filter(|name| !shown.contains(*name));
        let always = |overlaid: &Overlaid<'a>| -> BTreeSet<&'a str> {
            overlaid.value(Part::Message(key)).map(|value| overlaid.always_shown(value)).unwrap_or_default()
        };
        let built_in_alone = Overlaid { file: self.overlaid.built_in, built_in: self.overlaid.built_in };
        let (before, now) = (always(&built_in_alone), always(self.overlaid));
        // Of a message that is said through others it is enough that they show it.
        let sometimes = before.iter().filter(|name| !now.contains(*name) && parts.len() == 1);
        let mut left_out: Vec<&str> = unused.chain(unshown).chain(sometimes).copied().collect();
        left_out.sort_unstable();
        left_out.dedup();
        for variable in left_out {
            let message = format!("the message {key:?} leaves out ${variable}");
            let help = format!("write {{ ${variable} }} where it belongs, unless it is left out on purpose");
            self.tell(Rule::IncompleteMessage, Some(key), message, help);
        }
        // "2nd" becomes "2th" where the place in an order is only counted.
        for choice in named.choices.iter().filter(|choice| !choice.ordinal) {
            let same = built_in.choices.iter().find(|one| one.variable == choice.variable);
            if same.is_some_and(|same| same.ordinal) && named.strange_types.is_empty() {
                let message = format!("${} is a place in an order, and is counted here", choice.variable);
                let help = format!("write {{ NUMBER(${}, type: \"ordinal\") -> … }}", choice.variable);
                self.tell(Rule::IncompleteMessage, Some(choice.variable), message, help);
            }
        }
        // A value that the built-in wording counts by is used here without counting.
        for counted in &built_in.choices {
            let lacks = needed(self.language, counted.ordinal).iter().find(|word| counted.keys.contains(word));
            let chooses = named.choices.iter().any(|choice| choice.variable == counted.variable);
            if let (Some(word), false, true) = (lacks, chooses, used.contains(counted.variable)) {
                self.lacking(key, word, counted.variable);
            }
        }
    }

    fn choice(&mut self, choice: &Choice<'a>, built_in: Option<&Named<'_>>, given: &Given) {
        let words = given.words.get(choice.variable);
        let told = self.told;
        let is_number = |key: &str| {
            let word = PLURALS.contains(&key);
            if word { has_plural(self.language, choice.ordinal, key) } else { is_plural(key) }
        };
        let strange: Vec<&str> = choice.keys.iter().copied().filter(|key| !is_number(key)).collect();
        for key in &strange {
            let known = words.is_some_and(|words| words.contains(key));
            // The default is what is said when nothing else fits, and may be called anything.
            if known || *key == choice.default {
                continue;
            }
            let plurals = || {
                let known = |word: &&str| has_plural(self.language, choice.ordinal, word);
                PLURALS.into_iter().filter(known).collect::<Vec<_>>()
            };
            let known: Vec<&str> = words.map_or_else(plurals, |words| words.iter().copied().collect());
            let otherwise = format!("${} may be: {}", choice.variable, known.join(", "));
            let help = or_near(key, &known, "", &otherwise);
            self.tell(Rule::IncompleteMessage, Some(key), format!("nothing is ever {key:?}"), help);
        }
        // A word that nothing is, is mostly a slip for the one that lacks: told once.
        if words.is_some() || self.told > told {
            return;
        }
        let same = built_in.into_iter().flat_map(|named| &named.choices).find(|one| one.variable == choice.variable);
        for word in needed(self.language, choice.ordinal) {
            let there = choice.keys.contains(word) || (*word == "one" && choice.keys.contains(&"1"));
            let elsewhere = same.is_none_or(|same| same.keys.contains(word));
            if !there && elsewhere {
                self.lacking(choice.variable, word, choice.variable);
            }
        }
    }

    fn lacking(&mut self, part: &str, word: &str, variable: &str) {
        let message = format!("the wording [{word}] for ${variable} is missing");
        let help = format!("write {{ ${variable} -> [{word}] … *[other] … }}, as the language changes with the number");
        self.tell(Rule::IncompleteMessage, Some(part), message, help);
    }
}

/// A text of a message, in whichever of its wordings, that holds a character which cannot be seen.
fn hiding<'a>(pattern: &Pattern<&'a str>) -> Option<&'a str> {
    pattern.elements.iter().find_map(|element| match element {
        // Line ends and what indents a line are seen.
        PatternElement::TextElement { value } => {
            Some(*value).filter(|value| value.split(['\n', '\r', '\t']).any(hides))
        }
        PatternElement::Placeable { expression } => hiding_in(expression),
    })
}

fn hiding_in<'a>(expression: &Expression<&'a str>) -> Option<&'a str> {
    match expression {
        Expression::Select { variants, .. } => variants.iter().find_map(|variant| hiding(&variant.value)),
        Expression::Inline(InlineExpression::Placeable { expression }) => hiding_in(expression),
        Expression::Inline(_) => None,
    }
}

fn or_near(typed: &str, known: &[&str], mark: &str, otherwise: &str) -> String {
    match nearest(typed, known) {
        Some(near) => format!("did you mean {mark}{near}? Otherwise: {otherwise}"),
        None => otherwise.to_owned(),
    }
}
