//! Nobody's work is lost, whatever befalls the data folder, the log, the clock or the program. Each test bears the name of the
//! fault that it holds.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use rcp_bot::catalogue::{Files, recognise};
use rcp_bot::publishing::{
    Actor, Appended, Cause, Changed, Finish, NotChanged, Proposal, Publisher, Revisions, check, keep_proposal, publish,
    reload, restore, start, watch,
};
use rcp_bot::settings::{Settings, StateFolder};
use rcp_bot::snapshot::Origin;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::bot::{DEADLINE, Setup};
use crate::support::http::{address, get, logged};
use crate::support::small;

fn today() -> Date {
    date(2026, 11, 24)
}

/// A data folder and a state folder, with a log of their own or a shared one.
struct Place {
    root: TempDir,
    log: Option<PathBuf>,
}

impl Place {
    fn new(files: &Files) -> Place {
        let place = Place { root: tempfile::tempdir().expect("a folder"), log: None };
        small::write(&place.data(), files);
        place
    }

    fn shared(files: &Files, log: &Path) -> Place {
        Place { log: Some(log.to_owned()), ..Place::new(files) }
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.catalogue.data = Some(self.data());
        settings.state = StateFolder(self.state());
        settings.revisions.url = self.log.as_ref().map(|log| format!("file://{}", log.display()));
        settings
    }

    async fn start(&self) -> Arc<Publisher> {
        Arc::new(start(&self.settings(), today, None).await.expect("there is something to serve"))
    }

    fn revisions(&self) -> Revisions {
        let own = self.state().join("revisions");
        Revisions::local(self.log.as_deref().unwrap_or(&own)).expect("the log opens")
    }

    async fn numbers(&self) -> Vec<u64> {
        self.revisions().numbers().await.expect("listed")
    }

    fn folder(&self) -> Files {
        Files::read(&self.data()).0
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.data().join(path), content).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.data().join(path)).expect("read")
    }

    /// Puts a folder where a file is to be written: nobody can write it then, not even root.
    fn block(&self, path: &str) {
        fs::remove_file(self.data().join(path)).expect("removed");
        fs::create_dir(self.data().join(path)).expect("made");
    }

    fn unblock(&self, path: &str) {
        fs::remove_dir(self.data().join(path)).expect("removed");
    }

    fn notes(&self) -> usize {
        fs::read_dir(self.state().join("pending")).map_or(0, Iterator::count)
    }
}

fn base(publisher: &Publisher) -> String {
    publisher.live().snapshot().hash.chars().take(12).collect()
}

/// The file of a process that somebody changed.
fn proposal(content: &str) -> Proposal {
    let file = recognise(&Files::built_in(), content.as_bytes()).expect("a process");
    Proposal { file, content: content.as_bytes().to_vec(), ..Proposal::default() }
}

async fn published(publisher: &Publisher, content: &str) -> Result<Changed, NotChanged> {
    let upload = keep_proposal(publisher, &proposal(content), "").await.expect("kept");
    publish(publisher, &Actor::Signal, &upload, &base(publisher)).await
}

/// A publisher with two revisions, of which the second is served.
async fn two_revisions(place: &Place, processes: usize) -> Arc<Publisher> {
    let publisher = place.start().await;
    small::write(&place.data(), &small::catalogue("r2", processes));
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    publisher
}

// --- Changes that were not finished ----------------------------------------------------------------------------------

#[tokio::test]
async fn f1_an_unfinished_change_neither_overwrites_nor_deletes_what_came_after_it() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = two_revisions(&place, 3).await;
    place.block("processes/p2.toml");
    let changed = restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("it is accepted");
    assert!(changed.unwritten.expect("the folder lacks it").contains("processes/p2.toml"));
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("r1", 3).hash());
    assert_eq!(publisher.health().unwritten.as_ref().map(|unwritten| unwritten.number), Some(3));
    assert_eq!(place.notes(), 1);

    // The operator mends the folder, and goes on working in it.
    place.unblock("processes/p2.toml");
    place.write("processes/p1.toml", &small::process("p1", "edited"));
    place.write("processes/p9.toml", &small::process("p9", "new"));
    reload(&publisher, &Actor::Signal).await.expect("what the operator wrote is served");
    assert_eq!(place.read("processes/p1.toml"), small::process("p1", "edited"));
    assert_eq!(place.read("processes/p9.toml"), small::process("p9", "new"));
    assert_eq!(place.read("processes/p2.toml"), small::process("p2", "r1"), "the change was finished beside it");
    assert_eq!(publisher.live().snapshot().hash, place.folder().hash());
    assert_eq!((publisher.health().unwritten.clone(), place.notes()), (None, 0));
}

#[tokio::test]
async fn f1_what_is_taken_back_before_a_change_is_finished_stays_taken_back() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = place.start().await;
    fs::remove_file(place.data().join("processes/p3.toml")).expect("removed");
    place.write("processes/p1.toml", &small::process("p1", "r2"));
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    // The last of the files cannot be written: those before it are.
    place.block("topics.toml");
    let changed = restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("it is accepted");
    assert!(changed.unwritten.expect("the folder lacks it").contains("topics.toml"));
    assert!(place.read("processes/p3.toml").contains("r1"));
    // An operator does not want one of those: in that the folder is as it was before.
    fs::remove_file(place.data().join("processes/p3.toml")).expect("removed");
    place.unblock("topics.toml");
    drop(publisher);
    let publisher = place.start().await;
    assert!(!place.data().join("processes/p3.toml").exists(), "what was deleted is there again");
    assert!(place.read("processes/p1.toml").contains("r1"));
    assert_eq!((place.notes(), publisher.live().snapshot().hash.clone()), (0, place.folder().hash()));
}

