//! Which entries a message names: processes, organisations, global meetings and terms, by any of their names.
//!
//! A message is read word by word. At each place the longest name counts, whatever else is called like a part of it. A
//! name of several words is met however its letters, articles and plurals are written. An acronym counts as it is written:
//! one that cannot be mistaken in any case of its letters, any other in capitals, and one that is a word or stands for
//! something else as well ([`is_ambiguous`]) only where the words around it belong to the field.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use unicode_normalization::char::is_combining_mark;

use crate::catalogue::fold::{fold, fold_within, squeeze};
use crate::catalogue::{Catalogue, FastMap, Language, Moved};
use crate::lookup::Entity;
use crate::lookup::field::{Bearing, bearing, is_ambiguous, is_generic, is_of_field, is_plain};
use crate::lookup::forms::{self, FormKind, Weights};
use crate::lookup::stop::is_stop_word;

/// The characters of a message that are read: the longest message that Discord takes, and the most that the texts of its
/// embeds hold together. (Discord: resources/message, "Embed Limits".)
pub const MAX_CITING: usize = 10_000;

/// How much of a word is looked at, in characters.
const LONGEST_WORD: usize = 60;

/// How many words before and behind an acronym tell what it is about.
const AROUND: usize = 14;

/// How much the words around an acronym must say in favour of the field: more than one word does.
const ENOUGH: i32 = 3;

/// The most words of an acronym: "ACP-EU MD".
const ACRONYM_WORDS: usize = 4;

/// The names of a catalogue's entries as messages have them. They are made ready when they are first needed, or by
/// [`CitedNames::prepare`] behind a reload. It belongs to one catalogue: every call must be given the same.
#[derive(Debug, Default, PartialEq)]
pub struct CitedNames(Arc<OnceLock<Index>>);

/// What is made ready.
#[derive(Debug, Default, PartialEq)]
struct Index {
    entries: Vec<Entry>,
    /// The words of names, without plurals and doubled letters.
    words: FastMap<Box<str>, u32>,
    /// From a node and a word to the node behind it. Node 0 is the beginning of every name.
    steps: FastMap<(u32, u32), u32>,
    /// The names that end at a node.
    ends: FastMap<u32, Vec<Form>>,
    nodes: u32,
    /// The acronyms, folded, without spaces.
    acronyms: FastMap<Box<str>, Vec<Form>>,
    /// The processes that are called after a place and nothing more, by the place: "Rabat Process".
    after_places: FastMap<u32, u32>,
}

#[derive(Debug, PartialEq)]
struct Entry {
    entity: Entity,
    id: Box<str>,
    /// What its name says of what a text is about: of processes most, of bodies that deal with migration more than of
    /// others.
    weight: i32,
}

/// A name of an entry.
#[derive(Debug, PartialEq)]
struct Form {
    entry: u32,
    kind: FormKind,
    /// What it needs to count.
    need: Need,
    /// An acronym, and the acronyms in a name, as they are written, without spaces: what has capitals here has them in the
    /// message.
    written: Box<[Box<str>]>,
}

/// What a name needs to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Nothing more.
    Nothing,
    /// A capital, or a word of the field nearby: "we must save the children" names nobody.
    Phrase,
    /// No words of another field nearby: "COMMIT Process".
    Neutral,
    /// A word of the field nearby, where it is written in small letters; and no word of another without one.
    Capitals,
    /// Capitals, and words of the field nearby.
    Field,
}

/// A word of names, looked at once: thousands of names share their words.
#[derive(Clone, Copy, Debug)]
struct NameWord {
    /// Its number among the words without plurals and doubled letters.
    word: u32,
    is_generic: bool,
    is_of_field: bool,
    is_stop: bool,
}

/// Makes an index, name by name.
#[derive(Default)]
struct IndexBuilder {
    index: Index,
    /// The words that were looked at already, by their letters.
    known: FastMap<Box<str>, NameWord>,
}

