//! Remembering which interactions came already, within bounds.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// The ids of the latest interactions.
pub(super) struct Seen {
    limit: usize,
    latest: Mutex<Latest>,
}

#[derive(Default)]
struct Latest {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
}

impl Seen {
    /// Remembers so many.
    pub(super) fn new(limit: usize) -> Seen {
        Seen { limit, latest: Mutex::default() }
    }

    /// Whether this one is new; it is not the next time.
    pub(super) fn is_new(&self, id: u64) -> bool {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if !latest.ids.insert(id) {
            return false;
        }
        latest.order.push_back(id);
        if latest.order.len() > self.limit
            && let Some(oldest) = latest.order.pop_front()
        {
            latest.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten() {
        let seen = Seen::new(2);
        assert!(seen.is_new(1) && seen.is_new(2));
        assert!(!seen.is_new(1));
        assert!(seen.is_new(3) && !seen.is_new(2) && seen.is_new(1));
    }
}
