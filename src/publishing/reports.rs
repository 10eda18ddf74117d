//! What readers reported, beside the revisions: each report is an object that is created and never rewritten, and that it
//! was settled is another, so that a restart and every replica know. Bounded in number, for everyone and for each person.

use std::time::Duration;

use data_encoding::HEXLOWER;
use futures::{StreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::catalogue::Language;
use crate::publishing::publisher::Publisher;
use crate::publishing::revisions::{Revisions, Shelf};
use crate::publishing::store_error::StoreError;

/// How many reports of one person are taken in a day.
pub const A_DAY: usize = 3;

/// How many reports wait at most; those that come then are refused.
pub const WAITING: usize = 200;

/// For how long a settled report is kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How many objects are listed: the waiting, and the settled with what says that they are.
const LISTED: usize = 5_000;

/// How many reports are read at once.
const AT_ONCE: usize = 16;

/// The largest report, in bytes.
const LARGEST: u64 = 16 * 1024;

/// How the names of reports end, of what settles them, and of what stands for one of the reports that a person may make in
/// a day.
const REPORT: &str = ".report";
const SETTLED: &str = ".settled";
const PLACE: &str = ".place";

/// For how long the places of a day are kept, in seconds: until no clock that goes a little wrong is still in it.
const PLACES_KEPT_FOR: i64 = 2 * DAY;

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// The kind of a process in a report.
const PROCESS: &str = "process";

/// What a reader reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderReport {
    /// When (RFC 3339).
    pub time: String,
    /// The reader's id, so that they can be told.
    pub reader: u64,
    /// The reader's language.
    pub language: Language,
    /// The kind of the entry: `process`, `country`, `organisation`, `meeting`, `term`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What is wrong, as it was typed.
    pub text: String,
    /// Where it says so, as it was typed; perhaps nothing.
    pub url: String,
}

impl ReaderReport {
    /// Whether it is about a process, which forms can change.
    pub fn is_about_a_process(&self) -> bool {
        self.kind == PROCESS
    }
}

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is there.
    Kept,
    /// This person reported as much as one may in a day.
    TooMany,
    /// As many wait as are kept.
    Full,
}

/// Keeps a report.
pub async fn keep_report(publisher: &Publisher, report: &ReaderReport) -> Result<Taken, StoreError> {
    let revisions = publisher.revisions().await?;
    let listed = revisions.shelved(Shelf::Reports, LISTED).await?;
    let now = Timestamp::now();
    let day_ago = now.as_millisecond().saturating_sub(DAY * 1_000);
    let own = format!("-{}-", report.reader);
    let reports = || listed.iter().filter_map(|(name, _)| name.strip_suffix(REPORT));
    let recent = reports().filter(|name| name.contains(&own) && made(name).is_some_and(|made| made > day_ago));
    if recent.count() >= A_DAY {
        return Ok(Taken::TooMany);
    }
    let settled = |name: &str| listed.iter().any(|(other, _)| other.strip_suffix(SETTLED) == Some(name));
    if reports().filter(|name| !settled(name)).count() >= WAITING {
        return Ok(Taken::Full);
    }
    // Those who report twice at once, perhaps to two replicas, are counted by what is created once only.
    if !take_place(revisions, report.reader, now).await? {
        return Ok(Taken::TooMany);
    }
    // Texts always become JSON.
    let content = serde_json::to_vec(report).unwrap_or_default();
    let hash: String = HEXLOWER.encode(&Sha256::digest(&content)).chars().take(8).collect();
    let name = format!("{:014}-{}-{hash}", now.as_millisecond(), report.reader);
    revisions.put_new(Shelf::Reports, &format!("{name}{REPORT}"), &content).await?;
    sweep(revisions, &listed, now).await;
    Ok(Taken::Kept)
}

