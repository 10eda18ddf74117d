//! Azurite, Microsoft's own stand-in for Azure's blob store, as a process of the test's on the loopback interface. It comes
//! with `npm ci` in `tests/azurite`, which `.ci/run` does.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use object_store::azure::{AzureAccessKey, AzureAuthorizer, AzureCredential};
use object_store::client::{HttpRequest, HttpRequestBody};
use tempfile::TempDir;

use crate::support::bot::DEADLINE;
use crate::support::left_out::{Lacks, left_out};

/// The account that Azurite has, and its key, which everybody knows.
pub const ACCOUNT: &str = "devstoreaccount1";
pub const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// The program, below the repository.
const PROGRAM: &str = "tests/azurite/node_modules/azurite/dist/src/blob/main.js";

/// What it writes once it can be reached.
const LISTENS: &str = "successfully listens on http://";

/// A running Azurite. It keeps everything in memory, and is killed when this is dropped.
pub struct Azurite {
    child: Child,
    /// Where it listens.
    pub address: std::net::SocketAddr,
    _folder: TempDir,
}

/// What is missing to run it.
fn missing() -> Option<&'static str> {
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join(PROGRAM).is_file() {
        return Some("Azurite (npm ci in tests/azurite)");
    }
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    (!node.is_ok_and(|status| status.success())).then_some("Node.js")
}

impl Azurite {
    /// Starts it. Without it, that is said on standard error and there is nothing to test, unless
    /// `RCP_TESTS_REQUIRE_ALL` is set: then it is a failure.
    pub async fn start() -> Option<Azurite> {
        if let Some(missing) = missing() {
            left_out(Lacks::Tool, &format!("{missing} is missing: nothing is tried with an object store"));
            return None;
        }
        let folder = TempDir::new().expect("a folder");
        let out = folder.path().join("out.txt");
        let output = || File::create(&out).expect("a file can be written");
        let child = Command::new("node")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(PROGRAM))
            .args(["--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--silent"])
            .args(["--skipApiVersionCheck", "--disableTelemetry"])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(output())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut azurite = Azurite { child, address: ([127, 0, 0, 1], 0).into(), _folder: folder };
        let until = Instant::now() + DEADLINE;
        loop {
            let text = fs::read_to_string(&out).unwrap_or_default();
            // The line may be half written.
            let line = text.split_inclusive('\n').find(|line| line.contains(LISTENS) && line.ends_with('\n'));
            if let Some((_, address)) = line.and_then(|line| line.trim_end().split_once(LISTENS)) {
                azurite.address = address.parse().expect("an address");
                return Some(azurite);
            }
            let ended = azurite.child.try_wait().expect("a child can be waited for");
            assert!(ended.is_none() && Instant::now() < until, "Azurite does not listen: {ended:?} {text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Makes a container, as an operator does once.
    pub async fn container(&self, name: &str) {
        let url = format!("http://{}/{ACCOUNT}/{name}?restype=container", self.address);
        let mut request = HttpRequest::new(HttpRequestBody::empty());
        *request.method_mut() = reqwest::Method::PUT;
        *request.uri_mut() = url.parse().expect("an address");
        let key = AzureCredential::AccessKey(AzureAccessKey::try_new(KEY).expect("a key"));
        AzureAuthorizer::new(&key, ACCOUNT).try_authorize(&mut request).expect("it can be signed");
        let client = reqwest::Client::new();
        let made = client.put(url).headers(request.headers().clone()).body("").send().await.expect("an answer");
        assert_eq!(made.status().as_u16(), 201, "{}", made.text().await.unwrap_or_default());
    }
}

impl Drop for Azurite {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
