//! The record of everything that moderators and others try: one JSON object a line, never rewritten, and a log line.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::mpsc;
use tracing::{error, info, warn};

use crate::atomic::make_folder;
use crate::catalogue::{Difference, Report};
use crate::telemetry::metrics;

use crate::publishing::revision::Actor;

/// The file's name in the state folder.
pub(crate) const FILE: &str = "audit.jsonl";

/// The longest detail that is recorded, in characters: a line stays one that a system call writes at once.
const LONGEST_DETAIL: usize = 500;

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditResult {
    /// It is about to be made. Another record says what came of it.
    Begun,
    /// It is done.
    Done,
    /// There was nothing to do.
    Unchanged,
    /// It was refused, and nothing changed.
    Refused,
    /// Somebody else was faster, and nothing changed.
    Overtaken,
    /// It failed.
    Failed,
}

impl AuditResult {
    /// The word for it in metrics.
    fn name(self) -> &'static str {
        match self {
            AuditResult::Begun => "begun",
            AuditResult::Done => "done",
            AuditResult::Unchanged => "unchanged",
            AuditResult::Refused => "refused",
            AuditResult::Overtaken => "overtaken",
            AuditResult::Failed => "failed",
        }
    }
}

/// One attempt.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// When, in UTC (RFC 3339).
    pub time: String,
    /// Who and where.
    #[serde(flatten)]
    pub actor: Actor,
    /// What was tried: `reload`, `check`, `publish`, `discard`, `history`, `restore`, `status`, `start`, `follow` …. Files of
    /// older versions hold the French names of subcommands (`recharger`, `verifier`, `historique`, `retablir`, `etat`).
    pub action: &'static str,
    /// What came of it.
    pub result: AuditResult,
    /// The revision that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
    /// The file that it is about, by its path within the catalogue's folder.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Why it was tried, as the person says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Why nothing came of it, as one word by which it is told in each language ([`NotChanged::kind`]).
    ///
    /// [`NotChanged::kind`]: crate::publishing::NotChanged::kind
    #[serde(skip_serializing_if = "str::is_empty")]
    pub why: &'static str,
    /// What else an operator wants to know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Record {
    /// A record of this moment.
    pub fn new(
        actor: &Actor,
        action: &'static str,
        result: AuditResult,
        revision: Option<u64>,
        detail: &str,
    ) -> Record {
        let detail = detail.chars().take(LONGEST_DETAIL).collect();
        let (time, actor) = (Timestamp::now().to_string(), actor.clone());
        let (file, reason, why) = (String::new(), String::new(), "");
        Record { time, actor, action, result, revision, file, reason, why, detail }
    }

    /// The same record, about a file, with the reason that a person gave.
    pub fn about(self, file: &str, reason: &str) -> Record {
        Record { file: file.to_owned(), reason: reason.to_owned(), ..self }
    }

    /// The same record, with the kind of what stood in the way.
    pub fn because(self, why: &'static str) -> Record {
        Record { why, ..self }
    }

    /// Whether the configured channel is to hear of it.
    fn is_news(&self) -> bool {
        match self.result {
            AuditResult::Begun | AuditResult::Unchanged => false,
            // With the first revision nothing has changed yet: a history begins.
            AuditResult::Done => self.actor != Actor::Start || self.revision != Some(1),
            AuditResult::Refused | AuditResult::Overtaken | AuditResult::Failed => true,
        }
    }
}

/// A record that is told in the configured channel.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What was written into the audit file.
    pub record: Record,
    /// What a change found; the file keeps no more than a line of it.
    pub findings: Option<Findings>,
}

/// What a change found.
#[derive(Clone, Debug)]
pub enum Findings {
    /// These differences, which are served now.
    Changes(Difference),
    /// These errors, for which it was refused.
    Errors(Report),
    /// No errors any longer, and nothing that differs from what is served.
    Mended,
}

/// The file `audit.jsonl` in the state folder, and the channel to which what is worth telling goes.
pub struct Audit {
    path: PathBuf,
    notices: Option<mpsc::Sender<Notice>>,
}