/// A word of a message.
struct Token {
    /// Folded.
    letters: String,
    /// The letters and digits as they are written.
    raw: String,
    /// The word without plural and doubled letters, if any name has it.
    word: Option<u32>,
    /// Whether nothing but a hyphen or the like parts it from the word before.
    is_joined: bool,
    is_code: bool,
    is_article: bool,
}

/// A place that may name entries.
struct Place<'i> {
    tokens: Range<usize>,
    forms: Vec<&'i Form>,
}

impl CitedNames {
    /// Makes the names ready, which is otherwise done when they are first needed.
    pub fn prepare(&self, catalogue: &Catalogue) {
        self.index(catalogue);
    }

    /// The same names, shared, if nobody is called otherwise than in the catalogue before: most changes are of other facts.
    /// Else names that are still to be made ready.
    pub(crate) fn edited(&self, moved: &Moved<'_>) -> CitedNames {
        let (before, now) = (moved.former, moved.now);
        let is_same = before.organisations == now.organisations
            && before.glossary == now.glossary
            && before.meetings == now.meetings
            && before.countries == now.countries
            && moved.gone == moved.come
            && moved.gone().zip(moved.come()).all(|(gone, come)| forms::are_called_alike(gone, come));
        if is_same { CitedNames(Arc::clone(&self.0)) } else { CitedNames::default() }
    }

    fn index(&self, catalogue: &Catalogue) -> &Index {
        self.0.get_or_init(|| IndexBuilder::default().build(catalogue))
    }

    /// The entries that a text names, each once: processes first, then organisations, global meetings and terms, each kind
    /// in the order of the text. No more than the first [`MAX_CITING`] characters are read.
    pub fn find(&self, catalogue: &Catalogue, text: &str) -> Vec<(Entity, &str)> {
        self.index(catalogue).find(text)
    }
}

impl IndexBuilder {
    fn build(mut self, catalogue: &Catalogue) -> Index {
        // Which entry is met first in lists says nothing here.
        let weights = Weights::default();
        for entity in [Entity::Process, Entity::Organisation, Entity::Term] {
            for entry in forms::entries(catalogue, &weights, entity) {
                let number = self.index.entries.len() as u32;
                let is_of_field = || entry.names.iter().any(|name| fold(name).split(' ').any(is_of_field));
                let weight = match entity {
                    Entity::Process => 3,
                    Entity::Organisation => 1 + i32::from(is_of_field()),
                    _ => 0,
                };
                self.index.entries.push(Entry { entity, id: entry.id.as_str().into(), weight });
                for form in &entry.forms {
                    self.add(number, entity, form.kind, &form.text);
                }
            }
        }
        for (id, names) in meetings(catalogue, &weights) {
            let number = self.index.entries.len() as u32;
            self.index.entries.push(Entry { entity: Entity::Meeting, id: id.as_str().into(), weight: 0 });
            for (name, need) in names {
                match need {
                    Some(need) => self.add_name(number, FormKind::Alias, &name, Some(need)),
                    None => self.add(number, Entity::Meeting, FormKind::Full, &name),
                }
            }
        }
        self.index
    }

    fn add(&mut self, entry: u32, entity: Entity, kind: FormKind, text: &str) {
        let text = text.trim();
        let is_one_word = !text.contains(char::is_whitespace);
        let upper = text.chars().filter(|letter| letter.is_uppercase()).count();
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        if kind == FormKind::Acronym || is_one_word && upper >= 2 && upper * 2 >= letters {
            let squeezed = squeeze(&fold(text));
            if squeezed.chars().count() < 2 {
                return;
            }
            let need = if is_ambiguous(&squeezed) { Need::Field } else { Need::Capitals };
            let written = vec![unpunctuated(text).into_boxed_str()].into_boxed_slice();
            let form = Form { entry, kind: FormKind::Acronym, need, written };
            self.index.acronyms.entry(squeezed.into()).or_default().push(form);
            return;
        }
        // What stands in brackets is another name only where it begins like one.
        if kind == FormKind::Part && (is_one_word || !text.starts_with(char::is_uppercase)) {
            return;
        }
        // "Chair" and "secretariat" stand in every text.
        let is_everywhere = |folded: &str| !folded.contains(' ') && !is_of_field(folded);
        if entity == Entity::Term && is_everywhere(&fold(text)) {
            return;
        }
        self.add_name(entry, kind, text, None);
    }

