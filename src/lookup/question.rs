//! What a plain question asks for: by the phrases of `questions.toml` and the names in it, in any order of words.
//!
//! Nothing is guessed. A question that has a word too many, that denies, or that asks for a time that the catalogue does not
//! answer is not understood, and the search answers it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::catalogue::fold::fold;
use crate::catalogue::{Asked, Language, QuestionsFile, StatusValue};
use crate::lookup::Entity;
use crate::lookup::names::spans::{Span, SpokenWord, spoken_words};
use crate::lookup::names::{Finding, NameIndex};
use crate::lookup::stop::is_stop_word;
use crate::lookup::typing::{ERROR, distance};

/// The most words of a question. Longer texts are no questions.
const MAX_WORDS: usize = 40;

/// Places in a question: one bit for each of at most [`MAX_WORDS`] words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Places(u64);

impl Places {
    fn one(place: usize) -> Places {
        Places(1 << place.min(MAX_WORDS))
    }

    fn contains(self, place: usize) -> bool {
        self.0 & Places::one(place).0 != 0
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn with(self, others: Places) -> Places {
        Places(self.0 | others.0)
    }

    fn without(self, others: Places) -> Places {
        Places(self.0 & !others.0)
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<T: IntoIterator<Item = usize>>(places: T) -> Places {
        places.into_iter().map(Places::one).fold(Places::default(), Places::with)
    }
}

/// A question may have so many words that are neither a name nor known.
const MAX_UNKNOWN: usize = 1;

/// So many letters must a word of a phrase have to be met with a typing error.
const FORGIVING: usize = 5;

/// A question that is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it asks for.
    pub about: About,
    /// The processes that it names (ids), in their order.
    pub processes: Vec<String>,
    /// The countries (codes).
    pub countries: Vec<String>,
    /// The organisations (ids).
    pub organisations: Vec<String>,
    /// The regions (ids).
    pub regions: Vec<String>,
    /// The topics (ids).
    pub topics: Vec<String>,
    /// The terms (ids).
    pub terms: Vec<String>,
    /// The global meeting (an id), where one is asked for; none for the last one.
    pub meeting: Option<String>,
    /// The status that is asked for.
    pub status: Option<StatusValue>,
}

/// What is asked of what a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who chairs the processes.
    Chair,
    /// What the countries chair.
    ChairedBy,
    /// Who provides the secretariat of the processes.
    Secretariat,
    /// Which processes the organisations serve as secretariat.
    ServedBy,
    /// How many members the processes have.
    MemberCount,
    /// Which members.
    Members,
    /// Which observers.
    Observers,
    /// Whether the countries take part in the processes.
    TakesPart,
    /// In which processes the countries take part.
    ProcessesOf,
    /// When and where the processes began.
    Founding,
    /// Where they stand.
    Status,
    /// Their last meeting.
    LastMeeting,
    /// Their next meeting.
    NextMeeting,
    /// What they deal with.
    Themes,
    /// Which processes deal with the topics, in the regions if any.
    DealingWith,
    /// What IOM does for the processes.
    IomRole,
    /// What IOM does in general.
    Iom,
    /// The website of the processes.
    Website,
    /// Which processes of the regions have the status.
    WithStatus,
    /// Which processes the regions have.
    InRegion,
    /// What the terms mean.
    Term,
    /// What the processes are for.
    Purpose,
    /// What the organisations are.
    Organisation,
    /// When, where and on what the global meeting was.
    GlobalMeeting,
}

/// The phrases and words by which questions are understood, prepared once for a catalogue.
#[derive(Debug, Default)]
pub struct Questions {
    phrases: Vec<Phrase>,
    /// The words of all phrases, each once.
    words: Vec<PhraseWord>,
    /// The places in `words` of those that begin with a letter.
    by_initial: HashMap<char, Vec<usize>>,
    filler: HashSet<String>,
    unanswered: HashSet<String>,
    /// The words of the phrases, of which a question is made.
    common: HashSet<String>,
}

