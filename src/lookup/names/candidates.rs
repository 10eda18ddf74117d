//! Which entries of one kind agree with a query at all: by whole names, by words, by letters.

use std::cmp::Reverse;
use std::ops::Range;

use crate::catalogue::Language;
use crate::lookup::Entity;
use crate::lookup::forms::FormKind;
use crate::lookup::names::index::{IndexedForm, NameTable};
use crate::lookup::names::query::NameQuery;
use crate::lookup::names::ranking::{BestMatches, NameMatch, Rank};
use crate::lookup::names::weights::{
    BEGUN, BELOW, COVER_STEPS, FORMAL, LETTERS, LETTERS_TYPED, LIKELY_MISTYPED, LONG, MAX_CLOSE, MAX_SEVERAL,
    MAX_WORDS, NEAR, SILENT, SPLIT, SURE, VOUCHED,
};
use crate::lookup::states::StateName;
use crate::lookup::stop::{is_near_stop_word, is_stop_word, without_articles};
use crate::lookup::typing;
use crate::lookup::words::{MAX_MISTYPED, Words, alike, tolerance};

/// What the words of an index have to do with one word of a query.
struct WordReading {
    /// The word itself.
    exact: Option<usize>,
    /// The words that begin so; the word itself among them.
    begun: Range<usize>,
    /// Other words, from which it differs by few errors, with how alike they are.
    mistyped: Vec<(usize, f32)>,
    letters: usize,
    /// How much it tells.
    weight: f32,
}

impl WordReading {
    /// How far a word of a form agrees with it, from 0 to 1.
    fn agreement(&self, word: usize, words: &Words) -> f32 {
        if self.exact == Some(word) {
            1.0
        } else if self.begun.contains(&word) {
            self.begins(words.word(word))
        } else {
            self.mistyped.iter().find(|(other, _)| *other == word).map_or(0.0, |(_, alike)| *alike)
        }
    }

    /// How far a word agrees that begins so.
    fn begins(&self, word: &str) -> f32 {
        BEGUN.0 + BEGUN.1 * self.letters as f32 / word.chars().count().max(1) as f32
    }

    /// Whether a word agrees without any error.
    fn is_there(&self, word: usize) -> bool {
        self.exact == Some(word) || self.begun.contains(&word)
    }
}

/// Words before a former name in brackets, folded.
const FORMERLY: [&str; 9] =
    ["ancien", "ancienne", "anciennement", "antes", "antigua", "ex", "fmr", "former", "formerly"];

impl NameTable {
    /// The entries that agree with a query, best first, about `limit` of them.
    pub(crate) fn rank(&self, query: &NameQuery, language: Language, limit: usize) -> Vec<NameMatch> {
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let named = self.rank_named(query, language, limit);
        self.rank_others(query, language, limit, named)
    }

    /// The same, as far as it takes to tell which one is meant: where the query is a name as it stands, nothing that agrees
    /// less rivals that, and so is not looked for.
    pub(crate) fn meant(&self, query: &NameQuery, language: Language, limit: usize) -> Vec<NameMatch> {
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let named = self.rank_named(query, language, limit);
        if named.len() > 0 { named.sorted() } else { self.rank_others(query, language, limit, named) }
    }

    /// Whether the query is a name of one of the entries as it stands.
    pub(crate) fn is_name(&self, query: &NameQuery, language: Language) -> bool {
        !query.is_empty() && self.rank_named(query, language, 1).len() > 0
    }

    /// The entries of which the query is a name as it stands ([`Rank::is_whole`]).
    fn rank_named(&self, query: &NameQuery, language: Language, limit: usize) -> BestMatches {
        let mut best = BestMatches::new(self.entries.len(), limit.max(MAX_SEVERAL + 1));
        let by_id = self.by_id.binary_search_by(|&entry| {
            self.entries.get(entry as usize).map_or("", |entry| &entry.id).cmp(query.id.as_str())
        });
        if let Some(&entry) = by_id.ok().and_then(|place| self.by_id.get(place)) {
            best.offer(self.whole_entry(entry, Rank::Id, language));
        }
        if let Some(exact) = self.wholes.find(&query.squeezed) {
            for &form in self.wholes.numbers(exact) {
                let Some(&form) = self.forms.get(form as usize) else { continue };
                if !self.is_rather_begun(form, query.is_capital()) {
                    best.offer(self.form_match(form, Rank::of(form.kind), language, 1.0, 1.0));
                }
            }
        } else if !self.rank_bare(query, language, &mut best) {
            self.rank_states(query, language, &mut best);
        }
        best
    }