    /// What a word of a name says.
    fn word_of(&mut self, letters: &str) -> NameWord {
        if let Some(word) = self.known.get(letters) {
            return *word;
        }
        let next = self.index.words.len() as u32;
        let word = NameWord {
            word: *self.index.words.entry(plain(letters).into()).or_insert(next),
            is_generic: is_generic(letters),
            is_of_field: is_of_field(letters),
            is_stop: is_stop_word(letters),
        };
        self.known.insert(letters.into(), word);
        word
    }

    fn add_name(&mut self, entry: u32, kind: FormKind, text: &str, need: Option<Need>) {
        let (mut written, mut tells, mut has_generic) = (Vec::new(), false, false);
        let mut node = 0;
        let tokens = tokens(text);
        let mut telling: Vec<(&Token, NameWord)> = Vec::new();
        for token in &tokens {
            let word = self.word_of(&token.letters);
            if !word.is_stop && !token.letters.starts_with(PROCESS) {
                telling.push((token, word));
            }
            if token.is_article {
                continue;
            }
            let is_upper = is_acronym(&token.raw);
            if is_upper {
                written.push(token.raw.clone().into_boxed_str());
            }
            has_generic |= word.is_generic || word.is_of_field;
            tells |= !(word.is_generic || word.is_stop || is_upper && is_ambiguous(&token.letters));
            node = *self.index.steps.entry((node, word.word)).or_insert_with(|| {
                self.index.nodes += 1;
                self.index.nodes
            });
        }
        if node == 0 {
            return;
        }
        let is_one_word = tokens.len() == 1 && !tokens.iter().any(|token| is_of_field(&token.letters));
        let entity = self.index.entries.get(entry as usize).map(|entry| entry.entity);
        let is_process = tokens.iter().any(|token| token.letters.starts_with(PROCESS));
        if let (Some(Entity::Process), true, [(place, word)]) = (entity, is_process, telling.as_slice())
            && !is_acronym(&place.raw)
        {
            self.index.after_places.insert(word.word, entry);
        }
        let ours = match entity {
            _ if is_one_word => Need::Field,
            Some(Entity::Process) if !tells && !written.is_empty() => Need::Neutral,
            _ if !tells => Need::Field,
            Some(Entity::Process | Entity::Organisation) if !has_generic => Need::Phrase,
            _ => Need::Nothing,
        };
        let form = Form { entry, kind, need: need.unwrap_or(ours), written: written.into() };
        self.index.ends.entry(node).or_default().push(form);
    }
}

impl Index {
    fn find(&self, text: &str) -> Vec<(Entity, &str)> {
        let mut tokens = tokens(text);
        for token in &mut tokens {
            token.word = self.words.get(plain(&token.letters).as_str()).copied();
        }
        let places = self.places(&tokens);
        let shouts = shouts(&tokens);
        let weights = weights(self, &tokens, &places);
        let mut found: Vec<(u32, usize)> = Vec::new();
        for place in &places {
            let around = favour(&weights, &place.tokens);
            let counting: Vec<&Form> =
                place.forms.iter().copied().filter(|form| counts(form, &tokens, place, around, shouts)).collect();
            let rank = |form: &Form| {
                let entity = self.entries.get(form.entry as usize).map(|entry| entry.entity);
                // A body before a term that is called so too; a whole name before a part of one.
                let is_part = matches!(form.kind, FormKind::Bare | FormKind::Part);
                (is_part, matches!(entity, Some(Entity::Term | Entity::Meeting)))
            };
            found.extend(self.named_along(&counting, &tokens, &place.tokens).map(|entry| (entry, place.tokens.start)));
            let best = counting.iter().map(|form| rank(form)).min();
            let best = counting.into_iter().filter(|form| Some(rank(form)) == best);
            found.extend(best.map(|form| (form.entry, place.tokens.start)));
        }
        let mut named: Vec<(usize, usize, Entity, &str)> = found
            .into_iter()
            .filter_map(|(entry, place)| {
                let Entry { entity, id, .. } = self.entries.get(entry as usize)?;
                let order = ORDER.iter().position(|one| one == entity)?;
                Some((order, place, *entity, &**id))
            })
            .collect();
        named.sort_by_key(|(order, place, ..)| (*order, *place));
        let mut seen = HashSet::new();
        named.retain(|(_, _, entity, id)| seen.insert((*entity, *id)));
        named.into_iter().map(|(_, _, entity, id)| (entity, id)).collect()
    }

