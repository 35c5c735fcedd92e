//! What stands before a number says what it is.

/// How many bytes back a word can say something about a number.
const REACH: usize = 60;

/// The words before a place, nearest first, in small letters.
pub(super) fn words_before(text: &str, at: usize) -> impl Iterator<Item = String> {
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text[start..at]
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether a word begins with one of some stems; in scripts without blanks it may hold one anywhere.
pub(super) fn has_stem(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem) || (!stem.is_ascii() && word.contains(stem)))
}

/// A hyphen, a dash or a minus sign, of any width.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}
