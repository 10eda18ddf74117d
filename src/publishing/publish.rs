//! One file of a process: checked beside the files being served, and published into the data folder.

use crate::blocking::blocking;
use crate::catalogue::{Difference, PROCESSES, Report};
use crate::snapshot::Snapshot;

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::change::{Candidate, Writes, commit};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::follow::begin;
use crate::publishing::publisher::{Publisher, difference, is_whole, read};
use crate::publishing::revision::{Actor, Cause};

/// The action's name in the record.
const ACTION: &str = "publish";

/// The longest id that makes a file's name.
const LONGEST_ID: usize = 60;

/// The name under which a file is checked that names no process: no file of a catalogue can be told by it.
const NAMELESS: &str = "processes/?.toml";

/// What the check of an upload found.
pub struct CheckedUpload {
    /// The process that it describes, if it says.
    pub process: Option<String>,
    /// What is wrong with the catalogue that it would make; without errors there are a snapshot and a difference.
    pub report: Report,
    /// The catalogue that it would make.
    pub snapshot: Option<Snapshot>,
    /// What differs from what is served.
    pub difference: Difference,
    /// The hash of the catalogue beside which it was checked.
    pub base: String,
}

/// The file that an upload would be: its process's id with `.toml`. Nothing of the upload's own name goes into it.
fn path_of(content: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(content).ok()?;
    let table: toml::Table = toml::from_str(text).ok()?;
    let id = table.get("id")?.as_str()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let plain = plain && (1..=LONGEST_ID).contains(&id.len()) && !id.starts_with('-') && !id.ends_with('-');
    plain.then(|| (id.to_owned(), format!("{PROCESSES}/{id}.toml")))
}

/// Checks a file as if it stood in the data folder beside the files being served.
pub async fn check(publisher: &Publisher, content: &[u8]) -> Result<CheckedUpload, NotChanged> {
    let served = publisher.live().snapshot();
    let mut files = publisher.served_files().await?;
    let (process, path) = match path_of(content) {
        Some((process, path)) => (Some(process), path),
        None => (None, NAMELESS.to_owned()),
    };
    files.0.insert(path, content.to_vec());
    let (_, snapshot, report) = publisher.build_changed(files, Vec::new()).await;
    let base = served.hash.clone();
    let (difference, snapshot) = match snapshot {
        Some(snapshot) => {
            let (difference, snapshot) = difference(served, snapshot).await;
            (difference, Some(snapshot))
        }
        None => (Difference::default(), None),
    };
    Ok(CheckedUpload { process, report, snapshot, difference, base })
}

/// Writes an upload into the data folder and serves the result, if it has no errors and `base`, the beginning of a
/// catalogue's hash, is still served.
pub async fn publish(publisher: &Publisher, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
    let published = try_publish(publisher, actor, upload, base).await;
    let record = match &published {
        Ok(changed) => Record::new(actor, ACTION, AuditResult::Done, Some(changed.meta.number), ""),
        Err(error) => Record::new(actor, ACTION, error.result(), None, &error.to_string()),
    };
    publisher.audit().note(record).await;
    published
}

async fn try_publish(publisher: &Publisher, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
    let mut position = begin(publisher).await?;
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    let served = publisher.live().snapshot();
    let (uploads, name) = (publisher.uploads().clone(), upload.to_owned());
    let content = blocking(move || uploads.get(&name)).await.ok_or(NotChanged::UploadGone)?;
    // What is kept passed its check, and so has an id.
    let (process, path) = path_of(&content).ok_or(NotChanged::UploadGone)?;
    if !served.hash.starts_with(base) {
        return Err(NotChanged::Overtaken(publisher.health().revision.clone()));
    }
    if position.diverged {
        return Err(NotChanged::Diverged);
    }
    let (mut files, mut problems) = read(folder).await;
    // What is wrong with the file that is replaced does not matter.
    problems.retain(|problem| problem.file != path);
    files.0.insert(path.clone(), content);
    if is_whole(&problems) && files.hash() == served.hash {
        publisher.uploads().forget(upload);
        return Err(NotChanged::Same);
    }
    let (files, snapshot, report) = publisher.build_changed(files, problems).await;
    let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
    let (cause, writes) = (Cause::Publish { process }, Writes::Only(path));
    let candidate = Candidate { snapshot, files, report, cause, writes };
    let changed = commit(publisher, &mut position, actor, ACTION, candidate).await?;
    publisher.uploads().forget(upload);
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_comes_from_its_id_alone() {
        let named = |text: &str| path_of(text.as_bytes()).map(|(_, path)| path);
        assert_eq!(named("id = \"crm\"\nkind = 1").as_deref(), Some("processes/crm.toml"));
        for text in [
            "",
            "id = 5",
            "id = \"\"",
            "id = \"../regions\"",
            "id = \"a/b\"",
            "id = \"A\"",
            "id = \"-a\"",
            "id = \".a\"",
            "id = \"a.toml\"",
            "id = \"crm\"\nid = \"other\"",
            "[id]\nx = 1",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
        assert_eq!(named(&format!("id = \"{}\"", "a".repeat(LONGEST_ID + 1))), None);
        assert_eq!(path_of(&[0xff, 0xfe]), None);
    }
}
