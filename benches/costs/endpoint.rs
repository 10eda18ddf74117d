//! The HTTP interactions endpoint: requests per second, and how long each takes.

use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use data_encoding::HEXLOWER_PERMISSIVE;
use ed25519_dalek::ed25519::signature::MultipartVerifier as _;
use ed25519_dalek::{Signature, Signer};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use rcp_bot::catalogue::Language;
use rcp_bot::snapshot::Snapshot;
use serde_json::{Value, json};
use serenity::interactions_endpoint::Verifier;
use tokio::net::{TcpListener, TcpStream};

use super::number;
use super::programs::{
    Running, bot, constant, discord, floor as program, free_port, hex, key, percentile, question, wait_for,
};
use super::support::today;
use super::table::Table;

/// How many connections Discord is given to the endpoint.
const CONNECTIONS: usize = 16;

/// How many different questions are asked where no answer has been made before.
const DIFFERENT: usize = 1_000;

/// With what a floor verifies.
#[derive(Clone, Copy)]
pub enum Verifying {
    WithSerenity,
    AsWeDo,
}

/// A handler that verifies the signature and answers a constant.
pub async fn floor(with: Verifying) {
    let serenitys = Verifier::try_new(*key().verifying_key().as_bytes()).expect("a key");
    let ours = key().verifying_key();
    let verifier: Arc<Verify> = Arc::new(move |signature: &str, time: &str, body: &[u8]| match with {
        Verifying::WithSerenity => serenitys.verify(signature, time, body).is_ok(),
        Verifying::AsWeDo => {
            let signature = HEXLOWER_PERMISSIVE.decode(signature.as_bytes()).ok();
            let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
            signature.is_some_and(|signature| ours.multipart_verify(&[time.as_bytes(), body], &signature).is_ok())
        }
    });
    let answer = Bytes::from(serde_json::to_vec(&constant()).expect("JSON"));
    let handler = move |headers: HeaderMap, body: Bytes| {
        let (verifier, answer) = (Arc::clone(&verifier), answer.clone());
        async move { bare_answer(&*verifier, &headers, &body, answer) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("an address"));
    axum::serve(listener, Router::new().route("/interactions", post(handler))).await.expect("it serves");
}

/// Whether a signature is that of a time and a body.
type Verify = dyn Fn(&str, &str, &[u8]) -> bool + Send + Sync;

fn bare_answer(verifier: &Verify, headers: &HeaderMap, body: &[u8], answer: Bytes) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !verifier(text("x-signature-ed25519"), text("x-signature-timestamp"), body) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    ([("content-type", "application/json")], answer).into_response()
}

/// Measures so many pairs of rounds.
pub async fn measure(rounds: usize) -> Table {
    let (discord, state) = discord().await;
    let question = question(&discord).json().expect("a question");
    let ours = free_port();
    let _ours = Running::start(bot("serve", &discord, state.path()).env("RCP_HTTP__LISTEN", ours.to_string()));
    wait_for(ours).await;
    // Asked once: an interaction that comes again is not answered again.
    let constant = answer(ours, &question).await;
    let mut bare = Running::start(program("endpoint", &constant).stdout(Stdio::piped()));
    let floor = bare.first_line().parse().expect("an address");
    let requests = number("RCP_BENCH_REQUESTS", 4_000);
    let mut next = 1;
    let (size, figures) = in_pairs([ours, floor], rounds, || {
        next += requests as u64;
        signed(std::iter::repeat_n(&question, requests), next)
    })
    .await;
    let what = format!("endpoint, {CONNECTIONS} connections, answers of {size} bytes");
    let mut table = Table::of_pairs();
    let [rate, middle, slowest] = figures;
    table.pairs(&format!("{what}: requests per second"), &rate, "", "≥ 0.9");
    table.pairs("endpoint: p50", &middle, " µs", "–");
    table.pairs("endpoint: p99", &slowest, " µs", "–");
    let mut bare = Running::start(program("endpoint-as-ours", &constant).stdout(Stdio::piped()));
    let floor = bare.first_line().parse().expect("an address");
    let different = different(&question);
    let mut cold = Vec::new();
    for round in 0..=rounds {
        // A bot that has answered nothing yet.
        let fresh = free_port();
        let _fresh = Running::start(bot("serve", &discord, state.path()).env("RCP_HTTP__LISTEN", fresh.to_string()));
        wait_for(fresh).await;
        let mut pair = [0.0; 2];
        for turn in 0..2 {
            let side = (turn + round) % 2;
            next += DIFFERENT as u64;
            let (_, all, _) = post_all([fresh, floor][side], signed(&different, next)).await;
            pair[side] = DIFFERENT as f64 / all.as_secs_f64();
        }
        if round > 0 {
            cold.push(pair);
        }
    }
    let what = "different questions, the floor verifying as we do: requests per second";
    table.pairs(&format!("endpoint, {DIFFERENT} {what}, none asked before"), &cold, "", "≥ 0.9");
    let (_, [rate, ..]) = in_pairs([ours, floor], rounds, || {
        next += DIFFERENT as u64;
        signed(&different, next)
    })
    .await;
    table.pairs(&format!("endpoint, {DIFFERENT} {what}, asked again and again"), &rate, "", "≥ 0.9");
    table
}

