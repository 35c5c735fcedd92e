//! TELL: findings as bytes, for people and for programs.
//!
//! A report is a pure function of finished values. It takes them as they come, one [`FileReport`] after the other, and
//! keeps nothing of them (or a fixed amount, where a reader wants the verdict first), so that a file of a million records costs no more memory than one message. It filters
//! nothing, reads no file, environment or clock, and writes only to the writer that it is given.

pub mod catalogue;
mod checkstyle;
mod concise;
mod frame;
mod full;
mod github;
mod gitlab;
mod html;
pub mod inspected;
pub mod json;
pub mod jsonl;
mod junit;
mod manual;
mod markdown;
pub mod measured;
mod picture;
mod sarif;
mod shown;
mod statistics;
mod summary;
#[cfg(test)]
mod tests;
mod trouble;
mod unread;
mod wording;
mod xml;

pub use manual::{Manual, RulePage};
pub use summary::{KindCount, Summary};
pub use trouble::{Trouble, TroublePlace};
pub use unread::Unread;

use std::io::{self, Write};
use std::sync::Arc;

use crate::lint::FileReport;

/// The forms in which findings can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutputFormat {
    /// For people: a verdict, and each finding drawn under its line.
    #[default]
    Full,
    /// One line a finding, as compilers write it.
    Concise,
    /// One JSON object with everything, see [`json`].
    Json,
    /// One JSON object a finding, each on a line of its own, see [`jsonl`].
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML: a test for each message.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// A comment on a pull request.
    Markdown,
    /// One HTML file for people who do not use terminals.
    Html,
}

impl OutputFormat {
    /// Every format, in order.
    pub const ALL: &'static [Self] = &[
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Markdown,
        Self::Html,
    ];

    /// The name as it stands on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// Whether it tells what rules say of themselves, so that it needs their [`Manual`].
    pub fn needs_manual(self) -> bool {
        matches!(self, Self::Sarif | Self::Markdown | Self::Html)
    }

    /// Whether it shows the texts of messages, so that reports have to [carry them](crate::lint::Settings::keeps_texts).
    pub fn shows_texts(self) -> bool {
        self == Self::Html
    }
}

/// What [`OutputFormat::Full`] may use on this terminal; the other formats look the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour. Colour never says anything that the words do not say too.
    pub colour: bool,
    /// Whether to draw with ASCII only.
    pub ascii: bool,
    /// Columns of the terminal; lines are kept between 40 and 120.
    pub width: usize,
    /// Whether more than one file is read, so that each verdict says which file it is about.
    pub several_files: bool,
}

/// A report under way: `begin`, then `file` for each file or block of records in order, then `finish`.
/// It writes in small pieces, so the writer is best a buffered one.
#[derive(Debug)]
pub struct Reporter(Format);

#[derive(Debug)]
enum Format {
    Full(full::Full),
    Concise,
    Json(json::Json),
    Jsonl,
    Sarif(sarif::Sarif),
    Github(github::Github),
    Gitlab(gitlab::Gitlab),
    Junit,
    Checkstyle(checkstyle::Checkstyle),
    Markdown(Box<markdown::Markdown>),
    Html(html::Html),
    Statistics(statistics::Statistics),
}

impl Reporter {
    /// A report of this format. `manual` may be empty unless the format [needs it](OutputFormat::needs_manual).
    pub fn new(format: OutputFormat, style: Style, manual: &Arc<Manual>) -> Self {
        Self(match format {
            OutputFormat::Full => Format::Full(full::Full::new(style)),
            OutputFormat::Concise => Format::Concise,
            OutputFormat::Json => Format::Json(json::Json::default()),
            OutputFormat::Jsonl => Format::Jsonl,
            OutputFormat::Sarif => Format::Sarif(sarif::Sarif::new(Arc::clone(manual))),
            OutputFormat::Github => Format::Github(github::Github::default()),
            OutputFormat::Gitlab => Format::Gitlab(gitlab::Gitlab::default()),
            OutputFormat::Junit => Format::Junit,
            OutputFormat::Checkstyle => Format::Checkstyle(checkstyle::Checkstyle::default()),
            OutputFormat::Markdown => Format::Markdown(Box::new(markdown::Markdown::new(Arc::clone(manual)))),
            OutputFormat::Html => Format::Html(html::Html::new(Arc::clone(manual))),
        })
    }

    /// Counts by rule instead of findings; `None` where this format has no form for them.
    pub fn statistics(format: OutputFormat, manual: &Arc<Manual>) -> Option<Self> {
        statistics::Statistics::new(format, Arc::clone(manual)).map(Format::Statistics).map(Self)
    }

    /// Writes what stands before all findings.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match &self.0 {
            Format::Json(json) => json.begin(out),
            Format::Sarif(sarif) => sarif.begin(out),
            Format::Gitlab(gitlab) => gitlab.begin(out),
            Format::Junit => junit::begin(out),
            Format::Checkstyle(checkstyle) => checkstyle.begin(out),
            Format::Html(html) => html.begin(out),
            Format::Full(_) | Format::Concise | Format::Jsonl => Ok(()),
            Format::Github(_) | Format::Markdown(_) | Format::Statistics(_) => Ok(()),
        }
    }

    /// Writes what was found in a file, or in the next block of its records.
    pub fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        match &mut self.0 {
            Format::Full(full) => full.file(file, out),
            Format::Concise => concise::file(file, out),
            Format::Json(json) => json.file(file, out),
            Format::Jsonl => jsonl::file(file, out),
            Format::Sarif(sarif) => sarif.file(file, out),
            Format::Gitlab(gitlab) => gitlab.file(file, out),
            Format::Junit => junit::file(file, out),
            Format::Checkstyle(checkstyle) => checkstyle.file(file, out),
            Format::Html(html) => html.file(file, out),
            Format::Github(github) => {
                github.file(file);
                Ok(())
            }
            Format::Markdown(markdown) => {
                markdown.file(file);
                Ok(())
            }
            Format::Statistics(statistics) => {
                statistics.file(file);
                Ok(())
            }
        }
    }

    /// Writes what stands after all findings.
    pub fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        match self.0 {
            Format::Full(full) => full.finish(summary, out),
            Format::Json(json) => json.finish(summary, out),
            Format::Sarif(sarif) => sarif.finish(summary, out),
            Format::Github(github) => github.finish(summary, out),
            Format::Gitlab(gitlab) => gitlab.finish(summary, out),
            Format::Junit => junit::finish(summary, out),
            Format::Checkstyle(checkstyle) => checkstyle.finish(summary, out),
            Format::Markdown(markdown) => markdown.finish(summary, out),
            Format::Html(html) => html.finish(summary, out),
            Format::Statistics(statistics) => statistics.finish(out),
            Format::Jsonl => jsonl::finish(summary, out),
            Format::Concise => Ok(()),
        }
    }
}
