//! The form of a revision in the log: one object, from which who made it can be read without the rest.
//!
//! ```text
//! rcp-bot revision 1 <SHA-256 of everything after this line>
//! {"number":43, …}                    who made it, when, why, the hash of its files
//! [["countries.toml",31415], …]       the files and their lengths
//! …                                   their contents, one after the other
//! ```

use std::thread;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::catalogue::{Files, joined};

use crate::publishing::revision::{Meta, Revision};

/// What an object begins with: the mark and the version of its form.
const MARK: &str = "rcp-bot revision 1 ";

/// What objects of every form begin with, before the number of the form.
const ANY_MARK: &[u8] = b"rcp-bot revision ";

/// How many bytes of files must be hashed for a second thread to be worth its start.
const SHARED_FROM: usize = 1024 * 1024;

/// Why an object is no revision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the revision is damaged: {0}")]
pub struct Damaged(pub(crate) &'static str);

/// Why an object is not read as a revision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotDecoded {
    /// It is damaged, or none.
    #[error(transparent)]
    Damaged(#[from] Damaged),
    /// It has a form of which this version does not know how to read.
    #[error("it has the form of a newer version")]
    Newer,
}

/// A revision as one object.
pub(crate) fn encode(meta: &Meta, files: &Files) -> Vec<u8> {
    let lengths: Vec<(&String, usize)> = files.0.iter().map(|(path, content)| (path, content.len())).collect();
    // Texts and numbers always become JSON.
    let (meta, lengths) =
        (serde_json::to_vec(meta).unwrap_or_default(), serde_json::to_vec(&lengths).unwrap_or_default());
    let parts = [&*meta, b"\n", &lengths, b"\n"].into_iter().chain(files.0.values().map(Vec::as_slice));
    let hash = || {
        let mut hasher = Sha256::new();
        parts.clone().for_each(|part| hasher.update(part));
        hasher.finalize()
    };
    // The mark has one length, whatever the hash.
    let mark = |hash: &[u8]| format!("{MARK}{}\n", HEXLOWER.encode(hash));
    let unmarked = mark(&[0; 32]);
    let copied = || {
        let mut object = Vec::with_capacity(unmarked.len() + parts.clone().map(<[u8]>::len).sum::<usize>());
        object.extend(unmarked.as_bytes());
        parts.clone().for_each(|part| object.extend(part));
        object
    };
    // Tens of megabytes are hashed while they are copied.
    let (hash, mut object) = match files.0.values().map(Vec::len).sum::<usize>() {
        SHARED_FROM.. => thread::scope(|scope| {
            let hash = scope.spawn(hash);
            let object = copied();
            (joined(hash), object)
        }),
        _ => (hash(), copied()),
    };
    object.iter_mut().zip(mark(&hash).into_bytes()).for_each(|(there, byte)| *there = byte);
    object
}

/// Reads an object back, and proves that it is what was written.
pub(crate) fn decode(object: &[u8]) -> Result<Revision, NotDecoded> {
    let (mark, body) = line(object)?;
    let written = mark.strip_prefix(MARK.as_bytes()).ok_or_else(|| of_another_form(mark))?;
    if written != digest(body).as_bytes() {
        return Err(Damaged("its content is not what was written").into());
    }
    let (meta, body) = line(body)?;
    let meta: Meta = serde_json::from_slice(meta).map_err(|_| Damaged("who made it cannot be read"))?;
    let (lengths, mut rest) = line(body)?;
    let lengths: Vec<(String, usize)> =
        serde_json::from_slice(lengths).map_err(|_| Damaged("its list of files cannot be read"))?;
    let mut files = Files::default();
    for (path, length) in lengths {
        if !stays_within(&path) {
            return Err(Damaged("it names a file outside a catalogue's folder").into());
        }
        let (content, after) = rest.split_at_checked(length).ok_or(Damaged("a file is shorter than it was"))?;
        files.0.insert(path, content.to_vec());
        rest = after;
    }
    if !rest.is_empty() || files.hash() != meta.hash {
        return Err(Damaged("its files are not those that were hashed").into());
    }
    Ok(Revision { meta, files })
}

/// Who made a revision, from the beginning of its object; `None` if the beginning ends before it has said so.
pub(crate) fn decode_head(head: &[u8]) -> Result<Option<Meta>, NotDecoded> {
    let unreadable = || NotDecoded::Damaged(Damaged("its beginning cannot be read"));
    let (mark, rest) = line(head).map_err(|_| unreadable())?;
    if !mark.starts_with(MARK.as_bytes()) {
        return Err(of_another_form(mark));
    }
    match line(rest) {
        Ok((meta, _)) => serde_json::from_slice(meta).map(Some).map_err(|_| unreadable()),
        Err(_) => Ok(None),
    }
}

/// What an object is whose first line is not that of a revision as this version writes it.
fn of_another_form(mark: &[u8]) -> NotDecoded {
    let form = mark.strip_prefix(ANY_MARK).and_then(|rest| rest.split(|byte| *byte == b' ').next());
    let number = form.and_then(|form| str::from_utf8(form).ok()).and_then(|form| form.parse::<u32>().ok());
    match number {
        Some(number) if number > 1 => NotDecoded::Newer,
        _ => NotDecoded::Damaged(Damaged("it is of another form")),
    }
}

/// Whether a path leads to a file within the folder that it is joined to, or within a folder in it. Whoever can write into
/// a store could name any.
fn stays_within(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    path.split('/').count() <= 2 && path.split('/').all(plain)
}

/// The first line without its end, and what follows it.
fn line(bytes: &[u8]) -> Result<(&[u8], &[u8]), Damaged> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Damaged("it ends too early"))?;
    let (line, rest) = bytes.split_at(end);
    Ok((line, rest.strip_prefix(b"\n").unwrap_or(rest)))
}

