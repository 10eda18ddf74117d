//! Metrics, for Prometheus to fetch. Every name stands here; `config/grafana-dashboard.json` shows them.
//!
//! Until [`start`] has been called, counting costs nothing and goes nowhere; it is called before anything is counted.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context as _;
use prometheus::core::Collector;
use prometheus::{
    CounterVec, GaugeVec, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry,
    TextEncoder,
};

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

/// Reasons for which a call to Discord fails; each is shown from the start, with 0.
const REST_REASONS: [&str; 5] = ["silent", "429", "4xx", "5xx", "unexpected"];

/// Reasons for which an HTTP request is refused; each is shown from the start, with 0.
const HTTP_REASONS: [&str; 8] = ["signature", "age", "replay", "size", "time", "form", "crowd", "path"];

/// What is counted, each under its name.
///
/// The library panics where a metric is asked for with more or fewer labels than it was made with: they stand here together,
/// and a test counts everything once.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    interactions: IntCounterVec,
    durations: HistogramVec,
    /// The two above by their labels: finding a metric takes longer than anything else about it.
    tallies: RwLock<HashMap<Labels, (IntCounter, Histogram)>>,
    rest_errors: IntCounterVec,
    http_refused: IntCounterVec,
    http_connections: GaugeVec,
    pictures: IntCounterVec,
    changes: IntCounterVec,
    revision: GaugeVec,
    refused_revision: GaugeVec,
    unwritten_revision: GaugeVec,
    broken: GaugeVec,
    overwrites: GaugeVec,
    task_restarts: IntCounterVec,
    log_reached: GaugeVec,
    polls: IntCounterVec,
    processes: GaugeVec,
    loaded: GaugeVec,
    connected: GaugeVec,
    deaf: GaugeVec,
    latency: GaugeVec,
    sessions: IntCounterVec,
    closed: IntCounterVec,
    memory: GaugeVec,
    cpu: CounterVec,
    files: GaugeVec,
}

/// What tells interactions apart that are counted together: kind, command, result and language.
type Labels = [&'static str; 4];

/// For a metric without labels.
const ALONE: [&str; 0] = [];

/// What the program counts, once it does.
static METRICS: OnceLock<Metrics> = OnceLock::new();

/// Starts counting.
///
/// # Errors
///
/// When it was started before.
pub fn start() -> anyhow::Result<&'static Metrics> {
    let metrics = Metrics::new().context("the metrics")?;
    anyhow::ensure!(METRICS.set(metrics).is_ok(), "metrics were started twice");
    METRICS.get().context("metrics were not started")
}

/// Does something to what is counted, if anything is.
fn count(what: impl FnOnce(&Metrics)) {
    if let Some(metrics) = METRICS.get() {
        what(metrics);
    }
}

