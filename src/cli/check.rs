//! `check`: judges files and standard input, in order and with bounded memory.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use anyhow::anyhow;

use crate::document::records::table::TableError;
use crate::document::records::{self, Opened, Records};
use crate::document::{Format, ReadAs, RecordFormat, tree};
use crate::fix::Applicability;
use crate::lint::repair::repair;
use crate::lint::{FileReport, Linter, MASK, Settings};
use crate::report::{Manual, Style, Summary};
use crate::text::Source;

use super::allows::{Allows, Faults};
use super::args::{CheckArgs, JudgeArgs, WalkArgs};
use super::baselines::Baselines;
use super::beside::beside;
use super::blocks::{BLOCK, Blocks, Part, open};
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::fault;
use super::find::{Bytes, Input, find};
use super::how::SAMPLE;
use super::mend::{Mended, Mending};
use super::outputs::Outputs;
use super::packs::{self, Linters};
use super::pool::Pool;
use super::progress::Progress;
use super::project::{ProjectId, Projects};
use super::selection::{IfEmpty, Selection};
use super::show_config;
use super::spared::{leave_out_reports, refuse_over_others};
use super::verbose;

/// Files that are read and judged before the first of them is told.
const FILES_AT_ONCE: usize = 256;

/// Bytes of a file of records that are too many to be read at once.
const STREAMED: u64 = 1 << 18;

/// Blocks of records that each thread is given before the first of them is told.
const BLOCKS_AT_ONCE: usize = 4;

/// Findings of a message that are mended in a round.
const MOST_MENDED: usize = 100_000;

/// Checks what was named, and tells.
pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Stop> {
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    refuse_mended_index(args)?;
    let selection = Selection::asked(&args.select, console)?;
    let if_empty = selection.as_ref().map(|selection| selection.if_empty.clone());
    let walk = WalkArgs { is_noted: args.tell.verbose, ..args.walk };
    let found = find(&args.paths, selection, &args.read, walk, &mut projects)?;
    if args.show_config {
        return show_config::run(args, found.inputs.first(), &mut projects, console);
    }
    projects.keeps_texts = args.tell.output_format.iter().any(|asked| asked.format.shows_texts());
    let configurations: Vec<ProjectId> = found.inputs.iter().map(|input| input.project).collect();
    let mut drafts = plan(found.inputs, &args.judge, &mut projects)?;
    leave_out_reports(args, &mut drafts);
    if args.tell.redact {
        drafts.iter_mut().for_each(|draft| Arc::make_mut(&mut draft.settings).masks_quotes = true);
    }
    let needs_manual =
        args.tell.statistics || args.tell.output_format.iter().any(|asked| asked.format.needs_manual());
    let manual = match needs_manual {
        true => packs::manual(&projects, configurations, &args.judge.packs)?,
        false => Manual::default(),
    };
    if args.tell.verbose {
        verbose::notes(&drafts, &projects, &found.left_out).iter().for_each(|note| console.complain(note));
    }
    let baselines = Baselines::of(&drafts, &args.baseline, &args.judge, &projects, false)?;
    refuse_over_others(args, &drafts, &projects, &baselines)?;
    let mut check = Check::begin(args, console, &Arc::new(manual), &drafts, baselines)?;
    found.complaints.iter().for_each(|complaint| check.complain(complaint));
    check.allows = Allows::of(&drafts);
    check.all(drafts)?;
    // A hook names single files: what they have no use for, others have.
    if !found.folders.is_empty() {
        let unused = projects.unused(&check.met_hosts);
        unused.iter().for_each(|complaint| check.complain(complaint));
        if !args.judge.leaves_out() {
            let hints = check.baselines.hints();
            hints.iter().for_each(|complaint| check.complain(complaint));
        }
    }
    let faults = check.allows.faults(&projects, &found.folders);
    faults.iter().try_for_each(|faults| check.tell_faults(faults))?;
    check.summary.skipped_files = found.skipped;
    check.unwanted = found.unwanted;
    check.finish(found.refused, if_empty.as_ref())
}

