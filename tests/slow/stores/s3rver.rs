//! s3rver, a stand-in for S3 that creates an object whatever `If-None-Match` asks, as a process of the test's on the loopback
//! interface. It comes with `npm ci` in `tests/azurite`, which `.ci/run` does.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::bot::DEADLINE;
use crate::support::left_out::{Lacks, left_out};

/// The key that it has, and its secret.
pub const KEY: &str = "S3RVER";

/// The bucket that it is started with.
pub const BUCKET: &str = "box";

/// The program, below the repository.
const PROGRAM: &str = "tests/azurite/node_modules/s3rver/bin/s3rver.js";

/// What it writes once it can be reached.
const LISTENS: &str = "S3rver listening on ";

/// A running s3rver, which is killed when this is dropped.
pub struct S3rver {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    _folder: TempDir,
}

impl S3rver {
    /// Starts it. Without it, that is said on standard error and there is nothing to test, unless `RCP_TESTS_REQUIRE_ALL` is
    /// set: then it is a failure.
    pub async fn start() -> Option<S3rver> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join(PROGRAM);
        let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        let missing = match (program.is_file(), node.is_ok_and(|status| status.success())) {
            (true, true) => None,
            (false, _) => Some("s3rver (npm ci in tests/azurite)"),
            (true, false) => Some("Node.js"),
        };
        if let Some(missing) = missing {
            left_out(Lacks::Tool, &format!("{missing} is missing: nothing is tried with a store that overwrites"));
            return None;
        }
        let folder = TempDir::new().expect("a folder");
        let out = folder.path().join("out.txt");
        let child = Command::new("node")
            .arg(program)
            .args(["--address", "127.0.0.1", "--port", "0", "--configure-bucket", BUCKET, "--directory"])
            .arg(folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(File::create(&out).expect("a file can be written"))
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut started = S3rver { child, address: ([127, 0, 0, 1], 0).into(), _folder: folder };
        let until = Instant::now() + DEADLINE;
        loop {
            let text = fs::read_to_string(&out).unwrap_or_default();
            // The line may be half written.
            let line = text.split_inclusive('\n').find(|line| line.contains(LISTENS) && line.ends_with('\n'));
            if let Some((_, address)) = line.and_then(|line| line.trim_end().split_once(LISTENS)) {
                started.address = address.parse().expect("an address");
                return Some(started);
            }
            let ended = started.child.try_wait().expect("a child can be waited for");
            assert!(ended.is_none() && Instant::now() < until, "s3rver does not listen: {ended:?} {text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for S3rver {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
