use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::report::catalogue;

use super::args::ProjectArgs;
use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;
use super::packs::all_packs;

/// `rules`.
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// Form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Full)]
    output_format: ListFormat,
    /// A pack of rules to list besides the built-in one
    #[arg(long = "pack", value_name = "PATH")]
    packs: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
}

/// Forms of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people
    Full,
    /// An array of objects
    Json,
    /// A table for a manual
    Markdown,
}

/// Lists every rule.
pub(super) fn run(args: &RulesArgs, console: &mut Console) -> Result<Exit, Stop> {
    let packs = all_packs(&args.project, &args.packs)?;
    let write = match args.output_format {
        ListFormat::Full => catalogue::list,
        ListFormat::Json => catalogue::json,
        ListFormat::Markdown => catalogue::markdown,
    };
    write(&packs, &mut console.out)?;
    Ok(Exit::Clean)
}