/// What is staged cannot be mended: the files would change, and the index would not.
fn refuse_mended_index(args: &CheckArgs) -> Result<(), Complaint> {
    if !args.select.staged || !(args.fix.fix || args.fix.fix_only) {
        return Ok(());
    }
    Err(Complaint::error(anyhow!("`--staged` checks what is in the index, and fixes change files"))
        .help("mend the files with `sellerlint --fix --since HEAD`, look at them, and stage them again"))
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
        let settings = projects.settings(input.project, input.overrides.clone(), input.allows.clone());
        drafts.push(Draft { input, settings, linter });
    }
    linters.check_named_rules()?;
    Ok(drafts)
}

/// A check under way.
pub(super) struct Check<'a> {
    args: &'a CheckArgs,
    console: &'a mut Console,
    outputs: Outputs,
    pub(super) summary: Summary,
    pub(super) baselines: Baselines,
    /// Files and folders that the configuration leaves out.
    pub(super) unwanted: usize,
    /// Allowed hosts that some message leads to.
    met_hosts: BTreeSet<String>,
    allows: Allows,
    pool: Pool,
    progress: Progress,
    mending: Option<Mending>,
    /// Whether it was said that what is left has to be read.
    has_warned: bool,
    /// Whether a mended draft goes to standard output, and the report elsewhere.
    is_out_taken: bool,
    exit: Exit,
}

impl<'a> Check<'a> {
    pub(super) fn begin(
        args: &'a CheckArgs,
        console: &'a mut Console,
        manual: &Arc<Manual>,
        drafts: &[Draft],
        baselines: Baselines,
    ) -> Result<Self, Stop> {
        let mending = Mending::asked(&args.fix);
        let is_typed = |draft: &Draft| matches!(draft.input.source, Bytes::Stdin);
        let is_out_taken = mending.is_some_and(|mending| !mending.is_shown) && drafts.iter().any(is_typed);
        if is_out_taken && drafts.len() > 1 {
            return Err(Complaint::error(anyhow!("`-` is mended alone: what comes out is the draft"))
                .help("mend the files in a run of their own")
                .into());
        }
        let style = Style { several_files: drafts.len() > 1, ..console.screen_style(is_out_taken) };
        let is_told = mending.is_none_or(|mending| !mending.is_shown && !mending.is_silent);
        let asked = if is_told { args.tell.output_format.as_slice() } else { &[] };
        let mut outputs = Outputs::open(asked, style, manual, &args.tell)?;
        outputs.begin(console.screen(is_out_taken))?;
        let is_awaited = console.is_typed && drafts.iter().any(is_typed);
        let is_shown = mending.is_some_and(|mending| mending.is_shown);
        let is_moving = console.is_watched && !args.tell.quiet && !is_awaited && !is_shown;
        Ok(Self {
            args,
            outputs,
            summary: Summary::default(),
            baselines,
            unwanted: 0,
            met_hosts: BTreeSet::new(),
            allows: Allows::default(),
            pool: Pool::new(args.walk.threads),
            progress: Progress::start(drafts.len(), is_moving, style.ascii),
            mending,
            has_warned: false,
            is_out_taken,
            exit: Exit::Clean,
            console,
        })
    }

    /// Judges small files many at a time, and each large one in blocks.
    pub(super) fn all(&mut self, drafts: Vec<Draft>) -> Result<(), Stop> {
        if let Some(mending) = self.mending {
            return self.mend(drafts, mending);
        }
        let mut small = Vec::new();
        for draft in drafts {
            if !draft.is_streamed() {
                small.push(draft);
                continue;
            }
            self.files(std::mem::take(&mut small))?;
            self.large(&draft)?;
            self.progress.file_is_done();
        }
        self.files(small)
    }

    fn files(&mut self, drafts: Vec<Draft>) -> Result<(), Stop> {
        let mut drafts = drafts.into_iter();
        let mut pool = std::mem::take(&mut self.pool);
        let result = pool.stream(
            || drafts.by_ref().take(FILES_AT_ONCE).collect(),
            |draft: Draft| draft.judge_file(),
            |result| {
                self.progress.file_is_done();
                self.tell(result)
            },
        );
        self.pool = pool;
        result
    }

