//! One file of a process: checked beside the files being served, and published into the data folder.

use crate::catalogue::{Difference, PROCESSES, Report};
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::audit::Outcome;
use crate::publishing::audit::Record;
use crate::publishing::change::{Candidate, Changed, NotChanged, Writes};
use crate::publishing::keeper::{Keeper, blocking, difference};
use crate::publishing::revision::Actor;
use crate::publishing::revision::Cause;

/// The action's name in the record.
const ACTION: &str = "publish";

/// The longest id that makes a file's name.
const LONGEST_ID: usize = 60;

/// The name under which a file is checked that names no process: no file of a catalogue can be told by it.
const NAMELESS: &str = "processes/?.toml";

/// What the check of an upload found.
pub struct Checked {
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
fn place(content: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(content).ok()?;
    let table: toml::Table = toml::from_str(text).ok()?;
    let id = table.get("id")?.as_str()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let plain = plain && (1..=LONGEST_ID).contains(&id.len()) && !id.starts_with('-') && !id.ends_with('-');
    plain.then(|| (id.to_owned(), format!("{PROCESSES}/{id}.toml")))
}

impl Keeper {
    /// Checks a file as if it stood in the data folder beside the files being served.
    pub async fn check(&self, content: &[u8]) -> Result<Checked, NotChanged> {
        let served = self.live().snapshot();
        let mut files = self.served_files().await?;
        let (process, path) = match place(content) {
            Some((process, path)) => (Some(process), path),
            None => (None, NAMELESS.to_owned()),
        };
        files.0.insert(path, content.to_vec());
        let (snapshot, report) = self.build(files, Report::default(), Origin::Folder).await;
        let base = served.hash.clone();
        let compared = blocking(move || {
            let difference = snapshot.as_ref().map(|snapshot| difference(&served, snapshot));
            (snapshot, difference.unwrap_or_default())
        });
        let (snapshot, difference) = compared.await;
        Ok(Checked { process, report, snapshot, difference, base })
    }

    /// Writes an upload into the data folder and serves the result, if it has no errors and `base` is still served.
    pub async fn publish(&self, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
        let published = self.try_publish(actor, upload, base).await;
        let record = match &published {
            Ok(changed) => Record::new(actor, ACTION, Outcome::Done, Some(changed.meta.number), ""),
            Err(error) => Record::new(actor, ACTION, error.outcome(), None, &error.to_string()),
        };
        self.audit().note(record).await;
        published
    }

    async fn try_publish(&self, actor: &Actor, upload: &str, base: &str) -> Result<Changed, NotChanged> {
        let mut effects = self.begin().await?;
        let folder = self.folder().ok_or(NotChanged::NoFolder)?;
        let served = self.live().snapshot();
        let content = self.uploads().get(upload).ok_or(NotChanged::UploadGone)?;
        // What is kept passed its check, and so has an id.
        let (process, path) = place(&content).ok_or(NotChanged::UploadGone)?;
        if !served.hash.starts_with(base) {
            return Err(NotChanged::Overtaken(self.standing().revision.clone()));
        }
        if effects.apart {
            return Err(NotChanged::Apart);
        }
        let (mut files, mut read) = self.read(folder).await;
        // What is wrong with the file that is replaced does not matter.
        read.problems.retain(|problem| problem.file != path);
        files.0.insert(path.clone(), content);
        if read.is_acceptable() && files.hash() == served.hash {
            self.uploads().forget(upload);
            return Err(NotChanged::Same);
        }
        let (snapshot, report) = self.build(files.clone(), read, Origin::Folder).await;
        let Some(snapshot) = snapshot else { return Err(NotChanged::Errors(report)) };
        let (cause, writes) = (Cause::Publish { process }, Writes::Only(path));
        let candidate = Candidate { snapshot, files, report, cause, writes };
        let changed = self.commit(&mut effects, actor, ACTION, candidate).await?;
        self.uploads().forget(upload);
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_comes_from_its_id_alone() {
        let named = |text: &str| place(text.as_bytes()).map(|(_, path)| path);
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
        assert_eq!(place(&[0xff, 0xfe]), None);
    }
}
