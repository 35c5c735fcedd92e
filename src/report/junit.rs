//! JUnit XML: a message is a test, and an error in it makes it fail. Warnings and notes are its output.
//!
//! A file is a suite. An export that is read in blocks is as many suites of one name, so that none has to be kept until
//! it can be counted. A file that could not be read is a suite of one test with an error.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::finding::{Finding, Severity};
use crate::lint::{FileReport, MessageReport};

use super::Summary;
use super::unread::NAME;
use super::wording;
use super::xml::{attribute, lines, name};

/// Writes everything before the first suite.
pub(super) fn begin(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sellerlint\">\n")
}

/// Writes a file, or the next block of its records.
pub(super) fn file(file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
    if file.messages.is_empty() {
        return Ok(());
    }
    let failures = file.messages.iter().filter(|message| fails(message)).count();
    writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">",
        name(&file.path),
        file.messages.len()
    )?;
    for message in &file.messages {
        test_case(&file.path, message, out)?;
    }
    out.write_all(b"  </testsuite>\n")
}

/// Writes everything after the last suite.
pub(super) fn finish(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    for unread in &summary.unread {
        let path = name(&unread.path);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n    \
             <testcase classname=\"{path}\" name=\"file\" file=\"{path}\">\n      \
             <error type=\"{NAME}\" message=\"{}\"/>\n    </testcase>\n  </testsuite>",
            attribute(&unread.reason)
        )?;
    }
    out.write_all(b"</testsuites>\n")
}

fn test_case(path: &str, message: &MessageReport, out: &mut dyn Write) -> io::Result<()> {
    let (path, test) = (name(path), name(&wording::message_name(message)));
    write!(out, "    <testcase classname=\"{path}\" name=\"{test}\" file=\"{path}\"")?;
    if message.findings.is_empty() {
        return out.write_all(b"/>\n");
    }
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        message.findings.iter().partition(|finding| finding.severity == Severity::Error);
    out.write_all(b">\n")?;
    if let Some(first) = errors.first() {
        let (verdict, rule) = (attribute(&wording::verdict(message)), name(first.rule.as_str()));
        writeln!(out, "      <failure message=\"{verdict}\" type=\"{rule}\">{}</failure>", told(&errors))?;
    }
    if !others.is_empty() {
        writeln!(out, "      <system-out>{}</system-out>", told(&others))?;
    }
    out.write_all(b"    </testcase>\n")
}

fn fails(message: &MessageReport) -> bool {
    message.count(Severity::Error) > 0
}

/// Findings, each on two lines.
fn told(findings: &[&Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let Finding { severity, rule, message, help, place, .. } = finding;
        let (line, column) = (place.start.line, place.start.column);
        let (message, help) = (attribute(message), attribute(help));
        let _ =
            write!(text, "\n{line}:{column}: {severity}[{}] {message}\n  Help: {help}", lines(rule.as_str()));
    }
    text.push('\n');
    text
}