impl Metrics {
    fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counter = |name: &str, told: &str, labels: &[&str]| {
            registered(&registry, IntCounterVec::new(Opts::new(name, told), labels)?)
        };
        let gauge = |name: &str, told: &str, labels: &[&str]| {
            registered(&registry, GaugeVec::new(Opts::new(name, told), labels)?)
        };
        let told = "From receiving an interaction to having sent its answer.";
        let durations = HistogramVec::new(HistogramOpts::new(DURATION, told).buckets(BUCKETS.to_vec()), &["kind"])?;
        let cpu = CounterVec::new(Opts::new(CPU, "Processor time used."), &ALONE)?;
        let metrics = Self {
            interactions: counter(
                INTERACTIONS,
                "Interactions answered, by kind, command, result and language.",
                &["kind", "command", "result", "language"],
            )?,
            durations: registered(&registry, durations)?,
            tallies: RwLock::default(),
            rest_errors: counter(REST_ERRORS, "Failed tries of calls to Discord's REST API, by reason.", &["reason"])?,
            http_refused: counter(HTTP_REFUSED, "Refused HTTP requests, by reason.", &["reason"])?,
            http_connections: gauge(HTTP_CONNECTIONS, "Open HTTP connections.", &ALONE)?,
            pictures: counter(PICTURES, "Pictures of answers, by result (drawn, failed, late).", &["result"])?,
            changes: counter(
                CHANGES,
                "Changes of the catalogue that were tried, by action and result.",
                &["action", "result"],
            )?,
            revision: gauge(
                REVISION,
                "The number of the revision that is served; 0 for a catalogue without one.",
                &ALONE,
            )?,
            refused_revision: gauge(
                REFUSED_REVISION,
                "The number of a newer revision that has errors here; 0 for none.",
                &ALONE,
            )?,
            unwritten_revision: gauge(
                UNWRITTEN_REVISION,
                "The number of a revision that the data folder lacks; 0 for none.",
                &ALONE,
            )?,
            broken: gauge(BROKEN, "Whether the data folder has errors, so that something else is served.", &ALONE)?,
            overwrites: gauge(
                OVERWRITES,
                "Whether the store of the revisions lets one take the place of another.",
                &ALONE,
            )?,
            task_restarts: counter(
                TASK_RESTARTS,
                "Background tasks that were started again after a panic, by task.",
                &["task"],
            )?,
            log_reached: gauge(LOG_REACHED, "Whether the log of revisions answered when it was last asked.", &ALONE)?,
            polls: counter(
                POLLS,
                "Looks at the log of revisions for those made elsewhere, by result (ok, failed).",
                &["result"],
            )?,
            processes: gauge(PROCESSES, "Processes in the catalogue that is served.", &ALONE)?,
            loaded: gauge(LOADED, "When the catalogue that is served was read.", &ALONE)?,
            connected: gauge(CONNECTED, "Whether a shard is connected to the gateway.", &["shard"])?,
            deaf: gauge(DEAF, "Whether a shard is connected but hears nothing any more.", &["shard"])?,
            latency: gauge(LATENCY, "Between a shard's last heartbeat and its acknowledgement.", &["shard"])?,
            sessions: counter(SESSIONS, "Gateway sessions begun or resumed.", &["kind"])?,
            closed: counter(CLOSED, "Connections that the gateway closed, by Discord's code.", &["code"])?,
            memory: gauge(MEMORY, "Memory in use.", &ALONE)?,
            cpu: registered(&registry, cpu)?,
            files: gauge(FILES, "Open files and sockets.", &ALONE)?,
            registry: registry.clone(),
        };
        metrics.show_from_the_start();
        Ok(metrics)
    }

    /// Shows, with 0, what may happen, so that its first time is seen as a rise.
    fn show_from_the_start(&self) {
        for reason in REST_REASONS {
            self.rest_errors.with_label_values(&[reason]);
        }
        for reason in HTTP_REASONS {
            self.http_refused.with_label_values(&[reason]);
        }
        for result in ["drawn", "failed", "late"] {
            self.pictures.with_label_values(&[result]);
        }
        for result in ["done", "refused"] {
            self.changes.with_label_values(&["reload", result]);
        }
        for result in ["ok", "failed"] {
            self.polls.with_label_values(&[result]);
        }
        set(&self.http_connections, 0.0);
    }

    /// Everything counted so far, in Prometheus's text format, with the state of the moment.
    ///
    /// # Errors
    ///
    /// None that can be caused from outside: the library says so of names that are no names.
    pub fn render(&self, catalogue: &CatalogueNumbers) -> prometheus::Result<String> {
        set(&self.revision, catalogue.revision as f64);
        set(&self.refused_revision, catalogue.refused as f64);
        set(&self.unwritten_revision, catalogue.unwritten as f64);
        set(&self.broken, f64::from(u8::from(catalogue.broken)));
        set(&self.overwrites, f64::from(u8::from(catalogue.overwrites)));
        if let Some(reached) = catalogue.log_reached {
            set(&self.log_reached, f64::from(u8::from(reached)));
        }
        set(&self.processes, catalogue.processes as f64);
        set(&self.loaded, catalogue.loaded as f64);
        self.process();
        self.text()
    }

    fn text(&self) -> prometheus::Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    /// What the system tells about this process: Linux, macOS, Windows and the BSDs do.
    fn process(&self) {
        let told = metrics_process::collector::collect();
        if let Some(bytes) = told.resident_memory_bytes {
            set(&self.memory, bytes as f64);
        }
        if let Some(seconds) = told.cpu_seconds_total {
            let counted = self.cpu.with_label_values(&ALONE);
            // A counter never falls, not even by a clock's whim.
            counted.inc_by((seconds - counted.get()).max(0.0));
        }
        if let Some(files) = told.open_fds {
            set(&self.files, files as f64);
        }
    }
}

