//! Watching the data folder: read again when it has changed and then been quiet for a moment.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{info, warn};

use crate::publishing::changed::NotChanged;
use crate::publishing::publisher::Publisher;
use crate::publishing::reload::reload;
use crate::publishing::revision::Actor;

/// How long a folder that cannot be watched is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// How many times the quiet may be disturbed before the folder is read all the same.
const PATIENCE: u32 = 20;

/// Watches the publisher's data folder for ever.
pub async fn watch(publisher: Arc<Publisher>, quiet: Duration) {
    let Some(folder) = publisher.folder().map(ToOwned::to_owned) else {
        return warn!("there is no data folder to watch");
    };
    // What changed between the program's start and now is found by reading once.
    let mut changed = true;
    loop {
        // Armed anew each time, because a folder may be swapped for another: a link is turned, as for mounted
        // configuration, or the folder is moved away. The folder is read after that, so that no change is missed.
        let armed = arm(&folder);
        if changed {
            reload_changed(&publisher).await;
        }
        let (watcher, mut events) = match armed {
            Ok(armed) => armed,
            Err(error) => {
                warn!(%error, "the data folder cannot be watched; trying again");
                sleep(PAUSE).await;
                changed = true;
                continue;
            }
        };
        if events.recv().await.is_none() {
            continue;
        }
        let limit = Instant::now() + quiet * PATIENCE;
        while Instant::now() < limit
            && timeout_at(limit.min(Instant::now() + quiet), events.recv()).await.is_ok_and(|event| event.is_some())
        {
        }
        drop(watcher);
        changed = true;
    }
}

fn arm(folder: &Path) -> notify::Result<(RecommendedWatcher, mpsc::Receiver<()>)> {
    // Events name whole paths.
    let folder = std::path::absolute(folder)?;
    let within = folder.clone();
    // One event is as good as many: those for which there is no room are not missed.
    let (sender, events) = mpsc::channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Being read is no change, and neither is what happens beside the folder. An error may hide any.
        let changed = event.map_or(true, |event| {
            let here = event.paths.is_empty() || event.paths.iter().any(|path| path.starts_with(&within));
            here && !matches!(event.kind, EventKind::Access(_))
        });
        if changed {
            let _ = sender.try_send(());
        }
    })?;
    watcher.watch(&folder, RecursiveMode::Recursive)?;
    // The folder's own replacement shows in the folder above it.
    if let Some(above) = folder.parent()
        && let Err(error) = watcher.watch(above, RecursiveMode::NonRecursive)
    {
        info!(%error, "the folder above the data folder cannot be watched");
    }
    Ok((watcher, events))
}

async fn reload_changed(publisher: &Publisher) {
    match reload(publisher, &Actor::Watch).await {
        Ok(_) | Err(NotChanged::Same) => {}
        // The record and its log line say what is wrong.
        Err(error) => warn!(error = %error, "the data folder has changed and is not served"),
    }
}
