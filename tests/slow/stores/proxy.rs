//! A stretch of network on the loopback interface, with weather.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How it is between the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything arrives.
    Clear,
    /// Connections are refused; open ones are closed.
    Refused,
    /// Connections are taken, and nothing arrives any more.
    Stalled,
    /// What is asked arrives; the beginning of the next answer is lost with its connection, and then it is clear.
    LosesOne,
}

/// A port from which everything goes to another, and back, as the weather allows.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    weather: Arc<watch::Sender<Weather>>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// Opens one, in clear weather.
    pub async fn to(target: SocketAddr) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port can be opened");
        let address = listener.local_addr().expect("it has an address");
        let weather = Arc::new(watch::Sender::new(Weather::Clear));
        let task = tokio::spawn(run(listener, address, target, Arc::clone(&weather)));
        Proxy { address, weather, task }
    }

    /// Changes the weather; returns when it has changed.
    pub async fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
        while TcpStream::connect(self.address).await.is_err() != (weather == Weather::Refused) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(listener: TcpListener, address: SocketAddr, target: SocketAddr, weather: Arc<watch::Sender<Weather>>) {
    let mut listener = Some(listener);
    let mut changes = weather.subscribe();
    // They end with this task.
    let mut connections = JoinSet::new();
    loop {
        let refused = *changes.borrow_and_update() == Weather::Refused;
        if refused {
            listener = None;
        } else if listener.is_none() {
            // The port may be taken for a moment.
            listener = TcpListener::bind(address).await.ok();
        }
        tokio::select! {
            biased;
            _ = changes.changed() => {}
            Some(Ok((client, _))) = async { Some(listener.as_ref()?.accept().await) } => {
                connections.spawn(carry(client, target, Arc::clone(&weather)));
            }
            () = tokio::time::sleep(Duration::from_millis(10)), if listener.is_none() && !refused => {}
        }
    }
}

async fn carry(client: TcpStream, target: SocketAddr, weather: Arc<watch::Sender<Weather>>) {
    let mut changes = weather.subscribe();
    let now = *changes.borrow_and_update();
    match now {
        Weather::Refused => return,
        // Both ends are held until it changes; what was on its way by then is lost.
        Weather::Stalled => {
            let _ = changes.changed().await;
            return;
        }
        Weather::Clear | Weather::LosesOne => {}
    }
    let Ok(server) = TcpStream::connect(target).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = copy(&mut from_client, &mut to_server);
    let back = async {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(read @ 1..) = from_server.read(&mut buffer).await {
            let lost = weather.send_if_modified(|weather| {
                let loses = *weather == Weather::LosesOne;
                if loses {
                    *weather = Weather::Clear;
                }
                loses
            });
            if lost || to_client.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    };
    let mut harsh = weather.subscribe();
    let turned = harsh.wait_for(|weather| matches!(weather, Weather::Refused | Weather::Stalled));
    let stalled = tokio::select! {
        _ = there => false,
        () = back => false,
        turned = turned => turned.is_ok_and(|weather| *weather == Weather::Stalled),
    };
    if stalled {
        let _ = weather.subscribe().wait_for(|weather| *weather != Weather::Stalled).await;
    }
}
