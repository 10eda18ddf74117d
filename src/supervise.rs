//! Background tasks that are to run as long as the program does: each is started again after a panic, counted, and shown in
//! `/readyz`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tracing::{error, warn};

use crate::telemetry::metrics;

/// The pause before a task is started again, and the longest one: it doubles while a task does not stay up.
const PAUSES: (Duration, Duration) = match cfg!(test) {
    false => (Duration::from_secs(1), Duration::from_secs(60)),
    true => (Duration::from_millis(1), Duration::from_millis(4)),
};

/// How a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskState {
    /// What it does: `watch`, `poll`, `hangup`, `letters`, `memory`, `notices`, `news`, `searches`.
    pub name: &'static str,
    /// Whether it is running, or about to be started again.
    pub running: bool,
    /// How often it was started again after a panic.
    pub restarts: u64,
}

/// The tasks of the program.
#[derive(Debug, Default)]
pub struct Supervisor {
    tasks: Mutex<Vec<TaskState>>,
}

impl Supervisor {
    /// Runs what `make` makes, and makes it anew after a panic, until it ends by itself. Must be called within the runtime.
    pub fn keep<F, T>(self: &Arc<Self>, name: &'static str, make: F)
    where
        F: Fn() -> T + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        self.change(|tasks| tasks.push(TaskState { name, running: true, restarts: 0 }));
        let supervisor = Arc::clone(self);
        tokio::spawn(async move {
            let mut pause = PAUSES.0;
            loop {
                let begun = Instant::now();
                let Err(ended) = tokio::spawn(make()).await else { break };
                if ended.is_cancelled() {
                    break;
                }
                supervisor.note(name, |task| task.restarts += 1);
                metrics::task_restarted(name);
                error!(task = name, error = %ended, "a background task panicked; it is started again");
                if begun.elapsed() > PAUSES.1 {
                    pause = PAUSES.0;
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
            supervisor.note(name, |task| task.running = false);
            warn!(task = name, "a background task has ended");
        });
    }

    /// How the tasks are, in the order in which they were started.
    pub fn states(&self) -> Vec<TaskState> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, name: &'static str, change: impl FnOnce(&mut TaskState)) {
        self.change(|tasks| {
            if let Some(task) = tasks.iter_mut().find(|task| task.name == name) {
                change(task);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Vec<TaskState>)) {
        change(&mut self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_is_started_again_and_one_that_ends_is_not() {
        let (supervisor, runs) = (Arc::new(Supervisor::default()), Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&runs);
        supervisor.keep("watch", move || {
            let run = counted.fetch_add(1, Ordering::Relaxed);
            async move { assert!(run >= 3, "a fault of ours") }
        });
        supervisor.keep("poll", std::future::pending::<()>);
        while supervisor.states()[0].running {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(runs.load(Ordering::Relaxed), 4);
        assert_eq!(
            supervisor.states(),
            [
                TaskState { name: "watch", running: false, restarts: 3 },
                TaskState { name: "poll", running: true, restarts: 0 },
            ]
        );
    }
}