    /// Mends every draft, many at a time.
    fn mend(&mut self, drafts: Vec<Draft>, mending: Mending) -> Result<(), Stop> {
        let (typed, files): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| matches!(draft.input.source, Bytes::Stdin));
        for draft in typed {
            let bytes = read_all(self.typed()).map_err(|error| draft.unreadable(&error));
            let mended = bytes.and_then(|bytes| draft.mend(bytes, mending.least));
            self.tell_mended(&draft, mended, mending, true)?;
        }
        let mut files = files.into_iter();
        let mut pool = std::mem::take(&mut self.pool);
        let result = pool.stream(
            || files.by_ref().take(FILES_AT_ONCE).collect(),
            |draft: Draft| (draft.mend_file(mending), draft),
            |(mended, draft)| {
                self.progress.file_is_done();
                self.tell_mended(&draft, mended, mending, false)
            },
        );
        self.pool = pool;
        result
    }

    fn tell_mended(
        &mut self,
        draft: &Draft,
        mended: Result<Mended, Complaint>,
        mending: Mending,
        is_typed: bool,
    ) -> Result<(), Stop> {
        let mended = match mended {
            Ok(mended) => mended,
            Err(complaint) => return self.tell(Err(complaint)),
        };
        if mending.is_shown {
            self.summary.add(&mended.repaired.report);
            if mended.is_changed() {
                if !self.args.tell.exit_zero {
                    self.exit = self.exit.max(Exit::Findings);
                }
                mended.write_diff(&draft.patch_name(), &mut self.console.out)?;
            }
            return Ok(());
        }
        if is_typed {
            self.console.out.write_all(&mended.repaired.bytes)?;
        }
        if let Some(warning) = mended.warning(&draft.input.name) {
            let is_first = !std::mem::replace(&mut self.has_warned, true);
            let help = "read what is left before you send it";
            self.complain(&if is_first { warning.help(help) } else { warning });
        }
        self.summary.mended += mended.repaired.mended.len();
        self.summary.mended_files += usize::from(mended.is_changed());
        if mending.is_silent {
            self.summary.add(&mended.repaired.report);
            return Ok(());
        }
        self.tell(Ok(mended.repaired.report))
    }

    /// What is handed over on standard input.
    fn typed(&mut self) -> Box<dyn Read + Send> {
        self.invite();
        std::mem::replace(&mut self.console.input, Box::new(io::empty()))
    }

    fn large(&mut self, draft: &Draft) -> Result<(), Stop> {
        let input: Box<dyn Read + Send> = match &draft.input.source {
            Bytes::Stdin => self.typed(),
            Bytes::File(path) => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => return self.tell(Err(draft.unreadable(&error))),
            },
            Bytes::Index { blob, .. } => match blob.read() {
                Ok(bytes) => Box::new(Cursor::new(bytes)),
                Err(error) => return self.tell(Err(draft.unreadable(&error))),
            },
        };
        let (reading, input) = match draft.settled(input) {
            Ok(settled) => settled,
            Err(complaint) => return self.tell(Err(complaint)),
        };
        if let Format::Records(format) = reading.format {
            return self.records(draft, format, &reading, input);
        }
        let result = read_all(input).map_err(|error| draft.unreadable(&error));
        let result = result.and_then(|bytes| draft.judge(&bytes));
        self.tell(result)
    }

    /// Judges a few blocks at a time, so that memory does not grow with the file.
    fn records(
        &mut self,
        draft: &Draft,
        format: RecordFormat,
        reading: &ReadAs,
        input: Box<dyn Read + Send>,
    ) -> Result<(), Stop> {
        let opened = match open(input, format, reading) {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => return self.tell(Err(draft.unusable(&error))),
            Err(error) => return self.tell(Err(draft.unreadable(&error))),
        };
        // A file without records was read all the same.
        self.tell(Ok(FileReport { path: draft.input.name.clone(), messages: Vec::new() }))?;
        let Some((Opened { records, .. }, mut blocks)) = opened else { return Ok(()) };
        let mut pool = std::mem::take(&mut self.pool);
        let at_once = pool.threads().saturating_mul(BLOCKS_AT_ONCE);
        let mut broken = None;
        let result = pool.stream(
            || {
                if broken.is_some() {
                    return Vec::new();
                }
                let (parts, error) = take_parts(&mut blocks, at_once);
                broken = error;
                parts
            },
            |part| draft.judge_part(&part, &records),
            |result| self.tell_part(draft, result),
        );
        self.pool = pool;
        result?;
        broken.map_or(Ok(()), |error| self.tell_part(draft, Err(draft.unreadable(&error))))
    }

    fn tell_part(&mut self, draft: &Draft, result: Result<FileReport, Complaint>) -> Result<(), Stop> {
        if result.is_err() {
            self.baselines.broke(&draft.input.name);
        }
        self.tell(result)
    }

    fn tell(&mut self, result: Result<FileReport, Complaint>) -> Result<(), Stop> {
        let mut report = match result {
            Ok(report) => report,
            Err(complaint) => {
                self.complain(&complaint);
                return Ok(());
            }
        };
        if let Some(complaint) = self.baselines.spend(&mut report) {
            self.complain(&complaint);
        }
        self.summary.add(&report);
        self.allows.add(&report);
        self.met_hosts
            .extend(report.messages.iter().flat_map(|message| message.allowed_hosts.iter().cloned()));
        let counts = report.worst().is_some_and(|worst| worst >= self.args.tell.fail_on);
        if counts && !self.args.tell.exit_zero {
            self.exit = self.exit.max(Exit::Findings);
        }
        let report = if self.args.tell.redact { report.redacted() } else { report };
        self.progress.messages(self.summary.messages);
        let Self { progress, outputs, console, .. } = self;
        let is_shared = progress.is_shown();
        progress.beside(|| {
            outputs.file(&report, console.screen(self.is_out_taken))?;
            // What is only written later would be written beside the line.
            if is_shared { Ok(console.out.flush()?) } else { Ok(()) }
        })
    }

    pub(super) fn complain(&mut self, complaint: &Complaint) {
        if complaint.is_error() {
            self.exit = Exit::Failure;
            self.summary.unread.push(complaint.unread());
        }
        self.progress.beside(|| self.console.complain(complaint));
    }

    /// Tells what is wrong with the allows of a configuration: on standard error, or, where they count like findings, in
    /// the reports, if there are any.
    fn tell_faults(&mut self, faults: &Faults) -> Result<(), Stop> {
        if faults.is_strict {
            let report = faults.linter.allow_faults(&faults.file.path, &faults.file.text, &faults.all);
            if let Some(report) = report.filter(|_| !self.outputs.is_empty()) {
                return self.tell(Ok(report));
            }
            if !self.args.tell.exit_zero {
                self.exit = self.exit.max(Exit::Findings);
            }
        }
        let Self { progress, console, .. } = self;
        progress.beside(|| faults.complaints().iter().for_each(|complaint| console.complain(complaint)));
        Ok(())
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
    /// having checked them. `if_empty`: what to say of a selection without drafts, which is no failure either, unless all of it is missing.
    pub(super) fn finish(mut self, refused: usize, if_empty: Option<&IfEmpty>) -> Result<Exit, Stop> {
        drop(self.progress);
        if let Some(IfEmpty::AllMissing(said)) = if_empty {
            self.console.complain(&all_missing(said));
            self.exit = self.exit.max(Exit::NothingChecked);
        } else if let Some(IfEmpty::Said(if_empty)) = if_empty {
            if self.summary.messages == 0 && self.exit == Exit::Clean && !self.args.tell.quiet {
                self.console.say(format!("Nothing to check: {if_empty}.\n").as_bytes());
            }
        } else if self.summary.messages == 0 && !self.args.paths.is_empty() && refused == 0 {
            if self.exit != Exit::Failure {
                self.console.complain(&nothing_checked(self.summary.skipped_files, self.unwanted));
            }
            self.exit = self.exit.max(Exit::NothingChecked);
        }
        self.outputs.finish(&self.summary, self.console.screen(self.is_out_taken))?;
        Ok(self.exit)
    }
}

