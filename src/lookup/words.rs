//! A compact inverted index: sorted words, each with the numbers of the things that have it.
//!
//! It answers three questions without looking at every word: which things have this word, which words begin so, and
//! which words differ from it by few typing errors (by the pairs of letters that they share). All words lie in one
//! string and all numbers in one list, because a catalogue of 10,000 processes has tens of thousands of words.

use std::ops::Range;

use crate::catalogue::FastMap;
use crate::lookup::typing::{ERROR, distance, reach};

/// Longer words are found exactly and by their beginning, but not through typing errors.
pub(crate) const MAX_MISTYPED: usize = 28;

/// The index. A word is known by its place in the order of bytes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Words {
    text: String,
    /// Where each word begins in `text`, and then where the last ends.
    starts: Vec<u32>,
    /// The numbers of each word, sorted.
    numbers: Lists,
    /// The distinct pairs of neighbouring letters in words of each length, sorted.
    pairs: Vec<u32>,
    /// For each pair and length the words of that length that have it.
    pair_words: Lists,
    /// Whether it has what it takes to find mistyped words.
    finds_mistyped: bool,
}

/// Many short lists of numbers in one.
#[derive(Debug, Default, PartialEq)]
struct Lists {
    /// Where each list begins in `items`, and then where the last ends.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// The list at a place, empty where there is none.
    fn get(&self, place: usize) -> &[u32] {
        let range = || Some(*self.starts.get(place)? as usize..*self.starts.get(place + 1)? as usize);
        range().and_then(|range| self.items.get(range)).unwrap_or_default()
    }

    /// Groups pairs sorted by their keys into one list for each key, and tells each key in order.
    fn group(pairs: Vec<Pair>, mut new: impl FnMut(u32)) -> Lists {
        let mut lists = Lists { starts: Vec::new(), items: Vec::with_capacity(pairs.len()) };
        let mut last = None;
        for one in pairs {
            let (key, item) = (key(one), item(one));
            if last != Some(key) {
                last = Some(key);
                lists.starts.push(lists.items.len() as u32);
                new(key);
            }
            lists.items.push(item);
        }
        lists.starts.push(lists.items.len() as u32);
        lists.starts.shrink_to_fit();
        lists
    }
}

/// A key with an item of its list, in one number: so they are sorted twice as fast as side by side.
type Pair = u64;

fn pair(key: u32, item: u32) -> Pair {
    u64::from(key) << 32 | u64::from(item)
}

fn key(pair: Pair) -> u32 {
    (pair >> 32) as u32
}

fn item(pair: Pair) -> u32 {
    pair as u32
}

/// The first eight bytes of a word as a number, which is in the order of the words.
fn beginning(word: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(word.bytes()).for_each(|(there, byte)| *there = byte);
    u64::from_be_bytes(first)
}

/// Collects words for an index. Each distinct word is kept once, whatever the number of things that have it.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    known: FastMap<Box<str>, u32>,
    pairs: Vec<Pair>,
}

impl Collector {
    /// Notes a word. The answer, counted from 0, stands for it until the index is built.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        let next = self.known.len() as u32;
        match self.known.get(word) {
            Some(&token) => token,
            None => {
                self.known.insert(word.into(), next);
                next
            }
        }
    }

    /// Notes that a thing has a word.
    pub(crate) fn add_to(&mut self, word: &str, number: u32) -> u32 {
        let token = self.add(word);
        self.pairs.push(pair(token, number));
        token
    }

    /// The index, and for each answer of [`Collector::add`] the place of its word.
    pub(crate) fn build(self) -> (Words, Vec<u32>) {
        self.build_for(MAX_MISTYPED)
    }

    /// The same, without what it takes to find mistyped words.
    pub(crate) fn build_exact(self) -> (Words, Vec<u32>) {
        self.build_for(0)
    }

    #[expect(clippy::indexing_slicing, reason = "tokens count the distinct words, so each has its place")]
    fn build_for(self, longest_mistyped: usize) -> (Words, Vec<u32>) {
        // Most words differ in their first letters, which are compared as one number.
        let mut sorted: Vec<(u64, Box<str>, u32)> =
            self.known.into_iter().map(|(word, token)| (beginning(&word), word, token)).collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        for (place, &(_, _, token)) in sorted.iter().enumerate() {
            // Tokens count the distinct words, so each has its place here.
            places[token as usize] = place as u32;
        }
        let mut numbers = self.pairs;
        numbers.iter_mut().for_each(|one| *one = pair(places[key(*one) as usize], item(*one)));
        numbers.sort_unstable();
        numbers.dedup();
        let finds_mistyped = longest_mistyped > 0;
        let mut words = Words { numbers: Lists::group(numbers, |_| {}), finds_mistyped, ..Words::default() };
        let mut word_pairs: Vec<Pair> = Vec::new();
        let mut letters = Vec::new();
        for (place, (_, word, _)) in sorted.iter().enumerate() {
            words.starts.push(words.text.len() as u32);
            words.text.push_str(word);
            letters.clear();
            letters.extend(word.chars());
            if letters.len() <= longest_mistyped {
                word_pairs.extend(pairs(&letters).map(|of| pair(within(of, letters.len()), place as u32)));
            }
        }
        words.starts.push(words.text.len() as u32);
        word_pairs.sort_unstable();
        word_pairs.dedup();
        words.pair_words = Lists::group(word_pairs, |of| words.pairs.push(of));
        words.text.shrink_to_fit();
        words.starts.shrink_to_fit();
        words.pairs.shrink_to_fit();
        (words, places)
    }
}

