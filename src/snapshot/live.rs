//! The snapshot that is being served.

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};

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

    /// The same for a short look: cheaper to take, and not to be kept.
    pub fn look(&self) -> Guard<Arc<Snapshot>> {
        self.current.load()
    }

    /// Puts another in its place. Only the publisher does.
    pub(crate) fn replace(&self, snapshot: Snapshot) {
        self.current.store(Arc::new(snapshot));
    }
}
