//! The program's own memory: how much it holds, and keeping that small.
//!
//! Here stands the only `unsafe` code of the crate: three calls to the allocator of GNU's C library, and two by which the
//! system is told that parts of the program's file are not needed for now. Elsewhere they do nothing.

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

/// Has the heap grow in large steps, and keep what is freed: for an action that ends at once. To be called before the second
/// thread starts. Reading a catalogue and throwing it away takes a twentieth less then.
pub fn grow_in_large_steps() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    for (parameter, bytes) in
        [(libc::M_TOP_PAD, 4 << 20), (libc::M_TRIM_THRESHOLD, 64 << 20), (libc::M_MMAP_THRESHOLD, 32 << 20)]
    {
        // SAFETY: mallopt only sets a number of the allocator (mallopt(3)).
        #[allow(unsafe_code)]
        unsafe {
            libc::mallopt(parameter, bytes);
        }
    }
}

/// Gives back to the system what is free, and what making a catalogue ready touched of the program itself. To be called when
/// much has been freed, as after a catalogue was made ready; it may take milliseconds for each hundred MiB, in which others
/// cannot allocate.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: malloc_trim only touches what the allocator knows to be free (malloc_trim(3)).
        #[allow(unsafe_code)]
        unsafe {
            libc::malloc_trim(0);
        }
        unmap_code();
    }
}

/// Takes the program's code and constants out of the process's memory. Reading, checking, indexing and connecting touch most of
/// both, and Linux maps sixteen pages for each that is touched; serving needs a fifth of them. What is touched again is there
/// again at once: the pages stay in the system's cache of files.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn unmap_code() {
    use std::ffi::{c_int, c_void};

    /// Called with each loaded file, of which the first is the program; what it returns, if not 0, ends the calls.
    #[allow(unsafe_code)]
    unsafe extern "C" fn unmap(file: *mut libc::dl_phdr_info, _: usize, _: *mut c_void) -> c_int {
        // SAFETY: dl_iterate_phdr calls with a description that is whole while the call lasts, and in which `dlpi_phdr` points
        // to `dlpi_phnum` headers (dl_iterate_phdr(3)).
        let (base, headers) = unsafe {
            let file = &*file;
            (file.dlpi_addr, std::slice::from_raw_parts(file.dlpi_phdr, usize::from(file.dlpi_phnum)))
        };
        for header in headers.iter().filter(|header| header.p_type == libc::PT_LOAD && header.p_flags & libc::PF_W == 0)
        {
            let start = (base + header.p_vaddr) & !(PAGE - 1);
            let Ok(length) = usize::try_from(base + header.p_vaddr + header.p_memsz - start) else { continue };
            // SAFETY: what may not be written to is mapped from the file as it stands there, so that the same comes back when
            // it is read again (madvise(2), MADV_DONTNEED). Where it cannot be done, nothing happens.
            unsafe {
                libc::madvise(start as *mut c_void, length, libc::MADV_DONTNEED);
            }
        }
        1
    }

    /// Addresses are rounded down to a page; those larger than this are aligned in the file to their own size.
    const PAGE: u64 = 4096;

    // SAFETY: the function keeps to what dl_iterate_phdr promises, and needs no data of ours.
    #[allow(unsafe_code)]
    unsafe {
        libc::dl_iterate_phdr(Some(unmap), std::ptr::null_mut());
    }
}