    /// The processes that are named along with one by their places alone: "the Rabat and Khartoum Processes".
    fn named_along(&self, counting: &[&Form], tokens: &[Token], here: &Range<usize>) -> impl Iterator<Item = u32> {
        let is_after_place = counting.iter().any(|form| self.after_places.values().any(|entry| *entry == form.entry));
        let run = |tokens: &mut dyn Iterator<Item = &Token>| {
            let (mut joined, mut along) = (false, Vec::new());
            for token in tokens {
                let place = token.word.and_then(|word| self.after_places.get(&word));
                match place.filter(|_| token.raw.starts_with(char::is_uppercase)) {
                    Some(entry) => along.push(*entry),
                    None if AND.contains(&token.letters.as_str()) => joined = true,
                    None if matches!(token.letters.as_str(), "d" | "de" | "del" | "du") => {}
                    None => break,
                }
            }
            if joined { along } else { Vec::new() }
        };
        let mut along = Vec::new();
        if is_after_place {
            along.extend(run(&mut tokens.iter().skip(here.end)));
            along.extend(run(&mut tokens.iter().take(here.start).rev()));
        }
        along.into_iter()
    }

    /// The places that may name entries, from the beginning on, the longest name at each.
    fn places(&self, tokens: &[Token]) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let name = self.name_at(tokens, at);
            let acronym = self.acronym_at(tokens, at);
            // Of a name and an acronym the longer; of equals both.
            let place = match (name, acronym) {
                (Some(mut name), Some(acronym)) if name.tokens == acronym.tokens => {
                    name.forms.extend(acronym.forms);
                    Some(name)
                }
                (Some(name), Some(acronym)) if name.tokens.end < acronym.tokens.end => Some(acronym),
                (name, acronym) => name.or(acronym),
            };
            at = place.as_ref().map_or(at + 1, |place| place.tokens.end);
            places.extend(place);
        }
        places
    }

    /// The longest name that begins at a word.
    fn name_at(&self, tokens: &[Token], start: usize) -> Option<Place<'_>> {
        let (mut node, mut best) = (0, None);
        for (at, token) in tokens.iter().enumerate().skip(start) {
            if token.is_article && at > start {
                continue;
            }
            let Some(next) = token.word.and_then(|word| self.steps.get(&(node, word))) else { break };
            node = *next;
            if let Some(forms) = self.ends.get(&node) {
                best = Some((at + 1, forms));
            }
        }
        best.map(|(end, forms)| Place { tokens: start..end, forms: forms.iter().collect() })
    }

    /// The longest acronym that begins at a word.
    fn acronym_at(&self, tokens: &[Token], start: usize) -> Option<Place<'_>> {
        let mut squeezed = String::new();
        let mut best = None;
        for (at, token) in tokens.iter().enumerate().skip(start).take(ACRONYM_WORDS) {
            squeezed.push_str(&token.letters);
            if squeezed.len() > LONGEST_WORD {
                break;
            }
            // "PCRs"; but "iom's" are two words.
            let singular = squeezed.strip_suffix('s').filter(|_| token.raw.len() > 1 && token.raw.ends_with('s'));
            let forms = self.acronyms.get(squeezed.as_str());
            let forms = forms.or_else(|| self.acronyms.get(singular?)).filter(|_| !token.is_article || at == start);
            best = forms.map(|forms| Place { tokens: start..at + 1, forms: forms.iter().collect() }).or(best);
        }
        best
    }
}

