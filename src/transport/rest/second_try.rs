//! When a second try beside the first helps: only where the first is known to be stalled, and only so often.
//!
//! A slow Discord and a dead connection look alike from a single call. What tells them apart is the other calls: one that
//! waits on while those that began when it did, or later, have long been answered is stalled; where none of them is
//! answered, Discord is slow, and more requests would make it slower.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long a call waits before it can count as stalled.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_200);

/// How often it is looked at then.
pub(super) const LOOK: Duration = Duration::from_millis(100);

/// How much later than the others a call may have begun and still be compared with them.
const TOGETHER: Duration = Duration::from_millis(250);

/// So few calls at once are no crowd, and no others need to have been answered.
const FEW: u32 = 3;

/// One in so many calls may be tried a second time.
const SHARE: u32 = 10;

/// So many may in any case, in the time of two first responses.
const RESERVE: u32 = 2;

/// For how long calls are counted together: as long as a first response may take.
const WINDOW: Duration = Duration::from_secs(3);

/// The calls under way, what the latest of them took, and how many were tried a second time.
#[derive(Default)]
pub(super) struct Calls(Mutex<State>);

#[derive(Default)]
struct State {
    under_way: u32,
    /// When the call began that began last among those answered, and how long it took.
    answered: Option<(Instant, Duration)>,
    since: Option<Instant>,
    /// Calls, and second tries, in this window and in the one before.
    calls: [u32; 2],
    second_tries: [u32; 2],
}

impl State {
    /// Goes on to the window in which `now` lies.
    fn turn(&mut self, now: Instant) {
        let Some(since) = self.since else {
            self.since = Some(now);
            return;
        };
        let past = now.duration_since(since);
        if past < WINDOW {
            return;
        }
        let kept = past < 2 * WINDOW;
        for [this, before] in [&mut self.calls, &mut self.second_tries] {
            (*this, *before) = (0, if kept { *this } else { 0 });
        }
        self.since = Some(now);
    }
}

/// A call under way.
pub(super) struct CountedCall<'c> {
    calls: &'c Calls,
    begun: Instant,
}

impl Calls {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call that begins now.
    pub(super) fn begin(&self, begun: Instant) -> CountedCall<'_> {
        let mut state = self.state();
        state.turn(begun);
        state.under_way += 1;
        state.calls[0] += 1;
        CountedCall { calls: self, begun }
    }
}

impl CountedCall<'_> {
    /// There is an answer.
    pub(super) fn answered(&self, now: Instant) {
        let mut state = self.calls.state();
        if state.answered.is_none_or(|(begun, _)| begun <= self.begun) {
            state.answered = Some((self.begun, now.duration_since(self.begun)));
        }
    }

    /// Whether this call is stalled and may be tried a second time beside the first; if so, that is counted.
    pub(super) fn may_try_again(&self, now: Instant) -> bool {
        let mut state = self.calls.state();
        let waited = now.duration_since(self.begun);
        let stalled = match state.answered {
            Some((begun, took)) => {
                // An answer that came before this call began tells nothing of what has befallen Discord since.
                let meanwhile = begun + TOGETHER >= self.begun && begun + took >= self.begun;
                waited >= 2 * took && (state.under_way <= FEW || meanwhile)
            }
            None => state.under_way <= FEW,
        };
        if waited < PATIENCE || !stalled {
            return false;
        }
        state.turn(now);
        let calls: u32 = state.calls.iter().sum();
        let second_tries: u32 = state.second_tries.iter().sum();
        let allowed = second_tries < RESERVE.max(calls / SHARE);
        state.second_tries[0] += u32::from(allowed);
        allowed
    }
}

impl Drop for CountedCall<'_> {
    fn drop(&mut self) {
        self.calls.state().under_way -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    /// How many of these may be tried again.
    fn tried_again(crowd: &[CountedCall<'_>], now: Instant) -> usize {
        crowd.iter().filter(|call| call.may_try_again(now)).count()
    }

    #[test]
    fn a_crowd_without_any_answer_is_slow_and_not_stalled() {
        let (calls, start) = (Calls::default(), Instant::now());
        let crowd: Vec<_> = (0..1_000).map(|_| calls.begin(start)).collect();
        assert_eq!(tried_again(&crowd, after(start, 2_400)), 0);
    }

    #[test]
    fn a_crowd_just_after_an_answer_is_slow_and_not_stalled() {
        let (calls, start) = (Calls::default(), Instant::now());
        calls.begin(start).answered(after(start, 5));
        let crowd: Vec<_> = (0..1_000).map(|_| calls.begin(after(start, 6))).collect();
        assert_eq!(tried_again(&crowd, after(start, 2_400)), 0);
    }

    #[test]
    fn a_tenth_of_a_crowd_that_waits_on_is_tried_again_and_no_more() {
        let (calls, start) = (Calls::default(), Instant::now());
        let mut crowd: Vec<_> = (0..1_000).map(|_| calls.begin(start)).collect();
        crowd.drain(..800).for_each(|call| call.answered(after(start, 500)));
        assert_eq!(tried_again(&crowd, after(start, 900)), 0, "too early");
        assert_eq!(tried_again(&crowd, after(start, 1_300)), 100);
        assert_eq!(tried_again(&crowd, after(start, 2_900)), 0, "all that may be are used up");
    }

    #[test]
    fn one_alone_is_tried_again_unless_such_calls_take_long() {
        let (calls, start) = (Calls::default(), Instant::now());
        let alone = calls.begin(start);
        assert!(alone.may_try_again(start + PATIENCE));
        alone.answered(after(start, 2_000));
        drop(alone);
        let next = calls.begin(after(start, 2_000));
        assert!(!next.may_try_again(after(start, 4_000)), "the one before took as long");
    }

    #[test]
    fn what_was_saved_up_long_ago_is_not_spent_at_once() {
        let (calls, start) = (Calls::default(), Instant::now());
        (0..10_000).for_each(|_| calls.begin(start).answered(start));
        let later = after(start, 60_000);
        let crowd: Vec<_> = (0..99).map(|_| calls.begin(later)).collect();
        calls.begin(later).answered(later);
        assert_eq!(tried_again(&crowd, later + PATIENCE), 10);
    }
}
