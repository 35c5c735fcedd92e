//! Counts that add up, and the shares that are read from them.

use std::collections::BTreeMap;

use crate::finding::Kind;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub part: usize,
    /// Of so many.
    pub whole: usize,
}

/// What a set of messages came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// How many messages.
    pub messages: usize,
    /// Findings that count and can be judged, and how many of them are right.
    pub right: Share,
    /// Firm labels, and how many of them were found.
    pub found: Share,
    /// Firm labels, and how many of them were found by a rule that names the very offence.
    pub exact: Share,
    /// Messages with a firm label that asks for an error, and how many of them have a finding that counts.
    pub flagged: Share,
    /// By kind: clean messages, and how many of them have a finding that counts.
    pub alarms: BTreeMap<Kind, Share>,
}

impl Share {
    /// Counts one more.
    pub(super) fn add(&mut self, is_part: bool) {
        self.part += usize::from(is_part);
        self.whole += 1;
    }

    /// The part of one; `None` of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// What is missing from the whole.
    pub fn rest(self) -> usize {
        self.whole - self.part
    }
}

impl Score {
    /// The share of the findings that are right.
    pub fn precision(&self) -> Option<f64> {
        self.right.ratio()
    }

    /// The share of the labels that were found.
    pub fn recall(&self) -> Option<f64> {
        self.found.ratio()
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }

    /// Clean messages of all kinds, and how many of them have a finding that counts.
    pub fn all_alarms(&self) -> Share {
        let add =
            |sum: Share, share: &Share| Share { part: sum.part + share.part, whole: sum.whole + share.whole };
        self.alarms.values().fold(Share::default(), add)
    }
}