/// The place of a word that is not there any more.
pub(crate) const GONE: u32 = u32::MAX;

/// What words are merged with.
struct MergedWords {
    /// The words alone: without numbers and pairs.
    words: Words,
    /// For each word so far its place now, or [`GONE`].
    places: Vec<u32>,
    /// The places of those that are new.
    new: Vec<u32>,
}

impl Words {
    /// The index of other things: `stays` tells the number now of each that stays, rising, and `added` are words of those
    /// that have come, by their numbers now. With it the place now of each word so far, or [`GONE`]. It is what a
    /// [`Collector`] makes of the same words.
    #[expect(clippy::indexing_slicing, reason = "lists begin within the items, and each word so far has its place")]
    pub(crate) fn edited(
        &self,
        stays: impl Fn(u32) -> Option<u32>,
        mut added: Vec<(String, u32)>,
    ) -> (Words, Vec<u32>) {
        added.sort_unstable();
        added.dedup();
        let mut numbers =
            Lists { starts: Vec::new(), items: Vec::with_capacity(self.numbers.items.len() + added.len()) };
        let mut runs = added.chunk_by(|one, other| one.0 == other.0);
        let words: Vec<&str> = added.chunk_by(|one, other| one.0 == other.0).map(|run| run[0].0.as_str()).collect();
        let merged = self.merged(&words, |old, new| {
            let start = numbers.items.len();
            let kept = old.map(|old| self.numbers.get(old)).unwrap_or_default();
            numbers.items.extend(kept.iter().filter_map(|number| stays(*number)));
            if new {
                numbers.items.extend(runs.next().unwrap_or_default().iter().map(|(_, number)| *number));
                numbers.items[start..].sort_unstable();
            }
            let stays = numbers.items.len() > start;
            if stays {
                numbers.starts.push(start as u32);
            }
            stays
        });
        numbers.starts.push(numbers.items.len() as u32);
        let MergedWords { words: mut next, places, new } = merged;
        next.numbers = numbers;
        next.finds_mistyped = self.finds_mistyped;
        match self.finds_mistyped {
            true => self.edit_pairs(&mut next, &places, &new),
            false => next.pair_words.starts.push(0),
        }
        (next, places)
    }

    /// The words themselves, merged with others, which are sorted. Whether one is there is asked with its place so far, if it
    /// was there, and with whether it is among the others.
    pub(crate) fn edited_alone(
        &self,
        added: &[&str],
        is_there: impl FnMut(Option<usize>, bool) -> bool,
    ) -> (Words, Vec<u32>) {
        let MergedWords { mut words, places, .. } = self.merged(added, is_there);
        words.numbers.starts.push(0);
        words.pair_words.starts.push(0);
        (words, places)
    }

