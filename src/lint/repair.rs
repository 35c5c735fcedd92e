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
    let mut old: Vec<(usize, RuleId)> =
        verdicts(&first).map(|(message, verdict)| (message, verdict.rule.clone())).collect();
    let mut now = Round { bytes: bytes.to_vec(), report: first };
    let mut mended = Vec::new();
    for _ in 0..ROUNDS {
        let Some((next, carried_out)) = now.next(least, &lint) else { break };
        mended.extend(carried_out);
        now = next;
    }
    let mut is_new = |message: usize, verdict: &Finding| {
        let known = old.iter().position(|(of, rule)| *of == message && *rule == verdict.rule);
        known.map(|at| old.swap_remove(at)).is_none()
    };
    let new = verdicts(&now.report).filter(|(message, verdict)| is_new(*message, verdict));
    let new_verdicts = new.map(|(_, verdict)| verdict.clone()).collect();
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
        let findings: Vec<&Finding> =
            findings(&self.report).map(|(_, finding)| finding).filter(is_wanted).collect();
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

    /// Whether in another state no message has more errors about words than in this one, of any rule. The words may be others:
    /// a slip that was mended in them is one.
    fn is_no_worse(&self, other: &Self) -> bool {
        let (before, after) = (errors(&self.report), errors(&other.report));
        after.iter().all(|(rule, count)| before.get(rule).is_some_and(|before| before >= count))
    }

    fn is_other_than(&self, other: &Self) -> bool {
        self.bytes != other.bytes
    }
}

/// The findings, each with the number of its message.
fn findings(report: &FileReport) -> impl Iterator<Item = (usize, &Finding)> {
    let numbered = report.messages.iter().enumerate();
    numbered.flat_map(|(number, message)| message.findings.iter().map(move |finding| (number, finding)))
}

/// How many errors about words each message has of each rule.
fn errors(report: &FileReport) -> BTreeMap<(usize, &RuleId), usize> {
    let mut counts = BTreeMap::new();
    let is_error =
        |(_, finding): &(usize, &Finding)| finding.severity == Severity::Error && !finding.is_whole_message();
    for (message, finding) in findings(report).filter(is_error) {
        *counts.entry((message, &finding.rule)).or_default() += 1;
    }
    counts
}

/// What is said of whole messages, as often as it is.
fn verdicts(report: &FileReport) -> impl Iterator<Item = (usize, &Finding)> {
    findings(report).filter(|(_, finding)| finding.is_whole_message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, ReadAs, RecordFormat};
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

    /// What becomes of each line, mended together and alone.
    fn mended_lines(lines: &[&str]) -> [Vec<String>; 2] {
        let linter = Linter::new(builtin::rules());
        let reading = ReadAs { format: Format::Records(RecordFormat::Jsonl), ..ReadAs::default() };
        let lint = |bytes: &[u8]| linter.lint("x.jsonl", bytes, &reading, &Settings::default());
        let mended = |text: String| {
            let repaired = repair(text.as_bytes(), Applicability::Unsafe, lint);
            String::from_utf8(repaired.bytes).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
        };
        [mended(lines.join("\n")), lines.iter().flat_map(|line| mended((*line).to_owned())).collect()]
    }

    #[test]
    fn what_is_mended_in_a_record_does_not_make_up_for_what_is_spoilt_in_another() {
        let spoilt = r#"{"body":"If you love it, leave us a 5-star review\nand get 15% off your next one"}"#;
        let mended = r#"{"body":"Buy now. Hello."}"#;
        let [together, alone] = mended_lines(&[spoilt, spoilt, mended, mended]);
        assert_eq!(together, alone);
        assert_eq!(alone[0], spoilt);
        assert_ne!(alone[2], mended);
    }
}
