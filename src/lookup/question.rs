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

    fn count(self) -> usize {
        self.0.count_ones() as usize
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
    /// On which side of that year, where not in it.
    pub period: Option<Period>,
}

/// On which side of a year something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Before the year.
    Before,
    /// Up to the year, which counts.
    Until,
    /// From the year on, which counts.
    Since,
    /// After the year.
    After,
}

impl Period {
    /// What it is called in messages.
    pub fn key(self) -> &'static str {
        match self {
            Period::Before => "before",
            Period::Until => "until",
            Period::Since => "since",
            Period::After => "after",
        }
    }

    /// Whether it ends with the year.
    pub fn is_upward_bounded(self) -> bool {
        matches!(self, Period::Before | Period::Until)
    }

    /// Whether something that went on from one year to another lies on this side of a year, if only in part.
    pub fn holds(self, year: i16, first: i16, last: i16) -> bool {
        match self {
            Period::Before => first < year,
            Period::Until => first <= year,
            Period::Since => last >= year,
            Period::After => last > year,
        }
    }
}

/// What is asked of what a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who chairs the processes; in a year, if the question names one; and when the countries did, if it names any.
    Chair,
    /// Who chaired the processes before; in the years on one side of a year, if the question names one.
    FormerChairs,
    /// What the countries chair, and chaired before.
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
    /// Which members two processes have in common, or which processes two countries.
    InCommon,
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
    /// What the processes are called in full.
    FullName,
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
    /// Whether it only says that countries are asked for, or how many: "quels pays".
    is_open: bool,
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
    /// Whether all phrases of it that are met say nothing but that countries are asked for; and whether any does.
    is_open: bool,
    has_open: bool,
}

impl Met {
    fn is(&self, asks: Asked) -> bool {
        self.kinds.contains_key(&asks)
    }

    fn has_open(&self, asks: Asked) -> bool {
        self.kinds.get(&asks).is_some_and(|met| met.has_open)
    }

    fn used_by(&self, asks: Asked) -> Places {
        self.kinds.get(&asks).map(|met| met.used).unwrap_or_default()
    }

    /// Whether a kind that tells by itself what is asked is met by a word that says nothing of some others.
    fn is_decided(&self, beside: &[Asked]) -> bool {
        let told = beside.iter().map(|asks| self.used_by(*asks)).fold(Places::default(), Places::with);
        let others = self.kinds.iter().filter(|(asks, _)| decides(**asks) && !beside.contains(asks));
        others.into_iter().any(|(_, met)| !met.used.without(told).is_empty())
    }
}

/// Whether a kind of phrases tells what is asked, whatever else stands in a question: not of whom or which a list is asked.
fn decides(asks: Asked) -> bool {
    let narrows = matches!(
        asks,
        Asked::List | Asked::ActiveOnes | Asked::EmergingOnes | Asked::InactiveOnes | Asked::GlobalMeeting
    );
    !narrows && !is_weak(asks) && asks != Asked::TakesPart && asks != Asked::MemberCount
}

/// Words that deny, folded. They turn a question that asks who is not there; whether somebody is there is answered by what
/// is so.
const NEGATIONS: [&str; 18] = [
    "aren", "didn", "doesn", "don", "hasn", "haven", "isn", "jamais", "never", "no", "non", "not", "nunca", "pas",
    "plus", "wasn", "weren", "won",
];

/// Words for one of several by its number, of those that turn other questions: of the global meetings each can be asked for.
const ORDINALS: [&str; 8] = ["first", "primer", "primera", "primero", "premier", "premiere", "premieres", "second"];

/// Words of which phrases are made that only say that countries are asked for, or how many, folded.
const OPEN: [&str; 27] = [
    "cantidad",
    "combien",
    "countr",
    "countries",
    "cual",
    "cuales",
    "cuantas",
    "cuantos",
    "estados",
    "etats",
    "gobiernos",
    "gouvernements",
    "governments",
    "how",
    "many",
    "naciones",
    "nations",
    "nombre",
    "number",
    "numero",
    "paises",
    "pays",
    "que",
    "quels",
    "states",
    "what",
    "which",
];

/// Words that ask what several have in common, folded; "both" may stand for each of two besides.
const COMMON: [&str; 10] =
    ["ambas", "ambos", "both", "common", "commun", "commune", "communes", "communs", "comun", "comunes"];

/// Words for where something has its seat, folded.
const SEAT: [&str; 20] = [
    "base",
    "based",
    "basee",
    "basees",
    "bases",
    "headquarter",
    "headquartered",
    "headquarters",
    "hq",
    "located",
    "queda",
    "seat",
    "sede",
    "siege",
    "situe",
    "situee",
    "trouve",
    "ubica",
    "ubicada",
    "ubicado",
];

