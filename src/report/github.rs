//! Annotations of GitHub: commands of the workflow that show a finding beside its line.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step, in the order in which they come, and drops the rest
//! without a word. So each place is given to files that could not be read, then to the surest findings, the last notice says how many more there are, and a
//! plain line counts everything, for those who read the log.

use std::io::{self, Write};

use crate::finding::{Confidence, Finding, Severity};
use crate::lint::FileReport;

use super::shown::prose;
use super::unread::NAME;
use super::{Summary, Unread, wording};

/// Errors and as many warnings that are shown.
const SHOWN: usize = 10;
/// Notices that are shown: the last place is for what is not.
const NOTICES_SHOWN: usize = SHOWN - 1;

/// Annotations that wait: no more than GitHub shows.
#[derive(Debug, Default)]
pub(super) struct Github {
    errors: Best,
    warnings: Best,
    notices: Best,
}

/// The surest findings of one severity, in their order.
#[derive(Debug, Default)]
struct Best {
    lines: Vec<(Confidence, String)>,
}

impl Github {
    /// Takes the findings of a file.
    pub(super) fn file(&mut self, file: &FileReport) {
        for finding in file.messages.iter().flat_map(|message| &message.findings) {
            let (best, most, command) = match finding.severity {
                Severity::Error => (&mut self.errors, SHOWN, "error"),
                Severity::Warning => (&mut self.warnings, SHOWN, "warning"),
                Severity::Note => (&mut self.notices, NOTICES_SHOWN, "notice"),
            };
            best.offer(finding.confidence, most, || annotation(command, &file.path, finding));
        }
    }

    /// Writes the annotations, then what there is besides, then the count.
    pub(super) fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let unread = summary.unread.iter().take(SHOWN);
        unread.clone().try_for_each(|unread| writeln!(out, "{}", of_unread(unread)))?;
        let errors = &self.errors.lines[..self.errors.lines.len().min(SHOWN - unread.len())];
        let all = [errors, &self.warnings.lines, &self.notices.lines];
        for (_, line) in all.into_iter().flatten() {
            writeln!(out, "{line}")?;
        }
        let rest = wording::numbers(
            summary.errors - errors.len() + summary.unread.len() - unread.len(),
            summary.warnings - self.warnings.lines.len(),
            summary.notes - self.notices.lines.len(),
        );
        if let Some(rest) = rest {
            writeln!(
                out,
                "::notice title=sellerlint::Not shown here: {rest}. GitHub shows ten of each level; \
                 sellerlint --output-format full shows all."
            )?;
        }
        writeln!(out, "sellerlint: {}", wording::conclusion(summary))
    }
}

impl Best {
    /// Takes a finding if there is room, or one that is less sure: of those the last.
    fn offer(&mut self, confidence: Confidence, most: usize, line: impl FnOnce() -> String) {
        if self.lines.len() == most {
            let least = self.lines.iter().enumerate().rev().min_by_key(|(_, (confidence, _))| *confidence);
            match least {
                Some((at, (least, _))) if *least < confidence => self.lines.remove(at),
                _ => return,
            };
        }
        self.lines.push((confidence, line()));
    }
}

fn of_unread(unread: &Unread) -> String {
    let path = unread.path.strip_prefix("./").unwrap_or(&unread.path);
    format!("::error file={},title={NAME}::{}", property(path), told(&unread.reason))
}

fn annotation(command: &str, path: &str, finding: &Finding) -> String {
    let (start, end) = (finding.place.start, finding.place.end);
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut place = format!("file={},line={}", property(path), start.line);
    // GitHub shows an annotation below its last line, and takes columns within one line only.
    if !finding.is_whole_message() {
        place.push_str(&format!(",endLine={}", end.line));
        if start.line == end.line {
            place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    let (title, message, help) =
        (property(finding.rule.as_str()), told(&finding.message), told(&finding.help));
    format!("::{command} {place},title={title}::{message}%0AHelp: {help}")
}

/// A text of a command: one line, in which no percent sign begins an escape.
fn told(text: &str) -> String {
    prose(text, false).replace('%', "%25")
}

/// A property of a command, which a comma would end.
fn property(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
            c => super::shown::push(&mut out, c, false),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_are_kept_in_their_order() {
        use Confidence::{High, Low, Medium};
        for (offered, kept) in [
            ("", ""),
            ("a1 b2 c3", "abc"),
            ("a3 b3 c3 d3", "abc"),
            ("a1 b2 c3 d3", "bcd"),
            ("a1 b3 c1 d2 e2", "bde"),
            ("a2 b2 c3 d2", "abc"),
        ] {
            let mut best = Best::default();
            for word in offered.split_whitespace() {
                let (name, sure) = word.split_at(1);
                let sure = [Low, Medium, High][sure.parse::<usize>().unwrap() - 1];
                best.offer(sure, 3, || name.to_owned());
            }
            let lines: String = best.lines.into_iter().map(|(_, line)| line).collect();
            assert_eq!(lines, kept, "{offered}");
        }
    }

    #[test]
    fn a_property_ends_where_it_is_to_end() {
        assert_eq!(property("a,b:c%\r\n\u{1B}.txt"), "a%2Cb%3Ac%25%0D%0A␛.txt");
        assert_eq!(told("50%25 off\n::error::x"), "50%2525 off ::error::x");
    }
}
