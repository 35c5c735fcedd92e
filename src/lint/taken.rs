//! What is left where a picture is taken out of a text, so that the rest says what it said.
//!
//! A picture between two words parts them as a blank does, and a digit under a keycap is a digit. Where the picture is
//! what is said (`fresh water: ✅`, `4 ✖️ 6`, `to 🇫🇷`) nobody but the writer knows the words for it, so it stays.

use std::ops::Range;

use crate::detect::emoji::{is_sign_of_meaning, keycap_digits};
use crate::document::{Block, Page};

/// Signs that mark something up in one of the ways to write a message.
const MARKUP: &[char] = &['*', '_', '`', '~', '[', ']', '|'];

/// Words that a picture behind them completes.
const OPENERS: &[&str] = &["from", "to", "the", "a", "an", "and", "or", "not", "press"];

/// What stands in the place of a picture afterwards: nothing, a blank, or digits. None if it has to stay.
pub(super) fn instead(block: &Block<'_>, page: &Page<'_>, found: &Range<usize>) -> Option<String> {
    let text = block.text.text();
    let picture = &text[found.clone()];
    if touches_markup(block, page, found) {
        return None;
    }
    let beside = Beside::of(text, found);
    if let Some(digits) = keycap_digits(picture) {
        let is_apart = [beside.left, beside.right].into_iter().flatten().all(|c| !c.is_alphanumeric());
        return is_apart.then_some(digits);
    }
    if beside.is_said() || is_sign_of_meaning(picture) {
        return None;
    }
    Some(if beside.needs_blank() { " ".to_owned() } else { String::new() })
}

/// Whether a picture has a sign of markup beside it in the file, or is all that stands between two tags.
fn touches_markup(block: &Block<'_>, page: &Page<'_>, found: &Range<usize>) -> bool {
    let place = block.text.span(found.clone()).range();
    let written = page.text.text();
    let (before, after) = (&written[..place.start], &written[place.end..]);
    let is_in_tags = before.trim_end_matches([' ', '\t']).ends_with('>')
        && after.trim_start_matches([' ', '\t']).starts_with('<');
    is_in_tags || before.ends_with(MARKUP) || after.starts_with(MARKUP)
}

/// The characters beside a picture on its line.
struct Beside<'t> {
    before: &'t str,
    /// Right beside it.
    left: Option<char>,
    right: Option<char>,
    /// The next that are no blanks.
    last: Option<char>,
    next: Option<char>,
}

impl<'t> Beside<'t> {
    fn of(text: &'t str, found: &Range<usize>) -> Self {
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let last = before.trim_end_matches(is_blank);
        Self {
            before: last,
            left: before.chars().next_back(),
            right: after.chars().next(),
            last: last.chars().next_back(),
            next: after.trim_start_matches(is_blank).chars().next(),
        }
    }

    /// Whether the picture stands where a word would: between two numbers, behind a colon, beside a
    /// slash or a dash, behind "to" or "the".
    fn is_said(&self) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let is_behind_opener = || {
            let word = self.before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            OPENERS.iter().any(|opener| word.eq_ignore_ascii_case(opener))
        };
        let is_half = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '–' | '—'));
        (is_digit(self.last) && is_digit(self.next))
            || self.last == Some(':')
            || is_half(self.last)
            || is_half(self.next)
            || is_behind_opener()
    }

    /// Whether what stands beside the picture would be read as one word without it.
    fn needs_blank(&self) -> bool {
        let parts = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')');
        let opens = |c: char| c.is_alphanumeric() || c == '(';
        self.left.is_some_and(parts) && self.right.is_some_and(opens)
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}')
}
