//! What a plain question asks for: by the phrases of `questions.toml` and the names in it, in any order of words.
//!
//! Nothing is guessed. A question that has a word too many, that denies what cannot be told by what is so, or that asks for
//! a time that the catalogue does not answer is not understood, and the search answers it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::catalogue::fold::fold;
use crate::catalogue::{Asked, Language, QuestionsFile, StatusValue};
use crate::lookup::Entity;
use crate::lookup::names::spans::{Span, SpokenWord, spoken_words};
use crate::lookup::names::{Finding, NameIndex, Rank};
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

/// So many letters must a word of a phrase have to be met with a typing error; with one fewer only with two neighbours
/// changed over: "chiar" is "chair", "comer" is not "cover".
const FORGIVING: usize = 6;

/// So many letters must a word have to be a name with a typing error in it, or a name cut short.
const FORGIVING_NAME: usize = 4;

/// How sure a name with an error must be: "Praque" is Prague, Bucharest is not Budapest.
const NEARLY: f32 = 0.82;

/// The years that questions ask for.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

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
    /// The year for which it is asked who chairs.
    pub year: Option<i16>,
}

/// What is asked of what a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who chairs the processes; in a year, if the question names one; and when the countries did, if it names any.
    Chair,
    /// Who chaired the processes before.
    FormerChairs,
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
    /// Whether the countries, and the organisations, take part in the processes.
    TakesPart,
    /// In which processes the countries take part.
    ProcessesOf,
    /// In which processes the countries observe.
    ObserverOf,
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
    /// Which processes of the regions, or of all, have the status.
    WithStatus,
    /// Which processes the regions have.
    InRegion,
    /// What the terms mean.
    Term,
    /// What the processes are for.
    Purpose,
    /// What the organisations are.
    Organisation,
    /// What the organisations do for processes.
    OrganisationRole,
    /// Where the organisations have their seat.
    Seat,
    /// How many member States the organisations have.
    MemberStates,
    /// When, where and on what the global meeting was.
    GlobalMeeting,
    /// When, where and on what the next global meeting is.
    NextGlobalMeeting,
    /// How many processes there are in all.
    HowMany,
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

/// A text cut into words, with the names in it: read once, whatever is then asked of it.
#[derive(Debug)]
pub struct NamedText<'n> {
    words: Vec<SpokenWord>,
    spans: Vec<Span<'n>>,
    /// Whether a question mark stands in it.
    is_marked: bool,
}

impl<'n> NamedText<'n> {
    /// The entries that it names, for a search in which names weigh most: processes, organisations and terms.
    pub fn entities(&self) -> Vec<(Entity, &'n str)> {
        self.spans.iter().filter_map(|span| span.named.first().copied()).collect()
    }
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

/// The kinds of questions that are met, and the places of the words that meet any.
#[derive(Debug, Default)]
struct Met {
    kinds: BTreeMap<Asked, MetKind>,
    used: Places,
}

/// How well a kind of question is met.
#[derive(Debug)]
struct MetKind {
    /// The words of its longest phrase; whether they stand there without an error; then those that stand first in the file.
    weight: (usize, bool, std::cmp::Reverse<usize>),
    /// The places of the words that meet its phrases.
    used: Places,
}

impl Met {
    fn is(&self, asks: Asked) -> bool {
        self.kinds.contains_key(&asks)
    }
}

/// Words that deny, folded. They turn a question that asks who is not there; whether somebody is there is answered by what
/// is so.
const NEGATIONS: [&str; 18] = [
    "aren", "didn", "doesn", "don", "hasn", "haven", "isn", "jamais", "never", "no", "non", "not", "nunca", "pas",
    "plus", "wasn", "weren", "won",
];

/// Words for the first of several: the first global meeting is one of those that can be asked for.
const FIRST: [&str; 7] = ["first", "primer", "primera", "primero", "premier", "premiere", "premieres"];

/// How words for the chair begin, folded: whoever "leads" something may lead its secretariat.
const CHAIRING: [&str; 6] = ["chair", "cochair", "copresid", "presid", "ppt", "vicepresid"];

/// Words by which a sentence asks how many, folded.
const COUNTING: [&str; 4] = ["combien", "cuantas", "cuantos", "many"];

/// Words by which a sentence asks, folded.
const ASKING: [&str; 36] = [
    "are",
    "combien",
    "cual",
    "cuales",
    "cuando",
    "cuantas",
    "cuantos",
    "did",
    "do",
    "does",
    "donde",
    "est",
    "has",
    "have",
    "how",
    "is",
    "lequel",
    "lesquels",
    "lesquelles",
    "liste",
    "list",
    "lista",
    "ou",
    "quand",
    "que",
    "quel",
    "quelle",
    "quelles",
    "quels",
    "qui",
    "quien",
    "quienes",
    "quoi",
    "what",
    "where",
    "which",
];

/// Words by which a question asks for what is to come, folded.
const FUTURE: [&str; 6] = ["ll", "shall", "va", "van", "vont", "will"];

/// Words by which it asks how long what is so will last, folded.
const LASTING: [&str; 8] = ["cuanto", "end", "hasta", "jusqu", "jusque", "long", "till", "until"];

/// What follows "how" where it does not ask for the manner.
const MEASURES: [&str; 5] = ["big", "long", "many", "much", "old"];

/// Words that ask for a person or a State, folded.
const WHO: [&str; 4] = ["qui", "quien", "quienes", "who"];

/// Whether "plus" asks for what is most, and does not deny: "la plus récente".
fn is_superlative(words: &[SpokenWord], place: usize) -> bool {
    let is = |place: usize, word: &str| words.get(place).is_some_and(|one| one.letters == word);
    is(place, "plus") && !words.iter().any(|word| matches!(word.letters.as_str(), "n" | "ne"))
}

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

