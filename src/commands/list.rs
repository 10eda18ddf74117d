//! Every command, once: what Discord registers, what help lists, what the terminal understands and what is dispatched all
//! come from here.

use crate::commands::declaration::{Command, MessageCommand};

/// The root command for everyone.
pub const ROOT: &str = "rcp";

macro_rules! list {
    ($($command:ident { $($view:tt)* })+) => {
        /// Every subcommand of `/rcp`, in the order in which help lists them.
        pub static COMMANDS: &[&Command] = &[$(&crate::commands::$command::COMMAND),+];
    };
}

with_commands!(list);

/// Every command on a message.
pub static MESSAGE_COMMANDS: &[&MessageCommand] = &[&crate::commands::cited::COMMAND];
