//! A revision: one accepted catalogue, whole, and what it says of itself: who made it, when and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::Files;

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
        /// The revision that is appended anew.
        of: u64,
    },
}

/// Who made a revision, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Its number, from 1.
    pub number: u64,
    /// When it was made.
    pub time: String,
    /// Who made it.
    #[serde(flatten)]
    pub actor: Actor,
    /// Why.
    #[serde(flatten)]
    pub cause: Cause,
    /// The hash of its files.
    pub hash: String,
}

impl Meta {
    /// When it was made, in seconds since 1970.
    pub fn seconds(&self) -> i64 {
        self.time.parse::<Timestamp>().map(Timestamp::as_second).unwrap_or_default()
    }
}

/// A revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Who made it, when and why.
    pub meta: Meta,
    /// Its files, byte for byte.
    pub files: Files,
}