/// Whether a name counts at its place, beside words that say so much in favour of the field.
fn counts(form: &Form, tokens: &[Token], place: &Place<'_>, favour: i32, shouts: bool) -> bool {
    let Some(here) = tokens.get(place.tokens.clone()) else { return false };
    let is_code = here.iter().any(|token| token.is_code);
    if form.kind != FormKind::Acronym {
        let is_written = |written: &str| {
            // "secrétariat de la sadc": nothing else is called so.
            !is_ambiguous(&squeeze(&fold(written)))
                || here.iter().any(|token| letters_of(&token.raw, written) == Case::AsWritten)
        };
        let is_named = here.iter().any(|token| token.raw.starts_with(char::is_uppercase));
        return form.written.iter().all(|written| is_written(written))
            && match form.need {
                Need::Field => !is_code && favour >= ENOUGH,
                Need::Neutral => !is_code && favour >= 0,
                Need::Phrase if !is_named => favour >= 1,
                _ => true,
            };
    }
    let Some(written) = form.written.first() else { return false };
    let raw: String = here.iter().map(|token| token.raw.as_str()).collect();
    let case = letters_of(&raw, written);
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_whole = case == Case::AsWritten || here.iter().skip(1).all(|token| token.is_joined);
    if is_code || case == Case::Other || !is_whole {
        return false;
    }
    match (form.need, case) {
        (Need::Field, Case::AsWritten) => !shouts && favour >= ENOUGH,
        (Need::Field, _) => false,
        (_, Case::AsWritten) => letters >= 5 || is_plain(&fold(written)) || favour > -ENOUGH,
        _ if letters >= 5 => favour > -ENOUGH,
        _ => letters >= 3 && favour >= 2,
    }
}

/// How the word for a process begins, folded, in every language.
const PROCESS: &str = "proces";

/// The words that join names, folded.
const AND: [&str; 8] = ["and", "e", "et", "o", "or", "ou", "u", "y"];

/// The order of the kinds.
const ORDER: [Entity; 4] = [Entity::Process, Entity::Organisation, Entity::Meeting, Entity::Term];

/// How letters are written that are those of an acronym.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// As the catalogue does, or in capitals.
    AsWritten,
    /// In small letters, or as a name: "Cedeao".
    Lower,
    /// In some other way.
    Other,
}

/// How an acronym is written, its plural included: "PCRs".
fn letters_of(raw: &str, written: &str) -> Case {
    let same = |raw: &str| {
        if raw == written || fold(raw) == fold(written) && raw.to_uppercase() == raw {
            Some(Case::AsWritten)
        } else if fold(raw) == fold(written) && raw.chars().skip(1).all(|letter| !letter.is_uppercase()) {
            Some(Case::Lower)
        } else {
            None
        }
    };
    same(raw).or_else(|| same(raw.strip_suffix('s')?)).unwrap_or(Case::Other)
}

/// Whether a word is written as acronyms are.
fn is_acronym(raw: &str) -> bool {
    let upper = raw.chars().filter(|letter| letter.is_uppercase()).count();
    upper >= 2 && upper * 2 >= raw.chars().count()
}

/// Whether a text is written in capitals altogether, so that they say nothing.
fn shouts(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.raw.chars().filter(|letter| letter.is_alphabetic()).count() >= 2);
    let (mut all, mut upper) = (0, 0);
    for token in words {
        all += 1;
        upper += usize::from(token.raw.to_uppercase() == token.raw && token.raw.chars().any(char::is_uppercase));
    }
    all >= 4 && upper * 10 >= all * 7
}

