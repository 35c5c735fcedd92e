//! WHAT: one offence, where it stands, how bad it is, and what to write instead.

mod fingerprint;

pub use fingerprint::{Fingerprint, NoFingerprint};

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use crate::verdict::{Channel, Confidence, Day, Kind, Profile, Severity};

use crate::fix::Fix;
use crate::text::{Position, Span};

/// The name of a rule: kebab-case, bare for the built-in pack, `pack/rule` for a user's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// Names a rule; packs are checked for the form when they are read.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Which field of a message a finding is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    /// The subject line.
    Subject,
    /// The text of the message.
    Body,
    /// The front matter, or the keys of a record.
    Metadata,
    /// A header of an e-mail other than the subject.
    Header,
    /// A file that goes with the message.
    Attachment,
    /// No field of a message: the configuration.
    Configuration,
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Subject => "subject",
            Self::Body => "body",
            Self::Metadata => "metadata",
            Self::Header => "header",
            Self::Attachment => "attachment",
            Self::Configuration => "configuration",
        })
    }
}

/// An exact place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the file.
    pub span: Span,
    /// Where it begins in the file.
    pub start: Position,
    /// Where it ends in the file (the column after the last character).
    pub end: Position,
}

/// A place in a text that was wrapped into something else: the field of a record, a decoded part of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlace {
    /// What the text is, in words: `part 2 (text/html)`.
    pub name: String,
    /// Where it begins in the text.
    pub start: Position,
}

/// A few lines around a place, cut to what a screen can show, for the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text of the lines, without the last line end; `…` stands where a long line was cut.
    pub text: String,
    /// Line number of its first line: of the file, or of the part of an e-mail that it is in.
    pub first_line: usize,
    /// The marked part, in bytes of `text`; empty where the whole message is meant.
    pub mark: Range<usize>,
}

/// A second place that belongs to a finding, such as the condition before a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub message: String,
}

/// One offence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: RuleId,
    /// What it is known by in baselines and in reports that are compared with earlier ones.
    pub fingerprint: Fingerprint,
    /// As the profile and the confidence have it.
    pub severity: Severity,
    /// Whether it tells what was not judged, or which allow is of no use, and nothing that Amazon forbids.
    pub is_notice: bool,
    /// How sure.
    pub confidence: Confidence,
    /// What is wrong, with the words quoted, and why.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The field it is in.
    pub field: FieldName,
    /// The part of the decoded field in Unicode scalar values; `None` where the whole message is meant, or what is no text
    /// of a field, such as a tag.
    pub field_chars: Option<Range<usize>>,
    /// Which of the texts of the message these characters are counted in: a field may have several, such as the two forms of
    /// an e-mail.
    pub field_text: Option<usize>,
    /// Where it stands in the file; the whole field where the whole message is meant.
    pub place: Place,
    /// Where it stands in the text that the picture shows, where that is not the file itself.
    pub page: Option<PagePlace>,
    /// The decoded words that it names; empty where the whole message is meant.
    pub text: String,
    /// What a picture shows.
    pub excerpt: Excerpt,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// Rules of the same family that would have found the same words and gave way to this one.
    pub also: Vec<RuleId>,
    /// How to repair it, if that can be said.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Whether the finding is about the message as a whole and not about certain words of it.
    pub fn is_whole_message(&self) -> bool {
        self.field_chars.is_none() && self.text.is_empty()
    }
}