/// Words for a place, folded.
const WHERE: [&str; 3] = ["donde", "ou", "where"];

/// How words begin by which a question asks what a name stands for, folded.
const STANDING_FOR: [&str; 8] = ["abbrev", "abrev", "acronim", "acronym", "mean", "sigl", "signif", "stand"];

/// Two words that do together, folded.
const STANDING_FOR_PAIRS: [[&str; 2]; 9] = [
    ["veut", "dire"],
    ["quiere", "decir"],
    ["nom", "complet"],
    ["full", "name"],
    ["nombre", "completo"],
    ["nom", "officiel"],
    ["official", "name"],
    ["nombre", "oficial"],
    ["short", "for"],
];

/// Words before a year that say on which side of it, folded.
const PERIODS: [(&str, Period); 16] = [
    ("after", Period::After),
    ("antes", Period::Before),
    ("apres", Period::After),
    ("avant", Period::Before),
    ("before", Period::Before),
    ("depuis", Period::Since),
    ("desde", Period::Since),
    ("despues", Period::After),
    ("hasta", Period::Until),
    ("jusqu", Period::Until),
    ("jusque", Period::Until),
    ("prior", Period::Before),
    ("since", Period::Since),
    ("till", Period::Until),
    ("tras", Period::After),
    ("until", Period::Until),
];

/// The same that say something else where no year follows.
const PERIODS_OF_A_YEAR: [(&str, Period); 3] =
    [("from", Period::Since), ("partir", Period::Since), ("up", Period::Until)];

/// Between a word of these and its year stand at most so many others: "avant la fin de l'année 2020".
const TO_A_YEAR: usize = 5;

/// Words by which a past is made that lasts until now, folded.
const HAVING: [&str; 11] = ["a", "avaient", "avait", "ha", "habia", "habian", "had", "han", "has", "have", "ont"];

/// What may stand between them and "présidé", which without accents is "préside": "a-t-elle déjà été présidée".
const BETWEEN: [&str; 10] = ["deja", "elle", "elles", "ete", "il", "ils", "jamais", "on", "t", "tous"];

/// Words for a process that are one of several, folded: a name after them is that of a process.
const ONE_PROCESS: [&str; 8] =
    ["conference", "conferencia", "dialogo", "dialogue", "foro", "forum", "proceso", "processus"];

/// Words before them that make them many, folded: French writes one process as several.
const SEVERAL: [&str; 9] = ["autres", "ces", "combien", "des", "les", "leurs", "quels", "ses", "tous"];