#[tokio::test]
async fn f1_the_same_at_a_start() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = two_revisions(&place, 3).await;
    place.block("processes/p2.toml");
    restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("it is accepted");
    drop(publisher);
    place.unblock("processes/p2.toml");
    place.write("processes/p1.toml", &small::process("p1", "edited"));
    place.write("processes/p9.toml", &small::process("p9", "new"));
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(4));
    let folder = place.folder();
    assert_eq!(publisher.live().snapshot().hash, folder.hash());
    for (path, mark) in [("processes/p1.toml", "edited"), ("processes/p2.toml", "r1"), ("processes/p9.toml", "new")] {
        assert!(String::from_utf8_lossy(&folder.0[path]).contains(mark), "{path}");
    }
}

#[tokio::test]
async fn f2_a_folder_that_cannot_be_written_takes_no_change_and_stops_no_reload() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = two_revisions(&place, 3).await;
    place.block("processes/p2.toml");
    restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("it is accepted");
    // Nothing more is accepted that could not stand in the folder.
    let refused = published(&publisher, &small::process("p1", "mona")).await;
    assert!(matches!(refused, Err(NotChanged::Unwritable(_))), "{refused:?}");
    let refused = restore(&publisher, &Actor::Signal, 2, &base(&publisher)).await;
    assert!(matches!(refused, Err(NotChanged::Unwritable(_))), "{refused:?}");
    assert_eq!(place.numbers().await, [1, 2, 3]);
    // A reload tells what is wrong with the folder, not that a change is open.
    let reloaded = reload(&publisher, &Actor::Signal).await;
    assert!(matches!(reloaded, Err(NotChanged::Errors(_))), "{reloaded:?}");
    drop(publisher);

    let again = place.start().await;
    assert_eq!(again.live().snapshot().hash, small::catalogue("r1", 3).hash(), "what was accepted is served");
    drop(again);
    // As soon as it can be written, the folder holds it.
    place.unblock("processes/p2.toml");
    let mended = place.start().await;
    assert_eq!(mended.live().snapshot().origin, Origin::Revision(3));
    assert_eq!(place.folder(), small::catalogue("r1", 3));
    assert_eq!((place.numbers().await, place.notes()), (vec![1, 2, 3], 0));
}

#[tokio::test]
async fn b3_an_interrupted_restore_never_becomes_a_revision() {
    let place = Place::new(&small::catalogue("r1", 3));
    drop(two_revisions(&place, 3).await);
    let (old, new) = (small::catalogue("r1", 3), small::catalogue("r2", 3));
    // Killed after the revision was made and half of the folder was written.
    let made = place.revisions().append(3, &Actor::Signal, &Cause::Restore { of: 1 }, &old).await.expect("appended");
    assert!(matches!(made, Appended::Created(_)));
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let before: BTreeMap<&String, String> = new.0.iter().map(|(path, content)| (path, hex(content))).collect();
    let note = json!({ "number": 3, "hash": old.hash(), "only": null, "before": before });
    fs::create_dir_all(place.state().join("pending")).expect("made");
    fs::write(place.state().join("pending/3-x.json"), note.to_string()).expect("written");
    for (path, content) in old.0.iter().take(old.0.len() / 2) {
        fs::write(place.data().join(path), content).expect("written");
    }
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(3));
    assert_eq!(publisher.live().snapshot().hash, old.hash());
    assert_eq!((place.folder(), place.numbers().await), (old, vec![1, 2, 3]));
}

#[tokio::test]
async fn notes_of_an_older_version_keep_a_copy_of_what_they_replace() {
    let place = Place::new(&small::catalogue("r1", 2));
    drop(two_revisions(&place, 2).await);
    let old = small::catalogue("r1", 2);
    place.revisions().append(3, &Actor::Signal, &Cause::Restore { of: 1 }, &old).await.expect("appended");
    fs::create_dir_all(place.state().join("pending")).expect("made");
    let note = json!({ "number": 3, "hash": old.hash(), "only": null });
    fs::write(place.state().join("pending/3-x.json"), note.to_string()).expect("written");
    place.write("processes/p1.toml", &small::process("p1", "edited"));
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().hash, old.hash());
    let aside = fs::read_dir(place.state().join("set-aside")).expect("there is one").next().expect("one").expect("one");
    assert!(fs::read_to_string(aside.path().join("processes/p1.toml")).expect("kept").contains("edited"));
}

// --- Publishing ------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn what_is_put_aside_for_a_change_that_then_fails_is_named_all_the_same() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = place.start().await;
    place.write("processes/p1.toml", &small::process("p1", "nora"));
    // The beginning of the change cannot be recorded.
    fs::remove_file(place.state().join("audit.jsonl")).expect("removed");
    fs::create_dir(place.state().join("audit.jsonl")).expect("made");
    let tried = published(&publisher, &small::process("p1", "mona")).await;
    assert!(matches!(tried, Err(NotChanged::NotRecorded(_))), "{tried:?}");
    let aside = fs::read_dir(place.state().join("set-aside")).expect("there is one");
    let aside: Vec<String> =
        aside.map(|entry| format!("set-aside/{}", entry.expect("one").file_name().to_string_lossy())).collect();
    assert_eq!((aside.len(), publisher.health().set_aside.clone()), (1, aside));
    assert_eq!(place.read("processes/p1.toml"), small::process("p1", "nora"));
}

#[tokio::test]
async fn the_record_names_what_is_put_aside_before_anything_is_replaced() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = place.start().await;
    place.write("processes/p1.toml", &small::process("p1", "nora"));
    let changed = published(&publisher, &small::process("p1", "mona")).await.expect("published");
    let aside = changed.set_aside.expect("nora's edit is kept");
    let records = fs::read_to_string(place.state().join("audit.jsonl")).expect("read");
    let begun = records.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut begun = begun.filter(|record| record["action"] == "publish" && record["result"] == "begun");
    assert!(begun.next().expect("one")["detail"].as_str().expect("text").contains(&aside), "{records}");
}

