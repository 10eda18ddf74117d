//! Who brings a change of the catalogue about, and what it is: what each revision and each record says of itself.

use serde::{Deserialize, Serialize};

/// Who brings a change about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Actor {
    /// A person on Discord. The ids are texts, because many readers of JSON round large numbers.
    Person {
        /// The person's id.
        user: String,
        /// The person's name at that time.
        name: String,
        /// The server's id; none in a direct message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guild: Option<String>,
    },
    /// The program as it started.
    Start,
    /// An operator, with SIGHUP.
    Signal,
    /// A change of the watched data folder.
    Watch,
    /// Another process that shares the revisions.
    Other,
}

/// What a change is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Cause {
    /// The data folder differed from the newest revision when the program started.
    Start,
    /// The data folder was read again.
    Reload,
    /// A file was published.
    Publish {
        /// The process that it describes.
        process: String,
    },
    /// An earlier revision was taken back.
    Restore {
        /// Its number.
        of: u64,
    },
}
