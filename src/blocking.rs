//! Work that waits for the disk or takes long, away from the threads that answer people.

use std::panic::resume_unwind;

use tokio::task::spawn_blocking;

/// Runs work on a thread of its own, and waits for it without holding up anything else. A panic in it goes on in the caller.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        // A panic is a fault of ours and goes on to the caller's guard; nothing else ends such work early.
        Err(error) => resume_unwind(error.try_into_panic().unwrap_or_else(|error| Box::new(error.to_string()))),
    }
}
