//! `test`: runs the examples of packs or, with `--corpus`, measures the rules on labelled messages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Arg, Args, ValueEnum};

use crate::corpus::{Corpus, Labels, Measured, Mistake, Options, measure};
use crate::finding::Severity;
use crate::report::measured::{Lists, full, json};
use crate::rule::builtin;

use super::args::{JudgeArgs, ProjectArgs};
use super::check::read_all;
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::shown;
use super::packs::{Linters, packs_of, read};
use super::project::Projects;
use super::test_pack;

/// `test`.
#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Packs whose examples are run: TOML files, or folders of them
    #[arg(value_name = "PACK", required_unless_present = "corpus")]
    tested: Vec<PathBuf>,
    #[command(flatten)]
    corpus: CorpusArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// What is measured on which messages.
#[derive(Debug, Args)]
#[command(next_help_heading = "Corpus")]
struct CorpusArgs {
    /// Measure the rules on labelled messages instead, one JSON object a line; `-` is standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    corpus: Vec<PathBuf>,
    /// Measure only messages with this value under a key, such as lang=en or kind=reply
    #[arg(long = "where", value_name = "KEY=VALUE", value_parser = key_and_value)]
    filters: Vec<(String, String)>,
    /// Show the totals by the values of a key, such as family, kind or lang [default: file, if there are several]
    #[arg(long, value_name = "KEY")]
    by: Option<String>,
    /// Count warnings too, not errors alone
    #[arg(long)]
    warnings: bool,
    /// List the labels that nobody found
    #[arg(long)]
    misses: bool,
    /// List the findings that are wrong
    #[arg(long)]
    wrong: bool,
    /// Form of the tables
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MeasureFormat::Full)]
    output_format: MeasureFormat,
    /// Exit with 1 if fewer of the findings are right, such as 0.97
    #[arg(long, value_name = "SHARE", value_parser = share)]
    fail_under_precision: Option<f64>,
    /// Exit with 1 if fewer of the labels are found, such as 0.9
    #[arg(long, value_name = "SHARE", value_parser = share)]
    fail_under_recall: Option<f64>,
}

/// Forms of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MeasureFormat {
    /// For people
    Full,
    /// One JSON object
    Json,
}

/// Mistakes in a file that are told before the rest is only counted.
const MOST_MISTAKES: usize = 10;

/// Runs examples, or measures.
pub(super) fn run(args: &TestArgs, console: &mut Console) -> Result<Exit, Stop> {
    if args.corpus.corpus.is_empty() {
        return test_pack::run(&args.tested, console);
    }
    let measured = measured(args, console)?;
    let wanted = &args.corpus;
    let is_empty = measured.total.messages == 0;
    match wanted.output_format {
        MeasureFormat::Full if is_empty => {}
        MeasureFormat::Full => {
            let lists = Lists { misses: wanted.misses, wrong: wanted.wrong };
            full(&measured, lists, console.style, &mut console.out)?;
        }
        MeasureFormat::Json => json(&measured, &mut console.out)?,
    }
    if is_empty {
        let complaint = Complaint::warning("nothing was measured");
        console.complain(&complaint.help("no message is left: look at `--where`, and into the files"));
        return Ok(Exit::NothingChecked);
    }
    let mut exit = Exit::Clean;
    for shortfall in wanted.shortfalls(&measured) {
        exit = Exit::Findings;
        console.complain(&shortfall);
    }
    Ok(exit)
}

/// Reads the corpus, and measures as the configuration for the current folder and the command line say.
fn measured(args: &TestArgs, console: &mut Console) -> Result<Measured, Stop> {
    let mut projects = Projects::new(&args.project, args.judge.wishes())?;
    let here = projects.here()?;
    let mut linters = Linters::new(&args.judge);
    let linter = linters.of(&projects, here)?;
    linters.check_named_rules()?;
    let settings = projects.settings(here, Vec::new(), Vec::new());
    let mut packs = vec![builtin::pack()];
    for path in packs_of(&projects, here, &args.judge.packs)? {
        packs.push(read(&path)?);
    }
    let labels = Labels::new(&packs, &linter, &settings);
    let corpus = args.corpus.read(&labels, console)?;
    Ok(measure(&corpus, &linter, &labels, &settings, &args.corpus.options(&corpus)?))
}

