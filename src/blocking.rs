//! Work that waits for the disk or takes long, away from the threads that answer people.

use std::future::pending;
use std::panic::resume_unwind;

use tokio::task::{JoinError, spawn_blocking};

/// Runs work on a thread of its own, and waits for it without holding up anything else. A panic in it goes on in the caller.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    done(spawn_blocking(work).await).await
}

async fn done<T>(ended: Result<T, JoinError>) -> T {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        // A fault of ours, which goes on to the caller's guard.
        Err(Ok(panic)) => resume_unwind(panic),
        // The runtime is shutting down and has not begun the work: the caller ends with it, and is no fault.
        Err(Err(_)) => pending().await,
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_goes_on_and_work_that_a_shutdown_cancels_is_none() {
        assert_eq!(blocking(|| 5).await, 5);
        let panicked = tokio::spawn(blocking(|| panic!("a fault of ours"))).await;
        assert!(panicked.expect_err("it goes on").is_panic());
        let cancelled = tokio::spawn(pending::<()>());
        cancelled.abort();
        let cancelled = cancelled.await;
        assert!(cancelled.as_ref().is_err_and(JoinError::is_cancelled));
        assert!(done(cancelled).now_or_never().is_none());
    }
}
