use std::io::Write as _;

use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::schema;

use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;

/// `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// What it describes
    #[arg(value_enum)]
    of: SchemaOf,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    /// sellerlint.toml
    Config,
    /// Files of a pack of rules
    Pack,
    /// The output of `--output-format json`
    Json,
    /// A line of the output of `--output-format jsonl`
    Jsonl,
}

/// Prints a JSON Schema.
pub(super) fn run(args: &SchemaArgs, console: &mut Console) -> Result<Exit, Stop> {
    let schema: Value = match args.of {
        SchemaOf::Config => schema::config(),
        SchemaOf::Pack => schema::pack(),
        SchemaOf::Json => schema::json(),
        SchemaOf::Jsonl => schema::jsonl(),
    };
    writeln!(console.out, "{schema:#}")?;
    Ok(Exit::Clean)
}
