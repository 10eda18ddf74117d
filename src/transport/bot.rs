//! What answers, whichever way interactions come.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tracing::{Span, warn};

use crate::admin::Desk;
use crate::publishing::Notice;
use crate::telemetry::Counters;

use crate::transport::responder::{About, Ending, Responder};
use crate::transport::rest::Rest;

/// The bot: who answers, and what is counted.
pub struct Bot {
    /// Answers `/rcp`.
    pub responder: Arc<Responder>,
    /// Answers `/rcp-admin`, where moderation is configured.
    pub desk: Option<Arc<Desk>>,
    /// What is to be told in the audit channel, if there is one.
    pub notices: Option<mpsc::Receiver<Notice>>,
    /// What is counted.
    pub counters: Arc<Counters>,
}

impl Bot {
    /// Counts an interaction that has been dealt with.
    pub fn done(&self, about: &About, span: &Span, ending: Ending, took: Duration) {
        match ending {
            Ending::Answered | Ending::Refused => self.counters.answered(),
            Ending::Failed | Ending::Undelivered => self.counters.failed(),
        }
        about.done(span, ending, took);
    }

    /// Begins to tell records in the audit channel, if there is one and a desk.
    pub fn tell(&mut self, rest: &Arc<Rest>, channel: Option<u64>) {
        if let (Some(notices), Some(desk), Some(channel)) = (self.notices.take(), &self.desk, channel) {
            tokio::spawn(tell(Arc::clone(rest), channel, Arc::clone(desk), notices));
        }
    }
}

/// Tells records in the audit channel, one after the other. One that cannot be told is in the file all the same.
async fn tell(rest: Arc<Rest>, channel: u64, desk: Arc<Desk>, mut notices: mpsc::Receiver<Notice>) {
    while let Some(notice) = notices.recv().await {
        let message = serde_json::to_value(desk.notice(&notice).to_message());
        let sent = match message {
            Ok(body) => rest.send(channel, &body).await.map_err(|failed| failed.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = sent {
            warn!(error, "a record cannot be told in the audit channel");
        }
    }
}
