//! Cuts text into the units that phrases are made of. Packs and drafts are cut by this one function, so that
//! `5-star`, `5 star` and `5stars` are the same everywhere.
//!
//! This file knows nothing of the rest of the house, because `build.rs` shares it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// What a unit looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Letters, with apostrophes and digits inside.
    Word,
    /// Digits, with single `.`, `,` or `:` between them.
    Number,
    /// A run of one currency sign.
    Money,
    /// A run of one other sign that phrases may name: `%`, `★`, an emoji.
    Sign,
}

/// Calls `found` with each unit of a folded text, in order. Everything between units is white space or punctuation.
pub fn split(text: &str, mut found: impl FnMut(Range<usize>, Shape)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_digit() {
            let end = number_end(bytes, at);
            found(at..end, Shape::Number);
            at = end;
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            at = split_beyond_digits(text, at, &mut found);
        } else {
            let end = run_end(bytes, at);
            match byte {
                b'%' | b'&' | b'+' | b'#' => found(at..end, Shape::Sign),
                b'$' => found(at..end, Shape::Money),
                _ => {}
            }
            at = end;
        }
    }
}

/// Whether a character may stand inside a word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Combining marks that follow a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{93C}'..='\u{94D}' | '\u{3099}' | '\u{309A}')
}

/// A word or a sign that begins at `at`, which is no ASCII digit and no ASCII punctuation. Gives the byte after it.
fn split_beyond_digits(text: &str, at: usize, found: &mut impl FnMut(Range<usize>, Shape)) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
        end += 1;
    }
    let is_plain = end > at && bytes.get(end).is_none_or(|byte| *byte < 0x80 && *byte != b'\'');
    if is_plain {
        found(at..end, Shape::Word);
        return end;
    }
    let Some(c) = text[at..].chars().next() else { return at + 1 };
    let end = if is_picture(c) { at } else { word_end(text, at) };
    if end > at {
        split_scripts(text, at..end, found);
        return end;
    }
    let first = c.len_utf8();
    match c {
        '€' | '£' | '¥' | '₹' | '₺' => found(at..at + first, Shape::Money),
        c if is_sign(c) => {
            let mut end = at + first;
            while text[end..].starts_with(c) {
                end += first;
            }
            found(at..end, Shape::Sign);
            return end;
        }
        _ => {}
    }
    at + first
}

/// Whether a character is one of the pictures of Unicode, none of which is part of a word.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}')
}

/// Letters, marks and apostrophes between letters, from `at` on.
fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let joins = c == '\'' && end > at && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !is_letter(c) && !joins {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// A run of letters is one word, unless it holds a script that writes words without blanks.
fn split_scripts(text: &str, run: Range<usize>, found: &mut impl FnMut(Range<usize>, Shape)) {
    let word = &text[run.clone()];
    if word.chars().all(|c| u32::from(c) < 0x0E00) {
        found(run, Shape::Word);
        return;
    }
    for (offset, part) in word.unicode_word_indices() {
        let start = run.start + offset;
        found(start..start + part.len(), Shape::Word);
    }
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() {
        let joins =
            matches!(bytes[end], b'.' | b',' | b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

fn run_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count()
}

fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2460..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the units of a text, each in its own bracket.
    fn drawn(text: &str) -> String {
        let mut out = String::new();
        split(text, |range, shape| {
            let (open, close) = match shape {
                Shape::Word => ('[', ']'),
                Shape::Number => ('<', '>'),
                Shape::Money | Shape::Sign => ('{', '}'),
            };
            out.push(open);
            out.push_str(&text[range]);
            out.push(close);
        });
        out
    }

    #[test]
    fn the_spellings_of_five_stars_are_the_same() {
        assert_eq!(drawn("5-star"), "<5>[star]");
        assert_eq!(drawn("5 star"), "<5>[star]");
        assert_eq!(drawn("5stars"), "<5>[stars]");
        assert_eq!(drawn("★★★★★!"), "{★★★★★}");
    }

    #[test]
    fn apostrophes_stay_inside_and_quotes_outside() {
        assert_eq!(drawn("don't say 'no', we'd 20% l'été"), "[don't][say][no][we'd]<20>{%}[l'été]");
    }

    #[test]
    fn numbers_and_codes_hold_together() {
        assert_eq!(drawn("$1,299.50 at 10:30. SAVE20"), "{$}<1,299.50>[at]<10:30>[SAVE20]");
    }

    #[test]
    fn no_picture_is_part_of_a_word() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert!(!is_picture(c) || (is_sign(c) && !is_letter(c)), "{c}");
        }
    }

    #[test]
    fn scripts_without_blanks_are_cut() {
        assert!(drawn("レビューを書いて").matches('[').count() >= 2);
    }
}
