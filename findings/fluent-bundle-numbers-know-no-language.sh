#!/usr/bin/env bash
# fluent-bundle 0.16.0 (a Rust crate), Project Fluent's own implementation in Rust.
#
# A good guess, from Fluent's guide and from its JavaScript implementation: a number in a message is written as the language
# of the bundle writes it, NUMBER takes useGrouping, and DATETIME is there. Seen: without add_builtins() NUMBER is an unknown
# function; with it, a French, a Spanish and an English bundle write 1234567.50 alike, with a point and no groups, whatever
# useGrouping says; DATETIME is not there even then. Only minimumFractionDigits is heeded. Who wants "1 234 567,50" sets a
# formatter of their own (FluentBundle::set_formatter) with a crate that knows how languages write numbers.
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
fluent-bundle = "=0.16.0"
unic-langid = "=0.9.6"
TOML
cat >src/main.rs <<'RUST'
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

/// What a message made of this says in a language, and how many errors it had.
fn said(language: &str, builtins: bool, expression: &str) -> (String, usize) {
    let resource = FluentResource::try_new(format!("m = {{ {expression} }}")).unwrap();
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    if builtins {
        bundle.add_builtins().unwrap();
    }
    bundle.add_resource(&resource).unwrap();
    let (mut arguments, mut errors) = (FluentArgs::new(), Vec::new());
    arguments.set("n", 1_234_567.5);
    let pattern = bundle.get_message("m").unwrap().value().unwrap();
    (bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned(), errors.len())
}

fn main() {
    let grouped = "NUMBER($n, useGrouping: \"true\", minimumFractionDigits: 2)";
    for language in ["fr", "es", "en"] {
        let seen = [
            said(language, true, "$n"),
            said(language, true, grouped),
            said(language, false, "NUMBER($n)"),
            said(language, true, "DATETIME($n)"),
        ];
        println!("fluent-bundle 0.16.0, {language}: {seen:?}");
        let texts = seen.clone().map(|(text, _)| text.replace(['\u{2068}', '\u{2069}'], ""));
        assert_eq!(texts, ["1234567.5", "1234567.50", "{NUMBER()}", "{DATETIME()}"]);
        assert_eq!(seen.map(|(_, errors)| errors), [0, 0, 1, 1]);
    }
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo run --quiet
