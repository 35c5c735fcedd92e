//! Empty lines that push a text apart.
//!
//! A line that holds only white space looks empty and counts as such. What stands before the first and after the last
//! visible character is left out: mail programs cut it off.

use std::ops::Range;

use super::run::is_blank;

/// Every place with more than `most` line breaks in a row, from the first break to the last.
pub fn runs(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut breaks = 0;
    let mut run = 0..0;
    let mut has_begun = false;
    let mut before = '\0';
    for (at, c) in text.char_indices() {
        if is_break(c) {
            if breaks == 0 {
                run.start = at;
            }
            run.end = at + c.len_utf8();
            breaks += usize::from(c != '\n' || before != '\r');
        } else if !is_blank(c) {
            if has_begun && breaks > most {
                found.push(run.clone());
            }
            breaks = 0;
            has_begun = true;
        }
        before = c;
    }
    found
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
