use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::rule::pack::Page;

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

/// A rule in the JSON list.
#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    title: &'a str,
}

/// Lists every rule.
pub(super) fn run(args: &RulesArgs, console: &mut Console) -> Result<Exit, Stop> {
    let packs = all_packs(&args.project, &args.packs)?;
    let pages: Vec<&Page> = packs.iter().flat_map(|pack| &pack.rules).collect();
    write(&pages, args.output_format, &mut console.out)?;
    Ok(Exit::Clean)
}

fn write(pages: &[&Page], format: ListFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ListFormat::Full => {
            pages.iter().try_for_each(|page| writeln!(out, "{}: {}", page.id, page.rule.title))
        }
        ListFormat::Json => {
            let list: Vec<_> =
                pages.iter().map(|page| RuleJson { id: &page.id, title: &page.rule.title }).collect();
            serde_json::to_writer_pretty(&mut *out, &list)?;
            writeln!(out)
        }
        ListFormat::Markdown => {
            writeln!(out, "| rule | what it finds |\n|---|---|")?;
            pages.iter().try_for_each(|page| writeln!(out, "| `{}` | {} |", page.id, page.rule.title))
        }
    }
}