    /// Those besides, with which the query agrees less.
    fn rank_others(
        &self,
        query: &NameQuery,
        language: Language,
        limit: usize,
        mut best: BestMatches,
    ) -> Vec<NameMatch> {
        self.rank_wholes(query, language, &mut best);
        // Each later step ranks lower than this one, so it could not change the best `limit`.
        if best.len() < limit {
            self.rank_words(query, language, &mut best);
            if best.is_weak() {
                self.rank_letters(query, language, &mut best);
            }
        }
        best.sorted()
    }

    /// Names that begin with the query, or are it but for a space and typing errors.
    fn rank_wholes(&self, query: &NameQuery, language: Language, best: &mut BestMatches) {
        let letters = query.squeezed.chars().count();
        let exact = self.wholes.find(&query.squeezed);
        for whole in self.wholes.starting_with(&query.squeezed).filter(|whole| exact != Some(*whole)) {
            for &form in self.wholes.numbers(whole) {
                let Some(&form) = self.forms.get(form as usize) else { continue };
                let cover = letters as f32 / f32::from(form.length.max(1));
                best.offer(self.form_match(form, Rank::Prefix, language, 1.0, cover));
            }
        }
        if exact.is_none() && letters <= MAX_MISTYPED {
            self.wholes.mistyped(&query.squeezed, |whole, score| {
                for &place in self.wholes.numbers(whole) {
                    // With as many words, the errors are within words, and the words themselves are compared later.
                    let spaced = self.words_of(place as usize).len() != query.words.len();
                    if let Some(&form) = self.forms.get(place as usize).filter(|_| spaced) {
                        best.offer(self.form_match(form, Rank::Typing, language, score, score));
                    }
                }
            });
        }
    }

    /// Names that are the query but for the articles around it, and whether there are any.
    fn rank_bare(&self, query: &NameQuery, language: Language, best: &mut BestMatches) -> bool {
        let bare = without_articles(&query.words);
        if bare.len() == query.words.len() {
            return false;
        }
        let Some(whole) = self.wholes.find(&bare.concat()) else { return false };
        // "La Ga" begins Gambia; nobody puts an article before GA. "The US" is a code in capitals.
        let is_upper = |word: &str| word.to_uppercase() == word;
        let mut typed = query.id.split_whitespace();
        let is_capital = typed.next().is_some_and(|word| !is_upper(word)) && typed.next_back().is_some_and(is_upper);
        let is_code = |form: &IndexedForm| {
            let id = self.entries.get(form.entry as usize).map_or("", |entry| &entry.id);
            let is_iso = self.entity == Entity::Country && id.eq_ignore_ascii_case(self.wholes.word(whole));
            is_iso && !is_capital || self.is_rather_begun(*form, is_capital)
        };
        let forms = self.wholes.numbers(whole).iter().copied();
        let named: Vec<u32> =
            forms.filter(|&form| self.forms.get(form as usize).is_some_and(|form| !is_code(form))).collect();
        self.offer_wholes(&named, language, best);
        !named.is_empty()
    }

    /// Whether a code that is not of ISO 3166 is rather the beginning of another country's name, "nig" or "sud": it is the
    /// code in capitals.
    fn is_rather_begun(&self, form: IndexedForm, is_capital: bool) -> bool {
        if form.kind != FormKind::OtherCode || is_capital {
            return false;
        }
        let begun = self.words.starting_with(self.wholes.word(form.whole as usize));
        begun.flat_map(|word| self.words.numbers(word)).any(|&entry| entry != form.entry)
    }

