//! What there is to ask about a word, decided once for each word of a language: about most there is nothing.

use super::table::{END, Spelling};

/// Reasons to look at a word, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Doubts(u8);

impl Doubts {
    /// It is misspelt, in some places at least.
    pub(super) const LISTED: Self = Self(1);
    /// A misspelt phrase of several words begins with it.
    pub(super) const BEGINS_PHRASE: Self = Self(8);
    /// It may be the second word of one.
    pub(super) const GOES_ON: Self = Self(16);
    /// It is an article.
    pub(super) const ARTICLE: Self = Self(2);
    /// Nobody writes it twice on purpose.
    pub(super) const NEVER_TWICE: Self = Self(4);

    /// Those about a folded word.
    pub fn about(word: &str, spelling: &Spelling) -> Self {
        let table = &spelling.misspelt;
        let (mut is_listed, mut begins_phrase) = (false, false);
        if table.may_know(word) {
            let place = table.place_of(word);
            let mut phrases = table.phrases(word, place);
            begins_phrase = phrases.clone().any(|(rest, _)| rest != END);
            is_listed = table.word(word, place).is_some() || phrases.any(|(rest, _)| rest == END);
        }
        let reasons = [
            (is_listed, Self::LISTED),
            (begins_phrase, Self::BEGINS_PHRASE),
            (table.may_follow(word), Self::GOES_ON),
            (matches!(word, "a" | "an"), Self::ARTICLE),
            (spelling.never_twice.has(word), Self::NEVER_TWICE),
        ];
        Self(reasons.iter().filter(|(holds, _)| *holds).fold(0, |all, (_, reason)| all | reason.0))
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of some reasons is among them.
    pub(super) fn has(self, reason: Self) -> bool {
        self.0 & reason.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::WordTable;
    use super::*;

    #[test]
    fn there_is_something_to_ask_about_few_words() {
        let spelling = Spelling {
            misspelt: WordTable::new([
                ("reciev*", "receiv*"),
                ("could of", "could have"),
                ("alot", "a lot"),
                ("your welcome $", "you're welcome"),
                ("the $", "this"),
            ]),
            never_twice: WordTable::new([("the", ""), ("a", "")]),
            ..Spelling::default()
        };
        for (word, bits) in [
            ("recieved", 1),
            ("reciev", 1),
            ("could", 8),
            ("your", 8),
            ("alot", 1),
            ("an", 2),
            ("a", 2 + 4),
            ("the", 4 + 1),
            ("of", 16),
            ("welcome", 16),
            ("received", 0),
            ("", 0),
        ] {
            assert_eq!(Doubts::about(word, &spelling), Doubts(bits), "{word}");
        }
    }
}