/// How much each word of a message says in favour of the field.
fn weights(index: &Index, tokens: &[Token], places: &[Place<'_>]) -> Vec<i32> {
    let weigh = |token: &Token| match bearing(&token.letters) {
        Some(Bearing::Field) => 2,
        Some(Bearing::Diplomacy) => 1,
        Some(Bearing::Elsewhere) => -ENOUGH,
        None => 0,
    };
    let mut weights: Vec<i32> = tokens.iter().map(weigh).collect();
    for place in places {
        let clear = place.forms.iter().filter(|form| match form.need {
            Need::Nothing | Need::Phrase | Need::Neutral => true,
            Need::Capitals => form.kind == FormKind::Acronym,
            Need::Field => false,
        });
        let clear = clear.filter_map(|form| index.entries.get(form.entry as usize)).map(|entry| entry.weight).max();
        // A name says as much however many words it has.
        if let (Some(weight), Some(here)) = (clear.filter(|weight| *weight > 0), weights.get_mut(place.tokens.clone()))
        {
            here.fill(0);
            here.iter_mut().take(1).for_each(|first| *first = weight);
        }
    }
    weights
}

/// How much the words around a place say in favour of the field; less than 0 against it.
fn favour(weights: &[i32], place: &Range<usize>) -> i32 {
    let sum = |range: Range<usize>| weights.get(range).unwrap_or_default().iter().sum::<i32>();
    let end = (place.end + AROUND).min(weights.len());
    sum(place.start.saturating_sub(AROUND)..place.start) + sum(place.end..end)
}

/// A word without what plurals and typing add: the endings s, x and e, and the second of two equal letters. The same is
/// done to names, so that nothing need be a word.
fn plain(letters: &str) -> String {
    match letters {
        "d" | "del" | "des" | "du" => return "de".to_owned(),
        "al" | "au" | "aux" => return "a".to_owned(),
        _ => {}
    }
    let mut plain = String::with_capacity(letters.len());
    for letter in letters.chars() {
        if letter.is_ascii_digit() || !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    let mut length = plain.chars().count();
    let was_x = plain.ends_with('x');
    while length > 4 && plain.ends_with(['s', 'x', 'e']) {
        plain.pop();
        length -= 1;
    }
    // "régionaux" for "régional".
    if was_x && length > 5 && plain.ends_with("au") {
        plain.pop();
        plain.push('l');
    }
    plain
}

/// The letters and digits of a text, and the plus signs of "5+5".
fn unpunctuated(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '+').collect()
}

/// The words of a text as Discord shows it: without addresses, mentions and marks of code.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut reading = Reading { tokens: &mut tokens, is_code: false };
    let text: String = text.chars().take(MAX_CITING).collect();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(end);
        reading.chunk(chunk);
        rest = after.trim_start();
    }
    tokens
}

struct Reading<'t> {
    tokens: &'t mut Vec<Token>,
    is_code: bool,
}

impl Reading<'_> {
    /// Reads what stands between two spaces.
    fn chunk(&mut self, chunk: &str) {
        let mut rest = chunk;
        let first_here = self.tokens.len();
        let mut is_joined = false;
        while !rest.is_empty() {
            // An address is nobody's name, nor is what Discord draws instead of what is written: <@1>, <#2>, <:emoji:3>.
            let skipped = address(rest).or_else(|| drawn(rest));
            if let Some(length) = skipped {
                rest = rest.get(length..).unwrap_or_default();
                is_joined = false;
                continue;
            }
            let Some(first) = rest.chars().next() else { break };
            if first == '`' {
                let marks = rest.len() - rest.trim_start_matches('`').len();
                self.is_code = !self.is_code;
                rest = rest.get(marks..).unwrap_or_default();
                is_joined = false;
                continue;
            }
            if !is_of_word(first) {
                // Apostrophes part words as spaces do: "l'OIM".
                is_joined = matches!(first, '-' | '‑' | '–' | '/' | '+') && self.tokens.len() > first_here;
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let is_plus = rest_begins_plus(self.tokens, piece, chunk);
            let folded = fold_within(piece, LONGEST_WORD);
            for letters in folded.split(' ').filter(|letters| !letters.is_empty()) {
                self.tokens.push(Token {
                    letters: letters.to_owned(),
                    raw: if is_plus { format!("+{piece}") } else { unpunctuated(piece) },
                    word: None,
                    is_joined,
                    is_code: self.is_code,
                    is_article: is_article(letters),
                });
            }
            is_joined = false;
            rest = after;
        }
    }
}

