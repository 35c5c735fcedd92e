//! `check`: judges files and standard input, in order and with bounded memory.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use anyhow::anyhow;

use crate::document::record::RecordKeys;
use crate::lint::{FileReport, Linter, RecordBlock, Settings};
use crate::report::{OutputFormat, Reporter, Style, Summary};
use crate::text::{Charset, Source};

use super::args::{CheckArgs, JudgeArgs, ReadArgs};
use super::beside::beside;
use super::blocks::{BLOCK, Blocks, LONGEST_LINE, Part};
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::fault;
use super::file_type::{is_utf16, looks_binary};
use super::find::{Bytes, Format, Input, find};
use super::packs::Linters;
use super::pool::Pool;
use super::project::Projects;
use super::show_config;

/// Files that are read and judged before the first of them is told.
const FILES_AT_ONCE: usize = 256;

/// Checks what was named, and tells.
pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Stop> {
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    let found = find(&args.paths, &args.read, args.walk, &mut projects)?;
    if args.show_config {
        return show_config::run(&args.judge, found.inputs.first(), &mut projects, console);
    }
    let drafts = plan(found.inputs, &args.judge, &mut projects)?;
    let mut check = Check::begin(args, console, drafts.len())?;
    found.complaints.iter().for_each(|complaint| check.complain(complaint));
    check.all(drafts)?;
    // A hook names single files: what they have no use for, others have.
    if found.has_folder {
        let unused = projects.unused(&check.met_hosts);
        unused.iter().for_each(|complaint| check.complain(complaint));
    }
    check.summary.skipped_files = found.skipped;
    check.finish(found.refused)
}

/// A file to judge, and how.
#[derive(Debug)]
pub(super) struct Draft {
    /// The file.
    pub(super) input: Input,
    /// How it is judged.
    pub(super) settings: Arc<Settings>,
    /// By which rules.
    pub(super) linter: Arc<Linter>,
}

/// Finds out how each file is judged, before any is: a mistake in a configuration or a pack is told first of all.
pub(super) fn plan(
    inputs: Vec<Input>,
    judge: &JudgeArgs,
    projects: &mut Projects,
) -> Result<Vec<Draft>, Stop> {
    let mut linters = Linters::new(judge);
    let mut drafts = Vec::with_capacity(inputs.len());
    for input in inputs {
        let linter = linters.of(projects, input.project)?;
        let settings = projects.settings(input.project, input.overrides.clone());
        drafts.push(Draft { input, settings, linter });
    }
    linters.check_named_rules()?;
    Ok(drafts)
}

/// A check under way.
struct Check<'a> {
    args: &'a CheckArgs,
    keys: RecordKeys,
    console: &'a mut Console,
    reporter: Reporter,
    summary: Summary,
    /// Allowed hosts that some message leads to.
    met_hosts: BTreeSet<String>,
    pool: Pool,
    exit: Exit,
}

impl<'a> Check<'a> {
    fn begin(args: &'a CheckArgs, console: &'a mut Console, files: usize) -> Result<Self, Stop> {
        let style = Style { several_files: files > 1, ..console.style };
        let mut reporter = Reporter::new(args.tell.output_format, style);
        reporter.begin(&mut console.out)?;
        let (summary, pool) = (Summary::default(), Pool::new(args.walk.threads));
        let met_hosts = BTreeSet::new();
        Ok(Self {
            args,
            keys: keys(&args.read),
            console,
            reporter,
            summary,
            met_hosts,
            pool,
            exit: Exit::Clean,
        })
    }

    /// Judges small files many at a time, and each large one in blocks.
    fn all(&mut self, drafts: Vec<Draft>) -> Result<(), Stop> {
        let mut small = Vec::new();
        for draft in drafts {
            if !draft.is_streamed() {
                small.push(draft);
                if small.len() == FILES_AT_ONCE {
                    self.files(std::mem::take(&mut small))?;
                }
                continue;
            }
            self.files(std::mem::take(&mut small))?;
            self.large(&draft)?;
        }
        self.files(small)
    }

    fn files(&mut self, drafts: Vec<Draft>) -> Result<(), Stop> {
        let (read, keys) = (&self.args.read, &self.keys);
        let results = self.pool.map(drafts, |draft| draft.judge_file(read, keys));
        results.into_iter().try_for_each(|result| self.tell(result))
    }