    /// Countries whose name is the query but for the order of its words, those that are silent, and the form of State.
    fn rank_states(&self, query: &NameQuery, language: Language, best: &mut BestMatches) {
        if self.cores.len() == 0 {
            return;
        }
        let (same, other) = self.state_names(&query.words);
        if !same.is_empty() {
            return self.offer_wholes(&same, language, best);
        }
        if !other.is_empty() {
            return self.offer_parts(&other, language, best);
        }
        // "Anguilla (United Kingdom)": the territory, if it is one of that State's; of two States, neither.
        let Some([before, rest]) = &query.halves else { return };
        let named = |words: &[String]| -> Vec<u32> {
            let whole = self.wholes.find(&words.concat()).map(|whole| self.wholes.numbers(whole).to_vec());
            let (same, other) = self.state_names(words);
            whole.unwrap_or(if same.is_empty() { other } else { same })
        };
        // "Eswatini (formerly Swaziland)"
        let former = rest.first().is_some_and(|word| FORMERLY.contains(&word.as_str()));
        let (before, rest) = (named(before), named(rest.get(usize::from(former)..).unwrap_or_default()));
        if before.is_empty() || rest.is_empty() {
            return;
        }
        let entry = |form: &u32| {
            let form = self.forms.get(*form as usize)?;
            self.entries.get(form.entry as usize)
        };
        let states: Vec<&str> = rest.iter().filter_map(entry).map(|entry| &*entry.id).collect();
        let is_of_it = |form: &u32| {
            let state = entry(form).and_then(|entry| entry.administered_by.as_deref());
            state.is_some_and(|state| states.contains(&state))
        };
        let territories: Vec<u32> = before.iter().copied().filter(is_of_it).collect();
        let meant = if territories.is_empty() { [before, rest].concat() } else { territories };
        self.offer_parts(&meant, language, best);
    }

    /// The forms with the core of a name: those of the same form of State, and those that say more of it or less.
    fn state_names(&self, words: &[String]) -> (Vec<u32>, Vec<u32>) {
        let Some(name) = StateName::read(words.iter().map(String::as_str)) else { return Default::default() };
        let Some(core) = self.cores.find(&name.core) else { return Default::default() };
        let state_form = |form: &u32| self.forms.get(*form as usize).map_or(0, |form| form.state_form);
        let agree = || self.cores.numbers(core).iter().copied().filter(|form| name.agrees_with(state_form(form)));
        // "République démocratique de Corée" says something that is not true of the Republic of Korea.
        let is_told = |form: &u32| state_form(form) & name.form == name.form;
        let is_any_told = agree().any(|form| is_told(&form));
        agree().filter(|form| !is_any_told || is_told(form)).partition(|form| state_form(form) == name.form)
    }

    fn offer_parts(&self, forms: &[u32], language: Language, best: &mut BestMatches) {
        for &form in forms.iter().filter_map(|&form| self.forms.get(form as usize)) {
            best.offer(self.form_match(form, Rank::Part, language, 1.0, 1.0));
        }
    }

    fn offer_wholes(&self, forms: &[u32], language: Language, best: &mut BestMatches) {
        for &form in forms.iter().filter_map(|&form| self.forms.get(form as usize)) {
            best.offer(self.form_match(form, Rank::of(form.kind), language, 1.0, 1.0));
        }
    }