impl Draft {
    /// Whether it is read bit by bit: standard input, and what may be records and is a large file, or comes through
    /// a pipe, whose length nobody knows.
    fn is_streamed(&self) -> bool {
        let is_large = |file: fs::Metadata| !file.is_file() || file.len() > STREAMED;
        match &self.input.source {
            Bytes::Stdin => true,
            Bytes::File(path) => {
                self.input.how.has_records() != Some(false) && fs::metadata(path).is_ok_and(is_large)
            }
            // git hands it over whole; judged in blocks, it is at least no more than that.
            Bytes::Index { .. } => self.input.how.has_records() == Some(true),
        }
    }

    /// How it is read, as its beginning shows, and all of it.
    fn settled(
        &self,
        mut input: Box<dyn Read + Send>,
    ) -> Result<(Arc<ReadAs>, Box<dyn Read + Send>), Complaint> {
        let mut start = Vec::new();
        let read = input.by_ref().take(SAMPLE as u64).read_to_end(&mut start);
        read.map_err(|error| self.unreadable(&error))?;
        self.refuse_no_text(&start)?;
        let reading = self.input.how.settled(&start);
        Ok((reading, Box::new(Cursor::new(start).chain(input))))
    }

    fn judge_file(&self) -> Result<FileReport, Complaint> {
        let bytes = self.input.source.read().map_err(|error| self.unreadable(&error))?;
        self.judge(&bytes)
    }

