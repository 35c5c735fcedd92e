//! TELL: findings as bytes, for people and for programs.
//!
//! A report is a pure function of finished values. It takes them as they come, one [`FileReport`] after the other, and
//! keeps nothing of them, so that a file of a million records costs no more memory than one message. It filters
//! nothing, reads no file, environment or clock, and writes only to the writer that it is given.

pub mod catalogue;
mod concise;
mod frame;
mod full;
pub mod inspected;
pub mod json;
pub mod jsonl;
pub mod measured;
mod picture;
mod shown;
mod summary;
#[cfg(test)]
mod tests;
mod trouble;
mod wording;

pub use summary::{KindCount, Summary};
pub use trouble::{Trouble, TroublePlace};

use std::io::{self, Write};

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
}

impl OutputFormat {
    /// Every format, in order.
    pub const ALL: &'static [Self] = &[Self::Full, Self::Concise, Self::Json, Self::Jsonl];

    /// The name as it stands on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
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
}

impl Reporter {
    /// A report of this format.
    pub fn new(format: OutputFormat, style: Style) -> Self {
        Self(match format {
            OutputFormat::Full => Format::Full(full::Full::new(style)),
            OutputFormat::Concise => Format::Concise,
            OutputFormat::Json => Format::Json(json::Json::default()),
            OutputFormat::Jsonl => Format::Jsonl,
        })
    }

    /// Writes what stands before all findings.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match &self.0 {
            Format::Json(json) => json.begin(out),
            Format::Full(_) | Format::Concise | Format::Jsonl => Ok(()),
        }
    }

    /// Writes what was found in a file, or in the next block of its records.
    pub fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        match &mut self.0 {
            Format::Full(full) => full.file(file, out),
            Format::Concise => concise::file(file, out),
            Format::Json(json) => json.file(file, out),
            Format::Jsonl => jsonl::file(file, out),
        }
    }

    /// Writes what stands after all findings.
    pub fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        match self.0 {
            Format::Full(full) => full.finish(summary, out),
            Format::Json(json) => json.finish(summary, out),
            Format::Concise | Format::Jsonl => Ok(()),
        }
    }
}