#[tokio::test]
async fn b2_publishing_publishes_exactly_what_was_previewed() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = place.start().await;
    let upload = small::process("p1", "mona");
    let previewed =
        check(&publisher, &proposal(&upload)).await.expect("checked").snapshot.expect("no errors").hash.clone();
    // Meanwhile somebody works in the folder: one file is new, one is half done.
    place.write("processes/p2.toml", &small::process("p2", "nora"));
    place.write("regions.toml", "[[");
    let changed = published(&publisher, &upload).await.expect("it is published");
    assert_eq!(publisher.live().snapshot().hash, previewed);
    assert_eq!(changed.unreloaded, ["processes/p2.toml", "regions.toml"]);
    assert_eq!((place.read("processes/p1.toml"), place.read("regions.toml")), (upload.clone(), "[[".to_owned()));
    assert_eq!(place.read("processes/p2.toml"), small::process("p2", "nora"));
    let newest = place.revisions().newest().await.expect("read").expect("one");
    let mut expected = small::catalogue("r1", 3);
    expected.0.insert("processes/p1.toml".to_owned(), upload.into_bytes());
    assert_eq!(newest.files, expected);
}

#[tokio::test]
async fn b2_an_edit_of_the_very_file_is_put_aside_and_named() {
    let place = Place::new(&small::catalogue("r1", 2));
    let publisher = place.start().await;
    place.write("processes/p1.toml", "half an edit");
    let changed = published(&publisher, &small::process("p1", "mona")).await.expect("it is published");
    let aside = changed.set_aside.expect("it says where");
    assert_eq!(fs::read_to_string(place.state().join(&aside).join("processes/p1.toml")).expect("kept"), "half an edit");
    assert_eq!(publisher.health().set_aside, [aside]);
}

#[tokio::test]
async fn b2_a_file_that_somebody_deleted_is_published_and_that_is_told() {
    let place = Place::new(&small::catalogue("r1", 3));
    let publisher = place.start().await;
    let changed = published(&publisher, &small::process("p2", "new")).await.expect("published");
    assert_eq!(changed.brought_back, None);
    fs::remove_file(place.data().join("processes/p2.toml")).expect("removed");
    let changed = published(&publisher, &small::process("p2", "newer")).await.expect("published");
    assert_eq!(changed.brought_back.as_deref(), Some("processes/p2.toml"));
    assert!(place.read("processes/p2.toml").contains("newer"));
    let record = fs::read_to_string(place.state().join("audit.jsonl")).expect("there is a record");
    let told = "processes/p2.toml had been taken out of the data folder, and stands there again";
    assert_eq!(record.matches(told).count(), 1, "{record}");
}

#[tokio::test]
async fn b2_a_published_file_stays_the_link_that_it_was_and_whose_it_was() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::new(&small::catalogue("r1", 2));
    let (file, elsewhere) = (place.data().join("processes/p1.toml"), place.root.path().join("elsewhere"));
    fs::create_dir(&elsewhere).expect("made");
    fs::rename(&file, elsewhere.join("p1.toml")).expect("moved");
    symlink("../../elsewhere/p1.toml", &file).expect("linked");
    // A group of operators writes it, too.
    fs::set_permissions(elsewhere.join("p1.toml"), fs::Permissions::from_mode(0o664)).expect("ours");
    let publisher = place.start().await;
    let content = small::process("p1", "mona");
    published(&publisher, &content).await.expect("published");
    assert!(file.is_symlink());
    assert_eq!(fs::read_to_string(elsewhere.join("p1.toml")).expect("read"), content);
    let mode = fs::metadata(elsewhere.join("p1.toml")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o664);
    // The same when everything is written.
    restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("restored");
    assert!(file.is_symlink());
    assert_eq!(place.folder(), small::catalogue("r1", 2));
}

#[tokio::test]
async fn b10_an_upload_is_published_on_whichever_replica_it_is_pressed() {
    let log = tempfile::tempdir().expect("a folder");
    let (one, two) =
        (Place::shared(&small::catalogue("r1", 2), log.path()), Place::shared(&small::catalogue("r1", 2), log.path()));
    let (first, second) = (one.start().await, two.start().await);
    let content = small::process("p1", "mona");
    let upload = keep_proposal(&first, &proposal(&content), "").await.expect("kept");
    publish(&second, &Actor::Signal, &upload, &base(&second)).await.expect("it is published");
    assert!(matches!(reload(&first, &Actor::Signal).await, Err(NotChanged::Same)));
    assert_eq!((one.read("processes/p1.toml"), two.read("processes/p1.toml")), (content.clone(), content));
    // It waits no longer, and its like in the log are no revisions.
    let gone = publish(&first, &Actor::Signal, &upload, &base(&first)).await;
    assert!(matches!(gone, Err(NotChanged::ProposalGone)), "{gone:?}");
    assert_eq!(one.numbers().await, [1, 2]);
}

// --- Replicas --------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn b19_a_revision_that_has_errors_here_stays_visible_and_is_not_taken_back_unseen() {
    let place = Place::new(&small::catalogue("r1", 2));
    let publisher = place.start().await;
    let mut broken = small::catalogue("r2", 2);
    broken.0.insert("regions.toml".to_owned(), b"[[".to_vec());
    place.revisions().append(2, &Actor::Signal, &Cause::Reload, &broken).await.expect("appended");
    small::write(&place.data(), &small::catalogue("mine", 2));
    for _ in 0..2 {
        let refused = reload(&publisher, &Actor::Signal).await;
        assert!(matches!(&refused, Err(NotChanged::Refused { number: 2, .. })), "{refused:?}");
        let refused = published(&publisher, &small::process("p1", "mona")).await;
        assert!(matches!(&refused, Err(NotChanged::Refused { number: 2, .. })), "{refused:?}");
    }
    assert_eq!(publisher.health().refused.as_ref().map(|refused| refused.number), Some(2));
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("r1", 2).hash());
    // Nor by a start, with whatever stands in the folder by then.
    drop(publisher);
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("mine", 2).hash());
    assert_eq!(publisher.health().refused.as_ref().map(|refused| refused.number), Some(2));
    assert_eq!(place.numbers().await, [1, 2]);
    // A moderator may decide which one is to be served, even if it is this one; what the folder held is in no revision.
    restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("restored");
    assert_eq!((publisher.health().refused.clone(), place.numbers().await), (None, vec![1, 2, 3]));
    let aside = publisher.health().set_aside.first().cloned().expect("mine is kept");
    assert_eq!(Files::read(&place.state().join(aside)).0, small::catalogue("mine", 2));

    // One that is good again is followed.
    place.revisions().append(4, &Actor::Signal, &Cause::Reload, &broken).await.expect("appended");
    assert!(reload(&publisher, &Actor::Signal).await.is_err());
    place.revisions().append(5, &Actor::Signal, &Cause::Reload, &small::catalogue("r5", 2)).await.expect("appended");
    assert!(matches!(reload(&publisher, &Actor::Signal).await, Err(NotChanged::Same)));
    assert_eq!(publisher.health().refused, None);
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(5));
}

