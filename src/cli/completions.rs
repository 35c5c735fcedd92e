use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::args::SellerlintArgs;
use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;

/// `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell that reads them
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script that teaches a shell our commands and options.
pub(super) fn run(args: &CompletionsArgs, console: &mut Console) -> Result<Exit, Stop> {
    let mut command = SellerlintArgs::command();
    let name = command.get_name().to_owned();
    // Written to memory first: the generator takes a closed pipe for a fault.
    let mut script = Vec::new();
    generate(args.shell, &mut command, name, &mut script);
    console.out.write_all(&script)?;
    Ok(Exit::Clean)
}
