use std::path::PathBuf;

use clap::Args;

use crate::report::catalogue;

use super::args::ProjectArgs;
use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;
use super::packs::{all_packs, unknown_rule};

/// `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Name of the rule
    rule: String,
    /// A pack of rules to look into besides the built-in one
    #[arg(long = "pack", value_name = "PATH")]
    packs: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
}

/// Prints the manual of a rule.
pub(super) fn run(args: &ExplainArgs, console: &mut Console) -> Result<Exit, Stop> {
    let packs = all_packs(&args.project, &args.packs)?;
    let pages = || packs.iter().flat_map(|pack| &pack.rules);
    let Some(page) = pages().find(|page| page.id == args.rule) else {
        let known = pages().map(|page| page.id.as_str());
        return Err(unknown_rule(&format!("`{}`", args.rule), &args.rule, known).into());
    };
    catalogue::explain(page, &packs, &mut console.out)?;
    Ok(Exit::Clean)
}