/// A revision as a newer version may write it: in this form, or in another.
fn newer(form: u32, number: u64, files: &Files, says: &Value) -> Vec<u8> {
    let mut meta = json!({ "number": number, "time": "2026-11-24T12:00:00Z", "hash": files.hash() });
    meta.as_object_mut().expect("an object").extend(says.as_object().expect("an object").clone());
    let lengths: Vec<(&String, usize)> = files.0.iter().map(|(path, content)| (path, content.len())).collect();
    let mut body = format!("{meta}\n{}\n", json!(lengths)).into_bytes();
    files.0.values().for_each(|content| body.extend(content));
    let hash: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    [format!("rcp-bot revision {form} {hash}\n").into_bytes(), body].concat()
}

#[tokio::test]
async fn what_a_newer_version_says_of_a_revision_does_not_keep_it_from_being_served() {
    let log = tempfile::tempdir().expect("a folder");
    let place = Place::shared(&small::catalogue("r1", 2), log.path());
    let publisher = place.start().await;
    let put = |number: u64, object: Vec<u8>| {
        fs::write(log.path().join(format!("{number:010}.revision")), object).expect("written");
    };
    // A cause, an actor and fields that are not known here; then more of them than the beginning of an object holds.
    let says = json!({ "by": "schedule", "what": "split", "into": ["a", "b"], "touched": [{ "moved": true }] });
    put(2, newer(1, 2, &small::catalogue("r2", 2), &says));
    assert!(matches!(reload(&publisher, &Actor::Signal).await, Err(NotChanged::Same)));
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    assert_eq!(place.folder(), small::catalogue("r2", 2));
    put(
        3,
        newer(1, 3, &small::catalogue("r3", 2), &json!({ "by": "watch", "what": "reload", "why": "x".repeat(9_000) })),
    );
    assert!(matches!(reload(&publisher, &Actor::Signal).await, Err(NotChanged::Same)));
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(3));
    let history = place.revisions().history(10).await.expect("read");
    let causes: Vec<_> = history.into_iter().map(|(_, meta)| meta.map(|meta| (meta.actor, meta.cause))).collect();
    assert_eq!(
        causes,
        [
            Some((Actor::Watch, Cause::Reload)),
            Some((Actor::Unknown, Cause::Unknown)),
            Some((Actor::Start, Cause::Start))
        ]
    );
    // A change comes after them, and a start takes none of them back.
    published(&publisher, &small::process("p1", "mona")).await.expect("published");
    drop(publisher);
    assert_eq!(place.start().await.live().snapshot().origin, Origin::Revision(4));
}

#[tokio::test]
async fn a_revision_in_the_form_of_a_newer_version_is_named_and_never_taken_back_unseen() {
    let place = Place::new(&small::catalogue("r1", 2));
    let publisher = place.start().await;
    let object = newer(2, 2, &small::catalogue("theirs", 2), &json!({}));
    fs::write(place.state().join("revisions/0000000002.revision"), object).expect("written");
    place.write("processes/p1.toml", &small::process("p1", "nora"));
    let refused = reload(&publisher, &Actor::Signal).await;
    assert!(matches!(&refused, Err(NotChanged::Refused { number: 2, .. })), "{refused:?}");
    let told = refused.expect_err("refused").to_string();
    assert!(told.contains("update"), "{told}");
    let refused = published(&publisher, &small::process("p2", "mona")).await;
    assert!(matches!(&refused, Err(NotChanged::Refused { number: 2, .. })), "{refused:?}");
    drop(publisher);

    // A start serves the folder, and makes it no revision.
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().hash, place.folder().hash());
    assert_eq!(publisher.health().refused.as_ref().map(|refused| refused.number), Some(2));
    assert_eq!(place.numbers().await, [1, 2]);
    // A moderator may decide otherwise.
    restore(&publisher, &Actor::Signal, 1, &base(&publisher)).await.expect("restored");
    assert_eq!((publisher.health().refused.clone(), place.numbers().await), (None, vec![1, 2, 3]));
    let aside = publisher.health().set_aside.first().cloned().expect("nora's edit is kept");
    let kept = fs::read_to_string(place.state().join(aside).join("processes/p1.toml")).expect("kept");
    assert_eq!(kept, small::process("p1", "nora"));
}

