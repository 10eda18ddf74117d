//! The audit channel: records of changes and refusals, told to moderators where they talk.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};
use tracing::warn;

use crate::admin;
use crate::catalogue::Language;
use crate::publishing::Notice;
use crate::snapshot::Live;
use crate::transport::rest::client::Rest;

/// What is to be told, and in which words. It needs no moderators: what signals and the watched folder change is told too.
pub struct AuditChannel {
    /// The channel's id.
    pub channel: u64,
    /// The records, as they come. One task at a time takes them.
    pub notices: Mutex<mpsc::Receiver<Notice>>,
    /// The catalogue whose messages are used.
    pub live: Arc<Live>,
    /// The language of the channel.
    pub language: Language,
}

impl AuditChannel {
    /// Tells records, one after the other, as long as any can come. One that cannot be told is in the file all the same.
    pub async fn tell(self: Arc<Self>, rest: Arc<Rest>) {
        let mut notices = self.notices.lock().await;
        while let Some(notice) = notices.recv().await {
            let reply = admin::notice(&self.live.snapshot(), self.language, &notice);
            let sent = match serde_json::to_value(reply.to_message()) {
                Ok(body) => rest.send(self.channel, body).await.map_err(|failed| failed.to_string()),
                Err(error) => Err(error.to_string()),
            };
            if let Err(error) = sent {
                warn!(error, "a record cannot be told in the audit channel");
            }
        }
    }
}
