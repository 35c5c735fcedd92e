//! GitLab's code quality report, which it shows beside a merge request.
//!
//! GitLab tells what is new from the fingerprints alone and drops those that come twice, so equal findings of a file are
//! numbered.

use std::collections::HashMap;
use std::hash::Hasher as _;
use std::io::{self, Write};

use serde::Serialize;
use siphasher::sip::SipHasher13;

use crate::finding::{Finding, Fingerprint, Severity};
use crate::lint::FileReport;

use super::{Summary, json};

/// A report under way: how many findings of each fingerprint the latest file had.
#[derive(Debug, Default)]
pub(super) struct Gitlab {
    path: Option<String>,
    seen: HashMap<Fingerprint, u64>,
    has_issues: bool,
}

impl Gitlab {
    /// Writes everything before the first finding.
    pub(super) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    /// Writes the findings of a file.
    pub(super) fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        if self.path.as_ref() != Some(&file.path) {
            self.path = Some(file.path.clone());
            self.seen.clear();
        }
        let path = file.path.strip_prefix("./").unwrap_or(&file.path);
        for finding in file.messages.iter().flat_map(|message| &message.findings) {
            out.write_all(if self.has_issues { b",\n" } else { b"\n" })?;
            self.has_issues = true;
            let ordinal = self.seen.entry(finding.fingerprint).or_default();
            json::write(&Issue::new(path, finding, *ordinal), out)?;
            *ordinal += 1;
        }
        Ok(())
    }

    /// Writes what could not be read, and everything after the last finding.
    pub(super) fn finish(mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        summary.unread.iter().try_for_each(|unread| self.file(&unread.report(), out))?;
        out.write_all(b"\n]\n")
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(path: &'a str, finding: &'a Finding, ordinal: u64) -> Self {
        let severity = match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        let (begin, end) = (finding.place.start.line, finding.place.end.line);
        Self {
            description: format!("{} (help: {})", finding.message, finding.help),
            check_name: finding.rule.as_str(),
            fingerprint: fingerprint(path, finding, ordinal),
            severity,
            location: Location { path, lines: Lines { begin, end } },
        }
    }
}

/// Of the path, the rule, the finding, and which of the equal ones in the file it is.
fn fingerprint(path: &str, finding: &Finding, ordinal: u64) -> String {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    for part in [path, finding.rule.as_str(), &finding.fingerprint.to_string()] {
        hasher.write(part.as_bytes());
        hasher.write(b"\0");
    }
    hasher.write(&ordinal.to_le_bytes());
    format!("{:016x}", hasher.finish())
}