#[derive(Debug)]
struct Phrase {
    asks: Asked,
    /// The place of its row in the file.
    row: usize,
    /// The places of its words among all.
    words: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct PhraseWord {
    letters: Vec<char>,
    /// Whether words that only begin so meet it.
    begins: bool,
}

/// How well a kind of question is met: the words of its longest phrase, then those that stand first in the file.
type Met = BTreeMap<Asked, (usize, std::cmp::Reverse<usize>)>;

impl Questions {
    /// Prepares the phrases of a file.
    pub fn new(file: &QuestionsFile) -> Questions {
        let folded = |words: &[String]| -> HashSet<String> {
            words.iter().flat_map(|word| fold(word).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
        };
        let mut questions =
            Questions { filler: folded(&file.filler), unanswered: folded(&file.unanswered), ..Questions::default() };
        let mut known: HashMap<PhraseWord, usize> = HashMap::new();
        for (row, question) in file.questions.iter().enumerate() {
            for phrase in question.fr.iter().chain(&question.en).chain(&question.es) {
                let words: Vec<PhraseWord> = phrase.split_whitespace().flat_map(phrase_words).collect();
                if !words.is_empty() {
                    questions.common.extend(words.iter().map(|word| word.letters.iter().collect()));
                    let mut place = |word: PhraseWord| {
                        *known.entry(word.clone()).or_insert_with(|| {
                            questions.words.push(word);
                            questions.words.len() - 1
                        })
                    };
                    let words = words.into_iter().map(&mut place).collect();
                    questions.phrases.push(Phrase { asks: question.asks, row, words });
                }
            }
        }
        for (place, word) in questions.words.iter().enumerate() {
            if let Some(&initial) = word.letters.first() {
                questions.by_initial.entry(initial).or_default().push(place);
            }
        }
        questions
    }

    /// The entries that a text names, for a search in which names weigh most: processes, organisations and terms.
    pub fn named<'n>(&self, names: &'n NameIndex, text: &str) -> Vec<(Entity, &'n str)> {
        let Some(words) = spoken_words(text, MAX_WORDS) else { return Vec::new() };
        let spans = names.spans(&words, |word| self.is_common(word));
        spans.into_iter().filter_map(|span| span.named.first().copied()).collect()
    }

    /// A long question without the words that say nothing, for what has little room.
    pub fn condensed(&self, text: &str) -> String {
        let says = |raw: &&str| !fold(raw).split(' ').all(|word| word.is_empty() || self.filler.contains(word));
        text.split_whitespace().filter(says).collect::<Vec<_>>().join(" ")
    }

