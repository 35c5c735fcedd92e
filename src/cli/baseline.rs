//! `baseline`: accepts what is there now, so that a team can begin with what is new.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use clap::Args;

use crate::config::written_baseline;
use crate::finding::Severity;
use crate::lint::baseline::Baseline;
use crate::report::Manual;

use super::args::{CheckArgs, FixArgs, JudgeArgs, ProjectArgs, ReadArgs, SelectArgs, TellArgs, WalkArgs};
use super::baselines::{BaselineChoice, Baselines, Held};
use super::check::{Check, plan};
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::{Bytes, find};
use super::outputs::write_whole;
use super::project::Projects;

/// `baseline`.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Drafts, or folders of drafts, whose findings are accepted
    #[arg(value_name = "FILE", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Take out what is not there any more, and accept nothing new
    #[arg(long)]
    prune: bool,
    /// Write this file [default: sellerlint-baseline.toml beside the configuration, else in the current folder]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Say nothing of what was written, and show no progress; what cannot be read or accepted is told all the same
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    walk: WalkArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

impl BaselineArgs {
    /// The check whose findings are accepted.
    fn check(&self) -> CheckArgs {
        CheckArgs {
            paths: self.paths.clone(),
            judge: self.judge.clone(),
            select: SelectArgs::default(),
            read: self.read.clone(),
            walk: self.walk,
            fix: FixArgs::default(),
            tell: TellArgs {
                output_format: Vec::new(),
                fail_on: Severity::Error,
                exit_zero: true,
                statistics: false,
                quiet: self.quiet,
                verbose: false,
                redact: false,
            },
            project: self.project.clone(),
            baseline: BaselineChoice { baseline: self.baseline.clone(), no_baseline: false },
            show_config: false,
        }
    }
}

/// Judges what was named, and writes the baselines that are about it.
pub(super) fn run(args: &BaselineArgs, console: &mut Console) -> Result<Exit, Stop> {
    if args.project.isolated && args.baseline.is_none() {
        let complaint =
            Complaint::error(anyhow!("with `--isolated`, no baseline counts but one that is named"));
        return Err(complaint.help("name it: `--baseline FILE`").into());
    }
    let check_args = args.check();
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    let found = find(&args.paths, None, &args.read, args.walk, &mut projects)?;
    if found.inputs.iter().any(|input| matches!(input.source, Bytes::Stdin)) {
        let complaint = Complaint::error(anyhow!("a baseline is about files, and `-` is none"));
        return Err(complaint.help("name files or folders").into());
    }
    let drafts = plan(found.inputs, &args.judge, &mut projects)?;
    let baselines = Baselines::of(&drafts, &check_args.baseline, &args.judge, &projects, true)?;
    let mut check = Check::begin(&check_args, console, &Arc::new(Manual::default()), &drafts, baselines)?;
    found.complaints.iter().for_each(|complaint| check.complain(complaint));
    check.all(drafts)?;
    let baselines = std::mem::take(&mut check.baselines);
    check.summary.skipped_files = found.skipped;
    check.unwanted = found.unwanted;
    let exit = check.finish(found.refused, None)?;
    match args.prune {
        true => prune(&baselines, args.quiet, console)?,
        false => renew(&baselines, args.quiet, console)?,
    }
    Ok(exit)
}

fn renew(baselines: &Baselines, is_quiet: bool, console: &mut Console) -> Result<(), Stop> {
    for (number, held) in baselines.all.iter().enumerate() {
        if held.old.is_some() || baselines.has_drafts(number) {
            write(held, &baselines.renewed(number), is_quiet, console)?;
        }
    }
    Ok(())
}

fn prune(baselines: &Baselines, is_quiet: bool, console: &mut Console) -> Result<(), Stop> {
    let mut is_any_there = false;
    for (held, stale) in baselines.all.iter().zip(baselines.stale()) {
        if let Some(old) = &held.old {
            is_any_there = true;
            write(held, &old.without(&stale), is_quiet, console)?;
        }
    }
    match baselines.all.first() {
        Some(held) if !is_any_there => {
            let complaint = Complaint::error(anyhow!("there is no baseline `{}`", held.name));
            Err(complaint.help("`sellerlint baseline` takes one").into())
        }
        _ => Ok(()),
    }
}

/// Writes a baseline if it changed, and tells what it accepts.
fn write(held: &Held, new: &Baseline, is_quiet: bool, console: &mut Console) -> Result<(), Stop> {
    let nothing = Baseline::default();
    let old = held.old.as_ref().unwrap_or(&nothing);
    if held.old.as_ref() != Some(new) {
        let text = written_baseline(new);
        write_whole(Path::new(&held.place), text.as_bytes())?;
    }
    if is_quiet {
        return Ok(());
    }
    let (added, gone) = (new.without(old).findings(), old.without(new).findings());
    let (findings, files) = (new.findings(), new.paths().len());
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let total = format!("{} in {} accepted", counted(findings, "finding"), counted(files, "file"));
    writeln!(console.out, "{}: {total} ({added} new, {gone} gone)", held.name)?;
    Ok(())
}
