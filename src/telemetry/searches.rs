//! What was searched in vain, for the moderators' review: the text and how often, never who.
//!
//! It is kept over a restart in the state folder, and written away from the threads that answer, at most every minute and
//! when the program ends. A program that is killed loses its last minute. Processes that share the folder add to what the
//! others counted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tracing::warn;

use crate::atomic::replace;
use crate::blocking::blocking;
use crate::catalogue::fold::fold;

/// How many texts are kept. When there are more, those that were searched least and longest ago are forgotten.
const KEPT: usize = 500;

/// How much of a text is kept, in characters: more is no search but something pasted.
const LONGEST: usize = 60;

/// A text with so many digits in a row may be somebody's number.
const DIGITS: usize = 7;

/// How often what is new is written at most.
const EVERY: Duration = Duration::from_secs(60);

/// The most bytes of the file that are read: as many texts as are kept are far shorter.
const MOST_BYTES: u64 = 1 << 20;

/// The texts that were searched in vain, however their letters are written.
#[derive(Debug, Default)]
pub struct VainSearches {
    counted: Mutex<Counted>,
    /// The file in which they are kept, if they are.
    place: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Counted {
    /// By the folded text.
    texts: BTreeMap<String, Searched>,
    /// How many searches there were.
    all: u64,
    /// What was counted since they were last written, by the folded text.
    #[serde(skip)]
    new: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Searched {
    /// How it was first written, in small letters.
    text: String,
    /// How often, and at which of all searches last.
    times: u64,
    last: u64,
}

impl VainSearches {
    /// Those that are kept in a state folder, and will be. What cannot be read is told and begun anew.
    pub fn within(state: &Path) -> VainSearches {
        let place = state.join("searches.json");
        VainSearches { counted: Mutex::new(Counted::read(&place)), place: Some(place) }
    }

    /// Counts a text that found nothing. A text that may tell who somebody is, an address or a long number, is not kept.
    pub fn note(&self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let text: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        let key = fold(&text);
        let digits = key.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or_default();
        if key.is_empty() || text.contains('@') || digits >= DIGITS {
            return;
        }
        let mut counted = self.counted();
        if self.place.is_some() {
            *counted.new.entry(key.clone()).or_default() += 1;
        }
        counted.add(key, text, 1);
    }

    /// The texts with how often each was searched, the most frequent first, then the latest: at most 60 characters each,
    /// in small letters, as somebody typed them, so that they are to be escaped where they are shown.
    pub fn most_frequent(&self, most: usize) -> Vec<(String, u64)> {
        let counted = self.counted();
        let mut texts: Vec<&Searched> = counted.texts.values().collect();
        texts.sort_by_key(|one| std::cmp::Reverse((one.times, one.last)));
        texts.into_iter().take(most).map(|one| (one.text.clone(), one.times)).collect()
    }

    /// Writes what is new, if there is a place for it. Waits for the disk.
    pub fn write(&self) {
        let Some(place) = &self.place else { return };
        if self.counted().new.is_empty() {
            return;
        }
        let mut kept = Counted::read(place);
        let new = {
            let mut counted = self.counted();
            let new = std::mem::take(&mut counted.new);
            counted.hand(&new, &mut kept);
            new
        };
        // Texts and numbers always become JSON.
        let json = serde_json::to_vec(&kept).unwrap_or_default();
        let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| replace(place, &json));
        let mut counted = self.counted();
        match written {
            Ok(()) => {
                // What was counted meanwhile is still to be written.
                counted.hand(&counted.new, &mut kept);
                kept.new = std::mem::take(&mut counted.new);
                *counted = kept;
            }
            Err(error) => {
                new.into_iter().for_each(|(key, times)| *counted.new.entry(key).or_default() += times);
                counted.bound_new();
                warn!(%error, "what was searched in vain cannot be kept");
            }
        }
    }

    /// Writes what is new every minute, for ever, on a thread of its own.
    pub async fn keep(self: Arc<Self>) {
        loop {
            tokio::time::sleep(EVERY).await;
            let searches = Arc::clone(&self);
            blocking(move || searches.write()).await;
        }
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counted {
    /// What a file holds. What cannot be read is told and begun anew.
    fn read(place: &Path) -> Counted {
        let read = fs::File::open(place).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(MOST_BYTES).read_to_end(&mut bytes)?;
            serde_json::from_slice(&bytes).map_err(io::Error::from)
        });
        let counted: Counted = read.unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                warn!(%error, "what was searched in vain cannot be read; it is counted anew");
            }
            Counted::default()
        });
        counted.bounded()
    }

    /// Counts a text so many times.
    fn add(&mut self, key: String, text: String, times: u64) {
        self.all = self.all.saturating_add(1);
        let one = self.texts.entry(key).or_insert(Searched { text, times: 0, last: 0 });
        one.times = one.times.saturating_add(times);
        one.last = self.all;
        self.forget();
        self.bound_new();
    }

    /// Adds what was counted here to what others counted.
    fn hand(&self, new: &BTreeMap<String, u64>, to: &mut Counted) {
        for (key, times) in new {
            let text = self.texts.get(key).map_or(key, |one| &one.text);
            to.add(key.clone(), text.clone(), *times);
        }
    }

    /// Where nothing can be written for long, no more is kept to be written than is kept at all.
    fn bound_new(&mut self) {
        while self.new.len() > KEPT {
            self.new.pop_first();
        }
    }

    /// The same, within its bounds, whatever a file held.
    fn bounded(mut self) -> Counted {
        self.texts.retain(|key, one| {
            let is_short = |text: &str| text.chars().nth(LONGEST * 2).is_none();
            is_short(key) && is_short(&one.text) && one.times > 0
        });
        self.all = self.texts.values().map(|one| one.last).max().unwrap_or_default();
        while self.texts.len() > KEPT {
            self.forget();
        }
        self
    }

    fn forget(&mut self) {
        if self.texts.len() > KEPT {
            let least = self.texts.iter().min_by_key(|(_, one)| (one.times, one.last)).map(|(text, _)| text.clone());
            least.and_then(|least| self.texts.remove(&least));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_however_they_are_written_and_never_more_than_are_kept() {
        let searches = VainSearches::default();
        for text in ["Frontex  budgét", "frontex budget", "pizza", "", "  ", "amina@example.org", "0612345678 Prague"]
        {
            searches.note(text);
        }
        assert_eq!(searches.most_frequent(5), [("frontex budgét".to_owned(), 2), ("pizza".to_owned(), 1)]);
        for number in 0..2 * KEPT {
            searches.note(&format!("text {number} {}", "x".repeat(1_000)));
        }
        let kept = searches.most_frequent(usize::MAX);
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0], ("frontex budgét".to_owned(), 2), "what is searched often is not forgotten");
        assert!(kept.iter().all(|(text, _)| text.chars().count() <= LONGEST));
    }

    #[test]
    fn they_are_kept_over_a_restart_and_a_broken_file_is_begun_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state");
        let searches = VainSearches::within(&state);
        searches.write();
        assert!(!state.exists(), "nothing is written where nothing is new");
        searches.note("Frontex");
        searches.write();
        let again = VainSearches::within(&state);
        again.note("frontex");
        assert_eq!(again.most_frequent(5), [("frontex".to_owned(), 2)]);
        // Another process of the same folder.
        let other = VainSearches::within(&state);
        other.note("frontex");
        other.note("pizza");
        again.write();
        other.write();
        other.write();
        assert_eq!(other.most_frequent(5), [("frontex".to_owned(), 3), ("pizza".to_owned(), 1)]);
        assert_eq!(VainSearches::within(&state).most_frequent(5), other.most_frequent(5));
        let file = state.join("searches.json");
        for broken in ["", "{", "{\"texts\":{\"a\":{\"text\":\"a\",\"times\":0,\"last\":9}},\"all\":1}"] {
            fs::write(&file, broken).expect("written");
            assert_eq!(VainSearches::within(&state).most_frequent(5), [], "{broken}");
        }
        // A folder that cannot be written is told and costs nothing else.
        fs::remove_file(&file).expect("it is there");
        fs::create_dir(&file).expect("a folder in its place");
        again.write();
        assert_eq!(again.most_frequent(5).len(), 1);
    }
}
