//! The programs that are measured: the bot, its floors, and the local Discord between them.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use local_discord::{CommandDraft, LocalDiscord, Options};
use serde_json::Value;
use tokio::net::TcpStream;

/// The bot's program.
pub const BOT: &str = env!("CARGO_BIN_EXE_rcp-bot");

/// The environment variable that makes this program one of the floors.
pub const ROLE: &str = "RCP_BENCH_ROLE";

/// The environment variable with what a floor answers.
const ANSWER: &str = "RCP_BENCH_ANSWER";

/// How many interactions the local Discord remembers.
const HISTORY: usize = 2_000;

/// After so long a program that has started or answered a burst is idle: what it does beside its answers is done.
pub const SETTLED: Duration = Duration::from_secs(2);

/// The shipped catalogue.
pub const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

/// A program that ends when this is dropped.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Starts a program.
    pub fn start(command: &mut Command) -> Running {
        Running(command.stdin(Stdio::null()).spawn().expect("the program starts"))
    }

    /// What it prints.
    pub fn lines(&mut self) -> BufReader<ChildStdout> {
        BufReader::new(self.0.stdout.take().expect("standard output is piped"))
    }

    /// The first line that it prints.
    pub fn first_line(&mut self) -> String {
        let mut line = String::new();
        self.lines().read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    /// The resident memory, in MiB.
    pub fn memory(&self) -> f64 {
        self.told("VmRSS:")
    }

    /// From now on [`Running::peak`] tells of what comes. (proc_pid_clear_refs(5), "5".)
    pub fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.0.id()), "5").expect("the program runs");
    }

    /// The most resident memory so far, in MiB.
    pub fn peak(&self) -> f64 {
        self.told("VmHWM:")
    }

    /// What Linux tells of the program, in MiB.
    fn told(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux tells it");
        line.trim().trim_end_matches("kB").trim().parse::<f64>().expect("a number") / 1024.0
    }
}

/// The key with which Discord signs.
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Bytes as Discord writes them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bot with the shipped catalogue, beside a Discord.
pub fn bot(action: &str, discord: &LocalDiscord, state: &Path) -> Command {
    let mut command = Command::new(BOT);
    command
        .args([action, "--data", DATA, "--state"])
        .arg(state)
        .current_dir(state)
        .env_clear()
        .env("DISCORD_API_URL", discord.url())
        .env("DISCORD_TOKEN", discord.token())
        .env("DISCORD_PUBLIC_KEY", hex(key().verifying_key().as_bytes()))
        .env("RUST_LOG", env::var("RUST_LOG").unwrap_or_else(|_| "rcp_bot=info,serenity=error,warn".to_owned()))
        .stderr(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// This program as a floor that answers `answer`.
pub fn floor(role: &str, answer: &Value) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.env_clear().env(ROLE, role).env(ANSWER, answer.to_string());
    command
}

/// What a floor is to answer: a body of the same size as the bot's.
pub fn constant() -> Value {
    serde_json::from_str(&env::var(ANSWER).expect("the answer is given")).expect("JSON")
}

/// A port that nobody listens at.
pub fn free_port() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

/// Waits until somebody listens.
pub async fn wait_for(address: SocketAddr) {
    while TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A Discord that knows the bot's commands, and a folder for the bot's state.
pub async fn discord() -> (LocalDiscord, tempfile::TempDir) {
    let discord = LocalDiscord::start(Options { history: HISTORY, ..Options::default() }).await.expect("a port");
    let state = tempfile::tempdir().expect("a folder");
    let registered = bot("register", &discord, state.path()).status();
    assert!(registered.expect("it runs").success(), "the commands are registered");
    (discord, state)
}

/// The question that is asked: for a card, the commonest and longest kind of answer.
pub fn question(discord: &LocalDiscord) -> CommandDraft {
    discord.person("Amina").command("rcp info").option("processus", "Processus de Prague")
}

/// A Discord with a program connected to its gateway.
pub struct Line {
    /// The Discord.
    pub discord: LocalDiscord,
    /// The program.
    pub program: Running,
    _state: tempfile::TempDir,
}

impl Line {
    /// Our bot, and how long it took from its start to READY.
    pub async fn ours() -> (Line, Duration) {
        Line::connect(|discord, state| bot("run", discord, state)).await
    }

    /// A bare bot, likewise.
    pub async fn floor(answer: &Value) -> (Line, Duration) {
        Line::connect(|discord, _| {
            let mut bare = floor("gateway", answer);
            bare.env("DISCORD_API_URL", discord.url()).env("DISCORD_TOKEN", discord.token());
            bare
        })
        .await
    }

    async fn connect(program: impl Fn(&LocalDiscord, &Path) -> Command) -> (Line, Duration) {
        let (discord, state) = discord().await;
        let mut command = program(&discord, state.path());
        let started = Instant::now();
        let program = Running::start(&mut command);
        discord.wait_for_ready().await.expect("it connects");
        let took = started.elapsed();
        (Line { discord, program, _state: state }, took)
    }
}

/// The time within which a part of all were answered, in microseconds.
pub fn percentile(times: &mut [Duration], part: f64) -> f64 {
    times.sort();
    times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e6
}