    /// Judges a whole file.
    fn judge(&self, bytes: &[u8]) -> Result<FileReport, Complaint> {
        let reading = self.reading(bytes)?;
        let beside = self.input.source.path().map(beside);
        let found = |name: &str| beside.as_ref().and_then(|beside| beside(name));
        let report = self
            .guarded(|| self.linter.lint_beside(&self.input.name, bytes, &reading, &self.settings, &found))?;
        self.refuse_nothing(&report, bytes, &reading)?;
        Ok(report)
    }

    /// Refuses a file of JSON or YAML in which no text is where messages are said to be: it is not read, and no message.
    fn refuse_nothing(&self, report: &FileReport, bytes: &[u8], reading: &ReadAs) -> Result<(), Complaint> {
        let Format::Tree(format) = reading.format else { return Ok(()) };
        if report.messages.iter().any(|message| message.record.is_some()) {
            return Ok(());
        }
        let source = Source::new(bytes, reading.charset);
        let Some(nothing) = tree::why_nothing(&source, format, reading) else { return Ok(()) };
        let name = &self.input.name;
        let why = if self.settings.masks_quotes { nothing.masked() } else { nothing.message() };
        let line = nothing.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let complaint = Complaint::error(anyhow!("cannot read `{name}`{line}: {why}")).about(name);
        Err(complaint.help("messages are the texts that a path such as `emails.*.body` leads to"))
    }

    /// Mends the bytes of a draft.
    pub(super) fn mend(&self, before: Vec<u8>, least: Applicability) -> Result<Mended, Complaint> {
        let reading = self.reading(&before)?;
        let beside = self.input.source.path().map(beside);
        let found = |name: &str| beside.as_ref().and_then(|beside| beside(name));
        let lint = |bytes: &[u8], settings: &Settings| {
            self.linter.lint_beside(&self.input.name, bytes, &reading, settings, &found)
        };
        // More are mended than a report lists.
        let told = self.settings.max_findings;
        let settings = Settings { max_findings: told.max(MOST_MENDED), ..Settings::clone(&self.settings) };
        let repaired = self.guarded(|| {
            let mut repaired = repair(&before, least, |bytes| lint(bytes, &settings));
            if repaired.report.messages.iter().any(|message| message.findings.len() > told) {
                repaired.report = lint(&repaired.bytes, &self.settings);
            }
            repaired
        })?;
        self.refuse_nothing(&repaired.report, &before, &reading)?;
        Ok(Mended { before, repaired })
    }

