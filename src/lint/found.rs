//! What detectors hand over, on its way to a finding.

use std::ops::Range;

use crate::finding::{Confidence, Severity};

/// What a detector found, before families and reports.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) target: Target,
    pub(super) confidence: Confidence,
    /// Values for the message, such as `host`.
    pub(super) values: Vec<(&'static str, String)>,
    /// A second place in the same block, with words about it.
    pub(super) label: Option<Range<usize>>,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Words: number of the block, and bytes of its text.
    Words(usize, Range<usize>),
    /// The message as a whole.
    Message,
    /// A part of the front matter or record, in bytes of the decoded source text.
    Metadata(Range<usize>),
}

/// A finding of a rule, before families and reports.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) rule: usize,
    pub(super) detect: usize,
    pub(super) severity: Severity,
    pub(super) found: Found,
    /// Rules that gave way.
    pub(super) also: Vec<usize>,
}

impl Found {
    /// Words found for certain.
    pub(super) fn words(block: usize, range: Range<usize>) -> Self {
        Self::new(Target::Words(block, range), Confidence::High)
    }

    /// The message as a whole, for certain.
    pub(super) fn message() -> Self {
        Self::new(Target::Message, Confidence::High)
    }

    /// A target without values.
    pub(super) fn new(target: Target, confidence: Confidence) -> Self {
        Self { target, confidence, values: Vec::new(), label: None }
    }

    /// The same with a value for the message.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}
