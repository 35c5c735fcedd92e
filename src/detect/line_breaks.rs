//! Empty lines that push a text apart.
//!
//! A line that holds only white space looks empty and counts as such. What stands before the first and after the last
//! visible character is left out: mail programs cut it off.

use std::ops::Range;

use crate::text::seek;

use super::run::is_blank;

/// Every place with more than `most` line breaks in a row, from the first break to the last.
pub fn runs(text: &str, most: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut has_begun) = (0, false);
    while let Some(start) = next_break(bytes, at) {
        has_begun = has_begun || text[at..start].contains(|c| !is_blank(c));
        let (run, breaks) = run_at(text, start);
        at = run.end + text[run.end..].find(|c| !is_blank(c)).unwrap_or(text.len() - run.end);
        if has_begun && breaks > most && at < text.len() {
            found.push(run);
        }
    }
    found
}

/// The line breaks from a place on with nothing but blanks between, and how many they are.
fn run_at(text: &str, start: usize) -> (Range<usize>, usize) {
    let (mut end, mut breaks) = (start, 0);
    let mut before = '\0';
    for (offset, c) in text[start..].char_indices() {
        if is_break(c) {
            end = start + offset + c.len_utf8();
            breaks += usize::from(c != '\n' || before != '\r');
        } else if !is_blank(c) {
            break;
        }
        before = c;
    }
    (start..end, breaks)
}

/// Where the next line break begins, or something else that is as rare.
fn next_break(bytes: &[u8], from: usize) -> Option<usize> {
    let may_be = |byte: u8| (byte.wrapping_sub(b'\n') < 4) | (byte == 0xC2) | (byte == 0xE2);
    let mut at = from;
    while let Some(found) = seek::first(bytes, at, may_be) {
        let is_break = match bytes[found..] {
            [0xC2, next, ..] => next == 0x85,
            [0xE2, 0x80, next, ..] => matches!(next, 0xA8 | 0xA9),
            [byte, ..] => byte < 0x80,
            [] => false,
        };
        if is_break {
            return Some(found);
        }
        at = found + 1;
    }
    None
}

/// A character that ends a line.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    #[test]
    fn more_than_two() {
        assert_drawn(
            &[
                "a|\n\n\n|b",
                "a|\n\n\n\n\n|b",
                "a|\r\n\r\n\r\n|b",
                "a|\r\r\r|b",
                "a|\n \n\t\n|b",
                "a|\n\u{A0}\n\u{200B}\n|b",
                "a|\n\n\n|  b",
                "a  |\n\n\n|b",
                "a|\n\n\n|b\n\nc|\n\n\n\n|d",
                "\n\n\n\na|\n\n\n|b\n\n\n\n",
                "é|\n\n\n|ß",
                "a|\r\n\n\r\n|b",
                "a|\u{2028}\u{2028}\u{2028}|b",
            ],
            |text| runs(text, 2),
        );
    }

    #[test]
    fn no_more_than_two() {
        assert_drawn(
            &[
                "",
                "a",
                "\n\n\n\n",
                "a\nb",
                "a\n\nb",
                "a\r\n\r\nb",
                "a\r\n\r\n b",
                "a\n\n",
                "a\n\n\n\n",
                "\n\n\n\na",
                " \n \n \n a",
                "a\n \n \n",
                "a\n\nb\n\nc\n\nd",
                "a\n.\n\nb",
                "a    b\t\t\t\tc",
            ],
            |text| runs(text, 2),
        );
    }

    #[test]
    fn the_number_is_the_callers() {
        assert_drawn(&["a|\n|b"], |text| runs(text, 0));
        assert_drawn(&["a\nb|\n\n|c"], |text| runs(text, 1));
        assert_drawn(&["a\n\n\nb|\n\n\n\n|c"], |text| runs(text, 3));
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "[\\PC\n\r \u{2028}]{0,40}", most in 0..4_usize) {
            prop_assert!(is_lawful(&text, &runs(&text, most)));
        }

        #[test]
        fn both_kinds_of_line_end_give_the_same(text in "[ab \n]{0,40}", most in 0..4_usize) {
            prop_assert_eq!(runs(&text, most).len(), runs(&text.replace('\n', "\r\n"), most).len());
        }
    }
}
