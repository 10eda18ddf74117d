#!/usr/bin/env bash
# toml_edit 0.25.18 (a Rust crate), "a format-preserving TOML parser".
#
# A good guess: what is parsed and written back without a change is the same to the byte. Seen: comments, blanks and quotes are,
# but CR LF becomes LF, except within multi-line strings: a file that somebody keeps in Windows has both kinds of line ends
# afterwards, and is shown as changed on every line after one value was set. The byte order mark at its head is gone. Who edits
# people's files must put the line ends back, and look at strings meanwhile.
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
toml_edit = "=0.25.18"
TOML
cat >src/main.rs <<'RUST'
fn main() {
    let before = "\u{feff}# kept\r\na  =  'b'   # kept\r\n\r\nc = \"\"\"\r\none\r\ntwo\"\"\"\r\n";
    let parsed: toml_edit::DocumentMut = before.parse().expect("TOML");
    let after = parsed.to_string();
    println!("before {before:?}\nafter  {after:?}");
    assert_eq!(after, "# kept\na  =  'b'   # kept\n\nc = \"\"\"\r\none\r\ntwo\"\"\"\n");
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo run --quiet