/// What joins "process" to its name, folded, and what may follow.
const CALLED: [&str; 5] = ["d", "de", "del", "du", "of"];
const ARTICLES: [&str; 5] = ["el", "l", "la", "le", "the"];

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
                    let is_open = matches!(question.asks, Asked::TakesPart | Asked::MemberCount) && is_open(&words);
                    let words = words.into_iter().map(&mut place).collect();
                    questions.phrases.push(Phrase { asks: question.asks, row, words, is_open });
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
        let mut met = self.met(&meeting, hard);
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
        // Of a country what it chairs is told with what it chaired.
        if question.countries.is_empty()
            && let Some(used) = past_of_chair(words)
        {
            let past =
                MetKind { weight: (used.count(), true, std::cmp::Reverse(0)), used, is_open: false, has_open: false };
            met.kinds.entry(Asked::FormerChair).or_insert(past);
            met.used = met.used.with(used);
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
            if (0..words.len()).any(|place| turns(place, ahead.unwrap_or_default(), &ORDINALS)) {
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
            let period = period(words, *year);
            question.period = period.map(|(period, _)| period);
            unknown.retain(|word| word.parse() != Ok(*year) && period.is_none_or(|(_, said)| said != *word));
        }
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.letters.as_str()));
        let has_word_of = |list: &[(&str, Period)]| list.iter().any(|(word, _)| has(&[*word]));
        // "en 2020 et avant"
        if question.year.is_some() && question.period.is_none() && has_word_of(&PERIODS) {
            return None;
        }
        // What two have in common is told, or nothing: each list by itself is no answer.
        let is_common = has(&COMMON);
        unknown.retain(|word| !COMMON.contains(word));
        let asks_of_iom = met.is(Asked::IomRole);
        // "le processus de Bologne": a process that is not known, and not a country.
        let called = called_so(words);
        let is_called = |span: &&Span<'_>| span.words.clone().any(|place| called.contains(place));
        let is_country = |span: &&Span<'_>| span.named.first().is_some_and(|(entity, _)| *entity == Entity::Country);
        let unknown_called = (0..words.len()).filter(is_unknown).any(|place| called.contains(place));
        let country_called = spans.iter().filter(is_country).any(|span| is_called(&span));
        let needs_none = !question.organisations.is_empty() && !asks_of_iom && question.countries.is_empty();
        if question.processes.is_empty()
            && !needs_none
            && !unknown.is_empty()
            && let Some(found) = forgiven(names, &unknown, language, question.countries.is_empty() && !unknown_called)
        {
            found.into_iter().for_each(|(entity, id)| question.add(entity, id));
            unknown.clear();
        }
        let has_number = unknown.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        if unknown.len() > MAX_UNKNOWN || has_number {
            return None;
        }
        if question.processes.is_empty() && country_called {
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
        let pairs_up =
            question.names_two() && unknown.is_empty() && question.year.is_none() && question.status.is_none();
        let (about, asks) = if is_pair && !question.processes.is_empty() && !question.countries.is_empty() {
            (About::TakesPart, Asked::TakesPart)
        } else if pairs_up && asks_in_common(&question, &met, is_common) {
            (About::InCommon, Asked::TakesPart)
        } else if question.names_only_processes() && asks_for_seat(&met, &has) {
            (About::Secretariat, Asked::Place)
        } else {
            resolve(&question, &met, begins(&["president"]), begins(&CHAIRING))?
        };
        // Who chaired in a year is told whether that is past or not.
        let is_of_year = about == About::FormerChairs && question.year.is_some();
        let stands_for =
            begins(&STANDING_FOR) || STANDING_FOR_PAIRS.iter().any(|pair| pair.iter().all(|word| has(&[*word])));
        let about = match about {
            About::FormerChairs if is_of_year && question.period.is_none() => About::Chair,
            About::Chair if question.period.is_some() && question.countries.is_empty() => About::FormerChairs,
            About::Purpose if stands_for => About::FullName,
            about => about,
        };
        question.about = about;
        // One word more makes a list another: "qui soutiennent", "les fondateurs", "africains".
        let needs_all = matches!(
            about,
            About::Members | About::MemberCount | About::Observers | About::Purpose | About::FullName | About::InCommon
        ) || asks == Asked::Place;
        if needs_all && !unknown.is_empty() {
            return None;
        }
        let tells_each = |about: About| !matches!(about, About::Members | About::MemberCount | About::Observers);
        if is_common && about != About::InCommon && !(has(&["both", "ambos", "ambas"]) && tells_each(about)) {
            return None;
        }
        let told = met.kinds.get(&asks).map(|met| met.used).unwrap_or_default();
        if (0..words.len()).any(|place| turns(place, told, &NEGATIONS)) {
            return None;
        }
        let denies = (0..words.len()).any(|place| {
            !hard.contains(place)
                && letters(place).is_some_and(|word| NEGATIONS.contains(&word) && !is_superlative(words, place))
        });
        let asks_another = match about {
            About::Chair | About::FormerChairs if met.is(Asked::LastMeeting) || met.is(Asked::NextMeeting) => true,
            About::FormerChairs if question.period.is_some() => has(&FUTURE),
            About::Chair if question.period.is_some() => true,
            // Who will chair, and when somebody joined, is not told by who does.
            About::Chair => has(&FUTURE) && !has(&LASTING) && question.year.is_none(),
            About::TakesPart => met.is(Asked::Date),
            About::Founding => has(&WHO) || begins(&["membre", "member", "miembro"]),
            // "where does it sit" does not ask who sits there.
            About::Members => has(&WHERE) && met.is(Asked::Place),
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
        let is_of_time = matches!(about, About::Chair | About::Founding)
            || about == About::FormerChairs && question.period.is_some();
        let is_timeless = question.year.is_none() || is_of_time;
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
                let kinds = &mut met.kinds;
                let weight = (phrase.words.len(), exact, std::cmp::Reverse(phrase.row));
                let met = MetKind { weight, used: places, is_open: phrase.is_open, has_open: phrase.is_open };
                let known = kinds.entry(phrase.asks).or_insert(met);
                known.weight = known.weight.max(weight);
                known.used = known.used.with(places);
                known.is_open &= phrase.is_open;
                known.has_open |= phrase.is_open;
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
            period: None,
        }
    }
}

impl Question {
    /// Whether it names nothing.
    fn is_empty(&self) -> bool {
        let lists = [&self.processes, &self.countries, &self.organisations, &self.regions, &self.topics, &self.terms];
        lists.into_iter().all(Vec::is_empty)
    }

