//! `rcp-bot check --links`: which addresses still answer, asked gently. Every server here is on the loopback.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rcp_bot::catalogue::Files;
use rcp_bot::links::{self, Link, LinkState, Pace};
use tempfile::TempDir;

use crate::support::bot::{Finished, Setup};
use crate::support::small;

/// A server that notes what it is asked, and how many ask at once.
#[derive(Clone, Default)]
struct Server {
    asked: Arc<Mutex<Vec<String>>>,
    now: Arc<Mutex<(usize, usize)>>,
    elsewhere: Arc<Mutex<String>>,
}

impl Server {
    async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("whole").clone()
    }
}

async fn answer(State(server): State<Server>, method: Method, uri: Uri) -> Response {
    server.asked.lock().expect("whole").push(format!("{method} {}", uri.path()));
    {
        let mut now = server.now.lock().expect("whole");
        now.0 += 1;
        now.1 = now.1.max(now.0);
    }
    tokio::time::sleep(Duration::from_millis(5)).await;
    server.now.lock().expect("whole").0 -= 1;
    let elsewhere = server.elsewhere.lock().expect("whole").clone();
    let to = |to: String| (StatusCode::FOUND, [("location", to)]).into_response();
    match uri.path() {
        "/ok" => "here".into_response(),
        "/no-head" if method == Method::HEAD => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        "/liar" if method == Method::HEAD => StatusCode::NOT_FOUND.into_response(),
        "/no-head" | "/liar" => "x".repeat(1_000_000).into_response(),
        "/forbidden" => StatusCode::FORBIDDEN.into_response(),
        "/tired" => StatusCode::TOO_MANY_REQUESTS.into_response(),
        "/broken" => StatusCode::BAD_GATEWAY.into_response(),
        "/moved" => to("/ok".to_owned()),
        "/away" => to(format!("{elsewhere}/ok")),
        "/round" => to("/round".to_owned()),
        "/file" => to("file:///etc/passwd".to_owned()),
        "/nowhere" => StatusCode::FOUND.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn pace() -> Pace {
    Pace { pause: Duration::ZERO, at_once: 8, patience: Duration::from_secs(30) }
}

async fn check(urls: &[String], state: &Path, fresh: i64) -> BTreeMap<String, Link> {
    let all: BTreeSet<String> = urls.iter().cloned().collect();
    let links = links::check(&all, state, fresh, "rcp-bot-test", pace()).await.expect("asked");
    links.into_iter().map(|link| (link.url.clone(), link)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_told_from_what_is_gone() {
    let (server, other, state) = (Server::default(), Server::default(), TempDir::new().expect("a folder"));
    let (address, away) = (server.start().await, other.start().await);
    *server.elsewhere.lock().expect("whole") = format!("http://{away}");
    let url = |path: &str| format!("http://{address}{path}");
    let expected = [
        ("/ok", LinkState::Alive, Some(200)),
        ("/no-head", LinkState::Alive, Some(200)),
        ("/liar", LinkState::Alive, Some(200)),
        ("/forbidden", LinkState::Alive, Some(403)),
        ("/moved", LinkState::Alive, Some(200)),
        ("/away", LinkState::Alive, Some(200)),
        ("/gone", LinkState::Gone, Some(404)),
        ("/round", LinkState::Gone, None),
        ("/file", LinkState::Gone, Some(302)),
        ("/nowhere", LinkState::Gone, Some(302)),
        ("/broken", LinkState::Silent, Some(502)),
        ("/tired", LinkState::Alive, Some(429)),
    ];
    let mut urls: Vec<String> = expected.iter().map(|(path, ..)| url(path)).collect();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    urls.push(format!("http://{closed}/"));
    let found = check(&urls, state.path(), 24).await;
    for (path, state, status) in expected {
        let link = &found[&url(path)];
        assert_eq!((link.state, link.status), (state, status), "{path}: {link:?}");
        assert_eq!(link.alive.is_some(), state == LinkState::Alive, "{link:?}");
    }
    let silent = &found[&format!("http://{closed}/")];
    assert_eq!((silent.state, silent.status), (LinkState::Silent, None));
    assert!(!silent.detail.is_empty(), "{silent:?}");
    assert!(found[&url("/away")].detail.contains(&away.to_string()), "it is told where it leads");
    let asked = server.asked();
    assert!(asked.contains(&"HEAD /ok".to_owned()) && !asked.contains(&"GET /ok".to_owned()), "{asked:?}");
    assert!(!asked.contains(&"GET /tired".to_owned()), "who is asked too much is not asked again: {asked:?}");
    assert_eq!(asked.iter().filter(|one| one.ends_with(" /round")).count(), 6, "redirects are bounded");
    assert_eq!(server.now.lock().expect("whole").1, 1, "one at a time");
    assert_eq!(links::read(state.path()).expect("read").len(), urls.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_alive_is_not_asked_again_soon() {
    let (server, state) = (Server::default(), TempDir::new().expect("a folder"));
    let address = server.start().await;
    let urls = ["/ok", "/gone"].map(|path| format!("http://{address}{path}"));
    let first = check(&urls, state.path(), 24).await;
    let once = server.asked().len();
    let again = check(&urls, state.path(), 24).await;
    assert_eq!(again[&urls[0]], first[&urls[0]]);
    assert!(server.asked()[once..].iter().all(|one| one.ends_with(" /gone")), "{:?}", server.asked());
    check(&urls, state.path(), 0).await;
    assert!(server.asked()[once..].contains(&"HEAD /ok".to_owned()), "asked all the same");
    // What nobody names any more is forgotten.
    assert_eq!(check(&urls[1..], state.path(), 24).await.len(), 1);
    fs::write(state.path().join(links::FILE), "{").expect("written");
    let all = urls.iter().cloned().collect();
    let broken = links::check(&all, state.path(), 24, "rcp-bot-test", pace()).await.expect_err("it cannot be read");
    assert!(broken.to_string().contains(links::FILE), "{broken}");
}

#[test]
fn every_address_of_the_catalogue_is_asked() {
    let addresses = links::addresses(&Files::built_in());
    assert!(addresses.contains_key("http://apcprocess.net"));
    for (url, files) in &addresses {
        assert!(!files.is_empty() && url::Url::parse(url).is_ok(), "{url}");
    }
    let text: String =
        Files::built_in().0.values().map(|content| String::from_utf8_lossy(content).into_owned()).collect();
    assert!(text.matches("url = \"http").count() > 0 && addresses.len() > 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_asks_and_tells() {
    let (server, root) = (Server::default(), TempDir::new().expect("a folder"));
    let address = server.start().await;
    let catalogue = small::catalogue("r1", 2);
    let with = |files: &Files, path: &str| {
        let change = |content: &Vec<u8>| {
            let text = String::from_utf8_lossy(content).into_owned();
            text.replace("https://www.iom.int/", &format!("http://{address}{path}?")).into_bytes()
        };
        Files(files.0.iter().map(|(path, content)| (path.clone(), change(content))).collect())
    };
    let data = root.path().join("data");
    let program = |arguments: &[&str]| {
        let setup = Setup::new(&["--state"]).arg(root.path().join("state").to_str().expect("text")).arg("check");
        let setup = arguments.iter().fold(setup, |setup, argument| setup.arg(argument));
        setup.data(&data).env("RCP_LINKS__PAUSE", "0")
    };
    small::write(&data, &with(&catalogue, "/gone"));
    let told: Finished = program(&["--links"]).finish().await;
    assert_eq!(told.code, Some(0), "an address that is gone is no error of the catalogue: {}", told.stderr);
    for part in [
        format!("gone 404: http://{address}/gone?p1 (processes/p1.toml"),
        format!("unencrypted: http://{address}/gone?p1"),
        " 0 alive, ".to_owned(),
    ] {
        assert!(told.stdout.contains(&part), "{part}: {}", told.stdout);
    }
    small::write(&data, &with(&catalogue, "/ok"));
    let told = program(&["--links", "--format", "json"]).finish().await;
    let json: serde_json::Value = serde_json::from_str(&told.stdout).expect("JSON");
    assert!(json["links"].as_array().expect("a list").iter().all(|link| link["state"] == "alive"), "{json:#}");
    let asked = server.asked().len();
    assert!(program(&["--links"]).finish().await.stdout.contains(" 0 gone, 0 silent"));
    assert_eq!(server.asked().len(), asked, "nothing is asked again");
    // Nothing leaves a machine on which Discord is a local one.
    let refused = program(&["--links", "--alive-for", "0"]).env("DISCORD_API_URL", "http://127.0.0.1:9").finish().await;
    assert_eq!((refused.code, server.asked().len()), (Some(1), asked), "{}", refused.stderr);
    assert!(refused.stderr.contains("DISCORD_API_URL"), "{}", refused.stderr);
}
