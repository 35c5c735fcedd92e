use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{JudgeArgs, ProjectArgs, ReadArgs};

/// `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The draft; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what became of this line: which rules looked at it, and why they spoke or kept silent
    #[arg(long, value_name = "LINE")]
    why: Option<usize>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = InspectFormat::Full)]
    output_format: InspectFormat,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// Forms of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InspectFormat {
    /// For people
    Full,
    /// One JSON object
    Json,
}
