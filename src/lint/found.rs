//! What detectors hand over, on its way to a finding.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::Attachment;
use crate::finding::{Confidence, Day, FieldName, Severity};

/// What a detector found, before families and reports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Found {
    pub(super) target: Target,
    pub(super) confidence: Confidence,
    /// Values for the message, such as `host`.
    pub(super) values: Vec<Value>,
    /// Other places that belong to it.
    pub(super) marks: Vec<Mark>,
    /// What a passage is made of, in bytes of its block; nothing for what is no passage.
    pub(super) parts: Vec<Range<usize>>,
}

/// A value for the message, by its name there.
pub(super) type Value = (Cow<'static, str>, String);

/// Another place that belongs to what was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) target: Target,
    pub(super) why: Why,
}

/// Why a place belongs to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Why {
    /// Only together they are an offence.
    Together,
    /// The same words stand there.
    Again,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Target {
    /// Words: number of the block, and bytes of its text.
    Words(usize, Range<usize>),
    /// The message as a whole.
    Message,
    /// What is written at some bytes of a page, whether it is words or not: a key of the front matter, a tag.
    Written {
        /// Number of the page.
        page: usize,
        /// Bytes of the page's text.
        range: Range<usize>,
        /// What it belongs to.
        field: FieldName,
    },
}

/// A finding of a rule, before families and reports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Candidate {
    pub(super) rule: usize,
    pub(super) detect: usize,
    pub(super) severity: Severity,
    /// The day since when this holds, if the rules are held at an earlier one.
    pub(super) held: Option<Day>,
    pub(super) found: Found,
    /// Where it stands: a page and bytes of its text; `None` for the message as a whole.
    #[serde(skip)]
    pub(super) site: Option<Site>,
    /// Rules that gave way.
    pub(super) also: Vec<usize>,
    /// Who accepted it.
    #[serde(skip)]
    pub(super) accepted: Option<Accepted>,
}

/// Who accepted a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    /// One of the allows of the document, by its number.
    InSource(usize),
    /// One of those of the settings, by its number there.
    Configuration(usize),
}

/// Bytes of a page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) page: usize,
    pub(super) range: Range<usize>,
    /// Where it begins in the file (of a record: in its line or row).
    pub(super) at: usize,
}

impl Site {
    /// Whether two share a byte, or are the same place between bytes.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (&self.range, &other.range);
        self.page == other.page && (a.start < b.end && b.start < a.end || a == b)
    }
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

    /// A part of the front matter, the record or page 0 in general, for certain.
    pub(super) fn metadata(range: Range<usize>) -> Self {
        Self::new(Target::Written { page: 0, range, field: FieldName::Metadata }, Confidence::High)
    }

    /// A header of an e-mail, or a part of one, for certain.
    pub(super) fn header(range: Range<usize>) -> Self {
        Self::new(Target::Written { page: 0, range, field: FieldName::Header }, Confidence::High)
    }

    /// Where a file is named that goes with the message, for certain.
    pub(super) fn attachment(file: &Attachment) -> Self {
        let target = Target::Written { page: 0, range: file.at.clone(), field: FieldName::Attachment };
        Self::new(target, Confidence::High)
            .with("name", file.name.as_deref().unwrap_or("a file without a name"))
    }

    /// A target without values.
    pub(super) fn new(target: Target, confidence: Confidence) -> Self {
        Self { target, confidence, values: Vec::new(), marks: Vec::new(), parts: Vec::new() }
    }

    /// The same with another place in its block, without which it would be no offence.
    pub(super) fn together_with(mut self, block: usize, range: Range<usize>) -> Self {
        self.marks.push(Mark { target: Target::Words(block, range), why: Why::Together });
        self
    }

    /// The same with a value for the message.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((Cow::Borrowed(name), value.into()));
        self
    }
}
