//! What merges left undecided, as it was last found.

use crate::catalogue::Conflict;

/// What was found undecided when it was last looked for: that reads and compares whole catalogues.
#[derive(Debug)]
pub(crate) struct Undecided {
    /// The hash of what was served.
    pub(crate) served: String,
    /// The hash of what merges had left.
    pub(crate) kept: String,
    /// What nobody has decided, oldest first.
    pub(crate) conflicts: Vec<Conflict>,
}

impl Undecided {
    /// Whether it was found in these two, told by their hashes.
    pub(crate) fn is_of(&self, served: &str, kept: &str) -> bool {
        self.served == served && self.kept == kept
    }
}
