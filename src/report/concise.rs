//! `path:line:col: severity[rule] message`, one line a finding and nothing else: for editors, `grep` and `sort`.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use crate::finding::Finding;
use crate::lint::FileReport;

use super::shown::is_unshowable;

/// Writes the lines of a file.
pub(super) fn file(file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
    for finding in file.messages.iter().flat_map(|message| &message.findings) {
        line(&file.path, finding, out)?;
    }
    Ok(())
}

fn line(path: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Finding { severity, rule, message, place, .. } = finding;
    let (line, column) = (place.start.line, place.start.column);
    writeln!(out, "{}:{line}:{column}: {severity}[{rule}] {}", OneLine(path), OneLine(message))
}

/// A text with line ends and what a terminal would obey written as escapes.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_unshowable(c) { write!(f, "{}", c.escape_default())? } else { f.write_char(c)? }
        }
        Ok(())
    }
}
