//! The program: hands over to the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    rcp_bot::cli::main()
}
