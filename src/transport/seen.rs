//! Remembering which interactions came already, within bounds.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// The ids of the latest interactions. They grow with time (Discord: reference, "Snowflakes"), so that one which is older than
/// one that was forgotten is none that comes for the first time: so many are not under way at once.
pub(super) struct Seen {
    limit: usize,
    latest: Mutex<Latest>,
}

#[derive(Default)]
struct Latest {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
    /// The greatest id that was forgotten.
    forgotten: Option<u64>,
}

impl Seen {
    /// Remembers so many.
    pub(super) fn new(limit: usize) -> Seen {
        Seen { limit, latest: Mutex::default() }
    }

    /// Whether this one is new; it is not the next time.
    pub(super) fn is_new(&self, id: u64) -> bool {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.forgotten.is_some_and(|forgotten| id <= forgotten) || !latest.ids.insert(id) {
            return false;
        }
        latest.order.push_back(id);
        if latest.order.len() > self.limit
            && let Some(oldest) = latest.order.pop_front()
        {
            latest.ids.remove(&oldest);
            latest.forgotten = latest.forgotten.max(Some(oldest));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_than_the_oldest_that_was_forgotten_is_not_new() {
        let seen = Seen::new(2);
        assert!(seen.is_new(1) && seen.is_new(2));
        assert!(!seen.is_new(1));
        assert!(seen.is_new(4) && !seen.is_new(2));
        assert!(!seen.is_new(1), "somebody sends it again after many others");
        // Two that come in another order than they were made.
        assert!(seen.is_new(3) && !seen.is_new(4));
        assert_eq!(seen.latest.lock().expect("not poisoned").ids.len(), 2);
    }
}
