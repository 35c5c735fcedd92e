//! Holds what was found in one message against its labels.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};

use super::{Label, Labelled, Labels, Passage};

/// What the findings of a message are worth.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// For each label of the message that must be found: its number among them, and what came of it.
    pub(super) firm: Vec<(usize, Answer)>,
    /// For each finding that counts: its number, and what it is.
    pub(super) counted: Vec<(usize, Worth)>,
}

/// What came of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nobody found it.
    Missed,
    /// A rule that answers to it did.
    Found,
    /// A rule did that names the very offence.
    Exact,
}

/// What a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// It is on a label that its rule answers to.
    Right,
    /// It is not.
    Wrong,
    /// No label could say so.
    Unjudged,
}

/// What judging needs to know besides the message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'j> {
    /// The labels.
    pub(super) labels: &'j Labels,
    /// Rules that some label of the corpus could speak of.
    pub(super) judged: &'j BTreeSet<&'j str>,
    /// The least severity that counts.
    pub(super) least: Severity,
}

impl Judge<'_> {
    /// Judges the findings of a message.
    pub(super) fn judge(&self, message: &Labelled, findings: &[Finding]) -> Judged {
        let firm = message.passages.iter().enumerate();
        let firm = firm.filter(|(_, passage)| passage.is_firm && self.is_asked(passage));
        let counted = findings.iter().enumerate().filter(|(_, finding)| finding.severity >= self.least);
        Judged {
            firm: firm.map(|(number, passage)| (number, self.answer(passage, findings))).collect(),
            counted: counted.map(|(number, finding)| (number, self.worth(finding, message))).collect(),
        }
    }

    /// The label of a passage.
    pub(super) fn label(&self, passage: &Passage) -> &Label {
        &self.labels.all()[passage.label]
    }

    /// Whether the label of a passage can be found at all.
    pub(super) fn is_asked(&self, passage: &Passage) -> bool {
        self.label(passage).is_asked(self.least)
    }

    fn answer(&self, passage: &Passage, findings: &[Finding]) -> Answer {
        let label = self.label(passage);
        let enough = label.enough(self.least);
        let hits =
            findings.iter().filter(|finding| finding.severity >= enough && self.is_on(finding, passage));
        let is_exact = |finding: &Finding| label.rules.iter().any(|rule| rule == finding.rule.as_str());
        hits.map(|hit| if is_exact(hit) { Answer::Exact } else { Answer::Found })
            .max_by_key(|answer| *answer == Answer::Exact)
            .unwrap_or(Answer::Missed)
    }

    fn worth(&self, finding: &Finding, message: &Labelled) -> Worth {
        if !self.judged.contains(finding.rule.as_str()) {
            return Worth::Unjudged;
        }
        let is_right = message.passages.iter().any(|passage| self.is_on(finding, passage));
        if is_right { Worth::Right } else { Worth::Wrong }
    }

    /// Whether a finding answers to a label and stands where it does.
    fn is_on(&self, finding: &Finding, passage: &Passage) -> bool {
        self.label(passage).answers.contains(finding.rule.as_str()) && overlaps(finding, passage)
    }
}

/// What is said of the whole message is said of each of its words.
fn overlaps(finding: &Finding, passage: &Passage) -> bool {
    let (Some(found), Some(quote)) = (&finding.field_chars, &passage.quote) else { return true };
    finding.field == quote.field && found.start < quote.chars.end && quote.chars.start < found.end
}
