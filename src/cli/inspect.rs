use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::document::plain;
use crate::text::Source;

use super::args::{JudgeArgs, ProjectArgs, ReadArgs, WalkArgs};
use super::check::{Draft, plan, read_all};
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::{Bytes, find};
use super::project::Projects;

/// `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The draft; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show this line alone
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

/// A field of a draft, as JSON.
#[derive(Serialize)]
struct FieldJson<'a> {
    field: crate::finding::FieldName,
    text: &'a str,
}

/// Shows the fields of a draft as sellerlint reads them.
pub(super) fn run(args: &InspectArgs, console: &mut Console) -> Result<Exit, Stop> {
    let (_, bytes) = load(args, console)?;
    let source = Source::new(&bytes, args.read.charset);
    let document = plain::read(&source);
    let fields =
        document.blocks.iter().map(|block| FieldJson { field: block.field, text: block.text.text() });
    if args.output_format == InspectFormat::Json {
        let fields: Vec<_> = fields.collect();
        serde_json::to_writer_pretty(&mut console.out, &fields).map_err(std::io::Error::from)?;
        writeln!(console.out)?;
        return Ok(Exit::Clean);
    }
    for FieldJson { field, text } in fields {
        let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        for (number, line) in numbered.filter(|(number, _)| args.why.is_none_or(|why| why == *number)) {
            writeln!(console.out, "{field} {number}: {line}")?;
        }
    }
    Ok(Exit::Clean)
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
