//! What can be typed. Nothing here opens a file: the options become values, and `--help` is written from them.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{LimitWishes, Sourced, Wishes, delimiter, language, marketplace};
use crate::document::{Format, TextFormat};
use crate::finding::{Channel, Confidence, Kind, Profile, Severity};
use crate::report::OutputFormat;
use crate::rule::schema::Level;
use crate::text::Charset;

use super::baseline::BaselineArgs;
use super::baselines::BaselineChoice;
use super::completions::CompletionsArgs;
use super::examples;
use super::explain::ExplainArgs;
use super::init::InitArgs;
use super::inspect::InspectArgs;
use super::man::ManArgs;
use super::new::NewArgs;
use super::outputs::AskedOutput;
use super::rules::RulesArgs;
use super::schema::SchemaArgs;
use super::test::{TestArgs, not_for_packs};

/// Reads drafts of Amazon seller-to-buyer messages and says what Amazon forbids, where, why, and what to write instead
#[derive(Debug, Parser)]
#[command(
    name = "sellerlint",
    version,
    after_help = examples::CHECK,
    args_conflicts_with_subcommands = true,
    override_usage = "sellerlint [OPTIONS] [FILE]...\n       sellerlint <COMMAND>",
    max_term_width = 110
)]
pub(super) struct SellerlintArgs {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) check: CheckArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check drafts; this is what happens without a command
    #[command(after_help = examples::CHECK)]
    Check(Box<CheckArgs>),
    /// Accept what is found now, so that only what is new is told from now on
    #[command(
        after_help = examples::BASELINE,
        mut_arg("stdin_filename", |arg| arg.hide(true)),
    )]
    Baseline(Box<BaselineArgs>),
    /// Explain a rule: what it finds, why, where sources differ, and what to write instead
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// List every rule
    #[command(after_help = examples::RULES)]
    Rules(RulesArgs),
    /// Run the examples of a pack of rules, or measure rules on labelled messages
    #[command(
        override_usage = "sellerlint test <PACK>...\n       sellerlint test [OPTIONS] --corpus <FILE>...",
        mut_args(not_for_packs),
        after_help = examples::TEST
    )]
    Test(Box<TestArgs>),
    /// Show a draft as sellerlint sees it
    #[command(after_help = examples::INSPECT)]
    Inspect(Box<InspectArgs>),
    /// Write a draft that keeps to the rules, or list the topics that there are drafts for
    #[command(after_help = examples::NEW)]
    New(NewArgs),
    /// Write a sellerlint.toml for the drafts in a folder, with every setting explained
    #[command(after_help = examples::INIT)]
    Init(InitArgs),
    /// Print the JSON Schema of sellerlint.toml, of your own rules, or of our JSON
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print what completes commands and options in a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print the manual page, or write the pages of all commands
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Drafts, or folders of drafts; `-` is standard input, which is also read if nothing is named
    #[arg(value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) judge: JudgeArgs,
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    pub(super) select: SelectArgs,
    #[command(flatten)]
    pub(super) walk: WalkArgs,
    #[command(flatten)]
    pub(super) fix: FixArgs,
    #[command(flatten)]
    pub(super) tell: TellArgs,
    #[command(flatten)]
    pub(super) project: ProjectArgs,
    #[command(flatten)]
    pub(super) baseline: BaselineChoice,
    /// Print every setting and where it comes from, and check nothing
    #[arg(long, help_heading = "Configuration")]
    pub(super) show_config: bool,
}

