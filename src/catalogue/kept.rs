//! What was found out of each file, kept beside the catalogue so that the next one passes over the files that are the same.
//!
//! A file is the same when its path and the SHA-256 of its bytes are: sizes and times prove nothing. What a file says by
//! itself (its record, what is wrong in it) is kept with it; what its check says of it also depends on the ids that it may
//! name and on the day, and is kept for as long as those are the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::catalogue::files::Files;
use crate::catalogue::maps::FastMap;
use crate::catalogue::model::Process;
use crate::catalogue::problem::Problem;
use crate::catalogue::shares::{in_shares, threads};

/// The SHA-256 of a file's bytes.
pub(crate) type Digest = [u8; 32];

/// How many bytes must be hashed for a second thread to be worth its start.
const SHARED_FROM: usize = 1024 * 1024;

/// The digests of all files, in their order.
pub(crate) fn digests(files: &Files) -> BTreeMap<&str, Digest> {
    let all: Vec<(&str, &[u8])> = files.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let digest = |share: &[(&'_ str, &[u8])]| -> Vec<Digest> {
        share.iter().map(|(_, bytes)| Sha256::digest(bytes).into()).collect()
    };
    let threads = match all.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() {
        SHARED_FROM.. => threads(),
        _ => 1,
    };
    let shares: Vec<Vec<Digest>> = in_shares(&all, threads, digest);
    all.iter().map(|(path, _)| *path).zip(shares.into_iter().flatten()).collect()
}

/// What is kept of the file of one process.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptProcess {
    /// Its file's bytes, hashed.
    pub(crate) digest: Digest,
    /// Its record.
    pub(crate) process: Arc<Process>,
    /// What is wrong in the file by itself.
    pub(crate) read: Arc<[Problem]>,
    /// The letters of each of its names, hashed ([`crate::catalogue::called::name_hashes`]).
    pub(crate) names: Arc<[u64]>,
    /// What its check found.
    pub(crate) checked: Checked,
}

/// What the check of one process found that says nothing of other processes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Checked {
    /// What is told.
    pub(crate) problems: Arc<[Problem]>,
    /// How much was found, told or not.
    pub(crate) found: usize,
}

/// What the checks of all processes depend on beside their own files.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// The day against which facts are judged.
    pub(crate) today: Date,
    /// The ids that a process may name: of regions, countries, organisations and topics, in their orders.
    pub(crate) ids: [Vec<String>; 4],
}

/// Everything that is kept beside a catalogue.
#[derive(Debug, PartialEq)]
pub(crate) struct KeptFiles {
    /// By the paths of the files.
    pub(crate) processes: FastMap<String, KeptProcess>,
    /// The digests of the files that are one record each, with what is wrong in each by itself.
    pub(crate) single: HashMap<&'static str, (Digest, Arc<[Problem]>)>,
    /// What the checks depended on.
    pub(crate) surroundings: Surroundings,
}
