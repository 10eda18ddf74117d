//! Which start is tried.

use std::fmt;

use clap::ValueEnum;

use crate::settings::{BadSettings, Settings};

/// The way in that is to be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Discord's gateway.
    Run,
    /// Discord's HTTP interactions endpoint.
    Serve,
}

impl Way {
    /// The one that the environment is set for: only the endpoint needs a public key.
    pub fn set() -> Way {
        match Settings::public_key() {
            Err(BadSettings::NoPublicKey) => Way::Run,
            Ok(_) | Err(_) => Way::Serve,
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Way::Run => "run",
            Way::Serve => "serve",
        })
    }
}
