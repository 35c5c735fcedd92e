//! Small and capital letters.

/// How a word or a phrase is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Without capitals.
    Lower,
    /// With one, at the beginning.
    Capital,
    /// In capitals only, at least two.
    Upper,
    /// Otherwise: as brands are.
    Mixed,
}

impl Case {
    /// How a text is written.
    pub(super) fn of(text: &str) -> Self {
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        let begins = text.chars().next().is_some_and(char::is_uppercase);
        match capitals {
            0 => Self::Lower,
            1 if begins => Self::Capital,
            2.. if !text.chars().any(char::is_lowercase) => Self::Upper,
            _ => Self::Mixed,
        }
    }

    /// A text that is written small, written so. A capital of its own stays.
    pub(super) fn put_on(self, text: &str) -> String {
        match self {
            Self::Lower | Self::Mixed => text.to_owned(),
            Self::Upper => text.to_uppercase(),
            Self::Capital => {
                let mut chars = text.chars();
                chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_and_put_on() {
        for (written, case, put_on) in [
            ("recieve", Case::Lower, "i'm"),
            ("Recieve", Case::Capital, "I'm"),
            ("RECIEVE", Case::Upper, "I'M"),
            ("I", Case::Capital, "I'm"),
            ("iPhone", Case::Mixed, "i'm"),
            ("McAdress", Case::Mixed, "i'm"),
            ("Could of", Case::Capital, "I'm"),
            ("COULD OF", Case::Upper, "I'M"),
            ("", Case::Lower, "i'm"),
        ] {
            assert_eq!((Case::of(written), case.put_on("i'm").as_str()), (case, put_on), "{written}");
        }
        assert_eq!(Case::Lower.put_on("I"), "I");
    }
}