/// Rounds of both sides in turn: requests per second, and how long each took at the middle and at the worst of a hundred, in
/// microseconds; and how long our answer was.
async fn in_pairs(
    sides: [SocketAddr; 2],
    rounds: usize,
    mut requests: impl FnMut() -> Vec<hyper::Request<Full<Bytes>>>,
) -> (usize, [Vec<[f64; 2]>; 3]) {
    let mut size = 0;
    let mut figures = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..=rounds {
        let mut pair = [[0.0; 3]; 2];
        // Who goes first alternates too.
        for turn in 0..2 {
            let side = (turn + round) % 2;
            let signed = requests();
            let count = signed.len() as f64;
            let (mut times, all, last) = post_all(sides[side], signed).await;
            if side == 0 {
                size = last;
            }
            pair[side] = [count / all.as_secs_f64(), percentile(&mut times, 0.5), percentile(&mut times, 0.99)];
        }
        // The first round warms up.
        if round > 0 {
            for (place, figure) in figures.iter_mut().enumerate() {
                figure.push(pair.map(|side| side[place]));
            }
        }
    }
    (size, figures)
}

/// Questions of which no two are alike: for processes, terms, organisations and countries by their names, in three languages.
fn different(question: &Value) -> Vec<Value> {
    let (_, snapshot, _) = Snapshot::read(None, today());
    let catalogue = snapshot.expect("the shipped catalogue is good").catalogue;
    let processes = catalogue
        .processes
        .iter()
        .map(|one| ("info", "processus", Language::ALL.map(|language| one.name.get(language))));
    let terms = catalogue
        .glossary
        .terms
        .iter()
        .map(|one| ("glossaire", "terme", Language::ALL.map(|language| one.name.get(language))));
    let countries =
        catalogue.countries.iter().map(|one| ("pays", "pays", Language::ALL.map(|language| one.name.get(language))));
    let organisations = catalogue.organisations.iter();
    let organisations =
        organisations.map(|one| ("secretariats", "organisation", Language::ALL.map(|language| one.name.get(language))));
    let all = processes.chain(terms).chain(organisations).chain(countries).flat_map(|(command, option, names)| {
        Language::ALL.into_iter().zip(names).map(move |(language, name)| {
            let mut different = question.clone();
            different["locale"] = json!(language.code());
            let asked = json!([{ "type": 3, "name": option, "value": name }]);
            different["data"]["options"] = json!([{ "type": 1, "name": command, "options": asked }]);
            different
        })
    });
    let all: Vec<Value> = all.take(DIFFERENT).collect();
    assert_eq!(all.len(), DIFFERENT, "the catalogue has as much to ask for");
    all
}

/// What the bot answers.
async fn answer(address: SocketAddr, question: &Value) -> Value {
    let (head, body) = signed([question], 0).remove(0).into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let request = reqwest::Client::new().post(format!("http://{address}/interactions")).headers(head.headers);
    request.body(body).send().await.expect("an answer").json().await.expect("JSON")
}

/// Signed requests, each with an id of its own from `first` on.
fn signed<'q>(questions: impl IntoIterator<Item = &'q Value>, first: u64) -> Vec<hyper::Request<Full<Bytes>>> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is right").as_secs().to_string();
    let request = |(question, number): (&Value, u64)| {
        let mut question = question.clone();
        question["id"] = json!((1_200_000_000_000_000_000 + number).to_string());
        let body = question.to_string();
        let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
        hyper::Request::post("/interactions")
            .header("host", "localhost")
            .header("content-type", "application/json")
            .header("x-signature-ed25519", signature)
            .header("x-signature-timestamp", &time)
            .body(Full::new(Bytes::from(body)))
            .expect("a request")
    };
    questions.into_iter().zip(first..).map(request).collect()
}

/// Sends the requests over a few connections as fast as they are answered; the time of each, and of all, and the size of
/// an answer.
async fn post_all(address: SocketAddr, requests: Vec<hyper::Request<Full<Bytes>>>) -> (Vec<Duration>, Duration, usize) {
    let mut shares: Vec<Vec<_>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    requests.into_iter().enumerate().for_each(|(place, request)| shares[place % CONNECTIONS].push(request));
    let mut senders = Vec::new();
    for _ in 0..CONNECTIONS {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        senders.push(sender);
    }
    let started = Instant::now();
    let tasks: Vec<_> = senders
        .into_iter()
        .zip(shares)
        .map(|(mut sender, share)| {
            tokio::spawn(async move {
                let (mut times, mut size) = (Vec::with_capacity(share.len()), 0);
                for request in share {
                    let sent = Instant::now();
                    let response = sender.send_request(request).await.expect("an answer");
                    assert_eq!(response.status(), 200);
                    size = response.into_body().collect().await.expect("a body").to_bytes().len();
                    times.push(sent.elapsed());
                }
                (times, size)
            })
        })
        .collect();
    let (mut times, mut size) = (Vec::new(), 0);
    for task in tasks {
        let (share, last) = task.await.expect("no panic");
        times.extend(share);
        size = last;
    }
    (times, started.elapsed(), size)
}