/// Whether a number follows another behind a plus sign: "5+5".
fn rest_begins_plus(tokens: &[Token], piece: &str, chunk: &str) -> bool {
    let is_number = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    let before = tokens.last().filter(|token| is_number(piece) && is_number(&token.raw));
    before.is_some_and(|before| chunk.contains(&format!("{}+{piece}", before.raw)))
}

/// Whether a character is of a word; a dot, since it may be an acronym's.
fn is_of_word(letter: char) -> bool {
    let is_hidden = matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    letter.is_alphanumeric() || letter == '.' || is_hidden || is_combining_mark(letter)
}

fn is_article(letters: &str) -> bool {
    matches!(letters, "el" | "l" | "la" | "las" | "le" | "les" | "los" | "the")
}

/// The length of an address at the beginning of a text.
fn address(text: &str) -> Option<usize> {
    let is_address = |scheme: &str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    let begins = is_address("https://") || is_address("http://") || is_address("www.");
    begins.then(|| text.find(['>', ')', ']', '|']).unwrap_or(text.len()))
}

/// The length of what Discord draws as something else, at the beginning of a text: a mention, an emoji, a time.
/// (Discord: reference, "Message Formatting".)
fn drawn(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find('>')?;
    let marks = ["@", "#", ":", "a:", "/", "t:", "id:"];
    marks.iter().any(|mark| inside.starts_with(mark)).then_some(end + 2)
}

/// A name of a global meeting and what it needs; none for what its letters tell.
type MeetingName = (String, Option<Need>);

/// What the global meetings are called in messages: by their names; and by number, year or place together with words for
/// such a meeting, which other fields have too.
fn meetings(catalogue: &Catalogue, weights: &Weights) -> Vec<(String, Vec<MeetingName>)> {
    let all = &catalogue.meetings.meetings;
    let named = forms::entries(catalogue, weights, Entity::Meeting);
    all.iter()
        .map(|meeting| {
            let mut names: Vec<MeetingName> =
                meeting.name.wordings().map(|(_, text)| (text.to_owned(), None)).collect();
            let before = meeting.name.wordings().filter_map(|(_, text)| text.split_once('('));
            names.extend(before.map(|(before, _)| (before.to_owned(), None)));
            let entry = named.iter().find(|entry| entry.id == meeting.id);
            let forms = entry.map(|entry| entry.forms.as_slice()).unwrap_or_default();
            for form in forms {
                let folded = fold(&form.text);
                match (form.kind, form.language) {
                    (FormKind::Acronym, _) if meeting.ordinal.is_some() => names.push((form.text.clone(), None)),
                    // "8e réunion" becomes "8e réunion mondiale".
                    (FormKind::Alias, Some(language)) if meeting.ordinal.is_some() => {
                        let (noun, heads) = heads(language);
                        if let Some(ordinal) =
                            folded.strip_suffix(noun).map(str::trim_end).filter(|text| !text.is_empty())
                        {
                            names.extend(heads.iter().map(|head| (format!("{ordinal} {head}"), needed(head))));
                        }
                    }
                    _ => {}
                }
            }
            let of_year = all.iter().filter(|other| other.date.year() == meeting.date.year()).count();
            if let Some(year) = meeting.date.year().filter(|_| of_year == 1 && meeting.ordinal.is_some()) {
                names.extend(Language::ALL.into_iter().flat_map(|language| told(language, &year.to_string())));
            }
            let same_place = |text: &str| {
                let is_there = |other: &&crate::catalogue::GlobalMeeting| {
                    other.place.as_ref().is_some_and(|place| place.wordings().any(|(_, other)| other == text))
                };
                all.iter().filter(is_there).count()
            };
            for (language, place) in meeting.place.iter().flat_map(|place| place.wordings()) {
                if same_place(place) == 1 {
                    names.extend(told(language, place));
                }
            }
            (meeting.id.clone(), names)
        })
        .collect()
}

