//! Direct messages to readers: what became of what they reported.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::{Mutex, mpsc};
use tracing::debug;

use crate::admin::Letter;
use crate::transport::rest::client::{Failed, Rest};

/// What is to be told. One task at a time takes it.
pub struct Letters(pub Mutex<mpsc::Receiver<Letter>>);

impl Letters {
    /// Tells what is to be told, one after the other. Whoever takes no messages from the bot is left alone.
    pub async fn tell(self: Arc<Self>, rest: Arc<Rest>) {
        let mut letters = self.0.lock().await;
        while let Some(letter) = letters.recv().await {
            if let Err(failed) = send(&rest, &letter).await {
                // Many do not let bots write to them; nobody has to mend that.
                debug!(error = %failed, "a reader could not be told");
            }
        }
    }
}

async fn send(rest: &Rest, letter: &Letter) -> Result<(), Failed> {
    let channel = rest.direct_channel(&json!({ "recipient_id": letter.reader.to_string() })).await?;
    let body =
        serde_json::to_value(letter.reply.to_message()).map_err(|error| Failed::Unexpected(error.to_string()))?;
    rest.send(channel, body).await
}