    /// Reads a text for what is asked and named in it; `None` for one that has too many words.
    pub fn read<'n>(&self, names: &'n NameIndex, text: &str) -> Option<NamedText<'n>> {
        let words = spoken_words(text, MAX_WORDS)?;
        let spans = names.spans(&words, |word| self.is_common(word));
        Some(NamedText { words, spans, is_marked: text.contains(['?', '？']) })
    }

    /// A long question without the words that say nothing, for what has little room.
    pub fn condensed(&self, text: &str) -> String {
        let says = |raw: &&str| !fold(raw).split(' ').all(|word| word.is_empty() || self.filler.contains(word));
        text.split_whitespace().filter(says).collect::<Vec<_>>().join(" ")
    }

    /// What a text asks for, if it is a question that the catalogue answers at once.
    pub fn understand(&self, names: &NameIndex, text: &NamedText<'_>, language: Language) -> Option<Question> {
        let NamedText { words, spans, is_marked } = text;
        let is_marked = *is_marked;
        let within = |hard: bool| -> Places {
            let counts = |span: &&Span<'_>| {
                let first = span.named.first().map(|(entity, _)| *entity);
                !hard || !matches!(first, Some(Entity::Topic | Entity::Term))
            };
            spans.iter().filter(counts).flat_map(|span| span.words.clone()).collect()
        };
        let (hard, soft) = (within(true), within(false));
        let meeting = self.meeting(words);
        let met = self.met(&meeting, hard);
        // What is met although no word of a topic or a term helps.
        let apart = (hard != soft).then(|| self.met(&meeting, soft));
        let strict = apart.as_ref().unwrap_or(&met);
        let letters = |place: usize| words.get(place).map(|word| word.letters.as_str());
        let said = |set: &HashSet<String>, place: usize| letters(place).is_some_and(|word| set.contains(word));
        if met.kinds.is_empty() && !(is_marked && spans.len() > 1) {
            return None;
        }
        let mut question = self.collect(spans, &met, strict)?;
        if met.is(Asked::Definition) && question.is_empty() {
            // "what is an rcp": a word that says nothing elsewhere is what is asked for.
            let all = names.spans(words, |_| false).into_iter().flat_map(|span| span.named);
            all.filter(|(entity, _)| *entity == Entity::Term)
                .for_each(|(entity, id)| question.add(entity, id.to_owned()));
        }
        question.status = [
            (Asked::ActiveOnes, StatusValue::Active),
            (Asked::EmergingOnes, StatusValue::Emerging),
            (Asked::InactiveOnes, StatusValue::Inactive),
        ]
        .into_iter()
        .find_map(|(asks, status)| met.is(asks).then_some(status));
        // A word that turns a question into another, unless that one is met by it: "next meeting" is, "next chair" is not.
        let turns = |place: usize, told: Places, but: &[&str]| {
            let is_turning = said(&self.unanswered, place) && !hard.contains(place) && !told.contains(place);
            is_turning && letters(place).is_none_or(|word| !but.contains(&word))
        };
        if met.is(Asked::GlobalMeeting) && hard.is_empty() {
            let ahead = met.kinds.get(&Asked::NextMeeting).map(|met| met.used);
            if (0..words.len()).any(|place| turns(place, ahead.unwrap_or_default(), &FIRST)) {
                return None;
            }
            question.meeting = global_meeting(names, words, &met)?;
            let is_ahead = ahead.is_some() && question.meeting.is_none();
            question.about = if is_ahead { About::NextGlobalMeeting } else { About::GlobalMeeting };
            return Some(question);
        }
        let is_unknown = |place: &usize| {
            let known = soft.contains(*place) || met.used.contains(*place) || said(&self.filler, *place);
            let is_silent = |word: &str| is_stop_word(word) || NEGATIONS.contains(&word);
            !known && letters(*place).is_some_and(|word| !is_silent(word))
        };
        let mut unknown: Vec<&str> = (0..words.len()).filter(is_unknown).filter_map(letters).collect();
        let years: Vec<i16> =
            unknown.iter().filter_map(|word| word.parse().ok()).filter(|year| YEARS.contains(year)).collect();
        if let [year] = years.as_slice() {
            question.year = Some(*year);
            unknown.retain(|word| word.parse() != Ok(*year));
        }
        let asks_of_iom = met.is(Asked::IomRole);
        let needs_none = !question.organisations.is_empty() && !asks_of_iom && question.countries.is_empty();
        if question.processes.is_empty()
            && !needs_none
            && !unknown.is_empty()
            && let Some(found) = forgiven(names, &unknown, language, question.countries.is_empty())
        {
            found.into_iter().for_each(|(entity, id)| question.add(entity, id));
            unknown.clear();
        }
        let has_number = unknown.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        if unknown.len() > MAX_UNKNOWN || has_number {
            return None;
        }
        let begins = |beginnings: &[&str]| {
            let is_one = |word: &SpokenWord| beginnings.iter().any(|beginning| word.letters.starts_with(beginning));
            words.iter().any(is_one)
        };
        // "combien y a-t-il de PCR ?": of all, where nothing else is named.
        if question.names_at_most("rcp")
            && unknown.is_empty()
            && met.is(Asked::List)
            && question.status.is_none()
            && question.year.is_none()
        {
            let counts = |place: usize| letters(place).is_some_and(|word| COUNTING.contains(&word));
            if (0..words.len()).any(counts) && !(0..words.len()).any(|place| turns(place, Places::default(), &[])) {
                question.about = About::HowMany;
                return Some(question);
            }
        }
        // "le Maroc au processus de Rabat ?"
        let is_pair = is_marked && unknown.is_empty() && met.kinds.is_empty();
        let (about, asks) = if is_pair && !question.processes.is_empty() && !question.countries.is_empty() {
            (About::TakesPart, Asked::TakesPart)
        } else {
            resolve(&question, &met, begins(&["president"]), begins(&CHAIRING))?
        };
        // Who chaired in a year is told whether that is past or not.
        let is_of_year = about == About::FormerChairs && question.year.is_some();
        let about = if is_of_year { About::Chair } else { about };
        question.about = about;
        let told = met.kinds.get(&asks).map(|met| met.used).unwrap_or_default();
        if (0..words.len()).any(|place| turns(place, told, &NEGATIONS)) {
            return None;
        }
        let denies = (0..words.len()).any(|place| {
            !hard.contains(place)
                && letters(place).is_some_and(|word| NEGATIONS.contains(&word) && !is_superlative(words, place))
        });
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.letters.as_str()));
        let asks_another = match about {
            // Who will chair, and when somebody joined, is not told by who does.
            About::Chair => has(&FUTURE) && !has(&LASTING) && question.year.is_none(),
            About::TakesPart => met.is(Asked::Date),
            About::Founding => has(&WHO),
            About::Purpose | About::DealingWith => begins(&["differen", "diferenc"]),
            _ => false,
        };
        let is_measure = |place: usize| letters(place).is_some_and(|word| MEASURES.contains(&word));
        let asks_how = (0..words.len()).any(|place| letters(place) == Some("how") && !is_measure(place + 1));
        let asks_why = asks_how || letters(0) == Some("por") && letters(1) == Some("que");
        if asks_another || asks_why {
            return None;
        }
        let asks_at_all =
            is_marked || met.is(Asked::List) || words.iter().any(|word| ASKING.contains(&word.letters.as_str()));
        // A sentence that names a country and has a word more says something as likely as it asks.
        if !asks_at_all && !unknown.is_empty() && !question.countries.is_empty() {
            return None;
        }
        let is_told = match about {
            // So does one of a country and a verb: "Kenya joined".
            About::ChairedBy | About::ProcessesOf | About::ObserverOf => asks_at_all && unknown.is_empty() && !denies,
            // What is so answers what is not.
            About::TakesPart | About::Status | About::Founding => true,
            About::Chair => !denies || !question.countries.is_empty(),
            _ => !denies,
        };
        // Only a chair is told by year, and a wrong year of foundation is corrected.
        let is_timeless = question.year.is_none() || matches!(about, About::Chair | About::Founding);
        (is_told && is_timeless).then_some(question)
    }

    fn is_common(&self, word: &str) -> bool {
        self.common.contains(word) || self.filler.contains(word)
    }

    /// For each word of the phrases the words that meet it: as they stand, and but for a typing error.
    fn meeting(&self, words: &[SpokenWord]) -> Vec<[Places; 2]> {
        let mut meeting = vec![[Places::default(); 2]; self.words.len()];
        for (place, word) in words.iter().enumerate() {
            let letters: Vec<char> = word.letters.chars().collect();
            // A word that says something as it stands is none with an error.
            let is_common = self.is_common(&word.letters);
            // Whatever meets a word begins as it does.
            let alike = letters.first().and_then(|initial| self.by_initial.get(initial));
            for &wanted in alike.into_iter().flatten() {
                let Some((wanted, [as_it_is, nearly])) = self.words.get(wanted).zip(meeting.get_mut(wanted)) else {
                    continue;
                };
                if wanted.is(&letters) {
                    *as_it_is = as_it_is.with(Places::one(place));
                } else if !is_common && wanted.is_nearly(&letters) {
                    *nearly = nearly.with(Places::one(place));
                }
            }
        }
        meeting
    }

    /// The kinds of questions whose phrases stand in the words, and which words they use.
    fn met(&self, meeting: &[[Places; 2]], without: Places) -> Met {
        let mut met = Met::default();
        for phrase in &self.phrases {
            let mut exact = true;
            let mut found = |word: &usize| {
                let [as_it_is, nearly] = meeting.get(*word).copied().unwrap_or_default();
                let as_it_is = as_it_is.without(without);
                let places = as_it_is.with(nearly.without(without));
                exact &= !as_it_is.is_empty();
                (!places.is_empty()).then_some(places)
            };
            let places = phrase.words.iter().try_fold(Places::default(), |all, word| Some(all.with(found(word)?)));
            if let Some(places) = places {
                met.used = met.used.with(places);
                let weight = (phrase.words.len(), exact, std::cmp::Reverse(phrase.row));
                let known = met.kinds.entry(phrase.asks).or_insert(MetKind { weight, used: places });
                known.weight = known.weight.max(weight);
                known.used = known.used.with(places);
            }
        }
        met
    }

    /// What the text names, by kind. `None` where a name may mean two entries.
    fn collect(&self, spans: &[Span<'_>], met: &Met, strict: &Met) -> Option<Question> {
        let mut question = Question::default();
        for span in spans {
            let Some((first, _)) = span.named.first().copied() else { continue };
            let of_kind = |entity: Entity| span.named.iter().filter(move |(kind, _)| *kind == entity);
            if of_kind(first).count() > 1 {
                return None;
            }
            let is_phrase = span.words.clone().any(|place| met.used.contains(place));
            let asks_elsewhere = strict.is(Asked::Topics)
                || strict.is(Asked::List)
                || !strict.kinds.is_empty() && !met.is(Asked::Topics);
            if first == Entity::Topic && strict.is(Asked::Definition) {
                of_kind(Entity::Term).for_each(|(entity, id)| question.add(*entity, (*id).to_owned()));
            }
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
            year: None,
        }
    }
}