impl Audit {
    /// The record in a state folder. What is worth telling also goes to `notices`.
    pub fn open(state: &Path, notices: Option<mpsc::Sender<Notice>>) -> Audit {
        let path = state.join(FILE);
        match mend(&path) {
            Ok(0) => {}
            Ok(bytes) => warn!(bytes, "the audit file ended within a line, which a killed program left; it was cut"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => error!(%error, "the audit file cannot be read"),
        }
        Audit { path, notices }
    }

    /// Writes a record; it is on the disk when this returns.
    pub async fn write(&self, record: Record) -> io::Result<()> {
        self.write_with(record, None).await
    }

    async fn write_with(&self, record: Record, findings: Option<Findings>) -> io::Result<()> {
        let tell = findings.is_some() || record.is_news();
        self.put(&record).await?;
        if let Some(notices) = self.notices.as_ref().filter(|_| tell)
            && let Err(error) = notices.try_send(Notice { record, findings })
        {
            warn!(%error, "a record is not told in the audit channel");
        }
        Ok(())
    }

    async fn put(&self, record: &Record) -> io::Result<()> {
        log(record);
        // Texts always become JSON.
        let mut line = serde_json::to_vec(record).unwrap_or_default();
        line.push(b'\n');
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || append(&path, &line)).await.map_err(io::Error::other)?
    }

    /// Writes a record of something that is not undone if that fails: a refusal, or the outcome of a change whose
    /// beginning was recorded.
    pub async fn note(&self, record: Record) {
        self.note_with(record, None).await;
    }

    /// The same for a change, with what it found.
    pub async fn note_with(&self, record: Record, findings: Option<Findings>) {
        if let Err(error) = self.write_with(record, findings).await {
            error!(%error, "an audit record cannot be written");
        }
    }

    /// Writes a record of somebody's looking at something, which is told in no channel.
    pub async fn note_quietly(&self, record: Record) {
        if let Err(error) = self.put(&record).await {
            error!(%error, "an audit record cannot be written");
        }
    }
}

fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    // Opened anew each time, so that an operator may move the file away.
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    // Several processes may share the file: what one of them has not written to its end is not torn.
    file.lock()?;
    cut_torn(&mut file)?;
    let length = file.metadata()?.len();
    let written = file.write_all(line).and_then(|()| file.sync_data());
    if written.is_err() {
        // A disk that is full took a part of it. What stays of it is cut before the next line.
        let _ = file.set_len(length);
    }
    written
}

/// Cuts a last line that was not written to its end; says how many bytes it had.
fn mend(path: &Path) -> io::Result<usize> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    file.lock()?;
    cut_torn(&mut file)
}

fn cut_torn(file: &mut File) -> io::Result<usize> {
    let length = file.metadata()?.len();
    // No line is longer.
    let start = length.saturating_sub(64 * 1024);
    let tail = read_from(file, start)?;
    let kept = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let cut = tail.len() - kept;
    if cut > 0 {
        file.set_len(start + kept as u64)?;
        file.sync_all()?;
    }
    Ok(cut)
}

fn read_from(file: &mut File, start: u64) -> io::Result<Vec<u8>> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.read_to_end(&mut tail)?;
    Ok(tail)
}

fn log(record: &Record) {
    let Record { actor, action, result, revision, file, detail, .. } = record;
    if *result != AuditResult::Begun {
        metrics::change(action, result.name());
    }
    match result {
        AuditResult::Failed => error!(?actor, action, ?result, revision, file, detail, "moderation"),
        AuditResult::Refused | AuditResult::Overtaken => {
            warn!(?actor, action, ?result, revision, file, detail, "moderation")
        }
        _ => info!(?actor, action, ?result, revision, file, detail, "moderation"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn records_are_whole_lines_and_a_torn_one_is_cut() {
        let state = tempfile::tempdir().expect("a folder");
        let audit = Audit::open(state.path(), None);
        let record = |result| Record::new(&Actor::Signal, "reload", result, Some(3), "because");
        audit.write(record(AuditResult::Begun)).await.expect("written");
        let path = state.path().join(FILE);
        let whole = fs::read(&path).expect("read");
        fs::write(&path, [&whole[..], b"{\"time\":\"20"].concat()).expect("written");
        let again = Audit::open(state.path(), None);
        again.write(record(AuditResult::Done)).await.expect("written");
        // A disk that was full for a moment leaves the same while the program runs.
        let so_far = fs::read(&path).expect("read");
        fs::write(&path, [&so_far[..], b"{\"time\":\"20"].concat()).expect("written");
        again.write(record(AuditResult::Failed)).await.expect("written");
        let text = fs::read_to_string(&path).expect("read");
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["by"], "signal");
        assert_eq!((&lines[0]["result"], &lines[1]["result"]), (&"begun".into(), &"done".into()));
        assert_eq!((&lines[1]["action"], &lines[1]["revision"]), (&"reload".into(), &3.into()));
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told() {
        let state = tempfile::tempdir().expect("a folder");
        fs::create_dir(state.path().join(FILE)).expect("made");
        let audit = Audit::open(state.path(), None);
        assert!(audit.write(Record::new(&Actor::Signal, "x", AuditResult::Begun, None, "")).await.is_err());
    }
}
