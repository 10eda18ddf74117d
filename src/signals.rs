//! Signals, heard from the first moment: SIGTERM and Ctrl-C stop the program, SIGHUP reads the data folder again.

use std::io;
use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tracing::warn;

/// The exit code of a program that is stopped a second time before it has ended by itself.
const STOPPED_TWICE: i32 = 130;

/// What the program is told from outside.
#[derive(Clone)]
pub struct Signals {
    /// Cancelled when the program is asked to stop.
    pub stop: CancellationToken,
    hangup: Arc<Mutex<Signal>>,
}

impl Signals {
    /// Begins to hear. Until then, each of them ends the program. Must be called within the runtime.
    pub fn hear() -> io::Result<Signals> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let hangup = Arc::new(Mutex::new(signal(SignalKind::hangup())?));
        let stop = CancellationToken::new();
        let cancelled = stop.clone();
        tokio::spawn(async move {
            let mut asked = async || {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            };
            asked().await;
            cancelled.cancel();
            asked().await;
            warn!("stopped a second time: nothing more is waited for");
            std::process::exit(STOPPED_TWICE);
        });
        Ok(Signals { stop, hangup })
    }

    /// Waits for the next SIGHUP; several before that count as one. `false` if none can come any more.
    pub async fn hung_up(&self) -> bool {
        self.hangup.lock().await.recv().await.is_some()
    }

    /// Waits for work, unless the program is stopped before it is done.
    pub async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.stop.cancelled() => None,
        }
    }
}
