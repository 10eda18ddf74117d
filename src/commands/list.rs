//! Every command, once: what Discord registers, what help lists, what the terminal understands and what is dispatched all
//! come from here.

use crate::commands::declaration::Command;
use crate::commands::{about, country, glossary, info, iom, meetings, region, search, secretariats};

/// The root command for everyone.
pub const ROOT: &str = "rcp";

/// Every subcommand of `/rcp`, in the order in which help lists them.
pub static COMMANDS: &[&Command] = &[
    &region::COMMAND,
    &info::COMMAND,
    &country::COMMAND,
    &secretariats::COMMAND,
    &iom::COMMAND,
    &meetings::COMMAND,
    &search::COMMAND,
    &glossary::COMMAND,
    &about::COMMAND,
];
