//! What was searched in vain, for the moderators' review: the text and how often, never who.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many texts are kept. When there are more, those that were searched least and longest ago are forgotten.
const KEPT: usize = 500;

/// How much of a text is kept, in characters: more is no search but something pasted.
const LONGEST: usize = 60;

/// The texts that were searched in vain since the start, however their letters are written.
#[derive(Debug, Default)]
pub struct VainSearches(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    /// By the text: how often, and at which of all searches last.
    texts: BTreeMap<String, (u64, u64)>,
    /// How many there were.
    all: u64,
}

impl VainSearches {
    /// Counts a text that found nothing.
    pub fn note(&self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let text: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        if text.is_empty() {
            return;
        }
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.all += 1;
        let now = counted.all;
        let (times, last) = counted.texts.entry(text).or_default();
        *times += 1;
        *last = now;
        if counted.texts.len() > KEPT {
            let least = counted.texts.iter().min_by_key(|(_, seen)| **seen).map(|(text, _)| text.clone());
            least.and_then(|least| counted.texts.remove(&least));
        }
    }

    /// The texts with how often each was searched, the most frequent first, then the latest.
    pub fn most_frequent(&self, most: usize) -> Vec<(String, u64)> {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts: Vec<(&String, &(u64, u64))> = counted.texts.iter().collect();
        texts.sort_by_key(|(_, seen)| std::cmp::Reverse(**seen));
        texts.into_iter().take(most).map(|(text, (times, _))| (text.clone(), *times)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_however_they_are_written_and_never_more_than_are_kept() {
        let searches = VainSearches::default();
        for text in ["Frontex  budget", "frontex budget", "pizza", "", "  "] {
            searches.note(text);
        }
        assert_eq!(searches.most_frequent(5), [("frontex budget".to_owned(), 2), ("pizza".to_owned(), 1)]);
        for number in 0..2 * KEPT {
            searches.note(&format!("text {number} {}", "x".repeat(1_000)));
        }
        let kept = searches.most_frequent(usize::MAX);
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0], ("frontex budget".to_owned(), 2), "what is searched often is not forgotten");
        assert!(kept.iter().all(|(text, _)| text.chars().count() <= LONGEST));
    }
}
