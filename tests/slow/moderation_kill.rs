//! Killed at any moment: this test starts itself as a child that publishes, reloads and restores without pause, kills it
//! with SIGKILL, and looks at what is left. 200 times.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::small;
use jiff::civil::{Date, date};
use rcp_bot::atomic::replace;
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::{
    Actor, NotChanged, Proposal, Publisher, Revisions, keep_proposal, publish, reload, restore, start,
};
use rcp_bot::settings::{Settings, StateFolder};
use rcp_bot::snapshot::Origin;

/// Tells a child in which folder it is to work.
const CHILD: &str = "RCP_TEST_KILLED_IN";

/// How often the child is killed.
const TIMES: u64 = 200;

fn today() -> Date {
    date(2026, 11, 24)
}

fn settings(root: &Path) -> Settings {
    let mut settings = Settings::default();
    settings.catalogue.data = Some(root.join("data"));
    settings.state = StateFolder(root.join("state"));
    settings
}

/// A number below this one, by chance: the standard library seeds its hashes with it.
fn chance(below: u64) -> u64 {
    RandomState::new().hash_one(below) % below
}

/// The child: changes the catalogue without pause until it is killed.
#[test]
#[ignore = "the child of the test below, which runs it in a process of its own"]
fn a_child_that_changes_without_pause() {
    let root = std::env::var_os(CHILD).map(PathBuf::from).expect("the environment of the child");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let publisher = start(&settings(&root), today, None).await.expect("what was left is good");
        println!("\nready");
        for round in 0.. {
            let mark = format!("{}x{round}", std::process::id());
            match chance(4) {
                0 => {
                    let path = root.join("data/processes/p3.toml");
                    replace(&path, small::process("p3", &mark).as_bytes()).expect("edited");
                    expected(reload(&publisher, &Actor::Signal).await.err());
                }
                1 => {
                    let content = small::process("p4", &mark).into_bytes();
                    let (file, reason) = ("processes/p4.toml".to_owned(), mark.clone());
                    let proposal = Proposal { file, content, reason, ..Proposal::default() };
                    let upload = keep_proposal(&publisher, &proposal, "").await.expect("kept");
                    let base: String = publisher.live().snapshot().hash.chars().take(12).collect();
                    expected(publish(&publisher, &Actor::Signal, &upload, &base).await.err());
                }
                _ => expected(restore_other(&publisher).await),
            }
        }
    });
}

/// Takes back the generation that is not served: every file changes.
async fn restore_other(publisher: &Publisher) -> Option<NotChanged> {
    let served = publisher.live().snapshot();
    let number = if served.catalogue.regions[0].name.fr.as_deref() == Some("Amériques genA") { 2 } else { 1 };
    let base: String = served.hash.chars().take(12).collect();
    restore(publisher, &Actor::Signal, number, &base).await.err()
}

fn expected(error: Option<NotChanged>) {
    match error {
        None | Some(NotChanged::Same) => {}
        Some(error) => panic!("{error}"),
    }
}

/// The generation whose mark every file bears but those that change one by one; panics if there are two.
fn generation(files: &Files) -> String {
    let mut marks = BTreeSet::new();
    for (path, content) in &files.0 {
        if path.starts_with("messages/") || path.ends_with("p3.toml") || path.ends_with("p4.toml") {
            continue;
        }
        let text = String::from_utf8_lossy(content);
        marks.extend(["genA", "genB"].into_iter().filter(|mark| text.contains(mark)).map(str::to_owned));
    }
    assert_eq!(marks.len(), 1, "a mixture of two revisions");
    marks.into_iter().next().expect("one mark")
}

#[test]
fn killed_two_hundred_times_a_whole_catalogue_and_a_whole_log_are_left() {
    // In memory, where there is such a folder: a killed program leaves the same there, and waits for no disk.
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let root = tempfile::tempdir_in(parent).expect("a folder");
    let (data, state) = (root.path().join("data"), root.path().join("state"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        small::write(&data, &small::catalogue("genA", 4));
        let publisher = start(&settings(root.path()), today, None).await.expect("good");
        small::write(&data, &small::catalogue("genB", 4));
        reload(&publisher, &Actor::Signal).await.expect("reloaded");
    });
    let mut generations = BTreeMap::new();
    let mut last = 2;
    for round in 0..TIMES {
        let mut child = Command::new(std::env::current_exe().expect("a path"))
            .args(["--exact", "moderation_kill::a_child_that_changes_without_pause", "--ignored", "--nocapture"])
            .env(CHILD, root.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        // Every tenth is killed while it starts.
        if round % 10 == 0 {
            std::thread::sleep(Duration::from_millis(chance(40)));
        } else {
            let ready = output.lines().map_while(Result::ok).any(|line| line == "ready");
            assert!(ready, "the child of round {round} did not start");
            // What changes one file is done in a few of these, what changes all in many.
            std::thread::sleep(Duration::from_micros(chance(80_000) << chance(4)));
        }
        assert_eq!(child.try_wait().expect("asked"), None, "the child of round {round} ended by itself");
        child.kill().expect("killed");
        child.wait().expect("ended");

        let publisher = runtime.block_on(start(&settings(root.path()), today, None)).expect("what is left is good");
        assert_eq!(publisher.health().broken, None);
        let (folder, problems) = Files::read(&data);
        assert_eq!(problems, []);
        *generations.entry(generation(&folder)).or_insert(0) += 1;
        let served = publisher.live().snapshot();
        assert_eq!(served.hash, folder.hash(), "what is served is what the folder holds");
        let Origin::Revision(number) = served.origin else { panic!("{:?}", served.origin) };
        assert!(number >= last, "revision {number} after {last}");
        last = number;
    }
    assert_eq!(generations.len(), 2, "both generations were seen: {generations:?}");

    let revisions = Revisions::local(&state.join("revisions")).expect("opened");
    let numbers = runtime.block_on(revisions.numbers()).expect("listed");
    assert_eq!(numbers, (1..=last).collect::<Vec<u64>>(), "no number is missing");
    assert!(last > TIMES / 10, "only {last} revisions were made");
    for number in numbers {
        let revision = runtime.block_on(revisions.read(number)).expect("whole");
        generation(&revision.files);
    }
    let audit = fs::read_to_string(state.join("audit.jsonl")).expect("read");
    let mut begun = BTreeSet::new();
    for line in audit.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("every line is whole");
        if record["result"] == "begun" {
            begun.extend(record["revision"].as_u64());
        }
    }
    assert!(audit.ends_with('\n') && (1..=last).all(|number| begun.contains(&number)), "a change without its record");
}
