//! With which code the gateway closed a connection: serenity tells that in its log alone, and so it is read there.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// Where serenity says it.
const TARGET: &str = "serenity::gateway::shard";

/// How serenity says each code that it knows. (Discord: topics/opcodes-and-status-codes, "Gateway Close Event Codes".)
const WORDS: [(&str, u16); 8] = [
    ("Sent invalid opcode", 4001),
    ("Sent invalid message", 4002),
    ("Sent no authentication", 4003),
    ("Already authenticated", 4005),
    ("Sent invalid seq", 4007),
    ("Gateway ratelimited", 4008),
    ("Invalid session", 4009),
    ("Sent invalid shard data", 4010),
];

/// How it says the others.
const OTHER: &str = "Unknown unclean close ";

/// What stands before a shard's number.
const SHARD: &str = "ShardId(";

/// The last time that the gateway closed a shard's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Discord's code.
    pub code: u16,
    /// The how manieth time it was since the program was started.
    pub count: u64,
}

static LATEST: Mutex<BTreeMap<u32, Closing>> = Mutex::new(BTreeMap::new());

/// The last time that the gateway closed the connection of a shard; `None` before the first.
pub fn latest(shard: u32) -> Option<Closing> {
    LATEST.lock().unwrap_or_else(PoisonError::into_inner).get(&shard).copied()
}

/// Hears what serenity says.
pub(super) struct Hears;

impl Hears {
    /// Whether something may tell of a closing.
    pub(super) fn is_interested(what: &Metadata<'_>) -> bool {
        what.is_event() && what.target() == TARGET && *what.level() <= tracing::Level::INFO
    }
}

impl<S: Subscriber> Layer<S> for Hears {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        let Some((shard, code)) = closing(&words.0) else { return };
        let mut latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
        let count = latest.get(&shard).map_or(0, |before| before.count) + 1;
        latest.insert(shard, Closing { code, count });
    }
}

/// The words of an event.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

/// The shard and the code that serenity's words tell of.
fn closing(words: &str) -> Option<(u32, u16)> {
    let number = |after: &str| -> Option<u32> {
        let end = after.find(|one: char| !one.is_ascii_digit()).unwrap_or(after.len());
        after.get(..end)?.parse().ok()
    };
    let shard = number(words.split_once(SHARD)?.1)?;
    let code = match words.split_once(OTHER) {
        Some((_, after)) => u16::try_from(number(after)?).ok()?,
        None => WORDS.iter().find(|(said, _)| words.contains(said))?.1,
    };
    Some((shard, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shard_and_the_code_are_read_from_what_serenity_says() {
        let info: serenity::all::ShardInfo = serde_json::from_str("[3,4]").expect("as Discord writes it");
        assert_eq!(closing(&format!("[{info:?}] Sent invalid message.")), Some((3, 4002)));
        assert_eq!(closing(&format!("[{info:?}] Unknown unclean close 4000: Some(\"x\")")), Some((3, 4000)));
        assert_eq!(closing(&format!("[{info:?}] Resumed")), None);
        assert_eq!(closing("Unknown unclean close 4000"), None);
    }
}