/// Whatever a store, or what stands in its place, answers: no more is read than a store would say.
#[tokio::test(flavor = "multi_thread")]
async fn b7_an_answer_of_a_store_without_end_is_not_read_to_its_end() {
    use axum::body::{Body, Bytes};
    use axum::http::StatusCode;

    for status in [StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND] {
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&sent);
        let endless = move || {
            let sent = Arc::clone(&counted);
            let pieces = std::iter::repeat_with(move || {
                sent.fetch_add(PIECE, Ordering::Relaxed);
                Ok::<_, std::io::Error>(Bytes::from_static(&[b'<'; PIECE as usize]))
            });
            async move { (status, Body::from_stream(futures::stream::iter(pieces))) }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(endless)).await });
        let variables = [
            ("aws_endpoint", format!("http://{at}")),
            ("aws_access_key_id", "key".to_owned()),
            ("aws_secret_access_key", "secret".to_owned()),
            ("aws_allow_http", "true".to_owned()),
        ];
        let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let log = Revisions::open(Some("s3://box/log"), Path::new("unused"), variables).expect("opened");
        for what in ["list", "create"] {
            let before = sent.load(Ordering::Relaxed);
            match what {
                "list" => drop(log.numbers().await.expect_err("no list")),
                _ => {
                    let files = small::catalogue("r1", 1);
                    drop(log.append(1, &Actor::Start, &Cause::Start, &files).await.expect_err("no answer"));
                }
            }
            // With what is on its way, and what is tried again.
            let read = sent.load(Ordering::Relaxed) - before;
            assert!(read < 8 * 16 * 1_024 * 1_024, "{status} {what}: {read} bytes were taken");
        }
    }
}

/// How many bytes are sent at once.
const PIECE: u64 = 65_536;

/// Whoever puts something beside the revisions ends nothing, whatever it is called.
#[tokio::test]
async fn what_is_called_like_a_revision_and_is_none_ends_nothing() {
    let place = Place::new(&small::catalogue("r1", 2));
    let log = place.state().join("revisions");
    fs::create_dir_all(&log).expect("made");
    let names =
        ["18446744073709551615", "99999999999999999999", "00000000002", "3", "+000000004", "-000000005", "0000000006x"];
    for name in names {
        fs::write(log.join(format!("{name}.revision")), "mine").expect("written");
    }
    let publisher = place.start().await;
    assert_eq!(place.numbers().await, [1]);
    small::write(&place.data(), &small::catalogue("r2", 2));
    let changed = reload(&publisher, &Actor::Signal).await.expect("reloaded");
    assert_eq!((changed.meta.number, place.numbers().await), (2, vec![1, 2]));
    drop(publisher);
    // The last number for which there is a name: nothing comes after it, and that is told.
    fs::write(log.join("9999999999.revision"), "mine").expect("written");
    let publisher = place.start().await;
    small::write(&place.data(), &small::catalogue("r3", 2));
    let refused = reload(&publisher, &Actor::Signal).await.expect_err("no number is left").to_string();
    assert!(refused.contains("9999999999.revision"), "{refused}");
    assert_eq!(publisher.health().revision.as_ref().map(|meta| meta.number), Some(2));
    fs::remove_file(log.join("9999999999.revision")).expect("removed");
    drop(publisher);
    place.start().await;
    assert_eq!(place.numbers().await, [1, 2, 3]);
}

#[tokio::test]
async fn f2_a_folder_that_lags_behind_without_even_a_note_takes_nothing_back() {
    let log = tempfile::tempdir().expect("a folder");
    let place = Place::shared(&small::catalogue("r1", 3), log.path());
    let publisher = place.start().await;
    // The state folder takes no note of what another replica's revision changes in the folder.
    fs::write(place.state().join("pending"), "in the way").expect("written");
    place.revisions().append(2, &Actor::Signal, &Cause::Reload, &small::catalogue("r2", 3)).await.expect("appended");
    let reloaded = reload(&publisher, &Actor::Signal).await;
    assert!(reloaded.is_err(), "{reloaded:?}");
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("r2", 3).hash());
    assert_eq!(place.folder(), small::catalogue("r1", 3));
    assert_eq!(publisher.health().unwritten.as_ref().map(|unwritten| unwritten.number), Some(2));
    // The folder is nobody's work, and no change over the revision that it lacks; an edit in it is one.
    let refused = published(&publisher, &small::process("p1", "mona")).await;
    assert!(matches!(refused, Err(NotChanged::Unwritable(_))), "{refused:?}");
    place.write("processes/p2.toml", &small::process("p2", "nora"));
    let _ = reload(&publisher, &Actor::Signal).await;
    fs::remove_file(place.state().join("pending")).expect("removed");
    let _ = reload(&publisher, &Actor::Signal).await;
    let mut expected = small::catalogue("r2", 3);
    expected.0.insert("processes/p2.toml".to_owned(), small::process("p2", "nora").into_bytes());
    assert_eq!(place.folder(), expected);
    assert_eq!(publisher.live().snapshot().hash, expected.hash());
    assert_eq!(publisher.health().unwritten, None);
    let newest = place.revisions().newest().await.expect("read").expect("one");
    assert_eq!(newest.files, expected);
}

#[tokio::test]
async fn a1_two_catalogues_under_one_number_are_found_and_healed_and_none_is_lost() {
    let log = tempfile::tempdir().expect("a folder");
    let place = Place::shared(&small::catalogue("r1", 2), log.path());
    let publisher = place.start().await;
    small::write(&place.data(), &small::catalogue("ours", 2));
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    // A store that honours no condition let another replica's creation take the place of ours.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let theirs = Revisions::local(elsewhere.path()).expect("opened");
    theirs.append(2, &Actor::Watch, &Cause::Reload, &small::catalogue("theirs", 2)).await.expect("appended");
    fs::copy(elsewhere.path().join("0000000002.revision"), log.path().join("0000000002.revision")).expect("copied");

    let reloaded = reload(&publisher, &Actor::Signal).await;
    assert!(matches!(reloaded, Err(NotChanged::Same)), "{reloaded:?}");
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("theirs", 2).hash(), "all serve the same");
    let health = publisher.health();
    let aside = health.set_aside.first().expect("ours is kept");
    assert_eq!(Files::read(&place.state().join(aside)).0, small::catalogue("ours", 2));
    // A folder of this machine lets no revision take the place of another: it is another log, and is changed as ever.
    assert!(!health.log_overwrites);
    published(&publisher, &small::process("p1", "mona")).await.expect("published");
    assert_eq!(place.numbers().await, [1, 2, 3]);
}

