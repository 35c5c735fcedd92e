//! CURE: what could be written instead, as edits of the original bytes.

use crate::text::Span;

/// How safe it is to carry out a fix without reading the result. Ordered from least to most safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Shown to a person only; it may not be what the seller means.
    DisplayOnly,
    /// Changes what the message says, so it wants to be read.
    Unsafe,
    /// Changes nothing that the message says.
    Safe,
}

/// One replacement: these bytes of the file become this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards; empty to delete.
    pub replacement: String,
}

/// A cure for one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How safe it is.
    pub applicability: Applicability,
    /// Sorted edits that do not overlap.
    pub edits: Vec<Edit>,
}