    /// What a text asks for, if it is a question that the catalogue answers at once.
    pub fn understand(&self, names: &NameIndex, text: &str, language: Language) -> Option<Question> {
        let words = spoken_words(text, MAX_WORDS)?;
        let spans = names.spans(&words, |word| self.is_common(word));
        let within = |hard: bool| -> Places {
            let counts = |span: &&Span<'_>| {
                let first = span.named.first().map(|(entity, _)| *entity);
                !hard || !matches!(first, Some(Entity::Topic | Entity::Term))
            };
            spans.iter().filter(counts).flat_map(|span| span.words.clone()).collect()
        };
        let (hard, soft) = (within(true), within(false));
        let meeting = self.meeting(&words);
        let (met, used) = self.met(&meeting, hard);
        // What is met although no word of a topic or a term helps.
        let (strict, _) = self.met(&meeting, soft);
        let free = |place: &usize| !hard.contains(*place);
        let said =
            |set: &HashSet<String>, place: usize| words.get(place).is_some_and(|word| set.contains(&word.letters));
        if met.is_empty() || (0..words.len()).filter(free).any(|place| said(&self.unanswered, place)) {
            return None;
        }
        let mut question = self.collect(&spans, &met, &strict, used)?;
        question.status = [
            (Asked::ActiveOnes, StatusValue::Active),
            (Asked::EmergingOnes, StatusValue::Emerging),
            (Asked::InactiveOnes, StatusValue::Inactive),
        ]
        .into_iter()
        .find_map(|(asks, status)| met.contains_key(&asks).then_some(status));
        if met.contains_key(&Asked::GlobalMeeting) && hard.is_empty() {
            question.meeting = global_meeting(names, &words, &met)?;
            question.about = About::GlobalMeeting;
            return Some(question);
        }
        let is_unknown = |place: &usize| {
            let known = soft.contains(*place) || used.contains(*place) || said(&self.filler, *place);
            !known && words.get(*place).is_some_and(|word| !is_stop_word(&word.letters))
        };
        let mut unknown: Vec<&str> = (0..words.len())
            .filter(is_unknown)
            .filter_map(|place| words.get(place))
            .map(|word| word.letters.as_str())
            .collect();
        let names_something = !question.processes.is_empty() || !question.countries.is_empty();
        let asks_of_iom = met.contains_key(&Asked::IomRole);
        let lacks_a_name = !names_something && (question.organisations.is_empty() || asks_of_iom);
        if lacks_a_name
            && !unknown.is_empty()
            && let Some(found) = forgiven(names, &unknown, language)
        {
            found.into_iter().for_each(|(entity, id)| question.add(entity, id));
            unknown.clear();
        }
        let has_number = unknown.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        if unknown.len() > MAX_UNKNOWN || has_number {
            return None;
        }
        let presides_over_a_state = words.iter().any(|word| word.letters.starts_with("president"));
        question.about = resolve(&question, &met, presides_over_a_state)?;
        Some(question)
    }

    fn is_common(&self, word: &str) -> bool {
        self.common.contains(word) || self.filler.contains(word)
    }

    /// For each word of the phrases the words that meet it.
    fn meeting(&self, words: &[SpokenWord]) -> Vec<Places> {
        let mut meeting = vec![Places::default(); self.words.len()];
        for (place, word) in words.iter().enumerate() {
            let letters: Vec<char> = word.letters.chars().collect();
            // Whatever meets a word begins as it does.
            let alike = letters.first().and_then(|initial| self.by_initial.get(initial));
            for &wanted in alike.into_iter().flatten() {
                if self.words.get(wanted).is_some_and(|wanted| wanted.is_met_by(&letters)) {
                    let there = meeting.get_mut(wanted).into_iter();
                    there.for_each(|places| *places = places.with(Places::one(place)));
                }
            }
        }
        meeting
    }

    /// The kinds of questions whose phrases stand in the words, and which words they use.
    fn met(&self, meeting: &[Places], without: Places) -> (Met, Places) {
        let (mut met, mut used) = (Met::new(), Places::default());
        for phrase in &self.phrases {
            let found = |word: &usize| {
                let places = meeting.get(*word).copied().unwrap_or_default().without(without);
                (!places.is_empty()).then_some(places)
            };
            let places = phrase.words.iter().try_fold(Places::default(), |all, word| Some(all.with(found(word)?)));
            if let Some(places) = places {
                used = used.with(places);
                let weight = (phrase.words.len(), std::cmp::Reverse(phrase.row));
                let known = met.entry(phrase.asks).or_insert(weight);
                *known = (*known).max(weight);
            }
        }
        (met, used)
    }