impl Question {
    /// Whether it names nothing.
    fn is_empty(&self) -> bool {
        let lists = [&self.processes, &self.countries, &self.organisations, &self.regions, &self.topics, &self.terms];
        lists.into_iter().all(Vec::is_empty)
    }

    /// Whether it names nothing, or this term alone.
    fn names_at_most(&self, id: &str) -> bool {
        let others = [&self.processes, &self.countries, &self.organisations, &self.regions, &self.topics];
        others.into_iter().all(Vec::is_empty) && self.terms.iter().all(|term| term == id)
    }

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
    /// Whether a word of a text is it.
    fn is(&self, word: &[char]) -> bool {
        let wanted = self.letters.as_slice();
        word == wanted || self.begins && word.starts_with(wanted)
    }

    /// Whether a word of a text is it but for a typing error, where it is long enough.
    fn is_nearly(&self, word: &[char]) -> bool {
        let wanted = self.letters.as_slice();
        if word.first() != wanted.first() {
            return false;
        }
        let near = |word: &[char]| {
            let changed_over = || {
                let sorted = |letters: &[char]| {
                    let mut letters = letters.to_vec();
                    letters.sort_unstable();
                    letters
                };
                wanted.len() + 1 == FORGIVING && word.len() == wanted.len() && sorted(word) == sorted(wanted)
            };
            (wanted.len() >= FORGIVING || changed_over()) && distance(word, wanted, ERROR).is_some()
        };
        if self.begins {
            let lengths = wanted.len() - 1..=wanted.len() + 1;
            lengths.filter_map(|length| word.get(..length)).any(near)
        } else {
            // A short word differs from others by a letter.
            word.len() + 1 >= FORGIVING && near(word)
        }
    }
}

