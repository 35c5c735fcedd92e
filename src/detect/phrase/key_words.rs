//! Words that are not written as they are spelt: in haste, or to get past a filter.
//!
//! `reveiw`, `rev1ew` and `r*view` say what `review` says to whoever reads them. Only words that a pack names are looked
//! for so, since any other word is one letter away from some innocent one.

use serde::{Deserialize, Serialize};

/// A word with one letter wrong is only read as one of at least so many letters.
const LEAST_LETTERS: usize = 6;
/// A word of which some letters are hidden, or all stand apart, has at least so many.
const LEAST_HIDDEN: usize = 4;

/// The words of a language that are recognised in disguise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyWords {
    /// In lower case, sorted.
    words: Vec<String>,
}

impl KeyWords {
    /// These words, in any order.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// The word that a folded one is, but for one letter that is wrong, too much, missing, or has changed places with
    /// the next. The first letter is always right.
    pub fn one_letter_off(&self, word: &str) -> Option<&str> {
        if word.len() + 1 < LEAST_LETTERS || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut near = self.beginning_as(word).filter(|known| known.len() >= LEAST_LETTERS);
        near.find(|known| is_one_edit(word.as_bytes(), known.as_bytes())).map(String::as_str)
    }

    /// The word that one with digits, or `@`, in it is meant for.
    pub fn behind_digits(&self, word: &str) -> Option<&str> {
        if word.len() < LEAST_HIDDEN || !word.is_ascii() || word.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let fits = |known: &&String| {
            known.len() == word.len()
                && known.bytes().zip(word.bytes()).all(|(letter, as_written)| {
                    letter == as_written || letters_like(as_written).contains(&letter)
                })
        };
        self.words.iter().find(fits).map(String::as_str)
    }

    /// The word of which some letters, but not most, are hidden behind `*`, or `!` for the one that it looks like.
    pub fn behind_stars(&self, word: &str) -> Option<&str> {
        let hidden = word.bytes().filter(|byte| matches!(byte, b'*' | b'!')).count();
        if word.len() < LEAST_HIDDEN || hidden == 0 || hidden * 2 >= word.len() {
            return None;
        }
        let fits = |known: &&String| {
            known.len() == word.len()
                && known.bytes().zip(word.bytes()).all(|(letter, as_written)| match as_written {
                    b'*' => true,
                    b'!' => letters_like(b'!').contains(&letter),
                    _ => letter == as_written,
                })
        };
        self.words.iter().find(fits).map(String::as_str)
    }

    /// The word that letters which stood apart make up, and how many letters stand before it: `a r e v i e w` is a
    /// `review` behind one letter.
    pub fn of_letters(&self, letters: &str) -> Option<(usize, &str)> {
        if letters.len() < LEAST_HIDDEN || !letters.is_ascii() {
            return None;
        }
        if let Ok(at) = self.words.binary_search_by(|known| known.as_str().cmp(letters)) {
            return Some((0, &self.words[at]));
        }
        let bit = |byte: u8| 1_u32 << (byte & 31);
        let held = letters.bytes().fold(0, |held, byte| held | bit(byte));
        let long = self.words.iter().filter(|known| known.len() >= LEAST_LETTERS);
        // Most are dismissed by a letter that is not there at all.
        let mut near = long.filter(|known| known.bytes().all(|byte| held & bit(byte) != 0));
        // Of several the first in the order of the alphabet, where it stands first.
        near.find_map(|known| letters.find(known.as_str()).map(|at| (at, known.as_str())))
    }

    /// The words that begin with the same letter.
    fn beginning_as(&self, word: &str) -> impl Iterator<Item = &String> {
        let first = word.as_bytes().first().copied();
        let from = self.words.partition_point(|known| known.as_bytes().first().copied() < first);
        self.words[from..].iter().take_while(move |known| known.as_bytes().first().copied() == first)
    }
}

/// The letters that a digit, or a mark, is written for.
fn letters_like(sign: u8) -> &'static [u8] {
    match sign {
        b'0' => b"o",
        b'1' => b"il",
        b'3' => b"e",
        b'4' => b"a",
        b'5' => b"s",
        b'7' => b"t",
        b'8' => b"b",
        b'9' => b"g",
        b'!' => b"il",
        b'@' => b"a",
        _ => b"",
    }
}

/// Whether one letter was left out, put in, changed, or two neighbours have changed places.
fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([], []) => false,
        ([x, y, rest @ ..], [u, v, other @ ..]) if x == v && y == u && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        (long, [_, other @ ..]) if long == other => true,
        ([_, rest @ ..], long) => rest == long,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_words() -> KeyWords {
        KeyWords::new(
            ["review", "reviews", "feedback", "coupon", "discount", "star", "gift"].map(str::to_owned),
        )
    }

    #[test]
    fn one_letter_may_be_wrong() {
        for (written, meant) in [
            ("reveiw", Some("review")),
            ("rewiew", Some("review")),
            ("reviw", Some("review")),
            ("revieww", Some("review")),
            ("feedbak", Some("feedback")),
            ("discout", Some("discount")),
            ("discuont", Some("discount")),
            ("copon", Some("coupon")),
            ("revew", Some("review")),
            ("view", None),
            ("rvw", None),
            ("erview", None),
            ("stor", None),
            ("receive", None),
            ("overview", None),
        ] {
            assert_eq!(key_words().one_letter_off(written), meant, "{written}");
        }
    }

    #[test]
    fn digits_and_stars_stand_for_letters() {
        for (written, meant) in [
            ("rev1ew", Some("review")),
            ("f33dback", Some("feedback")),
            ("c0up0n", Some("coupon")),
            ("5t4r", Some("star")),
            ("st@r", Some("star")),
            ("me@home", None),
            ("g1ft", Some("gift")),
            ("mp3", None),
            ("1234", None),
            ("re5iew", None),
        ] {
            assert_eq!(key_words().behind_digits(written), meant, "{written}");
        }
        for (written, meant) in [
            ("f**dback", Some("feedback")),
            ("r*view", Some("review")),
            ("rev!ew", Some("review")),
            ("re!iew", None),
            ("******", None),
            ("r****w", None),
            ("re*iow", None),
        ] {
            assert_eq!(key_words().behind_stars(written), meant, "{written}");
        }
    }

    #[test]
    fn letters_that_stand_apart_are_a_word() {
        for (written, meant) in [
            ("review", Some((0, "review"))),
            ("areview", Some((1, "review"))),
            ("gift", Some((0, "gift"))),
            ("agift", None),
            ("leaveareviewnow", Some((6, "review"))),
            ("smlx", None),
        ] {
            assert_eq!(key_words().of_letters(written), meant, "{written}");
        }
    }
}
