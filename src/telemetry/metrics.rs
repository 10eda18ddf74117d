//! Metrics, for Prometheus to fetch. Every name stands here; `config/grafana-dashboard.json` shows them.
//!
//! Until [`start`] has been called, counting costs nothing and goes nowhere; it is called before anything is counted.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context as _;
use metrics::{
    Counter, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
    set_global_recorder,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Interactions answered, by kind, command, result and language.
const INTERACTIONS: &str = "rcp_interactions_total";

/// The time from receiving an interaction to having sent its answer.
const DURATION: &str = "rcp_interaction_duration_seconds";

/// Tries of calls to Discord's REST API that failed, by reason.
const REST_ERRORS: &str = "rcp_rest_errors_total";

/// HTTP requests that were refused, by reason.
const HTTP_REFUSED: &str = "rcp_http_refused_total";

/// Open HTTP connections.
const HTTP_CONNECTIONS: &str = "rcp_http_connections";

/// Pictures of answers, by result.
const PICTURES: &str = "rcp_pictures_total";

/// Changes of what is served that were tried, by kind and result.
const CHANGES: &str = "rcp_catalogue_changes_total";

/// The number of the revision that is served.
const REVISION: &str = "rcp_catalogue_revision";

/// The number of a newer revision that has errors here and is not served.
const REFUSED_REVISION: &str = "rcp_catalogue_refused_revision";

/// The number of a revision that the data folder does not hold because it cannot be written.
const UNWRITTEN_REVISION: &str = "rcp_catalogue_unwritten_revision";

/// Whether the data folder has errors, so that something else is served.
const BROKEN: &str = "rcp_catalogue_folder_broken";

/// Whether the log of revisions was seen to let one take the place of another.
const OVERWRITES: &str = "rcp_revisions_overwrites";

/// Background tasks that were started again after a panic.
const TASK_RESTARTS: &str = "rcp_task_restarts_total";

/// Whether the log of revisions answered when it was last asked.
const LOG_REACHED: &str = "rcp_revisions_reached";

/// Looks at the log of revisions for those made elsewhere, by result.
const POLLS: &str = "rcp_revisions_polls_total";

/// How many processes the catalogue that is served has.
const PROCESSES: &str = "rcp_catalogue_processes";

/// When the catalogue that is served was read.
const LOADED: &str = "rcp_catalogue_loaded_timestamp_seconds";

/// Whether a shard is connected to the gateway.
const CONNECTED: &str = "rcp_gateway_connected";

/// Whether a shard hears nothing any more.
const DEAF: &str = "rcp_gateway_deaf";

/// The time between a shard's last heartbeat and its acknowledgement.
const LATENCY: &str = "rcp_gateway_latency_seconds";

/// Gateway sessions begun or resumed.
const SESSIONS: &str = "rcp_gateway_sessions_total";

/// Connections that the gateway closed, by Discord's code.
const CLOSED: &str = "rcp_gateway_closed_total";

/// Memory in use.
const MEMORY: &str = "process_resident_memory_bytes";

/// Processor time used.
const CPU: &str = "process_cpu_seconds_total";

/// Open files and sockets.
const FILES: &str = "process_open_fds";

/// The upper bounds of the histogram's buckets, in seconds: fine where answers are, and Discord's limit of 3 at the end.
const BUCKETS: [f64; 14] =
    [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.0, 3.0];

/// How often what the histogram has gathered is summed up, so that it does not pile up while nobody fetches it.
const UPKEEP: Duration = Duration::from_secs(5);

/// Reasons for which a call to Discord fails; each is shown from the start, with 0.
const REST_REASONS: [&str; 5] = ["silent", "429", "4xx", "5xx", "unexpected"];

/// Reasons for which an HTTP request is refused; each is shown from the start, with 0.
const HTTP_REASONS: [&str; 8] = ["signature", "age", "replay", "size", "time", "form", "crowd", "path"];

/// Starts counting. Must be called within the runtime.
pub fn start() -> anyhow::Result<PrometheusHandle> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), &BUCKETS)
        .context("the histogram's bounds")?
        .build_recorder();
    let handle = recorder.handle();
    set_global_recorder(recorder).context("metrics were started twice")?;
    describe();
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

