//! `test PACK`: runs the examples of packs.

use std::io::Write as _;
use std::path::PathBuf;

use crate::lint::{Linter, example};

use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;
use super::packs::{read, rules};

/// Runs every example of some packs.
pub(super) fn run(packs: &[PathBuf], console: &mut Console) -> Result<Exit, Stop> {
    let linter = Linter::new(rules(packs)?);
    let mut exit = Exit::Clean;
    for path in packs {
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
