//! From the start of the process to what people can see.

use std::io::BufRead as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::programs::{BOT, DATA, Line, Running};
use super::table::{Table, median};

/// Starts everything so many times.
pub async fn measure(rounds: usize) -> Table {
    let (mut ready, mut pages, mut commands) = (Vec::new(), Vec::new(), Vec::new());
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    for _ in 0..rounds {
        let (_, ours) = Line::ours().await;
        let (_, floor) = Line::floor(&Value::Null).await;
        ready.push([ours, floor].map(millis));
        let (page, command) = playground().await;
        pages.push(millis(page));
        commands.push(millis(command));
    }
    let mut table = Table::of_pairs();
    table.pairs("start to READY", &ready, " ms", "< 100 ms");
    let mut row = |what: &str, times, wanted: &str| table.alone(what, format!("{:.1} ms", median(times)), wanted);
    row("playground: start to page", pages, "< 200 ms");
    row("playground: start to the commands in it", commands, "–");
    table
}

/// From the start of the process until its page has been fetched, and until the page is told the bot's commands.
async fn playground() -> (Duration, Duration) {
    let client = reqwest::Client::new();
    let mut command = Command::new(BOT);
    command.args(["playground", "--no-open", "--data", DATA]);
    let started = Instant::now();
    let mut program = Running::start(command.env_clear().stderr(Stdio::null()).stdout(Stdio::piped()));
    let mut told = String::new();
    let mut out = program.lines();
    let url = loop {
        told.clear();
        assert!(out.read_line(&mut told).expect("it is read") > 0, "the program tells its address");
        if let Some(url) = told.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")) {
            break url.to_owned();
        }
    };
    let page = client.get(&url).send().await.expect("it is there").text().await.expect("it is text");
    assert!(page.contains("</html>"));
    let page = started.elapsed();
    let events = url.replace("/_page/?", "/_page/api/events?person=0&place=guild&");
    let mut events = client.get(events).send().await.expect("it is there");
    let mut heard = String::new();
    while !heard.contains("\"name\":\"rcp\"") {
        let more = events.chunk().await.expect("the line holds").expect("it does not end");
        heard.push_str(&String::from_utf8_lossy(&more));
    }
    (page, started.elapsed())
}
