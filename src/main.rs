//! The program: hands arguments and streams to the command line, and its verdict to the shell.

use std::process::ExitCode;
use std::{env, io};

use sellerlint::cli::{self, Streams};

fn main() -> ExitCode {
    let streams = Streams { input: io::stdin(), output: io::stdout(), errors: io::stderr() };
    cli::run(env::args_os(), streams).into()
}
