use std::io::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, CommandFactory as _};
use clap_complete::{Shell, generate};

use crate::rule::builtin;
use crate::rule::drafts::templates;

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
    let mut command = with_names(SellerlintArgs::command());
    let name = command.get_name().to_owned();
    // Written to memory first: the generator takes a closed pipe for a fault.
    let mut script = Vec::new();
    generate(args.shell, &mut command, name, &mut script);
    console.out.write_all(&script)?;
    Ok(Exit::Clean)
}

/// The command line with the names of rules, channels and topics as values, which it takes without knowing them: to ask for them at
/// every start would cost more than the start.
fn with_names(command: Command) -> Command {
    let all = builtin::rules();
    let rules: Vec<String> = all.rules.iter().map(|rule| rule.id.clone()).collect();
    let channels: Vec<String> = all.channels.iter().map(|channel| channel.name().to_owned()).collect();
    let topics: Vec<&str> = templates().map(|template| template.topic).collect();
    let named = |command: Command| {
        command.mut_args(|arg| match arg.get_id().as_str() {
            "rule" | "ignore" => arg.value_parser(PossibleValuesParser::new(rules.clone())),
            "channel" => arg.value_parser(PossibleValuesParser::new(channels.clone())),
            "topic" => arg.value_parser(PossibleValuesParser::new(topics.clone())),
            _ => arg,
        })
    };
    named(command).mut_subcommands(named)
}