/// What is meant by words that are no name as they stand, together or each by itself. Only what is clear counts: a name
/// with an error, or the beginning of one; a word from within a name is a word.
fn forgiven(names: &NameIndex, words: &[&str], language: Language, countries: bool) -> Option<Vec<(Entity, String)>> {
    let one = |entity: Entity, text: &str| match names.find(entity, text, language) {
        Finding::One(found) => {
            let is_near = found.rank <= Rank::Prefix || found.rank == Rank::Typing && found.score >= NEARLY;
            let is_said = entity == Entity::Process && (text.contains(' ') || is_after_place(names, text, found.id));
            let is_long = found.rank.is_whole() || text.chars().nth(FORGIVING_NAME - 1).is_some();
            (is_long && (is_near || is_said && found.rank < Rank::Fuzzy)).then(|| (entity, found.id.to_owned()))
        }
        _ => None,
    };
    let whole = words.join(" ");
    if let Some(found) = one(Entity::Process, &whole) {
        return Some(vec![found]);
    }
    if words.len() > 1 && words.len() <= 3 {
        return words.iter().map(|word| one(Entity::Process, word)).collect();
    }
    let is_long = whole.chars().nth(FORGIVING_NAME).is_some();
    one(Entity::Country, &whole).filter(|_| countries && is_long).map(|found| vec![found])
}