/// The word for a meeting by which ordinals are followed in the names of `forms`, and what such a meeting is called.
fn heads(language: Language) -> (&'static str, &'static [&'static str]) {
    match language {
        Language::Fr => (
            "reunion",
            &["réunion mondiale", "rencontre mondiale", "réunion mondiale des PCR", "réunion mondiale des MCIM"],
        ),
        Language::En => {
            ("meeting", &["global meeting", "global RCP meeting", "global ISCM meeting", "global meeting of RCPs"])
        }
        Language::Es => (
            "reunion",
            &["reunión mundial", "reunión global", "reunión mundial de los PRC", "reunión global de los PRC"],
        ),
    }
}

/// A global meeting by its year or place, as a sentence has it.
fn told(language: Language, when: &str) -> Vec<MeetingName> {
    let (_, heads) = heads(language);
    let of: &[&str] = match language {
        Language::Fr => &["", "de", "en", "à"],
        Language::En => &["", "in", "of", "held in"],
        Language::Es => &["", "de", "en"],
    };
    let after = |head: &'static str| of.iter().map(move |of| (format!("{head} {of} {when}"), needed(head)));
    let mut told: Vec<MeetingName> = heads.iter().flat_map(|head| after(head)).collect();
    if language == Language::En {
        told.extend(heads.iter().map(|head| (format!("{when} {head}"), needed(head))));
    }
    told
}

/// What a name with these words for a global meeting needs: other fields have global meetings, too, but not of PCR.
fn needed(head: &str) -> Option<Need> {
    Some(if tokens(head).iter().any(|token| is_acronym(&token.raw)) { Need::Nothing } else { Need::Field })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::Files;

    static NAMES: std::sync::LazyLock<(Catalogue, CitedNames)> = std::sync::LazyLock::new(|| {
        let (catalogue, _) = Catalogue::load(&Files::built_in(), jiff::civil::date(2026, 11, 27));
        (catalogue.expect("the built-in catalogue has no errors"), CitedNames::default())
    });

    fn named(text: &str) -> Vec<&'static str> {
        NAMES.1.find(&NAMES.0, text).into_iter().map(|(_, id)| id).collect()
    }

    #[test]
    fn plurals_and_doubled_letters_make_no_difference() {
        for (one, other) in [
            ("processus", "procesus"),
            ("process", "processes"),
            ("consultative", "consultatives"),
            ("regional", "regionaux"),
            ("consultivo", "consultivos"),
            ("regional", "regionales"),
            ("comission", "commissions"),
        ] {
            assert_eq!(plain(one), plain(other));
        }
        assert_ne!(plain("praga"), plain("prague"));
    }

    #[test]
    fn what_stands_in_code_or_in_an_address_or_is_drawn_otherwise_names_nothing() {
        assert_eq!(named("`ADD members` https://www.iom.int/bali-process <@123> <:oim:42> </rcp info:7>"), [""; 0]);
        assert_eq!(named("[Processus de Bali](https://example.org/OIM)"), ["bali-process"]);
        assert_eq!(named("||**Processus** *de* __Bali__||"), ["bali-process"]);
    }

    #[test]
    fn a_name_inside_a_longer_one_counts_once() {
        assert_eq!(named("the Regional Support Office of the Bali Process"), ["rso"]);
        assert_eq!(named("le PCR-IGAD"), ["igad-rcp"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), words in "[A-Za-z'<@>`:/ -]{0,300}") {
            for text in [text, words] {
                let found = NAMES.1.find(&NAMES.0, &text);
                let mut ids = found.clone();
                ids.sort();
                ids.dedup();
                prop_assert_eq!(ids.len(), found.len());
            }
        }
    }
}
