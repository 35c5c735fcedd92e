//! Fixes carried out: a file is mended and judged again, until nothing is left that can be mended.

use std::collections::BTreeMap;

use crate::finding::{Finding, Fingerprint, RuleId, Severity};
use crate::fix::{Applicability, Fix, apply};

use super::FileReport;

/// A file after its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was mended; places are those of the round in which it was found.
    pub mended: Vec<Finding>,
    /// What is found in it now.
    pub report: FileReport,
    /// What is now said of whole messages and was not before: that nothing is left that Amazon permits, for instance.
    pub new_verdicts: Vec<Finding>,
}

/// Rounds of mending and judging. What one fix uncovers the next round mends; more rounds than these are not met.
const ROUNDS: usize = 10;
/// Fixes that are tried one by one, where all of them together made something worse.
const TRIED_ALONE: usize = 100;

/// Mends a file with the fixes that are at least so safe. `lint` judges its bytes. A fix that would bring in an error
/// about words that was not there before is left out.
pub fn repair(bytes: &[u8], least: Applicability, lint: impl Fn(&[u8]) -> FileReport) -> Repaired {
    let first = lint(bytes);
    let verdicts = count(&first, Finding::is_whole_message);
    let mut now = Round { bytes: bytes.to_vec(), report: first };
    let mut mended = Vec::new();
    for _ in 0..ROUNDS {
        let Some((next, carried_out)) = now.next(least, &lint) else { break };
        mended.extend(carried_out);
        now = next;
    }
    let new_verdicts = added(&now.report, &verdicts, |finding| finding.is_whole_message());
    Repaired { bytes: now.bytes, mended, new_verdicts, report: now.report }
}

/// A state of a file.
struct Round {
    bytes: Vec<u8>,
    report: FileReport,
}

impl Round {
    /// The file after the fixes of this round, and what they mended; `None` if there is nothing to mend.
    fn next(&self, least: Applicability, lint: impl Fn(&[u8]) -> FileReport) -> Option<(Self, Vec<Finding>)> {
        let is_wanted =
            |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability >= least);
        let findings: Vec<&Finding> = findings(&self.report).filter(is_wanted).collect();
        if findings.is_empty() {
            return None;
        }
        let (next, done) = self.after(&findings, least, &lint);
        if self.is_no_worse(&next) {
            let mended = done.into_iter().map(|number| findings[number].clone()).collect();
            return next.is_other_than(self).then_some((next, mended));
        }
        let harmless = |finding: &&&Finding| {
            let (next, _) = self.after(&[**finding], least, &lint);
            self.is_no_worse(&next)
        };
        let harmless: Vec<&Finding> = findings.iter().take(TRIED_ALONE).filter(harmless).copied().collect();
        let (next, done) = self.after(&harmless, least, &lint);
        let mended = done.into_iter().map(|number| harmless[number].clone()).collect();
        (next.is_other_than(self) && self.is_no_worse(&next)).then_some((next, mended))
    }

    /// The file after the fixes of these findings, and which of them were carried out.
    fn after(
        &self,
        findings: &[&Finding],
        least: Applicability,
        lint: impl Fn(&[u8]) -> FileReport,
    ) -> (Self, Vec<usize>) {
        let fixes: Vec<&Fix> = findings.iter().filter_map(|finding| finding.fix.as_ref()).collect();
        let applied = apply(&self.bytes, fixes, least);
        (Self { report: lint(&applied.bytes), bytes: applied.bytes }, applied.done)
    }

    /// Whether another state has no error about words that this one has not.
    fn is_no_worse(&self, other: &Self) -> bool {
        let is_error = |finding: &Finding| finding.severity == Severity::Error && !finding.is_whole_message();
        added(&other.report, &count(&self.report, is_error), is_error).is_empty()
    }

    fn is_other_than(&self, other: &Self) -> bool {
        self.bytes != other.bytes
    }
}

/// How often each thing was found.
type Counts = BTreeMap<(RuleId, Fingerprint), usize>;

fn findings(report: &FileReport) -> impl Iterator<Item = &Finding> {
    report.messages.iter().flat_map(|message| &message.findings)
}

fn count(report: &FileReport, is_meant: impl Fn(&Finding) -> bool) -> Counts {
    let mut counts = Counts::new();
    for finding in findings(report).filter(|finding| is_meant(finding)) {
        *counts.entry((finding.rule.clone(), finding.fingerprint)).or_default() += 1;
    }
    counts
}

/// What is found more often than it was counted.
fn added(report: &FileReport, before: &Counts, is_meant: impl Fn(&Finding) -> bool) -> Vec<Finding> {
    let mut left = before.clone();
    let is_new = |finding: &&Finding| match left.get_mut(&(finding.rule.clone(), finding.fingerprint)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    findings(report).filter(|finding| is_meant(finding)).filter(is_new).cloned().collect()
}