    /// How a whole file is read, if it can be.
    pub(super) fn reading(&self, bytes: &[u8]) -> Result<Arc<ReadAs>, Complaint> {
        self.refuse_no_text(bytes)?;
        let reading = self.input.how.settled(bytes);
        if let Format::Records(format) = reading.format {
            records::open(format, bytes, true, &reading).map_err(|error| self.unusable(&error))?;
        }
        Ok(reading)
    }

    fn refuse_no_text(&self, start: &[u8]) -> Result<(), Complaint> {
        self.input.how.why_no_text(start).map_or(Ok(()), |why| {
            let complaint = Complaint::error(anyhow!("`{}` is no text: {why}", self.input.name));
            Err(complaint
                .help("save the message as plain text (.txt) and check that")
                .about(&self.input.name))
        })
    }

    fn judge_part(&self, part: &Part, records: &Records) -> Result<FileReport, Complaint> {
        let (name, settings) = (&self.input.name, &self.settings);
        self.guarded(|| match part {
            Part::Records(block) => self.linter.lint_records(name, block.records(), records, settings),
            Part::TooLarge(large) => self.linter.lint_large_record(name, large.record(), records, settings),
        })
    }

    /// A fault in sellerlint costs one file and not the run.
    fn guarded<T>(&self, judge: impl FnOnce() -> T) -> Result<T, Complaint> {
        let name = &self.input.name;
        catch_unwind(AssertUnwindSafe(judge)).map_err(|_| fault(&format!("`{name}`")).about(name))
    }

    pub(super) fn unreadable(&self, error: &io::Error) -> Complaint {
        Complaint::unreadable(&self.input.name, error)
    }

    /// A table whose columns do not say where the messages are.
    fn unusable(&self, error: &TableError) -> Complaint {
        let error = if self.settings.masks_quotes { error.masked(MASK) } else { error.clone() };
        let name = &self.input.name;
        Complaint::error(anyhow!("cannot read `{name}`: {error}")).help(error.help()).about(name)
    }
}

/// Reads until the end.
pub(super) fn read_all(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The next blocks, as many as there are threads to work on them or as many bytes as so many blocks have, and whether
/// the file has ended.
fn take_parts<R: Read>(blocks: &mut Blocks<R>, most: usize) -> (Vec<Part>, Option<io::Error>) {
    let mut parts = Vec::new();
    let mut bytes = 0;
    while parts.len() < most && bytes < most.saturating_mul(BLOCK) {
        match blocks.next() {
            Ok(Some(part)) => {
                bytes += part.len();
                parts.push(part);
            }
            Ok(None) => break,
            Err(error) => return (parts, Some(error)),
        }
    }
    (parts, None)
}

fn all_missing(said: &str) -> Complaint {
    Complaint::warning(format!("nothing was checked: {said}")).help(
        "names start from the current folder; `git diff --diff-filter=d` and `git ls-files` leave out what was deleted",
    )
}

fn nothing_checked(skipped: usize, unwanted: usize) -> Complaint {
    let complaint = Complaint::warning("nothing was checked");
    if unwanted > 0 {
        let count = if unwanted == 1 {
            "1 file or folder".to_owned()
        } else {
            format!("{unwanted} files or folders")
        };
        return complaint.help(format!(
            "`include` and `exclude` in the configuration leave {count} out; `--verbose` names what is left out and why"
        ));
    }
    let types = "in folders, files that end in .txt, .md, .html, .eml, .csv, .tsv or .jsonl are read, and what `[formats]` names";
    match skipped {
        0 => complaint.help(types),
        1 => complaint.help(format!("{types}; 1 other file was left out")),
        _ => complaint.help(format!("{types}; {skipped} other files were left out")),
    }
}