/// A metric that is shown from now on.
fn registered<T: Collector + Clone + 'static>(registry: &Registry, metric: T) -> prometheus::Result<T> {
    registry.register(Box::new(metric.clone()))?;
    Ok(metric)
}

/// Sets a gauge that has no labels.
fn set(gauge: &GaugeVec, value: f64) {
    gauge.with_label_values(&ALONE).set(value);
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

/// An interaction was dealt with. The labels are few: none of them is anything that people type.
pub fn interaction(
    kind: &'static str,
    command: &'static str,
    result: &'static str,
    language: &'static str,
    took: Duration,
) {
    count(|metrics| {
        let tell = |(counter, histogram): &(IntCounter, Histogram)| {
            counter.inc();
            histogram.observe(took.as_secs_f64());
        };
        let labels = [kind, command, result, language];
        if let Some(tally) = metrics.tallies.read().unwrap_or_else(PoisonError::into_inner).get(&labels) {
            return tell(tally);
        }
        let tally = (metrics.interactions.with_label_values(&labels), metrics.durations.with_label_values(&[kind]));
        tell(&tally);
        metrics.tallies.write().unwrap_or_else(PoisonError::into_inner).insert(labels, tally);
    });
}

/// A try of a call to Discord's REST API failed.
pub fn rest_error(reason: &'static str) {
    count(|metrics| metrics.rest_errors.with_label_values(&[reason]).inc());
}

/// An HTTP request was refused.
pub fn http_refused(reason: &'static str) {
    count(|metrics| metrics.http_refused.with_label_values(&[reason]).inc());
}

/// An HTTP connection was opened (`1.0`) or closed (`-1.0`).
pub fn http_connections(change: f64) {
    count(|metrics| metrics.http_connections.with_label_values(&ALONE).add(change));
}

/// So many pictures of an answer were drawn, and so many could not be.
pub fn pictures(drawn: usize, failed: usize) {
    count(|metrics| {
        metrics.pictures.with_label_values(&["drawn"]).inc_by(drawn as u64);
        metrics.pictures.with_label_values(&["failed"]).inc_by(failed as u64);
    });
}

/// An answer went without pictures that could not be drawn in time.
pub fn pictures_late(late: usize) {
    count(|metrics| metrics.pictures.with_label_values(&["late"]).inc_by(late as u64));
}

/// A change of what is served was tried: what it was, and what came of it.
pub fn change(action: &'static str, result: &'static str) {
    count(|metrics| metrics.changes.with_label_values(&[action, result]).inc());
}

/// The log of revisions was looked at.
pub fn polled(answered: bool) {
    count(|metrics| metrics.polls.with_label_values(&[if answered { "ok" } else { "failed" }]).inc());
}

/// A background task panicked and is started again.
pub fn task_restarted(task: &'static str) {
    count(|metrics| metrics.task_restarts.with_label_values(&[task]).inc());
}

/// The state of a shard.
pub fn shard(id: u32, connected: bool, deaf: bool, latency: Option<f64>) {
    count(|metrics| {
        let shard = [id.to_string()];
        metrics.connected.with_label_values(&shard).set(f64::from(u8::from(connected)));
        metrics.deaf.with_label_values(&shard).set(f64::from(u8::from(deaf)));
        // Not known until the first acknowledgement; Prometheus writes that NaN.
        metrics.latency.with_label_values(&shard).set(latency.unwrap_or(f64::NAN));
    });
}

/// A gateway session was begun, or one was resumed.
pub fn session(resumed: bool) {
    count(|metrics| metrics.sessions.with_label_values(&[if resumed { "resumed" } else { "begun" }]).inc());
}

/// The gateway closed so many connections more with this code.
pub fn closed(code: u16, times: u64) {
    count(|metrics| metrics.closed.with_label_values(&[code.to_string()]).inc_by(times));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Other tests of this program count too, so that what they may count is looked for, and its number is not.
    #[test]
    fn everything_that_happens_is_counted() {
        let metrics = start().expect("it is started here alone");
        interaction("a test", "info", "answered", "fr", Duration::from_millis(2));
        interaction("a test", "info", "answered", "fr", Duration::from_millis(200));
        rest_error("a test");
        http_refused("a test");
        http_connections(1.0);
        pictures(2, 1);
        pictures_late(1);
        change("a test", "done");
        polled(true);
        task_restarted("a test");
        shard(333, true, false, None);
        session(true);
        closed(4999, 2);
        let catalogue = CatalogueNumbers {
            revision: 7,
            refused: 0,
            unwritten: 0,
            broken: false,
            overwrites: true,
            log_reached: Some(true),
            processes: 40,
            loaded: 1_764_000_000,
        };
        let text = metrics.render(&catalogue).expect("it can be written");
        for line in [
            "# TYPE rcp_interactions_total counter",
            r#"rcp_interactions_total{command="info",kind="a test",language="fr",result="answered"} 2"#,
            r#"rcp_interaction_duration_seconds_bucket{kind="a test",le="0.0025"} 1"#,
            r#"rcp_interaction_duration_seconds_bucket{kind="a test",le="0.25"} 2"#,
            r#"rcp_interaction_duration_seconds_bucket{kind="a test",le="+Inf"} 2"#,
            r#"rcp_interaction_duration_seconds_count{kind="a test"} 2"#,
            r#"rcp_rest_errors_total{reason="a test"} 1"#,
            r#"rcp_rest_errors_total{reason="429"} "#,
            r#"rcp_http_refused_total{reason="a test"} 1"#,
            "rcp_http_connections ",
            r#"rcp_pictures_total{result="drawn"} "#,
            r#"rcp_pictures_total{result="late"} "#,
            r#"rcp_catalogue_changes_total{action="a test",result="done"} 1"#,
            r#"rcp_revisions_polls_total{result="ok"} "#,
            r#"rcp_task_restarts_total{task="a test"} 1"#,
            r#"rcp_gateway_connected{shard="333"} 1"#,
            r#"rcp_gateway_latency_seconds{shard="333"} NaN"#,
            r#"rcp_gateway_sessions_total{kind="resumed"} "#,
            r#"rcp_gateway_closed_total{code="4999"} 2"#,
            "rcp_catalogue_revision 7",
            "rcp_revisions_overwrites 1",
            "rcp_catalogue_loaded_timestamp_seconds 1764000000",
        ] {
            let there =
                text.lines().any(|shown| if line.ends_with(' ') { shown.starts_with(line) } else { shown == line });
            assert!(there, "{line} is not in\n{text}");
        }
        assert!(start().is_err());
    }

    #[test]
    fn what_the_system_tells_of_the_process_is_shown() {
        let metrics = Metrics::new().expect("the names are names");
        metrics.process();
        let text = metrics.text().expect("it can be written");
        for name in [MEMORY, CPU, FILES] {
            let shown = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
            assert!(shown.is_some_and(|value| value > 0.0 || name == CPU), "{name}: {text}");
        }
    }
}