fn describe() {
    describe_counter!(INTERACTIONS, "Interactions answered, by kind, command, result and language.");
    describe_histogram!(DURATION, Unit::Seconds, "From receiving an interaction to having sent its answer.");
    describe_counter!(REST_ERRORS, "Failed tries of calls to Discord's REST API, by reason.");
    describe_counter!(HTTP_REFUSED, "Refused HTTP requests, by reason.");
    describe_gauge!(HTTP_CONNECTIONS, "Open HTTP connections.");
    describe_counter!(PICTURES, "Pictures of answers, by result (drawn, failed, late).");
    describe_counter!(CHANGES, "Changes of the catalogue that were tried, by action and result.");
    describe_gauge!(REVISION, "The number of the revision that is served; 0 for a catalogue without one.");
    describe_gauge!(REFUSED_REVISION, "The number of a newer revision that has errors here; 0 for none.");
    describe_gauge!(UNWRITTEN_REVISION, "The number of a revision that the data folder lacks; 0 for none.");
    describe_gauge!(BROKEN, "Whether the data folder has errors, so that something else is served.");
    describe_gauge!(OVERWRITES, "Whether the store of the revisions lets one take the place of another.");
    describe_counter!(TASK_RESTARTS, "Background tasks that were started again after a panic, by task.");
    describe_gauge!(LOG_REACHED, "Whether the log of revisions answered when it was last asked.");
    describe_counter!(POLLS, "Looks at the log of revisions for those made elsewhere, by result (ok, failed).");
    describe_gauge!(PROCESSES, "Processes in the catalogue that is served.");
    describe_gauge!(LOADED, Unit::Seconds, "When the catalogue that is served was read.");
    describe_gauge!(CONNECTED, "Whether a shard is connected to the gateway.");
    describe_gauge!(DEAF, "Whether a shard is connected but hears nothing any more.");
    describe_gauge!(LATENCY, Unit::Seconds, "Between a shard's last heartbeat and its acknowledgement.");
    describe_counter!(SESSIONS, "Gateway sessions begun or resumed.");
    describe_counter!(CLOSED, "Connections that the gateway closed, by Discord's code.");
    describe_gauge!(MEMORY, Unit::Bytes, "Memory in use.");
    describe_counter!(CPU, Unit::Seconds, "Processor time used.");
    describe_gauge!(FILES, "Open files and sockets.");
    for reason in REST_REASONS {
        counter!(REST_ERRORS, "reason" => reason).absolute(0);
    }
    for reason in HTTP_REASONS {
        counter!(HTTP_REFUSED, "reason" => reason).absolute(0);
    }
    for result in ["drawn", "failed", "late"] {
        counter!(PICTURES, "result" => result).absolute(0);
    }
    for result in ["done", "refused"] {
        counter!(CHANGES, "action" => "reload", "result" => result).absolute(0);
    }
    for result in ["ok", "failed"] {
        counter!(POLLS, "result" => result).absolute(0);
    }
    gauge!(HTTP_CONNECTIONS).set(0.0);
}

/// What is served at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueNumbers {
    /// The number of the revision; 0 for a catalogue without one.
    pub revision: u64,
    /// The number of a newer revision that has errors here; 0 for none.
    pub refused: u64,
    /// The number of a revision that the data folder lacks; 0 for none.
    pub unwritten: u64,
    /// Whether the data folder has errors, so that something else is served.
    pub broken: bool,
    /// Whether the log of revisions was seen to let one take the place of another.
    pub overwrites: bool,
    /// Whether the log of revisions answered when it was last asked; `None` where none is kept.
    pub log_reached: Option<bool>,
    /// How many processes there are.
    pub processes: usize,
    /// When it was made ready, in seconds since 1970.
    pub loaded: i64,
}

/// Everything counted so far, in Prometheus's text format, with the state of the moment.
pub fn render(handle: &PrometheusHandle, catalogue: &CatalogueNumbers) -> String {
    gauge!(REVISION).set(catalogue.revision as f64);
    gauge!(REFUSED_REVISION).set(catalogue.refused as f64);
    gauge!(UNWRITTEN_REVISION).set(catalogue.unwritten as f64);
    gauge!(BROKEN).set(f64::from(u8::from(catalogue.broken)));
    gauge!(OVERWRITES).set(f64::from(u8::from(catalogue.overwrites)));
    if let Some(reached) = catalogue.log_reached {
        gauge!(LOG_REACHED).set(f64::from(u8::from(reached)));
    }
    gauge!(PROCESSES).set(catalogue.processes as f64);
    gauge!(LOADED).set(catalogue.loaded as f64);
    process();
    handle.render()
}