#[tokio::test]
async fn a_log_that_is_not_mounted_any_more_takes_nothing_in_its_place() {
    let root = tempfile::tempdir().expect("a folder");
    let (log, away) = (root.path().join("log"), root.path().join("away"));
    fs::create_dir(&log).expect("made");
    let place = Place::shared(&small::catalogue("r1", 2), &log);
    let publisher = two_revisions(&place, 2).await;
    let upload = keep_proposal(&publisher, &proposal(&small::process("p1", "mona")), "").await.expect("kept");
    // What was mounted there is gone, and its empty place stays.
    fs::rename(&log, &away).expect("moved");
    fs::create_dir(&log).expect("made");
    let pressed = publish(&publisher, &Actor::Signal, &upload, &base(&publisher)).await;
    assert!(matches!(pressed, Err(NotChanged::Store(_))), "{pressed:?}");
    place.write("processes/p2.toml", &small::process("p2", "edited"));
    let reloaded = reload(&publisher, &Actor::Signal).await;
    assert!(matches!(reloaded, Err(NotChanged::Store(_))), "{reloaded:?}");
    let kept = keep_proposal(&publisher, &proposal(&small::process("p2", "mona")), "").await;
    assert!(kept.is_err(), "nobody would ever find it again");
    assert_eq!((fs::read_dir(&log).expect("there").count(), publisher.log_reached()), (0, Some(false)));

    // It comes back, and everything is as it was.
    fs::remove_dir(&log).expect("it is empty");
    fs::rename(&away, &log).expect("moved");
    publish(&publisher, &Actor::Signal, &upload, &base(&publisher)).await.expect("published");
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    assert_eq!(place.numbers().await, [1, 2, 3, 4]);
}

/// A folder that holds a part of the second revision, which a note says it stands for, while others have made the third.
async fn behind_by_a_note(log: &Path) -> (Place, Files) {
    let (one, two) = (Place::shared(&small::catalogue("r1", 3), log), Place::shared(&small::catalogue("r1", 3), log));
    let (publisher, elsewhere) = (one.start().await, two.start().await);
    let mut second = small::catalogue("r2", 3);
    second.0.insert("processes/a0.toml".to_owned(), small::process("a0", "r2").into_bytes());
    small::write(&two.data(), &second);
    reload(&elsewhere, &Actor::Signal).await.expect("reloaded");
    // The first of the files cannot be written.
    fs::create_dir(one.data().join("processes/a0.toml")).expect("made");
    let _ = reload(&publisher, &Actor::Signal).await;
    assert_eq!((publisher.live().snapshot().origin.clone(), one.notes()), (Origin::Revision(2), 1));
    drop(publisher);
    small::write(&two.data(), &small::catalogue("r3", 3));
    reload(&elsewhere, &Actor::Signal).await.expect("reloaded");
    one.unblock("processes/a0.toml");
    assert_eq!(one.read("processes/p1.toml"), small::process("p1", "r1"));
    (one, second)
}

#[tokio::test]
async fn a_folder_that_stands_for_a_revision_by_a_note_is_brought_there_before_it_takes_anything() {
    for reloads in [true, false] {
        let log = tempfile::tempdir().expect("a folder");
        let (one, mut expected) = behind_by_a_note(log.path()).await;
        let regions = format!("{}\n# edited\n", one.read("regions.toml"));
        one.write("regions.toml", &regions);
        let publisher = one.start().await;
        expected.0.insert("regions.toml".to_owned(), regions.into_bytes());
        assert_eq!(publisher.live().snapshot().hash, expected.hash(), "what it stands for is served");

        if reloads {
            // Whatever is changed next, and nothing is: the folder holds what is served.
            let same = reload(&publisher, &Actor::Signal).await;
            assert!(matches!(same, Err(NotChanged::Same)), "{same:?}");
            assert_eq!((one.folder().hash(), one.notes()), (expected.hash(), 0));
        } else {
            // With another edit nobody knows what is to be: first the folder is taken as it is.
            one.write("iom.toml", &format!("{}\n# edited\n", one.read("iom.toml")));
            let apart = published(&publisher, &small::process("p1", "mona")).await;
            assert!(matches!(apart, Err(NotChanged::Diverged)), "{apart:?}");
            reload(&publisher, &Actor::Signal).await.expect("reloaded");
            expected.0.insert("iom.toml".to_owned(), one.read("iom.toml").into_bytes());
        }
        published(&publisher, &small::process("p1", "mona")).await.expect("published");
        expected.0.insert("processes/p1.toml".to_owned(), small::process("p1", "mona").into_bytes());
        let numbers = one.numbers().await;
        drop(publisher);
        let publisher = one.start().await;
        assert_eq!((one.folder().hash(), one.numbers().await), (expected.hash(), numbers));
        assert_eq!(publisher.live().snapshot().hash, expected.hash());
    }
}

#[tokio::test]
async fn a_note_that_explains_nothing_any_more_does_not_touch_what_is_written_later() {
    let log = tempfile::tempdir().expect("a folder");
    let (one, _) = behind_by_a_note(log.path()).await;
    // Somebody writes every file that the note would write.
    for process in ["a0", "p1", "p2", "p3"] {
        one.write(&format!("processes/{process}.toml"), &small::process(process, "own"));
    }
    let publisher = one.start().await;
    let same = reload(&publisher, &Actor::Signal).await;
    assert!(matches!(same, Err(NotChanged::Same)), "{same:?}");
    // One of them is put back to what it was before all that.
    one.write("processes/p3.toml", &small::process("p3", "r1"));
    reload(&publisher, &Actor::Signal).await.expect("reloaded");
    assert_eq!(one.read("processes/p3.toml"), small::process("p3", "r1"));
    assert_eq!(publisher.live().snapshot().hash, one.folder().hash());
    assert_eq!(one.notes(), 0);
}

