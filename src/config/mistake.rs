use std::ops::Range;

use crate::text::nearest::nearest;

/// A mistake in a configuration, with its place, so that it is drawn like a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub range: Range<usize>,
    /// What is wrong. Lower case, no full stop, the value in backticks.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake without a help line.
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The name of a rule that does not exist.
    pub(super) fn unknown_rule(range: Range<usize>, name: &str, known: &[&str]) -> Self {
        let mistake = Self::new(range, format!("there is no rule `{name}`"));
        match nearest(name, known.iter().copied()) {
            Some(near) => mistake.help(format!("did you mean `{near}`?")),
            None => mistake.help("`sellerlint rules` lists them all"),
        }
    }
}