    fn large(&mut self, draft: &Draft) -> Result<(), Stop> {
        let input: Box<dyn Read + Send> = match &draft.input.source {
            Bytes::Stdin => {
                self.invite();
                std::mem::replace(&mut self.console.input, Box::new(io::empty()))
            }
            Bytes::File(path) => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => return self.tell(Err(draft.unreadable(&error))),
            },
        };
        match draft.input.format {
            Format::Records => self.records(draft, input),
            Format::Draft | Format::PerhapsDraft => {
                let result = read_all(input).map_err(|error| draft.unreadable(&error));
                let result = result.and_then(|bytes| draft.judge(&bytes, &self.args.read, &self.keys));
                self.tell(result)
            }
        }
    }

    /// Judges a few blocks at a time, so that memory does not grow with the file.
    fn records(&mut self, draft: &Draft, input: Box<dyn Read + Send>) -> Result<(), Stop> {
        let mut blocks = match utf8(input, self.args.read.charset) {
            Ok(input) => Blocks::new(input),
            Err(error) => return self.tell(Err(draft.unreadable(&error))),
        };
        // A file without records was read all the same.
        self.tell(Ok(FileReport { path: draft.input.name.clone(), messages: Vec::new() }))?;
        let at_once = self.pool.threads().saturating_mul(2);
        loop {
            let (parts, ended) = take_parts(&mut blocks, at_once);
            let keys = &self.keys;
            let results = self.pool.map(parts, |part| draft.judge_part(&part, keys));
            results.into_iter().try_for_each(|result| self.tell(result))?;
            match ended {
                Ok(false) => {}
                Ok(true) => return Ok(()),
                Err(error) => return self.tell(Err(draft.unreadable(&error))),
            }
        }
    }

    fn tell(&mut self, result: Result<FileReport, Complaint>) -> Result<(), Stop> {
        let report = match result {
            Ok(report) => report,
            Err(complaint) => {
                self.complain(&complaint);
                return Ok(());
            }
        };
        self.summary.add(&report);
        self.met_hosts
            .extend(report.messages.iter().flat_map(|message| message.allowed_hosts.iter().cloned()));
        let counts = report.worst().is_some_and(|worst| worst >= self.args.tell.fail_on);
        if counts && !self.args.tell.exit_zero {
            self.exit = self.exit.max(Exit::Findings);
        }
        Ok(self.reporter.file(&report, &mut self.console.out)?)
    }

    fn complain(&mut self, complaint: &Complaint) {
        if complaint.is_error() {
            self.exit = Exit::Failure;
            self.summary.unreadable_files += 1;
        }
        self.console.complain(complaint);
    }

    /// Tells somebody at a terminal that it is their turn.
    fn invite(&mut self) {
        if self.console.is_typed {
            let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
            let text = format!("Paste the message here, then press Enter and {end}.\n");
            self.console.say(text.as_bytes());
        }
    }

    /// Tells the summary. `refused`: paths that were left out because `--force-exclude` asked for it, which is as good as
    /// having checked them.
    fn finish(mut self, refused: usize) -> Result<Exit, Stop> {
        if self.summary.messages == 0 && !self.args.paths.is_empty() && refused == 0 {
            if self.exit != Exit::Failure {
                self.console.complain(&nothing_checked(self.summary.skipped_files));
            }
            self.exit = self.exit.max(Exit::NothingChecked);
        }
        let is_without_summary = self.args.tell.quiet && self.args.tell.output_format == OutputFormat::Full;
        if !is_without_summary {
            self.reporter.finish(&self.summary, &mut self.console.out)?;
        }
        Ok(self.exit)
    }
}

impl Draft {
    /// Whether it is read bit by bit: standard input, and records that are more than a block, or come through a pipe,
    /// whose length nobody knows.
    fn is_streamed(&self) -> bool {
        let is_large = |file: fs::Metadata| !file.is_file() || file.len() > BLOCK as u64;
        match &self.input.source {
            Bytes::Stdin => true,
            Bytes::File(path) => {
                self.input.format == Format::Records && fs::metadata(path).is_ok_and(is_large)
            }
        }
    }

    fn judge_file(&self, read: &ReadArgs, keys: &RecordKeys) -> Result<FileReport, Complaint> {
        let Bytes::File(path) = &self.input.source else { return Ok(FileReport::default()) };
        let bytes = fs::read(path).map_err(|error| self.unreadable(&error))?;
        self.judge(&bytes, read, keys)
    }

