//! Work on many things alike, shared among threads.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread::{self, ScopedJoinHandle};

/// How many threads work at once. Asking the system reads several of its files, so that it is asked once.
pub(crate) fn threads() -> usize {
    static THREADS: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
    *THREADS
}

/// Does the same to shares of a list, each on a thread of its own, and gives what comes of each in their order.
pub(crate) fn in_shares<T: Sync, R: Send>(all: &[T], threads: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let share = all.len().div_ceil(threads.max(1)).max(1);
    let mut shares = all.chunks(share);
    // The last share is done here, so that one alone needs no thread.
    let Some(last) = shares.next_back() else { return Vec::new() };
    thread::scope(|scope| {
        let running: Vec<_> = shares.map(|share| scope.spawn(|| work(share))).collect();
        let last = work(last);
        running.into_iter().map(joined).collect::<Vec<_>>().into_iter().chain([last]).collect()
    })
}

/// What a thread made. A panic in it is a fault of ours and goes on to the caller's guard.
pub(crate) fn joined<T>(running: ScopedJoinHandle<'_, T>) -> T {
    running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
