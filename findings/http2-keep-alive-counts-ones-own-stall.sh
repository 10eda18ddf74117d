#!/usr/bin/env bash
# hyper 1.12.0 (a Rust crate), the keep-alive of its HTTP/2 client.
#
# A good guess: keep_alive_timeout ends a connection whose other end does not answer a PING in time. Seen: the other end
# answers at once, its answer lies in the socket, and the connection is given up all the same, with every request on it, if
# the client's own thread stood still for longer than the timeout: as the task wakes up it looks at the clock before it reads.
# Where all connections of a process are kept alive so, one pause of the machine (a container that has used up its share of the
# processor, a laptop that slept) ends them all at once. Without the pause the same server, as slow to answer the request, is
# waited for. Who needs it otherwise gives the client a Timer that counts in small steps, so that the socket is read in between.
#
# Needs the Rust toolchain; takes three seconds. Ends with 0 as long as this holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2024"

[dependencies]
bytes = "1"
http-body-util = "=0.1.3"
hyper = { version = "=1.12.0", features = ["client", "http2", "server"] }
hyper-util = { version = "=0.1.21", features = ["tokio"] }
tokio = { version = "1", features = ["net", "rt", "sync", "time"] }
TOML
cat >src/main.rs <<'RUST'
use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::time::sleep;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A server in a thread of its own: it answers PINGs at once, and a request after 1.5 seconds.
fn server() -> SocketAddr {
    let (told, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            tokio::task::LocalSet::new().run_until(async {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    tokio::task::spawn_local(async move {
                        let service = service_fn(async |_| {
                            sleep(millis(1_500)).await;
                            Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
                        });
                        let _ = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                            .serve_connection(TokioIo::new(stream), service)
                            .await;
                    });
                }
            }).await
        });
    });
    address.recv().unwrap()
}

/// One request; if wanted, the client's thread stands still for a moment meanwhile, just after a PING went out.
fn ask(server: SocketAddr, stalls: bool) -> Result<u16, hyper::Error> {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let stream = TcpStream::connect(server).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .keep_alive_interval(millis(200))
            .keep_alive_timeout(millis(500))
            .handshake(TokioIo::new(stream))
            .await?;
        tokio::spawn(connection);
        if stalls {
            tokio::spawn(async {
                // The first PING is due after 200 milliseconds: it goes out between these two.
                sleep(millis(150)).await;
                std::thread::sleep(millis(100));
                tokio::task::yield_now().await;
                std::thread::sleep(millis(700));
            });
        }
        let request = Request::get(format!("http://{server}/")).body(Empty::<Bytes>::new()).unwrap();
        let response = sender.send_request(request).await?;
        let status = response.status().as_u16();
        response.into_body().collect().await?;
        Ok(status)
    })
}

fn main() {
    let server = server();
    let (steady, stalled) = (ask(server, false), ask(server, true));
    println!("a request that takes 1.5 s: {steady:?}; with a pause of the client's own: {stalled:?}");
    assert_eq!(steady.expect("it is waited for"), 200);
    assert!(stalled.expect_err("it is given up").is_timeout());
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo run --quiet
