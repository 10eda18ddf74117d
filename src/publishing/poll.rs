//! Following the log of revisions: what another replica accepted is served here too, within the poll time.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tracing::{info, warn};

use crate::telemetry::metrics;

use crate::publishing::follow::begin;
use crate::publishing::publisher::Publisher;

/// Looks for revisions made elsewhere, for ever. While the store cannot be reached, what is served goes on being served.
pub async fn poll(publisher: Arc<Publisher>, every: Duration) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut cut_off = false;
    loop {
        ticks.tick().await;
        // Told once when it begins and once when it ends, not at each poll.
        let begun = begin(&publisher).await;
        metrics::polled(begun.is_ok());
        match begun {
            Ok(_) if cut_off => {
                info!("the log of revisions can be reached again");
                cut_off = false;
            }
            Err(error) if !cut_off => {
                warn!(%error, "the log of revisions cannot be followed; what is served goes on being served");
                cut_off = true;
            }
            _ => {}
        }
    }
}