#[tokio::test]
async fn one_file_more_never_makes_a_mixture_of_a_folder_that_lags_behind() {
    let log = tempfile::tempdir().expect("a folder");
    let (one, two) =
        (Place::shared(&small::catalogue("r1", 3), log.path()), Place::shared(&small::catalogue("r1", 3), log.path()));
    let elsewhere = one.start().await;
    drop(two.start().await);
    // While one replica is away, another accepts a change; somebody breaks a file of the first.
    one.write("processes/p2.toml", &small::process("p2", "elsewhere"));
    reload(&elsewhere, &Actor::Signal).await.expect("reloaded");
    two.write("processes/p3.toml", "[[");
    let publisher = two.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    // The broken file would be mended, and the folder be the old one with the new file: a change that nobody made.
    let apart = published(&publisher, &small::process("p3", "mona")).await;
    assert!(matches!(apart, Err(NotChanged::Diverged)), "{apart:?}");
    assert_eq!((two.read("processes/p3.toml"), two.numbers().await), ("[[".to_owned(), vec![1, 2]));

    // A folder that stands on what is served, but for the broken file and an edit, takes it.
    two.write("processes/p2.toml", &small::process("p2", "elsewhere"));
    two.write("processes/p1.toml", &small::process("p1", "edited"));
    let changed = published(&publisher, &small::process("p3", "mona")).await.expect("published");
    assert_eq!(changed.unreloaded, ["processes/p1.toml"]);
    assert!(changed.set_aside.is_some(), "the broken file is somebody's");
    drop(publisher);
    let publisher = two.start().await;
    let mut expected = small::catalogue("r1", 3);
    for (process, mark) in [("p1", "edited"), ("p2", "elsewhere"), ("p3", "mona")] {
        expected.0.insert(format!("processes/{process}.toml"), small::process(process, mark).into_bytes());
    }
    assert_eq!(publisher.live().snapshot().hash, expected.hash());
}

// --- Starts ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn b20_a_folder_that_was_put_back_takes_nothing_back() {
    let place = Place::new(&small::catalogue("r1", 2));
    drop(two_revisions(&place, 2).await);
    // A container is started anew with the data of its image.
    small::write(&place.data(), &small::catalogue("r1", 2));
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    assert_eq!((place.folder(), place.numbers().await), (small::catalogue("r2", 2), vec![1, 2]));
    drop(publisher);

    // A new version of the program, with its catalogue.
    fs::remove_dir_all(place.data()).expect("removed");
    small::write(&place.data(), &Files::built_in());
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    assert_eq!((place.folder(), place.numbers().await), (small::catalogue("r2", 2), vec![1, 2]));
    let aside = publisher.health().set_aside.first().cloned().expect("it is kept");
    assert_eq!(Files::read(&place.state().join(aside)).0, Files::built_in());
}

#[tokio::test]
async fn b20_new_shipped_data_are_served_where_nobody_changed_anything() {
    let place = Place::new(&small::catalogue("r1", 2));
    drop(place.start().await);
    fs::remove_dir_all(place.data()).expect("removed");
    small::write(&place.data(), &Files::built_in());
    assert_eq!(place.start().await.live().snapshot().origin, Origin::Revision(2));
    assert_eq!(place.folder(), Files::built_in());
}

#[tokio::test]
async fn a_shipped_catalogue_that_cannot_be_kept_apart_is_a_revision_all_the_same() {
    let place = Place::new(&Files::built_in());
    fs::create_dir_all(place.state().join("revisions")).expect("made");
    // Where the shipped catalogues are kept stands something else.
    fs::write(place.state().join("revisions/-shipped"), "x").expect("written");
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(1));
    let revision = place.revisions().read(1).await.expect("it is whole");
    assert_eq!((revision.meta.shipped.as_deref(), revision.files), (Some(&*revision.meta.hash), Files::built_in()));
}

#[tokio::test]
async fn f5_a_clock_that_is_behind_stops_no_start() {
    let place = Place::new(&small::catalogue("r1", 2));
    drop(place.start().await);
    let behind = || date(2020, 1, 1);
    let publisher = start(&place.settings(), behind, None).await.expect("it starts");
    assert_eq!(
        (publisher.live().snapshot().origin.clone(), publisher.health().broken.clone()),
        (Origin::Revision(1), None)
    );
    drop(publisher);
    fs::write(place.data().join("regions.toml"), "[[").expect("written");
    let publisher = start(&place.settings(), behind, None).await.expect("it starts");
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(1));
}

/// `rcp-bot serve` without a data folder.
fn serve(state: &Path) -> Setup {
    Setup::new(&["serve"])
        .arg("--state")
        .arg(state.to_str().expect("text"))
        .env("DISCORD_PUBLIC_KEY", &"ab".repeat(32).replace("ab", "d7"))
        .env("RCP_HTTP__LISTEN", "127.0.0.1:0")
        .env("RCP_LOG__FORMAT", "json")
        .env("RUST_LOG", "rcp_bot=info")
}

#[tokio::test]
async fn s1_without_a_data_folder_the_newest_good_revision_is_served() {
    let place = Place::new(&small::catalogue("r1", 2));
    drop(two_revisions(&place, 2).await);
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let key: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let bot = serve(&place.state()).env("DISCORD_PUBLIC_KEY", &key).start();
    let warned = logged(&bot, "there is no data folder").await;
    assert!(warned.contains("WARN") && warned.contains("newest good revision"), "{warned}");
    let (_, body) = get(address(&bot).await, "/readyz").await;
    let ready: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(ready["catalogue"]["revision"], 2, "{body}");
    assert_eq!(bot.stop().await.matches("panicked").count(), 0);

    let empty = tempfile::tempdir().expect("a folder");
    let bot = serve(&empty.path().join("state")).env("DISCORD_PUBLIC_KEY", &key).start();
    let warned = logged(&bot, "there is no data folder").await;
    assert!(warned.contains("WARN") && warned.contains("built into the program"), "{warned}");
    address(&bot).await;
    bot.stop().await;
    assert!(!empty.path().join("state/revisions").exists(), "no log is begun");
}

