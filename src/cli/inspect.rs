use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::document::ReadAs;
use crate::lint::Linter;
use crate::lint::inspect::Why;
use crate::report::inspected;
use crate::rule::compile::compile;
use crate::text::Source;

use super::args::{JudgeArgs, ProjectArgs, ReadArgs, WalkArgs, at_least_one};
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
    /// Which message of a file of many, counted from 1
    #[arg(long, value_name = "N", value_parser = at_least_one(), default_value = "1")]
    record: usize,
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

/// Shows a message as sellerlint reads it or, with `--why`, which patterns were tried on a line.
pub(super) fn run(args: &InspectArgs, console: &mut Console) -> Result<Exit, Stop> {
    let (draft, bytes) = load(args, console)?;
    let reading = draft.reading(&bytes)?;
    let is_there = match args.why {
        Some(line) => why(args, &draft, &bytes, &reading, line, console)?,
        None => show(args, &draft, &bytes, &reading, console)?,
    };
    if is_there {
        return Ok(Exit::Clean);
    }
    let (name, number) = (&draft.input.name, args.record);
    let complaint = Complaint::error(anyhow::anyhow!("there is no message {number} in `{name}`"));
    Err(complaint.help("messages are counted from 1; a file of one has no other").into())
}

fn show(
    args: &InspectArgs,
    draft: &Draft,
    bytes: &[u8],
    reading: &ReadAs,
    console: &mut Console,
) -> io::Result<bool> {
    let inspection = draft.linter.inspect(bytes, reading, args.record, &draft.settings);
    let Some(inspection) = inspection else { return Ok(false) };
    match args.output_format {
        InspectFormat::Json => json(&inspection, console)?,
        InspectFormat::Full => inspected::write(&inspection, args.bytes, &mut console.out)?,
    }
    Ok(true)
}

fn why(
    args: &InspectArgs,
    draft: &Draft,
    bytes: &[u8],
    reading: &ReadAs,
    line: usize,
    console: &mut Console,
) -> Result<bool, Stop> {
    let last = Source::new(bytes, reading.charset).text().text().lines().count().max(1);
    if line > last {
        let name = &draft.input.name;
        let complaint =
            Complaint::error(anyhow::anyhow!("there is no line {line} in `{name}`: {last} is the last"));
        return Err(complaint.help("lines are counted as editors do, from 1, with the front matter").into());
    }
    let (rules, legends) = compile(&all_packs(&args.project, &args.judge.packs)?)?;
    let tried = Linter::new(rules).why(bytes, reading, args.record, line, &legends, &draft.settings);
    let Some(Why { tried, left }) = tried else { return Ok(false) };
    match args.output_format {
        InspectFormat::Json => json(&tried, console)?,
        InspectFormat::Full => inspected::write_tried(line, &tried, &mut console.out)?,
    }
    if left > 0 {
        let told = format!("line {line} goes on: {left} more sentences in it were not looked at");
        console.complain(
            &Complaint::note(told).help("put the words that you wonder about on a line of their own"),
        );
    }
    Ok(true)
}

fn json(value: &impl Serialize, console: &mut Console) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut console.out, value)?;
    writeln!(console.out)
}

/// The draft with its settings and its linter, and its bytes.
fn load(args: &InspectArgs, console: &mut Console) -> Result<(Draft, Vec<u8>), Stop> {
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    let found = find(std::slice::from_ref(&args.file), None, &args.read, WalkArgs::default(), &mut projects)?;
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
        source => source.read(),
    };
    let bytes = bytes.map_err(|error| Complaint::unreadable(&draft.input.name, &error))?;
    Ok((draft, bytes))
}