/// How messages are judged.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How to judge")]
pub(super) struct JudgeArgs {
    /// Judge as this kind of message [default: as the draft says, else proactive]
    #[arg(long, value_parser = one_of(Kind::ALL, Kind::name))]
    kind: Option<Kind>,
    /// Way that the messages take to the buyer, such as sp-api:createUnexpectedProblem, for what only that way forbids
    #[arg(long, value_name = "NAME")]
    pub(super) channel: Option<String>,
    /// How strictly to judge [default: standard]
    #[arg(long, value_parser = one_of(Profile::ALL, Profile::name))]
    profile: Option<Profile>,
    /// Country of the marketplace, for drafts that name none [default: US]
    #[arg(long, value_name = "CODE", value_parser = marketplace)]
    marketplace: Option<String>,
    /// Language of the buyer, for drafts that name none
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<String>,
    /// Placeholders have been filled in: what is left of them is an error
    #[arg(long = "final", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    is_final: Option<bool>,
    /// The sending tool adds the order ID, so that drafts need none
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    order_id_added_by_tool: Option<bool>,
    /// Ask only these rules; what cannot be read is told all the same
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Do not ask these rules
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    ignore: Vec<String>,
    /// A pack of rules to use besides the built-in one: a TOML file, or a folder of them
    #[arg(long = "pack", value_name = "PATH")]
    pub(super) packs: Vec<PathBuf>,
    /// Leave out findings that are less sure than this [default: low]
    #[arg(long, value_name = "HOW-SURE", value_parser = one_of(Confidence::ALL, Confidence::name))]
    min_confidence: Option<Confidence>,
    /// Findings kept per message [default: 1000]
    #[arg(long, value_name = "N", value_parser = at_least_one())]
    max_findings: Option<usize>,
    /// What is accepted with `allow` but not there any more, or no longer, is an error
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    strict_allow: Option<bool>,
}

/// How files are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What to read")]
pub(super) struct ReadArgs {
    /// How files are written [default: by their ending, else by their look]
    #[arg(long, value_name = "FORMAT", value_parser = auto_or(Format::ALL, Format::name))]
    input_format: Option<Asked<Format>>,
    /// Field that holds the message: a column of a table, a key of JSON Lines (`message.text`), a path of JSON or YAML
    /// (`emails.*.body`)
    #[arg(long, value_name = "NAME")]
    pub(super) body_field: Option<String>,
    /// Field that holds the subject
    #[arg(long, value_name = "NAME")]
    pub(super) subject_field: Option<String>,
    /// How the messages in tables, JSON and YAML are written [default: each by its look]
    #[arg(long, value_name = "FORMAT", value_parser = auto_or(TextFormat::ALL, TextFormat::name))]
    cell_format: Option<Asked<TextFormat>>,
    /// What stands between the fields of a table, such as `;` or `tab` [default: by the look of its first row]
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(super) delimiter: Option<u8>,
    /// What standard input is called in reports; its ending and its folder count too
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Charset of the files, such as windows-1252 [default: found by looking]
    #[arg(long, value_name = "LABEL", value_parser = charset)]
    pub(super) charset: Option<Charset>,
}

/// Files that are chosen by another way than by naming them; paths that are named then narrow the choice.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What to read")]
pub(super) struct SelectArgs {
    /// Check what is staged in git, as the index holds it; a FILE or folder beside it narrows the choice
    #[arg(long, group = "selection")]
    pub(super) staged: bool,
    /// Check the files that changed since this branch left a revision of git, such as origin/main
    #[arg(long, value_name = "REV", group = "selection")]
    pub(super) since: Option<String>,
    /// Check the files and folders listed in a file (`-`: on standard input), one a line, or each ended by a NUL byte
    #[arg(long, value_name = "LIST", group = "selection")]
    pub(super) files_from: Option<PathBuf>,
}

/// Which files are read.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "What to read")]
pub(super) struct WalkArgs {
    /// Read hidden files too, and what .gitignore names
    #[arg(long)]
    pub(super) no_ignore: bool,
    /// Leave out what the configuration excludes, or does not include, even if it is named here
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// Threads to use [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = at_least_one())]
    pub(super) threads: Option<usize>,
    /// Whether to note what is left out: `--verbose`.
    #[arg(skip)]
    pub(super) is_noted: bool,
}

/// What is done with fixes.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Fixing")]
pub(super) struct FixArgs {
    /// Mend the files where that changes nothing that a message says; `--fix -` prints the mended draft
    #[arg(long, group = "mending")]
    pub(super) fix: bool,
    /// Mend more: take out sentences and elements that are forbidden; read the result before you send it
    #[arg(long, requires = "mending")]
    pub(super) unsafe_fixes: bool,
    /// Show what would be mended, and change nothing; exit with 1 if it is anything
    #[arg(long, group = "mending", conflicts_with_all = ["fix", "fix_only", "output_format"])]
    pub(super) diff: bool,
    /// Mend, and say nothing about what is left
    #[arg(long, group = "mending", conflicts_with = "output_format")]
    pub(super) fix_only: bool,
}

