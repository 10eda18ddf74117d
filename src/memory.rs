//! The program's own memory: how much it holds, and keeping that small.
//!
//! Here stands the only `unsafe` code of the crate: two calls to the allocator of GNU's C library. Elsewhere they do
//! nothing.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
use crate::settings;

/// The memory that the program holds, in bytes, where the system tells it.
pub fn held() -> Option<u64> {
    metrics_process::collector::collect().resident_memory_bytes
}

/// Lets all threads share one heap. To be called before the second thread starts; `MALLOC_ARENA_MAX` in the environment
/// says otherwise. By default each thread gets a heap of its own, and keeps what it freed for itself: after a burst of
/// questions the program held half as much again. But threads that read a catalogue wait for one another then, a sixth of
/// the time.
pub fn share_heap() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    if !settings::heaps_are_chosen() {
        // SAFETY: mallopt only sets a number of the allocator (mallopt(3)).
        #[allow(unsafe_code)]
        unsafe {
            libc::mallopt(libc::M_ARENA_MAX, 1);
        }
    }
}

/// Gives back to the system what is free. To be called when much has been freed, as after a catalogue was made ready;
/// it may take milliseconds for each hundred MiB, in which others cannot allocate.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim only touches what the allocator knows to be free (malloc_trim(3)).
    #[allow(unsafe_code)]
    unsafe {
        libc::malloc_trim(0);
    }
}
