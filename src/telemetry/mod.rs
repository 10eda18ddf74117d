//! What operators see: logs, to standard error, for people or as JSON, filtered by `RUST_LOG`; what is counted while the
//! program runs; and [`metrics`].

pub mod closings;
pub mod metrics;
mod searches;

pub use searches::VainSearches;

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::Metadata;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{FilterExt as _, LevelFilter, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::settings::{self, LogFormat};
use crate::telemetry::closings::Hears;

/// What is logged when `RUST_LOG` says nothing: ourselves, and of the libraries only what needs attention.
const DEFAULT_FILTER: &str = "rcp_bot=info,serenity=error,warn";

/// Starts logging. A filter that cannot be read is told and replaced by the default.
pub fn start(format: LogFormat) {
    let wanted = settings::log_filter();
    // It is a constant that can be read, as a test holds.
    let default = || DEFAULT_FILTER.parse::<Targets>().unwrap_or_default();
    let filter = match wanted.as_deref().map(str::parse::<Targets>) {
        Some(Ok(filter)) => filter,
        Some(Err(error)) => {
            let _ = writeln!(Lossy, "RUST_LOG cannot be read ({error}); using {DEFAULT_FILTER}");
            default()
        }
        None => default(),
    };
    let colours = io::stderr().is_terminal() && !settings::no_colours();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(|| Lossy)
        // What cannot be written would be told on standard error, with a panic if that fails too.
        .log_internal_errors(false)
        .with_ansi(colours);
    // With a hint, what is too small to be of interest to anybody costs nothing.
    let filter = filter.and(filter_fn(tells_no_secret).with_max_level_hint(LevelFilter::TRACE));
    let hears = Hears.with_filter(filter_fn(Hears::is_interested).with_max_level_hint(LevelFilter::INFO));
    let registry = tracing_subscriber::registry().with(hears);
    match format {
        LogFormat::Human => registry.with(lines.with_filter(filter)).init(),
        LogFormat::Json => registry.with(lines.json().with_filter(filter)).init(),
    }
}

/// Whether something may be logged, whatever `RUST_LOG` says: serenity's spans and some of its lines hold whole events,
/// with the tokens of interactions and what people typed.
fn tells_no_secret(what: &Metadata<'_>) -> bool {
    let of = |module: &str| what.target() == module || what.target().starts_with(&format!("{module}::"));
    !of("serenity") || (what.is_event() && !of("serenity::gateway::ws") && *what.level() <= tracing::Level::INFO)
}

/// Standard error. A line that cannot be written (nobody reads, no room on the disk) is lost, and nothing else is.
struct Lossy;

impl Write for Lossy {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // Whole lines come, and go out whole where they can.
        let _ = io::stderr().write_all(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = io::stderr().flush();
        Ok(())
    }
}

/// What is counted while the program runs. The transports fill it.
#[derive(Debug)]
pub struct Counters {
    started: Instant,
    answered: AtomicU64,
    failed: AtomicU64,
    shards: Mutex<Vec<Shard>>,
}

/// A connection to the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 0.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// The time from its latest heartbeat to the answer; `None` before the first.
    pub latency: Option<Duration>,
}

impl Default for Counters {
    fn default() -> Counters {
        Counters {
            started: Instant::now(),
            answered: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            shards: Mutex::default(),
        }
    }
}

impl Counters {
    /// Counts an interaction that was answered.
    pub fn answered(&self) {
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an interaction that could not be answered, or only with an apology.
    pub fn failed(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
    }

    /// How many interactions were answered, and how many failed.
    pub fn interactions(&self) -> (u64, u64) {
        (self.answered.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed))
    }

    /// For how long the program has been running.
    pub fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// Sets what is known of the connections to the gateway.
    pub fn set_shards(&self, shards: Vec<Shard>) {
        *self.shards.lock().unwrap_or_else(PoisonError::into_inner) = shards;
    }

    /// What is known of the connections to the gateway; none without a gateway.
    pub fn shards(&self) -> Vec<Shard> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_as_people_write_it() {
        use tracing::Level;
        let enabled =
            |filter: &str, target, level| filter.parse::<Targets>().map(|one| one.would_enable(target, &level)).ok();
        assert_eq!(enabled(DEFAULT_FILTER, "rcp_bot::cli", Level::INFO), Some(true));
        assert_eq!(enabled(DEFAULT_FILTER, "serenity::gateway", Level::WARN), Some(false));
        assert_eq!(enabled(DEFAULT_FILTER, "hyper", Level::WARN), Some(true));
        for (filter, target, level, wanted) in [
            ("debug", "hyper", Level::DEBUG, true),
            ("off", "rcp_bot", Level::ERROR, false),
            ("warn,rcp_bot::publishing=trace", "rcp_bot::publishing::reload", Level::TRACE, true),
            ("rcp_bot", "rcp_bot", Level::TRACE, true),
            ("rcp_bot=2", "rcp_bot", Level::WARN, true),
        ] {
            assert_eq!(enabled(filter, target, level), Some(wanted), "{filter}");
        }
        assert_eq!(enabled("rcp_bot=loud", "rcp_bot", Level::INFO), None);
    }
}
