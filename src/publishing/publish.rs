//! One file of a process: checked beside the files being served, and published into the data folder.

use crate::catalogue::{Difference, PROCESSES, Report};
use crate::snapshot::Snapshot;

use crate::publishing::audit::{AuditResult, Record};
use crate::publishing::change::{NextCatalogue, Writes, commit, listing, not_over_refused, writable};
use crate::publishing::changed::{Changed, NotChanged};
use crate::publishing::folder::{differing, digest};
use crate::publishing::follow::begin;
use crate::publishing::publisher::{Publisher, difference, read};
use crate::publishing::revision::{Actor, Cause};
use crate::publishing::uploads::{discard_upload, read_upload};

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
    /// Whether it could be published: there is a data folder to write it into.
    pub publishable: bool,
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
    Ok(CheckedUpload { process, report, snapshot, difference, base, publishable: publisher.folder().is_some() })
}

/// Writes an upload into the data folder and serves the result, if it has no errors and `base`, the beginning of a
/// catalogue's hash, is still served.
pub async fn publish(publisher: &Publisher, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
    let _running = publisher.running();
    let published = try_publish(publisher, actor, upload, base).await;
    let record = match &published {
        Ok(changed) => Record::new(actor, ACTION, AuditResult::Done, Some(changed.meta.number), ""),
        Err(error) => Record::new(actor, ACTION, error.result(), None, &error.to_string()),
    };
    publisher.audit().note(record).await;
    published
}

async fn try_publish(publisher: &Publisher, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
    let folder = publisher.folder().ok_or(NotChanged::NoFolder)?;
    let mut position = begin(publisher).await?;
    let content = read_upload(publisher, upload).await?.ok_or(NotChanged::UploadGone)?;
    // What is kept passed its check, and so has an id.
    let (process, path) = path_of(&content).ok_or(NotChanged::UploadGone)?;
    let served = publisher.live().snapshot();
    if !served.hash.starts_with(base) {
        return Err(NotChanged::Overtaken(publisher.health().revision.clone()));
    }
    not_over_refused(publisher)?;
    if position.diverged {
        return Err(NotChanged::Diverged);
    }
    // Exactly what was previewed: what is served, with this one file. What else the folder holds by now nobody has seen.
    let former = publisher.served_files().await?;
    let mut files = former.clone();
    files.0.insert(path.clone(), content);
    if files == former {
        discard_upload(publisher, upload).await;
        return Err(NotChanged::Same);
    }
    writable(&position, folder, Some(&path)).await?;
    let mut before = listing(folder).await?;
    before.retain(|there, _| *there == path);
    let (there, _) = read(folder).await;
    let (files, snapshot, report) = publisher.build_changed(files, Vec::new()).await;
    let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
    // Somebody's edit of this very file that was not reloaded, or that cannot even be read.
    let expected = former.0.get(&path).map(|content| digest(content));
    let edited = before.get(&path) != expected.as_ref() && before.contains_key(&path);
    let set_aside = match edited {
        true => {
            let copied =
                publisher.set_aside(Some(vec![path.clone()]), "another version of the file is published").await;
            copied.map_err(|error| NotChanged::Folder(format!("an edit cannot be set aside: {error}")))?
        }
        false => None,
    };
    let mut unreloaded = differing(&there, &former);
    unreloaded.retain(|there| *there != path);
    let (cause, writes) = (Cause::Publish { process }, Writes::Only(path));
    let next = NextCatalogue { snapshot, files, report, cause, writes, before, set_aside };
    let changed = commit(publisher, &mut position, actor, ACTION, next).await?;
    discard_upload(publisher, upload).await;
    unreloaded.extend(changed.unreloaded.iter().cloned());
    Ok(Changed { unreloaded, ..changed })
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
