#!/usr/bin/env bash
# toml 1.2.1 and serde 1 (Rust crates).
#
# A good guess: a date that somebody wrote without quotes where a text is wanted is told as a date. Seen: the error says
# "invalid type: map, expected a string", although nothing in the file looks like a map: serde has no dates, so toml hands
# one on as a map with one private key. Behind an untagged enum, the usual way to take "a text or a list", not even that is
# left: "data did not match any variant". Who wants to tell people of their date reads the value as toml::Value first.
#
# Needs the Rust toolchain. Ends with 0 as long as this holds.
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
serde = { version = "=1.0.228", features = ["derive"] }
toml = "=1.2.1"
TOML
cat >src/main.rs <<'RUST'
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Text {
    since: String,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Either {
    since: TextOrList,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum TextOrList {
    Text(String),
    List(Vec<String>),
}

fn main() {
    let file = "since = 2026-11-27\n";
    let text = toml::from_str::<Text>(file).unwrap_err();
    let either = toml::from_str::<Either>(file).unwrap_err();
    println!("toml 1.2.1: a date where a text is wanted: {}", text.message());
    println!("toml 1.2.1: where a text or a list is wanted: {}", either.message());
    assert_eq!(text.message(), "invalid type: map, expected a string");
    assert!(either.message().starts_with("data did not match any variant"));
    let value = file.parse::<toml::Table>().unwrap();
    println!("toml 1.2.1: as a value of its own: {:?}", value["since"].type_str());
    assert!(value["since"].is_datetime());
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo run --quiet