    fn merged(&self, added: &[&str], mut is_there: impl FnMut(Option<usize>, bool) -> bool) -> MergedWords {
        let mut next = Words { text: String::with_capacity(self.text.len()), ..Words::default() };
        next.starts.reserve_exact(self.starts.len() + added.len());
        let (mut places, mut new) = (Vec::with_capacity(self.len()), Vec::new());
        let mut added = added.iter().copied().peekable();
        for old in 0..=self.len() {
            let word = (old < self.len()).then(|| self.word(old));
            while let Some(other) = added.next_if(|other| word.is_none_or(|word| *other < word)) {
                if is_there(None, true) {
                    new.push(next.starts.len() as u32);
                    next.push(other);
                }
            }
            let Some(word) = word else { break };
            let again = added.next_if_eq(&word).is_some();
            match is_there(Some(old), again) {
                true => {
                    places.push(next.starts.len() as u32);
                    next.push(word);
                }
                false => places.push(GONE),
            }
        }
        next.starts.push(next.text.len() as u32);
        next.text.shrink_to_fit();
        next.starts.shrink_to_fit();
        MergedWords { words: next, places, new }
    }

    fn push(&mut self, word: &str) {
        self.starts.push(self.text.len() as u32);
        self.text.push_str(word);
    }

    /// Makes the lists of pairs from the ones so far and from the new words.
    #[expect(clippy::indexing_slicing, reason = "lists begin within the items, and hold places of words so far")]
    fn edit_pairs(&self, next: &mut Words, places: &[u32], new: &[u32]) {
        let mut fresh: Vec<(u32, u32)> = Vec::new();
        let mut letters = Vec::new();
        for &place in new {
            letters.clear();
            letters.extend(next.word(place as usize).chars());
            if letters.len() <= MAX_MISTYPED {
                fresh.extend(pairs(&letters).map(|pair| (within(pair, letters.len()), place)));
            }
        }
        fresh.sort_unstable();
        fresh.dedup();
        let mut runs = fresh.chunk_by(|one, other| one.0 == other.0).peekable();
        let mut lists =
            Lists { starts: Vec::new(), items: Vec::with_capacity(self.pair_words.items.len() + fresh.len()) };
        let mut keys = Vec::with_capacity(self.pairs.len());
        for old in 0..=self.pairs.len() {
            let key = self.pairs.get(old).copied();
            while let Some(run) = runs.next_if(|run| key.is_none_or(|key| run[0].0 < key)) {
                keys.push(run[0].0);
                lists.starts.push(lists.items.len() as u32);
                lists.items.extend(run.iter().map(|(_, place)| *place));
            }
            let Some(key) = key else { break };
            let start = lists.items.len();
            let kept = self.pair_words.get(old).iter().map(|&word| places[word as usize]);
            lists.items.extend(kept.filter(|&place| place != GONE));
            if let Some(run) = runs.next_if(|run| run[0].0 == key) {
                lists.items.extend(run.iter().map(|(_, place)| *place));
                lists.items[start..].sort_unstable();
            }
            if lists.items.len() > start {
                keys.push(key);
                lists.starts.push(start as u32);
            }
        }
        lists.starts.push(lists.items.len() as u32);
        lists.starts.shrink_to_fit();
        keys.shrink_to_fit();
        (next.pairs, next.pair_words) = (keys, lists);
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The word at a place, empty where there is none.
    pub(crate) fn word(&self, place: usize) -> &str {
        let range = || Some(*self.starts.get(place)? as usize..*self.starts.get(place + 1)? as usize);
        range().and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// The numbers of the things that have the word at a place, sorted.
    pub(crate) fn numbers(&self, place: usize) -> &[u32] {
        self.numbers.get(place)
    }

    /// The place of exactly this word.
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        let place = self.first_from(word);
        (place < self.len() && self.word(place) == word).then_some(place)
    }

    /// The places of the words that begin so, the word itself among them.
    pub(crate) fn starting_with(&self, beginning: &str) -> Range<usize> {
        let start = self.first_from(beginning);
        let (mut low, mut high) = (start, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle).starts_with(beginning) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start..low
    }

    /// The first place whose word does not come before `word`.
    fn first_from(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Calls `found` with each other word that is this one with few typing errors, and with how alike the two are.
    pub(crate) fn mistyped(&self, word: &str, mut found: impl FnMut(usize, f32)) {
        let letters: Vec<char> = word.chars().take(MAX_MISTYPED + 1).collect();
        if letters.len() < 3 || letters.len() > MAX_MISTYPED {
            return;
        }
        let mut own: Vec<u32> = pairs(&letters).collect();
        own.sort_unstable();
        own.dedup();
        // One error spoils at most three pairs (a swap), so a word within reach shares the others.
        let errors = if tolerance(letters.len()) > ERROR + ERROR / 2 { 2 } else { 1 };
        let shared = own.len().saturating_sub(3 * errors).max(1);
        let mut other = Vec::with_capacity(MAX_MISTYPED);
        let candidates = lengths_near(letters.len()).flat_map(|length| self.sharing(&own, length, shared));
        for candidate in candidates {
            let candidate = candidate as usize;
            let text = self.word(candidate);
            other.clear();
            other.extend(text.chars());
            if other != letters
                && let Some(cost) = distance(&letters, &other, tolerance(letters.len().max(other.len())))
            {
                found(candidate, alike(cost, letters.len(), other.len()));
            }
        }
    }

    /// The words of a length that have at least so many of these pairs.
    ///
    /// A word that misses the rarest pairs misses too many, so that only their lists are read whole; what they name is
    /// then looked up in the lists of the common pairs, which may hold a good part of all words.
    #[expect(clippy::indexing_slicing, reason = "there is a count for each word, and the lists hold places of words")]
    fn sharing(&self, pairs: &[u32], length: usize, least: usize) -> Vec<u32> {
        let mut lists: Vec<&[u32]> = pairs
            .iter()
            .map(|&pair| self.pairs.binary_search(&within(pair, length)).map_or(&[][..], |at| self.pair_words.get(at)))
            .collect();
        lists.sort_unstable_by_key(|list| list.len());
        let (rare, common) = lists.split_at((lists.len() + 1).saturating_sub(least));
        let mut counts = vec![0u8; self.len()];
        let mut candidates = Vec::new();
        for &candidate in rare.iter().copied().flatten() {
            // The lists hold places of words only.
            let count = &mut counts[candidate as usize];
            if *count == 0 {
                candidates.push(candidate);
            }
            *count += 1;
        }
        candidates.sort_unstable();
        for (at, list) in common.iter().enumerate() {
            let to_come = common.len() - at;
            let mut rest = *list;
            candidates.retain(|&candidate| {
                let count = &mut counts[candidate as usize];
                if usize::from(*count) + to_come < least {
                    return false;
                }
                // Both are sorted: what lies before this candidate is of no use to the next.
                rest = &rest[gallop(rest, candidate)..];
                *count += u8::from(rest.first() == Some(&candidate));
                true
            });
        }
        candidates.retain(|&candidate| usize::from(counts[candidate as usize]) >= least);
        candidates
    }
}

/// The place in a sorted list of the first number that is not below `number`, sought from the beginning in growing steps.
fn gallop(list: &[u32], number: u32) -> usize {
    let mut reach = 1;
    while list.get(reach - 1).is_some_and(|&there| there < number) {
        reach *= 2;
    }
    let start = reach / 2;
    start + list.get(start..reach.min(list.len())).map_or(0, |part| part.partition_point(|&there| there < number))
}

/// What typing errors may cost in a word of so many letters.
pub(crate) const fn tolerance(letters: usize) -> u16 {
    match letters {
        0..=2 => 0,
        3 => 8,
        4 => 12,
        5..=7 => 13,
        8..=11 => 20,
        _ => 26,
    }
}

/// How alike a typed word and another of so many letters are that differ by errors of this cost, below 1. One wrong
/// letter in four leaves too little to be sure of anything.
pub(crate) fn alike(cost: u16, letters: usize, other: usize) -> f32 {
    let alike = 1.0 - f32::from(cost) / f32::from(ERROR) / letters.max(other).max(1) as f32;
    if letters <= 4 && cost >= ERROR { alike.min(0.7) } else { alike }
}

/// The lengths that a word of so many letters may have been meant to have.
fn lengths_near(letters: usize) -> impl Iterator<Item = usize> {
    let most = reach(tolerance(MAX_MISTYPED));
    let lengths = letters.saturating_sub(most)..=letters + most;
    lengths.filter(move |&length| length.abs_diff(letters) <= reach(tolerance(length.max(letters))))
}

/// A pair in a word of so many letters, as a number. As with pairs, two may have the same.
fn within(pair: u32, letters: usize) -> u32 {
    pair.wrapping_add((letters as u32).wrapping_mul(0x85eb_ca6b))
}

/// The pairs of neighbouring letters of a word, its edges being letters too. Two pairs may have the same number; a
/// candidate is compared whole anyway.
fn pairs(letters: &[char]) -> impl Iterator<Item = u32> {
    let before = std::iter::once('\0').chain(letters.iter().copied());
    let after = letters.iter().copied().chain(std::iter::once('\0'));
    before.zip(after).map(|(x, y)| u32::from(x).wrapping_mul(0x9e37_79b1) ^ u32::from(y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(list: &[&str]) -> Words {
        let mut collector = Collector::default();
        for (word, number) in list.iter().zip(0..) {
            collector.add_to(word, number);
        }
        let (words, places) = collector.build();
        assert!(list.iter().all(|word| places.iter().any(|&place| words.word(place as usize) == *word)));
        words
    }

    #[test]
    fn words_are_found_whole_by_beginning_and_mistyped() {
        let words = words(&["prague", "praia", "puebla", "prague", "soderkoping", "été"]);
        assert_eq!(words.len(), 5);
        assert_eq!(words.find("prague").map(|place| words.numbers(place).to_vec()), Some(vec![0, 3]));
        assert_eq!(words.find("pra"), None);
        let begun: Vec<&str> = words.starting_with("pra").map(|place| words.word(place)).collect();
        assert_eq!(begun, ["prague", "praia"]);
        assert_eq!(words.starting_with("x").count(), 0);
        assert_eq!(words.starting_with("").count(), 5);
        let mut found = Vec::new();
        words.mistyped("soederkopnig", |place, _| found.push(words.word(place)));
        assert_eq!(found, ["soderkoping"]);
        assert_eq!(Words::default().len(), 0);
        assert_eq!(Words::default().find(""), None);
    }

    proptest! {
        /// What is edited is what is made anew.
        #[test]
        fn an_edited_index_is_that_of_the_same_words(
            before in prop::collection::vec(("[abé]{1,4}", any::<bool>()), 0..20),
            added in prop::collection::vec("[abé]{1,4}", 0..6), exact in any::<bool>(),
        ) {
            let index = |words: &[(&str, u32)]| {
                let mut collector = Collector::default();
                words.iter().for_each(|(word, number)| { collector.add_to(word, *number); });
                if exact { collector.build_exact() } else { collector.build() }
            };
            let all: Vec<(&str, u32)> = before.iter().map(|(word, _)| word.as_str()).zip(0..).collect();
            // The new ones come between those that stay.
            let kept: Vec<(u32, &str)> = before.iter().zip(0..).filter(|((_, stays), _)| *stays).map(|((word, _), number)| (number, word.as_str())).collect();
            let now = |number: u32| kept.iter().position(|(kept, _)| *kept == number).map(|place| 2 * place as u32);
            let added: Vec<(String, u32)> = added.into_iter().zip((1..).step_by(2)).collect();
            let mut whole: Vec<(&str, u32)> = kept.iter().map(|(number, word)| (*word, now(*number).unwrap())).collect();
            whole.extend(added.iter().map(|(word, number)| (word.as_str(), *number)));
            let (old, _) = index(&all);
            let (edited, places) = old.edited(now, added.clone());
            prop_assert_eq!(&edited, &index(&whole).0);
            for (place, now) in places.into_iter().enumerate() {
                let there = edited.find(old.word(place)).map_or(GONE, |place| place as u32);
                // A word that goes with its last thing and comes with a new one is there.
                prop_assert_eq!(now, there);
            }
        }

        /// Looking at shared pairs finds what comparing with every word finds.
        #[test]
        fn no_mistyped_word_is_missed(list in prop::collection::vec("[abcde]{3,9}", 1..30), typed in "[abcde]{3,9}") {
            let words = words(&list.iter().map(String::as_str).collect::<Vec<_>>());
            let mut found = Vec::new();
            words.mistyped(&typed, |place, _| found.push(words.word(place).to_owned()));
            let letters: Vec<char> = typed.chars().collect();
            for word in list.iter().filter(|word| **word != typed) {
                // Several cheap slips may share too few pairs; one error of any kind never does.
                let other: Vec<char> = word.chars().collect();
                let limit = tolerance(letters.len().max(other.len())).min(ERROR);
                prop_assert!(distance(&letters, &other, limit).is_none() || found.contains(word), "{} {:?}", word, found);
            }
        }
    }
}