/// What tells interactions apart that are counted together: kind, command, result and language.
type Labels = [&'static str; 4];

/// Where they are counted. Finding a metric by its labels takes longer than anything else about it.
static TALLIES: LazyLock<RwLock<HashMap<Labels, (Counter, Histogram)>>> = LazyLock::new(RwLock::default);

/// An interaction was dealt with. The labels are few: none of them is anything that people type.
pub fn interaction(
    kind: &'static str,
    command: &'static str,
    result: &'static str,
    language: &'static str,
    took: Duration,
) {
    let count = |(counter, histogram): &(Counter, Histogram)| {
        counter.increment(1);
        histogram.record(took);
    };
    let labels = [kind, command, result, language];
    if let Some(tally) = TALLIES.read().unwrap_or_else(PoisonError::into_inner).get(&labels) {
        return count(tally);
    }
    let tally = (
        counter!(INTERACTIONS, "kind" => kind, "command" => command, "result" => result, "language" => language),
        histogram!(DURATION, "kind" => kind),
    );
    count(&tally);
    TALLIES.write().unwrap_or_else(PoisonError::into_inner).insert(labels, tally);
}

/// A try of a call to Discord's REST API failed.
pub fn rest_error(reason: &'static str) {
    counter!(REST_ERRORS, "reason" => reason).increment(1);
}

/// An HTTP request was refused.
pub fn http_refused(reason: &'static str) {
    counter!(HTTP_REFUSED, "reason" => reason).increment(1);
}

/// An HTTP connection was opened (`1.0`) or closed (`-1.0`).
pub fn http_connections(change: f64) {
    gauge!(HTTP_CONNECTIONS).increment(change);
}

/// So many pictures of an answer were drawn, and so many could not be.
pub fn pictures(drawn: usize, failed: usize) {
    counter!(PICTURES, "result" => "drawn").increment(drawn as u64);
    counter!(PICTURES, "result" => "failed").increment(failed as u64);
}

/// An answer went without pictures that could not be drawn in time.
pub fn pictures_late(late: usize) {
    counter!(PICTURES, "result" => "late").increment(late as u64);
}

/// A change of what is served was tried: what it was, and what came of it.
pub fn change(action: &'static str, result: &'static str) {
    counter!(CHANGES, "action" => action, "result" => result).increment(1);
}

/// The log of revisions was looked at.
pub fn polled(answered: bool) {
    counter!(POLLS, "result" => if answered { "ok" } else { "failed" }).increment(1);
}

/// A background task panicked and is started again.
pub fn task_restarted(task: &'static str) {
    counter!(TASK_RESTARTS, "task" => task).increment(1);
}

/// The state of a shard.
pub fn shard(id: u32, connected: bool, deaf: bool, latency: Option<f64>) {
    let shard = id.to_string();
    gauge!(CONNECTED, "shard" => shard.clone()).set(f64::from(u8::from(connected)));
    gauge!(DEAF, "shard" => shard.clone()).set(f64::from(u8::from(deaf)));
    // Not known until the first acknowledgement; Prometheus writes that NaN.
    gauge!(LATENCY, "shard" => shard).set(latency.unwrap_or(f64::NAN));
}

/// A gateway session was begun, or one was resumed.
pub fn session(resumed: bool) {
    counter!(SESSIONS, "kind" => if resumed { "resumed" } else { "begun" }).increment(1);
}

/// The gateway closed so many connections more with this code.
pub fn closed(code: u16, times: u64) {
    counter!(CLOSED, "code" => code.to_string()).increment(times);
}

/// What the system tells about this process: Linux, macOS, Windows and the BSDs do.
fn process() {
    let told = metrics_process::collector::collect();
    if let Some(bytes) = told.resident_memory_bytes {
        gauge!(MEMORY).set(bytes as f64);
    }
    if let Some(seconds) = told.cpu_seconds_total {
        // A whole number is all that a counter holds.
        counter!(CPU).absolute(seconds as u64);
    }
    if let Some(files) = told.open_fds {
        gauge!(FILES).set(files as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_tells_of_the_process_is_shown() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, process);
        let text = handle.render();
        for name in [MEMORY, CPU, FILES] {
            let shown = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
            assert!(shown.is_some_and(|value| value > 0.0 || name == CPU), "{name}: {text}");
        }
    }
}