fn digest(body: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(body))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publishing::revision::{Actor, Cause, Told};

    #[test]
    fn a_large_revision_comes_back_byte_for_byte() {
        let files = [("processes/a.toml", 1), ("processes/b.toml", SHARED_FROM), ("iom.toml", 0)];
        let files = files.map(|(path, length)| (path.to_owned(), (0..length).map(|at| at as u8).collect()));
        let files = Files(files.into());
        let object = encode(&meta(&files), &files);
        assert_eq!(decode(&object).map(|revision| revision.files), Ok(files));
    }

    #[test]
    fn a_revision_that_names_a_file_elsewhere_is_damaged() {
        for path in
            ["/etc/passwd", "../data.toml", "processes/../../x", "processes/.hidden", "a/b/c", "a//b", "c:\\x", ""]
        {
            let files = Files([(path.to_owned(), b"x".to_vec())].into());
            assert!(decode(&encode(&meta(&files), &files)).is_err(), "{path}");
        }
    }

    fn meta(files: &Files) -> Meta {
        let time = "2026-11-24T12:00:00Z".to_owned();
        Meta {
            number: 1,
            time,
            actor: Actor::Signal,
            cause: Cause::Restore { of: 7 },
            hash: files.hash(),
            told: Box::new(Told::default()),
            shipped: None,
        }
    }

    proptest! {
        #[test]
        fn any_files_come_back_byte_for_byte(
            all in prop::collection::btree_map("([a-z]{1,8}/)?[a-zé_-]{1,20}(\\.[a-z]{1,4})?", prop::collection::vec(any::<u8>(), 0..200), 0..8),
            cut_at in any::<prop::sample::Index>(), changed_at in any::<prop::sample::Index>(), with in 1u8..,
        ) {
            let files = Files(all);
            let object = encode(&meta(&files), &files);
            prop_assert_eq!(decode(&object).map(|revision| revision.files), Ok(files));
            prop_assert!(decode(&object[..cut_at.index(object.len())]).is_err());
            let mut other = object.clone();
            let place = changed_at.index(object.len());
            other[place] ^= with;
            prop_assert!(decode(&other).is_err());
        }

        #[test]
        fn no_path_leads_out_of_the_folder(path in "[a/.\\\\:]{1,12}") {
            let files = Files([(path.clone(), b"x".to_vec())].into());
            let mut parts = std::path::Path::new(&path).components();
            let within = parts.all(|part| matches!(part, std::path::Component::Normal(_)));
            if decode(&encode(&meta(&files), &files)).is_ok() {
                prop_assert!(within, "{}", path);
            }
        }

        #[test]
        fn garbage_is_damaged_and_never_panics(garbage in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(decode(&garbage).is_err());
            let body: Vec<u8> = garbage;
            let mut object = format!("{MARK}{}\n", digest(&body)).into_bytes();
            object.extend(body);
            prop_assert!(decode(&object).is_err());
        }
    }
}
