//! How often a person may ask for what costs much: searching everything that the catalogue says, and pictures.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

/// After how many questions the people who have asked nothing lately are forgotten.
const SWEEP: u32 = 1_024;

/// How many questions a minute each person may ask.
pub struct RateLimit {
    people: DefaultKeyedRateLimiter<u64>,
    asked: AtomicU32,
}

impl RateLimit {
    /// So many questions a minute for each person, at once or spread out.
    pub fn new(per_minute: NonZeroU32) -> RateLimit {
        RateLimit { people: DefaultKeyedRateLimiter::keyed(Quota::per_minute(per_minute)), asked: AtomicU32::new(0) }
    }

    /// Counts a question of this person; how long to wait if it is one too many.
    pub fn wait(&self, person: u64) -> Option<Duration> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.people.retain_recent();
        }
        let early = self.people.check_key(&person).err()?;
        Some(early.wait_time_from(DefaultClock::default().now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_waits_and_the_others_do_not() {
        let rate_limit = RateLimit::new(NonZeroU32::new(3).expect("three"));
        assert!((0..3).all(|_| rate_limit.wait(1).is_none()));
        let wait = rate_limit.wait(1).expect("the fourth is one too many");
        assert!(wait > Duration::from_secs(15) && wait <= Duration::from_secs(20), "{wait:?}");
        assert!(rate_limit.wait(2).is_none());
    }

    #[test]
    fn people_are_forgotten() {
        let rate_limit = RateLimit::new(NonZeroU32::new(60_000).expect("many"));
        for person in 0..100_000 {
            assert!(rate_limit.wait(person).is_none());
        }
        assert!(rate_limit.people.len() < 50_000, "{}", rate_limit.people.len());
    }
}
