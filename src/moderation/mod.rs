//! What is served, and who may change it. Nothing outside this room replaces a snapshot.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::snapshot::Snapshot;

/// The snapshot that is being served. Reading it never waits, not even while another is put in its place.
pub struct Live {
    current: ArcSwap<Snapshot>,
}

impl Live {
    /// Begins to serve a snapshot.
    pub fn new(snapshot: Snapshot) -> Live {
        Live { current: ArcSwap::from_pointee(snapshot) }
    }

    /// The snapshot as it is now. An interaction takes it once and keeps it to the end.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }
}
