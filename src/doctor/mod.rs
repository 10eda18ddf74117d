//! What would keep a start from serving, found without one: each thing that a start needs is tried, and told in a line with
//! its mend. Nothing is published, registered or written that stays.
//!
//! What stands on this machine is tried in `folders`, what Discord knows in `discord`; `line` is how it is told.

mod audit_channel;
mod discord;
mod folders;
mod line;
mod way;

use std::io::{self, ErrorKind};

use crate::settings::Settings;
use crate::transport::endpoint;

pub use line::{Line, Verdict};
pub use way::Way;

/// Tries everything that a start this way needs, and tells what it finds, line by line. Discord and the
/// store of revisions are waited for, for as long as a start would wait for one answer; a Discord that cannot be reached is
/// asked nothing more.
pub async fn examine(settings: &Settings, way: Way, tell: &mut dyn FnMut(Line)) {
    tell(Line::well("settings", format!("can be read; what is tried is a start of rcp-bot {way}")));
    discord::examine(settings, way, tell).await;
    folders::examine(settings, tell).await;
    if way == Way::Serve || settings.http.listen.is_some() {
        tell(match endpoint::listen(&settings.http).await {
            Ok(_) => Line::well("http", format!("{} can be listened on", settings.http.address())),
            Err(error) => {
                let in_use =
                    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse);
                let whose = if in_use { " (which may be a running rcp-bot)" } else { "" };
                Line::error("http", format!("{error:#}{whose}"))
            }
        });
    }
}
