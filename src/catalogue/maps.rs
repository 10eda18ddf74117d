//! Maps of what is worked out from a catalogue: hashed quickly, since loading fills them with hundreds of thousands of words
//! and ids. What people type is looked up in them and never put into them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map that is hashed quickly.
pub(crate) type FastMap<K, V> = HashMap<K, V, RandomState>;

/// A set that is hashed quickly.
pub(crate) type FastSet<T> = HashSet<T, RandomState>;