impl CorpusArgs {
    /// Reads all files and leaves what is not asked for.
    fn read(&self, labels: &Labels, console: &mut Console) -> Result<Corpus, Stop> {
        let mut corpus = Corpus::default();
        let mut complaints = Vec::new();
        for path in &self.corpus {
            let text = text(path, console)?;
            if let Err(mistakes) = corpus.read(&shown(path), &text, labels) {
                complaints.extend(told(mistakes));
            }
        }
        if !complaints.is_empty() {
            return Err(Stop::Complaints(complaints));
        }
        for (key, value) in &self.filters {
            corpus.keep(key, value).map_err(|help| unknown_key(&format!("--where {key}={value}"), help))?;
        }
        Ok(corpus)
    }

    fn options(&self, corpus: &Corpus) -> Result<Options, Stop> {
        if let Some(key) = &self.by {
            corpus.check_key(key).map_err(|help| unknown_key(&format!("--by {key}"), help))?;
        }
        let by_file = || (self.corpus.len() > 1).then(|| "file".to_owned());
        let least = if self.warnings { Severity::Warning } else { Severity::Error };
        Ok(Options { least, by: self.by.clone().or_else(by_file) })
    }

    /// What is less than was asked for, a complaint each.
    fn shortfalls(&self, measured: &Measured) -> impl Iterator<Item = Complaint> {
        let total = &measured.total;
        let asked = [
            ("precision", total.precision(), self.fail_under_precision),
            ("recall", total.recall(), self.fail_under_recall),
        ];
        asked.into_iter().filter_map(|(name, share, least)| {
            let least = least?;
            let message = match share {
                Some(share) if share >= least => return None,
                Some(share) => format!("{name} {share:.4} is below --fail-under-{name} {least}"),
                None => format!("nothing to tell the {name} by, so --fail-under-{name} {least} is not met"),
            };
            Some(Complaint::error(anyhow!(message)))
        })
    }
}

/// Keeps an option of `test` from being typed beside a pack, whose examples bring all that they need.
pub(super) fn not_for_packs(arg: Arg) -> Arg {
    if arg.get_id() == "tested" { arg } else { arg.conflicts_with("tested") }
}

fn text(path: &Path, console: &mut Console) -> Result<String, Stop> {
    let bytes = match path == Path::new("-") {
        true => read_all(&mut console.input),
        false => fs::read(path),
    };
    let bytes = bytes.map_err(|error| Complaint::unreadable(&shown(path), &error))?;
    let complaint =
        || Complaint::error(anyhow!("`{}` is not in UTF-8", shown(path))).help("save it as UTF-8");
    String::from_utf8(bytes).map_err(|_| complaint().into())
}

/// The mistakes of a file, as many as help.
fn told(mut mistakes: Vec<Mistake>) -> Vec<Complaint> {
    let more = mistakes.len().saturating_sub(MOST_MISTAKES);
    mistakes.truncate(MOST_MISTAKES);
    let path = mistakes.first().map(|mistake| mistake.path.clone()).unwrap_or_default();
    let mut complaints: Vec<Complaint> = mistakes
        .into_iter()
        .map(|mistake| {
            let help = mistake.help.clone();
            let complaint = Complaint::error(mistake.into());
            match help {
                Some(help) => complaint.help(help),
                None => complaint,
            }
        })
        .collect();
    if more > 0 {
        complaints.push(Complaint::error(anyhow!("`{path}` has {more} more mistakes")));
    }
    complaints
}

fn unknown_key(what: &str, help: String) -> Complaint {
    Complaint::error(anyhow!("`{what}`: no message has this key")).help(help)
}

fn key_and_value(typed: &str) -> Result<(String, String), String> {
    let (key, value) = typed.split_once('=').ok_or("write it like lang=en")?;
    Ok((key.to_owned(), value.to_owned()))
}

fn share(typed: &str) -> Result<f64, String> {
    let share = typed.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1, such as 0.97".to_owned())
}
