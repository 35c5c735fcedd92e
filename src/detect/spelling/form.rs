//! Slips of writing, as rules ask for them. `build.rs` shares this file.

use serde::{Deserialize, Serialize};

/// A slip of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// A word or a phrase that is written in another way: `recieve`, `could of`.
    Misspelt,
    /// The same little word twice: `the the`.
    DoubledWord,
    /// A blank before a comma or another mark.
    SpaceBefore,
    /// No blank behind a comma or a full stop.
    SpaceMissing,
    /// A bracket or a quotation mark without its partner.
    Unbalanced,
    /// `a` before a vowel sound, `an` before a consonant.
    Article,
    /// A sentence that begins with a small letter.
    SmallStart,
}
