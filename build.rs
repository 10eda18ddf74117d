//! How a release is linked: the list of the addresses that the loader fills in (1.9 MB, all of which it reads at every
//! start) is packed, to a thirtieth. The C library's loader understands that from 2.36 on (2022); where the one of this
//! machine is older or another, or another machine is built for, nothing is packed.

use std::env;
use std::process::Command;

/// The first version of GNU's C library whose loader reads packed lists.
const PACKED_FROM: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    let here = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if here && gnu && is("PROFILE", "release") && library().is_some_and(|version| version >= PACKED_FROM) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this machine's C library, if it is GNU's.
fn library() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?.stdout;
    let told = String::from_utf8(told).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