/// What is told, and how.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct TellArgs {
    /// Form of the report, and the file it goes to if it is not the screen: `json=report.json`; may be given several
    /// times
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "full", value_parser = OutputParser)]
    pub(super) output_format: Vec<AskedOutput>,
    /// The least that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error",
        value_parser = one_of(Severity::ALL, Severity::name))]
    pub(super) fail_on: Severity,
    /// Exit with 0 even if something was found
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// Mask what the messages say, for logs that others can read; rules and places stay
    #[arg(long, conflicts_with = "diff")]
    pub(super) redact: bool,
    /// Count findings by rule instead of showing them
    #[arg(long, conflicts_with_all = ["diff", "fix_only"])]
    pub(super) statistics: bool,
    /// No summary after the findings, and no progress
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Say which configuration holds, and which files are left out and why
    #[arg(long, short, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

/// Which configuration holds.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ProjectArgs {
    /// Use this configuration instead of the nearest sellerlint.toml
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration, and no baseline that is not named
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,
}

/// What the screen can show; for every command.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct ScreenArgs {
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    pub(super) color: Colour,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
}

impl Default for ScreenArgs {
    fn default() -> Self {
        Self { color: Colour::Auto, ascii: false }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On terminals, unless the environment says otherwise
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

/// A value that was asked for, or `auto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked<T>(Option<T>);

impl ReadArgs {
    /// The format that was asked for.
    pub(super) fn format(&self) -> Option<Format> {
        self.input_format.and_then(|asked| asked.0)
    }

    /// How texts in fields are said to be written; `None` in it if that is to be found by looking.
    pub(super) fn cells(&self) -> Option<Option<TextFormat>> {
        self.cell_format.map(|asked| asked.0)
    }
}

impl JudgeArgs {
    /// The rules that were named, each with the option that named it.
    pub(super) fn named_rules(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let asked = self.rule.iter().map(|rule| ("--rule", rule.as_str()));
        asked.chain(self.ignore.iter().map(|rule| ("--ignore", rule.as_str())))
    }

    /// Whether findings are left out by number or by how sure they are, so that what is not found may be there.
    pub(super) fn leaves_out(&self) -> bool {
        self.min_confidence.is_some() || self.max_findings.is_some()
    }

    /// What was typed, as the uppermost layer of wishes.
    pub(super) fn wishes(&self) -> Wishes {
        let off = |rule: &String| (rule.clone(), Sourced::typed(Level::Off));
        Wishes {
            profile: self.profile.map(Sourced::typed),
            kind: self.kind.map(Sourced::typed),
            channel: self.channel.as_deref().map(Channel::new).map(Sourced::typed),
            marketplace: self.marketplace.clone().map(Sourced::typed),
            language: self.language.clone().map(Sourced::typed),
            is_final: self.is_final.map(Sourced::typed),
            order_id_added_by_tool: self.order_id_added_by_tool.map(Sourced::typed),
            min_confidence: self.min_confidence.map(Sourced::typed),
            max_findings: self.max_findings.map(Sourced::typed),
            policy_date: None,
            allowed_hosts: Vec::new(),
            only: self.rule.iter().cloned().map(Sourced::typed).collect(),
            levels: self.ignore.iter().map(off).collect(),
            limits: LimitWishes::default(),
            strict_allow: self.strict_allow.map(Sourced::typed),
        }
    }
}

/// Reads one of a closed set of names.
pub(super) fn one_of<T>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync,
{
    PossibleValuesParser::new(all.iter().map(move |value| name(*value))).map(move |typed| {
        let value = all.iter().find(|value| name(**value) == typed);
        *value.expect("internal: clap lets only known names pass")
    })
}

/// Reads one of a closed set of names, or `auto`.
fn auto_or<T>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = Asked<T>>
where
    T: Copy + Send + Sync,
{
    let names = all.iter().map(move |value| name(*value));
    PossibleValuesParser::new(std::iter::once("auto").chain(names))
        .map(move |typed| Asked(all.iter().find(|value| name(**value) == typed).copied()))
}

/// Reads a form of report and its file.
#[derive(Debug, Clone, Copy)]
struct OutputParser;

/// What standard output is called where a file is meant.
const SCREEN: &[&str] = &["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

impl TypedValueParser for OutputParser {
    type Value = AskedOutput;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        typed: &OsStr,
    ) -> Result<AskedOutput, clap::Error> {
        let text = typed.to_string_lossy();
        let (name, file) = text.split_once('=').map_or((&*text, None), |(name, file)| (name, Some(file)));
        let format = one_of(OutputFormat::ALL, OutputFormat::name).parse_ref(command, arg, name.as_ref())?;
        if file == Some("") {
            return Err(clap::Error::raw(
                clap::error::ErrorKind::InvalidValue,
                format!("`{text}` names no file: write `{name}=FILE`, or `{name}` alone for the screen\n"),
            ));
        }
        Ok(AskedOutput { format, file: file.filter(|file| !SCREEN.contains(file)).map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(OutputFormat::ALL.iter().map(|format| PossibleValue::new(format.name()))))
    }
}

/// Reads a number that is not 0.
pub(super) fn at_least_one() -> impl TypedValueParser<Value = usize> {
    clap::value_parser!(u64).range(1..).map(|count| usize::try_from(count).unwrap_or(usize::MAX))
}

fn charset(label: &str) -> Result<Charset, String> {
    Charset::named(label)
        .ok_or_else(|| "no such charset; known are for instance utf-8, utf-16le, windows-1252, gbk".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn parse(line: &str) -> SellerlintArgs {
        SellerlintArgs::try_parse_from(line.split(' ')).unwrap()
    }

    #[test]
    fn the_definition_is_sound() {
        SellerlintArgs::command().debug_assert();
    }

    /// The words of a line of examples, as a shell hands them over; none for another line.
    fn words(line: &str) -> Option<Vec<&str>> {
        let line = line.strip_prefix("  sellerlint")?;
        let typed = line.split("  ").next().unwrap_or_default();
        let typed = typed.split(['<', '>', '|']).next().unwrap_or_default();
        Some(std::iter::once("sellerlint").chain(typed.split_whitespace()).collect())
    }

    #[test]
    fn every_command_has_examples_and_every_example_can_be_typed() {
        let command = SellerlintArgs::command();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let help = command.get_after_help().unwrap_or_else(|| panic!("{command}")).to_string();
            assert!(help.starts_with("Examples:\n"), "{command}");
            let examples: Vec<_> = help.lines().filter_map(words).collect();
            assert!(examples.len() >= 2, "{command}");
            for example in examples {
                let parsed = SellerlintArgs::try_parse_from(&example);
                let parsed = parsed.unwrap_or_else(|error| panic!("{example:?}: {error}"));
                let is_own = parsed.command.is_none() || example[1] == command.get_name();
                assert!(is_own || matches!(command.get_name(), "sellerlint" | "check"), "{example:?}");
            }
        }
    }

    #[test]
    fn check_needs_no_word() {
        let paths = |line: &str| {
            let args = parse(line);
            match args.command {
                Some(Command::Check(check)) => check.paths,
                None => args.check.paths,
                Some(other) => panic!("{other:?}"),
            }
        };
        for line in ["sellerlint a.txt", "sellerlint check a.txt", "sellerlint -q a.txt"] {
            assert_eq!(paths(line), [PathBuf::from("a.txt")], "{line}");
        }
        assert_eq!(paths("sellerlint"), Vec::<PathBuf>::new());
        assert_eq!(paths("sellerlint -- check"), [PathBuf::from("check")]);
        assert_eq!(paths("sellerlint ./check"), [PathBuf::from("./check")]);
        assert_eq!(paths("sellerlint check check"), [PathBuf::from("check")]);
    }

    #[test]
    fn what_was_typed_becomes_wishes() {
        let args = parse("sellerlint --kind reply --marketplace uk --final --ignore emoji,gif a.txt");
        let settings = args.check.judge.wishes().settings();
        assert_eq!((settings.kind.unwrap().0, settings.marketplace.as_str()), (Kind::Reply, "GB"));
        assert!(settings.is_final && !settings.order_id_added_by_tool);
        assert_eq!(settings.levels.into_keys().collect::<Vec<_>>(), ["emoji", "gif"]);
        assert!(!parse("sellerlint --final=false").check.judge.wishes().is_final.unwrap().value);
    }
}
