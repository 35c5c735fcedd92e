//! One finding a line, each a JSON object: for scripts that score or collect findings.
//!
//! The keys, in this order: `path`, `record`, then those of a finding as [`super::json`] describes them, from `rule`
//! to `fix`. `record` is the record's own id if it has one, else its number in the file from 1, and `null` where the
//! file is one message. A message without findings writes nothing. A file that could not be read writes a line of the rule
//! `unreadable-file`, which is no rule of any pack, at its beginning.

use std::io::{self, Write};

use serde::Serialize;

use crate::lint::{FileReport, RecordName};

use super::Summary;
use super::json::{self, Finding};

/// Writes the lines of a file.
pub(super) fn file(file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
    for message in &file.messages {
        let record = message.record.as_ref().map(Record::from);
        for finding in &message.findings {
            json::write(&Line { path: &file.path, record, finding: finding.into() }, out)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Writes what could not be read.
pub(super) fn finish(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    summary.unread.iter().try_for_each(|unread| file(&unread.report(), out))
}

/// A line.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    record: Option<Record<'a>>,
    #[serde(flatten)]
    finding: Finding<'a>,
}

/// A record as its file calls it.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum Record<'a> {
    Id(&'a str),
    Number(usize),
}

impl<'a> From<&'a RecordName> for Record<'a> {
    fn from(record: &'a RecordName) -> Self {
        record.id.as_deref().map_or(Self::Number(record.number), Self::Id)
    }
}
