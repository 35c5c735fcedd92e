//! The words of a verdict: how bad, how sure, judged how strictly, in which kind of message, sent which way.
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

/// A day of the calendar, written `2026-11-22`. Ordered: the earlier is the less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
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

/// Which way a message takes to the buyer: `email`, or `sp-api:sendInvoice`. The ways there are stand in
/// `rules/lists/channels.toml`; those of one service share what is before the colon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel(String);

impl Channel {
    /// The channel of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The service, and what it is asked to do, if that is said.
    pub fn parts(&self) -> (&str, Option<&str>) {
        self.0.split_once(':').map_or((&self.0, None), |(service, operation)| (service, Some(operation)))
    }

    /// Whether it is the named one, or belongs to the named service.
    pub fn is_in(&self, name: &str) -> bool {
        self.0 == name || self.parts().0 == name
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_belongs_to_its_service() {
        let channel = Channel::new("sp-api:sendInvoice");
        for (name, wanted) in [
            ("sp-api", true),
            ("sp-api:sendInvoice", true),
            ("sp-api:send", false),
            ("sp", false),
            ("", false),
        ] {
            assert_eq!(channel.is_in(name), wanted, "{name}");
        }
        assert_eq!(channel.parts(), ("sp-api", Some("sendInvoice")));
        assert_eq!(Channel::new("email").parts(), ("email", None));
    }
}