    /// What the text names, by kind. `None` where a name may mean two entries.
    fn collect(&self, spans: &[Span<'_>], met: &Met, strict: &Met, used: Places) -> Option<Question> {
        let mut question = Question::default();
        for span in spans {
            let Some((first, _)) = span.named.first().copied() else { continue };
            let of_kind = |entity: Entity| span.named.iter().filter(move |(kind, _)| *kind == entity);
            if of_kind(first).count() > 1 {
                return None;
            }
            let is_phrase = span.words.clone().any(|place| used.contains(place));
            let asks_elsewhere = strict.contains_key(&Asked::Topics)
                || strict.contains_key(&Asked::List)
                || !strict.is_empty() && !met.contains_key(&Asked::Topics);
            // "De quoi traite…" asks, and does not name a topic.
            if first == Entity::Topic && is_phrase && !asks_elsewhere {
                continue;
            }
            let both = [Some(first), (first == Entity::Organisation).then_some(Entity::Term)];
            for entity in both.into_iter().flatten() {
                of_kind(entity).for_each(|(_, id)| question.add(entity, (*id).to_owned()));
            }
        }
        Some(question)
    }
}

impl Default for Question {
    fn default() -> Question {
        Question {
            about: About::Purpose,
            processes: Vec::new(),
            countries: Vec::new(),
            organisations: Vec::new(),
            regions: Vec::new(),
            topics: Vec::new(),
            terms: Vec::new(),
            meeting: None,
            status: None,
        }
    }
}

impl Question {
    fn add(&mut self, entity: Entity, id: String) {
        let list = match entity {
            Entity::Process => &mut self.processes,
            Entity::Country => &mut self.countries,
            Entity::Organisation => &mut self.organisations,
            Entity::Region => &mut self.regions,
            Entity::Topic => &mut self.topics,
            Entity::Term => &mut self.terms,
            Entity::Meeting => return,
        };
        if !list.contains(&id) {
            list.push(id);
        }
    }
}

/// The words of a word of a phrase as moderators write it: "présid…" begins, "qu'est-ce" is three.
fn phrase_words(word: &str) -> Vec<PhraseWord> {
    let begins = word.ends_with('…') || word.ends_with("...");
    let folded = fold(word);
    let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
    let last = parts.len();
    let words = parts.into_iter().zip(1..);
    words.map(|(part, place)| PhraseWord { letters: part.chars().collect(), begins: begins && place == last }).collect()
}

impl PhraseWord {
    /// Whether a word of a text meets it, with a typing error where it is long enough.
    fn is_met_by(&self, word: &[char]) -> bool {
        let wanted = self.letters.as_slice();
        if word == wanted || self.begins && word.starts_with(wanted) {
            return true;
        }
        if word.first() != wanted.first() {
            return false;
        }
        let near = |word: &[char]| distance(word, wanted, ERROR).is_some();
        if self.begins {
            let lengths = wanted.len() - 1..=wanted.len() + 1;
            wanted.len() >= FORGIVING && lengths.filter_map(|length| word.get(..length)).any(near)
        } else {
            // A short word differs from others by a letter.
            wanted.len() > FORGIVING && word.len() >= FORGIVING && near(word)
        }
    }
}

/// What is meant by words that are no name as they stand, together or each by itself. Only what is clear counts.
fn forgiven(names: &NameIndex, words: &[&str], language: Language) -> Option<Vec<(Entity, String)>> {
    let one = |entity: Entity, text: &str| match names.find(entity, text, language) {
        Finding::One(found) => Some((entity, found.id.to_owned())),
        _ => None,
    };
    let whole = words.join(" ");
    if let Some(found) = one(Entity::Process, &whole) {
        return Some(vec![found]);
    }
    if words.len() > 1 && words.len() <= 3 {
        return words.iter().map(|word| one(Entity::Process, word)).collect();
    }
    one(Entity::Country, &whole).map(|found| vec![found])
}

/// The global meeting that is meant: by its year or its number; `Some(None)` is the last one.
fn global_meeting(names: &NameIndex, words: &[SpokenWord], met: &Met) -> Option<Option<String>> {
    let table = names.table(Entity::Meeting)?;
    let mut meant: BTreeSet<&str> = BTreeSet::new();
    for word in words {
        let letters = word.letters.as_str();
        let is_number = letters.starts_with(|first: char| first.is_ascii_digit());
        let wholes = match is_number {
            true => vec![letters.to_owned()],
            // "première réunion", "first meeting"
            false => vec![format!("{letters}reunion"), format!("{letters}meeting")],
        };
        let called: Vec<&str> = wholes.iter().flat_map(|whole| table.called(whole)).map(|(id, _)| id).collect();
        if is_number && called.is_empty() {
            return None;
        }
        meant.extend(called);
    }
    if meant.is_empty() {
        return met.contains_key(&Asked::LastMeeting).then_some(None);
    }
    let mut meant = meant.into_iter();
    meant.next().filter(|_| meant.next().is_none()).map(|id| Some(id.to_owned()))
}

/// Kinds of phrases that say little by themselves come last.
fn is_weak(asks: Asked) -> bool {
    matches!(asks, Asked::Definition | Asked::Place | Asked::Date | Asked::List)
}

/// What is asked, of the kinds that are met the first that fits what is named.
fn resolve(question: &Question, met: &Met, presides_over_a_state: bool) -> Option<About> {
    let mut kinds: Vec<Asked> = met.keys().copied().collect();
    kinds.sort_by_key(|asks| (is_weak(*asks), std::cmp::Reverse(met.get(asks).copied())));
    kinds.into_iter().find_map(|asks| fitting(question, asks, presides_over_a_state))
}

fn fitting(question: &Question, asks: Asked, presides_over_a_state: bool) -> Option<About> {
    let [p, c, o, r, t, m] = [
        &question.processes,
        &question.countries,
        &question.organisations,
        &question.regions,
        &question.topics,
        &question.terms,
    ]
    .map(|list| !list.is_empty());
    let iom = question.organisations.iter().any(|id| id == "iom");
    let others = question.organisations.iter().any(|id| id != "iom");
    let when = |holds: bool, about: About| holds.then_some(about);
    match asks {
        Asked::Chair => {
            when(p && !t, About::Chair).or(when(c && !p && !t && !o && !presides_over_a_state, About::ChairedBy))
        }
        Asked::Secretariat => when(p && !t && !c, About::Secretariat).or(when(o && !p && !t && !c, About::ServedBy)),
        Asked::MemberCount => when(p && !c && !t, About::MemberCount),
        Asked::Observers => when(p && c, About::TakesPart).or(when(p && !t && !o, About::Observers)),
        Asked::IomRole => {
            when(iom && p && !c, About::IomRole).or(when(iom && !p && !c && !others && !t && !r, About::Iom))
        }
        Asked::Founding => when(p && !c && !t, About::Founding),
        Asked::TakesPart => when(p && c, About::TakesPart)
            .or(when(p && !o && !t, About::Members))
            .or(when(c && !p && !t && !o, About::ProcessesOf)),
        Asked::LastMeeting => when(p && !t && !c, About::LastMeeting),
        Asked::NextMeeting => when(p && !t && !c, About::NextMeeting),
        Asked::Topics => when(p && !c && !others, About::Themes).or(when(t && !p && !c && !o, About::DealingWith)),
        Asked::Website => when(p && !t && !c, About::Website),
        Asked::Status => when(p && !t && !c, About::Status),
        Asked::List => when(question.status.is_some() && r && !p && !c && !t, About::WithStatus)
            .or(when(t && !p && !c && !o, About::DealingWith))
            .or(when(c && !p && !t && !o, About::ProcessesOf))
            .or(when(r && question.status.is_none() && !p && !c && !t, About::InRegion)),
        Asked::Definition => when(m && !p && !c && !others, About::Term)
            .or(when(p && !c && !t, About::Purpose))
            .or(when(o && !p && !c && !t, About::Organisation)),
        Asked::Place
        | Asked::Date
        | Asked::GlobalMeeting
        | Asked::ActiveOnes
        | Asked::EmergingOnes
        | Asked::InactiveOnes => None,
    }
}
