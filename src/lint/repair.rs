//! Fixes carried out: a file is mended and judged again, until nothing is left that can be mended.

use std::collections::BTreeMap;

use crate::finding::{Finding, RuleId, Severity};
use crate::fix::{Applicability, Fix, apply, good_together};

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
/// How often a file is judged in a round to find out which fixes make something worse.
const TRIES: usize = 100;

/// Mends a file with the fixes that are at least so safe. `lint` judges its bytes. A fix that would bring in an error
/// about words that was not there before is left out.
pub fn repair(bytes: &[u8], least: Applicability, lint: impl Fn(&[u8]) -> FileReport) -> Repaired {
    let first = lint(bytes);
    let mut old: Vec<RuleId> = verdicts(&first).map(|verdict| verdict.rule.clone()).collect();
    let mut now = Round { bytes: bytes.to_vec(), report: first };
    let mut mended = Vec::new();
    for _ in 0..ROUNDS {
        let Some((next, carried_out)) = now.next(least, &lint) else { break };
        mended.extend(carried_out);
        now = next;
    }
    let mut is_new = |verdict: &&Finding| match old.iter().position(|rule| *rule == verdict.rule) {
        Some(at) => {
            old.swap_remove(at);
            false
        }
        None => true,
    };
    let new_verdicts = verdicts(&now.report).filter(&mut is_new).cloned().collect();
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
        let harmless = good_together(findings.len(), TRIES, |some| {
            let some: Vec<&Finding> = some.iter().map(|number| findings[*number]).collect();
            self.is_no_worse(&self.after(&some, least, &lint).0)
        });
        let harmless: Vec<&Finding> = harmless.into_iter().map(|number| findings[number]).collect();
        let (next, done) = self.after(&harmless, least, &lint);
        let mended = done.into_iter().map(|number| harmless[number].clone()).collect();
        next.is_other_than(self).then_some((next, mended))
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

    /// Whether another state has no more errors about words than this one, of any rule. The words may be others: a slip
    /// that was mended in them is one.
    fn is_no_worse(&self, other: &Self) -> bool {
        let (before, after) = (errors(&self.report), errors(&other.report));
        after.iter().all(|(rule, count)| before.get(rule).is_some_and(|before| before >= count))
    }

    fn is_other_than(&self, other: &Self) -> bool {
        self.bytes != other.bytes
    }
}

fn findings(report: &FileReport) -> impl Iterator<Item = &Finding> {
    report.messages.iter().flat_map(|message| &message.findings)
}

/// How many errors about words each rule has.
fn errors(report: &FileReport) -> BTreeMap<&RuleId, usize> {
    let mut counts = BTreeMap::new();
    let is_error = |finding: &&Finding| finding.severity == Severity::Error && !finding.is_whole_message();
    for finding in findings(report).filter(is_error) {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    counts
}

/// What is said of whole messages, as often as it is.
fn verdicts(report: &FileReport) -> impl Iterator<Item = &Finding> {
    findings(report).filter(|finding| finding.is_whole_message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ReadAs;
    use crate::lint::{Linter, Settings};
    use crate::rule::builtin;

    /// As the rules have it, but that `receive` is an error.
    fn lint(linter: &Linter, bytes: &[u8]) -> FileReport {
        let mut report = linter.lint("x", bytes, &ReadAs::default(), &Settings::default());
        if str::from_utf8(bytes).unwrap().contains("receive") {
            let findings = &mut report.messages[0].findings;
            let error = Finding { severity: Severity::Error, fix: None, ..findings.last().unwrap().clone() };
            findings.push(Finding { rule: RuleId::new("new"), text: "receive".to_owned(), ..error });
        }
        report
    }

    #[test]
    fn a_fix_that_brings_an_error_in_is_left_out() {
        let linter = Linter::new(builtin::rules());
        let draft = "We recieve it at the adress, and it takes a long time untill tommorow.";
        let repaired = repair(draft.as_bytes(), Applicability::Safe, |bytes| lint(&linter, bytes));
        let mended = String::from_utf8(repaired.bytes).unwrap();
        assert_eq!(mended, "We recieve it at the address, and it takes a long time until tomorrow.");
        assert_eq!(repaired.mended.len(), 3);
    }
}
