//! What is left where a picture is taken out of a text, so that the rest says what it said.
//!
//! A picture between two words parts them as a blank does, and a digit under a keycap is a digit. Where the picture is
//! what is said (`fresh water: ✅`, `4 ✖️ 6`, `to 🇫🇷`) nobody but the writer knows the words for it, so it stays.

use std::ops::Range;

use crate::detect::emoji::keycap_digits;
use crate::document::{Block, Page};
use crate::rule::compiled::RuleSet;

use super::facts::symbols;

/// Signs that mark something up in one of the ways to write a message.
const MARKUP: &[char] = &['*', '_', '`', '~', '[', ']', '|'];

/// What stands in the place of a picture afterwards: nothing, a blank, or digits. None if it has to stay.
pub(super) fn instead(
    block: &Block<'_>,
    page: &Page<'_>,
    found: &Range<usize>,
    rules: &RuleSet,
) -> Option<String> {
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
    let is_opener = |word: &str| rules.lists.has_word("picture-openers", word);
    if beside.is_said(is_opener) || is_sign_of_meaning(picture, rules) || is_answer(text, found, rules) {
        return None;
    }
    Some(if beside.needs_blank() { " ".to_owned() } else { String::new() })
}

/// Whether a match has a picture in it that is read rather than looked at, so that a text says less without it.
fn is_sign_of_meaning(found: &str, rules: &RuleSet) -> bool {
    found.chars().any(|c| symbols(rules, "meaning-symbols").any(|symbols| symbols.contains(c)))
}

/// How far around a picture another one is looked for, in bytes, so that a text of pictures costs no more than its length.
const NEAR: usize = 300;

/// Whether a picture says "yes" where one near it says "no", or the other way round.
fn is_answer(text: &str, found: &Range<usize>, rules: &RuleSet) -> bool {
    let is_edge = |at: &usize| text.is_char_boundary(*at);
    let start = (found.start.saturating_sub(NEAR)..found.start).find(is_edge).unwrap_or(found.start);
    let end = (found.end..=text.len().min(found.end + NEAR)).rev().find(is_edge).unwrap_or(found.end);
    let near = [&text[start..found.start], &text[found.end..end]];
    let mut own = symbols(rules, "answer-symbols")
        .filter(|answer| text[found.clone()].contains(|c| answer.contains(c)));
    let Some(own) = own.next() else { return false };
    let mut others = symbols(rules, "answer-symbols").filter(|answer| *answer != own);
    others.any(|answer| near.iter().any(|near| near.contains(|c: char| answer.contains(c))))
}

/// Whether a picture has a sign of markup beside it in the file, or is all that stands between two tags.
fn touches_markup(block: &Block<'_>, page: &Page<'_>, found: &Range<usize>) -> bool {
    let place = block.text.span(found.clone()).range();
    let written = page.text.text();
    let (before, after) = (&written[..place.start], &written[place.end..]);
    let is_in_tags = before.trim_end_matches([' ', '\t']).ends_with('>')
        && after.trim_start_matches([' ', '\t']).starts_with('<');
    is_in_tags || before.ends_with(MARKUP) || after.starts_with(MARKUP) || begins_item(before)
}

/// Whether a text ends in a sign that begins a heading or an item of a list, if only a blank follows: `#`, `-`, `1.`. Its last
/// line is read from its end, for it may be as long as the text.
fn begins_item(text: &str) -> bool {
    let before = match text.as_bytes().last() {
        Some(b'-' | b'+' | b'>') => &text[..text.len() - 1],
        Some(b'.' | b')') => text[..text.len() - 1].trim_end_matches(|c: char| c.is_ascii_digit()),
        Some(b'#') => text.trim_end_matches('#'),
        _ => return false,
    };
    let line_end = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
    line_end.is_empty() || line_end.ends_with('\n')
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
    /// Whether a comma stands between it and another picture.
    is_listed: bool,
}

impl<'t> Beside<'t> {
    fn of(text: &'t str, found: &Range<usize>) -> Self {
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let last = before.trim_end_matches(is_blank);
        let is_picture = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !is_blank(c);
        let behind = last.strip_suffix(',').map(|listed| listed.trim_end_matches(is_blank));
        let ahead = after.trim_start_matches(is_blank).strip_prefix(',');
        let is_listed = behind.is_some_and(|listed| listed.ends_with(is_picture))
            || ahead.is_some_and(|listed| listed.trim_start_matches(is_blank).starts_with(is_picture));
        Self {
            is_listed,
            before: last,
            left: before.chars().next_back(),
            right: after.chars().next(),
            last: last.chars().next_back(),
            next: after.trim_start_matches(is_blank).chars().next(),
        }
    }

    /// Whether the picture stands where a word would: between two numbers, behind an amount (`50 💶`), behind a colon,
    /// beside a slash or a dash, behind "to" or "the", or among pictures with a comma between (`🔌, 🔋 and 📖`).
    fn is_said(&self, is_opener: impl Fn(&str) -> bool) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let is_behind_opener =
            || is_opener(self.before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
        let is_half = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '–' | '—'));
        (is_digit(self.last) && is_digit(self.next))
            || (is_amount(self.before) && !self.parts_words())
            || self.is_listed
            || self.last == Some(':')
            || is_half(self.last)
            || is_half(self.next)
            || is_behind_opener()
    }

    /// Whether it stands right behind a word or number, and a word follows: `5😀 pieces`.
    fn parts_words(&self) -> bool {
        self.left.is_some_and(char::is_alphanumeric) && self.next.is_some_and(char::is_alphanumeric)
    }

    /// Whether what stands beside the picture would be read as one word without it.
    fn needs_blank(&self) -> bool {
        let parts = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')');
        let opens = |c: char| c.is_alphanumeric() || c == '(';
        self.left.is_some_and(parts) && self.right.is_some_and(opens)
    }
}

/// Whether a text ends with a number that counts something: no order ID, no part of a word.
fn is_amount(before: &str) -> bool {
    const LONGEST: usize = 6;
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let digits = before[number.len()..].trim_start_matches(['.', ',']);
    let is_apart = number.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '#'));
    digits.ends_with(|c: char| c.is_ascii_digit()) && digits.len() <= LONGEST && is_apart
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::builtin;

    #[test]
    fn signs_that_are_read() {
        for (found, is_read) in [
            ("🇩🇪", true),
            ("😀 ➡️", true),
            ("❌", true),
            ("✖️", true),
            ("↩️", true),
            ("#️⃣", true),
            ("😀", false),
            ("✅⭐", false),
        ] {
            assert_eq!(is_sign_of_meaning(found, &builtin::rules()), is_read, "{found}");
        }
    }
}
