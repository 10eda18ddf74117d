//! The real program, started as an operator would, and what it logs.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rcp_bot::local_discord::LocalDiscord;
use serde_json::Value;

/// How long to wait for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program. It is killed when dropped.
pub struct Program {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

/// The program with these arguments and nothing of our environment that could change what it does.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-bot"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    for (key, _) in std::env::vars_os() {
        let key = key.to_string_lossy().into_owned();
        if key.starts_with("RCP_") || key.starts_with("DISCORD_") || key == "RUST_LOG" {
            command.env_remove(key);
        }
    }
    command
}

/// The same, for this Discord.
pub fn command_for(discord: &LocalDiscord, arguments: &[&str]) -> Command {
    let mut command = command(arguments);
    command
        .env("DISCORD_API_URL", discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .env("RCP_LOG__FORMAT", "json")
        .env("RCP_HTTP__LISTEN", "127.0.0.1:0");
    command
}

impl Program {
    /// Starts it. Its standard error is read all the time.
    pub fn start(command: &mut Command) -> Program {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().expect("standard error is piped"));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                kept.lock().expect("no reader panics").push(line);
            }
        });
        Program { child, log }
    }

    /// What it has logged so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("no reader panics").clone()
    }

    /// Waits for a log line with this text.
    pub async fn wait_for_log(&self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(line) = self.log().into_iter().find(|line| line.contains(text)) {
                return line;
            }
            assert!(Instant::now() < until, "no log line with {text:?}: {:#?}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The address on which it listens, once it does.
    pub async fn address(&self) -> SocketAddr {
        let line = self.wait_for_log("\"address\"").await;
        let line: Value = serde_json::from_str(&line).expect("a log line is JSON");
        line["fields"]["address"].as_str().and_then(|address| address.parse().ok()).expect("an address")
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill can be run").success());
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                return status;
            }
            assert!(Instant::now() < until, "it does not end: {:#?}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
