//! Snowflakes: Discord's ids, which carry the time of their making.
//!
//! Lives here: making new ones and reading ids out of JSON. Nothing else.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// The first millisecond of 2015, from which Discord counts (Discord: reference, "Snowflakes").
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Makes ids that are unique within one server, rise with time, and hold the moment of their making as Discord's do.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: AtomicU64,
}

impl Snowflakes {
    /// The next id. Two calls within one millisecond differ by one.
    pub(crate) fn next(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(DISCORD_EPOCH_MS, |since| {
            // Milliseconds fit in 64 bits for half a thousand million years.
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        });
        let candidate = now.saturating_sub(DISCORD_EPOCH_MS) << 22;
        let before = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(candidate.max(last + 1)))
            // The closure always returns Some, so the Err arm holds what the Ok arm would.
            .unwrap_or_else(|last| last);
        candidate.max(before + 1)
    }
}

/// Reads an id that JSON gives as a string (Discord's own way) or as a number (which Discord accepts).
pub(crate) fn from_json(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_carry_the_time() {
        let ids = Snowflakes::default();
        let first = ids.next();
        let second = ids.next();
        assert!(second > first);
        assert!((first >> 22) + DISCORD_EPOCH_MS > 1_700_000_000_000);
    }

    #[test]
    fn ids_are_read_from_both_forms() {
        assert_eq!(from_json(&Value::from("42")), Some(42));
        assert_eq!(from_json(&Value::from(42)), Some(42));
        assert_eq!(from_json(&Value::from("x")), None);
    }
}
