//! The words of a verdict: how bad, how sure, judged how strictly, and in which kind of message.
//!
//! This room knows nothing of the rest of the house, because `build.rs` shares it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How bad a finding is. Ordered: a note is less than a warning, a warning less than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes no exit code.
    Note,
    /// A risk, or a source disagrees.
    Warning,
    /// Forbidden: the message can be blocked or the account warned.
    Error,
}

/// How sure a finding is that the words mean what the rule forbids. Low caps the severity at warning, but for the
/// strict profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Rests on one ambiguous or disguised sign.
    Low,
    /// Likely, but an innocent reading exists.
    Medium,
    /// The pattern is exact.
    High,
}

/// How strictly a message is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Amazon's text at its mildest reading.
    Lenient,
    /// The user's source documents, and Amazon's own text where they are silent.
    #[default]
    Standard,
    /// Everything that any source forbids.
    Strict,
}

/// Why a message is sent, which decides what it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The seller starts the conversation: the default and the strictest.
    #[default]
    Proactive,
    /// The buyer asked.
    Reply,
    /// Needed from the buyer, or the order cannot go on.
    Critical,
}

/// Gives an enum its lower-case name for people, and all its values in order.
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as it stands in packs, configuration and reports.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

named!(Severity { Note = "note", Warning = "warning", Error = "error" });
named!(Confidence { Low = "low", Medium = "medium", High = "high" });
named!(Profile { Lenient = "lenient", Standard = "standard", Strict = "strict" });
named!(Kind { Proactive = "proactive", Reply = "reply", Critical = "critical" });

impl Severity {
    /// The severity that a finding of this confidence may have under a profile.
    pub fn capped(self, confidence: Confidence, profile: Profile) -> Self {
        if confidence == Confidence::Low && profile != Profile::Strict {
            self.min(Self::Warning)
        } else {
            self
        }
    }
}
