//! A mistake in a TOML file that a person wrote, such as a pack of rules or the configuration.
//!
//! It knows its place, so that it can be drawn like a finding, and it says what to write instead: `toml` names every
//! key that would be right, here the nearest one is picked out.

use std::ops::Range;

use crate::text::nearest;

/// One mistake.
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

    /// What `toml` could not read, in our words.
    pub fn of(error: &toml::de::Error) -> Self {
        let range = error.span().unwrap_or_default();
        match Misnamed::read(error.message()) {
            Some(misnamed) => Self { range, message: misnamed.message(), help: misnamed.help() },
            None => Self::new(range, error.message().lines().collect::<Vec<_>>().join(", ")),
        }
    }

    /// A name that is none of the known ones.
    pub fn unknown<'a>(
        range: Range<usize>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self {
            range,
            message: format!("unknown {what} `{name}`"),
            help: nearest(name, known).map(|near| format!("did you mean `{near}`?")),
        }
    }
}

/// A word that stands where only certain words may, as serde puts it: "unknown field `a`, expected one of `b`, `c`".
struct Misnamed<'a> {
    what: &'static str,
    name: &'a str,
    known: Vec<&'a str>,
}

impl<'a> Misnamed<'a> {
    fn read(message: &'a str) -> Option<Self> {
        let what = match message {
            _ if message.starts_with("unknown field `") => "key",
            _ if message.starts_with("unknown variant `") => "value",
            _ => return None,
        };
        let mut quoted = message.split('`').skip(1).step_by(2);
        let name = quoted.next()?;
        Some(Self { what, name, known: quoted.collect() })
    }

    fn message(&self) -> String {
        format!("unknown {} `{}`", self.what, self.name)
    }

    fn help(&self) -> Option<String> {
        if let Some(near) = nearest(self.name, self.known.iter().copied()) {
            return Some(format!("did you mean `{near}`?"));
        }
        let known: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
        (!known.is_empty()).then(|| format!("known here: {}", known.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::finding::Profile;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[allow(dead_code, reason = "only the reading is tested")]
        profile: Option<Profile>,
    }

    /// The mistake drawn into the text, with its message and help.
    fn drawn(text: &str) -> (String, String, Option<String>) {
        let mistake = Mistake::of(&toml::from_str::<Form>(text).unwrap_err());
        let Range { start, end } = mistake.range;
        (
            format!("{}|{}|{}", &text[..start], &text[start..end], &text[end..]),
            mistake.message,
            mistake.help,
        )
    }

    #[test]
    fn a_misspelt_word_is_answered_with_the_nearest() {
        let cases = [
            ("profil = 1", "|profil| = 1", "unknown key `profil`", "did you mean `profile`?"),
            ("colour = 1", "|colour| = 1", "unknown key `colour`", "known here: `profile`"),
            ("profile = 'strct'", "profile = |'strct'|", "unknown value `strct`", "did you mean `strict`?"),
        ];
        for (text, picture, message, help) in cases {
            assert_eq!(drawn(text), (picture.into(), message.into(), Some(help.into())));
        }
    }

    #[test]
    fn bad_syntax_is_told_on_one_line() {
        let (picture, message, help) = drawn("profile = 'strict");
        assert_eq!(picture, "profile = 'strict||");
        assert!(!message.contains('\n') && !message.is_empty());
        assert_eq!(help, None);
    }
}