    /// Judges a whole file.
    fn judge(&self, bytes: &[u8], read: &ReadArgs, keys: &RecordKeys) -> Result<FileReport, Complaint> {
        let name = &self.input.name;
        match self.input.format {
            Format::PerhapsDraft if looks_binary(bytes) => {
                let complaint = Complaint::error(anyhow!("`{name}` is no text"));
                Err(complaint.help("save the message as plain text (.txt) and check that"))
            }
            Format::Draft | Format::PerhapsDraft => {
                let beside = self.input.source.path().map(beside);
                let found = |name: &str| beside.as_ref().and_then(|beside| beside(name));
                self.guarded(|| {
                    self.linter.lint_text_beside(name, bytes, read.charset, &self.settings, &found)
                })
            }
            Format::Records => {
                let decoded = decoded(bytes, read.charset);
                let bytes = decoded.as_deref().map_or(bytes, str::as_bytes);
                self.judge_block(RecordBlock { bytes, offset: 0, first_line: 1, first_record: 1 }, keys)
            }
        }
    }

    fn judge_part(&self, part: &Part, keys: &RecordKeys) -> Result<FileReport, Complaint> {
        match part {
            Part::Lines(lines) => self.judge_block(lines.block(), keys),
            Part::TooLong(line) => {
                let name = &self.input.name;
                let most = LONGEST_LINE >> 20;
                let complaint =
                    Complaint::error(anyhow!("`{name}:{line}` is a line of more than {most} MiB"));
                Err(complaint.help("it was left out; a record is one line, and one message"))
            }
        }
    }

    fn judge_block(&self, block: RecordBlock<'_>, keys: &RecordKeys) -> Result<FileReport, Complaint> {
        self.guarded(|| self.linter.lint_records(&self.input.name, block, keys, &self.settings))
    }

    /// A fault in sellerlint costs one file and not the run.
    fn guarded(&self, judge: impl FnOnce() -> FileReport) -> Result<FileReport, Complaint> {
        catch_unwind(AssertUnwindSafe(judge)).map_err(|_| fault(&format!("`{}`", self.input.name)))
    }

    fn unreadable(&self, error: &io::Error) -> Complaint {
        Complaint::unreadable(&self.input.name, error)
    }
}

/// Reads until the end.
pub(super) fn read_all(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The fields that hold subject and body.
pub(super) fn keys(read: &ReadArgs) -> RecordKeys {
    RecordKeys { body: read.body_field.clone(), subject: read.subject_field.clone() }
}

/// The next blocks, as many as there are threads to work on them or as many bytes as so many blocks have, and whether
/// the file has ended.
fn take_parts<R: Read>(blocks: &mut Blocks<R>, most: usize) -> (Vec<Part>, io::Result<bool>) {
    let mut parts = Vec::new();
    let mut bytes = 0;
    while parts.len() < most && bytes < most.saturating_mul(BLOCK) {
        match blocks.next() {
            Ok(Some(part)) => {
                bytes += if let Part::Lines(lines) = &part { lines.len() } else { 0 };
                parts.push(part);
            }
            Ok(None) => return (parts, Ok(true)),
            Err(error) => return (parts, Err(error)),
        }
    }
    (parts, Ok(false))
}

/// The same file in UTF-8. What is in UTF-8 already is not read ahead of its time; UTF-16 and what was declared
/// otherwise is decoded as a whole.
fn utf8(mut input: Box<dyn Read + Send>, declared: Option<Charset>) -> io::Result<Box<dyn Read + Send>> {
    let mut bytes = read_all(input.by_ref().take(1 << 12))?;
    if decoded(&bytes, declared).is_none() {
        return Ok(Box::new(Cursor::new(bytes).chain(input)));
    }
    input.read_to_end(&mut bytes)?;
    Ok(match decoded(&bytes, declared) {
        Some(text) => Box::new(Cursor::new(text)),
        None => Box::new(Cursor::new(bytes)),
    })
}

/// The text of records that are not in UTF-8.
fn decoded(bytes: &[u8], declared: Option<Charset>) -> Option<String> {
    let charset = Charset::of(&bytes[..bytes.len().min(1 << 12)], declared);
    let is_other = if declared.is_some() { !charset.is_utf8() } else { is_utf16(charset) };
    is_other.then(|| Source::new(bytes, declared.or(Some(charset))).text().text().to_owned())
}

fn nothing_checked(skipped: usize) -> Complaint {
    let complaint = Complaint::warning("nothing was checked");
    let types = "in folders, files that end in .txt, .jsonl or .ndjson are read";
    match skipped {
        0 => complaint.help(types),
        1 => complaint.help(format!("{types}; 1 other file was left out")),
        _ => complaint.help(format!("{types}; {skipped} other files were left out")),
    }
}