    /// Whether it names processes and nothing else.
    fn names_only_processes(&self) -> bool {
        let others = [&self.countries, &self.organisations, &self.regions, &self.topics, &self.terms];
        !self.processes.is_empty() && others.into_iter().all(Vec::is_empty)
    }

    /// Whether it names two processes, or two countries, and nothing else.
    fn names_two(&self) -> bool {
        let others = [&self.organisations, &self.regions, &self.topics];
        let named = [self.processes.len(), self.countries.len()];
        others.into_iter().all(Vec::is_empty) && (named == [2, 0] || named == [0, 2])
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
        // The second of many has two names in French.
        let letters = if word.letters == "seconde" { "deuxieme" } else { word.letters.as_str() };
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

/// Whether the words of a phrase say nothing but that countries are asked for, or how many.
fn is_open(words: &[PhraseWord]) -> bool {
    words.iter().all(|word| OPEN.contains(&word.letters.iter().collect::<String>().as_str()))
}

/// On which side of a year, and by which word.
fn period(words: &[SpokenWord], year: i16) -> Option<(Period, &str)> {
    let place = words.iter().position(|word| word.letters.parse() == Ok(year))?;
    let before = words.get(place.saturating_sub(TO_A_YEAR)..place)?;
    let of_word = |word: &SpokenWord| {
        let known = PERIODS.iter().chain(&PERIODS_OF_A_YEAR).find(|(said, _)| *said == word.letters);
        known.map(|(said, period)| (*period, *said))
    };
    before.iter().rev().find_map(of_word)
}

/// The places of words by which it is asked who has chaired up to now.
fn past_of_chair(words: &[SpokenWord]) -> Option<Places> {
    let places = words.iter().enumerate();
    let mut having = places.clone().filter(|(_, word)| HAVING.contains(&word.letters.as_str()));
    having.find_map(|(first, _)| {
        let mut between = true;
        places.clone().skip(first + 1).find_map(|(place, word)| {
            let bare = word.letters.trim_start_matches("co");
            let is_past = match bare {
                "preside" | "presidee" | "presidees" | "presides" => between,
                "chaired" | "presided" | "presidido" => true,
                _ => false,
            };
            between &= BETWEEN.contains(&word.letters.as_str());
            is_past.then(|| Places::one(first).with(Places::one(place)))
        })
    })
}

/// The places of what a single process is called after: "le processus de Bologne", "the Bologna process".
fn called_so(words: &[SpokenWord]) -> Places {
    let letters = |place: usize| words.get(place).map_or("", |word| word.letters.as_str());
    let mut called = Places::default();
    for place in 0..words.len() {
        let is_several = place == 0 && letters(place) == "processus"
            || place > 0 && SEVERAL.contains(&letters(place - 1))
            || place > 1 && letters(place - 1) == "de" && SEVERAL.contains(&letters(place - 2));
        if place > 0 && letters(place) == "process" {
            called = called.with(Places::one(place - 1));
        }
        let is_one = ONE_PROCESS.contains(&letters(place)) && !is_several || letters(place) == "process";
        if is_one && CALLED.contains(&letters(place + 1)) {
            let name = (place + 2..words.len()).find(|next| !ARTICLES.contains(&letters(*next)));
            called = name.map_or(called, |name| called.with(Places::one(name)));
        }
    }
    called
}

/// Whether it is asked what two have in common: by the word, or by which countries are in two processes.
fn asks_in_common(question: &Question, met: &Met, is_common: bool) -> bool {
    let is_open = [Asked::TakesPart, Asked::MemberCount].iter().any(|asks| met.has_open(*asks));
    let takes_part = met.is(Asked::TakesPart) || met.is(Asked::MemberCount);
    let of_processes = takes_part && (is_common || is_open) && !question.processes.is_empty();
    let of_countries = is_common && (takes_part || met.is(Asked::List)) && !question.countries.is_empty();
    (of_processes || of_countries) && !met.is_decided(&[])
}

/// Whether it is asked where something has its seat. Whoever sits there is asked for by another word.
fn asks_for_seat(met: &Met, has: &impl Fn(&[&str]) -> bool) -> bool {
    let is_open = [Asked::TakesPart, Asked::MemberCount].iter().any(|asks| met.has_open(*asks));
    let by_another = met.is_decided(&[Asked::Place, Asked::TakesPart]) || is_open || has(&WHO);
    let sits = met.used_by(Asked::TakesPart).without(met.used_by(Asked::Place));
    met.is(Asked::Place) && has(&SEAT) && !by_another && sits.is_empty()
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
            || asks == Asked::Observers && (observes || met.is(Asked::TakesPart) || met.is(Asked::MemberCount))
    };
    // "which countries chair" asks for chairs, and only "which countries are in" for those that take part.
    let is_open = |asks: Asked| met.kinds.get(&asks).is_some_and(|met| met.is_open);
    let is_decided = met.is_decided(&[Asked::TakesPart, Asked::MemberCount]);
    let has_open = [Asked::TakesPart, Asked::MemberCount].into_iter().any(|asks| met.has_open(asks));
    kinds.sort_by_key(|asks| {
        let weight = met.kinds.get(asks).map(|met| met.weight);
        let waits = is_decided && is_open(*asks);
        (is_weak(*asks), is_verb(*asks), !comes_first(*asks), waits, std::cmp::Reverse(weight))
    });
    // What a process is for is asked by words that go with others too: "the role of the chair".
    let is_free = |about: About, asks: Asked| {
        let told = met.used_by(Asked::IomRole);
        let takes_part = met.used_by(Asked::TakesPart).without(told);
        let is_of_another = met.is_decided(&[Asked::IomRole]) || !takes_part.is_empty();
        !(about == About::Purpose && asks == Asked::IomRole && is_of_another)
    };
    let fits = |asks: Asked| fitting(question, asks, presides_over_a_state).filter(|about| is_free(*about, asks));
    let found = kinds.into_iter().find_map(|asks| Some((fits(asks)?, asks)));
    // How many, and which countries, is told by a number and by names of countries; of some of them nothing is known.
    let is_some_only = !question.regions.is_empty() || !question.organisations.is_empty();
    let counts = met.is(Asked::MemberCount);
    let is_answer = |about: About| match about {
        About::Members => !counts && !(has_open && (is_some_only || is_decided)),
        About::TakesPart => !(counts || has_open && is_some_only),
        About::MemberCount => !is_decided,
        About::Observers => !(has_open && is_some_only),
        About::Chair | About::FormerChairs | About::Secretariat => !(counts || has_open && is_some_only),
        About::ChairedBy | About::ProcessesOf | About::ObserverOf | About::MemberStates => true,
        About::WithStatus | About::InRegion | About::DealingWith | About::ServedBy => true,
        _ => !has_open,
    };
    let found = found.filter(|(about, _)| is_answer(*about));
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
        Asked::MemberCount => {
            when(p && !c && !t && !o && !r, About::MemberCount).or(when(only_o && !r, About::MemberStates))
        }
        Asked::Observers => when(p && iom && !c && !others && !t, About::IomRole)
            .or(when(p && (c || o) && !t, About::TakesPart))
            .or(when(p && !t && !r, About::Observers))
            .or(when(c && !p && !t && !o && !r, About::ObserverOf)),
        Asked::IomRole => when(iom && p && !c, About::IomRole)
            .or(when(iom && !p && !c && !others && !t && !r, About::Iom))
            .or(when(only_o && !iom && !r, About::OrganisationRole))
            .or(when(p && !o && !c && !t && !r && !m, About::Purpose)),
        Asked::Founding => when(p && !c && !t, About::Founding),
        Asked::TakesPart => when(p && iom && !c && !others && !t, About::IomRole)
            .or(when(p && (c || o && !t), About::TakesPart))
            .or(when(p && !o && !t && !r, About::Members))
            .or(when(c && !p && !t && !o && !r, About::ProcessesOf)),
        Asked::LastMeeting => when(p && !t && !c, About::LastMeeting),
        Asked::NextMeeting => when(p && !t && !c, About::NextMeeting),
        Asked::Topics => when(p && !c && !others, About::Themes).or(when(t && !p && !c && !o, About::DealingWith)),
        Asked::Website => when(p && !t && !c, About::Website),
        Asked::Status => when(p && !t && !c, About::Status),
        Asked::List => when(question.status.is_some() && !p && !c && !t && !o, About::WithStatus)
            .or(when(t && !p && !c && !o, About::DealingWith))
            .or(when(c && !p && !t && !o && !r, About::ProcessesOf))
            .or(when(r && question.status.is_none() && !p && !c && !t, About::InRegion)),
        Asked::Definition => when(m && !p && !c, About::Term)
            .or(when(p && !c && !t, About::Purpose))
            .or(when(o && !p && !c && !t, About::Organisation)),
        Asked::Place => when(only_o && !r, About::Seat),
        Asked::Date | Asked::GlobalMeeting | Asked::ActiveOnes | Asked::EmergingOnes | Asked::InactiveOnes => None,
    }
}
