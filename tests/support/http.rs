//! The real binary where it listens on HTTP: how it is started, where it is, what it says of itself.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use local_discord::LocalDiscord;
use serde_json::Value;

use super::bot::{Bot, DEADLINE, Setup};
use super::kept;

/// The binary with this subcommand and the tests' own catalogue, listening on a free port, logging JSON, for this Discord.
pub fn setup(discord: &LocalDiscord, action: &str) -> Setup {
    setup_with(discord, action, kept::served())
}

/// The same, with another catalogue.
pub fn setup_with(discord: &LocalDiscord, action: &str, data: &Path) -> Setup {
    Setup::new(&[action])
        .data(data)
        .env("DISCORD_API_URL", &discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .env("RCP_HTTP__LISTEN", "127.0.0.1:0")
        .env("RCP_LOG__FORMAT", "json")
        .env("RUST_LOG", "rcp_bot=info")
}

/// Waits for a log line with this text.
pub async fn logged(bot: &Bot, text: &str) -> String {
    let until = Instant::now() + DEADLINE;
    loop {
        // The last line may be half written.
        let log = bot.log();
        if let Some(line) = log.split_inclusive('\n').find(|line| line.ends_with('\n') && line.contains(text)) {
            return line.to_owned();
        }
        assert!(Instant::now() < until, "no log line with {text:?}: {log}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The address on which it listens, once it does.
pub async fn address(bot: &Bot) -> SocketAddr {
    let line: Value = serde_json::from_str(&logged(bot, "\"address\"").await).expect("a log line is JSON");
    line["fields"]["address"].as_str().and_then(|address| address.parse().ok()).expect("an address")
}

/// What it answers to a GET: the status and the body.
pub async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let response = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a text"))
}

/// Waits until `/readyz` answers with this status; what it said.
pub async fn ready(address: SocketAddr, status: u16) -> Value {
    let until = Instant::now() + DEADLINE;
    loop {
        let (now, body) = get(address, "/readyz").await;
        if now == status {
            return serde_json::from_str(&body).expect("JSON");
        }
        assert!(Instant::now() < until, "/readyz never said {status}: {body}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
