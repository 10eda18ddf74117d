#!/usr/bin/env bash
# crc-fast 1.10.0 (a Rust crate), checksums; it comes with object_store 0.14 for one of them.
#
# A good guess: a release program that computes one CRC holds the tables of that one, since the linker leaves out what nothing
# calls. Seen: a program of ten lines is some 600 kB larger than the same without it, with link-time optimisation and stripped,
# and nearly all of that are constants: the crate's functions for callers in C are exported (no_mangle), so that they and the
# tables of every kind of CRC stay. Another crate for the same checksum (crc 3.4.0) adds less than a tenth of that.
#
# Needs the Rust toolchain; builds three small programs. Ends with 0 as long as this holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
weigh() {
    local name=$1 dependency=$2 sum=$3
    mkdir -p "$name/src"
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\n%s\n[profile.release]\nlto = "fat"\ncodegen-units = 1\nstrip = "symbols"\n' \
        "$name" "$dependency" >"$name/Cargo.toml"
    printf 'fn main() {\n    let text = std::env::args().next().unwrap_or_default();\n    let sum: u64 = %s;\n    println!("{sum:x}");\n}\n' "$sum" >"$name/src/main.rs"
    (cd "$name" && CARGO_TARGET_DIR="$folder/target" cargo build --quiet --release)
    stat -c %s "$folder/target/release/$name"
}
none=$(weigh none '' 'text.len() as u64')
fast=$(weigh fast 'crc-fast = "=1.10.0"' 'crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, text.as_bytes())')
plain=$(weigh plain 'crc = "=3.4.0"' 'crc::Crc::<u64>::new(&crc::CRC_64_NVME).checksum(text.as_bytes())')
echo "bytes more than a program without a checksum: crc-fast $((fast - none)), crc $((plain - none))"
((fast - none > 400000))
((plain - none < (fast - none) / 10))
