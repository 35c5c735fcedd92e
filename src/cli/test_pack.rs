use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::lint::{Linter, example};

use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;
use super::packs::{read, rules};

/// `test`.
#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Packs to test: TOML files, or folders of them
    #[arg(value_name = "PACK", required = true)]
    packs: Vec<PathBuf>,
}

/// Runs every example of some packs.
pub(super) fn run(args: &TestArgs, console: &mut Console) -> Result<Exit, Stop> {
    let linter = Linter::new(rules(&args.packs)?);
    let mut exit = Exit::Clean;
    for path in &args.packs {
        let pack = read(path)?;
        let outcomes = example::run(&pack, &linter);
        let wrong: Vec<_> = outcomes.iter().filter(|outcome| !outcome.is_right()).collect();
        for outcome in &wrong {
            exit = Exit::Findings;
            writeln!(console.out, "{}, example {}: {}", outcome.rule, outcome.number, outcome.difference())?;
        }
        for lack in example::guard(&pack) {
            writeln!(console.out, "advice: {lack}")?;
        }
        writeln!(console.out, "{} examples, {} wrong", outcomes.len(), wrong.len())?;
    }
    Ok(exit)
}