    /// Entries that have the query's words.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is a place for each entry, and the numbers of words are those of entries"
    )]
    fn rank_words(&self, query: &NameQuery, language: Language, best: &mut BestMatches) {
        let readings = self.readings(query);
        let all: f32 = readings.iter().map(|reading| reading.weight).sum();
        if all <= 0.0 {
            return;
        }
        // Of each entry, how much of the query its words agree with.
        let mut sums = vec![0.0f32; self.entries.len()];
        let mut touched = Vec::new();
        let (mut current, mut now) = (vec![0.0f32; self.entries.len()], Vec::new());
        // Of each word, how far it agrees with the word of the query with which it agrees most.
        let mut agreements = vec![0.0f32; self.words.len()];
        for reading in &readings {
            let mut agree = |word: usize, agreement: f32| {
                // What a reading holds are places of words.
                let most = &mut agreements[word];
                *most = most.max(agreement);
                for &entry in self.words.numbers(word) {
                    // The numbers are those of entries, and `current` has one place for each.
                    let here = &mut current[entry as usize];
                    if *here == 0.0 {
                        now.push(entry);
                    }
                    *here = here.max(agreement);
                }
            };
            for word in reading.begun.clone() {
                agree(word, reading.agreement(word, &self.words));
            }
            for &(word, agreement) in &reading.mistyped {
                agree(word, agreement);
            }
            for entry in now.drain(..) {
                // As above.
                let (sum, here) = (&mut sums[entry as usize], &mut current[entry as usize]);
                if *sum == 0.0 {
                    touched.push(entry);
                }
                *sum += reading.weight * *here;
                *here = 0.0;
            }
        }
        let positions = &self.positions[language.index()];
        let near = touched.into_iter().filter_map(|entry| {
            let part = sums.get(entry as usize)? / all;
            let key = (Reverse((part * 100.0) as u32), positions.get(entry as usize)?);
            (part >= NEAR).then_some((key, entry))
        });
        let mut near: Vec<_> = near.collect();
        if near.len() > MAX_CLOSE {
            near.select_nth_unstable(MAX_CLOSE);
            near.truncate(MAX_CLOSE);
        }
        let letters: Vec<char> = query.squeezed.chars().collect();
        let is_formal = readings.iter().any(|reading| reading.weight > SILENT)
            && query.words.iter().any(|word| self.is_silent(word) && !is_stop_word(word));
        for (_, entry) in near {
            let score = sums.get(entry as usize).map_or(0.0, |sum| (sum / all).min(1.0));
            if let Some(mut one) = self.closely(entry, &readings, &agreements, score, language) {
                if is_formal && one.cover < FORMAL {
                    one.score = one.score.min(SURE - BELOW);
                }
                best.offer(one);
                if one.rank >= Rank::Typing && letters.len() > MAX_MISTYPED {
                    self.rank_long(entry, &letters, query.words.len(), language, best);
                }
            }
        }
    }

    /// What the words of a query are to the words of this table.
    fn readings(&self, query: &NameQuery) -> Vec<WordReading> {
        let mut words: Vec<String> = Vec::new();
        for word in &query.words {
            if self.words.find(word).is_some() {
                words.push(word.clone());
            } else if let Some((before, after)) = self.split(word) {
                words.extend([before.to_owned(), after.to_owned()]);
            } else {
                words.push(word.clone());
            }
        }
        // "Pr ague": two pieces of a word, at least one of which is none itself.
        let mut at = 0;
        while let [one, other, ..] = words.get(at..).unwrap_or_default() {
            let joined = format!("{one}{other}");
            let pieces = self.words.find(one).is_none() || self.words.find(other).is_none();
            if pieces && self.words.find(&joined).is_some() {
                words.splice(at..at + 2, [joined]);
            }
            at += 1;
        }
        let last = words.len().saturating_sub(1);
        let mut readings: Vec<(usize, WordReading)> = Vec::with_capacity(words.len());
        let mut nothing: Vec<(usize, WordReading)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if words.get(..at).is_some_and(|before| before.contains(word)) {
                continue;
            }
            // "PR China" is not "Province of …": of several words only the last may be so short, if it isn't a code.
            let is_last = at == last && (query.is_unfinished || self.entity != Entity::Country);
            let may_begin = words.len() == 1 || is_last;
            let reading = self.reading(word, may_begin);
            // A stop word, or one with a typing error; but what begins another word is more likely meant for that.
            let begins = !reading.begun.is_empty() && (at == last || reading.letters > 2);
            let unknown = reading.mistyped.is_empty() && reading.exact.is_none() && !begins;
            let silent = self.is_silent(word) || unknown && is_near_stop_word(word) || self.is_nearly_silent(&reading);
            if silent { &mut nothing } else { &mut readings }.push((at, reading));
        }
        // "The" alone, and "United Sates", in which nothing tells more than "united".
        if readings.iter().all(|(_, reading)| reading.weight <= SILENT) {
            let is_state = |(at, _): &(usize, WordReading)| words.get(*at).is_some_and(|word| !is_stop_word(word));
            if nothing.iter().any(is_state) {
                nothing.retain(is_state);
            }
            readings.append(&mut nothing);
            readings.sort_by_key(|&(at, _)| at);
        }
        let mut readings: Vec<WordReading> = readings.into_iter().map(|(_, reading)| reading).collect();
        if readings.len() > MAX_WORDS {
            // Those that tell most, in the order in which they were typed.
            let mut weights: Vec<f32> = readings.iter().map(|reading| reading.weight).collect();
            weights.sort_by(|one, other| other.total_cmp(one));
            let least = weights.get(MAX_WORDS - 1).copied().unwrap_or_default();
            readings.retain(|reading| reading.weight >= least);
            readings.truncate(MAX_WORDS);
        }
        readings
    }

    /// What one word is to them. One of less than three letters begins others only where it `may_begin` any.
    fn reading(&self, word: &str, may_begin: bool) -> WordReading {
        let letters = word.chars().count();
        let exact = self.words.find(word);
        let mut begun = self.words.starting_with(word);
        if letters < 3 && (!may_begin || word.bytes().all(|byte| byte.is_ascii_digit())) {
            // No one types the first digits of a year and means it either.
            begun = exact.map_or(0..0, |exact| exact..exact + 1);
        }
        let mut mistyped = Vec::new();
        if exact.is_none() {
            self.words.mistyped(word, |place, alike| {
                if !begun.contains(&place) && !is_stop_word(self.words.word(place)) {
                    mistyped.push((place, alike));
                }
            });
        }
        let rarity = |place: usize| self.rarity.get(place).copied().unwrap_or_default();
        let weight = match exact {
            Some(place) => rarity(place),
            None => begun
                .clone()
                .chain(mistyped.iter().map(|(place, _)| *place))
                .map(rarity)
                .reduce(f32::max)
                .unwrap_or(self.rarest),
        };
        WordReading { exact, begun, mistyped, letters, weight }
    }

    /// Whether a word is best read as one that is silent here, with an error: "Repubic".
    fn is_nearly_silent(&self, reading: &WordReading) -> bool {
        let nearest = reading.mistyped.iter().max_by(|(_, one), (_, other)| one.total_cmp(other));
        reading.begun.is_empty() && nearest.is_some_and(|(word, _)| self.is_silent_at(*word))
    }

    /// Two words of this table that were typed without the space between them.
    fn split<'w>(&self, word: &'w str) -> Option<(&'w str, &'w str)> {
        // A letter of "R. U." is no word of another country's name.
        let least = if self.entity == Entity::Country { 2 } else { 1 };
        let places = word.char_indices().map(|(place, _)| place).skip(1).take(MAX_MISTYPED);
        places.map(|place| word.split_at(place)).find(|(before, after)| {
            before.len().max(after.len()) >= SPLIT
                && before.len().min(after.len()) >= least
                && self.words.find(before).is_some()
                && self.words.find(after).is_some()
        })
    }

    /// Looks at each form of an entry that shares words with the query; `agreements` says of each word how far it agrees
    /// with any of the query.
    fn closely(
        &self,
        entry: u32,
        readings: &[WordReading],
        agreements: &[f32],
        score: f32,
        language: Language,
    ) -> Option<NameMatch> {
        let forms = self.forms_of(entry);
        let all_there = |test: &dyn Fn(&WordReading, usize) -> bool| {
            readings.iter().all(|reading| {
                forms.clone().any(|form| self.words_of(form).iter().any(|&word| test(reading, word as usize)))
            })
        };
        let rank = if all_there(&|reading, word| reading.is_there(word)) {
            Rank::AllWords
        } else if all_there(&|reading, word| reading.agreement(word, &self.words) > 0.0) {
            Rank::Typing
        } else {
            Rank::Fuzzy
        };
        // Agreement of one or two letters, or of four with an error among them, is chance.
        let letters: usize = readings.iter().map(|reading| reading.letters).sum();
        let score = match rank {
            Rank::Typing if letters < 5 => score.min(LIKELY_MISTYPED - BELOW),
            _ if letters < 3 => score.min(SURE - BELOW),
            _ => score,
        };
        let mut best: Option<NameMatch> = None;
        for place in forms.clone() {
            let Some(&form) = self.forms.get(place) else { continue };
            let words = self.words_of(place);
            let (mut have, mut agree) = (0.0, 0.0);
            for &word in words {
                let rarity = self.rarity.get(word as usize).copied().unwrap_or_default();
                let agreement = agreements.get(word as usize).copied().unwrap_or_default();
                have += rarity;
                agree += rarity * agreement;
            }
            let cover = if have > 0.0 { agree / have } else { 0.0 };
            let ordered = rank == Rank::AllWords && self.in_order(words, readings);
            let rank = if ordered { Rank::WordPrefix } else { rank };
            // Beginnings of several words in their order vouch for one another: "conf reg mig".
            let score = if ordered && readings.len() > 1 { score + VOUCHED * (1.0 - score) } else { score };
            let one = self.form_match(form, rank, language, score, cover);
            let better = best.is_none_or(|best| {
                let key = |one: &NameMatch| (one.rank, Reverse((one.cover * COVER_STEPS) as u32), !one.own, one.length);
                key(&one) < key(&best)
            });
            if better {
                best = Some(one);
            }
        }
        best
    }

    /// Whether words of a form, stop words left out, begin as those of the query do, one after the other.
    fn in_order(&self, words: &[u32], readings: &[WordReading]) -> bool {
        let telling: Vec<usize> =
            words.iter().map(|&word| word as usize).filter(|&word| !self.is_silent_at(word)).collect();
        telling
            .windows(readings.len().max(1))
            .any(|window| window.iter().zip(readings).all(|(&word, reading)| reading.is_there(word)))
    }

    /// Long names that are the query but for a few errors, at least one of which is a space.
    fn rank_long(&self, entry: u32, letters: &[char], words: usize, language: Language, best: &mut BestMatches) {
        for place in self.forms_of(entry) {
            let Some(&form) = self.forms.get(place) else { continue };
            if usize::from(form.length).abs_diff(letters.len()) > LONG || self.words_of(place).len() == words {
                continue;
            }
            let whole: Vec<char> = self.wholes.word(form.whole as usize).chars().collect();
            if let Some(cost) = typing::distance(letters, &whole, tolerance(letters.len())) {
                let score = alike(cost, letters.len(), whole.len());
                best.offer(self.form_match(form, Rank::Typing, language, score, score));
            }
        }
    }

    /// Names whose letters are there in the query's order, close together: "sdrkpng".
    fn rank_letters(&self, query: &NameQuery, language: Language, best: &mut BestMatches) {
        let letters: Vec<char> = query.squeezed.chars().collect();
        let Some(first) = letters.first() else { return };
        if !(3..=MAX_MISTYPED).contains(&letters.len()) {
            return;
        }
        for whole in self.wholes.starting_with(first.encode_utf8(&mut [0; 4])) {
            let mut typed = letters.iter().peekable();
            let mut reach = 0;
            for letter in self.wholes.word(whole).chars().take(LETTERS_TYPED.1 * letters.len()) {
                reach += 1;
                if typed.next_if(|&&next| next == letter).is_some() && typed.peek().is_none() {
                    break;
                }
            }
            if typed.peek().is_some() {
                continue;
            }
            for &form in self.wholes.numbers(whole) {
                let Some(&form) = self.forms.get(form as usize) else { continue };
                let cover = letters.len() as f32 / f32::from(form.length.max(1));
                if cover >= LETTERS_TYPED.0 {
                    let score = LETTERS * letters.len() as f32 / reach as f32;
                    best.offer(self.form_match(form, Rank::Fuzzy, language, score, cover));
                }
            }
        }
    }
}
