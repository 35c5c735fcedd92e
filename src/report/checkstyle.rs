//! Checkstyle XML, which many viewers of reports read. Only files with findings, and those that could
//! not be read, are named.

use std::io::{self, Write};

use crate::finding::{Finding, Severity};
use crate::lint::FileReport;

use super::Summary;
use super::xml::{attribute, name};

/// A report under way: the path of the element that is open.
#[derive(Debug, Default)]
pub(super) struct Checkstyle {
    open: Option<String>,
}

impl Checkstyle {
    /// Writes everything before the first file.
    pub(super) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">\n")
    }

    /// Writes the findings of a file, into the open element if it is the same file.
    pub(super) fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for finding in file.messages.iter().flat_map(|message| &message.findings) {
            if self.open.as_ref() != Some(&file.path) {
                self.close(out)?;
                writeln!(out, "  <file name=\"{}\">", name(&file.path))?;
                self.open = Some(file.path.clone());
            }
            error(finding, out)?;
        }
        Ok(())
    }

    /// Writes what could not be read, and everything after the last file.
    pub(super) fn finish(mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        summary.unread.iter().try_for_each(|unread| self.file(&unread.report(), out))?;
        self.close(out)?;
        out.write_all(b"</checkstyle>\n")
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.open.take().is_some() { b"  </file>\n" } else { b"" })
    }
}

fn error(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let start = finding.place.start;
    writeln!(
        out,
        "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{} (help: {})\" \
         source=\"sellerlint.{}\"/>",
        start.line,
        start.column,
        attribute(&finding.message),
        attribute(&finding.help),
        name(finding.rule.as_str()),
    )
}
