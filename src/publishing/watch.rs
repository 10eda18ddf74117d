//! Watching the data folder: read again when it has changed and then been quiet for a moment.
//!
//! A folder changes when a file in it does, and when any link or folder on the way to it is turned or replaced: deployments
//! and mounted configuration swap them further up. Mounts that give no events (network shares, layered file systems) are
//! looked at every so often.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{debug, warn};

use crate::blocking::blocking;
use crate::catalogue::{MESSAGES, PROCESSES};

use crate::publishing::changed::NotChanged;
use crate::publishing::publisher::Publisher;
use crate::publishing::reload::reload;
use crate::publishing::revision::Actor;

/// How long a folder that cannot be watched is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// How many times the quiet may be disturbed before the folder is read all the same.
const PATIENCE: u32 = 20;

/// The longest quiet that is waited for, whatever is set.
const LONGEST_QUIET: Duration = Duration::from_secs(60 * 60);

/// How many links are followed on the way to the folder: as many as Linux follows.
const LINKS: usize = 40;

/// Watches the publisher's data folder for ever. It is read when nothing has changed in it for `quiet`; with `every`, it is
/// also looked at that often, whether there were events or not.
pub async fn watch(publisher: Arc<Publisher>, quiet: Duration, every: Option<Duration>) {
    let Some(folder) = publisher.folder().map(ToOwned::to_owned) else {
        return warn!("there is no data folder to watch");
    };
    let quiet = quiet.min(LONGEST_QUIET);
    loop {
        // Armed anew each time, because a folder may be swapped for another. It is read after that, so that no change is
        // missed; what changed between the program's start and now is found by reading once.
        let arming = folder.clone();
        let (armed, seen) = blocking(move || (arm(&arming), fingerprint(&arming))).await;
        reload_changed(&publisher).await;
        let (watcher, mut events) = match armed {
            Ok(armed) => armed,
            Err(error) => {
                warn!(%error, "the data folder cannot be watched; trying again");
                sleep(every.unwrap_or(PAUSE)).await;
                continue;
            }
        };
        tokio::select! {
            event = events.recv() => if event.is_none() {
                // Never at once: the watcher may be broken for good.
                sleep(PAUSE).await;
                continue;
            },
            () = changed_from(&folder, seen, every) => {}
        }
        let limit = Instant::now() + quiet.saturating_mul(PATIENCE).min(LONGEST_QUIET);
        while Instant::now() < limit
            && timeout_at(limit.min(Instant::now() + quiet), events.recv()).await.is_ok_and(|event| event.is_some())
        {
        }
        drop(watcher);
    }
}

/// Waits until a folder looks otherwise than it did; for ever without a time after which to look.
async fn changed_from(folder: &Path, seen: u64, every: Option<Duration>) {
    let Some(every) = every else { return std::future::pending().await };
    loop {
        sleep(every).await;
        let folder = folder.to_owned();
        if blocking(move || fingerprint(&folder)).await != seen {
            return;
        }
    }
}

/// How a folder looks from outside: where it is, and the names, lengths and times of what is in it.
fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for subfolder in ["", PROCESSES, MESSAGES] {
        let folder = folder.join(subfolder);
        fs::canonicalize(&folder).ok().hash(&mut hasher);
        let mut entries: Vec<PathBuf> =
            fs::read_dir(&folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        for path in entries {
            let about = fs::metadata(&path).ok();
            (about.as_ref().map(fs::Metadata::len), about.and_then(|about| about.modified().ok())).hash(&mut hasher);
            path.hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn arm(folder: &Path) -> notify::Result<(RecommendedWatcher, mpsc::Receiver<()>)> {
    // Events name whole paths.
    let folder = std::path::absolute(folder)?;
    let subfolders = ["", PROCESSES, MESSAGES].map(|subfolder| folder.join(subfolder));
    // Where the files are, and each name on the way there.
    let within: BTreeSet<PathBuf> = subfolders.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
    let mut way: BTreeSet<PathBuf> = subfolders.iter().flat_map(|folder| names_on_the_way(folder)).collect();
    // Files may be links, too, each to a place of its own.
    let entries = within.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    way.extend(links.flat_map(|link| names_on_the_way(&link.path())));
    way.extend(within.iter().cloned());
    let (inside, names) = (within.clone(), way.clone());
    // One event is as good as many: those for which there is no room are not missed.
    let (sender, events) = mpsc::channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Being read is no change, and neither is what happens beside the way. An error may hide any.
        let changed = event.map_or(true, |event| {
            let concerns =
                |path: &PathBuf| names.contains(path) || path.parent().is_some_and(|parent| inside.contains(parent));
            let here = event.paths.is_empty() || event.paths.iter().any(concerns);
            here && !matches!(event.kind, EventKind::Access(_))
        });
        if changed {
            let _ = sender.try_send(());
        }
    })?;
    let main = fs::canonicalize(&folder)?;
    watcher.watch(&main, RecursiveMode::NonRecursive)?;
    let parents = way.iter().filter_map(|name| name.parent()).map(Path::to_owned);
    let others: BTreeSet<PathBuf> = within.into_iter().chain(parents).filter(|place| *place != main).collect();
    for place in others {
        if let Err(error) = watcher.watch(&place, RecursiveMode::NonRecursive) {
            debug!(%error, place = %place.display(), "a folder on the way to the data folder cannot be watched");
        }
    }
    Ok((watcher, events))
}

/// Every name whose replacement changes where an absolute path leads: its parts, and those of the links among them.
fn names_on_the_way(path: &Path) -> Vec<PathBuf> {
    let parts = |path: &Path| -> VecDeque<OsString> {
        let named = path.components().filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
        named.map(|part| part.as_os_str().to_owned()).collect()
    };
    let (mut here, mut ahead, mut links) = (PathBuf::from("/"), parts(path), LINKS);
    let mut names = Vec::new();
    while let Some(part) = ahead.pop_front() {
        if part == ".." {
            here.pop();
            continue;
        }
        let name = here.join(part);
        names.push(name.clone());
        match fs::read_link(&name) {
            Ok(target) if links > 0 => {
                links -= 1;
                if target.is_absolute() {
                    here = PathBuf::from("/");
                }
                let mut there = parts(&target);
                there.append(&mut ahead);
                ahead = there;
            }
            _ => here = name,
        }
    }
    names
}

async fn reload_changed(publisher: &Publisher) {
    match reload(publisher, &Actor::Watch).await {
        Ok(_) | Err(NotChanged::Same) => {}
        // The record and its log line say what is wrong.
        Err(error) => warn!(error = %error, "the data folder has changed and is not served"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_link_on_the_way_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(root.path()).expect("there");
        fs::create_dir_all(root.join("releases/1/data")).expect("made");
        symlink("releases/1", root.join("current")).expect("linked");
        symlink(root.join("current/data"), root.join("data")).expect("linked");
        let names = names_on_the_way(&root.join("data"));
        for name in ["data", "current", "releases", "releases/1", "releases/1/data"] {
            assert!(names.contains(&root.join(name)), "{name} in {names:?}");
        }
        symlink("round", root.join("round")).expect("linked");
        assert!(names_on_the_way(&root.join("round")).len() <= LINKS + 20);
    }
}