#[tokio::test]
async fn b8_b24_signals_are_heard_while_the_program_starts() {
    // A store that takes connections and says nothing: the start waits for it.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    silent.set_nonblocking(true).expect("set");
    let place = Place::new(&small::catalogue("r1", 1));
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let key: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut bot = serve(&place.state())
        .data(&place.data())
        .env("DISCORD_PUBLIC_KEY", &key)
        .env("RCP_REVISIONS__URL", "s3://box/log")
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_ENDPOINT", &format!("http://{}", silent.local_addr().expect("an address")))
        .env("AWS_ALLOW_HTTP", "true")
        .start();
    let begun = Instant::now();
    let mut taken = Vec::new();
    while taken.is_empty() {
        assert!(begun.elapsed() < DEADLINE, "the store is not asked");
        taken.extend(silent.accept());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // A program that does not hear this signal is ended by it, without an exit code.
    bot.signal("HUP");
    bot.signal("TERM");
    assert_eq!(bot.ended().await, Some(0));
    assert!(!bot.log().contains("\"address\""), "it was still starting");
}

#[tokio::test]
async fn b11_a_change_under_way_ends_before_the_program_does() {
    let place = Place::new(&small::catalogue("r1", 2));
    let publisher = place.start().await;
    assert_eq!(publisher.finish(DEADLINE).await, Finish::Idle);
    small::write(&place.data(), &small::catalogue("r2", 2));
    let changing = Arc::clone(&publisher);
    let change =
        tokio::spawn(async move { reload(&changing, &Actor::Signal).await.map(|changed| changed.meta.number) });
    tokio::task::yield_now().await;
    assert_eq!(publisher.finish(DEADLINE).await, Finish::Waited);
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    assert_eq!(change.await.expect("no panic").expect("reloaded"), 2);
}

// --- Watching --------------------------------------------------------------------------------------------------------

async fn served(publisher: &Publisher, files: &Files) {
    let begun = Instant::now();
    while publisher.live().snapshot().hash != files.hash() {
        assert!(begun.elapsed() < DEADLINE, "not served");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn f9_folders_that_are_swapped_further_up_are_seen() {
    use std::os::unix::fs::symlink;

    let root = tempfile::tempdir().expect("a folder");
    let at = |path: &str| root.path().join(path);
    for number in 1..=4 {
        small::write(&at(&format!("releases/{number}/data")), &small::catalogue(&format!("r{number}"), 1));
    }
    let turn = |link: &str, to: &str| {
        symlink(to, at("next")).expect("linked");
        fs::rename(at("next"), at(link)).expect("turned");
    };
    turn("current", "releases/1");
    symlink("current/data", at("data")).expect("linked");
    for way in ["current/data", "data"] {
        let mut settings = Settings::default();
        settings.catalogue.data = Some(at(way));
        settings.state = StateFolder(at(&format!("state-{}", way.len())));
        turn("current", "releases/1");
        let publisher = Arc::new(start(&settings, today, None).await.expect("good"));
        let task = tokio::spawn(watch(Arc::clone(&publisher), Duration::from_millis(30), None));
        // The watch is armed when it has read the folder once.
        tokio::time::sleep(Duration::from_millis(200)).await;
        // The old release is kept, as deployments do.
        turn("current", "releases/2");
        served(&publisher, &small::catalogue("r2", 1)).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        fs::rename(at("releases"), at("releases.old")).expect("moved");
        small::write(&at("new/2/data"), &small::catalogue("swapped", 1));
        fs::rename(at("new"), at("releases")).expect("moved");
        served(&publisher, &small::catalogue("swapped", 1)).await;
        task.abort();
        fs::remove_dir_all(at("releases")).expect("removed");
        fs::rename(at("releases.old"), at("releases")).expect("moved");
    }
}

#[tokio::test]
async fn f9_files_that_are_links_are_seen_where_they_lead() {
    use std::os::unix::fs::symlink;

    let place = Place::new(&small::catalogue("r1", 1));
    let at = |path: &str| place.root.path().join(path);
    fs::create_dir_all(at("deep/er")).expect("made");
    let file = place.data().join("processes/p1.toml");
    fs::rename(&file, at("deep/er/first.toml")).expect("moved");
    symlink("er/first.toml", at("deep/now.toml")).expect("linked");
    symlink(at("deep/now.toml"), &file).expect("linked");
    let publisher = place.start().await;
    let task = tokio::spawn(watch(Arc::clone(&publisher), Duration::from_millis(30), None));
    let with = |mark: &str| {
        let mut files = small::catalogue("r1", 1);
        files.0.insert("processes/p1.toml".to_owned(), small::process("p1", mark).into_bytes());
        files
    };
    // The watch is armed when it has read the folder once.
    tokio::time::sleep(Duration::from_millis(200)).await;
    fs::write(at("deep/er/first.toml"), small::process("p1", "written")).expect("written");
    served(&publisher, &with("written")).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    fs::write(at("deep/er/second.toml"), small::process("p1", "turned")).expect("written");
    symlink("er/second.toml", at("deep/next.toml")).expect("linked");
    fs::rename(at("deep/next.toml"), at("deep/now.toml")).expect("turned");
    served(&publisher, &with("turned")).await;
    task.abort();
}

#[tokio::test]
async fn f9_a_folder_that_gives_no_events_is_looked_at() {
    let place = Place::new(&small::catalogue("r1", 1));
    // The file has another name elsewhere, by which it is written: as with a mount that tells nothing.
    let elsewhere = place.root.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    let file = place.data().join("processes/p1.toml");
    fs::hard_link(&file, elsewhere.join("p1.toml")).expect("linked");
    let publisher = place.start().await;
    let task = tokio::spawn(watch(Arc::clone(&publisher), Duration::from_millis(30), Some(Duration::from_millis(50))));
    tokio::time::sleep(Duration::from_millis(200)).await;
    fs::write(elsewhere.join("p1.toml"), small::process("p1", "changed")).expect("written");
    let mut expected = small::catalogue("r1", 1);
    expected.0.insert("processes/p1.toml".to_owned(), small::process("p1", "changed").into_bytes());
    served(&publisher, &expected).await;
    task.abort();
}
