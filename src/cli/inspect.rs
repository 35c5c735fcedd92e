use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::lint::Linter;
use crate::report::inspected;
use crate::rule::compile::compile;

use super::args::{JudgeArgs, ProjectArgs, ReadArgs, WalkArgs};
use super::check::{Draft, plan, read_all};
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::{Bytes, find};
use super::packs::all_packs;
use super::project::Projects;

/// `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The draft; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say which patterns were tried on this line, and what stopped them
    #[arg(long, value_name = "LINE")]
    why: Option<usize>,
    /// Show which bytes of the file each part of a text came from
    #[arg(long)]
    bytes: bool,
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

/// Shows a draft as sellerlint reads it or, with `--why`, which patterns were tried on a line.
pub(super) fn run(args: &InspectArgs, console: &mut Console) -> Result<Exit, Stop> {
    let (draft, bytes) = load(args, console)?;
    match args.why {
        Some(line) => why(args, &draft, &bytes, line, console),
        None => show(args, &draft, &bytes, console),
    }
}

fn show(args: &InspectArgs, draft: &Draft, bytes: &[u8], console: &mut Console) -> Result<Exit, Stop> {
    let inspection = draft.linter.inspect(bytes, args.read.charset, &draft.settings);
    match args.output_format {
        InspectFormat::Json => json(&inspection, console)?,
        InspectFormat::Full => inspected::write(&inspection, args.bytes, &mut console.out)?,
    }
    Ok(Exit::Clean)
}

fn why(
    args: &InspectArgs,
    draft: &Draft,
    bytes: &[u8],
    line: usize,
    console: &mut Console,
) -> Result<Exit, Stop> {
    let (rules, legends) = compile(&all_packs(&args.project, &args.judge.packs)?)?;
    let tried = Linter::new(rules).why(bytes, line, &legends, &draft.settings);
    match args.output_format {
        InspectFormat::Json => json(&tried, console)?,
        InspectFormat::Full => inspected::write_tried(line, &tried, &mut console.out)?,
    }
    Ok(Exit::Clean)
}

fn json(value: &impl Serialize, console: &mut Console) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut console.out, value)?;
    writeln!(console.out)
}

/// The draft with its settings and its linter, and its bytes.
fn load(args: &InspectArgs, console: &mut Console) -> Result<(Draft, Vec<u8>), Stop> {
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    let found = find(std::slice::from_ref(&args.file), &args.read, WalkArgs::default(), &mut projects)?;
    if !found.complaints.is_empty() {
        return Err(Stop::Complaints(found.complaints));
    }
    let mut drafts = plan(found.inputs, &args.judge, &mut projects)?;
    let (Some(draft), true) = (drafts.pop(), drafts.is_empty()) else {
        let name = args.file.display();
        return Err(Complaint::error(anyhow::anyhow!("`{name}` is a folder")).help("name one draft").into());
    };
    let bytes = match &draft.input.source {
        Bytes::Stdin => read_all(&mut console.input),
        Bytes::File(path) => fs::read(path),
    };
    let bytes = bytes.map_err(|error| Complaint::unreadable(&draft.input.name, &error))?;
    Ok((draft, bytes))
}