/// Whether a process is called after a place: "Jartum" for "Proceso de Jartum".
fn is_after_place(names: &NameIndex, place: &str, id: &str) -> bool {
    let Some(table) = names.table(Entity::Process) else { return false };
    let wholes = [
        format!("processusde{place}"),
        format!("processusd{place}"),
        format!("procesode{place}"),
        format!("{place}process"),
        format!("dialoguede{place}"),
        format!("dialogued{place}"),
        format!("dialogode{place}"),
        format!("{place}dialogue"),
    ];
    wholes.iter().any(|whole| table.called(whole).any(|(one, _)| one == id))
}

/// The global meeting that is meant: by its year or its number; `Some(None)` is the last or the next one.
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
        return (met.is(Asked::LastMeeting) || met.is(Asked::NextMeeting)).then_some(None);
    }
    let mut meant = meant.into_iter();
    meant.next().filter(|_| meant.next().is_none()).map(|id| Some(id.to_owned()))
}

/// Kinds of phrases that say little by themselves come last.
fn is_weak(asks: Asked) -> bool {
    matches!(asks, Asked::Definition | Asked::Place | Asked::Date | Asked::List)
}

/// What is asked, of the kinds that are met the first that fits what is named, and by which kind.
fn resolve(question: &Question, met: &Met, presides_over_a_state: bool, chairs: bool) -> Option<(About, Asked)> {
    let mut kinds: Vec<Asked> = met.kinds.keys().copied().collect();
    let is_noun = |asks: Asked| matches!(asks, Asked::Chair | Asked::FormerChair | Asked::Secretariat | Asked::Website);
    let has_noun = kinds.iter().any(|asks| is_noun(*asks));
    // "qui s'occupe du secrétariat", "since when has IOM been the secretariat", "quien dirige la secretaría": the noun tells
    // what is asked for, and the verb goes with it.
    let is_verb = |asks: Asked| {
        has_noun && matches!(asks, Asked::Topics | Asked::Founding | Asked::TakesPart)
            || asks == Asked::Chair && met.is(Asked::Secretariat) && !chairs
    };
    // "de quels processus le Mexique est-il observateur": not of all in which it takes part.
    let observes = !question.countries.is_empty() && question.processes.is_empty();
    let comes_first = |asks: Asked| {
        asks == Asked::FormerChair
            || asks == Asked::IomRole && !met.is(Asked::Secretariat)
            || asks == Asked::Observers && observes
    };
    kinds.sort_by_key(|asks| {
        let weight = met.kinds.get(asks).map(|met| met.weight);
        (is_weak(*asks), is_verb(*asks), !comes_first(*asks), std::cmp::Reverse(weight))
    });
    let found = kinds.into_iter().find_map(|asks| Some((fitting(question, asks, presides_over_a_state)?, asks)));
    // A list of processes does not tell who chairs each.
    let is_list = |about: About| matches!(about, About::InRegion | About::WithStatus | About::DealingWith);
    found.filter(|(about, _)| !(has_noun && is_list(*about)))
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
    let only_o = o && !p && !t && !c;
    match asks {
        Asked::Chair => {
            when(p && !t, About::Chair).or(when(c && !p && !t && !o && !r && !presides_over_a_state, About::ChairedBy))
        }
        Asked::FormerChair => when(p && !t, About::FormerChairs),
        Asked::Secretariat => when(p && !t && !c, About::Secretariat).or(when(only_o, About::ServedBy)),
        Asked::MemberCount => when(p && !c && !t, About::MemberCount).or(when(only_o && !r, About::MemberStates)),
        Asked::Observers => when(p && iom && !c && !others && !t, About::IomRole)
            .or(when(p && (c || o) && !t, About::TakesPart))
            .or(when(p && !t, About::Observers))
            .or(when(c && !p && !t && !o && !r, About::ObserverOf)),
        Asked::IomRole => when(iom && p && !c, About::IomRole)
            .or(when(iom && !p && !c && !others && !t && !r, About::Iom))
            .or(when(only_o && !iom && !r, About::OrganisationRole)),
        Asked::Founding => when(p && !c && !t, About::Founding),
        Asked::TakesPart => when(p && iom && !c && !others && !t, About::IomRole)
            .or(when(p && (c || o && !t), About::TakesPart))
            .or(when(p && !o && !t, About::Members))
            .or(when(c && !p && !t && !o, About::ProcessesOf)),
        Asked::LastMeeting => when(p && !t && !c, About::LastMeeting),
        Asked::NextMeeting => when(p && !t && !c, About::NextMeeting),
        Asked::Topics => when(p && !c && !others, About::Themes).or(when(t && !p && !c && !o, About::DealingWith)),
        Asked::Website => when(p && !t && !c, About::Website),
        Asked::Status => when(p && !t && !c, About::Status),
        Asked::List => when(question.status.is_some() && !p && !c && !t && !o, About::WithStatus)
            .or(when(t && !p && !c && !o, About::DealingWith))
            .or(when(c && !p && !t && !o, About::ProcessesOf))
            .or(when(r && question.status.is_none() && !p && !c && !t, About::InRegion)),
        Asked::Definition => when(m && !p && !c, About::Term)
            .or(when(p && !c && !t, About::Purpose))
            .or(when(o && !p && !c && !t, About::Organisation)),
        Asked::Place => when(only_o && !r, About::Seat),
        Asked::Date | Asked::GlobalMeeting | Asked::ActiveOnes | Asked::EmergingOnes | Asked::InactiveOnes => None,
    }
}
