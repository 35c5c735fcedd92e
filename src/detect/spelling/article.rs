//! `a` and `an`: what counts is how the next word sounds, not how it is written.

use crate::view::UnitKind;

use super::form::SlipKind;
use super::letters::Case;
use super::{Reader, Slip};

/// How a word begins to the ear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}

impl<'r> Reader<'r> {
    /// Reads an article, which is not the last unit of its sentence; says whether it is a wrong one.
    pub(super) fn article(&mut self, at: usize) -> bool {
        let written = self.written(at);
        if !self.is_joined(at) || !self.may_be_wrong(written.len(), at + 1) {
            return false;
        }
        let wanted = match (written, self.sound(at + 1)) {
            ("a" | "A", Some(Sound::Vowel)) => &written.replace(['a', 'A'], &[written, "n"].concat()),
            ("an" | "An", Some(Sound::Consonant)) => &written[..1],
            _ => return false,
        };
        // In the middle of a sentence `A` is a letter.
        let begins = self.unit(at).begins_clause && self.before(at).is_none_or(char::is_whitespace);
        let is_own = self.before(at).is_none_or(|c| c.is_whitespace() || c == '(');
        if !is_own || self.is_quoted(at) || written.starts_with('A') && !begins {
            return false;
        }
        self.found.push(Slip {
            kind: SlipKind::Article,
            range: self.unit(at).range.clone(),
            seen: self.unit(at).range.start..self.unit(at + 1).range.end,
            suggestion: Some(wanted.to_owned()),
            next: Some(self.written(at + 1).to_owned()),
        });
        true
    }

    /// Whether an article of so many letters may be wrong before a unit: most begin with a letter that is heard as it
    /// should be, and are no exception.
    fn may_be_wrong(&self, letters: usize, next: usize) -> bool {
        let word = self.folded(next);
        match (self.unit(next).kind, word.as_bytes().first()) {
            (UnitKind::Word, Some(b'a' | b'e' | b'i' | b'o')) => {
                letters == 1 || self.spelling.consonant_sounds.may_know(word)
            }
            (UnitKind::Word, _) => letters == 2 || self.spelling.vowel_sounds.may_know(word),
            _ => true,
        }
    }

    /// How a unit begins to the ear, where every reader says it alike.
    fn sound(&self, at: usize) -> Option<Sound> {
        match self.unit(at).kind {
            UnitKind::Word => self.sound_of_word(at),
            UnitKind::Number => sound_of_number(self.written(at)),
            _ => None,
        }
    }

    fn sound_of_word(&self, at: usize) -> Option<Sound> {
        let word = self.folded(at);
        let spelling = self.spelling;
        if spelling.either_article.has(word) {
            return None;
        }
        if spelling.consonant_sounds.has(word) {
            return Some(Sound::Consonant);
        }
        if spelling.vowel_sounds.has(word) {
            return Some(Sound::Vowel);
        }
        // Capitals are spelt by some and spoken by others, and so is a word without vowels; one letter has a name.
        let case = self.case(at);
        if case == Case::Upper || word.len() < 2 || !word.bytes().any(|byte| b"aeiouy".contains(&byte)) {
            return None;
        }
        match word.as_bytes() {
            [b'a' | b'e' | b'i' | b'o', ..] => Some(Sound::Vowel),
            [b'u' | b'x', ..] => None,
            [b'y', next, ..] if !b"aeiou".contains(next) => None,
            [first, ..] if first.is_ascii_lowercase() && case != Case::Mixed => Some(Sound::Consonant),
            _ => None,
        }
    }
}

/// Eight, eleven and eighteen begin with a vowel, and so do eighty and eight hundred. `1100` is read in two ways.
fn sound_of_number(number: &str) -> Option<Sound> {
    let whole = number.split(['.', ':']).next().unwrap_or(number);
    match whole {
        "11" | "18" => Some(Sound::Vowel),
        _ if whole.starts_with('8') => Some(Sound::Vowel),
        _ if whole.len() > 3 && (whole.starts_with("11") || whole.starts_with("18")) => None,
        _ => Some(Sound::Consonant),
    }
}