/// Takes one of the places that a person has in a day (UTC), if one is left.
async fn take_place(revisions: &Revisions, reader: u64, now: Timestamp) -> Result<bool, StoreError> {
    let day = now.as_second().div_euclid(DAY) * DAY * 1_000;
    for number in 0..A_DAY {
        if revisions.put_new(Shelf::Reports, &format!("{day:014}-{reader}-{number}{PLACE}"), b"").await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When a report was made, in milliseconds since 1970, by its name.
fn made(name: &str) -> Option<i64> {
    name.split('-').next()?.parse().ok()
}

/// Takes away what was settled long ago, and the places of days that are over.
async fn sweep(revisions: &Revisions, listed: &[(String, i64)], now: Timestamp) {
    let kept_for = i64::try_from(KEPT_FOR.as_secs()).unwrap_or(i64::MAX);
    // By the clock of the store: this machine's may be wrong.
    let newest = listed.iter().map(|(_, since)| *since).max().unwrap_or_default().min(now.as_second());
    let old = listed.iter().filter(|(_, since)| newest - since > kept_for);
    for name in old.filter_map(|(name, _)| name.strip_suffix(SETTLED)).take(AT_ONCE) {
        // The report goes first: without it nothing says that it waits.
        for ending in [REPORT, SETTLED] {
            if let Err(error) = revisions.clear(Shelf::Reports, &format!("{name}{ending}")).await {
                return debug!(%error, "a settled report cannot be taken away");
            }
        }
    }
    let over = listed.iter().map(|(name, _)| name).filter(|name| {
        let day = name.strip_suffix(PLACE).and_then(made);
        day.is_some_and(|day| now.as_second() - day / 1_000 > PLACES_KEPT_FOR)
    });
    for name in over.take(AT_ONCE) {
        if let Err(error) = revisions.clear(Shelf::Reports, name).await {
            return debug!(%error, "a place for a report cannot be taken away");
        }
    }
}

/// The reports that wait, the newest first, each with its name.
pub async fn open_reports(publisher: &Publisher, most: usize) -> Result<Vec<(String, ReaderReport)>, StoreError> {
    let revisions = publisher.revisions().await?;
    let listed = revisions.shelved(Shelf::Reports, LISTED).await?;
    let settled = |name: &str| listed.iter().any(|(other, _)| other.strip_suffix(SETTLED) == Some(name));
    let open = listed.iter().rev().filter_map(|(name, _)| name.strip_suffix(REPORT)).filter(|name| !settled(name));
    let names: Vec<String> = open.take(most).map(str::to_owned).collect();
    let read = stream::iter(names).map(|name| async move {
        let report = kept(revisions, &name).await.ok().flatten()?;
        Some((name, report))
    });
    Ok(read.buffered(AT_ONCE).filter_map(|read| async move { read }).collect().await)
}

/// A report, settled or not, if it is still kept. Anybody can send any name.
pub async fn read_report(publisher: &Publisher, name: &str) -> Result<Option<ReaderReport>, StoreError> {
    if !is_report_name(name) {
        return Ok(None);
    }
    kept(publisher.revisions().await?, name).await
}

async fn kept(revisions: &Revisions, name: &str) -> Result<Option<ReaderReport>, StoreError> {
    let content = revisions.take(Shelf::Reports, &format!("{name}{REPORT}"), LARGEST).await?;
    Ok(content.and_then(|content| serde_json::from_slice(&content).ok()))
}

/// Notes that a report is settled; the report, if nobody had settled it before. Anybody can send any name.
pub async fn settle_report(publisher: &Publisher, name: &str, by: &str) -> Result<Option<ReaderReport>, StoreError> {
    if !is_report_name(name) {
        return Ok(None);
    }
    let revisions = publisher.revisions().await?;
    let Some(report) = kept(revisions, name).await? else { return Ok(None) };
    let first = revisions.put_new(Shelf::Reports, &format!("{name}{SETTLED}"), by.as_bytes()).await?;
    Ok(first.then_some(report))
}

/// Whether a text can be the name of a report.
pub fn is_report_name(name: &str) -> bool {
    let digits =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_digit());
    match name.split('-').collect::<Vec<_>>().as_slice() {
        [made, reader, hash] => {
            made.len() == 14
                && digits(made, 14)
                && digits(reader, 20)
                && hash.len() == 8
                && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        }
        _ => false,
    }
}
