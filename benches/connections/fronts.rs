//! The fronts: that of the local Discord, and real servers before it.

use std::fs;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use local_discord::{Certificate, DelayingPath, Fault, Front, FrontOptions, LocalDiscord, Options, RestFault};
use serde_json::json;

/// The servers that may be installed.
pub const SERVERS: [&str; 2] = ["nginx", "haproxy"];

/// A Discord behind a front.
pub struct Fronted {
    pub discord: LocalDiscord,
    front: Kind,
    next: AtomicU64,
}

enum Kind {
    Own(Front),
    Real { path: DelayingPath, certificate: Certificate, _server: Server },
}

/// A server's process. It ends when this is dropped, and its folder goes.
struct Server(Child, #[expect(dead_code, reason = "it goes with the server")] tempfile::TempDir);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn discord() -> LocalDiscord {
    LocalDiscord::start(Options::default()).await.expect("a port")
}

/// Whether a server can be run.
pub fn is_installed(server: &str) -> bool {
    let version = if server == "nginx" { "-v" } else { "-vv" };
    Command::new(server).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

impl Fronted {
    /// That of the local Discord.
    pub async fn own(options: FrontOptions) -> Fronted {
        let discord = discord().await;
        let front = Front::open(&discord, options).await.expect("a port");
        Fronted::with(discord, Kind::Own(front))
    }

    /// A real server, over a path with this round trip.
    pub async fn real(name: &str, round_trip: Duration) -> Fronted {
        let (discord, certificate) = (discord().await, Certificate::make().expect("a certificate"));
        let folder = tempfile::tempdir().expect("a folder");
        let own = std::net::TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a port");
        let at = folder.path().display().to_string();
        let behind = discord.url().replace("http://", "");
        fs::write(folder.path().join("both.pem"), certificate.pem() + &certificate.key_pem()).expect("a file");
        let (text, arguments) = match name {
            "nginx" => (
                format!(
                    "daemon off; master_process off; pid {at}/pid; error_log {at}/log; events {{ worker_connections 4096; }}
                     http {{ access_log off; client_body_temp_path {at}; proxy_temp_path {at}; fastcgi_temp_path {at};
                       uwsgi_temp_path {at}; scgi_temp_path {at};
                       upstream discord {{ server {behind}; keepalive 512; }}
                       server {{ listen {own} ssl http2; ssl_certificate {at}/both.pem; ssl_certificate_key {at}/both.pem;
                         keepalive_timeout 2s;
                         location / {{ proxy_pass http://discord; proxy_http_version 1.1; proxy_set_header Host $http_host;
                           proxy_set_header Connection \"\"; }} }} }}"
                ),
                vec!["-c".to_owned(), format!("{at}/config"), "-e".to_owned(), format!("{at}/log")],
            ),
            _ => (
                format!(
                    "global\n maxconn 4096\ndefaults\n mode http\n timeout connect 5s\n timeout client 50s\n \
                     timeout server 50s\n timeout http-keep-alive 2s\nfrontend front\n bind {own} ssl crt {at}/both.pem \
                     alpn h2,http/1.1\n default_backend discord\nbackend discord\n server discord {behind}\n"
                ),
                vec!["-db".to_owned(), "-f".to_owned(), format!("{at}/config")],
            ),
        };
        fs::write(folder.path().join("config"), text).expect("a file");
        let process = Command::new(name).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let server = Server(process.expect("it starts"), folder);
        listens(own).await;
        let path = DelayingPath::open(own, round_trip).await.expect("a port");
        Fronted::with(discord, Kind::Real { path, certificate, _server: server })
    }

    fn with(discord: LocalDiscord, front: Kind) -> Fronted {
        Fronted { discord, front, next: AtomicU64::new(1_200_000_000_000_000_000) }
    }

    pub fn url(&self) -> String {
        match &self.front {
            Kind::Own(front) => front.url(),
            Kind::Real { path, .. } => format!("https://localhost:{}", path.address().port()),
        }
    }

    /// The certificate, in hexadecimal.
    pub fn certificate(&self) -> String {
        data_encoding::HEXLOWER.encode(match &self.front {
            Kind::Own(front) => front.certificate().der(),
            Kind::Real { certificate, .. } => certificate.der(),
        })
    }

    /// How many connections were opened so far.
    pub fn opened(&self) -> u64 {
        match &self.front {
            Kind::Own(front) => front.counts().connections,
            Kind::Real { path, .. } => path.opened(),
        }
    }

    pub fn fall_silent(&self) {
        match &self.front {
            Kind::Own(front) => front.fall_silent(),
            Kind::Real { path, .. } => path.fall_silent(),
        }
    }

    /// From now on each answer takes this long.
    pub fn slow(&self, delay: Duration) {
        let slow = Fault::new(RestFault::Delay(delay)).on("POST", "/interactions/*/*/callback");
        self.discord.fail(slow.times(usize::MAX));
    }

    /// From now on each tenth answer is taken and never acknowledged, so many times.
    pub fn stall_each_tenth(&self, times: usize) {
        let stalled = Fault::new(RestFault::Stall).on("POST", "/interactions/*/*/callback");
        self.discord.fail(stalled.every(10).times(times));
    }

    /// So many interactions that can be answered; the first one's id, after which the others follow.
    pub fn interactions(&self, people: usize) -> u64 {
        let first = self.next.fetch_add(people as u64, Ordering::Relaxed);
        for id in first..first + people as u64 {
            let _ = self.discord.send_interaction(json!({
                "id": id.to_string(), "application_id": self.discord.application_id().to_string(), "type": 2,
                "token": Fronted::token(id), "version": 1, "data": { "id": "1", "name": "rcp", "type": 1 },
                "user": { "id": "7", "username": "amina" }, "channel_id": "8",
            }));
        }
        first
    }

    /// The token of an interaction.
    pub fn token(id: u64) -> String {
        format!("token-{id}")
    }
}

/// Waits until somebody listens.
async fn listens(address: SocketAddr) {
    let begun = std::time::Instant::now();
    while tokio::net::TcpStream::connect(address).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the server does not listen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
